//! `key: value`, `key=value` and their like: at the separator the key is read backwards and looked up, then the value forwards.

use crate::detect::context::PART;
use crate::detect::key;
use crate::detect::words::{self, Rule, Word, role};
use crate::policy::Action;
use crate::scan::Scan;
use crate::scan::bytes::{self, Words, at, before, class, is_key, part, run, run_back, starts_with_nocase};
use crate::scan::code;
use crate::scan::lines::Open;
use crate::scan::token::{is_basic, is_mixed};
use crate::scan::value::{self, Extent, Form};
use crate::walk::field::{KEY_MAX, is_public};

/// Spaces by which a separator may be set off, as in aligned assignments.
const ALIGNED: usize = 32;

/// Bytes of a tag of XML that are looked at.
pub(super) const TAG: usize = 256;

/// Words that say what they are with the one before.
const NEEDS_MORE: Words = Words::new("key keys code codes tokens name passe phrase answer sandi laluan khẩu المرور السر عبور πρόσβασης");

/// What makes a password of `clave`, `código` and the like, with `de` between.
const ACCESS: [&str; 3] = ["acesso", "acceso", "accès"];

/// Words before `password` that introduce its value.
const INTRODUCERS: Words = Words::new("with using and com login encrypted chap pap");

/// What may stand between a word and its value.
const IS: &str = "is |was |are |é |es |ist |lautet |est |è |är |er |jest |je |c'est |era |war |était ";
/// The same of a password that somebody sets.
const LINKS: &str = "is set to |was set to |has been set to |set to |is now |was changed to |has been changed to |changed to |was reset to \
     |has been reset to |reset to |updated to |is: |was: |to |temporária: |temporaria: |temporal: |temporaire : |provisória: |inicial: ";
/// The same where the word is not the English one.
const FOREIGN_LINKS: &str = "temporal |temporária |temporaria |temporaire |provisória |provisoria |provvisoria |to: |foi definida como |foi definida para \
     |foi alterada para |ha sido cambiada a |se ha cambiado a |cambió a |a été changé en |a été modifié en |wurde auf |wurde geändert in \
     |wurde geändert auf |is gewijzigd in |è stata cambiata in |è stata modificata in |została zmieniona na |zostało zmienione na |zmieniono na \
     |изменён на |изменен на |сменён на |ändrades till |blev ændret til ";

/// Keys that announce a name and its password.
const BOTH: &[&str] =
    &["creds", "credentials", "zugangsdaten", "anmeldedaten", "credenciais", "credenciales", "credenziali", "inloggegevens"];

/// Words of languages without spaces that say that a password follows.
pub(crate) const SPOKEN: &[&str] = &[
    "密码是",
    "密码为",
    "密碼是",
    "密碼為",
    "口令是",
    "口令为",
    "パスワードは",
    "パスワードが",
    "비밀번호는",
    "비밀번호가",
    "암호는",
    "패스워드는",
];

/// What stands between `password` and whose it is.
const OWNERS: &str =
    "for user |for the user |for account |for key |for |of user |of |is generated for |do |da |de |del |du |des |von |für |para |от |для ";

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
     storage form field fields strength history rules check checks validation sync backend hint",
    );
    NOUNS.has(word)
}

/// What is said of how a password or a token is made.
fn is_algorithm(word: &[u8]) -> bool {
    const ALGORITHMS: Words = Words::new("md5 sha1 sha256 sha512 bcrypt12 argon2 argon2i argon2id pbkdf2 hs256 rs256 es256 base64");
    ALGORITHMS.has(word)
}

/// Does a text end with what makes a password of `passe` behind it?
fn is_word_of_pass(before: &[u8]) -> bool {
    bytes::ends_with_one_of(before, &["mot de ", "palavra-", "palavra "])
}

/// How a word is linked to what follows it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Link {
    None,
    Said,
    Arrow,
}

/// Bytes of `is your … code` that are looked at.
const YOURS: usize = 48;

/// Bytes of a value that needs no separator.
const LOUD: usize = 16;

/// In front of a control sequence that sets a colour, as terminals' loggers put between a key and its separator.
pub(super) fn before_colour(text: &[u8], end: usize) -> usize {
    if before(text, end) != b'm' {
        return end;
    }
    let sequence = end - 1 - run_back(text, end - 1, 16, |b| b.is_ascii_digit() || b == b';');
    if part(text, 0, sequence).ends_with(b"\x1b[") { sequence - 2 } else { end }
}

/// Is this the end of a line, or no more than a mark of YAML or a shell that the value stands in the next one?
fn is_awaited(rest: &[u8]) -> bool {
    matches!(rest.trim_ascii(), [] | [b'|' | b'>' | b'\\'] | [b'|' | b'>', b'-' | b'+'])
}

