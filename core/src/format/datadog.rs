//! Datadog: its reserved and standard attributes.
//!
//! - <https://docs.datadoghq.com/standard-attributes/?product=log>
//! - Trace ids: <https://docs.datadoghq.com/tracing/other_telemetry/connect_logs_and_traces/opentelemetry/>

use super::record::Record;
use super::trace::Trace;
use super::writer::JsonWriter;
use super::{fields, integer, json, number};

/// What the line says itself, and `error`, of which an exception makes an object.
pub(crate) fn is_taken(name: &str) -> bool {
    matches!(
        name,
        "timestamp"
            | "status"
            | "service"
            | "logger.name"
            | "message"
            | "evt.name"
            | "correlation_id"
            | "dd.trace_id"
            | "dd.span_id"
            | "logger.method_name"
            | "module"
            | "line"
            | "duration"
            | "duration_ms"
            | "error"
            | "error.kind"
            | "error.message"
            | "error.stack"
    )
}

/// `timestamp, status, service, logger.name, message, evt.name, correlation_id`, the context names, `dd.trace_id, dd.span_id, module,
/// logger.method_name, line, duration` (nanoseconds), `error.kind, error.message, error.stack`, then the fields.
///
/// Datadog's ids are the last 64 bits of the trace and the span, in decimal.
pub(crate) fn format(record: &Record, context_fields: &[String], service: Option<&str>) -> String {
    let mut rest = fields::rest(record, context_fields, is_taken);
    let trace = Trace::take(&mut rest);
    let duration = record.duration_ms.as_deref();
    let nanoseconds = duration.and_then(number::nanoseconds);

    let mut json = JsonWriter::with_capacity(json::capacity(record));
    json.open_map();
    json::time(&mut json, "timestamp", record);
    json.member("status", record.level.as_lower_str());
    json.member_opt("service", service);
    json.member_opt("logger.name", record.logger());
    json.member("message", &record.message);
    json.member_opt("evt.name", record.event_type.as_deref());
    json.member_opt("correlation_id", record.correlation_id.as_deref());
    fields::write_context(&mut json, record, context_fields);
    json.member_opt("dd.trace_id", trace.id.and_then(decimal).as_deref());
    json.member_opt("dd.span_id", trace.span.and_then(decimal).as_deref());
    json.member_opt("module", record.module.as_deref());
    json.member_opt("logger.method_name", record.function.as_deref());
    json.integer_opt("line", record.line);
    json.raw_opt("duration", nanoseconds.as_deref());
    json.raw_opt("duration_ms", duration.filter(|_| nanoseconds.is_none()));
    if let Some(exception) = &record.exception {
        json.member("error.kind", &exception.kind);
        json.member("error.message", &exception.message);
        json.member_opt("error.stack", exception.traceback.as_deref());
    }
    fields::write(&mut json, &rest);
    json.close_map();
    json.into_string()
}

/// The last 64 bits of an id of hex digits.
fn decimal(hex: &str) -> Option<String> {
    let last = hex.get(hex.len().checked_sub(16)?..)?;
    let mut text = String::new();
    integer(&mut text, u64::from_str_radix(last, 16).ok()?);
    Some(text)
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
                r#"{"timestamp":"2024-02-29T12:34:56.789Z","status":"warning","service":"shop","logger.name":"accounts.auth","#,
                r#""message":"olá \"x\"\n","evt.name":"login","correlation_id":"req_0123456789ab","school_id":5,"user_id":"u7","role":"teacher","#,
                r#""dd.trace_id":"11803532876627986230","dd.span_id":"67667974448284343","module":"auth","logger.method_name":"sign_in","line":42,"#,
                r#""duration":12500000,"error.kind":"ValueError","error.message":"bad","error.stack":"Traceback:\n  x\nValueError: bad","#,
                r#""amount":25,"extra.message":"mine","region":"north","trace_flags":1,"zeta":[1,{"a":null}],"école":true}"#
            )
        );
    }

    #[test]
    fn absent_is_left_out() {
        let record = Record { message: "m".into(), ..Record::default() };
        assert_eq!(format(&record, &names(), None), r#"{"status":"info","message":"m"}"#);
        let fields = [("service", r#""mine""#), ("error", r#""why""#)].map(|(name, json)| (name.to_owned(), json.to_owned())).to_vec();
        let record = Record { duration_ms: Some("1e+21".into()), fields, ..record };
        assert_eq!(
            format(&record, &names(), None),
            r#"{"status":"info","message":"m","duration_ms":1e+21,"extra.error":"why","extra.service":"mine"}"#
        );
    }
}
