//! Grams, four bytes as one number, and hashed sets and maps of them: whether a word may begin or end here, in one read.

use crate::scan::bytes::at;

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn grams_are_blind_to_case_and_end_with_the_text() {
        assert_eq!(gram(b"..PassWord", 2), gram(b"password", 0));
        assert_eq!(gram(b"xyz", 1), fold([b'y', b'z', 0, 0]));
        assert_eq!(gram(b"xyz", 7), fold([0; 4]));
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
