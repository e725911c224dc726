//! The vocabulary: what a word means as a part of a key, and what it announces near a number.

use std::borrow::Cow;
use std::sync::LazyLock;

use crate::detect::context::{
    self, ACCOUNT, BANK, BETWEEN, CARD, COMPANY, CONTEXT, DOCUMENTS, HOMONYM, MEASURES, NAMED, NATIONAL, NUMBERS, OF, PHONE, PHRASE,
    SOCIAL, TAX, UNITS, VENDOR, VERSION,
};
use crate::detect::{self, DetectorId, Find};
use crate::scan::bytes::{self, sixteen};

/// What a sensitive key asks of the value under it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Passwords and secrets: everything goes but syntax placeholders.
    Password,
    /// `pass`, `pw`: as `Password` where written like a key, not in prose (`pass: 12`).
    Pass,
    /// `pwd` and nothing else: as `Password`, but for the directory that a shell keeps there.
    Pwd,
    Secret,
    ApiKey,
    AwsSecret,
    /// Tokens: short numbers stay.
    Token,
    /// `tokens`: numbers stay, as they are counts.
    Tokens,
    /// `session_id`: integers, short ids and dashed UUIDs stay.
    SessionId,
    /// `sessionid`, `session_key`, `sid`: always goes.
    Session,
    Cookie,
    Authorization,
    /// A code of OAuth in a query: mixed as no code of an error or of a shop is.
    Grant,
    /// `map_key`, `signature`: values without order, as keys and signatures are.
    Soft,
    /// `auth`: the same, or a name and a password, `ana:x` or a pair.
    Login,
    /// `mailgun_key`: the same of a vendor, which may be a UUID or short.
    Vendor,
    /// A member of a JWK (RFC 7517): long and without order, as the private ones are.
    Jwk,
    /// Three or four digits.
    Cvv,
    /// Four to eight digits.
    Pin,
    /// A code of a second factor: four to ten digits or mixed characters.
    Otp,
    Name,
    Address,
    /// `address` and nothing else: a postal one where it has a street and a number.
    Postal,
    /// A key that the policy names.
    Field,
}

impl Rule {
    /// The detector that a finding under such a key is reported as.
    pub(crate) const fn detector(self) -> DetectorId {
        match self {
            Self::Password | Self::Pass | Self::Pwd => detect::key::PASSWORD,
            Self::Secret => detect::key::SECRET,
            Self::ApiKey | Self::Soft | Self::Login | Self::Vendor => detect::key::API_KEY,
            Self::AwsSecret => detect::key::AWS_SECRET,
            Self::Token | Self::Tokens | Self::Grant => detect::key::TOKEN,
            Self::SessionId | Self::Session => detect::key::SESSION,
            Self::Cookie => detect::key::COOKIE,
            Self::Authorization => detect::key::AUTHORIZATION,
            Self::Jwk => detect::credential::PRIVATE_KEY,
            Self::Cvv => detect::key::CVV,
            Self::Pin => detect::key::PIN,
            Self::Otp => detect::key::OTP,
            Self::Name => detect::key::NAME,
            Self::Address | Self::Postal => detect::key::ADDRESS,
            Self::Field => detect::key::FIELD,
        }
    }
}

/// What a word means as a segment of a key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Word {
    /// Nothing: it only gives context.
    Plain,
    /// Makes the key sensitive.
    Is(Rule),
    /// Sensitive as the last of a pair whose first is a [`Word::Qualifier`] or another sensitive word: `api_key`.
    Key,
    Qualifier,
    /// A qualifier that may hold a secret itself: `signature`.
    Soft,
    /// `session`: makes `id`, `key` and `token` after it its own.
    SessionPrefix,
    /// `code`, after a word of a second factor.
    Code,
    /// `answer`, after `security` and the like.
    Answer,
    /// Whose `pass` and `pw` are passwords and nothing else: `db_pass`, `rootpw`.
    Owner,
    /// `phrase`, after `pass`, `seed` and the like.
    Phrase,
    SecondFactor,
    /// At the end of a key, says that the value is about the secret, not the secret: `token_count`.
    Neutral,
    /// Before `key`, says that the key is no secret: `cache_key`.
    Kept,
    /// At the beginning: `max_tokens`, `has_password`.
    NeutralFirst,
    /// Who gives out keys: `mailgun_key`, and a value without order right behind the name.
    Vendor,
    First,
    Last,
    Street,
    Person,
}

