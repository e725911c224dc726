//! Tokens of vendors, one file a family.

pub(crate) mod ai;
pub(crate) mod aws;
pub(crate) mod cdn;
pub(crate) mod chat;
pub(crate) mod ci;
pub(crate) mod cloud;
pub(crate) mod commerce;
pub(crate) mod crypto;
pub(crate) mod database;
pub(crate) mod developer;
pub(crate) mod framework;
pub(crate) mod general;
pub(crate) mod github;
pub(crate) mod google;
pub(crate) mod hosting;
pub(crate) mod identity;
pub(crate) mod mail;
pub(crate) mod observability;
pub(crate) mod payment;
pub(crate) mod productivity;
pub(crate) mod registry;
pub(crate) mod slack;
pub(crate) mod stripe;
pub(crate) mod vcs;

use crate::detect::Detector;
use crate::scan::bytes::{DIGIT, LETTER, class};
use crate::scan::value::is_repetitive;

/// A vendor's token: always on, always masked whole. Examples are made up from the shapes.
const fn token(id: &'static str, shapes: &'static [&'static str], references: &'static [&'static str]) -> Detector {
    Detector::token(id, shapes, is_plausible, references)
}

/// A vendor's token whose prefix a name may have as well: what follows must look random.
const fn weak(id: &'static str, shapes: &'static [&'static str], references: &'static [&'static str]) -> Detector {
    Detector::token(id, shapes, is_random, references)
}

/// Fewer different letters and digits make a placeholder: `ghp_xxxxxxxx`.
const DIFFERENT: u32 = 5;

/// Can this be a token and no placeholder?
pub(crate) fn is_plausible(token: &[u8]) -> bool {
    is_varied(token) && !is_repetitive(token)
}

/// Has it as many different letters and digits as a token has?
fn is_varied(token: &[u8]) -> bool {
    let seen = token.iter().filter(|b| b.is_ascii_alphanumeric()).fold(0u128, |seen, &b| seen | 1 << (b & 0x7f));
    seen.count_ones() > DIFFERENT
}

/// Does it change between capitals, small letters and digits as no name does? Names that do (`test_UserCanLogin`) have few digits, and
/// words between the changes.
fn is_random(token: &[u8]) -> bool {
    let kind = |b: &u8| class(*b) & (LETTER | DIGIT);
    let (mut pairs, mut changes) = (0, 0);
    for (a, b) in token.iter().map(kind).zip(token.iter().skip(1).map(kind)).filter(|&(a, b)| a != 0 && b != 0) {
        pairs += 1;
        changes += u32::from(a != b);
    }
    let digits = token.iter().filter(|b| b.is_ascii_digit()).count();
    is_plausible(token) && (digits >= 2 && changes * 5 >= pairs || changes * 2 >= pairs)
}
