//! The United States.

use super::id;
use crate::detect::Alone::{Always, Marked, Never, Printed};
use crate::detect::context::{COMPANY, HEALTH, HOMONYM, LICENCE, NAMED, NATIONAL, PASSPORT, SOCIAL, SSN, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{last, luhn, number, sum, undated, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.us.ssn",
        &["\\d{3}-\\d{2}-\\d{4}", "\\d{9}", "~\\d{3}[ .]\\d{2}[ .]\\d{4}"],
        ssn,
        (SSN, Printed),
        texts!["Social Security Administration, Social Security Number Randomization", "20 CFR § 422.103"],
    )
    .with(
        texts![
            "SSN «492-98-7821»",
            "social security: «632068765»",
            "ssn=«560-56-2295»",
            "seen «492-98-7821» today",
            "social security number «109.99.6001»",
            "SSN «123 45 6789»",
            "soc sec # «536228741»"
        ],
        texts![
            "order 492987821",
            "job 492-98-782",
            "job 6320687657",
            "SSN 078-05-1120",
            "SSN 666-12-3456",
            "SSN 901-00-1234",
            "SSN 219-00-1234"
        ],
    ),
    id(
        "identity.us.itin",
        &["9\\d{2}-\\d{2}-\\d{4}", "9\\d{8}", "~9\\d{2}[ .]\\d{2}[ .]\\d{4}"],
        |d| varied(d) && matches!(number(d, 3, 2), 50..=65 | 70..=88 | 90..=92 | 94..=99),
        (TAX | SOCIAL, Printed),
        texts!["IRS Publication 1915, Individual Taxpayer Identification Number"],
    )
    .with(
        texts!["ITIN «952-97-7573»", "SSN: «959500700»", "itin=«949-50-1477»", "seen «952-97-7573» today"],
        texts!["order 952977573", "job 952-97-757", "job 9595007007"],
    ),
    id(
        "identity.us.ein",
        &["\\d{2}-\\d{7}", "!\\d{9}"],
        |d| varied(d) && !matches!(number(d, 0, 2), 0 | 7..=9 | 17..=19 | 28..=29 | 49 | 69 | 70 | 78 | 79 | 89 | 96 | 97),
        (TAX | COMPANY | HOMONYM, Marked),
        texts!["IRS, How EINs are assigned and valid EIN prefixes"],
    )
    .named("ein fein")
    .with(
        texts!["EIN «56-6499351»", "FEIN: «13-1979524»", "ein=«16-3994373»"],
        texts!["order 56-6499351", "job 56-649935", "job 13-19795247"],
    ),
    id(
        "identity.us.npi",
        &["[12]\\d{9}", "[12]\\d{3}[ -]\\d{3}[ -]\\d{3}", "[12]\\d{2}[ -]\\d{3}[ -]\\d{4}"],
        |d| varied(d) && luhn(&[b"80840", d].concat()),
        (HEALTH, Marked),
        texts!["45 CFR § 162.406", "CMS, Requirements for National Provider Identifier check digit"],
    )
    .named("npi")
    .with(
        texts!["NPI «2181475502»", "NPI: «2742843636»", "npi=«1749225599»"],
        texts!["order 2181475502", "healthcard 1396716786", "healthcard=1834017031"],
    ),
    id(
        "identity.us.dea",
        &["[ABCDEFGHJKLMPR-UX][A-Z9]\\d{7}"],
        |d| varied(d) && sum(d, &[0, 0, 1, 2, 1, 2, 1, 2]) % 10 == last(d),
        (HEALTH, Marked),
        texts!["21 CFR § 1301, DEA registration numbers"],
    )
    .named("dea")
    .with(
        texts!["DEA «CQ5166790»", "DEA: «FN6687000»", "dea=«AT6344636»"],
        texts!["order CQ5166790", "healthcard DK9067245", "healthcard=DL8628980"],
    ),
    id(
        "identity.us.mbi",
        &["[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d-?[AC-HJKMNP-RT-Y]{2}\\d{2}"],
        varied,
        (HEALTH, Always),
        texts!["CMS, Understanding the Medicare Beneficiary Identifier Format"],
    )
    .with(
        texts!["MBI «6XU2QJ1-TY83»", "Medicare: «1E75-MH0EN72»", "mbi=«8XD4PH4-GP76»", "seen «3Q33QY4XK70» today"],
        texts!["1SG4-TE5-MK73", "1EG4-TE5-M173", "1EG44TE5MK733"],
    ),
    id("identity.us.passport", &["[A-Z]\\d{8}", "\\d{9}"], varied, (PASSPORT, Never), texts!["22 CFR part 51, passports"]).with(
        texts!["passport «O03113154»", "passport number: «306318333»", "passport=«C38923610»"],
        texts!["order O03113154", "job O0311315", "job 3063183337"],
    ),
    id(
        "identity.us.driving-licence",
        &[
            "[A-Z]\\d{7}",
            "[A-Z]\\d{3}-?\\d{3}-?\\d{2}-?\\d{3}-?\\d",
            "[A-Z]\\d{3}-?\\d{4}-?\\d{4}",
            "[A-Z]\\d{8}",
            "[A-Z]\\d{14}",
            "[A-Z]\\d{3}-?\\d{3}-?\\d{3}-?\\d{3}",
        ],
        undated,
        (LICENCE, Never),
        texts!["AAMVA DL/ID Card Design Standard, customer identifier", "the motor vehicle departments of the states"],
    )
    .with(
        texts![
            "driver's license «A8308370»",
            "DMV: «P046-362759833»",
            "driver_s_license=«Q9796930-6289»",
            "driver's license «N16250759»",
            "DMV «A77177800422172»",
            "driving licence «I597-496314452»"
        ],
        texts!["order A8308370", "job A830837", "job P046-3627598337"],
    ),
    id(
        "identity.us.driving-licence-number",
        &["\\d{3} ?\\d{3} ?\\d{3}", "\\d{7,8}", "\\d{2}-\\d{3}-\\d{4}"],
        undated,
        (NAMED, Never),
        texts!["AAMVA DL/ID Card Design Standard, customer identifier", "the motor vehicle departments of the states"],
    )
    .with(
        texts!["DMV «473 743992»", "driverslicense: «8468484»", "dmv=«41-848-9738»"],
        texts!["order 473 743992", "job 473 74399", "job 84684847"],
    ),
    id(
        "identity.us.alien-number",
        &["A[ -]?\\d{8,9}", "A[ -]?\\d{3}[ -]\\d{3}[ -]\\d{3}", "(EAC|IOE|LIN|MSC|NBC|SRC|WAC|YSC)\\d{10}"],
        varied,
        (NATIONAL, Never),
        texts!["8 CFR § 1.2, USCIS number"],
    )
    .with(
        texts![
            "USCIS «A728550517»",
            "alien: «A-62921093»",
            "uscis=«A16540295»",
            "alien registration number «A 728-550-517»",
            "alien registration number «SRC2190012345»"
        ],
        texts!["order A728550517", "order SRC2190012345", "job A72855051", "job A-629210937"],
    ),
    id(
        "identity.us.plate",
        &["[A-Z]{3}[ -]?\\d{3,4}", "\\d[A-Z]{3}\\d{3}"],
        varied,
        (VEHICLE, Never),
        texts!["AAMVA License Plate Standard", "the motor vehicle departments of the states"],
    )
    .with(
        texts!["license plate: «7KLM483»", "plate «QRX-4817»", "license_plate=«HTB 2946»"],
        texts!["order 7KLM483", "template QRX-4817", "plate QRX-48"],
    ),
];

/// Areas, groups and numbers that were never given, and the number that was printed on a card in every wallet of a shop.
fn ssn(d: &[u8]) -> bool {
    varied(d) && !matches!(number(d, 0, 3), 0 | 666 | 900..) && number(d, 3, 2) > 0 && number(d, 5, 4) > 0 && d != b"078051120"
}
