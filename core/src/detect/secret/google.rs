//! Google.

use super::token;
use crate::detect::{Detector, Token, texts};
use crate::scan::shape::{BASE64URL, ByteSet, Step};

/// Access tokens have dots.
const OAUTH: ByteSet = ByteSet::of("0-9A-Za-z_.-");

pub(crate) const DETECTORS: &[Detector] = &[
    token(
        "secret.google-api-key",
        &[Token { starts: &["AIza"], shape: &[Step::Lit("AIza"), Step::Run(BASE64URL, 35, 35)], check: None }],
        &["Google Cloud, Authenticate by using API keys"],
        texts![concat!("?k=«AIza", "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q»")],
        texts!["AIza", "AIzaSyShort", "AIzawa"],
    ),
    token(
        "secret.google-oauth",
        &[
            Token { starts: &["GOCSPX-"], shape: &[Step::Lit("GOCSPX-"), Step::Run(BASE64URL, 28, 28)], check: None },
            Token { starts: &["ya29."], shape: &[Step::Lit("ya29."), Step::Run(OAUTH, 20, 2048)], check: None },
        ],
        &["Google Identity, Using OAuth 2.0 to access Google APIs"],
        texts![concat!("«GOCSPX", "-a1B2c3D4e5F6g7H8i9J0k1L2m3N4»")],
        texts!["ya29.", "GOCSPX-short"],
    ),
];
