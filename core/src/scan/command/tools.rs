//! What is known of tools, as data: which of their arguments are secrets, which read a secret from their input, and the index that finds a
//! tool by how its name begins. To teach a tool is to write a line here.

use std::sync::LazyLock;

use crate::order;
use crate::scan::grams::gram;

/// What stands behind a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Argument {
    /// The secret, as the next word.
    Next,
    /// The secret, as the next word or without a space: `-psecret`.
    Joined,
    /// The secret without a space: where there is one, the tool asks for it.
    Glued,
    /// The secret as the next word, or behind the digit of its kind: `secret 5 …`.
    Typed,
    /// A name, this byte, and the secret.
    Behind(u8),
    /// The secret in quotes.
    Quoted,
    /// No flag: the word of this number, of those that are none.
    Word(u8),
    /// The same, if it looks like a secret: the words before are said of other things too.
    Wild(u8),
    /// No flag: a name, `/`, the secret and `@`.
    Login,
    /// No flag: what goes to a tool that reads the secret from its input.
    Piped,
    /// No flag: the quoted argument of this number in brackets.
    Call(u8),
    /// No flag: the next line.
    Answer,
    /// No flag: as many of the next lines as stand here.
    Lines,
}
pub(super) use Argument::{Answer, Behind, Call, Glued, Joined, Lines, Login, Next, Piped, Quoted, Typed, Wild, Word};

