"""The system checks of `scrubline.django`, each found and not found, and the command that tries canaries."""

from __future__ import annotations

import io
import json
import logging
import logging.config
import os
import re
import stat
import subprocess
import sys
import textwrap
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import scrubline
import sentry_sdk
import test_django  # noqa: F401 - it configures the settings
from django.core import checks
from django.core.management import call_command
from django.test import override_settings
from opentelemetry import _logs
from opentelemetry.sdk._logs import ConcurrentMultiLogRecordProcessor, LoggerProvider
from opentelemetry.sdk._logs.export import (
    InMemoryLogRecordExporter,
    SimpleLogRecordProcessor,
)
from scrubline.django import checks as ours
from scrubline.integrations import sentry as for_sentry
from scrubline.integrations.otel import RedactingLogRecordProcessor
from sentry_sdk.transport import Transport

STREAM = {"class": "logging.StreamHandler"}
FILTERED = {**STREAM, "filters": ["sensitive_data"]}
# Servers are configured, so that W004 is found only where it is asked for.
SERVERS = ("gunicorn.access", "gunicorn.error", "uvicorn", "uvicorn.access")
Configure = Callable[..., None]


@pytest.fixture(autouse=True)
def tree(monkeypatch: pytest.MonkeyPatch) -> Iterator[Configure]:
    """A logging tree of this test's own."""
    monkeypatch.setattr(logging.root, "handlers", [])
    monkeypatch.setattr(logging.root, "filters", [])
    monkeypatch.setattr(logging.root.manager, "loggerDict", {})
    monkeypatch.setattr(logging, "_handlers", weakref.WeakValueDictionary())
    monkeypatch.setattr(logging, "_handlerList", [])

    def configure(
        handlers: dict[str, Any],
        loggers: dict[str, Any] | None = None,
        root: Any = ("ok",),
        **more: Any,
    ) -> None:
        logging.config.dictConfig(
            {
                "version": 1,
                "disable_existing_loggers": False,
                "filters": {
                    "sensitive_data": {"()": "scrubline.django.SensitiveDataFilter"}
                },
                "formatters": {"json": {"()": "scrubline.django.JSONFormatter"}},
                "handlers": {"ok": FILTERED, **handlers},
                "loggers": {
                    **{name: {"handlers": ["ok"]} for name in SERVERS},
                    **(loggers or {}),
                },
                "root": {
                    "handlers": [name for name in root if name],
                    "level": "WARNING",
                },
                **more,
            }
        )

    configure({})
    yield configure


def without_caplog() -> None:
    """pytest hangs its own handler into root when a test begins."""
    for handler in list(logging.root.handlers):
        if type(handler).__module__ == "_pytest.logging":
            logging.root.removeHandler(handler)


def found(deploy: bool = False) -> dict[str, list[checks.CheckMessage]]:
    without_caplog()
    messages = checks.run_checks(tags=["scrubline"], include_deployment_checks=deploy)
    by_id: dict[str, list[checks.CheckMessage]] = {}
    for message in messages:
        by_id.setdefault(message.id.removeprefix("scrubline."), []).append(message)
    return by_id


def texts(id: str, deploy: bool = False) -> list[str]:
    messages = found(deploy)
    assert set(messages) == {id}, messages
    assert all(each.hint for each in messages[id]) or id == "E001"
    return [each.msg for each in messages[id]]


def test_nothing_is_found_where_all_is_well() -> None:
    assert found(deploy=True) == {}


# ---- settings


@pytest.mark.parametrize(
    ("setting", "part"),
    [
        ({"POLICIES": {}}, "SCRUBLINE['POLICIES'] is not known"),
        ({"KEY": 7}, "SCRUBLINE['KEY'] is not a string"),
        (
            {"POLICY": {"preset": "mild"}},
            "SCRUBLINE: policy.invalid_value at preset",
        ),
        ({"KEY": b"short"}, "SCRUBLINE: key.too_short"),
        ({"ROUTES": {"payment_*": 7}}, "SCRUBLINE: "),
    ],
)
def test_e001(setting: Any, part: str) -> None:
    with override_settings(SCRUBLINE=setting):
        messages = checks.run_checks(tags=["scrubline"])
    errors = [each for each in messages if each.id == "scrubline.E001"]
    assert len(errors) == 1 and part in errors[0].msg and errors[0].is_serious()
    assert "short'" not in errors[0].msg


