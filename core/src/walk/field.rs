//! Key rules: which keys make the value under them sensitive, and which give it context.
//!
//! A key is read by segments, whatever its style: `userPassword`, `X-Api-Key`, `DB_PASSWORD` and `apikey` say the same
//! as `user_password`, `x_api_key`, `db_password` and `api_key`. `monkey`, `author` and `max_tokens` say nothing.

use crate::detect::context::{UNSPACED, VERSION};
use crate::detect::words::{self, Rule, Word};
use crate::detect::{self, DetectorId};
use crate::error::{Code, Error};
use crate::policy::{Action, Policy};
use crate::scan::block::{BLOCK, Block};
use crate::scan::bytes::{self, GramMap, GramSet, WordSet, gram, part, starts_with_nocase};
use crate::scan::{CALLS, HINT, SAID, custom};
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

/// Segments looked at in one key, from its end.
const SEGMENTS: usize = 8;
/// Bytes looked at in one key, from its end.
pub(crate) const KEY_MAX: usize = BLOCK;

impl Fields {
    /// Compiles the key rules; `active` tells which detectors the policy has on.
    pub(crate) fn new(policy: &Policy, active: impl Fn(DetectorId) -> bool) -> Result<Self, Error> {
        let (mut hints, mut keys, mut compounds) = (GramSet::new(), WordSet::new(), GramSet::new());
        let mut starts = GramMap::new();
        let mut hint = |word: &str| {
            for written in words::cases(word) {
                hints.insert_start(&written);
                keys.insert(whole(&written));
                match word {
                    // `path` is everywhere
                    "pat" => starts.insert_word(&written, HINT),
                    _ => starts.insert_start(&written, HINT),
                }
            }
        };
        let (names, addresses) = (active(detect::key::NAME), active(detect::key::ADDRESS));
        for entry in words::all().filter(|entry| entry.segment.decides(names, addresses)) {
            hint(entry.word);
        }
        // what announces credentials without being a key, and what may stand between a key and its separator
        for word in ["basic", "is:", "is=", "was:", "was=", "are:", "are="].iter().chain(CALLS) {
            hint(word);
        }
        for (word, _) in COMPOUND_STARTS {
            hint(word);
            compounds.insert_start(word.as_bytes());
        }
        for (word, _) in COMPOUND_ENDS {
            compounds.insert_end(word.as_bytes());
        }
        for owner in words::all().filter(|entry| is_owner(entry.segment)) {
            OWNED.iter().for_each(|end| compounds.insert_end([owner.word, end].concat().as_bytes()));
        }
        hints.add(&compounds);
        let mut fields = Self {
            hints,
            keys,
            compounds,
            starts,
            context: WordSet::new(),
            named: Vec::new(),
            longest_name: 0,
            short_name: false,
            every_key: false,
            paths: Paths::default(),
            own: custom::key_words(&policy.custom),
        };
        for (pattern, &action) in policy.fields.iter() {
            let error = || Error::new(Code::PolicyField, ["fields.", pattern].concat());
            if pattern.contains(['.', '*']) {
                fields.paths.add(pattern, action).ok_or_else(error)?;
                continue;
            }
            let mut name = Vec::new();
            if pattern.len() > KEY_MAX {
                return Err(error());
            }
            for segment in Segments::of(pattern.as_bytes()).iter() {
                if name.is_empty() {
                    fields.hints.insert_start(segment);
                    fields.keys.insert(whole(segment));
                    fields.starts.insert_start(segment, HINT);
                    fields.short_name |= segment.len() < 3;
                } else {
                    name.push(b'_');
                }
                name.extend(segment.to_ascii_lowercase());
            }
            if name.is_empty() {
                return Err(error());
            }
            fields.longest_name = fields.longest_name.max(name.iter().filter(|&&b| b == b'_').count() + 1);
            fields.named.push((name, action));
        }
        fields.every_key = fields.short_name || !fields.own.is_empty();
        for entry in words::all().filter(|entry| entry.context != 0) {
            for word in words::cases(entry.word) {
                fields.hints.insert_start(&word);
                // what matters as a key only
                if entry.context == VERSION {
                    continue;
                }
                fields.context.insert(bytes::whole(&word, 0, word.len()));
                fields.starts.insert_word(&word, SAID);
                // `SSNs`
                if word.len() == 3 && word.is_ascii() {
                    fields.starts.insert(gram(&[&word, &b"s"[..]].concat(), 0), SAID);
                }
            }
        }
        for word in UNSPACED.iter().flat_map(|(_, words)| words.split_ascii_whitespace()) {
            fields.starts.insert(gram(word.as_bytes(), 0), SAID);
            fields.context.insert(gram(word.as_bytes(), 0));
        }
        Ok(fields)
    }

