//! The words around a weak value, which say what it is.

use crate::detect::words;
use crate::replace::placeholder;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, class, gram, part, run, run_back};
use crate::walk::field::Segments;

/// Bytes before a value that are looked at.
const BEFORE: usize = 48;
/// Bytes after it.
const AFTER: usize = 16;

fn is_letter(b: u8) -> bool {
    class(b) & (bytes::LETTER | bytes::HIGH) != 0
}

impl Scan<'_, '_> {
    /// The context of `start..end`: what the key of the whole text says, and what the words around do.
    pub(super) fn around(&self, start: usize, end: usize) -> u32 {
        let text = self.text;
        // `id=918273645`: the key has the word, whatever stands around
        let value = start - run_back(text, start, 2, |b| matches!(b, b'"' | b'\'' | b'+' | b'('));
        if before(text, value) == b'=' {
            let is_key = |b| bytes::is_word(b) || matches!(b, b'-' | b'.') || b >= 0x80;
            let key = part(text, value - 1 - run_back(text, value - 1, BEFORE, is_key), value - 1);
            let fields = &self.engine.fields;
            return self.context | if fields.may_say(key) { words::context(Segments::of(key).iter()) } else { 0 };
        }
        let head = part(text, start.saturating_sub(BEFORE), start);
        let tail = part(text, end, text.len().min(end + AFTER));
        self.context
            | self.said(placeholders(head).last().map_or(head, |(_, end)| part(head, end, head.len())))
            | key_before(text, start)
            | self.said(placeholders(tail).next().map_or(tail, |(start, _)| part(tail, 0, start)))
    }

    /// The context that the words of this text give.
    fn said(&self, text: &[u8]) -> u32 {
        let mut said = 0;
        let mut i = 0;
        while i < text.len() {
            if !is_letter(at(text, i)) {
                i += 1;
                continue;
            }
            let end = i + run(text, i, is_letter);
            if end - i < 4 || self.engine.fields.hints.contains(gram(text, i)) {
                said |= words::get(part(text, i, end)).map_or(0, |entry| entry.context);
            }
            i = end;
        }
        said
    }
}

/// Placeholders, across which no context is taken: what they stand for was longer, and the words behind it too far away.
fn placeholders(text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    memchr::memchr2_iter(b'[', b'*', text).filter_map(|i| Some((i, i + placeholder::prefix(text.get(i..)?)?)))
}

/// The word that stands right before, by its segments: `userPhone=`, `phoneNumber: `.
fn key_before(text: &[u8], start: usize) -> u32 {
    let end = start - run_back(text, start, 4, |b| matches!(b, b' ' | b'=' | b':' | b'"' | b'\'' | b'+' | b'('));
    let word = part(text, end - run_back(text, end, BEFORE, is_letter), end);
    if word.iter().skip(1).any(u8::is_ascii_uppercase) { words::context(Segments::of(word).iter()) } else { 0 }
}
