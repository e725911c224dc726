//! Russia, Ukraine, Belarus, Kazakhstan and Uzbekistan.

use super::id;
use crate::detect::Alone::{Always, Never, PrintedText, Text};
use crate::detect::context::{COMPANY, HEALTH, NAMED, NATIONAL, PASSPORT, SOCIAL, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{digit, head, is_date, is_dmy, is_ymd, last, luhn, number, rest, sum, tail, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.ru.inn",
        &["\\d{10}(\\d{2})?"],
        inn,
        (TAX | COMPANY, Never),
        texts!["Приказ ФНС России ММВ-7-6/435@, порядок и условия присвоения ИНН"],
    )
    .named("inn инн")
    .with(
        texts!["ИНН «2791392129»", "INN: «5159510170»", "инн=«744794831830»"],
        texts!["order 2791392129", "tax=4982521935", "tax=3477542106"],
    ),
    id(
        "identity.ru.snils",
        &["\\d{3}-\\d{3}-\\d{3}[ -]\\d{2}", "\\d{11}"],
        |d| varied(d) && u64::from(sum(d, &[9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101 % 100) == number(d, 9, 2),
        (SOCIAL, PrintedText),
        texts!["Федеральный закон 27-ФЗ, страховой номер индивидуального лицевого счёта"],
    )
    .named("snils снилс СНИЛС")
    .with(
        texts!["СНИЛС «414-761-355-71»", "SNILS: «71755294016»", "снилс=«460-681-637-94»", "seen «414-761-355-71» today"],
        texts!["order 41476135571", "sociale 538-605-782 17", "sociale=66364543524"],
    ),
    id(
        "identity.ru.ogrn",
        &["[15]\\d{12}", "3\\d{14}"],
        ogrn,
        (COMPANY, Never),
        texts!["Приказ Минфина России 165н, структура ОГРН и ОГРНИП"],
    )
    .named("ogrn огрн огрнип ogrnip")
    .with(
        texts!["ОГРН «5695853081523»", "ОГРНИП: «305629386348390»", "огрн=«5406899613764»"],
        texts!["order 5695853081523", "entreprise 1671610492677", "entreprise=388792914493874"],
    ),
    id(
        "identity.ru.passport",
        &["\\d{2} ?\\d{2} ?\\d{6}"],
        varied,
        (PASSPORT, Never),
        texts!["Постановление Правительства РФ 828, положение о паспорте гражданина"],
    )
    .with(
        texts!["паспорт «3714 006468»", "passport: «11 15 488936»", "паспорт=«3361805316»"],
        texts!["order 3714 006468", "job 3714 00646", "job 11 15 4889367"],
    ),
    id(
        "identity.ru.passport-number",
        &["\\d{6}"],
        varied,
        (NAMED, Never),
        texts!["Постановление Правительства РФ 828, положение о паспорте гражданина, серия и номер"],
    )
    .named("паспорт паспорта")
    .with(
        texts!["паспорт серия 4508 номер «291055»", "паспорт: серия 45 08 № «291055»", "серия паспорта 4508, номер «713064»"],
        texts!["order 291055", "номер 291055", "серия 4508 номер 291055"],
    ),
    id(
        "identity.ru.international-passport",
        &["\\d{2} ?\\d{7}"],
        varied,
        (PASSPORT, Never),
        texts!["Федеральный закон 114-ФЗ о порядке выезда"],
    )
    .with(
        texts!["загранпаспорт «56 8154836»", "passport: «561230264»", "загранпаспорт=«52 0489014»"],
        texts!["order 56 8154836", "job 56 815483", "job 5612302647"],
    ),
    id(
        "identity.ru.oms",
        &["\\d{16}"],
        luhn,
        (HEALTH, Never),
        texts!["Приказ Минздрава России 108н, единый номер полиса ОМС", "ISO/IEC 7812-1, annex B"],
    )
    .named("омс полис")
    .with(
        texts!["полис ОМС «9748679924274664»", "ОМС: «7820919336823673»", "полис_омс=«9817912111883757»"],
        texts!["order 9748679924274664", "healthcard 9573181997064407", "healthcard=2542742454074721"],
    ),
    id(
        "identity.ru.plate",
        &["[ABCEHKMOPTXY] ?\\d{3} ?[ABCEHKMOPTXY]{2} ?\\d{2,3}"],
        varied,
        (VEHICLE, Never),
        texts!["ГОСТ Р 50577, знаки государственные регистрационные транспортных средств"],
    )
    .with(
        texts!["госномер «B 413 XK55»", "госномер: «O 391 MK088»", "госномер=«C782KE39»"],
        texts!["order B 413 XK55", "госномер B 777YM 77", "job B 413 XK5"],
    ),
    id(
        "identity.ua.rnokpp",
        &["\\d{10}"],
        |d| varied(d) && (sum(d, &[10, 5, 7, 9, 4, 6, 10, 5, 7])) % 11 % 10 == last(d),
        (TAX | NATIONAL, Never),
        texts!["Наказ Мінфіну 822, реєстраційний номер облікової картки платника податків"],
    )
    .named("рнокпп rnokpp іпн")
    .with(
        texts!["РНОКПП «1184304315»", "ІПН: «4711757080»", "рнокпп=«4728715600»"],
        texts!["order 1184304315", "tax=1169980994", "tax 3617218537"],
    ),
    id("identity.ua.edrpou", &["\\d{8}"], edrpou, (COMPANY, Never), texts!["Постанова Кабінету Міністрів 118, код ЄДРПОУ"])
        .named("edrpou єдрпоу")
        .with(
            texts!["ЄДРПОУ «08366798»", "EDRPOU: «98440392»", "єдрпоу=«98001244»"],
            texts!["order 08366798", "entreprise=66199113", "entreprise=31797117"],
        ),
    id(
        "identity.ua.unzr",
        &["\\d{8}-?\\d{5}"],
        |d| is_date(d, 0) && rest(d, &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], 10) == last(d),
        (NATIONAL, Text),
        texts!["Закон України про Єдиний державний демографічний реєстр, УНЗР"],
    )
    .named("unzr унзр")
    .with(
        texts!["УНЗР «2029070247935»", "UNZR: «20060330-82862»", "унзр=«20320921-88447»"],
        texts!["order 2029070247935", "national 20260823-36476", "national 20200714-34420"],
    ),
    id(
        "identity.ua.passport",
        &["[A-Z]{2} ?\\d{6}", "\\d{9}"],
        varied,
        (PASSPORT, Never),
        texts!["Постанова Кабінету Міністрів 302, паспорт громадянина України"],
    )
    .with(
        texts!["паспорт «TQ 914384»", "passport: «551586208»", "паспорт=«QZ 177065»"],
        texts!["order TQ 914384", "job TQ 91438", "job 5515862087"],
    ),
    id(
        "identity.by.personal-number",
        &["[1-6]\\d{6}[ABCEHKM]\\d{3}(PB|BA|BI)\\d"],
        |d| varied(d) && is_dmy(d, 1) && sum(d, &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7]) % 10 == last(d),
        (NATIONAL | PASSPORT, Always),
        texts!["Указ Президента Республики Беларусь 294, идентификационный номер"],
    )
    .with(
        texts![
            "идентификационный номер «3170119A266BI7»",
            "паспорт: «4011221K456BA9»",
            "идентификационный_номер=«4031055A102PB7»",
            "seen «4030345C807PB6» today"
        ],
        texts!["идентификационный 1290901A761BI9", "идентификационный=6300426C382PB9", "идентификационный 6140922K785PB5"],
    ),
    id(
        "identity.by.unp",
        &["[1-9]\\d{8}", "![A-Z]{2}\\d{7}"],
        |d| rest(head(d, 8), &[29, 23, 19, 17, 13, 7, 5, 3], 11) == last(d),
        (TAX | COMPANY, Never),
        texts!["Министерство по налогам и сборам, учётный номер плательщика"],
    )
    .named("unp унп")
    .with(texts!["УНП «245960999»", "UNP: «863663333»", "унп=«384127081»"], texts!["order 245960999", "tax 808672887", "tax 393407449"]),
    id("identity.by.passport", &["[A-Z]{2}\\d{7}"], varied, (PASSPORT, Never), texts!["Указ Президента Республики Беларусь 294"]).with(
        texts!["паспорт «EH4449925»", "паспорт: «DO0205001»", "паспорт=«XY7826293»"],
        texts!["order EH4449925", "job EH444992", "job DO02050017"],
    ),
    id(
        "identity.kz.iin",
        &["\\d{12}"],
        |d| iin(d) && is_ymd(d, 0) && matches!(digit(d, 6), 0..=6),
        (NATIONAL | TAX, Text),
        texts!["Закон Республики Казахстан 223-III о национальных реестрах идентификационных номеров"],
    )
    .named("iin иин жсн")
    .with(
        texts!["ИИН «630219348373»", "ЖСН: «360219100120»", "иин=«210927573953»"],
        texts!["order 630219348373", "tax=711214001057", "tax 500201695511"],
    ),
    id(
        "identity.kz.bin",
        &["\\d{4}[4-6]\\d{7}"],
        |d| iin(d) && matches!(number(d, 2, 2), 1..=12),
        (COMPANY | TAX, Text),
        texts!["Закон Республики Казахстан 223-III о национальных реестрах идентификационных номеров"],
    )
    .named("бин бсн")
    .with(
        texts!["БИН «030366538224»", "БСН: «651249297375»", "бин=«731252635473»"],
        texts!["order 030366538224", "tax 220262509391", "tax=130663510560"],
    ),
    id(
        "identity.kz.passport",
        &["N\\d{8}"],
        varied,
        (PASSPORT, Never),
        texts!["Закон Республики Казахстан 73-V о документах, удостоверяющих личность"],
    )
    .with(
        texts!["паспорт «N94846044»", "passport: «N45710075»", "паспорт=«N84774400»"],
        texts!["order N94846044", "job N9484604", "job N457100757"],
    ),
    id(
        "identity.uz.pinfl",
        &["[1-6]\\d{13}"],
        |d| is_dmy(d, 1) && rest(head(d, 13), &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1, 7], 10) == last(d),
        (NATIONAL | TAX, Text),
        texts!["O'zbekiston Respublikasi, jismoniy shaxsning shaxsiy identifikatsiya raqami (JShShIR)"],
    )
    .named("pinfl пинфл jshshir")
    .with(
        texts!["ПИНФЛ «22406918507503»", "JSHSHIR: «11005468001130»", "пинфл=«62703885471511»"],
        texts!["order 22406918507503", "tax 42802929385846", "tax=61103680216588"],
    ),
    id(
        "identity.uz.passport",
        &["[A-Z]{2} ?\\d{7}"],
        varied,
        (PASSPORT, Never),
        texts!["O'zbekiston Respublikasi fuqarosining pasporti to'g'risidagi nizom"],
    )
    .with(
        texts!["pasport «RA5707009»", "паспорт: «BH8530378»", "pasport=«QD 0156271»"],
        texts!["order RA5707009", "job RA570700", "job BH85303787"],
    ),
];

