"""Counts of log records and redactions for Prometheus, by prometheus_client.

>>> from scrubline.integrations import prometheus
>>> metrics = prometheus.install(loggers=["finances.stripe"])

`django_log_messages{level,logger}` counts the records that were logged, each once, whatever handlers and filters do with it. Every
configured logger is there at every level from the start, at 0: a first record has a rate. Loggers that nobody configured count up to
`max_loggers` by their names, and as `other` from then on. `scrubline_redactions_total{detector,action}` counts what was redacted.

Both work with several processes: see <https://prometheus.github.io/client_python/multiprocess/>.
"""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Iterable
from typing import Any

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge
from prometheus_client.metrics_core import Metric

from scrubline import _process
from scrubline._native import Redactor

LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")
# Seconds between two looks at what was redacted.
_PAUSE = 1.0

_installed: list[LogMetrics] = []


class LogMetrics:
    """The two metrics of one registry, and what counts into them."""

    def __init__(
        self,
        *,
        loggers: Iterable[str] = (),
        max_loggers: int = 200,
        registry: CollectorRegistry = REGISTRY,
        redactor: Redactor | Callable[[], Redactor] | None = None,
    ) -> None:
        # A gauge: a counter's samples would be called `django_log_messages_total`. Added up over processes, dead ones included.
        self._messages = Gauge(
            "django_log_messages",
            "Log records by level and logger.",
            ("level", "logger"),
            registry=registry,
            multiprocess_mode="sum",
        )
        self._redactions = Counter(
            "scrubline_redactions",
            "Redactions by detector and action.",
            ("detector", "action"),
            registry=registry,
        )
        self._redactor = _asked(redactor)
        self._seen: dict[tuple[str, str], int] = {}
        self._next_look = 0.0
        # What counts one more, by logger and level.
        self._counting: dict[tuple[str, int], Callable[[], None]] = {}
        self._names: set[str] = set()
        self._lock = threading.Lock()
        for name in (*configured_loggers(), *loggers):
            self._names.add(name)
            for level in LEVELS:
                self._messages.labels(level, name)
        self._room = len(self._names) + max_loggers
        self._previous: Callable[..., logging.LogRecord] | None = None
        self._registry = registry
        registry.register(self)

    def start(self) -> None:
        """Counts every record that is made from now on."""
        previous, count = logging.getLogRecordFactory(), self.count

        def make(name: Any, level: Any, *args: Any, **others: Any) -> Any:
            record = previous(name, level, *args, **others)
            # A record that came by pickle is made without a name, and was counted where it was logged.
            if name is not None:
                count(name, level)
            return record

        self._previous, self._factory = previous, make
        logging.setLogRecordFactory(make)

    def pause(self) -> None:
        """Counts no more, until `start`; where another took the factory of records over since, it goes on."""
        if self._previous and logging.getLogRecordFactory() is self._factory:
            logging.setLogRecordFactory(self._previous)

    def stop(self) -> None:
        """Counts no more, and takes the metrics out of the registry."""
        self.pause()
        for collector in (self, self._messages, self._redactions):
            self._registry.unregister(collector)
        if self in _installed:
            _installed.remove(self)

    def count(self, name: str, levelno: int) -> None:
        """Counts one record; never raises."""
        try:
            count = self._counting.get((name, levelno)) or self._made(name, levelno)
            count()
            now = time.monotonic()
            if now >= self._next_look:
                self._next_look = now + _PAUSE
                self.look()
        except Exception:  # noqa: S110 - a metric is not worth a request
            pass

    def look(self) -> None:
        """Takes over what was redacted since the last look."""
        detectors = self._redactor().report()["detectors"]
        with self._lock:
            for detector, actions in detectors.items():
                for action, total in actions.items():
                    seen = self._seen.get((detector, action), 0)
                    # Less than before: another redactor, which began at 0.
                    more = total - seen if total >= seen else total
                    if more:
                        self._redactions.labels(detector, action).inc(more)
                    self._seen[detector, action] = total

    def collect(self) -> Iterable[Metric]:
        """Called at a scrape; the metrics themselves are collected beside this."""
        try:
            self.look()
        except Exception:  # noqa: S110 - a scrape without the newest redactions is a scrape
            pass
        return ()

    def describe(self) -> Iterable[Metric]:
        """Nothing of its own."""
        return ()

    def _made(self, name: str, levelno: int) -> Callable[[], None]:
        with self._lock:
            is_known = name in self._names or len(self._names) < self._room
            if is_known:
                self._names.add(name)
        shown = name if is_known else "other"
        count: Callable[[], None] = self._messages.labels(_level(levelno), shown).inc
        if is_known:
            self._counting[name, levelno] = count
        return count


def configured_loggers() -> list[str]:
    """The loggers of this process that have a handler, a level or a filter of their own, or do not propagate; `root` among them."""
    loggers = logging.root.manager.loggerDict.copy()
    return [
        "root",
        *(
            name
            for name, logger in loggers.items()
            if isinstance(logger, logging.Logger)
            and (
                logger.handlers
                or logger.level
                or logger.filters
                or not logger.propagate
            )
        ),
    ]


def install(
    *,
    loggers: Iterable[str] = (),
    max_loggers: int = 200,
    registry: CollectorRegistry = REGISTRY,
    redactor: Redactor | Callable[[], Redactor] | None = None,
) -> LogMetrics:
    """Starts to count, once in a process; a second call answers with what the first made.

    `loggers` are there at 0 beside the configured ones; `redactor` is the one whose redactions are counted, or returns it, where it may
    be exchanged: that of this process where absent.
    """
    if not _installed:
        metrics = LogMetrics(
            loggers=loggers,
            max_loggers=max_loggers,
            registry=registry,
            redactor=redactor,
        )
        metrics.start()
        _installed.append(metrics)
    return _installed[0]


def _asked(
    redactor: Redactor | Callable[[], Redactor] | None,
) -> Callable[[], Redactor]:
    return (
        (lambda: redactor)
        if isinstance(redactor, Redactor)
        else redactor or _process.redactor
    )


def _level(levelno: int) -> str:
    """The canonical level of a number; one in between counts as the level below it."""
    return LEVELS[min(max(levelno // 10 - 1, 0), len(LEVELS) - 1)]
