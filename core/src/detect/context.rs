//! Context: what words near a weak value say of it. Nine digits are a tax number beside `NIF`, and nothing elsewhere.

use crate::scan::bytes::Words;

// What may be said of a value, one bit each:
//
// | bits | of |
// |---|---|
// | 0 to 24 | words of the vocabulary |
// | 25 to 30 | words of the policy's own detectors |
// | 31 | no word: the text is a part of something |
// | 32 to 63 | the own names of numbers, three bits a [`name`] |

/// Telephone numbers.
pub(crate) const PHONE: u64 = 1;
/// Payment cards.
pub(crate) const CARD: u64 = 1 << 1;
/// Accounts, and the numbers of banks.
pub(crate) const BANK: u64 = 1 << 2;
/// Tax numbers of persons and companies, VAT among them.
pub(crate) const TAX: u64 = 1 << 3;
/// Social security and insurance.
pub(crate) const SOCIAL: u64 = 1 << 4;
/// National numbers and identity cards.
pub(crate) const NATIONAL: u64 = 1 << 5;
/// Health insurance and services, and who practises there.
pub(crate) const HEALTH: u64 = 1 << 6;
/// Passports.
pub(crate) const PASSPORT: u64 = 1 << 7;
/// Driving licences.
pub(crate) const LICENCE: u64 = 1 << 8;
/// Companies and their registers.
pub(crate) const COMPANY: u64 = 1 << 9;
/// Vehicles and their plates.
pub(crate) const VEHICLE: u64 = 1 << 10;
/// Devices: IMEI, MAC addresses, serial numbers of SIM cards.
pub(crate) const DEVICE: u64 = 1 << 11;
/// Dates of birth.
pub(crate) const BIRTH: u64 = 1 << 12;
/// Wallets of crypto currencies.
pub(crate) const WALLET: u64 = 1 << 13;
/// Places: coordinates.
pub(crate) const PLACE: u64 = 1 << 14;
/// Numbers without a check digit: only their own names announce them, so that the check digits of others keep their worth.
pub(crate) const NAMED: u64 = 1 << 15;
/// Codes of banks, which may be letters alone.
pub(crate) const BIC: u64 = 1 << 16;
/// Numbers whose names are words of other languages or of computers, as `sin` and `ein`: they announce nothing else.
pub(crate) const HOMONYM: u64 = 1 << 17;
/// Users of the Portuguese health service, whose numbers have no check digit.
pub(crate) const SNS: u64 = 1 << 18;
/// The social security number of the United States: nine digits, most of which are one.
pub(crate) const SSN: u64 = 1 << 19;
/// Tax numbers of Portuguese- and Spanish-speaking countries, by their own name.
pub(crate) const NIF: u64 = 1 << 20;
/// Words that announce something only before `number` or the like: `identity number`. In what was said near a value: a number of a
/// [document](DOCUMENTS) was, so that it is one whatever its country and its digits.
pub(crate) const PHRASE: u64 = 1 << 21;
/// Versions: what else would be the address of a machine.
pub(crate) const VERSION: u64 = 1 << 22;
/// Accounts at a bank, by a number of their own.
pub(crate) const ACCOUNT: u64 = 1 << 23;
/// Who gives out keys and tokens.
pub(crate) const VENDOR: u64 = 1 << 24;
/// Words of the policy's own detectors: one bit for each detector that has some, the last one for all that are too many.
pub(crate) const OWN: u64 = 0x3f << 25;
/// No word: the text is a part of something, and not said by itself.
pub(crate) const PART: u64 = 1 << 31;

/// What happened to a secret that follows, or what it is to its name: `password mismatch: …`
pub(crate) const EVENTS: &str = "stored saved loaded set refused revoked rotated refreshed renewed expired changed updated found resolved decrypted \
     invalid wrong header hash object mismatch check attempt input guess now not successfully i we you they use try tried \
     inserida introduzida criada usada definida gerada alterada alterado definido criado cambiada cambiado creada creado \
     générée saisie créé geändert erstellt creato";
/// The same where it is a code of few digits too.
pub(crate) const CODE_EVENTS: &str = "sent entered generated created received issued used submitted provided supplied typed given returned \
     obtained accepted rejected is was has been just value \
     enviado enviada gerado recebido recebida inserido introduzido usado generado generada recibido recibida introducido introducida \
     ingresado ingresada envoyé généré reçu saisi gesendet generiert erzeugt eingegeben erhalten inviato generato ricevuto inserito";

