//! The scan of one segment of text: one pass over its bytes finds candidates, each is verified where it stands.
//!
//! The pass reads word by word. At the beginning of a word three bytes decide whether a literal could start there; outside
//! words only a few bytes matter (`@ = : $ - \ % >`). Everything else costs one table look-up.

pub(crate) mod bytes;
#[cfg(feature = "regex")]
pub(crate) mod custom;
mod email;
mod escape;
mod keyed;
pub(crate) mod known;
pub(crate) mod lines;
mod normalise;
pub(crate) mod number;
mod pem;
pub(crate) mod resolve;
mod settle;
pub(crate) mod shape;
mod token;
mod url;
pub(crate) mod value;

pub(crate) use token::Triggers;

use crate::detect::DetectorId;
use crate::engine::Engine;
use crate::policy::Action;
use crate::scan::bytes::{DIGIT, HIGH, STOP, WORD, at, class, trigram};
use crate::scan::lines::Open;

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
    /// Context that a key gave to the whole text.
    pub(crate) context: u32,
    pub(crate) matches: &'t mut Vec<Match>,
    /// What the end of the segment cut through.
    pub(crate) open: Open,
    /// The `@` that ends the credentials of a URL, which is no address.
    credentials_end: usize,
    /// Where the last match or escape ended: nothing reaches back over it, and what follows stands at the beginning of a word.
    floor: usize,
    /// Something is written in a way that hides what it means: `%40`, `\u0040`, full-width letters.
    disguised: bool,
}

impl<'e, 't> Scan<'e, 't> {
    pub(crate) fn new(engine: &'e Engine, text: &'t [u8], context: u32, matches: &'t mut Vec<Match>) -> Self {
        Self { engine, text, context, matches, open: Open::Nothing, credentials_end: usize::MAX, floor: 0, disguised: false }
    }

    /// Finds everything; matches are in no order and may overlap.
    pub(crate) fn run(&mut self) {
        self.pass();
        if self.disguised {
            normalise::scan_again(self);
        }
        self.engine.known.find(self.text, self.matches);
        #[cfg(feature = "regex")]
        self.engine.custom.find(self.text, self.matches);
    }

    /// The pass over the raw bytes.
    fn pass(&mut self) {
        let text = self.text;
        let triggers = &self.engine.triggers;
        let mut i = 0;
        while let Some(&b) = text.get(i) {
            let kind = class(b);
            if kind & WORD != 0 {
                let start = i;
                let rest = text.get(i..).unwrap_or_default();
                i += rest.iter().position(|&b| class(b) & WORD == 0).unwrap_or(rest.len());
                let (second, third) = match rest {
                    [_, second, third, ..] => (*second, *third),
                    [_, second] => (*second, 0),
                    _ => (0, 0),
                };
                if kind & DIGIT != 0 {
                    i = self.number(start, i);
                } else if triggers.starts.contains(trigram(b, second, third)) {
                    i = i.max(self.word(start, i));
                }
                continue;
            }
            if kind & (STOP | HIGH) == 0 {
                i += 1;
                continue;
            }
            i = match b {
                b'@' => self.at_sign(i),
                b':' if at(text, i + 1) == b'/' && at(text, i + 2) == b'/' => self.url(i),
                b'=' | b':' => self.separator(i),
                b'>' => self.element(i),
                b'$' => self.dollar(i),
                b'-' => self.dash(i),
                b'\\' | b'%' | 0x1b => self.escape(i),
                _ => self.high(i),
            };
        }
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

    pub(crate) fn record(&mut self, detector: DetectorId, start: usize, end: usize, action: Action) {
        if start < end {
            self.floor = end;
            self.matches.push(Match { start, end, detector, action });
        }
    }
}
