//! Columns of statements of SQL, whose values stand in another list.

use super::Key;
use crate::scan::Scan;
use crate::scan::bound::{STATEMENT, is_parameter};
use crate::scan::bytes::{self, at, is_quote, part, run, skip, skip_back, starts_with_nocase};
use crate::scan::value;
use crate::walk::field::KEY_MAX;

impl Scan<'_, '_> {
    /// At a column: the value that a statement of SQL gives it, `INSERT INTO t (name, password) VALUES ('ana', 'x')`.
    pub(super) fn column(&mut self, i: usize) {
        let text = self.text;
        if !matches!(at(text, i), b',' | b')' | b' ' | b'"' | b'\'' | b'`') {
            return;
        }
        let next = skip(text, i, |b| is_quote(b) || b == b' ');
        if !matches!(at(text, next), b',' | b')') {
            return;
        }
        let start = skip_back(text, i, KEY_MAX, bytes::is_key);
        let near = bytes::up_to(text, next + STATEMENT);
        let Some(close) = near.get(next..).and_then(|rest| memchr::memchr(b')', rest)) else { return };
        let values = next + close + 1 + run(near, next + close + 1, |b| b == b' ');
        // PostgreSQL's dumps have the values in the next lines: `COPY t (name, password) FROM stdin;`
        let copied = starts_with_nocase(part(near, values, near.len()), b"from stdin");
        if !copied && !starts_with_nocase(part(near, values, near.len()), b"values") {
            return;
        }
        let list = part(text, start.saturating_sub(STATEMENT), start);
        let Some(open) = list.iter().rposition(|&b| b == b'(') else { return };
        let names = part(text, start - list.len() + open + 1, next + close);
        if copied {
            return self.rows_follow(names, b'\t');
        }
        // one row a line
        if part(text, values + "values".len(), text.len()).trim_ascii().is_empty() {
            return self.rows_follow(names, b',');
        }
        let place = part(list, open, list.len()).iter().filter(|&&b| b == b',').count();
        self.rows(&Key::new(self.engine, text, start, i), near, values + "values".len(), place);
    }

    /// The values of a key in the rows from `from` on, of which each has it at this place.
    fn rows(&mut self, key: &Key<'_>, text: &[u8], mut from: usize, place: usize) {
        let Some(rule) = key.rule() else { return };
        loop {
            from += run(text, from, |b| matches!(b, b' ' | b','));
            if at(text, from) != b'(' {
                return;
            }
            from += 1;
            for column in 0.. {
                from += run(text, from, |b| b == b' ');
                let quote = usize::from(matches!(at(text, from), b'N' | b'E') && at(text, from + 1) == b'\'');
                from += quote;
                let quoted = at(text, from) == b'\'';
                let end = if quoted { value::quote_end(text, from + 1, b'\'', 0, 1) } else { None };
                if column == place {
                    let end = skip(text, from, |b| !matches!(b, b',' | b')' | b' '));
                    if is_parameter(part(text, from, end)) {
                        self.bind(rule, from, end);
                    } else if let Some((rule, value)) = self.quoted(key, from) {
                        self.take_ahead(rule, &value);
                    }
                }
                from = end.map_or(from, |end| end + 1);
                from += run(text, from, |b| !matches!(b, b',' | b')' | b'\''));
                match at(text, from) {
                    b',' => from += 1,
                    b')' => break,
                    _ => return,
                }
            }
            from += 1;
        }
    }
}
