//! Shapes: what a token looks like, written as a small part of regular expressions and matched once from left to right.
//!
//! | written | means |
//! |---|---|
//! | `abc` | these bytes; `\` before one of `\ . [ ] ( ) { } ? * + \|` stands for it |
//! | `[0-9a-f_-]`, `[^ ]`, `\d`, `\w` | one byte of a set: ranges and bytes, negated with `^`; digits; letters, digits and `_`, also inside a set |
//! | `(ab\|cd)` | the first alternative that matches |
//! | `?` `*` `+` `{3}` `{3,}` `{3,9}` | how often the set, byte or group before it may stand: as often as it can, and never less later on |
//!
//! There is no going back, so the work is linear in the text that matches. What would go on with the set that ended the match is no
//! match: `[0-9]{4}` does not match the beginning of five digits, though `[0-9.]{4}` matches before the full stop of a sentence.

use crate::scan::bytes;

#[cfg(test)]
pub(crate) mod sample;

/// A set of bytes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct ByteSet([u64; 4]);

impl ByteSet {
    /// Every byte.
    pub(crate) const ALL: Self = Self([u64::MAX; 4]);

    /// What is of one of these [classes](bytes::class).
    #[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
    pub(crate) const fn of_class(classes: u8) -> Self {
        let mut set = [0; 4];
        let mut b = 0;
        while b < 256 {
            if bytes::class(b as u8) & classes != 0 {
                set[b >> 6] |= 1 << (b & 63);
            }
            b += 1;
        }
        Self(set)
    }

    /// These bytes as well.
    #[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
    pub(crate) const fn and(mut self, mut others: &[u8]) -> Self {
        while let [b, rest @ ..] = others {
            self.0[(*b >> 6) as usize] |= 1 << (*b & 63);
            others = rest;
        }
        self
    }

    fn bytes(&self) -> impl Iterator<Item = u8> {
        let mut words = (0..).step_by(64).zip(self.0);
        let (mut base, mut left) = (0, 0_u64);
        std::iter::from_fn(move || {
            while left == 0 {
                (base, left) = words.next()?;
            }
            let byte = base + left.trailing_zeros();
            left &= left - 1;
            Some(byte as u8)
        })
    }

    fn is_within(&self, other: &Self) -> bool {
        self.0.iter().zip(other.0).all(|(word, other)| word & !other == 0)
    }

    fn insert(&mut self, first: u8, last: u8) {
        for (base, word) in (0..).step_by(64).zip(&mut self.0) {
            let below = |byte: u32| !(!0_u64).unbounded_shl(byte.saturating_sub(base));
            *word |= below(u32::from(last) + 1) & !below(first.into());
        }
    }

    /// Without the capitals whose small letters are there.
    fn folded(self) -> Self {
        let [low, letters, third, fourth] = self.0;
        Self([low, letters & !(letters >> 32 & 0x07ff_fffe), third, fourth])
    }

    #[inline]
    pub(crate) fn has(&self, b: u8) -> bool {
        self.0.get(usize::from(b >> 6)).is_some_and(|word| word >> (b & 63) & 1 != 0)
    }
}

const DIGITS: ByteSet = ByteSet::of_class(bytes::DIGIT);
const CAPITALS: ByteSet = ByteSet::of_class(bytes::UPPER);

/// A compiled shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape(Vec<Step>);

/// A part of a shape, and how often it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Step {
    part: Part,
    least: usize,
    most: usize,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    Byte(u8),
    Set(ByteSet),
    /// Alternatives.
    Group(Vec<Shape>),
}

/// The most that a quantifier without an upper bound allows.
const UNBOUNDED: usize = 1 << 16;
/// Marks that a sentence may end with.
const ELLIPSIS: usize = 3;
/// Beginnings that one shape may have.
const STARTS: usize = 4096;

impl Shape {
    /// Compiles a shape; nothing where it is malformed.
    pub(crate) fn new(shape: &str) -> Option<Self> {
        let mut rest = shape.as_bytes();
        let shape = sequence(&mut rest, &mut Vec::with_capacity(16))?;
        rest.is_empty().then_some(shape)
    }

