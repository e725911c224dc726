//! Spanish-speaking South America.

use super::id;
use crate::detect::Alone::{Always, Marked, Never, Printed, PrintedText, Text};
use crate::detect::context::{COMPANY, NAMED, NATIONAL, PASSPORT, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{digit, head, lack, lacks_11, last, luhn, number, place, rest, sum, tail, undated, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.ar.cuit",
        &["(2[03-7]|3[034])-\\d{8}-\\d", "(2[03-7]|3[034])\\d{9}"],
        |d| varied(d) && rest(d, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11) == 0,
        (TAX | COMPANY | NATIONAL, PrintedText),
        texts!["AFIP, Resolución General 10/97, CUIT y CUIL", "ANSES, Código Único de Identificación Laboral"],
    )
    .named("cuit cuil")
    .with(
        texts!["CUIT «20-73905107-0»", "CUIL: «33019806559»", "cuit=«25-51580479-2»", "seen «20-73905107-0» today"],
        texts!["order 20739051070", "tax=26930198138", "tax=33154941063"],
    ),
    id(
        "identity.ar.dni",
        &["\\d{1,2}\\.\\d{3}\\.\\d{3}", "\\d{7,8}"],
        undated,
        (NAMED, Never),
        texts!["Ley 17.671, Documento Nacional de Identidad (Argentina)"],
    )
    .with(
        texts!["DNI «97.674.874»", "documento DNI: «5970852»", "dni=«5.411.002»"],
        texts!["order 97.674.874", "job 97.674.87", "job 59708527"],
    ),
    id("identity.ar.passport", &["[A-Z]{3}\\d{6}"], varied, (PASSPORT, Never), texts!["RENAPER, pasaporte argentino"]).with(
        texts!["pasaporte «ZMA483800»", "pasaporte: «AYS289048»", "pasaporte=«XWN438772»"],
        texts!["order ZMA483800", "job ZMA48380", "job AYS2890487"],
    ),
    id(
        "identity.ar.plate",
        &["[A-Z]{2} ?\\d{3} ?[A-Z]{2}", "[A-Z]{3} ?\\d{3}"],
        varied,
        (VEHICLE, Never),
        texts!["Decreto-Ley 6582/58, dominio de automotores"],
    )
    .with(texts!["placa «TP 362CU»", "placa: «YAC446»", "placa=«EL330VV»"], texts!["order TP 362CU", "placa=QPM555", "placa AB333NF"]),
    id(
        "identity.cl.rut",
        &["\\d{1,2}\\.\\d{3}\\.\\d{3}-[0-9K]"],
        rut,
        (NATIONAL | TAX | COMPANY, Always),
        texts!["DFL 3/1969, Rol Único Tributario", "Servicio de Impuestos Internos, dígito verificador"],
    )
    .named("rut")
    .with(
        texts!["RUT «5.246.665-2»", "RUT: «2.214.165-1»", "rut=«0.668.568-4»", "seen «25.345.597-7» today"],
        texts!["tax 0.290.789-6", "tax=3.735.886-9", "tax 97.444.584-2"],
    ),
    id(
        "identity.cl.run",
        &["\\d{7,8}-?[0-9K]"],
        rut,
        (NATIONAL | TAX | COMPANY, Marked),
        texts!["Registro Civil e Identificación, Rol Único Nacional", "Servicio de Impuestos Internos, dígito verificador"],
    )
    .named("rut")
    .with(
        texts!["RUT «63717853-9»", "RUT: «3812789-6»", "rut=«0260783-2»"],
        texts!["order 63717853-9", "order=487063202", "tax 8747906-1"],
    ),
    id(
        "identity.co.nit",
        &["\\d{3}\\.\\d{3}\\.\\d{3}-\\d", "\\d{9}-?\\d"],
        |d| varied(d) && nit(rest(d, &[41, 37, 29, 23, 19, 17, 13, 7, 3], 11)) == last(d),
        (TAX | COMPANY, Marked),
        texts!["DIAN, Orden Administrativa 4/1989, dígito de verificación del NIT"],
    )
    .named("nit")
    .with(
        texts!["NIT «824.037.201-3»", "NIT: «5277613707»", "nit=«025.292.905-3»"],
        texts!["order 8240372013", "order 093759430", "tax 102.643.982-8"],
    ),
    id(
        "identity.co.cedula",
        &["(\\d\\.)?\\d{1,3}\\.\\d{3}\\.\\d{3}", "1[01]\\d{8}", "\\d{7,8}"],
        undated,
        (NAMED, Never),
        texts!["Registraduría Nacional del Estado Civil, cédula de ciudadanía"],
    )
    .with(
        texts!["cédula «24.424.264»", "cédula de ciudadanía: «1025011735»", "cédula=«23610826»"],
        texts!["order 24.424.264", "job 24.424.26", "job 10250117357"],
    ),
    id("identity.co.passport", &["[A-Z]{2}\\d{6}"], varied, (PASSPORT, Never), texts!["Cancillería de Colombia, Resolución 1959 de 2020"])
        .with(
            texts!["pasaporte «PQ621507»", "pasaporte: «UV894777»", "pasaporte=«MI575883»"],
            texts!["order PQ621507", "job PQ62150", "job UV8947777"],
        ),
    id(
        "identity.pe.ruc",
        &["(10|15|16|17|20)\\d{9}"],
        |d| varied(d) && (11 - sum(d, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11) % 10 == last(d),
        (TAX | COMPANY, Text),
        texts!["SUNAT, Registro Único de Contribuyentes"],
    )
    .named("ruc")
    .with(
        texts!["RUC «15252005011»", "RUC: «16701454671»", "ruc=«17969022044»"],
        texts!["order 15252005011", "tax 10174400634", "tax=10264461158"],
    ),
    id(
        "identity.pe.dni",
        &["\\d{8}-[0-9A-K]", "\\d{8}"],
        undated,
        (NAMED, Never),
        texts!["Ley 26497, RENIEC, Documento Nacional de Identidad (Perú)"],
    )
    .with(texts!["DNI «26123098-B»", "DNI: «70190081»", "dni=«07579738-A»"], texts!["order 26123098-B", "job 26123098-", "job 701900817"]),
    id(
        "identity.uy.ci",
        &["\\d\\.\\d{3}\\.\\d{3}-\\d", "\\d{7}-?\\d"],
        |d| lack(d, &[2, 9, 8, 7, 6, 3, 4], 10) == last(d),
        (NATIONAL, Marked),
        texts!["Dirección Nacional de Identificación Civil, cédula de identidad (Uruguay)"],
    )
    .with(
        texts!["cédula «1.409.744-9»", "CI cédula: «5914471-4»", "cédula=«7.905.265-0»"],
        texts!["job 1.409.744-", "job 5914471-47", "job .905.265-0"],
    ),
    id(
        "identity.uy.rut",
        &["[012]\\d{7}001\\d"],
        |d| matches!(number(d, 0, 2), 1..=22) && number(d, 8, 3) == 1 && lack(d, &[4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2], 11) == last(d),
        (TAX | COMPANY, Text),
        texts!["Dirección General Impositiva, Registro Único Tributario (Uruguay)"],
    )
    .named("rut")
    .with(
        texts!["RUT «063461320019»", "RUT: «128020650015»", "rut=«203388150014»"],
        texts!["order 063461320019", "RUT 051146390070", "rut=035310800416"],
    ),
    id(
        "identity.py.ruc",
        &["\\d{6,8}-\\d"],
        ruc,
        (TAX | COMPANY, Never),
        texts!["SET, Resolución General 79/2021, dígito verificador del RUC (Paraguay)"],
    )
    .named("ruc")
    .with(texts!["RUC «104375-7»", "RUC: «430089-0»", "ruc=«024689-1»"], texts!["order 104375-7", "tax 761945-0", "tax=497493-9"]),
    id(
        "identity.ec.cedula",
        &["\\d{10}", "\\d{9}-\\d"],
        cedula,
        (NATIONAL | NAMED, Marked),
        texts!["Dirección General de Registro Civil, cédula de identidad (Ecuador)"],
    )
    .with(
        texts!["cédula «2014964569»", "cédula: «200077205-9»", "cédula=«0563657220»"],
        texts!["order 2014964569", "job 201496456", "job 200077205-97"],
    ),
    id(
        "identity.ec.ruc",
        &["\\d{10}001"],
        ec_ruc,
        (TAX | COMPANY, Text),
        texts!["SRI, Ley del Registro Único de Contribuyentes (Ecuador)"],
    )
    .named("ruc")
    .with(
        texts!["RUC «0730509833001»", "RUC: «0137077244001»", "ruc=«1346529819001»"],
        texts!["order 0730509833001", "RUC 2127255517007", "ruc=1110841192061"],
    ),
    id(
        "identity.ve.rif",
        &["[VEJPG]-?\\d{8}-?\\d"],
        |d| {
            let kind = 4 * (1 + place(b"VEJPG", d.first().copied().unwrap_or_default()));
            (11 - (kind + sum(tail(d, 1), &[3, 2, 7, 6, 5, 4, 3, 2])) % 11) % 11 % 10 == last(d) && varied(d)
        },
        (TAX | COMPANY, Printed),
        texts!["SENIAT, Providencia SNAT/2013/0048, Registro Único de Información Fiscal"],
    )
    .named("rif")
    .with(
        texts!["RIF «V-46849100-8»", "RIF: «G-560616564»", "rif=«P-99045788-9»", "seen «V-46849100-8» today"],
        texts!["order V468491008", "tax=V-089357474", "tax J279385126"],
    ),
    id(
        "identity.ve.cedula",
        &["[VE]-\\d{1,2}\\.?\\d{3}\\.?\\d{3}"],
        varied,
        (NAMED | NATIONAL, Marked),
        texts!["Ley Orgánica de Identificación, cédula de identidad (Venezuela)"],
    )
    .with(
        texts!["cédula «V-2.389.889»", "cédula: «V-55364.659»", "cédula=«E-31138573»"],
        texts!["order V-2.389.889", "job V-2.389.88", "job V-55364.6597"],
    ),
    id(
        "identity.bo.ci",
        &["\\d{6,8}[ -](BE|CB|CH|LP|OR|PD|PT|SC|TJ)"],
        varied,
        (NATIONAL | NAMED, Never),
        texts!["Ley 145, Servicio General de Identificación Personal (Bolivia)"],
    )
    .with(
        texts!["cédula «093014-PT»", "carnet de identidad: «17992188-LP»", "cédula=«069445 LP»"],
        texts!["order 093014-PT", "job 093014-P", "job 17992188-LP7"],
    ),
];

/// Weights 2 to 7 from the end, again and again; `K` stands for 10.
fn rut(d: &[u8]) -> bool {
    let length = d.len().saturating_sub(1);
    let check = lack(d, tail(&[3, 2, 7, 6, 5, 4, 3, 2], 8usize.saturating_sub(length)), 11);
    check == if d.ends_with(b"K") { 10 } else { last(d) } && length > 6
}

/// A remainder of 0 or 1 is the check digit, of others what they lack to 11.
fn nit(rest: u32) -> u32 {
    if rest < 2 { rest } else { 11u32.saturating_sub(rest) }
}

/// Weights from 2 up, from the end.
fn ruc(d: &[u8]) -> bool {
    let length = d.len().saturating_sub(1);
    lacks_11(d, tail(&[9, 8, 7, 6, 5, 4, 3, 2], 8usize.saturating_sub(length)))
}

/// The province, 1 to 24, or 30 abroad; a digit up to 6; the Luhn formula.
fn cedula(d: &[u8]) -> bool {
    matches!(number(d, 0, 2), 1..=24 | 30) && digit(d, 2) < 7 && luhn(head(d, 10))
}

/// The number of a person, or that of a company (9) or of a public body (6) with weights of their own.
fn ec_ruc(d: &[u8]) -> bool {
    let province = matches!(number(d, 0, 2), 1..=24 | 30);
    match digit(d, 2) {
        9 => province && rest(d, &[4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11) == 0,
        6 => province && rest(d, &[3, 2, 7, 6, 5, 4, 3, 2, 1], 11) == 0,
        _ => cedula(d),
    }
}
