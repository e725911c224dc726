//! Short pieces of text and the values in which they stand: a filter that most text does not pass, and a table behind it.

/// An entry names its place in the form in two bytes; a piece is taken from the beginning of a long one.
pub(super) const FAR: usize = 4096;

/// Bits of the filter for each piece, at least: the more, the fewer pass by chance, and the less of it stays in a cache.
const BITS: usize = 16;

/// Where a piece stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    tag: u32,
    /// Position of the value.
    pub(super) value: u32,
    /// Bytes from the beginning of the form.
    pub(super) offset: u16,
    /// Position of the form.
    pub(super) form: u8,
}

impl Entry {
    pub(super) fn new(hash: u64, value: u32, form: u8, offset: usize) -> Self {
        Self { tag: tag(hash), value, offset: offset as u16, form }
    }
}

/// The middle of a hash: the filter takes its upper bits.
fn tag(hash: u64) -> u32 {
    (hash >> 16) as u32
}

/// `length` bytes of text from `from` on, at most eight, as a hash; nothing where the text ends before.
#[inline(always)]
pub(super) fn hash(text: &[u8], from: usize, length: usize) -> Option<u64> {
    let rest = text.get(from..)?;
    let bytes = match rest.first_chunk() {
        Some(eight) => u64::from_le_bytes(*eight),
        None => last(rest, length)?,
    };
    Some(mixed(bytes, length))
}

#[cold]
fn last(rest: &[u8], length: usize) -> Option<u64> {
    Some(rest.get(..length)?.iter().rev().fold(0, |all, &b| all << 8 | u64::from(b)))
}

/// As [`hash`], of eight bytes of which the first `length` count.
#[inline(always)]
fn mixed(bytes: u64, length: usize) -> u64 {
    let counted = bytes << (64 - 8 * length as u32);
    (counted ^ counted >> 29).wrapping_mul(0x9e37_79b9_7f4a_7c15)
}

/// Entries by the hash of their piece.
#[derive(Default)]
pub(super) struct Table {
    /// Two bits a piece, in one word.
    filter: Box<[u64]>,
    /// Where each bucket ends.
    ends: Box<[u32]>,
    entries: Box<[Entry]>,
}

impl Table {
    /// Of so many pieces, where each counts once.
    pub(super) fn new(found: &[(u64, Entry)], distinct: usize) -> Self {
        if found.is_empty() {
            return Self::default();
        }
        let mut filter = vec![0; (distinct * BITS / 64).next_power_of_two()];
        let mut ends = vec![0; found.len().next_power_of_two()];
        let buckets = ends.len();
        for &(hash, _) in found {
            let place = word(hash, filter.len());
            if let Some(word) = filter.get_mut(place) {
                *word |= mask(hash);
            }
            if let Some(count) = ends.get_mut(word(hash, buckets)) {
                *count += 1;
            }
        }
        let mut total = 0;
        for end in &mut ends {
            total += *end;
            *end = total - *end;
        }
        // each bucket's beginning moves to its end while it is filled
        let empty = Entry { tag: 0, value: 0, offset: 0, form: 0 };
        let mut entries = vec![empty; found.len()];
        for &(hash, entry) in found {
            if let Some(end) = ends.get_mut(word(hash, buckets)) {
                if let Some(slot) = entries.get_mut(*end as usize) {
                    *slot = entry;
                }
                *end += 1;
            }
        }
        Self { filter: filter.into(), ends: ends.into(), entries: entries.into() }
    }

    /// May a piece of this hash be one of ours?
    #[inline(always)]
    pub(super) fn passes(&self, hash: u64) -> bool {
        let bits = self.filter.get(word(hash, self.filter.len())).copied().unwrap_or_default();
        !bits & mask(hash) == 0
    }

    /// The entries of this hash, and by chance another.
    pub(super) fn entries(&self, hash: u64) -> impl Iterator<Item = &Entry> {
        let bucket = word(hash, self.ends.len());
        let end = |bucket: usize| self.ends.get(bucket).copied().unwrap_or_default() as usize;
        let start = bucket.checked_sub(1).map_or(0, end);
        let tag = tag(hash);
        self.entries.get(start..end(bucket)).unwrap_or_default().iter().filter(move |entry| entry.tag == tag)
    }
}

/// The place of a hash among `length` of them, a power of two.
#[inline(always)]
fn word(hash: u64, length: usize) -> usize {
    (hash >> 40) as usize & length.wrapping_sub(1)
}

/// Two bits of a word.
#[inline(always)]
fn mask(hash: u64) -> u64 {
    1 << (hash >> 34 & 63) | 1 << (hash >> 28 & 63)
}
