//! Slack.

use super::{is_varied, token};
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    // the numbers of a workspace and a user may be anything: only what is behind them must not repeat itself
    Detector::token(
        "secret.slack",
        &[
            "xox[abeoprs]-(\\d-)?[0-9A-Z]{6,16}(-[0-9A-Za-z]{6,128}){1,4}",
            "xoxe(\\.xox[bp])?-\\d-[0-9A-Za-z]{60,512}",
            "xox[cd]-[0-9A-Za-z%+/=-]{20,512}",
            "xapp-\\d-[0-9A-Z]{8,14}-\\d{8,16}-?[0-9a-z]{12,128}",
            "xwfp-[0-9A-Za-z-]{20,512}",
        ],
        is_varied,
        texts!["Slack API documentation, Token types"],
    )
    .with(
        texts![
            concat!("bot «xoxb", "-123456789012-1234567890123-a1B2c3D4e5F6g7H8i9J0k1L2»"),
            concat!("«xapp", "-1-A0123456789-1234567890123-0a1b2c3d4e5f»")
        ],
        texts!["xoxb-", "xoxo-kisses", "xapp-1", "xoxb-12-ab34", "2024-111-xoxo-garden-7.jpg"],
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
