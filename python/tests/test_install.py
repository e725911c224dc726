"""`scrubline.install`: what is written past filters. Each canary comes out without it, and none with it."""

from __future__ import annotations

import gc
import io
import logging
import logging.handlers
import re
import subprocess
import sys
import textwrap
import threading
import traceback
import types
import unittest
import warnings
from collections.abc import Iterator
from typing import Any

import pytest
import scrubline
from conftest import EMAIL, MASKED_EMAIL, SECRET
from scrubline import Redactor, _calls, _process
from scrubline.logging import LoggingCalls

PLACES: list[tuple[Any, str]] = [
    (logging.Filterer, "filter"),
    (logging.Handler, "handleError"),
    (logging.Handler, "handle"),
    (logging.Logger, "callHandlers"),
    (warnings, "formatwarning"),
    (sys, "excepthook"),
    (sys, "unraisablehook"),
    (threading, "excepthook"),
    (sys, "__excepthook__"),
    (sys, "__unraisablehook__"),
    (threading, "__excepthook__"),
    (traceback, "print_exception"),
]


@pytest.fixture
def installed() -> Iterator[scrubline.Installation]:
    with scrubline.install() as made:
        yield made


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    made = logging.getLogger("install.test")
    made.setLevel(logging.DEBUG)
    yield made
    made.handlers.clear()
    made.filters.clear()
    made.propagate = True


def listening(
    logger: logging.Logger, handler: logging.Handler | None = None
) -> io.StringIO:
    out = io.StringIO()
    logger.addHandler(handler or logging.StreamHandler(out))
    return out


SCRIPT = """
    import asyncio, gc, logging, sys, threading, warnings

    class Leaky:
        def __init__(self, text): self.text = text
        def __repr__(self): return f"<Leaky {self.text}>"
        def __del__(self): raise ValueError(secret("unraisable"))

    def secret(place): return f"password={place}-Zx9aQ7"

    logging.getLogger("nobody").warning("lastResort %s", secret("lastresort"), extra={"a": 1})

    class Failing(logging.Formatter):
        def format(self, record): raise ValueError(secret("formatter"))
    logger = logging.getLogger("failing")
    logger.propagate = False
    logger.addHandler(logging.StreamHandler())
    logger.error("too few %s %s", secret("arguments"))
    logger.error({"password": "plain-Zx9aQ7"}, extra={"x": 1})
    logger.handlers[0].setFormatter(Failing())
    logger.error("fails " + secret("message"))
    # Past every filter, as some queue handlers do.
    logger.handlers[0].emit(logging.makeLogRecord({"msg": secret("emitted")}))

    warnings.warn(secret("warning"))
    logging.getLogger("py.warnings").addHandler(logging.StreamHandler())
    logging.captureWarnings(True)
    warnings.warn(secret("captured"), DeprecationWarning)

    def fail(place):
        raise ValueError(secret(place)) from KeyError(secret("cause-" + place))
    thread = threading.Thread(target=fail, args=("thread",), name=secret("threadname"))
    thread.start(); thread.join()
    leaky = Leaky(secret("repr")); del leaky; gc.collect()

    async def main():
        async def one(): fail("task")
        task = asyncio.ensure_future(one())
        await asyncio.sleep(0)
        del task; gc.collect()
        asyncio.get_running_loop().call_soon(fail, "callback")
        await asyncio.sleep(0.01)
        raise RuntimeError(secret("loop"))
    try: asyncio.run(main())
    except RuntimeError: pass
    fail("uncaught")
"""
WRITTEN = {
    "lastresort",
    "arguments",
    "formatter",
    "message",
    "emitted",
    "warning",
    "captured",
    "thread",
    "cause-thread",
    "threadname",
    "unraisable",
    "task",
    "cause-task",
    "callback",
    "cause-callback",
    "uncaught",
    "cause-uncaught",
}


def run(code: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "always", "-c", code],
        capture_output=True,
        text=True,
        timeout=60,
    )


def survivors(text: str) -> set[str]:
    return {place for place in WRITTEN if f"password={place}-Zx9aQ7" in text}


