//! Values under sensitive keys: `password=…`, `"api_key": "…"`, `Cookie: …`. The keys themselves are in `walk::field`.

use super::{ALWAYS, CAREFUL, Detector, DetectorId, Find, PAYMENT, position, texts};
use crate::policy::{Action, Preset};

pub(crate) const PASSWORD: DetectorId = position("credential.password");
pub(crate) const SECRET: DetectorId = position("generic.secret");
pub(crate) const API_KEY: DetectorId = position("generic.api-key");
pub(crate) const AWS_SECRET: DetectorId = position("secret.aws-secret-key");
pub(crate) const TOKEN: DetectorId = position("generic.token");
pub(crate) const SESSION: DetectorId = position("credential.session");
pub(crate) const COOKIE: DetectorId = position("credential.cookie");
pub(crate) const AUTHORIZATION: DetectorId = position("credential.authorization");
pub(crate) const CVV: DetectorId = position("payment.cvv");
pub(crate) const PIN: DetectorId = position("credential.pin");
pub(crate) const OTP: DetectorId = position("credential.otp");
pub(crate) const NAME: DetectorId = position("contact.name");
pub(crate) const ADDRESS: DetectorId = position("contact.address");
pub(crate) const FIELD: DetectorId = position("custom.field");
pub(crate) const KNOWN: DetectorId = position("custom.known-value");

const fn detector(
    id: &'static str,
    presets: &'static [Preset],
    examples: &'static [&'static str],
    counter_examples: &'static [&'static str],
) -> Detector {
    Detector { id, find: Find::Key, action: Action::Mask, presets, references: &[], examples, counter_examples }
}

