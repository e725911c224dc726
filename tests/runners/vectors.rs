//! Runs every vector against the engine.
//!
//! `SCRUBLINE_VECTOR=part-of-a-name cargo test -p conformance` runs only the cases whose name holds that part.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Instant;

use conformance::{CandidateSpec, Case, File, FindingSpec, Node, PlanSpec, Text, Vectors, corpus, redact_value};
use scrubline::event::{EventOptions, Events};
use scrubline::format::{FormatOptions, Formatter};
use scrubline::{Action, Candidate, Error, Event, Policy, Redactor, Secrets, Why};

/// A megabyte in a debug build takes well under this; quadratic work takes hours.
const SECONDS: u64 = 60;

type Check = Result<(), String>;

#[test]
fn the_manifest_is_true() {
    let vectors = Vectors::load();
    assert_eq!(vectors.counts(), vectors.manifest, "run tests/vectors/manifest.py after a change");
}

#[test]
fn names_are_unique() {
    let mut seen = BTreeSet::new();
    let vectors = Vectors::load();
    let names = vectors.files.values().flat_map(|file| &file.cases).map(|case| case.name.as_str());
    let twice: Vec<&str> = names.filter(|name| !seen.insert(*name)).collect();
    assert!(twice.is_empty(), "{twice:?}");
}

#[test]
fn every_vector_holds() {
    let vectors = Vectors::load();
    let filter = std::env::var("SCRUBLINE_VECTOR").unwrap_or_default();
    let (mut ran, mut failures) = (0, Vec::new());
    for (path, file) in &vectors.files {
        for case in file.cases.iter().filter(|case| case.name.contains(&filter)) {
            ran += 1;
            let started = Instant::now();
            let outcome = std::panic::catch_unwind(|| run(file, case)).unwrap_or_else(|_| Err("panicked".into()));
            let outcome = outcome.and_then(|()| if started.elapsed().as_secs() < SECONDS { Ok(()) } else { Err("too slow".into()) });
            if let Err(reason) = outcome {
                failures.push(format!("{path}: {}\n{reason}", case.name));
            }
        }
    }
    let all: usize = vectors.manifest.values().sum();
    assert!(if filter.is_empty() { ran == all } else { ran > 0 }, "ran {ran} of {all} cases");
    assert!(failures.is_empty(), "{} of {ran} cases fail\n\n{}", failures.len(), failures.join("\n\n"));
}

/// The laws hold for texts that nobody thought of: two inputs of vectors, one after the other.
#[test]
fn pairs_keep_the_laws() {
    let vectors = Vectors::load();
    let cases = vectors
        .files
        .values()
        .filter(|file| file.kind == "text")
        .flat_map(|file| &file.cases)
        .filter(|case| case.policy.is_none() && case.known_values.is_empty());
    let texts: Vec<Vec<u8>> = cases.map(|case| case.text().bytes).filter(|text| text.len() < 400).collect();
    let redactor = Redactor::new(Policy::default(), Secrets::default(), String::new()).unwrap();
    let (mut random, mut failures) = (Random(99_991), Vec::new());
    for _ in 0..40_000 {
        let [one, two] = [0; 2].map(|_| &texts[random.below(texts.len())]);
        let glue = ["", " ", "\n", ", ", "\"", "=", ":", "\\", "}", "@", "1"][random.below(11)];
        let input = [one, glue.as_bytes(), two].concat();
        if let Err(reason) = laws(&redactor, &input, &redactor.redact_bytes(&input)) {
            failures.push(format!("{:?}\n{reason}", text_of(&input)));
        }
    }
    assert!(failures.is_empty(), "{} pairs fail\n\n{}", failures.len(), failures.join("\n\n"));
}

/// Lines of logs with nothing sensitive in them come out as they went in: each alone, and a file as a whole.
#[test]
fn the_corpus_stays_as_it_is() {
    let (files, manifest) = corpus();
    let redactor = Redactor::new(Policy::default(), Secrets::default(), String::new()).unwrap();
    let (mut counts, mut failures) = (BTreeMap::new(), Vec::new());
    for (name, text) in &files {
        for (i, line) in text.lines().enumerate() {
            *counts.entry(name.clone()).or_default() += 1;
            let outputs = [redactor.redact(line), redactor.redact_json(line)];
            failures.extend(outputs.iter().filter(|out| **out != line).map(|out| format!("{name}:{}\n  {line}\n  {out}", i + 1)));
        }
        assert!(redactor.redact(text) == *text || !failures.is_empty(), "{name} as a whole");
    }
    assert_eq!(counts, manifest, "run tests/corpus/generate.py after a change");
    assert!(failures.is_empty(), "{} lines change\n\n{}", failures.len(), failures.join("\n"));
}

