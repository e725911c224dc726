//! Registries of packages and images.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token("secret.npm", &["npms?_[0-9A-Za-z]{36,64}"], texts!["npm Docs, About access tokens", "GitHub Blog, npm's new token format"]),
    // a macaroon whose location is the index: the first bytes are always the same
    token(
        "secret.pypi",
        &["pypi-AgE(IcHlwaS5vcmc|NdGVzdC5weXBpLm9yZw)[\\w-]{50,1024}"],
        texts!["PyPI help, API tokens", "pypitoken specification"],
    ),
    token("secret.rubygems", &["rubygems_[0-9a-f]{48}"], texts!["RubyGems guides, API key scopes"]),
    token("secret.crates-io", &["cio[0-9A-Za-z]{32}"], texts!["crates.io, RFC 3139, API tokens"]),
    token("secret.nuget", &["oy2[0-9a-z]{43}"], texts!["NuGet documentation, Scoped API keys"]),
    token("secret.docker", &["dckr_(pat|oat)_[\\w-]{20,64}"], texts!["Docker documentation, Personal access tokens"]),
    // `reftkn:` in base64
    token(
        "secret.jfrog",
        &["AKC[0-9A-Za-z]{60,80}", "cmVmdGtu[0-9A-Za-z]{40,80}"],
        texts!["JFrog documentation, Access tokens, Reference tokens"],
    ),
    token("secret.clojars", &["CLOJARS_[0-9a-z]{60}"], texts!["Clojars wiki, Deploy tokens"]),
    token("secret.open-vsx", &["ovsx(p|at)_[0-9a-f-]{36}"], texts!["Open VSX wiki, Publishing extensions"]),
    token("secret.jsr", &["jsr[dp]_[0-9A-Za-z]{32,64}"], texts!["JSR documentation, Publishing packages"]),
    token("secret.packagist", &["packagist_[a-z]{2,4}_[0-9a-f]{40,80}"], texts!["Packagist documentation, API tokens"]),
    token("secret.kaggle", &["KGAT_[0-9a-f]{32}"], texts!["Kaggle documentation, Public API"]),
];
