//! The scan of one segment of text: one pass over its bytes finds candidates, each is verified where it stands.
//!
//! The pass reads [blocks](block) of 64 bytes. What is worth a look is found in their masks, many bytes at once: the beginning of a part
//! of a word, if a token begins there; what stands behind a word that may be a sensitive key; the end of
//! digits that may be a number; a piece of a known value; and a few marks (`@ $ \ %`). Nothing else costs anything.

mod around;
mod awaited;
pub(crate) mod block;
mod bound;
pub(crate) mod bytes;
mod code;
mod columns;
pub(crate) mod command;
mod complaint;
pub(crate) mod custom;
mod email;
mod escape;
#[cfg(feature = "regex")]
mod expression;
pub(crate) mod grams;
mod id;
mod keyed;
pub(crate) mod known;
pub(crate) mod lines;
mod manifest;
mod network;
mod normalise;
pub(crate) mod number;
mod pair;
mod pem;
mod personal;
mod random;
pub(crate) mod resolve;
mod settle;
pub(crate) mod shape;
pub(crate) mod sight;
mod spelled;
pub(crate) mod token;
pub(crate) mod trace;
mod url;
pub(crate) mod value;
mod vendor;
mod whole;
pub(crate) mod wordlist;

pub(crate) use keyed::{COPULAS, GRANTS, SPOKEN};
pub(crate) use pair::AUTH_CALLS;
pub(crate) use random::LONG;
pub(crate) use token::{HINT, SAID, Triggers};

use crate::detect::context::{BIRTH, NO_ID, OWN, PART, PLACE, VERSION};
use crate::detect::words::Rule;
use crate::detect::{DetectorId, key};
use crate::engine::Engine;
use crate::policy::Action;
use crate::scan::around::Heard;
use crate::scan::block::BLOCK;
use crate::scan::bound::Bound;
use crate::scan::bytes::{DIGIT, LETTER, WORD, at, class, part};
use crate::scan::grams::gram;
use crate::scan::lines::Open;
use crate::scan::sight::{Blocks, Keys, Sight};
use crate::scan::trace::Note;
use crate::scan::value::Form;

/// Nothing shorter is a key, a separator and a value, nor anything else.
const SHORTEST: usize = 3;

/// Values of a line that are looked for once more.
const REPEATED: usize = 8;

/// Something found: bytes `start..end` of the segment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Match {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) detector: DetectorId,
    pub(crate) action: Action,
}

/// The scan of one segment.
pub(crate) struct Scan<'e, 't> {
    pub(crate) engine: &'e Engine,
    pub(crate) text: &'t [u8],

    // what is found
    pub(crate) matches: &'t mut Vec<Match>,
    /// What the end of the segment cut through.
    pub(crate) open: Open,
    /// Where what is refused is noted, if anybody wants to know.
    pub(crate) trace: Option<&'t mut Vec<Note>>,

    // what is said of values
    /// Context that a key gave to the whole text.
    pub(crate) context: u64,
    /// The same for the policy's own detectors.
    own: u64,
    /// The key of the whole text says that it is a version.
    version: bool,
    /// The words of context so far.
    heard: Heard,
    /// What is said behind the value that is looked at.
    behind: u64,

    // keys
    /// What the block before says of the beginning of this one.
    keys: Keys,
    /// There is a word that may be a sensitive key.
    has_key: bool,
    /// Up to here, such a word is not far before.
    hinted: usize,
    /// Where a separator follows a key, though it does not stand right behind it.
    separator_at: usize,

    // how far things reach
    /// Where the last match or escape ended: nothing reaches back over it, and what follows stands at the beginning of a word.
    floor: usize,
    /// The `@` that ends the credentials of a URL, which is no address.
    credentials_end: usize,
    /// Where the last command line ends that was looked at.
    command_end: usize,

    // what is looked at behind the pass
    /// Something is written in a way that hides what it means: `%40`, `\u0040`, full-width letters.
    disguised: bool,
    /// Parameters of a statement that are secrets.
    bound: Option<Bound>,
    /// Secrets of Kubernetes whose values were looked for.
    manifests: usize,
}

