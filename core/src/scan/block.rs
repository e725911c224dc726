//! Sixty-four bytes of text as bit masks: one bit a byte, the first byte the lowest.
//!
//! They are made of lanes of sixteen bytes: by comparisons in vectors (SSE2, NEON) or in two integers, by tables in WebAssembly's SIMD128.

use crate::scan::bytes::sixteen;

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64", target_feature = "simd128")))]
use integers::Bytes as Native;
#[cfg(target_feature = "simd128")]
use tables::Bytes as Native;
#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
use vectors::Bytes as Native;

/// Bytes in a block.
pub(crate) const BLOCK: usize = 64;
/// Bytes in a lane.
const LANE: usize = 16;

/// The masks of one block.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Block {
    pub(crate) upper: u64,
    /// `A` to `Z` and `a` to `z`.
    pub(crate) letter: u64,
    pub(crate) digit: u64,
    /// Above ASCII.
    pub(crate) high: u64,
    /// What keys are made of: letters, digits, `_ - .` and all above ASCII.
    pub(crate) key: u64,
    /// What separates keys from values: `:`, `=`, and the `>` of an element.
    pub(crate) separator: u64,
    /// What may stand between two groups of digits: spaces, `- . /` and brackets.
    pub(crate) joint: u64,
    /// Other bytes at which the scan must stop and look: `@ # $ % \`, ESC, and what begins an invisible or a full-width character.
    pub(crate) stop: u64,
    /// Of JSON alone: `"`.
    pub(crate) quote: u64,
    /// Of JSON alone: what cannot stand in a string as it is, `\` and control characters.
    pub(crate) escape: u64,
}

impl Block {
    /// The masks of a short text; past its end there are zeros. Where one lane is enough, what is not asked for is not made.
    #[inline(always)]
    pub(crate) fn of_text(text: &[u8]) -> Self {
        if text.len() <= LANE {
            return Self::of::<false, Native>(&[sixteen(text)]);
        }
        let mut block = Self::default();
        block.read::<false>(text, 0);
        block
    }

    /// Reads the block at `from`, a multiple of its length, in place of what was there; past the end of the text there are zeros.
    #[inline(never)]
    pub(crate) fn read<const JSON: bool>(&mut self, text: &[u8], from: usize) {
        match text.get(from..).and_then(<[u8]>::first_chunk::<BLOCK>) {
            Some(bytes) => *self = Self::of::<JSON, Native>(bytes.as_chunks().0),
            None => *self = Self::of_tail::<JSON>(text, from),
        }
    }

    /// The last bytes of a text, fewer than a block.
    #[inline(never)]
    fn of_tail<const JSON: bool>(text: &[u8], from: usize) -> Self {
        let rest = text.get(from..).unwrap_or_default();
        let mut lanes = [[0; LANE]; BLOCK / LANE];
        let mut count = 0;
        for (lane, bytes) in lanes.iter_mut().zip(rest.chunks(LANE)) {
            *lane = sixteen(bytes);
            count += 1;
        }
        Self::of::<JSON, Native>(lanes.get(..count).unwrap_or_default())
    }

    #[inline(always)]
    fn of<const JSON: bool, L: Lane>(bytes: &[[u8; LANE]]) -> Self {
        let lanes = || bytes.iter().map(|bytes| <L as Lane>::load(bytes)).zip((0..BLOCK).step_by(LANE));
        let mut block = Self::default();
        let mut rare = 0;
        for (lane, place) in lanes() {
            let put = |mask: &mut u64, bits: u64| *mask |= bits << place;
            put(&mut block.upper, lane.upper());
            put(&mut block.letter, lane.letter());
            put(&mut block.digit, lane.digit());
            put(&mut block.high, lane.high());
            put(&mut block.separator, lane.separator());
            put(&mut block.joint, lane.joint());
            put(&mut block.key, lane.key());
            if JSON {
                put(&mut block.quote, lane.quote());
                put(&mut block.escape, lane.escape());
            }
            rare |= lane.stop();
        }
        block.key |= block.high;
        // most blocks have none of these
        if rare | block.high != 0 {
            for (lane, place) in lanes() {
                let put = |mask: &mut u64, bits: u64| *mask |= bits << place;
                put(&mut block.stop, lane.stop() | lane.is(0xc2) | lane.is(0xe2) | lane.is(0xef));
                put(&mut block.joint, lane.is(0xc2) | lane.is(0xa0));
            }
        }
        block
    }
}

