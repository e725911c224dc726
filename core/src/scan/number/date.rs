//! Dates, times and addresses of machines, which most digits of a log are.

use super::phrase::{Group, Phrase};
use crate::scan::Scan;
use crate::scan::bytes::{HIGH, LETTER, at, before, class};

/// Bytes of a date as RFC 3339 writes it.
pub(super) const FULL_DATE: usize = 10;

impl Scan<'_, '_> {
    /// Where the date, the time or the IPv4 address ends that begins a phrase.
    pub(super) fn date_or_address(&self, phrase: &Phrase) -> Option<usize> {
        let text = self.text;
        match phrase.groups() {
            [a, b, c, ..] if is_date(text, [a, b, c]) => Some(c.end),
            // `+33.6.12.34.04.79` is none
            [a, b, c, d, rest @ ..]
                if (self.previous(a.start) != b'+' || rest.first().is_none_or(|next| next.separator != b'.'))
                    && is_address(text, [a, b, c, d]) =>
            {
                Some(d.end)
            }
            // `20240501 123045`, `20240501-123045`
            [a, b, ..] if a.len() == 8 && matches!(b.len(), 4 | 6) && !is_clock(text, a) && is_compact_date(a.digits(text)) => Some(b.end),
            [a, ..] if is_clock(text, a) && a.len() <= 4 => Some(a.end),
            [a] if matches!(a.len(), 8 | 12 | 14) && is_compact_date(a.digits(text)) => (self.around(a.start, a.end) == 0).then_some(a.end),
            _ => None,
        }
    }
}

/// Is this a date in one of the orders in which they are written: `2024/5/1`, `01.05.2024`, `5-1-2024`?
fn is_date(text: &[u8], [a, b, c]: [&Group; 3]) -> bool {
    let is_year = |group: &Group| group.len() == 4 && (1900..2100).contains(&value(text, group));
    let is_month = |group: &Group| group.len() <= 2 && (1..=12).contains(&value(text, group));
    let is_day = |group: &Group| group.len() <= 2 && (1..=31).contains(&value(text, group));
    b.separator == c.separator
        && matches!(b.separator, b'-' | b'/' | b'.')
        && (is_year(a) && is_month(b) && is_day(c) || is_year(c) && (is_day(a) && is_month(b) || is_month(a) && is_day(b)))
}

/// Is this an IPv4 address? Of two digits the first is no zero, as it is in `01.23.45.67.89`.
fn is_address(text: &[u8], groups: [&Group; 4]) -> bool {
    let [first, ..] = groups;
    let dialled = first.len() == 2 && at(text, first.start) == b'0';
    !dialled
        && groups.iter().skip(1).all(|group| group.separator == b'.')
        && groups.iter().all(|group| group.len() <= 3 && value(text, group) <= 255)
}

/// Is this a part of a time: before a colon, or behind one that does not stand behind a key, as in `phone:9123 4567`?
fn is_clock(text: &[u8], group: &Group) -> bool {
    let (colon, previous) = (before(text, group.start), before(text, group.start.saturating_sub(1)));
    at(text, group.end) == b':' || colon == b':' && class(previous) & (LETTER | HIGH) == 0
}

/// The number that the digits of a group make, of which no more than four count.
fn value(text: &[u8], group: &Group) -> u32 {
    group.digits(text).iter().take(4).fold(0, |n, &b| n * 10 + u32::from(b - b'0'))
}

/// Does `2024-05-01` stand at `start` (RFC 3339, section 5.6)?
pub(in crate::scan) fn is_full_date(text: &[u8], start: usize) -> bool {
    matches!(
        text.get(start..),
        Some([b'1' | b'2', b'0' | b'9', _, _, b'-', b'0' | b'1', _, b'-', b'0'..=b'3', b'0'..=b'9', rest @ ..])
            if !matches!(rest, [b'-' | b'0'..=b'9', ..])
    )
}

/// Does `YYYYMMDD` stand at the beginning, and behind it nothing, `HHMM` or `HHMMSS`?
pub(in crate::scan) fn is_compact_date(digits: &[u8]) -> bool {
    let two = |i: usize| u32::from(at(digits, i) - b'0') * 10 + u32::from(at(digits, i + 1) - b'0');
    digits.len() >= 8
        && matches!(two(0), 19 | 20)
        && (1..=12).contains(&two(4))
        && (1..=31).contains(&two(6))
        && (digits.len() < 12 || two(8) < 24 && two(10) < 60)
}
