//! JSON text to JSON text in one pass, without a tree.
//!
//! The source is copied but for the strings, numbers and keys that change, so number text, the order of keys, duplicate keys
//! and white space stay as given. What is not JSON is redacted as plain text.

mod names;
mod scanner;

use std::borrow::Cow;

use crate::detect::words::Rule;
use crate::format::json_string;
use crate::pass::Pass;
use crate::policy::Limits;
use crate::replace::placeholder;
use crate::scan::sight::{Seen, Watch};
use crate::walk::beside::{self, Sequence};
use crate::walk::{Ruling, Scope, Verdict};

pub(crate) use names::Names;
use scanner::Raw;
pub(crate) use scanner::Scanner;

/// Redacts JSON text: one value, or several with white space between them.
///
/// A container more than `limits.depth` levels deep, and every value past the first `limits.nodes` entries of its top-level value,
/// becomes `"[REDACTED:limit]"`.
pub(crate) fn redact_json<'t>(pass: &mut Pass<'_>, text: &'t str) -> Cow<'t, str> {
    let root = pass.root();
    match Walk::new(pass, text).documents(root) {
        Some(done) => done,
        None => pass.text(text),
    }
}

/// Redacts one JSON value that stands at `scope`. `None` where the text is not one value of JSON with nothing around it.
pub(crate) fn redact_value<'t>(pass: &mut Pass<'_>, scope: Scope, text: &'t str) -> Option<Cow<'t, str>> {
    let mut walk = Walk::new(pass, text);
    walk.value(scope)?;
    walk.scan.is_end().then(|| walk.edit.finish())
}

struct Walk<'p, 'e, 't> {
    pass: &'p mut Pass<'e>,
    scan: Scanner<'t>,
    edit: Edit<'t>,
    limits: Limits,
    /// Open containers, at most `limits.depth`.
    open: Vec<Container<'t>>,
    /// Where the keys of the open objects stand in the source.
    keys: Vec<(usize, usize)>,
    /// Where the next value stands.
    scope: Scope,
    /// Entries of the top-level value so far.
    entries: u32,
    /// A string without its escapes.
    scratch: String,
    watch: Option<Watch>,
}

struct Container<'t> {
    /// Of an object, its own; of an array, that of its items.
    scope: Scope,
    is_object: bool,
    /// A member that stays has been seen.
    kept: bool,
    /// The members so far were dropped, so the next comma goes as well.
    headless: bool,
    /// Where its first element or member begins, if it has any.
    start: usize,
    /// End of the last member.
    end: usize,
    /// Its first key in `Walk::keys`.
    first_key: usize,
    /// From the first changed key on.
    names: Option<Box<Names>>,
    /// The list of the names of a path, of which its object has taken the last.
    is_path: bool,
    /// The name of an object is one of a list.
    by_list: bool,
    /// What may be the key of a value beside it: the text under `name` of an object, the first of an array.
    name: &'t str,
}

impl<'p, 'e, 't> Walk<'p, 'e, 't> {
    fn new(pass: &'p mut Pass<'e>, text: &'t str) -> Self {
        let limits = pass.limits();
        let scope = pass.root();
        let watch = pass.watch(text);
        Self {
            pass,
            scan: Scanner::new(text),
            edit: Edit::new(text),
            limits,
            open: Vec::with_capacity(8),
            keys: Vec::with_capacity(16),
            scope,
            entries: 0,
            scratch: String::new(),
            watch,
        }
    }

