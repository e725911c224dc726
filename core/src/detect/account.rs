//! Accounts and banks by the numbers of one country, and the codes of banks.

use super::Alone::{self, Never, Printed, Text};
use super::context::{ACCOUNT, BANK, BIC, NAMED};
use super::{Detector, Find, PAYMENT, texts};
use crate::validate::digits::{at, head, lack, last, number, rest, tail, undated, value, varied};

/// A number of a bank or of an account there: payment data, masked whole.
const fn account(
    id: &'static str,
    shapes: &'static [&'static str],
    check: fn(&[u8]) -> bool,
    announced: (u64, Alone),
    references: &'static [&'static str],
) -> Detector {
    Detector::masked(id, Find::id(shapes, check, announced), PAYMENT, references)
}

pub(crate) const DETECTORS: &[Detector] = &[
    account(
        "payment.bic",
        &["[A-Z]{6}[A-Z2-9][0-9A-NP-Z]([0-9A-Z]{3})?"],
        |d| COUNTRIES.chunks(2).any(|country| tail(d, 4).starts_with(country)),
        (BIC, Never),
        texts!["ISO 9362, business identifier code"],
    )
    .with(
        texts!["BIC «YKOCCYN01PM»", "SWIFT: «CRPDNGR5MNZ»", "bic=«YKRXPLSRFSJ»"],
        texts!["order YKOCCYN01PM", "bic=RKACDJ0C0RF", "BIC VVJWMW11"],
    ),
    account(
        "payment.us-routing",
        &["\\d{9}", "\\d{4}-\\d{4}-\\d"],
        |d| {
            matches!(number(d, 0, 2), 0..=12 | 21..=32 | 61..=72 | 80)
                && rest(d, &[3, 7, 1, 3, 7, 1, 3, 7, 1], 10) == 0
                && d != b"078051120"
        },
        (BANK, Text),
        texts!["American Bankers Association, routing number policy"],
    )
    .named("aba abarouting routing routingnumber")
    .with(
        texts!["ABA «030076583»", "routing number: «074844205»", "aba=«021564871»"],
        texts!["order 030076583", "bank 678619282", "bank=634439284"],
    ),
    account(
        "payment.gb-sort-code",
        &["\\d{2}-\\d{2}-\\d{2}", "\\d{2} \\d{2} \\d{2}", "!\\d{6}"],
        varied,
        (BANK, Never),
        texts!["Pay.UK, Extended Industry Sorting Code Directory"],
    )
    .named("sort sortcode")
    .with(texts!["bank «32-39-26»", "sortcode: «70 28 37»", "bank=«57-33-00»"], texts!["order 32-39-26", "job 32-39-2", "job 70 28 377"]),
    account("payment.au-bsb", &["\\d{3}-\\d{3}", "!\\d{6}"], varied, (NAMED, Never), texts!["AusPayNet, BSB numbers in Australia"])
        .named("bsb")
        .with(texts!["BSB «645-844»", "BSB: «955-451»", "bsb=«528-088»"], texts!["order 645-844", "job 645-84", "job 955-4517"]),
    account(
        "payment.mx-clabe",
        &["\\d{3} ?\\d{3} ?\\d{11} ?\\d", "\\d{18}"],
        |d| (10 - clabe(d) % 10) % 10 == last(d) && varied(d),
        (BANK, Never),
        texts!["Asociación de Bancos de México, Clave Bancaria Estandarizada"],
    )
    .named("clabe")
    .with(
        texts!["CLABE «099 835 951018252243»", "CLABE: «700041386369904493»", "clabe=«778477 817282137946»"],
        texts!["order 099 835 951018252243", "bank 28155889287520848 1", "bank=273157656591112742"],
    ),
    account(
        "payment.ar-cbu",
        &["\\d{22}", "\\d{8}[ -]\\d{14}"],
        |d| {
            lack(d, &[7, 1, 3, 9, 7, 1, 3], 10) == last(head(d, 8))
                && lack(tail(d, 8), &[3, 9, 7, 1, 3, 9, 7, 1, 3, 9, 7, 1, 3], 10) == last(d)
        },
        (BANK, Text),
        texts!["Banco Central de la República Argentina, Comunicación A 2622, Clave Bancaria Uniforme"],
    )
    .named("cbu cvu")
    .with(
        texts!["CBU «5243598632354358774546»", "CVU: «55745442-32961810399269»", "cbu=«3927265603950710566981»"],
        texts!["order 5243598632354358774546", "bank 3347555638859866993268", "bank=64550233 58728625787113"],
    ),
    account(
        "payment.in-ifsc",
        &["[A-Z]{4}0[0-9A-Z]{6}"],
        varied,
        (BANK, Never),
        texts!["Reserve Bank of India, Indian Financial System Code"],
    )
    .with(
        texts!["IFSC «VJYB09IVGI9»", "IFSC: «HMGA0FJ83KP»", "ifsc=«YDFE0SQN5OM»"],
        texts!["order VJYB09IVGI9", "IFSC LXZB8EIXG36", "ifsc=RUPH1PXB7PE"],
    ),
    account(
        "payment.es-ccc",
        &["\\d{4}[ -]?\\d{4}[ -]?\\d{2}[ -]?\\d{10}"],
        |d| ccc(head(d, 8), 2) == value(at(d, 8)) && ccc(tail(d, 10), 0) == value(at(d, 9)),
        (BANK, Text),
        texts!["Banco de España, código cuenta cliente"],
    )
    .with(
        texts![
            "cuenta bancaria CCC «3709 7435 909972983953»",
            "banco: «53491103 18 9783101292»",
            "cuenta_bancaria_ccc=«70331347 803324514040»"
        ],
        texts!["order 3709 7435 909972983953", "cuenta CCC 3861 1662 16-7131830241", "ccc=59317848-112758663393"],
    ),
    account(
        "payment.fr-rib",
        &["\\d{5} ?\\d{5} ?[0-9A-Z]{11} ?\\d{2}"],
        rib,
        (BANK, Never),
        texts!["Comité français d'organisation et de normalisation bancaires, relevé d'identité bancaire"],
    )
    .named("rib")
    .with(
        texts!["RIB «32497 61251BM4AMHC3ASX58»", "banque: «9442693314 AL6BTHQJ9OB 61»", "rib=«72595 84555KNYADYOBEUC09»"],
        texts!["order 32497 61251BM4AMHC3ASX58", "bank 4172948897 SQC1DS89JG209", "bank=7211422496 R5DPJZH919E 09"],
    ),
    account(
        "payment.no-account",
        &["\\d{4}\\.\\d{2}\\.\\d{5}", "\\d{11}"],
        |d| rest(d, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1], 11) == 0,
        (BANK, Printed),
        texts!["Finans Norge, kontonummer og modulus 11"],
    )
    .with(
        texts!["kontonummer «5732.01.71026»", "konto: «71753279010»", "kontonummer=«6006.35.94701»", "seen «5732.01.71026» today"],
        texts!["order 57320171026", "kontonummer 7335.10.37990", "account 07433389692"],
    ),
    account(
        "payment.cz-account",
        &["(\\d{1,6}-)?\\d{6,10}/\\d{4}"],
        varied,
        (BANK, Never),
        texts!["Česká národní banka, vyhláška 169/2011 Sb.", "Národná banka Slovenska, bankové spojenie"],
    )
    .with(
        texts!["číslo účtu: «19-2045690235/0100»", "účet «2945690231/0800»", "cislo_uctu=«000027-4471983566/5500»"],
        texts!["order 2945690231/0800", "účet 2945690231/08", "path 000027-4471983566/5500"],
    ),
    account("payment.de-blz", &["[1-8]\\d{2} ?\\d{3} ?\\d{2}"], undated, (NAMED, Never), texts!["Deutsche Bundesbank, Bankleitzahlen"])
        .with(
            texts!["BLZ «85363040»", "Bankleitzahl: «667 850 58»", "blz=«493 10388»"],
            texts!["order 85363040", "job 8536304", "job 667 850 587"],
        ),
    account(
        "payment.br-account",
        &["\\d{4}-?\\d?[ /]\\d{5,8}-[0-9X]", "\\d{5,8}-[0-9X]"],
        varied,
        (BANK, Never),
        texts!["Banco Central do Brasil, número de agência e conta"],
    )
    .with(
        texts!["banco conta «99853/91278521-4»", "conta: «2556/622268-X»", "banco_conta=«25534 14219-8»"],
        texts!["order 99853/91278521-4", "job 99853/91278521-", "job 2556/622268-X7"],
    ),
    account(
        "payment.account-number",
        &["\\d{7,28}", "\\d{2,8}([ -]\\d{1,11}){1,6}"],
        undated,
        (ACCOUNT, Never),
        texts!["Nacha Operating Rules, DFI account number", "Pay.UK, account numbers of eight digits"],
    )
    .with(
        texts![
            "bank account number «80412277»",
            "account no: «004417829930»",
            "bank_account=«5530 128 4471»",
            "número de conta: «8569855494»"
        ],
        texts![
            "account 80412277",
            "account number 4471",
            "account number 20240501",
            "accounts: 80412277",
            "conta 85698554",
            "cuenta 85698554 creada"
        ],
    ),
];