/// Bits of a word that is the [own name](super::Find::Id) of numbers: three, so that hardly two words have the same.
pub(crate) const fn name(mut word: &[u8]) -> u64 {
    let mut hash = 0u32;
    while let [first, rest @ ..] = word {
        hash = (hash ^ *first as u32).wrapping_mul(0x0100_0193);
        word = rest;
    }
    // three of 32, each after the one before
    let first = hash >> 27;
    let second = (first + 1 + (hash >> 12) % 15) & 31;
    let third = (second + 1 + (hash >> 2) % 15) & 31;
    1 << 32 << first | 1 << 32 << second | 1 << 32 << third
}

/// Numbers that a state or an insurer gives.
pub(crate) const DOCUMENTS: u64 = TAX | SOCIAL | NATIONAL | HEALTH | PASSPORT | LICENCE | COMPANY;
/// Words whose numbers have no check digit, or that mean something else as well: they announce bare digits only right behind them.
pub(crate) const WEAK: u64 = PASSPORT | LICENCE | VEHICLE | NAMED | HOMONYM | SNS | SSN | NIF | PHRASE;
/// What announces no [id](super::Find::Id): telephone numbers and cards are told apart elsewhere.
pub(crate) const NO_ID: u64 = PHONE | CARD | PART;

/// What makes a number of a word before it, see [`PHRASE`].
pub(crate) const NUMBERS: &str = "number numeris n n° nº º № no nr num numbers კოდი số mã namba nombo број номор нөмірі нөмері নম্বর নং \
    नंबर संख्या شماره نمبر எண் code card identifier nummer nommer numero número numéro numer kods kodas kood kód číslo cislo broj \
    številka sorszám szám száma numărul număr numri nomor nombor numarası numara nömrəsi αριθμός номер номера рақами ნომერი ნომრით \
    номером kodu číslem číslom المرجع الرقم رقم מספר";

/// Who is called or where, behind a verb that means something else as well: `ring me on`, `liga para`.
pub(crate) const CALLED: Words = Words::new("me mich mig meg para");

/// Words that announce something behind one of these: `ID number`, Japan's `My Number`, `MB WAY`. Those are everywhere, and not looked for.
pub(crate) const BEHIND: &[(Words, Words)] = &[(Words::new("number nummer"), Words::new("id my")), (Words::new("way"), Words::new("mb"))];

/// What may stand between such a word and a number: `tax file number`, `identity card no`, and between both where the number comes
/// first: `número de identificação`.
pub(crate) const BETWEEN: &str = "member policy plan pessoa ciudadanía registration identification identity identifier insurance security file reference \
    personal public service services tax fiscal payer licence license record numeric care id ref البطاقة الضمان رخصة جواز induk social \
    sociale segurança seguridad sécurité sicurezza civil nacional national nationale conduire prawa pažymėjimo bảo tài identificação \
    identificación identificacion contribuinte contribuyente";
pub(crate) const OF: &str = "de do da del della du di of d";

/// What a number is the measure of, whatever was said before.
pub(crate) const MEASURES: &str = "total totals subtotal amount amounts sum count size length balance revenue price rate bytes users \
    followers entries items rows records lines packets requests messages queue depth quarter took latency duration elapsed version hits \
    miss misses calls order ticket job batch task invoice build score saldo desconto summe betrag gesamt montant importe valor";

/// Units behind a number that is none of anybody either.
pub(crate) const UNITS: &str =
    "ns us ms sec secs seconds minutes hours days km kb mb gb kib mib gib px eur usd kz times zeilen lignes linhas filas";

/// Abbreviations that mean this with dots only: `C.I.`, the identity card of half of America.
pub(crate) const DOTTED: &[(u64, Words)] = &[(NATIONAL | NAMED, Words::new("ci cc"))];

