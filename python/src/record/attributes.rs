//! The attributes of a LogRecord: those that `logging` sets itself, and the `extra` ones.

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyString, PyTuple};

use super::Seen;

/// The attributes that `logging` sets, in the order in which it does, then those of formatters, then the method that a record may have
/// instead of its class's, then our mark, the verdicts of our other filters, and the loggers of an event.
///
/// Source: <https://docs.python.org/3/library/logging.html#logrecord-attributes>.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
#[expect(dead_code, reason = "an attribute that nothing asks for has its place in the order all the same")]
pub enum Attribute {
    Name,
    Msg,
    Args,
    LevelName,
    LevelNo,
    PathName,
    FileName,
    Module,
    ExcInfo,
    ExcText,
    StackInfo,
    LineNo,
    FuncName,
    Created,
    Msecs,
    RelativeCreated,
    Thread,
    ThreadName,
    ProcessName,
    Process,
    TaskName,
    Message,
    AscTime,
    GetMessage,
    Mark,
    Verdicts,
    Loggers,
}

/// What of a record its mark remembers, besides the extras.
pub const PARTS: [Attribute; 6] =
    [Attribute::Msg, Attribute::Args, Attribute::GetMessage, Attribute::ExcInfo, Attribute::ExcText, Attribute::StackInfo];

const COUNT: usize = Attribute::Loggers as usize + 1;

const NAMES: [&str; COUNT] = [
    "name",
    "msg",
    "args",
    "levelname",
    "levelno",
    "pathname",
    "filename",
    "module",
    "exc_info",
    "exc_text",
    "stack_info",
    "lineno",
    "funcName",
    "created",
    "msecs",
    "relativeCreated",
    "thread",
    "threadName",
    "processName",
    "process",
    "taskName",
    "message",
    "asctime",
    "getMessage",
    "_scrubline",
    "_scrubline_verdicts",
    "_scrubline_loggers",
];

impl Attribute {
    /// The attribute's name.
    pub fn text(self) -> &'static str {
        NAMES.get(self as usize).copied().unwrap_or_default()
    }

    /// The attribute's name, interned.
    pub fn name(self, py: Python<'_>) -> &Bound<'_, PyString> {
        // Every attribute has a name, so the other branch is never taken.
        interned(py).get(self as usize).map_or_else(|| pyo3::intern!(py, "_scrubline"), |name| name.bind(py))
    }
}

fn interned(py: Python<'_>) -> &[Py<PyString>; COUNT] {
    static INTERNED: PyOnceLock<[Py<PyString>; COUNT]> = PyOnceLock::new();
    INTERNED.get_or_init(py, || NAMES.map(|name| PyString::intern(py, name).unbind()))
}

/// What was asked for of a record, and its extras in their order.
pub struct Attributes<'py> {
    found: [Option<Bound<'py, PyAny>>; COUNT],
    pub extras: Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>,
}