impl<'e, 't> Scan<'e, 't> {
    pub(crate) fn new(engine: &'e Engine, text: &'t [u8], context: u64, matches: &'t mut Vec<Match>) -> Self {
        Self {
            engine,
            text,
            matches,
            open: Open::Nothing,
            trace: None,
            context: context & !(OWN | VERSION),
            own: context & OWN,
            version: context & VERSION != 0,
            heard: Heard::default(),
            behind: 0,
            keys: Keys::default(),
            has_key: false,
            hinted: 0,
            separator_at: usize::MAX,
            floor: 0,
            credentials_end: usize::MAX,
            command_end: 0,
            disguised: false,
            bound: None,
            manifests: 0,
        }
    }

    /// Finds everything; matches are in no order and may overlap. `awaited` is what the line before left open.
    pub(crate) fn run(&mut self, awaited: Open) {
        if let Open::Said(context) = awaited
            && self.is_labelled_line()
        {
            self.context |= context;
        }
        self.pass();
        match awaited {
            Open::Value { rule, sure } => self.awaited(rule, sure),
            Open::Name => self.password_line(),
            Open::User => self.awaits(Rule::Password, true),
            Open::Table(table) => self.row(table),
            Open::Said(_) if self.text.trim_ascii().is_empty() => self.open = awaited,
            Open::Command { tool } => self.arguments(tool, 0),
            Open::Arguments { left } => self.call(0, left),
            Open::Bound(bound) => self.bound(bound, true),
            _ => {}
        }
        if let Some(bound) = self.bound {
            self.bound(bound, false);
        }
        if !self.matches.is_empty() {
            self.repeated();
        }
        if matches!(self.open, Open::Nothing) && self.is_name_line() {
            self.open = Open::Name;
        }
        if self.matches.is_empty() {
            self.whole_line();
        }
        if self.has_key || self.heard.reach > 0 {
            self.open = match self.open {
                Open::Nothing | Open::Value { .. } | Open::Name if let Some(table) = self.header() => Open::Table(table),
                Open::Nothing => self.label().map_or(Open::Nothing, Open::Said),
                open => open,
            };
        }
        if self.disguised {
            normalise::scan_again(self);
        }
        if self.engine.addresses {
            self.addresses();
        }
        if self.context & (BIRTH | PLACE) != 0 {
            self.personal(0, self.context);
        }
        self.engine.known.find(self.text, self.matches);
        self.engine.custom.find(self.text, self.own, self.matches);
    }

    /// What was found under a key is a secret wherever else it stands in the line, as Django logs a statement with its values and these again:
    /// `SET "password" = 'x' …; args=('x', 4)`.
    #[inline(never)]
    fn repeated(&mut self) {
        for n in 0..self.matches.len().min(REPEATED) {
            let Some(&Match { start, end, detector, action }) = self.matches.get(n) else { return };
            let value = part(self.text, start, end);
            let least = if [key::TOKEN, key::API_KEY].contains(&detector) { 16 } else { 8 };
            if ![key::PASSWORD, key::SECRET, key::TOKEN, key::API_KEY].contains(&detector) || !(least..=256).contains(&value.len()) {
                continue;
            }
            // most stand there once: what they look like is asked behind that
            let next = |from| bytes::find(self.text, from, value).filter(|_| value::is_striking(value) && !value::has_placeholder(value));
            let mut from = 0;
            while let Some(again) = next(from) {
                from = again + value.len();
                // the same in a path is the id of a file
                let apart = !matches!(bytes::before(self.text, again), b'/') && class(bytes::before(self.text, again)) & WORD == 0;
                if again != start && apart && class(at(self.text, from)) & WORD == 0 {
                    self.matches.push(Match { start: again, end: from, detector, action });
                }
            }
        }
    }

