//! What Portugal has beside its tax, social-security and citizen numbers, and the other countries that speak Portuguese but Brazil.

use super::id;
use crate::detect::Alone::{Always, Marked, Never};
use crate::detect::context::{HOMONYM, LICENCE, NAMED, NATIONAL, NIF, PASSPORT, SNS, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{is_date, last, rest, undated, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.pt.bi",
        &["\\d{7,8}[ -]\\d", "\\d{8}"],
        undated,
        (NAMED, Never),
        texts!["Lei 33/99, identificação civil e bilhete de identidade"],
    )
    .with(
        texts!["BI «8072036-6»", "bilhete de identidade: «99787612»", "bi=«66976309 0»"],
        texts!["order 8072036-6", "job 8072036-", "job 997876127"],
    ),
    id(
        "identity.pt.passport",
        &["[A-Z]{1,2}\\d{6}"],
        varied,
        (PASSPORT, Never),
        texts!["Decreto-Lei 83/2000, passaporte eletrónico português"],
    )
    .with(
        texts!["passaporte «SP009666»", "passaporte: «US393166»", "passaporte=«UB441488»"],
        texts!["order SP009666", "job SP00966", "job US3931667"],
    ),
    id(
        "identity.pt.driving-licence",
        &["[A-Z]{1,2}-?\\d{5,8}( \\d)?"],
        varied,
        (LICENCE, Never),
        texts!["Decreto-Lei 138/2012, Regulamento da Habilitação Legal para Conduzir"],
    )
    .with(
        texts!["carta de condução «ST-0355504»", "carta de condução: «QE-9471782»", "carta_de_condução=«MA-6203215 9»"],
        texts!["order ST-0355504", "job ST-035550", "job QE-94717827"],
    ),
    id(
        "identity.pt.sns",
        &["\\d{3} ?\\d{3} ?\\d{3}"],
        varied,
        (SNS, Never),
        texts!["Decreto-Lei 198/95, cartão de identificação do utente do Serviço Nacional de Saúde"],
    )
    .with(
        texts!["utente «775695805»", "SNS: «924 176717»", "utente=«502 433 017»"],
        texts!["order 775695805", "job 77569580", "job 924 1767177"],
    ),
    id(
        "identity.pt.plate",
        &["[A-Z]{2}[ -]\\d{2}[ -]([A-Z]{2}|\\d{2})", "\\d{2}[ -]([A-Z]{2}[ -]\\d{2}|\\d{2}[ -][A-Z]{2})"],
        varied,
        (VEHICLE, Never),
        texts!["Decreto-Lei 54/2005, Regulamento do Número e Chapa de Matrícula"],
    )
    .with(
        texts!["matrícula «RX-07-24»", "matrícula: «09-75-FZ»", "matrícula=«WN-38-44»"],
        texts!["order RX-07-24", "matrícula IX 00-EH", "matrícula CS 22-BM"],
    ),
    id(
        "identity.ao.bi",
        &["\\d{9}(BA|BE|BO|CA|CC|CE|CN|CS|CU|HA|HO|LA|LN|LS|ME|MO|NE|UE|ZE)\\d{3}"],
        varied,
        (NATIONAL | TAX | NAMED | NIF, Marked),
        texts!["Lei 4/09, regime jurídico da identificação civil e emissão do bilhete de identidade (Angola)"],
    )
    .with(
        texts!["BI «454660064LS976»", "NIF: «410301041UE022»", "bi=«176997574LA520»", "«770199700LA560»"],
        texts!["order 454660064LS976", "job 454660064LS97", "job 410301041UE0227"],
    ),
    id(
        "identity.ao.nif",
        &["5\\d{9}"],
        varied,
        (TAX | NIF, Never),
        texts!["Decreto Presidencial 245/21, Número de Identificação Fiscal (Angola)"],
    )
    .with(
        texts!["NIF «5348117544»", "contribuinte: «5854797916»", "nif=«5617583646»"],
        texts!["order 5348117544", "job 534811754", "job 58547979167"],
    ),
    id(
        "identity.ao.passport",
        &["N\\d{7}"],
        varied,
        (PASSPORT, Never),
        texts!["Serviço de Migração e Estrangeiros (Angola), passaporte nacional"],
    )
    .with(
        texts!["passaporte «N4952959»", "passaporte: «N1358344»", "passaporte=«N8776381»"],
        texts!["order N4952959", "job N495295", "job N13583447"],
    ),
    id(
        "identity.mz.nuit",
        &["\\d{9}"],
        nuit,
        (TAX, Never),
        texts!["Decreto 52/2003, Número Único de Identificação Tributária (Moçambique)"],
    )
    .named("nuit")
    .with(texts!["NUIT «262650987»", "NUIT: «900380275»", "nuit=«168581009»"], texts!["order 262650987", "tax 157356820", "tax=791168145"]),
    id(
        "identity.mz.bi",
        &["\\d{12}[A-Z]"],
        varied,
        (NATIONAL | NAMED, Marked),
        texts!["Decreto 11/2008, Bilhete de Identidade (Moçambique)"],
    )
    .with(
        texts!["BI «729415402379X»", "bilhete de identidade: «835301540130L»", "bi=«625469576380B»"],
        texts!["order 729415402379X", "job 729415402379", "job 835301540130L7"],
    ),
    id(
        "identity.cv.cni",
        &["\\d{8}[FM]\\d{3}[A-Z]"],
        |d| is_date(d, 0),
        (NATIONAL | NAMED, Always),
        texts!["Lei 43/VIII/2013, Cartão Nacional de Identificação (Cabo Verde)"],
    )
    .with(
        texts!["CNI «20260512M222U»", "cartão nacional: «19250627F259M»", "cni=«20380410M513D»", "seen «19320619F344S» today"],
        texts!["job 20260512M222", "job 19250627F259M7", "job 0380410M513D"],
    ),
    id(
        "identity.cv.nif",
        &["[12]\\d{8}"],
        varied,
        (NAMED, Never),
        texts!["Decreto-Legislativo 4/2017, Número de Identificação Fiscal (Cabo Verde)"],
    )
    .with(
        texts!["NIFCV «262319126»", "NIFCV: «209377326»", "nifcv=«148812435»"],
        texts!["order 262319126", "job 26231912", "job 2093773267"],
    ),
    id(
        "identity.mo.bir",
        &["[1578]\\d{6}(\\(\\d\\)|/?\\d)"],
        varied,
        (NATIONAL | NAMED | HOMONYM, Marked),
        texts!["Lei 8/2002, bilhete de identidade de residente (Macau)"],
    )
    .with(
        texts!["BIR «7701380(3)»", "identidade BIR: «8851885(3)»", "bir=«8198083(9)»"],
        texts!["order 7701380(3)", "job 7701380(3", "job 8851885(3)7"],
    ),
    id("identity.mo.passport", &["M[A-Z]\\d{7}"], varied, (PASSPORT, Never), texts!["Lei 8/2009, documentos de viagem (Macau)"]).with(
        texts!["passaporte «MK6696223»", "passport: «MV4290299»", "passaporte=«MU8222347»"],
        texts!["order MK6696223", "job MK669622", "job MV42902997"],
    ),
    id(
        "identity.tl.passport",
        &["[A-Z]\\d{7}"],
        varied,
        (PASSPORT, Never),
        texts!["Decreto-Lei 44/2008, regime jurídico dos passaportes (Timor-Leste)"],
    )
    .with(
        texts!["passaporte «H0336624»", "pasaporte: «U1061872»", "passaporte=«H8756749»"],
        texts!["order H0336624", "job H033662", "job U10618727"],
    ),
];

/// Weights 8, 9, 4, 5, 6, 7, 8, 9, and the remainder by 11 as the check digit, 10 being written as 0 or as 1.
fn nuit(d: &[u8]) -> bool {
    let rest = rest(d, &[8, 9, 4, 5, 6, 7, 8, 9], 11);
    rest == last(d) || rest == 10 && last(d) < 2
}
