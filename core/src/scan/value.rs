//! The value behind a sensitive key: where it ends, and whether it is a secret at all.

mod extent;
mod header;
mod looks;
mod quote;
mod stand_in;

pub(crate) use extent::{Around, Extent, extent, extent_within, goes_on};
pub(super) use header::is_scheme;
pub(crate) use looks::{has_digit_or_symbol, is_random, is_repetitive, is_striking, is_uuid, password_behind_name, symbols};
pub(super) use looks::{
    holds_token, is_complex, is_digits_of, is_grouped_code, is_login_name, is_product_key, is_striking_word, stands_out,
};
pub(crate) use quote::{open_quote_end, quote_end};
pub(crate) use stand_in::{has_placeholder, is_description, is_sentence, is_syntax};
pub(super) use stand_in::{is_address, is_example, is_resource, is_sensitive, is_state, is_twilio, is_url, is_version};

use crate::detect::words::Rule;
use crate::replace::placeholder;
use crate::scan::token::is_mixed;
use crate::scan::{bytes, code};
use extent::code_end;
use looks::{is_cased, is_plain};
use stand_in::{
    is_account, is_caption, is_cookie_of_placeholders, is_decision, is_directory, is_empty_member, is_file, is_masked, is_measured,
    is_mode, is_object, is_switch,
};

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    /// `key=value`, a quoted value, a value of a map: it is one.
    Plain,
    /// `key: value` without quotes, which may be prose.
    Loose,
}

/// Is this value, under a key of this rule, to be replaced?
pub(crate) fn is_secret(rule: Rule, value: &[u8], form: Form, strict: bool) -> bool {
    !is_stand_in(rule, value) && looks_like(rule, value, form, strict)
}

/// Is this no secret of this rule, whatever it looks like?
fn is_stand_in(rule: Rule, value: &[u8]) -> bool {
    if placeholder::is(value) || is_masked(value) || is_syntax(value) || is_description(rule, value) {
        return true;
    }
    let of_machine = rule.is_of_machine();
    let spoken = of_machine || matches!(rule, Rule::Authorization | Rule::Cookie | Rule::Tokens);
    let announced = !rule.is_personal() && !matches!(rule, Rule::Authorization | Rule::Cookie | Rule::Field);
    announced && code::is_complaint(value)
        || of_machine && value.len() >= 16 && is_example(value)
        || spoken && (is_state(value) || is_version(value))
        || (of_machine || rule == Rule::Pass) && is_url(value)
        || rule == Rule::Cookie && is_cookie_of_placeholders(value)
        || of_machine && (is_object(value) || code::is_type(value))
        || of_machine && is_empty_member(value)
        || rule == Rule::Authorization && is_decision(value)
        || rule == Rule::Secret && is_mode(value)
        || !rule.is_personal() && rule != Rule::Field && is_switch(value)
}

/// Does this look like what is kept under keys of this rule?
fn looks_like(rule: Rule, value: &[u8], form: Form, strict: bool) -> bool {
    let digits = value.iter().all(u8::is_ascii_digit);
    let numeric = || value.iter().all(|&b| b.is_ascii_digit() || matches!(b, b'.' | b'-' | b'+' | b',' | b'e'));
    // a word of prose, in small letters or with a capital, and what a parser calls a token: `EOF`
    let word = || form == Form::Loose && value.len() < 16 && value.iter().all(u8::is_ascii_lowercase);
    let title = || {
        form == Form::Loose
            && value.len() < 16
            && value.iter().all(u8::is_ascii_alphabetic)
            && (value.iter().skip(1).all(u8::is_ascii_lowercase) || value.len() < 8 && value.iter().all(u8::is_ascii_uppercase))
    };
    match rule {
        Rule::Authorization => {
            value.iter().position(|&b| b == b' ').and_then(|space| value.get(space + 1..)).map_or(!is_scheme(value), |credentials| {
                !is_syntax(credentials)
                    && !placeholder::is(credentials)
                    && !is_description(Rule::Token, credentials)
                    && !is_sentence(credentials, b' ')
            })
        }
        Rule::Field | Rule::Password | Rule::AwsSecret => true,
        // `[rfc-cookies]: https://…`
        Rule::Cookie => !is_url(value),
        Rule::Session => !(is_account(value) || is_twilio(value)),
        Rule::Pwd => !is_directory(value),
        Rule::Secret => !(word() || is_resource(value)),
        Rule::Pass => {
            let wild = is_mixed(value, 4) || symbols(value) >= 2;
            form == Form::Plain && !(digits && value.len() < 4 || is_caption(value)) || wild && !has_placeholder(value)
        }
        // what was redacted in it says nothing of its looks any more
        Rule::Soft | Rule::Login | Rule::Vendor | Rule::Grant | Rule::Jwk | Rule::Otp if has_placeholder(value) => false,
        // not the sources that a playground is sent: `?code=fn+main()`
        Rule::Grant => !value.iter().any(|b| b"(!;,".contains(b)) && (is_uuid(value) || is_random(value) || is_cased(value)),
        Rule::Jwk => {
            value.len() >= 32 && is_cased(value) && value.iter().all(|&b| bytes::is_word(b) || matches!(b, b'-' | b'+' | b'/' | b'='))
        }
        Rule::Soft | Rule::Login => is_random(value) || is_product_key(value),
        Rule::Vendor => is_uuid(value) || is_random(value) || is_plain(value),
        Rule::ApiKey => {
            // `Partner Key: 17`, `generic-api-key:112`
            let count = form == Form::Loose && digits && value.len() < 4;
            value.len() > 1 && !(count || title() || is_file(value)) && value.iter().any(u8::is_ascii_alphanumeric)
        }
        Rule::Token => {
            value.len() >= 3
                && !(title() || numeric() && value.len() < 4 || is_measured(value) || is_address(value))
                && value.iter().filter(|b| b.is_ascii_alphanumeric()).count() >= 2
        }
        Rule::Tokens => value.len() >= 6 && !(numeric() || title()),
        Rule::SessionId => is_mixed(value, 20) && !has_placeholder(value) && (strict || !is_uuid(value)),
        Rule::Cvv => digits && matches!(value.len(), 3 | 4),
        Rule::Pin => digits && (4..=8).contains(&value.len()),
        Rule::Otp if is_grouped_code(value) || is_random(value) => true,
        Rule::Otp => {
            (4..=10).contains(&value.len())
                && value.iter().any(u8::is_ascii_digit)
                && (value.iter().all(|&b| b.is_ascii_alphanumeric() || b == b'-') || code_end(value, 0) == Some(value.len()))
        }
        Rule::Name | Rule::Address => value.iter().any(|&b| b.is_ascii_alphabetic() || b >= 0x80),
        Rule::Postal => is_postal(value),
    }
}

/// A word with a capital, another and a number, and nothing that addresses of machines have: `12 High Street`, `Rua da Sé 48, Braga`.
fn is_postal(value: &[u8]) -> bool {
    let has = |is: fn(u8) -> bool| value.iter().any(|&b| is(b));
    has(|b| b.is_ascii_uppercase() || b >= 0x80)
        && has(|b| b.is_ascii_digit())
        && has(|b| b == b' ')
        && !has(|b| matches!(b, b'@' | b':' | b'=' | b'<' | b'{' | b'['))
}
