//! Byte classes by table, and reads that cannot panic.

/// Letters.
pub(crate) const UPPER: u8 = 1;
pub(crate) const LOWER: u8 = 2;
pub(crate) const LETTER: u8 = UPPER | LOWER;
/// `0` to `9`.
pub(crate) const DIGIT: u8 = 4;
/// `_`.
pub(crate) const UNDERSCORE: u8 = 8;
/// What a word is made of.
pub(crate) const WORD: u8 = LETTER | DIGIT | UNDERSCORE;
/// Above ASCII.
pub(crate) const HIGH: u8 = 16;
/// What may stand between two groups of digits, or be a byte of it.
pub(crate) const JOINT: u8 = 32;
/// `( ) [ ] { } < >`.
pub(crate) const BRACKET: u8 = 64;

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
const TABLE: [u8; 256] = {
    let mut table = [0; 256];
    let mut i = 0;
    while i < 256 {
        let b = i as u8;
        table[i] = match b {
            b'A'..=b'Z' => UPPER,
            b'a'..=b'z' => LOWER,
            b'0'..=b'9' => DIGIT,
            b'_' => UNDERSCORE,
            b' ' | b'-' | b'.' | b'/' => JOINT,
            b'(' | b')' => JOINT | BRACKET,
            b'[' | b']' | b'{' | b'}' | b'<' | b'>' => BRACKET,
            0xa0 | 0xc2 => HIGH | JOINT,
            0x80.. => HIGH,
            _ => 0,
        };
        i += 1;
    }
    table
};

/// The class of a byte.
#[inline(always)]
#[allow(clippy::indexing_slicing, reason = "a byte cannot be outside a table of 256")]
pub(crate) const fn class(b: u8) -> u8 {
    TABLE[b as usize]
}

/// The byte at `i`, or 0 past the end.
#[inline(always)]
pub(crate) fn at(text: &[u8], i: usize) -> u8 {
    match text.get(i) {
        Some(&b) => b,
        None => 0,
    }
}

/// The byte before `i`, or 0 at the start.
#[inline(always)]
pub(crate) fn before(text: &[u8], i: usize) -> u8 {
    match i {
        0 => 0,
        _ => at(text, i - 1),
    }
}

/// The part of `text` between two positions, empty where they are outside.
#[inline(always)]
pub(crate) fn part(text: &[u8], start: usize, end: usize) -> &[u8] {
    text.get(start..end).unwrap_or_default()
}

/// The text before `end`, or all of it.
#[inline(always)]
pub(crate) fn up_to(text: &[u8], end: usize) -> &[u8] {
    part(text, 0, text.len().min(end))
}

/// Bytes from `from` on that satisfy `test`.
#[inline(always)]
pub(crate) fn run(text: &[u8], from: usize, test: impl Fn(u8) -> bool) -> usize {
    text.get(from..).unwrap_or_default().iter().take_while(|&&b| test(b)).count()
}

/// Bytes just before `from` that satisfy `test`.
#[inline(always)]
pub(crate) fn run_back(text: &[u8], from: usize, limit: usize, test: impl Fn(u8) -> bool) -> usize {
    text.get(..from).unwrap_or_default().iter().rev().take(limit).take_while(|&&b| test(b)).count()
}

/// Where `needle` first occurs at or after `from`. A search for a rare literal needs no automaton.
pub(crate) fn find(text: &[u8], from: usize, needle: &[u8]) -> Option<usize> {
    let first = *needle.first()?;
    memchr::memchr_iter(first, text.get(from..)?).map(|i| from + i).find(|&i| text.get(i..).is_some_and(|rest| rest.starts_with(needle)))
}

/// Does `part` stand in a short text? `str::contains` is made for long ones, and brings 2.6 KB of gzip into a browser.
pub(crate) fn stands_in(text: &str, part: &str) -> bool {
    part.is_empty() || find(text.as_bytes(), 0, part.as_bytes()).is_some()
}

/// Is this a letter or a digit (`A-Z a-z 0-9`)?
#[inline(always)]
pub(crate) fn is_alnum(b: u8) -> bool {
    class(b) & (LETTER | DIGIT) != 0
}

/// Is this a byte of a word (`A-Z a-z 0-9 _`)?
#[inline(always)]
pub(crate) fn is_word(b: u8) -> bool {
    class(b) & WORD != 0
}