/// Ten digits of companies with one check digit, twelve of persons with two.
fn inn(d: &[u8]) -> bool {
    const WEIGHTS: &[u8] = &[3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8];
    let holds = |place: usize| sum(d, tail(WEIGHTS, 11 - place)) % 11 % 10 == digit(d, place);
    varied(d) && if d.len() == 10 { holds(9) } else { holds(10) && holds(11) }
}

/// The remainder of the rest by 11, or by 13 for the fifteen digits of sole traders.
fn ogrn(d: &[u8]) -> bool {
    let length = d.len().saturating_sub(1);
    varied(d) && number(d, 0, length) % (length as u64 - 1) % 10 == u64::from(last(d))
}

/// Weights depend on the range of the number, and are two more where the remainder is 10.
fn edrpou(d: &[u8]) -> bool {
    const LOW: &[u8] = &[1, 2, 3, 4, 5, 6, 7];
    const HIGH: &[u8] = &[7, 1, 2, 3, 4, 5, 6];
    let weights = if matches!(number(d, 0, 8), 30_000_000..=60_000_000) { HIGH } else { LOW };
    let check = match sum(d, weights) % 11 {
        10 => (sum(d, weights) + 2 * sum(head(d, 7), &[1; 7])) % 11 % 10,
        check => check,
    };
    varied(d) && check == last(d)
}

fn iin(d: &[u8]) -> bool {
    let check = match sum(d, &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]) % 11 {
        10 => sum(d, &[3, 4, 5, 6, 7, 8, 9, 10, 11, 1, 2]) % 11,
        check => check,
    };
    varied(d) && check == last(d)
}
