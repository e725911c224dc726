//! The kinds of values beyond the plain ones: subclasses, scalars that show themselves as text, instances, exceptions.

use pyo3::PyTypeInfo;
use pyo3::exceptions::PyBaseException;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{
    PyByteArray, PyBytes, PyCFunction, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyMapping, PyMemoryView, PyModule, PyRange, PySequence,
    PySet, PyString, PyTuple, PyType,
};
use scrubline::{Scope, Verdict};

use super::{Change, Manner, Pair, Sequence, Walk, build};
use crate::error::must_go_on;
use crate::text::utf8;

impl<'py> Walk<'_, '_, 'py> {
    #[inline(never)]
    pub(super) fn uncommon(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        if let Ok(text) = value.cast::<PyString>() {
            return self.text_subclass(text, scope);
        }
        if value.is_instance_of::<PyInt>() {
            let change = self.int(value.cast()?, scope)?;
            return self.as_shown(value, change, &value.py().get_type::<PyInt>(), scope);
        }
        if value.is_instance_of::<PyFloat>() {
            let change = self.float(value.cast()?, scope)?;
            return self.as_shown(value, change, &value.py().get_type::<PyFloat>(), scope);
        }
        if let Ok(bytes) = value.cast::<PyBytes>() {
            return Ok(self.bytes(bytes.as_bytes(), scope).map(Bound::into_any));
        }
        if let Ok(bytes) = value.cast::<PyByteArray>() {
            let redacted = self.bytes(&bytes.to_vec(), scope);
            return Ok(redacted.map(|bytes| PyByteArray::new(value.py(), bytes.as_bytes()).into_any()));
        }
        if value.is_instance_of::<PyMemoryView>() {
            let copy = value.call_method0(intern!(value.py(), "tobytes"))?;
            return Ok(self.bytes(copy.cast::<PyBytes>()?.as_bytes(), scope).map(Bound::into_any));
        }
        if value.is_instance_of::<PyDict>() {
            let ty = value.get_type();
            // Cookies are dicts of their attributes; what they are of is in their text.
            if (of(&ty, "http.cookies", "BaseCookie")? || of(&ty, "http.cookies", "Morsel")?)
                && let Some(text) = self.opaque(value, scope)?
            {
                return Ok(Some(text));
            }
            let change = self.container(value, scope, depth, Self::dict_subclass)?;
            return self.as_shown(value, change, &value.py().get_type::<PyDict>(), scope);
        }
        if value.is_instance_of::<PyList>() {
            let change = self.container(value, scope, depth, Self::own_list)?;
            return self.as_shown(value, change, &value.py().get_type::<PyList>(), scope);
        }
        if value.is_instance_of::<PyTuple>() {
            let change = self.container(value, scope, depth, Self::tuple_subclass)?;
            return self.as_shown(value, change, &value.py().get_type::<PyTuple>(), scope);
        }
        if value.is_instance_of::<PySet>() || value.is_instance_of::<PyFrozenSet>() {
            return self.container(value, scope, depth, Self::set);
        }
        self.object(value, scope, depth)
    }

    /// Everything that is not a built-in type or a subclass of one.
    #[inline(never)]
    fn object(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let py = value.py();
        match scope.verdict() {
            Verdict::Keep => return Ok(None),
            Verdict::Scan => {}
            // Under a sensitive key an object is its text, unless that is one that stays there (`<Session object at …>`).
            Verdict::Mask | Verdict::Drop => {
                if let Some(text) = self.opaque(value, scope)? {
                    return Ok(Some(text));
                }
            }
        }
        let ty = value.get_type();
        if ty.is_subclass(guarded(py)?)? {
            return Ok(None);
        }
        if value.is_instance_of::<PyBaseException>() {
            return self.exception(value);
        }
        if of(&ty, "decimal", "Decimal")? {
            let text = value.str()?;
            return Ok(self.number(&utf8(&text)?, scope));
        }
        if of(&ty, "enum", "Enum")? {
            let inner = value.getattr(intern!(py, "value"))?;
            return Ok(self.value(&inner, scope, depth + 1)?.or(self.opaque(value, scope)?));
        }
        if value.is_instance_of::<PyType>()
            || value.is_instance_of::<PyRange>()
            || of(&ty, "django.utils.functional", "Promise")?
            || of(&ty, "collections", "UserString")?
            || is_code(value)?
        {
            return self.opaque(value, scope);
        }
        if ty.hasattr(intern!(py, "__dataclass_fields__"))? {
            return self.container(value, scope, depth, Self::dataclass);
        }
        // Of the type, not of the object: a lazy object would be evaluated by being asked.
        if ty.is_subclass(&PyMapping::type_object(py))? {
            let change = self.container(value, scope, depth, Self::mapping)?;
            return self.as_shown(value, change, &py.get_type::<PyAny>(), scope);
        }
        if is_collection(&ty)? {
            let change = self.container(value, scope, depth, Self::collection)?;
            return self.as_shown(value, change, &py.get_type::<PyAny>(), scope);
        }
        if !attributes(value)?.is_empty() || slots(&ty)? {
            return match self.manner {
                Manner::Value => self.container(value, scope, depth, Self::instance),
                Manner::Argument => self.shown(value, scope),
                Manner::Extra | Manner::Shield => self.wrapped(value),
            };
        }
        self.opaque(value, scope)
    }

