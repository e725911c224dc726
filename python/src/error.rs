//! The engine's errors as Python exceptions, and the containment of everything else.

use std::panic::{AssertUnwindSafe, catch_unwind};

use pyo3::exceptions::{PyKeyboardInterrupt, PyRuntimeError, PyValueError};
use pyo3::prelude::*;
use scrubline::{Code, Error};

pyo3::create_exception!(
    scrubline,
    ScrublineError,
    PyValueError,
    "Raised by constructors, `register` and `reload`. `code` is stable; `path` names the offending place of the policy; neither holds a value that was passed in."
);

/// The exception for an engine's error.
pub fn raise(py: Python<'_>, error: &Error) -> PyErr {
    let raised = ScrublineError::new_err(error.to_string());
    let value = raised.value(py);
    let filled = value.setattr("code", error.code().as_str()).and_then(|()| value.setattr("path", error.path()));
    filled.err().unwrap_or(raised)
}

/// The exception for a code at a path.
pub fn refuse(py: Python<'_>, code: Code, path: impl Into<String>) -> PyErr {
    raise(py, &Error::new(code, path))
}

/// Turns a panic of `work` into an error, so that no caller ever sees one.
///
/// # Errors
/// What `work` raised, or `RuntimeError` where it panicked.
pub fn contain<T>(work: impl FnOnce() -> PyResult<T>) -> PyResult<T> {
    // Unwind safety: what a panic may have left half done is dropped with the closure; the engine's shared state is counters.
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|_| Err(PyRuntimeError::new_err("internal error")))
}

/// The one exception that goes on to the caller: somebody pressed Ctrl-C while user code ran.
pub fn must_go_on(py: Python<'_>, error: &PyErr) -> bool {
    error.is_instance_of::<PyKeyboardInterrupt>(py)
}
