//! Long runs of letters and digits, as secrets are that have no format of their own: what stands before one says what it is.
//!
//! Most long runs of a log are ids and hashes, so nothing is taken without a word (`weather_key = …`, `SECRET …`) or a prefix that no id has.

use std::ops::ControlFlow;

use crate::detect::credential::PRIVATE_KEY;
use crate::detect::wallet;
use crate::detect::words::{Rule, Word};
use crate::scan::Scan;
use crate::scan::bytes::{self, DIGIT, LOWER, UPPER, Words, at, before, class, is_alnum, part, run, run_back, skip, skip_back};
use crate::scan::code;
use crate::scan::token::is_mixed;
use crate::scan::value;
use crate::walk::field::{KEY_MAX, Segments, is_public};

/// Letters and digits that make a run long: no id of a row, no word, and not the first part of a UUID.
pub(crate) const LONG: usize = 16;
/// Bytes that may stand between a word and the value that it announces: ` => ["`.
pub(super) const GAP: usize = 12;
/// Bytes behind a word that may announce a value, up to which one may begin.
pub(super) const REACH: usize = 64;
/// Segments of words that are looked at before a value.
const WORDS_MAX: usize = 4;
/// Bytes of base64 behind its first long run that are looked at.
const BASE64: usize = 512;
/// Letters and digits behind a prefix that make a token: ULID has 26, KSUID 27.
const BEHIND_PREFIX: usize = 30;
/// The same where a [mark](MARKS) is part of the prefix.
const BEHIND_MARK: usize = 20;
/// Bytes of what says whose a link is.
const SHORT_ID: usize = 6;
/// Bytes of a prefix with a mark.
const PREFIX: usize = 24;
/// What vendors put between their name and a secret, and where the secret is none.
const MARKS: Words = Words::new("live test sandbox sk pat api v1 v2");
const PUBLIC: Words = Words::new("pk pub public publishable cs");
/// The part of a path before a token that lets in whoever has the link: `/reset-password/…`
const TOKEN_PATHS: Words = Words::new(
    "invite invites invitation invitations convite join magic magiclink passwordless reset restablecer redefinir activate activation ativar \
     activar confirm verify unsubscribe share link ical feed calendar hooks webhook webhooks key integration sendwebhookdata",
);

/// What may stand between a word and the value that it announces: `API key is …`, `acme prod …`, `token for testing: …`
const VALUE_LINKS: Words = Words::new("is was now given below provided supplied for testing test prod production live staging sandbox");

/// A key in ASCII: a word in another language ends where the token begins, as its sentences have no spaces.
fn is_ascii_key(b: u8) -> bool {
    bytes::is_word(b) || matches!(b, b'-' | b'.')
}

/// May this stand between a word and the value that it announces?
fn is_gap(b: u8) -> bool {
    matches!(b, b' ' | b'\t' | b'"' | b'\'' | b'=' | b':' | b'>' | b'<' | b'`' | b'(' | b',' | b'[' | b'?' | b';' | b'{' | b'$' | b'\\')
}

