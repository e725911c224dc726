//! Singapore, Malaysia, Indonesia, Thailand, the Philippines and Vietnam.

use super::id;
use crate::detect::Alone::{Always, Marked, Never, Printed, Text};
use crate::detect::context::{COMPANY, HEALTH, LICENCE, NAMED, NATIONAL, PASSPORT, SOCIAL, TAX};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, head, is_day, is_ymd, last, luhn, number, place, rest, sum, tail, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.sg.nric",
        &["[FGMST]\\d{7}[A-Z]", "![A-Z]\\d{7}[A-Z]"],
        nric,
        (NATIONAL | TAX, Always),
        texts!["National Registration Regulations (Singapore), NRIC and FIN", "Immigration and Checkpoints Authority, M series of 2022"],
    )
    .named("nric")
    .with(
        texts!["NRIC «G5979586X»", "FIN NRIC: «F2525854K»", "nric=«T5513038D»", "seen «F4978294L» today"],
        texts!["tax F1569965U", "tax=F9268961U", "tax S2491467E"],
    ),
    id(
        "identity.sg.uen",
        &["~\\d{8,9}[A-Z]", "(19|20)\\d{7}[A-Z]", "5[23]\\d{6}[A-Z]", "[RST]\\d{2}[A-Z]{2}\\d{4}[A-Z]"],
        uen,
        (COMPANY | TAX, Always),
        texts!["ACRA, Unique Entity Number", "Bizfile, check digit of the UEN"],
    )
    .named("uen")
    .with(
        texts!["UEN «20285788C»", "UEN: «R66HX7893B»", "uen=«450508716C»"],
        texts!["order 20285788C", "tax 957941905N", "tax=S92JA7870D"],
    ),
    id("identity.sg.passport", &["[EK]\\d{7}[A-Z]"], varied, (PASSPORT, Never), texts!["Passports Act 2007 (Singapore)"]).with(
        texts!["passport «E3642387J»", "passport: «E4766010Q»", "passport=«E7099027W»"],
        texts!["order E3642387J", "job E3642387", "job E4766010Q7"],
    ),
    id(
        "identity.my.mykad",
        &["\\d{6}-\\d{2}-\\d{4}", "\\d{12}"],
        mykad,
        (NATIONAL, Printed),
        texts!["National Registration Regulations 1990 (Malaysia)", "JPN, place of birth codes"],
    )
    .named("mykad pengenalan")
    .with(
        texts!["MyKad «751123-28-4382»", "kad pengenalan: «001205514414»", "mykad=«760908-75-6680»", "seen «751123-28-4382» today"],
        texts!["order 751123284382", "job 751123-28-438", "job 0012055144147"],
    ),
    id("identity.my.passport", &["[AHK]\\d{8}"], varied, (PASSPORT, Never), texts!["Passports Act 1966 (Malaysia)"]).with(
        texts!["pasport «K22880780»", "passport: «A33513331»", "pasport=«K57596395»"],
        texts!["order K22880780", "job K2288078", "job A335133317"],
    ),
    id(
        "identity.id.nik",
        &["[1-9]\\d{15}"],
        |d| {
            !luhn(d)
                && varied(d)
                && matches!(number(d, 0, 2), 11..=19 | 21 | 31..=36 | 51..=53 | 61..=65 | 71..=76 | 81 | 82 | 91..=97)
                && is_day(number(d, 8, 2), number(d, 6, 2) % 40)
                && number(d, 12, 4) > 0
        },
        (NATIONAL | TAX, Text),
        texts!["Undang-Undang 23/2006 tentang Administrasi Kependudukan, pasal 13"],
    )
    .named("nik ktp")
    .with(
        texts!["NIK «3519313103028488»", "KTP: «1270026306948041»", "nik=«6209169011404666»"],
        texts!["order 3519313103028488", "job 351931310302848", "job 12700263069480417"],
    ),
    id(
        "identity.id.npwp",
        &["\\d{2}\\.\\d{3}\\.\\d{3}\\.\\d-\\d{3}\\.\\d{3}", "\\d{15}"],
        |d| luhn(head(d, 9)),
        (TAX | COMPANY, Printed),
        texts!["Peraturan Direktur Jenderal Pajak PER-20/PJ/2013, Nomor Pokok Wajib Pajak"],
    )
    .named("npwp")
    .with(
        texts![
            "NPWP «15.242.022.0-101.749»",
            "NPWP: «673136933733587»",
            "npwp=«84.656.248.6-249.000»",
            "seen «15.242.022.0-101.749» today"
        ],
        texts!["order 152420220101749", "job 15.242.022.0-101.74", "job 6731369337335877"],
    ),
    id("identity.id.passport", &["[A-CEX]\\d{7}"], varied, (PASSPORT, Never), texts!["Undang-Undang 6/2011 tentang Keimigrasian"]).with(
        texts!["paspor «X4211669»", "paspor: «E1241251»", "paspor=«X0530699»"],
        texts!["order X4211669", "job X421166", "job E12412517"],
    ),
    id(
        "identity.th.national-id",
        &["[1-8]-\\d{4}-\\d{5}-\\d{2}-\\d", "[1-8]\\d{12}"],
        |d| varied(d) && (11 - sum(d, &[13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == last(d),
        (NATIONAL | TAX, Printed),
        texts!["พระราชบัญญัติการทะเบียนราษฎร พ.ศ. 2534, เลขประจำตัวประชาชน"],
    )
    .named("ประชาชน บัตรประชาชน")
    .with(
        texts![
            "เลขประจำตัวประชาชน «7-9260-43523-11-5»",
            "บัตรประชาชน: «6203531770702»",
            "เลขประจำตัวประชาชน=«3-9275-31707-43-4»",
            "seen «7-9260-43523-11-5» today"
        ],
        texts!["order 7926043523115", "order 8-9999-59843-88-7", "order 1-3694-18649-46-1"],
    ),
    id("identity.th.passport", &["[A-Z]{1,2}\\d{6,7}"], varied, (PASSPORT, Never), texts!["ระเบียบกระทรวงการต่างประเทศว่าด้วยหนังสือเดินทาง"])
        .with(
            texts!["หนังสือเดินทาง «U8786199»", "passport: «W2339588»", "หนังสือเดินทาง=«G691310»"],
            texts!["order U8786199", "job U878619", "job W23395887"],
        ),
    id(
        "identity.ph.sss",
        &["\\d{2}-\\d{7}-\\d"],
        varied,
        (SOCIAL, Marked),
        texts!["Republic Act 11199, Social Security Act of 2018 (Philippines)"],
    )
    .with(
        texts!["SSS «52-8157726-3»", "SSS: «52-7017221-7»", "sss=«24-0623348-0»"],
        texts!["order 52-8157726-3", "job 52-8157726-", "job 52-7017221-77"],
    ),
    id(
        "identity.ph.tin",
        &["\\d{3}-\\d{3}-\\d{3}(-\\d{3,5})?"],
        varied,
        (TAX, Never),
        texts!["Bureau of Internal Revenue (Philippines), Revenue Regulations 7-2012"],
    )
    .with(
        texts!["TIN «953-141-053»", "TIN: «480-987-585-4719»", "tin=«399-169-055-38884»"],
        texts!["order 953-141-053", "job 953-141-05", "job 480-987-585-47197"],
    ),
    id(
        "identity.ph.philsys",
        &["\\d{4}-\\d{4}-\\d{4}(-\\d{4})?"],
        varied,
        (NAMED, Never),
        texts!["Republic Act 11055, Philippine Identification System Act"],
    )
    .with(
        texts!["PhilSys «8365-9972-9724-3395»", "PhilID: «6530-6367-0144»", "philsys=«1368-5944-9053-9095»"],
        texts!["version 8365.9972", "job 8365-9972-9724-339", "job 6530-6367-01447"],
    ),
    id(
        "identity.ph.umid",
        &["\\d{4}-\\d{7}-\\d"],
        varied,
        (SOCIAL | NATIONAL, Marked),
        texts!["Executive Order 420 of 2005, Unified Multi-Purpose ID"],
    )
    .with(
        texts!["UMID «4878-0083872-1»", "CRN UMID: «2689-8394364-3»", "umid=«3000-1967953-5»"],
        texts!["order 4878-0083872-1", "job 4878-0083872-", "job 2689-8394364-37"],
    ),
    id(
        "identity.ph.philhealth",
        &["\\d{2}-\\d{9}-\\d"],
        varied,
        (HEALTH, Marked),
        texts!["Republic Act 11223, PhilHealth Identification Number"],
    )
    .with(
        texts!["PhilHealth «31-843618757-9»", "PhilHealth: «09-355115210-0»", "philhealth=«21-032798582-4»"],
        texts!["job 31-843618757-", "job 09-355115210-07", "job 1-032798582-4"],
    ),
    id(
        "identity.ph.driving-licence",
        &["[A-Z]\\d{2}-\\d{2}-\\d{6}"],
        varied,
        (LICENCE, Never),
        texts!["Land Transportation Office (Philippines), driver's license number"],
    )
    .with(
        texts!["driver's license «H66-05-513904»", "driver's license: «X16-35-258312»", "driver_s_license=«Y06-31-658324»"],
        texts!["order H66-05-513904", "job H66-05-51390", "job X16-35-2583127"],
    ),
    id(
        "identity.ph.passport",
        &["[A-Z]\\d{7}[A-Z]", "[A-Z]{2}\\d{7}"],
        varied,
        (PASSPORT, Never),
        texts!["Republic Act 11983, New Philippine Passport Act"],
    )
    .with(
        texts!["passport «F5179385Y»", "pasaporte: «LA5423658»", "passport=«T5271426R»"],
        texts!["order F5179385Y", "job F5179385", "job LA54236587"],
    ),
    id(
        "identity.vn.cccd",
        &["0\\d{11}"],
        |d| varied(d) && matches!(number(d, 0, 3), 1..=96),
        (NAMED, Never),
        texts!["Nghị định 137/2015/NĐ-CP, số định danh cá nhân"],
    )
    .with(
        texts!["CCCD «012174377040»", "căn cước: «043346295516»", "cccd=«038664891143»"],
        texts!["order 012174377040", "job 01217437704", "job 0433462955167"],
    ),
    id(
        "identity.vn.mst",
        &["\\d{10}(-\\d{3})?"],
        |d| varied(d) && 10 - rest(d, &[31, 29, 23, 19, 17, 13, 7, 5, 3], 11).min(10) == last(head(d, 10)),
        (TAX | COMPANY, Never),
        texts!["Thông tư 105/2020/TT-BTC, mã số thuế"],
    )
    .named("mst")
    .with(
        texts!["MST «6654303211»", "mã số thuế: «0836393427»", "mst=«6693654693»"],
        texts!["order 6654303211", "tax=0507384027", "tax=7625465116"],
    ),
    id("identity.vn.passport", &["[A-Z]\\d{7}"], varied, (PASSPORT, Never), texts!["Luật Xuất cảnh, nhập cảnh của công dân Việt Nam 2019"])
        .with(
            texts!["hộ chiếu «H7495428»", "passport: «S3933332»", "hộ_chiếu=«D0775518»"],
            texts!["order H7495428", "job H749542", "job S39333327"],
        ),
];

/// A letter by the remainder of the weighted digits by 11; each series has its own letters.
fn nric(d: &[u8]) -> bool {
    let (offset, letters): (u32, &[u8]) = match at(d, 0) {
        b'S' => (0, b"JZIHGFEDCBA"),
        b'T' => (4, b"JZIHGFEDCBA"),
        b'F' => (0, b"XWUTRQPNMLK"),
        b'G' => (4, b"XWUTRQPNMLK"),
        _ => (3, b"XWUTRQPNJLK"),
    };
    varied(d) && (sum(tail(d, 1), &[2, 7, 6, 5, 4, 3, 2]) + offset) % 11 == place(letters, at(d, 8))
}

/// Numbers of businesses, of companies, and of others.
fn uen(d: &[u8]) -> bool {
    const OTHERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWX0123456789";
    let end = d.last().copied().unwrap_or_default();
    let other = || d.iter().zip([4, 3, 5, 3, 10, 2, 2, 5, 7]).map(|(&b, weight)| place(OTHERS, b) * weight).sum::<u32>() + 6;
    varied(d)
        && match (at(d, 0).is_ascii_digit(), d.len()) {
            (true, 9) => rest(d, &[10, 4, 9, 3, 8, 2, 7, 1], 11) == place(b"XMKECAWLJDB", end),
            (true, _) => rest(d, &[10, 8, 6, 4, 9, 7, 5, 3, 1], 11) == place(b"ZKCMDNERGWH", end),
            _ => other() % 11 == place(OTHERS, end),
        }
}

/// A date of birth and the code of a place.
fn mykad(d: &[u8]) -> bool {
    varied(d) && is_ymd(d, 0) && !matches!(number(d, 6, 2), 0 | 17..=20 | 69 | 70 | 73 | 80 | 81 | 94..=97)
}
