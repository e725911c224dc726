//! Key rules: which keys make the value under them sensitive, and which give it context.
//!
//! A key is read by segments, whatever its style: `userPassword`, `X-Api-Key`, `DB_PASSWORD` and `apikey` say the same
//! as `user_password`, `x_api_key`, `db_password` and `api_key`. `monkey`, `author` and `max_tokens` say nothing.

mod meaning;
mod rule;
mod segments;

pub(crate) use rule::is_public;
pub(crate) use segments::{KEY_MAX, Segments};

use crate::detect::context::{self, UNSPACED, VERSION};
use crate::detect::words::{self, Rule, Word};
use crate::detect::{self, DetectorId};
use crate::error::{Code, Error};
use crate::policy::{Action, Policy};
use crate::scan::grams::{self, GramMap, GramSet, WordSet, gram};
use crate::scan::{AUTH_CALLS, COPULAS, GRANTS, HINT, SAID, SPOKEN, bytes, custom};
use crate::walk::path::{PathState, Paths};

/// What a key says of its value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct KeyVerdict {
    /// The rule and, for a key of the policy, its action.
    pub(crate) rule: Option<(Rule, Option<Action>)>,
    /// Context for detectors of weak values: a phone number under `phone`.
    pub(crate) context: u64,
}

/// The key rules of one engine.
pub(crate) struct Fields {
    /// The beginnings of segments that matter and of words of context, and the ends of words that count at the end of another: those of a
    /// text are read only at a value that needs them.
    pub(crate) hints: GramSet,
    /// Words that make a key sensitive.
    keys: WordSet,
    /// The beginnings and ends of such words that count with anything behind or before them.
    pub(crate) compounds: GramSet,
    /// The beginnings of segments that matter and of words of context, as a scan looks for them.
    pub(crate) starts: GramMap,
    /// Words of context, and by their first bytes those of languages without spaces.
    pub(crate) context: WordSet,
    /// Key names of the policy, as their segments joined by `_`.
    named: Vec<(Vec<u8>, Action)>,
    longest_name: usize,
    /// A name of the policy is too short for the sets.
    pub(crate) short_name: bool,
    /// Any key may matter: one such name, or words of the policy's own detectors.
    every_key: bool,
    pub(crate) paths: Paths,
    /// Words that announce what the policy's own detectors look for, and the [bits](crate::detect::context::OWN) of those.
    own: Vec<(Vec<u8>, u64)>,
}

impl Fields {
    /// Compiles the key rules; `active` tells which detectors the policy has on.
    pub(crate) fn new(policy: &Policy, active: impl Fn(DetectorId) -> bool) -> Result<Self, Error> {
        let mut fields = Self {
            hints: GramSet::new(),
            keys: WordSet::new(),
            compounds: GramSet::new(),
            starts: GramMap::new(),
            context: WordSet::new(),
            named: Vec::new(),
            longest_name: 0,
            short_name: false,
            every_key: false,
            paths: Paths::default(),
            own: custom::key_words(&policy.custom),
        };
        let (names, addresses) = (active(detect::key::NAME), active(detect::key::ADDRESS));
        for entry in words::all().filter(|entry| entry.segment.decides(names, addresses)) {
            fields.add_key(entry.word);
        }
        // what announces credentials without being a key, and what may stand between a key and its separator
        for word in ["basic", "authentication"].iter().chain(AUTH_CALLS) {
            fields.add_key(word);
        }
        for word in COPULAS.iter().flat_map(|word| [[word, ":"], [word, "="]]).chain(GRANTS.iter().map(|word| [word, "="])) {
            fields.add_key(&word.concat());
        }
        // members of a JWK are letters: with the quote behind them only
        for member in words::all().filter(|entry| matches!(entry.segment, Word::Is(Rule::Jwk))) {
            ["\":", "':"].iter().for_each(|quote| fields.add_key(&[member.word, quote].concat()));
        }
        fields.add_compounds();
        for (pattern, &action) in policy.fields.iter() {
            fields.add_named(pattern, action).ok_or_else(|| Error::new(Code::PolicyField, ["fields.", pattern].concat()))?;
        }
        fields.every_key = fields.short_name || !fields.own.is_empty();
        fields.add_context();
        Ok(fields)
    }

    /// Takes in a word that may make a key sensitive.
    fn add_key(&mut self, word: &str) {
        for written in words::cases(word) {
            self.hints.insert_start(&written);
            self.keys.insert(whole_word(&written));
            match word {
                // as four bytes it would be the beginning of `path`, which is everywhere
                "pat" => self.starts.insert_word(&written, HINT),
                _ => self.starts.insert_start(&written, HINT),
            }
        }
    }

