//! The laws of the engine, tried on texts that are made of what logs are made of.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, clippy::string_slice, missing_docs, reason = "a test may panic")]

use std::borrow::Cow;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use scrubline::{Policy, Preset, Redactor, Secrets};

fn redactor(preset: Preset) -> Redactor {
    Redactor::new(Policy { preset, ..Policy::default() }, Secrets::default(), String::new()).unwrap()
}

/// Pieces of logs: keys, values, marks, secrets, escapes, and what is in between.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "password",
        "token",
        "api_key",
        "Cookie",
        "Authorization",
        "Bearer ",
        "session_id",
        "user",
        "phone",
        "nif",
        "card",
        "cvv",
        "with ",
        "is ",
        ": ",
        ":",
        "=",
        " = ",
        "=>",
        "\"",
        "'",
        "\\\"",
        "\\",
        "\\n",
        "\n",
        "\r\n",
        " ",
        "  ",
        ",",
        ";",
        "&",
        "?",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        "<",
        ">",
        "/",
        "://",
        "@",
        "-",
        "+",
        ".",
        "%40",
        "%3D",
        "\\u0040",
        "hunter2",
        "s3cr3t!x",
        "ana@example.pt",
        "***@example.pt",
        "[REDACTED]",
        "****-****-****-1234",
        "4539148803436467",
        "4539 1488 0343 6467",
        "+351 912 345 678",
        "912345678",
        "245829130",
        "PT50 0002 0123 1234 5678 9015 4",
        "2024-05-01 12:30:45,123",
        "10.0.0.1",
        "42",
        "7",
        "-----BEGIN PRIVATE KEY-----",
        "-----END PRIVATE KEY-----",
        "MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg",
        "postgres://app:pa#ss@db/x",
        "${X}",
        "<token>",
        "null",
        "日本語",
        "é",
        "🦀",
        "ｐａｓｓ",
        "\u{200b}",
        "\u{0}",
        "\u{1b}[31m",
        "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJl",
    ]);
    prop_oneof![8 => fixed.prop_map(str::to_owned), 1 => "[a-zA-Z0-9_]{1,12}", 1 => "\\PC{0,6}"]
}

fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

/// A policy's own detectors, some of which take what others leave.
const OWN: &str = r#"{"custom": [
    {"id": "custom.student", "shape": "STU-\\d{6}", "action": "label"},
    {"id": "custom.locker", "shape": "\\d{5,9}", "context": ["cacifo", "user"]},
    {"id": "custom.word", "shape": "(ter|[a-z]+-)[a-zA-Z0-9@.:\\]]+", "context": ["with", "ключ"], "action": "label"},
    {"id": "custom.starred", "shape": "\\*+[-0-9a-z@]*", "action": "partial"},
    {"id": "custom.brackets", "shape": "\\[[^ ]*\\]?x?", "validator": "luhn"},
    {"id": "custom.regex", "regex": "[A-Z]{3,}\\S?|\\bis .", "action": "label"}
]}"#;

/// Text with what these look for.
fn own_text() -> impl Strategy<Value = String> {
    let fixed =
        vec!["STU-918273", "cacifo", "Ключ", "48213", "ter", "ab-", "*", "**", "x", "ＳＴＵ", "[REDACTED:custom.word]", "\u{1b}[31m", "é"];
    prop::collection::vec(prop_oneof![piece(), prop::sample::select(fixed).prop_map(str::to_owned)], 0..30)
        .prop_map(|pieces| pieces.concat())
}

fn streamed(redactor: &Redactor, text: &[u8], sizes: &[usize]) -> Vec<u8> {
    let mut stream = redactor.stream();
    let mut out = Vec::new();
    let mut rest = text;
    for &size in sizes.iter().cycle() {
        if rest.is_empty() {
            break;
        }
        let (piece, after) = rest.split_at(size.min(rest.len()));
        stream.feed(piece, &mut out);
        rest = after;
    }
    stream.finish(&mut out);
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5000, failure_persistence: None, rng_seed: RngSeed::Fixed(2026), ..ProptestConfig::default() })]

    #[test]
    fn what_is_redacted_stays_as_it_is(text in text()) {
        for preset in [Preset::Default, Preset::Strict] {
            let redactor = redactor(preset);
            let once = redactor.redact(&text).into_owned();
            let twice = redactor.redact(&once);
            prop_assert_eq!(&once, &twice, "of {:?}", text);
        }
    }

    #[test]
    fn a_stream_gives_the_bytes_of_the_whole(text in text(), sizes in prop::collection::vec(1usize..30, 1..6)) {
        let redactor = redactor(Preset::Default);
        let whole = redactor.redact(&text).into_owned().into_bytes();
        prop_assert_eq!(streamed(&redactor, text.as_bytes(), &sizes), whole);
    }

    #[test]
    fn findings_are_in_order_and_at_characters(text in text()) {
        let redactor = redactor(Preset::Strict);
        let mut end = 0;
        for found in redactor.findings(text.as_bytes()) {
            prop_assert!(end <= found.start && found.start < found.end && found.end <= text.len());
            prop_assert!(text.is_char_boundary(found.start) && text.is_char_boundary(found.end), "{:?} {:?}", found, text);
            end = found.end;
        }
    }

    #[test]
    fn own_detectors_keep_the_laws(text in own_text(), sizes in prop::collection::vec(1usize..30, 1..6)) {
        let redactor = Redactor::new(Policy::from_json(OWN).unwrap(), Secrets::default(), String::new()).unwrap();
        let once = redactor.redact(&text).into_owned();
        prop_assert_eq!(&once, &redactor.redact(&once), "of {:?}", text);
        prop_assert_eq!(streamed(&redactor, text.as_bytes(), &sizes), once.into_bytes());
    }

    #[test]
    fn any_bytes_are_taken(bytes in prop::collection::vec(any::<u8>(), 0..300), sizes in prop::collection::vec(1usize..9, 1..4)) {
        let redactor = redactor(Preset::Strict);
        let whole = redactor.redact_bytes(&bytes).into_owned();
        prop_assert_eq!(streamed(&redactor, &bytes, &sizes), whole);
    }
}

