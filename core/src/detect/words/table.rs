//! The vocabulary as a hash table: a word, whatever its case, with all that the lists say of it.

use std::borrow::Cow;
use std::sync::LazyLock;

use super::rule::{Entry, Word, role};
use super::segments::{QUIET_VENDORS, SEGMENTS};
use crate::detect::context::{self, BETWEEN, CODE_EVENTS, CONTEXT, EVENTS, MEASURES, NUMBERS, OF, UNITS, VENDOR};
use crate::detect::{self, Find};
use crate::scan::bytes::sixteen;

const ROLES: &[(u8, &str)] = &[
    (role::NUMBER, NUMBERS),
    (role::BETWEEN, BETWEEN),
    (role::OF, OF),
    (role::MEASURE, MEASURES),
    (role::UNIT, UNITS),
    (role::EVENT, EVENTS),
    (role::EVENT | role::CODE_EVENT, CODE_EVENTS),
];

/// Places for words, by their hash: a power of two, of which half at least stays free.
const SLOTS: usize = 8192;

/// The vocabulary. Most words of a text are not in it, and a look at one slot says so.
struct Table {
    /// A part of a word's hash, and its position among the entries, from one on.
    slots: Vec<(u16, u16)>,
    entries: Vec<Entry>,
}

static WORDS: LazyLock<Table> = LazyLock::new(|| {
    let vendor = |segment: Word| if segment == Word::Vendor { VENDOR } else { 0 };
    let segments = SEGMENTS.iter().map(|&(segment, words)| (words, segment, vendor(segment)));
    let quiet = std::iter::once((QUIET_VENDORS, Word::Vendor, 0));
    let context = CONTEXT.iter().map(|&(context, words)| (words, Word::Plain, context));
    let mut table = Table { slots: vec![(0, 0); SLOTS], entries: Vec::new() };
    for (words, segment, context) in segments.chain(quiet).chain(context) {
        for word in words.split_ascii_whitespace() {
            table.add(word, segment, 0, |entry| entry.context |= context);
        }
    }
    for &(role, words) in ROLES {
        for word in words.split_ascii_whitespace() {
            table.add(word, Word::Plain, role::ALONE, |entry| entry.roles |= role);
        }
    }
    // the own names of numbers
    for detector in detect::ALL.iter() {
        let Find::Id { names, .. } = detector.find else { continue };
        for word in names.split_ascii_whitespace() {
            if let Ok(position) = table.find(start(word.as_bytes()), word.len())
                && let Some(entry) = table.entries.get_mut(position)
            {
                entry.context |= context::name(word.as_bytes());
            }
        }
    }
    table
});

impl Table {
    /// The position of a word among the entries; of one that is not there, the slot for it and the part of its hash.
    #[inline(always)]
    fn find(&self, start: [u64; 2], length: usize) -> Result<usize, (usize, u16)> {
        let [low, high] = start;
        let hash = (low ^ high ^ length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let part = (hash >> 32) as u16;
        let mut slot = (hash >> (u64::BITS - SLOTS.ilog2())) as usize;
        while let Some(&(its, position @ 1..)) = self.slots.get(slot) {
            let position = usize::from(position) - 1;
            let is_it = |entry: &Entry| entry.start == start && entry.word.len() == length;
            if its == part && self.entries.get(position).is_some_and(is_it) {
                return Ok(position);
            }
            slot = (slot + 1) % SLOTS;
        }
        Err((slot, part))
    }

    /// Adds a word unless it is there, and what it means.
    fn add(&mut self, word: &'static str, segment: Word, roles: u8, mean: impl FnMut(&mut Entry)) {
        let start = start(word.as_bytes());
        let position = self.find(start, word.len()).unwrap_or_else(|(slot, part)| {
            self.entries.push(Entry { start, word, segment, context: 0, roles });
            self.slots.iter_mut().skip(slot).take(1).for_each(|free| *free = (part, self.entries.len() as u16));
            self.entries.len() - 1
        });
        self.entries.iter_mut().skip(position).take(1).for_each(mean);
    }

    #[inline]
    fn get(&self, word: &[u8]) -> Option<&Entry> {
        self.entries.get(self.find(start(word), word.len()).ok()?)
    }
}

/// The first sixteen bytes of a word without the case of its letters; nothing else in a word depends on that bit.
#[inline(always)]
fn start(word: &[u8]) -> [u64; 2] {
    const CASE: u64 = u64::from_le_bytes([0x20; 8]);
    let first = sixteen(word);
    let (low, high) = first.split_at(8);
    [low, high].map(|half| half.first_chunk().map_or(0, |half| u64::from_le_bytes(*half)) | CASE)
}

/// What a word means, whatever its case. Words of more than sixteen bytes are told by those and by their length.
#[inline]
pub(crate) fn get(word: &[u8]) -> Option<&'static Entry> {
    WORDS.get(word).filter(|entry| entry.roles & role::ALONE == 0)
}

