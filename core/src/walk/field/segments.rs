//! A key, split into its segments.

use crate::scan::block::{BLOCK, Block};
use crate::scan::bytes;

/// Segments looked at in one key, from its end.
const SEGMENTS: usize = 8;
/// Bytes looked at in one key, from its end.
pub(crate) const KEY_MAX: usize = BLOCK;

/// The segments of a key, in order, without a heap.
pub(crate) struct Segments<'k> {
    key: &'k [u8],
    bounds: [(u8, u8); SEGMENTS],
    count: usize,
}

impl<'k> Segments<'k> {
    /// Splits at everything but letters and digits, at `aB`, and before the last capital of `ABcd`; trailing digits are dropped (`password1`).
    /// The key has at most [`KEY_MAX`] bytes.
    pub(crate) fn of(key: &'k [u8]) -> Self {
        let block = Block::of_text(key);
        let letters = block.letter | block.digit | block.high;
        let lower = block.letter & !block.upper;
        let humps = block.upper & ((lower | block.digit) << 1 | block.upper << 1 & lower >> 1 & lower >> 2);
        let mut starts = letters & (!(letters << 1) | humps);
        let mut segments = Self { key, bounds: [(0, 0); SEGMENTS], count: 0 };
        while starts != 0 {
            let start = starts.trailing_zeros();
            starts &= starts - 1;
            let length = (letters >> start).trailing_ones().min(starts.trailing_zeros() - start);
            let digits = (block.digit << (BLOCK as u32 - start - length)).leading_ones();
            segments.push(start, start + length - if digits < length { digits } else { 0 });
        }
        segments
    }

    fn push(&mut self, start: u32, end: u32) {
        if self.count == SEGMENTS {
            self.bounds.rotate_left(1);
            self.count -= 1;
        }
        if let Some(slot) = self.bounds.get_mut(self.count) {
            *slot = (start as u8, end as u8);
            self.count += 1;
        }
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &'k [u8]> + Clone {
        self.bounds.iter().take(self.count).map(|&(start, end)| bytes::part(self.key, start.into(), end.into()))
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }
}
