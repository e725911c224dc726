//! Reads JSON text piece by piece, strictly as RFC 8259 has it, and builds nothing.

use crate::format::word;

/// A position in JSON text. Every read answers `None` where the text is not JSON; the scanner is of no more use then.
pub(crate) struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

/// A string as it stands between its quotes.
#[derive(Clone, Copy)]
pub(crate) struct Raw<'t> {
    /// The source without the quotes.
    pub(crate) source: &'t str,
    /// Does it hold a backslash?
    pub(crate) escaped: bool,
}

impl<'t> Scanner<'t> {
    pub(crate) fn new(text: &'t str) -> Self {
        Self { text, at: 0 }
    }

    /// Offset of the next byte.
    #[inline(always)]
    pub(crate) fn at(&self) -> usize {
        self.at
    }

    /// The next byte; 0, which begins nothing in JSON, at the end.
    #[inline(always)]
    pub(crate) fn peek(&self) -> u8 {
        self.text.as_bytes().get(self.at).copied().unwrap_or_default()
    }

    /// What is still to be read.
    pub(crate) fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub(crate) fn is_end(&self) -> bool {
        self.at >= self.text.len()
    }

    /// Steps over `byte` if it is next.
    #[inline(always)]
    pub(crate) fn eat(&mut self, byte: u8) -> bool {
        let next = self.peek() == byte;
        self.at += usize::from(next);
        next
    }

    /// Steps over white space.
    #[inline(always)]
    pub(crate) fn space(&mut self) {
        while matches!(self.peek(), b' ' | b'\n' | b'\r' | b'\t') {
            self.at += 1;
        }
    }

    /// The string that ends before its quote at `end` and has no escape; the scanner stands at its opening quote.
    #[inline(always)]
    pub(crate) fn plain_string(&mut self, end: usize) -> Option<Raw<'t>> {
        let source = self.text.get(self.at + 1..end)?;
        self.at = end + 1;
        Some(Raw { source, escaped: false })
    }

    /// Steps over a colon and the white space around it.
    #[inline(always)]
    pub(crate) fn colon(&mut self) -> Option<()> {
        self.space();
        if !self.eat(b':') {
            return None;
        }
        self.space();
        Some(())
    }

    /// A string; the scanner stands at its opening quote.
    #[inline]
    pub(crate) fn string(&mut self) -> Option<Raw<'t>> {
        if !self.eat(b'"') {
            return None;
        }
        let bytes = self.text.as_bytes();
        let start = self.at;
        let mut at = start;
        let mut escaped = false;
        loop {
            at = word::find(bytes, at, |w| word::equal(w, b'"') | word::equal(w, b'\\') | word::below(w, 0x20));
            match bytes.get(at)? {
                b'"' => break,
                b'\\' => {
                    escaped = true;
                    at = escape_end(bytes, at)?;
                }
                _ => return None,
            }
        }
        self.at = at + 1;
        Some(Raw { source: self.text.get(start..at)?, escaped })
    }

    /// A number; the scanner stands at its sign or first digit.
    #[inline]
    pub(crate) fn number(&mut self) -> Option<&'t str> {
        let start = self.at;
        self.eat(b'-');
        if !self.eat(b'0') {
            self.digits()?;
        }
        if self.eat(b'.') {
            self.digits()?;
        }
        if matches!(self.peek(), b'e' | b'E') {
            self.at += 1;
            if matches!(self.peek(), b'+' | b'-') {
                self.at += 1;
            }
            self.digits()?;
        }
        self.text.get(start..self.at)
    }

    fn digits(&mut self) -> Option<()> {
        let start = self.at;
        while self.peek().is_ascii_digit() {
            self.at += 1;
        }
        (self.at > start).then_some(())
    }

    /// `true`, `false` or `null`.
    #[inline]
    pub(crate) fn literal(&mut self) -> Option<&'t str> {
        let rest = self.text.as_bytes().get(self.at..)?;
        let found = ["true", "false", "null"].into_iter().find(|word| rest.starts_with(word.as_bytes()))?;
        self.at += found.len();
        Some(found)
    }

    /// Steps over a value that holds no others.
    pub(crate) fn scalar(&mut self) -> Option<()> {
        match self.peek() {
            b'"' => self.string().map(drop),
            b'-' | b'0'..=b'9' => self.number().map(drop),
            _ => self.literal().map(drop),
        }
    }

    /// A key with its colon and the white space around it.
    #[inline]
    pub(crate) fn key(&mut self) -> Option<Raw<'t>> {
        let key = self.string()?;
        self.colon()?;
        Some(key)
    }

    /// Any value, as its source text. Nesting costs a bit a level and no recursion.
    pub(crate) fn skip(&mut self) -> Option<&'t str> {
        let start = self.at;
        let mut open = Nest::default();
        loop {
            match self.peek() {
                bracket @ (b'{' | b'[') => {
                    self.at += 1;
                    self.space();
                    if !self.eat(bracket + 2) {
                        open.push(bracket == b'{');
                        if bracket == b'{' {
                            self.key()?;
                        }
                        continue;
                    }
                }
                _ => self.scalar()?,
            }
            loop {
                let Some(object) = open.last() else {
                    return self.text.get(start..self.at);
                };
                self.space();
                if self.eat(b',') {
                    self.space();
                    if object {
                        self.key()?;
                    }
                    break;
                }
                if !self.eat(if object { b'}' } else { b']' }) {
                    return None;
                }
                open.pop();
            }
        }
    }
}

