//! Values right behind a key, without a separator: flags of commands, directives of configurations, `ACME SECRET …`, `Bearer …`.

use crate::detect::key;
use crate::detect::words::{self, Rule};
use crate::scan::Scan;
use crate::scan::bytes::{self, Words, at, before, is_key, part, run, run_back, skip, skip_back};
use crate::scan::code;
use crate::scan::token::{is_basic, is_mixed};
use crate::scan::value::{self, Extent, Form};
use crate::walk::field::KEY_MAX;

/// What is said of how a password or a token is made.
pub(in crate::scan) fn is_algorithm(word: &[u8]) -> bool {
    const ALGORITHMS: Words = Words::new("md5 sha1 sha256 sha512 bcrypt12 argon2 argon2i argon2id pbkdf2 hs256 rs256 es256 base64");
    ALGORITHMS.has(word)
}

/// Bytes of a value that needs no separator.
const LOUD: usize = 16;

impl Scan<'_, '_> {
    /// `--api-key x`, `-Password x`, and the same as a list of arguments: `"--token", "x"`.
    pub(super) fn flag(&mut self, end: usize) -> Option<usize> {
        let text = self.text;
        let start = skip_back(text, end, KEY_MAX, is_key);
        let key = part(text, start, end);
        let dashes = run(key, 0, |b| b == b'-');
        let opener = before(text, start);
        if !(1..=2).contains(&dashes) || !(opener == 0 || bytes::is_space(opener) || matches!(opener, b'"' | b'\'' | b'`')) {
            return None;
        }
        let (rule, _) = self.engine.fields.rule(key)?;
        // `--auth ana:x`
        if rule == Rule::Login {
            return self.login(end);
        }
        if !rule.may_be_flag() {
            return None;
        }
        // the value stands in the next line
        if matches!(part(text, end, text.len()).trim_ascii(), [b'\\' | b'^' | b'`']) {
            self.awaits(rule, true);
            return None;
        }
        let action = self.engine.action(rule.detector())?;
        let found = value::extent(text, end, rule)?;
        let value = found.of(text);
        // variables and calls of PowerShell, whose flags have one dash and a capital
        if at(key, 1).is_ascii_uppercase() && matches!(value, [b'$', b'a'..=b'z' | b'A'..=b'Z', ..] | [b'(', b'A'..=b'Z', ..]) {
            return None;
        }
        // a switch before a key and its value: `--secret acme:token x`
        if !found.quoted && at(text, found.end) == b' ' && value.contains(&b':') && self.engine.fields.rule(value).is_some() {
            return None;
        }
        let help = code::is_help(text, end, value) || code::is_help(text, found.end, value);
        let file = || rule == Rule::ApiKey && value.iter().any(|b| matches!(b, b'/' | b'.')) && !value::is_random(value);
        // a cookie is a name and its value (RFC 6265, section 4.2.1); without one it is a file
        let other = matches!(value.first(), Some(b'-' | b'|' | b'>' | b'&'))
            || rule == Rule::Cookie && !value.contains(&b'=')
            || value.starts_with(b"id=")
            || value::is_sentence(value, at(text, found.end))
            || help
            || file();
        if other || !self.is_secret(rule, value) {
            return None;
        }
        self.take(rule, action, &found);
        Some(found.end)
    }

    /// The password behind a name and a colon, right behind a key that announces both: `--auth ana:x`.
    pub(super) fn login(&mut self, end: usize) -> Option<usize> {
        let found = self.behind_name(b':', &value::extent(self.text, end, Rule::Login)?)?;
        let action = self.engine.action(key::PASSWORD)?;
        self.take(Rule::Password, action, &found);
        Some(found.end)
    }

    /// `aws_secret_access_key x`: a key of several words, and a value that no sentence has.
    pub(super) fn plain_key(&mut self, end: usize) -> Option<usize> {
        let text = self.text;
        let start = skip_back(text, end, KEY_MAX, is_key).max(self.floor.min(end));
        let (rule, _) = self.engine.fields.rule(part(text, start, end)).filter(|(rule, _)| rule.needs_no_separator())?;
        if self.names_class(part(text, start, end)) {
            return None;
        }
        let action = self.engine.action(rule.detector())?;
        let found = value::extent(text, end, rule)?;
        let value = found.of(text);
        // a variable of a Dockerfile, of Windows or of fish, a setting of a tool
        let set = ["ENV ", "setx ", "config set ", "configure set ", "set -x ", "set -gx ", "set -Ux "]
            .iter()
            .any(|word| part(text, 0, start).ends_with(word.as_bytes()));
        let set = set && !value::is_state(value) && value::is_secret(rule, value, Form::Loose, self.engine.strict);
        if set || self.is_directive(start, end, &found) && self.is_secret(rule, value) {
            self.take(rule, action, &found);
            return Some(found.end);
        }
        let wild = is_mixed(value, 12) && value.iter().all(|&b| bytes::is_word(b) || matches!(b, b'-' | b'+' | b'/' | b'='));
        if !wild || !value::is_random(value) || !self.is_secret(rule, value) {
            return None;
        }
        self.take(rule, action, &found);
        Some(found.end)
    }

