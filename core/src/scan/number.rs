//! Digits, alone or in groups: cards, phone numbers and personal numbers.
//!
//! Most digits of a log are none of these, so dates, times, addresses of machines and fractions are recognised first, and weak
//! numbers need a word beside them that says what they are.

use crate::detect::secret::chat::TELEGRAM;
use crate::detect::secret::commerce::FACEBOOK;
use crate::detect::{contact, context, identity, payment};
use crate::policy::Action;
use crate::scan::Scan;
use crate::scan::block::BLOCK;
use crate::scan::bytes::{self, DIGIT, JOINT, LETTER, WORD, at, before, class, part, run, run_back};
use crate::scan::sight::Blocks;
use crate::scan::token::is_mixed;
use crate::validate::{luhn, pt};

/// Groups that one phrase may have.
const GROUPS: usize = 12;
/// Digits that one phrase may have; the longest number has 24.
const DIGITS: usize = 48;
/// Digits behind the number of a card on its second track: date and service code at least.
const TRACK_MIN: usize = 7;
const TRACK_MAX: usize = 24;
/// Bytes of the name on the first track.
const NAME_MAX: usize = 26;
/// Digits of the length of an answer; more are none.
const LENGTH_MAX: usize = 10;
/// Bytes behind the colon of a bot's token.
const BOT_SECRET: usize = 35;
/// Fewer digits are nothing.
const DIGITS_MIN: usize = 7;

mod refused;

/// One group of digits and the separator before it (0 for the first, `)` where a bracket closed).
#[derive(Debug, Clone, Copy, Default)]
struct Group {
    start: usize,
    end: usize,
    separator: u8,
    /// Where its digits are among those of the phrase.
    at: usize,
}

impl Group {
    fn len(&self) -> usize {
        self.end - self.start
    }
}

/// Groups of digits with one separator between each.
struct Phrase {
    groups: [Group; GROUPS],
    count: usize,
    digits: [u8; DIGITS],
    total: usize,
}

impl Phrase {
    #[inline]
    fn new() -> Self {
        Self { groups: [Group::default(); GROUPS], count: 0, digits: [0; DIGITS], total: 0 }
    }

    /// A group alone; nothing where it is too long.
    fn of(text: &[u8], start: usize, end: usize) -> Option<Self> {
        let mut phrase = Self::new();
        phrase.push(text, Group { start, end, ..Group::default() }).then_some(phrase)
    }

    /// Takes one group more; false where it is too much.
    #[inline]
    fn push(&mut self, text: &[u8], group: Group) -> bool {
        let end = self.total + group.len();
        let (Some(slot), Some(digits)) = (self.groups.get_mut(self.count), self.digits.get_mut(self.total..end)) else { return false };
        *slot = Group { at: self.total, ..group };
        digits.iter_mut().zip(part(text, group.start, group.end)).for_each(|(to, from)| *to = *from);
        self.count += 1;
        self.total = end;
        true
    }

    fn groups(&self) -> &[Group] {
        self.groups.get(..self.count).unwrap_or_default()
    }

    /// `count` groups from `first` on.
    #[inline]
    fn window(&self, first: usize, count: usize) -> Window<'_> {
        let groups = self.groups.get(first..first + count).unwrap_or_default();
        let end = groups.last().map_or(0, |group| group.at + group.len());
        Window { groups, digits: part(&self.digits, groups.first().map_or(0, |group| group.at), end) }
    }
}

/// A run of groups within a phrase, with its digits together.
struct Window<'p> {
    groups: &'p [Group],
    digits: &'p [u8],
}