/// Sixteen bytes and one bit for each that is of a kind; see [`Block`].
trait Lane: Copy {
    fn load(bytes: &[u8; LANE]) -> Self;
    fn is(self, byte: u8) -> u64;
    fn upper(self) -> u64;
    fn letter(self) -> u64;
    fn digit(self) -> u64;
    fn high(self) -> u64;
    fn separator(self) -> u64;
    fn joint(self) -> u64;
    /// Without what is above ASCII.
    fn key(self) -> u64;
    fn quote(self) -> u64;
    fn escape(self) -> u64;
    fn stop(self) -> u64;
}

/// WebAssembly looks bytes up by their halves: constants are dear there, and comparisons need many.
#[cfg(target_feature = "simd128")]
mod tables {
    use wide::{u8x16, u16x8};

    use super::{LANE, Lane};

    const SMALL_LETTER: u8 = 1 << 7;
    const LARGE_LETTER: u8 = 1 << 6;
    const DIGIT: u8 = 1 << 5;
    const SEPARATOR: u8 = 1 << 4;
    const JOINT: u8 = 1 << 3;
    const HYPHEN: u8 = 1 << 2;
    const UNDERSCORE: u8 = 1 << 1;
    const DOLLAR: u8 = 1;

    /// By the upper half of a byte.
    const HIGH: [u8; 16] = {
        let mut table = [0; 16];
        table[2] = JOINT | HYPHEN | DOLLAR;
        table[3] = DIGIT | SEPARATOR;
        table[4] = LARGE_LETTER;
        table[5] = SMALL_LETTER | UNDERSCORE;
        table[6] = LARGE_LETTER;
        table[7] = SMALL_LETTER;
        table
    };
    /// By the lower half: `a` to `o` and `p` to `z` are two kinds here.
    #[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
    const LOW: [u8; 16] = {
        let mut table = [LARGE_LETTER; 16];
        table[0] = 0;
        let mut i = 0;
        while i < 16 {
            if i <= 0xa {
                table[i] |= SMALL_LETTER;
            }
            if i <= 9 {
                table[i] |= DIGIT;
            }
            if i == 0xa || i == 0xd || i == 0xe {
                table[i] |= SEPARATOR;
            }
            if i == 0 || i == 8 || i == 9 || i >= 0xd {
                table[i] |= JOINT;
            }
            if i == 0xd || i == 0xe {
                table[i] |= HYPHEN;
            }
            if i == 3 || i == 4 || i == 5 {
                table[i] |= DOLLAR;
            }
            i += 1;
        }
        table[0xf] |= UNDERSCORE;
        table
    };

    #[derive(Clone, Copy)]
    pub(super) struct Bytes {
        bytes: u8x16,
        kinds: u8x16,
    }

    /// One bit a byte that has this bit: it is moved to the top.
    #[inline(always)]
    fn bits(bytes: u8x16, bit: u8) -> u64 {
        let moved: u16x8 = bytemuck::cast(bytes);
        let moved: u8x16 = bytemuck::cast(moved << bit.leading_zeros());
        moved.to_bitmask().into()
    }

    impl Lane for Bytes {
        #[inline(always)]
        fn load(bytes: &[u8; LANE]) -> Self {
            let bytes = u8x16::new(*bytes);
            let upper: u16x8 = bytemuck::cast(bytes);
            let upper: u8x16 = bytemuck::cast(upper >> 4_u32);
            let low = u8x16::splat(0xf);
            let kinds = u8x16::new(HIGH).shuffle_zeroing(upper & low) & u8x16::new(LOW).shuffle_zeroing(bytes & low);
            Self { bytes, kinds }
        }

        #[inline(always)]
        fn is(self, byte: u8) -> u64 {
            self.bytes.simd_eq(u8x16::splat(byte)).to_bitmask().into()
        }

        #[inline(always)]
        fn upper(self) -> u64 {
            self.letter() & !bits(self.bytes, 0x20)
        }

        #[inline(always)]
        fn letter(self) -> u64 {
            bits(self.kinds, SMALL_LETTER) | bits(self.kinds, LARGE_LETTER)
        }

        #[inline(always)]
        fn digit(self) -> u64 {
            bits(self.kinds, DIGIT)
        }

        #[inline(always)]
        fn high(self) -> u64 {
            bits(self.bytes, 0x80)
        }

        #[inline(always)]
        fn separator(self) -> u64 {
            bits(self.kinds, SEPARATOR)
        }

        #[inline(always)]
        fn joint(self) -> u64 {
            bits(self.kinds, JOINT)
        }

