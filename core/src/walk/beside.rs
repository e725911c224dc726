//! A key and its value that are no entry of a map: `{"name": "password", "value": "x"}`, `["password", "x"]`, `["--password", "x"]`, and
//! the arguments of a command: `["mysql", "-px"]`.

use crate::detect::words::{NAME_KEYS, Rule, VALUE_KEYS};
use crate::pass::Pass;
use crate::scan::bytes;
use crate::scan::command;
use crate::scan::value::{has_digit_or_symbol, is_random, is_striking};
use crate::walk::field::KEY_MAX;
use crate::walk::{Ruling, Scope, Verdict};

/// Elements of a list that are looked at for the path that they are, or for the command of which they are the arguments.
pub const ELEMENTS: usize = 32;

/// Is the value of this key the name of another, as in `{"name": "password", "value": "x"}`?
pub fn is_name(key: &str) -> bool {
    NAME_KEYS.has(key.as_bytes())
}

/// Entries behind a value that are looked at for its name, as long as they are scalars.
pub const AHEAD: usize = 4;

/// Does the value of this key belong to a name that stands beside it: under any key before it, or behind it under one of the next
/// [`AHEAD`]? The name is a text, or the last that says something of a list, as `loc` of Pydantic.
#[inline]
pub fn is_named(key: &str) -> bool {
    // most keys go by their length and first letter
    let first = key.as_bytes().first().map_or(0, u8::to_ascii_lowercase);
    let may_be = match key.len() {
        1 | 6 => first == b'v',
        3 => matches!(first, b'v' | b'o' | b'n' | b'l' | b'r'),
        5 => matches!(first, b'v' | b'i'),
        7 => matches!(first, b'c' | b'd'),
        8 | 9 => matches!(first, b'o' | b'n' | b'r'),
        12..=14 => matches!(first, b'i' | b'r' | b'p' | b'a' | b'o'),
        _ => false,
    };
    may_be && (VALUE_KEYS.has(key.as_bytes()) || is_input(key))
}

/// Is this the key of a value that belongs to a name only if that is a list? `{"loc": ["body", "password"], "input": "x"}` is a value that was
/// refused, `{"name": "password", "input": "text"}` a field of a form.
pub fn is_input(key: &str) -> bool {
    key.eq_ignore_ascii_case("input")
}

/// May this element of a list name the next one: a flag or, as in the `rawHeaders` of Node, a header?
pub fn may_lead(element: &[u8]) -> bool {
    element.contains(&b'-')
}

/// Is this element of a list a flag, as in the arguments of a command, which may name the next one or hold a secret itself?
pub fn is_flag(element: &[u8]) -> bool {
    matches!(element, [b'-', b'-' | b'a'..=b'z' | b'A'..=b'Z', ..])
}

/// How elements stand together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sequence {
    /// As those of a command may.
    Arguments,
    /// The two of a list: a key and its value, or the names of two fields.
    Pair,
    /// The two of a tuple: a key and its value more likely than not.
    Tuple,
}

fn is_key_name(name: &str) -> bool {
    !name.is_empty() && name.len() <= KEY_MAX && name.bytes().all(bytes::is_key)
}

impl Pass<'_> {
    /// The scope of a value that belongs to a name beside it: that of its own place, and what the name says. Of a path, `/user/password`, the
    /// last part is the name, unless that is a file.
    pub fn named(&self, scope: Scope, name: &str) -> Scope {
        match name.rsplit_once('/') {
            Some((_, file)) if file.contains('.') => scope,
            Some((_, last)) => self.called(scope, last),
            None => self.called(scope, name),
        }
    }

    fn called(&self, scope: Scope, name: &str) -> Scope {
        if !is_key_name(name) {
            return scope;
        }
        let Scope { ruling, context, .. } = self.child(scope, name);
        Scope { paths: scope.paths, ruling, context: if context == 0 { scope.context } else { context } }
    }

    /// The scope of the string `second` at `scope`, an element behind `first`, which may be its key or the name beside a password: where both
    /// are a pair, the first [may lead](may_lead) or the second [is a flag](is_flag). `line` has what stands before them in a list, with
    /// spaces or marks of JSON between: where there is a flag, the beginning of a command.
    pub fn second(&self, scope: Scope, line: &str, first: &str, second: &str, of: Sequence) -> Scope {
        let named = self.called(scope, first);
        let [flag, flagged] = [first, second].map(|element| is_flag(element.as_bytes()));
        let belongs = match of {
            // one letter is no name
            _ if flag => first.len() > 2 && !second.starts_with('-'),
            Sequence::Arguments => may_lead(first.as_bytes()) && is_random(second.as_bytes()),
            Sequence::Pair => has_digit_or_symbol(second.as_bytes()),
            Sequence::Tuple => has_digit_or_symbol(second.as_bytes()) || self.engine().fields.is_second(second.as_bytes()),
        };
        if belongs && named != scope && matches!(named.verdict(), Verdict::Mask | Verdict::Drop) {
            return named;
        }
        let action = self.engine().action(Rule::Password.detector());
        match (scope.ruling, action) {
            // `auth=("ana", "x")`
            (Ruling::Apply(Rule::Login, action), _) if of == Sequence::Tuple || of == Sequence::Pair && is_striking(second.as_bytes()) => {
                Scope { ruling: Ruling::Apply(Rule::ApiKey, action), ..scope }
            }
            (_, Some(action)) if (flag || flagged) && command::holds_secret(self.engine(), [line, first], second) => {
                Scope { ruling: Ruling::Apply(Rule::Password, action), ..scope }
            }
            _ => scope,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{VALUE_KEYS, is_named};

    #[test]
    fn every_key_of_a_value_passes_the_look_at_its_length() {
        assert!(VALUE_KEYS.iter().chain(["input"]).all(is_named));
    }
}
