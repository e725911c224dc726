//! Ids that a word announces and that are written with other separators than those that are printed: `12.345-678`.

use super::index::{IDS, Id, bucket};
use super::{GROUPS, LONGEST, is_group, is_separator};
use crate::detect::DetectorId;
use crate::detect::context::{self, NO_ID};
use crate::scan::Scan;
use crate::scan::bytes::{DIGIT, LETTER, WORD, at, class, is_alnum, part, run, skip};

impl Scan<'_, '_> {
    /// Where the id ends that begins at `start`, if its letters and digits alone have the shape.
    pub(super) fn id_joined(&mut self, start: usize) -> Option<usize> {
        let text = self.text;
        let first = skip(text, start, is_alnum);
        let separator = at(text, first);
        let behind = at(text, first + 1);
        if !is_separator(separator) || !is_alnum(behind) || matches!(self.previous(start), b'-' | b'.' | b'/' | b',') {
            return None;
        }
        let said = (self.announced_by(start) | self.behind) & !NO_ID;
        if said == 0 {
            return None;
        }
        let mut bare = [0; LONGEST];
        let (mut count, mut lengths, mut end) = (0, 0u32, start);
        for groups in 0..=GROUPS {
            let length = run(text, end, is_alnum);
            let group = part(text, end, end + length);
            let Some(slots) = bare.get_mut(count..count + length).filter(|_| length > 0 && is_group(group)) else {
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
        let more = is_separator(at(text, end)) && class(at(text, end + 1)) & DIGIT != 0;
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
        let is_id = |id: &&Id| {
            let named = id.is_named(said) || said & id.words & context::NAMED != 0 || self.context & id.words != 0;
            named && id.shape.end(bare, 0) == Some(bare.len()) && (id.check)(bare) && self.engine.action(id.detector).is_some()
        };
        candidates.iter().filter_map(|entry| IDS.get(entry)).find(is_id).map(|id| id.detector)
    }
}
