//! Where digits end that may be a number, by the masks of a block.

use super::DIGITS_MIN;
use super::date::{FULL_DATE, is_full_date};
use crate::scan::block::BLOCK;
use crate::scan::bytes::{DIGIT, JOINT, WORD, at, before, class, part};
use crate::scan::sight::Blocks;

/// Digits of the length of an answer; more are none.
const LENGTH_MAX: usize = 10;

/// The last digits of runs that may be a number or begin one: seven digits, or fewer and as many behind marks. What most digits of a log
/// are is none: dates (`2024-05-01`) and addresses of machines.
#[inline(always)]
pub(in crate::scan) fn ends(text: &[u8], blocks: &Blocks) -> u64 {
    let digits = blocks.here().digit;
    if digits == 0 {
        return 0;
    }
    let ends = digits & !blocks.ahead(|block| block.digit, 1);
    // what a run that began in the block before has there
    let earlier = blocks.before.digits;
    let across = digits.trailing_ones();
    let two = digits & digits << 1;
    let four = two & two << 2;
    // six before a capital, as dates of birth stand in codes of persons
    let mut found = ends & four & (four << 3 | four << 2 & blocks.ahead(|block| block.upper, 1));
    if across > 0 && earlier + across >= DIGITS_MIN as u32 {
        found |= ends & 1 << (across - 1);
    }
    let joined = blocks.ahead(|block| block.joint, 1) & blocks.ahead(|block| block.digit | block.joint, 2);
    let rest = ends & joined & !found;
    if rest == 0 { found } else { grouped(text, blocks, rest, found) }
}

/// Of the last digits of runs with a mark and more behind, those that may be a number or begin one, beside what was `found`.
#[inline(never)]
fn grouped(text: &[u8], blocks: &Blocks, mut rest: u64, mut found: u64) -> u64 {
    let (digits, earlier) = (blocks.here().digit, blocks.before.digits);
    while rest != 0 {
        let place = rest.trailing_zeros();
        rest &= rest - 1;
        let first = (digits << (BLOCK as u32 - 1 - place)).leading_ones();
        let first = if first > place { first + earlier } else { first } as usize;
        // shifted twice, as a shift by all bits is none
        let from_here = digits >> place | blocks.after().digit << 1 << (BLOCK as u32 - 1 - place);
        // seven digits in seven groups take no more bytes
        if (from_here & 0xf_ffff).count_ones() as usize + first <= DIGITS_MIN {
            continue;
        }
        let run = Run::new(blocks.base + place as usize + 1, first, from_here);
        if !run.goes_on(text) {
            continue;
        }
        match run.other_length(text) {
            None => found |= 1 << place,
            // nor are its other groups
            Some(length) => {
                let others = !(((2 << (length - first).min(BLOCK - 2)) - 1) << place);
                (rest, found) = (rest & others, found & others);
            }
        }
    }
    found
}

/// A run of digits with a mark and more behind it.
struct Run {
    start: usize,
    end: usize,
    /// How many digits it has.
    first: usize,
    /// How many stand behind the mark.
    second: usize,
    /// A bit for each digit, from its last one on.
    from_last: u64,
}

impl Run {
    #[inline]
    fn new(end: usize, first: usize, from_last: u64) -> Self {
        Self { start: end.saturating_sub(first), end, first, second: (from_last >> 2).trailing_ones() as usize, from_last }
    }

    /// Are there as many digits as a number has, or more groups that may have them?
    #[inline]
    fn goes_on(&self, text: &[u8]) -> bool {
        match self.second {
            // behind several marks: `+351 - 912`
            0 => (self.from_last >> 3 & 7) != 0 && class(at(text, self.end + 2)) & (DIGIT | JOINT) != 0,
            second if self.first + second >= DIGITS_MIN => true,
            second => {
                let more = self.end + 1 + second;
                class(at(text, more)) & JOINT != 0 && class(at(text, more + 1)) & (DIGIT | JOINT) != 0
            }
        }
    }

    /// Bytes of what begins with the run and is no number: a date, an address of a machine, the length of an answer, a fraction.
    #[inline]
    fn other_length(&self, text: &[u8]) -> Option<usize> {
        match (self.first, self.second) {
            (4, 2) if is_full_date(text, self.start) => Some(FULL_DATE),
            (1..=3, 1..=3) if before(text, self.start) != b'+' => self.address_length(text),
            (3, 4..=LENGTH_MAX) if is_status(text, self.start) => Some(4 + self.second),
            (1, DIGITS_MIN..) if matches!(part(text, self.start, self.start + 2), b"0.") => Some(2 + self.second),
            _ => None,
        }
    }

    /// Bytes of the IPv4 address that begins with the run, if it is one and nothing more.
    fn address_length(&self, text: &[u8]) -> Option<usize> {
        let fits = |from: usize, group: usize| {
            group < 3 || matches!(part(text, from, from + 3), [b'0' | b'1', ..] | [b'2', b'0'..=b'4', _] | [b'2', b'5', b'0'..=b'5'])
        };
        let mut length = self.first;
        let mut rest = self.from_last >> 2;
        let mut sound = fits(self.start, self.first);
        for _ in 0..3 {
            let group = rest.trailing_ones() as usize;
            let from = self.start + length + 1;
            sound &= before(text, from) == b'.' && (1..=3).contains(&group) && fits(from, group);
            length += 1 + group;
            rest = rest.unbounded_shr(group as u32 + 1);
        }
        let next = at(text, self.start + length);
        (sound && !matches!(next, b'.' | b'-') && class(next) & WORD == 0).then_some(length)
    }
}

/// `… HTTP/1.1" 200 5124`: the status and the length of an answer, as access logs have them.
fn is_status(text: &[u8], start: usize) -> bool {
    matches!(part(text, start.saturating_sub(6), start), [b'/', _, b'.', _, b'"', b' '])
}
