//! Message and arguments: kept in shape where that is safe, else rendered.
//!
//! The rendered message is scanned as a whole, since a secret may stand half in the template and half in an argument, or in two arguments.
//! Each argument is redacted alone as well. Where both ways give the same text, template and arguments keep their shape and types.

use std::borrow::Cow;

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyMapping, PyString, PyTuple};
use scrubline::{Pass, Verdict, placeholder};

use crate::error::must_go_on;
use crate::node::{Change, Manner, Walk};
use crate::redactor::Redactor;
use crate::text::utf8;

/// What to set on the record; `None` where it stays.
#[derive(Default)]
pub struct Done<'py> {
    pub msg: Option<Bound<'py, PyAny>>,
    pub args: Option<Bound<'py, PyAny>>,
    /// The redacted template of a message that lost its arguments.
    pub template: Option<Bound<'py, PyString>>,
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
    let Some(args) = args else {
        if let Some(text) = scan(pass, &template)? {
            done.msg = Some(text.into_any());
        }
        return Ok(done);
    };
    let empty = || Some(PyTuple::empty(py).into_any());
    // Looking at the arguments counts nothing: what they hold is counted in the rendered message.
    let (whole, keyed) = arguments(&mut Walk::new(redactor, &mut redactor.get().engine.probe(), Manner::Argument), args)?;
    let rendered = match render(&template, keyed.as_ref().unwrap_or(args)) {
        Ok(rendered) => rendered,
        Err(error) if must_go_on(py, &error) => return Err(error),
        Err(_) => {
            // `logging` would print the template and the arguments as they are, to stderr.
            let text = PyString::new(py, &forgiving(&utf8(&template)?, keyed.as_ref().unwrap_or(args), whole.as_ref().unwrap_or(args))?);
            done.msg = Some(scan(pass, &text)?.unwrap_or(text).into_any());
            done.args = empty();
            return Ok(done);
        }
    };
    let redacted = scan(pass, &rendered)?;
    if redacted.is_none() && whole.is_none() {
        return Ok(done);
    }
    let text = redacted.as_ref().unwrap_or(&rendered);
    let clean_template = match &redacted {
        Some(_) => scan(&mut redactor.get().engine.probe(), &template)?,
        None => None,
    };
    let kept = clean_template.as_ref().unwrap_or(&template);
    let alone = whole.as_ref().unwrap_or(args);
    match render(kept, alone) {
        Ok(same) if same.as_any().eq(text)? => {
            if let Some(template) = clean_template {
                done.msg = Some(template.into_any());
            }
            done.args = whole;
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
    done.template = Some(kept.clone());
    done.msg = Some(text.clone().into_any());
    done.args = empty();
    Ok(done)
}

/// The texts among named arguments that a redacted message does not show.
///
/// # Errors
/// Where a text has none.
pub fn hidden<'py>(args: &Bound<'py, PyAny>, message: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let Ok(args) = args.cast_exact::<PyDict>() else { return Ok(Vec::new()) };
    let message = message.str()?;
    let message = utf8(&message)?;
    let mut hidden = Vec::new();
    for value in args.values() {
        if let Ok(text) = value.cast::<PyString>()
            && !message.contains(&*utf8(text)?)
        {
            hidden.push(value);
        }
    }
    Ok(hidden)
}

fn scan<'py>(pass: &mut Pass<'_>, text: &Bound<'py, PyString>) -> PyResult<Option<Bound<'py, PyString>>> {
    Ok(match pass.text(&utf8(text)?) {
        Cow::Borrowed(_) => None,
        Cow::Owned(redacted) => Some(PyString::new(text.py(), &redacted)),
    })
}

fn render<'py>(template: &Bound<'py, PyString>, args: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyString>> {
    Ok(template.as_any().rem(args)?.cast_into::<PyString>()?)
}

/// What a template that does not fit its arguments was meant to say: every conversion shows its argument as text, so that `password=%d`
/// is still seen for what it is; a conversion without an argument stays, and arguments without a conversion follow, as `alone` has them.
fn forgiving(template: &str, args: &Bound<'_, PyAny>, alone: &Bound<'_, PyAny>) -> PyResult<String> {
    let items = |args: &Bound<'_, PyAny>| match args.cast::<PyTuple>() {
        Ok(tuple) => tuple.iter().map(Bound::unbind).collect(),
        Err(_) => vec![args.clone().unbind()],
    };
    let py = args.py();
    let (positional, named) = (items(args), args.cast::<PyMapping>().ok());
    let (mut out, mut rest, mut taken) = (String::new(), template, 0);
    while let Some((before, after)) = rest.split_once('%') {
        out.push_str(before);
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
