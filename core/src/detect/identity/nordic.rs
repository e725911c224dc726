//! Sweden, Norway, Denmark, Finland and Iceland.

use super::id;
use crate::detect::Alone::{Always, Marked, Never, PrintedText, Text};
use crate::detect::context::{COMPANY, HOMONYM, NATIONAL, PASSPORT, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, digit, head, is_day, is_dmy, last, luhn, number, place, rest, tail, undated, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.se.personnummer",
        &["\\d{6}[-+]?\\d{4}", "(19|20)\\d{6}[-+]?\\d{4}"],
        personnummer,
        (NATIONAL | TAX, Text),
        texts!["Folkbokföringslag (1991:481) 18 §", "Skatteverket SKV 704, personnummer och samordningsnummer"],
    )
    .named("personnummer personnr samordningsnummer")
    .with(
        texts!["personnummer «780765+3352»", "samordningsnummer: «201906747454»", "personnummer=«740215+0804»"],
        texts!["order 780765+3352", "tax 841103+8718", "tax=206208712789"],
    ),
    id(
        "identity.se.organisationsnummer",
        &["\\d{2}[2-9]\\d{3}-?\\d{4}"],
        luhn,
        (COMPANY | TAX | NATIONAL, Marked),
        texts!["Lag (1974:174) om identitetsbeteckning för juridiska personer", "Skatteverket SKV 709"],
    )
    .named("organisationsnummer orgnr")
    .with(
        texts!["organisationsnummer «972190-2857»", "orgnr: «3950399828»", "organisationsnummer=«126743-6903»"],
        texts!["order 972190-2857", "tax 446302-8042", "order=6675207670"],
    ),
    id("identity.se.passport", &["[A-Z]{2}\\d{6}", "\\d{8}"], undated, (PASSPORT, Never), texts!["Passlag (1978:302)"]).with(
        texts!["passnummer «ZR420000»", "pass passport: «08052162»", "passnummer=«OG512153»"],
        texts!["order ZR420000", "job ZR42000", "order 080521627"],
    ),
    id(
        "identity.se.plate",
        &["[A-HJ-PR-UW-Z]{3} ?\\d{2}[0-9A-HJ-NPR-UW-Z]"],
        varied,
        (VEHICLE, Never),
        texts!["Lag (2019:370) om fordons registrering och användning"],
    )
    .with(
        texts!["registreringsnummer «UEZ 25J»", "registreringsnummer: «AOP 219»", "registreringsnummer=«RJS 915»"],
        texts!["order UEZ 25J", "registreringsnummer YLP11D", "registreringsnummer=SUH 22Y"],
    ),
    id(
        "identity.no.fodselsnummer",
        &["\\d{6}[ -]?\\d{5}"],
        fodselsnummer,
        (NATIONAL | TAX, PrintedText),
        texts!["Folkeregisterforskriften § 2-2-3", "Skatteetaten, fødselsnummer og d-nummer"],
    )
    .named("fødselsnummer fodselsnummer fnr personnummer")
    .with(
        texts!["fødselsnummer «58461233277»", "fnr: «988731 71723»", "fødselsnummer=«176936 03161»", "seen «988731 71723» today"],
        texts!["order 58461233277", "tax=178567-06725", "tax 434880-30965"],
    ),
    id(
        "identity.no.organisasjonsnummer",
        &["[89]\\d{2} ?\\d{3} ?\\d{3}"],
        orgnr,
        (COMPANY | TAX, Marked),
        texts!["Brønnøysundregistrene, organisasjonsnummeret"],
    )
    .named("organisasjonsnummer orgnr")
    .with(
        texts!["organisasjonsnummer «893900748»", "orgnr: «970335 544»", "organisasjonsnummer=«853 934 844»"],
        texts!["order 893900748", "tax 985 981069", "tax=927509 394"],
    ),
    id(
        "identity.no.vat",
        &["(NO ?)?[89]\\d{2} ?\\d{3} ?\\d{3} ?MVA"],
        |d| orgnr(d.strip_prefix(b"NO").unwrap_or(d)),
        (COMPANY | TAX, Always),
        texts!["Merverdiavgiftsloven § 2-1", "Brønnøysundregistrene, organisasjonsnummeret"],
    )
    .with(
        texts!["MVA «NO815 467 663MVA»", "MVA: «946093483MVA»", "mva=«NO852808438MVA»", "seen «NO 804278 753MVA» today"],
        texts!["mva=984 292 281MVA", "MVA NO817 176 894MVA", "MVA 914 795372MVA"],
    ),
    id("identity.no.passport", &["[A-Z]{3}\\d{5}", "\\d{8}"], undated, (PASSPORT, Never), texts!["Passloven"]).with(
        texts!["pass passport «BJR66691»", "passnummer: «93754763»", "pass_passport=«URC40465»"],
        texts!["order BJR66691", "version 19531222", "pass passport XUP99999"],
    ),
    id(
        "identity.dk.cpr",
        &["\\d{6}[- ]?\\d{4}"],
        |d| varied(d) && is_dmy(d, 0),
        (NATIONAL, Marked),
        texts!["CPR-kontoret, Personnummeret i CPR", "CPR-loven § 3"],
    )
    .named("cpr cprnr")
    .with(
        texts!["CPR «301248 7408»", "CPR-nummer: «270283 7339»", "cpr=«0505504135»"],
        texts!["order 301248 7408", "job 301248 740", "job 270283 73397"],
    ),
    id(
        "identity.dk.cvr",
        &["\\d{2} ?\\d{2} ?\\d{2} ?\\d{2}"],
        cvr,
        (COMPANY | TAX, Marked),
        texts!["CVR-loven § 4", "Erhvervsstyrelsen, modulus 11-kontrol"],
    )
    .named("cvr cvrnr cvrnummer")
    .with(texts!["CVR «770280 80»", "CVR: «410746 55»", "cvr=«7554 78 54»"], texts!["order 770280 80", "tax 30 0611 94", "tax=24 0759 04"]),
    id("identity.dk.passport", &["\\d{9}"], varied, (PASSPORT, Never), texts!["Pasloven"]).with(
        texts!["pas passport «950941701»", "pasnummer: «229084715»", "pas_passport=«180777853»"],
        texts!["order 950941701", "job 95094170", "job 2290847157"],
    ),
    id(
        "identity.fi.hetu",
        &["\\d{6}[-+A-FU-Y]\\d{3}[0-9A-FHJ-NPR-Y]", "!\\d{6}[-+A-FU-Y]\\d{3}[0-9A-Z]"],
        hetu,
        (NATIONAL | TAX, Always),
        texts!["Valtioneuvoston asetus väestötietojärjestelmästä 128/2010, 2 §, as of 690/2022"],
    )
    .named("hetu henkilotunnus henkilötunnus")
    .with(
        texts!["henkilötunnus «081063X1112»", "HETU: «020788A876W»", "henkilötunnus=«100842A2338»", "seen «210313D749F» today"],
        texts!["tax 260411U831K", "tax=090900A5293", "tax 161283Y8473"],
    ),
    id(
        "identity.fi.ytunnus",
        &["\\d{7}-\\d", "!\\d{8}"],
        ytunnus,
        (COMPANY | TAX | HOMONYM, Marked),
        texts!["Yritys- ja yhteisötietolaki 244/2001, 9 §"],
    )
    .named("ytunnus")
    .with(
        texts!["Y-tunnus «8399304-3»", "Y-tunnus: «7108744-9»", "y_tunnus=«7239332-5»", "«1449149-6»"],
        texts!["order 8399304-3", "Y-tunnus 2968340-0", "y_tunnus=9232067-3"],
    ),
    id("identity.fi.passport", &["[A-Z]{2}\\d{7}"], varied, (PASSPORT, Never), texts!["Passilaki 671/2006"]).with(
        texts!["passi «TB3780914»", "passport: «US8320080»", "passi=«XA6005232»"],
        texts!["order TB3780914", "job TB378091", "job US83200807"],
    ),
    id(
        "identity.is.kennitala",
        &["\\d{6}[- ]?\\d{3}[09]"],
        |d| rest(d, &[3, 2, 7, 6, 5, 4, 3, 2, 1], 11) == 0 && is_day(number(d, 2, 2), number(d, 0, 2) % 40),
        (NATIONAL | TAX | COMPANY, Text),
        texts!["Þjóðskrá Íslands, kennitölur", "Lög um skráningu einstaklinga 140/2019"],
    )
    .named("kennitala")
    .with(
        texts!["kennitala «6604108729»", "kt. kennitala: «841265 8740»", "kennitala=«130981 6829»"],
        texts!["order 6604108729", "tax 851013 8959", "tax 980402-0349"],
    ),
    id("identity.is.passport", &["A\\d{7}"], varied, (PASSPORT, Never), texts!["Lög um vegabréf 136/1998"]).with(
        texts!["vegabréf «A3509382»", "passport: «A7275738»", "vegabréf=«A1504752»"],
        texts!["order A3509382", "job A350938", "job A72757387"],
    ),
];

