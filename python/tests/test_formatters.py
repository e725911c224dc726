"""Formatters of `scrubline.logging`, and configuration by dictConfig."""

from __future__ import annotations

import dataclasses
import datetime
import decimal
import enum
import io
import json
import logging
import logging.config
import pathlib
import pickle
import sys
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import EMAIL, MASKED_EMAIL, SECRET, raised
from scrubline import Formatter, Redactor, ScrublineError
from scrubline.logging import (
    DevelopmentFormatter,
    JSONFormatter,
    SecurityFormatter,
    SensitiveDataFilter,
)

Make = Callable[..., logging.LogRecord]


@pytest.fixture(params=[JSONFormatter, DevelopmentFormatter, SecurityFormatter])
def formatter(request: pytest.FixtureRequest) -> logging.Formatter:
    made: logging.Formatter = request.param()
    return made


def lined(record: logging.LogRecord, **options: Any) -> dict[str, Any]:
    line = JSONFormatter(**options).format(record)
    assert "\n" not in line
    loaded: dict[str, Any] = json.loads(line)
    return loaded


def test_the_line(record: Make) -> None:
    made = record(
        "mail %s",
        EMAIL,
        event_type="sign_in",
        correlation_id="req_0123456789ab",
        user_id=5,
        duration_ms=25.0,
        amount=1 << 70,
        zeta=[1, (2.0, None)],
    )
    made.created = 0.001
    assert JSONFormatter().format(made) == (
        '{"timestamp":"1970-01-01T00:00:00.001Z","level":"INFO","logger":"shop","message":"mail '
        + MASKED_EMAIL
        + '",'
        '"event_type":"sign_in","correlation_id":"req_0123456789ab","user_id":5,"module":"shop","function":"pay","line":7,"duration_ms":25,'
        f'"amount":{1 << 70},"zeta":[1,[2,null]]}}'
    )


def test_the_line_is_that_of_the_record_as_a_dict(record: Make) -> None:
    made = record(
        "mail %s\n\u2028",
        EMAIL,
        correlation_id="c1",
        duration_ms=1.5,
        event_type="e",
        password=SECRET,
        context={"mails": [EMAIL], "ok": True},
        user_id="u",
        message2=None,
    )
    made.created = 1700000000.1239
    as_dict = {
        "time": 1700000000123,
        "level": "INFO",
        "logger": "shop",
        "message": f"mail {EMAIL}\n\u2028",
        "module": "shop",
        "function": "pay",
        "line": 7,
        **{
            name: getattr(made, name)
            for name in (
                "correlation_id",
                "duration_ms",
                "event_type",
                "password",
                "context",
                "user_id",
                "message2",
            )
        },
    }
    for kind, options in (
        (JSONFormatter, {}),
        (JSONFormatter, {"layout": "nested"}),
        (SecurityFormatter, {}),
        (DevelopmentFormatter, {"colour": True}),
    ):
        names = {
            JSONFormatter: "json",
            SecurityFormatter: "security",
            DevelopmentFormatter: "console",
        }
        assert kind(**options).format(made) == Formatter(names[kind], **options).format(
            as_dict
        )


@pytest.mark.parametrize(
    "number", [0.0, 0.001, 1.0, 1700000000.999, 1700000000.9999996, 253402300799.0]
)
def test_times_are_cut_to_milliseconds(record: Make, number: float) -> None:
    made = record("m")
    made.created = number
    exact = datetime.datetime.fromtimestamp(
        round(number * 1e6) // 1000 / 1000, datetime.timezone.utc
    )
    assert (
        lined(made)["timestamp"]
        == exact.strftime("%Y-%m-%dT%H:%M:%S.")
        + f"{round(number * 1e6) // 1000 % 1000:03}Z"
    )


@pytest.mark.parametrize(
    ("level", "name"),
    [
        (5, "DEBUG"),
        (10, "DEBUG"),
        (25, "INFO"),
        (30, "WARNING"),
        (40, "ERROR"),
        (50, "CRITICAL"),
        (99, "CRITICAL"),
    ],
)
def test_levels_are_pythons(record: Make, level: int, name: str) -> None:
    made = record("m")
    made.levelno = level
    assert lined(made)["level"] == name


class Kind(enum.Enum):
    CARD = "card"


@dataclasses.dataclass
class Money:
    amount: decimal.Decimal
    currency: str = "EUR"


