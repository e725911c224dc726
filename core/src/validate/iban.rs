//! IBAN: the lengths of the SWIFT IBAN Registry and MOD 97-10.

use super::mod97;

/// Countries of the registry with the length of their IBAN, and those of Africa and Iran that have one without being in it.
pub(crate) const COUNTRIES: &[(&str, usize)] = &[
    ("AD", 24),
    ("AE", 23),
    ("AL", 28),
    ("AO", 25),
    ("AT", 20),
    ("AZ", 28),
    ("BA", 20),
    ("BE", 16),
    ("BF", 28),
    ("BG", 22),
    ("BH", 22),
    ("BI", 27),
    ("BJ", 28),
    ("BR", 29),
    ("BY", 28),
    ("CF", 27),
    ("CG", 27),
    ("CH", 21),
    ("CI", 28),
    ("CM", 27),
    ("CR", 22),
    ("CV", 25),
    ("CY", 28),
    ("CZ", 24),
    ("DE", 22),
    ("DJ", 27),
    ("DK", 18),
    ("DO", 28),
    ("DZ", 26),
    ("EE", 20),
    ("EG", 29),
    ("ES", 24),
    ("FI", 18),
    ("FK", 18),
    ("FO", 18),
    ("FR", 27),
    ("GA", 27),
    ("GB", 22),
    ("GE", 22),
    ("GI", 23),
    ("GL", 18),
    ("GQ", 27),
    ("GR", 27),
    ("GT", 28),
    ("GW", 25),
    ("HN", 28),
    ("HR", 21),
    ("HU", 28),
    ("IE", 22),
    ("IL", 23),
    ("IQ", 23),
    ("IR", 26),
    ("IS", 26),
    ("IT", 27),
    ("JO", 30),
    ("KM", 27),
    ("KW", 30),
    ("KZ", 20),
    ("LB", 28),
    ("LC", 32),
    ("LI", 21),
    ("LT", 20),
    ("LU", 20),
    ("LV", 21),
    ("LY", 25),
    ("MA", 28),
    ("MC", 27),
    ("MD", 24),
    ("ME", 22),
    ("MG", 27),
    ("MK", 19),
    ("ML", 28),
    ("MN", 20),
    ("MR", 27),
    ("MT", 31),
    ("MU", 30),
    ("MZ", 25),
    ("NE", 28),
    ("NI", 28),
    ("NL", 18),
    ("NO", 15),
    ("OM", 23),
    ("PK", 24),
    ("PL", 28),
    ("PS", 29),
    ("PT", 25),
    ("QA", 29),
    ("RO", 24),
    ("RS", 22),
    ("RU", 33),
    ("SA", 24),
    ("SC", 31),
    ("SD", 18),
    ("SE", 24),
    ("SI", 19),
    ("SK", 24),
    ("SM", 27),
    ("SN", 28),
    ("SO", 23),
    ("ST", 25),
    ("SV", 28),
    ("TD", 27),
    ("TG", 28),
    ("TL", 23),
    ("TN", 24),
    ("TR", 26),
    ("UA", 29),
    ("VA", 22),
    ("VG", 24),
    ("XK", 20),
    ("YE", 30),
];

/// [`COUNTRIES`] by their letters.
#[allow(clippy::indexing_slicing, reason = "evaluated at compile time, where an index out of bounds does not compile")]
static LENGTHS: [[u8; 26]; 26] = {
    let mut lengths = [[0; 26]; 26];
    let mut countries = COUNTRIES;
    while let [(code, length), rest @ ..] = countries {
        if let [a, b] = code.as_bytes() {
            lengths[(*a - b'A') as usize][(*b - b'A') as usize] = *length as u8;
        }
        countries = rest;
    }
    lengths
};

/// The length that the registry gives for the country of these two letters.
pub(crate) fn length(country: [u8; 2]) -> Option<usize> {
    let [a, b] = country.map(|letter| usize::from(letter.to_ascii_uppercase().wrapping_sub(b'A')));
    LENGTHS.get(a)?.get(b).map(|&length| usize::from(length)).filter(|&length| length > 0)
}

/// Does this IBAN without spaces, in capitals, have the remainder 1?
pub(crate) fn is_valid(iban: &[u8]) -> bool {
    let (head, body) = iban.split_at(iban.len().min(4));
    head.first_chunk().is_some_and(|&country| length(country) == Some(iban.len()))
        && mod97::remainder(body.iter().chain(head).copied()) == Some(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        // examples of the registry
        for iban in [
            "PT50000201231234567890154",
            "DE89370400440532013000",
            "GB29NWBK60161331926819",
            "ES9121000418450200051332",
            "FR1420041010050500013M02606",
            "NO9386011117947",
            "BR1800360305000010009795493C1",
        ] {
            assert!(is_valid(iban.as_bytes()), "{iban}");
        }
        for iban in ["PT50000201231234567890155", "DE8937040044053201300", "ZZ89370400440532013000", ""] {
            assert!(!is_valid(iban.as_bytes()), "{iban}");
        }
    }
}
