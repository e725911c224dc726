"""Every name of a hand-written `common.logging_utils`, for a project that had one.

    from scrubline.django.logging_utils import *

A `LOGGING` that names classes of the old module works after its path is replaced by that of this one. Lines have the flat layout:
`"layout": "nested"` among the options of the JSON formatter keeps the old shape.
"""

from __future__ import annotations

from scrubline.django import (
    BusinessContext,
    CorrelationFilter,
    CorrelationID,
    DevelopmentFormatter,
    JSONFormatter,
    RateLimitFilter,
    SecurityFormatter,
    SensitiveDataFilter,
    get_business_event_logger,
    log_business_event,
    log_performance_event,
    log_security_event,
)
from scrubline.django._middleware import setup_logging_context_middleware

__all__ = [
    "BusinessContext",
    "CorrelationFilter",
    "CorrelationID",
    "DevelopmentFormatter",
    "JSONFormatter",
    "RateLimitFilter",
    "SecurityFormatter",
    "SensitiveDataFilter",
    "get_business_event_logger",
    "log_business_event",
    "log_performance_event",
    "log_security_event",
    "setup_logging_context_middleware",
]
