//! `key: value`, `key=value` and their like: at the separator the key is read backwards and looked up, then the value forwards.

mod adjacent;
mod behind;
mod otp;
mod prose;

pub(super) use adjacent::is_algorithm;
pub(crate) use prose::SPOKEN;

use std::ops::Range;

use crate::detect::context::PART;
use crate::detect::words::{self, Rule, Word, role};
use crate::policy::Action;
use crate::replace::placeholder;
use crate::scan::Scan;
use crate::scan::awaited::{CONTINUED, is_awaited};
use crate::scan::bound;
use crate::scan::bytes::{self, Words, at, before, class, is_key, part, run, run_back};
use crate::scan::code;
use crate::scan::lines::Open;
use crate::scan::token::is_basic;
use crate::scan::value::{self, Extent, Form, of_machine};
use crate::walk::field::KEY_MAX;

/// Spaces by which a separator may be set off, as in aligned assignments.
const ALIGNED: usize = 32;

/// Quotes, brackets and backslashes between a key and its separator: as many as JSON has that stands in four strings of JSON.
const CLOSERS: usize = 20;

/// Bytes of a tag of XML that are looked at.
pub(super) const TAG: usize = 256;

/// Words that say what they are with the one before.
const NEEDS_MORE: Words =
    Words::new("key keys tokens name passe phrase answer sandi laluan khẩu المرور السر السري عبور πρόσβασης доступа dostępu");

/// What Spring and Python's argparse say between a field and its value.
const REJECTED: &str = " rejected value [| invalid value: | invalid str value: ";

/// What ends an emphasis behind the separator that it has in it.
const MARKUP: &str = "** |* |__ |_ |</b>|</strong>|</em>|</i>|</label>|</span>|</th>|</td>|</dt>|</code>";

/// Calls of Pydantic around a value.
const WRAPPERS: &str = "field(default=|field(|secretstr(";

/// What makes a password of `clave`, `código` and the like, with `de` between.
const ACCESS: Words = Words::new("confirmação confirmación connexion acesso acceso accès seguridad segurança sécurité sicurezza verifica");

/// In front of a control sequence that sets a colour, as terminals' loggers put between a key and its separator.
pub(super) fn before_colour(text: &[u8], end: usize) -> usize {
    if before(text, end) != b'm' {
        return end;
    }
    let sequence = end - 1 - run_back(text, end - 1, 16, |b| b.is_ascii_digit() || b == b';');
    if part(text, 0, sequence).ends_with(b"\x1b[") { sequence - 2 } else { end }
}

/// The name of a symbol of JavaScript that ends at `end`, as consoles show a key: `[Symbol(password)]: …`.
#[inline(never)]
fn symbol(text: &[u8], end: usize) -> Option<Range<usize>> {
    let end = end.checked_sub(1).filter(|&end| at(text, end) == b')')?;
    let start = end - run_back(text, end, KEY_MAX, is_key);
    part(text, 0, start).ends_with(b"Symbol(").then_some(start..end)
}

