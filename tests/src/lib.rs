//! The format of the vectors, as Rust reads it.
