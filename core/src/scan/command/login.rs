//! Passwords beside the name of who logs in: in one line (`a1 LOGIN ana x`, `login: ana/x`, `acme login -u ana -p x`), or in the line behind
//! the one that names somebody. No tool announces these: that a name stands there is what makes the next word a password.

use super::{LINE, Written, next_word};
use crate::detect::words::Rule;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, part, run, skip, skip_back};
use crate::scan::token::is_mixed;
use crate::scan::value;
use crate::walk::field::KEY_MAX;

/// Is this one of the words behind which a name stands: `login ana`?
fn is_login_word(word: &[u8]) -> bool {
    bytes::words!("login user username usr u usuario utilizador utente benutzer utilisateur gebruiker").has(word)
}

/// Is the key that begins here the second half of one, the first of which names somebody: `user/password: ana/x`? Paths have one before that.
pub(in crate::scan) fn follows_user(text: &[u8], key: usize) -> bool {
    let slash = key.saturating_sub(1);
    let start = skip_back(text, slash, KEY_MAX, bytes::is_word);
    let user = part(text, start, slash);
    at(text, slash) == b'/' && before(text, start) != b'/' && (is_login_word(user) || bytes::words!("email").has(user))
}

impl Scan<'_, '_> {
    /// `a1 LOGIN ana x` (RFC 9051, section 6.2.3): a tag, the command and two arguments, of which one or both may be in quotes.
    fn imap_login(&mut self, from: usize) {
        let text = self.text;
        let start = from.saturating_sub("LOGIN ".len());
        let tag = part(text, skip_back(text, start, 8, |b| b.is_ascii_alphanumeric()), start);
        if part(text, start, from + 1) != b" LOGIN " || !tag.iter().any(u8::is_ascii_digit) {
            return;
        }
        let Some(name) = value::extent(text, from, Rule::Field) else { return };
        let behind = name.end + usize::from(name.quoted);
        if at(text, behind) == b' ' {
            let _end = self.secret(behind, behind + 1, 0);
        }
    }

    /// Behind `login`: `login: ana/x`, `login ana:x`, `login with ana / x`, the login of IMAP and that of a tool that is not known: `acme login -u ana -p x`.
    #[inline(never)]
    pub(super) fn login_line(&mut self, from: usize) {
        self.imap_login(from);
        let text = self.text;
        let name = skip(text, from, |b| matches!(b, b':' | b' '));
        if name == from {
            return;
        }
        if at(text, name) == b'-' {
            return self.login_flags(from);
        }
        // of a server of a game, which shows what somebody told it: `issued server command: /login x`
        if part(text, 0, from).ends_with(b"command: /login") {
            let word = part(text, name, skip(text, name, |b| !bytes::is_space(b)));
            if value::is_striking(word) {
                let _end = self.secret(name, name, 0);
            }
            return;
        }
        let name = name + bytes::phrase("with |is |are ", part(text, name, text.len())).unwrap_or(0);
        let mark = skip(text, name, |b| bytes::is_key(b) || b == b'@');
        let space = run(text, mark, |b| b == b' ').min(1);
        let divider = at(text, mark + space);
        let divided = divider == b'/' || divider == b':' && space == 0;
        // `login ana x`
        if name == mark || !divided && (space == 0 || name > from + 1) {
            return;
        }
        let start = mark + space + usize::from(divided);
        let start = start + if divider == b'/' { run(text, start, |b| b == b' ').min(1) } else { 0 };
        let end = skip(text, start, |b| !bytes::is_space(b));
        let value = part(text, start, end);
        // `login: api/v2`
        let wild = match (divider, space) {
            (b'/', 1) => at(text, start - 1) == b' ' && value::is_striking(value),
            (b'/', _) => value::symbols(value) > 0,
            (b':', 0) => value::is_complex(value) && is_mixed(value, 6),
            _ => value::symbols(value) > 0 && is_mixed(value, 6) && part(text, end, text.len()).trim_ascii().is_empty(),
        };
        if wild && !value.iter().any(|b| matches!(b, b'/' | b'=' | b':' | b'"' | b'[' | b'{' | b'*')) {
            let _end = self.secret(start, start, 0);
        }
    }

    /// The password behind `-p`, where a flag before says who logs in.
    fn login_flags(&mut self, from: usize) {
        let line = bytes::up_to(self.text, from + LINE);
        let (mut i, mut named) = (from, false);
        loop {
            let (start, end) = next_word(line, i, Written::Line);
            match part(line, start, end) {
                [] | [b'|' | b'>' | b'<' | b'&' | b';', ..] => return,
                b"-u" | b"-U" | b"--user" | b"--username" => named = true,
                b"-p" | b"-P" if named => {
                    let (value, stop) = next_word(line, end, Written::Line);
                    // a port
                    if !part(line, value, stop).iter().all(u8::is_ascii_digit) {
                        let _end = self.secret(start, end, 0);
                    }
                    return;
                }
                _ => {}
            }
            i = end;
        }
    }

    /// Does this line name somebody, so that the next one may have the password: `login ana`, `username: ana`, `u: ana`?
    pub(in crate::scan) fn is_name_line(&self) -> bool {
        let line = self.text.trim_ascii();
        if line.len() > 96 || !matches!(at(line, 0) | 0x20, b'l' | b'u' | b'm' | b'd') || !self.text.ends_with(b"\n") {
            return false;
        }
        let mut words = line.split(|&b| matches!(b, b' ' | b'\t' | b':' | b'=')).filter(|word| !word.is_empty());
        let mut next = || words.next().unwrap_or_default();
        let mut word = next();
        if word.eq_ignore_ascii_case(b"machine") {
            next();
            word = next();
        } else if word.eq_ignore_ascii_case(b"default") {
            word = next();
        }
        is_login_word(word) && !next().is_empty() && next().is_empty()
    }

    /// The password of who was named in the line before: `password x`, `p: x`.
    pub(in crate::scan) fn password_line(&mut self) {
        let text = self.text;
        let start = run(text, 0, bytes::is_space);
        let end = skip(text, start, bytes::is_word);
        let word = part(text, start, end);
        if !bytes::words!("password passwd pass pwd pw p").has(word) {
            return;
        }
        let from = skip(text, end, |b| matches!(b, b' ' | b'\t' | b':' | b'='));
        let found = value::extent(text, from, Rule::Password).filter(|_| from > end);
        let Some(found) = found.map(|found| found.whole(text)) else { return };
        let value = found.of(text);
        let alone = part(text, found.end + usize::from(found.quoted), text.len()).trim_ascii().is_empty();
        if alone && self.is_secret(Rule::Password, value) {
            self.take_ahead(Rule::Password, &found);
        }
    }

    /// Does a name stand before the key, as in `login ana password …` of a .netrc or `user: ana pass: …`?
    pub(in crate::scan) fn follows_login(&self, key: usize) -> bool {
        let text = self.text;
        let name = skip_back(text, key, 2, |b| matches!(b, b' ' | b',' | b';'));
        let start = skip_back(text, name, KEY_MAX, |b| !bytes::is_space(b));
        let word = skip_back(text, start, 3, |b| b == b' ');
        let sentence = matches!(before(text, name), b':' | b',' | b';' | b'.' | b'|');
        let word = skip_back(text, word, 1, |b| matches!(b, b':' | b'='));
        let first = skip_back(text, word, 12, bytes::is_word);
        // `username or password incorrect`
        let listed = bytes::words!("or and oder und ou et").has(part(text, start, name));
        // a flag is no word: `curl -u ana:x`
        start < name && name < key && !sentence && !listed && before(text, first) != b'-' && is_login_word(part(text, first, word))
    }
}
