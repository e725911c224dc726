//! What opens a door by itself: hashes of passwords, tokens, keys and credentials inside URLs.

use super::{ALWAYS, Detector, DetectorId, Find, Token, position, texts};
use crate::policy::Action;
use crate::scan::shape::{BASE64, BASE64URL, ByteSet, DIGITS, Step};
use crate::validate::jwt;

pub(crate) const URL: DetectorId = position("credential.url");
pub(crate) const PRIVATE_KEY: DetectorId = position("credential.private-key");
pub(crate) const PASSWORD_HASH: DetectorId = position("credential.password-hash");

/// The alphabet of crypt(3): `./0-9A-Za-z`.
const CRYPT: ByteSet = ByteSet::of("./0-9A-Za-z");
/// What a Django salt is made of.
const SALT: ByteSet = ByteSet::of("0-9A-Za-z+/=_.-");
const PARAMETERS: ByteSet = ByteSet::of("0-9a-z=,");

/// Hashes that begin with `$`; the rest of the formats begin with a word.
pub(crate) const DOLLAR_HASHES: &[&[Step]] = &[
    &[Step::Any(&["$2a$", "$2b$", "$2x$", "$2y$"]), Step::Run(DIGITS, 2, 2), Step::Lit("$"), Step::Run(CRYPT, 53, 53)],
    &[
        Step::Any(&["$argon2id$", "$argon2i$", "$argon2d$"]),
        Step::Opt(&[Step::Lit("v="), Step::Run(DIGITS, 1, 3), Step::Lit("$")]),
        Step::Run(PARAMETERS, 5, 64),
        Step::Lit("$"),
        Step::Run(BASE64, 8, 128),
        Step::Lit("$"),
        Step::Run(BASE64, 16, 256),
    ],
    &[Step::Any(&["$1$", "$apr1$"]), Step::Run(CRYPT, 1, 8), Step::Lit("$"), Step::Run(CRYPT, 22, 22)],
    &[
        Step::Lit("$5$"),
        Step::Opt(&[Step::Lit("rounds="), Step::Run(DIGITS, 1, 9), Step::Lit("$")]),
        Step::Run(CRYPT, 1, 16),
        Step::Lit("$"),
        Step::Run(CRYPT, 43, 43),
    ],
    &[
        Step::Lit("$6$"),
        Step::Opt(&[Step::Lit("rounds="), Step::Run(DIGITS, 1, 9), Step::Lit("$")]),
        Step::Run(CRYPT, 1, 16),
        Step::Lit("$"),
        Step::Run(CRYPT, 86, 86),
    ],
    &[
        Step::Any(&["$7$", "$y$", "$gy$", "$scrypt$", "$pbkdf2$", "$pbkdf2-sha256$", "$pbkdf2-sha512$", "$sha1$", "$S$", "$P$", "$H$"]),
        Step::Run(ByteSet::of("./0-9A-Za-z$=,"), 24, 256),
    ],
];

pub(crate) const DETECTORS: &[Detector] = &[
    Detector {
        id: "credential.password-hash",
        find: Find::Token(&[
            Token {
                starts: &["pbkdf2_sha256$", "pbkdf2_sha1$"],
                shape: &[
                    Step::Any(&["pbkdf2_sha256$", "pbkdf2_sha1$"]),
                    Step::Run(DIGITS, 1, 9),
                    Step::Lit("$"),
                    Step::Run(SALT, 0, 64),
                    Step::Lit("$"),
                    Step::Run(BASE64, 20, 128),
                ],
                check: None,
            },
            Token {
                starts: &["bcrypt_sha256$", "bcrypt$", "argon2$"],
                shape: &[Step::Any(&["bcrypt_sha256$", "bcrypt$", "argon2$"]), Step::Run(ByteSet::of("./0-9A-Za-z$=,+"), 40, 256)],
                check: None,
            },
            Token {
                starts: &["scrypt$", "md5$", "sha1$"],
                shape: &[Step::Any(&["scrypt$", "md5$", "sha1$"]), Step::Run(ByteSet::of("./0-9A-Za-z$=+_-"), 32, 256)],
                check: None,
            },
        ]),
        action: Action::Mask,
        presets: ALWAYS,
        references: &["crypt(5)", "RFC 9106", "Django documentation, Password management"],
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
        find: Find::Token(&[Token {
            starts: &["eyJ"],
            shape: &[
                Step::Run(BASE64URL, 10, 16384),
                Step::Lit("."),
                Step::Run(BASE64URL, 0, 32768),
                Step::Opt(&[Step::Lit("."), Step::Run(BASE64URL, 1, 32768)]),
                Step::Opt(&[Step::Lit("."), Step::Run(BASE64URL, 1, 32768)]),
                Step::Opt(&[Step::Lit("."), Step::Run(BASE64URL, 1, 32768)]),
            ],
            check: Some(jwt::has_header),
        }]),
        action: Action::Mask,
        presets: ALWAYS,
        references: &["RFC 7519", "RFC 7515, section 7.1"],
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
        references: &["RFC 7468", "RFC 4716", "OpenSSH PROTOCOL.key"],
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
        references: &["RFC 3986, section 3.2.1"],
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
