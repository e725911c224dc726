//! The policy's JSON Schema is committed, so that generators and editors have it without a build. After a change of the policy:
//! `SCRUBLINE_WRITE_SCHEMA=1 cargo test -p conformance --test schema`.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test may panic")]

use std::{env, fs};

use scrubline::Policy;

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/schema/policy.json");

#[test]
fn the_committed_schema_is_the_policys() {
    let schema = Policy::json_schema();
    if env::var_os("SCRUBLINE_WRITE_SCHEMA").is_some() {
        fs::write(COMMITTED, &schema).unwrap();
    }
    assert_eq!(fs::read_to_string(COMMITTED).unwrap(), schema);
}