impl Scan<'_, '_> {
    /// At `=` or `:`.
    pub(super) fn separator(&mut self, i: usize) -> usize {
        let text = self.text;
        let (b, previous, next) = (at(text, i), before(text, i), at(text, i + 1));
        // `std::fmt`, times and ports, `<=`
        // but base64 of LDIF: `userPassword:: …` (RFC 2849)
        if b == b':' && next == b':' && !part(text, i, i + 5).contains(&b'=') && (at(text, i + 2) != b' ' || previous == b' ') {
            return i + 2;
        }
        if b == b':' && class(previous) & class(next) & bytes::DIGIT != 0 {
            return i + 1;
        }
        if b == b'=' && matches!(previous, b'<' | b'>' | b'=') {
            return i + 1;
        }
        // `!=`, `+=`, `?=`, `||=`
        let operator = i - match previous {
            b'|' | b'?' | b'&' if b == b'=' && before(text, i - 1) == previous => 2,
            b'!' | b'+' | b'?' | b'.' | b'~' if b == b'=' => 1,
            _ => 0,
        };
        let mut end = operator - run_back(text, operator, ALIGNED, |b| matches!(b, b' ' | b'\t'));
        end = before_colour(text, end);
        let closers = run_back(text, end, 6, |b| matches!(b, b'"' | b'\'' | b'`' | b'\\' | b']' | b'['));
        end -= closers;
        // `password[0]=`
        if closers > 0 && at(text, end) == b']' {
            let index = run_back(text, end, 4, |b| b.is_ascii_digit());
            end -= if before(text, end - index) == b'[' { index + 1 } else { 0 };
        }
        let mut start = end - run_back(text, end, KEY_MAX, is_key);
        if self.floor < end {
            start = start.max(self.floor);
        }
        if start == end {
            return i + 1;
        }
        let taken = self.keyed(&mut start, end, closers, i);
        if taken.is_none() && self.trace.is_some() {
            self.explain_key(start, end, i);
        }
        taken.unwrap_or(i + 1)
    }

    /// A key `start..end` that may matter, with its separator at `i`: where to go on, if the value was taken.
    #[inline(never)]
    pub(super) fn keyed(&mut self, start: &mut usize, end: usize, closers: usize, i: usize) -> Option<usize> {
        let text = self.text;
        let quote = if closers > 0 { at(text, end + closers - 1) } else { 0 };
        let word = part(text, *start, end);
        // `API key: …`, `"mot de passe": …`
        let needs_more = || NEEDS_MORE.has(word);
        if before(text, *start) == b' ' && (matches!(quote, b'"' | b'\'') || needs_more()) {
            *start -= 1 + run_back(text, *start - 1, KEY_MAX / 2, |b| class(b) & (bytes::LETTER | bytes::HIGH | bytes::DIGIT) != 0);
        }
        // `clave de acceso: …`, `code d'accès : …`
        if ACCESS.iter().any(|access| word == access.as_bytes()) && matches!(before(text, *start), b' ' | b'\'') {
            let letter = |b: u8| class(b) & (bytes::LETTER | bytes::HIGH) != 0;
            let of = *start - 1 - run_back(text, *start - 1, 2, letter);
            if words::roles(part(text, of, *start - 1)) & role::OF != 0 && before(text, of) == b' ' {
                *start = of - 1 - run_back(text, of - 1, KEY_MAX / 2, letter);
            }
        }
        let mut end = end;
        // `the password is: …`
        if bytes::words!("is was are").has(word) && before(text, *start) == b' ' {
            end = *start - 1;
            *start = end - run_back(text, end, KEY_MAX, is_key);
        }
        // `?code=…`, with which a provider of OAuth sends a browser back (RFC 6749, section 4.1.2)
        let grant = word.eq_ignore_ascii_case(b"code") && matches!(before(text, *start), b'?' | b'&');
        let grant = grant.then_some((Rule::Grant, None));
        let (mut rule, action) = self.engine.fields.rule(part(text, *start, end)).or(grant)?;
        // `user: ana pass: x`
        if rule == Rule::Pass && self.follows_login(*start) {
            rule = Rule::Password;
        }
        // `kernel key: …` is prose
        let spoken_of = rule == Rule::Soft && part(text, *start, end).contains(&b' ');
        let action = match action {
            Some(action) => action,
            None => self.engine.action(rule.detector())?,
        };
        if rule != Rule::Field && code::is_place(word, text, *start, i) {
            return None;
        }
        // `:=`, `=>`, `==`, `::=`
        let behind = i + 1 + run(text, i + 1, |b| matches!(b, b'=' | b'>' | b':')).min(3);
        let compared = before(text, i) == b'!' || part(text, i, i + 2) == b"==" && before(text, i) == b' ';
        // `password: str = "x"`
        let behind = if at(text, i) == b':' { code::behind_type(text, behind) } else { behind };
        let opener = before(text, *start);
        let outer = if closers == 0 && matches!(opener, b'"' | b'\'' | b'`') {
            opener
        } else {
            code::closing_quote(text, self.context & PART != 0, self.floor.min(*start), *start, behind)
        };
        let query = matches!(opener, b'?' | b'&');
        if is_awaited(part(text, behind, text.len())) {
            // a block of YAML is nothing but the value
            self.awaits(rule, part(text, behind, text.len()).iter().any(|b| matches!(b, b'|' | b'>')));
            return None;
        }
        let found = value::extent(text, behind, rule, outer, query).filter(|found| found.quoted || !compared)?;
        let matched = part(text, found.start, found.end);
        // of an environment, the key of anybody may be a UUID: `ACME_KEY=…`
        if rule == Rule::Soft && word.ends_with(b"_KEY") && value::is_uuid(matched) {
            rule = Rule::Vendor;
        }
        // `recovery_codes: [x, y]`
        if rule == Rule::Otp
            && bytes::ends_with_one_of(word, &["codes"])
            && let Some(end) = self.codes(found.start.min(behind + run(text, behind, |b| b == b' ')), action)
        {
            return Some(end);
        }
        if spoken_of && !value::is_product_key(matched) {
            return None;
        }
        // `"password": password`, and a tool that speaks of one: `passwd: password updated`
        let spoken = quote != 0 || !found.quoted && at(text, found.end) == b' ';
        let named =
            at(text, i) == b':' && spoken && value::is_sensitive(matched) || code::is_argument(text, *start, word, matched, found.end);
        // what the policy names is taken whatever it looks like
        let own = rule == Rule::Field;
        if !found.quoted && !own && (named || code::is_reference(matched, at(text, found.end))) {
            self.fallback(end, found.end);
            return None;
        }
        // `BASIC_AUTH=ana:x`, `creds: ana / x`
        if let Some(found) = self.behind_name(rule, word, &found) {
            self.take(rule, action, &found);
            return Some(found.end);
        }
        let form = if at(text, i) == b':' && quote == 0 && !found.quoted { Form::Loose } else { Form::Plain };
        let bracketed = !found.quoted && matches!(matched.first(), Some(b'{' | b'[' | b'(')) && !crate::replace::placeholder::is(matched);
        if !own && (code::is_directory(word, matched, found.quoted) || !found.quoted && code::is_count(word, matched)) {
            return None;
        }
        let secret = if bracketed {
            !value::is_syntax(matched)
                && !code::is_list_of_complaints(matched)
                && !value::is_description(rule, matched)
                && (!matches!(rule, Rule::Tokens | Rule::Soft | Rule::Vendor)
                    || value::holds_token(matched)
                    || rule == Rule::Soft && matches!(matched, [b'(', b'"' | b'\'', ..]))
                && !matches!(rule, Rule::Cvv | Rule::Pin | Rule::Otp | Rule::SessionId)
        } else {
            value::is_secret(rule, matched, form, self.engine.strict)
        };
        let prose = || value::is_sentence(matched, at(text, found.end)) || !own && code::is_state(word, matched, text, found.end);
        if !secret || form == Form::Loose && prose() {
            return None;
        }
        self.take(rule, action, &found);
        if rule == Rule::Cookie && found.end == text.len() {
            self.open = Open::Pairs;
        }
        // Terraform's plans: `"old" -> "new"`
        if found.quoted
            && part(text, found.end + 1, found.end + 5) == b" -> "
            && let Some(next) = value::extent(text, found.end + 5, rule, 0, false).filter(|next| next.quoted)
            && value::is_secret(rule, part(text, next.start, next.end), Form::Plain, self.engine.strict)
        {
            self.take(rule, action, &next);
            return Some(next.end);
        }
        Some(found.end)
    }

