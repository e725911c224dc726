//! The words of keys by what they mean, and the vendors who give out keys: lists alone.

use super::rule::{Rule, Word};
use crate::scan::bytes::Words;

/// Keys whose value is the name of another key, or the path to it, as those who validate a form report what they refuse.
pub(crate) const NAME_KEYS: Words = Words::new(
    "name k key field id parameterkey type variable setting param parameter path loc property propertyname propertypath instancepath \
     attribute label option env column column_name field_name",
);
/// Keys of the value that belongs to that name.
pub(crate) const VALUE_KEYS: Words = Words::new(
    "v value values parametervalue val content default rejectedvalue attemptedvalue invalidvalue old new old_value new_value oldvalue newvalue \
     originalvalue received lhs rhs",
);

/// What announces a name and its password.
pub(crate) const CREDENTIALS: &str = "creds credentials zugangsdaten anmeldedaten credenciais credenciales credenziali inloggegevens";

/// Segments of keys, in the languages of the project's users.
pub(super) const SEGMENTS: &[(Word, &str)] = &[
    (
        // `assword`: what V8 quotes of JSON that it refuses is cut at both ends
        Word::Is(Rule::Password),
        "password passwords assword passwd pasword passwrd passphrase passcode passwort kennwort pswd psw mdp jelszava şifreniz şifresi \
         salasanasi parolanız пароля pwhash requirepass masterauth rootpw bindpw authtok senha senhas palavrapasse contrasena contraseña \
         contrasenya contrasinal pasahitza cyfrinair wagwoord nenosiri nywila motdepasse wachtwoord lösenord losenord lösenordet passord \
         passordet kodeord adgangskode adgangskoden salasana parool hasło haslo heslo jelszó jelszo lozinka zaporka geslo şifre sifre \
         slaptažodis slaptazodis fjalëkalimi fjalekalimi lykilorð matkhau katasandi пароль паролем парола hasłem haslem hasła parol şifrə \
         лозинка סיסמה ססמה पासवर्ड 密码 密碼 口令 パスワード 비밀번호 패스워드 รหัสผ่าน סיסמא گذرواژه পাসওয়ার্ড கடவுச்சொல் సంకేతపదం პაროლი գաղտնաբառ",
    ),
    // words of other things too
    (Word::Is(Rule::Pass), "pass pw passe passkey clave parola parolă sifra šifra sandi khẩu laluan κωδικός المرور السر السري عبور 암호"),
    (Word::Is(Rule::Pwd), "pwd oldpwd"),
    (
        Word::Is(Rule::Secret),
        "secret secrets credential salt mnemonic seedphrase kek secrete secrète secreta segreta segredo segreto geheimnis sekret секрет psk contribsys",
    ),
    (Word::Is(Rule::Secret), CREDENTIALS),
    (Word::Is(Rule::Token), "token jwt bearer csrf xsrf csrfmiddlewaretoken jeton токен 令牌 トークン 토큰"),
    (Word::Is(Rule::Tokens), "tokens"),
    (
        Word::Is(Rule::ApiKey),
        "apikey apikeys secretkey accesskey privatekey privkey authkey masterkey adminkey writekey signingkey serverkey consumerkey licensekey 密钥 秘钥 密鑰 金鑰",
    ),
    (Word::Is(Rule::Cookie), "cookie cookies"),
    (Word::Is(Rule::Authorization), "authorization authorisation"),
    (Word::Is(Rule::Session), "sessionid sessionkey phpsessid jsessionid sessid sid"),
    (Word::Is(Rule::Jwk), "d k p q dp dq qi"),
    (Word::Is(Rule::Cvv), "cvv cvc cvn csc kartenprüfnummer kartenprüfziffer cryptogramme"),
    (Word::Is(Rule::Pin), "pin puk geheimzahl пин 暗証番号"),
    (
        Word::Is(Rule::Otp),
        "otp totp verificação verificacao verificación verificacion vérification подтверждения bestätigungscode verifizierungscode \
         sicherheitscode bevestigingscode verificatiecode verifieringskod weryfikacyjny jednorazowy doğrulama einmalcode beveiligingscode \
         bekræftelseskode bekreftelseskoden vahvistuskoodi vahvistuskoodisi verificare verifikasi pengesahan потвърждение підтвердження \
         επαλήθευσής preverjanje האימות التحقق التأكيد تایید 验证码 驗證碼 認証コード 確認コード 인증번호 인증코드",
    ),
    (Word::Key, "key keys schlüssel sleutel nyckel klucz ключ"),
    (
        Word::Qualifier,
        "api pix priv signing sign encryption decryption master license licence service account storage shared client app application \
         consumer deploy ssh webhook integration admin root user subscription symmetric aes pragma rsa tls ssl pgp gpg ingestion ingest \
         setup partner write tunnel enrollment unseal agent cipher provisioning",
    ),
    (Word::Soft, "private access refresh auth userinfo signature sig hmac pat crumb verifier encrypt ntlm nthash lmhash ntlmhash"),
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
        "db dba database adm sa sudo become my usr smtp imap pop mail ftp sftp proxy keystore truststore store vnc rdp wifi wlan vpn ppp \
         pppoe smb cifs ldap bind sql mysql mariadb postgres pg oracle mongo mongodb rabbitmq mq broker kafka elastic jenkins zip pfx jks \
         cert enable req enc vault ansible svc srv net ipmi bmc ilo idrac snmp router switch wp web http https guest default new old \
         confirm",
    ),
    (
        Word::Neutral,
        "count counts counter type types kind name names id ids expiry expires expiration expired exp ttl lifetime length len size limit \
         limits policy policies field fields label url uri endpoint path file filename dir status state valid validity validator \
         validators validation hashers hasher required enabled disabled changed change reset strength age version algorithm alg format \
         usage used remaining budget cost rate at in on date time timestamp timeout created updated attempts retries err error errors \
         message rules issuer audience scope scopes method class model manager provider handler view form four prefix present inactive \
         management exception ref refs reference hashing iterations rounds ms seconds minutes hours days command delay stdin env fd \
         interval threshold failures help domain samesite httponly consent param cidrs set maps supported encoder encoders placeholder \
         mismatch invalid incorrect backend variable regex regexp re pattern template templates subject hint hints title checked score \
         region missing level balance symbol decimals spec specs info metadata source sources attribute attributes \
         expression expressions configuration configurations",
    ),
    (
        Word::Kept,
        "public pub publishable cache primary foreign unique duplicate sort partition routing shard idempotency dedup deduplication \
         object row index hash hashes sha commit digest checksum etag fingerprint md5 sha1 sha256 sha512 trace span request correlation \
         event group lookup lock redis s3 bucket blob upload translation locale cursor offset node thumbnail asset site socket",
    ),
    (Word::NeutralFirst, "max min num total has is use require requires show allow prompt completion add drop"),
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
        "surname firstname lastname fullname apelido nome vorname nachname familienname prénom prenom apellido apellidos sobrenome \
         cognome nombre nom achternaam voornaam imie imię nazwisko jmeno prijmeni jméno příjmení isim имя 이름 keresztnév vezetéknév \
         прізвище фамилия отчество επώνυμο soyad soyadı etunimi sukunimi förnamn efternamn fornavn etternavn efternavn 姓名 氏名 성명",
    ),
    (
        Word::Is(Rule::Address),
        "morada endereco endereço postcode zipcode logradouro domicilio calle rue adresse 地址 주소 dirección direccion anschrift indirizzo \
         adres adresa адрес адреса διεύθυνση bydliště lakcím osoite 住所 ulica alamat straße strasse",
    ),
    (Word::Street, "street address"),
];

