//! Google.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token("secret.google-api-key", &["AIza[\\w-]{35}"], texts!["Google Cloud, Authenticate by using API keys"])
        .with(texts![concat!("?k=«AIza", "SyA1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q»")], texts!["AIza", "AIzaSyShort", "AIzawa"]),
    token(
        "secret.google-oauth",
        &["GOCSPX-[\\w-]{28}", "ya29\\.[\\w.-]{20,2048}"],
        texts!["Google Identity, Using OAuth 2.0 to access Google APIs"],
    )
    .with(texts![concat!("«GOCSPX", "-a1B2c3D4e5F6g7H8i9J0k1L2m3N4»")], texts!["ya29.", "GOCSPX-short"]),
    token("secret.google-auth-key", &["AQ\\.Ab[\\w-]{40,128}"], texts!["Gemini API documentation, API keys"]),
    token("secret.google-hmac", &["GOOG1E[0-9A-Z]{50,60}", "GOOG[0-9A-Z]{20}"], texts!["Cloud Storage documentation, HMAC keys"]),
    token(
        "secret.firebase",
        &["AAAA[\\w-]{7}:APA91b[\\w-]{100,180}", "AMf-vB[\\w-]{80,512}"],
        texts!["Firebase documentation, Migrate from legacy FCM APIs", "Identity Platform documentation, Refresh tokens"],
    ),
    token("secret.google-signature", &["X-Goog-Signature=[0-9a-f]{128,1024}"], texts!["Cloud Storage documentation, Signed URLs"]),
];
