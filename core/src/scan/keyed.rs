//! `key: value`, `key=value` and their like: at the separator the key is read backwards and looked up, then the value forwards.

mod adjacent;
mod behind;
mod message;
mod otp;
mod place;
mod prose;
mod saying;

pub(super) use adjacent::is_algorithm;
pub(crate) use prose::SPOKEN;

use std::ops::Range;

use crate::detect::words::{self, Rule, Word, role};
use crate::policy::Action;
use crate::replace::placeholder;
use crate::scan::Scan;
use crate::scan::awaited::{CONTINUED, is_awaited};
use crate::scan::bound;
use crate::scan::bytes::{self, Words, at, before, class, is_key, part, run, run_back, skip, skip_back};
use crate::scan::code;
use crate::scan::command::follows_user;
use crate::scan::lines::Open;
use crate::scan::token::is_basic;
use crate::scan::value::{self, Extent, Form};
use crate::walk::field::KEY_MAX;

/// Spaces by which a separator may be set off, as in aligned assignments.
const ALIGNED: usize = 32;

/// Quotes, brackets and backslashes between a key and its separator: as many as JSON has that stands in four strings of JSON.
const CLOSERS: usize = 20;

/// Bytes before a key in which a user is named.
const USERNAME: usize = 64;

/// Bytes of a tag of XML that are looked at.
pub(super) const TAG: usize = 256;

/// Words that say what they are with the one before.
const NEEDS_MORE: Words =
    Words::new("key keys tokens name passe phrase answer sandi laluan khẩu المرور السر السري عبور πρόσβασης доступа dostępu");

/// What makes a password of `clave`, `código` and the like, with `de` between.
const ACCESS: Words = Words::new("confirmação confirmación connexion acesso acceso accès seguridad segurança sécurité sicurezza verifica");

/// In front of a control sequence that sets a colour, as terminals' loggers put between a key and its separator.
pub(super) fn before_colour(text: &[u8], end: usize) -> usize {
    if before(text, end) != b'm' {
        return end;
    }
    let sequence = skip_back(text, end - 1, 16, |b| b.is_ascii_digit() || b == b';');
    if part(text, 0, sequence).ends_with(b"\x1b[") { sequence - 2 } else { end }
}

/// The name of a symbol of JavaScript that ends at `end`, as consoles show a key: `[Symbol(password)]: …`.
#[inline(never)]
fn symbol(text: &[u8], end: usize) -> Option<Range<usize>> {
    let end = end.checked_sub(1).filter(|&end| at(text, end) == b')')?;
    let start = skip_back(text, end, KEY_MAX, is_key);
    part(text, 0, start).ends_with(b"Symbol(").then_some(start..end)
}

/// What may stand between a key and its separator: `the password is: …`, `kata sandi Anda: …`
pub(crate) const COPULAS: Words = Words::new("is was are anda");

/// What a provider of OAuth and its like sends in the query of an address.
pub(crate) const GRANTS: Words = Words::new("code state ticket invite invite_code convite oobcode samlresponse session appid");

/// What stands between a value and what it was changed to; the word by itself only where the values are set off.
const TO: &str = " -> | => | to ";
const ARROWS: &str = " -> | => ";

/// Bytes of the shortest code of OAuth that is looked at outside of an address.
const CODE: usize = 20;

/// A key in a text, and what it says of its value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Key<'t> {
    start: usize,
    end: usize,
    /// Its last word.
    word: &'t [u8],
    /// Bytes between it and its separator.
    closers: usize,
    /// The quote behind it, if one is.
    quote: u8,
    pub(super) rule: Rule,
    action: Action,
}

impl Key<'_> {
    /// The rule, made stricter or looser by what the value looks like.
    #[inline(always)]
    pub(super) fn rule_of(&self, value: &[u8]) -> Rule {
        match self.rule {
            // `security code: 4829137`
            Rule::Cvv if value.len() > 4 => Rule::Otp,
            // `_auth=`, of npm: a name and a password in base64
            Rule::Login if is_basic(value) => Rule::Authorization,
            // of an environment, the key of anybody may be a UUID: `ACME_KEY=…`
            Rule::Soft if self.word.ends_with(b"_KEY") && value::is_uuid(value) => Rule::Vendor,
            rule => rule,
        }
    }
}

