//! Builds, tests, deployments and the analysis of code.

use super::{token, weak};
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token("secret.circleci", &["CCI(PAT|PRJ)_[0-9A-Za-z]{16,32}_[0-9a-f]{40}"], texts!["CircleCI documentation, Managing API tokens"]),
    token("secret.buildkite", &["bk(ua|aa|aj|ct|pt|at)_[\\w.-]{20,2048}"], texts!["Buildkite documentation, Token security"]),
    token("secret.harness", &["[ps]at\\.[\\w-]{22}\\.[0-9a-f]{24}\\.[0-9A-Za-z]{20}"], texts!["Harness documentation, Manage API keys"]),
    weak("secret.appveyor", &["^v2\\.[0-9a-z]{20}"], texts!["AppVeyor documentation, REST API"]),
    weak("secret.octopus-deploy", &["^API-[0-9A-Z]{25,28}"], texts!["Octopus Deploy documentation, How to create an API key"]),
    token("secret.depot", &["depot_(project|org|user|ci)_[0-9A-Za-z]{32,128}"], texts!["Depot documentation, Authentication"]),
    token("secret.snyk", &["snyk_(uat|sat)\\.[\\w.-]{20,256}"], texts!["Snyk documentation, Authentication for API"]),
    token(
        "secret.sonar",
        &["sq[apu]_[0-9a-f]{40}", "(D?sonar\\.login|SONAR_LOGIN) ?= ?[0-9a-f]{40}"],
        texts!["SonarQube documentation, Managing your tokens"],
    ),
    token("secret.chromatic", &["chpt_[0-9a-z]{12,40}"], texts!["Chromatic documentation, CLI, project token"]),
    token("secret.percy", &["^(web|app|auto|vmw)_[0-9a-f]{64}"], texts!["Percy documentation, Project token"]),
    token("secret.lambdatest", &["LT_[0-9A-Za-z]{40,64}"], texts!["LambdaTest documentation, Access key"]),
    token("secret.deepsource", &["dsp_[0-9a-f]{36,64}"], texts!["DeepSource documentation, Personal access tokens"]),
    token(
        "secret.code-climate",
        &["CC_TEST_REPORTER_ID(=|: )[0-9a-f]{64}"],
        texts!["Code Climate documentation, Configuring test coverage"],
    ),
    token("secret.socket-dev", &["sktsec_[\\w-]{32,128}"], texts!["Socket documentation, API tokens"]),
    token("secret.aikido", &["AIK_(CI|RUNTIME)_[\\w-]{32,160}"], texts!["Aikido documentation, CI token"]),
    weak("secret.nightfall", &["^NF-[0-9A-Za-z]{32}"], texts!["Nightfall documentation, API keys"]),
    token("secret.settlemint", &["sm_(pat|aat|sat)_[0-9A-Za-z]{12,64}"], texts!["SettleMint documentation, Access tokens"]),
    token("secret.stackhawk", &["hawk\\.[\\w-]{16,24}\\.[\\w-]{16,24}"], texts!["StackHawk documentation, API authentication"]),
    token("secret.pulumi", &["pul-[0-9a-f]{40}"], texts!["Pulumi documentation, Access tokens"]),
    // a public id of 14 characters stands before it
    token("secret.terraform", &["atlasv1\\.[\\w-]{60,80}"], texts!["HCP Terraform documentation, API tokens"]),
    token("secret.prefect", &["pn[bu]_[0-9A-Za-z]{36}"], texts!["Prefect documentation, Manage API keys"]),
    token("secret.dbt", &["dbt[cu]_[\\w=-]{32,128}"], texts!["dbt documentation, Service account tokens"]),
    token("secret.trigger-dev", &["tr_(dev|prod|stg|preview|pat)_[0-9A-Za-z]{20,64}"], texts!["Trigger.dev documentation, API keys"]),
    token("secret.inngest", &["signkey-(prod|test|branch|dev)-[0-9a-f]{32,64}"], texts!["Inngest documentation, Signing keys"]),
    token("secret.n8n", &["n8n_api_[0-9a-f]{64,128}"], texts!["n8n documentation, API authentication"]),
];
