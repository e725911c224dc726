//! With how many digits or capital letters a match can begin, and what follows them: by that an id is looked up.

use super::{ByteSet, Part, Shape, Step, unrolled};
use crate::scan::bytes;

const DIGITS: ByteSet = ByteSet::of_class(bytes::DIGIT);
const CAPITALS: ByteSet = ByteSet::of_class(bytes::UPPER);

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

impl Shape {
    /// Calls `visit` with how a match can begin: digits or capital letters, how many (at most `most`), and the byte behind them, which is
    /// none where the match ends there. One byte stands for all of a word.
    pub(crate) fn fronts(&self, most: usize, visit: &mut dyn FnMut(Front)) {
        let steps: Vec<&Step> = self.0.iter().collect();
        for (kind, set) in [(bytes::DIGIT, &DIGITS), (bytes::UPPER, &CAPITALS)] {
            Fronts { kind, set, most, visit: &mut *visit }.go_on(0, &steps);
        }
    }
}

/// The fronts of one kind.
struct Fronts<'v> {
    kind: u8,
    /// The bytes of the kind.
    set: &'v ByteSet,
    most: usize,
    visit: &'v mut dyn FnMut(Front),
}

impl Fronts<'_> {
    /// Goes on from steps before that allow `length` bytes of the kind.
    fn go_on(&mut self, length: usize, steps: &[&Step]) {
        let Some((step, rest)) = steps.split_first() else { return self.end(length, None) };
        let room = self.most.saturating_sub(length) + 1;
        for count in step.least..=step.most.min(step.least.max(room)) {
            match &step.part {
                _ if count == 0 => self.go_on(length, rest),
                Part::Byte(byte) if self.set.has(*byte) => self.go_on(length + count, rest),
                Part::Byte(byte) => self.end(length, Some(*byte)),
                Part::Set(set) => self.go_on_with_set(length, set, count, rest),
                Part::Group(shapes) => {
                    unrolled(shapes, count, rest, |steps| {
                        self.go_on(length, steps);
                        true
                    });
                }
            }
        }
    }

    /// Goes on with so many bytes of a set.
    fn go_on_with_set(&mut self, length: usize, set: &ByteSet, count: usize, rest: &[&Step]) {
        let has_kind = set.meets(self.set);
        // of letters, digits and `_`, one stands for all
        let mut word = false;
        for byte in set.bytes().filter(|&byte| !self.set.has(byte)) {
            if bytes::is_word(byte) && std::mem::replace(&mut word, true) {
                continue;
            }
            (0..if has_kind { count } else { 1 }).for_each(|before| self.end(length + before, Some(byte)));
        }
        if has_kind {
            self.go_on(length + count, rest);
        }
    }

    /// What begins with `length` bytes of the kind has `next` behind them.
    fn end(&mut self, length: usize, next: Option<u8>) {
        if length > 0 {
            (self.visit)(Front { kind: self.kind, length: length.min(self.most), next });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scan::bytes::{DIGIT, UPPER};

    #[test]
    fn fronts_of_shapes() {
        let fronts = |shape: &str| {
            let mut all = Vec::new();
            if let Some(shape) = Shape::new(shape) {
                shape.fronts(15, &mut |front| all.push((front.kind, front.length, front.next)));
            }
            all.dedup();
            all
        };
        assert_eq!(fronts("\\d{3}[. ]?\\d{2}"), [(DIGIT, 5, None), (DIGIT, 3, Some(b' ')), (DIGIT, 3, Some(b'.'))]);
        assert_eq!(
            fronts("[AB]{1,2}-?5"),
            [(UPPER, 1, Some(b'5')), (UPPER, 1, Some(b'-')), (UPPER, 2, Some(b'5')), (UPPER, 2, Some(b'-'))]
        );
        assert_eq!(fronts("1{2}[0A]"), [(DIGIT, 2, Some(b'A')), (DIGIT, 3, None)]);
    }
}
