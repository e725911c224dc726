//! Chat, beside Slack's, and addresses whose path is the secret: what is taken begins at the host.

use super::token;
use crate::detect::{Detector, DetectorId, position, texts};
use crate::scan::bytes;

/// Is there a signature among the parameters?
fn is_signed(address: &[u8]) -> bool {
    bytes::find(address, 0, b"sig=").is_some()
}

pub(crate) const TELEGRAM: DetectorId = position("secret.telegram");

pub(crate) const DETECTORS: &[Detector] = &[
    token(
        "secret.discord",
        // the first part is the id of the bot, decimal digits in base64
        &["[MNO][DTjz][AEIMQUYcgk][0-5w-z][\\w-]{18,24}\\.[\\w-]{6}\\.[\\w-]{27,48}", "mfa\\.[\\w-]{80,90}"],
        texts!["Discord developers, Reference, Authentication"],
    ),
    token("secret.discord-webhook", &["discord(app)?\\.com/api/(v\\d{1,2}/)?webhooks/\\d{16,20}/[\\w-]{40,100}"], texts!["Discord developers, Webhook resource"]),
    token("secret.telegram", &["api\\.telegram\\.org/(file/)?bot\\d{6,12}(:|%3[Aa])[\\w-]{30,50}"], texts!["Telegram Bot API, Authorizing your bot", "Telegram Bot API, Making requests"])
        .with(
            texts![concat!("https://«api.telegram.org/bot", "4839201756:AAq9Lw2XkRv4Tn8Ym3Hb6Jd1Zs5Pc0Ge7Bf»/getMe"), concat!("bot «4839201756", ":AAq9Lw2XkRv4Tn8Ym3Hb6Jd1Zs5Pc0Ge7Bf» started"), concat!("token: «7012345698", ":AAHk3vB-x9Q_w2LtZ8nM4pR6sD0fGyU1iOe»")],
            texts!["4839201756:AAq9Lw2XkRv4Tn8Ym3Hb6Jd1", "ratio 4839201756:AA", "chat 4839201756:BBq9Lw2XkRv4Tn8Ym3Hb6Jd1Zs5Pc0Ge7Bf"],
        ),
    token(
        "secret.teams-webhook",
        &["office\\.com/webhookb2/[\\w@-]{36,80}/[\\w@/-]{20,200}", "outlook\\.office(365)?\\.com/webhook/[\\w@/-]{36,256}"],
        texts!["Microsoft Teams documentation, Incoming webhooks"],
    ),
    Detector::token(
        "secret.azure-workflow",
        &[
            "azure\\.com(:\\d{2,5})?/workflows/[\\w/%?=&;.:~+-]{30,1024}",
            "api\\.powerplatform\\.com(:\\d{2,5})?/[\\w/%?=&;.:~+-]{30,1024}",
        ],
        is_signed,
        texts!["Azure Logic Apps documentation, Request triggers"],
    )
    .with(
        texts![
            concat!("POST https://prod-12.westeurope.logic.«azure", ".com:443/workflows/0f1e2d3c4b5a69788796a5b4c3d2e1f0/triggers/manual/paths/invoke?api-version=2016-10-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=k3J9x7Q2mN5vB8cT1zL4wP6sD0fG_hY2rU7eA9iO3qE»"),
            concat!("\"https://x1.0f.environment.«api.powerplatform", ".com/powerautomate/automations/direct/workflows/0f1e2d3c/triggers/manual/paths/invoke?sig=k3J9x7Q2mN5vB8cT1zL4wP6sD0fG_hY2rU7eA9iO3qE»\""),
            concat!("(https://prod-01.eastus.logic.«azure", ".com/workflows/0f1e2d3c4b5a69788796a5b4c3d2e1f0/triggers/request/paths/invoke?sig=a1B2c3D4e5F6g7H8i9J0k1L2m3N4»)"),
        ],
        texts!["https://logic.azure.com/", "GET https://prod-12.westeurope.logic.azure.com/workflows/0f1e2d3c4b5a69788796a5b4c3d2e1f0/triggers", "api.powerplatform.com"],
    ),
    token(
        "secret.google-chat-webhook",
        &["chat\\.googleapis\\.com/v1/spaces/[\\w-]{6,32}/messages\\?(threadKey=[\\w-]{1,64}&(amp;)?)?key=[\\w-]{30,64}&(amp;)?token=[\\w%-]{20,128}"],
        texts!["Google Chat documentation, Webhooks"],
    ),
    token("secret.zapier-webhook", &["hooks\\.zapier\\.com/hooks/(catch|standard)/\\d{4,12}/[\\w/-]{5,64}"], texts!["Zapier help, Trigger Zaps from webhooks"]),
    token("secret.ifttt-webhook", &["maker\\.ifttt\\.com/(trigger/\\w{1,64}/(json/)?with/key|use)/[\\w-]{20,64}"], texts!["IFTTT help, The Webhooks service"]),
    token("secret.make-webhook", &["hook(\\.[a-z]{2}\\d)?\\.(make|integromat)\\.com/[0-9a-z]{24,48}"], texts!["Make help, Webhooks"]),
    token("secret.tines-webhook", &["tines\\.com/webhook/[0-9a-f]{32}/[0-9a-f]{32}"], texts!["Tines documentation, Webhook actions"]),
    token("secret.feishu-webhook", &["open\\.(feishu\\.cn|larksuite\\.com)/open-apis/bot/v2/hook/[0-9a-f-]{36}"], texts!["Lark developers, Custom bots"]),
    token("secret.dingtalk-webhook", &["oapi\\.dingtalk\\.com/robot/send\\?access_token=[0-9a-f]{64}"], texts!["DingTalk open platform, Custom robots"]),
    token("secret.wecom-webhook", &["qyapi\\.weixin\\.qq\\.com/cgi-bin/webhook/send\\?key=[0-9a-f-]{36}"], texts!["WeCom developers, Group robots"]),
    token("secret.webex-webhook", &["webexapis\\.com/v1/webhooks/incoming/[\\w-]{60,128}"], texts!["Webex App Hub, Incoming webhooks"]),
    token("secret.guilded-webhook", &["media\\.guilded\\.gg/webhooks/[0-9a-f-]{36}/[\\w-]{60,100}"], texts!["Guilded, Webhooks"]),
    token("secret.healthchecks", &["hc-ping\\.com/[0-9a-f-]{36}"], texts!["Healthchecks.io documentation, Pinging API"]),
    token("secret.betterstack-heartbeat", &["uptime\\.betterstack\\.com/api/v1/heartbeat/[0-9A-Za-z]{20,32}"], texts!["Better Stack documentation, Heartbeats"]),
    // who has one of these starts a build
    token(
        "secret.deploy-hook",
        &["netlify\\.com/build_hooks/[0-9a-f]{24}", "vercel\\.com/v1/integrations/deploy/prj_[0-9A-Za-z]{20,40}/[0-9A-Za-z]{8,16}"],
        texts!["Netlify documentation, Build hooks", "Vercel documentation, Deploy hooks"],
    )
    .with(
        texts!["POST https://api.«netlify.com/build_hooks/0f1e2d3c4b5a69788796a5b4»"],
        texts!["https://docs.netlify.com/build_hooks/overview", "vercel.com/docs/deploy-hooks"],
    ),
    token(
        "secret.calendar-feed",
        &["outlook\\.(live|office(365)?)\\.com/owa/calendar/[\\w@.-]{32,128}/[\\w-]{32,128}", "icloud\\.com/published/2/[\\w-]{32,256}"],
        texts!["Microsoft support, Publish a calendar in Outlook", "Apple support, Share a public calendar"],
    ),
    token("secret.matrix", &["syt_[0-9A-Za-z+/=_-]{1,128}_[A-Za-z]{20}_[0-9A-Za-z]{6}", "m(at|ct|ar|cr|us)_[0-9A-Za-z]{30}_[0-9A-Za-z]{6}"], texts!["Synapse documentation, Access tokens", "Matrix Authentication Service documentation, Token formats"]),
];