    fn documents(mut self, root: Scope) -> Option<Cow<'t, str>> {
        self.scan.space();
        loop {
            self.value(root)?;
            let end = self.scan.at();
            self.scan.space();
            if self.scan.is_end() {
                return Some(self.edit.finish());
            }
            if self.scan.at() == end {
                return None;
            }
            self.entries = 0;
        }
    }

    /// Walks one value with all that is in it; the scanner stands at its first byte.
    fn value(&mut self, scope: Scope) -> Option<()> {
        self.scope = scope;
        loop {
            match self.scan.peek() {
                b'"' => self.string()?,
                bracket @ (b'{' | b'[') => {
                    if self.open.len() >= self.limits.depth as usize {
                        self.limit()?;
                    } else if self.enter(bracket == b'{') && self.entry()? {
                        continue;
                    }
                }
                b'-' | b'0'..=b'9' => self.number()?,
                _ => {
                    self.scan.literal()?;
                }
            }
            if !self.after()? {
                return Some(());
            }
        }
    }

    /// Opens a container, unless it is empty.
    #[inline]
    fn enter(&mut self, is_object: bool) -> bool {
        self.scan.eat(if is_object { b'{' } else { b'[' });
        self.scan.space();
        if self.scan.eat(if is_object { b'}' } else { b']' }) {
            return false;
        }
        let scope = if is_object { self.scope } else { self.pass.item(self.scope) };
        self.open.push(Container {
            scope,
            is_object,
            kept: false,
            headless: false,
            start: self.scan.at(),
            end: self.scan.at(),
            first_key: self.keys.len(),
            names: None,
            is_path: false,
            by_list: false,
            name: "",
        });
        true
    }

    /// Goes on after a value: closes what ends here. Is there a next value to walk?
    #[inline]
    fn after(&mut self) -> Option<bool> {
        loop {
            let end = self.scan.at();
            let Some(container) = self.open.last_mut() else {
                return Some(false);
            };
            container.end = end;
            self.scan.space();
            let comma = self.scan.at();
            if self.scan.eat(b',') {
                self.scan.space();
                if container.headless {
                    self.edit.cut(comma, self.scan.at());
                }
                if self.entry()? {
                    return Some(true);
                }
            } else if self.scan.eat(if container.is_object { b'}' } else { b']' }) {
                self.keys.truncate(container.first_key);
                self.open.pop();
            } else {
                return None;
            }
        }
    }

    /// Begins an entry of the innermost container. Is its value still to be walked?
    #[inline]
    fn entry(&mut self) -> Option<bool> {
        self.entries = self.entries.saturating_add(1);
        let container = self.open.last_mut()?;
        if !container.is_object {
            self.scope = container.scope;
            let first = std::mem::take(&mut container.name);
            if !first.is_empty() || self.scan.rest().starts_with("\"-") {
                self.scope = self.second(first);
            }
        } else if !self.member()? {
            return Some(false);
        }
        if self.entries > self.limits.nodes {
            self.limit()?;
            return Some(false);
        }
        Some(true)
    }

    /// Reads and redacts a key; takes the whole member out where its verdict says so. Does the member stay?
    #[inline]
    fn member(&mut self) -> Option<bool> {
        let start = self.scan.at();
        let (raw, seen) = self.read()?;
        self.scan.colon()?;
        let quiet = seen.is_some_and(|seen| seen.clean && seen.unknown);
        let container = self.open.last_mut()?;
        let key = raw.text(&mut self.scratch);
        let scope = if quiet { self.pass.quiet_child(container.scope, key) } else { self.pass.child(container.scope, key) };
        if matches!(scope.verdict(), Verdict::Drop) {
            self.pass.dropped(scope);
            self.scan.skip()?;
            self.edit.cut(if container.kept { container.end } else { start }, self.scan.at());
            container.headless = !container.kept;
            return Some(false);
        }
        self.scope = scope;
        container.kept = true;
        container.headless = false;
        if beside::is_named(key) {
            let says = |name: &str| self.pass.named(container.scope, name) != container.scope;
            let name = if container.name.is_empty() { name_behind(self.scan.rest(), says).unwrap_or_default() } else { container.name };
            if container.by_list || !beside::is_input(key) {
                self.scope = self.pass.named(scope, name);
            }
        }
        // The key with its quotes.
        let span = (start, start + raw.source.len() + 2);
        self.keys.push(span);
        let new = if quiet { None } else { changed(self.pass.key(key), key) };
        if new.is_some() && container.names.is_none() {
            container.names = Some(earlier(self.edit.text, self.keys.get(container.first_key..self.keys.len() - 1).unwrap_or_default()));
        }
        if let Some(names) = &mut container.names {
            let numbered = names.take(new.as_deref().unwrap_or(key), new.is_some());
            if let Some(name) = numbered.map(Cow::Owned).or(new) {
                self.edit.string(span.0, span.1, &name);
            }
        }
        Some(true)
    }

    /// Reads a string, with what a watch saw in it.
    #[inline]
    fn read(&mut self) -> Option<(Raw<'t>, Option<Seen>)> {
        let start = self.scan.at();
        if self.scan.peek() == b'"'
            && let Some(watch) = &mut self.watch
            && let Some(seen) = watch.string(self.edit.text.as_bytes(), start + 1)
        {
            return Some((self.scan.plain_string(seen.end)?, Some(seen)));
        }
        Some((self.scan.string()?, None))
    }

    #[inline]
    fn string(&mut self) -> Option<()> {
        let start = self.scan.at();
        let (raw, seen) = self.read()?;
        if !seen.is_some_and(|seen| seen.unknown) || is_login(self.scope) || raw.source.starts_with('-') {
            self.name(raw, start);
        }
        if seen.is_some_and(|seen| seen.clean) && self.scope.context == 0 && !matches!(self.scope.verdict(), Verdict::Mask | Verdict::Drop)
        {
            return Some(());
        }
        let text = raw.text(&mut self.scratch);
        if let Some(new) = changed(self.pass.leaf(self.scope, text), text) {
            self.edit.string(start, self.scan.at(), &new);
        }
        Some(())
    }

    /// Keeps a string if it is the key of a value beside it: the first such of its container.
    #[inline(never)]
    fn name(&mut self, raw: Raw<'t>, start: usize) {
        let Some(container) = self.open.last_mut() else { return };
        let key = self.keys.last().and_then(|&(start, end)| self.edit.text.get(start + 1..end - 1)).unwrap_or_default();
        let says = self.pass.named(container.scope, raw.source) != container.scope;
        let is_first = container.end == start;
        let names = match container.is_object {
            true => container.name.is_empty() && beside::is_name(key) && says,
            // an array ends where its first element begins until that has been read
            false => {
                let element = raw.source.as_bytes();
                is_first && (says || is_login(container.scope)) || says && beside::may_lead(element) || beside::is_flag(element)
            }
        };
        if raw.escaped {
            return;
        }
        if names {
            container.name = raw.source;
        }
        // `"loc": ["body", "password"]`
        if let [.., object, list] = self.open.as_mut_slice()
            && object.is_object
            && !list.is_object
            && (object.name.is_empty() || list.is_path)
            && beside::is_name(key)
            && self.pass.named(object.scope, raw.source) != object.scope
        {
            (object.name, object.by_list, list.is_path) = (raw.source, true, true);
        }
    }

    /// The scope of the next element behind `first`, which may be its key.
    #[cold]
    fn second(&self, first: &str) -> Scope {
        let mut ahead = Scanner::new(self.scan.rest());
        let (Some(second), Some(container)) = (ahead.string(), self.open.last()) else { return self.scope };
        ahead.space();
        let of = if ahead.peek() == b']' && !first.is_empty() { Sequence::Pair } else { Sequence::Arguments };
        let before = self.edit.text.get(container.start..self.scan.at()).unwrap_or_default();
        let line = before.trim_end_matches([' ', '\t', '\r', '\n', ',', '"']).strip_suffix(first).unwrap_or(before);
        self.pass.second(self.scope, line, first, second.text(&mut String::new()), of)
    }

    #[inline]
    fn number(&mut self) -> Option<()> {
        let start = self.scan.at();
        let number = self.scan.number()?;
        if let Some(new) = self.pass.number(self.scope, number) {
            self.edit.string(start, self.scan.at(), &new);
        }
        Some(())
    }

    /// Puts the marker in place of the value that is next.
    #[cold]
    fn limit(&mut self) -> Option<()> {
        let start = self.scan.at();
        self.scan.skip()?;
        self.edit.string(start, self.scan.at(), placeholder::LIMIT);
        Some(())
    }
}

