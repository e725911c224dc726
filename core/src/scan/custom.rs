//! Detectors of the policy: shapes and regular expressions on bytes, tried only where one of their literals occurs.

use crate::detect::context::OWN;
use crate::detect::{DetectorId, words};
use crate::error::{Code, Error, place};
use crate::explain::Why;
use crate::policy::{Action, Custom, Setting, Validator};
use crate::replace::placeholder;
use crate::scan::Match;
use crate::scan::around::{AFTER, BEFORE};
use crate::scan::bytes::{self, DIGIT, HIGH, LETTER, LOWER, UPPER, at, before, class, part, run_back};
use crate::scan::escape::is_escaped;
#[cfg(feature = "regex")]
use crate::scan::expression::Expression;
use crate::scan::shape::{ByteSet, Shape};
use crate::scan::value::is_random;
use crate::validate::{digits, iban, mod97};

/// Bytes of a shape as it is written.
const SHAPE_MAX: usize = 1024;
/// Bytes of a match of a shape, so that work grows with the text alone.
const LONGEST: usize = 4096;
/// Marks behind it that its end may ask for.
const MARKS: usize = 8;
/// Bytes of a word of context.
const WORD_MAX: usize = 64;

/// The detectors of a policy.
#[derive(Default)]
pub(crate) struct Customs(Vec<Own>);

/// One of them.
struct Own {
    pattern: Pattern,
    literals: Vec<String>,
    validator: Option<Validator>,
    /// Words of context in small letters.
    words: Vec<Vec<u8>>,
    /// What a key says that has one of them.
    bit: u64,
    id: DetectorId,
    /// Nothing where the policy has it off.
    action: Option<Action>,
}

enum Pattern {
    Shape {
        shape: Shape,
        first: ByteSet,
    },
    #[cfg(feature = "regex")]
    Expression(Box<Expression>),
}

impl Customs {
    /// Compiles the policy's detectors and tries their examples; the first has the id `first`.
    pub(crate) fn new(customs: &[Custom], first: DetectorId, setting: impl Fn(&str) -> Option<Setting>) -> Result<Self, Error> {
        let mut all = Vec::new();
        for (i, custom) in customs.iter().enumerate() {
            let own = Own {
                pattern: pattern(custom, i)?,
                literals: custom.literals.clone(),
                validator: custom.validator,
                words: custom.context.iter().map(|word| words::lower(word.as_bytes()).into_owned()).collect(),
                bit: bit(customs, i),
                id: first + i as DetectorId,
                action: custom.action_under(setting(&custom.id)),
            };
            own.check(custom, i)?;
            all.push(own);
        }
        Ok(Self(all))
    }

    #[inline]
    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The action of the one with this id; nothing where it is off or built in.
    pub(crate) fn action(&self, id: DetectorId) -> Option<Action> {
        self.0.iter().find(|own| own.id == id)?.action
    }

    /// Records what is found in a segment. `said` has the [bits](OWN) of the words in the key of the whole text.
    #[inline]
    pub(crate) fn find(&self, text: &[u8], said: u64, matches: &mut Vec<Match>) {
        if !self.0.is_empty() {
            self.each(text, said, &mut |found, refused| matches.extend(refused.is_none().then_some(found)));
        }
    }

    /// Calls `visit` with everything that has the pattern of a detector that is on, and with why it is refused, if it is.
    #[inline(never)]
    pub(crate) fn each(&self, text: &[u8], said: u64, visit: &mut dyn FnMut(Match, Option<Why>)) {
        // a line end is of no match
        let text = part(text, 0, text.len() - run_back(text, text.len(), 2, |b| matches!(b, b'\r' | b'\n')));
        for own in &self.0 {
            if let Some(action) = own.action
                && own.may_be_in(text)
            {
                own.each(text, said, &mut |start, end, refused| visit(Match { start, end, detector: own.id, action }, refused));
            }
        }
    }
}

fn pattern(custom: &Custom, i: usize) -> Result<Pattern, Error> {
    let refused = |code, part: &str| Error::new(code, [&place("custom", i), part].concat()).about(&custom.id);
    if let Some(shape) = &custom.shape {
        let shape = if shape.len() <= SHAPE_MAX { Shape::new(shape) } else { None };
        let pattern = shape.and_then(|shape| Some(Pattern::Shape { first: shape.first()?, shape }));
        return pattern.ok_or_else(|| refused(Code::PolicyShape, ".shape"));
    }
    #[cfg(not(feature = "regex"))]
    return Err(refused(Code::PolicyRegexUnavailable, ".regex"));
    #[cfg(feature = "regex")]
    Expression::new(custom.regex.as_deref().unwrap_or_default())
        .map(|expression| Pattern::Expression(Box::new(expression)))
        .ok_or_else(|| refused(Code::PolicyRegex, ".regex"))
}

