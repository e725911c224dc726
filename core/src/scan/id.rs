//! Numbers and codes of persons, companies and things: by shape and check digits, and where these are weak by a word before them.
//!
//! There are hundreds of shapes. How a text begins (so many digits or capitals, and what follows them) leaves a few of them, and most of
//! those are not looked at where no word announces them.

mod refused;

use std::sync::LazyLock;

use crate::detect::context::{self, PART};
use crate::detect::{self, Alone, DetectorId, Find};
use crate::scan::Scan;
use crate::scan::bytes::{self, DIGIT, JOINT, LETTER, LOWER, UPPER, WORD, at, before, class, part, run, run_back};
use crate::scan::number::{Glued, is_compact_date};
use crate::scan::shape::{ByteSet, Front, Shape};
use crate::validate::digits::varied;
use crate::validate::luhn;

/// The longest id in bytes, separators and all.
const LONGEST: usize = 64;
/// The longest group of one, and how many groups before some digits an id may have.
const GROUP: usize = 9;
const GROUPS: usize = 4;
/// Digits or capitals at the beginning that are told apart.
const FRONT: usize = 15;

/// What ids are written with.
const OF_ID: ByteSet = ByteSet::of_class(WORD | JOINT).and(b"<+:");

struct Id {
    detector: DetectorId,
    shape: Shape,
    check: fn(&[u8]) -> bool,
    words: u64,
    alone: Alone,
    /// The bits of its own names.
    names: Vec<u64>,
}

impl Id {
    /// By a shape as the detectors have it.
    fn new(detector: DetectorId, shape: &str, of: Find) -> Option<Self> {
        let Find::Id { check, words, alone, names, .. } = of else { return None };
        let names = names.split_ascii_whitespace().map(|name| context::name(name.as_bytes())).collect();
        let (words, alone, shape) = match (shape.as_bytes().first(), alone) {
            (Some(b'!'), _) => (0, Alone::Never, shape.get(1..)?),
            (Some(b'~'), Alone::Printed) => (words, Alone::Marked, shape.get(1..)?),
            (Some(b'~'), Alone::Always | Alone::PrintedText) => (words, Alone::Text, shape.get(1..)?),
            (Some(b'~'), _) => (words, alone, shape.get(1..)?),
            _ => (words, alone, shape),
        };
        Some(Self { detector, shape: Shape::new(shape)?, check, words, alone, names })
    }

    fn is_named(&self, said: u64) -> bool {
        self.names.iter().any(|name| !said & name == 0)
    }

    /// Is it taken where it is the whole line, and its letters and digits are these?
    fn is_line(&self, value: &[u8]) -> bool {
        match self.alone {
            Alone::Never => false,
            _ if !value.iter().all(u8::is_ascii_digit) => true,
            Alone::Marked | Alone::Printed => false,
            Alone::Text | Alone::PrintedText | Alone::Always => !(matches!(value.len(), 8 | 12 | 14) && is_compact_date(value)),
        }
    }
}

/// Which entries begin in one way: first those that need no word. `words` are those of all of them.
#[derive(Debug, Clone, Copy, Default)]
struct Bucket {
    start: u16,
    alone: u16,
    end: u16,
    words: u64,
}

/// One way in which an id may begin, with what is asked first.
#[derive(Debug, Clone, Copy)]
struct Entry {
    words: u64,
    /// The bits of its own names together.
    names: u64,
    alone: Alone,
    /// Its fewest bytes.
    least: u8,
    /// Its position among all.
    id: u16,
}

struct Ids {
    all: Vec<Id>,
    /// Bucket by bucket.
    entries: Vec<Entry>,
    buckets: [Bucket; 256],
}

