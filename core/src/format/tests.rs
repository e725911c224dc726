#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::*;
use crate::engine::{Redactor, Secrets};
use crate::event::Kind;
use crate::policy::Policy;

/// A record with something in every place.
pub(super) fn full() -> Record {
    let pairs = |pairs: &[(&str, &str)]| pairs.iter().map(|&(name, json)| (name.to_owned(), json.to_owned())).collect();
    Record {
        time_ms: Some(1_709_210_096_789),
        level: Level::Warning,
        logger: "accounts.auth".into(),
        message: "olá \"x\"\n".into(),
        event_type: Some("login".into()),
        correlation_id: Some("req_0123456789ab".into()),
        context: pairs(&[("role", r#""teacher""#), ("school_id", "5"), ("user_id", r#""u7""#), ("region", r#""north""#)]),
        module: Some("auth".into()),
        function: Some("sign_in".into()),
        line: Some(42),
        duration_ms: Some("12.5".into()),
        exception: Some(Exception {
            kind: "ValueError".into(),
            message: "bad".into(),
            traceback: Some("Traceback:\n  x\nValueError: bad".into()),
        }),
        event: None,
        fields: pairs(&[("zeta", r#"[1,{"a":null}]"#), ("école", "true"), ("amount", "25"), ("message", r#""mine""#)]),
    }
}

pub(super) fn names() -> Vec<String> {
    FormatOptions::default().context_fields
}

fn formatter(options: &str) -> Formatter {
    Formatter::new(FormatOptions::from_json(options).unwrap()).unwrap()
}

#[test]
fn options_choose_the_format() {
    let record = full();
    assert_eq!(formatter("{}").format(&record), json::flat(&record, &names()));
    assert_eq!(formatter(r#"{"layout":"nested"}"#).format(&record), json::nested(&record, &names()));
    assert_eq!(formatter(r#"{"format":"console","colour":true}"#).format(&record), console::format(&record, &names(), true));
    let security = formatter(r#"{"format":"security"}"#).format(&record);
    assert_eq!(security, security::format(&record, &["school_id".to_owned(), "user_id".to_owned()]));
    assert!(
        formatter(r#"{"context_fields":["region"]}"#)
            .format(&record)
            .contains(r#""correlation_id":"req_0123456789ab","region":"north","module""#)
    );
    assert!(formatter(r#"{"context_fields":[]}"#).format(&record).contains(r#""correlation_id":"req_0123456789ab","module""#));
}

#[test]
fn wrong_options_are_refused_with_their_path() {
    for (options, path) in [
        (r#"{"formats":"json"}"#, "formats"),
        (r#"{"format":"xml"}"#, "format"),
        (r#"{"colour":"yes"}"#, "colour"),
        (r#"{"context_fields":["a",1]}"#, "context_fields[1]"),
        ("[", ""),
        ("{} x", ""),
    ] {
        let error = FormatOptions::from_json(options).unwrap_err();
        assert_eq!((error.code(), error.path()), (Code::Format, path), "{options}");
    }
    for (names, path) in
        [(vec!["a", ""], "context_fields[1]"), (vec!["a", "b", "a"], "context_fields[2]"), (vec!["message"], "context_fields[0]")]
    {
        let options = FormatOptions { context_fields: names.into_iter().map(str::to_owned).collect(), ..FormatOptions::default() };
        let error = Formatter::new(options).unwrap_err();
        assert_eq!((error.code(), error.path()), (Code::Format, path));
    }
}

/// Keys of an object's text, repeated ones too.
fn top_level_keys(line: &str) -> usize {
    let mut scan = crate::walk::Scanner::new(line);
    let mut keys = 0;
    assert!(scan.eat(b'{'));
    loop {
        scan.key().unwrap();
        scan.skip().unwrap();
        keys += 1;
        if !scan.eat(b',') {
            return keys;
        }
    }
}

fn hostile() -> impl Strategy<Value = String> {
    "([a-z\"\\\\={}\\[\\], ]|[\\x00-\\x1f\\x7f-\\x9f]|[\u{2020}-\u{2070}\u{61c}é😀]|\r\n|\u{1b}\\[2K){0,20}"
}

fn quoted(text: String) -> String {
    serde_json::to_string(&text).unwrap()
}

prop_compose! {
    fn any_record()(
        texts in prop::array::uniform6(hostile()),
        traceback in prop::option::of(hostile()),
        time_ms in prop::option::of(prop_oneof![any::<i64>(), 0..4_000_000_000_000_i64]),
        context in prop::collection::vec((prop_oneof![hostile(), Just("role".to_owned())], hostile().prop_map(quoted)), 0..4),
        fields in prop::collection::vec((prop_oneof![hostile(), Just("user_id".to_owned()), Just("level".to_owned()), Just("source_ip".to_owned())], hostile().prop_map(quoted)), 0..5),
        metadata in prop::option::of(prop::collection::vec((prop_oneof![hostile(), Just("role".to_owned()), Just("message".to_owned())], hostile().prop_map(quoted)), 0..4)),
        line in prop::option::of(any::<u64>()),
    ) -> Record {
        let [logger, message, event, id, kind, said] = texts;
        let some = |text: &String| (!text.is_empty()).then(|| text.clone());
        Record {
            time_ms,
            level: Level::Error,
            event_type: some(&event),
            correlation_id: some(&id),
            context,
            module: some(&logger),
            function: some(&message),
            line,
            duration_ms: some(&kind).map(|_| "1.5".to_owned()),
            exception: some(&said).map(|message| Exception { kind, message, traceback }),
            event: metadata.map(|fields| EventFields { kind: Kind::Business, fields }),
            fields,
            logger,
            message,
        }
    }
}

proptest! {
    #[test]
    fn json_is_one_line_of_json_and_loses_nothing(record in any_record()) {
        for options in ["{}", r#"{"layout":"nested"}"#, r#"{"format":"security"}"#] {
            let line = formatter(options).format(&record);
            prop_assert!(!line.chars().any(escape::tests::is_hostile), "{line:?}");
            let value: serde_json::Value = serde_json::from_str(&line).unwrap();
            prop_assert_eq!(value.get("message").unwrap(), &serde_json::Value::from(record.message.clone()));
            // Every key is there once: re-reading into a map loses none.
            let flat: serde_json::Map<String, serde_json::Value> = serde_json::from_str(&line).unwrap();
            let keys = top_level_keys(&line);
            prop_assert_eq!(flat.len(), keys);
            for (_, json) in record.fields.iter().chain(fields::of_event(&record)) {
                let text = serde_json::from_str::<String>(json).unwrap();
                let mut written = String::new();
                json_string(&mut written, &text);
                prop_assert!(line.contains(&written));
            }
        }
    }

    #[test]
    fn the_console_gives_one_line_and_indented_ones(record in any_record(), colour in any::<bool>()) {
        let options = FormatOptions { format: Format::Console, colour, ..FormatOptions::default() };
        let out = Formatter::new(options).unwrap().format(&record);
        for (i, line) in out.split('\n').enumerate() {
            prop_assert!(i == 0 || line.starts_with("    ") , "{out:?}");
            prop_assert!(!line.chars().any(|c| escape::tests::is_hostile(c) && !(colour && c == '\u{1b}')), "{out:?}");
        }
        prop_assert_eq!(out.split('\n').count() > 1, record.exception.is_some());
    }

    #[test]
    fn a_record_of_any_text_gives_a_line(text in prop_oneof![any::<String>(), "(\\{|\\}|\"message\"|\"a\"|:|,|1.50|null|\\[|\\]| |\"\\\\ud800\\\\n\"){0,14}"], fields in prop::collection::vec((hostile(), hostile()), 0..4)) {
        let redactor = Redactor::new(Policy::default(), Secrets::default(), String::new()).unwrap();
        let json = serde_json::to_string(&fields.into_iter().chain([("message".to_owned(), text.clone())]).collect::<std::collections::BTreeMap<_, _>>()).unwrap();
        for text in [text, json] {
            for options in ["{}", r#"{"format":"security"}"#] {
                let line = formatter(options).format_json(&mut redactor.pass(), &text);
                prop_assert!(!line.chars().any(escape::tests::is_hostile));
                let value: serde_json::Value = serde_json::from_str(&line).unwrap();
                prop_assert!(value.get("message").unwrap().is_string());
            }
        }
    }
}
