//! Command lines of known tools, statements of SQL and calls, whose secrets have no key beside them: `curl -u ana:x`, `psexec -p x`,
//! `IDENTIFIED BY 'x'`, `login("ana", "x")`.

use std::sync::LazyLock;

use crate::detect::credential::PRIVATE_KEY;
use crate::detect::words::Rule;
use crate::engine::Engine;
use crate::order;
use crate::replace::placeholder;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, part, run, run_back, starts_with_nocase};
use crate::scan::grams::gram;
use crate::scan::lines::Open;
use crate::scan::token::is_mixed;
use crate::scan::value::{self, Extent, Form};
use crate::walk::field::KEY_MAX;

/// Bytes of a command line that are looked at.
const LINE: usize = 1024;

/// What stands behind a flag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Argument {
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
use Argument::{Answer, Behind, Call, Glued, Joined, Lines, Login, Next, Piped, Quoted, Typed, Wild, Word};

/// Tools, and their flags that take a secret (their manuals).
const TOOLS: &[(&str, &[(&str, Argument)])] = &[
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
const READERS: [&str; 11] = [
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
static BY_GRAM: LazyLock<Vec<(u32, &str, u8)>> = LazyLock::new(|| {
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

/// Where the name of a tool ends that stands at the beginning of this text; the words of a list have marks between them:
/// `'docker', 'login'`.
fn name_end(text: &[u8], name: &str) -> Option<usize> {
    name.bytes().try_fold(0, |end, b| {
        let length = match b {
            b' ' => run(text, end, |b| b == b' ' || is_mark(b)),
            _ => usize::from(at(text, end).eq_ignore_ascii_case(&b)),
        };
        (length > 0).then_some(end + length)
    })
}

/// Does this element of a list of arguments hold a secret of the command that stands before it? See [`Pass::second`].
///
/// [`Pass::second`]: crate::Pass::second
pub(crate) fn holds_secret(engine: &Engine, before: [&str; 2], element: &str) -> bool {
    let [line, last] = before.map(str::as_bytes);
    let text = [bytes::up_to(line, LINE), last, element.as_bytes()].join(&b' ');
    let element = text.len() - element.len();
    let mut matches = Vec::new();
    let mut scan = Scan::new(engine, &text, 0, &mut matches);
    let mut start = 0;
    while start < element {
        scan.command(start);
        start += run(&text, start, bytes::is_word);
        start += run(&text, start, |b| !bytes::is_word(b));
    }
    matches.iter().any(|found| found.start >= element)
}

/// Is this one of the words behind which a name stands: `login ana`?
fn is_login(word: &[u8]) -> bool {
    bytes::words!("login user username usr u usuario utilizador utente benutzer utilisateur gebruiker").has(word)
}

/// Is this a mark between the words of a list?
fn is_mark(b: u8) -> bool {
    matches!(b, b'"' | b'\'' | b',' | b'[' | b']')
}

/// Behind the spaces at `from`, in a list its marks, and the number of an argument as the audit of Linux writes it: `a1="-u"`.
fn gap_end(line: &[u8], from: usize, list: bool) -> usize {
    let start = from + run(line, from, |b| bytes::is_space(b) || list && is_mark(b));
    let number = start + 1 + run(line, start + 1, |b| b.is_ascii_digit());
    match at(line, start) {
        b'a' if list && part(line, number, number + 2) == b"=\"" => gap_end(line, number + 2, list),
        _ => start,
    }
}

/// Does the value that begins here look like a secret?
fn is_wild(text: &[u8], start: usize) -> bool {
    let found = value::extent(text, start, Rule::Password, 0, false);
    found.is_some_and(|found| value::is_striking(part(text, found.start, found.end)))
}

/// The next word of a line, and what separates it from the one before: spaces, marks of a list, `\` and `\n`.
fn next_word(line: &[u8], from: usize, list: bool) -> (usize, usize) {
    let mut start = from;
    loop {
        start = gap_end(line, start, list);
        match part(line, start, start + 2) {
            [b'\\', b'n'] => start += 2,
            [b'\\'] | [b'\\', b' ' | b'\r' | b'\n'] => start += 1,
            _ => break,
        }
    }
    (start, start + run(line, start, |b| !(bytes::is_space(b) || list && is_mark(b))))
}

impl Scan<'_, '_> {
    /// At a word: takes the secrets of a command line, if a tool begins it. The rest of the line is still to be looked at.
    pub(super) fn command(&mut self, start: usize) {
        let text = self.text;
        let rest = part(text, start, text.len());
        let gram = gram(rest, 0);
        let from = BY_GRAM.partition_point(|&(other, ..)| other < gram);
        let same = BY_GRAM.iter().skip(from).take_while(|&&(other, ..)| other == gram);
        let named = same.filter_map(|&(_, name, tool)| {
            let end = name_end(rest, name)?;
            // `MySQL-python` is another
            let ends =
                !(bytes::is_word(at(rest, end)) || at(rest, end) == b'-') || starts_with_nocase(part(rest, end, rest.len()), b".exe");
            ends.then_some((end, tool))
        });
        // the longest name: `mysqli_connect`, not `mysqli`
        let Some((end, tool)) = named.max_by_key(|&(end, _)| end).filter(|_| start >= self.command_end) else { return };
        // the last label of a domain, which is no command and may be a call
        if before(text, start) != b'.' || at(rest, end) == b'(' {
            self.arguments(tool, start + end);
        }
    }

    /// The secrets among the arguments of a tool from `from` on, which go on in the next line behind a backslash.
    pub(super) fn arguments(&mut self, tool: u8, from: usize) {
        let text = self.text;
        let Some((_, flags)) = TOOLS.get(usize::from(tool)) else { return };
        let line = bytes::up_to(text, from + LINE);
        match flags {
            [(_, Call(number))] => return self.call(from, *number),
            [(_, Piped)] => return self.piped(line, from),
            [(_, Lines)] => return self.lines(from),
            [(_, Answer)] => return self.awaits(Rule::Password, part(text, from, text.len()).trim_ascii().is_empty()),
            _ => {}
        }
        let list = matches!(at(line, from), b'"' | b'\'' | b',');
        let (mut i, mut words) = (from + usize::from(at(line, from) == b':'), 0);
        loop {
            let (start, end) = next_word(line, i, list);
            let redirected = matches!(at(line, start), b'|' | b'>' | b'<');
            if start == end || redirected && !flags.iter().any(|(flag, _)| at(flag.as_bytes(), 0) == at(line, start)) {
                i = start;
                break;
            }
            // the digit of its kind: `key-string 7 …`
            let typed = words == 0 && end == start + 1 && matches!(at(line, start), b'0' | b'5'..=b'9') && at(line, end) == b' ';
            // `/add`, and no path
            let flag = match at(line, start) {
                b'/' => !part(line, start + 1, end).contains(&b'/'),
                first => first == b'-',
            };
            words += u8::from(!typed && !flag);
            let taken = flags.iter().find_map(|&(name, argument)| match argument {
                Word(number) if words == number && !typed && !flag => self.secret(start, start, 0),
                Wild(number) if words == number && is_wild(text, start) => self.secret(start, start, 0),
                Word(_) | Wild(_) => None,
                Login => self.oracle(start, end),
                _ => self.argument(start, end, name, argument, list),
            });
            i = taken.unwrap_or(end).max(end);
        }
        self.command_end = i;
        if text.trim_ascii_end().ends_with(b"\\") && text.ends_with(b"\n") && !self.open.is_cut() {
            self.open = Open::Command { tool };
        }
    }

    /// `Private-Lines: 14`: the number, and with it the lines.
    fn lines(&mut self, from: usize) {
        let text = self.text;
        let start = from + run(text, from, |b| matches!(b, b':' | b' '));
        let end = start + run(text, start, |b| b.is_ascii_digit());
        if start < end && part(text, end, text.len()).trim_ascii().is_empty() {
            self.ahead(|scan| scan.found(PRIVATE_KEY, start, end));
            self.open = if self.open.is_cut() { self.open } else { Open::Block };
        }
    }

    /// The secret of a flag, if it is the word `start..end`: where it ends.
    fn argument(&mut self, start: usize, end: usize, flag: &str, argument: Argument, list: bool) -> Option<usize> {
        let text = self.text;
        let word = part(text, start, end);
        // `-su ana:x`
        let cluster = || match (argument, flag.as_bytes(), word) {
            (Behind(_), [b'-', last], [b'-', letters @ ..]) => {
                (2..6).contains(&letters.len()) && letters.iter().all(u8::is_ascii_alphabetic) && letters.last() == Some(last)
            }
            _ => false,
        };
        let equals = at(word, flag.len());
        let from = match argument {
            Quoted if flag.is_empty() || word.eq_ignore_ascii_case(flag.as_bytes()) => {
                return self.quoted_secret(start, if flag.is_empty() { start } else { end });
            }
            Quoted => return None,
            // `-mount=secret`
            _ if flag.is_empty() && word.starts_with(b"-") => return None,
            _ if word == flag.as_bytes() && argument != Glued => end,
            _ if word.starts_with(flag.as_bytes()) && matches!(equals, b'=' | b':') && argument != Glued => start + flag.len() + 1,
            Joined | Glued | Behind(_) if word.len() > flag.len() && flag.len() < 4 && word.starts_with(flag.as_bytes()) => {
                start + flag.len()
            }
            _ if cluster() => end,
            _ => return None,
        };
        let from = if list { gap_end(text, from, list) } else { from };
        let from = match argument {
            Typed if matches!(part(text, from, from + 3), [b' ', b'0' | b'5'..=b'9', b' ']) => from + 3,
            _ => from,
        };
        self.secret(start, from, if let Behind(mark) = argument { mark } else { 0 })
    }

    /// Takes the value at `from`, or what is behind a mark in it: where it ends. Nothing is a flag or a file behind `<`.
    fn secret(&mut self, start: usize, from: usize, mark: u8) -> Option<usize> {
        let text = self.text;
        let found = value::extent(text, from, Rule::Password, if start < from { before(text, from) } else { 0 }, false)?;
        let secret = match (mark, part(text, found.start, found.end)) {
            (0, _) => found.start,
            // `curl -u KEY:`, a key with an empty password
            (_, key) if at(text, found.end) == mark && value::is_random(key) => found.start,
            (_, pair) => found.start + 1 + pair.iter().position(|&b| b == mark)?,
        };
        let value = part(text, secret, found.end);
        // in a list, brackets stand between words
        if placeholder::prefix(part(text, secret.saturating_sub(1), text.len())).is_some() {
            return None;
        }
        if matches!(value.first(), Some(b'-' | b'<' | b'|' | b'>'))
            || value::is_sentence(value, at(text, found.end))
            || value::is_state(value)
            || !value::is_secret(Rule::Password, value, Form::Plain, self.engine.strict)
        {
            return None;
        }
        self.take_password(Extent { start: secret, ..found });
        Some(found.end)
    }

    fn take_password(&mut self, found: Extent) {
        if let Some(action) = self.engine.action(Rule::Password.detector()) {
            self.ahead(|scan| scan.take(Rule::Password, action, &found));
        }
    }

    /// `IDENTIFIED BY 'x'`, and without quotes where a user is created or changed.
    fn quoted_secret(&mut self, start: usize, from: usize) -> Option<usize> {
        let text = self.text;
        // of a hash: `IDENTIFIED BY VALUES 'x'`
        let from = from + bytes::phrase(" values | password ", part(text, from, text.len())).unwrap_or(0);
        let found = value::extent(text, from, Rule::Password, 0, false)?;
        let value = part(text, found.start, found.end);
        let statement = || {
            let near = part(text, start.saturating_sub(LINE), start).to_ascii_uppercase();
            [&b"CREATE USER "[..], b"ALTER USER ", b"ROLE ", b"GRANT ", b"LINK "].iter().any(|word| bytes::find(&near, 0, word).is_some())
        };
        // `each node is identified by "name"` is prose
        let sound = if start < from { found.quoted && at(text, start).is_ascii_uppercase() || statement() } else { found.quoted };
        if !sound || !value::is_secret(Rule::Password, value, Form::Plain, self.engine.strict) {
            return None;
        }
        self.take_password(found);
        Some(found.end)
    }

    /// `sqlplus ana/x@db`
    fn oracle(&mut self, start: usize, end: usize) -> Option<usize> {
        let word = part(self.text, start, end);
        let slash = word.iter().position(|&b| b == b'/').filter(|&slash| slash > 0)?;
        let stop = word.iter().rposition(|&b| b == b'@').filter(|&stop| stop > slash).unwrap_or(word.len());
        let value = part(word, slash + 1, stop);
        if word.iter().take(slash).any(|b| matches!(b, b'.' | b'-' | b'@')) || value.is_empty() || value::is_syntax(value) {
            return None;
        }
        self.take_password(Extent { start: start + slash + 1, end: start + stop, open: Open::Nothing, quoted: false });
        Some(end)
    }

    /// `echo x | docker login --password-stdin`, `echo ana:x | chpasswd`
    fn piped(&mut self, line: &[u8], from: usize) {
        let Some(pipe) = bytes::find(line, from, b"|") else { return };
        let Some(reader) = READERS.iter().find(|reader| bytes::find(line, pipe, reader.as_bytes()).is_some()) else { return };
        let flags = run(line, from, |b| b == b' ');
        let from = from + flags + if part(line, from + flags, from + flags + 3) == b"-n " { 3 } else { 0 };
        let _end = self.secret(from, from, if *reader == "chpasswd" { b':' } else { 0 });
    }

    /// `a1 LOGIN ana x` (RFC 9051, section 6.2.3): a tag, the command and two arguments, of which one or both may be in quotes.
    fn imap_login(&mut self, from: usize) {
        let text = self.text;
        let start = from.saturating_sub("LOGIN ".len());
        let tag = part(text, start - run_back(text, start, 8, |b| b.is_ascii_alphanumeric()), start);
        if part(text, start, from + 1) != b" LOGIN " || !tag.iter().any(u8::is_ascii_digit) {
            return;
        }
        let Some(name) = value::extent(text, from, Rule::Field, 0, false) else { return };
        let behind = name.end + usize::from(name.quoted);
        if at(text, behind) == b' ' {
            let _end = self.secret(behind, behind + 1, 0);
        }
    }

    /// `login: ana/x`, `login with ana / x`, and the login of a tool that is not known: `acme login -u ana -p x`.
    #[inline(never)]
    fn login_line(&mut self, from: usize) {
        let text = self.text;
        let name = from + run(text, from, |b| matches!(b, b':' | b' '));
        if !bytes::ends_with_one_of(part(text, 0, from), &["login"]) || name == from {
            return;
        }
        if at(text, name) == b'-' {
            return self.login_flags(from);
        }
        let name = name + if part(text, name, name + 5) == b"with " { 5 } else { 0 };
        let mark = name + run(text, name, |b| bytes::is_key(b) || b == b'@');
        let space = run(text, mark, |b| b == b' ').min(1);
        let slash = at(text, mark + space) == b'/';
        // `login ana x`
        if name == mark || !slash && (space == 0 || name > from + 1) {
            return;
        }
        let start = mark + space + usize::from(slash);
        let start = start + if slash { run(text, start, |b| b == b' ').min(1) } else { 0 };
        let end = start + run(text, start, |b| !bytes::is_space(b));
        let value = part(text, start, end);
        // `login: api/v2`
        let wild = match (slash, space) {
            (true, 1) => at(text, start - 1) == b' ' && value::is_striking(value),
            (true, _) => value::symbols(value) > 0,
            _ => value::symbols(value) > 0 && is_mixed(value, 6) && part(text, end, text.len()).trim_ascii().is_empty(),
        };
        if wild && !value.iter().any(|b| matches!(b, b'/' | b'=' | b':' | b'"' | b'[' | b'{' | b'*')) {
            let _end = self.secret(start, start, 0);
        }
    }

    /// The password behind `-p`, where a flag before says who logs in.
    fn login_flags(&mut self, from: usize) {
        let line = bytes::up_to(self.text, from + LINE);
        let (mut i, mut named) = (from, false);
        loop {
            let (start, end) = next_word(line, i, false);
            match part(line, start, end) {
                [] | [b'|' | b'>' | b'<' | b'&' | b';', ..] => return,
                b"-u" | b"-U" | b"--user" | b"--username" => named = true,
                b"-p" | b"-P" if named => {
                    let (value, stop) = next_word(line, end, false);
                    // a port
                    if !part(line, value, stop).iter().all(u8::is_ascii_digit) {
                        let _end = self.secret(start, end, 0);
                    }
                    return;
                }
                _ => {}
            }
            i = end;
        }
    }

    /// `login("ana", "x")`: the quoted argument of this number, which may stand in a line behind.
    pub(super) fn call(&mut self, from: usize, number: u8) {
        let text = self.text;
        let mut i = from;
        if at(text, i) == b'(' {
            i += 1;
        } else if from > 0 {
            self.imap_login(from);
            return self.login_line(from);
        }
        for left in (1..=number).rev() {
            i += run(text, i, bytes::is_space);
            // the list goes on in the next line
            if i == text.len() && i > from + 1 && !self.open.is_cut() {
                self.open = Open::Arguments { left };
                return;
            }
            i += usize::from(matches!(at(text, i), b'b' | b'N' | b'E' | b'@') && matches!(at(text, i + 1), b'"' | b'\''));
            let quote = at(text, i);
            let quoted = matches!(quote, b'"' | b'\'');
            let end = if quoted {
                let Some(end) = value::quote_end(text, i + 1, quote, 0, 1) else { return };
                end
            } else if quote == b'{' {
                // `jwt.sign({ id: 1 }, "x")`
                i + run(text, i, |b| !matches!(b, b'}' | b'\n')) + 1
            } else {
                i + run(text, i, |b| bytes::is_key(b) || matches!(b, b'$' | b'>' | b'[' | b']'))
            };
            let value = part(text, i + 1, end);
            // `login("/accounts/login/", …)`
            if quoted && at(value, 0) == b'/' {
                return;
            }
            if left == 1 {
                let prose = value.contains(&b' ');
                if quoted && !prose && value::is_secret(Rule::Password, value, Form::Plain, self.engine.strict) {
                    self.take_password(Extent { start: i + 1, end, open: Open::Nothing, quoted: true });
                }
                return;
            }
            i = end + usize::from(quoted);
            if at(text, i) != b',' {
                return;
            }
            i += 1;
        }
    }

    /// Does this line name somebody, so that the next one may have the password: `login ana`, `username: ana`, `u: ana`?
    pub(super) fn is_name_line(&self) -> bool {
        let line = self.text.trim_ascii();
        if line.len() > 96 || !matches!(at(line, 0) | 0x20, b'l' | b'u' | b'm' | b'd') || !self.text.ends_with(b"\n") {
            return false;
        }
        let mut words = line.split(|&b| matches!(b, b' ' | b'\t' | b':' | b'=')).filter(|word| !word.is_empty());
        let mut next = || words.next().unwrap_or_default();
        let mut word = next();
        if word.eq_ignore_ascii_case(b"machine") {
            next();
            word = next();
        } else if word.eq_ignore_ascii_case(b"default") {
            word = next();
        }
        is_login(word) && !next().is_empty() && next().is_empty()
    }

    /// The password of who was named in the line before: `password x`, `p: x`.
    pub(super) fn password_line(&mut self) {
        let text = self.text;
        let start = run(text, 0, bytes::is_space);
        let end = start + run(text, start, bytes::is_word);
        let word = part(text, start, end);
        if !bytes::words!("password passwd pass pwd pw p").has(word) {
            return;
        }
        let from = end + run(text, end, |b| matches!(b, b' ' | b'\t' | b':' | b'='));
        let found = value::extent(text, from, Rule::Password, 0, false).filter(|_| from > end);
        let Some(found) = found.map(|found| found.whole(text)) else { return };
        let value = part(text, found.start, found.end);
        let alone = part(text, found.end + usize::from(found.quoted), text.len()).trim_ascii().is_empty();
        if alone && value::is_secret(Rule::Password, value, Form::Plain, self.engine.strict) {
            self.take_password(found);
        }
    }

    /// Does a name stand before the key, as in `login ana password …` of a .netrc or `user: ana pass: …`?
    pub(super) fn follows_login(&self, key: usize) -> bool {
        let text = self.text;
        let name = key - run_back(text, key, 2, |b| matches!(b, b' ' | b',' | b';'));
        let start = name - run_back(text, name, KEY_MAX, |b| !bytes::is_space(b));
        let word = start - run_back(text, start, 3, |b| b == b' ');
        let sentence = matches!(before(text, name), b':' | b',' | b';' | b'.' | b'|');
        let word = word - run_back(text, word, 1, |b| matches!(b, b':' | b'='));
        let first = word - run_back(text, word, 12, bytes::is_word);
        // `username or password incorrect`
        let listed = bytes::words!("or and oder und ou et").has(part(text, start, name));
        // a flag is no word: `curl -u ana:x`
        start < name && name < key && !sentence && !listed && before(text, first) != b'-' && is_login(part(text, first, word))
    }
}
