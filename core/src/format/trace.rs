//! The ids of a distributed trace, which a record carries as fields, in the form of W3C Trace Context:
//! <https://www.w3.org/TR/trace-context/#traceparent-header-field-values>.

use super::fields::Field;

/// The fields that a trace is read from.
pub(crate) const NAMES: [&str; 3] = ["trace_id", "span_id", "trace_flags"];

/// Where a record stands in a trace.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Trace<'r> {
    /// 32 hex digits, not all zero.
    pub(crate) id: Option<&'r str>,
    /// 16 hex digits, not all zero.
    pub(crate) span: Option<&'r str>,
}

impl<'r> Trace<'r> {
    /// Takes the ids out of the fields. What is no id stays a field, and so does a span without a trace.
    pub(crate) fn take(rest: &mut Vec<Field<'r>>) -> Self {
        let [id, span, _] = NAMES;
        let id = remove(rest, id, |json| hex(json, 32));
        Self { id, span: id.and_then(|_| remove(rest, span, |json| hex(json, 16))) }
    }

    /// Takes the flags of the trace, of which bit 0 says that it is sampled, for formats that have a place for them.
    pub(crate) fn take_flags(&self, rest: &mut Vec<Field<'r>>) -> Option<u8> {
        let [_, _, flags] = NAMES;
        self.id.and_then(|_| remove(rest, flags, octet))
    }
}

fn remove<'r, T>(rest: &mut Vec<Field<'r>>, name: &str, read: impl FnOnce(&'r str) -> Option<T>) -> Option<T> {
    let at = rest.iter().position(|(key, _)| key == name)?;
    let value = read(rest.get(at)?.1)?;
    rest.remove(at);
    Some(value)
}

fn text(json: &str) -> Option<&str> {
    json.strip_prefix('"')?.strip_suffix('"')
}

/// So many hex digits in lower case, of which one is not zero.
fn hex(json: &str, digits: usize) -> Option<&str> {
    let is_id = |text: &&str| {
        text.len() == digits && text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f')) && text.bytes().any(|b| b != b'0')
    };
    text(json).filter(is_id)
}

/// A number up to 255, or two hex digits.
fn octet(json: &str) -> Option<u8> {
    match text(json) {
        Some(text) if text.len() == 2 && text.bytes().all(|b| b.is_ascii_hexdigit()) => u8::from_str_radix(text, 16).ok(),
        Some(_) => None,
        None => json.parse().ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = r#""4bf92f3577b34da6a3ce929d0e0e4736""#;
    const SPAN: &str = r#""00f067aa0ba902b7""#;

    fn take(fields: &[(&'static str, &'static str)]) -> (Trace<'static>, Option<u8>, usize) {
        let mut rest = fields.iter().map(|&(name, json)| (name.into(), json)).collect();
        let trace = Trace::take(&mut rest);
        let flags = trace.take_flags(&mut rest);
        (trace, flags, rest.len())
    }

    #[test]
    fn ids_are_taken() {
        let (trace, flags, left) = take(&[("a", "1"), ("span_id", SPAN), ("trace_flags", r#""01""#), ("trace_id", ID)]);
        assert_eq!((trace.id, trace.span), (Some(ID.trim_matches('"')), Some(SPAN.trim_matches('"'))));
        assert_eq!((flags, left), (Some(1), 1));
        assert_eq!(take(&[("trace_flags", "255"), ("trace_id", ID)]).1, Some(255));
    }

    #[test]
    fn what_is_no_id_stays() {
        for fields in [
            &[("trace_id", r#""4BF92F3577B34DA6A3CE929D0E0E4736""#)][..],
            &[("trace_id", r#""00000000000000000000000000000000""#)],
            &[("trace_id", r#""[REDACTED]""#)],
            &[("trace_id", "\"")],
            &[("trace_id", "7")],
            &[("span_id", SPAN), ("trace_flags", "1")],
        ] {
            assert_eq!(take(fields), (Trace::default(), None, fields.len()), "{fields:?}");
        }
        for flags in ["256", "-1", r#""1""#, r#""+1""#, "null"] {
            assert_eq!(take(&[("trace_id", ID), ("trace_flags", flags)]).2, 1, "{flags}");
        }
    }
}
