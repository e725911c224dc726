//! JSON text, written piece by piece.

use super::escape::{json_string, json_text};
use super::number::{integer, json_f64};

/// Writes JSON without white space; for hosts that walk their objects, and for the formats themselves.
///
/// Commas are its part, brackets are the caller's: what is opened must be closed, and a key must be followed by a value.
///
/// ```
/// let mut json = scrubline::format::JsonWriter::new();
/// json.open_map();
/// json.key("amounts");
/// json.open_list();
/// json.float(25.0);
/// json.raw("18446744073709551616");
/// json.close_list();
/// json.key("note");
/// json.string("paid\n");
/// json.close_map();
/// assert_eq!(json.into_string(), r#"{"amounts":[25,18446744073709551616],"note":"paid\n"}"#);
/// ```
#[derive(Debug, Default)]
pub struct JsonWriter(String);

impl JsonWriter {
    /// An empty writer.
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty writer with room for so many bytes.
    pub fn with_capacity(bytes: usize) -> Self {
        Self(String::with_capacity(bytes))
    }

    /// What was written.
    pub fn into_string(self) -> String {
        self.0
    }

    /// A comma, where a value or a key came before: only an opening bracket, a colon or nothing can stand before a first one.
    #[inline]
    fn separate(&mut self) {
        if !matches!(self.0.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.0.push(',');
        }
    }

    /// `{`.
    pub fn open_map(&mut self) {
        self.separate();
        self.0.push('{');
    }

    /// `}`.
    pub fn close_map(&mut self) {
        self.0.push('}');
    }

    /// `[`.
    pub fn open_list(&mut self) {
        self.separate();
        self.0.push('[');
    }

    /// `]`.
    pub fn close_list(&mut self) {
        self.0.push(']');
    }

    /// A key of a map; its value follows.
    pub fn key(&mut self, name: &str) {
        self.separate();
        json_string(&mut self.0, name);
        self.0.push(':');
    }

    /// A string.
    pub fn string(&mut self, text: &str) {
        self.separate();
        json_string(&mut self.0, text);
    }

    /// An integer.
    pub fn integer(&mut self, value: u64) {
        self.separate();
        integer(&mut self.0, value);
    }

    /// An integer as a string, for readers whose numbers are floats.
    pub(crate) fn quoted_integer(&mut self, value: u64) {
        self.separate();
        self.0.push('"');
        integer(&mut self.0, value);
        self.0.push('"');
    }

    /// A float as RFC 8785 writes it; `null` where it is not finite.
    pub fn float(&mut self, value: f64) {
        self.separate();
        json_f64(&mut self.0, value);
    }

    /// `true` or `false`.
    pub fn bool(&mut self, value: bool) {
        self.separate();
        self.0.push_str(if value { "true" } else { "false" });
    }

    /// `null`.
    pub fn null(&mut self) {
        self.separate();
        self.0.push_str("null");
    }

    /// JSON text as it is (an integer of any size, a value written before), but for control characters, which are escaped.
    pub fn raw(&mut self, json: &str) {
        self.separate();
        json_text(&mut self.0, json);
    }

    /// A key that needs no escape and its string.
    pub(crate) fn member(&mut self, name: &str, text: &str) {
        self.plain_key(name);
        json_string(&mut self.0, text);
    }

    /// A key that needs no escape and its string, unless that is absent.
    pub(crate) fn member_opt(&mut self, name: &str, text: Option<&str>) {
        if let Some(text) = text {
            self.member(name, text);
        }
    }

    /// A key that needs no escape and its JSON text, unless that is absent.
    pub(crate) fn raw_opt(&mut self, name: &str, json: Option<&str>) {
        if let Some(json) = json {
            self.plain_key(name);
            json_text(&mut self.0, json);
        }
    }

    /// A key that needs no escape and its integer, unless that is absent.
    pub(crate) fn integer_opt(&mut self, name: &str, value: Option<u64>) {
        if let Some(value) = value {
            self.plain_key(name);
            integer(&mut self.0, value);
        }
    }

    /// A key that needs no escape and what `write` appends; nothing where `write` answers false.
    pub(crate) fn member_with(&mut self, name: &str, write: impl FnOnce(&mut String) -> bool) {
        let before = self.0.len();
        self.plain_key(name);
        self.0.push('"');
        if write(&mut self.0) {
            self.0.push('"');
        } else {
            self.0.truncate(before);
        }
    }

    /// A key that needs no escape and a map of what `write` appends; nothing where that is nothing.
    pub(crate) fn map_opt(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.filled(name, ['{', '}'], write);
    }

    /// As `map_opt`, for a list.
    pub(crate) fn list_opt(&mut self, name: &str, write: impl FnOnce(&mut Self)) {
        self.filled(name, ['[', ']'], write);
    }

    fn filled(&mut self, name: &str, [open, close]: [char; 2], write: impl FnOnce(&mut Self)) {
        let before = self.0.len();
        self.plain_key(name);
        self.0.push(open);
        let start = self.0.len();
        write(self);
        if self.0.len() > start {
            self.0.push(close);
        } else {
            self.0.truncate(before);
        }
    }

    #[inline]
    pub(crate) fn plain_key(&mut self, name: &str) {
        self.separate();
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;

    #[test]
    fn commas() {
        let mut json = JsonWriter::with_capacity(64);
        json.open_list();
        json.string(":");
        json.string("{");
        json.string("");
        json.open_map();
        json.close_map();
        json.open_list();
        json.close_list();
        json.null();
        json.bool(true);
        json.bool(false);
        json.float(f64::NAN);
        json.integer(7);
        json.open_map();
        json.key("a[");
        json.open_list();
        json.close_list();
        json.key("b\"");
        json.float(-0.0);
        json.raw_opt("c", Some("[1]"));
        json.raw_opt("d", None);
        json.member_with("e", |_| false);
        json.member_opt("f", Some("g"));
        json.map_opt("h", |json| json.list_opt("i", |_| {}));
        json.map_opt("j", |json| json.list_opt("k", |json| json.null()));
        json.close_map();
        json.close_list();
        let out = json.into_string();
        assert_eq!(out, r#"[":","{","",{},[],null,true,false,null,7,{"a[":[],"b\"":0,"c":[1],"f":"g","j":{"k":[null]}}]"#);
        serde_json::from_str::<serde_json::Value>(&out).unwrap();
    }
}
