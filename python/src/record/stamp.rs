//! The context of a request, set on its records.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyString};

use super::{Attribute, Attributes, LOOKED_AT, Seen};
use crate::error::contain;
use crate::lines::milliseconds;

/// Sets on `record` what of `values` it does not have, and `timestamp_iso` (RFC 3339, UTC, milliseconds). A record that was redacted stays so:
/// `values` are redacted already.
#[pyfunction]
pub fn _stamp(record: &Bound<'_, PyAny>, values: &Bound<'_, PyDict>) -> PyResult<()> {
    let py = record.py();
    contain(|| {
        let own = record.getattr(intern!(py, "__dict__"))?;
        let own = own.cast::<PyDict>()?;
        let before = Attributes::read(own, LOOKED_AT);
        for (name, value) in values {
            set_absent(own, &name, value)?;
        }
        let created = own.get_item(Attribute::Created.name(py))?;
        if let Some(text) = created.as_ref().and_then(milliseconds).and_then(scrubline::format::timestamp) {
            set_absent(own, intern!(py, "timestamp_iso").as_any(), PyString::new(py, &text).into_any())?;
        }
        if !before.is_marked() {
            return Ok(());
        }
        let now = Attributes::read(own, LOOKED_AT);
        own.set_item(Attribute::Mark.name(py), Seen::of(&now, before.template(py)).into_pyobject(py)?)
    })
}

/// Sets `values`, redacted already, on a record that was redacted: it stays so, and keeps its template when they take its arguments away.
#[pyfunction]
pub fn _replace(record: &Bound<'_, PyAny>, values: &Bound<'_, PyDict>) -> PyResult<()> {
    let py = record.py();
    contain(|| {
        let own = record.getattr(intern!(py, "__dict__"))?;
        let own = own.cast::<PyDict>()?;
        let before = Attributes::read(own, LOOKED_AT);
        own.update(values.as_mapping())?;
        if !before.is_marked() {
            // A mark that holds no longer would hold on to what it saw.
            return own.set_item(Attribute::Mark.name(py), py.None());
        }
        let template = before.template(py).or_else(|| match values.contains(Attribute::Msg.name(py)) {
            Ok(true) => before.get(Attribute::Msg)?.cast_exact::<PyString>().ok().map(|template| template.clone().unbind()),
            _ => None,
        });
        let now = Attributes::read(own, LOOKED_AT);
        own.set_item(Attribute::Mark.name(py), Seen::of(&now, template).into_pyobject(py)?)
    })
}

fn set_absent<'py>(own: &Bound<'py, PyDict>, name: &Bound<'py, PyAny>, value: Bound<'py, PyAny>) -> PyResult<()> {
    match own.get_item(name)? {
        Some(given) if !given.is_none() => Ok(()),
        _ => own.set_item(name, value),
    }
}
