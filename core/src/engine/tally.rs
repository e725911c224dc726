//! What one pass found and how often, before it is added to the counts of the redactor.

use crate::detect::DetectorId;
use crate::engine::Engine;
use crate::policy::Action;
use crate::report::Counters;
use crate::scan::Match;

/// How often a detector took one action.
#[derive(Debug, Clone, Copy)]
struct Count {
    detector: DetectorId,
    action: Action,
    times: u64,
}

/// Counts of one pass.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// As many kinds as a text has without need of a heap.
    few: [Option<Count>; 6],
    more: Vec<Count>,
}

impl Tally {
    pub(crate) fn add(&mut self, matches: &[Match]) {
        for found in matches {
            self.one(found.detector, found.action);
        }
    }

    pub(crate) fn one(&mut self, detector: DetectorId, action: Action) {
        let same = |seen: &Count| seen.detector == detector && seen.action == action;
        match self.few.iter_mut().find(|slot| slot.as_ref().is_none_or(same)) {
            Some(slot) => slot.get_or_insert(Count { detector, action, times: 0 }).times += 1,
            None => match self.more.iter_mut().find(|seen| same(seen)) {
                Some(seen) => seen.times += 1,
                None => self.more.push(Count { detector, action, times: 1 }),
            },
        }
    }

    /// Adds the counts to those of a redactor, and has none afterwards.
    #[inline]
    pub(crate) fn commit(&mut self, engine: &Engine, counters: &Counters) {
        for slot in &mut self.few {
            let Some(Count { detector, action, times }) = slot.take() else { return };
            counters.add(engine, detector, action, times);
        }
        for Count { detector, action, times } in self.more.drain(..) {
            counters.add(engine, detector, action, times);
        }
    }
}
