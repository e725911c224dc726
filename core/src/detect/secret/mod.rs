//! Tokens of vendors, one file a family.

pub(crate) mod aws;
pub(crate) mod github;
pub(crate) mod google;
pub(crate) mod slack;
pub(crate) mod stripe;

use crate::detect::{ALWAYS, Detector, Find, unchecked};
use crate::policy::Action;

/// A vendor's token: always on, always masked whole.
const fn token(
    id: &'static str,
    shapes: &'static [&'static str],
    references: &'static [&'static str],
    examples: &'static [&'static str],
    counter_examples: &'static [&'static str],
) -> Detector {
    Detector {
        id,
        find: Find::Token { shapes, check: unchecked },
        action: Action::Mask,
        presets: ALWAYS,
        references,
        examples,
        counter_examples,
    }
}
