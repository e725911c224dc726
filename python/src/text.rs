//! Python text as UTF-8 and back, and offsets in its unit.

use std::borrow::Cow;

use pyo3::exceptions::PyUnicodeEncodeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyString};

/// UTF-8 of a `str`, borrowed where it has one; each lone surrogate becomes U+FFFD.
///
/// # Errors
/// `MemoryError`.
pub fn utf8<'t>(text: &'t Bound<'_, PyString>) -> PyResult<Cow<'t, str>> {
    match text.to_str() {
        Ok(text) => Ok(Cow::Borrowed(text)),
        Err(error) if error.is_instance_of::<PyUnicodeEncodeError>(text.py()) => with_surrogates(text).map(Cow::Owned),
        Err(error) => Err(error),
    }
}

/// A surrogate takes three bytes under `surrogatepass` (ED A0..BF xx), and so does U+FFFD: offsets stay.
fn with_surrogates(text: &Bound<'_, PyString>) -> PyResult<String> {
    let py = text.py();
    // The method of `str` itself: a subclass may have its own.
    let encoded = py.get_type::<PyString>().call_method1(intern!(py, "encode"), (text, "utf-8", "surrogatepass"))?;
    let mut bytes = encoded.cast::<PyBytes>()?.as_bytes().to_vec();
    let mut at = 0;
    while let Some(triple) = bytes.get_mut(at..at + 3) {
        if let [0xED, 0xA0..=0xBF, _] = triple {
            triple.copy_from_slice("\u{FFFD}".as_bytes());
            at += 3;
        } else {
            at += 1;
        }
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// Turns byte offsets of `text` into code points, in place.
pub fn code_points<'o>(text: &str, offsets: impl Iterator<Item = &'o mut usize>) {
    if text.is_ascii() {
        return;
    }
    let mut offsets: Vec<&mut usize> = offsets.collect();
    offsets.sort_unstable_by_key(|offset| **offset);
    let (mut byte, mut point) = (0, 0);
    for offset in offsets {
        let ahead = text.as_bytes().get(byte..*offset).unwrap_or_default();
        // Every byte that does not continue a character begins one.
        point += ahead.iter().filter(|&&b| b & 0xC0 != 0x80).count();
        byte = (*offset).max(byte);
        *offset = point;
    }
}