    /// May this key have a rule or give context?
    #[inline]
    pub(crate) fn may_say(&self, key: &[u8]) -> bool {
        self.every_key || (0..key.len()).any(|i| self.hints.contains(gram(key, i)))
    }

    /// May the word `start..end` of a text make a key sensitive? `first` is the gram of its beginning.
    #[inline]
    pub(crate) fn may_decide(&self, first: u32, text: &[u8], start: usize, end: usize) -> bool {
        self.keys.contains(bytes::whole_of(first, text, start, end)) || self.compounds.contains(gram(text, end.saturating_sub(4)))
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

    /// What a segment means, also where words are written together.
    pub(crate) fn meaning(&self, segment: &[u8]) -> Option<Word> {
        let known = words::get(&words::lower(segment)).map(|entry| entry.segment).filter(|&word| word != Word::Plain);
        let may_be = |from: usize| self.compounds.contains(gram(segment, from));
        known.or_else(|| if may_be(segment.len().saturating_sub(4)) || may_be(0) { compound(segment) } else { None })
    }

    /// The rule of a key by its segments.
    fn sensitive(&self, segments: &Segments<'_>) -> Option<Rule> {
        let mut found: Option<Rule> = None;
        let mut previous: Option<Word> = None;
        let mut previous_text: &[u8] = b"";
        let mut aws = false;
        let count = segments.len();
        for (i, segment) in segments.iter().enumerate() {
            let last = i + 1 == count;
            let meaning = match self.meaning(segment) {
                // `one-time code`
                Some(Word::Neutral) if segment.eq_ignore_ascii_case(b"time") && previous_text.eq_ignore_ascii_case(b"one") => {
                    Some(Word::SecondFactor)
                }
                meaning => meaning,
            };
            aws |= segment.eq_ignore_ascii_case(b"aws");
            match meaning {
                Some(Word::NeutralFirst) if i == 0 && count > 1 => return None,
                Some(Word::Neutral) if last => {
                    let is = |words: [&str; 2]| words.iter().any(|word| segment.eq_ignore_ascii_case(word.as_bytes()));
                    return match previous {
                        Some(Word::SessionPrefix) if is(["id", "ids"]) => Some(Rule::SessionId),
                        Some(Word::First | Word::Last | Word::Person) if is(["name", "names"]) => Some(Rule::Name),
                        _ => None,
                    };
                }
                // `db_pass`, `mot de passe`
                Some(Word::Is(Rule::Pass)) if previous.is_some_and(is_owner) || bytes::is_one_of(BEFORE_PASS, previous_text) => {
                    found = Some(Rule::Password);
                }
                Some(Word::Is(Rule::Pass)) if found.is_none() && (last || i == 0) => found = Some(Rule::Pass),
                Some(Word::Is(Rule::Pass)) => {}
                // what is published: `publicToken`
                Some(Word::Is(Rule::Token)) if is_public(previous_text) => {}
                // `Is` words decide; a later one refines nothing that an earlier said
                Some(Word::Is(rule)) if found.is_none() || matches!(found, Some(Rule::Pass | Rule::Name)) => {
                    found = Some(match (rule, previous) {
                        (Rule::Token, Some(Word::SessionPrefix)) => Rule::Session,
                        _ => rule,
                    });
                }
                Some(Word::Key) if last || matches!(found, None | Some(Rule::Soft)) => match previous {
                    Some(Word::SessionPrefix) => found = Some(Rule::Session),
                    Some(Word::Qualifier | Word::Soft | Word::Is(Rule::Secret)) => found = Some(Rule::ApiKey),
                    Some(Word::Vendor) => found = found.or(Some(Rule::Vendor)),
                    Some(Word::Kept) => {}
                    _ if last && count > 1 && found.is_none() => found = Some(Rule::Soft),
                    _ => {}
                },
                // the algorithm
                Some(Word::Qualifier) if last && found == Some(Rule::Password) && segment.eq_ignore_ascii_case(b"encryption") => {
                    return None;
                }
                Some(Word::Soft) if last && found.is_none() && previous != Some(Word::Kept) => {
                    found = Some(if previous == Some(Word::Vendor) { Rule::Vendor } else { Rule::Soft });
                }
                Some(Word::Code)
                    if last
                        && (matches!(previous, Some(Word::SecondFactor | Word::Soft)) || previous_text.eq_ignore_ascii_case(b"your")) =>
                {
                    return Some(if previous_text.eq_ignore_ascii_case(b"security") { Rule::Cvv } else { Rule::Otp });
                }
                Some(Word::Answer) if last && previous == Some(Word::SecondFactor) => return Some(Rule::Password),
                Some(Word::Phrase) if last && found == Some(Rule::Pass) => return Some(Rule::Password),
                Some(Word::Phrase) if last && (previous == Some(Word::SecondFactor) || previous_text.eq_ignore_ascii_case(b"seed")) => {
                    return Some(Rule::Secret);
                }
                Some(Word::Street) if last && (count > 1 && !is_machine(previous_text) || segment.eq_ignore_ascii_case(b"street")) => {
                    found = found.or(Some(Rule::Address));
                }
                Some(Word::Street) if i == 0 && segments.iter().nth(1).is_some_and(|next| next.eq_ignore_ascii_case(b"line")) => {
                    return Some(Rule::Address);
                }
                _ => {}
            }
            previous = meaning;
            previous_text = segment;
        }
        match found {
            Some(Rule::ApiKey | Rule::Secret) if aws => Some(Rule::AwsSecret),
            found => found,
        }
    }
}

/// The letters with which a word begins, as one gram.
fn whole(word: &[u8]) -> u32 {
    bytes::whole(word, 0, bytes::run(word, 0, |b| bytes::class(b) & (bytes::LETTER | bytes::HIGH) != 0))
}

/// The segments of a key, in order, without a heap.
pub(crate) struct Segments<'k> {
    key: &'k [u8],
    bounds: [(u8, u8); SEGMENTS],
    count: usize,
}

