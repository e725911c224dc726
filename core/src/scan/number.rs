//! Digits, alone or in groups: cards, phone numbers and personal numbers.
//!
//! Most digits of a log are none of these, so dates, times, addresses of machines and fractions are recognised first, and weak
//! numbers need a word beside them that says what they are.

use crate::detect::{self, Detector, DetectorId, Find, contact, context, identity, payment};
use crate::scan::Scan;
use crate::scan::bytes::{DIGIT, LOWER, UPPER, WORD, at, before, class, part, run};
use crate::validate::{luhn, pt};

/// Groups that one phrase may have.
const GROUPS: usize = 12;
/// Digits that the longest number has.
const DIGITS_MAX: usize = 24;
/// Fewer digits are nothing.
const DIGITS_MIN: usize = 7;

/// One group of digits and the separator before it (0 for the first, `)` where a bracket closed).
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    start: usize,
    end: usize,
    separator: u8,
}

/// Groups of digits with one separator between each.
#[derive(Default)]
struct Phrase {
    groups: [Group; GROUPS],
    count: usize,
    digits: usize,
}

impl Phrase {
    fn groups(&self) -> &[Group] {
        self.groups.get(..self.count).unwrap_or_default()
    }

    fn push(&mut self, group: Group) -> bool {
        match self.groups.get_mut(self.count) {
            Some(slot) => {
                *slot = group;
                self.count += 1;
                self.digits += group.end - group.start;
                true
            }
            None => false,
        }
    }
}

/// A run of groups within a phrase, with its digits together.
struct Window<'g> {
    groups: &'g [Group],
    digits: [u8; DIGITS_MAX],
    count: usize,
}

impl Window<'_> {
    fn digits(&self) -> &[u8] {
        self.digits.get(..self.count).unwrap_or_default()
    }

    fn start(&self) -> usize {
        self.groups.first().map_or(0, |group| group.start)
    }

    fn end(&self) -> usize {
        self.groups.last().map_or(0, |group| group.end)
    }

    /// The lengths of the groups as the digits of a number: 4-4-4-4 is 4444.
    fn pattern(&self) -> u64 {
        self.groups.iter().fold(0, |pattern, group| pattern * 16 + (group.end - group.start).min(15) as u64)
    }

    fn separators_agree(&self) -> bool {
        let mut separators = self.groups.iter().skip(1).map(|group| group.separator);
        let first = separators.next();
        separators.all(|separator| Some(separator) == first)
    }
}

/// The numbers of an engine that are nothing but digits and a check.
pub(crate) struct Plain {
    pub(crate) id: DetectorId,
    digits: usize,
    check: fn(&[u8]) -> bool,
    context: u32,
}

/// The active detectors of plain numbers.
pub(crate) fn plain_numbers(active: impl Fn(DetectorId) -> bool) -> Vec<Plain> {
    (0..)
        .zip(detect::all())
        .filter(|&(id, _)| active(id))
        .filter_map(|(id, detector)| match *detector {
            Detector { find: Find::Number { digits, check, context }, .. } => Some(Plain { id, digits, check, context }),
            _ => None,
        })
        .collect()
}

impl Scan<'_, '_> {
    /// A word `start..end` that begins with a digit: where to go on.
    #[inline]
    pub(super) fn number(&mut self, start: usize, end: usize) -> usize {
        // what a number needs to be looked at: seven digits, or a separator and more digits
        let next = at(self.text, end);
        if end - start < DIGITS_MIN
            && !(matches!(next, b' ' | b'-' | b'.' | b')' | b'/')
                && (class(at(self.text, end + 1)) & DIGIT != 0 || at(self.text, end + 1) == b'(')
                || next == b')'
                || next == 0xc2)
        {
            return end;
        }
        if next == b'-' && end - start == 4 && is_iso_date(self.text.get(start..).unwrap_or_default()) {
            return start + 10;
        }
        self.phrase(start, end)
    }

