//! What only looks like a key and its value: coordinates of code, types, references to a value, and prose.

use crate::detect::words::{self, Rule, Word};
use crate::scan::bytes::{self, Words, at, before, class, part, run, skip};
use crate::scan::command::follows_user;
use crate::scan::value::{is_address, is_random, is_sensitive, is_striking, quote_end};

/// Endings of files of code and logs.
const FILES: Words = Words::new(
    "py pyx js mjs cjs ts tsx jsx go rs java kt scala rb php cs fs cpp cc c h hpp swift dart vue svelte ex exs erl lua sh \
     sql html css json yml yaml toml xml log txt md",
);
/// Types that stand where a value may stand.
const TYPES: Words = Words::new(
    "str string String SecretStr Optional[SecretStr] bytes any object number boolean bool int Optional[str] &str &String text varchar CharField \
     Option<String Option<String> Optional<String string? String? String! ID! char* Final Final[str] &[u8] Vec<u8> TEXT VARCHAR",
);
/// Bytes of the longest of them.
const LONGEST_TYPE: usize = 19;
/// Where configurations are kept: what is taken from there is no value.
const SOURCES: &str = "System. process.env. os.environ os.getenv import.meta.env. settings. config. cfg. env. ENV[ secrets. var. vars. local. data. \
     vault. self. this. props. request. req. options. opts. args. params. credentials. getenv( env(";

/// Types of SQL that have a length.
const SIZED: &str = "nvarchar(|varchar(|nvarchar2(|varchar2(|char(|nchar(|constant varchar2(";

/// Bytes of a type and a length before a printed value.
const PRINTED: usize = 24;

/// Bytes of a name that are no name any more, but a token.
const LONGEST_NAME: usize = 96;

/// Is this one of the words of a text, in this case?
fn is_exactly(words: Words, word: &[u8]) -> bool {
    words.has(word) && words.iter().any(|one| one.as_bytes() == word)
}

/// Is the key at the `:` at `i` a file, so that a line follows (`password.py:12`), the end of a path, or a package?
pub(super) fn is_place(word: &[u8], text: &[u8], start: usize, i: usize) -> bool {
    if at(text, i) != b':' {
        return false;
    }
    let file = word.iter().rposition(|&b| b == b'.').is_some_and(|dot| is_exactly(FILES, part(word, dot + 1, word.len())));
    let line = class(at(text, i + 1)) & bytes::DIGIT != 0 || part(text, i + 1, i + 5) == b"line";
    // `arn:aws:secretsmanager:eu-west-1:0123:secret:name`
    let opener = before(text, start);
    let resource = opener == b':' && part(text, i.saturating_sub(96), i).windows(8).any(|name| name == b"arn:aws:");
    // what a shell says where a variable has no value: `${DB_PASSWORD:?set it first}`
    let message = at(text, i + 1) == b'?' && part(text, 0, start).ends_with(b"${");
    // of Debian: `python3-jwt:amd64`
    let package = bytes::words!("amd64 arm64 i386 armhf").has(part(text, i + 1, skip(text, i + 1, bytes::is_word)));
    file && line || resource || message || package || opener == b'/' && matches!(at(text, i + 1), b' ' | b'"') && !follows_user(text, start)
}

