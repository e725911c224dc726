//! The words around a weak value, which say what it is.

use std::ops::Range;

use crate::detect::context::{self, ACCOUNT, BANK, BIC, CARD, DOCUMENTS, HOMONYM, NAMED, NATIONAL, NO_ID, PHONE, PHRASE, UNSPACED, VENDOR};
use crate::detect::words::{self, lower, role};
use crate::replace::placeholder;
use crate::scan::Scan;
use crate::scan::bytes::{self, DIGIT, JOINT, LETTER, Words, at, before, class, is_letter, part, run, run_back, skip, skip_back};
use crate::scan::grams::gram;
use crate::scan::random::GAP;

/// Bytes before a value that are looked at.
pub(super) const BEFORE: usize = 48;
/// Bytes after it.
pub(super) const AFTER: usize = 16;

/// Words between a value and the word that says what it is, and bytes of each.
const WORDS: usize = 4;
const WORD_MAX: usize = 12;
/// Letters of an abbreviation with dots.
const DOTTED_MAX: usize = 4;
/// Bytes of a word of a label.
const LABEL_WORD: usize = 20;
/// Words looked at between one that says what a number is and `number`.
const BETWEEN_MAX: usize = 3;
/// Words that may stand between a label and its value.
const LABEL_LINKS: Words = Words::new("with your their current della pour para numbered issued holder");
/// What says whose a number is, and words of that behind it.
const LABEL_OWNERS: Words = Words::new("for van von per til para");
const LABEL_OWNER: usize = 3;
/// Words that make one of the other.
const VERBS: &[&str] = &["is", "was", "as", "es", "é", "est", "ist", "è", "är", "er", "jest", "je", "este", "on"];

/// A word that gives context.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Said {
    start: u32,
    end: u32,
    context: u64,
}

/// The words of context that were seen last.
#[derive(Debug, Clone, Default)]
pub(super) struct Heard {
    last: [Said; 6],
    next: usize,
    /// What begins behind this is out of reach for all of them.
    pub(super) reach: usize,
    /// The same for those that announce ids.
    pub(super) ids: usize,
}

impl Heard {
    /// Notes what `start..end` says of what stands behind it.
    pub(super) fn note(&mut self, start: usize, end: usize, context: u64) {
        if let Some(slot) = self.last.get_mut(self.next) {
            *slot = Said { start: start as u32, end: end as u32, context };
            self.next = (self.next + 1) % self.last.len();
            self.reach = self.reach.max(end + BEFORE);
            if context & !NO_ID != 0 {
                self.ids = self.ids.max(end + BEFORE);
            }
        }
    }
}

/// One of [`VERBS`].
pub(super) fn is_verb(word: &[u8]) -> bool {
    VERBS.iter().any(|is| word.eq_ignore_ascii_case(is.as_bytes()))
}

impl Scan<'_, '_> {
    /// Notes the word of context that begins at `start`: the whole word, or its first part.
    #[inline(never)]
    pub(super) fn hear(&mut self, start: usize, ends: [usize; 2]) {
        let said =
            |end: usize| words::get(&lower(part(self.text, start, bytes::singular(self.text, end)))).map_or(0, |entry| entry.context);
        let [whole, first] = ends;
        if at(self.text, start) >= 0xe0 {
            self.unspaced_password(start);
        }
        let (mut context, mut end) = (said(whole), whole);
        if whole == start + 1 {
            (context, end) = self.dotted(start);
        }
        // `ID card no.`, `id_card`
        if context & CARD != 0 && matches!(part(self.text, start.saturating_sub(3), start), [b'I' | b'i', b'D' | b'd', b' ' | b'_' | b'-'])
        {
            context = NATIONAL | NAMED;
        }
        if context == 0 {
            (context, end) = (said(first), first);
        }
        // `bank account`
        let banked = context & ACCOUNT != 0 && self.heard(start) & (BANK | BIC) != 0;
        context = if banked || self.is_numbered(start, end, context) { words::called(context) } else { words::uncalled(context) };
        if context & VENDOR != 0 {
            self.hinted = self.hinted.max(end + GAP);
            context &= !VENDOR;
        }
        context |= unspaced(part(self.text, start, whole), |sentence, word| sentence.starts_with(word));
        if context != 0 {
            self.heard.note(start, end, context);
            self.said_behind(start, context);
            self.personal(end, context);
        }
        // the code of a bank and the names of a passport have no digit
        let code = skip(self.text, end, |b| matches!(b, b' ' | b':' | b'=' | b'"' | b'\'' | b'/'));
        if context & BIC != 0 || context != 0 && part(self.text, code, code + 30).windows(2).any(|pair| pair == b"<<") {
            self.ahead(|scan| scan.id(code, context));
        }
    }

