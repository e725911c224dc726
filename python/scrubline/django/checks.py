"""System checks that follow records through the live logging tree.

================  ======================================================================================================
id                what it says
================  ======================================================================================================
scrubline.E001    `SCRUBLINE` is wrong; the message names the key.
scrubline.E002    The policy uses pseudonyms, and `SCRUBLINE["KEY"]` is missing.
scrubline.W001    A handler writes records that no redaction has seen.
scrubline.W002    The filter is on a logger, root included: records of the loggers below it reach its handlers past it.
scrubline.W003    Loggers without handlers: their warnings and errors go unredacted to stderr (`logging.lastResort`).
scrubline.W004    A server (uvicorn, gunicorn) writes its log by handlers of its own.
scrubline.W005    Reports of exceptions go unredacted to the admins: request, settings, variables of frames.
scrubline.W006    A Sentry client sends unredacted events.
scrubline.W007    An OpenTelemetry provider exports unredacted logs.
scrubline.W008    `LoggingContextMiddleware` stands behind middleware that logs, or is missing.
scrubline.W009    `DEBUG` is on with a logging configuration for production.
scrubline.W010    A formatter alone redacts: when writing fails, `logging` prints the arguments of the record as they are.
scrubline.W011    (--deploy) Others than owner and group can read or write a log file.
scrubline.W012    (--deploy) Others than owner and group can read or write the directory of a log file.
scrubline.W013    SQL is logged with its values, of which no pattern tells which are secret.
================  ======================================================================================================

`scrubline.install()` answers W001 to W006, W010 and W013. All of them take `SILENCED_SYSTEM_CHECKS`.
"""

from __future__ import annotations

import glob
import importlib.util
import logging
import os
import stat
import sys
from collections.abc import Callable, Iterator
from typing import Any

from django.core import checks
from django.core.exceptions import ImproperlyConfigured

from scrubline import _coverage, _values
from scrubline._install import is_installed
from scrubline._native import ScrublineError
from scrubline.django import _settings

TAG = "scrubline"
_INSTALL = "Call scrubline.install() at the end of the settings module"


@checks.register(TAG)
def settings(**_: Any) -> list[checks.CheckMessage]:
    """E001 and E002."""
    from django.conf import settings

    setting = getattr(settings, "SCRUBLINE", None)
    if setting is None:
        return []
    wrong = [
        checks.Error(text, id="scrubline.E001") for text in _settings.check(setting)
    ]
    if wrong:
        return wrong
    return [wrong for make in _MAKERS for wrong in _not_made(make, setting)]


_MAKERS = (_settings.build, _settings._events)


def _not_made(
    make: Callable[[Any], object], setting: Any
) -> Iterator[checks.CheckMessage]:
    try:
        make(setting)
    except ImproperlyConfigured as error:
        cause = error.__cause__
        if isinstance(cause, ScrublineError) and cause.code == "key.missing":
            yield checks.Error(
                "SCRUBLINE['POLICY'] uses pseudonyms, and SCRUBLINE['KEY'] is missing.",
                hint="Set it to 32 random bytes or more, from a place where secrets are kept.",
                id="scrubline.E002",
            )
        else:
            yield checks.Error(str(error), id="scrubline.E001")


@checks.register(TAG)
def handlers(**_: Any) -> list[checks.CheckMessage]:
    """W001, W002, W003, W005 and W010."""
    return [] if is_installed() else list(_handlers())


def _handlers() -> Iterator[checks.CheckMessage]:
    for reach in _coverage.tree():
        if reach.handler is logging.lastResort:
            names = ", ".join(repr(name) for name in reach.loggers)
            yield checks.Warning(
                f"Nothing handles the records of {names}: they go unredacted to stderr.",
                hint=f"Give them a handler. {_INSTALL} to redact logging.lastResort too.",
                id="scrubline.W003",
            )
        elif not reach.writes:
            continue
        elif reach.redaction is None:
            yield _unseen(reach)
        elif _coverage.shows_record(reach) and logging.raiseExceptions:
            yield checks.Warning(
                f"Only the formatter of {reach} redacts: if it fails to write, logging prints the raw arguments to stderr.",
                hint="Add the filter scrubline.django.SensitiveDataFilter to the handler.",
                obj=reach.name,
                id="scrubline.W010",
            )
        if _mails_reports(reach.handler):
            yield checks.Warning(
                f"{_capital(reach)} mails reports that show the request, settings and variables of the code.",
                hint=f"{_INSTALL}, or set DEFAULT_EXCEPTION_REPORTER = 'scrubline.django.ExceptionReporter' and "
                "DEFAULT_EXCEPTION_REPORTER_FILTER = 'scrubline.django.ExceptionReporterFilter'.",
                obj=reach.name,
                id="scrubline.W005",
            )


