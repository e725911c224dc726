//! A sensitive key beside its value without a separator between: arguments of a call, attributes of XML, and comparisons.

use crate::detect::words::{NAME_KEYS, Rule, VALUE_KEYS};
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, class, part, run, run_back, starts_with_nocase};
use crate::scan::keyed::TAG;
use crate::scan::lines::Open;
use crate::scan::value::{self, Extent};
use crate::scan::{bound, code, escape};
use crate::walk::field::KEY_MAX;

/// Calls whose second argument is a password, by how their names end, and in which no word is a key.
pub(crate) const AUTH_CALLS: &[&str] = &["basicauth", "digestauth", "ntlmauth", "authenticate"];
/// The same of calls and types whose names have a key in them: `NetworkCredential`, `PasswordCredentials`.
const CREDENTIAL_CALLS: &[&str] =
    &["passwordauthentication", "passwordauthenticator", "passwordtoken", "credential", "credentials", "passwordauthenticationtoken"];
/// Verbs of calls whose argument is a password.
const SETTERS: &[&str] = &["set", "make", "check", "verify", "with", "change", "update"];
/// What assigns a value to the name before it, beside `=` and `:`; of a property of C#, a text.
const OPERATORS: &str =
    ".=|<-|as string = \"|{ get; set; } = \"|{ get; init; } = \"|{ get; private set; } = \"|{ get; } = \"|{get;set;} = \"|{get; set;} = \"";
/// Dots that lead from a key to its value.
const LEADER: usize = 48;

/// Attributes and members that are looked at behind a name.
const ATTRIBUTES: usize = 4;

/// A key, or a name of XML with its prefix.
fn is_xml_name(b: u8) -> bool {
    bytes::is_key(b) || b == b':'
}

/// Where the last member of an object begins.
fn member(text: &[u8]) -> Option<usize> {
    text.iter().rposition(|b| matches!(b, b',' | b'{'))
}

/// Where the condition of a statement begins.
fn condition(text: &[u8]) -> Option<usize> {
    text.windows(7).rposition(|word| word.eq_ignore_ascii_case(b" where "))
}

/// Does a text end within the path to a field: `'loc': ('body', `?
fn is_location(text: &[u8]) -> bool {
    let near = part(text, text.len().saturating_sub(KEY_MAX), text.len());
    let open = near.iter().rposition(|&b| matches!(b, b'(' | b'['));
    open.is_some_and(|open| {
        bytes::ends_with_one_of(part(near, 0, open), &["'loc': ", "\"loc\": ", "\"loc\":", "path: ", "path': ", "path\": ", "path\":"])
    })
}

fn is_quote(b: u8) -> bool {
    matches!(b, b'"' | b'\'' | b'`')
}

impl Scan<'_, '_> {
    /// At the byte behind a word that may be a key: takes a value beside it. What stands between the two is still to be looked at.
    pub(super) fn beside(&mut self, i: usize) -> usize {
        let text = self.text;
        if at(text, i) == b' ' {
            // `$token .= "x"`, `token <- "x"`, `string Token { get; set; } = "x"`, `var token string = "x"`
            let may_be = matches!(at(text, i + 1), b'.' | b'<' | b'{') || matches!(part(text, i + 1, i + 4), [b'A' | b'a', b's', b' ']);
            let operator = if may_be { bytes::phrase(OPERATORS, part(text, i + 1, text.len())) } else { None };
            let behind = match operator {
                Some(length) => i + 1 + length - usize::from(at(text, i + length) == b'"'),
                None => code::behind_type(text, i),
            };
            if behind > i {
                let start = i - run_back(text, i, KEY_MAX, bytes::is_key);
                return self.keyed(start, i, 0, behind - 1).unwrap_or(i + 1);
            }
        }
        // `password.......... "x"`
        let dots = run_back(text, i, LEADER, |b| b == b'.');
        if dots > 2
            && let Some(found) = value::extent(text, i, Rule::Password)
            && (found.quoted || value::is_striking(found.of(text)))
        {
            let start = i - run_back(text, i, KEY_MAX, bytes::is_key);
            return self.keyed(start, i - dots, 0, i - 1).unwrap_or(i + 1);
        }
        // `&quot;token&quot;: …`
        self.disguised |= escape::entity(text, i).is_some();
        self.named(i);
        self.asked(i);
        self.manifest(i);
        self.fallback(i, i);
        self.joined(i);
        self.column(i);
        if !matches!(at(text, i), b' ' | b'\t') {
            self.code_before(i);
        }
        self.has_key = true;
        if let Some((rule, value)) = self.value_beside(i) {
            self.take_ahead(rule, &value);
        }
        i + 1
    }

