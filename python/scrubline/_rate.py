"""Fewer records: a rate limit for those that say the same, and a sample of events.

A verdict is taken once for a record and kept on it, so that it holds for every handler: with one filter for all of them or with
one each. The first filter that sees a record decides.
"""

from __future__ import annotations

import atexit
import hashlib
import logging
import os
import random
import threading
import time
import weakref
from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from fnmatch import fnmatchcase
from typing import Any

from scrubline import _context
from scrubline._events import handlers_of
from scrubline._logging import Redacting, Secret
from scrubline._native import (
    _NO_CORRELATION_ID,
    Policy,
    RecordFilter,
    Redactor,
    _Seen,
)

# How many templates, or types of event, a filter knows at a time.
KNOWN = 1000
# As much of a template as is shown, and kept.
SHOWN = 200

_Key = tuple[str, int, Any]


def _verdicts(record: logging.LogRecord) -> dict[str, Any]:
    return record.__dict__.setdefault("_scrubline_verdicts", {})  # type: ignore[no-any-return]


def _is_security(record: logging.LogRecord) -> bool:
    own = record.__dict__
    return (
        own.get("event_kind") == "security"
        or "security_context" in own
        or "security" in record.name.split(".")
    )


def _template(record: logging.LogRecord) -> str:
    """The message before its arguments: the template that redaction keeps where it had to render it."""
    mark = record.__dict__.get("_scrubline")
    kept = None
    if type(mark) is _Seen:
        kept = mark.template
    elif type(mark) is tuple and mark:
        # By pickle.
        (kept,) = mark
    return str(record.msg) if kept is None else kept


@dataclass
class _Window:
    """One template, from the record of it that passed on."""

    since: float
    left_out: int = 0
    shown: str = ""
    place: tuple[str, int, str | None] = ("", 0, None)


class RateLimit(RecordFilter, Redacting, logging.Filter):
    """Lets one record of a logger, level and template pass in `rate_limit_seconds`, and says how many it left out.

    It says so in a record of its own, at the same level and for the handlers that have such a filter: when another record comes
    after that time, and at shutdown. The attribute `left_out` is the number. The template is the message before its arguments.

    Records from ERROR on pass, and so do security events and those of loggers with `security` in their names, unless
    `limit_errors` and `limit_security` say otherwise.
    """

    def __init__(
        self,
        rate_limit_seconds: float = 60,
        name: str = "",
        *,
        limit_errors: bool = False,
        limit_security: bool = False,
        redactor: Redactor | None = None,
        policy: Mapping[str, Any] | Policy | None = None,
        key: Secret | None = None,
        known_values: Iterable[Secret] = (),
    ) -> None:
        if (
            not isinstance(rate_limit_seconds, (int, float))
            or not rate_limit_seconds > 0
        ):
            raise ValueError("rate_limit_seconds is a number above 0")
        logging.Filter.__init__(self, name)
        self.rate_limit_seconds = rate_limit_seconds
        self.limit_errors = limit_errors
        self.limit_security = limit_security
        self._verdict = f"rate {rate_limit_seconds} {limit_errors} {limit_security}"
        self._begin()
        self._setup(redactor, policy, key, known_values)

    def _begin(self) -> None:
        # In the order of `since`. One that is over says no more than one that is absent.
        self._windows: OrderedDict[_Key, _Window] = OrderedDict()
        self._lock = threading.RLock()
        self._at_shutdown: _AtShutdown | None = None
        _filters.add(self)

    def __getstate__(self) -> dict[str, Any]:
        return _without(super().__getstate__(), "_windows", "_lock", "_at_shutdown")

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        self._begin()

    def filter(self, record: logging.LogRecord) -> bool:
        """Does the record pass?"""
        try:
            verdicts = _verdicts(record)
            passes: bool | None = verdicts.get(self._verdict)
            if passes is None:
                passes = verdicts[self._verdict] = self._passes(record)
            return passes
        except Exception:
            self._redactor()._count_error()
            return True

    def flush(self) -> None:
        """Says now what was left out until now."""
        with self._lock:
            told = [
                (key, replace(window))
                for key, window in self._windows.items()
                if window.left_out
            ]
            for window in self._windows.values():
                window.left_out = 0
        self._tell(told)

    def _passes(self, record: logging.LogRecord) -> bool:
        now = time.monotonic()
        key = self._key(record)
        with self._lock:
            told = list(self._ended(now))
            window = self._windows.get(key) if key else None
            if window is not None:
                window.left_out += 1
                if not window.shown:
                    window.shown = self._redactor().redact(_template(record))[:SHOWN]
                    window.place = record.pathname, record.lineno, record.funcName
            elif key:
                self._windows[key] = _Window(now)
                if len(self._windows) > KNOWN:
                    told.append(self._windows.popitem(last=False))
        if window is not None and self._at_shutdown is None:
            self._at_shutdown = _AtShutdown(self)
        self._tell(told)
        return window is None

    def _key(self, record: logging.LogRecord) -> _Key | None:
        """What the record is known by; `None` where it passes in any case."""
        if record.levelno >= logging.ERROR and not self.limit_errors:
            return None
        if not self.limit_security and _is_security(record):
            return None
        template: Any = _template(record)
        if len(template) > SHOWN:
            template = template[:SHOWN], hash(template)
        return record.name, record.levelno, template

    def _ended(self, now: float) -> Iterator[tuple[_Key, _Window]]:
        while self._windows:
            key, window = next(iter(self._windows.items()))
            if now - window.since < self.rate_limit_seconds:
                return
            del self._windows[key]
            yield key, window

    def _tell(self, told: Iterable[tuple[_Key, _Window]]) -> None:
        for (name, level, _), window in told:
            if not window.left_out:
                continue
            try:
                # It belongs to no request, least of all to the one that happens to come now.
                with _context.use(_context.Context()):
                    self._handle(*self._summary(name, level, window))
            except Exception:
                self._redactor()._count_error()

    def _summary(
        self, name: str, level: int, window: _Window
    ) -> tuple[logging.Logger, logging.LogRecord]:
        logger = logging.getLogger(name)
        path, line, function = window.place
        record = logger.makeRecord(
            name,
            level,
            path,
            line,
            "Left out %d records within %g seconds: %s",
            (window.left_out, self.rate_limit_seconds, window.shown),
            None,
            function,
            {"left_out": window.left_out},
        )
        _verdicts(record)[self._verdict] = True
        return logger, record

    def _handle(self, logger: logging.Logger, record: logging.LogRecord) -> None:
        """Gives the record to the handlers that left records out; to all of the logger's where they stand behind a queue."""
        handlers = list(handlers_of(logger))
        limited = [each for each in handlers if any(map(self._is_like, each.filters))]
        if not limited or any(map(self._is_like, logger.filters)):
            limited = handlers
        for handler in limited:
            if record.levelno >= handler.level:
                handler.handle(record)

    def _is_like(self, other: Any) -> bool:
        return isinstance(other, RateLimit) and other._verdict == self._verdict


