//! The Netherlands, Belgium and Luxembourg.

use super::id;
use crate::detect::Alone::{Marked, Never, Printed, PrintedText, Text};
use crate::detect::context::{COMPANY, HOMONYM, NAMED, NATIONAL, PASSPORT, SOCIAL, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{head, is_date, is_day, last, luhn, number, sum, tail, undated, varied, verhoeff};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.nl.bsn",
        &["\\d{9}", "\\d{4}\\.\\d{2}\\.\\d{3}"],
        bsn,
        (NATIONAL | SOCIAL, Marked),
        texts!["Wet algemene bepalingen burgerservicenummer", "Besluit vaststelling en verstrekking sofi-nummer"],
    )
    .named("bsn burgerservicenummer sofinummer onderwijsnummer")
    .with(
        texts!["BSN «913847392»", "burgerservicenummer: «1344.32.150»", "bsn=«570388442»"],
        texts!["order 913847392", "national=7114.00.365", "national 433244760"],
    ),
    id("identity.nl.rsin", &["\\d{9}"], bsn, (COMPANY, Never), texts!["Handelsregisterwet 2007, RSIN"]).named("rsin").with(
        texts!["RSIN «054168910»", "RSIN: «028695148»", "rsin=«382989880»"],
        texts!["order 054168910", "entreprise 866587513", "entreprise=193413551"],
    ),
    id("identity.nl.kvk", &["\\d{8}"], undated, (NAMED, Never), texts!["Handelsregisterwet 2007, KVK-nummer"])
        .with(texts!["KVK «76674893»", "KVK: «48936067»", "kvk=«81819568»"], texts!["order 76674893", "job 7667489", "job 489360677"]),
    id(
        "identity.nl.document",
        &["[A-NP-Z]{2}[0-9A-NP-Z]{6}\\d"],
        varied,
        (PASSPORT | NAMED, Never),
        texts!["Paspoortuitvoeringsregeling Nederland 2001", "RvIG, documentnummer"],
    )
    .with(
        texts!["paspoort «HMZFHM2P9»", "identiteitskaart: «QM2JW6KY5»", "paspoort=«XN2EKIKJ8»"],
        texts!["order HMZFHM2P9", "paspoort HDTFFSI99", "paspoort=BWSX6MXA6"],
    ),
    id("identity.nl.driving-licence", &["\\d{10}"], varied, (NAMED, Never), texts!["Reglement rijbewijzen, RDW"]).with(
        texts!["rijbewijs «7742702589»", "rijbewijs: «1640466509»", "rijbewijs=«6493817765»"],
        texts!["order 7742702589", "job 774270258", "job 16404665097"],
    ),
    id(
        "identity.nl.plate",
        &[
            "[A-Z]{2}-\\d{3}-[A-Z]",
            "[A-Z]-\\d{3}-[A-Z]{2}",
            "\\d-[A-Z]{3}-\\d{2}",
            "\\d{2}-[A-Z]{3}-\\d",
            "\\d{2}-[A-Z]{2}-[A-Z]{2}",
            "[A-Z]{3}-\\d{2}-[A-Z]",
        ],
        varied,
        (VEHICLE, Never),
        texts!["Regeling kentekens en kentekenplaten, RDW"],
    )
    .with(
        texts![
            "kenteken «ON-655-K»",
            "kenteken: «Q-532-WW»",
            "kenteken=«9-LZT-74»",
            "kenteken «19-TVK-6»",
            "kenteken «47-MQ-ZM»",
            "kenteken «ECP-24-K»"
        ],
        texts!["order ON-655-K", "kenteken 3-FHK-33", "kenteken=22-FTF-2"],
    ),
    id(
        "identity.be.rijksregister",
        &["\\d{2}[. ]?\\d{2}[. ]?\\d{2}[- ]?\\d{3}[. ]?\\d{2}"],
        rijksregister,
        (NATIONAL | SOCIAL | TAX, PrintedText),
        texts!["Koninklijk besluit van 3 april 1984, identificatienummer", "BIS-nummer, Koninklijk besluit van 8 februari 1991"],
    )
    .named("rijksregister rijksregisternummer")
    .with(
        texts![
            "rijksregisternummer «81.40 56347 80»",
            "NISS: «402019616.85»",
            "rijksregisternummer=«83.40 3812313»",
            "seen «81.40 56347 80» today"
        ],
        texts!["order 81405634780", "tax=39 41 19 578.85", "tax 354086-77002"],
    ),
    id(
        "identity.be.enterprise",
        &["[01]\\d{3}\\.?\\d{3}\\.?\\d{3}"],
        enterprise,
        (COMPANY | TAX, Printed),
        texts!["Koninklijk besluit van 24 juni 2003, ondernemingsnummer"],
    )
    .named("ondernemingsnummer kbo bce")
    .with(
        texts![
            "ondernemingsnummer «0557.064.664»",
            "BTW: «0298.263.122»",
            "ondernemingsnummer=«1202.256.008»",
            "seen «0557.064.664» today"
        ],
        texts!["order 0557064664", "ondernemingsnummer 0740617 266", "ondernemingsnummer 0212 410334"],
    ),
    id(
        "identity.be.identity-card",
        &["\\d{3}-?\\d{7}-?\\d{2}"],
        |d| varied(d) && (number(d, 0, 10) % 97 + 96) % 97 + 1 == number(d, 10, 2),
        (NATIONAL, Printed),
        texts!["Koninklijk besluit van 25 maart 2003 betreffende de identiteitskaarten"],
    )
    .with(
        texts![
            "identiteitskaart «4912747040-68»",
            "carte identité: «6288766205-28»",
            "identiteitskaart=«069680323145»",
            "seen «4912747040-68» today"
        ],
        texts!["order 491274704068", "job 4912747040-6", "job 6288766205-287"],
    ),
    id(
        "identity.be.passport",
        &["[A-Z]{2}\\d{6}"],
        varied,
        (PASSPORT, Never),
        texts!["Wet van 14 augustus 1974 betreffende de afgifte van paspoorten"],
    )
    .with(
        texts!["paspoort «SC132452»", "passeport: «YM450871»", "paspoort=«FA824359»"],
        texts!["order SC132452", "job SC13245", "job YM4508717"],
    ),
    id(
        "identity.lu.matricule",
        &["\\d{13}"],
        |d| is_date(d, 0) && luhn(head(d, 12)) && verhoeff(&[head(d, 11), tail(d, 12)].concat()),
        (NATIONAL | SOCIAL | HOMONYM, Text),
        texts!["Loi du 19 juin 2013 relative à l'identification des personnes physiques", "Règlement grand-ducal du 28 novembre 2013"],
    )
    .with(
        texts!["matricule «1982100647563»", "matricule: «1902080481986»", "matricule=«2015061985421»"],
        texts!["order 1982100647563", "matricule 1904091841381", "matricule=2019062494601"],
    ),
];

/// The eleven-test: weights 9 to 2, and −1 for the last.
pub(super) fn bsn(d: &[u8]) -> bool {
    varied(d) && (sum(d, &[9, 8, 7, 6, 5, 4, 3, 2]) + 10 * last(d)).is_multiple_of(11)
}

/// Two digits that the nine before them, with a 2 in front from the year 2000 on, lack to a multiple of 97. The month of a BIS number is
/// 20 or 40 more, and 0 where nothing is known.
fn rijksregister(d: &[u8]) -> bool {
    let (id, check) = (number(d, 0, 9), number(d, 9, 2));
    let month = number(d, 2, 2) % 20;
    number(d, 2, 2) < 53
        && (month == 0 || is_day(month, number(d, 4, 2).max(1)))
        && varied(d)
        && [id, 2_000_000_000 + id].iter().any(|id| 97 - id % 97 == check)
}

pub(super) fn enterprise(d: &[u8]) -> bool {
    varied(d) && 97 - number(d, 0, 8) % 97 == number(d, 8, 2)
}

/// The Luxembourg VAT number behind `LU`.
pub(super) fn lu_vat(d: &[u8]) -> bool {
    varied(d) && number(d, 0, 6) % 89 == number(d, 6, 2)
}