    /// What stands in for a value that is missing, `process.env.API_KEY || "x"`, and what is typed into a field, `get('#password').type('x')`.
    /// The key ends at `end`, and what may be missing at or behind `from`.
    pub(super) fn fallback(&mut self, end: usize, from: usize) {
        let text = self.text;
        let close = from + run(text, from, |b| is_quote(b) || matches!(b, b')' | b']'));
        let operator = close + run(text, close, |b| b == b' ').min(1);
        let rest = part(text, operator, text.len());
        let length = match at(rest, 0) {
            b'|' if rest.starts_with(b"|| ") => 3,
            b'?' | b'.' | b'o' => bytes::phrase("?? |?: |or |.type(|.fill(|.send_keys(", rest).unwrap_or(0),
            _ => 0,
        };
        if length > 0
            && let start = end - run_back(text, end, KEY_MAX, bytes::is_key)
            && let Some((rule, found)) = self.quoted(start, end, operator + length)
            && let value = found.of(text)
            && value.len() >= 6
            && value::has_digit_or_symbol(value)
            && !value.contains(&b' ')
        {
            self.take_ahead(rule, &found);
        }
    }

    /// `acme-api-key-550e8400-e29b-41d4-a716-446655440000`: a UUID that its own prefix calls a secret.
    fn joined(&mut self, i: usize) {
        let text = self.text;
        let dashed = |&start: &usize| at(text, start + 23) == b'-' && value::is_uuid(part(text, start, i));
        let Some(start) = i.checked_sub(36).filter(dashed) else { return };
        let mark = start.saturating_sub(1);
        let key = mark - run_back(text, mark, KEY_MAX, bytes::is_key);
        if matches!(at(text, mark), b'-' | b'_' | b'.')
            && let Some((rule, _)) = self.engine.fields.rule(part(text, key, mark)).filter(|(rule, _)| rule.is_given())
        {
            self.ahead(|scan| scan.found(rule.detector(), start, i));
        }
    }

    /// Where the path begins that ends with the name at `start`, as AWS has parameters: `/prod/db/password`.
    fn path_start(&self, start: usize) -> usize {
        let text = self.text;
        start - if before(text, start) == b'/' { run_back(text, start, KEY_MAX, |b| bytes::is_key(b) || b == b'/') } else { 0 }
    }

    /// Is the text at `start`, or the path before it, the value of `name`, `key` or the like?
    pub(super) fn is_named_key(&self, start: usize) -> bool {
        let text = self.text;
        let start = self.path_start(start);
        let separator = start - run_back(text, start, 4, |b| is_quote(b) || b == b' ');
        let name = separator.saturating_sub(1) - run_back(text, separator.saturating_sub(1), 2, |b| is_quote(b) || b == b' ');
        let is_name = |word: &str| {
            let from = name.saturating_sub(word.len());
            part(text, from, name).eq_ignore_ascii_case(word.as_bytes()) && !bytes::is_word(before(text, from))
        };
        let flag = || before(text, start) == b' ' && before(text, start - 1) == b'e' && part(text, 0, start).ends_with(b"--name ");
        matches!(before(text, separator), b':' | b'=') && NAME_KEYS.iter().any(is_name) || flag()
    }

