//! A sensitive key beside its value without a separator between: arguments of a call, attributes of XML, columns of SQL, and comparisons.

mod call;
mod column;
mod markup;

pub(crate) use call::AUTH_CALLS;

use crate::detect::words::{NAME_KEYS, Rule, VALUE_KEYS};
use crate::engine::Engine;
use crate::scan::Scan;
use crate::scan::bytes::{self, at, before, class, is_alnum, is_quote, part, run, run_back, skip, skip_back, up_to};
use crate::scan::keyed::TAG;
use crate::scan::value::{self, Extent};
use crate::scan::{code, escape};
use crate::walk::field::{Fields, KEY_MAX};

/// What assigns a value to the name before it, beside `=` and `:`; of a property of C#, a text.
const OPERATORS: &str =
    ".=|<-|as string = \"|{ get; set; } = \"|{ get; init; } = \"|{ get; private set; } = \"|{ get; } = \"|{get;set;} = \"|{get; set;} = \"";
/// Dots that lead from a key to its value.
const LEADER: usize = 48;

/// Bytes of the name of an extension.
const NAME: usize = 32;
/// Bytes of a path before its last parts.
const PATH: usize = 192;

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

/// A word that may be a key. Its rule is looked up where that decides: what stands around it is the cheaper question.
#[derive(Clone, Copy)]
pub(super) struct Key<'k> {
    fields: &'k Fields,
    text: &'k [u8],
    start: usize,
    end: usize,
}

impl<'k> Key<'k> {
    pub(super) fn new(engine: &'k Engine, text: &'k [u8], start: usize, end: usize) -> Self {
        Self { fields: &engine.fields, text, start, end }
    }

    fn name(&self) -> &'k [u8] {
        part(self.text, self.start, self.end)
    }

    fn rule(&self) -> Option<Rule> {
        self.fields.rule(self.name()).map(|(rule, _)| rule)
    }
}

impl Scan<'_, '_> {
    /// At the byte behind a word that may be a key: takes a value beside it. What stands between the two is still to be looked at.
    pub(super) fn beside(&mut self, i: usize) -> usize {
        let text = self.text;
        if at(text, i) == b' ' {
            // `$token .= "x"`, `token <- "x"`, `string Token { get; set; } = "x"`, `var token string = "x"`
            let may_be = matches!(at(text, i + 1), b'.' | b'<' | b'{') || matches!(part(text, i + 1, i + 4), [b'A' | b'a', b's', b' ']);
            // a pair of Lisp: `(password . "x")`
            if part(text, i, i + 4) == b" . \""
                && let start = skip_back(text, i, KEY_MAX, bytes::is_key)
                && before(text, start) == b'('
            {
                return self.keyed(start, i, 0, i + 2).unwrap_or(i + 1);
            }
            let operator = if may_be { bytes::phrase(OPERATORS, part(text, i + 1, text.len())) } else { None };
            let behind = match operator {
                Some(length) => i + 1 + length - usize::from(at(text, i + length) == b'"'),
                None => code::behind_type(text, i),
            };
            if behind > i {
                let start = skip_back(text, i, KEY_MAX, bytes::is_key);
                return self.keyed(start, i, 0, behind - 1).unwrap_or(i + 1);
            }
        }
        // `password.......... "x"`
        let dots = run_back(text, i, LEADER, |b| b == b'.');
        if dots > 2
            && let Some(found) = value::extent(text, i, Rule::Password)
            && (found.quoted || value::is_striking(found.of(text)))
        {
            let start = skip_back(text, i, KEY_MAX, bytes::is_key);
            return self.keyed(start, i - dots, 0, i - 1).unwrap_or(i + 1);
        }
        // `&quot;token&quot;: …`, and a key whose closing quote ends a colour
        self.disguised |= escape::entity(text, i).is_some() || is_quote(at(text, i)) && escape::colour_end(text, i + 1).is_some();
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
        if let Some((rule, value)) = self.value_beside(i).or_else(|| self.in_complaint(i)) {
            self.take_ahead(rule, &value);
        }
        i + 1
    }

