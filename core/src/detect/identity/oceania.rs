//! Australia and New Zealand.

use super::dach::ean;
use super::id;
use crate::detect::Alone::{Marked, Never, Text};
use crate::detect::context::{COMPANY, HEALTH, LICENCE, NAMED, PASSPORT, TAX};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, digit, lack, last, luhn, number, place, rest, sum, tail, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.au.tfn",
        &["\\d{3}[ -]?\\d{3}[ -]?\\d{3}", "\\d{8}"],
        |d| rest(d, if d.len() == 8 { &[10, 7, 8, 4, 6, 3, 5, 1] } else { &[1, 4, 3, 7, 5, 8, 6, 9, 10] }, 11) == 0,
        (TAX, Marked),
        texts!["Taxation Administration Act 1953 (Australia), part VA", "Australian Taxation Office, TFN algorithm"],
    )
    .named("tfn")
    .with(
        texts!["TFN «932863482»", "tax file number: «04804446»", "tfn=«334324700»"],
        texts!["order 932863482", "tax 757916 510", "tax=87531908"],
    ),
    id(
        "identity.au.abn",
        &["[1-9]\\d ?\\d{3} ?\\d{3} ?\\d{3}"],
        |d| varied(d) && (sum(d, &[10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10).is_multiple_of(89),
        (COMPANY | TAX, Text),
        texts!["Australian Business Register, Format of the ABN"],
    )
    .named("abn")
    .with(
        texts!["ABN «82 684 577239»", "ABN: «45242830 186»", "abn=«31287 319438»"],
        texts!["order 82 684 577239", "tax 74 378 582493", "tax=56320115261"],
    ),
    id(
        "identity.au.acn",
        &["\\d{3} ?\\d{3} ?\\d{3}"],
        |d| lack(d, &[8, 7, 6, 5, 4, 3, 2, 1], 10) == last(d),
        (COMPANY, Marked),
        texts!["ASIC, Australian Company Number digit check"],
    )
    .named("acn")
    .with(
        texts!["ACN «133 749934»", "ACN: «841364 752»", "acn=«672 430 563»"],
        texts!["order 133 749934", "entreprise 706303 315", "entreprise=253 328015"],
    ),
    id(
        "identity.au.medicare",
        &["[2-6]\\d{3}[ -]?\\d{5}[ -]?\\d([/ -]?[1-9])?"],
        |d| rest(d, &[1, 3, 7, 9, 1, 3, 7, 9], 10) == digit(d, 8),
        (HEALTH, Marked),
        texts!["Services Australia, Medicare card number", "METeOR, Person—government funding identifier"],
    )
    .named("medicare medicarenumber")
    .with(
        texts!["Medicare «4231 267810»", "Medicare: «4000875440/2»", "medicare=«6396-25124-59»"],
        texts!["order 4231 267810", "healthcard 2663-92920-0", "healthcard=3901-07555-8"],
    ),
    id(
        "identity.au.ihi",
        &["800360 ?\\d{10}", "8003 ?60\\d{2} ?\\d{4} ?\\d{4}"],
        luhn,
        (HEALTH, Text),
        texts!["AS 5017, Individual Healthcare Identifier", "Healthcare Identifiers Act 2010"],
    )
    .named("ihi")
    .with(
        texts!["IHI «8003608814903985»", "IHI: «8003603317434737»", "ihi=«8003603226366137»"],
        texts!["order 8003608814903985", "healthcard 8003603997192493", "healthcard=800360677284 0550"],
    ),
    id("identity.au.passport", &["[A-Z]{1,2}\\d{7}"], varied, (PASSPORT, Never), texts!["Australian Passports Act 2005"]).with(
        texts!["passport «P2824731»", "passport: «T0226564»", "passport=«U6831476»"],
        texts!["order P2824731", "job P282473", "job T02265647"],
    ),
    id(
        "identity.au.driving-licence",
        &["\\d{8,10}", "\\d{3} ?\\d{3} ?\\d{3}"],
        varied,
        (NAMED, Never),
        texts!["Austroads, driver licence numbers of the states"],
    )
    .with(
        texts!["driving licence «085392255»", "driverlicence: «021 635 234»", "driving_licence=«78185990»"],
        texts!["order 085392255", "job 08539225", "job 021 635 2347"],
    ),
    id(
        "identity.nz.ird",
        &["\\d{2,3}-\\d{3}-\\d{3}", "\\d{8,9}"],
        ird,
        (TAX, Marked),
        texts![
            "Inland Revenue (New Zealand), Non-resident withholding tax and resident withholding tax specification, IRD number validation"
        ],
    )
    .named("ird")
    .with(texts!["IRD «71-738-833»", "IRD: «56063609»", "ird=«40-476-385»"], texts!["order 71-738-833", "tax=27265302", "tax=92628993"]),
    id(
        "identity.nz.nhi",
        &["[A-HJ-NP-Z]{3}\\d{4}", "[A-HJ-NP-Z]{3}\\d{2}[A-HJ-NP-Z]{2}"],
        nhi,
        (HEALTH, Never),
        texts!["HISO 10046, Consumer Health Identity Standard"],
    )
    .named("nhi")
    .with(texts!["NHI «ARW9378»", "NHI: «FHB35HT»", "nhi=«LSZ0858»"], texts!["order ARW9378", "healthcard NAB8001", "healthcard=HGH47YA"]),
    id(
        "identity.nz.nzbn",
        &["94\\d{11}"],
        ean,
        (COMPANY, Text),
        texts!["New Zealand Business Number Act 2016", "GS1 General Specifications, check digit"],
    )
    .named("nzbn")
    .with(
        texts!["NZBN «9498175470185»", "NZBN: «9477121274909»", "nzbn=«9467748634194»"],
        texts!["order 9498175470185", "entreprise 9406996281053", "entreprise=9408696053260"],
    ),
    id("identity.nz.passport", &["[A-Z]{1,2}\\d{6}"], varied, (PASSPORT, Never), texts!["Passports Act 1992 (New Zealand)"]).with(
        texts!["passport «SG221880»", "passport: «T482795»", "passport=«YB472787»"],
        texts!["order SG221880", "job SG22188", "job T4827957"],
    ),
    id(
        "identity.nz.driving-licence",
        &["[A-Z]{2}\\d{6}"],
        varied,
        (LICENCE | NAMED, Never),
        texts!["Land Transport (Driver Licensing) Rule 1999"],
    )
    .with(
        texts!["driver licence «KL356442»", "driver licence: «OK069684»", "driver_licence=«SA400778»"],
        texts!["order KL356442", "job KL35644", "job OK0696847"],
    ),
];

/// Other weights where the first ones leave 10.
fn ird(d: &[u8]) -> bool {
    let missing = 9usize.saturating_sub(d.len());
    let check = match lack(d, tail(&[3, 2, 7, 6, 5, 4, 3, 2], missing), 11) {
        10 => lack(d, tail(&[7, 4, 3, 2, 5, 2, 7, 6], missing), 11),
        check => check,
    };
    check == last(d) && (10_000_000..150_000_000).contains(&number(d, 0, 9))
}

/// Letters but I and O count 1 to 24; the last is a digit modulo 11, or a letter modulo 23.
fn nhi(d: &[u8]) -> bool {
    const LETTERS: &[u8] = b"_ABCDEFGHJKLMNPQRSTUVWXYZ";
    let count = |b: u8| if b.is_ascii_digit() { digit(&[b], 0) } else { place(LETTERS, b) };
    let sum: u32 = d.iter().zip([7, 6, 5, 4, 3, 2]).map(|(&b, weight)| count(b) * weight).sum();
    let end = at(d, 6);
    varied(d)
        && if end.is_ascii_digit() { !sum.is_multiple_of(11) && (11 - sum % 11) % 10 == count(end) } else { 23 - sum % 23 == count(end) }
}
