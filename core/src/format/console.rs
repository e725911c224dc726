//! The console of a developer: `09:30:00.125 WARNING  accounts.auth [req_1f… school_id=5] message key=value`.
//!
//! One record is one line, and whatever follows it is indented, so no text in a record can pass for a line of its own.

use super::record::{Exception, Level, Record};
use super::{escape, fields, json, read, time};
use crate::walk::Scanner;

const RESET: &str = "\u{1b}[0m";
const DIM: &str = "\u{1b}[2m";
const CYAN: &str = "\u{1b}[36m";
const INDENT: &str = "\n    ";

/// Fields of `logging` that are many lines: the stack of a call, and a traceback without its exception.
const STACKS: [&str; 2] = ["stack_info", "exc_text"];

/// Time of day in UTC, level, logger, correlation id and context names in brackets, message, event, duration and fields as `key=value`,
/// and the traceback and the stack indented below.
pub(crate) fn format(record: &Record, context_fields: &[String], colour: bool) -> String {
    let mut out = String::with_capacity(json::capacity(record));
    if let Some(ms) = record.time_ms {
        painted(&mut out, colour, DIM, |out| time::clock(out, ms));
        out.push(' ');
    }
    let level = record.level.as_str();
    painted(&mut out, colour, level_colour(record.level), |out| out.push_str(level));
    for _ in level.len()..=Level::Critical.as_str().len() {
        out.push(' ');
    }
    if !record.logger.is_empty() {
        escape::console(&mut out, &record.logger);
        out.push(' ');
    }
    brackets(&mut out, record, context_fields, colour);
    escape::console(&mut out, &record.message);
    if let Some(event) = &record.event_type {
        pair(&mut out, "event_type", |out| text(out, event));
    }
    if let Some(duration) = &record.duration_ms {
        pair(&mut out, "duration_ms", |out| escape::json_text(out, duration));
    }
    let mut stacks = Vec::new();
    for (name, value) in fields::rest(record, context_fields, fields::is_envelope) {
        match STACKS.contains(&&*name).then(|| read::string(value)) {
            Some(Some(stack)) => stacks.push(stack),
            _ => pair(&mut out, &name, |out| json_value(out, value)),
        }
    }
    if let Some(exception) = &record.exception {
        painted(&mut out, colour, level_colour(Level::Error), |out| below(out, exception));
    }
    for stack in stacks {
        painted(&mut out, colour, DIM, |out| indented(out, &stack));
    }
    out
}

const fn level_colour(level: Level) -> &'static str {
    match level {
        Level::Debug => DIM,
        Level::Info => "\u{1b}[32m",
        Level::Warning => "\u{1b}[33m",
        Level::Error => "\u{1b}[31m",
        Level::Critical => "\u{1b}[1;31m",
    }
}

fn painted(out: &mut String, colour: bool, code: &str, write: impl FnOnce(&mut String)) {
    if colour {
        out.push_str(code);
    }
    write(out);
    if colour {
        out.push_str(RESET);
    }
}

fn brackets(out: &mut String, record: &Record, context_fields: &[String], colour: bool) {
    let mut context = context_fields.iter().filter_map(|name| Some((name, fields::context(record, name)?))).peekable();
    if record.correlation_id.is_none() && context.peek().is_none() {
        return;
    }
    painted(out, colour, CYAN, |out| {
        out.push('[');
        if let Some(id) = &record.correlation_id {
            text(out, id);
        }
        for (name, value) in context {
            if !out.ends_with('[') {
                out.push(' ');
            }
            text(out, name);
            out.push('=');
            json_value(out, value);
        }
        out.push(']');
    });
    out.push(' ');
}

fn pair(out: &mut String, name: &str, value: impl FnOnce(&mut String)) {
    out.push(' ');
    text(out, name);
    out.push('=');
    value(out);
}

/// A word as it is, anything else as a JSON string.
fn text(out: &mut String, text: &str) {
    let is_word = !text.is_empty()
        && escape::is_plain(text)
        && !text.contains(|c: char| c.is_whitespace() || matches!(c, '"' | '\\' | '=' | '[' | ']' | '{' | '}' | ','));
    if is_word { out.push_str(text) } else { escape::json_string(out, text) }
}

/// JSON text, a string that is one word without its quotes. A string that reads like another kind of value keeps them.
fn json_value(out: &mut String, json: &str) {
    let raw = json.starts_with('"').then(|| Scanner::new(json).string()).flatten();
    match raw {
        Some(raw) if raw.source.len() + 2 == json.len() && !raw.escaped && !is_other_kind(raw.source) => text(out, raw.source),
        _ => escape::json_text(out, json),
    }
}

fn is_other_kind(text: &str) -> bool {
    matches!(text, "true" | "false" | "null")
        || text.starts_with(|c: char| c == '-' || c.is_ascii_digit()) && Scanner::new(text).number() == Some(text)
}

