"""`QueueHandler`: order, redaction before the queue, a full queue, handlers that fail, forks, signals, the end."""

from __future__ import annotations

import gc
import json
import logging
import logging.config
import os
import pickle
import signal
import subprocess
import sys
import textwrap
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import EMAIL, MASKED_EMAIL, SECRET
from scrubline import Redactor
from scrubline.logging import CorrelationFilter, JSONFormatter, SensitiveDataFilter
from scrubline.logging import _queue
from scrubline.logging.handlers import MemoryHandler, QueueHandler

Make = Callable[..., logging.LogRecord]


class Gate(logging.Handler):
    """Keeps records; once shut, holds up who brings one until it is opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open = threading.Event()
        self.open.set()
        self.reached = threading.Event()
        self.records: list[logging.LogRecord] = []
        self.flushed = 0

    def emit(self, record: logging.LogRecord) -> None:
        self.reached.set()
        assert self.open.wait(60)
        self.records.append(record)

    def flush(self) -> None:
        self.flushed += 1

    @property
    def messages(self) -> list[str]:
        return [record.getMessage() for record in self.records]


@pytest.fixture
def gate() -> Gate:
    return Gate()


@pytest.fixture
def queued(gate: Gate) -> Iterator[Callable[..., logging.Logger]]:
    """A logger with a queue before the gate: `queued(capacity=..., handlers=[...])`."""
    logger = logging.Logger("queued", logging.DEBUG)

    def make(handlers: Any = None, **options: Any) -> logging.Logger:
        logger.addHandler(QueueHandler(handlers or [gate], **options))
        return logger

    yield make
    gate.open.set()
    for handler in logger.handlers:
        handler.close()


def shut(gate: Gate, logger: logging.Logger) -> None:
    """Shuts the gate and sends a record into it, so that the next one stays in the queue."""
    gate.open.clear()
    gate.reached.clear()
    logger.debug("in the gate")
    assert gate.reached.wait(60)


def script(
    code: str, *args: str, status: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs code in a fresh process."""
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *args],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **environment},
    )
    assert done.returncode == status, done.stdout + done.stderr
    return done


# ---- what arrives


def test_records_arrive_in_order_from_many_threads(
    queued: Callable[..., logging.Logger], gate: Gate
) -> None:
    logger = queued()

    def work(number: int) -> None:
        for count in range(300):
            logger.info("%d %d", number, count)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    logger.handlers[0].flush()
    assert len(gate.messages) == 8 * 300
    for number in range(8):
        own = [m.split()[1] for m in gate.messages if m.split()[0] == str(number)]
        assert own == [str(count) for count in range(300)]
    assert gate.flushed == 1


def test_levels_and_filters_of_the_handlers_hold() -> None:
    low, high = Gate(), Gate()
    high.setLevel(logging.ERROR)
    low.addFilter(lambda record: "no" not in record.getMessage())
    logger = logging.Logger("queued", logging.DEBUG)
    queue = QueueHandler([low, high])
    queue.addFilter(lambda record: record.levelno != logging.INFO)
    logger.addHandler(queue)
    logger.debug("one")
    logger.info("two")
    logger.error("no")
    queue.close()
    assert low.messages == ["one"] and high.messages == ["no"]


def test_a_filter_may_replace_the_record(gate: Gate, record: Make) -> None:
    queue = QueueHandler([gate])
    other = record("another")
    queue.filter = lambda _: other  # type: ignore[assignment, method-assign, return-value]
    assert queue.handle(record("one"))
    queue.close()
    assert gate.messages == ["another"]


