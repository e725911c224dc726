//! Text or bytes in pieces.

use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::PyTypeError;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyString};

use crate::text::{self, LONG};

/// Redacts in pieces: whatever the split, the bytes are those of the whole. Memory stays constant.
///
/// What may belong to an open match is held back until a later `feed` or `finish`.
#[pyclass(frozen, module = "scrubline")]
pub struct Stream(Mutex<State>);

struct State {
    engine: scrubline::Stream,
    /// Bytes of a character whose rest is still held back; only where text is fed.
    cut: Vec<u8>,
    of_text: bool,
}

impl Stream {
    pub fn new(engine: scrubline::Stream) -> Self {
        Self(Mutex::new(State { engine, cut: Vec::new(), of_text: false }))
    }

    fn run(&self, py: Python<'_>, long: bool, step: impl FnOnce(&mut scrubline::Stream, &mut Vec<u8>) + Send) -> (Vec<u8>, bool) {
        let work = || {
            let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let mut out = std::mem::take(&mut state.cut);
            step(&mut state.engine, &mut out);
            (out, state.of_text)
        };
        // Another thread may hold the lock while it waits for the interpreter, so a long wait must not hold the interpreter.
        if long || self.0.try_lock().is_err() { py.detach(work) } else { work() }
    }

    /// Complete characters of `out` as text; the rest waits.
    fn text<'py>(&self, py: Python<'py>, mut out: Vec<u8>, last: bool) -> Bound<'py, PyAny> {
        let whole = if last { out.len() } else { complete(&out) };
        let cut = out.split_off(whole);
        if !cut.is_empty() {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).cut = cut;
        }
        PyString::new(py, &String::from_utf8_lossy(&out)).into_any()
    }
}

#[pymethods]
impl Stream {
    /// Takes the next piece, `str` or `bytes`, and returns what is settled, of the same type.
    ///
    /// Raises `TypeError` for anything else.
    fn feed<'py>(&self, py: Python<'py>, data: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        if let Ok(data) = data.cast::<PyString>() {
            let data = text::utf8(data)?;
            self.0.lock().unwrap_or_else(PoisonError::into_inner).of_text = true;
            let (out, _) = self.run(py, data.len() > LONG, |engine, out| engine.feed(data.as_bytes(), out));
            return Ok(self.text(py, out, false));
        }
        let copied;
        let bytes = if let Ok(data) = data.cast::<PyBytes>() {
            data.as_bytes()
        } else if let Ok(data) = data.cast::<PyByteArray>() {
            copied = data.to_vec();
            &copied
        } else {
            return Err(PyTypeError::new_err("a stream takes str or bytes"));
        };
        let (out, _) = self.run(py, bytes.len() > LONG, |engine, out| engine.feed(bytes, out));
        Ok(PyBytes::new(py, &out).into_any())
    }

    /// Ends the stream and returns the rest: `str` where text was fed, else `bytes`.
    fn finish<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        let (out, of_text) = self.run(py, false, |engine, out| engine.finish(out));
        if of_text { self.text(py, out, true) } else { PyBytes::new(py, &out).into_any() }
    }
}

/// Length of the longest prefix that does not end inside a character.
fn complete(bytes: &[u8]) -> usize {
    let from = bytes.len().saturating_sub(3);
    let tail = bytes.get(from..).unwrap_or_default();
    for (back, &b) in tail.iter().rev().enumerate() {
        let needs = match b {
            0xF0.. => 4,
            0xE0.. => 3,
            0xC0.. => 2,
            0x80.. => continue,
            _ => 1,
        };
        return if needs > back + 1 { bytes.len() - back - 1 } else { bytes.len() };
    }
    bytes.len()
}
