#![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

use proptest::prelude::*;

use super::*;
use crate::event::Kind;
use crate::policy::Policy;
use crate::{Redactor, Secrets};

/// A record with something in every place, and a trace.
pub(super) fn traced() -> Record {
    let mut record = full();
    record.fields.extend(
        [("trace_id", r#""4bf92f3577b34da6a3ce929d0e0e4736""#), ("span_id", r#""00f067aa0ba902b7""#), ("trace_flags", "1")]
            .map(|(name, json)| (name.to_owned(), json.to_owned())),
    );
    record
}

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
    for (options, line) in [
        (r#"{"format":"otel"}"#, otel::format(&record, &names(), None)),
        (r#"{"format":"ecs","service":"shop"}"#, ecs::format(&record, &names(), Some("shop"))),
        (r#"{"format":"gcp","project":"p"}"#, gcp::format(&record, &names(), None, Some("p"))),
        (
            r#"{"format":"datadog","service":"shop","context_fields":["trace_id","role"]}"#,
            datadog::format(&record, &["role".to_owned()], Some("shop")),
        ),
    ] {
        assert_eq!(formatter(options).format(&record), line);
    }
    assert!(formatter(r#"{"context_fields":[]}"#).format(&record).contains(r#""correlation_id":"req_0123456789ab","module""#));
}

#[test]
fn a_format_leaves_out_the_context_names_that_it_has_for_something_else() {
    let names = ["status", "school_id", "", "plan", "school_id", "message"].map(str::to_owned);
    for (format, expected) in [(Format::Json, &["status", "school_id", "plan"][..]), (Format::Datadog, &["school_id", "plan"])] {
        let options = FormatOptions { format, ..FormatOptions::default() }.with_context(&names);
        assert_eq!(options.context_fields, expected);
        assert!(Formatter::new(options).is_ok());
    }
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
    for (options, path) in [
        (r#"{"layout":"nested","context_fields":["extra"]}"#, "context_fields[0]"),
        (r#"{"format":"security","context_fields":["security_level"]}"#, "context_fields[0]"),
        (r#"{"format":"otel","context_fields":["code.line.number"]}"#, "context_fields[0]"),
        (r#"{"format":"datadog","context_fields":["a","status"]}"#, "context_fields[1]"),
        (r#"{"format":"gcp","project":""}"#, "project"),
        (r#"{"service":""}"#, "service"),
    ] {
        let error = Formatter::new(FormatOptions::from_json(options).unwrap()).unwrap_err();
        assert_eq!((error.code(), error.path()), (Code::Format, path), "{options}");
    }
}

/// Has every object of this JSON text each of its keys once?
fn are_keys_unique(line: &str) -> bool {
    fn value(scan: &mut crate::walk::Scanner<'_>) -> bool {
        let mut keys = std::collections::BTreeSet::new();
        let (is_map, is_list) = (scan.eat(b'{'), scan.peek() == b'[' && scan.eat(b'['));
        if !is_map && !is_list {
            return scan.skip().is_some();
        }
        let close = if is_map { b'}' } else { b']' };
        while !scan.eat(close) {
            if is_map && !keys.insert(scan.key().unwrap().source) || !value(scan) {
                return false;
            }
            scan.eat(b',');
        }
        true
    }
    value(&mut crate::walk::Scanner::new(line))
}

/// Every format whose line is one JSON object.
const JSON_FORMATS: [&str; 7] = [
    "{}",
    r#"{"layout":"nested"}"#,
    r#"{"format":"security"}"#,
    r#"{"format":"otel","service":"shop"}"#,
    r#"{"format":"ecs","service":"shop"}"#,
    r#"{"format":"gcp","service":"shop","project":"p"}"#,
    r#"{"format":"datadog","service":"shop"}"#,
];

fn message(line: &str) -> serde_json::Value {
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    let message = value.get("message").or_else(|| value.pointer("/resourceLogs/0/scopeLogs/0/logRecords/0/body/stringValue"));
    message.unwrap().clone()
}

#[test]
fn repeated_keys_are_seen() {
    assert!(are_keys_unique(r#"{"a":[{"b":1},{"b":{}}],"b":[]}"#));
    assert!(!are_keys_unique(r#"{"a":1,"a":1}"#) && !are_keys_unique(r#"{"a":[1,{"b":1,"b":1}]}"#));
}

fn hostile() -> impl Strategy<Value = String> {
    "([a-z\"\\\\={}\\[\\], ]|[\\x00-\\x1f\\x7f-\\x9f]|[\u{2020}-\u{2070}\u{61c}é😀]|\r\n|\u{1b}\\[2K){0,20}"
}

fn quoted(text: String) -> String {
    serde_json::to_string(&text).unwrap()
}

/// Names that one format or another has a use for.
fn reserved() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "user_id",
        "level",
        "source_ip",
        "security_level",
        "security_context",
        "extra.level",
        "trace_id",
        "span_id",
        "module",
        "duration_ms",
        "duration",
        "service",
        "status",
        "time",
        "severity",
        "error",
        "error.kind",
        "stack_trace",
        "@type",
        "labels",
        "logging.googleapis.com/labels",
        "code.line.number",
        "exception.type",
    ])
    .prop_map(str::to_owned)
}

prop_compose! {
    fn any_record()(
        texts in prop::array::uniform6(hostile()),
        traceback in prop::option::of(hostile()),
        time_ms in prop::option::of(prop_oneof![any::<i64>(), 0..4_000_000_000_000_i64]),
        context in prop::collection::vec((prop_oneof![hostile(), Just("role".to_owned())], hostile().prop_map(quoted)), 0..4),
        fields in prop::collection::vec((prop_oneof![hostile(), reserved()], hostile().prop_map(quoted)), 0..5),
        // An event's fields come from a map: no name twice.
        metadata in prop::option::of(prop::collection::btree_map(prop_oneof![hostile(), Just("role".to_owned()), Just("message".to_owned())], hostile().prop_map(quoted), 0..4)),
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
            event: metadata.map(|fields| EventFields { kind: Kind::Business, fields: fields.into_iter().collect() }),
            fields,
            logger,
            message,
        }
    }
}

proptest! {
    #[test]
    fn json_is_one_line_of_json_and_loses_nothing(record in any_record()) {
        for options in JSON_FORMATS {
            let line = formatter(options).format(&record);
            prop_assert!(!line.chars().any(escape::tests::is_hostile), "{line:?}");
            prop_assert_eq!(message(&line), serde_json::Value::from(record.message.clone()));
            prop_assert!(are_keys_unique(&line), "{line:?}");
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
            for options in JSON_FORMATS {
                let line = formatter(options).format_json(&mut redactor.pass(), &text);
                prop_assert!(!line.chars().any(escape::tests::is_hostile));
                prop_assert!(message(&line).is_string());
            }
        }
    }
}
