"""The test kit, with tests that must pass and tests that must fail."""

from __future__ import annotations

import base64
import logging
import logging.handlers
import queue
import re
import unittest
from collections.abc import Callable
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any

import pytest
from conftest import EMAIL, MASKED_EMAIL, SECRET
from scrubline.logging import JSONFormatter, SensitiveDataFilter
from scrubline.testing import Canaries, Captured, ScrublineTestCase, capture

pytest_plugins = "pytester"


@pytest.fixture
def logger() -> logging.Logger:
    # Out of the tree, where pytest hangs no handlers.
    return logging.Logger("kit", logging.DEBUG)


class Quiet(logging.Handler):
    def emit(self, record: logging.LogRecord) -> None:
        pass


def quiet(*filters: logging.Filter, formatter: Any = None) -> logging.Handler:
    handler = Quiet()
    handler.setFormatter(formatter)
    for each in filters:
        handler.addFilter(each)
    return handler


# What is captured


def test_events_are_those_of_the_lines(logger: logging.Logger) -> None:
    logger.addHandler(quiet())
    with capture() as captured:
        logger.info("for %s", EMAIL, extra={"event_type": "sent", "password": SECRET})
        events = captured.events
        assert len(events) == 1
        logger.warning("second")
        logger.disabled = True
        logger.warning("not enabled")
        logger.disabled = False
    logger.error("after the block")
    assert [each["message"] for each in events] == [f"for {MASKED_EMAIL}", "second"]
    # The usual reason that one is missing.
    with pytest.raises(IndexError, match="no event 2: 2 passed the levels of their"):
        events[2]
    assert events[0] == {
        "timestamp": events[0]["timestamp"],
        "level": "INFO",
        "logger": "kit",
        "message": f"for {MASKED_EMAIL}",
        "event_type": "sent",
        "module": "test_testing",
        "function": "test_events_are_those_of_the_lines",
        "line": events[0]["line"],
        "password": "[REDACTED]",
    }
    assert events[-1]["message"] == "second" and events[:1] == [events[0]]
    assert events == list(events) and "second" in repr(events)


def test_nothing_captured_is_a_failure(logger: logging.Logger) -> None:
    logger.addHandler(logging.NullHandler())
    with capture() as captured:
        logger.info("to nobody")
    with pytest.raises(AssertionError, match="no record reached a handler"):
        captured.assert_no_leaks([SECRET])


@pytest.mark.parametrize("canaries", [[], [""], {"a": ""}, [7]])
def test_canaries_are_texts(canaries: Any) -> None:
    with pytest.raises(ValueError, match="canaries"):
        Captured().assert_no_leaks(canaries)


def test_a_clean_run_passes(logger: logging.Logger) -> None:
    logger.addHandler(quiet(SensitiveDataFilter()))
    logger.addHandler(quiet(formatter=JSONFormatter()))
    with capture() as captured:
        logger.info("for %s", EMAIL, extra={"password": SECRET, "form": [{"pin": 1}]})
        try:
            raise ValueError(f"password={SECRET}")
        except ValueError:
            logger.exception("failed")
    captured.assert_no_leaks([EMAIL, SECRET])
    captured.assert_no_leaks(EMAIL)


class Shown:
    def __str__(self) -> str:
        return "shown"

    def __repr__(self) -> str:
        return f"<{SECRET}>"


def raising() -> None:
    try:
        raise KeyError(SECRET)
    except KeyError as error:
        raise ValueError("outer") from error


