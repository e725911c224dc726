//! Africa, but the countries that speak Portuguese.

use super::id;
use crate::detect::Alone::{Always, Marked, Never, Printed, Text};
use crate::detect::context::{COMPANY, HOMONYM, NAMED, NATIONAL, NIF, PASSPORT, TAX};
use crate::detect::{Detector, texts};
use crate::validate::digits::{digit, is_date, is_dmy, is_ymd, luhn, number, undated, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id(
        "identity.za.id",
        &["\\d{6} ?\\d{4} ?[012]\\d{2}", "\\d{10}[012]\\d{2}", "\\d{6}-\\d{4}-[012]\\d{2}", "\\d{6} ?\\d{4} ?[012] ?\\d ?\\d"],
        |d| is_ymd(d, 0) && digit(d, 10) < 3 && luhn(d),
        (NATIONAL, Text),
        texts!["Identification Act 68 of 1997 (South Africa)"],
    )
    .with(
        texts!["national ID «6307027195240»", "RSA national ID: «0301293139210»", "national_id=«950110 9590115»"],
        texts!["order 6307027195240", "national 581010 5526 103", "national 100402 4051031"],
    ),
    id("identity.za.tax", &["[01239]\\d{9}"], luhn, (TAX, Never), texts!["SARS, tax reference number, modulus 10"]).with(
        texts!["SARS «2045713043»", "tax reference: «1738992757»", "sars=«3425678947»"],
        texts!["order 2045713043", "SARS 3535127704", "sars=1354380983"],
    ),
    id(
        "identity.za.passport",
        &["[ADMT]\\d{8}"],
        varied,
        (PASSPORT, Never),
        texts!["South African Passports and Travel Documents Act 4 of 1994"],
    )
    .with(
        texts!["passport «T79267861»", "passport: «M42825823»", "passport=«A29755090»"],
        texts!["order T79267861", "job T7926786", "job M428258237"],
    ),
    id("identity.ng.nin", &["\\d{11}"], varied, (NAMED, Never), texts!["National Identity Management Commission Act 2007 (Nigeria)"]).with(
        texts!["NIN «40888787847»", "NIN: «43923031297»", "nin=«59033160122»"],
        texts!["order 40888787847", "job 4088878784", "job 439230312977"],
    ),
    id("identity.ng.bvn", &["22\\d{9}"], varied, (NAMED, Never), texts!["Central Bank of Nigeria, Bank Verification Number framework"])
        .with(
            texts!["BVN «22686878470»", "BVN: «22112110430»", "bvn=«22864170965»"],
            texts!["order 22686878470", "job 2268687847", "job 221121104307"],
        ),
    id("identity.ng.tin", &["\\d{8}-\\d{4}"], varied, (TAX, Never), texts!["Joint Tax Board (Nigeria), Taxpayer Identification Number"])
        .with(
            texts!["TIN «87931171-9744»", "TIN: «05825535-0725»", "tin=«63339792-3657»"],
            texts!["order 87931171-9744", "job 87931171-974", "job 05825535-07257"],
        ),
    id("identity.ng.passport", &["[A-Z]\\d{8}"], varied, (PASSPORT, Never), texts!["Nigeria Immigration Service, passports"]).with(
        texts!["passport «C61646443»", "passport: «Q94147497»", "passport=«U01281609»"],
        texts!["order C61646443", "job C6164644", "job Q941474977"],
    ),
    id("identity.ke.id", &["\\d{7,8}"], undated, (NAMED, Never), texts!["Registration of Persons Act, Cap. 107 (Kenya)"]).with(
        texts!["huduma «99190999»", "huduma: «70360504»", "huduma=«99933303»"],
        texts!["order 99190999", "job 9919099", "job 703605047"],
    ),
    id("identity.ke.pin", &["[AP]\\d{9}[A-Z]"], varied, (TAX, Marked), texts!["Kenya Revenue Authority, Personal Identification Number"])
        .with(
            texts!["KRA «P954252196D»", "KRA: «P064878927B»", "kra=«P477431107U»", "«A912125921C»"],
            texts!["order P954252196D", "job P954252196", "job P064878927B7"],
        ),
    id(
        "identity.gh.card",
        &["GHA-?\\d{9}-?\\d"],
        varied,
        (NATIONAL, Always),
        texts!["National Identification Authority (Ghana), Ghana Card"],
    )
    .with(
        texts![
            "Ghana Card «GHA-1144868587»",
            "Ghana Card: «GHA-6402552478»",
            "ghana_card=«GHA-586705637-9»",
            "seen «GHA-8100302013» today"
        ],
        texts!["GHB-123456789-0", "GHA-12345678-0", "GHA-123456789012"],
    ),
    id(
        "identity.gh.tin",
        &["[CGPQV]00\\d{7}[0-9X]"],
        varied,
        (TAX, Never),
        texts!["Ghana Revenue Authority, Taxpayer Identification Number"],
    )
    .with(
        texts!["TIN «V0058019087»", "TIN: «C0089770353»", "tin=«G0049041360»"],
        texts!["order V0058019087", "job V005801908", "job C00897703537"],
    ),
    id(
        "identity.eg.id",
        &["[23]\\d{13}"],
        |d| varied(d) && is_ymd(d, 1) && matches!(number(d, 7, 2), 1..=35 | 88),
        (NATIONAL, Text),
        texts!["القانون رقم 143 لسنة 1994 في شأن الأحوال المدنية"],
    )
    .with(
        texts!["الرقم القومي «36507141461093»", "national identity: «37611042296885»", "الرقم_القومي=«34406223145242»"],
        texts!["order 36507141461093", "job 3650714146109", "job 376110422968857"],
    ),
    id(
        "identity.ma.cin",
        &["[A-Z]{1,2}\\d{5,6}"],
        varied,
        (NAMED, Never),
        texts!["Loi 04-20 relative à la carte nationale d'identité électronique (Maroc)"],
    )
    .with(texts!["CIN «G54227»", "CNIE: «LS260872»", "cin=«P39017»"], texts!["order G54227", "job G5422", "job LS2608727"]),
    id(
        "identity.ma.ice",
        &["\\d{15}"],
        |d| varied(d) && number(d, 0, 15).is_multiple_of(97),
        (COMPANY | TAX | HOMONYM, Text),
        texts!["Décret 2-11-63, identifiant commun de l'entreprise (Maroc)"],
    )
    .with(
        texts!["ICE entreprise «366532959493820»", "SIREN: «133341285528998»", "ice_entreprise=«596589398834156»"],
        texts!["order 366532959493820", "ICE entreprise 501135087194212", "ice_entreprise=356552045981580"],
    ),
    id("identity.tn.cin", &["[01]\\d{7}"], varied, (NAMED, Never), texts!["Loi 93-27 relative à la carte d'identité nationale (Tunisie)"])
        .with(texts!["CIN «02740666»", "CIN: «12215189»", "cin=«02143916»"], texts!["order 02740666", "job 0274066", "job 122151897"]),
    id(
        "identity.tn.mf",
        &["\\d{7}[ /]?[A-HJ-NP-TV-Z][ /]?[ABDNP][ /]?[CEMNP][ /]?\\d{3}"],
        varied,
        (TAX | COMPANY, Marked),
        texts!["Ministère des Finances (Tunisie), matricule fiscal"],
    )
    .with(
        texts![
            "matricule fiscal «4912633KPC801»",
            "matricule fiscal: «6368082 M PC 172»",
            "matricule_fiscal=«3247053L D C588»",
            "«6308898/C P C870»"
        ],
        texts!["order 4912633KPC801", "job 4912633KPC80", "job 6368082 M PC 1727"],
    ),
    id(
        "identity.dz.nin",
        &["\\d{18}"],
        varied,
        (NAMED, Never),
        texts!["Décret exécutif 10-210, numéro d'identification national unique (Algérie)"],
    )
    .with(
        texts!["NIN «751968500576984769»", "NIN: «763440958729629114»", "nin=«967682890484648736»"],
        texts!["order 751968500576984769", "job 75196850057698476", "job 7634409587296291147"],
    ),
    id(
        "identity.dz.nif",
        &["\\d{15}(\\d{5})?"],
        varied,
        (TAX | NIF, Never),
        texts!["Direction générale des impôts (Algérie), numéro d'identification fiscale"],
    )
    .with(
        texts!["NIF «901030096324664»", "NIF: «933248271695983»", "nif=«809394477003547»"],
        texts!["order 901030096324664", "job 90103009632466", "job 9332482716959837"],
    ),
    id(
        "identity.ug.nin",
        &["C[FM]\\d{8}[0-9A-Z]{4}"],
        varied,
        (NATIONAL | NAMED, Marked),
        texts!["Registration of Persons Act 2015 (Uganda)"],
    )
    .with(
        texts!["NIN «CF92997704YOFR»", "NIN: «CM4786673520EG»", "nin=«CF71654831RAVR»", "«CF987875411OUK»"],
        texts!["order CF92997704YOFR", "job CF92997704YOF", "job CM4786673520EG7"],
    ),
    id(
        "identity.tz.nida",
        &["\\d{8}-?\\d{5}-?\\d{5}-?\\d{2}"],
        |d| varied(d) && is_date(d, 0),
        (NATIONAL | NAMED, Printed),
        texts!["National Identification Authority (Tanzania), National Identification Number"],
    )
    .with(
        texts![
            "NIDA «199108249292864471-12»",
            "NIN: «19370226-9097348116-13»",
            "nida=«201103079558992407-61»",
            "seen «199108249292864471-12» today"
        ],
        texts!["order 19910824929286447112", "job 199108249292864471-1", "job 19370226-9097348116-137"],
    ),
    id(
        "identity.rw.id",
        &["[1-3] ?(19|20)\\d{2} ?[78] ?\\d{7} ?\\d ?\\d{2}"],
        varied,
        (NATIONAL | NAMED, Marked),
        texts!["Law 14/2008 governing registration of the population (Rwanda)"],
    )
    .with(
        texts!["indangamuntu «3 2098 81085768 1 02»", "indangamuntu: «319018 32234761 44»", "indangamuntu=«219177 4998557108»"],
        texts!["order 3 2098 81085768 1 02", "job 3 2098 81085768 1 0", "job 319018 32234761 447"],
    ),
    id(
        "identity.zm.nrc",
        &["\\d{6}/\\d{2}/\\d"],
        varied,
        (NATIONAL | NAMED, Marked),
        texts!["National Registration Act, Cap. 126 (Zambia)"],
    )
    .with(
        texts!["NRC «828957/95/3»", "NRC: «006000/08/9»", "nrc=«824586/77/1»"],
        texts!["order 828957/95/3", "job 828957/95/", "job 006000/08/97"],
    ),
    id(
        "identity.zw.id",
        &["\\d{2}[- ]?\\d{6,7}[- ]?[A-Z][- ]?\\d{2}"],
        varied,
        (NATIONAL | NAMED, Marked),
        texts!["National Registration Act, Cap. 10:17 (Zimbabwe)"],
    )
    .with(
        texts!["national ID «78331887 A97»", "national ID: «37 4701927J70»", "national_id=«835920399 K49»"],
        texts!["order 78331887 A97", "job 78331887 A9", "job 37 4701927J707"],
    ),
    id(
        "identity.mu.nid",
        &["[A-Z]\\d{12}[0-9A-Z]"],
        nid,
        (NATIONAL | NAMED, Marked),
        texts!["National Identity Card Act 1985 (Mauritius)"],
    )
    .with(
        texts!["NIC «D201004328992H»", "NIC: «G220440324130B»", "nic=«W280950529129M»", "«C110563496844Z»"],
        texts!["order D201004328992H", "job D201004328992", "job G220440324130B7"],
    ),
];

/// The initial of the surname, the date of birth, a serial number and a check character.
fn nid(d: &[u8]) -> bool {
    varied(d) && is_dmy(d, 1)
}
