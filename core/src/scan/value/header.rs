//! Values of the fields of HTTP that hold secrets: `Authorization` and `Cookie`.

use super::extent::{Around, after_placeholder, bare_end};
use super::quote::{line_end, quote_end};
use crate::scan::bytes::{self, WORD, Words, at, class, part, run, skip, skip_back};
use crate::scan::token::is_mixed;

/// Schemes of authentication (the registry of IANA, and what vendors add).
const SCHEMES: Words = Words::new(
    "basic bearer digest token negotiate ntlm apikey api-key hawk key jwt oauth hoba mutual scram-sha-256 \
     aws4-hmac-sha256 signature dpop privatetoken",
);

/// Is this the name of a scheme, of which the credentials were left out?
pub(in crate::scan) fn is_scheme(value: &[u8]) -> bool {
    SCHEMES.has(value)
}

/// Where the credentials of an `Authorization` header end (RFC 9110, section 11.4): a scheme, then a token or parameters.
pub(super) fn authorization_end(text: &[u8], start: usize) -> usize {
    let first = credential_end(text, start);
    let scheme = part(text, start, first);
    let value = skip(text, first, |b| b == b' ');
    if value == first {
        return first;
    }
    if SCHEMES.has(scheme) {
        return parameters_end(text, value).unwrap_or_else(|| credential_end(text, value));
    }
    // a vendor's own: `SSWS …`, `GenieKey …`
    let end = credential_end(text, value);
    let credentials = part(text, value, end);
    // a shorter one ends the line: `Client-ID 4f1d…`
    let own = at(scheme, 0).is_ascii_alphabetic()
        && scheme.iter().all(|&b| bytes::is_word(b) || b == b'-')
        && is_mixed(credentials, if matches!(at(text, end), 0 | b'\r' | b'\n' | b'"' | b'\'') { 12 } else { 16 });
    if own { end } else { first }
}

/// Where parameters end: `name=value` or `name="value"`, with commas between. Nothing where none begins at `from`.
fn parameters_end(text: &[u8], mut from: usize) -> Option<usize> {
    let mut last = None;
    loop {
        let name = run(text, from, |b| bytes::is_word(b) || b == b'-');
        let equals = from + name;
        if name == 0 || at(text, equals) != b'=' || matches!(at(text, equals + 1), b'=' | 0 | b' ') {
            return last;
        }
        let slashes = run(text, equals + 1, |b| b == b'\\');
        let end = if at(text, equals + 1 + slashes) == b'"' {
            match quote_end(text, equals + 2 + slashes, b'"', slashes, 1) {
                Some(close) => close + slashes + 1,
                None => return Some(line_end(text)),
            }
        } else {
            credential_end(text, equals + 1)
        };
        let comma = skip(text, end, |b| b == b' ');
        if at(text, comma) != b',' {
            return Some(end);
        }
        last = Some(end);
        from = skip(text, comma + 1, |b| b == b' ');
    }
}

/// Where a scheme, a token or the value of a parameter ends.
fn credential_end(text: &[u8], from: usize) -> usize {
    match at(text, from) {
        b'<' | b'$' | b'{' => bare_end(text, from, Around::default()),
        _ => token_end(text, after_placeholder(text, from)),
    }
}

fn token_end(text: &[u8], from: usize) -> usize {
    let mut end = from;
    loop {
        end += run(text, end, |b| {
            b > b' ' && b != 0x7f && !matches!(b, b'"' | b'\'' | b',' | b'\\' | b'<' | b'>' | b'}' | b']' | b')' | b'[')
        });
        match (at(text, end), after_placeholder(text, end)) {
            (b'[', behind) => end = behind.max(end + 1),
            _ => return skip_back(text, end, end - from, |b| matches!(b, b':' | b';' | b'.')),
        }
    }
}

/// Bytes of a cookie, at most (RFC 6265, section 6.1).
const COOKIE: usize = 4096;

/// Where cookies end (RFC 6265, section 4): pairs with `; ` between, attributes with dates among them.
pub(super) fn cookie_end(text: &[u8], start: usize) -> usize {
    let mut from = after_placeholder(text, start);
    loop {
        let stop = from
            + run(bytes::up_to(text, from + COOKIE), from, |b| {
                !matches!(b, b';' | b'\r' | b'\n' | b'"' | b'\'' | b'<' | b'>') && b != 0x1b
            });
        if at(text, stop) == b';' && matches!(at(text, stop + 1), b' ' | b'\t') && class(at(text, stop + 2)) & WORD != 0 {
            from = stop + 2;
            continue;
        }
        // cut off between two pairs
        if at(text, stop) == b';' && stop + 2 >= text.len() {
            return line_end(text);
        }
        let date = bytes::starts_with_nocase(text.get(from..).unwrap_or_default(), b"expires=");
        return if date { stop } else { pair_end(text, from) };
    }
}

/// Where a name and its value end, of which either may be a placeholder.
fn pair_end(text: &[u8], from: usize) -> usize {
    let mut end = from;
    loop {
        end += run(text, end, |b| {
            !bytes::is_space(b) && !matches!(b, b'"' | b'\'' | b',' | b'}' | b'[' | b']' | b')' | b'\\' | b'<' | b'>' | b';')
        });
        match (at(text, end), after_placeholder(text, end)) {
            (b'[', behind) => end = behind.max(end + 1),
            _ => return end,
        }
    }
}
