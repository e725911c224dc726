"""A log record processor for the OpenTelemetry SDK.

    provider.add_log_record_processor(RedactingLogRecordProcessor(BatchLogRecordProcessor(exporter)))

It redacts and passes on. Without a processor to pass on to, it redacts in place for those that are added after it; a provider that
runs its processors at the same time needs the first form.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from opentelemetry.sdk._logs import LogRecordProcessor

from scrubline._native import _ERROR, Redactor
from scrubline._process import redactor

__all__ = ["RedactingLogRecordProcessor"]


class RedactingLogRecordProcessor(LogRecordProcessor):
    """Redacts body, attributes and event name of every record. Where that fails, they are markers."""

    def __init__(
        self,
        processor: LogRecordProcessor | None = None,
        *,
        redactor: Redactor | None = None,
    ) -> None:
        self.processor = processor
        self._given = redactor

    def on_emit(self, log_record: Any) -> None:
        """Redacts the record in place, and passes it on."""
        record = log_record.log_record
        try:
            self._redact(record)
        except Exception:
            record.body, record.attributes = _ERROR, {}
            record.event_name = None if record.event_name is None else _ERROR
            record.exception = None
        if self.processor is not None:
            self.processor.on_emit(log_record)

    def _redact(self, record: Any) -> None:
        use = redactor() if self._given is None else self._given
        record.body = use.redact_value(record.body)
        if record.event_name is not None:
            record.event_name = use.redact(record.event_name)
        if getattr(record, "exception", None) is not None:
            # It is in the attributes by now.
            record.exception = None
        attributes = record.attributes
        if not attributes:
            return
        given = dict(attributes)
        redacted = use.redact_value(given)
        if redacted is given:
            return
        if not isinstance(redacted, Mapping):
            redacted = {}
        if type(attributes) is dict:
            record.attributes = redacted
        else:
            # With the limits and the count of dropped attributes that it has.
            kept = type(attributes)(
                maxlen=attributes.maxlen,
                attributes=redacted,
                immutable=False,
                max_value_len=attributes.max_value_len,
            )
            kept.dropped = attributes.dropped
            record.attributes = kept

    def shutdown(self) -> None:
        """Passed on."""
        if self.processor is not None:
            self.processor.shutdown()

    def force_flush(self, timeout_millis: int = 30000) -> bool:
        """Passed on."""
        return self.processor is None or self.processor.force_flush(timeout_millis)