impl<'k> Segments<'k> {
    /// Splits at everything but letters and digits, at `aB`, and before the last capital of `ABcd`; trailing digits are dropped (`password1`).
    /// The key has at most [`KEY_MAX`] bytes.
    pub(crate) fn of(key: &'k [u8]) -> Self {
        let block = Block::at::<false>(key, 0);
        let letters = block.letter | block.digit | block.high;
        let lower = block.letter & !block.upper;
        let humps = block.upper & ((lower | block.digit) << 1 | block.upper << 1 & lower >> 1 & lower >> 2);
        let mut starts = letters & (!(letters << 1) | humps);
        let mut segments = Self { key, bounds: [(0, 0); SEGMENTS], count: 0 };
        while starts != 0 {
            let start = starts.trailing_zeros();
            starts &= starts - 1;
            let length = (letters >> start).trailing_ones().min(starts.trailing_zeros() - start);
            let digits = (block.digit << (BLOCK as u32 - start - length)).leading_ones();
            segments.push(start, start + length - if digits < length { digits } else { 0 });
        }
        segments
    }

    fn push(&mut self, start: u32, end: u32) {
        if self.count == SEGMENTS {
            self.bounds.rotate_left(1);
            self.count -= 1;
        }
        if let Some(slot) = self.bounds.get_mut(self.count) {
            *slot = (start as u8, end as u8);
            self.count += 1;
        }
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &'k [u8]> + Clone {
        self.bounds.iter().take(self.count).map(|&(start, end)| bytes::part(self.key, start.into(), end.into()))
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }
}

