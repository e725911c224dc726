//! E-mail addresses, read outwards from the `@`.

use crate::detect::contact::EMAIL;
use crate::detect::credential::URL;
use crate::detect::key;
use crate::detect::words::Rule;
use crate::replace::placeholder;
use crate::scan::Scan;
use crate::scan::bytes::{self, Words, at, before, class, part, run, run_back, skip_back};
use crate::scan::token::is_mixed;
use crate::scan::value;

/// Octets of a local part (RFC 5321, section 4.5.3.1.1).
const LOCAL_MAX: usize = 64;
/// Octets of a domain (RFC 5321, section 4.5.3.1.2).
const DOMAIN_MAX: usize = 255;

/// Last labels that make a name a file or a unit of systemd, not a domain.
const NO_DOMAINS: Words = Words::new("service socket target timer mount slice scope png jpg jpeg gif svg webp js css html py local");

/// What stands for the bank in an address of UPI, `name@handle` (NPCI, list of payment service providers).
const HANDLES: Words = Words::new("okhdfcbank oksbi okaxis okicici ybl ibl axl paytm upi apl");

/// Domains under which the algorithms of SSH have their names (RFC 4251, section 6): `aes256-gcm@openssh.com`.
const SSH_DOMAINS: Words = Words::new("openssh.com libssh.org lysator.liu.se ssh.com");

/// Keys under which messages are named, and bytes of one.
const MESSAGES: Words = Words::new("message-id message_id messageid msgid in-reply-to references");
const MESSAGE_MAX: usize = 16;

/// Bytes of a password that stands behind an address and a colon.
const PASSWORD_MIN: usize = 6;
const PASSWORD_MAX: usize = 64;

/// Bytes before an address in which a call is looked for, and what its name may have.
const CALL_MAX: usize = 64;
const SIGN_IN_CALLS: &[&str] = &["sign", "login", "log_in", "auth", "user", "register", "account", "credential"];

impl Scan<'_, '_> {
    pub(super) fn at_sign(&mut self, i: usize) -> usize {
        if i != self.credentials_end
            && let Some(end) = self.domain(i + 1)
            && let Some(start) = self.local_part(i, end)
            && !self.names_message(start)
            && !is_ssh_algorithm(part(self.text, start, i), part(self.text, i + 1, end))
        {
            self.found(EMAIL, start, end);
            self.password_behind(start, end);
            self.password_beside(start, end);
            return end;
        }
        if let Some(start) = self.password_before(i).or_else(|| self.password_of_oracle(i)) {
            self.found(URL, start, i);
            return i + 1;
        }
        if self.trace.is_some() && i != self.credentials_end {
            self.explain_at_sign(i);
        }
        i + 1
    }

    /// `Message-ID: <20…@mail.example.org>`: a name of what was sent, not of who did (RFC 5322, section 3.6.4).
    fn names_message(&self, start: usize) -> bool {
        let text = self.text;
        let key = skip_back(text, start, 6, |b| matches!(b, b'<' | b' ' | b':' | b'=' | b'"'));
        let word = skip_back(text, key, MESSAGE_MAX, bytes::is_key);
        before(text, start) == b'<'
            && word >= self.floor
            // a key on which something hangs that goes is none the second time
            && matches!(before(text, word), 0 | b' ' | b'"' | b'\n')
            && MESSAGES.has(part(text, word, key))
    }

    /// `ana@example.org:x`: an address and the password of its owner, as lists of both are written.
    fn password_beside(&mut self, start: usize, end: usize) {
        let text = self.text;
        // `ana@example.org : x`
        let apart = matches!(part(text, end, end + 3), [b' ', b':' | b'/', b' ']);
        if !(apart || at(text, end) == b':')
            || !matches!(before(text, start), 0 | b' ' | b'\n' | b'"' | b'\'' | b'`' | b'(' | b'[' | b'<' | b'=')
        {
            return;
        }
        let from = end + if apart { 3 } else { 1 };
        let length = run(text, from, |b| !bytes::is_space(b) && !matches!(b, b'"' | b'\'' | b'`' | b',' | b')' | b']' | b'>' | b'/'));
        let (value, next) = (part(text, from, from + length), at(text, from + length));
        // a list has nothing else in a line
        let alone = start == 0 && part(text, from + length, text.len()).trim_ascii().is_empty();
        // `host:path`, and another colon makes it something else
        let sound =
            next != b'/' && (PASSWORD_MIN..PASSWORD_MAX).contains(&length) && !value.iter().any(|b| matches!(b, b':' | b'~' | b'.'));
        if sound && (value::is_complex(value) || alone && is_mixed(value, PASSWORD_MIN)) && self.is_secret(Rule::Password, value) {
            self.ahead(|scan| scan.found(key::PASSWORD, from, from + length));
        }
    }

