import logging
import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import (
    Any,
    Literal,
    TypeAlias,
    TypedDict,
    TypeVar,
    final,
    overload,
    type_check_only,
)

from typing_extensions import Self, Unpack, disjoint_base

__all__ = [
    "Candidate",
    "Context",
    "Events",
    "Finding",
    "Formatter",
    "Policy",
    "RecordFilter",
    "RecordFormatter",
    "Redactor",
    "Requests",
    "ScrublineError",
    "Stream",
    "_CONTEXT_FIELDS",
    "_ERROR",
    "_LIMIT",
    "_MASK",
    "_NO_CORRELATION_ID",
    "_Seen",
    "_new_id",
    "_replace",
    "_seed_ids",
    "__version__",
]

__version__: str
# Names of the business context where nobody gives others.
_CONTEXT_FIELDS: tuple[str, ...]
_MASK: str
# What stands where redaction failed, and beyond the limits.
_ERROR: str
_LIMIT: str
_NO_CORRELATION_ID: str

_T = TypeVar("_T")
_Secret: TypeAlias = str | bytes
_Action: TypeAlias = Literal["mask", "label", "partial", "pseudonym", "drop", "keep"]

@type_check_only
class _Report(TypedDict):
    since: str
    """RFC 3339 in UTC."""
    total: int
    detectors: dict[str, dict[str, int]]
    """Detector id → action → how often. Faults are under `error`."""

@type_check_only
class _FormatOptions(TypedDict, total=False):
    layout: Literal["flat", "nested"]
    """Of "json"."""
    colour: bool
    """Of "console"."""
    context_fields: Sequence[str]
    """Names of the business context."""
    service: str
    """Of "otel", "ecs", "gcp" and "datadog"."""
    project: str
    """Of "gcp": the id of the project that holds the traces."""

class ScrublineError(ValueError):
    """Raised by constructors, `register` and `reload`. `code` is stable; `path` names the offending place of the policy; neither holds a value that was passed in."""

    code: str
    path: str

@final
class Policy:
    """What is redacted and how; immutable."""

    def __new__(cls, mapping: Mapping[str, Any] | Policy | None = None) -> Policy: ...
    @staticmethod
    def from_file(path: str | os.PathLike[str]) -> Policy:
        """Reads a file: JSON where its name ends in `.json`, else TOML.

        Raises `ScrublineError` with `code` and `path`.
        """
    def to_dict(self) -> dict[str, Any]:
        """The policy as a dict, with its defaults."""
    @staticmethod
    def json_schema() -> dict[str, Any]:
        """The JSON Schema (2020-12) of policies, as a dict."""
    def _detectors(self) -> list[dict[str, Any]]: ...
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __reduce__(self) -> tuple[type[Policy], tuple[dict[str, Any]]]: ...

@final
class Finding:
    """What was found in a text, and never the text."""

    def __new__(
        cls,
        detector: str,
        path: str,
        start: int,
        end: int,
        length_class: str,
        action: str,
    ) -> Finding: ...
    @property
    def detector(self) -> str:
        """Detector id, such as `contact.email`."""
    @property
    def path(self) -> str:
        """Dotted path inside a value, empty in plain text."""
    @property
    def start(self) -> int:
        """First code point of a `str`, first byte of `bytes`."""
    @property
    def end(self) -> int:
        """One past the last."""
    @property
    def length_class(self) -> Literal["1-8", "9-16", "17-32", "33+"]:
        """`1-8`, `9-16`, `17-32` or `33+` bytes."""
    @property
    def action(self) -> _Action:
        """What was done: `mask`, `label`, `partial`, `pseudonym`, `drop` or `keep`."""
    def __eq__(self, value: object, /) -> bool: ...
    def __ne__(self, value: object, /) -> bool: ...
    def __hash__(self) -> int: ...
    def __reduce__(
        self,
    ) -> tuple[type[Finding], tuple[str, str, int, int, str, str]]: ...

