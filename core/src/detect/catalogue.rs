//! The catalogue: every built-in detector as documentation and tools see it.

use super::{ALL, Alone, Detector, Find};
use crate::engine;
use crate::error::Error;
use crate::policy::{Action, Custom, Policy, Preset};

/// What there is to say of a built-in detector.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Entry {
    /// `group.name` or `identity.<cc>.name`, the same for ever.
    pub id: &'static str,
    /// What the detector does unless a policy says otherwise.
    pub action: Action,
    /// The presets that have it on.
    pub presets: &'static [Preset],
    /// How it finds its candidates.
    pub search: Search,
    /// The shapes of tokens and ids, in the engine's small part of regular expressions. Empty where something else says what is found.
    pub shapes: &'static [&'static str],
    /// Standards, RFCs and issuers' pages.
    #[cfg(feature = "examples")]
    pub references: &'static [&'static str],
    /// Texts with what is found between `«` and `»`. Most tokens have none: their shapes say it all.
    #[cfg(feature = "examples")]
    pub examples: &'static [&'static str],
    /// Texts in which no detector finds anything.
    #[cfg(feature = "examples")]
    pub counter_examples: &'static [&'static str],
}

/// How a detector finds its candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Search {
    /// A value under a key that says what it is: `password=…`.
    Key,
    /// A token, by its beginning and its shape.
    Token,
    /// A number or code of a person, company, account or thing, by its shape and its check digits.
    Id(Word),
    /// Code of its own: addresses, phone numbers, cards, private keys.
    Own,
}

impl Search {
    /// `key`, `token`, `id` or `own`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Key => "key",
            Self::Token => "token",
            Self::Id(_) => "id",
            Self::Own => "own",
        }
    }

    /// Whether a word near an id, or in its key, must announce it; nothing where that is not how the detector decides.
    pub const fn word(self) -> Option<Word> {
        if let Self::Id(word) = self { Some(word) } else { None }
    }
}

/// Whether a word (`NIF`, `passport`) must announce an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Word {
    /// Always: too much else looks like it.
    Needed,
    /// Unless the id is the whole text.
    UnlessWhole,
    /// Unless the id has the separators that are printed in it.
    UnlessPrinted,
    /// Never: its letters or its check digits tell it from all else.
    NotNeeded,
}

impl Word {
    /// `needed`, `unless-whole`, `unless-printed` or `not-needed`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Needed => "needed",
            Self::UnlessWhole => "unless-whole",
            Self::UnlessPrinted => "unless-printed",
            Self::NotNeeded => "not-needed",
        }
    }
}

impl Entry {
    /// The first part of the id: `contact`, `payment`, `identity`, `network`, `credential`, `secret`, `generic` or `custom`.
    pub fn group(&self) -> &'static str {
        self.id.split_once('.').map_or(self.id, |(group, _)| group)
    }

    fn of(detector: &Detector) -> Self {
        let (search, shapes): (_, &[&str]) = match detector.find {
            Find::Key => (Search::Key, &[]),
            Find::Token { shapes, .. } => (Search::Token, shapes),
            Find::Id { shapes, alone, .. } => {
                let word = match alone {
                    Alone::Never => Word::Needed,
                    Alone::Text | Alone::Marked => Word::UnlessWhole,
                    Alone::Printed | Alone::PrintedText => Word::UnlessPrinted,
                    Alone::Always => Word::NotNeeded,
                };
                (Search::Id(word), shapes)
            }
            Find::Own => (Search::Own, &[]),
        };
        Self {
            id: detector.id,
            action: detector.action,
            presets: detector.presets,
            search,
            shapes,
            #[cfg(feature = "examples")]
            references: detector.references,
            #[cfg(feature = "examples")]
            examples: detector.examples,
            #[cfg(feature = "examples")]
            counter_examples: detector.counter_examples,
        }
    }
}

/// Every built-in detector, in no order to rely on.
///
/// ```
/// let mut detectors = scrubline::catalogue::detectors();
/// assert!(detectors.any(|detector| detector.id == "contact.email" && detector.group() == "contact"));
/// ```
pub fn detectors() -> impl ExactSizeIterator<Item = Entry> {
    ALL.iter().map(Entry::of)
}

/// Every built-in detector with its action under a policy, or nothing where the policy has it off. In the order of [`detectors`].
///
/// # Errors
/// `policy.unknown_detector` where the policy names a detector or group that does not exist.
pub fn detectors_of(policy: &Policy) -> Result<Vec<(Entry, Option<Action>)>, Error> {
    Ok(detectors().zip(engine::actions(policy)?).collect())
}

/// The detectors that a policy brings, with their actions under it, or nothing where it has them off. In the policy's order.
pub fn own_detectors_of(policy: &Policy) -> impl Iterator<Item = (&Custom, Option<Action>)> {
    policy.custom.iter().map(|custom| (custom, custom.action_under(engine::setting(policy, &custom.id))))
}
