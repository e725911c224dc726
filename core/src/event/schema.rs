//! The JSON lines of the flat layout as JSON Schema. The structures are never filled: the formatter writes the lines.
#![allow(dead_code, reason = "read by the schema's generator alone")]

use schemars::JsonSchema;
use serde_json::Value;

/// Version of the schema; a field may be added within one, never taken away or changed.
const VERSION: u32 = 1;

/// The schema (JSON Schema 2020-12) of a line: an event of one of three kinds, or a plain record.
pub fn json_schema() -> String {
    let mut schema = schemars::schema_for!(Line).to_value();
    without_null(&mut schema);
    if let Some(members) = schema.as_object_mut() {
        members.insert("$id".to_owned(), format!("urn:scrubline:line:{VERSION}").into());
    }
    format!("{schema:#}\n")
}

/// What is absent is left out of a line and never `null`, which an optional field of a structure may be.
fn without_null(schema: &mut Value) {
    match schema {
        Value::Object(members) => {
            if let Some(Value::Array(types)) = members.get_mut("type") {
                types.retain(|name| name != "null");
                if let [one] = types.as_slice() {
                    let one = one.clone();
                    members.insert("type".to_owned(), one);
                }
            }
            if let Some(Value::Array(choices)) = members.get_mut("anyOf") {
                choices.retain(|choice| choice.get("type").is_none_or(|name| name != "null"));
                if let [Value::Object(one)] = choices.as_slice() {
                    let one = one.clone();
                    members.remove("anyOf");
                    members.extend(one);
                }
            }
            members.values_mut().for_each(without_null);
        }
        Value::Array(items) => items.iter_mut().for_each(without_null),
        _ => {}
    }
}

/// A line of the JSON format, flat layout. Whatever else a record holds stands at the top level under its own name.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Line {
    Business(BusinessEvent),
    Security(SecurityEvent),
    Performance(PerformanceEvent),
    Record(LogRecord),
}

/// Something that the business counts.
#[derive(JsonSchema)]
struct BusinessEvent {
    /// Name of the event, such as `payment_completed`.
    event_type: String,
    /// `business.<area>`, or a logger of the application that its route names as well.
    logger: String,
    #[schemars(flatten)]
    envelope: Envelope,
}

/// Something that a security officer wants to see.
#[derive(JsonSchema)]
struct SecurityEvent {
    /// Name of the event, such as `authentication_failure`.
    event_type: String,
    /// `security.events` or `security.auth_failures`, or a logger of the application that its route names as well.
    logger: String,
    /// Address of the client, where it was given.
    source_ip: Option<String>,
    /// Browser or program of the client, where it was given.
    user_agent: Option<String>,
    #[schemars(flatten)]
    envelope: Envelope,
}

/// How long something took.
#[derive(JsonSchema)]
struct PerformanceEvent {
    /// `performance`.
    #[schemars(regex(pattern = r"^performance$"))]
    event_type: String,
    /// `performance`.
    logger: String,
    /// What took so long.
    operation: String,
    /// How long, in milliseconds.
    duration_ms: f64,
    #[schemars(flatten)]
    envelope: Envelope,
}

/// A record that is no event.
#[derive(JsonSchema)]
struct LogRecord {
    /// Name of the logger.
    logger: Option<String>,
    /// Name of an event, where the record was given one by hand.
    event_type: Option<String>,
    /// Milliseconds, where the record was given any.
    duration_ms: Option<f64>,
    #[schemars(flatten)]
    envelope: Envelope,
}

/// What every line may hold. What is absent is left out.
#[derive(JsonSchema)]
struct Envelope {
    /// RFC 3339, UTC, milliseconds.
    #[schemars(regex(pattern = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$"))]
    timestamp: Option<String>,
    level: Level,
    /// The rendered message.
    message: String,
    /// Joins the records of one request or task.
    correlation_id: Option<String>,
    /// The school that the record is about.
    school_id: Option<Id>,
    /// The user for whom the application worked.
    user_id: Option<Id>,
    /// The role in which that user worked.
    role: Option<Id>,
    /// Module that logged.
    module: Option<String>,
    /// Function that logged.
    function: Option<String>,
    /// Line of the module that logged.
    line: Option<u64>,
    exception: Option<LoggedException>,
    /// Trace of the request, 32 hexadecimal digits (W3C Trace Context).
    #[schemars(regex(pattern = r"^[0-9a-f]{32}$"))]
    trace_id: Option<String>,
    /// Span of the request, 16 hexadecimal digits.
    #[schemars(regex(pattern = r"^[0-9a-f]{16}$"))]
    span_id: Option<String>,
    /// Flags of the trace: 1 where it is sampled (W3C Trace Context).
    trace_flags: Option<u8>,
}

/// A canonical level.
#[derive(JsonSchema)]
#[schemars(rename_all = "UPPERCASE")]
enum Level {
    Debug,
    Info,
    Warning,
    Error,
    Critical,
}

/// A value of the business context.
#[derive(JsonSchema)]
#[schemars(untagged)]
enum Id {
    Text(String),
    Number(f64),
}

/// An exception as text.
#[derive(JsonSchema)]
struct LoggedException {
    /// Name of its class.
    r#type: String,
    /// What it says.
    message: String,
    /// Its traceback, causes included.
    traceback: Option<String>,
}
