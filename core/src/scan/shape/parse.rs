//! Reads a shape as it is written.

use super::{ByteSet, Part, Shape, Step};
use crate::scan::bytes;

/// The most that a quantifier without an upper bound allows.
const UNBOUNDED: usize = 1 << 16;

impl Shape {
    /// Compiles a shape; nothing where it is malformed.
    pub(crate) fn new(shape: &str) -> Option<Self> {
        let mut parser = Parser { rest: shape.as_bytes(), steps: Vec::with_capacity(16) };
        let shape = parser.sequence()?;
        parser.rest.is_empty().then_some(shape)
    }
}

struct Parser<'s> {
    rest: &'s [u8],
    /// The steps of sequences that have not ended, one behind the other.
    steps: Vec<Step>,
}

impl Parser<'_> {
    /// Takes the first byte.
    fn take(&mut self) -> Option<u8> {
        let (&first, others) = self.rest.split_first()?;
        self.rest = others;
        Some(first)
    }

    /// Steps up to the end of the shape or of the alternative.
    fn sequence(&mut self) -> Option<Shape> {
        let first = self.steps.len();
        while !matches!(self.rest.first(), None | Some(b'|' | b')')) {
            let part = self.part()?;
            let (least, most) = self.bounds()?;
            self.steps.push(Step { part, least, most });
        }
        Some(Shape(self.steps.drain(first..).collect()))
    }

    fn part(&mut self) -> Option<Part> {
        Some(match self.take()? {
            b'\\' => {
                let mut set = ByteSet::default();
                self.escape(&mut set)?.map_or(Part::Set(set), Part::Byte)
            }
            b'[' => Part::Set(self.set()?),
            b'(' => Part::Group(self.alternatives()?),
            b'.' | b']' | b'{' | b'}' | b'?' | b'*' | b'+' => return None,
            b => Part::Byte(b),
        })
    }

    /// What stands behind a backslash: a byte, or a set that is added to `set`.
    fn escape(&mut self, set: &mut ByteSet) -> Option<Option<u8>> {
        match self.take()? {
            b'w' => [(b'0', b'9'), (b'A', b'Z'), (b'_', b'_'), (b'a', b'z')].iter().for_each(|&(first, last)| set.insert(first, last)),
            b'd' => set.insert(b'0', b'9'),
            b => return b.is_ascii_punctuation().then_some(Some(b)),
        }
        Some(None)
    }

    /// What stands behind `(`, and its end; nothing where an alternative is never reached, as one before it is how it begins: `(ab|abc)`.
    fn alternatives(&mut self) -> Option<Vec<Shape>> {
        let mut shapes = vec![self.sequence()?];
        while self.take()? != b')' {
            let next = self.sequence()?;
            if shapes.iter().any(|shape: &Shape| next.0.starts_with(&shape.0) && shape.first().is_some()) {
                return None;
            }
            shapes.push(next);
        }
        Some(shapes)
    }

    /// What stands behind `[`, and its end.
    fn set(&mut self) -> Option<ByteSet> {
        let mut set = ByteSet::default();
        let negated = self.rest.first() == Some(&b'^');
        if negated {
            self.take()?;
        }
        loop {
            let first = match self.take()? {
                b']' => break,
                b'\\' => match self.escape(&mut set)? {
                    Some(byte) => byte,
                    None => continue,
                },
                b => b,
            };
            let last = match *self.rest {
                [b'-', last, ref others @ ..] if last != b']' => {
                    self.rest = others;
                    last
                }
                _ => first,
            };
            if first > last {
                return None;
            }
            set.insert(first, last);
        }
        Some(if negated { set.negated() } else { set })
    }

    /// How often: the quantifier, if there is one.
    fn bounds(&mut self) -> Option<(usize, usize)> {
        let bounds = match self.rest.first() {
            Some(b'?') => (0, 1),
            Some(b'*') => (0, UNBOUNDED),
            Some(b'+') => (1, UNBOUNDED),
            Some(b'{') => {
                self.take()?;
                return self.braces();
            }
            _ => return Some((1, 1)),
        };
        self.take()?;
        Some(bounds)
    }

    /// What stands behind `{`, and its end.
    fn braces(&mut self) -> Option<(usize, usize)> {
        let least = self.number()?;
        let most = match *self.rest {
            [b',', b'}', ..] => UNBOUNDED,
            [b',', ..] => {
                self.take()?;
                self.number()?
            }
            _ => least,
        };
        while self.take()? != b'}' {}
        (least <= most && most > 0).then_some((least, most))
    }

    fn number(&mut self) -> Option<usize> {
        let digits = bytes::run(self.rest, 0, |b| b.is_ascii_digit());
        let (number, others) = self.rest.split_at_checked(digits)?;
        self.rest = others;
        std::str::from_utf8(number).ok()?.parse().ok().filter(|&n| n <= UNBOUNDED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn malformed() {
        for shape in ["a(b", "a[b", "a{2", "a{x}", "a{3,2}", "a{0}", "?", "a**", "[z-a]bcd", "a.bcd", "a|bcd", "ab)cd", "\\abcd"] {
            assert_eq!(Shape::new(shape), None, "{shape}");
        }
    }

    #[test]
    fn alternatives_that_are_never_reached() {
        for shape in ["(a|ab)c", "(ab|x|ab)", "x(a|(\\d|\\d{1}\\w)b)"] {
            assert_eq!(Shape::new(shape), None, "{shape}");
        }
        for shape in ["(ab|a)c", "(|ab)c", "(a*|ab)c", "(a+|ab)c"] {
            assert!(Shape::new(shape).is_some(), "{shape}");
        }
    }
}
