//! Logs, metrics, errors, incidents and feature flags.

use super::{token, weak};
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token(
        "secret.sentry",
        &["sntrys_eyJ[\\w+/=-]{40,512}", "sntry[ua]_[0-9a-f]{64}", "sntryi_[0-9a-f]{64}"],
        texts!["Sentry documentation, Auth tokens"],
    ),
    token(
        "secret.datadog",
        &["ddapp_[0-9A-Za-z]{34,64}", "ddpat_[\\w-]{34,96}"],
        texts!["Datadog documentation, API and application keys"],
    ),
    // `NRJS-` is public
    token("secret.new-relic", &["NR(AK|II|IQ|RA|AA|SP)-[\\w-]{24,64}"], texts!["New Relic documentation, API keys"]),
    token(
        "secret.grafana",
        // the last is `{"k":"` in base64
        &["glc_[0-9A-Za-z+/]{32,512}={0,2}", "glsa_[0-9A-Za-z]{32}_[0-9a-f]{8}", "eyJrIjoi[0-9A-Za-z+/_-]{40,400}={0,2}"],
        texts!["Grafana documentation, Service accounts", "Grafana Cloud documentation, Access policies"],
    ),
    token(
        "secret.honeycomb",
        &["hc[a-z][ilm]k_[0-9a-z]{58,64}", "hc[a-z](ic|lc|mc)_[0-9a-z]{58,64}"],
        texts!["Honeycomb documentation, Authentication"],
    ),
    token("secret.dynatrace", &["dt0[a-z]\\d{2}\\.[0-9A-Z]{8,32}\\.[0-9A-Z]{64}"], texts!["Dynatrace documentation, Token format"]),
    token("secret.axiom", &["xa[ap]t-[0-9a-f-]{36}"], texts!["Axiom documentation, API tokens"]),
    token(
        "secret.launchdarkly",
        &["^(api|sdk|rel)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"],
        texts!["LaunchDarkly documentation, API access tokens", "LaunchDarkly documentation, SDK credentials"],
    ),
    // `phc_` is public
    token("secret.posthog", &["ph[xsra]_[\\w-]{32,64}"], texts!["PostHog documentation, Personal API keys"]),
    token("secret.statsig", &["(secret|console)-[0-9A-Za-z]{40,64}"], texts!["Statsig documentation, API keys"]),
    weak("secret.flagsmith", &["^ser\\.[0-9A-Za-z]{20,32}"], texts!["Flagsmith documentation, SDKs, server-side keys"]),
    weak("secret.growthbook", &["^secret_(admin|readonly|user)_[0-9A-Za-z+/]{20,64}={0,2}"], texts!["GrowthBook documentation, API"]),
    token("secret.devcycle", &["dvc_server_[0-9a-f_]{32,80}"], texts!["DevCycle documentation, SDK keys"]),
    token("secret.honeybadger", &["^hb[pu]_[0-9A-Za-z]{36}"], texts!["Honeybadger documentation, API keys"]),
    token("secret.checkly", &["^(cu|sv)_[0-9a-f]{32}"], texts!["Checkly documentation, API keys"]),
    token("secret.coralogix", &["cx(t|u)p_[0-9A-Za-z]{28,40}"], texts!["Coralogix documentation, API keys"]),
    token("secret.rootly", &["rootly_[0-9a-f]{64}"], texts!["Rootly documentation, API"]),
    token("secret.firehydrant", &["fh[bu]-[0-9a-f]{32,80}"], texts!["FireHydrant documentation, API keys"]),
    weak("secret.uptimerobot", &["^ur\\d{5,9}-[0-9a-f]{20,40}"], texts!["UptimeRobot documentation, API"]),
    weak("secret.influxdb", &["^apiv3_[\\w-]{60,120}"], texts!["InfluxDB 3 documentation, Tokens"]),
];
