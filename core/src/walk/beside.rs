//! A key and its value that are no entry of a map: `{"name": "password", "value": "x"}`, `["password", "x"]`, `["--password", "x"]`.

use crate::detect::words;
use crate::pass::Pass;
use crate::scan::bytes::{self, Words};
use crate::scan::value;
use crate::walk::field::{Fields, KEY_MAX};
use crate::walk::{Scope, Verdict};

/// Keys whose value is the name of another key.
pub(crate) const NAMES: &[&str] = &["name", "key", "field", "id", "parameterkey", "type", "variable", "setting"];
/// Keys of the value that belongs to that name.
const VALUES: Words = Words::new("value parametervalue val content default rejectedvalue");

/// Is the value of this key the name of another, as in `{"name": "password", "value": "x"}`?
pub fn is_name(key: &str) -> bool {
    NAMES.iter().any(|name| key.eq_ignore_ascii_case(name))
}

/// Does the value of this key belong to a name that stands beside it: under any key before it, or under the next one behind a scalar?
#[inline]
pub fn is_named(key: &str) -> bool {
    // most keys go by their length and first letter
    let first = key.as_bytes().first().map(u8::to_ascii_lowercase);
    matches!((key.len(), first), (3 | 5, Some(b'v')) | (7, Some(b'c' | b'd')) | (13, Some(b'r')) | (14, Some(b'p')))
        && is_value(key.as_bytes())
}

/// Is this element of a list a flag, as in the arguments of a command, which may name the next one?
pub fn is_flag(element: &[u8]) -> bool {
    element.starts_with(b"--")
}

/// As [`is_named`], for a word of a text.
pub(crate) fn is_value(word: &[u8]) -> bool {
    VALUES.has(word)
}

/// Digits or symbols, which no name of a field has.
pub(crate) fn is_wild(value: &[u8]) -> bool {
    value.iter().any(u8::is_ascii_digit) || value::symbols(value) > 0
}

/// May this stand in a tuple behind a key, as its value? Not the name of another field, nor a label.
pub(crate) fn is_second(fields: &Fields, value: &[u8]) -> bool {
    words::get(value).is_none() && !value.iter().any(|b| matches!(b, b' ' | b'_')) && fields.rule(value).is_none()
}

fn is_key(name: &str) -> bool {
    !name.is_empty() && name.len() <= KEY_MAX && name.bytes().all(bytes::is_key)
}

impl Pass<'_> {
    /// The scope of a value that belongs to a name beside it: that of its own place, and what the name says.
    pub fn named(&self, scope: Scope, name: &str) -> Scope {
        if !is_key(name) {
            return scope;
        }
        let Scope { ruling, context, .. } = self.child(scope, name);
        Scope { paths: scope.paths, ruling, context: if context == 0 { scope.context } else { context } }
    }

    /// The scope of an element at `scope` behind another that may be its key: behind the first of two, or behind any that [is a
    /// flag](is_flag). Of a tuple of two it is more likely than of a list, which may as well have the names of two fields.
    pub fn second(&self, scope: Scope, first: &str, second: &[u8], is_tuple: bool) -> Scope {
        let named = self.named(scope, first);
        let masks = matches!(named.verdict(), Verdict::Mask | Verdict::Drop);
        let belongs = match is_flag(first.as_bytes()) {
            true => !second.starts_with(b"-"),
            false => is_wild(second) || is_tuple && is_second(self.fields(), second),
        };
        if masks && belongs { named } else { scope }
    }
}
