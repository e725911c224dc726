//! How a value is written where it leaks: raw, and in the encodings of logs, URLs, pages and headers.

use crate::format::json_string;

/// One way to write a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Raw,
    Json(Json),
    Html(Html),
    /// The bytes that stay besides letters, digits and `-._~`; the digits; how a space is written; whether the percent signs are encoded again.
    Percent {
        kept: &'static [u8],
        digits: &'static Digits,
        space: &'static [u8],
        twice: bool,
    },
    Hex(&'static Digits),
    /// How many bytes stand before the value in its group of three, and the last two characters of the alphabet.
    Base64 {
        shift: usize,
        last: [u8; 2],
    },
}

/// Which characters JSON writes as escapes though it need not.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Json {
    /// All that is not ASCII, and with which digits.
    ascii: Option<&'static Digits>,
    /// `/` as `\/`.
    slash: bool,
    /// `<`, `>` and `&`, as for a page.
    page: bool,
}

/// The entities of the two quotes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Html {
    double: &'static str,
    single: &'static str,
}

type Digits = [u8; 16];
const UPPER: &Digits = b"0123456789ABCDEF";
const LOWER: &Digits = b"0123456789abcdef";

/// All that are looked for. Of two that are equal for a value the first is taken.
pub(super) const FORMS: &[Form] = &[
    Form::Raw,
    json(None, false, false),
    json(Some(LOWER), false, false),
    json(Some(UPPER), false, false),
    json(None, true, false),
    json(Some(LOWER), true, false),
    json(None, false, true),
    json(Some(LOWER), false, true),
    html("&quot;", "&#39;"),
    html("&quot;", "&#x27;"),
    html("&#34;", "&#39;"),
    percent(b"", UPPER, b"%20", false),
    percent(b"", LOWER, b"%20", false),
    percent(b"", UPPER, b"+", false),
    percent(b"", UPPER, b"%20", true),
    percent(b"", LOWER, b"%20", true),
    percent(b"", UPPER, b"+", true),
    // Python's `quote`
    percent(b"/", UPPER, b"%20", false),
    percent(b"/", UPPER, b"%20", true),
    // JavaScript's `encodeURIComponent`
    percent(b"!'()*", UPPER, b"%20", false),
    percent(b"!'()*", UPPER, b"%20", true),
    Form::Hex(LOWER),
    Form::Hex(UPPER),
    base64(0, *b"+/"),
    base64(1, *b"+/"),
    base64(2, *b"+/"),
    base64(0, *b"-_"),
    base64(1, *b"-_"),
    base64(2, *b"-_"),
];

const fn json(ascii: Option<&'static Digits>, slash: bool, page: bool) -> Form {
    Form::Json(Json { ascii, slash, page })
}

const fn html(double: &'static str, single: &'static str) -> Form {
    Form::Html(Html { double, single })
}

const fn percent(kept: &'static [u8], digits: &'static Digits, space: &'static [u8], twice: bool) -> Form {
    Form::Percent { kept, digits, space, twice }
}

const fn base64(shift: usize, last: [u8; 2]) -> Form {
    Form::Base64 { shift, last }
}

impl Form {
    /// The value in this form; nothing where it has none, as bytes that are no text in JSON.
    pub(super) fn of(self, value: &[u8]) -> Option<Vec<u8>> {
        match self {
            Self::Raw => Some(value.to_vec()),
            Self::Json(json) => std::str::from_utf8(value).ok().map(|text| json.write(text)),
            Self::Html(html) => Some(html.write(value)),
            Self::Percent { kept, digits, space, twice } => Some(percents(value, kept, digits, space, twice)),
            Self::Hex(digits) => Some(value.iter().flat_map(|&b| hex(digits, b)).collect()),
            Self::Base64 { shift, last } => Some(base64_core(value, shift, last)),
        }
    }
}

