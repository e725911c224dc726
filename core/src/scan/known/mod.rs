//! Known values: secrets that the application itself has, found raw and in the encodings in which they usually leak.
//!
//! Thousands of values cost hardly more than one. Each [form](Form) of a value is found by one short piece around a *turn* inside it, a place
//! where a digit is followed by a letter or a small letter or digit by a capital: random text has many of them, a log few. The masks of a
//! [block](super::block) tell the turns of a text, and a [filter](Table) which of them are worth a look. A form without a turn is found by
//! pieces that stand at every distance from a multiple of a stride, so that one look every stride finds it.

mod common;
mod forms;
mod table;

use crate::detect::key::KNOWN;
use crate::error::{Code, Error, place};
use crate::order;
use crate::policy::Action;
use crate::scan::block::BLOCK;
use crate::scan::bytes::{LETTER, UNDERSCORE, class, part};
use crate::scan::grams::GramSet;
use crate::scan::token::is_mixed;
use crate::scan::{Match, sight};
use forms::FORMS;
use table::{Entry, FAR, Table, hash};

/// The least bytes of a known value.
pub(crate) const LEAST: usize = 8;
/// Bytes of the piece around a turn, and how many of them stand before it.
const PIECE: usize = 6;
const BEFORE: usize = 3;
/// The fewest bytes of a piece of a form without a turn, the most, and the most between two places at which one is looked for.
const SHORTEST_PIECE: usize = 5;
const LONGEST_PIECE: usize = 8;
const STRIDE_MAX: usize = 16;
/// Pieces among which one is picked.
const CHOICE: usize = 8;

/// The values in every form that is looked for.
#[derive(Default)]
pub(crate) struct Known {
    values: Vec<Vec<u8>>,
    turns: Table,
    /// Forms without a turn, if there are any.
    others: Option<Strided>,
    /// The shortest form of nothing but letters and `_`.
    shortest_word: Option<usize>,
}

/// A form by the positions of its value and of its way to write.
type Named = (u32, u8);

/// Forms that are found at one of the places that are multiples of a stride.
struct Strided {
    /// The first four bytes of the pieces: a small set for the first look, since all text is asked at every stride.
    fours: Box<GramSet>,
    pieces: Table,
    /// Between the places: as much as the shortest form allows.
    stride: usize,
    /// Bytes of a piece: of the shortest form, and of one that has more to spare, as few digits say little.
    lengths: [usize; 2],
}

impl Strided {
    /// `shortest` is the length of the shortest form; a piece has five bytes at least.
    fn new(shortest: usize) -> Self {
        let stride = (shortest - (SHORTEST_PIECE - 1)).min(STRIDE_MAX);
        let length = (shortest - (stride - 1)).min(LONGEST_PIECE);
        Self { fours: Box::new(GramSet::new()), pieces: Table::default(), stride, lengths: [length, LONGEST_PIECE] }
    }

    /// One piece of a form for each distance from a multiple of the stride.
    fn add(&self, form: &[u8], load: &mut Load, mut add: impl FnMut(u64, usize)) {
        let [short, long] = self.lengths;
        let length = if form.len() < self.stride + long - 1 { short } else { long };
        let Some(last) = form.len().min(FAR).checked_sub(length) else { return };
        for first in (0..=last).take(self.stride) {
            if let Some((hash, offset)) = load.pick(form, (first..=last).step_by(self.stride), length) {
                add(hash, offset);
            }
        }
    }

    /// Calls `look` with the places at which a piece may stand.
    fn each(&self, text: &[u8], mut look: impl FnMut(usize)) {
        let mut i = 0;
        while let Some(four) = text.get(i..).and_then(<[u8]>::first_chunk) {
            if self.fours.contains(u32::from_le_bytes(*four)) && self.hashes(text, i).any(|hash| self.pieces.passes(hash)) {
                look(i);
            }
            i += self.stride;
        }
    }

    /// Those of the pieces that may stand at a place.
    fn hashes(&self, text: &[u8], i: usize) -> impl Iterator<Item = u64> {
        self.lengths.into_iter().filter_map(move |length| hash(text, i, length))
    }
}

