//! Context: words near a weak value that say what it is. Nine digits are a tax number beside `NIF`, and nothing elsewhere.

use crate::replace::placeholder;
use crate::scan::bytes::{self, TrigramSet, trigram};
use crate::walk::field::Segments;

pub(crate) const PHONE: u32 = 1;
pub(crate) const CARD: u32 = 1 << 1;
pub(crate) const PT_NIF: u32 = 1 << 2;
pub(crate) const PT_NISS: u32 = 1 << 3;
pub(crate) const BANK: u32 = 1 << 4;
pub(crate) const PT_CC: u32 = 1 << 5;
pub(crate) const CVV: u32 = 1 << 6;

/// Words in lower case and what they announce.
pub(crate) const WORDS: &[(&str, u32)] = &[
    ("phone", PHONE),
    ("phones", PHONE),
    ("phonenumber", PHONE),
    ("telephone", PHONE),
    ("tel", PHONE),
    ("tlf", PHONE),
    ("tlm", PHONE),
    ("telefone", PHONE),
    ("telemovel", PHONE),
    ("telemóvel", PHONE),
    ("telefono", PHONE),
    ("teléfono", PHONE),
    ("telefon", PHONE),
    ("téléphone", PHONE),
    ("mobile", PHONE),
    ("movil", PHONE),
    ("móvil", PHONE),
    ("celular", PHONE),
    ("cell", PHONE),
    ("cellphone", PHONE),
    ("handy", PHONE),
    ("mobil", PHONE),
    ("portable", PHONE),
    ("gsm", PHONE),
    ("fax", PHONE),
    ("whatsapp", PHONE),
    ("sms", PHONE),
    ("msisdn", PHONE),
    ("dial", PHONE),
    ("call", PHONE),
    ("contacto", PHONE),
    ("contato", PHONE),
    ("card", CARD),
    ("cards", CARD),
    ("cardnumber", CARD),
    ("creditcard", CARD),
    ("credit", CARD),
    ("debit", CARD),
    ("cartao", CARD | PT_CC),
    ("cartão", CARD | PT_CC),
    ("tarjeta", CARD),
    ("carte", CARD),
    ("kreditkarte", CARD),
    ("pan", CARD),
    ("visa", CARD),
    ("mastercard", CARD),
    ("amex", CARD),
    ("maestro", CARD),
    ("cc", CARD | PT_CC),
    ("nif", PT_NIF),
    ("nipc", PT_NIF),
    ("contribuinte", PT_NIF),
    ("fiscal", PT_NIF),
    ("vat", PT_NIF),
    ("tin", PT_NIF),
    ("tax", PT_NIF),
    ("niss", PT_NISS),
    ("social", PT_NISS),
    ("iban", BANK),
    ("nib", BANK),
    ("bank", BANK),
    ("conta", BANK),
    ("cidadao", PT_CC),
    ("cidadão", PT_CC),
    ("cvv", CVV),
    ("cvc", CVV),
];

/// The beginnings of all words: what most words of a log fail at once.
static STARTS: TrigramSet = {
    let mut starts = TrigramSet::new();
    let mut words = WORDS;
    while let [(word, _), rest @ ..] = words {
        starts.insert_start(word.as_bytes());
        words = rest;
    }
    starts
};

fn of_word(word: &[u8]) -> u32 {
    let start = match word {
        [a, b] => trigram(*a, *b, 0),
        [a, b, c, ..] => trigram(*a, *b, *c),
        _ => return 0,
    };
    if !STARTS.contains(start) {
        return 0;
    }
    WORDS.iter().find(|(known, _)| known.len() == word.len() && word.eq_ignore_ascii_case(known.as_bytes())).map_or(0, |&(_, bits)| bits)
}

/// The context that a key's segments give to its value.
pub(crate) fn of_segments<'s>(segments: impl Iterator<Item = &'s [u8]>) -> u32 {
    segments.fold(0, |bits, segment| bits | of_word(segment))
}

/// Bytes before a value that are looked at.
const BEFORE: usize = 48;
/// Bytes after it.
const AFTER: usize = 16;

/// The context of the words around `start..end`.
pub(crate) fn around(text: &[u8], start: usize, end: usize) -> u32 {
    // `id=918273645`: the key has the word, whatever stands around
    let value = start - bytes::run_back(text, start, 2, |b| matches!(b, b'"' | b'\'' | b'+' | b'('));
    if bytes::before(text, value) == b'=' {
        let key = bytes::part(
            text,
            value - 1 - bytes::run_back(text, value - 1, BEFORE, |b| bytes::is_word(b) || matches!(b, b'-' | b'.') || b >= 0x80),
            value - 1,
        );
        return of_segments(Segments::of(key).iter());
    }
    let head = bytes::part(text, start.saturating_sub(BEFORE), start);
    let tail = bytes::part(text, end, text.len().min(end + AFTER));
    of_text(placeholders(head).last().map_or(head, |(_, end)| bytes::part(head, end, head.len())))
        | of_key_before(text, start)
        | of_text(placeholders(tail).next().map_or(tail, |(start, _)| bytes::part(tail, 0, start)))
}

/// Placeholders, across which no context is taken: what they stand for was longer, and the words behind it too far away.
fn placeholders(text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    memchr::memchr2_iter(b'[', b'*', text).filter_map(|i| Some((i, i + placeholder::prefix(text.get(i..)?)?)))
}

fn is_letter(b: u8) -> bool {
    bytes::class(b) & (bytes::UPPER | bytes::LOWER | bytes::HIGH) != 0
}

fn of_text(text: &[u8]) -> u32 {
    text.split(|&b| !is_letter(b)).fold(0, |bits, word| bits | of_word(word))
}

/// The word that stands right before, by its segments: `userPhone=`, `phoneNumber: `.
fn of_key_before(text: &[u8], start: usize) -> u32 {
    let end = start - bytes::run_back(text, start, 4, |b| matches!(b, b' ' | b'=' | b':' | b'"' | b'\'' | b'+' | b'('));
    let word = bytes::part(text, end - bytes::run_back(text, end, BEFORE, is_letter), end);
    if word.iter().skip(1).any(u8::is_ascii_uppercase) { of_segments(Segments::of(word).iter()) } else { 0 }
}
