//! Bulgaria, Greece, Cyprus, Malta, Croatia, Slovenia, Serbia and their neighbours, and Türkiye.

use super::id;
use crate::detect::Alone::{Marked, Never, Text};
use crate::detect::context::{COMPANY, NAMED, NATIONAL, PASSPORT, SOCIAL, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, digit, head, is_day, is_dmy, iso_11_10, lack, lacks_11, last, luhn, number, rest, sum, value, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.bg.egn",
        &["\\d{10}"],
        egn,
        (NATIONAL | TAX, Text),
        texts!["Наредба № РД-02-20-9 от 2012 г., ЕГН", "ГРАО, единен граждански номер"],
    )
    .named("egn егн")
    .with(
        texts!["ЕГН «0045158322»", "EGN: «7308080325»", "егн=«6109013092»"],
        texts!["order 0045158322", "tax=6604054333", "tax 9024156650"],
    ),
    id(
        "identity.bg.lnch",
        &["\\d{10}"],
        lnch,
        (NATIONAL | TAX, Never),
        texts!["Закон за чужденците в Република България, личен номер на чужденец"],
    )
    .named("lnch лнч")
    .with(
        texts!["ЛНЧ «1081007951»", "LNCH: «1822558032»", "лнч=«7138161221»"],
        texts!["order 1081007951", "order 1370324829", "order=5975257377"],
    ),
    id("identity.bg.eik", &["\\d{9}"], eik, (COMPANY | TAX, Never), texts!["Закон за регистър БУЛСТАТ, единен идентификационен код"])
        .named("eik еик bulstat булстат")
        .with(
            texts!["ЕИК «494499967»", "БУЛСТАТ: «095770435»", "еик=«799273583»"],
            texts!["order 494499967", "tax 018431516", "order=929538837"],
        ),
    id("identity.bg.document", &["\\d{9}"], varied, (PASSPORT | NAMED, Never), texts!["Закон за българските лични документи"]).with(
        texts!["паспорт «490842848»", "лична карта: «392571529»", "паспорт=«834272848»"],
        texts!["order 490842848", "job 49084284", "job 3925715297"],
    ),
    id("identity.gr.afm", &["\\d{9}"], afm, (TAX, Never), texts!["ΑΑΔΕ, Αριθμός Φορολογικού Μητρώου", "OECD, TIN of Greece"])
        .named("afm αφμ ΑΦΜ")
        .with(
            texts!["ΑΦΜ «988232045»", "AFM: «062904842»", "αφμ=«876440294»"],
            texts!["order 988232045", "tax 345922622", "tax 731444520"],
        ),
    id(
        "identity.gr.amka",
        &["\\d{11}"],
        |d| is_dmy(d, 0) && luhn(d),
        (SOCIAL | NATIONAL, Text),
        texts!["Νόμος 3655/2008, άρθρο 153, ΑΜΚΑ"],
    )
    .named("amka αμκα")
    .with(
        texts!["ΑΜΚΑ «01046053102»", "AMKA: «27025087431»", "αμκα=«13118855322»"],
        texts!["order 01046053102", "national 22104834517", "national=23070771290"],
    ),
    id(
        "identity.gr.identity-card",
        &["[A-Z]{1,2}[ -]?\\d{6}"],
        varied,
        (NAMED, Never),
        texts!["Κοινή υπουργική απόφαση 3021/19/53, δελτία ταυτότητας"],
    )
    .with(
        texts!["ταυτότητα «N 346686»", "tautotita: «L677782»", "ταυτότητα=«D781465»"],
        texts!["order N 346686", "job N 34668", "job L6777827"],
    ),
    id("identity.gr.passport", &["[A-Z]{2}\\d{7}"], varied, (PASSPORT, Never), texts!["Νόμος 3103/2003, διαβατήρια"]).with(
        texts!["διαβατήριο «TH7948622»", "passport: «BK6950654»", "διαβατήριο=«WC0662693»"],
        texts!["order TH7948622", "job TH794862", "job BK69506547"],
    ),
    id(
        "identity.cy.tic",
        &["[0-59]\\d{7}[A-Z]"],
        tic,
        (TAX, Marked),
        texts!["Τμήμα Φορολογίας, Αριθμός Φορολογικής Ταυτότητας", "OECD, TIN of Cyprus"],
    )
    .named("tic")
    .with(texts!["ΑΦΤ «01379717Z»", "TIC: «57029564Q»", "αφτ=«31285782K»"], texts!["order 01379717Z", "αφτ=39162789G", "ΑΦΤ 33610100I"]),
    id("identity.cy.passport", &["[A-Z]\\d{6,8}"], varied, (PASSPORT, Never), texts!["Civil Registry Law 141(I)/2002"]).with(
        texts!["passport «J431371»", "passport: «W32516362»", "passport=«E3272432»"],
        texts!["order J431371", "job J43137", "job W325163627"],
    ),
    id(
        "identity.mt.identity-card",
        &["\\d{5,7}[ABGHLMPZ]"],
        varied,
        (NAMED | TAX, Never),
        texts!["Identity Card and other Identity Documents Act, Cap. 258"],
    )
    .with(
        texts!["karta tal-identità «0004720P»", "karta tal-identità: «0001353G»", "karta_tal_identità=«57345H»"],
        texts!["order 4720P", "karta_tal_identità=999M", "karta_tal_identità=666P"],
    ),
    id("identity.mt.passport", &["\\d{7}"], varied, (PASSPORT, Never), texts!["Passports Ordinance, Cap. 61"]).with(
        texts!["passaport «9634824»", "passport: «0574402»", "passaport=«1116299»"],
        texts!["order 9634824", "job 963482", "job 05744027"],
    ),
    id(
        "identity.hr.oib",
        &["\\d{11}"],
        iso_11_10,
        (NATIONAL | TAX | COMPANY, Never),
        texts!["Zakon o osobnom identifikacijskom broju", "ISO/IEC 7064, MOD 11,10"],
    )
    .named("oib")
    .with(
        texts!["OIB «54928857072»", "OIB: «05163460949»", "oib=«75520129470»"],
        texts!["order 54928857072", "tax 55621927687", "tax=95046788288"],
    ),
    id(
        "identity.hr.document",
        &["\\d{9}"],
        varied,
        (PASSPORT | NAMED, Never),
        texts!["Zakon o osobnoj iskaznici", "Zakon o putnim ispravama"],
    )
    .with(
        texts!["osobna iskaznica «022066507»", "putovnica: «943789240»", "osobna_iskaznica=«967081699»"],
        texts!["order 022066507", "job 02206650", "job 9437892407"],
    ),
    id("identity.si.emso", &["\\d{13}"], jmbg, (NATIONAL | SOCIAL, Text), texts!["Zakon o centralnem registru prebivalstva, EMŠO"])
        .named("emso emšo")
        .with(
            texts!["EMŠO «2101960028897»", "EMSO: «1712963440085»", "emšo=«2309038478948»"],
            texts!["order 2101960028897", "national 0708909485083", "national 0401977784177"],
        ),
    id("identity.si.davcna", &["[1-9]\\d{7}"], si_tax, (TAX, Never), texts!["Zakon o davčni službi, davčna številka"])
        .named("davcna davčna")
        .with(
            texts!["davčna številka «29712670»", "davčna številka: «39518396»", "davčna_številka=«61943118»"],
            texts!["order 29712670", "tax 10993887", "tax=41938880"],
        ),
    id("identity.si.passport", &["P[A-Z]\\d{7}"], varied, (PASSPORT, Never), texts!["Zakon o potnih listinah"]).with(
        texts!["potni list «PS7253473»", "passport: «PR8971377»", "potni_list=«PT7742221»"],
        texts!["order PS7253473", "job PS725347", "job PR89713777"],
    ),
    id(
        "identity.rs.jmbg",
        &["\\d{13}"],
        jmbg,
        (NATIONAL | SOCIAL, Text),
        texts!["Zakon o jedinstvenom matičnom broju građana, of Serbia, Bosnia and Herzegovina, Montenegro and North Macedonia"],
    )
    .named("jmbg јмбг ембг")
    .with(
        texts!["JMBG «1911997992217»", "ЈМБГ: «0103900928800»", "jmbg=«1404968533867»"],
        texts!["order 1911997992217", "national=0405023183539", "national=0207097764311"],
    ),
    id("identity.rs.pib", &["[1-9]\\d{8}"], iso_11_10, (TAX | COMPANY, Never), texts!["Pravilnik o poreskom identifikacionom broju"])
        .named("pib пиб")
        .with(
            texts!["PIB «768411336»", "ПИБ: «116349637»", "pib=«596206398»"],
            texts!["order 768411336", "tax=177889302", "tax=688087460"],
        ),
    id("identity.rs.document", &["\\d{9}"], varied, (PASSPORT | NAMED, Never), texts!["Zakon o ličnoj karti", "Zakon o putnim ispravama"])
        .with(
            texts!["pasoš «107974048»", "lična karta: «022066511»", "pasoš=«301572233»"],
            texts!["order 107974048", "job 10797404", "job 0220665117"],
        ),
    id(
        "identity.mk.edb",
        &["(MK)?[45]\\d{12}"],
        |d| lacks_11(d.strip_prefix(b"MK").unwrap_or(d), &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]),
        (TAX | COMPANY, Never),
        texts!["Управа за јавни приходи, единствен даночен број"],
    )
    .named("edb едб")
    .with(
        texts!["ЕДБ «4920958466214»", "EDB: «MK4171192672825»", "едб=«5344350434207»"],
        texts!["order 4920958466214", "tax 5488844871410", "tax=MK5425893630853"],
    ),
    id(
        "identity.me.pib",
        &["0\\d{7}"],
        |d| lacks_11(d, &[8, 7, 6, 5, 4, 3, 2]),
        (TAX | COMPANY, Never),
        texts!["Poreska uprava Crne Gore, PIB"],
    )
    .named("pib")
    .with(texts!["PIB «06720170»", "PIB: «07014490»", "pib=«07112564»"], texts!["order 06720170", "tax 01233928", "tax=05349458"]),
    id(
        "identity.al.personal-number",
        &["[A-T]\\d{8}[A-W]"],
        |d| varied(d) && is_day(number(d, 2, 2) % 50, number(d, 4, 2)),
        (NATIONAL | TAX | NAMED, Marked),
        texts!["Ligji 8952/2002 për numrin e identitetit të shtetasve"],
    )
    .with(
        texts!["NID «L75812710U»", "NID: «P00710476M»", "nid=«I86023670B»", "«I20404748R»"],
        texts!["order L75812710U", "job L75812710", "job P00710476M7"],
    ),
    id("identity.al.nipt", &["[J-N]\\d{8}[A-Z]"], varied, (TAX | COMPANY, Never), texts!["Qendra Kombëtare e Biznesit, NIPT"]).with(
        texts!["NIPT «N81364889V»", "NUIS: «J42096817K»", "nipt=«K95928379Y»"],
        texts!["order N81364889V", "job N81364889", "job J42096817K7"],
    ),
    id(
        "identity.tr.kimlik",
        &["[1-9]\\d{10}"],
        kimlik,
        (NATIONAL | TAX, Text),
        texts!["Nüfus ve Vatandaşlık İşleri, T.C. kimlik numarası"],
    )
    .named("kimlik tckn tcno")
    .with(
        texts!["TCKN «56203490650»", "kimlik: «43881398958»", "tckn=«93513542518»"],
        texts!["order 56203490650", "tax 60296180076", "tax=83304028822"],
    ),
    id("identity.tr.vkn", &["\\d{10}"], vkn, (TAX | COMPANY, Never), texts!["Gelir İdaresi Başkanlığı, vergi kimlik numarası"])
        .named("vkn")
        .with(
            texts!["VKN «4502540660»", "vergi: «3702642015»", "vkn=«6423722636»"],
            texts!["order 4502540660", "tax=3131212946", "tax=4107794270"],
        ),
    id("identity.tr.passport", &["[USTZ]\\d{8}"], varied, (PASSPORT, Never), texts!["Pasaport Kanunu 5682"]).with(
        texts!["pasaport «S82983034»", "pasaport: «S25909386»", "pasaport=«T18932983»"],
        texts!["order S82983034", "job S8298303", "job S259093867"],
    ),
    id(
        "identity.tr.plate",
        &["([0-7]\\d|8[01]) ?[A-PR-VYZ]{1,3} ?\\d{2,5}"],
        varied,
        (VEHICLE, Never),
        texts!["Karayolları Trafik Yönetmeliği, tescil plakaları"],
    )
    .with(texts!["plaka «15 C9507»", "plaka: «09PM5686»", "plaka=«81EJR 848»"], texts!["order 15 C9507", "plaka 85PMH98", "plaka 84 JR73"]),
];

