//! Prefixes that several vendors share, after all that one vendor has alone.

use super::weak;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    // Mollie, MessageBird, Lob, Scale and Chargebee; GoCardless
    weak(
        "secret.live-key",
        &["^(live|sandbox)_[\\w=-]{40}", "^(live|test|sandbox)_[0-9A-Za-z]{24,64}"],
        texts!["Mollie documentation, Authentication", "GoCardless documentation, Access tokens", "Lob documentation, API keys"],
    ),
    // DeepSeek, DashScope, Moonshot, SiliconFlow, Stability, Braintrust, LiteLLM; Revolut, Novita, Knock, WorkOS
    weak(
        "secret.sk-key",
        &["^sk-[0-9A-Za-z]{32,128}", "^sk-[\\w-]{22}", "^(sk|oa_sand|oa_prod)_[\\w-]{43,86}"],
        texts!["DeepSeek API documentation, Your first API call", "Revolut documentation, Merchant API, Authentication"],
    ),
];
