//! Command lines of known tools: how a tool is recognised, and how its arguments are read, for secrets that have no key beside them:
//! `curl -u ana:x`, `psexec -p x`. Which tools there are is data ([`tools`]); calls and statements are read in [`call`], names beside
//! passwords in [`login`].

mod call;
mod login;
mod tools;

pub(super) use login::follows_user;
pub(crate) use tools::starts;

use tools::{Argument, BY_GRAM, Secret, TOOLS, Tool};

use crate::detect::credential::PRIVATE_KEY;
use crate::detect::words::Rule;
use crate::engine::Engine;
use crate::replace::placeholder;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, part, run, skip, starts_with_nocase};
use crate::scan::grams::gram;
use crate::scan::lines::Open;
use crate::scan::token::is_mixed;
use crate::scan::value::{self, Around, Extent};

/// Bytes of a command line that are looked at.
const LINE: usize = 1024;
/// Letters and digits of a name that is a key.
const KEY: usize = 20;

/// Where the name of a tool ends that stands at the beginning of this text; the words of a list have marks between them:
/// `'docker', 'login'`.
fn name_end(text: &[u8], name: &str) -> Option<usize> {
    name.bytes().try_fold(0, |end, b| {
        let length = match b {
            b' ' => run(text, end, |b| b == b' ' || is_list_mark(b)),
            _ => usize::from(at(text, end).eq_ignore_ascii_case(&b)),
        };
        (length > 0).then_some(end + length)
    })
}

/// Does this element of a list of arguments hold a secret of the command that stands before it? See [`Pass::second`].
///
/// [`Pass::second`]: crate::Pass::second
pub(crate) fn holds_secret(engine: &Engine, before: [&str; 2], element: &str) -> bool {
    let [line, last] = before.map(str::as_bytes);
    let text = [bytes::up_to(line, LINE), last, element.as_bytes()].join(&b' ');
    let element = text.len() - element.len();
    let mut matches = Vec::new();
    let mut scan = Scan::new(engine, &text, 0, &mut matches);
    let mut start = 0;
    while start < element {
        scan.command(start);
        start += run(&text, start, bytes::is_word);
        start += run(&text, start, |b| !bytes::is_word(b));
    }
    matches.iter().any(|found| found.start >= element)
}

/// How the words of a command are written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    /// With spaces between them, as in a shell.
    Line,
    /// As a list, with quotes, commas and brackets between them: `['docker', 'login']`.
    List,
}

impl Written {
    /// Behind the marks at `from` that stand between the words of a list.
    fn skip(self, text: &[u8], from: usize) -> usize {
        if self == Self::List { gap_end(text, from, self) } else { from }
    }

    /// Does this byte stand between words?
    fn parts(self, b: u8) -> bool {
        bytes::is_space(b) || self == Self::List && is_list_mark(b)
    }
}

/// Is this a mark between the words of a list?
fn is_list_mark(b: u8) -> bool {
    matches!(b, b'"' | b'\'' | b',' | b'[' | b']')
}

/// Behind the spaces at `from`, in a list its marks, and the number of an argument as the audit of Linux writes it: `a1="-u"`.
fn gap_end(line: &[u8], from: usize, written: Written) -> usize {
    let start = skip(line, from, |b| written.parts(b));
    let number = skip(line, start + 1, |b| b.is_ascii_digit());
    match at(line, start) {
        b'a' if written == Written::List && part(line, number, number + 2) == b"=\"" => gap_end(line, number + 2, written),
        _ => start,
    }
}

/// Is this a cluster of flags of one letter with this one last: `-su ana:x`?
fn is_cluster(word: &[u8], flag: &[u8]) -> bool {
    match (flag, word) {
        ([b'-', flag], [b'-', letters @ .., last]) => {
            last == flag && (1..5).contains(&letters.len()) && word.iter().skip(1).all(u8::is_ascii_alphabetic)
        }
        _ => false,
    }
}

/// The first of the quotes in a part of a line, if they are not in pairs.
fn odd_quote(line: &[u8], start: usize, end: usize) -> Option<usize> {
    let word = part(line, start, end);
    let quotes = memchr::memchr_iter(b'"', word).count();
    memchr::memchr(b'"', word).filter(|_| quotes % 2 == 1).map(|quote| start + quote)
}

