//! The formatters: records as lines.

use std::sync::{Arc, PoisonError, RwLock};

use pyo3::exceptions::PyRuntimeError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::types::{PyDict, PyFloat, PyInt, PyString, PyTuple};
use scrubline::format::{Exception, FormatOptions, Level, Record, json_f64, json_string};
use scrubline::{Code, Limits};

use crate::error::{contain, must_go_on, raise};
use crate::record::{Attribute, Attributes, has_own_method, is_empty, redacted_copy};
use crate::redactor::{Redactor, Source};
use crate::text::utf8;
use crate::{json, policy};

/// What of a record stands in a line, besides the extras.
const WRITTEN: &[Attribute] = &[
    Attribute::Name,
    Attribute::Msg,
    Attribute::Args,
    Attribute::LevelNo,
    Attribute::Module,
    Attribute::ExcInfo,
    Attribute::ExcText,
    Attribute::StackInfo,
    Attribute::LineNo,
    Attribute::FuncName,
    Attribute::Created,
    Attribute::GetMessage,
    Attribute::Mark,
];

/// Writes records that are dicts as lines, redacting on the way.
///
/// `format` is "json", "security", "console", "otel", "ecs", "gcp" or "datadog"; `options` are those of the format (`layout`, `colour`,
/// `context_fields`, `service`, `project`); `redactor` is one of the default policy where absent. Raises `ScrublineError` with `code` and `path`.
#[pyclass(frozen, module = "scrubline")]
pub struct Formatter {
    engine: scrubline::Formatter,
    redactor: Py<Redactor>,
}

#[pymethods]
impl Formatter {
    #[new]
    #[pyo3(signature = (format=None, *, redactor=None, **options), text_signature = "(format=\"json\", *, redactor=None, **options)")]
    fn new(
        py: Python<'_>,
        format: Option<&Bound<'_, PyAny>>,
        redactor: Option<Py<Redactor>>,
        options: Option<&Bound<'_, PyDict>>,
    ) -> PyResult<Self> {
        let options = match options {
            Some(options) => options.copy()?,
            None => PyDict::new(py),
        };
        if let Some(format) = format {
            options.set_item("format", format)?;
        }
        let redactor = match redactor {
            Some(redactor) => redactor,
            None => Py::new(py, Redactor::of_defaults(py)?)?,
        };
        Ok(Self { engine: formatter(&options, None)?, redactor })
    }

    /// The line of a record, without a newline at its end. Keys are those of every host: `time` (integer milliseconds), `level`, `logger`, `message`, ...
    fn format<'py>(&self, py: Python<'py>, record: &Bound<'py, PyAny>) -> PyResult<String> {
        let redactor = self.redactor.get();
        let mut pass = redactor.engine.pass();
        let mut faults = 0;
        let line = contain(|| {
            let json = json::record(record, pass.limits(), &mut faults)?;
            Ok(self.engine.format_json(&mut pass, &json))
        });
        (0..faults).for_each(|_| redactor.engine.count_error());
        match line {
            Err(error) if !must_go_on(py, &error) => {
                redactor.engine.count_error();
                // No record at all: the engine writes its error line.
                Ok(self.engine.format_json(&mut pass, ""))
            }
            line => line,
        }
    }

    fn __copy__(slf: Py<Self>) -> Py<Self> {
        slf
    }

    fn __deepcopy__(slf: Py<Self>, _memo: &Bound<'_, PyAny>) -> Py<Self> {
        slf
    }
}

/// What a formatter class of `logging` inherits: `format` in Rust, and where its redactor comes from (see `RecordFilter`).
#[pyclass(frozen, subclass, module = "scrubline._native")]
#[derive(Default)]
pub struct RecordFormatter {
    engine: RwLock<Option<Arc<scrubline::Formatter>>>,
    source: Source,
}

#[pymethods]
impl RecordFormatter {
    #[new]
    #[pyo3(signature = (*_args, **_kwargs))]
    fn new(_args: &Bound<'_, PyTuple>, _kwargs: Option<&Bound<'_, PyDict>>) -> Self {
        Self::default()
    }

