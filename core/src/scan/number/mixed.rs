//! What begins with digits and goes on with letters: tokens of Telegram and Facebook, and the Portuguese citizen card.

use super::Glued;
use crate::detect::secret::chat::TELEGRAM;
use crate::detect::secret::commerce::FACEBOOK;
use crate::detect::{context, identity};
use crate::scan::Scan;
use crate::scan::around::BEFORE;
use crate::scan::bytes::{self, WORD, at, class, part, run, skip};
use crate::scan::token::is_mixed;
use crate::validate::pt;

/// Bytes behind the colon of a bot's token.
const BOT_SECRET: usize = 35;
/// Bytes behind the bar of an app's token.
const APP_SECRET_MIN: usize = 20;
const APP_SECRET_MAX: usize = 40;

impl Scan<'_, '_> {
    /// `123456789:AA…`: the id of a bot of Telegram and its secret.
    pub(super) fn bot_token(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        if at(text, end) != b':' || part(text, end + 1, end + 3) != b"AA" || !(8..=10).contains(&(end - start)) {
            return None;
        }
        let secret = run(text, end + 1, |b| bytes::is_word(b) || b == b'-');
        if secret != BOT_SECRET || class(self.previous(start)) & WORD != 0 {
            return None;
        }
        self.found(TELEGRAM, start, end + 1 + secret);
        Some(end + 1 + secret)
    }

    /// `1234567890123456|a1B2…`: the id of an app of Facebook and its secret.
    pub(super) fn app_token(&mut self, start: usize, end: usize) -> Option<usize> {
        let text = self.text;
        if at(text, end) != b'|' || !(13..=17).contains(&(end - start)) {
            return None;
        }
        let secret = part(text, end + 1, skip(text, end + 1, |b| bytes::is_word(b) || b == b'-'));
        if !(APP_SECRET_MIN..=APP_SECRET_MAX).contains(&secret.len())
            || !is_mixed(secret, APP_SECRET_MIN)
            || class(self.previous(start)) & WORD != 0
        {
            return None;
        }
        self.found(FACEBOOK, start, end + 1 + secret.len());
        Some(end + 1 + secret.len())
    }

    /// `00000000 0 ZZ4`: eight digits, one digit, two letters or digits of the version, one digit: in one word or in groups.
    pub(super) fn citizen_card(&mut self, start: usize, first: usize) -> Option<usize> {
        let text = self.text;
        if !matches!(first - start, 8 | 9) || class(self.previous(start)) & WORD != 0 {
            return None;
        }
        let mut compact = [0u8; 12];
        let mut end = start;
        for (i, slot) in compact.iter_mut().enumerate() {
            end += usize::from(matches!(i, 8 | 9) && matches!(at(text, end), b' ' | b'-'));
            *slot = at(text, end);
            end += 1;
        }
        // people mistype what they call by its name: `Cartão de Cidadão`
        let named = || pt::is_like_cc(&compact) && bytes::find(part(text, 0, start), start.saturating_sub(BEFORE), b"idad").is_some();
        let taken = class(at(text, end)) & WORD == 0
            && (pt::is_cc(&compact) || named())
            && self.glued(start) != Glued::Part
            && !self.is_exponent(start, end);
        taken.then(|| {
            self.found(identity::pt::CC, start, end);
            end
        })
    }

    /// `0.335013307E26`: the version of a citizen card reads like an exponent, and then needs a word beside it.
    fn is_exponent(&self, start: usize, end: usize) -> bool {
        let version = part(self.text, end.saturating_sub(3), end);
        matches!(version, [b'E', b'0'..=b'9', _]) && self.around(start, end) & context::NATIONAL == 0
    }
}
