//! The filter: redacts a `logging.LogRecord` in place, once.

mod attributes;
mod deferred;
mod message;
pub mod stamp;

use std::borrow::Cow;

use pyo3::PyTraverseError;
use pyo3::exceptions::PyRuntimeError;
use pyo3::gc::PyVisit;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple, PyType};
use scrubline::{Pass, Verdict, placeholder};

pub use attributes::{Attribute, Attributes, is_empty};
pub use message::has_own_method;
pub use stamp::{_replace, NO_CORRELATION_ID};

use crate::error::{contain, must_go_on};
use crate::node::{Manner, Walk};
use crate::redactor::{Redactor, Source};
use crate::text::utf8;

/// What of a record the filter looks at.
const LOOKED_AT: &[Attribute] = &[
    Attribute::Name,
    Attribute::Msg,
    Attribute::Args,
    Attribute::ExcInfo,
    Attribute::ExcText,
    Attribute::StackInfo,
    Attribute::ThreadName,
    Attribute::ProcessName,
    Attribute::TaskName,
    Attribute::Message,
    Attribute::GetMessage,
    Attribute::Mark,
];

/// Names that may be made at run time, from somebody's data.
const NAMES: [Attribute; 4] = [Attribute::Name, Attribute::ThreadName, Attribute::ProcessName, Attribute::TaskName];

/// Redacts a record in place.
///
/// # Errors
/// `KeyboardInterrupt` alone. After any other fault the record holds markers.
pub fn redact<'py>(redactor: &Bound<'py, Redactor>, record: &Bound<'py, PyAny>) -> PyResult<()> {
    let py = record.py();
    let done = contain(|| redact_attributes(redactor, record, record.getattr(intern!(py, "__dict__"))?.cast()?));
    match done {
        Err(error) if !must_go_on(py, &error) => {
            // A record without a dict of its own is no LogRecord; what can be overwritten is.
            redactor.get().engine.count_error();
            for (name, value) in [("msg", Some(placeholder::ERROR)), ("exc_info", None), ("exc_text", None), ("stack_info", None)] {
                let _ = record.setattr(name, value);
            }
            let _ = record.setattr("args", PyTuple::empty(py));
            Ok(())
        }
        done => done,
    }
}

/// Redacts `own`, the attributes of a record or a copy of them.
///
/// # Errors
/// As [`redact`].
pub fn redact_attributes<'py>(redactor: &Bound<'py, Redactor>, record: &Bound<'py, PyAny>, own: &Bound<'py, PyDict>) -> PyResult<()> {
    let py = record.py();
    let mut attributes = Attributes::read(own, LOOKED_AT);
    if attributes.is_marked() {
        return Ok(());
    }
    let kept = Kept::of(&attributes, redactor);
    let engine = &redactor.get().engine;
    let pass = if kept.is_some() { engine.probe() } else { engine.pass() };
    let filter = Filter { py, redactor, record, own, attributes: &mut attributes, pass, hidden: Vec::new() };
    let done = contain(|| match kept {
        Some(copy) => filter.take(&copy),
        None => filter.run(),
    });
    match done {
        Err(error) if !must_go_on(py, &error) => {
            redactor.get().engine.count_error();
            fail_closed(record, own, &attributes)
        }
        done => done,
    }
}

/// The attributes of a record, redacted, for who must leave the record as it is. The record keeps them beside it, so that nothing is looked
/// at and counted again for its next handler.
///
/// # Errors
/// As [`redact`].
pub fn redacted_copy<'py>(
    redactor: &Bound<'py, Redactor>,
    record: &Bound<'py, PyAny>,
    own: &Bound<'py, PyDict>,
    now: &Attributes<'py>,
) -> PyResult<Bound<'py, PyDict>> {
    if let Some(copy) = Kept::of(now, redactor) {
        return Ok(copy);
    }
    let copy = own.copy()?;
    redact_attributes(redactor, record, &copy)?;
    let kept = Kept { redactor: redactor.clone().unbind(), seen: Seen::of(now, None), attributes: copy.clone().unbind() };
    own.set_item(Attribute::Mark.name(own.py()), Bound::new(own.py(), kept)?)?;
    Ok(copy)
}

