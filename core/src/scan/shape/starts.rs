//! With which four bytes a match can begin, and what may follow them: by those a token is found.

use super::{ByteSet, Part, Shape, Step, unrolled};

/// Beginnings that one shape may have.
const STARTS: usize = 4096;
/// Bytes that are looked at: four, and what may follow.
const HEAD: usize = 5;

impl Shape {
    /// Calls `visit` with every four bytes with which a match can begin, of a letter in both cases with the small one, and with what may
    /// follow them. False where there are too many, or where a match may be shorter.
    pub(crate) fn starts(&self, mut visit: impl FnMut([u8; 4], &ByteSet)) -> bool {
        let steps: Vec<&Step> = self.0.iter().collect();
        let mut left = STARTS;
        let mut visit = |sets: [ByteSet; 4], next: &ByteSet| {
            let [first, second, third, fourth] = sets.map(ByteSet::folded);
            for (a, b) in first.bytes().flat_map(|a| second.bytes().map(move |b| (a, b))) {
                for c in third.bytes() {
                    for d in fourth.bytes() {
                        visit([a, b, c, d], next);
                        left = left.saturating_sub(1);
                    }
                    if left == 0 {
                        return false;
                    }
                }
            }
            true
        };
        Starts { head: Vec::with_capacity(HEAD), visit: &mut visit }.go_on(&steps)
    }
}

/// The beginnings of one shape.
struct Starts<'v> {
    /// What may come at each place so far.
    head: Vec<ByteSet>,
    visit: &'v mut dyn FnMut([ByteSet; 4], &ByteSet) -> bool,
}

impl Starts<'_> {
    /// Adds to the head what may come next, until it is full. False once `visit` says so, or where nothing comes any more too soon.
    fn go_on(&mut self, steps: &[&Step]) -> bool {
        let Some((step, rest)) = steps.split_first().filter(|_| self.head.len() < HEAD) else {
            return match self.head.split_first_chunk() {
                Some((&four, next)) => (self.visit)(four, next.first().unwrap_or(&ByteSet::ALL)),
                None => false,
            };
        };
        // as often as it must, and as often as it may within the head
        let room = HEAD - self.head.len();
        (step.least..=step.most.min(step.least.max(room))).all(|count| self.go_on_with(&step.part, count.min(room), rest))
    }

    /// Goes on with a part that stands so often, and leaves the head as it was.
    fn go_on_with(&mut self, part: &Part, count: usize, rest: &[&Step]) -> bool {
        let set = match part {
            _ if count == 0 => return self.go_on(rest),
            Part::Byte(byte) => ByteSet::default().and(&[*byte]),
            Part::Set(set) => *set,
            Part::Group(shapes) => return unrolled(shapes, count, rest, |steps| self.go_on(steps)),
        };
        let length = self.head.len();
        self.head.extend(std::iter::repeat_n(set, count));
        let sound = self.go_on(rest);
        self.head.truncate(length);
        sound
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn starts(shape: &str) -> Option<Vec<String>> {
        let mut all = Vec::new();
        let sound = Shape::new(shape)?.starts(|four, next| {
            let next = if *next == ByteSet::ALL { "*".into() } else { next.bytes().map(char::from).collect::<String>() };
            all.push(format!("{} {next}", String::from_utf8_lossy(&four)));
        });
        sound.then_some(all)
    }

    #[test]
    fn beginnings() {
        assert_eq!(starts("ghp_[a-c]+").unwrap_or_default(), ["ghp_ abc"]);
        assert_eq!(starts("xox[ab]-x?y").unwrap_or_default(), ["xoxa -", "xoxb -"]);
        assert_eq!(starts("(ab){2}cd").unwrap_or_default(), ["abab c"]);
        assert_eq!(starts("xoxa-?").unwrap_or_default(), ["xoxa *", "xoxa -"]);
        assert_eq!(
            starts("(ab|c)d?ef+g").unwrap_or_default(),
            ["abef g", "abef f", "abde f", "cefg *", "ceff g", "ceff f", "cdef g", "cdef f"]
        );
    }

    #[test]
    fn what_may_be_too_short() {
        for shape in ["", "abc", "k(ey)?-x"] {
            assert_eq!(starts(shape), None, "{shape}");
        }
    }
}
