//! What is the same all over the world: machine-readable zones, vehicles, devices, SIM cards and legal entities.

use super::id;
use crate::detect::Alone::{Always, Marked, Never, Text};
use crate::detect::context::{COMPANY, DEVICE, NAMED, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, digit, luhn, number, tail, value, varied};
use crate::validate::mod97;

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.icao.mrz-names",
        &["P[A-Z<][A-Z]{1,3}<{0,2}[A-Z]{1,39}<[A-Z<]{5,38}", "[A-Z]{1,28}<<[A-Z]{1,28}<[A-Z<]{5,28}"],
        |d| d.len() == 44 || d.len() == 30,
        Z,
        texts!["ICAO Doc 9303, part 4, TD3 passports", "ICAO Doc 9303, part 5, TD1 cards"],
    )
    .with(
        texts![
            "MRZ: «P<UTOMUSTERFRAU<<ERIKA<LENA<<<<<<<<<<<<<<<<<»",
            "mrz «P<DEUSILVA<DOS<SANTOS<<JOANA<<<<<<<<<<<<<<<<»",
            "mrz=«SILVA<<JOANA<MARIA<<<<<<<<<<<<»"
        ],
        texts!["P<UTO", "SILVA<<JOANA", "a << b << c"],
    ),
    id(
        "identity.icao.mrz-passport",
        &["[0-9A-Z][0-9A-Z<]{8}\\d[A-Z]{1,3}<{0,2}\\d{7}[FMX<]\\d{7}[0-9A-Z<]{14}[0-9<]\\d"],
        td3,
        Z,
        texts!["ICAO Doc 9303, part 4, lower line of TD3", "ICAO Doc 9303, part 3, check digits"],
    )
    .with(
        texts![
            "MRZ «J33JYFNSD3OKF0938198X2662714ME8HBYQFYQRIKA20»",
            "MRZ: «048Q1EBGY8X<<6211637M8482929DW<S2D80YTT9UY38»",
            "mrz=«RS6FFH1HF9CJL7599578M833794881ADFAS3PGJLXL92»",
            "seen «277RK87WU4LJ<0966234F9875216BQZNTLQI1Z1XE<50» today"
        ],
        texts![
            "MRZ OMMZCRWUP3EY<2058968M7122673PJK0K5O3VFITIT74",
            "MRZ CGPNG00WH9D<<0409418F93179437MPYVRT04RW8A<44",
            "mrz=ZUY<Q1Y4X1AP<4295927X9669066EW1JCHN5VX4UJ2<5"
        ],
    ),
    id(
        "identity.icao.mrz-card",
        &["[ACI][A-Z<][A-Z]{1,3}<{0,2}[0-9A-Z<]{9}[0-9<][0-9A-Z<]{15}", "\\d{7}[FMX<]\\d{7}[A-Z]{1,3}<{0,2}[0-9A-Z<]{11}\\d"],
        td1,
        Z,
        texts!["ICAO Doc 9303, part 5, upper and middle line of TD1", "ICAO Doc 9303, part 3, check digits"],
    )
    .with(
        texts![
            "MRZ «AEA<<9<U3XYVOV74HGVI4QH8EZAL7I»",
            "MRZ: «2581646<2100513OQZAMC7VGCSCNU2»",
            "mrz=«A<HA<4ITKK3BCO<VUN<GIYC09FVBCP»",
            "seen «3906527M7498420PC<HL2GB6UB7P71» today"
        ],
        texts!["MRZ IDTXOX504<Y7MX4<4BAJ<Z0YPJFJRX", "MRZ IKINS6GBCUT<XU0NFIWMQYVKWWLFNC", "mrz=8971454X3205651JFXJKQMQEVN3XA6"],
    ),
    id(
        "identity.iso.vin",
        &["[0-9A-HJ-NPR-Z]{17}"],
        vin,
        (VEHICLE, Marked),
        texts!["ISO 3779", "49 CFR § 565.15, check digit of North American vehicles"],
    )
    .named("vin vinnumber fahrgestellnummer fahrzeugidentifikationsnummer chassisnumber")
    .with(
        texts!["VIN «AUB1VHS4334HU7013»", "chassis: «SLBJ8DW65UE268354»", "vin=«GECS4GZPYJEDF3042»"],
        texts!["order AUB1VHS4334HU7013", "AUB1VHS4334HUPTAT", "VIN 8DYG8TUFATB88FAUA", "vin=P3HMDEDJSDJ3UUK33"],
    ),
    id(
        "identity.gsma.imei",
        &["\\d{2}[ -]?\\d{6}[ -]?\\d{6}[ -]?\\d", "!\\d{16}"],
        |d| luhn(d) && REPORTING_BODIES.contains(&number(d, 0, 2)),
        (DEVICE, Text),
        texts!["3GPP TS 23.003, clause 6", "GSMA TS.06, IMEI allocation and approval process"],
    )
    .named("imei imeisv imeinumber")
    .with(
        texts!["IMEI «357201320823571»", "IMEI: «86 709815-3042458»", "imei=«01-385880 876440 7»"],
        texts!["order 357201320823571", "sim 90-295744-1941050", "sim=60 6041278480054"],
    ),
    id("identity.itu.iccid", &["89\\d{17,18}"], luhn, (DEVICE, Text), texts!["ITU-T E.118", "ETSI TS 102 221"]).named("iccid").with(
        texts!["ICCID «8995715387694864521»", "SIM: «8991206072496794184»", "iccid=«89717078387818898588»"],
        texts!["order 8995715387694864521", "sim 89929265581406560075", "sim=8900400305072927976"],
    ),
    id(
        "identity.tia.meid",
        &["([A-F]|99)[0-9A-F]{12,13}"],
        |d| d.len() == 14 && d.iter().filter(|b| b.is_ascii_digit()).count() >= 4 && varied(d),
        (DEVICE, Never),
        texts!["TIA-2013-0, mobile equipment identifier", "3GPP2 S.R0048-A"],
    )
    .with(
        texts!["MEID «A00000471983C2»", "meid=«AF0123447198E5»", "MEID: «99000471983C21»"],
        texts!["order A00000471983C2", "MEID missing", "meid=A0000047198"],
    ),
    id(
        "identity.itu.imsi",
        &["\\d{14,15}"],
        |d| varied(d) && matches!(number(d, 0, 3), 200..=799 | 901),
        (NAMED, Never),
        texts!["ITU-T E.212, international identification plan for subscriptions", "3GPP TS 23.003, clause 2"],
    )
    .named("imsi")
    .with(
        texts!["IMSI «268019876543210»", "imsi=«310150123456789»", "attach of IMSI: «26203123456789» accepted"],
        texts!["order 268019876543210", "IMSI missing", "cccd 968019876543210"],
    ),
    id(
        "identity.iso.lei",
        &["\\d{4}00[0-9A-Z]{12}\\d{2}"],
        |d| d.iter().any(u8::is_ascii_uppercase) && mod97::remainder(d.iter().copied()) == Some(1),
        (COMPANY, Always),
        texts!["ISO 17442-1, legal entity identifier", "ISO/IEC 7064, MOD 97-10"],
    )
    .with(
        texts![
            "LEI «351500PAH09U0PWN0L16»",
            "LEI: «4224003A69678X3D1R24»",
            "lei=«493800QYJIWGK3Z47833»",
            "seen «962500SUEJDJTHT7Y909» today"
        ],
        texts!["entreprise 9524009D5UNPSPATYG49", "entreprise=999200TBF1JTB48H6392", "entreprise 860100N7Z6YJCFRSWP84"],
    ),
];