@final
class Candidate:
    """What a detector looked at in a text, and what became of it."""

    @property
    def detector(self) -> str:
        """Detector id, such as `contact.email`."""
    @property
    def start(self) -> int:
        """First code point of a `str`, first byte of `bytes`."""
    @property
    def end(self) -> int:
        """One past the last."""
    @property
    def length_class(self) -> Literal["1-8", "9-16", "17-32", "33+"]:
        """`1-8`, `9-16`, `17-32` or `33+` bytes."""
    @property
    def accepted(self) -> bool:
        """Is it a finding?"""
    @property
    def step(
        self,
    ) -> Literal["key", "shape", "check", "context", "value", "policy", "overlap"]:
        """The step that decided: `key`, `shape`, `check`, `context`, `value`, `policy` or `overlap`."""
    @property
    def why(
        self,
    ) -> Literal[
        "shape",
        "key",
        "context",
        "known_value",
        "kept",
        "check_digit",
        "structure",
        "boundary",
        "placeholder",
        "entropy",
        "prose",
        "public",
        "allowed",
        "disabled",
        "overlap",
    ]:
        """Why, in one word."""
    @property
    def action(self) -> _Action | None:
        """What is done with it, `None` where it was refused."""
    @property
    def value(self) -> str | bytes | None:
        """The text of it where that was asked for, else `None`."""

@final
class Redactor:
    """Finds and replaces sensitive data. Thread-safe; copies share it, and it does not pickle: it holds keys and counters of this process.

    `policy` is `None` (the default policy), a mapping or a `Policy`; `key` (32 bytes or more) is for pseudonyms;
    `known_values` are texts or bytes that are redacted wherever they occur.

    Raises `ScrublineError` with `code` and `path`. Only constructors, `register` and `reload` raise.
    """

    def __new__(
        cls,
        policy: Mapping[str, Any] | Policy | None = None,
        *,
        key: _Secret | None = None,
        known_values: Iterable[_Secret] = (),
    ) -> Redactor: ...
    @staticmethod
    def from_file(
        path: str | os.PathLike[str],
        *,
        key: _Secret | None = None,
        known_values: Iterable[_Secret] = (),
    ) -> Redactor:
        """A redactor with the policy of a file: JSON where its name ends in `.json`, else TOML."""
    def redact(self, text: _T) -> _T:
        """Redacts text, or bytes of any encoding that extends ASCII; the same object comes back where nothing changed. Anything else goes the way of `redact_value`."""
    def redact_value(self, value: _T) -> _T:
        """Redacts a value of any depth. The result is a copy of the same type, or the same object where nothing changed; the value itself never changes."""
    def redact_json(self, text: _T) -> _T:
        """Redacts JSON text (`str` or UTF-8 `bytes`); number text, the order of keys, duplicates and white space stay. What is no JSON is redacted as text."""
    def findings(self, text: str | bytes) -> list[Finding]:
        """What `redact` would find, in order. Offsets are code points of a `str`, bytes of `bytes`; anything else has none, and no findings: of a value, look at its JSON text."""
    def explain(self, text: str | bytes, *, show: bool = False) -> list[Candidate]:
        """What each detector looked at, in the order of the text: which step accepted or refused it, and why. What is accepted is what
        `findings` has. Only with `show` the candidates hold their text. For people, not for every line: it is slow.
        """
    def stream(self) -> Stream:
        """A stream of this redactor as it is now, for text or bytes in pieces."""
    def register(self, values: Iterable[_Secret]) -> None:
        """Adds known values, texts or bytes. All of them or none: raises `ScrublineError` naming the position of the first that is refused."""
    def reload(self, policy: Mapping[str, Any] | Policy | None) -> None:
        """Takes a new policy, at once for all threads. Raises `ScrublineError` and keeps the old one where it is refused."""
    def report(self) -> _Report:
        """What was redacted since this redactor was made: `{"since", "total", "detectors": {id: {action: n}}}`."""
    def __copy__(self) -> Redactor: ...
    def __deepcopy__(self, _memo: object) -> Redactor: ...
    def _redact_record(self, record: logging.LogRecord) -> None: ...
    def _shield(self, value: Any) -> Any: ...
    def _json(self, value: Any) -> str: ...
    def _depth(self) -> int: ...
    @staticmethod
    def _closed() -> Redactor: ...
    def _count_error(self) -> None: ...