/// Does the value that begins here look like a secret?
fn is_striking_at(text: &[u8], start: usize) -> bool {
    let found = value::extent(text, start, Rule::Password);
    found.is_some_and(|found| value::is_striking(found.of(text)))
}

/// The next word of a line, and what separates it from the one before: spaces, marks of a list, `\` and `\n`.
fn next_word(line: &[u8], from: usize, written: Written) -> (usize, usize) {
    let mut start = from;
    loop {
        start = gap_end(line, start, written);
        match part(line, start, start + 2) {
            [b'\\', b'n'] => start += 2,
            [b'\\'] | [b'\\', b' ' | b'\r' | b'\n'] => start += 1,
            _ => break,
        }
    }
    (start, skip(line, start, |b| !written.parts(b)))
}

impl Scan<'_, '_> {
    /// At a word: takes the secrets of a command line, if a tool begins it. The rest of the line is still to be looked at.
    pub(super) fn command(&mut self, start: usize) {
        let text = self.text;
        let rest = part(text, start, text.len());
        let gram = gram(rest, 0);
        let from = BY_GRAM.partition_point(|&(other, ..)| other < gram);
        let same = BY_GRAM.iter().skip(from).take_while(|&&(other, ..)| other == gram);
        let named = same.filter_map(|&(_, name, tool)| {
            let end = name_end(rest, name)?;
            // `MySQL-python` is another
            let ends =
                !(bytes::is_word(at(rest, end)) || at(rest, end) == b'-') || starts_with_nocase(part(rest, end, rest.len()), b".exe");
            ends.then_some((end, tool))
        });
        // the longest name: `mysqli_connect`, not `mysqli`
        let Some((end, tool)) = named.max_by_key(|&(end, _)| end).filter(|_| start >= self.command_end) else { return };
        // the last label of a domain, which is no command and may be a call
        if before(text, start) != b'.' || at(rest, end) == b'(' {
            self.arguments(tool, start + end);
        }
    }

    /// The secrets that a tool is given from `from` on.
    pub(super) fn arguments(&mut self, tool: u8, from: usize) {
        let text = self.text;
        match TOOLS.get(usize::from(tool)) {
            Some((_, Tool::Line(secrets))) => self.line(tool, secrets, from),
            Some((_, Tool::Call(number))) if at(text, from) == b'(' => self.call(from, *number),
            Some((_, Tool::Login)) if at(text, from) == b'(' => self.call(from, 2),
            Some((_, Tool::Login)) => self.login_line(from),
            Some((_, Tool::Pipe)) => self.piped(from),
            Some((_, Tool::Answer)) => self.awaits(Rule::Password, part(text, from, text.len()).trim_ascii().is_empty()),
            Some((_, Tool::Lines)) => self.lines(from),
            Some((_, Tool::Call(_))) | None => {}
        }
    }

    /// The secrets among the words of a command line, which goes on in the next line behind a backslash.
    fn line(&mut self, tool: u8, secrets: &[Secret], from: usize) {
        let text = self.text;
        let line = bytes::up_to(text, from + LINE);
        let written = if matches!(at(line, from), b'"' | b'\'' | b',') { Written::List } else { Written::Line };
        let (mut i, mut words, mut quoted) = (from + usize::from(at(line, from) == b':'), 0_u8, false);
        loop {
            let (start, end) = next_word(line, i, written);
            let first = at(line, start);
            let redirected = matches!(first, b'|' | b'>' | b'<') && !secrets.iter().any(|secret| secret.begins_with(first));
            if start == end || redirected {
                i = start;
                break;
            }
            // `/add`, and no path
            let flag = first == b'-' || first == b'/' && !part(line, start + 1, end).contains(&b'/');
            // the digit of its kind: `key-string 7 …`
            let typed = words == 0 && end == start + 1 && matches!(first, b'0' | b'5'..=b'9') && at(line, end) == b' ';
            // where a share of Windows is, and the drive that it becomes
            let place = matches!(part(line, start, end), [b'\\', b'\\', ..] | [_, b':']);
            let counts = !flag && !typed && !place;
            words = words.saturating_add(u8::from(counts));
            let taken = secrets.iter().find_map(|&secret| match secret {
                Secret::Flag(flag, argument) => self.argument(start, end, flag, argument, written),
                Secret::Quoted(word) if word.is_empty() || part(line, start, end).eq_ignore_ascii_case(word.as_bytes()) => {
                    self.quoted_secret(start, start + word.len())
                }
                Secret::Word(number) if counts && words == number => self.secret(start, start, 0),
                Secret::Wild(number) if words == number && is_striking_at(text, start) => self.secret(start, start, 0),
                Secret::Pair(mark) if first != b'-' => {
                    let from = start + usize::from(matches!(first, b'=' | b':'));
                    self.secret(start, written.skip(text, from), mark)
                }
                Secret::Oracle => self.oracle(start, end),
                _ => None,
            });
            i = taken.unwrap_or(end).max(end);
            i += usize::from(i > end && bytes::is_quote(at(line, i)));
            // in what is left of the word, the text may end in which the command stands: `"net user ana /domain"`
            let left = taken.map_or(start, |taken| taken + 1).min(end);
            if written == Written::Line
                && let Some(quote) = odd_quote(line, left, end)
            {
                if !quoted && !matches!(before(line, quote), b' ' | b'=' | b':' | b'\\') {
                    break;
                }
                quoted = !quoted;
            }
        }
        self.command_end = i;
        if text.trim_ascii_end().ends_with(b"\\") && text.ends_with(b"\n") && !self.open.is_cut() {
            self.open = Open::Command { tool };
        }
    }

