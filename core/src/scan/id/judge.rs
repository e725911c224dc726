//! Whether what has the shape of an id is one: by what stands around it and by its check digits.

use std::cell::OnceCell;

use super::LONGEST;
use super::index::{Entry, IDS, Id};
use crate::detect::context::{self, PART};
use crate::detect::{Alone, DetectorId};
use crate::scan::Scan;
use crate::scan::bytes::{LOWER, WORD, Words, at, class, is_alnum, part, skip};
use crate::scan::number::Glued;
use crate::validate::digits::varied;
use crate::validate::luhn;

/// Words that begin no id, though they look like its letters.
const SMALL_WORDS: Words = Words::new("in on at to is as or of by no an id do de da e o a");

/// A place where an id may begin, and what is known of it.
pub(super) struct Place {
    start: usize,
    /// What the words around say.
    pub(super) said: u64,
    /// Nothing stands before it in a line that may be an id.
    line: bool,
    pub(super) glued: Glued,
    /// Does a label stand right before? Asked once, and only where that decides.
    labelled: OnceCell<bool>,
}

/// What has the shape of an id.
#[derive(Clone, Copy)]
pub(super) struct Candidate<'c> {
    pub(super) id: &'c Id,
    pub(super) end: usize,
    /// As its shape has it, in capitals.
    pub(super) value: &'c [u8],
    /// Its letters and digits alone.
    pub(super) bare: &'c [u8],
}

impl Scan<'_, '_> {
    /// Which of these begins at `start`: where it ends. The longest is taken, and of two the first. `near` says that a word may announce it.
    #[inline(never)]
    pub(super) fn id_of(&mut self, start: usize, near: bool, candidates: [&[Entry]; 2]) -> Option<usize> {
        let text = self.text;
        if self.begins_in_prose(start) {
            return None;
        }
        let place = self.place(start, near)?;
        let mut capitals = [0; LONGEST];
        let rest = part(text, start, text.len());
        let rest = if near { in_capitals(rest, &mut capitals) } else { rest };
        let mut best: Option<(usize, DetectorId)> = None;
        for entry in candidates.into_iter().flatten().filter(|entry| place.may_be(entry)) {
            let Some(id) = IDS.get(entry) else { continue };
            let Some(length) = id.shape.end(rest, 0) else { continue };
            let (end, value) = (start + length, part(rest, 0, length));
            let mut buffer = [0; LONGEST];
            let bare = compact(value, &mut buffer);
            if place.said & context::CARD != 0 && luhn::is_valid(bare) && luhn::has_issuer(bare) {
                return None;
            }
            if best.is_none_or(|(longest, _)| end > longest)
                && self.engine.action(id.detector).is_some()
                && self.is_id(&place, Candidate { id, end, value, bare })
            {
                best = Some((end, id.detector));
            }
        }
        let (end, detector) = best?;
        self.found(detector, start, end);
        Some(end)
    }

    /// What is known of the place at `start`; nothing where the digits there are those of a fraction.
    pub(super) fn place(&self, start: usize, near: bool) -> Option<Place> {
        let glued = self.glued(start);
        if glued == Glued::Part {
            return None;
        }
        let said = if near { (self.announced_by(start) | self.behind) & !PART } else { 0 };
        Some(Place { start, said, line: near && self.begins_line(start), glued, labelled: OnceCell::new() })
    }

    /// Is this the rest of a word (`číslo 135521`), or a small one before the id (`passport in 6883451`)?
    fn begins_in_prose(&self, start: usize) -> bool {
        let text = self.text;
        let small = part(text, start, skip(text, start, |b| class(b) & LOWER != 0));
        self.previous(start) >= 0x80 && at(text, start).is_ascii_lowercase()
            || SMALL_WORDS.has(small) && at(text, start + small.len()) == b' '
    }

    /// Is what has the shape of an id one, by what stands around it and by its check digits?
    fn is_id(&self, place: &Place, candidate: Candidate<'_>) -> bool {
        let Candidate { id, end, value, bare } = candidate;
        let unglued = place.glued == Glued::No;
        let announced = place.said & id.words != 0;
        let named = id.is_named(place.said);
        let free = unglued && id.is_free(value);
        let whole = || self.is_whole_line(place, candidate);
        if class(at(self.text, end)) & WORD != 0
            || !(named || announced || free && !self.goes_on(end) || whole())
            // small letters are an id's where it has digits too: `bic required`
            || self.is_small(place, candidate) && !value.iter().any(u8::is_ascii_digit)
        {
            return false;
        }
        // people mistype, and what somebody calls by its own name is one, wrong or not
        let checked = (id.check)(bare);
        if !(checked || named && varied(bare)) {
            return false;
        }
        let any = id.words == context::PHRASE;
        if any && !unglued {
            return false;
        }
        // bare digits without a check digit are what the word right before says
        let weak = !checked || place.said & id.words & !context::WEAK == 0;
        let plain = any || bare.len() == value.len() && bare.iter().all(u8::is_ascii_digit);
        let is_labelled = || *place.labelled.get_or_init(|| self.is_labelled(place.start, place.said));
        !(weak && plain) || free || whole() || is_labelled()
    }

    /// Is it written in small letters?
    pub(super) fn is_small(&self, place: &Place, Candidate { end, value, .. }: Candidate<'_>) -> bool {
        part(self.text, place.start, end) != value
    }

    /// Is the whole line an id that is taken there?
    pub(super) fn is_whole_line(&self, place: &Place, candidate: Candidate<'_>) -> bool {
        let Candidate { id, end, value, .. } = candidate;
        let written = part(self.text, place.start, end);
        // somebody's name: `M00nL1ght`
        let name = || written.iter().any(u8::is_ascii_uppercase) && written.windows(2).any(|two| two.iter().all(u8::is_ascii_lowercase));
        place.line
            && !name()
            && id.is_line(value)
            // small letters and a space are words: `job 080521627`
            && !(value.contains(&b' ') && self.is_small(place, candidate))
            && part(self.text, end, self.text.len()).trim_ascii().is_empty()
    }

    /// Does more of the same follow, so that what ends here is a piece?
    pub(super) fn goes_on(&self, end: usize) -> bool {
        matches!(at(self.text, end), b'-' | b'.' | b'/' | b'_' | b':') && is_alnum(at(self.text, end + 1))
    }
}

impl Place {
    /// May what begins like this be an id here?
    fn may_be(&self, entry: &Entry) -> bool {
        let free = self.glued == Glued::No && matches!(entry.alone, Alone::Always | Alone::Printed | Alone::PrintedText);
        self.said & entry.words != 0 || free || self.line && entry.alone != Alone::Never || self.said & entry.names != 0
    }
}

/// As much of a text as an id may have, in capitals.
pub(super) fn in_capitals<'b>(text: &[u8], buffer: &'b mut [u8; LONGEST]) -> &'b [u8] {
    buffer.iter_mut().zip(text).for_each(|(to, from)| *to = from.to_ascii_uppercase());
    part(buffer, 0, text.len().min(LONGEST))
}

/// The letters and digits alone, and the `<` by which machine-readable zones are filled (ICAO 9303).
pub(super) fn compact<'b>(value: &[u8], buffer: &'b mut [u8; LONGEST]) -> &'b [u8] {
    let mut count = 0;
    for (slot, &b) in buffer.iter_mut().zip(value.iter().filter(|b| b.is_ascii_alphanumeric() || **b == b'<')) {
        *slot = b;
        count += 1;
    }
    part(buffer, 0, count)
}
