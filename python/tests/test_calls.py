"""Lambdas as arguments, and keywords for templates in braces."""

from __future__ import annotations

import enum
import functools
import inspect
import io
import json
import logging
import logging.config
import logging.handlers
import pickle
import queue
import sys
import threading
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from conftest import EMAIL, MASKED_EMAIL, SECRET
from scrubline import Redactor, _calls
from scrubline.logging import JSONFormatter, LoggingCalls, SensitiveDataFilter

ERROR = "[REDACTED:error]"
before = logging.getLogger("made.before")


class Kept(logging.Handler):
    """Keeps the records that it shows, as a formatter of `logging` shows them."""

    def __init__(self, level: int = 0, *filters: Any) -> None:
        super().__init__(level)
        self.records: list[Any] = []
        self.lines: list[str] = []
        self.failed: list[BaseException | None] = []
        for each in filters:
            self.addFilter(each)

    def emit(self, record: logging.LogRecord) -> None:
        try:
            self.lines.append(self.format(record))
            self.records.append(record)
        except Exception:
            self.handleError(record)

    def handleError(self, record: logging.LogRecord) -> None:
        self.failed.append(sys.exc_info()[1])


@pytest.fixture(autouse=True)
def installed() -> Iterator[None]:
    original = logging.Logger._log
    _calls.install()
    yield
    _calls.uninstall()
    logging.Logger._log = original  # type: ignore[method-assign]


@pytest.fixture
def logger() -> logging.Logger:
    # One of its own, out of the tree: pytest would hang its handlers on any other.
    return logging.Logger("calls", logging.DEBUG)


@pytest.fixture
def kept(logger: logging.Logger) -> Kept:
    handler = Kept()
    logger.addHandler(handler)
    return handler


# Lambdas


@pytest.mark.parametrize("filters", [(), (SensitiveDataFilter(),)])
def test_a_lambda_runs_once_for_all_handlers(
    logger: logging.Logger, filters: tuple[Any, ...]
) -> None:
    ran: list[int] = []
    handlers = [Kept(0, *filters), Kept(), Kept(0, *filters)]
    for handler in handlers:
        logger.addHandler(handler)
    logger.debug("Processing data: %s and %d", lambda: ran.append(1) or 7, 8)
    assert [each.lines for each in handlers] == [["Processing data: 7 and 8"]] * 3
    assert ran == [1]


def test_a_lambda_does_not_run_where_nothing_is_shown(logger: logging.Logger) -> None:
    ran: list[int] = []

    def log() -> None:
        logger.debug("Processing data: %s", lambda: ran.append(1))
        logger.debug("Processing data: {data}", data=lambda: ran.append(1))

    logger.addHandler(logging.NullHandler())
    logger.addHandler(Kept(logging.INFO, SensitiveDataFilter()))
    rejecting = Kept(0, lambda _: False, SensitiveDataFilter())
    logger.addHandler(rejecting)
    log()
    rejecting.filters.clear()
    logger.addFilter(lambda _: False)
    log()
    logger.filters.clear()
    logging.disable(logging.DEBUG)
    logger._cache.clear()  # type: ignore[attr-defined]
    log()
    logging.disable(logging.NOTSET)
    assert not ran
    logger._cache.clear()  # type: ignore[attr-defined]
    log()
    assert ran == [1, 1]


def test_a_lambda_that_raises(logger: logging.Logger) -> None:
    redactor = Redactor()
    redacted, raw = Kept(0, SensitiveDataFilter(redactor=redactor)), Kept()
    logger.addHandler(raw)
    logger.addHandler(redacted)
    logger.debug("Data: %s", lambda: 1 / 0)
    logger.debug("Data: %d", lambda: {}["password"])
    logger.debug("Data: {data:.2f}", data=lambda: sys.exit(3))
    assert redacted.lines == [f"Data: {ERROR}"] * 3
    assert raw.lines == [f"Data: {ERROR}"] * 2 and len(raw.failed) == 1
    assert redactor.report()["total"] == 3

    def interrupted() -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        logger.debug("Data: %s", lambda: interrupted())


