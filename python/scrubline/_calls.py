"""Two more ways to call a logger: a lambda as an argument, and keyword arguments for a template in braces.

    logger.debug("Processing data: %s", lambda: expensive())
    logger.info("User {user_id} performed action {action}", user_id=7, action="x")

`install` puts one function around `logging.Logger._log`, so every logger takes them, whenever it was made. A call without a lambda
and without keywords beyond those of `logging` goes on as it came.

A lambda is one without parameters, written in the function that logs. It runs when the first handler shows the record, so not at
all where none does. Keywords become fields of the record, as those of `extra` do, and of the template where that is one of
`str.format` with plain names that are all there; any other stays as it is.
"""

from __future__ import annotations

import logging
import re
import string
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from types import CodeType, FrameType, FunctionType
from typing import Any

from scrubline._native import _ERROR, Redactor

_ABSENT: Any = object()
# What `logging` passes over when it looks for the caller.
_LOGGING = logging.addLevelName.__code__.co_filename
# Before 3.11, `findCaller` counts frames rather than pass over those of `logging`.
_FRAMES = 1 if sys.version_info < (3, 11) else 0
# The names that `logging` refuses in `extra`, that of its method, and ours.
_TAKEN = frozenset(vars(logging.makeLogRecord({}))) | {
    "asctime",
    "message",
    "getMessage",
    "taskName",
    "_scrubline",
    "_scrubline_verdicts",
    "_scrubline_loggers",
}
_CONVERSION = re.compile(r"%(?:%|([-#0 +]*\d*(?:\.\d*)?[hlL]?[diouxXeEfFgGcrsa]))?")
_TOO_WIDE = re.compile(r"\d{5}")


class LoggingCalls(logging.Filter):
    """A filter for `dictConfig` that lets everything pass: that it is configured makes loggers take lambdas and keywords.

    {"filters": {"calls": {"()": "scrubline.logging.LoggingCalls"}}, ...}
    """

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self._install()

    def _install(self) -> None:
        install()

    def filter(self, record: logging.LogRecord) -> bool:
        return True


class Deferred:
    """The value of a lambda, which runs when somebody looks for the first time, and once.

    It shows itself as the value does; the redacting filter puts the value in its place.
    """

    __slots__ = ("_failed", "_lock", "_make", "_value")

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make: Callable[[], Any] | None = make
        self._lock = threading.RLock()
        # What a lambda sees that looks at its own value.
        self._value: Any = _ERROR
        self._failed = False

    def settle(self, redactor: Redactor | None = None) -> Any:
        """The value. One that could not be had is a marker, which `redactor` counts."""
        with self._lock:
            make, self._make = self._make, None
            if make is not None:
                try:
                    self._value = make()
                except KeyboardInterrupt:
                    raise
                except BaseException:
                    self._failed = True
            if self._failed and redactor is not None:
                self._failed = False
                redactor._count_error()
            return self._value

    def __str__(self) -> str:
        return str(self.settle())

    def __repr__(self) -> str:
        return repr(self.settle())

    def __format__(self, spec: str) -> str:
        return format(self.settle(), spec)

    def __int__(self) -> int:
        return int(self.settle())

    def __float__(self) -> float:
        return float(self.settle())

    def __index__(self) -> int:
        return self.settle().__index__()  # type: ignore[no-any-return]

    def __reduce__(self) -> tuple[Any, ...]:
        return _same, (self.settle(),)


def _same(value: Any) -> Any:
    return value


_CONVERT: dict[str | None, Callable[[Any], Any]] = {
    None: _same,
    "r": repr,
    "s": str,
    "a": ascii,
}


def install() -> None:
    """Makes every logger take lambdas and keywords. Once is enough, and again does no harm."""
    global _installed, _ours
    with _lock:
        _installed = True
        if logging.Logger._log is not _ours:
            _ours = _around(logging.Logger._log)
            logging.Logger._log = _ours  # type: ignore[method-assign]


def uninstall() -> None:
    """Takes back what `install` did. Where another library has patched the same method since, ours stays below it and does nothing."""
    global _installed
    with _lock:
        _installed = False
        if logging.Logger._log is _ours:
            original: Any = _ours
            logging.Logger._log = original._scrubline_original  # type: ignore[method-assign]


_lock = threading.Lock()
_installed = False
_ours: Any = None


def _around(original: Callable[..., None]) -> Callable[..., None]:
    # The names before `/` are free for fields; whoever gives the first three by name gets them back below.
    def _log(
        self: logging.Logger,
        level: Any = _ABSENT,
        msg: Any = _ABSENT,
        args: Any = _ABSENT,
        /,
        exc_info: Any = None,
        extra: Any = None,
        stack_info: Any = False,
        stacklevel: Any = 1,
        **fields: Any,
    ) -> None:
        if fields:
            level, msg, args = _positional(level, msg, args, fields)
            if fields:
                if not _installed:
                    raise TypeError(f"{next(iter(fields))!r} is no keyword of logging")
                msg, args, extra = _with_fields(msg, args, extra, fields, stacklevel)
        elif args.__class__ is tuple:
            for arg in args:
                if arg.__class__ is FunctionType and _installed:
                    args = _with_deferred(args, stacklevel)
                    break
        original(
            self,
            level,
            msg,
            args,
            exc_info=exc_info,
            extra=extra,
            stack_info=stack_info,
            stacklevel=stacklevel + _FRAMES,
        )

    # Whoever walks the frames from a handler to the caller, as recipes do and `logging` itself, is to pass over this one too.
    _log.__code__ = _log.__code__.replace(co_filename=_LOGGING)
    _log._scrubline_original = original  # type: ignore[attr-defined]
    return _log


