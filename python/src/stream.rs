//! Text or bytes in pieces.

use std::sync::{Mutex, MutexGuard, PoisonError};

use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyString};
use scrubline::placeholder;

use crate::error::contain;
use crate::text;

/// Bytes taken at once.
const PART: usize = 1 << 20;

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

    /// With the interpreter held, so that no fork meets a lock that is taken; between the parts of a long piece other threads have their turn.
    fn run(&self, py: Python<'_>, piece: &[u8], of_text: bool) -> Vec<u8> {
        let mut out = std::mem::take(&mut self.state().cut);
        for part in piece.chunks(PART) {
            let mut state = self.state();
            state.of_text = of_text;
            closed(&mut out, |out| state.engine.feed(part, out));
            drop(state);
            if piece.len() > PART {
                py.detach(|| ());
            }
        }
        out
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Complete characters of `out` as text; the rest waits.
    fn text<'py>(&self, py: Python<'py>, mut out: Vec<u8>, last: bool) -> Bound<'py, PyAny> {
        let whole = if last { out.len() } else { complete(&out) };
        let cut = out.split_off(whole);
        if !cut.is_empty() {
            self.state().cut = cut;
        }
        PyString::new(py, &String::from_utf8_lossy(&out)).into_any()
    }
}

#[pymethods]
impl Stream {
    /// Takes the next piece, `str` or `bytes`, and returns what is settled, of the same type. In place of anything else stands the error marker.
    fn feed<'py>(&self, py: Python<'py>, data: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        if let Ok(data) = data.cast::<PyString>() {
            let data = text::utf8(data)?;
            let out = self.run(py, data.as_bytes(), true);
            return Ok(self.text(py, out, false));
        }
        let copied;
        let bytes = if let Ok(data) = data.cast::<PyBytes>() {
            data.as_bytes()
        } else if let Ok(data) = data.cast::<PyByteArray>() {
            copied = data.to_vec();
            &copied
        } else {
            let state = self.state();
            state.engine.count_error();
            return Ok(match state.of_text {
                true => PyString::new(py, placeholder::ERROR).into_any(),
                false => PyBytes::new(py, placeholder::ERROR.as_bytes()).into_any(),
            });
        };
        Ok(PyBytes::new(py, &self.run(py, bytes, false)).into_any())
    }

    /// Ends the stream and returns the rest: `str` where text was fed, else `bytes`.
    fn finish<'py>(&self, py: Python<'py>) -> Bound<'py, PyAny> {
        let mut state = self.state();
        let mut out = std::mem::take(&mut state.cut);
        closed(&mut out, |out| state.engine.finish(out));
        let of_text = state.of_text;
        drop(state);
        if of_text { self.text(py, out, true) } else { PyBytes::new(py, &out).into_any() }
    }
}

/// Where a step fails, the marker stands in place of what it wrote.
fn closed(out: &mut Vec<u8>, step: impl FnOnce(&mut Vec<u8>)) {
    let before = out.len();
    let done = contain(|| {
        step(out);
        Ok(())
    });
    if done.is_err() {
        out.truncate(before);
        out.extend_from_slice(placeholder::ERROR.as_bytes());
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
