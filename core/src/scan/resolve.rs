//! From what was found to what is replaced: in order, without overlap, whatever the order of the rules.

use std::cmp::Reverse;

use crate::engine::Engine;
use crate::order;
use crate::policy::Action;
use crate::scan::Match;
use crate::scan::bytes::part;

/// Sorts, drops what lies inside another match, and makes one of two that overlap in part: nothing that was found is lost.
/// Tells whether any overlapped in part, or what is left of one may be a match again.
pub(crate) fn resolve(matches: &mut Vec<Match>) -> bool {
    let mut merged = false;
    if matches.len() < 2 {
        return merged;
    }
    // of two on the same bytes the more specific detector comes first: it has the higher position
    let key = |found: &Match| (found.start, Reverse(found.end), Reverse(found.detector));
    order::sort(matches, |a, b| key(a) < key(b));
    matches.dedup_by(|next, found| {
        if next.start >= found.end {
            return false;
        }
        if next.end > found.end {
            found.end = next.end;
            found.action = Action::Mask;
            merged = true;
        }
        // what stays of an address may still be what lay inside it: `'a'ana@example.com`, the first of which is a password in quotes
        merged |= found.action == Action::Partial && next.action == Action::Mask;
        true
    });
    merged
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
        matches.retain(|found| !engine.allows(part(text, found.start, found.end)));
    }
}
