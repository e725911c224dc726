"""The rate limit and the sample: which records pass, what is said of those that do not, and who decides."""

from __future__ import annotations

import copy
import gc
import json
import logging
import logging.config
import os
import pickle
import subprocess
import sys
import textwrap
import threading
import weakref
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import EMAIL, MASKED_EMAIL, SECRET
from scrubline import _rate
from scrubline.logging import (
    CorrelationFilter,
    CorrelationID,
    JSONFormatter,
    RateLimitFilter,
    SamplingFilter,
    SensitiveDataFilter,
)

Make = Callable[..., logging.LogRecord]


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("time.monotonic", clock)
    return clock


class Kept(logging.Handler):
    def __init__(self, *filters: logging.Filter) -> None:
        super().__init__()
        self.records: list[logging.LogRecord] = []
        for each in filters:
            self.addFilter(each)

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    @property
    def messages(self) -> list[str]:
        return [record.getMessage() for record in self.records]


@pytest.fixture
def logger() -> Iterator[logging.Logger]:
    logger = logging.getLogger("rate")
    logger.setLevel(logging.DEBUG)
    logger.propagate = False
    yield logger
    logger.handlers.clear()
    logger.filters.clear()


@pytest.fixture
def limited(logger: logging.Logger) -> Kept:
    kept = Kept(RateLimitFilter(rate_limit_seconds=60))
    logger.addHandler(kept)
    return kept


def test_one_passes_in_the_window(
    logger: logging.Logger, limited: Kept, clock: Clock
) -> None:
    for n in range(5):
        logger.info("try %d", n)
        clock.now += 10
    logger.warning("try %d", 5)
    logger.info("other")
    assert limited.messages == ["try 0", "try 5", "other"]
    clock.now += 9.9
    logger.info("try %d", 6)
    clock.now += 0.1
    logger.info("try %d", 7)
    assert limited.messages[3:] == [
        "Left out 5 records within 60 seconds: try %d",
        "try 7",
    ]
    told = limited.records[3]
    assert (told.levelno, told.name, told.left_out) == (logging.INFO, "rate", 5)  # type: ignore[attr-defined]
    assert (told.pathname, told.funcName) == (
        __file__,
        "test_one_passes_in_the_window",
    )


def test_the_summary_comes_with_any_record(
    logger: logging.Logger, limited: Kept, clock: Clock
) -> None:
    logger.debug("a")
    clock.now += 5
    logger.info("b")
    logger.info("b")
    logger.debug("a")
    clock.now += 55
    logger.info("c")
    assert limited.messages[2:] == ["Left out 1 records within 60 seconds: a", "c"]
    clock.now += 5
    logger.error("d")
    assert limited.messages[4:] == ["Left out 1 records within 60 seconds: b", "d"]
    clock.now += 600
    logger.info("e")
    assert limited.messages[6:] == ["e"]


@pytest.mark.parametrize(
    ("name", "level", "extra"),
    [
        ("shop", logging.ERROR, {}),
        ("shop", logging.CRITICAL, {}),
        ("security.events", logging.WARNING, {}),
        ("django.security.csrf", logging.WARNING, {}),
        ("shop", logging.INFO, {"event_kind": "security"}),
        ("shop", logging.INFO, {"security_context": {}}),
    ],
)
def test_errors_and_security_pass(
    record: Make, name: str, level: int, extra: dict[str, Any]
) -> None:
    def passed(limit: RateLimitFilter) -> list[bool]:
        made = [record("again", name=name, **extra) for _ in range(3)]
        for each in made:
            each.levelno = level
        return [limit.filter(each) for each in made]

    assert passed(RateLimitFilter()) == [True] * 3
    asked = RateLimitFilter(limit_errors=True, limit_security=True)
    assert passed(asked) == [True, False, False]


def test_the_template_is_that_before_redaction(
    logger: logging.Logger, clock: Clock
) -> None:
    kept = Kept(SensitiveDataFilter(), RateLimitFilter())
    logger.addHandler(kept)
    for n in range(3):
        # Rendered by the filter: the secret shows in the whole only.
        logger.info("password=%s", f"{SECRET}{n}")
    assert len(kept.records) == 1 and kept.records[0].args == ()
    clock.now += 60
    logger.info("next")
    assert kept.messages[1] == "Left out 2 records within 60 seconds: password=%s"