/// Words near a number, or in its key, and what they announce. Capitals are there only where they are no small letters with a bit more.
pub(crate) const CONTEXT: &[(u64, &str)] = &[
    (NIF, "nif nipc contribuinte"),
    (VERSION, "version versions release revision build firmware"),
    (
        PHONE,
        "phone ph phones phonenumber telephone tel tlf tlm telefone telemovel telemóvel telefono teléfono telefon téléphone mobile movil \
         móvil celular natel mobilni κινητό selfoonnommer телефонски телефона telefona telefonit zurückrufen llamar volejte atdt cell \
         cellphone handy mobil portable gsm fax whatsapp sms msisdn dial call contacto contato telefoon mobiel telefonnummer mobilnummer \
         handynummer landline fono celu telf mobitel selfoon sími cellulare telefòn simu telefoonnummer dialled dialed telefonnumero \
         puhelin matkapuhelin puhelinnumero komórka telefonu telefonní telefonszám τηλέφωνο τηλ tél телефон тел моб утас мобилен fon \
         мобильный мобільний phonenum telepono mobilenumber telefonas tālrunis telefonska cep telpon ponsel هاتف جوال טלפון נייד फ़ोन फोन \
         नंबर दूरभाष मोबाइल মোবাইল موبائل موبایل ስልክ ტელეფონი հեռախոս ទូរស័ព្ទ දුරකථන điện đt sđt hotline otp mbway bizum gcash promptpay \
         caller callerid llame llámame ligue rappeler erreichen chiamarmi dzwonić zavolejte звоните позвоните зателефонуйте اتصل mob cel \
         puh ligar chiama chiamami zadzwoń dzwoń appelez anrufen bellen llamame rufnummer mobilrufnummer nazovi nazovite pozovi pozovite \
         skambink skambinkite helista zvani zvaniet hubungi gọi ফোন",
    ),
    (
        CARD,
        "card cards cardnumber creditcard credit debit tarjeta carte kreditkarte pan visa mastercard amex maestro diners jcb unionpay \
         rupay uatp carta kaart kart karta kartu karte kartı kártya kort kortti карта карты картой بطاقة",
    ),
    (CARD | NATIONAL, "cartao cartão cc"),
    (
        NATIONAL,
        "cidadao cidadão nationalid nationalidnumber idcard identitycard personalid personalnumber personnumber personalausweis \
         personalausweisnummer personalausweisnr ausweis ausweisnummer ausweisnr nie pesel cnp egn егн lnch лнч oib jmbg jmb јмбг embg \
         ембг emso emšo rodne rodné rodným rodnecislo isikukood isikukoodiga asmens asmenskodas personaskods personnummer \
         samordningsnummer fodselsnummer fødselsnummer fødselsnr fodselsnr fnr cpr cprnr personnr hetu henkilotunnus henkilötunnus \
         henkilönumero kennitala kennitölu bsn burgerservicenummer rijksregister rijksregisternummer idnp iin иин жсн unzr унзр pinfl \
         пинфл jshshir curp ine elector eleitor eleitoral dpi cui dui rut kimlik tckn tcno szemelyi személyi szemelyiszam igazolvány \
         igazolvany dowod dowód osobisty aadhaar aadhar uidai आधार epic voter nic nric mykad pengenalan nik ktp hkid rrn frn emirates \
         emiratesid iqama zehut teudat זהות pnr rč melli ملی کدملی القومي الهوية الوطنية هوية المدنية civilid uscis alien ghanacard \
         indangamuntu nida nrc umid citizenship नागरिकता bilhete ssnit amka αμκα идентификационный ідентифікаційний ausländerausweis nino \
         pps ppsn",
    ),
    (
        NATIONAL | NAMED,
        "հծհ ՀԾՀ jumin qid uln හැඳුනුම්පත nni cnib kitambulisho kependudukan isikutunnistuse občianskeho občanského ταυτότητας পরিচয়পত্র \
         শনাক্তকরণ شناختی tazkira karapanondro identifikues vəsiqəsi vəsiqəsinin vəsiqə համարանիշ საიდენტიფიკაციო تذکره የመታወቂያ dowodu dni \
         cnic nicop cedula cédula huduma cni cnie identité identite identidad identidade identità identita identitate identitas \
         identiteitskaart identitetskort osobna iskaznica iskaznice лична karta buletin ταυτότητα ταυτοτητα tautotita citizenid omang \
         fayda dimex peid mrn séjour soggiorno aufenthaltstitel verblijfsvergunning uppehållstillstånd pobytu удостоверение пин tpin ninu \
         cnps cnss fnpf eori duns التعريف",
    ),
    (
        TAX | NAMED,
        "porezni porezna податковий podatkowej საგადასახადო инн atin ptin voen vöen vsk nifp nrt ninea ifu niu jib рма ՀՎՀՀ հվհհ",
    ),
    (
        NAMED,
        "bi rg nin bvn nid cin kvk kvknummer crn bsnr betriebsstättennummer betriebsstaettennummer nifcv philsys philid \
         identiteitskaartnummer cccd cmnd cước qatarid cnh občanský občiansky občianský preukaz obcansky průkaz osobni bsb blz \
         bankleitzahl carné carnet এনআইডি",
    ),
    (
        TAX,
        "fein cif contribuyente contribuable fiscal fiscale vat tin taxid taxpayer taxpayerid taxnumber taxidentification vatnumber vatid \
         steuer steuerid steuernummer steueridentifikationsnummer steuernr stnr idnr identifikationsnummer ust ustid ustidnr mwst \
         ustidentnummer umsatzsteuer abgabenkontonummer finanzamt itin cpf cnpj cuit cuil rfc nit ruc rif rnc pib piva partitaiva iva \
         codicefiscale tva siren siret spi moms momsnr momsnummer veronumero mva alv btw pvm pvn pdv ddv ддс пиб kmkr nip dic dič dph \
         adoszam adószám adószáma adóazonosító adoazonosito afm αφμ ΑΦΜ αφτ ΑΦΤ ΦΠΑ φπα tic inn инн рнокпп РНОКПП rnokpp іпн ipn unp унп \
         edb едб nuit utr tfn abn ird الضريبي gst gstin tds uen npwp pajak mst thuế kra sars vergi vkn nipt nuis davcna davčna davčno \
         skatt skattenummer verotunnus מע",
    ),
    (
        SOCIAL,
        "secu sécu versicherungsnummer niss sociale sociales nuss nir insee nss imss pis pasep nis ahv sozialversicherungs avs ahvnummer \
         avsnumber rentenversicherung rentenversicherungsnummer sozialversicherung sozialversicherungsnummer sozialversicherungsnr svnr \
         svnummer rvnr sicurezza nino nationalinsurance nationalinsurancenumber snils снилс СНИЛС taj tajszám tajszam sss uan epfo bsn \
         burgerservicenummer sofinummer pps ppsn itin ssn jmbg emso emšo cnp amka αμκα umid socialinsurance socialinsurancenumber \
         seguridad segurança",
    ),
    (NATIONAL | SOCIAL, "prn"),
    (NATIONAL | NAMED | PHRASE, "identity identification"),
    (
        NATIONAL | PHRASE,
        "sa national number nummer individual pupil learner персональным resident residence rsa thai african матичен personal personas \
         asmens permit residencia residência civil citizen პირადი الوطني المدني الشخصي الشخصية الإقامة الإقامه lične licne личне matični \
         maticni матични",
    ),
    // `Taiwan ID`, `her Turkish ID number`; of others' names, the first letters begin too many words
    (
        NATIONAL | PHRASE,
        "taiwan taiwanese malaysian korean turkish israeli egyptian kenyan nigerian saudi kuwaiti emirati indonesian vietnamese pakistani \
         brazilian mexican dutch belgian swiss czech swedish norwegian latvian estonian bulgarian romanian croatian ukrainian russian",
    ),
    (SOCIAL | PHRASE, "pension sv"),
    (SOCIAL | SSN | PHRASE, "social soc"),
    (TAX | PHRASE, "tax"),
    (PHONE | PHRASE, "way contact my mi mon meu mój moj мой мій meine ring ruf rufe liga bel"),
    (HEALTH | PHRASE, "health provider medical beneficiary subscriber"),
    (SOCIAL | HEALTH | PHRASE, "insurance"),
    (LICENCE | PHRASE, "driver drivers"),
    (PASSPORT | PHRASE, "pasu paso"),
    (SOCIAL | PHRASE, "الاجتماعي güvenlik"),
    (
        LICENCE | PHRASE,
        "dl القيادة רישיון водительского водія vozačke vozacke řidičského vodičského jogosítvány ajokortin conducir conducere",
    ),
    (HEALTH | SOCIAL | PHRASE, "hiểm nhif nssf ssnit"),
    (COMPANY | TAX | PHRASE, "coletiva company business corporate enterprise employer organisation organization establishment org"),
    (CARD | PHRASE, "payment"),
    (BANK | ACCOUNT | PHRASE, "account acct acc rachunku konta счёта счета рахунку hesap conto الحساب חשבון rekening khoản खाता"),
    (BANK | PHRASE, "sort"),
    (BANK | ACCOUNT | PHRASE, "bancária bancaria bancário bancario"),
    (
        BANK | ACCOUNT,
        "accountnumber bankaccount bankaccountnumber kontonummer kontonr ktonr bankkonto corrente corriente tilinumero rekeningnummer \
         bankszámlaszám расчетный расчётный nuban bankgiro plusgiro acctid nib",
    ),
    (BANK, "banking"),
    (HOMONYM, "sin ein bn trn bir ice nas sus tunnus matricule"),
    (SSN, "ssn socialsecurity socialsecuritynumber ssnumber"),
    (SNS, "sns utente utentesns numeroutente nutente"),
    (
        BANK,
        "sepa iban bank ccc účtu účet uctu conta banco banca banque bsb bankverbindung konto routing routingnumber aba abarouting \
         sortcode clabe cbu cvu ifsc cuenta compte rib rekening tili clearingnummer agência",
    ),
    (BIC, "bic swift swiftcode biccode swiftbic bicswift"),
    (
        HEALTH,
        "nhs nhsnumber nhsno kvnr krankenversichertennummer krankenversicherung krankenkasse versichertennummer versichertennr \
         gesundheitskarte lanr arztnummer rpps adeli npi dea mbi medicare medicaid ohip ramq maladie phn healthcard healthnumber cns ihi \
         nhi sanitaria sanitario philhealth омс ОМС полис taj tajszám medicarenumber",
    ),
    (
        PASSPORT,
        "passport passaport pasoša pasosa putovnice paszportów útlevélszám útlevelszam διαβατηρίου passin vegabréfsnúmer pasės pases \
         পাসপোর্ট پاسپورٹ ፓስፖርት անձնագիր шиноснома passports passportno passportnumber passportid passportnum passaporte pasaporte \
         passeport reisepass reisepassnummer reisepassnr passnummer passaporto paspoort paspoortnummer pasnummer pasnr passi passinumero \
         vegabréf vegabref paszport paszportu cestovní cestovný cestovni utlevel útlevél pasaport pașaport paşaport pașaportului паспорт \
         паспорта загранпаспорт пашпарт putovnica pasoš pasos пасош potni διαβατήριο διαβατηριο diavatirio pasas pasport paspor pasportas \
         पासपोर्ट جواز السفر گذرنامه דרכון chiếu mrz",
    ),
    (
        LICENCE,
        "license licence driverlicence driverlicense patente conduccion conducción conducao condução conduire permis jazdy řidičský \
         vodičský ehliyet vozačka vozacka vairuotojo vadītāja juhiluba vodnik",
    ),
    (
        LICENCE | NAMED,
        "driverslicense driverslicence driverlicensenumber drivinglicense drivinglicence drivinglicencenumber dmv dvla driving \
         habilitacao habilitação führerschein fuhrerschein fuehrerschein führerscheinnummer fuehrerscheinnummer führerausweis \
         fuehrerausweis rijbewijs rijbewijsnummer körkortsnummer førerkortnummer kørekortnummer körkort korkort førerkort forerkort \
         kørekort koerekort ajokortti cnh ehliyet driverlicence driverlicense",
    ),
    (
        COMPANY,
        "cnpj siren siret rcs rsin cvr cvrnr cvrnummer orgnr orgno ubn orc onrc matična maticna organisationsnummer organisasjonsnummer \
         ytunnus registrikood reģistrācijas įmonės imones rechtspersoon ondernemingsnummer kbo bce entreprise handelsregister \
         handelsregisternummer amtsgericht firmenbuch firmenbuchnummer krs regon nip ico ičo eik еик bulstat булстат idno ogrn огрн ОГРН \
         огрнип ОГРНИП ogrnip edrpou єдрпоу ЄДРПОУ бин бсн БСН brn uen acn abn nzbn fein vkn cuit rnc cif cui juridica jurídica gstin mst \
         rut nipt nuis unp унп מס חברה חפ",
    ),
    (
        VEHICLE,
        "vehicle vin vinnumber plate plates licenseplate licenceplate numberplate platenumber matricula matrícula placa placas \
         kennzeichen kontrollschild nummernschild targa kenteken immatriculation plaque renavam chassis chassi chassisnumber vrm rego \
         plaka ruhsat госномер registreringsnummer rekisterinumero fahrgestellnummer fahrzeugidentifikationsnummer rejestracyjny spz špz \
         rendszám",
    ),
    (NAMED, "imsi upn pupil onderwijsnummer"),
    (VEHICLE | PHRASE, "registration"),
    (DEVICE, "imei imeisv iccid sim simcard simnumber imeinumber meid"),
    (
        BIRTH,
        "dob bday born nato nata né geb datëlindja تولد जन्म জন্ম kuzaliwa kapanganakan fæðingardagur doğulduğu geboren nascido nascida \
         nacido nacida née birth birthdate dateofbirth birthday birthdt nascimento nacimiento geburtsdatum geburtstag naissance nascita \
         geboortedatum födelsedatum fødselsdato foedselsdato syntymäaika urodzenia narození narozeni narodenia születési szuletesi \
         nașterii nasterii рождения народження раждане рођења rođenja rojstva γέννησης doğum dogum dzimšanas gimimo sünniaeg fodselsdato \
         syntymaaika lahir sinh الميلاد לידה",
    ),
    (
        WALLET,
        "wallet wallets walletaddress crypto cryptocurrency bitcoin btc ethereum eth litecoin ltc dogecoin doge ripple xrp monero xmr \
         tron trx solana sol polkadot stellar xlm algorand tezos zcash cardano usdt usdc erc metamask carteira billetera monedero \
         portafoglio portefeuille brieftasche кошелёк кошелек гаманець",
    ),
    (
        PLACE,
        "lat lon lng latitude longitude latlng latlon lonlat coords coordinates gps geolocation geopoint location point geo coordenadas \
         koordinaten coordonnées",
    ),
];

