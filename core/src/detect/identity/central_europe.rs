//! Poland, Czechia, Slovakia, Hungary, Romania and Moldova.

use super::id;
use crate::detect::Alone::{Marked, Never, Printed, Text};
use crate::detect::context::{COMPANY, HEALTH, NAMED, NATIONAL, PASSPORT, SOCIAL, TAX};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, digit, head, is_day, is_ymd, lack, last, number, rest, sum, tail, undated, varied};

pub(crate) const DETECTORS: &[Detector] = &[
    id("identity.pl.pesel", &["\\d{11}"], pesel, (NATIONAL | TAX, Text), texts!["Ustawa o ewidencji ludności, art. 15, numer PESEL"])
        .named("pesel")
        .with(
            texts!["PESEL «61101159158»", "PESEL: «98100256791»", "pesel=«12262628832»"],
            texts!["order 61301159154", "tax=31270526987", "tax 70292273464"],
        ),
    id(
        "identity.pl.nip",
        &["\\d{3}-\\d{3}-\\d{2}-\\d{2}", "\\d{3}-\\d{2}-\\d{2}-\\d{3}", "\\d{10}"],
        nip,
        (TAX | COMPANY, Printed),
        texts!["Ustawa o zasadach ewidencji i identyfikacji podatników, numer identyfikacji podatkowej"],
    )
    .named("nip")
    .with(
        texts!["NIP «529-679-51-63»", "NIP: «444-97-85-776»", "nip=«0658509280»", "seen «529-679-51-63» today"],
        texts!["order 5296795163", "tax 817-085-97-26", "tax=883-161-74-00"],
    ),
    id(
        "identity.pl.regon",
        &["\\d{9}(\\d{5})?"],
        regon,
        (COMPANY, Never),
        texts!["Rozporządzenie Rady Ministrów z 30 listopada 2015 w sprawie rejestru REGON"],
    )
    .named("regon")
    .with(
        texts!["REGON «533824056»", "REGON: «01715215990479»", "regon=«326317010»"],
        texts!["order 533824056", "entreprise 971016508", "entreprise=609348273"],
    ),
    id("identity.pl.krs", &["0000\\d{6}"], varied, (COMPANY, Never), texts!["Ustawa o Krajowym Rejestrze Sądowym"]).with(
        texts!["KRS «0000120051»", "KRS: «0000944953»", "krs=«0000912088»"],
        texts!["order 0000120051", "job 000012005", "job 00009449537"],
    ),
    id(
        "identity.pl.identity-card",
        &["[A-Z]{3} ?\\d{6}"],
        |d| varied(d) && sum(d, &[7, 3, 1, 9, 7, 3, 1, 7, 3]).is_multiple_of(10),
        (NATIONAL, Marked),
        texts!["Rozporządzenie w sprawie wzoru dowodu osobistego, seria i numer"],
    )
    .named("dowod dowód osobisty")
    .with(
        texts!["dowód osobisty «LKI 937303»", "dowod: «YGY185527»", "dowód_osobisty=«QYL 352489»"],
        texts!["order LKI 937303", "national OFD343026", "national=RSG728751"],
    ),
    id("identity.pl.passport", &["[A-Z]{2} ?\\d{7}"], varied, (PASSPORT, Never), texts!["Ustawa o dokumentach paszportowych"]).with(
        texts!["paszport «TO 9617542»", "paszport: «ST 8788816»", "paszport=«UN 8394980»"],
        texts!["order TO 9617542", "job TO 961754", "job ST 87888167"],
    ),
    id(
        "identity.cz.rodne-cislo",
        &["\\d{6}/\\d{3,4}", "\\d{10}"],
        rodne_cislo,
        (NATIONAL | TAX, Text),
        texts!["Zákon č. 133/2000 Sb. o evidenci obyvatel, § 13"],
    )
    .named("rodne rodné rodnecislo")
    .with(
        texts!["rodné číslo «135521/631»", "RČ rodne: «4082237566»", "rodné_číslo=«050902/516»"],
        texts!["order 132521631", "order=4380204453", "order=1845104974"],
    ),
    id("identity.cz.ico", &["\\d{8}"], ico, (COMPANY, Never), texts!["Český statistický úřad, identifikační číslo osoby"])
        .named("ico ičo dic dič")
        .with(
            texts!["IČO «78464790»", "ICO: «11331054»", "ičo=«40439305»"],
            texts!["order 78464790", "entreprise 03318513", "entreprise=28202756"],
        ),
    id("identity.cz.identity-card", &["\\d{9}"], varied, (NAMED, Never), texts!["Zákon č. 269/2021 Sb. o občanských průkazech"]).with(
        texts!["občanský průkaz «582524588»", "občanský průkaz: «658096586»", "občanský_průkaz=«250659114»"],
        texts!["order 582524588", "job 58252458", "job 6580965867"],
    ),
    id("identity.cz.passport", &["\\d{8}"], undated, (PASSPORT, Never), texts!["Zákon č. 329/1999 Sb. o cestovních dokladech"]).with(
        texts!["cestovní pas «30458970»", "pas passport: «45121948»", "cestovní_pas=«05711997»"],
        texts!["order 30458970", "cestovní_pas=20191003", "job 3045897"],
    ),
    id(
        "identity.sk.rodne-cislo",
        &["\\d{6}/\\d{3,4}", "\\d{10}"],
        rodne_cislo,
        (NATIONAL | TAX, Text),
        texts!["Zákon č. 301/1995 Z. z. o rodnom čísle"],
    )
    .named("rodne rodné rodnecislo")
    .with(
        texts!["rodné číslo «260706/479»", "rodné číslo: «5155081855»", "rodné_číslo=«090917/3166»"],
        texts!["order 260706479", "order=8597114191", "tax=9376127512"],
    ),
    id(
        "identity.sk.dic",
        &["[1-9]\\d[2-47-9]\\d{7}"],
        sk_dic,
        (TAX, Never),
        texts!["Zákon č. 222/2004 Z. z. o dani z pridanej hodnoty", "Finančná správa, daňové identifikačné číslo"],
    )
    .named("dic dič")
    .with(
        texts!["DIČ «3524073586»", "IČ DPH: «5220346637»", "dič=«7542070305»"],
        texts!["order 3524073586", "tax=8596938011", "tax=7227183257"],
    ),
    id(
        "identity.sk.identity-card",
        &["[A-Z]{2}\\d{6}"],
        varied,
        (NAMED, Never),
        texts!["Zákon č. 395/2019 Z. z. o občianskych preukazoch"],
    )
    .with(
        texts!["občiansky preukaz «CR012718»", "občiansky preukaz: «ZX117004»", "občiansky_preukaz=«CU100598»"],
        texts!["order CR012718", "job CR01271", "job ZX1170047"],
    ),
    id("identity.sk.passport", &["[A-Z]{2}\\d{7}"], varied, (PASSPORT, Never), texts!["Zákon č. 647/2007 Z. z. o cestovných dokladoch"])
        .with(
            texts!["cestovný pas passport «GG3928129»", "cestovný pas passport: «MX8984325»", "cestovný_pas_passport=«RM5545473»"],
            texts!["order GG3928129", "job GG392812", "job MX89843257"],
        ),
    id(
        "identity.hu.adoazonosito",
        &["8\\d{9}"],
        |d| rest(head(d, 9), &[1, 2, 3, 4, 5, 6, 7, 8, 9], 11) == last(d),
        (TAX, Never),
        texts!["Az adózás rendjéről szóló törvény, adóazonosító jel"],
    )
    .named("adóazonosító adoazonosito")
    .with(
        texts!["adóazonosító jel «8748663727»", "adóazonosító: «8342246043»", "adóazonosító_jel=«8549981478»"],
        texts!["order 8748663727", "tax 8264678309", "tax 8369296768"],
    ),
    id(
        "identity.hu.taj",
        &["\\d{3}[ -]?\\d{3}[ -]?\\d{3}"],
        |d| rest(d, &[3, 7, 3, 7, 3, 7, 3, 7], 10) == last(d),
        (SOCIAL | HEALTH, Marked),
        texts!["1996. évi XX. törvény, a Társadalombiztosítási Azonosító Jel képzése"],
    )
    .named("taj tajszám tajszam")
    .with(
        texts!["TAJ «999 041-879»", "TAJ szám: «163795-816»", "taj=«945161095»"],
        texts!["order 999 041-879", "healthcard=455047 594", "healthcard 654829041"],
    ),
    id(
        "identity.hu.adoszam",
        &["\\d{8}-[1-5]-\\d{2}", "\\d{11}"],
        hu_vat,
        (TAX | COMPANY, Marked),
        texts!["Az adózás rendjéről szóló törvény, adószám", "NAV, adószám"],
    )
    .named("adószám adoszam")
    .with(
        texts!["adószám «56717235-3-23»", "adószám: «05665367812»", "adószám=«26113487-2-38»"],
        texts!["order 56717235323", "adószám 7264607-7-88", "adószám 07697129-0-50"],
    ),
    id(
        "identity.hu.szemelyi-szam",
        &["[1-8][- ]?\\d{6}[- ]?\\d{4}"],
        szemelyi_szam,
        (NATIONAL, Text),
        texts!["1996. évi XX. törvény, a személyi azonosító képzése"],
    )
    .named("szemelyi személyi szemelyiszam")
    .with(
        texts!["személyi szám «7 1011142933»", "személyi azonosító: «6 380915-6174»", "személyi_szám=«2-140622 5094»"],
        texts!["order 7 1011142933", "national 6 6203018267", "national=1-430312 1214"],
    ),
    id("identity.hu.identity-card", &["\\d{6}[A-Z]{2}"], varied, (NATIONAL | NAMED, Never), texts!["414/2015. (XII. 23.) Korm. rendelet"])
        .with(
            texts!["személyi igazolvány «358165DR»", "személyi igazolvány: «553176TR»", "személyi_igazolvány=«766538ZR»"],
            texts!["order 358165DR", "job 358165D", "job 553176TR7"],
        ),
    id("identity.hu.passport", &["[A-Z]{2}\\d{6,7}"], varied, (PASSPORT, Never), texts!["1998. évi XII. törvény a külföldre utazásról"])
        .with(
            texts!["útlevél «OB050921»", "passport: «NV777464»", "útlevél=«KI1723344»"],
            texts!["order OB050921", "job OB05092", "job NV7774647"],
        ),
    id(
        "identity.ro.cnp",
        &["[1-9]\\d{12}"],
        cnp,
        (NATIONAL | TAX | SOCIAL, Text),
        texts!["Legea 105/1996 privind evidența populației, codul numeric personal"],
    )
    .named("cnp")
    .with(
        texts!["CNP «5420524499589»", "CNP: «9770301467496»", "cnp=«8310222406822»"],
        texts!["order 5420524499589", "order 8701008088223", "tax 8030715409688"],
    ),
    id(
        "identity.ro.cui",
        &["(RO ?)?[1-9]\\d{5,9}"],
        |d| cui(d.strip_prefix(b"RO").unwrap_or(d)),
        (COMPANY | TAX, Never),
        texts!["Codul fiscal, articolul 316, codul de identificare fiscală", "ANAF, cifra de control"],
    )
    .named("cui cif")
    .with(texts!["CUI «2040508»", "CUI: «RO143493»", "cui=«RO5379097»"], texts!["order 2040508", "tax=8168038", "tax RO 809286"]),
    id("identity.ro.identity-card", &["[A-Z]{2} ?\\d{6}"], varied, (NAMED, Never), texts!["OUG 97/2005 privind actele de identitate"])
        .with(
            texts!["buletin «MY376866»", "carte de identitate: «WB741482»", "buletin=«FV852508»"],
            texts!["order MY376866", "job MY37686", "job WB7414827"],
        ),
    id("identity.ro.passport", &["\\d{8,9}"], undated, (PASSPORT, Never), texts!["Legea 248/2005, pașapoarte"]).with(
        texts!["pașaport «491052405»", "pasaport: «987619895»", "pașaport=«72709357»"],
        texts!["order 491052405", "job 49105240", "job 9876198957"],
    ),
    id(
        "identity.md.idnp",
        &["[0-2]\\d{12}"],
        |d| rest(d, &[7, 3, 1, 7, 3, 1, 7, 3, 1, 7, 3, 1], 10) == last(d),
        (NATIONAL | TAX | COMPANY, Never),
        texts!["Hotărârea Guvernului 333/2002, numărul de identificare de stat"],
    )
    .named("idnp idno")
    .with(
        texts!["IDNP «0245657744055»", "IDNO: «2974808111018»", "idnp=«2678379104865»"],
        texts!["order 0245657744055", "tax 0926297505450", "tax=0384993280939"],
    ),
];

