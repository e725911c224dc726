//! OpenTelemetry: one `LogsData` of one record a line, in OTLP/JSON, which the Collector's `otlpjsonfile` receiver reads.
//!
//! - The line: <https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/#json-file-serialization>
//! - Ids in hex and 64-bit integers as strings: <https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding>
//! - The record: <https://opentelemetry.io/docs/specs/otel/logs/data-model/>
//! - `code.*` and `exception.*`: <https://opentelemetry.io/docs/specs/semconv/registry/attributes/>

use super::record::{Level, Record};
use super::trace::Trace;
use super::writer::JsonWriter;
use super::{fields, integer, json};
use crate::walk::Scanner;

/// Values that are nested deeper are written as the text of their JSON.
const DEPTH: u32 = 200;

/// The attributes that are no fields.
pub(crate) fn is_taken(name: &str) -> bool {
    matches!(
        name,
        "correlation_id"
            | "module"
            | "code.function.name"
            | "code.line.number"
            | "duration_ms"
            | "exception.type"
            | "exception.message"
            | "exception.stacktrace"
    )
}

/// Resource (the service), scope (the logger), record: `timeUnixNano, severityNumber, severityText, eventName, traceId, spanId, flags,
/// body` and the attributes, which are correlation id, context names, place, duration, exception and fields.
pub(crate) fn format(record: &Record, context_fields: &[String], service: Option<&str>) -> String {
    let mut json = JsonWriter::with_capacity(2 * json::capacity(record));
    json.open_map();
    json.list_opt("resourceLogs", |json| {
        json.open_map();
        json.map_opt("resource", |json| json.list_opt("attributes", |json| text(json, "service.name", service)));
        json.list_opt("scopeLogs", |json| {
            json.open_map();
            json.map_opt("scope", |json| json.member_opt("name", record.logger()));
            json.list_opt("logRecords", |json| {
                json.open_map();
                log_record(json, record, context_fields);
                json.close_map();
            });
            json.close_map();
        });
        json.close_map();
    });
    json.close_map();
    json.into_string()
}

fn log_record(json: &mut JsonWriter, record: &Record, context_fields: &[String]) {
    let mut rest = fields::rest(record, context_fields, is_taken);
    let trace = Trace::take(&mut rest);
    let flags = trace.take_flags(&mut rest);
    if let Some(nanoseconds) = record.time_ms.and_then(|ms| u64::try_from(ms).ok()?.checked_mul(1_000_000)) {
        json.plain_key("timeUnixNano");
        json.quoted_integer(nanoseconds);
    }
    json.plain_key("severityNumber");
    json.integer(severity_number(record.level));
    json.member("severityText", record.level.as_str());
    json.member_opt("eventName", record.event_type.as_deref());
    json.member_opt("traceId", trace.id);
    json.member_opt("spanId", trace.span);
    json.integer_opt("flags", flags.map(u64::from));
    json.map_opt("body", |json| json.member("stringValue", &record.message));
    json.list_opt("attributes", |json| {
        text(json, "correlation_id", record.correlation_id.as_deref());
        for name in context_fields {
            if let Some(value) = fields::context(record, name) {
                attribute(json, name, value);
            }
        }
        text(json, "module", fields::lone_module(record));
        text(json, "code.function.name", fields::qualified_function(record).as_deref());
        if let Some(line) = record.line {
            let mut digits = String::new();
            integer(&mut digits, line);
            attribute(json, "code.line.number", &digits);
        }
        if let Some(duration) = &record.duration_ms {
            attribute(json, "duration_ms", duration);
        }
        if let Some(exception) = &record.exception {
            text(json, "exception.type", Some(&exception.kind));
            text(json, "exception.message", Some(&exception.message));
            text(json, "exception.stacktrace", exception.traceback.as_deref());
        }
        for (name, value) in &rest {
            attribute(json, name, value);
        }
    });
}

/// <https://opentelemetry.io/docs/specs/otel/logs/data-model/#field-severitynumber>
const fn severity_number(level: Level) -> u64 {
    match level {
        Level::Debug => 5,
        Level::Info => 9,
        Level::Warning => 13,
        Level::Error => 17,
        Level::Critical => 21,
    }
}