impl Scan<'_, '_> {
    /// At the first byte of a long run: where to go on, if it was taken.
    #[inline(never)]
    pub(super) fn random(&mut self, start: usize) -> Option<usize> {
        let text = self.text;
        // without a key before it, only a longer one is an address or a token
        let shortest = if start > self.hinted { BEHIND_MARK } else { LONG };
        let end = skip(text, start, is_alnum);
        if end - start < shortest {
            return None;
        }
        let (start, end) = base64_around(text, start, end, self.floor).unwrap_or((start, end));
        let body = part(text, start, end);
        // Amazon's documentation, and addresses of Ethereum, which everybody may see
        if !is_mixed(body, LONG) || body.ends_with(b"EXAMPLE") || body.len() == 42 && body.starts_with(b"0x") {
            return None;
        }
        if wallet::is_address(body, self.heard(start)) {
            self.found(wallet::BASE58, start, end);
            return Some(end);
        }
        if wallet::is_private_key(body) {
            self.found(PRIVATE_KEY, start, end);
            return Some(end);
        }
        let start = self.head(start);
        let body = part(text, start, end);
        let rule = if start > self.hinted {
            // most are ids: `evt_9fKq…`
            let id = before(text, start) == b'_';
            self.named_by_prefix(start, body).or_else(|| if id { None } else { self.given_to_vendor(start, end) })
        } else {
            self.announced(start, body).or_else(|| if is_argument(text, start) { self.given_to_vendor(start, end) } else { None })
        };
        if rule.is_some() {
            // the next argument may be another: `Client("id", "secret")`
            self.hinted = self.hinted.max(end + LONG);
        }
        let rule = rule.or_else(|| self.of_mailchimp(body, end).then_some(Rule::ApiKey));
        let said = rule.is_some();
        let rule = rule.or_else(|| (self.prefixed(start, body) || self.linked(start, body)).then_some(Rule::Token))?;
        // `'KeyMD5': …`: a key itself
        let is_key =
            || matches!(part(text, end, end + 2), [b'"' | b'\'', b':']) && before(text, start) == at(text, end) && !is_strong(body);
        if is_worded(body) || is_key() || rule == Rule::Session && value::is_twilio(body) {
            return None;
        }
        let action = self.engine.action(rule.detector())?;
        // the whole token, base64 and its like
        let mut end = skip(text, end, |b| bytes::is_word(b) || matches!(b, b'-' | b'.' | b'~' | b'+' | b'/'));
        end -= run_back(text, end, 3, |b| matches!(b, b'.' | b'-' | b'/'));
        end += run(text, end, |b| b == b'=').min(2);
        let start = skip_back(text, start, KEY_MAX, |b| bytes::is_word(b) || b == b'-' && !said);
        self.record(rule.detector(), start.max(self.floor), end, action);
        Some(end)
    }

    /// As [`of_vendor`](Self::of_vendor), of what is too wild or too long for an id.
    #[inline(never)]
    fn given_to_vendor(&self, start: usize, end: usize) -> Option<Rule> {
        let body = part(self.text, start, end);
        self.of_vendor(start, end).filter(|_| is_strong(body) && !value::is_example(body))
    }

    /// Is this the name of a class that only has to do with secrets: `ResetPasswordWorker`? The last word of a key says what is under it.
    #[inline(never)]
    pub(super) fn names_class(&self, key: &[u8]) -> bool {
        at(key, 0).is_ascii_uppercase()
            && Segments::of(key)
                .iter()
                .next_back()
                .is_some_and(|last| at(last, 1).is_ascii_lowercase() && last.len() > 3 && self.engine.fields.meaning(last).is_none())
    }

    /// Is this a key of Mailchimp, behind which its data centre stands: `0f1e…-us21`?
    fn of_mailchimp(&self, body: &[u8], end: usize) -> bool {
        body.len() == 32
            && part(self.text, end, end + 3) == b"-us"
            && at(self.text, end + 3).is_ascii_digit()
            && body.iter().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
    }

    /// Where the first part of a token begins that has another at `start`: `9fKq27Lm.…`
    fn head(&self, start: usize) -> usize {
        let text = self.text;
        let Some(mark) = start.checked_sub(1).filter(|&mark| matches!(at(text, mark), b'.' | b'-')) else { return start };
        let first = skip_back(text, mark, LONG, is_alnum);
        let kinds = part(text, first, mark).iter().fold(0, |kinds, &b| kinds | class(b));
        let wild = mark - first >= 6 && kinds & UPPER != 0 && kinds & LOWER != 0 && kinds & DIGIT != 0;
        if wild && first >= self.floor && !is_ascii_key(before(text, first)) && before(text, first) != b'/' { first } else { start }
    }

