//! Payments, banks and accounting, beside Stripe's.

use super::{token, weak};
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token(
        "secret.square",
        &["(sandbox-)?sq0(atp|csp|csb)-[\\w-]{22,60}", "EAAA[\\w-]{60}"],
        texts!["Square documentation, Access tokens", "Square documentation, OAuth API"],
    ),
    token(
        "secret.paypal",
        &["access_token\\$(production|sandbox)\\$[0-9a-z]{16}\\$[0-9a-f]{32}", "A21AA[\\w-]{80,200}"],
        texts!["PayPal developer, Get access token", "Braintree documentation, Credentials"],
    ),
    token(
        "secret.adyen",
        &["AQE[a-z]hm[\\w+/=-]{60,400}[\\w+/=.,:()!{}%$#@*^~?;|-]{0,24}"],
        texts!["Adyen documentation, API credentials"],
    ),
    weak("secret.paystack", &["^sk_(live|test)_[0-9a-f]{40}"], texts!["Paystack documentation, Authentication"]),
    token(
        "secret.flutterwave",
        &["FLWSECK(_TEST|_PROD)?-[0-9A-Za-z-]{12,96}", "FLWSECK_TEST[0-9a-f]{12}"],
        texts!["Flutterwave documentation, API keys"],
    ),
    token(
        "secret.plaid",
        &["(access|link|processor)-(sandbox|development|production)-[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"],
        texts!["Plaid documentation, Tokens and identifiers"],
    ),
    token(
        "secret.paddle",
        &[
            "pdl_(live|sdbx|test)_apikey_[0-9a-z]{20,32}_[0-9A-Za-z]{16,32}_[0-9A-Za-z]{3}",
            "pdl_ntfset_[0-9a-z]{20,32}_[0-9A-Za-z+/]{32,64}",
        ],
        texts!["Paddle documentation, API keys", "Paddle documentation, Webhook secret keys"],
    ),
    token("secret.xendit", &["xnd_(production|development)_[0-9A-Za-z+/=]{30,96}"], texts!["Xendit documentation, API keys"]),
    token("secret.midtrans", &["(SB-)?Mid-server-[\\w-]{20,48}"], texts!["Midtrans documentation, API authorization"]),
    token("secret.omise", &["skey_(test_)?[0-9a-z]{18,32}"], texts!["Omise documentation, API authentication"]),
    token(
        "secret.mercado-pago",
        &["(APP_USR|TEST)-\\d{12,20}-\\d{6}-[0-9a-f]{32}-\\d{6,12}"],
        texts!["Mercado Pago documentation, Credentials"],
    ),
    token("secret.asaas", &["\\$aact_(prod_|hmlg_)?[0-9A-Za-z+/=_:-]{40,256}"], texts!["Asaas documentation, Authentication"]),
    token("secret.cashfree", &["cfsk_ma_(prod|test)_[0-9a-f]{32}_[0-9a-f]{8}"], texts!["Cashfree documentation, API keys"]),
    weak(
        "secret.checkout",
        &["^sk_(sbox_)?[0-9a-z]{26,27}[*#$=]?", "^sk_(test_)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"],
        texts!["Checkout.com documentation, API keys"],
    ),
    token("secret.ramp", &["ramp_sec_[0-9A-Za-z]{32,64}"], texts!["Ramp developers, Authorization"]),
    token("secret.brex", &["bxt_[0-9A-Za-z]{30,64}"], texts!["Brex documentation, Authentication"]),
    token("secret.pagarme", &["ak_(live|test)_[0-9A-Za-z]{30}"], texts!["Pagar.me documentation, Authentication"]),
    token("secret.polar", &["polar_(oat|pat|whs|cs|rst)_[\\w-]{30,64}"], texts!["Polar documentation, Authentication"]),
    token("secret.creem", &["creem_(test_)?[0-9A-Za-z]{20,40}"], texts!["Creem documentation, API keys"]),
    token("secret.shippo", &["shippo_(live|test)_[0-9A-Fa-f]{40}"], texts!["Shippo documentation, Authentication"]),
    token("secret.easypost", &["EZ[AT]K[0-9A-Za-z]{54}"], texts!["EasyPost documentation, Authentication"]),
    token("secret.duffel", &["duffel_(live|test)_[\\w-]{40,48}"], texts!["Duffel documentation, Authentication"]),
    token("secret.adapty", &["secret_live_[0-9A-Za-z]{8}\\.[0-9A-Za-z]{28,40}"], texts!["Adapty documentation, API keys"]),
];