/// Are these brackets a secret as a whole? What is in an object has keys of its own.
fn is_secret_as_a_whole(rule: Rule, brackets: &[u8]) -> bool {
    let holds = match rule {
        Rule::Tokens | Rule::Vendor => value::holds_token(brackets),
        Rule::Soft | Rule::Login => {
            value::is_random(brackets) && !brackets.starts_with(b"{\"")
                || matches!(brackets, [b'(', b'"' | b'\'', ..])
                    && [", '", ", \"", ",'", ",\""].iter().any(|next| bytes::find(brackets, 1, next.as_bytes()).is_some())
        }
        _ => !matches!(rule, Rule::Cvv | Rule::Pin | Rule::Otp | Rule::SessionId | Rule::Jwk),
    };
    holds
        && !value::is_syntax(brackets)
        && !is_list_of_members(brackets)
        && !code::is_list_of_complaints(brackets)
        && !code::is_schema(brackets)
        && !value::is_description(rule, brackets)
}

/// Are these members with names of their own, as Postman writes them: `[{"key": "in", "value": "header"}]`? That of an API key is called
/// `value`.
fn is_list_of_members(brackets: &[u8]) -> bool {
    let names = |name: &[u8]| bytes::find(brackets, 0, name).is_some();
    brackets.starts_with(b"[{\"key\":") && !names(b"\"key\":\"value\"") && !names(b"\"key\": \"value\"")
}

/// What stands between a name and its password, where this key announces both.
fn login_divider(rule: Rule, key: &[u8]) -> Option<u8> {
    match rule {
        Rule::Login => Some(b':'),
        // `access: ana / x`
        Rule::Soft if bytes::ends_with_one_of(key, &["access", "acesso", "acceso"]) => Some(b'/'),
        Rule::Secret if words::CREDENTIALS.split_ascii_whitespace().any(|word| bytes::ends_with_one_of(key, &[word])) => Some(b'/'),
        _ => None,
    }
}

/// Is this how `var_dump` of PHP says of which class a member is: `["password":"App\Config":private]=>`, `["password":protected]=>`?
fn is_member_of_class(text: &[u8], from: usize) -> bool {
    let private = || {
        at(text, from) == b'"' && part(text, skip(text, from + 1, |b| is_key(b) || b == b'\\'), text.len()).starts_with(b"\":private]=>")
    };
    part(text, from, text.len()).starts_with(b"protected]=>") || private()
}