def _unseen(reach: _coverage.Reach) -> checks.CheckMessage:
    filtering = [
        name
        for name in reach.loggers
        if _coverage.has_filter(logging.getLogger(None if name == "root" else name))
    ]
    if filtering:
        names = ", ".join(repr(name) for name in filtering)
        return checks.Warning(
            f"{_capital(reach)} gets unredacted records: the filter on {names} does not see those of the loggers below.",
            hint="Put the filter on the handler.",
            obj=reach.name,
            id="scrubline.W002",
        )
    return checks.Warning(
        f"{_capital(reach)} writes records that no redaction has seen.",
        hint=f"Add the filter scrubline.django.SensitiveDataFilter to the handler. {_INSTALL} to cover all handlers.",
        obj=reach.name,
        id="scrubline.W001",
    )


def _capital(reach: _coverage.Reach) -> str:
    text = str(reach)
    return text[0].upper() + text[1:]


def _mails_reports(handler: logging.Handler) -> bool:
    from django.utils.log import AdminEmailHandler

    from scrubline.django._reports import ExceptionReporter

    return isinstance(handler, AdminEmailHandler) and not (
        isinstance(handler.reporter_class, type)
        and issubclass(handler.reporter_class, ExceptionReporter)
    )


_SERVERS = {
    "gunicorn": (
        ("gunicorn.access", "gunicorn.error"),
        "Set logger_class = 'scrubline.integrations.gunicorn.Logger' in its configuration",
    ),
    "uvicorn": (("uvicorn", "uvicorn.access"), _INSTALL),
}


@checks.register(TAG)
def servers(**_: Any) -> list[checks.CheckMessage]:
    """W004."""
    from django.conf import settings

    if is_installed():
        return []
    # Configuring a logger takes away the handlers that the server gave it.
    configured = (settings.LOGGING or {}).get("loggers", {})
    return [
        checks.Warning(
            f"{server} writes the records of {', '.join(map(repr, alone))} by handlers of its own, which no redaction sees.",
            hint=f"{hint}, or configure these loggers in LOGGING.",
            obj=server,
            id="scrubline.W004",
        )
        for server, (names, hint) in _SERVERS.items()
        if importlib.util.find_spec(server) is not None
        and (
            alone := [
                name
                for name in names
                if name not in configured and not logging.getLogger(name).handlers
            ]
        )
    ]


@checks.register(TAG)
def sql(**_: Any) -> list[checks.CheckMessage]:
    """W013."""
    from django.conf import settings

    if is_installed():
        return []
    # Django logs queries where `DEBUG` is on, and changes of the schema always.
    names = _values.SQL if settings.DEBUG else _values.SCHEMA
    shown = [name for name in names if _coverage.writes(name, logging.DEBUG)]
    if not shown:
        return []
    return [
        checks.Warning(
            f"{' and '.join(map(repr, shown))} log SQL with its values at DEBUG.",
            hint=f"{_INSTALL} to mask them, or give these loggers the level INFO.",
            obj="django.db.backends",
            id="scrubline.W013",
        )
    ]


@checks.register(TAG)
def sentry(**_: Any) -> list[checks.CheckMessage]:
    """W006."""
    if "sentry_sdk" not in sys.modules:
        return []
    import sentry_sdk

    from scrubline.integrations.sentry import is_protected

    client = sentry_sdk.get_client()
    if not client.is_active() or is_protected(client):
        return []
    return [
        checks.Warning(
            "The Sentry client sends unredacted events.",
            hint=f"{_INSTALL}, or sentry_sdk.init(**scrubline.integrations.sentry.options(...)).",
            obj="sentry_sdk",
            id="scrubline.W006",
        )
    ]


