//! Byte classes by table, and reads that cannot panic: a byte, a part, a run, a find.

pub(crate) use crate::scan::wordlist::{Words, ends_with_one_of, phrase, words};

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

/// Behind the bytes from `from` on that satisfy `test`.
#[inline(always)]
pub(crate) fn skip(text: &[u8], from: usize, test: impl Fn(u8) -> bool) -> usize {
    from + run(text, from, test)
}

/// Before the bytes just before `from` that satisfy `test`, `limit` of them at most.
#[inline(always)]
pub(crate) fn skip_back(text: &[u8], from: usize, limit: usize, test: impl Fn(u8) -> bool) -> usize {
    from - run_back(text, from, limit, test)
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

/// Does this begin and end a literal of some language?
#[inline(always)]
pub(crate) fn is_quote(b: u8) -> bool {
    matches!(b, b'"' | b'\'' | b'`')
}

/// Is this a letter, or a byte of one above ASCII?
pub(crate) fn is_letter(b: u8) -> bool {
    class(b) & (LETTER | HIGH) != 0
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

/// Where a word in capitals ends without the `s` of several: `SSNs`.
#[inline(always)]
pub(crate) fn singular(text: &[u8], end: usize) -> usize {
    let plural = before(text, end) == b's' && class(before(text, end - 1)) & UPPER != 0;
    end - usize::from(plural)
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use super::*;

    #[test]
    fn sixteen_bytes_and_fewer() {
        let text = b"0123456789abcdefgh";
        for length in 0..=18 {
            let mut bytes = [0; 16];
            bytes.iter_mut().zip(&text[..length]).for_each(|(to, from)| *to = *from);
            assert_eq!(sixteen(&text[..length]), bytes, "{length}");
        }
    }
}
