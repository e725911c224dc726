//! Where the value behind a sensitive key begins and ends.

use super::header::{authorization_end, cookie_end};
use super::quote::{open_quote_end, quote_end};
use crate::detect::words::Rule;
use crate::replace::placeholder;
use crate::scan::bytes::{self, WORD, at, class, part, run, skip};
use crate::scan::escape;
use crate::scan::lines::Open;
use crate::scan::number::is_full_date;

/// Where a value stands; [`Open::Bare`] if it may go on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) open: Open,
    pub(crate) quoted: bool,
}

impl Extent {
    /// What stands there.
    pub(crate) fn of(self, text: &[u8]) -> &[u8] {
        part(text, self.start, self.end)
    }

    /// The same with all of a value of which only the beginning was looked at.
    pub(crate) fn whole(self, text: &[u8]) -> Self {
        match self.open {
            Open::Bare => Self { end: skip(text, self.end, goes_on), open: Open::Nothing, ..self },
            _ => self,
        }
    }
}

/// Where the last of the literals ends that are joined to one whose quote is at `end`: `"a" + "b"`, `'a' . 'b'`, and `'a'"b"` and
/// `'a'\''b'` of a shell.
fn joined_end(text: &[u8], mut end: usize) -> usize {
    const OPERATORS: &str = " + | . | .. | & |+|.|\\'|\\\"";
    for _ in 0..LITERALS {
        let behind = end + 1;
        let start = behind
            + match at(text, behind) {
                b' ' if !matches!(at(text, behind + 1), b'+' | b'.' | b'&') => 0,
                b' ' | b'+' | b'.' | b'\\' => bytes::phrase(OPERATORS, part(text, behind, text.len())).unwrap_or(0),
                _ => 0,
            };
        let quote = at(text, start);
        let next = if matches!(quote, b'"' | b'\'') { quote_end(bytes::up_to(text, start + BARE), start + 1, quote, 0, 1) } else { None };
        match next.filter(|&next| is_rest(part(text, start + 1, next))) {
            Some(next) if matches!(at(text, end), b'"' | b'\'') => end = next,
            _ => break,
        }
    }
    end
}

/// Literals that are looked at behind the first.
const LITERALS: usize = 8;

/// May this be the rest of a secret of which the beginning is a literal of its own?
fn is_rest(value: &[u8]) -> bool {
    !value.is_empty() && value.iter().all(|&b| goes_on(b) && !matches!(b, b':' | b'(' | b')' | b'[' | b']' | b'{' | b'}' | b';'))
}

/// May a long token or value without quotes have this byte, though its beginning is not seen any more?
pub(crate) fn goes_on(b: u8) -> bool {
    !bytes::is_space(b) && !matches!(b, b'"' | b'\'' | b'<' | b'>' | b'&' | b',')
}

/// In what a value stands.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Around {
    /// The quote that was open before the key, or 0.
    pub(crate) outer: u8,
    /// Its key stands in a query string.
    pub(crate) query: bool,
}

/// The value that begins at or after `from`, behind a separator.
pub(crate) fn extent(text: &[u8], from: usize, rule: Rule) -> Option<Extent> {
    extent_within(text, from, rule, Around::default())
}

/// The same, where something is around it.
pub(crate) fn extent_within(text: &[u8], from: usize, rule: Rule, around: Around) -> Option<Extent> {
    let start = value_start(text, from);
    let slashes = run(text, start, |b| b == b'\\');
    let quote = at(text, start + slashes);
    if matches!(quote, b'"' | b'\'' | b'`') && !(slashes == 0 && quote == around.outer) {
        return quoted(text, start + slashes, quote, slashes);
    }
    if let Some(entity) = quote_entity(text, start) {
        let inner = start + entity.len();
        let end = bytes::find(text, inner, entity).unwrap_or_else(|| open_quote_end(text, inner));
        return (inner < end).then_some(Extent { start: inner, end, open: Open::Nothing, quoted: true });
    }
    let end = unquoted_end(text, start, rule, around);
    let open = if end == start + BARE { Open::Bare } else { Open::Nothing };
    (start < end).then_some(Extent { start, end, open, quoted: false })
}