/// Behind the type and the `=` of `: str = …`, if they stand at `from`.
pub(super) fn behind_type(text: &[u8], from: usize) -> usize {
    let start = skip(text, from, |b| b == b' ');
    // of Rust
    let start = if part(text, start, start + 9) == b"&'static " { start + 9 } else { start };
    let end = skip(text, start, |b| bytes::is_word(b) || matches!(b, b'[' | b']' | b'<' | b'>' | b'?' | b'&' | b'*' | b'.'));
    let equals = skip(text, end, |b| b == b' ');
    let assigned = at(text, equals) == b'=' && at(text, equals + 1) != b'=';
    // as `var_dump` of PHP, printers of Go, R and gdb write it: `string(7) "x"`, `(string) (len=7) "x"`, `chr "x"`, `0x55d0 "x"`
    let pointer = || {
        let end = skip(bytes::up_to(text, start + PRINTED), start, |b| b == b'x' || b.is_ascii_hexdigit());
        is_address(part(text, start, end)) && at(text, end + 1) == b'"'
    };
    if matches!(at(text, start), b's' | b'(' | b'[' | b'c')
        && bytes::phrase("string|(string|[]byte(|chr ", part(text, start, text.len())).is_some()
        || at(text, start) == b'0' && pointer()
    {
        let quote = skip(bytes::up_to(text, start + PRINTED), start, |b| b.is_ascii_alphanumeric() || b" ()=[]".contains(&b));
        if matches!(at(text, quote), b'"' | b'\'') {
            return quote;
        }
    }
    // of SQL: `@password NVARCHAR(50) = N'x'`
    let sized = if at(text, end) == b'(' || part(text, start, end).eq_ignore_ascii_case(b"constant") {
        bytes::phrase(SIZED, part(text, start, text.len()))
    } else {
        None
    };
    if let Some(length) = sized {
        let size = skip(text, start + length, |b| b.is_ascii_alphanumeric());
        let equals = skip(text, size + 1, |b| matches!(b, b' ' | b':'));
        return if at(text, size) == b')' && at(text, equals) == b'=' { equals + 1 } else { from };
    }
    // as Windows shows its registry
    if at(text, start) == b'R' && matches!(part(text, start, end), b"REG_SZ" | b"REG_EXPAND_SZ") && at(text, end) == b' ' {
        return equals;
    }
    if assigned && is_exactly(TYPES, part(text, start, end)) { equals + 1 } else { from }
}

/// Is what stands behind `key: ` in a struct that Go prints the next field, since this one is empty: `{User:ana Password: Port:5432}`?
pub(super) fn is_next_field(before: &[u8], key: &[u8], value: &[u8]) -> bool {
    let name = run(value, 0, bytes::is_word);
    let upper = |word: &[u8]| at(word, 0).is_ascii_uppercase();
    upper(key) && upper(value) && at(value, name) == b':' && matches!(before.last(), Some(b' ' | b'{')) && before.contains(&b'{')
}

/// The quote behind the types of which the value at `from` is made: `Secret("x")`, `Some(Token("x"))`, `aws.String("x")`, if that looks like a secret.
pub(super) fn behind_types(text: &[u8], from: usize) -> Option<usize> {
    const CONVERSIONS: Words = Words::new("string secret secretstring stringptr ptr sensitive plaintext");
    let mut i = from;
    for _ in 0..3 {
        let name = run(text, i, |b| bytes::is_word(b) || matches!(b, b':' | b'<' | b'>' | b'.'));
        if at(text, i + name) != b'(' {
            return None;
        }
        let last = part(text, i, i + name).rsplit(|&b| b == b'.').next().unwrap_or_default();
        let plain = last.len() == name && at(text, i).is_ascii_uppercase();
        // a value may have a call behind it, but is no type
        if !(plain || CONVERSIONS.has(last)) || is_random(last) {
            return None;
        }
        i += name + 1;
        let quote = at(text, i);
        if matches!(quote, b'"' | b'\'') {
            let end = quote_end(text, i + 1, quote, 0, 1)?;
            let value = part(text, i + 1, end);
            let sound = at(text, end + 1) == b')' && is_striking(value) && !value.iter().any(|b| matches!(b, b' ' | b'{'));
            return sound.then_some(i);
        }
    }
    None
}

