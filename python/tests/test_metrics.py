"""Metrics for Prometheus, and the files for monitoring systems."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest
from conftest import EMAIL
from prometheus_client import CollectorRegistry
from scrubline import Redactor, _process
from scrubline.integrations.prometheus import LogMetrics
from scrubline.logging import log_security_event


@pytest.fixture
def registry() -> CollectorRegistry:
    return CollectorRegistry()


@pytest.fixture
def metrics(registry: CollectorRegistry) -> Iterator[LogMetrics]:
    redactor = Redactor()
    made = LogMetrics(
        loggers=["finances.stripe"],
        max_loggers=2,
        registry=registry,
        redactor=lambda: redactor,
    )
    made.start()
    redactor.redact(f"for {EMAIL}")
    yield made
    made.stop()


def value(registry: CollectorRegistry, level: str, logger: str) -> float | None:
    return registry.get_sample_value(
        "django_log_messages", {"level": level, "logger": logger}
    )


def test_configured_loggers_begin_at_zero(
    registry: CollectorRegistry, metrics: LogMetrics
) -> None:
    assert value(registry, "CRITICAL", "finances.stripe") == 0
    assert value(registry, "DEBUG", "root") == 0
    logging.getLogger("finances.stripe").critical("down")
    assert value(registry, "CRITICAL", "finances.stripe") == 1
    assert value(registry, "ERROR", "finances.stripe") == 0


def test_a_record_counts_once_whatever_its_handlers(
    registry: CollectorRegistry, metrics: LogMetrics
) -> None:
    logger = logging.getLogger("metrics.once")
    logger.addHandler(logging.NullHandler())
    logger.addHandler(logging.NullHandler())
    logger.setLevel(logging.INFO)
    logger.info("a")
    logger.debug("not logged")
    logging.makeLogRecord({"name": "metrics.once", "levelno": 20})
    assert value(registry, "INFO", "metrics.once") == 1
    assert value(registry, "DEBUG", "metrics.once") is None


def test_names_are_capped(registry: CollectorRegistry, metrics: LogMetrics) -> None:
    for n in range(5):
        logging.getLogger(f"metrics.cap.{n}").error("x")
    logging.getLogger("metrics.cap.0").error("x")
    assert value(registry, "ERROR", "metrics.cap.0") == 2
    assert value(registry, "ERROR", "metrics.cap.4") is None
    assert value(registry, "ERROR", "other") == 3


def test_levels_in_between(registry: CollectorRegistry, metrics: LogMetrics) -> None:
    logger = logging.getLogger("finances.stripe")
    logger.setLevel(1)
    for level in (1, 25, 99):
        logger.log(level, "x")
    for name in ("DEBUG", "INFO", "CRITICAL"):
        assert value(registry, name, "finances.stripe") == 1


def test_failures_to_authenticate_have_a_logger_of_their_own(
    registry: CollectorRegistry, metrics: LogMetrics
) -> None:
    log_security_event("authentication_failure", "x")
    log_security_event("permission_violation", "x")
    assert value(registry, "WARNING", "security.events") == 2
    assert value(registry, "WARNING", "security.auth_failures") == 1


def test_redactions(registry: CollectorRegistry, metrics: LogMetrics) -> None:
    list(registry.collect())
    labels = {"detector": "contact.email", "action": "partial"}
    assert registry.get_sample_value("scrubline_redactions_total", labels) == 1


def test_the_redactor_is_given_or_that_of_the_process(
    registry: CollectorRegistry,
) -> None:
    def redacted(made: LogMetrics) -> float:
        made.look()
        names = {"detector": "contact.email", "action": "partial"}
        counted = registry.get_sample_value("scrubline_redactions_total", names)
        made.stop()
        return counted or 0

    redactor = Redactor()
    made = LogMetrics(registry=registry, redactor=redactor)
    redactor.redact(EMAIL)
    assert redacted(made) == 1
    made = LogMetrics(registry=registry)
    before = redacted(made)
    _process.redactor().redact(EMAIL)
    assert redacted(LogMetrics(registry=registry)) == before + 1


def test_a_wrong_registry_or_redactor_never_reaches_the_logger(
    registry: CollectorRegistry,
) -> None:
    def fail() -> Redactor:
        raise RuntimeError

    made = LogMetrics(registry=registry, redactor=fail)
    made.start()
    try:
        logging.getLogger("metrics.fail").error("x")
        assert value(registry, "ERROR", "metrics.fail") == 1
    finally:
        made.stop()


def test_several_processes(tmp_path: Path) -> None:
    code = """
        import logging, os, sys
        from prometheus_client import CollectorRegistry, generate_latest, multiprocess
        from scrubline.integrations import prometheus
        assert prometheus.install(loggers=["shop"]) is prometheus.install()
        for _ in range(3):
            if os.fork() == 0:
                logging.getLogger("shop").error("x")
                os._exit(0)
        for _ in range(3):
            os.wait()
        logging.getLogger("shop").error("x")
        registry = CollectorRegistry()
        multiprocess.MultiProcessCollector(registry)
        print(generate_latest(registry).decode())
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        env={**os.environ, "PROMETHEUS_MULTIPROC_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert 'django_log_messages{level="ERROR",logger="shop"} 4.0' in done.stdout
    assert 'django_log_messages{level="CRITICAL",logger="shop"} 0.0' in done.stdout


def test_files() -> None:
    folder = files("scrubline.monitoring")
    dashboard = json.loads((folder / "dashboard.json").read_text())
    assert len(dashboard["panels"]) >= 5
    template = json.loads((folder / "index-template.json").read_text())
    types = {
        name: field["type"]
        for name, field in template["template"]["mappings"]["properties"].items()
        if "type" in field
    }
    for name in ("logger", "event_type", "school_id"):
        assert types[name] == "keyword"
    assert types["timestamp"] == "date"
    for name in ("payment-success-rate", "security-events-by-school"):
        json.loads((folder / "queries" / f"{name}.json").read_text())
