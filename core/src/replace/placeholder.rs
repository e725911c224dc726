//! The one grammar of what stands in place of a secret. What is exactly a placeholder is never redacted again.

/// What `mask` writes.
pub const MASK: &str = "[REDACTED]";
/// What stands where redaction failed.
pub const ERROR: &str = "[REDACTED:error]";
/// What stands where a bound of the policy was reached.
pub const LIMIT: &str = "[REDACTED:limit]";
/// What stands where a value holds itself.
pub const CIRCULAR: &str = "[circular]";

/// Hex digits of a pseudonym.
pub(crate) const PSEUDONYM_DIGITS: usize = 24;

const LABEL_MAX: usize = 64;

/// Length of the placeholder at the beginning of `text`.
pub(crate) fn prefix(text: &[u8]) -> Option<usize> {
    match text.first()? {
        b'[' => bracketed(text),
        b'*' => starred(text),
        _ => None,
    }
}

/// Is `text` nothing but a placeholder, or several of values that touched each other?
pub(crate) fn is(text: &[u8]) -> bool {
    let mut rest = text;
    while let Some(length) = prefix(rest) {
        rest = rest.get(length..).unwrap_or_default();
    }
    rest.is_empty() && !text.is_empty()
}

/// `[REDACTED]`, `[REDACTED:id]`, `[key-id:24 hex]`, `[circular]`.
fn bracketed(text: &[u8]) -> Option<usize> {
    if text.starts_with(CIRCULAR.as_bytes()) {
        return Some(CIRCULAR.len());
    }
    let inner = text.get(1..)?;
    let name = inner.iter().take(LABEL_MAX).take_while(|&&b| is_label(b)).count();
    let rest = inner.get(name..)?;
    let word = inner.get(..name)?;
    match rest.first()? {
        b']' if word == b"REDACTED" => Some(name + 2),
        b':' => {
            let id = rest.get(1..)?;
            let length = id.iter().take(LABEL_MAX).take_while(|&&b| is_label(b)).count();
            let closed = id.get(length) == Some(&b']');
            let hex = || length == PSEUDONYM_DIGITS && id.iter().take(length).all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
            (closed && length > 0 && name > 0 && (word == b"REDACTED" || hex())).then_some(name + length + 3)
        }
        _ => None,
    }
}

/// `***@domain`, `****-****-****-1234`, and a run of three or more `*`.
fn starred(text: &[u8]) -> Option<usize> {
    let stars = text.iter().take_while(|&&b| b == b'*').count();
    let rest = text.get(stars..)?;
    if stars == 4
        && let Some(tail) = rest.strip_prefix(b"-****-****-")
        && tail.iter().take(4).filter(|b| b.is_ascii_digit()).count() == 4
    {
        return Some(19);
    }
    if stars == 3 && rest.first() == Some(&b'@') {
        let domain = rest.iter().skip(1).take_while(|&&b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-') || b >= 0x80).count();
        if domain > 0 {
            return Some(stars + 1 + domain);
        }
    }
    (stars >= 3).then_some(stars)
}

fn is_label(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_grammar() {
        for whole in [
            "[REDACTED]",
            "[REDACTED:contact.email]",
            "[REDACTED:error]",
            "***@example.pt",
            "****-****-****-1234",
            "[k1:0123456789abcdef01234567]",
            "[circular]",
            "*****",
        ] {
            assert!(is(whole.as_bytes()), "{whole}");
        }
        for not in ["[REDACTED]x", "[REDACTED:]", "[id:0123]", "[REDACTED", "**", "[]", "", "[note:0123456789abcdef0123456Z]"] {
            assert!(!is(not.as_bytes()), "{not}");
        }
        assert_eq!(prefix(b"[REDACTED]hunter2"), Some(10));
    }
}
