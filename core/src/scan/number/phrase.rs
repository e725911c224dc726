//! Groups of digits, as numbers are printed: which belong together, and what stands between them.

use super::digits;
use super::phone::extension;
use crate::scan::bytes::{DIGIT, WORD, at, before, class, part};

/// Groups that one phrase may have.
const GROUPS: usize = 12;
/// Digits that one phrase may have; the longest number has 24.
const DIGITS: usize = 48;

/// Stands for a separator of two bytes, which no number has but that of a telephone.
const LOOSE: u8 = b'~';
/// Stands for two spaces, which no number has but that of a card in groups of four.
pub(super) const WIDE: u8 = b'=';

/// One group of digits and the separator before it (0 for the first, `)` where a bracket closed).
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) separator: u8,
    /// Where its digits are among those of the phrase.
    at: usize,
}

impl Group {
    pub(super) fn len(&self) -> usize {
        self.end - self.start
    }

    pub(super) fn digits<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        part(text, self.start, self.end)
    }
}

/// Groups of digits with one separator between each.
pub(super) struct Phrase {
    groups: [Group; GROUPS],
    /// How many groups it has.
    pub(super) count: usize,
    digits: [u8; DIGITS],
    /// How many digits it has.
    pub(super) total: usize,
}

impl Phrase {
    /// One group alone; nothing where it is too long.
    #[inline]
    pub(super) fn of(text: &[u8], start: usize, end: usize) -> Option<Self> {
        let mut phrase = Self { groups: [Group::default(); GROUPS], count: 0, digits: [0; DIGITS], total: 0 };
        phrase.push(text, Group { start, end, ..Group::default() }).then_some(phrase)
    }

    /// Takes the groups that follow behind `end`; false where there are more than any number has.
    #[inline]
    pub(super) fn extend(&mut self, text: &[u8], mut end: usize) -> bool {
        // `12 ab34`: not a group of digits alone
        while let Some(group) = next_group(text, end).filter(|group| !is_in_word(text, group.end)) {
            if !self.push(text, group) {
                return false;
            }
            end = group.end;
        }
        true
    }

    /// Takes one group more; false where it is too much.
    #[inline]
    fn push(&mut self, text: &[u8], group: Group) -> bool {
        let end = self.total + group.len();
        let (Some(slot), Some(digits)) = (self.groups.get_mut(self.count), self.digits.get_mut(self.total..end)) else { return false };
        *slot = Group { at: self.total, ..group };
        digits.iter_mut().zip(group.digits(text)).for_each(|(to, from)| *to = *from);
        self.count += 1;
        self.total = end;
        true
    }

    pub(super) fn groups(&self) -> &[Group] {
        self.groups.get(..self.count).unwrap_or_default()
    }

    pub(super) fn start(&self) -> usize {
        self.groups().first().map_or(0, |group| group.start)
    }

    pub(super) fn end(&self) -> usize {
        self.groups().last().map_or(0, |group| group.end)
    }

    /// `count` groups from `first` on.
    #[inline]
    pub(super) fn window(&self, first: usize, count: usize) -> Window<'_> {
        let groups = self.groups.get(first..first + count).unwrap_or_default();
        let end = groups.last().map_or(0, |group| group.at + group.len());
        Window { groups, digits: part(&self.digits, groups.first().map_or(0, |group| group.at), end) }
    }
}

/// A run of groups within a phrase, with its digits together.
pub(super) struct Window<'p> {
    pub(super) groups: &'p [Group],
    pub(super) digits: &'p [u8],
}

impl Window<'_> {
    pub(super) fn start(&self) -> usize {
        self.groups.first().map_or(0, |group| group.start)
    }

    pub(super) fn end(&self) -> usize {
        self.groups.last().map_or(0, |group| group.end)
    }

    /// The lengths of the groups as the digits of a number: 4-4-4-4 is 4444.
    pub(super) fn pattern(&self) -> u64 {
        self.groups.iter().fold(0, |pattern, group| pattern * 16 + group.len().min(15) as u64)
    }

    /// Does the same stand between all of them?
    pub(super) fn separators_agree(&self) -> bool {
        let mut separators = self.groups.iter().skip(1).map(|group| group.separator);
        let first = separators.next();
        separators.all(|separator| Some(separator) == first)
    }

    /// Does it stand behind a dot?
    pub(super) fn is_fraction(&self) -> bool {
        self.groups.first().is_some_and(|group| group.separator == b'.')
    }
}

/// The group of digits behind one separator at `i`, or behind two or three as telephone numbers have them: `+49(0)89`, `(081) 33`, `176/ 12`.
pub(super) fn next_group(text: &[u8], i: usize) -> Option<Group> {
    let is_digit = |b: u8| class(b) & DIGIT != 0;
    let (separator, start) = match (at(text, i), at(text, i + 1), at(text, i + 2), at(text, i + 3)) {
        (0xc2, 0xa0, b, _) if is_digit(b) => (b' ', i + 2),
        (b @ (b' ' | b'-' | b'.' | b'/'), next, ..) if is_digit(next) => (b, i + 1),
        (b' ', b' ', b, _) if is_digit(b) && is_four(text, i + 2) && is_four(text, i.saturating_sub(4)) => (WIDE, i + 2),
        (b')', b' ' | b'-' | b'.', b, _) if is_digit(b) => (b')', i + 2),
        (b')', b, ..) if is_digit(b) => (b')', i + 1),
        (b' ' | b'-', b'(', b, _) if is_digit(b) => (b'(', i + 2),
        (b'(', b, ..) if is_digit(b) => (b'(', i + 1),
        (b')', b'(', b, _) if is_digit(b) => (b'(', i + 2),
        (b')', b' ', b'(' | b'-', b) if is_digit(b) => (b'(', i + 3),
        (b'/' | b'-', b' ', b, _) | (b' ', b'-' | b'/', b, _) if is_digit(b) => (LOOSE, i + 2),
        _ => return None,
    };
    Some(Group { start, end: start + digits(text, start), separator, at: 0 })
}

/// Does a word go on where digits end, which is no extension of a telephone number?
pub(super) fn is_in_word(text: &[u8], end: usize) -> bool {
    class(at(text, end)) & WORD != 0 && extension(text, end).is_none()
}

/// Do four digits stand at `i` that are a group by themselves?
fn is_four(text: &[u8], i: usize) -> bool {
    digits(text, i) == 4 && !before(text, i).is_ascii_digit()
}