    /// What stands in for a value that is missing, `process.env.API_KEY || "x"`, and what is typed into a field, `get('#password').type('x')`.
    /// The key ends at `end`, and what may be missing at or behind `from`.
    pub(super) fn fallback(&mut self, end: usize, from: usize) {
        let text = self.text;
        let close = skip(text, from, |b| is_quote(b) || matches!(b, b')' | b']'));
        let operator = close + run(text, close, |b| b == b' ').min(1);
        let rest = part(text, operator, text.len());
        let length = match at(rest, 0) {
            b'|' if rest.starts_with(b"|| ") => 3,
            // a variable of Terraform, in one line
            b'{' => bytes::phrase("{ default = |{ type = string default = |{ type = string, default = ", rest).unwrap_or(0),
            b'?' | b'.' | b'o' => bytes::phrase("?? |?: |or |.type(|.fill(|.send_keys(|.sendkeys(|.setvalue(", rest).unwrap_or(0),
            _ => 0,
        };
        if length > 0
            && let start = skip_back(text, end, KEY_MAX, bytes::is_key)
            && let Some((rule, found)) = self.quoted(&Key::new(self.engine, text, start, end), operator + length)
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
        let key = skip_back(text, mark, KEY_MAX, bytes::is_key);
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
        let separator = skip_back(text, start, 4, |b| is_quote(b) || b == b' ');
        let name = separator.saturating_sub(1) - run_back(text, separator.saturating_sub(1), 2, |b| is_quote(b) || b == b' ');
        let word = || part(text, skip_back(text, name, KEY_MAX, bytes::is_word), name);
        let flag = || before(text, start) == b' ' && before(text, start - 1) == b'e' && part(text, 0, start).ends_with(b"--name ");
        matches!(before(text, separator), b':' | b'=') && NAME_KEYS.has(word()) || flag()
    }

    fn value_beside(&mut self, i: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let start = skip_back(text, i, KEY_MAX, is_xml_name);
        let key = &Key::new(self.engine, text, start, i);
        let opener = before(text, start);
        match at(text, i) {
            // `"password"`, and `"#password"`, a selector of CSS
            b if is_quote(b) && (opener == b || part(text, start.saturating_sub(2), start) == [b, b'#']) => self.beside_quoted(key),
            // `name=\"password\"\r\n\r\nx`, in a string of JSON
            b'\\' if is_quote(at(text, i + 1)) && opener == at(text, i + 1) && self.is_named_key(start.saturating_sub(2)) => {
                self.part_of_form(key, i + 2)
            }
            // `"Name": "/prod/db/password", "Value": "x"`
            b if is_quote(b) && at(text, i + 1) == b',' && before(text, self.path_start(start)) == b && self.is_named_key(start) => {
                self.named_value(key, skip(text, i + 2, |b| b == b' '))
            }
            // `fill('input[name=password]', 'x')`
            b']' if opener == b'=' && is_quote(at(text, i + 1)) && at(text, i + 2) == b',' => self.striking(key, i + 3),
            b'(' => self.called(key),
            b' ' if opener == b'<' => self.in_tag(key),
            // as long as the paths of TR-069 are
            b'<' if at(text, i + 1) == b'/' && before(text, skip_back(text, start, PATH, is_xml_name)) == b'>' => self.in_element(key),
            // of Erlang: `{password, "x"}`
            b',' if opener == b'{' => self.quoted(key, skip(text, i + 1, |b| matches!(b, b' ' | b'<'))),
            b',' | b' ' if self.is_named_key(start) => self.named_value(key, skip(text, i + 1, |b| b == b' ')),
            0 | b' ' | b'\n' if opener == b'=' => self.labelled_extension(key),
            _ => self.compared(key),
        }
    }

    /// The value beside a key in quotes, of which the last is where the key ends.
    fn beside_quoted(&mut self, key: &Key<'_>) -> Option<(Rule, Extent)> {
        let text = self.text;
        let (start, i) = (key.start, key.end);
        let next = skip(text, i + 1, |b| matches!(b, b' ' | b'\t'));
        let attribute = matches!(before(text, start - 1), b'=' | b' ');
        match at(text, next) {
            b',' => self.after_comma(key, next + 1),
            // `'loc': ('body', 'password'), 'msg': …, 'input': 'x'`, as Pydantic says what is wrong
            b')' | b']' if at(text, next + 1) == b',' && is_location(part(text, 0, start - 1)) => {
                self.named_value(key, skip(text, next + 2, |b| b == b' '))
            }
            b'}' if self.is_named_key(start) => self.value_before(key, member),
            // PHP's `serialize`: `s:8:"password";s:1:"x";`
            b';' if part(text, next, next + 3) == b";s:" => {
                let length = skip(text, next + 3, |b| b.is_ascii_digit());
                if at(text, length) == b':' { self.striking(key, length + 1) } else { None }
            }
            // `SET value = 'x' WHERE name = 'password'`
            b';' if self.is_named_key(start) => {
                let next = skip(text, next + 1, |b| b == b' ');
                self.named_value(key, next).or_else(|| self.value_before(key, condition))
            }
            0 | b')' if self.is_named_key(start) => self.value_before(key, condition),
            b')' | b']' => self.for_key(key),
            // of the audit of Linux: `a1="--password" a2="x"`
            b'a' if part(text, start, start + 2) == b"--" => {
                let number = skip(text, next + 1, |b| b.is_ascii_digit() || matches!(b, b'r' | b'g' | b'v' | b'[' | b']'));
                let value = if at(text, number) == b'=' { self.quoted(key, number + 1) } else { None };
                value.filter(|(_, found)| at(text, found.start) != b'-')
            }
            b'>' if attribute && self.is_named_key(start) => self.text_of_named(key, next + 1).or_else(|| self.attribute_before(key)),
            // of Gherkin: `I fill in "Password" with "x"`
            b'w' if part(text, next, next + 6) == b"with \"" => self.quoted(key, next + 5),
            b if attribute && next > i + 1 && class(b) & bytes::LETTER != 0 => {
                self.attribute(key, next).or_else(|| self.attribute_before(key)).or_else(|| {
                    let close = self.tag_end(next).filter(|_| self.is_named_key(start))?;
                    self.text_of_named(key, close)
                })
            }
            b'"' if key.name() == b"AUTH" => self.last_quoted(next),
            // of Scala: `"password" -> "x"`
            b'-' if part(text, next, next + 3) == b"-> " => self.striking(key, next + 3),
            // `set "Acme:ApiKey" "x"`
            b if is_quote(b) && next == i + 2 => self.striking(key, next).filter(|(_, found)| !found.of(text).contains(&b' ')),
            b'/' if attribute => self.attribute_before(key),
            b'\\' if attribute && self.is_named_key(start) => self.part_of_form(key, i + 1),
            _ => None,
        }
    }

