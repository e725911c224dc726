//! What only a line as a whole says: `host:port:database:user:password` of PostgreSQL, and the name of a vendor beside a value.

use std::ops::Range;

use crate::detect::key;
use crate::detect::words::{Rule, Word};
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, is_alnum, part, run, run_back, skip, skip_back};
use crate::scan::keyed::is_algorithm;
use crate::scan::random::LONG;
use crate::scan::token::is_mixed;
use crate::scan::value;

/// Bytes of such a line.
const LINE: usize = 160;
/// Bytes of a value that nothing but a mark puts under a key.
const STRIKING: usize = 8;
/// Bytes of a vendor's name.
const NAME: usize = 24;
/// Bytes of a UUID with its dashes.
const UUID: usize = 36;

impl Scan<'_, '_> {
    /// Takes the secret of a line that has nothing else in it.
    pub(super) fn whole_line(&mut self) {
        let line = self.text.trim_ascii_end();
        if self.has_key && line.len() <= LINE && self.labelled(line) {
            return;
        }
        if line.len() > LINE {
            return;
        }
        let first = line.iter().position(|&b| b == b' ').unwrap_or(line.len());
        // `acme = x` has two spaces
        let set_off = matches!(part(line, first + 1, first + 3), [b'=' | b':' | b'-', b' ']);
        let rest = first + if set_off { 3 } else { 1 };
        if rest + run(line, rest, |b| b != b' ') < line.len() {
            return;
        }
        let vendor = self.vendor_line(line).map(|value| (key::TOKEN, value));
        let Some((detector, found)) = vendor.or_else(|| Some((key::PASSWORD, password_file(line)?..line.len()))) else { return };
        let value = part(line, found.start, found.end);
        // what was redacted before was no part of a secret like these
        if !value::has_placeholder(line) && self.is_secret(Rule::Password, value) {
            self.found(detector, found.start, found.end);
        }
    }

    /// `[password] x`, `password ==> x`, `│ password │ x │`: a line that is a key, a mark and what looks like its value.
    #[inline(never)]
    fn labelled(&mut self, line: &[u8]) -> bool {
        const MARKS: &str = ", | -> --> ==> => -- → ⇒ │ ┃ ║ ] > ( – —";
        let start = run(line, 0, |b| bytes::is_space(b) || b.is_ascii_punctuation() || b >= 0x80);
        let end = skip(line, start, |b| bytes::is_word(b) || b == b'-');
        let end = skip_back(line, end, 2, |b| b == b'-');
        let from = skip(line, end, |b| bytes::is_space(b) || b.is_ascii_punctuation() || b >= 0x80);
        let mark = part(line, end, from).trim_ascii_start();
        let mark = part(mark, run(mark, 0, |b| matches!(b, b'"' | b'\'' | b'`' | b'*')), mark.len());
        let mark = part(mark, 0, mark.len() - run_back(mark, mark.len(), 8, |b| matches!(b, b'"' | b'\'' | b'`' | b'*' | b' ' | b'\t')));
        // what was opened before the key
        let opened = |open: u8| before(line, start) == open;
        let sound = match mark {
            [b']'] => opened(b'['),
            [b'>'] => opened(b'<'),
            [b'('] => at(line, end) == b' ' && line.ends_with(b")"),
            [b'.', b'.', b'.', ..] => mark.iter().all(|&b| b == b'.'),
            _ => !mark.is_empty() && MARKS.split_ascii_whitespace().any(|one| one.as_bytes() == mark),
        };
        if !sound {
            return false;
        }
        let value = part(line, from, skip(line, from, |b| !bytes::is_space(b)));
        let value = part(
            value,
            0,
            value.len()
                - run_back(value, value.len(), 4, |b| {
                    matches!(b, b'"' | b'\'' | b'`' | b'*' | b')' | b']' | b'}' | b'>' | b',' | b';' | b'|')
                }),
        );
        let rest = part(line, from + value.len(), line.len());
        let rest = rest.iter().all(|&b| bytes::is_space(b) || b.is_ascii_punctuation() || b >= 0x80);
        let wild = value.len() >= STRIKING
            && value::is_striking(value)
            && value.iter().all(|&b| b.is_ascii_graphic() && !matches!(b, b'"' | b'\'' | b',' | b'/' | b'\\' | b'(' | b'=' | b':' | b'['));
        let Some((rule, _)) = self.engine.fields.rule(part(line, start, end)).filter(|(rule, _)| rule.may_be_labelled()) else {
            return false;
        };
        if !(rest && wild) || self.is_label(value) || is_algorithm(value) || !self.is_secret(rule, value) {
            return false;
        }
        self.found(rule.detector(), from, from + value.len());
        true
    }

    /// `acme 9fKq27LmPz0xTvWb`, `acme-550e8400-e29b-41d4-a716-446655440000`, `acme = "9fKq27LmPz0xTvWb"`: where the value stands.
    fn vendor_line(&self, line: &[u8]) -> Option<Range<usize>> {
        let end = line.len() - run_back(line, line.len(), 3, |b| matches!(b, b'"' | b'\'' | b'`' | b',' | b';'));
        let start = end - run_back(line, end, LINE, is_alnum);
        let uuid = end.checked_sub(UUID).filter(|&start| value::is_uuid(part(line, start, end)));
        let start = uuid.unwrap_or(start);
        let value = part(line, start, end);
        if uuid.is_none() && !is_mixed(value, LONG) || value::is_example(value) {
            return None;
        }
        let beside = start > 0
            && start - 1 - run_back(line, start - 1, NAME, is_alnum) == 0
            && matches!(before(line, start), b' ' | b'-')
            && self.engine.fields.meaning(part(line, 0, start - 1)) == Some(Word::Vendor);
        (beside || self.of_vendor(start, end).is_some()).then_some(start..end)
    }
}

/// A line of `.pgpass` (PostgreSQL documentation, section 34.16): where the password begins.
fn password_file(line: &[u8]) -> Option<usize> {
    let colon = memchr::memchr(b':', line)?;
    let port = if at(line, colon + 1) == b'*' { 1 } else { run(line, colon + 1, |b| b.is_ascii_digit()) };
    let database = colon + port + 2;
    if port == 0 || at(line, database - 1) != b':' || line.iter().any(|&b| bytes::is_space(b)) {
        return None;
    }
    let mut start = database;
    for _ in 0..2 {
        let length = run(line, start, |b| bytes::is_key(b) || b == b'*');
        if length == 0 || at(line, start + length) != b':' {
            return None;
        }
        start += length + 1;
    }
    let password = part(line, start, line.len());
    let version = password.iter().all(|&b| b.is_ascii_digit() || matches!(b, b'.' | b'v'));
    (value::is_striking(password) && !version && !password.iter().any(|b| matches!(b, b':' | b'/'))).then_some(start)
}
