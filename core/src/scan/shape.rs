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

mod byte_set;
mod fronts;
mod parse;
#[cfg(test)]
pub(crate) mod sample;
mod starts;

pub(crate) use byte_set::ByteSet;
pub(crate) use fronts::Front;

/// A compiled shape.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Shape(Vec<Step>);

/// A part of a shape, and how often it stands: `least` to `most` times.
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

/// Calls `each` with the steps that a group stands for which stands `count` times, at least once, before `rest`: those of one of its
/// shapes, the group once less, and the rest. False once `each` says so.
fn unrolled(group: &[Shape], count: usize, rest: &[&Step], mut each: impl FnMut(&[&Step]) -> bool) -> bool {
    let again = (count > 1).then(|| Step { part: Part::Group(group.to_vec()), least: count - 1, most: count - 1 });
    group.iter().all(|shape| {
        let steps: Vec<&Step> = shape.0.iter().chain(&again).chain(rest.iter().copied()).collect();
        each(&steps)
    })
}

/// Marks that a sentence may end with.
const ELLIPSIS: usize = 3;

impl Shape {
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
                    first.add(set);
                    true
                }
                Part::Group(shapes) => shapes.iter().filter(|shape| !shape.add_first(first)).count() == 0,
            };
            stands && *least > 0
        })
    }

    /// The fewest bytes of a match, and whether all of them are of a set. Where some may not be, those before the first of them.
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
}

#[cfg(test)]
mod tests {
    use super::*;

    fn end(shape: &str, text: &str) -> Option<usize> {
        Shape::new(shape).and_then(|shape| shape.end(text.as_bytes(), 0))
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
        assert_eq!(end("(ab|c\\d)+", "abc1abx"), Some(6));
        assert_eq!(end("(x*|xy)z", "xyz"), None);
        assert_eq!(end("(x?|xy)z", "yz"), None);
        assert_eq!(end("(x*|yx)z", "yxz"), Some(3));
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
}