@checks.register(TAG)
def otel(**_: Any) -> list[checks.CheckMessage]:
    """W007."""
    if "opentelemetry.sdk._logs" not in sys.modules:
        return []
    from opentelemetry._logs import get_logger_provider
    from opentelemetry.sdk._logs import ConcurrentMultiLogRecordProcessor

    from scrubline.integrations.otel import RedactingLogRecordProcessor

    # The SDK has no public way to ask a provider for its processors.
    multi = getattr(get_logger_provider(), "_multi_log_record_processor", None)
    processors = getattr(multi, "_log_record_processors", ())
    if isinstance(multi, ConcurrentMultiLogRecordProcessor):
        is_safe = all(
            isinstance(each, RedactingLogRecordProcessor) and each.processor is not None
            for each in processors
        )
    else:
        # They run in their order, on one record.
        is_safe = not processors or isinstance(
            processors[0], RedactingLogRecordProcessor
        )
    if is_safe:
        return []
    return [
        checks.Warning(
            "The OpenTelemetry logger provider exports unredacted logs.",
            hint="Put scrubline.integrations.otel.RedactingLogRecordProcessor around each processor, or before all.",
            obj="opentelemetry",
            id="scrubline.W007",
        )
    ]


_CONTEXT = "LoggingContextMiddleware"
# Of those that stand in front by custom, what logs nothing.
_QUIET = (
    "django.middleware.gzip.",
    "django.middleware.http.",
    "django.middleware.security.",
    "corsheaders.",
    "django_prometheus.",
    "whitenoise.",
)


@checks.register(TAG)
def middleware(**_: Any) -> list[checks.CheckMessage]:
    """W008."""
    from django.conf import settings

    names = list(settings.MIDDLEWARE)
    ours = [_own(name) for name in names]
    if _CONTEXT in ours:
        at = ours.index(_CONTEXT)
        before = [name for name in names[:at] if not name.startswith(_QUIET)]
        text = f"{names[at]} stands behind {', '.join(before)}: what these log has no context."
        hint = "Put it first in MIDDLEWARE."
    else:
        before = [
            name for name, own in zip(names, ours) if own == "PerformanceMiddleware"
        ]
        text = f"{', '.join(before)} logs without context: {_CONTEXT} is missing."
        hint = f"Put scrubline.django.{_CONTEXT} first in MIDDLEWARE."
    if not before:
        return []
    return [checks.Warning(text, hint=hint, obj="MIDDLEWARE", id="scrubline.W008")]


def _own(name: str) -> str:
    """The class of a middleware of ours."""
    return name.rpartition(".")[2] if name.startswith("scrubline.") else ""


_QUEUE = "scrubline.logging.handlers.QueueHandler"


@checks.register(TAG)
def debug(**_: Any) -> list[checks.CheckMessage]:
    """W009."""
    from django.conf import settings

    made = (settings.LOGGING or {}).get("handlers", {}).values()
    # Of the configurations that `logging_config` makes, only that for production has a queue by itself.
    if not settings.DEBUG or all(handler.get("class") != _QUEUE for handler in made):
        return []
    return [
        checks.Warning(
            f"DEBUG is on, and LOGGING is one for production ({_QUEUE}).",
            hint="Set DEBUG = False, or use logging_config('development').",
            obj="DEBUG",
            id="scrubline.W009",
        )
    ]


@checks.register(TAG, deploy=True)
def permissions(**_: Any) -> list[checks.CheckMessage]:
    """W011 and W012."""
    return list(_permissions()) if os.name == "posix" else []


def _permissions() -> Iterator[checks.CheckMessage]:
    folders: dict[str, str] = {}
    for reach in _coverage.tree():
        path = getattr(reach.handler, "baseFilename", None)
        if not isinstance(path, str) or (
            os.path.exists(path) and not os.path.isfile(path)
        ):
            continue
        folders.setdefault(os.path.dirname(path), reach.name)
        kept = [path, *sorted(glob.glob(f"{glob.escape(path)}.*"))]
        if open_ones := [each for each in kept if _open(each)]:
            more = f" and {len(open_ones) - 1} more" if len(open_ones) > 1 else ""
            yield checks.Warning(
                f"Every user of this machine can {_open(open_ones[0])} the log file {open_ones[0]}{more}.",
                hint="chmod o-rw, and run the application with umask 027.",
                obj=reach.name,
                id="scrubline.W011",
            )
    for folder, name in folders.items():
        if can := _open(folder):
            yield checks.Warning(
                f"Every user of this machine can {can} the log directory {folder}.",
                hint="chmod o-rwx.",
                obj=name,
                id="scrubline.W012",
            )


def _open(path: str) -> str:
    """What everybody may do with a file or directory."""
    try:
        mode = os.stat(path).st_mode
    except OSError:
        return ""
    can = [
        word
        for bit, word in ((stat.S_IROTH, "read"), (stat.S_IWOTH, "write"))
        if mode & bit
    ]
    return " and ".join(can)