    #[inline(never)]
    fn phrase(&mut self, start: usize, end: usize) -> usize {
        let text = self.text;
        // the tail of a card that was redacted before
        if before(text, start) == b'-' && start >= 2 && at(text, start - 2) == b'*' {
            return end;
        }
        if !part(text, start, end).iter().all(u8::is_ascii_digit) {
            return self.with_letters(start, end);
        }
        let mut phrase = Phrase::default();
        phrase.push(Group { start, end, separator: 0 });
        let mut i = end;
        while let Some(group) = next_group(text, i) {
            // `8 digits, 1 digit, ZZ4`: the last group of a citizen card is no group of digits
            if class(at(text, group.end)) & WORD != 0 {
                break;
            }
            if !phrase.push(group) {
                return self.table(start);
            }
            i = group.end;
        }
        if phrase.digits < DIGITS_MIN {
            return end;
        }
        if let Some(end) = self.date_or_address(&phrase) {
            return end;
        }
        let glued = self.glued(start);
        if glued == Glued::Fraction || at(text, i) == b'.' && class(at(text, i + 1)) & DIGIT != 0 && phrase.count == 1 {
            return i;
        }
        self.citizen_card(&phrase)
            .or_else(|| self.card(&phrase, glued))
            .or_else(|| self.plain_number(&phrase, glued))
            .or_else(|| self.phone(&phrase, glued))
            // a later group may begin something: go on behind the first
            .unwrap_or(end)
    }

    /// More groups than any number has: a table or a dump. Only numbers in one piece are looked for, so that the work stays linear.
    fn table(&mut self, start: usize) -> usize {
        let mut group = Group { start, end: start + run(self.text, start, |b| b.is_ascii_digit()), separator: 0 };
        loop {
            let mut alone = Phrase::default();
            alone.push(group);
            if alone.digits >= DIGITS_MIN && self.date_or_address(&alone).is_none() {
                let glued = self.glued(group.start);
                let _found = self.card(&alone, glued).or_else(|| self.plain_number(&alone, glued)).or_else(|| self.phone(&alone, glued));
            }
            match next_group(self.text, group.end) {
                Some(next) if class(at(self.text, next.end)) & WORD == 0 => group = next,
                _ => return group.end,
            }
        }
    }

    /// Dates, times and IPv4 addresses at the beginning of a phrase: where they end.
    fn date_or_address(&self, phrase: &Phrase) -> Option<usize> {
        let text = self.text;
        let value = |group: &Group| part(text, group.start, group.end).iter().take(4).fold(0u32, |n, &b| n * 10 + u32::from(b - b'0'));
        let length = |group: &Group| group.end - group.start;
        let year = |group: &Group| length(group) == 4 && (1900..2100).contains(&value(group));
        let month = |group: &Group| length(group) <= 2 && (1..=12).contains(&value(group));
        let day = |group: &Group| length(group) <= 2 && (1..=31).contains(&value(group));
        let clock = |group: &Group| at(text, group.end) == b':' || before(text, group.start) == b':';
        match phrase.groups() {
            [a, b, c, ..]
                if b.separator == c.separator
                    && matches!(b.separator, b'-' | b'/' | b'.')
                    && ((year(a) && month(b) && day(c)) || (year(c) && (day(a) && month(b) || month(a) && day(b)))) =>
            {
                Some(c.end)
            }
            [a, b, c, d, ..]
                if b.separator == b'.'
                    && c.separator == b'.'
                    && d.separator == b'.'
                    && [a, b, c, d].iter().all(|group| length(group) <= 3 && value(group) <= 255) =>
            {
                Some(d.end)
            }
            // 20240501 123045, 20240501-123045: compact dates and times
            [a, b, ..]
                if length(a) == 8
                    && matches!(length(b), 4 | 6)
                    && (19..=20).contains(&(value(a) / 100))
                    && !clock(a)
                    && is_compact_date(part(text, a.start, a.end)) =>
            {
                Some(b.end)
            }
            [a, ..] if clock(a) && length(a) <= 4 => Some(a.end),
            [a] if matches!(length(a), 8 | 12 | 14) && is_compact_date(part(text, a.start, a.end)) && value(a) < 2100 => {
                (context::around(text, a.start, a.end) | self.context == 0).then_some(a.end)
            }
            _ => None,
        }
    }

    /// How the phrase hangs on what is before it.
    fn glued(&self, start: usize) -> Glued {
        let text = self.text;
        let (b, previous) = (self.previous(start), self.previous(start.saturating_sub(1)));
        match b {
            b'.' if class(previous) & DIGIT != 0 => Glued::Fraction,
            b'.' | b'-' | b'/' | b'#' | b'+' if class(previous) & (UPPER | LOWER | DIGIT) != 0 => Glued::Word,
            b'$' | b'#' => Glued::Word,
            _ if start >= 3 && matches!(text.get(start - 3..start), Some(b"\xe2\x82\xac")) => Glued::Word,
            _ => Glued::No,
        }
    }