    /// Takes the codes of a list that begins at `from`, if there are several: where the last one ends.
    #[inline(never)]
    fn codes(&mut self, from: usize, action: Action) -> Option<usize> {
        let text = self.text;
        let is_mark = |b: u8| matches!(b, b'[' | b'"' | b'\'' | b',' | b' ');
        let next = |from: usize| {
            let start = from + run(text, from, is_mark);
            let end = start + run(text, start, |b| b.is_ascii_alphanumeric() || b == b'-');
            let code = part(text, start, end);
            let dashed = code.iter().filter(|&&b| b == b'-').count() == 1;
            let sound = value::is_grouped_code(code)
                || is_mixed(code, 6)
                || (6..=12).contains(&code.len()) && code.iter().all(u8::is_ascii_digit)
                || dashed && code.len() >= 7 && code.iter().all(|b| b.is_ascii_digit() || *b == b'-');
            sound.then_some((start, end))
        };
        let (start, end) = next(from)?;
        let mut found = (start, end);
        next(end).filter(|&(start, _)| start > end)?;
        loop {
            self.record(key::OTP, found.0, found.1, action);
            match next(found.1) {
                Some(code) if code.0 > found.1 => found = code,
                _ => return Some(found.1),
            }
        }
    }

    /// The password behind a name, where a key announces both.
    fn behind_name(&self, rule: Rule, key: &[u8], found: &Extent) -> Option<Extent> {
        let text = self.text;
        let divider = match rule {
            Rule::Soft if bytes::ends_with_one_of(key, &["auth"]) => b':',
            // `access: ana / x`
            Rule::Soft if bytes::ends_with_one_of(key, &["access", "acesso", "acceso"]) => b'/',
            Rule::Secret if bytes::ends_with_one_of(key, BOTH) => b'/',
            _ => return None,
        };
        let name = found.start + run(text, found.start, |b| bytes::is_key(b) || b == b'@');
        let mark = name + run(text, name, |b| b == b' ');
        let start = mark + 1 + run(text, mark + 1, |b| b == b' ');
        let sound = name > found.start && at(text, mark) == divider && (mark > name) == (start > mark + 1);
        let end = if found.quoted || name < found.end { found.end } else { value::extent(text, start, Rule::Password, 0, false)?.end };
        let password = Extent { start, end, ..*found };
        let value = part(text, start, end);
        let wild = value.len() >= 6 && (is_mixed(value, 6) || value::symbols(value) > 0) && !value.iter().any(|b| matches!(b, b'/' | b' '));
        (sound && wild && value::is_secret(Rule::Password, value, Form::Plain, self.engine.strict)).then_some(password)
    }

    /// The value of this key stands in the next line, if it is one that may.
    pub(super) fn awaits(&mut self, rule: Rule, sure: bool) {
        if matches!(rule, Rule::Password | Rule::Secret | Rule::ApiKey | Rule::AwsSecret | Rule::Token) && !self.open.is_cut() {
            self.open = Open::Value { rule, sure };
        }
    }

