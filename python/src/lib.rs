//! The Python host: conversions, the walk over Python objects, and the mapping of errors. What is sensitive, the engine decides.

mod context;
mod error;
mod events;
mod json;
mod lines;
mod node;
mod policy;
mod record;
mod redactor;
mod stream;
mod text;

use pyo3::prelude::*;
use pyo3::types::PyTuple;
use scrubline::{event, placeholder};

/// The engine of scrubline; see the package `scrubline`.
#[pymodule]
mod _native {
    use super::*;

    #[pymodule_export]
    use crate::context::{_new_id, _seed_ids, Context, Requests};
    #[pymodule_export]
    use crate::error::ScrublineError;
    #[pymodule_export]
    use crate::events::Events;
    #[pymodule_export]
    use crate::lines::{Formatter, RecordFormatter};
    #[pymodule_export]
    use crate::policy::Policy;
    #[pymodule_export]
    use crate::record::{_replace, RecordFilter, Seen};
    #[pymodule_export]
    use crate::redactor::{Candidate, Finding, Redactor};
    #[pymodule_export]
    use crate::stream::Stream;

    #[pymodule_init]
    fn init(module: &Bound<'_, PyModule>) -> PyResult<()> {
        // A panic's message may quote text, and its place is stderr. The hook is this library's own; the panic itself becomes an error marker.
        std::panic::set_hook(Box::new(|_| {}));
        let error = module.getattr("ScrublineError")?;
        error.setattr("code", "")?;
        error.setattr("path", "")?;
        module.add("_NO_CORRELATION_ID", record::NO_CORRELATION_ID)?;
        module.add("_CONTEXT_FIELDS", PyTuple::new(module.py(), event::BUSINESS_CONTEXT)?)?;
        module.add("_MASK", placeholder::MASK)?;
        module.add("_ERROR", placeholder::ERROR)?;
        module.add("_LIMIT", placeholder::LIMIT)?;
        module.add("__version__", env!("CARGO_PKG_VERSION"))
    }
}