/// Does this value, without quotes, say where the value is? `process.env.API_KEY`, `get_secret(…)`, `(sensitive value)`
pub(super) fn is_reference(value: &[u8], next: u8) -> bool {
    if is_type(value) {
        return true;
    }
    // a pointer, and an alias of YAML: `&config.password`, `*db_password`
    let pointed = matches!(value, [b'&' | b'*', ..]);
    let value = part(value, usize::from(pointed), value.len());
    // of PHP
    let variable = usize::from(at(value, 0) == b'$');
    let name = variable + run(part(value, 0, value.len().min(LONGEST_NAME)), variable, |b| bytes::is_word(b) || matches!(b, b'.' | b':'));
    if name == LONGEST_NAME {
        return false;
    }
    let (named, behind) = (part(value, 0, name), part(value, name, value.len()));
    let plain = !named.iter().any(u8::is_ascii_digit);
    let member = named.contains(&b'.');
    // `input("Password: ")`, of which the colon ended the value, `sha256(b"seed")`
    let quoted = matches!(behind, [_, b'"' | b'\'', ..] | [_, b'b' | b'f', b'"' | b'\'', ..]);
    // `base64.b64encode(value)`, `uuid.uuid4().hex`, `bin2hex(random_bytes(32))`, `tokens.next()?`
    // and one of what it gives: `get_or_create(user=user)[0]`
    let whole = value.strip_suffix(b"?").or_else(|| value.strip_suffix(b"[0]")).unwrap_or(value);
    let closed = quoted || behind.starts_with(b"().") || whole.ends_with(b")");
    let nested = || behind.iter().filter(|&&b| b == b'(').count() > 1;
    // the arguments stand in the next lines: `re.match(`
    let open = || plain && matches!(behind, b"(" | b"({" | b"([");
    let call = name >= 2
        && at(value, name) == b'('
        && (closed && (plain || member || nested()) || plain && matches!(next, b' ' | b'"' | b'\'' | b')' | b',' | b'.') || open());
    // `form.data['password']`, `$_POST['password']`, `args["api_password"]`, `parts[1]`, `params[:password]`, `tokens[i]`, `tokens[++i]`, `tokens[i++]`,
    // `Token[]`
    let place = |inner: &[u8]| match inner {
        [a, b @ ..] if a.is_ascii_digit() => b.len() < 2 && b.iter().all(u8::is_ascii_digit),
        [b'a'..=b'z'] => true,
        [name @ .., b'+', b'+'] | [name @ .., b'-', b'-'] => name.iter().all(|&b| bytes::is_word(b)),
        [b':' | b'+' | b'-', ..] => inner.iter().all(|&b| bytes::is_word(b) || matches!(b, b':' | b'+' | b'-')),
        _ => false,
    };
    let index = name > 1
        && match behind {
            [b'[', b'"' | b'\'', ..] => plain || names_secret(behind),
            [b'[', inner @ .., b']'] => plain && (place(inner) || inner.is_empty() && at(named, 0).is_ascii_uppercase()),
            _ => false,
        };
    // a regular expression of JavaScript, and a promise
    let script = || value.starts_with(b"/^") && value.iter().any(|b| matches!(b, b'[' | b'(')) || value.starts_with(b"(await ");
    // `new Buffer(…)`
    let operator =
        next == b' ' && is_exactly(bytes::words!("new await async mut const void lambda"), value) || next == b':' && value == b"lambda";
    // every source goes on with a name, a bracket or an index
    let within = || value.iter().any(|&b| matches!(b, b'.' | b'(' | b'['));
    let source = || plain && within() && SOURCES.split_ascii_whitespace().any(|source| value.starts_with(source.as_bytes()));
    // a member that has the name of a secret: `user.password`, `random_password.db.result`
    let chain = || plain && value.iter().all(|&b| bytes::is_word(b) || b == b'.') && (pointed || member) && names_secret(value);
    // a tag of YAML: `!vault |`, `!Ref DbPassword`
    let tag =
        || next == b' ' && matches!(value, [b'!', name @ ..] if name.iter().all(|&b| b.is_ascii_alphabetic() || matches!(b, b'!' | b'_')));
    let cmdlet = || next == b' ' && is_cmdlet(value);
    let words = matches!(value, [b'(', words @ .., b')'] if words.iter().all(|&b| b.is_ascii_alphabetic() || b == b' '));
    call || index || operator || words || source() || chain() || tag() || cmdlet() || script() || is_expression(named, behind)
}

/// Is a name with what stands behind it an expression or a type of a language, and not a word with marks?
fn is_expression(named: &[u8], behind: &[u8]) -> bool {
    if named.len() < 2 || named.iter().any(u8::is_ascii_digit) {
        return false;
    }
    let capital = at(named, 0).is_ascii_uppercase();
    match behind {
        // of Perl and PHP: `$request->bearerToken()`, `$ENV{DB_PASSWORD}`
        [b'-', b'>', ..] => at(named, 0) == b'$',
        [b'{', ..] => named == b"$ENV",
        // a macro of Rust: `Token![=]`
        [b'!', b'(' | b'[' | b'{', ..] => true,
        // a type with arguments: `Option<&str>`, `Final[Literal[…]]`
        [b'<' | b'[', argument, ..] => capital && (argument.is_ascii_uppercase() || matches!(argument, b'&' | b'{')),
        // a call of Rust of which the value ends early: `Secret::new(rng.gen::<[u8; 32]>())`
        [b'(', name, ..] => name.is_ascii_lowercase() && bytes::find(named, 1, b"::").is_some(),
        // a path of Rust, and a constant of a class: `token::Brace`, `BuildConfig.API_KEY`
        [] => bytes::find(named, 1, b"::").is_some() || is_constant(named),
        _ => false,
    }
}

