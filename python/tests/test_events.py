"""Context and events: `scrubline.logging` without Django."""

from __future__ import annotations

import asyncio
import json
import logging
import math
import sys
import threading
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import EMAIL, MASKED_EMAIL, SECRET
from scrubline import Redactor, ScrublineError, _events
from scrubline.logging import (
    BusinessContext,
    CorrelationFilter,
    CorrelationID,
    JSONFormatter,
    SecurityFormatter,
    SensitiveDataFilter,
    configure,
    get_business_event_logger,
    log_business_event,
    log_performance_event,
    log_security_event,
)


class Lines(logging.Handler):
    """Keeps what it would have written, as text and as JSON."""

    def __init__(self, formatter: logging.Formatter, *filters: logging.Filter) -> None:
        super().__init__()
        self.setFormatter(formatter)
        self.texts: list[str] = []
        self.records: list[logging.LogRecord] = []
        for each in filters:
            self.addFilter(each)

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)
        self.texts.append(self.format(record))

    def one(self) -> dict[str, Any]:
        (text,) = self.texts
        line: dict[str, Any] = json.loads(text)
        return line


@pytest.fixture(autouse=True)
def clean() -> Iterator[None]:
    """Each test begins with the defaults, and leaves the maker of events that it found."""
    found = _events._maker[0]
    configure()
    yield
    CorrelationID.clear()
    BusinessContext.clear()
    _events.use(found)


@pytest.fixture
def lines() -> Iterator[Lines]:
    """A handler of the root logger, as a project has it."""
    handler = Lines(JSONFormatter(), SensitiveDataFilter(), CorrelationFilter())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield handler
    root.setLevel(level)
    root.removeHandler(handler)


def test_correlation_ids() -> None:
    assert CorrelationID.get() is None
    made = CorrelationID.generate()
    assert made.startswith("req_") and len(made) == 16 and int(made[4:], 16) >= 0
    assert CorrelationID.get() is None and CorrelationID.generate() != made
    CorrelationID.set(made)
    assert CorrelationID.get() == made
    CorrelationID.clear()
    assert CorrelationID.get() is None


def test_business_context_is_a_copy() -> None:
    nobody = {"school_id": None, "user_id": None, "role": None}
    assert BusinessContext.get_context() == nobody
    BusinessContext.set_context(school_id=5, role="teacher", tenant="north")
    BusinessContext.get_context()["role"] = "admin"
    assert BusinessContext.get_context() == {
        "school_id": 5,
        "user_id": None,
        "role": "teacher",
        "tenant": "north",
    }
    BusinessContext.clear()
    assert BusinessContext.get_context() == nobody


