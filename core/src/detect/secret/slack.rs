//! Slack.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token(
        "secret.slack",
        &["(xox[abcdeoprs]-|xoxe\\.xox[bp]-|xapp-|xwfp-)[0-9A-Za-z%-]{10,512}"],
        texts!["Slack API documentation, Token types"],
    )
    .with(
        texts![
            concat!("bot «xoxb", "-123456789012-1234567890123-a1B2c3D4e5F6g7H8i9J0k1L2»"),
            concat!("«xapp", "-1-A0123456789-1234567890123-0a1b2c3d4e5f»")
        ],
        texts!["xoxb-", "xoxo-kisses", "xapp-1"],
    ),
    token(
        "secret.slack-webhook",
        &["hooks\\.slack\\.com/(services|workflows|triggers)/[\\w/-]{20,256}"],
        texts!["Slack API documentation, Sending messages using incoming webhooks"],
    )
    .with(
        texts![concat!("post https://«hooks.slack", ".com/services/T01ABCDEF/B01ABCDEF/a1B2c3D4e5F6g7H8i9J0k1L2»")],
        texts!["hooks.slack.com/services/", "https://hooks.slack.com/docs"],
    ),
];
