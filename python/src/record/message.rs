//! Message and arguments: kept in shape where that is safe, else rendered.
//!
//! The rendered message is scanned as a whole, since a secret may stand half in the template and half in an argument, or in two arguments.
//! Each argument is redacted alone as well. Where both ways give the same text, template and arguments keep their shape and types.

use std::borrow::Cow;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyMapping, PyString, PyTuple};
use scrubline::{Pass, Verdict, placeholder};

use crate::error::must_go_on;
use crate::node::{Change, Manner, Walk};
use crate::redactor::Redactor;
use crate::text::utf8;

/// Code points of the longest template that is remembered as clean.
const LONGEST_TEMPLATE: usize = 256;

/// What to set on the record; `None` where it stays.
#[derive(Default)]
pub struct Done<'py> {
    pub msg: Option<Bound<'py, PyAny>>,
    pub args: Option<Bound<'py, PyAny>>,
    /// The redacted template of a message that lost its arguments.
    pub template: Option<Bound<'py, PyString>>,
    /// The redacted text of a message that changed.
    pub shown: Option<Bound<'py, PyString>>,
}

impl<'py> Done<'py> {
    /// The message is `text`, whatever it was.
    fn is(text: Bound<'py, PyString>) -> Self {
        let args = PyTuple::empty(text.py()).into_any();
        Self { msg: Some(text.clone().into_any()), args: Some(args), template: None, shown: Some(text) }
    }

    /// What a message becomes of which nothing safe could be made.
    pub fn failed(py: Python<'py>) -> Self {
        Self::is(PyString::new(py, placeholder::ERROR))
    }
}

/// How a record makes its text of message and arguments.
pub enum Method<'a, 'py> {
    /// By `logging.LogRecord.getMessage`.
    OfLogging,
    /// By the method of its class, or one that was set on it: <https://docs.python.org/3/howto/logging-cookbook.html#customizing-logrecord>.
    Own { record: &'a Bound<'py, PyAny>, is_set: bool },
    /// By the one that this filter has set on it: the message is the text.
    Said,
}

impl<'a, 'py> Method<'a, 'py> {
    /// That of a record, of which `set` is the method set on it.
    ///
    /// # Errors
    /// What a class raises that answers for itself.
    pub fn of(record: &'a Bound<'py, PyAny>, msg: &Bound<'py, PyAny>, set: Option<&Bound<'py, PyAny>>) -> PyResult<Self> {
        let says_it = |method: &Bound<'py, PyAny>| Ok::<_, PyErr>(method.getattr(intern!(record.py(), "args"))?.get_item(0)?.is(msg));
        Ok(match set {
            Some(method) if says_it(method).unwrap_or(false) => Self::Said,
            set if set.is_some() || has_own_method(record)? => Self::Own { record, is_set: set.is_some() },
            _ => Self::OfLogging,
        })
    }
}

/// Does the record's class make the message in a way of its own?
///
/// # Errors
/// What a class raises that answers for itself.
pub fn has_own_method(record: &Bound<'_, PyAny>) -> PyResult<bool> {
    static OF_LOGGING: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = record.py();
    let name = intern!(py, "getMessage");
    let of_logging =
        OF_LOGGING.get_or_try_init(py, || Ok::<_, PyErr>(py.import("logging")?.getattr("LogRecord")?.getattr(name)?.unbind()))?;
    // What is no record at all has none.
    Ok(record.get_type().getattr_opt(name)?.is_some_and(|method| !method.is(of_logging)))
}

/// A method that returns `text`. It pickles.
///
/// # Errors
/// `MemoryError`.
pub fn saying<'py>(text: &Bound<'py, PyString>) -> PyResult<Bound<'py, PyAny>> {
    static PARTIAL: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
    let py = text.py();
    PARTIAL.import(py, "functools", "partial")?.call1((py.get_type::<PyString>(), text))
}

/// What the record says of `msg` and `args`, by the method of its class where that has one.
fn said<'py>(record: &Bound<'py, PyAny>, msg: &Bound<'py, PyAny>, args: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    let name = intern!(record.py(), "getMessage");
    if !has_own_method(record)? {
        return record.call_method0(name)?.str();
    }
    let copy = record.py().import("copy")?.call_method1("copy", (record,))?;
    copy.setattr("msg", msg)?;
    copy.setattr("args", args)?;
    record.get_type().call_method1(name, (copy,))?.str()
}