/// May the value at this place be a name and a password?
#[inline(always)]
fn is_login(scope: Scope) -> bool {
    matches!(scope.ruling, Ruling::Apply(Rule::Login, _))
}

/// The replacement, unless it is the very text that was given.
#[inline(always)]
fn changed<'n>(new: Cow<'n, str>, old: &str) -> Option<Cow<'n, str>> {
    match new {
        Cow::Borrowed(same) if std::ptr::eq(same, old) => None,
        new => Some(new),
    }
}

/// The names of an object before its first changed key.
#[cold]
fn earlier(text: &str, keys: &[(usize, usize)]) -> Box<Names> {
    let mut names = Box::<Names>::default();
    let mut scratch = String::new();
    for &(start, end) in keys {
        if let Some(raw) = text.get(start..end).and_then(|source| Scanner::new(source).string()) {
            names.take(raw.text(&mut scratch), false);
        }
    }
    names
}

/// The first name that says something, of what is called `name` or the like in the next entries, as long as they are scalars.
#[cold]
fn name_behind(rest: &str, says: impl Fn(&str) -> bool) -> Option<&str> {
    let mut ahead = Scanner::new(rest);
    ahead.scalar()?;
    for _ in 0..beside::AHEAD {
        ahead.space();
        if !ahead.eat(b',') {
            return None;
        }
        ahead.space();
        let key = ahead.key()?;
        let value = ahead.at();
        ahead.scalar()?;
        let name =
            Scanner::new(rest.get(value..)?).string().filter(|name| beside::is_name(key.source) && !name.escaped && says(name.source));
        if let Some(name) = name {
            return Some(name.source);
        }
    }
    None
}

/// The output: copied from the source up to `done`, with what was put in between.
struct Edit<'t> {
    text: &'t str,
    out: String,
    done: usize,
}

impl<'t> Edit<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, out: String::new(), done: 0 }
    }

    /// Leaves out the source between two positions.
    fn cut(&mut self, start: usize, end: usize) {
        if self.out.capacity() == 0 {
            self.out.reserve(self.text.len() + 32);
        }
        self.out.push_str(self.text.get(self.done..start).unwrap_or_default());
        self.done = end;
    }

    /// Puts a string in place of the source between two positions.
    fn string(&mut self, start: usize, end: usize, new: &str) {
        self.cut(start, end);
        json_string(&mut self.out, new);
    }

    fn finish(&mut self) -> Cow<'t, str> {
        if self.done == 0 {
            return Cow::Borrowed(self.text);
        }
        self.out.push_str(self.text.get(self.done..).unwrap_or_default());
        Cow::Owned(std::mem::take(&mut self.out))
    }
}

#[cfg(test)]
mod tests;