def test_threads_and_tasks_have_their_own() -> None:
    CorrelationID.set("req_main")
    seen: dict[str, str | None] = {}

    def work(name: str) -> None:
        seen[f"{name} before"] = CorrelationID.get()
        CorrelationID.set(name)
        seen[name] = CorrelationID.get()

    threads = [threading.Thread(target=work, args=(f"t{n}",)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    async def task(name: str) -> None:
        seen[f"{name} before"] = CorrelationID.get()
        CorrelationID.set(name)
        await asyncio.sleep(0)
        seen[name] = CorrelationID.get()

    async def both() -> None:
        await asyncio.gather(task("a"), task("b"))

    asyncio.run(both())
    for name in ("t0", "t3", "a", "b"):
        assert seen[name] == name
    assert seen["t0 before"] is None and seen["b before"] == "req_main"
    assert CorrelationID.get() == "req_main"


def test_the_filter_sets_the_context(lines: Lines) -> None:
    CorrelationID.set("req_0123456789ab")
    BusinessContext.set_context(school_id=5, user_id=EMAIL, role="teacher")
    logging.getLogger("a").info("x")
    record = lines.records[0]
    assert vars(record)["school_id"] == 5 and vars(record)["user_id"] == MASKED_EMAIL
    assert vars(record)["timestamp_iso"] == lines.one()["timestamp"]
    assert {
        name: lines.one().get(name)
        for name in ("correlation_id", "school_id", "user_id", "role", "timestamp_iso")
    } == {
        "correlation_id": "req_0123456789ab",
        "school_id": 5,
        "user_id": MASKED_EMAIL,
        "role": "teacher",
        "timestamp_iso": None,
    }


def test_without_a_context(lines: Lines) -> None:
    logging.getLogger("a").info("x")
    record = lines.records[0]
    assert vars(record)["correlation_id"] == "no-correlation-id"
    assert vars(record)["school_id"] is None and "school_id" not in lines.one()


def test_the_filter_overwrites_nothing(lines: Lines) -> None:
    CorrelationID.set("req_ambient")
    BusinessContext.set_context(school_id=5, user_id=6)
    logging.getLogger("a").info(
        "x", extra={"correlation_id": "req_given", "school_id": 7}
    )
    assert lines.one()["correlation_id"] == "req_given"
    assert (lines.one()["school_id"], lines.one()["user_id"]) == (7, 6)


def test_what_is_absent_is_set_and_what_logging_set_stays(lines: Lines) -> None:
    BusinessContext.set_context(user_id=6, module="north")
    logging.getLogger("a").info("x", extra={"user_id": None, "role": None})
    record = vars(lines.records[0])
    assert (record["user_id"], record["role"]) == (6, None)
    assert (record["module"], record["extra.module"]) == ("test_events", "north")


def test_a_context_field_of_a_name_of_logging_takes_nothing_away() -> None:
    record = logging.LogRecord("a", 20, "a.py", 1, "x", (), None)
    CorrelationFilter(context_fields=("msg", "_scrubline", "tenant")).filter(record)
    assert (record.getMessage(), vars(record)["tenant"]) == ("x", None)
    assert "_scrubline" not in vars(record)


def test_a_field_that_the_policy_drops_is_none() -> None:
    BusinessContext.set_context(school_id=5, plan="gold", user_id=6)
    policy = {"fields": {"school_id": "drop", "plan": "drop"}}
    record = logging.LogRecord("a", 20, "a.py", 1, "x", (), None)
    CorrelationFilter(policy=policy).filter(record)
    assert (vars(record)["school_id"], vars(record)["user_id"]) == (None, 6)
    assert "plan" not in vars(record)


@pytest.mark.parametrize(
    ("policy", "shown"),
    [
        ({}, "req_0123456789ab"),
        ({"fields": {"correlation_id": "mask"}}, "[REDACTED]"),
        ({"fields": {"correlation_id": "drop"}}, None),
        (
            {"custom": [{"id": "custom.ids", "regex": "req_[0-9a-f]+"}]},
            "[REDACTED]",
        ),
    ],
)
def test_an_id_of_our_own_under_a_policy(policy: Any, shown: str | None) -> None:
    CorrelationID.set("req_0123456789ab")

    def id_of(redactor: Redactor) -> str | None:
        record = logging.LogRecord("a", 20, "a.py", 1, "x", (), None)
        CorrelationFilter(redactor=redactor).filter(record)
        return vars(record).get("correlation_id")

    assert id_of(Redactor(policy)) == shown
    redactor = Redactor()
    assert id_of(redactor) == "req_0123456789ab"
    CorrelationID.set("req_0123456789ab")
    redactor.reload(policy)
    assert id_of(redactor) == shown


def test_any_order_of_filters_and_no_redaction_twice() -> None:
    CorrelationID.set("password=" + SECRET)
    for filters in (
        (SensitiveDataFilter(), CorrelationFilter()),
        (CorrelationFilter(), SensitiveDataFilter()),
        (CorrelationFilter(),),
    ):
        handler = Lines(JSONFormatter(), *filters)
        record = logging.LogRecord("a", 20, "a.py", 1, EMAIL, (), None)
        handler.handle(record)
        assert handler.one()["correlation_id"] == "password=[REDACTED]"
        assert handler.one()["message"] == MASKED_EMAIL


def test_business_events(lines: Lines) -> None:
    BusinessContext.set_context(school_id=1)
    log_business_event(
        "payment_initiated",
        f"Payment for {EMAIL}",
        amount=25.0,
        school_id=7,
        name="n",
        message="m",
        args=(1,),
        module="x",
        level="gold",
        password=SECRET,
    )
    line = lines.one()
    del line["timestamp"], line["line"]
    assert line == {
        "level": "INFO",
        "logger": "business.payments",
        "message": f"Payment for {MASKED_EMAIL}",
        "event_type": "payment_initiated",
        "correlation_id": "no-correlation-id",
        "school_id": 7,
        "module": "test_events",
        "function": "test_business_events",
        "amount": 25,
        "args": [1],
        "extra.level": "gold",
        "extra.message": "m",
        "extra.module": "x",
        "name": "n",
        "password": "[REDACTED]",
    }


def test_the_nested_layout() -> None:
    handler = Lines(JSONFormatter(layout="nested"), SensitiveDataFilter())
    for logger in (
        get_business_event_logger("sessions"),
        logging.getLogger("performance"),
    ):
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    log_business_event("session_booked", "m", session_id=5, school_id=7)
    log_performance_event("query", 12.5, cache_hit=True)
    for logger in (
        get_business_event_logger("sessions"),
        logging.getLogger("performance"),
    ):
        logger.removeHandler(handler)
    booked, query = map(json.loads, handler.texts)
    assert booked["school_id"] == 7
    assert booked["extra"] == {
        "event_type": "session_booked",
        "business_metadata": {"session_id": 5, "school_id": 7},
    }
    assert query["extra"] == {
        "event_type": "performance",
        "operation": "query",
        "duration_ms": 12.5,
        "performance_metadata": {"cache_hit": True},
    }


def test_security_events(lines: Lines) -> None:
    log_security_event(
        "authentication_failure", f"for {EMAIL}", source_ip="192.0.2.7", reason="code"
    )
    # One handler has an event once, whichever of its loggers it hangs on.
    events = lines.one()
    assert events["logger"] == "security.events" and events["level"] == "WARNING"
    assert events["message"] == f"authentication_failure: for {MASKED_EMAIL}"
    assert events["source_ip"] == "192.0.2.7"


def test_every_logger_of_an_event_has_it() -> None:
    configure(routes={"payment_*": {"area": "money", "also": ["finances.payments"]}})
    first, second = Lines(SecurityFormatter()), Lines(JSONFormatter())
    loggers = [logging.getLogger(n) for n in ("business.money", "finances.payments")]
    for logger, handler in zip(loggers, (first, second)):
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    log_business_event("payment_completed", "m", amount=5)
    log_business_event(event_type="payment_completed", message="by name")
    for logger, handler in zip(loggers, (first, second)):
        logger.removeHandler(handler)
    assert json.loads(first.texts[0])["security_context"] == {"amount": 5}
    assert [json.loads(text)["message"] for text in second.texts] == ["m", "by name"]
    assert json.loads(second.texts[0])["logger"] == "finances.payments"


def test_performance_events(lines: Lines) -> None:
    configure(slow_ms=100)
    log_performance_event("query", 99, rows=3)
    log_performance_event(operation="query", duration_ms=100.5)
    fast, slow = map(json.loads, lines.texts)
    assert (fast["level"], slow["level"]) == ("INFO", "WARNING")
    assert (fast["operation"], fast["duration_ms"], fast["rows"]) == ("query", 99, 3)
    assert slow["message"] == "query took 100.5 ms"


@pytest.mark.parametrize("duration", [None, math.nan, math.inf])
def test_a_duration_that_no_clock_measures_is_absent(
    lines: Lines, duration: Any
) -> None:
    log_performance_event("query", duration)
    line = lines.one()
    assert (line["message"], line["operation"]) == ("query", "query")
    assert not any("duration_ms" in name for name in line)


def test_a_duration_of_many_digits(lines: Lines) -> None:
    log_performance_event("query", 10**30)
    assert lines.one()["duration_ms"] == 10**30


class Hostile:
    def __str__(self) -> str:
        raise RuntimeError(SECRET)

    __repr__ = __float__ = __str__  # type: ignore[assignment]


def test_helpers_never_raise(lines: Lines) -> None:
    log_business_event()
    log_business_event(Hostile(), Hostile(), what=Hostile(), exc_info=True)
    log_security_event(None, None, 1, 2, event_type=3)
    log_performance_event("x", Hostile())
    log_performance_event("x", "long", exc_info=ValueError(EMAIL))
    assert len(lines.texts) == 5
    assert not any(SECRET in text or EMAIL in text for text in lines.texts)
    assert json.loads(lines.texts[4])["exception"]["message"] == MASKED_EMAIL


def test_a_maker_that_fails_is_contained(lines: Lines) -> None:
    from scrubline import _events

    def fail() -> Any:
        raise RuntimeError(SECRET)

    _events.use(fail)
    log_business_event("payment_initiated", f"for {EMAIL}", password=SECRET)
    assert lines.one()["message"] == "[REDACTED:error]"
    assert SECRET not in lines.texts[0] and EMAIL not in lines.texts[0]


def test_wrong_routes() -> None:
    for options, path in (
        ({"routes": {"pay*ment": "x"}}, "routes.pay*ment"),
        ({"routes": {"pay": 7}}, "routes.pay"),
        ({"slow_ms": 0}, "slow_ms"),
        ({"slow": 1}, "slow"),
    ):
        with pytest.raises(ScrublineError) as caught:
            configure(**options)
        assert (caught.value.code, caught.value.path) == ("event", path)


def test_events_name_the_line_of_their_caller(lines: Lines) -> None:
    before = sys._getframe().f_lineno
    log_security_event("x", "y")
    record = lines.records[0]
    assert (record.lineno, record.funcName) == (
        before + 1,
        sys._getframe().f_code.co_name,
    )
    assert record.pathname == __file__
