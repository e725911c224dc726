//! What was found and how often, never the text itself.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use crate::policy::Action;

/// The length of a matched value as a class, so that a report narrows no secret down.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub enum LengthClass {
    /// 1 to 8 bytes.
    #[serde(rename = "1-8")]
    To8,
    /// 9 to 16 bytes.
    #[serde(rename = "9-16")]
    To16,
    /// 17 to 32 bytes.
    #[serde(rename = "17-32")]
    To32,
    /// 33 bytes and more.
    #[serde(rename = "33+")]
    Longer,
}

impl LengthClass {
    /// The class of a length in bytes.
    pub const fn of(length: usize) -> Self {
        match length {
            0..=8 => Self::To8,
            9..=16 => Self::To16,
            17..=32 => Self::To32,
            _ => Self::Longer,
        }
    }

    /// `1-8`, `9-16`, `17-32` or `33+`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::To8 => "1-8",
            Self::To16 => "9-16",
            Self::To32 => "17-32",
            Self::Longer => "33+",
        }
    }
}

/// One thing that was found. Offsets are bytes of the original text; hosts convert them to their own unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Detector id, such as `contact.email`.
    pub detector: String,
    /// Dotted path inside a value, empty in plain text.
    pub path: String,
    /// First byte of the match.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Class of the length in bytes.
    pub length_class: LengthClass,
    /// What was done.
    pub action: Action,
}

/// Counts of this process since the redactor was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Report {
    /// When counting began, RFC 3339 in UTC with milliseconds; empty where the host gave no clock.
    pub since: String,
    /// All findings together, errors included.
    pub total: u64,
    /// Detector id → action → how often. Inner faults are under `error`.
    pub detectors: BTreeMap<String, BTreeMap<&'static str, u64>>,
}

/// Counters that survive a reload: they hang on ids, not on an engine's positions.
#[derive(Debug, Default)]
pub(crate) struct Counters(Mutex<Vec<(String, [u64; Action::ALL.len()])>>);

impl Counters {
    pub(crate) fn add<'i>(&self, tallies: impl IntoIterator<Item = (&'i str, Action, u64)>) {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for (id, action, n) in tallies {
            // few detectors ever find something
            let at = counts.iter().position(|(known, _)| known == id).unwrap_or_else(|| {
                counts.push((id.to_owned(), [0; Action::ALL.len()]));
                counts.len() - 1
            });
            if let Some(count) = counts.get_mut(at).and_then(|(_, c)| c.get_mut(action as usize)) {
                *count = count.saturating_add(n);
            }
        }
    }

    pub(crate) fn report(&self, since: String) -> Report {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let mut total = 0;
        let mut detectors = BTreeMap::new();
        for (id, by_action) in counts.iter() {
            let mut seen = BTreeMap::new();
            for (action, &n) in Action::ALL.iter().zip(by_action) {
                if n > 0 {
                    total += n;
                    seen.insert(action.as_str(), n);
                }
            }
            detectors.insert(id.clone(), seen);
        }
        Report { since, total, detectors }
    }
}