/// uvicorn's access formatter takes its five arguments apart: <https://github.com/encode/uvicorn/blob/master/uvicorn/logging.py>.
pub fn keeps_length(logger: &Bound<'_, PyAny>) -> bool {
    logger.cast::<PyString>().is_ok_and(|name| *name == "uvicorn.access")
}

/// Redacts a message and its arguments, if it has any.
///
/// # Errors
/// What user code raised where nothing safe could be made of it.
pub fn redact<'py>(
    redactor: &Bound<'py, Redactor>,
    pass: &mut Pass<'_>,
    method: &Method<'_, 'py>,
    msg: &Bound<'py, PyAny>,
    args: Option<&Bound<'py, PyAny>>,
    keeps_length: bool,
) -> PyResult<Done<'py>> {
    let py = msg.py();
    // A message that is no text (a dict, an exception, a lazy string) is redacted as what it is, then looked at as the text that it shows.
    let mut done = Done::default();
    if !msg.is_exact_instance_of::<PyString>() {
        done.msg = Walk::new(redactor, pass, Manner::Argument).root(msg)?;
    }
    let template = done.msg.as_ref().unwrap_or(msg).str()?;
    if let Method::Own { record, is_set } = method {
        match own(redactor, pass, record, *is_set, done.msg.as_ref().unwrap_or(msg), args) {
            Err(error) if must_go_on(py, &error) => return Err(error),
            // The method cannot say it: then as `logging` would.
            Err(_) => {}
            Ok(None) => return Ok(done),
            Ok(Some(text)) => {
                let kept = scan(&mut redactor.get().engine.probe(), &template)?.unwrap_or(template);
                return Ok(Done { template: Some(kept), ..Done::is(text) });
            }
        }
    }
    let is_set = matches!(method, Method::Own { is_set: true, .. });
    if let Some(args) = args {
        return with_arguments(redactor, pass, done, &template, args, is_set, keeps_length);
    }
    done.shown = scan(pass, &template)?.or(is_set.then_some(template));
    if let Some(text) = &done.shown {
        done.msg = Some(text.clone().into_any());
    }
    Ok(done)
}

/// The same of a template and its arguments: together where that says as much, else as one text.
fn with_arguments<'py>(
    redactor: &Bound<'py, Redactor>,
    pass: &mut Pass<'_>,
    mut done: Done<'py>,
    template: &Bound<'py, PyString>,
    args: &Bound<'py, PyAny>,
    is_set: bool,
    keeps_length: bool,
) -> PyResult<Done<'py>> {
    let py = args.py();
    // Looking at the arguments counts nothing: what they hold is counted in the rendered message.
    let (whole, keyed) = arguments(&mut Walk::new(redactor, &mut redactor.get().engine.probe(), Manner::Argument), args)?;
    let rendered = match render(template, keyed.as_ref().unwrap_or(args)) {
        Ok(rendered) => rendered,
        Err(error) if must_go_on(py, &error) => return Err(error),
        Err(_) => {
            // `logging` would print the template and the arguments as they are, to stderr.
            let text = PyString::new(py, &forgiving(&utf8(template)?, keyed.as_ref().unwrap_or(args), whole.as_ref().unwrap_or(args))?);
            return Ok(Done::is(scan(pass, &text)?.unwrap_or(text)));
        }
    };
    let redacted = scan(pass, &rendered)?;
    if redacted.is_none() && whole.is_none() {
        done.shown = is_set.then_some(rendered);
        return Ok(done);
    }
    let text = redacted.as_ref().unwrap_or(&rendered);
    let clean_template = match &redacted {
        Some(_) => redacted_template(redactor, template)?,
        None => None,
    };
    let kept = clean_template.as_ref().unwrap_or(template);
    let alone = whole.as_ref().unwrap_or(args);
    match render(kept, alone) {
        Ok(same) if same.as_any().eq(text)? => {
            if let Some(template) = clean_template {
                done.msg = Some(template.into_any());
            }
            done.args = whole;
            done.shown = Some(same);
            return Ok(done);
        }
        Err(error) if must_go_on(py, &error) => return Err(error),
        _ => {}
    }
    if keeps_length
        && let Ok(args) = args.cast::<PyTuple>()
        && let Some(args) = same_length(redactor, kept, args, alone)?
    {
        done.msg = clean_template.map(Bound::into_any);
        done.args = Some(args.into_any());
        return Ok(done);
    }
    Ok(Done { template: Some(kept.clone()), ..Done::is(text.clone()) })
}

