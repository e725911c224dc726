//! The context of a request, set on its records.

use std::borrow::Cow;

use pyo3::PyTraverseError;
use pyo3::exceptions::PyRuntimeError;
use pyo3::gc::PyVisit;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyMapping, PyModule, PyString};
use scrubline::{Pass, Verdict};

use super::attributes::is_taken;
use super::{Attribute, Attributes, LOOKED_AT, Seen, redact_entries};
use crate::context::{self, Context};
use crate::error::contain;
use crate::lines::milliseconds;
use crate::node::{Manner, Walk};
use crate::redactor::Redactor;

/// What of a record the context has to do with: what its mark remembers, and its time.
const STAMPED: &[Attribute] = &[
    Attribute::Msg,
    Attribute::Args,
    Attribute::ExcInfo,
    Attribute::ExcText,
    Attribute::StackInfo,
    Attribute::Created,
    Attribute::GetMessage,
    Attribute::Mark,
];

const CORRELATION_ID: &str = "correlation_id";

/// The correlation id of records outside of requests and tasks.
pub const NO_CORRELATION_ID: &str = "no-correlation-id";

/// Does a policy leave a correlation id of our own, as `scrubline._context.CorrelationID` makes them, as it is?
pub fn keeps_ids(pass: &mut Pass<'_>) -> bool {
    let scope = pass.child(pass.root(), CORRELATION_ID);
    let is_kept = scope.verdict() != Verdict::Drop && matches!(pass.leaf(scope, "req_0123456789ab"), Cow::Borrowed(_));
    is_kept && matches!(pass.key(CORRELATION_ID), Cow::Borrowed(_))
}

fn is_own(id: &Bound<'_, PyAny>) -> bool {
    let text = id.cast_exact::<PyString>().ok().and_then(|id| id.to_str().ok());
    let digits = text.and_then(|id| id.strip_prefix("req_")).unwrap_or_default();
    digits.len() == 12 && digits.bytes().all(|digit| matches!(digit, b'0'..=b'9' | b'a'..=b'f'))
}

/// What the records of a context carry, redacted, and what it was made of: held by identity.
pub struct Shown {
    made_of: [Py<PyAny>; 4],
    values: Py<PyDict>,
}

impl Shown {
    /// For the garbage collector.
    ///
    /// # Errors
    /// Those of the visit.
    pub fn traverse(&self, visit: &PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.made_of.iter().try_for_each(|part| visit.call(part))?;
        visit.call(&self.values)
    }
}

/// Sets on `record` what of its context it does not have, each of the owner's `context_fields`, and `timestamp_iso` (RFC 3339, UTC,
/// milliseconds). A record that was redacted stays so.
///
/// # Errors
/// What the parts of the context raise.
pub fn correlate<'py>(redactor: &Bound<'py, Redactor>, owner: &Bound<'py, PyAny>, record: &Bound<'py, PyAny>) -> PyResult<()> {
    let py = record.py();
    if redactor.get().is_closed {
        return Err(PyRuntimeError::new_err("closed"));
    }
    let mut context = context::current(py)?;
    if context.borrow().correlation_id.is_none() {
        context = owner.call_method1(intern!(py, "_context_of"), (record,))?.cast_into::<Context>()?;
    }
    let known = Context::known(&context)?.unwrap_or_else(|| py.None().into_bound(py));
    let span = active_span(py)?;
    let fields = owner.getattr(intern!(py, "context_fields"))?;
    let made_of = [redactor.as_any(), &known, &span, &fields];
    let shown = match &context.borrow().shown {
        Some(shown) if made_of.iter().zip(&shown.made_of).all(|(now, before)| now.is(before)) => Some(shown.values.bind(py).clone()),
        _ => None,
    };
    let values = match shown {
        Some(values) => values,
        // Once for all records of a context, as long as host and tracing say the same.
        None => {
            let values = values(redactor, &context, &known, &span, &fields)?;
            let shown = Shown { made_of: made_of.map(|part| part.clone().unbind()), values: values.clone().unbind() };
            let before = context.borrow_mut().shown.replace(shown);
            // After the context was given back: what it held may be the last of its objects.
            drop(before);
            values
        }
    };
    set(record, &values)
}

