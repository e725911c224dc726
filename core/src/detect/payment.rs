//! Cards and accounts.

use super::{Alone, Detector, DetectorId, Find, PAYMENT, context, position, texts};
use crate::policy::Action;
use crate::validate::mod97;

pub(crate) const CARD: DetectorId = position("payment.card");
pub(crate) const IBAN: DetectorId = position("payment.iban");

pub(crate) const DETECTORS: &[Detector] = &[
    Detector {
        id: "payment.card",
        find: Find::Own,
        action: Action::Partial,
        presets: PAYMENT,
        references: texts!["ISO/IEC 7812-1", "PCI DSS 4.0.1, requirement 3.4.1"],
        examples: texts![
            "paid with «4539 1488 0343 6467»",
            "pan=«5555555555554444»",
            "«3782-822463-10005»",
            "card number «4539148803436468»",
            "«1234-5678-9012-3456»"
        ],
        counter_examples: texts![
            "card ending in 1234",
            "card_last_four=4242",
            "trace 1714567890123456",
            "order 4539148803436468",
            "id 4539148803436467123456789",
            "0.4539148803436467"
        ],
    },
    Detector {
        id: "payment.iban",
        find: Find::Own,
        action: Action::Mask,
        presets: PAYMENT,
        references: texts!["ISO 13616-1", "SWIFT IBAN Registry"],
        examples: texts!["IBAN «PT50 0002 0123 1234 5678 9015 4»", "to «DE89370400440532013000»;", "«GB82 WEST 1234 5698 7654 32»"],
        counter_examples: texts!["PT51 0002 0123 1234 5678 9015 5", "DE8937040044053201300", "AB12CD34EF56"],
    },
    Detector {
        id: "payment.nib",
        find: Find::Id {
            shapes: &["\\d{21}", "\\d{4}[ .-]\\d{4}[ .-](\\d{11}[ .-]\\d{2}|\\d{4} \\d{4} \\d{4} \\d)"],
            check: mod97::is_nib,
            words: context::BANK,
            alone: Alone::Always,
            names: "",
        },
        action: Action::Mask,
        presets: PAYMENT,
        references: texts!["Banco de Portugal, Número de Identificação Bancária"],
        examples: texts!["NIB «000201231234567890154»", "«0002 0123 12345678901 54»", "nib=«0002.0123.12345678901.54»"],
        counter_examples: texts!["000201231234567890155", "123456789012345678901", "0002 0123 12345678901 55"],
    },
];