def test_e002() -> None:
    policy = {"detectors": {"contact.email": "pseudonym"}}
    with override_settings(SCRUBLINE={"POLICY": policy}):
        assert texts("E002") == [
            "SCRUBLINE['POLICY'] uses pseudonyms, and SCRUBLINE['KEY'] is missing."
        ]
    with override_settings(SCRUBLINE={"POLICY": policy, "KEY": b"k" * 32}):
        assert found() == {}


# ---- handlers


def test_w001(tree: Configure) -> None:
    tree(
        {"raw": STREAM, "fine": FILTERED},
        {
            "shop": {"handlers": ["raw", "fine"]},
            "pay": {"handlers": ["raw"], "propagate": False},
        },
    )
    assert texts("W001") == [
        "Handler 'raw' (StreamHandler) of loggers 'pay', 'shop' writes records that no redaction has seen."
    ]
    with scrubline.install():
        assert found() == {}


@pytest.mark.parametrize(
    "handler",
    [
        {"class": "logging.handlers.SocketHandler", "host": "localhost", "port": 1},
        {"class": "logging.handlers.HTTPHandler", "host": "localhost", "url": "/"},
        {"class": "logging.handlers.QueueHandler", "queue": "ext://test_checks.QUEUE"},
    ],
    ids=["socket", "http", "queue"],
)
def test_w001_of_handlers_that_read_the_record(
    tree: Configure, handler: dict[str, Any]
) -> None:
    """Our formatter on them changes nothing: they send the record, not its line."""
    made = (
        logging.handlers.QueueHandler(QUEUE)
        if "queue" in handler
        else getattr(logging.handlers, handler["class"].rpartition(".")[2])(
            **{name: value for name, value in handler.items() if name != "class"}
        )
    )
    made.setFormatter(scrubline.django.JSONFormatter())
    logging.getLogger("shop").addHandler(made)
    assert len(texts("W001")) == 1
    made.addFilter(scrubline.django.SensitiveDataFilter())
    assert found() == {}


class _Queue:
    def put_nowait(self, record: object) -> None:
        raise AssertionError("a check writes nothing")


QUEUE: Any = _Queue()


def test_w001_behind_a_handler(tree: Configure) -> None:
    tree(
        {
            "raw": STREAM,
            "memory": {
                "class": "logging.handlers.MemoryHandler",
                "capacity": 9,
                "target": "raw",
            },
        },
        {"shop": {"handlers": ["memory"]}},
    )
    assert texts("W001") == [
        "Handler 'raw' (StreamHandler) behind 'memory' writes records that no redaction has seen."
    ]
    logging.getLogger("shop").handlers[0].addFilter(
        scrubline.django.SensitiveDataFilter()
    )
    assert found() == {}


def test_w001_behind_a_queue(tree: Configure) -> None:
    """As `dictConfig` makes one from Python 3.12 on."""
    out = logging.StreamHandler(io.StringIO())
    out.name = "out"
    queue = logging.handlers.QueueHandler(QUEUE)
    queue.listener = logging.handlers.QueueListener(QUEUE, out)  # type: ignore[assignment,unused-ignore]
    logging.getLogger("shop").addHandler(queue)
    assert texts("W001") == [
        "Handler 'out' (StreamHandler) behind 'QueueHandler' writes records that no redaction has seen."
    ]
    _, by_name, code = rows()
    assert code == 1 and "QueueHandler" not in by_name
    assert by_name["out"]["outcome"] == "LEAK"
    assert by_name["out"]["behind"] == "QueueHandler"
    queue.addFilter(scrubline.django.SensitiveDataFilter())
    assert found() == {}
    assert rows()[1]["out"]["outcome"] == "clean"


def test_null_handlers_are_silent(tree: Configure) -> None:
    logging.getLogger("library").addHandler(logging.NullHandler())
    assert found() == {}


