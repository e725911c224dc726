//! What a literal announces: tokens with a prefix, private keys, and IBANs.

use std::sync::LazyLock;

use crate::detect::{self, Detector, DetectorId, Find, context};
use crate::explain::Why;
use crate::order;
use crate::scan::bytes::{self, at, before, class, part, run, skip};
use crate::scan::grams::{GramMap, fold, gram};
use crate::scan::shape::{ByteSet, Shape};
use crate::scan::{Scan, command, spelled};
use crate::validate::{iban, pt};
use crate::walk::field::Fields;

/// What may begin at a part of a word.
pub(crate) struct Triggers {
    /// By the first four bytes: [tokens](TOKEN), [those that may be short](SHORT), [sensitive keys](HINT), and [words of context](SAID).
    pub(crate) starts: GramMap,
    /// All ways to begin, in [`BUCKETS`] buckets.
    entries: Vec<Start>,
    /// Where each bucket ends.
    ends: Vec<u16>,
}

/// A token format.
struct Token {
    id: DetectorId,
    format: Format,
    check: fn(&[u8]) -> bool,
    /// How it may begin: grams, each once, and what may follow them.
    starts: Vec<(u32, Next)>,
}

/// What may stand behind a gram: the [lower bits](ByteSet::low_bits) of those bytes.
type Next = u32;

/// One way to begin.
#[derive(Clone, Copy)]
struct Start {
    gram: u32,
    next: Next,
    begun: Begun,
}

/// A shape as it is written among the detectors.
pub(crate) struct Format {
    /// Nothing of a name may stand before it: written behind a `^`.
    alone: bool,
    /// What is looked for.
    pub(crate) shape: Shape,
    /// What stands before that and belongs to the token, of one length: written before a `<`.
    lead: Option<(Shape, usize)>,
}

/// What begins so. It is small, as thousands of these are read at random.
#[derive(Clone, Copy)]
enum Begun {
    /// Its position among [`TOKENS`].
    Token(u16),
    /// The [armour](ARMOUR) of a private key.
    Armour,
    /// A [command](command).
    Command,
    /// An address that is [spelled](spelled).
    Spelled,
}

/// A token may begin so.
pub(crate) const TOKEN: u8 = 1;
/// A token may begin so of which fewer than [`RUN`] bytes are a key's, or something else that is worth a look.
pub(crate) const SHORT: u8 = 8;
/// Bytes that most tokens begin with and keys are made of too: words have fewer.
pub(crate) const RUN: u32 = 16;
/// What keys are made of.
const KEY: ByteSet = ByteSet::of_class(bytes::WORD | bytes::HIGH).and(b"-.");
/// A word may begin so that makes a key sensitive.
pub(crate) const HINT: u8 = 2;
/// A word may begin so that gives context.
pub(crate) const SAID: u8 = 4;

impl Format {
    pub(crate) fn new(text: &str) -> Option<Self> {
        let rest = text.strip_prefix('^');
        let (lead, shape) = match rest.unwrap_or(text).split_once('<') {
            Some((lead, shape)) => (Some(Shape::new(lead)?), shape),
            None => (None, rest.unwrap_or(text)),
        };
        let lead = lead.map(|lead| {
            let length = lead.least(&ByteSet::ALL).0;
            (lead, length)
        });
        Some(Self { alone: rest.is_some(), shape: Shape::new(shape)?, lead })
    }
}

/// What begins the armour of a private key.
const ARMOUR: &[u8] = b"BEGIN ";

static TOKENS: LazyLock<Vec<Token>> = LazyLock::new(|| {
    let tokens = |(id, detector): (DetectorId, &Detector)| match detector.find {
        Find::Token { shapes, check } => shapes.iter().filter_map(|shape| Token::new(id, shape, check)).collect(),
        _ => Vec::new(),
    };
    (0..).zip(detect::ALL.iter()).flat_map(tokens).collect()
});

impl Token {
    fn new(id: DetectorId, shape: &str, check: fn(&[u8]) -> bool) -> Option<Self> {
        let format = Format::new(shape)?;
        let mut starts: Vec<(u32, Next)> = Vec::new();
        format.shape.starts(|four, next| starts.push((fold(four), next.low_bits())));
        order::sort(&mut starts, |a, b| a.0 < b.0);
        starts.dedup_by(|(gram, next), (other, all)| {
            let same = gram == other;
            *all |= if same { *next } else { 0 };
            same
        });
        Some(Self { id, format, check, starts })
    }
}