pub(crate) const DETECTORS: &[Detector] = &[
    detector(
        "credential.password",
        ALWAYS,
        texts![
            "login with password: «hunter2»",
            "DB_PASSWORD=«s3cr3t!x» host=db",
            r#"{"userPassword": "«corr ect»"}"#,
            "sign-in with password «Tr0ub4dor&3» failed",
            "login ana\npassword «sunflower»\n",
            "Password for ana was set to «Sunfl0wer»",
            "wachtwoord: «zonnebloem»",
            "пароль: «podsolnuh»",
            "A senha é «Girassol12»",
            "requirepass «sunflower»",
            "Your temporary password is «sunflower».",
            "db_pass: «sunflower»",
            "[('user', 'ana'), ('password', '«sunflower»')]",
            "<property name=\"password\">«sunflower»</property>",
            "{\"name\": \"DB_PASSWORD\", \"value\": \"«sunflower»\"}",
            "INSERT INTO u (name, password) VALUES ('ana', '«sunflower»')",
            "curl -X POST https://example.org \\\n  -u ana:«sunflower»\n",
            "mysqldump -u root -p«sunflower» shop",
            "CREATE USER ana IDENTIFIED BY «sunflower»;",
            "new DirectoryEntry(\"LDAP://corp\", \"svc\", \"«sunflower»\")",
            "HTTPBasicAuth('ana', '«sunflower»')",
            "username ana privilege 15 password 7 «0822455D0A16»",
            "--db-password «sunflower»",
            "rootpw «Sunfl0wer»",
            "SetEnv DB_PASSWORD «Sunfl0wer»",
            "db.example.org:5432:app:ana:«Sunfl0wer»",
            "COPY u (name, password) FROM stdin;\nana\t«Sunfl0wer»\n",
            "334 UGFzc3dvcmQ6\n«c3VuZmxvd2Vy»\n",
            "{\"Name\": \"/prod/db/password\", \"Type\": \"SecureString\", \"Value\": \"«sunflower»\"}",
            "name  = \"/db/password\"\ntype  = \"SecureString\"\nvalue = \"«sunflower»\"\n",
            "variable \"db_password\" {\n  description = \"of the database\"\n  default = \"«sunflower»\"\n}\n",
            "public string Password { get; set; } = \"«sunflower»\";",
            "password: str = Field(default=\"«sunflower»\", description=\"x\")",
            "$pw = ConvertTo-SecureString '«sunflower»' -AsPlainText -Force",
            "Map(\"user\" -> \"ana\", \"password\" -> \"«Sunfl0wer»\")",
            "stats auth ana:«Sunfl0wer»",
            "carol : EAP \"«Sunfl0wer»\"",
            "set snmp community «Sunfl0wer» authorization read-only",
            "aaa-server LAN (inside) host 10.1.1.7 «Sunfl0wer» timeout 10",
            "vault kv put secret/app db=«sunflower»",
            "jwt.sign({ id: 1 }, \"«sunflower»\", { expiresIn: \"1h\" })",
            "app.use(cookieParser(\"«sunflower»\"))",
            "pаsswоrd=«sunflower»"
        ],
        texts![
            "password reset requested",
            "password_changed_at=2024-05-01",
            "password=${DB_PASSWORD}",
            "max_password_length: 64",
            "compass: 12",
            "invalid password for user ana",
            "user ana\npassword expired for ana\n",
            "password set to expire in 30 days",
            "passwd: password updated successfully",
            "wachtwoord gewijzigd",
            "пароль сброшен",
            "first_pass: done",
            "('username', 'password')",
            "<label for=\"password\">Password</label>",
            "{\"name\": \"password\", \"type\": \"string\"}",
            "INSERT INTO u (name, password) VALUES (%s, %s)",
            "curl -L https://example.org \\\n  -o out.txt\n",
            "mysql -u root -p < shop.sql",
            "a process identified by name",
            "no such directory (\"a\", \"b\", \"c\")",
            "authenticate(request, \"ana\")",
            "username ana logged in",
            "--password-file /run/secrets/db",
            "docker login --username app --password-stdin registry.example.org",
            "\"password = \" + password",
            "password = input(\"Password: \")",
            "the default password is insecure",
            "a senha é obrigatória",
            "requirepass is not set",
            "password_hash varchar(128)",
            "localhost:9092:topic:part:ready",
            "pwd=/home/ana/project",
            "passwords=12 checked",
            "login(user=user, password=password)",
            "password: !Ref DbPassword",
            "{\"Name\": \"/prod/db/password\", \"Type\": \"SecureString\", \"Version\": 3}",
            "{\"Name\": \"/prod/db/host\", \"Value\": \"db.internal\"}",
            "public string Password { get; set; } = string.Empty;",
            "password: str = Field(..., description=\"x\")",
            "password: SecretStr = Field(default=\"\")",
            "$pw = Read-Host -AsSecureString",
            "\"password\" -> \"Passwort\"",
            "stats auth realm HAProxy",
            "EAP authentication completed",
            "snmp community string is missing",
            "aaa-server LAN (inside) host 10.1.1.7",
            "vault kv put -mount=secret app",
            "jwt.sign({ id: 1 }, privateKey, { algorithm: \"RS256\" })",
            "password: { type: String, required: true }",
            "\"password\": {\"type\": \"string\", \"minLength\": 8}",
            "password: op://Prod/db/password",
            "password: vault:secret/data/db#password"
        ],
    ),
    detector(
        "generic.secret",
        ALWAYS,
        texts![
            "client_secret=«9f8e7d6c5b4a»",
            "secret: «abc123def456»",
            "'credentials': '«ana:pw»'",
            "seed phrase: «river lamp stone cloud north paper green apple train music ocean light»"
        ],
        texts![
            "secret_name=db-main",
            "secretary: Ana",
            "secret: <hidden>",
            "secret=\"default/db-creds\"",
            "the secret (see the manual) is set",
            "secret = [your secret here]",
            "secret: app-credentials",
            "secrets: 3 loaded"
        ],
    ),
    detector(
        "generic.api-key",
        ALWAYS,
        texts![
            "X-Api-Key: «0a1b2c3d4e5f»",
            "X-Api-Key: «12345»",
            "apikey=«zyxwv98765»",
            "signing_key: «4f3e2d1c0b9a»",
            "deploy --api-key «zyxwv98765» --dry-run",
            "BASIC_AUTH=ana:«Sunfl0wer»",
            "acme api key «Zq7Lw2Xk9Rv4Tn8Ym3Hb6Jd1» rejected",
            "the acme api key is «9b2c1c9e-7a54-4c1b-8a51-0d3f6f1c2b3a», keep it",
            "new MailgunClient(\"«0f1e2d3c4b5a69788796a5b4c3d2e1f0»\")",
            "mixpanel.init(\"«0f1e2d3c4b5a69788796a5b4c3d2e1f0»\", { debug: true });",
            "geocoder = OpenCageGeocode('«0f1e2d3c4b5a69788796a5b4c3d2e1f0»')",
            "\"Mailchimp\": { \"Key\": \"«0f1e2d3c4b5a69788796a5b4c3d2e1f0-us21»\" }",
            "{\"username\": \"ana\", \"key\": \"«0f1e2d3c4b5a69788796a5b4c3d2e1f0»\"}",
            "variable \"acme_apikey\" { default = \"«Zq7Lk2Np4Qr6St8Uv0Wx»\" }",
            "launchdarkly_sdk_key: «9b2c1c9e-7a54-4c1b-8a51-0d3f6f1c2b3a»"
        ],
        texts![
            "primary_key=42",
            "public_key=abcdef",
            "monkey=banana",
            "cache_key=user:42",
            "api_key=missing",
            "--private-key ./server.pem",
            "duplicate key 01ARZ3NDEKTSV4RRFFQ69G5FAV",
            "the partition key is 9b2c1c9e-7a54-4c1b-8a51-0d3f6f1c2b3a",
            "new HttpClient(\"https://api.example.org/v1\")",
            "mixpanel.identify(\"0f1e2d3c4b5a69788796a5b4c3d2e1f0\")",
            "spotify.getTrack(\"Zq7Lk2Np4Qr6St8Uv0Wx2Y\")",
            "image-0f1e2d3c4b5a69788796a5b4c3d2e1f0-us-east-1",
            "{\"username\": \"ana\", \"key\": \"theme\"}",
            "# mailgun prod 0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "sonar.login=admin",
            "launchdarkly_flag_key: new-checkout",
            "HEADER_API_KEY = \"X-API-Key\"",
            "cache key Zq7Lw2Xk9Rv4Tn8Ym3Hb6Jd1Zs5Pc0Ge7Bf"
        ],
    ),
    detector(
        "secret.aws-secret-key",
        ALWAYS,
        texts!["aws_secret_access_key = «k1J4mN7pQ0sT3vW6yZ9bD2fH5jL8nR1tV4xA7cE0»"],
        texts!["aws_region=eu-west-1", "aws_access_key_count=2"],
    ),
    detector(
        "generic.token",
        ALWAYS,
        texts![
            "access_token=«a1b2c3d4e5»",
            r#""refreshToken": "«r-77-zz-19»""#,
            "# mailgun prod «Zq7Lw2Xk9Rv4Tn8Ym3Hb6Jd1»",
            "GET /accept-invite/«Zq7Lk2Np4Qr6St8Uv0Wx2Yz4»?next=/",
            "https://example.org/reset/«b7e23ec29af22b0b4e41da31e868d57226121c84»",
            "https://example.org/verify-email?t=«b7e23ec29af22b0b4e41da31e868d57226121c84»",
            "clockify = \"«0f1e2d3c4b5a69788796a5b4c3d2e1f0»\"",
            "{\"finnhub\": \"«Zq7Lk2Np4Qr6St8Uv0Wx2Yz4»\", \"n\": 1}",
            "postmark: '«9b2c1c9e-7a54-4c1b-8a51-0d3f6f1c2b3a»',",
            "X-Honeycomb-Team: «0f1e2d3c4b5a69788796a5b4c3d2e1f0»",
            "wandb login «b7e23ec29af22b0b4e41da31e868d57226121c84»",
            "acme token = '«Zq7Lk2Np4Qr6St8Uv0Wx2Yz4»' | '«Zq7Lk2Np4Qr6St8Uv0Wx2Yz4»'",
            "GET /data/2.5/weather?appid=«0f1e2d3c4b5a69788796a5b4c3d2e1f0»&q=Lisbon"
        ],
        texts![
            "token_count=182",
            "max_tokens: 4096",
            "tokens: 1532",
            "unexpected token: identifier",
            "tokenizer: bpe",
            "GET /files/Zq7Lk2Np4Qr6St8Uv0Wx2Yz4",
            "github: b7e23ec29af22b0b4e41da31e868d57226121c84",
            "sent to sentry: 0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "sentry_event_id=0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "X-GitHub-Delivery: 9b2c1c9e-7a54-4c1b-8a51-0d3f6f1c2b3a",
            "X-Sentry-Request-Id: 0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "anthropic: msg_01Zq7Lk2Np4Qr6St8Uv0Wx2Y",
            "app_id=0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "UserTokenWorker JID-b7e23ec29af22b0b4e41da31",
            "GET /reset/9b2c1c9e-7a54-4c1b-8a51-0d3f6f1c2b3a",
            "/verify/send-a-new-message-to-everybody"
        ],
    ),
    detector(
        "credential.session",
        ALWAYS,
        texts![
            "sessionid=«k3j9x7q2»",
            "session_key: «abcdefgh»",
            "session_id=«a8f5f167f44f4964e6c998dee827110c»",
            "crawl --session-key «k3j9x7q2»"
        ],
        texts!["session_id=42", "session_id=9b2c1c9e-7a54-4c1b-8a51-0d3f6f1c2b3a", "session_id=math-2024", "session: 42"],
    ),
    detector(
        "credential.cookie",
        ALWAYS,
        texts![
            "Cookie: «theme=dark; sid=abc123»",
            "Set-Cookie: «csrftoken=xyz; Path=/; HttpOnly»",
            "Cookie: «4821»",
            "crawl --cookie «lang=pt7x»"
        ],
        texts!["cookie_policy=strict", "cookies_enabled=true", "crawl --cookie jar.txt", "crawl --cookies-from-browser chrome"],
    ),
    detector(
        "credential.authorization",
        ALWAYS,
        texts![
            "Authorization: «Basic YW5hOnNlY3JldA==»",
            "'Proxy-Authorization': '«Digest username=\"ana\", response=\"00ff\"»'",
            "sent Bearer «abcd1234efgh5678ijkl»"
        ],
        texts!["authorization_url=/oauth", "authorization: none"],
    ),
    detector(
        "payment.cvv",
        PAYMENT,
        texts!["cvv: «123»", "security_code=«9876»"],
        texts!["cvv_required=true", "csc version 12", "cvv: ok"],
    ),
    detector(
        "credential.pin",
        ALWAYS,
        texts!["pin=«4711»", "card_pin: «123456»", "your PIN is «4711»"],
        texts!["pin: yes", "pin=3", "ping=1234", "pin 1234 of J5"],
    ),
    detector(
        "credential.otp",
        ALWAYS,
        texts![
            "otp=«482915»",
            "verification_code: «A7K2P9»",
            "your verification code is «482915»",
            "OTP «482915» sent",
            "验证码：«482915»"
        ],
        texts![
            "status_code=200404",
            "error_code: 500123",
            "verification_code: missing",
            "exit code 137",
            "error code 500123",
            "otp sent to ana"
        ],
    ),
    detector(
        "contact.name",
        CAREFUL,
        texts!["first_name=«Ana»", "\"full_name\": \"«Ana Sousa»\""],
        texts!["name=worker-1", "hostname=web1", "display_name_length=12"],
    ),
    detector(
        "contact.address",
        CAREFUL,
        texts!["morada: «Rua-da-Prata-12»", "\"address_line_1\": \"«Rua da Prata 12»\""],
        texts!["ip_address=edge-7", "address=0x7ffe", "remote_address: proxy.internal"],
    ),
    detector("custom.field", ALWAYS, &[], &[]),
    detector("custom.known-value", ALWAYS, &[], &[]),
];
