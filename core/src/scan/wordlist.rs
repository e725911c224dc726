//! Lists of words: whether a word is in one, and whether a text begins or ends with one of it.

use crate::scan::bytes::{at, before, part, run, starts_with_nocase};

/// Words with spaces between, and what tells nearly all others from them at once: a word of no such length, or with no such beginning.
///
/// One text takes fewer bytes than a slice of words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words {
    text: &'static str,
    /// A bit for each length; those beyond 63 share one.
    lengths: u64,
    /// A bit for each first byte and length together.
    both: u64,
}

impl Words {
    #[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
    pub(crate) const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let (mut lengths, mut both) = (0, 0);
        let mut start = 0;
        while start < bytes.len() {
            let mut end = start;
            while end < bytes.len() && bytes[end] != b' ' {
                end += 1;
            }
            if end > start {
                lengths |= Self::length(end - start);
                both |= Self::both(bytes[start], end - start);
            }
            start = end + 1;
        }
        Self { text, lengths, both }
    }

    #[inline(always)]
    const fn length(length: usize) -> u64 {
        1 << if length < 63 { length } else { 63 }
    }

    /// Blind to the case of a letter.
    #[inline(always)]
    const fn both(first: u8, length: usize) -> u64 {
        1 << (((first | 0x20) as usize + 9 * length) & 63)
    }

    /// Is this one of the words, whatever its case? In wasm, where its two tests at each of so many places are more bytes than time, a call.
    #[cfg_attr(target_family = "wasm", inline(never))]
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(crate) fn has(&self, word: &[u8]) -> bool {
        self.lengths & Self::length(word.len()) != 0 && self.both & Self::both(at(word, 0), word.len()) != 0 && is_one_of(self.text, word)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.text.split_ascii_whitespace()
    }
}

/// Words that are looked for in one place alone.
macro_rules! words {
    ($text:literal) => {
        const { $crate::scan::wordlist::Words::new($text) }
    };
}
pub(crate) use words;

#[inline(never)]
fn is_one_of(words: &str, word: &[u8]) -> bool {
    let list = words.as_bytes();
    let begins = |i: usize| matches!(before(list, i), 0 | b' ') && matches!(at(list, i + word.len()), 0 | b' ');
    let first = at(word, 0);
    memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), list)
        .any(|i| begins(i) && word.eq_ignore_ascii_case(part(list, i, i + word.len())))
}

/// How long the phrase is with which a text begins, if it is one of these in small letters, with `|` between.
#[inline(never)]
pub(crate) fn phrase(phrases: &str, text: &[u8]) -> Option<usize> {
    let list = phrases.as_bytes();
    // a space is in most of them, what follows the first one is not
    let space = usize::from(at(text, 0) == b' ');
    let begun = memchr::memchr_iter(at(text, space).to_ascii_lowercase(), list).filter_map(|i| i.checked_sub(space));
    let begun = begun.filter(|&i| matches!(before(list, i), 0 | b'|') && at(list, i) != b'|');
    begun.map(|i| part(list, i, i + run(list, i, |b| b != b'|'))).find(|phrase| starts_with_nocase(text, phrase)).map(<[u8]>::len)
}

/// Does `text` end with one of these, whatever the case?
pub(crate) fn ends_with_one_of(text: &[u8], literals: &[&str]) -> bool {
    let ends = |literal: &&str| {
        let tail = part(text, text.len().saturating_sub(literal.len()), text.len());
        tail.eq_ignore_ascii_case(literal.as_bytes())
    };
    literals.iter().any(ends)
}
