//! Eight bytes at a time, in safe code that is as quick in WebAssembly as it is natively.
//!
//! A mask has the high bit of a byte set where that byte passed; only its lowest set bit is exact, which is all that a search needs.

const ONES: u64 = 0x0101_0101_0101_0101;
const HIGHS: u64 = 0x8080_8080_8080_8080;

/// Bytes below `bound`, which is at most 128.
#[inline(always)]
pub(crate) const fn below(word: u64, bound: u8) -> u64 {
    word.wrapping_sub(ONES * bound as u64) & !word & HIGHS
}

/// Bytes equal to `byte`.
#[inline(always)]
pub(crate) const fn equal(word: u64, byte: u8) -> u64 {
    below(word ^ (ONES * byte as u64), 1)
}

/// Bytes outside ASCII.
#[inline(always)]
pub(crate) const fn high(word: u64) -> u64 {
    word & HIGHS
}

/// The first position from `from` on whose byte passes `mask`; the length of `text` where there is none.
#[inline(always)]
pub(crate) fn find(text: &[u8], from: usize, mask: impl Fn(u64) -> u64) -> usize {
    let mut rest = text.get(from..).unwrap_or_default();
    while let Some((chunk, tail)) = rest.split_first_chunk::<8>() {
        let hits = mask(u64::from_le_bytes(*chunk));
        if hits != 0 {
            return text.len() - rest.len() + (hits.trailing_zeros() / 8) as usize;
        }
        rest = tail;
    }
    for (i, &byte) in rest.iter().enumerate() {
        if mask(ONES * u64::from(byte)) != 0 {
            return text.len() - rest.len() + i;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_at_every_position() {
        let mask = |w| below(w, 0x20) | equal(w, b'"') | equal(w, 0x7f) | high(w);
        for byte in 0..=255_u8 {
            let hit = byte < 0x20 || byte == b'"' || byte >= 0x7f;
            for length in 1..20 {
                for at in 0..length {
                    let text: Vec<u8> = (0..length).map(|i| if i == at { byte } else { b'a' }).collect();
                    assert_eq!(find(&text, 0, mask), if hit { at } else { length }, "{byte} at {at} of {length}");
                }
            }
        }
        assert_eq!(find(b"\"ab\"", 1, mask), 3);
        assert_eq!(find(b"ab", 7, mask), 2);
    }

    #[test]
    fn the_first_of_neighbours() {
        for (a, b) in [(0x1f, 0x20), (0x1f, 0x21), (b'"', b'#'), (b'"', b'!'), (0x7f, 0x80)] {
            assert_eq!(find(&[b'x', a, b, a, b'y', b'z', b'x', b'y'], 0, |w| below(w, 0x20) | equal(w, b'"') | equal(w, 0x7f)), 1);
        }
    }
}
