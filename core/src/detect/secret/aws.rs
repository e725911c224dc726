//! Amazon Web Services.

use super::token;
use crate::detect::{Detector, Token, texts};
use crate::scan::shape::{BASE64, ByteSet, Step};

/// Access key ids are base32 after their four letters.
const BASE32: ByteSet = ByteSet::of("A-Z2-7");

pub(crate) const DETECTORS: &[Detector] = &[
    token(
        "secret.aws-access-key",
        &[Token {
            starts: &["AKIA", "ASIA", "ABIA", "ACCA"],
            shape: &[Step::Any(&["AKIA", "ASIA", "ABIA", "ACCA"]), Step::Run(BASE32, 16, 16)],
            check: None,
        }],
        &["AWS IAM User Guide, IAM identifiers, Understanding unique ID prefixes"],
        texts![concat!("key «AKIA", "QRS7TUVWXYZ2A3B4»"), concat!("(«ASIA", "B2C3D4E5F6G7H2IJ»)")],
        texts!["AKIA", "AKIAQRS7TUVWXYZ2A3B", "ASIANCOUNTRIES", "AKIAqrs7tuvwxyz2a3b4"],
    ),
    token(
        "secret.aws-bedrock-key",
        &[Token { starts: &["ABSK"], shape: &[Step::Lit("ABSK"), Step::Run(BASE64, 109, 269)], check: None }],
        &["Amazon Bedrock User Guide, API keys"],
        &[],
        texts!["ABSK", "ABSKQmVkcm9ja0FQSUtleS0x"],
    ),
];
