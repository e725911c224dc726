//! Ids, tested without the scan: that their examples have their shapes and pass their checks, and how much else does.

use std::collections::BTreeSet;

use super::context::{CONTEXT, UNSPACED};
use super::tests::unmarked;
use super::{ALL, Alone, Detector, Find};
use crate::scan::shape::Shape;
use crate::scan::shape::sample::Random;
use crate::{Policy, Redactor, Secrets};

/// What [`Find::Id`] says of a detector.
struct Id {
    detector: &'static Detector,
    shapes: Vec<Shape>,
    check: fn(&[u8]) -> bool,
    words: u64,
    alone: Alone,
}

fn ids() -> Vec<Id> {
    let id = |detector: &'static Detector| match detector.find {
        Find::Id { shapes, check, words, alone, .. } => {
            // what the own name alone announces, or the layout alone tells, has no check
            let checked = shapes.iter().filter(|shape| !shape.starts_with(['!', '?', '+']));
            let shapes = checked.map(|shape| Shape::new(shape.trim_start_matches('~')).unwrap()).collect();
            Some(Id { detector, shapes, check, words, alone })
        }
        _ => None,
    };
    ALL.iter().filter_map(id).collect()
}

/// What a check gets: letters and digits in capitals, and the `<` of machine-readable zones.
fn bare(text: &str) -> Vec<u8> {
    text.bytes().filter(|b| b.is_ascii_alphanumeric() || *b == b'<').map(|b| b.to_ascii_uppercase()).collect()
}

impl Id {
    /// Is the whole text of one of the shapes, and does it pass the check?
    fn is(&self, text: &str) -> bool {
        let capitals = text.to_uppercase();
        self.shapes.iter().any(|shape| shape.end(capitals.as_bytes(), 0) == Some(capitals.len())) && (self.check)(&bare(text))
    }
}

/// A random text of a shape.
fn text_of(shape: &Shape, random: &mut Random) -> String {
    String::from_utf8(shape.sample(random, false).text).unwrap()
}

