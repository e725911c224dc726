//! What the records of one request or task have in common, and how a request comes to it.

use std::borrow::Cow;
use std::sync::atomic::{AtomicU64, Ordering};

use pyo3::PyTraverseError;
use pyo3::exceptions::PyTypeError;
use pyo3::gc::PyVisit;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyWeakrefMethods, PyWeakrefReference};

use crate::error::{contain, must_go_on};
use crate::record::stamp::Shown;
use crate::text::utf8;

/// One state of the context: correlation id, business context, trace. It does not change: what is set makes another.
#[pyclass(module = "scrubline._native")]
#[derive(Default)]
pub struct Context {
    #[pyo3(get)]
    pub correlation_id: Option<Py<PyAny>>,
    #[pyo3(get)]
    pub business: Option<Py<PyAny>>,
    #[pyo3(get)]
    pub trace_id: Option<Py<PyAny>>,
    #[pyo3(get)]
    span_id: Option<Py<PyAny>>,
    #[pyo3(get)]
    sampled: bool,
    /// Of a context of a request: it, weakly, since a task that outlives the response keeps the context and need not keep the request.
    request: Option<(Py<PyWeakrefReference>, Py<Requests>)>,
    /// What is asked what the host knows of the request: made when a record asks.
    source: Option<Py<PyAny>>,
    /// What the records of this state carry: made at the first of them.
    pub shown: Option<Shown>,
}

#[pymethods]
impl Context {
    #[new]
    #[pyo3(signature = (correlation_id=None, business=None, trace_id=None, span_id=None, sampled=false))]
    fn new(
        correlation_id: Option<Py<PyAny>>,
        business: Option<Py<PyAny>>,
        trace_id: Option<Py<PyAny>>,
        span_id: Option<Py<PyAny>>,
        sampled: bool,
    ) -> Self {
        Self { correlation_id, business, trace_id, span_id, sampled, ..Self::default() }
    }

    /// Another with these changes, of `correlation_id` and `business`.
    #[pyo3(signature = (**changes))]
    fn replace(slf: &Bound<'_, Self>, changes: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let py = slf.py();
        // Both ask the one source.
        Self::source(slf)?;
        let this = slf.borrow();
        let copy = |part: &Option<Py<PyAny>>| part.as_ref().map(|part| part.clone_ref(py));
        let mut made = Self {
            correlation_id: copy(&this.correlation_id),
            business: copy(&this.business),
            trace_id: copy(&this.trace_id),
            span_id: copy(&this.span_id),
            sampled: this.sampled,
            source: copy(&this.source),
            ..Self::default()
        };
        for (name, value) in changes.into_iter().flatten() {
            let place = match &*utf8(name.cast::<PyString>()?)? {
                "correlation_id" => &mut made.correlation_id,
                "business" => &mut made.business,
                _ => return Err(PyTypeError::new_err("a context has another correlation_id or business")),
            };
            *place = (!value.is_none()).then(|| value.unbind());
        }
        Ok(made)
    }

    /// What the host knows of the business context beside what was set: the same mapping while that is the same, `None` where there is none.
    pub fn known<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, PyAny>>> {
        if slf.borrow().source.is_none() && !Self::has_to_ask(slf)? {
            return Ok(None);
        }
        Self::source(slf)?.map(|source| source.call0()).transpose()
    }

    fn __eq__<'py>(slf: &Bound<'py, Self>, other: &Bound<'py, PyAny>) -> PyResult<bool> {
        let Ok(other) = other.cast::<Self>() else { return Ok(false) };
        let (own, others) = (Self::parts(slf), Self::parts(other));
        for pair in own.0.iter().zip(&others.0) {
            match pair {
                (None, None) => {}
                (Some(one), Some(two)) if one.eq(two)? => {}
                _ => return Ok(false),
            }
        }
        Ok(own.1 == others.1)
    }

    /// Without what belongs to this process: the request, and what asks it.
    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)> {
        let (py, this) = (slf.py(), slf.borrow());
        let parts = (&this.correlation_id, &this.business, &this.trace_id, &this.span_id, this.sampled);
        Ok((slf.get_type().into_any(), parts.into_pyobject(py)?.into_any()))
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        for part in [&self.correlation_id, &self.business, &self.trace_id, &self.span_id, &self.source] {
            visit.call(part)?;
        }
        if let Some((request, requests)) = &self.request {
            visit.call(request)?;
            visit.call(requests)?;
        }
        self.shown.as_ref().map_or(Ok(()), |shown| shown.traverse(&visit))
    }

    fn __clear__(&mut self) {
        *self = Self::default();
    }
}

