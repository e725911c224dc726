//! What a secret looks like: mixed letters and digits without order, symbols, and a few formats.

use crate::detect::words::Rule;
use crate::scan::bytes::{self, DIGIT, LOWER, UPPER, class};
use crate::scan::token::is_mixed;

/// How many bytes are neither letters, digits nor marks of a sentence.
pub(crate) fn symbols(value: &[u8]) -> usize {
    value.iter().filter(|b| b.is_ascii_punctuation() && !b".,:;-_/()'\"".contains(b)).count()
}

/// Has it digits or symbols, as no name of a field has?
pub(crate) fn has_digit_or_symbol(value: &[u8]) -> bool {
    value.iter().any(u8::is_ascii_digit) || symbols(value) > 0
}

/// A key or a signature by its looks: long, letters and digits without order, and neither a UUID nor a path.
pub(crate) fn is_random(value: &[u8]) -> bool {
    is_mixed(value, 16)
        && !is_uuid(value)
        && (value.iter().filter(|b| matches!(b, b'.' | b':' | b'/' | b' ')).nth(1).is_none() || is_padded(value))
        && value.chunk_by(|a, b| a.is_ascii_digit() == b.is_ascii_digit()).nth(4).is_some()
}

/// Base64 with its padding, in which `/` is a digit.
fn is_padded(value: &[u8]) -> bool {
    value.len().is_multiple_of(4)
        && value.ends_with(b"=")
        && value.iter().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'/' | b'='))
}

/// Capitals, small letters and digits, as many as a token has.
pub(super) fn is_cased(value: &[u8]) -> bool {
    is_mixed(value, 16) && value.iter().any(u8::is_ascii_lowercase) && value.iter().any(u8::is_ascii_uppercase)
}

/// Letters and digits only: a dozen that are mixed, or more than a word has.
pub(super) fn is_plain(value: &[u8]) -> bool {
    (is_mixed(value, 12) || value.len() >= 24) && value.iter().all(|&b| bytes::is_word(b))
}

/// Does a list or a map hold what may be a token, and not just words?
pub(in crate::scan) fn holds_token(value: &[u8]) -> bool {
    value.split(|&b| !(bytes::is_word(b) || matches!(b, b'-' | b'.' | b'+' | b'/'))).any(|word| is_mixed(word, 12) || word.len() >= 20)
}

/// Does a value look like a secret where a line or a column alone says that it is one: mixed characters, or symbols?
pub(crate) fn is_striking(value: &[u8]) -> bool {
    is_mixed(value, 6) || value.len() >= 6 && symbols(value) > 0
}

/// Does the value of a key of this rule stand out where words may stand as well? A code that is used once is digits.
pub(in crate::scan) fn stands_out(rule: Rule, value: &[u8]) -> bool {
    is_striking(value) || is_digits_of(rule, value)
}

/// Is this a code of four to eight digits, of a rule that has them?
pub(in crate::scan) fn is_digits_of(rule: Rule, value: &[u8]) -> bool {
    matches!(rule, Rule::Otp | Rule::Pin) && (4..=8).contains(&value.len()) && value.iter().all(u8::is_ascii_digit)
}

/// The same of a word that stands behind a name: neither a path nor a sentence.
pub(in crate::scan) fn is_striking_word(value: &[u8]) -> bool {
    is_striking(value) && !value.iter().any(|b| matches!(b, b'/' | b' '))
}

/// Is it as no word of a sentence and no name with a number: letters and a symbol, or letters of both cases and a digit?
pub(in crate::scan) fn is_complex(value: &[u8]) -> bool {
    let kinds = value.iter().fold(0, |kinds, &b| kinds | class(b));
    let letters = kinds & (UPPER | LOWER);
    letters != 0 && symbols(value) > 0 || letters == UPPER | LOWER && kinds & DIGIT != 0
}

/// Where the password begins in `ana:x`, if it looks like one.
pub(crate) fn password_behind_name(login: &[u8]) -> Option<usize> {
    let mark = bytes::run(login, 0, |b| bytes::is_key(b) || b == b'@');
    let (name, password) = (bytes::part(login, 0, mark), bytes::part(login, mark + 1, login.len()));
    (is_login_name(name) && bytes::at(login, mark) == b':' && is_striking_word(password)).then_some(mark + 1)
}

/// May this be a name beside a password? `Auth: 10.0.0.7:2274` has none.
pub(in crate::scan) fn is_login_name(word: &[u8]) -> bool {
    !word.iter().all(|&b| b.is_ascii_digit() || b == b'.')
}

/// A code of recovery: groups with dashes between, letters and digits mixed.
pub(in crate::scan) fn is_grouped_code(value: &[u8]) -> bool {
    let group = |group: &[u8]| (3..=6).contains(&group.len()) && group.iter().all(u8::is_ascii_alphanumeric);
    (9..=24).contains(&value.len()) && is_mixed(value, 9) && value.contains(&b'-') && value.split(|&b| b == b'-').all(group)
}

/// The key of a product as it is printed: five groups of five capitals and digits.
pub(in crate::scan) fn is_product_key(value: &[u8]) -> bool {
    let group = |group: &[u8]| group.len() == 5 && group.iter().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    value.len() == 29 && is_mixed(value, 29) && value.split(|&b| b == b'-').all(group)
}

/// A UUID with its dashes (RFC 9562, section 4).
pub(crate) fn is_uuid(value: &[u8]) -> bool {
    value.len() == 36
        && value.iter().enumerate().all(|(i, b)| if matches!(i, 8 | 13 | 18 | 23) { *b == b'-' } else { b.is_ascii_hexdigit() })
}

/// Is a byte repeated as often as in `xxxxxxxx`, or a few of them as in `123123123123123`, which stands for a value and is none?
pub(crate) fn is_repetitive(text: &[u8]) -> bool {
    [(1, 7), (2, 12), (3, 12), (4, 12)].iter().any(|&(period, least)| {
        let same = |&i: &usize| text.get(i + period).is_some_and(|&b| b == bytes::at(text, i));
        // of so many in a row, one stands at a multiple of them: most texts have none there
        (0..text.len()).step_by(least).filter(same).any(|i| {
            let before = (0..i).rev().take(least).take_while(same).count();
            before + (i..text.len()).take(least).take_while(same).count() >= least
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repetitions_wherever_they_begin() {
        for before in (0..24).filter_map(|length| "q7w3e9r2t5y8u4i1o6p0a9s3".get(..length)) {
            for (enough, few) in [("zzzzzzzz", "zzzzzzz"), ("zxzxzxzxzxzxzx", "zxzxzxzxzxzxz"), ("zxcvzxcvzxcvzxcv", "zxcvzxcvzxcvzxc")] {
                let is_found = |text: &str| ["", "5g"].map(|behind| is_repetitive([before, text, behind].concat().as_bytes()));
                assert_eq!((is_found(enough), is_found(few)), ([true; 2], [false; 2]), "{before} {enough}");
            }
        }
    }
}