/// Words of scripts without spaces, which may stand anywhere in a run of letters.
pub(crate) const UNSPACED: &[(u64, &str)] = &[
    (PHONE, "电话 致电 拨打 手机 手机号 联系方式 電話 手機 携帯 電話番号 전화 휴대폰 휴대전화 연락처 โทร โทรศัพท์ มือถือ เบอร์"),
    (CARD, "银行卡 信用卡 卡号 クレジットカード カード番号 카드번호 신용카드 บัตรเครดิต"),
    (BANK | ACCOUNT, "口座番号 계좌번호 银行账号 เลขที่บัญชี"),
    (BANK, "银行 账号 账户 帐号 銀行 口座 계좌 은행 ธนาคาร บัญชี"),
    (TAX, "税号 纳税人 納税者 稅號 統一編號 個人番号 マイナンバー 사업자등록번호 납세자 ผู้เสียภาษี ภาษี"),
    (SOCIAL, "社保 社会保障 社會保險 マイナンバー 個人番号 사회보장 ประกันสังคม"),
    (
        NATIONAL,
        "身份证 身份證 身分證 身分证 公民身份 統一證號 居留證 マイナンバー 個人番号 在留カード 主民 주민등록 주민번호 외국인등록 บัตรประชาชน เลขประจำตัวประชาชน ประชาชน",
    ),
    (
        NATIONAL | NAMED | PHRASE,
        "身份证号 身分证号 身分證號 身份證號 社会保障号 社保号 纳税人识别号 税务登记号 護照號 护照号 驾驶证号 保険証番号 記号番号 免許証番号 パスポート番号 여권번호 운전면허번호 เลขประกันสังคม",
    ),
    (NATIONAL | NAMED | PHRASE, "通行证 通行證 居留证 健保卡 អត្តសញ្ញាណប័ណ្ណ ບັດປະຈຳຕົວ မှတ်ပုံတင်"),
    (NAMED, "基礎年金番号 年金番号"),
    (HEALTH, "医保 健保 保険証 健康保险 건강보험 บัตรทอง"),
    (PASSPORT, "护照 護照 旅券 パスポート 여권 หนังสือเดินทาง พาสปอร์ต"),
    (LICENCE | NAMED, "驾驶证 驾照 駕照 運転免許 免許証 운전면허 ใบขับขี่"),
    (COMPANY, "统一社会信用代码 信用代码 营业执照 統一編號 統編 法人番号 会社法人 사업자등록 법인등록 ทะเบียนนิติบุคคล"),
    (VEHICLE, "车牌 車牌 车架号 ナンバープレート 車台番号 차량번호 번호판 ทะเบียนรถ"),
    (BIRTH, "出生日期 生日 生年月日 생년월일 생일 วันเกิด"),
    (WALLET, "钱包 錢包 ウォレット 지갑 กระเป๋าเงิน"),
];
