//! Policies: from mappings and files, to mappings.

use std::path::PathBuf;

use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict, PyFloat, PyInt, PyList, PyMapping, PyString, PyTuple, PyType};
use scrubline::catalogue::{self, Word};
use scrubline::{Action, Code, Secrets, schema};
use serde_json::{Map, Number, Value};

use crate::error::{raise, refuse};

/// Nesting of a policy; a real one has four levels.
const DEPTH: usize = 16;

/// What is redacted and how; immutable.
#[pyclass(frozen, eq, module = "scrubline")]
#[derive(PartialEq)]
pub struct Policy(pub scrubline::Policy);

#[pymethods]
impl Policy {
    /// Takes a mapping; every part has a default, unknown fields are refused.
    ///
    /// Raises `ScrublineError` with `code` and `path`.
    #[new]
    #[pyo3(signature = (mapping=None))]
    fn new(py: Python<'_>, mapping: Option<&Bound<'_, PyAny>>) -> PyResult<Self> {
        Self(from_object(py, mapping)?).checked(py)
    }

    /// Reads a file: JSON where its name ends in `.json`, else TOML.
    ///
    /// Raises `ScrublineError` with `code` and `path`.
    #[staticmethod]
    fn from_file(py: Python<'_>, path: PathBuf) -> PyResult<Self> {
        Self(file(py, &path)?).checked(py)
    }

    /// The policy as a dict, with its defaults.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        to_object(py, &serde_json::to_value(&self.0).unwrap_or_default())
    }

    /// The JSON Schema (2020-12) of policies, as a dict.
    #[staticmethod]
    fn json_schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        to_object(py, &serde_json::from_str(schema::POLICY).unwrap_or_default())
    }

    /// Every detector, built in or the policy's own: id, action under this policy or `None` where it is off, and what is known of it.
    fn _detectors<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let detectors = catalogue::detectors_of(&self.0).map_err(|error| raise(py, &error))?;
        let rows = detectors.into_iter().map(|(detector, action)| {
            serde_json::json!({
                "id": detector.id,
                "group": detector.group(),
                "action": action.map(Action::as_str),
                "default_action": detector.action.as_str(),
                "presets": detector.presets.iter().map(|preset| preset.as_str()).collect::<Vec<_>>(),
                "search": detector.search.as_str(),
                "word": detector.search.word().map(Word::as_str),
            })
        });
        let own = catalogue::own_detectors_of(&self.0).map(|(custom, action)| {
            serde_json::json!({
                "id": custom.id,
                "group": "custom",
                "action": action.map(Action::as_str),
                "default_action": custom.action.unwrap_or(Action::Mask).as_str(),
                "presets": [],
                "search": if custom.regex.is_some() { "regex" } else { "shape" },
                "word": if custom.context.is_empty() { Word::NotNeeded } else { Word::Needed }.as_str(),
            })
        });
        to_object(py, &Value::Array(rows.chain(own).collect()))
    }

    fn __reduce__<'py>(slf: &Bound<'py, Self>) -> PyResult<(Bound<'py, PyType>, (Bound<'py, PyAny>,))> {
        Ok((slf.get_type(), (slf.get().to_dict(slf.py())?,)))
    }

    fn __repr__(&self, py: Python<'_>) -> PyResult<String> {
        Ok(format!("Policy({})", self.to_dict(py)?.repr()?))
    }
}

impl Policy {
    /// Builds an engine once: ids, patterns and masks are checked there. Whether a key is given is not this policy's matter.
    fn checked(self, py: Python<'_>) -> PyResult<Self> {
        let secrets = Secrets { key: Some(vec![0; 32]), ..Secrets::default() };
        scrubline::Redactor::new(self.0.clone(), secrets, String::new()).map_err(|error| raise(py, &error))?;
        Ok(self)
    }
}

/// A policy from a file.
///
/// # Errors
/// `ScrublineError`.
pub fn file(py: Python<'_>, path: &std::path::Path) -> PyResult<scrubline::Policy> {
    scrubline::Policy::from_file(path).map_err(|error| raise(py, &error))
}

