"""Stand-ins for the event helpers of the platform.

Three functions with the names and arguments that the platform's guide uses. They only put the
event's fields into `extra`; redaction and formatting are the handlers' business.
"""

import logging


def get_business_event_logger(event_type):
    """Return the logger `business.<event_type>`."""
    return logging.getLogger(f"business.{event_type}")


def log_business_event(event_type, message, **metadata):
    """Log a business event at INFO on the logger of its type."""
    get_business_event_logger(event_type).info(
        message, extra={"event_type": event_type, **metadata}, stacklevel=2
    )


def log_security_event(event_type, message, **details):
    """Log a security event at WARNING on `security.events`."""
    logging.getLogger("security.events").warning(
        message, extra={"event_type": event_type, **details}, stacklevel=2
    )


def log_performance_event(operation, duration_ms, **metadata):
    """Log how long an operation took, in milliseconds: WARNING above 1000, else INFO."""
    logging.getLogger("performance").log(
        logging.WARNING if duration_ms > 1000 else logging.INFO,
        f"{operation} took {duration_ms:.1f}ms",
        extra={
            "event_type": "performance",
            "operation": operation,
            "duration_ms": duration_ms,
            **metadata,
        },
        stacklevel=2,
    )