    /// A number or container whose class does not show it as `base` would: where what it holds is clean, its text may not be, and takes its
    /// place then. The classes of `collections` show what they hold.
    #[inline(never)]
    fn as_shown(
        &mut self,
        value: &Bound<'py, PyAny>,
        change: Change<'py>,
        base: &Bound<'py, PyType>,
        scope: Scope,
    ) -> PyResult<Change<'py>> {
        let (py, ty) = (value.py(), value.get_type());
        let own = |name: &Bound<'_, PyString>| Ok::<_, PyErr>(!ty.getattr(name)?.is(&base.getattr(name)?));
        if change.is_some()
            || !(own(intern!(py, "__repr__"))? || own(intern!(py, "__str__"))?)
            || ty.hasattr(intern!(py, "_fields"))?
            || ty.getattr(intern!(py, "__module__"))?.eq("collections")?
        {
            return Ok(change);
        }
        self.opaque(value, scope)
    }

    /// A subclass of `str` (a SafeString, an enumeration): its own text, and what it shows where that is another.
    #[inline(never)]
    fn text_subclass(&mut self, text: &Bound<'py, PyString>, scope: Scope) -> PyResult<Change<'py>> {
        let change = self.text(text, scope)?;
        let py = text.py();
        let shown = text.get_type().getattr(intern!(py, "__str__"))?;
        if change.is_some() || shown.is(&py.get_type::<PyString>().getattr(intern!(py, "__str__"))?) {
            return Ok(change);
        }
        self.text(&text.str()?, scope)
    }

    /// A scalar: looked at by its text, kept when that is clean.
    #[inline(never)]
    fn opaque(&mut self, value: &Bound<'py, PyAny>, scope: Scope) -> PyResult<Change<'py>> {
        if let Some(text) = self.text(&value.str()?, scope)? {
            return Ok(Some(text));
        }
        self.text(&value.repr()?, scope)
    }

    /// An argument of a message: kept when both of its texts are clean.
    #[inline(never)]
    fn shown(&mut self, value: &Bound<'py, PyAny>, scope: Scope) -> PyResult<Change<'py>> {
        match self.opaque(value, scope)? {
            Some(_) => self.wrapped(value),
            None => Ok(None),
        }
    }

    #[inline(never)]
    fn wrapped(&self, value: &Bound<'py, PyAny>) -> PyResult<Change<'py>> {
        static GUARD: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        GUARD.import(self.py(), "scrubline._guarded", "guard")?.call1((value, self.redactor)).map(Some)
    }

    #[inline(never)]
    fn exception(&mut self, value: &Bound<'py, PyAny>) -> PyResult<Change<'py>> {
        static STAND_IN: PyOnceLock<Py<PyAny>> = PyOnceLock::new();
        if self.manner == Manner::Shield {
            return self.wrapped(value);
        }
        let made = STAND_IN.import(self.py(), "scrubline._exceptions", "stand_in")?.call1((value, self.redactor))?;
        Ok((!made.is(value)).then_some(made))
    }

    fn dict_subclass(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let items: Vec<Pair<'py>> = value.cast::<PyDict>()?.iter().collect();
        let pairs = self.entries(items.clone(), scope, depth)?;
        let own = self.own_attributes(value, scope, depth)?;
        if pairs.is_none() && own.is_none() {
            return Ok(None);
        }
        let pairs = pairs.unwrap_or(items);
        let new =
            or_plain(build::dict_like(value, &pairs).and_then(|new| with_attributes(value, new, own)), |py| build::dict(py, pairs), value)?;
        Ok(Some(new))
    }

    /// A subclass of `list`: what it holds, and what it shows where that is something else, as with Django's `ErrorList`.
    fn own_list(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let held = self.list_subclass(value, scope, depth)?;
        if !has_own_iterator(value)? {
            return Ok(held);
        }
        Ok(self.collection(held.as_ref().unwrap_or(value), scope, depth)?.or(held))
    }

    fn list_subclass(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let items: Vec<_> = value.cast::<PyList>()?.iter().collect();
        let changed = self.elements(items.clone(), Sequence::List, scope, depth)?;
        let own = self.own_attributes(value, scope, depth)?;
        if changed.is_none() && own.is_none() {
            return Ok(None);
        }
        let items = changed.unwrap_or(items);
        let new = build::list_like(value, &items).and_then(|new| with_attributes(value, new, own));
        or_plain(new, |py| PyList::new(py, items).map(Bound::into_any), value).map(Some)
    }

    fn tuple_subclass(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let py = value.py();
        let mut items: Vec<_> = value.cast::<PyTuple>()?.iter().collect();
        let fields = value.get_type().getattr_opt(intern!(py, "_fields"))?;
        let changed = match fields.as_ref().and_then(|fields| fields.cast::<PyTuple>().ok()) {
            Some(fields) if fields.len() == items.len() => {
                let mut changed = false;
                for (item, name) in items.iter_mut().zip(fields.iter()) {
                    let child = self.pass.child(scope, &utf8(name.cast::<PyString>()?)?);
                    if let Some(redacted) = self.entry(item, child, depth)? {
                        *item = redacted;
                        changed = true;
                    }
                }
                changed
            }
            _ => match self.elements(items.clone(), Sequence::Tuple, scope, depth)? {
                Some(new) => {
                    items = new;
                    true
                }
                None => false,
            },
        };
        let own = self.own_attributes(value, scope, depth)?;
        if !changed && own.is_none() {
            return Ok(None);
        }
        let new = build::tuple_like(value, &items).and_then(|new| with_attributes(value, new, own));
        or_plain(new, |py| PyTuple::new(py, items).map(Bound::into_any), value).map(Some)
    }

    fn set(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let frozen = value.is_instance_of::<PyFrozenSet>();
        let items: Vec<_> = if frozen { value.cast::<PyFrozenSet>()?.iter().collect() } else { value.cast::<PySet>()?.iter().collect() };
        let changed = self.elements(items, Sequence::Other, scope, depth)?;
        changed.map(|items| build::set(value.py(), frozen, items)).transpose()
    }

    /// A mapping that is no dict: a plain dict where something changed.
    fn mapping(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let mut items = Vec::new();
        for pair in value.call_method0(intern!(value.py(), "items"))?.try_iter()? {
            items.push(pair?.extract()?);
            self.bound(items.len())?;
        }
        self.entries(items, scope, depth)?.map(|pairs| build::dict(value.py(), pairs)).transpose()
    }

    /// A deque, a view, a user's sequence: a list where something changed.
    fn collection(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let mut items = Vec::new();
        for item in value.try_iter()? {
            items.push(item?);
            self.bound(items.len())?;
        }
        if let Some(names) = names(value)? {
            let pairs = names.into_iter().zip(items).collect();
            return self.entries(pairs, scope, depth)?.map(|pairs| build::dict(value.py(), pairs)).transpose();
        }
        let Some(items) = self.elements(items, Sequence::Other, scope, depth)? else { return Ok(None) };
        let list = PyList::new(value.py(), items)?;
        let ty = value.get_type();
        // Django's `ErrorList` among them, which shows itself as HTML. A field of a line would not see what is in one.
        if self.manner == Manner::Argument && of(&ty, "collections", "UserList")? {
            let copy = copied(value).and_then(|copy| {
                copy.setattr(intern!(value.py(), "data"), &list)?;
                Ok(copy)
            });
            return or_plain(copy, |_| Ok(list.into_any()), value).map(Some);
        }
        if of(&ty, "collections", "deque")? {
            return or_plain(ty.call1((&list, value.getattr(intern!(value.py(), "maxlen"))?)), |_| Ok(list.into_any()), value).map(Some);
        }
        Ok(Some(list.into_any()))
    }

    /// User code may yield without end; what is beyond the limit would be a marker anyway.
    fn bound(&self, taken: usize) -> PyResult<()> {
        if taken > self.limits.nodes as usize { Err(pyo3::exceptions::PyOverflowError::new_err("too many entries")) } else { Ok(()) }
    }

    /// A dataclass: a copy with the fields that changed, made without `__init__`.
    fn dataclass(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let py = value.py();
        let mut items: Vec<Pair<'py>> = attributes(value)?;
        for name in value.get_type().getattr(intern!(py, "__dataclass_fields__"))?.cast::<PyDict>()?.keys() {
            if items.iter().any(|(known, _)| known.eq(&name).unwrap_or(false)) {
                continue;
            }
            if let Some(field) = value.getattr_opt(name.cast::<PyString>()?)? {
                items.push((name, field));
            }
        }
        let mut changes = Vec::new();
        for (name, field) in &items {
            let child = match name.cast::<PyString>() {
                Ok(name) => self.pass.child(scope, &utf8(name)?),
                Err(_) => self.pass.item(scope),
            };
            if let Some(redacted) = self.entry(field, child, depth)? {
                changes.push((name.clone(), redacted));
            }
        }
        if changes.is_empty() {
            return Ok(None);
        }
        let copy = copied(value).and_then(|copy| {
            let set = py.get_type::<PyAny>().getattr(intern!(py, "__setattr__"))?;
            for (name, field) in &changes {
                set.call1((&copy, name, field))?;
            }
            Ok(copy)
        });
        let plain = |py| {
            for (name, field) in &mut items {
                if let Some((_, redacted)) = changes.iter().find(|(changed, _)| changed.is(&*name)) {
                    *field = redacted.clone();
                }
            }
            build::dict(py, items)
        };
        or_plain(copy, plain, value).map(Some)
    }

    /// An instance of any other class: a plain object of its attributes where one changed, its redacted text where only that did.
    fn instance(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Change<'py>> {
        let mut items = attributes(value)?;
        let slots = slot_values(value)?;
        items.extend(slots.iter().cloned());
        let Some(mut pairs) = self.entries(items, scope, depth)? else { return self.opaque(value, scope) };
        // What a library notes about an object (`__pydantic_fields_set__`) is no part of its data; further fields (`__pydantic_extra__`) are.
        let is_note = |(name, noted): &Pair<'py>| {
            let name = name.cast::<PyString>().ok().and_then(|name| utf8(name).ok());
            name.is_some_and(|name| name.starts_with("__"))
                && slots.iter().any(|(_, slot)| slot.is(noted))
                && noted.cast::<PyDict>().map_or(true, |fields| fields.is_empty())
        };
        pairs.retain(|pair| !is_note(pair));
        build::dict(value.py(), pairs).map(Some)
    }

    /// Attributes of an instance of a container's subclass, where one changed. In a record they are no part of the value that its key may
    /// make sensitive: they say how it is shown, as the CSS class of an `ErrorList` of Django's.
    fn own_attributes(&mut self, value: &Bound<'py, PyAny>, scope: Scope, depth: u32) -> PyResult<Option<Vec<Pair<'py>>>> {
        let scope = if self.manner == Manner::Value { scope } else { self.pass.root() };
        let items = attributes(value)?;
        if items.is_empty() { Ok(None) } else { self.entries(items, scope, depth) }
    }
}

/// Does a list give its elements in a way of its own, not out of what it holds as a list?
///
/// # Errors
/// What a class raises that answers for itself.
pub fn has_own_iterator(list: &Bound<'_, PyAny>) -> PyResult<bool> {
    let name = intern!(list.py(), "__iter__");
    Ok(!list.get_type().getattr(name)?.is(&list.py().get_type::<PyList>().getattr(name)?))
}

/// `new` with the attributes of `like`, some of them changed.
#[inline(never)]
fn with_attributes<'py>(like: &Bound<'py, PyAny>, new: Bound<'py, PyAny>, changed: Option<Vec<Pair<'py>>>) -> PyResult<Bound<'py, PyAny>> {
    let pairs = match changed {
        Some(pairs) => pairs,
        None => attributes(like)?,
    };
    if !pairs.is_empty() {
        let own = new.getattr(intern!(like.py(), "__dict__"))?;
        let own = own.cast::<PyDict>()?;
        for (name, value) in pairs {
            own.set_item(name, value)?;
        }
    }
    Ok(new)
}

/// A copy by the object's own means.
fn copied<'py>(value: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    value.py().import("copy")?.call_method1("copy", (value,))
}

/// The plain container where the typed one cannot be made.
fn or_plain<'py>(
    typed: PyResult<Bound<'py, PyAny>>,
    plain: impl FnOnce(Python<'py>) -> PyResult<Bound<'py, PyAny>>,
    value: &Bound<'py, PyAny>,
) -> PyResult<Bound<'py, PyAny>> {
    match typed {
        Err(error) if !must_go_on(value.py(), &error) => plain(value.py()),
        made => made,
    }
}

