//! The two escapes, of JSON strings and of the console: after them a text has no control character, so it cannot forge a line,
//! move a cursor or turn the direction of what follows (CWE-117).
//!
//! Escaped are C0, DEL, C1 (with it every ANSI introducer), U+2028, U+2029 and the bidi controls
//! U+061C, U+200E, U+200F, U+202A to U+202E and U+2066 to U+2069 (Unicode `Bidi_Control`).

use super::word;

/// Appends `text` as a JSON string, quotes included.
///
/// `\b \t \n \f \r \" \\` are written short, other control characters as `\u` and four lower-case hex digits, all else raw.
///
/// ```
/// let mut out = String::new();
/// scrubline::format::json_string(&mut out, "olá\n\u{1b}[31m");
/// assert_eq!(out, r#""olá\n\u001b[31m""#);
/// ```
pub fn json_string(out: &mut String, text: &str) {
    out.push('"');
    escape::<true>(out, text);
    out.push('"');
}

/// Appends `text` for a terminal: control characters as in JSON, quotes and backslashes as they are.
pub(crate) fn console(out: &mut String, text: &str) {
    escape::<false>(out, text);
}

/// Appends JSON text that the caller made: control characters inside strings are escaped, white space between tokens becomes a blank.
pub(crate) fn json_text(out: &mut String, json: &str) {
    let bytes = json.as_bytes();
    let first = first_unsafe::<false>(bytes, 0);
    if first == bytes.len() {
        out.push_str(json);
        return;
    }
    let mut copied = 0;
    let mut at = first;
    while at < bytes.len() {
        let Some((code, width)) = special::<false>(bytes, at) else {
            at = first_unsafe::<false>(bytes, at + 1);
            continue;
        };
        out.push_str(json.get(copied..at).unwrap_or_default());
        match code {
            0x09 | 0x0a | 0x0d => out.push(' '),
            _ => push_code(out, code),
        }
        at += width;
        copied = at;
    }
    out.push_str(json.get(copied..).unwrap_or_default());
}

/// Does a terminal or a line reader take any of this for more than text?
pub(crate) fn is_plain(text: &str) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    loop {
        at = first_unsafe::<false>(bytes, at);
        if at >= bytes.len() {
            return true;
        }
        if special::<false>(bytes, at).is_some() {
            return false;
        }
        at += 1;
    }
}

fn escape<const JSON: bool>(out: &mut String, text: &str) {
    let bytes = text.as_bytes();
    let mut copied = 0;
    let mut at = first_unsafe::<JSON>(bytes, 0);
    while at < bytes.len() {
        let Some((code, width)) = special::<JSON>(bytes, at) else {
            at = first_unsafe::<JSON>(bytes, at + 1);
            continue;
        };
        out.push_str(text.get(copied..at).unwrap_or_default());
        push_code(out, code);
        at += width;
        copied = at;
    }
    out.push_str(text.get(copied..).unwrap_or_default());
}

/// The first byte from `from` on at which an escape may be due.
#[inline(always)]
fn first_unsafe<const JSON: bool>(bytes: &[u8], from: usize) -> usize {
    // After a byte outside ASCII there are mostly more: they are taken one by one, up to the next ASCII.
    let mut at = from;
    while let Some(&byte) = bytes.get(at)
        && byte >= 0x80
    {
        if leads(byte) {
            return at;
        }
        at += 1;
    }
    loop {
        at = word::find(bytes, at, |w| {
            let controls = word::below(w, 0x20) | word::equal(w, 0x7f) | word::high(w);
            if JSON { controls | word::equal(w, b'"') | word::equal(w, b'\\') } else { controls }
        });
        match bytes.get(at) {
            Some(&byte) if byte >= 0x80 && !leads(byte) => at += 1,
            _ => return at,
        }
    }
}

/// May a character that begins with this byte be one that is escaped?
#[inline(always)]
const fn leads(byte: u8) -> bool {
    matches!(byte, 0xc2 | 0xd8 | 0xe2)
}

