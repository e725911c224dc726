"""Closes the paths around filters: whatever a handler writes, and what Python itself writes when something fails.

One hook redacts records: that of `logging.Filterer.filter`, through which every record passes on its way into its logger's handlers,
and again at the door of each of them. It runs after the filters, so what they set is redacted as well, and it does not matter who
else wraps `Logger.callHandlers` or `Handler.handle`. The rest is text that never was a record.
"""

from __future__ import annotations

import io
import logging
import os
import sys
import threading
import traceback
import warnings
from collections.abc import Callable
from functools import partial
from types import TracebackType
from typing import Any

from scrubline._logging import check_redactor
from scrubline._native import _ERROR, Redactor
from scrubline._process import Shown, process, redacted_text, redactor

_lock = threading.RLock()

# Python's own, as they are before anything is installed.
_HOOK, _THREADING_HOOK = sys.__excepthook__, threading.__excepthook__
_UNRAISABLE_HOOK = sys.__unraisablehook__


class Installation:
    """What `install` changed. `undo()` takes it back, and so does the end of a `with` block."""

    def __init__(self) -> None:
        self._patches: dict[tuple[object, str], Patch] = {}
        self._undoing: list[Callable[[], None]] = []

    @property
    def is_active(self) -> bool:
        """Does it hold?"""
        return _current is self

    def undo(self) -> None:
        """Takes everything back. What others wrapped since stays wrapped, and passes through."""
        global _current
        with _lock:
            if _current is not self:
                return
            _current = None
            for undo in reversed(self._undoing):
                undo()
            for patch in reversed(self._patches.values()):
                patch.undo()
            process.give(None)

    def __enter__(self) -> Installation:
        return self

    def __exit__(self, *_: object) -> None:
        self.undo()

    def patch(
        self, owner: Any, name: str, make: Callable[[Patch], Callable[..., Any]]
    ) -> None:
        """Replaces an attribute once; what `make` returns asks `is_active`, since another may keep it when it is undone."""
        key = (owner, name)
        if key not in self._patches:
            self._patches[key] = Patch(owner, name, make)

    def on_undo(self, undo: Callable[[], None]) -> None:
        """Notes what else has to be taken back."""
        self._undoing.append(undo)


class Patch:
    """One attribute replaced."""

    def __init__(
        self, owner: Any, name: str, make: Callable[[Patch], Callable[..., Any]]
    ) -> None:
        self.owner, self.name = owner, name
        self.original: Any = getattr(owner, name)
        self.is_active = True
        self.hook = make(self)
        setattr(owner, name, self.hook)

    def undo(self) -> None:
        self.is_active = False
        if getattr(self.owner, self.name) is self.hook:
            setattr(self.owner, self.name, self.original)


_current: Installation | None = None


def install(redactor: Redactor | None = None) -> Installation:
    """Closes the paths around filters, for all of this process.

    - Every record of `logging` is redacted once, in place, before any handler: those of other libraries, those added later, and
      `lastResort` included. It is as soon as its logger takes it, so a lambda among its arguments runs then.
    - The text that `Handler.handleError` writes to stderr, the text of warnings, and what is written of exceptions that nobody
      caught: `sys.excepthook`, `threading.excepthook`, `sys.unraisablehook`, and what others fall back on, `sys.__excepthook__` and its
      like. (asyncio logs them.) Also what `traceback.print_exc` and
      `print_exception` write to stderr, by which servers and processes of `multiprocessing` end.
    - Values in SQL that Django logs, and SQLAlchemy with `echo`; arguments of callbacks that asyncio shows.
    - Reports of exceptions that Django mails and shows.
    - Errors of management commands that run from the command line: what they write to `self.stderr`, a `CommandError`, the text of
      `sys.exit`.
    - The access log of daphne, which is no record of `logging`.
    - The hooks of a Sentry client, now or later.

    What a program writes as its output stays as it is: `print`, `self.stdout` of a command, whose output may be somebody's data. So does
    the text of `sys.exit` elsewhere, for which Python has no hook.

    `redactor` is for all of these; without one it is that of Django's settings, else one of the default policy. Calling it again
    gives the same installation, and covers what has been imported since; with "scrubline.django" in `INSTALLED_APPS` this happens
    at start-up, so a settings module may call it. Call it early: hooks of other libraries that are set later see what they set themselves, and pass on to these.
    """
    global _current
    check_redactor(redactor)
    with _lock:
        if redactor is not None:
            process.give(redactor)
        if _current is None:
            made = Installation()
            made.patch(logging.Filterer, "filter", _filter)
            made.patch(logging.Handler, "handleError", _handle_error)
            made.patch(warnings, "formatwarning", _formatwarning)
            # Hooks of others fall back on what Python keeps under the second name, and debuggers put it back.
            for name in ("excepthook", "__excepthook__"):
                made.patch(sys, name, _excepthook)
                made.patch(threading, name, _threading_excepthook)
            for name in ("unraisablehook", "__unraisablehook__"):
                made.patch(sys, name, _unraisablehook)
            made.patch(traceback, "print_exception", _print_exception)
            _current = made
        _complete(_current)
        return _current


