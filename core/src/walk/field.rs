//! Key rules: which keys make the value under them sensitive, and which give it context.
//!
//! A key is read by segments, whatever its style: `userPassword`, `X-Api-Key`, `DB_PASSWORD` and `apikey` say the same
//! as `user_password`, `x_api_key`, `db_password` and `api_key`. `monkey`, `author` and `max_tokens` say nothing.

use crate::detect::{self, DetectorId, context};
use crate::error::{Code, Error};
use crate::policy::{Action, Policy};
use crate::scan::bytes::{self, TrigramSet, part, trigram};
use crate::walk::path::{PathState, Paths};

/// What a sensitive key asks of the value under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Passwords and secrets: everything goes but syntax placeholders.
    Password,
    /// `pass`, `pw`: as `Password` where written like a key, not in prose (`pass: 12`).
    Pass,
    Secret,
    ApiKey,
    AwsSecret,
    /// Tokens: short numbers stay.
    Token,
    /// `tokens`: numbers stay, as they are counts.
    Tokens,
    /// `session_id`: integers, short ids and dashed UUIDs stay.
    SessionId,
    /// `sessionid`, `session_key`, `sid`: always goes.
    Session,
    Cookie,
    Authorization,
    /// Three or four digits.
    Cvv,
    /// Four to eight digits.
    Pin,
    /// A code of a second factor: four to ten digits or mixed characters.
    Otp,
    Name,
    Address,
    /// A key that the policy names.
    Field,
}

impl Rule {
    /// The detector that a finding under such a key is reported as.
    pub(crate) const fn detector(self) -> DetectorId {
        match self {
            Self::Password | Self::Pass => detect::key::PASSWORD,
            Self::Secret => detect::key::SECRET,
            Self::ApiKey => detect::key::API_KEY,
            Self::AwsSecret => detect::key::AWS_SECRET,
            Self::Token | Self::Tokens => detect::key::TOKEN,
            Self::SessionId | Self::Session => detect::key::SESSION,
            Self::Cookie => detect::key::COOKIE,
            Self::Authorization => detect::key::AUTHORIZATION,
            Self::Cvv => detect::key::CVV,
            Self::Pin => detect::key::PIN,
            Self::Otp => detect::key::OTP,
            Self::Name => detect::key::NAME,
            Self::Address => detect::key::ADDRESS,
            Self::Field => detect::key::FIELD,
        }
    }
}

/// What a key says of its value.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct KeyVerdict {
    /// The rule and, for a key of the policy, its action.
    pub(crate) rule: Option<(Rule, Option<Action>)>,
    /// Context for detectors of weak values: a phone number under `phone`.
    pub(crate) context: u32,
}

/// The key rules of one engine.
pub(crate) struct Fields {
    /// First three letters of every segment that matters, and last three of every word that counts at the end of another.
    rules: TrigramSet,
    /// The same, and the words of context, which only the walk needs: text is read for them at the value.
    hints: TrigramSet,
    /// Key names of the policy, as their segments joined by `_`.
    named: Vec<(Vec<u8>, Action)>,
    longest_name: usize,
    pub(crate) paths: Paths,
}

/// Segments looked at in one key, from its end.
const SEGMENTS: usize = 8;
/// Bytes looked at in one key, from its end.
pub(crate) const KEY_MAX: usize = 96;

impl Fields {
    /// Compiles the key rules; `active` tells which detectors the policy has on.
    pub(crate) fn new(policy: &Policy, active: impl Fn(DetectorId) -> bool) -> Result<Self, Error> {
        let mut fields =
            Self { rules: TrigramSet::new(), hints: TrigramSet::new(), named: Vec::new(), longest_name: 0, paths: Paths::default() };
        let (names, addresses) = (active(detect::key::NAME), active(detect::key::ADDRESS));
        for (word, _) in WORDS.iter().filter(|(_, meaning)| meaning.decides(names, addresses)) {
            fields.rules.insert_start(word.as_bytes());
        }
        for word in COMPOUND_STARTS {
            fields.rules.insert_start(word.as_bytes());
        }
        for word in COMPOUND_ENDS {
            fields.rules.insert_start(part(word.as_bytes(), word.len() - 3, word.len()));
        }
        for (pattern, &action) in &policy.fields {
            let error = || Error::new(Code::PolicyField, format!("fields.{pattern}"));
            if pattern.contains(['.', '*']) {
                fields.paths.add(pattern, action).ok_or_else(error)?;
                continue;
            }
            let mut name = Vec::new();
            for segment in Segments::of(pattern.as_bytes()).iter() {
                if name.is_empty() {
                    fields.rules.insert_start(segment);
                } else {
                    name.push(b'_');
                }
                name.extend_from_slice(segment);
            }
            if name.is_empty() || pattern.len() > KEY_MAX {
                return Err(error());
            }
            fields.longest_name = fields.longest_name.max(name.iter().filter(|&&b| b == b'_').count() + 1);
            fields.named.push((name, action));
        }
        fields.hints = fields.rules.clone();
        for (word, _) in context::WORDS {
            fields.hints.insert_start(word.as_bytes());
        }
        Ok(fields)
    }

