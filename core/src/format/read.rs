//! A record from JSON text, redacted along the way.

use super::json_string;
use super::number;
use super::record::{Exception, Level, Record};
use super::time;
use crate::error::{Code, Error};
use crate::pass::Pass;
use crate::replace::placeholder;
use crate::walk::{Scanner, Scope, Verdict, redact_value};

impl Record {
    /// Reads and redacts a record that is one JSON object.
    ///
    /// Its keys: `time` (integer milliseconds since the epoch), `level` (see [`Level::parse`]), `logger`, `message` (empty where
    /// absent), `event_type`, `correlation_id`, `module`, `function`, `line`, `duration_ms`, `exception` (`type`, `message`, `traceback`).
    /// `event_kind` and its map are those of an event, see [`Record::with_event`]. Every other key is a field, and so is one of these whose value is of another kind, or that comes a second time. `null` is absent.
    ///
    /// # Errors
    /// `record` where the text is not one JSON object, or one that is empty.
    pub fn from_json(pass: &mut Pass<'_>, text: &str) -> Result<Self, Error> {
        Reader { pass, record: Self::default(), has_level: false, message: None }.read(text).ok_or_else(|| Error::new(Code::Record, ""))
    }
}

struct Reader<'p, 'e> {
    pass: &'p mut Pass<'e>,
    record: Record,
    has_level: bool,
    message: Option<String>,
}

impl Reader<'_, '_> {
    fn read(mut self, text: &str) -> Option<Record> {
        let root = self.pass.root();
        let nodes = self.pass.limits().nodes;
        let mut scan = Scanner::new(text);
        let mut scratch = String::new();
        let mut entries = 0_u32;
        scan.space();
        if !scan.eat(b'{') {
            return None;
        }
        scan.space();
        let mut more = !scan.eat(b'}');
        while more {
            let raw = scan.key()?;
            let value = scan.skip()?;
            let key = raw.text(&mut scratch);
            entries = entries.saturating_add(1);
            if entries > nodes {
                let mut marker = String::new();
                json_string(&mut marker, placeholder::LIMIT);
                self.field(key, marker);
            } else {
                self.member(root, key, value)?;
            }
            scan.space();
            more = scan.eat(b',');
            if more {
                scan.space();
            } else if !scan.eat(b'}') {
                return None;
            }
        }
        scan.space();
        if !scan.is_end() {
            return None;
        }
        if entries == 0 {
            return None;
        }
        self.record.message = self.message.unwrap_or_default();
        Some(self.record.with_event())
    }

    fn member(&mut self, root: Scope, key: &str, value: &str) -> Option<()> {
        if key == "message" && self.message.is_none() {
            self.message = Some(self.message_text(root, value)?);
            return Some(());
        }
        let scope = self.pass.child(root, key);
        if matches!(scope.verdict(), Verdict::Drop) {
            self.pass.dropped(scope);
            return Some(());
        }
        if !self.envelope(scope, key, value)? {
            let value = redacted(self.pass, scope, value)?;
            self.field(key, value);
        }
        Some(())
    }

    fn field(&mut self, key: &str, value: String) {
        let name = self.pass.key(key).into_owned();
        self.record.fields.push((name, value));
    }

    /// A message that is no string is the text of its JSON.
    fn message_text(&mut self, root: Scope, value: &str) -> Option<String> {
        match string(value) {
            Some(text) => Some(self.pass.text(&text).into_owned()),
            None => {
                let json = redacted(self.pass, root, value)?;
                Some(string(&json).unwrap_or(json))
            }
        }
    }

    /// Takes a value into the envelope; false where it does not fit there.
    fn envelope(&mut self, scope: Scope, key: &str, value: &str) -> Option<bool> {
        const NAMES: [&str; 10] =
            ["time", "level", "logger", "event_type", "correlation_id", "module", "function", "line", "duration_ms", "exception"];
        if value == "null" {
            return Some(NAMES.contains(&key));
        }
        let slot = match key {
            "event_type" => &mut self.record.event_type,
            "correlation_id" => &mut self.record.correlation_id,
            "module" => &mut self.record.module,
            "function" => &mut self.record.function,
            "logger" if self.record.logger.is_empty() => {
                let mut slot = None;
                let taken = short_text(self.pass, scope, &mut slot, value);
                self.record.logger = slot.unwrap_or_default();
                return Some(taken);
            }
            _ => return self.typed(scope, key, value),
        };
        Some(short_text(self.pass, scope, slot, value))
    }

    fn typed(&mut self, scope: Scope, key: &str, value: &str) -> Option<bool> {
        let record = &mut self.record;
        Some(match key {
            "level" if !self.has_level => {
                let level = string(value).or_else(|| is_number(value).then(|| value.to_owned())).and_then(|text| Level::parse(&text));
                record.level = level.unwrap_or(record.level);
                self.has_level = level.is_some();
                self.has_level
            }
            "time" if record.time_ms.is_none() => {
                record.time_ms = milliseconds(value).filter(|&ms| time::has_year(ms));
                record.time_ms.is_some()
            }
            "line" if record.line.is_none() => {
                record.line = value.parse().ok().filter(|_| self.pass.number(scope, value).is_none());
                record.line.is_some()
            }
            "duration_ms" if record.duration_ms.is_none() && is_number(value) && self.pass.number(scope, value).is_none() => {
                let mut text = String::new();
                number::decimal(&mut text, value);
                record.duration_ms = Some(text);
                true
            }
            "exception" if record.exception.is_none() && value.starts_with('{') => {
                record.exception = Some(exception(self.pass, value)?);
                true
            }
            _ => false,
        })
    }
}

