"""scrubline for Python beside what it replaces: lines, log records, whole lines of JSON, and what an import costs.

python tests/bench/python_bench.py DATA BARS [--wheel FILE]
"""

from __future__ import annotations

import argparse
import json
import logging
import logging.config
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from time import process_time, thread_time
from typing import Any

import scrubline
from django.conf import settings
from prometheus_client import CollectorRegistry
from pythonjsonlogger.json import JsonFormatter
from pythonjsonlogger.orjson import OrjsonFormatter
from scrubline.django import logging_config
from scrubline.integrations import prometheus
from scrubline.logging import (
    BusinessContext,
    CorrelationFilter,
    CorrelationID,
    JSONFormatter,
    SensitiveDataFilter,
)

import peers
from race import Bars, Contender, Corpus, race

FRESH = 15  # interpreters for the cost of an import
# Fewer than a queue holds.
PRESET_RECORDS, PRESET_ROUNDS = 5000, 7
FIELDS = (
    "%(asctime)s %(levelname)s %(name)s %(message)s %(module)s %(funcName)s %(lineno)d"
)


def table(
    title: str,
    contenders: list[Contender],
    most: int,
    extra: Callable[[str], str] = lambda _: "",
) -> dict[str, float]:
    """Race the contenders, print a row for each and return the ratios to the first one."""
    speeds = race(contenders, most)
    print(f"\n{title}")
    for name, speed in speeds.items():
        print(
            f"  {name:<46} {speed.micros:>9.3f} µs {speed.ratio:>9.2f} x {extra(name)}"
        )
    return {name: speed.ratio for name, speed in speeds.items()}


def by_line(corpus: Corpus, redactors: dict[str, peers.Redact]) -> list[Contender]:
    """Return contenders that redact one line after the other."""

    def work(redact: peers.Redact) -> Callable[[Sequence[object]], None]:
        def run(lines: Sequence[object]) -> None:
            for line in lines:
                redact(line)  # type: ignore[arg-type]

        return run

    return [
        Contender(name, work(redact), lambda count: corpus.lines[:count])
        for name, redact in redactors.items()
    ]


def lines(data: Path, bars: Bars) -> None:
    """Compare `redact` with every peer, on sparse and dense lines and on JSON."""
    redactor = scrubline.Redactor()
    others = peers.by_line()
    for name in ("sparse", "dense"):
        corpus = Corpus.read(data / f"{name}.log")
        redactors = {"scrubline redact": redactor.redact, **others}
        quality = {
            peer: corpus.quality(redact, 5000) for peer, redact in redactors.items()
        }
        ratios = table(
            f"{name}, lines of text: time a line, times scrubline's; planted values left %, lines without any changed %",
            by_line(corpus, redactors),
            len(corpus.lines),
            lambda peer, quality=quality: "{:>7.2f} % left {:>7.2f} % false".format(
                *quality[peer]
            ),
        )
        if name == "sparse":
            bars.check(
                "Python, sparse lines: redact over six regexes",
                ratios["six regexes, one after the other"],
                40,
                "x",
            )

        table(
            f"{name}, nested JSON of about 700 bytes",
            as_json(Corpus.read(data / f"{name}.jsonl"), others),
            20_000,
        )


def as_json(corpus: Corpus, others: dict[str, peers.Redact]) -> list[Contender]:
    """Return contenders for records: as JSON text, and as the objects parsed from it."""
    redactor = scrubline.Redactor()
    by_object = peers.logging_redactor()
    records = {line: json.loads(line) for line in corpus.lines}
    return by_line(
        corpus,
        {
            "scrubline redact_json": redactor.redact_json,
            "scrubline redact_value (of the parsed object)": lambda line: (
                redactor.redact_value(records[line])
            ),
            "loggingredactor (of the parsed object)": lambda line: by_object.redact(
                records[line]
            ),
            **others,
        },
    )


