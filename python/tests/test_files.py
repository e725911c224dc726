"""`RotatingFileHandler` and `TimedRotatingFileHandler`: several processes, rotation, retention, disks that fail."""

from __future__ import annotations

import datetime
import fcntl
import json
import logging
import os
import stat
import subprocess
import sys
import tempfile
import textwrap
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from conftest import EMAIL, SECRET
from scrubline.logging import JSONFormatter
from scrubline.logging import _files
from scrubline.logging.handlers import RotatingFileHandler, TimedRotatingFileHandler

Make = Callable[..., logging.LogRecord]


class Clock(SimpleNamespace):
    """A `time` whose `time()` is set by hand."""

    now = 0.0

    def __init__(self) -> None:
        super().__init__(
            **{
                name: getattr(time, name)
                for name in ("gmtime", "localtime", "monotonic", "sleep", "strftime")
            }
        )

    def time(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: Any) -> Iterator[Callable[[str], None]]:
    """Sets the time, in UTC: `clock("2026-03-01 05:59:59")`."""
    clock = Clock()
    monkeypatch.setattr(_files, "time", clock)

    def at(text: str) -> None:
        moment = datetime.datetime.fromisoformat(text)
        clock.now = moment.replace(tzinfo=datetime.timezone.utc).timestamp()

    yield at


@pytest.fixture
def zone(monkeypatch: Any) -> Iterator[None]:
    """The clock of a place that is three hours and a half behind UTC, an hour less in summer."""
    monkeypatch.setenv("TZ", "NST3:30NDT,M3.2.0,M11.1.0")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def write(record: Make) -> Callable[..., None]:
    """Writes messages by a handler, as a logger would."""

    def do(handler: logging.Handler, *messages: str) -> None:
        for message in messages:
            handler.handle(record(message))

    return do


def read(folder: Path) -> dict[str, list[str]]:
    """The lines of each file, but for the locks."""
    return {
        path.name: path.read_text().splitlines()
        for path in folder.iterdir()
        if not path.name.endswith(".lock")
    }


def script(code: str, *args: object) -> subprocess.CompletedProcess[str]:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code), *map(str, args)],
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done


# ---- several processes

WORKERS = """
import logging, os, sys, time
from scrubline.logging import JSONFormatter
from scrubline.logging.handlers import *
count, seconds = int(sys.argv[2]), float(sys.argv[3])
handler = {make}
handler.setFormatter(JSONFormatter())
logger = logging.getLogger("work")
logger.setLevel("INFO")
logger.addHandler(handler)
# Some workers inherit the open file, as with `gunicorn --preload`.
logger.info("parent", extra=dict(worker=-1, number=0))
pids = []
for worker in range(4):
    pid = os.fork()
    if pid == 0:
        until, number = time.monotonic() + seconds, 0
        while number < count or time.monotonic() < until:
            logger.info("work", extra=dict(worker=worker, number=number, pad="x" * (number % 300)))
            number += 1
            if seconds: time.sleep(0.001)
        os.write(1, f"{worker} {number}\\n".encode())
        os._exit(0)
    pids.append(pid)
for pid in pids: assert os.waitpid(pid, 0)[1] == 0
"""


def check(folder: Path, told: str) -> dict[str, list[dict[str, Any]]]:
    """Every line is valid JSON and is found exactly once, in the order of its worker within each file. Lines by file."""
    counts = dict(map(int, line.split()) for line in told.splitlines())  # type: ignore[misc]
    files = {
        name: [json.loads(line) for line in lines]
        for name, lines in read(folder).items()
    }
    found = [(one["worker"], one["number"]) for lines in files.values() for one in lines]  # fmt: skip
    want = [(worker, n) for worker, count in counts.items() for n in range(count)]
    assert len(counts) == 4
    assert sorted(found) == sorted([*want, (-1, 0)])
    for lines in files.values():
        for worker in counts:
            own = [one["number"] for one in lines if one["worker"] == worker]
            assert own == sorted(own)
    return files


def test_processes_rotate_one_file_by_size(tmp_path: Path) -> None:
    make = "RotatingFileHandler(sys.argv[1] + '/work.log', maxBytes=20_000, backupCount=5000)"
    done = script(WORKERS.replace("{make}", make), tmp_path, 1500, 0)
    files = check(tmp_path, done.stdout)
    assert len(files) > 50
    sizes = {name: (tmp_path / name).stat().st_size for name in files}
    assert all(size <= 20_000 for size in sizes.values())
    # Rotated only when the next line would not fit: each is full but the one that is written.
    assert all(size > 19_000 for name, size in sizes.items() if name != "work.log")