/// The redacted text of a record with a method of its own; `None` where nothing of it is sensitive, and no older text is set on it.
fn own<'py>(
    redactor: &Bound<'py, Redactor>,
    pass: &mut Pass<'_>,
    record: &Bound<'py, PyAny>,
    is_set: bool,
    msg: &Bound<'py, PyAny>,
    args: Option<&Bound<'py, PyAny>>,
) -> PyResult<Option<Bound<'py, PyString>>> {
    let none = PyTuple::empty(record.py()).into_any();
    let args = args.unwrap_or(&none);
    let (whole, keyed) = arguments(&mut Walk::new(redactor, &mut redactor.get().engine.probe(), Manner::Argument), args)?;
    let said = said(record, msg, keyed.as_ref().unwrap_or(args))?;
    Ok(match scan(pass, &said)? {
        None if whole.is_none() && !is_set => None,
        redacted => Some(redacted.unwrap_or(said)),
    })
}

/// The texts among the arguments that a redacted message does not show.
///
/// # Errors
/// Where a text has none.
pub fn hidden<'py>(args: &Bound<'py, PyAny>, shown: &Bound<'py, PyString>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let shown = utf8(shown)?;
    let mut hidden: Vec<_> = match (args.cast::<PyTuple>(), args.cast::<PyDict>()) {
        (Ok(tuple), _) => tuple.iter().collect(),
        (_, Ok(dict)) => dict.values().iter().collect(),
        _ => Vec::new(),
    };
    hidden.retain(|value| value.cast::<PyString>().is_ok_and(|text| utf8(text).is_ok_and(|text| !shown.contains(&*text))));
    Ok(hidden)
}

fn scan<'py>(pass: &mut Pass<'_>, text: &Bound<'py, PyString>) -> PyResult<Option<Bound<'py, PyString>>> {
    Ok(match pass.text(&utf8(text)?) {
        Cow::Borrowed(_) => None,
        Cow::Owned(redacted) => Some(PyString::new(text.py(), &redacted)),
    })
}

/// A template redacted; `None` where it is clean. One place in the code logs by the same one again and again.
fn redacted_template<'py>(redactor: &Bound<'py, Redactor>, template: &Bound<'py, PyString>) -> PyResult<Option<Bound<'py, PyString>>> {
    let known = redactor.get().clean_texts(template.py());
    if known.contains(template)? {
        return Ok(None);
    }
    let redacted = scan(&mut redactor.get().engine.probe(), template)?;
    if redacted.is_none() && template.len()? <= LONGEST_TEMPLATE && template.is_exact_instance_of::<PyString>() {
        known.add(template)?;
    }
    Ok(redacted)
}

fn render<'py>(template: &Bound<'py, PyString>, args: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    Ok(template.as_any().rem(args)?.cast_into::<PyString>()?)
}

