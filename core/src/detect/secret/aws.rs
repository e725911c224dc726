//! Amazon Web Services.

use super::{is_plausible, token};
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    Detector::token(
        "secret.aws-access-key",
        // base32 after the four letters; what ends with `EXAMPLE` is Amazon's own documentation
        &["(AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}"],
        |key| is_plausible(key) && !key.ends_with(b"EXAMPLE"),
        texts!["AWS IAM User Guide, IAM identifiers, Understanding unique ID prefixes"],
    )
    .with(
        texts![concat!("key «AKIA", "QRS7TUVWXYZ2A3B4»"), concat!("(«ASIA", "B2C3D4E5F6G7H2IJ»)")],
        texts!["AKIA", "AKIAQRS7TUVWXYZ2A3B", "ASIANCOUNTRIES", "AKIAqrs7tuvwxyz2a3b4", "AKIAQRS7TUVWXEXAMPLE"],
    ),
    token(
        "secret.aws-bedrock-key",
        // the short-term key is a signed address in base64, which begins with the service's name
        &["ABSK[0-9A-Za-z+/=]{109,269}", "bedrock-api-key-YmVkcm9jay5hbWF6b25hd3MuY29t[0-9A-Za-z+/=]{100,4096}"],
        texts!["Amazon Bedrock User Guide, API keys"],
    )
    .with(&[], texts!["ABSK", "ABSKQmVkcm9ja0FQSUtleS0x"]),
    token(
        "secret.aws-session-token",
        // protocol buffers in base64: the first field and the words `origin` and `aws` are always the same
        &["(IQoJb3JpZ2lu|FwoGZXIvYXdz|FQoGZXIvYXdz)[0-9A-Za-z+/%]{100,2048}={0,2}"],
        texts!["AWS STS API reference, Credentials"],
    ),
    token(
        "secret.aws-signature",
        &["X-Amz-Signature=[0-9a-f]{64}", "X-Amz-Security-Token=[\\w%+/=-]{100,4096}"],
        texts!["Amazon S3 API reference, Authenticating requests: using query parameters"],
    ),
    token("secret.aws-appsync", &["^da2-[0-9a-z]{26}"], texts!["AWS AppSync Developer Guide, API_KEY authorization"]),
];
