//! The value behind a sensitive key: where it ends, and whether it is a secret at all.

use crate::detect::words::{self, Rule};
use crate::replace::placeholder;
use crate::scan::bytes::{self, at, class, part, run};
use crate::scan::lines::Open;
use crate::scan::token::is_mixed;

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `key=value`, a quoted value, a value of a map: it is one.
    Plain,
    /// `key: value` without quotes, which may be prose.
    Loose,
}

/// Where a value stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Extent {
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) open: Open,
    pub(crate) quoted: bool,
}

/// Words that follow `password:` in a sentence about passwords.
const SENTENCE: &str = "for is was are not must should cannot can required invalid incorrect wrong expired missing reset changed updated the a \
     an and or of in has have does did do authentication will unable failed too this via from on with that no";

/// Does this stand for a value instead of being one? `${X}`, `<x>`, `{{ x }}`, `%s`, `{}`, null, booleans, runs of `x` or `*`.
pub(crate) fn is_syntax(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    match value {
        [] | b"-" | b"~" | b"?" => true,
        // parameters of SQL
        [b'$', number @ ..] if !number.is_empty() && number.iter().all(u8::is_ascii_digit) => true,
        [b':' | b'@', name @ ..] if is_sensitive(name) => true,
        [b'$', b'{', .., b'}'] | [b'$', b'(', ..] | [b'<', .., b'>'] | [b'{', b'{', .., b'}', b'}'] => true,
        [b'{', name @ .., b'}'] => name.iter().all(|&b| bytes::is_word(b) || matches!(b, b'.' | b'!' | b':')),
        [b'%', b'(', rest @ ..] => rest.iter().position(|&b| b == b')').is_some_and(|close| rest.len() == close + 2),
        [b'%', rest @ ..] if rest.len() <= 3 => {
            matches!(rest.last(), Some(b's' | b'd' | b'r' | b'i' | b'f' | b'v' | b'x' | b'q' | b'j' | b'o' | b'O' | b'c' | b'%'))
        }
        [b'$', name @ ..] if name.iter().all(|&b| bytes::is_word(b)) => is_name(name) || is_sensitive(name),
        [b'&', b'l', b't', b';', .., b'&', b'g', b't', b';'] => true,
        [b'%', name @ .., b'%'] => name.iter().all(|&b| bytes::is_word(b)),
        _ => {
            let runs = |of: u8| value.len() >= 3 && value.iter().all(|&b| b | 0x20 == of | 0x20);
            bytes::is_one_of("null none nil undefined true false nan", value)
                || (runs(b'x') && value.iter().all(u8::is_ascii_alphabetic))
                || value.iter().all(|&b| b == b'*')
                || value.iter().all(|&b| b == b'.')
        }
    }
}

/// Does this say where a secret is, or that one belongs here? `arn:aws:…`, and what a password may look like: `[your key here]`, `#token-field`.
pub(crate) fn is_description(rule: Rule, value: &[u8]) -> bool {
    let of_person = matches!(rule, Rule::Password | Rule::Pass | Rule::Field);
    match value {
        _ if value.starts_with(b"arn:aws:") => true,
        // a selector of CSS
        [b'#' | b'.', name @ ..] if name.contains(&b'-') && is_lower(name, b"-") => {
            !of_person || name.split(|&b| b == b'-').any(is_sensitive)
        }
        _ if of_person => false,
        // `YOUR_API_KEY`
        _ if bytes::starts_with_nocase(value, b"your") && value.len() > 4 => !value.iter().any(u8::is_ascii_digit),
        [b'[', words @ .., b']'] if words.contains(&b' ') && !words.starts_with(b"object ") => {
            words.iter().all(|&b| b.is_ascii_alphabetic() || b == b' ')
        }
        _ => false,
    }
}

/// Small letters and these marks only.
fn is_lower(value: &[u8], marks: &[u8]) -> bool {
    value.iter().all(|b| b.is_ascii_lowercase() || marks.contains(b))
}

/// Is this a word that makes a key sensitive?
pub(super) fn is_sensitive(word: &[u8]) -> bool {
    words::get(word).is_some_and(|entry| entry.is_sensitive())
}

