"""Filter and formatters for Django's `LOGGING`, with the redactor of `settings.SCRUBLINE`.

    LOGGING = {
        "filters": {"sensitive_data": {"()": "scrubline.django.SensitiveDataFilter"}},
        "formatters": {"json": {"()": "scrubline.django.JSONFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["sensitive_data"], "formatter": "json"}},
        ...
    }
    SCRUBLINE = {"POLICY": {...}, "KEY": b"...", "KNOWN_VALUES": [SECRET_KEY]}

Or whole, for an environment: `LOGGING = logging_config("production", log_dir="/var/log/shop")`.

Importing this module and making filters and formatters is safe inside a settings module. Until settings are configured, and
without a `SCRUBLINE`, the default policy holds. A wrong one is `ImproperlyConfigured` with code and path, at start-up: where a
filter or formatter is made once settings are there, as for `LOGGING`, and with "scrubline.django" in `INSTALLED_APPS`. Where it
shows only later, records are written as markers, and stderr says once why.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from scrubline import _calls, _events, _logging, _rate
from scrubline._context import BusinessContext, CorrelationID
from scrubline._events import (
    get_business_event_logger,
    log_business_event,
    log_performance_event,
    log_security_event,
)
from scrubline._native import Redactor
from scrubline.django import _middleware, _settings
from scrubline.django._config import logging_config
from scrubline.django._middleware import LoggingContextMiddleware, PerformanceMiddleware
from scrubline.django._server import ServerFilter

if TYPE_CHECKING:
    from scrubline.django._reports import ExceptionReporter, ExceptionReporterFilter

__all__ = [
    "BusinessContext",
    "CorrelationFilter",
    "CorrelationID",
    "DatadogFormatter",
    "DevelopmentFormatter",
    "ECSFormatter",
    "ExceptionReporter",
    "ExceptionReporterFilter",
    "GCPFormatter",
    "JSONFormatter",
    "LoggingCalls",
    "LoggingContextMiddleware",
    "OTelFormatter",
    "PerformanceMiddleware",
    "RateLimitFilter",
    "SamplingFilter",
    "SecurityFormatter",
    "SensitiveDataFilter",
    "ServerFilter",
    "get_business_event_logger",
    "log_business_event",
    "log_performance_event",
    "log_security_event",
    "logging_config",
    "metrics",
    "redactor",
    "settings_schema",
]


_events.use(_settings.events_for_records)


if not TYPE_CHECKING:

    def __getattr__(name: str) -> Any:
        # They inherit from Django's classes, which importing this module must not import.
        if name in ("ExceptionReporter", "ExceptionReporterFilter"):
            from scrubline.django import _reports

            return getattr(_reports, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def metrics(request: Any) -> Any:
    """A view that answers a scrape of Prometheus, over all processes where `PROMETHEUS_MULTIPROC_DIR` is set."""
    from scrubline.django import _metrics

    return _metrics.respond()


def redactor() -> Redactor:
    """The redactor that filters and formatters share, as the settings have it now.

    Raises `django.core.exceptions.ImproperlyConfigured`.
    """
    return _settings.resolve()[0]


def settings_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `SCRUBLINE`, for editors and checks of settings. Bytes and callables, which JSON does not know, are right as well."""
    return _settings.schema()


class _Resolving(_logging.Redacting):
    def _setup(self, *given: Any, **named: Any) -> None:
        super()._setup(*given, **named)
        _settings.verify()

    def _resolve(self) -> Redactor:
        found, is_final = _settings.resolve_for_records()
        if is_final:
            _settings.remember(self)
            self._use(found)
        return found


class SensitiveDataFilter(_Resolving, _logging.Filter):
    __doc__ = _logging.Filter.__doc__


class CorrelationFilter(_Resolving, _logging.Correlation):
    __doc__ = _logging.Correlation.__doc__

    def __init__(
        self,
        name: str = "",
        *,
        context_fields: Iterable[str] | None = None,
        **options: Any,
    ) -> None:
        super().__init__(name, context_fields=context_fields or (), **options)
        self._is_own = context_fields is not None

    def _resolve(self) -> Redactor:
        if not self._is_own:
            self.context_fields = tuple(_settings.options_for_records().context_fields)
        return super()._resolve()

    _context_of = staticmethod(_middleware.context_of)


class LoggingCalls(_calls.LoggingCalls):
    """As `scrubline.logging.LoggingCalls`, unless `SCRUBLINE["LOGGING_CALLS"]` is false."""

    def _install(self) -> None:
        if _settings.options().logging_calls:
            super()._install()


class RateLimitFilter(_Resolving, _rate.RateLimit):
    __doc__ = _rate.RateLimit.__doc__


class SamplingFilter(_rate.Sampling):
    """As `scrubline.logging.SamplingFilter`; what `sampling` says where it is not given is in `SCRUBLINE["SAMPLING"]`."""

    def __init__(
        self, sampling: Mapping[str, Mapping[str, Any]] | None = None, name: str = ""
    ) -> None:
        super().__init__(sampling, name)
        _settings.verify()
        self._is_own = sampling is not None

    def _sampling(self) -> Mapping[str, Mapping[str, Any]]:
        given: Mapping[str, Mapping[str, Any]] = (
            _settings.options_for_records().sampling
        )
        return self._given if self._is_own else given


class _ResolvingLine(_Resolving):
    """The names of the business context are those of `SCRUBLINE["CONTEXT_FIELDS"]` where `context_fields` does not give others."""

    _options: dict[str, Any]

    def _resolve(self) -> Redactor:
        if "context_fields" not in self._options:
            fields = _settings.options_for_records().context_fields
            self._configure(self._options, fields)  # type: ignore[attr-defined]
        return super()._resolve()


class JSONFormatter(_ResolvingLine, _logging.JSON):
    __doc__ = _logging.JSON.__doc__


class DevelopmentFormatter(_ResolvingLine, _logging.Development):
    __doc__ = _logging.Development.__doc__


class SecurityFormatter(_ResolvingLine, _logging.Security):
    __doc__ = _logging.Security.__doc__


class OTelFormatter(_ResolvingLine, _logging.OTel):
    __doc__ = _logging.OTel.__doc__


class ECSFormatter(_ResolvingLine, _logging.ECS):
    __doc__ = _logging.ECS.__doc__


class GCPFormatter(_ResolvingLine, _logging.GCP):
    __doc__ = _logging.GCP.__doc__


class DatadogFormatter(_ResolvingLine, _logging.Datadog):
    __doc__ = _logging.Datadog.__doc__
