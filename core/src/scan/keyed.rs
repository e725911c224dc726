//! `key: value`, `key=value` and their like: at the separator the key is read backwards and looked up, then the value forwards.

use crate::detect::key;
use crate::detect::words::{self, Rule, Word};
use crate::policy::Action;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, class, is_key, part, run, run_back, starts_with_nocase};
use crate::scan::code;
use crate::scan::lines::Open;
use crate::scan::token::{is_basic, is_mixed};
use crate::scan::value::{self, Extent, Form};
use crate::walk::field::KEY_MAX;

/// Spaces by which a separator may be set off, as in aligned assignments.
const ALIGNED: usize = 32;

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
        if b == b':' && next == b':' && !part(text, i, i + 5).contains(&b'=') {
            return i + 2;
        }
        if b == b':' && class(previous) & class(next) & bytes::DIGIT != 0 {
            return i + 1;
        }
        if b == b'=' && matches!(previous, b'<' | b'>' | b'=') {
            return i + 1;
        }
        // `!=`, `+=`, `?=`
        let operator = i - usize::from(b == b'=' && matches!(previous, b'!' | b'+' | b'?' | b'.' | b'~'));
        let mut end = operator - run_back(text, operator, ALIGNED, |b| b == b' ');
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
        let needs_more =
            || ["key", "keys", "code", "codes", "tokens", "name", "passe"].iter().any(|w| word.eq_ignore_ascii_case(w.as_bytes()));
        if before(text, *start) == b' ' && (matches!(quote, b'"' | b'\'') || needs_more()) {
            *start -= 1 + run_back(text, *start - 1, KEY_MAX / 2, |b| class(b) & (bytes::LETTER | bytes::HIGH) != 0);
        }
        let mut end = end;
        // `the password is: …`
        if [b"is".as_slice(), b"was", b"are"].iter().any(|w| word.eq_ignore_ascii_case(w)) && before(text, *start) == b' ' {
            end = *start - 1;
            *start = end - run_back(text, end, KEY_MAX, is_key);
        }
        let (rule, action) = self.engine.fields.rule(part(text, *start, end))?;
        // `kernel key: …` is prose
        if rule == Rule::Soft && part(text, *start, end).contains(&b' ') {
            return None;
        }
        let action = match action {
            Some(action) => action,
            None => self.engine.action(rule.detector())?,
        };
        if rule != Rule::Field && code::is_place(word, before(text, *start), text, i) {
            return None;
        }
        // `:=`, `=>`, `==`, `::=`
        let behind = i + 1 + run(text, i + 1, |b| matches!(b, b'=' | b'>' | b':')).min(3);
        let compared = before(text, i) == b'!' || part(text, i, i + 2) == b"==" && before(text, i) == b' ';
        // `password: str = "x"`
        let behind = if at(text, i) == b':' { code::behind_type(text, behind) } else { behind };
        let opener = before(text, *start);
        let outer = if closers == 0 && matches!(opener, b'"' | b'\'' | b'`') { opener } else { 0 };
        let query = matches!(opener, b'?' | b'&');
        if is_awaited(part(text, behind, text.len())) {
            self.awaits(rule, false);
            return None;
        }
        let found = value::extent(text, behind, rule, outer, query).filter(|found| found.quoted || !compared)?;
        let matched = part(text, found.start, found.end);
        let named = at(text, i) == b':' && quote != 0 && words::get(matched).is_some_and(|entry| matches!(entry.segment, Word::Is(_)));
        // what the policy names is taken whatever it looks like
        let own = rule == Rule::Field;
        if !found.quoted && !own && (named || code::is_reference(matched, at(text, found.end))) {
            return None;
        }
        let form = if at(text, i) == b':' && quote == 0 && !found.quoted { Form::Loose } else { Form::Plain };
        let bracketed = !found.quoted && matches!(matched.first(), Some(b'{' | b'[' | b'(')) && !crate::replace::placeholder::is(matched);
        // the shell's working directory
        if word.len() >= 3 && word.ends_with(b"PWD") && matched.first() == Some(&b'/') {
            return None;
        }
        let secret = if bracketed {
            !value::is_syntax(matched)
                && (rule != Rule::Tokens || matched.iter().any(u8::is_ascii_alphabetic))
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
        Some(found.end)
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
        let start = run(text, 0, bytes::is_space);
        let name = start + run(text, start, |b| matches!(b, b'"' | b'\''));
        let mut from = start;
        if starts_with_nocase(part(text, name, text.len()), b"value") {
            let separator = name + 5 + run(text, name + 5, |b| matches!(b, b'"' | b'\'' | b' '));
            if !matches!(at(text, separator), b':' | b'=') {
                return;
            }
            from = separator + 1;
        }
        let Some(action) = self.engine.action(rule.detector()) else { return };
        let Some(found) = value::extent(text, from, rule, 0, false) else { return };
        let value = part(text, found.start, found.end);
        let rest = found.end + run(text, found.end, |b| bytes::is_space(b) || matches!(b, b'"' | b'\'' | b',' | b';' | b')' | b'\\'));
        let alone = from > start || rest == text.len() || part(text, rest, rest + 2) == b"</";
        let likely = from > start || found.quoted || sure && at(value, 0) != b'<' || is_mixed(value, 8) && !value.contains(&b'=');
        // what was redacted here is one word now, whatever it was
        let redacted = value::has_placeholder(value);
        if alone && likely && !redacted && value::is_secret(rule, value, Form::Plain, self.engine.strict) {
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
            return i + 1;
        }
        let Some((rule, action)) = self.engine.fields.rule(part(text, start, i)) else { return i + 1 };
        let Some(action) = action.or_else(|| self.engine.action(rule.detector())) else { return i + 1 };
        let end = i + 1 + run(text, i + 1, |b| b != b'<');
        // an element begins its line where its text does not
        if is_awaited(part(text, i + 1, text.len())) {
            if part(text, 0, start - 1).trim_ascii().is_empty() {
                self.awaits(rule, true);
            }
            return i + 1;
        }
        let found = Extent { start: i + 1, end, open: Open::Nothing, quoted: false };
        let value = part(text, found.start, found.end);
        if at(text, end) != b'<' || at(text, end + 1) != b'/' || !value::is_secret(rule, value, Form::Plain, self.engine.strict) {
            return i + 1;
        }
        self.take(rule, action, &found);
        end
    }

    /// At the space behind a word that may announce a secret without a separator: `--password x`, `password is x`, `with password x`,
    /// `Bearer x`.
    pub(super) fn prose(&mut self, end: usize) -> Option<usize> {
        let text = self.text;
        let start = (end - run_back(text, end, KEY_MAX, bytes::is_word)).max(self.floor.min(end));
        let word = part(text, start, end);
        if word.eq_ignore_ascii_case(b"bearer") || word.eq_ignore_ascii_case(b"basic") {
            return self.scheme(start, end);
        }
        if let Some(end) = self.loud(start, end) {
            return Some(end);
        }
        // `cvv2`
        let name = part(word, 0, word.len() - run_back(word, word.len(), 1, |b| b.is_ascii_digit()));
        let rule = match words::get(name)?.segment {
            Word::Is(rule @ (Rule::Password | Rule::Secret | Rule::Token | Rule::Cvv)) => rule,
            _ => return None,
        };
        let action = self.engine.action(rule.detector())?;
        let flag_start = start - run_back(text, start, KEY_MAX, |b| b == b'-' || bytes::is_word(b));
        let flag = text.get(flag_start..).is_some_and(|word| word.starts_with(b"--"));
        let mut from = end + 1;
        let mut said = false;
        for link in [b"is ".as_slice(), b"was ", b"= "] {
            if text.get(from..).is_some_and(|rest| rest.starts_with(link)) {
                from += link.len();
                said = true;
            }
        }
        let found = value::extent(text, from, rule, 0, false)?;
        let matched = part(text, found.start, found.end);
        let introduced = [b"with ".as_slice(), b"using ", b"and ", b"com "]
            .iter()
            .any(|word| part(text, start.saturating_sub(word.len()), start).eq_ignore_ascii_case(word));
        let introduced = introduced || self.is_login(start);
        // a line of a configuration: `password 'x'`
        let alone = found.quoted
            && part(text, 0, start).trim_ascii().is_empty()
            && matches!(text.get(found.end + 1..), Some([] | [b'\n' | b'\r' | b';', ..]));
        let last = text.get(found.end..).is_some_and(|rest| rest.trim_ascii().is_empty() || rest == b".");
        let symbol = |b: &u8| matches!(b, b'!' | b'@' | b'#' | b'$' | b'%' | b'^' | b'&' | b'*' | b'+' | b'=' | b'~' | b'_');
        let mixed = match rule {
            Rule::Token | Rule::Secret => is_mixed(matched, 12),
            _ => {
                is_mixed(matched, if said || introduced { 4 } else { 6 })
                    || matched.len() >= 6 && matched.iter().any(symbol) && matched.iter().any(u8::is_ascii_alphanumeric)
            }
        };
        let plain = !matched.is_empty() && !value::is_sentence(matched, b' ');
        let taken = if rule == Rule::Cvv {
            !found.quoted
        } else if flag {
            matched.first() != Some(&b'-') && plain
        } else {
            (found.quoted && (said || introduced || mixed || alone) && plain)
                || (!found.quoted && mixed && !matched.contains(&b'=') && !matched.contains(&b'('))
                || (introduced && (last || self.is_login(start)) && plain && rule == Rule::Password && matched.len() >= 4)
        };
        if !taken || !value::is_secret(rule, matched, Form::Plain, self.engine.strict) {
            return None;
        }
        self.take(rule, action, &found);
        Some(found.end)
    }

    /// `ACME SECRET x`, `acme private key x`: what looks like a secret right behind such words, without a separator.
    fn loud(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let word = part(text, start, end);
        let quote = run(text, end + 1, |b| matches!(b, b'"' | b'\'')).min(1);
        if run(text, end + 1 + quote, |b| b.is_ascii_alphanumeric() || b == b'-') < LOUD {
            return None;
        }
        let key = end - run_back(text, end, KEY_MAX, |b| is_key(b) || b == b' ');
        let key = part(text, key.max(self.floor.min(end)), end);
        let loud = word.iter().all(u8::is_ascii_uppercase);
        let rule = match self.engine.fields.rule(key) {
            Some((rule @ (Rule::ApiKey | Rule::Secret | Rule::Token | Rule::Vendor), _)) => rule,
            Some((Rule::Soft, _)) if loud => Rule::ApiKey,
            _ => return None,
        };
        let found = value::extent(text, end + 1, rule, 0, false)?;
        let matched = part(text, found.start, found.end);
        let plain = |least: usize| matched.len() >= least && matched.iter().all(u8::is_ascii_alphanumeric);
        let grouped = || {
            matched.split(|&b| b == b'-').all(|group| group.len() >= 4 && group.iter().all(u8::is_ascii_alphanumeric))
                && is_mixed(matched, 16)
        };
        let sound = value::is_uuid(matched) || loud && (plain(20) || grouped());
        if !sound || !value::is_secret(rule, matched, Form::Plain, self.engine.strict) {
            return None;
        }
        let action = self.engine.action(rule.detector())?;
        self.take(rule, action, &found);
        Some(found.end)
    }

    /// Does a name stand before the key, as in `login ana password …` of a .netrc?
    fn is_login(&self, key: usize) -> bool {
        let text = self.text;
        let name = key - run_back(text, key, 2, |b| b == b' ');
        let start = name - run_back(text, name, KEY_MAX, |b| !bytes::is_space(b));
        let word = start - run_back(text, start, 2, |b| b == b' ');
        let word = part(text, word - run_back(text, word, 12, bytes::is_word), word);
        let sentence = matches!(before(text, name), b':' | b',' | b';' | b'.');
        start < name
            && !sentence
            && [b"user".as_slice(), b"username", b"login", b"usr"].iter().any(|login| word.eq_ignore_ascii_case(login))
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
