//! A set of bytes.

use crate::scan::bytes;

/// A set of bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ByteSet([u64; 4]);

impl ByteSet {
    /// Every byte.
    pub(crate) const ALL: Self = Self([u64::MAX; 4]);

    /// What is of one of these [classes](bytes::class).
    #[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
    pub(crate) const fn of_class(classes: u8) -> Self {
        let mut set = [0; 4];
        let mut b = 0;
        while b < 256 {
            if bytes::class(b as u8) & classes != 0 {
                set[b >> 6] |= 1 << (b & 63);
            }
            b += 1;
        }
        Self(set)
    }

    /// These bytes as well.
    #[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
    pub(crate) const fn and(mut self, mut others: &[u8]) -> Self {
        while let [b, rest @ ..] = others {
            self.0[(*b >> 6) as usize] |= 1 << (*b & 63);
            others = rest;
        }
        self
    }

    /// Its bytes, from the least on.
    pub(super) fn bytes(&self) -> impl Iterator<Item = u8> {
        let mut words = (0..).step_by(64).zip(self.0);
        let (mut base, mut left) = (0, 0_u64);
        std::iter::from_fn(move || {
            while left == 0 {
                (base, left) = words.next()?;
            }
            let byte = base + left.trailing_zeros();
            left &= left - 1;
            Some(byte as u8)
        })
    }

    /// A bit for each value of the five lowest bits of its bytes, which case is not told by.
    pub(crate) fn low_bits(&self) -> u32 {
        let all = self.0.iter().fold(0, |all, word| all | word);
        (all | all >> 32) as u32
    }

    pub(super) fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).all(|(word, other)| word & !other == 0)
    }

    /// Has this a byte of the other set?
    pub(super) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).any(|(word, other)| word & other != 0)
    }

    pub(super) fn add(&mut self, other: &Self) {
        self.0.iter_mut().zip(other.0).for_each(|(word, other)| *word |= other);
    }

    /// The bytes that are not in it.
    pub(super) fn negated(self) -> Self {
        Self(self.0.map(|word| !word))
    }

    /// Adds the bytes from `first` to `last`.
    pub(super) fn insert(&mut self, first: u8, last: u8) {
        for (base, word) in (0..).step_by(64).zip(&mut self.0) {
            let below = |byte: u32| !(!0_u64).unbounded_shl(byte.saturating_sub(base));
            *word |= below(u32::from(last) + 1) & !below(first.into());
        }
    }

    /// Without the capitals whose small letters are there.
    pub(super) fn folded(self) -> Self {
        let [low, letters, third, fourth] = self.0;
        Self([low, letters & !(letters >> 32 & 0x07ff_fffe), third, fourth])
    }

    #[inline]
    pub(crate) fn has(&self, b: u8) -> bool {
        self.0.get(usize::from(b >> 6)).is_some_and(|word| word >> (b & 63) & 1 != 0)
    }
}