    /// Is this a line of a configuration, a name that is no word of a sentence and its value: `rootpw x`, `SetEnv DB_PASSWORD x`,
    /// `#define WIFI_PASSWORD "x"`?
    fn is_directive(&self, start: usize, end: usize, found: &Extent) -> bool {
        let text = self.text;
        let (key, value) = (part(text, start, end), found.of(text));
        let rest = part(text, found.whole(text).end + usize::from(found.quoted), text.len()).trim_ascii();
        let name = key.iter().any(|b| matches!(b, b'_' | b'-' | b'.') || b.is_ascii_uppercase()) || words::get(key).is_some();
        let alone = matches!(rest, [] | [b';' | b'}'] | [b')', b';'])
            && !part(text, 0, start).trim_ascii().iter().any(|b| matches!(b, b' ' | b'\t' | b',' | b':' | b'=' | b'|' | b'('));
        // `proxy_pass http://backend:8000/api;`
        let wild =
            (is_mixed(value, 5) || value.len() >= 6 && value::symbols(value) > 0) && !value::is_url(value) && !value::is_version(value);
        name && (alone || found.quoted) && wild && !is_algorithm(value) && !value.iter().any(|b| matches!(b, b'(' | b'=' | b' '))
    }

    /// `ACME SECRET x`, `acme private key x`: what looks like a secret right behind such words, without a separator.
    pub(super) fn loud(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let word = part(text, start, end);
        // `acme api key is …`
        let from = end
            + match part(text, end, text.len()) {
                [_, b'i', b's', b' ', ..] => 4,
                [_, b'w', b'a', b's', b' ', ..] => 5,
                _ => 1,
            };
        let quote = run(text, from, |b| matches!(b, b'"' | b'\'')).min(1);
        if run(text, from + quote, |b| b.is_ascii_alphanumeric() || b == b'-') < LOUD {
            return None;
        }
        // three words: what stands before them may be a value that was taken already
        let word_before = |from: usize| {
            let space = skip_back(text, from, 1, |b| b == b' ');
            if space < from || from == end { skip_back(text, space, KEY_MAX, is_key) } else { from }
        };
        let key = word_before(word_before(word_before(end)));
        // a product key says enough by itself
        let product = value::is_product_key(part(text, from + quote, from + 29 + quote));
        let key = part(text, if product { key } else { key.max(self.floor.min(end)) }, end);
        let capitals = run_back(word, word.len(), word.len(), |b| b.is_ascii_uppercase());
        // `acmeTOKEN x`
        let joined =
            || before(word, word.len() - capitals).is_ascii_lowercase() && !matches!(before(text, start), b'.' | b'-' | b'@' | b'/');
        let loud = capitals > 2 && (capitals == word.len() || joined());
        let rule = match self.engine.fields.rule(key) {
            Some((rule, _)) if rule.is_given() => rule,
            // `product key XK4F9-…`
            Some((rule, _)) if rule.is_soft() => Rule::Soft,
            _ => return None,
        };
        let found = value::extent(text, from, rule)?;
        let matched = found.of(text);
        let plain = |least: usize| matched.len() >= least && matched.iter().all(u8::is_ascii_alphanumeric);
        let grouped = || {
            matched.split(|&b| b == b'-').all(|group| group.len() >= 4 && group.iter().all(u8::is_ascii_alphanumeric))
                && is_mixed(matched, 16)
        };
        let sound = loud && (plain(20) || grouped()) || (loud || rule != Rule::Soft) && value::is_uuid(matched) || product;
        let rule = if rule == Rule::Soft { Rule::ApiKey } else { rule };
        if !sound || !self.is_secret(rule, matched) {
            return None;
        }
        let action = self.engine.action(rule.detector())?;
        self.take(rule, action, &found);
        Some(found.end)
    }

    /// `Bearer …`, `Basic …`: the credentials of RFC 6750 and RFC 7617 outside a header.
    pub(super) fn scheme(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let value = skip(text, end, |b| b == b' ');
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

    /// `AUTH x`, as the clients of Redis send it: a command alone in its line.
    pub(super) fn auth(&mut self, end: usize) -> Option<usize> {
        let text = self.text;
        // the user that everybody is
        let end = end + bytes::phrase(" default", part(text, end, text.len())).unwrap_or(0);
        let found = value::extent(text, end, Rule::Password)?;
        let value = found.of(text);
        let alone = part(text, found.end + usize::from(found.quoted), text.len()).trim_ascii().is_empty();
        let sound = alone && is_mixed(value, 8) && !value.iter().any(|b| matches!(b, b'/' | b'(' | b'=' | b' '));
        if !sound || !self.is_secret(Rule::Password, value) {
            return None;
        }
        let action = self.engine.action(key::PASSWORD)?;
        self.take(Rule::Password, action, &found);
        Some(found.end)
    }
}
