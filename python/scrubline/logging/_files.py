"""Log files that several processes write and rotate together."""

from __future__ import annotations

import logging
import os
import re
import stat
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

FILE_MODE = 0o640
DIRECTORY_MODE = 0o750

LOCK_WAIT = 2.0
"""Seconds to wait for the lock. Who holds it longer is stopped or hangs; lines go on without it, rotation does not."""

COMPLAIN = 60.0
"""Seconds between two complaints about the same file on stderr."""


class File(logging.FileHandler):
    """Appends whole lines. A subclass says when a new file begins, and what becomes of the old one."""

    def __init__(
        self,
        filename: str | os.PathLike[str],
        mode: str = "a",
        encoding: str | None = "utf-8",
        delay: bool = True,
        errors: str | None = "backslashreplace",
        permissions: int = FILE_MODE,
    ) -> None:
        if mode != "a":
            raise ValueError("mode is 'a': several processes append to the file")
        # Opened at the first record: who only loads the settings makes no files, and meets no error.
        super().__init__(
            filename, mode, encoding or "utf-8", delay=True, errors=errors or "strict"
        )
        self.permissions = permissions
        folder, name = os.path.split(self.baseFilename)
        self._lock_name = os.path.join(folder, f".{name}.lock")
        self._file: int | None = None
        self._lock_file: int | None = None
        self._place: tuple[int, int] | None = None
        self._opened_in = _forks
        self._lost = 0
        self._complained_at: float | None = None
        self._stuck_until = 0.0

    def emit(self, record: logging.LogRecord) -> None:
        """Writes the record as one line. Never raises: what goes wrong is told on stderr, once a minute, without the record."""
        try:
            line = self.format(record) + "\n"
            self._append(line.encode(self.encoding or "utf-8", self.errors or "strict"))
        except Exception as error:
            self._lost += 1
            self._complain(error)

    def flush(self) -> None:
        """Nothing to do: every line is handed to the system whole."""

    def close(self) -> None:
        """Closes the file. A record that comes later opens it again."""
        self.acquire()
        try:
            self._close_files()
        finally:
            self.release()
        super().close()

    def _append(self, line: bytes) -> None:
        if self._opened_in != _forks:
            # A lock that came over a fork is the same lock, so it would keep nobody out.
            self._close_files()
            self._opened_in = _forks
        with self._locked() as is_locked:
            now = self._open_file()
            if not stat.S_ISREG(now.st_mode):
                _write_all(self._descriptor(), line)
                return
            if is_locked:
                self._rotate_if_due(now, len(line))
                now = self._open_file() if self._file is None else now
            try:
                _write_all(self._descriptor(), line)
            except OSError:
                if is_locked:
                    # Half a line would spoil the next one.
                    with suppress(OSError):
                        os.ftruncate(self._descriptor(), now.st_size)
                raise

    def _descriptor(self) -> int:
        if self._file is None:
            raise OSError("the file is not open")
        return self._file

    def _open_file(self) -> os.stat_result:
        """Opens the file, again where another process has put a new one in its place. Its state."""
        if self._file is not None:
            with suppress(FileNotFoundError):
                named = os.stat(self.baseFilename)
                if (named.st_dev, named.st_ino) == self._place:
                    return named
            os.close(self._file)
            self._file = None
        self._file = _open(self.baseFilename, self.permissions)
        opened = os.fstat(self._file)
        self._place = opened.st_dev, opened.st_ino
        return opened

    def _close_files(self) -> None:
        for descriptor in (self._file, self._lock_file):
            if descriptor is not None:
                with suppress(OSError):
                    os.close(descriptor)
        self._file = self._lock_file = None

    @contextmanager
    def _locked(self) -> Iterator[bool]:
        """Keeps the other processes out. Whether it does: not where a lock cannot be had, and not on Windows."""
        if fcntl is None:
            # There a file that another process has open cannot be renamed either, so to rotate is tried all the same.
            yield True
            return
        descriptor = None
        with suppress(OSError):
            descriptor = self._lock_descriptor()
        if descriptor is None or not _acquire(descriptor):
            yield False
            return
        try:
            yield True
        finally:
            fcntl.flock(descriptor, fcntl.LOCK_UN)

    def _lock_descriptor(self) -> int | None:
        if self._lock_file is None:
            try:
                if not stat.S_ISREG(os.stat(self.baseFilename).st_mode):
                    return None
            except FileNotFoundError:
                pass
            self._lock_file = _open(self._lock_name, self.permissions, os.O_RDWR)
        return self._lock_file

    def _rotate_if_due(self, now: os.stat_result, more: int) -> None:
        if time.monotonic() < self._stuck_until:
            return
        try:
            self._rotate(now, more)
        except OSError as error:
            # The line is still written, into the file that is there.
            self._stuck_until = time.monotonic() + COMPLAIN
            self._complain(error)

    def _rotate(self, now: os.stat_result, more: int) -> None:
        """Renames the file where it is time to, `more` bytes before they are written."""
        raise NotImplementedError

    def _rename(self, to: str) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None
        os.replace(self.baseFilename, to)

    def _complain(self, error: Exception) -> None:
        now = time.monotonic()
        if self._complained_at is not None and now < self._complained_at + COMPLAIN:
            return
        self._complained_at = now
        # Of an OSError the number and its text. The text of any other error may quote the record.
        what = os.strerror(error.errno) if isinstance(error, OSError) and error.errno else type(error).__name__  # fmt: skip
        lost = f"; lines lost so far: {self._lost}" if self._lost else ""
        try:
            if logging.raiseExceptions and sys.stderr is not None:
                sys.stderr.write(f"scrubline: {self.baseFilename}: {what}{lost}\n")
        except Exception:
            # There is nobody left to tell.
            pass


