//! Events for the helpers: which loggers, which level, which message.

use pyo3::prelude::*;
use pyo3::types::{PyDict, PyTuple};
use scrubline::event::{self, EventOptions, Kind};
use scrubline::{Code, Event, schema};

use crate::error::raise;
use crate::policy;

/// What a helper hands to `logging`: event kind, event type, level of `logging`, names of loggers, message, and the name of the attribute
/// that holds what is said of the event.
type Plan = (&'static str, String, u8, Vec<String>, String, &'static str);

/// Makes events of routes and a limit for what is slow. Raises `ScrublineError` with `code` and `path`.
#[pyclass(frozen, module = "scrubline._native")]
pub struct Events(event::Events);

#[pymethods]
impl Events {
    #[new]
    #[pyo3(signature = (**options))]
    fn new(py: Python<'_>, options: Option<&Bound<'_, PyDict>>) -> PyResult<Self> {
        let options = match options {
            Some(options) => EventOptions::deserialize_from(policy::to_json(options.as_any(), Code::Event, "", 5)?),
            None => Ok(EventOptions::default()),
        };
        options.and_then(event::Events::new).map(Self).map_err(|error| raise(py, &error))
    }

    fn business(&self, event_type: &str, message: &str) -> Plan {
        plan(self.0.business(event_type, message))
    }

    fn security(&self, event_type: &str, message: &str) -> Plan {
        plan(self.0.security(event_type, message))
    }

    fn performance(&self, operation: &str, duration_ms: f64) -> Plan {
        plan(self.0.performance(operation, duration_ms))
    }

    /// `business.<area>`.
    #[staticmethod]
    fn business_logger(area: &str) -> String {
        event::business_logger(area)
    }

    /// Names that a record has as attributes of its own where an event says them.
    #[staticmethod]
    fn context_names(py: Python<'_>) -> PyResult<Bound<'_, PyTuple>> {
        PyTuple::new(py, event::CONTEXT)
    }

    /// The JSON Schema (2020-12) of lines, as a dict.
    #[staticmethod]
    fn json_schema(py: Python<'_>) -> PyResult<Bound<'_, PyAny>> {
        policy::to_object(py, &serde_json::from_str(schema::LINE).unwrap_or_default())
    }
}

fn plan(event: Event) -> Plan {
    let Event { kind, event_type, level, loggers, message } = event;
    (Kind::as_str(kind), event_type, level.to_python(), loggers, message, kind.metadata())
}
