//! Values that a log call has put off until somebody looks: `scrubline._calls.Deferred`.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyTuple, PyType};

use crate::redactor::Redactor;

/// The value of one that was put off; `None` for any other object.
///
/// # Errors
/// `KeyboardInterrupt`. What else the application raises is a marker, and counted.
pub fn value<'py>(redactor: &Bound<'py, Redactor>, value: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    if is_deferred(value)? { value.call_method1(intern!(value.py(), "settle"), (redactor,)).map(Some) } else { Ok(None) }
}

/// The arguments of a message with the values in place; `None` where nothing was put off.
///
/// # Errors
/// As [`value`].
pub fn arguments<'py>(redactor: &Bound<'py, Redactor>, args: &Bound<'py, PyAny>) -> PyResult<Option<Bound<'py, PyAny>>> {
    if let Ok(tuple) = args.cast_exact::<PyTuple>() {
        let mut settled: Option<Vec<_>> = None;
        for (at, arg) in tuple.iter().enumerate() {
            if let Some(value) = value(redactor, &arg)?
                && let Some(slot) = settled.get_or_insert_with(|| tuple.iter().collect()).get_mut(at)
            {
                *slot = value;
            }
        }
        return settled.map(|items| PyTuple::new(args.py(), items).map(Bound::into_any)).transpose();
    }
    let Ok(dict) = args.cast_exact::<PyDict>() else { return Ok(None) };
    // Found first: what settles them is code of the application, which may change the dict.
    let deferred: Vec<_> = dict.iter().filter(|(_, given)| is_deferred(given).unwrap_or(false)).collect();
    if deferred.is_empty() {
        return Ok(None);
    }
    let settled = dict.copy()?;
    for (name, given) in deferred {
        settled.set_item(name, value(redactor, &given)?)?;
    }
    Ok(Some(settled.into_any()))
}

fn is_deferred(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    static DEFERRED: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    Ok(value.get_type().is(DEFERRED.import(value.py(), "scrubline._calls", "Deferred")?))
}