    /// Takes the value of the key that the line before ends with: all that is in the line, or what is called `value` there.
    pub(super) fn awaited(&mut self, rule: Rule, sure: bool) {
        let text = self.text;
        let space = run(text, 0, bytes::is_space);
        // who speaks: `> x`, `C: x`
        let start = space + bytes::phrase("> |c: ", part(text, space, text.len())).unwrap_or(0);
        // a line between the head of a part of a form and its value
        if start == text.len() {
            self.open = Open::Value { rule, sure };
            return;
        }
        let Some(action) = self.engine.action(rule.detector()) else { return };
        if at(text, start) == b'<'
            && let Some(found) = self.element_text(rule, start)
        {
            self.take(rule, action, &found);
            return;
        }
        let name = start + run(text, start, |b| matches!(b, b'"' | b'\''));
        let mut from = start;
        // `variable "db_password" {`, then `default = "x"`
        let said = ["value", "default"].iter().find(|word| starts_with_nocase(part(text, name, text.len()), word.as_bytes()));
        if let Some(word) = said {
            let separator = name + word.len() + run(text, name + word.len(), |b| matches!(b, b'"' | b'\'' | b' '));
            if !matches!(at(text, separator), b':' | b'=') {
                return;
            }
            from = separator + 1;
        }
        let Some(found) = value::extent(text, from, rule, 0, false) else { return };
        let value = part(text, found.start, found.end);
        let rest = found.end + run(text, found.end, |b| bytes::is_space(b) || matches!(b, b'"' | b'\'' | b',' | b';' | b')' | b'\\'));
        let alone = from > start || rest == text.len() || part(text, rest, rest + 2) == b"</";
        let likely = from > start
            || found.quoted
            || sure && at(value, 0) != b'<'
            || is_mixed(value, 8) && !value.contains(&b'=') && bytes::find(value, 0, b"://").is_none();
        // what was redacted here is one word now, whatever it was
        let redacted = value::has_placeholder(value);
        let reference = !found.quoted && code::is_reference(value, at(text, found.end));
        if alone && likely && !redacted && !reference && value::is_secret(rule, value, Form::Plain, self.engine.strict) {
            self.take(rule, action, &found);
        }
    }

    /// Records a value under a key of this rule. A quote that does not close stays open behind the end of the text.
    pub(super) fn take(&mut self, rule: Rule, action: Action, value: &Extent) {
        // in a text there is no entry to leave out
        let action = if action == Action::Drop { Action::Mask } else { action };
        self.record(rule.detector(), value.start, value.end, action);
        if value.open != Open::Nothing {
            self.open = value.open;
        }
    }

