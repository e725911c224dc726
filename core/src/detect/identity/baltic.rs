//! Estonia, Latvia and Lithuania.

use super::id;
use crate::detect::Alone::{Marked, Never, Text};
use crate::detect::context::{COMPANY, NATIONAL, PASSPORT, TAX};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, head, is_dmy, is_ymd, last, rest, sum, undated, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.ee.isikukood",
        &["[1-8]\\d{10}"],
        |d| isikukood(d) && is_ymd(d, 1),
        (NATIONAL | TAX, Text),
        texts!["EVS 585:2007, isikukood", "Rahvastikuregistri seadus § 39"],
    )
    .named("isikukood")
    .with(
        texts!["isikukood «52308298098»", "isikukood: «55312065359»", "isikukood=«51708173658»"],
        texts!["order 52308298098", "tax=44002095786", "tax 76608117185"],
    ),
    id(
        "identity.ee.registrikood",
        &["[1789]\\d{7}"],
        isikukood,
        (COMPANY, Never),
        texts!["Registrite ja Infosüsteemide Keskus, registrikood"],
    )
    .named("registrikood")
    .with(
        texts!["registrikood «83362427»", "registrikood: «92402522»", "registrikood=«16931628»"],
        texts!["order 83362427", "entreprise 84794354", "entreprise=75045821"],
    ),
    id("identity.ee.passport", &["K[A-Z]?\\d{7}"], varied, (PASSPORT, Never), texts!["Isikut tõendavate dokumentide seadus"]).with(
        texts!["pass passport «K9798382»", "pass passport: «KM8714781»", "pass_passport=«K4559738»"],
        texts!["order K9798382", "job K979838", "job KM87147817"],
    ),
    id(
        "identity.lv.personas-kods",
        &["\\d{6}-?\\d{5}"],
        personas_kods,
        (NATIONAL | TAX, Marked),
        texts!["Fizisko personu reģistra likums", "OECD, TIN of Latvia"],
    )
    .named("personaskods")
    .with(
        texts!["personaskods «320009-93724»", "personaskods: «329343-44378»", "personaskods=«32324504084»"],
        texts!["order 320009-93724", "tax 070424-54750", "tax=010136-81450"],
    ),
    id("identity.lv.company", &["[4-9]\\d{10}"], lv_company, (COMPANY | TAX, Never), texts!["Uzņēmumu reģistrs, reģistrācijas numurs"])
        .with(
            texts!["reģistrācijas numurs «49972112569»", "reģistrācijas numurs: «80359387727»", "reģistrācijas_numurs=«66447269561»"],
            texts!["order 49972112569", "reģistrācijas numurs 90496267460", "reģistrācijas_numurs=56359941703"],
        ),
    id("identity.lv.passport", &["[A-Z]{2}\\d{7}"], varied, (PASSPORT, Never), texts!["Personu apliecinošu dokumentu likums"]).with(
        texts!["passport «XF7229198»", "passport: «VB2715752»", "passport=«TQ4924357»"],
        texts!["order XF7229198", "job XF722919", "job VB27157527"],
    ),
    id(
        "identity.lt.asmens-kodas",
        &["[1-6]\\d{10}"],
        |d| isikukood(d) && is_ymd(d, 1),
        (NATIONAL | TAX, Text),
        texts!["Lietuvos Respublikos gyventojų registro įstatymas, 8 straipsnis"],
    )
    .named("asmens asmenskodas")
    .with(
        texts!["asmens kodas «45410191684»", "asmens kodas: «25802224082»", "asmens_kodas=«36011037525»"],
        texts!["order 45410191684", "tax 48812275745", "tax=38209126185"],
    ),
    id("identity.lt.company", &["[1-3]\\d{8}"], isikukood, (COMPANY, Never), texts!["Registrų centras, juridinio asmens kodas"]).with(
        texts!["įmonės kodas «142679726»", "įmonės kodas: «112661505»", "įmonės_kodas=«139000791»"],
        texts!["order 142679726", "įmonės 221272808", "įmonės 211928159"],
    ),
    id("identity.lt.passport", &["\\d{8}"], undated, (PASSPORT, Never), texts!["Paso įstatymas"]).with(
        texts!["pasas «30851275»", "passport: «70132919»", "pasas=«17061865»"],
        texts!["order 30851275", "job 3085127", "job 701329197"],
    ),
];

/// The sum weighted from 1 on, or from 3 on where its remainder is ten.
fn isikukood(d: &[u8]) -> bool {
    let id = head(d, d.len().saturating_sub(1));
    let check = match sum(id, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11 {
        10 => sum(id, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11 % 10,
        check => check,
    };
    varied(d) && check == last(d)
}

/// Codes since 2017 begin with 32 and have neither a date nor a check digit.
fn personas_kods(d: &[u8]) -> bool {
    d.starts_with(b"32") || varied(d) && is_dmy(d, 0) && (sum(d, &[10, 5, 8, 4, 2, 1, 6, 3, 7, 9]) + 1) % 11 % 10 == last(d)
}

fn lv_company(d: &[u8]) -> bool {
    rest(d, &[9, 1, 4, 8, 3, 10, 2, 5, 7, 6, 1], 11) == 3
}

/// The Latvian VAT number behind `LV`, of a company or of a person.
pub(super) fn lv_vat(d: &[u8]) -> bool {
    if at(d, 0) > b'3' { lv_company(d) } else { personas_kods(d) }
}

/// The Lithuanian one behind `LT`, of nine or twelve digits: the last but one is always 1.
pub(super) fn lt_vat(d: &[u8]) -> bool {
    let id = head(d, d.len().saturating_sub(1));
    let check = match sum(id, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2]) % 11 {
        10 => sum(id, &[3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4]) % 11 % 10,
        check => check,
    };
    varied(d) && id.last() == Some(&b'1') && check == last(d)
}
