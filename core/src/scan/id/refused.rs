//! Why no id was taken, for [`explain`](crate::explain).

use super::index::{IDS, Id};
use super::judge::{Candidate, compact, in_capitals};
use super::{GROUP, GROUPS, LONGEST, is_separator};
use crate::detect::DetectorId;
use crate::explain::Why;
use crate::scan::Scan;
use crate::scan::bytes::{WORD, at, class, is_alnum, part, run_back, skip_back};
use crate::scan::number::Glued;
use crate::validate::digits::varied;

impl Scan<'_, '_> {
    /// At a digit: notes the ids that it may be a part of and was not taken as.
    #[cold]
    #[inline(never)]
    pub(super) fn explain_ids(&mut self, i: usize) {
        let text = self.text;
        let mut start = skip_back(text, i, LONGEST, is_alnum);
        for _ in 0..=GROUPS {
            if start < self.floor || class(self.previous(start)) & WORD != 0 {
                return;
            }
            self.explain_id(start);
            let length = run_back(text, start.saturating_sub(1), GROUP, is_alnum);
            if length == 0 || !is_separator(self.previous(start)) {
                return;
            }
            start -= 1 + length;
        }
    }

    /// Notes every id that might begin at `start`.
    fn explain_id(&mut self, start: usize) {
        let text = self.text;
        let Some(place) = self.place(start, true) else { return };
        let mut capitals = [0; LONGEST];
        let capitals = in_capitals(part(text, start, text.len()), &mut capitals);
        let mut refused: Vec<(DetectorId, usize, Why)> = Vec::new();
        for id in &IDS.all {
            let Some(length) = id.shape.end_from_afar(capitals, 0).filter(|&length| class(at(text, start + length)) & WORD == 0) else {
                continue;
            };
            let (end, value) = (start + length, part(capitals, 0, length));
            let mut buffer = [0; LONGEST];
            let bare = compact(value, &mut buffer);
            let candidate = Candidate { id, end, value, bare };
            // in small letters, most are words
            if !value.iter().any(u8::is_ascii_digit) || value.contains(&b' ') && self.is_small(&place, candidate) {
                continue;
            }
            let announced = place.said & id.words != 0 || id.is_named(place.said);
            let free = place.glued == Glued::No && id.is_free(value);
            let alone = free && !self.goes_on(end) || self.is_whole_line(&place, candidate);
            let why = match announced || alone {
                true if !(id.check)(bare) => Why::CheckDigit,
                false if has_check_digit(id, bare) && free => Why::Boundary,
                false if has_check_digit(id, bare) => Why::Context,
                _ => continue,
            };
            refused.push((id.detector, end, why));
        }
        for (detector, end, why) in refused {
            self.refused(detector, start, end, why);
        }
    }
}

/// Does the check tell this value from that with another last digit? Without that it says little.
fn has_check_digit(id: &Id, value: &[u8]) -> bool {
    let mut other = value.to_vec();
    if let Some(last) = other.iter_mut().rev().find(|b| b.is_ascii_digit()) {
        *last = b'0' + (*last - b'0' + 1) % 10;
    }
    (id.check)(value) && varied(value) && !(id.check)(&other)
}