class _AtShutdown(logging.Handler):
    """What makes `logging.shutdown`, and the end of the process, say what a filter left out.

    `logging.shutdown` begins with the newest handler: this one is made at the first record left out, so the others are still open.
    At the end of the process that may be too late, for handlers that stop their threads there.
    """

    def __init__(self, limit: RateLimit) -> None:
        super().__init__()
        self._limit = weakref.ref(limit)
        # Registered anew, to run before what handlers have registered since.
        atexit.unregister(_flush_all)
        atexit.register(_flush_all)

    def flush(self) -> None:
        limit = self._limit()
        if limit is not None:
            limit.flush()


def _without(state: Mapping[str, Any], *names: str) -> dict[str, Any]:
    """What of a filter goes along with a copy of it: each counts for itself."""
    return {name: value for name, value in state.items() if name not in names}


_filters: weakref.WeakSet[RateLimit | Sampling] = weakref.WeakSet()


def _flush_all() -> None:
    for each in list(_filters):
        if isinstance(each, RateLimit):
            each.flush()


def _after_fork() -> None:
    for each in list(_filters):
        each._lock = threading.RLock()
        if isinstance(each, RateLimit):
            # The parent says what it left out.
            for window in each._windows.values():
                window.left_out = 0


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)


@dataclass(frozen=True)
class Sample:
    """How much of an event is kept: a share from 0 to 1, and one at least in so many seconds."""

    rate: float
    at_least_seconds: float | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.rate <= 1:
            raise ValueError("rate is a number from 0 to 1")
        if self.at_least_seconds is not None and not self.at_least_seconds > 0:
            raise ValueError("at_least_seconds is a number above 0")


@dataclass
class _Event:
    """What holds for a type of event: by its name, by a pattern; and when one passed last."""

    named: Sample | None
    matched: Sample | None
    passed: float | None = None


