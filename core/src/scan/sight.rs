//! What in a block of text is worth a look, found in its [masks](Block): many bytes at once, and without a branch for most of them.

use std::sync::Arc;

use crate::engine::Engine;
use crate::scan::block::{BLOCK, Block};
use crate::scan::bytes::{self, DIGIT, HIGH, LETTER, WORD, at, before, class, part, run};
use crate::scan::grams::{gram, whole_of};
use crate::scan::random::LONG;
use crate::scan::token::{HINT, RUN, SAID, SHORT, TOKEN};
use crate::scan::value::is_uuid;
use crate::scan::{escape, network, number};
use crate::walk::field::KEY_MAX;

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
    pub(super) alnum: bool,
    /// With one that is no capital.
    small: bool,
    /// With capitals that begin a word.
    capitals: bool,
    /// With a letter and `_`, `-` or `/`.
    prefix: bool,
    /// With so many digits.
    pub(super) digits: u32,
}

impl Blocks {
    pub(super) fn new() -> Self {
        Self { base: 0, pair: [Block::default(); 2], second: false, before: Before::default() }
    }

    /// Reads the first block of a text.
    #[inline(always)]
    pub(super) fn start<const JSON: bool>(&mut self, text: &[u8]) {
        let [first, second] = &mut self.pair;
        first.read::<JSON>(text, 0);
        if text.len() > BLOCK {
            second.read::<JSON>(text, BLOCK);
        }
    }