@final
class Stream:
    """Redacts in pieces: whatever the split, the bytes are those of the whole. Memory stays constant.

    What may belong to an open match is held back until a later `feed` or `finish`.
    """

    @overload
    def feed(self, data: str) -> str:
        """Takes the next piece, `str` or `bytes`, and returns what is settled, of the same type. In place of anything else stands the error marker."""
    @overload
    def feed(self, data: bytes | bytearray) -> bytes: ...
    def finish(self) -> str | bytes:
        """Ends the stream and returns the rest: `str` where text was fed, else `bytes`."""

@final
class Formatter:
    """Writes records that are dicts as lines, redacting on the way.

    `format` is "json", "security", "console", "otel", "ecs", "gcp" or "datadog"; `options` are those of the format (`layout`, `colour`,
    `context_fields`, `service`, `project`); `redactor` is one of the default policy where absent. Raises `ScrublineError` with `code` and `path`.
    """

    def __new__(
        cls,
        format: Literal[
            "json", "security", "console", "otel", "ecs", "gcp", "datadog"
        ] = "json",
        *,
        redactor: Redactor | None = None,
        **options: Unpack[_FormatOptions],
    ) -> Formatter: ...
    def format(self, record: Mapping[str, Any]) -> str:
        """The line of a record, without a newline at its end. Keys are those of every host: `time` (integer milliseconds), `level`, `logger`, `message`, ..."""
    def __copy__(self) -> Formatter: ...
    def __deepcopy__(self, _memo: object) -> Formatter: ...

@disjoint_base
class RecordFilter:
    def __new__(cls, *_args: Any, **_kwargs: Any) -> Self: ...
    def _use(self, redactor: Redactor | None) -> None: ...
    def _redactor(self) -> Redactor: ...
    def _correlate(self, record: logging.LogRecord) -> bool: ...
    def filter(self, record: logging.LogRecord) -> bool: ...

@disjoint_base
class RecordFormatter:
    def __new__(cls, *_args: Any, **_kwargs: Any) -> Self: ...
    def _configure(
        self,
        options: Mapping[str, Any],
        context_fields: Sequence[str] | None = None,
    ) -> None: ...
    def _use(self, redactor: Redactor | None) -> None: ...
    def format(self, record: logging.LogRecord) -> str: ...

_Plan = tuple[str, str, int, list[str], str, str]

@final
class Events:
    def __new__(cls, **options: Any) -> Events: ...
    def business(self, event_type: str, message: str) -> _Plan: ...
    def security(self, event_type: str, message: str) -> _Plan: ...
    def performance(self, operation: str, duration_ms: float) -> _Plan: ...
    @staticmethod
    def business_logger(area: str) -> str: ...
    @staticmethod
    def context_names() -> tuple[str, ...]: ...
    @staticmethod
    def json_schema() -> dict[str, Any]: ...

@final
class _Seen:
    @property
    def template(self) -> str | None: ...
    def __reduce__(self) -> tuple[type[tuple[str, ...]], tuple[list[str]]]: ...

def _replace(record: logging.LogRecord, values: Mapping[str, Any]) -> None: ...

@final
class Context:
    """One state of the context: correlation id, business context, trace. It does not change: what is set makes another."""

    def __new__(
        cls,
        correlation_id: str | None = None,
        business: Mapping[str, Any] | None = None,
        trace_id: str | None = None,
        span_id: str | None = None,
        sampled: bool = False,
    ) -> Context: ...
    @property
    def correlation_id(self) -> str | None: ...
    @property
    def business(self) -> Mapping[str, Any] | None: ...
    @property
    def trace_id(self) -> str | None: ...
    @property
    def span_id(self) -> str | None: ...
    @property
    def sampled(self) -> bool: ...
    def replace(self, **changes: Any) -> Context: ...
    def known(self) -> Mapping[str, Any] | None: ...

def _new_id() -> str: ...
def _seed_ids(seed: int) -> None: ...

@final
class Requests:
    def __new__(
        cls,
        headers: Sequence[str],
        response_header: str | None,
        resolver: Callable[[Any], Mapping[str, Any] | None] | None,
        business: Callable[
            [Any, Callable[[Any], Mapping[str, Any] | None] | None],
            Callable[[], Mapping[str, Any]],
        ]
        | None,
    ) -> Requests: ...
    def begin(self, request: Any) -> Context: ...
    def answer(self, response: Any, own: Context) -> None: ...
