//! One walk over every host's values: where the walk stands, and what that says of the value there.

pub mod beside;
pub(crate) mod field;
mod json;
pub(crate) mod path;

pub(crate) use json::{Names, Scanner, redact_json, redact_value};

use crate::detect::words::Rule;
use crate::policy::Action;
use crate::walk::path::PathState;

/// What a host does with the value at a [`Scope`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Verdict {
    /// Walk down; every string is scanned.
    Scan,
    /// Walk down, for what a path of the policy names below, and for keys; nothing else changes.
    Keep,
    /// Walk down; every string and number is replaced, as far as the key's rule asks.
    Mask,
    /// Leave the entry out of its map; elsewhere as `Mask`.
    Drop,
}

/// A position in a value: which path patterns are open, and what the nearest ruling key said.
///
/// Small and `Copy`: hosts pass it down their own recursion.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    pub(crate) paths: PathState,
    pub(crate) ruling: Ruling,
    /// Context bits of the keys above.
    pub(crate) context: u64,
}

/// What rules the value at a scope.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ruling {
    None,
    Keep,
    Apply(Rule, Action),
}

impl Scope {
    /// What to do with the value here.
    pub const fn verdict(&self) -> Verdict {
        match self.ruling {
            Ruling::None => Verdict::Scan,
            Ruling::Keep | Ruling::Apply(_, Action::Keep) => Verdict::Keep,
            Ruling::Apply(_, Action::Drop) => Verdict::Drop,
            Ruling::Apply(..) => Verdict::Mask,
        }
    }
}
