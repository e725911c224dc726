//! E-mail addresses that somebody wrote out: `ana (at) example.org`, `ana at example dot org`, `ana at gmail.com`.

use crate::detect::contact::EMAIL;
use crate::scan::bytes::{self, Words, at, before, part, run, skip_back, starts_with_nocase};
use crate::scan::{Scan, grams};

/// Who gives addresses to everybody: behind ` at `, their names need nothing else to be the domain of one.
const PROVIDERS: [&str; 5] = ["gmail.", "hotmail.", "yahoo.", "icloud.", "outlook."];
/// Beginnings of what says that an address follows ` at `.
const ANNOUNCED: &[&str] = &["mail", "contact", "reach", "write", "address"];
/// Bytes before an address in which that is looked for.
const BEFORE: usize = 48;
/// Octets of a local part (RFC 5321, section 4.5.3.1.1), and bytes of a domain that are looked at.
const LOCAL_MAX: usize = 64;
const DOMAIN_MAX: usize = 128;
/// Last labels that are no words: `look at the dot on the map` is no address.
const LAST: Words = Words::new("com org net edu gov info io dev co uk de fr es pt nl eu ch pl se dk fi ca au br jp cn");
/// What stands for the dot of a domain.
const DOTS: &str = ".|[dot]|(dot)| [dot] | (dot) | dot ";

/// The first four bytes of words at which such an address is looked for.
pub(super) fn starts() -> impl Iterator<Item = u32> {
    let bracketed = b")]"
        .iter()
        .flat_map(|&close| (b'a'..=b'z').chain(b'0'..=b'9').chain([b' ']).map(move |next| grams::fold([b'a', b't', close, next])));
    PROVIDERS.iter().copied().chain(["dot "]).map(|word| grams::gram(word.as_bytes(), 0)).chain(bracketed)
}

fn is_label(b: u8) -> bool {
    b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')
}

impl Scan<'_, '_> {
    /// At a word that may be a part of such an address: where to go on, if it is.
    pub(super) fn spelled(&mut self, start: usize) -> Option<usize> {
        let text = self.text;
        self.engine.action(EMAIL)?;
        let rest = part(text, start, text.len());
        let bracketed = match (before(text, start), part(rest, 0, 3)) {
            (b'(', [b'a' | b'A', b't' | b'T', b')']) | (b'[', [b'a' | b'A', b't' | b'T', b']']) => true,
            _ if starts_with_nocase(rest, b"dot ") || PROVIDERS.iter().any(|name| starts_with_nocase(rest, name.as_bytes())) => false,
            _ => return None,
        };
        // where the sign stands, and the domain behind it
        let (sign, domain) = if bracketed {
            let open = start - 1;
            (skip_back(text, open, 1, |b| b == b' '), start + 3 + run(text, start + 3, |b| b == b' ').min(1))
        } else {
            // ` at ` stands before the provider, or before the label in front of `dot`
            let dotted = starts_with_nocase(rest, b"dot ") && before(text, start) == b' ';
            let label = if dotted { skip_back(text, start - 1, LOCAL_MAX, is_label) } else { start };
            if !part(text, label.saturating_sub(4), label).eq_ignore_ascii_case(b" at ") {
                return None;
            }
            (label - 4, label)
        };
        let first = local_start(text, sign);
        let name = part(text, first, sign);
        let near = part(text, domain, text.len().min(domain + DOMAIN_MAX));
        let (end, spelled) = domain_end(near, bracketed)?;
        let likely = || {
            name.iter().any(|b| !b.is_ascii_alphabetic()) || {
                let said = part(text, first.saturating_sub(BEFORE), first).to_ascii_lowercase();
                ANNOUNCED.iter().any(|word| bytes::find(&said, 0, word.as_bytes()).is_some())
            }
        };
        // the rest of an address
        let taken = first >= self.floor
            && before(text, first) != b'@'
            && name.iter().any(u8::is_ascii_alphabetic)
            && (bracketed || spelled || likely());
        taken.then(|| {
            self.found(EMAIL, first, domain + end);
            domain + end
        })
    }
}

/// Where the local part begins that ends here; dots of it may be words too.
fn local_start(text: &[u8], end: usize) -> usize {
    let word = |end: usize| skip_back(text, end, LOCAL_MAX, |b| bytes::is_word(b) || matches!(b, b'.' | b'+' | b'-'));
    let mut first = word(end);
    while let Some(dot) = [" dot ", "[dot]", "(dot)"].iter().find(|dot| part(text, 0, first).ends_with(dot.as_bytes()))
        && word(first - dot.len()) < first - dot.len()
    {
        first = word(first - dot.len());
    }
    first
}

/// Where the domain ends that begins here, if it has two labels and a last one of letters (a known one, unless it is to be `any`), and
/// whether a dot of it is a word.
fn domain_end(text: &[u8], any: bool) -> Option<(usize, bool)> {
    let (mut end, mut labels, mut spelled) = (0, 0, false);
    let mut last: &[u8] = b"";
    loop {
        let length = run(text, end, is_label);
        if length == 0 {
            break;
        }
        last = part(text, end, end + length);
        (end, labels) = (end + length, labels + 1);
        let Some(dot) = bytes::phrase(DOTS, part(text, end, text.len())) else { break };
        // the full stop of a sentence
        if !is_label(at(text, end + dot)) {
            break;
        }
        spelled |= dot > 1;
        end += dot;
    }
    let top = last.len() >= 2 && last.iter().all(u8::is_ascii_alphabetic) && (any || LAST.has(last));
    (labels >= 2 && top).then_some((end, spelled))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use crate::{Policy, Redactor, Secrets};

    #[test]
    fn addresses_in_words() {
        let redactor = Redactor::new(Policy::default(), Secrets::default(), String::new()).unwrap();
        for (text, redacted) in [
            ("ana.silva (at) example.org", "[REDACTED]"),
            ("to ana[at]example[dot]org.", "to [REDACTED]."),
            ("ana at example dot co dot uk wrote", "[REDACTED] wrote"),
            ("to ana dot k at example dot org", "to [REDACTED]"),
            ("my email is ana at gmail.com", "my email is [REDACTED]"),
            ("ana_silva at yahoo.com", "[REDACTED]"),
            ("hosted at outlook.com", "hosted at outlook.com"),
            ("look at the dot on the map", "look at the dot on the map"),
            ("rows[at].name", "rows[at].name"),
            ("error (at) line 12", "error (at) line 12"),
            ("mail arrived at gmail", "mail arrived at gmail"),
        ] {
            assert_eq!(redactor.redact(text), redacted);
        }
    }
}