impl Window<'_> {
    fn start(&self) -> usize {
        self.groups.first().map_or(0, |group| group.start)
    }

    fn end(&self) -> usize {
        self.groups.last().map_or(0, |group| group.end)
    }

    /// The lengths of the groups as the digits of a number: 4-4-4-4 is 4444.
    fn pattern(&self) -> u64 {
        self.groups.iter().fold(0, |pattern, group| pattern * 16 + group.len().min(15) as u64)
    }

    fn separators_agree(&self) -> bool {
        let mut separators = self.groups.iter().skip(1).map(|group| group.separator);
        let first = separators.next();
        separators.all(|separator| Some(separator) == first)
    }

    /// Does it stand behind a dot?
    fn is_fraction(&self) -> bool {
        self.groups.first().is_some_and(|group| group.separator == b'.')
    }
}

/// The last digits of runs that may be a number or begin one: seven digits, or fewer and as many behind marks. What most digits of a log
/// are is none: dates (`2024-05-01`) and addresses of machines.
#[inline(always)]
pub(super) fn ends(text: &[u8], blocks: &Blocks) -> u64 {
    let digits = blocks.here().digit;
    if digits == 0 {
        return 0;
    }
    let ends = digits & !blocks.ahead(|block| block.digit, 1);
    // what a run that began in the block before has there
    let earlier = blocks.before.digits;
    let across = digits.trailing_ones();
    let two = digits & digits << 1;
    let four = two & two << 2;
    // six before a capital, as dates of birth stand in codes of persons
    let mut found = ends & four & (four << 3 | four << 2 & blocks.ahead(|block| block.upper, 1));
    if across > 0 && earlier + across >= DIGITS_MIN as u32 {
        found |= ends & 1 << (across - 1);
    }
    let joined = blocks.ahead(|block| block.joint, 1) & blocks.ahead(|block| block.digit | block.joint, 2);
    let rest = ends & joined & !found;
    if rest == 0 { found } else { grouped(text, blocks, rest, found) }
}

/// Of the last digits of runs with a mark and more behind, those that may be a number or begin one, beside what was `found`.
#[inline(never)]
fn grouped(text: &[u8], blocks: &Blocks, mut rest: u64, mut found: u64) -> u64 {
    let (digits, earlier) = (blocks.here().digit, blocks.before.digits);
    while rest != 0 {
        let place = rest.trailing_zeros();
        rest &= rest - 1;
        let first = (digits << (BLOCK as u32 - 1 - place)).leading_ones();
        let first = if first > place { first + earlier } else { first } as usize;
        // shifted twice, as a shift by all bits is none
        let from_here = digits >> place | blocks.after().digit << 1 << (BLOCK as u32 - 1 - place);
        // seven digits in seven groups take no more bytes
        if (from_here & 0xf_ffff).count_ones() as usize + first <= DIGITS_MIN {
            continue;
        }
        let second = (from_here >> 2).trailing_ones() as usize;
        let end = blocks.base + place as usize + 1;
        let start = end.saturating_sub(first);
        let goes_on = match second {
            // behind several marks: `+351 - 912`
            0 => (from_here >> 3 & 7) != 0 && class(at(text, end + 2)) & (DIGIT | JOINT) != 0,
            _ if first + second >= DIGITS_MIN => true,
            _ => {
                let more = end + 1 + second;
                class(at(text, more)) & JOINT != 0 && class(at(text, more + 1)) & (DIGIT | JOINT) != 0
            }
        };
        if !goes_on {
            continue;
        }
        let other = match (first, second) {
            (4, 2) if is_date(text, start) => 10,
            (1..=3, 1..=3) if before(text, start) != b'+' => address_length(text, start, first, from_here).unwrap_or(0),
            (3, 4..=LENGTH_MAX) if is_status(text, start) => 4 + second,
            (1, DIGITS_MIN..) if matches!(part(text, start, start + 2), b"0.") => 2 + second,
            _ => 0,
        };
        match other {
            0 => found |= 1 << place,
            // nor are its other groups
            length => {
                let others = !(((2 << (length - first).min(BLOCK - 2)) - 1) << place);
                (rest, found) = (rest & others, found & others);
            }
        }
    }
    found
}

