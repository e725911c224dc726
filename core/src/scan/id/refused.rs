//! Why no id was taken, for [`explain`](crate::explain).

use super::{GROUP, GROUPS, IDS, Id, LONGEST, compact};
use crate::detect::context::PART;
use crate::detect::{Alone, DetectorId};
use crate::explain::Why;
use crate::scan::Scan;
use crate::scan::bytes::{DIGIT, LETTER, WORD, at, class, part, run_back};
use crate::scan::number::Glued;
use crate::validate::digits::varied;

impl Scan<'_, '_> {
    /// At a digit: notes the ids that it may be a part of and was not taken as.
    #[cold]
    #[inline(never)]
    pub(super) fn explain_ids(&mut self, i: usize) {
        let text = self.text;
        let mut start = i - run_back(text, i, LONGEST, |b| class(b) & (LETTER | DIGIT) != 0);
        for _ in 0..=GROUPS {
            if start < self.floor || class(self.previous(start)) & WORD != 0 {
                return;
            }
            self.explain_id(start);
            let length = run_back(text, start.saturating_sub(1), GROUP, |b| class(b) & (LETTER | DIGIT) != 0);
            if length == 0 || !matches!(self.previous(start), b' ' | b'-' | b'.' | b'/') {
                return;
            }
            start -= 1 + length;
        }
    }

    fn explain_id(&mut self, start: usize) {
        let text = self.text;
        let glued = self.glued(start);
        if glued == Glued::Fraction {
            return;
        }
        let said = self.announced_by(start) & !PART;
        let line = self.begins_line(start);
        let mut capitals = [0; LONGEST];
        let rest = part(text, start, text.len());
        capitals.iter_mut().zip(rest).for_each(|(to, from)| *to = from.to_ascii_uppercase());
        let capitals = part(&capitals, 0, rest.len().min(LONGEST));
        let mut refused: Vec<(DetectorId, usize, Why)> = Vec::new();
        for id in &IDS.all {
            let Some(length) = id.shape.end_from_afar(capitals, 0).filter(|&length| class(at(text, start + length)) & WORD == 0) else {
                continue;
            };
            let end = start + length;
            let value = part(capitals, 0, length);
            // in small letters, most are words
            if !value.iter().any(u8::is_ascii_digit) || value.contains(&b' ') && part(text, start, end) != value {
                continue;
            }
            let printed = id.alone == Alone::Always || value.iter().any(|b| !b.is_ascii_alphanumeric());
            let free = glued == Glued::No && matches!(id.alone, Alone::Always | Alone::Printed | Alone::PrintedText) && printed;
            let whole = line && id.is_line(value) && part(text, end, text.len()).trim_ascii().is_empty();
            let mut buffer = [0; LONGEST];
            let bare = compact(value, &mut buffer);
            let why = match (said & id.words != 0 || id.is_named(said), free && !self.goes_on(end) || whole) {
                (false, false) if has_check_digit(id, bare) => {
                    if free {
                        Why::Boundary
                    } else {
                        Why::Context
                    }
                }
                (false, false) => continue,
                _ if (id.check)(bare) => continue,
                _ => Why::CheckDigit,
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