def _positional(
    level: Any, msg: Any, args: Any, fields: dict[str, Any]
) -> tuple[Any, Any, Any]:
    """What a caller of `_log` itself may have given by name."""
    if level is _ABSENT:
        level = fields.pop("level")
    if msg is _ABSENT:
        msg = fields.pop("msg")
    if args is _ABSENT:
        args = fields.pop("args")
    return level, msg, args


def _with_deferred(args: tuple[Any, ...], stacklevel: int) -> tuple[Any, ...]:
    code = _calling_code(stacklevel)
    return tuple(Deferred(arg) if _is_written_in(code, arg) else arg for arg in args)


def _with_fields(
    msg: Any, args: Any, extra: Any, fields: dict[str, Any], stacklevel: int
) -> tuple[Any, Any, Any]:
    """Message, arguments and `extra` of a call with keywords."""
    code = _calling_code(stacklevel)
    args = tuple(Deferred(arg) if _is_written_in(code, arg) else arg for arg in args)
    for name, value in fields.items():
        if _is_written_in(code, value):
            fields[name] = Deferred(value)
    if isinstance(msg, str):
        try:
            msg, args = _percent(str(msg), args, fields)
        except Exception:
            # No template, or one that asks for what is not there: it stays as it is, and so do the arguments.
            pass
    merged = dict(extra) if isinstance(extra, Mapping) else {}
    for name, value in fields.items():
        merged[f"extra.{name}" if name in _TAKEN else name] = value
    return msg, args, merged


def _calling_code(stacklevel: int) -> CodeType | None:
    """The code of the function whose line the record will name."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        code = frame.f_code
        if code.co_filename not in (_LOGGING, __file__):
            stacklevel -= 1
            if stacklevel <= 0:
                return code
        frame = frame.f_back
    return None


def _is_written_in(code: CodeType | None, value: Any) -> bool:
    """Is `value` a lambda without parameters, written in the function that logs?

    A function that was handed to it, a callback say, is not for logging to call.
    """
    if code is None or value.__class__ is not FunctionType:
        return False
    own = value.__code__
    return (
        own.co_name == "<lambda>"
        and own.co_argcount == len(value.__defaults__ or ())
        and own.co_kwonlyargcount == len(value.__kwdefaults__ or ())
        and any(const is own for const in code.co_consts)
    )


def _percent(
    template: str, args: tuple[Any, ...], fields: Mapping[str, Any]
) -> tuple[str, tuple[Any, ...]]:
    """A `str.format` template as one of `%` with a dict of arguments: `logging` renders it as it does any, and redaction sees names.

    Positional arguments go to `{}` and `{0}` where there are such, else to the conversions of `%`. Raises where it is no such
    template, or asks for what is not there; only names are looked up, so `{user.password}` reaches into nothing.
    """
    parts = list(string.Formatter().parse(template))
    names = [name for _, name, _, _ in parts if name is not None]
    if not names:
        return template, args
    in_braces = any(not name or name.isdecimal() for name in names)
    values: dict[str, Any] = {}
    rest = iter(enumerate(args))

    def named(found: re.Match[str]) -> str:
        if found[1] is None:
            return "%%"
        at, value = next(rest)
        values[str(at)] = value
        return f"%({at}){found[1]}"

    out = []
    for literal, name, spec, conversion in parts:
        if args and not in_braces:
            out.append(_CONVERSION.sub(named, literal))
        else:
            out.append(literal.replace("%", "%%"))
        if name is None:
            continue
        key, value = _field(name, args, fields, rest)
        if spec:
            value = _formatted(value, spec, conversion)
            key, conversion = f"{key}#{len(values)}", None
        elif conversion not in _CONVERT:
            raise ValueError("no such conversion")
        values[key] = value
        out.append(f"%({key}){conversion or 's'}")
    if not in_braces and next(rest, None) is not None:
        raise ValueError("too many arguments")
    return "".join(out), (values,)


def _field(
    name: str,
    args: tuple[Any, ...],
    fields: Mapping[str, Any],
    rest: Iterator[tuple[int, Any]],
) -> tuple[str, Any]:
    if not name:
        at, value = next(rest)
        return str(at), value
    if name.isdecimal():
        return name, args[int(name)]
    if not name.isidentifier():
        raise ValueError("no plain name")
    return name, fields[name]


def _formatted(value: Any, spec: str, conversion: str | None) -> Any:
    # A width that came in with somebody's text must not fill the memory.
    if "{" in spec or _TOO_WIDE.search(spec):
        raise ValueError("no plain format specification")
    convert = _CONVERT[conversion]

    def shown(value: Any) -> Any:
        return value if value is _ERROR else format(convert(value), spec)

    return (
        Deferred(lambda: shown(value.settle()))
        if value.__class__ is Deferred
        else shown(value)
    )
