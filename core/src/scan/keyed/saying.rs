//! Whether what a sentence says of a secret is its value: by what links and introduces it, and by its looks.

use super::prose::Link;
use crate::detect::words::{self, Rule, role};
use crate::scan::bytes::{self, Words, part};
use crate::scan::code;
use crate::scan::token::is_mixed;
use crate::scan::value::{self, Extent};
use crate::walk::field::is_public;

/// Words before `password` that introduce its value.
pub(super) const INTRODUCERS: Words = Words::new("with using and com login encrypted chap pap");

/// Words before `password is` that say that a value follows, not how the password is.
const GIVEN: Words = Words::new("new temporary temp initial default generated");

/// How a password is: `insecure`, `changed`. Not the first word of a sentence.
fn is_quality(word: &[u8]) -> bool {
    const QUALITIES: Words = Words::new("insecure weak strong correct incorrect wrong empty blank short long public");
    word.ends_with(b"ed") || value::is_state(word) || QUALITIES.has(word)
}

/// What `password` and `secret` make a word of: `password protection`.
fn is_noun(word: &[u8]) -> bool {
    const NOUNS: Words = Words::new(
        "protection scanning rotation encryption hashing policy policies manager managers login prompt reset recovery store \
         storage form field fields strength history rules check checks validation sync backend hint successfully again today",
    );
    NOUNS.has(word)
}

/// Is this a name of small words with dashes between: `github-app-2`?
fn is_name(value: &[u8]) -> bool {
    value.contains(&b'-') && value.iter().all(|&b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// `ftp> PASS x` (RFC 959, section 4.1.1)
pub(super) fn is_prompted(text: &[u8], start: usize, end: usize) -> bool {
    part(text, start, end) == b"PASS" && part(text, start.saturating_sub(2), start) == b"> "
}

/// A word that announces a secret, what stands behind it, and how the two are linked.
pub(super) struct Saying<'t> {
    pub(super) text: &'t [u8],
    /// The word.
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) rule: Rule,
    pub(super) link: Link,
    pub(super) found: Extent,
    /// The word before it.
    pub(super) before: &'t [u8],
    /// It is one of a configuration.
    pub(super) configured: bool,
    /// It is that, or what stands before it says that a value follows.
    pub(super) introduced: bool,
    /// Nothing but a full stop is left of the text.
    pub(super) last: bool,
    /// It has no other meaning, and behind the name of somebody stands.
    pub(super) named: bool,
}

impl Saying<'_> {
    pub(super) fn is_value(&self) -> bool {
        !self.is_other()
            && match self.rule {
                Rule::Cvv => !self.found.quoted,
                Rule::Password if self.is_number() => true,
                Rule::Secret if self.is_seed() => true,
                _ if self.found.quoted => self.is_plain() && (self.is_literal() || self.is_introduced_value()),
                _ => self.is_mixed_word() || self.is_plain() && (self.is_introduced_value() || self.is_last_word()),
            }
    }

    fn matched(&self) -> &[u8] {
        self.found.of(self.text)
    }

    fn is_said(&self) -> bool {
        self.link != Link::None
    }

    /// Is it no value, whatever introduces it?
    fn is_other(&self) -> bool {
        let matched = self.matched();
        let bare = !self.found.quoted;
        // `login(user string, password string)`
        bare && code::is_type(matched) && matches!(bytes::at(self.text, self.found.end), b')' | b',')
            // `the secret (see below) must …`, and a path in the first line of a request: `/etc/passwd HTTP/1.1`
            || bare && (matches!(matched.first(), Some(b'(' | b'[' | b'{')) || matched.starts_with(b"HTTP/"))
            // a field of its own: `MSG^password verified^TIME^773`
            || bare && bytes::before(self.text, self.start) == b'^'
            // of Jenkins, which says the name of one: `using credential github-app-2`
            || !self.is_said() && part(self.text, self.start, self.end) == b"credential" && is_name(matched)
            // `public token pk_…`
            || self.rule == Rule::Token && is_public(self.before)
            // `secret "db-creds" not found`
            || self.rule == Rule::Secret && value::is_resource(matched)
    }

    /// Does no sentence begin with it?
    fn is_plain(&self) -> bool {
        !self.matched().is_empty() && !value::is_sentence(self.matched(), b' ')
    }

    /// Has it letters and digits mixed, or symbols, as many as the words before ask for?
    fn is_mixed(&self) -> bool {
        let matched = self.matched();
        if matches!(self.rule, Rule::Token | Rule::Secret) {
            return is_mixed(matched, 12);
        }
        let symbol = |b: &u8| matches!(b, b'!' | b'@' | b'#' | b'$' | b'%' | b'^' | b'&' | b'*' | b'+' | b'=' | b'~' | b'_');
        is_mixed(matched, if self.is_said() || self.introduced { 4 } else { 6 })
            || matched.len() >= 6 && matched.iter().any(symbol) && matched.iter().any(u8::is_ascii_alphanumeric)
            // words written together, as no sentence has them
            || self.is_said() && matched.len() >= 8 && matched.windows(2).any(|pair| matches!(pair, [b'a'..=b'z', b'A'..=b'Z']))
    }

    /// Is what stands in quotes said, or alone: a line of a configuration, `password 'x'`, or a statement, `PASSWORD 'x'`?
    fn is_literal(&self) -> bool {
        let first = || part(self.text, 0, self.start).trim_ascii().is_empty();
        let last = || matches!(self.text.get(self.found.end + 1..), Some([] | [b'\n' | b'\r' | b';', ..]));
        let loud = || part(self.text, self.start, self.end).iter().all(u8::is_ascii_uppercase);
        self.is_said() || self.introduced || self.is_mixed() || first() && last() || loud()
    }

    fn is_mixed_word(&self) -> bool {
        self.is_mixed() && !self.matched().iter().any(|b| matches!(b, b'=' | b'('))
    }

    /// `with password x`, `username ana password x`: a word, which a sentence may have there too.
    fn is_introduced_value(&self) -> bool {
        let matched = self.matched();
        self.introduced
            && (self.last || self.named)
            && (self.rule == Rule::Password || self.configured && !self.named)
            && matched.len() >= 4
            && !is_noun(matched)
            // `user 42, password mismatch: …`
            && words::roles(matched) & role::EVENT == 0
            && !(self.is_said() && is_quality(matched))
            && !value::has_placeholder(matched)
    }

    /// `password -> x`, `the new password is x`: a word, if it is the last.
    fn is_last_word(&self) -> bool {
        let matched = self.matched();
        self.rule == Rule::Password
            && (self.link == Link::Arrow || self.is_said() && matched.len() >= 4 && GIVEN.has(self.before))
            && self.last
            && !is_noun(matched)
            && !is_quality(matched)
            && !value::has_placeholder(matched)
    }

    /// The words of a seed, which [`value::extent`] finds together.
    fn is_seed(&self) -> bool {
        !self.found.quoted && self.matched().contains(&b' ')
    }

    /// `one-time passcode is 482913`, `one-time password 482913`
    fn is_number(&self) -> bool {
        let word = part(self.text, self.start, self.end);
        let once =
            || word.eq_ignore_ascii_case(b"passcode") || bytes::ends_with_one_of(part(self.text, 0, self.start), &["time ", "voicemail "]);
        (4..=8).contains(&self.matched().len()) && self.matched().iter().all(u8::is_ascii_digit) && (self.link == Link::Said || once())
    }
}