impl Context {
    /// What makes one equal to another. Taken out, since no Python code may run while a context is borrowed.
    fn parts<'py>(slf: &Bound<'py, Self>) -> ([Option<Bound<'py, PyAny>>; 6], bool) {
        let this = slf.borrow();
        let part = |part: &Option<Py<PyAny>>| part.as_ref().map(|part| part.bind(slf.py()).clone());
        let request = this.request.as_ref().map(|(request, _)| request.bind(slf.py()).clone().into_any());
        let [id, business, trace_id, span_id, source] =
            [&this.correlation_id, &this.business, &this.trace_id, &this.span_id, &this.source].map(part);
        ([id, business, trace_id, span_id, source, request], this.sampled)
    }

    /// May the host know something? A request without user of an application without resolver need not be asked.
    fn has_to_ask(slf: &Bound<'_, Self>) -> PyResult<bool> {
        // It makes no exception of what is not there, where the stable ABI has no other way.
        static GETATTR: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let py = slf.py();
        let (request, has_resolver) = match &slf.borrow().request {
            Some((request, requests)) => (request.bind(py).upgrade(), requests.get().resolver.is_some()),
            None => return Ok(false),
        };
        let Some(request) = request else { return Ok(false) };
        Ok(has_resolver
            || GETATTR
                .import(py, "builtins", "getattr")?
                .call1((request, intern!(py, "user"), py.None()))
                .map_or(true, |user| !user.is_none()))
    }

    fn source<'py>(slf: &Bound<'py, Self>) -> PyResult<Option<Bound<'py, PyAny>>> {
        let py = slf.py();
        let origin = {
            let this = slf.borrow();
            match (&this.source, &this.request) {
                (Some(source), _) => return Ok(Some(source.bind(py).clone())),
                (None, None) => return Ok(None),
                (None, Some((request, requests))) => (request.bind(py).upgrade(), requests.clone_ref(py)),
            }
        };
        let (Some(request), requests) = origin else { return Ok(None) };
        let requests = requests.get();
        let source = requests.business.bind(py).call1((request, requests.resolver.as_ref()))?;
        slf.borrow_mut().source = Some(source.clone().unbind());
        Ok(Some(source))
    }
}

