//! Codes that are used once: `your code is …`, `recovery_codes: […]`.

use super::prose::Link;
use crate::detect::key;
use crate::detect::words::Rule;
use crate::policy::Action;
use crate::scan::Scan;
use crate::scan::around::is_verb;
use crate::scan::bytes::{self, Words, at, is_key, part, run, run_back, skip, skip_back};
use crate::scan::token::is_mixed;
use crate::scan::value;
use crate::walk::field::KEY_MAX;

/// What a code is for, right behind it.
const USES: &str = " to sign in| to log in| to login| to verify| to confirm your| to complete your| para confirmar| para entrar| para iniciar\
     | pour vous ";

impl Scan<'_, '_> {
    /// Takes the codes of a list that begins at `from`, if there are several: where the last one ends.
    #[inline(never)]
    pub(super) fn codes(&mut self, from: usize, action: Action) -> Option<usize> {
        let text = self.text;
        let is_mark = |b: u8| matches!(b, b'[' | b'"' | b'\'' | b',' | b' ');
        let next = |from: usize| {
            let start = skip(text, from, is_mark);
            let end = skip(text, start, |b| b.is_ascii_alphanumeric() || b == b'-');
            let code = part(text, start, end);
            let dashed = code.iter().filter(|&&b| b == b'-').count() == 1;
            let sound = value::is_grouped_code(code)
                || is_mixed(code, 6)
                || (6..=12).contains(&code.len()) && code.iter().all(u8::is_ascii_digit)
                || dashed && code.len() >= 7 && code.iter().all(|b| b.is_ascii_digit() || *b == b'-');
            sound.then_some((start, end))
        };
        let (start, end) = next(from)?;
        let mut found = (start, end);
        next(end).filter(|&(start, _)| start > end)?;
        loop {
            self.record(key::OTP, found.0, found.1, action);
            match next(found.1) {
                Some(code) if code.0 > found.1 => found = code,
                _ => return Some(found.1),
            }
        }
    }

    /// `verification code is 482915`, `OTP 482915`: digits alone where no word links them. A PIN needs one: `PIN is 4711`.
    pub(super) fn code(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        let space = run_back(text, start, 1, |b| b == b' ');
        let first = start - space - run_back(text, start - space, KEY_MAX, is_key) * space;
        let key = part(text, first.max(self.floor.min(start)), end);
        let rule = self.engine.fields.rule(key).or_else(|| self.engine.fields.rule(part(text, start, end)));
        let once = || bytes::ends_with_one_of(part(text, 0, start), &["one time "]) || self.is_code_to_use(end);
        let rule = rule.or_else(|| once().then_some((Rule::Otp, None)))?.0;
        // `security code is 482913`, `security code 123`
        let (rule, least) = if rule == Rule::Cvv { (Rule::Otp, 3) } else { (rule, 4) };
        if !matches!(rule, Rule::Otp | Rule::Pin) {
            return None;
        }
        let action = self.engine.action(rule.detector())?;
        let (from, link) = self.link(end, rule);
        if self.introduces(end) {
            self.awaits(rule, false);
        }
        let found = self.within_tag(rule, value::extent(text, from, rule)?);
        if rule == Rule::Pin && link == Link::None && !self.is_tried(start, found.end) {
            return None;
        }
        let value = found.of(text);
        let digits = value.iter().filter(|b| b.is_ascii_digit()).count();
        let marks = value.iter().filter(|b| matches!(b, b' ' | b'-')).count();
        let plain = (least..=8).contains(&digits) && marks <= 1 && digits + marks == value.len();
        if !(plain || value::is_grouped_code(value) || link == Link::Said && self.is_secret(rule, value)) {
            return None;
        }
        // `482913 is your code 482914`
        self.code_before(end);
        self.take(rule, action, &found);
        Some(found.end)
    }

    /// Does the line end with what announces the code in the next one: `your code is`, `the code to sign in:`?
    fn introduces(&self, end: usize) -> bool {
        let rest = part(self.text, end, self.text.len());
        rest.ends_with(b"\n") && (rest.trim_ascii_end().ends_with(b":") || is_verb(rest.trim_ascii()))
    }

    /// Does somebody try the PIN of which the name begins at `start` and the number ends at `end`: `entered pin 4711`, `pin 4711 rejected`?
    fn is_tried(&self, start: usize, end: usize) -> bool {
        const TRIED: Words = Words::new("entered typed wrong incorrect invalid correct accepted rejected verified");
        let text = self.text;
        let space = skip_back(text, start, 1, |b| b == b' ');
        let before = part(text, skip_back(text, space, KEY_MAX, bytes::is_letter), space);
        let behind = part(text, end + 1, skip(text, end + 1, bytes::is_letter));
        TRIED.has(before) || at(text, end) == b' ' && TRIED.has(behind)
    }

    /// Is the word before `end` followed by what it is for, and the digits before that or in the next line: `code 482913 to sign in`?
    fn is_code_to_use(&self, end: usize) -> bool {
        let text = self.text;
        let digits = run(text, end + 1, |b| b.is_ascii_digit());
        let uses = end + if digits > 0 { digits + 1 } else { 0 };
        (digits >= 4 || self.introduces(end)) && bytes::phrase(USES, part(text, uses, text.len())).is_some()
    }
}