        #[inline(always)]
        fn key(self) -> u64 {
            self.letter() | self.digit() | bits(self.kinds, HYPHEN) | bits(self.kinds, UNDERSCORE)
        }

        #[inline(always)]
        fn quote(self) -> u64 {
            self.is(b'"')
        }

        #[inline(always)]
        fn escape(self) -> u64 {
            u64::from(self.bytes.simd_lt(u8x16::splat(0x20)).to_bitmask()) | self.is(b'\\')
        }

        #[inline(always)]
        fn stop(self) -> u64 {
            let others =
                self.bytes.simd_eq(u8x16::splat(b'@')) | self.bytes.simd_eq(u8x16::splat(b'\\')) | self.bytes.simd_eq(u8x16::splat(0x1b));
            bits(self.kinds, DOLLAR) | u64::from(others.to_bitmask())
        }
    }
}

/// Sixteen bytes that are compared at once. A byte passes or not; only [`bits`](Self::bits) looks at how.
trait Compare: Copy {
    fn load(bytes: &[u8; LANE]) -> Self;
    /// Sets the bits of `bits` in every byte.
    fn or(self, bits: u8) -> Self;
    /// What is `byte`.
    fn equal(self, byte: u8) -> Self;
    /// What lies between two bytes of ASCII, both included.
    fn within(self, first: u8, last: u8) -> Self;
    /// What passed here or there.
    fn union(self, other: Self) -> Self;
    /// One bit for every byte that passed; of what was loaded, for every byte above ASCII.
    fn bits(self) -> u64;
}

impl<C: Compare> Lane for C {
    #[inline(always)]
    fn load(bytes: &[u8; LANE]) -> Self {
        C::load(bytes)
    }

    #[inline(always)]
    fn is(self, byte: u8) -> u64 {
        self.equal(byte).bits()
    }

    #[inline(always)]
    fn upper(self) -> u64 {
        self.within(b'A', b'Z').bits()
    }

    #[inline(always)]
    fn letter(self) -> u64 {
        self.or(0x20).within(b'a', b'z').bits()
    }

    #[inline(always)]
    fn digit(self) -> u64 {
        self.within(b'0', b'9').bits()
    }

    #[inline(always)]
    fn high(self) -> u64 {
        self.bits()
    }

    #[inline(always)]
    fn separator(self) -> u64 {
        self.within(b'=', b'>').union(self.equal(b':')).bits()
    }

    #[inline(always)]
    fn joint(self) -> u64 {
        let brackets = self.within(b'(', b')').union(self.equal(b' '));
        self.within(b'-', b'/').union(brackets).bits()
    }

    #[inline(always)]
    fn key(self) -> u64 {
        let marks = self.within(b'-', b'.').union(self.equal(b'_'));
        self.or(0x20).within(b'a', b'z').union(self.within(b'0', b'9')).union(marks).bits()
    }

    #[inline(always)]
    fn quote(self) -> u64 {
        self.is(b'"')
    }

    #[inline(always)]
    fn escape(self) -> u64 {
        self.within(0, 0x1f).union(self.equal(b'\\')).bits()
    }

    #[inline(always)]
    fn stop(self) -> u64 {
        self.equal(b'@').union(self.within(b'#', b'%')).union(self.equal(b'\\')).union(self.equal(0x1b)).bits()
    }
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
mod vectors {
    use wide::{i8x16, u8x16};

    use super::{Compare, LANE};

    #[derive(Clone, Copy)]
    pub(super) struct Bytes(u8x16);

    impl Compare for Bytes {
        #[inline(always)]
        fn load(bytes: &[u8; LANE]) -> Self {
            Self(u8x16::new(*bytes))
        }

        #[inline(always)]
        fn or(self, bits: u8) -> Self {
            Self(self.0 | u8x16::splat(bits))
        }

        #[inline(always)]
        fn equal(self, byte: u8) -> Self {
            Self(self.0.simd_eq(u8x16::splat(byte)))
        }

        /// Moved so that `last` is the highest number with a sign: of those, one comparison tells the rest.
        #[inline(always)]
        fn within(self, first: u8, last: u8) -> Self {
            let moved: i8x16 = bytemuck::cast(self.0 + u8x16::splat(0x7f - last));
            Self(bytemuck::cast(moved.simd_gt(i8x16::splat((0x7e - (last - first)) as i8))))
        }

        #[inline(always)]
        fn union(self, other: Self) -> Self {
            Self(self.0 | other.0)
        }

        #[inline(always)]
        fn bits(self) -> u64 {
            self.0.to_bitmask().into()
        }
    }
}

#[cfg(any(test, not(any(target_arch = "x86_64", target_arch = "aarch64", target_feature = "simd128"))))]
mod integers {
    use super::{Compare, LANE};

    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;