/// The [roles](role) of a word, whatever its case.
pub(crate) fn roles(word: &[u8]) -> u8 {
    WORDS.get(&lower(word)).map_or(0, |entry| entry.roles)
}

/// A capital's small letter, in the alphabets of Latin, Greek and Cyrillic.
fn small(c: char) -> char {
    let code = c as u32;
    let small = match code {
        0xc0..=0xde | 0x391..=0x3a9 | 0x410..=0x42f => code + 0x20,
        0x100..=0x137 | 0x14a..=0x177 => code | 1,
        0x139..=0x148 | 0x179..=0x17e => code + (code & 1),
        0x400..=0x40f => code + 0x50,
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

/// A small letter's capital, likewise.
fn capital(c: char) -> char {
    let code = c as u32;
    let of = |distance: u32| code.checked_sub(distance).and_then(char::from_u32).filter(|&capital| capital != c && small(capital) == c);
    [0x20, 1, 0x50].into_iter().find_map(of).unwrap_or(c)
}

/// A word in small letters; ASCII as it is, since nothing looks at its case.
#[inline]
pub(crate) fn lower(word: &[u8]) -> Cow<'_, [u8]> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    match std::str::from_utf8(word) {
        Ok(word) => Cow::Owned(word.chars().map(small).collect::<String>().into_bytes()),
        Err(_) => Cow::Borrowed(word),
    }
}

/// A word as it may be written: in small letters, and with letters beyond ASCII in capitals, the first or all of them.
pub(crate) fn cases(word: &str) -> impl Iterator<Item = Cow<'_, [u8]>> {
    let others = [1, usize::MAX].into_iter().filter(|_| !word.is_ascii()).map(|count| {
        let written = word.chars().enumerate().map(|(i, c)| if i < count { capital(c) } else { c });
        Cow::Owned(written.collect::<String>().into_bytes())
    });
    std::iter::once(Cow::Borrowed(word.as_bytes())).chain(others)
}

/// Every word of the vocabulary.
pub(crate) fn all() -> impl Iterator<Item = &'static Entry> {
    WORDS.entries.iter().filter(|entry| entry.roles & role::ALONE == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::context::PHONE;

    #[test]
    fn every_word_is_found_once_with_all_it_means() {
        let words = SEGMENTS.iter().map(|(_, words)| words).chain(CONTEXT.iter().map(|(_, words)| words));
        for word in words.flat_map(|words| words.split_ascii_whitespace()) {
            assert_eq!(get(word.as_bytes()).map(|entry| entry.word), Some(word));
        }
        let mut segments: Vec<&str> = SEGMENTS.iter().flat_map(|(_, words)| words.split_ascii_whitespace()).collect();
        let count = segments.len();
        segments.sort_unstable();
        segments.dedup();
        assert_eq!(segments.len(), count, "a word is there twice");
        assert!(WORDS.entries.len() * 2 <= SLOTS);
    }

    #[test]
    fn words_have_no_case() {
        let sms = get(b"SMS");
        assert!(sms.is_some_and(|entry| entry.segment == Word::SecondFactor && entry.context == PHONE));
        assert!(get(b"monkey").is_none() && get(b"").is_none());
    }
}