impl Own {
    /// Refuses literals and words that cannot be meant, and examples that are not what they should be.
    fn check(&self, custom: &Custom, i: usize) -> Result<(), Error> {
        let is_literal = |literal: &str| !literal.is_empty();
        let is_word = |word: &str| (2..=WORD_MAX).contains(&word.len()) && word.bytes().all(|b| class(b) & (LETTER | DIGIT | HIGH) != 0);
        let mut refused = Ok(());
        let mut each = |name: &str, code: Code, list: &[String], is_sound: &dyn Fn(&str) -> bool| {
            if let (Some(at), Ok(())) = (list.iter().position(|item| !is_sound(item)), &refused) {
                refused = Err(Error::new(code, [&place("custom", i), ".", &place(name, at)].concat()).about(&custom.id));
            }
        };
        each("literals", Code::PolicyLiteral, &custom.literals, &is_literal);
        each("context", Code::PolicyContext, &custom.context, &is_word);
        each("examples", Code::PolicyExample, &custom.examples, &|text| self.is_in(text));
        each("counter_examples", Code::PolicyCounterExample, &custom.counter_examples, &|text| !self.is_in(text));
        refused
    }

    /// Is something found in one of the lines of a text?
    fn is_in(&self, text: &str) -> bool {
        text.split('\n').any(|line| {
            let mut taken = false;
            if self.may_be_in(line.as_bytes()) {
                self.each(line.as_bytes(), 0, &mut |_, _, refused| taken |= refused.is_none());
            }
            taken
        })
    }

    /// Has a text one of the literals?
    fn may_be_in(&self, text: &[u8]) -> bool {
        let is_in = |literal: &[u8]| {
            let first = at(literal, 0);
            let mut places = memchr::memchr2_iter(first.to_ascii_lowercase(), first.to_ascii_uppercase(), text);
            places.any(|i| bytes::starts_with_nocase(part(text, i, text.len()), literal))
        };
        self.literals.is_empty() || self.literals.iter().any(|literal| is_in(literal.as_bytes()))
    }

    fn each(&self, text: &[u8], said: u64, visit: &mut dyn FnMut(usize, usize, Option<Why>)) {
        let mut opaque = None;
        let mut judge = |start: usize, end: usize| {
            let opaque = opaque.get_or_insert_with(|| outermost(text));
            let Some((start, end)) = widened(text, start, end, opaque) else { return false };
            let refused = match self.validator {
                Some(validator) if !passes(validator, part(text, start, end)) => {
                    Some(if validator == Validator::Entropy { Why::Entropy } else { Why::CheckDigit })
                }
                _ if self.words.is_empty() || said & self.bit != 0 || self.is_announced(text, start, end, opaque) => None,
                _ => Some(Why::Context),
            };
            visit(start, end, refused);
            refused.is_none()
        };
        match &self.pattern {
            Pattern::Shape { shape, first } => {
                let mut i = 0;
                while let Some(&b) = text.get(i) {
                    let end = if first.has(b) && begins(text, i) { shape_end(shape, text, i) } else { None };
                    i = end.filter(|&end| judge(i, end)).unwrap_or(i + 1);
                }
            }
            #[cfg(feature = "regex")]
            Pattern::Expression(expression) => expression.each(text, &mut |start, end| {
                judge(start, end);
            }),
        }
    }

    /// Does one of the words stand near, with no placeholder between?
    fn is_announced(&self, text: &[u8], start: usize, end: usize, opaque: &[(usize, usize)]) -> bool {
        let before = opaque.iter().rev().map(|&(_, close)| close).find(|&close| close <= start).unwrap_or(0);
        let after = opaque.iter().map(|&(open, _)| open).find(|&open| open >= end).unwrap_or(text.len());
        let (from, to) = (before.max(start.saturating_sub(BEFORE)), after.min(end + AFTER));
        self.words.iter().any(|word| says(text, from, start, word) || says(text, end, to, word))
    }
}

/// Where a shape ends that begins at `start`, if a word ends there.
fn shape_end(shape: &Shape, text: &[u8], start: usize) -> Option<usize> {
    let end = shape.end_from_afar(bytes::up_to(text, start + LONGEST + MARKS), start)?;
    let ends = !(bytes::is_word(before(text, end)) && bytes::is_word(at(text, end)));
    (ends && end - start <= LONGEST).then_some(end)
}

