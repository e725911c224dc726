//! Databases and what moves data between them.

use super::{token, weak};
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token("secret.planetscale", &["pscale_(tkn|pw|oauth|app_secret)_[\\w.=-]{32,64}"], texts!["PlanetScale documentation, Service tokens"]),
    token("secret.neon", &["napi_[0-9a-z]{40,80}"], texts!["Neon documentation, Manage API keys"]),
    // `sb_publishable_` is public
    token(
        "secret.supabase",
        &["sb_secret_[\\w-]{20,64}", "sbp_(v0_|oauth_)?[0-9a-f]{40}", "sba_[0-9a-f]{40}"],
        texts!["Supabase documentation, Understanding API keys", "Supabase documentation, Management API"],
    ),
    token("secret.xata", &["xau_[0-9A-Za-z]{32,64}"], texts!["Xata documentation, API keys"]),
    token("secret.cockroach", &["CCDB1_[0-9A-Za-z]{16,32}_[0-9A-Za-z]{32,64}"], texts!["CockroachDB Cloud documentation, API access"]),
    weak("secret.fauna", &["^fnA[A-Z][\\w-]{30,64}"], texts!["Fauna documentation, Keys"]),
    token(
        "secret.convex",
        &["(prod|dev|preview|project):[0-9a-z:-]{3,96}\\|[\\w+/=.-]{40,512}"],
        texts!["Convex documentation, Deploy keys"],
    ),
    token("secret.confluent", &["cflt[0-9A-Za-z+/]{56,72}"], texts!["Confluent documentation, API keys"]),
    token("secret.aiven", &["AVNS_[\\w-]{16,32}"], texts!["Aiven documentation, Service users"]),
    token("secret.tinybird", &["p\\.eyJ[\\w-]{20,512}\\.[\\w-]{20,128}"], texts!["Tinybird documentation, Auth tokens"]),
    token("secret.mongodb-atlas", &["mdb_sa_sk_[\\w-]{32,64}"], texts!["MongoDB Atlas documentation, Service accounts"]),
    token(
        "secret.databricks",
        &["(dapi|dose|dkea|dsapi)[0-9A-Fa-f]{32}(-\\d)?"],
        texts!["Databricks documentation, Personal access tokens"],
    ),
    token(
        "secret.elastic",
        // `00 01 00 01 elastic/` in base64
        &["essu_[0-9A-Za-z+/_-]{40,160}={0,2}", "AAEAAWVsYXN0aWMv[0-9A-Za-z+/_-]{20,128}={0,2}"],
        texts!["Elasticsearch documentation, Service accounts", "Elastic Cloud documentation, API keys"],
    ),
    token("secret.pinecone", &["pcsk_\\w{40,96}"], texts!["Pinecone documentation, API keys"]),
    token("secret.chroma", &["^ck-[0-9A-Za-z]{40,64}"], texts!["Chroma documentation, Cloud API keys"]),
    token("secret.gel", &["(nbwt|edbt)\\d?_[\\w.-]{40,1024}"], texts!["Gel documentation, Cloud secret keys"]),
    token("secret.crunchy", &["cbkey_[0-9A-Za-z]{32,80}"], texts!["Crunchy Bridge documentation, API keys"]),
    token("secret.materialize", &["mz(p|sk)_[0-9a-f]{64}"], texts!["Materialize documentation, App passwords"]),
    token("secret.hex", &["hxt[pw]_[0-9a-f]{32,96}"], texts!["Hex documentation, API overview"]),
    token("secret.metabase", &["^mb_[0-9A-Za-z+/]{40,64}={0,2}"], texts!["Metabase documentation, API keys"]),
    token("secret.lightdash", &["ld(pat|svc)_[0-9A-Za-z]{20,80}"], texts!["Lightdash documentation, Personal access tokens"]),
    token("secret.retool", &["retool_01[0-9a-z]{20,64}"], texts!["Retool documentation, API authentication"]),
    token("secret.datastax", &["AstraCS:[0-9A-Za-z]{20,32}:[0-9a-f]{64}"], texts!["Astra DB documentation, Application tokens"]),
];
