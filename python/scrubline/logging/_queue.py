"""The queue between the application and slow handlers."""

from __future__ import annotations

import datetime
import decimal
import json
import logging
import os
import signal
import sys
import threading
import time
import uuid
import weakref
from collections import Counter, deque
from collections.abc import Callable, Iterable, Mapping
from functools import partial
from typing import Any

from scrubline import _exceptions, _logging
from scrubline import logging as _shared
from scrubline._native import _ERROR, Policy, Redactor, _replace

WAIT = 0.05
"""Seconds that a full queue may hold the application up, all waiting together, until it has room again."""

REPORT = 10.0
"""Seconds between two records that say how many were dropped, while the queue stays full."""

# Values that nobody can change, and that the thread of the listener shows as the thread of the request would.
_SCALARS = frozenset(
    {
        str,
        int,
        float,
        bool,
        type(None),
        bytes,
        complex,
        datetime.date,
        datetime.datetime,
        datetime.time,
        datetime.timedelta,
        decimal.Decimal,
        uuid.UUID,
    }
)
_PARTS = frozenset({"msg", "args", "getMessage", "exc_info", "exc_text", "stack_info"})


def sealed(record: logging.LogRecord, redactor: Redactor) -> logging.LogRecord:
    """A redacted copy of a record that holds on to nothing of the application's.

    What could still change is taken as it is now: arguments that are objects become part of the message, extras the data that a
    line shows of them, and an exception its texts under its name, without frames. The copy stays redacted.
    """
    redactor._redact_record(record)
    # Of the class whose `getMessage` is `logging`'s, and without its constructor, which would look up process and thread.
    copy = logging.LogRecord.__new__(logging.LogRecord)
    copy.__dict__.update(record.__dict__)
    values: dict[str, Any] = {}
    args = record.args
    is_plain = type(args) is tuple and all(type(arg) in _SCALARS for arg in args)
    is_own = type(record).getMessage is not logging.LogRecord.getMessage
    if is_own or type(record.msg) is not str or (args and not is_plain):
        values.update(msg=_contained(redactor, record.getMessage), args=())
    if "getMessage" in record.__dict__:
        text = _contained(redactor, record.getMessage)
        values.update(msg=text, args=(), getMessage=partial(str, text))
    if record.exc_info:
        values["exc_info"] = _contained(
            redactor, partial(_without_frames, record.exc_info), None
        )
    for name, value in record.__dict__.items():
        if type(value) in _SCALARS or name in _PARTS or name.startswith("_scrubline"):
            continue
        values[name] = _contained(redactor, partial(_data, value, redactor))
    if values:
        _replace(copy, values)
    return copy


def _contained(
    redactor: Redactor, make: Callable[[], Any], otherwise: Any = _ERROR
) -> Any:
    try:
        return make()
    except Exception:
        redactor._count_error()
        return otherwise


def _data(value: object, redactor: Redactor) -> Any:
    return json.loads(redactor._json(value))


def _without_frames(exc_info: Any) -> tuple[Any, Any, None]:
    kind, exc, _ = exc_info
    return kind, None if exc is None else _exceptions.texts_of(exc), None


class Sealing(_shared._Resolving, logging.Handler):
    """A handler that keeps records, sealed."""

    _own: Redactor | None = None

    def _use(self, redactor: Redactor | None) -> None:
        self._own = redactor

    def _resolve(self) -> Redactor:
        # Where Django's settings say what is redacted, they hold here too; they may change, so nothing is kept.
        django = sys.modules.get("scrubline.django")
        return super()._resolve() if django is None else django.redactor()

    def _sealed(self, record: logging.LogRecord) -> logging.LogRecord:
        return sealed(record, self._own or self._resolve())


