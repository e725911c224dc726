"""Filter and formatters for `logging`, apart from where they have their redactor from.

A class of its own gets its redactor from `_resolve`: `scrubline.logging` answers with the one given to the constructor,
`scrubline.django` with the one of the settings.
"""

from __future__ import annotations

import logging
import os
import sys
from collections.abc import Iterable, Mapping
from typing import Any

from scrubline import _context
from scrubline._native import (
    _CONTEXT_FIELDS,
    Policy,
    RecordFilter,
    RecordFormatter,
    Redactor,
)

Secret = str | bytes


class Redacting:
    """What has a redactor: given, built from the policy given, or else that of `_resolve`.

    It copies and pickles. What it was given as a redactor, or a key or known values that made one, stays in this process: copies
    share that redactor, and pickling raises `TypeError`.
    """

    # Of what a copy or an unpickled one has its redactor.
    _given: Redactor | Policy | None

    def _setup(
        self,
        redactor: Redactor | None,
        policy: Mapping[str, Any] | Policy | None,
        key: Secret | None,
        known_values: Iterable[Secret],
    ) -> None:
        check_redactor(redactor)
        if redactor is None and (key is not None or known_values):
            redactor = Redactor(policy, key=key, known_values=known_values)
        self._take(
            Policy(policy) if redactor is None and policy is not None else redactor
        )

    def _take(self, given: Redactor | Policy | None) -> None:
        self._given = given
        self._use(Redactor(given) if isinstance(given, Policy) else given)

    def __getstate__(self) -> dict[str, Any]:
        return vars(self).copy()

    def __setstate__(self, state: dict[str, Any]) -> None:
        vars(self).update(state)
        self._take(self._given)

    def _use(self, redactor: Redactor | None) -> None:
        raise NotImplementedError

    def _resolve(self) -> Redactor:
        raise NotImplementedError


class Filter(RecordFilter, Redacting, logging.Filter):
    """Redacts every record in place, once, and lets it pass.

    Put it on handlers: a filter of a logger does not see the records of the loggers below it. `name` is taken as
    `logging.Filter` takes it, and every record is redacted whatever it says.

    The names of logger, thread, process and task are redacted as well, for a formatter may write them. A logger whose name holds
    somebody's data is not known by it any more to a filter by name that stands behind this one. A record of a class with a
    `getMessage` of its own says what that made of it, redacted.
    """

    def __init__(
        self,
        name: str = "",
        *,
        redactor: Redactor | None = None,
        policy: Mapping[str, Any] | Policy | None = None,
        key: Secret | None = None,
        known_values: Iterable[Secret] = (),
    ) -> None:
        _by_name("name", name)
        logging.Filter.__init__(self, name)
        self._setup(redactor, policy, key, known_values)


class Correlation(RecordFilter, Redacting, logging.Filter):
    """Sets the context of the request on every record: `correlation_id` (`no-correlation-id` where there is none), the business
    context, `timestamp_iso`, and `trace_id`, `span_id` and `trace_flags` (1 where it is sampled) where there is a trace.

    What a record has already stays. `context_fields` are the names of the business context that every record has, `None` where
    they are absent. Values are redacted here, so this filter may stand behind the redacting one.
    """

    def __init__(
        self,
        name: str = "",
        *,
        context_fields: Iterable[str] = _CONTEXT_FIELDS,
        redactor: Redactor | None = None,
        policy: Mapping[str, Any] | Policy | None = None,
        key: Secret | None = None,
        known_values: Iterable[Secret] = (),
    ) -> None:
        _by_name("name", name)
        if isinstance(context_fields, str):
            raise TypeError("context_fields is a list of names")
        logging.Filter.__init__(self, name)
        self.context_fields = tuple(context_fields)
        self._setup(redactor, policy, key, known_values)

    filter = RecordFilter._correlate

    @staticmethod
    def _context_of(record: logging.LogRecord) -> _context.Context:
        return _context.current()