def is_installed() -> bool:
    """Does an installation hold in this process?"""
    return _current is not None


def complete() -> None:
    """Covers what has been imported since `install`, if that was called."""
    with _lock:
        if _current is not None:
            _complete(_current)


def _complete(made: Installation) -> None:
    from scrubline import _values

    for name, masking in _values.FILTERS.items():
        logger = logging.getLogger(name)
        if masking not in logger.filters:
            logger.addFilter(masking)
            made.on_undo(partial(logger.removeFilter, masking))
    if _has_settings():
        from django.utils.log import AdminEmailHandler
        from django.views.debug import ExceptionReporter

        from scrubline.django import _reports

        made.patch(ExceptionReporter, "get_traceback_data", _reports.hook)
        made.patch(AdminEmailHandler, "send_mail", _reports.mail_hook)
    if "django.core.management.base" in sys.modules:
        from django.core.management.base import BaseCommand

        from scrubline.django import _commands

        made.patch(BaseCommand, "run_from_argv", _commands.hook)
    if "daphne.access" in sys.modules:
        from daphne.access import AccessLogGenerator

        made.patch(AccessLogGenerator, "write_entry", _write_entry)
    if "sentry_sdk" in sys.modules:
        from scrubline.integrations import sentry

        sentry.protect(made)


def _has_settings() -> bool:
    """Are Django's settings there? While their module loads, nothing may ask for them."""
    conf = sys.modules.get("django.conf")
    return conf is not None and bool(conf.settings.configured)


def _filter(patch: Patch) -> Callable[..., Any]:
    passes, redact = patch.original, process.filter

    def filter(self: logging.Filterer, record: logging.LogRecord) -> Any:
        passed = passes(self, record)
        if passed and patch.is_active:
            # From Python 3.12 on a filter may put another record in its place.
            now = record if passed is True else passed
            try:
                redact(now)
            except Exception:
                _blank(now)
        return passed

    return filter


_BY_LOGGING = frozenset(vars(logging.makeLogRecord({})))


def _blank(record: logging.LogRecord) -> None:
    """Markers for all that came from the application."""
    for name in vars(record).keys() - _BY_LOGGING:
        setattr(record, name, _ERROR)
    record.msg, record.args = _ERROR, ()
    record.exc_info = record.exc_text = record.stack_info = None


def _handle_error(patch: Patch) -> Callable[..., None]:
    def handleError(self: logging.Handler, record: logging.LogRecord) -> None:
        if not patch.is_active:
            patch.original(self, record)
        elif logging.raiseExceptions:
            kind, exc, tb = sys.exc_info()
            try:
                process.filter(record)
                message = f"Message: {record.msg!r}\nArguments: {record.args}\n"
            except Exception:
                message = f"Message: {_ERROR}\n"
            _write(
                "--- Logging error ---\n"
                f"{_traceback(kind, exc, tb)}\nCall stack:\n{redacted_text(_stack(tb, record))}"
                f"{redacted_text(message)}"
            )

    return handleError


def _stack(tb: TracebackType | None, record: logging.LogRecord) -> str:
    """The frames that led to the call, from outside of `logging`."""
    folder = os.path.dirname(logging.__file__)
    frame = tb.tb_frame if tb else None
    while frame and os.path.dirname(frame.f_code.co_filename) in (folder, _HERE):
        frame = frame.f_back
    if frame:
        return "".join(traceback.format_stack(frame))
    return f"Logged from file {record.filename}, line {record.lineno}\n"


_HERE = os.path.dirname(__file__)


def _write_entry(patch: Patch) -> Callable[..., Any]:
    def write_entry(self: Any, host: Any, date: Any, request: str, **more: Any) -> Any:
        shown = redacted_text(request) if patch.is_active else request
        return patch.original(self, host, date, shown, **more)

    return write_entry


