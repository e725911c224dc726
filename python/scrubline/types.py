"""Types of policies and of JSON lines, for type checkers and editors.

Written by .ci/typed_dicts.py from the engine's JSON Schemas; not to be changed by hand.
"""

from __future__ import annotations

from typing import Literal, TypedDict

__all__ = [
    "Action",
    "BusinessEvent",
    "Custom",
    "Id",
    "Level",
    "Limits",
    "Line",
    "LogRecord",
    "LoggedException",
    "PerformanceEvent",
    "Policy",
    "Preset",
    "SecurityEvent",
    "Setting",
    "Validator",
]

Action = Literal["mask", "label", "partial", "pseudonym", "drop", "keep"]
"""What happens to a finding."""


class _Custom(TypedDict):
    id: str
    """`custom.` and a name of lower-case letters, digits, `-` and `_`."""


class Custom(_Custom, total=False):
    """A detector of the user's own: a shape or a regular expression, and what must hold for a match to
    count. Only that a match has one of the `literals` in its line, passes the `validator` and has one
    of the words of `context` near makes it a finding. `examples` and `counter_examples` are tried when
    the policy is loaded, and what they contradict is refused.
    """

    action: Action
    """What to do with a match; `mask` where absent."""
    context: list[str]
    """Words of which one must stand near a match, up to 48 bytes before or 16 behind it in its line, or in
    the key of its value; whole words without case.
    """
    counter_examples: list[str]
    """Texts in which it must find nothing."""
    examples: list[str]
    """Texts in which the detector must find something."""
    literals: list[str]
    """Literals of which one must occur in the line before the pattern is tried; compared without case."""
    regex: str
    r"""A regular expression on bytes, with ASCII `\w`, `\d` and `\b`. Not in the default npm entry. Without
    `shape`.
    """
    shape: str
    r"""What a value looks like, in every runtime: `STU-\d{6}`. Bytes stand for themselves, `\` before a
    mark that means something else; `[0-9a-f-]`, `[^ ]`, `\d` and `\w` are one byte of a set; `(ab|cd)`
    is the first that matches; `?`, `*`, `+`, `{3}`, `{3,}` and `{3,9}` say how often, as often as it
    can. A match begins and ends where a word does, and has at most 4,096 bytes. Without `regex`.
    """
    validator: Validator
    """The check that the letters and digits of a match must pass."""


class Limits(TypedDict, total=False):
    """Bounds of one call. Beyond them stands the marker `[REDACTED:limit]`, never raw data."""

    depth: int
    """Levels of nesting in a value, 1 to 200."""
    nodes: int
    """Entries of all maps and lists of one value together, at least 1."""


Preset = Literal["default", "strict", "minimal", "pci", "gdpr"]
"""A starting point that the rest of the policy changes."""


Setting = Literal["on", "off", "mask", "label", "partial", "pseudonym", "drop", "keep"]
"""A setting of one detector or of a group of them."""


Validator = Literal[
    "luhn", "verhoeff", "mod97", "mod11_10", "mod11_2", "iban", "entropy"
]
"""A check of the letters and digits of a match. Small letters count as capitals; the same digit all
the way passes none.
"""


class Policy(TypedDict, total=False):
    """What is redacted and how. Every part has a default, so `{}` is a policy. Unknown fields are refused."""

    allow: list[str]
    """Exact values that are never redacted (a support address, a test card)."""
    custom: list[Custom]
    """Detectors of the user's own."""
    detectors: dict[str, Setting]
    """Settings by detector id (`contact.email`) or group (`identity`); the longer id wins."""
    fields: dict[str, Action]
    """Key names (`student_name`, by segment, in any case and style) or dotted paths with `*` (one level)
    and `**` (any number), and what to do with the values under them.
    """
    key_id: str
    """The name of the HMAC key, which pseudonyms carry; `id` where absent. 1 to 16 letters, digits, `-`
    and `_`.
    """
    limits: Limits
    """Bounds of one call."""
    mask: str
    """What `mask` writes; `[REDACTED]` where absent."""
    preset: Preset
    """The starting point."""
    version: int
    """Version of this structure: 1."""


class _BusinessEvent(TypedDict):
    event_type: str
    """Name of the event, such as `payment_completed`."""
    level: Level
    logger: str
    """`business.<area>`, or a logger of the application that its route names as well."""
    message: str
    """The rendered message."""