impl Known {
    /// Checks and compiles values; an error names the position, never the text.
    pub(crate) fn new(values: &[Vec<u8>]) -> Result<Self, Error> {
        for (i, value) in values.iter().enumerate() {
            check(value, i)?;
        }
        let mut known = Self { values: values.to_vec(), ..Self::default() };
        // a text is searched line by line: those of a key are values of their own, its armour is none
        let several = values.iter().filter(|value| value.contains(&b'\n'));
        let lines = several.flat_map(|value| value.split(|&b| b == b'\n').map(<[u8]>::trim_ascii));
        known.values.extend(lines.filter(|line| is_mixed(line, LEAST) && !line.contains(&b' ')).map(<[u8]>::to_vec));
        order::sort(&mut known.values, |a, b| a < b);
        known.values.dedup();
        if !known.values.is_empty() {
            known.compile();
        }
        Ok(known)
    }

    /// Apart, so that a host that compiles functions when they are called has none of it to compile for no values.
    #[inline(never)]
    fn compile(&mut self) {
        let mut load = Load::default();
        let (mut turns, mut others): (_, Vec<Named>) = (Vec::new(), Vec::new());
        let mut shortest = usize::MAX;
        for (value, bytes) in (0..).zip(&self.values) {
            let mut seen: Vec<Vec<u8>> = Vec::new();
            load.picked.clear();
            for (position, form) in (0..).zip(FORMS) {
                let Some(form) = form.of(bytes).filter(|form| form.len() >= LEAST && !seen.contains(form)) else { continue };
                let places = (BEFORE..=form.len().min(FAR).saturating_sub(PIECE - BEFORE)).filter(|&i| is_turn(&form, i));
                if let Some((hash, offset)) = load.pick(&form, places.map(|i| i - BEFORE), PIECE) {
                    turns.push((hash, Entry::new(hash, value, position, offset + BEFORE)));
                } else {
                    shortest = shortest.min(form.len());
                    others.push((value, position));
                }
                if form.iter().all(|&b| class(b) & (LETTER | UNDERSCORE) != 0) {
                    self.shortest_word = Some(self.shortest_word.map_or(form.len(), |length| length.min(form.len())));
                }
                seen.push(form);
            }
        }
        self.turns = Table::new(&turns, std::mem::take(&mut load.distinct));
        if !others.is_empty() {
            self.others = Some(self.strided(&others, Strided::new(shortest), &mut load));
        }
    }

    fn strided(&self, forms: &[Named], mut strided: Strided, load: &mut Load) -> Strided {
        let (mut found, mut fours) = (Vec::new(), Vec::new());
        let mut last = None;
        for &(value, position) in forms {
            if last.replace(value) != Some(value) {
                load.picked.clear();
            }
            let Some(form) = self.form(value, position) else { continue };
            strided.add(&form, load, |hash, offset| {
                fours.extend(form.get(offset..).and_then(<[u8]>::first_chunk).map(|four| u32::from_le_bytes(*four)));
                found.push((hash, Entry::new(hash, value, position, offset)));
            });
        }
        fours.into_iter().for_each(|four| strided.fours.insert(four));
        strided.pieces = Table::new(&found, load.distinct);
        strided
    }

    fn form(&self, value: u32, position: u8) -> Option<Vec<u8>> {
        FORMS.get(usize::from(position))?.of(self.values.get(value as usize)?)
    }

