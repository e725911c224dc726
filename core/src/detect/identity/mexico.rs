//! Mexico.

use super::id;
use crate::detect::Alone::{Always, Marked, Never};
use crate::detect::context::{NATIONAL, PASSPORT, SOCIAL, TAX};
use crate::detect::{Detector, texts};
use crate::validate::digits::{is_ymd, last, luhn, number, place, tail, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.mx.curp",
        &[
            "[A-Z][AEIOUX][A-Z]{2}\\d{6}[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\\d",
            "+[A-Z][AEIOUX][A-Z]{2}\\d{2}(0[1-9]|1[0-2])(0[1-9]|[12]\\d|3[01])[HMX][A-Z]{2}[B-DF-HJ-NP-TV-Z]{3}[0-9A-Z]\\d",
            "![A-Z]{4}\\d{6}[A-Z]{6}[0-9A-Z]\\d",
        ],
        curp,
        (NATIONAL | TAX, Always),
        texts!["Instructivo normativo para la asignación de la CURP, Diario Oficial 18 de octubre de 2021"],
    )
    .named("curp")
    .with(
        texts!["CURP «QIQV440117HCHGFJH1»", "CURP: «JOTB400822XDFYMKY0»", "curp=«KEDV280304MNTHMX51»", "seen «QISC590111XCLZRZ97» today"],
        texts!["tax NOFH230181MGRTBHH4", "tax=CUEI180155HDGKFZB6", "tax LXAQ931325XASBNLA5"],
    ),
    id(
        "identity.mx.rfc",
        &["[A-Z]{3,4}[ -]?\\d{6}[ -]?[0-9A-Z]{2}[0-9A]", "![A-Z]{4}[ -]?\\d{6}"],
        |d| varied(d) && is_ymd(d, d.len().saturating_sub(9)),
        (TAX, Marked),
        texts!["Código Fiscal de la Federación, artículo 27", "SAT, estructura del RFC"],
    )
    .named("rfc")
    .with(
        texts!["RFC «TZXJ-620518GV8»", "RFC: «UHBR100702-JL3»", "rfc=«BCT930530-3LA»"],
        texts!["order TZXJ-620518GV8", "tax XHQ450171 TG6", "tax=NLK-600546PC3"],
    ),
    id(
        "identity.mx.nss",
        &["\\d{11}", "\\d{2}-\\d{2}-\\d{2}-\\d{4}-\\d"],
        luhn,
        (SOCIAL, Marked),
        texts!["Instituto Mexicano del Seguro Social, número de seguridad social"],
    )
    .named("nss imss")
    .with(
        texts!["NSS «96827511989»", "IMSS: «04-10-82-8660-2»", "nss=«25619572792»"],
        texts!["order 96827511989", "sociale 54937790451", "order 21582839502"],
    ),
    id(
        "identity.mx.clave-elector",
        &["[B-DF-HJ-NP-TV-Z]{6}\\d{8}[HM]\\d{3}"],
        |d| varied(d) && is_ymd(d, 6) && matches!(number(d, 12, 2), 1..=32 | 87..=88),
        (NATIONAL, Always),
        texts!["Instituto Nacional Electoral, clave de elector"],
    )
    .with(
        texts![
            "INE «KVCMBH81081620M573»",
            "clave de elector: «RPJTPQ20061127H367»",
            "ine=«BMSVDM00050512H081»",
            "seen «GPYJBN41012017H651» today"
        ],
        texts!["job KVCMBH81081620M57", "job RPJTPQ20061127H3677", "job MSVDM00050512H081"],
    ),
    id(
        "identity.mx.passport",
        &["[A-Z]\\d{8}"],
        varied,
        (PASSPORT, Never),
        texts!["Reglamento de Pasaportes, Secretaría de Relaciones Exteriores"],
    )
    .with(
        texts!["pasaporte «W49129040»", "pasaporte: «N66741585»", "pasaporte=«S51908886»"],
        texts!["order W49129040", "job W4912904", "job N667415857"],
    ),
];

/// Characters count by their place in the Spanish alphabet behind the digits; Ñ, which none of them is, has a place there.
fn curp(d: &[u8]) -> bool {
    const ALPHABET: &[u8] = b"0123456789ABCDEFGHIJKLMN_OPQRSTUVWXYZ";
    const STATES: &[u8] = b"ASBCBSCCCLCMCSCHDFDGGTGRHGJCMCMNMSNTNLOCPLQTQRSPSLSRTCTSTLVZYNZSNE";
    let sum: u32 = d.iter().take(17).zip((2..=18).rev()).map(|(&b, weight)| place(ALPHABET, b) * weight).sum();
    is_ymd(d, 4) && STATES.chunks(2).any(|state| tail(d, 11).starts_with(state)) && (10 - sum % 10) % 10 == last(d)
}