impl Word {
    /// May a key be sensitive through this word? The others only refine.
    pub(crate) const fn decides(self, names: bool, addresses: bool) -> bool {
        match self {
            Self::Is(Rule::Name) | Self::First | Self::Last | Self::Person => names,
            Self::Is(Rule::Address) | Self::Street => addresses,
            Self::Is(_) | Self::Key | Self::Soft | Self::SessionPrefix | Self::Code | Self::Answer | Self::Phrase => true,
            _ => false,
        }
    }
}

/// What announces a name and its password.
pub(crate) const CREDENTIALS: &str = "creds credentials zugangsdaten anmeldedaten credenciais credenciales credenziali inloggegevens";

/// Segments of keys, in the languages of the project's users.
const SEGMENTS: &[(Word, &str)] = &[
    (
        Word::Is(Rule::Password),
        "password passwords passwd pasword passwrd passphrase passcode passwort kennwort pswd psw mdp jelszava şifreniz şifresi salasanasi parolanız \
         пароля pwhash requirepass masterauth rootpw bindpw authtok senha senhas palavrapasse contrasena contraseña \
         contrasenya contrasinal pasahitza cyfrinair wagwoord nenosiri nywila motdepasse wachtwoord lösenord losenord lösenordet \
         passord passordet kodeord adgangskode adgangskoden salasana parool hasło haslo heslo jelszó \
         jelszo lozinka zaporka geslo şifre sifre slaptažodis slaptazodis fjalëkalimi fjalekalimi lykilorð matkhau katasandi пароль \
         паролем парола hasłem haslem hasła parol şifrə \
         лозинка סיסמה ססמה पासवर्ड 密码 密碼 口令 パスワード 비밀번호 패스워드 รหัสผ่าน סיסמא گذرواژه পাসওয়ার্ড கடவுச்சொல் సంకేతపదం პაროლი գաղտնաբառ",
    ),
    // words of other things too
    (Word::Is(Rule::Pass), "pass pw passe passkey clave parola parolă sifra šifra sandi khẩu laluan κωδικός المرور السر السري عبور 암호"),
    (Word::Is(Rule::Pwd), "pwd oldpwd"),
    (Word::Is(Rule::Secret), "secret secrets credential salt mnemonic seedphrase kek secrete secrète secreta segreta psk contribsys"),
    (Word::Is(Rule::Secret), CREDENTIALS),
    (Word::Is(Rule::Token), "token jwt bearer csrf xsrf csrfmiddlewaretoken jeton токен 令牌 トークン 토큰"),
    (Word::Is(Rule::Tokens), "tokens"),
    (Word::Is(Rule::ApiKey), "apikey apikeys secretkey accesskey privatekey privkey authkey masterkey 密钥 秘钥 密鑰 金鑰"),
    (Word::Is(Rule::Cookie), "cookie cookies"),
    (Word::Is(Rule::Authorization), "authorization authorisation"),
    (Word::Is(Rule::Session), "sessionid sessionkey phpsessid jsessionid sessid sid"),
    (Word::Is(Rule::Jwk), "d k p q dp dq qi"),
    (Word::Is(Rule::Cvv), "cvv cvc cvn csc kartenprüfnummer kartenprüfziffer cryptogramme"),
    (Word::Is(Rule::Pin), "pin puk geheimzahl пин 暗証番号"),
    (
        Word::Is(Rule::Otp),
        "otp totp verificação verificacao verificación verificacion vérification подтверждения bestätigungscode verifizierungscode \
         sicherheitscode bevestigingscode verificatiecode \
         verifieringskod weryfikacyjny jednorazowy doğrulama einmalcode beveiligingscode bekræftelseskode bekreftelseskoden \
         vahvistuskoodi vahvistuskoodisi verificare verifikasi pengesahan потвърждение підтвердження επαλήθευσής preverjanje האימות \
         التحقق التأكيد تایید 验证码 驗證碼 認証コード 確認コード 인증번호 인증코드",
    ),
    (Word::Key, "key keys schlüssel sleutel nyckel klucz ключ"),
    (
        Word::Qualifier,
        "api pix priv signing sign encryption decryption master license licence service account \
         storage shared client app application consumer deploy ssh webhook integration admin root user subscription symmetric aes pragma \
         rsa tls ssl pgp gpg ingestion ingest setup partner write tunnel enrollment unseal agent cipher provisioning",
    ),
    (Word::Soft, "private access auth signature sig hmac pat crumb verifier encrypt ntlm nthash lmhash ntlmhash"),
    (Word::SessionPrefix, "session"),
    (Word::Code, "code codes código codigo kod kodu kodunuz kód kódja kódod код कोड"),
    (Word::Answer, "answer answers"),
    (
        Word::Phrase,
        "phrase seed confirmação confirmación connexion acesso acceso accès πρόσβασης доступа dostępu seguridad segurança sécurité \
         sicurezza verifica",
    ),
    (
        Word::SecondFactor,
        "ověřovací overovací potvrdni ellenőrző megerősítő giriş सत्यापन verification confirmation authentication authenticator unlock \
         login mfa 2fa fa factor sms onetime backup recovery security pairing activation",
    ),
    (
        Word::Owner,
        "db dba database adm sa sudo become my usr smtp imap pop mail ftp sftp proxy keystore truststore store vnc rdp wifi wlan vpn \
         ppp pppoe \
         smb cifs ldap bind sql mysql mariadb postgres pg oracle mongo mongodb rabbitmq mq broker kafka elastic jenkins zip pfx jks \
         cert enable req enc \
         vault ansible svc srv net ipmi bmc ilo idrac snmp router switch wp web http https guest default new old confirm",
    ),
    (
        Word::Neutral,
        "count counts counter type types kind name names id ids expiry expires expiration expired exp ttl lifetime length len size limit \
         limits policy policies field fields label url uri endpoint path file filename dir status state valid validity validator \
         validators \
         validation hashers hasher required enabled disabled changed change reset strength age version algorithm alg format usage used \
         remaining budget cost rate at in on date time timestamp timeout created updated attempts retries err error errors message rules \
         issuer audience scope scopes method class model manager provider handler view form four prefix present inactive management \
         exception ref refs reference hashing \
         iterations rounds ms seconds minutes hours days command delay stdin env fd interval threshold failures help domain samesite \
         httponly consent param cidrs set maps supported encoder encoders placeholder \
         mismatch invalid incorrect backend variable regex regexp re pattern template templates subject hint hints title checked score region \
         missing level balance symbol decimals",
    ),
    (
        Word::Kept,
        "public pub publishable cache primary foreign unique duplicate sort partition routing shard idempotency dedup deduplication \
         object row \
         index hash hashes sha commit digest checksum etag fingerprint md5 sha1 sha256 sha512 trace span request correlation event \
         group lookup lock redis s3 bucket blob upload translation locale cursor offset node thumbnail asset site socket",
    ),
    (Word::NeutralFirst, "max min num total has is use require requires show allow prompt completion"),
    (
        Word::Vendor,
        "abstractapi abuseipdb accuweather adafruit adobe adyen aerisweather aeroworkflow aikido airbrake airbyte airtable airvisual \
         aiven akamai alchemyapi alconost alegra aletheiaapi algolia alibaba alienvault aliyun allsports alphavantage amplitude anthropic \
         anypoint anyscale api2convert apifonica apify apilayer apimatic apitemplate appcenter appfigures appfollow appointedd appsflyer \
         appsynergy apptivo appveyor arcjet asana assemblyai atlassian avalara avaza aviationstack awin aylien ayrshare azure baremetrics \
         besnappy betteruptime binance bitbar bitbucket bitfinex bitmex bitrise blitapp blockcypher blockfrost blynk boostnote borgbase \
         braintree brandfetch brevo brightlocal browserstack bscscan buddyns bugherd bugsnag buildkite caflou calcom calorieninja censys \
         chargebee chartmogul cielo circleci clarifai clearbit clevertap clickatell clickup clinchpad cloudconvert cloudflare cloudinary \
         cloudmersive cloudsmith cloverly cockroachlabs codacy cohere coinbase coingecko coinlib coinmarketcap cometchat coralogix \
         couchbase coveralls crowdin crowdstrike cryptocompare dareboost deepai deepgram deepl deepseek deezer detectify diffbot \
         diggernaut digitalocean discogs discord dnscheck dnsimple docusign doppler dovico dronahq dropbox duffel dynatrace \
         eagleeyenetworks easypost ecostruxure edamam edusign elevenlabs etherscan exchangerateapi exchangeratesapi facebook fakejson \
         fibery figma finnhub fivetran fixer fixerio flatio flickr flutterwave freshbooks freshdesk freshservice fxmarket gengo geocodify \
         geocodio geoipifi getresponse getsandbox ghostinspector giphy github gitlab gitter gocardless godaddy goodreads goshippo \
         gosquared grafana groovehq groq gumroad gyazo happyscribe hellosign heroku honeybadger honeycomb hootsuite hotjar hubspot \
         huggingface hybiscus iexapis imagekit imgbb imgix imgur influxdb infura ipapi ipdata ipgeolocation ipify ipinfo ipquality \
         ipstack jfrog jira jotform jumpseller kaggle kakaotalk kaleyra karmacrm keenio keycdn keygen kickbox klarna klaviyo knapsackpro \
         kraken kucoin kylas launchdarkly leankit lemonsqueezy linode logdna logrocket logzio lokalise loyverse madkudu mailboxlayer \
         mailchimp mailerlite mailersend mailgun mailjet mailosaur mailtrap mandrill mapbox mapquest marketstack mattermost maxmind \
         mediastack meilisearch meistertask mesibo midise mistral mixpanel moengage mojohelpdesk mollie moosend moralis mux \
         nasdaqdatalink netcore nethunt netlify neutrinoapi newrelic nexmo nftport ngrok nordigen nozbe nylas nytimes oanda ocrspace okta \
         omdb omnisend onedrive onelogin onesignal onwaterio oopspam opsgenie optimizely owlbot paddle pandadoc pandascore paperform \
         papertrail parsehub passbase paydirtapp paypal paystack pdflayer pdfmyurl pdfshift pepipost pexels pinecone pingdom pinterest \
         pipedrive pivotaltracker pixabay plaid plivo polygonio positionstack powrbot prerender printfection printful printify \
         prospectcrm prospectio proxycrawl pubnub pulumi pusher qdrant qualaroo qualtrics quandl quicknode rapidapi raygun razorpay \
         recurly redbooth revampcrm revenuecat ritekit roblox rollbar rubygems runrunit salesforce samsara satismeter saucelabs scaleway \
         scalyr scrapeowl scraperapi scrapestack scrapingant scrapingbee scrutinizer securitytrails sellfy serpapi serpstack sheety \
         sherpadesk shippo shipstation shodan shotstack shutterstock simfin simplesat skrappio skybiometry skyscanner slack smartsheet \
         smartystreets smooch smsapi snyk sonar sonarcloud sonarqube sparkpost spoonacular spotify squarespace squareup sslmate stackpath \
         strava stytch sugester sumologic supabase surveymonkey swiftype tailscale tallyfy tatum tavily teamwork telegram telnyx tencent \
         theoddsapi thinkific ticketmaster tiingo tmdb todoist togetherai toggl tomorrowio tomtom transifex travisci trello twelvedata \
         twilio twitch twitter uclassify unsplash upcdn uptimerobot urlscan vbout vercel verimail vimeo virustotal vonage voodoosms \
         vouchery voyageai vultr wakatime wandb weatherapi weatherbit weatherstack weaviate webengage webflow whoisxmlapi wolframalpha \
         woocommerce worldweather wpengine wrike xendit yelp youtube zendesk zenkit zenrows zenscrape zenserp zeplin zerobounce zilliz \
         zipapi zipbooks zipcodeapi zipcodebase zoho zonkafeedback zoom",
    ),
    // names and postal addresses, for the presets that take them
    (Word::First, "first full given middle holder billing legal preferred"),
    (Word::Last, "last family maiden"),
    (
        Word::Person,
        "payer contact pupil student teacher guardian parent customer patient employee cardholder mother father beneficiary recipient \
         sender",
    ),
    (
        Word::Is(Rule::Name),
        "surname firstname lastname fullname apelido nome vorname nachname familienname prénom prenom apellido apellidos \
         sobrenome cognome nombre nom achternaam voornaam imie imię nazwisko jmeno prijmeni jméno příjmení isim имя 이름 keresztnév \
         vezetéknév прізвище фамилия отчество \
         επώνυμο soyad soyadı etunimi sukunimi förnamn efternamn fornavn etternavn efternavn 姓名 氏名 성명",
    ),
    (
        Word::Is(Rule::Address),
        "morada endereco endereço postcode zipcode logradouro domicilio calle rue adresse 地址 주소 dirección direccion anschrift \
         indirizzo adres adresa \
         адрес адреса διεύθυνση bydliště lakcím osoite 住所 ulica alamat straße strasse",
    ),
    (Word::Street, "street address"),
];

