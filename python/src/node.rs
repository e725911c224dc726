//! The walk over live Python objects. It iterates, copies and calls; every decision is the engine's.
//!
//! What it returns is `None` for "as it is", so that the caller keeps the very same object.

mod build;
mod kind;

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use pyo3::ffi;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyBytes, PyDict, PyFloat, PyInt, PyList, PyString, PyTuple};
use scrubline::{Limits, Pass, Scope, Verdict, beside, format, placeholder};

use crate::error::must_go_on;
use crate::redactor::Redactor;
use crate::text::utf8;

pub use kind::{has_own_iterator, is_collection, names, of};

/// What becomes of objects that are not data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    /// A value asked for by the caller: instances become a plain object of their attributes, or their redacted text.
    Value,
    /// An `extra` of a record: instances are wrapped, untouched, and redacted when they are shown.
    Extra,
    /// An argument of a message, about to be rendered: instances stay where their text is clean, else are wrapped.
    Argument,
    /// Inside an exception: as `Extra`, exceptions as well, since the stand-in is being made.
    Shield,
}

/// The replacement, or `None` where nothing changes.
pub type Change<'py> = Option<Bound<'py, PyAny>>;

type Pair<'py> = (Bound<'py, PyAny>, Bound<'py, PyAny>);

/// One walk over one value, or over the parts of one record.
pub struct Walk<'a, 'p, 'py> {
    pub redactor: &'a Bound<'py, Redactor>,
    pub pass: &'a mut Pass<'p>,
    pub manner: Manner,
    limits: Limits,
    nodes: u32,
    /// Containers that the walk is inside of.
    open: Vec<*mut ffi::PyObject>,
    /// Finished containers by address, so that shared references stay shared and cost once.
    done: HashMap<usize, Vec<Done<'py>>>,
}

/// A container's outcome at one kind of place; the same object may be sensitive under one key and not under another.
struct Done<'py> {
    scope: Scope,
    /// Held so that the address is not given to another object meanwhile.
    _original: Bound<'py, PyAny>,
    change: Change<'py>,
}

impl<'a, 'p, 'py> Walk<'a, 'p, 'py> {
    pub fn new(redactor: &'a Bound<'py, Redactor>, pass: &'a mut Pass<'p>, manner: Manner) -> Self {
        let limits = pass.limits();
        Self { redactor, pass, manner, limits, nodes: 0, open: Vec::new(), done: HashMap::new() }
    }

