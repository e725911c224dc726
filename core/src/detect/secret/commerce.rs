//! Shops, marketplaces, and what ships, sells and advertises.

use super::{is_random, token, weak};
use crate::detect::{Detector, DetectorId, position, texts};

pub(crate) const FACEBOOK: DetectorId = position("secret.facebook");

/// Is what follows the zeros no binary file?
fn is_bearer(token: &[u8]) -> bool {
    let zeros = token.iter().take_while(|&&b| b == b'A').count();
    token.get(zeros..).is_some_and(is_random)
}

pub(crate) const DETECTORS: &[Detector] = &[
    token(
        "secret.shopify",
        &["shp(at|ca|pa|ss|ua|tka|rt)_[0-9A-Fa-f]{32}(-\\d{1,12})?", "atkn_[0-9A-Za-z_-]{30,128}"],
        texts!["Shopify developer documentation, Access tokens"],
    ),
    token("secret.woocommerce", &["^c[ks]_[0-9a-f]{40}"], texts!["WooCommerce REST API documentation, Authentication"]),
    token(
        "secret.ebay",
        &["v\\^1\\.1#[\\w^#+/=-]{40,2048}", "(PRD|SBX)-[0-9a-f]{12}(-[0-9a-f]{4}){4}"],
        texts!["eBay developers, OAuth access tokens", "eBay developers, Credentials"],
    ),
    token(
        "secret.amazon-mws",
        &["amzn\\.mws\\.[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"],
        texts!["Amazon MWS Developer Guide, Authorisation tokens"],
    ),
    token("secret.amazon-sp-api", &["At(za|zr|nr)\\|[\\w+/=.-]{60,2048}"], texts!["Selling Partner API documentation, Connecting"]),
    token("secret.amazon-oauth", &["amzn1\\.oa2-cs\\.v1\\.[0-9a-f]{64}"], texts!["Login with Amazon documentation, Security profile"]),
    token("secret.wix", &["IST\\.eyJ[\\w.+/=-]{60,2048}", "OAUTH2?\\.eyJ[\\w.+/=-]{60,2048}"], texts!["Wix developers, API keys"]),
    token("secret.medusa", &["^sk_[0-9a-f]{64}"], texts!["Medusa documentation, Secret API keys"]),
    Detector::token(
        "secret.twitter",
        // zeros in base64 before the id of the application
        &["A{16,24}[0-9A-Za-z%+/]{60,200}={0,2}"],
        is_bearer,
        texts!["X developers, OAuth 2.0 bearer token"],
    ),
    token(
        "secret.linkedin",
        &["WPL_AP[01]\\.[0-9A-Za-z]{14,20}\\.[0-9A-Za-z+/]{6,12}={0,2}"],
        texts!["LinkedIn developers, Client credentials flow"],
    ),
    weak(
        "secret.facebook",
        &["^EAA[0-9A-Za-z]{80,512}"],
        texts!["Meta for Developers, Access tokens", "Meta for Developers, App access tokens"],
    )
    .with(
        texts![
            "app «1839201756102938|q9Lw2XkRv4Tn8Ym3Hb6Jd1Zs5Pc» rejected",
            "access_token=«1712345698012345|Hk3vB-x9Q_w2LtZ8nM4pR6sD0fG»",
            concat!("graph «EAA", "C9lw2XkRv4Tn8Ym3Hb6Jd1Zs5Pc0Ge7BfKxWvRq2LwM7nB4vT8cYpZ1sD6fG0hJuXiEoAaS5kW2rQdPtNlVb»")
        ],
        texts!["1839201756102938|q9Lw2XkRv4", "| 1839201756102938 | completed |", "1839201756102938|organizationalresources"],
    ),
    token("secret.instagram", &["IG(QV|QW|AA)[\\w-]{80,512}"], texts!["Meta for Developers, Instagram, Access tokens"]),
    token("secret.threads", &["THAA[\\w-]{80,512}"], texts!["Meta for Developers, Threads, Access tokens"]),
    token(
        "secret.tiktok",
        &["^(act|rft)\\.[\\w-]{32,128}([!%][\\w.%]{1,16})?"],
        texts!["TikTok for Developers, Manage user access tokens"],
    ),
    token("secret.pinterest", &["pin[arc]_[0-9A-Z]{40,128}"], texts!["Pinterest developers, Authentication"]),
    token("secret.twitch", &["oauth:[0-9a-z]{30}"], texts!["Twitch developers, Authenticating with the chat"]),
    token("secret.riot", &["RGAPI-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"], texts!["Riot developer portal, Getting started"]),
    token("secret.roblox", &["DO-NOT-SHARE-THIS[\\w.|-]{100,1200}"], texts!["Roblox Creator documentation, Cookies"]),
];
