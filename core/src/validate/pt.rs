//! Portuguese personal numbers.

/// NIF: nine digits, MOD 11 with the weights 9 to 2; the first digits say what kind of taxpayer it is
/// (1, 2, 3 persons; 45 non-residents; 5 companies; 6 public bodies; 7 and 9 special cases; 8 sole traders).
pub(crate) fn is_nif(digits: &[u8]) -> bool {
    let kind = matches!(
        digits,
        [b'1' | b'2' | b'3' | b'5' | b'6' | b'8', ..]
            | [b'4', b'5', ..]
            | [b'7', b'0' | b'1' | b'2' | b'4' | b'5' | b'7' | b'8' | b'9', ..]
            | [b'9', b'0' | b'1' | b'8' | b'9', ..]
    );
    let sum: u32 = digits.iter().take(8).zip((2..=9).rev()).map(|(&b, weight)| u32::from(b.wrapping_sub(b'0')) * weight).sum();
    let check = match 11 - sum % 11 {
        10 | 11 => 0,
        digit => digit,
    };
    kind && digits.len() == 9 && digits.last().is_some_and(|&b| u32::from(b.wrapping_sub(b'0')) == check)
}

/// NISS: eleven digits that begin with 1 (persons) or 2 (companies); the last is 9 minus the sum of the others, weighted with the primes from 29 down to 2, modulo 10.
pub(crate) fn is_niss(digits: &[u8]) -> bool {
    const PRIMES: [u32; 10] = [29, 23, 19, 17, 13, 11, 7, 5, 3, 2];
    let sum: u32 = digits.iter().zip(PRIMES).map(|(&b, prime)| u32::from(b.wrapping_sub(b'0')) * prime).sum();
    digits.len() == 11
        && matches!(digits.first(), Some(b'1' | b'2'))
        && digits.last().is_some_and(|&b| u32::from(b.wrapping_sub(b'0')) == 9 - sum % 10)
}

/// The layout of a Cartão de Cidadão: eight digits, a check digit, two letters or digits of the version and a check digit.
pub(crate) fn is_like_cc(characters: &[u8]) -> bool {
    let number = characters.iter().take(9).all(u8::is_ascii_digit);
    let mut version = characters.iter().skip(9).take(2);
    let of_version = version.clone().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let last = characters.last().is_some_and(u8::is_ascii_digit);
    characters.len() == 12 && number && of_version && version.any(u8::is_ascii_uppercase) && last
}

/// Cartão de Cidadão, with its check digits: doubled from the second on, as in the Luhn formula with letters as 10 to 35.
pub(crate) fn is_cc(characters: &[u8]) -> bool {
    let value = |b: u8| if b.is_ascii_digit() { u32::from(b - b'0') } else { u32::from(b.wrapping_sub(b'A')) + 10 };
    let weighed = characters.iter().enumerate().map(|(i, &b)| match (i % 2, value(b) * 2) {
        (0, doubled @ 10..) => doubled - 9,
        (0, doubled) => doubled,
        _ => value(b),
    });
    is_like_cc(characters) && weighed.sum::<u32>().is_multiple_of(10)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        // 501964843 is a company of the public register; the others are made up with the formula
        for nif in ["501964843", "245829130", "123456789"] {
            assert!(is_nif(nif.as_bytes()), "{nif}");
        }
        assert!(!is_nif(b"501964844") && !is_nif(b"012345678") && !is_nif(b"50196484"));
        assert!(is_niss(b"11234567892") && !is_niss(b"11234567893") && !is_niss(b"31234567892"));
        // the example of the algorithm's description
        assert!(is_cc(b"000000000ZZ4") && !is_cc(b"000000000ZZ5"));
    }
}