impl<'t> Scan<'_, 't> {
    /// At `=` or `:`.
    pub(super) fn separator(&mut self, i: usize) -> usize {
        let text = self.text;
        let (b, previous, next) = (at(text, i), before(text, i), at(text, i + 1));
        // `std::fmt`, but not the base64 of LDIF: `userPassword:: …` (RFC 2849)
        if b == b':' && next == b':' && !part(text, i, i + 5).contains(&b'=') && (at(text, i + 2) != b' ' || previous == b' ') {
            return i + 2;
        }
        if b == b':' && class(previous) & class(next) & bytes::DIGIT != 0 {
            return i + 1;
        }
        // and a value that may be left out: `--password[=name]`
        if b == b'=' && matches!(previous, b'<' | b'>' | b'=' | b'[') {
            return i + 1;
        }
        // `!=`, `+=`, `?=`, `||=`
        let operator = i - match previous {
            b'|' | b'?' | b'&' if b == b'=' && before(text, i - 1) == previous => 2,
            b'!' | b'+' | b'?' | b'.' | b'~' if b == b'=' => 1,
            _ => 0,
        };
        let mut end = skip_back(text, operator, ALIGNED, |b| matches!(b, b' ' | b'\t'));
        end = before_colour(text, end);
        let mut closers = run_back(text, end, CLOSERS, |b| matches!(b, b'"' | b'\'' | b'`' | b'\\' | b']' | b'[' | b'*'));
        end -= closers;
        // `password[0]=`
        if closers > 0 && at(text, end) == b']' {
            let index = run_back(text, end, 4, |b| b.is_ascii_digit());
            end -= if before(text, end - index) == b'[' { index + 1 } else { 0 };
        }
        let mut start = skip_back(text, end, KEY_MAX, is_key);
        if start == end
            && let Some(symbol) = symbol(text, end)
        {
            closers += end - symbol.end;
            (start, end) = (symbol.start, symbol.end);
        }
        if self.floor < end {
            start = start.max(self.floor);
        }
        if start == end {
            return i + 1;
        }
        // a pseudonym whose key has the name of a secret: `[token:9f86…]`
        if before(text, start) == b'['
            && let Some(length) = placeholder::prefix(part(text, start - 1, text.len()))
        {
            return start - 1 + length;
        }
        self.keyed(start, end, closers, i).unwrap_or(i + 1)
    }

    /// A key `start..end` that may matter, `closers` bytes before its separator at `i`: where to go on, if the value was taken.
    #[inline(never)]
    pub(super) fn keyed(&mut self, start: usize, end: usize, closers: usize, i: usize) -> Option<usize> {
        let key = self.key_at(start, end, closers, i)?;
        let taken = self.value_of(&key, i);
        if taken.is_none() && self.trace.is_some() {
            self.explain_key(&key, i);
        }
        taken
    }

    /// The whole of a key of which the last word is `start..end`, and its rule.
    #[inline(always)]
    fn key_at(&self, mut start: usize, mut end: usize, closers: usize, i: usize) -> Option<Key<'t>> {
        let text = self.text;
        // but for emphasis
        let quote = if closers > 0 { at(text, end + closers - 1) } else { 0 };
        let quote = if quote == b'*' { 0 } else { quote };
        let word = part(text, start, end);
        // `API key: …`, `"mot de passe": …`
        let needs_more = || NEEDS_MORE.has(word) || self.engine.fields.meaning(word) == Some(Word::Code);
        if before(text, start) == b' ' && (matches!(quote, b'"' | b'\'') || needs_more()) {
            let letter = |b| class(b) & (bytes::LETTER | bytes::HIGH | bytes::DIGIT) != 0 || b == b'-';
            start -= 1 + run_back(text, start - 1, KEY_MAX / 2, letter);
        }
        // `clave de acceso: …`, `code d'accès : …`
        start = self.access(start, word).unwrap_or(start);
        // `the password is: …`, `kata sandi Anda: …`
        if COPULAS.has(word) && before(text, start) == b' ' {
            end = start - 1;
            start = skip_back(text, end, KEY_MAX, is_key);
        }
        let (mut rule, action) = self.engine.fields.rule(part(text, start, end)).or_else(|| self.grant(word, start, i))?;
        // `user: ana pass: x`
        if rule == Rule::Pass && self.follows_login(start) {
            rule = Rule::Password;
        }
        let action = action.or_else(|| self.engine.action(rule.detector()))?;
        Some(Key { start, end, word, closers, quote, rule, action })
    }

    /// `?code=…`, with which a provider of OAuth sends a browser back (RFC 6749, section 4.1.2), and its like; `?key=…` of those who call an
    /// API, `key` behind `"username":`, as Kaggle keeps it, and `<Session: …>`, as Django shows one.
    fn grant(&self, word: &[u8], start: usize, i: usize) -> Option<(Rule, Option<Action>)> {
        let text = self.text;
        let query = matches!(before(text, start), b'?' | b'&');
        let goes_on = || at(text, skip(text, i + 1, |b| is_key(b) || matches!(b, b'%' | b'/'))) == b'&';
        let of_user = || bytes::find(part(text, start.saturating_sub(USERNAME), start), 0, b"\"username\":").is_some();
        // most ids of applications are public, but not those of OpenWeather
        let public = || word.eq_ignore_ascii_case(b"appid") && run(text, i + 1, |b| b.is_ascii_hexdigit()) != 32;
        match GRANTS.has(word) {
            true if query || goes_on() || self.is_exchanged(word, i) => (!public()).then_some((Rule::Grant, None)),
            false if word.eq_ignore_ascii_case(b"key") && (query || of_user()) => Some((Rule::Soft, None)),
            _ if word == b"Session" && before(text, start) == b'<' => Some((Rule::SessionId, None)),
            _ => None,
        }
    }

    /// Is this the code of a request for a token (RFC 6749, section 4.1.3): `{"client_id": "7", "code": "…"}`?
    fn is_exchanged(&self, word: &[u8], i: usize) -> bool {
        let text = self.text;
        let from = skip(text, i + 1, |b| matches!(b, b' ' | b'>'));
        let long = || matches!(at(text, from), b'"' | b'\'') && run(text, from + 1, |b| is_key(b) || b == b'/') >= CODE;
        let near = || part(text, i.saturating_sub(TAG), text.len().min(i + TAG));
        word == b"code"
            && matches!(before(text, skip_back(text, i, 1, |b| b == b' ')), b'"' | b'\'')
            && long()
            && ["client_id", "grant_type", "redirect_uri", "oauth"].iter().any(|said| bytes::find(near(), 0, said.as_bytes()).is_some())
    }

    /// Takes the value of a key, if it is a secret: where to go on.
    #[inline(always)]
    fn value_of(&mut self, key: &Key<'t>, i: usize) -> Option<usize> {
        let text = self.text;
        // `(SID=orcl)`: a database (Oracle Net Services)
        let database = key.rule == Rule::Session && key.word == b"SID" && before(text, key.start) == b'(';
        if key.rule != Rule::Field && (database || code::is_place(key.word, text, key.start, i)) {
            return None;
        }
        let compared = before(text, i) == b'!' || part(text, i, i + 2) == b"==" && before(text, i) == b' ';
        if compared && part(text, 0, key.start).ends_with(b"typeof ") {
            return None;
        }
        let (behind, around) = self.value_place(key, i);
        let rest = part(text, behind, text.len());
        // of expect, which sends the value in the next line
        let expected = rest.trim_ascii() == b"\"" && text.trim_ascii_start().starts_with(b"expect ");
        if expected || is_awaited(rest) {
            // a block of YAML is nothing but the value
            self.awaits(key.rule, rest.iter().any(|b| matches!(b, b'|' | b'>')));
            return None;
        }
        let found = self.within_tag(key.rule, value::extent_within(text, behind, key.rule, around)?);
        if key.quote == b'"' && before(text, i) == b'"' && is_member_of_class(text, i + 1) {
            self.awaits(key.rule, false);
            return None;
        }
        if compared && !found.quoted {
            return None;
        }
        let matched = found.of(text);
        // `password=$1,name=$2`
        if at(text, i) == b'=' && !found.quoted && matches!(at(matched, 0), b'?' | b'%' | b'$' | b':' | b'@') {
            let end = found.start + run(matched, 0, |b| b != b',');
            if bound::is_parameter(part(text, found.start, end)) && self.bind(key.rule, found.start, end) {
                return None;
            }
        }
        let key = Key { rule: key.rule_of(matched), ..*key };
        // `recovery_codes: [x, y]`
        if key.rule == Rule::Otp
            && bytes::ends_with_one_of(key.word, &["codes"])
            && let Some(end) = self.codes(found.start.min(skip(text, behind, |b| b == b' ')), key.action)
        {
            return Some(end);
        }
        if self.is_other(&key, &found, i) {
            return None;
        }
        if !found.quoted && key.rule != Rule::Field && self.is_code(&key, &found, i) {
            self.fallback(key.end, found.end);
            return None;
        }
        // `BASIC_AUTH=ana:x`, `creds: ana / x`, `user/password: ana / x`
        let paired = key.rule.is_of_person() && follows_user(text, key.start);
        let divider = if paired { Some(b'/') } else { login_divider(key.rule, key.word) };
        if let Some(found) = divider.and_then(|divider| self.behind_name(divider, &found)) {
            // the name may be an address, which is still to be looked at
            if !placeholder::is(found.of(text)) {
                self.ahead(|scan| scan.take(key.rule, key.action, &found));
            }
            return None;
        }
        if !self.is_value(&key, &found, i) {
            // `'Authorization': 'Bearer '`, as Python's pprint breaks a text at its spaces
            let behind = part(text, found.end + usize::from(found.quoted), text.len());
            if key.rule == Rule::Authorization
                && found.quoted
                && behind.trim_ascii().is_empty()
                && value::is_scheme(matched.trim_ascii_end())
            {
                self.awaits(Rule::Token, false);
            }
            return None;
        }
        self.take(key.rule, key.action, &found);
        if key.rule == Rule::Cookie && found.end == text.len() {
            self.open = Open::Pairs;
        }
        if let Some(new) = self.changed_to(key.rule, &found, if found.quoted { TO } else { ARROWS }) {
            self.take(key.rule, key.action, &new);
            return Some(new.end);
        }
        Some(found.end)
    }

    /// What a value was changed to, where one of these stands behind it: `"old" -> "new"`, `'old' to 'new'`.
    fn changed_to(&self, rule: Rule, old: &Extent, marks: &str) -> Option<Extent> {
        let text = self.text;
        let behind = old.end + usize::from(old.quoted);
        if at(text, behind) != b' ' || !matches!(at(text, behind + 1), b'-' | b'=' | b't') {
            return None;
        }
        let mark = bytes::phrase(marks, part(text, behind, text.len()))?;
        let new = value::extent(text, behind + mark, rule)?;
        let value = new.of(text);
        let sound = new.quoted == old.quoted && (new.quoted || value::is_striking_word(value));
        (sound && self.is_secret(rule, value)).then_some(new)
    }

    /// Is what stands behind a key something that is no value of it?
    #[inline(always)]
    fn is_other(&self, key: &Key<'_>, found: &Extent, i: usize) -> bool {
        let text = self.text;
        let matched = found.of(text);
        let name = part(text, key.start, key.end);
        // a call of an API and what becomes of it: `cognito-idp.ChangePassword: calling …`
        let is_call = || {
            const CALLS: &[&[u8]] = &[b"Change", b"Confirm", b"Forgot", b"Reset", b"Set", b"Update", b"Verify"];
            let call = key.word.rsplit(|&b| b == b'.').next().unwrap_or_default();
            matched.iter().all(u8::is_ascii_lowercase) && CALLS.iter().any(|verb| call.starts_with(verb))
        };
        !found.quoted && key.rule == Rule::Password && is_call()
            // what a shell runs: "TOKEN=`vault read x`"
            || found.quoted && part(text, i, i + 2) == b"=`" && matched.contains(&b' ')
            // a field of Go that is empty: `{Password: Port:5432}`
            || !found.quoted && code::is_next_field(part(text, 0, key.start), key.word, matched)
            // a private key has an end of its own, and everybody may have a public one
            || !found.quoted && (matched.starts_with(b"-----BEGIN") || key.rule == Rule::ApiKey && matched.starts_with(b"ssh-"))
            || key.rule == Rule::ApiKey && code::is_fingerprint(name, matched)
            // `kernel key: …` is prose
            || key.rule.is_soft() && name.contains(&b' ') && !value::is_product_key(matched)
    }

    /// Is this no value but an expression of code, or the name of one?
    #[inline(always)]
    fn is_code(&self, key: &Key<'_>, found: &Extent, i: usize) -> bool {
        let text = self.text;
        let matched = found.of(text);
        // `"password": password`, and a tool that speaks of one: `passwd: password updated`
        let spoken = key.quote != 0 || at(text, found.end) == b' ';
        // `"X-Api-Key": api_key`, `fn new(token: TokenStream)`
        let declared = || {
            (key.rule.is_of_machine() || matches!(key.rule, Rule::Tokens | Rule::Cookie))
                && (matches!(at(text, found.end), b',' | b';' | b')') || part(text, found.end, found.end + 2) == b" =")
                && matched.iter().any(u8::is_ascii_lowercase)
                && matched.iter().any(u8::is_ascii_uppercase)
        };
        let called = || {
            (key.quote != 0 || declared())
                && matched.iter().all(|&b| b.is_ascii_alphabetic() || b == b'_')
                && self.engine.fields.rule(matched).is_some()
        };
        at(text, i) == b':' && (spoken && value::is_sensitive(matched) || called())
            || code::is_argument(text, key.start, key.word, matched, found.end)
            || code::is_reference(matched, at(text, found.end))
    }

    /// Is this the secret that its key announces?
    #[inline(always)]
    fn is_value(&self, key: &Key<'_>, found: &Extent, i: usize) -> bool {
        let text = self.text;
        let (rule, own) = (key.rule, key.rule == Rule::Field);
        let matched = found.of(text);
        let form = if at(text, i) == b':' && matches!(key.quote, 0 | b'`') && !found.quoted { Form::Loose } else { Form::Plain };
        if !own && !found.quoted {
            let handle = rule == Rule::Cookie && code::is_handle(matched, key.quote != 0);
            // of a projection, of a message of Protocol Buffers
            let flag = matches!(matched, [b'0'..=b'9'])
                && (rule.is_of_machine() || ["string ", "bytes "].iter().any(|kind| part(text, 0, key.start).ends_with(kind.as_bytes())));
            let elided = rule.is_of_machine() && code::is_elided(matched, part(text, found.end, text.len()));
            if handle || flag || elided || code::is_count(key.word, matched, text, found.end) {
                return false;
            }
        }
        let bracketed = !found.quoted && matches!(matched.first(), Some(b'{' | b'[' | b'(')) && !placeholder::is(matched);
        let secret =
            if bracketed { is_secret_as_a_whole(rule, matched) } else { value::is_secret(rule, matched, form, self.engine.strict) };
        let prose = || value::is_sentence(matched, at(text, found.end)) || !own && code::is_state(key.word, matched, text, found.end);
        secret && !(form == Form::Loose && prose())
    }

    /// What stands in an element of HTML behind a key, if it is a secret by its looks: `Password: <code>x</code>`.
    pub(super) fn within_tag(&self, rule: Rule, found: Extent) -> Extent {
        if found.quoted || at(self.text, found.start) != b'<' {
            return found;
        }
        // `<span>Code:</span> <b>482913</b>`
        let closed = self.tag_end(found.start).filter(|_| at(self.text, found.start + 1) == b'/');
        let inner = self.element_text(rule, closed.map_or(found.start, |close| skip(self.text, close, |b| b == b' ')));
        inner.filter(|inner| value::stands_out(rule, inner.of(self.text))).unwrap_or(found)
    }

    /// Where `clave de acceso`, `código de seguridad` and the like begin, if `word` at `start` is the last of their words.
    fn access(&self, start: usize, word: &[u8]) -> Option<usize> {
        let text = self.text;
        let letter = |b: u8| class(b) & (bytes::LETTER | bytes::HIGH) != 0;
        let of = start.checked_sub(1)?;
        let of = skip_back(text, of, 2, letter);
        let sound = ACCESS.has(word) && matches!(before(text, start), b' ' | b'\'') && before(text, of) == b' ';
        let sound = sound && words::roles(part(text, of, start - 1)) & role::OF != 0;
        sound.then(|| skip_back(text, of - 1, KEY_MAX / 2, letter))
    }

    /// The password behind a name and this byte, where a key announces both.
    fn behind_name(&self, divider: u8, found: &Extent) -> Option<Extent> {
        let text = self.text;
        let name = skip(text, found.start, |b| bytes::is_key(b) || b == b'@');
        let mark = skip(text, name, |b| b == b' ');
        let start = skip(text, mark + 1, |b| b == b' ');
        let sound = value::is_login_name(part(text, found.start, name)) && at(text, mark) == divider && (mark > name) == (start > mark + 1);
        let apart = !found.quoted && name >= found.end;
        let password = if apart { value::extent(text, start, Rule::Password)? } else { Extent { start, ..*found } };
        let value = password.of(text);
        let taken = value::is_striking_word(value) && self.is_secret(Rule::Password, value) || placeholder::is(value);
        (sound && taken).then_some(password)
    }

    /// Records a value under a key of this rule. A quote that does not close stays open behind the end of the text.
    pub(super) fn take(&mut self, rule: Rule, action: Action, value: &Extent) {
        let value = value.whole(self.text);
        if self.text.len() < value.end + CONTINUED && self.is_continued(&value) {
            self.awaits(rule, true);
        }
        // in a text there is no entry to leave out
        let action = if action == Action::Drop { Action::Mask } else { action };
        self.record(rule.detector(), value.start, value.end, action);
        // the parameters of a hash have commas: `$argon2id$v=19$m=65536,t=3,p=4$…`
        if at(self.text, value.end) == b',' && value.of(self.text).contains(&b'$') {
            self.ahead(|scan| scan.word(value.start));
        }
        if value.open != Open::Nothing {
            self.open = value.open;
        }
    }

    /// The same of a value further on, if the detector of its rule is on: what lies before it is still to be looked at.
    pub(super) fn take_ahead(&mut self, rule: Rule, value: &Extent) {
        if let Some(action) = self.engine.action(rule.detector()) {
            self.ahead(|scan| scan.take(rule, action, value));
        }
    }

    /// At `>`: the text of an element whose name is a sensitive key, `<password>…</password>`.
    pub(super) fn element(&mut self, i: usize) -> usize {
        let text = self.text;
        let start = skip_back(text, i, KEY_MAX, |b| is_key(b) || b == b':');
        if start == i || before(text, start) != b'<' {
            return self.beside(i);
        }
        let Some((rule, action)) = self.engine.fields.rule(part(text, start, i)) else { return i + 1 };
        let Some(action) = action.or_else(|| self.engine.action(rule.detector())) else { return i + 1 };
        // an element begins its line where its text does not
        if is_awaited(part(text, i + 1, text.len())) {
            if part(text, 0, start - 1).trim_ascii().is_empty() {
                self.awaits(rule, true);
                if part(text, start, i) == b"auth-user-pass" {
                    self.open = Open::User;
                }
            }
            return i + 1;
        }
        self.has_key = true;
        match self.element_text(rule, i + 1) {
            Some(found) => {
                self.take(rule, action, &found);
                found.end
            }
            None => i + 1,
        }
    }

    /// The text of the element that begins at `from`, or of the one within or beside it that begins there, if it is a secret.
    pub(super) fn element_text(&self, rule: Rule, from: usize) -> Option<Extent> {
        let text = self.text;
        let mut start = from;
        for _ in 0..2 {
            if part(text, start, start + 9) == b"<![CDATA[" {
                start += 9;
            } else if at(text, start) == b'<' && class(at(text, start + 1)) & bytes::LETTER != 0 {
                let near = bytes::up_to(text, start + TAG);
                start += 1 + run(near, start, |b| b != b'>');
            }
        }
        let end = skip(text, start, |b| b != b'<' && b != b'\n');
        let end = if part(text, end.saturating_sub(3), end) == b"]]>" { end - 3 } else { end };
        let closed = matches!(part(text, end, end + 2), [b'<', b'/'] | [b']', b']']);
        let secret = closed && self.is_secret(rule, part(text, start, end));
        secret.then_some(Extent { start, end, open: Open::Nothing, quoted: false })
    }
}
