//! Where quoted text ends.

use crate::scan::bytes::{at, run, run_back};

/// Where the quoted text ends that a quote with so many backslashes opened: before its closing quote, backslashes included.
pub(crate) fn quote_end(text: &[u8], from: usize, quote: u8, slashes: usize, times: usize) -> Option<usize> {
    let mut i = from;
    while i < text.len() {
        let next = i + memchr::memchr2(b'\\', quote, text.get(i..)?)?;
        let length = run(text, next, |b| b == b'\\');
        let quoted = at(text, next + length) == quote;
        // fewer backslashes: the text around this one ends
        let closes = quoted && if slashes == 0 { length % 2 == 0 } else { length <= slashes };
        // SQL and YAML write `'` twice
        if closes && quote == b'\'' && slashes + length == 0 && times == 1 && next > from && at(text, next + 1) == quote {
            i = next + 2;
            continue;
        }
        if closes && (times == 1 || run(text, next + length, |b| b == quote) >= times) {
            return Some(if slashes == 0 { next + length } else { next });
        }
        i = next + length + usize::from(length == 0 || quoted);
    }
    None
}

/// Where the part of an unclosed quote ends that this text has: before the line end, and never between a backslash and what it escapes.
pub(crate) fn open_quote_end(text: &[u8], from: usize) -> usize {
    let end = line_end(text);
    let slashes = run_back(text, end, end.saturating_sub(from), |b| b == b'\\');
    if end == text.len() { end - slashes % 2 } else { end }
}

/// Where the line ends that this text is, before its line break.
pub(super) fn line_end(text: &[u8]) -> usize {
    text.len() - run_back(text, text.len(), 2, |b| matches!(b, b'\r' | b'\n'))
}
