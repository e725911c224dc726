//! One generic test of every detector's examples and counter-examples, alone and with all detectors on.

#![allow(clippy::unwrap_used, clippy::string_slice, clippy::panic, reason = "a test may panic")]

mod tokens;

use super::{ALL, Find};
use crate::scan::token::Format;
use crate::{Policy, Preset, Redactor, Secrets, Setting};

fn redactor(preset: Preset, settings: &[(&str, Setting)]) -> Redactor {
    let detectors = settings.iter().map(|&(id, setting)| (id.to_owned(), setting)).collect();
    Redactor::new(Policy { preset, detectors, ..Policy::default() }, Secrets::default(), String::new()).unwrap()
}

/// Everything off but one.
fn alone(id: &str) -> Redactor {
    let mut settings: Vec<_> = ALL.iter().map(|detector| (detector.id, Setting::Off)).collect();
    settings.retain(|&(other, _)| other != id);
    settings.push((id, Setting::On));
    redactor(Preset::Strict, &settings)
}

/// The text without its marks, and the bytes between them.
pub(super) fn unmarked(example: &str) -> (String, usize, usize) {
    let start = example.find('«').unwrap();
    let end = example.find('»').unwrap() - '«'.len_utf8();
    (example.replace(['«', '»'], ""), start, end)
}

#[test]
fn every_example_is_found() {
    let mut seen = 0;
    let mut failures = Vec::new();
    for detector in ALL.iter() {
        for example in detector.examples {
            let (text, start, end) = unmarked(example);
            for (name, redactor) in [("alone", alone(detector.id)), ("with all", redactor(Preset::Strict, &[]))] {
                let findings = redactor.findings(text.as_bytes());
                let found = findings.iter().any(|f| (f.start, f.end) == (start, end) && (f.detector == detector.id || name == "with all"));
                if !found {
                    let got: Vec<_> = findings.iter().map(|f| (f.detector.as_str(), &text[f.start..f.end])).collect();
                    failures.push(format!("{} {name}: {example} → {got:?}", detector.id));
                }
            }
            seen += 1;
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(seen > 50, "{seen}");
}

#[test]
fn no_counter_example_is_touched() {
    let redactors = [Preset::Default, Preset::Strict].map(|preset| redactor(preset, &[]));
    let failures: Vec<_> = ALL
        .iter()
        .flat_map(|detector| detector.counter_examples.iter().map(move |text| (detector, text)))
        .map(|(detector, text)| {
            let on = usize::from(!detector.presets.contains(&Preset::Default));
            (detector.id, text, redactors.get(on).unwrap().redact(text))
        })
        .filter(|(_, text, redacted)| redacted != *text)
        .map(|(id, text, redacted)| format!("{id}: {text} → {redacted}"))
        .collect();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn every_id_is_unique_and_well_formed() {
    let mut ids: Vec<_> = ALL.iter().map(|detector| detector.id).collect();
    for id in &ids {
        assert!(
            id.split('.').count() >= 2 && id.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || matches!(b, b'.' | b'-')),
            "{id}"
        );
    }
    ids.sort_unstable();
    let all = ids.len();
    ids.dedup();
    assert_eq!(ids.len(), all);
}

#[test]
fn every_detector_of_a_format_cites_its_source() {
    for detector in ALL.iter().filter(|detector| !matches!(detector.find, Find::Key)) {
        assert!(!detector.references.is_empty(), "{}", detector.id);
    }
}

#[test]
fn every_shape_can_be_looked_for() {
    for detector in ALL.iter() {
        let Find::Token { shapes, .. } = detector.find else { continue };
        for shape in shapes {
            assert!(Format::new(shape).is_some_and(|format| format.shape.starts(|_, _| {})), "{}: {shape}", detector.id);
        }
    }
}

#[test]
fn what_no_shape_makes_up_has_examples() {
    let few = |detector: &&super::Detector| detector.examples.len() < 3 || detector.counter_examples.len() < 3;
    let here = |detector: &&super::Detector| detector.id.starts_with("credential.") || detector.id.starts_with("secret.");
    let own = ALL.iter().filter(here).filter(|detector| !matches!(detector.find, Find::Token { .. } | Find::Key));
    let few: Vec<_> = own.filter(few).map(|detector| detector.id).collect();
    assert!(few.is_empty(), "{few:?}");
}
