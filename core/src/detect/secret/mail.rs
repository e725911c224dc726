//! Mail, messages and calls.

use super::{token, weak};
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    token("secret.sendgrid", &["SG\\.[\\w-]{16,32}\\.[\\w-]{32,64}"], texts!["Twilio SendGrid documentation, API keys"]),
    token("secret.mailgun", &["^key-[0-9a-f]{32}"], texts!["Mailgun documentation, API keys"]),
    // a refund of Stripe is `re_` and one run of letters and digits
    token("secret.resend", &["re_[0-9A-Za-z]{8}_[0-9A-Za-z]{20,40}"], texts!["Resend documentation, API keys"]),
    token("secret.brevo", &["x(keysib|smtpsib)-[0-9a-f]{64}-[0-9A-Za-z]{16}"], texts!["Brevo developers, API keys"]),
    token("secret.mailersend", &["mlsn\\.[0-9a-f]{64}"], texts!["MailerSend documentation, API tokens"]),
    weak("secret.mandrill", &["^md-[\\w-]{22}"], texts!["Mailchimp Transactional documentation, API keys"]),
    token("secret.customer-io", &["sa_live_[\\w-]{32,64}"], texts!["Customer.io documentation, Service account tokens"]),
    token("secret.klaviyo", &["^pk_[0-9a-f]{34}", "pk_[0-9A-Za-z]{6}_[0-9a-f]{34}"], texts!["Klaviyo developers, Private API keys"]),
    token("secret.courier", &["(pk|dk)_(prod|test)_[0-9A-Z]{28}"], texts!["Courier documentation, Authentication"]),
    token("secret.onesignal", &["os_v2_(app|org)_[0-9a-z]{80,128}"], texts!["OneSignal documentation, Keys and IDs"]),
    token("secret.ntfy", &["^tk_[0-9a-z]{29}"], texts!["ntfy documentation, Access tokens"]),
    // an account's id is `AC` and as many, and public
    token("secret.twilio", &["^SK[0-9a-f]{32}"], texts!["Twilio documentation, API keys"]),
    token("secret.telnyx", &["KEY0[0-9A-F]{31}_[0-9A-Za-z]{22}"], texts!["Telnyx documentation, API keys"]),
    token("secret.signalwire", &["^PT[0-9a-f]{32,64}"], texts!["SignalWire documentation, API tokens"]),
    token(
        "secret.svix",
        &["(testsk|sk)_[0-9A-Za-z]{32}\\.(us|eu|ca|au|in)", "testsk_[\\w-]{32}"],
        texts!["Svix documentation, Authentication"],
    ),
    token("secret.liveblocks", &["sk_(prod|dev)_[\\w-]{60,120}"], texts!["Liveblocks documentation, API keys"]),
    token("secret.intercom", &["dG9rO[jm][0-9A-Za-z+/]{40,100}={0,2}"], texts!["Intercom developers, Authentication"]),
    token("secret.plain", &["plainApiKey_\\w{20,200}"], texts!["Plain documentation, Authentication"]),
    token("secret.frame-io", &["fio-u-[\\w=-]{64}"], texts!["Frame.io developers, Developer tokens"]),
];
