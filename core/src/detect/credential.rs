//! What opens a door by itself: hashes of passwords, tokens, keys and credentials inside URLs.

use super::{ALWAYS, Detector, DetectorId, Find, position, texts, unchecked};
use crate::policy::Action;
use crate::validate::jwt;

pub(crate) const URL: DetectorId = position("credential.url");
pub(crate) const PRIVATE_KEY: DetectorId = position("credential.private-key");

pub(crate) const DETECTORS: &[Detector] = &[
    Detector {
        id: "credential.password-hash",
        find: Find::Token {
            // crypt's alphabet is `./0-9A-Za-z`
            shapes: &[
                "\\$2[abxy]\\$\\d{2}\\$[./0-9A-Za-z]{53}",
                "\\$argon2(id|i|d)\\$(v=\\d{1,3}\\$)?[0-9a-z=,]{5,64}\\$[0-9A-Za-z+/=]{8,128}\\$[0-9A-Za-z+/=]{16,256}",
                "\\$(1|apr1)\\$[./0-9A-Za-z]{1,8}\\$[./0-9A-Za-z]{22}",
                "\\$5\\$(rounds=\\d{1,9}\\$)?[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]{43}",
                "\\$6\\$(rounds=\\d{1,9}\\$)?[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]{86}",
                "\\$(7|y|gy|scrypt|pbkdf2(-sha(256|512))?|sha1|S|P|H)\\$[./0-9A-Za-z$=,]{24,256}",
                "pbkdf2_sha(256|1)\\$\\d{1,9}\\$[0-9A-Za-z+/=_.-]{0,64}\\$[0-9A-Za-z+/=]{20,128}",
                "(bcrypt(_sha256)?|argon2)\\$[./0-9A-Za-z$=,+]{40,256}",
                "(scrypt|md5|sha1)\\$[./0-9A-Za-z$=+_-]{32,256}",
            ],
            check: unchecked,
        },
        action: Action::Mask,
        presets: ALWAYS,
        references: texts!["crypt(5)", "RFC 9106", "Django documentation, Password management"],
        examples: texts![
            "hash «$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234»",
            "«pbkdf2_sha256$600000$saltsaltsalt$dGhpcyBpcyBub3QgYSByZWFsIGhhc2ggb2YgYW55»",
            "«$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNo»",
            "«$1$saltsalt$abcdefghijklmnopqrstu.»",
        ],
        counter_examples: texts!["costs $2b", "$1$", "pbkdf2_sha256", "md5$ is old", "argon2$"],
    },
    Detector {
        id: "credential.jwt",
        find: Find::Token { shapes: &["eyJ[\\w-]{7,16384}\\.[\\w-]{0,32768}(\\.[\\w-]{1,32768}){0,3}"], check: jwt::has_header },
        action: Action::Mask,
        presets: ALWAYS,
        references: texts!["RFC 7519", "RFC 7515, section 7.1"],
        examples: texts![
            "jwt «eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJlLW9mLW5vLWtleQ»",
            "(«eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9».)",
        ],
        counter_examples: texts!["eyJ", "eyJhbGciOiJ", "eyJhbGciOiJIUzI1NiJ9", "eyJoZWxsbyI6IndvcmxkIn0"],
    },
    Detector {
        id: "credential.private-key",
        find: Find::Own,
        action: Action::Mask,
        presets: ALWAYS,
        references: texts!["RFC 7468", "RFC 4716", "OpenSSH PROTOCOL.key"],
        examples: texts![
            "key: «-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----» end"
        ],
        counter_examples: texts![
            "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----",
            "-----BEGIN CERTIFICATE-----",
            "----- BEGIN -----"
        ],
    },
    Detector {
        id: "credential.url",
        find: Find::Own,
        action: Action::Mask,
        presets: ALWAYS,
        references: texts!["RFC 3986, section 3.2.1"],
        examples: texts![
            "postgres://app:«p@ss#w0rd»@db.internal:5432/app",
            "redis://:«s3cret»@cache:6379/0",
            "https://«0f1e2d3c4b5a69788796a5b4»@git.example.com/x.git"
        ],
        counter_examples: texts![
            "https://example.com/@user",
            "https://ana@example.com/x",
            "http://localhost:8000/",
            "ssh://git@example.com/repo",
            "postgres://app@db/app",
            "amqp://app:${PASS}@mq"
        ],
    },
];
