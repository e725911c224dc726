//! Dates of birth and coordinates, behind a word or under a key that says so, and what stands behind a card. None costs anything elsewhere.

use crate::detect::contact;
use crate::detect::context::{BIRTH, PLACE};
use crate::detect::key;
use crate::scan::Scan;
use crate::scan::bytes::{DIGIT, HIGH, LETTER, at, before, class, part, run, run_back, skip, up_to};
use crate::validate::digits::{is_day, is_year, number};

/// Bytes between a word and the date that it announces, and between two parts of a date.
const BEFORE: usize = 24;
const GAP: usize = 16;
/// Decimals that tell a place from a size.
const DECIMALS: usize = 3;

impl Scan<'_, '_> {
    /// Takes the code of the card that ends at `end`, if it stands behind with nothing but the date of expiry between.
    #[inline(never)]
    pub(super) fn code_behind_card(&mut self, end: usize) {
        if let Some((start, end)) = code_of_card(self.text, end) {
            self.ahead(|scan| scan.found(key::CVV, start, end));
        }
    }

    /// At the end of a word or at the beginning of a value that says `context`.
    pub(super) fn personal(&mut self, end: usize, context: u64) {
        let text = self.text;
        if context & BIRTH != 0 && self.engine.action(contact::BIRTH_DATE).is_some() {
            let start = skip(up_to(text, end + BEFORE), end, |b| class(b) & DIGIT == 0 && b != b'\n');
            if let Some((start, end)) = date(text, start) {
                self.ahead(|scan| scan.found(contact::BIRTH_DATE, start, end));
            }
        }
        if context & PLACE != 0 && self.engine.action(contact::LOCATION).is_some() {
            let start = skip(text, end, |b| matches!(b, b' ' | b':' | b'=' | b'"' | b'\'' | b'(' | b'[' | b'{'));
            if let Some(first) = decimal(text, start) {
                // `38.7223° N, 9.1393° W`
                let next = skip(text, first, |b| matches!(b, b' ' | b',' | b';' | b'/' | b'N' | b'S' | b'E' | b'W' | 0xc2 | 0xb0));
                let end = if next == first { first } else { decimal(text, next).unwrap_or(first) };
                self.ahead(|scan| scan.found(contact::LOCATION, start, end));
            }
        }
    }
}

/// `|11|27|345` behind a card: the month and the year in which it expires, then its code. Where the code stands.
fn code_of_card(text: &[u8], from: usize) -> Option<(usize, usize)> {
    let mut end = from;
    let mut parts = [(0, 0); 3];
    for slot in &mut parts {
        let mark = run(text, end, |b| matches!(b, b' ' | b'|' | b':' | b';' | b',' | b'/' | b'\t'));
        let length = run(text, end + mark, |b| class(b) & DIGIT != 0);
        if !(1..=3).contains(&mark) || length == 0 {
            return None;
        }
        *slot = (end + mark, length);
        end += mark + length;
    }
    let [(month, months), (year, years), (code, length)] = parts;
    let year = number(text, year, years) % 100;
    let expires = months <= 2
        && (1..=12).contains(&number(text, month, months))
        && matches!(years, 2 | 4)
        && (20..60).contains(&year)
        && matches!(length, 3 | 4);
    let alone =
        class(at(text, end)) & (LETTER | DIGIT) == 0 && !(matches!(at(text, end), b'.' | b'-') && class(at(text, end + 1)) & DIGIT != 0);
    (expires && alone).then_some((code, end))
}