/// Is this the constant of a class: `BuildConfig.API_KEY`?
fn is_constant(named: &[u8]) -> bool {
    named.iter().rposition(|&b| b == b'.').is_some_and(|dot| {
        let (class, constant) = (part(named, 0, dot), part(named, dot + 1, named.len()));
        class.iter().any(u8::is_ascii_lowercase) && constant.contains(&b'_') && !constant.iter().any(u8::is_ascii_lowercase)
    })
}

/// Is this a command of PowerShell that gives a value: `ConvertTo-SecureString "x"`, `Get-Secret`?
fn is_cmdlet(value: &[u8]) -> bool {
    const VERBS: Words = Words::new("ConvertTo Get Read New Import Unprotect");
    value.iter().position(|&b| b == b'-').is_some_and(|dash| {
        let noun = part(value, dash + 1, value.len());
        is_exactly(VERBS, part(value, 0, dash)) && at(noun, 0).is_ascii_uppercase() && noun.iter().all(u8::is_ascii_alphabetic)
    })
}

/// Is one of the words of this name that of a secret?
#[inline(never)]
fn names_secret(name: &[u8]) -> bool {
    name.split(|b| !b.is_ascii_alphabetic()).any(is_sensitive)
}

/// Is this a type, which stands where a value may stand?
pub(super) fn is_type(value: &[u8]) -> bool {
    value.len() <= LONGEST_TYPE && is_exactly(TYPES, value)
}

/// Is the value of a key the variable of the same name: `login(user=user, password=db_password)`, `self.secret = secret`?
pub(super) fn is_argument(text: &[u8], start: usize, key: &[u8], value: &[u8], end: usize) -> bool {
    let within = |line: &[u8]| line.ends_with(b"(") || line.ends_with(b", ") || line.trim_ascii().is_empty();
    let called = || matches!(at(text, end), b',' | b')') && within(part(text, 0, start));
    let of_this = value == key || value.strip_suffix(key).is_some_and(|owner| owner.ends_with(b"_"));
    // of a template: `{% url 'reset' token=token %}`
    let passed = || part(text, end, end + 3) == b" %}";
    of_this && (called() || passed()) || matches!(key.strip_suffix(value), Some(b"self." | b"this." | b"exports."))
}

/// Is this word what the help of a tool has where columns part at `i`: `--api-key KEY    the key`, `--old-passwords    use …`?
pub(super) fn is_help(text: &[u8], i: usize, word: &[u8]) -> bool {
    part(text, i, i + 2) == b"  " && word.iter().all(|&b| b.is_ascii_alphabetic() || b == b'_')
}

/// Does a sentence about a key begin so, in a language without spaces: `密码：不能为空`, `パスワード：8文字以上`?
fn is_unspaced(value: &[u8]) -> bool {
    let number = run(value, 0, |b| b.is_ascii_digit());
    let sentence = part(value, number, value.len());
    number < 3 && matches!(sentence, [0xe3..=0xed, ..]) && !sentence.iter().any(u8::is_ascii_alphanumeric)
}

/// Is this no more than the beginning of a token, as documents show one: `ghp_...`?
pub(super) fn is_elided(value: &[u8], behind: &[u8]) -> bool {
    value.len() <= 8 && (behind.starts_with(b"...") || behind.starts_with("…".as_bytes()))
}

/// Is this the fingerprint of a public key, by which OpenPGP (RFC 9580, section 5.5.4) calls it: `GPG key: 3ABC…`?
pub(super) fn is_fingerprint(key: &[u8], value: &[u8]) -> bool {
    value.len() == 40
        && value.iter().all(|b| b.is_ascii_digit() || matches!(b, b'A'..=b'F'))
        && key.split(|&b| !bytes::is_word(b)).any(|word| bytes::words!("gpg pgp openpgp rsa dsa eddsa").has(word))
}

/// Is this a number of few digits?
fn is_few(value: &[u8]) -> bool {
    value.len() < 5 && value.iter().all(u8::is_ascii_digit)
}

/// Is what is called a cookie, without quotes, none of a browser: a number of JSON (`"SyncookiesSent": 12`), or of a thing in memory?
pub(super) fn is_handle(value: &[u8], json: bool) -> bool {
    json && is_few(value) || is_address(value)
}