static IDS: LazyLock<Ids> = LazyLock::new(|| {
    let mut all = Vec::new();
    for (detector, of) in (0..).zip(&detect::ALL) {
        if let Find::Id { shapes, .. } = of.find {
            all.extend(shapes.iter().filter_map(|shape| Id::new(detector, shape, of.find)));
        }
    }
    let mut fronts: Vec<(u8, bool, u16)> = Vec::new();
    for (position, id) in (0..).zip(&all) {
        id.shape.fronts(FRONT, &mut |Front { kind, length, next }| {
            // what ends with the digits that it begins with is not printed
            let alone = id.alone == Alone::Always || matches!(id.alone, Alone::Printed | Alone::PrintedText) && next.is_some();
            let entry = (bucket(kind == DIGIT, length, next), !alone, position);
            if !fronts.iter().rev().take_while(|&&(_, _, other)| other == position).any(|&other| other == entry) {
                fronts.push(entry);
            }
        });
    }
    crate::order::sort(&mut fronts, |a, b| a < b);
    let mut buckets = [Bucket::default(); 256];
    let mut entries = Vec::with_capacity(fronts.len());
    for (i, &(bucket, needs_word, position)) in (1..).zip(&fronts) {
        let (Some(bucket), Some(id)) = (buckets.get_mut(usize::from(bucket)), all.get(usize::from(position))) else { continue };
        if bucket.end == 0 {
            *bucket = Bucket { start: i - 1, alone: i - 1, ..Bucket::default() };
        }
        bucket.end = i;
        bucket.words |= id.words;
        bucket.alone = if needs_word { bucket.alone } else { i };
        let names = id.names.iter().fold(0, |all, name| all | name);
        bucket.words |= names;
        let (least, _) = id.shape.least(&OF_ID);
        entries.push(Entry { words: id.words, names, alone: id.alone, least: least.min(LONGEST) as u8, id: position });
    }
    Ids { all, entries, buckets }
});

/// The bucket of what begins with so many digits or capitals and goes on with `next`.
fn bucket(digits: bool, length: usize, next: Option<u8>) -> u8 {
    let next = match next {
        None => 0,
        Some(b' ') => 1,
        Some(b'-') => 2,
        Some(b'.') => 3,
        Some(b'/') => 4,
        Some(b) if class(b) & bytes::WORD != 0 => 5,
        Some(_) => 6,
    };
    u8::from(digits) << 7 | (length.min(FRONT) as u8) << 3 | next
}

impl Ids {
    /// What may begin so where these words were said; `line` says that nothing else is before it.
    fn of(&self, bucket: u8, said: u64, line: bool) -> &[Entry] {
        let Bucket { start, alone, end, words } = self.buckets.get(usize::from(bucket)).copied().unwrap_or_default();
        let end = if said & words != 0 || line { end } else { alone };
        self.entries.get(usize::from(start)..usize::from(end)).unwrap_or_default()
    }
}

impl Scan<'_, '_> {
    /// At a digit: where the id ends that it is a part of.
    #[inline(never)]
    pub(super) fn id_around(&mut self, i: usize) -> Option<usize> {
        let text = self.text;
        if self.trace.is_some() {
            self.explain_ids(i);
        }
        let floor = self.floor.min(i);
        let digits = (i - run_back(text, i, LONGEST, |b| class(b) & DIGIT != 0)).max(floor);
        // most are neither announced nor a part of a word or of groups
        let said = self.heard(digits) & !PART;
        let end = i + run(text, i, |b| class(b) & DIGIT != 0);
        let joined = |b: u8| class(b) & (UPPER | JOINT) != 0 || b == b'<';
        let fraction = before(text, digits) == b'.' && end - digits > GROUP;
        if said == 0 && !self.is_short() && (fraction || !joined(before(text, digits)) && !joined(at(text, end))) {
            return None;
        }
        let mut word = (digits - run_back(text, digits, LONGEST, |b| class(b) & (LETTER | DIGIT) != 0)).max(floor);
        if self.previous(word) == b'<' {
            // machine-readable zones
            let zone = (word - run_back(text, word, LONGEST, |b| class(b) & (UPPER | DIGIT) != 0 || b == b'<')).max(floor);
            word = if at(text, zone) == b'<' { word } else { zone };
        }
        // behind a plus sign is a telephone number
        if class(self.previous(word)) & WORD != 0 || self.previous(word) == b'+' {
            return None;
        }
        if digits - word == 2
            && let Some(end) = self.iban(word)
        {
            return Some(end);
        }
        self.id_before(word, floor, said, if self.is_short() || said != 0 { GROUPS } else { 1 }).or_else(|| self.id(word, said))
    }

