//! A key and its value in the messages that programs log: `token for user 42: x`, `OTP sent: 482913`, `Session ID: x`.

use crate::detect::words::{self, Rule, Word, role};
use crate::replace::placeholder;
use crate::scan::Scan;
use crate::scan::bytes::{self, Words, at, before, is_key, part, run, skip, skip_back};
use crate::scan::token::is_mixed;
use crate::scan::value::{self, Extent};
use crate::walk::field::KEY_MAX;

/// Words between a key and its value, bytes of each, and those that may say whose it is.
const BETWEEN: usize = 6;
const WORD: usize = 20;
const OWNER: usize = 4;
/// Bytes of what is said of a key in brackets.
const REMARK: usize = 32;

/// What says whose it is, or where from.
const PREPOSITIONS: Words = Words::new("for from to of by in on via de do da di para del du für von an");
/// What a secret is for, so that the value follows at once: `token de recuperação x`.
const PURPOSES: Words = Words::new(
    "redefinição recuperação ativação confirmação verificação autenticação acesso sessão restablecimiento recuperación activación \
     confirmación verificación autenticación acceso sesión réinitialisation activation confirmation vérification accès session",
);
/// What may stand between the last of these words and the value.
const MARKS: &str = ": |:|= | = | -> | => | (";

impl Scan<'_, '_> {
    /// At the space behind a word that may be a key: takes the value that a message gives it. What lies before is still to be looked at.
    #[inline(never)]
    pub(in crate::scan) fn message(&mut self, end: usize) {
        let text = self.text;
        if let Some(separator) = self.behind_remark(end) {
            if self.is_remarkable(end, separator) {
                let start = skip_back(text, end, KEY_MAX, is_key).max(self.floor_of(end));
                self.ahead(|scan| scan.keyed(start, end, 0, separator));
            }
            return;
        }
        let bracket = at(text, end + 1) == b'(';
        let next = part(text, end + 1, self.word_end(end + 1));
        let session = self.session_name(end);
        // most words behind a key say nothing of its value
        if session.is_none() && !bracket && words::roles(next) & (role::EVENT | role::NUMBER) == 0 && !PREPOSITIONS.has(next) {
            return;
        }
        let Some((rule, end)) = session.map(|end| (Rule::SessionId, end)).or_else(|| Some((self.announced_rule(end)?, end))) else {
            return;
        };
        let Some(action) = self.engine.action(rule.detector()) else { return };
        let event = if matches!(rule, Rule::Otp | Rule::Pin) { role::CODE_EVENT | role::NUMBER } else { role::EVENT };
        // how many words may still say whose it is
        let (mut from, mut owner, mut word) = (end, 0, next);
        for n in 0..=BETWEEN {
            let mark = bytes::phrase(MARKS, part(text, from, text.len()));
            let start = from + mark.unwrap_or(1);
            // what follows a key at once is looked at elsewhere
            let near = n > 0 || session.is_some() || bracket;
            let open = mark.is_some() || owner == 0 || word == b"to" || PURPOSES.has(word);
            if near
                && open
                && let Some(found) = self.word_of(rule, start)
                && is_told(rule, found.of(text), mark.is_some() && !bracket)
                && !is_counted(part(text, found.end, text.len()))
                && self.is_secret(rule, found.of(text))
            {
                return self.ahead(|scan| scan.take(rule, action, &found));
            }
            if mark.is_some() || at(text, from) != b' ' {
                return;
            }
            from = self.word_end(start);
            word = part(text, start, from);
            owner = match owner {
                _ if word.is_empty() || word.len() > WORD => return,
                _ if PREPOSITIONS.has(word) => OWNER,
                // `token hash`: what is said of a token, and is none
                _ if words::roles(word) & event != 0 && (rule == Rule::Password || word != b"hash") => owner,
                0 | 1 => return,
                _ => owner - 1,
            };
        }
    }