    #[inline(always)]
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty()
    }

    /// May a text of so many letters and `_` hold a value?
    #[inline(always)]
    pub(crate) fn may_be_word(&self, length: usize) -> bool {
        self.shortest_word.is_some_and(|shortest| shortest <= length)
    }

    /// The places of the block at `base` at which [`verify`](Self::verify) is to look. `turns` are those of its text.
    ///
    /// Apart from the sight of a block, which most have without known values.
    #[inline(never)]
    pub(crate) fn sight(&self, text: &[u8], base: usize, turns: u64) -> u64 {
        let window = base.checked_sub(BEFORE).and_then(|from| text.get(from..)).and_then(<[u8]>::first_chunk::<{ BLOCK + 8 }>);
        match window {
            Some(window) => sight::those(turns, |place| self.passes(hash(window, place % BLOCK, PIECE))),
            None => sight::those(turns, |place| self.passes((base + place).checked_sub(BEFORE).and_then(|from| hash(text, from, PIECE)))),
        }
    }

    #[inline(always)]
    fn passes(&self, hash: Option<u64>) -> bool {
        hash.is_some_and(|hash| self.turns.passes(hash))
    }

    /// Is one of the values here that no mask of a block can tell?
    pub(crate) fn is_anywhere(&self, text: &[u8]) -> bool {
        let mut matches = Vec::new();
        self.find(text, &mut matches);
        !matches.is_empty()
    }

    /// Records the values that no mask of a block can tell.
    #[inline]
    pub(crate) fn find(&self, text: &[u8], matches: &mut Vec<Match>) {
        if let Some(others) = &self.others {
            others.each(text, |i| self.verify_others(others, text, i, matches));
        }
    }

    /// Records the values of which a piece stands at a place in sight.
    #[cold]
    pub(crate) fn verify(&self, text: &[u8], i: usize, matches: &mut Vec<Match>) {
        if let Some(hash) = i.checked_sub(BEFORE).and_then(|from| hash(text, from, PIECE)) {
            self.record(text, i, self.turns.entries(hash), matches);
        }
    }

    #[cold]
    fn verify_others(&self, others: &Strided, text: &[u8], i: usize, matches: &mut Vec<Match>) {
        others.hashes(text, i).for_each(|hash| self.record(text, i, others.pieces.entries(hash), matches));
    }

    fn record<'e>(&self, text: &[u8], i: usize, entries: impl Iterator<Item = &'e Entry>, matches: &mut Vec<Match>) {
        for entry in entries {
            let Some(form) = self.form(entry.value, entry.form) else { continue };
            let Some(start) = i.checked_sub(entry.offset.into()) else { continue };
            let end = start + form.len();
            if part(text, start, end) == form.as_slice() {
                matches.push(Match { start, end, detector: KNOWN, action: Action::Mask });
            }
        }
    }
}

/// Is there a turn at this place of a form?
fn is_turn(form: &[u8], i: usize) -> bool {
    let (Some(&before), Some(&here)) = (i.checked_sub(1).and_then(|i| form.get(i)), form.get(i)) else { return false };
    before.is_ascii_digit() && here.is_ascii_alphabetic() || before.is_ascii_lowercase() && here.is_ascii_uppercase()
}

/// Picks the pieces by which forms are found.
struct Load {
    /// How many there are of about the same hash, so that values that are alike are found by what they do not share.
    counts: Vec<u32>,
    /// Those of the forms of one value.
    picked: Vec<u64>,
    /// How many of all values.
    distinct: usize,
}

impl Default for Load {
    fn default() -> Self {
        Self { counts: vec![0; 1 << 16], picked: Vec::new(), distinct: 0 }
    }
}

impl Load {
    /// Of the pieces of this length at these places: one by which another form of the value is found as well, or the rarest so far. Letters
    /// and digits alone are first, as most forms write them as they are.
    fn pick(&mut self, form: &[u8], places: impl Iterator<Item = usize> + Clone, length: usize) -> Option<(u64, usize)> {
        let pieces = places.filter_map(|i| Some((hash(form, i, length)?, i)));
        if let Some(found) = pieces.clone().take(2 * CHOICE).find(|(hash, _)| self.picked.contains(hash)) {
            return Some(found);
        }
        let plain = |&(_, i): &(u64, usize)| part(form, i, i + length).iter().all(u8::is_ascii_alphanumeric);
        let slot = |hash: u64| (hash >> 48) as usize;
        let count = |&(hash, _): &(u64, usize)| self.counts.get(slot(hash)).copied();
        let rarest = pieces.clone().filter(plain).take(CHOICE).min_by_key(count);
        let found = rarest.or_else(|| pieces.take(CHOICE).min_by_key(count))?;
        if let Some(count) = self.counts.get_mut(slot(found.0)) {
            *count += 1;
        }
        self.picked.push(found.0);
        self.distinct += 1;
        Some(found)
    }
}

fn check(value: &[u8], i: usize) -> Result<(), Error> {
    let error = |code| Err(Error::new(code, place("known_values", i)));
    if value.len() < LEAST {
        return error(Code::KnownValueTooShort);
    }
    if common::is_common(value) {
        return error(Code::KnownValueCommon);
    }
    Ok(())
}

#[cfg(test)]
mod tests;
