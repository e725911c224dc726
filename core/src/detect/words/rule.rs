//! What a word may mean: the part that it has in a key, what a key asks of its value, and what the word is for a number near it.

use crate::detect::{self, DetectorId};

/// What a sensitive key asks of the value under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Passwords and secrets: everything goes but syntax placeholders.
    Password,
    /// `pass`, `pw`: as `Password` where written like a key, not in prose (`pass: 12`).
    Pass,
    /// `pwd` and nothing else: as `Password`, but for the directory that a shell keeps there.
    Pwd,
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
    /// A code of OAuth in a query: mixed as no code of an error or of a shop is.
    Grant,
    /// `map_key`, `signature`: values without order, as keys and signatures are.
    Soft,
    /// `auth`: the same, or a name and a password, `ana:x` or a pair.
    Login,
    /// `mailgun_key`: the same of a vendor, which may be a UUID or short.
    Vendor,
    /// A member of a JWK (RFC 7517): long and without order, as the private ones are.
    Jwk,
    /// Three or four digits.
    Cvv,
    /// Four to eight digits.
    Pin,
    /// A code of a second factor: four to ten digits or mixed characters.
    Otp,
    Name,
    Address,
    /// `address` and nothing else: a postal one where it has a street and a number.
    Postal,
    /// A key that the policy names.
    Field,
}

/// Sets of rules: which of them a place takes into account. What is left out of one has its reason there.
impl Rule {
    /// Is what is kept under such a key made by machines, so that a word is none?
    pub(crate) const fn is_of_machine(self) -> bool {
        matches!(self, Self::ApiKey | Self::AwsSecret | Self::Token | Self::Secret | Self::Vendor) || self.is_soft()
    }

    /// Does somebody think it up, so that it may be anything?
    pub(crate) const fn is_of_person(self) -> bool {
        matches!(self, Self::Password | Self::Pass | Self::Pwd | Self::Field)
    }

    /// Is it about somebody, and no secret?
    pub(crate) const fn is_personal(self) -> bool {
        matches!(self, Self::Name | Self::Address | Self::Postal)
    }

    /// Says the key so little that the value must look like a secret by itself?
    pub(crate) const fn is_soft(self) -> bool {
        matches!(self, Self::Soft | Self::Login)
    }

    /// A key or a token that somebody was given, which may stand behind a mark or in capitals alone: `acme-api-key-550e8400-…`, `ACME
    /// TOKEN 9fKq…`. Passwords are words of sentences, and the secrets of AWS have other bytes.
    pub(crate) const fn is_given(self) -> bool {
        matches!(self, Self::ApiKey | Self::Token | Self::Secret | Self::Vendor)
    }

    /// May the value stand right behind a key that no sentence has, `rootpw x`? A cookie, a code or what is soft needs one.
    pub(crate) const fn needs_no_separator(self) -> bool {
        self.may_be_labelled() || matches!(self, Self::Pass | Self::Pwd)
    }

    /// May a flag of a command have it, `--token x`? Of the others, the values are numbers or may be anything.
    pub(crate) const fn may_be_flag(self) -> bool {
        self.needs_no_separator() || matches!(self, Self::Cookie | Self::Session | Self::Authorization)
    }

    /// May the value stand in the line behind the key? `pass:` is the end of a test that passed as well.
    pub(crate) const fn may_stand_in_next_line(self) -> bool {
        self.may_be_labelled() || matches!(self, Self::Pwd | Self::Otp | Self::Pin)
    }

    /// May a message say it some words behind the key, `token issued: x`? Of the others the keys are words of every message.
    pub(crate) const fn may_be_told(self) -> bool {
        self.may_be_labelled()
            || matches!(self, Self::Session | Self::SessionId | Self::Cookie | Self::Authorization | Self::Otp | Self::Pin)
    }

    /// Does a word of it announce a long run that stands a few words on? What a word means beside others is not asked there.
    pub(crate) const fn is_said_from_afar(self) -> bool {
        matches!(self, Self::Token | Self::Secret | Self::ApiKey | Self::Password | Self::Session | Self::Authorization)
    }

    /// May a column of a table have it? `PWD` is one of processes.
    pub(crate) const fn may_be_column(self) -> bool {
        matches!(self, Self::Password | Self::Pass | Self::Secret | Self::ApiKey | Self::Token)
    }

