//! What is redacted and how: one structure for TOML and JSON files, Django settings and JavaScript objects.

use serde::{Deserialize, Serialize};

use crate::error::{Code, Error};
use crate::map::Map;
use crate::refusal;

/// What happens to a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// `[REDACTED]`, or the policy's own mask.
    Mask,
    /// `[REDACTED:detector-id]`.
    Label,
    /// Keeps what is harmless: an address's domain, a card's last four digits. As `mask` where a detector has no such part.
    Partial,
    /// The first 24 hex digits of a keyed HMAC-SHA-256: `[key-id:…]`. Needs a key.
    Pseudonym,
    /// Removes the key in a map; elsewhere as `mask`.
    Drop,
    /// Reported, left as it is.
    Keep,
}

impl Action {
    /// Every action, in the order of reports.
    pub const ALL: [Self; 6] = [Self::Mask, Self::Label, Self::Partial, Self::Pseudonym, Self::Drop, Self::Keep];

    /// The name in policies, findings and reports.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Mask => "mask",
            Self::Label => "label",
            Self::Partial => "partial",
            Self::Pseudonym => "pseudonym",
            Self::Drop => "drop",
            Self::Keep => "keep",
        }
    }
}

/// A setting of one detector or of a group of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Setting {
    /// Runs with its own action.
    On,
    /// Does not run.
    Off,
    /// Runs and masks.
    Mask,
    /// Runs and labels.
    Label,
    /// Runs and keeps the harmless part.
    Partial,
    /// Runs and writes a pseudonym.
    Pseudonym,
    /// Runs and drops the key in a map.
    Drop,
    /// Runs, reports, changes nothing.
    Keep,
}

impl Setting {
    /// The action that this setting names, if it names one.
    pub const fn action(self) -> Option<Action> {
        match self {
            Self::On | Self::Off => None,
            Self::Mask => Some(Action::Mask),
            Self::Label => Some(Action::Label),
            Self::Partial => Some(Action::Partial),
            Self::Pseudonym => Some(Action::Pseudonym),
            Self::Drop => Some(Action::Drop),
            Self::Keep => Some(Action::Keep),
        }
    }
}

/// A starting point that the rest of the policy changes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Preset {
    /// Secrets, credentials, payment data and personal numbers go; addresses of machines and names stay.
    #[default]
    Default,
    /// As `default`, and names, postal and network addresses, dates of birth, coordinates, and UUIDs under session keys.
    Strict,
    /// Credentials and secrets only.
    Minimal,
    /// Cardholder data as PCI DSS 4.0.1 wants it (at most the last four digits), and credentials.
    Pci,
    /// As `default`, and names, postal addresses, dates of birth and coordinates; e-mail addresses go whole.
    Gdpr,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 5] = [Self::Default, Self::Strict, Self::Minimal, Self::Pci, Self::Gdpr];

    /// The name in policies.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Default => "default",
            Self::Strict => "strict",
            Self::Minimal => "minimal",
            Self::Pci => "pci",
            Self::Gdpr => "gdpr",
        }
    }
}

/// A detector of the user's own: a shape or a regular expression, and what must hold for a match to count.
///
/// Only that a match has one of the `literals` in its line, passes the `validator` and has one of the words of `context` near makes it a
/// finding. `examples` and `counter_examples` are tried when the policy is loaded, and what they contradict is refused.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Custom {
    /// `custom.` and a name of lower-case letters, digits, `-` and `_`.
    pub id: String,
    /// What a value looks like, in every runtime: `STU-\d{6}`. Bytes stand for themselves, `\` before a mark that means something else;
    /// `[0-9a-f-]`, `[^ ]`, `\d` and `\w` are one byte of a set; `(ab|cd)` is the first that matches; `?`, `*`, `+`, `{3}`, `{3,}` and `{3,9}`
    /// say how often, as often as it can. A match begins and ends where a word does, and has at most 4,096 bytes. Without `regex`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub shape: Option<String>,
    /// A regular expression on bytes, with ASCII `\w`, `\d` and `\b`. Not in the default npm entry. Without `shape`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub regex: Option<String>,
    /// Literals of which one must occur in the line before the pattern is tried; compared without case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub literals: Vec<String>,
    /// The check that the letters and digits of a match must pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub validator: Option<Validator>,
    /// Words of which one must stand near a match, up to 48 bytes before or 16 behind it in its line, or in the key of its value;
    /// whole words without case.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub context: Vec<String>,
    /// What to do with a match; `mask` where absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub action: Option<Action>,
    /// Texts in which the detector must find something.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<String>,
    /// Texts in which it must find nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub counter_examples: Vec<String>,
}

impl Custom {
    /// What the detector does where the policy has this setting for it, which comes before its own action; nothing where it is off.
    pub(crate) fn action_under(&self, setting: Option<Setting>) -> Option<Action> {
        let action = setting.and_then(Setting::action).or(self.action).unwrap_or(Action::Mask);
        (setting != Some(Setting::Off)).then_some(action)
    }
}