    /// Goes on to the next block.
    #[inline(always)]
    pub(super) fn step<const JSON: bool>(&mut self, text: &[u8]) {
        let here = self.here();
        let alnum = here.letter | here.digit;
        let last = BLOCK - 1;
        let capitals = here.upper.leading_ones();
        self.before = Before {
            alnum: alnum >> last != 0,
            small: (alnum & !here.upper) >> last != 0,
            capitals: capitals > 0 && alnum.unbounded_shl(capitals) >> last == 0,
            prefix: (here.letter << 1 & (here.key & !(alnum | here.high) | here.joint)) >> last != 0,
            digits: here.digit.leading_ones(),
        };
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

/// The places of `mask` at which something is.
#[inline(always)]
pub(super) fn those(mask: u64, is: impl Fn(usize) -> bool) -> u64 {
    let mut found = 0;
    each(mask, |place| found |= u64::from(is(place)) << place);
    found
}

/// What is worth a look in one block.
pub(super) struct Sight {
    /// Where a word of context may begin.
    pub(super) context: u64,
    /// Where a token may begin.
    pub(super) tokens: u64,
    /// Capitals that begin a part of a word.
    humps: u64,
    /// Places in words that may be sensitive keys.
    pub(super) hints: u64,
    /// Where a long run of letters and digits begins that a key or a prefix may announce.
    pub(super) long: u64,
    /// Behind a prefix.
    prefixed: u64,
    /// Digits behind the capitals of a code, ends of digits, and marks.
    pub(super) others: u64,
    /// Where a piece of a known value may stand.
    pub(super) values: u64,
}

/// The last digits of runs that may be a part of an id: two digits, or letters or more digits behind.
#[inline(always)]
pub(super) fn digits(blocks: &Blocks) -> u64 {
    let here = blocks.here();
    let two = here.digit & (here.digit << 1 | u64::from(blocks.before.digits != 0));
    let next = blocks.ahead(|block| block.letter, 1);
    let joined = blocks.ahead(|block| block.joint, 1) & blocks.ahead(|block| block.digit | block.letter, 2);
    here.digit & !blocks.ahead(|block| block.digit, 1) & (two | next | joined)
}

impl Sight {
    /// Looks at a block. `torn` has the place at which a word begins though none ends before it; `hinted` says that long
    /// runs are worth a look, since a word not far before may announce one. `EXACT` matches the shapes of tokens, for a reader that looks no
    /// further.
    #[inline(always)]
    pub(super) fn of<const EXACT: bool>(engine: &Engine, text: &[u8], blocks: &Blocks, torn: u64, hinted: bool) -> Self {
        let (base, here, earlier) = (blocks.base, blocks.here(), blocks.before);
        let (fields, triggers) = (&engine.fields, &engine.triggers);
        // parts of words: `access`, `Token` and `v` of `access_Token2v`, `Key` of `APIKey`
        let alnum = here.letter | here.digit;
        let begins = torn | !(alnum << 1 | u64::from(earlier.alnum));
        let first = here.letter & begins;
        let behind_small = (alnum & !here.upper) << 1 | u64::from(earlier.small);
        let humps = here.upper & (behind_small | blocks.ahead(|block| block.letter & !block.upper, 1));
        let parts = first | humps | here.high;
        let known = match text.get(base..).and_then(<[u8]>::first_chunk::<{ BLOCK + 3 }>) {
            Some(window) => those(parts, |place| triggers.starts.may_have(gram(window, place % BLOCK))),
            None => those(parts, |place| triggers.starts.may_have(gram(text, base + place))),
        };
        let (mut tokens, mut hints, mut context) = (0, 0, 0);
        each(known, |place| {
            let gram = gram(text, base + place);
            let kinds = triggers.starts.get(gram);
            let key_run = || (here.key >> place | (blocks.after().key << 1).unbounded_shl(BLOCK as u32 - 1 - place as u32)).trailing_ones();
            if (kinds & SHORT != 0 || kinds & TOKEN != 0 && key_run() >= RUN) && (!EXACT || triggers.may_begin(gram, text, base + place)) {
                tokens |= 1 << place;
            }
            if kinds & (HINT | SAID) == 0 {
                return;
            }
            // `PhilSys` as well as `Sys`
            let [all, part] = [0, humps].map(|humps| word_end(text, base, here.letter | here.high, humps, place));
            let is = |is_word: &dyn Fn(usize) -> bool| is_word(all) || part != all && is_word(part);
            let high = here.high >> place & 1 != 0;
            if kinds & HINT != 0 {
                // in capitals, what only makes a word of the next one may announce a value too: `API 9f…`
                let loud = here.upper >> place & 3 == 3;
                let decides = |end: usize| fields.may_decide(gram, text, base + place, end);
                hints |= u64::from(high || loud || fields.compounds.contains(gram) || is(&decides)) << place;
            }
            if kinds & SAID != 0 {
                let said = |end: usize| fields.context.contains(whole_of(gram, text, base + place, bytes::singular(text, end)));
                let word = is(&said) && !is_product(text, base + place, all);
                context |= u64::from(word || high && fields.context.contains(gram)) << place;
            }
        });
        // ends of words that count with anything before: `dbpassword`
        let separated = |n: usize| blocks.ahead(|block| block.separator, n);
        let mark = |n: usize| !blocks.ahead(|block| block.key, n);
        let last = here.key & mark(1) & (separated(1) | separated(2) | separated(3) & mark(2));
        each(last, |place| {
            let end = (base + place + 1).checked_sub(4).map_or(0, |start| gram(text, start));
            hints |= u64::from(fields.compounds.contains(end)) << place;
        });
        // capitals and two digits, as codes of persons and things begin
        let coded = (here.upper.wrapping_add(here.upper & begins).wrapping_add(u64::from(earlier.capitals)) & !here.upper)
            & here.digit
            & blocks.ahead(|block| block.digit, 1);
        // `://`, and `=40` before a letter: an `@` of quoted-printable
        let twice = |mask: fn(&Block) -> u64| blocks.ahead(mask, 1) & blocks.ahead(mask, 2);
        let quoted = twice(|block| block.digit) & blocks.ahead(|block| block.letter | block.high, 3);
        let address = those(here.separator & (twice(|block| block.joint) | quoted), |place| {
            matches!(part(text, base + place + 1, base + place + 3), b"//" | b"40")
        });
        // a long run is no more than an id where no key and no prefix announces it
        let prefixed = ((here.letter << 1 | u64::from(earlier.alnum)) & (here.key & !(alnum | here.high) | here.joint)) << 1
            | u64::from(earlier.prefix);
        let announced = alnum & if hinted || hints | context != 0 { !0 } else { prefixed };
        let long = if announced == 0 { 0 } else { long(blocks) & announced };
        let values = if engine.known.is_empty() {
            0
        } else {
            let behind_digit = here.digit << 1 | u64::from(earlier.digits != 0);
            let turns = here.letter & behind_digit | here.upper & behind_small;
            if turns == 0 { 0 } else { engine.known.sight(text, base, turns) }
        };
        let foreign = if here.high == 0 { 0 } else { foreign(text, blocks) };
        let others = coded | number::ends(text, blocks) | here.stop | address | foreign;
        Self { context, humps, values, tokens, hints, long, prefixed, others }
    }

    /// Where the word ends that begins at a place of the block, and where its first part does.
    pub(super) fn word_ends(&self, text: &[u8], blocks: &Blocks, place: usize) -> [usize; 2] {
        let here = blocks.here();
        [0, self.humps].map(|humps| word_end(text, blocks.base, here.letter | here.high, humps, place))
    }
}

/// Where tokens begin that have digits first, among these places: those behind a word that may announce one. In JSON, the long run in such
/// a token is enough for its string to be scanned.
#[inline(never)]
pub(super) fn led(engine: &Engine, text: &[u8], blocks: &Blocks, places: u64) -> u64 {
    let here = blocks.here();
    let begins = here.digit & !((here.letter | here.digit) << 1 | u64::from(blocks.before.alnum)) & blocks.ahead(|block| block.digit, 1);
    those(begins & places, |place| engine.triggers.starts.get(gram(text, blocks.base + place)) & (TOKEN | SHORT) != 0)
}

/// Is the word a product, as user agents name them: `iPhone`, ` Mobile/15E148` (RFC 9110, section 10.1.5)?
#[inline(never)]
fn is_product(text: &[u8], start: usize, end: usize) -> bool {
    let (first, second) = (before(text, start), at(text, end + 1));
    first == b'i' && class(before(text, start.saturating_sub(1))) & WORD == 0
        || first == b' ' && at(text, end) == b'/' && class(second) & DIGIT != 0 && run(text, end + 1, |b| class(b) & DIGIT != 0) < 4
}

/// Where the word ends that begins at a place of a block. No further than [`KEY_MAX`] bytes behind the block: no word that we know is longer,
/// and in a text without spaces one begins at every letter.
#[inline(always)]
fn word_end(text: &[u8], base: usize, letters: u64, humps: u64, place: usize) -> usize {
    let stops = (!letters | humps) >> place >> 1;
    match stops {
        0 => base + BLOCK + run(bytes::up_to(text, base + BLOCK + KEY_MAX), base + BLOCK, |b| class(b) & (LETTER | HIGH) != 0),
        _ => base + place + 1 + stops.trailing_zeros() as usize,
    }
}

/// Letters of Greek and Cyrillic beside Latin ones, which they may be there to look like, and numbers in digits of other scripts.
#[inline(never)]
fn foreign(text: &[u8], blocks: &Blocks) -> u64 {
    let (base, here) = (blocks.base, blocks.here());
    let beside = here.high & (here.letter << 1 | blocks.ahead(|block| block.letter, 2));
    let first = here.high & !(here.high << 1);
    those(beside, |place| matches!(at(text, base + place), 0xce..=0xd4)) | those(first, |place| escape::is_number(text, base + place))
}

/// Where [`LONG`] letters and digits begin that are not the rest of more.
#[inline(always)]
fn long(blocks: &Blocks) -> u64 {
    let alnum = |block: &Block| block.letter | block.digit;
    let here = alnum(blocks.here());
    // with what goes on in the next block
    let mut within = u128::from(here) | u128::from(alnum(blocks.after())) << BLOCK;
    let mut length = 1;
    while length < LONG {
        within &= within >> length;
        length *= 2;
    }
    within as u64 & !(here << 1 | u64::from(blocks.before.alnum))
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
    /// Does the block before end inside such a word?
    pub(super) fn is_inside(self) -> bool {
        self.inside
    }

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
    /// All of these: a string without any is clean, and nothing in it is known.
    any: u64,
    /// Where a piece of a known value may stand.
    values: u64,
    /// Words that may be sensitive keys, and words that give context.
    hints: u64,
    context: u64,
    /// Long runs and digits that one of these in the same string makes worth a look.
    long: u64,
    digits: u64,
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
    /// A watch over JSON text; nothing where the policy looks for what no mask of a block can tell.
    pub(crate) fn over(engine: Arc<Engine>, text: &[u8]) -> Option<Self> {
        if engine.looks_everywhere() || engine.known.is_anywhere(text) {
            return None;
        }
        let mut watch = Self {
            engine,
            blocks: Blocks::new(),
            keys: Keys::default(),
            found: 0,
            any: 0,
            values: 0,
            hints: 0,
            long: 0,
            context: 0,
            digits: 0,
        };
        watch.blocks.start::<true>(text);
        watch.look(text, false);
        Some(watch)
    }

    /// `hinted` says that a word before the block may announce a long run in the same string.
    fn look(&mut self, text: &[u8], hinted: bool) {
        let sight = Sight::of::<true>(&self.engine, text, &self.blocks, 0, hinted);
        let here = self.blocks.here();
        let (ends, separators, keys) = self.keys.follow(here, sight.hints);
        self.found = sight.tokens | sight.long & sight.prefixed | sight.others | ends | separators;
        if self.engine.addresses {
            self.found |= network::marks(&self.blocks);
        }
        self.values = sight.values;
        (self.hints, self.long) = (sight.hints, sight.long);
        (self.context, self.digits) = (sight.context, digits(&self.blocks));
        self.any = self.found | self.values | self.hints | self.context;
        self.keys = keys;
    }

    /// Reads the string whose first byte is at `start`; nothing where it has an escape, a control character or no end.
    #[inline]
    pub(crate) fn string(&mut self, text: &[u8], start: usize) -> Option<Seen> {
        while self.blocks.base + BLOCK <= start {
            self.step(text, false)?;
        }
        // most strings are short and have nothing in them
        let (base, here) = (self.blocks.base, self.blocks.here());
        let from = !0 << (start - base);
        let marks = (here.quote | here.escape | self.any) & from;
        let first = marks & marks.wrapping_neg();
        if here.quote & first != 0 {
            return Some(Seen { end: base + first.trailing_zeros() as usize, clean: true, unknown: true });
        }
        self.string_at_length(text, start)
    }

    /// The same for one that has something in it or does not end in the block.
    #[inline(never)]
    fn string_at_length(&mut self, text: &[u8], start: usize) -> Option<Seen> {
        let mut seen = Seen { end: start, clean: true, unknown: true };
        let (mut values, mut hints, mut long, mut context, mut digits) = (0, 0, 0, 0, 0);
        loop {
            let (base, here) = (self.blocks.base, self.blocks.here());
            let from = !0 << start.saturating_sub(base);
            let ends = (here.quote | here.escape) & from;
            // up to the first of the ends; all where there is none
            let inside = from & (ends & ends.wrapping_neg()).wrapping_sub(1);
            seen.clean &= self.found & inside == 0;
            values |= self.values & inside;
            hints |= self.hints & inside;
            long |= self.long & inside;
            context |= self.context & inside;
            digits |= self.digits & inside;
            if ends != 0 {
                seen.end = base + ends.trailing_zeros() as usize;
                seen.unknown = hints | context == 0;
                seen.clean &= (hints | context == 0 || long == 0) && (context == 0 || digits == 0);
                seen.clean = values == 0 && (seen.clean || is_uuid(part(text, start, seen.end)));
                return (here.escape >> ends.trailing_zeros() & 1 == 0).then_some(seen);
            }
            self.step(text, hints | context != 0)?;
        }
    }

    fn step(&mut self, text: &[u8], hinted: bool) -> Option<()> {
        self.blocks.step::<true>(text);
        self.look(text, hinted);
        (self.blocks.base < text.len()).then_some(())
    }
}
