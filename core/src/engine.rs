//! The engine: a compiled policy, immutable and shared, and what it makes of a text.

use std::borrow::Cow;

use crate::detect::{self, DetectorId};
use crate::policy::{Action, Policy};
use crate::replace::{self, Key};
use crate::report::{Finding, LengthClass};
use crate::scan::bytes::{LETTER, UNDERSCORE, class};
use crate::scan::custom::Customs;
use crate::scan::known::Known;
use crate::scan::lines::{self, Cursor, WINDOW};
use crate::scan::{Match, Triggers};
use crate::walk::field::Fields;

mod compile;
mod tally;

pub(crate) use compile::{actions, setting};
pub(crate) use tally::Tally;

/// The detector id under which inner faults are counted.
pub(crate) const FAULT: &str = "error";

/// Letters that a word may have to be let through at once; the shortest token has more.
const HARMLESS: usize = 15;

/// A compiled policy.
pub(crate) struct Engine {
    pub(crate) policy: Policy,
    /// By position: the action of an active detector.
    actions: Vec<Option<Action>>,
    custom_ids: Vec<String>,
    pub(crate) triggers: Triggers,
    pub(crate) fields: Fields,
    pub(crate) known: Known,
    pub(crate) custom: Customs,
    /// Sorted.
    pub(crate) allow: Vec<Vec<u8>>,
    pub(crate) mask: String,
    pub(crate) key: Option<Key>,
    /// A detector of addresses of machines is on.
    pub(crate) addresses: bool,
    /// The preset takes UUIDs under session keys as well.
    pub(crate) strict: bool,
}

impl Engine {
    /// Is this exactly a value that the policy allows?
    pub(crate) fn allows(&self, value: &[u8]) -> bool {
        self.allow.binary_search_by(|allowed| allowed.as_slice().cmp(value)).is_ok()
    }

    /// The action of a detector, where the policy has it on.
    #[inline]
    pub(crate) fn action(&self, detector: DetectorId) -> Option<Action> {
        self.actions.get(usize::from(detector)).copied().flatten()
    }

    /// The same for a detector of the policy as well: does it run?
    pub(crate) fn is_on(&self, detector: DetectorId) -> bool {
        self.action(detector).or_else(|| self.custom.action(detector)).is_some()
    }

    pub(crate) fn id(&self, detector: DetectorId) -> &str {
        let position = usize::from(detector);
        detect::ALL
            .get(position)
            .map(|detector| detector.id)
            .or_else(|| self.custom_ids.get(position.checked_sub(self.actions.len())?).map(String::as_str))
            .unwrap_or(FAULT)
    }

    /// The redacted text, or nothing where it stays as it is.
    pub(crate) fn redact(&self, text: &[u8], context: u64, tally: &mut Tally) -> Option<Vec<u8>> {
        if self.is_harmless(text) {
            return None;
        }
        if text.len() < WINDOW && memchr::memchr(b'\n', text).is_none() {
            let mut matches = Vec::new();
            lines::one(self, text, context, &mut matches);
            if matches.is_empty() {
                return None;
            }
            tally.add(&matches);
            let changes = matches.iter().any(|found| found.action != Action::Keep);
            return changes.then(|| {
                let mut out = Vec::with_capacity(text.len() + 32);
                self.write(text, 0, text.len(), &matches, &mut out);
                out
            });
        }
        self.redact_lines(text, context, tally)
    }

    /// As [`redact`](Self::redact), for more than one line or a very long one.
    #[inline(never)]
    fn redact_lines(&self, text: &[u8], context: u64, tally: &mut Tally) -> Option<Vec<u8>> {
        let mut out: Option<Vec<u8>> = None;
        let mut copied = 0;
        self.each(text, context, &mut |start, end, matches| {
            tally.add(matches);
            if start.lead > 0 || matches.iter().any(|found| found.action != Action::Keep) {
                let out = out.get_or_insert_with(|| Vec::with_capacity(text.len() + 32));
                out.extend_from_slice(text.get(copied..start.at).unwrap_or_default());
                self.write(text, start.at + start.lead, end, matches, out);
                copied = end;
            }
        });
        if let Some(out) = &mut out {
            out.extend_from_slice(text.get(copied..).unwrap_or_default());
        }
        out
    }

    /// Does the policy look for what no mask of a block can tell?
    pub(crate) fn looks_everywhere(&self) -> bool {
        !self.policy.custom.is_empty() || self.fields.short_name
    }

    /// A short word of letters, as most keys and many values are: no detector takes it.
    #[inline]
    fn is_harmless(&self, text: &[u8]) -> bool {
        text.len() <= HARMLESS
            && !self.known.may_be_word(text.len())
            && self.policy.custom.is_empty()
            && text.iter().all(|&b| class(b) & (LETTER | UNDERSCORE) != 0)
    }

    /// Calls `visit` with every segment and its matches, in offsets of the whole text.
    pub(crate) fn each(&self, text: &[u8], context: u64, visit: &mut dyn FnMut(Start, usize, &[Match])) {
        let mut cursor = Cursor::default();
        let mut matches = Vec::new();
        let mut at = 0;
        while let Some(rest) = text.get(at - cursor.behind..) {
            let base = at - cursor.behind;
            let Some(segment) = cursor.next(self, rest, true, context, &mut matches) else { break };
            for found in &mut matches {
                found.start += base;
                found.end += base;
            }
            visit(Start { at, lead: segment.lead }, at + segment.length, &matches);
            at += segment.length;
        }
    }

    /// Appends `text[from..to]` with its matches replaced.
    pub(crate) fn write(&self, text: &[u8], from: usize, to: usize, matches: &[Match], out: &mut Vec<u8>) {
        let mut copied = from;
        for found in matches {
            out.extend_from_slice(text.get(copied..found.start).unwrap_or_default());
            replace::append(out, self, found, text.get(found.start..found.end).unwrap_or_default());
            copied = found.end;
        }
        out.extend_from_slice(text.get(copied..to).unwrap_or_default());
    }

    /// As [`found`](Self::found), in words.
    pub(crate) fn findings(&self, text: &[u8]) -> Vec<Finding> {
        let finding = |found: Match| Finding {
            detector: self.id(found.detector).to_owned(),
            path: String::new(),
            start: found.start,
            end: found.end,
            length_class: LengthClass::of(found.end - found.start),
            action: found.action,
        };
        self.found(text).into_iter().map(finding).collect()
    }

    /// All matches of a text, in order.
    pub(crate) fn found(&self, text: &[u8]) -> Vec<Match> {
        let mut all: Vec<Match> = Vec::new();
        self.each(text, 0, &mut |start, _, matches| {
            if let Some(last) = all.last_mut().filter(|_| start.lead > 0) {
                last.end = start.at + start.lead;
            }
            all.extend_from_slice(matches);
        });
        all
    }
}

/// Where a segment begins, and how much of it belongs to the match before.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Start {
    pub(crate) at: usize,
    pub(crate) lead: usize,
}

/// Text from bytes that came out of a redaction of text: replacements are text, and matches begin and end at characters.
pub(crate) fn into_text(text: &str, replaced: Option<Vec<u8>>) -> Cow<'_, str> {
    match replaced.map(String::from_utf8) {
        None => Cow::Borrowed(text),
        Some(Ok(replaced)) => Cow::Owned(replaced),
        Some(Err(error)) => Cow::Owned(String::from_utf8_lossy(error.as_bytes()).into_owned()),
    }
}
