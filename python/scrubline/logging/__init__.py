"""Filter and formatters for the standard library's `logging`.

>>> import logging, sys
>>> from scrubline.logging import SensitiveDataFilter
>>> handler = logging.StreamHandler(sys.stdout)
>>> handler.addFilter(SensitiveDataFilter())
>>> logger = logging.getLogger("shop")
>>> logger.addHandler(handler)
>>> logger.warning("User %s password: %s", "ana@example.pt", "hunter2")
User ***@example.pt password: [REDACTED]

Put the filter on handlers, not on loggers: a logger's filter does not see the records of the loggers below it.
Each formatter redacts as well what no filter has redacted, so a handler with one of these formatters alone is safe.
`scrubline.logging.handlers` has a queue, files that several processes share, and memory for tests.
"""

from __future__ import annotations

from scrubline import _logging, _rate
from scrubline._calls import LoggingCalls
from scrubline._context import BusinessContext, CorrelationID
from scrubline._events import (
    configure,
    get_business_event_logger,
    log_business_event,
    log_performance_event,
    log_security_event,
)
from scrubline._native import Redactor

__all__ = [
    "BusinessContext",
    "CorrelationFilter",
    "CorrelationID",
    "DatadogFormatter",
    "DevelopmentFormatter",
    "ECSFormatter",
    "GCPFormatter",
    "JSONFormatter",
    "LoggingCalls",
    "OTelFormatter",
    "RateLimitFilter",
    "SamplingFilter",
    "SecurityFormatter",
    "SensitiveDataFilter",
    "configure",
    "get_business_event_logger",
    "log_business_event",
    "log_performance_event",
    "log_security_event",
]

_shared: list[Redactor] = []


def _default() -> Redactor:
    """The redactor of the default policy, one for all."""
    if not _shared:
        _shared.append(Redactor())
    return _shared[0]


class _Resolving(_logging.Redacting):
    def _resolve(self) -> Redactor:
        found = _default()
        self._use(found)
        return found


class SensitiveDataFilter(_Resolving, _logging.Filter):
    __doc__ = _logging.Filter.__doc__


class CorrelationFilter(_Resolving, _logging.Correlation):
    __doc__ = _logging.Correlation.__doc__


class RateLimitFilter(_Resolving, _rate.RateLimit):
    __doc__ = _rate.RateLimit.__doc__


class SamplingFilter(_rate.Sampling):
    __doc__ = _rate.Sampling.__doc__


class JSONFormatter(_Resolving, _logging.JSON):
    __doc__ = _logging.JSON.__doc__


class DevelopmentFormatter(_Resolving, _logging.Development):
    __doc__ = _logging.Development.__doc__


class SecurityFormatter(_Resolving, _logging.Security):
    __doc__ = _logging.Security.__doc__


class OTelFormatter(_Resolving, _logging.OTel):
    __doc__ = _logging.OTel.__doc__


class ECSFormatter(_Resolving, _logging.ECS):
    __doc__ = _logging.ECS.__doc__


class GCPFormatter(_Resolving, _logging.GCP):
    __doc__ = _logging.GCP.__doc__


class DatadogFormatter(_Resolving, _logging.Datadog):
    __doc__ = _logging.Datadog.__doc__
