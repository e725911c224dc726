//! France.

use super::id;
use crate::detect::Alone::{Marked, Never, PrintedText, Text};
use crate::detect::context::{COMPANY, HEALTH, LICENCE, NAMED, NATIONAL, PASSPORT, SOCIAL, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, head, luhn, number, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.fr.nir",
        &["[12378] ?\\d{2} ?(0[1-9]|1[0-2]|[2-9]\\d) ?(\\d{2}|2[AB]) ?\\d{3} ?\\d{3} ?\\d{2}"],
        nir,
        (SOCIAL, PrintedText),
        texts!["Code de la sécurité sociale, article R161-1", "INSEE, numéro d'inscription au répertoire"],
    )
    .named("nir nss insee")
    .with(
        texts![
            "NIR «36348 99 669 339 57»",
            "sécurité sociale: «8 2711 2B 417 834 46»",
            "nir=«1 86 102B 91716833»",
            "seen «36348 99 669 339 57» today"
        ],
        texts!["order 363489966933957", "sociale 823 12 2B869 778 93", "sociale=124762B 73125052"],
    ),
    id(
        "identity.fr.siren",
        &["\\d{3} ?\\d{3} ?\\d{3}"],
        luhn,
        (COMPANY, Never),
        texts!["Code de commerce, article R123-221", "INSEE, système SIRENE"],
    )
    .named("siren")
    .with(
        texts!["SIREN «850580 242»", "SIREN: «698 137 163»", "siren=«100 923 556»"],
        texts!["order 850580 242", "entreprise 825023 691", "entreprise=558 146137"],
    ),
    id(
        "identity.fr.siret",
        &["\\d{3} ?\\d{3} ?\\d{3} ?\\d{5}"],
        siret,
        (COMPANY, Text),
        texts!["Code de commerce, article R123-221", "INSEE, système SIRENE"],
    )
    .named("siret")
    .with(
        texts!["SIRET «422 385 708 79706»", "SIRET: «923 347 37164568»", "siret=«276 515 89789345»"],
        texts!["order 422 385 708 79706", "entreprise 746314 77225507", "entreprise 941068 30687958"],
    ),
    id(
        "identity.fr.ine",
        &["\\d{9}[A-Z]{2}", "\\d{10}[A-Z]"],
        varied,
        (NATIONAL | NAMED, Never),
        texts!["Arrêté du 16 février 2012, répertoire national des identifiants élèves, étudiants et apprentis"],
    )
    .with(
        texts!["INE «580753914LP»", "INE : «1208845731K»", "ine=«396871205RB»"],
        texts!["order 580753914LP", "job 580753914L", "job 1208845731KP"],
    ),
    id(
        "identity.fr.tax-number",
        &["[0-3]\\d ?\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}"],
        |d| varied(d) && number(d, 0, 10) % 511 == number(d, 10, 3),
        (TAX, Text),
        texts!["Direction générale des Finances publiques, numéro fiscal de référence", "OECD, TIN of France"],
    )
    .named("spi")
    .with(
        texts!["numéro fiscal «1084114 573 479»", "SPI: «24 28548 435 495»", "numéro_fiscal=«01 63873900288»"],
        texts!["order 1084114 573 479", "fiscal 3252577 102281", "fiscal 2403447487372"],
    ),
    id("identity.fr.passport", &["\\d{2}[A-Z]{2}\\d{5}"], varied, (PASSPORT, Never), texts!["Décret 2005-1726 relatif aux passeports"])
        .with(
            texts!["passeport «98EQ12332»", "passeport: «12BU73310»", "passeport=«55NM94530»"],
            texts!["order 98EQ12332", "job 98EQ1233", "job 12BU733107"],
        ),
    id(
        "identity.fr.identity-card",
        &["\\d{12}", "[CDFGHJ-NPRTVWXY][0-9CDFGHJ-NPRTVWXY]{7}\\d"],
        varied,
        (NAMED, Never),
        texts!["Décret 55-1397 instituant la carte nationale d'identité"],
    )
    .with(
        texts!["CNI «844547359003»", "carte identité: «NLP7CYC34»", "cni=«796413811633»"],
        texts!["order 844547359003", "cni=FX8HLJ8K8", "cni=CDMMK0R00"],
    ),
    id(
        "identity.fr.driving-licence",
        &["\\d{2}[A-Z]{2}\\d{5}", "\\d{12}"],
        varied,
        (LICENCE, Never),
        texts!["Arrêté du 20 avril 2012, conditions d'établissement du permis de conduire"],
    )
    .with(
        texts!["permis de conduire «74DN51746»", "permis de conduire: «891084074767»", "permis_de_conduire=«38YI84009»"],
        texts!["order 74DN51746", "job 74DN5174", "job 8910840747677"],
    ),
    id(
        "identity.fr.rpps",
        &["\\d{11}"],
        luhn,
        (HEALTH, Never),
        texts!["Arrêté du 6 février 2009, Répertoire partagé des professionnels de santé"],
    )
    .named("rpps")
    .with(
        texts!["RPPS «62090684762»", "RPPS: «97408770366»", "rpps=«71443112009»"],
        texts!["order 62090684762", "healthcard 89178744436", "healthcard=08991086587"],
    ),
    id(
        "identity.fr.plate",
        &["[A-HJ-NP-TV-Z]{2}[ -]?\\d{3}[ -]?[A-HJ-NP-TV-Z]{2}"],
        varied,
        (VEHICLE, Marked),
        texts!["Arrêté du 9 février 2009, modalités d'immatriculation des véhicules"],
    )
    .with(
        texts!["immatriculation «CY772YP»", "immatriculation: «RX 157-TW»", "immatriculation=«VD-464ML»"],
        texts!["order CY772YP", "immatriculation=RQ333QD", "immatriculation YH111VM"],
    ),
];

/// Two digits that make a multiple of 97 with the thirteen before them; the departments `2A` and `2B` count 19 and 18.
fn nir(d: &[u8]) -> bool {
    let corsica = match at(d, 6) {
        b'A' => 11,
        b'B' => 13,
        _ => 0,
    };
    let department = number(d, 5, 2).saturating_sub(corsica) * 1_000_000;
    varied(d)
        && number(d, 13, 2) <= 97
        && (number(d, 0, 5) * 100_000_000 + department + number(d, 7, 6) + number(d, 13, 2)).is_multiple_of(97)
}

/// The establishments of La Poste have a digit sum that is a multiple of five instead.
fn siret(d: &[u8]) -> bool {
    luhn(head(d, 9)) && luhn(d) || d.starts_with(b"356000000") && d.iter().map(|b| u32::from(b - b'0')).sum::<u32>() % 5 == 0
}