#[test]
fn long_lines_are_cut_where_nothing_is_split() {
    let redactor = redactor(Preset::Default);
    for (unit, planted) in [
        ("x=1 ", "password=hunter2hunter2"),
        ("ab,", "ana@example.pt"),
        ("lorem ipsum ", "4539 1488 0343 6467"),
        ("y", " token=abcdefgh12345678 "),
    ] {
        for offset in (64 * 1024 - 9 * 1024..64 * 1024 + 40).step_by(97) {
            let mut text = unit.repeat(offset / unit.len());
            text.push(' ');
            text.push_str(planted);
            text.push(' ');
            text.push_str(&unit.repeat(90 * 1024 / unit.len()));
            let whole = redactor.redact(&text).into_owned();
            for secret in ["hunter2", "ana@", "4539", "abcdefgh"] {
                assert!(!whole.contains(secret), "{unit} at {offset}");
            }
            assert_eq!(streamed(&redactor, text.as_bytes(), &[4096, 1, 70_000]), whole.as_bytes(), "{unit} at {offset}");
        }
    }
}

#[test]
fn a_secret_of_any_length_goes_whole() {
    let redactor = redactor(Preset::Default);
    for length in [100, 60_000, 65_000, 66_000, 200_000, 1_000_000] {
        for (before, unit, after) in [
            ("password=\"", "ab c", "\" rest"),
            ("password=", "abcd", " rest"),
            ("{\"token\": \"", "a1b2", "\"} rest"),
            ("-----BEGIN PRIVATE KEY-----\n", "MIGHAgEAMBMGByqGSM49AgEGCCqG\n", "-----END PRIVATE KEY----- rest"),
        ] {
            let text = format!("start {before}{}{after}", unit.repeat(length / unit.len()));
            let whole = redactor.redact(&text).into_owned();
            assert!(
                whole.starts_with("start ") && whole.ends_with(" rest"),
                "{before} {length}: {} … {}",
                &whole[..60.min(whole.len())],
                &whole[whole.len().saturating_sub(40)..]
            );
            assert!(whole.len() < 60, "{before} {length}: {} bytes are left", whole.len());
            assert_eq!(streamed(&redactor, text.as_bytes(), &[1000, 7, 65_536]), whole.as_bytes(), "{before} {length}");
            assert_eq!(redactor.findings(text.as_bytes()).len(), 1, "{before} {length}");
        }
    }
}

#[test]
fn a_reload_is_atomic_and_keeps_the_counts() {
    let redactor = redactor(Preset::Default);
    assert_eq!(redactor.redact("ana@example.pt"), "***@example.pt");
    let refused = redactor.reload(Policy::from_json(r#"{"detectors": {"contact.emial": "off"}}"#).unwrap()).unwrap_err();
    assert_eq!((refused.code().as_str(), refused.path()), ("policy.unknown_detector", "detectors.contact.emial"));
    assert_eq!(redactor.redact("ana@example.pt"), "***@example.pt");
    redactor.reload(Policy::from_json(r#"{"detectors": {"contact.email": "off"}}"#).unwrap()).unwrap();
    assert!(matches!(redactor.redact("ana@example.pt"), Cow::Borrowed(_)));
    assert_eq!(redactor.report().total, 2);
}

#[test]
fn registered_values_are_found_in_disguise() {
    let redactor = redactor(Preset::Default);
    redactor.register(vec![b"tiger-lily/42".to_vec()]).unwrap();
    for form in [
        "tiger-lily/42",
        "tiger-lily%2F42",
        "74696765722d6c696c792f3432",
        "dGlnZXItbGlseS80Mg==",
        "eHRpZ2VyLWxpbHkvNDI=",
        "eHh0aWdlci1saWx5LzQy",
    ] {
        let text = format!("saw {form} there");
        assert!(redactor.redact(&text).contains("[REDACTED]"), "{form}");
    }
    assert_eq!(redactor.register(vec![b"fine-value".to_vec(), b"short".to_vec()]).unwrap_err().path(), "known_values[1]");
}