/// A string or number as text at its scope.
fn short_text(pass: &mut Pass<'_>, scope: Scope, slot: &mut Option<String>, value: &str) -> bool {
    if slot.is_some() {
        return false;
    }
    *slot = match string(value) {
        Some(text) => Some(pass.leaf(scope, &text).into_owned()),
        None if is_number(value) => Some(pass.number(scope, value).unwrap_or_else(|| value.to_owned())),
        None => None,
    };
    slot.is_some()
}

fn exception(pass: &mut Pass<'_>, value: &str) -> Option<Exception> {
    let mut exception = Exception::default();
    let mut scan = Scanner::new(value);
    let mut scratch = String::new();
    scan.eat(b'{');
    scan.space();
    while !scan.eat(b'}') {
        let raw = scan.key()?;
        let value = scan.skip()?;
        let key = raw.text(&mut scratch);
        let text = match string(value) {
            Some(text) => Some(pass.text(&text).into_owned()),
            None if value == "null" => None,
            None => Some(redacted(pass, pass.root(), value)?),
        };
        match key {
            "type" => exception.kind = text.unwrap_or_default(),
            "message" => exception.message = text.unwrap_or_default(),
            "traceback" => exception.traceback = text,
            _ => {}
        }
        scan.space();
        scan.eat(b',');
        scan.space();
    }
    Some(exception)
}

/// A value as the JSON text of a field: redacted, without white space, every number and string in the one form.
fn redacted(pass: &mut Pass<'_>, scope: Scope, value: &str) -> Option<String> {
    let mut out = String::with_capacity(value.len() + 8);
    let mut scan = Scanner::new(value);
    // Most fields are a string or a number, for which no walk need be set up.
    match scan.peek() {
        b'{' | b'[' => one_form(&mut out, &redact_value(pass, scope, value)?)?,
        b'"' => json_string(&mut out, &pass.leaf(scope, scan.string()?.text(&mut String::new()))),
        _ if !is_number(value) => out.push_str(value),
        _ => match pass.number(scope, value) {
            Some(text) => json_string(&mut out, &text),
            None => number::decimal(&mut out, value),
        },
    }
    Some(out)
}

fn one_form(out: &mut String, json: &str) -> Option<()> {
    let mut scan = Scanner::new(json);
    let mut scratch = String::new();
    while !scan.is_end() {
        match scan.peek() {
            b'"' => json_string(out, scan.string()?.text(&mut scratch)),
            b'-' | b'0'..=b'9' => number::decimal(out, scan.number()?),
            mark @ (b'{' | b'}' | b'[' | b']' | b',' | b':') => {
                scan.eat(mark);
                out.push(char::from(mark));
            }
            _ => out.push_str(scan.literal()?),
        }
        scan.space();
    }
    Some(())
}

/// The text of a JSON string.
pub(super) fn string(value: &str) -> Option<String> {
    if !value.starts_with('"') {
        return None;
    }
    let raw = Scanner::new(value).string()?;
    let mut text = String::new();
    if raw.escaped {
        raw.text(&mut text);
    } else {
        text.push_str(raw.source);
    }
    Some(text)
}

pub(super) fn is_number(value: &str) -> bool {
    value.starts_with(|c: char| c == '-' || c.is_ascii_digit())
}

