//! Words that a literal announces: tokens with a prefix, IBANs, and the words after which a secret follows in prose.

use crate::detect::{self, Detector, DetectorId, Find, Token, context, credential};
use crate::scan::bytes::{self, TrigramSet, at, before, class, part, run, trigram};
use crate::scan::{Scan, shape};
use crate::validate::{iban, pt};
use crate::walk::field::Rule;

/// What stands at the beginning of a word, by its first three bytes.
pub(crate) struct Triggers {
    pub(crate) starts: TrigramSet,
    /// Sorted by trigram.
    entries: Vec<(usize, Entry)>,
}

#[derive(Clone, Copy)]
enum Entry {
    Token(DetectorId, &'static str, &'static Token),
    /// A word that announces a secret: `password hunter2`.
    Prose(&'static str, Rule),
    /// `Bearer`, `Basic`.
    Scheme(&'static str),
}

/// Words after which a secret may stand without a separator, and the rule for it.
const PROSE: &[(&str, Rule)] = &[
    ("password", Rule::Password),
    ("passwd", Rule::Password),
    ("passphrase", Rule::Password),
    ("pwd", Rule::Password),
    ("senha", Rule::Password),
    ("secret", Rule::Secret),
    ("token", Rule::Token),
    ("cvv", Rule::Cvv),
    ("cvv2", Rule::Cvv),
    ("cvc", Rule::Cvv),
    ("cvc2", Rule::Cvv),
];

impl Triggers {
    pub(crate) fn new(active: impl Fn(DetectorId) -> bool) -> Self {
        let mut entries = Vec::new();
        let mut starts = TrigramSet::new();
        for (id, Detector { find, .. }) in (0..).zip(detect::all()) {
            if let (Find::Token(tokens), true) = (find, active(id)) {
                for token in *tokens {
                    entries.extend(token.starts.iter().map(|start| (trigram_of(start), Entry::Token(id, start, token))));
                }
            }
        }
        if active(detect::payment::IBAN) || active(detect::identity::pt::NIF) {
            for (country, _) in iban::COUNTRIES {
                for digit in b'0'..=b'9' {
                    let mut letters = country.bytes();
                    if let (Some(a), Some(b)) = (letters.next(), letters.next()) {
                        starts.insert(trigram(a, b, digit));
                    }
                }
            }
        }
        entries.extend(PROSE.iter().map(|&(word, rule)| (trigram_of(word), Entry::Prose(word, rule))));
        entries.extend(["bearer", "basic"].map(|scheme| (trigram_of(scheme), Entry::Scheme(scheme))));
        for &(trigram, _) in &entries {
            starts.insert(trigram);
        }
        entries.sort_unstable_by_key(|&(trigram, _)| trigram);
        Self { starts, entries }
    }
}

fn trigram_of(word: &str) -> usize {
    let word = word.as_bytes();
    trigram(at(word, 0), at(word, 1), at(word, 2))
}

impl Scan<'_, '_> {
    /// A word `start..end` whose first three bytes are known: where to go on.
    #[cold]
    #[inline(never)]
    pub(super) fn word(&mut self, start: usize, end: usize) -> usize {
        let text = self.text;
        let triggers = &self.engine.triggers;
        let key = trigram(at(text, start), at(text, start + 1), at(text, start + 2));
        let first = triggers.entries.partition_point(|&(trigram, _)| trigram < key);
        let rest = text.get(start..).unwrap_or_default();
        for &(_, entry) in triggers.entries.iter().skip(first).take_while(|&&(trigram, _)| trigram == key) {
            let next = match entry {
                Entry::Token(id, literal, token) if rest.starts_with(literal.as_bytes()) => self.token(id, token, start),
                Entry::Prose(word, rule) if end - start == word.len() && bytes::starts_with_nocase(rest, word.as_bytes()) => {
                    self.prose(start, end, rule)
                }
                Entry::Scheme(scheme) if end - start == scheme.len() && bytes::starts_with_nocase(rest, scheme.as_bytes()) => {
                    self.scheme(start, end)
                }
                _ => None,
            };
            if let Some(next) = next {
                return next;
            }
        }
        // a country code and a check digit
        if class(at(text, start + 2)) & bytes::DIGIT != 0 { self.iban(start, end).unwrap_or(end) } else { end }
    }

    fn token(&mut self, id: DetectorId, token: &Token, start: usize) -> Option<usize> {
        let end = shape::matches(token.shape, self.text, start)?;
        let matched = part(self.text, start, end);
        if token.check.is_some_and(|check| !check(matched)) {
            return None;
        }
        self.found(id, start, end);
        Some(end)
    }

    /// `$2b$12$…` and its like, at the first `$`.
    pub(super) fn dollar(&mut self, i: usize) -> usize {
        if class(at(self.text, i + 1)) & bytes::WORD != 0
            && let Some(end) = credential::DOLLAR_HASHES.iter().find_map(|hash| shape::matches(hash, self.text, i))
        {
            // Django writes `argon2$argon2id$v=19$…`: the match begins at the word in front
            let start = i - bytes::run_back(self.text, i, 16, bytes::is_word);
            self.found(
                credential::PASSWORD_HASH,
                if part(self.text, start, i) == b"argon2" || part(self.text, start, i).starts_with(b"bcrypt") { start } else { i },
                end,
            );
            return end;
        }
        i + 1
    }

    /// An IBAN, or a Portuguese tax number written as a VAT id (`PT` and nine digits).
    fn iban(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let capitals = class(at(text, start)) & class(at(text, start + 1)) & bytes::UPPER != 0;
        if class(at(text, start + 2)) & bytes::DIGIT == 0
            || !capitals && (self.context | context::around(text, start, end)) & context::BANK == 0
        {
            return None;
        }
        if end - start == 11 && text.get(start..)?.starts_with(b"PT") && pt::is_nif(part(text, start + 2, end)) {
            self.found(detect::identity::pt::NIF, start, end);
            return Some(end);
        }
        let wanted = iban::length(&[at(text, start), at(text, start + 1)].map(|b| b.to_ascii_uppercase()))?;
        let mut compact = [0u8; 34];
        let mut length = 0;
        let mut i = start;
        while length < wanted {
            let b = at(text, i);
            if b.is_ascii_uppercase() || b.is_ascii_digit() || !capitals && b.is_ascii_lowercase() {
                *compact.get_mut(length)? = b.to_ascii_uppercase();
                length += 1;
            } else if !(matches!(b, b' ' | b'-') && i > start && before(text, i) != b) {
                return None;
            }
            i += 1;
        }
        let valid = class(at(text, i)) & bytes::WORD == 0 && iban::is_valid(compact.get(..length)?);
        valid.then(|| {
            self.found(detect::payment::IBAN, start, i);
            i
        })
    }

    /// `Bearer …`, `Basic …`: the credentials of RFC 6750 and RFC 7617 outside a header.
    fn scheme(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let value = end + run(text, end, |b| b == b' ');
        // token68: the padding stands at the end (RFC 9110, section 11.2)
        let body = run(text, value, |b| bytes::is_word(b) || matches!(b, b'-' | b'.' | b'~' | b'+' | b'/'));
        let length = body + run(text, value + body, |b| b == b'=');
        if bytes::is_word(at(text, value + length)) || at(text, value + length) == b'[' {
            return None;
        }
        let token = part(text, value, value + length);
        let credentials =
            if at(text, start) | 0x20 == b'b' && at(text, start + 1) | 0x20 == b'a' { is_basic(token) } else { is_mixed(token, 8) };
        if value == end || !credentials {
            return None;
        }
        self.found(detect::key::AUTHORIZATION, value, value + length);
        Some(value + length)
    }
}

/// Base64 of `user:password`.
fn is_basic(token: &[u8]) -> bool {
    token.len() >= 8 && token.len().is_multiple_of(4) && {
        let mut bits = 0u32;
        let mut colon = false;
        for (i, &b) in token.iter().take_while(|&&b| b != b'=').enumerate() {
            let Some(value) = crate::validate::jwt::sextet(b) else { return false };
            bits = bits << 6 | u32::from(value);
            if i % 4 == 3 {
                let [_, bytes @ ..] = bits.to_be_bytes();
                if bytes.iter().any(|b| b.is_ascii_control()) {
                    return false;
                }
                colon |= bytes.contains(&b':');
                bits = 0;
            }
        }
        colon || bits >> 4 & 0xff == u32::from(b':') || bits >> 10 & 0xff == u32::from(b':') || bits >> 2 & 0xff == u32::from(b':')
    }
}

/// At least so many bytes, digits and letters mixed.
pub(crate) fn is_mixed(token: &[u8], least: usize) -> bool {
    token.len() >= least && token.iter().any(u8::is_ascii_digit) && token.iter().any(u8::is_ascii_alphabetic)
}
