//! Byte classes by table, and reads that cannot panic.

/// Letters.
pub(crate) const UPPER: u8 = 1;
pub(crate) const LOWER: u8 = 2;
/// `0` to `9`.
pub(crate) const DIGIT: u8 = 4;
/// `_`.
pub(crate) const UNDERSCORE: u8 = 8;
/// What a word is made of.
pub(crate) const WORD: u8 = UPPER | LOWER | DIGIT | UNDERSCORE;
/// A byte outside words at which the scan must stop and look.
pub(crate) const STOP: u8 = 16;
/// Above ASCII.
pub(crate) const HIGH: u8 = 32;

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
            b'@' | b'=' | b':' | b'$' | b'-' | b'\\' | b'%' | b'>' | 0x1b => STOP,
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

/// Is this a byte of a word (`A-Z a-z 0-9 _`)?
#[inline(always)]
pub(crate) fn is_word(b: u8) -> bool {
    class(b) & WORD != 0
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

/// Three bytes folded to 16 bits: an index that is blind to case, tells digits from letters at its end, and is cheap to test.
#[inline(always)]
pub(crate) const fn trigram(a: u8, b: u8, c: u8) -> usize {
    (a & 31) as usize | ((b & 31) as usize) << 5 | ((c & 31 | c >> 1 & 32) as usize) << 10
}

/// A set of trigrams: 8 KB, so that it stays in the first-level cache.
#[derive(Clone)]
pub(crate) struct TrigramSet([u64; 1024]);

impl TrigramSet {
    pub(crate) const fn new() -> Self {
        Self([0; 1024])
    }

    #[allow(clippy::indexing_slicing, reason = "sixteen bits cannot be outside 1,024 words of 64")]
    pub(crate) const fn insert(&mut self, trigram: usize) {
        self.0[trigram >> 6 & 1023] |= 1 << (trigram & 63);
    }

    /// Adds the beginning of a word.
    #[allow(clippy::indexing_slicing, reason = "the length is checked beside it")]
    pub(crate) const fn insert_start(&mut self, word: &[u8]) {
        let third = if word.len() > 2 { word[2] } else { 0 };
        if word.len() > 1 {
            self.insert(trigram(word[0], word[1], third));
        }
    }

    #[inline(always)]
    pub(crate) fn contains(&self, trigram: usize) -> bool {
        self.0.get(trigram >> 6 & 1023).is_some_and(|word| word >> (trigram & 63) & 1 != 0)
    }
}