/// Markers for everything that came from the application.
fn fail_closed(record: &Bound<'_, PyAny>, own: &Bound<'_, PyDict>, attributes: &Attributes<'_>) -> PyResult<()> {
    let py = record.py();
    own.set_item(Attribute::Msg.name(py), placeholder::ERROR)?;
    own.set_item(Attribute::Args.name(py), PyTuple::empty(py))?;
    if attributes.get(Attribute::GetMessage).is_some() || message::has_own_method(record).unwrap_or(true) {
        own.set_item(Attribute::GetMessage.name(py), message::saying(&PyString::new(py, placeholder::ERROR))?)?;
    }
    for gone in [Attribute::ExcInfo, Attribute::ExcText, Attribute::StackInfo] {
        own.set_item(gone.name(py), py.None())?;
    }
    for (key, _) in &attributes.extras {
        own.set_item(key, placeholder::ERROR)?;
    }
    if attributes.get(Attribute::Message).is_some() {
        own.set_item(Attribute::Message.name(py), placeholder::ERROR)?;
    }
    Ok(())
}

/// What a record looked like when it had been redacted: held by identity, so that whatever was set since is noticed.
///
/// A copy of a record shares it. A pickled one has a tuple of the template in its place, and is redacted again where it arrives, which
/// changes nothing.
#[pyclass(frozen, name = "_Seen", module = "scrubline._native")]
pub struct Seen {
    parts: Vec<Py<PyAny>>,
    /// The template of a message whose arguments had to go, redacted: records of one place in the code still know each other by it.
    #[pyo3(get)]
    template: Option<Py<PyString>>,
}

impl Seen {
    /// The mark of a record as it is now.
    fn of(now: &Attributes<'_>, template: Option<Py<PyString>>) -> Self {
        let mut parts = Vec::with_capacity(now.extras.len() + attributes::PARTS.len());
        parts.extend(now.parts().map(|part| part.clone().unbind()));
        Self { parts, template }
    }
}

#[pymethods]
impl Seen {
    /// To what Python itself has: a record that goes to a log server is read where there is no scrubline.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyType>, (Vec<Py<PyString>>,)) {
        let py = slf.py();
        (py.get_type::<PyTuple>(), (slf.get().template.iter().map(|template| template.clone_ref(py)).collect(),))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        self.parts.iter().try_for_each(|part| visit.call(part))
    }
}

/// In place of the mark of a record that was not redacted itself: its attributes as a formatter has redacted them.
///
/// A copy of a record shares it; it does not go along with a pickled one.
#[pyclass(frozen, name = "_Kept", module = "scrubline._native")]
struct Kept {
    redactor: Py<Redactor>,
    /// What the record looked like.
    seen: Seen,
    attributes: Py<PyDict>,
}

impl Kept {
    /// What this redactor made of a record to which nothing has been set since.
    fn of<'py>(now: &Attributes<'py>, redactor: &Bound<'py, Redactor>) -> Option<Bound<'py, PyDict>> {
        let mark = now.get(Attribute::Mark)?.cast_exact::<Self>().ok()?;
        let copy = mark.get();
        (copy.redactor.is(redactor) && now.are(&copy.seen)).then(|| copy.attributes.bind(mark.py()).clone())
    }
}

#[pymethods]
impl Kept {
    /// To `None`.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> (Bound<'py, PyType>, Bound<'py, PyTuple>) {
        (slf.py().None().bind(slf.py()).get_type(), PyTuple::empty(slf.py()))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.redactor)?;
        self.seen.__traverse__(visit)?;
        visit.call(&self.attributes)
    }
}

struct Filter<'a, 'py> {
    py: Python<'py>,
    redactor: &'a Bound<'py, Redactor>,
    record: &'a Bound<'py, PyAny>,
    /// The attributes of `record`, or the copy of them that is written instead.
    own: &'a Bound<'py, PyDict>,
    /// What was in `own`, with what has been set since.
    attributes: &'a mut Attributes<'py>,
    pass: Pass<'a>,
    /// Arguments of the message that its redacted text does not show: a field that is the same object must not show them either.
    hidden: Vec<Bound<'py, PyAny>>,
}