/// Does this name a secret that is kept elsewhere: `default/db-creds`, `app-secrets`, `default-token-x7k2p` (a resource of Kubernetes)?
pub(super) fn is_resource(value: &[u8]) -> bool {
    let name = value.strip_suffix(value.rsplit(|&b| b == b'-').next().filter(|last| last.len() == 5).unwrap_or_default()).unwrap_or(value);
    value.contains(&b'/') && is_lower(value, b"/-")
        || name.contains(&b'-') && is_lower(name, b"-.") && name.split(|b| matches!(b, b'-' | b'.')).any(is_sensitive)
}

/// How many there are, or how long something took: `120ms`, `1.2.3`.
fn is_measured(value: &[u8]) -> bool {
    let number = run(value, 0, |b| b.is_ascii_digit() || b == b'.');
    let unit = part(value, number, value.len());
    number > 0 && if unit.is_empty() { value.iter().filter(|&&b| b == b'.').count() > 1 } else { bytes::is_one_of("ms s us ns k %", unit) }
}

/// What is said of a secret instead of showing it. No password is left alone for being one of these.
const STATES: &str = "missing required expired invalid valid revoked absent unknown disabled enabled default";

/// What `authorization:` may say of a request instead of its credentials.
const DECISIONS: &str = "granted denied allowed forbidden pending failed failure succeeded success successful approved rejected refused ok passed \
     yes no skipped optional";

/// Is this one of the words that say how a secret is?
pub(super) fn is_state(value: &[u8]) -> bool {
    bytes::is_one_of(STATES, value)
}

/// Is `$name` a variable, by its capitals or its underscores? `$ecret` is none.
fn is_name(name: &[u8]) -> bool {
    let (mut joined, mut small) = (false, false);
    for &b in name {
        joined |= b == b'_' || b.is_ascii_uppercase() && small;
        small |= b.is_ascii_lowercase();
    }
    !name.is_empty() && (joined || !small) && !name.iter().any(u8::is_ascii_digit)
}

/// Text that documents a value instead of being one: AWS's `…EXAMPLE`, and `xxxxxxxx`.
pub(super) fn is_example(value: &[u8]) -> bool {
    bytes::find(value, 0, b"EXAMPLE").is_some() || bytes::is_repetitive(value)
}

/// Is this a placeholder with a masked address right behind it? A value that went on in the next line leaves the two side by side.
fn is_masked(value: &[u8]) -> bool {
    let behind = placeholder::prefix(value).and_then(|length| value.get(length..)?.strip_prefix(b"***@"));
    behind.is_some_and(|domain| domain.iter().all(|&b| bytes::is_key(b)))
}

/// Is this value, under a key of this rule, to be replaced?
pub(crate) fn is_secret(rule: Rule, value: &[u8], form: Form, strict: bool) -> bool {
    if placeholder::is(value) || is_masked(value) || is_syntax(value) || is_description(rule, value) {
        return false;
    }
    let of_machine = matches!(rule, Rule::ApiKey | Rule::AwsSecret | Rule::Token | Rule::Secret | Rule::Soft | Rule::Vendor);
    if of_machine && value.len() >= 16 && is_example(value) {
        return false;
    }
    let spoken = of_machine || matches!(rule, Rule::Authorization | Rule::Cookie | Rule::Tokens);
    if spoken && is_state(value) || rule == Rule::Authorization && bytes::is_one_of(DECISIONS, value) {
        return false;
    }
    // a switch
    if !matches!(rule, Rule::Name | Rule::Address | Rule::Field) && bytes::is_one_of("on off yes no", value) {
        return false;
    }
    let digits = value.iter().all(u8::is_ascii_digit);
    let numeric = value.iter().all(|&b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b',' | b'e'));
    let word = form == Form::Loose && value.len() < 16 && value.iter().all(|&b| b.is_ascii_lowercase());
    let title = form == Form::Loose
        && value.len() < 16
        && value.iter().all(u8::is_ascii_alphabetic)
        && value.iter().skip(1).all(u8::is_ascii_lowercase);
    match rule {
        Rule::Authorization => value
            .iter()
            .position(|&b| b == b' ')
            .and_then(|space| value.get(space + 1..))
            .is_none_or(|credentials| !is_syntax(credentials) && !placeholder::is(credentials)),
        Rule::Field | Rule::Password | Rule::Cookie | Rule::Session | Rule::AwsSecret => true,
        Rule::Secret => !(word || is_resource(value)),
        Rule::Pass => {
            let wild = is_mixed(value, 4) || symbols(value) >= 2;
            form == Form::Plain && !(digits && value.len() < 4) || wild && !has_placeholder(value)
        }
        // what was redacted in it says nothing of its looks any more
        Rule::Soft | Rule::Vendor | Rule::Grant if has_placeholder(value) => false,
        Rule::Grant => is_uuid(value) || is_random(value) || is_cased(value),
        Rule::Soft => is_random(value) || is_product_key(value),
        Rule::Vendor => is_uuid(value) || is_random(value) || is_plain(value),
        Rule::ApiKey => !(word || title) && value.iter().any(u8::is_ascii_alphanumeric),
        Rule::Token => {
            !(word || title || numeric && value.len() < 4 || is_measured(value))
                && value.len() >= 3
                && value.iter().filter(|b| b.is_ascii_alphanumeric()).count() >= 2
        }
        Rule::Tokens => !(numeric || word || title) && value.len() >= 6,
        Rule::SessionId => is_mixed(value, 20) && !has_placeholder(value) && (strict || !is_uuid(value)),
        Rule::Cvv => digits && matches!(value.len(), 3 | 4),
        Rule::Pin => digits && (4..=8).contains(&value.len()),
        Rule::Otp => {
            (4..=10).contains(&value.len())
                && value.iter().any(u8::is_ascii_digit)
                && (value.iter().all(|&b| b.is_ascii_alphanumeric() || b == b'-') || grouped_end(value, 0) == Some(value.len()))
        }
        Rule::Name | Rule::Address => value.iter().any(|&b| b.is_ascii_alphabetic() || b >= 0x80),
    }
}