    fn context_of(&self, start: usize, end: usize) -> u32 {
        self.context | context::around(self.text, start, end)
    }

    /// Eight digits, one digit, two letters or digits of the version, one digit: in one word or in groups.
    fn with_letters(&mut self, start: usize, end: usize) -> usize {
        let text = self.text;
        if end - start == 12 && pt::is_cc(part(text, start, end)) && !self.is_exponent(start, end) {
            self.found(identity::pt::CC, start, end);
            return end;
        }
        // an extension: `+442079460958x123`
        let digits = run(text, start, |b| b.is_ascii_digit());
        if before(text, start) == b'+' && digits >= DIGITS_MIN && matches!(at(text, start + digits), b'x' | b'e') {
            let mut phrase = Phrase::default();
            phrase.push(Group { start, end: start + digits, separator: 0 });
            let glued = self.glued(start);
            return self.phone(&phrase, glued).map_or(end, |_| end);
        }
        end
    }

    /// `0.335013307E26`: the version of a citizen card reads like an exponent, and then needs a word beside it.
    fn is_exponent(&self, start: usize, end: usize) -> bool {
        let version = part(self.text, end.saturating_sub(3), end);
        matches!(version, [b'E', b'0'..=b'9', _]) && self.context_of(start, end) & context::PT_CC == 0
    }

    fn citizen_card(&mut self, phrase: &Phrase) -> Option<usize> {
        let text = self.text;
        let (start, nine) = match phrase.groups() {
            [a, b, ..] if a.end - a.start == 8 && b.end - b.start == 1 => (a.start, b.end),
            [a] if a.end - a.start == 9 => (a.start, a.end),
            [a] if a.end - a.start == 8 => (a.start, a.end),
            _ => return None,
        };
        let mut compact = [0u8; 12];
        let mut length = 0;
        let mut i = start;
        while length < 12 && i < nine + 8 {
            let b = at(text, i);
            if class(b) & (DIGIT | UPPER) != 0 {
                *compact.get_mut(length)? = b;
                length += 1;
            } else if !matches!(b, b' ' | b'-') {
                return None;
            }
            i += 1;
        }
        (length == 12 && class(at(text, i)) & WORD == 0 && pt::is_cc(&compact)).then(|| {
            self.found(identity::pt::CC, start, i);
            i
        })
    }

    fn card(&mut self, phrase: &Phrase, glued: Glued) -> Option<usize> {
        self.engine.action(payment::CARD)?;
        let mut end = None;
        let mut first = 0;
        while first < phrase.count {
            let window = (1..=phrase.count - first).rev().find_map(|count| {
                let window = self.window(phrase, first, count).filter(|window| (12..=19).contains(&window.count))?;
                self.is_card(phrase, &window, glued).then_some((window.start(), window.end(), count))
            });
            match window {
                Some((start, stop, count)) => {
                    self.found(payment::CARD, start, stop);
                    end = Some(stop);
                    first += count;
                }
                None => first += 1,
            }
        }
        end
    }

    fn is_card(&self, phrase: &Phrase, window: &Window<'_>, glued: Glued) -> bool {
        let digits = window.digits();
        let single = window.groups.len() == 1;
        let grouped = window.separators_agree()
            && window.groups.get(1).is_some_and(|group| matches!(group.separator, b' ' | b'-'))
            && match window.pattern() {
                0x4444 | 0x465 | 0x464 | 0x44443 | 0x4441 => true,
                // two arguments of a log call
                0x88 => self.context_of(window.start(), window.end()) & context::CARD != 0,
                _ => false,
            };
        let fraction = window.groups.first().is_some_and(|group| group.separator == b'.');
        if !(single || grouped) || fraction || before(self.text, window.start()) == b'+' || at(digits, 0) == b'0' {
            return false;
        }
        // a piece of something longer: `4111-1111-1111-1111-2222`
        let whole = glued == Glued::No || single;
        if luhn::is_valid(digits) && luhn::has_issuer(digits) {
            return whole && !(glued == Glued::Word && at(self.text, window.end()) == b'-');
        }
        let four_by_four = window.pattern() == 0x4444 && phrase.count == 4 && glued == Glued::No;
        if four_by_four {
            return true;
        }
        digits.len() >= 13
            && !(at(digits, 0) == b'1' || digits.len() == 13 && single && at(digits, 0) != b'4')
            && luhn::has_issuer(digits)
            && self.context_of(window.start(), window.end()) & context::CARD != 0
    }