/// A text on lines of its own; only its line ends are real.
fn indented(out: &mut String, text: &str) {
    for line in text.trim_end_matches(['\n', '\r']).split('\n') {
        out.push_str(INDENT);
        escape::console(out, line.strip_suffix('\r').unwrap_or(line));
    }
}

/// The exception on lines of its own.
fn below(out: &mut String, exception: &Exception) {
    match &exception.traceback {
        Some(traceback) => indented(out, traceback),
        None => {
            out.push_str(INDENT);
            escape::console(out, &exception.kind);
            out.push_str(": ");
            escape::console(out, &exception.message);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{full, names};
    use super::*;

    #[test]
    fn a_whole_record() {
        assert_eq!(
            format(&full(), &names(), false),
            concat!(
                "12:34:56.789 WARNING  accounts.auth [req_0123456789ab school_id=5 user_id=u7 role=teacher] olá \"x\"\\n event_type=login duration_ms=12.5 ",
                "amount=25 extra.message=mine region=north zeta=[1,{\"a\":null}] école=true\n",
                "    Traceback:\n      x\n    ValueError: bad"
            )
        );
    }

    #[test]
    fn the_least_record() {
        let record = Record { level: Level::Critical, message: "m".into(), ..Record::default() };
        assert_eq!(format(&record, &names(), false), "CRITICAL m");
        let record = Record {
            context: vec![("role".into(), "7".into())],
            exception: Some(Exception { kind: "E\n".into(), message: "a\nb".into(), traceback: None }),
            ..record
        };
        assert_eq!(format(&record, &names(), false), "CRITICAL [role=7] m\n    E\\n: a\\nb");
    }

    #[test]
    fn a_stack_is_lines_below() {
        let exception = Some(Exception { kind: "E".into(), message: "m".into(), traceback: Some("Traceback:\nE: m".into()) });
        let fields = [("stack_info", r#""Stack:\n  view()\u001b\r\n""#), ("n", "1"), ("exc_text", "7")];
        let fields = fields.map(|(name, json)| (name.to_owned(), json.to_owned())).into();
        let record = Record { level: Level::Error, message: "m".into(), exception, fields, ..Record::default() };
        let shown = "ERROR    m exc_text=7 n=1\n    Traceback:\n    E: m\n    Stack:\n      view()\\u001b";
        assert_eq!(format(&record, &[], false), shown);
    }

    #[test]
    fn colours_are_an_option() {
        let line = format(&full(), &names(), true);
        assert!(line.starts_with("\u{1b}[2m12:34:56.789\u{1b}[0m \u{1b}[33mWARNING\u{1b}[0m  accounts.auth \u{1b}[36m[req_"), "{line:?}");
        assert_eq!(line.matches('\u{1b}').count(), 8);
        assert!(!format(&full(), &names(), false).contains('\u{1b}'));
    }

    #[test]
    fn values_keep_their_kind() {
        for (json, shown) in [
            (r#""word""#, "word"),
            (r#""two words""#, r#""two words""#),
            (r#""a=b""#, r#""a=b""#),
            (r#""""#, r#""""#),
            (r#""12""#, r#""12""#),
            (r#""-1.5e3""#, r#""-1.5e3""#),
            (r#""12:30""#, "12:30"),
            (r#""true""#, r#""true""#),
            (r#""a\nb""#, r#""a\nb""#),
            ("12", "12"),
            ("\"a\u{2028}b\"", r#""a\u2028b""#),
            ("[\n1]", "[ 1]"),
            ("\"unclosed", "\"unclosed"),
        ] {
            let mut out = String::new();
            json_value(&mut out, json);
            assert_eq!(out, shown);
        }
    }

    #[test]
    fn nothing_forges_a_line() {
        let forged = "x\r\n12:00:00.000 INFO root fine\u{85}\u{2028}\u{b}\u{1b}[2K\u{202e}";
        let record = Record {
            logger: forged.into(),
            message: forged.into(),
            event_type: Some(forged.into()),
            correlation_id: Some(forged.into()),
            exception: Some(Exception {
                kind: forged.into(),
                message: forged.into(),
                traceback: Some(format!("Traceback\r\n{forged}\n\n")),
            }),
            ..full()
        };
        let out = format(&record, &names(), false);
        let mut lines = out.split('\n');
        assert!(lines.next().is_some_and(|line| line.starts_with("12:34:56.789 WARNING ")));
        assert_eq!(
            lines.collect::<Vec<_>>(),
            ["    Traceback", "    x", "    12:00:00.000 INFO root fine\\u0085\\u2028\\u000b\\u001b[2K\\u202e"]
        );
        assert!(!out.chars().any(|c| c != '\n' && escape::tests::is_hostile(c)));
    }
}
