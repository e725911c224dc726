//! Dotted paths with `*` (one level) and `**` (any number), all walked at once as a set of positions.

use crate::policy::Action;
use crate::scan::bytes::stands_in;

const WORDS: usize = 4;
/// Pattern steps that one policy can hold in all.
const STEPS: usize = WORDS * 64;

/// The positions that the patterns have reached: a set of steps that may match next. Copied down the walk, never allocated.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub(crate) struct PathState([u64; WORDS]);

impl PathState {
    fn insert(&mut self, step: usize) {
        if let Some(word) = self.0.get_mut(step / 64) {
            *word |= 1 << (step % 64);
        }
    }

    fn iter(self) -> impl Iterator<Item = usize> {
        self.0.into_iter().enumerate().flat_map(|(i, word)| (0..64).filter(move |bit| word >> bit & 1 != 0).map(move |bit| i * 64 + bit))
    }
}

#[derive(Debug)]
struct Step {
    /// `None` is `*`.
    name: Option<String>,
    /// `**` stood before: the step stays reachable at every deeper level.
    any_depth: bool,
    /// The end of its pattern.
    action: Option<Action>,
}

/// The compiled paths of one policy.
#[derive(Debug, Default)]
pub(crate) struct Paths {
    steps: Vec<Step>,
    root: PathState,
}

impl Paths {
    /// Adds a pattern; `None` where it is malformed or one too many.
    pub(crate) fn add(&mut self, pattern: &str, action: Action) -> Option<()> {
        let names: Vec<&str> = pattern.split('.').collect();
        let first = self.steps.len();
        let mut any_depth = false;
        for name in &names {
            match *name {
                "" => return None,
                "**" => any_depth = true,
                name if stands_in(name, "**") || (name.len() > 1 && name.contains('*')) => return None,
                name => {
                    let name = (name != "*").then(|| name.to_owned());
                    self.steps.push(Step { name, any_depth, action: None });
                    any_depth = false;
                }
            }
        }
        // `a.**` means everything below `a`
        if any_depth {
            self.steps.push(Step { name: None, any_depth: true, action: None });
        }
        if self.steps.len() > STEPS {
            return None;
        }
        self.steps.last_mut()?.action = Some(action);
        self.root.insert(first);
        Some(())
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    pub(crate) const fn root(&self) -> PathState {
        self.root
    }

    /// Steps into `key`: the positions below it, and the action of a pattern that ends there. Of several, the one given by the longest written name wins.
    pub(crate) fn enter(&self, state: PathState, key: &str) -> (PathState, Option<Action>) {
        let mut below = PathState::default();
        let mut ends: Option<(usize, Action)> = None;
        for index in state.iter() {
            let Some(step) = self.steps.get(index) else { continue };
            if step.any_depth {
                below.insert(index);
            }
            if step.name.as_deref().is_some_and(|name| name != key) {
                continue;
            }
            match step.action {
                Some(action) => {
                    let weight = step.name.as_ref().map_or(0, |name| 1 + name.len());
                    if ends.is_none_or(|(best, _)| weight >= best) {
                        ends = Some((weight, action));
                    }
                }
                None => below.insert(index + 1),
            }
        }
        (below, ends.map(|(_, action)| action))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn ends(patterns: &[&str], path: &[&str]) -> bool {
        let mut paths = Paths::default();
        for pattern in patterns {
            paths.add(pattern, Action::Mask).unwrap();
        }
        let mut state = paths.root();
        let mut action = None;
        for key in path {
            (state, action) = paths.enter(state, key);
        }
        action.is_some()
    }

    #[test]
    fn one_level_and_any() {
        assert!(ends(&["user.*.phone"], &["user", "home", "phone"]));
        assert!(!ends(&["user.*.phone"], &["user", "phone"]));
        assert!(ends(&["**.email"], &["email"]));
        assert!(ends(&["**.email"], &["a", "b", "c", "email"]));
        assert!(ends(&["a.**.z"], &["a", "z"]));
        assert!(ends(&["a.**.z"], &["a", "b", "c", "z"]));
        assert!(!ends(&["a.**.z"], &["b", "z"]));
        assert!(ends(&["a.**"], &["a", "b", "c"]));
        assert!(ends(&["a.b", "**.c"], &["x", "c"]));
    }

    #[test]
    fn malformed_and_too_many() {
        let mut paths = Paths::default();
        for pattern in ["a..b", ".a", "a*.b", "***", "."] {
            assert!(paths.add(pattern, Action::Mask).is_none(), "{pattern}");
        }
        let long = vec!["a"; STEPS + 1].join(".");
        assert!(Paths::default().add(&long, Action::Mask).is_none());
    }
}