/// Vendors with whose first four letters too many other words begin: they make a key one of the vendor, but are not looked for in a text.
const QUIET_VENDORS: &str = "2captcha 2gis allegro amap appwrite asaas baichuan belvo bitrix24 bunnynet capsolver civo conekta contabo \
culqi \
                      daraja daytona exoscale gandi gcore gupshup hetzner holded huaweicloud imoje infisical infomaniak inwx ionos \
                      instana iugu kakao kamatera koyeb livekit mercadopago midtrans minimax motherduck muxdata naver netbird northflank \
                      omise ovh pagarme pagseguro payjp paytm payu phonepe pluggy porkbun przelewy24 rdstation runpod selectel shopee \
                      sumup storj thingspeak tiendanube tinybird tosspayments turso typesense upcloud vtex wati wechat wompi xata yookassa \
                      zadarma zalo zenvia zhipu \
                      abyssale adzuna aftership airship amadeus apacta apideck apiflash appcues appdynamics artifactory autodesk \
                      autopilot aviationedge backblaze bannerbear baselime basistheory beebole betterstack billomat bitcoinaverage \
                      bitly blazemeter blocknative branchio browserbase browshot builderio bulksms buttercms calendarific calendly \
                      campaignmonitor campayn capsulecrm captaindata cartesia chatfuel checio checkly checkmarket checkr checkvist \
                      clearout clickhelp clicksend cliengo clockify cloudelements cloudimage cloudsight clustdoc codeclimate \
                      codecov codemagic codequiry coinapi coinlayer commercejs configcat confluent contentful contentstack \
                      conversiontools convertapi convertkit convier countrylayer craftmypdf createsend crossbrowsertesting \
                      crossmint currencycloud currencyfreaks currencylayer currencyscoop currentsapi customerguru customerio \
                      dailyco databricks datadog datafire datarobot debounce detectlanguage disqus distribusion docparser dwolla \
                      dynadot dynalist dyspatch easyinsight elasticemail elasticpath emailoctopus equinix ethplorer etsy \
                      eventbrite everhour eversign exchangerate exportsdk extractorapi faceplusplus fastforex fastly fastspring \
                      fetchrss fileio filestack finage financialmodelingprep firebase flagsmith flightapi flightlabs flightstats \
                      flowdash flowdock flowflu formbucket formcraft formio formsite formstack foursquare frameio freshworks \
                      fullcontact fullstory fusebill geckoboard geoapify getgeoapi glassnode gocanvas graphcms graphhopper \
                      gtmetrix hasura helpcrunch helpscout hereapi hightouch holidayapi hypeauditor hypertrack iconfinder iexcloud \
                      imagga infobip infracost insightly instabot instagram instamojo integromat intercom interseller intrinio \
                      invoiceocean ipqualityscore jsonbin jumpcloud kanbantool klipfolio langfuse langsmith languagelayer lastfm \
                      lemlist lendflow lightstep linkedin linkpreview liveagent livechat livestorm loadmill locationiq loggly \
                      loginradius magicbell mailmodo mailsac mavenlink meaningcloud meraki messagebird messari metrilo mindmeister \
                      mixmax monkeylearn moonclerk msg91 newsapi newscatcher nicehash nicereply nubela numverify nutritionix \
                      onedesk onepagecrm openai opencage openrouter opensea openuv openweather openweathermap opsera optidash \
                      overloop packagecloud pagerduty paralleldots parseur partnerstack paymo paymongo pendo peopledatalabs \
                      phantombuster pipedream planetscale planyo poloniex postbacks posthog postman postmark prodpad productboard \
                      pulsedive pushbullet pushover quaderno rebrandly refiner repairshopr restpack ringcentral rocketreach \
                      rockset rudderstack runscope salesblink salescookie salesflare salesmate scraperbox scrapfly scrapingdog \
                      screenshotapi screenshotlayer selectpdf sendbird sendgrid sendinblue sendoso sentry serphouse servicenow \
                      shipday shopify signable signalwire signaturit signoz signupgenius simplybook simplynoted sinch siteleaf \
                      snipcart speechtext splunk sportradar sportsmonk statuscake statuspage statuspal stitchdata storecove \
                      stormboard stormglass storyblok stripe sumsub supernotes supportbee surveyanyplace surveysparrow survicate \
                      taxjar technicalanalysisapi telesign testingbot textmagic thousandeyes tickettailor timecamp timekit \
                      timezoneapi timezonedb tmetric tradier transferwise travelpayouts tyntec typeform typetalk ubidots unifyid \
                      uploadcare uploadthing upstash urlbox userstack vatlayer veriphone versioneye visualcrossing voicegain \
                      vpnapi walkscore webex websitepulse whoxy wistia wordsapi worksnaps workstack worldcoinindex yandex \
                      youneedabudget zapier \
                      africastalking attio bamboohr baserow bigmodel braintrust cerebras chapa coze dashscope dify docuseal easyship \
                      firecrawl hcloud inngest iyzico jina kakaopay kavenegar kushki monnify moodle moonshot moyasar myfatoorah novita \
                      okra \
                      adafruitio alpaca apptentive auth0 authy baidu basecamp beamer benzinga bigcommerce bitbank \
                      bittrex braze bybit cashfree chargify closeio cloudns commercetools databento datocms devcycle \
                      dialpad directus dnsmadeeasy ecobee engagespot eodhd esri filebase finicity flightaware gitea \
                      greenhouse growthbook hibob hygraph igdb instatus jawg keycloak lithic liveblocks logtail \
                      loqate losant lufthansa mapillary maptiler marketaux marqeta matomo meteoblue meteomatics \
                      metronome modulr namecheap namesilo newsdata nordvpn nuget okx onfleet openaq openrouteservice \
                      opentripmap outscraper pinata pirateweather plausible prestashop prismic qiniu quickbooks rapyd \
                      rawg recaptcha reddit revolut rewardful rippling salesloft sanityio smartling smartthings \
                      statsig strapi tenable thetvdb thingsboard thunderforest tiktok tolgee traveltime treasuryprime \
                      tuya umami unleash walmart wasabi weblate what3words whatsapp woopra workable worldtides xero \
                      yoco zerotier zoominfo \
                      paymob paytr perplexity personio pipefy sambanova sendcloud signwell siliconflow termii tinkoff turbopuffer \
                      volcengine workos yousign";

