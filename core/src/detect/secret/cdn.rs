//! Networks that deliver content, and domains.

use super::{token, weak};
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token("secret.cloudflare", &["cf(k|ut|at)_[0-9A-Za-z]{40,64}"], texts!["Cloudflare documentation, Token formats"]),
    token("secret.cloudflare-origin-ca", &["v1\\.0-[0-9a-f]{24}-[0-9a-f]{146}"], texts!["Cloudflare documentation, Origin CA keys"]),
    // `{"a":"` in base64, as a tunnel's token begins
    token("secret.cloudflare-tunnel", &["eyJhIjoi[0-9A-Za-z+/_-]{100,400}={0,2}"], texts!["Cloudflare documentation, Tunnel tokens"]),
    token("secret.akamai", &["akab-[0-9a-z]{16}-[0-9a-z]{16}"], texts!["Akamai TechDocs, Authentication credentials"]),
    token("secret.dnsimple", &["dnsimple_[aou]_[0-9A-Za-z]{32}"], texts!["DNSimple developers, API access tokens"]),
    token("secret.porkbun", &["[ps]k1_[0-9a-f]{64}"], texts!["Porkbun documentation, API"]),
    weak("secret.imagekit", &["^private_[0-9A-Za-z+/]{24,48}={0,2}"], texts!["ImageKit documentation, API keys"]),
];
