//! China, Hong Kong and Taiwan.

use super::id;
use crate::detect::Alone::{Always, Marked, Never, Printed};
use crate::detect::context::{COMPANY, NATIONAL, PASSPORT, TAX};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, cross_sum, digit, is_date, iso_11_2, place, sum, tail, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.cn.resident",
        &["[1-8]\\d{16}[0-9X]"],
        |d| is_date(d, 6) && iso_11_2(d),
        (NATIONAL, Always),
        texts!["GB 11643-1999, citizen identification number", "ISO/IEC 7064, MOD 11-2"],
    )
    .named("身份证 身份證 公民身份")
    .with(
        texts![
            "身份证 «854312194403310575»",
            "ID 身份证号: «39040720370920497X»",
            "身份证=«848292203807224980»",
            "seen «53892720330907667X» today"
        ],
        texts!["national 786705193909169554", "national=529686203505031451", "national 690453197603258417"],
    ),
    id(
        "identity.cn.uscc",
        &["[159AY][1239]\\d{6}[0-9A-HJ-NP-RTUWXY]{10}"],
        uscc,
        (COMPANY | TAX, Always),
        texts!["GB 32100-2015, unified social credit identifier"],
    )
    .named("信用代码")
    .with(
        texts![
            "统一社会信用代码 «A2454031TJK1Y3GEW0»",
            "税号: «A9084522XQTW800KUB»",
            "统一社会信用代码=«A9507790BUE84HN560»",
            "seen «91573056FYL70F09DF» today"
        ],
        texts!["tax Y94469186TU38C6D7C", "tax=19289993YEHBH6TN70", "tax A9669068J18Y34LJB3"],
    ),
    id(
        "identity.cn.passport",
        &["[EG]\\d{8}", "E[A-HJ-NP-Z]\\d{7}", "[DSP]E?\\d{7,8}"],
        varied,
        (PASSPORT, Never),
        texts!["中华人民共和国护照法", "GA/T 1012, ordinary passports"],
    )
    .with(
        texts!["护照 «G75572233»", "passport: «EN6259484»", "护照=«PE13438287»"],
        texts!["order G75572233", "job G7557223", "job EN62594847"],
    ),
    id(
        "identity.hk.hkid",
        &["[A-Z]{1,2}\\d{6}\\([0-9A]\\)", "[A-Z]{1,2}\\d{6}[0-9A]"],
        hkid,
        (NATIONAL, Printed),
        texts!["Registration of Persons Regulations, Cap. 177A", "Immigration Department, Hong Kong identity card"],
    )
    .named("hkid")
    .with(
        texts!["HKID «M912199(A)»", "身份證: «M9390451»", "hkid=«GU285550(0)»", "seen «M912199(A)» today"],
        texts!["order M912199A", "national T462729(5)", "national=L4458282"],
    ),
    id("identity.hk.passport", &["[HK][A-Z]?\\d{8}"], varied, (PASSPORT, Never), texts!["HKSAR Passports Ordinance, Cap. 539"]).with(
        texts!["passport «H55861543»", "護照: «KH97094702»", "passport=«KZ36867975»"],
        texts!["order H55861543", "job H5586154", "job KH970947027"],
    ),
    id(
        "identity.tw.national-id",
        &["[A-Z][1289A-D]\\d{8}"],
        national_id,
        (NATIONAL | TAX, Marked),
        texts!["戶籍法施行細則, 國民身分證統一編號", "內政部移民署, 外來人口統一證號"],
    )
    .named("身分證 身分证")
    .with(
        texts!["身分證 «R989948220»", "統一證號: «ZA73828921»", "身分證=«PB06830818»"],
        texts!["order R989948220", "tax UB00533256", "tax=J906334590"],
    ),
    id(
        "identity.tw.company",
        &["\\d{8}"],
        |d| {
            let sum = cross_sum(d, &[1, 2, 1, 2, 1, 2, 4, 1]);
            varied(d) && (sum.is_multiple_of(5) || digit(d, 6) == 7 && sum % 5 == 4)
        },
        (COMPANY, Never),
        texts!["財政部, 營利事業統一編號檢查碼邏輯"],
    )
    .named("統一編號 統編")
    .with(
        texts!["統一編號 «50011925»", "統編: «75442133»", "統一編號=«93413348»"],
        texts!["order 50011925", "entreprise 99091653", "entreprise=38005044"],
    ),
    id("identity.tw.passport", &["[0-9A-Z]\\d{8}"], varied, (PASSPORT, Never), texts!["護照條例"]).with(
        texts!["護照 «C70941119»", "passport: «454189535»", "護照=«D77266075»"],
        texts!["order C70941119", "job C7094111", "job 4541895357"],
    ),
];

/// Weights of the powers of 3 modulo 31, over digits and the letters but I, O, S, V and Z.
fn uscc(d: &[u8]) -> bool {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let weights = std::iter::successors(Some(1), |weight| Some(weight * 3 % 31));
    let sum: u32 = d.iter().take(17).zip(weights).map(|(&b, weight)| place(ALPHABET, b) * weight).sum();
    varied(d) && (31 - sum % 31) % 31 == place(ALPHABET, at(d, 17))
}

/// Letters count 10 to 35, and 36 where there is one alone.
fn hkid(d: &[u8]) -> bool {
    const WEIGHTS: &[u8] = &[9, 8, 7, 6, 5, 4, 3, 2, 1];
    let missing = 9usize.saturating_sub(d.len());
    varied(d) && (36 * 9 * missing as u32 + sum(d, tail(WEIGHTS, missing))).is_multiple_of(11)
}

/// A letter counts as two digits, 10 to 35 in an order of its own, and so does the one of foreigners with its second digit.
fn national_id(d: &[u8]) -> bool {
    const ORDER: &[u8] = b"ABCDEFGHJKLMNPQRSTUVXYWZIO";
    let count = |b| if u8::is_ascii_digit(&b) { u32::from(b - b'0') } else { place(ORDER, b) + 10 };
    let letter = count(at(d, 0));
    let sum = letter / 10 + 9 * (letter % 10) + 8 * (count(at(d, 1)) % 10) + sum(tail(d, 2), &[7, 6, 5, 4, 3, 2, 1, 1]);
    varied(d) && sum.is_multiple_of(10)
}