def test_nothing_raw_is_queued(
    queued: Callable[..., logging.Logger], gate: Gate
) -> None:
    class Held:
        def __str__(self) -> str:
            return f"held {EMAIL}"

    logger = queued()
    logger.handlers[0].addFilter(SensitiveDataFilter())
    shut(gate, logger)
    cart = {"items": [1, 2]}
    refs = []

    def log() -> None:
        held, extra, local = Held(), Held(), Held()
        refs.extend(weakref.ref(one) for one in (held, extra, local))
        try:
            raise ValueError(f"for {EMAIL}")
        except ValueError:
            logger.exception(
                "%s %s %s",
                held,
                f"password={SECRET}",
                cart,
                extra={"extra": extra, "cart": cart, "password": SECRET},
            )

    log()
    cart["items"].append(3)
    gc.collect()
    assert [ref() for ref in refs] == [None, None, None]
    # What is in the queue, as far as references go.
    backlog = logger.handlers[0]._backlog  # type: ignore[attr-defined]
    (kept,) = [pair[1] for queue in backlog._by_level.values() for pair in queue]
    shown = repr(kept.__dict__)
    assert EMAIL not in shown and SECRET not in shown
    gate.open.set()
    logger.handlers[0].flush()
    made = gate.records[-1]
    assert (
        made.getMessage()
        == f"held {MASKED_EMAIL} password=[REDACTED] {{'items': [1, 2]}}"
    )
    assert made.args == () and made.cart == {"items": [1, 2]}  # type: ignore[attr-defined]
    line = json.loads(JSONFormatter().format(made))
    assert line["exception"]["type"] == "ValueError"
    assert line["exception"]["message"] == f"for {MASKED_EMAIL}"
    assert "raise ValueError" in line["exception"]["traceback"]
    assert line["extra"] == f"held {MASKED_EMAIL}" and line["password"] == "[REDACTED]"
    assert logging.Formatter().format(made).count("Traceback") == 1


@pytest.mark.parametrize("filters", [[], [SensitiveDataFilter()]])
def test_lines_are_those_of_no_queue(
    gate: Gate, record: Make, filters: list[logging.Filter]
) -> None:
    from datetime import datetime, timezone
    from decimal import Decimal

    def make() -> logging.LogRecord:
        made = record(
            "%s paid %d with %r",
            EMAIL,
            3,
            {"password": SECRET},
            amount=Decimal("25.00"),
            at=datetime(2026, 1, 2, tzinfo=timezone.utc),
            tags={"a"},
            ratio=0.1,
            big=2**70,
            nothing=None,
            nested={"to": [EMAIL, (1, 2.5)], 7: None},
        )
        made.created = 1.5e9
        return made

    direct = make()
    SensitiveDataFilter().filter(direct)
    queue = QueueHandler([gate])
    for each in filters:
        queue.addFilter(each)
    queue.handle(make())
    queue.close()
    formatter = JSONFormatter()
    assert formatter.format(gate.records[0]) == formatter.format(direct)


def test_a_sealed_record_is_not_redacted_again(gate: Gate, record: Make) -> None:
    """Its mark holds, or the traceback's text would be made anew of an exception that has none."""
    from scrubline import Redactor

    redactor = Redactor()
    queue = QueueHandler([gate], redactor=redactor)
    queue.handle(record("to %s", [EMAIL], mail=EMAIL))
    queue.close()
    total = redactor.report()["total"]
    message = gate.records[0].msg
    redactor._redact_record(gate.records[0])
    assert redactor.report()["total"] == total and gate.records[0].msg is message
    assert gate.records[0]._scrubline.template == "to %s"  # type: ignore[attr-defined]


def test_the_context_is_that_of_the_caller(gate: Gate) -> None:
    from scrubline.logging import CorrelationID

    queue = QueueHandler([gate])
    queue.addFilter(CorrelationFilter())
    gate.addFilter(CorrelationFilter())
    logger = logging.Logger("queued")
    logger.addHandler(queue)
    CorrelationID.set("req_000000000001")
    try:
        logger.info("here")
    finally:
        CorrelationID.clear()
    queue.close()
    assert gate.records[0].correlation_id == "req_000000000001"  # type: ignore[attr-defined]


