//! What opens a door by itself: hashes of passwords, tokens, keys and credentials inside URLs.

use super::{ALWAYS, Detector, DetectorId, Find, position, texts, unchecked};
use crate::scan::bytes::{self, at, skip};
use crate::validate::{base64, jwt};

pub(crate) const URL: DetectorId = position("credential.url");
pub(crate) const PRIVATE_KEY: DetectorId = position("credential.private-key");

/// Does an address of a second factor or of a network carry its secret?
fn has_secret(address: &[u8]) -> bool {
    [&b"secret="[..], b"data=", b":P:", b";P:"].iter().any(|name| bytes::find(address, 0, name).is_some())
}

/// Is this JSON with a member that is a credential, as the tools of Docker and Google Cloud keep their own, or an address with a password?
fn holds_credential(encoded: &[u8]) -> bool {
    const NAMES: &str = "password\" passwd\" secret\" secret_key\" private_key\" access_token\" api_key\" auth\"";
    base64::decode(encoded, &mut [0; 1023]).is_some_and(|json| {
        let has = |name: &str| {
            bytes::find(json, 0, name.as_bytes()).is_some_and(|start| {
                let end = start + name.len();
                let value = skip(json, end, |b| matches!(b, b':' | b' '));
                at(json, value) == b'"' && at(json, value + 1) != b'"'
            })
        };
        let address = bytes::find(json, 0, b"://").is_some_and(|mark| {
            let password = bytes::find(json, mark + 3, b":");
            password.is_some_and(|colon| bytes::find(json, colon, b"@").is_some())
        });
        address && !json.starts_with(b"{") || NAMES.split(' ').any(has)
    })
}

