"""Objects of the application inside a record: untouched, and redacted when they are shown."""

from __future__ import annotations

import operator
from typing import Any

from scrubline._native import _ERROR, Redactor


class Guarded:
    """Stands for an object that is not data, such as a request.

    `isinstance` and attributes are the object's own; `str`, `repr` and `format` are redacted, and only when they are asked for.
    A pickled one is its redacted text.
    """

    __slots__ = ("__weakref__", "_scrubline_object", "_scrubline_redactor")

    def __init__(self, guarded: object, redactor: Redactor) -> None:
        object.__setattr__(self, "_scrubline_object", guarded)
        object.__setattr__(self, "_scrubline_redactor", redactor)

    @property  # type: ignore[misc]
    def __class__(self) -> type:
        return _object(self).__class__  # type: ignore[no-any-return]

    def __getattr__(self, name: str) -> Any:
        return getattr(_object(self), name)

    def __setattr__(self, name: str, value: object) -> None:
        setattr(_object(self), name, value)

    def __delattr__(self, name: str) -> None:
        delattr(_object(self), name)

    def __dir__(self) -> list[str]:
        return dir(_object(self))

    def __str__(self) -> str:
        return _shown(self, str)

    def __repr__(self) -> str:
        return _shown(self, repr)

    def __format__(self, spec: str) -> str:
        return _shown(self, lambda guarded: format(guarded, spec))

    def __reduce_ex__(self, protocol: object) -> tuple[type, tuple[str]]:
        return str, (str(self),)

    def __copy__(self) -> Guarded:
        return self

    def __deepcopy__(self, memo: object) -> Guarded:
        return self

    def __eq__(self, other: object) -> bool:
        if issubclass(type(other), Guarded):
            other = object.__getattribute__(other, "_scrubline_object")
        return bool(_object(self) == other)

    def __hash__(self) -> int:
        return hash(_object(self))

    def __bool__(self) -> bool:
        return bool(_object(self))


def guard(guarded: object, redactor: Redactor) -> Guarded:
    """The wrapper of an object. It can do what the object's type can: a template engine calls whatever can be called."""
    # By the classes' own dicts: `hasattr` would find what the metaclass can, and every class can be called.
    mro = type(guarded).__mro__
    can = tuple(name for name in _ABILITIES if any(name in vars(base) for base in mro))
    cls = _classes.get(can)
    if cls is None:
        body = {
            "__slots__": (),
            "__module__": __name__,
            **{name: _ABILITIES[name] for name in can},
        }
        cls = _classes[can] = type("Guarded", (Guarded,), body)
    return cls(guarded, redactor)


_classes: dict[tuple[str, ...], type[Guarded]] = {}

_ABILITIES: dict[str, Any] = {
    "__call__": lambda self, *args, **kwargs: _object(self)(*args, **kwargs),
    "__len__": lambda self: len(_object(self)),
    "__iter__": lambda self: iter(_object(self)),
    "__next__": lambda self: next(_object(self)),
    "__contains__": lambda self, item: item in _object(self),
    "__getitem__": lambda self, key: _object(self)[key],
    "__int__": lambda self: int(_object(self)),
    "__float__": lambda self: float(_object(self)),
    "__index__": lambda self: operator.index(_object(self)),
}


def _object(guarded: Guarded) -> Any:
    return object.__getattribute__(guarded, "_scrubline_object")


def _shown(guarded: Guarded, show: Any) -> str:
    redactor: Redactor = object.__getattribute__(guarded, "_scrubline_redactor")
    try:
        return str(redactor.redact(str(show(_object(guarded)))))
    except KeyboardInterrupt:
        raise
    except BaseException:
        redactor._count_error()
        return _ERROR