/// The month is 20 more since 2000.
fn pesel(d: &[u8]) -> bool {
    let (month, day) = (number(d, 2, 2), number(d, 4, 2));
    rest(d, &[1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], 10) == 0
        && (is_day(month, day) || number(d, 0, 2) < 40 && month > 20 && is_day(month - 20, day))
}

/// The Polish tax number, behind `PL` as well.
pub(super) fn nip(d: &[u8]) -> bool {
    rest(head(d, 9), &[6, 5, 7, 2, 3, 4, 5, 6, 7], 11) == last(d)
}

fn regon(d: &[u8]) -> bool {
    let long = d.len() < 14 || rest(head(d, 13), &[2, 4, 8, 5, 0, 9, 7, 3, 6, 1, 2, 4, 8], 11) % 10 == last(d);
    varied(d) && long && rest(d, &[8, 9, 2, 3, 4, 5, 6, 7], 11) % 10 == digit(d, 8)
}

/// A multiple of 11 since 1954, when the number had nine digits and no check digit; the month is 50 more for women, and 20 more where numbers ran
/// out after 2003. Some of before 1985 end with the 0 of a remainder of 10.
fn rodne_cislo(d: &[u8]) -> bool {
    let multiple = number(d, 0, 10).is_multiple_of(11) || number(d, 0, 9) % 11 == 10 && last(d) == 0;
    let (year, month) = (number(d, 0, 2), number(d, 2, 2));
    let months = [0, 20, 50, 70].iter().filter(|&&more| more % 50 == 0 || d.len() == 10 && (4..54).contains(&year));
    let dated = months.filter_map(|more| month.checked_sub(*more)).any(|month| is_day(month, number(d, 4, 2)));
    varied(d) && dated && if d.len() == 10 { multiple } else { number(d, 0, 2) < 54 }
}