    /// What the word before a dash says that the rest is: `acmetoken-9fKq…`.
    fn named_by_prefix(&self, start: usize, body: &[u8]) -> Option<Rule> {
        let text = self.text;
        let mark = start.checked_sub(1).filter(|&mark| matches!(at(text, mark), b'-' | b'_'))?;
        let first = skip_back(text, mark, PREFIX, is_ascii_key);
        let (rule, _) = self.engine.fields.rule(part(text, first.max(self.floor.min(mark)), mark))?;
        ((rule.is_given() || rule == Rule::Password) && is_strong(body)).then_some(rule)
    }

    /// What the words before a value say that it is. The nearest speaks first.
    fn announced(&self, place: usize, body: &[u8]) -> Option<Rule> {
        let text = self.text;
        let mut words = Announcing { scan: self, place, word: b"", previous: b"", body, seen: 0, key: false, rule: None };
        let (mut end, mut keyed, mut last) = (place, false, false);
        while words.seen < WORDS_MAX && end > self.floor {
            let start = skip_back(text, end, KEY_MAX.min(end - self.floor), is_ascii_key);
            let key = part(text, start, end);
            // an annotation of Helm: `checksum/secret: …`
            if before(text, start) == b'/' && part(text, 0, start).ends_with(b"checksum/") {
                return None;
            }
            // `API key is …`, `incorrect API key provided: …`
            let link = VALUE_LINKS.has(key);
            (words.previous, words.word) = (words.word, key);
            // what another id ends with is no word: `pm_8qlnqj…6UAPP`
            if !link
                && !value::is_random(key)
                && let ControlFlow::Break(rule) = words.read(&Segments::of(key), (end < place).then_some(at(text, end)))
            {
                return rule;
            }
            let gap = run_back(text, start, GAP, is_gap);
            // what has a key of its own is not announced by what stands before that: `name: API_KEY, value: …` is
            let own = keyed && !link && !bytes::words!("value params").has(key);
            // `public key: …`
            let more = own && words.key && words.seen == 1 && gap == 1;
            if gap == 0 || (own || last) && !more {
                break;
            }
            last |= more;
            keyed = part(text, start - gap, start).iter().any(|b| matches!(b, b'=' | b':'));
            end = start - gap;
        }
        words.rule
    }

    /// Is this the token of a link that somebody was sent? `/invite/9fKq…`
    #[inline(never)]
    fn linked(&self, start: usize, body: &[u8]) -> bool {
        let text = self.text;
        // the first part of a token may be short: `MQ:1a2b3c:…`
        let mut token = skip_back(text, start, LONG, |b| is_alnum(b) || matches!(b, b'_' | b'-' | b':'));
        let said = |part: &[u8]| TOKEN_PATHS.has(part);
        // `?magic=9fKq…`, `/verify-email?t=9fKq…`
        if before(text, token) == b'=' {
            let name = skip_back(text, token - 1, KEY_MAX, is_alnum);
            let parameter = matches!(before(text, name), b'?' | b'&');
            if !parameter || said(part(text, name, token - 1)) {
                return parameter && is_strong(body);
            }
            token = name;
        }
        let Some(slash) = token.checked_sub(1).filter(|&slash| matches!(at(text, slash), b'/' | b'?')) else { return false };
        let first = skip_back(text, slash, PREFIX, |b| is_alnum(b) || matches!(b, b'_' | b'-'));
        let sound = before(text, first) == b'/' && is_strong(body);
        // `/reset/MQ/…`: whose it is
        let (first, slash) = if sound && slash - first <= SHORT_ID && !said(part(text, first, slash)) {
            let slash = first - 1;
            (skip_back(text, slash, PREFIX, |b| is_alnum(b) || matches!(b, b'_' | b'-')), slash)
        } else {
            (first, slash)
        };
        // `/hooks/x/…`, the id of a hook and its secret
        sound
            && (part(text, first, slash).split(|b| matches!(b, b'_' | b'-')).any(said)
                || bytes::ends_with_one_of(part(text, 0, first), &["/hooks/", "/webhook/", "/webhooks/"]))
    }

