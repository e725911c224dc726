//! Hosts of source code and what reviews it.

use super::{token, weak};
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token(
        "secret.gitlab",
        &[
            "gl(pat|dt|rtr?|cbt|ft|wt|soat|ffct)-[\\w.-]{20,8192}",
            "glptt-[\\w-]{40}",
            "gloas-[\\w-]{64}",
            "glimt-[\\w-]{25}",
            "glagent-[\\w-]{50,1024}",
            "GR1348941[\\w-]{20,64}",
            "gitlab_session=[0-9a-f]{32}",
        ],
        texts!["GitLab documentation, Token overview, Token prefixes"],
    ),
    token(
        "secret.atlassian",
        &["AT(ATT|CTT|STT|OAT)3[\\w=+/-]{60,512}"],
        texts!["Atlassian support, Manage API tokens for your Atlassian account"],
    ),
    token("secret.bitbucket", &["ATBB[0-9A-Za-z_=-]{24,64}"], texts!["Bitbucket Cloud support, App passwords"]),
    token("secret.trello", &["ATTA[0-9a-f]{60,80}"], texts!["Trello documentation, Authorization"]),
    weak("secret.phabricator", &["^(api|cli)-[0-9a-z]{28}"], texts!["Phabricator, Conduit API tokens"]),
    token(
        "secret.jetbrains",
        &["perm[:-][0-9A-Za-z+/=_-]{2,128}\\.[0-9A-Za-z+/=_-]{2,128}\\.[0-9A-Za-z]{24,64}"],
        texts!["YouTrack documentation, Permanent token authorization"],
    ),
    token(
        "secret.sourcegraph",
        &["sgp_((local|[0-9a-f]{16})_)?[0-9a-f]{40}", "(slk|sgd|sgph|sgs)_[0-9a-f_]{40,96}"],
        texts!["Sourcegraph documentation, Token prefixes"],
    ),
    token("secret.gitpod", &["gitpod_pat_[\\w.-]{20,256}"], texts!["Gitpod documentation, Personal access tokens"]),
    token("secret.codesandbox", &["^csb_(v1_)?[\\w-]{32,128}"], texts!["CodeSandbox SDK documentation, API token"]),
];
