//! Addresses of machines. A pass of its own behind the other, and none at all where the policy has these detectors off.

use crate::detect::{DetectorId, network};
use crate::engine::Engine;
use crate::scan::bytes::{DIGIT, LETTER, WORD, Words, at, before, class, part, run, run_back, skip_back};
use crate::scan::escape::is_escaped;
use crate::scan::sight::Blocks;
use crate::scan::{Match, Scan};

/// Groups of an IPv6 address (RFC 4291, section 2.2).
const GROUPS: usize = 8;
/// Bytes of the longest, with an IPv4 address at its end.
const LONGEST: usize = 45;
/// Bytes before an address in which a word makes a version of it.
const BEFORE: usize = 24;
/// Words before four numbers that are no address.
const VERSIONS: Words =
    Words::new("version versions ver v vers rev revision release build firmware driver section chapter clause figure oid");

/// The marks between two parts of an address, or at the ends of one.
#[inline(always)]
pub(super) fn marks(blocks: &Blocks) -> u64 {
    let here = blocks.here();
    let part = |n| blocks.ahead(|block| block.letter | block.digit, n);
    let behind = (here.letter | here.digit) << 1 | u64::from(blocks.before.alnum);
    (here.joint | here.separator) & behind & part(1) | here.separator & blocks.ahead(|block| block.separator, 1)
}

impl Scan<'_, '_> {
    /// Finds the addresses of the text.
    pub(super) fn addresses(&mut self) {
        let text = self.text;
        // where the last word that may be an address ended, and the last address
        let (mut looked, mut taken) = (0, usize::MAX);
        for i in memchr::memchr3_iter(b'.', b':', b'-', text) {
            if i < looked {
                continue;
            }
            let found = match at(text, i) {
                b'.' => ipv4(text, i, taken)
                    .filter(|_| !self.version)
                    .map(|found| (network::IPV4, found))
                    .or_else(|| mac(text, i, 4, 3).map(|found| (network::MAC, found))),
                b'-' => mac(text, i, 2, 6).map(|found| (network::MAC, found)),
                _ => {
                    let word = Word::around(text, i);
                    let found = colons(text, &word);
                    // an IPv4 address may be a part of what is none of version 6
                    looked = if found.is_some() || !part(text, i, word.end).contains(&b'.') { word.end } else { i + 1 };
                    found
                }
            };
            if let Some((detector, (start, end))) = found {
                push(self.engine, self.matches, detector, start, end);
                (looked, taken) = (end, end);
            }
        }
    }
}

fn push(engine: &Engine, matches: &mut Vec<Match>, detector: DetectorId, start: usize, end: usize) {
    if let Some(action) = engine.action(detector) {
        matches.push(Match { start, end, detector, action });
    }
}

/// Is this the beginning of a word, or what follows an escape?
fn begins(text: &[u8], start: usize) -> bool {
    class(before(text, start)) & WORD == 0 || is_escaped(text, start)
}

/// Four numbers up to 255 with dots between, of which the first is at `dot`. `taken` is where the last address ended.
fn ipv4(text: &[u8], dot: usize, taken: usize) -> Option<(usize, usize)> {
    let start = skip_back(text, dot, 4, |b| b.is_ascii_digit());
    if !begins(text, start) || before(text, start) == b'.' {
        return None;
    }
    let end = start + dotted(text.get(start..)?)?;
    let follows = class(at(text, end + 1)) & WORD != 0;
    let goes_on = match at(text, end) {
        b'.' | b'+' | b'~' => follows,
        // `10.0.0.1-10.0.0.9`
        b'-' => follows && dotted(part(text, end + 1, text.len())).is_none(),
        b => class(b) & WORD != 0,
    };
    let behind = before(text, start);
    let hangs = match behind {
        b'-' | b'+' | b'~' => taken != start - 1 && class(before(text, start - 1)) & WORD != 0,
        // `Chrome/120.0.0.0`, and not `broker/10.0.0.7:9092`
        b'/' => class(before(text, start - 1)) & WORD != 0 && at(text, end) != b':' && !is_private(part(text, start, end)),
        _ => is_version(text, start),
    };
    (!goes_on && !hangs).then_some((start, end))
}

/// The length of four numbers up to 255 with dots between.
pub(super) fn dotted(text: &[u8]) -> Option<usize> {
    let mut end = 0;
    for group in 0..4 {
        let length = run(text, end, |b| b.is_ascii_digit());
        let value = part(text, end, end + length.min(4)).iter().fold(0, |n, &b| n * 10 + u32::from(b - b'0'));
        if !(1..=3).contains(&length) || value > 255 || group < 3 && at(text, end + length) != b'.' {
            return None;
        }
        end += length + usize::from(group < 3);
    }
    Some(end)
}

