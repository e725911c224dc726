//! The United Kingdom and Ireland.

use super::id;
use crate::detect::Alone::{Always, Marked, Never};
use crate::detect::context::{HEALTH, LICENCE, NAMED, NATIONAL, PASSPORT, SOCIAL, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, digit, is_day, number, place, rest, sum, tail, undated, value, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.gb.nino",
        &[
            "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{2} ?\\d{2} ?\\d{2} ?[A-D]",
            "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]-\\d{2}-\\d{2}-\\d{2}-[A-D]",
            "[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\\d{3} ?\\d{3} ?[A-D]",
            "![A-Z]{2} ?\\d{2} ?\\d{2} ?\\d{2} ?[A-Z]",
        ],
        |d| varied(d) && ![b"BG", b"GB", b"KN", b"NK", b"NT", b"TN", b"ZZ"].iter().any(|&letters| d.starts_with(letters)),
        (SOCIAL | NATIONAL | TAX, Always),
        texts!["HMRC, National Insurance Manual NIM39110"],
    )
    .named("nino nationalinsurance nationalinsurancenumber")
    .with(
        texts!["NINO «PZ 88 44 35 C»", "National Insurance: «TL-31-13-17-D»", "nino=«AN0067 43D»", "«NZ-46-52-02-A»"],
        texts!["order QZ 88 44 35 C", "job PZ 88 44 35 ", "job TL-31-13-17-D7"],
    ),
    id(
        "identity.gb.nhs",
        &["\\d{3}[ -]?\\d{3}[ -]?\\d{4}"],
        |d| rest(d, &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11) == 0,
        (HEALTH, Marked),
        texts!["NHS Data Model and Dictionary, NHS NUMBER"],
    )
    .named("nhs nhsnumber nhsno")
    .with(
        texts!["NHS «556158-4421»", "patient NHS no.: «217 467 3681»", "nhs=«413 801 4802»"],
        texts!["order 556158-4421", "healthcard 095 064-1844", "healthcard=889 156-8056"],
    ),
    id(
        "identity.gb.pupil-number",
        &["[A-HJ-NP-RT-Z]\\d{11}[0-9A-HJ-NP-RT-Z]"],
        upn,
        (NAMED, Marked),
        texts!["Department for Education, Unique Pupil Numbers, guide for schools and local authorities"],
    )
    .named("upn")
    .with(
        texts!["UPN «A823456718042»", "upn=«Y936112219077»", "pupil UPN: «U31021001504A»"],
        texts!["order A823456718042", "upn=missing", "UPN count 1447198366123"],
    ),
    id(
        "identity.gb.utr",
        &["\\d{5} ?\\d{5}K?"],
        |d| Some(&at(d, 0)) == b"21987654321".get(rest(tail(d, 1), &[6, 7, 8, 9, 10, 5, 4, 3, 2], 11) as usize),
        (TAX, Marked),
        texts!["HMRC, Unique Taxpayer Reference modulus check"],
    )
    .named("utr")
    .with(
        texts!["UTR «5977751811»", "taxpayer: «43657 41388»", "utr=«47069 22632K»"],
        texts!["order 5977751811", "tax 10225 75083", "tax=42233 88845"],
    ),
    id("identity.gb.passport", &["\\d{9}"], varied, (PASSPORT, Never), texts!["HM Passport Office, passport numbers"]).with(
        texts!["passport «905132845»", "passport no: «027379571»", "passport=«079321939»"],
        texts!["order 905132845", "job 90513284", "job 0273795717"],
    ),
    id(
        "identity.gb.driving-licence",
        &[
            "[A-Z]{1,5}9{0,4}\\d[0156]\\d{4}[A-Z9]{2}\\d[0-9A-Z]{2}( ?\\d{2})?",
            "[A-Z]{1,5}9{0,4} \\d[0156]\\d \\d{3} [A-Z9]{2}\\d[0-9A-Z]{2}( ?\\d{2})?",
        ],
        driver,
        (LICENCE, Always),
        texts!["DVLA, driver number format", "Road Traffic Act 1988, part III"],
    )
    .named("dvla")
    .with(
        texts![
            "driving licence «PQ999707040SE6EW»",
            "driving licence: «LJU99758153NW9TX»",
            "driving_licence=«TGG99056160PO9WD»",
            "«G9999360143QW9NH»"
        ],
        texts!["order PQ999713040SE6EW", "driving licence K9999812009UZ9ZS", "driving licence LEZ99707130P87PD"],
    ),
    id(
        "identity.gb.company-number",
        &["(SC|NI|OC|SO|NC|FC|LP|SL|SE|IP|RC)\\d{6}", "\\d{8}"],
        undated,
        (NAMED, Never),
        texts!["Companies House, Uniform Resource Identifiers Customer Guide, company number prefixes"],
    )
    .with(
        texts!["CRN «SE274197»", "company number CRN: «64206729»", "crn=«NC029642»"],
        texts!["order SE274197", "job SE27419", "job 642067297"],
    ),
    id(
        "identity.gb.plate",
        &["[A-HJ-PR-Y]{2}\\d{2} ?[A-HJ-PR-Z]{3}"],
        varied,
        (VEHICLE, Never),
        texts!["The Road Vehicles (Display of Registration Marks) Regulations 2001"],
    )
    .with(
        texts!["number plate «CR85RXH»", "VRM: «OX97 LWW»", "number_plate=«MA86 MTO»"],
        texts!["order CR85RXH", "number plate GY22 GEN", "number_plate=CX55 JLX"],
    ),
    id(
        "identity.ie.pps",
        &["\\d{7}[A-W][ABHTWX]?"],
        pps,
        (SOCIAL | TAX | NATIONAL, Marked),
        texts!["Department of Social Protection, PPS number"],
    )
    .named("pps ppsn")
    .with(
        texts!["PPS «5116326GA»", "PPSN: «2500377F»", "pps=«6665241OH»", "«2830847SA»"],
        texts!["order 5116326GA", "tax 6651607F", "tax=4306086J"],
    ),
    id("identity.ie.passport", &["[A-Z]{2}\\d{7}"], varied, (PASSPORT, Never), texts!["Passports Act 2008"]).with(
        texts!["passport «QZ3676428»", "passport: «AS1977171»", "passport=«UM6397567»"],
        texts!["order QZ3676428", "job QZ367642", "job AS19771717"],
    ),
    id(
        "identity.ie.driving-licence",
        &["\\d{9}"],
        varied,
        (NAMED, Never),
        texts!["Road Safety Authority, National Driver Licence Service, driver number"],
    )
    .with(
        texts!["driving licence «833421710»", "driving licence: «986663351»", "driving_licence=«437013240»"],
        texts!["order 833421710", "job 83342171", "job 9866633517"],
    ),
];

