//! The security log: who, from where, what, in the order that its readers are used to.

use super::fields::{self, Field};
use super::json;
use super::record::Record;
use super::writer::JsonWriter;

/// Fields that have a place of their own.
const PLACED: [&str; 4] = ["security_level", "source_ip", "user_agent", "security_context"];

/// The context names that have a place of their own here: all but the role, which the security log never had.
pub(crate) fn context_names(mut names: Vec<String>) -> Vec<String> {
    names.retain(|name| name != "role");
    names
}

/// `timestamp, security_level, event_type, source_ip, user_agent, correlation_id`, the context names (see [`context_names`]), `message,
/// module, security_context`, then `exception`.
///
/// What else the record holds is gathered in `security_context`; where the record brings one of its own, it follows at the top level.
/// The security level is the record's own field of that name, else its level.
pub(crate) fn format(record: &Record, context_fields: &[String]) -> String {
    let rest = fields::rest(record, context_fields, fields::is_envelope);
    let placed = |name: &str| rest.iter().find(|(key, _)| key == name).map(|&(_, value)| value);
    // A filter sets the role on every record, and of most there is none to say.
    let is_said = |(name, value): &&Field<'_>| !PLACED.contains(&name.as_ref()) && (name != "role" || *value != "null");
    let others: Vec<Field<'_>> = rest.iter().filter(is_said).cloned().collect();

    let mut json = JsonWriter::with_capacity(json::capacity(record));
    json.open_map();
    json::time(&mut json, "timestamp", record);
    match placed("security_level") {
        Some(level) => json.raw_opt("security_level", Some(level)),
        None => json.member("security_level", record.level.as_str()),
    }
    json.member_opt("event_type", record.event_type.as_deref());
    json.raw_opt("source_ip", placed("source_ip"));
    json.raw_opt("user_agent", placed("user_agent"));
    json.member_opt("correlation_id", record.correlation_id.as_deref());
    fields::write_context(&mut json, record, context_fields);
    json.member("message", &record.message);
    json.member_opt("module", record.module.as_deref());
    match placed("security_context") {
        Some(context) => {
            json.raw_opt("security_context", Some(context));
            json::exception(&mut json, record);
            fields::write(&mut json, &others);
        }
        None => {
            if !others.is_empty() {
                json.plain_key("security_context");
                json.open_map();
                fields::write(&mut json, &others);
                json.close_map();
            }
            json::exception(&mut json, record);
        }
    }
    json.close_map();
    json.into_string()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::super::tests::{full, names};
    use super::*;

    fn with_fields(fields: &[(&str, &str)]) -> String {
        let fields = fields.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect();
        let line = format(&Record { fields, ..full() }, &context_names(names()));
        serde_json::from_str::<serde_json::Value>(&line).unwrap();
        line
    }

    const HEAD: &str = r#"{"timestamp":"2024-02-29T12:34:56.789Z","security_level":"#;
    const EXCEPTION: &str = r#""exception":{"type":"ValueError","message":"bad","traceback":"Traceback:\n  x\nValueError: bad"}"#;

    #[test]
    fn the_order_of_the_old_module() {
        let line = with_fields(&[
            ("source_ip", r#""192.0.2.7""#),
            ("user_agent", r#""curl""#),
            ("risk_level", r#""high""#),
            ("email", r#""***@example.com""#),
        ]);
        assert_eq!(
            line,
            [
                HEAD,
                r#""WARNING","event_type":"login","source_ip":"192.0.2.7","user_agent":"curl","correlation_id":"req_0123456789ab","school_id":5,"user_id":"u7","#,
                r#""message":"olá \"x\"\n","module":"auth","security_context":{"email":"***@example.com","region":"north","risk_level":"high","role":"teacher"},"#,
                EXCEPTION,
                "}"
            ]
            .concat()
        );
    }

    #[test]
    fn a_role_that_nobody_has_is_left_out() {
        let of = |value: &str| format(&Record { fields: vec![("role".to_owned(), value.to_owned())], ..Record::default() }, &[]);
        assert_eq!(of("null"), r#"{"security_level":"INFO","message":""}"#);
        assert_eq!(of("7"), r#"{"security_level":"INFO","message":"","security_context":{"role":7}}"#);
    }

    #[test]
    fn a_context_of_the_record_stays_and_the_rest_follows() {
        let line = with_fields(&[("security_context", r#"{"a":1}"#), ("security_level", r#""high""#), ("module", "1"), ("b", "2")]);
        assert_eq!(
            line,
            [
                HEAD,
                r#""high","event_type":"login","correlation_id":"req_0123456789ab","school_id":5,"user_id":"u7","#,
                r#""message":"olá \"x\"\n","module":"auth","security_context":{"a":1},"#,
                EXCEPTION,
                r#","b":2,"extra.module":1,"region":"north","role":"teacher"}"#
            ]
            .concat()
        );
    }
}
