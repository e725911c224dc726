//! Bech32 (BIP 173) and Bech32m (BIP 350): a prefix, `1`, and data with six characters of a BCH code.

const ALPHABET: &[u8; 32] = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l";
const GENERATORS: [u32; 5] = [0x3b6a_57b2, 0x2650_8e6d, 0x1ea1_19fa, 0x3d42_33dd, 0x2a14_62b3];
/// What the sum of all is, in Bech32 and in Bech32m.
const SUMS: [u32; 2] = [1, 0x2bc8_30a3];

/// Does the code of this text hold, its letters being all small or all capital?
pub(crate) fn is_valid(text: &[u8]) -> bool {
    let small = text.to_ascii_lowercase();
    let mixed = text != small && text.iter().any(u8::is_ascii_lowercase);
    let Some(mark) = small.iter().rposition(|&b| b == b'1') else { return false };
    let (prefix, data) = small.split_at(mark);
    let expanded = prefix.iter().map(|b| u32::from(b >> 5)).chain([0]).chain(prefix.iter().map(|b| u32::from(b & 31)));
    let data = data.iter().skip(1).map(|b| ALPHABET.iter().position(|digit| digit == b).map_or(u32::MAX, |place| place as u32));
    let sum = expanded.chain(data).try_fold(1, |sum, value| (value < 32).then(|| step(sum) ^ value));
    !mixed && sum.is_some_and(|sum| SUMS.contains(&sum))
}

fn step(sum: u32) -> u32 {
    let top = sum >> 25;
    let generators = GENERATORS.iter().enumerate().filter(|(bit, _)| top >> bit & 1 != 0);
    generators.fold((sum & 0x1ff_ffff) << 5, |sum, (_, generator)| sum ^ generator)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        // BIP 173 and BIP 350, test vectors
        for text in [
            "A12UEL5L",
            "abcdef1qpzry9x8gf2tvdw0s3jn54khce6mua7lmqqqxw",
            "BC1QW508D6QEJXTDG4Y5R3ZARVARY0C5XW7KV8F3T4",
            "A1LQFN3A",
            "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0",
        ] {
            assert!(is_valid(text.as_bytes()), "{text}");
        }
        for text in ["A12uEL5L", "A12UEL5M", "abcdef", "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t5", "a1b2c3d4e5f"] {
            assert!(!is_valid(text.as_bytes()), "{text}");
        }
    }
}
