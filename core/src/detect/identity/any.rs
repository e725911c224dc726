//! Numbers of any country, by what is written right before them.

use super::id;
use crate::detect::Alone::Never;
use crate::detect::context::PHRASE;
use crate::detect::{Detector, texts};
use crate::validate::digits::{is_day, is_year, number, undated};

pub(crate) const DETECTORS: &[Detector] = &[id(
    "identity.any.number",
    &[
        "\\d{6,20}",
        "[A-Z]{1,3}\\d{4,12}[A-Z]{0,2}",
        "\\d{5,12}[ -]?[A-Z]{1,2}\\d{0,2}",
        "[A-Z][0-9A-Z]{6,15}",
        "\\d[0-9A-Z]{6,19}",
        "\\d{1,6}( \\d{2,7}){1,5}",
        "(\\d{1,2}|\\d{4,6}|\\d{3}[.-]\\d{3,7})([.-]\\d{1,7}){1,5}",
        "\\d{2,6}(/\\d{2,7}){1,4}",
    ],
    document,
    (PHRASE, Never),
    texts!["GDPR, article 87, national identification numbers", "NIST SP 800-122, section 2.2"],
)
.with(
    texts![
        "national ID number: «4471983»",
        "tax identification number «88-4471-02»",
        "driver's license no. «KX4471983»",
        "social_insurance_number=«44719836»",
        "número de identificação fiscal: «4471983»"
    ],
    texts![
        "national average 4471983",
        "social posts: 447198366",
        "tax: 123456789",
        "company id 4471983",
        "tax id 911-89-1234",
        "national id 4471",
        "the passport number expired in 2021",
        "the national ID is 20240501",
        "passport number: missing",
        "id number 0x93a31f"
    ],
)];

/// Several digits, that are neither one over and over, a date, nor hexadecimal.
fn document(d: &[u8]) -> bool {
    let digits = d.iter().filter(|b| b.is_ascii_digit()).count();
    let dated =
        d.len() == 8 && is_year(number(d, 4, 4)) && (is_day(number(d, 2, 2), number(d, 0, 2)) || is_day(number(d, 0, 2), number(d, 2, 2)));
    digits >= 4 && d.len() >= 6 && undated(d) && !d.starts_with(b"0X") && !(dated && digits == 8)
}