    /// Is a line that is nothing but the key, a mark and a value enough, `[password] x`? `pass` and `pwd` are names of other things there.
    pub(crate) const fn may_be_labelled(self) -> bool {
        matches!(self, Self::Password | Self::Secret | Self::ApiKey | Self::AwsSecret | Self::Token)
    }

    /// The detector that a finding under such a key is reported as.
    pub(crate) const fn detector(self) -> DetectorId {
        match self {
            Self::Password | Self::Pass | Self::Pwd => detect::key::PASSWORD,
            Self::Secret => detect::key::SECRET,
            Self::ApiKey | Self::Soft | Self::Login | Self::Vendor => detect::key::API_KEY,
            Self::AwsSecret => detect::key::AWS_SECRET,
            Self::Token | Self::Tokens | Self::Grant => detect::key::TOKEN,
            Self::SessionId | Self::Session => detect::key::SESSION,
            Self::Cookie => detect::key::COOKIE,
            Self::Authorization => detect::key::AUTHORIZATION,
            Self::Jwk => detect::credential::PRIVATE_KEY,
            Self::Cvv => detect::key::CVV,
            Self::Pin => detect::key::PIN,
            Self::Otp => detect::key::OTP,
            Self::Name => detect::key::NAME,
            Self::Address | Self::Postal => detect::key::ADDRESS,
            Self::Field => detect::key::FIELD,
        }
    }
}

/// What a word means as a segment of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// Nothing: it only gives context.
    Plain,
    /// Makes the key sensitive.
    Is(Rule),
    /// Sensitive as the last of a pair whose first is a [`Word::Qualifier`] or another sensitive word: `api_key`.
    Key,
    Qualifier,
    /// A qualifier that may hold a secret itself: `signature`.
    Soft,
    /// `session`: makes `id`, `key` and `token` after it its own.
    SessionPrefix,
    /// `code`, after a word of a second factor.
    Code,
    /// `answer`, after `security` and the like.
    Answer,
    /// Whose `pass` and `pw` are passwords and nothing else: `db_pass`, `rootpw`.
    Owner,
    /// `phrase`, after `pass`, `seed` and the like.
    Phrase,
    SecondFactor,
    /// At the end of a key, says that the value is about the secret, not the secret: `token_count`.
    Neutral,
    /// Before `key`, says that the key is no secret: `cache_key`.
    Kept,
    /// At the beginning: `max_tokens`, `has_password`.
    NeutralFirst,
    /// Who gives out keys: `mailgun_key`, and a value without order right behind the name.
    Vendor,
    First,
    Last,
    Street,
    Person,
}

impl Word {
    /// May a key be sensitive through this word? The others only refine.
    pub(crate) const fn decides(self, names: bool, addresses: bool) -> bool {
        match self {
            Self::Is(Rule::Name) | Self::First | Self::Last | Self::Person => names,
            Self::Is(Rule::Address) | Self::Street => addresses,
            Self::Is(_) | Self::Key | Self::Soft | Self::SessionPrefix | Self::Code | Self::Answer | Self::Phrase => true,
            _ => false,
        }
    }
}

/// A word and all that it means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// Its first sixteen bytes.
    pub(super) start: [u64; 2],
    pub(crate) word: &'static str,
    pub(crate) segment: Word,
    pub(crate) context: u64,
    pub(super) roles: u8,
}

impl Entry {
    /// Is it a sensitive key by itself?
    pub(crate) const fn is_sensitive(&self) -> bool {
        matches!(self.segment, Word::Is(_)) && !matches!(self.segment, Word::Is(Rule::Jwk))
    }
}

/// What a word is for a number near it, beside what it announces; one bit each.
pub(crate) mod role {
    /// `number`.
    pub(crate) const NUMBER: u8 = 1;
    /// May stand before such a word: `tax file number`.
    pub(crate) const BETWEEN: u8 = 2;
    /// Links the two: `número de identificação`.
    pub(crate) const OF: u8 = 4;
    /// Says that the number is one of money or of things.
    pub(crate) const MEASURE: u8 = 8;
    /// Says the same behind it.
    pub(crate) const UNIT: u8 = 16;
    /// What happened to a value that follows: `token issued: …`
    pub(crate) const EVENT: u8 = 32;
    /// The same of a code of few digits.
    pub(crate) const CODE_EVENT: u8 = 64;
    /// The word means nothing else.
    pub(in crate::detect::words) const ALONE: u8 = 128;
}