class Whatever:
    def __str__(self) -> str:
        return "what"


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (1 << 70, 1 << 70),
        (2.5, 2.5),
        (float("nan"), None),
        (float("inf"), None),
        (True, True),
        (None, None),
        (decimal.Decimal("2.50"), "2.50"),
        (uuid.UUID(int=7), "00000000-0000-0000-0000-000000000007"),
        (datetime.datetime(2024, 2, 29, 1, 2), "2024-02-29T01:02:00"),
        (datetime.date(2024, 2, 29), "2024-02-29"),
        (datetime.timedelta(seconds=5), "0:00:05"),
        (Kind.CARD, "card"),
        (b"by\xfftes", "by\ufffdtes"),
        (Money(decimal.Decimal(1)), {"amount": "1", "currency": "EUR"}),
        ({2, 1}, [1, 2]),
        (frozenset("zebra"), ["a", "b", "e", "r", "z"]),
        ({1: {"a": ()}}, {"1": {"a": []}}),
        (pathlib.PurePosixPath("/srv/a.txt"), "/srv/a.txt"),
        (datetime.time(1, 2, 3), "01:02:03"),
        (decimal.Decimal("1E+400"), "1E+400"),
        (-(1 << 64), -(1 << 64)),
        (Whatever(), "what"),
        (ValueError("x"), "x"),
        ("\ud800", "\ufffd"),
        ({}.items(), []),
    ],
    ids=lambda value: type(value).__name__,
)
def test_values_in_json(record: Make, value: object, expected: object) -> None:
    assert lined(record("m", value=value))["value"] == expected
    assert (
        json.loads(Formatter().format({"message": "m", "value": value}))["value"]
        == expected
    )


def test_keys_that_are_no_text(record: Make) -> None:
    keys = {1: "a", "1": "b", b"by": "c", (2,): "d", None: "e", "\ud800": "f"}
    pairs = [
        ("1", "a"),
        ("1#2", "b"),
        ("by", "c"),
        ("(2,)", "d"),
        ("None", "e"),
        ("\ufffd", "f"),
    ]
    for line in (
        JSONFormatter().format(record("m", keys=keys)),
        Formatter().format({"message": "m", "keys": keys}),
    ):
        read = json.loads(line, object_pairs_hook=lambda found: found)
        assert dict(read)["keys"] == pairs


def test_cycles_depth_and_faults_in_json(record: Make) -> None:
    ring: list[object] = []
    ring.append(ring)
    deep: object = "x"
    for _ in range(1000):
        deep = [deep]

    class Broken:
        def __str__(self) -> str:
            raise ZeroDivisionError(SECRET)

        def __repr__(self) -> str:
            raise ZeroDivisionError(SECRET)

    for line in (
        JSONFormatter().format(record("m", ring=ring, deep=deep, broken=Broken(), n=1)),
        Formatter().format(
            {"message": "m", "ring": ring, "deep": deep, "broken": Broken(), "n": 1}
        ),
    ):
        fields = json.loads(line)
        assert fields["ring"] == ["[circular]"] and "[REDACTED:limit]" in line
        assert fields["broken"] == "[REDACTED:error]" and fields["n"] == 1


def test_exceptions(record: Make) -> None:
    made = record(
        "m",
        exc_info=raised(ValueError(f"for {EMAIL}"), KeyError(f"password={SECRET}")),
        stack_info=f"Stack:\n{EMAIL}",
    )
    line = lined(made)
    assert (
        line["exception"]["type"] == "ValueError"
        and line["exception"]["message"] == f"for {MASKED_EMAIL}"
    )
    assert (
        line["exception"]["traceback"].startswith("KeyError: 'password=[REDACTED]'")
        and "Traceback" in line["exception"]["traceback"]
    )
    assert line["stack_info"] == f"Stack:\n{MASKED_EMAIL}"
    assert SECRET not in str(line) and EMAIL not in str(line)
    made = record("m")
    made.exc_info = (None, None, None)
    assert "exception" not in lined(made)


def test_a_handler_with_the_formatter_alone_is_safe(
    record: Make, formatter: logging.Formatter
) -> None:
    made = record(
        "mail %s password=%s",
        EMAIL,
        SECRET,
        context={"mail": EMAIL, "password": SECRET},
        exc_info=raised(ValueError(EMAIL)),
        stack_info=EMAIL,
    )
    before = dict(vars(made))
    line = formatter.format(made)
    assert EMAIL not in line and SECRET not in line and MASKED_EMAIL in line
    own = {name: value for name, value in vars(made).items() if name != "_scrubline"}
    assert own == before, "the record belongs to other handlers as well"


