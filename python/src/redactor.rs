//! The class that users hold.

use std::borrow::Cow;
use std::path::PathBuf;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use pyo3::exceptions::{PyRuntimeError, PyTypeError, PyValueError};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyByteArray, PyBytes, PyDict, PySet, PySlice, PyString, PyTuple, PyType};
use scrubline::{Code, Pass, Secrets, placeholder};

use crate::error::{contain, must_go_on, raise, refuse};
use crate::node::{Manner, Walk};
use crate::record::stamp;
use crate::stream::Stream;
use crate::text::{self, utf8};
use crate::{json, policy, record};

/// Text longer than this is scanned with the interpreter released; below it, releasing costs more than it gives.
const LONG: usize = 64 * 1024;

/// How many texts a redactor knows to be clean.
const CLEAN_TEXTS: usize = 1024;

/// Finds and replaces sensitive data. Thread-safe; copies share it, and it does not pickle: it holds keys and counters of this process.
///
/// `policy` is `None` (the default policy), a mapping or a `Policy`; `key` (32 bytes or more) is for pseudonyms;
/// `known_values` are texts or bytes that are redacted wherever they occur.
///
/// Raises `ScrublineError` with `code` and `path`. Only constructors, `register` and `reload` raise.
#[pyclass(frozen, module = "scrubline")]
pub struct Redactor {
    pub engine: scrubline::Redactor,
    /// The policy leaves a correlation id of our own as it is.
    keeps_ids: AtomicBool,
    clean_texts: Mutex<Py<PySet>>,
    /// Does it show nothing? It stands for one that could not be made.
    pub is_closed: bool,
}

/// What was found in a text, and never the text.
#[pyclass(frozen, eq, hash, get_all, module = "scrubline")]
#[derive(PartialEq, Eq, Hash)]
pub struct Finding {
    /// Detector id, such as `contact.email`.
    detector: String,
    /// Dotted path inside a value, empty in plain text.
    path: String,
    /// First code point of a `str`, first byte of `bytes`.
    start: usize,
    /// One past the last.
    end: usize,
    /// `1-8`, `9-16`, `17-32` or `33+` bytes.
    length_class: String,
    /// What was done: `mask`, `label`, `partial`, `pseudonym`, `drop` or `keep`.
    action: String,
}

#[pymethods]
impl Finding {
    #[new]
    fn new(detector: String, path: String, start: usize, end: usize, length_class: String, action: String) -> Self {
        Self { detector, path, start, end, length_class, action }
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyType>, Bound<'py, PyTuple>)> {
        let Self { detector, path, start, end, length_class, action } = slf.get();
        Ok((slf.get_type(), (detector, path, start, end, length_class, action).into_pyobject(slf.py())?))
    }

    fn __repr__(&self) -> String {
        format!(
            "Finding(detector='{}', path='{}', start={}, end={}, length_class='{}', action='{}')",
            self.detector, self.path, self.start, self.end, self.length_class, self.action
        )
    }
}

/// What a detector looked at in a text, and what became of it.
#[pyclass(frozen, get_all, module = "scrubline")]
pub struct Candidate {
    /// Detector id, such as `contact.email`.
    detector: String,
    /// First code point of a `str`, first byte of `bytes`.
    start: usize,
    /// One past the last.
    end: usize,
    /// `1-8`, `9-16`, `17-32` or `33+` bytes.
    length_class: &'static str,
    /// Is it a finding?
    accepted: bool,
    /// The step that decided: `key`, `shape`, `check`, `context`, `value`, `policy` or `overlap`.
    step: &'static str,
    /// Why, in one word.
    why: &'static str,
    /// What is done with it, `None` where it was refused.
    action: Option<&'static str>,
    /// The text of it where that was asked for, else `None`.
    value: Option<Py<PyAny>>,
}

