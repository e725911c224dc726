//! Python objects as JSON text, for fields of a line and for records that are dicts.
//!
//! Nothing is redacted here: what comes in is either redacted already or goes through the engine's JSON walk afterwards.
//!
//! Numbers are numbers, NaN and infinities null. Dates and times are ISO 8601, an enumeration its value, a dataclass and a mapping an object,
//! a set a sorted list. Whatever else shows itself as text is that text: a Decimal with all its digits (a number would lose them in most
//! readers), a UUID, a path, a lazy translation, a request, an instance of a model, a QuerySet.

use std::collections::HashSet;

use pyo3::PyTypeInfo;
use pyo3::exceptions::PyBaseException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyMapping, PyMemoryView, PySet, PyString, PyTuple,
};
use scrubline::format::JsonWriter;
use scrubline::{Limits, placeholder};

use crate::error::must_go_on;
use crate::node::{has_own_iterator, is_collection, names, of};
use crate::text::utf8;

/// Writes one value after another, within the limits of a policy.
pub struct Writer {
    json: JsonWriter,
    limits: Limits,
    nodes: u32,
    open: Vec<usize>,
    /// Values that could not be written and stand as the error marker.
    pub faults: u32,
}

/// The JSON text of `value`.
///
/// # Errors
/// `KeyboardInterrupt` alone; any other fault stands as the error marker and is counted in `faults`.
pub fn text(value: &Bound<'_, PyAny>, limits: Limits, faults: &mut u32) -> PyResult<String> {
    let mut writer = Writer { json: JsonWriter::new(), limits, nodes: 0, open: Vec::new(), faults: 0 };
    writer.value(value)?;
    *faults += writer.faults;
    Ok(writer.json.into_string())
}

/// The JSON text of a record: each of its fields is a value of its own, with limits of its own.
///
/// # Errors
/// As [`text`].
pub fn record(record: &Bound<'_, PyAny>, limits: Limits, faults: &mut u32) -> PyResult<String> {
    let Ok(dict) = record.cast::<PyDict>() else { return text(record, limits, faults) };
    let mut writer = Writer { json: JsonWriter::new(), limits, nodes: 0, open: Vec::new(), faults: 0 };
    let fields = dict.iter().map(|(name, field)| {
        let is_raised = field.is_instance_of::<PyBaseException>() && name.eq("exception")?;
        Ok((name, if is_raised { exception(&field)? } else { field }))
    });
    writer.map(fields, |this, field| {
        this.nodes = 0;
        this.value(field)
    })?;
    *faults += writer.faults;
    Ok(writer.json.into_string())
}

/// An exception as records give it; where it cannot be read, what any other value would show.
fn exception<'py>(raised: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let py = raised.py();
    let shape = || {
        let lines = py.import("traceback")?.call_method1("format_exception", (raised,))?;
        let traceback = PyString::new(py, "").call_method1("join", (lines,))?.call_method1("rstrip", ("\n",))?;
        let shape = PyDict::new(py);
        shape.set_item("type", raised.get_type().name()?)?;
        shape.set_item("message", raised.str()?)?;
        shape.set_item("traceback", traceback)?;
        Ok(shape.into_any())
    };
    match shape() {
        Err(error) if !must_go_on(py, &error) => Ok(raised.clone()),
        shape => shape,
    }
}

impl Writer {
    fn value(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        if let Ok(text) = value.cast_exact::<PyString>() {
            self.json.string(&utf8(text)?);
        } else if value.is_none() {
            self.json.null();
        } else if let Ok(bool) = value.cast::<PyBool>() {
            self.json.bool(bool.is_true());
        } else if let Ok(int) = value.cast_exact::<PyInt>() {
            return self.int(int);
        } else if let Ok(float) = value.cast_exact::<PyFloat>() {
            self.json.float(float.extract()?);
        } else if let Ok(dict) = value.cast::<PyDict>() {
            return self.nested(value, |this| this.map(dict.iter().map(Ok), Self::entry));
        } else {
            return self.uncommon(value);
        }
        Ok(())
    }

    fn int(&mut self, int: &Bound<'_, PyInt>) -> PyResult<()> {
        match int.extract::<i64>() {
            Ok(small) => self.json.raw(itoa::Buffer::new().format(small)),
            Err(_) => match int.py().get_type::<PyInt>().call_method1("__repr__", (int,)) {
                Ok(decimal) => self.json.raw(&utf8(decimal.cast::<PyString>()?)?),
                Err(_) => self.fault(),
            },
        }
        Ok(())
    }