/// May something begin at `i`? Not within a word or a character.
fn begins(text: &[u8], i: usize) -> bool {
    let (b, previous) = (at(text, i), before(text, i));
    if b & 0xc0 == 0x80 {
        return false;
    }
    !(bytes::is_word(b) && bytes::is_word(previous)) || is_escaped(text, i)
}

/// The placeholders of a text that are in no other.
fn outermost(text: &[u8]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    let mut i = 0;
    while i < text.len() {
        let length = text.get(i..).and_then(placeholder::prefix);
        all.extend(length.map(|length| (i, i + length)));
        i += length.unwrap_or(1);
    }
    all
}

/// A match without half characters and half placeholders; nothing where it lies in a placeholder.
fn widened(text: &[u8], mut start: usize, mut end: usize, opaque: &[(usize, usize)]) -> Option<(usize, usize)> {
    while start > 0 && at(text, start) & 0xc0 == 0x80 {
        start -= 1;
    }
    while at(text, end) & 0xc0 == 0x80 {
        end += 1;
    }
    for &(open, close) in opaque {
        if open <= start && end <= close {
            return None;
        }
        if open < start && start < close {
            start = open;
        }
        if open < end && end < close {
            end = close;
        }
    }
    Some((start, end))
}

/// Do the letters and digits of a match pass the check?
#[inline(never)]
fn passes(validator: Validator, value: &[u8]) -> bool {
    let mut bare: Vec<u8> = value.iter().filter(|b| b.is_ascii_alphanumeric()).map(u8::to_ascii_uppercase).collect();
    let varied = digits::varied(&bare);
    match validator {
        Validator::Entropy => return is_random(value),
        Validator::Iban => return iban::length([at(&bare, 0), at(&bare, 1)]) == Some(bare.len()) && iban::is_valid(&bare),
        Validator::Mod97 => return varied && mod97::remainder(bare.iter().copied()) == Some(1),
        _ => {}
    }
    let ten = validator == Validator::Mod11And2 && bare.last() == Some(&b'X');
    bare.retain(u8::is_ascii_digit);
    match validator {
        Validator::Verhoeff => digits::verhoeff(&bare),
        Validator::Mod11And10 => digits::iso_11_10(&bare),
        Validator::Mod11And2 => {
            bare.extend(ten.then_some(b'X'));
            digits::iso_11_2(&bare)
        }
        _ => digits::luhn(&bare),
    }
}

/// What a key says that has a word of this detector.
fn bit(customs: &[Custom], i: usize) -> u64 {
    let earlier = customs.iter().take(i).filter(|custom| !custom.context.is_empty()).count();
    let least = OWN & OWN.wrapping_neg();
    (least << earlier.min(OWN.count_ones() as usize - 1)) & OWN
}

/// The words that keys may have, and what they say.
pub(crate) fn key_words(customs: &[Custom]) -> Vec<(Vec<u8>, u64)> {
    let mut all = Vec::new();
    for (i, custom) in customs.iter().enumerate() {
        for word in &custom.context {
            all.push((words::lower(word.as_bytes()).into_owned(), bit(customs, i)));
        }
    }
    all
}

/// Is this the word, whatever the case of its letters?
fn is_same(text: &[u8], word: &[u8]) -> bool {
    words::lower(text).eq_ignore_ascii_case(word)
}

/// Have sentences of the word's script no spaces? Three bytes a letter: those of East Asia, and of India.
fn is_unspaced(word: &[u8]) -> bool {
    at(word, 0) >= 0xe0
}

/// Is a segment of a key this word?
pub(crate) fn is_word(segment: &[u8], word: &[u8]) -> bool {
    is_same(segment, word) || is_unspaced(word) && bytes::find(segment, 0, word).is_some()
}

/// Does a word stand in a part of a text?
fn says(text: &[u8], from: usize, to: usize, word: &[u8]) -> bool {
    let is_whole = |start: usize, end: usize| {
        let [before, first, last, next] = [before(text, start), at(text, start), before(text, end), at(text, end)].map(class);
        let letter = LETTER | HIGH;
        // `studentNumber`
        let starts = before & letter == 0 || before & LOWER != 0 && first & UPPER != 0 || is_escaped(text, start);
        starts && (next & letter == 0 || last & LOWER != 0 && next & UPPER != 0)
    };
    (from..(to + 1).saturating_sub(word.len())).any(|i| {
        let end = i + word.len();
        is_same(part(text, i, end), word) && (is_unspaced(word) || is_whole(i, end))
    })
}

#[cfg(test)]
mod tests;
