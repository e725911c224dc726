//! The format of the vectors, as Rust reads it: see `tests/README.md`.

mod case;
mod files;
mod node;
mod text;
mod walk;

pub use case::{CandidateSpec, Case, Failure, FindingSpec, PlanSpec, Pseudonym};
pub use files::{File, Vectors, corpus, root};
pub use node::Node;
pub use text::Text;
pub use walk::redact_value;