class BusinessEvent(_BusinessEvent, total=False):
    """Something that the business counts."""

    correlation_id: str
    """Joins the records of one request or task."""
    exception: LoggedException
    function: str
    """Function that logged."""
    line: int
    """Line of the module that logged."""
    module: str
    """Module that logged."""
    role: Id
    """The role in which that user worked."""
    school_id: Id
    """The school that the record is about."""
    span_id: str
    """Span of the request, 16 hexadecimal digits."""
    timestamp: str
    """RFC 3339, UTC, milliseconds."""
    trace_flags: int
    """Flags of the trace: 1 where it is sampled (W3C Trace Context)."""
    trace_id: str
    """Trace of the request, 32 hexadecimal digits (W3C Trace Context)."""
    user_id: Id
    """The user for whom the application worked."""


Id = str | float
"""A value of the business context."""


Level = Literal["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
"""A canonical level."""


class _LogRecord(TypedDict):
    level: Level
    message: str
    """The rendered message."""


class LogRecord(_LogRecord, total=False):
    """A record that is no event."""

    correlation_id: str
    """Joins the records of one request or task."""
    duration_ms: float
    """Milliseconds, where the record was given any."""
    event_type: str
    """Name of an event, where the record was given one by hand."""
    exception: LoggedException
    function: str
    """Function that logged."""
    line: int
    """Line of the module that logged."""
    logger: str
    """Name of the logger."""
    module: str
    """Module that logged."""
    role: Id
    """The role in which that user worked."""
    school_id: Id
    """The school that the record is about."""
    span_id: str
    """Span of the request, 16 hexadecimal digits."""
    timestamp: str
    """RFC 3339, UTC, milliseconds."""
    trace_flags: int
    """Flags of the trace: 1 where it is sampled (W3C Trace Context)."""
    trace_id: str
    """Trace of the request, 32 hexadecimal digits (W3C Trace Context)."""
    user_id: Id
    """The user for whom the application worked."""


class _LoggedException(TypedDict):
    message: str
    """What it says."""
    type: str
    """Name of its class."""


class LoggedException(_LoggedException, total=False):
    """An exception as text."""

    traceback: str
    """Its traceback, causes included."""


class _PerformanceEvent(TypedDict):
    duration_ms: float
    """How long, in milliseconds."""
    event_type: str
    """`performance`."""
    level: Level
    logger: str
    """`performance`."""
    message: str
    """The rendered message."""
    operation: str
    """What took so long."""


class PerformanceEvent(_PerformanceEvent, total=False):
    """How long something took."""

    correlation_id: str
    """Joins the records of one request or task."""
    exception: LoggedException
    function: str
    """Function that logged."""
    line: int
    """Line of the module that logged."""
    module: str
    """Module that logged."""
    role: Id
    """The role in which that user worked."""
    school_id: Id
    """The school that the record is about."""
    span_id: str
    """Span of the request, 16 hexadecimal digits."""
    timestamp: str
    """RFC 3339, UTC, milliseconds."""
    trace_flags: int
    """Flags of the trace: 1 where it is sampled (W3C Trace Context)."""
    trace_id: str
    """Trace of the request, 32 hexadecimal digits (W3C Trace Context)."""
    user_id: Id
    """The user for whom the application worked."""


class _SecurityEvent(TypedDict):
    event_type: str
    """Name of the event, such as `authentication_failure`."""
    level: Level
    logger: str
    """`security.events` or `security.auth_failures`, or a logger of the application that its route names
    as well.
    """
    message: str
    """The rendered message."""


class SecurityEvent(_SecurityEvent, total=False):
    """Something that a security officer wants to see."""

    correlation_id: str
    """Joins the records of one request or task."""
    exception: LoggedException
    function: str
    """Function that logged."""
    line: int
    """Line of the module that logged."""
    module: str
    """Module that logged."""
    role: Id
    """The role in which that user worked."""
    school_id: Id
    """The school that the record is about."""
    source_ip: str
    """Address of the client, where it was given."""
    span_id: str
    """Span of the request, 16 hexadecimal digits."""
    timestamp: str
    """RFC 3339, UTC, milliseconds."""
    trace_flags: int
    """Flags of the trace: 1 where it is sampled (W3C Trace Context)."""
    trace_id: str
    """Trace of the request, 32 hexadecimal digits (W3C Trace Context)."""
    user_agent: str
    """Browser or program of the client, where it was given."""
    user_id: Id
    """The user for whom the application worked."""


Line = BusinessEvent | SecurityEvent | PerformanceEvent | LogRecord
"""A line of the JSON format, flat layout. Whatever else a record holds stands at the top level under
its own name.
"""
