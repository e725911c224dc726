//! All ids, by how they begin: so that of hundreds of shapes a few are looked at.

use std::sync::LazyLock;

use super::LONGEST;
use crate::detect::{self, Alone, DetectorId, Find, context};
use crate::order;
use crate::scan::bytes::{self, DIGIT, JOINT, WORD};
use crate::scan::number::is_compact_date;
use crate::scan::shape::{ByteSet, Front, Shape};
use crate::validate::digits::varied;

/// Digits or capitals at the beginning that are told apart.
const FRONT: usize = 15;

/// What ids are written with.
pub(super) const OF_ID: ByteSet = ByteSet::of_class(WORD | JOINT).and(b"<+:");

/// One way in which an id is written.
pub(super) struct Id {
    pub(super) detector: DetectorId,
    pub(super) shape: Shape,
    pub(super) check: fn(&[u8]) -> bool,
    /// The context that announces it.
    pub(super) words: u64,
    pub(super) alone: Alone,
    /// The bits of its own names.
    names: Vec<u64>,
}

impl Id {
    /// By a shape as the detectors have it, of which the first byte may say more of the layout.
    fn new(detector: DetectorId, shape: &str, of: Find) -> Option<Self> {
        let Find::Id { check, words, alone, names, .. } = of else { return None };
        let names = names.split_ascii_whitespace().map(|name| context::name(name.as_bytes())).collect();
        let (mark, shape) = match shape.split_at_checked(1) {
            Some((mark @ ("!" | "?" | "+" | "~"), shape)) => (mark, shape),
            _ => ("", shape),
        };
        // what the layout alone tells
        let check = if matches!(mark, "?" | "+") { told } else { check };
        let words = if mark == "!" { 0 } else { words };
        let alone = match (mark, alone) {
            ("!", _) => Alone::Never,
            ("?", _) => Alone::Text,
            ("+", _) => Alone::Always,
            ("~", Alone::Printed) => Alone::Marked,
            ("~", Alone::Always | Alone::PrintedText) => Alone::Text,
            _ => alone,
        };
        Some(Self { detector, shape: Shape::new(shape)?, check, words, alone, names })
    }

    /// Is it called by one of its own names?
    pub(super) fn is_named(&self, said: u64) -> bool {
        self.names.iter().any(|name| !said & name == 0)
    }

    /// Is it taken where it is the whole line, and its letters and digits are these?
    pub(super) fn is_line(&self, value: &[u8]) -> bool {
        match self.alone {
            Alone::Never => false,
            _ if !value.iter().all(u8::is_ascii_digit) => true,
            Alone::Marked | Alone::Printed => false,
            Alone::Text | Alone::PrintedText | Alone::Always => !(matches!(value.len(), 8 | 12 | 14) && is_compact_date(value)),
        }
    }

    /// Is it taken without a word, written like this?
    pub(super) fn is_free(&self, value: &[u8]) -> bool {
        match self.alone {
            Alone::Always => true,
            Alone::Printed | Alone::PrintedText => value.iter().any(|b| !b.is_ascii_alphanumeric()),
            Alone::Never | Alone::Marked | Alone::Text => false,
        }
    }
}

/// Is this more than one digit over and over, or mostly letters?
fn told(id: &[u8]) -> bool {
    varied(id) || id.iter().filter(|b| b.is_ascii_digit()).count() < 4
}

/// Which entries begin in one way.
#[derive(Debug, Clone, Copy, Default)]
struct Bucket {
    start: u16,
    /// Where those end that need no word, which come first.
    alone: u16,
    end: u16,
    /// The fewest bytes of one.
    least: u8,
    /// The words of all of them.
    words: u64,
}

/// One way in which an id may begin, with what is asked first.
#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) words: u64,
    /// The bits of its own names together.
    pub(super) names: u64,
    pub(super) alone: Alone,
    /// Its position among all.
    id: u16,
}

pub(super) struct Ids {
    pub(super) all: Vec<Id>,
    /// Bucket by bucket.
    entries: Vec<Entry>,
    buckets: [Bucket; 256],
}

pub(super) static IDS: LazyLock<Ids> = LazyLock::new(Ids::new);

impl Ids {
    fn new() -> Self {
        let mut all = Vec::new();
        for (detector, of) in (0..).zip(detect::ALL.iter()) {
            if let Find::Id { shapes, .. } = of.find {
                all.extend(shapes.iter().filter_map(|shape| Id::new(detector, shape, of.find)));
            }
        }
        let mut buckets = [Bucket::default(); 256];
        let fronts = fronts(&all);
        let mut entries = Vec::with_capacity(fronts.len());
        for (i, &(bucket, needs_word, position)) in (1..).zip(&fronts) {
            let (Some(bucket), Some(id)) = (buckets.get_mut(usize::from(bucket)), all.get(usize::from(position))) else { continue };
            if bucket.end == 0 {
                *bucket = Bucket { start: i - 1, alone: i - 1, least: u8::MAX, ..Bucket::default() };
            }
            let names = id.names.iter().fold(0, |all, name| all | name);
            let (least, _) = id.shape.least(&OF_ID);
            bucket.end = i;
            bucket.alone = if needs_word { bucket.alone } else { i };
            bucket.words |= id.words | names;
            bucket.least = bucket.least.min(least.min(LONGEST) as u8);
            entries.push(Entry { words: id.words, names, alone: id.alone, id: position });
        }
        Self { all, entries, buckets }
    }

    /// What may begin so where these words were said, and the fewest bytes of it; `line` says that nothing else is before it.
    pub(super) fn of(&self, bucket: u8, said: u64, line: bool) -> (&[Entry], u8) {
        let Bucket { start, alone, end, least, words } = self.buckets.get(usize::from(bucket)).copied().unwrap_or_default();
        let end = if said & words != 0 || line { end } else { alone };
        (self.entries.get(usize::from(start)..usize::from(end)).unwrap_or_default(), least)
    }

    pub(super) fn get(&self, entry: &Entry) -> Option<&Id> {
        self.all.get(usize::from(entry.id))
    }
}

/// Every way in which one of these begins, in order: its bucket, whether it needs a word, and its position.
fn fronts(all: &[Id]) -> Vec<(u8, bool, u16)> {
    let mut fronts: Vec<(u8, bool, u16)> = Vec::new();
    for (position, id) in (0..).zip(all) {
        id.shape.fronts(FRONT, &mut |Front { kind, length, next }| {
            // what ends with the digits that it begins with is not printed
            let alone = id.alone == Alone::Always || matches!(id.alone, Alone::Printed | Alone::PrintedText) && next.is_some();
            let front = (bucket(kind == DIGIT, length, next), !alone, position);
            if !fronts.iter().rev().take_while(|&&(_, _, other)| other == position).any(|&other| other == front) {
                fronts.push(front);
            }
        });
    }
    order::sort(&mut fronts, |a, b| a < b);
    fronts
}

/// The bucket of what begins with so many digits or capitals and goes on with `next`.
pub(super) fn bucket(digits: bool, length: usize, next: Option<u8>) -> u8 {
    let next = match next {
        None => 0,
        Some(b' ') => 1,
        Some(b'-') => 2,
        Some(b'.') => 3,
        Some(b'/') => 4,
        Some(b) if bytes::is_word(b) => 5,
        Some(_) => 6,
    };
    u8::from(digits) << 7 | (length.min(FRONT) as u8) << 3 | next
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_shapes() {
        let others = IDS.all.iter().filter(|id| !id.shape.least(&OF_ID).1);
        assert!(others.map(|id| id.detector).next().is_none());
    }
}
