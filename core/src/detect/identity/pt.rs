//! Portugal: tax, social-security and citizen numbers.

use crate::detect::{Alone, Detector, DetectorId, Find, PERSONAL, context, position, texts};
use crate::policy::Action;
use crate::validate::pt;

pub(crate) const CC: DetectorId = position("identity.pt.cc");
pub(crate) const NIF: DetectorId = position("identity.pt.nif");

pub(crate) const DETECTORS: &[Detector] = &[
    Detector {
        id: "identity.pt.nif",
        find: Find::Id {
            shapes: &["\\d{3}[ .]?\\d{3}[ .]?\\d{3}"],
            check: pt::is_nif,
            words: context::TAX | context::NIF,
            alone: Alone::Marked,
            names: "nif nipc contribuinte",
        },
        action: Action::Mask,
        presets: PERSONAL,
        references: texts!["Decreto-Lei 14/2013, Portal das Finanças"],
        examples: texts!["NIF «245829130»", "nif=«501964843»", "contribuinte n.º «245 829 130»"],
        counter_examples: texts!["tax 245829131", "id 245829130", "student 245829130"],
    },
    Detector {
        id: "identity.pt.niss",
        find: Find::Id {
            shapes: &["\\d{3} ?\\d{3} ?\\d{3} ?\\d{2}"],
            check: pt::is_niss,
            words: context::SOCIAL,
            alone: Alone::Marked,
            names: "niss",
        },
        action: Action::Mask,
        presets: PERSONAL,
        references: texts!["Segurança Social, Número de Identificação de Segurança Social"],
        examples: texts!["NISS «11234567892»", "Segurança Social: «112 345 678 92»", "niss=«11234567892»"],
        counter_examples: texts!["sociale 11234567893", "id 11234567892", "sociale=11234567893"],
    },
    Detector {
        id: "identity.pt.cc",
        find: Find::Own,
        action: Action::Mask,
        presets: PERSONAL,
        references: texts!["AMA, Validação de Número de Documento do Cartão de Cidadão"],
        examples: texts!["cc «00000000 0 ZZ4»", "documento «000000000ZZ4»"],
        counter_examples: texts!["00000000 0 ZZ5", "000000000ZZ1", "12345678 9 AB1"],
    },
];