/// The surname filled up with nines, the date of birth around the decade, women 5 more in the month, initials, and check characters.
fn driver(d: &[u8]) -> bool {
    varied(d) && matches!(d.len(), 16 | 18) && is_day(digit(d, 6) as u64 % 5 * 10 + u64::from(digit(d, 7)), number(d, 8, 2))
}

/// A letter by the remainder by 23, to which a second letter adds nine times its place.
pub(super) fn pps(d: &[u8]) -> bool {
    let second = if d.len() > 8 && !matches!(at(d, 8), b'T' | b'W' | b'X') { (digit(d, 8) - 9) * 9 } else { 0 };
    let check = (sum(d, &[8, 7, 6, 5, 4, 3, 2]) + second) % 23;
    varied(d) && digit(d, 7) == if check == 0 { value(b'W') } else { check + 9 }
}

/// The two digits behind seven weighted ones make a multiple of 97, or one that is 55 short of it.
pub(super) fn vat(d: &[u8]) -> bool {
    varied(d) && matches!((sum(d, &[8, 7, 6, 5, 4, 3, 2]) + number(d, 7, 2) as u32) % 97, 0 | 42)
}

/// The letter in front has the remainder by 23 of the others, each times 2 to 13. A letter at the end is that of a temporary number.
fn upn(d: &[u8]) -> bool {
    const LETTERS: &[u8] = b"ABCDEFGHJKLMNPQRTUVWXYZ";
    let count = |b: u8| if b.is_ascii_digit() { value(b) } else { place(LETTERS, b) };
    let sum: u32 = tail(d, 1).iter().zip(2..).map(|(&b, weight)| count(b) * weight).sum();
    varied(d) && sum % 23 == place(LETTERS, at(d, 0))
}
