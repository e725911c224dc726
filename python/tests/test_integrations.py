"""Other log libraries, the real ones: a canary in every place that an event of theirs has, and none comes out."""

from __future__ import annotations

import io
import json
import logging
import subprocess
import sys
import textwrap
import warnings
from collections.abc import Iterator
from typing import Any

import loguru
import pytest
import scrubline
import sentry_sdk
import sentry_sdk.traces
import structlog
from conftest import EMAIL, MASKED_EMAIL, SECRET
from opentelemetry._logs import LogRecord, SeverityNumber
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler, LogRecordLimits
from opentelemetry.sdk._logs.export import (
    InMemoryLogRecordExporter,
    SimpleLogRecordProcessor,
)
from scrubline import Redactor, _process
from scrubline.integrations import loguru as for_loguru
from scrubline.integrations import sentry as for_sentry
from scrubline.integrations.otel import RedactingLogRecordProcessor
from scrubline.integrations.structlog import RedactingProcessor
from sentry_sdk.envelope import Envelope
from sentry_sdk.integrations.dedupe import DedupeIntegration
from sentry_sdk.integrations.logging import LoggingIntegration
from sentry_sdk.transport import Transport


@pytest.fixture
def broken(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A process whose redactor cannot be had."""

    def fail(self: object) -> Redactor:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(_process.Process, "_resolve", fail)
    _process.process._use(None)
    yield


def fail_with(password: str) -> None:
    mail = [EMAIL]
    raise ValueError(f"for {EMAIL} password={password}") from KeyError(mail[0])


def is_clean(text: str) -> bool:
    return EMAIL not in text and SECRET not in text


# ---- Sentry


class Keeping(Transport):
    def __init__(self, options: Any = None) -> None:
        super().__init__(options)
        self.items: list[Any] = []

    def capture_envelope(self, envelope: Envelope) -> None:
        self.items.extend(
            json.loads(item.get_bytes()) for item in envelope.items if item.type
        )

    def text(self) -> str:
        return json.dumps(self.items)


@pytest.fixture
def transport() -> Iterator[Keeping]:
    yield Keeping()
    sentry_sdk.get_client().close(timeout=0)
    sentry_sdk.get_global_scope().set_client(None)
    sentry_sdk.get_isolation_scope().clear()
    sentry_sdk.get_current_scope().clear()


def start(transport: Keeping, **options: Any) -> None:
    sentry_sdk.init(
        dsn="https://public@sentry.invalid/1",
        transport=transport,
        traces_sample_rate=1.0,
        # The others patch Python and Django for good.
        default_integrations=False,
        integrations=[LoggingIntegration(), DedupeIntegration()],
        enable_logs=True,
        # Its own scrubber must not do what is tested here.
        event_scrubber=None,
        max_breadcrumbs=50,
        **options,
    )


def send_everything() -> None:
    sentry_sdk.set_user({"email": EMAIL, "id": 7})
    sentry_sdk.set_tag("mail", EMAIL)
    sentry_sdk.set_context("payment", {"password": SECRET, "mails": [EMAIL]})
    sentry_sdk.add_breadcrumb(message=f"to {EMAIL}", data={"password": SECRET})
    log = logging.getLogger("sentry.test")
    log.setLevel(logging.INFO)
    log.info("crumb for %s", EMAIL, extra={"password": SECRET})
    try:
        fail_with(SECRET)
    except ValueError:
        log.exception("failed for %s", EMAIL, extra={"password": SECRET})
        sentry_sdk.capture_exception()
    sentry_sdk.capture_message(f"message password={SECRET}")
    with sentry_sdk.start_transaction(name=f"GET /users/{EMAIL}", op="http") as one:
        one.set_data("password", SECRET)
        with sentry_sdk.start_span(op="db", name=f"mail = '{EMAIL}'") as span:
            span.set_data("mail", EMAIL)
    sentry_sdk.logger.warning(  # type: ignore[attr-defined]
        f"log for {EMAIL} {{password}}", password=SECRET, attributes={"mail": EMAIL}
    )
    sentry_sdk.metrics.count("mails", 1, attributes={"mail": EMAIL, "password": SECRET})
    sentry_sdk.flush()


def test_sentry_leaks_without_it(transport: Keeping) -> None:
    start(transport)
    send_everything()
    assert transport.text().count(SECRET) >= 8 and transport.text().count(EMAIL) >= 12


def check(transport: Keeping) -> None:
    text = transport.text()
    assert is_clean(text), text
    kinds = {item.get("type", "event") for item in transport.items if item}
    assert "transaction" in kinds
    events = [item for item in transport.items if "exception" in item]
    assert len(events) == 1, "the exception is sent once"
    (event,) = events
    assert len(event["event_id"]) == 32 and event["platform"] == "python"
    values = event["exception"]["values"]
    assert [value["type"] for value in values] == ["KeyError", "ValueError"]
    assert values[1]["value"] == f"for {MASKED_EMAIL} password=[REDACTED]"
    frame = values[1]["stacktrace"]["frames"][-1]
    assert frame["function"] == "fail_with" and frame["lineno"] > 0
    # Sentry's own scrubber comes first, and no password stays for being `[Filtered]`.
    assert frame["vars"]["password"] == "[REDACTED]"
    assert event["user"]["email"] == MASKED_EMAIL and event["user"]["id"] == 7
    assert event["contexts"]["payment"]["password"] == "[REDACTED]"
    crumbs = [crumb["message"] for crumb in event["breadcrumbs"]["values"]]
    assert crumbs == [f"to {MASKED_EMAIL}", f"crumb for {MASKED_EMAIL}"]
    assert "log for" in text


def test_sentry_options(transport: Keeping) -> None:
    start(transport, **for_sentry.options())
    assert for_sentry.is_protected(sentry_sdk.get_client())
    send_everything()
    check(transport)


def test_sentry_stacks_of_log_calls(transport: Keeping) -> None:
    with scrubline.install():
        start(transport, attach_stacktrace=True, **for_sentry.options())
        logging.getLogger("sentry.test").error("password=%s", SECRET)
        sentry_sdk.flush()
    assert SECRET not in transport.text()
    event = next(item for item in transport.items if "threads" in item)
    frames = event["threads"]["values"][0]["stacktrace"]["frames"]
    by_logging = [frame["module"] == "logging" for frame in frames]
    assert any(by_logging) and not all(by_logging)
    assert all("vars" in frame for frame in frames if frame["module"] == __name__)
    broken = {"event_id": "0" * 32, "threads": {"values": [SECRET]}}
    assert for_sentry.before_send(broken, {}) == {
        "event_id": "0" * 32,
        "message": "[REDACTED:error]",
    }


@pytest.mark.parametrize("first", ["sentry", "install", "another"])
def test_sentry_installed(transport: Keeping, first: str) -> None:
    if first != "install":
        start(transport)
    if first == "another":
        scrubline.install().undo()
        assert not for_sentry.is_protected(sentry_sdk.get_client())
    with scrubline.install():
        if first == "install":
            start(transport)
        assert for_sentry.is_protected(sentry_sdk.get_client())
        send_everything()
    check(transport)
    transport.items.clear()
    sentry_sdk.capture_message(EMAIL)
    assert EMAIL in transport.text(), "undone"


def test_sentry_keeps_hooks_of_the_application(transport: Keeping) -> None:
    def before_send(event: Any, hint: Any) -> Any:
        if "drop" in str(event.get("message")):
            return None
        return {**event, "extra": {"added": f"by the hook, for {EMAIL}"}}

    start(transport, **for_sentry.options(before_send=before_send))
    sentry_sdk.capture_message("drop this")
    sentry_sdk.capture_message("keep this")
    (event,) = transport.items
    assert event["message"] == "keep this"
    assert event["extra"] == {"added": f"by the hook, for {MASKED_EMAIL}"}


@pytest.mark.parametrize("how", ["options", "install", "neither"])
def test_sentry_streams_of_spans(transport: Keeping, how: str) -> None:
    streaming = {
        "trace_lifecycle": "stream",
        "before_send_span": lambda span, hint: {**span, "name": f"own {span['name']}"},
    }
    start(
        transport,
        **(for_sentry.options(**streaming) if how == "options" else streaming),
    )
    made = scrubline.install() if how == "install" else None
    assert for_sentry.is_protected(sentry_sdk.get_client()) == (how != "neither")
    with sentry_sdk.traces.start_span(
        name=f"GET /users/{EMAIL}", attributes={"password": SECRET, "mail": EMAIL}
    ):
        pass
    sentry_sdk.flush()
    if made:
        made.undo()
    text = transport.text()
    assert "own GET /users/" in text and is_clean(text) == (how != "neither"), text


def test_sentry_fails_closed(transport: Keeping, broken: None) -> None:
    start(transport, **for_sentry.options())
    send_everything()
    assert is_clean(transport.text())
    events = [item for item in transport.items if "event_id" in item]
    assert len(events) == 2
    for event in events:
        assert event["message"] == "[REDACTED:error]" and event["level"]


# ---- OpenTelemetry


@pytest.fixture
def exporter() -> InMemoryLogRecordExporter:
    return InMemoryLogRecordExporter()


def emit(provider: LoggerProvider) -> None:
    provider.get_logger("test").emit(
        LogRecord(
            timestamp=1,
            severity_number=SeverityNumber.INFO,
            body={"text": f"for {EMAIL}", "password": SECRET, "list": [EMAIL]},
            attributes={"password": SECRET, "mail": EMAIL, "n": 1, "mails": [EMAIL]},
            event_name=f"event.{EMAIL}",
        )
    )
    try:
        fail_with(SECRET)
    except ValueError as error:
        provider.get_logger("test").emit(
            LogRecord(timestamp=2, body="failed", exception=error)
        )


def exported(exporter: InMemoryLogRecordExporter) -> str:
    return "".join(one.to_json() for one in exporter.get_finished_logs())


@pytest.mark.parametrize("form", ["around", "before", "none"])
def test_otel(exporter: InMemoryLogRecordExporter, form: str) -> None:
    provider = LoggerProvider(shutdown_on_exit=False)
    simple = SimpleLogRecordProcessor(exporter)
    if form == "around":
        provider.add_log_record_processor(RedactingLogRecordProcessor(simple))
    else:
        if form == "before":
            provider.add_log_record_processor(RedactingLogRecordProcessor())
        provider.add_log_record_processor(simple)
    emit(provider)
    assert provider.force_flush()
    text = exported(exporter)
    if form == "none":
        assert text.count(SECRET) >= 3 and text.count(EMAIL) >= 6
        return
    assert is_clean(text), text
    first, second = (one.log_record for one in exporter.get_finished_logs())
    assert first.body["text"] == f"for {MASKED_EMAIL}"
    assert list(first.body["list"]) == [MASKED_EMAIL]
    assert dict(first.attributes)["n"] == 1
    assert dict(first.attributes)["mail"] == MASKED_EMAIL
    assert "ValueError" in str(dict(second.attributes))
    provider.shutdown()
    emit(provider)
    assert exported(exporter) == text, "the exporter was not shut down"


def test_otel_with_logging(exporter: InMemoryLogRecordExporter) -> None:
    """Records of `logging` on their way to OpenTelemetry, by the processor alone and by `install` alone."""
    for processor in (True, False):
        exporter.clear()
        provider = LoggerProvider(shutdown_on_exit=False)
        simple = SimpleLogRecordProcessor(exporter)
        provider.add_log_record_processor(
            RedactingLogRecordProcessor(simple) if processor else simple
        )
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            handler = LoggingHandler(logger_provider=provider)
        logger = logging.getLogger("otel.test")
        logger.addHandler(handler)
        made = None if processor else scrubline.install()
        try:
            fail_with(SECRET)
        except ValueError:
            logger.exception("for %s", EMAIL, extra={"password": SECRET})
        finally:
            logger.removeHandler(handler)
            if made:
                made.undo()
        text = exported(exporter)
        assert is_clean(text) and f"for {MASKED_EMAIL}" in text, text


def test_otel_limits_stay(exporter: InMemoryLogRecordExporter) -> None:
    provider = LoggerProvider(
        shutdown_on_exit=False, log_record_limits=LogRecordLimits(max_attributes=2)
    )
    own = Redactor({"detectors": {"contact.email": "mask"}})
    provider.add_log_record_processor(
        RedactingLogRecordProcessor(SimpleLogRecordProcessor(exporter), redactor=own)
    )
    attributes = {"a": 1, "b": EMAIL, "c": 3}
    with pytest.warns(UserWarning, match="dropped"):
        provider.get_logger("x").emit(
            LogRecord(timestamp=1, body=5, attributes=attributes)
        )
    (one,) = exporter.get_finished_logs()
    assert one.log_record.body == 5
    assert dict(one.log_record.attributes) == {"b": "[REDACTED]", "c": 3}
    assert one.dropped_attributes == 1


def test_otel_fails_closed(exporter: InMemoryLogRecordExporter, broken: None) -> None:
    provider = LoggerProvider(shutdown_on_exit=False)
    provider.add_log_record_processor(
        RedactingLogRecordProcessor(SimpleLogRecordProcessor(exporter))
    )
    emit(provider)
    text = exported(exporter)
    assert is_clean(text) and text.count("[REDACTED:error]") == 3


# ---- structlog


def structured(*processors: Any, **event: Any) -> str:
    out = io.StringIO()
    logger = structlog.wrap_logger(
        structlog.PrintLogger(out),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.StackInfoRenderer(),
            *processors,
        ],
        wrapper_class=structlog.BoundLogger,
        context={"bound": EMAIL},
    )
    try:
        fail_with(SECRET)
    except ValueError:
        logger.error(f"for {EMAIL}", password=SECRET, mails={"a": [EMAIL]}, **event)
    return out.getvalue()


JSON = structlog.processors.JSONRenderer()
CONSOLE = structlog.dev.ConsoleRenderer(colors=False)


@pytest.mark.parametrize("exc_info", [True, False, "exception", "triple"])
@pytest.mark.parametrize("renderer", [JSON, CONSOLE], ids=["json", "console"])
def test_structlog(renderer: Any, exc_info: Any) -> None:
    error = ValueError(f"password={SECRET}")
    given = {"exception": error, "triple": (ValueError, error, None)}.get(
        exc_info, exc_info
    )
    text = structured(RedactingProcessor(), renderer, exc_info=given, stack_info=True)
    assert is_clean(text), text
    assert f"for {MASKED_EMAIL}" in text and "bound" in text
    assert ("ValueError" in text) == bool(exc_info)
    assert not is_clean(structured(renderer, exc_info=given))


def test_structlog_after_its_own_formatting() -> None:
    for formatting in (
        structlog.processors.format_exc_info,
        structlog.processors.ExceptionRenderer(
            structlog.tracebacks.ExceptionDictTransformer(show_locals=True)
        ),
    ):
        text = structured(formatting, RedactingProcessor(), JSON, exc_info=True)
        assert is_clean(text), text
        assert "ValueError" in text and "fail_with" in text


def test_structlog_with_an_exception_of_its_own() -> None:
    event = {"event": "m", "exception": "kept", "exc_info": ValueError(EMAIL)}
    made = RedactingProcessor()(None, "info", event)
    assert made["exception"] == "kept"
    assert made["traceback"] == f"ValueError: {MASKED_EMAIL}"


def test_structlog_over_logging() -> None:
    """structlog's own formatter, both for its events and for those of `logging`."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[structlog.stdlib.ExtraAdder()],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                RedactingProcessor(),
                JSON,
            ],
        )
    )
    logger = logging.getLogger("structlog.test")
    logger.propagate = False
    logger.addHandler(handler)
    event = structlog.wrap_logger(
        logger,
        processors=[structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        wrapper_class=structlog.stdlib.BoundLogger,
    )
    for installed in (False, True):
        made = scrubline.install() if installed else None
        try:
            fail_with(SECRET)
        except ValueError:
            event.exception(f"event for {EMAIL}", password=SECRET)
            logger.exception("record for %s", EMAIL, extra={"password": SECRET})
        if made:
            made.undo()
    logger.removeHandler(handler)
    text = out.getvalue()
    assert is_clean(text), text
    events = [json.loads(line) for line in text.splitlines()]
    assert [event["event"] for event in events] == [
        f"event for {MASKED_EMAIL}",
        f"record for {MASKED_EMAIL}",
    ] * 2
    for one in events:
        assert one["password"] == "[REDACTED]" and "ValueError" in one["exception"]


def test_structlog_fails_closed(broken: None) -> None:
    text = structured(RedactingProcessor(), JSON, exc_info=True)
    assert json.loads(text) == {"event": "[REDACTED:error]"}
    own = RedactingProcessor(Redactor())
    assert own(None, "info", {"event": EMAIL}) == {"event": MASKED_EMAIL}


# ---- loguru


def written(*, patcher: Any = None, **options: Any) -> str:
    out = io.StringIO()
    logger = loguru.logger
    logger.remove()
    logger.configure(patcher=patcher or (lambda record: None))
    logger.add(out, level="DEBUG", backtrace=True, diagnose=True, **options)
    try:
        bound = logger.bind(password=SECRET, mails=[EMAIL])
        bound.info("for {} {mail}", EMAIL, mail=EMAIL)
        bound.opt(colors=True).info("<red>for</red> {}", EMAIL)
        try:
            fail_with(SECRET)
        except ValueError:
            bound.exception(f"failed password={SECRET}")
    finally:
        logger.remove()
    return out.getvalue()


FORMAT = "{level} {message} {extra}\n{exception}"


@pytest.mark.parametrize(
    "options",
    [{"format": FORMAT}, {"format": FORMAT, "colorize": True}, {"serialize": True}],
    ids=["text", "colour", "json"],
)
def test_loguru(options: Any) -> None:
    control = written(**options)
    assert control.count(EMAIL) > 4 and control.count(SECRET) > 3
    text = written(patcher=for_loguru.patch, **options)
    assert is_clean(text), text
    assert f"for {MASKED_EMAIL} {MASKED_EMAIL}" in text
    assert "ValueError" in text and "in fail_with" in text and "KeyError" in text
    if "serialize" in options:
        records = [json.loads(line)["record"] for line in text.splitlines()]
        assert records[0]["extra"]["password"] == "[REDACTED]"
        assert records[2]["exception"]["type"] == "ValueError"


def test_loguru_fails_closed(broken: None) -> None:
    text = written(patcher=for_loguru.patch, format=FORMAT)
    assert is_clean(text) and text.count("[REDACTED:error]") == 3


# ---- gunicorn


def test_gunicorn_logger() -> None:
    """Without a server: the class gunicorn makes of its configuration, and what it does with a request."""
    code = f"""
        import datetime, logging, sys, types
        from gunicorn.config import Config
        cfg = Config()
        cfg.set("accesslog", "-"); cfg.set("errorlog", "-")
        cfg.set("access_log_format", '%(h)s "%(r)s" %(s)s "%(f)s" "%({{authorization}}i)s" "%({{x-none}}i)s"')
        cfg.set("logger_class", sys.argv[1])
        log = cfg.logger_class(cfg)
        environ = {{"REQUEST_METHOD": "GET", "RAW_URI": "/x?password={SECRET}", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "10.0.0.1", "HTTP_REFERER": "https://example.org/?mail={EMAIL}", "QUERY_STRING": "password={SECRET}"}}
        request = types.SimpleNamespace(headers=[("AUTHORIZATION", "Bearer {SECRET}{SECRET}")])
        response = types.SimpleNamespace(status="200 OK", headers=[], sent=5)
        log.access(response, request, environ, datetime.timedelta(seconds=1))
        try: raise ValueError("password={SECRET}")
        except ValueError: log.exception("Error handling request %s", "/x?password={SECRET}")
    """
    outputs = []
    for name in ("gunicorn.glogging.Logger", "scrubline.integrations.gunicorn.Logger"):
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(code), name],
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        outputs.append(done.stdout + done.stderr)
    control, text = outputs
    assert control.count(SECRET) >= 5 and EMAIL in control
    assert is_clean(text), text
    assert '10.0.0.1 "GET /x?password=[REDACTED] HTTP/1.1" 200' in text
    assert text.splitlines()[0].endswith('"-"'), "what a request has not stays a dash"
    assert "Error handling request /x?password=[REDACTED]" in text
    assert "ValueError: password=[REDACTED]" in text


