//! Brazil.

use super::id;
use crate::detect::Alone::{Never, Printed, PrintedText, Text};
use crate::detect::context::{COMPANY, HEALTH, HOMONYM, LICENCE, NAMED, NATIONAL, PASSPORT, SOCIAL, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{digit, lack, lacks_11, number, rest, sum, tail, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.br.cpf",
        &["\\d{3}\\.\\d{3}\\.\\d{3}[-/]\\d{2}", "\\d{9}-?\\d{2}"],
        |d| check_digits(d, &[11, 10, 9, 8, 7, 6, 5, 4, 3, 2]),
        (TAX | NATIONAL, PrintedText),
        texts!["Instrução Normativa RFB 2172/2024, Cadastro de Pessoas Físicas"],
    )
    .named("cpf")
    .with(
        texts!["CPF «342.659.303/36»", "contribuinte: «592823512-70»", "cpf=«859.205.051/09»", "seen «342.659.303/36» today"],
        texts!["order 34265930336", "tax 134.605.441-05", "tax=21195568659"],
    ),
    id(
        "identity.br.cnpj",
        &["[0-9A-Z]{2}\\.[0-9A-Z]{3}\\.[0-9A-Z]{3}/[0-9A-Z]{4}-\\d{2}", "[0-9A-Z]{12}-?\\d{2}"],
        cnpj,
        (TAX | COMPANY, PrintedText),
        texts!["Instrução Normativa RFB 2229/2024, CNPJ alfanumérico", "Receita Federal, cálculo do dígito verificador do CNPJ"],
    )
    .named("cnpj")
    .with(
        texts!["CNPJ «WA.YSB.1DW/JLQL-06»", "CNPJ: «GXFV4XG68QGG-85»", "cnpj=«EE.P0B.WI8/8J0V-80»", "seen «45.723.174/0001-10» today"],
        texts!["order WAYSB1DWJLQL06", "tax CS.PYC.LDP/34ZN-95", "tax=56TEZE7LHTHI-57"],
    ),
    id(
        "identity.br.rg",
        &["\\d{1,2}\\.\\d{3}\\.\\d{3}-[0-9X]", "\\d{7,8}-?[0-9X]"],
        varied,
        (NAMED, Never),
        texts!["Lei 7.116/1983, Carteira de Identidade"],
    )
    .with(
        texts!["RG «2.002.537-3»", "identidade RG: «0030237-0»", "rg=«6.003.558-6»"],
        texts!["order 2.002.537-3", "job 2.002.537-", "job 0030237-07"],
    ),
    id(
        "identity.br.pis",
        &["\\d{3}\\.\\d{5}\\.\\d{2}-\\d", "\\d{11}"],
        |d| lacks_11(d, &[3, 2, 9, 8, 7, 6, 5, 4, 3, 2]),
        (SOCIAL, Printed),
        texts!["Caixa Econômica Federal, PIS/PASEP", "Dataprev, Número de Identificação do Trabalhador"],
    )
    .named("pis pasep")
    .with(
        texts!["PIS «776.44271.35-1»", "PASEP: «13232547361»", "pis=«284.15381.20-7»", "seen «776.44271.35-1» today"],
        texts!["order 77644271351", "sociale 155.85093.51-3", "sociale=18559131058"],
    ),
    id("identity.br.cnh", &["\\d{11}"], cnh, (LICENCE, Text), texts!["Resolução Contran 886/2021, Carteira Nacional de Habilitação"])
        .named("cnh")
        .with(
            texts!["CNH «90436660786»", "habilitação: «18227281705»", "cnh=«71262622556»"],
            texts!["order 90436660786", "job 9043666078", "job 182272817057"],
        ),
    id(
        "identity.br.titulo-eleitor",
        &["\\d{4} ?\\d{4} ?\\d{4}"],
        titulo,
        (NATIONAL, Text),
        texts!["Resolução TSE 23.659/2021, número de inscrição eleitoral"],
    )
    .named("eleitor")
    .with(
        texts!["título de eleitor «4602 6913 2550»", "eleitor: «25464240 0736»", "título_de_eleitor=«705029672003»"],
        texts!["order 4602 6913 2550", "national 677813732229", "national=4362 2818 1019"],
    ),
    id(
        "identity.br.cns",
        &["[127-9]\\d{2} ?\\d{4} ?\\d{4} ?\\d{4}"],
        |d| rest(d, &[15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1], 11) == 0,
        (HEALTH | HOMONYM, Never),
        texts!["Ministério da Saúde, Cartão Nacional de Saúde, rotina de validação"],
    )
    .named("cns")
    .with(
        texts!["CNS «146908798874078»", "cartão SUS: «705 92737128 3942»", "cns=«73298529192 2731»"],
        texts!["order 146908798874078", "healthcard 90290937968 7080", "healthcard=782 61821937 8911"],
    ),
    id(
        "identity.br.renavam",
        &["\\d{11}"],
        |d| lacks_11(d, &[3, 2, 9, 8, 7, 6, 5, 4, 3, 2]),
        (VEHICLE, Never),
        texts!["Denatran, Registro Nacional de Veículos Automotores"],
    )
    .named("renavam")
    .with(
        texts!["RENAVAM «51264430730»", "RENAVAM: «95035505962»", "renavam=«30267469693»"],
        texts!["order 51264430730", "chassis 55840106918", "chassis=90227284042"],
    ),
    id(
        "identity.br.plate",
        &["[A-Z]{3}-?\\d[0-9A-J]\\d{2}"],
        varied,
        (VEHICLE, Never),
        texts!["Resolução Contran 969/2022, placas de identificação"],
    )
    .with(texts!["placa «CWX4J95»", "placa: «EHG6C64»", "placa=«JUP1I22»"], texts!["order CWX4J95", "placa=LNJ1C11", "placa MKZ-1B11"]),
    id(
        "identity.br.passport",
        &["[A-Z]{2}\\d{6}"],
        varied,
        (PASSPORT, Never),
        texts!["Decreto 5.978/2006, regulamento de documentos de viagem"],
    )
    .with(
        texts!["passaporte «BL218019»", "passaporte: «FO066012»", "passaporte=«DZ667144»"],
        texts!["order BL218019", "job BL21801", "job FO0660127"],
    ),
];