/// What a template that does not fit its arguments was meant to say: every conversion, and every field in braces that has no name, shows
/// its argument as text, so that `password=%d` and `password={}` are still seen for what they are; one without an argument stays, and
/// arguments without one follow, as `alone` has them.
fn forgiving(template: &str, args: &Bound<'_, PyAny>, alone: &Bound<'_, PyAny>) -> PyResult<String> {
    let items = |args: &Bound<'_, PyAny>| match args.cast::<PyTuple>() {
        Ok(tuple) => tuple.iter().map(Bound::unbind).collect(),
        Err(_) => vec![args.clone().unbind()],
    };
    let py = args.py();
    let (positional, named) = (items(args), args.cast::<PyMapping>().ok());
    let (mut out, mut rest, mut taken) = (String::new(), template, 0);
    while let Some(at) = rest.find(['%', '{']) {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        if from.starts_with('{') {
            let (field, after) = field(from);
            match field.and_then(|at| positional.get(at.unwrap_or(taken))) {
                Some(value) => {
                    out.push_str(&utf8(&value.bind(py).str()?)?);
                    taken += 1;
                }
                None => out.push_str(from.strip_suffix(after).unwrap_or(from)),
            }
            rest = after;
            continue;
        }
        let after = from.strip_prefix('%').unwrap_or(from);
        if let Some(literal) = after.strip_prefix('%') {
            out.push('%');
            rest = literal;
            continue;
        }
        let (name, spec) = match after.strip_prefix('(').and_then(|name| name.split_once(')')) {
            Some((name, spec)) => (Some(name), spec),
            None => (None, after),
        };
        let tail = spec.trim_start_matches(|c: char| c.is_ascii_digit() || "#-+.*hlL".contains(c));
        let Some(after_conversion) = tail.strip_prefix(|c: char| c.is_ascii_alphabetic()) else {
            out.push('%');
            rest = after;
            continue;
        };
        let value = match (name, named) {
            (Some(name), Some(named)) => match named.get_item(name) {
                Err(error) if must_go_on(py, &error) => return Err(error),
                found => found.ok(),
            },
            _ => positional.get(taken).map(|value| value.bind(py).clone()),
        };
        match value {
            Some(value) => {
                out.push_str(&utf8(&value.str()?)?);
                taken += 1;
            }
            None => {
                out.push('%');
                out.push_str(after.strip_suffix(after_conversion).unwrap_or(after));
            }
        }
        rest = after_conversion;
    }
    out.push_str(rest);
    for left in items(alone).iter().skip(taken) {
        out.push(' ');
        out.push_str(&utf8(&left.bind(py).repr()?)?);
    }
    Ok(out)
}

/// What stands at a brace: a field, which has a number or takes the next argument, or text; and what follows.
fn field(from: &str) -> (Option<Option<usize>>, &str) {
    if let Some(after) = from.strip_prefix("{{") {
        return (None, after);
    }
    let inner = from.strip_prefix('{').unwrap_or(from);
    match inner.split_once('}') {
        Some((field, after)) => match field.split(['.', '[', '!', ':']).next() {
            Some("") => (Some(None), after),
            Some(number) if number.parse::<usize>().is_ok() => (Some(number.parse().ok()), after),
            _ => (None, inner),
        },
        None => (None, inner),
    }
}

/// The arguments redacted alone, twice: whole, and with only what the rendered text does not show (keys, and what is inside containers),
/// so that a secret split over two plain arguments is still there to be found.
fn arguments<'py>(walk: &mut Walk<'_, '_, 'py>, args: &Bound<'py, PyAny>) -> PyResult<(Change<'py>, Change<'py>)> {
    if let Ok(tuple) = args.cast_exact::<PyTuple>() {
        return positional(walk, tuple);
    }
    if let Ok(dict) = args.cast_exact::<PyDict>() {
        return by_name(walk, dict);
    }
    // A mapping with a way of its own to give values, such as a QueryDict, keeps its type and with it that way.
    let change = walk.root(args)?;
    Ok((change.clone(), change))
}

fn positional<'py>(walk: &mut Walk<'_, '_, 'py>, args: &Bound<'py, PyTuple>) -> PyResult<(Change<'py>, Change<'py>)> {
    let mut whole: Option<Vec<_>> = None;
    let mut keyed: Option<Vec<_>> = None;
    for (at, arg) in args.iter().enumerate() {
        let Some(redacted) = walk.root(&arg)? else { continue };
        if !is_scalar(&arg) {
            replace(&mut keyed, args, at, &redacted);
        }
        replace(&mut whole, args, at, &redacted);
    }
    let tuple = |items: Option<Vec<_>>| items.map(|items| PyTuple::new(args.py(), items).map(Bound::into_any)).transpose();
    Ok((tuple(whole)?, tuple(keyed)?))
}

