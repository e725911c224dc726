//! Private keys in their textual armour (RFC 7468, RFC 4716, OpenSSH, PGP, PuTTY): the whole block goes.

use crate::detect::credential::PRIVATE_KEY;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, part, run, skip};
use crate::scan::lines::Open;

const BEGIN: &[u8] = b"-----BEGIN ";
const END: &[u8] = b"-----END ";
const DASHES: &[u8] = b"-----";
/// Bytes of a label such as `ENCRYPTED PRIVATE KEY`.
const LABEL_MAX: usize = 64;

/// What a line inside a block is.
pub(super) enum Line {
    /// The block ends here; the rest of the line is ordinary text.
    Ends(usize),
    Inside,
    /// Not of a key: the block was cut off.
    Foreign,
}

impl Scan<'_, '_> {
    /// At `BEGIN`: the block of a private key, if it is the beginning of one.
    pub(super) fn armour(&mut self, begin: usize) -> Option<usize> {
        let text = self.text;
        let start = begin.checked_sub(DASHES.len())?;
        if !text.get(start..)?.starts_with(BEGIN) {
            return None;
        }
        let label = start + BEGIN.len();
        let label_end = label + run(part(text, label, text.len().min(label + LABEL_MAX)), 0, is_label);
        let body = label_end + DASHES.len();
        // `-----BEGIN PRIVATE KEY----------END PRIVATE KEY-----` has nothing inside
        if part(text, body, body + END.len()) == END {
            return None;
        }
        let secret = |name: &[u8]| name == b"PRIVATE KEY" || name == b"Static key ";
        if !part(text, label, label_end).windows(11).any(secret) || part(text, label_end, body) != DASHES {
            return None;
        }
        let end = match armour_end(text, body) {
            Some(end) => end,
            None => {
                // no end in this segment: what can be of a key goes, and the following lines as far as they are of one
                let length = run(text, body, |b| {
                    b.is_ascii_alphanumeric() || bytes::is_space(b) || matches!(b, b'+' | b'/' | b'=' | b'\\' | b'-' | b':' | b',')
                });
                let end = body + length;
                // a key in the lines of a program: `"-----BEGIN …" +`
                if skip(text, end, is_joint) == text.len() {
                    self.open = Open::Block;
                    text.len() - bytes::run_back(text, text.len(), 2, |b| matches!(b, b'\r' | b'\n'))
                } else {
                    bytes::skip_back(text, end, end - body, bytes::is_space)
                }
            }
        };
        self.found(PRIVATE_KEY, start, end);
        Some(end)
    }
}

/// What a label is made of; OpenVPN writes its own in small letters.
fn is_label(b: u8) -> bool {
    b.is_ascii_alphanumeric() || b == b' '
}

/// What joins the lines of a string in the source of a program.
fn is_joint(b: u8) -> bool {
    bytes::is_space(b) || matches!(b, b'"' | b'\'' | b'+' | b',' | b';' | b'\\' | b'(' | b')' | b'.' | b'`')
}

/// The end of the `-----END …-----` that comes first after `from`.
fn armour_end(text: &[u8], from: usize) -> Option<usize> {
    let start = bytes::find(text, from, END)? + END.len();
    let end = start + run(part(text, start, text.len().min(start + LABEL_MAX)), 0, is_label);
    Some(end + run(text, end, |b| b == b'-').min(DASHES.len()))
}

/// Judges a line that follows the beginning of a block. A log may put a time and a name in front of each.
pub(super) fn line(text: &[u8]) -> Line {
    if let Some(end) = armour_end(text, 0) {
        return Line::Ends(end);
    }
    let mut trimmed = text.trim_ascii();
    while let [rest @ .., b'n'] = trimmed
        && rest.ends_with(b"\\")
    {
        trimmed = rest;
    }
    while let [first, rest @ ..] = trimmed
        && is_joint(*first)
    {
        trimmed = rest;
    }
    while let [rest @ .., last] = trimmed
        && is_joint(*last)
    {
        trimmed = rest;
        if let Some(unescaped) = trimmed.strip_suffix(b"\\n") {
            trimmed = unescaped;
        }
    }
    let last = trimmed.rsplit(|&b| bytes::is_space(b)).next().unwrap_or_default();
    let material = |word: &[u8]| word.iter().all(|&b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='));
    let header = || {
        trimmed.iter().position(|&b| b == b':').is_some_and(|colon| {
            (3..=32).contains(&colon)
                && part(trimmed, 0, colon).iter().all(|&b| b.is_ascii_alphanumeric() || b == b'-')
                && at(trimmed, colon + 1) == b' '
                && colon + 1 < trimmed.len()
                && [b"Proc-Type".as_slice(), b"DEK-Info", b"Comment", b"Version", b"Hash", b"Encryption", b"Subject", b"Charset"]
                    .contains(&part(trimmed, 0, colon))
        })
    };
    if trimmed.is_empty() || material(trimmed) || (last.len() >= 32 && material(last)) || header() { Line::Inside } else { Line::Foreign }
}