/// The month is 20 more for those born before 1900, and 40 more from 2000 on.
/// The month is 40 more since 2000.
fn egn(d: &[u8]) -> bool {
    rest(head(d, 9), &[2, 4, 8, 5, 10, 9, 7, 3, 6], 11) % 10 == last(d)
        && match number(d, 2, 2) {
            month @ 41.. => number(d, 0, 2) < 40 && is_day(month - 40, number(d, 4, 2)),
            month => is_day(month, number(d, 4, 2)),
        }
        && varied(d)
}

fn lnch(d: &[u8]) -> bool {
    rest(head(d, 9), &[21, 19, 17, 13, 11, 9, 7, 3, 1], 10) == last(d)
}

fn eik(d: &[u8]) -> bool {
    let check = match sum(d, &[1, 2, 3, 4, 5, 6, 7, 8]) % 11 {
        10 => sum(d, &[3, 4, 5, 6, 7, 8, 9, 10]) % 11 % 10,
        check => check,
    };
    varied(d) && check == last(d)
}

/// The Bulgarian VAT number behind `BG`, of a company or of a person.
pub(super) fn bg_vat(d: &[u8]) -> bool {
    if d.len() == 9 { eik(d) } else { egn(d) || lnch(d) || lacks_11(d, &[4, 3, 2, 7, 6, 5, 4, 3, 2]) }
}