    /// Where the shape ends that begins at `start`.
    pub(crate) fn end(&self, text: &[u8], start: usize) -> Option<usize> {
        let (end, last) = self.walk(text, start, None)?;
        // marks with nothing of the set behind them belong to the sentence: a full stop, an ellipsis
        let goes_on = |set: &ByteSet| {
            let rest = text.get(end..).unwrap_or_default();
            let marks = rest.iter().take(ELLIPSIS).take_while(|&&b| set.has(b) && !b.is_ascii_alphanumeric()).count();
            rest.get(marks).is_some_and(|&b| set.has(b))
        };
        (end > start && !last.is_some_and(goes_on)).then_some(end)
    }

    /// As [`end`](Self::end), for what is seldom asked: one copy for all of them.
    #[inline(never)]
    pub(crate) fn end_from_afar(&self, text: &[u8], start: usize) -> Option<usize> {
        self.end(text, start)
    }

    /// The bytes with which a match can begin; nothing where it may be empty.
    pub(crate) fn first(&self) -> Option<ByteSet> {
        let mut first = ByteSet::default();
        self.add_first(&mut first).then_some(first)
    }

    /// Adds the bytes with which a match can begin. False where it may be empty.
    fn add_first(&self, first: &mut ByteSet) -> bool {
        self.0.iter().any(|Step { part, least, .. }| {
            let stands = match part {
                Part::Byte(byte) => {
                    first.insert(*byte, *byte);
                    true
                }
                Part::Set(set) => {
                    first.0.iter_mut().zip(set.0).for_each(|(all, more)| *all |= more);
                    true
                }
                Part::Group(shapes) => shapes.iter().filter(|shape| !shape.add_first(first)).count() == 0,
            };
            stands && *least > 0
        })
    }

    /// The end from `at` on, and the set that the match ended with.
    fn walk<'s>(&'s self, text: &[u8], mut at: usize, mut last: Option<&'s ByteSet>) -> Option<(usize, Option<&'s ByteSet>)> {
        for Step { part, least, most } in &self.0 {
            let rest = text.get(at..)?;
            let count = match part {
                // most steps of most shapes
                Part::Byte(byte) if *most == 1 => usize::from(rest.first() == Some(byte)),
                Part::Byte(byte) => rest.iter().take(*most).take_while(|&b| b == byte).count(),
                Part::Set(set) => rest.iter().take(*most).take_while(|&&b| set.has(b)).count(),
                Part::Group(shapes) => {
                    let mut count = 0;
                    while count < *most
                        && let Some(end) = shapes.iter().find_map(|shape| shape.walk(text, at, last).filter(|&(end, _)| end > at))
                    {
                        (at, last) = end;
                        count += 1;
                    }
                    if count < *least {
                        return None;
                    }
                    continue;
                }
            };
            if count < *least {
                return None;
            }
            if count > 0 {
                at += count;
                last = if let Part::Set(set) = part { Some(set) } else { None };
            }
        }
        Some((at, last))
    }

    /// The fewest bytes of a match, and whether all of them are of a set. Where they may not be, only those before the first that may not count.
    pub(crate) fn least(&self, of: &ByteSet) -> (usize, bool) {
        let mut length = 0;
        for Step { part, least, .. } in &self.0 {
            let (one, pass) = match part {
                Part::Byte(byte) => (1, of.has(*byte)),
                Part::Set(set) => (1, set.is_within(of)),
                Part::Group(shapes) => {
                    let each = shapes.iter().map(|shape| shape.least(of));
                    each.reduce(|(a, b), (c, d)| (a.min(c), b && d)).unwrap_or_default()
                }
            };
            match part {
                _ if pass => length += one * least,
                Part::Group(_) if *least > 0 => return (length + one, false),
                _ => return (length, false),
            }
        }
        (length, true)
    }

    /// Calls `visit` with how a match can begin: digits or capital letters, how many (at most `most`), and the byte behind them, which is
    /// none where the match ends there. One byte stands for all of a word.
    pub(crate) fn fronts(&self, most: usize, visit: &mut dyn FnMut(Front)) {
        let steps: Vec<&Step> = self.0.iter().collect();
        for kind in [bytes::DIGIT, bytes::UPPER] {
            front(&steps, Front { kind, length: 0, next: None }, most, visit);
        }
    }

    /// Calls `visit` with every four bytes with which a match can begin; of a letter in both cases, with the small one. False where there are
    /// too many, or where a match may be shorter.
    pub(crate) fn starts(&self, mut visit: impl FnMut([u8; 4])) -> bool {
        let mut left = STARTS;
        let steps: Vec<&Step> = self.0.iter().collect();
        begin(&steps, &mut Vec::with_capacity(4), &mut |sets| {
            let [first, second, third, fourth] = sets.map(ByteSet::folded);
            for (a, b) in first.bytes().flat_map(|a| second.bytes().map(move |b| (a, b))) {
                for c in third.bytes() {
                    for d in fourth.bytes() {
                        visit([a, b, c, d]);
                        left = left.saturating_sub(1);
                    }
                    if left == 0 {
                        return false;
                    }
                }
            }
            true
        })
    }
}