impl Scan<'_, '_> {
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
        let mut closers = run_back(text, end, CLOSERS, |b| matches!(b, b'"' | b'\'' | b'`' | b'\\' | b']' | b'[' | b'*'));
        end -= closers;
        // `password[0]=`
        if closers > 0 && at(text, end) == b']' {
            let index = run_back(text, end, 4, |b| b.is_ascii_digit());
            end -= if before(text, end - index) == b'[' { index + 1 } else { 0 };
        }
        let mut start = end - run_back(text, end, KEY_MAX, is_key);
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
        // emphasis
        let quote = if quote == b'*' { 0 } else { quote };
        let word = part(text, *start, end);
        // `API key: …`, `"mot de passe": …`
        let needs_more = || NEEDS_MORE.has(word) || self.engine.fields.meaning(word) == Some(Word::Code);
        if before(text, *start) == b' ' && (matches!(quote, b'"' | b'\'') || needs_more()) {
            *start -=
                1 + run_back(text, *start - 1, KEY_MAX / 2, |b| class(b) & (bytes::LETTER | bytes::HIGH | bytes::DIGIT) != 0 || b == b'-');
        }
        // `clave de acceso: …`, `code d'accès : …`
        *start = self.access(*start, word).unwrap_or(*start);
        let mut end = end;
        // `the password is: …`, `kata sandi Anda: …`
        if bytes::words!("is was are anda").has(word) && before(text, *start) == b' ' {
            end = *start - 1;
            *start = end - run_back(text, end, KEY_MAX, is_key);
        }
        // `?code=…`, with which a provider of OAuth sends a browser back (RFC 6749, section 4.1.2), and its like
        let query = |b: u8| matches!(b, b'?' | b'&');
        let pairs = || query(before(text, *start)) || at(text, i + 1 + run(text, i + 1, |b| is_key(b) || matches!(b, b'%' | b'/'))) == b'&';
        let grant = match bytes::words!("code state ticket invite invite_code convite oobcode").has(word) {
            true if pairs() => Some((Rule::Grant, None)),
            // `?key=…` of those who call an API
            false if query(before(text, *start)) && word.eq_ignore_ascii_case(b"key") => Some((Rule::Soft, None)),
            _ => None,
        };
        let (mut rule, action) = self.engine.fields.rule(part(text, *start, end)).or(grant)?;
        // `user: ana pass: x`
        if rule == Rule::Pass && self.follows_login(*start) {
            rule = Rule::Password;
        }
        // `kernel key: …` is prose
        let spoken_of = matches!(rule, Rule::Soft | Rule::Login) && part(text, *start, end).contains(&b' ');
        let action = match action {
            Some(action) => action,
            None => self.engine.action(rule.detector())?,
        };
        // `(SID=orcl)`: a database (Oracle Net Services)
        let database = rule == Rule::Session && word == b"SID" && before(text, *start) == b'(';
        if rule != Rule::Field && (database || code::is_place(word, text, *start, i)) {
            return None;
        }
        // `:=`, `=>`, `==`, `::=`
        let behind = i + 1 + run(text, i + 1, |b| matches!(b, b'=' | b'>' | b':')).min(3);
        let compared = before(text, i) == b'!' || part(text, i, i + 2) == b"==" && before(text, i) == b' ';
        if compared && part(text, 0, *start).ends_with(b"typeof ") {
            return None;
        }
        // `password: str = "x"`
        // `**Password:** x`, `<b>Password:</b> x`
        let marked = matches!(at(text, behind), b'*' | b'_' | b'<');
        let behind = behind + if marked { bytes::phrase(MARKUP, part(text, behind, text.len())).unwrap_or(0) } else { 0 };
        // `password: rejected value [x]`
        let rejected = matches!(part(text, behind, behind + 4), b" rej" | b" inv");
        let behind = behind + if rejected { bytes::phrase(REJECTED, part(text, behind, text.len())).unwrap_or(0) } else { 0 };
        let typed = at(text, i) == b':' || at(text, i + 1) == b'>' || part(text, behind, behind + 3) == b" 0x";
        let behind = if typed { code::behind_type(text, behind) } else { behind };
        // `password: str = Field(default="x")`
        let call = behind + run(text, behind, |b| b == b' ');
        let behind = match at(text, call) {
            b'F' | b'f' | b'S' | b's'
                if let Some(length) = bytes::phrase(WRAPPERS, part(text, call, text.len()))
                    && matches!(at(text, call + length), b'"' | b'\'') =>
            {
                call + length
            }
            b'A'..=b'Z' | b'a'..=b'z' => code::behind_types(text, call).unwrap_or(behind),
            // tags of YAML and Ansible that are no reference
            b'!' => bytes::phrase("!!str |!!binary |!unsafe ", part(text, call, text.len())).map_or(behind, |length| call + length),
            // the first of several literals in brackets, of which the others stand in the next lines
            b'(' if self.is_split(call + 1) => call + 1,
            _ => behind,
        };
        let opener = before(text, *start);
        let outer = if closers == 0 && matches!(opener, b'"' | b'\'' | b'`') {
            opener
        } else {
            code::closing_quote(text, self.context & PART != 0, self.floor.min(*start), *start, behind)
        };
        // `"?key=" + "x"`
        let plus = behind + 1 + run(text, behind + 1, |b| matches!(b, b' ' | b'+'));
        let literal = closers == 0 && outer != 0 && at(text, behind) == outer && at(text, plus) == outer && plus > behind + 1;
        let (behind, outer) = if literal { (plus, 0) } else { (behind, outer) };
        let query = matches!(opener, b'?' | b'&');
        if is_awaited(part(text, behind, text.len())) {
            // a block of YAML is nothing but the value
            self.awaits(rule, part(text, behind, text.len()).iter().any(|b| matches!(b, b'|' | b'>')));
            return None;
        }
        let found = value::extent(text, behind, rule, outer, query).filter(|found| found.quoted || !compared)?;
        let found = self.within_tag(rule, found);
        let matched = part(text, found.start, found.end);
        if at(text, i) == b'=' && !found.quoted && bound::is_parameter(matched) && self.bind(rule, found.start, found.end) {
            return None;
        }
        // what a shell runs: "TOKEN=`vault read x`"; and a field of Go that is empty: `{Password: Port:5432}`
        let run_by_shell = found.quoted && part(text, i, i + 2) == b"=`" && matched.contains(&b' ');
        if run_by_shell || !found.quoted && code::is_next_field(part(text, 0, *start), word, matched) {
            return None;
        }
        // a private key has an end of its own, and everybody may have a public one
        if !found.quoted && (matched.starts_with(b"-----BEGIN") || rule == Rule::ApiKey && matched.starts_with(b"ssh-")) {
            return None;
        }
        // `security code: 4829137`
        if rule == Rule::Cvv && matched.len() > 4 {
            rule = Rule::Otp;
        }
        // `_auth=`, of npm: a name and a password in base64
        if rule == Rule::Soft && word.ends_with(b"auth") && is_basic(matched) {
            rule = Rule::Authorization;
        }
        // of an environment, the key of anybody may be a UUID: `ACME_KEY=…`
        if rule == Rule::Soft && word.ends_with(b"_KEY") && value::is_uuid(matched) {
            rule = Rule::Vendor;
        }
        if rule == Rule::ApiKey && code::is_fingerprint(part(text, *start, end), matched) {
            return None;
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
        // and of code `"X-Api-Key": api_key`, `fn new(token: TokenStream)`
        let declared = || {
            (of_machine(rule) || matches!(rule, Rule::Tokens | Rule::Cookie))
                && (matches!(at(text, found.end), b',' | b';' | b')') || part(text, found.end, found.end + 2) == b" =")
                && matched.iter().any(u8::is_ascii_lowercase)
                && matched.iter().any(u8::is_ascii_uppercase)
        };
        let called = || {
            (quote != 0 || declared())
                && matched.iter().all(|&b| b.is_ascii_alphabetic() || b == b'_')
                && self.engine.fields.rule(matched).is_some()
        };
        let named = || {
            at(text, i) == b':' && (spoken && value::is_sensitive(matched) || called())
                || code::is_argument(text, *start, word, matched, found.end)
        };
        // what the policy names is taken whatever it looks like
        let own = rule == Rule::Field;
        if !found.quoted && !own && (named() || code::is_reference(matched, at(text, found.end))) {
            self.fallback(end, found.end);
            return None;
        }
        // `BASIC_AUTH=ana:x`, `creds: ana / x`
        if let Some(found) = self.behind_name(rule, word, &found) {
            if !placeholder::is(part(text, found.start, found.end)) {
                self.take(rule, action, &found);
            }
            return Some(found.end);
        }
        let form = if at(text, i) == b':' && matches!(quote, 0 | b'`') && !found.quoted { Form::Loose } else { Form::Plain };
        let bracketed = !found.quoted && matches!(matched.first(), Some(b'{' | b'[' | b'(')) && !placeholder::is(matched);
        let handle = rule == Rule::Cookie && code::is_handle(matched, quote != 0);
        // of a projection, of a message of Protocol Buffers
        let flag = matches!(matched, [b'0'..=b'9']) && of_machine(rule);
        let elided = of_machine(rule) && code::is_elided(matched, part(text, found.end, text.len()));
        if !own && !found.quoted && (handle || flag || elided || code::is_count(word, matched, text, found.end)) {
            return None;
        }
        let secret = if bracketed {
            !value::is_syntax(matched)
                && !code::is_list_of_complaints(matched)
                && !code::is_schema(matched)
                && !value::is_description(rule, matched)
                && match rule {
                    Rule::Tokens | Rule::Vendor => value::holds_token(matched),
                    // what is in an object has keys of its own
                    Rule::Soft | Rule::Login => {
                        value::is_random(matched) && !matched.starts_with(b"{\"") || matches!(matched, [b'(', b'"' | b'\'', ..])
                    }
                    _ => !matches!(rule, Rule::Cvv | Rule::Pin | Rule::Otp | Rule::SessionId),
                }
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

    /// Is the literal at `quote` all that is left of its line?
    fn is_split(&self, quote: usize) -> bool {
        let text = self.text;
        let end = if matches!(at(text, quote), b'"' | b'\'') { value::quote_end(text, quote + 1, at(text, quote), 0, 1) } else { None };
        end.is_some_and(|end| part(text, end + 1, text.len()).trim_ascii().is_empty())
    }

    /// What stands in an element of HTML behind a key, if it is a secret by its looks: `Password: <code>x</code>`.
    fn within_tag(&self, rule: Rule, found: Extent) -> Extent {
        if found.quoted || at(self.text, found.start) != b'<' {
            return found;
        }
        let inner = self.element_text(rule, found.start);
        inner.filter(|inner| value::is_striking(part(self.text, inner.start, inner.end))).unwrap_or(found)
    }

    /// Where `clave de acceso`, `código de seguridad` and the like begin, if `word` at `start` is the last of their words.
    fn access(&self, start: usize, word: &[u8]) -> Option<usize> {
        let text = self.text;
        let letter = |b: u8| class(b) & (bytes::LETTER | bytes::HIGH) != 0;
        let of = start.checked_sub(1)?;
        let of = of - run_back(text, of, 2, letter);
        let sound = ACCESS.has(word) && matches!(before(text, start), b' ' | b'\'') && before(text, of) == b' ';
        let sound = sound && words::roles(part(text, of, start - 1)) & role::OF != 0;
        sound.then(|| of - 1 - run_back(text, of - 1, KEY_MAX / 2, letter))
    }

    /// The password behind a name, where a key announces both.
    fn behind_name(&self, rule: Rule, key: &[u8], found: &Extent) -> Option<Extent> {
        let text = self.text;
        let divider = match rule {
            Rule::Login => b':',
            // `access: ana / x`
            Rule::Soft if bytes::ends_with_one_of(key, &["access", "acesso", "acceso"]) => b'/',
            Rule::Secret if words::CREDENTIALS.split_ascii_whitespace().any(|word| bytes::ends_with_one_of(key, &[word])) => b'/',
            _ => return None,
        };
        let name = found.start + run(text, found.start, |b| bytes::is_key(b) || b == b'@');
        let mark = name + run(text, name, |b| b == b' ');
        let start = mark + 1 + run(text, mark + 1, |b| b == b' ');
        let sound = value::is_name(part(text, found.start, name)) && at(text, mark) == divider && (mark > name) == (start > mark + 1);
        let apart = !found.quoted && name >= found.end;
        let password = if apart { value::extent(text, start, Rule::Password, 0, false)? } else { Extent { start, ..*found } };
        let value = part(text, password.start, password.end);
        let taken = value::is_striking_word(value) && value::is_secret(Rule::Password, value, Form::Plain, self.engine.strict)
            || placeholder::is(value);
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
        if at(self.text, value.end) == b',' && part(self.text, value.start, value.end).contains(&b'$') {
            self.ahead(|scan| scan.word(value.start));
        }
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
        self.keyed = true;
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
        let end = start + run(text, start, |b| b != b'<' && b != b'\n');
        let end = if part(text, end.saturating_sub(3), end) == b"]]>" { end - 3 } else { end };
        let closed = matches!(part(text, end, end + 2), [b'<', b'/'] | [b']', b']']);
        let secret = closed && value::is_secret(rule, part(text, start, end), Form::Plain, self.engine.strict);
        secret.then_some(Extent { start, end, open: Open::Nothing, quoted: false })
    }
}