def message_of(line: str) -> tuple[str, tuple[object, ...]]:
    """Return a line as a template with two args, as code logs it."""
    head, _, tail = line.partition(" ")
    return "%s took %d ms: " + tail.replace("%", "%%"), (head, 17)


def new_records(texts: Iterable[str], kind: str) -> list[logging.LogRecord]:
    """Return fresh records: `plain` messages, `args`, or `extra` fields too."""
    records = []
    for text in texts:
        msg, args = (text, ()) if kind == "plain" else message_of(text)
        record = logging.LogRecord(
            "finances.payments",
            logging.INFO,
            "/srv/app/payments.py",
            42,
            msg,
            args,
            None,
            "charge",
        )
        if kind == "extra":
            vars(record).update(
                event_type="payment_initiated",
                amount=25.0,
                school_id=17,
                user_id=4821,
                payment_method="stripe",
            )
        records.append(record)
    return records


def filtering(data: Path, bars: Bars) -> None:
    """Compare the filter on a LogRecord with the bare native call on its message."""
    corpus = Corpus.read(data / "sparse.log")
    redactor = scrubline.Redactor()
    filters = {
        "scrubline filter": SensitiveDataFilter(),
        "six-regex filter": peers.SixFilter(),
        "loggingredactor filter": peers.logging_redactor(),
    }

    def run(target: logging.Filter) -> Callable[[Sequence[object]], None]:
        def work(records: Sequence[object]) -> None:
            for record in records:
                target.filter(record)  # type: ignore[arg-type]

        return work

    contenders = by_line(corpus, {"bare native call: redact(message)": redactor.redact})
    for kind in ("plain", "args", "extra"):
        for name, target in filters.items():
            contenders.append(
                Contender(
                    f"{name}, {kind}",
                    run(target),
                    lambda count, kind=kind: new_records(corpus.lines[:count], kind),
                )
            )
    ratios = table(
        "filter on a LogRecord, sparse lines: time a record, times the bare native call",
        contenders,
        50_000,
    )
    for kind, what in (("plain", "a message"), ("args", "a message with args")):
        bars.check(
            f"Python: filter on a LogRecord, {what}, over a bare native call",
            ratios[f"scrubline filter, {kind}"],
            7,
            "x",
            at_most=True,
        )


class Null:
    """A stream that forgets what it is given."""

    def write(self, text: str) -> None:
        """Take the text."""

    def flush(self) -> None:
        """Do nothing."""


def logger_with(
    name: str, formatter: logging.Formatter, *filters: logging.Filter
) -> logging.Logger:
    """Return a logger of its own with one handler to nowhere."""
    logger = logging.Logger(name)
    handler = logging.StreamHandler(Null())  # type: ignore[arg-type]
    handler.setFormatter(formatter)
    for each in filters:
        handler.addFilter(each)
    logger.addHandler(handler)
    return logger


def whole_lines(data: Path, bars: Bars) -> None:
    """Compare logger.info to a stream, from the call to the written line of JSON."""
    corpus = Corpus.read(data / "sparse.log")
    alone = "python-json-logger alone, no filter"
    ours = "scrubline filter and JSON line"
    loggers = {
        alone: logger_with("a", JsonFormatter(FIELDS)),
        ours: logger_with("b", JSONFormatter(), SensitiveDataFilter()),
        "scrubline JSON line (formatter alone redacts)": logger_with(
            "c", JSONFormatter()
        ),
        "python-json-logger's orjson variant, no filter": logger_with(
            "d", OrjsonFormatter(FIELDS)
        ),
        "stdlib formatter (text), no filter": logger_with(
            "e", logging.Formatter(FIELDS)
        ),
        "six-regex filter and python-json-logger": logger_with(
            "f", JsonFormatter(FIELDS), peers.SixFilter()
        ),
        "loggingredactor and python-json-logger": logger_with(
            "g", JsonFormatter(FIELDS), peers.logging_redactor()
        ),
    }
    extra = {
        "event_type": "payment_initiated",
        "amount": 25.0,
        "payment_method": "stripe",
        "metadata": {"retries": 2, "queue": "high"},
    }

    def plain(logger: logging.Logger) -> Callable[[Sequence[object]], None]:
        def work(texts: Sequence[object]) -> None:
            for text in texts:
                logger.info(text)

        return work

    def business(logger: logging.Logger) -> Callable[[Sequence[object]], None]:
        def work(items: Sequence[object]) -> None:
            for msg, args in items:  # type: ignore[misc]
                logger.info(msg, *args, extra=extra)

        return work

    for what, work, prepare in (
        ("a message", plain, lambda count: corpus.lines[:count]),
        (
            "a message with args and extra",
            business,
            lambda count: [message_of(line) for line in corpus.lines[:count]],
        ),
    ):
        contenders = [
            Contender(name, work(logger), prepare) for name, logger in loggers.items()
        ]
        ratios = table(
            f"logger.info to a stream, {what}, sparse lines: time a call, times python-json-logger alone",
            contenders,
            20_000,
        )
        bars.check(
            f"Python: filter and JSON line, {what}, over python-json-logger alone",
            ratios[ours],
            1,
            "x",
            at_most=True,
        )


