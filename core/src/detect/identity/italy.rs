//! Italy.

use super::id;
use crate::detect::Alone::{Always, Never, Text};
use crate::detect::context::{COMPANY, HEALTH, LICENCE, NAMED, NATIONAL, PASSPORT, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{digit, last, luhn, number, value, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.it.codice-fiscale",
        &[
            "[A-Z]{6}[0-9LMNP-V]{2}[A-EHLMPR-T][0-9LMNP-V]{2}[A-Z][0-9LMNP-V]{3}[A-Z]",
            "+[A-Z]{6}\\d{2}[A-EHLMPR-T](0[1-9]|[12]\\d|3[01]|4[1-9]|[56]\\d|7[01])[A-Z]\\d{3}[A-Z]",
            "~[A-Z]{3} [A-Z]{3} [0-9LMNP-V]{2}[A-EHLMPR-T][0-9LMNP-V]{2} [A-Z][0-9LMNP-V]{3}[A-Z]",
        ],
        codice_fiscale,
        (TAX | NATIONAL, Always),
        texts!["Decreto del Ministero delle finanze 23 dicembre 1976, codice fiscale"],
    )
    .named("codicefiscale fiscale")
    .with(
        texts![
            "codice fiscale «TGZBSJURC8SV820K»",
            "codice fiscale: «ULKPDHTSE2LW7M1A»",
            "codice_fiscale=«FOTUBSM2E59NP1TJ»",
            "seen «KHMIKG5SL3MMPT2I» today"
        ],
        texts!["tax QZOJCKNSP7VHVR8T", "tax=GSLSPY19T4LW82NT", "tax VWXJEIQSRL7VV62C"],
    ),
    id(
        "identity.it.partita-iva",
        &["\\d{11}"],
        partita_iva,
        (TAX | COMPANY, Text),
        texts!["DPR 633/1972, articolo 35", "Agenzia delle Entrate, partita IVA"],
    )
    .named("partitaiva piva iva")
    .with(
        texts!["partita IVA «22534010784»", "P.IVA: «27381930430»", "partita_iva=«74372080692»"],
        texts!["order 22534010784", "tax=59647510802", "tax=89236080840"],
    ),
    id("identity.it.passport", &["[A-Z]{2}\\d{7}"], varied, (PASSPORT, Never), texts!["Legge 1185/1967, norme sui passaporti"]).with(
        texts!["passaporto «UV8734861»", "passaporto: «FS3326648»", "passaporto=«VY0440621»"],
        texts!["order UV8734861", "job UV873486", "job FS33266487"],
    ),
    id(
        "identity.it.identity-card",
        &["[A-Z]{2}\\d{5}[A-Z]{2}", "[A-Z]{2} ?\\d{7}"],
        varied,
        (NAMED, Never),
        texts!["Decreto 23 dicembre 2015, carta d'identità elettronica"],
    )
    .with(
        texts!["carta identità «PO38606YS»", "carta identità: «JQ 1498236»", "carta_identità=«GI31562HM»"],
        texts!["order PO38606YS", "job PO38606Y", "job JQ 14982367"],
    ),
    id(
        "identity.it.driving-licence",
        &["U1[0-9A-Z]{7}[A-Z]", "[A-Z]{2}\\d{7}[A-Z]"],
        varied,
        (LICENCE, Never),
        texts!["Decreto legislativo 285/1992, Codice della strada, articolo 116"],
    )
    .with(
        texts!["patente «U1XK3QJOGN»", "patente: «RJ6598185S»", "patente=«U1SFPHO8DS»"],
        texts!["order U1XK3QJOGN", "patente U4FSU1TE6Y", "patente U6DT6XWN1E"],
    ),
    id(
        "identity.it.health-card",
        &["80380\\d{15}"],
        varied,
        (HEALTH, Never),
        texts!["Decreto 11 marzo 2004, tessera sanitaria", "EN 1867, numbers of European health insurance cards"],
    )
    .with(
        texts![
            "tessera sanitaria «80380396146352268698»",
            "tessera sanitaria: «80380673962631286503»",
            "tessera_sanitaria=«80380021592200221926»"
        ],
        texts!["order 80380396146352268698", "job 8038039614635226869", "job 803806739626312865037"],
    ),
    id(
        "identity.it.plate",
        &["[A-HJ-NPR-TV-Z]{2} ?\\d{3} ?[A-HJ-NPR-TV-Z]{2}"],
        varied,
        (VEHICLE, Never),
        texts!["DPR 495/1992, articolo 257, targhe di immatricolazione"],
    )
    .with(
        texts!["targa «WP 654 JX»", "targa: «CL 684EJ»", "targa=«JR 405 NE»"],
        texts!["order WP 654 JX", "targa=NZ444BT", "targa MB 444MR"],
    ),
];

/// Seven digits, the province or an office of its own, and the Luhn formula.
pub(super) fn partita_iva(d: &[u8]) -> bool {
    matches!(number(d, 7, 3), 1..=100 | 120 | 121 | 888 | 999) && luhn(d)
}

/// Characters at odd places count by this table, digits as the letters from A to J.
fn codice_fiscale(d: &[u8]) -> bool {
    const ODD: [u8; 26] = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];
    let count = |(i, &b): (usize, &u8)| {
        let place = if b.is_ascii_digit() { value(b) } else { value(b) - 10 };
        if i % 2 == 0 { ODD.get(place as usize).copied().map_or(0, u32::from) } else { place }
    };
    // the day of birth is 1 to 31, and 40 more for women; letters may stand for digits
    let day = if digit(d, 9) > 9 || digit(d, 10) > 9 { 1 } else { digit(d, 9) * 10 + digit(d, 10) };
    matches!(day, 1..=31 | 41..=71) && d.iter().take(15).enumerate().map(count).sum::<u32>() % 26 + 10 == last(d)
}