#[pymethods]
impl Candidate {
    /// Without the text.
    fn __repr__(&self) -> String {
        let action = self.action.map_or_else(|| "None".to_owned(), |action| format!("'{action}'"));
        format!(
            "Candidate(detector='{}', start={}, end={}, length_class='{}', accepted={}, step='{}', why='{}', action={action})",
            self.detector,
            self.start,
            self.end,
            self.length_class,
            if self.accepted { "True" } else { "False" },
            self.step,
            self.why,
        )
    }
}

#[pymethods]
impl Redactor {
    #[new]
    #[pyo3(signature = (policy=None, *, key=None, known_values=None), text_signature = "(policy=None, *, key=None, known_values=())")]
    fn new(
        py: Python<'_>,
        policy: Option<&Bound<'_, PyAny>>,
        key: Option<&Bound<'_, PyAny>>,
        known_values: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        Self::build(py, policy::from_object(py, policy)?, key, known_values)
    }

    /// A redactor with the policy of a file: JSON where its name ends in `.json`, else TOML.
    #[staticmethod]
    #[pyo3(signature = (path, *, key=None, known_values=None), text_signature = "(path, *, key=None, known_values=())")]
    fn from_file(py: Python<'_>, path: PathBuf, key: Option<&Bound<'_, PyAny>>, known_values: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        Self::build(py, policy::file(py, &path)?, key, known_values)
    }

