//! The fields of an event inside a record.

use super::read::{is_number, string};
use super::record::Record;
use crate::event::Kind;
use crate::walk::Scanner;

/// What was said of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventFields {
    /// The kind of the event.
    pub kind: Kind,
    /// Name and JSON text.
    pub fields: Vec<(String, String)>,
}

impl Record {
    /// Takes the fields of an event out of the field in which hosts carry them: `event_kind` names the kind, the map under the name of
    /// [`Kind::metadata`] holds them. A correlation id and a duration among them have their place in the envelope.
    #[must_use]
    pub fn with_event(mut self) -> Self {
        let kind = self.fields.iter().find(|(name, _)| name == "event_kind").and_then(|(_, json)| Kind::parse(&string(json)?));
        let Some(kind) = kind else { return self };
        self.fields.retain(|(name, _)| name != "event_kind");
        let metadata = take(&mut self.fields, kind.metadata(), |json| json.starts_with('{'));
        let mut fields = metadata.and_then(|json| members(&json)).unwrap_or_default();
        if self.correlation_id.is_none() {
            self.correlation_id = take(&mut fields, "correlation_id", |json| json.starts_with('"')).and_then(|json| string(&json));
        }
        if self.duration_ms.is_none() {
            self.duration_ms = take(&mut fields, "duration_ms", is_number);
        }
        self.event = Some(EventFields { kind, fields });
        self
    }
}

/// Removes the first field of a name, if it passes, and answers with its JSON text.
fn take(fields: &mut Vec<(String, String)>, name: &str, passes: impl Fn(&str) -> bool) -> Option<String> {
    let at = fields.iter().position(|(key, json)| key == name && passes(json))?;
    Some(fields.remove(at).1)
}

/// The members of an object that has no white space between its tokens.
fn members(json: &str) -> Option<Vec<(String, String)>> {
    let mut scan = Scanner::new(json);
    let mut members = Vec::new();
    scan.eat(b'{');
    while !scan.eat(b'}') {
        let key = scan.key()?.text(&mut String::new()).to_owned();
        members.push((key, scan.skip()?.to_owned()));
        scan.eat(b',');
    }
    Some(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(fields: &[(&str, &str)]) -> Record {
        Record { fields: fields.iter().map(|&(name, json)| (name.to_owned(), json.to_owned())).collect(), ..Record::default() }
    }

    #[test]
    fn fields_of_an_event() {
        let metadata = r#"{"correlation_id":"req_1","a\n":[1,{"b":2}],"duration_ms":2.5}"#;
        let taken = record(&[("x", "1"), ("business_metadata", metadata), ("event_kind", r#""business""#)]).with_event();
        assert_eq!(taken.fields, record(&[("x", "1")]).fields);
        assert_eq!((taken.correlation_id.as_deref(), taken.duration_ms.as_deref()), (Some("req_1"), Some("2.5")));
        let fields = record(&[("a\n", r#"[1,{"b":2}]"#)]).fields;
        assert_eq!(taken.event, Some(EventFields { kind: Kind::Business, fields }));
    }

    #[test]
    fn what_is_no_event() {
        for fields in [
            &[("business_metadata", r#"{"a":1}"#)][..],
            &[("event_kind", r#""other""#), ("business_metadata", r#"{"a":1}"#)],
            &[("event_kind", "7")],
        ] {
            assert_eq!(record(fields).with_event(), record(fields));
        }
        let kept = record(&[("event_kind", r#""security""#), ("security_context", "7"), ("business_metadata", "{}")]).with_event();
        assert_eq!(kept.fields, record(&[("security_context", "7"), ("business_metadata", "{}")]).fields);
        assert_eq!(kept.event, Some(EventFields { kind: Kind::Security, fields: Vec::new() }));
    }
}