#[inline(always)]
const fn bit(b: u8) -> Next {
    1 << (b & 31)
}

fn token_at(position: u16) -> Option<&'static Token> {
    TOKENS.get(usize::from(position))
}

const BUCKETS: usize = 4096;

/// The bucket of what begins with this gram. Not the hash of [`GramMap`]: what is in there by chance is not likely to be here as well.
#[inline(always)]
const fn bucket(gram: u32) -> usize {
    (gram.wrapping_mul(0x85eb_ca6b) >> (u32::BITS - BUCKETS.ilog2())) as usize
}

impl Triggers {
    pub(crate) fn new(active: impl Fn(DetectorId) -> bool, fields: &Fields) -> Self {
        let mut starts = fields.starts.clone();
        let armour = std::iter::once((gram(ARMOUR, 0), !0, Begun::Armour));
        let commands = command::starts().map(|(gram, next)| (gram, next.low_bits(), Begun::Command));
        let spelled = spelled::starts().map(|gram| (gram, !0, Begun::Spelled));
        let mut all = Vec::new();
        for (gram, next, begun) in armour.chain(commands).chain(spelled) {
            starts.insert(gram, SHORT);
            all.push(Start { gram, next, begun });
        }
        for (position, token) in (0..).zip(TOKENS.iter()).filter(|(_, token)| active(token.id)) {
            let kind = if token.format.shape.least(&KEY).0 < RUN as usize { SHORT } else { TOKEN };
            for &(gram, next) in &token.starts {
                starts.insert(gram, kind);
                all.push(Start { gram, next, begun: Begun::Token(position) });
            }
        }
        let mut ends = vec![0; BUCKETS];
        all.iter().for_each(|start| ends.iter_mut().skip(bucket(start.gram)).take(1).for_each(|end| *end += 1));
        ends.iter_mut().fold(0, |sum, end| {
            *end += sum;
            *end
        });
        // the tokens of one beginning stay in the order in which they were
        let mut places: Vec<u16> = std::iter::once(0).chain(ends.iter().copied()).collect();
        let mut entries = all.clone();
        for entry in all {
            if let Some(place) = places.get_mut(bucket(entry.gram)) {
                entries.iter_mut().skip(usize::from(*place)).take(1).for_each(|slot| *slot = entry);
                *place += 1;
            }
        }
        Self { starts, entries, ends }
    }

    /// What may begin with this gram, which stands at `i`.
    #[inline]
    fn at(&self, gram: u32, text: &[u8], i: usize) -> impl Iterator<Item = Begun> {
        let next = bit(at(text, i + 4));
        let bucket = bucket(gram);
        let end = |bucket: usize| self.ends.get(bucket).map_or(0, |&end| usize::from(end));
        let entries = self.entries.get(bucket.checked_sub(1).map_or(0, end)..end(bucket)).unwrap_or_default();
        entries.iter().filter(move |start| start.gram == gram && start.next & next != 0).map(|start| start.begun)
    }

    /// Does the shape of a token begin at `i`, or something else that is worth a look?
    #[inline(never)]
    pub(crate) fn may_begin(&self, gram: u32, text: &[u8], i: usize) -> bool {
        self.at(gram, text, i).any(|begun| match begun {
            Begun::Token(token) => token_at(token).is_some_and(|token| token.format.shape.end(text, i).is_some()),
            Begun::Armour | Begun::Command | Begun::Spelled => true,
        })
    }
}

impl Scan<'_, '_> {
    /// At a part of a word that may begin something we know: where to go on.
    #[inline(never)]
    pub(super) fn word(&mut self, start: usize) -> usize {
        let text = self.text;
        let engine = self.engine;
        let begun = engine.triggers.at(gram(text, start), text, start).find_map(|begun| match begun {
            Begun::Token(token) => self.token(token_at(token)?, start),
            Begun::Armour if text.get(start..)?.starts_with(ARMOUR) => self.armour(start),
            Begun::Armour => None,
            Begun::Spelled => self.spelled(start),
            Begun::Command => {
                self.command(start);
                None
            }
        });
        begun.unwrap_or(start + 1)
    }

    fn token(&mut self, token: &Token, start: usize) -> Option<usize> {
        let before = self.previous(start);
        if token.format.alone && (bytes::is_word(before) || before == b'-') {
            return None;
        }
        let end = token.format.shape.end(self.text, start)?;
        let start = match &token.format.lead {
            Some((lead, length)) => self.lead(lead, start.checked_sub(*length)?, start)?,
            None => start,
        };
        if !(token.check)(part(self.text, start, end)) {
            self.refused(token.id, start, end, Why::Structure);
            return None;
        }
        self.found(token.id, start, end);
        if matches!(part(self.text, start, start + 4), b"AKIA" | b"ASIA") {
            self.secret_beside(end);
        }
        Some(end)
    }

