//! Spain.

use super::id;
use crate::detect::Alone::{Always, Marked, Never, Text};
use crate::detect::context::{COMPANY, NATIONAL, NIF, PASSPORT, SOCIAL, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, cross_sum, head, last, number, tail, value, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.es.dni",
        &["\\d{8}-?[A-HJ-NP-TV-Z]", "\\d{2}\\.\\d{3}\\.\\d{3}-?[A-HJ-NP-TV-Z]", "~\\d{7}-?[A-HJ-NP-TV-Z]", "!\\d{7,8}[ -]?[A-Z]"],
        dni,
        (NATIONAL | TAX | NIF, Always),
        texts!["Real Decreto 1553/2005, Documento Nacional de Identidad", "Ministerio del Interior, cálculo del dígito de control del NIF"],
    )
    .named("dni")
    .with(
        texts!["DNI «55809168J»", "NIF: «85.037.056-F»", "dni=«34042660S»", "seen «50.099.682R» today"],
        texts!["tax 92310271Y", "tax=77.566.920C", "tax 27136395J"],
    ),
    id(
        "identity.es.nie",
        &["[KLMXYZ]-?\\d{7}-?[A-HJ-NP-TV-Z]"],
        nie,
        (NATIONAL | TAX | NIF, Always),
        texts!["Orden INT/2058/2008, Número de Identidad de Extranjero", "Real Decreto 1065/2007, artículos 19 y 20"],
    )
    .named("nie")
    .with(
        texts!["NIE «K-8584274-F»", "NIF: «M5634975-K»", "nie=«L5058451S»", "seen «M8282513Y» today"],
        texts!["tax X5044733-A", "tax X-6900727-R", "tax=M5408973-Q"],
    ),
    id(
        "identity.es.cif",
        &["[A-HJNP-SUVW]-?\\d{7}-?[0-9A-J]"],
        cif,
        (COMPANY | TAX | NIF, Marked),
        texts!["Orden EHA/451/2008, número de identificación fiscal de las personas jurídicas"],
    )
    .named("cif")
    .with(
        texts!["CIF «U35004209»", "NIF: «Q0892486-B»", "cif=«R-1400017-H»"],
        texts!["order U35004209", "tax P5533031G", "tax P6039212-F"],
    ),
    id(
        "identity.es.nuss",
        &["\\d{2}[/ -]?\\d{8}[/ -]?\\d{2}"],
        |d| varied(d) && nuss(d),
        (SOCIAL, Text),
        texts!["Tesorería General de la Seguridad Social, Número de la Seguridad Social"],
    )
    .named("nuss")
    .with(
        texts!["NUSS «366053568932»", "Seguridad Social: «7251440292/40»", "nuss=«89 85606964 33»"],
        texts!["order 366053568932", "sociale 64/19909673 84", "sociale=9624904969-21"],
    ),
    id(
        "identity.es.passport",
        &["[A-Z]{3}\\d{6}"],
        varied,
        (PASSPORT, Never),
        texts!["Real Decreto 896/2003, expedición del pasaporte ordinario"],
    )
    .with(
        texts!["pasaporte «IQG114785»", "passport: «CHE157398»", "pasaporte=«XLX840706»"],
        texts!["order IQG114785", "job IQG11478", "job CHE1573987"],
    ),
    id(
        "identity.es.plate",
        &["\\d{4}[ -]?[BCDFGHJ-NPR-TV-Z]{3}"],
        varied,
        (VEHICLE, Never),
        texts!["Real Decreto 2822/1998, Reglamento General de Vehículos, anexo XVIII"],
    )
    .with(
        texts!["matrícula «2231-YKC»", "matrícula: «2039DNZ»", "matrícula=«2664SWS»"],
        texts!["order 2231-YKC", "matrícula=9999-CZB", "matrícula 2222YKP"],
    ),
];

/// A letter by the remainder of the number by 23.
fn letter(number: u64, letter: Option<&u8>) -> bool {
    letter == b"TRWAGMYFPDXBNJZSQVHLCKE".get((number % 23) as usize)
}

fn dni(d: &[u8]) -> bool {
    varied(d) && letter(number(d, 0, 8), d.last())
}

/// `X`, `Y` and `Z` stand for 0, 1 and 2; `K`, `L` and `M`, of persons without a DNI, for nothing.
fn nie(d: &[u8]) -> bool {
    let first = u64::from(at(d, 0).saturating_sub(b'X'));
    varied(d) && letter(first * 10_000_000 + number(d, 1, 7), d.last())
}

/// The last is a letter for foreign and public bodies, a digit for companies with shares, either for others.
pub(super) fn cif(d: &[u8]) -> bool {
    let sum = cross_sum(tail(head(d, 8), 1), &[2, 1, 2, 1, 2, 1, 2]);
    let check = (10 - sum % 10) % 10;
    let as_letter = last(d) == value(b'A') + (check + 9) % 10;
    varied(d)
        && match at(d, 0) {
            b'N' | b'P' | b'Q' | b'R' | b'S' | b'W' => as_letter,
            b'A' | b'B' | b'E' | b'H' => last(d) == check,
            _ => as_letter || last(d) == check,
        }
}

/// A Spanish tax number of a person or a company.
pub(super) fn nif(d: &[u8]) -> bool {
    match at(d, 0) {
        b'0'..=b'9' => dni(d),
        b'K'..=b'M' | b'X'..=b'Z' => nie(d),
        _ => cif(d),
    }
}

/// The remainder of province and number by 97; the number loses its first digit where that is 0.
fn nuss(d: &[u8]) -> bool {
    let (province, serial) = (number(d, 0, 2), number(d, 2, 8));
    let scale = if serial < 10_000_000 { 10_000_000 } else { 100_000_000 };
    (province * scale + serial) % 97 == number(d, 10, 2)
}
