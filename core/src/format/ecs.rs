//! Elastic Common Schema, as Elastic's loggers write it.
//!
//! - The line: <https://github.com/elastic/ecs-logging/blob/main/spec/spec.json>: the first three fields in their order, `log.level`
//!   dotted, which keys a label may have
//! - The fields: <https://www.elastic.co/docs/reference/ecs/ecs-field-reference>

use std::borrow::Cow;

use super::record::Record;
use super::trace::Trace;
use super::writer::JsonWriter;
use super::{fields, json, number};

/// The version of the schema that the names are of.
const VERSION: &str = "8.11.0";

/// What stands beside the fields in `scrubline`.
pub(crate) fn is_taken(name: &str) -> bool {
    matches!(name, "module" | "duration_ms")
}

/// `@timestamp, log.level, message, ecs.version, service.name, event.dataset, log.logger, event.action, event.duration` (nanoseconds),
/// `trace.id, span.id, log.origin.function, log.origin.file.line, error.type, error.message, error.stack_trace`, then `labels`: correlation
/// id and context names. What the schema has no place for is under `scrubline`, a name that the schema will not take.
pub(crate) fn format(record: &Record, context_fields: &[String], service: Option<&str>) -> String {
    let mut rest = fields::rest(record, context_fields, is_taken);
    let trace = Trace::take(&mut rest);
    let duration = record.duration_ms.as_deref();
    let nanoseconds = duration.and_then(number::nanoseconds);

    let mut json = JsonWriter::with_capacity(json::capacity(record));
    json.open_map();
    json::time(&mut json, "@timestamp", record);
    json.member("log.level", record.level.as_lower_str());
    json.member("message", &record.message);
    json.member("ecs.version", VERSION);
    if let Some(service) = service {
        json.member("service.name", service);
        json.member("event.dataset", &[service, ".log"].concat());
    }
    json.member_opt("log.logger", record.logger());
    json.member_opt("event.action", record.event_type.as_deref());
    json.raw_opt("event.duration", nanoseconds.as_deref());
    json.member_opt("trace.id", trace.id);
    json.member_opt("span.id", trace.span);
    json.member_opt("log.origin.function", record.function.as_deref());
    json.integer_opt("log.origin.file.line", record.line);
    if let Some(exception) = &record.exception {
        json.member("error.type", &exception.kind);
        json.member("error.message", &exception.message);
        json.member_opt("error.stack_trace", exception.traceback.as_deref());
    }
    json.map_opt("labels", |json| fields::write_labels(json, record, context_fields, label));
    json.map_opt("scrubline", |json| {
        json.member_opt("module", record.module.as_deref());
        json.raw_opt("duration_ms", duration.filter(|_| nanoseconds.is_none()));
        fields::write(json, &rest);
    });
    json.close_map();
    json.into_string()
}

/// A label's key: a dot would make an object of it.
fn label(name: &str) -> Cow<'_, str> {
    if name.contains(['.', '*', '\\']) { Cow::Owned(name.replace(['.', '*', '\\'], "_")) } else { Cow::Borrowed(name) }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{names, traced};
    use super::*;

    #[test]
    fn the_whole_line() {
        assert_eq!(
            format(&traced(), &names(), Some("shop")),
            concat!(
                r#"{"@timestamp":"2024-02-29T12:34:56.789Z","log.level":"warning","message":"olá \"x\"\n","ecs.version":"8.11.0","#,
                r#""service.name":"shop","event.dataset":"shop.log","log.logger":"accounts.auth","event.action":"login","event.duration":12500000,"#,
                r#""trace.id":"4bf92f3577b34da6a3ce929d0e0e4736","span.id":"00f067aa0ba902b7","log.origin.function":"sign_in","log.origin.file.line":42,"#,
                r#""error.type":"ValueError","error.message":"bad","error.stack_trace":"Traceback:\n  x\nValueError: bad","#,
                r#""labels":{"correlation_id":"req_0123456789ab","school_id":"5","user_id":"u7","role":"teacher"},"#,
                r#""scrubline":{"module":"auth","amount":25,"message":"mine","region":"north","trace_flags":1,"zeta":[1,{"a":null}],"école":true}}"#
            )
        );
    }

    #[test]
    fn absent_is_left_out() {
        let record = Record { message: "m".into(), ..Record::default() };
        assert_eq!(format(&record, &names(), None), r#"{"log.level":"info","message":"m","ecs.version":"8.11.0"}"#);
    }

    #[test]
    fn labels_are_strings_under_keys_without_dots() {
        let pair = |name: &str, json: &str| (name.to_owned(), json.to_owned());
        let record = Record {
            message: "m".into(),
            correlation_id: Some("c".into()),
            context: vec![pair("correlation.id", r#"["a","\n"]"#), pair("a.b", "true"), pair("a*b", "null"), pair("a\\b", r#""x""#)],
            ..Record::default()
        };
        let names = ["correlation.id", "a.b", "a*b", "a\\b"].map(str::to_owned);
        assert_eq!(
            format(&record, &names, None),
            concat!(
                r#"{"log.level":"info","message":"m","ecs.version":"8.11.0","#,
                r##""labels":{"correlation_id":"c","correlation_id#2":"[\"a\",\"\\n\"]","a_b":"true","a_b#2":"x"}}"##
            )
        );
    }

    #[test]
    fn a_duration_beyond_a_long_keeps_its_number() {
        let fields = vec![("module".to_owned(), "1".to_owned())];
        let record =
            Record { message: "m".into(), duration_ms: Some("1e+21".into()), module: Some("pay".into()), fields, ..Record::default() };
        assert!(format(&record, &[], None).ends_with(r#""scrubline":{"module":"pay","duration_ms":1e+21,"extra.module":1}}"#));
    }
}
