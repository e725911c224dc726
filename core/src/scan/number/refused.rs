//! Why digits are neither a card nor a telephone number, for [`explain`](crate::explain).

use super::phone::can_be_phone;
use super::{Glued, Phrase, card, phone};
use crate::detect::{contact, payment};
use crate::explain::Why;
use crate::scan::Scan;
use crate::validate::luhn;

impl Scan<'_, '_> {
    /// Notes what a phrase of digits might have been.
    #[cold]
    #[inline(never)]
    pub(super) fn explain_number(&mut self, phrase: &Phrase, glued: Glued) {
        let whole = phrase.window(0, phrase.count);
        let (start, end) = (whole.start(), whole.end());
        let grouped = matches!(whole.pattern(), 0x4444 | 0x465 | 0x464 | 0x44443 | 0x4441);
        if card::LENGTHS.contains(&whole.digits.len()) && (phrase.count == 1 || grouped) {
            let sound = luhn::is_valid(whole.digits) && luhn::has_issuer(whole.digits);
            self.refused(payment::CARD, start, end, if sound { Why::Boundary } else { Why::CheckDigit });
        }
        if phone::LENGTHS.contains(&whole.digits.len()) && can_be_phone(&whole) {
            let why = match glued {
                _ if self.previous(start) == b'+' => Why::Shape,
                Glued::No => Why::Context,
                _ => Why::Boundary,
            };
            self.refused(contact::PHONE, start, end, why);
        }
    }
}
