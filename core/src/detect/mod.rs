//! The detectors: each is data, found by a trigger, verified by a shape and a validator, and tested by its own examples.

pub(crate) mod account;
pub mod catalogue;
pub(crate) mod contact;
pub(crate) mod context;
pub(crate) mod credential;
pub(crate) mod identity;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::string_slice, reason = "a test may panic")]
mod ids;
pub(crate) mod key;
pub(crate) mod network;
mod packed;
pub(crate) mod payment;
pub(crate) mod secret;
#[cfg(test)]
mod tests;
pub(crate) mod wallet;
pub(crate) mod words;

use std::sync::LazyLock;

use crate::policy::{Action, Preset};

/// A detector's position in [`ALL`]; those of the policy come after.
pub(crate) type DetectorId = u16;

/// How a detector finds its candidates.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Find {
    /// Under a sensitive key; see `walk::field`.
    Key,
    /// At the beginning of a part of a word, by one of these [shapes](crate::scan::shape) and by what a shape cannot say: a checksum, a
    /// decoded header. Behind a `^`, the shape begins where the word does: `live_…` and not the rest of `pk_live_…`, which is public.
    Token { shapes: &'static [&'static str], check: fn(&[u8]) -> bool },
    /// A number or a code of a person, a company, an account or a thing: by its [shapes](crate::scan::shape), in capitals and with the
    /// separators that are printed, and by a check of its letters and digits alone. Behind its own name no check is needed: people mistype.
    ///
    /// A shape behind a `~` is found beside a word or as the whole text only, one behind a `!` behind the own name only.
    /// With a layout that nothing else has, a shape needs no check: behind a `+` it is found anywhere, behind a `?` like one behind a `~`.
    Id { shapes: &'static [&'static str], check: fn(&[u8]) -> bool, words: u64, alone: Alone, names: &'static str },
    /// Verified by code of its own in `scan`.
    Own,
}

impl Find {
    /// An id without names of its own.
    const fn id(shapes: &'static [&'static str], check: fn(&[u8]) -> bool, (words, alone): (u64, Alone)) -> Self {
        Self::Id { shapes, check, words, alone, names: "" }
    }
}

/// Where an id needs no [word](context) that announces it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Alone {
    /// Nowhere: too much else looks like it.
    Never,
    /// Where it is the whole text, with letters or separators: bare digits pass one check or another.
    Marked,
    /// Where it is the whole text, be it bare digits: the check is a strong one.
    Text,
    /// Anywhere with the separators that are printed: without a single one, only beside a word. As the whole text like [`Marked`](Self::Marked).
    Printed,
    /// The same, but as the whole text like [`Text`](Self::Text).
    PrintedText,
    /// Anywhere: its letters, its date or its check digits tell it from all else.
    Always,
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

impl Detector {
    /// One whose values are masked whole, without examples.
    const fn masked(id: &'static str, find: Find, presets: &'static [Preset], references: &'static [&'static str]) -> Self {
        Self { id, find, action: Action::Mask, presets, references, examples: &[], counter_examples: &[] }
    }

    /// A token that is always on.
    const fn token(
        id: &'static str,
        shapes: &'static [&'static str],
        check: fn(&[u8]) -> bool,
        references: &'static [&'static str],
    ) -> Self {
        Self::masked(id, Find::Token { shapes, check }, ALWAYS, references)
    }

    /// The same with examples, for what cannot be made up from its shapes.
    pub(crate) const fn with(self, examples: &'static [&'static str], counter_examples: &'static [&'static str]) -> Self {
        Self { examples, counter_examples, ..self }
    }

    /// The action in a preset, where the policy says no more than that the detector is on.
    pub(crate) fn action_in(&self, preset: Preset) -> Action {
        // the domain of an address may be a person's own
        if preset == Preset::Gdpr && self.id == "contact.email" { Action::Mask } else { self.action }
    }

    /// The same with the words that name this kind of number and no other.
    pub(crate) const fn named(self, names: &'static str) -> Self {
        match self.find {
            Find::Id { shapes, check, words, alone, .. } => Self { find: Find::Id { shapes, check, words, alone, names }, ..self },
            _ => self,
        }
    }
}