class LineFormatter(RecordFormatter, Redacting, logging.Formatter):
    """Writes a record as one line, redacting what no filter has redacted; the record stays as it is.

    `options` are those of the format. `fmt`, `datefmt`, `style`, `validate` and `defaults` are taken as `logging.Formatter`
    takes them, for configurations that give them; the line does not depend on them.

    In a field, a date is ISO 8601, an enumeration its value, a dataclass an object, a set a sorted list; a Decimal, a UUID, a path, a
    request, an instance of a model or a QuerySet is its text. `trace_id` and `span_id` (32 and 16 hex digits) and `trace_flags` stand
    where the format has a place for them.
    """

    _format: str

    def __init__(
        self,
        fmt: str | None = None,
        datefmt: str | None = None,
        style: str = "%",
        validate: bool = True,
        *,
        defaults: Mapping[str, Any] | None = None,
        redactor: Redactor | None = None,
        policy: Mapping[str, Any] | Policy | None = None,
        key: Secret | None = None,
        known_values: Iterable[Secret] = (),
        **options: Any,
    ) -> None:
        _by_name("fmt", fmt)
        logging.Formatter.__init__(self)
        # A `format` of dictConfig is another name for `fmt`.
        self._options = {**options, "format": self._format}
        self._configure(self._options)
        self._setup(redactor, policy, key, known_values)

    def __setstate__(self, state: dict[str, Any]) -> None:
        super().__setstate__(state)
        self._configure(self._options)


class JSON(LineFormatter):
    """One JSON object a line. Options: `layout` ("flat" or "nested") and `context_fields`, names of the business context."""

    _format = "json"


class Development(LineFormatter):
    """For a developer's terminal. Options: `colour` (where absent, whether stderr is a terminal) and `context_fields`."""

    _format = "console"

    def __init__(self, *args: Any, colour: bool | None = None, **options: Any) -> None:
        super().__init__(
            *args, colour=_is_terminal() if colour is None else colour, **options
        )


class Security(LineFormatter):
    """The security log: one JSON object a line, in its own order. Option: `context_fields`."""

    _format = "security"


class OTel(LineFormatter):
    """OpenTelemetry: one record as OTLP/JSON a line, as the file exporter writes it and the Collector's `otlpjsonfile` reads it.

    Options: `service` (the resource's `service.name`) and `context_fields`.
    """

    _format = "otel"


class ECS(LineFormatter):
    """Elastic Common Schema: one JSON object a line. What the schema has no field for is under `labels` (correlation id and
    business context) and `scrubline` (the rest).

    Options: `service` (`service.name`) and `context_fields`.
    """

    _format = "ecs"


class GCP(LineFormatter):
    """Google Cloud Logging: one JSON object a line. An exception at ERROR and above is an event of Error Reporting.

    Options: `project` (the id of the project that holds the traces; a trace is its bare id where absent), `service` (of the
    error event) and `context_fields`.
    """

    _format = "gcp"


class Datadog(LineFormatter):
    """Datadog: one JSON object a line, with its reserved and standard attributes. Options: `service` and `context_fields`."""

    _format = "datadog"


def check_redactor(redactor: object) -> None:
    """Raises `TypeError` for what is neither a redactor nor `None`."""
    if redactor is not None and not isinstance(redactor, Redactor):
        raise TypeError("redactor is a scrubline.Redactor: Redactor(policy) makes one")


def _by_name(parameter: str, given: object) -> None:
    """Refuses a redactor or a policy in the place where `logging` has a text, of which nothing would be used."""
    if given is not None and not isinstance(given, str):
        raise TypeError(
            f"{parameter} is a text; redactor, policy and the others go by name"
        )


def _is_terminal() -> bool:
    try:
        return (
            sys.stderr.isatty()
            and not os.environ.get("NO_COLOR")  # <https://no-color.org>
            and os.environ.get("TERM") != "dumb"
        )
    except (AttributeError, ValueError):
        return False