    fn fault(&mut self) {
        self.faults = self.faults.saturating_add(1);
        self.json.string(placeholder::ERROR);
    }

    /// Containers, by depth and without cycles.
    fn nested(&mut self, value: &Bound<'_, PyAny>, write: impl FnOnce(&mut Self) -> PyResult<()>) -> PyResult<()> {
        let id = value.as_ptr() as usize;
        if self.open.len() >= self.limits.depth as usize {
            self.json.string(placeholder::LIMIT);
            return Ok(());
        }
        if self.open.contains(&id) {
            self.json.string(placeholder::CIRCULAR);
            return Ok(());
        }
        self.open.push(id);
        let written = write(self);
        self.open.pop();
        written
    }

    fn entry(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes > self.limits.nodes {
            self.json.string(placeholder::LIMIT);
            return Ok(());
        }
        self.value(value)
    }

    fn map<'py>(
        &mut self,
        pairs: impl Iterator<Item = PyResult<(Bound<'py, PyAny>, Bound<'py, PyAny>)>>,
        write: impl Fn(&mut Self, &Bound<'py, PyAny>) -> PyResult<()>,
    ) -> PyResult<()> {
        // Taken whole first: writing a value may run user code that changes the map.
        let pairs = pairs.collect::<PyResult<Vec<_>>>()?;
        // Only a key that is no text can become equal to another one.
        let mut names = pairs.iter().any(|(key, _)| !key.is_instance_of::<PyString>()).then(HashSet::new);
        self.json.open_map();
        for (key, value) in pairs {
            let name = self.name(&key)?;
            match &mut names {
                Some(names) => self.json.key(&unique(names, name)),
                None => self.json.key(&name),
            }
            write(self, &value)?;
        }
        self.json.close_map();
        Ok(())
    }

    fn name(&mut self, key: &Bound<'_, PyAny>) -> PyResult<String> {
        if let Ok(text) = key.cast::<PyString>() {
            return Ok(utf8(text)?.into_owned());
        }
        if let Ok(bytes) = key.cast::<PyBytes>() {
            return Ok(String::from_utf8_lossy(bytes.as_bytes()).into_owned());
        }
        match key.str().and_then(|text| Ok(utf8(&text)?.into_owned())) {
            Err(error) if must_go_on(key.py(), &error) => Err(error),
            Err(_) => {
                self.faults = self.faults.saturating_add(1);
                Ok(placeholder::ERROR.to_owned())
            }
            name => name,
        }
    }

