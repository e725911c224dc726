//! The [`Pass`], with which a host walks one value or record: what rules each position, and what stands there afterwards.

use std::borrow::Cow;
use std::sync::Arc;

use crate::detect::contact;
use crate::detect::context::PART;
use crate::detect::words::Rule;
use crate::engine::{Engine, Tally, into_text};
use crate::format;
use crate::policy::{Action, Limits};
use crate::replace;
use crate::report::Counters;
use crate::scan::Match;
use crate::scan::sight::Watch;
use crate::scan::value::{self, Form};
use crate::walk::{self, Ruling, Scope, Verdict};

/// What the policy's own word for a key or a path says of the value there.
fn ruling_of(rule: Rule, action: Action) -> Ruling {
    if action == Action::Keep { Ruling::Keep } else { Ruling::Apply(rule, action) }
}

/// Does this key pass the context of the key above on to its value? `{"phone": {"number": …}}`
fn passes_on(key: &str) -> bool {
    ["number", "value", "raw", "no", "nr"].iter().any(|name| key.eq_ignore_ascii_case(name))
}

/// One consistent look at a value or record. Its counts are added to the redactor's when it is dropped.
pub struct Pass<'r> {
    engine: Arc<Engine>,
    /// Where its findings count.
    counters: Option<&'r Counters>,
    tally: Tally,
}

impl<'r> Pass<'r> {
    pub(crate) fn new(engine: Arc<Engine>, counters: Option<&'r Counters>) -> Self {
        Self { engine, counters, tally: Tally::default() }
    }

