//! Keys in XML and HTML, and in parts of forms: as the name of an element, as its text, as the value of an attribute.

use super::{ATTRIBUTES, Key, PATH, is_xml_name};
use crate::detect::words::Rule;
use crate::scan::Scan;
use crate::scan::bytes::{self, Words, at, before, is_quote, part, skip, skip_back, starts_with_nocase};
use crate::scan::keyed::TAG;
use crate::scan::lines::Open;
use crate::scan::value::{self, Extent};

impl Scan<'_, '_> {
    /// `<password encrypted="false">x</password>`
    pub(super) fn in_tag(&self, key: &Key<'_>) -> Option<(Rule, Extent)> {
        self.tag_end(key.end).and_then(|close| self.text_of(key, close)).or_else(|| self.attribute(key, key.end + 1))
    }

    /// `<name>password</name><value>x</value>`, `<td>Password</td><td>x</td>`, `<b>password</b>: x`
    pub(super) fn in_element(&self, key: &Key<'_>) -> Option<(Rule, Extent)> {
        if !self.is_named_element(key.start, key.end) {
            return self.behind_markup(key);
        }
        let close = self.tag_end(key.end)?;
        let next = skip(self.text, close, bytes::is_space);
        if at(self.text, next) == b'<' { self.text_of(key, next) } else { None }
    }

    /// Is `start..i` the text of an element that names another's: `<name>…</name>`, `<key>…</key>`?
    pub(in crate::scan) fn is_named_element(&self, start: usize, i: usize) -> bool {
        let closes = |name: &&str| starts_with_nocase(part(self.text, i + 2, self.text.len()), name.as_bytes());
        before(self.text, skip_back(self.text, start, PATH, bytes::is_key)) == b'>'
            && at(self.text, i + 1) == b'/'
            && ["name>", "param-name>", "key>", "id>", "field>"].iter().any(closes)
    }

    /// Behind the `>` of the tag in which `from` stands.
    pub(in crate::scan) fn tag_end(&self, from: usize) -> Option<usize> {
        let near = bytes::up_to(self.text, from + TAG);
        let end = skip(near, from, |b| b != b'>' && b != b'\n');
        (at(near, end) == b'>' && before(near, end) != b'/').then_some(end + 1)
    }

    /// The text of the element that begins at `from` and belongs to a key.
    pub(super) fn text_of(&self, key: &Key<'_>, from: usize) -> Option<(Rule, Extent)> {
        let rule = key.rule()?;
        let found = self.element_text(rule, from)?;
        (!self.is_label(found.of(self.text))).then_some((rule, found))
    }

    /// The text of the element at whose end `from` is and an attribute of which is a key, `<string name="password">x</string>`. What is in or
    /// behind an element of a form is no value: `<input name="password"><b>Forgot it?</b>`.
    pub(super) fn text_of_named(&self, key: &Key<'_>, from: usize) -> Option<(Rule, Extent)> {
        const CONTROLS: Words = Words::new("input select form button label meta link img");
        let near = part(self.text, key.start.saturating_sub(TAG), key.start);
        let tag = part(near, near.iter().rposition(|&b| b == b'<')? + 1, near.len());
        let name = part(tag, 0, bytes::run(tag, 0, |b| b.is_ascii_alphanumeric()));
        if CONTROLS.has(name) { None } else { self.text_of(key, from) }
    }

    /// Is this the label of a field: `<string name="password">Enter your password</string>`?
    pub(in crate::scan) fn is_label(&self, value: &[u8]) -> bool {
        value.contains(&b' ') && !value::has_digit_or_symbol(value) || self.engine.fields.rule(value).is_some()
    }

    /// The value behind an element whose text is a key, if it is a secret by its looks.
    fn behind_markup(&self, key: &Key<'_>) -> Option<(Rule, Extent)> {
        let text = self.text;
        let close = self.tag_end(key.end)?;
        let next = skip(text, close, |b| bytes::is_space(b) || matches!(b, b':' | b'='));
        if at(text, next) != b'<' {
            return self.striking_value(key, next).filter(|_| next > close);
        }
        self.text_of(key, next).filter(|&(rule, found)| value::stands_out(rule, found.of(text)))
    }

    /// `name="password"\r\n\r\nx\r\n--`: a part of a form in the `repr` of a body.
    pub(super) fn part_of_form(&self, key: &Key<'_>, from: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        let gap = [&b"\\r\\n\\r\\n"[..], b"\\n\\n"].into_iter().find(|gap| part(text, from, text.len()).starts_with(gap))?;
        let start = from + gap.len();
        let end = skip(text, start, |b| !matches!(b, b'\\' | b'\r' | b'\n'));
        let (rule, found) = (key.rule()?, Extent { start, end, open: Open::Nothing, quoted: true });
        self.is_secret(rule, found.of(text)).then_some((rule, found))
    }

    /// `<input value="x" name="password">`
    pub(super) fn attribute_before(&self, key: &Key<'_>) -> Option<(Rule, Extent)> {
        let text = self.text;
        let near = key.start.saturating_sub(TAG);
        let open = near + part(text, near, key.start).iter().rposition(|&b| b == b'<')?;
        let tag = part(text, open, key.start);
        // not one that ended
        if tag.contains(&b'>') {
            return None;
        }
        let value = [&b" value="[..], b" content="]
            .iter()
            .find_map(|name| Some(name.len() + tag.windows(name.len()).position(|word| word.eq_ignore_ascii_case(name))?))?;
        self.quoted(key, open + value)
    }

    /// `<add key="Password" value="x"/>`, `<input name="password" type="password" value="x">`
    pub(super) fn attribute(&self, key: &Key<'_>, mut i: usize) -> Option<(Rule, Extent)> {
        let text = self.text;
        for _ in 0..ATTRIBUTES {
            let equals = skip(text, i, is_xml_name);
            let quote = at(text, equals + 1);
            if at(text, equals) != b'=' || !is_quote(quote) {
                return None;
            }
            let name = part(text, i, equals).rsplit(|&b| b == b':').next().unwrap_or_default();
            if ["value", "content", "default"].iter().any(|value| name.eq_ignore_ascii_case(value.as_bytes())) {
                return self.quoted(key, equals + 1);
            }
            let close = value::quote_end(text, equals + 2, quote, 0, 1)?;
            i = skip(text, close + 1, |b| b == b' ');
        }
        None
    }
}