/// The letters of the countries and territories of ISO 3166-1 that have banks.
const COUNTRIES: &[u8] = b"ADAEAFAGAIALAMAOARATAUAWAZBABBBDBEBFBGBHBIBJBMBNBOBRBSBTBWBYBZCACDCFCGCHCICKCLCMCNCOCRCUCVCWCYCZDEDJDKDMDODZEC\
      EEEGERESETFIFJFKFOFRGAGBGDGEGFGGGHGIGLGMGNGPGQGRGTGUGWGYHKHNHRHTHUIDIEILIMINIQIRISITJEJMJOJPKEKGKHKIKMKNKRKWKY\
      KZLALBLCLILKLRLSLTLULVLYMAMCMDMEMGMHMKMLMMMNMOMQMRMSMTMUMVMWMXMYMZNANCNENGNINLNONPNRNZOMPAPEPFPGPHPKPLPRPSPTPW\
      PYQARERORSRURWSASBSCSDSESGSISKSLSMSNSOSRSSSTSVSXSYSZTCTDTGTHTJTLTMTNTOTRTTTVTWTZUAUGUSUYUZVAVCVEVGVIVNVUWSXKYE\
      ZAZMZW";

/// Weights 3, 7 and 1 in turns, each product modulo 10.
fn clabe(d: &[u8]) -> u32 {
    d.iter().take(17).zip([3, 7, 1].iter().cycle()).map(|(&b, weight)| value(b) * weight % 10).sum()
}

/// Bank and branch, or the account, by the powers of 2 modulo 11: what they lack, 1 standing for 10.
fn ccc(d: &[u8], skip: usize) -> u32 {
    let check = lack(d, tail(&[1, 2, 4, 8, 5, 10, 9, 7, 3, 6], skip), 11);
    if check == 10 { 1 } else { check }
}

/// A multiple of 97, letters counting 1 to 9 from A, from J, and 2 to 9 from S.
fn rib(d: &[u8]) -> bool {
    let count = |b: u8| match b {
        b'A'..=b'I' => b - b'A' + 1,
        b'J'..=b'R' => b - b'J' + 1,
        b'S'..=b'Z' => b - b'S' + 2,
        _ => b - b'0',
    };
    varied(d) && d.iter().fold(0, |rest, &b| (rest * 10 + u32::from(count(b))) % 97) == 0
}