/// Milliseconds of an integer or of a decimal fraction, whose fraction is cut off.
fn milliseconds(value: &str) -> Option<i64> {
    let whole =
        value.split_once('.').filter(|(_, fraction)| fraction.bytes().all(|b| b.is_ascii_digit())).map_or(value, |(whole, _)| whole);
    whole.parse().ok()
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use crate::format::{Exception, FormatOptions, Formatter, Level, Record};
    use crate::policy::Policy;
    use crate::{Redactor, Secrets};

    fn redactor(policy: &str) -> Redactor {
        Redactor::new(Policy::from_json(policy).unwrap(), Secrets::default(), String::new()).unwrap()
    }

    fn read(text: &str) -> Option<Record> {
        Record::from_json(&mut redactor("{}").pass(), text).ok()
    }

    fn pairs(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
        pairs.iter().map(|&(k, v)| (k.to_owned(), v.to_owned())).collect()
    }

    #[test]
    fn a_whole_record() {
        let text = r#" { "time": 1709210096789, "level": "warn", "logger": "accounts", "message": "from ana@example.com\n", "event_type": "login",
            "correlation_id": 7, "user_id": 5, "module": "auth", "function": "sign_in", "line": 42, "duration_ms": 12.50,
            "exception": {"type": "E", "message": "for ana@example.com", "traceback": "T\n  ana@example.com", "code": 1},
            "email": "ana@example.com", "password": "hunter2!", "nested": { "a": [ 1.0, "\u00e9\/", -0, 1e2, "\ud800" ], "b": null } } "#;
        let expected = Record {
            time_ms: Some(1_709_210_096_789),
            level: Level::Warning,
            logger: "accounts".into(),
            message: "from ***@example.com\n".into(),
            event_type: Some("login".into()),
            correlation_id: Some("7".into()),
            module: Some("auth".into()),
            function: Some("sign_in".into()),
            line: Some(42),
            duration_ms: Some("12.5".into()),
            exception: Some(Exception {
                kind: "E".into(),
                message: "for ***@example.com".into(),
                traceback: Some("T\n  ***@example.com".into()),
            }),
            context: Vec::new(),
            event: None,
            fields: pairs(&[
                ("user_id", "5"),
                ("email", r#""***@example.com""#),
                ("password", r#""[REDACTED]""#),
                ("nested", "{\"a\":[1,\"é/\",0,100,\"\u{fffd}\"],\"b\":null}"),
            ]),
        };
        assert_eq!(read(text), Some(expected));
    }

    #[test]
    fn what_does_not_fit_the_envelope_is_a_field() {
        let text = r#"{"message":"m","level":"loud","time":"noon","line":-1,"duration_ms":"long","exception":"boom","logger":{},"event_type":[],"message":"again","timestamp":1}"#;
        let record = read(text).unwrap();
        assert_eq!(
            record.fields,
            pairs(&[
                ("level", r#""loud""#),
                ("time", r#""noon""#),
                ("line", "-1"),
                ("duration_ms", r#""long""#),
                ("exception", r#""boom""#),
                ("logger", "{}"),
                ("event_type", "[]"),
                ("message", r#""again""#),
                ("timestamp", "1"),
            ])
        );
        assert_eq!(Record { fields: Vec::new(), ..record }, Record { message: "m".into(), ..Record::default() });
    }

    #[test]
    fn null_is_absent() {
        let names = ["level", "time", "line", "duration_ms", "exception", "logger", "event_type", "correlation_id", "module", "function"];
        let nulls: String = names.iter().map(|name| format!(r#","{name}":null"#)).collect();
        assert_eq!(read(&format!(r#"{{"message":"m"{nulls}}}"#)), Some(Record { message: "m".into(), ..Record::default() }));
    }

    #[test]
    fn other_messages_and_times() {
        assert_eq!(read(r#"{"message":12}"#).unwrap().message, "12");
        assert_eq!(read(r#"{"message":{"email": "ana@example.com"}}"#).unwrap().message, r#"{"email":"***@example.com"}"#);
        assert_eq!(read(r#"{"message":"","time":1700000000000.75}"#).unwrap().time_ms, Some(1_700_000_000_000));
        assert_eq!(read(r#"{"message":"","time":-1}"#).unwrap().time_ms, Some(-1));
        assert_eq!(read(r#"{"message":"","level":50}"#).unwrap().level, Level::Error);
    }

    #[test]
    fn unreadable_records() {
        for text in [
            "",
            "null",
            "[]",
            "{}",
            r#"{"message":"m"} x"#,
            r#"{"message":"m",}"#,
            r#"{"message":"m""#,
            r#"{"message":"m" "a":1}"#,
            r#"{"message":"\x"}"#,
        ] {
            assert_eq!(read(text), None, "{text}");
            let line = Formatter::new(FormatOptions::default()).unwrap().format_json(&mut redactor("{}").pass(), text);
            assert_eq!(line, r#"{"level":"ERROR","message":"[REDACTED:error]"}"#);
        }
    }

    #[test]
    fn a_record_without_a_message_keeps_the_rest() {
        let read = |text| read(text).map(|record| (record.level, record.message, record.fields.len()));
        assert_eq!(read(r#"{"level":"info"}"#), Some((Level::Info, String::new(), 0)));
        assert_eq!(read(r#"{"level":"error","a":1}"#), Some((Level::Error, String::new(), 1)));
    }

    #[test]
    fn rules_of_the_policy_hold() {
        let redactor =
            redactor(r#"{"fields": {"user_id": "drop", "event_type": "mask", "correlation_id": "drop"}, "limits": {"nodes": 4}}"#);
        let text = r#"{"message":"m","user_id":5,"event_type":"x","correlation_id":"y","late":["ana@example.com"]}"#;
        let record = Record::from_json(&mut redactor.pass(), text).unwrap();
        let expected = Record {
            message: "m".into(),
            event_type: Some("[REDACTED]".into()),
            fields: pairs(&[("late", r#""[REDACTED:limit]""#)]),
            ..Record::default()
        };
        assert_eq!(record, expected);
    }

    #[test]
    fn keys_are_redacted_and_stay_apart() {
        let line = Formatter::new(FormatOptions::default())
            .unwrap()
            .format_json(&mut redactor("{}").pass(), r#"{"message":"m","ana@example.com":1,"eva@example.com":2}"#);
        assert_eq!(line, r##"{"level":"INFO","message":"m","***@example.com":1,"***@example.com#2":2}"##);
    }
}