    fn value_beside(&mut self, i: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let start = i - run_back(text, i, KEY_MAX, is_xml_name);
        match at(text, i) {
            // `"password"`, and `"#password"`, a selector of CSS
            b if is_quote(b) && (before(text, start) == b || part(text, start.saturating_sub(2), start) == [b, b'#']) => {
                let next = i + 1 + run(text, i + 1, |b| matches!(b, b' ' | b'\t'));
                let named = matches!(before(text, start - 1), b'=' | b' ');
                match at(text, next) {
                    b',' => self.after_comma(start, i, next + 1),
                    // `'loc': ('body', 'password'), 'msg': …, 'input': 'x'`, as Pydantic says what is wrong
                    b')' | b']' if at(text, next + 1) == b',' && is_location(part(text, 0, start - 1)) => {
                        self.named_value(start, i, next + 2 + run(text, next + 2, |b| b == b' '))
                    }
                    b'}' if self.is_named_key(start) => self.value_before(start, i, member),
                    // PHP's `serialize`: `s:8:"password";s:1:"x";`
                    b';' if part(text, next, next + 3) == b";s:" => {
                        let length = next + 3 + run(text, next + 3, |b| b.is_ascii_digit());
                        if at(text, length) == b':' { self.striking(start, i, length + 1) } else { None }
                    }
                    // `SET value = 'x' WHERE name = 'password'`
                    b';' if self.is_named_key(start) => {
                        let next = next + 1 + run(text, next + 1, |b| b == b' ');
                        self.named_value(start, i, next).or_else(|| self.value_before(start, i, condition))
                    }
                    0 | b')' if self.is_named_key(start) => self.value_before(start, i, condition),
                    // of the audit of Linux: `a1="--password" a2="x"`
                    b'a' if part(text, start, start + 2) == b"--" => {
                        let number =
                            next + 1 + run(text, next + 1, |b| b.is_ascii_digit() || matches!(b, b'r' | b'g' | b'v' | b'[' | b']'));
                        let value = if at(text, number) == b'=' { self.quoted(start, i, number + 1) } else { None };
                        value.filter(|(_, found)| at(text, found.start) != b'-')
                    }
                    b'>' if named && self.is_named_key(start) => {
                        self.text_of(start, i, next + 1).or_else(|| self.attribute_before(start, i))
                    }
                    b if named && next > i + 1 && class(b) & bytes::LETTER != 0 => {
                        self.attribute(start, i, next).or_else(|| self.attribute_before(start, i)).or_else(|| {
                            let close = self.tag_end(next).filter(|_| self.is_named_key(start))?;
                            self.text_of(start, i, close)
                        })
                    }
                    b'"' if part(text, start, i) == b"AUTH" => self.last_quoted(next),
                    // of Scala: `"password" -> "x"`
                    b'-' if part(text, next, next + 3) == b"-> " => self.striking(start, i, next + 3),
                    // `set "Acme:ApiKey" "x"`
                    b if is_quote(b) && next == i + 2 => self.striking(start, i, next).filter(|(_, found)| !found.of(text).contains(&b' ')),
                    b'/' if named => self.attribute_before(start, i),
                    b'\\' if named && self.is_named_key(start) => self.part_of_form(start, i),
                    _ => None,
                }
            }
            // the same in a string of JSON: `name=\"password\"\r\n\r\nx`
            b'\\' if is_quote(at(text, i + 1)) && before(text, start) == at(text, i + 1) && self.is_named_key(start.saturating_sub(2)) => {
                self.part_of_form(start, i + 1)
            }
            // `"Name": "/prod/db/password", "Value": "x"`
            b if is_quote(b) && at(text, i + 1) == b',' && before(text, self.path_start(start)) == b && self.is_named_key(start) => {
                self.named_value(start, i, i + 2 + run(text, i + 2, |b| b == b' '))
            }
            // `fill('input[name=password]', 'x')`
            b']' if before(text, start) == b'=' && is_quote(at(text, i + 1)) && at(text, i + 2) == b',' => self.striking(start, i, i + 3),
            b'(' => self.called(start, i),
            // `<password encrypted="false">x</password>`
            b' ' if before(text, start) == b'<' => {
                let text_of = |close: usize| self.text_of(start, i, close);
                self.tag_end(i).and_then(text_of).or_else(|| self.attribute(start, i, i + 1))
            }
            // `<td>Password</td><td>x</td>`, `<b>password</b>: x`
            b'<' if before(text, start) == b'>' && at(text, i + 1) == b'/' && !self.is_named_element(start, i) => {
                self.behind_markup(start, i)
            }
            // `<name>password</name><value>x</value>`
            b'<' if self.is_named_element(start, i) => {
                let close = self.tag_end(i)?;
                let next = close + run(text, close, bytes::is_space);
                if at(text, next) == b'<' { self.text_of(start, i, next) } else { None }
            }
            // of Erlang: `{password, "x"}`
            b',' if before(text, start) == b'{' => self.quoted(start, i, i + 1 + run(text, i + 1, |b| matches!(b, b' ' | b'<'))),
            b',' | b' ' if self.is_named_key(start) => self.named_value(start, i, i + 1 + run(text, i + 1, |b| b == b' ')),
            _ => self.compared(start, i),
        }
    }

