//! Values that the words behind them say what they are: `… is your code`, `… is not a valid key`, `use … as the password`.

use crate::detect::key;
use crate::detect::words::Rule;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, class, part, run, run_back};
use crate::scan::value::{self, Form};
use crate::walk::field::KEY_MAX;

/// Bytes of `is your … code` that are looked at.
const YOURS: usize = 48;

impl Scan<'_, '_> {
    /// Behind a word: `482913 is your verification code`.
    pub(in crate::scan) fn code_before(&mut self, end: usize) {
        let text = self.text;
        let end = end - run_back(text, end, 1, |b| b == b'.');
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
        // one sentence
        if !part(text, near + is, start).iter().all(|&b| b == b' ' || bytes::is_key(b)) {
            return;
        }
        let end = near + is;
        let length = run_back(text, end, 9, |b| b.is_ascii_digit() || b == b'-');
        // `G-482913`
        let length = length - usize::from(at(text, end - length) == b'-');
        let code = part(text, end - length, end);
        let digits = code.iter().filter(|b| b.is_ascii_digit()).count();
        let alone =
            matches!(before(text, end - length), 0 | b' ' | b'\t' | b'\n' | b'"' | b'\'' | b'`' | b'(' | b'[' | b'-' | b'>' | 0x80..);
        // the tail of a card is what its owner may see
        let alone = alone && end - length >= self.floor && !part(text, 0, end - length).ends_with(b"*-");
        if (4..=8).contains(&digits) && digits + 1 >= length && at(code, 0) != b'-' && alone {
            self.ahead(|scan| scan.found(key::OTP, end - length, end));
        }
    }

    /// `x is not a valid API key`
    #[inline(never)]
    pub(super) fn refused_key(&mut self, start: usize) {
        let text = self.text;
        let near = start.saturating_sub(YOURS);
        let Some(valid) = bytes::find(part(text, 0, start), near, b"valid ") else { return };
        let Some(said) = [" is not a ", " is an in"].iter().find(|said| part(text, near, valid).ends_with(said.as_bytes())) else { return };
        // one sentence
        if part(text, valid, start).iter().any(|b| matches!(b, b'=' | b'[')) {
            return;
        }
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
    pub(super) fn used_as_password(&mut self, start: usize, end: usize) {
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
        let verb = bytes::ends_with_one_of(
            part(text, 0, first - quote.min(first)),
            &["use ", "using ", "enter ", "set ", "try ", "type ", "with "],
        );
        let value = part(text, first, end);
        if verb
            && first >= self.floor
            && value::is_striking(value)
            && value::is_secret(Rule::Password, value, Form::Plain, self.engine.strict)
        {
            self.ahead(|scan| scan.found(key::PASSWORD, first, end));
        }
    }
}
