//! Values that a complaint quotes apart from the name of their field, as those complain that validate, parse or store:
//! `'password' must be … (got 'x')`, `Incorrect string value: 'x' for column 'password'`.

use crate::detect::words::Rule;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, is_key, part, run_back, skip_back, up_to};
use crate::scan::keyed::TAG;
use crate::scan::pair::Key;
use crate::scan::value::Extent;
use crate::walk::field::KEY_MAX;

/// What is said of a field before its value is quoted.
const VERDICTS: &str = " must | should | expected | with value | got | has invalid | received ";

/// What stands right before the quoted value.
const QUOTING: [&str; 4] = ["got ", "value ", "value `", "received "];

/// Bytes behind the name of a field in which its value is looked for.
const NEAR: usize = 112;

/// What stands between a quoted value and the quoted name of its field.
const OF_FIELD: [&str; 3] = [" for column ", " for key ", " at "];

impl Scan<'_, '_> {
    /// The value of the field whose name ends at `i`, quoted behind it or before it.
    pub(super) fn in_complaint(&self, i: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let start = skip_back(text, i, KEY_MAX, is_key);
        let is_quoted = matches!(at(text, i), b'"' | b'\'');
        if is_quoted && before(text, start) == at(text, i) {
            let before_field = self.quoted_before(start, i);
            if before_field.is_some() {
                return before_field;
            }
        }
        let from = i + usize::from(is_quoted);
        // hardly any word is followed by one like these
        if at(text, from) != b' ' || !matches!(at(text, from + 1), b'm' | b's' | b'e' | b'w' | b'g' | b'h' | b'r') {
            return None;
        }
        let behind = from + bytes::phrase(VERDICTS, part(text, from, text.len()))?;
        let near = up_to(text, from + NEAR);
        let mut next = behind;
        while let Some(length) = part(near, next, near.len()).iter().position(|b| matches!(b, b'"' | b'\'')) {
            let quote = next + length;
            // escaped in a string of JSON
            let open = quote - run_back(near, quote, TAG, |b| b == b'\\');
            if bytes::ends_with_one_of(part(near, 0, open), &QUOTING) {
                return self.one_word(start, i, open);
            }
            next = quote + 1;
        }
        None
    }

    /// `'x' for column 'password'`, `value "x" at "input.password"`: the name of the field is `start..end`.
    fn quoted_before(&self, start: usize, end: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let line = part(text, 0, start - 1);
        let of_field = OF_FIELD.iter().find(|said| line.ends_with(said.as_bytes()))?;
        let close = line.len() - of_field.len();
        let quote = before(text, close);
        let near = close.saturating_sub(TAG);
        let open = near + part(text, near, close.checked_sub(1)?).iter().rposition(|&b| b == quote)?;
        let is_value = *of_field != " at " || part(text, 0, open).ends_with(b"value ");
        (is_value && matches!(quote, b'"' | b'\'')).then(|| self.one_word(start, end, open))?
    }

    /// The text in quotes at `from`, if it looks like a secret of the key `start..end` and not like a sentence.
    fn one_word(&self, start: usize, end: usize, from: usize) -> Option<(Rule, Extent)> {
        self.striking(&Key::new(self.engine, self.text, start, end), from).filter(|(_, found)| !found.of(self.text).contains(&b' '))
    }
}
