"""Which handlers of the live logging tree write records that a redaction has seen."""

from __future__ import annotations

import logging
import logging.handlers
from collections.abc import Iterator
from dataclasses import dataclass, field

from scrubline import _logging
from scrubline._install import is_installed
from scrubline.logging._files import File
from scrubline.logging._queue import Sealing


@dataclass
class Reach:
    """A handler, and how records reach it.

    `loggers` are the names of those that have it, or have the handler `behind` which it stands: one that passes its records on.
    """

    handler: logging.Handler
    loggers: list[str] = field(default_factory=list)
    behind: Reach | None = None

    @property
    def name(self) -> str:
        """The name that the configuration gives it, else that of its class."""
        if self.handler is logging.lastResort:
            return "lastResort"
        return str(self.handler.name or type(self.handler).__qualname__)

    @property
    def writes(self) -> bool:
        """Does it write, rather than drop records or pass them on?"""
        return not isinstance(self.handler, logging.NullHandler) and not any(
            True for _ in _next(self.handler)
        )

    @property
    def redaction(self) -> str | None:
        """What redacts its records: "install", "filter", "handler" (itself) or "formatter"; `None` if nothing does."""
        if is_installed():
            return "install"
        if has_filter(self.handler):
            return "filter"
        if is_sealing(self.handler):
            return "handler"
        if self.behind is not None and has_filter(self.behind.handler):
            return f"filter of {self.behind.name}"
        if self.behind is not None and is_sealing(self.behind.handler):
            return f"handler {self.behind.name}"
        if (
            isinstance(self.handler.formatter, _logging.LineFormatter)
            and type(self.handler).emit in FORMATTING
        ):
            return "formatter"
        return None

    def __str__(self) -> str:
        names = ", ".join(repr(name) for name in self.loggers)
        kind = type(self.handler).__qualname__
        shown = f"handler {self.name!r}" + (f" ({kind})" if kind != self.name else "")
        of = f"of logger{'s' if len(self.loggers) > 1 else ''} {names}"
        return (
            f"{shown} behind {self.behind.name!r}" if self.behind else f"{shown} {of}"
        )


def has_filter(filterer: logging.Filterer) -> bool:
    """Has a handler or logger a filter that redacts?"""
    return any(isinstance(each, _logging.Filter) for each in filterer.filters)


def is_sealing(handler: logging.Handler) -> bool:
    """Does a handler redact what it keeps or passes on, whatever its filters?"""
    return isinstance(handler, Sealing)


def loggers() -> list[logging.Logger]:
    """All loggers there are, root first, then by name."""
    found = logging.root.manager.loggerDict
    named = (found[name] for name in sorted(found))
    return [logging.root, *(one for one in named if isinstance(one, logging.Logger))]


def tree() -> list[Reach]:
    """Every handler that records reach, in the order of their loggers; `lastResort` last, where it is reached."""
    found: dict[int, Reach] = {}
    for logger in loggers():
        for handler in logger.handlers:
            _add(found, handler, logger.name)
    if logging.lastResort is not None:
        for name in without_handlers():
            _add(found, logging.lastResort, name)
    return list(found.values())


def without_handlers() -> list[str]:
    """Names of loggers whose records reach no handler, and so go to `lastResort`; those that pass on to one of these left out."""
    return [
        logger.name
        for logger in loggers()
        if not logger.disabled
        and not logger.handlers
        and (logger is logging.root or not logger.propagate)
    ]


def writes(name: str, level: int) -> bool:
    """Does a handler write records of this logger and level?"""
    if not logging.getLogger(name).isEnabledFor(level):
        return False
    one: logging.Logger | None = logging.getLogger(name)
    while one is not None:
        if any(
            handler.level <= level and not isinstance(handler, logging.NullHandler)
            for handler in one.handlers
        ):
            return True
        one = one.parent if one.propagate else None
    return False


def _add(found: dict[int, Reach], handler: logging.Handler, logger: str) -> None:
    reach = found.setdefault(id(handler), Reach(handler))
    reach.loggers.append(logger)
    for one in _next(handler):
        if id(one) not in found:
            found[id(one)] = Reach(one, [logger], reach)


def _next(handler: logging.Handler) -> Iterator[logging.Handler]:
    """The handlers that one passes its records on to, as far as it tells."""
    target = getattr(handler, "target", None)
    # From Python 3.12 on a queue knows who listens; ours looks its handlers up by name.
    listener = getattr(handler, "listener", None)
    look_up = getattr(handler, "_resolve_handlers", tuple)
    for one in (target, *getattr(listener, "handlers", ()), *look_up()):
        if isinstance(one, logging.Handler):
            yield one


# How a handler writes that gives its stream or socket what its formatter gives.
FORMATTING = frozenset(
    {
        logging.StreamHandler.emit,
        logging.FileHandler.emit,
        logging.handlers.BaseRotatingHandler.emit,
        logging.handlers.WatchedFileHandler.emit,
        logging.handlers.SysLogHandler.emit,
        logging.handlers.SMTPHandler.emit,
        File.emit,
    }
)


def formats_only(reach: Reach) -> bool:
    """Is a formatter all that redacts, so that the record itself stays as it is?"""
    return reach.redaction == "formatter"


def shows_record(reach: Reach) -> bool:
    """Does the handler, when it fails to write, show a record that nothing has redacted?"""
    return formats_only(reach) and type(reach.handler).emit is not File.emit
