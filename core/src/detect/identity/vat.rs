//! VAT numbers of the European Union, Northern Ireland and Great Britain, with the letters of the country before them.

use super::{balkan, baltic, benelux, britain, central_europe, dach, iberia, id, italy, nordic};
use crate::detect::Alone::{self, Always, Marked};
use crate::detect::context::{COMPANY, TAX};
use crate::detect::{Detector, texts};
use crate::validate::digits::{at, head, iso_11_10, last, luhn, number, rest, sum, tail, varied};
use crate::validate::mod97;

/// The country's letters are no proof of their own, so a sentence has to say what it is.
const VAT: (u64, Alone) = (TAX | COMPANY, Marked);
/// With nine digits or more and a check digit, the letters and the number in one piece are proof enough.
const LONG: (u64, Alone) = (TAX | COMPANY, Always);
/// What the number is called in the languages of the countries, whose letters make the layout.
const VAT_NAMES: &str = "vat vatnumber vatid ust ustid ustidnr ustidentnummer mwst iva tva btw moms momsnr momsnummer alv pvm pvn pdv ddv ддс kmkr dic dič αφμ φπα nif nip piva partitaiva adoszam adószám";
const SOURCE: &[&str] =
    texts!["Council Directive 2006/112/EC, article 215", "European Commission, VIES, structures of VAT identification numbers"];

