//! Shapes: what a token looks like, as steps that are matched once from left to right, without going back.

use crate::scan::bytes;

/// A set of bytes, built at compile time from ranges as in a character class: `a-z0-9_`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ByteSet([u64; 4]);

impl ByteSet {
    /// The set that `ranges` describes. A `-` is itself at the end.
    #[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
    pub(crate) const fn of(ranges: &str) -> Self {
        let text = ranges.as_bytes();
        let mut set = [0u64; 4];
        let mut i = 0;
        while i < text.len() {
            let first = text[i];
            let last = if i + 2 < text.len() && text[i + 1] == b'-' { text[i + 2] } else { first };
            i += if last == first { 1 } else { 3 };
            let mut b = first;
            loop {
                set[(b >> 6) as usize] |= 1 << (b & 63);
                if b == last {
                    break;
                }
                b += 1;
            }
        }
        Self(set)
    }

    #[inline]
    pub(crate) fn has(&self, b: u8) -> bool {
        self.0.get((b >> 6) as usize).is_some_and(|word| word >> (b & 63) & 1 != 0)
    }
}

pub(crate) const DIGITS: ByteSet = ByteSet::of("0-9");
pub(crate) const ALNUM: ByteSet = ByteSet::of("0-9A-Za-z");
/// The alphabet of base64url (RFC 4648, section 5) without padding.
pub(crate) const BASE64URL: ByteSet = ByteSet::of("0-9A-Za-z_-");
/// The alphabet of base64 (RFC 4648, section 4) with padding.
pub(crate) const BASE64: ByteSet = ByteSet::of("0-9A-Za-z+/=");

/// One step of a shape.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Step {
    /// These bytes.
    Lit(&'static str),
    /// One of these, the first that fits.
    Any(&'static [&'static str]),
    /// As many bytes of the set as there are, at least and at most so many. More than the most is no match.
    Run(ByteSet, usize, usize),
    /// These steps, or none of them.
    Opt(&'static [Step]),
}

/// Where the shape ends that begins at `start`, or nothing. The byte after must not continue the last run.
pub(crate) fn matches(shape: &[Step], text: &[u8], start: usize) -> Option<usize> {
    let mut at = start;
    for step in shape {
        at = advance(step, text, at)?;
    }
    Some(at)
}

fn advance(step: &Step, text: &[u8], at: usize) -> Option<usize> {
    let rest = text.get(at..)?;
    match step {
        Step::Lit(literal) => rest.starts_with(literal.as_bytes()).then(|| at + literal.len()),
        Step::Any(literals) => literals.iter().find(|literal| rest.starts_with(literal.as_bytes())).map(|literal| at + literal.len()),
        Step::Run(set, least, most) => {
            let length = bytes::run(text, at, |b| set.has(b));
            (*least..=*most).contains(&length).then(|| at + length)
        }
        Step::Opt(steps) => Some(matches(steps, text, at).unwrap_or(at)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets() {
        let set = ByteSet::of("a-c_-");
        assert_eq!((0..=255u8).filter(|&b| set.has(b)).collect::<Vec<_>>(), b"-_abc");
    }

    #[test]
    fn steps() {
        let shape = [Step::Any(&["ab", "a"]), Step::Run(DIGITS, 2, 3), Step::Opt(&[Step::Lit("!"), Step::Lit("?")]), Step::Lit(";")];
        assert_eq!(matches(&shape, b"xab12!?;", 1), Some(8));
        assert_eq!(matches(&shape, b"a123;", 0), Some(5));
        assert_eq!(matches(&shape, b"a1234;", 0), None);
        assert_eq!(matches(&shape, b"a12!;", 0), None);
    }
}
