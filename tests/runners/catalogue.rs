//! The page of all detectors is committed, so that a reader has it without a build. After a change of the detectors:
//! `SCRUBLINE_WRITE_CATALOGUE=1 cargo test -p conformance --test catalogue`.

#![allow(missing_docs, clippy::unwrap_used, reason = "a test may panic")]

use std::fmt::Write;
use std::{env, fs};

use scrubline::catalogue::{Entry, Search, Word, detectors};
use scrubline::{Policy, Preset, Redactor, Secrets};

const COMMITTED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../core/DETECTORS.md");
const COMMAND: &str = "SCRUBLINE_WRITE_CATALOGUE=1 cargo test -p conformance --test catalogue";

/// A secret longer than this is shown by its first characters.
const SHORT: usize = 12;
const SHOWN: usize = 8;
/// Characters shown before and after what is found.
const AROUND: usize = 48;

const GROUPS: &[(&str, &str)] = &[
    ("contact", "Ways to reach a person."),
    ("payment", "Cards, accounts, banks and wallets."),
    ("identity", "Numbers and codes of persons and companies; behind `identity.` stands the country."),
    ("network", "Addresses of machines."),
    ("credential", "What opens a door by itself."),
    ("secret", "Keys and tokens of vendors."),
    ("generic", "Secrets of no known vendor."),
    ("custom", "`custom.field` is what `fields` of a policy names, `custom.known-value` what the application has registered."),
];

#[test]
fn the_committed_page_is_the_detectors() {
    let page = page();
    if env::var_os("SCRUBLINE_WRITE_CATALOGUE").is_some() {
        fs::write(COMMITTED, &page).unwrap();
    }
    let committed = fs::read_to_string(COMMITTED).unwrap_or_default();
    let differing = page.lines().zip(committed.lines()).find(|(made, committed)| made != committed);
    assert!(page == committed, "core/DETECTORS.md is not what the detectors say: {differing:?}\nWrite it anew with\n    {COMMAND}");
}

/// A hosting site refuses files in which its scanner sees a secret.
#[test]
fn no_token_is_on_the_page() {
    let redactor = Redactor::new(Policy::default(), Secrets::default(), String::new()).unwrap();
    let page = page();
    let found: Vec<_> = redactor
        .findings(page.as_bytes())
        .into_iter()
        .filter(|found| detectors().any(|detector| detector.id == found.detector && is_vendors(&detector)))
        .map(|found| page.get(found.start..found.end).map(|text| (found.detector, text)))
        .collect();
    assert!(found.is_empty(), "{found:?}");
}

/// Told by its text, and not by the key above it.
fn is_vendors(detector: &Entry) -> bool {
    detector.group() == "secret" && detector.search != Search::Key
}

#[test]
fn every_detector_has_a_row() {
    let page = page();
    for detector in detectors() {
        assert!(page.contains(&format!("\n| `{}` |", detector.id)), "{}", detector.id);
    }
}

fn page() -> String {
    let mut all: Vec<_> = detectors().collect();
    all.sort_unstable_by_key(|detector| detector.id);
    let mut page = format!(
        "<!-- Generated from the detectors. After a change: {COMMAND} -->\n\n\
         # Detectors\n\n\
         The {} detectors that are built in. A policy names them by id or by a part of it (`identity`, `identity.pt`), turns them on or off, \
         and gives them another action; `scrubline policy show --detectors` prints what a policy makes of them.\n\n\
         - **Found by**: `key` is a value under a key or word that says what it is; `token` a text with the beginning and shape of a vendor's \
         tokens; `id` a number or code with its shape and, where it has them, its check digits; `own` what code of its own decides.\n\
         - **Action**: what becomes of it unless the policy says otherwise.\n\
         - **Presets**: those that have the detector on.\n\
         - **Example**: what is found is between `«` and `»`. `…` stands for the rest of a secret.\n\n",
        all.len()
    );
    let of = |group: &str| all.iter().filter(|detector| detector.group() == group).collect::<Vec<_>>();
    let groups: Vec<_> = GROUPS.iter().map(|&(group, about)| (group, about, of(group))).filter(|(.., rows)| !rows.is_empty()).collect();
    assert_eq!(groups.iter().map(|(.., rows)| rows.len()).sum::<usize>(), all.len(), "a group without a heading");
    let links: Vec<_> = groups.iter().map(|(group, _, rows)| format!("[{group}](#{group}) ({})", rows.len())).collect();
    writeln!(page, "{}", links.join(" · ")).unwrap();
    for (group, about, rows) in groups {
        write!(page, "\n## {group}\n\n{about}\n\n| id | found by | action | presets | example | references |\n|---|---|---|---|---|---|\n")
            .unwrap();
        for detector in rows {
            let Entry { id, action, references, .. } = detector;
            let references: Vec<_> = references.iter().map(|reference| prose(reference)).collect();
            let (search, presets, example) = (search(detector.search), presets(detector.presets), example(detector));
            writeln!(page, "| `{id}` | {search} | {} | {presets} | {example} | {} |", action.as_str(), references.join("; ")).unwrap();
        }
    }
    page
}