    /// What an abbreviation with dots says, and where it ends: `D.N.I.`
    fn dotted(&self, start: usize) -> (u64, usize) {
        let (mut word, mut length, mut end) = ([0; DOTTED_MAX], 0, start);
        for slot in &mut word {
            if class(at(self.text, end)) & LETTER == 0 || at(self.text, end + 1) != b'.' {
                break;
            }
            *slot = at(self.text, end);
            (length, end) = (length + 1, end + 2);
        }
        let word = part(&word, 0, length);
        let own = context::DOTTED.iter().find(|(_, dotted)| dotted.has(word)).map(|&(context, _)| context);
        (own.unwrap_or_else(|| if length > 2 { words::get(word).map_or(0, |entry| entry.context & !VENDOR) } else { 0 }), end)
    }

    /// What stands before the word at `start` that says what it is: `123456789 is my tax number`, `123456789 (NIF)`.
    fn said_behind(&mut self, start: usize, context: u64) {
        let text = self.text;
        let mut end = start;
        // hardly any word has a value before it
        if run_back(text, start, WORDS * WORD_MAX, |b| class(b) & DIGIT == 0) == start.min(WORDS * WORD_MAX) {
            return;
        }
        let mut joined = matches!(before(text, start), b'(' | b'[');
        for _ in 0..WORDS {
            end -= run_back(text, end, 3, |b| matches!(b, b' ' | b'(' | b'[' | b'"' | b'\'' | b','));
            let length = run_back(text, end, WORD_MAX, |b| is_letter(b) || b == b'\'');
            // the end of a code
            if length == 0 || class(before(text, end - length)) & DIGIT != 0 && before(text, end) < 0x80 {
                break;
            }
            end -= length;
            let word = part(text, end, end + length);
            // Hebrew, Arabic, and what lies beyond: a sentence may have no such word, or no spaces
            joined |= at(word, 0) >= 0xd7 || length < 6 && is_verb(word);
        }
        if joined && end > self.floor && class(before(text, end)) & (DIGIT | LETTER) != 0 {
            self.ahead(|scan| scan.id_behind(end, context));
        }
    }

    /// Does `number` or the like follow the word `start..end`: `identity number`, `driver's no`, `tax file number`? Or does it stand
    /// before: `número de identificação`?
    fn is_numbered(&self, start: usize, end: usize, context: u64) -> bool {
        if context & (DOCUMENTS | HOMONYM | PHRASE | BANK) == 0 {
            return false;
        }
        let text = self.text;
        let is_gap = |b: u8| matches!(b, b' ' | b'_' | b'-' | b'.');
        let word_before = |end: usize| {
            // `numéro d'identification`
            let end = skip_back(text, end, 1, |b| is_gap(b) || b == b'\'');
            (skip_back(text, end, LABEL_WORD, is_letter), end)
        };
        let (mut first, mut last) = word_before(start);
        if let Some((_, earlier)) = context::BEHIND.iter().find(|(words, _)| words.has(part(text, start, end))) {
            return earlier.has(part(text, first, last));
        }
        let mut next = end + if matches!(part(text, end, end + 2), b"'s") { 2 } else { 0 };
        for _ in 0..BETWEEN_MAX {
            next += run(text, next, is_gap).min(1);
            let word = part(text, next, skip(text, next, is_letter));
            if words::is_number(word, context) {
                return true;
            }
            if !words::is_between(word) {
                break;
            }
            next += word.len();
        }
        for _ in 0..BETWEEN_MAX {
            let word = part(text, first, last);
            if words::roles(word) & (role::OF | role::BETWEEN) == 0 {
                break;
            }
            (first, last) = word_before(first);
        }
        words::roles(part(text, first, last)) & role::NUMBER != 0
    }

