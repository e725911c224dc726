//! What was found and how often, never the text itself.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, PoisonError};

use serde::ser::{Serialize, SerializeMap, Serializer};

use crate::detect::{self, DetectorId};
use crate::engine::Engine;
use crate::map::Map;
use crate::policy::Action;

/// The length of a matched value as a class, so that a report narrows no secret down.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LengthClass {
    /// 1 to 8 bytes.
    To8,
    /// 9 to 16 bytes.
    To16,
    /// 17 to 32 bytes.
    To32,
    /// 33 bytes and more.
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
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// As a map, which JavaScript gets at a third of the code that a structure takes.
impl Serialize for Finding {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(6))?;
        map.serialize_entry("detector", &self.detector)?;
        map.serialize_entry("path", &self.path)?;
        map.serialize_entry("start", &self.start)?;
        map.serialize_entry("end", &self.end)?;
        map.serialize_entry("length_class", self.length_class.as_str())?;
        map.serialize_entry("action", self.action.as_str())?;
        map.end()
    }
}

/// Counts of this process since the redactor was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// When counting began, RFC 3339 in UTC with milliseconds; empty where the host gave no clock.
    pub since: String,
    /// All findings together, errors included.
    pub total: u64,
    /// Detector id → action → how often. Inner faults are under `error`.
    pub detectors: Map<Map<u64>>,
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(3))?;
        map.serialize_entry("since", &self.since)?;
        map.serialize_entry("total", &self.total)?;
        map.serialize_entry("detectors", &self.detectors)?;
        map.end()
    }
}

/// Counters that survive a reload.
#[derive(Debug)]
pub(crate) struct Counters {
    /// By position of a built-in detector and by action.
    built_in: Vec<AtomicU64>,
    /// Detectors of a policy and faults, by id: their positions are those of one engine.
    others: Mutex<Vec<(String, [u64; ACTIONS])>>,
}

const ACTIONS: usize = Action::ALL.len();

impl Default for Counters {
    fn default() -> Self {
        Self { built_in: (0..detect::ALL.len() * ACTIONS).map(|_| AtomicU64::new(0)).collect(), others: Mutex::default() }
    }
}

impl Counters {
    pub(crate) fn add(&self, engine: &Engine, detector: DetectorId, action: Action, n: u64) {
        match self.built_in.get(usize::from(detector) * ACTIONS + action as usize) {
            Some(count) => {
                count.fetch_add(n, Ordering::Relaxed);
            }
            None => self.add_other(engine.id(detector), action, n),
        }
    }

    pub(crate) fn add_other(&self, id: &str, action: Action, n: u64) {
        let mut others = self.others.lock().unwrap_or_else(PoisonError::into_inner);
        let at = others.iter().position(|(known, _)| known == id).unwrap_or_else(|| {
            others.push((id.to_owned(), [0; ACTIONS]));
            others.len() - 1
        });
        if let Some(count) = others.get_mut(at).and_then(|(_, counts)| counts.get_mut(action as usize)) {
            *count = count.saturating_add(n);
        }
    }

    pub(crate) fn report(&self, since: String) -> Report {
        let mut report = Report { since, total: 0, detectors: Map::default() };
        for (detector, counts) in detect::ALL.iter().zip(self.built_in.chunks_exact(ACTIONS)) {
            report.add(detector.id, counts.iter().map(|count| count.load(Ordering::Relaxed)));
        }
        for (id, counts) in self.others.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            report.add(id, counts.iter().copied());
        }
        report
    }
}

impl Report {
    fn add(&mut self, id: &str, counts: impl Iterator<Item = u64>) {
        let counts: Map<u64> =
            Action::ALL.iter().zip(counts).filter(|&(_, n)| n > 0).map(|(action, n)| (action.as_str().to_owned(), n)).collect();
        self.total += counts.iter().map(|(_, n)| n).sum::<u64>();
        if !counts.is_empty() {
            self.detectors.insert(id.to_owned(), counts);
        }
    }
}
