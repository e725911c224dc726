//! What the segments of a key say together: `api` and `key` are one thing, `cache` and `key` another.

use std::ops::ControlFlow;

use super::meaning::is_owner;
use super::{Fields, Segments};
use crate::detect::words::{Rule, Word};
use crate::scan::bytes::{self, Words};

/// What makes a code one that somebody was sent: `your code`.
const YOUR: Words = Words::new("your votre tu su teu seu ihr dein uw twój ваш");

/// What stands before `passe`, `sandi` and the like, where the two are one word: `mot de passe`, `kata sandi`, `كلمة المرور`.
const BEFORE_PASS: Words = Words::new("de palavra kata mật mat كلمة رمز");

/// What makes a password of `acesso` behind it, with `de` between.
const CODES: Words = Words::new("código codigo code chave clave codice код kod");

impl Fields {
    /// The rule of a key by its segments.
    pub(super) fn sensitive(&self, segments: &Segments<'_>) -> Option<Rule> {
        // `key_file_2`
        let numbered = segments.iter().next_back().is_some_and(|last| last.iter().all(u8::is_ascii_digit));
        let count = segments.len() - usize::from(numbered);
        let mut reading = Reading { segments, count, rule: None, previous: None, previous_text: b"", vendor: false };
        for (i, segment) in segments.iter().enumerate() {
            let word = match self.meaning(segment) {
                // `one-time code`
                Some(Word::Neutral) if segment.eq_ignore_ascii_case(b"time") && reading.previous_is("one") => Some(Word::SecondFactor),
                word => word,
            };
            if let Some(word) = word
                && let ControlFlow::Break(rule) = reading.read(i, segment, word)
            {
                return rule;
            }
            (reading.previous, reading.previous_text) = (word, segment);
            reading.vendor |= word == Some(Word::Vendor);
        }
        let is_aws = || segments.iter().any(|segment| segment.eq_ignore_ascii_case(b"aws"));
        match reading.rule {
            Some(Rule::ApiKey | Rule::Secret) if is_aws() => Some(Rule::AwsSecret),
            rule => rule,
        }
    }
}

/// A key, read up to one of its segments.
struct Reading<'k> {
    segments: &'k Segments<'k>,
    /// How many there are without a number at the end.
    count: usize,
    /// What the segments say so far.
    rule: Option<Rule>,
    previous: Option<Word>,
    previous_text: &'k [u8],
    /// Was a vendor named?
    vendor: bool,
}