def test_what_python_writes_by_itself() -> None:
    script = textwrap.dedent(SCRIPT)
    control = run(script)
    assert survivors(control.stderr) == WRITTEN, control.stderr
    done = run(f"import scrubline; scrubline.install()\n{script}")
    assert done.returncode == 1 and done.stdout == ""
    assert "Zx9aQ7" not in done.stderr, done.stderr
    # It all still says what happened, and where.
    for line in (
        "lastResort password=[REDACTED]",
        "--- Logging error ---",
        # Arguments that do not fit are an error no more: the message has what fits.
        "too few password=[REDACTED] %s",
        "ValueError: password=[REDACTED]",
        "Call stack:",
        "UserWarning: password=[REDACTED]",
        "Exception in thread password=[REDACTED]",
        "Exception ignored in: <function Leaky.__del__ at",
        "KeyError: 'password=[REDACTED]'",
        "The above exception was the direct cause of the following exception:",
        "Task exception was never retrieved",
        "in fail",
    ):
        assert line in done.stderr, line
    assert done.stderr.endswith("\nValueError: password=[REDACTED]\n")


def test_it_is_installed_once_and_undone() -> None:
    before = [getattr(owner, name) for owner, name in PLACES]
    made = scrubline.install()
    assert scrubline.install() is made and made.is_active
    now = [getattr(owner, name) for owner, name in PLACES]
    made.undo()
    made.undo()
    assert not made.is_active
    assert [getattr(owner, name) for owner, name in PLACES] == before
    changed = [name for (_, name), a, b in zip(PLACES, before, now) if a is not b]
    assert set(changed) == {
        "filter",
        "handleError",
        "formatwarning",
        "excepthook",
        "unraisablehook",
        "__excepthook__",
        "__unraisablehook__",
        "print_exception",
    }
    with scrubline.install() as again:
        assert again is not made and again.is_active
    assert not again.is_active and logging.Filterer.filter is before[0]