/// An address of a private network (RFC 1918) or of the machine itself.
fn is_private(address: &[u8]) -> bool {
    [&b"10."[..], b"127.", b"192.168.", b"172."].iter().any(|network| address.starts_with(network))
}

/// Does the word before say that these are the numbers of a version?
fn is_version(text: &[u8], start: usize) -> bool {
    let end = skip_back(text, start, 4, |b| matches!(b, b' ' | b'"' | b'\'' | b'=' | b':' | b'(' | b'\t'));
    let word = part(text, skip_back(text, end, BEFORE, |b| class(b) & LETTER != 0), end);
    let last = word.get(word.len().saturating_sub("version".len())..).unwrap_or_default();
    last.eq_ignore_ascii_case(b"version") || VERSIONS.has(word)
}

/// Hexadecimal digits, colons and dots in a row.
struct Word {
    start: usize,
    end: usize,
}

impl Word {
    fn around(text: &[u8], i: usize) -> Self {
        let hexadecimal = |b: u8| b.is_ascii_hexdigit() || b == b':';
        // more than an address has is none, and is not read twice
        let start = skip_back(text, i, LONGEST, hexadecimal);
        let end = i + run(part(text, i, text.len().min(i + LONGEST)), 0, |b| hexadecimal(b) || b == b'.');
        // a full stop or a colon of the sentence
        let stops = run_back(text, end, end - i, |b| b == b'.');
        let colon = before(text, end - stops) == b':' && before(text, end - stops - 1) != b':' && end - stops > i + 1;
        Self { start, end: end - stops - usize::from(colon) }
    }
}

/// An address of version 6 or of a network card.
fn colons(text: &[u8], word: &Word) -> Option<(DetectorId, (usize, usize))> {
    let &Word { start, end } = word;
    let bytes = part(text, start, end);
    if bytes.len() < 3 || !begins(text, start) || before(text, start) == b':' || class(at(text, end)) & WORD != 0 {
        return None;
    }
    let pairs = bytes.split(|&b| b == b':').all(|group| group.len() == 2) && !bytes.contains(&b'.');
    let groups = bytes.split(|&b| b == b':').count();
    if pairs && matches!(groups, 6 | 8) {
        return Some((network::MAC, (start, end)));
    }
    // `rows[1::2]`
    let slice = before(text, start) == b'[' && class(before(text, start - 1)) & WORD != 0
        || bytes.len() < 5 && before(text, start) == b'[' && at(text, end) == b']' && bytes != b"::1";
    (is_ipv6(bytes) && !slice).then_some((network::IPV6, (start, end)))
}

/// Eight groups of up to four hexadecimal digits, or fewer and `::` for zeros; the last two may be an IPv4 address.
///
/// `a::b` is a path of a program: where zeros are left out, there is a digit.
fn is_ipv6(bytes: &[u8]) -> bool {
    let mut groups = 0;
    let mut zeros = false;
    let mut i = 0;
    if bytes.starts_with(b"::") {
        (zeros, i) = (true, 2);
    }
    while i < bytes.len() {
        let length = run(bytes, i, |b| b.is_ascii_hexdigit());
        if at(bytes, i + length) == b'.' {
            groups += 2;
            i += match dotted(part(bytes, i, bytes.len())) {
                Some(length) => length,
                None => return false,
            };
            break;
        }
        if !(1..=4).contains(&length) {
            return false;
        }
        groups += 1;
        i += length;
        match (at(bytes, i), at(bytes, i + 1)) {
            (0, _) => break,
            (b':', b':') if !zeros => {
                zeros = true;
                i += 2;
            }
            (b':', next) if next != 0 && next != b':' => i += 1,
            _ => return false,
        }
    }
    i == bytes.len() && if zeros { groups < GROUPS && bytes.iter().any(|&b| class(b) & DIGIT != 0) } else { groups == GROUPS }
}

/// Is an address spoken of before?
fn is_named(text: &[u8], start: usize) -> bool {
    let words = part(text, start.saturating_sub(BEFORE), start);
    ["mac", "address", "ether"].iter().any(|name| words.windows(name.len()).any(|word| word.eq_ignore_ascii_case(name.as_bytes())))
}