/// Is a byte repeated as often as in `xxxxxxxx`, or a few of them as in `123123123123123`, which stands for a value and is none?
pub(crate) fn is_repetitive(text: &[u8]) -> bool {
    [(1, 7), (2, 12), (3, 12), (4, 12)].iter().any(|&(period, least)| {
        let mut same = 0;
        text.iter().zip(text.iter().skip(period)).any(|(a, b)| {
            same = if a == b { same + 1 } else { 0 };
            same == least
        })
    })
}

/// May this be a byte of a key? Letters of any language, digits, `_ - .`
#[inline(always)]
pub(crate) fn is_key(b: u8) -> bool {
    class(b) & (WORD | HIGH) != 0 || matches!(b, b'-' | b'.')
}

/// White space of ASCII, newline included.
#[inline(always)]
pub(crate) fn is_space(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'\r' | b'\n' | 0x0b | 0x0c)
}

/// Does `text` begin with `literal`, whatever the case?
pub(crate) fn starts_with_nocase(text: &[u8], literal: &[u8]) -> bool {
    text.get(..literal.len()).is_some_and(|head| head.eq_ignore_ascii_case(literal))
}

/// Does `text` end with one of these, whatever the case?
pub(crate) fn ends_with_one_of(text: &[u8], literals: &[&str]) -> bool {
    let ends = |literal: &&str| {
        let tail = part(text, text.len().saturating_sub(literal.len()), text.len());
        tail.eq_ignore_ascii_case(literal.as_bytes())
    };
    literals.iter().any(ends)
}

/// Words with spaces between, and what tells nearly all others from them at once: a word of no such length, or with no such beginning.
///
/// One text takes fewer bytes than a slice of words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Words {
    text: &'static str,
    /// A bit for each length; those beyond 63 share one.
    lengths: u64,
    /// A bit for each first byte without its two highest bits, which are all that the case of a letter is told by.
    firsts: u64,
}

impl Words {
    #[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
    pub(crate) const fn new(text: &'static str) -> Self {
        let bytes = text.as_bytes();
        let (mut lengths, mut firsts) = (0, 0);
        let mut start = 0;
        while start < bytes.len() {
            let mut end = start;
            while end < bytes.len() && bytes[end] != b' ' {
                end += 1;
            }
            if end > start {
                lengths |= Self::length(end - start);
                firsts |= Self::first(bytes[start]);
            }
            start = end + 1;
        }
        Self { text, lengths, firsts }
    }

    #[inline(always)]
    const fn length(length: usize) -> u64 {
        1 << if length < 63 { length } else { 63 }
    }

    #[inline(always)]
    const fn first(byte: u8) -> u64 {
        1 << ((byte | 0x20) & 63)
    }

    /// Is this one of the words, whatever its case? In wasm, where its two tests at each of so many places are more bytes than time, a call.
    #[cfg_attr(target_family = "wasm", inline(never))]
    #[cfg_attr(not(target_family = "wasm"), inline(always))]
    pub(crate) fn has(&self, word: &[u8]) -> bool {
        self.lengths & Self::length(word.len()) != 0 && self.firsts & Self::first(at(word, 0)) != 0 && is_one_of(self.text, word)
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &'static str> {
        self.text.split_ascii_whitespace()
    }
}

