//! Japan and Korea.

use super::id;
use crate::detect::Alone::{Marked, Never, Printed, PrintedText};
use crate::detect::context::{COMPANY, LICENCE, NAMED, NATIONAL, PASSPORT, SOCIAL, TAX};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, digit, is_ymd, last, number, rest, sum, tail, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.jp.my-number",
        &["\\d{4}[ -]?\\d{4}[ -]?\\d{4}"],
        |d| check_11(rest(d, &[6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11)) == last(d),
        (NATIONAL | TAX | SOCIAL, Marked),
        texts!["行政手続における特定の個人を識別するための番号の利用等に関する法律", "平成26年総務省令第85号, 検査用数字"],
    )
    .named("マイナンバー 個人番号")
    .with(
        texts!["マイナンバー «9992 5004-3063»", "個人番号: «7689-45260225»", "マイナンバー=«754875524520»"],
        texts!["order 9992 5004-3063", "tax 3473 1779 0787", "tax 9881-03435544"],
    ),
    id(
        "identity.jp.corporate-number",
        &["T?[1-9]\\d{12}"],
        |d| corporate(d.strip_prefix(b"T").unwrap_or(d)),
        (COMPANY, Never),
        texts!["法人番号の指定等に関する省令, 検査用数字", "国税庁, 法人番号"],
    )
    .named("法人番号")
    .with(
        texts!["法人番号 «7934682716069»", "法人番号: «9371853362844»", "法人番号=«9566854483603»"],
        texts!["order 7934682716069", "entreprise 7654519356691", "entreprise=8878467597393"],
    ),
    id("identity.jp.passport", &["[A-Z]{2}\\d{7}"], varied, (PASSPORT, Never), texts!["旅券法施行規則"]).with(
        texts!["パスポート «KS1138606»", "旅券: «KM0320355»", "パスポート=«VS2420758»"],
        texts!["order KS1138606", "job KS113860", "job KM03203557"],
    ),
    id(
        "identity.jp.driving-licence",
        &["\\d{12}"],
        |d| check_11(rest(d, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2], 11)) == digit(d, 10),
        (LICENCE, Never),
        texts!["道路交通法施行規則, 運転免許証の番号"],
    )
    .named("運転免許 免許証")
    .with(
        texts!["運転免許 «236587432791»", "運転免許: «194961823430»", "運転免許=«401760621280»"],
        texts!["order 236587432791", "job 23658743279", "job 1949618234307"],
    ),
    id("identity.jp.pension", &["\\d{4}-\\d{6}", "\\d{10}"], varied, (NAMED, Never), texts!["国民年金法施行規則, 基礎年金番号"]).with(
        texts!["基礎年金番号 «7456-555766»", "基礎年金番号: «0408202316»", "基礎年金番号=«9216-573616»"],
        texts!["order 7456-555766", "job 7456-55576", "job 04082023167"],
    ),
    id(
        "identity.jp.residence-card",
        &["[A-Z]{2}\\d{8}[A-Z]{2}"],
        varied,
        (NATIONAL, Never),
        texts!["出入国管理及び難民認定法, 在留カード番号"],
    )
    .with(
        texts!["在留カード «DY20959562JJ»", "在留カード: «MS73202300NV»", "在留カード=«XR16376154EY»"],
        texts!["order DY20959562JJ", "GW53971958WZ", "job MS73202300NV7"],
    ),
    id(
        "identity.kr.rrn",
        &["\\d{6}-[1-4]\\d{6}", "\\d{6}[1-4]\\d{6}", "?\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])-[1-4]\\d{6}", "!\\d{6}[ -]?\\d{7}"],
        rrn,
        (NATIONAL | TAX, PrintedText),
        texts!["주민등록법 시행규칙 제2조, 주민등록번호"],
    )
    .named("rrn 주민등록 주민번호")
    .with(
        texts!["주민등록번호 «350712-4939531»", "RRN: «4104304263530»", "주민등록번호=«350807-3502364»", "seen «350712-4939531» today"],
        texts!["order 3507124939531", "tax 961322-1669238", "tax 090432-2797153"],
    ),
    id(
        "identity.kr.frn",
        &["\\d{6}-[5-8]\\d{6}", "\\d{6}[5-8]\\d{6}", "?\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])-[5-8]\\d{6}"],
        |d| varied(d) && is_ymd(d, 0) && (13 - sum(d, RRN) % 11) % 10 == last(d),
        (NATIONAL | TAX, PrintedText),
        texts!["출입국관리법 제31조, 외국인등록번호"],
    )
    .named("frn 외국인등록")
    .with(
        texts!["외국인등록번호 «690516-7467694»", "FRN: «8301248764935»", "외국인등록번호=«451006-8208344»", "seen «690516-7467694» today"],
        texts!["order 6905167467694", "tax 631301-5519869", "tax 190300-7274290"],
    ),
    id(
        "identity.kr.brn",
        &["\\d{3}-\\d{2}-\\d{5}", "\\d{10}"],
        |d| varied(d) && (sum(d, &[1, 3, 7, 1, 3, 7, 1, 3, 5, 1]) + digit(d, 8) * 5 / 10).is_multiple_of(10),
        (COMPANY | TAX, Printed),
        texts!["부가가치세법 시행령 제12조, 사업자등록번호", "국세청, 사업자등록번호 검증"],
    )
    .named("brn 사업자등록번호")
    .with(
        texts!["사업자등록번호 «642-91-14946»", "BRN: «9568062244»", "사업자등록번호=«740-32-84259»", "seen «642-91-14946» today"],
        texts!["order 6429114946", "order 0395839487", "tax 256-15-37076"],
    ),
    id(
        "identity.kr.corporation",
        &["\\d{6}-?\\d{7}"],
        |d| varied(d) && sum(d, &[1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]).is_multiple_of(10),
        (COMPANY, Marked),
        texts!["법인 및 재외국민의 부동산등기용 등록번호 부여에 관한 규칙"],
    )
    .named("법인등록")
    .with(
        texts!["법인등록번호 «826861-6773550»", "법인등록번호: «154588-0870199»", "법인등록번호=«3213809347998»"],
        texts!["order 826861-6773550", "entreprise=9117647535841", "entreprise 438160-0955654"],
    ),
    id(
        "identity.kr.driving-licence",
        &["(1[1-9]|2[0-8])-\\d{2}-\\d{6}-\\d{2}", "(1[1-9]|2[0-8])\\d{10}", "~(1[1-9]|2[0-8]) \\d{2} \\d{6} \\d{2}"],
        varied,
        (LICENCE, Marked),
        texts!["도로교통법 시행규칙, 운전면허번호"],
    )
    .with(
        texts!["운전면허 «28-90-513388-90»", "운전면허: «257708397984»", "운전면허=«24-00-299465-80»"],
        texts!["order 28-90-513388-90", "job 28-90-513388-9", "job 2577083979847"],
    ),
    id(
        "identity.kr.passport",
        &["[DGMORS]\\d{8}", "[DGMORS]\\d{3}[A-Z]\\d{4}"],
        varied,
        (PASSPORT, Never),
        texts!["여권법 시행규칙, 여권번호"],
    )
    .with(
        texts!["여권 «R63036768»", "passport: «D163O5738»", "여권=«R59428727»"],
        texts!["order R63036768", "job R6303676", "job D163O57387"],
    ),
];

/// A remainder of 0 or 1 has the check digit 0, others what they lack to 11.
fn check_11(rest: u32) -> u32 {
    if rest < 2 { 0 } else { 11u32.wrapping_sub(rest) }
}

const RRN: &[u8] = &[2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];

/// Numbers given since October 2020 have no check digit.
fn rrn(d: &[u8]) -> bool {
    let recent = matches!(number(d, 0, 2), 20..=39) && matches!(at(d, 6), b'3' | b'4');
    varied(d) && is_ymd(d, 0) && (recent || (11 - sum(d, RRN) % 11) % 10 == last(d))
}

/// The first digit is what the others, every second one doubled, lack to a multiple of nine; `T` before it says that it is on invoices.
fn corporate(d: &[u8]) -> bool {
    varied(d) && 9 - sum(tail(d, 1), &[2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]) % 9 == digit(d, 0)
}
