//! JSON Schemas (2020-12), written by their generator into files of this crate: a test holds them to the types, and no program that shows
//! one has the generator in it.

/// A policy.
pub const POLICY: &str = include_str!("../schema/policy.json");

/// A line of the format "json": an event of one of three kinds, or a plain record.
pub const LINE: &str = include_str!("../schema/line.json");