    /// Is `start..i` the text of an element that names another's: `<name>…</name>`, `<key>…</key>`?
    pub(super) fn is_named_element(&self, start: usize, i: usize) -> bool {
        let closes = |name: &&str| starts_with_nocase(part(self.text, i + 2, self.text.len()), name.as_bytes());
        before(self.text, start) == b'>'
            && at(self.text, i + 1) == b'/'
            && ["name>", "param-name>", "key>", "id>", "field>"].iter().any(closes)
    }

    /// Behind the `>` of the tag in which `from` stands.
    pub(super) fn tag_end(&self, from: usize) -> Option<usize> {
        let near = bytes::up_to(self.text, from + TAG);
        let end = from + run(near, from, |b| b != b'>' && b != b'\n');
        (at(near, end) == b'>' && before(near, end) != b'/').then_some(end + 1)
    }

    /// The text of the element that begins at `from` and belongs to the key `start..end`.
    fn text_of(&self, start: usize, end: usize, from: usize) -> Option<(Rule, Extent)> {
        let (rule, _) = self.engine.fields.rule(part(self.text, start, end))?;
        let found = self.element_text(rule, from)?;
        (!self.is_label(found.of(self.text))).then_some((rule, found))
    }

    /// Is this the label of a field: `<string name="password">Enter your password</string>`?
    pub(super) fn is_label(&self, value: &[u8]) -> bool {
        value.contains(&b' ') && !value::has_digit_or_symbol(value) || self.engine.fields.rule(value).is_some()
    }

    /// The value behind an element whose text is a key, if it is a secret by its looks.
    fn behind_markup(&self, start: usize, end: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let close = self.tag_end(end)?;
        let next = close + run(text, close, |b| bytes::is_space(b) || matches!(b, b':' | b'='));
        let pair = match at(text, next) {
            b'<' => self.text_of(start, end, next)?,
            _ => {
                let (rule, _) = self.engine.fields.rule(part(text, start, end))?;
                (rule, value::extent(text, next, rule).filter(|_| next > close)?)
            }
        };
        let value = pair.1.of(text);
        (value::is_striking(value) && self.is_secret(pair.0, value)).then_some(pair)
    }

    /// What stands behind a key in quotes and a comma: `"name": "password", "value": "x"`, `('password', 'x')`, `"password", "s3cret"`.
    fn after_comma(&mut self, start: usize, end: usize, from: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        if self.is_named_key(start) {
            let next = from + run(text, from, |b| b == b' ');
            return self.named_value(start, end, next).or_else(|| self.value_before(start, end, member));
        }
        // `fill_in "Password", with: "x"`, `option("--token", default="x")`
        let said = bytes::phrase(" with:| default=| { default:| {default:| default:", part(text, from, text.len()));
        let (rule, value) = self.quoted(start, end, from + said.unwrap_or(0))?;
        let matched = value.of(text);
        // a tuple of a key and its value; not two names of fields, nor a name and its label
        let pair = before(text, start - 1) == b'(' && at(text, value.end + 1) == b')' && self.engine.fields.is_second(matched);
        let argument = part(text, start, end).starts_with(b"--") && said.is_none();
        (pair || argument || value::has_digit_or_symbol(matched)).then_some((rule, value))
    }

