//! Escapes between words: what follows one begins a word, and what it hides is worth a second look.

use crate::scan::Scan;
use crate::scan::bytes::{self, HIGH, LETTER, at, before, class, part, run, skip};
use crate::scan::keyed::before_colour;

/// Does an escape (`\n`) or a colour of a terminal end here, so that the letter before is no letter?
pub(super) fn is_escaped(text: &[u8], i: usize) -> bool {
    matches!(part(text, i.saturating_sub(2), i), [b'\\', b'n' | b'r' | b't']) || before_colour(text, i) < i
}

/// Behind the colour of a terminal at `i`, if one stands there: as it is, or as logs and other terminals show its ESC.
pub(super) fn colour_end(text: &[u8], i: usize) -> Option<usize> {
    // a look at the first byte first, as every byte of a disguise is asked
    if !matches!(at(text, i), 0x1b | b'\\' | b'#' | b'^') || !matches!(at(text, i + 1), b'[' | b'x' | b'u' | b'0' | b'e') {
        return None;
    }
    let number = i + bytes::phrase("\x1b[|\\x1b[|\\u001b[|\\033[|\\e[|#033[|^[[", part(text, i, text.len()))?;
    let end = skip(bytes::up_to(text, number + AGAIN), number, |b| b.is_ascii_digit() || b == b';');
    (at(text, end) == b'm').then_some(end + 1)
}

/// Bytes by which an escape is looked at that was escaped again and again.
pub(super) const AGAIN: usize = 16;

/// The character of ASCII that an entity of HTML at `i` stands for, and its bytes: `&#64;`, `&#x40;`, `&quot;`
/// (<https://html.spec.whatwg.org/multipage/named-characters.html>).
pub(super) fn entity(text: &[u8], i: usize) -> Option<(u8, usize)> {
    if at(text, i) != b'&' {
        return None;
    }
    // `&amp;quot;`: escaped again
    let mut name = i + 1;
    while part(text, name, name + 4) == b"amp;" && name < i + AGAIN {
        name += 4;
    }
    for (said, character) in [(&b"quot;"[..], b'"'), (b"apos;", b'\''), (b"lt;", b'<'), (b"gt;", b'>')] {
        if part(text, name, name + said.len()) == said {
            return Some((character, name + said.len() - i));
        }
    }
    let hex = at(text, name + 1) | 0x20 == b'x';
    let from = name + 1 + usize::from(hex);
    let digits = run(text, from, |b| if hex { b.is_ascii_hexdigit() } else { b.is_ascii_digit() }).min(6);
    let code =
        part(text, from, from + digits).iter().try_fold(0, |code, &b| Some(code * if hex { 16 } else { 10 } + char::from(b).to_digit(16)?));
    let character = u8::try_from(code?).ok().filter(|code| (0x20..0x7f).contains(code))?;
    (at(text, name) == b'#' && at(text, from + digits) == b';').then_some((character, from + digits + 1 - i))
}

/// Is the `=40` at `i` an `@`? A domain follows, not a unit: `width=40px`.
pub(super) fn is_quoted_at(text: &[u8], i: usize) -> bool {
    part(text, i, i + 3) == b"=40" && bytes::is_word(before(text, i)) && run(text, i + 3, |b| class(b) & (LETTER | HIGH) != 0) >= 3
}

/// Is there a dash of typography between two digits at `i`?
pub(super) fn is_dash(text: &[u8], i: usize) -> bool {
    matches!(part(text, i, i + 4), [0xe2, 0x80, 0x90..=0x95, b'0'..=b'9']) && before(text, i).is_ascii_digit()
}

/// The digit of another script at `i`, in ASCII, and its bytes: Arabic and Persian ones, those of India, Thai and Lao ones
/// (<https://www.unicode.org/charts/>).
pub(super) fn digit(text: &[u8], i: usize) -> Option<(u8, usize)> {
    let (value, length) = match (at(text, i), at(text, i + 1), at(text, i + 2)) {
        (0xd9, b @ 0xa0..=0xa9, _) => (b - 0xa0, 2),
        (0xdb, b @ 0xb0..=0xb9, _) => (b - 0xb0, 2),
        (0xe0, 0xa5 | 0xa7 | 0xa9 | 0xab | 0xaf | 0xb1 | 0xb3 | 0xb5, b @ 0xa6..=0xaf) => (b - 0xa6, 3),
        (0xe0, 0xb9 | 0xbb, b @ 0x90..=0x99) => (b - 0x90, 3),
        _ => return None,
    };
    Some((b'0' + value, length))
}