    /// Does a short word and one mark stand before, and is the run longer and wilder than any id? `abc_9fKq…`
    ///
    /// What says `live`, `pat` and the like in between need not be as long: `abc_live_9fKq…`.
    fn prefixed(&self, start: usize, body: &[u8]) -> bool {
        let text = self.text;
        let Some(mark) = start.checked_sub(1).filter(|&mark| matches!(at(text, mark), b'_' | b'-')) else { return false };
        let first = skip_back(text, mark, PREFIX, |b| is_alnum(b) || matches!(b, b'_' | b'-'));
        let prefix = part(text, first, mark);
        if is_ascii_key(before(text, first)) || matches!(before(text, first), b'/' | b'+') {
            return false;
        }
        let mut words = prefix.split(|b| matches!(b, b'_' | b'-'));
        let short = words.next().is_some_and(|word| (2..=12).contains(&word.len()) && word.iter().all(u8::is_ascii_alphabetic));
        let public = || prefix.split(|b| matches!(b, b'_' | b'-')).any(|word| PUBLIC.has(word));
        short
            && if first + prefix.iter().take_while(|b| b.is_ascii_alphabetic()).count() == mark {
                // the id of a volume of Linux
                before(text, first) != b'=' && prefix != b"LVM" && body.len() >= BEHIND_PREFIX && is_wild(body)
            } else {
                body.len() >= BEHIND_MARK && words.any(|word| MARKS.has(word)) && !public() && is_strong(body)
            }
    }
}

/// The words before a long run, read backwards up to one of them.
struct Announcing<'s, 'e, 't> {
    scan: &'s Scan<'e, 't>,
    /// Where the run begins.
    place: usize,
    /// The word that is read, and the one behind it.
    word: &'t [u8],
    previous: &'t [u8],
    /// The run.
    body: &'s [u8],
    /// How many segments were read.
    seen: usize,
    /// The first of them was `key`.
    key: bool,
    /// What they say so far.
    rule: Option<Rule>,
}

impl Announcing<'_, '_, '_> {
    /// Does a vendor give out what looks like the run?
    fn is_given(&self) -> bool {
        self.scan.given_to_vendor(self.place, self.place + self.body.len()).is_some()
    }

    /// Takes in the next word, behind which `mark` stands, or the run itself. It breaks where that decides.
    fn read(&mut self, segments: &Segments<'_>, mark: Option<u8>) -> ControlFlow<Option<Rule>> {
        const API_KEY: ControlFlow<Option<Rule>> = ControlFlow::Break(Some(Rule::ApiKey));
        let body = self.body;
        // the title of a page and its id: `API-0f1e…`, `Secret-rotation-guide-0f1e…`
        let title = mark.is_none() && matches!(body.len(), 32 | 40) && body.iter().all(u8::is_ascii_hexdigit);
        for (i, segment) in segments.iter().rev().enumerate() {
            // `ResetPasswordWorker`
            if i == 1 && self.scan.names_class(self.word) {
                return ControlFlow::Break(None);
            }
            let mut before = segments.iter().rev().skip(i + 1);
            let loud = segment.iter().all(u8::is_ascii_uppercase);
            match self.scan.engine.fields.meaning(segment) {
                Some(Word::Kept) => return ControlFlow::Break(None),
                Some(Word::Neutral) if self.seen < 2 => return ControlFlow::Break(None),
                // what is published: `publicToken`
                Some(Word::Is(Rule::Token)) if before.any(is_public) => return ControlFlow::Break(None),
                Some(Word::Is(rule)) if rule.is_said_from_afar() => return ControlFlow::Break((i < 2 || !title).then_some(rule)),
                Some(Word::Key) if loud || i + 1 < segments.len() => {
                    let kept = before.next().and_then(|before| self.scan.engine.fields.meaning(before)) == Some(Word::Kept);
                    return ControlFlow::Break((!kept).then_some(Rule::ApiKey));
                }
                // `key` alone announces what is longer than any id
                Some(Word::Key) if self.seen == 0 && is_strong(body) => {
                    self.key = true;
                    self.rule = (body.len() >= BEHIND_PREFIX && is_wild(body)).then_some(Rule::ApiKey);
                }
                // `api key …`, `acme key …`; of hexadecimal digits, others are fingerprints
                Some(Word::Qualifier | Word::Soft)
                    if self.seen == 1 && self.key && (is_wild(body) || segment.eq_ignore_ascii_case(b"api")) =>
                {
                    return API_KEY;
                }
                Some(Word::Qualifier | Word::Soft) if loud && !title && !code::is_fingerprint(segment, body) => return API_KEY,
                // `acme-access-…`: the word and the value are one; not a folder of systemd's, `systemd-private-0f1e…-acme.service-x7k2p`
                Some(Word::Soft)
                    if self.seen == 0
                        && mark.is_none()
                        && is_strong(body)
                        && !(title && at(self.scan.text, self.place + body.len()) == b'-') =>
                {
                    return API_KEY;
                }
                Some(Word::Vendor) if self.seen <= 2 && self.key => return API_KEY,
                Some(Word::Vendor) if self.seen == 0 && (is_wild(body) || self.is_given()) => return ControlFlow::Break(Some(Rule::Token)),
                // `wandb login 9fKq…`
                Some(Word::Vendor)
                    if self.seen == 1 && bytes::words!("login init auth authtoken").has(self.previous) && is_strong(body) =>
                {
                    return ControlFlow::Break(Some(Rule::Token));
                }
                _ => {}
            }
            self.seen += 1;
        }
        ControlFlow::Continue(())
    }
}

