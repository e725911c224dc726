//! JSON Web Tokens: the first part is a JOSE header (RFC 7515, section 4).

/// Does the first part decode to a JSON object that has a header parameter such as `alg`, `enc`, `typ` or `kid`?
pub(crate) fn has_header(token: &[u8]) -> bool {
    let header = token.split(|&b| b == b'.').next().unwrap_or_default();
    let mut text = [0u8; 768];
    let mut length = 0;
    let mut bits = 0u32;
    for (i, &b) in header.iter().take(1020).enumerate() {
        let Some(value) = sextet(b) else { return false };
        bits = bits << 6 | u32::from(value);
        if i % 4 == 3 {
            for byte in bits.to_be_bytes().into_iter().skip(1) {
                if let Some(slot) = text.get_mut(length) {
                    *slot = byte;
                    length += 1;
                }
            }
            bits = 0;
        }
    }
    let text = text.get(..length).unwrap_or_default();
    let has = |name: &[u8]| text.windows(name.len()).any(|window| window == name);
    text.starts_with(b"{") && (has(b"\"alg\"") || has(b"\"enc\"") || has(b"\"typ\"") || has(b"\"kid\""))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        // the header of RFC 7519, section 3.1
        assert!(has_header(b"eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.e30.x"));
        assert!(!has_header(b"eyJoZWxsbyI6IndvcmxkIn0.e30.x"));
        assert!(!has_header(b"ey!.x"));
    }
}
