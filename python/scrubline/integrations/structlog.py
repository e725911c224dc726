"""A processor for structlog.

    structlog.configure(processors=[..., RedactingProcessor(), JSONRenderer()])

Put it last before the renderer, or before `ProcessorFormatter.wrap_for_formatter`.
"""

from __future__ import annotations

import sys
from collections.abc import MutableMapping
from typing import Any

from scrubline import _exceptions
from scrubline._native import _ERROR, Redactor
from scrubline._process import redactor

__all__ = ["RedactingProcessor"]

# Objects that structlog passes to itself in the event.
_INTERNAL = ("_record", "_from_structlog", "_logger")


class RedactingProcessor:
    """Redacts an event. `exc_info` becomes the text of its traceback, under `exception`, or `traceback` where the event has an
    `exception` of its own: a renderer that shows the variables of frames would show their values. Where redaction fails, the event is a marker."""

    def __init__(self, redactor: Redactor | None = None) -> None:
        self._given = redactor

    def __call__(
        self, logger: Any, method_name: str, event_dict: MutableMapping[str, Any]
    ) -> MutableMapping[str, Any]:
        """The event, redacted."""
        try:
            return self._redacted(dict(event_dict))
        except Exception:
            return {"event": _ERROR}

    def _redacted(self, event: dict[str, Any]) -> dict[str, Any]:
        use = redactor() if self._given is None else self._given
        internal = {name: event.pop(name) for name in _INTERNAL if name in event}
        exc_info = event.pop("exc_info", None)
        redacted = use.redact_value(event)
        if not isinstance(redacted, dict):
            redacted = {"event": _ERROR}
        if exc_info:
            if not isinstance(exc_info, (tuple, BaseException)):
                exc_info = sys.exc_info()
            text = _exceptions.redact_exc_info(exc_info, use)[1]
            if text is not None:
                redacted["traceback" if "exception" in redacted else "exception"] = text
        return {**redacted, **internal}
