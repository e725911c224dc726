//! Values that the words behind them say what they are: `… is your code`, `… is not a valid key`, `use … as the password`.

use crate::detect::key;
use crate::detect::words::Rule;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, class, part, run_back, skip, skip_back};
use crate::scan::value;
use crate::walk::field::KEY_MAX;

/// Bytes of `is your … code` that are looked at.
const YOURS: usize = 48;

impl Scan<'_, '_> {
    /// Behind a word: `482913 is your verification code`.
    pub(in crate::scan) fn code_before(&mut self, end: usize) {
        let text = self.text;
        let end = skip_back(text, end, 1, |b| b == b'.');
        let start = skip_back(text, end, KEY_MAX, |b| class(b) & bytes::LETTER != 0);
        let word = part(text, start, end);
        match word {
            b"password" | b"passphrase" => {
                if part(text, 0, start).ends_with(b"valid ") {
                    self.refused_key(start);
                }
                self.is_said(start, end);
                return self.used_as_password(start, end);
            }
            b"key" | b"token" | b"secret" => {
                self.is_said(start, end);
                return self.refused_key(start);
            }
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
    fn refused_key(&mut self, start: usize) {
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
        let quoted = run_back(text, end, 1, |b| matches!(b, b'"' | b'\'' | b'`'));
        let end = end - quoted;
        let first = skip_back(text, end, KEY_MAX, |b| bytes::is_key(b) || matches!(b, b'+' | b'/' | b'='));
        let refused = part(text, first, end);
        if first >= self.floor && (value::is_random(refused) || quoted > 0 && at(text, start) == b'p' && value::is_striking(refused)) {
            self.ahead(|scan| scan.found(key::API_KEY, first, end));
        }
    }

    /// `x is the password`, `x is my token`
    fn is_said(&mut self, start: usize, end: usize) {
        let text = self.text;
        // the owner right before, or before one more word: `x is the admin password`
        let mut word = start;
        let said = |_| {
            let space = skip_back(text, word, 1, |b| b == b' ');
            word = skip_back(text, space, KEY_MAX / 2, |b| b.is_ascii_lowercase());
            let owned = part(text, word.saturating_sub(4), word) == b" is "
                && bytes::words!("the my your our his her their").has(part(text, word, space));
            owned.then(|| word - 4)
        };
        let Some(owned) = (0..2).find_map(said) else { return };
        // the end of what is said, no `token request`
        let goes_on = matches!(at(text, end), b' ' | b'_' | b'-' | b'=');
        if goes_on && bytes::phrase(" for | of | to | in | on | at | and ", part(text, end, text.len())).is_none() {
            return;
        }
        let end = owned;
        let end = skip_back(text, end, 1, |b| matches!(b, b'"' | b'\'' | b'`'));
        let first = skip_back(text, end, KEY_MAX, |b| !bytes::is_space(b) && !matches!(b, b'"' | b'\'' | b'`' | b'='));
        let value = part(text, first, end);
        let (detector, least) = if at(text, start) == b'p' { (key::PASSWORD, 6) } else { (key::API_KEY, 12) };
        if first >= self.floor
            && value.len() >= least
            && value::is_striking(value)
            && !value.iter().any(|b| matches!(b, b'/' | b':' | b'(' | b'<'))
            && !value::has_placeholder(value)
        {
            self.ahead(|scan| scan.found(detector, first, end));
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
        let next = skip(text, end, |b| b == b' ');
        if matches!(at(text, next), b'"' | b'\'' | b'`' | b'[' | b'*') {
            return;
        }
        let end = start - role.len();
        let quote = usize::from(matches!(before(text, end), b'"' | b'\'' | b'`'));
        let end = end - quote;
        let first = skip_back(text, end, KEY_MAX, |b| !bytes::is_space(b) && !matches!(b, b'"' | b'\'' | b'`'));
        let verb = bytes::ends_with_one_of(
            part(text, 0, first - quote.min(first)),
            &["use ", "using ", "enter ", "enters ", "set ", "try ", "type ", "types ", "with ", "provides "],
        );
        let value = part(text, first, end);
        if verb && first >= self.floor && value::is_striking(value) && self.is_secret(Rule::Password, value) {
            self.ahead(|scan| scan.found(key::PASSWORD, first, end));
        }
    }
}
