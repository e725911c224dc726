//! What stands where a secret is expected and is none: syntax, words about it, examples, and what was redacted before.

use crate::detect::words::{self, Rule};
use crate::replace::placeholder;
use crate::scan::bytes::{self, Words, at, part, run, skip};
use crate::scan::token::is_mixed;
use crate::scan::value::is_repetitive;

/// Words that follow `password:` in a sentence about passwords.
const SENTENCE: Words = Words::new(
    "for is was are not must should cannot can required invalid incorrect wrong expired missing reset changed updated the a \
     an and or of in has have does did do see authentication will unable failed optional mandatory too this via from on with that no all não \
     nicht не mindestens verplicht campo pole povinné povinný обязательное обязательный поле pakollinen champ mínimo",
);

/// Does this stand for a value instead of being one? `${X}`, `<x>`, `{{ x }}`, `%s`, `{}`, null, booleans, runs of `x` or `*`.
pub(crate) fn is_syntax(value: &[u8]) -> bool {
    let value = value.trim_ascii();
    match value {
        [] => true,
        // `--`, and the `!!` of an account that is locked (shadow(5))
        [a] | [a, b'!' | b'-' | b'*'] if a.is_ascii_punctuation() => true,
        [b'[', inner @ .., b']'] | [b'(', inner @ .., b')'] if inner.trim_ascii().is_empty() => true,
        // parameters of SQL
        [b'$', number @ ..] | [b'@', b'p', number @ ..] if !number.is_empty() && number.iter().all(u8::is_ascii_digit) => true,
        [b':' | b'@', name @ ..] if is_sensitive(name) => true,
        [b'$', b'{', .., b'}'] | [b'$', b'(', ..] | [b'<', .., b'>'] | [b'{', b'{', .., b'}', b'}'] => true,
        // of a template
        [b'{', b'%', .., b'%', b'}'] => true,
        [b'{', name @ .., b'}'] => name.iter().all(|&b| bytes::is_word(b) || matches!(b, b'.' | b'!' | b':' | b'$')),
        [b'%', b'(', rest @ ..] => rest.iter().position(|&b| b == b')').is_some_and(|close| rest.len() == close + 2),
        [b'%', rest @ ..] if rest.len() <= 3 => {
            matches!(rest.last(), Some(b's' | b'd' | b'r' | b'i' | b'f' | b'v' | b'x' | b'q' | b'j' | b'o' | b'O' | b'c' | b'%'))
        }
        [b'$', name @ ..] if name.iter().all(|&b| bytes::is_word(b)) => name.len() < 3 || is_variable(name) || is_sensitive(name),
        [b'&', b'l', b't', b';', .., b'&', b'g', b't', b';'] | [b'&', b'l', b't', b';', .., b'&', b'g', b't'] => true,
        // as a minifier writes booleans
        [b'!', b'0' | b'1'] => true,
        [b'%', name @ .., b'%'] => name.iter().all(|&b| bytes::is_word(b)),
        _ => {
            let runs = |of: u8| value.len() >= 3 && value.iter().all(|&b| b | 0x20 == of | 0x20);
            bytes::words!("null none nil undefined true false nan").has(value)
                || (runs(b'x') && value.iter().all(u8::is_ascii_alphabetic))
                || value.iter().all(|&b| b == b'*')
                || value.iter().all(|&b| b == b'.')
                || value == "…".as_bytes()
        }
    }
}

