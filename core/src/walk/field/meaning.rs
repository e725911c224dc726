//! What one segment of a key means, also where words are written together: `dbpassword`.

use super::Fields;
use crate::detect::words::{self, Rule, Word};
use crate::scan::bytes::starts_with_nocase;
use crate::scan::grams::gram;

/// Ends of words written together that are sensitive with anything before: `dbpassword`, `clientsecret`.
const COMPOUND_ENDS: &[(&str, Rule)] = &[
    ("password", Rule::Password),
    ("passwd", Rule::Password),
    ("passphrase", Rule::Password),
    ("passwort", Rule::Password),
    ("kennwort", Rule::Password),
    ("wachtwoord", Rule::Password),
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
    ("令牌", Rule::Token),
    ("トークン", Rule::Token),
    ("密钥", Rule::ApiKey),
    ("APIキー", Rule::ApiKey),
];

/// Ends of words written together that are sensitive behind an [owner](is_owner): `dbpass`, `rootpw`.
const OWNED: [&str; 3] = ["pass", "pwd", "pw"];

/// Beginnings of words written together: `passwordhash`.
const COMPOUND_STARTS: &[(&str, Rule)] =
    &[("password", Rule::Password), ("passwd", Rule::Password), ("apikey", Rule::ApiKey), ("secretkey", Rule::ApiKey)];

impl Fields {
    /// What a segment means, also where words are written together.
    pub(crate) fn meaning(&self, segment: &[u8]) -> Option<Word> {
        let known = words::get(&words::lower(segment)).map(|entry| entry.segment).filter(|&word| word != Word::Plain);
        let may_be = |from: usize| self.compounds.contains(gram(segment, from));
        known.or_else(|| if may_be(segment.len().saturating_sub(4)) || may_be(0) { compound(segment) } else { None })
    }

    /// Takes in the beginnings and ends of words written together.
    pub(super) fn add_compounds(&mut self) {
        for (word, _) in COMPOUND_STARTS {
            self.add_key(word);
            self.compounds.insert_start(word.as_bytes());
        }
        for (word, _) in COMPOUND_ENDS {
            self.compounds.insert_end(word.as_bytes());
        }
        for owner in words::all().filter(|entry| is_owner(entry.segment)) {
            OWNED.iter().for_each(|end| self.compounds.insert_end([owner.word, end].concat().as_bytes()));
        }
        self.hints.add(&self.compounds);
    }
}

/// Does `pass` behind this mean a password, and nothing else?
pub(super) fn is_owner(word: Word) -> bool {
    matches!(word, Word::Owner | Word::Qualifier | Word::Key)
}

/// What a word means by how it begins or ends.
fn compound(segment: &[u8]) -> Option<Word> {
    let before = |end: &str| {
        let (before, last) = segment.split_at_checked(segment.len().checked_sub(end.len())?)?;
        last.eq_ignore_ascii_case(end.as_bytes()).then_some(before)
    };
    // `libsecret`, `jsonwebtoken`
    let is_library = starts_with_nocase(segment, b"lib") || starts_with_nocase(segment, b"json");
    if let Some(&(_, rule)) = COMPOUND_ENDS.iter().find(|(end, _)| before(end).is_some() && !is_library) {
        return Some(Word::Is(rule));
    }
    let is_owned = |end: &&str| before(end).and_then(words::get).is_some_and(|entry| is_owner(entry.segment));
    if OWNED.iter().any(is_owned) {
        return Some(Word::Is(Rule::Password));
    }
    let &(start, rule) = COMPOUND_STARTS.iter().find(|(start, _)| starts_with_nocase(segment, start.as_bytes()))?;
    let neutral = words::get(segment.get(start.len()..)?).is_some_and(|entry| entry.segment == Word::Neutral);
    (!neutral).then_some(Word::Is(rule))
}