/// Bytes of the IPv4 address at `start`, if it is one and nothing more. `digits` has a bit for each digit from the last of the `first` ones on.
fn address_length(text: &[u8], start: usize, first: usize, digits: u64) -> Option<usize> {
    let fits = |from: usize, group: usize| {
        group < 3 || matches!(part(text, from, from + 3), [b'0' | b'1', ..] | [b'2', b'0'..=b'4', _] | [b'2', b'5', b'0'..=b'5'])
    };
    let mut length = first;
    let mut rest = digits >> 2;
    let mut sound = fits(start, first);
    for _ in 0..3 {
        let group = rest.trailing_ones() as usize;
        let from = start + length + 1;
        sound &= before(text, from) == b'.' && (1..=3).contains(&group) && fits(from, group);
        length += 1 + group;
        rest = rest.unbounded_shr(group as u32 + 1);
    }
    let next = at(text, start + length);
    (sound && !matches!(next, b'.' | b'-') && class(next) & WORD == 0).then_some(length)
}

/// Of a track nothing may stay.
fn whole(action: Action) -> Action {
    if action == Action::Partial { Action::Mask } else { action }
}

/// `… HTTP/1.1" 200 5124`: the status and the length of an answer, as access logs have them.
fn is_status(text: &[u8], start: usize) -> bool {
    matches!(part(text, start.saturating_sub(6), start), [b'/', _, b'.', _, b'"', b' '])
}

/// `2024-05-01` (RFC 3339, section 5.6).
fn is_date(text: &[u8], start: usize) -> bool {
    matches!(
        text.get(start..),
        Some([b'1' | b'2', b'0' | b'9', _, _, b'-', b'0' | b'1', _, b'-', b'0'..=b'3', b'0'..=b'9', rest @ ..])
            if !matches!(rest, [b'-' | b'0'..=b'9', ..])
    )
}

impl Scan<'_, '_> {
    /// At one of digits that may be a number: where to go on.
    pub(super) fn number(&mut self, i: usize) -> usize {
        let text = self.text;
        let end = i + 1 + run(text, i + 1, |b| b.is_ascii_digit());
        let start = (end - run_back(text, end, end, |b| b.is_ascii_digit())).max(self.floor);
        if let Some(end) = self
            .bot_token(start, end)
            .or_else(|| self.app_token(start, end))
            .or_else(|| self.citizen_card(start, end))
            .or_else(|| self.id_around(start))
            .or_else(|| self.bare_track(start, end))
        {
            return end;
        }
        if class(self.previous(start)) & WORD != 0 {
            return end;
        }
        // the tail of a card that was redacted before
        if before(text, start) == b'-' && start >= 2 && at(text, start - 2) == b'*' {
            return end;
        }
        if class(at(text, end)) & WORD != 0 && extension(text, end).is_none() {
            return end;
        }
        let mut phrase = Phrase::new();
        if !phrase.push(text, Group { start, end, ..Group::default() }) {
            return end;
        }
        let mut i = end;
        while let Some(group) = next_group(text, i) {
            // `12 ab34`: not a group of digits alone
            if class(at(text, group.end)) & WORD != 0 && extension(text, group.end).is_none() {
                break;
            }
            if !phrase.push(text, group) {
                return self.table(start);
            }
            i = group.end;
        }
        if phrase.total < DIGITS_MIN {
            return end;
        }
        if let Some(end) = self.date_or_address(&phrase) {
            return end;
        }
        let glued = self.glued(start);
        if glued == Glued::Fraction || at(text, i) == b'.' && class(at(text, i + 1)) & DIGIT != 0 && phrase.count == 1 {
            return i;
        }
        let found = self.card(&phrase, glued).or_else(|| self.phone(&phrase, glued));
        if found.is_none() && self.trace.is_some() {
            self.explain_number(&phrase, glued);
        }
        // a later group may begin something: go on behind the first
        found.unwrap_or(end)
    }