/// The quote that stands here as HTML and XML write it, if one does.
fn quote_entity(text: &[u8], at: usize) -> Option<&[u8]> {
    let (quote, length) = escape::entity(text, at)?;
    matches!(quote, b'"' | b'\'').then(|| part(text, at, at + length))
}

/// Behind the spaces, the prefix of a string literal (`b'…'`, `u"…"`) and the colours of a terminal that stand at `from`.
fn value_start(text: &[u8], from: usize) -> usize {
    let mut start = skip(text, from, |b| matches!(b, b' ' | b'\t'));
    // a tab in a string of JSON
    if part(text, start, start + 2) == b"\\t" {
        start += 2;
    }
    // what a program makes of a string: `Some("x")`, `String::from("x")`
    // a look at the first byte first, as few values are made so
    let may_be = matches!(at(text, start), b'S' | b's' | b'n' | b'[');
    let made = start + if may_be { bytes::phrase(MAKERS, part(text, start, text.len())).unwrap_or(0) } else { 0 };
    let prefix = usize::from(matches!(at(text, made), b'b' | b'u' | b'r' | b'f' | b'N' | b'@'));
    if matches!(at(text, made + prefix), b'"' | b'\'') {
        start = made + prefix;
    }
    while at(text, start) == 0x1b && at(text, start + 1) == b'[' {
        start += 2 + run(text, start + 2, |b| b.is_ascii_digit() || b == b';') + 1;
    }
    start
}

/// Calls of which the argument is the value.
const MAKERS: &str = "some(|new string(|string::from(|[]byte(";

/// What stands in quotes of which the first is at `at_quote`, behind so many backslashes.
fn quoted(text: &[u8], at_quote: usize, quote: u8, slashes: usize) -> Option<Extent> {
    let times = match run(text, at_quote, |b| b == quote) {
        3.. => 3,
        _ => 1,
    };
    let start = at_quote + times;
    let (end, open) = match quote_end(text, start, quote, slashes, times) {
        Some(end) => (joined_end(text, end), Open::Nothing),
        None => (open_quote_end(text, start), Open::Quote { quote, slashes, times }),
    };
    // literals of which the last has other quotes are one value with all of them
    if open == Open::Nothing && slashes == 0 && at(text, end) != quote {
        return Some(Extent { start: at_quote, end: end + 1, open, quoted: false });
    }
    (start < end).then_some(Extent { start, end, open, quoted: true })
}

/// Where a value without quotes ends, by what its rule lets it have.
fn unquoted_end(text: &[u8], start: usize, rule: Rule, around: Around) -> usize {
    let grouped = match rule {
        Rule::Secret => seed_end(text, start),
        Rule::Otp => code_end(text, start),
        _ => None,
    };
    let opens = || matches!(at(text, start), b'{' | b'[' | b'(') && after_placeholder(text, start) == start;
    if let Some(end) = grouped.or_else(|| if opens() { bracket_end(text, start) } else { None }) {
        return end;
    }
    match rule {
        Rule::Authorization => authorization_end(text, start),
        Rule::Cookie if !around.query => cookie_end(text, start),
        _ if rule.is_personal() => words_end(text, start, rule, around),
        _ => bare_end(text, start, around),
    }
}

/// Bytes of a value without quotes that are looked at before it is known to be one; see [`Extent::whole`].
const BARE: usize = 2048;

