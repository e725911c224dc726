//! Slack.

use super::token;
use crate::detect::{Detector, Token, texts};
use crate::scan::shape::{ByteSet, Step};

const TOKEN: ByteSet = ByteSet::of("0-9A-Za-z-");
const PATH: ByteSet = ByteSet::of("0-9A-Za-z/_-");
const BOT_AND_USER: &[&str] =
    &["xoxb-", "xoxp-", "xoxa-", "xoxo-", "xoxr-", "xoxs-", "xoxc-", "xoxd-", "xoxe-", "xoxe.xoxb-", "xoxe.xoxp-", "xapp-"];

pub(crate) const DETECTORS: &[Detector] = &[
    token(
        "secret.slack",
        &[Token {
            starts: &["xoxb-", "xoxp-", "xoxa-", "xoxo-", "xoxr-", "xoxs-", "xoxc-", "xoxd-", "xoxe-", "xoxe.", "xapp-"],
            shape: &[Step::Any(BOT_AND_USER), Step::Run(TOKEN, 10, 512)],
            check: None,
        }],
        &["Slack API documentation, Token types"],
        texts![
            concat!("bot «xoxb", "-123456789012-1234567890123-a1B2c3D4e5F6g7H8i9J0k1L2»"),
            concat!("«xapp", "-1-A0123456789-1234567890123-0a1b2c3d4e5f»")
        ],
        texts!["xoxb-", "xoxo-kisses", "xapp-1"],
    ),
    token(
        "secret.slack-webhook",
        &[Token {
            starts: &["hooks.slack.com/"],
            shape: &[
                Step::Any(&["hooks.slack.com/services/", "hooks.slack.com/workflows/", "hooks.slack.com/triggers/"]),
                Step::Run(PATH, 20, 256),
            ],
            check: None,
        }],
        &["Slack API documentation, Sending messages using incoming webhooks"],
        texts![concat!("post https://«hooks.slack", ".com/services/T01ABCDEF/B01ABCDEF/a1B2c3D4e5F6g7H8i9J0k1L2»")],
        texts!["hooks.slack.com/services/", "https://hooks.slack.com/docs"],
    ),
];
