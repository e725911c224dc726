//! Text of a vector: a string, raw bytes, UTF-16 units, or long text by repetition.

use serde::{Deserialize, Deserializer};

use crate::Node;

/// Text as bytes, and whether a host may take them as a string.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// UTF-8, except where given as `hex`. Lone surrogates of `utf16` are U+FFFD already: Rust's strings hold none.
    pub bytes: Vec<u8>,
}

impl<'de> Deserialize<'de> for Text {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Node::deserialize(deserializer).map(|node| Self::from_node(&node))
    }
}

impl Text {
    /// Reads one of the forms of the README.
    ///
    /// # Panics
    /// When it is none of them.
    pub fn from_node(node: &Node) -> Self {
        let mut bytes = Vec::new();
        append(&mut bytes, node);
        Self { bytes }
    }

    /// The text as a string, unless it holds bytes that are none.
    pub fn as_str(&self) -> Option<&str> {
        std::str::from_utf8(&self.bytes).ok()
    }
}

fn append(bytes: &mut Vec<u8>, node: &Node) {
    if let Some(text) = node.as_str() {
        bytes.extend_from_slice(text.as_bytes());
    } else if let Some(hex) = node.get("hex").and_then(Node::as_str) {
        bytes.extend(from_hex(hex));
    } else if let Some(Node::List(units)) = node.get("utf16") {
        let units: Vec<u16> = units
            .iter()
            .map(|unit| unit.as_usize().and_then(|u| u16::try_from(u).ok()).unwrap_or_else(|| panic!("not a UTF-16 unit")))
            .collect();
        bytes.extend_from_slice(String::from_utf16_lossy(&units).as_bytes());
    } else if let Some(Node::List(parts)) = node.get("concat") {
        parts.iter().for_each(|part| append(bytes, part));
    } else if let (Some(text), Some(times)) = (node.get("repeat").and_then(Node::as_str), node.get("times").and_then(Node::as_usize)) {
        bytes.extend_from_slice(text.repeat(times).as_bytes());
    } else {
        panic!("not a text: {node:?}");
    }
}

/// Bytes of hex digits.
///
/// # Panics
/// When it is not hex.
pub fn from_hex(hex: &str) -> Vec<u8> {
    assert!(hex.is_ascii() && hex.len().is_multiple_of(2), "not hex: {hex}");
    (0..hex.len()).step_by(2).map(|i| u8::from_str_radix(&hex[i..i + 2], 16).unwrap_or_else(|_| panic!("not hex: {hex}"))).collect()
}
