//! What a redactor is told besides its policy, and must never tell.

/// What a redactor holds besides its policy: never serialised, shown or echoed.
#[derive(Clone)]
pub struct Secrets {
    /// The key of pseudonyms, at least 32 bytes.
    pub key: Option<Vec<u8>>,
    /// Secrets of the application itself, at least 8 bytes each; they are masked wherever they occur, also in base64, hex, percent and JSON escapes.
    pub known_values: Vec<Vec<u8>>,
    /// Unicode NFC, for hosts that have it built in.
    pub nfc: fn(&str) -> String,
    /// Unicode lower case, likewise.
    pub lower: fn(&str) -> String,
}

impl Default for Secrets {
    fn default() -> Self {
        Self { key: None, known_values: Vec::new(), nfc, lower }
    }
}

#[cfg(feature = "nfc")]
fn lower(text: &str) -> String {
    text.to_lowercase()
}

#[cfg(not(feature = "nfc"))]
fn lower(text: &str) -> String {
    text.to_ascii_lowercase()
}

#[cfg(feature = "nfc")]
fn nfc(text: &str) -> String {
    unicode_normalization::UnicodeNormalization::nfc(text).collect()
}

#[cfg(not(feature = "nfc"))]
fn nfc(text: &str) -> String {
    text.to_owned()
}