    /// Two halves; what passed has its high bit set.
    #[derive(Clone, Copy)]
    pub(super) struct Bytes([u64; 2]);

    impl Compare for Bytes {
        #[inline(always)]
        fn load(bytes: &[u8; LANE]) -> Self {
            let (low, high) = bytes.split_at(LANE / 2);
            Self([low, high].map(|half| half.first_chunk().map_or(0, |half| u64::from_le_bytes(*half))))
        }

        #[inline(always)]
        fn or(self, bits: u8) -> Self {
            Self(self.0.map(|half| half | (ONES * u64::from(bits))))
        }

        /// A sum of seven bits never reaches the next byte.
        #[inline(always)]
        fn equal(self, byte: u8) -> Self {
            Self(self.0.map(|half| {
                let other = half ^ (ONES * u64::from(byte));
                !(((other & !HIGHS) + !HIGHS) | other) & HIGHS
            }))
        }

        #[inline(always)]
        fn within(self, first: u8, last: u8) -> Self {
            Self(self.0.map(|half| {
                let reaches = |least: u8| (half & !HIGHS) + ONES * u64::from(0x80 - least);
                reaches(first) & !reaches(last + 1) & !half & HIGHS
            }))
        }

        #[inline(always)]
        fn union(self, other: Self) -> Self {
            let ([a, b], [c, d]) = (self.0, other.0);
            Self([a | c, b | d])
        }

        /// The product gathers the high bits.
        #[inline(always)]
        fn bits(self) -> u64 {
            let [low, high] = self.0.map(|half| (half >> 7 & ONES).wrapping_mul(0x0102_0408_1020_4080) >> 56);
            low | high << 8
        }
    }
}

#[cfg(test)]
#[allow(clippy::indexing_slicing, reason = "a test may panic")]
mod tests {
    use super::*;
    use crate::scan::bytes::{self, class};

    fn expected(text: &[u8; BLOCK]) -> Block {
        let bits = |test: fn(u8) -> bool| text.iter().enumerate().fold(0, |mask, (i, &b)| mask | u64::from(test(b)) << i);
        Block {
            upper: bits(|b| class(b) & bytes::UPPER != 0),
            letter: bits(|b| class(b) & bytes::LETTER != 0),
            digit: bits(|b| class(b) & bytes::DIGIT != 0),
            high: bits(|b| class(b) & bytes::HIGH != 0),
            key: bits(|b| class(b) & (bytes::WORD | bytes::HIGH) != 0 || matches!(b, b'-' | b'.')),
            separator: bits(|b| matches!(b, b':' | b'=' | b'>')),
            joint: bits(|b| class(b) & bytes::JOINT != 0),
            stop: bits(|b| matches!(b, b'@' | b'#' | b'$' | b'%' | b'\\' | 0x1b | 0xc2 | 0xe2 | 0xef)),
            quote: bits(|b| b == b'"'),
            escape: bits(|b| b < 0x20 || b == b'\\'),
        }
    }

    #[test]
    fn every_byte_at_every_place() {
        for byte in 0..=255u8 {
            for place in 0..BLOCK {
                for other in [0, b'a', b'Z', b'0', b'@', 0x7f, 0x80, 0xff] {
                    let mut text = [other; BLOCK];
                    text[place] = byte;
                    let native = Block::of::<true, Native>(text.as_chunks().0);
                    assert_eq!(native, expected(&text), "{byte} at {place} in {other}");
                    let portable = Block::of::<true, integers::Bytes>(text.as_chunks().0);
                    assert_eq!(portable, expected(&text), "{byte} at {place} in {other}");
                }
            }
        }
    }

    #[test]
    fn past_the_end_there_are_zeros() {
        let text: Vec<u8> = (0..150).map(|i| b"aZ_0:@ \xe2"[i * i % 8]).collect();
        for length in 0..150 {
            for from in (0..=length + BLOCK).step_by(BLOCK) {
                let mut bytes = [0; BLOCK];
                bytes.iter_mut().zip(text[..length].get(from..).unwrap_or_default()).for_each(|(to, &from)| *to = from);
                let expected = Block { quote: 0, escape: 0, ..expected(&bytes) };
                let mut block = Block::default();
                block.read::<false>(&text[..length], from);
                assert_eq!(block, expected, "{from} of {length}");
                assert!(from > 0 || Block::of_text(&text[..length]) == expected, "{length}");
            }
        }
    }
}
