//! JavaScript values to core's and back.

use std::borrow::Cow;

use js_sys::{Array, JsString, Uint8Array};
use scrubline::{Candidate, Code, Error, Finding};
use serde::Serialize;
use wasm_bindgen::{JsCast, JsValue};

/// `[code, path, message]`, from which the host makes its own error.
pub(crate) fn error(error: Error) -> JsValue {
    Array::of3(&error.code().as_str().into(), &error.path().into(), &error.message().into()).into()
}

/// Text stands for its UTF-8; what is neither has no bytes.
fn secret(value: &JsValue) -> Option<Vec<u8>> {
    value.as_string().map(String::into_bytes).or_else(|| value.dyn_ref::<Uint8Array>().map(Uint8Array::to_vec))
}

pub(crate) fn key(key: &JsValue) -> Result<Option<Vec<u8>>, Error> {
    if key.is_undefined() || key.is_null() {
        return Ok(None);
    }
    secret(key).map(Some).ok_or_else(|| Error::new(Code::KeyTooShort, "key"))
}

pub(crate) fn values(values: &JsValue) -> Result<Vec<Vec<u8>>, Error> {
    let Some(values) = values.dyn_ref::<Array>() else { return Err(Error::new(Code::KnownValueType, "known_values")) };
    let at = |i| Error::at(Code::KnownValueType, "known_values", i);
    values.iter().enumerate().map(|(i, value)| secret(&value).ok_or_else(|| at(i))).collect()
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
    units(text, findings.iter_mut().map(|finding| [&mut finding.start, &mut finding.end]));
    plain(&findings)
}

pub(crate) fn candidates(text: &[u8], mut candidates: Vec<Candidate>) -> Result<JsValue, JsValue> {
    units(text, candidates.iter_mut().map(|candidate| [&mut candidate.start, &mut candidate.end]));
    plain(&candidates)
}

/// Turns byte offsets into UTF-16 units, in place.
fn units<'o>(text: &[u8], offsets: impl Iterator<Item = [&'o mut usize; 2]>) {
    let mut units = Units { text, byte: 0, unit: 0 };
    offsets.flatten().for_each(|offset| *offset = units.at(*offset));
}

/// Byte offsets to UTF-16 units, cheap while they are near each other.
struct Units<'t> {
    text: &'t [u8],
    byte: usize,
    unit: usize,
}

impl Units<'_> {
    fn at(&mut self, byte: usize) -> usize {
        // a character's first byte tells its units: two for those of four bytes, which lie beyond the basic plane
        let units = |byte: &u8| match byte {
            0x80..=0xBF => 0,
            0xF0.. => 2,
            _ => 1,
        };
        let (from, to) = (self.byte.min(byte), self.byte.max(byte));
        let between = self.text.get(from..to).unwrap_or_default().iter().map(units).sum::<usize>();
        self.unit = if byte < self.byte { self.unit - between } else { self.unit + between };
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