    /// What stands behind a key in quotes and a comma: `"name": "password", "value": "x"`, `('password', 'x')`, `"password", "s3cret"`.
    fn after_comma(&mut self, key: &Key<'_>, from: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        if self.is_named_key(key.start) {
            let next = skip(text, from, |b| b == b' ');
            return self.named_value(key, next).or_else(|| self.value_before(key, member));
        }
        // `fill_in "Password", with: "x"`, `option("--token", default="x")`
        let said = bytes::phrase(" with:| default=| { default:| {default:| default:", part(text, from, text.len()));
        let in_tuple = before(text, key.start - 1) == b'(';
        let next = skip(text, from, |b| b == b' ');
        if in_tuple && matches!(at(text, next), b'[' | b'(') {
            return self.listed(key, next);
        }
        let (rule, value) = self.quoted(key, from + said.unwrap_or(0))?;
        let matched = value.of(text);
        // a key of its own: `'AES256', 'KeyMD5': …`
        if at(text, value.end + 1) == b':' {
            return None;
        }
        // a tuple of a key and its value; not two names of fields, nor a name and its label
        let pair = in_tuple && at(text, value.end + 1) == b')' && self.engine.fields.is_second(matched);
        let argument = key.name().starts_with(b"--") && said.is_none();
        (pair || argument || value::has_digit_or_symbol(matched)).then_some((rule, value))
    }

    /// The brackets at `from` in a tuple behind a key, if the only or the second of their texts looks like a secret:
    /// `('password', ['x'])`, `('credentials', ('ana', 'x'))`.
    fn listed(&self, key: &Key<'_>, from: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let (rule, first) = self.quoted(key, from + 1)?;
        let comma = first.end + 1 + run(text, first.end + 1, |b| b == b' ');
        let last = if at(text, comma) == b',' { self.quoted(key, comma + 1)?.1 } else { first };
        let value = last.of(text);
        let brackets = value::extent(text, from, rule)?;
        let sound = value::has_digit_or_symbol(value) && self.engine.fields.is_second(value) && last.end < brackets.end;
        sound.then_some((rule, brackets))
    }

    /// The value of a key, if `value=` or the like is at `from` or behind a few others; what goes on behind it, as `new` behind
    /// `old`, is taken too.
    fn named_value(&mut self, key: &Key<'_>, mut from: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let rule = key.rule()?;
        let located = is_location(part(text, 0, key.start.saturating_sub(1)));
        let mut first = None;
        for _ in 0..ATTRIBUTES {
            let flag = at(text, from) == b'-';
            let name = skip(text, from, |b| is_quote(b) || b == b'-');
            let behind = skip(text, name, bytes::is_word);
            // `--name API_TOKEN --value x`
            if flag && at(text, behind) == b' ' && VALUE_KEYS.has(part(text, name, behind)) {
                return self.striking_value(key, behind);
            }
            let separator = skip(text, behind, |b| is_quote(b) || b == b' ');
            if !matches!(at(text, separator), b':' | b'=') {
                break;
            }
            let other = skip(text, separator + 1, |b| b == b' ');
            let mut close = match at(text, other) {
                quote if is_quote(quote) => value::quote_end(text, other + 1, quote, 0, 1).map_or(text.len(), |end| end + 1),
                _ => skip(text, other, bytes::is_word),
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
            from = skip(text, close + 1, |b| b == b' ');
        }
        first
    }

    /// `"value": "x", "name": "password"`, perhaps with a few others between; `bound` finds where the last of them begins.
    fn value_before(&self, key: &Key<'_>, bound: fn(&[u8]) -> Option<usize>) -> Option<(Rule, Extent)> {
        let text = self.text;
        let near = key.start.saturating_sub(KEY_MAX);
        // not one of the object before
        let mut comma = near + bound(part(text, near, key.start))?;
        for _ in 0..ATTRIBUTES {
            let last = comma.checked_sub(1)?;
            let near = last.saturating_sub(TAG);
            let open = match at(text, last) {
                quote if is_quote(quote) => near + part(text, near, last).iter().rposition(|&b| b == quote)?,
                _ => skip_back(text, comma, KEY_MAX, bytes::is_word),
            };
            let separator = skip_back(text, open, 4, |b| b == b' ');
            let behind = skip_back(text, separator, 4, |b| matches!(b, b':' | b'=' | b' ') || is_quote(b));
            let name = skip_back(text, behind, KEY_MAX, bytes::is_word);
            if behind == separator || !matches!(before(text, separator), b':' | b'=') {
                return None;
            }
            if VALUE_KEYS.has(part(text, name, behind)) {
                return self.quoted(key, open);
            }
            let begins = skip_back(text, name, 4, |b| is_quote(b) || b == b' ');
            comma = begins.checked_sub(1).filter(|&comma| at(text, comma) == b',')?;
        }
        None
    }

    /// Of Swift and Objective-C: `set("x", forKey: "authToken")`, `setObject:@"x" forKey:@"password"`.
    fn for_key(&self, key: &Key<'_>) -> Option<(Rule, Extent)> {
        let text = self.text;
        let line = part(text, 0, key.start - 1);
        let label = ["\", forKey: ", "\" forKey:@"].iter().find(|label| line.ends_with(label.as_bytes()))?;
        let open = part(line, 0, line.len() - label.len()).iter().rposition(|&b| b == b'"')?;
        self.striking(key, open)
    }

    /// What an extension of CEF (ArcSight, Common Event Format) says of another: `cs1Label=Password cs1=x`, in this order or the other.
    fn labelled_extension(&self, key: &Key<'_>) -> Option<(Rule, Extent)> {
        let text = self.text;
        let label = part(text, 0, key.start - 1).strip_suffix(b"Label")?;
        let start = skip_back(text, label.len(), NAME, is_alnum);
        // all of the label: not `cs1Label=Password Policy cs1=…`
        let next = skip(text, key.end + 1, bytes::is_word);
        if at(text, key.end) == b' ' && at(text, next) != b'=' {
            return None;
        }
        let name = [part(text, start, label.len()), b"="].concat();
        let begins = |&at: &usize| before(text, at) == b' ' || before(text, at) == b'|';
        let near = start.saturating_sub(TAG);
        let behind = bytes::find(up_to(text, key.end + TAG), key.end, &name).filter(begins);
        let place = behind.or_else(|| bytes::find(part(text, 0, start), near, &name).filter(begins)).filter(|_| start < label.len())?;
        let rule = key.rule()?;
        let found = value::extent(text, place + name.len(), rule)?;
        self.is_secret(rule, found.of(text)).then_some((rule, found))
    }

    /// The text in quotes at `from`, if it is a secret under the key.
    fn quoted(&self, key: &Key<'_>, from: usize) -> Option<(Rule, Extent)> {
        let rule = key.rule()?;
        let found = value::extent(self.text, from, rule).filter(|found| found.quoted)?;
        self.is_secret(rule, found.of(self.text)).then_some((rule, found))
    }

    /// The same, if it looks like a secret: what stands before it says less.
    pub(super) fn striking(&self, key: &Key<'_>, from: usize) -> Option<(Rule, Extent)> {
        self.striking_value(key, from).filter(|(_, found)| found.quoted)
    }

    /// The same with quotes or without.
    fn striking_value(&self, key: &Key<'_>, from: usize) -> Option<(Rule, Extent)> {
        let rule = key.rule()?;
        let found = value::extent(self.text, from, rule)?;
        let value = found.of(self.text);
        (value::is_striking(value) && self.is_secret(rule, value)).then_some((rule, found))
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
    fn compared(&self, key: &Key<'_>) -> Option<(Rule, Extent)> {
        let text = self.text;
        let operator = skip_back(text, key.start, 2, |b| b == b' ');
        let length = run_back(text, operator, 3, |b| matches!(b, b'=' | b'!'));
        let close = operator - length - run_back(text, operator - length, 2, |b| b == b' ');
        let quote = before(text, close);
        if !(2..=3).contains(&length) || !is_quote(quote) {
            return None;
        }
        let open = part(text, 0, close - 1).iter().rposition(|&b| b == quote)?;
        self.quoted(key, open)
    }
}