/// How something begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Front {
    /// [`DIGIT`](bytes::DIGIT) or [`UPPER`](bytes::UPPER).
    pub(crate) kind: u8,
    /// How many of them.
    pub(crate) length: usize,
    /// What follows them.
    pub(crate) next: Option<u8>,
}

/// Goes on from what the steps before allow.
fn front(steps: &[&Step], head: Front, most: usize, visit: &mut dyn FnMut(Front)) {
    let is_kind = |b: u8| bytes::class(b) & head.kind != 0;
    let ends = |before: usize, next: Option<u8>, visit: &mut dyn FnMut(Front)| {
        if head.length + before > 0 {
            visit(Front { length: (head.length + before).min(most), next, ..head });
        }
    };
    let Some((step, rest)) = steps.split_first() else { return ends(0, None, visit) };
    let room = most.saturating_sub(head.length) + 1;
    for count in step.least..=step.most.min(step.least.max(room)) {
        let longer = Front { length: head.length + count, ..head };
        match &step.part {
            _ if count == 0 => front(rest, head, most, visit),
            Part::Group(shapes) => {
                for shape in shapes {
                    let again = Step { part: step.part.clone(), least: count - 1, most: count - 1 };
                    let again = if count > 1 { Some(&again) } else { None };
                    let steps: Vec<&Step> = shape.0.iter().chain(again).chain(rest.iter().copied()).collect();
                    front(&steps, head, most, visit);
                }
            }
            Part::Byte(byte) if is_kind(*byte) => front(rest, longer, most, visit),
            Part::Byte(byte) => ends(0, Some(*byte), visit),
            Part::Set(set) => {
                let kind = if head.kind == bytes::DIGIT { &DIGITS } else { &CAPITALS };
                let mixed = set.0.iter().zip(kind.0).any(|(word, kind)| word & kind != 0);
                // of letters, digits and `_`, one stands for all
                let mut word = false;
                let first = |&byte: &u8| !bytes::is_word(byte) || !std::mem::replace(&mut word, true);
                for byte in set.bytes().filter(|&byte| !is_kind(byte)).filter(first) {
                    (0..if mixed { count } else { 1 }).for_each(|before| ends(before, Some(byte), visit));
                }
                if mixed {
                    front(rest, longer, most, visit);
                }
            }
        }
    }
}

/// Adds to `head` what may come next, until there are four bytes. False once `visit` says so, or where nothing comes any more.
fn begin(steps: &[&Step], head: &mut Vec<ByteSet>, visit: &mut dyn FnMut([ByteSet; 4]) -> bool) -> bool {
    if let Some(&four) = head.first_chunk() {
        return visit(four);
    }
    let Some((step, rest)) = steps.split_first() else { return false };
    // as often as it must, and as often as it may within four bytes
    let room = 4 - head.len();
    (step.least..=step.most.min(step.least.max(room))).all(|count| repeat(step, count.min(room), rest, head, visit))
}