    /// Redacts text, or bytes of any encoding that extends ASCII; the same object comes back where nothing changed. Anything else goes the way of `redact_value`.
    fn redact<'py>(slf: &Bound<'py, Self>, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let this = slf.get();
        if let Ok(str) = text.cast::<PyString>() {
            return this.contained(text, |py| {
                let utf8 = utf8(str)?;
                Ok(match this.scan(py, &*utf8, |pass, utf8| pass.text(utf8)) {
                    Cow::Borrowed(_) => text.clone(),
                    Cow::Owned(redacted) => PyString::new(py, &redacted).into_any(),
                })
            });
        }
        if let Ok(bytes) = text.cast::<PyBytes>() {
            return this.contained(text, |py| {
                Ok(match this.scan(py, bytes.as_bytes(), |pass, bytes| pass.bytes(bytes)) {
                    Cow::Borrowed(_) => text.clone(),
                    Cow::Owned(redacted) => PyBytes::new(py, &redacted).into_any(),
                })
            });
        }
        Self::redact_value(slf, text)
    }

    /// Redacts a value of any depth. The result is a copy of the same type, or the same object where nothing changed; the value itself never changes.
    fn redact_value<'py>(slf: &Bound<'py, Self>, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        slf.get().contained(value, |_| slf.get().walk(slf, value, Manner::Value))
    }

    /// Redacts JSON text (`str` or UTF-8 `bytes`); number text, the order of keys, duplicates and white space stay. What is no JSON is redacted as text.
    fn redact_json<'py>(slf: &Bound<'py, Self>, text: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        let this = slf.get();
        if let Ok(str) = text.cast::<PyString>() {
            return this.contained(text, |py| {
                let utf8 = utf8(str)?;
                Ok(match this.scan(py, &*utf8, |pass, utf8| pass.json(utf8)) {
                    Cow::Borrowed(_) => text.clone(),
                    Cow::Owned(redacted) => PyString::new(py, &redacted).into_any(),
                })
            });
        }
        if let Ok(bytes) = text.cast::<PyBytes>()
            && let Ok(utf8) = str::from_utf8(bytes.as_bytes())
        {
            return this.contained(text, |py| {
                Ok(match this.scan(py, utf8, |pass, utf8| pass.json(utf8)) {
                    Cow::Borrowed(_) => text.clone(),
                    Cow::Owned(redacted) => PyBytes::new(py, redacted.as_bytes()).into_any(),
                })
            });
        }
        Self::redact(slf, text)
    }

    /// What `redact` would find, in order. Offsets are code points of a `str`, bytes of `bytes`; anything else has none, and no findings: of a value, look at its JSON text.
    fn findings(&self, text: &Bound<'_, PyAny>) -> PyResult<Vec<Finding>> {
        let found = if let Ok(str) = text.cast::<PyString>() {
            let utf8 = utf8(str)?;
            let mut found = contain(|| Ok(self.engine.findings(utf8.as_bytes())))?;
            text::code_points(&utf8, found.iter_mut().flat_map(|f| [&mut f.start, &mut f.end]));
            found
        } else if let Ok(bytes) = text.cast::<PyBytes>() {
            contain(|| Ok(self.engine.findings(bytes.as_bytes())))?
        } else {
            Vec::new()
        };
        let finding = |f: scrubline::Finding| Finding {
            detector: f.detector,
            path: f.path,
            start: f.start,
            end: f.end,
            length_class: f.length_class.as_str().to_owned(),
            action: f.action.as_str().to_owned(),
        };
        Ok(found.into_iter().map(finding).collect())
    }

    /// What each detector looked at, in the order of the text: which step accepted or refused it, and why. What is accepted is what
    /// `findings` has. Only with `show` the candidates hold their text. For people, not for every line: it is slow.
    #[pyo3(signature = (text, *, show=false))]
    fn explain<'py>(&self, text: &Bound<'py, PyAny>, show: bool) -> PyResult<Vec<Candidate>> {
        let found = if let Ok(str) = text.cast::<PyString>() {
            let utf8 = utf8(str)?;
            let mut found = contain(|| Ok(self.engine.explain(utf8.as_bytes())))?;
            text::code_points(&utf8, found.iter_mut().flat_map(|c| [&mut c.start, &mut c.end]));
            found
        } else if let Ok(bytes) = text.cast::<PyBytes>() {
            contain(|| Ok(self.engine.explain(bytes.as_bytes())))?
        } else {
            Vec::new()
        };
        let value = |start: usize, end: usize| -> PyResult<Py<PyAny>> {
            Ok(text.get_item(PySlice::new(text.py(), start.try_into()?, end.try_into()?, 1))?.unbind())
        };
        let candidate = |c: scrubline::Candidate| {
            Ok(Candidate {
                value: if show { Some(value(c.start, c.end)?) } else { None },
                accepted: c.accepted(),
                detector: c.detector,
                start: c.start,
                end: c.end,
                length_class: c.length_class.as_str(),
                step: c.why.step(),
                why: c.why.as_str(),
                action: c.action.map(scrubline::Action::as_str),
            })
        };
        found.into_iter().map(candidate).collect()
    }

    /// A stream of this redactor as it is now, for text or bytes in pieces.
    fn stream(&self) -> Stream {
        Stream::new(self.engine.stream())
    }

    /// Adds known values, texts or bytes. All of them or none: raises `ScrublineError` naming the position of the first that is refused.
    fn register(&self, py: Python<'_>, values: &Bound<'_, PyAny>) -> PyResult<()> {
        let values = known(values)?;
        self.engine.register(values).map_err(|error| raise(py, &error))?;
        self.look_at_ids();
        self.forget_texts(py)
    }

    /// Takes a new policy, at once for all threads. Raises `ScrublineError` and keeps the old one where it is refused.
    fn reload(&self, py: Python<'_>, policy: &Bound<'_, PyAny>) -> PyResult<()> {
        let policy = policy::from_object(py, Some(policy))?;
        self.engine.reload(policy).map_err(|error| raise(py, &error))?;
        self.look_at_ids();
        self.forget_texts(py)
    }

    /// What was redacted since this redactor was made: `{"since", "total", "detectors": {id: {action: n}}}`.
    fn report<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
        let report = self.engine.report();
        let dict = PyDict::new(py);
        dict.set_item("since", report.since)?;
        dict.set_item("total", report.total)?;
        dict.set_item("detectors", policy::to_object(py, &serde_json::to_value(report.detectors).unwrap_or_default())?)?;
        Ok(dict)
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }

    fn __reduce__(&self) -> PyResult<()> {
        Err(PyTypeError::new_err("a Redactor does not pickle: it holds keys and counters of this process; make one in each process"))
    }

    /// Redacts a `logging.LogRecord` in place, once.
    fn _redact_record<'py>(slf: &Bound<'py, Self>, record: &Bound<'py, PyAny>) -> PyResult<()> {
        record::redact(slf, record)
    }

    /// A value inside an exception, whose stand-in is being made.
    fn _shield<'py>(slf: &Bound<'py, Self>, value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
        slf.get().contained(value, |_| slf.get().walk(slf, value, Manner::Shield))
    }

    /// The JSON text of a value as a line has it. Nothing is redacted.
    fn _json(&self, value: &Bound<'_, PyAny>) -> PyResult<String> {
        let mut faults = 0;
        let text = json::text(value, self.engine.pass().limits(), &mut faults);
        (0..faults).for_each(|_| self.engine.count_error());
        text
    }

    /// Links of a chain, members of a group: how many exceptions are followed.
    fn _depth(&self) -> u32 {
        self.engine.pass().limits().depth
    }

    /// One that stands for a redactor whose policy is wrong: whatever it is given becomes the error marker, and counts.
    #[staticmethod]
    fn _closed(py: Python<'_>) -> PyResult<Self> {
        Ok(Self { is_closed: true, ..Self::of_defaults(py)? })
    }

    /// Counts a fault of the host.
    fn _count_error(&self) {
        self.engine.count_error();
    }
}