fn replace<'py>(items: &mut Option<Vec<Bound<'py, PyAny>>>, args: &Bound<'py, PyTuple>, at: usize, with: &Bound<'py, PyAny>) {
    if let Some(item) = items.get_or_insert_with(|| args.iter().collect()).get_mut(at) {
        *item = with.clone();
    }
}

fn by_name<'py>(walk: &mut Walk<'_, '_, 'py>, args: &Bound<'py, PyDict>) -> PyResult<(Change<'py>, Change<'py>)> {
    let mut whole = None;
    let mut keyed = None;
    let items: Vec<_> = args.iter().collect();
    for (key, value) in items {
        let name = match key.cast::<PyString>() {
            Ok(name) => utf8(name)?.into_owned(),
            Err(_) => utf8(&key.str()?)?.into_owned(),
        };
        let root = walk.pass.root();
        // The names are the template's, so they stay, and an entry to drop is masked.
        let scope = walk.pass.child(root, &name);
        let Some(redacted) = walk.under(&value, scope)? else { continue };
        if !is_scalar(&value) || matches!(scope.verdict(), Verdict::Mask | Verdict::Drop) {
            set(&mut keyed, args, &key, &redacted)?;
        }
        set(&mut whole, args, &key, &redacted)?;
    }
    Ok((whole.map(Bound::into_any), keyed.map(Bound::into_any)))
}

fn set<'py>(
    copy: &mut Option<Bound<'py, PyDict>>,
    args: &Bound<'py, PyDict>,
    key: &Bound<'py, PyAny>,
    value: &Bound<'py, PyAny>,
) -> PyResult<()> {
    let copy = match copy {
        Some(copy) => copy,
        None => copy.insert(args.copy()?),
    };
    copy.set_item(key, value)
}

/// What shows the whole of itself in the rendered text.
fn is_scalar(value: &Bound<'_, PyAny>) -> bool {
    value.is_exact_instance_of::<PyString>()
        || value.is_exact_instance_of::<PyInt>()
        || value.is_exact_instance_of::<PyFloat>()
        || value.is_exact_instance_of::<PyBool>()
        || value.is_none()
}

/// Arguments of the same number whose rendering is clean: a placeholder for the first text that makes it so, else for all of them.
fn same_length<'py>(
    redactor: &Bound<'py, Redactor>,
    template: &Bound<'py, PyString>,
    args: &Bound<'py, PyTuple>,
    alone: &Bound<'py, PyAny>,
) -> PyResult<Option<Bound<'py, PyTuple>>> {
    let py = args.py();
    let mask = || PyString::new(py, placeholder::MASK).into_any();
    let zero = 0_i32.into_pyobject(py)?.into_any();
    // A number whose redaction is text would break `%d`: the number itself is tried, then 0.
    let mut items: Vec<_> =
        args.iter().zip(alone.cast::<PyTuple>()?.iter()).map(|(arg, alone)| if is_number(&arg) { arg } else { alone }).collect();
    let is_clean = |items: &[Bound<'py, PyAny>]| -> PyResult<Option<Bound<'py, PyTuple>>> {
        let tuple = PyTuple::new(py, items)?;
        let Ok(rendered) = render(template, tuple.as_any()) else { return Ok(None) };
        Ok(scan(&mut redactor.get().engine.probe(), &rendered)?.is_none().then_some(tuple))
    };
    let texts: Vec<usize> = items.iter().enumerate().filter(|(_, item)| !is_number(item)).map(|(at, _)| at).collect();
    for &at in &texts {
        let mut tried = items.clone();
        if let Some(item) = tried.get_mut(at) {
            *item = mask();
        }
        if let Some(clean) = is_clean(&tried)? {
            return Ok(Some(clean));
        }
    }
    for &at in &texts {
        if let Some(item) = items.get_mut(at) {
            *item = mask();
        }
    }
    if let Some(clean) = is_clean(&items)? {
        return Ok(Some(clean));
    }
    for item in items.iter_mut().filter(|item| is_number(item)) {
        *item = zero.clone();
    }
    is_clean(&items)
}

fn is_number(value: &Bound<'_, PyAny>) -> bool {
    value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>() || value.hasattr(intern!(value.py(), "__index__")).unwrap_or(false)
}
