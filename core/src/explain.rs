//! Why something is redacted, and why something else is not: what each detector looked at in a text, and which step took or refused it.
//!
//! What is accepted is what [`findings`](crate::Redactor::findings) has. The rest is found by scanning once more: with a [trace](crate::scan::trace)
//! to which the steps report what they refuse, and with every detector on. Redacting pays nothing for it.

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::detect::{self, DetectorId, Find, context, key};
use crate::engine::Engine;
use crate::map::Map;
use crate::order;
use crate::policy::{Action, Policy, Setting};
use crate::report::LengthClass;
use crate::scan::bytes::{self, before, is_word, part, skip};
use crate::scan::lines::Open;
use crate::scan::token::is_mixed;
use crate::scan::trace::Note;
use crate::scan::{LONG, Match, Scan};

/// Something that a detector looked at. Offsets are bytes of the text; hosts convert them to their own unit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Candidate {
    /// Detector id, such as `contact.email`.
    pub detector: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Class of the length in bytes.
    pub length_class: LengthClass,
    /// What is done with it; nothing where it was refused.
    pub action: Option<Action>,
    /// Why it was accepted or refused.
    pub why: Why,
}

impl Candidate {
    /// Is it a finding?
    pub const fn accepted(&self) -> bool {
        self.action.is_some()
    }
}

/// As a map, like a [`Finding`](crate::Finding).
impl Serialize for Candidate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(8))?;
        map.serialize_entry("detector", &self.detector)?;
        map.serialize_entry("start", &self.start)?;
        map.serialize_entry("end", &self.end)?;
        map.serialize_entry("length_class", self.length_class.as_str())?;
        map.serialize_entry("accepted", &self.accepted())?;
        map.serialize_entry("step", self.why.step())?;
        map.serialize_entry("why", self.why.as_str())?;
        map.serialize_entry("action", &self.action.map(Action::as_str))?;
        map.end()
    }
}

/// Why a candidate was accepted or refused. Only ever added to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Why {
    /// Accepted: its shape says what it is, with the check digits that it may have. Refused: the shape is not one of the detector's.
    Shape,
    /// Accepted: it stands under a sensitive key.
    Key,
    /// Accepted: what stands around it says what it is. Refused: it needs a word that says so, and none is near.
    Context,
    /// Accepted: a value that the application registered.
    KnownValue,
    /// Accepted, and left as it is: the policy's action is `keep`.
    Kept,
    /// Refused: the check digits are wrong.
    CheckDigit,
    /// Refused: the checksum or the inner parts of a token are wrong.
    Structure,
    /// Refused: a piece of something longer.
    Boundary,
    /// Refused: it stands for a value (`${TOKEN}`, `<password>`, `None`), or was redacted before.
    Placeholder,
    /// Refused: it has more order than keys have.
    Entropy,
    /// Refused: it reads like a sentence or like code.
    Prose,
    /// Refused: published on purpose, or the name of an object (`pk_…`, `cus_…`).
    Public,
    /// Refused: one of the values that the policy allows.
    Allowed,
    /// Refused: the policy has the detector off.
    Disabled,
    /// Refused: it is a part of a finding of another detector.
    Overlap,
}

impl Why {
    /// The word for it.
    pub const fn as_str(self) -> &'static str {
        self.text().0
    }

    /// The step that decided: `key`, `shape`, `check`, `context`, `value`, `policy` or `overlap`.
    pub const fn step(self) -> &'static str {
        self.text().1
    }

    const fn text(self) -> (&'static str, &'static str) {
        match self {
            Self::Shape => ("shape", "shape"),
            Self::Key => ("key", "key"),
            Self::Context => ("context", "context"),
            Self::KnownValue => ("known_value", "value"),
            Self::Kept => ("kept", "policy"),
            Self::CheckDigit => ("check_digit", "check"),
            Self::Structure => ("structure", "check"),
            Self::Boundary => ("boundary", "shape"),
            Self::Placeholder => ("placeholder", "value"),
            Self::Entropy => ("entropy", "value"),
            Self::Prose => ("prose", "value"),
            Self::Public => ("public", "value"),
            Self::Allowed => ("allowed", "policy"),
            Self::Disabled => ("disabled", "policy"),
            Self::Overlap => ("overlap", "overlap"),
        }
    }
}

/// Candidates before one that may be the whole of which it is a part.
const RECENT: usize = 64;

/// Prefixes of what Stripe publishes, and of names of its objects (docs.stripe.com/keys, docs.stripe.com/api).
const STRIPE_IDS: &[&str] =
    &["pk_", "pi_", "pm_", "cus_", "evt_", "ch_", "cs_", "in_", "sub_", "price_", "prod_", "acct_", "seti_", "re_", "req_"];