/// The instance's own attributes; none where its `__dict__` is the object itself.
#[inline(never)]
fn attributes<'py>(value: &Bound<'py, PyAny>) -> PyResult<Vec<Pair<'py>>> {
    let Some(own) = value.getattr_opt(intern!(value.py(), "__dict__"))? else { return Ok(Vec::new()) };
    Ok(match own.cast::<PyDict>() {
        Ok(dict) if !own.is(value) => dict.iter().collect(),
        _ => Vec::new(),
    })
}

/// Is `ty` a class with slots and without a text of its own? One that shows itself (a UUID, a path) is a scalar.
#[inline(never)]
fn slots(ty: &Bound<'_, PyType>) -> PyResult<bool> {
    let py = ty.py();
    let plain = py.get_type::<PyAny>();
    let own = |name: &Bound<'_, PyString>| Ok::<_, PyErr>(!ty.getattr(name)?.is(&plain.getattr(name)?));
    Ok(ty.hasattr(intern!(py, "__slots__"))? && !own(intern!(py, "__str__"))? && !own(intern!(py, "__repr__"))?)
}

#[inline(never)]
fn slot_values<'py>(value: &Bound<'py, PyAny>) -> PyResult<Vec<Pair<'py>>> {
    let py = value.py();
    let mut found = Vec::new();
    for class in value.get_type().mro() {
        let Some(slots) = class.getattr(intern!(py, "__dict__"))?.call_method1(intern!(py, "get"), (intern!(py, "__slots__"),)).ok() else {
            continue;
        };
        let names: Vec<Bound<'py, PyAny>> = match slots.cast::<PyString>() {
            Ok(one) => vec![one.clone().into_any()],
            Err(_) if slots.is_none() => continue,
            Err(_) => slots.try_iter()?.collect::<PyResult<_>>()?,
        };
        for name in names {
            let Ok(text) = name.cast::<PyString>() else { continue };
            if matches!(&*utf8(text)?, "__dict__" | "__weakref__") {
                continue;
            }
            if let Ok(Some(slot)) = value.getattr_opt(text) {
                found.push((name, slot));
            }
        }
    }
    Ok(found)
}

