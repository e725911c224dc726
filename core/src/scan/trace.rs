//! What a scan refuses and why, for [`explain`](crate::explain). Nothing here runs unless a trace is there.

use crate::detect::DetectorId;
use crate::detect::contact::EMAIL;
use crate::explain::Why;
use crate::replace::placeholder;
use crate::scan::bytes::{is_key, run, run_back};
use crate::scan::keyed::Key;
use crate::scan::value;
use crate::scan::{Match, Scan};

/// Bytes before an `@` that are looked at.
const NAME: usize = 64;

/// Something that a detector looked at, in bytes of the segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Note {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) detector: DetectorId,
    pub(crate) why: Why,
}

impl Note {
    pub(crate) fn of(found: Match, why: Why) -> Self {
        Self { start: found.start, end: found.end, detector: found.detector, why }
    }
}

impl Scan<'_, '_> {
    /// Notes what a detector that is on refused, if anybody wants to know.
    #[cold]
    #[inline(never)]
    pub(super) fn refused(&mut self, detector: DetectorId, start: usize, end: usize, why: Why) {
        let on = self.engine.action(detector).is_some() && start < end;
        if let Some(trace) = self.trace.as_mut().filter(|_| on) {
            trace.push(Note { start, end, detector, why });
        }
    }

    /// A key whose value, behind the separator at `i`, was not taken.
    #[cold]
    #[inline(never)]
    pub(super) fn explain_key(&mut self, key: &Key<'_>, i: usize) {
        let (behind, around) = self.value_place(key, i);
        let Some(found) = value::extent_within(self.text, behind, key.rule, around) else { return };
        let found = self.within_tag(key.rule, found);
        let matched = found.of(self.text);
        let rule = key.rule_of(matched);
        let why = if placeholder::is(matched)
            || value::is_syntax(matched)
            || value::is_description(rule, matched)
            || value::is_example(matched)
        {
            Why::Placeholder
        } else if self.is_secret(rule, matched) {
            Why::Prose
        } else if rule.is_soft() {
            Why::Entropy
        } else {
            Why::Shape
        };
        self.refused(rule.detector(), found.start, found.end, why);
    }

    /// An `@` that is in no address.
    #[cold]
    #[inline(never)]
    pub(super) fn explain_at_sign(&mut self, i: usize) {
        let (name, host) = (run_back(self.text, i, NAME, is_key), run(self.text, i + 1, is_key));
        if name > 0 && host > 0 {
            self.refused(EMAIL, i - name, i + 1 + host, Why::Shape);
        }
    }
}