/// Every preset.
pub(crate) const ALWAYS: &[Preset] = &Preset::ALL;
/// Personal data: every preset but `minimal` and `pci`.
pub(crate) const PERSONAL: &[Preset] = &[Preset::Default, Preset::Strict, Preset::Gdpr];
/// Payment data: every preset but `minimal`.
pub(crate) const PAYMENT: &[Preset] = &[Preset::Default, Preset::Strict, Preset::Pci, Preset::Gdpr];
/// Addresses of machines: the most careful preset only.
pub(crate) const STRICT: &[Preset] = &[Preset::Strict];
/// What the more careful presets take as well.
pub(crate) const CAREFUL: &[Preset] = &[Preset::Strict, Preset::Gdpr];

/// Texts that only tests and the catalogue need: none of them reaches a shipped binary.
macro_rules! texts {
    ($($text:expr),* $(,)?) => {
        if cfg!(any(test, feature = "examples")) { &[$($text),*] } else { &[] }
    };
}
pub(crate) use texts;

/// The groups of ids.
pub(crate) const GROUP_NAMES: &[&str] = &["contact", "payment", "identity", "network", "credential", "secret", "generic", "custom"];

/// The detectors by family, in order. Positions are internal: ids are what is stable.
const GROUPS: &[&[Detector]] = &[
    key::DETECTORS,
    contact::DETECTORS,
    payment::DETECTORS,
    account::DETECTORS,
    wallet::DETECTORS,
    network::DETECTORS,
    identity::pt::DETECTORS,
    identity::africa::DETECTORS,
    identity::balkan::DETECTORS,
    identity::baltic::DETECTORS,
    identity::benelux::DETECTORS,
    identity::brazil::DETECTORS,
    identity::britain::DETECTORS,
    identity::canada::DETECTORS,
    identity::central_america::DETECTORS,
    identity::central_europe::DETECTORS,
    identity::china::DETECTORS,
    identity::dach::DETECTORS,
    identity::east::DETECTORS,
    identity::france::DETECTORS,
    identity::iberia::DETECTORS,
    identity::international::DETECTORS,
    identity::italy::DETECTORS,
    identity::japan::DETECTORS,
    identity::lusophone::DETECTORS,
    identity::mexico::DETECTORS,
    identity::middle_east::DETECTORS,
    identity::nordic::DETECTORS,
    identity::oceania::DETECTORS,
    identity::south_america::DETECTORS,
    identity::south_asia::DETECTORS,
    identity::southeast_asia::DETECTORS,
    identity::us::DETECTORS,
    identity::vat::DETECTORS,
    identity::any::DETECTORS,
    credential::DETECTORS,
    secret::aws::DETECTORS,
    secret::cloud::DETECTORS,
    secret::google::DETECTORS,
    secret::hosting::DETECTORS,
    secret::cdn::DETECTORS,
    secret::vcs::DETECTORS,
    secret::github::DETECTORS,
    secret::ci::DETECTORS,
    secret::registry::DETECTORS,
    secret::database::DETECTORS,
    secret::observability::DETECTORS,
    secret::identity::DETECTORS,
    secret::ai::DETECTORS,
    secret::mail::DETECTORS,
    secret::slack::DETECTORS,
    secret::chat::DETECTORS,
    secret::commerce::DETECTORS,
    secret::productivity::DETECTORS,
    secret::developer::DETECTORS,
    secret::payment::DETECTORS,
    secret::crypto::DETECTORS,
    secret::framework::DETECTORS,
    secret::stripe::DETECTORS,
    secret::general::DETECTORS,
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
pub(crate) static ALL: LazyLock<Vec<Detector>> = LazyLock::new(|| {
    #[allow(unused_mut, reason = "texts for tests and documentation are not packed")]
    let mut all = packed::unpack();
    #[cfg(any(test, feature = "examples"))]
    for (detector, declared) in all.iter_mut().zip(GROUPS.iter().copied().flatten()) {
        let Detector { references, examples, counter_examples, .. } = *declared;
        *detector = Detector { references, examples, counter_examples, ..*detector };
    }
    all
});

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