/// Do three digits of another script stand at `i`?
pub(super) fn is_number(text: &[u8], i: usize) -> bool {
    let next = |i: usize| digit(text, i).map(|(_, length)| i + length);
    next(i).and_then(next).and_then(next).is_some()
}

/// The bytes of the quotation mark of typography at `i`, if there is one.
pub(super) fn quotation_mark(text: &[u8], i: usize) -> Option<usize> {
    match (at(text, i), at(text, i + 1), at(text, i + 2)) {
        (0xe2, 0x80, 0x98..=0x9f) => Some(3),
        (0xc2, 0xab | 0xbb, _) => Some(2),
        _ => None,
    }
}

/// Does such a mark at `i` close a key whose value stands between others: `“password”: “x”`?
fn is_key_quoted(text: &[u8], i: usize) -> bool {
    quotation_mark(text, i).is_some_and(|length| {
        let behind = i + length + 1;
        matches!(at(text, behind - 1), b':' | b'=') && quotation_mark(text, behind + run(text, behind, |b| b == b' ').min(1)).is_some()
    })
}

impl Scan<'_, '_> {
    /// At `\`, `%` or ESC: goes on behind the escape. `keyed` says that a word before may be a key, between which and its value a colour
    /// hides what they are to each other.
    pub(super) fn escape(&mut self, i: usize, keyed: bool) -> usize {
        self.disguised |= keyed && colour_end(self.text, i).is_some();
        // a part of a form in a string of JSON
        if keyed && matches!(part(self.text, i, i + 4), [b'\\', b'"' | b'\'', b'\\', b'r' | b'n']) {
            self.beside(i);
        }
        if let Some(end) = self.first_track(i) {
            return end;
        }
        let end = self.escape_end(i);
        // a lone backslash or percent sign is no escape
        if end > i + 1 {
            self.floor = self.floor.max(end);
        }
        end
    }

    fn escape_end(&mut self, i: usize) -> usize {
        let text = self.text;
        let hex =
            |from: usize, n: usize| part(text, from, from + n).len() == n && part(text, from, from + n).iter().all(u8::is_ascii_hexdigit);
        match (at(text, i), at(text, i + 1)) {
            (b'%', _) if hex(i + 1, 2) => {
                self.disguised = true;
                i + 3
            }
            (b'\\', b'u') if hex(i + 2, 4) => {
                self.disguised = true;
                i + 6
            }
            (b'\\', b'x') if hex(i + 2, 2) => {
                self.disguised = true;
                i + 4
            }
            // `&#64;` of HTML, `=40` of quoted-printable (RFC 2045, section 6.7)
            (b'#', _) => {
                self.disguised |= entity(text, i.saturating_sub(1)).is_some();
                colour_end(text, i).unwrap_or(i + 1)
            }
            (b'=', _) => {
                self.disguised |= is_quoted_at(text, i);
                i + 1
            }
            // a control sequence of a terminal (ECMA-48, section 5.4)
            (0x1b, b'[') => i + 3 + run(text, i + 2, |b| matches!(b, 0x20..=0x3f)),
            (b'\\', b'0' | b'e') => colour_end(text, i).unwrap_or(i + 1),
            (b'\\', b'n' | b'r' | b't' | b'b' | b'f' | b'v') => i + 2,
            _ => i + 1,
        }
    }

    /// Above ASCII: full-width forms, digits of other scripts, characters that cannot be seen, and letters that look like others.
    pub(super) fn high(&mut self, i: usize) -> usize {
        let text = self.text;
        self.disguised |= matches!(
            (at(text, i), at(text, i + 1), at(text, i + 2)),
            (0xce..=0xd4, ..) | (0xef, 0xbc | 0xbd, _) | (0xef, 0xb9, 0xab) | (0xef, 0xbb, 0xbf) | (0xe2, 0x80, 0x8b..=0x8f | 0xaa..=0xae) | (0xe2, 0x81, 0xa0..=0xa4) | (0xc2, 0xad, _)
        ) || is_dash(text, i)
            || is_number(text, i)
            || is_key_quoted(text, i);
        i + 1
    }
}
