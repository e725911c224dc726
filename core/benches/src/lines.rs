//! The engine beside its peers in Rust, line by line, on the lines of `tests/bench/generate.py`.
//!
//! `lines DATA PATTERNS BARS`: the directory of the lines, the directory of `six.json` and `rules.json`, and the file for
//! the bars.

mod measure;

use std::borrow::Cow;
use std::error::Error;
use std::hint::black_box;
use std::path::Path;

use measure::{Bars, Contender, Corpus, Ratios, build_time, race};
use regex::{Regex, RegexBuilder, RegexSet};
use scrubline::{Policy, Redactor, Secrets};
use serde::Deserialize;

const ROUNDS: usize = 9;
const MASK: &str = "[REDACTED]";

#[derive(Deserialize)]
struct Listed<T> {
    patterns: Vec<T>,
}

#[derive(Deserialize)]
struct Pattern {
    pattern: String,
    ignore_case: bool,
    replacement: String,
}

fn listed<T: for<'de> Deserialize<'de>>(directory: &str, name: &str) -> Result<Vec<T>, Box<dyn Error>> {
    Ok(serde_json::from_str::<Listed<T>>(&std::fs::read_to_string(Path::new(directory).join(name))?)?.patterns)
}

/// A hand-written filter: one pattern after the other over the line.
struct Six(Vec<(Regex, String)>);

impl Six {
    fn new(directory: &str) -> Result<Self, Box<dyn Error>> {
        let patterns = listed::<Pattern>(directory, "six.json")?;
        let compiled = patterns
            .into_iter()
            .map(|rule| Ok((RegexBuilder::new(&rule.pattern).case_insensitive(rule.ignore_case).build()?, rule.replacement)));
        Ok(Self(compiled.collect::<Result<_, regex::Error>>()?))
    }

    fn redact<'t>(&self, line: &'t str) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(line);
        for (regex, replacement) in &self.0 {
            if let Cow::Owned(changed) = regex.replace_all(&text, replacement.as_str()) {
                text = Cow::Owned(changed);
            }
        }
        text
    }
}

/// All rules as one set: the set says which of them match, and those are run.
struct Set(RegexSet, Vec<Regex>);

impl Set {
    fn new(directory: &str) -> Result<Self, Box<dyn Error>> {
        let rules = listed::<String>(directory, "rules.json")?;
        let each = rules.iter().map(|rule| Regex::new(rule)).collect::<Result<_, _>>()?;
        Ok(Self(RegexSet::new(&rules)?, each))
    }

    fn redact<'t>(&self, line: &'t str) -> Cow<'t, str> {
        let mut text = Cow::Borrowed(line);
        for index in self.0.matches(line) {
            if let Cow::Owned(changed) = self.1[index].replace_all(&text, MASK) {
                text = Cow::Owned(changed);
            }
        }
        text
    }
}

fn contender<'a>(name: &'static str, redact: impl Fn(&str) -> Cow<'_, str> + Copy + 'a) -> Contender<'a> {
    Contender { name, work: Box::new(move |line| drop(black_box(redact(line)))), text: Box::new(move |line| redact(line).into_owned()) }
}

fn scrubbers(engine: &scrubbers::Scrubber) -> Contender<'_> {
    let mut buffer = Vec::new();
    Contender {
        name: "scrubbers 0.1.1",
        // Its quickest way: in place. The copy that spares the next round its input is a hundredth of the time.
        work: Box::new(move |line| {
            buffer.clear();
            buffer.extend_from_slice(line.as_bytes());
            engine.scrub_in_place(&mut buffer);
            black_box(&buffer);
        }),
        text: Box::new(move |line| String::from_utf8_lossy(&engine.scrubbed(line.as_bytes())).into_owned()),
    }
}

fn compare(title: &str, corpus: &Corpus, mut contenders: Vec<Contender>) -> Ratios {
    let speeds = race(corpus, &mut contenders, ROUNDS);
    println!("\n{title}");
    println!("  {:<34} {:>9} {:>9} {:>10} {:>9} {:>9}", "", "MB/s", "µs/line", "× scrubl.", "left %", "false %");
    for (contender, speed) in contenders.iter().zip(&speeds) {
        let (left, wrong) = corpus.quality(contender, speed.lines.min(10_000));
        println!(
            "  {:<34} {:>9.1} {:>9.3} {:>10.2} {:>9.2} {:>9.2}",
            contender.name, speed.megabytes, speed.micros, speed.ratio, left, wrong
        );
    }
    contenders.iter().zip(&speeds).map(|(contender, speed)| (contender.name, speed.ratio)).collect()
}

