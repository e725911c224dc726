//! What is known of tools, as data: which of their arguments are secrets, which read a secret from their input, and the index that finds a
//! tool by how its name begins. To teach a tool is to write a line here.

use std::sync::LazyLock;

use crate::order;
use crate::scan::bytes::at;
use crate::scan::grams::gram;
use crate::scan::shape::ByteSet;

/// How a tool is given a secret.
#[derive(Debug, Clone, Copy)]
pub(super) enum Tool {
    /// Among the words of a command line.
    Line(&'static [Secret]),
    /// As the quoted argument of this number in brackets.
    Call(u8),
    /// As the second of two quoted arguments, or in a line that says who logs in.
    Login,
    /// From what is piped into it.
    Pipe,
    /// In the next line.
    Answer,
    /// In as many of the next lines as stand here.
    Lines,
}
use Tool::{Answer, Call, Line, Lines, Login, Pipe};

/// Where a secret stands among the words of a command line.
#[derive(Debug, Clone, Copy)]
pub(super) enum Secret {
    /// Behind this flag.
    Flag(&'static str, Argument),
    /// In quotes behind this word; behind none, anywhere.
    Quoted(&'static str),
    /// In the word of this number, of those that are no flag.
    Word(u8),
    /// The same, if it looks like a secret: the words before are said of other things too.
    Wild(u8),
    /// In any word, behind a name and this byte.
    Pair(u8),
    /// In any word, behind a name and `/`, and before `@`.
    Oracle,
}
use Secret::{Flag, Oracle, Pair, Quoted, Wild, Word};

impl Secret {
    /// Is this the first byte of its flag?
    pub(super) fn begins_with(self, b: u8) -> bool {
        matches!(self, Flag(flag, _) if at(flag.as_bytes(), 0) == b)
    }
}

/// How a secret stands behind a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Argument {
    /// As the next word.
    Next,
    /// As the next word or without a space: `-psecret`.
    Joined,
    /// Without a space: where there is one, the tool asks for it.
    Glued,
    /// As the next word, or behind the digit of its kind: `secret 5 …`.
    Typed,
    /// In the next word, behind a name and this byte.
    Behind(u8),
}
use Argument::{Behind, Glued, Joined, Next, Typed};

/// Tools, and how they are given a secret (their manuals).
pub(super) const TOOLS: &[(&str, Tool)] = &[
    (
        "curl",
        Line(&[
            Flag("-b", Behind(b'=')),
            Flag("--cookie", Behind(b'=')),
            Flag("-u", Behind(b':')),
            Flag("--user", Behind(b':')),
            Flag("-U", Behind(b':')),
            Flag("--proxy-user", Behind(b':')),
        ]),
    ),
    ("ssh-keygen", Line(&[Flag("-N", Next), Flag("-P", Next)])),
    ("az keyvault secret set", Line(&[Flag("--value", Next)])),
    ("poetry config http-basic", Line(&[Word(3)])),
    ("etcdctl", Line(&[Flag("--user", Behind(b':'))])),
    ("lftp", Line(&[Flag("-u", Behind(b','))])),
    ("smbclient|rpcclient|smbmap", Line(&[Flag("-U", Behind(b'%'))])),
    ("sshpass", Line(&[Flag("-p", Joined)])),
    (
        "mysql|mysqldump|mysqladmin|mysqlimport|mysqlcheck|mysqlshow|mysqlpump|mysqlbinlog|mysqlsh|mariadb|mariadb-dump|mariadb-admin",
        Line(&[Flag("-p", Glued)]),
    ),
    ("unrar|rar|7z a|7z x|7z u", Line(&[Flag("-hp", Glued), Flag("-p", Glued)])),
    ("redis-cli", Line(&[Flag("-a", Next), Flag("--pass", Next)])),
    (
        "mongo|mongosh|mongodump|mongorestore|mongoexport|mongoimport|docker login|podman login|buildah login|skopeo login|nerdctl login|\
         helm registry login|helm repo add|az login|oc login|cf login|psexec|rdesktop|ncftpput|ncftpget|twine upload|hdbsql|cqlsh|\
         cypher-shell|evil-winrm|crackmapexec|netexec|hydra|rabbitmqadmin|influx|unlock-keychain|certutil|xcrun",
        Line(&[Flag("-p", Next), Flag("-password", Next)]),
    ),
    ("xfreerdp|wlfreerdp|winrm|winrs", Line(&[Flag("/p", Joined), Flag("-p", Joined)])),
    ("ldapsearch|ldapmodify|ldapadd|ldapdelete|ldapcompare|ldapwhoami|ldapmodrdn", Line(&[Flag("-w", Next)])),
    ("ldappasswd", Line(&[Flag("-w", Next), Flag("-s", Next), Flag("-a", Next)])),
    (
        "keytool|jarsigner",
        Line(&[
            Flag("-storepass", Next),
            Flag("-keypass", Next),
            Flag("-srcstorepass", Next),
            Flag("-deststorepass", Next),
            Flag("-srckeypass", Next),
            Flag("-destkeypass", Next),
            Flag("-new", Next),
        ]),
    ),
    ("nmcli", Line(&[Flag("password", Next), Flag("wifi-sec.psk", Next), Flag("802-11-wireless-security.psk", Next)])),
    ("db2 connect", Line(&[Flag("using", Next)])),
    ("sqlcmd|osql|isql|tsql|bcp", Line(&[Flag("-P", Joined)])),
    ("ipmitool|mosquitto_pub|mosquitto_sub|mosquitto_rr|zip|unzip", Line(&[Flag("-P", Next)])),
    ("snmpwalk|snmpget|snmpset|snmpbulkwalk|snmpbulkget|snmptrap|snmptable", Line(&[Flag("-c", Next), Flag("-A", Next), Flag("-X", Next)])),
    ("openssl", Line(&[Flag("-passin", Behind(b':')), Flag("-passout", Behind(b':')), Flag("-pass", Behind(b':')), Flag("-k", Next)])),
    ("sqlplus|sqlldr|expdp|impdp|jdbc:oracle:thin", Line(&[Oracle])),
    ("cf auth|net user|rabbitmqctl add_user|rabbitmqctl change_password|rabbitmqctl authenticate_user|wpa_passphrase", Line(&[Word(2)])),
    ("sp_addlogin|sp_password", Line(&[Word(2)])),
    // of the modems of Espressif: the network and its key
    ("at+cwjap=|at+cwjap_def=|at+cwjap_cur=|at+cwsap=", Line(&[Word(2)])),
    ("net use", Line(&[Word(1)])),
    ("htpasswd -b|htpasswd -bc|htpasswd -cb|htpasswd -bB|htpasswd -cbB|htpasswd -bcB", Line(&[Word(3)])),
    ("htpasswd -nb|htpasswd -bn|htpasswd -nbB|htpasswd -bnB", Line(&[Word(2)])),
    (
        "vault login|rclone obscure|snmp-server community|rocommunity|rwcommunity|wpa-psk ascii|wpa-psk hex|\
         pre-shared-key local|pre-shared-key remote|pre-shared-key ascii-text|pre-shared-key hexadecimal|\
         plain-text-password-value|key-string|authentication-key|psksecret|auth_pass",
        Line(&[Word(1)]),
    ),
    ("hello 3 auth", Line(&[Word(2)])),
    ("cargo login|ansible-vault encrypt_string", Line(&[Word(1)])),
    ("com2sec", Line(&[Word(3)])),
    // as `aws configure` asks
    ("secret access key", Line(&[Flag("[None]:", Next)])),
    ("composer config http-basic", Line(&[Word(3)])),
    ("pdftk", Line(&[Flag("input_pw", Next), Flag("owner_pw", Next), Flag("user_pw", Next)])),
    ("add-mask", Line(&[Flag(":", Joined)])),
    ("bindrequest", Line(&[Flag("simple", Next)])),
    ("curlopt_userpwd|curlopt_proxyuserpwd", Line(&[Pair(b':')])),
    ("snmp community", Line(&[Wild(1)])),
    ("snmp-server host", Line(&[Flag("community", Next)])),
    ("aaa-server", Line(&[Flag("key", Typed), Wild(5)])),
    // strongSwan's `ipsec.secrets`
    ("eap|xauth", Line(&[Wild(1)])),
    ("vault kv put|vault kv patch", Line(&[Pair(b'=')])),
    ("acl setuser", Line(&[Flag(">", Joined)])),
    ("chpasswd", Line(&[Flag("<<<", Behind(b':'))])),
    ("radtest", Line(&[Wild(2), Wild(5)])),
    ("option key", Line(&[Wild(1)])),
    ("key content", Line(&[Flag(":", Next)])),
    ("unseal key", Line(&[Flag("1:", Next), Flag("2:", Next), Flag("3:", Next), Flag("4:", Next), Flag("5:", Next)])),
    ("digest-key", Line(&[Word(3)])),
    ("nickserv identify|nickserv ghost|ns identify", Line(&[Word(1), Word(2)])),
    ("nickserv", Line(&[Flag(":identify", Next), Flag(":IDENTIFY", Next), Flag("IDENTIFY", Next), Flag(":REGISTER", Next)])),
    ("schtasks", Line(&[Flag("/rp", Next), Flag("/p", Next)])),
    // a key as PuTTY keeps it
    ("private-lines", Lines),
    ("tacacs-server|radius-server|crypto isakmp", Line(&[Flag("key", Typed)])),
    ("identified", Line(&[Quoted("by"), Quoted("as")])),
    ("convertto-securestring", Line(&[Quoted(""), Flag("-String", Next)])),
    ("echo", Pipe),
    ("login", Login),
    (
        "jwt.sign|jwt.verify|jwt.encode|jwt.decode|pw_set|bind_s|cx_oracle.connect|oracledb.connect|pgp_sym_encrypt|pgp_sym_decrypt|hmac|\
         aes_encrypt|aes_decrypt|aes.encrypt|aes.decrypt|cipheriv|credentials.basic|wifi.begin|wifi.softap|dbms.security.createuser",
        Call(2),
    ),
    (
        "crypt|fernet|hmac256|hmac384|hmac512|hmacshakeyfor|secretkeyspec|bcrypt.hash|bcrypt.hashpw|bcrypt.hashsync|bcrypt.checkpw|bcrypt.compare|hmac.new|aes.new|cookieparser",
        Call(1),
    ),
    ("keyring.set_password|pymysql.connect|mysqldb.connect|smtp.plainauth", Call(3)),
    // SMTP asks `Password:` in base64, and the next line is the answer (RFC 4954)
    ("ugfzc3dvcmq6", Answer),
    (
        "mysqli|mysqli_connect|mysql_connect|pdo|pdo->__construct|dbi->connect|ftp|hash_hmac|getconnection|directoryentry|ldap_bind|ftp_login|imap_open|ssh2_auth_password",
        Call(3),
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
    for (position, (names, tool)) in (0..).zip(TOOLS) {
        // what stands behind a short name is a part of its gram
        let end = if matches!(tool, Call(_)) { b'(' } else { b' ' };
        for name in names.split('|') {
            let mut start = name.as_bytes().to_vec();
            start.push(end);
            sorted.push((gram(&start, 0), name, position));
        }
    }
    order::sort(&mut sorted, |a, b| a.0 < b.0);
    sorted
});

/// How the words begin that a scan must look at for this, each once: a gram, and the bytes that may stand behind it.
pub(crate) fn starts() -> impl Iterator<Item = (u32, ByteSet)> {
    // behind a word of a name, marks may stand in place of a space
    let next = |set: ByteSet, name: &str| match name.as_bytes().get(4) {
        // as many spaces as Windows logs: `net  use`
        Some(&b) if name.as_bytes().get(3) == Some(&b' ') => set.and(&[b, b' ']),
        Some(&b) if b != b' ' => set.and(&[b]),
        _ => ByteSet::ALL,
    };
    let same = BY_GRAM.chunk_by(|a, b| a.0 == b.0);
    same.filter_map(move |same| Some((same.first()?.0, same.iter().fold(ByteSet::default(), |set, &(_, name, _)| next(set, name)))))
}
