"""Redacted stand-ins of exceptions, made only when a record or value has one.

A stand-in is an instance of a subclass that has the name and module of the class it stands for, so handlers, formatters and
`isinstance` see what they expect. Its arguments, notes, attributes, causes, contexts and group members are redacted, and its
traceback is the same. No code of the exception's class runs but its `__str__`, its `__repr__` and its properties.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable
from types import GetSetDescriptorType, MemberDescriptorType, TracebackType
from typing import Any, TypeVar

from scrubline._native import _ERROR, _LIMIT, Redactor

_HEAP_TYPE = 1 << 9
"""Py_TPFLAGS_HEAPTYPE: set for classes that Python code made."""

# Characters from which on a text is not part of another by chance.
_TELLING = 6

_CACHED = 256

_subclasses: dict[type, type] = {}


def redact_exc_info(exc_info: Any, redactor: Redactor) -> tuple[Any, str | None]:
    """The triple with a stand-in in it, and its redacted traceback as text without a newline at its end."""
    if isinstance(exc_info, BaseException):
        exc_info = (type(exc_info), exc_info, exc_info.__traceback__)
    if not isinstance(exc_info, tuple) or len(exc_info) != 3:
        return None, None
    kind, exc, tb = exc_info
    if not isinstance(exc, BaseException):
        return ((kind, None, tb), None) if exc is None else (None, _ERROR)
    standing = _attempt(lambda: stand_in(exc, redactor), redactor)
    if standing is None:
        # The text is safe to make from nothing else.
        return None, _ERROR

    def text_of(standing: BaseException) -> str:
        lines = traceback.format_exception(kind, standing, tb)
        # The lines of source code in it may hold secrets as well.
        return redactor.redact("".join(lines).rstrip("\n"))

    text = _attempt(lambda: text_of(standing), redactor) or _ERROR
    if type(standing).__qualname__ != type(exc).__qualname__:
        kind = type(standing)
    return (kind, standing, tb if isinstance(tb, TracebackType) else None), text


def texts_of(exc: BaseException) -> BaseException:
    """Of a stand-in, or an exception that is clean, what it says under its name: no traceback, no links, no attributes."""
    cls = type(exc)
    return _rebuilt(cls.__module__, cls.__qualname__, (str(exc), repr(exc)))


def stand_in(exc: BaseException, redactor: Redactor) -> BaseException:
    """The exception itself where it and all that it links to are clean, else its stand-in with stand-ins for all of them."""
    parts = _Parts(redactor)
    return exc if parts.are_clean(exc) else parts.build(exc)


def flattened(exc_info: Any, redactor: Redactor) -> BaseException:
    """A stand-in without traceback and links, whose text is that of the exception and then its redacted traceback."""
    info, text = redact_exc_info(exc_info, redactor)
    kind, exc, _ = info or (Exception, _ERROR, None)
    shown = str(exc) if text is None else f"{exc}\n{text}"
    standing: BaseException = _named(kind, (Exception,))()
    _write(standing, "_scrubline_text", (shown, repr(exc)))
    return standing


_T = TypeVar("_T")


def _attempt(work: Callable[[], _T], redactor: Redactor | None = None) -> _T | None:
    """What `work` returns. Where it raises, `None`, and `redactor` counts it; `KeyboardInterrupt` goes on."""
    try:
        return work()
    except KeyboardInterrupt:
        raise
    except BaseException:
        if redactor is not None:
            redactor._count_error()
        return None


class _Parts:
    """All exceptions that one links to, looked at once each: links may be a ring, and thousands long."""

    def __init__(self, redactor: Redactor) -> None:
        self.redactor = redactor
        self.parts: dict[int, _Part] = {}

    def are_clean(self, exc: BaseException) -> bool:
        limit = self.redactor._depth()
        waiting = [exc]
        cut = False
        while waiting:
            one = waiting.pop()
            if id(one) in self.parts:
                continue
            if len(self.parts) >= limit:
                cut = True
                continue
            part = self.parts[id(one)] = _Part(one, self.redactor)
            waiting.extend(link for link in part.links if link is not None)
        return not cut and all(part.is_clean for part in self.parts.values())

    def build(self, exc: BaseException) -> BaseException:
        made: dict[int, BaseException] = {}
        # Members of a group can be given only when it is made, so they come first; rings of groups cannot be made.
        for key, part in self._members_first():
            made[key] = part.make(
                [self._linked(made, member) for member in part.members]
            )
        for key, part in self.parts.items():
            standing = made[key]
            for name in ("__cause__", "__context__"):
                link = _read(part.exc, name)
                _write(
                    standing, name, None if link is None else self._linked(made, link)
                )
            # Setting a cause sets this as well.
            _write(
                standing,
                "__suppress_context__",
                bool(_read(part.exc, "__suppress_context__")),
            )
        return made[id(exc)]

    def _members_first(self) -> list[tuple[int, _Part]]:
        order: list[tuple[int, _Part]] = []
        state: dict[int, bool] = {}
        for start in self.parts:
            stack = [start]
            while stack:
                key = stack[-1]
                if key in state:
                    stack.pop()
                    if not state[key]:
                        state[key] = True
                        order.append((key, self.parts[key]))
                    continue
                state[key] = False
                stack.extend(
                    id(member)
                    for member in self.parts[key].members
                    if id(member) in self.parts and id(member) not in state
                )
        return order

    def _linked(
        self, made: dict[int, BaseException], link: BaseException
    ) -> BaseException:
        found = made.get(id(link))
        return Exception(_LIMIT) if found is None else found


class _Part:
    """One exception, redacted."""

    def __init__(self, exc: BaseException, redactor: Redactor) -> None:
        self.exc = exc
        self.faults = 0
        self.is_clean = True
        self.redactor = redactor
        self.members = _members(exc)
        self.links = [_read(exc, "__cause__"), _read(exc, "__context__"), *self.members]
        self.name = self._text(lambda exc: type(exc).__qualname__)
        # A class may be made at run time, and named from somebody's data.
        self.has_clean_name = self.is_clean
        self.text = self._text(str)
        self.shown = self._text(repr)
        # Of a group these are its message and members, which are set otherwise.
        self.args = self._redacted(
            _read(exc, "args") if not self.members else _read(exc, "args")[:1]
        )
        given = dict(_read(exc, "__dict__") or {})
        given |= {name: _read(exc, name) for name in _slots(type(exc))}
        self.own = {
            name: value
            for name, value in self._redacted(given).items()
            if name not in ("args", "__notes__")
        }
        self.notes = self._redacted(_read(exc, "__notes__"))
        self.fields = {
            name: self._redacted(_read(exc, name)) for name in _fields(type(exc))
        }
        self._hide(given)

    def _hide(self, given: dict[str, Any]) -> None:
        """Takes out of the texts what an attribute must not show: its name does not stand beside it there."""
        for name, value in given.items():
            now = self.own.get(name)
            if isinstance(value, str) and isinstance(now, str) and now != value:
                if len(value) >= _TELLING:
                    self.text = self.text.replace(value, now)
                    self.shown = self.shown.replace(value, now)

    def _text(self, show: Any) -> str:
        text = _attempt(lambda: str(show(self.exc)), self.redactor)
        redacted = _ERROR if text is None else str(self.redactor.redact(text))
        if redacted is not text:
            self.is_clean = False
        return redacted

    def _redacted(self, value: Any) -> Any:
        redacted = self.redactor._shield(value)
        if redacted is not value:
            self.is_clean = False
        return redacted

    def make(self, members: list[BaseException]) -> BaseException:
        cls = type(self.exc)
        name = None if self.has_clean_name else self.name

        def usual() -> Any:
            subclass = _subclass(cls) if name is None else _named(cls, (cls,), name)
            return self._bare(subclass, members)

        found = _attempt(usual)
        # A class that cannot be subclassed: an exception of the same name must do.
        standing: BaseException = (
            self._bare(_named(cls, (Exception,), name), []) if found is None else found
        )
        for field, value in {**self.fields, **self.own}.items():
            _write(standing, field, value)
        if not self.members:
            _write(standing, "args", self.args if isinstance(self.args, tuple) else ())
        if self.notes is not None:
            _write(standing, "__notes__", self.notes)
        _write(standing, "__traceback__", _read(self.exc, "__traceback__"))
        _write(standing, "_scrubline_text", (self.text, self.shown))
        return standing

    def _bare(self, cls: type, members: list[BaseException]) -> Any:
        native: Any = next(
            base for base in cls.__mro__ if not base.__flags__ & _HEAP_TYPE
        )
        if self.members and members:
            message = self.args[0] if isinstance(self.args, tuple) and self.args else ""
            return native.__new__(cls, str(message), members)
        return native.__new__(cls)


def _members(exc: BaseException) -> tuple[BaseException, ...]:
    if not any(
        base.__name__ == "BaseExceptionGroup" and base.__module__ == "builtins"
        for base in type(exc).__mro__
    ):
        return ()
    members = _read(exc, "exceptions")
    return (
        tuple(member for member in members if isinstance(member, BaseException))
        if isinstance(members, tuple)
        else ()
    )


def _read(exc: BaseException, name: str) -> Any:
    """An attribute by the base classes' own descriptors, past what the exception's class may do on look-up."""
    return _attempt(lambda: BaseException.__getattribute__(exc, name))


def _write(exc: BaseException, name: str, value: Any) -> None:
    try:
        BaseException.__setattr__(exc, name, value)
    except Exception:
        # A read-only field, or one of another type than its redacted value: it stays empty.
        pass


def _slots(cls: type) -> list[str]:
    """Names of what classes written in Python keep outside of `__dict__`."""
    return [
        name
        for base in cls.__mro__
        if base.__flags__ & _HEAP_TYPE
        for name, field in vars(base).items()
        if isinstance(field, MemberDescriptorType)
    ]


def _fields(cls: type) -> list[str]:
    """Names of what built-in exception classes keep outside of `__dict__`, such as `OSError.filename`."""
    return [
        name
        for base in cls.__mro__
        if base not in (BaseException, object) and not base.__flags__ & _HEAP_TYPE
        for name, field in vars(base).items()
        if isinstance(field, (MemberDescriptorType, GetSetDescriptorType))
        and not name.startswith("__")
        and name != "exceptions"
    ]


def _subclass(cls: type) -> type:
    """The class of stand-ins for exceptions of `cls`, cached: handlers group by class."""
    found = _subclasses.get(cls)
    if found is None:
        found = _named(cls, (cls,))
        if len(_subclasses) >= _CACHED:
            _subclasses.clear()
        _subclasses[cls] = found
    return found


def _named(cls: type, bases: tuple[type, ...], name: str | None = None) -> type:
    """A class of stand-ins for exceptions of `cls`, under its name or another."""
    qualname = cls.__qualname__ if name is None else name

    def show(standing: Any) -> str:
        return str(standing._scrubline_text[0])

    def show_repr(standing: Any) -> str:
        return str(standing._scrubline_text[1])

    def reduce(standing: Any, protocol: object = None) -> tuple[Any, ...]:
        return _rebuilt, (cls.__module__, qualname, standing._scrubline_text)

    def itself(standing: Any, memo: object = None) -> Any:
        return standing

    body = {
        "__module__": cls.__module__,
        "__qualname__": qualname,
        "__doc__": None,
        "__str__": show,
        "__repr__": show_repr,
        "__reduce_ex__": reduce,
        "__copy__": itself,
        "__deepcopy__": itself,
        "__getattribute__": BaseException.__getattribute__,
        "__setattr__": BaseException.__setattr__,
    }
    # Made by `type`'s own means where a metaclass would run code of the application's.
    return type.__new__(type(bases[0]), name or cls.__name__, bases, body)


def _rebuilt(module: str, qualname: str, text: tuple[str, str]) -> BaseException:
    """An unpickled stand-in: the texts of the exception under its name."""
    name = qualname.rpartition(".")[2]
    standing = _named(
        type(name, (Exception,), {"__module__": module, "__qualname__": qualname}),
        (Exception,),
    )
    exc: BaseException = standing(text[0])
    _write(exc, "_scrubline_text", text)
    return exc
