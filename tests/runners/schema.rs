//! The JSON Schemas of policies, of the options of formats and events, and of lines are committed, so that generators and editors have them without a build. After a change:
//! `SCRUBLINE_WRITE_SCHEMA=1 cargo test -p conformance --test schema`.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test may panic")]

use std::{env, fs};

use scrubline::Policy;
use scrubline::event::{self, EventOptions};
use scrubline::format::FormatOptions;

#[test]
fn the_committed_schemas_are_the_engines() {
    for (name, schema) in [
        ("policy", Policy::json_schema()),
        ("format", FormatOptions::json_schema()),
        ("events", EventOptions::json_schema()),
        ("line", event::json_schema()),
    ] {
        let path = format!("{}/../core/schema/{name}.json", env!("CARGO_MANIFEST_DIR"));
        if env::var_os("SCRUBLINE_WRITE_SCHEMA").is_some() {
            fs::write(&path, &schema).unwrap();
        }
        assert_eq!(fs::read_to_string(path).unwrap(), schema);
    }
}