    /// The separator of the key that ends at `end`, if a remark in brackets stands between them: `password (temporary): x`.
    fn behind_remark(&self, end: usize) -> Option<usize> {
        let text = self.text;
        let open = end + 1;
        let closer = match at(text, open) {
            b'(' => b')',
            b'[' => b']',
            _ => return None,
        };
        let near = bytes::up_to(text, open + REMARK);
        let close = skip(near, open + 1, |b| bytes::is_word(b) || b >= 0x80 || matches!(b, b' ' | b'-' | b'.' | b',' | b'/'));
        let separator = skip(near, close + 1, |b| b == b' ');
        let separates = matches!(part(text, separator, separator + 2), [b':', b' ' | b'"' | b'\''] | [b'=', b' ' | b'"' | b'\'' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9']);
        (at(text, close) == closer && close > open + 1 && separates && !placeholder::is(part(text, open, close + 1))).then_some(separator)
    }

    /// Is what stands behind a remark and its separator more than a word of prose, as parameters are described: `password (str): The one …`?
    fn is_remarkable(&self, remark: usize, separator: usize) -> bool {
        let text = self.text;
        let Some(found) = self.word_of(Rule::Password, separator + 1) else { return false };
        let value = found.of(text);
        // `password (last changed): 2026-01-02`
        let about = || {
            part(text, remark, separator).split(|&b| !bytes::is_word(b)).any(|word| self.engine.fields.meaning(word) == Some(Word::Neutral))
        };
        let last = || part(text, found.end, text.len()).trim_ascii().is_empty();
        let code = || value.len() >= 4 && value.iter().all(u8::is_ascii_digit);
        found.quoted || value::is_striking(value) || (last() || code()) && !about()
    }

    /// Where the name ends that `session` is with the word behind the space at `end`: `Session ID`.
    fn session_name(&self, end: usize) -> Option<usize> {
        let text = self.text;
        let start = end.checked_sub("session".len()).filter(|&start| part(text, start, end).eq_ignore_ascii_case(b"session"))?;
        let whole = start >= self.floor && !is_key(before(text, start));
        let length = bytes::phrase(" id| key| token", part(text, end, text.len())).filter(|_| whole)?;
        Some(end + length)
    }

    /// The rule of the key that ends at `end`, with the word before it if that belongs to it: `access token`.
    fn announced_rule(&self, end: usize) -> Option<Rule> {
        let (text, fields) = (self.text, &self.engine.fields);
        let floor = self.floor_of(end);
        let start = skip_back(text, end, KEY_MAX, is_key).max(floor);
        let space = skip_back(text, start, 1, |b| b == b' ');
        let first = skip_back(text, space, KEY_MAX, is_key).max(floor);
        let (word, whole) = (part(text, first, space), part(text, first, end));
        let rule = match fields.rule(whole) {
            Some(rule) => rule,
            None if space < start && matches!(fields.meaning(word), Some(Word::Kept | Word::NeutralFirst)) => return None,
            None if part(text, start, end).eq_ignore_ascii_case(b"session") => (Rule::SessionId, None),
            None => fields.rule(part(text, start, end))?,
        };
        match rule.0 {
            Rule::Pwd => Some(Rule::Password),
            Rule::Login => Some(Rule::Authorization),
            rule => rule.may_be_told().then_some(rule),
        }
    }

    /// Where a key that ends at `end` may begin: the domain of an address stays, and may end with it.
    fn floor_of(&self, end: usize) -> usize {
        if self.floor < end { self.floor } else { 0 }
    }

    /// The value at `start`, of which a message has one word, though a header may go on.
    fn word_of(&self, rule: Rule, start: usize) -> Option<Extent> {
        let found = value::extent(self.text, start, rule)?;
        let end = if found.quoted { found.end } else { found.start + run(found.of(self.text), 0, |b| !bytes::is_space(b)) };
        Some(Extent { end, ..found })
    }

    fn word_end(&self, start: usize) -> usize {
        skip(self.text, start, |b| bytes::is_word(b) || b >= 0x80 || matches!(b, b'-' | b'\''))
    }
}

/// Is this what a message says of such a key, and not another word of it? `marked` says that a separator stands before.
fn is_told(rule: Rule, value: &[u8], marked: bool) -> bool {
    match rule {
        Rule::Otp | Rule::Pin => value::is_digits_of(rule, value),
        Rule::Password => {
            let sound = value::is_complex(value) && value.len() >= 6 || marked && is_mixed(value, 8) || value::is_random(value);
            // a path, a call, an assignment, a template
            sound && !value.starts_with(b"$") && !value.iter().any(|b| b"/(=[{<|` ".contains(b))
        }
        _ => value::is_random(value) && value.iter().all(|&b| bytes::is_word(b) || b"-+/=.~".contains(&b)),
    }
}

/// Does a unit follow a number? `OTP sent 1500 ms ago`
fn is_counted(behind: &[u8]) -> bool {
    matches!(behind, [b' ', unit @ ..] if words::roles(part(unit, 0, run(unit, 0, |b| b.is_ascii_alphabetic()))) & role::UNIT != 0)
}