    fn plain_number(&mut self, phrase: &Phrase, glued: Glued) -> Option<usize> {
        let engine = self.engine;
        for first in 0..phrase.count {
            for count in 1..=phrase.count - first {
                let Some(window) = self.window(phrase, first, count) else { break };
                for plain in engine.numbers.iter().filter(|plain| plain.digits == window.count) {
                    let near = || self.context_of(window.start(), window.end()) & plain.context != 0;
                    // without a word beside it, only in one piece or as it is printed
                    let printed = plain.context != 0 || matches!((count, window.pattern()), (1, _) | (_, 0x44b2 | 0x444441));
                    let fraction = window.groups.first().is_some_and(|group| group.separator == b'.');
                    if printed && !fraction && (plain.check)(window.digits()) && glued != Glued::Fraction && (plain.context == 0 || near())
                    {
                        let (start, end) = (window.start(), window.end());
                        self.found(plain.id, start, end);
                        return Some(end);
                    }
                }
            }
        }
        None
    }

    fn phone(&mut self, phrase: &Phrase, glued: Glued) -> Option<usize> {
        self.engine.action(contact::PHONE)?;
        let text = self.text;
        let first = *phrase.groups().first()?;
        let (b, previous) = (self.previous(first.start), self.previous(first.start.saturating_sub(1)));
        // `+351 …`, `(+351) …`
        if b == b'+' && class(previous) & (UPPER | LOWER | DIGIT) == 0 {
            let window = self.international(phrase)?;
            let (start, end) = (first.start - 1, window.end());
            self.found(contact::PHONE, start, end);
            return Some(end);
        }
        if glued == Glued::Word {
            return None;
        }
        let bracket = b == b'(';
        // the longest run of groups from the first that can be a number, without what a date or an amount adds behind
        for count in (1..=phrase.count).rev() {
            let Some(window) = self.window(phrase, 0, count).filter(|window| (DIGITS_MIN..=15).contains(&window.count)) else { continue };
            let last_end = window.end();
            if matches!(at(text, last_end), b':' | b'%')
                || at(text, last_end) == b'.' && class(at(text, last_end + 1)) & DIGIT != 0
                || at(text, last_end) == b',' && class(at(text, last_end + 1)) & DIGIT != 0
            {
                continue;
            }
            let formatted = is_formatted(&window, bracket) && phrase.count <= count + 1;
            if formatted || (self.context_of(first.start, last_end) & context::PHONE != 0 && can_be_phone(&window)) {
                let start = if bracket { first.start - 1 } else { first.start };
                self.found(contact::PHONE, start, last_end);
                return Some(last_end);
            }
        }
        None
    }

    /// The groups behind a `+` that make a number of E.164: at most 15 digits, and no more than the country has.
    fn international<'p>(&self, phrase: &'p Phrase) -> Option<Window<'p>> {
        let mut best = None;
        for count in 1..=phrase.count {
            let Some(window) = self.window(phrase, 0, count).filter(|window| window.count <= 15) else { break };
            if window.count < DIGITS_MIN {
                continue;
            }
            let (least, most) = country_lengths(window.digits())?;
            if (least..=most).contains(&window.count) {
                best = Some(window);
            }
        }
        best
    }

    /// `count` groups from `first` on, with their digits together.
    fn window<'p>(&self, phrase: &'p Phrase, first: usize, count: usize) -> Option<Window<'p>> {
        let groups = phrase.groups().get(first..first + count)?;
        let mut window = Window { groups, digits: [0; DIGITS_MAX], count: 0 };
        for group in groups {
            let digits = part(self.text, group.start, group.end);
            window.digits.get_mut(window.count..window.count + digits.len())?.copy_from_slice(digits);
            window.count += digits.len();
        }
        Some(window)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Glued {
    No,
    /// `order-4111`, `/users/4111`, `$4111`.
    Word,
    /// `0.4111`.
    Fraction,
}

