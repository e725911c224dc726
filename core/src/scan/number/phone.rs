//! Telephone numbers: by a `+` and the plan of a country, by the grouping of a national plan, or by a word beside them.

use std::ops::RangeInclusive;

use super::phrase::{Group, Phrase, WIDE, Window};
use super::{DIGITS_MIN, Glued, digits};
use crate::detect::{contact, context};
use crate::scan::Scan;
use crate::scan::bytes::{self, DIGIT, LETTER, WORD, at, before, class, part, run};

/// Digits of a telephone number (ITU-T E.164 has up to 15).
pub(super) const LENGTHS: RangeInclusive<usize> = DIGITS_MIN..=15;

impl Scan<'_, '_> {
    /// The telephone number that a phrase begins with: where it ends, with its extension.
    pub(super) fn phone(&mut self, phrase: &Phrase, glued: Glued) -> Option<usize> {
        self.engine.action(contact::PHONE)?;
        let text = self.text;
        let first = phrase.start();
        let (b, previous) = (self.previous(first), self.previous(first.saturating_sub(1)));
        // `+351 …`, `(+351) …`, and a link of WhatsApp
        let (start, window) = if part(text, 0, first).ends_with(b"wa.me/") {
            (first, self.international(phrase)?)
        } else if part(text, 0, first).ends_with(b" m=+") {
            // of a monotonic clock, as Go prints a time
            return None;
        } else if b == b'+' && class(previous) & (LETTER | DIGIT) == 0 && previous != b'+' {
            (first - 1, self.international(phrase)?)
        } else if glued == Glued::Word {
            return None;
        } else if class(previous) & DIGIT == 0
            && let Some(window) = Self::dialled(phrase)
        {
            (first, window)
        } else {
            (first, self.national(phrase, b == b'(')?)
        };
        let bracket = usize::from(before(text, start) == b'(' && part(text, start, window.end()).contains(&b')'));
        let end = extension(text, window.end()).unwrap_or(window.end());
        // where one stands, there are others
        self.heard.note(start, end, context::PHONE);
        self.found(contact::PHONE, start - bracket, end);
        Some(end)
    }

    /// The longest run of groups from the first that can be a number, without what a date or an amount adds behind.
    fn national<'p>(&self, phrase: &'p Phrase, bracket: bool) -> Option<Window<'p>> {
        let text = self.text;
        // the words around are the same for every run of groups
        let mut named = None;
        for count in (1..=phrase.count).rev() {
            let window = phrase.window(0, count);
            let end = window.end();
            let goes_on = at(text, end) == b'%' || matches!(at(text, end), b'.' | b',' | b':') && class(at(text, end + 1)) & DIGIT != 0;
            if !LENGTHS.contains(&window.digits.len()) || goes_on {
                continue;
            }
            // the number of a part: `415-555-0137-A`
            let part_number = at(text, end) == b'-' && class(at(text, end + 1)) & WORD != 0;
            let formatted =
                !part_number && is_formatted(&window, bracket) && phrase.count <= count + 1 && !self.is_measured(window.start());
            let mut named = || *named.get_or_insert_with(|| self.around(window.start(), end) & context::PHONE != 0);
            if formatted || can_be_phone(&window) && (named() || self.is_line(&window, bracket)) {
                return Some(window);
            }
        }
        None
    }

    /// The groups of an international number as it is dialled where `00` leads abroad, in groups.
    fn dialled<'p>(phrase: &'p Phrase) -> Option<Window<'p>> {
        let abroad = |window: &Window<'p>| {
            let number = window.digits.strip_prefix(b"00")?;
            let (least, most) = country_lengths(number)?;
            let grouped = window.groups.len() > 2 && window.separators_agree() && (2..=5).contains(&window.groups.first()?.len());
            // no area of NANP begins so
            let other = matches!(number, [b'1', b'0' | b'1', ..]);
            (grouped && !other && (least..=most).contains(&number.len())).then_some(())
        };
        (3..=phrase.count).rev().map(|count| phrase.window(0, count)).find(|window| abroad(window).is_some())
    }

    /// Is this the whole line, and does it begin as numbers do that are dialled at home?
    fn is_line(&self, window: &Window<'_>, bracket: bool) -> bool {
        let (start, end) = (window.start() - usize::from(bracket), window.end());
        let grouped = window.groups.len() > 1;
        let area = bracket || window.groups.get(1).is_some_and(|group| group.separator == b'(');
        self.is_whole(start, end)
            && match (window.digits.len(), window.digits) {
                (10 | 11, [b'0', b'1'..=b'9', ..]) if grouped => true,
                (11, [b'0', second, ..]) => matches!(second, b'5'..=b'9'),
                (10, [b'0', second, ..]) => matches!(second, b'6' | b'7'),
                (8..=11, _) => area,
                _ => false,
            }
            && window.groups.iter().skip(1).all(|group| group.separator != b'.')
    }

    /// Is nothing else in the text?
    fn is_whole(&self, start: usize, end: usize) -> bool {
        self.context & context::PART == 0
            && part(self.text, 0, start).trim_ascii().is_empty()
            && part(self.text, end, self.text.len()).trim_ascii().is_empty()
    }

    /// The groups behind a `+` that make a number of E.164: at most 15 digits, and no more than the country has.
    fn international<'p>(&self, phrase: &'p Phrase) -> Option<Window<'p>> {
        let mut best = None;
        for count in 1..=phrase.count {
            let window = phrase.window(0, count);
            let digits = window.digits.len();
            if !LENGTHS.contains(&digits) {
                continue;
            }
            let (least, most) = country_lengths(window.digits)?;
            if (least..=most).contains(&digits) {
                best = Some(window);
            }
        }
        best
    }
}

