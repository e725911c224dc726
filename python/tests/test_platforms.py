"""Lines for OpenTelemetry, Elastic, Google Cloud and Datadog, checked against what each of them says of its own format."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from datetime import datetime, timezone
from typing import Any

import pytest
from conftest import EMAIL, MASKED_EMAIL, SECRET, raised
from google.protobuf.json_format import ParseDict
from opentelemetry.proto.logs.v1.logs_pb2 import LogRecord, LogsData, SeverityNumber
from scrubline import Formatter, ScrublineError
from scrubline.logging import (
    DatadogFormatter,
    ECSFormatter,
    GCPFormatter,
    JSONFormatter,
    OTelFormatter,
    SensitiveDataFilter,
)

Make = Callable[..., logging.LogRecord]
Line = dict[str, Any]

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
HOSTILE = '"}\r\n{"level":"INFO"}\x00\x1b[2J\x7f\x85\x9b\u2028\u2029\u202e\u2066\u061c'
LEVELS = [
    logging.DEBUG,
    logging.INFO,
    logging.WARNING,
    logging.ERROR,
    logging.CRITICAL,
]


def whole(record: Make, level: int = logging.ERROR) -> logging.LogRecord:
    made = record(
        "mail %s",
        EMAIL,
        exc_info=raised(ValueError(f"for {EMAIL}")),
        event_type="sign_in",
        correlation_id="req_0123456789ab",
        school_id=7,
        user_id="u7",
        role="teacher",
        duration_ms=12.5,
        trace_id=TRACE,
        span_id=SPAN,
        trace_flags=1,
        amount=25,
        ratio=0.5,
        ok=True,
        items=[1, {"mail": EMAIL}],
        password=SECRET,
    )
    made.created = 1709210096.789
    made.levelno, made.levelname = level, logging.getLevelName(level)
    return made


@pytest.fixture(params=[OTelFormatter, ECSFormatter, GCPFormatter, DatadogFormatter])
def formatter(request: pytest.FixtureRequest) -> logging.Formatter:
    made: logging.Formatter = request.param(service="shop")
    return made


def once(pairs: list[tuple[str, Any]]) -> Line:
    assert len(dict(pairs)) == len(pairs), "a key stands twice"
    return dict(pairs)


def read(line: str) -> Line:
    loaded: Line = json.loads(line, object_pairs_hook=once)
    return loaded


def test_nothing_secret_and_one_line(
    record: Make, formatter: logging.Formatter
) -> None:
    made = whole(record)
    line = formatter.format(made)
    assert EMAIL not in line and SECRET not in line and MASKED_EMAIL in line
    assert len(line.splitlines()) == 1 and " " not in line[:40]
    SensitiveDataFilter().filter(made)
    assert formatter.format(made) == line, "redacted by the filter or here, it is one"


def test_nothing_forges_a_line(record: Make, formatter: logging.Formatter) -> None:
    made = record(
        HOSTILE,
        name=HOSTILE,
        event_type=HOSTILE,
        correlation_id=HOSTILE,
        role=HOSTILE,
        trace_id=HOSTILE,
        exc_info=raised(ValueError(HOSTILE)),
        **{HOSTILE: [HOSTILE]},
    )
    line = formatter.format(made)
    raw = [char for char in HOSTILE if not char.isprintable()]
    assert len(raw) == 12 and not any(char in line for char in raw)
    assert HOSTILE in walk(read(line))


def walk(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for pair in value.items() for part in pair for text in walk(part)]
    if isinstance(value, list):
        return [text for part in value for text in walk(part)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize(
    "value",
    ["\ud800", float("nan"), float("-inf"), 1 << 5000, {1: 2, (3,): None, "1": 4}],
    ids=["surrogate", "nan", "inf", "huge", "keys"],
)
def test_any_value_gives_valid_json(
    record: Make, formatter: logging.Formatter, value: object
) -> None:
    for line in (
        formatter.format(record("m", value=value)),
        Formatter("otel").format({"message": "m", "value": value}),
    ):
        line.encode()
        read(line)


# OpenTelemetry: the message types of opentelemetry-proto refuse a name or a type that is not theirs.


def otel(line: str) -> tuple[LogsData, LogRecord, dict[str, Any]]:
    data = ParseDict(read(line), LogsData())
    (logs,) = data.resource_logs
    (scope,) = logs.scope_logs
    (log,) = scope.log_records
    return data, log, {pair.key: pair.value for pair in log.attributes}


def test_otel(record: Make) -> None:
    line = OTelFormatter(service="shop").format(whole(record))
    data, log, attributes = otel(line)
    resource = data.resource_logs[0].resource.attributes[0]
    assert (resource.key, resource.value.string_value) == ("service.name", "shop")
    assert data.resource_logs[0].scope_logs[0].scope.name == "shop"
    assert datetime.fromtimestamp(log.time_unix_nano / 1e9, timezone.utc) == datetime(
        2024, 2, 29, 12, 34, 56, 789000, timezone.utc
    )
    assert (log.body.string_value, log.event_name, log.flags) == (
        f"mail {MASKED_EMAIL}",
        "sign_in",
        1,
    )
    # OTLP has ids in hex where protobuf's JSON has base64: <https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding>
    written = read(line)["resourceLogs"][0]["scopeLogs"][0]["logRecords"][0]
    assert (written["traceId"], written["spanId"]) == (TRACE, SPAN)
    assert list(attributes)[:9] == [
        "correlation_id",
        "school_id",
        "user_id",
        "role",
        "code.function.name",
        "code.line.number",
        "duration_ms",
        "exception.type",
        "exception.message",
    ]
    assert attributes["code.function.name"].string_value == "shop.pay"
    assert attributes["code.line.number"].int_value == 7
    assert attributes["exception.type"].string_value == "ValueError"
    assert attributes["exception.message"].string_value == f"for {MASKED_EMAIL}"
    assert "Traceback" in attributes["exception.stacktrace"].string_value
    assert (
        attributes["amount"].int_value == 25 and attributes["ratio"].double_value == 0.5
    )
    assert attributes["ok"].bool_value is True
    first, second = attributes["items"].array_value.values
    assert first.int_value == 1
    assert second.kvlist_value.values[0].value.string_value == MASKED_EMAIL
    assert "trace_id" not in attributes and "span_id" not in attributes


def test_otel_severities(record: Make) -> None:
    numbers = [
        SeverityNumber.SEVERITY_NUMBER_DEBUG,
        SeverityNumber.SEVERITY_NUMBER_INFO,
        SeverityNumber.SEVERITY_NUMBER_WARN,
        SeverityNumber.SEVERITY_NUMBER_ERROR,
        SeverityNumber.SEVERITY_NUMBER_FATAL,
    ]
    for level, number in zip(LEVELS, numbers, strict=True):
        _, log, _ = otel(OTelFormatter().format(whole(record, level)))
        assert log.severity_number == number
        assert log.severity_text == logging.getLevelName(level)


# Elastic: <https://github.com/elastic/ecs-logging/blob/main/spec/spec.json>, and the types of
# <https://www.elastic.co/docs/reference/ecs/ecs-field-reference>.

ECS_FIRST = ["@timestamp", "log.level", "message"]
ECS_TYPES = {
    "@timestamp": str,
    "log.level": str,
    "message": str,
    "ecs.version": str,
    "service.name": str,
    "event.dataset": str,
    "log.logger": str,
    "event.action": str,
    "event.duration": int,
    "trace.id": str,
    "span.id": str,
    "log.origin.function": str,
    "log.origin.file.line": int,
    "error.type": str,
    "error.message": str,
    "error.stack_trace": str,
    "labels": dict,
}


def test_ecs(record: Make) -> None:
    line = read(ECSFormatter(service="shop").format(whole(record)))
    assert list(line)[:3] == ECS_FIRST
    own = line.pop("scrubline")
    assert {name: type(value) for name, value in line.items()} == ECS_TYPES
    assert line["@timestamp"] == "2024-02-29T12:34:56.789Z"
    assert line["event.duration"] == 12_500_000, "nanoseconds"
    assert line["log.level"] == "error" and line["event.dataset"] == "shop.log"
    assert line["labels"] == {
        "correlation_id": "req_0123456789ab",
        "school_id": "7",
        "user_id": "u7",
        "role": "teacher",
    }
    assert all(isinstance(value, str) for value in line["labels"].values())
    assert own == {
        "module": "shop",
        "amount": 25,
        "items": [1, {"mail": MASKED_EMAIL}],
        "ok": True,
        "password": "[REDACTED]",
        "ratio": 0.5,
        "trace_flags": 1,
    }
    smallest = read(ECSFormatter().format(record("m")))
    assert {"@timestamp", "log.level", "message", "ecs.version"} <= set(smallest)


# Google Cloud: <https://cloud.google.com/logging/docs/reference/v2/rest/v2/LogEntry#LogSeverity> and
# <https://cloud.google.com/logging/docs/structured-logging#structured_logging_special_fields>.


def test_gcp(record: Make) -> None:
    line = read(
        GCPFormatter(service="shop", project="my-project").format(whole(record))
    )
    special = {
        name.removeprefix("logging.googleapis.com/"): value
        for name, value in line.items()
        if name.startswith("logging.googleapis.com/")
    }
    assert special == {
        "trace": f"projects/my-project/traces/{TRACE}",
        "spanId": SPAN,
        "trace_sampled": True,
        "sourceLocation": {"line": "7", "function": "shop.pay"},
        "labels": {
            "correlation_id": "req_0123456789ab",
            "school_id": "7",
            "user_id": "u7",
            "role": "teacher",
        },
    }
    assert line["time"] == "2024-02-29T12:34:56.789Z"
    assert line["@type"].startswith("type.googleapis.com/") and line["@type"].endswith(
        ".ReportedErrorEvent"
    )
    assert line["serviceContext"] == {"service": "shop"}
    assert line["stack_trace"].startswith("Traceback (most recent call last):")
    assert line["amount"] == 25 and line["event_type"] == "sign_in"
    severities = {"DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"}
    assert {
        read(GCPFormatter().format(whole(record, level)))["severity"]
        for level in LEVELS
    } == severities
    assert "@type" not in read(GCPFormatter().format(whole(record, logging.WARNING)))


# Datadog: <https://docs.datadoghq.com/standard-attributes/> and, for the ids,
# <https://docs.datadoghq.com/tracing/other_telemetry/connect_logs_and_traces/opentelemetry/>.


def test_datadog(record: Make) -> None:
    line = read(DatadogFormatter(service="shop").format(whole(record)))
    assert int(line["dd.trace_id"]) == int(TRACE, 16) & (1 << 64) - 1
    assert int(line["dd.span_id"]) == int(SPAN, 16)
    assert line["duration"] == 12_500_000, "nanoseconds"
    assert (line["error.kind"], line["error.message"]) == (
        "ValueError",
        f"for {MASKED_EMAIL}",
    )
    assert "Traceback" in line["error.stack"]
    assert (
        line["timestamp"],
        line["status"],
        line["service"],
        line["logger.name"],
    ) == (
        "2024-02-29T12:34:56.789Z",
        "error",
        "shop",
        "shop",
    )
    assert line["evt.name"] == "sign_in" and line["user_id"] == "u7"


def test_the_trace_is_plain_in_json(record: Make) -> None:
    line = read(JSONFormatter().format(whole(record)))
    assert (line["trace_id"], line["span_id"], line["trace_flags"]) == (TRACE, SPAN, 1)


def test_options(record: Make) -> None:
    for wrong in ({"service": ""}, {"service": 7}, {"layouts": "flat"}):
        with pytest.raises(ScrublineError):
            ECSFormatter(**wrong)
    with pytest.raises(ScrublineError):
        DatadogFormatter(context_fields=["status"])
    made = record("m", tenant="t")
    assert read(ECSFormatter(context_fields=["tenant"]).format(made))["labels"] == {
        "tenant": "t"
    }