class Sampling(logging.Filter):
    """Lets a share of the events pass, and with `at_least_seconds` one at least in so many seconds.

    `sampling` says how much of which: `{"session_*": {"rate": 0.1, "at_least_seconds": 60}}`, by type or pattern of types; the
    type itself wins over a pattern, the first pattern over the next. Events from ERROR on and security events are sampled only
    where their type itself is named. All events of a correlation id that are sampled at one rate are in, or all are out, in every
    process; without an id it is chance.

    What passes has a `sample_rate`: 1 divided by it is the number of events that it stands for. One that passes because
    `at_least_seconds` are over stands for itself.
    """

    def __init__(
        self, sampling: Mapping[str, Mapping[str, Any]] | None = None, name: str = ""
    ) -> None:
        super().__init__(name)
        self._begin()
        self._take(sampling or {})

    def _begin(self) -> None:
        self._events: OrderedDict[str, _Event] = OrderedDict()
        self._lock = threading.RLock()
        _filters.add(self)

    def __getstate__(self) -> dict[str, Any]:
        return _without(vars(self), "_events", "_lock")

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._begin()

    def _sampling(self) -> Mapping[str, Mapping[str, Any]]:
        """What is sampled, as it is given now."""
        return self._given

    def _take(self, given: Mapping[str, Mapping[str, Any]]) -> None:
        self._samples = samples(given)
        self._verdict = f"sample {self._samples}"
        self._events.clear()
        self._given = given

    def filter(self, record: logging.LogRecord) -> bool:
        """Does the record pass?"""
        try:
            return self._passes(record)
        except Exception:
            # Rather one too many than one that is lost.
            return True

    def _passes(self, record: logging.LogRecord) -> bool:
        event_type = record.__dict__.get("event_type")
        if not isinstance(event_type, str):
            return True
        given = self._sampling()
        if given is not self._given:
            with self._lock:
                self._take(given)
        verdicts = _verdicts(record)
        if self._verdict not in verdicts:
            verdicts[self._verdict] = self._rate(record, event_type)
        rate: float | None = verdicts[self._verdict]
        if rate:
            record.sample_rate = rate
        return rate != 0

    def _rate(self, record: logging.LogRecord, event_type: str) -> float | None:
        """The rate of a record that passes, 0 for one that does not, `None` for one that is not sampled."""
        with self._lock:
            event = self._events.get(event_type) or self._event(event_type)
            self._events.move_to_end(event_type)
            sample = event.named
            if sample is None and not (
                record.levelno >= logging.ERROR or _is_security(record)
            ):
                sample = event.matched
            if sample is None:
                return None
            now = time.monotonic()
            seconds = sample.at_least_seconds
            # Asked before chance is: a record that passes for sure stands for itself alone, or counts would come out too high.
            is_due = seconds is not None and (
                event.passed is None or now - event.passed >= seconds
            )
            rate = 1.0 if is_due else sample.rate
            if _place(record) >= rate:
                return 0
            event.passed = now
            return rate

    def _event(self, event_type: str) -> _Event:
        matched = (
            sample
            for pattern, sample in self._samples.items()
            if fnmatchcase(event_type, pattern)
        )
        event = _Event(self._samples.get(event_type), next(matched, None))
        self._events[event_type] = event
        if len(self._events) > KNOWN:
            self._events.popitem(last=False)
        return event


def samples(sampling: Mapping[str, Mapping[str, Any]]) -> dict[str, Sample]:
    """What a `sampling` says. Raises `ValueError` that names the type or pattern."""
    if not isinstance(sampling, Mapping):
        raise ValueError("sampling is a dict of rates by type or pattern of types")
    made = {}
    for pattern, given in sampling.items():
        try:
            made[pattern] = Sample(**given)
        except (TypeError, ValueError) as error:
            wrong = (
                error
                if isinstance(error, ValueError)
                else "takes rate and at_least_seconds, numbers"
            )
            raise ValueError(f"sampling[{pattern!r}]: {wrong}") from None
    return made


def _place(record: logging.LogRecord) -> float:
    """Where a record stands between 0 and 1: one place for all of a correlation id, in every process."""
    given = record.__dict__.get("correlation_id") or _context.current().correlation_id
    if not given or given == _NO_CORRELATION_ID:
        return random.random()
    try:
        text = str(given).encode(errors="replace")
    except Exception:
        return random.random()
    digest = hashlib.blake2b(text, digest_size=8).digest()
    return int.from_bytes(digest, "big") / 2**64