def _formatwarning(patch: Patch) -> Callable[..., str]:
    def formatwarning(
        message: Warning | str,
        category: type[Warning],
        filename: str,
        lineno: int,
        line: str | None = None,
    ) -> str:
        text: str = patch.original(message, category, filename, lineno, line)
        return redacted_text(text) if patch.is_active else text

    return formatwarning


def _excepthook(patch: Patch) -> Callable[..., None]:
    def excepthook(
        kind: type[BaseException], exc: BaseException, tb: TracebackType | None
    ) -> None:
        if not patch.is_active:
            patch.original(kind, exc, tb)
        elif patch.original is _HOOK:
            _write(f"{_traceback(kind, exc, tb)}\n")
        else:
            patch.original(*_stand_in(kind, exc, tb)[0])

    return excepthook


def _threading_excepthook(patch: Patch) -> Callable[..., None]:
    def excepthook(args: Any) -> None:
        if not patch.is_active:
            patch.original(args)
        elif patch.original is not _THREADING_HOOK:
            info = _stand_in(args.exc_type, args.exc_value, args.exc_traceback)[0]
            patch.original(threading.ExceptHookArgs((*info, args.thread)))
        elif args.exc_type is not SystemExit:
            name = threading.get_ident() if args.thread is None else args.thread.name
            text = _traceback(args.exc_type, args.exc_value, args.exc_traceback)
            _write(f"{redacted_text(f'Exception in thread {name}:')}\n{text}\n")

    return excepthook


def _print_exception(patch: Patch) -> Callable[..., None]:
    def print_exception(
        exc: Any,
        /,
        value: Any = _ABSENT,
        tb: Any = _ABSENT,
        limit: int | None = None,
        file: Any = None,
        chain: bool = True,
        **options: Any,
    ) -> None:
        options.update(limit=limit, chain=chain)
        given = {"value": value, "tb": tb}
        if value is _ABSENT and tb is _ABSENT:
            value, tb = exc, getattr(exc, "__traceback__", None)
        # `logging` makes its texts by it as well, in a file of its own.
        is_shown = file is None or file is sys.stderr or file is sys.__stderr__
        is_whole = isinstance(value, BaseException) and tb is not _ABSENT
        if patch.is_active and is_shown and is_whole:
            out = io.StringIO()
            info = _stand_in(type(value), value, tb)[0]
            patch.original(*info, file=out, **options)
            _write(redacted_text(out.getvalue()), file)
        else:
            present = {
                name: each for name, each in given.items() if each is not _ABSENT
            }
            patch.original(exc, file=file, **present, **options)

    return print_exception


_ABSENT: Any = object()


def _unraisablehook(patch: Patch) -> Callable[..., None]:
    def unraisablehook(args: Any) -> None:
        if not patch.is_active:
            patch.original(args)
            return
        info, text = _stand_in(args.exc_type, args.exc_value, args.exc_traceback)
        what = redacted_text(args.err_msg or "Exception ignored in")
        about = "" if args.object is None else redacted_text(_repr(args.object))
        if patch.original is _UNRAISABLE_HOOK:
            _write(f"{what}: {about}\n{text}\n")
        else:
            # A text stands for the object, which may be on its way to be collected.
            shown = Shown(about) if about else None
            patch.original(type(args)((*info, what, shown)))

    return unraisablehook


def _repr(value: object) -> str:
    try:
        return repr(value)
    except Exception:
        return f"<{type(value).__qualname__} object, whose repr failed>"


def _stand_in(
    kind: type[BaseException] | None,
    exc: BaseException | None,
    tb: TracebackType | None,
) -> tuple[tuple[Any, Any, Any], str]:
    """The triple with the exception's stand-in, and its text."""
    from scrubline import _exceptions

    try:
        info, text = _exceptions.redact_exc_info((kind, exc, tb), redactor())
    except Exception:
        info, text = None, _ERROR
    if info is None:
        info = (Exception, Exception(_ERROR), None)
    if text is None:
        text = kind.__name__ if kind else ""
    return info, text


def _traceback(
    kind: type[BaseException] | None,
    exc: BaseException | None,
    tb: TracebackType | None,
) -> str:
    return _stand_in(kind, exc, tb)[1]


def _write(text: str, file: Any = None) -> None:
    try:
        out = sys.stderr if file is None else file
        if out is not None:
            out.write(text)
            out.flush()
    except (OSError, ValueError):
        pass