/// How many bytes are neither letters, digits nor marks of a sentence.
pub(crate) fn symbols(value: &[u8]) -> usize {
    value.iter().filter(|b| b.is_ascii_punctuation() && !b".,:;-_/()'\"".contains(b)).count()
}

/// A key or a signature by its looks: long, letters and digits without order, and neither a UUID nor a path.
pub(crate) fn is_random(value: &[u8]) -> bool {
    is_mixed(value, 16)
        && !is_uuid(value)
        && value.iter().filter(|b| matches!(b, b'.' | b':' | b'/' | b' ')).count() < 2
        && value.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()).count() >= 5
}

/// Capitals, small letters and digits, as many as a token has.
fn is_cased(value: &[u8]) -> bool {
    is_mixed(value, 16) && value.iter().any(u8::is_ascii_lowercase) && value.iter().any(u8::is_ascii_uppercase)
}

/// Letters and digits only: a dozen that are mixed, or more than a word has.
fn is_plain(value: &[u8]) -> bool {
    (is_mixed(value, 12) || value.len() >= 24) && value.iter().all(|&b| bytes::is_word(b))
}

/// Does a list or a map hold what may be a token, and not just words?
pub(super) fn holds_token(value: &[u8]) -> bool {
    value.split(|&b| !(bytes::is_word(b) || matches!(b, b'-' | b'.' | b'+' | b'/'))).any(|word| is_mixed(word, 12) || word.len() >= 20)
}

/// Does a value look like a secret where a line or a column alone says that it is one: mixed characters, or symbols?
pub(super) fn is_striking(value: &[u8]) -> bool {
    is_mixed(value, 6) || value.len() >= 6 && symbols(value) > 0
}

/// The key of a product as it is printed: five groups of five capitals and digits.
pub(super) fn is_product_key(value: &[u8]) -> bool {
    let group = |group: &[u8]| group.len() == 5 && group.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    value.len() == 29 && is_mixed(value, 29) && value.split(|&b| b == b'-').all(group)
}

/// Was a part of this value redacted before? Then its length says nothing any more.
pub(crate) fn has_placeholder(value: &[u8]) -> bool {
    memchr::memchr2_iter(b'[', b'*', value).any(|i| value.get(i..).and_then(placeholder::prefix).is_some())
}

/// A UUID with its dashes (RFC 9562, section 4).
pub(crate) fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(i, b)| if matches!(i, 8 | 13 | 18 | 23) { *b == b'-' } else { b.is_ascii_hexdigit() })
}

/// Is this the first word of a sentence about the key, not its value?
pub(crate) fn is_sentence(value: &[u8], after: u8) -> bool {
    after == b' ' && bytes::is_one_of(SENTENCE, value)
}