pub(crate) const DETECTORS: &[Detector] = &[
    id("identity.at.vat", &["ATU\\d{8}", "!U\\d{8}", "~ATU[ .-]?(\\d[ .-]?){7}\\d"], |d| dach::at_vat(tail(d, 3)), LONG, SOURCE)
        .named(VAT_NAMES)
        .with(
            texts!["USt-IdNr «ATU69858594»", "USt-IdNr: «ATU 58782605»", "ust_idnr=«ATU 14331034»", "«ATU 88172343»"],
            texts!["order ATU69858595", "tax ATU91660318", "tax=ATU72002207"],
        ),
    id("identity.be.vat", &["BE[01]\\d{9}", "~BE[ .-]?[01][ .-]?(\\d[ .-]?){8}\\d"], |d| benelux::enterprise(tail(d, 2)), LONG, SOURCE)
        .named(VAT_NAMES)
        .with(
            texts!["BTW «BE0750 810781»", "TVA: «BE 0207858.033»", "btw=«BE1802125.485»", "«BE1701678621»"],
            texts!["order BE0750 810781", "tax=BE 1433 745713", "tax BE0846 550137"],
        ),
    id("identity.bg.vat", &["BG[ .-]?(\\d[ .-]?){8}\\d", "BG[ .-]?(\\d[ .-]?){9}\\d"], |d| balkan::bg_vat(tail(d, 2)), VAT, SOURCE)
        .named(VAT_NAMES)
        .with(
            texts!["ДДС «BG 876645723»", "VAT: «BG 6533686832»", "ддс=«BG532579699»", "«BG 7419447615»"],
            texts!["order BG 876645723", "tax BG222561658", "tax=BG506834193"],
        ),
    id("identity.cy.vat", &["CY[ .-]?[0-59][ .-]?(\\d[ .-]?){6}\\d[ .-]?[A-Z]"], |d| balkan::tic(tail(d, 2)), VAT, SOURCE)
        .named(VAT_NAMES)
        .with(
            texts!["ΦΠΑ «CY95625919W»", "VAT: «CY20044515D»", "φπα=«CY 58096163N»", "«CY 93911776Y»"],
            texts!["order CY95625919W", "tax CY 91579999Q", "tax=CY23395775N"],
        ),
    id(
        "identity.cz.vat",
        &["CZ[ .-]?(\\d[ .-]?){7}\\d", "CZ[ .-]?(\\d[ .-]?){8}\\d", "CZ[ .-]?(\\d[ .-]?){9}\\d"],
        |d| central_europe::cz_vat(tail(d, 2)),
        VAT,
        SOURCE,
    )
    .named(VAT_NAMES)
    .with(
        texts!["DIČ «CZ 54384672»", "VAT: «CZ60709146»", "dič=«CZ68815671»", "«CZ 286212022»"],
        texts!["order CZ 54384672", "tax CZ92642473", "tax=CZ 18890651"],
    ),
    id("identity.de.vat", &["DE[1-9]\\d{8}", "~DE[ .-]?[1-9][ .-]?(\\d[ .-]?){7}\\d"], |d| iso_11_10(tail(d, 2)), LONG, SOURCE)
        .named(VAT_NAMES)
        .with(
            texts!["USt-IdNr «DE619693005»", "VAT: «DE993084008»", "ust_idnr=«DE 639097042»", "«DE949 662 698»"],
            texts!["order DE619693006", "tax DE 946 319960", "tax=DE 536503 285"],
        ),
    id("identity.dk.vat", &["DK[ .-]?(\\d[ .-]?){7}\\d"], |d| nordic::cvr(tail(d, 2)), VAT, SOURCE).named(VAT_NAMES).with(
        texts!["moms «DK84 36 27 78»", "VAT: «DK 2820 3586»", "moms=«DK 9914 22 43»", "«DK 535817 65»"],
        texts!["order DK84 36 27 78", "tax DK 3867 4268", "tax=DK 2942 3957"],
    ),
    id("identity.ee.vat", &["EE[ .-]?10[ .-]?(\\d[ .-]?){6}\\d"], |d| rest(tail(d, 2), &[3, 7, 1, 3, 7, 1, 3, 7, 1], 10) == 0, VAT, SOURCE)
        .named(VAT_NAMES)
        .with(
            texts!["KMKR «EE100818532»", "VAT: «EE 106354980»", "kmkr=«EE 105723101»", "«EE 100979785»"],
            texts!["order EE100818532", "tax=EE105166788", "tax EE101846791"],
        ),
    id("identity.gr.vat", &["(EL|GR)[ .-]?(\\d[ .-]?){8}\\d"], |d| balkan::afm(tail(d, 2)), VAT, SOURCE).named(VAT_NAMES).with(
        texts!["ΑΦΜ «GR 280786301»", "VAT: «GR353621215»", "αφμ=«GR499425890»", "«GR 446783764»"],
        texts!["order GR 280786301", "tax EL841153499", "tax=EL415171638"],
    ),
    id(
        "identity.es.vat",
        &[
            "ES[A-HJ-NP-SUVW-Z]\\d{7}[0-9A-Z]",
            "ES\\d{8}[A-Z]",
            "~ES[ .-]?[A-HJ-NP-SUVW-Z][ .-]?(\\d[ .-]?){6}\\d[ .-]?[0-9A-Z]",
            "~ES[ .-]?(\\d[ .-]?){7}\\d[ .-]?[A-Z]",
        ],
        |d| iberia::nif(tail(d, 2)),
        LONG,
        SOURCE,
    )
    .named(VAT_NAMES)
    .with(
        texts!["IVA «ES 00282331Y»", "VAT: «ES E12807947»", "iva=«ES 97365028W»", "«ES65941367E»"],
        texts!["tax ESF3563088G", "tax=ES D15977817", "tax ES 68515206V"],
    ),
    id("identity.fi.vat", &["FI[ .-]?(\\d[ .-]?){7}\\d"], |d| nordic::ytunnus(tail(d, 2)), VAT, SOURCE).named(VAT_NAMES).with(
        texts!["ALV «FI82905435»", "VAT: «FI 59603682»", "alv=«FI 14665505»", "«FI87874236»"],
        texts!["order FI82905435", "tax FI 28006863", "tax=FI 03066595"],
    ),
    id(
        "identity.fr.vat",
        &["FR[0-9A-HJ-NP-Z]{2}\\d{9}", "~FR[ .-]?[0-9A-HJ-NP-Z]{2}[ .-]?(\\d[ .-]?){8}\\d"],
        |d| fr_vat(tail(d, 2)),
        LONG,
        SOURCE,
    )
    .named(VAT_NAMES)
    .with(
        texts!["TVA «FRLU 435 542360»", "VAT: «FR W8280237 447»", "tva=«FR AK719023616»", "«FRW4550272850»"],
        texts!["order FRLU 435 542360", "tax FR L4 050095 304", "tax=FR D7443 176 357"],
    ),
    id("identity.hr.vat", &["HR\\d{11}", "~HR[ .-]?(\\d[ .-]?){10}\\d"], |d| iso_11_10(tail(d, 2)), LONG, SOURCE).named(VAT_NAMES).with(
        texts!["PDV «HR 89539307549»", "PDV: «HR34823860754»", "pdv=«HR62770043069»", "«HR52407254698»"],
        texts!["order HR 89539307549", "tax HR95152780597", "tax=HR35430019791"],
    ),
    id("identity.hu.vat", &["HU[ .-]?(\\d[ .-]?){7}\\d"], |d| central_europe::hu_vat(tail(d, 2)), VAT, SOURCE).named(VAT_NAMES).with(
        texts!["adószám «HU98971196»", "VAT: «HU 70487231»", "adószám=«HU 20331551»", "«HU12092990»"],
        texts!["order HU98971196", "tax=HU 91015268", "tax HU82470976"],
    ),
    id("identity.ie.vat", &["IE[ .-]?(\\d[ .-]?){6}\\d[ .-]?[A-W][A-I]?"], |d| britain::pps(tail(d, 2)), VAT, SOURCE)
        .named(VAT_NAMES)
        .with(
            texts!["VAT «IE 6498260L»", "VAT: «IE 2828758V»", "vat=«IE 2633018CF»", "«IE 9667073E»"],
            texts!["order IE 6498260L", "tax IE4652351CA", "tax=IE1472377IB"],
        ),
    id("identity.it.vat", &["IT\\d{11}", "~IT[ .-]?(\\d[ .-]?){10}\\d"], |d| italy::partita_iva(tail(d, 2)), LONG, SOURCE)
        .named(VAT_NAMES)
        .with(
            texts!["partita IVA «IT36890290897»", "VAT: «IT 24522100692»", "partita_iva=«IT 60816400091»", "«IT68584000928»"],
            texts!["order IT36890290898", "tax IT46862280191", "tax=IT84690070288"],
        ),
    id("identity.lt.vat", &["LT[ .-]?(\\d[ .-]?){8}\\d", "LT[ .-]?(\\d[ .-]?){11}\\d"], |d| baltic::lt_vat(tail(d, 2)), VAT, SOURCE)
        .named(VAT_NAMES)
        .with(
            texts!["PVM «LT 211377314»", "VAT: «LT961902013»", "pvm=«LT 130289914»", "«LT 342700570117»"],
            texts!["order LT 211377314", "tax LT 163153119", "tax LT091541917"],
        ),
    id("identity.lu.vat", &["LU[ .-]?(\\d[ .-]?){7}\\d"], |d| benelux::lu_vat(tail(d, 2)), VAT, SOURCE).named(VAT_NAMES).with(
        texts!["TVA «LU87246082»", "VAT: «LU71292333»", "tva=«LU16579173»", "«LU 35345031»"],
        texts!["order LU87246082", "tax LU21302023", "tax=LU89489914"],
    ),
    id("identity.lv.vat", &["LV[ .-]?(\\d[ .-]?){10}\\d"], |d| baltic::lv_vat(tail(d, 2)), VAT, SOURCE).named(VAT_NAMES).with(
        texts!["PVN «LV43978127794»", "VAT: «LV 82637918817»", "pvn=«LV 47358352866»", "«LV81629674602»"],
        texts!["order LV43978127794", "tax LV 85448846776", "tax=LV57573164947"],
    ),
    id("identity.mt.vat", &["MT[ .-]?[1-9][ .-]?(\\d[ .-]?){6}\\d"], |d| balkan::mt_vat(tail(d, 2)), VAT, SOURCE).named(VAT_NAMES).with(
        texts!["VAT «MT91670160»", "VAT: «MT24279960»", "vat=«MT22107527»", "«MT16441772»"],
        texts!["order MT91670160", "tax MT62156020", "tax=MT 33926974"],
    ),
    id("identity.nl.vat", &["NL\\d{9}B\\d{2}", "!\\d{9}B\\d{2}", "~NL[ .-]?(\\d[ .-]?){8}\\d[ .-]?B[ .-]?\\d{2}"], nl_vat, LONG, SOURCE)
        .named(VAT_NAMES)
        .with(
            texts!["BTW «NL 895349620B06»", "VAT: «NL596365974B28»", "btw=«NL911922106B44»", "«NL 382277521B27»"],
            texts!["order NL 895349620B06", "tax NL 697314557B97", "tax=NL 172043031B35"],
        ),
    id("identity.pl.vat", &["PL\\d{10}", "~PL[ .-]?(\\d[ .-]?){9}\\d"], |d| central_europe::nip(tail(d, 2)), LONG, SOURCE)
        .named(VAT_NAMES)
        .with(
            texts!["NIP «PL4500760265»", "VAT: «PL 8586840778»", "nip=«PL 8662280988»", "«PL 0453668827»"],
            texts!["order PL4500760266", "tax PL 2587946531", "tax=PL7491857272"],
        ),
    id(
        "identity.se.vat",
        &["SE\\d{10}01", "!\\d{10}01", "~SE[ .-]?(\\d[ .-]?){9}\\d[ .-]?01"],
        |d| nordic::se_vat(tail(d, 2)),
        LONG,
        SOURCE,
    )
    .named(VAT_NAMES)
    .with(
        texts!["moms «SE 659117537401»", "VAT: «SE 751137028501»", "moms=«SE 885414745401»", "«SE 963649902301»"],
        texts!["order SE 659117537401", "moms SE722116497821", "moms=SE244654725503"],
    ),
    id("identity.si.vat", &["SI[ .-]?[1-9][ .-]?(\\d[ .-]?){6}\\d"], |d| balkan::si_tax(tail(d, 2)), VAT, SOURCE).named(VAT_NAMES).with(
        texts!["DDV «SI15267687»", "VAT: «SI 24323403»", "ddv=«SI94567018»", "«SI79360742»"],
        texts!["order SI15267687", "tax SI69289235", "tax=SI 49347463"],
    ),
    id(
        "identity.sk.vat",
        &["SK[ .-]?[1-9][ .-]?\\d[ .-]?[2-47-9][ .-]?(\\d[ .-]?){6}\\d"],
        |d| central_europe::sk_dic(tail(d, 2)),
        VAT,
        SOURCE,
    )
    .named(VAT_NAMES)
    .with(
        texts!["DIČ «SK 8487176093»", "VAT: «SK 5592680819»", "dič=«SK4581502893»", "«SK2747716191»"],
        texts!["order SK 8487176093", "tax SK4141409520", "tax=SK8422807507"],
    ),
    id(
        "identity.gb.vat",
        &[
            "(GB|XI)[ .-]?(\\d[ .-]?){8}\\d",
            "(GB|XI)[ .-]?(\\d[ .-]?){11}\\d",
            "(GB|XI)(GD[0-4]\\d{2}|HA[5-9]\\d{2})",
            "~\\d{3} ?\\d{4} ?\\d{2}",
        ],
        |d| match d {
            [_, _, b'0'..=b'9', ..] => britain::vat(tail(d, if at(d, 0).is_ascii_digit() { 0 } else { 2 })),
            _ => varied(d),
        },
        VAT,
        texts!["HMRC, VAT Notice 700/63", "HMRC, VAT registration number checker, modulus 97 and 9755"],
    )
    .named("vat vatnumber vatid")
    .with(
        texts!["VAT «GB736273272087»", "VAT: «GBGD271»", "vat=«XI 755 5272 57 841»", "«XIGD460»"],
        texts!["order GB736273272087", "vat=GBGD605", "tax XI 585 240228"],
    ),
];

/// Two digits of the remainder of the SIREN by 97; those with letters, of which the administration gives no rule, pass with a good SIREN.
fn fr_vat(d: &[u8]) -> bool {
    luhn(tail(d, 2)) && (head(d, 2).iter().any(u8::is_ascii_uppercase) || (12 + 3 * (number(d, 2, 9) % 97)) % 97 == number(d, 0, 2))
}

/// The eleven-test of before 2020, or 97 over the whole number with its letters.
fn nl_vat(d: &[u8]) -> bool {
    let id = tail(d, 2);
    varied(id)
        && ((sum(id, &[9, 8, 7, 6, 5, 4, 3, 2]) + 10 * last(head(id, 9))).is_multiple_of(11)
            || mod97::remainder(d.iter().copied()) == Some(1))
}
