//! From what was found to what is replaced: in order, without overlap, whatever the order of the rules.

use std::cmp::Reverse;

use crate::engine::Engine;
use crate::scan::Match;
use crate::scan::bytes::part;

/// Sorts, and lets the longer of two overlapping matches have the common part: nothing that was found is lost.
pub(crate) fn resolve(matches: &mut Vec<Match>) {
    if matches.len() < 2 {
        return;
    }
    // of two on the same bytes the more specific detector comes first: it has the higher position
    matches.sort_unstable_by_key(|found| (found.start, Reverse(found.end), Reverse(found.detector)));
    let mut end = 0;
    matches.retain_mut(|found| {
        found.start = found.start.max(end);
        let kept = found.start < found.end;
        end = end.max(found.end);
        kept
    });
}

/// Cuts off what lies before `from`, which was answered already.
pub(crate) fn not_before(matches: &mut Vec<Match>, from: usize) {
    matches.retain_mut(|found| {
        found.start = found.start.max(from);
        found.start < found.end
    });
}

/// Leaves out what the policy allows by its exact text.
pub(crate) fn allow(matches: &mut Vec<Match>, text: &[u8], engine: &Engine) {
    if !engine.allow.is_empty() {
        matches.retain(|found| !engine.allow.contains(part(text, found.start, found.end)));
    }
}