/// Two check digits: the second counts the first as well. `weights` are those of the second.
fn check_digits(d: &[u8], weights: &[u8]) -> bool {
    let length = weights.len();
    varied(d) && lack(d, tail(weights, 1), 11) % 10 == digit(d, length - 1) && lack(d, weights, 11) % 10 == digit(d, length)
}

/// Letters count by their code from that of 0 on: A is 17, seven more than elsewhere.
fn cnpj(d: &[u8]) -> bool {
    const WEIGHTS: &[u8] = &[6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
    let check = |weights: &[u8]| {
        let sum: u32 = d.iter().zip(weights).map(|(&b, &weight)| u32::from(b.wrapping_sub(b'0')) * u32::from(weight)).sum();
        (11 - sum % 11) % 11 % 10
    };
    varied(d) && check(tail(WEIGHTS, 1)) == digit(d, 12) && check(WEIGHTS) == digit(d, 13)
}

/// Where the first remainder is 10, the second is 2 less.
fn cnh(d: &[u8]) -> bool {
    let (first, second) = (rest(d, &[9, 8, 7, 6, 5, 4, 3, 2, 1], 11), rest(d, &[1, 2, 3, 4, 5, 6, 7, 8, 9], 11));
    let less = if first == 10 { 2 } else { 0 };
    varied(d) && first % 10 == digit(d, 9) && (second + 11 - less) % 11 % 10 == digit(d, 10)
}

/// A serial number, the state, 1 to 28, and a check digit of each; São Paulo and Minas Gerais have 1 in place of 0.
fn titulo(d: &[u8]) -> bool {
    let state = number(d, 8, 2);
    let check = |rest: u32| if rest == 0 && state < 3 { 1 } else { rest % 10 };
    let first = check(rest(d, &[2, 3, 4, 5, 6, 7, 8, 9], 11));
    varied(d) && (1..=28).contains(&state) && first == digit(d, 10) && check(sum(tail(d, 8), &[7, 8, 9]) % 11) == digit(d, 11)
}
