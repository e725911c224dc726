//! The detectors: each is data, found by a trigger, verified by a shape and a validator, and tested by its own examples.

pub(crate) mod contact;
pub(crate) mod context;
pub(crate) mod credential;
pub(crate) mod identity;
pub(crate) mod key;
pub(crate) mod payment;
pub(crate) mod secret;
#[cfg(test)]
mod tests;
pub(crate) mod words;

use crate::policy::{Action, Preset};

/// A detector's position in [`ALL`]; those of the policy come after.
pub(crate) type DetectorId = u16;

/// How a detector finds its candidates.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Find {
    /// Under a sensitive key; see `walk::field`.
    Key,
    /// At the beginning of a part of a word, by one of these [shapes](crate::scan::shape) and by what a shape cannot say: a checksum, a
    /// decoded header.
    Token { shapes: &'static [&'static str], check: fn(&[u8]) -> bool },
    /// Digits, alone or in groups: as many as given, that pass the check, beside one of these context words (0: anywhere).
    Number { digits: usize, check: fn(&[u8]) -> bool, context: u32 },
    /// Verified by code of its own in `scan`.
    Own,
}

/// The check of a token that is told by its shape alone.
pub(crate) fn unchecked(_: &[u8]) -> bool {
    true
}

/// A kind of sensitive value.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Detector {
    pub(crate) id: &'static str,
    pub(crate) find: Find,
    pub(crate) action: Action,
    pub(crate) presets: &'static [Preset],
    /// Standards, RFCs and issuers' pages.
    #[cfg_attr(not(any(test, feature = "examples")), allow(dead_code, reason = "documentation, read by tests and the catalogue"))]
    pub(crate) references: &'static [&'static str],
    /// Texts with what is found between `«` and `»`; empty in builds without the feature `examples`.
    #[cfg_attr(not(any(test, feature = "examples")), allow(dead_code, reason = "read by tests and the catalogue"))]
    pub(crate) examples: &'static [&'static str],
    /// Texts in which no detector finds anything.
    #[cfg_attr(not(any(test, feature = "examples")), allow(dead_code, reason = "read by tests and the catalogue"))]
    pub(crate) counter_examples: &'static [&'static str],
}

/// Every preset.
pub(crate) const ALWAYS: &[Preset] = &[Preset::Default, Preset::Strict, Preset::Minimal, Preset::Pci, Preset::Gdpr];
/// Personal data: every preset but `minimal` and `pci`.
pub(crate) const PERSONAL: &[Preset] = &[Preset::Default, Preset::Strict, Preset::Gdpr];
/// Payment data: every preset but `minimal`.
pub(crate) const PAYMENT: &[Preset] = &[Preset::Default, Preset::Strict, Preset::Pci, Preset::Gdpr];
/// What the more careful presets take as well.
pub(crate) const CAREFUL: &[Preset] = &[Preset::Strict, Preset::Gdpr];

/// Texts that only tests and the catalogue need: none of them reaches a shipped binary.
macro_rules! texts {
    ($($text:expr),* $(,)?) => {
        if cfg!(any(test, feature = "examples")) { &[$($text),*] } else { &[] }
    };
}
pub(crate) use texts;

/// The groups of ids, some of which are still empty.
pub(crate) const GROUP_NAMES: &[&str] = &["contact", "payment", "identity", "network", "credential", "secret", "generic", "custom"];

/// The detectors by family, in order. Positions are internal: ids are what is stable.
const GROUPS: &[&[Detector]] = &[
    key::DETECTORS,
    contact::DETECTORS,
    payment::DETECTORS,
    identity::pt::DETECTORS,
    credential::DETECTORS,
    secret::aws::DETECTORS,
    secret::github::DETECTORS,
    secret::google::DETECTORS,
    secret::slack::DETECTORS,
    secret::stripe::DETECTORS,
];

const COUNT: usize = {
    let mut count = 0;
    let mut groups = GROUPS;
    while let [group, rest @ ..] = groups {
        count += group.len();
        groups = rest;
    }
    count
};

/// Every built-in detector, in the order of their positions.
#[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
pub(crate) static ALL: [Detector; COUNT] = {
    let mut all = [key::DETECTORS[0]; COUNT];
    let mut position = 0;
    let mut groups = GROUPS;
    while let [group, rest @ ..] = groups {
        let mut detectors = *group;
        while let [detector, others @ ..] = detectors {
            all[position] = *detector;
            position += 1;
            detectors = others;
        }
        groups = rest;
    }
    all
};

/// The position of a detector that the engine itself names.
pub(crate) const fn position(id: &str) -> DetectorId {
    let mut position = 0;
    let mut groups = GROUPS;
    while let [group, rest @ ..] = groups {
        let mut detectors = *group;
        while let [detector, others @ ..] = detectors {
            if same(detector.id.as_bytes(), id.as_bytes()) {
                return position;
            }
            position += 1;
            detectors = others;
        }
        groups = rest;
    }
    #[allow(clippy::panic, reason = "evaluated at compile time only: an unknown id does not compile")]
    {
        panic!("no detector of that id")
    }
}

const fn same(mut a: &[u8], mut b: &[u8]) -> bool {
    loop {
        match (a, b) {
            ([], []) => return true,
            ([x, a_rest @ ..], [y, b_rest @ ..]) if *x == *y => {
                a = a_rest;
                b = b_rest;
            }
            _ => return false,
        }
    }
}
