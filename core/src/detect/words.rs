//! The vocabulary: what a word means as a part of a key, and what it announces near a number.

use std::sync::LazyLock;

use crate::detect::context::{BANK, CARD, PHONE, PT_CC, PT_NIF, PT_NISS};
use crate::detect::{self, DetectorId};
use crate::scan::bytes::sixteen;

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
    pub(crate) const fn decides(self, names: bool, addresses: bool) -> bool {
        match self {
            Self::Is(Rule::Name) | Self::First | Self::Last | Self::Person => names,
            Self::Is(Rule::Address) | Self::Street => addresses,
            Self::Is(_) | Self::Key | Self::SessionPrefix | Self::Code => true,
            _ => false,
        }
    }
}

/// Segments of keys, in the languages of the project's users.
const SEGMENTS: &[(Word, &str)] = &[
    (
        Word::Is(Rule::Password),
        "password passwords passwd passphrase passcode passwort kennwort pwd pswd senha senhas palavrapasse contrasena contraseña motdepasse",
    ),
    (Word::Is(Rule::Pass), "mdp pass pw passe"),
    (Word::Is(Rule::Secret), "secret secrets credential credentials creds salt mnemonic"),
    (Word::Is(Rule::Token), "token jwt bearer csrf xsrf csrfmiddlewaretoken"),
    (Word::Is(Rule::Tokens), "tokens"),
    (Word::Is(Rule::ApiKey), "apikey apikeys secretkey accesskey privatekey privkey authkey masterkey"),
    (Word::Is(Rule::Cookie), "cookie cookies"),
    (Word::Is(Rule::Authorization), "authorization authorisation"),
    (Word::Is(Rule::Session), "sessionid sessionkey phpsessid jsessionid sessid sid"),
    (Word::Is(Rule::Cvv), "cvv cvc cvn csc"),
    (Word::Is(Rule::Pin), "pin"),
    (Word::Is(Rule::Otp), "otp totp"),
    (Word::Key, "key keys"),
    (
        Word::Qualifier,
        "api private priv access auth signing signature sign encryption encrypt decryption master license licence service account \
         storage shared client app application consumer deploy ssh hmac webhook integration admin root user subscription symmetric aes \
         rsa tls ssl pgp gpg",
    ),
    (Word::SessionPrefix, "session"),
    (Word::Code, "code codes"),
    (Word::SecondFactor, "verification mfa 2fa factor sms onetime backup recovery security"),
    (
        Word::Neutral,
        "count counts counter type types kind name names id ids expiry expires expiration expired exp ttl lifetime length len size limit \
         limits policy field fields label url uri endpoint path file filename dir status state valid validity validator validators \
         validation hashers hasher required enabled disabled changed change reset strength age version algorithm alg format usage used \
         remaining budget cost rate at in on date time timestamp timeout created updated attempts retries error errors message rules \
         issuer audience scope scopes method class model manager provider handler view form four prefix present",
    ),
    (Word::NeutralFirst, "max min num total has is use require requires show allow prompt completion"),
    // names and postal addresses, for the presets that take them
    (Word::First, "first full given middle holder"),
    (Word::Last, "last family maiden"),
    (Word::Person, "student teacher guardian parent customer patient employee cardholder"),
    (Word::Is(Rule::Name), "surname firstname lastname fullname apelido nome"),
    (Word::Is(Rule::Address), "morada endereco endereço postcode zipcode"),
    (Word::Street, "street address"),
];

/// Words near a number, or in its key, and what they announce.
const CONTEXT: &[(u32, &str)] = &[
    (
        PHONE,
        "phone phones phonenumber telephone tel tlf tlm telefone telemovel telemóvel telefono teléfono telefon téléphone mobile movil móvil \
         celular cell cellphone handy mobil portable gsm fax whatsapp sms msisdn dial call contacto contato",
    ),
    (CARD, "card cards cardnumber creditcard credit debit tarjeta carte kreditkarte pan visa mastercard amex maestro"),
    (CARD | PT_CC, "cartao cartão cc"),
    (PT_CC, "cidadao cidadão"),
    (PT_NIF, "nif nipc contribuinte fiscal vat tin tax"),
    (PT_NISS, "niss social"),
    (BANK, "iban nib bank conta"),
];