/// The context of this thread or task.
///
/// # Errors
/// Those of an import.
pub fn current(py: Python<'_>) -> PyResult<Bound<'_, Context>> {
    static CURRENT: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    Ok(CURRENT.import(py, "scrubline._context", "current")?.call0()?.cast_into()?)
}

/// Where the sequence of ids stands.
static IDS: AtomicU64 = AtomicU64::new(0);

/// Begins another sequence of ids: at import, and in each process after a fork.
#[pyfunction]
pub fn _seed_ids(seed: u64) {
    IDS.store(seed, Ordering::Relaxed);
}

/// A new correlation id: `req_` and 12 hex digits, of a sequence that nobody has to guess or to keep from guessing.
///
/// Source: SplitMix64, <https://doi.org/10.1145/2660193.2660195>, figure 16 with the constants of section 5.
#[pyfunction]
pub fn _new_id() -> String {
    const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;
    let mut bits = IDS.fetch_add(GAMMA, Ordering::Relaxed).wrapping_add(GAMMA);
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    bits ^= bits >> 31;
    let mut id = String::with_capacity(16);
    id.push_str("req_");
    id.extend((0..12).rev().filter_map(|at| char::from_digit(((bits >> (16 + 4 * at)) & 0xF) as u32, 16)));
    id
}

/// What the settings say about requests. `headers`, as WSGI names them, may bring a correlation id; the response answers with it as
/// `response_header`; `business(request, resolver)` makes what is asked for the business context: `None` where no request can be referred
/// to weakly, so that none is asked.
#[pyclass(frozen, module = "scrubline._native")]
pub struct Requests {
    headers: Vec<Py<PyString>>,
    /// In lower case, and as it is.
    response_header: Option<(Py<PyString>, Py<PyString>)>,
    resolver: Option<Py<PyAny>>,
    business: Py<PyAny>,
}

#[pymethods]
impl Requests {
    #[new]
    fn new(
        py: Python<'_>,
        headers: Vec<Py<PyString>>,
        response_header: Option<&str>,
        resolver: Option<Py<PyAny>>,
        business: Py<PyAny>,
    ) -> Self {
        let response_header =
            response_header.map(|name| (PyString::new(py, &name.to_ascii_lowercase()).unbind(), PyString::new(py, name).unbind()));
        Self { headers, response_header, resolver, business }
    }

    /// The context of a request that begins, which keeps it as `_scrubline`.
    fn begin<'py>(slf: &Bound<'py, Self>, request: &Bound<'py, PyAny>) -> PyResult<Bound<'py, Context>> {
        let py = slf.py();
        let mut context = match contain(|| slf.get().read(request)) {
            Err(error) if must_go_on(py, &error) => return Err(error),
            read => read.unwrap_or_default(),
        };
        if context.correlation_id.is_none() {
            context.correlation_id = Some(PyString::new(py, &_new_id()).into_any().unbind());
        }
        context.request = PyWeakrefReference::new(request).ok().map(|request| (request.unbind(), slf.clone().unbind()));
        let context = Bound::new(py, context)?;
        request.setattr(intern!(py, "_scrubline"), &context)?;
        Ok(context)
    }

    /// Sets the header of a response to the request that had `own`, unless the view has set it.
    fn answer(&self, response: &Bound<'_, PyAny>, own: &Bound<'_, Context>) -> PyResult<()> {
        match contain(|| self.set_header(response, own)) {
            Err(error) if must_go_on(response.py(), &error) => Err(error),
            // A response of a kind of its own, without headers.
            _ => Ok(()),
        }
    }

    fn __traverse__(&self, visit: PyVisit<'_>) -> Result<(), PyTraverseError> {
        visit.call(&self.resolver)?;
        visit.call(&self.business)
    }
}

impl Requests {
    /// What the headers of a request say.
    fn read(&self, request: &Bound<'_, PyAny>) -> PyResult<Context> {
        static PARSE: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        let py = request.py();
        let meta = request.getattr(intern!(py, "META"))?.cast_into::<PyDict>()?;
        let mut context = Context::default();
        for name in &self.headers {
            if let Some(given) = meta.get_item(name)?
                && is_id(&given)
            {
                context.correlation_id = Some(given.unbind());
                break;
            }
        }
        let Some(header) = meta.get_item(intern!(py, "HTTP_TRACEPARENT"))? else { return Ok(context) };
        let parent = PARSE.import(py, "scrubline._trace", "parse")?.call1((header,))?;
        if let Some((trace_id, span_id, sampled)) = parent.extract::<Option<(Py<PyAny>, Py<PyAny>, bool)>>()? {
            context.correlation_id.get_or_insert_with(|| trace_id.clone_ref(py));
            (context.trace_id, context.span_id, context.sampled) = (Some(trace_id), Some(span_id), sampled);
        }
        Ok(context)
    }

    fn set_header(&self, response: &Bound<'_, PyAny>, own: &Bound<'_, Context>) -> PyResult<()> {
        let py = response.py();
        let Some((key, name)) = &self.response_header else { return Ok(()) };
        let now = current(py)?;
        // The view may have set another, and cleared it.
        let id = match &now.borrow().correlation_id {
            Some(id) => id.clone_ref(py),
            None => match &own.borrow().correlation_id {
                Some(id) => id.clone_ref(py),
                None => return Ok(()),
            },
        };
        let id = id.into_bound(py);
        if !is_id(&id) {
            return Ok(());
        }
        let headers = response.getattr(intern!(py, "headers"))?;
        // `setdefault` of Django's raises and catches an error for every header that is not there, and encodes what is ASCII here.
        if let Some(store) = headers.getattr_opt(intern!(py, "_store"))?
            && let Ok(store) = store.cast::<PyDict>()
        {
            return if store.contains(key)? { Ok(()) } else { store.set_item(key, (name, id)) };
        }
        headers.call_method1(intern!(py, "setdefault"), (name, id)).map(drop)
    }
}

/// Is it 1 to 128 of `A-Z a-z 0-9 . _ -`? A response header, a JSON field and a URL take such an id as it is.
fn is_id(value: &Bound<'_, PyAny>) -> bool {
    let Ok(text) = value.cast::<PyString>() else { return false };
    let text = utf8(text).unwrap_or(Cow::Borrowed(""));
    (1..=128).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'_' | b'-'))
}