/// A word and all that it means.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Entry {
    /// Its first sixteen bytes.
    start: [u64; 2],
    pub(crate) word: &'static str,
    pub(crate) segment: Word,
    pub(crate) context: u64,
    roles: u8,
}

impl Entry {
    /// Is it a sensitive key by itself?
    pub(crate) const fn is_sensitive(&self) -> bool {
        matches!(self.segment, Word::Is(_)) && !matches!(self.segment, Word::Is(Rule::Jwk))
    }
}

/// What a word is for a number near it, beside what it announces; one bit each.
pub(crate) mod role {
    /// `number`.
    pub(crate) const NUMBER: u8 = 1;
    /// May stand before such a word: `tax file number`.
    pub(crate) const BETWEEN: u8 = 2;
    /// Links the two: `número de identificação`.
    pub(crate) const OF: u8 = 4;
    /// Says that the number is one of money or of things.
    pub(crate) const MEASURE: u8 = 8;
    /// Says the same behind it.
    pub(crate) const UNIT: u8 = 16;
    /// The word means nothing else.
    pub(super) const ALONE: u8 = 128;
}

const ROLES: &[(u8, &str)] =
    &[(role::NUMBER, NUMBERS), (role::BETWEEN, BETWEEN), (role::OF, OF), (role::MEASURE, MEASURES), (role::UNIT, UNITS)];