    /// An id that begins in up to `groups` groups before: `X-1234567-L`, `AB 12 34 56 C`. The longest is tried first.
    fn id_before(&mut self, word: usize, floor: usize, said: u64, groups: usize) -> Option<usize> {
        let text = self.text;
        if groups == 0 || !matches!(self.previous(word), b' ' | b'-' | b'.' | b'/') {
            return None;
        }
        let length = run_back(text, word - 1, GROUP, |b| class(b) & (LETTER | DIGIT) != 0);
        let start = word - 1 - length;
        if !(1..GROUP).contains(&length) || start < floor || class(self.previous(start)) & WORD != 0 {
            return None;
        }
        let letters = class(at(text, start)) & LETTER != 0;
        self.id_before(start, floor, said, groups - 1).or_else(|| if letters { self.id(start, said) } else { None })
    }

    /// At the beginning of a word: where the id ends that begins there. `said` is what was [heard](Self::heard).
    pub(super) fn id(&mut self, start: usize, said: u64) -> Option<usize> {
        let text = self.text;
        let ids = &*IDS;
        let line = self.begins_line(start);
        let near = line || said != 0;
        let kind = match class(at(text, start)) & DIGIT {
            0 if near => LETTER,
            0 => UPPER,
            _ => DIGIT,
        };
        let length = run(text, start, |b| class(b) & kind != 0);
        let next = at(text, start + length);
        if !near && class(next) & LOWER != 0 {
            return None;
        }
        // a separator has more of the id behind it
        let behind = class(at(text, start + length + 1)) & (DIGIT | if near { LETTER } else { UPPER }) != 0;
        let goes_on = behind || !matches!(next, b' ' | b'-' | b'.' | b'/');
        let within = if goes_on { ids.of(bucket(kind == DIGIT, length, Some(next)), said, line) } else { &[] };
        let whole = if class(next) & WORD == 0 { ids.of(bucket(kind == DIGIT, length, None), said, line) } else { &[] };
        let least = within.iter().chain(whole).map(|entry| entry.least).min()?;
        if !self.is_long(start, near, least.into()) {
            return None;
        }
        self.id_of(start, near, [within, whole])
    }

    /// Are there so many bytes from `start` on that may be an id's? Most often a quote or a word ends it soon.
    fn is_long(&self, start: usize, near: bool, least: usize) -> bool {
        let other = if near { 0 } else { LOWER };
        let text = part(self.text, start, start + least);
        text.len() == least && text.iter().all(|&b| class(b) & other == 0 && (class(b) & (WORD | JOINT) != 0 || OF_ID.has(b)))
    }

    /// May the whole line be an id?
    pub(super) fn is_short(&self) -> bool {
        self.context & PART == 0 && self.text.len() <= LONGEST
    }

    fn begins_line(&self, start: usize) -> bool {
        self.is_short() && start < 8 && part(self.text, 0, start).trim_ascii().is_empty()
    }

