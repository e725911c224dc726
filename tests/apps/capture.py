"""Raw records: what the loggers were given, before any handler redacts it."""

import json
import logging
import traceback
from dataclasses import fields, is_dataclass
from datetime import date

from scrubline.django import CorrelationFilter

# What every LogRecord has, beside what `extra` brought; some are set only while formatting.
STANDARD = frozenset(vars(logging.makeLogRecord({}))) | {
    "message",
    "asctime",
    "taskName",
}


class Capture(logging.Handler):
    """Keeps each record as one line of JSON, in the shape that a formatter of any host reads."""

    def __init__(self):
        super().__init__()
        self.lines = []
        # The context of the request is no more than ids, and only this process knows it.
        self.addFilter(CorrelationFilter())

    def emit(self, record):
        self.lines.append(json.dumps(raw(record), ensure_ascii=False, default=str))

    def install(self):
        """Go before every other handler of every logger."""
        loggers = [
            logging.getLogger(name) for name in logging.Logger.manager.loggerDict
        ]
        for logger in (logging.getLogger(), *loggers):
            if logger.handlers:
                logger.handlers.insert(0, self)


def raw(record):
    """Return `record` as a dict of the record shape: `time` in milliseconds, texts as they are."""
    shape = {
        # By way of microseconds, since a float of seconds may be just below a whole millisecond.
        "time": round(record.created * 1e6) // 1000,
        "level": record.levelname,
        "logger": record.name,
        "message": record.getMessage(),
        "module": record.module,
        "function": record.funcName,
        "line": record.lineno,
    }
    if record.exc_info:
        kind, error, _ = record.exc_info
        shape["exception"] = {
            "type": kind.__name__,
            "message": str(error),
            "traceback": "".join(traceback.format_exception(*record.exc_info)).rstrip(
                "\n"
            ),
        }
    extras = {
        key: value
        for key, value in vars(record).items()
        if key not in STANDARD and not key.startswith("_scrubline")
    }
    return {**shape, **plain(extras)}


def plain(value):
    """Return `value` as JSON can say it, in the way that the Python formatter writes it."""
    if isinstance(value, dict):
        # A QueryDict's own `items` would tell the last value of each key only.
        return {str(key): plain(item) for key, item in dict.items(value)}
    if isinstance(value, (list, tuple, set)):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, date):
        return value.isoformat()
    if is_dataclass(value):
        return plain(
            {field.name: getattr(value, field.name) for field in fields(value)}
        )
    return value