/// Words that are looked for in one place alone.
macro_rules! words {
    ($text:literal) => {
        const { $crate::scan::bytes::Words::new($text) }
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
    let first = at(text, 0).to_ascii_lowercase();
    let begun = memchr::memchr_iter(first, list).filter(|&i| matches!(before(list, i), 0 | b'|'));
    begun.map(|i| part(list, i, i + run(list, i, |b| b != b'|'))).find(|phrase| starts_with_nocase(text, phrase)).map(<[u8]>::len)
}

/// Four bytes from `i` on as one number that is blind to the case of letters; past the end there are zeros.
#[inline(always)]
pub(crate) fn gram(text: &[u8], i: usize) -> u32 {
    match text.get(i..).and_then(<[u8]>::first_chunk) {
        Some(four) => fold(*four),
        None => short_gram(text, i),
    }
}

#[cold]
fn short_gram(text: &[u8], i: usize) -> u32 {
    fold([at(text, i), at(text, i + 1), at(text, i + 2), 0])
}

/// See [`gram`].
#[inline(always)]
pub(crate) const fn fold(four: [u8; 4]) -> u32 {
    u32::from_le_bytes(four) | 0x2020_2020
}

/// The first sixteen bytes of a text; zeros where it has fewer.
#[inline(always)]
pub(crate) fn sixteen(text: &[u8]) -> [u8; 16] {
    if let Some(all) = text.first_chunk() {
        return *all;
    }
    let length = text.len();
    // two reads that overlap: the second without what the first has
    let (low, high) = if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        (u64::from_le_bytes(*first), u64::from_le_bytes(*last).unbounded_shr(8 * (16 - length as u32)))
    } else if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        (u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << (8 * (length - 4)), 0)
    } else {
        (u64::from_le_bytes([at(text, 0), at(text, 1), at(text, 2), 0, 0, 0, 0, 0]), 0)
    };
    let mut bytes = [0; 16];
    if let Some((first, last)) = bytes.split_first_chunk_mut() {
        *first = low.to_le_bytes();
        last.copy_from_slice(&high.to_le_bytes());
    }
    bytes
}

/// A set of grams by a hash of 16 bits, so that it may hold more than was put in: 8 KB, which stay in the first-level cache.
#[derive(Clone)]
pub(crate) struct GramSet([u64; 1024]);

impl GramSet {
    pub(crate) const fn new() -> Self {
        Self([0; 1024])
    }

    #[inline(always)]
    const fn slot(gram: u32) -> u32 {
        gram.wrapping_mul(0x9e37_79b1) >> 16
    }

    pub(crate) fn insert(&mut self, gram: u32) {
        let slot = Self::slot(gram);
        if let Some(bits) = self.0.get_mut((slot >> 6) as usize) {
            *bits |= 1 << (slot & 63);
        }
    }

    /// Adds the beginning of a word: one of three letters whatever follows it, one of two where it ends there.
    pub(crate) fn insert_start(&mut self, word: &[u8]) {
        self.insert(gram(word, 0));
        match *word {
            // each with the bit that makes letters small
            [a, b, c] => (0x20..0x40).chain(0x60..0x80).for_each(|d| self.insert(fold([a, b, c, d]))),
            [a, b] => b"=:\"' ".iter().for_each(|&c| self.insert_start(&[a, b, c])),
            _ => {}
        }
    }

    /// Adds the end of a word that has four letters at least.
    pub(crate) fn insert_end(&mut self, word: &[u8]) {
        self.insert(gram(word, word.len().saturating_sub(4)));
    }

    /// Adds all that another set has.
    pub(crate) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(all, more)| *all |= more);
    }

    #[inline(always)]
    pub(crate) fn contains(&self, gram: u32) -> bool {
        let slot = Self::slot(gram);
        self.0.get((slot >> 6) as usize).is_some_and(|bits| bits >> (slot & 63) & 1 != 0)
    }
}

/// A set of words by the hash that [`whole`] gives them. Each has two places, so that of thousands of words hardly another one passes.
#[derive(Clone)]
pub(crate) struct WordSet(GramSet);

impl WordSet {
    pub(crate) const fn new() -> Self {
        Self(GramSet::new())
    }

    const fn other(word: u32) -> u32 {
        word.rotate_left(16)
    }

    pub(crate) fn insert(&mut self, word: u32) {
        self.0.insert(word);
        self.0.insert(Self::other(word));
    }

    #[inline(always)]
    pub(crate) fn contains(&self, word: u32) -> bool {
        self.0.contains(word) && self.0.contains(Self::other(word))
    }
}

/// Fourth bytes that a [`GramMap`] tells apart, and one for all others.
const FOURTH: std::ops::RangeInclusive<u8> = b'_'..=0x80;

/// What begins with a gram: up to four kinds, one bit each, by a hash of 16 bits like that of a [`GramSet`]. One read answers for all of
/// them. Four more bits are tags, of which a gram has one: what has the slot of another by chance seldom has its tag as well. A fourth byte
/// that is no letter counts as any other that is none.
#[derive(Clone)]
pub(crate) struct GramMap(Box<[u8; 1 << 16]>);

impl GramMap {
    pub(crate) fn new() -> Self {
        Self(Box::new([0; 1 << 16]))
    }

