//! Credentials inside a URL: `scheme://user:password@host`.

use crate::detect::credential::URL;
use crate::detect::key;
use crate::explain::Why;
use crate::replace::placeholder;
use crate::scan::Scan;
use crate::scan::around::placeholders;
use crate::scan::bytes::{self, Words, at, before, part, run, skip, skip_back};
use crate::scan::random::is_wild;
use crate::scan::token::is_mixed;
use crate::scan::value::{is_random, is_syntax};

/// Bytes of credentials that are looked at.
const CREDENTIALS_MAX: usize = 4096;
/// Bytes of an address that lets somebody in.
const ADDRESS_MAX: usize = 1024;
/// Bytes of a scheme; before it, bytes and words that may say what the address is.
const SCHEME: usize = 8;
const SAID: usize = 48;
const LINK_WORDS: usize = 5;
/// What an address is called, and what says that it lets somebody in.
const LINKS: Words = Words::new("link links url unsubscribe");
const SECRET_LINKS: Words = Words::new(
    "magic reset password-reset invite invitation activation verification confirmation recovery unlock passwordless sign-in signin one-time \
     login secret private share unsubscribe convite ativação recuperação redefinição",
);
/// A piece of one that is a code has so many wild characters.
const CODE_MIN: usize = 10;
/// A user part of so many mixed characters is a token.
const TOKEN_MIN: usize = 16;

impl Scan<'_, '_> {
    /// At the `:` of `://`: masks the password, or a token in the place of the user, and goes on behind.
    pub(super) fn url(&mut self, i: usize) -> usize {
        let text = self.text;
        let start = i + 3;
        if !bytes::is_word(before(text, i)) {
            return start;
        }
        let length = run(part(text, start, text.len().min(start + CREDENTIALS_MAX)), 0, |b| {
            !bytes::is_space(b) && !matches!(b, b'/' | b'"' | b'\'' | b'<' | b'>' | b'`' | b'\\')
        });
        let mut authority = part(text, start, start + length);
        let Some(mut at_sign) = authority.iter().rposition(|&b| b == b'@') else {
            if at(text, start + length) == b'/' {
                self.secret_link(i);
            }
            return self.url_with_slash(start, length);
        };
        // an address in the query is not the end of the credentials
        if let Some(query) = authority.iter().position(|&b| b == b'?')
            && let Some(earlier) = part(authority, 0, query).iter().rposition(|&b| b == b'@')
        {
            authority = part(authority, 0, query);
            at_sign = earlier;
        }
        // nor is one behind a comma, as in the lists of hosts of a connection string
        let host = at(authority, at_sign + 1);
        if !(host.is_ascii_alphanumeric()
            || matches!(host, b'[' | b'$' | b'{' | b'%' | b'_' | b'-' | b'.')
            || host >= 0x80
            || host == 0
            || host == b'(')
        {
            return start;
        }
        self.credentials(start, start + at_sign)
    }

    /// `magic link: https://…`, `reset link for ana: https://…`: whoever has the address is let in, so what in it has no order is a secret.
    #[inline(never)]
    fn secret_link(&mut self, i: usize) {
        let text = self.text;
        let scheme = skip_back(text, i, SCHEME, |b| b.is_ascii_alphabetic());
        let said = part(text, scheme.saturating_sub(SAID), scheme);
        // most addresses are called nothing
        if ![&b"ink"[..], b"url", b"URL", b"subscribe"].iter().any(|name| bytes::find(said, 0, name).is_some()) {
            return;
        }
        // no context is taken across a placeholder
        let said = part(said, placeholders(said).last().map_or(0, |(_, end)| end), said.len());
        let (mut link, mut secret) = (false, false);
        for word in said.rsplit(|&b| !(bytes::is_letter(b) || b == b'-')).filter(|word| !word.is_empty()).take(LINK_WORDS) {
            link |= LINKS.has(word);
            secret |= SECRET_LINKS.has(word);
        }
        if !link || !secret {
            return;
        }
        let near = bytes::up_to(text, i + ADDRESS_MAX);
        let end = skip(near, i, |b| !bytes::is_space(b) && !matches!(b, b'"' | b'\'' | b'<' | b'>' | b'`' | b'\\'));
        let mut start = i;
        for piece in part(text, i, end).split(|&b| !(bytes::is_word(b) || matches!(b, b'-' | b'~'))) {
            if is_random(piece) || piece.len() >= CODE_MIN && is_wild(piece) {
                self.ahead(|scan| scan.found(key::TOKEN, start, start + piece.len()));
            }
            start += piece.len() + 1;
        }
    }

    /// A password may hold a `/`, if what is before it cannot be a host and a port.
    fn url_with_slash(&mut self, start: usize, authority: usize) -> usize {
        let text = self.text;
        let head = part(text, start, start + authority);
        let Some(colon) = head.iter().position(|&b| b == b':') else { return start };
        let port = head.get(colon + 1..).unwrap_or_default();
        if port.iter().all(u8::is_ascii_digit) || at(head, 0) == b'[' {
            return start;
        }
        let rest = part(text, start, text.len().min(start + CREDENTIALS_MAX));
        let length = run(rest, 0, |b| !bytes::is_space(b) && !matches!(b, b'"' | b'\'' | b'<' | b'>' | b'?'));
        match part(rest, 0, length).iter().rposition(|&b| b == b'@') {
            Some(at_sign) => self.credentials(start, start + at_sign),
            None => start,
        }
    }

    fn credentials(&mut self, start: usize, at_sign: usize) -> usize {
        let user_info = part(self.text, start, at_sign);
        self.credentials_end = at_sign;
        let kept = |value: &[u8]| value.is_empty() || is_syntax(value) || placeholder::is(value);
        match user_info.iter().position(|&b| b == b':') {
            Some(_) if placeholder::is(user_info) => {}
            Some(colon) => {
                let (user, password) = (part(user_info, 0, colon), part(user_info, colon + 1, user_info.len()));
                let token = is_mixed(user, TOKEN_MIN) && !user.contains(&b'.') || user.starts_with(b"sk_") || user.starts_with(b"rk_");
                if token && !placeholder::is(user) {
                    self.found(URL, start, at_sign);
                } else if !kept(password) {
                    self.found(URL, start + colon + 1, at_sign);
                } else {
                    self.refused(URL, start + colon + 1, at_sign, Why::Placeholder);
                }
            }
            None if (is_mixed(user_info, TOKEN_MIN) || self.engine.fields.rule(user_info).is_some()) && !kept(user_info) => {
                self.found(URL, start, at_sign);
            }
            None => {}
        }
        at_sign
    }
}