/// Vendors with whose first four letters too many other words begin: they make a key one of the vendor, but are not looked for in a text.
pub(super) const QUIET_VENDORS: &str = "2captcha 2gis allegro amap appwrite asaas baichuan belvo bitrix24 bunnynet capsolver civo conekta \
    contabo culqi daraja daytona exoscale gandi gcore gupshup hetzner holded huaweicloud imoje infisical infomaniak inwx ionos instana \
    iugu kakao kamatera koyeb livekit mercadopago midtrans minimax motherduck muxdata naver netbird northflank omise ovh pagarme \
    pagseguro payjp paytm payu phonepe pluggy porkbun przelewy24 rdstation runpod selectel shopee sumup storj thingspeak tiendanube \
    tinybird tosspayments turso typesense upcloud vtex wati wechat wompi xata yookassa zadarma zalo zenvia zhipu abyssale adzuna \
    aftership airship amadeus apacta apideck apiflash appcues appdynamics artifactory autodesk autopilot aviationedge backblaze \
    bannerbear baselime basistheory beebole betterstack billomat bitcoinaverage bitly blazemeter blocknative branchio browserbase \
    browshot builderio bulksms buttercms calendarific calendly campaignmonitor campayn capsulecrm captaindata cartesia chatfuel checio \
    checkly checkmarket checkr checkvist clearout clickhelp clicksend cliengo clockify cloudelements cloudimage cloudsight clustdoc \
    codeclimate codecov codemagic codequiry coinapi coinlayer commercejs configcat confluent contentful contentstack conversiontools \
    convertapi convertkit convier countrylayer craftmypdf createsend crossbrowsertesting crossmint currencycloud currencyfreaks \
    currencylayer currencyscoop currentsapi customerguru customerio dailyco databricks datadog datafire datarobot debounce detectlanguage \
    disqus distribusion docparser dwolla dynadot dynalist dyspatch easyinsight elasticemail elasticpath emailoctopus equinix ethplorer \
    etsy eventbrite everhour eversign exchangerate exportsdk extractorapi faceplusplus fastforex fastly fastspring fetchrss fileio \
    filestack finage financialmodelingprep firebase flagsmith flightapi flightlabs flightstats flowdash flowdock flowflu formbucket \
    formcraft formio formsite formstack foursquare frameio freshworks fullcontact fullstory fusebill geckoboard geoapify getgeoapi \
    glassnode gocanvas graphcms graphhopper gtmetrix hasura helpcrunch helpscout hereapi hightouch holidayapi hypeauditor hypertrack \
    iconfinder iexcloud imagga infobip infracost insightly instabot instagram instamojo integromat intercom interseller intrinio \
    invoiceocean ipqualityscore jsonbin jumpcloud kanbantool klipfolio langfuse langsmith languagelayer lastfm lemlist lendflow lightstep \
    linkedin linkpreview liveagent livechat livestorm loadmill locationiq loggly loginradius magicbell mailmodo mailsac mavenlink \
    meaningcloud meraki messagebird messari metrilo mindmeister mixmax monkeylearn moonclerk msg91 newsapi newscatcher nicehash nicereply \
    nubela numverify nutritionix onedesk onepagecrm openai opencage openrouter opensea openuv openweather openweathermap opsera optidash \
    overloop packagecloud pagerduty paralleldots parseur partnerstack paymo paymongo pendo peopledatalabs phantombuster pipedream \
    planetscale planyo poloniex postbacks posthog postman postmark prodpad productboard pulsedive pushbullet pushover quaderno rebrandly \
    refiner repairshopr restpack ringcentral rocketreach rockset rudderstack runscope salesblink salescookie salesflare salesmate \
    scraperbox scrapfly scrapingdog screenshotapi screenshotlayer selectpdf sendbird sendgrid sendinblue sendoso sentry serphouse \
    servicenow shipday shopify signable signalwire signaturit signoz signupgenius simplybook simplynoted sinch siteleaf snipcart \
    speechtext splunk sportradar sportsmonk statuscake statuspage statuspal stitchdata storecove stormboard stormglass storyblok stripe \
    sumsub supernotes supportbee surveyanyplace surveysparrow survicate taxjar technicalanalysisapi telesign testingbot textmagic \
    thousandeyes tickettailor timecamp timekit timezoneapi timezonedb tmetric tradier transferwise travelpayouts tyntec typeform typetalk \
    ubidots unifyid uploadcare uploadthing upstash urlbox userstack vatlayer veriphone versioneye visualcrossing voicegain vpnapi \
    walkscore webex websitepulse whoxy wistia wordsapi worksnaps workstack worldcoinindex yandex youneedabudget zapier africastalking \
    attio bamboohr baserow bigmodel braintrust cerebras chapa coze dashscope dify docuseal easyship firecrawl hcloud inngest iyzico jina \
    kakaopay kavenegar kushki monnify moodle moonshot moyasar myfatoorah novita okra adafruitio alpaca apptentive auth0 authy baidu \
    basecamp beamer benzinga bigcommerce bitbank bittrex braze bybit cashfree chargify closeio cloudns commercetools databento datocms \
    devcycle dialpad directus dnsmadeeasy ecobee engagespot eodhd esri filebase finicity flightaware gitea greenhouse growthbook hibob \
    hygraph igdb instatus jawg keycloak lithic liveblocks logtail loqate losant lufthansa mapillary maptiler marketaux marqeta matomo \
    meteoblue meteomatics metronome modulr namecheap namesilo newsdata nordvpn nuget okx onfleet openaq openrouteservice opentripmap \
    outscraper pinata pirateweather plausible prestashop prismic qiniu quickbooks rapyd rawg recaptcha reddit revolut rewardful rippling \
    salesloft sanityio smartling smartthings statsig strapi tenable thetvdb thingsboard thunderforest tiktok tolgee traveltime \
    treasuryprime tuya umami unleash walmart wasabi weblate what3words whatsapp woopra workable worldtides xero yoco zerotier zoominfo \
    paymob paytr perplexity personio pipefy sambanova sendcloud signwell siliconflow termii tinkoff turbopuffer volcengine workos yousign hunterio zulip meetup \
    splitio gorgias iterable activecampaign aweber constantcontact infusionsoft marketo sailthru neverbounce snovio ipregistry \
    bigdatacloud bitstamp gateio deribit covalent ankr chainstack thirdweb textlocal smsglobal codefresh deepsource veracode semgrep \
    hostinger clevercloud scalingo appsignal logentries sematext sysdig tradingview fireworksai deepinfra baseten writesonic \
    stabilityai textrazor trackingmore magento formspree rocketchat oxylabs brightdata webshare zyte crawlbase canva confluence \
    truelayer onfido fusionauth fatsecret zomato seatgeek bandsintown soundcloud fitbit ifttt";
