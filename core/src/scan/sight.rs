//! What in a block of text is worth a look, found in its [masks](Block): many bytes at once, and without a branch for most of them.

use std::sync::Arc;

use crate::engine::Engine;
use crate::scan::block::{BLOCK, Block};
use crate::scan::bytes::{gram, part};
use crate::scan::number;
use crate::scan::value::is_uuid;

/// The block that is looked at, the one after it, and what matters of the one before.
#[derive(Debug, Clone)]
pub(super) struct Blocks {
    /// Where the block begins.
    pub(super) base: usize,
    /// Two blocks in turns, so that none is ever copied.
    pair: [Block; 2],
    second: bool,
    pub(super) before: Before,
}

/// How the block before ends.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Before {
    /// With a letter or a digit.
    alnum: bool,
    /// With one that is no capital.
    small: bool,
    /// With so many digits.
    pub(super) digits: u32,
}

impl Blocks {
    /// The first block of a text.
    #[inline(always)]
    pub(super) fn of<const JSON: bool>(text: &[u8]) -> Self {
        let mut blocks = Self { base: 0, pair: [Block::default(); 2], second: false, before: Before::default() };
        let [first, second] = &mut blocks.pair;
        first.read::<JSON>(text, 0);
        if text.len() > BLOCK {
            second.read::<JSON>(text, BLOCK);
        }
        blocks
    }

    /// Goes on to the next block.
    #[inline(always)]
    pub(super) fn step<const JSON: bool>(&mut self, text: &[u8]) {
        let here = self.here();
        let alnum = here.letter | here.digit;
        let last = BLOCK - 1;
        self.before = Before { alnum: alnum >> last != 0, small: (alnum & !here.upper) >> last != 0, digits: here.digit.leading_ones() };
        self.base += BLOCK;
        let [first, second] = &mut self.pair;
        let after = if self.second { second } else { first };
        if self.base + BLOCK < text.len() {
            after.read::<JSON>(text, self.base + BLOCK);
        } else {
            *after = Block::default();
        }
        self.second = !self.second;
    }

    #[inline(always)]
    pub(super) fn here(&self) -> &Block {
        let [first, second] = &self.pair;
        if self.second { second } else { first }
    }

    #[inline(always)]
    pub(super) fn after(&self) -> &Block {
        let [first, second] = &self.pair;
        if self.second { first } else { second }
    }

    /// A mask of the block, moved so that each byte has the bit of the byte `n` behind it, 1 to 63.
    #[inline(always)]
    pub(super) fn ahead(&self, mask: impl Fn(&Block) -> u64, n: usize) -> u64 {
        mask(self.here()) >> n | mask(self.after()) << (BLOCK - n)
    }

    /// The bit of a place in the text; none where it is outside the block.
    #[inline(always)]
    pub(super) fn bit(&self, i: usize) -> u64 {
        match i.checked_sub(self.base) {
            Some(place @ 0..BLOCK) => 1 << place,
            _ => 0,
        }
    }
}

/// Calls `look` with the place of every bit.
#[inline(always)]
pub(super) fn each(mut mask: u64, mut look: impl FnMut(usize)) {
    while mask != 0 {
        look(mask.trailing_zeros() as usize);
        mask &= mask - 1;
    }
}

/// What is worth a look in one block.
pub(super) struct Sight {
    /// Where something that we know may begin: a token, a sensitive key, a word of context.
    known: u64,
    /// Where a token may begin.
    pub(super) tokens: u64,
    /// Places in words that may be sensitive keys.
    pub(super) hints: u64,
    /// Beginnings of account numbers, ends of digits, and marks.
    pub(super) others: u64,
}

impl Sight {
    /// Looks at a block. `torn` has the place at which a word begins though none ends before it.
    #[inline(always)]
    pub(super) fn of(engine: &Engine, text: &[u8], blocks: &Blocks, torn: u64) -> Self {
        let (base, here, before) = (blocks.base, blocks.here(), blocks.before);
        let (rules, triggers) = (&engine.fields.rules, &engine.triggers);
        // parts of words: `access`, `Token` and `v` of `access_Token2v`, `Key` of `APIKey`
        let alnum = here.letter | here.digit;
        let first = here.letter & (torn | !(alnum << 1 | u64::from(before.alnum)));
        let behind_small = (alnum & !here.upper) << 1 | u64::from(before.small);
        let hump = here.upper & (behind_small | blocks.ahead(|block| block.letter & !block.upper, 1));
        let mut known = 0;
        match text.get(base..).and_then(<[u8]>::first_chunk::<{ BLOCK + 3 }>) {
            Some(window) => each(first | hump, |place| known |= u64::from(triggers.starts.contains(gram(window, place))) << place),
            None => each(first | hump, |place| known |= u64::from(triggers.starts.contains(gram(text, base + place))) << place),
        }
        let (mut hints, mut tokens) = (0, 0);
        each(known, |place| {
            let gram = gram(text, base + place);
            hints |= u64::from(rules.contains(gram)) << place;
            tokens |= u64::from(triggers.tokens.contains(gram)) << place;
        });
        // ends of words that count with anything before: `dbpassword`
        let separated = |n: usize| blocks.ahead(|block| block.separator, n);
        let mark = |n: usize| !blocks.ahead(|block| block.key, n);
        let last = here.key & mark(1) & (separated(1) | separated(2) | separated(3) & mark(2));
        each(last, |place| {
            let end = (base + place + 1).checked_sub(4).map_or(0, |start| gram(text, start));
            hints |= u64::from(rules.contains(end)) << place;
        });
        // two letters and two digits, as an IBAN begins
        let account =
            first & blocks.ahead(|block| block.letter, 1) & blocks.ahead(|block| block.digit, 2) & blocks.ahead(|block| block.digit, 3);
        // `://`
        let address = here.separator & blocks.ahead(|block| block.joint, 1) & blocks.ahead(|block| block.joint, 2);
        Self { known, tokens, hints, others: account | number::ends(text, blocks) | here.stop | address }
    }
}

