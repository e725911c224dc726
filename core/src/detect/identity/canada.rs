//! Canada.

use super::id;
use crate::detect::Alone::{Marked, Never, Printed};
use crate::detect::context::{COMPANY, HEALTH, HOMONYM, LICENCE, PASSPORT, SOCIAL, TAX};
use crate::detect::{Detector, texts};
use crate::validate::digits::{head, is_day, lack, last, luhn, number, tail, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.ca.sin",
        &["[1-79]\\d{2}[- ]?\\d{3}[- ]?\\d{3}", "![089]\\d{2}[- ]?\\d{3}[- ]?\\d{3}"],
        luhn,
        (SOCIAL | HOMONYM, Marked),
        texts!["Employment and Social Development Canada, Social Insurance Number"],
    )
    .named("sin socialinsurance socialinsurancenumber")
    .with(
        texts!["social insurance «106 468341»", "NAS assurance sociale: «134719293»", "social_insurance=«385059647»"],
        texts!["order 106 468341", "social=475748-666", "social 403 639835"],
    ),
    id(
        "identity.ca.business-number",
        &["\\d{9} ?R[CGMPRTZ] ?\\d{4}", "\\d{9}"],
        |d| luhn(head(d, 9)),
        (COMPANY | TAX | HOMONYM, Printed),
        texts!["Canada Revenue Agency, Business Number"],
    )
    .with(
        texts![
            "business number BN «596021691 RR 4198»",
            "BN: «602088270»",
            "business_number_bn=«094778917RM7583»",
            "seen «596021691 RR 4198» today"
        ],
        texts!["order 596021691RR4198", "business_bn=125594022", "business_bn=85098 1144"],
    ),
    id(
        "identity.ca.health-ontario",
        &["\\d{4}[ -]?\\d{3}[ -]?\\d{3}([ -]?[A-Z]{2})?"],
        |d| luhn(head(d, 10)),
        (HEALTH, Marked),
        texts!["Ontario Ministry of Health, Health Card validation reference manual"],
    )
    .named("ohip")
    .with(
        texts!["OHIP «3760449 052JX»", "health card OHIP: «9845075630»", "ohip=«2566-926420»"],
        texts!["order 3760449 052JX", "healthcard 6912321349 RU", "healthcard=8640 054-081 LO"],
    ),
    id(
        "identity.ca.health-british-columbia",
        &["9\\d{3} ?\\d{3} ?\\d{3}"],
        |d| lack(tail(d, 1), &[2, 4, 8, 5, 10, 9, 7, 3], 11) == last(d),
        (HEALTH, Never),
        texts!["British Columbia Ministry of Health, Personal Health Number, conformance standards"],
    )
    .named("phn")
    .with(
        texts!["PHN «9602182 406»", "PHN: «9596 221 443»", "phn=«9485655416»"],
        texts!["order 9602182 406", "healthcard 9378 242 708", "healthcard 9305 148663"],
    ),
    id(
        "identity.ca.health-quebec",
        &["[A-Z]{4} ?\\d{4} ?\\d{4}"],
        |d| varied(d) && is_day(number(d, 6, 2) % 50, number(d, 8, 2)),
        (HEALTH, Marked),
        texts!["Régie de l'assurance maladie du Québec, numéro d'assurance maladie"],
    )
    .named("ramq")
    .with(
        texts!["RAMQ «XJCE 40532332»", "assurance maladie: «UMSV 4612 3032»", "ramq=«TFKW1608 0809»"],
        texts!["order XJCE 40532332", "healthcard IOJT 1657 0074", "healthcard=KVGS 01040095"],
    ),
    id(
        "identity.ca.passport",
        &["[A-Z]{2}\\d{6}", "[A-Z]\\d{6}[A-Z]{2}"],
        varied,
        (PASSPORT, Never),
        texts!["Canadian Passport Order, SI/81-86"],
    )
    .with(
        texts!["passport «JB479757»", "passeport: «Y852009DW»", "passport=«XC752892»"],
        texts!["order JB479757", "job JB47975", "job Y852009DW7"],
    ),
    id(
        "identity.ca.driving-licence",
        &["[A-Z]\\d{4}-?\\d{5}-?\\d{5}", "[A-Z]\\d{4}-?\\d{6}-?\\d{2}", "\\d{6}-?\\d{3}"],
        varied,
        (LICENCE, Never),
        texts!["Ontario Regulation 340/94, drivers' licences", "SAAQ, numéro de permis de conduire"],
    )
    .with(
        texts!["driver's licence «C6522-5624585094»", "permis de conduire: «U8775-387249-86»", "driver_s_licence=«661988914»"],
        texts!["order C6522-5624585094", "job C6522-562458509", "job U8775-387249-867"],
    ),
];
