//! The Luhn formula (ISO/IEC 7812-1, annex B) and the issuer ranges of card numbers.

/// Do these ASCII digits pass the Luhn formula?
pub(crate) fn is_valid(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(i, &b)| {
            let digit = u32::from(b.wrapping_sub(b'0'));
            match (i % 2, digit) {
                (0, d) => d,
                (_, d @ 0..=4) => d * 2,
                (_, d) => d * 2 - 9,
            }
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|&b| b != b'0')
}

/// Is this a length that an issuer with this beginning uses?
///
/// Ranges as the schemes publish them: Visa 4; Mastercard 51–55 and 2221–2720; American Express 34, 37; Discover 6011, 644–649, 65;
/// Diners Club 300–305, 3095, 36, 38, 39; JCB 3528–3589, 1800, 2131; UnionPay 62, 81; Maestro 50, 56–58, 63, 67; Mir 2200–2204;
/// Borica 2205; RuPay 60, 82; Troy 9792; Uzcard 8600; Prostir 9804; Humo 9860; Elo, Hipercard, Verve and Dankort within those.
pub(crate) fn has_issuer(digits: &[u8]) -> bool {
    let head = digits.iter().take(4).fold(0u32, |n, &b| n * 10 + u32::from(b.wrapping_sub(b'0')));
    let n = digits.len();
    match head {
        4000..=4999 => matches!(n, 13 | 16 | 19),
        5100..=5599 | 2221..=2720 => n == 16,
        3400..=3499 | 3700..=3799 => n == 15,
        3000..=3059 | 3095 | 3800..=3999 => (14..=19).contains(&n),
        1800 | 2131 => n == 15,
        5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763 => (12..=19).contains(&n),
        3600..=3699 => (14..=19).contains(&n),
        3528..=3589 => (16..=19).contains(&n),
        6011 | 6440..=6599 => (16..=19).contains(&n),
        6200..=6299 | 8100..=8199 => (16..=19).contains(&n),
        5000..=5099 | 5600..=5899 | 6300..=6399 | 6700..=6799 => (16..=19).contains(&n),
        2200..=2204 | 6000..=6010 | 6012..=6099 => (16..=19).contains(&n),
        2205 | 8200..=8299 | 8600 | 9792 | 9804 | 9860 => n == 16,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        // the schemes' published test numbers
        for number in [
            "4111111111111111",
            "5555555555554444",
            "2223003122003222",
            "378282246310005",
            "6011111111111117",
            "3056930009020004",
            "36227206271667",
            "3566002020360505",
            "6200000000000005",
        ] {
            assert!(is_valid(number.as_bytes()) && has_issuer(number.as_bytes()), "{number}");
        }
        // the last digit changed
        for number in ["4111111111111112", "5555555555554445", "378282246310006"] {
            assert!(!is_valid(number.as_bytes()), "{number}");
        }
        assert!(!is_valid(b"0000000000000000"));
        assert!(!has_issuer(b"1714567890123456"));
        assert!(!has_issuer(b"20240501123045"));
    }
}