impl Redactor {
    /// A redactor of the default policy.
    ///
    /// # Errors
    /// `ScrublineError`.
    pub fn of_defaults(py: Python<'_>) -> PyResult<Self> {
        Self::build(py, scrubline::Policy::default(), None, None)
    }

    fn build(
        py: Python<'_>,
        policy: scrubline::Policy,
        key: Option<&Bound<'_, PyAny>>,
        known_values: Option<&Bound<'_, PyAny>>,
    ) -> PyResult<Self> {
        let key = key.filter(|key| !key.is_none()).map(secret_key).transpose()?;
        let secrets = Secrets { key, known_values: known_values.map(known).transpose()?.unwrap_or_default(), ..Secrets::default() };
        let engine = scrubline::Redactor::new(policy, secrets, now(py)?).map_err(|error| raise(py, &error))?;
        let keeps_ids = AtomicBool::new(stamp::keeps_ids(&mut engine.probe()));
        Ok(Self { engine, keeps_ids, clean_texts: Mutex::new(PySet::empty(py)?.unbind()), is_closed: false })
    }

    /// Does the policy leave a correlation id of our own as it is?
    pub fn keeps_ids(&self) -> bool {
        self.keeps_ids.load(Ordering::Relaxed)
    }

    fn look_at_ids(&self) {
        self.keeps_ids.store(stamp::keeps_ids(&mut self.engine.probe()), Ordering::Relaxed);
    }

    /// Names of loggers, threads and the like, and templates, that the policy of now leaves as they are. Whoever has found another adds it.
    pub fn clean_texts<'py>(&self, py: Python<'py>) -> Bound<'py, PySet> {
        let texts = self.clean_texts.lock().unwrap_or_else(PoisonError::into_inner).bind(py).clone();
        if texts.len() >= CLEAN_TEXTS {
            texts.clear();
        }
        texts
    }

    /// A new set: who looks at a text right now, by the old policy, has the old one.
    fn forget_texts(&self, py: Python<'_>) -> PyResult<()> {
        let texts = PySet::empty(py)?.unbind();
        let old = std::mem::replace(&mut *self.clean_texts.lock().unwrap_or_else(PoisonError::into_inner), texts);
        drop(old);
        Ok(())
    }

    fn walk<'py>(&self, slf: &Bound<'py, Self>, value: &Bound<'py, PyAny>, manner: Manner) -> PyResult<Bound<'py, PyAny>> {
        let mut pass = self.engine.pass();
        let change = Walk::new(slf, &mut pass, manner).root(value)?;
        Ok(change.unwrap_or_else(|| value.clone()))
    }

    /// Runs `scan` on a text, with the interpreter released where that is long.
    ///
    /// The pass holds no lock, and counts when it is dropped, with the interpreter held again: no other thread can fork this process
    /// while a lock of the engine is taken, which the child would find taken for ever.
    fn scan<'t, T: ?Sized + AsRef<[u8]> + Sync, R: Send>(
        &self,
        py: Python<'_>,
        text: &'t T,
        scan: impl FnOnce(&mut Pass<'_>, &'t T) -> R + Send,
    ) -> R {
        let mut pass = self.engine.pass();
        if text.as_ref().len() > LONG { py.detach(|| scan(&mut pass, text)) } else { scan(&mut pass, text) }
    }

    /// Whatever goes wrong in `work`, the answer is the error marker, in the type of `like`.
    fn contained<'py>(
        &self,
        like: &Bound<'py, PyAny>,
        work: impl FnOnce(Python<'py>) -> PyResult<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyAny>> {
        let py = like.py();
        let work = || if self.is_closed { Err(PyRuntimeError::new_err("closed")) } else { work(py) };
        match contain(work) {
            Err(error) if !must_go_on(py, &error) => {
                self.engine.count_error();
                let marker = placeholder::ERROR;
                Ok(if like.is_instance_of::<PyBytes>() {
                    PyBytes::new(py, marker.as_bytes()).into_any()
                } else {
                    PyString::new(py, marker).into_any()
                })
            }
            done => done,
        }
    }
}