def test_what_a_lambda_returns_is_redacted(logger: logging.Logger) -> None:
    kept = Kept(0, SensitiveDataFilter())
    kept.setFormatter(JSONFormatter())
    logger.addHandler(kept)
    logger.debug("for %s", lambda: EMAIL)
    logger.debug("%s%s", lambda: EMAIL[:5], lambda: EMAIL[5:])
    logger.debug("%s", lambda: {"password": SECRET})
    logger.debug("{form}", form=lambda: {"password": SECRET})
    lines = [json.loads(line) for line in kept.lines]
    assert [line["message"] for line in lines] == [
        f"for {MASKED_EMAIL}",
        MASKED_EMAIL,
        "{'password': '[REDACTED]'}",
        "{'password': '[REDACTED]'}",
    ]
    assert lines[3]["form"] == {"password": "[REDACTED]"}
    assert kept.records[0].args == (MASKED_EMAIL,)


def test_a_formatter_alone_settles_a_lambda(logger: logging.Logger) -> None:
    ran: list[int] = []
    for _ in range(2):
        kept = Kept()
        kept.setFormatter(JSONFormatter())
        logger.addHandler(kept)
    logger.debug("for %s", lambda: ran.append(1) or [EMAIL])
    assert all(f"for ['{MASKED_EMAIL}']" in each.lines[0] for each in logger.handlers)  # type: ignore[attr-defined]
    assert ran == [1]


def test_conversions(logger: logging.Logger, kept: Kept) -> None:
    logger.debug(
        "%d %5.2f %x %r %s", lambda: 7, lambda: 2.5, lambda: 255, lambda: "a", lambda: 1
    )
    logger.debug("%s of %s", lambda word="x": word, "y")
    assert kept.lines == ["7  2.50 ff 'a' 1", "x of y"]


def function() -> int:
    raise AssertionError("called")


class Callable_:
    def __call__(self) -> int:
        raise AssertionError("called")

    def __repr__(self) -> str:
        return "<callable>"


def called_back(logger: logging.Logger, callback: Callable[[], Any]) -> None:
    logger.debug("calling %s", callback)


def test_other_callables_stay(logger: logging.Logger, kept: Kept) -> None:
    callables = [function, Callable_(), Callable_, int, function.__call__, len]
    callables += [functools.partial(function), lambda x: x, lambda *, x: x]
    for each in callables:
        logger.debug("%s", each)
        logger.debug("{it}", it=each)
    assert kept.lines == [str(each) for each in callables for _ in "ab"]


def test_a_lambda_that_was_handed_over_stays(
    logger: logging.Logger, kept: Kept
) -> None:
    handed = lambda: function()  # noqa: E731
    called_back(logger, handed)
    logger.warning("for %r", (handed,))
    assert kept.lines == [f"calling {handed}", f"for ({handed!r},)"]


def test_a_lambda_that_looks_at_itself() -> None:
    deferred = _calls.Deferred(lambda: f"<{deferred}>")
    assert str(deferred) == f"<{ERROR}>"


def test_a_lambda_that_logs(logger: logging.Logger, kept: Kept) -> None:
    def expensive() -> int:
        logger.debug("inner %s", lambda: 1)
        return 2

    logger.debug("outer %s", lambda: expensive())
    assert kept.lines == ["inner 1", "outer 2"]