    /// The value of the key `start..end`, if `value=` or the like is at `from` or behind a few others; what goes on behind it, as `new` behind
    /// `old`, is taken too.
    fn named_value(&mut self, start: usize, end: usize, mut from: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let (rule, _) = self.engine.fields.rule(part(text, start, end))?;
        let located = is_location(part(text, 0, start.saturating_sub(1)));
        let mut first = None;
        for _ in 0..ATTRIBUTES {
            let flag = at(text, from) == b'-';
            let name = from + run(text, from, |b| is_quote(b) || b == b'-');
            let behind = name + run(text, name, bytes::is_word);
            // `--name API_TOKEN --value x`
            if flag && at(text, behind) == b' ' && VALUE_KEYS.has(part(text, name, behind)) {
                let found = value::extent(text, behind, rule)?;
                let value = found.of(text);
                return (value::is_striking(value) && self.is_secret(rule, value)).then_some((rule, found));
            }
            let separator = behind + run(text, behind, |b| is_quote(b) || b == b' ');
            if !matches!(at(text, separator), b':' | b'=') {
                break;
            }
            let other = separator + 1 + run(text, separator + 1, |b| b == b' ');
            let mut close = match at(text, other) {
                quote if is_quote(quote) => value::quote_end(text, other + 1, quote, 0, 1).map_or(text.len(), |end| end + 1),
                _ => other + run(text, other, bytes::is_word),
            };
            if VALUE_KEYS.has(part(text, name, behind)) || located && part(text, name, behind) == b"input" {
                let found = value::extent(text, separator + 1, rule)?;
                if !self.is_secret(rule, found.of(text)) {
                    break;
                }
                close = close.max(found.end);
                match first {
                    None => first = Some((rule, found)),
                    Some(_) => self.take_ahead(rule, &found),
                }
            }
            if at(text, close) != b',' {
                break;
            }
            from = close + 1 + run(text, close + 1, |b| b == b' ');
        }
        first
    }

    /// `"value": "x", "name": "password"`, perhaps with a few others between; `bound` finds where the last of them begins.
    fn value_before(&self, start: usize, end: usize, bound: fn(&[u8]) -> Option<usize>) -> Option<(Rule, Extent)> {
        let text = self.text;
        let near = start.saturating_sub(KEY_MAX);
        // not one of the object before
        let mut comma = near + bound(part(text, near, start))?;
        for _ in 0..ATTRIBUTES {
            let last = comma.checked_sub(1).filter(|&last| is_quote(at(text, last)))?;
            let near = last.saturating_sub(TAG);
            let open = near + part(text, near, last).iter().rposition(|&b| b == at(text, last))?;
            let separator = open - run_back(text, open, 4, |b| b == b' ');
            let behind = separator - run_back(text, separator, 4, |b| matches!(b, b':' | b'=' | b' ') || is_quote(b));
            let name = behind - run_back(text, behind, KEY_MAX, bytes::is_word);
            if behind == separator || !matches!(before(text, separator), b':' | b'=') {
                return None;
            }
            if VALUE_KEYS.has(part(text, name, behind)) {
                return self.quoted(start, end, open);
            }
            let begins = name - run_back(text, name, 4, |b| is_quote(b) || b == b' ');
            comma = begins.checked_sub(1).filter(|&comma| at(text, comma) == b',')?;
        }
        None
    }

    /// `name="password"\r\n\r\nx\r\n--`: a part of a form in the `repr` of a body.
    fn part_of_form(&self, start: usize, end: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let gap = [&b"\\r\\n\\r\\n"[..], b"\\n\\n"].into_iter().find(|gap| part(text, end + 1, text.len()).starts_with(gap))?;
        let from = end + 1 + gap.len();
        let (rule, _) = self.engine.fields.rule(part(text, start, end))?;
        let found =
            Extent { start: from, end: from + run(text, from, |b| !matches!(b, b'\\' | b'\r' | b'\n')), open: Open::Nothing, quoted: true };
        self.is_secret(rule, found.of(text)).then_some((rule, found))
    }

    /// `<input value="x" name="password">`
    fn attribute_before(&self, start: usize, end: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let open = start.saturating_sub(TAG) + part(text, start.saturating_sub(TAG), start).iter().rposition(|&b| b == b'<')?;
        let tag = part(text, open, start);
        let value = [&b" value="[..], b" content="]
            .iter()
            .find_map(|name| Some(name.len() + tag.windows(name.len()).position(|word| word.eq_ignore_ascii_case(name))?))?;
        self.quoted(start, end, open + value)
    }

