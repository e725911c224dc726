"""Tries handlers with made-up secrets, and writes nothing where they write.

Each handler gets a record with a secret in every place that a record has. The record passes the handler's filters, and then a copy of
the handler says what it would write. A handler whose way of writing is not known is judged by the record: if no secret is left in
it, none comes out, unless the handler shows the variables of the code.
"""

from __future__ import annotations

import copy
import logging
import logging.handlers
import secrets
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from scrubline._coverage import FORMATTING, Reach, formats_only
from scrubline._native import Redactor
from scrubline.logging._queue import Sealing

PLACES = (
    "message",
    "args",
    "extra",
    "nested extra",
    "exception",
    "cause",
    "variable",
)
CLEAN, LEAK, UNTRIED = "clean", "LEAK", "not tried"


@dataclass
class Result:
    """How one handler did: `CLEAN`, `LEAK` or `UNTRIED`, and the places of the record whose secrets came out."""

    reach: Reach
    outcome: str
    leaked: list[str] = field(default_factory=list)
    note: str = ""


class Canaries:
    """Secrets made up anew, one for each place of a record, as far as the policy takes them for secrets at all."""

    def __init__(self, redactor: Redactor) -> None:
        self._made: dict[str, tuple[str, str]] = {}
        for place in PLACES:
            mark = secrets.token_hex(8)
            texts = (f"password={mark}Aq7", f"{mark}@example.org")
            gone = [each for each in texts if mark not in redactor.redact(each)]
            if gone:
                self._made[place] = (mark, gone[0])

    def __bool__(self) -> bool:
        return bool(self._made)

    def text(self, place: str) -> str:
        """The text with the secret of a place."""
        return self._made[place][1]

    def found(self, text: str) -> list[str]:
        """The places whose secret is in a text."""
        return [place for place, (mark, _) in self._made.items() if mark in text]

    def record(self, logger: str, level: int) -> logging.LogRecord:
        """A record with all secrets, as a logger makes it."""
        return logging.getLogger(logger).makeRecord(
            logger,
            level,
            __file__,
            0,
            f"canary {self.text('message')} %s",
            (self.text("args"),),
            _raised(*map(self.text, ("exception", "cause", "variable"))),
            "scrubline_check",
            {
                "canary": self.text("extra"),
                "canaries": {"inner": [self.text("nested extra")]},
            },
        )


def _raised(exception: str, cause: str, variable: str) -> Any:
    """An `exc_info`, with `variable` among the variables of its frame, where reports show it."""
    try:
        raise ValueError(exception) from KeyError(cause)
    except ValueError:
        return sys.exc_info()


def tried(reach: Reach, canaries: Canaries) -> Result:
    """Tries one handler."""
    handler = reach.handler
    record = canaries.record(reach.loggers[0], max(logging.ERROR, handler.level))
    try:
        record = _let_in(reach, record)
        written = _written(handler, record)
        if written is not None:
            leaked = canaries.found(written)
            note = "the record itself stays as it is" if formats_only(reach) else ""
            return Result(reach, LEAK if leaked else CLEAN, leaked, note)
        if not canaries.found(_everything(record)):
            return Result(reach, CLEAN, note="judged by the record that it gets")
        if leaked := canaries.found(handler.format(record)):
            return Result(reach, LEAK, leaked)
        note = "it writes in a way of its own, and gets the record unredacted"
        return Result(reach, UNTRIED, note=note)
    except Exception as error:
        return Result(reach, UNTRIED, note=f"it raised {type(error).__name__}")


def _let_in(reach: Reach, record: logging.LogRecord) -> logging.LogRecord:
    """The record after the handler's filters, whatever they say of it: whether it is wanted is another matter."""
    if reach.behind is not None:
        record = _let_in(reach.behind, record)
    door = copy.copy(reach.handler)
    door.filters = [_Ignoring(each) for each in door.filters]
    passed: Any = door.filter(record)
    record = record if passed is True else passed
    return door._sealed(record) if isinstance(door, Sealing) else record


class _Ignoring(logging.Filter):
    def __init__(self, inner: Any) -> None:
        super().__init__()
        self.inner = inner

    def filter(self, record: logging.LogRecord) -> Any:
        ask: Callable[[logging.LogRecord], Any] = getattr(
            self.inner, "filter", self.inner
        )
        answer = ask(record)
        return answer if isinstance(answer, logging.LogRecord) else True


def _written(handler: logging.Handler, record: logging.LogRecord) -> str | None:
    """What the handler would write of a record, or `None` where that is not known."""
    log = sys.modules.get("django.utils.log")
    if log is not None and isinstance(handler, log.AdminEmailHandler):
        return _mailed(handler, record)
    double: Any = copy.copy(handler)
    how = type(handler).emit
    if how is logging.handlers.SMTPHandler.emit:
        return f"{double.getSubject(record)}\n{double.format(record)}"
    if how in FORMATTING:
        # Not by `emit`, which may begin a new file.
        return str(double.format(record))
    if how is logging.handlers.SocketHandler.emit:
        return repr(double.makePickle(record))
    if how is logging.handlers.HTTPHandler.emit:
        return repr(double.mapLogRecord(record))
    if how is logging.handlers.QueueHandler.emit:
        return _everything(double.prepare(record))
    return None


def _mailed(handler: logging.Handler, record: logging.LogRecord) -> str:
    sent: list[str] = []

    def send_mail(
        self: object, subject: str, message: str, *args: Any, **options: Any
    ) -> None:
        sent.extend((subject, message, str(options.get("html_message"))))

    double: Any = copy.copy(handler)
    cls = type(double)
    double.__class__ = type(cls.__name__, (cls,), {"send_mail": send_mail})
    double.emit(record)
    return "\n".join(sent)


def _everything(record: logging.LogRecord) -> str:
    """All that a handler can read of a record, but for the variables of frames."""
    parts = [repr(value) for value in vars(record).values()]
    parts.append(record.getMessage())
    if record.exc_info and record.exc_info[1] is not None:
        parts.append("".join(traceback.format_exception(*record.exc_info)))
    return "\n".join(parts)