/// The day is 60 more in the numbers of those who are not in the register.
fn personnummer(d: &[u8]) -> bool {
    let d = tail(d, d.len().saturating_sub(10));
    luhn(d) && is_day(number(d, 2, 2), number(d, 4, 2) % 60)
}

/// The day is 40 more in D-numbers; the month is 40 more in those of hospitals, and 80 or 65 more in those of tests.
fn fodselsnummer(d: &[u8]) -> bool {
    let (day, month) = (number(d, 0, 2) % 40, number(d, 2, 2));
    rest(d, &[3, 7, 6, 1, 8, 9, 4, 5, 2, 1], 11) == 0
        && rest(d, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11) == 0
        && [0, 40, 80, 65].iter().any(|more| is_day(month.wrapping_sub(*more), day))
}

pub(super) fn orgnr(d: &[u8]) -> bool {
    rest(d, &[3, 2, 7, 6, 5, 4, 3, 2, 1], 11) == 0
}

pub(super) fn cvr(d: &[u8]) -> bool {
    at(d, 0) != b'0' && rest(d, &[2, 7, 6, 5, 4, 3, 2, 1], 11) == 0
}

/// The sign of the century says nothing of the check character; `-` and `+` are no letters, so the end is counted from behind.
fn hetu(d: &[u8]) -> bool {
    let end = tail(d, d.len().saturating_sub(4));
    let check = (number(d, 0, 6) * 1000 + number(end, 0, 3)) % 31;
    varied(d) && is_dmy(d, 0) && u64::from(place(b"0123456789ABCDEFHJKLMNPRSTUVWXY", at(end, 3))) == check
}

pub(super) fn ytunnus(d: &[u8]) -> bool {
    rest(d, &[7, 9, 10, 5, 8, 4, 2, 1], 11) == 0
}

/// The Swedish VAT number behind `SE`: a number of ten, and two digits of the branch.
pub(super) fn se_vat(d: &[u8]) -> bool {
    luhn(head(d, 10)) && (digit(d, 10), last(d)) != (0, 0)
}