/// A word and all that it means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// Its first sixteen bytes.
    start: [u64; 2],
    pub(crate) word: &'static str,
    pub(crate) segment: Word,
    pub(crate) context: u32,
}

/// Places for words, by their hash: a power of two, and many times as many as there are words.
const SLOTS: usize = 2048;

static ENTRIES: LazyLock<Vec<Option<Entry>>> = LazyLock::new(|| {
    let segments = SEGMENTS.iter().map(|&(segment, words)| (words, segment, 0));
    let context = CONTEXT.iter().map(|&(context, words)| (words, Word::Plain, context));
    let mut entries = vec![None; SLOTS];
    for (words, segment, context) in segments.chain(context) {
        for word in words.split_ascii_whitespace() {
            let start = start(word.as_bytes());
            let slot = find(&entries, start, word.len());
            if let Some(entry) = entries.get_mut(slot) {
                entry.get_or_insert(Entry { start, word, segment, context: 0 }).context |= context;
            }
        }
    }
    entries
});

/// The first sixteen bytes of a word without the case of its letters; nothing else in a word depends on that bit.
#[inline(always)]
fn start(word: &[u8]) -> [u64; 2] {
    const CASE: u64 = u64::from_le_bytes([0x20; 8]);
    let bytes = sixteen(word);
    let (low, high) = bytes.split_at(8);
    [low, high].map(|half| half.first_chunk().map_or(0, |half| u64::from_le_bytes(*half)) | CASE)
}

/// The slot that has this word, or that would have it.
#[inline(always)]
fn find(entries: &[Option<Entry>], start: [u64; 2], length: usize) -> usize {
    let [low, high] = start;
    let hash = (low ^ high ^ length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut slot = (hash >> (u64::BITS - SLOTS.ilog2())) as usize;
    while let Some(Some(entry)) = entries.get(slot)
        && !(entry.start == start && entry.word.len() == length)
    {
        slot = (slot + 1) % SLOTS;
    }
    slot
}

/// What a word means, whatever its case. Words of more than sixteen bytes are told by those and by their length.
#[inline]
pub(crate) fn get(word: &[u8]) -> Option<&'static Entry> {
    let entries = &**ENTRIES;
    entries.get(find(entries, start(word), word.len()))?.as_ref()
}

/// The context that the segments of a key give to its value.
pub(crate) fn context<'s>(segments: impl Iterator<Item = &'s [u8]>) -> u32 {
    segments.filter_map(get).fold(0, |context, entry| context | entry.context)
}

/// Every word of the vocabulary.
pub(crate) fn all() -> impl Iterator<Item = &'static Entry> {
    ENTRIES.iter().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_found_once_with_all_it_means() {
        let words = SEGMENTS.iter().map(|(_, words)| words).chain(CONTEXT.iter().map(|(_, words)| words));
        for word in words.flat_map(|words| words.split_ascii_whitespace()) {
            assert_eq!(get(word.as_bytes()).map(|entry| entry.word), Some(word));
        }
        let mut segments: Vec<&str> = SEGMENTS.iter().flat_map(|(_, words)| words.split_ascii_whitespace()).collect();
        let count = segments.len();
        segments.sort_unstable();
        segments.dedup();
        assert_eq!(segments.len(), count, "a word is there twice");
        assert!(all().count() * 4 <= SLOTS);
    }

    #[test]
    fn words_have_no_case() {
        let sms = get(b"SMS");
        assert!(sms.is_some_and(|entry| entry.segment == Word::SecondFactor && entry.context == PHONE));
        assert!(get(b"monkey").is_none() && get(b"").is_none());
    }
}