    #[inline(always)]
    const fn hash(gram: u32) -> u32 {
        // of ASCII, letters and a few marks have the second highest bit
        let keep = ((gram << 1) as i32 >> 31) as u32;
        (gram & (keep | 0x00ff_ffff)).wrapping_mul(0x9e37_79b1)
    }

    #[inline(always)]
    const fn tag(hash: u32) -> u8 {
        16 << (hash >> 14 & 3)
    }

    pub(crate) fn insert(&mut self, gram: u32, kind: u8) {
        let hash = Self::hash(gram);
        if let Some(slot) = self.0.get_mut((hash >> 16) as usize) {
            *slot |= kind | Self::tag(hash);
        }
    }

    /// Adds the beginning of a word: one of three letters whatever follows it, one of two where it ends there.
    pub(crate) fn insert_start(&mut self, word: &[u8], kind: u8) {
        match *word {
            [a, b, c] => FOURTH.for_each(|d| self.insert(fold([a, b, c, d]), kind)),
            [a, b] => b"=:\"' ".iter().for_each(|&c| self.insert_start(&[a, b, c], kind)),
            _ => self.insert(gram(word, 0), kind),
        }
    }

    /// Adds the beginning of a word that counts as a whole: behind one of three letters or fewer stands no other.
    pub(crate) fn insert_word(&mut self, word: &[u8], kind: u8) {
        match *word {
            [_, _] => self.insert_start(word, kind),
            [a, b, c] => FOURTH.filter(|d| !d.is_ascii_lowercase()).for_each(|d| self.insert(fold([a, b, c, d]), kind)),
            _ => self.insert(gram(word, 0), kind),
        }
    }

    /// May this gram have a kind? As [`get`](Self::get), without a look at the tag.
    #[inline(always)]
    pub(crate) fn may_have(&self, gram: u32) -> bool {
        self.0.get((Self::hash(gram) >> 16) as usize).is_some_and(|&slot| slot != 0)
    }

    /// The kinds of a gram.
    #[inline(always)]
    pub(crate) fn get(&self, gram: u32) -> u8 {
        let hash = Self::hash(gram);
        self.0.get((hash >> 16) as usize).map_or(0, |slot| if slot & Self::tag(hash) != 0 { slot & 15 } else { 0 })
    }
}

/// Where a word in capitals ends without the `s` of several: `SSNs`.
#[inline(always)]
pub(crate) fn singular(text: &[u8], end: usize) -> usize {
    let plural = before(text, end) == b's' && class(before(text, end - 1)) & UPPER != 0;
    end - usize::from(plural)
}

/// The word `start..end` as one gram, which others share as rarely as four bytes do.
pub(crate) fn whole(text: &[u8], start: usize, end: usize) -> u32 {
    whole_of(gram(text, start), text, start, end)
}

/// As [`whole`], where the gram of the beginning is known.
#[inline(always)]
pub(crate) fn whole_of(first: u32, text: &[u8], start: usize, end: usize) -> u32 {
    let length = (end - start) as u32;
    match length {
        0..4 => first & ((1 << (8 * length)) - 1) | length << 24,
        _ => first.wrapping_mul(0x85eb_ca6b) ^ gram(text, end - 4).rotate_left(22) ^ length,
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn grams_are_blind_to_case_and_end_with_the_text() {
        assert_eq!(gram(b"..PassWord", 2), gram(b"password", 0));
        assert_eq!(gram(b"xyz", 1), fold([b'y', b'z', 0, 0]));
        assert_eq!(gram(b"xyz", 7), fold([0; 4]));
    }

    #[test]
    fn sixteen_bytes_and_fewer() {
        let text = b"0123456789abcdefgh";
        for length in 0..=18 {
            let mut bytes = [0; 16];
            bytes.iter_mut().zip(&text[..length]).for_each(|(to, from)| *to = *from);
            assert_eq!(sixteen(&text[..length]), bytes, "{length}");
        }
    }

    #[test]
    fn short_words_are_found_whatever_follows() {
        let mut set = GramSet::new();
        set.insert_start(b"pin");
        set.insert_start(b"token");
        assert!(["pin", "PIN=", "pin\"", "pinCode", "tokens", "TOKE"].iter().all(|text| set.contains(gram(text.as_bytes(), 0))));
        assert!(["pan", "tok", ""].iter().all(|text| !set.contains(gram(text.as_bytes(), 0))));
    }
}
