"""Hooks for the Sentry SDK.

    sentry_sdk.init(**scrubline.integrations.sentry.options(dsn=...))

`scrubline.install()` sets them by itself on the client that is there, and on those that come later. Where redaction fails, an event
keeps its id, time and level only, and a breadcrumb, log or metric is dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from types import TracebackType
from typing import TYPE_CHECKING, Any

from scrubline._native import _ERROR
from scrubline._process import redactor

if TYPE_CHECKING:
    from scrubline._install import Installation, Patch

__all__ = [
    "before_breadcrumb",
    "before_send",
    "before_send_log",
    "before_send_transaction",
    "options",
]

_PARAMETER = "sentry.message.parameter."
_STRUCTURE = ("event_id", "timestamp", "type", "level", "platform")


def before_send(event: Any, hint: Any) -> Any:
    """Redacts an event: message, exception, variables of frames, request, user, breadcrumbs, extras and tags."""
    if _is_repeated(hint):
        return None
    redacted = _redacted(event) if _leave_out_calls(event) else None
    if redacted is not None:
        return redacted
    kept = {name: event[name] for name in _STRUCTURE if name in event}
    return {**kept, "message": _ERROR}


_LOGGING = ("logging", "scrubline")


def _leave_out_calls(event: Any) -> bool:
    """Takes the variables out of the frames of `logging` and of ours, which stacks have with `attach_stacktrace`: there the arguments
    of a call stand without the message that says what they are. False where that failed.
    """
    try:
        for name in ("exception", "threads"):
            for value in (event.get(name) or {}).get("values") or ():
                for frame in ((value or {}).get("stacktrace") or {}).get(
                    "frames"
                ) or ():
                    if str(frame.get("module")).partition(".")[0] in _LOGGING:
                        frame.pop("vars", None)
        return True
    except Exception:
        return False


def before_send_transaction(event: Any, hint: Any) -> Any:
    """Redacts a transaction, its spans included; one whose redaction failed is dropped."""
    return _redacted(event)


def before_breadcrumb(crumb: Any, hint: Any) -> Any:
    """Redacts a breadcrumb; one whose redaction failed is dropped."""
    return _redacted(crumb)


def before_send_log(log: Any, hint: Any) -> Any:
    """Redacts a log of Sentry's own; one whose redaction failed is dropped."""
    redacted = _redacted(log)
    if redacted is None or redacted is log:
        return redacted
    try:
        # A parameter that only its name gives away is in the rendered text as well.
        given, now = log.get("attributes") or {}, redacted.get("attributes") or {}
        for name, value in given.items():
            shown = now.get(name, _ERROR)
            if name.startswith(_PARAMETER) and shown != value and str(value):
                redacted["body"] = redacted["body"].replace(str(value), str(shown))
        return redacted
    except Exception:
        return None


def _before_send_metric(metric: Any, hint: Any) -> Any:
    return _redacted(metric)


def _before_send_span(span: Any, hint: Any) -> Any:
    # A span cannot be dropped.
    return _redacted(span) or {"name": _ERROR, "attributes": {}}


_HOOKS: dict[str, Callable[[Any, Any], Any]] = {
    "before_send": before_send,
    "before_send_transaction": before_send_transaction,
    "before_breadcrumb": before_breadcrumb,
    "before_send_log": before_send_log,
    "before_send_metric": _before_send_metric,
    "before_send_span": _before_send_span,
}


def options(**given: Any) -> dict[str, Any]:
    """The options given, those of `sentry_sdk.init`, with all hooks that this version of the SDK has.

    Hooks of your own, such as `before_send=...`, run first, and what they return is redacted.
    """
    from sentry_sdk.consts import DEFAULT_OPTIONS

    names = _names({**DEFAULT_OPTIONS, **given})
    return {**given, **{name: _Hook(_HOOKS[name], given.get(name)) for name in names}}


def _names(options: Any) -> list[str]:
    """The hooks that options take."""
    experiments = options.get("_experiments") or {}
    has_streams = "stream" in (
        options.get("trace_lifecycle"),
        experiments.get("trace_lifecycle"),
    )
    # Without streams the SDK warns of a hook for spans.
    return [
        name
        for name in _HOOKS
        if name in options and (name != "before_send_span" or has_streams)
    ]


class _Hook:
    """A hook of ours behind one of the application's."""

    def __init__(
        self,
        hook: Callable[[Any, Any], Any],
        own: Callable[[Any, Any], Any] | None,
        is_active: Callable[[], bool] = lambda: True,
    ) -> None:
        self.hook, self.own, self.is_active = hook, own, is_active

    def __call__(self, data: Any, hint: Any) -> Any:
        if self.own is not None:
            data = self.own(data, hint)
        if data is None or not self.is_active():
            return data
        return self.hook(data, hint)


def is_protected(client: Any) -> bool:
    """Has a client all hooks?"""
    return all(_is_ours(client.options[name]) for name in _names(client.options))


def _is_ours(hook: Any) -> bool:
    if isinstance(hook, _Hook):
        return hook.is_active()
    return any(hook is each for each in _HOOKS.values())


def protect(made: Installation) -> None:
    """Sets the hooks on the client that is there, and on each that is set from now on."""
    import sentry_sdk
    from sentry_sdk.scope import Scope

    def set_client(patch: Patch) -> Callable[..., Any]:
        def set_client(self: Any, client: Any = None) -> Any:
            if patch.is_active and client is not None:
                _set_hooks(client, lambda: patch.is_active)
            return patch.original(self, client)

        return set_client

    made.patch(Scope, "set_client", set_client)
    _set_hooks(sentry_sdk.get_client(), lambda: made.is_active)


def _set_hooks(client: Any, is_active: Callable[[], bool]) -> None:
    if not client.is_active():
        return
    for name in _names(client.options):
        own = client.options[name]
        if own is None:
            # Where these hooks were before they had options of their own.
            own = (client.options.get("_experiments") or {}).get(name)
        while isinstance(own, _Hook) and not own.is_active():
            own = own.own
        if not _is_ours(own):
            client.options[name] = _Hook(_HOOKS[name], own, is_active)


_last: ContextVar[TracebackType | None] = ContextVar("scrubline-sentry", default=None)


def _is_repeated(hint: Any) -> bool:
    """Is this the exception of the event before, or its stand-in?

    The SDK drops an exception that is logged and then reaches it again, or the other way round. To it, an exception and the
    stand-in in a redacted record are two; they share the traceback.
    """
    try:
        exc = hint["exc_info"][1]
        first = exc.__traceback__
        while first.tb_next is not None:
            first = first.tb_next
    except (AttributeError, KeyError, TypeError, IndexError):
        return False
    last = _last.get()
    _last.set(first)
    return first is last


def _redacted(data: Any) -> Any:
    """A copy of a dict, redacted, or `None`."""
    try:
        redacted = redactor().redact_value(data)
        return redacted if isinstance(redacted, dict) else None
    except Exception:
        return None