    /// At a column: the value that a statement of SQL gives it, `INSERT INTO t (name, password) VALUES ('ana', 'x')`.
    fn column(&mut self, i: usize) {
        let text = self.text;
        if !matches!(at(text, i), b',' | b')' | b' ' | b'"' | b'\'' | b'`') {
            return;
        }
        let next = i + run(text, i, |b| is_quote(b) || b == b' ');
        if !matches!(at(text, next), b',' | b')') {
            return;
        }
        let start = i - run_back(text, i, KEY_MAX, bytes::is_key);
        let near = bytes::up_to(text, next + bound::STATEMENT);
        let Some(close) = near.get(next..).and_then(|rest| memchr::memchr(b')', rest)) else { return };
        let values = next + close + 1 + run(near, next + close + 1, |b| b == b' ');
        // PostgreSQL's dumps have the values in the next lines: `COPY t (name, password) FROM stdin;`
        let copied = starts_with_nocase(part(near, values, near.len()), b"from stdin");
        if !copied && !starts_with_nocase(part(near, values, near.len()), b"values") {
            return;
        }
        let list = part(text, start.saturating_sub(bound::STATEMENT), start);
        let Some(open) = list.iter().rposition(|&b| b == b'(') else { return };
        if copied {
            return self.copied(part(text, start - list.len() + open + 1, next + close));
        }
        let place = part(list, open, list.len()).iter().filter(|&&b| b == b',').count();
        let Some((rule, _)) = self.engine.fields.rule(part(text, start, i)) else { return };
        let mut from = values + 6;
        loop {
            from += run(near, from, |b| matches!(b, b' ' | b','));
            if at(near, from) != b'(' {
                return;
            }
            from += 1;
            for column in 0.. {
                from += run(near, from, |b| b == b' ');
                let quote = usize::from(matches!(at(near, from), b'N' | b'E') && at(near, from + 1) == b'\'');
                from += quote;
                let quoted = at(near, from) == b'\'';
                let end = if quoted { value::quote_end(near, from + 1, b'\'', 0, 1) } else { None };
                if column == place {
                    let end = from + run(near, from, |b| !matches!(b, b',' | b')' | b' '));
                    if bound::is_parameter(part(near, from, end)) {
                        self.bind(rule, from, end);
                    } else if let Some((rule, value)) = self.quoted(start, i, from) {
                        self.take_ahead(rule, &value);
                    }
                }
                from = end.map_or(from, |end| end + 1);
                from += run(near, from, |b| !matches!(b, b',' | b')' | b'\''));
                match at(near, from) {
                    b',' => from += 1,
                    b')' => break,
                    _ => return,
                }
            }
            from += 1;
        }
    }

    /// The text in quotes at `from`, if it is a secret under the key `start..end`.
    fn quoted(&self, start: usize, end: usize, from: usize) -> Option<(Rule, Extent)> {
        let (rule, _) = self.engine.fields.rule(part(self.text, start, end))?;
        let found = value::extent(self.text, from, rule).filter(|found| found.quoted)?;
        let value = found.of(self.text);
        self.is_secret(rule, value).then_some((rule, found))
    }

    /// The same, if it looks like a secret: what stands before it says less.
    fn striking(&self, start: usize, end: usize, from: usize) -> Option<(Rule, Extent)> {
        self.quoted(start, end, from).filter(|(_, found)| value::is_striking(found.of(self.text)))
    }

    /// `<add key="Password" value="x"/>`, `<input name="password" type="password" value="x">`
    fn attribute(&self, start: usize, end: usize, mut i: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        for _ in 0..ATTRIBUTES {
            let equals = i + run(text, i, is_xml_name);
            let quote = at(text, equals + 1);
            if at(text, equals) != b'=' || !is_quote(quote) {
                return None;
            }
            let name = part(text, i, equals).rsplit(|&b| b == b':').next().unwrap_or_default();
            if ["value", "content", "default"].iter().any(|value| name.eq_ignore_ascii_case(value.as_bytes())) {
                return self.quoted(start, end, equals + 1);
            }
            let close = value::quote_end(text, equals + 2, quote, 0, 1)?;
            i = close + 1 + run(text, close + 1, |b| b == b' ');
        }
        None
    }