/// Does this say how many there are: `passwords=12 checked`, `passwordHistory=5`, and of a secret of Kubernetes `password:  16 bytes`?
pub(super) fn is_count(key: &[u8], value: &[u8], text: &[u8], end: usize) -> bool {
    const COUNTED: &[&str] = &[
        "passwords",
        "secrets",
        "cookies",
        "credentials",
        "creds",
        "keys",
        "history",
        "bytes",
        "bits",
        "scanned",
        "loaded",
        "issued",
        "failed",
    ];
    // of StatsD: `shop.auth.password.failed:1|c`
    let digits = run(value, 0, |b| b.is_ascii_digit());
    (1..5).contains(&digits)
        && matches!(at(value, digits), 0 | b'|')
        && (bytes::ends_with_one_of(key, COUNTED) || part(text, end, end + 6) == b" bytes")
}

/// Is the value of `key: value` a state: of a resource, of a switch, of a module?
pub(super) fn is_state(key: &[u8], value: &[u8], text: &[u8], end: usize) -> bool {
    let title = value.first().is_some_and(u8::is_ascii_uppercase) && value.iter().skip(1).all(u8::is_ascii_lowercase);
    let resource = key.contains(&b'.') && title;
    // `(passwd:chauthtok)`
    let bracketed = at(text, end) == b')' && value.iter().all(u8::is_ascii_lowercase) && before(text, end - value.len()) == b':';
    // `password: required`
    let small = |b: &u8| b.is_ascii_lowercase() || *b >= 0x80;
    let alone = value.len() > 6 && matches!(at(text, end), 0 | b'\r' | b'\n' | b',' | b';' | b')');
    let demanded = alone && value.iter().all(small) && DEMANDS.has(value);
    // `Lösenord: minst 8 tecken`
    let digits = run(text, end + 1, |b| b.is_ascii_digit());
    let unit = end + 2 + digits;
    let measured = || {
        value.iter().all(|b| b.is_ascii_alphabetic() || *b >= 0x80)
            && at(text, end) == b' '
            && (1..3).contains(&digits)
            && at(text, unit - 1) == b' '
            && class(at(text, unit)) & (bytes::LETTER | bytes::HIGH) != 0
    };
    // `Authorization: header missing`
    let denied = || value.iter().all(u8::is_ascii_lowercase) && bytes::phrase(" not | missing", part(text, end, text.len())).is_some();
    // `class PasswordForm: salt = "x"`
    let assigned = part(text, end, end + 3) == b" = " && value.iter().all(|&b| bytes::is_word(b));
    resource || bracketed || demanded || measured() || denied() || assigned || is_unspaced(value) || matches!(value, b"YES" | b"NO" | b"~")
}

/// Does an object say of what type a value is, and give none: `{type: String, required: true}`, `{"type": "string"}`, and of TypeScript
/// `{ username: string; password: string }`?
pub(super) fn is_schema(value: &[u8]) -> bool {
    const SCHEMA_TYPES: Words = Words::new("string text datatypes sequelize varchar apikey http");
    let plain = |value: &[u8]| is_type(value) || is_few(value) || bytes::words!("true false").has(value);
    let typed = |field: &[u8]| bytes::find(field, 0, b": ").is_some_and(|colon| plain(part(field, colon + 2, field.len())));
    if let [b'{', fields @ .., b'}'] = value
        && fields.split(|&b| matches!(b, b';' | b',')).map(<[u8]>::trim_ascii).all(|field| field.is_empty() || typed(field))
    {
        return true;
    }
    // rules of a validator: `['required', 'min:8']`
    if let [b'[' | b'(', b'"' | b'\'', rules @ ..] = value {
        return RULES.has(part(rules, 0, run(rules, 0, |b| b.is_ascii_alphabetic())));
    }
    let mark = |b: u8| matches!(b, b'{' | b'"' | b'\'' | b':' | b' ' | b'=' | b'>');
    let name = run(value, 0, mark);
    let is = skip(value, name + 4, mark);
    let end = skip(value, is, |b| b.is_ascii_alphabetic());
    part(value, name, name + 4) == b"type"
        && is > name + 4
        && SCHEMA_TYPES.has(part(value, is, end))
        && !["value", "default", "example", "const"].iter().any(|word| bytes::find(value, end, word.as_bytes()).is_some())
}