class RotatingFileHandler(File):
    """A log file that starts anew when it would grow above `maxBytes`; the old ones are `.1`, the newest, to `.backupCount`.

    As the class of that name in `logging.handlers`, with its parameters, and safe with several processes: each line is written
    whole under a lock that they share (`flock` on a file beside it, `.<name>.lock`), one of them rotates, and none writes to a
    file that was renamed. Where there is no `flock` (Windows), each process appends, and rotates only while no other has the
    file open. The file is opened at the first record, with `permissions`; its directory is made then too, with mode 0750.
    """

    def __init__(
        self,
        filename: str | os.PathLike[str],
        mode: str = "a",
        maxBytes: int = 0,
        backupCount: int = 0,
        encoding: str | None = "utf-8",
        delay: bool = True,
        errors: str | None = "backslashreplace",
        *,
        permissions: int = FILE_MODE,
    ) -> None:
        super().__init__(filename, mode, encoding, delay, errors, permissions)
        self.maxBytes = maxBytes
        self.backupCount = backupCount

    def _rotate(self, now: os.stat_result, more: int) -> None:
        is_due = 0 < self.maxBytes < now.st_size + more and now.st_size > 0
        if not is_due or self.backupCount < 1:
            return
        for number in range(self.backupCount - 1, 0, -1):
            with suppress(FileNotFoundError):
                os.replace(
                    f"{self.baseFilename}.{number}", f"{self.baseFilename}.{number + 1}"
                )
        self._rename(f"{self.baseFilename}.1")


# Seconds of a period, and how a file of one is named: as `logging.handlers` names it.
_PERIODS = {
    "S": (1, "%Y-%m-%d_%H-%M-%S"),
    "M": (60, "%Y-%m-%d_%H-%M"),
    "H": (3600, "%Y-%m-%d_%H"),
    "D": (86400, "%Y-%m-%d"),
    "MIDNIGHT": (86400, "%Y-%m-%d"),
    "W": (604800, "%Y-%m-%d"),
}
_OLD = re.compile(r"\d{4}-\d\d-\d\d(_\d\d(-\d\d){0,2})?(\.\w+)*")