def test_processes_rotate_one_file_by_time(tmp_path: Path) -> None:
    make = "TimedRotatingFileHandler(sys.argv[1] + '/work.log', when='S', utc=True)"
    done = script(WORKERS.replace("{make}", make), tmp_path, 50, 3.2)
    files = check(tmp_path, done.stdout)
    assert len(files) >= 4
    for name, lines in files.items():
        # Nothing of a later period is in an old file: a line is written no sooner than it is made.
        if name != "work.log":
            begin = datetime.datetime.strptime(name[-19:], "%Y-%m-%d_%H-%M-%S")
            end = begin + datetime.timedelta(seconds=1)
            assert all(
                one["timestamp"][:-1] < end.isoformat(timespec="milliseconds")
                for one in lines
            )


def test_processes_rotate_by_time_and_size(tmp_path: Path) -> None:
    make = "TimedRotatingFileHandler(sys.argv[1] + '/work.log', when='S', maxBytes=15_000, utc=True)"
    done = script(WORKERS.replace("{make}", make), tmp_path, 500, 1.5)
    files = check(tmp_path, done.stdout)
    assert len(files) > 8 and any(name[-2] == "." for name in files)
    assert all((tmp_path / name).stat().st_size <= 15_000 for name in files)


def test_a_file_that_was_moved_is_left(tmp_path: Path, write: Any) -> None:
    """As logrotate does it."""
    handlers = [RotatingFileHandler(tmp_path / "a.log") for _ in range(2)]
    for handler in handlers:
        write(handler, "old")
    (tmp_path / "a.log").rename(tmp_path / "moved")
    for handler in handlers:
        write(handler, "new")
        handler.close()
    assert read(tmp_path) == {"moved": ["old"] * 2, "a.log": ["new"] * 2}
    (tmp_path / "a.log").unlink()
    write(handlers[0], "after close")
    handlers[0].close()
    assert read(tmp_path)["a.log"] == ["after close"]


def test_a_lock_that_is_held_loses_no_line(
    tmp_path: Path, write: Any, monkeypatch: Any
) -> None:
    """By a process that is stopped, say: lines go on, rotation waits."""
    monkeypatch.setattr(_files, "LOCK_WAIT", 0.01)
    handler = RotatingFileHandler(tmp_path / "a.log", maxBytes=8, backupCount=5)
    write(handler, "12345")
    holder = os.open(tmp_path / ".a.log.lock", os.O_RDWR)
    fcntl.flock(holder, fcntl.LOCK_EX)
    write(handler, "12345")
    assert read(tmp_path) == {"a.log": ["12345"] * 2}
    os.close(holder)
    write(handler, "12345")
    handler.close()
    assert read(tmp_path) == {"a.log.1": ["12345"] * 2, "a.log": ["12345"]}


@pytest.mark.parametrize("kind", [RotatingFileHandler, TimedRotatingFileHandler])
def test_a_system_without_locks(
    tmp_path: Path, write: Any, monkeypatch: Any, kind: Any
) -> None:
    monkeypatch.setattr(_files, "fcntl", None)
    handler = kind(tmp_path / "a.log", maxBytes=8, backupCount=2)
    write(handler, "one", "two", "three")
    handler.close()
    assert not list(tmp_path.glob(".*"))
    assert sorted(read(tmp_path).values()) == [["one", "two"], ["three"]]


def test_two_handlers_of_one_process_share_a_file(tmp_path: Path, write: Any) -> None:
    handlers = [
        RotatingFileHandler(tmp_path / "a.log", maxBytes=100, backupCount=99)
        for _ in range(3)
    ]
    for number in range(100):
        write(handlers[number % 3], f"line {number}")
    found = [line for lines in read(tmp_path).values() for line in lines]
    assert sorted(found) == sorted(f"line {number}" for number in range(100))
    for handler in handlers:
        handler.close()


# ---- by size


def test_old_files_are_numbered_from_the_newest(tmp_path: Path, write: Any) -> None:
    handler = RotatingFileHandler(str(tmp_path / "a.log"), maxBytes=4, backupCount=2)
    write(handler, "1", "2", "3", "4", "5", "6", "long line", "7")
    handler.close()
    assert read(tmp_path) == {
        "a.log": ["7"],
        "a.log.1": ["long line"],
        "a.log.2": ["5", "6"],
    }