fn repeat(step: &Step, count: usize, rest: &[&Step], head: &mut Vec<ByteSet>, visit: &mut dyn FnMut([ByteSet; 4]) -> bool) -> bool {
    let length = head.len();
    let sound = match &step.part {
        Part::Group(shapes) if count > 0 => shapes.iter().all(|shape| {
            let steps: Vec<&Step> = shape.0.iter().chain(rest.iter().copied()).collect();
            let sound = begin(&steps, head, visit);
            head.truncate(length);
            sound
        }),
        part => {
            let set = match part {
                Part::Set(set) => *set,
                Part::Byte(byte) => ByteSet::default().and(&[*byte]),
                Part::Group(_) => ByteSet::default(),
            };
            head.extend((0..count).map(|_| set));
            begin(rest, head, visit)
        }
    };
    head.truncate(length);
    sound
}

/// Reads steps up to the end of the shape or of the alternative, behind those of what is around it.
fn sequence(rest: &mut &[u8], steps: &mut Vec<Step>) -> Option<Shape> {
    let first = steps.len();
    while !matches!(rest.first(), None | Some(b'|' | b')')) {
        let part = part(rest, steps)?;
        let (least, most) = bounds(rest)?;
        steps.push(Step { part, least, most });
    }
    Some(Shape(steps.drain(first..).collect()))
}

/// Takes the first byte.
fn take(rest: &mut &[u8]) -> Option<u8> {
    let (&first, others) = rest.split_first()?;
    *rest = others;
    Some(first)
}

fn part(rest: &mut &[u8], steps: &mut Vec<Step>) -> Option<Part> {
    Some(match take(rest)? {
        b'\\' => {
            let mut set = ByteSet::default();
            escape(take(rest)?, &mut set)?.map_or(Part::Set(set), Part::Byte)
        }
        b'[' => Part::Set(set(rest)?),
        b'(' => {
            let mut shapes = vec![sequence(rest, steps)?];
            loop {
                match take(rest)? {
                    b')' => break Part::Group(shapes),
                    _ => shapes.push(sequence(rest, steps)?),
                }
            }
        }
        b'.' | b']' | b'{' | b'}' | b'?' | b'*' | b'+' => return None,
        b => Part::Byte(b),
    })
}

/// What stands behind a backslash: a byte, or a set that is added to `set`.
fn escape(escaped: u8, set: &mut ByteSet) -> Option<Option<u8>> {
    match escaped {
        b'w' => [(b'0', b'9'), (b'A', b'Z'), (b'_', b'_'), (b'a', b'z')].iter().for_each(|&(first, last)| set.insert(first, last)),
        b'd' => set.insert(b'0', b'9'),
        b => return b.is_ascii_punctuation().then_some(Some(b)),
    }
    Some(None)
}

/// What stands behind `[`, and its end.
fn set(rest: &mut &[u8]) -> Option<ByteSet> {
    let mut set = ByteSet::default();
    let negated = rest.first() == Some(&b'^');
    if negated {
        take(rest)?;
    }
    loop {
        let first = match take(rest)? {
            b']' => break,
            b'\\' => match escape(take(rest)?, &mut set)? {
                Some(byte) => byte,
                None => continue,
            },
            b => b,
        };
        let last = match **rest {
            [b'-', last, ..] if last != b']' => {
                *rest = rest.get(2..)?;
                last
            }
            _ => first,
        };
        if first > last {
            return None;
        }
        set.insert(first, last);
    }
    if negated {
        set.0 = set.0.map(|word| !word);
    }
    Some(set)
}

/// How often: the quantifier, if there is one.
fn bounds(rest: &mut &[u8]) -> Option<(usize, usize)> {
    let (least, most) = match rest.first() {
        Some(b'?') => (0, 1),
        Some(b'*') => (0, UNBOUNDED),
        Some(b'+') => (1, UNBOUNDED),
        Some(b'{') => {
            take(rest)?;
            let least = number(rest)?;
            let most = match **rest {
                [b',', b'}', ..] => UNBOUNDED,
                [b',', ..] => {
                    take(rest)?;
                    number(rest)?
                }
                _ => least,
            };
            while take(rest)? != b'}' {}
            return (least <= most && most > 0).then_some((least, most));
        }
        _ => return Some((1, 1)),
    };
    take(rest)?;
    Some((least, most))
}