/// The group of digits behind one separator at `i`.
fn next_group(text: &[u8], i: usize) -> Option<Group> {
    let (separator, start) = match (at(text, i), at(text, i + 1), at(text, i + 2)) {
        (b')', b' ' | b'-', b) if class(b) & DIGIT != 0 => (b')', i + 2),
        (b')', b, _) if class(b) & DIGIT != 0 => (b')', i + 1),
        (b' ' | b'-', b'(', b) if class(b) & DIGIT != 0 => (b'(', i + 2),
        (0xc2, 0xa0, b) if class(b) & DIGIT != 0 => (b' ', i + 2),
        (b @ (b' ' | b'-' | b'.' | b'/'), next, _) if class(next) & DIGIT != 0 => (b, i + 1),
        _ => return None,
    };
    Some(Group { start, end: start + run(text, start, |b| b.is_ascii_digit()), separator })
}

/// `2024-05-01` (RFC 3339, section 5.6), the beginning of most lines of a log.
fn is_iso_date(text: &[u8]) -> bool {
    matches!(text, [b'1' | b'2', b'0' | b'9', _, _, b'-', b'0' | b'1', b'0'..=b'9', b'-', b'0'..=b'3', b'0'..=b'9', rest @ ..] if !matches!(rest, [b'-', ..]) && !rest.first().is_some_and(u8::is_ascii_digit))
}

/// YYYYMMDD at the beginning, followed by nothing, HHMM or HHMMSS.
fn is_compact_date(digits: &[u8]) -> bool {
    let two = |i: usize| u32::from(at(digits, i) - b'0') * 10 + u32::from(at(digits, i + 1) - b'0');
    digits.len() >= 8
        && matches!(two(0), 19 | 20)
        && (1..=12).contains(&two(4))
        && (1..=31).contains(&two(6))
        && (digits.len() < 12 || two(8) < 24 && two(10) < 60)
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

/// Can these digits be dialled at all? Not a number of an epoch, nor one digit over and over.
fn can_be_phone(window: &Window<'_>) -> bool {
    let digits = window.digits();
    let epoch = window.groups.len() == 1
        && matches!(digits.len(), 10 | 13)
        && at(digits, 0) == b'1'
        && matches!(at(digits, 1), b'4'..=b'9')
        && digits.len() == 13;
    !epoch && digits.iter().any(|b| Some(b) != digits.first())
}

/// Is the grouping that of a national plan, so that no word is needed?
fn is_formatted(window: &Window<'_>, bracket: bool) -> bool {
    let digits = window.digits();
    let nanp = |d: &[u8]| matches!(at(d, 0), b'2'..=b'9') && matches!(at(d, 3), b'2'..=b'9');
    let dotted = window.groups.iter().skip(1).any(|group| group.separator == b'/');
    if dotted {
        return false;
    }
    let agree = window.separators_agree();
    let spaced = window.groups.get(1).is_some_and(|group| group.separator == b' ');
    match window.pattern() {
        // NANP: (914) 349-8600, 914-349-8600, 914.349.8600, 1-914-349-8600
        0x334 => nanp(digits) && (bracket || (agree && !spaced)),
        0x1334 => at(digits, 0) == b'1' && nanp(digits.get(1..).unwrap_or_default()),
        // Portugal, mobile: 912 345 678
        0x333 if spaced => at(digits, 0) == b'9' && matches!(at(digits, 1), b'1' | b'2' | b'3' | b'6'),
        // France: 01 23 45 67 89
        0x22222 => agree && at(digits, 0) == b'0' && matches!(at(digits, 1), b'1'..=b'9'),
        // Brazil: (11) 91234-5678, (11) 3123-4567
        0x254 => bracket && at(digits, 2) == b'9',
        0x244 => bracket,
        // trunk prefix 0 and three groups or more: 020 7946 0958, 01632 960 001, 0800-00-00-00
        _ => {
            window.groups.len() >= 3
                && agree
                && at(digits, 0) == b'0'
                && matches!(at(digits, 1), b'1'..=b'9')
                && (9..=12).contains(&digits.len())
                && window.groups.first().is_some_and(|group| (2..=5).contains(&(group.end - group.start)))
        }
    }
}