    /// Which of these begins at `start`: where it ends. The longest is taken, and of two the first.
    #[inline(never)]
    fn id_of(&mut self, start: usize, near: bool, candidates: [&[Entry]; 2]) -> Option<usize> {
        let text = self.text;
        let glued = self.glued(start);
        // `číslo 135521`: the rest of a word
        let rest_of_word = self.previous(start) >= 0x80 && at(text, start).is_ascii_lowercase();
        if glued == Glued::Fraction || rest_of_word {
            return None;
        }
        let said = if near { self.announced_by(start) & !PART } else { 0 };
        let line = near && self.begins_line(start);
        let mut capitals = [0; LONGEST];
        let rest = part(text, start, text.len());
        let rest = if near {
            capitals.iter_mut().zip(rest).for_each(|(to, from)| *to = from.to_ascii_uppercase());
            part(&capitals, 0, rest.len().min(LONGEST))
        } else {
            rest
        };
        let mut best: Option<(usize, DetectorId)> = None;
        let unglued = glued == Glued::No;
        for entry in candidates.into_iter().flatten() {
            let announced = said & entry.words != 0;
            let free = unglued && matches!(entry.alone, Alone::Always | Alone::Printed | Alone::PrintedText);
            if !(announced || free || line && entry.alone != Alone::Never || said & entry.names != 0) {
                continue;
            }
            let Some(id) = IDS.all.get(usize::from(entry.id)) else { continue };
            let Some(length) = id.shape.end(rest, 0) else { continue };
            let end = start + length;
            let value = part(rest, 0, length);
            let printed = || id.alone == Alone::Always || value.iter().any(|b| !b.is_ascii_alphanumeric());
            // small letters and a space are words: `job 080521627`
            let cased = || part(text, start, end) == value || !value.contains(&b' ');
            let whole = || line && id.is_line(value) && cased() && part(text, end, text.len()).trim_ascii().is_empty();
            let named = id.is_named(said);
            // small letters are an id's where it has digits too: `bic required`
            let small = || near && !value.iter().any(u8::is_ascii_digit) && part(text, start, end).iter().any(u8::is_ascii_lowercase);
            let taken = class(at(text, end)) & WORD == 0
                && !small()
                && (named || announced || free && printed() && !self.goes_on(end) || whole())
                && best.is_none_or(|(longest, _)| end > longest)
                && self.engine.action(id.detector).is_some();
            let mut buffer = [0; LONGEST];
            let bare = compact(value, &mut buffer);
            if said & context::CARD != 0 && luhn::is_valid(bare) && luhn::has_issuer(bare) {
                return None;
            }
            // people mistype, and what somebody calls by its own name is one, wrong or not
            if taken && ((id.check)(bare) || named && varied(bare)) {
                best = Some((end, id.detector));
            }
        }
        let (end, detector) = best?;
        self.found(detector, start, end);
        Some(end)
    }

    /// Does more of the same follow, so that what ends here is a piece?
    fn goes_on(&self, end: usize) -> bool {
        matches!(at(self.text, end), b'-' | b'.' | b'/' | b'_' | b':') && class(at(self.text, end + 1)) & (LETTER | DIGIT) != 0
    }
}

/// The letters and digits alone, and the `<` by which machine-readable zones are filled (ICAO 9303).
fn compact<'b>(value: &[u8], buffer: &'b mut [u8; LONGEST]) -> &'b [u8] {
    let mut count = 0;
    for (slot, &b) in buffer.iter_mut().zip(value.iter().filter(|b| b.is_ascii_alphanumeric() || **b == b'<')) {
        *slot = b;
        count += 1;
    }
    part(buffer, 0, count)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_of_shapes() {
        let others = IDS.all.iter().filter(|id| !id.shape.least(&OF_ID).1);
        assert!(others.map(|id| id.detector).next().is_none());
    }

    #[test]
    fn fronts_of_shapes() {
        let fronts = |shape: &str| {
            let mut all = Vec::new();
            if let Some(shape) = Shape::new(shape) {
                shape.fronts(FRONT, &mut |front| all.push((front.kind, front.length, front.next)));
            }
            all.dedup();
            all
        };
        assert_eq!(fronts("\\d{3}[. ]?\\d{2}"), [(DIGIT, 5, None), (DIGIT, 3, Some(b' ')), (DIGIT, 3, Some(b'.'))]);
        assert_eq!(
            fronts("[AB]{1,2}-?5"),
            [(UPPER, 1, Some(b'5')), (UPPER, 1, Some(b'-')), (UPPER, 2, Some(b'5')), (UPPER, 2, Some(b'-'))]
        );
        assert_eq!(fronts("1{2}[0A]"), [(DIGIT, 2, Some(b'A')), (DIGIT, 3, None)]);
    }
}
