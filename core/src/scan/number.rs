//! Digits, alone or in groups: cards, phone numbers and personal numbers.
//!
//! Most digits of a log are none of these, so dates, times, addresses of machines and fractions are recognised first, and weak
//! numbers need a word beside them that says what they are.

mod card;
mod date;
mod ends;
mod mixed;
mod phone;
mod phrase;
mod refused;

pub(super) use date::{is_compact_date, is_full_date};
pub(super) use ends::ends;

use crate::scan::Scan;
use crate::scan::bytes::{DIGIT, LETTER, WORD, at, before, class, part, run, skip_back};
use crate::scan::token::is_mixed;
use phrase::{Group, Phrase, is_in_word, next_group};

/// Fewer digits are nothing.
const DIGITS_MIN: usize = 7;

/// How digits hang on what is before them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glued {
    No,
    /// `order-4111`, `/users/4111`, `$4111`.
    Word,
    /// `0.4111`, and the account in the name of a resource: `arn:aws:iam::123456789012:role/x`.
    Part,
}

/// Bytes of the name of a resource before the account that it belongs to.
const RESOURCE: usize = 64;

impl Scan<'_, '_> {
    /// At one of digits that may be a number: where to go on.
    pub(super) fn number(&mut self, i: usize) -> usize {
        let text = self.text;
        let end = i + 1 + digits(text, i + 1);
        let start = (skip_back(text, end, end, |b| b.is_ascii_digit())).max(self.floor);
        let taken = self
            .bot_token(start, end)
            .or_else(|| self.app_token(start, end))
            .or_else(|| self.citizen_card(start, end))
            .or_else(|| self.id_around(start))
            .or_else(|| self.bare_track(start, end));
        if let Some(end) = taken {
            return end;
        }
        // the tail of a card that was redacted before
        let is_tail = before(text, start) == b'-' && start >= 2 && at(text, start - 2) == b'*';
        // a negative number, as ids of blocks may be: `blk_-4980916519894289629`
        let signed = before(text, start) == b'-' && start > 0 && matches!(before(text, start - 1), b'_' | b'=');
        if is_tail || signed || class(self.previous(start)) & WORD != 0 || is_in_word(text, end) {
            return end;
        }
        let Some(mut phrase) = Phrase::of(text, start, end) else { return end };
        if !phrase.extend(text, end) {
            return self.table(start);
        }
        if phrase.total < DIGITS_MIN {
            return end;
        }
        // a later group may begin something: go on behind the first
        self.phrase(&phrase).unwrap_or(end)
    }

    /// Looks at groups of digits as a whole: where to go on, if they are anything.
    #[inline]
    fn phrase(&mut self, phrase: &Phrase) -> Option<usize> {
        if let Some(end) = self.date_or_address(phrase) {
            return Some(end);
        }
        let (start, end) = (phrase.start(), phrase.end());
        if is_dump(self.text, phrase) || is_epoch(self.text, start, end) {
            return Some(end);
        }
        let glued = self.glued(start);
        let has_fraction = phrase.count == 1 && at(self.text, end) == b'.' && class(at(self.text, end + 1)) & DIGIT != 0;
        if glued == Glued::Part || has_fraction {
            return Some(end);
        }
        let found = self.card(phrase, glued).or_else(|| self.phone(phrase, glued));
        if found.is_none() && self.trace.is_some() {
            self.explain_number(phrase, glued);
        }
        found
    }

    /// More groups than any number has: a table or a dump. Only numbers in one piece are looked for, so that the work stays linear.
    fn table(&mut self, start: usize) -> usize {
        let (mut start, mut end) = (start, start + digits(self.text, start));
        loop {
            if end - start >= DIGITS_MIN
                && let Some(alone) = Phrase::of(self.text, start, end)
                && self.date_or_address(&alone).is_none()
            {
                let glued = self.glued(start);
                let _found = self.id_around(start).or_else(|| self.card(&alone, glued)).or_else(|| self.phone(&alone, glued));
            }
            match next_group(self.text, end) {
                Some(next) if class(at(self.text, next.end)) & WORD == 0 => (start, end) = (next.start, next.end),
                _ => return end,
            }
        }
    }

    /// How digits hang on what is before it.
    pub(super) fn glued(&self, start: usize) -> Glued {
        let text = self.text;
        let (b, previous) = (self.previous(start), self.previous(start.saturating_sub(1)));
        match b {
            b'.' if class(previous) & DIGIT != 0 => Glued::Part,
            b':' if is_of_resource(text, start) => Glued::Part,
            b'.' | b'-' | b'/' | b'#' | b'+' | b'*' if class(previous) & (LETTER | DIGIT) != 0 => Glued::Word,
            b'$' | b'#' => Glued::Word,
            _ if start >= 3 && matches!(text.get(start - 3..start), Some(b"\xe2\x82\xac")) => Glued::Word,
            _ => Glued::No,
        }
    }
}

/// Is this a part of the name of a resource (Amazon's documentation, ARNs)?
fn is_of_resource(text: &[u8], start: usize) -> bool {
    let name = skip_back(text, start, RESOURCE, |b| class(b) & (LETTER | DIGIT) != 0 || matches!(b, b':' | b'-' | b'/' | b'_' | b'.'));
    part(text, name, start).starts_with(b"arn:")
}

/// Is this the number of seconds since 1970 with a fraction, as loggers of Go and of audits have it: `1700734502.114`?
fn is_epoch(text: &[u8], start: usize, end: usize) -> bool {
    matches!(part(text, start, start + 2), [b'1', b'4'..=b'9'])
        && digits(text, start) == 10
        && at(text, start + 10) == b'.'
        && start + 11 + digits(text, start + 11) == end
}

/// Are these groups bytes of a dump, in pairs, or among others that have letters as well: `62e4 0500 0000 0262 6361`?
#[inline(never)]
fn is_dump(text: &[u8], phrase: &Phrase) -> bool {
    let (start, end) = (phrase.start(), phrase.end());
    let length = phrase.groups().first().map_or(0, Group::len);
    let is_bytes = |group: &[u8]| group.len() == length && is_mixed(group, 4) && group.iter().all(u8::is_ascii_hexdigit);
    let first = start.saturating_sub(length + 1);
    before(text, start) == b' ' && class(before(text, first)) & WORD == 0 && is_bytes(part(text, first, start - 1))
        || at(text, end) == b' ' && class(at(text, end + 1 + length)) & WORD == 0 && is_bytes(part(text, end + 1, end + 1 + length))
        || phrase.count > 5 && phrase.groups().iter().all(|group| group.len() == 2)
}

/// How many digits stand from `from` on.
#[inline]
fn digits(text: &[u8], from: usize) -> usize {
    run(text, from, |b| b.is_ascii_digit())
}