fn search(search: Search) -> &'static str {
    match search.word() {
        Some(Word::Needed) => "id, beside a word",
        Some(Word::UnlessWhole) => "id, alone or beside a word",
        Some(Word::UnlessPrinted) => "id, with separators or beside a word",
        _ => search.as_str(),
    }
}

fn presets(presets: &[Preset]) -> String {
    let names: Vec<_> = presets.iter().map(|preset| preset.as_str()).collect();
    if names.len() == Preset::ALL.len() { "all".to_owned() } else { names.join(", ") }
}

/// The first example, or for a token its beginning. Secrets are cut.
fn example(detector: &Entry) -> String {
    let beginning = detector.shapes.iter().map(|shape| beginning(shape)).find(|beginning| !beginning.is_empty());
    if let (Search::Token, Some(beginning)) = (detector.search, beginning) {
        return code(&format!("«{beginning}…»"));
    }
    let Some(example) = detector.examples.first() else {
        return detector.shapes.first().map(|shape| format!("shape {}", code(shape))).unwrap_or_default();
    };
    let (before, rest) = example.split_once('«').unwrap();
    let (found, after) = rest.split_once('»').unwrap();
    let secret = ["secret", "credential", "generic"].contains(&detector.group());
    let found = if secret && found.chars().count() > SHORT { cut(found, SHOWN) } else { found.to_owned() };
    let skipped = before.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    let before = if skipped > 0 { format!("…{}", &before[skipped..]) } else { before.to_owned() };
    code(&format!("{before}«{found}»{}", cut(after, AROUND)))
}

fn cut(text: &str, most: usize) -> String {
    text.char_indices().nth(most).map_or_else(|| text.to_owned(), |(at, _)| format!("{}…", &text[..at]))
}

/// What every text of a shape begins with, with the first alternative where there are some.
fn beginning(shape: &str) -> String {
    let mut out = String::new();
    literal(shape.trim_start_matches('^'), &mut out);
    out
}

/// Appends the literal beginning; is that the whole of it?
fn literal(shape: &str, out: &mut String) -> bool {
    let mut rest = shape;
    while let Some(first) = rest.chars().next() {
        let (part, length) = match first {
            '(' => {
                let inside = group(rest);
                (Part::Group(inside), inside.len() + 2)
            }
            '[' => {
                let inside = &rest[1..rest.find(']').unwrap()];
                (Part::Set(inside), inside.len() + 2)
            }
            '\\' if rest.starts_with("\\d") || rest.starts_with("\\w") => (Part::Set("-"), 2),
            '\\' => (Part::Literal(&rest[1..2]), 2),
            _ => (Part::Literal(&rest[..first.len_utf8()]), first.len_utf8()),
        };
        rest = &rest[length..];
        let repeated = rest.starts_with(['{', '+']);
        if let Some(after) = rest.strip_prefix(['?', '*']) {
            rest = after;
            continue;
        }
        match part {
            Part::Literal(text) => out.push_str(text),
            // one of a few letters, as in `[ps]k_`
            Part::Set(set) if !set.contains(['-', '^', '\\']) && !repeated => out.extend(set.chars().next()),
            Part::Set(_) => return false,
            Part::Group(inside) => {
                if !literal(first_alternative(inside), out) {
                    return false;
                }
            }
        }
        if repeated {
            return false;
        }
    }
    true
}

enum Part<'s> {
    Literal(&'s str),
    Set(&'s str),
    Group(&'s str),
}

/// Positions of the bytes of a shape outside sets and escapes, with their depth of groups.
fn plain(shape: &str) -> Vec<(usize, u8, usize)> {
    let (mut depth, mut in_set, mut escaped) = (0, false, false);
    let mut out = Vec::new();
    for (at, b) in shape.bytes().enumerate() {
        match b {
            _ if escaped => escaped = false,
            b'\\' => escaped = true,
            b']' => in_set = false,
            _ if in_set => {}
            b'[' => in_set = true,
            b'(' => depth += 1,
            b')' => {
                depth -= 1;
                out.push((at, b, depth));
            }
            b'|' => out.push((at, b, depth)),
            _ => {}
        }
    }
    out
}

/// The inside of the group that a shape begins with.
fn group(shape: &str) -> &str {
    let (end, ..) = plain(shape).into_iter().find(|&(_, b, depth)| b == b')' && depth == 0).unwrap();
    &shape[1..end]
}

fn first_alternative(inside: &str) -> &str {
    plain(inside).into_iter().find(|&(_, b, depth)| b == b'|' && depth == 0).map_or(inside, |(end, ..)| &inside[..end])
}

/// A code span in a cell of a table.
fn code(text: &str) -> String {
    let text = text.replace('\r', "\\r").replace('\n', "\\n").replace('\t', "\\t").replace('|', "\\|");
    let fence = if text.contains('`') { "``" } else { "`" };
    let space = if text.starts_with('`') || text.ends_with('`') { " " } else { "" };
    format!("{fence}{space}{text}{space}{fence}")
}

/// Plain text in a cell of a table.
fn prose(text: &str) -> String {
    text.chars().fold(String::new(), |mut out, c| {
        if "\\|`*_<>[]".contains(c) && !text.starts_with("http") {
            out.push('\\');
        }
        out.push(c);
        out
    })
}