class QueueHandler(Sealing):
    """Hands records to a thread, which writes them to other handlers, so that the application never waits for a disk or a socket.

        "queue": {
            "class": "scrubline.logging.handlers.QueueHandler",
            "handlers": ["file", "console"],
            "filters": ["sensitive_data", "correlation"],
        }

    `handlers` are names of the same configuration, or handlers. Each keeps its level, filters and formatter. What no filter of
    this handler has redacted is redacted before it is queued, with the redactor of `redactor`, `policy`, `key` and
    `known_values`, without which that of Django's settings or the default policy holds.

    The thread starts with the first record in each process, after a fork too. The queue holds `capacity` records. A full one holds
    the application up for at most 50 ms, then drops records of the lowest level first, and a record of the logger
    "scrubline.queue" says how many. A handler that raises costs its own record only. At exit, at SIGTERM (before the
    application's own signal handler runs) and when logging is configured anew, what is queued is written, for up to
    `drain_seconds`; from then on records are written at once, by the thread that logs them.
    """

    def __init__(
        self,
        handlers: Iterable[str | logging.Handler],
        capacity: int = 10_000,
        drain_seconds: float = 5.0,
        *,
        redactor: Redactor | None = None,
        policy: Mapping[str, Any] | Policy | None = None,
        key: _logging.Secret | None = None,
        known_values: Iterable[_logging.Secret] = (),
    ) -> None:
        if isinstance(capacity, bool) or not isinstance(capacity, int) or capacity < 1:
            raise ValueError("capacity is a number of records, 1 or more")
        logging.Handler.__init__(self)
        self._setup(redactor, policy, key, known_values)
        self.capacity = capacity
        self.drain_seconds = drain_seconds
        self._found: list[logging.Handler] | None = None
        self._closer: _Closer | None = None
        # dictConfig makes handlers in the order of their names, so some of these may not be there yet. The configuration is held
        # until they are looked up, since nothing else holds a handler that no logger has.
        configurator = getattr(handlers, "configurator", None)
        self._configured = configurator.config["handlers"] if configurator else {}
        self._names = list(handlers)
        for name in self._names:
            if self._by_name(name) is None:
                raise ValueError(f"there is no handler {name!r} for the queue")
        self._begin()
        _alive.add(self)
        _watch_sigterm()

    # ---- the application's side

    def createLock(self) -> None:
        """No lock of its own: a thread that waits for room would hold up all others."""
        self.lock = None

    def handle(self, record: logging.LogRecord) -> bool:
        """Queues the record if the filters let it pass. Never raises."""
        try:
            passed: Any = self.filter(record)
            if passed:
                self.emit(passed if isinstance(passed, logging.LogRecord) else record)
            return bool(passed)
        except Exception as error:
            # Not `handleError`, which shows the arguments as they are.
            _say(f"scrubline: a record could not be queued: {type(error).__name__}")
            return False

    def emit(self, record: logging.LogRecord) -> None:
        """Queues a sealed copy of the record."""
        if threading.get_ident() == self._writer:
            # What the handlers log while they write would go round for ever.
            return
        if self._closer is None:
            self._closer = _Closer(self)
        self._put(self._sealed(record))

    @property
    def handlers(self) -> tuple[logging.Handler, ...]:
        """The handlers that write."""
        return tuple(self._resolve_handlers())

    def flush(self) -> None:
        """Waits until what is queued is written, for up to `drain_seconds`, and flushes the handlers."""
        self._drain()

    def close(self) -> None:
        """Writes what is queued and ends the thread. Records that come later are written at once."""
        self._end()
        super().close()

    def _put(self, record: logging.LogRecord) -> None:
        with self._lock:
            if self._is_listening() and len(self._backlog) >= self.capacity:
                self._wait_for_room()
            # Asked again: it may have ended while this thread waited.
            if self._is_listening():
                if len(self._backlog) < self.capacity:
                    self._backlog.add(record)
                else:
                    dropped = self._backlog.add_dropping(record)
                    self._dropped[dropped.levelname] += 1
                self._filled.notify()
                return
        self._write(record)

    def _wait_for_room(self) -> None:
        now = time.monotonic()
        if self._give_up_at is None:
            self._give_up_at = now + WAIT
        while len(self._backlog) >= self.capacity and now < self._give_up_at:
            self._waiting += 1
            try:
                self._taken.wait(self._give_up_at - now)
            finally:
                self._waiting -= 1
            now = time.monotonic()

    # ---- the listener's side

    _give_up_at: float | None
    _listening: int | None
    _waiting: int
    _writer: int | None

    def _begin(self) -> None:
        """The state of a process that has queued nothing."""
        # Both may be taken again by the thread that has them: a signal's handler logs, and drains.
        self._lock = threading.RLock()
        self._writing = threading.RLock()
        self._filled = threading.Condition(self._lock)
        self._taken = threading.Condition(self._lock)
        self._backlog = _Backlog()
        self._dropped: Counter[str] = Counter()
        self._reported_at = 0.0
        self._give_up_at = None
        self._waiting = 0
        self._listening = None
        self._writer = None
        self._is_ended = False

    def _is_listening(self) -> bool:
        """Is there a thread to write what is queued? Starts it where there is none."""
        if self._is_ended:
            return False
        if self._listening is not None:
            return True
        try:
            thread = threading.Thread(
                target=self._listen, name="scrubline-queue", daemon=True
            )
            thread.start()
        except RuntimeError:
            # No thread starts any more when the interpreter ends.
            return False
        self._listening = thread.ident
        _end_with_multiprocessing()
        return True

    def _listen(self) -> None:
        with self._lock:
            while not self._is_ended or self._backlog or self._dropped:
                report = self._due_report()
                if report is None and not self._backlog:
                    self._filled.wait()
                    continue
                record = report or self._backlog.take()
                if len(self._backlog) <= self.capacity // 2:
                    self._give_up_at = None
                self._lock.release()
                try:
                    # `SystemExit` would end this thread, and means nothing in it.
                    self._write(record, BaseException)
                finally:
                    del record
                    self._lock.acquire()
                self._backlog.is_taken = False
                if self._waiting:
                    self._taken.notify_all()

    def _due_report(self) -> logging.LogRecord | None:
        if not self._dropped:
            return None
        now = time.monotonic()
        is_relieved = len(self._backlog) <= self.capacity // 2
        if not (is_relieved or self._is_ended) and now < self._reported_at + REPORT:
            return None
        dropped, self._dropped, self._reported_at = self._dropped, Counter(), now
        return _report(dropped)

    def _write(
        self, record: logging.LogRecord, faults: type[BaseException] = Exception
    ) -> None:
        """Gives a record to the handlers, whatever they do with it."""
        with self._writing:
            self._writer = threading.get_ident()
            try:
                for handler in self._resolve_handlers():
                    if record.levelno >= handler.level:
                        try:
                            handler.handle(record)
                        except faults:
                            _complain(handler, record)
            finally:
                self._writer = None

    def _resolve_handlers(self) -> list[logging.Handler]:
        if self._found is not None:
            return self._found
        named = [self._by_name(name) for name in self._names]
        found = [one for one in named if isinstance(one, logging.Handler)]
        if len(found) == len(named):
            self._found, self._configured = found, {}
        return found

    def _by_name(self, name: Any) -> Any:
        if isinstance(name, logging.Handler):
            return name
        if name in self._configured:
            return self._configured[name]
        return logging._handlers.get(name)  # type: ignore[attr-defined]

    # ---- the end

    def _drain(self) -> bool:
        """Waits until what was queued before is written. Whether it is."""
        until = time.monotonic() + self.drain_seconds
        with self._lock:
            goal = self._backlog.end
            is_alive = self._listening not in (None, threading.get_ident())
            while is_alive and (self._backlog.begin < goal or self._dropped):
                left = until - time.monotonic()
                if left <= 0:
                    break
                # A short wait at most: a thread that the interpreter has ended notifies nobody.
                self._waiting += 1
                try:
                    self._filled.notify()
                    self._taken.wait(min(left, 0.2))
                finally:
                    self._waiting -= 1
            is_done = self._backlog.begin >= goal
        if is_done and self._found:
            for handler in self._found:
                try:
                    handler.flush()
                except Exception:
                    # A stream that is closed, a disk that is full: what could be written is.
                    pass
        return is_done

    def _end(self) -> None:
        with self._lock:
            self._is_ended = True
        self._drain()
        with self._lock:
            left = len(self._backlog)
            self._backlog = _Backlog()
            self._listening = None
            self._filled.notify()
        if left:
            _say(f"scrubline: {left} records could not be written in time")