/// Weights of the powers of two.
pub(super) fn afm(d: &[u8]) -> bool {
    let sum = head(d, 8).iter().fold(0, |sum, &b| (sum + value(b)) * 2);
    varied(d) && sum % 11 % 10 == last(d)
}

/// Digits at odd places count by a table of their own.
pub(super) fn tic(d: &[u8]) -> bool {
    let odd = |place: usize| [1, 0, 5, 7, 9, 13, 15, 17, 19, 21].get(digit(d, place) as usize).copied().unwrap_or_default();
    let sum: u32 = (0..8).map(|place| if place % 2 == 0 { odd(place) } else { digit(d, place) }).sum();
    varied(d) && !d.starts_with(b"12") && sum % 26 + 10 == last(d)
}

/// The Maltese VAT number behind `MT`.
pub(super) fn mt_vat(d: &[u8]) -> bool {
    rest(d, &[3, 4, 6, 7, 8, 9, 10, 1], 37) == 0
}

/// Day, month, three digits of the year, region, serial, check digit.
fn jmbg(d: &[u8]) -> bool {
    lacks_11(d, &[7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) && is_dmy(d, 0) && matches!(at(d, 4), b'0' | b'9')
}

/// The Slovenian tax number, behind `SI` as well.
pub(super) fn si_tax(d: &[u8]) -> bool {
    varied(d) && lack(d, &[8, 7, 6, 5, 4, 3, 2], 11) % 10 == last(d) && rest(d, &[8, 7, 6, 5, 4, 3, 2], 11) != 0
}

/// Two check digits: of the odd and even places, and of all before.
fn kimlik(d: &[u8]) -> bool {
    (10 + sum(d, &[7, 0, 7, 0, 7, 0, 7, 0, 7]) - sum(d, &[0, 1, 0, 1, 0, 1, 0, 1]) % 10) % 10 == digit(d, 9)
        && rest(d, &[1; 10], 10) == last(d)
}

/// Each digit, moved by its place from the end, counts times a power of two modulo 9.
fn vkn(d: &[u8]) -> bool {
    let count = |(i, &b): (usize, &u8)| match (value(b) + 9 - i as u32) % 10 {
        9 => 9,
        moved => (moved << (9 - i)) % 9,
    };
    varied(d) && (10 - head(d, 9).iter().enumerate().map(count).sum::<u32>() % 10) % 10 == last(d)
}