    /// Takes in a key name or a path of the policy; nothing where it is malformed.
    fn add_named(&mut self, pattern: &str, action: Action) -> Option<()> {
        if pattern.contains(['.', '*']) {
            return self.paths.add(pattern, action);
        }
        if pattern.len() > KEY_MAX {
            return None;
        }
        let segments = Segments::of(pattern.as_bytes());
        let (first, others) = (segments.iter().next()?, segments.iter().skip(1));
        self.hints.insert_start(first);
        self.keys.insert(whole_word(first));
        self.starts.insert_start(first, HINT);
        self.short_name |= first.len() < 3;
        let mut name = first.to_ascii_lowercase();
        for segment in others {
            name.push(b'_');
            name.extend(segment.to_ascii_lowercase());
        }
        self.longest_name = self.longest_name.max(segments.len());
        self.named.push((name, action));
        Some(())
    }

    /// Takes in the words of context.
    fn add_context(&mut self) {
        for entry in words::all().filter(|entry| entry.context != 0) {
            for word in words::cases(entry.word) {
                self.hints.insert_start(&word);
                // what matters as a key only
                if entry.context == VERSION {
                    continue;
                }
                self.context.insert(grams::whole(&word, 0, word.len()));
                self.starts.insert_word(&word, SAID);
                // `D.N.I.`
                if word.len() == 3 && word.is_ascii() {
                    self.dotted(&word);
                }
                // `SSNs`
                if word.len() == 3 && word.is_ascii() {
                    self.starts.insert(gram(&[&word, &b"s"[..]].concat(), 0), SAID);
                }
            }
        }
        context::DOTTED.iter().flat_map(|(_, words)| words.iter()).for_each(|word| self.dotted(word.as_bytes()));
        let spoken = SPOKEN.iter().copied();
        for word in UNSPACED.iter().flat_map(|(_, words)| words.split_ascii_whitespace()).chain(spoken) {
            self.starts.insert(gram(word.as_bytes(), 0), SAID);
            self.context.insert(gram(word.as_bytes(), 0));
        }
    }

    /// Has a scan look for a word of context that is written with dots between its letters.
    fn dotted(&mut self, word: &[u8]) {
        if let [a, b, ..] = *word {
            let start = [a, b'.', b, b'.'];
            self.starts.insert(gram(&start, 0), SAID);
            self.context.insert(grams::whole(&start, 0, 1));
        }
    }

    /// May this key have a rule or give context?
    #[inline]
    fn may_say(&self, key: &[u8]) -> bool {
        self.every_key || (0..key.len()).any(|i| self.hints.contains(gram(key, i)))
    }

    /// May the word `start..end` of a text make a key sensitive? `first` is the gram of its beginning.
    #[inline]
    pub(crate) fn may_decide(&self, first: u32, text: &[u8], start: usize, end: usize) -> bool {
        self.keys.contains(grams::whole_of(first, text, start, end)) || self.compounds.contains(gram(text, end.saturating_sub(4)))
    }

    /// What this key says of its value.
    pub(crate) fn verdict(&self, key: &[u8]) -> KeyVerdict {
        let key = bytes::part(key, key.len().saturating_sub(KEY_MAX), key.len());
        if !self.may_say(key) {
            return KeyVerdict::default();
        }
        let segments = Segments::of(key);
        KeyVerdict { rule: self.rule_of(&segments), context: words::context(segments.iter()) | self.own_context(&segments) }
    }

    /// What a key announces of what the policy's own detectors look for.
    fn own_context(&self, segments: &Segments<'_>) -> u64 {
        let is_said = |word: &[u8]| segments.iter().any(|segment| custom::is_word(segment, word));
        self.own.iter().filter(|(word, _)| is_said(word)).fold(0, |said, (_, bit)| said | bit)
    }

    /// The rule of a key in a text, and the policy's action where it names the key.
    pub(crate) fn rule(&self, key: &[u8]) -> Option<(Rule, Option<Action>)> {
        self.rule_of(&Segments::of(bytes::part(key, key.len().saturating_sub(KEY_MAX), key.len())))
    }

    /// May this stand behind a key, as its value? Not the name of another field, nor a label.
    pub(crate) fn is_second(&self, value: &[u8]) -> bool {
        words::get(value).is_none() && !value.iter().any(|b| matches!(b, b' ' | b'_')) && self.rule(value).is_none()
    }

    fn rule_of(&self, segments: &Segments<'_>) -> Option<(Rule, Option<Action>)> {
        if !self.named.is_empty()
            && let Some(action) = self.named(segments)
        {
            return Some((Rule::Field, Some(action)));
        }
        self.sensitive(segments).map(|rule| (rule, None))
    }