class _Backlog:
    """Records in their order, and for each level, so that the lowest can go first."""

    def __init__(self) -> None:
        self.end = 0
        self.is_taken = False
        self._by_level: dict[int, deque[tuple[int, logging.LogRecord]]] = {}
        self._length = 0
        self._last = 0

    def __len__(self) -> int:
        return self._length

    @property
    def begin(self) -> int:
        """The number of the first record that is not written."""
        if self.is_taken:
            return self._last
        return min((queue[0][0] for queue in self._by_level.values()), default=self.end)

    def add(self, record: logging.LogRecord) -> None:
        """Adds a record behind all others."""
        queue = self._by_level.get(record.levelno)
        if queue is None:
            queue = self._by_level[record.levelno] = deque()
        queue.append((self.end, record))
        self.end += 1
        self._length += 1

    def add_dropping(self, record: logging.LogRecord) -> logging.LogRecord:
        """Adds a record in place of the oldest of the lowest level. What was dropped: the record itself where none is lower."""
        lowest = min(self._by_level)
        if lowest >= record.levelno:
            return record
        dropped = self._pop(lowest)[1]
        self.add(record)
        return dropped

    def take(self) -> logging.LogRecord:
        """Takes the first record."""
        by_level = self._by_level
        level = min(by_level, key=lambda level: by_level[level][0][0])
        self._last, record = self._pop(level)
        self.is_taken = True
        return record

    def _pop(self, level: int) -> tuple[int, logging.LogRecord]:
        queue = self._by_level[level]
        found = queue.popleft()
        if not queue:
            del self._by_level[level]
        self._length -= 1
        return found