/// Does this say where a secret is, or that one belongs here? `arn:aws:…`, and what a password may look like: `[your key here]`, `#token-field`.
pub(crate) fn is_description(rule: Rule, value: &[u8]) -> bool {
    let of_person = rule.is_of_person();
    match value {
        _ if is_elsewhere(value) => true,
        // the name of a header
        [b'X' | b'x', b'-', name @ ..] if !of_person && name.iter().all(|&b| b.is_ascii_alphabetic() || b == b'-') => true,
        // a selector of CSS
        [b'#' | b'.', name @ ..] if name.contains(&b'-') && is_lower(name, b"-") => {
            !of_person || name.split(|&b| b == b'-').any(is_sensitive)
        }
        _ if of_person => false,
        // what others put there, `[PROTECTED]`, and tokens that say nothing but their kind, `[PAD]`
        [b'[', name @ .., b']'] if name.len() > 1 && name.iter().all(|&b| b.is_ascii_uppercase() || b == b'_') => true,
        // `YOUR_API_KEY`
        _ if bytes::starts_with_nocase(value, b"your") && value.len() > 4 => !value.iter().any(u8::is_ascii_digit),
        [b'[', words @ .., b']'] if words.contains(&b' ') && !words.starts_with(b"object ") => {
            words.iter().all(|&b| b.is_ascii_alphabetic() || b == b' ')
        }
        _ => false,
    }
}

/// Does this say in which store the secret is: `arn:aws:secretsmanager:…`, `op://vault/item/field`, `vault:secret/data/app#token`?
fn is_elsewhere(value: &[u8]) -> bool {
    const STORES: [&str; 8] = ["arn:aws:", "op://", "sm://", "gsm://", "awssm://", "ssm:/", "vault://", "@Microsoft.KeyVault("];
    STORES.iter().any(|store| value.starts_with(store.as_bytes()))
        || value.strip_prefix(b"vault:").is_some_and(|path| path.contains(&b'/') && path.contains(&b'#'))
}

/// Small letters and these marks only.
fn is_lower(value: &[u8], marks: &[u8]) -> bool {
    value.iter().all(|b| b.is_ascii_lowercase() || marks.contains(b))
}

/// Is this a word that makes a key sensitive?
pub(in crate::scan) fn is_sensitive(word: &[u8]) -> bool {
    words::get(word).is_some_and(|entry| entry.is_sensitive())
}

/// Does this name a secret that is kept elsewhere: `default/db-creds`, `app-secrets`, `default-token-x7k2p` (a resource of Kubernetes)?
pub(in crate::scan) fn is_resource(value: &[u8]) -> bool {
    let name = value.strip_suffix(value.rsplit(|&b| b == b'-').next().filter(|last| last.len() == 5).unwrap_or_default()).unwrap_or(value);
    value.contains(&b'/') && is_lower(value, b"/-")
        || name.contains(&b'-') && is_lower(name, b"-.") && name.split(|b| matches!(b, b'-' | b'.')).any(is_sensitive)
}

/// Is this a version, or a range of them, as dependencies have it: `^1.2.3`, `1.0.0-rc.1`, `^3.0.0 || ^4.0.0`?
pub(in crate::scan) fn is_version(value: &[u8]) -> bool {
    let is_one = |one: &[u8]| {
        let operator = run(one, 0, |b| matches!(b, b'^' | b'~' | b'<' | b'>' | b'=' | b'v'));
        let number = skip(one, operator, |b| b.is_ascii_digit() || b == b'.');
        let dots = part(one, operator, number).iter().filter(|&&b| b == b'.').count();
        let stage = at(one, number) == b'-' && one.len() < number + 9;
        (number == one.len() || stage) && number > operator && dots >= if operator > 0 { 1 } else { 2 }
    };
    // most values begin otherwise
    let may_be = matches!(value, [b'0'..=b'9' | b'^' | b'~' | b'<' | b'>' | b'=' | b'v', ..]) && value.iter().any(u8::is_ascii_digit);
    may_be && value.split(|b| matches!(b, b' ' | b'|')).filter(|one| !one.is_empty()).all(is_one)
}

/// Is this a caption, as what a test says when it passes: `"pass": "Elements have sufficient contrast"`? A passphrase is in small letters.
pub(super) fn is_caption(value: &[u8]) -> bool {
    let worded = value.iter().filter(|&&b| b == b' ').count() > 1 && value.first().is_some_and(|&b| b.is_ascii_uppercase() || b >= 0x80);
    (worded || value.iter().any(|b| matches!(b, 0xe3..=0xed))) && !value.iter().any(u8::is_ascii_digit)
}