@pytest.mark.parametrize("options", [{"maxBytes": 4}, {"backupCount": 4}, {}])
def test_no_rotation_where_none_was_asked_for(
    tmp_path: Path, write: Any, options: dict[str, int]
) -> None:
    handler = RotatingFileHandler(tmp_path / "a.log", **options)
    write(handler, "1", "2", "3")
    handler.close()
    assert read(tmp_path) == {"a.log": ["1", "2", "3"]}


# ---- by time


def timed(folder: Path, **options: Any) -> TimedRotatingFileHandler:
    return TimedRotatingFileHandler(folder / "a.log", **options)


@pytest.mark.parametrize(
    ("options", "moments", "names"),
    [
        (
            {"when": "H", "interval": 6, "utc": True},
            ["01 05:59:59", "01 06:00:00", "01 11:59:59", "02 23:00:00"],
            {"2026-03-01_00": [0], "2026-03-01_06": [1, 2], "": [3]},
        ),
        (
            {"when": "midnight", "utc": True},
            ["01 00:00:00", "01 23:59:59", "02 00:00:00", "04 12:00:00"],
            {"2026-03-01": [0, 1], "2026-03-02": [2], "": [3]},
        ),
        # 1 March 2026 is a Sunday.
        (
            {"when": "W0", "utc": True},
            ["01 23:59:59", "02 00:00:00", "08 23:59:59", "09 00:00:00"],
            {"2026-02-23": [0], "2026-03-02": [1, 2], "": [3]},
        ),
        (
            {"when": "D", "utc": True, "atTime": datetime.time(3, 30)},
            ["01 03:29:59", "01 03:30:00", "02 03:00:00", "02 03:30:00"],
            {"2026-02-28": [0], "2026-03-01": [1, 2], "": [3]},
        ),
        (
            {"when": "M", "interval": 15},
            ["01 10:14:59", "01 10:15:00", "01 10:29:00", "01 10:30:00"],
            {"2026-03-01_06-30": [0], "2026-03-01_06-45": [1, 2], "": [3]},
        ),
        # The clock of the place goes an hour ahead on 8 March at 5:30 UTC.
        (
            {"when": "midnight"},
            ["08 03:29:59", "08 03:30:00", "09 02:29:59", "09 02:30:00"],
            {"2026-03-07": [0], "2026-03-08": [1, 2], "": [3]},
        ),
    ],
)
@pytest.mark.usefixtures("zone")
def test_periods_are_the_clocks(
    tmp_path: Path,
    write: Any,
    clock: Any,
    options: dict[str, Any],
    moments: list[str],
    names: dict[str, list[int]],
) -> None:
    handler = timed(tmp_path, **options)
    for number, moment in enumerate(moments):
        clock(f"2026-03-{moment}")
        write(handler, str(number))
    handler.close()
    assert read(tmp_path) == {
        f"a.log.{suffix}".rstrip("."): [str(number) for number in numbers]
        for suffix, numbers in names.items()
    }


def test_a_process_that_starts_later_knows_the_period(
    tmp_path: Path, write: Any, clock: Any
) -> None:
    clock("2026-03-01 10:00:00")
    first = timed(tmp_path, utc=True)
    write(first, "1")
    clock("2026-03-01 11:00:00")
    # Another process, and one without the note of the period: the file's date tells.
    second = timed(tmp_path, utc=True)
    write(second, "2")
    write(first, "3")
    first.close()
    second.close()
    (tmp_path / ".a.log.lock").unlink()
    moment = datetime.datetime(2026, 3, 1, 11, 30, tzinfo=datetime.timezone.utc)
    os.utime(tmp_path / "a.log", (moment.timestamp(),) * 2)
    clock("2026-03-01 13:00:00")
    third = timed(tmp_path, utc=True)
    write(third, "4")
    third.close()
    assert read(tmp_path) == {
        "a.log.2026-03-01_10": ["1"],
        "a.log.2026-03-01_11": ["2", "3"],
        "a.log": ["4"],
    }