def test_threads_run_a_lambda_once(logger: logging.Logger) -> None:
    ran: list[int] = []
    gate = threading.Barrier(8)

    def look(deferred: _calls.Deferred) -> None:
        gate.wait()
        assert str(deferred) == "value"

    deferred = _calls.Deferred(lambda: ran.append(1) or "value")
    threads = [threading.Thread(target=look, args=(deferred,)) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert ran == [1]


def test_a_queue_takes_the_value(logger: logging.Logger) -> None:
    waiting: queue.Queue[logging.LogRecord] = queue.Queue()
    logger.addHandler(logging.handlers.QueueHandler(waiting))
    logger.debug("Data: %s", lambda: 7)
    assert waiting.get().getMessage() == "Data: 7"
    assert pickle.loads(pickle.dumps(_calls.Deferred(function_of_seven))) == 7


def function_of_seven() -> int:
    return 7


# Templates in braces


class Role(enum.Enum):
    TEACHER = "teacher"


class User:
    password = SECRET

    def __str__(self) -> str:
        return "user 7"


@pytest.mark.parametrize(
    ("template", "args", "fields", "text"),
    [
        (
            "User {user_id} performed action {action}",
            (),
            {"user_id": 1, "action": "x"},
            "User 1 performed action x",
        ),
        ("{user}, {user!r:.1} and {user!s}", (), {"user": "ana"}, "ana, ' and ana"),
        ("{amount:,.2f} of {amount}", (), {"amount": Decimal("1234.5")}, "1,234.50 of 1234.5"),
        ("{name:>6}|{name:<6}|", (), {"name": "ana"}, "   ana|ana   |"),
        ("100% of {n} %s %d", (), {"n": 3}, "100% of 3 %s %d"),
        ("{{n}} is {n}", (), {"n": 3}, "{n} is 3"),
        ("%s did {action}", ("ana",), {"action": "x"}, "ana did x"),
        ("{action} by %s at 5%% of %.1f", ("ana", 2.25), {"action": "x"}, "x by ana at 5% of 2.2"),
        ("{} did {action} 100%", ("ana",), {"action": "x"}, "ana did x 100%"),
        ("{1} did {action} to {0}", ("a", "b"), {"action": "x"}, "b did x to a"),
        ("signed in as %s", ("ana",), {"user_id": 1}, "signed in as ana"),
        ("signed in", (), {"user_id": 1}, "signed in"),
        ("{name} {level} {args} {module}", (), {"name": 1, "level": 2, "args": 3, "module": 4}, "1 2 3 4"),
        # What is no template, or asks for what is not there, stays.
        ("User {user_id} {missing}", (), {"user_id": 1}, "User {user_id} {missing}"),
        ('{"a": {"b": 1}}', (), {"user_id": 1}, '{"a": {"b": 1}}'),
        ('{"a": %s, "b": {user_id}}', (5,), {"user_id": 1}, '{"a": 5, "b": {user_id}}'),
        ("{user_id", (), {"user_id": 1}, "{user_id"),
        ("{n:d}", (), {"n": "x"}, "{n:d}"),
        ("{n!x}", (), {"n": 10}, "{n!x}"),
        ("{} {n}", (), {"n": 10}, "{} {n}"),
        ("{n:{n}}", (), {"n": 10}, "{n:{n}}"),
        ("{n:99999}", (), {"n": 10}, "{n:99999}"),
        # Fields reach into nothing.
        ("{user.password}", (), {"user": User()}, "{user.password}"),
        ("{user[password]}", (), {"user": {"password": 1}}, "{user[password]}"),
        ("{0.__class__}{user} %s", (1,), {"user": User()}, "{0.__class__}{user} 1"),
        ("{user.__init__.__globals__}", (), {"user": User()}, "{user.__init__.__globals__}"),
    ],
)  # fmt: skip
def test_templates(
    logger: logging.Logger,
    kept: Kept,
    template: str,
    args: tuple[Any, ...],
    fields: dict[str, Any],
    text: str,
) -> None:
    logger.info(template, *args, **fields)
    assert kept.lines == [text] and not kept.failed


@pytest.mark.parametrize(
    "message", ["{", "}", "{user_id}", '{"a": {"b": 1}}', "{{x}}", "{0}", "%s {}"]
)
def test_without_keywords_braces_stay(
    logger: logging.Logger, kept: Kept, message: str
) -> None:
    logger.info(message)
    logger.info("%s", message)
    logger.info(message.replace("%s", "%%s") + "%s", "!")
    assert kept.lines == [message, message, message + "!"]


def test_keywords_are_fields_of_the_record(logger: logging.Logger, kept: Kept) -> None:
    logger.info("in", user_id=1, extra={"user_id": 2, "school_id": 3})
    assert (kept.records[0].user_id, kept.records[0].school_id) == (1, 3)
    kept.setFormatter(JSONFormatter())
    logger.info("in {name}", name="ana", message="m", lineno="x", taskName="t", n=1)
    line = json.loads(kept.lines[1])
    assert line["message"] == "in ana" and line["logger"] == "calls"
    assert (
        line["extra.name"] == "ana" and line["extra.message"] == "m" and line["n"] == 1
    )
    assert kept.records[1].funcName == "test_keywords_are_fields_of_the_record"


def test_fields_are_redacted(logger: logging.Logger) -> None:
    kept = Kept(0, SensitiveDataFilter())
    kept.setFormatter(JSONFormatter())
    logger.addHandler(kept)
    logger.info("{email} signed in with {password}", email=EMAIL, password=SECRET)
    logger.info("with {password:>30}", password=SECRET)
    logger.info("with {api_key!r} and {api_key}", api_key=SECRET)
    logger.info("%s signed in with {password}", EMAIL, password=SECRET)
    assert not any(SECRET in line or EMAIL in line for line in kept.lines)
    assert (
        json.loads(kept.lines[0])["message"]
        == f"{MASKED_EMAIL} signed in with [REDACTED]"
    )
    assert kept.records[0].msg == "%(email)s signed in with %(password)s"


def test_a_field_whose_place_makes_it_secret(logger: logging.Logger) -> None:
    kept = Kept(0, SensitiveDataFilter())
    kept.setFormatter(JSONFormatter())
    logger.addHandler(kept)
    logger.info("{user} with password={word}", user="ana", word=SECRET)
    line = json.loads(kept.lines[0])
    assert line["message"] == "ana with password=[REDACTED]"
    assert (line["user"], line["word"]) == ("ana", "[REDACTED]")


def test_the_keywords_of_logging_stay_its_own(
    logger: logging.Logger, kept: Kept
) -> None:
    try:
        raise ValueError("oops")
    except ValueError:
        logger.error("{n}", n=1, exc_info=True, stack_info=True)
        logger.exception("{n}", n=2)
    assert all("ValueError: oops" in line for line in kept.lines)
    assert "Stack (most recent call last)" in kept.lines[0]
    stack = kept.records[0].stack_info
    assert stack is not None and __file__ in stack
    assert _calls.__file__ not in stack


def test_messages_that_are_no_text(logger: logging.Logger, kept: Kept) -> None:
    logger.info({"a": "{n}"}, n=1)
    logger.info(ValueError("{n}"), n=1)
    assert kept.lines == ["{'a': '{n}'}", "{n}"]


# Who is called


def test_loggers_of_before_and_after(kept: Kept) -> None:
    for name in ("made.before", "made.after"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.DEBUG)
        logger.addHandler(kept)
        logger.info("User {user_id}", user_id=1)
        logging.LoggerAdapter(logger, {"a": 1}).info(
            "%s {user_id}", lambda: 2, user_id=1
        )
        logger.removeHandler(kept)
    assert before is logging.getLogger("made.before")
    assert kept.lines == ["User 1", "2 1"] * 2


def test_a_logger_class_with_a_log_of_its_own(kept: Kept) -> None:
    class Own(logging.Logger):
        def _log(self, level: int, msg: object, args: Any, **kwargs: Any) -> None:  # type: ignore[override]
            super()._log(level, f"own: {msg}", args, **kwargs)

    logger = Own("own")
    logger.addHandler(kept)
    logger.info("{n} %s", 2, n=1)
    logger._log(level=logging.INFO, msg="by %s", args=("name",), n=1)
    logging.Logger._log(logger, level=logging.INFO, msg="by %s", args=("name",), n=1)
    assert kept.lines == ["own: 1 2", "own: by name", "by name"]


def line_of(function: Callable[[], None]) -> int:
    return function.__code__.co_firstlineno + 1


def test_the_line_is_the_callers(logger: logging.Logger, kept: Kept) -> None:
    def plain() -> None:
        logger.info("plain")

    def deferred() -> None:
        logger.info("%s", lambda: 1)

    def fields() -> None:
        logger.log(logging.INFO, "{n}", n=1)

    def exception() -> None:
        logger.exception("{n}", n=1, exc_info=False)

    def adapted() -> None:
        logging.LoggerAdapter(logger, {}).info("{n}", n=1)

    for function in (plain, deferred, fields, exception, adapted):
        function()
        record = kept.records[-1]
        assert (record.pathname, record.lineno, record.funcName) == (
            __file__, line_of(function), function.__name__,
        )  # fmt: skip


def test_the_stack_level_is_respected(logger: logging.Logger, kept: Kept) -> None:
    def helper(*args: Any, **fields: Any) -> None:
        logger.info(*args, stacklevel=2, **fields)

    def outer() -> None:
        helper("%s", lambda: 5)
        helper("{n}", n=1)
        helper("plain")

    outer()
    assert kept.lines == ["5", "1", "plain"]
    assert [each.lineno - line_of(outer) for each in kept.records] == [0, 1, 2]
    assert {each.funcName for each in kept.records} == {"outer"}


def test_frames_between_handler_and_caller_are_those_of_logging(
    logger: logging.Logger,
) -> None:
    found: list[str] = []

    class Intercepting(logging.Handler):
        """The recipe by which records are handed to loguru, with the line of the call."""

        def emit(self, record: logging.LogRecord) -> None:
            frame, depth = inspect.currentframe(), 0
            while frame and (
                depth == 0 or frame.f_code.co_filename == logging.__file__
            ):
                frame, depth = frame.f_back, depth + 1
            assert frame is not None
            found.append(frame.f_code.co_filename)

    logger.addHandler(Intercepting())
    logger.info("x")
    logger.info("{n}", n=1)
    assert found == [__file__] * 2


# Installing


def test_installing_again_and_taking_it_back(
    logger: logging.Logger, kept: Kept
) -> None:
    _calls.uninstall()
    original = logging.Logger._log
    _calls.install()
    once = logging.Logger._log
    _calls.install()
    assert logging.Logger._log is once is not original
    _calls.uninstall()
    _calls.uninstall()
    assert logging.Logger._log is original
    with pytest.raises(TypeError):
        logger.info("{n}", n=1)


def test_another_librarys_patch_on_top(
    logger: logging.Logger, kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours = logging.Logger._log
    seen: list[Any] = []

    @functools.wraps(ours)
    def theirs(self: logging.Logger, *args: Any, **kwargs: Any) -> None:
        seen.append(args)
        ours(self, *args, **kwargs)

    monkeypatch.setattr(logging.Logger, "_log", theirs)
    _calls.uninstall()
    assert logging.Logger._log is theirs, "the other patch was taken away"
    with pytest.raises(TypeError):
        logger.info("{n}", n=1)
    _calls.install()
    logger.info("{n}", n=1)
    assert kept.lines == ["1"] and len(seen) == 2


def test_by_dict_config() -> None:
    _calls.uninstall()
    stream = io.StringIO()
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {"calls": {"()": "scrubline.logging.LoggingCalls"}},
            "handlers": {"out": {"class": "logging.StreamHandler", "stream": stream}},
            "loggers": {"made": {"handlers": ["out"], "level": "DEBUG"}},
        }
    )
    before.setLevel(logging.DEBUG)
    before.info("User {user_id}: %s", lambda: 2, user_id=1)
    logging.getLogger("made").handlers.clear()
    assert stream.getvalue() == "User 1: 2\n"
    assert LoggingCalls().filter(logging.makeLogRecord({})) is True