class TimedRotatingFileHandler(File):
    """A log file that starts anew with each period; the old ones are named for when theirs began, as `.2026-03-01_06`.

    As the class of that name in `logging.handlers`, with its parameters, and safe with several processes as
    `RotatingFileHandler` is. Periods are those of the clock whenever the process started: `when="H", interval=6` is 00, 06, 12
    and 18 o'clock, of UTC if `utc`. An old file is never written over: a second one of its period gets a number.

    Old files go when there are more than `backupCount` (0: any number), and when their last line is older than `keepDays`
    days (0: for ever). With `maxBytes` a file that would grow above it is old as well.
    """

    def __init__(
        self,
        filename: str | os.PathLike[str],
        when: str = "h",
        interval: int = 1,
        backupCount: int = 0,
        encoding: str | None = "utf-8",
        delay: bool = True,
        utc: bool = False,
        atTime: Any = None,
        errors: str | None = "backslashreplace",
        *,
        keepDays: float = 0,
        maxBytes: int = 0,
        permissions: int = FILE_MODE,
    ) -> None:
        super().__init__(filename, "a", encoding, delay, errors, permissions)
        unit, weekday = when.upper(), 0
        if re.fullmatch(r"W[0-6]", unit):
            unit, weekday = "W", int(unit[1])
        if unit not in _PERIODS:
            raise ValueError(
                f"when is S, M, H, D, midnight or W0 (Monday) to W6, not {when!r}"
            )
        if interval < 1:
            raise ValueError("interval is 1 or more")
        self.when = when.upper()
        self.utc = utc
        self.atTime = atTime
        self.interval = _PERIODS[unit][0] * interval
        self.suffix = _PERIODS[unit][1]
        self.backupCount = backupCount
        self.keepDays = keepDays
        self.maxBytes = maxBytes
        # 1970 began on a Thursday.
        self._anchor = (weekday + 4) * 86400 if unit == "W" else 0
        if atTime is not None and unit in ("D", "MIDNIGHT", "W"):
            self._anchor += (atTime.hour * 60 + atTime.minute) * 60 + atTime.second
        self._period: int | None = None

    def _period_of(self, moment: float) -> int:
        """The begin of a moment's period, in seconds of the wall clock since 1970."""
        offset = 0 if self.utc else time.localtime(moment).tm_gmtoff
        wall = int(moment) + offset
        return wall - (wall - self._anchor) % self.interval

    def _rotate(self, now: os.stat_result, more: int) -> None:
        current = self._period_of(time.time())
        if now.st_size == 0:
            self._note(current)
            return
        begun = self._period
        if begun is None or begun < current:
            # Another process may have begun it. Only the lock's file can tell: a new file has the date of its last line.
            begun = self._noted()
            if begun is None:
                begun = self._period_of(now.st_mtime)
        if begun < current or 0 < self.maxBytes < now.st_size + more:
            self._rename(self._free_name(begun))
            with suppress(OSError):
                self._remove_old()
        # Not an earlier one when the clock was set back: the file would be renamed at each change of mind.
        self._note(max(begun, current))

    def _noted(self) -> int | None:
        """The period of the file that is there, as the last process noted it."""
        if self._lock_file is None:
            return None
        try:
            return int(os.pread(self._lock_file, 32, 0))
        except (OSError, ValueError):
            return None

    def _note(self, period: int) -> None:
        if period == self._period:
            return
        if self._lock_file is not None:
            os.ftruncate(self._lock_file, 0)
            os.pwrite(self._lock_file, b"%d\n" % period, 0)
        self._period = period

    def _free_name(self, period: int) -> str:
        base = f"{self.baseFilename}.{time.strftime(self.suffix, time.gmtime(period))}"
        name, number = base, 1
        while os.path.exists(name):
            name, number = f"{base}.{number}", number + 1
        return name

    def _remove_old(self) -> None:
        folder, base = os.path.split(self.baseFilename)
        old = [
            (entry.stat().st_mtime, entry.path)
            for entry in os.scandir(folder)
            if entry.name.startswith(base + ".")
            and _OLD.fullmatch(entry.name[len(base) + 1 :])
        ]
        old.sort(reverse=True)
        too_many = {path for _, path in old[self.backupCount :] if self.backupCount}
        oldest = time.time() - self.keepDays * 86400
        for modified, path in old:
            if path in too_many or (self.keepDays and modified < oldest):
                with suppress(FileNotFoundError):
                    os.remove(path)


_forks = 0
"""How many forks this process is away from the first one."""


def _count_fork() -> None:
    global _forks
    _forks += 1


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_count_fork)


def _open(path: str, permissions: int, access: int = os.O_WRONLY | os.O_APPEND) -> int:
    flags = access | os.O_CREAT
    # Only where the system has them: a child does not inherit the file, and Windows leaves line ends alone.
    for name in ("O_CLOEXEC", "O_NOINHERIT", "O_BINARY", "O_NOCTTY"):
        flags |= getattr(os, name, 0)
    try:
        return os.open(path, flags, permissions)
    except FileNotFoundError:
        os.makedirs(os.path.dirname(path), mode=DIRECTORY_MODE, exist_ok=True)
        return os.open(path, flags, permissions)


def _write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def _acquire(descriptor: int) -> bool:
    until = time.monotonic() + LOCK_WAIT
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() > until:
                return False
            time.sleep(0.0005)
        except OSError:
            # A file system without locks.
            return False