    /// Sets the options. `context_fields` are those of all formats: what this one has for something else is left out.
    #[pyo3(signature = (options, context_fields=None))]
    fn _configure(&self, options: &Bound<'_, PyDict>, context_fields: Option<Vec<String>>) -> PyResult<()> {
        let engine = Arc::new(formatter(options, context_fields)?);
        *self.engine.write().unwrap_or_else(PoisonError::into_inner) = Some(engine);
        Ok(())
    }

    fn _use(&self, redactor: Option<Py<Redactor>>) {
        self.source.set(redactor);
    }

    /// The line of a `logging.LogRecord`, without a newline at its end. The record is left as it is; what no filter has redacted is redacted here.
    fn format<'py>(slf: &Bound<'py, Self>, record: &Bound<'py, PyAny>) -> PyResult<String> {
        let this = slf.get();
        // First, since the owner's `_resolve` may set options.
        let redactor = this.source.get(slf.as_any())?;
        let Some(engine) = this.engine.read().unwrap_or_else(PoisonError::into_inner).clone() else {
            return Err(PyRuntimeError::new_err("not configured: call __init__ of the base class"));
        };
        match contain(|| line(&engine, &redactor, record)) {
            Err(error) if !must_go_on(slf.py(), &error) => {
                redactor.get().engine.count_error();
                Ok(engine.format_json(&mut redactor.get().engine.pass(), ""))
            }
            line => line,
        }
    }
}

fn formatter(options: &Bound<'_, PyDict>, context_fields: Option<Vec<String>>) -> PyResult<scrubline::Formatter> {
    let py = options.py();
    let options = FormatOptions::deserialize_from(policy::to_json(options.as_any(), Code::Format, "", 3)?);
    let options = options.map(|options| match &context_fields {
        Some(names) => options.with_context(names),
        None => options,
    });
    options.and_then(scrubline::Formatter::new).map_err(|error| raise(py, &error))
}

fn line<'py>(engine: &scrubline::Formatter, redactor: &Bound<'py, Redactor>, record: &Bound<'py, PyAny>) -> PyResult<String> {
    let own = record.getattr(intern!(record.py(), "__dict__"))?;
    let own = own.cast::<PyDict>()?;
    let mut attributes = Attributes::read(own, WRITTEN);
    if !attributes.is_marked() {
        attributes = Attributes::read(&redacted_copy(redactor, record, own, &attributes)?, WRITTEN);
    }
    let mut faults = 0;
    let limits = redactor.get().engine.pass().limits();
    let line = engine.format(&typed(record, &attributes, limits, &mut faults)?);
    (0..faults).for_each(|_| redactor.get().engine.count_error());
    Ok(line)
}

/// A redacted record as the engine's.
fn typed(record: &Bound<'_, PyAny>, attributes: &Attributes<'_>, limits: Limits, faults: &mut u32) -> PyResult<Record> {
    let string = |attribute| match attributes.some(attribute) {
        Some(value) => Ok::<_, PyErr>(Some(utf8(&value.str()?)?.into_owned())),
        None => Ok(None),
    };
    let mut typed = Record {
        time_ms: attributes.get(Attribute::Created).and_then(milliseconds),
        level: attributes.get(Attribute::LevelNo).and_then(|level| level.extract().ok()).map(Level::from_python).unwrap_or_default(),
        logger: string(Attribute::Name)?.unwrap_or_default(),
        message: message(record, attributes)?,
        module: string(Attribute::Module)?,
        function: string(Attribute::FuncName)?,
        line: attributes.get(Attribute::LineNo).and_then(|line| line.extract().ok()),
        ..Record::default()
    };
    let traceback = string(Attribute::ExcText)?;
    match attributes.some(Attribute::ExcInfo) {
        Some(info) => typed.exception = exception(info, traceback)?,
        None => field(&mut typed, Attribute::ExcText, traceback),
    }
    field(&mut typed, Attribute::StackInfo, string(Attribute::StackInfo)?);
    typed.fields.reserve(attributes.extras.len());
    for (key, value) in &attributes.extras {
        let name = utf8(&key.str()?)?.into_owned();
        if !envelope(&mut typed, &name, value)? {
            typed.fields.push((name, json::text(value, limits, faults)?));
        }
    }
    Ok(typed.with_event())
}