/// Where the quoted text ends that a quote with so many backslashes opened: before its closing quote, backslashes included.
pub(crate) fn quote_end(text: &[u8], from: usize, quote: u8, slashes: usize, times: usize) -> Option<usize> {
    let mut i = from;
    while i < text.len() {
        let next = i + memchr::memchr2(b'\\', quote, text.get(i..)?)?;
        let length = run(text, next, |b| b == b'\\');
        let quoted = at(text, next + length) == quote;
        // fewer backslashes: the text around this one ends
        let closes = quoted && if slashes == 0 { length % 2 == 0 } else { length <= slashes };
        // SQL and YAML write `'` twice
        if closes && quote == b'\'' && slashes + length == 0 && times == 1 && next > from && at(text, next + 1) == quote {
            i = next + 2;
            continue;
        }
        if closes && (times == 1 || run(text, next + length, |b| b == quote) >= times) {
            return Some(if slashes == 0 { next + length } else { next });
        }
        i = next + length + usize::from(length == 0 || quoted);
    }
    None
}

/// Where the part of an unclosed quote ends that this text has: before the line end, and never between a backslash and what it escapes.
pub(crate) fn open_quote_end(text: &[u8], from: usize) -> usize {
    let end = text.len() - bytes::run_back(text, text.len(), 2, |b| matches!(b, b'\r' | b'\n'));
    let slashes = bytes::run_back(text, end, end.saturating_sub(from), |b| b == b'\\');
    if end == text.len() { end - slashes % 2 } else { end }
}

/// The value that begins at or after `from`, behind a separator. `outer` is the quote that was open before the key, if any;
/// `query` says that the key stands in a query string.
pub(crate) fn extent(text: &[u8], from: usize, rule: Rule, outer: u8, query: bool) -> Option<Extent> {
    let mut start = from + run(text, from, |b| matches!(b, b' ' | b'\t'));
    // prefixes of string literals: `b'…'`, `u"…"`
    if matches!(at(text, start), b'b' | b'u' | b'r' | b'f') && matches!(at(text, start + 1), b'"' | b'\'') {
        start += 1;
    }
    // colours of a terminal
    while at(text, start) == 0x1b && at(text, start + 1) == b'[' {
        start += 2 + run(text, start + 2, |b| b.is_ascii_digit() || b == b';') + 1;
    }
    let slashes = run(text, start, |b| b == b'\\');
    let quote = at(text, start + slashes);
    if matches!(quote, b'"' | b'\'' | b'`') && !(slashes == 0 && quote == outer) {
        let times = match run(text, start + slashes, |b| b == quote) {
            3.. => 3,
            _ => 1,
        };
        let inner = start + slashes + times;
        return Some(match quote_end(text, inner, quote, slashes, times) {
            Some(end) => Extent { start: inner, end, open: Open::Nothing, quoted: true },
            None => {
                let end = open_quote_end(text, inner);
                Extent { start: inner, end, open: Open::Quote { quote, slashes, times }, quoted: true }
            }
        })
        .filter(|extent| extent.start < extent.end);
    }
    if text.get(start..)?.starts_with(b"&quot;") {
        let inner = start + 6;
        let end = bytes::find(text, inner, b"&quot;").unwrap_or(text.len());
        return (inner < end).then_some(Extent { start: inner, end, open: Open::Nothing, quoted: true });
    }
    let end = match rule {
        Rule::Secret if seed_end(text, start).is_some() => seed_end(text, start)?,
        Rule::Otp if grouped_end(text, start).is_some() => grouped_end(text, start)?,
        _ if matches!(at(text, start), b'{' | b'[' | b'(')
            && after_placeholder(text, start) == start
            && bracket_end(text, start).is_some() =>
        {
            bracket_end(text, start)?
        }
        Rule::Authorization => header_end(text, start),
        Rule::Cookie if !query => cookie_end(text, start),
        _ => bare_end(text, start, outer, query),
    };
    (start < end).then_some(Extent { start, end, open: Open::Nothing, quoted: false })
}

/// What ends a sentence or a quotation behind a value and is not of it.
const CLOSERS: &[&str] = &[".", ",", ";", ":", "»", "”", "’", "」", "』", "）", "。", "，", "、", "；", "…"];

