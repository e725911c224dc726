//! Copies of containers with other contents: the same type where that can be had, else the plain one.

use pyo3::intern;
use pyo3::prelude::*;
use pyo3::sync::PyOnceLock;
use pyo3::types::{PyDict, PyFrozenSet, PyList, PySet, PyTuple, PyType};

use super::Pair;

/// A plain dict of these entries.
pub fn dict<'py>(py: Python<'py>, pairs: Vec<Pair<'py>>) -> PyResult<Bound<'py, PyAny>> {
    let new = PyDict::new(py);
    for (key, value) in pairs {
        new.set_item(key, value)?;
    }
    Ok(new.into_any())
}

/// An object of the type of `like`, made without its `__init__`.
pub fn bare<'py>(like: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    let ty = like.get_type();
    ty.call_method1(intern!(like.py(), "__new__"), (&ty,))
}

/// A dict of the type of `like` with these entries. Its own `__setitem__` is passed by: it may refuse, or write elsewhere.
pub fn dict_like<'py>(like: &Bound<'py, PyAny>, pairs: &[Pair<'py>]) -> PyResult<Bound<'py, PyAny>> {
    let py = like.py();
    let new = bare(like)?;
    let target = new.cast::<PyDict>()?;
    let ordered = class(py, &ORDERED_DICT, "OrderedDict")?;
    if like.is_instance(ordered)? {
        // Its order is kept beside the table, so the table must not be written alone.
        let set = ordered.getattr(intern!(py, "__setitem__"))?;
        for (key, value) in pairs {
            set.call1((&new, key, value))?;
        }
    } else {
        for (key, value) in pairs {
            target.set_item(key, value)?;
        }
    }
    if like.is_instance(class(py, &DEFAULT_DICT, "defaultdict")?)? {
        let factory = intern!(py, "default_factory");
        new.setattr(factory, like.getattr(factory)?)?;
    }
    Ok(new)
}

/// A list of the type of `like`.
pub fn list_like<'py>(like: &Bound<'py, PyAny>, items: &[Bound<'py, PyAny>]) -> PyResult<Bound<'py, PyAny>> {
    let new = bare(like)?;
    let target = new.cast::<PyList>()?;
    for item in items {
        target.append(item)?;
    }
    Ok(new)
}

/// A tuple of the type of `like`: a namedtuple too, whose own constructor takes its elements one by one.
pub fn tuple_like<'py>(like: &Bound<'py, PyAny>, items: &[Bound<'py, PyAny>]) -> PyResult<Bound<'py, PyAny>> {
    let py = like.py();
    py.get_type::<PyTuple>().call_method1(intern!(py, "__new__"), (like.get_type(), PyList::new(py, items)?))
}

/// A set or frozenset; what cannot be an element stands there as its text.
pub fn set<'py>(py: Python<'py>, frozen: bool, items: Vec<Bound<'py, PyAny>>) -> PyResult<Bound<'py, PyAny>> {
    let new = PySet::empty(py)?;
    for item in items {
        if new.add(&item).is_err() {
            new.add(item.repr()?)?;
        }
    }
    if frozen { Ok(PyFrozenSet::new(py, new.iter())?.into_any()) } else { Ok(new.into_any()) }
}

static ORDERED_DICT: PyOnceLock<Py<PyType>> = PyOnceLock::new();
static DEFAULT_DICT: PyOnceLock<Py<PyType>> = PyOnceLock::new();

fn class<'py>(py: Python<'py>, cell: &'static PyOnceLock<Py<PyType>>, name: &str) -> PyResult<&'py Bound<'py, PyType>> {
    cell.import(py, "collections", name)
}