/// Words that may be sensitive keys, from one block to the next.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Keys {
    /// The block before ends inside such a word.
    inside: bool,
    /// It ends with marks behind one.
    behind: bool,
}

impl Keys {
    /// Where words that may be sensitive keys end, and the separators that follow them with nothing but marks between. `hints` are places in
    /// those words.
    ///
    /// A sum carries a hint to the end of its run of bits: 0111 + 0010 = 1001.
    #[inline(always)]
    pub(super) fn follow(self, block: &Block, hints: u64) -> (u64, u64, Self) {
        let key = block.key;
        let (sum, first) = key.overflowing_add(hints);
        let (sum, second) = sum.overflowing_add(u64::from(self.inside));
        let ends = sum & !key;
        let marks = !(key | block.separator);
        let (sum, third) = marks.overflowing_add(ends & marks);
        let (sum, fourth) = sum.overflowing_add(u64::from(self.behind));
        let separators = (ends | sum & !marks) & block.separator;
        (ends & marks, separators, Self { inside: first | second, behind: third | fourth })
    }
}

/// Reads the strings of JSON text from left to right, and tells which of them need no scan.
pub(crate) struct Watch {
    engine: Arc<Engine>,
    blocks: Blocks,
    keys: Keys,
    /// What in the block a scan may find.
    found: u64,
    /// Words that give context, and keys that may be sensitive.
    known: u64,
}

/// A string of JSON text that stands as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen {
    /// Where its closing quote is.
    pub(crate) end: usize,
    /// A scan would find nothing in it.
    pub(crate) clean: bool,
    /// No word of the vocabulary is in it.
    pub(crate) unknown: bool,
}

impl Watch {
    /// A watch over JSON text; nothing where the policy looks for more than built-in detectors do.
    pub(crate) fn over(engine: Arc<Engine>, text: &[u8]) -> Option<Self> {
        if engine.looks_everywhere() {
            return None;
        }
        let mut watch = Self { engine, blocks: Blocks::of::<true>(text), keys: Keys::default(), found: 0, known: 0 };
        watch.look(text);
        Some(watch)
    }

    fn look(&mut self, text: &[u8]) {
        let sight = Sight::of(&self.engine, text, &self.blocks, 0);
        let here = self.blocks.here();
        let (ends, separators, keys) = self.keys.follow(here, sight.hints);
        self.found = sight.tokens | sight.others | ends & here.joint | separators;
        self.known = sight.known;
        self.keys = keys;
    }

    /// Reads the string whose first byte is at `start`; nothing where it has an escape, a control character or no end.
    #[inline]
    pub(crate) fn string(&mut self, text: &[u8], start: usize) -> Option<Seen> {
        let mut seen = Seen { end: start, clean: true, unknown: true };
        while self.blocks.base + BLOCK <= start {
            self.step(text)?;
        }
        loop {
            let (base, here) = (self.blocks.base, self.blocks.here());
            let from = !0 << start.saturating_sub(base);
            let ends = (here.quote | here.escape) & from;
            // up to the first of the ends; all where there is none
            let inside = from & (ends & ends.wrapping_neg()).wrapping_sub(1);
            seen.clean &= self.found & inside == 0;
            seen.unknown &= self.known & inside == 0;
            if ends != 0 {
                seen.end = base + ends.trailing_zeros() as usize;
                seen.clean = seen.clean || is_uuid(part(text, start, seen.end));
                return (here.escape >> ends.trailing_zeros() & 1 == 0).then_some(seen);
            }
            self.step(text)?;
        }
    }

    fn step(&mut self, text: &[u8]) -> Option<()> {
        self.blocks.step::<true>(text);
        self.look(text);
        (self.blocks.base < text.len()).then_some(())
    }
}
