//! JSON lines: one object, no white space, the envelope in its order, then the fields by code point.

use super::record::Record;
use super::writer::JsonWriter;
use super::{fields, time};

/// Everything at the top level.
pub(crate) fn flat(record: &Record, context_fields: &[String]) -> String {
    let mut json = JsonWriter::with_capacity(capacity(record));
    json.open_map();
    head(&mut json, record);
    json.member_opt("event_type", record.event_type.as_deref());
    json.member_opt("correlation_id", record.correlation_id.as_deref());
    fields::write_context(&mut json, record, context_fields);
    place(&mut json, record);
    json.raw_opt("duration_ms", record.duration_ms.as_deref());
    exception(&mut json, record);
    if !record.fields.is_empty() || !record.context.is_empty() || record.event.is_some() {
        fields::write(&mut json, &fields::rest(record, context_fields, fields::is_envelope));
    }
    json.close_map();
    json.into_string()
}

/// The old module's shape: event and fields inside `extra`, the parts of an event first.
pub(crate) fn nested(record: &Record, context_fields: &[String]) -> String {
    let mut json = JsonWriter::with_capacity(capacity(record));
    json.open_map();
    head(&mut json, record);
    place(&mut json, record);
    json.member_opt("correlation_id", record.correlation_id.as_deref());
    fields::write_context(&mut json, record, context_fields);
    exception(&mut json, record);
    extra(&mut json, record, context_fields);
    json.close_map();
    json.into_string()
}

fn extra(json: &mut JsonWriter, record: &Record, context_fields: &[String]) {
    const METADATA: [&str; 4] = ["business_metadata", "security_context", "operation", "performance_metadata"];
    let holder = record.event.as_ref().map(|event| event.kind.metadata());
    let taken = |name: &str| matches!(name, "event_type" | "duration_ms") || holder == Some(name);
    let rest = fields::rest_beside_event(record, context_fields, taken);
    if rest.is_empty() && record.event_type.is_none() && record.duration_ms.is_none() && record.event.is_none() {
        return;
    }
    json.plain_key("extra");
    json.open_map();
    json.member_opt("event_type", record.event_type.as_deref());
    for name in METADATA {
        // The duration belongs between the operation and what is known of it.
        if name == "performance_metadata" {
            json.raw_opt("duration_ms", record.duration_ms.as_deref());
        }
        json.raw_opt(name, rest.iter().find(|(key, _)| key == name).map(|&(_, value)| value));
        if let Some(event) = record.event.as_ref().filter(|event| event.kind.metadata() == name) {
            json.plain_key(name);
            json.open_map();
            fields::write_numbered(json, &event.fields);
            json.close_map();
        }
    }
    for (name, value) in rest.iter().filter(|(key, _)| !METADATA.contains(&key.as_ref())) {
        json.key(name);
        json.raw(value);
    }
    json.close_map();
}

fn head(json: &mut JsonWriter, record: &Record) {
    self::time(json, "timestamp", record);
    json.member("level", record.level.as_str());
    json.member_opt("logger", record.logger());
    json.member("message", &record.message);
}

fn place(json: &mut JsonWriter, record: &Record) {
    json.member_opt("module", record.module.as_deref());
    json.member_opt("function", record.function.as_deref());
    json.integer_opt("line", record.line);
}

/// The time under this name.
pub(crate) fn time(json: &mut JsonWriter, name: &str, record: &Record) {
    if let Some(ms) = record.time_ms {
        json.member_with(name, |out| time::rfc3339(out, ms));
    }
}

pub(crate) fn exception(json: &mut JsonWriter, record: &Record) {
    if let Some(exception) = &record.exception {
        json.plain_key("exception");
        json.open_map();
        json.member("type", &exception.kind);
        json.member("message", &exception.message);
        json.member_opt("traceback", exception.traceback.as_deref());
        json.close_map();
    }
}

