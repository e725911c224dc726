//! Numbers and codes of persons, companies and things: by shape and check digits, and where these are weak by a word before them.
//!
//! There are hundreds of shapes. How a text begins (so many digits or capitals, and what follows them) leaves a few of them, and most of
//! those are not looked at where no word announces them.

mod index;
mod joined;
mod judge;
mod refused;

use crate::detect::context::{NO_ID, PART};
use crate::scan::Scan;
use crate::scan::bytes::{DIGIT, JOINT, LETTER, LOWER, UPPER, WORD, at, before, class, is_alnum, part, run, run_back, skip, skip_back};
use index::{IDS, OF_ID, bucket};

/// The longest id in bytes, separators and all.
const LONGEST: usize = 64;
/// The longest group of one, and how many groups before some digits an id may have.
const GROUP: usize = 9;
const GROUPS: usize = 4;

impl Scan<'_, '_> {
    /// At a digit: where the id ends that it is a part of.
    #[inline(never)]
    pub(super) fn id_around(&mut self, i: usize) -> Option<usize> {
        let text = self.text;
        if self.trace.is_some() {
            self.explain_ids(i);
        }
        let floor = self.floor.min(i);
        let digits = (skip_back(text, i, LONGEST, |b| class(b) & DIGIT != 0)).max(floor);
        // most are neither announced nor a part of a word or of groups
        let said = self.heard(digits) & !NO_ID;
        let end = skip(text, i, |b| class(b) & DIGIT != 0);
        let joined = |b: u8| class(b) & (UPPER | JOINT) != 0 || b == b'<';
        let fraction = before(text, digits) == b'.' && end - digits > GROUP;
        if said == 0 && !self.is_short() && (fraction || !joined(before(text, digits)) && !joined(at(text, end))) {
            return None;
        }
        let mut word = skip_back(text, digits, LONGEST, is_alnum).max(floor);
        if self.previous(word) == b'<' {
            // machine-readable zones
            let zone = (skip_back(text, word, LONGEST, |b| class(b) & (UPPER | DIGIT) != 0 || b == b'<')).max(floor);
            word = if at(text, zone) == b'<' { word } else { zone };
        }
        // digits behind a plus sign are a telephone number
        if class(self.previous(word)) & WORD != 0 || word == digits && self.previous(word) == b'+' {
            return None;
        }
        if digits - word == 2
            && let Some(end) = self.iban(word)
        {
            return Some(end);
        }
        self.id_before(word, floor, said, if self.is_short() || said != 0 { GROUPS } else { 1 }).or_else(|| self.id(word, said))
    }

    /// An id that begins in up to `groups` groups before: `X-1234567-L`, `AB 12 34 56 C`. The longest is tried first.
    fn id_before(&mut self, word: usize, floor: usize, said: u64, groups: usize) -> Option<usize> {
        let text = self.text;
        if groups == 0 || !is_separator(self.previous(word)) {
            return None;
        }
        let length = run_back(text, word - 1, GROUP, is_alnum);
        let start = word - 1 - length;
        if !(1..GROUP).contains(&length) || start < floor || class(self.previous(start)) & WORD != 0 {
            return None;
        }
        let letters = class(at(text, start)) & LETTER != 0;
        // what ends before is another: `SWIFT DEUTDEFF account 4829173655`
        let reaches = |end: &usize| *end > word;
        let longer = self.id_before(start, floor, said, groups - 1).filter(reaches);
        longer.or_else(|| if letters { self.id(start, said).filter(reaches) } else { None })
    }

    /// At the beginning of a word: where the id ends that begins there. `said` is what was [heard](Self::heard).
    pub(super) fn id(&mut self, start: usize, said: u64) -> Option<usize> {
        let text = self.text;
        let ids = &*IDS;
        let line = self.begins_line(start);
        let near = line || said != 0;
        let kind = match class(at(text, start)) & DIGIT {
            0 if near => LETTER,
            0 => UPPER,
            _ => DIGIT,
        };
        let length = run(text, start, |b| class(b) & kind != 0);
        let next = at(text, start + length);
        if !near && class(next) & LOWER != 0 {
            return None;
        }
        // a separator has more of the id behind it
        let behind = class(at(text, start + length + 1)) & (DIGIT | if near { LETTER } else { UPPER }) != 0;
        let goes_on = behind || !is_separator(next);
        let of = |next: Option<u8>| match ids.of(bucket(kind == DIGIT, length, next), said, line) {
            (entries, least) if !entries.is_empty() && self.is_long(start, near, least.into()) => entries,
            _ => &[],
        };
        let within = if goes_on { of(Some(next)) } else { &[] };
        let whole = if class(next) & WORD == 0 { of(None) } else { &[] };
        let found = if within.is_empty() && whole.is_empty() { None } else { self.id_of(start, near, [within, whole]) };
        found.or_else(|| if said == 0 { None } else { self.id_joined(start) })
    }

    /// The id that ends at `end`, where the words behind it say `context`. The longest is tried first.
    pub(super) fn id_behind(&mut self, end: usize, context: u64) {
        let text = self.text;
        let mut starts = [end; GROUPS + 1];
        let mut start = end;
        for slot in &mut starts {
            let length = run_back(text, start, LONGEST, is_alnum);
            let group = part(text, start - length, start);
            if length == 0 || start - length < self.floor || !is_group(group) {
                break;
            }
            start -= length;
            *slot = start;
            if !is_separator(before(text, start)) {
                break;
            }
            start -= 1;
        }
        self.behind = context;
        for &start in starts.iter().rev().filter(|&&start| start < end) {
            // what was found on the way ends before
            if start >= self.floor && class(before(text, start)) & WORD == 0 && self.id(start, context) == Some(end) {
                break;
            }
        }
        self.behind = 0;
    }

    /// Are there so many bytes from `start` on that may be an id's? Most often a quote or a word ends it soon.
    fn is_long(&self, start: usize, near: bool, least: usize) -> bool {
        let other = if near { 0 } else { LOWER };
        let text = part(self.text, start, start + least);
        text.len() == least && text.iter().all(|&b| class(b) & other == 0 && (class(b) & (WORD | JOINT) != 0 || OF_ID.has(b)))
    }

    /// May the whole line be an id?
    pub(super) fn is_short(&self) -> bool {
        self.context & PART == 0 && self.text.len() <= LONGEST
    }

    fn begins_line(&self, start: usize) -> bool {
        self.is_short() && start < 8 && part(self.text, 0, start).trim_ascii().is_empty()
    }
}

/// May this stand between two groups of an id?
fn is_separator(b: u8) -> bool {
    matches!(b, b' ' | b'-' | b'.' | b'/')
}

/// May this be a group of an id: digits, or a few capitals?
fn is_group(group: &[u8]) -> bool {
    group.iter().any(u8::is_ascii_digit) || group.len() <= 3 && group.iter().all(u8::is_ascii_uppercase)
}