def everything(data: Path, bars: Bars) -> None:
    """Measure what a record costs with filter, context, JSON line and metrics, beside the standard library with a plain formatter."""
    corpus = Corpus.read(data / "sparse.log")
    bare = logger_with("h", logging.Formatter(FIELDS))
    full = logger_with("i", JSONFormatter(), SensitiveDataFilter(), CorrelationFilter())
    metrics = prometheus.LogMetrics(registry=CollectorRegistry(), redactor=None)

    def stdlib(texts: Sequence[object]) -> None:
        for text in texts:
            bare.info(text)

    def ours(texts: Sequence[object]) -> None:
        metrics.start()
        CorrelationID.set("req_0123456789ab")
        BusinessContext.set_context(school_id=7, user_id=5, role="teacher")
        for text in texts:
            full.info(text)
        metrics.pause()

    contenders = [
        Contender("stdlib, plain formatter", stdlib, lambda n: corpus.lines[:n]),
        Contender("scrubline, all of it", ours, lambda n: corpus.lines[:n]),
    ]
    speeds = race(contenders, 20_000)
    print("\nlogger.info to a stream, with context and metrics: time a call")
    for name, speed in speeds.items():
        print(f"  {name:<46} {speed.micros:>9.3f} µs {speed.ratio:>9.2f} x")
    plain, all_of_it = speeds.values()
    bars.check(
        "Python: filter, context, JSON line and metrics, more than stdlib plain",
        # By the ratio, which compares turns that followed each other.
        (all_of_it.ratio - 1) * plain.micros,
        6,
        " µs",
        at_most=True,
    )


def presets(data: Path) -> None:
    """Measure what a record costs through each environment's preset: the thread that logs, and the whole process until all is written."""
    # Until there are settings, each record asks for them.
    settings.configure()
    texts = Corpus.read(data / "sparse.log").lines[:PRESET_RECORDS]
    print(
        f"\na record through a preset, median of {PRESET_ROUNDS} rounds of {len(texts)}"
    )
    with tempfile.TemporaryDirectory() as folder, open(os.devnull, "w") as null:
        plain = {
            "class": "logging.FileHandler",
            "filename": f"{folder}/plain.log",
            "formatter": "plain",
        }
        configs: dict[str, dict[str, Any]] = {
            "stdlib, plain formatter, one file": {
                "version": 1,
                "formatters": {"plain": {"format": FIELDS}},
                "handlers": {"plain": plain},
                "root": {"handlers": ["plain"], "level": "INFO"},
            }
        }
        for environment in ("development", "production", "testing"):
            configs[environment] = logging_config(
                environment,
                log_dir=folder,
                apps=["shop"],
                syslog=False,
                overrides={"handlers": {"console": {"stream": null}}}
                if environment != "testing"
                else None,
            )
        for name, config in configs.items():
            logging.config.dictConfig(config)
            rounds = [logged(texts) for _ in range(PRESET_ROUNDS)]
            caller, process = (
                statistics.median(column) for column in zip(*rounds, strict=True)
            )
            print(f"  {name:<46} {caller:>9.3f} µs {process:>9.3f} µs in the process")
        logging.shutdown()


