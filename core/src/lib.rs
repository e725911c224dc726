//! scrubline finds sensitive data in text, values and log records and replaces it.
//!
//! One engine, the same bytes in every host: this crate is behind the Python package and the npm package of the same name.
//!
//! ```
//! use scrubline::{Policy, Redactor, Secrets};
//! let redactor = Redactor::new(Policy::default(), Secrets::default(), String::new())?;
//! assert_eq!(redactor.redact("User ana@example.pt password: hunter2"), "User ***@example.pt password: [REDACTED]");
//! # Ok::<(), scrubline::Error>(())
//! ```
#![forbid(unsafe_code)]

mod detect;
mod engine;
mod error;
pub mod event;
mod explain;
pub mod format;
mod map;
mod order;
mod pass;
mod policy;
mod redactor;
mod refusal;
mod replace;
mod report;
mod scan;
pub mod schema;
mod secrets;
mod stream;
mod validate;
mod walk;

pub use detect::catalogue;
pub use error::{Code, Error};
pub use event::Event;
pub use explain::{Candidate, Why};
pub use format::Formatter;
pub use map::Map;
pub use pass::Pass;
pub use policy::{Action, Custom, Limits, Policy, Preset, Setting, Validator};
pub use redactor::Redactor;
pub use refusal::Refusal;
pub use replace::placeholder;
pub use report::{Finding, LengthClass, Report};
pub use secrets::Secrets;
pub use stream::Stream;
pub use walk::{Scope, Verdict, beside};