@pytest.mark.parametrize(
    ("log", "where"),
    [
        (lambda logger: logger.info(f"x {SECRET}"), "msg"),
        (lambda logger: logger.info("x %s", SECRET), "args[0]"),
        (lambda logger: logger.info("x %(n)s", {"n": SECRET}), "args[...]"),
        (lambda logger: logger.info("%s%s", SECRET[:5], SECRET[5:]), "the message"),
        (lambda logger: logger.info("x", extra={"n": [{"m": (SECRET,)}]}), "n[0][...][0]"),
        (lambda logger: logger.info("x", extra={"n": {SECRET: 1}}), "a key of n"),
        (lambda logger: logger.info("x", extra={SECRET: 1}), "the name of an attribute"),
        (lambda logger: logger.info("x", extra={"n": SECRET.encode()}), "n"),
        (lambda logger: logger.info("x", extra={"n": Shown()}), "n"),
        (lambda logger: logger.info("x", extra={"n": SECRET.encode().hex()}), "n"),
        (
            lambda logger: logger.info(
                "x", extra={"n": base64.b64encode(f"{SECRET}:x".encode())}
            ),
            "n",
        ),
        (lambda logger: logger.info(ValueError(SECRET)), "msg.args[0]"),
        (lambda logger: logger.exception("x"), "exc_info[1].__cause__.args[0]"),
    ],
)  # fmt: skip
def test_leaks_are_found(
    logger: logging.Logger, log: Callable[[logging.Logger], None], where: str
) -> None:
    logger.addHandler(quiet(SensitiveDataFilter()))
    logger.handlers.insert(0, quiet())
    with capture() as captured:
        try:
            raising()
        except ValueError:
            log(logger)
    with pytest.raises(AssertionError) as caught:
        captured.assert_no_leaks({"token": SECRET})
    message = str(caught.value)
    assert f"token leaked to <Quiet (NOTSET)> in {where}" in message
    assert __file__ in message
    assert SECRET not in message


def test_a_line_that_leaks(logger: logging.Logger) -> None:
    unknown = "what-no-detector-knows"
    logger.addHandler(quiet(formatter=JSONFormatter()))
    with capture() as captured:
        logger.info("x %s", unknown)
    with pytest.raises(AssertionError, match="in the line"):
        captured.assert_no_leaks([unknown])


def test_handlers_that_pass_records_on_are_not_asked(logger: logging.Logger) -> None:
    waiting: queue.Queue[Any] = queue.Queue()
    target = quiet(SensitiveDataFilter())
    logger.addHandler(logging.handlers.QueueHandler(waiting))
    logger.addHandler(logging.handlers.MemoryHandler(1, target=target))
    with capture() as captured:
        logger.info("password=%s", SECRET)
    captured.assert_no_leaks([SECRET])
    logger.handlers[1].setTarget(None)  # type: ignore[attr-defined]
    with capture() as captured:
        logger.info("password=%s", SECRET)
    with pytest.raises(AssertionError, match="MemoryHandler"):
        captured.assert_no_leaks([SECRET])


def test_blocks_nest_and_leave_nothing(logger: logging.Logger) -> None:
    original = logging.Filterer.filter
    logger.addHandler(quiet())
    with capture() as outer:
        logger.info("a")
        with capture() as inner:
            logger.info("b")
        logger.info("c")
    assert [each["message"] for each in outer.events] == ["a", "b", "c"]
    assert [each["message"] for each in inner.events] == ["b"]
    assert logging.Filterer.filter is original


def test_canaries_are_redacted_by_default(logger: logging.Logger) -> None:
    canaries, others = Canaries(), Canaries()
    assert not set(canaries.values()) & set(others.values())
    logger.addHandler(quiet(SensitiveDataFilter()))
    with capture() as captured:
        logger.info("%(email)s %(card)s %(api_key)s", canaries)
        logger.info("signing in", extra=dict(canaries))
    captured.assert_no_leaks(canaries)


# unittest


class Cases(ScrublineTestCase):
    """Run below, by name."""

    def setUp(self) -> None:
        self.logger = logging.getLogger("kit.cases")
        self.logger.setLevel(logging.DEBUG)
        self.logger.propagate = False
        self.logger.handlers = [quiet(SensitiveDataFilter())]

    def tearDown(self) -> None:
        self.logger.propagate = True
        self.logger.handlers = []

    def clean(self) -> None:
        self.logger.info("password=%s", self.canaries["password"])
        self.assertEqual(self.captured_events[0]["message"], "password=[REDACTED]")

    def clean_with_assert_logs(self) -> None:
        with self.assertLogs("kit.cases", level="INFO") as log:
            self.logger.info("password=%s", self.canaries["password"])
        self.assertEqual(log.output, ["INFO:kit.cases:password=[REDACTED]"])
        self.assertEqual(len(self.logger.handlers), 1)

    def leaking(self) -> None:
        self.logger.info(self.canaries["password"])

    def leaking_with_assert_logs(self) -> None:
        self.logger.handlers = []
        with self.assertLogs(self.logger):
            self.logger.info("password=%s", self.canaries["password"])

    def nothing_logged(self) -> None:
        self.assertTrue(self.canaries["email"])

    def asked(self) -> None:
        self.logger.info("x what-no-detector-knows")
        self.assert_no_leaks(["what-no-detector-knows"])

    def nothing_in_assert_logs(self) -> None:
        with self.assertLogs("kit.cases"):
            pass