/// Is this an address in which no part looks like a token? Its own rules look at it.
pub(in crate::scan) fn is_url(value: &[u8]) -> bool {
    let scheme = run(value, 0, |b| b.is_ascii_lowercase() || b == b'+');
    scheme > 1
        && part(value, scheme, scheme + 3) == b"://"
        && !value.contains(&b'@')
        && !value.split(|b| !bytes::is_word(*b)).any(|word| is_mixed(word, 12))
}

/// Are all cookies of this header placeholders: `session=${TOKEN}; theme=<theme>`?
pub(super) fn is_cookie_of_placeholders(value: &[u8]) -> bool {
    value.split(|&b| b == b';').all(|cookie| {
        let equals = cookie.iter().position(|&b| b == b'=');
        equals.is_some_and(|equals| is_syntax(part(cookie, equals + 1, cookie.len())))
    })
}

/// How many there are, how long something took, or how a page draws it: `0.312`, `120ms`, `1.2.3`, `#0ea5e9`.
pub(super) fn is_measured(value: &[u8]) -> bool {
    if let [b'#', colour @ ..] = value {
        return matches!(colour.len(), 3 | 6 | 8) && colour.iter().all(u8::is_ascii_hexdigit);
    }
    let number = run(value, 0, |b| b.is_ascii_digit() || b == b'.');
    let unit = part(value, number, value.len());
    let dots = value.iter().filter(|&&b| b == b'.').count();
    number > 0 && if unit.is_empty() { dots > 1 || dots == 1 && number <= 12 } else { bytes::words!("ms s us ns k % px rem em").has(unit) }
}

/// What is said of a secret instead of showing it. No password is left alone for being one of these.
const STATES: Words = Words::new("missing required expired invalid valid revoked absent unknown disabled enabled default");

/// What `authorization:` may say of a request instead of its credentials.
const DECISIONS: Words = Words::new(
    "granted denied allowed forbidden pending failed failure succeeded success successful approved rejected refused ok passed \
     yes no skipped optional none header",
);

/// Is this the path of a directory, as a shell keeps the one in which it works: `/srv/app`, `C:\\work`? One slash and a digit may be a
/// password.
pub(super) fn is_directory(value: &[u8]) -> bool {
    let is_name = |b: &u8| bytes::is_key(*b) || matches!(b, b'/' | b'\\' | b' ' | b'@' | b'+' | 0x80..);
    match value {
        [b'/' | b'~', rest @ ..] => {
            rest.iter().all(is_name) && (rest.contains(&b'/') || rest.iter().all(|&b| b.is_ascii_alphabetic() || b == b'-'))
        }
        [drive, b':', b'\\' | b'/', rest @ ..] => drive.is_ascii_alphabetic() && rest.iter().all(is_name),
        _ => false,
    }
}

/// Is this the path of a file that has a key: `/etc/keys/app.pem`, `../app.pem`? No base64 that begins with a slash.
pub(super) fn is_file(value: &[u8]) -> bool {
    let above = run(value, 0, |b| b == b'.').min(2);
    is_directory(part(value, above, value.len())) && !value.split(|b| matches!(b, b'/' | b'\\')).any(|name| is_mixed(name, 16))
}

/// Is this how Windows writes whose an account is, under `TargetUserSid` and the like: `S-1-5-18`?
pub(super) fn is_account(value: &[u8]) -> bool {
    value.strip_prefix(b"S-1-").is_some_and(|rest| rest.iter().all(|b| b.is_ascii_digit() || *b == b'-'))
}

