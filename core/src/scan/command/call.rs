//! Calls and statements of SQL: a secret that its place among arguments, or a phrase before it, tells, and that stands in quotes (but for
//! statements that create a user): `login("ana", "x")`, `IDENTIFIED BY 'x'`. Beside them what else has a grammar of its own: `ana/x@db` of
//! Oracle, and the pipe into a tool that reads its input.

use super::LINE;
use super::tools::READERS;
use crate::detect::words::Rule;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, part, run, skip};
use crate::scan::lines::Open;
use crate::scan::value::{self, Extent};

impl Scan<'_, '_> {
    /// `login("ana", "x")`: the quoted argument of this number from `from` on, which may stand in a line behind.
    pub(in crate::scan) fn call(&mut self, from: usize, number: u8) {
        let text = self.text;
        let mut i = from + usize::from(at(text, from) == b'(');
        for left in (1..=number).rev() {
            i += run(text, i, bytes::is_space);
            // the list goes on in the next line
            if i == text.len() && i > from + 1 && !self.open.is_cut() {
                self.open = Open::Arguments { left };
                return;
            }
            i += usize::from(matches!(at(text, i), b'b' | b'N' | b'E' | b'@') && matches!(at(text, i + 1), b'"' | b'\''));
            let quote = at(text, i);
            let quoted = matches!(quote, b'"' | b'\'');
            let end = if quoted {
                let Some(end) = value::quote_end(text, i + 1, quote, 0, 1) else { return };
                end
            } else if quote == b'{' {
                // `jwt.sign({ id: 1 }, "x")`
                skip(text, i, |b| !matches!(b, b'}' | b'\n')) + 1
            } else {
                skip(text, i, |b| bytes::is_key(b) || matches!(b, b'$' | b'>' | b'[' | b']'))
            };
            let value = part(text, i + 1, end);
            // `login("/accounts/login/", …)`
            if quoted && at(value, 0) == b'/' {
                return;
            }
            if left == 1 {
                let prose = value.contains(&b' ');
                if quoted && !prose && self.is_secret(Rule::Password, value) {
                    self.take_ahead(Rule::Password, &Extent { start: i + 1, end, open: Open::Nothing, quoted: true });
                }
                return;
            }
            i = end + usize::from(quoted);
            if at(text, i) != b',' {
                return;
            }
            i += 1;
        }
    }

    /// `IDENTIFIED BY 'x'`, and without quotes where a user is created or changed.
    pub(super) fn quoted_secret(&mut self, start: usize, from: usize) -> Option<usize> {
        let text = self.text;
        // of a hash: `IDENTIFIED BY VALUES 'x'`
        let from = from + bytes::phrase(" values | password ", part(text, from, text.len())).unwrap_or(0);
        let found = value::extent(text, from, Rule::Password)?;
        let value = found.of(text);
        let statement = || {
            let near = part(text, start.saturating_sub(LINE), start).to_ascii_uppercase();
            [&b"CREATE USER "[..], b"ALTER USER ", b"ROLE ", b"GRANT ", b"LINK "].iter().any(|word| bytes::find(&near, 0, word).is_some())
        };
        // `each node is identified by "name"` is prose
        let sound = if start < from { found.quoted && at(text, start).is_ascii_uppercase() || statement() } else { found.quoted };
        if !sound || !self.is_secret(Rule::Password, value) {
            return None;
        }
        self.take_ahead(Rule::Password, &found);
        Some(found.end)
    }

    /// `sqlplus ana/x@db`
    pub(super) fn oracle(&mut self, start: usize, end: usize) -> Option<usize> {
        let word = part(self.text, start, end);
        let slash = word.iter().position(|&b| b == b'/').filter(|&slash| slash > 0)?;
        let stop = word.iter().rposition(|&b| b == b'@').filter(|&stop| stop > slash).unwrap_or(word.len());
        let value = part(word, slash + 1, stop);
        if word.iter().take(slash).any(|b| matches!(b, b'.' | b'-' | b'@')) || value.is_empty() || value::is_syntax(value) {
            return None;
        }
        self.take_ahead(Rule::Password, &Extent { start: start + slash + 1, end: start + stop, open: Open::Nothing, quoted: false });
        Some(end)
    }

    /// `echo x | docker login --password-stdin`, `echo ana:x | chpasswd`
    pub(super) fn piped(&mut self, from: usize) {
        let line = bytes::up_to(self.text, from + LINE);
        let Some(pipe) = bytes::find(line, from, b"|") else { return };
        let Some(reader) = READERS.iter().find(|reader| bytes::find(line, pipe, reader.as_bytes()).is_some()) else { return };
        let flags = run(line, from, |b| b == b' ');
        let from = from + flags + if part(line, from + flags, from + flags + 3) == b"-n " { 3 } else { 0 };
        let _end = self.secret(from, from, if *reader == "chpasswd" { b':' } else { 0 });
    }
}