/// A text that the envelope has no place for, under its name in `logging`.
fn field(record: &mut Record, attribute: Attribute, text: Option<String>) {
    if let Some(text) = text {
        let mut json = String::with_capacity(text.len() + 8);
        json_string(&mut json, &text);
        record.fields.push((attribute.text().to_owned(), json));
    }
}

/// The extras that have a place in the engine's record, where their type fits it.
fn envelope(record: &mut Record, name: &str, value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let place = match name {
        "event_type" => &mut record.event_type,
        "correlation_id" => &mut record.correlation_id,
        "duration_ms" => {
            record.duration_ms = number(value)?;
            return Ok(record.duration_ms.is_some() || value.is_none() || value.cast_exact::<PyFloat>().is_ok());
        }
        _ => return Ok(false),
    };
    *place = match value.cast::<PyString>() {
        Ok(text) => Some(utf8(text)?.into_owned()),
        Err(_) => number(value)?,
    };
    Ok(place.is_some() || value.is_none())
}

fn number(value: &Bound<'_, PyAny>) -> PyResult<Option<String>> {
    if value.is_exact_instance_of::<PyInt>() {
        return Ok(match value.extract::<i64>() {
            Ok(int) => Some(int.to_string()),
            // Of more digits than Python writes, the field tells.
            Err(_) => value.repr().ok().and_then(|digits| digits.to_str().ok().map(str::to_owned)),
        });
    }
    let Ok(float) = value.cast_exact::<PyFloat>() else { return Ok(None) };
    let float: f64 = float.extract()?;
    let mut text = String::new();
    json_f64(&mut text, float);
    Ok(Some(text).filter(|_| float.is_finite()))
}

fn message(record: &Bound<'_, PyAny>, attributes: &Attributes<'_>) -> PyResult<String> {
    let Some(msg) = attributes.get(Attribute::Msg) else { return Ok(String::new()) };
    let own = match attributes.get(Attribute::GetMessage) {
        None if has_own_method(record)? => Some(record.call_method0(Attribute::GetMessage.name(record.py()))),
        set => set.map(|method| method.call0()),
    };
    match own {
        Some(Ok(text)) => return Ok(utf8(&text.str()?)?.into_owned()),
        Some(Err(error)) if must_go_on(record.py(), &error) => return Err(error),
        // What raises has been redacted as `logging` would show it.
        _ => {}
    }
    let text = msg.str()?;
    let rendered = match attributes.get(Attribute::Args).filter(|args| !is_empty(args)) {
        Some(args) => text.as_any().rem(args)?.cast_into::<PyString>()?,
        None => text,
    };
    Ok(utf8(&rendered)?.into_owned())
}

/// Seconds since the epoch, as a float, in whole milliseconds. Rounded to microseconds first: 0.001 has no exact float.
pub fn milliseconds(created: &Bound<'_, PyAny>) -> Option<i64> {
    let micros = (created.extract::<f64>().ok()? * 1e6).round();
    #[allow(clippy::cast_possible_truncation, reason = "the cast saturates, and the engine leaves out what is no year of four digits")]
    micros.is_finite().then_some((micros / 1e3).floor() as i64)
}

fn exception(info: &Bound<'_, PyAny>, traceback: Option<String>) -> PyResult<Option<Exception>> {
    let py = info.py();
    let Ok((kind, value, _)) = info.extract::<(Bound<'_, PyAny>, Bound<'_, PyAny>, Bound<'_, PyAny>)>() else { return Ok(None) };
    if kind.is_none() {
        return Ok(None);
    }
    let kind = utf8(&kind.getattr(intern!(py, "__name__"))?.str()?)?.into_owned();
    let message = match value.is_none() {
        true => String::new(),
        false => utf8(&value.str()?)?.into_owned(),
    };
    Ok(Some(Exception { kind, message, traceback }))
}