/// One of a list of attributes.
fn entry(json: &mut JsonWriter, name: &str, value: impl FnOnce(&mut JsonWriter)) {
    json.open_map();
    json.plain_key("key");
    json.string(name);
    json.plain_key("value");
    json.open_map();
    value(json);
    json.close_map();
    json.close_map();
}

fn text(json: &mut JsonWriter, name: &str, text: Option<&str>) {
    if let Some(text) = text {
        entry(json, name, |json| json.member("stringValue", text));
    }
}

fn attribute(json: &mut JsonWriter, name: &str, value: &str) {
    // Read once before anything is written, so that what is no JSON leaves no half of a value behind.
    if Scanner::new(value).skip() != Some(value) {
        return text(json, name, Some(value));
    }
    entry(json, name, |json| {
        AnyValue { json, text: value, scan: Scanner::new(value) }.write(DEPTH);
    });
}

/// JSON text as an OTLP `AnyValue`, whose brackets are the caller's.
///
/// `null` is the empty value. A number that is neither a 64-bit integer nor, by its exponent, a double keeps its digits as a string.
struct AnyValue<'w, 't> {
    json: &'w mut JsonWriter,
    text: &'t str,
    scan: Scanner<'t>,
}

impl<'t> AnyValue<'_, 't> {
    fn write(&mut self, depth: u32) -> Option<()> {
        let start = self.scan.at();
        match self.scan.peek() {
            b'{' | b'[' if depth == 0 => self.json.member("stringValue", self.scan.skip()?),
            b'{' => self.map(depth - 1)?,
            b'[' => self.list(depth - 1)?,
            b'"' => {
                self.scan.string()?;
                self.json.raw_opt("stringValue", self.text.get(start..self.scan.at()));
            }
            b't' | b'f' => self.json.raw_opt("boolValue", self.scan.literal()),
            b'n' => {
                self.scan.literal()?;
            }
            _ => self.number()?,
        }
        Some(())
    }

    fn list(&mut self, depth: u32) -> Option<()> {
        self.open("arrayValue");
        let mut more = !self.scan.eat(b']');
        while more {
            self.json.open_map();
            self.write(depth)?;
            self.json.close_map();
            more = self.more()?;
        }
        self.close();
        Some(())
    }

    fn map(&mut self, depth: u32) -> Option<()> {
        self.open("kvlistValue");
        let mut more = !self.scan.eat(b'}');
        while more {
            self.json.open_map();
            let start = self.scan.at();
            let key = self.scan.key()?.source;
            self.json.raw_opt("key", self.text.get(start..start + key.len() + 2));
            self.json.plain_key("value");
            self.json.open_map();
            self.write(depth)?;
            self.json.close_map();
            self.json.close_map();
            more = self.more()?;
        }
        self.close();
        Some(())
    }

    fn open(&mut self, kind: &str) {
        self.scan.eat(self.scan.peek());
        self.scan.space();
        self.json.plain_key(kind);
        self.json.open_map();
        self.json.plain_key("values");
        self.json.open_list();
    }

    fn close(&mut self) {
        self.json.close_list();
        self.json.close_map();
    }

    /// Steps over a comma, or over the closing bracket.
    fn more(&mut self) -> Option<bool> {
        self.scan.space();
        let comma = self.scan.eat(b',');
        if !comma && !self.scan.eat(b']') && !self.scan.eat(b'}') {
            return None;
        }
        if comma {
            self.scan.space();
        }
        Some(comma)
    }

    fn number(&mut self) -> Option<()> {
        let number = self.scan.number()?;
        let exponent = number.split_once(['e', 'E']).map(|(_, exponent)| exponent.parse::<i32>());
        let is_integer = exponent.is_none() && !number.contains('.');
        if is_integer && number.parse::<i64>().is_ok() {
            self.json.member("intValue", number);
        } else if is_integer || exponent.is_some_and(|exponent| exponent.is_err() || exponent.is_ok_and(|n| n > 307)) {
            self.json.member("stringValue", number);
        } else {
            self.json.raw_opt("doubleValue", Some(number));
        }
        Some(())
    }
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
                r#"{"resourceLogs":[{"resource":{"attributes":[{"key":"service.name","value":{"stringValue":"shop"}}]},"#,
                r#""scopeLogs":[{"scope":{"name":"accounts.auth"},"logRecords":[{"timeUnixNano":"1709210096789000000","severityNumber":13,"#,
                r#""severityText":"WARNING","eventName":"login","traceId":"4bf92f3577b34da6a3ce929d0e0e4736","spanId":"00f067aa0ba902b7","flags":1,"#,
                r#""body":{"stringValue":"olá \"x\"\n"},"attributes":[{"key":"correlation_id","value":{"stringValue":"req_0123456789ab"}},"#,
                r#"{"key":"school_id","value":{"intValue":"5"}},{"key":"user_id","value":{"stringValue":"u7"}},{"key":"role","value":{"stringValue":"teacher"}},"#,
                r#"{"key":"code.function.name","value":{"stringValue":"auth.sign_in"}},{"key":"code.line.number","value":{"intValue":"42"}},"#,
                r#"{"key":"duration_ms","value":{"doubleValue":12.5}},{"key":"exception.type","value":{"stringValue":"ValueError"}},"#,
                r#"{"key":"exception.message","value":{"stringValue":"bad"}},"#,
                r#"{"key":"exception.stacktrace","value":{"stringValue":"Traceback:\n  x\nValueError: bad"}},"#,
                r#"{"key":"amount","value":{"intValue":"25"}},{"key":"message","value":{"stringValue":"mine"}},"#,
                r#"{"key":"region","value":{"stringValue":"north"}},"#,
                r#"{"key":"zeta","value":{"arrayValue":{"values":[{"intValue":"1"},{"kvlistValue":{"values":[{"key":"a","value":{}}]}}]}}},"#,
                r#"{"key":"école","value":{"boolValue":true}}]}]}]}]}"#
            )
        );
    }

    #[test]
    fn absent_is_left_out() {
        let record = Record { message: "m".into(), time_ms: Some(-1), ..Record::default() };
        assert_eq!(
            format(&record, &names(), None),
            r#"{"resourceLogs":[{"scopeLogs":[{"logRecords":[{"severityNumber":9,"severityText":"INFO","body":{"stringValue":"m"}}]}]}]}"#
        );
    }

    #[test]
    fn any_values() {
        let deep = "[".repeat(500) + &"]".repeat(500);
        for (value, expected) in [
            (r#""a\n\"""#, r#"{"stringValue":"a\n\""}"#),
            ("\"a\u{2028}\"", r#"{"stringValue":"a\u2028"}"#),
            ("false", r#"{"boolValue":false}"#),
            ("null", "{}"),
            ("-9223372036854775808", r#"{"intValue":"-9223372036854775808"}"#),
            ("9223372036854775808", r#"{"stringValue":"9223372036854775808"}"#),
            ("1.5e-7", r#"{"doubleValue":1.5e-7}"#),
            ("1e+307", r#"{"doubleValue":1e+307}"#),
            ("1e+400", r#"{"stringValue":"1e+400"}"#),
            ("1e99999999999", r#"{"stringValue":"1e99999999999"}"#),
            ("[]", r#"{"arrayValue":{"values":[]}}"#),
            ("{ }", r#"{"kvlistValue":{"values":[]}}"#),
            (
                "{\"a\" : [ 1 , 2 ] , \"\u{202e}\":\"\"}",
                r#"{"kvlistValue":{"values":[{"key":"a","value":{"arrayValue":{"values":[{"intValue":"1"},{"intValue":"2"}]}}},{"key":"\u202e","value":{"stringValue":""}}]}}"#,
            ),
            ("nonsense", r#"{"stringValue":"nonsense"}"#),
            ("[1,", r#"{"stringValue":"[1,"}"#),
            ("1 2", r#"{"stringValue":"1 2"}"#),
            ("", r#"{"stringValue":""}"#),
        ] {
            let mut json = JsonWriter::new();
            attribute(&mut json, "k", value);
            assert_eq!(json.into_string(), [r#"{"key":"k","value":"#, expected, "}"].concat());
        }
        let mut json = JsonWriter::new();
        attribute(&mut json, "k", &deep);
        let line = json.into_string();
        assert_eq!(line.matches("arrayValue").count(), 200);
        assert!(line.contains(&["\"", &"[".repeat(300), &"]".repeat(300), "\""].concat()));
    }
}