/// Places for words, by their hash: a power of two, of which half at least stays free.
const SLOTS: usize = 8192;

/// The vocabulary. Most words of a text are not in it, and a look at one slot says so.
struct Table {
    /// A part of a word's hash, and its position among the entries, from one on.
    slots: Vec<(u16, u16)>,
    entries: Vec<Entry>,
}

static WORDS: LazyLock<Table> = LazyLock::new(|| {
    let vendor = |segment: Word| if segment == Word::Vendor { VENDOR } else { 0 };
    let segments = SEGMENTS.iter().map(|&(segment, words)| (words, segment, vendor(segment)));
    let quiet = std::iter::once((QUIET_VENDORS, Word::Vendor, 0));
    let context = CONTEXT.iter().map(|&(context, words)| (words, Word::Plain, context));
    let mut table = Table { slots: vec![(0, 0); SLOTS], entries: Vec::new() };
    for (words, segment, context) in segments.chain(quiet).chain(context) {
        for word in words.split_ascii_whitespace() {
            table.add(word, segment, 0, |entry| entry.context |= context);
        }
    }
    for &(role, words) in ROLES {
        for word in words.split_ascii_whitespace() {
            table.add(word, Word::Plain, role::ALONE, |entry| entry.roles |= role);
        }
    }
    // the own names of numbers
    for detector in detect::ALL.iter() {
        let Find::Id { names, .. } = detector.find else { continue };
        for word in names.split_ascii_whitespace() {
            if let Ok(position) = table.find(start(word.as_bytes()), word.len())
                && let Some(entry) = table.entries.get_mut(position)
            {
                entry.context |= context::name(word.as_bytes());
            }
        }
    }
    table
});