/// An address of a network card with other marks between: `3C-07-54-1A-B2-9E`, `3c07.541a.b29e`. Digits alone are a date or a version,
/// letters alone a name.
fn mac(text: &[u8], mark: usize, length: usize, groups: usize) -> Option<(usize, usize)> {
    let start = mark.checked_sub(length)?;
    let end = start + groups * (length + 1) - 1;
    let bytes = text.get(start..end)?;
    let mark = at(text, mark);
    let shaped = bytes
        .chunks(length + 1)
        .all(|group| part(group, 0, length).iter().all(u8::is_ascii_hexdigit) && group.get(length).is_none_or(|&b| b == mark));
    let goes_on = at(text, end) == mark && class(at(text, end + 1)) & WORD != 0 || class(at(text, end)) & WORD != 0;
    let any = |kind| bytes.iter().any(|&b| class(b) & kind != 0);
    (shaped && (any(LETTER) && any(DIGIT) || is_named(text, start)) && !goes_on && begins(text, start) && before(text, start) != mark)
        .then_some((start, end))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use crate::{Policy, Redactor, Secrets};

    fn redactor(policy: &str) -> Redactor {
        Redactor::new(Policy::from_json(policy).unwrap(), Secrets::default(), String::new()).unwrap()
    }

    #[test]
    fn off_by_default_and_one_by_one() {
        let text = "10.0.0.7 fe80::1 3c:07:54:1a:b2:9e";
        assert_eq!(redactor("{}").redact(text), text);
        assert_eq!(redactor(r#"{"preset": "gdpr"}"#).redact(text), text);
        let one = |id: &str| redactor(&["{\"detectors\": {\"network.", id, "\": \"on\"}}"].concat()).redact(text).into_owned();
        assert_eq!(one("ipv4"), "[REDACTED] fe80::1 3c:07:54:1a:b2:9e");
        assert_eq!(one("ipv6"), "10.0.0.7 [REDACTED] 3c:07:54:1a:b2:9e");
        assert_eq!(one("mac"), "10.0.0.7 fe80::1 [REDACTED]");
        assert_eq!(redactor(r#"{"preset": "strict"}"#).redact(text), "[REDACTED] [REDACTED] [REDACTED]");
    }

    #[test]
    fn ports_prefixes_and_zones_stay() {
        let redactor = redactor(r#"{"preset": "strict"}"#);
        for (text, redacted) in [
            ("10.0.0.7:8080", "[REDACTED]:8080"),
            ("10.0.0.0/8", "[REDACTED]/8"),
            ("10.0.0.7-10.0.0.9", "[REDACTED]-[REDACTED]"),
            ("10.0.0.7.", "[REDACTED]."),
            ("http://10.0.0.7/a?b=1", "http://[REDACTED]/a?b=1"),
            ("[2001:db8::7]:443", "[[REDACTED]]:443"),
            ("fe80::7%eth0", "[REDACTED]%eth0"),
            ("2001:db8::/32", "[REDACTED]/32"),
            ("64:ff9b::198.51.100.1", "[REDACTED]"),
            ("peer fe80::7: closed", "peer [REDACTED]: closed"),
            ("a\\n10.0.0.7\\n", "a\\n[REDACTED]\\n"),
            ("\u{1b}[31m10.0.0.7\u{1b}[0m", "\u{1b}[31m[REDACTED]\u{1b}[0m"),
            ("host/10.0.0.7", "host/[REDACTED]"),
        ] {
            assert_eq!(redactor.redact(text), redacted);
            assert_eq!(redactor.redact(redacted), redacted);
        }
    }

    #[test]
    fn what_is_written_alike_stays() {
        let redactor = redactor(r#"{"preset": "strict"}"#);
        for text in [
            "release: 4.10.2.1",
            "appVersion=4.10.2.1",
            "lib-1.2.3.4-py3.whl",
            "curl/7.88.1.0",
            "1.2.3.4.5",
            "2024-05-01T12:34:56.789",
            "::",
            "Foo::Bar::baz()",
            "f64::consts::E",
            "x[::2]",
            "12:34:56:78",
            "00:b5:12:aa:01:02:03:04:05:06:07:08:09:0a:0b:",
            "batch 20-24-05-06-07-08 done",
            "dead.beef.cafe",
            "2e1a2c7e-8a8f-4c55-8f35-2d5b1a2b3c4d",
        ] {
            assert_eq!(redactor.redact(text), text);
        }
        let json = r#"{"version":"4.10.2.1","ip":"10.0.0.7","n":{"firmware":"1.2.3.4"}}"#;
        assert_eq!(redactor.redact_json(json), r#"{"version":"4.10.2.1","ip":"[REDACTED]","n":{"firmware":"1.2.3.4"}}"#);
    }
}
