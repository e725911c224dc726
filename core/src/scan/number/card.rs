//! Numbers of payment cards, alone or on the track of a magnetic stripe.

use std::ops::RangeInclusive;

use super::date::is_compact_date;
use super::phrase::{Phrase, WIDE, Window};
use super::{Glued, digits};
use crate::detect::{context, payment};
use crate::policy::Action;
use crate::scan::Scan;
use crate::scan::bytes::{WORD, at, before, class, part, run, up_to};
use crate::validate::luhn;

/// Digits of a card (ISO/IEC 7812-1 has up to 19).
pub(super) const LENGTHS: RangeInclusive<usize> = 12..=19;
/// Digits behind the number of a card on its second track: date and service code at least.
const TRACK_MIN: usize = 7;
const TRACK_MAX: usize = 24;
/// Bytes of the name on the first track.
const NAME_MAX: usize = 26;

impl Scan<'_, '_> {
    /// Finds the cards among the groups of a phrase: where the last of them ends.
    pub(super) fn card(&mut self, phrase: &Phrase, glued: Glued) -> Option<usize> {
        let action = self.engine.action(payment::CARD)?;
        let mut last = None;
        let mut first = 0;
        while first < phrase.count {
            let mut longest_first = (1..=phrase.count - first).rev().map(|count| phrase.window(first, count));
            let Some(window) = longest_first.find(|window| self.is_card(phrase, window, glued)) else {
                first += 1;
                continue;
            };
            let (start, end) = (window.start(), window.end());
            let (start, end, action) = match self.second_track(start, end) {
                Some((start, end)) => (start, end, action_on_track(action)),
                None => (start, end, action),
            };
            self.record(payment::CARD, start, end, action);
            self.code_behind_card(end);
            last = Some(end);
            first += window.groups.len();
        }
        last
    }

    /// The first track (ISO/IEC 7813): `%Bnumber^SURNAME/NAME^YYMM service discretionary?`. Where it ends, if one begins at `i`.
    pub(in crate::scan) fn first_track(&mut self, i: usize) -> Option<usize> {
        let text = self.text;
        if part(text, i, i + 2).eq_ignore_ascii_case(b"%B") { self.named_track(i, i + 2) } else { None }
    }

    /// The first track from `i` on, whose number begins at `start`.
    fn named_track(&mut self, i: usize, start: usize) -> Option<usize> {
        let text = self.text;
        let action = self.engine.action(payment::CARD)?;
        let number = part(text, start, start + digits(up_to(text, start + LENGTHS.end()), start));
        let name = start + number.len();
        let rest = name + 1 + run(up_to(text, name + 1 + NAME_MAX), name + 1, |b| !matches!(b, b'^' | b'?' | b'\n'));
        if number.len() < *LENGTHS.start() || (at(text, name), at(text, rest)) != (b'^', b'^') || !luhn::is_valid(number) {
            return None;
        }
        let end = rest + 1 + run(up_to(text, rest + 1 + TRACK_MAX), rest + 1, |b| class(b) & WORD != 0 || b == b' ');
        let end = end + usize::from(at(text, end) == b'?');
        self.record(payment::CARD, i, end, action_on_track(action));
        Some(end)
    }

    /// What has no marks of a stripe: a track as `Bnumber^SURNAME/NAME^YYMM…`, and as a chip gives the second, `numberDYYMM…F` (EMV, tag
    /// 57), and a number as the chip does, behind the tag 5A and its length in bytes.
    pub(super) fn bare_track(&mut self, start: usize, end: usize) -> Option<usize> {
        let tagged = start + 2;
        if part(self.text, start.saturating_sub(2), tagged).eq_ignore_ascii_case(b"5A08") {
            let end = tagged + 16;
            let number = part(self.text, tagged, end);
            let action = self.engine.action(payment::CARD).filter(|_| luhn::is_valid(number) && luhn::has_issuer(number))?;
            self.record(payment::CARD, tagged, end, action_on_track(action));
            return Some(end);
        }
        if !LENGTHS.contains(&(end - start)) {
            return None;
        }
        match (self.previous(start), at(self.text, end)) {
            (b'B', b'^') => self.named_track(start - 1, start),
            (b, b'D') if class(b) & WORD == 0 && luhn::is_valid(part(self.text, start, end)) => {
                let action = self.engine.action(payment::CARD)?;
                let (start, end) = self.second_track(start, end)?;
                self.record(payment::CARD, start, end, action_on_track(action));
                Some(end)
            }
            _ => None,
        }
    }

    /// The second track whose number stands at `start..end`: `;number=YYMM service discretionary?`.
    fn second_track(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let text = self.text;
        let behind = if matches!(at(text, end), b'=' | b'D') { digits(text, end + 1) } else { 0 };
        let month = part(text, end + 3, end + 5);
        if !(TRACK_MIN..=TRACK_MAX).contains(&behind) || !matches!(month, [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']) {
            return None;
        }
        let end = end + 1 + behind;
        let start = start - usize::from(before(text, start) == b';');
        Some((start, end + usize::from(matches!(at(text, end), b'?' | b'F'))))
    }

    /// Are these groups the number of a card?
    fn is_card(&self, phrase: &Phrase, window: &Window<'_>, glued: Glued) -> bool {
        let digits = window.digits;
        let single = window.groups.len() == 1;
        if !LENGTHS.contains(&digits.len())
            || !(single || self.is_card_grouping(window))
            || window.is_fraction()
            || before(self.text, window.start()) == b'+'
        {
            return false;
        }
        if luhn::is_valid(digits) && luhn::has_issuer(digits) {
            // a piece of something longer: `4111-1111-1111-1111-2222`
            return match glued {
                Glued::No => true,
                Glued::Word => single && at(self.text, window.end()) != b'-',
                Glued::Part => single,
            };
        }
        if window.groups.get(1).is_some_and(|group| matches!(group.separator, b'.' | b'/' | WIDE)) {
            return false;
        }
        let four_by_four = window.pattern() == 0x4444 && phrase.count == 4 && glued == Glued::No && at(digits, 0) != b'0';
        // a test number, or one with an error, is said to be a card
        four_by_four || (14..=16).contains(&digits.len()) && !is_compact_date(digits) && self.is_said_to_be_card(window, glued)
    }

    /// Are the groups those in which cards are printed?
    fn is_card_grouping(&self, window: &Window<'_>) -> bool {
        window.separators_agree()
            && window.groups.get(1).is_some_and(|group| matches!(group.separator, b' ' | b'-' | b'.' | b'/' | WIDE))
            && match window.pattern() {
                0x4444 | 0x465 | 0x464 | 0x44443 | 0x4441 | 0x4442 | 0x4443 | 0x6d => true,
                // two arguments of a log call, and what few schemes print or none
                0x88 | 0x664 | 0x446 | 0x444 | 0x4333 | 0x44441 => self.is_said_to_be_card(window, Glued::No),
                _ => false,
            }
    }

    fn is_said_to_be_card(&self, window: &Window<'_>, glued: Glued) -> bool {
        let said = match glued {
            Glued::No => self.around(window.start(), window.end()),
            Glued::Word | Glued::Part => self.announced_by(window.start()),
        };
        said & context::CARD != 0
    }
}

/// Of a track nothing may stay.
fn action_on_track(action: Action) -> Action {
    if action == Action::Partial { Action::Mask } else { action }
}