impl Table {
    /// The position of a word among the entries; of one that is not there, the slot for it and the part of its hash.
    #[inline(always)]
    fn find(&self, start: [u64; 2], length: usize) -> Result<usize, (usize, u16)> {
        let [low, high] = start;
        let hash = (low ^ high ^ length as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        let part = (hash >> 32) as u16;
        let mut slot = (hash >> (u64::BITS - SLOTS.ilog2())) as usize;
        while let Some(&(its, position @ 1..)) = self.slots.get(slot) {
            let position = usize::from(position) - 1;
            let is_it = |entry: &Entry| entry.start == start && entry.word.len() == length;
            if its == part && self.entries.get(position).is_some_and(is_it) {
                return Ok(position);
            }
            slot = (slot + 1) % SLOTS;
        }
        Err((slot, part))
    }

    /// Adds a word unless it is there, and what it means.
    fn add(&mut self, word: &'static str, segment: Word, roles: u8, mean: impl FnMut(&mut Entry)) {
        let start = start(word.as_bytes());
        let position = self.find(start, word.len()).unwrap_or_else(|(slot, part)| {
            self.entries.push(Entry { start, word, segment, context: 0, roles });
            self.slots.iter_mut().skip(slot).take(1).for_each(|free| *free = (part, self.entries.len() as u16));
            self.entries.len() - 1
        });
        self.entries.iter_mut().skip(position).take(1).for_each(mean);
    }

    #[inline]
    fn get(&self, word: &[u8]) -> Option<&Entry> {
        self.entries.get(self.find(start(word), word.len()).ok()?)
    }
}

/// The first sixteen bytes of a word without the case of its letters; nothing else in a word depends on that bit.
#[inline(always)]
fn start(word: &[u8]) -> [u64; 2] {
    const CASE: u64 = u64::from_le_bytes([0x20; 8]);
    let first = sixteen(word);
    let (low, high) = first.split_at(8);
    [low, high].map(|half| half.first_chunk().map_or(0, |half| u64::from_le_bytes(*half)) | CASE)
}

/// What a word means, whatever its case. Words of more than sixteen bytes are told by those and by their length.
#[inline]
pub(crate) fn get(word: &[u8]) -> Option<&'static Entry> {
    WORDS.get(word).filter(|entry| entry.roles & role::ALONE == 0)
}