pub(crate) const DETECTORS: &[Detector] = &[
    Detector::token(
        "credential.password-hash",
        // crypt's alphabet is `./0-9A-Za-z`
        &[
            "\\$2[abxy]\\$\\d{2}\\$[./0-9A-Za-z]{53}",
            "\\$argon2(id|i|d)\\$(v=\\d{1,3}\\$)?[0-9a-z=,]{5,64}\\$[0-9A-Za-z+/=]{8,128}\\$[0-9A-Za-z+/=]{16,256}",
            "\\$(1|apr1)\\$[./0-9A-Za-z]{1,8}\\$[./0-9A-Za-z]{22}",
            "\\$5\\$(rounds=\\d{1,9}\\$)?[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]{43}",
            "\\$6\\$(rounds=\\d{1,9}\\$)?[./0-9A-Za-z]{1,16}\\$[./0-9A-Za-z]{86}",
            "\\$(7|y|gy|scrypt|pbkdf2(-sha(256|512))?|sha1|S|P|H)\\$[./0-9A-Za-z$=,+]{24,256}",
            "pbkdf2_sha(256|1)\\$\\d{1,9}\\$[0-9A-Za-z+/=_.-]{0,64}\\$[0-9A-Za-z+/=]{20,128}",
            "(bcrypt(_sha256)?|argon2)\\$[./0-9A-Za-z$=,+]{40,256}",
            "(scrypt|md5|sha1|sha256)\\$[./0-9A-Za-z$=+_-]{32,256}",
            "unsalted_(md5\\$\\$[0-9a-f]{32}|sha1\\$\\$[0-9a-f]{40})",
            "\\$wp\\$2y\\$\\d{2}\\$[./0-9A-Za-z]{53}",
            "\\$bcrypt-sha256\\$[./0-9A-Za-z$=,]{50,128}",
            "\\$md5[,$][./0-9A-Za-z$=,-]{24,128}",
            "\\$3\\$\\$[0-9a-f]{32}",
            "\\$(e0801|100801)\\$[0-9A-Za-z+/]{20,128}={0,2}\\$[0-9A-Za-z+/]{40,128}={0,2}",
            // Cisco's types 8 and 9, then Juniper's, which can be turned back
            "\\$[89]\\$[./0-9A-Za-z]{14}\\$[./0-9A-Za-z]{43}",
            "\\$9\\$[./0-9A-Za-z-]{8,128}",
            // Werkzeug
            "pbkdf2:(sha1|sha256|sha512)(:\\d{1,9})?\\$[0-9A-Za-z]{4,64}\\$[0-9a-f]{40,128}",
            "scrypt:\\d{1,9}:\\d{1,4}:\\d{1,4}\\$[0-9A-Za-z]{4,64}\\$[0-9a-f]{64,128}",
            // the schemes of LDAP, behind `{`
            "S?SHA(224|256|384|512)?\\}[0-9A-Za-z+/]{26,200}={0,2}",
            "SHA\\}[0-9A-Za-z+/]{27}=",
            "S?MD5\\}[0-9A-Za-z+/]{22,80}={0,2}",
            "CRYPT\\}[./0-9A-Za-z]{13}",
            "PBKDF2(-SHA(1|256|512))?\\}\\d{1,9}\\$[./0-9A-Za-z+]{8,64}\\$[./0-9A-Za-z+]{26,128}",
            "PKCS5S2\\}[0-9A-Za-z+/]{62,66}={0,2}",
            // Spring Security
            "(pbkdf2|sha256)(@SpringSecurity\\w{1,8})?\\}[0-9a-f]{48,200}",
            "noop\\}[\\w!@#$%^*+.-]{4,128}",
            "x-issha, ?\\d{1,9}\\}[0-9A-Za-z+/]{26,128}={0,2}",
            "SCRAM-SHA-(1|256|512)\\$\\d{1,9}:[0-9A-Za-z+/]{16,64}={0,2}\\$[0-9A-Za-z+/]{27,88}={0,2}:[0-9A-Za-z+/]{27,88}={0,2}",
            // PostgreSQL's old one
            "^md5[0-9a-f]{32}",
            // ASP.NET Core Identity: its version, its hash and its rounds
            "AQAAAA(EAACcQ|IAAYag)AAAAE[0-9A-Za-z+/]{60,70}={0,2}",
            "grub\\.pbkdf2\\.sha512\\.\\d{1,9}\\.[0-9A-F]{16,256}\\.[0-9A-F]{64,256}",
            // Oracle, Kerberos
            "^S:[0-9A-F]{60}",
            "^T:[0-9A-F]{160}",
            "aes(128|256)-cts-hmac-sha1-96:[0-9a-f]{32,64}",
            // as Hashcat and John the Ripper write those of other formats
            "\\$(krb5(tgs|asrep|pa)|DCC2|ml|office|oldoffice|odf|pdf|zip2|pkzip2?|rar5|RAR3|keepass|sshng|pfxng|bit\
                 coin|ethereum|electrum|itunes_backup|ansible|vnc|sip|mysqlna|postgres|netntlm(v2)?)\\$[\\w$@*:/.#-]{32,8192}",
            "WPA\\*0[12]\\*[0-9a-f]{32}\\*[0-9a-f]{12}\\*[0-9a-f]{12}\\*[0-9a-f*]{2,1024}",
            // no LM hash, and an NT hash
            "aad3b435b51404eeaad3b435b51404ee:[0-9a-f]{32}",
        ],
        unchecked,
        texts![
            "crypt(5)",
            "RFC 9106",
            "RFC 5803",
            "RFC 2307, section 5.3",
            "PostgreSQL documentation, pg_authid",
            "Django documentation, Password management",
            "Werkzeug documentation, Security helpers",
            "passlib documentation, Password hash schemes"
        ],
    )
    .with(
        texts![
            "hash «$2b$12$abcdefghijklmnopqrstuuABCDEFGHIJKLMNOPQRSTUVWXYZ01234»",
            "«pbkdf2_sha256$600000$saltsaltsalt$dGhpcyBpcyBub3QgYSByZWFsIGhhc2ggb2YgYW55»",
            "«$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0$aGFzaGhhc2hoYXNoaGFzaGhhc2hoYXNo»",
            "«$1$saltsalt$abcdefghijklmnopqrstu.»",
        ],
        texts!["costs $2b", "$1$", "pbkdf2_sha256", "md5$ is old", "argon2$"],
    ),
    Detector::token(
        "credential.jwt",
        &["eyJ[\\w-]{7,16384}\\.[\\w-]{0,32768}(\\.[\\w-]{1,32768}){0,3}"],
        jwt::has_header,
        texts!["RFC 7519", "RFC 7515, section 7.1"],
    )
    .with(
        texts![
            "jwt «eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0MiJ9.c2lnbmF0dXJlLW9mLW5vLWtleQ»",
            "(«eyJhbGciOiJub25lIn0.eyJzdWIiOiI0MiJ9».)",
            "«eyJhbGciOiJkaXIiLCJlbmMiOiJBMTI4R0NNIn0..aXZpdml2aXZpdml2.Y2lwaGVydGV4dA.dGFndGFndGFndGFndGFn»",
        ],
        texts!["eyJ", "eyJhbGciOiJ", "eyJhbGciOiJIUzI1NiJ9", "eyJoZWxsbyI6IndvcmxkIn0"],
    ),
    Detector::token("credential.jwt-encoded", &["ZXlK[0-9A-Za-z+/_-]{60,32768}={0,2}"], base64::is_token, texts!["RFC 7519", "RFC 4648"])
        .with(
            texts![
                "value: «ZXlKaGJHY2lPaUpJVXpJMU5pSjkuZXlKemRXSWlPaUkwTWlKOS5jMmxuYm1GMGRYSmxMVzltTFc1dkxXdGxlUQ==»",
                "{\"data\": \"«ZXlKMGVYQWlPaUpLVjFRaUxDSmhiR2NpT2lKU1V6STFOaUo5LmV5SnpkV0lpT2lKaGJtRWlMQ0psZUhBaU9qRTNNREI5\
             LmMybG5ibUYwZFhKbExXOW1MVzV2TFd0bGVR»\"}",
                "(«ZXlKaGJHY2lPaUpJVXpJMU5pSjkuZXlKemRXSWlPaUkwTWlKOS5jMmxuYm1GMGRYSmxMVzltTFc1dkxXdGxlUQ==»)",
            ],
            texts![
                "ZXlK",
                "ZXlKaGJHY2lPaUpJVXpJMU5pSjku",
                "ZXlKb1pXeHNieUk2SW5kdmNteGtJaXdpYUdWc2JHOGlPaUozYjNKc1pDSXNJbWhsYkd4dklqb2lkMjl5YkdRaWZR"
            ],
        ),
    Detector::token(
        "credential.private-key-encoded",
        &[
            "LS0tLS1CRUdJTi[0-9A-Za-z+/_-]{40,32768}={0,2}",
            // DER without its armour: PKCS #8 and #1 of RSA, PKCS #8 and SEC 1 of the curves of NIST, Ed25519 and X25519
            "MII[A-Z][0-9A-Za-z+/][AQgw]IBA(DANBgkqhkiG9w0BAQEFAASC|AKC[A-Z])[0-9A-Za-z+/]{40,32768}={0,2}",
            "MI(GH|G2|Hu)AgEAMB[AM]GByqGSM49AgEG[0-9A-Za-z+/]{40,512}={0,2}",
            "(MHcCAQEEI|MIGkAgEBBDA|MIHcAgEBBEI)[0-9A-Za-z+/]{40,512}={0,2}",
            "MC4CAQAwBQYDK2V[uw]BCIE[0-9A-Za-z+/]{44}",
        ],
        |token| !token.starts_with(b"LS0t") || base64::is_private_key(token),
        texts![
            "RFC 7468",
            "RFC 4648",
            "RFC 5958",
            "RFC 8017, appendix A.1.2",
            "RFC 5915",
            "RFC 8410",
            "Kubernetes documentation, kubeconfig"
        ],
    )
    .with(
        texts![
            "client-data: «LS0tLS1CRUdJTiBQUklWQVRFIEtFWS0tLS0tCk1JR0hBZ0VBTUJNR0J5cUdTTTQ5QWdFR0NDcUdTTTQ5QXdFSEJHMHdh\
             d0lCQVFRZwotLS0tLUVORCBQUklWQVRFIEtFWS0tLS0tCg==»",
            "{\"x\": \"«LS0tLS1CRUdJTiBSU0EgUFJJVkFURSBLRVktLS0tLQpNSUlCT2dJQkFBSkJBS2ozNEdreEZoRDkwdmNOTFlMSW5GRVg2UHB\
             5MXRQZjlDbnpqNHA0V0dlS0xzMVB0OFF1Ci0tLS0tRU5EIFJTQSBQUklWQVRFIEtFWS0tLS0tCg==»\"}",
            "x='«LS0tLS1CRUdJTiBPUEVOU1NIIFBSSVZBVEUgS0VZLS0tLS0KYjNCbGJuTnphQzFyWlhrdGRqRUFBQUFBQkc1dmJtVUFBQUFFYm05dV\
             pRQUFBQUFBQUFBQkFBQUFNd0FBQUF0ego=»'",
            "{\"der\": \"«MIIBVgIBADANBgkqhkiG9w0BAQEFAASCAe2/iEZfA63tKasUwlbn2FBWeRo4QyDENJVoctcsiGvLj64WZgLSHMH7Rwx52\
             TkBPmVnqQQqRAgr/mXXIw==»\"}",
            "loaded «MC4CAQAwBQYDK2VwBCIEIMtiL0pYFRuKTIkRPs55Uha7LLE4u+drzWUJwqgA3Tlt»",
            "x = «MHcCAQEEIHHjiqYtnZE0HA3D2/6xfyHZdjHNvr1HlFeEDxlYhlQ9oAoGCCqGSM49AwEHoUQDQgBLBhgf5mrHlge1kUj2jkYslzwh1\
             +dIxFaM/bIyGI1BWCtTcQZnWvLpxipY9oYiDt+eIZkgckY0M/voHvobDr986g==»",
        ],
        texts![
            "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8Adr79fBIrGNHQIylgEVwrIQ+18PMNJqorpATt5UzF9EY2snbnQmJxNzgaPSYq",
            "MIIDXTCCAkWgAwIBAgIJ",
            "LS0tLS1CRUdJTi",
            "certificate-authority-data: LS0tLS1CRUdJTiBDRVJUSUZJQ0FURS0tLS0tCk1JSUJzekNDQVZtZ0F3SUJBZ0lVUFowMDAwMDAwMD\
             AwMDAwMDAwMDAwMDAwCi0tLS0tRU5EIENFUlRJRklDQVRFLS0tLS0K",
            "LS0tLS1CRUdJTiBQVUJMSUMgS0VZLS0tLS0KTUZrd0V3WUhLb1pJemowQ0FRWUlLb1pJemowREFRY0RRZ0FFCi0tLS0tRU5EIFBVQkxJQyBLRVktLS0tLQo="
        ],
    ),
    Detector::token(
        "credential.otpauth",
        &["otpauth://[ht]otp/[\\w%?&=.:@~!$*+,;/-]{8,1024}", "otpauth-migration://offline\\?data=[\\w%+/=-]{16,4096}"],
        has_secret,
        texts!["Google Authenticator wiki, Key URI format", "RFC 6238"],
    )
    .with(
        texts![
            "scan «otpauth://totp/ACME:ana?secret=JBSWY3DPEHPK3PXP&issuer=ACME»",
            "'«otpauth://hotp/x?counter=4&secret=JBSWY3DPEHPK3PXP»'",
            "«otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8SGEV4YW1wbGU6YWxpY2U%3D»",
        ],
        texts!["otpauth://totp/", "otpauth://totp/ACME:ana?issuer=ACME", "otpauth"],
    ),
    Detector::token("credential.wifi", &["WIFI:[\\w:;,.\\\\!#$%&*+/=?@^~-]{8,256}"], has_secret, texts!["WPA3 Specification, section 7"])
        .with(
            texts![
                "code «WIFI:T:WPA;S:Office;P:walnut7gate;;»",
                "'«WIFI:S:Lab;T:SAE;P:walnut\\;7;H:false;;»'",
                "(«WIFI:P:walnut7gate;T:WPA;S:Office;;»)",
            ],
            texts!["WIFI:T:nopass;S:Guest;;", "WIFI: connected", "WIFI:S:Office;T:WPA;;"],
        ),
    Detector::token(
        "credential.encoded",
        &[
            // `{"`, and an object that is indented
            "(eyJ|ewog|ewoJ|ew0K)[0-9A-Za-z+/_-]{32,65000}={0,2}",
            // `postgres`, `mysql:`, `mongodb`, `redis:` and `amqp:` of an address
            "(cG9zdGdyZX|bXlzcWw6|bW9uZ29kY|cmVkaXM6|YW1xcDov)[0-9A-Za-z+/_-]{24,2048}={0,2}",
        ],
        holds_credential,
        texts!["RFC 4648", "RFC 8259"],
    )
    .with(
        texts![
            "auth «eyJ1c2VybmFtZSI6ImFuYSIsInBhc3N3b3JkIjoid2FsbnV0N2dhdGUifQ==»",
            "x='«ewogICJ0eXBlIjogInNlcnZpY2VfYWNjb3VudCIsCiAgInByaXZhdGVfa2V5IjogIngiCn0K»'",
            "(«eyJjbGllbnRfc2VjcmV0IjoiWnE3THcyWGs5UnY0VG44WSIsImlkIjoxfQ»)",
            "url: «cG9zdGdyZXM6Ly9hcHA6d2FsbnV0N2dhdGVAZGI6NTQzMi9zaG9w»",
            "'«bW9uZ29kYitzcnY6Ly9hcHA6d2FsbnV0N2dhdGVAYy5leGFtcGxlLm9yZy9zaG9w»'",
            "(«cmVkaXM6Ly86d2FsbnV0N2dhdGVAY2FjaGU6NjM3OS8w»)",
        ],
        texts![
            "eyJvZmZzZXQiOjIwMCwibGltaXQiOjUwLCJvcmRlciI6ImFzYyJ9",
            "ewogICJuYW1lIjogInNob3AiLAogICJ2ZXJzaW9uIjogIjEuMi4zIgp9Cg==",
            "eyJwYXNzd29yZCI6IiJ9",
            "cG9zdGdyZXM6Ly9kYi5leGFtcGxlLm9yZzo1NDMyL3Nob3A=",
        ],
    ),
    Detector::token("credential.secret-token", &["secret-token:[\\w%.~!$*+=:@/-]{12,1024}"], unchecked, texts!["RFC 8959"]).with(
        texts![
            "sent «secret-token:E92FB7EB-D882-47A4-A265-A0B6135DC842»",
            concat!("'«secret-token:mercury", "_production_wma_a1B2c3D4e5F6»'"),
            "(«secret-token:a1B2%20c3D4e5F6»)",
        ],
        texts!["secret-token: missing", "secret-tokens", "secret-token:short"],
    ),
    Detector::token(
        "credential.paseto",
        &["v[1-4]\\.(local|public)\\.[\\w-]{40,8192}(\\.[\\w-]{1,1024})?"],
        unchecked,
        texts!["PASETO specification"],
    )
    .with(
        texts!["sent «v4.public.eyJzdWIiOiI0MiIsImV4cCI6IjIwMzAtMDEtMDEifQa1B2c3D4e5F6g7H8i9J0k1L2m3N4»"],
        texts!["v4.public", "v4.local.short", "v2.public.release"],
    ),
    Detector::token(
        "credential.saml",
        // `<samlp:Response` and `<saml2p:Response` in base64
        &["(PHNhbWxwOlJlc3BvbnNl|PHNhbWwycDpSZXNwb25zZ)[0-9A-Za-z+/%]{80,65000}={0,2}"],
        unchecked,
        texts!["SAML 2.0 Bindings, section 3.5"],
    )
    .with(
        texts![
            "x='«PHNhbWxwOlJlc3BvbnNlIHhtbG5zOnNhbWxwPSJ1cm46b2FzaXM6bmFtZXM6dGM6U0FNTDoyLjA6cHJvdG9jb2wiIElEPSJfOGU4ZG\
             M1ZjY5YTk4Y2M0YzFmZjM0MjdlNWNlMzQ2MDZmZDY3MmY5MWU2IiBWZXJzaW9uPSIyLjAiPg==»'",
            "«PHNhbWwycDpSZXNwb25zZSB4bWxuczpzYW1sMnA9InVybjpvYXNpczpuYW1lczp0YzpTQU1MOjIuMDpwcm90b2NvbCIgSUQ9Il84ZThkY\
             zVmNjlhOThjYzRjMWZmMzQyN2U1Y2UzNDYwNmZkNjcyZjkxZTYiIFZlcnNpb249IjIuMCI+»"
        ],
        texts!["PHNhbWxwOlJlc3BvbnNl", "PHNhbWw="],
    ),
    Detector::token(
        "credential.ntlm",
        // the third message, which answers the challenge, in base64
        &["TlRMTVNTUAADAAAA[0-9A-Za-z+/]{40,4096}={0,2}"],
        unchecked,
        texts!["MS-NLMP, section 2.2.1.3"],
    )
    .with(
        texts!["NTLM «TlRMTVNTUAADAAAAPD0+P0BBQkNERUZHSElKS0xNTk9QUVJTVFVWV1hZWltcXV5fYGFiY2RlZmdoaWprbG0=»"],
        texts!["TlRMTVNTUAABAAAAB4IIogAAAAAAAAAAAAAAAAAAAAAGAbEdAAAADw==", "TlRMTVNTUAADAAAA"],
    ),
    Detector::masked("credential.private-key", Find::Own, ALWAYS, texts!["RFC 7468", "RFC 4716", "OpenSSH PROTOCOL.key"]).with(
        texts![
            "«-----BEGIN RSA PRIVATE KEY-----\nMIIBOgIBAAJBAKj34GkxFhD90vcNLYLInFEX6Ppy1tPf\n-----END RSA PRIVATE KEY-----»",
            "x = «-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\n-----END OPENSSH PRIVATE KEY-----»",
            "key: «-----BEGIN PRIVATE KEY-----\nMIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg\n-----END PRIVATE KEY-----» end"
        ],
        texts![
            "-----BEGIN PUBLIC KEY-----\nMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE\n-----END PUBLIC KEY-----",
            "-----BEGIN CERTIFICATE-----",
            "----- BEGIN -----"
        ],
    ),
    Detector::masked("credential.url", Find::Own, ALWAYS, texts!["RFC 3986, section 3.2.1"]).with(
        texts![
            "postgres://app:«p@ss#w0rd»@db.internal:5432/app",
            "redis://:«s3cret»@cache:6379/0",
            "https://«0f1e2d3c4b5a69788796a5b4»@git.example.com/x.git",
            "https://«mytoken»@git.example.com/x.git"
        ],
        texts![
            "https://example.com/@user",
            "https://ana@example.com/x",
            "http://localhost:8000/",
            "ssh://git@example.com/repo",
            "postgres://app@db/app",
            "amqp://app:${PASS}@mq"
        ],
    ),
];