@pytest.mark.parametrize(
    "handlers",
    [
        ["formatter", "formatter"],
        ["formatter", "filter"],
        ["formatter", "other formatter", "filter", "formatter"],
        ["filter", "formatter"],
    ],
)
def test_a_record_counts_once_whatever_redacts_it(
    record: Make, handlers: list[str]
) -> None:
    redactor = Redactor()
    steps: dict[str, Callable[[logging.LogRecord], object]] = {
        "filter": SensitiveDataFilter(redactor=redactor).filter,
        "formatter": JSONFormatter(redactor=redactor).format,
        "other formatter": SecurityFormatter(redactor=redactor).format,
    }
    made = record("mail %s", EMAIL, mail=EMAIL, exc_info=raised(ValueError(SECRET)))
    for handler in handlers:
        steps[handler](made)
    alone = Redactor()
    JSONFormatter(redactor=alone).format(
        record("mail %s", EMAIL, mail=EMAIL, exc_info=raised(ValueError(SECRET)))
    )
    assert redactor.report()["detectors"] == alone.report()["detectors"]
    if "filter" in handlers:
        assert made.getMessage() == f"mail {MASKED_EMAIL}"
        assert vars(made)["mail"] == MASKED_EMAIL


def test_what_is_set_after_a_formatter_is_redacted(record: Make) -> None:
    redactor = Redactor({"fields": {"grade": "drop"}})
    formatter = JSONFormatter(redactor=redactor)
    made = record("mail %s", EMAIL, grade=17)
    assert EMAIL not in formatter.format(made)
    vars(made).update(other=EMAIL, message=f"mail {EMAIL}")
    assert EMAIL not in formatter.format(made)
    made.other = SECRET  # type: ignore[attr-defined]
    assert SECRET in formatter.format(made)
    made.message = f"mail {EMAIL}"
    assert SensitiveDataFilter(redactor=redactor).filter(made)
    assert EMAIL not in str(vars(made)) and "grade" not in vars(made)


def test_a_formatter_with_another_policy_writes_by_its_own(record: Make) -> None:
    made = record("mail %s", EMAIL)
    assert MASKED_EMAIL in JSONFormatter().format(made)
    masking = JSONFormatter(policy={"detectors": {"contact.email": "mask"}})
    assert "mail [REDACTED]" in masking.format(made)


def test_what_a_formatter_made_does_not_pickle(record: Make) -> None:
    made = record("mail %s", EMAIL, exc_info=raised(ValueError(EMAIL)))
    JSONFormatter().format(made)
    made.exc_info = None
    assert vars(pickle.loads(pickle.dumps(made)))["_scrubline"] is None


def test_after_the_filter_nothing_is_redacted_twice(
    record: Make, formatter: logging.Formatter
) -> None:
    redactor = Redactor()
    made = record("mail %s", EMAIL, context={"mail": EMAIL})
    SensitiveDataFilter(redactor=redactor).filter(made)
    alone = formatter.format(record("mail %s", EMAIL, context={"mail": EMAIL}))
    assert formatter.format(made)[60:] == alone[60:]
    assert redactor.report()["total"] == 2


def test_log_injection(record: Make, formatter: logging.Formatter) -> None:
    line = formatter.format(
        record("ok\r\n2026 CRITICAL forged \x1b[31m\u2028\u202e", name2="a\nb")
    )
    assert (
        "\n" not in line
        and "\r" not in line
        and "\x1b[31m\u2028" not in line
        and "\u202e" not in line
    )


@pytest.mark.parametrize(
    "bad", [None, 7, object(), type("Slots", (), {"__slots__": ()})()]
)
def test_what_is_no_record_gives_a_line(formatter: logging.Formatter, bad: Any) -> None:
    assert isinstance(formatter.format(bad), str)


def test_formatters_subclass(record: Make) -> None:
    class Mine(JSONFormatter):
        def format(self, record: logging.LogRecord) -> str:
            return "mine " + super().format(record)

    assert isinstance(Mine(), logging.Formatter)
    assert Mine().format(record("m")).startswith('mine {"timestamp"')

    class Also(SensitiveDataFilter):
        def filter(self, record: logging.LogRecord) -> bool:
            return super().filter(record) and record.levelno > logging.INFO

    assert isinstance(Also(), logging.Filter)
    assert Also().filter(record(EMAIL)) is False


