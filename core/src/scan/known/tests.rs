#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test may panic")]

use std::time::Instant;

use super::*;
use crate::policy::Policy;
use crate::{Redactor, Secrets};

/// One of each kind: with turns, in small letters, with marks, digits, of eight bytes, with quotes, beyond ASCII, bytes that are no text.
const VALUES: &[&[u8]] = &[
    b"s3cr3t-Value/28",
    b"kqjzxwvp",
    b"seven red trams",
    b"40285317",
    b"a!b#c$d%",
    b"q\"uo\\te'd<&>/x",
    "eléctrico 28 😀".as_bytes(),
    b"\xff\xfe\x00\x01\xf0\x28\x8c\x28",
    b"--=+=--==+-+",
    b"R4nd0mT0kenWithManyTurns9x8Y7z6W",
];

fn redactor(values: &[&[u8]]) -> Redactor {
    let known_values = values.iter().map(|value| value.to_vec()).collect();
    Redactor::new(Policy::default(), Secrets { known_values, ..Secrets::default() }, String::new()).unwrap()
}

fn base64(bytes: &[u8], last: &[u8; 2]) -> Vec<u8> {
    let alphabet: Vec<u8> = (b'A'..=b'Z').chain(b'a'..=b'z').chain(b'0'..=b'9').chain(*last).collect();
    let mut out = Vec::new();
    for group in bytes.chunks(3) {
        let bits = group.iter().chain(&[0; 3]).take(3).fold(0, |bits, &b| bits << 8 | usize::from(b));
        out.extend((0..4).map(|i| if i <= group.len() { alphabet[bits >> (18 - 6 * i) & 63] } else { b'=' }));
    }
    out
}

#[test]
fn every_form_at_every_place() {
    // beside thousands of others, so that the filter is as full as it gets
    let many: Vec<Vec<u8>> = (0..3_000).map(|i| format!("{i:x}-other-value-{i}").into_bytes()).collect();
    let all: Vec<Vec<u8>> = VALUES.iter().map(|value| value.to_vec()).chain(many).collect();
    for known in [Known::new(&all).unwrap(), Known::new(&all[..VALUES.len()]).unwrap()] {
        let check = |known: &Known| {
            let secrets = Secrets { known_values: known.values.clone(), ..Secrets::default() };
            let redactor = Redactor::new(Policy::default(), secrets, String::new()).unwrap();
            for value in VALUES {
                for form in FORMS.iter().filter_map(|form| form.of(value)).filter(|form| form.len() >= LEAST) {
                    for pad in (0..70).chain([127, 200]) {
                        let text = [vec![b'.'; pad].as_slice(), &form, b"."].concat();
                        let found = redactor.findings(&text);
                        let taken = found.iter().any(|found| found.start <= pad && found.end >= pad + form.len());
                        assert!(taken, "{:?} at {pad}: {found:?}", String::from_utf8_lossy(&form));
                    }
                }
            }
        };
        check(&known);
    }
}

#[test]
fn base64_of_any_text_around() {
    for value in VALUES {
        let redactor = redactor(&[value]);
        for before in 0..7 {
            for after in 0..4 {
                for last in [b"+/", b"-_"] {
                    let whole = [&b"xyzuvwt"[..before], value, &b"abcd"[..after]].concat();
                    let text = base64(&whole, last);
                    let found = redactor.findings(&text);
                    // all but the characters that the neighbours share
                    assert!(found.iter().any(|found| found.end - found.start + 2 >= value.len() * 4 / 3), "{before} {after} {value:?}");
                }
            }
        }
    }
}

#[test]
fn in_json_as_in_text() {
    for value in VALUES.iter().filter_map(|value| std::str::from_utf8(value).ok()) {
        let redactor = redactor(&[value.as_bytes()]);
        let json = serde_json::json!({"a": value, "list": [format!("x{value}y"), 1], "text": format!("say {value}"), value: 2}).to_string();
        let out = redactor.redact_json(&json);
        let read: serde_json::Value = serde_json::from_str(&out).unwrap();
        assert_eq!(read["a"], "[REDACTED]", "{value}");
        assert_eq!(read["list"][0], "x[REDACTED]y", "{value}");
        assert_eq!(read["[REDACTED]"], 2, "{value}");
        assert_eq!(redactor.redact_json(r#"{"a":"nothing","b":[1,"two"]}"#), r#"{"a":"nothing","b":[1,"two"]}"#);
    }
    // a UUID is none of the values that stay unseen
    let uuid = "3f2a9c1b-77de-4f01-9b3c-5a6e1d2c4b8f";
    assert_eq!(redactor(&[uuid.as_bytes()]).redact_json(&format!(r#"{{"id":"{uuid}"}}"#)), r#"{"id":"[REDACTED]"}"#);
    // nor is a number, nor a short word
    assert_eq!(redactor(&[b"40285317"]).redact_json(r#"{"id":40285317}"#), r#"{"id":"[REDACTED]"}"#);
    assert_eq!(redactor(&[b"kqjzxwvp"]).redact("kqjzxwvp"), "[REDACTED]");
}

#[test]
fn in_a_stream_across_the_cut_of_a_window() {
    let redactor = redactor(VALUES);
    for value in VALUES {
        for at in [65_530, 65_536, 57_344, 53_000] {
            let text = [&vec![b'.'; at], *value, &vec![b'.'; 70_000]].concat();
            let whole = redactor.redact_bytes(&text).into_owned();
            assert!(!whole.windows(value.len()).any(|window| window == *value), "{at}");
            let (mut stream, mut out) = (redactor.stream(), Vec::new());
            text.chunks(1_000).for_each(|piece| stream.feed(piece, &mut out));
            stream.finish(&mut out);
            assert_eq!(out, whole, "{at}");
        }
    }
}

#[test]
fn two_that_overlap_are_one() {
    let redactor = redactor(&[b"abcd1234efgh", b"efgh5678ijkl"]);
    assert_eq!(redactor.redact("x abcd1234efgh5678ijkl y"), "x [REDACTED] y");
}

#[test]
fn refused_by_position() {
    let error = |values: &[&str]| Known::new(&values.iter().map(|v| v.as_bytes().to_vec()).collect::<Vec<_>>()).err().unwrap();
    assert_eq!(error(&["long enough value", "short"]).path(), "known_values[1]");
    assert_eq!(error(&["PostgreSQL"]).code(), Code::KnownValueCommon);
    assert_eq!(error(&[""]).code(), Code::KnownValueTooShort);
}

#[test]
fn values_that_are_alike_cost_no_more() {
    let values: Vec<Vec<u8>> = (0..10_000).map(|i| format!("tenant-secret-value-{i:05}").into_bytes()).collect();
    let started = Instant::now();
    let known = Known::new(&values).unwrap();
    let text = "tenant-secret-value-xxxxx tenant-secret-value-0x000 ".repeat(2_000);
    let mut matches = Vec::new();
    (0..text.len()).for_each(|i| known.verify(text.as_bytes(), i, &mut matches));
    assert!(matches.is_empty());
    assert!(started.elapsed().as_secs() < 20, "{:?}", started.elapsed());
}