/// A check of the letters and digits of a match. Small letters count as capitals; the same digit all the way passes none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub enum Validator {
    /// The Luhn formula on the digits (ISO/IEC 7812-1).
    #[serde(rename = "luhn")]
    Luhn,
    /// Verhoeff's check digit on the digits.
    #[serde(rename = "verhoeff")]
    Verhoeff,
    /// MOD 97-10 on letters and digits (ISO/IEC 7064): the remainder is 1.
    #[serde(rename = "mod97")]
    Mod97,
    /// MOD 11,10 on the digits (ISO/IEC 7064).
    #[serde(rename = "mod11_10")]
    Mod11And10,
    /// MOD 11-2 on the digits (ISO/IEC 7064), of which the last may be `X`.
    #[serde(rename = "mod11_2")]
    Mod11And2,
    /// An IBAN of a country in the registry, check digits and length (ISO 13616).
    #[serde(rename = "iban")]
    Iban,
    /// Sixteen letters and digits or more that change often, as keys do and words do not.
    #[serde(rename = "entropy")]
    Entropy,
}

/// Bounds of one call. Beyond them stands the marker `[REDACTED:limit]`, never raw data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Levels of nesting in a value, 1 to 200.
    pub depth: u32,
    /// Entries of all maps and lists of one value together, at least 1.
    pub nodes: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { depth: 200, nodes: 1_000_000 }
    }
}

/// What is redacted and how.
///
/// Every part has a default, so `{}` is a policy. Unknown fields are refused.
///
/// ```
/// use scrubline::Policy;
/// let policy = Policy::from_json(r#"{"preset": "strict", "detectors": {"contact.phone": "off"}, "fields": {"**.grades": "drop"}}"#)?;
/// assert_eq!(policy.version, 1);
/// # Ok::<(), scrubline::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(default, deny_unknown_fields)]
pub struct Policy {
    /// Version of this structure: 1.
    pub version: u32,
    /// The starting point.
    pub preset: Preset,
    /// Key names (`student_name`, by segment, in any case and style) or dotted paths with `*` (one level) and `**` (any number), and what to do with the values under them.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub fields: Map<Action>,
    /// Settings by detector id (`contact.email`) or group (`identity`); the longer id wins.
    #[serde(skip_serializing_if = "Map::is_empty")]
    pub detectors: Map<Setting>,
    /// Detectors of the user's own.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub custom: Vec<Custom>,
    /// Exact values that are never redacted (a support address, a test card).
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub allow: Vec<String>,
    /// What `mask` writes; `[REDACTED]` where absent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mask: Option<String>,
    /// The name of the HMAC key, which pseudonyms carry; `id` where absent. 1 to 16 letters, digits, `-` and `_`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key_id: Option<String>,
    /// Bounds of one call.
    pub limits: Limits,
}

impl Default for Policy {
    fn default() -> Self {
        Self {
            version: 1,
            preset: Preset::Default,
            fields: Map::default(),
            detectors: Map::default(),
            custom: Vec::new(),
            allow: Vec::new(),
            mask: None,
            key_id: None,
            limits: Limits::default(),
        }
    }
}

impl Policy {
    /// Reads a policy with any serde deserialiser.
    ///
    /// # Errors
    /// A code of the `policy.` family and the offending path; whether detector ids and patterns exist is checked when an engine is built.
    pub fn deserialize_from<'de, D>(deserializer: D) -> Result<Self, Error>
    where
        D: serde::Deserializer<'de>,
    {
        refusal::read(deserializer, Code::PolicySyntax, Code::PolicyUnknownField, Code::PolicyInvalidValue)
    }

    /// The JSON Schema (draft 2020-12) of a policy, as JSON text.
    #[cfg(feature = "schema")]
    pub fn json_schema() -> String {
        format!("{:#}\n", schemars::schema_for!(Self).as_value())
    }

    /// Reads a policy from JSON text.
    ///
    /// # Errors
    /// As [`deserialize_from`](Self::deserialize_from).
    pub fn from_json(text: &str) -> Result<Self, Error> {
        // the syntax first, so that what comes after is about the policy
        let syntax = || Error::new(Code::PolicySyntax, "");
        let value: serde_json::Value = serde_json::from_str(text).map_err(|error| syntax().in_text(text, offset(text, &error)))?;
        if !value.is_object() {
            return Err(syntax());
        }
        Self::deserialize_from(value)
    }

    /// Reads a policy from TOML text.
    ///
    /// # Errors
    /// As [`deserialize_from`](Self::deserialize_from).
    #[cfg(feature = "toml")]
    pub fn from_toml(text: &str) -> Result<Self, Error> {
        let syntax = || Error::new(Code::PolicySyntax, "");
        let table: toml::Table = text.parse().map_err(|error: toml::de::Error| match error.span() {
            Some(span) => syntax().in_text(text, span.start),
            None => syntax(),
        })?;
        Self::deserialize_from(serde_json::to_value(table).map_err(|_| syntax())?)
    }

    /// Reads a policy from a file: JSON where its name ends in `.json`, TOML otherwise.
    ///
    /// # Errors
    /// `io` where the file cannot be read, else as [`deserialize_from`](Self::deserialize_from).
    #[cfg(feature = "toml")]
    pub fn from_file(path: &std::path::Path) -> Result<Self, Error> {
        let text = std::fs::read_to_string(path).map_err(|_| Error::new(Code::Io, ""))?;
        if path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json")) { Self::from_json(&text) } else { Self::from_toml(&text) }
    }
}

/// The byte at which JSON text stops being JSON: serde counts lines from 1 and the bytes read of the last one.
fn offset(text: &str, error: &serde_json::Error) -> usize {
    let lines: usize = text.split_inclusive('\n').take(error.line().saturating_sub(1)).map(str::len).sum();
    let mut offset = (lines + error.column().saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
