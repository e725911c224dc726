//! From text to segments and back: what makes a stream and a whole text give the same bytes.
//!
//! A segment is a line, or a window of a line that is longer than [`WINDOW`]. Where segments are cut depends on the text alone,
//! and nothing but [`Open`] and a little text before the cut is carried from one to the next. So it does not matter how the text
//! arrives, and memory is bounded.

use crate::detect::context::PART;
use crate::detect::words::Rule;
use crate::engine::Engine;
use crate::policy::Action;
use crate::scan::bound::Bound;
use crate::scan::bytes::{self, at, part, run, skip};
use crate::scan::columns::Table;
use crate::scan::{Match, Scan, pem, resolve, settle, value};

/// The longest segment. No detector looks further behind or ahead than this.
pub(crate) const WINDOW: usize = 16 * 1024;
/// Bytes at the end of a window that are scanned but left to the next one, so that what is cut by the end is seen whole there.
const AHEAD: usize = 4 * 1024;
/// Bytes in which a good place for the cut is sought.
const CUT: usize = 2 * 1024;
/// Bytes before the cut that the next window sees again, for keys and context.
const BEHIND: usize = 1024;

/// What the end of a segment cut through: masked until its own end, however far that is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Open {
    #[default]
    Nothing,
    /// A private key.
    Block,
    /// A quoted value: the quote, how many backslashes stand before it, and how often it is repeated.
    Quote { quote: u8, slashes: usize, times: usize },
    /// A token or an unquoted value.
    Bare,
    /// Pairs with `; ` between, of a cookie.
    Pairs,
    /// Nothing yet: the last line ends with a key, and its value stands in the next one. `sure` where that cannot be prose.
    Value { rule: Rule, sure: bool },
    /// The last line names somebody, and their password may stand in the next one: `login ana`.
    Name,
    /// The next line names somebody, and the one behind it is their password: `<auth-user-pass>` of OpenVPN.
    User,
    /// The last line names the columns of the next ones.
    Table(Table),
    /// The last line is a label, which says this of the next one.
    Said(u64),
    /// A command line goes on in the next line; its position among the [tools](crate::scan::command).
    Command { tool: u8 },
    /// Parameters of a statement that are secrets, and stand in the next line.
    Bound(Bound),
    /// A call goes on in the next line, whose argument of this number is a password.
    Arguments { left: u8 },
}

impl Open {
    /// Is something cut through?
    pub(crate) fn is_cut(self) -> bool {
        matches!(self, Self::Block | Self::Quote { .. } | Self::Bare | Self::Pairs)
    }
}

/// Where a text is being read.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Cursor {
    open: Open,
    /// Bytes before the position that were already answered and serve as context.
    pub(crate) behind: usize,
    /// The position is not at the beginning of a line.
    inside: bool,
}

/// One segment, in bytes from the cursor's position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Segment {
    /// The beginning that still belongs to the match before.
    pub(crate) lead: usize,
    /// The whole, lead included.
    pub(crate) length: usize,
}

impl Cursor {
    /// Reads one segment of `text`, whose first `self.behind` bytes were already answered. Its matches, with offsets in `text`, are
    /// in order and do not overlap. `None` where more input is needed to tell where the segment ends.
    pub(crate) fn next(&mut self, engine: &Engine, text: &[u8], at_end: bool, context: u64, matches: &mut Vec<Match>) -> Option<Segment> {
        matches.clear();
        let start = self.behind;
        let rest = text.get(start..).filter(|rest| !rest.is_empty())?;
        let held = self.held(rest);
        let (length, whole) = segment_end(rest, held, at_end)?;
        let (lead, still_open) = self.lead(part(rest, 0, length), held);
        if still_open {
            self.behind = 0;
            return Some(Segment { lead, length: lead });
        }
        // what was open has ended with its line
        if lead < held {
            *self = Self::default();
            return Some(Segment { lead, length: held });
        }
        let (from, end) = (start + lead, start + length);
        let seen = if lead > 0 { from } else { 0 };
        let context = if whole && lead == 0 && !self.inside { context } else { context | PART };
        self.inside = !whole;
        let awaited = std::mem::take(&mut self.open);
        let open = scan(engine, part(text, seen, end), context, if whole { awaited } else { Open::Nothing }, matches);
        for found in matches.iter_mut() {
            found.start += seen;
            found.end += seen;
        }
        resolve::not_before(matches, from);
        resolve::allow(matches, text, engine);
        let (open, answered) = if whole { ends_line(open, text, end, matches) } else { ends_window(open, text, from, end, matches) };
        self.open = open;
        let mut length = answered - start;
        self.behind = if whole || open.is_cut() { 0 } else { length.min(BEHIND) };
        if open.is_cut()
            && let Some(last) = matches.last_mut()
        {
            cut_off(last);
            if length == lead {
                self.open = Open::Nothing;
                length = end - start;
            }
        }
        Some(Segment { lead, length })
    }

    /// The line end at the beginning of the next segment that was held back under an open match.
    fn held(&self, rest: &[u8]) -> usize {
        match rest {
            _ if !self.open.is_cut() => 0,
            [b'\r', b'\n', ..] => 2,
            [b'\r' | b'\n', ..] => 1,
            _ => 0,
        }
    }