    /// More groups than any number has: a table or a dump. Only numbers in one piece are looked for, so that the work stays linear.
    fn table(&mut self, start: usize) -> usize {
        let (mut start, mut end) = (start, start + run(self.text, start, |b| b.is_ascii_digit()));
        loop {
            if end - start >= DIGITS_MIN
                && let Some(alone) = Phrase::of(self.text, start, end)
                && self.date_or_address(&alone).is_none()
            {
                let glued = self.glued(start);
                let _found = self.id_around(start).or_else(|| self.card(&alone, glued)).or_else(|| self.phone(&alone, glued));
            }
            match next_group(self.text, end) {
                Some(next) if class(at(self.text, next.end)) & WORD == 0 => (start, end) = (next.start, next.end),
                _ => return end,
            }
        }
    }

    /// Dates, times and IPv4 addresses at the beginning of a phrase: where they end.
    fn date_or_address(&self, phrase: &Phrase) -> Option<usize> {
        let text = self.text;
        let value = |group: &Group| part(text, group.start, group.end).iter().take(4).fold(0u32, |n, &b| n * 10 + u32::from(b - b'0'));
        let length = Group::len;
        let year = |group: &Group| length(group) == 4 && (1900..2100).contains(&value(group));
        let month = |group: &Group| length(group) <= 2 && (1..=12).contains(&value(group));
        let day = |group: &Group| length(group) <= 2 && (1..=31).contains(&value(group));
        // the seconds of a time, not what stands behind a key: `phone:9123 4567`
        let second = |start: usize| before(text, start) == b':' && class(before(text, start.saturating_sub(1))) & LETTER == 0;
        let clock = |group: &Group| at(text, group.end) == b':' || second(group.start);
        match phrase.groups() {
            [a, b, c, ..]
                if b.separator == c.separator
                    && matches!(b.separator, b'-' | b'/' | b'.')
                    && ((year(a) && month(b) && day(c)) || (year(c) && (day(a) && month(b) || month(a) && day(b)))) =>
            {
                Some(c.end)
            }
            [a, b, c, d, ..]
                if self.previous(a.start) != b'+'
                    && b.separator == b'.'
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
                (self.around(a.start, a.end) == 0).then_some(a.end)
            }
            _ => None,
        }
    }

    /// How the phrase hangs on what is before it.
    pub(super) fn glued(&self, start: usize) -> Glued {
        let text = self.text;
        let (b, previous) = (self.previous(start), self.previous(start.saturating_sub(1)));
        match b {
            b'.' if class(previous) & DIGIT != 0 => Glued::Fraction,
            b'.' | b'-' | b'/' | b'#' | b'+' | b'*' if class(previous) & (LETTER | DIGIT) != 0 => Glued::Word,
            b'$' | b'#' => Glued::Word,
            _ if start >= 3 && matches!(text.get(start - 3..start), Some(b"\xe2\x82\xac")) => Glued::Word,
            _ => Glued::No,
        }
    }

    /// `123456789:AA…`: the id of a bot of Telegram and its secret.
    fn bot_token(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        if at(text, end) != b':' || part(text, end + 1, end + 3) != b"AA" || !(8..=10).contains(&(end - start)) {
            return None;
        }
        let secret = run(text, end + 1, |b| bytes::is_word(b) || b == b'-');
        if secret != BOT_SECRET || class(self.previous(start)) & WORD != 0 {
            return None;
        }
        self.found(TELEGRAM, start, end + 1 + secret);
        Some(end + 1 + secret)
    }

    /// `1234567890123456|a1B2…`: the id of an app of Facebook and its secret.
    fn app_token(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        if at(text, end) != b'|' || !(13..=17).contains(&(end - start)) {
            return None;
        }
        let secret = end + 1 + run(text, end + 1, |b| bytes::is_word(b) || b == b'-');
        if !(20..=40).contains(&(secret - end - 1)) || !is_mixed(part(text, end + 1, secret), 20) || class(self.previous(start)) & WORD != 0
        {
            return None;
        }
        self.found(FACEBOOK, start, secret);
        Some(secret)
    }

    /// Eight digits, one digit, two letters or digits of the version, one digit: in one word or in groups.
    fn citizen_card(&mut self, start: usize, first: usize) -> Option<usize> {
        let text = self.text;
        if !matches!(first - start, 8 | 9) || class(self.previous(start)) & WORD != 0 {
            return None;
        }
        let mut compact = [0u8; 12];
        let mut end = start;
        for (i, slot) in compact.iter_mut().enumerate() {
            end += usize::from(matches!(i, 8 | 9) && matches!(at(text, end), b' ' | b'-'));
            *slot = at(text, end);
            end += 1;
        }
        let taken = class(at(text, end)) & WORD == 0
            && pt::is_cc(&compact)
            && self.glued(start) != Glued::Fraction
            && !self.is_exponent(start, end);
        taken.then(|| {
            self.found(identity::pt::CC, start, end);
            end
        })
    }

    /// `0.335013307E26`: the version of a citizen card reads like an exponent, and then needs a word beside it.
    fn is_exponent(&self, start: usize, end: usize) -> bool {
        let version = part(self.text, end.saturating_sub(3), end);
        matches!(version, [b'E', b'0'..=b'9', _]) && self.around(start, end) & context::NATIONAL == 0
    }

    fn card(&mut self, phrase: &Phrase, glued: Glued) -> Option<usize> {
        let action = self.engine.action(payment::CARD)?;
        let mut end = None;
        let mut first = 0;
        while first < phrase.count {
            let window = (1..=phrase.count - first).rev().find_map(|count| {
                let window = phrase.window(first, count);
                let card = (12..=19).contains(&window.digits.len()) && self.is_card(phrase, &window, glued);
                card.then_some((window.start(), window.end(), count))
            });
            match window {
                Some((start, stop, count)) => {
                    let track = self.track(start, stop);
                    let (start, stop) = track.unwrap_or((start, stop));
                    self.record(payment::CARD, start, stop, if track.is_some() { whole(action) } else { action });
                    end = Some(stop);
                    first += count;
                }
                None => first += 1,
            }
        }
        end
    }

    /// The first track (ISO/IEC 7813): `%Bnumber^SURNAME/NAME^YYMM service discretionary?`. Where it ends, if one begins at `i`.
    pub(super) fn first_track(&mut self, i: usize) -> Option<usize> {
        let text = self.text;
        if part(text, i, i + 2).eq_ignore_ascii_case(b"%B") { self.named_track(i, i + 2) } else { None }
    }

    /// The first track from `i` on, whose number begins at `start`.
    fn named_track(&mut self, i: usize, start: usize) -> Option<usize> {
        let text = self.text;
        let action = self.engine.action(payment::CARD)?;
        let digits = text.get(start..).unwrap_or_default();
        let digits = part(digits, 0, run(part(digits, 0, digits.len().min(19)), 0, |b| b.is_ascii_digit()));
        let name = start + digits.len();
        let near = part(text, 0, text.len().min(name + 1 + NAME_MAX));
        let rest = name + 1 + run(near, name + 1, |b| !matches!(b, b'^' | b'?' | b'\n'));
        if digits.len() < 12 || (at(text, name), at(text, rest)) != (b'^', b'^') || !luhn::is_valid(digits) {
            return None;
        }
        let end = rest + 1 + run(part(text, 0, text.len().min(rest + 1 + TRACK_MAX)), rest + 1, |b| class(b) & WORD != 0 || b == b' ');
        let end = end + usize::from(at(text, end) == b'?');
        self.record(payment::CARD, i, end, whole(action));
        Some(end)
    }

    /// A track without the marks of a stripe: `Bnumber^SURNAME/NAME^YYMM…`, and as a chip gives the second, `numberDYYMM…F` (EMV, tag 57).
    fn bare_track(&mut self, start: usize, end: usize) -> Option<usize> {
        if !(12..=19).contains(&(end - start)) {
            return None;
        }
        match (self.previous(start), at(self.text, end)) {
            (b'B', b'^') => self.named_track(start - 1, start),
            (b, b'D') if class(b) & WORD == 0 && luhn::is_valid(part(self.text, start, end)) => {
                let action = self.engine.action(payment::CARD)?;
                let (start, end) = self.track(start, end)?;
                self.record(payment::CARD, start, end, whole(action));
                Some(end)
            }
            _ => None,
        }
    }

    /// The second track whose number stands at `start..end`: `;number=YYMM service discretionary?`.
    fn track(&self, start: usize, end: usize) -> Option<(usize, usize)> {
        let text = self.text;
        let digits = if matches!(at(text, end), b'=' | b'D') { run(text, end + 1, |b| b.is_ascii_digit()) } else { 0 };
        let month = part(text, end + 3, end + 5);
        if !(TRACK_MIN..=TRACK_MAX).contains(&digits) || !matches!(month, [b'0', b'1'..=b'9'] | [b'1', b'0'..=b'2']) {
            return None;
        }
        let end = end + 1 + digits;
        let start = start - usize::from(before(text, start) == b';');
        Some((start, end + usize::from(matches!(at(text, end), b'?' | b'F'))))
    }

    fn is_card(&self, phrase: &Phrase, window: &Window<'_>, glued: Glued) -> bool {
        let digits = window.digits;
        let single = window.groups.len() == 1;
        let grouped = window.separators_agree()
            && window.groups.get(1).is_some_and(|group| matches!(group.separator, b' ' | b'-' | b'.' | WIDE))
            && match window.pattern() {
                0x4444 | 0x465 | 0x464 | 0x44443 | 0x4441 | 0x4442 | 0x4443 | 0x6d => true,
                // two arguments of a log call, and what few schemes print or none
                0x88 | 0x446 | 0x444 | 0x4333 | 0x44441 => self.around(window.start(), window.end()) & context::CARD != 0,
                _ => false,
            };
        if !(single || grouped) || window.is_fraction() || before(self.text, window.start()) == b'+' {
            return false;
        }
        // a piece of something longer: `4111-1111-1111-1111-2222`
        let whole = glued == Glued::No || single;
        if luhn::is_valid(digits) && luhn::has_issuer(digits) {
            return whole && !(glued == Glued::Word && at(self.text, window.end()) == b'-');
        }
        let dotted = window.groups.get(1).is_some_and(|group| matches!(group.separator, b'.' | WIDE));
        let four_by_four = window.pattern() == 0x4444 && phrase.count == 4 && glued == Glued::No && !dotted && at(digits, 0) != b'0';
        if four_by_four {
            return true;
        }
        // a test number, or one with an error, is said to be a card
        (14..=16).contains(&digits.len())
            && !dotted
            && !is_compact_date(digits)
            && context::CARD
                & match glued {
                    Glued::No => self.around(window.start(), window.end()),
                    _ => self.announced_by(window.start()),
                }
                != 0
    }

    fn phone(&mut self, phrase: &Phrase, glued: Glued) -> Option<usize> {
        self.engine.action(contact::PHONE)?;
        let text = self.text;
        let first = phrase.groups().first()?.start;
        let (b, previous) = (self.previous(first), self.previous(first.saturating_sub(1)));
        // `+351 …`, `(+351) …`
        let (start, window) = if b == b'+' && class(previous) & (LETTER | DIGIT) == 0 {
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
            let goes_on =
                matches!(at(text, end), b':' | b'%') || matches!(at(text, end), b'.' | b',') && class(at(text, end + 1)) & DIGIT != 0;
            if !(DIGITS_MIN..=15).contains(&window.digits.len()) || goes_on {
                continue;
            }
            let formatted = is_formatted(&window, bracket) && phrase.count <= count + 1;
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
            let grouped = window.groups.len() > 2 && window.separators_agree() && window.groups.first()?.len() <= 5;
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
            if !(DIGITS_MIN..=15).contains(&digits) {
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

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Glued {
    No,
    /// `order-4111`, `/users/4111`, `$4111`.
    Word,
    /// `0.4111`.
    Fraction,
}

/// The group of digits behind one separator at `i`, or behind two or three as telephone numbers have them: `+49(0)89`, `(081) 33`, `176/ 12`.
fn next_group(text: &[u8], i: usize) -> Option<Group> {
    let (separator, start) = match (at(text, i), at(text, i + 1), at(text, i + 2), at(text, i + 3)) {
        (0xc2, 0xa0, b, _) if class(b) & DIGIT != 0 => (b' ', i + 2),
        (b @ (b' ' | b'-' | b'.' | b'/'), next, ..) if class(next) & DIGIT != 0 => (b, i + 1),
        (b' ', b' ', b, _) if class(b) & DIGIT != 0 && is_four(text, i + 2) && is_four(text, i.saturating_sub(4)) => (WIDE, i + 2),
        (b')', b' ' | b'-' | b'.', b, _) if class(b) & DIGIT != 0 => (b')', i + 2),
        (b')', b, ..) if class(b) & DIGIT != 0 => (b')', i + 1),
        (b' ' | b'-', b'(', b, _) if class(b) & DIGIT != 0 => (b'(', i + 2),
        (b'(', b, ..) if class(b) & DIGIT != 0 => (b'(', i + 1),
        (b')', b'(', b, _) if class(b) & DIGIT != 0 => (b'(', i + 2),
        (b')', b' ', b'(' | b'-', b) if class(b) & DIGIT != 0 => (b'(', i + 3),
        (b'/' | b'-', b' ', b, _) | (b' ', b'-' | b'/', b, _) if class(b) & DIGIT != 0 => (LOOSE, i + 2),
        _ => return None,
    };
    Some(Group { start, end: start + run(text, start, |b| b.is_ascii_digit()), separator, at: 0 })
}

/// Stands for a separator of two bytes, which no number has but that of a telephone.
const LOOSE: u8 = b'~';
/// Stands for two spaces, which no number has but that of a card in groups of four.
const WIDE: u8 = b'=';

/// Do four digits stand at `i` that are a group by themselves?
fn is_four(text: &[u8], i: usize) -> bool {
    run(text, i, |b| b.is_ascii_digit()) == 4 && !before(text, i).is_ascii_digit()
}

/// Where the extension ends that follows a telephone number: `x123`, ` ext. 123`, ` #12`. Nothing without one.
fn extension(text: &[u8], end: usize) -> Option<usize> {
    let word = end + run(text, end, |b| b == b' ').min(2);
    let sign = ["extension", "ext.", "ext", "x", "#"]
        .iter()
        .find(|sign| bytes::starts_with_nocase(text.get(word..).unwrap_or_default(), sign.as_bytes()))?;
    let digits = word + sign.len() + run(text, word + sign.len(), |b| b == b' ').min(1);
    let length = run(text, digits, |b| b.is_ascii_digit());
    ((1..=6).contains(&length) && class(at(text, digits + length)) & WORD == 0).then_some(digits + length)
}

/// YYYYMMDD at the beginning, followed by nothing, HHMM or HHMMSS.
pub(super) fn is_compact_date(digits: &[u8]) -> bool {
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
    let digits = window.digits;
    let epoch = window.groups.len() == 1
        && matches!(digits.len(), 10 | 13)
        && at(digits, 0) == b'1'
        && matches!(at(digits, 1), b'4'..=b'9')
        && digits.len() == 13;
    // a number within an area of NANP begins with 2 or more
    let local = window.pattern() == 0x34 && matches!(at(digits, 0), b'0' | b'1');
    !epoch && !local && digits.iter().any(|b| Some(b) != digits.first())
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
                && window.groups.first().is_some_and(|group| (2..=5).contains(&(group.end - group.start)))
        }
    }
}
