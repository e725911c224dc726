//! A second look at what is written in disguise: percent and `\u` escapes, entities of HTML and quoted-printable decoded, full-width
//! forms, digits of other scripts and letters that look like Latin ones folded to ASCII, invisible characters left out, with a map from
//! every byte back to where it came from.

use crate::scan::bytes::{at, part, skip, skip_back, up_to};
use crate::scan::lines::Open;
use crate::scan::{Match, Scan, escape};

/// Bytes of a word that are looked at around a letter of another alphabet.
const WORD: usize = 32;

/// Backslashes before an escape: as many as JSON has that stands in seven strings of JSON.
const SLASHES: usize = 1 << 7;

/// Text without its disguise.
struct Plain {
    text: Vec<u8>,
    /// For every byte of `text`, and for its end, the place in the original.
    origin: Vec<usize>,
    /// Where something was left out that is no part of what ends there: the place in `text`, and in the original.
    gaps: Vec<(usize, usize)>,
}

/// What is meant by bytes in disguise.
enum Meant {
    Byte(u8),
    Character(char),
    Nothing,
}

impl Plain {
    fn push(&mut self, meant: Meant, origin: usize) {
        match meant {
            Meant::Byte(byte) => self.text.push(byte),
            Meant::Character(character) => self.text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes()),
            Meant::Nothing => {}
        }
        self.origin.resize(self.text.len(), origin);
    }

    /// Where what ends at this place of `text` ends in the original.
    fn end(&self, end: usize) -> Option<usize> {
        let gap = self.gaps.iter().find(|&&(place, _)| place == end).map(|&(_, origin)| origin);
        gap.or_else(|| self.origin.get(end).copied())
    }
}

/// Scans the text once more without its disguise. What is found there and not inside an earlier match is added.
pub(super) fn scan_again(scan: &mut Scan<'_, '_>) {
    let plain = fold(scan.text);
    let mut found = Vec::new();
    let mut again = Scan::new(scan.engine, &plain.text, scan.context, &mut found);
    again.pass();
    scan.engine.custom.find(&plain.text, scan.own, again.matches);
    let open = again.open;
    if open != Open::Nothing && !scan.open.is_cut() {
        scan.open = open;
    }
    for Match { start, end, detector, action } in found {
        // what is open goes to the end, colours and all
        let end = if open.is_cut() && end == plain.text.len() { Some(scan.text.len()) } else { plain.end(end) };
        if let (Some(&start), Some(end)) = (plain.origin.get(start), end) {
            scan.matches.push(Match { start, end, detector, action });
        }
    }
}

fn fold(text: &[u8]) -> Plain {
    let mut plain = Plain { text: Vec::with_capacity(text.len()), origin: Vec::with_capacity(text.len() + 1), gaps: Vec::new() };
    let mut i = 0;
    while let Some(&b) = text.get(i) {
        // a colour ends a value and hides a key
        if let Some(end) = escape::colour_end(text, i) {
            plain.gaps.push((plain.text.len(), i));
            i = end;
            continue;
        }
        let (meant, length) = meant_at(text, i).unwrap_or((Meant::Byte(b), 1));
        plain.push(meant, i);
        i += length;
    }
    plain.origin.push(text.len());
    plain
}

/// What is meant by what stands at `i`, if that is in disguise, and how many bytes that has.
fn meant_at(text: &[u8], i: usize) -> Option<(Meant, usize)> {
    let byte = match at(text, i) {
        b'%' => percent(text, i),
        b'\\' => return backslash(text, i),
        b'&' => escape::entity(text, i),
        b'=' if escape::is_quoted_at(text, i) => Some((b'@', 3)),
        b'=' if part(text, i, i + 3) == b"=2E" => Some((b'.', 3)),
        0xe2 if escape::is_dash(text, i) => Some((b'-', 3)),
        0xc2 | 0xe2 | 0xef => match escape::quotation_mark(text, i) {
            Some(length) => Some((b'"', length)),
            None => return folded(text, i),
        },
        0xce..=0xd4 if is_mixed(text, i) => latin(part(text, i, i + 2)).map(|letter| (letter, 2)),
        0xd9 | 0xdb | 0xe0 => escape::digit(text, i),
        _ => None,
    };
    byte.map(|(byte, length)| (Meant::Byte(byte), length))
}

