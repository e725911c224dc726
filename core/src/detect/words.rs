//! The vocabulary: what a word means as a part of a key, and what it announces near a number. The folder has the words; here is what
//! words say together about a number.

mod rule;
mod segments;
mod table;

pub(crate) use rule::{Rule, Word, role};
pub(crate) use segments::{CREDENTIALS, NAME_KEYS, VALUE_KEYS};
pub(crate) use table::{all, cases, get, lower, roles};

use crate::detect::context::{
    self, ACCOUNT, BANK, CARD, COMPANY, DOCUMENTS, HEALTH, HOMONYM, NAMED, NATIONAL, PHONE, PHRASE, SOCIAL, TAX, VERSION,
};
use crate::scan::bytes;

/// The context that the segments of a key give to its value.
pub(crate) fn context<'s>(segments: impl Iterator<Item = &'s [u8]>) -> u64 {
    let mut segments = segments.peekable();
    let mut all = 0;
    // what the segments before would say before `number`; `numero_fiscal` has it before
    let (mut awaited, mut numbered) = (0, false);
    let mut previous: &[u8] = b"";
    while let Some(segment) = segments.next() {
        // `id_number`
        let id = bytes::words!("id").has(segment) && segments.peek().is_some_and(|next| roles(next) & role::NUMBER != 0);
        let context = match get(&lower(segment)) {
            Some(entry) if !bytes::words!("number nummer").has(segment) => entry.context,
            _ => 0,
        };
        if is_number(segment, awaited) || id {
            all |= called(if id { awaited | NATIONAL } else { awaited }) | uncalled(context);
            (awaited, numbered) = (context, true);
            continue;
        }
        let banked = context & ACCOUNT != 0 && all & BANK != 0;
        // `mb_way`
        let behind = context & PHONE != 0 && context::BEHIND.iter().any(|(words, earlier)| words.has(segment) && earlier.has(previous));
        awaited = if is_between(segment) { awaited } else { 0 } | context;
        all |= match numbered || banked || behind {
            true => called(context),
            false => uncalled(context),
        };
        numbered &= roles(segment) & role::OF != 0;
        // `tax_total`
        if all != 0 && segments.peek().is_none() && is_measure(segment) {
            return all & VERSION;
        }
        if is_event(previous, segment) {
            all &= !PHONE;
        }
        previous = segment;
    }
    all
}

/// Do these words name a call, a message or a row, and nobody who is called: `call id`, `sms_id`, `phone_id`?
pub(crate) fn is_event(event: &[u8], id: &[u8]) -> bool {
    id.eq_ignore_ascii_case(b"id") && bytes::words!("call sms phone").has(event)
}

/// What a word says whose number follows: any number, if it is one of a person or a company, and an account if it is one of a bank.
pub(crate) fn called(context: u64) -> u64 {
    context & !PHRASE | if context & (DOCUMENTS | HOMONYM) != 0 { PHRASE } else { 0 } | if context & BANK != 0 { ACCOUNT } else { 0 }
}

/// What a word says where no number is spoken of: some words are the names of numbers themselves.
pub(crate) fn uncalled(context: u64) -> u64 {
    match (context & PHRASE != 0, context & NAMED != 0 && context & (NATIONAL | TAX) != 0) {
        (true, _) => 0,
        (_, true) => called(context),
        _ => context,
    }
}

/// May this word stand between one that says what a number is and `number`: `tax file number`, `social insurance no`?
pub(crate) fn is_between(word: &[u8]) -> bool {
    roles(word) & role::BETWEEN != 0
}

/// Is this a word of money or of how much there is of something, so that the number behind it is none of anybody?
pub(crate) fn is_measure(word: &[u8]) -> bool {
    roles(word) & role::MEASURE != 0
}

/// Does this word make a number of the one before it, which says `context`?
pub(crate) fn is_number(word: &[u8], context: u64) -> bool {
    // the id of a company is one of a table
    let id = context & (NATIONAL | TAX) != 0 && context & COMPANY == 0;
    context != 0
        // nobody is called by a code
        && (roles(word) & role::NUMBER != 0 && !(context == PHONE | PHRASE && bytes::words!("code card").has(word))
            || id && bytes::words!("id ids identity identification reference").has(word)
            || context & SOCIAL != 0 && bytes::words!("security insurance sec").has(word)
            // `insurance member id`
            || context & SOCIAL != 0 && context & HEALTH != 0 && bytes::words!("id ids").has(word)
            || context & PHONE != 0 && context::CALLED.has(word)
            || context & CARD != 0 && bytes::words!("method").has(word))
}