/// `scrubline._context.active_span`, which is not asked where nobody has loaded the API of OpenTelemetry.
fn active_span(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
    static SYS: PyOnceLock<Py<PyModule>> = PyOnceLock::new();
    static ACTIVE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let sys = SYS.get_or_try_init(py, || py.import("sys").map(Bound::unbind))?.bind(py);
    match sys.getattr(intern!(py, "modules"))?.contains(intern!(py, "opentelemetry.trace"))? {
        true => ACTIVE.import(py, "scrubline._context", "active_span")?.call0(),
        false => Ok(py.None().into_bound(py)),
    }
}

fn values<'py>(
    redactor: &Bound<'py, Redactor>,
    context: &Bound<'py, Context>,
    known: &Bound<'py, PyAny>,
    span: &Bound<'py, PyAny>,
    fields: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyDict>> {
    static TRACE_OF: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = context.py();
    let values = PyDict::new(py);
    // What was set wins over what the host knows.
    let part = |part: &Option<Py<PyAny>>| part.as_ref().map(|part| part.bind(py).clone());
    let (id, business, has_trace) = {
        let context = context.borrow();
        (part(&context.correlation_id), part(&context.business), context.trace_id.is_some())
    };
    for mapping in [Some(known), business.as_ref()].into_iter().flatten().filter(|mapping| !mapping.is_none()) {
        values.update(mapping.cast::<PyMapping>()?)?;
    }
    let name = intern!(py, CORRELATION_ID);
    let id = match id {
        Some(id) if id.is_truthy()? => id,
        _ => intern!(py, NO_CORRELATION_ID).clone().into_any(),
    };
    // Of most requests there is nothing else, and then nothing is scanned.
    let is_kept = redactor.get().keeps_ids() && is_own(&id);
    if !is_kept {
        values.set_item(name, &id)?;
    }
    if has_trace || !span.is_none() {
        trace(&values, TRACE_OF.import(py, "scrubline._context", "trace_of")?.call1((context, span))?)?;
    }
    if !values.is_empty() {
        let entries: Vec<_> = values.iter().collect();
        redact_entries(&mut Walk::new(redactor, &mut redactor.get().engine.pass(), Manner::Value), &values, &entries, &[])?;
        free(&values)?;
    }
    if is_kept {
        values.set_item(name, id)?;
    }
    for field in fields.try_iter()? {
        let field = field?;
        if !is_taken(&field) && !values.contains(&field)? {
            values.set_item(field, py.None())?;
        }
    }
    Ok(values)
}

/// Names that records have something else under become those that a line gives such fields.
fn free(values: &Bound<'_, PyDict>) -> PyResult<()> {
    for name in values.keys().iter().filter(is_taken) {
        let value = values.get_item(&name)?;
        values.del_item(&name)?;
        values.set_item(format!("extra.{name}"), value)?;
    }
    Ok(())
}

fn trace<'py>(values: &Bound<'py, PyDict>, of: Bound<'py, PyAny>) -> PyResult<()> {
    let py = of.py();
    let (trace_id, span_id, is_sampled): (Option<Bound<'py, PyAny>>, Option<Bound<'py, PyAny>>, bool) = of.extract()?;
    if let Some(trace_id) = trace_id {
        values.set_item(intern!(py, "trace_id"), trace_id)?;
        values.set_item(intern!(py, "trace_flags"), u8::from(is_sampled))?;
    }
    match span_id {
        Some(span_id) => values.set_item(intern!(py, "span_id"), span_id),
        None => Ok(()),
    }
}

fn set<'py>(record: &Bound<'py, PyAny>, values: &Bound<'py, PyDict>) -> PyResult<()> {
    let py = record.py();
    let own = record.getattr(intern!(py, "__dict__"))?;
    let own = own.cast::<PyDict>()?;
    let mut record = Attributes::read(own, STAMPED);
    let is_marked = record.is_marked();
    let template = record.template(py);
    for (name, value) in values {
        record.give(own, name, value)?;
    }
    let created = record.get(Attribute::Created).and_then(milliseconds);
    if let Some(text) = created.and_then(scrubline::format::timestamp) {
        record.give(own, intern!(py, "timestamp_iso").clone().into_any(), PyString::new(py, &text).into_any())?;
    }
    if is_marked {
        own.set_item(Attribute::Mark.name(py), Seen::of(&record, template).into_pyobject(py)?)?;
    }
    Ok(())
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
