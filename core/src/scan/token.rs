//! What a literal announces: tokens with a prefix, private keys, and IBANs.

use std::sync::LazyLock;

use crate::detect::{self, Detector, DetectorId, Find, context};
use crate::scan::Scan;
use crate::scan::bytes::{self, GramSet, at, before, class, fold, gram, part, run};
use crate::scan::shape::Shape;
use crate::validate::{iban, pt};

/// What may begin at a part of a word.
pub(crate) struct Triggers {
    /// By the first four bytes: tokens, sensitive keys, and words of context.
    pub(crate) starts: GramSet,
    /// Tokens alone.
    pub(crate) tokens: GramSet,
    /// With the first two bytes of one way to begin, in [`BUCKETS`] buckets of these.
    entries: Vec<(u16, &'static Token)>,
    /// Where each bucket ends.
    ends: Vec<u16>,
}

/// A token format.
struct Token {
    id: DetectorId,
    shape: Shape,
    check: fn(&[u8]) -> bool,
}

/// What begins the armour of a private key.
pub(super) const ARMOUR: &[u8] = b"BEGIN ";

static TOKENS: LazyLock<Vec<Token>> = LazyLock::new(|| {
    let tokens = |(id, detector): (DetectorId, &Detector)| match detector.find {
        Find::Token { shapes, check } => shapes.iter().filter_map(|shape| Some(Token { id, shape: Shape::new(shape)?, check })).collect(),
        _ => Vec::new(),
    };
    (0..).zip(&detect::ALL).flat_map(tokens).collect()
});

const BUCKETS: usize = 256;

/// The bucket of what begins with these two bytes, whatever their case.
#[inline(always)]
const fn bucket(start: u16) -> usize {
    ((start as u32).wrapping_mul(0x9e37_79b1) >> 24) as usize
}

impl Triggers {
    /// `words` are the beginnings of keys and of words of context.
    pub(crate) fn new(active: impl Fn(DetectorId) -> bool, words: &GramSet) -> Self {
        let mut starts = words.clone();
        let mut tokens = GramSet::new();
        let mut insert = |gram: u32| {
            starts.insert(gram);
            tokens.insert(gram);
        };
        let mut all: Vec<(u16, &'static Token)> = Vec::new();
        for token in TOKENS.iter().filter(|token| active(token.id)) {
            let first = all.len();
            token.shape.starts(|four| {
                insert(fold(four));
                let start = fold(four) as u16;
                if all.iter().skip(first).all(|&(other, _)| other != start) {
                    all.push((start, token));
                }
            });
        }
        insert(gram(ARMOUR, 0));
        let mut entries = Vec::with_capacity(all.len());
        let mut ends = Vec::with_capacity(BUCKETS);
        for of in 0..BUCKETS {
            entries.extend(all.iter().filter(|&&(start, _)| bucket(start) == of));
            ends.push(entries.len() as u16);
        }
        Self { starts, tokens, entries, ends }
    }

    /// What may begin with these bytes.
    fn at(&self, text: &[u8], i: usize) -> impl Iterator<Item = &'static Token> {
        let end = |bucket: usize| self.ends.get(bucket).map_or(0, |&end| usize::from(end));
        let start = gram(text, i) as u16;
        let bucket = bucket(start);
        let entries = self.entries.get(bucket.checked_sub(1).map_or(0, end)..end(bucket)).unwrap_or_default();
        entries.iter().filter(move |&&(other, _)| other == start).map(|&(_, token)| token)
    }
}

impl Scan<'_, '_> {
    /// At a part of a word that may begin something we know: where to go on.
    #[inline(never)]
    pub(super) fn word(&mut self, start: usize) -> usize {
        let text = self.text;
        let engine = self.engine;
        let kind = |n: usize| class(at(text, start + n));
        let found = if kind(2) & kind(3) & bytes::DIGIT != 0 { self.iban(start) } else { None };
        found
            .or_else(|| engine.triggers.at(text, start).find_map(|token| self.token(token, start)))
            .or_else(|| if text.get(start..)?.starts_with(ARMOUR) { self.armour(start) } else { None })
            .unwrap_or(start + 1)
    }

    fn token(&mut self, token: &Token, start: usize) -> Option<usize> {
        let end = token.shape.end(self.text, start).filter(|&end| (token.check)(part(self.text, start, end)))?;
        self.found(token.id, start, end);
        Some(end)
    }

    /// `$2b$12$…` and its like, at the first `$`.
    pub(super) fn dollar(&mut self, i: usize) -> usize {
        let engine = self.engine;
        engine.triggers.at(self.text, i).find_map(|token| self.token(token, i)).unwrap_or(i + 1)
    }

    /// An IBAN, or a Portuguese tax number written as a VAT id (`PT` and nine digits).
    fn iban(&mut self, start: usize) -> Option<usize> {
        let text = self.text;
        let end = start + run(text, start, bytes::is_word);
        let capitals = class(at(text, start)) & class(at(text, start + 1)) & bytes::UPPER != 0;
        if class(self.previous(start)) & bytes::WORD != 0 {
            return None;
        }
        if capitals && end - start == 11 && text.get(start..)?.starts_with(b"PT") && pt::is_nif(part(text, start + 2, end)) {
            self.found(detect::identity::pt::NIF, start, end);
            return Some(end);
        }
        let wanted = iban::length([at(text, start), at(text, start + 1)])?;
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
        let valid = class(at(text, i)) & bytes::WORD == 0
            && iban::is_valid(compact.get(..length)?)
            && (capitals || self.around(start, i) & context::BANK != 0);
        valid.then(|| {
            self.found(detect::payment::IBAN, start, i);
            i
        })
    }
}

/// Base64 of `user:password`.
pub(super) fn is_basic(token: &[u8]) -> bool {
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