def logged(texts: Sequence[str]) -> tuple[float, float]:
    """Log the texts. Microseconds a record: of this thread, and of the process until the handlers are done."""
    logger = logging.getLogger("shop.orders")
    thread, process = thread_time(), process_time()
    for text in texts:
        logger.warning(text)
    caller = thread_time() - thread
    for handler in logging.root.handlers:
        handler.flush()
    return caller / len(texts) * 1e6, (process_time() - process) / len(texts) * 1e6


PROBE = """
import sys
{before}
from time import perf_counter
def resident():
    with open("/proc/self/statm") as f:
        return int(f.read().split()[1]) * 4096
def before():
    return resident(), perf_counter()
memory, start = before()
{statement}
print(perf_counter() - start, resident() - memory)
"""


def fresh(statement: str, before: str = "") -> tuple[float, float]:
    """Run the statement in a new interpreter. Milliseconds and megabytes (10^6 bytes) that it takes there."""
    code = PROBE.format(statement=statement, before=before)
    out = subprocess.run(
        [sys.executable, "-I", "-c", code], check=True, capture_output=True, text=True
    ).stdout
    seconds, memory = out.split()
    return float(seconds) * 1e3, float(memory) / 1e6


def importing(bars: Bars, wheel: Path | None) -> None:
    """Measure what an import costs in fresh interpreters, in turns, and the size of the wheel."""
    # A process that logs has these already; what scrubline adds to it is what counts.
    with_logging = "import logging, json, re"
    cases = {
        "import scrubline": ("import scrubline", with_logging),
        "import scrubline, nothing imported before": ("import scrubline", ""),
        "import scrubline; Redactor()": (
            "import scrubline; scrubline.Redactor()",
            with_logging,
        ),
        "import scrubline.logging": ("import scrubline.logging", with_logging),
        "import pythonjsonlogger.json": ("import pythonjsonlogger.json", with_logging),
        "import scrubbers": ("import scrubbers", with_logging),
        "import loggingredactor": ("import loggingredactor", with_logging),
        "import sentry_relay.processing": (
            "import sentry_relay.processing",
            with_logging,
        ),
    }
    results: dict[str, list[tuple[float, float]]] = {name: [] for name in cases}
    for statement, before in cases.values():
        fresh(statement, before)  # writes the .pyc files
    for _ in range(FRESH):
        for name, (statement, before) in cases.items():
            results[name].append(fresh(statement, before))
    print(f"\nimport in a fresh interpreter, median of {FRESH}")
    cost = {}
    for name, pairs in results.items():
        cost[name] = tuple(
            statistics.median(column) for column in zip(*pairs, strict=True)
        )
        print(f"  {name:<46} {cost[name][0]:>9.2f} ms {cost[name][1]:>7.2f} MB")
    milliseconds, megabytes = cost["import scrubline"]
    bars.check("Python: import scrubline", milliseconds, 3, " ms", at_most=True)
    bars.check(
        "Python: memory that import scrubline adds", megabytes, 4, " MB", at_most=True
    )
    if wheel is not None:
        size = wheel.stat().st_size / 1e6
        print(f"  wheel {size:.2f} MB")
        bars.check("Python: size of the wheel", size, 1.5, " MB", at_most=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("bars", type=Path)
    parser.add_argument("--wheel", type=Path)
    options = parser.parse_args()
    bars = Bars()
    print(f"Python {sys.version.split()[0]}, scrubline {scrubline.__version__}")
    lines(options.data, bars)
    filtering(options.data, bars)
    whole_lines(options.data, bars)
    everything(options.data, bars)
    presets(options.data)
    importing(bars, options.wheel)
    bars.write(options.bars)


if __name__ == "__main__":
    main()
