//! A sensitive key beside its value without a separator between: arguments of a call, attributes of XML, and comparisons.

use crate::detect::words::Rule;
use crate::scan::Scan;

use crate::scan::bytes::{self, at, before, class, part, run, run_back};
use crate::scan::code;
use crate::scan::value::{self, Extent, Form};
use crate::walk::field::KEY_MAX;

/// Attributes that are looked at behind a name.
const ATTRIBUTES: usize = 4;

/// A key, or a name of XML with its prefix.
fn is_name(b: u8) -> bool {
    bytes::is_key(b) || b == b':'
}

fn is_quote(b: u8) -> bool {
    matches!(b, b'"' | b'\'' | b'`')
}

/// Digits or symbols, which no name of a field has.
fn is_wild(value: &[u8]) -> bool {
    value.iter().any(u8::is_ascii_digit) || value::symbols(value) > 0
}

impl Scan<'_, '_> {
    /// At the byte behind a word that may be a key: takes a value beside it. What stands between the two is still to be looked at.
    pub(super) fn beside(&mut self, i: usize) -> usize {
        let text = self.text;
        if at(text, i) == b' ' {
            // `$token .= "x"`, `var token string = "x"`
            let behind = if part(text, i + 1, i + 3) == b".=" { i + 3 } else { code::behind_type(text, i) };
            if behind > i {
                let mut start = i - run_back(text, i, KEY_MAX, bytes::is_key);
                return self.keyed(&mut start, i, 0, behind - 1).unwrap_or(i + 1);
            }
        }
        self.named(i);
        self.joined(i);
        if let Some((rule, value)) = self.value_beside(i)
            && let Some(action) = self.engine.action(rule.detector())
        {
            self.ahead(|scan| scan.take(rule, action, &value));
        }
        i + 1
    }

    /// `acme-api-key-550e8400-e29b-41d4-a716-446655440000`: a UUID that its own prefix calls a secret.
    fn joined(&mut self, i: usize) {
        let text = self.text;
        let Some(start) = i.checked_sub(36).filter(|&start| value::is_uuid(part(text, start, i))) else { return };
        let mark = start.saturating_sub(1);
        let key = mark - run_back(text, mark, KEY_MAX, bytes::is_key);
        if matches!(at(text, mark), b'-' | b'_' | b'.')
            && let Some((rule @ (Rule::ApiKey | Rule::Token | Rule::Secret | Rule::Vendor), _)) =
                self.engine.fields.rule(part(text, key, mark))
        {
            self.ahead(|scan| scan.found(rule.detector(), start, i));
        }
    }

    /// `name: API_TOKEN`, whose `value: …` stands in the next line.
    fn named(&mut self, i: usize) {
        let text = self.text;
        if i + run(text, i, |b| is_quote(b) || b == b',' || bytes::is_space(b)) < text.len() {
            return;
        }
        let start = i - run_back(text, i, KEY_MAX, is_name);
        let separator = start - run_back(text, start, 4, |b| is_quote(b) || b == b' ');
        let name = separator.saturating_sub(1) - run_back(text, separator.saturating_sub(1), 2, |b| is_quote(b) || b == b' ');
        let is_name = ["name", "key"].iter().any(|word| {
            let from = name.saturating_sub(word.len());
            part(text, from, name).eq_ignore_ascii_case(word.as_bytes()) && !bytes::is_word(before(text, from))
        });
        if matches!(before(text, separator), b':' | b'=')
            && is_name
            && let Some((rule, _)) = self.engine.fields.rule(part(text, start, i))
        {
            self.awaits(rule, false);
        }
    }

    fn value_beside(&self, i: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let start = i - run_back(text, i, KEY_MAX, is_name);
        match at(text, i) {
            b if is_quote(b) && before(text, start) == b => {
                let next = i + 1 + run(text, i + 1, |b| b == b' ');
                let named = matches!(before(text, start - 1), b'=' | b' ');
                match at(text, next) {
                    b',' => self.quoted(start, i, next + 1).filter(|(_, value)| is_wild(part(text, value.start, value.end))),
                    b if named && next > i + 1 && class(b) & bytes::LETTER != 0 => self.attribute(start, i, next),
                    _ => None,
                }
            }
            b'(' => self.called(start, i),
            _ => self.compared(start, i),
        }
    }

    /// The text in quotes at `from`, if it is a secret under the key `start..end`.
    fn quoted(&self, start: usize, end: usize, from: usize) -> Option<(Rule, Extent)> {
        let (rule, _) = self.engine.fields.rule(part(self.text, start, end))?;
        let found = value::extent(self.text, from, rule, 0, false).filter(|found| found.quoted)?;
        let value = part(self.text, found.start, found.end);
        value::is_secret(rule, value, Form::Plain, self.engine.strict).then_some((rule, found))
    }

    /// `<add key="Password" value="x"/>`, `<input name="password" type="password" value="x">`
    fn attribute(&self, start: usize, end: usize, mut i: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        for _ in 0..ATTRIBUTES {
            let equals = i + run(text, i, is_name);
            let quote = at(text, equals + 1);
            if at(text, equals) != b'=' || !is_quote(quote) {
                return None;
            }
            if ["value", "content", "default"].iter().any(|name| part(text, i, equals).eq_ignore_ascii_case(name.as_bytes())) {
                return self.quoted(start, end, equals + 1);
            }
            let close = value::quote_end(text, equals + 2, quote, 0, 1)?;
            i = close + 1 + run(text, close + 1, |b| b == b' ');
        }
        None
    }

    /// `set_password("x")`, and the second of `Credential("ana", "x")`.
    fn called(&self, start: usize, end: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let (rule, first) = self.quoted(start, end, end + 1)?;
        let comma = first.end + 1 + run(text, first.end + 1, |b| b == b' ');
        match (rule, at(text, comma)) {
            (Rule::Secret, b',') => self.quoted(start, end, comma + 1),
            (Rule::Password, b')') if is_wild(part(text, first.start, first.end)) => Some((rule, first)),
            _ => None,
        }
    }

    /// `"x" == password`
    fn compared(&self, start: usize, end: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let operator = start - run_back(text, start, 2, |b| b == b' ');
        let length = run_back(text, operator, 3, |b| matches!(b, b'=' | b'!'));
        let close = operator - length - run_back(text, operator - length, 2, |b| b == b' ');
        let quote = before(text, close);
        if !(2..=3).contains(&length) || !is_quote(quote) {
            return None;
        }
        let open = part(text, 0, close - 1).iter().rposition(|&b| b == quote)?;
        self.quoted(start, end, open)
    }
}