/// Code point and width of the character at `at`, where it is one to escape.
#[inline(always)]
fn special<const JSON: bool>(bytes: &[u8], at: usize) -> Option<(u32, usize)> {
    let byte = |i: usize| bytes.get(at + i).copied().unwrap_or_default();
    match byte(0) {
        ascii @ (0x00..=0x1f | 0x7f) => Some((u32::from(ascii), 1)),
        ascii @ (b'"' | b'\\') if JSON => Some((u32::from(ascii), 1)),
        0xc2 => matches!(byte(1), 0x80..=0x9f).then_some((u32::from(byte(1)), 2)),
        0xd8 => (byte(1) == 0x9c).then_some((0x061c, 2)),
        0xe2 => match (byte(1), byte(2)) {
            (0x80, last @ (0x8e | 0x8f | 0xa8..=0xae)) => Some((0x2000 + u32::from(last - 0x80), 3)),
            (0x81, last @ 0xa6..=0xa9) => Some((0x2040 + u32::from(last - 0x80), 3)),
            _ => None,
        },
        _ => None,
    }
}

#[cold]
fn push_code(out: &mut String, code: u32) {
    out.push_str(match code {
        0x08 => "\\b",
        0x09 => "\\t",
        0x0a => "\\n",
        0x0c => "\\f",
        0x0d => "\\r",
        0x22 => "\\\"",
        0x5c => "\\\\",
        _ => "\\u",
    });
    if !matches!(code, 0x08..=0x0a | 0x0c | 0x0d | 0x22 | 0x5c) {
        for shift in [12, 8, 4, 0] {
            out.push(char::from_digit(code >> shift & 15, 16).unwrap_or('0'));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
pub(crate) mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Is this one of the characters that no output holds raw?
    pub(crate) fn is_hostile(c: char) -> bool {
        c.is_control() || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    }

    fn json(text: &str) -> String {
        let mut out = String::new();
        json_string(&mut out, text);
        out
    }

    #[test]
    fn short_and_long_escapes() {
        assert_eq!(json("\u{8}\t\n\u{c}\r\"\\/"), r#""\b\t\n\f\r\"\\/""#);
        assert_eq!(json("\0\u{1b}\u{7f}\u{9b}\u{85}"), r#""\u0000\u001b\u007f\u009b\u0085""#);
        assert_eq!(json("a\u{2028}b\u{202e}c\u{2066}d\u{61c}e\u{200f}"), r#""a\u2028b\u202ec\u2066d\u061ce\u200f""#);
        assert_eq!(json("€ “é” 日本 😀 \u{200d} ؛ \u{a0}"), "\"€ “é” 日本 😀 \u{200d} ؛ \u{a0}\"");
        assert_eq!(json(""), "\"\"");
    }

    #[test]
    fn every_character_alone() {
        for c in '\0'..=char::MAX {
            let text = format!("ab{c}");
            let out = json(&text);
            assert!(!out.chars().any(is_hostile), "{:x}", u32::from(c));
            assert_eq!(out == format!("\"{text}\""), !is_hostile(c) && c != '"' && c != '\\', "{:x}", u32::from(c));
            let mut line = String::new();
            console(&mut line, &text);
            assert_eq!(line == text, !is_hostile(c), "{:x}", u32::from(c));
            assert_eq!(is_plain(&text), !is_hostile(c), "{:x}", u32::from(c));
        }
    }

    #[test]
    fn console_keeps_quotes_and_backslashes() {
        let mut out = String::new();
        console(&mut out, "C:\\temp \"x\"\r\n2026 INFO forged");
        assert_eq!(out, "C:\\temp \"x\"\\r\\n2026 INFO forged");
    }

    #[test]
    fn json_text_keeps_its_meaning() {
        let mut out = String::new();
        json_text(&mut out, "{\n\t\"a\u{2028}\u{9b}é\": [1,\r\n2]}");
        assert_eq!(out, "{  \"a\\u2028\\u009bé\": [1,  2]}");
    }

    proptest! {
        #[test]
        fn serde_json_reads_it_back(text in any::<String>(), controls in "[\\x00-\\x1f\\x7f-\\x9f\u{2000}-\u{2070}\"\\\\a-c]{0,40}") {
            for text in [text, controls] {
                let out = json(&text);
                prop_assert!(!out.chars().any(is_hostile));
                prop_assert_eq!(serde_json::from_str::<String>(&out).unwrap(), text);
            }
        }
    }
}