def test_a_clock_that_goes_back_overwrites_nothing(
    tmp_path: Path, write: Any, clock: Any
) -> None:
    handler = timed(tmp_path, utc=True)
    for hour in (10, 11, 10, 11, 12):
        clock(f"2026-03-01 {hour}:00:00")
        write(handler, str(hour))
    handler.close()
    (tmp_path / ".a.log.lock").unlink()
    (tmp_path / "a.log").unlink()
    # From the beginning: the names are taken.
    handler = timed(tmp_path, utc=True)
    for hour in (10, 11, 12):
        clock(f"2026-03-01 {hour}:30:00")
        write(handler, f"{hour} again")
    handler.close()
    assert read(tmp_path) == {
        "a.log.2026-03-01_10": ["10"],
        "a.log.2026-03-01_11": ["11", "10", "11"],
        "a.log.2026-03-01_10.1": ["10 again"],
        "a.log.2026-03-01_11.1": ["11 again"],
        "a.log": ["12 again"],
    }


def test_old_files_go_by_age(tmp_path: Path, write: Any, clock: Any) -> None:
    clock("2026-03-31 10:00:00")
    now = _files.time.time()
    for name, days in {
        "a.log.2026-02-01": 31,
        "a.log.2026-02-28.1": 30.5,
        "a.log.2026-02-27.gz": 32,
        "a.log.2026-03-02": 29,
        # Not ours.
        "a.log.old": 99,
        "a.log2.2026-02-01": 99,
        "b.log.2026-02-01": 99,
    }.items():
        (tmp_path / name).write_text("x")
        os.utime(tmp_path / name, (now - days * 86400,) * 2)
    handler = timed(tmp_path, when="midnight", utc=True, keepDays=30)
    write(handler, "1")
    clock("2026-03-31 23:00:00")
    assert len(read(tmp_path)) == 8
    clock("2026-04-01 00:00:00")
    write(handler, "2")
    handler.close()
    assert sorted(read(tmp_path)) == [
        "a.log",
        "a.log.2026-03-02",
        "a.log.2026-03-31",
        "a.log.old",
        "a.log2.2026-02-01",
        "b.log.2026-02-01",
    ]


def test_old_files_go_by_number(tmp_path: Path, write: Any, clock: Any) -> None:
    handler = timed(tmp_path, utc=True, backupCount=2)
    for hour in range(10, 15):
        clock(f"2026-03-01 {hour}:00:00")
        write(handler, str(hour))
        for path in tmp_path.glob("a.log*"):
            # The dates that the files would have, by the clock of the test.
            os.utime(path, (_files.time.time() + int(path.read_text()) - 20,) * 2)
    handler.close()
    assert sorted(read(tmp_path)) == ["a.log", "a.log.2026-03-01_12", "a.log.2026-03-01_13"]  # fmt: skip


@pytest.mark.parametrize("wrong", [{"when": "X"}, {"when": "W7"}, {"interval": 0}])
def test_wrong_periods_are_told(tmp_path: Path, wrong: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=f"^{next(iter(wrong))} is"):
        timed(tmp_path, **wrong)


def test_only_appending(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="mode is 'a'"):
        RotatingFileHandler(tmp_path / "a.log", "w")


# ---- the disk


def test_files_are_made_at_the_first_record(tmp_path: Path, write: Any) -> None:
    before = os.umask(0)
    try:
        handler = RotatingFileHandler(tmp_path / "logs" / "a.log", maxBytes=1)
        private = TimedRotatingFileHandler(tmp_path / "p.log", permissions=0o600)
        assert not list(tmp_path.iterdir())
        write(handler, "1")
        write(private, "1")
    finally:
        os.umask(before)
    handler.close()
    private.close()
    modes = {
        path.name: stat.S_IMODE(path.stat().st_mode) for path in tmp_path.rglob("*")
    }
    assert modes == {
        "logs": 0o750,
        "a.log": 0o640,
        ".a.log.lock": 0o640,
        "p.log": 0o600,
        ".p.log.lock": 0o600,
    }


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize("kind", [RotatingFileHandler, TimedRotatingFileHandler])
def test_a_full_disk(kind: Any, write: Any, capsys: Any) -> None:
    handler = kind("/dev/full", maxBytes=10, backupCount=2)
    write(handler, *[f"mail {EMAIL}"] * 5)
    handler.close()
    err = capsys.readouterr()[1]
    assert err == "scrubline: /dev/full: No space left on device; lines lost so far: 1\n"  # fmt: skip
    assert not os.path.exists("/dev/.full.lock")