/// The [roles](role) of a word, whatever its case.
pub(crate) fn roles(word: &[u8]) -> u8 {
    WORDS.get(&lower(word)).map_or(0, |entry| entry.roles)
}

/// A capital's small letter, in the alphabets of Latin, Greek and Cyrillic.
fn small(c: char) -> char {
    let code = c as u32;
    let small = match code {
        0xc0..=0xde | 0x391..=0x3a9 | 0x410..=0x42f => code + 0x20,
        0x100..=0x137 | 0x14a..=0x177 => code | 1,
        0x139..=0x148 | 0x179..=0x17e => code + (code & 1),
        0x400..=0x40f => code + 0x50,
        _ => code,
    };
    char::from_u32(small).unwrap_or(c)
}

/// A small letter's capital, likewise.
fn capital(c: char) -> char {
    let code = c as u32;
    let of = |distance: u32| code.checked_sub(distance).and_then(char::from_u32).filter(|&capital| capital != c && small(capital) == c);
    [0x20, 1, 0x50].into_iter().find_map(of).unwrap_or(c)
}

/// A word in small letters; ASCII as it is, since nothing looks at its case.
#[inline]
pub(crate) fn lower(word: &[u8]) -> Cow<'_, [u8]> {
    if word.is_ascii() {
        return Cow::Borrowed(word);
    }
    match std::str::from_utf8(word) {
        Ok(word) => Cow::Owned(word.chars().map(small).collect::<String>().into_bytes()),
        Err(_) => Cow::Borrowed(word),
    }
}

/// A word as it may be written: in small letters, and with letters beyond ASCII in capitals, the first or all of them.
pub(crate) fn cases(word: &str) -> impl Iterator<Item = Cow<'_, [u8]>> {
    let others = [1, usize::MAX].into_iter().filter(|_| !word.is_ascii()).map(|count| {
        let written = word.chars().enumerate().map(|(i, c)| if i < count { capital(c) } else { c });
        Cow::Owned(written.collect::<String>().into_bytes())
    });
    std::iter::once(Cow::Borrowed(word.as_bytes())).chain(others)
}