impl<'py> Attributes<'py> {
    /// Reads the attributes asked for and all extras.
    ///
    /// `logging` sets its attributes in one order and by interned names, so the names are compared by address, each with the one expected;
    /// a record without extras costs one comparison an attribute.
    pub fn read(record: &Bound<'py, PyDict>, wanted: &[Attribute]) -> Self {
        let py = record.py();
        let names = interned(py);
        let wanted = wanted.iter().fold(0_u32, |bits, &attribute| bits | 1 << attribute as u32);
        let mut this = Self { found: [const { None }; COUNT], extras: Vec::new() };
        let (mut expected, mut position) = (0, 0);
        let (mut key, mut value) = (std::ptr::null_mut(), std::ptr::null_mut());
        #[allow(
            unsafe_code,
            reason = "PyDict_Next is the one way to look at 25 entries without an object for each; no Python code runs in the loop, so the dict cannot change"
        )]
        while unsafe { ffi::PyDict_Next(record.as_ptr(), &mut position, &mut key, &mut value) } != 0 {
            let at = match names.get(expected) {
                Some(name) if name.as_ptr() == key => Some(expected),
                _ => names.iter().position(|name| name.as_ptr() == key),
            };
            if let Some(at) = at {
                expected = at + 1;
                if wanted & 1 << at == 0 {
                    continue;
                }
            }
            // SAFETY: PyDict_Next gave both, the dict holds them, and the interpreter is attached.
            #[allow(unsafe_code, reason = "PyDict_Next lends its references; they become owned here")]
            let (key, value) = unsafe { (Bound::from_borrowed_ptr(py, key), Bound::from_borrowed_ptr(py, value)) };
            match at.or_else(|| position_by_text(&key)) {
                Some(at) => {
                    if wanted & 1 << at != 0
                        && let Some(slot) = this.found.get_mut(at)
                    {
                        *slot = Some(value);
                    }
                }
                None => this.extras.push((key, value)),
            }
        }
        this
    }

    pub fn get(&self, attribute: Attribute) -> Option<&Bound<'py, PyAny>> {
        self.found.get(attribute as usize)?.as_ref()
    }

    /// As `get`, without `None`.
    pub fn some(&self, attribute: Attribute) -> Option<&Bound<'py, PyAny>> {
        self.get(attribute).filter(|value| !value.is_none())
    }

    /// Notes that an attribute has been set.
    pub fn set(&mut self, attribute: Attribute, value: Bound<'py, PyAny>) {
        if let Some(slot) = self.found.get_mut(attribute as usize) {
            *slot = Some(value);
        }
    }

    /// Sets an extra on `record`, of which these are the attributes, unless it has it; one that is `None` is taken for absent.
    ///
    /// # Errors
    /// Those of the dict.
    pub fn give(&mut self, record: &Bound<'py, PyDict>, name: Bound<'py, PyAny>, value: Bound<'py, PyAny>) -> PyResult<()> {
        match record.get_item(&name)? {
            Some(given) if !given.is_none() => return Ok(()),
            Some(_) => {
                self.extras.iter_mut().filter(|(given, _)| given.eq(&name).unwrap_or(false)).for_each(|(_, given)| *given = value.clone())
            }
            None => self.extras.push((name.clone(), value.clone())),
        }
        record.set_item(name, value)
    }

    /// The message of a record that has nothing else: no arguments, exception, stack or extras.
    pub fn plain_message(&self) -> Option<&Bound<'py, PyAny>> {
        let is_bare = self.extras.is_empty()
            && self.get(Attribute::Args).is_none_or(is_empty)
            && [Attribute::GetMessage, Attribute::ExcInfo, Attribute::ExcText, Attribute::StackInfo]
                .iter()
                .all(|&part| self.some(part).is_none());
        self.get(Attribute::Msg).filter(|msg| is_bare && msg.is_exact_instance_of::<PyString>())
    }

    /// What a mark remembers.
    pub fn parts(&self) -> impl Iterator<Item = &Bound<'py, PyAny>> {
        PARTS.into_iter().filter_map(|part| self.get(part)).chain(self.extras.iter().map(|(_, value)| value))
    }

    /// The redacted template that the mark holds.
    pub fn template(&self, py: Python<'_>) -> Option<Py<PyString>> {
        let mark = self.get(Attribute::Mark)?;
        match mark.cast_exact::<Seen>() {
            Ok(seen) => seen.get().template.as_ref().map(|template| template.clone_ref(py)),
            // One that came by pickle.
            Err(_) => Some(mark.cast_exact::<PyTuple>().ok()?.get_item(0).ok()?.cast_into().ok()?.unbind()),
        }
    }

    /// Are these what was seen?
    pub fn are(&self, seen: &Seen) -> bool {
        self.parts().eq_by_address(&seen.parts)
    }

    /// Has this record been redacted, and nothing been set since?
    pub fn is_marked(&self) -> bool {
        let Some(mark) = self.get(Attribute::Mark) else { return false };
        match mark.cast_exact::<Seen>() {
            Ok(seen) => self.are(seen.get()),
            Err(_) => self.plain_message().is_some_and(|message| message.is(mark)),
        }
    }
}

trait ByAddress {
    fn eq_by_address(self, seen: &[Py<PyAny>]) -> bool;
}

impl<'a, 'py: 'a, I: Iterator<Item = &'a Bound<'py, PyAny>>> ByAddress for I {
    fn eq_by_address(mut self, seen: &[Py<PyAny>]) -> bool {
        // `None` means a mark that came by pickle: it saw another process.
        !seen.is_empty() && seen.iter().all(|part| self.next().is_some_and(|now| now.is(part))) && self.next().is_none()
    }
}

/// Is it the name of an attribute of `logging` or of ours?
pub fn is_taken(name: &Bound<'_, PyAny>) -> bool {
    position_by_text(name).is_some()
}

/// The names of a record that was put together by hand need not be interned.
fn position_by_text(key: &Bound<'_, PyAny>) -> Option<usize> {
    let text = key.cast::<PyString>().ok()?.to_str().ok()?;
    // Nearly every extra has another beginning and length than all of them.
    if BEGINNINGS & beginning(text) == 0 {
        return None;
    }
    NAMES.iter().position(|&name| name == text)
}

/// A bit for length and first byte of a name.
const fn beginning(name: &str) -> u64 {
    let first = match name.as_bytes() {
        [first, ..] => *first as usize,
        [] => 0,
    };
    1 << ((name.len() * 9 + first) % 64)
}

/// The bits of all names.
const BEGINNINGS: u64 = {
    let (mut bits, mut names) = (0, NAMES.as_slice());
    while let [name, rest @ ..] = names {
        bits |= beginning(name);
        names = rest;
    }
    bits
};

/// Arguments that `logging` takes for none.
pub fn is_empty(args: &Bound<'_, PyAny>) -> bool {
    if let Ok(tuple) = args.cast::<PyTuple>() {
        return tuple.is_empty();
    }
    args.is_none() || !args.is_truthy().unwrap_or(true)
}
