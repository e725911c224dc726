//! MOD 97-10 of ISO/IEC 7064, as IBAN and the Portuguese NIB use it.

/// The remainder by 97 of a number given as ASCII digits and letters, a letter being 10 to 35.
pub(crate) fn remainder(mut characters: impl Iterator<Item = u8>) -> Option<u32> {
    characters.try_fold(0u32, |rest, b| match b {
        b'0'..=b'9' => Some((rest * 10 + u32::from(b - b'0')) % 97),
        b'A'..=b'Z' => Some((rest * 100 + u32::from(b - b'A') + 10) % 97),
        _ => None,
    })
}

/// A NIB of 21 digits: bank, branch, account and two check digits, which make the whole 1 modulo 97.
pub(crate) fn is_nib(digits: &[u8]) -> bool {
    digits.len() == 21
        && remainder(digits.iter().copied()) == Some(1)
        && digits.iter().take(4).any(|&b| b != b'0')
        && digits.first() == Some(&b'0')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        // the account of the example in the SWIFT IBAN Registry, Portugal
        assert!(is_nib(b"000201231234567890154"));
        assert!(!is_nib(b"000201231234567890155"));
        assert!(!is_nib(b"00020123123456789015"));
    }
}
