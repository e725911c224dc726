//! Base64 (RFC 4648), standard and for URLs: the beginning of what is encoded, which tells what it is.

/// Decodes as many whole groups of four letters as there are and as fit; nothing where a letter is none of base64's.
pub(crate) fn decode<'b>(encoded: &[u8], into: &'b mut [u8]) -> Option<&'b [u8]> {
    let mut length = 0;
    for (group, to) in encoded.chunks_exact(4).take_while(|group| !group.contains(&b'=')).zip(into.chunks_exact_mut(3)) {
        let mut bits = 0u32;
        for &b in group {
            bits = bits << 6 | u32::from(sextet(b)?);
        }
        to.iter_mut().zip(bits.to_be_bytes().into_iter().skip(1)).for_each(|(to, byte)| *to = byte);
        length += 3;
    }
    into.get(..length)
}

/// The six bits of a letter.
pub(crate) const fn sextet(b: u8) -> Option<u8> {
    Some(match b {
        b'A'..=b'Z' => b - b'A',
        b'a'..=b'z' => b - b'a' + 26,
        b'0'..=b'9' => b - b'0' + 52,
        b'-' | b'+' => 62,
        b'_' | b'/' => 63,
        _ => return None,
    })
}

/// Is this a JSON Web Token in base64, as a header of a proxy or a secret of Kubernetes has it?
pub(crate) fn is_token(encoded: &[u8]) -> bool {
    decode(encoded, &mut [0; 1023]).is_some_and(|token| {
        token.starts_with(b"eyJ") && token.contains(&b'.') && token.iter().all(|&b| b == b'.' || b == b'=' || sextet(b).is_some())
    })
}

/// Is this a private key in PEM (RFC 7468), encoded once more? Certificates and public keys have another label.
pub(crate) fn is_private_key(encoded: &[u8]) -> bool {
    decode(encoded, &mut [0; 60])
        .is_some_and(|text| text.starts_with(b"-----BEGIN ") && text.windows(PRIVATE.len()).any(|window| window == PRIVATE))
}

const PRIVATE: &[u8] = b"PRIVATE KEY";

#[cfg(test)]
mod tests {
    use super::*;

    /// RFC 4648, section 10, without the groups that are padded.
    #[test]
    fn vectors() {
        for (encoded, decoded) in [("", ""), ("Zg==", ""), ("Zm9v", "foo"), ("Zm9vYg==", "foo"), ("Zm9vYmFy", "foobar"), ("Zm9vYm", "foo")]
        {
            assert_eq!(decode(encoded.as_bytes(), &mut [0; 6]), Some(decoded.as_bytes()), "{encoded}");
        }
        assert_eq!(decode(b"Zm9vYmFy", &mut [0; 4]), Some(&b"foo"[..]));
        assert_eq!(decode(b"Zm9v!mFy", &mut [0; 6]), None);
    }

    #[test]
    fn both_alphabets() {
        assert_eq!((0..=255).filter(|&b| sextet(b).is_some()).count(), 66);
        assert_eq!((sextet(b'-'), sextet(b'_')), (sextet(b'+'), sextet(b'/')));
    }

    #[test]
    fn what_is_encoded_twice() {
        // the header of RFC 7519, section 3.1, and a dot; JSON in base64 without one
        assert!(is_token(b"ZXlKMGVYQWlPaUpLVjFRaUxBMEtJQ0poYkdjaU9pSklVekkxTmlKOS5l"));
        assert!(!is_token(b"ZXlKb1pXeHNieUk2SW5kdmNteGtJaXdpWVNJNk1YMA=="));
        assert!(is_private_key(b"LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpN"));
        assert!(!is_private_key(b"LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUM="));
    }
}