/// The end of a value without quotes. It may hold punctuation: what follows a mark tells whether the mark ends it.
fn bare_end(text: &[u8], start: usize, outer: u8, query: bool) -> usize {
    // `<your token>` is one word of syntax, spaces and all
    if at(text, start) == b'<' {
        let length = run(part(text, start, text.len().min(start + 64)), 0, |b| !matches!(b, b'>' | b'\n' | b'"'));
        if length > 1 && at(text, start + length) == b'>' && at(text, start + 1) != b'/' {
            return start + length + 1;
        }
    }
    let mut i = after_placeholder(text, start);
    let ends = |i: usize| {
        matches!(at(text, i), 0 | b' ' | b'\t' | b'\r' | b'\n' | b',' | b';' | b')' | b']' | b'}' | b'>' | b':' | b'.' | b'"' | b'\'')
    };
    let mut nesting = 0i32;
    while let Some(&b) = text.get(i) {
        match b {
            _ if bytes::is_word(b) => {}
            0..=0x20 | 0x7f => break,
            b'"' | b'\'' | b'`' if b == outer || ends(i + 1) || outer != 0 && i > start => break,
            b'\\' if matches!(at(text, i + 1), b'"' | b'\'' | b'n' | b'r' | b't') => break,
            b',' | b';' if ends(i + 1) && !matches!(at(text, i + 1), b'.' | b':') || key_follows(text, i + 1) => break,
            b'&' if query || ends(i + 1) || key_follows(text, i + 1) => break,
            b'[' if after_placeholder(text, i) > i => {
                i = after_placeholder(text, i);
                continue;
            }
            b'(' | b'[' | b'{' => nesting += 1,
            b')' | b']' | b'}' if nesting > 0 => nesting -= 1,
            b')' | b']' | b'}' | b'>' | b'|' if ends(i + 1) => break,
            b'<' if matches!(at(text, i + 1), b'/' | b'!' | b'b') => break,
            _ => {}
        }
        i += 1;
    }
    loop {
        let value = part(text, start, i);
        if value.last().is_some_and(|&b| bytes::is_word(b)) {
            return i;
        }
        let Some(mark) = CLOSERS.iter().find(|mark| value.ends_with(mark.as_bytes())) else { return i };
        i -= mark.len();
    }
}

/// Where the words end of which the seed of a wallet is made (BIP 39): twelve at least.
fn seed_end(text: &[u8], start: usize) -> Option<usize> {
    let (mut end, mut next, mut words) = (start, start, 0);
    while words < 24 {
        let length = run(text, next, |b| b.is_ascii_lowercase());
        if !(3..=8).contains(&length) || class(at(text, next + length)) & bytes::WORD != 0 {
            break;
        }
        (words, end) = (words + 1, next + length);
        next = end + run(text, end, |b| matches!(b, b' ' | b',')).min(2);
        if next == end {
            break;
        }
    }
    (words >= 12).then_some(end)
}

/// Where a code ends that is printed in two groups of digits with a space between, as messages have it: `482 913`.
fn grouped_end(text: &[u8], start: usize) -> Option<usize> {
    let digits = |from: usize| run(text, from, |b| b.is_ascii_digit());
    let first = digits(start);
    let second = digits(start + first + 1);
    let end = start + first + 1 + second;
    let sound =
        at(text, start + first) == b' ' && matches!((first, second), (2, 2) | (3, 3) | (4, 4)) && class(at(text, end)) & bytes::WORD == 0;
    // more groups, a fraction or a time are no code
    let goes_on = matches!(at(text, end), b' ' | b'-' | b'.' | b':' | b'/' | b',' | b'%') && at(text, end + 1).is_ascii_digit();
    (sound && !goes_on).then_some(end)
}

/// Does `key=` or `key:` stand here?
fn key_follows(text: &[u8], from: usize) -> bool {
    let from = from + run(text, from, |b| matches!(b, b' ' | b'"' | b'\''));
    let length = run(part(text, from, text.len().min(from + 64)), 0, |b| bytes::is_word(b) || matches!(b, b'-' | b'.' | b'[' | b']'));
    let after = from + length + run(text, from + length, |b| matches!(b, b'"' | b'\''));
    length > 0 && !matches!(part(text, from, after), [b'.' | b'-']) && matches!(at(text, after), b'=' | b':')
}