fn run(file: &File, case: &Case) -> Check {
    if case.requires.iter().any(|feature| feature == "regex") && !cfg!(feature = "regex") {
        let error = redactor(case).err().ok_or("accepted without regular expressions")?;
        return equal("code", &error.code().as_str(), &"policy.regex_unavailable");
    }
    match file.kind.as_str() {
        "text" => text(case),
        "json" => json(case),
        "value" => value(case),
        "event" => event(case),
        "options" => options(case),
        "plan" => plan(case),
        "policy" => policy(case),
        "stream" => stream(case),
        "matrix" => matrix(case),
        "explain" => explain(case),
        other => Err(format!("unknown kind {other}")),
    }
}

fn text(case: &Case) -> Check {
    let redactor = redactor(case).map_err(|e| e.to_string())?;
    let input = case.text();
    let output = redactor.redact_bytes(&input.bytes).into_owned();
    let total = redactor.report().total;
    outcome(case, &output)?;
    if let Some(text) = input.as_str() {
        equal("redact and redact_bytes", &text_of(redactor.redact(text).as_bytes()), &text_of(&output))?;
    }
    let findings = redactor.findings(&input.bytes);
    if let Some(expected) = &case.findings {
        let found: Vec<FindingSpec> = findings
            .iter()
            .map(|f| FindingSpec { detector: f.detector.clone(), start: f.start, end: f.end, action: f.action.as_str().to_owned() })
            .collect();
        equal("findings", &found, expected)?;
    }
    explained(&redactor, &input.bytes)?;
    equal("findings in the report", &total, &(findings.len() as u64))?;
    laws(&redactor, &input.bytes, &output)
}

fn explain(case: &Case) -> Check {
    let redactor = redactor(case).map_err(|e| e.to_string())?;
    let input = case.text();
    let candidates: Vec<CandidateSpec> = redactor
        .explain(&input.bytes)
        .into_iter()
        .map(|c| CandidateSpec {
            detector: c.detector,
            start: c.start,
            end: c.end,
            step: c.why.step().to_owned(),
            why: c.why.as_str().to_owned(),
            action: c.action.map(|action| action.as_str().to_owned()),
        })
        .collect();
    equal("candidates", &candidates, case.candidates.as_ref().ok_or("the case expects nothing")?)?;
    explained(&redactor, &input.bytes)
}

/// What is accepted is what is found, what is refused lies outside of it unless it is said to be a part of it, and no offset runs past the text.
fn explained(redactor: &Redactor, input: &[u8]) -> Check {
    // a megabyte is explained as slowly as it is
    if input.len() > 20_000 {
        return Ok(());
    }
    let findings = redactor.findings(input);
    let candidates = redactor.explain(input);
    let found: Vec<_> = findings.iter().map(|f| (f.detector.as_str(), f.start, f.end, f.length_class, Some(f.action))).collect();
    let (accepted, refused): (Vec<_>, Vec<_>) = candidates.iter().partition(|c| c.accepted());
    let accepted: Vec<_> = accepted.iter().map(|c| (c.detector.as_str(), c.start, c.end, c.length_class, c.action)).collect();
    equal("accepted candidates", &accepted, &found)?;
    let within = |c: &Candidate| findings.iter().any(|f| f.start < c.end && c.start < f.end);
    match refused.iter().find(|c| c.start >= c.end || c.end > input.len() || (c.why == Why::Overlap) != within(c)) {
        Some(candidate) => Err(format!("refused {candidate:?}")),
        None => Ok(()),
    }
}

fn laws(redactor: &Redactor, input: &[u8], output: &[u8]) -> Check {
    let findings = redactor.findings(input);
    let changed: Vec<(usize, usize)> = findings.iter().filter(|f| f.action != Action::Keep).map(|f| (f.start, f.end)).collect();
    untouched(input, output, &changed)?;
    equal("redacted again", &text_of(&redactor.redact_bytes(output)), &text_of(output))?;
    splits(redactor, input, output)
}

fn json(case: &Case) -> Check {
    let redactor = redactor(case).map_err(|e| e.to_string())?;
    let input = case.text();
    let input = input.as_str().ok_or("JSON text is UTF-8")?;
    let output = redactor.redact_json(input).into_owned();
    outcome(case, output.as_bytes())?;
    equal("redacted again", &redactor.redact_json(&output).as_ref(), &output.as_str())?;
    let parses = |text: &str| serde_json::from_str::<Node>(text).is_ok();
    if parses(input) && !parses(&output) {
        return Err(format!("JSON came in, none went out: {}", shortened(&output)));
    }
    Ok(())
}