class _Closer(logging.Handler):
    """Ends a queue before its handlers are closed: `logging` closes first what was made last, and this is made after all of them."""

    def __init__(self, queue: QueueHandler) -> None:
        super().__init__()
        self.queue = weakref.ref(queue)

    def createLock(self) -> None:
        """None is needed, and a held one would stand in the way of a fork."""
        self.lock = None

    def close(self) -> None:
        queue = self.queue()
        if queue is not None:
            queue._end()
        super().close()


def _report(dropped: Mapping[str, int]) -> logging.LogRecord:
    record = logging.LogRecord(
        "scrubline.queue",
        logging.WARNING,
        __file__,
        0,
        "%d log records dropped: the queue was full",
        (sum(dropped.values()),),
        None,
    )
    record.dropped = dict(dropped)
    return record


def _complain(handler: logging.Handler, record: logging.LogRecord) -> None:
    try:
        handler.handleError(record)
    except Exception:
        # There is nobody left to tell.
        pass


def _say(text: str) -> None:
    try:
        if logging.raiseExceptions and sys.stderr is not None:
            sys.stderr.write(text + "\n")
    except Exception:
        # As `_complain`.
        pass


# ---- the process: its end, signals and forks

_alive: weakref.WeakSet[QueueHandler] = weakref.WeakSet()


# The handler of SIGTERM that was there before ours.
_sigterm_before: list[Any] = []


def _end_all() -> None:
    """Writes what is queued in this process; what comes later is written at once."""
    for handler in list(_alive):
        handler._end()


def _end_with_multiprocessing() -> None:
    # A child of multiprocessing runs its finalizers, and nothing of atexit, by which `logging` closes handlers elsewhere.
    util = sys.modules.get("multiprocessing.util")
    if util is not None:
        util.Finalize(None, _end_all, exitpriority=0)


def _watch_sigterm() -> None:
    """Puts itself before the handler of SIGTERM, once. What the application sets later takes its place."""
    if _sigterm_before or threading.current_thread() is not threading.main_thread():
        return
    before = signal.getsignal(signal.SIGTERM)
    if before is signal.SIG_IGN or before is None:
        return
    try:
        signal.signal(signal.SIGTERM, _on_sigterm)
    except ValueError:
        # An interpreter beside the main one has no signals.
        return
    _sigterm_before.append(before)


def _on_sigterm(number: int, frame: Any) -> None:
    _end_all()
    (before,) = _sigterm_before
    if callable(before):
        before(number, frame)
        return
    signal.signal(number, signal.SIG_DFL)
    os.kill(os.getpid(), number)


# By the thread that forks.
_held: dict[int, list[Any]] = {}


def _before_fork() -> None:
    # Between two records, so that no handler is in the middle of a line; but a handler that hangs must not hang the fork.
    held = _held[threading.get_ident()] = []
    for handler in list(_alive):
        for lock in (handler._writing, handler._lock):
            if lock.acquire(timeout=1):
                held.append(lock)


def _after_fork_in_parent() -> None:
    for lock in reversed(_held.pop(threading.get_ident(), [])):
        lock.release()


def _after_fork_in_child() -> None:
    # What is queued is the parent's to write, and its thread is not here.
    _held.clear()
    for handler in list(_alive):
        is_ended = handler._is_ended
        handler._begin()
        handler._is_ended = is_ended


if hasattr(os, "register_at_fork"):
    os.register_at_fork(
        before=_before_fork,
        after_in_parent=_after_fork_in_parent,
        after_in_child=_after_fork_in_child,
    )