def test_a_disk_that_fills_up_keeps_whole_lines(tmp_path: Path) -> None:
    """The system writes as much of a line as fits. What is there stays valid, and is gone on with when there is room."""
    done = script(
        """
        import logging, resource, sys
        from scrubline.logging import JSONFormatter
        from scrubline.logging.handlers import RotatingFileHandler
        handler = RotatingFileHandler(sys.argv[1] + "/a.log")
        handler.setFormatter(JSONFormatter())
        logger = logging.getLogger("work")
        logger.addHandler(handler)
        resource.setrlimit(resource.RLIMIT_FSIZE, (1000, resource.RLIM_INFINITY))
        for number in range(20): logger.warning("line", extra={"number": number})
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)
        logger.warning("line", extra={"number": 20})
        """,
        tmp_path,
    )
    numbers = [json.loads(line)["number"] for line in read(tmp_path)["a.log"]]
    kept = len(numbers) - 1
    assert 0 < kept < 20 and numbers == [*range(kept), 20]
    assert done.stderr.count("\n") == 1 and "File too large" in done.stderr


DENIED = """
import logging, os, sys
from scrubline.logging import JSONFormatter
from scrubline.logging.handlers import RotatingFileHandler, TimedRotatingFileHandler
def mortal():
    # Root may write anywhere.
    if os.geteuid() == 0: os.setuid(65534)
def log(handler, *messages):
    for message in messages:
        handler.handle(logging.LogRecord("a", 30, "a.py", 1, message, (), None))
"""


@pytest.fixture
def open_path() -> Iterator[Path]:
    """A directory that every user may pass through."""
    with tempfile.TemporaryDirectory() as name:
        os.chmod(name, 0o755)
        yield Path(name)


def test_a_directory_without_permission(open_path: Path) -> None:
    os.chmod(open_path, 0o555)
    done = script(
        DENIED
        + """
mortal()
log(RotatingFileHandler(sys.argv[1] + "/a.log"), "mail ana@example.pt", "again")
log(RotatingFileHandler(sys.argv[1] + "/logs/b.log"), "again")
""",
        open_path,
    )
    assert done.stderr.splitlines() == [
        f"scrubline: {open_path}/{name}: Permission denied; lines lost so far: 1"
        for name in ("a.log", "logs/b.log")
    ]


def test_a_directory_that_takes_no_new_file(open_path: Path) -> None:
    """The file that is there is written on, without lock and rotation."""
    os.chmod(open_path, 0o755)
    (open_path / "a.log").write_text("")
    os.chmod(open_path / "a.log", 0o666)
    os.chmod(open_path, 0o555)
    script(
        DENIED
        + """
mortal()
log(RotatingFileHandler(sys.argv[1] + "/a.log", maxBytes=4, backupCount=3), *"12345")
""",
        open_path,
    )
    os.chmod(open_path, 0o755)
    assert read(open_path) == {"a.log": list("12345")}


@pytest.mark.parametrize("kind", [RotatingFileHandler, TimedRotatingFileHandler])
def test_a_rename_that_fails_loses_no_line(
    tmp_path: Path, write: Any, monkeypatch: Any, capsys: Any, kind: Any
) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    handler = kind(tmp_path / "a.log", maxBytes=4, backupCount=3)
    write(handler, *"12345")
    handler.close()
    assert read(tmp_path) == {"a.log": list("12345")}
    assert capsys.readouterr()[1].count("Permission denied\n") == 1


def test_a_path_that_is_no_directory(tmp_path: Path, write: Any, capsys: Any) -> None:
    (tmp_path / "file").write_text("")
    handler = TimedRotatingFileHandler(tmp_path / "file" / "a.log")
    write(handler, "1", "2")
    assert capsys.readouterr()[1].count("Not a directory; lines lost so far: 1\n") == 1


def test_a_formatter_that_raises(tmp_path: Path, write: Any, capsys: Any) -> None:
    class Broken(logging.Formatter):
        def format(self, record: logging.LogRecord) -> str:
            raise RuntimeError(SECRET)

    handler = RotatingFileHandler(tmp_path / "a.log")
    handler.setFormatter(Broken())
    write(handler, SECRET)
    handler.close()
    err = capsys.readouterr()[1]
    assert err.endswith("a.log: RuntimeError; lines lost so far: 1\n")
    assert SECRET not in err


def test_any_text_is_written(tmp_path: Path, write: Any) -> None:
    handler = RotatingFileHandler(tmp_path / "a.log")
    write(handler, "é \ud800")
    handler.setFormatter(JSONFormatter())
    write(handler, "é \ud800")
    handler.close()
    first, second = (tmp_path / "a.log").read_bytes().splitlines()
    assert first == "é \\ud800".encode()
    assert json.loads(second)["message"] == "é \ufffd"