/// Is this how Twilio calls a message, an account and whatever else has a `sid`: `SM` and 32 digits?
pub(in crate::scan) fn is_twilio(value: &[u8]) -> bool {
    value.len() == 34
        && matches!(value, [a, b, number @ ..] if a.is_ascii_uppercase() && b.is_ascii_uppercase() && number.iter().all(u8::is_ascii_hexdigit))
}

/// Is this the number of a thing in memory: `0x7ffd1234abcd`?
#[inline(never)]
pub(in crate::scan) fn is_address(value: &[u8]) -> bool {
    value.len() <= 18 && value.strip_prefix(b"0x").is_some_and(|number| number.iter().all(u8::is_ascii_hexdigit))
}

/// Is this an object, as Java and Android print one: `com.acme.Proxy@2bd79ce`, `Token{a64f992`?
#[inline(never)]
pub(super) fn is_object(value: &[u8]) -> bool {
    let class = run(value, 0, |b| bytes::is_word(b) || matches!(b, b'.' | b'$'));
    let place = part(value, class + 1, value.len());
    matches!(value.get(class), Some(b'@' | b'{'))
        && part(value, 0, class).iter().any(u8::is_ascii_uppercase)
        && place.len() <= 8
        && place.iter().all(u8::is_ascii_hexdigit)
}

/// Is this a member that has no value: `<Token: key=None>`?
pub(super) fn is_empty_member(value: &[u8]) -> bool {
    let name = run(value, 0, |b| b.is_ascii_lowercase());
    name > 0 && at(value, name) == b'=' && name + 1 < value.len() && is_syntax(part(value, name + 1, value.len()))
}

/// Is this a switch?
pub(super) fn is_switch(value: &[u8]) -> bool {
    bytes::words!("on off yes no").has(value)
}

/// Is this what `authorization:` may say of a request?
pub(super) fn is_decision(value: &[u8]) -> bool {
    // `authorization=null status=200`
    DECISIONS.has(value) || value.starts_with(b"null ")
}

/// Is this one of the modes in which a request of a browser has its credentials (Fetch, `RequestCredentials`)?
pub(super) fn is_mode(value: &[u8]) -> bool {
    bytes::words!("include omit same-origin").has(value)
}

/// Is this one of the words that say how a secret is?
pub(in crate::scan) fn is_state(value: &[u8]) -> bool {
    STATES.has(value)
}

/// Is `$name` a variable, by its capitals or its underscores? `$ecret` is none.
fn is_variable(name: &[u8]) -> bool {
    let (mut joined, mut small) = (false, false);
    for &b in name {
        joined |= b == b'_' || b.is_ascii_uppercase() && small;
        small |= b.is_ascii_lowercase();
    }
    !name.is_empty() && (joined || !small) && !name.iter().any(u8::is_ascii_digit)
}

/// Bytes of an example that are looked at.
const EXAMPLE: usize = 256;

/// Text that documents a value instead of being one: AWS's `…EXAMPLE`, and `xxxxxxxx`.
pub(in crate::scan) fn is_example(value: &[u8]) -> bool {
    let value = bytes::part(value, 0, value.len().min(EXAMPLE));
    bytes::find(value, 0, b"EXAMPLE").is_some() || is_repetitive(value)
}

/// Is this a placeholder with a masked address right behind it? A value that went on in the next line leaves the two side by side.
pub(super) fn is_masked(value: &[u8]) -> bool {
    let behind = placeholder::prefix(value).and_then(|length| value.get(length..)?.strip_prefix(b"***@"));
    behind.is_some_and(|domain| domain.iter().all(|&b| bytes::is_key(b)))
}

/// Was a part of this value redacted before? Then its length says nothing any more.
pub(crate) fn has_placeholder(value: &[u8]) -> bool {
    memchr::memchr2_iter(b'[', b'*', value).any(|i| value.get(i..).and_then(placeholder::prefix).is_some())
}

/// Is this the first word of a sentence about the key, not its value?
pub(crate) fn is_sentence(value: &[u8], after: u8) -> bool {
    after == b' ' && SENTENCE.has(value)
}