/// The first two digits of type allocation codes.
const REPORTING_BODIES: &[u64] = &[1, 10, 30, 33, 35, 44, 45, 49, 50, 51, 52, 53, 54, 86, 91, 98, 99];

/// Everywhere: no other text has such lines.
const Z: (u64, crate::detect::Alone) = (0, Always);

/// The check digit of these fields of a machine-readable zone: weights 7, 3 and 1 in turns, `<` counting nothing.
fn zone(fields: &[&[u8]], check: u8) -> bool {
    let count = |b: u8| if b == b'<' { 0 } else { value(b) };
    let sum: u32 = fields.concat().iter().zip([7, 3, 1].iter().cycle()).map(|(&b, weight)| count(b) * weight).sum();
    sum % 10 == count(check)
}

/// From a place on, so many characters.
fn part(line: &[u8], from: usize, length: usize) -> &[u8] {
    tail(line, from).get(..length).unwrap_or_default()
}

/// Number, dates of birth and of expiry, personal number, and all of these.
fn td3(line: &[u8]) -> bool {
    let field = |from, length| zone(&[part(line, from, length)], at(line, from + length));
    line.len() == 44
        && [(0, 9), (13, 6), (21, 6), (28, 14)].iter().all(|&(from, length)| field(from, length))
        && zone(&[part(line, 0, 10), part(line, 13, 7), part(line, 21, 22)], at(line, 43))
}

/// The number in the upper line; dates in the middle one, whose last check digit is of the upper one as well.
fn td1(line: &[u8]) -> bool {
    let field = |from, length| zone(&[part(line, from, length)], at(line, from + length));
    line.len() == 30
        && match at(line, 0) {
            b'0'..=b'9' => field(0, 6) && field(8, 6),
            _ => at(line, 14) == b'<' || field(5, 9),
        }
}

/// The check digit is that of North American vehicles, 1 to 5; others need not have one.
fn vin(d: &[u8]) -> bool {
    // I, O and Q are left out, and S counts 2 again
    let count = |b: u8| match b {
        b'0'..=b'9' => value(b),
        b'A'..=b'I' => u32::from(b - b'A') + 1,
        b'J'..=b'R' => u32::from(b - b'J') + 1,
        _ => u32::from(b.saturating_sub(b'S')) + 2,
    };
    let sum: u32 = d.iter().zip([8, 7, 6, 5, 4, 3, 2, 10, 0, 9, 8, 7, 6, 5, 4, 3, 2]).map(|(&b, weight)| count(b) * weight).sum();
    let check = if at(d, 8) == b'X' { 10 } else { digit(d, 8) };
    // the last four are digits
    let serial = tail(d, 13).iter().all(u8::is_ascii_digit);
    varied(d) && serial && d.iter().any(u8::is_ascii_uppercase) && (!matches!(at(d, 0), b'1'..=b'5') || sum % 11 == check)
}