    /// The pass over the raw bytes.
    fn pass(&mut self) {
        if self.text.len() < SHORTEST {
            return;
        }
        let mut blocks = Blocks::new();
        blocks.start::<false>(self.text);
        // what lies before was taken by a match
        let mut from = 0;
        while blocks.base < self.text.len() {
            from = self.block(&blocks, from);
            blocks.step::<false>(self.text);
        }
        // a key at the end of a text that fills its blocks: no block has what is behind it
        if blocks.base == self.text.len() && self.keys.is_inside() && from <= blocks.base {
            self.beside(blocks.base);
        }
    }

    /// Looks at what matters in a block, from `from` on: where to go on.
    #[inline(always)]
    fn block(&mut self, blocks: &Blocks, mut from: usize) -> usize {
        let (base, here) = (blocks.base, blocks.here());
        // what stands behind a match or an escape begins a word
        let mut sight = Sight::of::<false>(
            self.engine,
            self.text,
            blocks,
            blocks.bit(self.floor),
            self.hinted.max(self.heard.reach) > base || base == 0 && self.context & PART == 0,
        );
        sight::each(sight.values, |place| self.engine.known.verify(self.text, base + place, self.matches));
        let keys = self.keys;
        let any = self.engine.fields.short_name;
        let follow = |hints: u64, more: u64| {
            let (ends, separators, keys) = keys.follow(here, hints);
            (ends, if any { here.separator } else { separators | more & here.separator }, keys)
        };
        let mut more = blocks.bit(self.separator_at);
        let (mut ends, mut separators, mut next) = follow(sight.hints, more);
        // a token that begins with a digit is looked for where a word not far before may announce it
        let reach = self.hinted.saturating_sub(base);
        if sight.hints != 0 || reach != 0 {
            let near = !(!0_u64).unbounded_shl(reach.min(BLOCK) as u32) | (!0_u64).unbounded_shl(sight.hints.trailing_zeros());
            sight.tokens |= sight::led(self.engine, self.text, blocks, near);
        }
        if sight.hints != 0 {
            self.hinted = base + sight.hints.ilog2() as usize + random::REACH;
        }
        // nothing was said before the first word
        let silent = self.heard.ids <= base;
        if sight.context != 0 {
            self.listen(blocks, &sight);
        }
        let announced = match self.heard.ids.saturating_sub(base) {
            _ if self.context & !NO_ID != 0 || self.is_short() => !0,
            0 => 0,
            reach => {
                let first = if silent { sight.context.trailing_zeros() } else { 0 };
                (!0_u64).unbounded_shl(first) & !(!0_u64).unbounded_shl(reach.min(BLOCK) as u32)
            }
        };
        let announced = if announced == 0 { 0 } else { announced & sight::digits(blocks) & !sight.others };
        let mut events = sight.tokens | sight.long | sight.others | announced | ends | separators;
        while let Some(left) = left_of(events, base, from) {
            let place = left.trailing_zeros() as usize;
            events = left & (left - 1);
            let keyed = (ends | separators) >> place & 1 != 0;
            let (long, announced) = (sight.long >> place & 1 != 0, announced >> place & 1 != 0);
            from = match announced {
                true => self.id_around(base + place).unwrap_or(base + place + 1),
                false => self.look(base + place, keyed),
            };
            // what no format takes
            if long && self.floor <= base + place {
                from = self.random(base + place).unwrap_or(from);
            }
            if from == base + place + 1 {
                continue;
            }
            let begins = blocks.bit(from) & here.letter;
            if keyed && at(self.text, base + place) == 0x1b {
                // a colour between a key and its separator
                self.separator_at = from + bytes::run(self.text, from, |b| b == b' ');
                more = blocks.bit(self.separator_at);
            } else if begins == 0 || self.floor != from || !self.may_begin(from) {
                continue;
            }
            sight.hints |= begins;
            (ends, separators, next) = follow(sight.hints, more);
            events |= (begins | blocks.bit(from + 2) & here.digit | ends | separators) & !(blocks.bit(from).wrapping_sub(1));
        }
        self.keys = next;
        from
    }

