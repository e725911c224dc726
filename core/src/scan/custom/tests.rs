#![allow(clippy::unwrap_used, reason = "a test may panic")]

use super::*;
use crate::{Policy, Redactor, Secrets};

fn redactor(custom: &str) -> Redactor {
    let policy = Policy::from_json(&format!(r#"{{"custom": [{custom}]}}"#)).unwrap();
    Redactor::new(policy, Secrets::default(), String::new()).unwrap()
}

/// A student's number, wherever it stands.
const STUDENT: &str = r#"{"id": "custom.student", "shape": "STU-\\d{6}", "action": "label"}"#;
/// Bare digits, beside a word.
const LOCKER: &str = r#"{"id": "custom.locker", "shape": "\\d{5,6}", "context": ["Cacifo", "ключ", "鍵番号"]}"#;

#[test]
fn a_shape_begins_and_ends_where_a_word_does() {
    let redactor = redactor(STUDENT);
    let found = "[REDACTED:custom.student]";
    for around in
        ["{}", "a {}.", "({})", "\"{}\"", "a={}&b", "/s/{}/x", "é{}", "line\\n{}\\n", "\u{1b}[31m{}\u{1b}[0m", "日{}本", "x-{}", "[{}]"]
    {
        assert_eq!(redactor.redact(&around.replace("{}", "STU-918273")), around.replace("{}", found), "{around}");
    }
    for clean in ["XSTU-918273", "_STU-918273", "STU-9182734", "STU-918273x", "stu-918273", "STU-91827"] {
        assert_eq!(redactor.redact(clean), clean);
    }
    assert_eq!(redactor.redact("STU%2D918273 ＳＴＵ-９１８２７３"), [found, " ", found].concat());
}

#[test]
fn words_announce_and_placeholders_part() {
    let redactor = redactor(LOCKER);
    let taken = [
        "cacifo 48213",
        "CACIFO: 48213",
        "numeroCacifo=48213",
        "cacifo_no=48213",
        "48213 is the cacifo",
        "Ключ 48213",
        "КЛЮЧ 48213",
        "学生鍵番号48213",
        "{\\\"cacifo\\\": 48213}",
    ];
    for text in taken {
        assert_eq!(redactor.redact(text), text.replace("48213", "[REDACTED]"), "{text}");
    }
    for clean in ["48213", "cacifos 48213", "subcacifo 48213", "cacifo [REDACTED] 48213", "[REDACTED:cacifo] 48213", "cacifo\n48213"] {
        assert_eq!(redactor.redact(clean), clean);
    }
    let far = format!("cacifo {}48213", "- ".repeat(24));
    assert_eq!(redactor.redact(&far), far);
}

#[test]
fn keys_announce_too() {
    let redactor = redactor(LOCKER);
    let json = r#"{"cacifo":"48213","cacifoAntigo":48213,"outro":"48213","n":48213,"cacifo_do_aluno":{"number":"48213","x":"48213"}}"#;
    let expected = r#"{"cacifo":"[REDACTED]","cacifoAntigo":"[REDACTED]","outro":"48213","n":48213,"cacifo_do_aluno":{"number":"[REDACTED]","x":"48213"}}"#;
    assert_eq!(redactor.redact_json(json), expected);
}

#[test]
fn words_of_one_detector_announce_no_other() {
    let custom =
        |i: usize| format!(r#"{{"id": "custom.c{i}", "shape": "{i}-\\d{{4}}", "context": ["word{}"]}}"#, char::from(b'a' + i as u8));
    let redactor = redactor(&(0..8).map(custom).collect::<Vec<_>>().join(","));
    assert_eq!(redactor.redact_json(r#"{"worda":"0-1234 1-1234"}"#), r#"{"worda":"[REDACTED] 1-1234"}"#);
    assert_eq!(redactor.redact_json(r#"{"wordh":"7-1234 0-1234"}"#), r#"{"wordh":"[REDACTED] 0-1234"}"#);
}

#[test]
fn validators() {
    let sound = [
        (Validator::Luhn, "STU 7992739-8713", "STU 7992739-8710"),
        (Validator::Verhoeff, "2363", "2364"),
        (Validator::Mod97, "GB82 WEST 1234 5698 7654 32", "AB12"),
        (Validator::Mod11And10, "07945", "07946"),
        (Validator::Mod11And2, "X-079-x", "0794-X"),
        (Validator::Iban, "pt50 0002 0123 1234 5678 9015 4", "PT50 0002 0123 1234 5678 9015 5"),
        (Validator::Entropy, "a8K2m9Q4x7Z1c5V0", "abcdefghijklmnopqrst12345"),
    ];
    for (validator, good, bad) in sound {
        // the rearranged number of an IBAN is what has the remainder 1
        let good = if validator == Validator::Mod97 { "WEST12345698765432GB82" } else { good };
        assert!(passes(validator, good.as_bytes()), "{good}");
        assert!(!passes(validator, bad.as_bytes()), "{bad}");
        assert!(!passes(validator, b"0000000000") && !passes(validator, b""), "{validator:?}");
    }
}

#[test]
fn a_placeholder_is_never_taken_and_never_torn() {
    let redactor = redactor(
        r#"{"id": "custom.capitals", "shape": "[A-Z]{8}"}, {"id": "custom.tail", "shape": "[a-z0-9@.\\]]{5,}!"}, {"id": "custom.label", "shape": "custom", "action": "label"}"#,
    );
    for clean in
        ["[REDACTED]", "[REDACTED:contact.email]", "***@example.com", "x [REDACTED:custom.label] y", "[id:0123456789abcdef01234567]"]
    {
        assert_eq!(redactor.redact(clean), clean);
    }
    assert_eq!(redactor.redact("custom ABCDEFGH"), "[REDACTED:custom.label] [REDACTED]");
    assert_eq!(redactor.redact("***@example.com!"), "[REDACTED]");
}

#[test]
fn work_is_linear() {
    let redactor = redactor(r#"{"id": "custom.a", "shape": "[a-z-]+!", "context": ["never"]}"#);
    let text = "a-".repeat(500_000);
    assert_eq!(redactor.redact(&text), text);
    let long = format!("{}!", "a".repeat(LONGEST));
    assert_eq!(redactor.redact(&long), long, "one byte too long");
}

#[test]
fn refused_with_the_place_and_the_name() {
    let refused = |custom: &str| {
        let policy = Policy::from_json(&format!(r#"{{"custom": [{STUDENT}, {custom}]}}"#)).unwrap();
        Redactor::new(policy, Secrets::default(), String::new()).err().map(|error| error.message())
    };
    assert_eq!(refused(r#"{"id": "custom.a", "shape": "A\\d{3}", "examples": ["no A123", "A12"]}"#).unwrap(), {
        "policy.example at custom[1].examples[1] of custom.a: the detector finds nothing in its example"
    });
    assert_eq!(refused(r#"{"id": "custom.a", "shape": "A\\d{3}", "counter_examples": ["x\nA123"]}"#).unwrap(), {
        "policy.counter_example at custom[1].counter_examples[0] of custom.a: the detector finds something in its counter-example"
    });
    assert!(
        refused(r#"{"id": "custom.a", "shape": "A\\d{3}", "literals": ["zz"], "context": ["w"]}"#)
            .unwrap()
            .contains("custom[1].context[0]")
    );
    assert!(
        refused(r#"{"id": "custom.a", "shape": "A\\d{3}", "literals": ["zz"], "examples": ["A123"]}"#)
            .unwrap()
            .starts_with("policy.example")
    );
    assert!(refused(r#"{"id": "custom.a", "shape": "A\\d{3}", "examples": ["A123 zz"], "literals": ["ZZ"]}"#).is_none());
    let nested = "(".repeat(2000);
    assert!(refused(&format!(r#"{{"id": "custom.a", "shape": "{nested}"}}"#)).unwrap().starts_with("policy.shape at custom[1].shape"));
}
