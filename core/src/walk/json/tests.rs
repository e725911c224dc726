#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::policy::Policy;
use crate::{Redactor, Secrets};

fn redactor(policy: &str) -> Redactor {
    Redactor::new(Policy::from_json(policy).unwrap(), Secrets::default(), String::new()).unwrap()
}

fn with(policy: &str, text: &str) -> String {
    let redactor = redactor(policy);
    redact_json(&mut redactor.pass(), text).into_owned()
}

fn default(text: &str) -> String {
    with("{}", text)
}

#[test]
fn clean_text_comes_back_as_it_is() {
    let redactor = redactor("{}");
    for text in [
        r#"{"b": 1.50, "a": [ 1e5 , -0, 123456789012345678901234567890 ], "b": "\u00e9\/", "c": {} ,"d":[ ]}"#,
        " \"lone\"\r\n",
        "12",
        "null",
        "{\"a\":1}\n{\"a\":2}\n\n[3] 4 true\n",
        "\"\\ud800 stays\"",
        r#"{"":""}"#,
    ] {
        assert!(matches!(redact_json(&mut redactor.pass(), text), Cow::Borrowed(same) if std::ptr::eq(same, text)), "{text}");
    }
}

#[test]
fn only_what_changes_is_rewritten() {
    assert_eq!(default(r#"{ "email" : "ana@example.com",  "n": 1.50 }"#), r#"{ "email" : "***@example.com",  "n": 1.50 }"#);
    assert_eq!(default(r#"["\u00e9 ana@example.com \ud83d\ude00 \ud800", "\u00e9"]"#), "[\"é ***@example.com 😀 \u{fffd}\", \"\\u00e9\"]");
    assert_eq!(default(r#""\u0061na@example.com\n\u2028""#), r#""***@example.com\n\u2028""#);
    assert_eq!(default("{\"a\":1}\n{\"email\":\"ana@example.com\"}\n"), "{\"a\":1}\n{\"email\":\"***@example.com\"}\n");
}

#[test]
fn a_masked_key_reaches_down() {
    assert_eq!(
        default(r#"{"password": {"a": ["x1y2z3", 12345678, true, null, {}], "b": "[REDACTED]"}, "n": 12345678}"#),
        r#"{"password": {"a": ["[REDACTED]", "[REDACTED]", true, null, {}], "b": "[REDACTED]"}, "n": 12345678}"#
    );
    assert_eq!(default(r#"{"p\u0061ssword": "hunter2!"}"#), r#"{"p\u0061ssword": "[REDACTED]"}"#);
}

#[test]
fn numbers_become_strings() {
    assert_eq!(with(r#"{"fields":{"grade":"mask"}}"#, r#"{"grade": 17.5, "other": 17.5}"#), r#"{"grade": "[REDACTED]", "other": 17.5}"#);
    assert_eq!(default(r#"{"card": 4111111111111111}"#), r#"{"card": "****-****-****-1111"}"#);
}

#[test]
fn dropped_members_leave_valid_json() {
    let policy = r#"{"fields":{"gone":"drop"}}"#;
    for (given, expected) in [
        (r#"{"gone":1}"#, "{}"),
        (r#"{ "gone" : [1, {"a": "b"}] }"#, "{  }"),
        (r#"{"gone":1, "a":2}"#, r#"{"a":2}"#),
        (r#"{"a":1, "gone":2}"#, r#"{"a":1}"#),
        (r#"{"a":1 , "gone":2 , "b":3 }"#, r#"{"a":1 , "b":3 }"#),
        (r#"{"gone":1,"gone":2,"a":3}"#, r#"{"a":3}"#),
        (r#"{"a":1,"gone":1,"gone":2}"#, r#"{"a":1}"#),
        (r#"{"gone":1,"gone":2}"#, "{}"),
        (r#"{"gone":1,"a":2,"gone":3,"b":4,"gone":5}"#, r#"{"a":2,"b":4}"#),
        (r#"[{"gone":1},{"gone":1,"x":{"gone":{}}},1]"#, r#"[{},{"x":{}},1]"#),
        (r#"{"a":"ana@example.com","gone":"ana@example.com","b":"ana@example.com"}"#, r#"{"a":"***@example.com","b":"***@example.com"}"#),
        (r#"{"gone":1,"ana@example.com":2}"#, r#"{"***@example.com":2}"#),
        (r#"{"gone":1,"a":{"gone":2}}"#, r#"{"a":{}}"#),
    ] {
        let out = with(policy, given);
        assert!(serde_json::from_str::<Value>(&out).is_ok(), "{out}");
        assert_eq!(out, expected);
    }
}

#[test]
fn keys_are_text_and_stay_apart() {
    for (given, expected) in [
        (r#"{"ana@example.com": 1}"#, r#"{"***@example.com": 1}"#),
        (
            r#"{"ana@example.com":1,"eva@example.com":2,"rui@example.com":3}"#,
            r##"{"***@example.com":1,"***@example.com#2":2,"***@example.com#3":3}"##,
        ),
        (
            r#"{"***@example.com":1,"eva@example.com":2,"***@example.com#2":3}"#,
            r##"{"***@example.com":1,"***@example.com#2":2,"***@example.com#2#2":3}"##,
        ),
        (r#"{"eva@example.com":1,"***\u0040example.com":2}"#, r##"{"***@example.com":1,"***@example.com#2":2}"##),
        (r#"{"a":1,"a":2,"eva@example.com":1,"a":3}"#, r#"{"a":1,"a":2,"***@example.com":1,"a":3}"#),
        (
            r#"{"eva@example.com":{"ana@example.com":1},"ana@example.com":{}}"#,
            r##"{"***@example.com":{"***@example.com":1},"***@example.com#2":{}}"##,
        ),
        (r#"[{"eva@example.com":1},{"ana@example.com":1}]"#, r#"[{"***@example.com":1},{"***@example.com":1}]"#),
    ] {
        assert_eq!(default(given), expected);
    }
}

#[test]
fn the_limit_of_depth() {
    let policy = r#"{"limits":{"depth":3}}"#;
    for (given, expected) in [
        (r#"[[[1,"ana@example.com"]]]"#, r#"[[[1,"***@example.com"]]]"#),
        (r#"[[[1,[2, [3]],{}]]]"#, r#"[[[1,"[REDACTED:limit]","[REDACTED:limit]"]]]"#),
        (r#"{"a":{"b":{"c":{"d":1} , "e":5}}}"#, r#"{"a":{"b":{"c":"[REDACTED:limit]" , "e":5}}}"#),
    ] {
        assert_eq!(with(policy, given), expected);
    }
}

#[test]
fn the_limit_of_entries() {
    let policy = r#"{"limits":{"nodes":3}}"#;
    for (given, expected) in [
        ("[1,2,3]", "[1,2,3]"),
        ("[1,2,3,4,[5]]", r#"[1,2,3,"[REDACTED:limit]","[REDACTED:limit]"]"#),
        (r#"{"a":{"b":[1,true]},"ana@example.com":"x"}"#, r#"{"a":{"b":[1,"[REDACTED:limit]"]},"***@example.com":"[REDACTED:limit]"}"#),
        ("[1,2,3]\n[1,2,3]", "[1,2,3]\n[1,2,3]"),
    ] {
        assert_eq!(with(policy, given), expected);
    }
}

#[test]
fn deep_text_neither_recurses_nor_grows_slow() {
    for levels in [100_000, 1_000_000] {
        let arrays = format!("{}\"ana@example.com\"{}", "[".repeat(levels), "]".repeat(levels));
        assert_eq!(default(&arrays), format!("{}\"[REDACTED:limit]\"{}", "[".repeat(200), "]".repeat(200)));
        let objects = format!("{}1{}", "{\"a\":".repeat(levels), "}".repeat(levels));
        assert_eq!(default(&objects), format!("{}\"[REDACTED:limit]\"{}", "{\"a\":".repeat(200), "}".repeat(200)));
        let open = "[".repeat(levels);
        assert_eq!(default(&open), open);
    }
}

#[test]
fn what_is_not_json_is_text() {
    for (given, expected) in [
        (r#"{"email":"ana@example.com""#, r#"{"email":"***@example.com""#),
        (r#"{"email":"ana@example.com"} ana@example.com"#, r#"{"email":"***@example.com"} ***@example.com"#),
        ("['ana@example.com']", "['***@example.com']"),
        ("\"a\"\"ana@example.com\"", "\"a\"\"***@example.com\""),
        ("", ""),
        (" ", " "),
        ("{\"a\":1}{\"a\":2}", "{\"a\":1}{\"a\":2}"),
        ("[1,]", "[1,]"),
        ("01", "01"),
        ("\u{feff}{}", "\u{feff}{}"),
    ] {
        assert_eq!(default(given), expected);
    }
}

#[test]
fn one_value_at_a_scope() {
    let redactor = redactor("{}");
    let mut pass = redactor.pass();
    let scope = pass.child(pass.root(), "password");
    assert_eq!(redact_value(&mut pass, scope, r#"["x1y2z3"]"#).as_deref(), Some(r#"["[REDACTED]"]"#));
    for not_one in ["1 ", " 1", "1 2", "", "[", "nul"] {
        assert_eq!(redact_value(&mut pass, scope, not_one), None, "{not_one}");
    }
}

/// Any JSON text: values nested in each other, with white space, escapes and things to redact.
fn any_json() -> impl Strategy<Value = String> {
    let space = "[ \n\r\t]{0,2}";
    let string = prop_oneof![
        any::<String>().prop_map(|text| serde_json::to_string(&text).unwrap()),
        "\"([a-z ]|\\\\u00e9|\\\\n|\\\\ud83d\\\\ude00|\\\\\\\\|\\\\\"| ana@example\\.com ){0,5}\"",
        Just("\"gone\"".to_owned()),
        Just("\"password\"".to_owned()),
        Just("\"ana@example.com\"".to_owned()),
    ];
    let leaf = prop_oneof![
        string.clone(),
        "-?(0|[1-9][0-9]{0,17})(\\.[0-9]{1,3})?([eE][+-]?[0-9]{1,2})?",
        Just("true".to_owned()),
        Just("null".to_owned())
    ];
    leaf.prop_recursive(5, 40, 6, move |inner| {
        let spaced = (space, inner, space).prop_map(|(a, value, b)| format!("{a}{value}{b}"));
        let member = (space, string.clone(), space, spaced.clone()).prop_map(|(a, key, b, value)| format!("{a}{key}{b}:{value}"));
        prop_oneof![
            prop::collection::vec(spaced, 0..6).prop_map(|items| format!("[{}]", items.join(","))),
            prop::collection::vec(member, 0..6).prop_map(|members| format!("{{{}}}", members.join(","))),
        ]
    })
}

proptest! {
    #[test]
    fn json_stays_json(text in any_json(), depth in 1..6_u32, nodes in 1..30_u32) {
        prop_assert!(serde_json::from_str::<Value>(&text).is_ok());
        for policy in [format!(r#"{{"fields":{{"gone":"drop"}},"limits":{{"depth":{depth},"nodes":{nodes}}}}}"#), r#"{"fields":{"gone":"drop"}}"#.to_owned()] {
            let out = with(&policy, &text);
            prop_assert!(serde_json::from_str::<Value>(&out).is_ok(), "{text} gave {out}");
            prop_assert!(!out.contains("ana@example.com"));
            prop_assert!(!out.contains("\"gone\":"));
            prop_assert_eq!(with(&policy, &out), out.clone());
        }
    }

    #[test]
    fn any_text_gives_an_answer(text in "([\\[\\]{}:,\" \n]|\"a\"|1| ana@example\\.com |\\\\|\\\\u00){0,20}") {
        prop_assert!(!default(&text).contains("ana@example.com"));
    }
}
