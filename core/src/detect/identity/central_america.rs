//! Central America and the Caribbean.

use super::id;
use crate::detect::Alone::{Always, Marked, Never, Printed, PrintedText, Text};
use crate::detect::context::{COMPANY, NAMED, NATIONAL, TAX};
use crate::detect::{Detector, texts};
use crate::validate::digits::{digit, is_dmy, is_ymd, last, luhn, number, rest, sum, tail, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.gt.nit",
        &["\\d{4,9}-[0-9K]", "\\d{7,8}[0-9K]"],
        gt_nit,
        (TAX | COMPANY, Never),
        texts!["SAT, Número de Identificación Tributaria (Guatemala), dígito verificador"],
    )
    .named("nit")
    .with(texts!["NIT «1234169-K»", "NIT: «585180733»", "nit=«3530-0»"], texts!["order 1234169-K", "tax=875720255", "tax 5097-3"]),
    id(
        "identity.gt.dpi",
        &["\\d{4}[ -]?\\d{5}[ -]?\\d{4}"],
        |d| {
            matches!(number(d, 9, 2), 1..=22)
                && (1..=40).contains(&number(d, 11, 2))
                && rest(d, &[2, 3, 4, 5, 6, 7, 8, 9], 11) == digit(d, 8)
        },
        (NATIONAL, Text),
        texts!["RENAP, Código Único de Identificación (Guatemala)"],
    )
    .named("dpi cui")
    .with(
        texts!["DPI «9766 281980916»", "CUI: «4078493860415»", "dpi=«1783-003140709»"],
        texts!["order 9766 281980916", "national 7232 32067 1300", "national=1983-10838-0693"],
    ),
    id(
        "identity.sv.nit",
        &["\\d{4}-\\d{6}-\\d{3}-\\d", "\\d{14}"],
        sv_nit,
        (TAX | COMPANY, PrintedText),
        texts!["Ministerio de Hacienda (El Salvador), Número de Identificación Tributaria"],
    )
    .named("nit")
    .with(
        texts!["NIT «1846-260740-304-0»", "NIT: «93702103876582»", "nit=«9173-191129-172-1»", "seen «1846-260740-304-0» today"],
        texts!["order 18462607403040", "tax 0969-060409-507-5", "tax=18771501419236"],
    ),
    id(
        "identity.sv.dui",
        &["\\d{8}-?\\d"],
        |d| varied(d) && (10 - sum(d, &[9, 8, 7, 6, 5, 4, 3, 2]) % 10) % 10 == last(d),
        (NATIONAL, Marked),
        texts!["Registro Nacional de las Personas Naturales, Documento Único de Identidad (El Salvador)"],
    )
    .named("dui")
    .with(
        texts!["DUI «34174390-3»", "DUI: «269610783»", "dui=«25238110-3»"],
        texts!["order 34174390-3", "national=361614716", "national=679410923"],
    ),
    id(
        "identity.hn.dni",
        &["(0[1-9]|1[0-8])\\d{2}-?(19|20)\\d{2}-?\\d{5}"],
        varied,
        (NATIONAL | NAMED, Marked),
        texts!["Registro Nacional de las Personas (Honduras), Documento Nacional de Identificación"],
    )
    .with(
        texts!["DNI «0462-193784500»", "DNI: «1874207207330»", "dni=«1070-2042-58297»"],
        texts!["order 0462-193784500", "job 0462-19378450", "job 18742072073307"],
    ),
    id(
        "identity.ni.cedula",
        &["\\d{3}-?\\d{6}-?\\d{4}[A-HJ-NP-Y]"],
        |d| varied(d) && is_dmy(d, 3),
        (NATIONAL | NAMED, Always),
        texts!["Ley 152, Ley de Identificación Ciudadana (Nicaragua)"],
    )
    .with(
        texts!["cédula «4610805725698T»", "cédula: «196-210981-7324Y»", "cédula=«503-1509049774T»", "seen «863031107-7159B» today"],
        texts!["job 4610805725698", "job 196-210981-7324Y7", "job 03-1509049774T"],
    ),
    id(
        "identity.cr.cedula",
        &["[1-9]-\\d{4}-\\d{4}", "[1-9]\\d{8}", "0[1-9]\\d{8}"],
        varied,
        (NAMED, Never),
        texts!["Tribunal Supremo de Elecciones, cédula de identidad (Costa Rica)"],
    )
    .with(
        texts!["cédula «6-6411-9300»", "cédula: «285560307»", "cédula=«0675942833»"],
        texts!["order 6-6411-9300", "job 6-6411-930", "job 2855603077"],
    ),
    id(
        "identity.cr.cedula-juridica",
        &["[2-5]-\\d{3}-\\d{6}"],
        varied,
        (COMPANY | NAMED, Never),
        texts!["Registro Nacional, cédula jurídica (Costa Rica)"],
    )
    .with(
        texts!["cédula jurídica «5-140-922794»", "cédula jurídica: «4-220-060572»", "cédula_jurídica=«5-062-021681»"],
        texts!["order 5-140-922794", "job 5-140-92279", "job 4-220-0605727"],
    ),
    id(
        "identity.pa.cedula",
        &["(PE|PI|AV|[EN]|\\d{1,2})-\\d{1,4}-\\d{2,6}"],
        varied,
        (NAMED | TAX, Never),
        texts!["Tribunal Electoral, cédula de identidad personal (Panamá)"],
    )
    .with(
        texts!["cédula «15-9525-644»", "RUC: «AV-24-7283»", "cédula=«3-524-7092»"],
        texts!["order 15-9525-644", "cédula=PE-0-000", "cédula PE-7-77"],
    ),
    id(
        "identity.cu.ni",
        &["\\d{11}"],
        |d| varied(d) && is_ymd(d, 0),
        (NAMED, Never),
        texts!["Resolución 1/1999, número de identidad permanente (Cuba)"],
    )
    .with(
        texts!["carné de identidad «29070885028»", "carné de identidad: «45120371568»", "carné_de_identidad=«58082234249»"],
        texts!["order 29070885028", "job 2907088502", "job 451203715687"],
    ),
    id(
        "identity.do.cedula",
        &["\\d{3}-\\d{7}-\\d", "\\d{11}"],
        luhn,
        (NATIONAL, Printed),
        texts!["Junta Central Electoral, cédula de identidad y electoral (República Dominicana)"],
    )
    .named("cedula cédula")
    .with(
        texts!["cédula «941-9499081-1»", "cédula: «72647763696»", "cédula=«595-7762303-2»", "seen «941-9499081-1» today"],
        texts!["order 94194990811", "job 941-9499081-", "job 726477636967"],
    ),
    id(
        "identity.do.rnc",
        &["[145]-?\\d{2}-?\\d{5}-?\\d"],
        |d| varied(d) && (10 - sum(d, &[7, 9, 8, 6, 5, 4, 3, 2]) % 11).cast_signed().rem_euclid(9) + 1 == last(d).cast_signed(),
        (TAX | COMPANY, Never),
        texts!["DGII, Registro Nacional del Contribuyente (República Dominicana)"],
    )
    .named("rnc")
    .with(
        texts!["RNC «4-93277788»", "RNC: «500413656»", "rnc=«1-67757822»"],
        texts!["order 4-93277788", "tax 450-22845-7", "tax=567-037752"],
    ),
];

/// Weights from 2 up, from the end; `K` stands for 10.
fn gt_nit(d: &[u8]) -> bool {
    let length = d.len().saturating_sub(1);
    let check = (11 - sum(d, tail(&[10, 9, 8, 7, 6, 5, 4, 3, 2], 9usize.saturating_sub(length))) % 11) % 11;
    varied(d) && check == if d.ends_with(b"K") { 10 } else { last(d) }
}

/// Place, date, serial; numbers of before 1985 have weights of their own.
fn sv_nit(d: &[u8]) -> bool {
    let check = if number(d, 10, 3) <= 100 {
        sum(d, &[14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11 % 10
    } else {
        (11 - sum(d, &[2, 7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 11 % 10
    };
    varied(d) && matches!(digit(d, 0), 0 | 1 | 9) && is_dmy(d, 4) && check == last(d)
}