/// The base64 of which `start..end` is a run: the first one may be short. What has neither `+` nor its padding may be a path.
fn base64_around(text: &[u8], start: usize, end: usize, floor: usize) -> Option<(usize, usize)> {
    if !matches!(before(text, start), b'+' | b'/') {
        return None;
    }
    let is_sextet = |b: u8| is_alnum(b) || matches!(b, b'+' | b'/');
    let first = skip_back(text, start, KEY_MAX.min(start - floor.min(start)), is_sextet);
    let last = skip(bytes::up_to(text, end + BASE64), end, is_sextet);
    let padding = run(text, last, |b| b == b'=').min(2);
    let body = part(text, first, last);
    let sound = at(body, 0) != b'/'
        && !matches!(before(text, first), b'.' | b'-' | b'_')
        && (padding > 0 && (body.len() + padding).is_multiple_of(4) || body.contains(&b'+') && body.iter().any(u8::is_ascii_uppercase));
    sound.then_some((first, last))
}

/// Words written together, as names of code are, with a number or two: `glCompressedTexImage2D`.
fn is_worded(body: &[u8]) -> bool {
    let small = body.chunk_by(|a, b| a.is_ascii_lowercase() && b.is_ascii_lowercase()).map(<[u8]>::len);
    // longer than a word is an alphabet
    let words = small.filter(|letters| (3..16).contains(letters));
    changes(body) < 4 && body.iter().any(u8::is_ascii_uppercase) && words.sum::<usize>() * 2 >= body.len()
}

/// How often a digit stands beside a letter.
fn changes(body: &[u8]) -> usize {
    body.windows(2).filter(|pair| (class(at(pair, 0)) ^ class(at(pair, 1))) & DIGIT != 0).count()
}

/// As wild as no id, or as long as a hash.
fn is_strong(body: &[u8]) -> bool {
    body.len() >= 32 || is_wild(body)
}

/// Letters and digits without order: no hexadecimal number, no words.
pub(super) fn is_wild(body: &[u8]) -> bool {
    let kinds = body.iter().fold(0, |kinds, &b| kinds | class(b));
    changes(body) >= 4
        && (kinds & UPPER != 0 && kinds & LOWER != 0 || body.iter().any(|b| b.is_ascii_alphabetic() && !b.is_ascii_hexdigit()))
}

/// Does an argument in quotes begin at `start`?
fn is_argument(text: &[u8], start: usize) -> bool {
    let quote = start.saturating_sub(1);
    let space = usize::from(before(text, quote) == b' ');
    matches!(at(text, quote), b'"' | b'\'') && matches!(before(text, quote - space), b'(' | b',')
}