fn value(case: &Case) -> Check {
    let redactor = redactor(case).map_err(|e| e.to_string())?;
    let input = case.input.as_ref().ok_or("no input")?.built();
    let expected = case.output.as_ref().ok_or("no output")?.built();
    let output = redact_value(&mut redactor.pass(), &input);
    equal("output", &output, &expected)?;
    equal("redacted again", &redact_value(&mut redactor.pass(), &output), &expected)
}

fn event(case: &Case) -> Check {
    let redactor = redactor(case).map_err(|e| e.to_string())?;
    let formatter = formatter(case).map_err(|e| e.to_string())?;
    let record = case.record.as_ref().ok_or("no record")?.built().to_json();
    let line = formatter.format_json(&mut redactor.pass(), &record);
    outcome(case, line.as_bytes())
}

fn options(case: &Case) -> Check {
    refusal(case, formatter(case).err())
}

fn plan(case: &Case) -> Check {
    let options = case.options.clone().unwrap_or_else(|| serde_json::json!({}));
    let events = EventOptions::deserialize_from(options).and_then(Events::new);
    let Some((kind, first, second)) = &case.event else { return refusal(case, events.err()) };
    let events = events.map_err(|e| e.to_string())?;
    let event = match kind.as_str() {
        "business" => events.business(first, second.as_str().ok_or("no message")?),
        "security" => events.security(first, second.as_str().ok_or("no message")?),
        "performance" => events.performance(first, second.as_f64().ok_or("no duration")?),
        other => return Err(format!("unknown kind {other}")),
    };
    let Event { event_type, level, loggers, message, .. } = event;
    equal("plan", &Some(PlanSpec { event_type, level: level.as_str().to_owned(), loggers, message }), &case.plan)
}

fn policy(case: &Case) -> Check {
    refusal(case, redactor(case).err())
}

fn stream(case: &Case) -> Check {
    let redactor = redactor(case).map_err(|e| e.to_string())?;
    let input = case.text();
    let output = redactor.redact_bytes(&input.bytes).into_owned();
    outcome(case, &output)?;
    splits(&redactor, &input.bytes, &output)?;
    for at in 0..=input.bytes.len() {
        let (head, tail) = input.bytes.split_at(at);
        equal(&format!("split at {at}"), &text_of(&streamed(&redactor, [head, tail])), &text_of(&output))?;
    }
    let (mut stream, mut out) = (redactor.stream(), Vec::new());
    equal("parts of flushed", &case.flushed.len(), &case.parts.len())?;
    for (i, (part, expected)) in case.parts.iter().zip(&case.flushed).enumerate() {
        stream.feed(&part.bytes, &mut out);
        if let Some(expected) = expected {
            equal(&format!("after part {}", i + 1), &text_of(&out), expected)?;
        }
    }
    Ok(())
}

fn matrix(case: &Case) -> Check {
    let redactor = redactor(case).map_err(|e| e.to_string())?;
    if case.places.is_empty() || case.values.is_empty() {
        return Err("the case expects nothing".into());
    }
    let mut failures = Vec::new();
    for (place, (value, expected)) in case.places.iter().flat_map(|place| case.values.iter().map(move |pair| (place, pair))) {
        let (head, tail) = place.split_once("{}").ok_or("a place has one {}")?;
        let [input, expected] = [value, expected].map(|middle| [head, middle, tail].concat());
        let output = redactor.redact(&input);
        let check =
            equal("output", &output.as_ref(), &expected.as_str()).and_then(|()| laws(&redactor, input.as_bytes(), output.as_bytes()));
        failures.extend(check.err().map(|reason| format!("{input:?}: {reason}")));
    }
    if failures.is_empty() { Ok(()) } else { Err(failures.join("\n")) }
}

fn redactor(case: &Case) -> Result<Redactor, Error> {
    let policy = match (&case.policy, &case.json, &case.toml) {
        (_, Some(json), _) => Policy::from_json(json)?,
        (_, _, Some(toml)) => Policy::from_toml(toml)?,
        (Some(policy), ..) => Policy::from_json(&policy.to_string())?,
        (None, ..) => Policy::default(),
    };
    let known_values = case.known_values.iter().map(|value| value.clone().into_bytes()).collect();
    Redactor::new(policy, Secrets { key: case.key(), known_values, ..Secrets::default() }, String::new())
}

fn formatter(case: &Case) -> Result<Formatter, Error> {
    let options =
        case.options.as_ref().map_or_else(|| Ok(FormatOptions::default()), |options| FormatOptions::from_json(&options.to_string()))?;
    Formatter::new(options)
}