def test_undone_under_another_patch(
    logger: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = listening(logger)
    made = scrubline.install()
    ours = logging.Filterer.filter
    monkeypatch.setattr(
        logging.Filterer, "filter", lambda self, record: ours(self, record)
    )
    monkeypatch.setattr(warnings, "formatwarning", warnings.formatwarning)
    logger.info(EMAIL)
    made.undo()
    logger.info(EMAIL)
    assert out.getvalue() == f"{MASKED_EMAIL}\n{EMAIL}\n"
    monkeypatch.undo()
    # What was put back is ours, and idle.
    assert logging.Filterer.filter is ours
    logging.Filterer.filter = made._patches[logging.Filterer, "filter"].original  # type: ignore[method-assign]


def test_a_redactor_of_its_own(logger: logging.Logger) -> None:
    out = listening(logger)
    own = Redactor({"detectors": {"contact.email": "mask"}})
    with scrubline.install(own):
        logger.info(EMAIL)
        assert _process.redactor() is own
        scrubline.install()
        logger.info(EMAIL)
        scrubline.install(Redactor())
        logger.info(EMAIL)
    with scrubline.install():
        logger.info(EMAIL)
    assert out.getvalue().splitlines() == ["[REDACTED]"] * 2 + [MASKED_EMAIL] * 2
    with pytest.raises(TypeError):
        scrubline.install("policy")  # type: ignore[arg-type]


def test_every_handler(
    installed: scrubline.Installation, logger: logging.Logger
) -> None:
    logger.propagate = False
    seen: list[logging.LogRecord] = []

    class Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen.append(record)

    memory = logging.handlers.MemoryHandler(100, target=Keeping())
    for handler in (Keeping(), memory, logging.NullHandler()):
        logger.addHandler(handler)
    child = logging.getLogger("install.test.child")
    context = {"mail": EMAIL}
    child.error(
        "for %s",
        EMAIL,
        extra={"context": context, "password": SECRET},
        exc_info=ValueError(f"password={SECRET}"),
        stack_info=True,
    )
    memory.flush()
    assert len(seen) == 2 and seen[0] is seen[1]
    shown = (
        f"{vars(seen[0])} {seen[0].getMessage()} {logging.Formatter().format(seen[0])}"
    )
    assert EMAIL not in shown and SECRET not in shown and MASKED_EMAIL in shown
    assert context == {"mail": EMAIL}
    assert seen[0].args == (MASKED_EMAIL,) and seen[0].exc_info is not None


def test_what_filters_add(
    installed: scrubline.Installation, logger: logging.Logger
) -> None:
    def add(record: logging.LogRecord) -> bool:
        record.user = EMAIL
        record.msg = f"{record.msg} password={SECRET}"
        return True

    logger.addFilter(add)
    handler = logging.StreamHandler(out := io.StringIO())
    handler.addFilter(add)
    handler.setFormatter(logging.Formatter("%(message)s %(user)s"))
    logger.addHandler(handler)
    logger.info("hello")
    assert (
        out.getvalue()
        == f"hello password=[REDACTED] password=[REDACTED] {MASKED_EMAIL}\n"
    )


def test_a_filter_still_drops(
    installed: scrubline.Installation, logger: logging.Logger
) -> None:
    out = listening(logger)
    logger.addFilter(lambda record: "keep" in record.getMessage())
    logger.info("keep this")
    logger.info("not this")
    assert out.getvalue() == "keep this\n"


def test_a_filter_that_answers_with_another_record(
    installed: scrubline.Installation, logger: logging.Logger
) -> None:
    out = listening(logger)
    logger.handlers[0].addFilter(
        lambda record: logging.makeLogRecord({"msg": f"other {EMAIL}"})  # type: ignore[arg-type,return-value]
    )
    logger.info(f"one {EMAIL}")
    # From 3.12 on it is the other that is written.
    which = "other" if sys.version_info >= (3, 12) else "one"
    assert out.getvalue() == f"{which} {MASKED_EMAIL}\n"


def test_lambdas_and_keywords(
    installed: scrubline.Installation, logger: logging.Logger
) -> None:
    LoggingCalls()
    logger.propagate = False
    out = listening(logger)
    logger.addHandler(logging.StreamHandler(out))
    runs: list[int] = []
    try:
        logger.setLevel(logging.INFO)
        logger.info("%s", lambda: runs.append(1) or EMAIL)
        logger.debug("%s", lambda: runs.append(2))
        logger.info("for {mail}", mail=EMAIL)  # type: ignore[call-arg]
    finally:
        _calls.uninstall()
    assert runs == [1]
    assert out.getvalue() == f"{MASKED_EMAIL}\n" * 2 + f"for {MASKED_EMAIL}\n" * 2


def test_caplog_and_assertlogs(
    installed: scrubline.Installation,
    logger: logging.Logger,
    caplog: pytest.LogCaptureFixture,
) -> None:
    with caplog.at_level(logging.INFO):
        logger.info("for %s", EMAIL)
    assert caplog.messages == [f"for {MASKED_EMAIL}"] and EMAIL not in caplog.text
    case = unittest.TestCase()
    with case.assertLogs("install.test", "INFO") as caught:
        logger.info("for %s", EMAIL)
    assert caught.output == [f"INFO:install.test:for {MASKED_EMAIL}"]


def test_a_logger_class_and_patches_of_others(
    logger: logging.Logger, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Products that wrap `callHandlers` read the record before any handler, whether they wrap it before or after."""
    read: list[str] = []

    def wrap() -> None:
        inner = logging.Logger.callHandlers

        def callHandlers(self: logging.Logger, record: logging.LogRecord) -> None:
            read.append(record.getMessage())
            inner(self, record)

        monkeypatch.setattr(logging.Logger, "callHandlers", callHandlers)

    wrap()
    with scrubline.install():
        wrap()
        logger.info("for %s", EMAIL)
        logger.handle(logging.makeLogRecord({"msg": EMAIL, "levelno": 20, "name": "x"}))
    assert read == [f"for {MASKED_EMAIL}"] * 2 + [MASKED_EMAIL] * 2


def test_a_fault_fails_closed(
    installed: scrubline.Installation,
    logger: logging.Logger,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def fail(self: object) -> Redactor:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(_process.Process, "_resolve", fail)
    _process.process._use(None)
    seen: list[logging.LogRecord] = []
    handler = logging.Handler()
    handler.emit = seen.append  # type: ignore[method-assign]
    logger.addHandler(handler)
    logger.error(
        "for %s", EMAIL, extra={"password": SECRET}, exc_info=ValueError(SECRET)
    )
    (record,) = seen
    shown = f"{vars(record)} {logging.Formatter().format(record)}"
    assert EMAIL not in shown and SECRET not in shown
    assert (
        record.getMessage() == "[REDACTED:error]"
        and record.password == "[REDACTED:error]"  # type: ignore[attr-defined]
    )
    assert record.name == "install.test" and record.levelname == "ERROR"
    assert warnings.formatwarning(UserWarning(SECRET), UserWarning, "f", 1) == (
        "[REDACTED:error]"
    )
    try:
        raise ValueError(SECRET)
    except ValueError:
        logging.StreamHandler().handleError(
            logging.makeLogRecord({"msg": SECRET, "filename": "f"})
        )
    written = capsys.readouterr().err
    assert "Logging error" in written and SECRET not in written


def test_keyboard_interrupt_passes(
    installed: scrubline.Installation, logger: logging.Logger
) -> None:
    class Stopping:
        def __str__(self) -> str:
            raise KeyboardInterrupt

    listening(logger)
    with pytest.raises(KeyboardInterrupt):
        logger.info("%s", Stopping())


def test_hooks_of_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """They get stand-ins; those set later see the exception itself, and pass it on to ours."""
    got: list[Any] = []
    monkeypatch.setattr(sys, "excepthook", lambda *info: got.append(info))
    monkeypatch.setattr(threading, "excepthook", got.append)
    monkeypatch.setattr(sys, "unraisablehook", got.append)
    exc = ValueError(f"password={SECRET}")

    class Failing:
        def __del__(self) -> None:
            raise exc

    with scrubline.install():
        sys.excepthook(ValueError, exc, None)
        threading.excepthook(threading.ExceptHookArgs((ValueError, exc, None, None)))
        Failing()
        gc.collect()
    kind, value, _ = got[0]
    assert kind is ValueError and isinstance(value, ValueError)
    assert str(value) == "password=[REDACTED]"
    assert str(got[1].exc_value) == "password=[REDACTED]" and got[1].thread is None
    assert str(got[2].exc_value) == "password=[REDACTED]"
    assert "Failing.__del__" in repr(got[2].object)


def test_an_unraisable_hook_that_passes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Python's own hook takes nothing but its own type."""
    got: list[str] = []

    def hook(args: Any) -> None:
        got.append(str(args.exc_value))
        sys.__unraisablehook__(args)

    class Failing:
        def __del__(self) -> None:
            raise ValueError(f"password={SECRET}")

    monkeypatch.setattr(sys, "unraisablehook", hook)
    with scrubline.install():
        Failing()
        gc.collect()
    assert got == ["password=[REDACTED]"]
    written = capsys.readouterr().err
    assert "Failing.__del__" in written and SECRET not in written
    assert written.endswith("ValueError: password=[REDACTED]\n")


def test_later_hooks_that_fall_back_on_python(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As those of strawberry, which never knew ours."""

    def fail() -> None:
        raise ValueError(f"password={SECRET}")

    with scrubline.install():
        monkeypatch.setattr(sys, "excepthook", lambda *info: sys.__excepthook__(*info))
        monkeypatch.setattr(
            threading,
            "excepthook",
            lambda args: sys.__excepthook__(
                args.exc_type, args.exc_value, args.exc_traceback
            ),
        )
        sys.excepthook(ValueError, ValueError(f"password={SECRET}"), None)
        thread = threading.Thread(target=fail)
        thread.start()
        thread.join()
        threading.__excepthook__(
            threading.ExceptHookArgs(
                (ValueError, ValueError(f"password={SECRET}"), None, None)
            )
        )
        monkeypatch.undo()
    written = capsys.readouterr().err
    assert SECRET not in written
    assert written.count("ValueError: password=[REDACTED]\n") == 3


def test_a_thread_that_exits_is_silent(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(threading, "excepthook", threading.__excepthook__)
    with scrubline.install():
        thread = threading.Thread(target=sys.exit, args=(SECRET,))
        thread.start()
        thread.join()
    assert capsys.readouterr().err == ""


PRINTING = textwrap.dedent("""
    import multiprocessing, sys, threading, traceback, urllib.error, urllib.request
    from wsgiref.simple_server import make_server

    def fail(*_):
        raise ValueError("password=printed-Zx9aQ7") from KeyError("password=cause-Zx9aQ7")

    def caught():
        try:
            fail()
        except ValueError as error:
            return error

    def print_exc():
        try:
            fail()
        except ValueError:
            traceback.print_exc(limit=1, file=sys.__stderr__)

    def print_exception():
        traceback.print_exception(caught(), chain=False)

    def of_three():
        error = caught()
        traceback.print_exception(type(error), error, error.__traceback__, None, sys.stderr)

    def by_name():
        traceback.print_exception(None, value=caught(), tb=None)

    def process():
        multiprocessing.get_context("fork").Process(target=fail, name="child").start()

    def server():
        with make_server("127.0.0.1", 0, fail) as server:
            thread = threading.Thread(target=server.handle_request)
            thread.start()
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{server.server_port}")
            except urllib.error.HTTPError:
                pass
            thread.join()
""")


@pytest.mark.parametrize(
    "how", ["print_exc", "print_exception", "of_three", "by_name", "process", "server"]
)
def test_printed_exceptions(how: str) -> None:
    bare = run(f"{PRINTING}\n{how}()").stderr
    assert "password=printed-Zx9aQ7" in bare
    done = run(f"import scrubline; scrubline.install()\n{PRINTING}\n{how}()").stderr
    expected = re.sub(r"[a-z]+-Zx9aQ7", "[REDACTED]", bare)
    if how == "server":
        # Behind it stands the server's own line, with the time.
        done, expected = (text.partition("127.0.0.1")[0] for text in (done, expected))
    # The secret stands in the source line as well; `install()` has one line more above.
    assert _without_numbers(done) == _without_numbers(expected)


def _without_numbers(text: str) -> str:
    return re.sub(r"line \d+", "line", text)


def test_what_is_printed_elsewhere_or_wrongly(
    installed: scrubline.Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    error = ValueError(f"password={SECRET}")
    out = io.StringIO()
    traceback.print_exception(error, file=out)
    assert out.getvalue() == f"ValueError: password={SECRET}\n"
    with pytest.raises((AttributeError, TypeError)):
        traceback.print_exception(7)  # type: ignore[call-overload]
    with pytest.raises(ValueError):
        traceback.print_exception(ValueError, error)  # type: ignore[call-overload]
    traceback.print_exception(None, None, None)
    assert capsys.readouterr().err == "NoneType: None\n"


def test_the_access_log_of_daphne(monkeypatch: pytest.MonkeyPatch) -> None:
    class AccessLogGenerator:
        def __init__(self, stream: io.StringIO) -> None:
            self.stream = stream

        def write_entry(
            self, host: str, date: object, request: str, status: int | None = None
        ) -> None:
            self.stream.write(f'{host} "{request}" {status}')

    access = types.ModuleType("daphne.access")
    access.AccessLogGenerator = AccessLogGenerator  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "daphne", types.ModuleType("daphne"))
    monkeypatch.setitem(sys.modules, "daphne.access", access)
    out = io.StringIO()
    log = AccessLogGenerator(out)
    entry: Any = {"host": "10.0.0.7:51234", "date": None, "status": 200}
    with scrubline.install():
        log.write_entry(request=f"GET /pay?token={SECRET}&amount=25.00", **entry)
    assert out.getvalue() == (
        '10.0.0.7:51234 "GET /pay?token=[REDACTED]&amount=25.00" 200'
    )
    log.write_entry(request=f"GET /{SECRET}", **entry)
    assert SECRET in out.getvalue()


def test_no_stderr(
    installed: scrubline.Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    closed = io.StringIO()
    closed.close()
    for stream in (None, closed):
        monkeypatch.setattr(sys, "stderr", stream)
        written = io.StringIO()
        made = logging.makeLogRecord({"msg": f"password={SECRET}"})
        logging.StreamHandler(written).handleError(made)
        assert made.getMessage() == "password=[REDACTED]"
        assert written.getvalue() == ""


def test_errors_of_logging_can_be_silent(
    installed: scrubline.Installation,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(logging, "raiseExceptions", False)
    logging.StreamHandler().handleError(logging.makeLogRecord({"msg": SECRET}))
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("first", ["install", "configure"])
def test_with_dictconfig(first: str) -> None:
    configure = textwrap.dedent(
        """
        import logging.config
        logging.config.dictConfig({"version": 1, "handlers": {"h": {"class": "logging.StreamHandler"}},
            "loggers": {"a": {"handlers": ["h"], "propagate": False}}, "root": {"handlers": ["h"]}})
        """
    )
    install = "import scrubline; scrubline.install()\n"
    code = install + configure if first == "install" else configure + install
    done = run(
        code
        + "import logging; logging.getLogger('a').error('a@example.pt'); logging.error('b@example.pt')"
    )
    assert done.stderr == "***@example.pt\n***@example.pt\n"