    /// The secret access key right behind the access key of AWS that ends at `end`: `AKIA…,wJal…`, `AKIA… and wJal…`.
    fn secret_beside(&mut self, end: usize) {
        const LENGTH: usize = 40;
        let text = self.text;
        let mark = |b: u8| bytes::is_space(b) || matches!(b, b',' | b';' | b':' | b'/' | b'|' | b'"' | b'\'' | b'`');
        let from = skip(text, end, mark);
        let from = from + bytes::phrase("and ", part(text, from, text.len())).unwrap_or(0);
        let length = run(text, from, |b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/'));
        let key = part(text, from, from + length);
        let kinds = key.iter().fold(0, |kinds, &b| kinds | class(b));
        if length == LENGTH && from > end && kinds & bytes::UPPER != 0 && kinds & bytes::LOWER != 0 && kinds & bytes::DIGIT != 0 {
            self.ahead(|scan| scan.found(detect::key::AWS_SECRET, from, from + length));
        }
    }

    /// Where a token begins whose lead ends at `end`, if it has the shape and is not the rest of more.
    fn lead(&self, lead: &Shape, start: usize, end: usize) -> Option<usize> {
        let whole =
            start >= self.floor && !bytes::is_word(self.previous(start)) && lead.end_from_afar(part(self.text, 0, end), start) == Some(end);
        whole.then_some(start)
    }

    /// `$2b$12$…` and its like, at the first `$`.
    pub(super) fn dollar(&mut self, i: usize) -> usize {
        self.word(i)
    }

    /// An IBAN, or a Portuguese tax number written as a VAT id (`PT` and nine digits).
    pub(super) fn iban(&mut self, start: usize) -> Option<usize> {
        let text = self.text;
        let end = skip(text, start, bytes::is_word);
        let capitals = class(at(text, start)) & class(at(text, start + 1)) & bytes::UPPER != 0;
        if class(self.previous(start)) & bytes::WORD != 0 {
            return None;
        }
        if capitals && end - start == 11 && text.get(start..)?.starts_with(b"PT") && pt::is_nif(part(text, start + 2, end)) {
            self.found(detect::identity::pt::NIF, start, end);
            return Some(end);
        }
        let wanted = iban::length([at(text, start), at(text, start + 1)])?;
        self.valid_iban(start, wanted, capitals).or_else(|| {
            // with a wrong check digit it is no account, and its groups are no card and no telephone number
            let end = in_fours(text, start)?;
            if self.around(start, end) & context::BANK != 0 {
                self.found(detect::payment::IBAN, start, end);
            }
            Some(end)
        })
    }

    fn valid_iban(&mut self, start: usize, wanted: usize, capitals: bool) -> Option<usize> {
        let text = self.text;
        let mut compact = [0u8; 34];
        let mut length = 0;
        let mut i = start;
        while length < wanted {
            let b = at(text, i);
            if b.is_ascii_uppercase() || b.is_ascii_digit() || !capitals && b.is_ascii_lowercase() {
                *compact.get_mut(length)? = b.to_ascii_uppercase();
                length += 1;
            } else if part(text, i, i + 2) == b"\xc2\xa0" {
                i += 1;
            } else if !(matches!(b, b' ' | b'-' | b'.') && i > start && before(text, i) != b) {
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

/// Where at least four groups of four capitals and digits end, as an IBAN is printed, with a shorter last one.
fn in_fours(text: &[u8], start: usize) -> Option<usize> {
    let length = |from: usize| run(text, from, |b| class(b) & (bytes::UPPER | bytes::DIGIT) != 0);
    let mut end = start + length(start);
    let mut groups = 1;
    while end - start == 5 * groups - 1 && at(text, end) == b' ' && (1..=4).contains(&length(end + 1)) {
        end += 1 + length(end + 1);
        groups += 1;
    }
    (groups >= 4).then_some(end)
}

/// Base64 of `user:password`.
pub(super) fn is_basic(token: &[u8]) -> bool {
    token.len() >= 8 && token.len().is_multiple_of(4) && {
        let mut bits = 0u32;
        let mut colon = false;
        for (i, &b) in token.iter().take_while(|&&b| b != b'=').enumerate() {
            let Some(value) = crate::validate::base64::sextet(b) else { return false };
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