/// A byte behind `%`; a mark may be escaped twice or more: `%2540`, `%25253D`.
fn percent(text: &[u8], i: usize) -> Option<(u8, usize)> {
    let mut code = i + 1;
    while part(text, code, code + 2) == b"25" && code < i + escape::AGAIN {
        code += 2;
    }
    match hex(text, code, 2) {
        Some(mark @ (0x22 | 0x26 | 0x3a | 0x3d | 0x40)) => Some((mark as u8, code + 2 - i)),
        _ => hex(text, i + 1, 2).map(|code| (code as u8, 3)),
    }
}

/// `\u0040`, `\x40`; JSON in a string of JSON has as many backslashes as it is deep.
fn backslash(text: &[u8], i: usize) -> Option<(Meant, usize)> {
    let kind = skip(up_to(text, i + SLASHES), i, |b| b == b'\\');
    let digits = match at(text, kind) {
        b'u' => 4,
        b'x' => 2,
        _ => return None,
    };
    Some((Meant::Character(char::from_u32(hex(text, kind + 1, digits)?)?), kind + 1 + digits - i))
}

/// The ASCII of a full-width form (U+FF01 to U+FF5E), and nothing for an invisible character.
fn folded(text: &[u8], i: usize) -> Option<(Meant, usize)> {
    match (at(text, i), at(text, i + 1), at(text, i + 2)) {
        (0xef, 0xbc, low @ 0x81..=0xbf) => Some((Meant::Byte(low - 0x60), 3)),
        (0xef, 0xbd, low @ 0x80..=0x9e) => Some((Meant::Byte(low - 0x20), 3)),
        (0xef, 0xb9, 0xab) => Some((Meant::Byte(b'@'), 3)),
        (0xef, 0xbb, 0xbf) | (0xe2, 0x80, 0x8b..=0x8f | 0xaa..=0xae) | (0xe2, 0x81, 0xa0..=0xa4) => Some((Meant::Nothing, 3)),
        (0xc2, 0xad, _) => Some((Meant::Nothing, 2)),
        _ => None,
    }
}

/// Greek and Cyrillic letters, and those of Latin that they look like (Unicode Technical Standard 39, confusables).
const LOOKALIKES: [(&str, &str); 2] =
    [("аесорхуіјѕһԁԛԝАВЕКМНОРСТХІЈЅ", "aecopxyijshdqwABEKMHOPCTXIJS"), ("οαιρυνκΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "oaipuvkABEZHIKMNOPTYX")];

fn latin(letter: &[u8]) -> Option<u8> {
    let letter = std::str::from_utf8(letter).ok()?.chars().next()?;
    LOOKALIKES.iter().find_map(|(foreign, latin)| latin.as_bytes().get(foreign.chars().position(|one| one == letter)?).copied())
}

/// Does the word at `i` have Latin letters too?
fn is_mixed(text: &[u8], i: usize) -> bool {
    let letter = |b: u8| b.is_ascii_alphabetic() || b >= 0x80;
    let start = skip_back(text, i, WORD, letter);
    part(text, start, skip(up_to(text, i + WORD), i, letter)).iter().any(u8::is_ascii_alphabetic)
}

fn hex(text: &[u8], from: usize, digits: usize) -> Option<u32> {
    let digits = text.get(from..from + digits)?;
    digits.iter().try_fold(0, |code, &b| Some(code << 4 | char::from(b).to_digit(16)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_and_keeps_the_way_back() {
        assert_eq!(fold("pаsswоrd пароль".as_bytes()).text, "password пароль".as_bytes());
        assert_eq!(fold(b"a&#64;b&#x2e;c &#1234567; &#64 ana=40bcd=2Eef width=40px").text, b"a@b.c &#1234567; &#64 ana@bcd.ef width=40px");
        assert_eq!(fold("12\u{2013}34 a\u{2013}b \\\\\\u0040".as_bytes()).text, "12-34 a\u{2013}b @".as_bytes());
        let text = "a%40b \\u0041 ｐ１\u{200b}z".as_bytes();
        let plain = fold(text);
        assert_eq!(plain.text, b"a@b A p1z");
        assert_eq!(plain.origin.first(), Some(&0));
        assert_eq!(plain.origin.get(2), Some(&4));
        assert_eq!(plain.origin.last(), Some(&text.len()));
    }
}
