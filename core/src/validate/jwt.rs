//! JSON Web Tokens: the first part is a JOSE header (RFC 7515, section 4).

use super::base64;

/// Does the first part decode to a JSON object that has a header parameter such as `alg`, `enc`, `typ` or `kid`?
pub(crate) fn has_header(token: &[u8]) -> bool {
    let header = token.split(|&b| b == b'.').next().unwrap_or_default();
    let mut text = [0; 768];
    let Some(text) = base64::decode(header, &mut text) else { return false };
    let has = |name: &[u8]| text.windows(name.len()).any(|window| window == name);
    text.starts_with(b"{") && (has(b"\"alg\"") || has(b"\"enc\"") || has(b"\"typ\"") || has(b"\"kid\""))
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