@pytest.mark.parametrize(
    ("name", "failure"),
    [
        ("clean", None),
        ("clean_with_assert_logs", None),
        ("leaking", "password leaked to"),
        ("leaking_with_assert_logs", "password leaked to <_CapturingHandler"),
        ("nothing_logged", "no record reached a handler"),
        ("asked", "canaries[0] leaked to"),
        ("nothing_in_assert_logs", "no logs of level INFO"),
    ],
)
def test_cases(name: str, failure: str | None) -> None:
    result = unittest.TestResult()
    Cases(name).run(result)
    assert result.testsRun == 1 and not result.errors
    if failure is None:
        assert not result.failures
    else:
        [(_, text)] = result.failures
        assert failure in text


# pytest


@pytest.fixture
def run(pytester: pytest.Pytester) -> Callable[[str], pytest.RunResult]:
    installed = any(each.name == "scrubline" for each in entry_points(group="pytest11"))
    plugin = () if installed else ("-p", "scrubline.testing.pytest_plugin")

    def run(code: str) -> pytest.RunResult:
        pytester.makepyfile(code)
        return pytester.runpytest_subprocess("-p", "no:django", *plugin)

    return run


def test_fixtures(run: Callable[[str], pytest.RunResult]) -> None:
    result = run(
        """
        import logging, pytest
        from scrubline.logging import SensitiveDataFilter

        logger = logging.getLogger("shop")

        @pytest.fixture
        def redacted(caplog):
            caplog.set_level("INFO")
            handler = logging.StreamHandler()
            handler.addFilter(SensitiveDataFilter())
            logger.addHandler(handler)
            yield
            logger.removeHandler(handler)

        def test_passes(redacted, captured_events, assert_no_leaks, caplog):
            logger.info("for %s", "ana@example.pt", extra={"event_type": "sent"})
            assert [each["event_type"] for each in captured_events] == ["sent"]
            assert caplog.messages == ["for ***@example.pt"]
            assert_no_leaks(["ana@example.pt"])

        def test_passes_by_canaries(redacted, scrubline_canaries):
            logger.info("password=%s", scrubline_canaries["password"])

        def test_fails_by_a_handler_without_redaction(captured_events, assert_no_leaks, caplog):
            caplog.set_level("INFO")
            logger.info("for %s", "ana@example.pt")
            assert_no_leaks(["ana@example.pt"])

        def test_fails_by_a_canary(redacted, scrubline_canaries):
            logger.info("the word is %s", scrubline_canaries["password"])

        def test_fails_by_silence(redacted, scrubline_canaries):
            logger.debug("not enabled %s", scrubline_canaries["password"])

        def test_fails_for_its_own_reason(redacted, scrubline_canaries):
            assert scrubline_canaries is None
        """
    )
    result.assert_outcomes(passed=2, failed=4)
    output = result.stdout.str()
    for line in (
        r"canaries\[0\] leaked to <LogCaptureHandler \(NOTSET\)> in args\[0\]",
        r"password leaked to <StreamHandler .+ \(NOTSET\)> in args\[0\], the message, logged at .+:30",
        r"no record reached a handler",
        r"assert .* is None",
    ):
        assert re.search(line, output), line


def test_the_plugin_is_an_entry_point() -> None:
    project = Path(__file__).parent.parent / "pyproject.toml"
    assert 'scrubline = "scrubline.testing.pytest_plugin"' in project.read_text()