impl Reading<'_> {
    /// Takes in the next segment, the `i`th, and its meaning. It breaks where that decides for the whole key.
    fn read(&mut self, i: usize, segment: &[u8], word: Word) -> ControlFlow<Option<Rule>> {
        let (is_first, is_last) = (i == 0, i + 1 == self.count);
        match word {
            Word::NeutralFirst if is_first != is_last => return ControlFlow::Break(None),
            Word::Neutral if is_last => return ControlFlow::Break(self.neutral(segment)),
            Word::Is(Rule::Pass) => self.rule = self.pass(is_first || is_last),
            // what is published: `publicToken`
            Word::Is(Rule::Token) if self.segments.iter().take(i).any(is_public) => {}
            // of AWS, which makes a call that is sent again one: `clientRequestToken`
            Word::Is(Rule::Token) if self.previous_is("request") && self.segments.iter().next().is_some_and(|first| first == b"client") => {
            }
            // what only names secrets: `imagePullSecrets`, `from_secret`
            Word::Is(Rule::Secret) if matches!(self.previous_text, b"pull" | b"Pull" | b"from") => {}
            Word::Is(Rule::Pwd) if self.segments.len() > 1 => self.rule = self.is(Rule::Password),
            Word::Is(Rule::Jwk) if self.segments.len() > 1 => {}
            Word::Is(rule) => self.rule = self.is(rule),
            Word::Key if is_last || matches!(self.rule, None | Some(Rule::Soft)) => self.rule = self.key(is_last && !is_first),
            // the algorithm
            Word::Qualifier if is_last && self.rule == Some(Rule::Password) && segment.eq_ignore_ascii_case(b"encryption") => {
                return ControlFlow::Break(None);
            }
            Word::Soft if is_last && self.rule.is_none() && self.previous != Some(Word::Kept) => {
                self.rule = Some(match self.previous {
                    Some(Word::Vendor) => Rule::Vendor,
                    _ if bytes::words!("auth userinfo").has(segment) => Rule::Login,
                    _ => Rule::Soft,
                });
            }
            Word::Code | Word::Answer | Word::Phrase if is_last => {
                if let Some(rule) = self.second_of_pair(word) {
                    return ControlFlow::Break(Some(rule));
                }
            }
            // `_rails_session`
            Word::SessionPrefix if is_last && !is_first && self.rule.is_none() => self.rule = Some(Rule::SessionId),
            Word::Street if is_last && (!is_first && !is_machine(self.previous_text) || segment.eq_ignore_ascii_case(b"street")) => {
                self.rule = self.rule.or(Some(Rule::Address));
            }
            Word::Street if is_first && is_last => self.rule = Some(Rule::Postal),
            Word::Street if is_first && self.segments.iter().nth(1).is_some_and(|next| next.eq_ignore_ascii_case(b"line")) => {
                return ControlFlow::Break(Some(Rule::Address));
            }
            _ => {}
        }
        ControlFlow::Continue(())
    }

    fn previous_is(&self, word: &str) -> bool {
        self.previous_text.eq_ignore_ascii_case(word.as_bytes())
    }

    /// Behind what is before it, a neutral word at the end leaves nothing sensitive but ids of sessions and names of persons.
    fn neutral(&self, segment: &[u8]) -> Option<Rule> {
        match self.previous {
            Some(Word::SessionPrefix) if bytes::words!("id ids").has(segment) => Some(Rule::SessionId),
            Some(Word::First | Word::Last | Word::Person) if bytes::words!("name names").has(segment) => Some(Rule::Name),
            _ => None,
        }
    }

    fn pass(&self, at_edge: bool) -> Option<Rule> {
        // `db_pass`, `mot de passe`
        if self.previous.is_some_and(is_owner) || BEFORE_PASS.has(self.previous_text) {
            return Some(Rule::Password);
        }
        self.rule.or(at_edge.then_some(Rule::Pass))
    }

    /// `Is` words decide; a later one refines nothing that an earlier said.
    fn is(&self, rule: Rule) -> Option<Rule> {
        match self.rule {
            None | Some(Rule::Pass | Rule::Name) if rule == Rule::Token && self.previous == Some(Word::SessionPrefix) => {
                Some(Rule::Session)
            }
            None | Some(Rule::Pass | Rule::Name) => Some(rule),
            // `otp_secret`
            Some(Rule::Otp) if rule == Rule::Secret => Some(rule),
            said => said,
        }
    }

    fn key(&self, ends_compound: bool) -> Option<Rule> {
        match self.previous {
            Some(Word::SessionPrefix) => Some(Rule::Session),
            Some(Word::Qualifier | Word::Soft | Word::Is(Rule::Secret)) => Some(Rule::ApiKey),
            Some(Word::Vendor) => self.rule.or(Some(Rule::Vendor)),
            Some(Word::Kept) => self.rule,
            // `acme_sdk_key`
            _ if self.rule.is_none() && ends_compound && self.vendor => Some(Rule::Vendor),
            _ => self.rule.or(ends_compound.then_some(Rule::Soft)),
        }
    }

    /// Is this `código de acesso` or its like, up to the last word?
    fn gives_access(&self) -> bool {
        self.segments.len() > 1 && self.segments.iter().next().is_some_and(|first| CODES.has(first))
    }

    /// `otp_code`, `security_answer`, `seed phrase`.
    fn second_of_pair(&self, word: Word) -> Option<Rule> {
        let behind_factor = self.previous == Some(Word::SecondFactor);
        match word {
            Word::Code if behind_factor || self.previous == Some(Word::Soft) || YOUR.has(self.previous_text) => {
                Some(if self.previous_is("security") { Rule::Cvv } else { Rule::Otp })
            }
            // RFC 8628, section 3.2
            Word::Code if self.previous_is("device") => Some(Rule::Grant),
            Word::Answer if behind_factor => Some(Rule::Password),
            Word::Phrase if matches!(self.rule, Some(Rule::Pass)) || self.gives_access() => Some(Rule::Password),
            Word::Phrase if self.rule.is_some() => self.rule,
            Word::Phrase if behind_factor || self.previous_is("seed") => Some(Rule::Secret),
            _ => None,
        }
    }
}

/// Before `token`, does this say that everybody may have it?
pub(crate) fn is_public(word: &[u8]) -> bool {
    bytes::words!("public publishable").has(word)
}

/// Before `address`, does this make it one of a machine or a mailbox?
fn is_machine(word: &[u8]) -> bool {
    bytes::words!("ip mac email mail remote server host bind listen memory client source dest destination").has(word)
}
