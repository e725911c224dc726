"""What goes through `logging` while a test runs."""

from __future__ import annotations

import json
import logging
import logging.handlers
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, overload

from scrubline._native import RecordFormatter
from scrubline.testing._canaries import forms, named

# Nested values that are looked into, at most.
_DEPTH = 20


@dataclass(frozen=True)
class _Look:
    """A record as a handler got it: every text of it, with where that stands."""

    handler: str
    place: str
    texts: tuple[tuple[str, str], ...]


class Events(Sequence[dict[str, Any]]):
    """The events until now, as JSON lines have them. It grows as the test goes on."""

    def __init__(self, captured: Captured) -> None:
        self._captured = captured

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, at: slice) -> list[dict[str, Any]]: ...
    def __getitem__(self, at: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        lines = self._captured._lines()
        try:
            return lines[at]
        except IndexError:
            text = f"no event {at}: {len(lines)} passed the levels of their loggers"
            raise IndexError(text) from None

    def __len__(self) -> int:
        return len(self._captured._lines())

    def __eq__(self, other: object) -> bool:
        return self._captured._lines() == (
            list(other) if isinstance(other, Sequence) else other
        )

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return repr(self._captured._lines())


class Captured:
    """What `capture` captures."""

    def __init__(self) -> None:
        self._lock = threading.RLock()
        self._records: list[logging.LogRecord] = []
        self._events: list[dict[str, Any]] = []
        self._looks: list[_Look] = []

    @property
    def events(self) -> Events:
        """The events, redacted, in their order: all records of all loggers, by the level and filters of these."""
        return Events(self)

    def assert_no_leaks(
        self, canaries: Mapping[str, str] | Iterable[str] | str
    ) -> None:
        """Fails where a canary reached a handler, and where no record reached any: such a test would prove nothing.

        The failure names handler, place in the code and attribute, and never a value. Raises `AssertionError`, and `ValueError` for
        canaries that are none.
        """
        __tracebackhide__ = True
        wanted = {name: set(forms(value)) for name, value in named(canaries).items()}
        with self._lock:
            looks = list(self._looks)
        if not looks:
            raise AssertionError(
                "no record reached a handler, so nothing shows that the canaries are safe"
            )
        leaks: dict[tuple[str, str, str], dict[str, None]] = {}
        for look in looks:
            for name, texts in wanted.items():
                for where, text in look.texts:
                    if any(each in text for each in texts):
                        leak = leaks.setdefault((name, look.handler, look.place), {})
                        # A canary may be the name of an attribute as well.
                        is_safe = not any(each in where for each in texts)
                        leak[where if is_safe else "an attribute"] = None
        if leaks:
            raise AssertionError(
                "\n".join(
                    f"{name} leaked to {handler} in {', '.join(found)}, logged at {place}"
                    for (name, handler, place), found in leaks.items()
                )
            )

    def _lines(self) -> list[dict[str, Any]]:
        with self._lock:
            new, self._records = self._records, []
            formatter = _formatter()
            self._events += (json.loads(formatter.format(each)) for each in new)
            return self._events

    def _logged(self, record: logging.LogRecord) -> None:
        with self._lock:
            self._records.append(record)

    def _handled(self, handler: logging.Handler, record: logging.LogRecord) -> None:
        if isinstance(handler, logging.handlers.QueueHandler) or (
            isinstance(handler, logging.handlers.MemoryHandler) and handler.target
        ):
            # They write nothing: the handlers behind them will be asked.
            return
        if isinstance(handler.formatter, RecordFormatter):
            texts = [("the line", handler.format(record))]
        else:
            texts = list(_texts(record))
        place = f"{record.pathname}:{record.lineno}"
        with self._lock:
            self._looks.append(_Look(repr(handler), place, tuple(texts)))


def _formatter() -> logging.Formatter:
    if "django.conf" in sys.modules:
        from scrubline.django import JSONFormatter as ByDjango

        return ByDjango()
    from scrubline.logging import JSONFormatter

    return JSONFormatter()


def _texts(record: logging.LogRecord) -> Iterator[tuple[str, str]]:
    """Every text of a record: what it is made of, and what it shows."""
    for name, value in list(record.__dict__.items()):
        if not name.startswith("_scrubline"):
            yield "the name of an attribute", name
            yield from _inside(name, value, _DEPTH)
    try:
        yield "the message", record.getMessage()
    except Exception:
        # Its parts have been looked at.
        pass


def _inside(where: str, value: Any, depth: int) -> Iterator[tuple[str, str]]:
    if depth == 0:
        return
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, (bytes, bytearray)):
        yield where, bytes(value).decode("latin-1")
        yield where, bytes(value).decode(errors="replace")
    elif isinstance(value, Mapping):
        for key, item in list(value.items()):
            yield from _inside(f"a key of {where}", key, depth - 1)
            yield from _inside(f"{where}[...]", item, depth - 1)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for at, item in enumerate(list(value)):
            yield from _inside(f"{where}[{at}]", item, depth - 1)
    elif isinstance(value, BaseException):
        yield from _inside(f"{where}.args", value.args, depth - 1)
        yield from _shown(where, value)
        for name in ("__notes__", "__cause__", "__context__", "exceptions"):
            inner = getattr(value, name, None)
            if inner is not None:
                yield from _inside(f"{where}.{name}", inner, depth - 1)
    elif value is not None:
        yield from _shown(where, value)


def _shown(where: str, value: Any) -> Iterator[tuple[str, str]]:
    for show in (str, repr):
        try:
            yield where, show(value)
        except Exception:
            continue


_active: list[Captured] = []
_lock = threading.Lock()
_original: Any = logging.Filterer.filter


def _filter(self: logging.Filterer, record: logging.LogRecord) -> Any:
    passed = _original(self, record)
    if passed:
        # From 3.12 on a filter may put another record in the place of the one it got.
        got = passed if isinstance(passed, logging.LogRecord) else record
        for captured in list(_active):
            if isinstance(self, logging.Handler):
                captured._handled(self, got)
            elif isinstance(self, logging.Logger):
                captured._logged(got)
    return passed


@contextmanager
def capture() -> Iterator[Captured]:
    """A block whose records are captured, of all loggers and threads. Blocks may be nested."""
    global _original
    captured = Captured()
    with _lock:
        if not _active:
            _original = logging.Filterer.filter
            logging.Filterer.filter = _filter  # type: ignore[method-assign]
        _active.append(captured)
    try:
        yield captured
    finally:
        with _lock:
            _active.remove(captured)
            if not _active:
                logging.Filterer.filter = _original  # type: ignore[method-assign]