/// The end of the bracket that opens at `start`, strings respected; nothing where it does not close in the segment.
fn bracket_end(text: &[u8], start: usize) -> Option<usize> {
    let mut depth = 0usize;
    let mut i = start;
    while let Some(&b) = text.get(i) {
        match b {
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

/// Schemes of authentication (the registry of IANA, and what vendors add).
const SCHEMES: &str = "basic bearer digest token negotiate ntlm apikey api-key hawk key jwt oauth hoba mutual scram-sha-256 \
     aws4-hmac-sha256 signature dpop privatetoken";

/// Credentials of an `Authorization` header (RFC 9110, section 11.4): a scheme, then a token or parameters.
fn header_end(text: &[u8], start: usize) -> usize {
    let token = |from: usize| match at(text, from) {
        b'<' | b'$' | b'{' => bare_end(text, from, 0, false),
        _ => plain_token(text, after_placeholder(text, from)),
    };
    let first = token(start);
    let mut end = first;
    let scheme = part(text, start, first);
    let value = first + run(text, first, |b| b == b' ');
    if value == first {
        return end;
    }
    if !bytes::is_one_of(SCHEMES, scheme) {
        // a vendor's own: `SSWS …`, `GenieKey …`
        let credentials = token(value);
        let own =
            scheme.iter().all(|&b| b.is_ascii_alphabetic() || matches!(b, b'-' | b'_')) && is_mixed(part(text, value, credentials), 16);
        return if own { credentials } else { end };
    }
    // parameters: name=value or name="value", with commas between
    let mut from = value;
    loop {
        let name = run(text, from, |b| bytes::is_word(b) || b == b'-');
        let equals = from + name;
        if name == 0 || at(text, equals) != b'=' || matches!(at(text, equals + 1), b'=' | 0 | b' ') {
            break;
        }
        let slashes = run(text, equals + 1, |b| b == b'\\');
        end = if at(text, equals + 1 + slashes) == b'"' {
            match quote_end(text, equals + 2 + slashes, b'"', slashes, 1) {
                Some(close) => close + slashes + 1,
                None => return text.len() - bytes::run_back(text, text.len(), 2, |b| matches!(b, b'\r' | b'\n')),
            }
        } else {
            token(equals + 1)
        };
        let comma = end + run(text, end, |b| b == b' ');
        if at(text, comma) != b',' {
            return end;
        }
        from = comma + 1 + run(text, comma + 1, |b| b == b' ');
    }
    if from == value {
        end = token(value);
    }
    end
}

/// Behind the placeholder at `start`, if there is one: it is one value, whatever brackets it has, and what ended the value that it
/// stands for ends it again.
fn after_placeholder(text: &[u8], start: usize) -> usize {
    start + text.get(start..).and_then(placeholder::prefix).unwrap_or(0)
}

fn plain_token(text: &[u8], from: usize) -> usize {
    let mut end = from;
    loop {
        end += run(text, end, |b| {
            b > b' ' && b != 0x7f && !matches!(b, b'"' | b'\'' | b',' | b'\\' | b'<' | b'>' | b'}' | b']' | b')' | b'[')
        });
        match (at(text, end), after_placeholder(text, end)) {
            (b'[', behind) => end = behind.max(end + 1),
            _ => return end - bytes::run_back(text, end, end - from, |b| matches!(b, b':' | b';' | b'.')),
        }
    }
}

/// Cookies (RFC 6265, section 4): pairs with `; ` between, attributes with dates among them.
fn cookie_end(text: &[u8], start: usize) -> usize {
    let mut from = after_placeholder(text, start);
    loop {
        let stop = from + run(text, from, |b| !matches!(b, b';' | b'\r' | b'\n' | b'"' | b'\'' | b'<' | b'>') && b != 0x1b);
        if at(text, stop) == b';' && matches!(at(text, stop + 1), b' ' | b'\t') && class(at(text, stop + 2)) & bytes::WORD != 0 {
            from = stop + 2;
            continue;
        }
        // cut off between two pairs
        if at(text, stop) == b';' && stop + 2 >= text.len() {
            return text.len();
        }
        let date = bytes::starts_with_nocase(text.get(from..).unwrap_or_default(), b"expires=");
        return if date {
            stop
        } else {
            from + run(text, from, |b| {
                !bytes::is_space(b) && !matches!(b, b'"' | b'\'' | b',' | b'}' | b']' | b')' | b'\\' | b'<' | b'>' | b';')
            })
        };
    }
}
