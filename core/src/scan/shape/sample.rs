//! Random texts of a shape, the same for the same seed.

use super::{Part, Shape, Step};

/// A generator of numbers (xorshift) that needs no more than to be even and repeatable.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1);
        (0..8).for_each(|_| {
            random.below(2);
        });
        random
    }

    /// Less than `bound`.
    pub(crate) fn below(&mut self, bound: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % bound
    }
}

/// A text of a shape.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sample {
    pub(crate) text: Vec<u8>,
    /// Bytes before the first that is taken at random.
    pub(crate) head: usize,
    /// The longest run of one set.
    longest: (usize, usize),
    random: bool,
}

impl Sample {
    /// The same without one byte of its longest random run.
    pub(crate) fn shortened(mut self) -> Vec<u8> {
        self.text.remove(self.longest.0);
        self.text
    }
}

/// More than this is too much to make of what has no bound worth the name.
const SPREAD: usize = 160;

impl Shape {
    /// A text of this shape, as short as it may be or of any length.
    pub(crate) fn sample(&self, random: &mut Random, shortest: bool) -> Sample {
        let mut sample = Sample::default();
        self.append(&mut sample, random, shortest);
        if !sample.random {
            sample.head = sample.text.len();
        }
        sample
    }

    fn append(&self, sample: &mut Sample, random: &mut Random, shortest: bool) {
        for Step { part, least, most } in &self.0 {
            let room = (most - least).min(SPREAD);
            let count = match (shortest, random.below(4)) {
                (true, _) | (_, 0) => *least,
                (_, 1) => least + room,
                _ => least + random.below(room + 1),
            };
            match part {
                Part::Byte(byte) => sample.text.extend(std::iter::repeat_n(*byte, count)),
                Part::Set(set) => {
                    let bytes: Vec<u8> = (b'!'..=b'~').filter(|&b| set.has(b)).collect();
                    if count > 0 && !sample.random && bytes.len() > FEW {
                        (sample.head, sample.random) = (sample.text.len(), true);
                    }
                    if count > sample.longest.1 {
                        sample.longest = (sample.text.len(), count);
                    }
                    sample.text.extend((0..count).map(|_| bytes.get(random.below(bytes.len())).copied().unwrap_or_default()));
                }
                Part::Group(shapes) => {
                    for _ in 0..count {
                        if let Some(shape) = shapes.get(random.below(shapes.len())) {
                            shape.append(sample, random, shortest);
                        }
                    }
                }
            }
        }
    }

    /// How many beginnings it tells apart before the random part: the formats that it stands for.
    pub(crate) fn formats(&self) -> usize {
        self.heads().0
    }

    /// The number of beginnings, and whether the random part was reached.
    fn heads(&self) -> (usize, bool) {
        let mut heads = 1;
        for Step { part, least, most } in &self.0 {
            match part {
                Part::Byte(_) => {}
                Part::Set(set) => {
                    let size = (0..=u8::MAX).filter(|&b| set.has(b)).count();
                    if size > FEW || *most > 1 {
                        return (heads, true);
                    }
                    heads *= size + usize::from(*least == 0);
                }
                Part::Group(shapes) => {
                    let each: Vec<_> = shapes.iter().map(Self::heads).collect();
                    heads *= each.iter().map(|each| each.0).sum::<usize>() + usize::from(*least == 0);
                    if each.iter().any(|each| each.1) {
                        return (heads, true);
                    }
                }
            }
        }
        (heads, false)
    }
}

/// Bytes of a set that only tells kinds apart: `[opsr]`.
const FEW: usize = 5;