def test_w002(tree: Configure) -> None:
    tree(
        {"raw": STREAM},
        root=("raw",),
    )
    logging.root.addFilter(scrubline.django.SensitiveDataFilter())
    (text,) = texts("W002")
    assert text == (
        "Handler 'raw' (StreamHandler) of logger 'root' gets unredacted records: "
        "the filter on 'root' does not see those of the loggers below."
    )
    logging.root.handlers[0].addFilter(scrubline.django.SensitiveDataFilter())
    assert found() == {}


def test_w003(tree: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    tree({}, {"silent": {"propagate": False}, "below": {}})
    assert texts("W003") == [
        "Nothing handles the records of 'silent': they go unredacted to stderr."
    ]
    with scrubline.install():
        assert found() == {}
    monkeypatch.setattr(logging, "lastResort", None)
    assert found() == {}
    monkeypatch.undo()


def test_w003_of_root(tree: Configure) -> None:
    tree({}, root=())
    assert texts("W003") == [
        "Nothing handles the records of 'root': they go unredacted to stderr."
    ]


def test_w004(tree: Configure) -> None:
    tree({}, {name: {"handlers": []} for name in ("gunicorn.access", "uvicorn")})
    assert texts("W004") == [
        "gunicorn writes the records of 'gunicorn.access' by handlers of its own, which no redaction sees.",
        "uvicorn writes the records of 'uvicorn' by handlers of its own, which no redaction sees.",
    ]
    with scrubline.install():
        assert found() == {}
    # With handlers or without: what the server gave these loggers is gone.
    names = {"uvicorn": {"level": "INFO"}, "gunicorn.access": {}}
    with override_settings(LOGGING={"version": 1, "loggers": names}):
        assert found() == {}


def test_w005(tree: Configure) -> None:
    mail = {
        "class": "django.utils.log.AdminEmailHandler",
        "filters": ["sensitive_data"],
    }
    tree({"mail_admins": mail}, {"django": {"handlers": ["mail_admins"]}})
    assert texts("W005") == [
        "Handler 'mail_admins' (AdminEmailHandler) of logger 'django' mails reports that show the request, settings and "
        "variables of the code."
    ]
    with scrubline.install():
        assert found() == {}
    own = {**mail, "reporter_class": "scrubline.django.ExceptionReporter"}
    tree({"mail_admins": own}, {"django": {"handlers": ["mail_admins"]}})
    assert found() == {}


def test_w010(tree: Configure, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(
        {"line": {**STREAM, "formatter": "json"}},
        {"shop": {"handlers": ["line"]}},
    )
    assert texts("W010") == [
        "Only the formatter of handler 'line' (StreamHandler) of logger 'shop' redacts: if it fails to write, logging prints "
        "the raw arguments to stderr."
    ]
    with scrubline.install():
        assert found() == {}
    monkeypatch.setattr(logging, "raiseExceptions", False)
    assert found() == {}


def test_files_that_never_show_a_record_need_a_formatter_only(
    tree: Configure, tmp_path: Path
) -> None:
    kinds = ("RotatingFileHandler", "TimedRotatingFileHandler")
    files = {
        kind: {
            "class": f"scrubline.logging.handlers.{kind}",
            "filename": str(tmp_path / kind),
            "formatter": "json",
        }
        for kind in kinds
    }
    tree(files, {"shop": {"handlers": list(kinds)}})
    assert found() == {}
    _, by_name, code = rows()
    assert code == 0 and {by_name[kind]["redaction"] for kind in kinds} == {"formatter"}
    files[kinds[0]]["formatter"] = None
    tree(files, {"shop": {"handlers": list(kinds)}})
    assert len(texts("W001")) == 1
    assert rows()[1][kinds[0]]["outcome"] == "LEAK"
    assert list(tmp_path.iterdir()) == []


def test_handlers_that_redact_by_themselves(tree: Configure) -> None:
    tree(
        {
            "memory": {"class": "scrubline.logging.handlers.MemoryHandler"},
            "out": STREAM,
            "queue": {
                "class": "scrubline.logging.handlers.QueueHandler",
                "handlers": ["out"],
            },
        },
        {"shop": {"handlers": ["memory", "queue"]}},
    )
    assert found() == {}
    _, by_name, code = rows()
    assert code == 0 and set(by_name) == {"ok", "memory", "out"}
    assert by_name["memory"]["redaction"] == "handler"
    assert by_name["out"]["redaction"] == "handler queue"
    assert {row["outcome"] for row in by_name.values()} == {"clean"}


# ---- other libraries


def test_w006() -> None:
    def start(**options: Any) -> None:
        # The integrations that it has by itself patch Python and Django for good.
        sentry_sdk.init(
            dsn="https://a@sentry.invalid/1",
            transport=Silent(),
            default_integrations=False,
            **options,
        )

    try:
        start()
        assert texts("W006") == ["The Sentry client sends unredacted events."]
        with scrubline.install():
            assert found() == {}
        start(**for_sentry.options())
        assert found() == {}
    finally:
        sentry_sdk.get_global_scope().set_client(None)
    assert found() == {}


class Silent(Transport):
    def capture_envelope(self, envelope: object) -> None:
        raise AssertionError("a check sends nothing")


def test_w007(monkeypatch: pytest.MonkeyPatch) -> None:
    provider = LoggerProvider(shutdown_on_exit=False)
    monkeypatch.setattr(_logs, "get_logger_provider", lambda: provider)
    assert found() == {}
    simple = SimpleLogRecordProcessor(InMemoryLogRecordExporter())
    provider.add_log_record_processor(simple)
    assert texts("W007") == [
        "The OpenTelemetry logger provider exports unredacted logs."
    ]
    safe = LoggerProvider(shutdown_on_exit=False)
    safe.add_log_record_processor(RedactingLogRecordProcessor())
    safe.add_log_record_processor(simple)
    monkeypatch.setattr(_logs, "get_logger_provider", lambda: safe)
    assert found() == {}
    around = LoggerProvider(shutdown_on_exit=False)
    around.add_log_record_processor(RedactingLogRecordProcessor(simple))
    around.add_log_record_processor(simple)
    monkeypatch.setattr(_logs, "get_logger_provider", lambda: around)
    assert found() == {}


@pytest.mark.parametrize(
    ("second", "is_safe"),
    [(lambda one: one, False), (RedactingLogRecordProcessor, True)],
)
def test_w007_of_processors_that_run_together(
    monkeypatch: pytest.MonkeyPatch, second: Callable[[Any], Any], is_safe: bool
) -> None:
    """The first does not run before the second there."""
    simple = SimpleLogRecordProcessor(InMemoryLogRecordExporter())
    multi = ConcurrentMultiLogRecordProcessor()
    provider = LoggerProvider(shutdown_on_exit=False, multi_log_record_processor=multi)
    provider.add_log_record_processor(RedactingLogRecordProcessor(simple))
    provider.add_log_record_processor(second(simple))
    monkeypatch.setattr(_logs, "get_logger_provider", lambda: provider)
    assert ("W007" in found()) == (not is_safe)
    multi.shutdown()


# ---- middleware, DEBUG, permissions

CONTEXT = "scrubline.django.LoggingContextMiddleware"
PERFORMANCE = "scrubline.django.PerformanceMiddleware"
SECURITY = "django.middleware.security.SecurityMiddleware"
CSRF = "django.middleware.csrf.CsrfViewMiddleware"


@pytest.mark.parametrize(
    ("order", "text"),
    [
        (
            [PERFORMANCE, CONTEXT],
            f"{CONTEXT} stands behind {PERFORMANCE}: what these log has no context.",
        ),
        (
            [SECURITY, CSRF, "shop.Audit", CONTEXT],
            f"{CONTEXT} stands behind {CSRF}, shop.Audit: what these log has no context.",
        ),
        (
            [PERFORMANCE],
            f"{PERFORMANCE} logs without context: LoggingContextMiddleware is missing.",
        ),
        ([CONTEXT, PERFORMANCE, CSRF], None),
        ([SECURITY, CONTEXT, PERFORMANCE], None),
        ([SECURITY, CSRF], None),
    ],
)
def test_w008(order: list[str], text: str | None) -> None:
    with override_settings(MIDDLEWARE=order):
        if text is None:
            assert found() == {}
        else:
            assert texts("W008") == [text]


def test_w009(tree: Configure) -> None:
    queue = {"class": "scrubline.logging.handlers.QueueHandler", "handlers": ["file"]}
    production = {"version": 1, "handlers": {"queue": queue}}
    with override_settings(LOGGING=production, DEBUG=True):
        assert texts("W009") == [
            "DEBUG is on, and LOGGING is one for production (scrubline.logging.handlers.QueueHandler)."
        ]
    with override_settings(LOGGING=production):
        assert found() == {}
    with override_settings(LOGGING={"version": 1}, DEBUG=True):
        assert found() == {}


def test_w011_and_w012(tree: Configure, tmp_path: Path) -> None:
    folder = tmp_path / "logs"
    folder.mkdir(mode=0o750)
    path = folder / "shop.log"
    file = {
        "class": "logging.FileHandler",
        "filename": str(path),
        "filters": ["sensitive_data"],
    }
    tree({"file": file}, {"shop": {"handlers": ["file"]}})
    path.chmod(0o640)
    assert found(deploy=True) == {}
    rotated = folder / "shop.log.1"
    rotated.write_text("old")
    rotated.chmod(0o646)
    assert texts("W011", deploy=True) == [
        f"Every user of this machine can read and write the log file {rotated}."
    ]
    path.chmod(0o644)
    assert texts("W011", deploy=True) == [
        f"Every user of this machine can read the log file {path} and 1 more."
    ]
    assert found() == {}
    path.chmod(0o600)
    rotated.unlink()
    folder.chmod(0o755)
    assert texts("W012", deploy=True) == [
        f"Every user of this machine can read the log directory {folder}."
    ]
    folder.chmod(0o750)
    logging.getLogger("shop").handlers[0].close()
    path.unlink()
    assert found(deploy=True) == {}


@pytest.mark.parametrize("is_debug", [True, False])
def test_w013(tree: Configure, is_debug: bool) -> None:
    tree(
        {"fine": FILTERED, "quiet": {**FILTERED, "level": "INFO"}},
        {"django": {"handlers": ["fine"], "level": "DEBUG"}},
    )
    names = "'django.db.backends' and 'django.db.backends.schema'"
    shown = names if is_debug else "'django.db.backends.schema'"
    with override_settings(DEBUG=is_debug):
        assert texts("W013") == [f"{shown} log SQL with its values at DEBUG."]
        with scrubline.install():
            assert "W013" not in found()
        for handlers, level in (["quiet"], "DEBUG"), (["fine"], "INFO"), ([], "DEBUG"):
            tree(
                {"fine": FILTERED, "quiet": {**FILTERED, "level": "INFO"}},
                {"django": {"handlers": handlers, "level": level, "propagate": False}},
            )
            assert "W013" not in found()


def test_devices_have_no_permissions_to_check(tree: Configure) -> None:
    null = {
        "class": "logging.FileHandler",
        "filename": os.devnull,
        "filters": ["sensitive_data"],
    }
    tree({"null": null}, {"shop": {"handlers": ["null"]}})
    assert stat.S_ISCHR(os.stat(os.devnull).st_mode) and found(deploy=True) == {}
    logging.getLogger("shop").handlers[0].close()


def test_every_id_is_documented_and_tested() -> None:
    from scrubline.django import checks as module

    documented = {
        line.split()[0].removeprefix("scrubline.")
        for line in (module.__doc__ or "").splitlines()
        if line.startswith("scrubline.")
    }
    source = Path(module.__file__).read_text()
    used = {part[:4] for part in source.split('id="scrubline.')[1:]}
    tests = {name[5:9].upper() for name in globals() if name.startswith("test_")}
    tests |= {"W012"}
    assert documented == used
    assert documented <= tests


# ---- the command


def command(*arguments: str) -> tuple[str, int]:
    without_caplog()
    out = io.StringIO()
    try:
        call_command("scrubline_check", *arguments, stdout=out, no_color=True)
        return out.getvalue(), 0
    except SystemExit as exit:
        return out.getvalue(), int(str(exit.code))


def rows(*arguments: str) -> tuple[dict[str, Any], dict[str, dict[str, Any]], int]:
    text, code = command("--json", *arguments)
    data = json.loads(text)
    return data, {row["handler"]: row for row in data["handlers"]}, code


def mixed(tree: Configure, tmp_path: Path) -> None:
    def file(name: str, cls: str = "FileHandler", **more: Any) -> dict[str, Any]:
        return {"class": f"logging.{cls}", "filename": str(tmp_path / name), **more}

    mail = "django.utils.log.AdminEmailHandler"
    filters = ["sensitive_data"]
    tree(
        {
            "raw": file("raw"),
            "line": file("line", formatter="json"),
            # A second of age makes it rotate.
            "timed": file(
                "timed", "handlers.TimedRotatingFileHandler", when="S", backupCount=1
            ),
            "sized": file(
                "sized",
                "handlers.RotatingFileHandler",
                maxBytes=1,
                backupCount=1,
                filters=filters,
            ),
            "html": {"class": mail, "include_html": True, "filters": filters},
            "socket": {
                "class": "logging.handlers.SocketHandler",
                "host": "localhost",
                "port": 1,
                "formatter": "json",
            },
            "debug": {
                **FILTERED,
                "level": "CRITICAL",
                "filters": ["never", "sensitive_data"],
            },
            "own": {"()": "test_checks.Own"},
            "own_filtered": {"()": "test_checks.Own", "filters": filters},
            "broken": {"()": "test_checks.Broken"},
            "null": {"class": "logging.NullHandler"},
        },
        {
            "shop": {"handlers": ["raw", "line", "timed", "sized", "html", "socket"]},
            "pay": {
                "handlers": ["debug", "own", "own_filtered", "broken", "null"],
                "propagate": False,
            },
        },
        filters={
            "sensitive_data": {"()": "scrubline.django.SensitiveDataFilter"},
            "never": {
                "()": "django.utils.log.CallbackFilter",
                "callback": lambda record: False,
            },
        },
    )


class Own(logging.Handler):
    """Writes in a way that nobody knows."""

    def format(self, record: logging.LogRecord) -> str:
        return "nothing of the record"

    def emit(self, record: logging.LogRecord) -> None:
        raise AssertionError("the command writes nothing")


class Broken(logging.Handler):
    def format(self, record: logging.LogRecord) -> str:
        raise RuntimeError("no")

    emit = Own.emit


def test_the_command(tree: Configure, tmp_path: Path) -> None:
    mixed(tree, tmp_path)
    before = sorted(tmp_path.iterdir())
    data, by_name, code = rows()
    assert code == 1 and data["leaks"] == 4
    outcomes = {name: row["outcome"] for name, row in by_name.items()}
    assert outcomes == {
        "ok": "clean",
        "raw": "LEAK",
        "line": "clean",
        "timed": "LEAK",
        "sized": "clean",
        "html": "LEAK",
        "socket": "LEAK",
        "debug": "clean",
        "own": "not tried",
        "own_filtered": "clean",
        "broken": "not tried",
    }
    assert by_name["raw"] == {
        "handler": "raw",
        "class": "FileHandler",
        "loggers": ["shop"],
        "behind": None,
        "redaction": None,
        "outcome": "LEAK",
        "leaked": ["message", "args", "exception", "cause"],
        "note": "",
    }
    assert "variable" in by_name["html"]["leaked"]
    assert by_name["html"]["redaction"] == "filter"
    assert {"extra", "nested extra"} < set(by_name["socket"]["leaked"])
    assert by_name["own"]["note"].startswith("it writes in a way of its own")
    assert by_name["broken"]["note"] == "it raised RuntimeError"
    ids = {check["id"] for check in data["checks"]}
    assert {"scrubline.W001", "scrubline.W005", "scrubline.W010"} <= ids
    assert sorted(tmp_path.iterdir()) == before
    assert all(path.read_bytes() == b"" for path in before)


def test_the_command_after_install(tree: Configure, tmp_path: Path) -> None:
    mixed(tree, tmp_path)
    with scrubline.install():
        data, by_name, code = rows()
    assert code == 0 and data["leaks"] == 0 and data["checks"] == []
    broken = by_name.pop("broken")
    assert broken["outcome"] == "clean", "judged by its record"
    assert {row["redaction"] for row in by_name.values()} == {"install"}
    assert {row["outcome"] for row in by_name.values()} == {"clean"}
    assert all(path.read_bytes() == b"" for path in tmp_path.iterdir())


def test_the_table(tree: Configure, tmp_path: Path) -> None:
    mixed(tree, tmp_path)
    text, code = command("--deploy")
    assert code == 1 and "\x1b" not in text
    lines = text.splitlines()
    assert lines[0].split() == [
        "HANDLER",
        "CLASS",
        "LOGGERS",
        "REDACTION",
        "CANARIES",
    ]
    (raw,) = (line for line in lines if line.startswith("raw "))
    assert raw.split("  ")[-1].strip() == "message, args, exception, cause"
    assert lines[-1].startswith("handlers: 11, leaking: 4, not tried: 2; ")
    assert any(line.startswith("scrubline.W001  Handler 'raw'") for line in lines)


@pytest.mark.parametrize("no_color", [True, False])
def test_colours(no_color: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    without_caplog()
    out = Terminal()
    for name in ("NO_COLOR", "DJANGO_COLORS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.stdout", out)
    if no_color:
        monkeypatch.setenv("NO_COLOR", "1")
    call_command("scrubline_check", stdout=out)
    assert "clean" in out.getvalue()
    assert ("\x1b" in out.getvalue()) == (not no_color)


def test_a_policy_that_redacts_nothing(tree: Configure) -> None:
    policy = {"detectors": {"credential": "off", "contact": "off"}}
    with override_settings(SCRUBLINE={"POLICY": policy}):
        _, by_name, code = rows()
    assert code == 0 and by_name["ok"]["outcome"] == "not tried"
    assert by_name["ok"]["note"] == "the policy redacts nothing of it"


def test_a_policy_that_keeps_passwords(tree: Configure) -> None:
    """The canaries are then of another kind."""
    tree({"raw": STREAM}, {"shop": {"handlers": ["raw"]}})
    with override_settings(SCRUBLINE={"POLICY": {"detectors": {"credential": "off"}}}):
        _, by_name, code = rows()
    assert code == 1
    assert (by_name["ok"]["outcome"], by_name["raw"]["outcome"]) == ("clean", "LEAK")


def test_silenced_checks_stay_silent(tree: Configure) -> None:
    logging.getLogger("shop").addHandler(logging.StreamHandler())
    with override_settings(SILENCED_SYSTEM_CHECKS=["scrubline.W001"]):
        data, _, code = rows()
    assert data["checks"] == [] and code == 1


@pytest.mark.parametrize("app", ["scrubline", "scrubline.django"])
def test_the_app_by_either_name(app: str) -> None:
    code = f"""
        import django, scrubline
        from django.conf import settings
        from django.core import checks
        settings.configure(INSTALLED_APPS=[{app!r}], LOGGING_CONFIG=None, SCRUBLINE={{}})
        django.setup()
        print(len([each for each in checks.registry.registry.get_checks() if "scrubline" in each.tags]))
        settings.SCRUBLINE["POLCY"] = {{}}
        print([each.id for each in checks.run_checks(tags=["scrubline"]) if each.is_serious()])
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    count, serious = done.stdout.splitlines()
    assert int(count) > 4 and serious == "['scrubline.E001']"


def test_the_page_of_the_setting_has_every_check() -> None:
    page = Path(__file__).parents[1] / "docs" / "settings.md"
    rows = re.findall(
        r"^\| `(scrubline\.\w+)` \| (.*) \|$", page.read_text("utf-8"), re.M
    )
    told = re.findall(r"^(scrubline\.\w+) +(.*)$", ours.__doc__ or "", re.M)
    source = Path(ours.__file__).read_text("utf-8")
    made = set(re.findall(r'"(scrubline\.[EW]\d+)"', source))
    assert rows == told and {name for name, _ in rows} == made