impl<'t> Raw<'t> {
    /// The text that the string stands for; `scratch` holds it where it was escaped.
    ///
    /// A lone surrogate becomes U+FFFD.
    #[inline(always)]
    pub(crate) fn text<'s>(&self, scratch: &'s mut String) -> &'s str
    where
        't: 's,
    {
        if self.escaped {
            scratch.clear();
            unescape(self.source, scratch);
            scratch
        } else {
            self.source
        }
    }
}

/// The end of the escape at `at`, where it is one of RFC 8259.
fn escape_end(bytes: &[u8], at: usize) -> Option<usize> {
    match bytes.get(at + 1)? {
        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't' => Some(at + 2),
        b'u' => unit(bytes.get(at..)?).map(|_| at + 6),
        _ => None,
    }
}

/// The UTF-16 unit of `\uXXXX` at the beginning of `bytes`.
fn unit(bytes: &[u8]) -> Option<u32> {
    let digits = bytes.strip_prefix(b"\\u")?.get(..4)?;
    digits.iter().try_fold(0, |unit, &digit| Some(unit << 4 | char::from(digit).to_digit(16)?))
}

fn unescape(source: &str, out: &mut String) {
    let mut rest = source;
    while let Some((clean, escape)) = rest.split_once('\\') {
        out.push_str(clean);
        let mut chars = escape.chars();
        let (c, width) = match chars.next() {
            Some('b') => ('\u{8}', 1),
            Some('f') => ('\u{c}', 1),
            Some('n') => ('\n', 1),
            Some('r') => ('\r', 1),
            Some('t') => ('\t', 1),
            Some('u') => code_point(rest.as_bytes().get(clean.len()..).unwrap_or_default()),
            Some(other) => (other, other.len_utf8()),
            None => break,
        };
        out.push(c);
        rest = escape.get(width..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// The character of one escape or of a pair of surrogates, and how many bytes it takes after the first backslash.
fn code_point(bytes: &[u8]) -> (char, usize) {
    match unit(bytes) {
        Some(high @ 0xd800..=0xdbff) => match bytes.get(6..).and_then(unit) {
            Some(low @ 0xdc00..=0xdfff) => {
                (char::from_u32(0x1_0000 + ((high - 0xd800) << 10) + (low - 0xdc00)).unwrap_or(char::REPLACEMENT_CHARACTER), 11)
            }
            _ => (char::REPLACEMENT_CHARACTER, 5),
        },
        unit => (unit.and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER), 5),
    }
}

/// Which of the open brackets are braces: one bit each.
#[derive(Default)]
struct Nest {
    full: Vec<u64>,
    bits: u64,
    /// Brackets in `bits`, at most 64.
    count: u32,
}

impl Nest {
    fn push(&mut self, object: bool) {
        if self.count == 64 {
            self.full.push(self.bits);
            self.count = 0;
        }
        self.bits = self.bits << 1 | u64::from(object);
        self.count += 1;
    }

    fn last(&self) -> Option<bool> {
        (self.count > 0).then_some(self.bits & 1 == 1)
    }

    fn pop(&mut self) {
        self.bits >>= 1;
        self.count = self.count.saturating_sub(1);
        if self.count == 0
            && let Some(bits) = self.full.pop()
        {
            self.bits = bits;
            self.count = 64;
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn accepts(text: &str) -> bool {
        let mut scan = Scanner::new(text);
        scan.space();
        let skipped = scan.skip();
        scan.space();
        skipped.is_some() && scan.is_end()
    }

    #[test]
    fn strict_syntax() {
        for valid in [
            "0",
            "-0",
            "1.5e+3",
            "10E-2",
            "\"\"",
            "\"\\u00e9\\/\\\"\"",
            "true",
            "[]",
            "{ }",
            "[1 , 2]",
            "{\"a\" : [ { } , null ]}",
            "\"\u{7f}\u{2028}\"",
            "\"\\ud800\"",
        ] {
            assert!(accepts(valid), "{valid}");
            assert!(serde_json::from_str::<serde::de::IgnoredAny>(valid).is_ok(), "{valid}");
        }
        for invalid in [
            "",
            "01",
            "-",
            "1.",
            ".5",
            "+1",
            "1e",
            "0x1",
            "NaN",
            "tru",
            "truee",
            "nul",
            "[1,]",
            "[,1]",
            "{\"a\":1,}",
            "{a:1}",
            "{\"a\"}",
            "{\"a\" 1}",
            "[1 2]",
            "[1}",
            "{\"a\":1]",
            "\"a",
            "\"\\x\"",
            "\"\\u12g4\"",
            "\"\\u+123\"",
            "\"a\nb\"",
            "\"\t\"",
            "'a'",
            "[",
            "]",
            "{",
            "[[]",
            "\u{a0}1",
            "1\u{0}",
            "/**/1",
        ] {
            assert!(!accepts(invalid), "{invalid}");
        }
    }

    #[test]
    fn strings_and_their_text() {
        for (json, text) in [
            (r#""plain é""#, "plain é"),
            (r#""a\"b\\c\/d\b\f\n\r\t""#, "a\"b\\c/d\u{8}\u{c}\n\r\t"),
            (r#""\u00E9\u0000é""#, "é\0é"),
            (r#""\uD83D\uDE00!""#, "😀!"),
            (r#""\ud83d""#, "\u{fffd}"),
            (r#""\ud83d\ud83d\ude00""#, "\u{fffd}😀"),
            (r#""\ude00\ud83d""#, "\u{fffd}\u{fffd}"),
            (r#""\ud83d\n""#, "\u{fffd}\n"),
            (r#""\ud83dx\ude00""#, "\u{fffd}x\u{fffd}"),
        ] {
            let raw = Scanner::new(json).string().unwrap();
            assert_eq!(raw.text(&mut String::new()), text);
            assert_eq!(raw.escaped, json.contains('\\'));
        }
    }

    #[test]
    fn deep_nesting_is_skipped_and_still_checked() {
        let deep = format!("{}{}", "[{\"a\":".repeat(50_000), "1");
        assert!(accepts(&format!("{deep}{}", "}]".repeat(50_000))));
        assert!(!accepts(&format!("{deep}{}]", "}]".repeat(49_999))));
        assert!(!accepts(&format!("{deep}{}]}}", "}]".repeat(49_999))));
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json(text in "[\\[\\]{}:,\"a0-9.eE+\\\\u \n-]{0,12}|(\\[|\\{\"a\":|1|\"b\"|,|\\]|\\}|null| ){0,12}") {
            // serde_json refuses lone surrogates only where it must decode them, and has a limit of depth that is out of reach here.
            prop_assert_eq!(accepts(&text), serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok());
        }
    }
}
