//! India, Pakistan, Bangladesh, Sri Lanka and Nepal.

use super::id;
use crate::detect::Alone::{Always, Marked, Never, Printed, Text};
use crate::detect::context::{COMPANY, LICENCE, NAMED, NATIONAL, PASSPORT, SOCIAL, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{head, is_year, last, luhn, number, tail, value, varied, verhoeff};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.in.aadhaar",
        &["[2-9]\\d{3}[ -]?\\d{4}[ -]?\\d{4}", "[2-9]\\d{3}[.:/]\\d{4}[.:/]\\d{4}", "![2-9]\\d{3}([ -]?\\d{4}){3}"],
        verhoeff,
        (NATIONAL, Text),
        texts!["UIDAI, UID Numbering Scheme", "Verhoeff, Error Detecting Decimal Codes, 1969"],
    )
    .named("aadhaar aadhar uidai आधार")
    .with(
        texts!["Aadhaar «4127-00213624»", "आधार: «372186269905»", "aadhaar=«9347 1160 0222»"],
        texts!["order 4127-00213624", "national 7324-2992 2360", "national 5343 6004 3179"],
    ),
    id(
        "identity.in.pan",
        &["[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]", "![A-Z]{5}\\d{4}[A-Z]"],
        varied,
        (TAX, Always),
        texts!["Income-tax Act 1961, section 139A", "Income Tax Department, structure of PAN"],
    )
    .named("pan")
    .with(
        texts!["PAN «ABTAO6001Y»", "income tax PAN: «OOLFK1586T»", "pan=«HNBLM2617T»", "seen «MSFAB7890R» today"],
        texts!["ABCDE1234F", "ABCPE12345", "ABCP1234EF"],
    ),
    id(
        "identity.in.gstin",
        &[
            "[0-39]\\d[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]",
            "+(0[1-9]|[12]\\d|3[0-7]|9[79])[A-Z]{5}\\d{4}[A-Z][1-9A-Z]Z[0-9A-Z]",
            "![0-39]\\d[A-Z]{5}\\d{4}[A-Z][0-9A-Z]{3}",
        ],
        gstin,
        (TAX | COMPANY, Always),
        texts!["Central Goods and Services Tax Rules 2017, rule 10", "GSTN, GSTIN format"],
    )
    .named("gstin gst")
    .with(
        texts!["GSTIN «38FYQAO8923S5ZM»", "GST: «18HUQFI2564W9ZL»", "gstin=«22REHTN9162UBZO»", "seen «27OCYHD1783SQZX» today"],
        texts!["tax 40RFXHI5998BYZ3", "tax=00TKUFT9941SDZ2", "tax 28RHCPR9037B4YS"],
    ),
    id("identity.in.tan", &["[A-Z]{4}\\d{5}[A-Z]"], varied, (TAX, Marked), texts!["Income-tax Act 1961, section 203A"]).with(
        texts!["TAN TDS tax «MFPD31485T»", "TDS: «NEKH37268T»", "tan_tds_tax=«WSUT23026A»"],
        texts!["order MFPD31485T", "tan_tds_tax=NEDQ22222O", "job MFPD31485"],
    ),
    id(
        "identity.in.epic",
        &["[A-Z]{3}\\d{7}"],
        |d| luhn(tail(d, 3)),
        (NATIONAL, Marked),
        texts!["Election Commission of India, Electors Photo Identity Card numbering"],
    )
    .named("epic")
    .with(
        texts!["EPIC «OYS6056030»", "voter: «EOI2126126»", "epic=«NHL5796735»"],
        texts!["order OYS6056030", "national XLU5519586", "national=NMD0067626"],
    ),
    id(
        "identity.in.passport",
        &["[A-PR-WY][1-9]\\d ?\\d{4}[1-9]"],
        varied,
        (PASSPORT, Never),
        texts!["Passports Act 1967", "Passport Seva, passport number"],
    )
    .with(
        texts!["passport «G31 46403»", "पासपोर्ट: «M4512475»", "passport=«D4240735»"],
        texts!["order G31 46403", "passport=B33 26370", "passport=A11 90020"],
    ),
    id(
        "identity.in.driving-licence",
        &["[A-Z]{2}[ -]?\\d{2}[ -]?(19|20)\\d{2}[ -]?\\d{7}"],
        varied,
        (LICENCE, Marked),
        texts!["Central Motor Vehicles Rules 1989, Sarathi licence number"],
    )
    .with(
        texts![
            "driving licence «NS84 1970 9768244»",
            "driving licence: «EI 0420983512088»",
            "driving_licence=«PP 202085 5700960»",
            "«VF85-19080851920»"
        ],
        texts!["order NS84 1970 9768244", "job NS84 1970 976824", "job EI 04209835120887"],
    ),
    id(
        "identity.in.plate",
        &["[A-Z]{2}[ -]?\\d{1,2}[ -]?[A-Z]{1,3}[ -]?\\d{4}", "\\d{2} ?BH ?\\d{4} ?[A-Z]{1,2}"],
        varied,
        (VEHICLE, Marked),
        texts!["Central Motor Vehicles Rules 1989, rule 50"],
    )
    .with(
        texts![
            "vehicle registration plate «TK63-FNL-3247»",
            "vehicle registration plate: «55BH9736HC»",
            "vehicle_registration_plate=«KL-24 PQ 0958»"
        ],
        texts!["order TK63-FNL-3247", "job TK63-FNL-324", "job 55BH9736HC7"],
    ),
    id("identity.in.uan", &["10\\d{10}"], varied, (SOCIAL, Never), texts!["EPFO, Universal Account Number"]).with(
        texts!["UAN «103366003559»", "EPFO: «106619426895»", "uan=«105947727989»"],
        texts!["order 103366003559", "job 10336600355", "job 1066194268957"],
    ),
    id(
        "identity.pk.cnic",
        &["[1-7]\\d{4}-\\d{7}-\\d", "[1-7]\\d{12}"],
        varied,
        (NAMED, Printed),
        texts!["NADRA Ordinance 2000, Computerized National Identity Card"],
    )
    .with(
        texts!["CNIC «28748-3500223-9»", "NICOP: «7370921187290»", "cnic=«72387-8616211-1»", "seen «28748-3500223-9» today"],
        texts!["order 2874835002239", "job 28748-3500223-", "job 73709211872907"],
    ),
    id("identity.pk.passport", &["[A-Z]{2}\\d{7}"], varied, (PASSPORT, Never), texts!["Passports Act 1974 (Pakistan)"]).with(
        texts!["passport «VI6535363»", "passport: «YQ2119921»", "passport=«SW2337667»"],
        texts!["order VI6535363", "job VI653536", "job YQ21199217"],
    ),
    id(
        "identity.bd.nid",
        &["(19|20)\\d{15}", "\\d{13}", "\\d{10}"],
        varied,
        (NAMED, Never),
        texts!["National Identity Registration Act 2010 (Bangladesh)"],
    )
    .with(
        texts!["NID «20835085711202572»", "এনআইডি: «3966842093592»", "nid=«8038647043»"],
        texts!["order 20835085711202572", "job 2083508571120257", "job 39668420935927"],
    ),
    id(
        "identity.lk.nic",
        &["\\d{9}[VX]", "(19|20)\\d{10}"],
        nic,
        (NATIONAL, Text),
        texts!["Registration of Persons Act No. 32 of 1968 (Sri Lanka)", "Department for Registration of Persons, NIC number"],
    )
    .named("nic")
    .with(
        texts!["NIC «771491819X»", "NIC: «196184367725»", "nic=«832491119X»"],
        texts!["order 771491819X", "job 771491819", "job 1961843677257"],
    ),
    id("identity.lk.passport", &["[NDO]\\d{7,8}"], varied, (PASSPORT, Never), texts!["Immigrants and Emigrants Act (Sri Lanka)"]).with(
        texts!["passport «N50666209»", "passport: «O2499359»", "passport=«N8634079»"],
        texts!["order N50666209", "job N5066620", "job O24993597"],
    ),
    id(
        "identity.np.citizenship",
        &["\\d{2}-\\d{2}-\\d{2}-\\d{5}"],
        varied,
        (NATIONAL | NAMED, Never),
        texts!["Citizenship Act 2063 (Nepal), citizenship certificate number"],
    )
    .with(
        texts!["citizenship «69-25-44-38538»", "नागरिकता: «84-12-53-07417»", "citizenship=«23-08-00-05798»"],
        texts!["order 69-25-44-38538", "job 69-25-44-3853", "job 84-12-53-074177"],
    ),
];

/// The digits of each product to the base 36 are added; the factors are 1 and 2 in turns.
fn gstin(d: &[u8]) -> bool {
    let count = |(i, &b): (usize, &u8)| value(b) * (1 + i as u32 % 2);
    let sum: u32 = head(d, 14).iter().enumerate().map(count).map(|product| product / 36 + product % 36).sum();
    varied(d) && matches!(number(d, 0, 2), 1..=38 | 97 | 99) && (36 - sum % 36) % 36 == last(d)
}

/// The year and the day of it, 500 more for women.
fn nic(d: &[u8]) -> bool {
    let day = number(d, if d.len() == 10 { 2 } else { 4 }, 3) % 500;
    varied(d) && (1..=366).contains(&day) && (d.len() == 10 || is_year(number(d, 0, 4)))
}
