#![allow(clippy::unwrap_used, reason = "a test may panic")]

use crate::{Policy, Redactor, Secrets, Why};

fn redactor(policy: &str) -> Redactor {
    Redactor::new(Policy::from_json(policy).unwrap(), Secrets::default(), String::new()).unwrap()
}

/// What this detector is said to make of a text.
fn why(policy: &str, text: &str, detector: &str) -> Option<(bool, Why)> {
    let candidates = redactor(policy).explain(text.as_bytes());
    candidates.iter().find(|candidate| candidate.detector == detector).map(|candidate| (candidate.accepted(), candidate.why))
}

#[test]
fn weak_numbers() {
    let of = |text: &str| why("{}", text, "identity.pt.nif");
    assert_eq!(of("order 245829130 paid"), Some((false, Why::Context)));
    assert_eq!(of("fiscal 245829131, x"), Some((false, Why::CheckDigit)));
    assert_eq!(of("NIF 245829130"), Some((true, Why::Context)));
    assert_eq!(of("PT245829130"), Some((true, Why::Shape)));
    assert_eq!(of("order 245829131 paid"), None, "neither a word nor the check digit");
    assert_eq!(why("{}", "order-245-829-130", "contact.phone"), Some((false, Why::Boundary)));
    assert_eq!(why("{}", "ref 245829130", "contact.phone"), Some((false, Why::Context)));
    assert_eq!(why(r#"{"detectors": {"identity": "off"}}"#, "NIF 245829130", "identity.pt.nif"), Some((false, Why::Disabled)));
}

#[test]
fn a_policy_that_needs_a_key_is_explained_too() {
    let secrets = Secrets { key: Some(vec![7; 32]), ..Secrets::default() };
    let policy = Policy::from_json(r#"{"detectors": {"contact.email": "pseudonym", "payment": "off"}}"#).unwrap();
    let candidates = Redactor::new(policy, secrets, String::new()).unwrap().explain(b"ana@example.com 4539148803436467");
    let others = candidates.iter().filter(|candidate| !candidate.detector.starts_with("identity."));
    let all: Vec<_> = others.map(|candidate| (candidate.detector.as_str(), candidate.why)).collect();
    assert_eq!(all, [("contact.email", Why::Shape), ("payment.card", Why::Disabled)]);
}

#[test]
fn every_reason_has_a_word_and_a_step_of_its_own() {
    let all = [
        Why::Shape,
        Why::Key,
        Why::Context,
        Why::KnownValue,
        Why::Kept,
        Why::CheckDigit,
        Why::Structure,
        Why::Boundary,
        Why::Placeholder,
        Why::Entropy,
        Why::Prose,
        Why::Public,
        Why::Allowed,
        Why::Disabled,
        Why::Overlap,
    ];
    let mut words: Vec<_> = all.iter().map(|why| why.as_str()).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), all.len());
    let steps = ["key", "shape", "check", "context", "value", "policy", "overlap"];
    assert!(all.iter().all(|why| steps.contains(&why.step())));
}

#[test]
fn long_texts_and_nothing() {
    let redactor = redactor("{}");
    assert!(redactor.explain(b"").is_empty());
    let text = "x=1 4539148803436468, ".repeat(8000);
    let candidates = redactor.explain(text.as_bytes());
    assert!(candidates.len() >= 7990 && candidates.iter().all(|candidate| candidate.end <= text.len()), "{}", candidates.len());
}