    /// A cheap test that most keys of a text fail: might there be a rule for it?
    #[inline]
    pub(crate) fn may_rule(&self, key: &[u8]) -> bool {
        may_hold(&self.rules, key)
    }

    /// What this key says of its value.
    pub(crate) fn verdict(&self, key: &[u8]) -> KeyVerdict {
        let key = bytes::part(key, key.len().saturating_sub(KEY_MAX), key.len());
        if !may_hold(&self.hints, key) {
            return KeyVerdict::default();
        }
        let segments = Segments::of(key);
        KeyVerdict { rule: self.rule_of(&segments), context: context::of_segments(segments.iter()) }
    }

    /// The rule of a key in a text, and the policy's action where it names the key.
    pub(crate) fn rule(&self, key: &[u8]) -> Option<(Rule, Option<Action>)> {
        let key = bytes::part(key, key.len().saturating_sub(KEY_MAX), key.len());
        if self.may_rule(key) { self.rule_of(&Segments::of(key)) } else { None }
    }

    fn rule_of(&self, segments: &Segments) -> Option<(Rule, Option<Action>)> {
        if !self.named.is_empty()
            && let Some(action) = self.named(segments)
        {
            return Some((Rule::Field, Some(action)));
        }
        self.sensitive(segments).map(|rule| (rule, None))
    }