/// Where the extension ends that follows a telephone number: `x123`, ` ext. 123`, ` #12`. Nothing without one.
pub(super) fn extension(text: &[u8], end: usize) -> Option<usize> {
    let word = end + run(text, end, |b| b == b' ').min(2);
    let sign = ["extension", "ext.", "ext", "x", "#"]
        .iter()
        .find(|sign| bytes::starts_with_nocase(text.get(word..).unwrap_or_default(), sign.as_bytes()))?;
    let start = word + sign.len() + run(text, word + sign.len(), |b| b == b' ').min(1);
    let length = digits(text, start);
    ((1..=6).contains(&length) && class(at(text, start + length)) & WORD == 0).then_some(start + length)
}

/// The least and the most digits of an international number by its country code (ITU-T E.164 and the national plans).
fn country_lengths(digits: &[u8]) -> Option<(usize, usize)> {
    let code = digits.iter().take(3).fold(0u32, |n, &b| n * 10 + u32::from(b - b'0'));
    Some(match code {
        0..=99 => return None,
        100..=199 => (11, 11),
        351 | 244 | 258 | 238 | 239 | 245 => (10, 12),
        330..=349 => (11, 11),
        // often written with the trunk zero: +44 (0)20 …
        440..=449 => (11, 13),
        550..=559 => (12, 13),
        700..=799 => (11, 11),
        _ => (8, 15),
    })
}

/// Can these digits be dialled at all? No milliseconds since 1970, no version, no years, nor one digit over and over.
pub(super) fn can_be_phone(window: &Window<'_>) -> bool {
    let digits = window.digits;
    let epoch = window.groups.len() == 1 && digits.len() == 13 && at(digits, 0) == b'1' && matches!(at(digits, 1), b'4'..=b'9');
    // a number within an area of NANP begins with 2 or more
    let local = window.pattern() == 0x34 && matches!(at(digits, 0), b'0' | b'1');
    // `CEP 01310-100`: a postal code of Brazil, and a word of Turkish telephones
    let postal = window.pattern() == 0x53 && window.groups.iter().any(|group| group.separator == b'-');
    // a version: `12.3.4567`, where a number has one digit alone at most in front of three groups, as in `1.415.555.0132`
    let single = |(i, group): (usize, &Group)| group.len() == 1 && (i > 0 || window.groups.len() < 4);
    let version = window.groups.iter().skip(1).all(|group| group.separator == b'.') && window.groups.iter().enumerate().any(single);
    // `© 2016-2020`
    let years = window.pattern() == 0x44
        && window.groups.iter().skip(1).all(|group| group.separator == b'-')
        && digits.chunks(4).all(|year| matches!(year, [b'1', b'9', ..] | [b'2', b'0', ..]));
    !epoch && !local && !postal && !version && !years && digits.iter().any(|b| Some(b) != digits.first())
}

/// Is the grouping that of a national plan, so that no word is needed?
fn is_formatted(window: &Window<'_>, bracket: bool) -> bool {
    let digits = window.digits;
    let nanp = |d: &[u8]| matches!(at(d, 0), b'2'..=b'9') && matches!(at(d, 3), b'2'..=b'9');
    if window.groups.iter().skip(1).any(|group| matches!(group.separator, b'/' | WIDE)) {
        return false;
    }
    let agree = window.separators_agree();
    let spaced = window.groups.get(1).is_some_and(|group| group.separator == b' ');
    match window.pattern() {
        // NANP: (914) 349-8600, 914-349-8600, 914.349.8600, 1-914-349-8600
        0x334 => bracket || nanp(digits) && agree && !spaced,
        0x1334 => at(digits, 0) == b'1' && nanp(digits.get(1..).unwrap_or_default()),
        // Turkey and Russia, mobile: 532-123-45-67
        0x3322 => agree && matches!(at(digits, 0), b'5' | b'9'),
        // Russia, as it is dialled at home: 8 (912) 345-67-89
        0x13322 => at(digits, 0) == b'8' && matches!(at(digits, 1), b'3' | b'4' | b'8' | b'9'),
        // Portugal, mobile: 912 345 678
        0x333 if spaced => at(digits, 0) == b'9' && matches!(at(digits, 1), b'1' | b'2' | b'3' | b'6'),
        // France: 01 23 45 67 89
        0x22222 => agree && at(digits, 0) == b'0' && matches!(at(digits, 1), b'1'..=b'9'),
        // Brazil: (11) 91234-5678, (11) 3123-4567
        0x254 => bracket && at(digits, 2) == b'9',
        0x244 => bracket,
        // as a social security number: 078-05-1120
        0x324 => false,
        // trunk prefix 0 and three groups or more: 020 7946 0958, 01632 960 001, 0800-00-00-00
        _ => {
            window.groups.len() >= 3
                && agree
                && at(digits, 0) == b'0'
                && matches!(at(digits, 1), b'1'..=b'9')
                && (9..=12).contains(&digits.len())
                && window.groups.first().is_some_and(|group| (2..=5).contains(&group.len()))
        }
    }
}