fn refusal(case: &Case, error: Option<Error>) -> Check {
    match (error, &case.error) {
        (None, None) if case.ok => Ok(()),
        (Some(error), Some(expected)) => {
            equal("code", &error.code().as_str(), &expected.code.as_str())?;
            expected.path.as_ref().map_or(Ok(()), |path| equal("path", &error.path(), &path.as_str()))?;
            expected.message.as_ref().map_or(Ok(()), |message| equal("message", &error.message(), message))
        }
        (error, expected) => Err(format!("expected {expected:?}, got {error:?}")),
    }
}

fn outcome(case: &Case, output: &[u8]) -> Check {
    let text = text_of(output);
    if case.output.is_none() && case.absent.is_empty() && case.present.is_empty() && !case.finishes {
        return Err("the case expects nothing".into());
    }
    if let Some(expected) = case.expected() {
        equal("output", &text, &text_of(&expected.bytes))?;
    }
    for piece in &case.absent {
        if text.contains(piece.as_str()) {
            return Err(format!("still has {piece:?}\n  {}", shortened(&text)));
        }
    }
    for piece in &case.present {
        if !text.contains(piece.as_str()) {
            return Err(format!("misses {piece:?}\n  {}", shortened(&text)));
        }
    }
    Ok(())
}

/// What lies outside the findings is in the output, in its order.
fn untouched(input: &[u8], output: &[u8], findings: &[(usize, usize)]) -> Check {
    let (mut from, mut at) = (0, 0);
    for &(start, end) in findings.iter().chain([&(input.len(), input.len())]) {
        let kept = input.get(from..start).ok_or("findings overlap or run past the input")?;
        let is_first = from == 0;
        let found = if is_first { output.starts_with(kept).then_some(0) } else { memchr::memmem::find(&output[at..], kept) };
        at += found.ok_or_else(|| format!("lost text outside the findings: {}", shortened(&text_of(kept))))? + kept.len();
        from = end;
    }
    if findings.is_empty() && input != output { Err("changed without a finding".into()) } else { Ok(()) }
}

/// Any split gives the bytes of the whole.
fn splits(redactor: &Redactor, input: &[u8], output: &[u8]) -> Check {
    let sizes: &[usize] = if input.len() > 50_000 { &[4096, 65_537] } else { &[1, 2, 3, 7, 64, usize::MAX] };
    for &size in sizes {
        equal(&format!("stream in pieces of {size}"), &text_of(&streamed(redactor, input.chunks(size))), &text_of(output))?;
    }
    let mut random = Random(input.len() as u64 + 1);
    for _ in 0..3 {
        let pieces = random.pieces(input, if input.len() > 50_000 { 20_000 } else { 40 });
        equal("stream in random pieces", &text_of(&streamed(redactor, pieces)), &text_of(output))?;
    }
    Ok(())
}

fn streamed<'i>(redactor: &Redactor, pieces: impl IntoIterator<Item = &'i [u8]>) -> Vec<u8> {
    let (mut stream, mut out) = (redactor.stream(), Vec::new());
    for piece in pieces {
        stream.feed(piece, &mut out);
    }
    stream.finish(&mut out);
    out
}

/// Xorshift: the same pieces in every run.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % bound as u64) as usize
    }

    fn pieces<'i>(&mut self, mut rest: &'i [u8], longest: usize) -> Vec<&'i [u8]> {
        let mut pieces = Vec::new();
        while !rest.is_empty() {
            let (piece, tail) = rest.split_at(self.below(longest).min(rest.len()));
            pieces.push(piece);
            rest = tail;
        }
        pieces
    }
}

fn equal<T: PartialEq + std::fmt::Debug>(what: &str, got: &T, expected: &T) -> Check {
    if got == expected {
        return Ok(());
    }
    Err(format!("{what}\n  expected {}\n  got      {}", shortened(&format!("{expected:?}")), shortened(&format!("{got:?}"))))
}

fn text_of(bytes: &[u8]) -> String {
    match std::str::from_utf8(bytes) {
        Ok(text) => text.to_owned(),
        // Kept apart from a text that holds U+FFFD.
        Err(_) => bytes.iter().map(|&byte| if byte.is_ascii() { char::from(byte).to_string() } else { format!("\\x{byte:02x}") }).collect(),
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 600 {
        text.to_owned()
    } else {
        format!("{}… {} bytes", text.chars().take(600).collect::<String>(), text.len())
    }
}

#[test]
fn a_text_has_its_forms() {
    let read = |json: &str| serde_json::from_str::<Text>(json).map(|text| text.bytes).map_err(|e| e.to_string());
    assert_eq!(
        read(r#"{"concat": ["a", {"repeat": "bc", "times": 2}, {"hex": "ff00"}, {"utf16": [55357, 56832, 55296]}]}"#),
        Ok(b"abcbc\xff\x00\xf0\x9f\x98\x80\xef\xbf\xbd".to_vec())
    );
}