    /// `sign_in("ana@example.org", "x")`: the argument behind an address, where the name of the call says that somebody signs in or up.
    #[inline(never)]
    fn password_behind(&mut self, start: usize, end: usize) {
        let text = self.text;
        let quote = at(text, end);
        if !matches!(quote, b'"' | b'\'') || before(text, start) != quote || at(text, end + 1) != b',' {
            return;
        }
        // the value of a key is no argument: `"email": "ana@example.org"`
        let opened = skip_back(text, start - 1, 2, |b| b == b' ');
        if !matches!(before(text, opened), b'(' | b',') {
            return;
        }
        let near = start.saturating_sub(CALL_MAX);
        let Some(open) = part(text, near, start).iter().rposition(|&b| b == b'(') else { return };
        let name = part(text, near, near + open);
        let name = part(name, name.len() - run_back(name, name.len(), CALL_MAX, bytes::is_key), name.len()).to_ascii_lowercase();
        if !SIGN_IN_CALLS.iter().any(|word| bytes::find(&name, 0, word.as_bytes()).is_some()) {
            return;
        }
        let Some(found) = value::extent(text, end + 2, Rule::Password).filter(|found| found.quoted) else { return };
        let value = found.of(text);
        let wild = value.len() >= 6 && value::has_digit_or_symbol(value) && !value.iter().any(|b| matches!(b, b' ' | b'/' | b'@'));
        if wild && self.is_secret(Rule::Password, value) {
            self.take_ahead(Rule::Password, &found);
        }
    }

    /// Where the password begins in `user:password@tcp(host:3306)/db`, a data source of Go's drivers, and in `user:password@host`, where
    /// it has the looks of one.
    fn password_before(&self, i: usize) -> Option<usize> {
        let text = self.text;
        let host = part(text, i + 1, text.len());
        let driver = bytes::phrase("tcp(|unix(|udp(", part(text, i + 1, i + 6)).is_some();
        if i == self.credentials_end
            || !driver
                && (!(at(host, 0).is_ascii_alphanumeric() || at(host, 0) == b'/' && at(host, 1).is_ascii_alphabetic())
                    || bytes::phrase("sha256:|sha512:", host).is_some())
        {
            return None;
        }
        let length = run_back(text, i, if driver { DOMAIN_MAX } else { LOCAL_MAX }, |b| {
            !bytes::is_space(b) && !matches!(b, b'"' | b'\'' | b'`' | b'@' | b'=')
        });
        let credentials = part(text, i - length, i);
        // a second colon makes it something else: `arn:aws:…`
        let colon = credentials.iter().position(|&b| b == b':').filter(|&colon| colon > 0)?;
        let start = (i - length + colon + 1).max(self.floor.min(i));
        let password = part(text, start, i);
        let kinds = password.iter().fold(0, |kinds, &b| kinds | class(b));
        let wild = || {
            let cased = kinds & bytes::UPPER != 0 && kinds & bytes::LOWER != 0 && kinds & bytes::DIGIT != 0;
            password.len() >= 6
                && !value::has_placeholder(part(text, i - length, text.len().min(i + DOMAIN_MAX)))
                && (cased || value::symbols(password) > 0 || value::is_random(password) || value::is_uuid(password))
                && !password.iter().any(|b| matches!(b, b'/' | b'(' | b',' | b'{' | b'}' | b'<' | b'|' | b'\\'))
        };
        ((driver || wild()) && !password.contains(&b':') && !value::is_syntax(password) && !placeholder::is(password)).then_some(start)
    }

    /// `ana/x@//db:1521/orcl`, as SQL*Plus connects (Oracle, Easy Connect Naming).
    fn password_of_oracle(&self, i: usize) -> Option<usize> {
        let text = self.text;
        if part(text, i + 1, i + 3) != b"//" {
            return None;
        }
        let start = skip_back(text, i, LOCAL_MAX, |b| !bytes::is_space(b) && !matches!(b, b'/' | b'"' | b'\'' | b'=' | b'@'));
        let name = start.saturating_sub(1) - run_back(text, start.saturating_sub(1), LOCAL_MAX, bytes::is_word);
        let password = part(text, start, i);
        let begins = matches!(before(text, name), 0 | b' ' | b'"' | b'\'' | b'=' | b':');
        let sound = begins && before(text, start) == b'/' && name + 1 < start && start >= self.floor && !password.is_empty();
        (sound && !value::is_syntax(password) && !placeholder::is(password)).then_some(start)
    }

