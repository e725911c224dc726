//! Arguments of calls whose name says that one of them is a secret.

use super::Key;
use crate::detect::words::Rule;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, part, run, skip, starts_with_nocase};
use crate::scan::value::{self, Extent};

/// Calls whose second argument is a password, by how their names end, and in which no word is a key.
pub(crate) const AUTH_CALLS: &[&str] = &["basicauth", "basic_auth", "digestauth", "ntlmauth", "authenticate"];
/// The same of calls and types whose names have a key in them: `NetworkCredential`, `PasswordCredentials`.
const CREDENTIAL_CALLS: &[&str] =
    &["passwordauthentication", "passwordauthenticator", "passwordtoken", "credential", "credentials", "passwordauthenticationtoken"];
/// Verbs of calls whose argument is a secret.
const SETTERS: &[&str] = &["set", "make", "check", "verify", "with", "change", "update"];
/// Of those, the ones that may have the old one first.
const CHANGERS: &[&str] = &["change", "update"];
/// Verbs of calls whose argument says which secret is meant.
const GETTERS: &[&str] = &["get", "load", "read", "find", "fetch", "has", "delete", "remove", "revoke"];

impl Scan<'_, '_> {
    /// `set_password("x")`, and the second of `Credential("ana", "x")` and `BasicAuth("ana", "x")`.
    pub(super) fn called(&self, key: &Key<'_>) -> Option<(Rule, Extent)> {
        let text = self.text;
        let from = key.end + 1;
        // a type with one member: `ApiKey(value=x)`
        if let Some(length) = bytes::phrase("value=|value: ", part(text, from, text.len())) {
            return self.striking_value(key, from + length);
        }
        let first = value::extent(text, from, Rule::Password).filter(|first| first.quoted)?;
        let comma = skip(text, first.end + 1, |b| b == b' ');
        let signs_in = key.name().ends_with(b".auth");
        match signs_in || [AUTH_CALLS, CREDENTIAL_CALLS].iter().any(|calls| bytes::ends_with_one_of(key.name(), calls)) {
            true => self.password_of_login(key, first, comma, signs_in),
            false => self.argument_of(key, first, comma),
        }
    }

    /// The argument in quotes behind the comma at `comma`, if one is there: a password, and no sentence.
    fn second(&self, comma: usize) -> Option<Extent> {
        let second = value::extent(self.text, comma + 1, Rule::Password).filter(|second| second.quoted && at(self.text, comma) == b',')?;
        (!second.of(self.text).contains(&b' ')).then_some(second)
    }

    /// The password of `BasicAuth("ana", "x")`, or the token of `authenticate("x")`.
    fn password_of_login(&self, key: &Key<'_>, first: Extent, comma: usize, signs_in: bool) -> Option<(Rule, Extent)> {
        let token = first.of(self.text);
        if at(self.text, comma) == b')' && value::is_random(token) && self.is_secret(Rule::Token, token) {
            return Some((Rule::Token, first));
        }
        let second = self.second(comma)?;
        // `ClientSecretCredential(tenant, client, "x")`
        let behind = second.end + 1 + run(self.text, second.end + 1, |b| b == b' ');
        let third = if starts_with_nocase(key.name(), b"clientsecret") { self.second(behind) } else { None };
        let second = third.unwrap_or(second);
        let password = second.of(self.text);
        let sound = self.is_secret(Rule::Password, password) && (!signs_in || value::has_digit_or_symbol(password));
        sound.then_some((Rule::Password, second))
    }

    /// The first argument of a call that has a key in its name, or the new one behind the old.
    fn argument_of(&self, key: &Key<'_>, first: Extent, comma: usize) -> Option<(Rule, Extent)> {
        let rule = key.rule()?;
        let (name, value) = (key.name(), first.of(self.text));
        let method = name.rsplit(|&b| b == b'.').next().unwrap_or_default();
        let begins = |verbs: &[&str]| verbs.iter().any(|verb| starts_with_nocase(method, verb.as_bytes()));
        // `change_password("old", "new")`
        if rule == Rule::Password
            && begins(CHANGERS)
            && let Some(second) = self.second(comma).filter(|second| value::is_striking(second.of(self.text)))
        {
            return Some((rule, second));
        }
        let sets = name == b"PASSWORD" || begins(SETTERS);
        let (alone, listed) = (at(self.text, comma) == b')', at(self.text, comma) == b',' && !begins(GETTERS));
        let taken = match rule {
            Rule::Password => {
                let wild = value::has_digit_or_symbol(value);
                (alone || listed && value.len() >= 6 && wild)
                    && (wild || sets && !value.contains(&b' '))
                    && !bytes::words!("utf-8 utf8 utf-16 latin-1 latin1").has(value)
            }
            // `acmeToken("x")`
            Rule::Token | Rule::ApiKey | Rule::Secret => {
                // a type: `Token("x")`
                let is_type = at(name, 0).is_ascii_uppercase();
                let random = value::is_random(value)
                    || (sets || is_type || name.contains(&b'.')) && value::is_uuid(value)
                    || is_type && rule == Rule::Secret && value::is_striking(value);
                random && (alone && !begins(GETTERS) || listed)
            }
            _ => false,
        };
        (taken && self.is_secret(rule, value)).then_some((rule, first))
    }
}
