//! Amazon Web Services.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token(
        "secret.aws-access-key",
        // base32 after the four letters
        &["(AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}"],
        texts!["AWS IAM User Guide, IAM identifiers, Understanding unique ID prefixes"],
        texts![concat!("key «AKIA", "QRS7TUVWXYZ2A3B4»"), concat!("(«ASIA", "B2C3D4E5F6G7H2IJ»)")],
        texts!["AKIA", "AKIAQRS7TUVWXYZ2A3B", "ASIANCOUNTRIES", "AKIAqrs7tuvwxyz2a3b4"],
    ),
    token(
        "secret.aws-bedrock-key",
        &["ABSK[0-9A-Za-z+/=]{109,269}"],
        texts!["Amazon Bedrock User Guide, API keys"],
        &[],
        texts!["ABSK", "ABSKQmVkcm9ja0FQSUtleS0x"],
    ),
];
