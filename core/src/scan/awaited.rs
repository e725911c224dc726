//! Values that stand in the line behind their key: `password: |`, `name: DB_PASSWORD`, `(Pdb) p password`, and literals that go on there.

use crate::detect::words::Rule;
use crate::scan::Scan;
use crate::scan::bytes::{self, Words, at, before, is_key, part, run, run_back, skip, skip_back, starts_with_nocase};
use crate::scan::code;
use crate::scan::keyed::TAG;
use crate::scan::lines::Open;
use crate::scan::token::is_mixed;
use crate::scan::value::{self, Extent};
use crate::walk::field::KEY_MAX;

/// Bytes behind a value, up to the end of the line, that may say that it goes on in the next one.
pub(super) const CONTINUED: usize = 8;

/// What stands before a value in the line behind its key: who speaks, or that a prompt answers, also of R and expect.
const SPEAKERS: &str = "> |c: |=> |--> |<-- |>> |[1] |send -- |send |it's |it is ";

/// What is said of a value before it, in lines of their own.
const DESCRIBED: Words =
    Words::new("type description sensitive nullable ephemeral title format encoding content-type content-length content-transfer-encoding");

/// Is this the end of a line, or no more than a mark of YAML, a shell or a language that the value stands in the next one?
pub(super) fn is_awaited(rest: &[u8]) -> bool {
    let rest = rest.trim_ascii();
    // of Rust, in the lines of a debugger's print, and of Swift, in a dump: `Some(`, `Optional<String>`
    let made = || at(rest, 0).is_ascii_uppercase() && matches!(rest, [name @ .., b'('] if name.iter().all(u8::is_ascii_alphabetic));
    matches!(rest, [] | [b'|' | b'>' | b'\\' | b'(' | b'{'] | [b'|' | b'>', b'-' | b'+'] | br#"""""# | b"'''")
        || rest == b"Optional<String>"
        || made()
}

/// Is this a place in a file, as compilers say it behind what they warn of: `src/auth.rs:265:9`?
fn is_place(value: &[u8]) -> bool {
    let number = |end: usize| run_back(value, end, 6, |b| b.is_ascii_digit());
    let column = value.len() - number(value.len());
    let line = column.saturating_sub(1) - number(column.saturating_sub(1));
    column < value.len() && line + 1 < column && before(value, column) == b':' && before(value, line) == b':'
}

impl Scan<'_, '_> {
    /// `name: API_TOKEN`, whose `value: …` stands in the next line, and `"--password",` or `- --password`, whose argument does.
    pub(super) fn named(&mut self, i: usize) {
        let text = self.text;
        // `<name>password</name>`, `<setting name="MailPassword">`
        let tagged = at(text, i) == b'<' || at(text, i) == b'"' && at(text.trim_ascii_start(), 0) == b'<';
        let close = if tagged { self.tag_end(i).unwrap_or(i) } else { i };
        // `variable "db_password" {`
        let block = part(text, i, i + 3) == b"\" {" && text.len() < i + 6;
        if !block && skip(text, close, |b| matches!(b, b'"' | b'\'' | b'`') || matches!(b, b',' | b'>') || bytes::is_space(b)) < text.len()
        {
            return;
        }
        let start = skip_back(text, i, KEY_MAX, |b| is_key(b) || b == b':');
        let item = || matches!(part(text, 0, start).trim_ascii(), [b'-'] | [b'"' | b'\''] | [b'-', b' ', b'"' | b'\'']);
        let flag = part(text, start, start + 2) == b"--" && item();
        // of Redis, which numbers what is in a hash: `3) "password"`
        let numbered =
            || matches!(part(text, 0, start).trim_ascii_start(), [number @ .., b')', b' ', b'"'] if number.iter().all(u8::is_ascii_digit));
        if (block || flag || numbered() || self.is_named_key(start) || self.is_named_element(start, i))
            && let Some((rule, _)) = self.engine.fields.rule(part(text, start, i))
        {
            // an argument is nothing but the value, and neither is a part of a form
            self.awaits(rule, flag || close > i || starts_with_nocase(text.trim_ascii_start(), b"content-disposition"));
        }
    }

    /// A debugger, an interpreter or a shell that is asked for a value answers in the next line: `(Pdb) p password`, `$ echo $DB_PASSWORD`.
    pub(super) fn asked(&mut self, i: usize) {
        const QUESTIONS: [&str; 9] = ["(pdb) ", "ipdb> ", ">>> ", "]: ", "p ", "pp ", "print ", "print(", "echo $"];
        let text = self.text;
        let asks = at(text, i) == b'?';
        if skip(text, i + usize::from(asks), |b| bytes::is_space(b) || matches!(b, b')' | b']' | b'"' | b'\'')) < text.len()
            || !text.ends_with(b"\n")
        {
            return;
        }
        let start = skip_back(text, i, KEY_MAX, bytes::is_key);
        // `os.environ["DB_PASSWORD"]`
        let subscript = run_back(text, start, 2, |b| matches!(b, b'[' | b'"' | b'\''));
        let begins = if subscript == 2 { skip_back(text, start - 2, KEY_MAX, bytes::is_key) } else { start };
        let line = part(text, 0, begins);
        // an element of a list of R, `$config$password`, and somebody who asks: `what is the password?`
        let listed = before(text, start) == b'$' && at(text, 0) == b'$' && start > 1;
        if (listed || asks)
            && let Some((rule, _)) = self.engine.fields.rule(part(text, start, i))
        {
            return self.awaits(rule, false);
        }
        // what stands before a verb is a prompt
        let verb = run_back(line, line.len(), 7, |b| b.is_ascii_lowercase() || matches!(b, b'(' | b' ' | b'$'));
        let prompt = part(line, 0, line.len() - verb).trim_ascii();
        let words = prompt.split(|&b| b == b' ').filter(|word| !word.is_empty()).nth(2).is_none();
        let sound = words && matches!(prompt.last(), Some(b'>' | b'$' | b'#' | b')' | b':' | b'%')) && !value::has_placeholder(prompt);
        if sound
            && bytes::ends_with_one_of(line, &QUESTIONS)
            && let Some((rule, _)) = self.engine.fields.rule(part(text, start, i))
        {
            self.awaits(rule, false);
        }
    }

    /// The value of this key stands in the next line, if it is one that may.
    pub(super) fn awaits(&mut self, rule: Rule, sure: bool) {
        if rule.may_stand_in_next_line() && !self.open.is_cut() {
            self.open = Open::Value { rule, sure };
        }
    }

    /// Takes the value of the key that the line before ends with: all that is in the line, or what is called `value` there.
    pub(super) fn awaited(&mut self, rule: Rule, sure: bool) {
        let text = self.text;
        let space = run(text, 0, bytes::is_space);
        // who speaks, or an item of a list
        let item = part(text, space, space + 2) == b"- ";
        let number = skip(text, space, |b| b.is_ascii_digit());
        let numbered = number > space && part(text, number, number + 3) == b") \"";
        let space = if numbered { number + 2 } else { space };
        let mut start = space + if item { 2 } else { bytes::phrase(SPEAKERS, part(text, space, text.len())).unwrap_or(0) };
        // a line between the head of a part of a form and its value, and what Markdown fences it with; code of a language is none
        let fence = part(text, start, text.len()).strip_prefix(b"```");
        if start == text.len() || fence.is_some_and(|language| language.trim_ascii().is_empty()) {
            self.open = Open::Value { rule, sure };
            return;
        }
        if fence.is_some() {
            return;
        }
        let Some(action) = self.engine.action(rule.detector()) else { return };
        if at(text, start) == b'<'
            && let Some(found) = self.element_text(rule, start)
            && !self.is_label(found.of(text))
        {
            self.take(rule, action, &found);
            return;
        }
        // `variable "db_password" {`, then `type = string` and its like, and headers of a part of a form
        let name = skip(text, start, |b| matches!(b, b'"' | b'\''));
        let behind = skip(text, name, is_key);
        let separator = skip(text, behind, |b| matches!(b, b'"' | b'\'' | b' '));
        if matches!(at(text, separator), b':' | b'=') && DESCRIBED.has(part(text, name, behind)) {
            self.open = Open::Value { rule, sure };
            return;
        }
        // in a log of a dialogue: `SMTP -> TO SERVER: x`
        if sure && start == space && text.len() < TAG {
            let last = part(text, start, text.len()).windows(2).rposition(|mark| matches!(mark, b": " | b"> "));
            start += last.map_or(0, |mark| mark + 2);
        }
        // what a debugger says of its type: `string(7) "x"`, `$1 = 0x7ffd "x"`
        let number = skip(text, start + 1, |b| b.is_ascii_digit());
        let answer = if at(text, start) == b'$' && part(text, number, number + 3) == b" = " { number + 3 } else { start };
        // and of LLDB: `(String) $R0 = "x"`
        let typed =
            if part(text, start, start + 1) == b"(" { bytes::find(bytes::up_to(text, start + KEY_MAX), start, b" = \"") } else { None };
        let mut from = typed.map_or_else(|| code::behind_type(text, answer), |equals| equals + 3);
        // and `default = "x"`, and `- some: "x"` of Swift
        let said = ["value", "default", "some"].iter().find(|word| starts_with_nocase(part(text, name, text.len()), word.as_bytes()));
        if let Some(word) = said {
            let separator = name + word.len() + run(text, name + word.len(), |b| matches!(b, b'"' | b'\'' | b' '));
            if !matches!(at(text, separator), b':' | b'=') {
                return;
            }
            from = separator + 1;
            if *word == "some" && !matches!(part(text, from, from + 2), [b' ', b'"']) {
                return;
            }
        }
        // all of it, as it must stand there alone
        let Some(found) = value::extent(text, from, rule).map(|found| found.whole(text)) else { return };
        let value = found.of(text);
        let rest = found.end
            + run(text, found.end, |b| bytes::is_space(b) || matches!(b, b'"' | b'\'' | b',' | b';' | b')' | b']' | b'}' | b'\\' | b'+'));
        let alone = from > start || rest == text.len() || part(text, rest, rest + 2) == b"</";
        // the label of a field, the kind of a token, and a list of names that Redis numbers
        let named = || {
            self.is_label(value)
                || rule.is_of_machine() && value.iter().all(|&b| b.is_ascii_alphabetic())
                || numbered && (value.contains(&b':') || !value::is_striking(value))
        };
        let likely = from > start
            || found.quoted && (sure || !item && !named())
            || sure && at(value, 0) != b'<'
            || value::is_digits_of(rule, value)
            || is_mixed(value, 8) && !value.contains(&b'=') && bytes::find(value, 0, b"://").is_none();
        // what was redacted here is one word now, whatever it was
        let redacted = value::has_placeholder(value);
        let reference = !found.quoted && code::is_reference(value, at(text, found.end));
        let flag = matches!(at(value, 0), b'-') || !sure && matches!(at(value, 0), b'(' | b'[' | b'{');
        if alone && likely && !redacted && !reference && !flag && !is_place(value) && self.is_secret(rule, value) {
            self.take(rule, action, &found);
        }
    }

    /// Does the value go on in the next line: behind a backslash, or as another literal?
    pub(super) fn is_continued(&self, value: &Extent) -> bool {
        let rest = part(self.text, value.end + usize::from(value.quoted), self.text.len()).trim_ascii();
        // `("x"`
        let open = || before(self.text, value.start.saturating_sub(1)) == b'(' && rest.is_empty();
        // of Swift, whose dump says it twice: `Optional("x")`
        let optional = || rest == b")" && part(self.text, 0, value.start.saturating_sub(1)).ends_with(b"Optional(");
        if value.quoted {
            matches!(rest, [b'+' | b'.' | b'&']) || open() || optional()
        } else {
            rest.is_empty() && before(self.text, value.end) == b'\\'
        }
    }
}