    /// At `>`: the text of an element whose name is a sensitive key, `<password>…</password>`.
    pub(super) fn element(&mut self, i: usize) -> usize {
        let text = self.text;
        let start = i - run_back(text, i, KEY_MAX, |b| is_key(b) || b == b':');
        if start == i || before(text, start) != b'<' {
            return self.beside(i);
        }
        let Some((rule, action)) = self.engine.fields.rule(part(text, start, i)) else { return i + 1 };
        let Some(action) = action.or_else(|| self.engine.action(rule.detector())) else { return i + 1 };
        // an element begins its line where its text does not
        if is_awaited(part(text, i + 1, text.len())) {
            if part(text, 0, start - 1).trim_ascii().is_empty() {
                self.awaits(rule, true);
            }
            return i + 1;
        }
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
                let near = part(text, 0, text.len().min(start + TAG));
                start += 1 + run(near, start, |b| b != b'>');
            }
        }
        let end = start + run(text, start, |b| b != b'<' && b != b'\n');
        let end = if part(text, end.saturating_sub(3), end) == b"]]>" { end - 3 } else { end };
        let closed = matches!(part(text, end, end + 2), [b'<', b'/'] | [b']', b']']);
        let secret = closed && value::is_secret(rule, part(text, start, end), Form::Plain, self.engine.strict);
        secret.then_some(Extent { start, end, open: Open::Nothing, quoted: false })
    }

    /// At the space behind a word that may announce a secret without a separator: `--password x`, `password is x`, `with password x`,
    /// `Bearer x`.
    pub(super) fn prose(&mut self, end: usize) -> Option<usize> {
        let text = self.text;
        let start = (end - run_back(text, end, KEY_MAX, |b| class(b) & (bytes::WORD | bytes::HIGH) != 0)).max(self.floor.min(end));
        let word = part(text, start, end);
        if word.eq_ignore_ascii_case(b"bearer") || word.eq_ignore_ascii_case(b"basic") {
            return self.scheme(start, end);
        }
        if let Some(end) = self.flag(end).or_else(|| self.loud(start, end)) {
            return Some(end);
        }
        // the last label of a domain
        if before(text, start) == b'.' && before(text, start - run_back(text, start, KEY_MAX, is_key)) == b'@' {
            return None;
        }
        // `cvv2`
        let name = part(word, 0, word.len() - run_back(word, word.len(), 1, |b| b.is_ascii_digit()));
        let mut weak = false;
        // `ftp> PASS x` (RFC 959, section 4.1.1)
        let prompted = word == b"PASS" && part(text, start.saturating_sub(2), start) == b"> ";
        // `登录密码 x`: words without spaces
        let meaning = match before(text, end) {
            0x80.. => self.engine.fields.meaning(name),
            _ => words::get(&words::lower(name)).map(|entry| entry.segment),
        };
        let rule = match meaning {
            Some(Word::Is(Rule::Otp | Rule::Pin) | Word::Code) => return self.code(start, end),
            Some(Word::Is(rule @ (Rule::Password | Rule::Secret | Rule::Token | Rule::Cvv))) => rule,
            Some(Word::Is(Rule::Pass)) if self.follows_login(start) => {
                weak = true;
                Rule::Password
            }
            // `admin pass is x`
            Some(Word::Is(Rule::Pass)) if self.is_owned(start, end) => Rule::Password,
            Some(Word::Is(Rule::Pass)) if prompted || word.eq_ignore_ascii_case(b"pw") || is_word_of_pass(part(text, 0, start)) => {
                Rule::Password
            }
            Some(Word::Soft) if word == b"AUTH" => return self.auth(end),
            _ => return self.plain_key(end),
        };
        let action = self.engine.action(rule.detector())?;
        let (from, link) = self.link(end, rule);
        let said = link != Link::None;
        let configured = self.configures(start, word) || self.follows_login(start);
        // the digit of its kind: `password 7 0822455D0A16`
        let from = match part(text, from, from + 2) {
            [b'0' | b'5'..=b'9', b' '] if configured => from + 2,
            _ => from,
        };
        // `use the following password to proceed:`
        if rule == Rule::Password && bytes::ends_with_one_of(text, &[":\n", ":\r\n"]) {
            self.awaits(rule, false);
        }
        let found = value::extent(text, from, rule, 0, false)?;
        let matched = part(text, found.start, found.end);
        // `the secret (see below) must …`
        if !found.quoted && matches!(matched.first(), Some(b'(' | b'[' | b'{')) {
            return None;
        }
        let word_end = start.saturating_sub(1);
        let word_before = part(text, word_end - run_back(text, word_end, KEY_MAX, bytes::is_word), word_end);
        let introduced = configured || prompted || INTRODUCERS.has(word_before);
        // a line of a configuration: `password 'x'`; a statement: `PASSWORD 'x'`
        let alone = found.quoted
            && (part(text, 0, start).trim_ascii().is_empty() && matches!(text.get(found.end + 1..), Some([] | [b'\n' | b'\r' | b';', ..]))
                || word.iter().all(u8::is_ascii_uppercase));
        let last = text.get(found.end..).is_some_and(|rest| rest.trim_ascii().is_empty() || rest == b".");
        let symbol = |b: &u8| matches!(b, b'!' | b'@' | b'#' | b'$' | b'%' | b'^' | b'&' | b'*' | b'+' | b'=' | b'~' | b'_');
        let mixed = match rule {
            Rule::Token | Rule::Secret => is_mixed(matched, 12),
            _ => {
                is_mixed(matched, if said || introduced { 4 } else { 6 })
                    || matched.len() >= 6 && matched.iter().any(symbol) && matched.iter().any(u8::is_ascii_alphanumeric)
            }
        };
        // `public token pk_…`, `secret "db-creds" not found`
        if rule == Rule::Token && is_public(word_before) || rule == Rule::Secret && value::is_resource(matched) {
            return None;
        }
        let plain = !matched.is_empty() && !value::is_sentence(matched, b' ');
        let seed = || rule == Rule::Secret && !found.quoted && matched.contains(&b' ');
        // `one-time passcode is 482913`
        let numeric = || link == Link::Said && (4..=8).contains(&matched.len()) && matched.iter().all(u8::is_ascii_digit);
        let taken = if rule == Rule::Cvv {
            !found.quoted
        } else {
            (found.quoted && (said || introduced || mixed || alone) && plain)
                || (!found.quoted && mixed && !matched.contains(&b'=') && !matched.contains(&b'('))
                || (introduced
                    && (last || !weak && self.follows_login(start))
                    && plain
                    && !is_noun(matched)
                    && !value::has_placeholder(matched)
                    && (rule == Rule::Password || configured)
                    && matched.len() >= 4)
                || (link == Link::Arrow || said && matched.len() >= 4 && GIVEN.has(word_before))
                    && rule == Rule::Password
                    && !found.quoted
                    && plain
                    && last
                    && !is_noun(matched)
                    && !is_quality(matched)
                    && !value::has_placeholder(matched)
                || seed()
                || rule == Rule::Password && numeric()
        };
        if !taken || is_algorithm(matched) || !value::is_secret(rule, matched, Form::Plain, self.engine.strict) {
            return None;
        }
        self.take(rule, action, &found);
        Some(found.end)
    }

    /// Does the word before `pass` say whose it is?
    fn is_owned(&self, start: usize, end: usize) -> bool {
        let text = self.text;
        let space = start - run_back(text, start, 1, |b| b == b' ');
        let owner = space - run_back(text, space, KEY_MAX / 2, bytes::is_word);
        owner < space && space < start && self.engine.fields.rule(part(text, owner, end)).is_some_and(|(rule, _)| rule == Rule::Password)
    }

    /// `密码是x`, `パスワードはx`: at a word that says that a password follows, in a language without spaces.
    #[inline(never)]
    pub(super) fn unspaced_password(&mut self, start: usize) {
        let text = self.text;
        let Some(label) = SPOKEN.iter().find(|label| part(text, start, text.len()).starts_with(label.as_bytes())) else { return };
        let behind = start + label.len();
        let colon = run(text, behind, |b| matches!(b, b':' | b' '));
        let behind = behind
            + colon
            + ["：", "「", "“", "『"]
                .iter()
                .find_map(|mark| part(text, behind + colon, text.len()).starts_with(mark.as_bytes()).then_some(mark.len()))
                .unwrap_or(0);
        let Some(found) = value::extent(text, behind, Rule::Password, 0, false) else { return };
        // the sentence goes on behind it: `xです`
        let end = if found.quoted { found.end } else { found.start + run(text, found.start, |b| b < 0x80) }.min(found.end);
        let value = part(text, found.start, end);
        if (is_mixed(value, 4) || value.len() >= 6 && value::symbols(value) > 0)
            && value::is_secret(Rule::Password, value, Form::Plain, self.engine.strict)
            && let Some(action) = self.engine.action(key::PASSWORD)
        {
            self.ahead(|scan| scan.take(Rule::Password, action, &Extent { end, ..found }));
        }
    }

    /// `AUTH x`, as the clients of Redis send it: a command alone in its line.
    fn auth(&mut self, end: usize) -> Option<usize> {
        let text = self.text;
        let found = value::extent(text, end, Rule::Password, 0, false)?;
        let value = part(text, found.start, found.end);
        let alone = part(text, found.end + usize::from(found.quoted), text.len()).trim_ascii().is_empty();
        let sound = alone && is_mixed(value, 8) && !value.iter().any(|b| matches!(b, b'/' | b'(' | b'=' | b' '));
        if !sound || !value::is_secret(Rule::Password, value, Form::Plain, self.engine.strict) {
            return None;
        }
        let action = self.engine.action(key::PASSWORD)?;
        self.take(Rule::Password, action, &found);
        Some(found.end)
    }

    /// `verification code is 482915`, `OTP 482915`: digits alone where no word links them. A PIN needs one: `PIN is 4711`.
    fn code(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let space = run_back(text, start, 1, |b| b == b' ');
        let first = start - space - run_back(text, start - space, KEY_MAX, is_key) * space;
        let key = part(text, first.max(self.floor.min(start)), end);
        let rule = self.engine.fields.rule(key).or_else(|| self.engine.fields.rule(part(text, start, end)));
        let rule = rule.or_else(|| self.is_code_to_use(end).then_some((Rule::Otp, None)))?.0;
        if !matches!(rule, Rule::Otp | Rule::Pin) {
            return None;
        }
        let action = self.engine.action(rule.detector())?;
        let (from, link) = self.link(end, rule);
        if rule == Rule::Pin && link == Link::None {
            return None;
        }
        let found = value::extent(text, from, rule, 0, false)?;
        let value = part(text, found.start, found.end);
        let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
        let marks = value.iter().filter(|b| matches!(b, b' ' | b'-')).count();
        let plain = (4..=8).contains(&digits) && marks <= 1 && digits + marks == value.len();
        if !(plain || link == Link::Said && value::is_secret(rule, value, Form::Plain, self.engine.strict)) {
            return None;
        }
        self.take(rule, action, &found);
        Some(found.end)
    }

    /// Is the word before `end` followed by digits and what they are for: `code 482913 to sign in`?
    fn is_code_to_use(&self, end: usize) -> bool {
        let text = self.text;
        let digits = run(text, end + 1, |b| b.is_ascii_digit());
        let rest = part(text, end + 1 + digits, text.len());
        digits >= 4 && bytes::phrase(" to sign in| to log in| to login| to verify| to confirm your| to complete your", rest).is_some()
    }

    /// Behind a word: `482913 is your verification code`.
    pub(super) fn code_before(&mut self, end: usize) {
        let text = self.text;
        let start = end - run_back(text, end, KEY_MAX, |b| class(b) & bytes::LETTER != 0);
        let word = part(text, start, end);
        match word {
            b"password" | b"passphrase" => return self.used_as_password(start, end),
            b"key" | b"token" | b"secret" => return self.refused_key(start),
            _ if word.eq_ignore_ascii_case(b"code") => {}
            _ => return,
        }
        let near = start.saturating_sub(YOURS);
        let Some(is) = part(text, near, start).windows(9).rposition(|words| words.eq_ignore_ascii_case(b" is your ")) else { return };
        let end = near + is;
        let length = run_back(text, end, 9, |b| b.is_ascii_digit() || b == b'-');
        let code = part(text, end - length, end);
        let digits = code.iter().filter(|b| b.is_ascii_digit()).count();
        let alone = class(before(text, end - length)) & bytes::WORD == 0 && end - length >= self.floor;
        if (4..=8).contains(&digits) && digits + 1 >= length && at(code, 0) != b'-' && alone {
            self.ahead(|scan| scan.found(key::OTP, end - length, end));
        }
    }

    /// `x is not a valid API key`
    #[inline(never)]
    fn refused_key(&mut self, start: usize) {
        let text = self.text;
        let near = start.saturating_sub(YOURS);
        let Some(valid) = bytes::find(part(text, 0, start), near, b"valid ") else { return };
        let Some(said) = [" is not a ", " is an in"].iter().find(|said| part(text, near, valid).ends_with(said.as_bytes())) else { return };
        let is = valid - near - said.len();
        let end = near + is;
        let end = end - run_back(text, end, 1, |b| matches!(b, b'"' | b'\'' | b'`'));
        let first = end - run_back(text, end, KEY_MAX, |b| bytes::is_key(b) || matches!(b, b'+' | b'/' | b'='));
        if first >= self.floor && value::is_random(part(text, first, end)) {
            self.ahead(|scan| scan.found(key::API_KEY, first, end));
        }
    }

    /// `use x as the password`
    #[inline(never)]
    fn used_as_password(&mut self, start: usize, end: usize) {
        let text = self.text;
        let Some(role) =
            [" as the ", " as a ", " as your ", " as my ", " as "].iter().find(|role| part(text, 0, start).ends_with(role.as_bytes()))
        else {
            return;
        };
        // what stands behind the word may be the password
        let next = end + run(text, end, |b| b == b' ');
        if matches!(at(text, next), b'"' | b'\'' | b'`' | b'[' | b'*') {
            return;
        }
        let end = start - role.len();
        let quote = usize::from(matches!(before(text, end), b'"' | b'\'' | b'`'));
        let end = end - quote;
        let first = end - run_back(text, end, KEY_MAX, |b| !bytes::is_space(b) && !matches!(b, b'"' | b'\'' | b'`'));
        let verb =
            bytes::ends_with_one_of(part(text, 0, first - quote.min(first)), &["use ", "using ", "enter ", "set ", "type ", "with "]);
        let value = part(text, first, end);
        if verb
            && first >= self.floor
            && value::is_striking(value)
            && value::is_secret(Rule::Password, value, Form::Plain, self.engine.strict)
        {
            self.ahead(|scan| scan.found(key::PASSWORD, first, end));
        }
    }

    /// What links a word to the value behind it: ` is `, ` for ana: `, ` was set to `, ` -> `. Where the value may begin.
    fn link(&self, end: usize, rule: Rule) -> (usize, Link) {
        let text = self.text;
        let behind = |from: usize, phrases: &str| bytes::phrase(phrases, part(text, from, text.len())).map(|length| from + length);
        let mut from = end + 1;
        let password = matches!(rule, Rule::Password | Rule::Pin);
        // `password for user ana: …`
        if password && let Some(owner) = behind(from, OWNERS) {
            let name = run(text, owner, |b| !bytes::is_space(b) && b != b':');
            from = match at(text, owner + name) {
                b':' if at(text, owner + name + 1) == b' ' => return (owner + name + 2, Link::Said),
                // right behind the word itself, a separator is looked at as one
                b' ' if part(text, owner + name, owner + name + 3) == b" = " => return (owner + name + 3, Link::Said),
                b' ' if name > 0 => owner + name + 1,
                _ => end + 1,
            };
        }
        if let Some(value) = behind(from, "-> |=> ") {
            return (value, Link::Arrow);
        }
        if matches!(at(text, from), b'-' | b'|' | 0xe2)
            && let Some(value) = behind(from, "- |– |— |→ ").or_else(|| self.next_cell(from))
        {
            return (value, Link::None);
        }
        let foreign = || if before(text, end) == b'd' { None } else { behind(from, FOREIGN_LINKS) };
        let said = if password { behind(from, LINKS).or_else(|| behind(from, IS)).or_else(foreign) } else { behind(from, IS) };
        match said {
            Some(value) => (value, Link::Said),
            None => (end + 1, Link::None),
        }
    }

    /// Where the cell of a table begins behind the `|` at `from`, if another `|` ends it: `| password | x |`.
    fn next_cell(&self, from: usize) -> Option<usize> {
        let text = self.text;
        let end = from + 2 + run(text, from + 2, |b| !bytes::is_space(b));
        (part(text, from, from + 2) == b"| " && part(text, end, end + 2) == b" |").then_some(from + 2)
    }

    /// Is the word at `start` one of a configuration: `enable secret …`, `username ana privilege 15 secret …`, `ppp chap password …`,
    /// `requirepass …`?
    fn configures(&self, start: usize, word: &[u8]) -> bool {
        let line = part(self.text, 0, start).trim_ascii();
        let mut words = line.split(|&b| b == b' ').filter(|word| !word.is_empty());
        let first = words.next().unwrap_or_default();
        let names = |word: &[u8]| word == b"username" || word == b"neighbor";
        bytes::words!("requirepass masterauth").has(word)
            || first == b"enable" && words.next().is_none()
            || names(first) && words.count() < 6
            || line == b"ppp chap"
            || line == b"ppp pap"
    }

    /// `--api-key x`, `-Password x`, and the same as a list of arguments: `"--token", "x"`.
    fn flag(&mut self, end: usize) -> Option<usize> {
        let text = self.text;
        let start = end - run_back(text, end, KEY_MAX, is_key);
        let key = part(text, start, end);
        let dashes = run(key, 0, |b| b == b'-');
        let opener = before(text, start);
        if !(1..=2).contains(&dashes) || !(opener == 0 || bytes::is_space(opener) || matches!(opener, b'"' | b'\'' | b'`')) {
            return None;
        }
        let rule = match self.engine.fields.rule(key)?.0 {
            rule @ (Rule::Password | Rule::Pass | Rule::Secret | Rule::ApiKey | Rule::AwsSecret | Rule::Token | Rule::Authorization) => {
                rule
            }
            // `--auth ana:x`
            Rule::Soft => {
                let action = self.engine.action(key::PASSWORD)?;
                let found = value::extent(text, end, Rule::Soft, 0, false)?;
                let found = self.behind_name(Rule::Soft, key, &found)?;
                self.take(Rule::Password, action, &found);
                return Some(found.end);
            }
            _ => return None,
        };
        let action = self.engine.action(rule.detector())?;
        let found = value::extent(text, end, rule, 0, false)?;
        let value = part(text, found.start, found.end);
        // a switch before a key and its value: `--secret acme:token x`
        if !found.quoted && at(text, found.end) == b' ' && value.contains(&b':') && self.engine.fields.rule(value).is_some() {
            return None;
        }
        let file = || rule == Rule::ApiKey && value.iter().any(|b| matches!(b, b'/' | b'.')) && !value::is_random(value);
        let other = matches!(value.first(), Some(b'-' | b'|' | b'>' | b'&'))
            || value.starts_with(b"id=")
            || value::is_sentence(value, at(text, found.end))
            || file();
        if other || !value::is_secret(rule, value, Form::Plain, self.engine.strict) {
            return None;
        }
        self.take(rule, action, &found);
        Some(found.end)
    }

    /// `aws_secret_access_key x`: a key of several words, and a value that no sentence has.
    fn plain_key(&mut self, end: usize) -> Option<usize> {
        let text = self.text;
        let start = (end - run_back(text, end, KEY_MAX, is_key)).max(self.floor.min(end));
        let rule = match self.engine.fields.rule(part(text, start, end))?.0 {
            rule @ (Rule::Password | Rule::Pass | Rule::ApiKey | Rule::AwsSecret | Rule::Token | Rule::Secret) => rule,
            _ => return None,
        };
        let action = self.engine.action(rule.detector())?;
        let found = value::extent(text, end, rule, 0, false)?;
        let value = part(text, found.start, found.end);
        // a variable of a Dockerfile or of Windows
        let set = ["ENV ", "setx "].iter().any(|word| part(text, 0, start).ends_with(word.as_bytes()));
        let set = set && !value::is_state(value) && value::is_secret(rule, value, Form::Loose, self.engine.strict);
        if set || self.is_directive(start, end, &found) && value::is_secret(rule, value, Form::Plain, self.engine.strict) {
            self.take(rule, action, &found);
            return Some(found.end);
        }
        let wild = is_mixed(value, 12) && value.iter().all(|&b| bytes::is_word(b) || matches!(b, b'-' | b'+' | b'/' | b'='));
        if !wild || !value::is_random(value) || !value::is_secret(rule, value, Form::Plain, self.engine.strict) {
            return None;
        }
        self.take(rule, action, &found);
        Some(found.end)
    }

    /// Is this a line of a configuration, a name that is no word of a sentence and its value: `rootpw x`, `SetEnv DB_PASSWORD x`,
    /// `#define WIFI_PASSWORD "x"`?
    fn is_directive(&self, start: usize, end: usize, found: &Extent) -> bool {
        let text = self.text;
        let (key, value) = (part(text, start, end), part(text, found.start, found.end));
        let rest = part(text, found.end + usize::from(found.quoted), text.len()).trim_ascii();
        let name = key.iter().any(|b| matches!(b, b'_' | b'-' | b'.') || b.is_ascii_uppercase()) || words::get(key).is_some();
        let alone = matches!(rest, [] | [b';' | b'}'] | [b')', b';'])
            && !part(text, 0, start).trim_ascii().iter().any(|b| matches!(b, b' ' | b'\t' | b',' | b':' | b'=' | b'|' | b'('));
        let wild = is_mixed(value, 5) || value.len() >= 6 && value::symbols(value) > 0;
        name && (alone || found.quoted) && wild && !is_algorithm(value) && !value.iter().any(|b| matches!(b, b'(' | b'=' | b' '))
    }

    /// `ACME SECRET x`, `acme private key x`: what looks like a secret right behind such words, without a separator.
    fn loud(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let word = part(text, start, end);
        let quote = run(text, end + 1, |b| matches!(b, b'"' | b'\'')).min(1);
        if run(text, end + 1 + quote, |b| b.is_ascii_alphanumeric() || b == b'-') < LOUD {
            return None;
        }
        // three words: what stands before them may be a value that was taken already
        let word_before = |from: usize| {
            let space = from - run_back(text, from, 1, |b| b == b' ');
            if space < from || from == end { space - run_back(text, space, KEY_MAX, is_key) } else { from }
        };
        let key = word_before(word_before(word_before(end)));
        let key = part(text, key.max(self.floor.min(end)), end);
        let capitals = run_back(word, word.len(), word.len(), |b| b.is_ascii_uppercase());
        // `acmeTOKEN x`
        let joined =
            || before(word, word.len() - capitals).is_ascii_lowercase() && !matches!(before(text, start), b'.' | b'-' | b'@' | b'/');
        let loud = capitals > 2 && (capitals == word.len() || joined());
        let rule = match self.engine.fields.rule(key) {
            Some((rule @ (Rule::ApiKey | Rule::Secret | Rule::Token | Rule::Vendor), _)) => rule,
            // `product key XK4F9-…`
            Some((Rule::Soft, _)) => Rule::Soft,
            _ => return None,
        };
        let found = value::extent(text, end + 1, rule, 0, false)?;
        let matched = part(text, found.start, found.end);
        let plain = |least: usize| matched.len() >= least && matched.iter().all(u8::is_ascii_alphanumeric);
        let grouped = || {
            matched.split(|&b| b == b'-').all(|group| group.len() >= 4 && group.iter().all(u8::is_ascii_alphanumeric))
                && is_mixed(matched, 16)
        };
        let sound =
            loud && (plain(20) || grouped()) || (loud || rule != Rule::Soft) && value::is_uuid(matched) || value::is_product_key(matched);
        let rule = if rule == Rule::Soft { Rule::ApiKey } else { rule };
        if !sound || !value::is_secret(rule, matched, Form::Plain, self.engine.strict) {
            return None;
        }
        let action = self.engine.action(rule.detector())?;
        self.take(rule, action, &found);
        Some(found.end)
    }

    /// `Bearer …`, `Basic …`: the credentials of RFC 6750 and RFC 7617 outside a header.
    fn scheme(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let value = end + run(text, end, |b| b == b' ');
        // token68: the padding stands at the end (RFC 9110, section 11.2)
        let body = run(text, value, |b| bytes::is_word(b) || matches!(b, b'-' | b'.' | b'~' | b'+' | b'/'));
        let length = body + run(text, value + body, |b| b == b'=');
        if bytes::is_word(at(text, value + length)) || at(text, value + length) == b'[' {
            return None;
        }
        let token = part(text, value, value + length);
        let credentials = if end - start == 5 { is_basic(token) } else { is_mixed(token, 8) };
        if value == end || !credentials {
            return None;
        }
        self.found(key::AUTHORIZATION, value, value + length);
        Some(value + length)
    }
}