/// The context that the segments of a key give to its value.
pub(crate) fn context<'s>(segments: impl Iterator<Item = &'s [u8]>) -> u64 {
    let mut segments = segments.peekable();
    let mut all = 0;
    // what the segments before would say before `number`; `numero_fiscal` has it before
    let (mut awaited, mut numbered) = (0, false);
    let mut previous: &[u8] = b"";
    while let Some(segment) = segments.next() {
        // `id_number`
        let id = bytes::words!("id").has(segment) && segments.peek().is_some_and(|next| roles(next) & role::NUMBER != 0);
        let context = match get(&lower(segment)) {
            Some(entry) if !bytes::words!("number nummer").has(segment) => entry.context,
            _ => 0,
        };
        if is_number(segment, awaited) || id {
            all |= called(if id { awaited | NATIONAL } else { awaited }) | uncalled(context);
            (awaited, numbered) = (context, true);
            continue;
        }
        let banked = context & ACCOUNT != 0 && all & BANK != 0;
        awaited = if is_between(segment) { awaited } else { 0 } | context;
        all |= match numbered || banked {
            true => called(context),
            false => uncalled(context),
        };
        numbered &= roles(segment) & role::OF != 0;
        // `tax_total`
        if all != 0 && segments.peek().is_none() && is_measure(segment) {
            return all & VERSION;
        }
        if is_event(previous, segment) {
            all &= !PHONE;
        }
        previous = segment;
    }
    all
}

/// Do these words name a call, a message or a row, and nobody who is called: `call id`, `sms_id`, `phone_id`?
pub(crate) fn is_event(event: &[u8], id: &[u8]) -> bool {
    id.eq_ignore_ascii_case(b"id") && bytes::words!("call sms phone").has(event)
}

/// What a word says whose number follows: any number, if it is one of a person or a company, and an account if it is one of a bank.
pub(crate) fn called(context: u64) -> u64 {
    context & !PHRASE | if context & (DOCUMENTS | HOMONYM) != 0 { PHRASE } else { 0 } | if context & BANK != 0 { ACCOUNT } else { 0 }
}

/// What a word says where no number is spoken of: some words are the names of numbers themselves.
pub(crate) fn uncalled(context: u64) -> u64 {
    match (context & PHRASE != 0, context & NAMED != 0 && context & (NATIONAL | TAX) != 0) {
        (true, _) => 0,
        (_, true) => called(context),
        _ => context,
    }
}

/// May this word stand between one that says what a number is and `number`: `tax file number`, `social insurance no`?
pub(crate) fn is_between(word: &[u8]) -> bool {
    roles(word) & role::BETWEEN != 0
}

/// Is this a word of money or of how much there is of something, so that the number behind it is none of anybody?
pub(crate) fn is_measure(word: &[u8]) -> bool {
    roles(word) & role::MEASURE != 0
}

/// Does this word make a number of the one before it, which says `context`?
pub(crate) fn is_number(word: &[u8], context: u64) -> bool {
    // the id of a company is one of a table
    let id = context & (NATIONAL | TAX) != 0 && context & COMPANY == 0;
    context != 0
        // nobody is called by a code
        && (roles(word) & role::NUMBER != 0 && !(context == PHONE | PHRASE && bytes::words!("code card").has(word))
            || id && bytes::words!("id ids identity identification reference").has(word)
            || context & SOCIAL != 0 && bytes::words!("security insurance sec").has(word)
            || context & PHONE != 0 && context::CALLED.has(word)
            || context & CARD != 0 && bytes::words!("method").has(word))
}

/// Every word of the vocabulary.
pub(crate) fn all() -> impl Iterator<Item = &'static Entry> {
    WORDS.entries.iter().filter(|entry| entry.roles & role::ALONE == 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::context::PHONE;

    #[test]
    fn every_word_is_found_once_with_all_it_means() {
        let words = SEGMENTS.iter().map(|(_, words)| words).chain(CONTEXT.iter().map(|(_, words)| words));
        for word in words.flat_map(|words| words.split_ascii_whitespace()) {
            assert_eq!(get(word.as_bytes()).map(|entry| entry.word), Some(word));
        }
        let mut segments: Vec<&str> = SEGMENTS.iter().flat_map(|(_, words)| words.split_ascii_whitespace()).collect();
        let count = segments.len();
        segments.sort_unstable();
        segments.dedup();
        assert_eq!(segments.len(), count, "a word is there twice");
        assert!(WORDS.entries.len() * 2 <= SLOTS);
    }

    #[test]
    fn words_have_no_case() {
        let sms = get(b"SMS");
        assert!(sms.is_some_and(|entry| entry.segment == Word::SecondFactor && entry.context == PHONE));
        assert!(get(b"monkey").is_none() && get(b"").is_none());
    }
}