    fn py(&self) -> Python<'py> {
        self.redactor.py()
    }

    /// The value at the root of a walk.
    ///
    /// # Errors
    /// `KeyboardInterrupt` alone; any other fault is counted and gives the error marker.
    pub fn root(&mut self, value: &Bound<'py, PyAny>) -> PyResult<Change<'py>> {
        let root = self.pass.root();
        self.under(value, root)
    }

    /// As [`root`](Self::root), for a value that stands under a key. Each one has the limits to itself.
    pub fn under(&mut self, value: &Bound<'py, PyAny>, scope: Scope) -> PyResult<Change<'py>> {
        self.nodes = 0;
        self.value(value, scope, 1)
    }

    /// The value at `scope`, `depth` levels down.
    fn value(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        match self.common(value, scope, depth) {
            Err(error) if !must_go_on(self.py(), &error) => {
                self.redactor.get().engine.count_error();
                Ok(Some(self.marker(placeholder::ERROR)))
            }
            found => found,
        }
    }

    /// The kinds that nearly all values are, by exact type; [`kind`] has the others.
    fn common(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        if let Ok(text) = value.cast_exact::<PyString>() {
            return self.text(text, scope);
        }
        if value.is_none() || value.is_exact_instance_of::<PyBool>() {
            return Ok(None);
        }
        if let Ok(int) = value.cast_exact::<PyInt>() {
            return self.int(int, scope);
        }
        if let Ok(float) = value.cast_exact::<PyFloat>() {
            return self.float(float, scope);
        }
        if value.is_exact_instance_of::<PyDict>() {
            return self.container(value, scope, depth, Self::dict);
        }
        if value.is_exact_instance_of::<PyList>() {
            return self.container(value, scope, depth, Self::list);
        }
        if value.is_exact_instance_of::<PyTuple>() {
            return self.container(value, scope, depth, Self::tuple);
        }
        self.uncommon(value, scope, depth)
    }

    fn marker(&self, marker: &str) -> Bound<'py, PyAny> {
        PyString::new(self.py(), marker).into_any()
    }

    /// A string at `scope`.
    #[inline(never)]
    fn text(&mut self, text: &Bound<'py, PyString>, scope: Scope) -> PyResult<Change<'py>> {
        let text = utf8(text)?;
        Ok(match self.pass.leaf(scope, &text) {
            Cow::Borrowed(_) => None,
            Cow::Owned(redacted) => Some(self.marker(&redacted)),
        })
    }

    fn bytes(&mut self, bytes: &[u8], scope: Scope) -> Option<Bound<'py, PyBytes>> {
        match self.pass.leaf_bytes(scope, bytes) {
            Cow::Borrowed(_) => None,
            Cow::Owned(redacted) => Some(PyBytes::new(self.py(), &redacted)),
        }
    }

    #[inline(never)]
    fn int(&mut self, int: &Bound<'py, PyInt>, scope: Scope) -> PyResult<Change<'py>> {
        if let Ok(small) = int.extract::<i64>() {
            return Ok(self.number(itoa::Buffer::new().format(small), scope));
        }
        // The method of `int` itself: an enumeration has its own. Raises beyond 4,300 digits, which is a fault of the value.
        let decimal = self.py().get_type::<PyInt>().call_method1("__repr__", (int,))?;
        Ok(self.number(&utf8(decimal.cast::<PyString>()?)?, scope))
    }

    #[inline(never)]
    fn float(&mut self, float: &Bound<'py, PyFloat>, scope: Scope) -> PyResult<Change<'py>> {
        let number = float.extract::<f64>()?;
        let mut decimal = String::new();
        if number.is_finite() {
            format::json_f64(&mut decimal, number);
        } else {
            decimal = number.to_string();
        }
        Ok(self.number(&decimal, scope))
    }

    fn number(&mut self, decimal: &str, scope: Scope) -> Change<'py> {
        self.pass.number(scope, decimal).map(|text| self.marker(&text))
    }

    /// Enters a container: depth, cycles and shared references.
    fn container(
        &mut self,
        value: &Bound<'py, PyAny>,
        scope: Scope,
        depth: u32,
        walk: fn(&mut Self, &Bound<'py, PyAny>, Scope, u32) -> PyResult<Change<'py>>,
    ) -> PyResult<Change<'py>> {
        if depth > self.limits.depth {
            return Ok(Some(self.marker(placeholder::LIMIT)));
        }
        let id = value.as_ptr();
        if self.open.contains(&id) {
            return Ok(Some(self.marker(placeholder::CIRCULAR)));
        }
        if let Some(done) = self.done.get(&(id as usize)).and_then(|all| all.iter().find(|done| done.scope == scope)) {
            return Ok(done.change.clone());
        }
        self.open.push(id);
        let outcome = walk(self, value, scope, depth);
        self.open.pop();
        let change = outcome?;
        self.done.entry(id as usize).or_default().push(Done { scope, _original: value.clone(), change: change.clone() });
        Ok(change)
    }

    fn dict(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let items = value.cast::<PyDict>()?.iter().collect();
        self.entries(items, scope, depth)?.map(|pairs| build::dict(self.py(), pairs)).transpose()
    }

    fn list(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let items: Vec<_> = value.cast::<PyList>()?.iter().collect();
        let changed = self.elements(items, Sequence::List, scope, depth)?;
        changed.map(|items| PyList::new(self.py(), items).map(Bound::into_any)).transpose()
    }

    fn tuple(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let items: Vec<_> = value.cast::<PyTuple>()?.iter().collect();
        let changed = self.elements(items, Sequence::Tuple, scope, depth)?;
        changed.map(|items| PyTuple::new(self.py(), items).map(Bound::into_any)).transpose()
    }

    /// Elements of a list, tuple or set at `scope`; all of them where one changed.
    fn elements(
        &mut self,
        items: Vec<Bound<'py, PyAny>>,
        sequence: Sequence,
        scope: Scope,
        depth: u32,
    ) -> PyResult<Option<Vec<Bound<'py, PyAny>>>> {
        let scope = self.pass.item(scope);
        let is_pair = items.len() == 2 && sequence != Sequence::Other;
        let mut out: Option<Vec<Bound<'py, PyAny>>> = None;
        let mut led = false;
        for (at, item) in items.iter().enumerate() {
            let (leads, is_flag) = leads(item);
            let scope = if at > 0 && (is_pair || led || is_flag) { self.second(&items, at, scope, sequence)? } else { scope };
            led = leads;
            let redacted = self.entry(item, scope, depth)?;
            if redacted.is_some() {
                out.get_or_insert_with(|| items.iter().take(at).cloned().collect());
            }
            if let Some(out) = &mut out {
                out.push(redacted.unwrap_or_else(|| item.clone()));
            }
        }
        Ok(out)
    }

    /// The scope of an element behind one that may be its key.
    #[inline(never)]
    fn second(&self, items: &[Bound<'py, PyAny>], at: usize, scope: Scope, sequence: Sequence) -> PyResult<Scope> {
        let [before @ .., first, second] = items.get(..=at).unwrap_or_default() else { return Ok(scope) };
        let Some(first) = plain_text(first)? else { return Ok(scope) };
        let Some(second) = plain_text(second)? else { return Ok(scope) };
        let mut line = String::new();
        for word in before.iter().take(beside::ELEMENTS) {
            line.push_str(&plain_text(word)?.unwrap_or_default());
            line.push(' ');
        }
        let of = match sequence {
            Sequence::List if items.len() == 2 => beside::Sequence::Pair,
            Sequence::Tuple if items.len() == 2 => beside::Sequence::Tuple,
            _ => beside::Sequence::Arguments,
        };
        Ok(self.pass.second(scope, &line, &first, &second, of))
    }

    /// The scope of the value of an entry of a map at `scope` that belongs to a name beside it; `by_list` as [`beside::is_input`] says.
    #[inline(never)]
    fn named(&self, items: &[Pair<'py>], label: &mut Label, at: usize, scope: Scope, child: Scope, by_list: bool) -> PyResult<Scope> {
        // Of many such values, each goes on where the one before it stopped; ahead of it stand scalars.
        while let (None, Some(entry)) = (&label.name, items.get(label.looked)) {
            if label.looked >= at && (label.looked > at + beside::AHEAD || !is_scalar(entry)) {
                break;
            }
            label.name = self.label(entry, scope)?;
            label.looked += 1;
        }
        let name = label.name.as_ref().filter(|name| name.of_list || !by_list);
        Ok(name.map_or(child, |name| self.pass.named(child, &name.text)))
    }

    /// What an entry of a map at `scope` says that a value beside it is.
    fn label(&self, (key, value): &Pair<'py>, scope: Scope) -> PyResult<Option<Name>> {
        if !plain_text(key)?.is_some_and(|key| beside::is_name(&key)) {
            return Ok(None);
        }
        let says = |name: &Cow<'_, str>| self.pass.named(scope, name) != scope;
        let path: Vec<_> = match (value.cast::<PyList>(), value.cast::<PyTuple>()) {
            (Ok(list), _) => list.iter().collect(),
            (_, Ok(tuple)) => tuple.iter().collect(),
            _ => return Ok(plain_text(value)?.filter(says).map(|text| Name { text: text.into_owned(), of_list: false })),
        };
        let mut name = None;
        for part in path.iter().take(beside::ELEMENTS) {
            name = plain_text(part)?.filter(says).map(|text| Name { text: text.into_owned(), of_list: true }).or(name);
        }
        Ok(name)
    }

    /// One entry of a container, counted.
    fn entry(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes > self.limits.nodes {
            return Ok(Some(self.marker(placeholder::LIMIT)));
        }
        self.value(value, scope, depth + 1)
    }

    /// Entries of a map at `scope`; all of them where one changed or is left out.
    pub fn entries(&mut self, items: Vec<Pair<'py>>, scope: Scope, depth: u32) -> PyResult<Option<Vec<Pair<'py>>>> {
        let mut map = Map { items, out: None, names: None, label: Label::default() };
        for at in 0..map.items.len() {
            let Some((child, key)) = self.enter(&mut map, at, scope)? else { continue };
            let Some((_, value)) = map.items.get(at) else { continue };
            let value = self.entry(value, child, depth)?;
            map.set(at, key, value);
        }
        Ok(map.out)
    }

    /// The scope under a key, and the key to write where it changes; nothing where the entry is left out.
    ///
    /// Not inlined, as everything around it that recursion does not need: [`entries`](Self::entries) is on the stack once a level.
    #[inline(never)]
    fn enter(&mut self, map: &mut Map<'py>, at: usize, scope: Scope) -> PyResult<Option<(Scope, Change<'py>)>> {
        let Some((key, _)) = map.items.get(at) else { return Ok(None) };
        let name = self.key_text(key)?;
        let mut child = self.pass.child(scope, &name);
        if beside::is_named(&name) {
            child = self.named(&map.items, &mut map.label, at, scope, child, beside::is_input(&name))?;
        }
        if child.verdict() == Verdict::Drop {
            self.pass.dropped(child);
            map.out.get_or_insert_with(|| map.items.iter().take(at).cloned().collect());
            return Ok(None);
        }
        let new_key = match self.pass.key(&name) {
            Cow::Borrowed(_) if matches!(name, KeyText::Failed) => Some(placeholder::ERROR.to_owned()),
            Cow::Borrowed(_) => None,
            Cow::Owned(key) => Some(key),
        };
        // From the first key that changed on, every key is compared with those before it.
        if new_key.is_some() && map.names.is_none() {
            let before = map.items.iter().take(at).filter_map(|(key, _)| Some(key.cast::<PyString>().ok()?.to_str().ok()?.to_owned()));
            map.names = Some(before.collect());
        }
        let new_key = match &mut map.names {
            Some(names) => unique(names, new_key, &name, key),
            None => new_key,
        };
        Ok(Some((child, new_key.map(|key| self.marker(&key)))))
    }

    /// The text of a map's key; a key that cannot be shown has none.
    #[inline(never)]
    fn key_text<'k>(&self, key: &'k Bound<'py, PyAny>) -> PyResult<KeyText<'k>> {
        if let Some(text) = plain_text(key)? {
            return Ok(KeyText::Text(text));
        }
        match key.str().and_then(|text| Ok(utf8(&text)?.into_owned())) {
            Ok(text) => Ok(KeyText::Text(Cow::Owned(text))),
            Err(error) if must_go_on(self.py(), &error) => Err(error),
            Err(_) => {
                self.redactor.get().engine.count_error();
                Ok(KeyText::Failed)
            }
        }
    }
}

/// How elements stand together: those of a list or tuple of two may be a key and its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sequence {
    List,
    Tuple,
    Other,
}

fn is_scalar((_, value): &Pair<'_>) -> bool {
    value.is_none() || value.is_instance_of::<PyString>() || value.is_instance_of::<PyInt>() || value.is_instance_of::<PyFloat>()
}

/// What [`beside::may_lead`] and [`beside::is_flag`] say of an element.
fn leads(element: &Bound<'_, PyAny>) -> (bool, bool) {
    let of = |bytes: &[u8]| (beside::may_lead(bytes), beside::is_flag(bytes));
    match element.cast::<PyString>() {
        Ok(text) => utf8(text).map_or((false, false), |text| of(text.as_bytes())),
        Err(_) => element.cast::<PyBytes>().map_or((false, false), |bytes| of(bytes.as_bytes())),
    }
}

/// The text of a string, or of bytes.
fn plain_text<'k>(value: &'k Bound<'_, PyAny>) -> PyResult<Option<Cow<'k, str>>> {
    if let Ok(text) = value.cast::<PyString>() {
        return utf8(text).map(Some);
    }
    Ok(value.cast::<PyBytes>().ok().map(|bytes| String::from_utf8_lossy(bytes.as_bytes())))
}

/// A map on its way.
struct Map<'py> {
    items: Vec<Pair<'py>>,
    /// From the first change on, the entries so far.
    out: Option<Vec<Pair<'py>>>,
    /// From the first changed key on, the keys so far.
    names: Option<HashSet<String>>,
    label: Label,
}

/// What the first of the entries that were looked at says that a value beside it is, if one does.
#[derive(Default)]
struct Label {
    name: Option<Name>,
    looked: usize,
}

/// The name of a value beside it, perhaps the last of a list.
struct Name {
    text: String,
    of_list: bool,
}

impl<'py> Map<'py> {
    #[inline(never)]
    fn set(&mut self, at: usize, new_key: Change<'py>, new_value: Change<'py>) {
        let Some((key, value)) = self.items.get(at) else { return };
        if new_key.is_some() || new_value.is_some() {
            self.out.get_or_insert_with(|| self.items.iter().take(at).cloned().collect());
        }
        if let Some(out) = &mut self.out {
            out.push((new_key.unwrap_or_else(|| key.clone()), new_value.unwrap_or_else(|| value.clone())));
        }
    }
}

enum KeyText<'k> {
    Text(Cow<'k, str>),
    Failed,
}

impl std::ops::Deref for KeyText<'_> {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Text(text) => text,
            Self::Failed => "",
        }
    }
}

/// The key to write: numbered where another key has become equal to it. Keys that are not text meet none.
#[inline(never)]
fn unique(names: &mut HashSet<String>, new_key: Option<String>, name: &str, key: &Bound<'_, PyAny>) -> Option<String> {
    if new_key.is_none() && !key.is_instance_of::<PyString>() {
        return None;
    }
    let wanted = new_key.as_deref().unwrap_or(name);
    if names.insert(wanted.to_owned()) {
        return new_key;
    }
    let numbered = (2_u32..).map(|n| format!("{wanted}#{n}")).find(|key| names.insert(key.clone()));
    numbered.or(new_key)
}
