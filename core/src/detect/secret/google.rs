//! Google.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token(
        "secret.google-api-key",
        &["AIza[\\w-]{35}"],
        texts!["Google Cloud, Authenticate by using API keys"],
        texts![concat!("?k=«AIza", "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q»")],
        texts!["AIza", "AIzaSyShort", "AIzawa"],
    ),
    token(
        "secret.google-oauth",
        &["GOCSPX-[\\w-]{28}", "ya29\\.[\\w.-]{20,2048}"],
        texts!["Google Identity, Using OAuth 2.0 to access Google APIs"],
        texts![concat!("«GOCSPX", "-a1B2c3D4e5F6g7H8i9J0k1L2m3N4»")],
        texts!["ya29.", "GOCSPX-short"],
    ),
];
