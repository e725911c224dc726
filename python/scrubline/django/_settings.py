"""`settings.SCRUBLINE`: its options, and the redactor made of them. Read at first use, forgotten when the setting changes."""

from __future__ import annotations

import re
import sys
import threading
import weakref
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any, Protocol, TypeVar

from scrubline import _context
from scrubline._native import (
    _CONTEXT_FIELDS,
    Events,
    Policy,
    Redactor,
    ScrublineError,
)

_STRINGS = {"type": "array", "items": {"type": "string", "minLength": 1}}
# A token: <https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2>.
_HEADER_NAME = "[!#$%&'*+.^_`|~0-9A-Za-z-]+"


@dataclass(frozen=True)
class Option:
    """One key of `SCRUBLINE`: what it takes as JSON Schema, and what holds without it.

    `takes` tells of a value that JSON cannot hold, such as bytes or a callable, whether it is right all the same; `also` names such a one.
    """

    schema: Mapping[str, Any]
    default: Any = None
    takes: Callable[[Any], bool] = lambda _: False
    also: str = ""


OPTIONS: dict[str, Option] = {
    "POLICY": Option(
        {"type": "object", "description": "What is redacted and how."},
        takes=lambda value: value is None or isinstance(value, Policy),
        also="Policy.from_file(path)",
    ),
    "KEY": Option(
        {"type": "string", "description": "Key of pseudonyms, 32 bytes or more."},
        takes=lambda value: value is None or isinstance(value, bytes),
        also="bytes",
    ),
    "KNOWN_VALUES": Option(
        {
            "type": "array",
            "description": "Secrets that are redacted wherever they stand, such as SECRET_KEY.",
        },
        default=(),
        takes=lambda value: (
            value is None
            or (hasattr(value, "__iter__") and not isinstance(value, (bytes, Mapping)))
        ),
    ),
    "ROUTES": Option(
        {
            "type": "object",
            "description": "Which loggers an event goes to, by its type or how that begins (`refund_*`): the name of an area, `payments` for business.payments, or `{area, also}` with further loggers.",
        },
        default={},
    ),
    "SLOW_MS": Option(
        {
            "type": "number",
            "exclusiveMinimum": 0,
            "description": "Milliseconds above which an operation or a request is slow, and its event a warning.",
        },
        default=1000,
    ),
    "CONTEXT_FIELDS": Option(
        {
            **_STRINGS,
            "description": "Names of the business context that every record carries, in the order of its line.",
        },
        default=_CONTEXT_FIELDS,
    ),
    "CONTEXT_RESOLVER": Option(
        {
            "type": "string",
            "description": "Dotted path of a callable that takes the request and returns the business context, a mapping; user_id is that of request.user where it gives none.",
        },
        takes=lambda value: value is None or callable(value),
        also="a callable",
    ),
    "CORRELATION_HEADERS": Option(
        {
            **_STRINGS,
            "description": "Request headers that may bring a correlation id, the first first.",
        },
        default=_context.CORRELATION_HEADERS,
    ),
    "RESPONSE_HEADER": Option(
        {
            "type": ["string", "null"],
            "pattern": f"^{_HEADER_NAME}$",
            "description": "Response header that answers with the correlation id.",
        },
        default=_context.RESPONSE_HEADER,
    ),
    "METRICS": Option(
        {
            "type": ["boolean", "integer"],
            "minimum": 1,
            "description": "Whether records are counted for Prometheus, or how many loggers that nobody configured have a count of their own.",
        },
        default=False,
    ),
    "LOGGING_CALLS": Option(
        {
            "type": "boolean",
            "description": "Whether loggers take lambdas as arguments, and keywords for templates in braces.",
        },
        default=True,
    ),
    "SAMPLING": Option(
        {
            "type": "object",
            "description": "Which share of an event is kept, by type or pattern of types.",
            "additionalProperties": {
                "type": "object",
                "properties": {
                    "rate": {"type": "number", "minimum": 0, "maximum": 1},
                    "at_least_seconds": {"type": "number", "exclusiveMinimum": 0},
                },
                "required": ["rate"],
                "additionalProperties": False,
            },
        },
        default={},
    ),
}

_lock = threading.RLock()
_users: weakref.WeakSet[Any] = weakref.WeakSet()
_made: dict[str, Any] = {}


class User(Protocol):
    """What keeps something that was made of the settings: `None` is for forgetting it."""

    def _use(self, nothing: None, /) -> None: ...


def schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of `SCRUBLINE`."""
    properties = {name: dict(option.schema) for name, option in OPTIONS.items()}
    policy = Policy.json_schema()
    # What it refers to is looked up from the root.
    parts = {name: policy.pop(name) for name in ("$schema", "$defs")}
    properties["POLICY"] = policy
    return {
        **parts,
        "title": "SCRUBLINE",
        "type": "object",
        "additionalProperties": False,
        "properties": properties,
    }


def check(setting: Any) -> Iterator[str]:
    """What is wrong with a `SCRUBLINE` setting, a sentence each, naming the key and never a value."""
    if not isinstance(setting, Mapping):
        yield "SCRUBLINE is a dict"
        return
    for name, value in setting.items():
        option = OPTIONS.get(name)
        if option is None:
            known = ", ".join(OPTIONS)
            yield f"SCRUBLINE[{name!r}] is not known; it takes {known}"
        elif not option.takes(value) and not _fits(option.schema, value):
            also = option.also and f" or {option.also}"
            yield f"SCRUBLINE[{name!r}] is not {_wanted(option.schema)}{also}"


def options() -> SimpleNamespace:
    """The options as the settings have them now, by their names in lower case.

    Raises `django.core.exceptions.ImproperlyConfigured`.
    """
    found: SimpleNamespace = (
        _made.get("options of settings") or _get("options", _options, {})[0]
    )
    return found


def events() -> Events:
    """The maker of events of the settings.

    Raises `django.core.exceptions.ImproperlyConfigured`.
    """
    found: Events = _get("events", _events, {})[0]
    return found


def resolve() -> tuple[Redactor, bool]:
    """The redactor, and whether it is that of the settings rather than one for the time before they are configured.

    Raises `django.core.exceptions.ImproperlyConfigured`.
    """
    return _get("redactor", build, None)


def verify() -> None:
    """Raises `django.core.exceptions.ImproperlyConfigured` where the settings are there and wrong.

    `dictConfig` would make a `ValueError` of it that names a filter. The app of `INSTALLED_APPS` raises the same right after it.
    """
    from django.apps import apps
    from django.conf import settings

    if settings.configured and (apps.ready or not _has_app(settings)):
        resolve()
        events()


def _has_app(settings: Any) -> bool:
    return any(name.startswith("scrubline.django") for name in settings.INSTALLED_APPS)


def resolve_for_records() -> tuple[Redactor, bool]:
    """As `resolve`; where that raises, a redactor whose records are markers."""
    return _otherwise("closed redactor", resolve, lambda: (Redactor._closed(), True))


def options_for_records() -> SimpleNamespace:
    """As `options`; where that raises, the defaults."""
    return _otherwise("options without settings", options, lambda: _options({}))


def events_for_records() -> Events:
    """As `events`; where that raises, the maker of the defaults."""
    return _otherwise("events without settings", events, Events)


_T = TypeVar("_T")


def _otherwise(name: str, make: Callable[[], _T], instead: Callable[[], _T]) -> _T:
    """What `make` returns. Where it raises, `instead` until the setting changes: a log call never raises into the application."""
    found: _T | None = _made.get(name)
    if found is not None:
        return found
    try:
        return make()
    except Exception as error:
        with _lock:
            found = _made[name] = instead()
            is_told = _made.setdefault("is told", error) is not error
        if not is_told:
            _complain(error)
        return found


def _complain(error: Exception) -> None:
    from django.core.exceptions import ImproperlyConfigured

    is_known = isinstance(error, ImproperlyConfigured)
    what = str(error) if is_known else type(error).__name__
    try:
        if sys.stderr is not None:
            sys.stderr.write(f"scrubline: no record is shown: {what}\n")
    except (OSError, ValueError):
        pass


def _get(name: str, make: Callable[[Any], Any], unset: Any) -> tuple[Any, bool]:
    from django.conf import settings

    # Not `settings.SCRUBLINE` at once: asking would load a settings module that may be in the middle of loading.
    is_configured = settings.configured
    key = f"{name} of settings" if is_configured else f"{name} of defaults"
    found = _made.get(key)
    if found is None:
        with _lock:
            found = _made.get(key)
            if found is None:
                setting = (
                    getattr(settings, "SCRUBLINE", None) if is_configured else None
                )
                found = _made[key] = make(unset if setting is None else setting)
    return found, is_configured


def _options(setting: Any) -> SimpleNamespace:
    _refuse(setting)
    given = {**{name: option.default for name, option in OPTIONS.items()}, **setting}
    return SimpleNamespace(**{name.lower(): value for name, value in given.items()})


def _events(setting: Any) -> Events:
    from django.core.exceptions import ImproperlyConfigured

    made = _options(setting)
    try:
        return Events(routes=made.routes, slow_ms=made.slow_ms)
    except ScrublineError as error:
        raise ImproperlyConfigured(f"SCRUBLINE: {error}") from error


def _refuse(setting: Any) -> None:
    from django.core.exceptions import ImproperlyConfigured

    for wrong in check(setting):
        raise ImproperlyConfigured(wrong)


def build(setting: Any) -> Redactor:
    """A redactor of a `SCRUBLINE` setting.

    Raises `django.core.exceptions.ImproperlyConfigured`.
    """
    from django.core.exceptions import ImproperlyConfigured

    if setting is None:
        return Redactor()
    _refuse(setting)
    try:
        return Redactor(
            setting.get("POLICY"),
            key=setting.get("KEY"),
            known_values=setting.get("KNOWN_VALUES") or (),
        )
    except ScrublineError as error:
        raise ImproperlyConfigured(f"SCRUBLINE: {error}") from error


def remember(user: User) -> None:
    """Notes who keeps something of the settings, to be told when they change."""
    with _lock:
        _users.add(user)


def forget(*, setting: str, **_: object) -> None:
    """Receiver of `setting_changed`."""
    if setting != "SCRUBLINE":
        return
    with _lock:
        _made.clear()
        users = list(_users)
        _users.clear()
    for user in users:
        user._use(None)


_TYPES: dict[str, tuple[type, ...]] = {
    "object": (Mapping,),
    "array": (list, tuple),
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "number": (int, float),
    "null": (type(None),),
}


def _names(schema: Mapping[str, Any]) -> list[str]:
    names = schema["type"]
    return [names] if isinstance(names, str) else list(names)


def _fits(schema: Mapping[str, Any] | bool, value: Any) -> bool:
    """Does a value keep to a schema of `type`, `enum`, `items`, `minLength`, `pattern`, `minimum`, `maximum`, `exclusiveMinimum`, `properties`,
    `required` and `additionalProperties`?
    """
    if isinstance(schema, bool):
        return schema
    names = _names(schema)
    if isinstance(value, bool) and "boolean" not in names:
        return False
    if not any(isinstance(value, _TYPES[name]) for name in names):
        return False
    if isinstance(value, Mapping):
        properties = schema.get("properties", {})
        others = schema.get("additionalProperties", True)
        return all(name in value for name in schema.get("required", ())) and all(
            _fits(properties.get(name, others), item) for name, item in value.items()
        )
    if isinstance(value, (list, tuple)) and "items" in schema:
        return all(_fits(schema["items"], item) for item in value)
    if isinstance(value, str):
        return (
            len(value) >= schema.get("minLength", 0)
            and value in schema.get("enum", (value,))
            # `$` of Python's alone would let a line end pass.
            and re.fullmatch(schema.get("pattern", "(?s:.*)"), value) is not None
        )
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return schema.get("minimum", value) <= value <= schema.get(
            "maximum", value
        ) and not value <= schema.get("exclusiveMinimum", value - 1)
    return True


def _wanted(schema: Mapping[str, Any]) -> str:
    """A schema in words."""
    words = " or ".join(_names(schema))
    if "enum" in schema:
        words = "one of " + ", ".join(schema["enum"])
    elif "items" in schema:
        words += f" of {_wanted(schema['items'])}"
    elif "properties" in schema:
        parts = (
            f"{name} ({_wanted(part)})" for name, part in schema["properties"].items()
        )
        words += f" of {' and '.join(parts)}"
    elif "additionalProperties" in schema:
        words += f" of which each is {_wanted(schema['additionalProperties'])}"
    if "pattern" in schema:
        words += f" that matches {schema['pattern']}"
    if "exclusiveMinimum" in schema:
        words += f" above {schema['exclusiveMinimum']}"
    if "minimum" in schema or "maximum" in schema:
        words += (
            f" from {schema.get('minimum', 'any')} to {schema.get('maximum', 'any')}"
        )
    return f"{'an' if words[0] in 'aeiou' else 'a'} {words}"