/// The Czech number of companies, behind `CZ` and in Slovakia as well.
fn ico(d: &[u8]) -> bool {
    varied(d) && (11 - sum(d, &[8, 7, 6, 5, 4, 3, 2]) % 11) % 10 == last(d)
}

/// The Czech VAT number behind `CZ`: that of the company or of the person.
pub(super) fn cz_vat(d: &[u8]) -> bool {
    if d.len() == 8 { ico(d) } else { rodne_cislo(d) }
}

pub(super) fn sk_dic(d: &[u8]) -> bool {
    varied(d) && number(d, 0, 10).is_multiple_of(11)
}

/// The first eight digits of the Hungarian tax number, behind `HU` as well.
pub(super) fn hu_vat(d: &[u8]) -> bool {
    lack(d, &[9, 7, 3, 1, 9, 7, 3], 10) == digit(d, 7)
}

/// Weights from 1 up for those born before 1997, from 10 down after.
fn szemelyi_szam(d: &[u8]) -> bool {
    const UP: &[u8] = &[1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
    const DOWN: &[u8] = &[10, 9, 8, 7, 6, 5, 4, 3, 2, 1];
    is_ymd(d, 1) && [UP, DOWN].iter().any(|weights| rest(head(d, 10), weights, 11) == last(d))
}

/// County 1 to 52, or 70 abroad; a remainder of 10 counts 1.
fn cnp(d: &[u8]) -> bool {
    let check = rest(d, &[2, 7, 9, 1, 4, 6, 3, 5, 8, 2, 7, 9], 11);
    is_ymd(d, 1) && matches!(number(d, 7, 2), 1..=52 | 70) && if check == 10 { 1 } else { check } == last(d)
}

/// The Romanian number of companies, behind `RO` as well, weighted from its end.
pub(super) fn cui(d: &[u8]) -> bool {
    const WEIGHTS: &[u8] = &[7, 5, 3, 2, 1, 7, 5, 3, 2];
    let weights = tail(WEIGHTS, 10usize.saturating_sub(d.len()));
    varied(d) && at(d, 0) != b'0' && sum(d, weights) * 10 % 11 % 10 == last(d)
}
