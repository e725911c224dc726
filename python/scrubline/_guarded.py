"""Objects of the application inside a record: untouched, and redacted when they are shown."""

from __future__ import annotations

import operator
from typing import Any

from scrubline._native import Redactor

_ERROR, _ = Redactor._markers


class Guarded:
    """Stands for an object that is not data, such as a request.

    `isinstance` and attributes are the object's own; `str`, `repr` and `format` are redacted, and only when they are asked for.
    A pickled one is its redacted text.
    """

    __slots__ = ("_scrubline_object", "_scrubline_redactor", "__weakref__")

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
        return bool(_object(self) == (_object(other) if type(other) is Guarded else other))

    def __hash__(self) -> int:
        return hash(_object(self))

    def __bool__(self) -> bool:
        return bool(_object(self))

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return _object(self)(*args, **kwargs)

    def __len__(self) -> int:
        return len(_object(self))

    def __iter__(self) -> Any:
        return iter(_object(self))

    def __contains__(self, item: object) -> bool:
        return item in _object(self)

    def __getitem__(self, key: Any) -> Any:
        return _object(self)[key]

    def __int__(self) -> int:
        return int(_object(self))

    def __float__(self) -> float:
        return float(_object(self))

    def __index__(self) -> int:
        return operator.index(_object(self))


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
