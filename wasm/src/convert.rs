//! JavaScript values to core's and back.

use std::borrow::Cow;

use js_sys::{Array, JsString, Uint8Array};
use scrubline::{Code, Error, Finding};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};

/// `[code, path, message]`, from which the host makes its own error.
pub(crate) fn error(error: Error) -> JsValue {
    Array::of3(&error.code().as_str().into(), &error.path().into(), &error.message().into()).into()
}

/// A key of another type than bytes has no bytes, so it is too short.
pub(crate) fn key(key: &JsValue) -> Result<Option<Vec<u8>>, Error> {
    if key.is_undefined() || key.is_null() {
        return Ok(None);
    }
    key.dyn_ref::<Uint8Array>().map(|key| Some(key.to_vec())).ok_or_else(|| Error::new(Code::KeyTooShort, "key"))
}

pub(crate) fn values(values: &Array) -> Result<Vec<Vec<u8>>, Error> {
    let value = |(i, value): (usize, JsValue)| match (value.as_string(), value.dyn_ref::<Uint8Array>()) {
        (Some(text), _) => Ok(text.into_bytes()),
        (None, Some(bytes)) => Ok(bytes.to_vec()),
        (None, None) => Err(Error::at(Code::KnownValueType, "known_values", i)),
    };
    values.iter().enumerate().map(value).collect()
}

/// The Unicode tables are JavaScript's own.
pub(crate) fn nfc(text: &str) -> String {
    JsString::from(text).normalize("NFC").into()
}

pub(crate) fn lower(text: &str) -> String {
    JsString::from(text).to_lower_case().into()
}

/// Room for `len` bytes; grown in powers of two, so that a stream of longer and longer lines does not copy each time.
pub(crate) fn room(buffer: &mut Vec<u8>, len: usize) -> *const u8 {
    if buffer.len() < len {
        buffer.resize(len.next_power_of_two(), 0);
    }
    buffer.as_ptr()
}

pub(crate) fn bytes(text: Cow<'_, str>) -> Cow<'_, [u8]> {
    match text {
        Cow::Borrowed(text) => Cow::Borrowed(text.as_bytes()),
        Cow::Owned(text) => Cow::Owned(text.into_bytes()),
    }
}

/// A plain object: maps as objects, not as `Map`.
pub(crate) fn plain(value: &impl Serialize) -> Result<JsValue, JsValue> {
    Ok(value.serialize(&serde_wasm_bindgen::Serializer::json_compatible())?)
}

pub(crate) fn findings(text: &[u8], mut findings: Vec<Finding>) -> Result<JsValue, JsValue> {
    let mut units = Units { text, byte: 0, unit: 0 };
    for finding in &mut findings {
        finding.start = units.at(finding.start);
        finding.end = units.at(finding.end);
    }
    plain(&findings)
}

/// Byte offsets to UTF-16 units, cheap while they ascend.
struct Units<'t> {
    text: &'t [u8],
    byte: usize,
    unit: usize,
}

impl Units<'_> {
    fn at(&mut self, byte: usize) -> usize {
        if byte < self.byte {
            (self.byte, self.unit) = (0, 0);
        }
        // a character's first byte tells its units: two for those of four bytes, which lie beyond the basic plane
        let units = |byte: &u8| match byte {
            0x80..=0xBF => 0,
            0xF0.. => 2,
            _ => 1,
        };
        self.unit += self.text.get(self.byte..byte).unwrap_or_default().iter().map(units).sum::<usize>();
        self.byte = byte;
        self.unit
    }
}

#[cfg(test)]
mod tests {
    use super::Units;

    #[test]
    fn offsets_in_utf16() {
        let text = "a\u{e9}\u{6f22}\u{1f600}b";
        let mut units = Units { text: text.as_bytes(), byte: 0, unit: 0 };
        for (at, _) in text.char_indices().chain([(text.len(), ' ')]).rev().chain(text.char_indices()) {
            let (before, _) = text.split_at(at);
            assert_eq!(units.at(at), before.encode_utf16().count(), "byte {at}");
        }
    }
}
