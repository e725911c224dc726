//! Documents, tickets, forms, customers and design.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token("secret.notion", &["^secret_[0-9A-Za-z]{43}", "ntn_[0-9A-Za-z]{40,64}"], texts!["Notion developers, Authorization"]),
    token("secret.airtable", &["pat[0-9A-Za-z]{14}\\.[0-9a-f]{64}"], texts!["Airtable support, Personal access tokens"]),
    token("secret.linear", &["lin_(api|oauth|wh)_[0-9A-Za-z]{32,64}"], texts!["Linear developers, API and webhooks"]),
    token("secret.clickup", &["pk_\\d{4,12}_[0-9A-Z]{32}"], texts!["ClickUp API, Authentication"]),
    token("secret.figma", &["fig(d|ur?|ohr?|or?)_[\\w-]{36,128}"], texts!["Figma developers, Access tokens"]),
    token("secret.dropbox", &["sl\\.[\\w.-]{100,2048}"], texts!["Dropbox OAuth guide"]),
    token("secret.adobe", &["p8e-[\\w-]{32,48}"], texts!["Adobe developer console, OAuth credentials"]),
    token("secret.canva", &["cnvca[\\w-]{40,80}"], texts!["Canva developers, Authentication"]),
    token("secret.contentful", &["CFPAT-[\\w-]{40,64}"], texts!["Contentful documentation, Content management API"]),
    token("secret.hubspot", &["pat-(na|eu|ap)\\d-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"], texts!["HubSpot developers, Private apps"]),
    // the organisation's id and `!` stand before it
    token(
        "secret.salesforce",
        &["A[QR][\\w.]AQ[\\w.]{60,120}", "00D[0-9A-Za-z]{12}![\\w.]{80,120}"],
        texts!["Salesforce help, Session ID and access tokens"],
    ),
    token("secret.close", &["^api_[0-9A-Za-z]{20,24}\\.[0-9A-Za-z]{20,24}"], texts!["Close developers, Authentication"]),
    token("secret.teamwork", &["tkn\\.v1_[0-9A-Za-z+/_-]{40,128}={0,2}"], texts!["Teamwork developers, API keys"]),
    token("secret.typeform", &["tfp_[\\w.=-]{40,80}"], texts!["Typeform developers, Personal access tokens"]),
    token("secret.tally", &["tly-[0-9A-Za-z]{40,64}"], texts!["Tally developers, API keys"]),
    token("secret.cal-com", &["cal_(live_)?[0-9a-f]{32}"], texts!["Cal.com documentation, API keys"]),
    token("secret.tolgee", &["tg(pak|pat)_[0-9a-z]{40,80}"], texts!["Tolgee documentation, API keys and PAT"]),
    token("secret.segment", &["sgp_[0-9A-Za-z]{64}"], texts!["Segment documentation, Public API tokens"]),
    token("secret.outline", &["ol_api_[0-9A-Za-z]{38}"], texts!["Outline developers, Authentication"]),
    token("secret.zoho", &["1000\\.[0-9a-f]{32}\\.[0-9a-f]{32}"], texts!["Zoho CRM developers, OAuth 2.0, Access and refresh tokens"]),
    token("secret.plane", &["plane_api_[0-9a-f]{32}"], texts!["Plane developers, API authentication"]),
];