/// Does `pass` behind this mean a password, and nothing else?
fn is_owner(word: Word) -> bool {
    matches!(word, Word::Owner | Word::Qualifier | Word::Key)
}

/// Before `token`, does this say that everybody may have it?
pub(crate) fn is_public(word: &[u8]) -> bool {
    bytes::is_one_of("public publishable", word)
}

/// Before `address`, does this make it one of a machine or a mailbox?
fn is_machine(word: &[u8]) -> bool {
    bytes::is_one_of("ip mac email mail remote server host bind listen memory client source dest destination", word)
}

/// Ends of words written together that are sensitive with anything before: `dbpassword`, `clientsecret`.
const COMPOUND_ENDS: &[(&str, Rule)] = &[
    ("password", Rule::Password),
    ("passwd", Rule::Password),
    ("passphrase", Rule::Password),
    ("senha", Rule::Password),
    ("apikey", Rule::ApiKey),
    ("secretkey", Rule::ApiKey),
    ("accesskey", Rule::ApiKey),
    ("privatekey", Rule::ApiKey),
    ("authkey", Rule::ApiKey),
    ("token", Rule::Token),
    ("secret", Rule::Secret),
    ("sessionid", Rule::Session),
    ("密码", Rule::Password),
    ("密碼", Rule::Password),
    ("口令", Rule::Password),
    ("パスワード", Rule::Password),
    ("비밀번호", Rule::Password),
    ("รหัสผ่าน", Rule::Password),
];

/// Ends of words written together that are sensitive behind an [owner](is_owner): `dbpass`, `rootpw`.
const OWNED: [&str; 3] = ["pass", "pwd", "pw"];

/// What stands before `passe`, `sandi` and the like, where the two are one word: `mot de passe`, `kata sandi`, `كلمة المرور`.
const BEFORE_PASS: &str = "de palavra kata mật mat كلمة رمز";

/// Beginnings of words written together: `passwordhash`.
const COMPOUND_STARTS: &[(&str, Rule)] =
    &[("password", Rule::Password), ("passwd", Rule::Password), ("apikey", Rule::ApiKey), ("secretkey", Rule::ApiKey)];

fn compound(segment: &[u8]) -> Option<Word> {
    // `libsecret`, `jsonwebtoken`: libraries
    let ends = |end: &str| {
        segment.len().checked_sub(end.len()).is_some_and(|from| starts_with_nocase(part(segment, from, segment.len()), end.as_bytes()))
    };
    if let Some(&(_, rule)) =
        COMPOUND_ENDS.iter().find(|(end, _)| ends(end) && !(starts_with_nocase(segment, b"lib") || starts_with_nocase(segment, b"json")))
    {
        return Some(Word::Is(rule));
    }
    let owned = |end: &&str| {
        let owner = segment.len().checked_sub(end.len()).and_then(|from| segment.get(..from));
        ends(end) && owner.and_then(words::get).is_some_and(|entry| is_owner(entry.segment))
    };
    if OWNED.iter().any(owned) {
        return Some(Word::Is(Rule::Password));
    }
    let &(start, rule) = COMPOUND_STARTS.iter().find(|(start, _)| starts_with_nocase(segment, start.as_bytes()))?;
    let neutral = words::get(segment.get(start.len()..)?).is_some_and(|entry| entry.segment == Word::Neutral);
    (!neutral).then_some(Word::Is(rule))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]
    use super::*;

    fn rule(key: &str) -> Option<Rule> {
        Fields::new(&Policy::default(), |_| true).unwrap().verdict(key.as_bytes()).rule.map(|(rule, _)| rule)
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
            "pwd",
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
