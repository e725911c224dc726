//! One case, whatever its kind. A key that no kind knows is an error, so a typo in a vector is seen.

use serde::{Deserialize, Deserializer};

use crate::{Node, Text};

/// A case of a vector file. Which parts it has depends on the kind of its file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Case {
    /// Unique among all files.
    pub name: String,
    /// For the reader.
    #[serde(default)]
    pub note: Option<String>,
    /// Hosts that can run the case; all where empty.
    #[serde(default)]
    pub hosts: Vec<String>,
    /// Features that the build must have; without them the constructor refuses.
    #[serde(default)]
    pub requires: Vec<String>,
    /// The policy; the default one where absent.
    #[serde(default)]
    pub policy: Option<serde_json::Value>,
    /// A policy as JSON text.
    #[serde(default)]
    pub json: Option<String>,
    /// A policy as TOML text.
    #[serde(default)]
    pub toml: Option<String>,
    /// The HMAC key.
    #[serde(default)]
    pub key_hex: Option<String>,
    /// Known values.
    #[serde(default)]
    pub known_values: Vec<String>,
    /// Options of a formatter.
    #[serde(default)]
    pub options: Option<serde_json::Value>,
    /// A log record.
    #[serde(default)]
    pub record: Option<Node>,
    /// A text or a value.
    #[serde(default, deserialize_with = "present")]
    pub input: Option<Node>,
    /// What must come out.
    #[serde(default, deserialize_with = "present")]
    pub output: Option<Node>,
    /// What must not be in the output.
    #[serde(default)]
    pub absent: Vec<String>,
    /// What must be in the output.
    #[serde(default)]
    pub present: Vec<String>,
    /// Only the laws and the time limit are checked.
    #[serde(default)]
    pub finishes: bool,
    /// All findings, in their order.
    #[serde(default)]
    pub findings: Option<Vec<FindingSpec>>,
    /// All candidates of an explanation, in their order.
    #[serde(default)]
    pub candidates: Option<Vec<CandidateSpec>>,
    /// From which the pseudonym in the output was computed; checked by the Python runner with its own HMAC.
    #[serde(default)]
    pub pseudonym: Option<Pseudonym>,
    /// The pieces in which a stream is fed.
    #[serde(default)]
    pub parts: Vec<Text>,
    /// What has come out after each piece.
    #[serde(default)]
    pub flushed: Vec<Option<String>>,
    /// Texts with one `{}`.
    #[serde(default)]
    pub places: Vec<String>,
    /// What stands in the places, and what must come out there.
    #[serde(default)]
    pub values: Vec<(String, String)>,
    /// An event: its kind, and the two values of its helper.
    #[serde(default)]
    pub event: Option<(String, String, serde_json::Value)>,
    /// What becomes of the event.
    #[serde(default)]
    pub plan: Option<PlanSpec>,
    /// The refusal.
    #[serde(default)]
    pub error: Option<Failure>,
    /// Accepted.
    #[serde(default)]
    pub ok: bool,
}

/// A finding: offsets in bytes of the input's UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FindingSpec {
    /// Detector id.
    pub detector: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Action by its name.
    pub action: String,
}

/// What a detector looked at: offsets in bytes of the input's UTF-8.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CandidateSpec {
    /// Detector id.
    pub detector: String,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The step that decided.
    pub step: String,
    /// Why.
    pub why: String,
    /// Action by its name; nothing where it was refused.
    #[serde(default)]
    pub action: Option<String>,
}

/// What a pseudonym stands for.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pseudonym {
    /// Detector id.
    pub detector: String,
    /// The canonical form that enters the HMAC.
    pub canonical: String,
}

/// Where an event goes, and what it says.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlanSpec {
    /// Its name.
    pub event_type: String,
    /// Level by its name.
    pub level: String,
    /// The loggers in their order.
    pub loggers: Vec<String>,
    /// Its message.
    pub message: String,
}

/// A refusal: its stable code, and the place where the contract fixes it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failure {
    /// The stable code.
    pub code: String,
    /// The offending place.
    #[serde(default)]
    pub path: Option<String>,
    /// The whole text of the error.
    #[serde(default)]
    pub message: Option<String>,
}

/// Tells `"output": null` from no output at all.
fn present<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Node>, D::Error> {
    Node::deserialize(deserializer).map(Some)
}

impl Case {
    /// The 32 bytes and more of `key_hex`.
    ///
    /// # Panics
    /// When it is not hex.
    pub fn key(&self) -> Option<Vec<u8>> {
        self.key_hex.as_deref().map(crate::text::from_hex)
    }

    /// The input as text.
    ///
    /// # Panics
    /// When there is none.
    pub fn text(&self) -> Text {
        Text::from_node(self.input.as_ref().unwrap_or_else(|| panic!("{}: no input", self.name)))
    }

    /// The expected output as text.
    pub fn expected(&self) -> Option<Text> {
        self.output.as_ref().map(Text::from_node)
    }
}
