"""Handlers for the standard library's `logging`: a queue, files that several processes share, memory for tests.

All take part in `dictConfig` by "class", on every Python from 3.10 on, and none starts a thread or opens a file before the first
record.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Mapping
from typing import Any

from scrubline import _logging
from scrubline._native import Policy, Redactor
from scrubline.logging._files import RotatingFileHandler, TimedRotatingFileHandler
from scrubline.logging._queue import QueueHandler, Sealing

__all__ = [
    "MemoryHandler",
    "NamespaceFilter",
    "QueueHandler",
    "RotatingFileHandler",
    "TimedRotatingFileHandler",
]


class MemoryHandler(Sealing):
    """Keeps the last `capacity` records, redacted, in `records`, for tests to look at."""

    def __init__(
        self,
        capacity: int = 1000,
        *,
        redactor: Redactor | None = None,
        policy: Mapping[str, Any] | Policy | None = None,
        key: _logging.Secret | None = None,
        known_values: Iterable[_logging.Secret] = (),
    ) -> None:
        logging.Handler.__init__(self)
        self._setup(redactor, policy, key, known_values)
        self.records: deque[logging.LogRecord] = deque(maxlen=capacity)

    def emit(self, record: logging.LogRecord) -> None:
        """Keeps a copy of the record, which what the application does later does not change."""
        self.records.append(self._sealed(record))

    @property
    def messages(self) -> list[str]:
        """The messages of the records, redacted."""
        return [record.getMessage() for record in self.records]

    def clear(self) -> None:
        """Forgets all records."""
        self.records.clear()


class NamespaceFilter(logging.Filter):
    """Lets the records of some loggers pass, and of the loggers below them, but for those of `excluding`: names as `logging.Filter`
    takes one."""

    def __init__(self, names: Iterable[str], excluding: Iterable[str] = ()) -> None:
        super().__init__()
        self.names, self.excluding = tuple(names), tuple(excluding)
        self._below = _below(self.names)
        self._below_excluding = _below(self.excluding)

    def filter(self, record: logging.LogRecord) -> bool:
        """Is the record of one of the loggers, or of one below? An event that goes to several loggers is of all of them."""
        return any(
            (name in self.names or name.startswith(self._below))
            and not (name in self.excluding or name.startswith(self._below_excluding))
            for name in getattr(record, "_scrubline_loggers", (record.name,))
        )


def _below(loggers: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(f"{logger}." for logger in loggers)