@pytest.mark.parametrize("settings", [None, {}, {"RESPONSE_HEADER": "X-Request-ID"}])
def test_gunicorn_lines_have_the_id_of_the_response(settings: Any) -> None:
    code = f"""
        import datetime, logging, types
        from gunicorn.config import Config
        from scrubline.integrations.gunicorn import Logger
        from scrubline.logging import CorrelationFilter, JSONFormatter
        settings = {settings!r}
        name = "X-Correlation-ID"
        if settings is not None:
            import django
            from django.conf import settings as conf
            conf.configure(SCRUBLINE=settings)
            name = settings.get("RESPONSE_HEADER", name)
        cfg = Config()
        cfg.set("accesslog", "-")
        log = Logger(cfg)
        (handler,) = logging.getLogger("gunicorn.access").handlers
        handler.setFormatter(JSONFormatter())
        handler.addFilter(CorrelationFilter())
        environ = {{"REQUEST_METHOD": "GET", "RAW_URI": "/", "SERVER_PROTOCOL": "HTTP/1.1"}}
        for headers in ([("Date", "x"), (name.lower(), "req_1")], []):
            response = types.SimpleNamespace(status="200 OK", headers=headers, sent=5)
            log.access(response, types.SimpleNamespace(headers=[]), environ, datetime.timedelta(0))
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        capture_output=True,
        text=True,
        timeout=60,
    )
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    assert [line["correlation_id"] for line in lines] == ["req_1", "no-correlation-id"]
