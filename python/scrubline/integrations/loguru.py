"""A patcher for loguru.

    logger.configure(patcher=scrubline.integrations.loguru.patch)

Patchers of `logger.patch(...)` run after it; what they add is theirs.
"""

from __future__ import annotations

from typing import Any

from scrubline import _exceptions
from scrubline._native import _ERROR
from scrubline._process import redactor

__all__ = ["patch"]


def patch(record: Any) -> None:
    """Redacts message, extra and exception of a record. The exception has its traceback in its text: loguru's option `diagnose`,
    on by default, would write the values of variables beside each line. Where redaction fails, they are markers."""
    try:
        use = redactor()
        record["message"] = use.redact(record["message"])
        extra = use.redact_value(record["extra"])
        record["extra"] = extra if isinstance(extra, dict) else {}
        found = record["exception"]
        if found is not None and found.value is not None:
            flat = _exceptions.flattened(tuple(found), use)
            record["exception"] = found._replace(value=flat, traceback=None)
    except Exception:
        record["message"], record["extra"], record["exception"] = _ERROR, {}, None
