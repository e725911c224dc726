//! Numbers and codes of persons, companies and things: by shape and check digits, and where these are weak by a word before them.
//!
//! There are hundreds of shapes. How a text begins (so many digits or capitals, and what follows them) leaves a few of them, and most of
//! those are not looked at where no word announces them.

mod refused;

use std::sync::LazyLock;

use crate::detect::context::{self, NO_ID, PART};
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

/// Words that begin no id, though they look like its letters.
const SMALL_WORDS: &str = "in on at to is as or of by no an id do de da e o a";

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
        // what the layout alone tells
        let check = if matches!(shape.as_bytes().first(), Some(b'?' | b'+')) { told } else { check };
        let (words, alone, shape) = match (shape.as_bytes().first(), alone) {
            (Some(b'!'), _) => (0, Alone::Never, shape.get(1..)?),
            (Some(b'?'), _) => (words, Alone::Text, shape.get(1..)?),
            (Some(b'+'), _) => (words, Alone::Always, shape.get(1..)?),
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

/// Is this more than one digit over and over, or mostly letters?
fn told(id: &[u8]) -> bool {
    varied(id) || id.iter().filter(|b| b.is_ascii_digit()).count() < 4
}

/// Which entries begin in one way: first those that need no word. `words` are those of all of them, and `least` the fewest bytes of one.
#[derive(Debug, Clone, Copy, Default)]
struct Bucket {
    start: u16,
    alone: u16,
    end: u16,
    least: u8,
    words: u64,
}

/// One way in which an id may begin, with what is asked first.
#[derive(Debug, Clone, Copy)]
struct Entry {
    words: u64,
    /// The bits of its own names together.
    names: u64,
    alone: Alone,
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
    for (detector, of) in (0..).zip(detect::ALL.iter()) {
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
            *bucket = Bucket { start: i - 1, alone: i - 1, least: u8::MAX, ..Bucket::default() };
        }
        bucket.end = i;
        bucket.words |= id.words;
        bucket.alone = if needs_word { bucket.alone } else { i };
        let names = id.names.iter().fold(0, |all, name| all | name);
        bucket.words |= names;
        let (least, _) = id.shape.least(&OF_ID);
        bucket.least = bucket.least.min(least.min(LONGEST) as u8);
        entries.push(Entry { words: id.words, names, alone: id.alone, id: position });
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
    /// What may begin so where these words were said, and the fewest bytes of it; `line` says that nothing else is before it.
    fn of(&self, bucket: u8, said: u64, line: bool) -> (&[Entry], u8) {
        let Bucket { start, alone, end, least, words } = self.buckets.get(usize::from(bucket)).copied().unwrap_or_default();
        let end = if said & words != 0 || line { end } else { alone };
        (self.entries.get(usize::from(start)..usize::from(end)).unwrap_or_default(), least)
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
        let said = self.heard(digits) & !NO_ID;
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
        let of = |next: Option<u8>| match ids.of(bucket(kind == DIGIT, length, next), said, line) {
            (entries, least) if !entries.is_empty() && self.is_long(start, near, least.into()) => entries,
            _ => &[],
        };
        let within = if goes_on { of(Some(next)) } else { &[] };
        let whole = if class(next) & WORD == 0 { of(None) } else { &[] };
        let found = if within.is_empty() && whole.is_empty() { None } else { self.id_of(start, near, [within, whole]) };
        found.or_else(|| if said == 0 { None } else { self.id_joined(start) })
    }

    /// The id that ends at `end`, where the words behind it say `context`. The longest is tried first.
    pub(super) fn id_behind(&mut self, end: usize, context: u64) {
        let text = self.text;
        let mut starts = [end; GROUPS + 1];
        let mut start = end;
        for slot in &mut starts {
            let length = run_back(text, start, LONGEST, |b| class(b) & (LETTER | DIGIT) != 0);
            let group = part(text, start - length, start);
            if length == 0
                || start - length < self.floor
                || !(group.iter().any(u8::is_ascii_digit) || length <= 3 && group.iter().all(u8::is_ascii_uppercase))
            {
                break;
            }
            start -= length;
            *slot = start;
            if !matches!(before(text, start), b' ' | b'-' | b'.' | b'/') {
                break;
            }
            start -= 1;
        }
        self.behind = context;
        for &start in starts.iter().rev().filter(|&&start| start < end) {
            // what was found on the way ends before
            if start >= self.floor && class(before(text, start)) & WORD == 0 && self.id(start, context) == Some(end) {
                break;
            }
        }
        self.behind = 0;
    }

    /// An announced id with other separators than those that are printed: `12.345-678`. Its letters and digits alone have the shape.
    fn id_joined(&mut self, start: usize) -> Option<usize> {
        let text = self.text;
        let first = start + run(text, start, |b| class(b) & (LETTER | DIGIT) != 0);
        let separator = at(text, first);
        let behind = at(text, first + 1);
        if !matches!(separator, b' ' | b'-' | b'.' | b'/')
            || class(behind) & (LETTER | DIGIT) == 0
            || matches!(self.previous(start), b'-' | b'.' | b'/' | b',')
        {
            return None;
        }
        let said = (self.announced_by(start) | self.behind) & !NO_ID;
        if said == 0 {
            return None;
        }
        let mut bare = [0; LONGEST];
        let (mut count, mut lengths, mut end) = (0, 0u32, start);
        for groups in 0..=GROUPS {
            let length = run(text, end, |b| class(b) & (LETTER | DIGIT) != 0);
            let group = part(text, end, end + length);
            let told = group.iter().any(u8::is_ascii_digit) || length <= 3 && group.iter().all(u8::is_ascii_uppercase);
            let Some(slots) = bare.get_mut(count..count + length).filter(|_| told && length > 0) else {
                // the separator before belongs to what follows
                end -= usize::from(groups > 0);
                break;
            };
            slots.iter_mut().zip(group).for_each(|(to, from)| *to = from.to_ascii_uppercase());
            (count, end, lengths) = (count + length, end + length, lengths << 4 | length.min(15) as u32);
            if at(text, end) != separator || groups == GROUPS {
                break;
            }
            end += 1;
        }
        // dates, social security numbers of the United States, addresses of machines, and a part of more
        let other = matches!(lengths, 0..=0xf | 0x422 | 0x224 | 0x222 | 0x324) || separator == b'.' && (0x1111..=0x3333).contains(&lengths);
        let more = matches!(at(text, end), b' ' | b'-' | b'.' | b'/') && class(at(text, end + 1)) & DIGIT != 0;
        if other || more || class(at(text, end)) & WORD != 0 {
            return None;
        }
        let detector = self.of_letters(part(&bare, 0, count), said)?;
        self.found(detector, start, end);
        Some(end)
    }

    /// The detector of these letters and digits, if their own name or the key of the text announces them.
    fn of_letters(&self, bare: &[u8], said: u64) -> Option<DetectorId> {
        let kind = class(at(bare, 0)) & (DIGIT | LETTER);
        let length = run(bare, 0, |b| class(b) & kind != 0);
        let next = bare.get(length).copied();
        let (candidates, _) = IDS.of(bucket(kind == DIGIT, length, next), said, false);
        let is = |entry: &&Entry| {
            let Some(id) = IDS.all.get(usize::from(entry.id)) else { return false };
            let named = id.is_named(said) || said & entry.words & context::NAMED != 0 || self.context & entry.words != 0;
            named && id.shape.end(bare, 0) == Some(bare.len()) && (id.check)(bare) && self.engine.action(id.detector).is_some()
        };
        candidates.iter().find(is).and_then(|entry| IDS.all.get(usize::from(entry.id))).map(|id| id.detector)
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
        // `passport in 6883451`
        let small = part(text, start, start + run(text, start, |b| class(b) & LOWER != 0));
        let word = bytes::is_one_of(SMALL_WORDS, small) && at(text, start + small.len()) == b' ';
        if glued == Glued::Fraction || rest_of_word || word {
            return None;
        }
        let said = if near { (self.announced_by(start) | self.behind) & !PART } else { 0 };
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
        let mut labelled = None;
        let mut is_labelled = || *labelled.get_or_insert_with(|| self.is_labelled(start, said));
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
            let checked = (id.check)(bare);
            if !(taken && (checked || named && varied(bare))) {
                continue;
            }
            // bare digits without a check digit are what the word right before says
            let weak = !checked || said & entry.words & !context::WEAK == 0;
            let any = entry.words == context::PHRASE;
            let plain = any || bare.len() == length && bare.iter().all(u8::is_ascii_digit);
            let spoken = !(free && printed() || whole());
            if weak && plain && spoken && !is_labelled() || any && !unglued {
                continue;
            }
            best = Some((end, id.detector));
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