/// Room for a line in which little is escaped.
pub(crate) fn capacity(record: &Record) -> usize {
    let pairs = |pairs: &[(String, String)]| pairs.iter().map(|(name, json)| name.len() + json.len() + 4).sum::<usize>();
    let exception = record
        .exception
        .as_ref()
        .map_or(0, |e| e.kind.len() + e.message.len() + e.traceback.as_ref().map_or(0, |t| t.len() + t.len() / 16) + 64);
    384 + record.message.len() + exception + pairs(&record.context) + pairs(&record.fields) + pairs(fields::of_event(record))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::tests::{full, names};
    use super::*;
    use crate::format::Exception;

    #[test]
    fn the_flat_order() {
        assert_eq!(
            flat(&full(), &names()),
            concat!(
                r#"{"timestamp":"2024-02-29T12:34:56.789Z","level":"WARNING","logger":"accounts.auth","message":"olá \"x\"\n","event_type":"login","#,
                r#""correlation_id":"req_0123456789ab","school_id":5,"user_id":"u7","role":"teacher","module":"auth","function":"sign_in","line":42,"#,
                r#""duration_ms":12.5,"exception":{"type":"ValueError","message":"bad","traceback":"Traceback:\n  x\nValueError: bad"},"#,
                r#""amount":25,"extra.message":"mine","region":"north","zeta":[1,{"a":null}],"école":true}"#
            )
        );
    }

    #[test]
    fn absent_is_left_out() {
        let record = Record { message: "m".into(), ..Record::default() };
        assert_eq!(flat(&record, &names()), r#"{"level":"INFO","message":"m"}"#);
        assert_eq!(nested(&record, &names()), r#"{"level":"INFO","message":"m"}"#);
        let record = Record { time_ms: Some(i64::MAX), exception: Some(Exception::default()), ..record };
        assert_eq!(flat(&record, &names()), r#"{"level":"INFO","message":"m","exception":{"type":"","message":""}}"#);
    }

    #[test]
    fn the_nested_order() {
        let mut record = full();
        record.fields.extend(
            [("operation", r#""pay""#), ("performance_metadata", r#"{"a":1}"#), ("event_type", "1")]
                .map(|(k, v)| (k.to_owned(), v.to_owned())),
        );
        assert_eq!(
            nested(&record, &names()),
            concat!(
                r#"{"timestamp":"2024-02-29T12:34:56.789Z","level":"WARNING","logger":"accounts.auth","message":"olá \"x\"\n","module":"auth","function":"sign_in","#,
                r#""line":42,"correlation_id":"req_0123456789ab","school_id":5,"user_id":"u7","role":"teacher","#,
                r#""exception":{"type":"ValueError","message":"bad","traceback":"Traceback:\n  x\nValueError: bad"},"#,
                r#""extra":{"event_type":"login","operation":"pay","duration_ms":12.5,"performance_metadata":{"a":1},"#,
                r#""amount":25,"extra.event_type":1,"message":"mine","region":"north","zeta":[1,{"a":null}],"école":true}}"#
            )
        );
    }

    #[test]
    fn no_name_twice_in_an_event() {
        let pairs = |pairs: &[(&str, &str)]| pairs.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect::<Vec<_>>();
        let of = |fields| nested(&Record { message: "m".into(), fields: pairs(fields), ..Record::default() }.with_event(), &names());
        assert_eq!(
            of(&[("event_kind", r#""business""#), ("business_metadata", r##"{"b":1,"a":2,"b":3,"b#2":4,"b":5}"##)]),
            r##"{"level":"INFO","message":"m","extra":{"business_metadata":{"b":1,"a":2,"b#2":3,"b#2#2":4,"b#3":5}}}"##
        );
        assert_eq!(
            of(&[
                ("event_kind", r#""security""#),
                ("security_context", "7"),
                ("security_context", r#"{"a":1}"#),
                ("security_context", "8")
            ]),
            concat!(
                r#"{"level":"INFO","message":"m","extra":{"security_context":{"a":1},"#,
                r##""extra.security_context":7,"extra.security_context#2":8}}"##
            )
        );
    }

    fn with_fields(context: &[(&str, &str)], fields: &[(&str, &str)]) -> String {
        let pairs = |pairs: &[(&str, &str)]| pairs.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect();
        let record = Record { message: "m".into(), context: pairs(context), fields: pairs(fields), ..Record::default() };
        let line = flat(&record, &names());
        serde_json::from_str::<serde_json::Value>(&line).unwrap();
        line.strip_prefix(r#"{"level":"INFO","message":"m""#).unwrap().to_owned()
    }

    #[test]
    fn context_and_fields_of_one_name() {
        assert_eq!(with_fields(&[], &[("user_id", "7"), ("a", "1")]), r#","user_id":7,"a":1}"#);
        assert_eq!(with_fields(&[("user_id", "1")], &[("user_id", "7")]), r#","user_id":1,"extra.user_id":7}"#);
        assert_eq!(with_fields(&[], &[("user_id", "1"), ("user_id", "7")]), r#","user_id":1,"extra.user_id":7}"#);
        assert_eq!(with_fields(&[("tenant", "1")], &[("tenant", "2"), ("b", "3")]), r#","b":3,"extra.tenant":2,"tenant":1}"#);
        assert_eq!(with_fields(&[("message", "1")], &[]), r#","extra.message":1}"#);
        assert_eq!(
            with_fields(&[("user_id", "null"), ("tenant", "null")], &[("user_id", "7"), ("tenant", "8")]),
            r#","user_id":7,"tenant":8}"#
        );
        assert_eq!(with_fields(&[("role", "null")], &[("user_id", "null"), ("other", "null")]), r#","other":null}"#);
    }

    #[test]
    fn equal_names_are_numbered() {
        assert_eq!(with_fields(&[], &[("a", "1"), ("a", "2"), ("a#2", "3")]), r##","a":1,"a#2":2,"a#2#2":3}"##);
        assert_eq!(with_fields(&[], &[("level", "1"), ("extra.level", "2")]), r##","extra.level":1,"extra.level#2":2}"##);
        assert_eq!(with_fields(&[], &[("a", "1"), ("a!", "0"), ("a", "2")]), r##","a":1,"a!":0,"a#2":2}"##);
    }

    #[test]
    fn names_are_sorted_by_code_point() {
        assert_eq!(
            with_fields(&[], &[("😀", "1"), ("\u{ff61}", "2"), ("b", "3"), ("B", "4"), ("", "5")]),
            ",\"\":5,\"B\":4,\"b\":3,\"\u{ff61}\":2,\"😀\":1}"
        );
    }
}
