//! Sessions and keys that frameworks make: signed or encrypted, and enough to be somebody.

use super::token;
use crate::detect::{Detector, texts};

pub(crate) const DETECTORS: &[Detector] = &[
    // the head of Marshal's format and a hash, in base64
    token(
        "secret.rails-session",
        &["BAh7[0-9A-Za-z+/%]{20,4096}={0,2}--[0-9a-f]{40,64}"],
        texts!["Ruby on Rails guides, Securing Rails applications"],
    ),
    // `{"iv":` in base64
    token(
        "secret.laravel",
        &["base64:[0-9A-Za-z+/]{43}=", "eyJpdiI6[0-9A-Za-z+/%]{80,8192}={0,2}"],
        texts!["Laravel documentation, Encryption"],
    ),
    // `HS256` and `A128GCM` in base64
    token(
        "secret.phoenix",
        &["SFMyNTY\\.[\\w-]{20,4096}\\.[\\w-]{43}", "QTEyOEdDTQ\\.[\\w-]{10,128}\\.[\\w-]{10,128}\\.[\\w-]{2,4096}\\.[\\w-]{10,128}"],
        texts!["Plug.Crypto documentation, MessageVerifier, MessageEncryptor"],
    ),
    // the magic number 09 F0 C9 F0 in base64
    token(
        "secret.aspnet-data-protection",
        &["CfDJ8[\\w+/-]{60,8192}={0,2}"],
        texts!["ASP.NET Core documentation, Data Protection, Authenticated encryption details"],
    ),
    // what is mailed to somebody who has forgotten a password: whose it is, the time in base 36, and a hash
    token(
        "secret.django-reset-link",
        &["(reset|confirm|activate)/[0-9A-Za-z_-]{1,24}/[0-9a-z]{6,7}-[0-9a-f]{20,64}"],
        texts!["Django documentation, Authentication views, PasswordResetConfirmView"],
    ),
    token("secret.iron", &["Fe26\\.2\\*[\\w*~-]{80,8192}"], texts!["hapi documentation, iron"]),
];