def test_a_summary_is_redacted(logger: logging.Logger, clock: Clock) -> None:
    # The limit before the redaction, or no redaction at all.
    kept = Kept(RateLimitFilter())
    logger.addHandler(kept)
    long = "x" * 190 + f" password={SECRET} {EMAIL}"
    for text in (f"for {EMAIL} password={SECRET}", long):
        logger.info(text)
        logger.info(text)
    kept.filters[0].flush()  # type: ignore[union-attr]
    told = kept.messages[2:]
    assert told[0].endswith(f"for {MASKED_EMAIL} password=[REDACTED]")
    assert not any(SECRET[:4] in text or EMAIL in text for text in told)
    assert len(told[1]) < 300


def test_a_verdict_holds_for_all_handlers(logger: logging.Logger, clock: Clock) -> None:
    shared = RateLimitFilter()
    handlers = [Kept(shared), Kept(shared), Kept(RateLimitFilter()), Kept()]
    for handler in handlers:
        logger.addHandler(handler)
    for n in range(4):
        logger.info("try %d", n)
    clock.now += 60
    logger.info("next")
    limited = ["try 0", "Left out 3 records within 60 seconds: try %d", "next"]
    everything = ["try 0", "try 1", "try 2", "try 3", "next"]
    assert [each.messages for each in handlers] == [limited] * 3 + [everything]


def test_a_verdict_stays_on_the_record(record: Make) -> None:
    limit = RateLimitFilter()
    first, second = record("a"), record("a")
    assert [limit.filter(first), limit.filter(second)] == [True, False]
    for _ in range(2):
        assert limit.filter(first) and not limit.filter(second)
        assert not RateLimitFilter().filter(second), "a fresh filter thought again"
        assert not limit.filter(copy.copy(second))
        assert not limit.filter(pickle.loads(pickle.dumps(second)))
    assert RateLimitFilter(5).filter(second), "another limit has its own verdict"


def test_a_verdict_leaves_the_redaction_valid(record: Make) -> None:
    made = record("for %s", EMAIL, password=SECRET)
    sensitive = SensitiveDataFilter()
    sensitive.filter(made)
    msg, args, mark = made.msg, made.args, made._scrubline  # type: ignore[attr-defined]
    assert RateLimitFilter().filter(made)
    sensitive.filter(made)
    assert made._scrubline is mark and (made.msg, made.args) == (msg, args)  # type: ignore[attr-defined]
    assert "verdict" not in JSONFormatter().format(made)


def test_a_filter_of_a_logger(logger: logging.Logger, clock: Clock) -> None:
    kept = Kept()
    logger.addHandler(kept)
    logger.addFilter(RateLimitFilter())
    for _ in range(3):
        logger.info("a")
    clock.now += 60
    logger.info("b")
    assert kept.messages == ["a", "Left out 2 records within 60 seconds: a", "b"]


def test_a_summary_belongs_to_no_request(logger: logging.Logger, clock: Clock) -> None:
    kept = Kept(SensitiveDataFilter(), CorrelationFilter(), RateLimitFilter())
    logger.addHandler(kept)
    logger.info("a")
    logger.info("a")
    clock.now += 60
    CorrelationID.set("req_123456789abc")
    try:
        logger.info("b")
    finally:
        CorrelationID.clear()
    assert [each.correlation_id for each in kept.records[1:]] == [  # type: ignore[attr-defined]
        "no-correlation-id",
        "req_123456789abc",
    ]


def test_memory_is_bounded(logger: logging.Logger, limited: Kept, clock: Clock) -> None:
    logger.info("noisy")
    logger.info("noisy")
    for n in range(_rate.KNOWN):
        logger.info(f"template {n} " + "x" * 10_000)
    limit = limited.filters[0]
    assert isinstance(limit, RateLimitFilter)
    assert len(limit._windows) == _rate.KNOWN
    assert "Left out 1 records within 60 seconds: noisy" in limited.messages
    assert all(len(str(key)) < 500 for key in limit._windows)


def test_no_record_is_kept(logger: logging.Logger) -> None:
    class Held(Exception):
        pass

    limit = RateLimitFilter()
    error = Held()
    for _ in range(2):
        made = logging.makeLogRecord(
            {"msg": "a", "exc_info": (Held, error, None), "levelno": 20}
        )
        limit.filter(made)
    gone = weakref.ref(error)
    del error, made
    gc.collect()
    assert gone() is None