    /// Redacts plain text.
    pub fn text<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        let replaced = self.engine.redact(text.as_bytes(), 0, &mut self.tally);
        into_text(text, replaced)
    }

    /// Redacts bytes.
    pub fn bytes<'t>(&mut self, text: &'t [u8]) -> Cow<'t, [u8]> {
        self.engine.redact(text, 0, &mut self.tally).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// The scope of a whole value.
    pub fn root(&self) -> Scope {
        Scope { paths: self.engine.fields.root(), ruling: Ruling::None, context: 0 }
    }

    pub(crate) fn engine(&self) -> &Engine {
        &self.engine
    }

    /// The scope of the value under a key.
    pub fn child(&self, parent: Scope, key: &str) -> Scope {
        let fields = &self.engine.fields;
        let (paths, by_path) = if fields.paths.is_empty() { (parent.paths, None) } else { fields.paths.enter(parent.paths, key) };
        let said = fields.verdict(key.as_bytes());
        let ruling = match (by_path, said.rule) {
            (Some(action), _) => ruling_of(Rule::Field, action),
            (None, _) if parent.ruling == Ruling::Keep => Ruling::Keep,
            (None, Some((rule, Some(action)))) => ruling_of(rule, action),
            (None, Some((rule, None))) => self.engine.action(rule.detector()).map_or(parent.ruling, |action| Ruling::Apply(rule, action)),
            (None, None) => parent.ruling,
        };
        let context = if said.context == 0 && passes_on(key) { parent.context } else { said.context };
        Scope { paths, ruling, context }
    }

    /// As [`child`](Self::child), for a key in which a [`Watch`] saw nothing.
    pub(crate) fn quiet_child(&self, parent: Scope, key: &str) -> Scope {
        if !self.engine.fields.paths.is_empty() || self.engine.addresses {
            return self.child(parent, key);
        }
        let context = if parent.context != 0 && passes_on(key) { parent.context } else { 0 };
        Scope { context, ..parent }
    }

    /// The scope of an element of a list, tuple or set: `*` in a path matches it, everything else is inherited.
    pub fn item(&self, parent: Scope) -> Scope {
        let fields = &self.engine.fields;
        if fields.paths.is_empty() {
            return parent;
        }
        let (paths, by_path) = fields.paths.enter(parent.paths, "");
        let ruling = by_path.map_or(parent.ruling, |action| ruling_of(Rule::Field, action));
        Scope { paths, ruling, ..parent }
    }

    /// Redacts a string at a position of a value: what its keys say, and what is found in it.
    pub fn leaf<'t>(&mut self, scope: Scope, text: &'t str) -> Cow<'t, str> {
        let replaced = self.replaced(scope, text.as_bytes());
        into_text(text, replaced)
    }

    /// As [`leaf`](Self::leaf), for bytes.
    pub fn leaf_bytes<'t>(&mut self, scope: Scope, text: &'t [u8]) -> Cow<'t, [u8]> {
        self.replaced(scope, text).map_or(Cow::Borrowed(text), Cow::Owned)
    }

    /// What stands instead of a string at a position, where it changes.
    fn replaced(&mut self, scope: Scope, text: &[u8]) -> Option<Vec<u8>> {
        match scope.ruling {
            Ruling::Keep => None,
            Ruling::Apply(rule, action) if value::is_secret(rule, text, Form::Plain, self.engine.strict) => {
                self.replacement(rule, action, text)
            }
            Ruling::Apply(Rule::Login, action) if let Some(at) = value::password_behind_name(text) => {
                let (name, password) = text.split_at_checked(at)?;
                let name = self.engine.redact(name, PART, &mut self.tally).unwrap_or_else(|| name.to_vec());
                Some([name, self.replacement(Rule::Login, action, password)?].concat())
            }
            _ => self.engine.redact(text, scope.context | PART, &mut self.tally),
        }
    }

    /// The replacement of a whole value under a sensitive key.
    fn replacement(&mut self, rule: Rule, action: Action, text: &[u8]) -> Option<Vec<u8>> {
        if self.engine.allows(text) {
            return None;
        }
        let detector = if rule == Rule::Field && action == Action::Partial && memchr::memchr(b'@', text).is_some() {
            contact::EMAIL
        } else {
            rule.detector()
        };
        self.tally.one(rule.detector(), action);
        let mut out = Vec::new();
        replace::append(&mut out, &self.engine, &Match { start: 0, end: text.len(), detector, action }, text);
        (action != Action::Keep).then_some(out)
    }

    /// Looks at a number by its decimal text; a replacement is text.
    pub fn number(&mut self, scope: Scope, decimal: &str) -> Option<String> {
        let replaced = match scope.ruling {
            // nothing shorter is a number that any built-in detector takes
            Ruling::None if decimal.len() < 7 && self.engine.policy.custom.is_empty() => None,
            _ => self.replaced(scope, decimal.as_bytes()),
        };
        replaced.map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// As [`number`](Self::number), for a small integer.
    pub fn integer(&mut self, scope: Scope, value: i32) -> Option<String> {
        let mut decimal = String::from(if value < 0 { "-" } else { "" });
        format::integer(&mut decimal, value.unsigned_abs().into());
        self.number(scope, &decimal)
    }

    /// Redacts the key of a map entry, which is text as well.
    pub fn key<'t>(&mut self, key: &'t str) -> Cow<'t, str> {
        let replaced = self.engine.redact(key.as_bytes(), PART, &mut self.tally);
        into_text(key, replaced)
    }

    /// Counts an entry that the host left out because its scope said [`Verdict::Drop`].
    pub fn dropped(&mut self, scope: Scope) {
        if let (Verdict::Drop, Ruling::Apply(rule, action)) = (scope.verdict(), scope.ruling) {
            self.tally.one(rule.detector(), action);
        }
    }

    /// Tells which parts of a text need no scan.
    pub(crate) fn watch(&self, text: &str) -> Option<Watch> {
        Watch::over(self.engine.clone(), text.as_bytes())
    }

    /// Redacts JSON text; see [`Redactor::redact_json`](crate::Redactor::redact_json).
    pub fn json<'t>(&mut self, text: &'t str) -> Cow<'t, str> {
        walk::redact_json(self, text)
    }

    /// The bounds that the host observes.
    pub fn limits(&self) -> Limits {
        self.engine.policy.limits
    }
}

impl Drop for Pass<'_> {
    fn drop(&mut self) {
        if let Some(counters) = self.counters {
            self.tally.commit(&self.engine, counters);
        }
    }
}