/// What a list of rules for a field begins with (Laravel, Validation).
const RULES: Words = Words::new("required nullable sometimes present filled bail string confirmed");

/// What is asked of a field.
const DEMANDS: Words = Words::new(
    "required optional mandatory obrigatório obrigatória obligatorio obligatoria obligatoire obbligatorio obbligatoria requis \
     erforderlich verplicht wymagane обязательно обязателен obligatoriskt påkrævet kötelező zorunlu pakollinen povinné",
);

/// What a form says of a password that it did not take, as frameworks do: `This field is required.`, `is too short (minimum is 8 characters)`.
pub(super) fn is_complaint(value: &[u8]) -> bool {
    const OPENINGS: &str = "forgot |reset |change |choose |confirm |repeat |this |is |are |can't |cannot |must |should |may not |your |the |a |please |passwords |doesn't |does not |has |enter |it |ensure |not |length |shorter |longer |missing |field ";
    const FAULTS: &[&str] = &[
        "required",
        " too ",
        "must ",
        "at least",
        "cannot ",
        "can't be",
        "may not",
        "match",
        "blank",
        "invalid",
        "incorrect",
        "not valid",
        "a valid",
        "no more than",
        "minimum",
        "maximum",
        "entirely numeric",
        " your password",
        " new password",
        "no longer",
        "already",
    ];
    let sentence = value.len() >= 12 && part(value, 0, 11).contains(&b' ') && bytes::phrase(OPENINGS, value).is_some();
    let plain = |b: &u8| b.is_ascii_alphanumeric() || " .,?'’()-\\%{}".as_bytes().contains(b);
    speaks_of_password(value)
        || has_rules(value)
        || sentence && value.iter().all(plain) && value.iter().filter(|&&b| b == b' ').count() >= 2 && {
            let value = value.to_ascii_lowercase();
            FAULTS.iter().any(|fault| bytes::find(&value, 0, fault.as_bytes()).is_some())
        }
}

/// Are these rules of a validator in one text: `required|string|min:8`?
fn has_rules(value: &[u8]) -> bool {
    let first = run(value, 0, |b| b.is_ascii_alphabetic());
    at(value, first) == b'|' && RULES.has(part(value, 0, first))
}

/// Is this a sentence in which the word itself stands, as translations have them: `Das Passwort muss mindestens 8 Zeichen haben.`? It begins
/// or ends as one, which `this is my secret password` does not.
fn speaks_of_password(value: &[u8]) -> bool {
    let words = || value.split(|&b| b == b' ').filter(|word| !word.is_empty());
    let capital = |word: Option<&[u8]>| word.is_some_and(|word| at(word, 0).is_ascii_uppercase());
    let sentence = matches!(value.last(), Some(b'.' | b'!' | b'?' | b':')) || capital(words().next()) && !capital(words().nth(1));
    sentence
        && words().nth(3).is_some()
        && words().any(|word| words::get(&words::lower(word)).is_some_and(|entry| entry.segment == Word::Is(Rule::Password)))
}

/// A list of complaints in quotes.
pub(super) fn is_list_of_complaints(value: &[u8]) -> bool {
    // as Django REST framework prints them
    if value.starts_with(b"[ErrorDetail(") {
        return true;
    }
    // of Ecto: `{"can't be blank", [validation: :required]}`
    if let [b'{', b'"', said @ ..] = value {
        return is_complaint(part(said, 0, run(said, 0, |b| b != b'"')));
    }
    // with their codes, of Django's forms
    let detail = [&b"[{\"message\": \""[..], b"[{'message': '"].into_iter().find_map(|opening| value.strip_prefix(opening));
    if let Some(detail) = detail {
        return is_complaint(part(detail, 0, run(detail, 0, |b| !matches!(b, b'"' | b'\''))));
    }
    let Some(mut rest) = value.strip_prefix(b"[") else { return false };
    loop {
        // as Django prints what is wrong with a form
        let [quote @ (b'"' | b'\''), said @ ..] = rest.strip_prefix(b"ValidationError([").unwrap_or(rest) else { return false };
        let end = run(said, 0, |b| b != *quote);
        let behind = part(said, end + 1, said.len());
        let behind = behind.strip_prefix(b"])").unwrap_or(behind);
        match behind {
            _ if !is_complaint(part(said, 0, end)) => return false,
            b"]" => return true,
            [b',', next @ ..] => rest = next.trim_ascii_start(),
            _ => return false,
        }
    }
}