impl<'py> Filter<'_, 'py> {
    fn run(mut self) -> PyResult<()> {
        let py = self.py;
        self.names()?;
        if self.redactor.get().is_closed {
            return Err(PyRuntimeError::new_err("closed"));
        }
        let template = self.message()?;
        // Left by a formatter that ran before this filter.
        self.overwrite_text(Attribute::Message)?;
        self.exception()?;
        self.overwrite_text(Attribute::StackInfo)?;
        if !self.attributes.extras.is_empty() {
            self.extras()?;
        }
        let mark = match self.attributes.plain_message() {
            // Nearly every record: its message marks it, and nothing has to be made.
            Some(message) if template.is_none() => message.clone(),
            _ => Bound::new(py, Seen::of(self.attributes, template.map(Bound::unbind)))?.into_any(),
        };
        self.own.set_item(Attribute::Mark.name(py), mark)
    }

    /// Takes what a formatter has made of the record.
    fn take(mut self, copy: &Bound<'py, PyDict>) -> PyResult<()> {
        for (key, _) in &self.attributes.extras {
            self.own.del_item(key)?;
        }
        self.own.update(copy.as_mapping())?;
        // Left by another formatter since.
        self.overwrite_text(Attribute::Message)
    }

    /// `Err` only for what must go on; any other fault of `part` is counted and answered with `None`.
    fn part<T>(&mut self, part: impl FnOnce(&mut Self) -> PyResult<T>) -> PyResult<Option<T>> {
        match part(self) {
            Ok(done) => Ok(Some(done)),
            Err(error) if must_go_on(self.py, &error) => Err(error),
            Err(_) => {
                self.redactor.get().engine.count_error();
                Ok(None)
            }
        }
    }

    fn scan<'t>(&mut self, text: &'t Bound<'py, PyString>) -> PyResult<Option<Bound<'py, PyString>>> {
        let utf8: Cow<'t, str> = utf8(text)?;
        Ok(match self.pass.text(&utf8) {
            Cow::Borrowed(_) => None,
            Cow::Owned(redacted) => Some(PyString::new(self.py, &redacted)),
        })
    }

    fn set(&mut self, attribute: Attribute, value: Bound<'py, PyAny>) -> PyResult<()> {
        self.own.set_item(attribute.name(self.py), &value)?;
        self.attributes.set(attribute, value);
        Ok(())
    }

    fn set_text(&mut self, attribute: Attribute, text: &str) -> PyResult<()> {
        self.set(attribute, PyString::new(self.py, text).into_any())
    }

    /// Replaces a text attribute, if there is one, by its redacted text.
    fn overwrite_text(&mut self, attribute: Attribute) -> PyResult<()> {
        let Some(value) = self.attributes.some(attribute).cloned() else { return Ok(()) };
        let text = self.part(|this| {
            let text = value.str()?;
            Ok(match this.scan(&text)? {
                Some(redacted) => Some(redacted),
                None if value.is_exact_instance_of::<PyString>() => None,
                None => Some(text),
            })
        })?;
        match text {
            Some(None) => Ok(()),
            Some(Some(redacted)) => self.set(attribute, redacted.into_any()),
            None => self.set_text(attribute, placeholder::ERROR),
        }
    }

    /// Message and arguments. Returns the redacted template where the arguments had to go.
    fn message(&mut self) -> PyResult<Option<Bound<'py, PyString>>> {
        let Some(msg) = self.attributes.get(Attribute::Msg).cloned() else { return Ok(None) };
        let method = message::Method::of(self.record, &msg, self.attributes.get(Attribute::GetMessage))?;
        let mut args = self.attributes.get(Attribute::Args).filter(|args| !is_empty(args)).cloned();
        if args.is_none()
            && matches!(method, message::Method::OfLogging)
            && let Ok(text) = msg.cast_exact::<PyString>()
        {
            if let Some(redacted) = self.scan(text)? {
                self.set(Attribute::Msg, redacted.into_any())?;
            }
            return Ok(None);
        }
        if let Some(given) = &args
            && let Some(settled) = self.part(|this| deferred::arguments(this.redactor, given))?.flatten()
        {
            self.set(Attribute::Args, settled.clone())?;
            args = Some(settled);
        }
        let keeps_length = self.attributes.get(Attribute::Name).is_some_and(message::keeps_length);
        let done = self.part(|this| message::redact(this.redactor, &mut this.pass, &method, &msg, args.as_ref(), keeps_length))?;
        let done = done.unwrap_or_else(|| message::Done::failed(self.py));
        if let Some(shown) = &done.shown {
            if let Some(args) = args.filter(|_| !self.attributes.extras.is_empty()) {
                self.hidden = self.part(|_| message::hidden(&args, shown))?.unwrap_or_default();
            }
            if !matches!(method, message::Method::OfLogging) {
                self.set(Attribute::GetMessage, message::saying(shown)?)?;
            }
        }
        if let Some(msg) = done.msg {
            self.set(Attribute::Msg, msg)?;
        }
        if let Some(args) = done.args {
            self.set(Attribute::Args, args)?;
        }
        Ok(done.template)
    }

    /// The names of logger, thread, process and task. Nearly every one was seen before.
    fn names(&mut self) -> PyResult<()> {
        let clean = self.redactor.get().clean_texts(self.py);
        for attribute in NAMES {
            let Some(name) = self.attributes.some(attribute) else { continue };
            let Ok(name) = name.cast_exact::<PyString>() else {
                self.overwrite_text(attribute)?;
                continue;
            };
            if clean.contains(name)? {
                continue;
            }
            let name = name.clone();
            match self.scan(&name)? {
                Some(redacted) => self.set(attribute, redacted.into_any())?,
                None => clean.add(name)?,
            }
        }
        Ok(())
    }

    /// The exception's stand-in and its text. Without an exception, the text that an earlier formatter left.
    fn exception(&mut self) -> PyResult<()> {
        static REDACT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let exc_info = self.attributes.some(Attribute::ExcInfo).filter(|info| info.is_truthy().unwrap_or(true)).cloned();
        let Some(exc_info) = exc_info else { return self.overwrite_text(Attribute::ExcText) };
        let redacted = self.part(|this| {
            let redact = REDACT.import(this.py, "scrubline._exceptions", "redact_exc_info")?;
            redact.call1((exc_info, this.redactor))?.extract::<(Bound<'py, PyAny>, Bound<'py, PyAny>)>()
        })?;
        match redacted {
            Some((info, text)) => {
                self.set(Attribute::ExcInfo, info)?;
                self.set(Attribute::ExcText, text)
            }
            None => {
                self.set(Attribute::ExcInfo, self.py.None().into_bound(self.py))?;
                self.set_text(Attribute::ExcText, placeholder::ERROR)
            }
        }
    }

    fn extras(&mut self) -> PyResult<()> {
        let mut walk = Walk::new(self.redactor, &mut self.pass, Manner::Extra);
        redact_entries(&mut walk, self.own, &self.attributes.extras, &self.hidden)?;
        *self.attributes = Attributes::read(self.own, LOOKED_AT);
        Ok(())
    }
}

