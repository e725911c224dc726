"""What the records of one request or task have in common: correlation id, business context, trace.

It is kept in a context variable: every thread and every asyncio task has its own, a task begins with that of its maker, and
asgiref's `sync_to_async` and `async_to_sync` carry it across.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar, Token
from typing import Any

from scrubline._native import Context as Context
from scrubline._native import _CONTEXT_FIELDS, _new_id, _seed_ids


# Headers of a request that may bring a correlation id, and that of the response that answers with it, where nobody gives others.
CORRELATION_HEADERS = ("X-Correlation-ID", "X-Request-ID")
RESPONSE_HEADER = "X-Correlation-ID"


def meta_name(header: str) -> str:
    """The name of a request header in WSGI (PEP 3333), as `Requests` looks it up."""
    return "HTTP_" + header.upper().replace("-", "_")


def _seed() -> None:
    """Not of `random`, which an application may have seeded."""
    _seed_ids(int.from_bytes(os.urandom(8), "big"))


_seed()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_seed)

_current: ContextVar[Context] = ContextVar("scrubline", default=Context())  # noqa: B039 - it does not change


# The context of this thread or task.
current = _current.get
# Makes a context the current one; `leave` goes back.
enter = _current.set


def leave(token: Token[Context]) -> Context:
    """Goes back to the context before `enter`; where that was entered in another task, to the empty one. Returns the one it leaves."""
    left = current()
    try:
        _current.reset(token)
    except ValueError:
        _current.set(Context())
    return left


@contextmanager
def use(context: Context) -> Iterator[Context]:
    """A block in which `context` is the current one."""
    token = enter(context)
    try:
        yield context
    finally:
        leave(token)


def active_span() -> Any:
    """The active span of OpenTelemetry; `None` where there is none, or where nobody has loaded its API."""
    api = sys.modules.get("opentelemetry.trace")
    if api is None:
        return None
    try:
        span = api.get_current_span()
        return None if span is api.INVALID_SPAN else span
    except Exception:
        return None


def trace_of(context: Context, span: Any) -> tuple[str | None, str | None, bool]:
    """Trace id, span id and whether the trace is sampled: those of the active span, else those of the context."""
    try:
        found = None if span is None else span.get_span_context()
        if found is not None and found.is_valid:
            return (
                f"{found.trace_id:032x}",
                f"{found.span_id:016x}",
                bool(found.trace_flags & 1),
            )
    except Exception:
        pass
    return context.trace_id, context.span_id, context.sampled


class CorrelationID:
    """The id that joins the records of one request or task."""

    @staticmethod
    def generate() -> str:
        """A new id: `req_` and 12 hex digits. It is not set."""
        return _new_id()

    @staticmethod
    def set(correlation_id: object) -> None:
        """Sets the id of this thread or task; `None` clears it."""
        text = None if correlation_id is None else str(correlation_id) or None
        _current.set(current().replace(correlation_id=text))

    @staticmethod
    def get() -> str | None:
        """The id of this thread or task, if it has one."""
        return _current.get().correlation_id

    @staticmethod
    def clear() -> None:
        """Forgets the id of this thread or task."""
        CorrelationID.set(None)


class BusinessContext:
    """For whom a request or task runs: school, user and role, or whatever names an application has."""

    @staticmethod
    def set_context(
        school_id: Any = None, user_id: Any = None, role: Any = None, **others: Any
    ) -> None:
        """Sets the business context of this thread or task, in place of the one that was set. `None` is absent: what the host
        knows, such as the user of a request, shows there."""
        given = {"school_id": school_id, "user_id": user_id, "role": role, **others}
        present = {name: value for name, value in given.items() if value is not None}
        _current.set(current().replace(business=present))

    @staticmethod
    def get_context() -> dict[str, Any]:
        """The business context of this thread or task, in a dict of the caller's own: always with school_id, user_id and role."""
        context = _current.get()
        return {
            **dict.fromkeys(_CONTEXT_FIELDS),
            **(context.known() or {}),
            **(context.business or {}),
        }

    @staticmethod
    def clear() -> None:
        """Forgets what was set; what the host knows stays."""
        _current.set(current().replace(business=None))