#[test]
fn every_example_has_the_shape_and_passes_the_check() {
    let ids = ids();
    let mut failures = Vec::new();
    for id in &ids {
        for example in id.detector.examples {
            let (text, start, end) = unmarked(example);
            let value = &text[start..end];
            if !id.is(value) {
                failures.push(format!("{}: {example}", id.detector.id));
            }
        }
        let (examples, counter_examples) = (id.detector.examples.len(), id.detector.counter_examples.len());
        if examples < 3 || counter_examples < 3 {
            failures.push(format!("{}: {examples} examples, {counter_examples} counter-examples", id.detector.id));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
    assert!(ids.len() > 250, "{}", ids.len());
}

#[test]
fn the_same_digit_all_the_way_is_no_id() {
    let mut failures = Vec::new();
    for id in ids() {
        for example in id.detector.examples {
            let (text, start, end) = unmarked(example);
            let value = bare(&text[start..end]);
            // letters make what is mostly letters
            if value.iter().filter(|b| b.is_ascii_digit()).count() * 3 < value.len() * 2 {
                continue;
            }
            for digit in b'0'..=b'9' {
                let same: Vec<u8> = value.iter().map(|b| if b.is_ascii_digit() { digit } else { *b }).collect();
                if (id.check)(&same) {
                    failures.push(format!("{}: {}", id.detector.id, String::from_utf8_lossy(&same)));
                }
            }
        }
    }
    failures.dedup();
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// The part of random texts of the shapes that pass the check.
fn share(id: &Id, random: &mut Random, samples: usize) -> f64 {
    let passed = (0..samples).filter(|i| (id.check)(&bare(&text_of(&id.shapes[i % id.shapes.len()], random)))).count();
    passed as f64 / samples as f64
}

/// Ids whose digits are not all under a check digit: a date and a place, a serial number behind what is checked, numbers of public bodies.
const PARTLY: &[&str] = &[
    "payment.bic",
    "identity.al.personal-number",
    "identity.ca.health-quebec",
    "identity.cu.ni",
    "identity.cv.cni",
    "identity.cz.rodne-cislo",
    "identity.de.identity-card",
    "identity.de.lanr",
    "identity.de.passport",
    "identity.dk.cpr",
    "identity.eg.id",
    "identity.gb.driving-licence",
    "identity.gb.vat",
    "identity.icao.mrz-card",
    "identity.id.nik",
    "identity.id.npwp",
    "identity.iso.vin",
    "identity.kr.rrn",
    "identity.lv.personas-kods",
    "identity.mu.nid",
    "identity.mx.clave-elector",
    "identity.mx.rfc",
    "identity.my.mykad",
    "identity.ni.cedula",
    "identity.sk.rodne-cislo",
    "identity.tz.nida",
];

#[test]
fn near_misses_are_refused() {
    let mut random = Random::new(1);
    let (mut all, mut passed) = (0, 0);
    let mut failures = Vec::new();
    for id in ids() {
        // a check that lets a third of all pass has no check digit
        let checked = share(&id, &mut random, 2000) < 1. / 3. && !PARTLY.contains(&id.detector.id);
        let (mut near, mut taken) = (0, 0);
        for example in id.detector.examples {
            let (text, start, end) = unmarked(example);
            for (place, b) in text.bytes().enumerate().take(end).skip(start).filter(|(_, b)| b.is_ascii_digit()) {
                for digit in (b'0'..=b'9').filter(|&digit| digit != b) {
                    let mut miss = text.as_bytes()[start..end].to_vec();
                    miss[place - start] = digit;
                    near += 1;
                    taken += usize::from(id.is(&String::from_utf8(miss).unwrap()));
                }
            }
        }
        println!("{:42} {:5} {taken:4} of {near:4}", id.detector.id, if checked { "check" } else { "shape" });
        if checked {
            (all, passed) = (all + near, passed + taken);
            if taken * 4 > near {
                failures.push(id.detector.id);
            }
        }
    }
    println!("{passed} of {all} near misses pass a check");
    assert!(failures.is_empty(), "{failures:?}");
    // sums modulo 10 and 11 see one digit changed but for weights that share a factor with the modulus, and 10 written as 0
    assert!(passed * 50 < all, "{passed} of {all}");
}

#[test]
fn every_shape_begins_with_a_capital_or_a_digit_and_every_word_has_a_use() {
    let mut random = Random::new(2);
    let mut used = 0;
    for id in ids() {
        used |= id.words;
        for shape in &id.shapes {
            let text = text_of(shape, &mut random);
            assert!(text.starts_with(|c: char| c.is_ascii_digit() || c.is_ascii_uppercase()), "{}: {text}", id.detector.id);
            assert!(text.to_ascii_uppercase() == text, "{}: {text}", id.detector.id);
        }
    }
    let bits: BTreeSet<u32> = CONTEXT.iter().flat_map(|(bits, _)| (0..u64::BITS).filter(move |bit| bits >> bit & 1 != 0)).collect();
    assert!((0..u64::BITS).filter(|bit| used >> bit & 1 != 0).all(|bit| bits.contains(&bit)));
}

/// Ids that need no word though their layout has no check: their letters, or groups that nothing else has, say what they are.
const BY_LAYOUT: &[&str] = &[
    "identity.de.commercial-register",
    "identity.gb.nino",
    "identity.gh.card",
    "identity.in.pan",
    "identity.my.mykad",
    "identity.ni.cedula",
    "identity.pk.cnic",
    "identity.us.itin",
    "identity.us.mbi",
    "identity.us.ssn",
];

#[test]
fn what_stands_alone_is_rare() {
    let mut random = Random::new(3);
    let mut failures = Vec::new();
    for id in ids()
        .iter()
        .filter(|id| matches!(id.alone, Alone::Always | Alone::Printed | Alone::PrintedText) && !BY_LAYOUT.contains(&id.detector.id))
    {
        let share = share(id, &mut random, 50_000);
        println!("{:42} {:?} {share:.5}", id.detector.id, id.alone);
        // at least a check digit
        if share > 0.11 {
            failures.push((id.detector.id, share));
        }
    }
    assert!(failures.is_empty(), "{failures:?}");
}

#[test]
fn every_own_name_is_a_word() {
    let words: BTreeSet<&str> = CONTEXT.iter().chain(UNSPACED).flat_map(|(_, words)| words.split_ascii_whitespace()).collect();
    let names = ALL.iter().filter_map(|detector| match detector.find {
        Find::Id { names, .. } => Some(names),
        _ => None,
    });
    let missing: Vec<_> = names.flat_map(str::split_ascii_whitespace).filter(|name| !words.contains(name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// How many in a hundred lines are taken.
fn taken(redactor: &Redactor, name: &str, lines: impl Iterator<Item = String>) -> f64 {
    let (mut all, mut taken) = (0, 0);
    let mut by = BTreeSet::new();
    for line in lines {
        all += 1;
        if let [first, ..] = redactor.findings(line.as_bytes()).as_slice() {
            taken += 1;
            by.insert(first.detector.clone());
        }
    }
    let share = 100. * f64::from(taken) / f64::from(all);
    println!("{name}: {share:.2} % {by:?}");
    share
}

#[test]
fn bare_digits_alone_are_mostly_nothing() {
    let redactor = Redactor::new(Policy::default(), Secrets::default(), String::new()).unwrap();
    let mut random = Random::new(4);
    for length in 7..=16 {
        let shape = Shape::new(&format!("[1-9]\\d{{{}}}", length - 1)).unwrap();
        let lines: Vec<_> = (0..20_000).map(|_| text_of(&shape, &mut random)).collect();
        let share = taken(&redactor, &format!("{length} digits"), lines.into_iter());
        assert!(share < if length > 10 { 12. } else { 4. }, "{length}: {share}");
    }
    // 2001 to 2033
    let mut times = || 1_000_000_000 + random.below(1_000_000_000);
    let seconds: Vec<_> = (0..2000).map(|_| times().to_string()).collect();
    let milliseconds: Vec<_> = (0..2000).map(|i| format!("{}{:03}", times(), i * 7 % 1000)).collect();
    assert!(taken(&redactor, "seconds", seconds.into_iter()) < 4.);
    assert!(taken(&redactor, "milliseconds", milliseconds.into_iter()) < 12.);
    let date = |i: u32| format!("{}{:02}{:02}", 1950 + i % 90, 1 + i / 3 % 12, 1 + i / 7 % 28);
    assert_eq!(taken(&redactor, "dates", (0..2000).map(date)), 0.);
    let time = |i: u32| format!("{}{:02}{:02}{:02}", date(i), i / 5 % 24, i * 7 % 60, i * 11 % 60);
    assert_eq!(taken(&redactor, "dates and times", (0..2000).map(time)), 0.);
}

/// Asserts of examples, as people write them from the specifications, that each is taken where it is marked.
fn assert_taken(examples: &[&str]) {
    let redactor = Redactor::new(Policy::default(), Secrets::default(), String::new()).unwrap();
    let missed = |&example: &&str| {
        let (text, start, end) = unmarked(example);
        let taken = redactor.findings(text.as_bytes()).iter().any(|found| (found.start, found.end) == (start, end));
        (!taken).then(|| format!("{example}: {}", redactor.redact(&text)))
    };
    let missed: Vec<_> = examples.iter().filter_map(missed).collect();
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

#[test]
fn ids_alone_in_their_line() {
    assert_taken(&[
        "«2001014800086»",
        "«200101-4800086»",
        "«44051401359»",
        "«2345 6789 0124»",
        "«234567890124»",
        "«2345:6789:0124»",
        "«2345-6789-0124»",
        "«211015-4123456»",
        "«DE 136-695.976»",
        "«DE136695976»",
        "«12345678z»",
        "«3222-7162-7»",
        "«11-22-123456-12»",
        "«AZ 12 34 56 A»",
        "«S1234567D»",
        "«MH 12 AB 1234»",
        "«MORGA657054SM9IJ»",
        "«RSSMRA85M01H501Q»",
        "«131052-308T»",
        "«943 476 5919»",
    ]);
}

#[test]
fn ids_in_sentences() {
    assert_taken(&[
        "RRN «960121-1234567»",
        "GSTIN: «01ABCDE1234F1Z5»",
        "SSN «123 45 6789»",
        "my social security number is «109.99.6001»",
        "Steuernummer: «0981508150999»",
        "NINO «AZ 123 456 A»",
        "PESEL «44051401350»",
        "pesel=«44051401350»",
        "identity number «2001014800086»",
        "her identification number on file is «2001014800086»",
        "CPF «123.456.789-00»",
        "VAT «DE 123 456 780»",
        "Aadhaar: «2345 6789 0123»",
        "UEN «201912345A»",
        "TFN «123 456 789»",
        "Medicare number «2123 45670 2»",
        "driver's licence number on file: «MORGA657054SM9IJ»",
        "NIE «X1234567A»",
        "NHS number «943 476 5910»",
        "主民… 주민등록번호: «960121-1234567»",
        "身份证号：«110101199003070011»",
        "KVNR «A123456789»",
        "SIN «123 456 789»",
        "NPI «1234-567-890»",
        "cpf_number=«12345678900»",
    ]);
}

#[test]
fn ids_under_their_keys() {
    let redactor = Redactor::new(Policy::default(), Secrets::default(), String::new()).unwrap();
    for json in [r#"{"pesel":"44051401350"}"#, r#"{"gstin":"01ABCDE1234F1Z5"}"#] {
        assert_ne!(redactor.redact_json(json), json);
    }
}

#[test]
fn what_is_no_id() {
    let redactor = Redactor::new(Policy::default(), Secrets::default(), String::new()).unwrap();
    for text in
        ["078-05-1120", "000-12-3456", "666-12-3456", "912-12-3456", "123-00-4567", "123-45-0000", "PESEL 11111111111", "order 44051401350"]
    {
        assert_eq!(redactor.redact(text), text);
    }
}