/// Functions, methods, modules, generators: things that run, shown by their text and never entered. Of the type, as in [`Walk::object`].
#[inline(never)]
fn is_code(value: &Bound<'_, PyAny>) -> PyResult<bool> {
    let ty = value.get_type();
    for name in [intern!(value.py(), "__code__"), intern!(value.py(), "__func__"), intern!(value.py(), "__next__")] {
        if ty.hasattr(name)? {
            return Ok(true);
        }
    }
    Ok(value.is_instance_of::<PyModule>() || value.is_instance_of::<PyCFunction>())
}

/// Sequences, sets and views by their abstract base classes. Text, bytes and ranges are not asked about here.
#[inline(never)]
pub fn is_collection(ty: &Bound<'_, PyType>) -> PyResult<bool> {
    static SET: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    static VIEW: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    let py = ty.py();
    Ok(ty.is_subclass(&PySequence::type_object(py))?
        || ty.is_subclass(SET.import(py, "collections.abc", "Set")?)?
        || ty.is_subclass(VIEW.import(py, "collections.abc", "MappingView")?)?)
}

/// The names of the elements of a sequence that has them, as a row of sqlite3 does.
///
/// # Errors
/// What a class raises that answers for itself.
pub fn names<'py>(sequence: &Bound<'py, PyAny>) -> PyResult<Option<Vec<Bound<'py, PyAny>>>> {
    let keys = intern!(sequence.py(), "keys");
    if !sequence.get_type().hasattr(keys)? {
        return Ok(None);
    }
    sequence.call_method0(keys)?.try_iter()?.collect::<PyResult<_>>().map(Some)
}

/// Is `ty` a subclass of this class? `false` without import where the module is not loaded: then no object of it exists.
#[inline(never)]
pub fn of(ty: &Bound<'_, PyType>, module: &str, class: &str) -> PyResult<bool> {
    static MODULES: PyOnceLock<Py<PyDict>> = PyOnceLock::new();
    let py = ty.py();
    let modules = MODULES.get_or_try_init(py, || Ok::<_, PyErr>(py.import("sys")?.getattr("modules")?.cast_into::<PyDict>()?.unbind()))?;
    match modules.bind(py).get_item(module)? {
        Some(module) => match module.getattr_opt(class)? {
            Some(class) => ty.is_subclass(&class),
            None => Ok(false),
        },
        None => Ok(false),
    }
}

#[inline(never)]
fn guarded<'py>(py: Python<'py>) -> PyResult<&'py Bound<'py, PyType>> {
    static GUARDED: PyOnceLock<Py<PyType>> = PyOnceLock::new();
    GUARDED.import(py, "scrubline._guarded", "Guarded")
}