    fn local_part(&self, i: usize, end: usize) -> Option<usize> {
        let text = self.text;
        if before(text, i) == b'"' {
            let length = run_back(text, i - 1, LOCAL_MAX, |b| b != b'"' && b != b'\n');
            let start = (i - 1).checked_sub(length + 1)?;
            return (length > 0 && at(text, start) == b'"').then_some(start);
        }
        let wide = before(text, i) >= 0x80;
        let mut start = i;
        while start > self.floor && i - start < LOCAL_MAX * 2 {
            let b = before(text, start);
            // `o'neil`, not `b'neil`
            let letter = |i: usize| class(before(text, i)) & bytes::LETTER != 0;
            let apostrophe = b == b'\''
                && start < i
                && letter(start - 1)
                && (letter(start - 2) || !matches!(before(text, start - 1), b'b' | b'B' | b'u' | b'r' | b'f'));
            if b >= 0x80 {
                let length = 1 + bytes::run_back(text, start - 1, 3, |b| b & 0xc0 == 0x80).min(3);
                let character = part(text, start.saturating_sub(length), start);
                let character = if character.first().is_some_and(|&b| b < 0xc0) {
                    part(text, start.saturating_sub(length + 1), start)
                } else {
                    character
                };
                if !is_letter_of_name(character, wide) {
                    break;
                }
                start -= character.len();
                continue;
            }
            if class(b) & bytes::WORD == 0 && !matches!(b, b'.' | b'+' | b'-' | b'!' | b'#' | b'^' | b'~') && !apostrophe {
                break;
            }
            start -= 1;
        }
        start += run(text, start, |b| matches!(b, b'.' | b'-' | b'!' | b'#' | b'^' | b'~')).min(i - start);
        let git = part(text, start, i) == b"git" && at(text, end) == b':';
        (start < i && before(text, i) != b'.' && !git).then_some(start)
    }

    /// Where the domain at `start` ends: labels and a last one of letters, or an address in brackets.
    fn domain(&self, start: usize) -> Option<usize> {
        let text = self.text;
        if at(text, start) == b'[' {
            let length = run(text, start + 1, |b| b.is_ascii_hexdigit() || matches!(b, b'.' | b':' | b'I' | b'P' | b'v'));
            return (length >= 4 && at(text, start + 1 + length) == b']').then_some(start + length + 2);
        }
        let mut length = 0;
        while length < DOMAIN_MAX {
            let b = at(text, start + length);
            length += match b {
                0x80.. => {
                    let size = 1 + run(text, start + length + 1, |b| b & 0xc0 == 0x80).min(3);
                    let character = part(text, start + length, start + length + size);
                    if is_letter_of_name(character, length == 0 || at(text, start) >= 0x80) {
                        size
                    } else {
                        break;
                    }
                }
                b'.' | b'-' => 1,
                _ if class(b) & (bytes::LETTER | bytes::DIGIT) != 0 => 1,
                _ => break,
            };
        }
        let mut domain = part(text, start, start + length);
        // a sentence may go on behind: `ana@example.com.` and `ana@example.com - sent`
        while let [rest @ .., b'.' | b'-'] = domain {
            domain = rest;
        }
        if HANDLES.has(domain) {
            return Some(start + domain.len());
        }
        let dot = domain.iter().rposition(|&b| b == b'.')?;
        let (labels, top) = (domain.get(..dot)?, domain.get(dot + 1..)?);
        // what runs on behind the letters is of the next thing: `example.com1714567890`
        let letters = if top.starts_with(b"xn--") { top.len() } else { run(top, 0, |b| b.is_ascii_alphabetic() || b >= 0x80) };
        let named = labels.iter().any(|&b| b.is_ascii_alphabetic() || b >= 0x80);
        let retina = labels.len() == 2 && at(labels, 0).is_ascii_digit() && at(labels, 1) == b'x';
        let sound = letters >= 2
            && (named || letters == top.len())
            && !labels.is_empty()
            && at(domain, 0) != b'.'
            && !domain.windows(2).any(|pair| pair == b"..")
            && !retina;
        (sound && !NO_DOMAINS.has(top)).then_some(start + dot + 1 + letters)
    }
}

/// Is this the name of an algorithm, and not of who works there?
fn is_ssh_algorithm(local: &[u8], domain: &[u8]) -> bool {
    SSH_DOMAINS.has(domain) && (local == b"zlib" || local.contains(&b'-') && local.iter().all(|&b| b.is_ascii_alphanumeric() || b == b'-'))
}

/// Is this character beyond ASCII one of a name? Letters up to the Hebrew block always; those of East Asia only where the whole part is
/// written in them (`wide`), since their sentences have no spaces. Punctuation and pictures never.
fn is_letter_of_name(character: &[u8], wide: bool) -> bool {
    match character {
        [0xc3, second] => !matches!(second, 0x97 | 0xb7),
        [0xc4..=0xdf, _] => true,
        [0xe0..=0xe1, _, _] => true,
        [0xe3, 0x80, _] => false,
        [0xe3..=0xed, _, _] => wide,
        _ => false,
    }
}