def test_objects_that_raise_cost_nothing_else(
    queued: Callable[..., logging.Logger], gate: Gate
) -> None:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError(SECRET)

        __repr__ = __str__

    logger = queued()
    logger.info("shows %s", Broken(), extra={"broken": Broken()})
    logger.info("next")
    logger.handlers[0].flush()
    assert len(gate.records) == 2 and gate.messages[1] == "next"
    assert SECRET not in repr(gate.records[0].__dict__)


def test_memory_keeps_what_was_logged(record: Make) -> None:
    memory = MemoryHandler(capacity=2)
    items = [EMAIL]
    for _ in range(3):
        memory.handle(record("to %s", items))
    items.clear()
    assert memory.messages == [f"to ['{MASKED_EMAIL}']"] * 2
    memory.clear()
    assert not memory.records


# ---- a full queue


def test_a_full_queue_drops_the_lowest_first(
    queued: Callable[..., logging.Logger], gate: Gate, monkeypatch: Any
) -> None:
    logger = queued(capacity=10)
    queue: Any = logger.handlers[0]
    shut(gate, logger)
    waits: list[float] = []
    waited = queue._taken.wait
    monkeypatch.setattr(
        queue._taken, "wait", lambda left: waits.append(left) or waited(left)
    )
    levels = [logging.DEBUG, logging.INFO, logging.WARNING, logging.ERROR]
    for count in range(8):
        for level in levels:
            logger.log(level, "%s %d", logging.getLevelName(level), count)
    # 32 records for 10 places: the 8 errors, and two of the warnings.
    assert len(queue._backlog) == 10
    # A float's last digits aside.
    assert waits and max(waits) <= _queue.WAIT + 1e-6
    gate.open.set()
    queue.flush()
    assert gate.messages[0] == "in the gate"
    by_level = Counter(record.levelname for record in gate.records[1:])
    (report,) = [r for r in gate.records if r.name == "scrubline.queue"]
    assert report.getMessage() == "22 log records dropped: the queue was full"
    assert report.dropped == {"DEBUG": 8, "INFO": 8, "WARNING": 6}  # type: ignore[attr-defined]
    assert by_level == {"ERROR": 8, "WARNING": 2 + 1}
    assert [m for m in gate.messages if m.startswith("ERROR")] == [
        f"ERROR {count}" for count in range(8)
    ]
    kept = [record for record in gate.records[1:] if record is not report]
    assert kept == sorted(kept, key=lambda record: record.created)


def test_a_full_queue_holds_up_once(
    queued: Callable[..., logging.Logger], gate: Gate, monkeypatch: Any
) -> None:
    """50 ms in all: who comes when they are over does not wait, until the queue has had room again."""
    logger = queued(capacity=4)
    queue: Any = logger.handlers[0]
    waits: list[float] = []
    waited = queue._taken.wait

    def wait(left: float) -> Any:
        if threading.current_thread() is threading.main_thread() and len(
            queue._backlog
        ):
            waits.append(left)
        return waited(left)

    for _ in range(2):
        shut(gate, logger)
        for _ in range(4):
            logger.info("fits")
        monkeypatch.setattr(queue._taken, "wait", wait)
        waits.clear()
        logger.info("waits, and is dropped")
        assert waits and all(0 < left <= _queue.WAIT + 1e-6 for left in waits)
        assert queue._give_up_at <= time.monotonic()
        waits.clear()
        for _ in range(20):
            logger.info("is dropped")
        assert waits == []
        monkeypatch.setattr(queue._taken, "wait", waited)
        gate.open.set()
        queue.flush()
    dropped = [r.dropped for r in gate.records if r.name == "scrubline.queue"]  # type: ignore[attr-defined]
    assert dropped == [{"INFO": 21}, {"INFO": 21}]