/// A policy from `None`, a `Policy` or a mapping.
///
/// # Errors
/// `ScrublineError`.
pub fn from_object(py: Python<'_>, object: Option<&Bound<'_, PyAny>>) -> PyResult<scrubline::Policy> {
    let Some(object) = object.filter(|object| !object.is_none()) else { return Ok(scrubline::Policy::default()) };
    if let Ok(policy) = object.cast::<Policy>() {
        return Ok(policy.get().0.clone());
    }
    if object.cast::<PyMapping>().is_err() {
        return Err(refuse(py, Code::PolicyInvalidValue, ""));
    }
    scrubline::Policy::deserialize_from(to_json(object, Code::PolicyInvalidValue, "", DEPTH)?).map_err(|error| raise(py, &error))
}

/// A plain object as JSON: mappings with text keys, lists, tuples, text, numbers, booleans, None.
///
/// # Errors
/// `ScrublineError` of this code with the path of what is none of these or lies more than `depth` levels down.
pub fn to_json(object: &Bound<'_, PyAny>, code: Code, path: &str, depth: usize) -> PyResult<Value> {
    let py = object.py();
    let refused = || refuse(py, code, path);
    if object.is_none() {
        return Ok(Value::Null);
    }
    if let Ok(text) = object.cast::<PyString>() {
        return text.to_str().map(|text| Value::String(text.to_owned())).map_err(|_| refused());
    }
    if let Ok(bool) = object.cast::<PyBool>() {
        return Ok(Value::Bool(bool.is_true()));
    }
    if object.is_instance_of::<PyInt>() {
        return object.extract::<i64>().map(|int| Value::Number(int.into())).map_err(|_| refused());
    }
    if let Ok(float) = object.cast::<PyFloat>() {
        return float.extract().ok().and_then(Number::from_f64).map(Value::Number).ok_or_else(refused);
    }
    let Some(depth) = depth.checked_sub(1) else { return Err(refused()) };
    if object.is_instance_of::<PyList>() || object.is_instance_of::<PyTuple>() {
        let mut items = Vec::new();
        for (i, item) in object.try_iter()?.enumerate() {
            items.push(to_json(&item?, code, &format!("{path}[{i}]"), depth)?);
        }
        return Ok(Value::Array(items));
    }
    let mut members = Map::new();
    let mapping = object.cast::<PyMapping>().map_err(|_| refused())?;
    for pair in mapping.items().map_err(|_| refused())? {
        let (key, value) = pair.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>)>().map_err(|_| refused())?;
        let key = key.cast::<PyString>().ok().and_then(|key| key.to_str().ok().map(str::to_owned)).ok_or_else(refused)?;
        let inner = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
        members.insert(key, to_json(&value, code, &inner, depth)?);
    }
    Ok(Value::Object(members))
}

/// JSON as Python objects.
///
/// # Errors
/// `MemoryError`.
pub fn to_object<'py>(py: Python<'py>, value: &Value) -> PyResult<Bound<'py, PyAny>> {
    Ok(match value {
        Value::Null => py.None().into_bound(py),
        Value::Bool(bool) => PyBool::new(py, *bool).to_owned().into_any(),
        Value::Number(number) => match (number.as_u64(), number.as_i64()) {
            (Some(int), _) => int.into_pyobject(py)?.into_any(),
            (None, Some(int)) => int.into_pyobject(py)?.into_any(),
            (None, None) => PyFloat::new(py, number.as_f64().unwrap_or_default()).into_any(),
        },
        Value::String(text) => PyString::new(py, text).into_any(),
        Value::Array(items) => PyList::new(py, items.iter().map(|item| to_object(py, item)).collect::<PyResult<Vec<_>>>()?)?.into_any(),
        Value::Object(members) => {
            let dict = PyDict::new(py);
            for (key, member) in members {
                dict.set_item(key, to_object(py, member)?)?;
            }
            dict.into_any()
        }
    })
}
