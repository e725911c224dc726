//! Israel, the Gulf and Iran.

use super::id;
use crate::detect::Alone::{Marked, Never, Printed, PrintedText, Text};
use crate::detect::context::{COMPANY, HOMONYM, NAMED, NATIONAL, PASSPORT, TAX, VEHICLE};
use crate::detect::{Detector, texts};
use crate::validate::digits::{is_ymd, last, luhn, number, rest, sum, undated, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id("identity.il.id", &["\\d{8}-?\\d"], luhn, (NATIONAL, Marked), texts!["חוק מרשם האוכלוסין, תשכ\"ה-1965, מספר זהות"])
        .named("zehut teudat זהות")
        .with(
            texts!["תעודת זהות «31393884-7»", "teudat zehut: «55956840-7»", "תעודת_זהות=«19474466-0»"],
            texts!["order 31393884-7", "national 853164766", "national=08529207-8"],
        ),
    id("identity.il.company", &["5\\d{7}-?\\d"], luhn, (COMPANY | TAX, Never), texts!["רשם החברות, מספר חברה"]).with(
        texts!["חברה ח.פ «52426326-6»", "VAT: «589311059»", "חברה_ח_פ=«53321842-6»"],
        texts!["order 52426326-6", "חברה ח.פ 53539370-4", "חברה_ח_פ=58030383-0"],
    ),
    id("identity.il.passport", &["\\d{7,8}"], undated, (PASSPORT, Never), texts!["חוק הדרכונים, תשי\"ב-1952"]).with(
        texts!["דרכון «37759362»", "passport: «36495377»", "דרכון=«94006926»"],
        texts!["order 37759362", "job 3775936", "job 364953777"],
    ),
    id("identity.il.plate", &["\\d{2,3}-\\d{2,3}-\\d{2,3}"], varied, (VEHICLE, Never), texts!["תקנות התעבורה, תשכ\"א-1961, לוחיות זיהוי"])
        .with(
            texts!["license plate «170-92-42»", "license plate: «24-986-606»", "license_plate=«87-25-49»"],
            texts!["order 170-92-42", "job 170-92-4", "job 24-986-6067"],
        ),
    id(
        "identity.sa.id",
        &["[12]\\d{9}"],
        luhn,
        (NATIONAL, Never),
        texts!["نظام الأحوال المدنية (السعودية)", "Absher, national ID and iqama"],
    )
    .named("iqama")
    .with(
        texts!["iqama «1996873111»", "الهوية الوطنية: «2693844975»", "iqama=«1642059156»"],
        texts!["order 1996873111", "national=2743862593", "national 1092013511"],
    ),
    id("identity.sa.vat", &["3\\d{13}3"], varied, (TAX, Never), texts!["هيئة الزكاة والضريبة والجمارك, VAT registration number"]).with(
        texts!["VAT «364757575327753»", "الرقم الضريبي: «374648584023383»", "vat=«342500008426403»"],
        texts!["order 364757575327753", "job 36475757532775", "job 3746485840233837"],
    ),
    id(
        "identity.ae.emirates-id",
        &["784[- ]?(19|20)\\d{2}[- ]?\\d{7}[- ]?\\d"],
        luhn,
        (NATIONAL, PrintedText),
        texts!["Federal Authority for Identity and Citizenship, Emirates ID number"],
    )
    .named("emirates emiratesid")
    .with(
        texts![
            "Emirates ID «7841997-9997537-2»",
            "الهوية: «78419712202866 1»",
            "emirates_id=«7841975 70196077»",
            "seen «7841997-9997537-2» today"
        ],
        texts!["order 784199799975372", "order 784-203866160618", "job 7841915 50268938"],
    ),
    id("identity.ae.trn", &["100\\d{12}"], varied, (TAX | HOMONYM, Never), texts!["Federal Tax Authority (UAE), Tax Registration Number"])
        .with(
            texts!["TRN «100109367030158»", "VAT: «100468605338593»", "trn=«100205741441589»"],
            texts!["order 100109367030158", "job 10010936703015", "job 1004686053385937"],
        ),
    id(
        "identity.kw.civil-id",
        &["[23]\\d{11}"],
        |d| is_ymd(d, 1) && varied(d) && 11 - sum(d, &[2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]) % 11 == last(d),
        (NATIONAL, Text),
        texts!["PACI (Kuwait), civil number"],
    )
    .named("civilid")
    .with(
        texts!["civilid «313030240766»", "البطاقة المدنية: «214062473616»", "civilid=«204061658812»"],
        texts!["order 313030240766", "national 286110395843", "national=375010370959"],
    ),
    id(
        "identity.qa.id",
        &["[23]\\d{10}"],
        |d| varied(d) && number(d, 3, 3) > 3,
        (NAMED, Never),
        texts!["Ministry of Interior (Qatar), QID"],
    )
    .with(
        texts!["QatarID «25191854773»", "QatarID: «38047417812»", "qatarid=«39206832225»"],
        texts!["order 25191854773", "job 2519185477", "job 380474178127"],
    ),
    id(
        "identity.bh.cpr",
        &["\\d{2}(0[1-9]|1[0-2])\\d{5}"],
        varied,
        (NATIONAL, Never),
        texts!["Law 46 of 2006 concerning the Identity Card (Bahrain)"],
    )
    .with(texts!["CPR «410955673»", "CPR: «841246088»", "cpr=«161123948»"], texts!["order 410955673", "job 41095567", "job 8412460887"]),
    id(
        "identity.ir.national-code",
        &["\\d{10}", "\\d{3}-\\d{6}-\\d"],
        |d| {
            let rest = rest(d, &[10, 9, 8, 7, 6, 5, 4, 3, 2], 11);
            last(d) == if rest < 2 { rest } else { 11u32.wrapping_sub(rest) }
        },
        (NATIONAL, Printed),
        texts!["سازمان ثبت احوال کشور, کد ملی"],
    )
    .named("melli کدملی")
    .with(
        texts!["کد ملی «1575442019»", "code melli: «274-764499-5»", "کد_ملی=«8511625119»", "seen «274-764499-5» today"],
        texts!["order 1575442019", "order 0176029178", "کد_ملی=692-790408-8"],
    ),
    id("identity.ir.passport", &["[A-Z]\\d{8}"], varied, (PASSPORT, Never), texts!["قانون گذرنامه ۱۳۵۱"]).with(
        texts!["گذرنامه «A34632099»", "passport: «B50593067»", "گذرنامه=«U88082879»"],
        texts!["order A34632099", "job A3463209", "job B505930677"],
    ),
    id(
        "identity.ae.passport",
        &["[A-Z]{1,2}\\d{7}"],
        varied,
        (PASSPORT, Never),
        texts!["Federal Law 17 of 1972 concerning nationality and passports (UAE)"],
    )
    .with(
        texts!["passport «P4462744»", "جواز السفر: «Z3626559»", "passport=«OW0797434»"],
        texts!["order P4462744", "job P446274", "job Z36265597"],
    ),
];
