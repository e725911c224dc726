//! Google Cloud: a structured line for Cloud Logging, with what Error Reporting looks for.
//!
//! - The special fields: <https://cloud.google.com/logging/docs/structured-logging#structured_logging_special_fields>
//! - Errors: <https://cloud.google.com/error-reporting/docs/formatting-error-messages>

use std::borrow::Cow;

use super::record::{Level, Record};
use super::trace::Trace;
use super::writer::JsonWriter;
use super::{fields, json};

const ERROR_EVENT: &str = "type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent";

/// What the line says itself, and what the agents would read in its stead.
pub(crate) fn is_taken(name: &str) -> bool {
    matches!(
        name,
        "severity"
            | "time"
            | "timestamp"
            | "timestampSeconds"
            | "timestampNanos"
            | "message"
            | "logger"
            | "event_type"
            | "module"
            | "duration_ms"
            | "@type"
            | "serviceContext"
            | "error"
            | "stack_trace"
            | "logging.googleapis.com/trace"
            | "logging.googleapis.com/spanId"
            | "logging.googleapis.com/trace_sampled"
            | "logging.googleapis.com/sourceLocation"
            | "logging.googleapis.com/labels"
    )
}

/// `severity, time, message, logger, event_type, duration_ms`, trace, span, source location and labels (correlation id and context names)
/// under `logging.googleapis.com/`, the exception as `error` and `stack_trace`, then the fields. An exception at ERROR and above is an
/// event of Error Reporting (`@type`).
///
/// The trace is a resource name where the project is known, else its bare id.
pub(crate) fn format(record: &Record, context_fields: &[String], service: Option<&str>, project: Option<&str>) -> String {
    let mut rest = fields::rest(record, context_fields, is_taken);
    let trace = Trace::take(&mut rest);
    let flags = trace.take_flags(&mut rest);

    let mut json = JsonWriter::with_capacity(json::capacity(record));
    json.open_map();
    json.member("severity", record.level.as_str());
    json::time(&mut json, "time", record);
    json.member("message", &record.message);
    json.member_opt("logger", record.logger());
    json.member_opt("event_type", record.event_type.as_deref());
    json.member_opt("module", fields::lone_module(record));
    json.raw_opt("duration_ms", record.duration_ms.as_deref());
    if let Some(id) = trace.id {
        let name = project.map(|project| ["projects/", project, "/traces/", id].concat());
        json.member("logging.googleapis.com/trace", name.as_deref().unwrap_or(id));
    }
    json.member_opt("logging.googleapis.com/spanId", trace.span);
    if let Some(flags) = flags {
        json.plain_key("logging.googleapis.com/trace_sampled");
        json.bool(flags & 1 == 1);
    }
    json.map_opt("logging.googleapis.com/sourceLocation", |json| {
        if let Some(line) = record.line {
            json.plain_key("line");
            json.quoted_integer(line);
        }
        json.member_opt("function", fields::qualified_function(record).as_deref());
    });
    json.map_opt("logging.googleapis.com/labels", |json| fields::write_labels(json, record, context_fields, |name| Cow::Borrowed(name)));
    exception(&mut json, record, service);
    fields::write(&mut json, &rest);
    json.close_map();
    json.into_string()
}

fn exception(json: &mut JsonWriter, record: &Record, service: Option<&str>) {
    let Some(exception) = &record.exception else { return };
    if record.level >= Level::Error {
        json.member("@type", ERROR_EVENT);
        json.map_opt("serviceContext", |json| json.member_opt("service", service));
    }
    json.map_opt("error", |json| {
        json.member("type", &exception.kind);
        json.member("message", &exception.message);
    });
    json.member_opt("stack_trace", exception.traceback.as_deref());
}

#[cfg(test)]
mod tests {
    use super::super::tests::{names, traced};
    use super::*;

    #[test]
    fn the_whole_line() {
        let record = Record { level: Level::Error, ..traced() };
        assert_eq!(
            format(&record, &names(), Some("shop"), Some("my-project")),
            concat!(
                r#"{"severity":"ERROR","time":"2024-02-29T12:34:56.789Z","message":"olá \"x\"\n","logger":"accounts.auth","event_type":"login","#,
                r#""duration_ms":12.5,"logging.googleapis.com/trace":"projects/my-project/traces/4bf92f3577b34da6a3ce929d0e0e4736","#,
                r#""logging.googleapis.com/spanId":"00f067aa0ba902b7","logging.googleapis.com/trace_sampled":true,"#,
                r#""logging.googleapis.com/sourceLocation":{"line":"42","function":"auth.sign_in"},"#,
                r#""logging.googleapis.com/labels":{"correlation_id":"req_0123456789ab","school_id":"5","user_id":"u7","role":"teacher"},"#,
                r#""@type":"type.googleapis.com/google.devtools.clouderrorreporting.v1beta1.ReportedErrorEvent","serviceContext":{"service":"shop"},"#,
                r#""error":{"type":"ValueError","message":"bad"},"stack_trace":"Traceback:\n  x\nValueError: bad","#,
                r#""amount":25,"extra.message":"mine","region":"north","zeta":[1,{"a":null}],"école":true}"#
            )
        );
    }

    #[test]
    fn absent_is_left_out() {
        let record = Record { message: "m".into(), module: Some("pay".into()), ..Record::default() };
        assert_eq!(format(&record, &names(), None, None), r#"{"severity":"INFO","message":"m","module":"pay"}"#);
    }

    #[test]
    fn a_warning_is_no_error_event_and_a_trace_may_lack_its_project() {
        let line = format(&traced(), &names(), Some("shop"), None);
        assert!(line.contains(r#""logging.googleapis.com/trace":"4bf92f3577b34da6a3ce929d0e0e4736""#));
        assert!(line.contains(r#""error":{"type":"#) && !line.contains("@type") && !line.contains("serviceContext"));
    }

    #[test]
    fn fields_cannot_speak_for_the_line() {
        let fields = ["time", "timestampSeconds", "severity", "logging.googleapis.com/trace", "@type", "httpRequest"];
        let fields = fields.map(|name| (name.to_owned(), "1".to_owned())).to_vec();
        let line = format(&Record { message: "m".into(), fields, ..Record::default() }, &[], None, None);
        assert_eq!(
            line,
            concat!(
                r#"{"severity":"INFO","message":"m","extra.@type":1,"extra.logging.googleapis.com/trace":1,"extra.severity":1,"#,
                r#""extra.time":1,"extra.timestampSeconds":1,"httpRequest":1}"#
            )
        );
    }
}