impl Engine {
    /// What every detector looked at, in the order of the text.
    pub(crate) fn explain(&self, text: &[u8]) -> Vec<Candidate> {
        let found = self.found(text);
        let mut all: Vec<(Note, Option<Action>)> = Vec::new();
        for note in self.refused(text) {
            let next = found.partition_point(|found| found.end <= note.start);
            let around = found.get(next).filter(|found| found.start < note.end);
            let why = match (note.why, around) {
                (Why::Overlap, Some(found)) if Note::of(*found, Why::Overlap) != note => Why::Overlap,
                (_, Some(_)) => continue,
                // nothing but the list of the policy leaves a match out
                (Why::Overlap, None) => Why::Allowed,
                (why, None) => why,
            };
            all.push((Note { why, ..note }, None));
        }
        for found in found {
            all.push((Note::of(found, self.why(&found, part(text, found.start, found.end))), Some(found.action)));
        }
        let key = |(note, action): &(Note, Option<Action>)| (note.start, usize::MAX - note.end, action.is_none(), note.detector, note.why);
        order::sort(&mut all, |a, b| key(a) < key(b));
        let mut candidates: Vec<(Note, Option<Action>)> = Vec::with_capacity(all.len());
        for (note, action) in all {
            // a detector that looks at a part and at the whole speaks of the whole
            let is_part = |(whole, other): &(Note, Option<Action>)| {
                whole.detector == note.detector && note.start < whole.end && other.is_none() && action.is_none()
            };
            if !candidates.iter().rev().take(RECENT).any(is_part) {
                candidates.push((note, action));
            }
        }
        let candidate = |(Note { detector, start, end, why }, action)| Candidate {
            detector: self.id(detector).to_owned(),
            start,
            end,
            length_class: LengthClass::of(end - start),
            action,
            why,
        };
        candidates.into_iter().map(candidate).collect()
    }

    /// Why this was found.
    fn why(&self, found: &Match, value: &[u8]) -> Why {
        if found.action == Action::Keep {
            return Why::Kept;
        }
        if found.detector == key::KNOWN {
            return Why::KnownValue;
        }
        // is it found with nothing around it?
        let mut alone = false;
        self.each(value, context::PART, &mut |_, _, matches| alone |= matches.iter().any(|other| other.detector == found.detector));
        match detect::ALL.get(usize::from(found.detector)) {
            _ if alone => Why::Shape,
            Some(detector) if matches!(detector.find, Find::Key) => Why::Key,
            _ => Why::Context,
        }
    }

    /// What was refused, and every match as an overlap.
    fn refused(&self, text: &[u8]) -> Vec<Note> {
        let everything = self.with_everything_on();
        let mut all = Vec::new();
        self.each(text, 0, &mut |segment, end, _| {
            let from = segment.at + segment.lead;
            let line = part(text, from, end);
            let context = if matches!(before(text, from), 0 | b'\n') { 0 } else { context::PART };
            let (mut notes, mut matches) = (Vec::new(), Vec::new());
            let mut scan = Scan::new(self, line, context, &mut matches);
            scan.trace = Some(&mut notes);
            scan.run(Open::Nothing);
            notes.extend(matches.drain(..).map(|found| Note::of(found, Why::Overlap)));
            self.custom.each(line, 0, &mut |found, refused| notes.extend(refused.map(|why| Note::of(found, why))));
            if let Some(everything) = &everything {
                Scan::new(everything, line, context, &mut matches).run(Open::Nothing);
                notes.extend(matches.iter().filter(|found| !self.is_on(found.detector)).map(|&found| Note::of(found, Why::Disabled)));
            }
            unannounced(line, &mut notes);
            all.extend(notes.into_iter().map(|note| Note { start: note.start + from, end: note.end + from, ..note }));
        });
        all
    }

    /// The same policy with every detector on, where it has some off.
    fn with_everything_on(&self) -> Option<Self> {
        let off = (0..).take(detect::ALL.len() + self.policy.custom.len()).any(|detector: DetectorId| !self.is_on(detector));
        let on = |id: &&str| ((*id).to_owned(), Setting::On);
        let detectors: Map<Setting> = detect::GROUP_NAMES.iter().map(on).collect();
        if off { Self::unkeyed(Policy { detectors, ..self.policy.clone() }) } else { None }
    }
}

/// Notes long runs of letters and digits that nothing announces.
fn unannounced(text: &[u8], notes: &mut Vec<Note>) {
    let mut start = 0;
    while start < text.len() {
        let end = skip(text, start, is_word);
        let word = part(text, start, end);
        if word.split(|&b| b == b'_').any(|part| is_mixed(part, LONG)) {
            let public = STRIPE_IDS.iter().any(|prefix| bytes::starts_with_nocase(word, prefix.as_bytes()));
            let why = if public { Why::Public } else { Why::Context };
            notes.push(Note { start, end, detector: key::TOKEN, why });
        }
        start = end + 1;
    }
}

#[cfg(test)]
mod tests;