fn number(rest: &mut &[u8]) -> Option<usize> {
    let digits = bytes::run(rest, 0, |b| b.is_ascii_digit());
    let (number, others) = rest.split_at_checked(digits)?;
    *rest = others;
    std::str::from_utf8(number).ok()?.parse().ok().filter(|&n| n <= UNBOUNDED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(shape: &str, text: &str) -> Option<usize> {
        Shape::new(shape).and_then(|shape| shape.end(text.as_bytes(), 0))
    }

    fn starts(shape: &str) -> Option<Vec<String>> {
        let mut all = Vec::new();
        Shape::new(shape)?.starts(|four| all.push(String::from_utf8_lossy(&four).into_owned())).then_some(all)
    }

    #[test]
    fn sets_and_counts() {
        assert_eq!(end("[a-c_-]{2,3}", "a_-"), Some(3));
        assert_eq!(end("[a-c_-]{2,3}", "a_-b"), None);
        assert_eq!(end("[a-c_-]{2,3}!", "a_!"), Some(3));
        assert_eq!(end("[^ ]+", "ab c"), Some(2));
        assert_eq!(end("[\\]x]+", "]x]"), Some(3));
        assert_eq!(end("[\\w.-]+", "a_.-!"), Some(4));
        assert_eq!(end("\\d{4}", "1234a"), Some(4));
        assert_eq!(end("\\d{4}", "12345"), None);
        assert_eq!(end("[\\d.]{4}", "1234."), Some(4));
        assert_eq!(end("[\\d.]{4}", "1234. "), Some(4));
        assert_eq!(end("[\\d.]{4}", "1234..."), Some(4));
        assert_eq!(end("[\\d.]{4}", "1234.5"), None);
        assert_eq!(end("[\\d.]{4}", "1234....5"), None);
        assert_eq!(end("ab?\\.\\w*", "a.b_1!"), Some(5));
        assert_eq!(end("x{3,}", "xxxx"), Some(4));
        assert_eq!(end("x{3,}", "xx"), None);
    }

    #[test]
    fn groups() {
        assert_eq!(end("(ab|a[)|]?)\\d+", "a)12;"), Some(4));
        assert_eq!(end("k(_(live|test))?_\\d{2}", "k_live_12"), Some(9));
        assert_eq!(end("k(_(live|test))?_\\d{2}", "k_12"), Some(4));
        assert_eq!(end("\\w{2}(\\.\\w{2}){1,2}", "ab.cd.ef"), Some(8));
        assert_eq!(end("\\w{2}(\\.\\w{2}){1,2}", "ab-cd"), None);
    }

    #[test]
    fn malformed() {
        for shape in ["a(b", "a[b", "a{2", "a{x}", "a{3,2}", "a{0}", "?", "a**", "[z-a]bcd", "a.bcd", "a|bcd", "ab)cd", "\\abcd", "", "abc"]
        {
            assert_eq!(starts(shape), None, "{shape}");
        }
    }

    #[test]
    fn first_bytes() {
        let first = |shape: &str| {
            let first = Shape::new(shape)?.first()?;
            Some((0..=255).filter(|&b| first.has(b)).map(char::from).collect::<String>())
        };
        assert_eq!(first("(ab|[cd]?)x?e+y").as_deref(), Some("acdex"));
        assert_eq!(first("(a|b?)c*"), None);
        assert_eq!(first(""), None);
    }

    #[test]
    fn beginnings() {
        assert_eq!(starts("ghp_\\w+").unwrap_or_default(), ["ghp_"]);
        assert_eq!(starts("xox[ab]-").unwrap_or_default(), ["xoxa", "xoxb"]);
        assert_eq!(starts("(ab|c)d?ef+g").unwrap_or_default(), ["abef", "abde", "cefg", "ceff", "cdef"]);
        assert_eq!(starts("k(ey)?-x").unwrap_or_default(), ["k-x\u{0}"; 0], "too short");
    }
}
