//! Clouds beside Amazon's and Google's.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token("secret.digitalocean", &["do[opr]_v1_[0-9a-f]{64}"], texts!["DigitalOcean documentation, Token formats"]),
    token("secret.digitalocean-spaces", &["DO(00|80)[0-9A-Z]{16}"], texts!["DigitalOcean documentation, Spaces access keys"]),
    token("secret.alibaba", &["LTAI[0-9A-Za-z]{12,26}"], texts!["Alibaba Cloud documentation, AccessKey pair"]),
    token("secret.alibaba-sts", &["STS\\.[0-9A-Za-z]{20,40}"], texts!["Alibaba Cloud documentation, AssumeRole"]),
    token("secret.tencent", &["AKID[0-9A-Za-z]{32}", "IKID[0-9A-Za-z]{32}"], texts!["Tencent Cloud documentation, Access key"]),
    token("secret.volcengine", &["AK(LT|TP)[0-9A-Za-z+/=_-]{36,64}"], texts!["Volcano Engine documentation, Access key"]),
    token("secret.baidu", &["bce-v3/ALTAK-[0-9A-Za-z]{16,32}/[0-9a-f]{40}"], texts!["Baidu AI Cloud documentation, API key"]),
    token(
        "secret.yandex",
        &["AQVN[\\w-]{35,40}", "t1\\.[\\w-]{2,512}={0,2}\\.[\\w-]{80,90}={0,2}", "y[0-6]_A[\\w-]{50,200}"],
        texts!["Yandex Cloud documentation, Authentication", "Yandex ID documentation, OAuth tokens"],
    ),
    token("secret.upcloud", &["ucat_[0-9A-Z]{24,40}"], texts!["UpCloud API documentation, API tokens"]),
    token(
        "secret.azure-client",
        // three characters and a digit of its version stand before it
        &["Q~[A-Za-z][\\w.~-]{30,33}", "Q~[0-9_.~-][\\w.~-]{30,33}"],
        texts!["Microsoft Entra documentation, Application credentials"],
    ),
    token("secret.azure-sas", &["sig=[0-9A-Za-z+/%]{40,60}(=|%3[Dd])"], texts!["Azure Storage documentation, Shared access signatures"]),
    token(
        "secret.azure-app-configuration",
        &["Endpoint=https://[\\w.-]{1,128}\\.azconfig\\.io;Id=[\\w+/:=.-]{4,128};Secret=[0-9A-Za-z+/=]{40,100}"],
        texts!["Azure App Configuration documentation, REST API, HMAC authentication"],
    ),
    // what marks a key stands behind most of its random part. Marks in capitals alone are left to the words before: nothing sees them there
    token(
        "secret.azure-key",
        &[
            "[0-9A-Za-z+/]{76}\\+<A(St|Ba)[0-9A-Za-z+/]{5}[AQgw]==",
            "[0-9A-Za-z+/]{33}\\+<A(Sb|Eh|Rm)[0-9A-Za-z+/]{5}[AEIMQUYcgkosw048]=",
            "[0-9A-Za-z+/]{33}<AzCa[0-9A-Za-z+/]{5}[AEIMQUYcgkosw048]=",
            "[0-9A-Za-z+/]{33}A<IoT[0-9A-Za-z+/]{5}[AEIMQUYcgkosw048]=",
            "[0-9A-Za-z+/]{42}\\+<ACR[A-D][0-9A-Za-z+/]{5}",
            "[0-9A-Za-z+/]{42}<AzSe[A-D][0-9A-Za-z+/]{5}",
            "[0-9A-Za-z+/_-]{44}<AzFu[0-9A-Za-z+/_-]{5}[AQgw]==",
        ],
        texts!["Microsoft Security Utilities, Identifiable secrets", "Azure documentation, Credential scanning"],
    ),
    token(
        "secret.microsoft-refresh-token",
        &["M\\.[CR]\\d{1,3}_[A-Z0-9]{2,8}\\.\\d?\\.?-[\\w!*$.-]{40,2048}"],
        texts!["Microsoft identity platform, OAuth 2.0 authorization code flow"],
    ),
];