def test_threads(logger: logging.Logger, limited: Kept) -> None:
    gate = threading.Barrier(8)

    def log() -> None:
        gate.wait()
        for n in range(200):
            logger.info("a %d", n)

    threads = [threading.Thread(target=log) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(limited.records) == 1
    limited.filters[0].flush()  # type: ignore[union-attr]
    assert [each.left_out for each in limited.records[1:]] == [1599]  # type: ignore[attr-defined]


def run(code: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(BEGIN) + textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert not done.stderr, done.stderr
    return done.stdout.splitlines()


BEGIN = """
    import logging, os, sys
    from scrubline.logging import RateLimitFilter
    limit = RateLimitFilter(rate_limit_seconds=60)
    handler = logging.StreamHandler(sys.stdout)
    handler.addFilter(limit)
    logging.basicConfig(level=logging.INFO, handlers=[handler], format="%(message)s")
    for n in range(3):
        logging.info("try %d", n)
"""
TOLD = "Left out 2 records within 60 seconds: try %d"


def test_at_exit() -> None:
    assert run("") == ["try 0", TOLD]


def test_at_shutdown() -> None:
    assert run("logging.shutdown(); print('end')") == ["try 0", TOLD, "end"]


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork on this system")
def test_a_fork_leaves_it_to_the_parent() -> None:
    code = """
        sys.stdout.flush()
        if os.fork() == 0:
            logging.info("try %d", 3)
            sys.exit()
        os.wait()
    """
    child = "Left out 1 records within 60 seconds: try %d"
    assert run(code) == ["try 0", child, TOLD]


def test_a_new_configuration_tells() -> None:
    config = {
        "version": 1,
        "filters": {"limit": {"()": "scrubline.logging.RateLimitFilter"}},
        "handlers": {"kept": {"()": Kept, "filters": ["limit"]}},
        "loggers": {
            "rate.configured": {
                "handlers": ["kept"],
                "level": "INFO",
                "propagate": False,
            }
        },
        "disable_existing_loggers": False,
    }
    logging.config.dictConfig(config)
    logger = logging.getLogger("rate.configured")
    kept = logger.handlers[0]
    logger.info("a")
    logger.info("a")
    logging.config.dictConfig(config)
    assert kept.messages == ["a", "Left out 1 records within 60 seconds: a"]  # type: ignore[attr-defined]
    logger.handlers.clear()


def test_faults_let_a_record_pass(
    logger: logging.Logger, limited: Kept, clock: Clock
) -> None:
    class Broken:
        def __str__(self) -> str:
            raise RuntimeError

    class Failing(Kept):
        def handle(self, record: logging.LogRecord) -> bool:  # type: ignore[override]
            raise RuntimeError

    made = logging.makeLogRecord({"msg": Broken(), "levelno": 20})
    assert RateLimitFilter().filter(made)
    assert RateLimitFilter().filter(object())  # type: ignore[arg-type]
    failing = Failing(limited.filters[0])  # type: ignore[arg-type]
    logger.info("a")
    logger.info("a")
    logger.addHandler(failing)
    clock.now += 60
    logger.handlers.reverse()
    assert limited.filters[0].filter(logging.makeLogRecord({"msg": "b"}))  # type: ignore[union-attr]


@pytest.mark.parametrize("seconds", [0, -1, float("nan")])
def test_a_window_has_a_length(seconds: float) -> None:
    with pytest.raises(ValueError, match="rate_limit_seconds"):
        RateLimitFilter(seconds)


# Sampling


def event(
    record: Make, event_type: str = "page_view", **extra: Any
) -> logging.LogRecord:
    return record("event", event_type=event_type, event_kind="business", **extra)


def rates(sampling: SamplingFilter, made: list[logging.LogRecord]) -> list[Any]:
    return [each.sample_rate for each in made if sampling.filter(each)]  # type: ignore[attr-defined]


def test_a_share_passes(record: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    places = iter([0.05, 0.1, 0.5, 0.0999])
    monkeypatch.setattr("random.random", lambda: next(places))
    sampling = SamplingFilter({"page_view": {"rate": 0.1}})
    made = [event(record) for _ in range(4)]
    assert [sampling.filter(each) for each in made] == [True, False, False, True]
    assert [sampling.filter(each) for each in made] == [True, False, False, True]
    assert made[0].sample_rate == 0.1 and not hasattr(made[1], "sample_rate")  # type: ignore[attr-defined]
    assert json.loads(JSONFormatter().format(made[0]))["sample_rate"] == 0.1


def test_counts_can_be_rebuilt(record: Make, clock: Clock) -> None:
    sampling = SamplingFilter({"page_view": {"rate": 0.2, "at_least_seconds": 10}})
    made = []
    for n in range(20_000):
        # Now often, now seldom.
        clock.now += 0.5 if n % 4000 < 3000 else 8
        made.append(event(record, correlation_id=f"req_{n:012x}"))
    passed = rates(sampling, made)
    assert set(passed) == {1.0, 0.2}
    assert sum(1 / rate for rate in passed) == pytest.approx(20_000, rel=0.05)


def test_one_at_least(record: Make, clock: Clock) -> None:
    sampling = SamplingFilter({"page_view": {"rate": 0, "at_least_seconds": 60}})
    passed = []
    for _ in range(20):
        passed.append(sampling.filter(event(record)))
        clock.now += 20
    assert passed == [n % 3 == 0 for n in range(20)]
    assert sampling.filter(event(record, "other")), "not named"


def test_all_events_of_a_request_or_none(record: Make) -> None:
    rules = {"page_*": {"rate": 0.3}, "click": {"rate": 0.3}, "seldom": {"rate": 0.03}}
    requests = [f"req_{n:012x}" for n in range(2000)]

    def passed(event_type: str, sampling: SamplingFilter) -> list[bool]:
        made = [event(record, event_type, correlation_id=each) for each in requests]
        return [sampling.filter(each) for each in made]

    views = passed("page_view", SamplingFilter(rules))
    assert 500 < sum(views) < 700
    assert views == passed("click", SamplingFilter(rules))
    seldom = passed("seldom", SamplingFilter(rules))
    assert all(view for view, one in zip(views, seldom) if one) and any(seldom)
    CorrelationID.set(requests[views.index(True)])
    try:
        assert all(SamplingFilter(rules).filter(event(record)) for _ in range(50))
    finally:
        CorrelationID.clear()


def test_names_win_over_patterns(record: Make) -> None:
    rules = {"*": {"rate": 0}, "page_*": {"rate": 1}, "kept": {"rate": 1}}
    sampling = SamplingFilter(rules)
    assert not sampling.filter(event(record, "page_view")), "the first pattern holds"
    assert sampling.filter(event(record, "kept"))
    assert sampling.filter(record("no event"))
    secure = event(record, "sign_in_failed")
    secure.event_kind = "security"  # type: ignore[attr-defined]
    failed = event(record, "payment_failed")
    failed.levelno = logging.ERROR
    assert sampling.filter(secure) and sampling.filter(failed)
    named = SamplingFilter({"sign_in_failed": {"rate": 0}})
    del secure._scrubline_verdicts  # type: ignore[attr-defined]
    assert not named.filter(secure)


def test_a_sample_is_one_for_all_handlers(logger: logging.Logger) -> None:
    rules = {"page_view": {"rate": 0.5}}
    handlers = [Kept(SamplingFilter(rules)), Kept(SamplingFilter(rules))]
    for handler in handlers:
        logger.addHandler(handler)
    for _ in range(200):
        logger.info("event", extra={"event_type": "page_view"})
    first, second = (each.records for each in handlers)
    assert first == second and 0 < len(first) < 200


def test_other_rules_have_their_own_verdict(record: Make) -> None:
    made = event(record)
    assert not SamplingFilter({"page_view": {"rate": 0}}).filter(made)
    assert SamplingFilter({"page_view": {"rate": 1}}).filter(made)
    assert made.sample_rate == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("given", "part"),
    [
        ({"rate": 2}, "rate"),
        ({"rate": 0.5, "at_least_seconds": 0}, "at_least_seconds"),
        ({"rate": "x"}, "numbers"),
        ({"rates": 1}, "numbers"),
        (7, "numbers"),
    ],
)
def test_wrong_sampling(given: Any, part: str) -> None:
    with pytest.raises(ValueError, match=part) as caught:
        SamplingFilter({"page_view": given})
    assert "page_view" in str(caught.value)


def test_event_types_are_bounded(record: Make) -> None:
    sampling = SamplingFilter({"*": {"rate": 1}})
    for n in range(_rate.KNOWN + 10):
        assert sampling.filter(event(record, f"type_{n}"))
    assert len(sampling._events) == _rate.KNOWN


def test_a_sampling_filter_that_fails_loses_nothing(
    record: Callable[..., logging.LogRecord],
) -> None:
    class Broken(SamplingFilter):
        def _sampling(self) -> Any:
            raise LookupError

    assert Broken({"a": {"rate": 0}}).filter(record("m", event_type="a")) is True