    /// `Private-Lines: 14`: the number, and with it the lines.
    fn lines(&mut self, from: usize) {
        let text = self.text;
        let start = skip(text, from, |b| matches!(b, b':' | b' '));
        let end = skip(text, start, |b| b.is_ascii_digit());
        if start < end && part(text, end, text.len()).trim_ascii().is_empty() {
            self.ahead(|scan| scan.found(PRIVATE_KEY, start, end));
            self.open = if self.open.is_cut() { self.open } else { Open::Block };
        }
    }

    /// The secret of a flag, if it is the word `start..end`: where it ends.
    fn argument(&mut self, start: usize, end: usize, flag: &str, argument: Argument, written: Written) -> Option<usize> {
        let text = self.text;
        let word = part(text, start, end);
        let from = match (word.strip_prefix(flag.as_bytes()), argument) {
            (Some([]), Argument::Glued) => return None,
            (Some([]), _) => end,
            (Some([b'=' | b':', ..]), argument) if argument != Argument::Glued => start + flag.len() + 1,
            (Some(_), Argument::Joined | Argument::Glued | Argument::Behind(_)) if flag.len() < 4 => start + flag.len(),
            (_, Argument::Behind(_)) if is_cluster(word, flag.as_bytes()) => end,
            _ => return None,
        };
        let from = written.skip(text, from);
        let typed = argument == Argument::Typed && matches!(part(text, from, from + 3), [b' ', b'0' | b'5'..=b'9', b' ']);
        self.secret(start, from + if typed { 3 } else { 0 }, if let Argument::Behind(mark) = argument { mark } else { 0 })
    }

    /// Takes the value at `from`, or what is behind a mark in it: where it ends. Nothing is a flag or a file behind `<`.
    fn secret(&mut self, start: usize, from: usize, mark: u8) -> Option<usize> {
        let text = self.text;
        let found = value::extent_within(
            text,
            from,
            Rule::Password,
            Around { outer: if start < from { before(text, from) } else { 0 }, query: false },
        )?;
        let secret = match (mark, found.of(text)) {
            (0, _) => found.start,
            // `curl -u KEY:`, a key with an empty password
            (_, key) if at(text, found.end) == mark && value::is_random(key) => found.start,
            (_, pair) => {
                let name = pair.iter().position(|&b| b == mark)?;
                // `curl -u KEY:x`: the name is a key, and the password says nothing
                if mark == b':' && is_mixed(part(pair, 0, name), KEY) && value::is_random(part(pair, 0, name)) {
                    found.start
                } else {
                    found.start + 1 + name
                }
            }
        };
        let value = part(text, secret, found.end);
        // in a list, brackets stand between words
        if placeholder::prefix(part(text, secret.saturating_sub(1), text.len())).is_some() {
            return None;
        }
        if matches!(value.first(), Some(b'-' | b'<' | b'|' | b'>'))
            || value::is_sentence(value, at(text, found.end))
            || value::is_state(value)
            || !self.is_secret(Rule::Password, value)
        {
            return None;
        }
        self.take_ahead(Rule::Password, &Extent { start: secret, ..found });
        Some(found.end)
    }
}
