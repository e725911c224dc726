//! Stripe. Publishable keys (`pk_`) and object ids (`pi_`, `cus_`, …) are public and stay.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[token(
    "secret.stripe",
    &[
        "([sr]k_(live|test|prod|sandbox)_|sk_org_)[\\w-]{10,255}",
        "whsec_[0-9A-Za-z+/=]{16,255}",
        "(pi|seti|cs(_test|_live)?)_[0-9A-Za-z]{8,96}_secret_[0-9A-Za-z]{10,128}",
    ],
    texts!["Stripe documentation, API keys", "Stripe API reference, PaymentIntent client_secret"],
)
.with(
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
