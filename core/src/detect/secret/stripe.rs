//! Stripe. Publishable keys (`pk_`) and object ids (`pi_`, `cus_`, …) are public and stay.

use super::token;
use crate::detect::{Detector, Token, texts};
use crate::scan::shape::{ALNUM, BASE64, Step};

const KEYS: &[&str] = &["sk_live_", "sk_test_", "rk_live_", "rk_test_", "sk_org_"];

pub(crate) const DETECTORS: &[Detector] = &[token(
    "secret.stripe",
    &[
        Token { starts: KEYS, shape: &[Step::Any(KEYS), Step::Run(crate::scan::shape::BASE64URL, 10, 255)], check: None },
        Token { starts: &["whsec_"], shape: &[Step::Lit("whsec_"), Step::Run(BASE64, 16, 255)], check: None },
        Token {
            starts: &["pi_", "seti_", "cs_"],
            shape: &[
                Step::Any(&["pi_", "seti_", "cs_test_", "cs_live_", "cs_"]),
                Step::Run(ALNUM, 8, 96),
                Step::Lit("_secret_"),
                Step::Run(ALNUM, 10, 128),
            ],
            check: None,
        },
    ],
    &["Stripe documentation, API keys", "Stripe API reference, PaymentIntent client_secret"],
    texts![
        concat!("key «sk", "_test_4eC39HqLyjWDarjtT1zdp7dc»"),
        concat!("«whsec", "_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6»"),
        concat!("«pi_3MtwBwLkdIwHu7ix28a3tqPa", "_secret_YrKJUKribcBjcG8HVhfZluoGH»"),
    ],
    texts![
        "pi_3MtwBwLkdIwHu7ix28a3tqPa",
        "cus_NffrFeUfNV2Hib",
        "pk_test_TYooMQauvdEDq54NiTphI7jx",
        "evt_1NG8Du2eZvKYlo2CUI79vXWy",
        "whsec_",
        "sk_test_"
    ],
)];
