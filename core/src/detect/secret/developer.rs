//! Interfaces for developers: documentation, maps, messages between services, files and identity widgets.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token(
        "secret.postman",
        &["PMAK-[0-9a-f]{24}-[0-9a-f]{34}", "PMAT-[0-9A-Z]{26}"],
        texts!["Postman documentation, Postman API authentication"],
    ),
    token("secret.readme", &["rdme_[0-9a-z]{60,80}"], texts!["ReadMe documentation, API keys"]),
    token("secret.mintlify", &["mint_[0-9A-Za-z]{20,64}"], texts!["Mintlify documentation, API"]),
    token("secret.gitbook", &["gb_api_[0-9A-Za-z]{30,64}"], texts!["GitBook developers, Authentication"]),
    token("secret.42", &["s-s4t2(ud|af)-[0-9a-f]{64}"], texts!["42 API documentation, Authentication"]),
    token("secret.pubnub", &["sec-c-[0-9A-Za-z]{40,64}"], texts!["PubNub documentation, Keysets"]),
    // `pk.` is public
    token("secret.mapbox", &["[st]k\\.eyJ[\\w-]{40,400}\\.[\\w-]{20,32}"], texts!["Mapbox documentation, Access tokens"]),
    token("secret.arcgis", &["AAPK[\\w-]{60,160}", "AAPT[\\w.-]{60,512}"], texts!["ArcGIS developers, API keys"]),
    token("secret.adafruit", &["aio_[0-9A-Za-z]{28}"], texts!["Adafruit IO, API keys"]),
    token("secret.unkey", &["unkey_[0-9A-Za-z]{16,64}"], texts!["Unkey documentation, Root keys"]),
    token("secret.zuplo", &["zp(ka|_)[0-9a-f_]{32,96}"], texts!["Zuplo documentation, API key format"]),
    token("secret.rapyd", &["rsk_[0-9A-Fa-f]{20,128}(_[0-9A-Fa-f]{20,128})?"], texts!["Rapyd documentation, Authentication"]),
    token("secret.wakatime", &["waka_[0-9a-f-]{36}"], texts!["WakaTime developers, Authentication"]),
    token("secret.testmo", &["testmo_api_[0-9A-Za-z]{40,200}"], texts!["Testmo documentation, API"]),
    token("secret.ubidots", &["BBF[FU]-[0-9A-Za-z]{30}"], texts!["Ubidots documentation, Authentication"]),
    token("secret.censys", &["censys_\\w{20,64}"], texts!["Censys documentation, Personal access tokens"]),
    token("secret.nylas", &["nyk_v0_[0-9A-Za-z]{60,80}", "nyk_[0-9A-Za-z]{40,80}"], texts!["Nylas documentation, API keys"]),
];