/// Values as applications have them, of five kinds; the same in every run.
fn known_values(count: usize) -> Vec<Vec<u8>> {
    const ALNUM: &[u8] = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    const DJANGO: &[u8] = b"abcdefghijklmnopqrstuvwxyz0123456789!@#$%^&*(-_=+)";
    let mut state = 88_172_645_463_325_252_u64;
    let mut below = |bound: usize| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state % bound as u64) as usize
    };
    let mut chars = |alphabet: &[u8], length: usize| (0..length).map(|_| char::from(alphabet[below(alphabet.len())])).collect::<String>();
    (0..count)
        .map(|i| match i % 5 {
            0 => chars(ALNUM, 40),
            1 => chars(b"0123456789abcdef", 32),
            2 => format!("postgres://app:{}@db.internal:5432/app", chars(ALNUM, 20)),
            3 => chars(DJANGO, 50),
            _ => format!("{}-{}", chars(ALNUM, 8), chars(DJANGO, 8)),
        })
        .map(String::into_bytes)
        .collect()
}

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [data, patterns, bars_path] = arguments.as_slice() else { return Err("usage: lines DATA PATTERNS BARS".into()) };

    let redactor = Redactor::new(Policy::default(), Secrets::default(), String::new())?;
    let six = Six::new(patterns)?;
    let set = Set::new(patterns)?;
    let peer = scrubbers::Scrubber::new()?;
    let mut bars = Bars::default();

    println!("core, one thread; × scrubl. = time over that of the first row, in the same round");
    println!("left % = planted values still in the output; false % = lines without any that were changed");
    for name in ["sparse", "dense"] {
        let corpus = Corpus::read(&format!("{data}/{name}.log"))?;
        let ratios = compare(
            &format!("{name}, lines of text"),
            &corpus,
            vec![
                contender("scrubline redact", |line| redactor.redact(line)),
                scrubbers(&peer),
                contender("six patterns, regex crate", |line| six.redact(line)),
                contender("the same rules as a RegexSet", |line| set.redact(line)),
            ],
        );
        let over_scrubbers = if name == "sparse" { 2.5 } else { 1.5 };
        bars.check(
            &format!("core, {name} lines: speed over scrubbers' Rust engine"),
            ratios["scrubbers 0.1.1"],
            over_scrubbers,
            "x",
            false,
        );
        bars.check(
            &format!("core, {name} lines: speed over six patterns on the regex crate"),
            ratios["six patterns, regex crate"],
            3.5,
            "x",
            false,
        );

        let corpus = Corpus::read(&format!("{data}/{name}.jsonl"))?;
        compare(
            &format!("{name}, nested JSON"),
            &corpus,
            vec![
                contender("scrubline redact_json", |line| redactor.redact_json(line)),
                contender("scrubline redact (as text)", |line| redactor.redact(line)),
                scrubbers(&peer),
                contender("six patterns, regex crate", |line| six.redact(line)),
                contender("the same rules as a RegexSet", |line| set.redact(line)),
            ],
        );
    }

    const KNOWN: &str = "10,000 known values";
    let secrets = || Secrets { known_values: known_values(10_000), ..Secrets::default() };
    let known = Redactor::new(Policy::default(), secrets(), String::new())?;
    for (file, title) in [("sparse.log", "lines of text"), ("sparse.jsonl", "nested JSON")] {
        let corpus = Corpus::read(&format!("{data}/{file}"))?;
        let json = file.ends_with("jsonl");
        let contenders = vec![
            contender("no known values", |line| if json { redactor.redact_json(line) } else { redactor.redact(line) }),
            contender(KNOWN, |line| if json { known.redact_json(line) } else { known.redact(line) }),
        ];
        let ratios = compare(&format!("known values, sparse {title}"), &corpus, contenders);
        bars.check(&format!("core, known values: 10,000, sparse {title}, over none"), (ratios[KNOWN] - 1.0) * 100.0, 5.0, " %", true);
    }
    let built = build_time(3, || {
        let _ = black_box(Redactor::new(Policy::default(), secrets(), String::new()));
    });
    bars.check("core: building an engine of 10,000 known values", built, 100.0, " ms", true);

    let scrubline = build_time(51, || {
        let _ = black_box(Redactor::new(Policy::default(), Secrets::default(), String::new()));
    });
    let scrubbers = build_time(3, || drop(black_box(scrubbers::Scrubber::new())));
    let set = build_time(3, || drop(black_box(Set::new(patterns))));
    println!("\nengine built in: scrubline {scrubline:.3} ms, scrubbers {scrubbers:.1} ms, RegexSet {set:.1} ms");
    bars.check("core: building an engine", scrubline, 5.0, " ms", true);
    bars.write(bars_path)?;
    Ok(())
}
