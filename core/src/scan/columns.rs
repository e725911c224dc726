//! Tables of text: a line of names, and lines of values under them, as CSV, `psql` and Markdown have them.

use crate::detect::words::Rule;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, part, run};
use crate::scan::code;
use crate::scan::lines::Open;
use crate::scan::token::is_mixed;
use crate::scan::value::{self, Extent, Form};
use crate::walk::beside::is_wild;

/// Bytes of a line of names, and of one name.
const HEADER: usize = 512;
const NAME: usize = 32;

/// What may stand between two columns.
fn is_mark(b: u8) -> bool {
    matches!(b, b',' | b';' | b'\t' | b'|')
}

/// Two spaces at least, by which columns are aligned where there is no mark.
fn is_gap(line: &[u8], i: usize) -> bool {
    part(line, i, i + 2) == b"  "
}

/// The columns of a line: each with where it begins and ends, without the spaces and the quotes around it.
fn columns(line: &[u8], mark: u8) -> impl Iterator<Item = (usize, usize)> {
    let mut next = Some(0);
    std::iter::from_fn(move || {
        let from = next?;
        let start = from + run(line, from, |b| b == b' ');
        let quote = at(line, start);
        let closing = if matches!(quote, b'"' | b'\'') { value::quote_end(line, start + 1, quote, 0, 1) } else { None };
        let (start, end) = closing.map_or((start, start), |closing| (start + 1, closing));
        let stop = match mark {
            b' ' => (end..line.len()).find(|&i| is_gap(line, i)).unwrap_or(line.len()),
            _ => end + run(line, end, |b| b != mark),
        };
        next = (stop < line.len()).then_some(stop + 1);
        let end = if closing.is_some() { end } else { start + part(line, start, stop).trim_ascii_end().len() };
        Some((start, end))
    })
}

impl Scan<'_, '_> {
    /// Behind a key that may be the name of a column: if the line is nothing but such names, the next ones have the values.
    pub(super) fn header(&mut self, i: usize) {
        let text = self.text;
        let next = i + run(text, i, |b| matches!(b, b' ' | b'"'));
        let line = text.trim_ascii_end();
        let last = next >= line.len();
        if self.open != Open::Nothing
            || line.len() > HEADER
            || line.len() == text.len()
            || !(last || is_mark(at(text, next)) || is_gap(text, i))
        {
            return;
        }
        let mark = line.iter().copied().find(|&b| is_mark(b)).unwrap_or(b' ');
        let mut found = None;
        let mut count = 0u8;
        for (start, end) in columns(line, mark) {
            let name = part(line, start, end);
            // a frame has nothing outside of its first and its last mark
            let outside = name.is_empty() && mark == b'|' && (count == 0 || end == line.len());
            let sound = outside
                || (1..=NAME).contains(&name.len())
                    && name.iter().all(|&b| bytes::is_key(b) && b != b'.')
                    && !name.iter().all(u8::is_ascii_digit);
            // a list of fields and their types: `password | text`
            if !sound || code::is_type(name) || count == u8::MAX {
                return;
            }
            if end == i {
                found = self.engine.fields.rule(name).map(|(rule, _)| (rule, count));
            }
            count += 1;
        }
        if let Some((rule @ (Rule::Password | Rule::Pass | Rule::Secret | Rule::ApiKey | Rule::Token), column)) = found
            && count > 1
        {
            self.open = Open::Column { rule, column, count, mark };
        }
    }

    /// The next lines have the value of the key `start..end` in this column of so many, with tabs between.
    pub(super) fn awaits_column(&mut self, start: usize, end: usize, column: usize, count: usize) {
        if let Some((rule, _)) = self.engine.fields.rule(part(self.text, start, end))
            && let (Ok(column), Ok(count)) = (u8::try_from(column), u8::try_from(count))
            && self.open == Open::Nothing
        {
            self.open = Open::Column { rule, column, count, mark: b'\t' };
        }
    }

    /// Takes the value in a column that the line of names said, and waits for the next line.
    pub(super) fn row(&mut self, open: Open) {
        let Open::Column { rule, column, count, mark } = open else { return };
        let line = self.text.trim_ascii_end();
        let rule_off = !line.is_empty() && line.iter().all(|b| matches!(b, b'-' | b'+' | b'|' | b' ' | b':'));
        if !rule_off {
            if columns(line, mark).count() != usize::from(count) {
                return;
            }
            let Some((start, end)) = columns(line, mark).nth(usize::from(column)) else { return };
            let value = part(line, start, end);
            // a list of fields looks the same
            // what is aligned may be a list of anything
            let wild = if mark == b' ' { is_mixed(value, 6) || value.len() >= 6 && value::symbols(value) > 0 } else { is_wild(value) };
            let secret = wild && !value.contains(&b'(') && value::is_secret(rule, value, Form::Plain, self.engine.strict);
            if let Some(action) = self.engine.action(rule.detector()).filter(|_| secret) {
                let found = Extent { start, end, open: Open::Nothing, quoted: true };
                self.ahead(|scan| scan.take(rule, action, &found));
            }
        }
        if self.open == Open::Nothing {
            self.open = open;
        }
    }
}
