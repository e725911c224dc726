"""The event helpers: business, security and performance events as records of `logging`.

Where an event goes, at which level and with which message, the engine says. A record carries the event in `event_type`,
`event_kind` ("business", "security" or "performance") and one dict: `business_metadata`, `security_context` or
`performance_metadata`, the latter beside `operation` and `duration_ms`. The formatters of scrubline write its entries at the top level.
"""

from __future__ import annotations

import logging
import math
import sys
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

from scrubline import _context
from scrubline._native import _ERROR, Events

# Names of the business context, which a record has as attributes of its own, as it has them from `CorrelationFilter`.
_CONTEXT = Events.context_names()

# The maker of events: of `settings.SCRUBLINE` in a Django project, else of the defaults. A list of one, so that it can be exchanged.
_maker: list[Events | Callable[[], Events]] = [Events()]


def use(maker: Events | Callable[[], Events]) -> None:
    """Makes `maker`, or what it returns at every event, the one of all helpers of this process."""
    _maker[0] = maker


def configure(**options: Any) -> None:
    """Sets the routes of events and `slow_ms`, the milliseconds above which an operation is slow.

    `routes` maps event types, or how they begin (`payment_*`), to an area (`"payments"`: the logger `business.payments`) or to
    `{"area": "payments", "also": ["finances.payments"]}`, further loggers that get the event. Raises `ScrublineError`.
    """
    use(Events(**options))


def get_business_event_logger(event_type: str) -> logging.Logger:
    """The logger `business.<event_type>`."""
    return logging.getLogger(Events.business_logger(_text(event_type)))


def log_business_event(*args: Any, **metadata: Any) -> None:
    """log_business_event(event_type, message, **metadata): logs something that the business counts, at INFO.

    Any keyword is taken, and none raises; `exc_info` is that of `logging`.
    """
    _log("business", ("event_type", "message"), args, metadata, sys._getframe(1))


def log_security_event(*args: Any, **context: Any) -> None:
    """log_security_event(event_type, message, **context): logs something for the security officer, at WARNING on `security.events`.

    A failure to authenticate goes to `security.auth_failures` as well. Any keyword is taken, and none raises.
    """
    _log("security", ("event_type", "message"), args, context, sys._getframe(1))


def log_performance_event(*args: Any, **metadata: Any) -> None:
    """log_performance_event(operation, duration_ms, **metadata): logs how many milliseconds an operation took, on `performance`.

    At WARNING where that is slow, else at INFO. Any keyword is taken, and none raises.
    """
    _log("performance", ("operation", "duration_ms"), args, metadata, sys._getframe(1))


def _log(
    kind: str,
    names: tuple[str, str],
    args: tuple[Any, ...],
    given: dict[str, Any],
    frame: FrameType,
) -> None:
    """Logs an event of two values, by position or by name, and of whatever else was given."""
    values = dict(zip(names, args))
    for name in names[len(args) :]:
        values[name] = given.pop(name, "")
    first, second = (values[name] for name in names)
    if len(args) > len(names):
        given["args"] = args[len(names) :]
    exc_info = given.pop("exc_info", None)
    attributes: dict[str, Any] = {}
    try:
        events = _maker[0] if isinstance(_maker[0], Events) else _maker[0]()
        if kind == "performance":
            plan = events.performance(_text(first), _number(second))
            attributes = {"operation": first, "duration_ms": second}
        elif kind == "security":
            plan = events.security(_text(first), _text(second))
        else:
            plan = events.business(_text(first), _text(second))
        _emit(plan, attributes, given, exc_info, frame)
    except Exception:
        _failed(kind, frame)


def _emit(
    plan: Any,
    attributes: dict[str, Any],
    given: dict[str, Any],
    exc_info: Any,
    frame: FrameType,
) -> None:
    """Hands the event to its loggers; a handler that several of them reach has it once, from the first."""
    kind, event_type, level, names, message, holder = plan
    attributes.update(event_type=event_type, event_kind=kind)
    for name in (*_CONTEXT, *_context.BusinessContext.get_context()):
        if given.get(name) is not None:
            attributes[name] = given[name]
    attributes[holder] = given
    # What a filter decides holds for the event, so for its record in every logger.
    attributes["_scrubline_verdicts"] = {}
    if len(names) > 1:
        # A handler has the event from the first logger, and may choose it for another.
        attributes["_scrubline_loggers"] = tuple(names)
    exc_info = _exc_info(exc_info)
    reached: set[logging.Handler] = set()
    for name in names:
        logger = logging.getLogger(name)
        if not logger.isEnabledFor(level):
            continue
        record = logger.makeRecord(
            name,
            level,
            frame.f_code.co_filename,
            frame.f_lineno,
            message,
            (),
            exc_info,
            frame.f_code.co_name,
        )
        # Not by `extra`, which refuses the names that a record has already.
        vars(record).update(attributes)
        if reached.isdisjoint(handlers_of(logger)):
            logger.handle(record)
        elif not logger.disabled and logger.filter(record):
            for handler in handlers_of(logger):
                if handler not in reached and record.levelno >= handler.level:
                    handler.handle(record)
        reached.update(handlers_of(logger))


def handlers_of(logger: logging.Logger) -> Iterator[logging.Handler]:
    """The handlers that a record of this logger gets to."""
    at: logging.Logger | None = logger
    while at is not None:
        yield from at.handlers
        at = at.parent if at.propagate else None


def _failed(kind: str, frame: FrameType) -> None:
    """Says that there was an event, and nothing of it."""
    plan = (kind, _ERROR, logging.WARNING, [kind], _ERROR, f"{kind}_metadata")
    try:
        _emit(plan, {}, {}, None, frame)
    except Exception:  # noqa: S110 - there is nothing left to say it with
        pass


def _exc_info(given: Any) -> Any:
    """What `logging` makes of its argument `exc_info`."""
    if isinstance(given, BaseException):
        return type(given), given, given.__traceback__
    if given and not isinstance(given, tuple):
        return sys.exc_info()
    return given or None


def _text(value: Any) -> str:
    try:
        return str(value)
    except Exception:
        return _ERROR


def _number(value: Any) -> float:
    try:
        return float(value)
    except Exception:
        return math.nan