    fn list<'py>(&mut self, items: impl Iterator<Item = PyResult<Bound<'py, PyAny>>>) -> PyResult<()> {
        let items = items.collect::<PyResult<Vec<_>>>()?;
        self.json.open_list();
        for item in items {
            self.entry(&item)?;
        }
        self.json.close_list();
        Ok(())
    }

    /// The kinds in which user code may run; whatever it raises, the JSON stays well formed.
    fn uncommon(&mut self, value: &Bound<'_, PyAny>) -> PyResult<()> {
        let plain = match self.plain(value) {
            Ok(plain) => plain,
            Err(error) if must_go_on(value.py(), &error) => return Err(error),
            Err(_) => {
                self.fault();
                return Ok(());
            }
        };
        match plain {
            Plain::Text(text) => self.json.string(&text),
            Plain::Value(value) => return self.entry(&value),
            Plain::Int(int) => return self.int(&int),
            Plain::Float(float) => self.json.float(float),
            Plain::Pairs(pairs) => return self.nested(value, |this| this.map(pairs.into_iter().map(Ok), Self::entry)),
            Plain::Items(items) => return self.nested(value, |this| this.list(items.into_iter().map(Ok))),
        }
        Ok(())
    }

    /// What a value is in terms of JSON. All user code runs here, before anything is written.
    fn plain<'py>(&self, value: &Bound<'py, PyAny>) -> PyResult<Plain<'py>> {
        let py = value.py();
        // One more than is written, so that the marker shows that there was more.
        let most = (self.limits.nodes as usize).saturating_add(1);
        if let Ok(text) = value.cast::<PyString>() {
            return Ok(Plain::Text(utf8(text)?.into_owned()));
        }
        if let Ok(list) = value.cast::<PyList>() {
            return Ok(Plain::Items(match has_own_iterator(value)? {
                true => value.try_iter()?.take(most).collect::<PyResult<_>>()?,
                false => list.iter().collect(),
            }));
        }
        if let Ok(tuple) = value.cast::<PyTuple>() {
            return Ok(Plain::Items(tuple.iter().collect()));
        }
        if let Ok(int) = value.cast::<PyInt>() {
            return Ok(Plain::Int(int.clone()));
        }
        if let Ok(float) = value.cast::<PyFloat>() {
            return Ok(Plain::Float(float.extract()?));
        }
        if let Ok(bytes) = value.cast::<PyBytes>() {
            return Ok(Plain::Text(String::from_utf8_lossy(bytes.as_bytes()).into_owned()));
        }
        if let Ok(bytes) = value.cast::<PyByteArray>() {
            return Ok(Plain::Text(String::from_utf8_lossy(&bytes.to_vec()).into_owned()));
        }
        if value.is_instance_of::<PyMemoryView>() {
            let bytes = value.call_method0(intern!(py, "tobytes"))?;
            return Ok(Plain::Text(String::from_utf8_lossy(bytes.cast::<PyBytes>()?.as_bytes()).into_owned()));
        }
        if value.is_instance_of::<PySet>() || value.is_instance_of::<PyFrozenSet>() {
            return Ok(Plain::Items(sorted(value)?));
        }
        let ty = value.get_type();
        if of(&ty, "enum", "Enum")? {
            return Ok(Plain::Value(value.getattr(intern!(py, "value"))?));
        }
        if of(&ty, "datetime", "date")? || of(&ty, "datetime", "time")? {
            let text = value.call_method0(intern!(py, "isoformat"))?;
            return Ok(Plain::Text(utf8(text.cast::<PyString>()?)?.into_owned()));
        }
        if !value.is_instance_of::<PyBaseException>() {
            if let Some(fields) = ty.getattr_opt(intern!(py, "__dataclass_fields__"))? {
                let names = fields.cast::<PyDict>()?.keys().iter();
                let fields = names.map(|name| Ok::<_, PyErr>((name.clone(), value.getattr_opt(name.cast::<PyString>()?)?)));
                let fields = fields.collect::<PyResult<Vec<_>>>()?;
                return Ok(Plain::Pairs(fields.into_iter().filter_map(|(name, field)| Some((name, field?))).collect()));
            }
            if ty.is_subclass(&PyMapping::type_object(py))? {
                let items = value.call_method0(intern!(py, "items"))?.try_iter()?.take(most);
                return Ok(Plain::Pairs(items.map(|pair| pair?.extract()).collect::<PyResult<_>>()?));
            }
            if is_collection(&ty)? && !of(&ty, "collections", "UserString")? {
                let items: Vec<_> = value.try_iter()?.take(most).collect::<PyResult<_>>()?;
                return Ok(match names(value)? {
                    Some(names) => Plain::Pairs(names.into_iter().zip(items).collect()),
                    None => Plain::Items(items),
                });
            }
        }
        Ok(Plain::Text(utf8(&value.str()?)?.into_owned()))
    }
}

/// The name, numbered where another key has become equal to it.
fn unique(names: &mut HashSet<String>, name: String) -> String {
    if names.insert(name.clone()) {
        return name;
    }
    let numbered = (2_u32..).map(|n| format!("{name}#{n}")).find(|name| names.insert(name.clone()));
    numbered.unwrap_or(name)
}

/// The items of a set in order, where they have one: that of a set of text changes from process to process.
fn sorted<'py>(set: &Bound<'py, PyAny>) -> PyResult<Vec<Bound<'py, PyAny>>> {
    let list = PyList::new(set.py(), set.try_iter()?.collect::<PyResult<Vec<_>>>()?)?;
    match list.sort() {
        Err(error) if must_go_on(set.py(), &error) => Err(error),
        _ => Ok(list.iter().collect()),
    }
}

enum Plain<'py> {
    Text(String),
    Value(Bound<'py, PyAny>),
    Int(Bound<'py, PyInt>),
    Float(f64),
    Pairs(Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>),
    Items(Vec<Bound<'py, PyAny>>),
}
