//! Germany, Austria and Switzerland.

use super::id;
use crate::detect::Alone::{Always, Marked, Never, Printed, PrintedText, Text};
use crate::detect::context::{COMPANY, HEALTH, LICENCE, NAMED, NATIONAL, PASSPORT, SOCIAL, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{cross_sum, digit, head, is_day, iso_11_10, lack, last, number, place, rest, sum, tail, value, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.de.tax-id",
        &["[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}"],
        tax_id,
        (TAX, Text),
        texts!["Abgabenordnung § 139b", "Bundeszentralamt für Steuern, steuerliche Identifikationsnummer"],
    )
    .named("steuerid idnr steueridentifikationsnummer steuer")
    .with(
        texts!["Steuer-ID «34708 136 539»", "IdNr: «17567 394 788»", "steuer_id=«17108 351694»"],
        texts!["order 34708 136 539", "tax 36 100 205 673", "tax 84626 350 319"],
    ),
    id(
        "identity.de.tax-number",
        &[
            "\\d{2,3}/\\d{3,4}/\\d{4,5}",
            "\\d{4}0\\d{8}",
            "?(1[01]|2[1-8]|3[0-2]|4[01]|[59]\\d)\\d{2}0\\d{8}",
            "!\\d{10,13}",
            "!\\d{2,5}[ /]\\d{3,5}[ /]\\d{4,5}",
        ],
        varied,
        (TAX, Marked),
        texts!["Bundesministerium der Finanzen, Aufbau der Steuernummer"],
    )
    .named("steuernummer steuernr finanzamt")
    .with(
        texts!["Steuernummer «055/281/25092»", "St.-Nr. Finanzamt: «4595088788630»", "steuernummer=«37/9621/60551»"],
        texts!["order 055/281/25092", "job 055/281/2509", "job 45950887886307"],
    ),
    id(
        "identity.de.pension",
        &["\\d{2} ?\\d{6} ?[A-Z] ?\\d{3}", "\\d{2} ?\\d{6} ?[A-Z] ?\\d{2} ?\\d"],
        pension,
        (SOCIAL, Printed),
        texts!["VKVV § 2, Versicherungsnummer der Rentenversicherung"],
    )
    .named("rentenversicherung rentenversicherungsnummer sozialversicherungsnummer svnr svnummer rvnr")
    .with(
        texts![
            "Rentenversicherungsnummer «71 690808 M 349»",
            "Sozialversicherungsnummer: «42140104P 93 9»",
            "rentenversicherungsnummer=«52100185 E263»",
            "seen «71 690808 M 349» today"
        ],
        texts!["order 71690808M349", "sociale 78761246 N194", "sociale=17741071 X549"],
    ),
    id(
        "identity.de.kvnr",
        &["[A-Z]\\d{9}"],
        kvnr,
        (HEALTH, Marked),
        texts!["SGB V § 290, Krankenversichertennummer", "GKV-Spitzenverband, Prüfziffernverfahren"],
    )
    .named("kvnr krankenversichertennummer versichertennummer versichertennr")
    .with(
        texts!["KVNR «K462268744»", "Krankenversichertennummer: «B940968864»", "kvnr=«T350233821»"],
        texts!["order K462268744", "healthcard Q420294781", "healthcard=L374731414"],
    ),
    id(
        "identity.de.lanr",
        &["\\d{9}"],
        |d| last(head(d, 7)) == lack(d, &[4, 9, 4, 9, 4, 9], 10),
        (HEALTH, Never),
        texts!["KBV, Richtlinie nach § 75 Absatz 7 SGB V zur Vergabe der Arzt-, Betriebsstätten- und Praxisnetznummern"],
    )
    .named("lanr arztnummer")
    .with(
        texts!["LANR «272043874»", "Arztnummer: «877457825»", "lanr=«271815431»"],
        texts!["order 272043874", "healthcard 351869480", "healthcard=200662160"],
    ),
    id(
        "identity.de.bsnr",
        &["\\d{9}"],
        varied,
        (NAMED, Never),
        texts!["KBV, Richtlinie nach § 75 Absatz 7 SGB V zur Vergabe der Arzt-, Betriebsstätten- und Praxisnetznummern"],
    )
    .with(
        texts!["BSNR «918204046»", "Betriebsstättennummer: «245672498»", "bsnr=«885984550»"],
        texts!["order 918204046", "job 91820404", "job 2456724987"],
    ),
    id(
        "identity.de.identity-card",
        &["[CFGHJ-NPRTVW-Z][0-9CFGHJ-NPRTVW-Z]{8}\\d?"],
        document,
        (NATIONAL | NAMED, Marked),
        texts!["Personalausweisverordnung § 2, Seriennummer", "ICAO Doc 9303, part 3, check digits"],
    )
    .named("personalausweis personalausweisnummer ausweisnummer")
    .with(
        texts!["Personalausweis «LT5MZ7477»", "Ausweisnummer: «NK5L6XTGL6»", "personalausweis=«PWK30R6MG»"],
        texts!["order LT5MZ7477", "national=R5V24K5553", "national W2HJJ1XH32"],
    ),
    id(
        "identity.de.passport",
        &["[CFGHJ-NPRTVW-Z][0-9CFGHJ-NPRTVW-Z]{8}\\d?"],
        document,
        (PASSPORT, Marked),
        texts!["Passverordnung, Anlage 1, Seriennummer", "ICAO Doc 9303, part 3, check digits"],
    )
    .named("reisepass reisepassnummer")
    .with(
        texts!["Reisepass «XM9ZC65Z9»", "passport: «LTRKX4924»", "reisepass=«Y05NJ2J1L»"],
        texts!["order XM9ZC65Z9", "passport=GC0FKC0P57", "passport Z1X92PP4G1"],
    ),
    id(
        "identity.de.driving-licence",
        &["[A-Z]\\d{2}[0-9A-Z]{6}[0-9X][0-9A-Z]", "?[A-Z]{2}\\d{8}[A-Z]", "![A-Z]{2}\\d{9}"],
        |d| varied(d) && place(b"0123456789X", d.get(9).copied().unwrap_or_default()) == sum(d, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 11,
        (LICENCE, Marked),
        texts!["Fahrerlaubnis-Verordnung, Anlage 8, Führerscheinnummer"],
    )
    .named("führerschein fuhrerschein fuehrerschein führerscheinnummer fuehrerscheinnummer")
    .with(
        texts!["Führerschein «Q579JHEC12H»", "Führerscheinnummer: «L494UBFAL5M»", "führerschein=«U73OQTD2216»"],
        texts!["order Q579JHEC12H", "permis B64VTYF3T67", "permis=F362BB1GB17"],
    ),
    id(
        "identity.de.commercial-register",
        &["HR[AB] ?\\d{3,6}"],
        varied,
        (COMPANY, Always),
        texts!["Handelsregisterverordnung § 3, Abteilungen A und B"],
    )
    .with(
        texts![
            "Amtsgericht Hamburg «HRA 2018»",
            "Amtsgericht Hamburg: «HRA5562»",
            "amtsgericht_hamburg=«HRB 92221»",
            "seen «HRB286492» today"
        ],
        texts!["HRC 12345", "HRB-", "HRB 1", "HRB 12345678"],
    ),
    id(
        "identity.de.plate",
        &["[A-Z]{1,3}[ -][A-Z]{1,2}[ -]?\\d{1,4}[EH]?", "?[A-Z]{1,3}[ -][A-Z]{1,2}[ -]\\d{1,4}[EH]?"],
        varied,
        (VEHICLE, Never),
        texts!["Fahrzeug-Zulassungsverordnung, Anlage 2"],
    )
    .with(
        texts!["Kennzeichen «DOG-O6700»", "Kennzeichen: «YS P421»", "kennzeichen=«BQP-K-1175»"],
        texts!["order DOG-O6700", "kennzeichen=FXYZ-NJ-22", "Kennzeichen FP-KQ99"],
    ),
    id(
        "identity.at.social-security",
        &["\\d{4}[ -]?\\d{6}"],
        |d| {
            digit(d, 3) == rest(d, &[3, 7, 9, 0, 5, 8, 4, 2, 1, 6], 11)
                && number(d, 6, 2) < 16
                && is_day(number(d, 6, 2).min(12), number(d, 4, 2))
        },
        (SOCIAL, Text),
        texts!["Dachverband der Sozialversicherungsträger, Versicherungsnummer", "ASVG § 460d"],
    )
    .named("svnr svnummer sozialversicherungsnummer")
    .with(
        texts!["SVNR «8711-201243»", "Sozialversicherungsnummer: «5129220736»", "svnr=«1584-161135»"],
        texts!["order 8711-201243", "sociale 9337 097597", "sociale=6584022712"],
    ),
    id(
        "identity.at.tax-number",
        &["\\d{2}[- ]?\\d{3}/?\\d{4}"],
        |d| varied(d) && (10 - cross_sum(d, &[1, 2, 1, 2, 1, 2, 1, 2]) % 10) % 10 == last(d),
        (TAX, Marked),
        texts!["Bundesministerium für Finanzen, Abgabenkontonummer", "OECD, TIN of Austria"],
    )
    .named("abgabenkontonummer steuernummer")
    .with(
        texts!["Steuernummer «61179/6228»", "Abgabenkontonummer: «660180415»", "steuernummer=«11-935/1542»"],
        texts!["order 61179/6228", "tax 61 9433739", "tax 86-093/0936"],
    ),
    id(
        "identity.at.company-register",
        &["(FN ?)?\\d{5,6} ?[A-Z]"],
        varied,
        (COMPANY, Never),
        texts!["Firmenbuchgesetz § 30, Firmenbuchnummer"],
    )
    .with(
        texts!["Firmenbuch «FN02724 I»", "Firmenbuchnummer: «FN 66075A»", "firmenbuch=«FN22592S»"],
        texts!["order FN02724 I", "firmenbuch=66666H", "Firmenbuch 55555L"],
    ),
    id("identity.at.passport", &["[A-Z] ?\\d{7}"], varied, (PASSPORT, Never), texts!["Passgesetz 1992 § 3"]).with(
        texts!["Reisepass «R7787672»", "Reisepass: «F 8046218»", "reisepass=«X 0662240»"],
        texts!["order R7787672", "job R778767", "job F 80462187"],
    ),
    id(
        "identity.ch.ahv",
        &["756[. ]?\\d{4}[. ]?\\d{4}[. ]?\\d{2}"],
        ean,
        (SOCIAL, PrintedText),
        texts!["AHVV Artikel 133bis, Versichertennummer", "GS1 General Specifications, check digit"],
    )
    .named("ahv avs ahvnummer avsnumber")
    .with(
        texts!["AHV «7561127442560»", "AVS: «756 6924 767021»", "ahv=«7569454648020»", "seen «756 6924 767021» today"],
        texts!["order 7561127442560", "sociale 756 2492955582", "sociale=756 5425.947882"],
    ),
    id(
        "identity.ch.uid",
        &["CHE[- ]?\\d{3}\\.?\\d{3}\\.?\\d{3}( ?(MWST|TVA|IVA))?"],
        uid,
        (COMPANY | TAX, Always),
        texts!["Verordnung über die Unternehmens-Identifikationsnummer, Artikel 2"],
    )
    .with(
        texts!["UID «CHE 878.283.992»", "MWST: «CHE 217810.706»", "uid=«CHE 952390977»", "seen «CHE-587404.589» today"],
        texts!["UID CHE 529691.750", "uid=CHE675.844175", "UID CHE460.685.689"],
    ),
    id("identity.ch.passport", &["[A-Z]\\d{7}"], varied, (PASSPORT, Never), texts!["Ausweisverordnung, SR 143.11"]).with(
        texts!["Reisepass «M0695632»", "passeport: «K6266837»", "reisepass=«F7997201»"],
        texts!["order M0695632", "job M069563", "job K62668377"],
    ),
    id(
        "identity.ch.driving-licence",
        &["\\d{12}"],
        varied,
        (NAMED, Never),
        texts!["Verkehrszulassungsverordnung, Artikel 24, Führerausweis im Kreditkartenformat"],
    )
    .with(
        texts!["Führerausweis «704059721844»", "Führerausweis: «749505241169»", "führerausweis=«252094490519»"],
        texts!["order 704059721844", "job 70405972184", "job 7495052411697"],
    ),
    id(
        "identity.ch.plate",
        &["(AG|AI|AR|BE|BL|BS|FR|GE|GL|GR|JU|LU|NE|NW|OW|SG|SH|SO|SZ|TG|TI|UR|VD|VS|ZG|ZH)[ -]?\\d{3,6}"],
        varied,
        (VEHICLE, Never),
        texts!["Verkehrszulassungsverordnung, Artikel 84"],
    )
    .with(
        texts!["Kontrollschild «BE423842»", "Kontrollschild: «GL3967»", "kontrollschild=«AI567»"],
        texts!["order BE423842", "kontrollschild=JU444", "Kontrollschild SH333"],
    ),
];

/// One of the first ten digits stands there twice or three times, the others once at most.
fn tax_id(d: &[u8]) -> bool {
    let repeats = (b'0'..=b'9').map(|digit| head(d, 10).iter().filter(|&&b| b == digit).count()).filter(|&count| count > 1);
    repeats.clone().count() == 1 && repeats.max() < Some(4) && iso_11_10(d)
}

/// The letter counts as its place in the alphabet, in two digits.
fn lettered(b: u8) -> [u8; 2] {
    let place = (value(b) as u8).saturating_sub(9);
    [b'0' + place / 10, b'0' + place % 10]
}

fn pension(d: &[u8]) -> bool {
    let spelled = [head(d, 8), &lettered(d.get(8).copied().unwrap_or_default()), tail(head(d, 11), 9)].concat();
    // the day is 50 more where the number was given twice
    let day = number(d, 2, 2);
    is_day(number(d, 4, 2), if day > 50 { day - 50 } else { day })
        && cross_sum(&spelled, &[2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 == last(d)
}

fn kvnr(d: &[u8]) -> bool {
    let spelled = [&lettered(d.first().copied().unwrap_or_default()), tail(head(d, 9), 1)].concat();
    varied(d) && cross_sum(&spelled, &[1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 == last(d)
}

/// A serial number of nine, with the check digit of the machine-readable zone where there is a tenth. One letter and eight digits, as
/// orders have them, must have it in the ninth place, as the first series did.
fn document(d: &[u8]) -> bool {
    let digits = d.iter().filter(|b| b.is_ascii_digit()).count();
    let check = |weights: &[u8]| sum(d, weights) % 10 == last(d);
    digits >= 3
        && varied(d)
        && match d.len() {
            10 => check(&[7, 3, 1, 7, 3, 1, 7, 3, 1]),
            _ => digits < 8 || check(&[7, 3, 1, 7, 3, 1, 7, 3]),
        }
}

/// The check digit of a GTIN: weights 1 and 3 in turns, 3 for the last but one.
pub(super) fn ean(d: &[u8]) -> bool {
    rest(d, &[1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1], 10) == 0
}

fn uid(d: &[u8]) -> bool {
    rest(tail(d, 3), &[5, 4, 3, 2, 7, 6, 5, 4, 1], 11) == 0
}

/// The Austrian VAT number behind `ATU`.
pub(super) fn at_vat(d: &[u8]) -> bool {
    varied(d) && (96 - cross_sum(d, &[1, 2, 1, 2, 1, 2, 1])) % 10 == last(d)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors() {
        // specimens that are printed widely
        assert!(pension(b"15070649C103") && !pension(b"15070649C104"));
        assert!(ean(b"7569217076985") && !ean(b"7569217076986"));
        assert!(document(b"C01X00T478") && !document(b"C01X00T479"));
    }
}
