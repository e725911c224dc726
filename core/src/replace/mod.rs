//! What stands in place of a match.

pub mod placeholder;
mod pseudonym;

pub(crate) use pseudonym::Key;

use crate::detect::{contact, payment};
use crate::engine::Engine;
use crate::policy::Action;
use crate::scan::Match;
use crate::scan::bytes::part;

/// Appends what replaces `value`, found by the detector of `found`.
pub(crate) fn append(out: &mut Vec<u8>, engine: &Engine, found: &Match, value: &[u8]) {
    match found.action {
        Action::Keep => out.extend_from_slice(value),
        Action::Partial => match partial(found, value) {
            Some((head, tail)) => {
                out.extend_from_slice(head.as_bytes());
                out.extend_from_slice(tail);
            }
            None => out.extend_from_slice(engine.mask.as_bytes()),
        },
        Action::Label => {
            out.extend_from_slice(b"[REDACTED:");
            out.extend_from_slice(engine.id(found.detector).as_bytes());
            out.push(b']');
        }
        Action::Pseudonym => match &engine.key {
            Some(key) => key.append(out, engine.id(found.detector), found.detector, value),
            // an engine with a pseudonym and without a key is not built
            None => out.extend_from_slice(placeholder::ERROR.as_bytes()),
        },
        Action::Mask | Action::Drop => out.extend_from_slice(engine.mask.as_bytes()),
    }
}

/// What `partial` writes in front, and what it keeps: the domain of an address, the last four digits of a card.
fn partial<'v>(found: &Match, value: &'v [u8]) -> Option<(&'static str, &'v [u8])> {
    match found.detector {
        contact::EMAIL => {
            let Some(at_sign) = value.iter().rposition(|&b| b == b'@') else {
                // in a query string
                let escape = value.windows(3).rposition(|window| window == b"%40")? + 3;
                return Some(("***@", part(value, escape, value.len())));
            };
            // an address in brackets is a machine's, not a domain
            (value.get(at_sign + 1) != Some(&b'[')).then(|| ("***", part(value, at_sign, value.len())))
        }
        payment::CARD => {
            let tail = value.len().checked_sub(4)?;
            let digits = part(value, tail, value.len());
            digits.iter().all(u8::is_ascii_digit).then_some(("****-****-****-", digits))
        }
        _ => None,
    }
}