/// The end of a value without quotes. It may hold punctuation: what follows a mark tells whether the mark ends it.
pub(super) fn bare_end(text: &[u8], start: usize, around: Around) -> usize {
    if let Some(end) = syntax_end(text, start) {
        return end;
    }
    let mut i = after_placeholder(text, start);
    let escape = |i: usize| at(text, i) == b'\\' && matches!(at(text, i + 1), b'"' | b'\'' | b'n' | b'r' | b't');
    let ends = |i: usize| {
        matches!(at(text, i), 0 | b' ' | b'\t' | b'\r' | b'\n' | b',' | b';' | b')' | b']' | b'}' | b'>' | b':' | b'.' | b'"' | b'\'')
            || escape(i)
    };
    let mut nesting = 0;
    while let Some(&b) = text.get(i).filter(|_| i < start + BARE) {
        match b {
            _ if bytes::is_word(b) => {}
            0..=0x20 | 0x7f => break,
            b'"' | b'\'' | b'`' if b == around.outer || ends(i + 1) || around.outer != 0 && i > start => break,
            b'\\' if escape(i) => break,
            b',' | b';' if ends(i + 1) && !matches!(at(text, i + 1), b'.' | b':') || key_follows(text, i + 1) => break,
            b'&' if around.query || ends(i + 1) || key_follows(text, i + 1) => break,
            b'&' if part(text, i, i + AMPERSAND.len()) == AMPERSAND && key_follows(text, i + AMPERSAND.len()) => break,
            b'&' if quote_entity(text, i)
                .is_some_and(|entity| ends(i + entity.len()) || matches!(at(text, i + entity.len()), b'&' | b'<')) =>
            {
                break;
            }
            b'[' if after_placeholder(text, i) > i => {
                i = after_placeholder(text, i);
                continue;
            }
            b'(' | b'[' | b'{' if nesting == DEPTH => break,
            b'(' | b'[' | b'{' => nesting += 1,
            b')' | b']' | b'}' if nesting > 0 => nesting -= 1,
            b')' | b']' | b'}' | b'>' | b'|' if ends(i + 1) || part(text, i, i + 2) == b"){" => break,
            b'<' if matches!(at(text, i + 1), b'/' | b'!' | b'b') => break,
            _ => {}
        }
        i += 1;
    }
    if i < start + BARE { without_closers(text, start, i) } else { start + BARE }
}

/// The end of a name or of an address of several words: `Ana de Sá`, `Rua da Sé 48, 2.º`. Each begins with a capital or, but the last, is
/// short, and numbers and commas are an address's.
fn words_end(text: &[u8], start: usize, rule: Rule, around: Around) -> usize {
    let address = rule != Rule::Name;
    let (mut end, mut word, mut next) = (start, start, bare_end(text, start, around));
    loop {
        let first = at(text, word);
        if word == start || first.is_ascii_uppercase() || first >= 0x80 || address && first.is_ascii_digit() {
            end = next;
        } else if next - word > SHORT {
            return end;
        }
        // `St. James`
        let dot = usize::from(at(text, next) == b'.' && next - word <= SHORT);
        let mark = if address { run(text, next + dot, |b| b == b',').min(1) } else { 0 };
        word = next + dot + mark + 1;
        if at(text, word - 1) != b' ' || key_follows(text, word) || is_full_date(text, word) {
            return end;
        }
        next = bare_end(text, word, around);
        if next == word {
            return end;
        }
    }
}

/// Bytes of a word within a name that has no capital: `van der`.
const SHORT: usize = 3;

/// Bytes of an expression of a template that are looked at.
const TEMPLATE: usize = 256;

/// An `&` as HTML writes it: `?token=…&amp;next=…`
const AMPERSAND: &[u8] = b"&amp;";

/// Where `<your token>`, `<%= ENV["TOKEN"] %>`, `{% csrf_token %}` or `${{ secrets.TOKEN }}` ends, if it begins at `start`: it is one word
/// of syntax, spaces and all.
fn syntax_end(text: &[u8], start: usize) -> Option<usize> {
    for (open, close) in [(&b"${{"[..], &b"}}"[..]), (b"<%", b"%>"), (b"{%", b"%}")] {
        if part(text, start, start + open.len()) == open {
            return bytes::find(bytes::up_to(text, start + TEMPLATE), start, close).map(|end| end + close.len());
        }
    }
    // `${DB_PASSWORD:?set it first}`
    if part(text, start, start + 2) == b"${" {
        let end = bytes::find(bytes::up_to(text, start + TEMPLATE), start, b"}").map(|end| end + 1)?;
        let worded = bytes::find(part(text, start, end), 0, b":?").is_some();
        return (worded && !bytes::is_word(at(text, end))).then_some(end);
    }
    if at(text, start) != b'<' || at(text, start + 1) == b'/' {
        return None;
    }
    let length = run(part(text, start, text.len().min(start + 64)), 0, |b| !matches!(b, b'>' | b'\n' | b'"'));
    (length > 1 && at(text, start + length) == b'>').then_some(start + length + 1)
}