    /// Notes the words of context of a block.
    #[inline(never)]
    fn listen(&mut self, blocks: &Blocks, sight: &Sight) {
        sight::each(sight.context, |place| self.hear(blocks.base + place, sight.word_ends(self.text, blocks, place)));
    }

    /// May something that we know begin at `i`, if that is the beginning of a word?
    fn may_begin(&self, i: usize) -> bool {
        let kind = |n: usize| class(at(self.text, i + n));
        self.engine.triggers.starts.get(gram(self.text, i)) != 0 || kind(1) & LETTER != 0 && kind(2) & kind(3) & DIGIT != 0
    }

    /// Looks at what stands at `i`: where to go on. `keyed` says that a word before may be a key.
    ///
    /// Apart from the pass, whose few values are to stay in registers.
    #[inline(never)]
    fn look(&mut self, i: usize, keyed: bool) -> usize {
        let text = self.text;
        let b = at(text, i);
        let kind = class(b);
        if kind & DIGIT != 0 {
            // only a token is looked at where digits begin
            let begins = class(at(text, i + 1)) & DIGIT != 0 && class(self.previous(i)) & WORD == 0 && self.is_led(i);
            return if begins { self.word(i) } else { self.number(i) };
        }
        if kind & WORD != 0 {
            return self.word(i);
        }
        match b {
            b':' if at(text, i + 1) == b'/' && at(text, i + 2) == b'/' => self.url(i),
            b'=' | b':' if keyed => self.separator(i),
            b'>' if keyed => self.element(i),
            b' ' | b'\t' if keyed => {
                // what stands before the word, while nothing behind it is taken
                self.code_before(i);
                self.prose(i).unwrap_or_else(|| {
                    self.message(i);
                    self.beside(i)
                })
            }
            b'@' => self.at_sign(i),
            b'$' => self.dollar(i),
            b'\\' | b'%' | b'#' | b'=' | 0x1b => self.escape(i, keyed),
            b'^' if keyed => self.escape(i, keyed),
            0x80.. => self.high(i),
            _ if keyed => self.beside(i),
            _ => i + 1,
        }
    }

    /// Does no placeholder stand between the last hint and `i`? What it stands for was longer, and the hint too far away.
    fn is_led(&self, i: usize) -> bool {
        let from = i.saturating_sub(random::REACH);
        around::placeholders(part(self.text, from, i)).last().is_none_or(|(_, end)| from + end + random::REACH <= self.hinted)
    }

    /// Is this value, under a key of this rule, to be replaced?
    pub(crate) fn is_secret(&self, rule: Rule, value: &[u8]) -> bool {
        value::is_secret(rule, value, Form::Plain, self.engine.strict)
    }

    /// The byte before `i`, or 0 at the beginning and behind a match or an escape.
    pub(crate) fn previous(&self, i: usize) -> u8 {
        if i <= self.floor { 0 } else { bytes::before(self.text, i) }
    }

    /// Records a match of a detector, if the policy has it on.
    pub(crate) fn found(&mut self, detector: DetectorId, start: usize, end: usize) {
        if let Some(action) = self.engine.action(detector) {
            self.record(detector, start, end, action);
        }
    }

    /// Looks at something further on. What lies before that is still to be looked at.
    pub(crate) fn ahead<T>(&mut self, look: impl FnOnce(&mut Self) -> T) -> T {
        let floor = self.floor;
        let found = look(self);
        self.floor = floor;
        found
    }

    pub(crate) fn record(&mut self, detector: DetectorId, start: usize, end: usize, action: Action) {
        if start < end {
            self.floor = end;
            self.matches.push(Match { start, end, detector, action });
        }
    }
}

/// The events that are not before `from`, if there are any.
#[inline(always)]
fn left_of(events: u64, base: usize, from: usize) -> Option<u64> {
    let left = match from.checked_sub(base) {
        None | Some(0) => events,
        Some(taken @ 1..BLOCK) => events & !0 << taken,
        Some(_) => 0,
    };
    (left != 0).then_some(left)
}