/// A date whose first digits are at `start`, in the orders of the world, with a month in digits or letters.
fn date(text: &[u8], start: usize) -> Option<(usize, usize)> {
    let mut parts = [0u64; 3];
    let (mut end, mut count, mut named) = (start, 0, false);
    for slot in &mut parts {
        let length = run(text, end, |b| class(b) & DIGIT != 0);
        if count == 0 && length == 8 {
            let compact = part(text, start, start + 8);
            let day = is_year(number(compact, 0, 4)) && is_day(number(compact, 4, 2), number(compact, 6, 2));
            return day.then_some((start, start + 8));
        }
        if !(1..=4).contains(&length) {
            return None;
        }
        *slot = number(text, end, length);
        count += 1;
        end += length;
        // `4 June 1976`
        if count == 3 || count == 2 && named && is_year(*slot) {
            break;
        }
        let near = up_to(text, end + GAP + 1);
        let gap = run(near, end, |b| class(b) & (LETTER | HIGH) != 0 || matches!(b, b' ' | b'-' | b'/' | b'.' | b','));
        named |= part(text, end, end + gap).iter().any(|&b| class(b) & (LETTER | HIGH) != 0);
        // `June 4, 1976`
        named |= count == 1
            && before(text, start) == b' '
            && class(before(text, start - 1)) & LETTER != 0
            && part(text, end, end + gap) == b", ";
        if gap > GAP || class(at(text, end + gap)) & DIGIT == 0 {
            break;
        }
        end += gap;
    }
    let [a, b, c] = parts;
    let right = match count {
        2 => named && (1..=31).contains(&a) && is_year(b),
        3 => is_year(a) && is_day(b, c) || (is_year(c) || c < 100) && (is_day(b, a) || is_day(a, b)),
        _ => false,
    };
    let month = if count == 2 && part(text, start, end).contains(&b',') {
        1 + run_back(text, start - 1, GAP, |b| class(b) & (LETTER | HIGH) != 0)
    } else {
        0
    };
    // 日
    let day = if part(text, end, end + 3) == "日".as_bytes() { 3 } else { 0 };
    right.then_some((start - month, end + day))
}

/// The end of a number of degrees with its decimals.
fn decimal(text: &[u8], start: usize) -> Option<usize> {
    let whole = start + usize::from(matches!(at(text, start), b'-' | b'+'));
    let digits = run(text, whole, |b| class(b) & DIGIT != 0);
    let dot = whole + digits;
    let decimals = run(text, dot + 1, |b| class(b) & DIGIT != 0);
    let degrees = (1..=3).contains(&digits) && number(text, whole, digits) <= 180 && at(text, dot) == b'.' && decimals >= DECIMALS;
    let end = dot + 1 + decimals;
    (degrees && at(text, end) != b'.').then_some(end)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use crate::{Policy, Redactor, Secrets};

    #[test]
    fn dates_of_birth_and_places() {
        let redactor = |policy| Redactor::new(Policy::from_json(policy).unwrap(), Secrets::default(), String::new()).unwrap();
        let (strict, default) = (redactor(r#"{"preset": "strict"}"#), redactor("{}"));
        for (text, redacted) in [
            ("born on 4 June 1976.", "born on [REDACTED]."),
            ("born June 4, 1976", "born [REDACTED]"),
            ("dob=1976-06-04 ok", "dob=[REDACTED] ok"),
            ("出生日期:1976年6月4日", "出生日期:[REDACTED]"),
            ("lat: 38.72231, lon: -9.13933", "lat: [REDACTED], lon: [REDACTED]"),
            ("coords (38.7223,-9.1393)", "coords ([REDACTED])"),
            ("born 1976", "born 1976"),
            ("birth rate 12.5 per 1000", "birth rate 12.5 per 1000"),
            ("lat 12 ms", "lat 12 ms"),
            ("size 38.7223, -9.1393", "size 38.7223, -9.1393"),
        ] {
            assert_eq!(strict.redact(text), redacted);
            assert_eq!(default.redact(text), text);
        }
        let json = r#"{"birth_date":"1976-06-04","created":"1976-06-04","lat":38.72231}"#;
        assert_eq!(strict.redact_json(json), r#"{"birth_date":"[REDACTED]","created":"1976-06-04","lat":"[REDACTED]"}"#);
        assert_eq!(default.redact_json(json), json);
    }
}