def test_who_waits_gets_the_room_that_comes(
    queued: Callable[..., logging.Logger], gate: Gate, monkeypatch: Any
) -> None:
    monkeypatch.setattr(_queue, "WAIT", 60)
    logger = queued(capacity=2)
    shut(gate, logger)
    logger.info("1")
    logger.info("2")
    late = threading.Thread(target=logger.info, args=("3",))
    late.start()
    while not logger.handlers[0]._waiting:  # type: ignore[attr-defined]
        time.sleep(0.001)
    gate.open.set()
    late.join(60)
    assert not late.is_alive()
    logger.handlers[0].flush()
    assert gate.messages == ["in the gate", "1", "2", "3"]


def test_every_record_is_written_or_counted(monkeypatch: Any) -> None:
    class Slow(Gate):
        def emit(self, record: logging.LogRecord) -> None:
            time.sleep(0.0002)
            super().emit(record)

    monkeypatch.setattr(_queue, "WAIT", 0.001)
    gate = Slow()
    queue = QueueHandler([gate], capacity=20, drain_seconds=60)
    logger = logging.Logger("queued")
    logger.addHandler(queue)

    def work() -> None:
        for count in range(500):
            logger.log((count % 5 + 1) * 10, "x")

    threads = [threading.Thread(target=work) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    queue.close()
    written: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    for record in gate.records:
        if record.name == "scrubline.queue":
            dropped.update(record.dropped)  # type: ignore[attr-defined]
        else:
            written[record.levelname] += 1
    assert sum(dropped.values()) > 0
    assert written + dropped == {
        logging.getLevelName(level): 600 for level in range(10, 60, 10)
    }


@pytest.mark.parametrize("capacity", [0, -1, 1.5, True, "10"])
def test_a_capacity_is_a_number_of_records(capacity: Any) -> None:
    with pytest.raises(ValueError, match="capacity is a number of records, 1 or more"):
        QueueHandler([], capacity=capacity)


# ---- handlers that fail


@pytest.mark.parametrize("error", [OSError(28, "No space left"), SystemExit(1)])
def test_a_handler_that_raises_stops_nothing(
    error: BaseException, gate: Gate, monkeypatch: Any
) -> None:
    class Dead(logging.Handler):
        def handle(self, record: logging.LogRecord) -> bool:
            raise error

        def handleError(self, record: logging.LogRecord) -> None:
            raise RuntimeError("worse")

    queue = QueueHandler([Dead(), gate])
    logger = logging.Logger("queued")
    logger.addHandler(queue)
    for count in range(3):
        logger.info("%d", count)
    queue.close()
    if isinstance(error, Exception):
        logger.info("after the end")
    assert gate.messages[:3] == ["0", "1", "2"]
    assert gate.messages[3:] == ["after the end"] * isinstance(error, Exception)


def test_what_handlers_log_does_not_go_round() -> None:
    logger = logging.Logger("queued")

    class Chatty(Gate):
        def emit(self, record: logging.LogRecord) -> None:
            super().emit(record)
            logger.info("sent %s", record.getMessage())

    chatty = Chatty()
    queue = QueueHandler([chatty])
    logger.addHandler(queue)
    logger.info("one")
    queue.flush()
    logger.info("two")
    queue.flush()
    queue.close()
    logger.info("after the end")
    assert chatty.messages == ["one", "two", "after the end"]


def test_a_handler_that_hangs_does_not_keep_the_end(
    queued: Callable[..., logging.Logger], gate: Gate, capsys: Any
) -> None:
    logger = queued(drain_seconds=0.05)
    shut(gate, logger)
    for _ in range(3):
        logger.info("waits")
    logger.handlers[0].close()
    assert "scrubline: 3 records could not be written in time" in capsys.readouterr()[1]


def test_a_filter_that_raises_reaches_nobody(
    queued: Callable[..., logging.Logger], gate: Gate, capsys: Any
) -> None:
    logger = queued()

    def broken(record: logging.LogRecord) -> bool:
        raise RuntimeError(SECRET)

    logger.handlers[0].addFilter(broken)
    logger.info("mail %s", EMAIL)
    err = capsys.readouterr()[1]
    assert "a record could not be queued: RuntimeError" in err
    assert SECRET not in err and EMAIL not in err


# ---- dictConfig

CONFIG = """
import logging, logging.config, sys, threading
config = {
    "version": 1,
    "formatters": {"plain": {"format": "%(levelname)s %(message)s"}},
    "handlers": {
        # One that is made before the queue, one that is made after it.
        "a": {"class": "logging.FileHandler", "filename": sys.argv[1] + "/a", "formatter": "plain"},
        "z": {"class": "logging.FileHandler", "filename": sys.argv[1] + "/z", "formatter": "plain", "level": "ERROR"},
        "queue": {"class": "scrubline.logging.handlers.QueueHandler", "handlers": ["a", "z"]},
    },
    "root": {"level": "INFO", "handlers": ["queue"]},
}
"""


def test_targets_are_named_in_dictconfig(tmp_path: Path) -> None:
    script(
        CONFIG
        + """
import gc
logging.config.dictConfig(config)
gc.collect()
assert threading.active_count() == 1
assert [handler.name for handler in logging.getLogger().handlers[0].handlers] == ["a", "z"]
logging.info("one")
assert threading.active_count() == 2
logging.error("two")
first = logging.getLogger().handlers[0]
# Configured anew: what is queued is written by the old handlers, and their thread ends.
config["handlers"]["a"]["filename"] += "2"
config["handlers"]["z"]["filename"] += "2"
logging.error("three")
logging.config.dictConfig(config)
logging.error("four")
assert first is not logging.getLogger().handlers[0]
logging.getLogger().handlers[0].flush()
assert sum(t.name == "scrubline-queue" for t in threading.enumerate()) <= 2
""",
        str(tmp_path),
    )
    read = {path.name: path.read_text().splitlines() for path in tmp_path.iterdir()}
    assert read == {
        "a": ["INFO one", "ERROR two", "ERROR three"],
        "z": ["ERROR two", "ERROR three"],
        "a2": ["ERROR four"],
        "z2": ["ERROR four"],
    }


def test_a_queue_ends_before_its_handlers() -> None:
    """`logging` closes first what was made last, and here that is the handler behind the queue."""
    done = script(
        """
        import logging, logging.config
        class Picky(logging.Handler):
            is_closed = False
            def emit(self, record):
                print(record.getMessage(), "too late" * self.is_closed)
            def close(self):
                self.is_closed = True
                super().close()
        config = {
            "version": 1,
            "handlers": {
                "queue": {"class": "scrubline.logging.handlers.QueueHandler", "handlers": ["z"]},
                "z": {"()": Picky},
            },
            "root": {"handlers": ["queue"]},
        }
        for text in ("anew", "at the end"):
            logging.config.dictConfig(config)
            for _ in range(1000): logging.warning(text)
        """
    )
    assert done.stdout == "anew \n" * 1000 + "at the end \n" * 1000


def test_a_wrong_name_is_told(tmp_path: Path) -> None:
    config = {
        "version": 1,
        "disable_existing_loggers": False,
        "incremental": False,
        "handlers": {
            "queue": {
                "class": "scrubline.logging.handlers.QueueHandler",
                "handlers": ["fil"],
            }
        },
    }
    done = script(
        f"""
        import logging.config
        try:
            logging.config.dictConfig({config!r})
        except ValueError as error:
            print(error, "|", error.__cause__)
        """
    )
    assert (
        done.stdout
        == "Unable to configure handler 'queue' | there is no handler 'fil' for the queue\n"
    )


def test_importing_and_making_starts_nothing() -> None:
    done = script(
        """
        import threading
        import scrubline.logging.handlers as handlers
        handlers.QueueHandler([handlers.MemoryHandler()])
        print(threading.active_count())
        """
    )
    assert done.stdout == "1\n"


# ---- the end, signals, forks

LOGGED = f"""{CONFIG}
import os, signal, time
logging.config.dictConfig(config)
root = logging.getLogger()
"""


def lines(tmp_path: Path) -> list[str]:
    return (tmp_path / "a").read_text().splitlines()


def numbered(count: int, level: str = "INFO", name: str = "") -> list[str]:
    return [f"{level} {name}{number}" for number in range(count)]


def test_the_end_of_the_process_writes_everything(tmp_path: Path) -> None:
    script(
        LOGGED
        + """
for number in range(2000): root.info(number)
""",
        str(tmp_path),
    )
    assert lines(tmp_path) == numbered(2000)


def test_records_after_the_end_are_written_at_once(tmp_path: Path) -> None:
    script(
        CONFIG
        + """
import atexit
atexit.register(lambda: logging.info("late"))
logging.config.dictConfig(config)
logging.info("early")
""",
        str(tmp_path),
    )
    assert lines(tmp_path) == ["INFO early", "INFO late"]


@pytest.mark.parametrize(
    ("before", "after", "status", "last"),
    [
        ("", "", -signal.SIGTERM, []),
        # The application's own handler, set before or after the queue.
        (
            "def own(*_): root.info('own'); sys.exit(3)\nsignal.signal(signal.SIGTERM, own)",
            "",
            3,
            ["INFO own"],
        ),
        (
            "",
            "def own(*_): root.info('own'); sys.exit(3)\nsignal.signal(signal.SIGTERM, own)",
            3,
            ["INFO own"],
        ),
        # One that calls what was there before it, as a library does.
        (
            "",
            "old = signal.getsignal(signal.SIGTERM)\n"
            "def own(*args): root.info('own'); old(*args)\n"
            "signal.signal(signal.SIGTERM, own)",
            -signal.SIGTERM,
            ["INFO own"],
        ),
    ],
)
def test_sigterm_writes_everything(
    tmp_path: Path, before: str, after: str, status: int, last: list[str]
) -> None:
    code = LOGGED.replace(
        "logging.config.dictConfig(config)",
        f"root = logging.getLogger()\n{before}\nlogging.config.dictConfig(config)",
    )
    script(
        f"""{code}
{after}
for number in range(1000): root.info(number)
os.kill(os.getpid(), signal.SIGTERM)
time.sleep(60)
""",
        str(tmp_path),
        status=status,
    )
    assert lines(tmp_path) == numbered(1000) + last


def test_sigterm_that_is_ignored_stays_so(tmp_path: Path) -> None:
    script(
        CONFIG
        + """
import os, signal
signal.signal(signal.SIGTERM, signal.SIG_IGN)
logging.config.dictConfig(config)
os.kill(os.getpid(), signal.SIGTERM)
assert signal.getsignal(signal.SIGTERM) is signal.SIG_IGN
logging.info("goes on")
""",
        str(tmp_path),
    )
    assert lines(tmp_path) == ["INFO goes on"]


def test_sigterm_in_the_middle_of_logging(tmp_path: Path) -> None:
    """The signal comes while the main thread is inside the queue; nothing hangs, and nothing logged before is lost."""
    done = script(
        LOGGED
        + """
import threading
threading.Thread(target=lambda: (time.sleep(0.2), os.kill(os.getpid(), signal.SIGTERM)), daemon=True).start()
number = 0
while True:
    root.info(number)
    number += 1
    os.write(1, b"%d\\n" % number)
""",
        str(tmp_path),
        status=-signal.SIGTERM,
    )
    written = [int(line.split()[1]) for line in lines(tmp_path)]
    assert written == list(range(len(written)))
    # Each number that was told of had been logged.
    assert len(written) >= int(done.stdout.split()[-1]) > 10


def test_a_fork_starts_its_own(tmp_path: Path) -> None:
    """What the parent has queued is written once, by the parent; a child starts a thread of its own, and so does a child's child."""
    script(
        LOGGED
        + """
for number in range(500): root.info(f"parent{number}")
children = []
for child in range(3):
    pid = os.fork()
    if pid == 0:
        for number in range(200): root.info(f"child{child}-{number}")
        if os.fork() == 0:
            root.info(f"grandchild{child}")
            sys.exit()
        os.wait()
        sys.exit()
    children.append(pid)
    root.info(f"forked{child}")
for pid in children:
    assert os.waitpid(pid, 0)[1] == 0
""",
        str(tmp_path),
    )
    want = numbered(500, name="parent") + [f"INFO forked{n}" for n in range(3)]
    want += [line for n in range(3) for line in numbered(200, name=f"child{n}-")]
    want += [f"INFO grandchild{n}" for n in range(3)]
    assert sorted(lines(tmp_path)) == sorted(want)


def test_forks_while_many_threads_log(tmp_path: Path) -> None:
    script(
        LOGGED
        + """
def work(name):
    for number in range(400): root.info(f"{name}-{number}")
threads = [threading.Thread(target=work, args=(f"thread{n}",)) for n in range(3)]
for thread in threads: thread.start()
pids = []
for child in range(10):
    pid = os.fork()
    if pid == 0:
        root.info(f"child{child}")
        root.handlers[0].flush()
        os._exit(0)
    pids.append(pid)
for thread in threads: thread.join()
for pid in pids: assert os.waitpid(pid, 0)[1] == 0
""",
        str(tmp_path),
    )
    want = [line for n in range(3) for line in numbered(400, name=f"thread{n}-")]
    want += numbered(10, name="child")
    assert sorted(lines(tmp_path)) == sorted(want)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_children_of_multiprocessing_write_everything(
    tmp_path: Path, method: str
) -> None:
    """They end without `atexit`."""
    code = f"""{CONFIG}
import multiprocessing
def work(name):
    for number in range(300): logging.info(f"{{name}}-{{number}}")
logging.config.dictConfig(config)
if __name__ == "__main__":
    context = multiprocessing.get_context("{method}")
    if "{method}" == "fork": logging.info("parent")
    children = [context.Process(target=work, args=(f"child{{n}}",)) for n in range(3)]
    for child in children: child.start()
    for child in children: child.join()
    assert [child.exitcode for child in children] == [0, 0, 0]
"""
    (tmp_path / "program.py").write_text(code)
    subprocess.run(
        [sys.executable, tmp_path / "program.py", tmp_path], check=True, timeout=120
    )
    want = [line for n in range(3) for line in numbered(300, name=f"child{n}-")]
    want += ["INFO parent"] if method == "fork" else []
    assert sorted(lines(tmp_path)) == sorted(want)


def test_djangos_policy_holds_without_a_filter() -> None:
    done = script(
        """
        import logging
        from django.conf import settings
        settings.configure(SCRUBLINE={"KNOWN_VALUES": ["tulip-meadow-41"]})
        import scrubline.django
        from scrubline.logging.handlers import MemoryHandler, QueueHandler
        memory = MemoryHandler()
        queue = QueueHandler([memory])
        logger = logging.getLogger("shop")
        logger.addHandler(queue)
        logger.warning("the code is tulip-meadow-41")
        queue.flush()
        print(memory.messages)
        """
    )
    assert done.stdout == "['the code is [REDACTED]']\n"


def test_a_record_class_with_a_message_of_its_own() -> None:
    class InBraces(logging.LogRecord):
        def getMessage(self) -> str:
            return str(self.msg).format(*self.args or ())

    for args, text in ((("x",), "for x"), ((EMAIL,), f"for {MASKED_EMAIL}")):
        made = InBraces("shop", logging.INFO, "", 1, "for {}", args, None)
        sent = pickle.loads(pickle.dumps(_queue.sealed(made, Redactor())))
        assert sent.getMessage() == sent.msg == text and sent.args == ()
        assert logging.Formatter().format(sent) == text