/// Where a filter or formatter has its redactor from: set at once, or asked of its owner's `_resolve` at every record until it is set.
#[derive(Default)]
pub struct Source(Mutex<Option<Py<Redactor>>>);

impl Source {
    pub fn set(&self, redactor: Option<Py<Redactor>>) {
        let old = std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), redactor);
        // Dropped after the lock is given back.
        drop(old);
    }

    /// # Errors
    /// What the owner's `_resolve` raises: a wrong configuration.
    pub fn get<'py>(&self, owner: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Redactor>> {
        let py = owner.py();
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).as_ref().map(|redactor| redactor.bind(py).clone());
        match known {
            Some(redactor) => Ok(redactor),
            None => Ok(owner.call_method0(intern!(py, "_resolve"))?.cast_into()?),
        }
    }
}

fn secret_key(key: &Bound<'_, PyAny>) -> PyResult<Vec<u8>> {
    match secret(key) {
        Some(key) => key,
        None => Err(PyTypeError::new_err("a key is bytes, or text that stands for its UTF-8")),
    }
}

fn secret(value: &Bound<'_, PyAny>) -> Option<PyResult<Vec<u8>>> {
    if let Ok(text) = value.cast::<PyString>() {
        return Some(utf8(text).map(|text| text.as_bytes().to_vec()));
    }
    if let Ok(bytes) = value.cast::<PyBytes>() {
        return Some(Ok(bytes.as_bytes().to_vec()));
    }
    value.cast::<PyByteArray>().ok().map(|bytes| Ok(bytes.to_vec()))
}

fn known(values: &Bound<'_, PyAny>) -> PyResult<Vec<Vec<u8>>> {
    let py = values.py();
    let refused = |path: String| refuse(py, Code::KnownValueType, path);
    // A single text would be taken for a list of letters.
    if secret(values).is_some() {
        return Err(refused("known_values".to_owned()));
    }
    let items = values.try_iter().map_err(|_| refused("known_values".to_owned()))?;
    items.enumerate().map(|(i, value)| secret(&value?).unwrap_or_else(|| Err(refused(format!("known_values[{i}]"))))).collect()
}

/// The present time in RFC 3339, UTC, milliseconds.
fn now(py: Python<'_>) -> PyResult<String> {
    let time = py.import("time")?;
    let now: f64 = time.call_method0("time")?.extract()?;
    let whole = time.call_method1("gmtime", PyTuple::new(py, [now])?)?;
    let text: String = time.call_method1("strftime", ("%Y-%m-%dT%H:%M:%S", whole))?.extract()?;
    let millis = (now.fract() * 1000.0).floor();
    if millis.is_finite() { Ok(format!("{text}.{millis:03}Z")) } else { Err(PyValueError::new_err("no time")) }
}