impl Json {
    fn write(self, text: &str) -> Vec<u8> {
        let mut quoted = String::new();
        json_string(&mut quoted, text);
        let inner = quoted.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or_default();
        let mut out = Vec::with_capacity(inner.len());
        for character in inner.chars() {
            let digits = match character {
                '/' if self.slash => {
                    out.push(b'\\');
                    None
                }
                '<' | '>' | '&' if self.page => Some(LOWER),
                _ if !character.is_ascii() => self.ascii,
                _ => None,
            };
            match digits {
                Some(digits) => {
                    for unit in character.encode_utf16(&mut [0; 2]).iter() {
                        out.extend_from_slice(b"\\u");
                        out.extend(unit.to_be_bytes().iter().flat_map(|&b| hex(digits, b)));
                    }
                }
                None => out.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        out
    }
}

impl Html {
    fn write(self, value: &[u8]) -> Vec<u8> {
        let mut out = Vec::with_capacity(value.len());
        for &b in value {
            match b {
                b'&' => out.extend_from_slice(b"&amp;"),
                b'<' => out.extend_from_slice(b"&lt;"),
                b'>' => out.extend_from_slice(b"&gt;"),
                b'"' => out.extend_from_slice(self.double.as_bytes()),
                b'\'' => out.extend_from_slice(self.single.as_bytes()),
                _ => out.push(b),
            }
        }
        out
    }
}

fn hex(digits: &Digits, b: u8) -> [u8; 2] {
    [b >> 4, b & 15].map(|nibble| digits.get(usize::from(nibble)).copied().unwrap_or_default())
}

fn percents(value: &[u8], kept: &[u8], digits: &Digits, space: &[u8], twice: bool) -> Vec<u8> {
    let mut out = Vec::with_capacity(value.len());
    let sign: &[u8] = if twice { b"%25" } else { b"%" };
    for &b in value {
        if b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'_' | b'~') || kept.contains(&b) {
            out.push(b);
        } else if b == b' ' && space == b"+" {
            out.extend_from_slice(if twice { b"%2B" } else { b"+" });
        } else {
            out.extend_from_slice(sign);
            out.extend(hex(digits, b));
        }
    }
    out
}

/// The characters of base64 that depend on `value` alone when `shift` bytes stand before it.
fn base64_core(value: &[u8], shift: usize, last: [u8; 2]) -> Vec<u8> {
    let bits = value.len() * 8;
    // the first character that begins inside the value, in bits from its beginning
    let first = (6 - shift * 8 % 6) % 6;
    (first..=bits.saturating_sub(6))
        .step_by(6)
        .map(|bit| {
            let pair = u16::from(value.get(bit / 8).copied().unwrap_or_default()) << 8
                | u16::from(value.get(bit / 8 + 1).copied().unwrap_or_default());
            match (pair >> (10 - bit % 8) & 63) as u8 {
                n @ 0..=25 => b'A' + n,
                n @ 26..=51 => b'a' + n - 26,
                n @ 52..=61 => b'0' + n - 52,
                62 => last[0],
                _ => last[1],
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn all(value: &str) -> Vec<String> {
        FORMS.iter().filter_map(|form| form.of(value.as_bytes())).map(|form| String::from_utf8(form).unwrap()).collect()
    }

    #[test]
    fn base64_at_each_alignment() {
        // base64 of "Xs3cr3t-value", "XYs3cr3t-value" and "s3cr3t-value"
        for (shift, whole) in [(1, "WHMzY3IzdC12YWx1ZQ=="), (2, "WFlzM2NyM3QtdmFsdWU="), (0, "czNjcjN0LXZhbHVl")] {
            assert!(whole.contains(&String::from_utf8(base64_core(b"s3cr3t-value", shift, *b"+/")).unwrap()), "{shift}");
        }
    }

    #[test]
    fn each_encoding() {
        let forms = all("a/b \"é&<'!");
        for expected in [
            r#"a/b \"é&<'!"#,
            r#"a/b \"\u00e9&<'!"#,
            r#"a/b \"\u00E9&<'!"#,
            r#"a\/b \"é&<'!"#,
            r#"a\/b \"\u00e9&<'!"#,
            r#"a/b \"é\u0026\u003c'!"#,
            "a/b &quot;é&amp;&lt;&#39;!",
            "a/b &quot;é&amp;&lt;&#x27;!",
            "a/b &#34;é&amp;&lt;&#39;!",
            "a%2Fb%20%22%C3%A9%26%3C%27%21",
            "a%2fb%20%22%c3%a9%26%3c%27%21",
            "a%2Fb+%22%C3%A9%26%3C%27%21",
            "a%252Fb%2520%2522%25C3%25A9%2526%253C%2527%2521",
            "a/b%20%22%C3%A9%26%3C%27%21",
            "a%2Fb%20%22%C3%A9%26%3C'!",
            "612f622022c3a9263c2721",
            "612F622022C3A9263C2721",
        ] {
            assert!(forms.iter().any(|form| form == expected), "{expected}");
        }
    }

    #[test]
    fn characters_beyond_the_basic_plane_are_two_escapes() {
        assert!(all("tram😀tram").contains(&r"tram\ud83d\ude00tram".to_owned()));
    }

    #[test]
    fn bytes_that_are_no_text_have_no_json() {
        assert_eq!(json(None, false, false).of(b"\xff\xfe"), None);
        assert_eq!(Form::Hex(LOWER).of(b"\xff\xfe"), Some(b"fffe".to_vec()));
    }
}