    /// The longest run of segments that the policy names; the one nearer to the end of the key wins.
    fn named(&self, segments: &Segments<'_>) -> Option<Action> {
        let all: Vec<Vec<u8>> = segments.iter().map(<[u8]>::to_ascii_lowercase).collect();
        for length in (1..=self.longest_name.min(all.len())).rev() {
            for window in all.windows(length).rev() {
                let name = window.join(&b'_');
                if let Some(&(_, action)) = self.named.iter().find(|(known, _)| *known == name) {
                    return Some(action);
                }
            }
        }
        None
    }

    pub(crate) fn root(&self) -> PathState {
        self.paths.root()
    }
}

/// The letters with which a word begins, as one gram.
fn whole_word(word: &[u8]) -> u32 {
    grams::whole(word, 0, bytes::run(word, 0, |b| bytes::class(b) & (bytes::LETTER | bytes::HIGH) != 0))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn rule(key: &str) -> Option<Rule> {
        Fields::new(&Policy::default(), |_| true).unwrap().verdict(key.as_bytes()).rule.map(|(rule, _)| rule)
    }

    #[test]
    fn members_of_a_jwk_are_found_in_text() {
        let redactor = crate::Redactor::new(Policy::default(), crate::Secrets::default(), String::new()).unwrap();
        let value = "Q29ycmVjdEhvcnNlQmF0dGVyeVN0YXBsZTEyMzQ1Njc4OTA";
        for member in ["d", "k", "p", "q", "dp", "dq", "qi"] {
            for text in [format!(r#"key {{"kty": "RSA", "{member}": "{value}"}}"#), format!("key {{'kty': 'RSA', '{member}': '{value}'}}")]
            {
                assert!(!redactor.redact(&text).contains(value), "{text}");
            }
        }
    }

    #[test]
    fn any_case_and_style() {
        for key in [
            "password",
            "userPassword",
            "DB_PASSWORD",
            "PGPASSWORD",
            "new-password",
            "password1",
            "user.password",
            "passwordHash",
            "hashed_password",
            "senha",
            "db_pwd",
        ] {
            assert_eq!(rule(key), Some(Rule::Password), "{key}");
        }
        for key in ["X-Api-Key", "apikey", "API_KEY", "apiKey", "secret_key", "SECRET_KEY", "privateKey", "signing-key", "encryption_key"] {
            assert_eq!(rule(key), Some(Rule::ApiKey), "{key}");
        }
        for key in ["token", "access_token", "refreshToken", "id_token", "csrftoken", "csrfmiddlewaretoken", "X-Auth-Token", "authtoken"] {
            assert_eq!(rule(key), Some(Rule::Token), "{key}");
        }
        assert_eq!(rule("Set-Cookie"), Some(Rule::Cookie));
        assert_eq!(rule("Proxy-Authorization"), Some(Rule::Authorization));
        assert_eq!(rule("HTTP_AUTHORIZATION"), Some(Rule::Authorization));
        assert_eq!(rule("aws_secret_access_key"), Some(Rule::AwsSecret));
        assert_eq!(rule("client_secret"), Some(Rule::Secret));
    }

    #[test]
    fn what_only_looks_like_one() {
        for key in [
            "monkey",
            "author",
            "token_count",
            "max_tokens",
            "tokenizer",
            "token_type",
            "password_changed_at",
            "primary_key",
            "public_key",
            "cache_key",
            "keyboard",
            "compass",
            "passport",
            "secretary",
            "bypass",
            "key",
            "session",
            "code",
            "error_code",
            "status_code",
            "card_last_four",
            "password_reset_url",
            "secret_name",
            "expires_in",
            "name",
            "student_id",
            "user_id",
            "authenticated",
            "email",
            "phone",
            "user",
        ] {
            assert_eq!(rule(key), None, "{key}");
        }
    }

    #[test]
    fn sessions_and_codes() {
        assert_eq!(rule("session_id"), Some(Rule::SessionId));
        assert_eq!(rule("sessionId"), Some(Rule::SessionId));
        for key in ["sessionid", "session_key", "sid", "JSESSIONID", "PHPSESSID", "session_token"] {
            assert_eq!(rule(key), Some(Rule::Session), "{key}");
        }
        assert_eq!(rule("verification_code"), Some(Rule::Otp));
        assert_eq!(rule("security_code"), Some(Rule::Cvv));
        assert_eq!(rule("cvv"), Some(Rule::Cvv));
    }

    #[test]
    fn names_of_the_policy() {
        let policy = Policy::from_json(r#"{"fields": {"student_name": "drop", "grade": "keep"}}"#).unwrap();
        let fields = Fields::new(&policy, |_| true).unwrap();
        let action = |key: &str| fields.verdict(key.as_bytes()).rule.and_then(|(_, action)| action);
        assert_eq!(action("studentName"), Some(Action::Drop));
        assert_eq!(action("old_student_name"), Some(Action::Drop));
        assert_eq!(action("final-grade"), Some(Action::Keep));
        assert_eq!(action("upgrade"), None);
    }
}