@pytest.mark.parametrize(
    ("variables", "is_terminal", "is_coloured"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": ""}, True, True),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_colours_are_for_terminals(
    record: Make,
    monkeypatch: pytest.MonkeyPatch,
    variables: dict[str, str],
    is_terminal: bool,
    is_coloured: bool,
) -> None:
    class Stream(io.StringIO):
        def isatty(self) -> bool:
            return is_terminal

    for name in ("NO_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(sys, "stderr", Stream())
    assert ("\x1b" in DevelopmentFormatter().format(record("m"))) == is_coloured
    assert "\x1b" in DevelopmentFormatter(colour=True).format(record("m"))
    assert "\x1b" not in DevelopmentFormatter(colour=False).format(record("m"))
    monkeypatch.setattr(sys, "stderr", None)
    assert "\x1b" not in DevelopmentFormatter().format(record("m"))


def test_the_console_has_context_in_front_and_a_traceback_below(record: Make) -> None:
    made = record(
        "paid",
        correlation_id="req_0123456789ab",
        user_id=7,
        amount=25,
        exc_info=raised(ValueError("no funds")),
    )
    first, *below = DevelopmentFormatter(colour=False).format(made).splitlines()
    assert first.endswith("shop [req_0123456789ab user_id=7] paid amount=25")
    assert below[0] == "    Traceback (most recent call last):"
    assert below[-1] == "    ValueError: no funds"
    assert all(line.startswith("    ") for line in below)


def test_options_are_checked() -> None:
    for options in ({"layout": "deep"}, {"nonsense": 1}, {"policy": {"nonsense": 1}}):
        with pytest.raises(ScrublineError):
            JSONFormatter(**options)
    with pytest.raises(TypeError):
        SensitiveDataFilter(redactor="no")  # type: ignore[arg-type]
    assert JSONFormatter("%(message)s", "%H", "%", True, defaults={}) is not None
    assert SensitiveDataFilter("some.logger").name == "some.logger"
    assert (
        SensitiveDataFilter(
            policy={"detectors": {"contact.email": "mask"}},
            key=bytes(32),
            known_values=["correct-horse"],
        )
        is not None
    )


def test_context_fields(record: Make) -> None:
    assert (
        list(lined(record("m", tenant=1, user_id=2), context_fields=["tenant"]))[4]
        == "tenant"
    )


@pytest.fixture
def configured() -> Iterator[io.StringIO]:
    out = io.StringIO()
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "filters": {
                "sensitive_data": {
                    "()": "scrubline.logging.SensitiveDataFilter",
                    "policy": {"preset": "default"},
                },
                "named": {
                    "()": "scrubline.logging.SensitiveDataFilter",
                    "name": "only.here",
                },
            },
            "formatters": {
                "json": {"()": "scrubline.logging.JSONFormatter", "layout": "nested"},
                "development": {
                    "()": "scrubline.logging.DevelopmentFormatter",
                    "format": "%(message)s",
                },
                "security": {"()": "scrubline.logging.SecurityFormatter"},
            },
            "handlers": {
                name: {
                    "class": "logging.StreamHandler",
                    "stream": out,
                    "filters": ["sensitive_data", "named"],
                    "formatter": name,
                }
                for name in ("json", "development", "security")
            },
            "root": {"level": "DEBUG", "handlers": ["json", "development", "security"]},
        }
    )
    yield out
    root.handlers[:], root.level = handlers, level


def test_dict_config(configured: io.StringIO) -> None:
    logging.getLogger("shop.orders").info("mail %s", EMAIL, extra={"password": SECRET})
    out = configured.getvalue()
    assert len(out.splitlines()) == 3 and out.count(MASKED_EMAIL) == 3
    assert EMAIL not in out and SECRET not in out


def test_caplog_and_assert_logs(caplog: pytest.LogCaptureFixture) -> None:
    import unittest

    sensitive = SensitiveDataFilter()
    logger = logging.getLogger("shop.captured")
    logger.addFilter(sensitive)
    try:
        with unittest.TestCase().assertLogs("shop.captured") as logs:
            logger.info("mail %s", EMAIL)
        with caplog.at_level(logging.INFO):
            logger.info("mail %s", EMAIL)
    finally:
        logger.removeFilter(sensitive)
    assert logs.output == [f"INFO:shop.captured:mail {MASKED_EMAIL}"]
    assert caplog.messages == [f"mail {MASKED_EMAIL}"]
