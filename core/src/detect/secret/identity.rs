//! Identity, secrets and networks.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token("secret.vault", &["hv[sbr]\\.[\\w-]{24,512}"], texts!["HashiCorp Vault documentation, Tokens, Token prefixes"]),
    token(
        "secret.cas-ticket",
        &["(ST|TGT|PT|PGTIOU|PGT)-\\d{1,9}-[0-9A-Za-z-]{20,256}"],
        texts!["CAS Protocol 3.0 Specification, section 3"],
    ),
    token("secret.boundary", &["^at_[0-9A-Za-z]{10}_[0-9A-Za-z]{40,512}"], texts!["HashiCorp Boundary documentation, Auth tokens"]),
    token(
        "secret.doppler",
        &["dp\\.(pt|st|said|sa|scim|audit|ct)\\.([\\w-]{2,39}\\.)?[0-9A-Za-z]{40,48}"],
        texts!["Doppler documentation, Auth token formats"],
    ),
    token("secret.infisical", &["^st\\.[0-9a-f]{24}\\.[0-9a-f]{32}\\.[0-9a-f]{32}"], texts!["Infisical documentation, Service token"]),
    token(
        "secret.1password",
        &["ops_eyJ[\\w+/=-]{100,2048}", "A3-[0-9A-Z]{6}-([0-9A-Z]{11}|[0-9A-Z]{6}-[0-9A-Z]{5})-[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}"],
        texts!["1Password Developer, Service accounts", "1Password support, About your Secret Key"],
    ),
    token("secret.tailscale", &["tskey-[a-z]{2,16}-[\\w-]{20,96}"], texts!["Tailscale documentation, Key prefixes"]),
    token("secret.netbird", &["nbp_[0-9A-Za-z]{32,40}"], texts!["NetBird documentation, Public API"]),
    token("secret.defined-networking", &["dnkey-[\\w=-]{26}-[\\w=-]{52}"], texts!["Defined Networking documentation, API keys"]),
    token("secret.stytch", &["secret-(live|test)-[\\w=-]{30,64}"], texts!["Stytch documentation, API keys"]),
    token("secret.permit", &["permit_key_[0-9A-Za-z]{60,120}"], texts!["Permit.io documentation, API key"]),
    token("secret.ory", &["ory_(pat|at|rt|st|wak|apikey|ac)_[\\w.-]{32,128}"], texts!["Ory documentation, Personal access tokens"]),
    token(
        "secret.authress",
        &["(scauth|sc|ext|authress)_[0-9A-Za-z]{5,30}\\.[0-9A-Za-z]{4,6}\\.acc[_-][0-9a-z-]{10,32}\\.[0-9A-Za-z+/_=-]{30,120}"],
        texts!["Authress documentation, Service clients"],
    ),
    token("secret.keygen", &["(prod|admin|activ|env)-[0-9a-f]{64}v[123]"], texts!["Keygen documentation, API tokens"]),
    token("secret.jumpcloud", &["jca_[0-9A-Za-z]{36,48}"], texts!["JumpCloud documentation, API keys"]),
    token("secret.persona", &["persona_(production|sandbox)_[0-9a-f-]{36}"], texts!["Persona documentation, API keys"]),
    token(
        "secret.onfido",
        &["api_(live|sandbox)(_(eu|us|ca))?\\.[\\w-]{8,24}\\.[\\w-]{24,64}"],
        texts!["Onfido documentation, API tokens"],
    ),
    token("secret.sumsub", &["(sbx|prd):[0-9A-Za-z]{20,32}\\.[0-9A-Za-z]{24,40}"], texts!["Sumsub documentation, App tokens"]),
];