    /// Does the word of context before `start` stand right before it, with nothing between but marks, values and words that link them:
    /// `passport no. AB123456`, `his SSN is 123456789`, but not `passport strategy 158300482`?
    pub(super) fn is_labelled(&self, start: usize, said: u64) -> bool {
        let text = self.text;
        if (self.context | self.behind) & said != 0 {
            return true;
        }
        let near = self.heard.last.iter().filter(|word| word.context & said != 0 && word.end as usize <= start);
        let Some(label) = near.map(|word| word.end as usize).max() else { return false };
        let sign = run_back(text, start, 3, |b| matches!(b, b' ' | b'"' | b'\'' | b'('));
        if matches!(before(text, start - sign), b':' | b'=' | b'#') {
            return true;
        }
        let mut linked = true;
        // words that may still say whose it is: `NIF do aluno 245829130`
        let mut owners = 0;
        let owned = said & (context::NIF | context::SSN) != 0;
        let mut i = label;
        while i < start {
            let end = skip(text, i, |b| class(b) & (LETTER | DIGIT) != 0);
            let word = part(text, i, end);
            let roles = words::roles(word);
            if roles & role::NUMBER != 0 || is_verb(word) {
                linked = true;
            } else if owned && (roles & role::OF != 0 || LABEL_OWNERS.has(word)) {
                owners = LABEL_OWNER;
            } else if owned && !word.is_empty() && (owners > 0 || before(text, i) == b'(' && at(text, end) == b')') {
                owners -= usize::from(owners > 0);
            } else if !word.is_empty()
                && !word.iter().any(u8::is_ascii_digit)
                && word.len() > 3
                && !LABEL_LINKS.has(word)
                && roles & role::BETWEEN == 0
            {
                linked = before(text, i) >= 0x80;
            }
            i = end.max(i + 1);
        }
        linked
    }

    /// The context of `start..end`: what the key of the whole text says, and what the words around do.
    pub(super) fn around(&self, start: usize, end: usize) -> u64 {
        let text = self.text;
        let alone = self.key_of(start).is_some() || self.is_member(start, end);
        let tail = if alone { &[] } else { part(text, end, text.len().min(end + AFTER)) };
        self.announced_by(start) | self.said(placeholders(tail).next().map_or(tail, |(start, _)| part(tail, 0, start)))
    }

    /// The context of what begins at `start`: what the key of the whole text says, and what the words before do.
    pub(super) fn announced_by(&self, start: usize) -> u64 {
        if self.heard(start) == self.context {
            return self.context;
        }
        let from = self.key_of(start).unwrap_or(start.saturating_sub(BEFORE));
        // no context is taken across a placeholder
        let clear = placeholders(part(self.text, from, start)).last().map_or(from, |(place, _)| from + place + 1);
        let near = self.heard.last.iter().filter(|said| {
            let (first, end) = (said.start as usize, said.end as usize);
            first >= from && end >= clear && end <= start
        });
        let context = near.fold(0, |context, said| context | said.context);
        if context == 0 {
            return self.context;
        }
        let called = if context & PHONE != 0 && self.is_event(start) { PHONE } else { 0 };
        self.context | if self.is_measured(start) { 0 } else { context & !called }
    }

    /// Where the word right before `start` stands.
    fn word_before(&self, start: usize) -> Range<usize> {
        let end = skip_back(self.text, start, 4, |b| matches!(b, b' ' | b':' | b'=' | b'"' | b'\'' | b'_' | b'-'));
        skip_back(self.text, end, WORD_MAX, is_letter)..end
    }

    /// Is what begins at `start` the number of a call, and of nobody who is called: `call id 4829173`, `call 4829173 ended`?
    fn is_event(&self, start: usize) -> bool {
        let text = self.text;
        let word = self.word_before(start);
        let event = self.word_before(word.start);
        let [event, word] = [event, word].map(|word| part(text, word.start, word.end));
        let behind = skip(text, start, |b| class(b) & DIGIT != 0);
        let state = part(text, behind, skip(text, behind + 1, is_letter));
        words::is_event(event, word) || bytes::words!("call").has(word) && state.starts_with(b" ") && state.ends_with(b"ed")
    }