/// What ends a sentence or a quotation behind a value and is not of it.
const CLOSERS: &[&str] = &[".", ",", ";", ":", "»", "”", "’", "」", "』", "）", "。", "，", "、", "；", "…"];

/// The end of `text[start..end]` without the marks behind it that belong to the sentence.
fn without_closers(text: &[u8], start: usize, mut end: usize) -> usize {
    loop {
        let value = part(text, start, end);
        if value.last().is_some_and(|&b| bytes::is_word(b)) {
            return end;
        }
        let Some(mark) = CLOSERS.iter().find(|mark| value.ends_with(mark.as_bytes())) else { return end };
        end -= mark.len();
    }
}

/// Where the words end of which the seed of a wallet is made (BIP 39): twelve at least, and the same between all of them.
fn seed_end(text: &[u8], start: usize) -> Option<usize> {
    let (mut end, mut next, mut words) = (start, start, 0);
    let mut between: &[u8] = &[];
    while words < 24 {
        let length = run(text, next, |b| b.is_ascii_lowercase());
        let behind = at(text, next + length);
        if !(3..=8).contains(&length) || class(behind) & WORD != 0 || matches!(behind, b'=' | b':') {
            break;
        }
        (words, end) = (words + 1, next + length);
        next = end + run(text, end, |b| matches!(b, b' ' | b',')).min(2);
        let gap = part(text, end, next);
        if gap.is_empty() || words > 1 && gap != between {
            break;
        }
        between = gap;
    }
    (words >= 12).then_some(end)
}

/// Where a code ends that is printed in two groups of digits with a space between, as messages have it: `482 913`.
pub(super) fn code_end(text: &[u8], start: usize) -> Option<usize> {
    let digits = |from: usize| run(text, from, |b| b.is_ascii_digit());
    let first = digits(start);
    let second = digits(start + first + 1);
    let end = start + first + 1 + second;
    let sound = at(text, start + first) == b' ' && matches!((first, second), (2, 2) | (3, 3) | (4, 4)) && class(at(text, end)) & WORD == 0;
    // more groups, a fraction or a time are no code
    let goes_on = matches!(at(text, end), b' ' | b'-' | b'.' | b':' | b'/' | b',' | b'%') && at(text, end + 1).is_ascii_digit();
    (sound && !goes_on).then_some(end)
}

/// Does `key=` or `key:` stand here?
fn key_follows(text: &[u8], from: usize) -> bool {
    let from = skip(text, from, |b| matches!(b, b' ' | b'"' | b'\''));
    let length = run(part(text, from, text.len().min(from + 64)), 0, |b| bytes::is_word(b) || matches!(b, b'-' | b'.' | b'[' | b']'));
    let after = from + length + run(text, from + length, |b| matches!(b, b'"' | b'\''));
    length > 0 && !matches!(part(text, from, after), [b'.' | b'-']) && matches!(at(text, after), b'=' | b':')
}

/// Brackets within brackets, at most: so no byte is read more often than that, however many keys have a bracket that does not close.
const DEPTH: usize = 32;

/// The end of the bracket that opens at `start`, strings respected; nothing where it does not close in the segment.
fn bracket_end(text: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut i = start;
    while let Some(&b) = text.get(i) {
        match b {
            b'{' | b'[' | b'(' if depth == DEPTH => return None,
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' => {
                depth = depth.checked_sub(1)?;
                if depth == 0 {
                    return Some(i + 1);
                }
            }
            b'"' | b'\'' => {
                let slashes = bytes::run_back(text, i, 8, |b| b == b'\\');
                i = quote_end(text, i + 1, b, slashes, 1)? + slashes;
            }
            b'\n' => return None,
            _ => {}
        }
        i += 1;
    }
    None
}

/// Behind the placeholder at `start`, if there is one: it is one value, whatever brackets it has, and what ended the value that it
/// stands for ends it again.
pub(super) fn after_placeholder(text: &[u8], start: usize) -> usize {
    start + text.get(start..).and_then(placeholder::prefix).unwrap_or(0)
}