    /// How much of the segment belongs to the open match, and whether it stays open.
    fn lead(&self, segment: &[u8], held: usize) -> (usize, bool) {
        let content_end =
            segment.len() - bytes::run_back(segment, segment.len(), 2, |b| matches!(b, b'\r' | b'\n')).min(segment.len() - held);
        let content = part(segment, held, content_end);
        // nothing but the held line end is left: it stays
        if held > 0 && segment.len() == held {
            return (0, false);
        }
        match self.open {
            Open::Nothing
            | Open::Value { .. }
            | Open::Name
            | Open::User
            | Open::Table(_)
            | Open::Said(_)
            | Open::Bound(_)
            | Open::Command { .. }
            | Open::Arguments { .. } => (0, false),
            Open::Block => match pem::line(content) {
                pem::Line::Ends(end) => (held + end, false),
                // a line of nothing but line ends stays held back
                pem::Line::Inside => (content_end, content_end > 0),
                pem::Line::Foreign => (0, false),
            },
            Open::Quote { quote, slashes, times } => match value::quote_end(segment, 0, quote, slashes, times) {
                Some(end) => (end, false),
                None => {
                    let end = value::open_quote_end(segment, 0);
                    (end, end > 0)
                }
            },
            Open::Bare | Open::Pairs if held > 0 => (0, false),
            Open::Pairs => {
                let mut length = 0;
                while length < content.len()
                    && !matches!(at(content, length), b'"' | b'\'' | b'<' | b'>')
                    && !(bytes::is_space(at(content, length)) && length > 0 && at(content, length - 1) != b';')
                {
                    length += 1;
                }
                (length, length == segment.len())
            }
            Open::Bare => {
                let length = run(segment, 0, value::goes_on);
                (length, length == segment.len())
            }
        }
    }
}

/// Where the segment at the beginning of a text ends, behind the line end that was held back, and whether its line ends there. `None` where
/// more input is needed to tell.
fn segment_end(rest: &[u8], held: usize, at_end: bool) -> Option<(usize, bool)> {
    let window = bytes::up_to(rest, WINDOW);
    match memchr::memchr(b'\n', part(window, held, window.len())) {
        Some(newline) => Some((held + newline + 1, true)),
        None if rest.len() > WINDOW => Some((WINDOW, false)),
        None => at_end.then_some((rest.len(), true)),
    }
}

/// What stays open behind a line, and up to where it is answered.
fn ends_line(open: Open, text: &[u8], end: usize, matches: &[Match]) -> (Open, usize) {
    match matches.last() {
        // a cookie ends with its line
        Some(last) if open.is_cut() && open != Open::Pairs && skip(text, last.end, |b| matches!(b, b'\r' | b'\n')) >= end => {
            (open, last.end)
        }
        _ if open.is_cut() => (Open::Nothing, end),
        _ => (open, end),
    }
}

/// The same behind a window, of which the end is left to the next one.
fn ends_window(open: Open, text: &[u8], from: usize, end: usize, matches: &mut Vec<Match>) -> (Open, usize) {
    let cut = cut(text, from, end, matches);
    // an open quote leaves a backslash at the end to what it escapes
    match matches.last() {
        Some(last) if last.start < cut && last.end + usize::from(open.is_cut()) >= end => {
            (if open.is_cut() { open } else { Open::Bare }, last.end)
        }
        _ => {
            matches.truncate(matches.partition_point(|found| found.start < cut));
            (Open::Nothing, cut)
        }
    }
}

/// Scans one segment, before which a key may await its value; its matches are in order and do not overlap.
fn scan(engine: &Engine, segment: &[u8], context: u64, awaited: Open, matches: &mut Vec<Match>) -> Open {
    let mut scan = Scan::new(engine, segment, context, matches);
    scan.run(awaited);
    let open = scan.open;
    if matches.is_empty() {
        return open;
    }
    let merged = resolve::resolve(matches);
    // what is open ends the segment, and stays as it is; with it goes what took the key before its quote
    let mut last = if open.is_cut() { matches.pop() } else { None };
    let end = last.map_or(segment.len(), |last| last.start);
    settle::settle(engine, part(segment, 0, end), context, merged, matches);
    if let Some(last) = &mut last
        && let Some(before) = matches.pop_if(|before| before.end + 1 == last.start)
    {
        last.start = before.start;
    }
    matches.extend(last);
    open
}

/// Scans a text that is one line, which most are: without a line end, and shorter than a window.
pub(crate) fn one(engine: &Engine, text: &[u8], context: u64, matches: &mut Vec<Match>) {
    let open = scan(engine, text, context, Open::Nothing, matches);
    if open.is_cut()
        && let Some(last) = matches.last_mut().filter(|last| last.end == text.len())
    {
        cut_off(last);
    }
    resolve::allow(matches, text, engine);
}

/// What is not there as a whole has no pseudonym and no tail.
fn cut_off(found: &mut Match) {
    if matches!(found.action, Action::Pseudonym | Action::Partial) {
        found.action = Action::Mask;
    }
}

/// A place for the cut that splits neither a match nor, if possible, a word.
fn cut(text: &[u8], from: usize, end: usize, matches: &[Match]) -> usize {
    let latest = end.saturating_sub(AHEAD).max(from + 1);
    let earliest = latest.saturating_sub(CUT).max(from + 1);
    let gap = part(text, earliest, latest).iter().rposition(|&b| bytes::is_space(b) || matches!(b, b',' | b';' | b'&'));
    let mut cut = gap.map_or(latest, |i| earliest + i + 1);
    while cut > from + 1 && at(text, cut) & 0xc0 == 0x80 {
        cut -= 1;
    }
    for found in matches {
        if found.start < cut && cut < found.end {
            cut = found.end;
        }
    }
    cut
}