    /// `set_password("x")`, and the second of `Credential("ana", "x")` and `BasicAuth("ana", "x")`.
    fn called(&self, start: usize, end: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let name = part(text, start, end);
        // a type with one member: `ApiKey(value=x)`
        if let Some(length) = bytes::phrase("value=|value: ", part(text, end + 1, text.len())) {
            let (rule, _) = self.engine.fields.rule(name)?;
            let found = value::extent(text, end + 1 + length, rule)?;
            let value = found.of(text);
            return (value::is_striking(value) && self.is_secret(rule, value)).then_some((rule, found));
        }
        let found = value::extent(text, end + 1, Rule::Password).filter(|found| found.quoted)?;
        let first = found.of(text);
        let comma = found.end + 1 + run(text, found.end + 1, |b| b == b' ');
        let signs_in = name.ends_with(b".auth");
        if signs_in || [AUTH_CALLS, CREDENTIAL_CALLS].iter().any(|calls| bytes::ends_with_one_of(name, calls)) {
            // `authenticate("x")`: a token
            if at(text, comma) == b')' && value::is_random(first) && self.is_secret(Rule::Token, first) {
                return Some((Rule::Token, found));
            }
            let second = value::extent(text, comma + 1, Rule::Password).filter(|second| second.quoted && at(text, comma) == b',')?;
            let value = second.of(text);
            let taken = self.is_secret(Rule::Password, value) && !value.contains(&b' ') && (!signs_in || value::has_digit_or_symbol(value));
            return taken.then_some((Rule::Password, second));
        }
        let (rule, _) = self.engine.fields.rule(name)?;
        let method = name.rsplit(|&b| b == b'.').next().unwrap_or_default();
        let sets = name == b"PASSWORD" || SETTERS.iter().any(|verb| starts_with_nocase(method, verb.as_bytes()));
        let reads = ["get", "load", "read", "find", "fetch", "has", "delete", "remove", "revoke"]
            .iter()
            .any(|verb| starts_with_nocase(method, verb.as_bytes()));
        // `change_password("old", "new")`
        if rule == Rule::Password
            && ["change", "update"].iter().any(|verb| starts_with_nocase(method, verb.as_bytes()))
            && at(text, comma) == b','
            && let Some(second) = value::extent(text, comma + 1, rule).filter(|second| second.quoted)
            && value::is_striking(second.of(text))
            && !second.of(text).contains(&b' ')
        {
            return Some((rule, second));
        }
        // `acmeToken("x")`
        if matches!(rule, Rule::Token | Rule::ApiKey | Rule::Secret) {
            // a type: `Token("x")`
            let is_type = at(name, 0).is_ascii_uppercase();
            let random = value::is_random(first)
                || (sets || is_type || name.contains(&b'.')) && value::is_uuid(first)
                || is_type && rule == Rule::Secret && value::is_striking(first);
            let secret = matches!(at(text, comma), b')' | b',') && random && !reads && self.is_secret(rule, first);
            return secret.then_some((rule, found));
        }
        let taken = rule == Rule::Password
            && (at(text, comma) == b')' || at(text, comma) == b',' && first.len() >= 6 && value::has_digit_or_symbol(first) && !reads)
            && (sets && !first.contains(&b' ') || value::has_digit_or_symbol(first))
            && !bytes::words!("utf-8 utf8 utf-16 latin-1 latin1").has(first)
            && self.is_secret(rule, first);
        taken.then_some((rule, found))
    }

    /// `"AUTH" "ana" "x"`, as Redis prints its commands: the last of one or two arguments.
    fn last_quoted(&self, from: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let quoted = |from: usize| value::extent(text, from, Rule::Password).filter(|found| found.quoted);
        let first = quoted(from)?;
        let found = if part(text, first.end + 1, first.end + 3) == b" \"" { quoted(first.end + 1)? } else { first };
        let last = part(text, found.end + 1, text.len()).trim_ascii().is_empty();
        let secret = last && self.is_secret(Rule::Password, found.of(text));
        secret.then_some((Rule::Password, found))
    }

    /// `"x" == password`
    fn compared(&self, start: usize, end: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let operator = start - run_back(text, start, 2, |b| b == b' ');
        let length = run_back(text, operator, 3, |b| matches!(b, b'=' | b'!'));
        let close = operator - length - run_back(text, operator - length, 2, |b| b == b' ');
        let quote = before(text, close);
        if !(2..=3).contains(&length) || !is_quote(quote) {
            return None;
        }
        let open = part(text, 0, close - 1).iter().rposition(|&b| b == quote)?;
        self.quoted(start, end, open)
    }
}