    /// Do the words around the digits at `start` say that they are a number of things or of money: `tax total 1203`, `1 203 rows`? A key
    /// behind them does not: `nif=123456789 ms=12`.
    pub(super) fn is_measured(&self, start: usize) -> bool {
        let text = self.text;
        let word = self.word_before(start);
        let next = skip(text, start, |b| class(b) & (DIGIT | JOINT) != 0);
        let end = skip(text, next, is_letter);
        words::is_measure(part(text, word.start, word.end))
            || next > start && at(text, end) != b'=' && words::roles(part(text, next, end)) & (role::MEASURE | role::UNIT) != 0
    }

    /// As [`announced_by`](Self::announced_by), at a glance: without a look at what stands between.
    #[inline]
    pub(super) fn heard(&self, start: usize) -> u64 {
        if start > self.heard.reach {
            return self.context;
        }
        let near = self.heard.last.iter().filter(|said| (0..=BEFORE).contains(&start.wrapping_sub(said.end as usize)));
        near.fold(self.context, |context, said| context | said.context)
    }

    /// Where the key begins whose value is at `start`. `id=918273645`: it has the word, whatever else stands around. PostgreSQL
    /// writes `(id)=(918273645)`.
    fn key_of(&self, start: usize) -> Option<usize> {
        let text = self.text;
        let value = skip_back(text, start, 2, |b| matches!(b, b'"' | b'\'' | b'+' | b'('));
        if before(text, value) != b'=' {
            return None;
        }
        let end = skip_back(text, value - 1, 1, |b| b == b')');
        let key = skip_back(text, end, BEFORE, bytes::is_key);
        // `passport number=…`: the words before are of the key
        let of_more = before(text, key) == b' ' && words::roles(part(text, key, end)) & role::NUMBER != 0;
        (!of_more).then_some(key)
    }

    /// Is this a member of JSON, behind which the key of another stands: `"ts":1714821211,"caller":"main.go"`?
    fn is_member(&self, start: usize, end: usize) -> bool {
        let text = self.text;
        let key = skip_back(text, start, 2, |b| matches!(b, b'"' | b' '));
        let next = end + run(text, end, |b| b == b'"').min(1);
        let quote = next + 1 + run(text, next + 1, |b| b == b' ').min(1);
        before(text, key) == b':' && at(text, next) == b',' && at(text, quote) == b'"'
    }

    /// The context that the words of this text give.
    fn said(&self, text: &[u8]) -> u64 {
        let mut said = 0;
        let mut i = 0;
        while i < text.len() {
            if !is_letter(at(text, i)) {
                i += 1;
                continue;
            }
            let end = skip(text, i, is_letter);
            if end - i < 4 || self.engine.fields.hints.contains(gram(text, i)) {
                let context = words::get(&lower(part(text, i, end))).map_or(0, |entry| entry.context);
                said |= if context & PHRASE == 0 { context } else { 0 };
            }
            said |= unspaced(part(text, i, end), |sentence, word| bytes::find(sentence, 0, word).is_some());
            i = end;
        }
        said
    }
}

/// The context of words in a sentence without spaces.
fn unspaced(sentence: &[u8], is_in: impl Fn(&[u8], &[u8]) -> bool) -> u64 {
    if sentence.is_ascii() {
        return 0;
    }
    let words = UNSPACED.iter().flat_map(|(context, words)| words.split_ascii_whitespace().map(|word| (*context, word.as_bytes())));
    words.filter(|(_, word)| is_in(sentence, word)).fold(0, |said, (context, word)| said | context | context::name(word))
}

/// Placeholders, across which no context is taken: what they stand for was longer, and the words behind it too far away.
pub(super) fn placeholders(text: &[u8]) -> impl Iterator<Item = (usize, usize)> {
    // the stars of a card's tail begin no other
    let mut behind = 0;
    memchr::memchr2_iter(b'[', b'*', text).filter_map(move |i| {
        let end = i + placeholder::prefix(text.get(i..).filter(|_| i >= behind)?)?;
        behind = end;
        Some((i, end))
    })
}