    /// The longest run of segments that the policy names; the one nearer to the end of the key wins.
    fn named(&self, segments: &Segments) -> Option<Action> {
        let all: Vec<&[u8]> = segments.iter().collect();
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

    fn word(&self, segment: &[u8]) -> Option<Word> {
        match SORTED.binary_search_by_key(&segment, |(word, _)| word.as_bytes()) {
            Ok(i) => SORTED.get(i).map(|&(_, meaning)| meaning),
            Err(_) => compound(segment),
        }
    }

    /// The rule of a key by its segments.
    fn sensitive(&self, segments: &Segments) -> Option<Rule> {
        let mut found: Option<Rule> = None;
        let mut previous: Option<Word> = None;
        let mut previous_text: &[u8] = b"";
        let mut aws = false;
        let count = segments.len();
        for (i, segment) in segments.iter().enumerate() {
            let last = i + 1 == count;
            let meaning = self.word(segment);
            aws |= segment == b"aws";
            match meaning {
                Some(Word::NeutralFirst) if i == 0 && count > 1 => return None,
                Some(Word::Neutral) if last => {
                    return match (previous, segment) {
                        (Some(Word::SessionPrefix), b"id" | b"ids") => Some(Rule::SessionId),
                        (Some(Word::First | Word::Last | Word::Person), b"name" | b"names") => Some(Rule::Name),
                        _ => None,
                    };
                }
                Some(Word::Is(Rule::Pass)) if found.is_none() && (last || i == 0) => found = Some(Rule::Pass),
                Some(Word::Is(Rule::Pass)) => {}
                // `Is` words decide; a later one refines nothing that an earlier said
                Some(Word::Is(rule)) if found.is_none() || matches!(found, Some(Rule::Pass | Rule::Name)) => {
                    found = Some(match (rule, previous) {
                        (Rule::Token, Some(Word::SessionPrefix)) => Rule::Session,
                        _ => rule,
                    });
                }
                Some(Word::Key) if last || found.is_none() => match previous {
                    Some(Word::SessionPrefix) => found = Some(Rule::Session),
                    Some(Word::Qualifier) => found = Some(Rule::ApiKey),
                    Some(Word::Is(Rule::Secret)) => found = Some(Rule::ApiKey),
                    _ => {}
                },
                Some(Word::Code) if last && previous == Some(Word::SecondFactor) => {
                    return Some(if previous_text == b"security" { Rule::Cvv } else { Rule::Otp });
                }
                Some(Word::Street) if last && (count > 1 && !MACHINES.contains(&previous_text) || segment == b"street") => {
                    found = found.or(Some(Rule::Address));
                }
                Some(Word::Street) if i == 0 && segments.iter().nth(1) == Some(b"line") => return Some(Rule::Address),
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

/// Do any three letters of `key` begin or end something of the set?
#[inline]
fn may_hold(set: &TrigramSet, key: &[u8]) -> bool {
    let inside = key.windows(3).any(|window| matches!(window, [a, b, c] if set.contains(trigram(*a, *b, *c))));
    // `pw`, `cc`: two letters are a trigram with nothing behind
    inside || matches!(key, [.., a, b] if set.contains(trigram(*a, *b, 0)))
}

/// The segments of a key in lower case, in order, without a heap.
pub(crate) struct Segments {
    text: [u8; KEY_MAX],
    ends: [(u8, u8); SEGMENTS],
    count: usize,
}

impl Segments {
    /// Splits at everything but letters and digits, at `aB`, and before the last capital of `ABc`; trailing digits are dropped (`password1`).
    pub(crate) fn of(key: &[u8]) -> Self {
        let mut segments = Self { text: [0; KEY_MAX], ends: [(0, 0); SEGMENTS], count: 0 };
        let mut length = 0;
        let mut start = 0;
        for (i, &b) in key.iter().enumerate() {
            let class = bytes::class(b);
            let letter = class & (bytes::UPPER | bytes::LOWER | bytes::DIGIT | bytes::HIGH) != 0;
            let previous = bytes::class(bytes::before(key, i));
            let camel = class & bytes::UPPER != 0
                && (previous & (bytes::LOWER | bytes::DIGIT) != 0
                    || (previous & bytes::UPPER != 0
                        && bytes::class(bytes::at(key, i + 1)) & bytes::LOWER != 0
                        && bytes::at(key, i + 2) != 0
                        && bytes::class(bytes::at(key, i + 2)) & bytes::LOWER != 0));
            if (!letter || camel) && length > start {
                segments.push(start, length);
                start = length;
            }
            if letter && let Some(slot) = segments.text.get_mut(length) {
                *slot = b.to_ascii_lowercase();
                length += 1;
            }
        }
        if length > start {
            segments.push(start, length);
        }
        segments
    }

    fn push(&mut self, start: usize, end: usize) {
        let digits = bytes::run_back(&self.text, end, end - start, |b| b.is_ascii_digit());
        let end = if digits < end - start { end - digits } else { end };
        if self.count == SEGMENTS {
            self.ends.rotate_left(1);
            self.count -= 1;
        }
        if let Some(slot) = self.ends.get_mut(self.count) {
            *slot = (start as u8, end as u8);
            self.count += 1;
        }
    }

    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &[u8]> + Clone {
        self.ends.iter().take(self.count).map(|&(start, end)| bytes::part(&self.text, start.into(), end.into()))
    }

    pub(crate) fn len(&self) -> usize {
        self.count
    }
}

/// What a single segment can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Word {
    Is(Rule),
    /// Sensitive as the last of a pair whose first is a [`Word::Qualifier`] or another sensitive word: `api_key`.
    Key,
    Qualifier,
    /// `session`: makes `id`, `key` and `token` after it its own.
    SessionPrefix,
    /// `code`, after a word of a second factor.
    Code,
    SecondFactor,
    /// At the end of a key, says that the value is about the secret, not the secret: `token_count`.
    Neutral,
    /// At the beginning: `max_tokens`, `has_password`.
    NeutralFirst,
    First,
    Last,
    Street,
    Person,
}

impl Word {
    /// May a key be sensitive through this word? The others only refine.
    const fn decides(self, names: bool, addresses: bool) -> bool {
        match self {
            Self::Is(Rule::Name) | Self::First | Self::Last | Self::Person => names,
            Self::Is(Rule::Address) | Self::Street => addresses,
            Self::Is(_) | Self::Key | Self::SessionPrefix | Self::Code => true,
            _ => false,
        }
    }
}

/// Segments that matter, by meaning.
const WORDS: &[(&str, Word)] = &[
    // passwords, in the languages of the project's users
    ("password", Word::Is(Rule::Password)),
    ("passwords", Word::Is(Rule::Password)),
    ("passwd", Word::Is(Rule::Password)),
    ("passphrase", Word::Is(Rule::Password)),
    ("passcode", Word::Is(Rule::Password)),
    ("passwort", Word::Is(Rule::Password)),
    ("kennwort", Word::Is(Rule::Password)),
    ("pwd", Word::Is(Rule::Password)),
    ("pswd", Word::Is(Rule::Password)),
    ("senha", Word::Is(Rule::Password)),
    ("senhas", Word::Is(Rule::Password)),
    ("palavrapasse", Word::Is(Rule::Password)),
    ("contrasena", Word::Is(Rule::Password)),
    ("contraseña", Word::Is(Rule::Password)),
    ("motdepasse", Word::Is(Rule::Password)),
    ("mdp", Word::Is(Rule::Pass)),
    ("pass", Word::Is(Rule::Pass)),
    ("pw", Word::Is(Rule::Pass)),
    ("passe", Word::Is(Rule::Pass)),
    ("secret", Word::Is(Rule::Secret)),
    ("secrets", Word::Is(Rule::Secret)),
    ("credential", Word::Is(Rule::Secret)),
    ("credentials", Word::Is(Rule::Secret)),
    ("creds", Word::Is(Rule::Secret)),
    ("salt", Word::Is(Rule::Secret)),
    ("mnemonic", Word::Is(Rule::Secret)),
    ("token", Word::Is(Rule::Token)),
    ("tokens", Word::Is(Rule::Tokens)),
    ("jwt", Word::Is(Rule::Token)),
    ("bearer", Word::Is(Rule::Token)),
    ("csrf", Word::Is(Rule::Token)),
    ("xsrf", Word::Is(Rule::Token)),
    ("csrfmiddlewaretoken", Word::Is(Rule::Token)),
    ("apikey", Word::Is(Rule::ApiKey)),
    ("apikeys", Word::Is(Rule::ApiKey)),
    ("secretkey", Word::Is(Rule::ApiKey)),
    ("accesskey", Word::Is(Rule::ApiKey)),
    ("privatekey", Word::Is(Rule::ApiKey)),
    ("privkey", Word::Is(Rule::ApiKey)),
    ("authkey", Word::Is(Rule::ApiKey)),
    ("masterkey", Word::Is(Rule::ApiKey)),
    ("cookie", Word::Is(Rule::Cookie)),
    ("cookies", Word::Is(Rule::Cookie)),
    ("authorization", Word::Is(Rule::Authorization)),
    ("authorisation", Word::Is(Rule::Authorization)),
    ("sessionid", Word::Is(Rule::Session)),
    ("sessionkey", Word::Is(Rule::Session)),
    ("phpsessid", Word::Is(Rule::Session)),
    ("jsessionid", Word::Is(Rule::Session)),
    ("sessid", Word::Is(Rule::Session)),
    ("sid", Word::Is(Rule::Session)),
    ("cvv", Word::Is(Rule::Cvv)),
    ("cvc", Word::Is(Rule::Cvv)),
    ("cvn", Word::Is(Rule::Cvv)),
    ("csc", Word::Is(Rule::Cvv)),
    ("pin", Word::Is(Rule::Pin)),
    ("otp", Word::Is(Rule::Otp)),
    ("totp", Word::Is(Rule::Otp)),
    // pairs
    ("key", Word::Key),
    ("keys", Word::Key),
    ("session", Word::SessionPrefix),
    ("code", Word::Code),
    ("codes", Word::Code),
    ("verification", Word::SecondFactor),
    ("mfa", Word::SecondFactor),
    ("2fa", Word::SecondFactor),
    ("factor", Word::SecondFactor),
    ("sms", Word::SecondFactor),
    ("onetime", Word::SecondFactor),
    ("backup", Word::SecondFactor),
    ("recovery", Word::SecondFactor),
    ("security", Word::SecondFactor),
    ("api", Word::Qualifier),
    ("private", Word::Qualifier),
    ("priv", Word::Qualifier),
    ("access", Word::Qualifier),
    ("auth", Word::Qualifier),
    ("signing", Word::Qualifier),
    ("signature", Word::Qualifier),
    ("sign", Word::Qualifier),
    ("encryption", Word::Qualifier),
    ("encrypt", Word::Qualifier),
    ("decryption", Word::Qualifier),
    ("master", Word::Qualifier),
    ("license", Word::Qualifier),
    ("licence", Word::Qualifier),
    ("service", Word::Qualifier),
    ("account", Word::Qualifier),
    ("storage", Word::Qualifier),
    ("shared", Word::Qualifier),
    ("client", Word::Qualifier),
    ("app", Word::Qualifier),
    ("application", Word::Qualifier),
    ("consumer", Word::Qualifier),
    ("deploy", Word::Qualifier),
    ("ssh", Word::Qualifier),
    ("hmac", Word::Qualifier),
    ("webhook", Word::Qualifier),
    ("integration", Word::Qualifier),
    ("admin", Word::Qualifier),
    ("root", Word::Qualifier),
    ("user", Word::Qualifier),
    ("subscription", Word::Qualifier),
    ("symmetric", Word::Qualifier),
    ("aes", Word::Qualifier),
    ("rsa", Word::Qualifier),
    ("tls", Word::Qualifier),
    ("ssl", Word::Qualifier),
    ("pgp", Word::Qualifier),
    ("gpg", Word::Qualifier),
    // names and postal addresses, for the presets that take them
    ("first", Word::First),
    ("last", Word::Last),
    ("full", Word::First),
    ("given", Word::First),
    ("family", Word::Last),
    ("middle", Word::First),
    ("maiden", Word::Last),
    ("holder", Word::First),
    ("student", Word::Person),
    ("teacher", Word::Person),
    ("guardian", Word::Person),
    ("parent", Word::Person),
    ("customer", Word::Person),
    ("patient", Word::Person),
    ("employee", Word::Person),
    ("cardholder", Word::Person),
    ("surname", Word::Is(Rule::Name)),
    ("firstname", Word::Is(Rule::Name)),
    ("lastname", Word::Is(Rule::Name)),
    ("fullname", Word::Is(Rule::Name)),
    ("apelido", Word::Is(Rule::Name)),
    ("nome", Word::Is(Rule::Name)),
    ("morada", Word::Is(Rule::Address)),
    ("endereco", Word::Is(Rule::Address)),
    ("endereço", Word::Is(Rule::Address)),
    ("street", Word::Street),
    ("address", Word::Street),
    ("postcode", Word::Is(Rule::Address)),
    ("zipcode", Word::Is(Rule::Address)),
    // about a secret, not a secret
    ("count", Word::Neutral),
    ("counts", Word::Neutral),
    ("counter", Word::Neutral),
    ("type", Word::Neutral),
    ("types", Word::Neutral),
    ("kind", Word::Neutral),
    ("name", Word::Neutral),
    ("names", Word::Neutral),
    ("id", Word::Neutral),
    ("ids", Word::Neutral),
    ("expiry", Word::Neutral),
    ("expires", Word::Neutral),
    ("expiration", Word::Neutral),
    ("expired", Word::Neutral),
    ("exp", Word::Neutral),
    ("ttl", Word::Neutral),
    ("lifetime", Word::Neutral),
    ("length", Word::Neutral),
    ("len", Word::Neutral),
    ("size", Word::Neutral),
    ("limit", Word::Neutral),
    ("limits", Word::Neutral),
    ("policy", Word::Neutral),
    ("field", Word::Neutral),
    ("fields", Word::Neutral),
    ("label", Word::Neutral),
    ("url", Word::Neutral),
    ("uri", Word::Neutral),
    ("endpoint", Word::Neutral),
    ("path", Word::Neutral),
    ("file", Word::Neutral),
    ("filename", Word::Neutral),
    ("dir", Word::Neutral),
    ("status", Word::Neutral),
    ("state", Word::Neutral),
    ("valid", Word::Neutral),
    ("validity", Word::Neutral),
    ("validator", Word::Neutral),
    ("validators", Word::Neutral),
    ("validation", Word::Neutral),
    ("hashers", Word::Neutral),
    ("hasher", Word::Neutral),
    ("required", Word::Neutral),
    ("enabled", Word::Neutral),
    ("disabled", Word::Neutral),
    ("changed", Word::Neutral),
    ("change", Word::Neutral),
    ("reset", Word::Neutral),
    ("strength", Word::Neutral),
    ("age", Word::Neutral),
    ("version", Word::Neutral),
    ("algorithm", Word::Neutral),
    ("alg", Word::Neutral),
    ("format", Word::Neutral),
    ("usage", Word::Neutral),
    ("used", Word::Neutral),
    ("remaining", Word::Neutral),
    ("budget", Word::Neutral),
    ("cost", Word::Neutral),
    ("rate", Word::Neutral),
    ("at", Word::Neutral),
    ("in", Word::Neutral),
    ("on", Word::Neutral),
    ("date", Word::Neutral),
    ("time", Word::Neutral),
    ("timestamp", Word::Neutral),
    ("timeout", Word::Neutral),
    ("created", Word::Neutral),
    ("updated", Word::Neutral),
    ("attempts", Word::Neutral),
    ("retries", Word::Neutral),
    ("error", Word::Neutral),
    ("errors", Word::Neutral),
    ("message", Word::Neutral),
    ("rules", Word::Neutral),
    ("issuer", Word::Neutral),
    ("audience", Word::Neutral),
    ("scope", Word::Neutral),
    ("scopes", Word::Neutral),
    ("method", Word::Neutral),
    ("class", Word::Neutral),
    ("model", Word::Neutral),
    ("manager", Word::Neutral),
    ("service", Word::Neutral),
    ("provider", Word::Neutral),
    ("handler", Word::Neutral),
    ("view", Word::Neutral),
    ("form", Word::Neutral),
    ("four", Word::Neutral),
    ("prefix", Word::Neutral),
    ("present", Word::Neutral),
    ("max", Word::NeutralFirst),
    ("min", Word::NeutralFirst),
    ("num", Word::NeutralFirst),
    ("total", Word::NeutralFirst),
    ("has", Word::NeutralFirst),
    ("is", Word::NeutralFirst),
    ("use", Word::NeutralFirst),
    ("require", Word::NeutralFirst),
    ("requires", Word::NeutralFirst),
    ("show", Word::NeutralFirst),
    ("allow", Word::NeutralFirst),
    ("prompt", Word::NeutralFirst),
    ("completion", Word::NeutralFirst),
];

/// [`WORDS`] in the order of their bytes, for look-up.
static SORTED: [(&str, Word); WORDS.len()] = sorted();

#[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
const fn sorted() -> [(&'static str, Word); WORDS.len()] {
    let mut words = [("", Word::Key); WORDS.len()];
    let mut i = 0;
    while i < words.len() {
        let mut at = i;
        while at > 0 && is_less(WORDS[i].0.as_bytes(), words[at - 1].0.as_bytes()) {
            words[at] = words[at - 1];
            at -= 1;
        }
        words[at] = WORDS[i];
        i += 1;
    }
    words
}

const fn is_less(mut a: &[u8], mut b: &[u8]) -> bool {
    loop {
        match (a, b) {
            ([x, a_rest @ ..], [y, b_rest @ ..]) if *x == *y => (a, b) = (a_rest, b_rest),
            ([x, ..], [y, ..]) => return *x < *y,
            (_, b) => return !b.is_empty(),
        }
    }
}

/// Before `address`, these make it one of a machine or a mailbox.
const MACHINES: &[&[u8]] = &[
    b"ip",
    b"mac",
    b"email",
    b"mail",
    b"remote",
    b"server",
    b"host",
    b"bind",
    b"listen",
    b"memory",
    b"client",
    b"source",
    b"dest",
    b"destination",
];

/// Ends of words written together that are sensitive with anything before: `dbpassword`, `clientsecret`.
const COMPOUND_ENDS: &[&str] = &[
    "password",
    "passwd",
    "passphrase",
    "apikey",
    "secretkey",
    "accesskey",
    "privatekey",
    "authkey",
    "token",
    "secret",
    "sessionid",
    "senha",
];

/// Beginnings of words written together: `passwordhash`.
const COMPOUND_STARTS: &[&str] = &["password", "passwd", "apikey", "secretkey"];

fn compound(segment: &[u8]) -> Option<Word> {
    let rule_of = |part: &str| match part {
        "token" => Rule::Token,
        "secret" => Rule::Secret,
        "sessionid" => Rule::Session,
        "apikey" | "secretkey" | "accesskey" | "privatekey" | "authkey" => Rule::ApiKey,
        _ => Rule::Password,
    };
    // `libsecret`, `libtoken`: libraries
    if let Some(end) = COMPOUND_ENDS.iter().find(|end| segment.ends_with(end.as_bytes()) && !segment.starts_with(b"lib")) {
        return Some(Word::Is(rule_of(end)));
    }
    let start = COMPOUND_STARTS.iter().find(|start| segment.starts_with(start.as_bytes()))?;
    let rest = segment.get(start.len()..)?;
    (!WORDS.iter().any(|&(word, meaning)| meaning == Word::Neutral && word.as_bytes() == rest)).then(|| Word::Is(rule_of(start)))
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
            "auth",
            "email",
            "phone",
            "access",
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