/// Tools, and their flags that take a secret (their manuals).
pub(super) const TOOLS: &[(&str, &[(&str, Argument)])] = &[
    (
        "curl",
        &[
            ("-b", Behind(b'=')),
            ("--cookie", Behind(b'=')),
            ("-u", Behind(b':')),
            ("--user", Behind(b':')),
            ("-U", Behind(b':')),
            ("--proxy-user", Behind(b':')),
        ],
    ),
    ("ssh-keygen", &[("-N", Next), ("-P", Next)]),
    ("az keyvault secret set", &[("--value", Next)]),
    ("poetry config http-basic", &[("", Word(3))]),
    ("etcdctl", &[("--user", Behind(b':'))]),
    ("lftp", &[("-u", Behind(b','))]),
    ("smbclient|rpcclient|smbmap", &[("-U", Behind(b'%'))]),
    ("sshpass", &[("-p", Joined)]),
    (
        "mysql|mysqldump|mysqladmin|mysqlimport|mysqlcheck|mysqlshow|mysqlpump|mysqlbinlog|mysqlsh|mariadb|mariadb-dump|mariadb-admin",
        &[("-p", Glued)],
    ),
    ("unrar|rar|7z a|7z x|7z u", &[("-hp", Glued), ("-p", Glued)]),
    ("redis-cli", &[("-a", Next), ("--pass", Next)]),
    (
        "mongo|mongosh|mongodump|mongorestore|mongoexport|mongoimport|docker login|podman login|buildah login|skopeo login|nerdctl login|\
         helm registry login|helm repo add|az login|oc login|cf login|psexec|rdesktop|ncftpput|ncftpget|twine upload|hdbsql|cqlsh|\
         cypher-shell|evil-winrm|crackmapexec|netexec|hydra|rabbitmqadmin|influx|unlock-keychain|certutil|xcrun",
        &[("-p", Next), ("-password", Next)],
    ),
    ("xfreerdp|wlfreerdp|winrm|winrs", &[("/p", Joined), ("-p", Joined)]),
    ("ldapsearch|ldapmodify|ldapadd|ldapdelete|ldapcompare|ldapwhoami|ldapmodrdn", &[("-w", Next)]),
    ("ldappasswd", &[("-w", Next), ("-s", Next), ("-a", Next)]),
    (
        "keytool|jarsigner",
        &[
            ("-storepass", Next),
            ("-keypass", Next),
            ("-srcstorepass", Next),
            ("-deststorepass", Next),
            ("-srckeypass", Next),
            ("-destkeypass", Next),
            ("-new", Next),
        ],
    ),
    ("nmcli", &[("password", Next), ("wifi-sec.psk", Next), ("802-11-wireless-security.psk", Next)]),
    ("db2 connect", &[("using", Next)]),
    ("sqlcmd|osql|isql|tsql|bcp", &[("-P", Joined)]),
    ("ipmitool|mosquitto_pub|mosquitto_sub|mosquitto_rr|zip|unzip", &[("-P", Next)]),
    ("snmpwalk|snmpget|snmpset|snmpbulkwalk|snmpbulkget|snmptrap|snmptable", &[("-c", Next), ("-A", Next), ("-X", Next)]),
    ("openssl", &[("-passin", Behind(b':')), ("-passout", Behind(b':')), ("-pass", Behind(b':')), ("-k", Next)]),
    ("sqlplus|sqlldr|expdp|impdp|jdbc:oracle:thin", &[("", Login)]),
    ("cf auth|net user|rabbitmqctl add_user|rabbitmqctl change_password|rabbitmqctl authenticate_user|wpa_passphrase", &[("", Word(2))]),
    ("sp_addlogin|sp_password", &[("", Word(2))]),
    ("net use", &[("", Word(3))]),
    ("htpasswd -b|htpasswd -bc|htpasswd -cb|htpasswd -bB|htpasswd -cbB|htpasswd -bcB", &[("", Word(3))]),
    ("htpasswd -nb|htpasswd -bn|htpasswd -nbB|htpasswd -bnB", &[("", Word(2))]),
    (
        "vault login|rclone obscure|snmp-server community|rocommunity|rwcommunity|wpa-psk ascii|wpa-psk hex|\
         pre-shared-key local|pre-shared-key remote|pre-shared-key ascii-text|pre-shared-key hexadecimal|\
         plain-text-password-value|key-string|authentication-key|psksecret|auth_pass",
        &[("", Word(1))],
    ),
    ("hello 3 auth", &[("", Word(2))]),
    ("cargo login", &[("", Word(1))]),
    ("composer config http-basic", &[("", Word(3))]),
    ("pdftk", &[("input_pw", Next), ("owner_pw", Next), ("user_pw", Next)]),
    ("add-mask", &[(":", Joined)]),
    ("bindrequest", &[("simple", Next)]),
    ("curlopt_userpwd|curlopt_proxyuserpwd", &[("", Behind(b':'))]),
    ("snmp community", &[("", Wild(1))]),
    ("snmp-server host", &[("community", Next)]),
    ("aaa-server", &[("key", Typed), ("", Wild(5))]),
    // strongSwan's `ipsec.secrets`
    ("eap|xauth", &[("", Wild(1))]),
    ("vault kv put|vault kv patch", &[("", Behind(b'='))]),
    ("acl setuser", &[(">", Joined)]),
    ("chpasswd", &[("<<<", Behind(b':'))]),
    ("radtest", &[("", Wild(2)), ("", Wild(5))]),
    ("option key", &[("", Wild(1))]),
    ("key content", &[(":", Next)]),
    ("unseal key", &[("1:", Next), ("2:", Next), ("3:", Next), ("4:", Next), ("5:", Next)]),
    ("digest-key", &[("", Word(3))]),
    ("nickserv identify|nickserv ghost|ns identify", &[("", Word(1)), ("", Word(2))]),
    ("nickserv", &[(":identify", Next), (":IDENTIFY", Next), ("IDENTIFY", Next), (":REGISTER", Next)]),
    ("schtasks", &[("/rp", Next), ("/p", Next)]),
    // a key as PuTTY keeps it
    ("private-lines", &[("", Lines)]),
    ("tacacs-server|radius-server|crypto isakmp", &[("key", Typed)]),
    ("identified", &[("by", Quoted), ("as", Quoted)]),
    ("convertto-securestring", &[("", Quoted)]),
    ("echo", &[("", Piped)]),
    (
        "login|jwt.sign|jwt.verify|jwt.encode|jwt.decode|pw_set|bind_s|cx_oracle.connect|oracledb.connect|pgp_sym_encrypt|pgp_sym_decrypt|hmac|\
         aes_encrypt|aes_decrypt|aes.encrypt|aes.decrypt|cipheriv|credentials.basic",
        &[("", Call(2))],
    ),
    (
        "crypt|fernet|hmac256|hmac384|hmac512|hmacshakeyfor|secretkeyspec|bcrypt.hash|bcrypt.hashpw|bcrypt.hashsync|bcrypt.checkpw|bcrypt.compare|hmac.new|aes.new|cookieparser",
        &[("", Call(1))],
    ),
    ("keyring.set_password|pymysql.connect|mysqldb.connect", &[("", Call(3))]),
    // SMTP asks `Password:` in base64, and the next line is the answer (RFC 4954)
    ("ugfzc3dvcmq6", &[("", Answer)]),
    (
        "mysqli|mysqli_connect|mysql_connect|pdo|pdo->__construct|dbi->connect|ftp|hash_hmac|getconnection|directoryentry|ldap_bind|ftp_login|imap_open|ssh2_auth_password",
        &[("", Call(3))],
    ),
];

/// Tools that read a secret from their input.
pub(super) const READERS: [&str; 11] = [
    "cryptsetup ",
    "--passphrase-fd",
    "smbpasswd -s",
    "vault login -",
    "--password-stdin",
    "token-stdin",
    "secret-stdin",
    "--with-token",
    "passwd --stdin",
    "sudo -S",
    "chpasswd",
];

/// The names of tools by how they begin, each with its place in [`TOOLS`].
pub(super) static BY_GRAM: LazyLock<Vec<(u32, &str, u8)>> = LazyLock::new(|| {
    let mut sorted = Vec::new();
    for (tool, (names, flags)) in (0..).zip(TOOLS) {
        // what stands behind a short name is a part of its gram
        let end = if matches!(flags, [(_, Call(_))]) { b'(' } else { b' ' };
        for name in names.split('|') {
            let mut start = name.as_bytes().to_vec();
            start.push(end);
            sorted.push((gram(&start, 0), name, tool));
        }
    }
    order::sort(&mut sorted, |a, b| a.0 < b.0);
    sorted
});

/// How the words begin that a scan must look at for this, each once.
pub(crate) fn starts() -> impl Iterator<Item = u32> {
    let mut last = None;
    BY_GRAM.iter().map(|&(gram, ..)| gram).filter(move |&gram| last.replace(gram) != Some(gram))
}