/// Redacts `entries` of a dict in place, each for itself; a value that is one of `hidden` is masked.
fn redact_entries<'py>(
    walk: &mut Walk<'_, '_, 'py>,
    dict: &Bound<'py, PyDict>,
    entries: &[(Bound<'py, PyAny>, Bound<'py, PyAny>)],
    hidden: &[Bound<'py, PyAny>],
) -> PyResult<()> {
    let py = dict.py();
    for (key, value) in entries {
        let name = match key.cast::<PyString>() {
            Ok(name) => utf8(name)?,
            Err(_) => Cow::Owned(key.str().and_then(|name| Ok(utf8(&name)?.into_owned())).unwrap_or_default()),
        };
        let root = walk.pass.root();
        let scope = walk.pass.child(root, &name);
        if scope.verdict() == Verdict::Drop {
            walk.pass.dropped(scope);
            dict.del_item(key)?;
            continue;
        }
        let settled = deferred::value(walk.redactor, value)?;
        let value_now = walk.under(settled.as_ref().unwrap_or(value), scope)?.or(settled);
        let value_now = match value_now {
            None if scope.verdict() != Verdict::Keep && hidden.iter().any(|hidden| hidden.is(value)) => {
                Some(PyString::new(py, placeholder::MASK).into_any())
            }
            value_now => value_now,
        };
        match walk.pass.key(&name) {
            Cow::Borrowed(_) => {
                if let Some(value) = value_now {
                    dict.set_item(key, value)?;
                }
            }
            Cow::Owned(key_now) => {
                dict.del_item(key)?;
                dict.set_item(key_now, value_now.as_ref().unwrap_or(value))?;
            }
        }
    }
    Ok(())
}

/// What a filter class of `logging` inherits: `filter` in Rust, and where its redactor comes from.
///
/// The owner's `_resolve()` returns the redactor; `_use(redactor)` keeps it, `_use(None)` forgets it.
#[pyclass(frozen, subclass, module = "scrubline._native")]
pub struct RecordFilter(Source);

#[pymethods]
impl RecordFilter {
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self(Source::default())
    }

    fn _use(&self, redactor: Option<Py<Redactor>>) {
        self.0.set(redactor);
    }

    fn _redactor<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, Redactor>> {
        slf.get().0.get(slf.as_any())
    }

    /// Sets on the record what of its context it does not have, with the names of the owner's `context_fields`, and lets it pass.
    ///
    /// The context is that of this thread or task; where that has no id, what the owner's `_context_of(record)` returns.
    fn _correlate<'py>(slf: &Bound<'py, Self>, record: &Bound<'py, PyAny>) -> PyResult<bool> {
        // First, since the owner's `_resolve` may set the names.
        let redactor = slf.get().0.get(slf.as_any())?;
        match contain(|| stamp::correlate(&redactor, slf.as_any(), record)) {
            Err(error) if !must_go_on(slf.py(), &error) => redactor.get().engine.count_error(),
            done => done?,
        }
        Ok(true)
    }

    /// Redacts the record in place, once, and lets it pass.
    fn filter<'py>(slf: &Bound<'py, Self>, record: &Bound<'py, PyAny>) -> PyResult<bool> {
        redact(&slf.get().0.get(slf.as_any())?, record)?;
        Ok(true)
    }
}
