"""Celery: tasks carry the context of who sent them, and their arguments are redacted in Celery's log lines and events.

    from scrubline.integrations.celery import install

    app = Celery("shop")
    install()

A message gets the headers `scrubline` (correlation id and business context) and `traceparent`, and the worker's records have them
from `task_prerun` to `task_postrun`: those of retries, of the further tasks of a chain and of tasks that a task sends, too. A task
that was sent without a context, by beat for one, has the trace id of its `traceparent`, else its root id. An eager task has the
context of its caller.

`argsrepr` and `kwargsrepr`, which Celery writes into the log and into events, are made of redacted arguments, each known by the
name of its parameter. So are the results, exceptions and tracebacks in events. Bodies of messages stay as they are: tasks need
them, and `celery inspect active` shows them. Messages are those of protocol 2, Celery's own since 4.0.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import lru_cache, wraps
from typing import Any

from celery import signals
from celery.app.amqp import AMQP
from celery.events.dispatcher import EventDispatcher
from celery.utils.saferepr import saferepr

from scrubline import _context
from scrubline._context import Context
from scrubline._native import _ERROR, _MASK, Redactor
from scrubline._process import Process
from scrubline._trace import TraceParent

__all__ = ["install"]

HEADER = "scrubline"
_TOKEN = "_scrubline_token"
_LONGEST_ID = 128
# Fields by which monitors know an event; a node's name has the form of an address.
_KEPT_FIELDS = frozenset(
    {"uuid", "root_id", "parent_id", "hostname", "name", "queue", "exchange"}
    | {"routing_key", "eta", "expires", "retry_policy"}
)

_process = Process()


def install(*, redactor: Redactor | None = None) -> None:
    """Makes every Celery app of this process carry the context and redact what it shows.

    Call it beside the app, in the module that publishers and workers import: an app that has sent a task already shows arguments.

    Without a redactor that of Django's settings is taken, or one of the default policy where Django is not in use. Calling it again
    changes the redactor only.
    """
    _process.give(redactor)
    for signal, receiver in (
        (signals.before_task_publish, _send),
        (signals.task_prerun, _begin),
        (signals.task_postrun, _end),
    ):
        signal.connect(receiver, dispatch_uid="scrubline", weak=False)
    _wrap(AMQP, "as_task_v2", _showing_arguments)
    _wrap(EventDispatcher, "send", _sending)
    _wrap(EventDispatcher, "publish", _publishing)


# ---- the context, from sender to worker


def _send(headers: dict[str, Any] | None = None, **_: Any) -> None:
    """Receiver of `before_task_publish`."""
    if headers is None:
        return
    context = _context.current()
    business = {
        name: _plain(value)
        for name, value in _context.BusinessContext.get_context().items()
        if value is not None
    }
    if context.correlation_id or business:
        headers[HEADER] = {
            "correlation_id": context.correlation_id,
            "business": business,
        }
    trace_id, span_id, sampled = _context.trace_of(context, _context.active_span())
    if trace_id and span_id:
        headers.setdefault("traceparent", str(TraceParent(trace_id, span_id, sampled)))


def _plain(value: Any) -> Any:
    """What every transport can carry."""
    return value if isinstance(value, (str, int, float, bool)) else str(value)


def _begin(task: Any, **_: Any) -> None:
    """Receiver of `task_prerun`."""
    request = task.request
    current = _context.current()
    if request.is_eager and current != Context():
        context = current.replace()
    else:
        context = _received(request)
    setattr(request, _TOKEN, _context.enter(context))
    if not request.get("argsrepr"):
        # Celery would make them of the arguments as they are: those of an eager task came in no message.
        request.argsrepr, request.kwargsrepr = _shown(
            task.app, AMQP, task.name, request.args, request.kwargs
        )


def _end(task: Any, **_: Any) -> None:
    """Receiver of `task_postrun`."""
    token = vars(task.request).pop(_TOKEN, None)
    if token is not None:
        _context.leave(token)


def _received(request: Any) -> Context:
    """The context of a message: what is not in its place is left out."""
    header = request.get(HEADER)
    sent = header if isinstance(header, Mapping) else {}
    correlation_id, business = sent.get("correlation_id"), sent.get("business")
    if (
        not isinstance(correlation_id, str)
        or not correlation_id.isprintable()
        or not 0 < len(correlation_id) <= _LONGEST_ID
    ):
        correlation_id = None
    parent = TraceParent.parse(request.get("traceparent"))
    return Context(
        correlation_id=correlation_id
        or (parent.trace_id if parent else request.root_id or request.id),
        business=dict(business) if isinstance(business, Mapping) else None,
        **(parent._asdict() if parent else {}),
    )


# ---- what Celery shows


def _wrap(
    owner: type, name: str, make: Callable[[Callable[..., Any]], Callable[..., Any]]
) -> None:
    """Puts a method that `make` makes of the one that is there in its place, once."""
    original = getattr(owner, name)
    if not hasattr(original, "_scrubline"):
        made: Any = wraps(original)(make(original))
        made._scrubline = True
        setattr(owner, name, made)


def _showing_arguments(original: Callable[..., Any]) -> Callable[..., Any]:
    # Not at `before_task_publish`: the event `task-sent` is made before it.
    def as_task_v2(
        self: Any,
        task_id: Any,
        name: Any,
        args: Any = None,
        kwargs: Any = None,
        *others: Any,
        **options: Any,
    ) -> Any:
        shown = _shown(self.app, self, name, args, kwargs)
        for key, text in zip(("argsrepr", "kwargsrepr"), shown):
            given = options.get(key)
            options[key] = text if given is None else _text(given)
        return original(self, task_id, name, args, kwargs, *others, **options)

    return as_task_v2


def _shown(app: Any, limits: Any, name: str, args: Any, kwargs: Any) -> tuple[str, str]:
    """The representations of redacted arguments, as long as Celery wants them."""
    try:
        redactor = _process._redactor()
        task = app.tasks.get(name)
        args = tuple(args or ())
        names = () if task is None else _parameters(task.run)
        named = redactor.redact_value(dict(zip(names, args)))
        shown = [named.get(each, _MASK) for each, _ in zip(names, args)]
        shown += redactor.redact_value(list(args[len(names) :]))
        levels = getattr(app.conf, "task_repr_maxlevels", 3)
        return (
            saferepr(tuple(shown), limits.argsrepr_maxsize, maxlevels=levels),
            saferepr(
                redactor.redact_value(dict(kwargs or {})),
                limits.kwargsrepr_maxsize,
                maxlevels=levels,
            ),
        )
    except Exception:
        return _ERROR, _ERROR


@lru_cache(maxsize=1024)
def _parameters(run: Callable[..., Any]) -> tuple[str, ...]:
    """The names of positional parameters."""
    try:
        found = inspect.signature(run).parameters.values()
    except (TypeError, ValueError):
        return ()
    positional = (
        inspect.Parameter.POSITIONAL_ONLY,
        inspect.Parameter.POSITIONAL_OR_KEYWORD,
    )
    return tuple(each.name for each in found if each.kind in positional)


def _sending(original: Callable[..., Any]) -> Callable[..., Any]:
    def send(self: Any, type: str, *others: Any, **fields: Any) -> Any:
        return original(
            self, type, *others, **(_fields(fields) if self.enabled else fields)
        )

    return send


def _publishing(original: Callable[..., Any]) -> Callable[..., Any]:
    def publish(self: Any, type: str, fields: Any, *others: Any, **options: Any) -> Any:
        return original(self, type, _fields(fields), *others, **options)

    return publish


def _fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The fields of an event, redacted. What is not data are options of the dispatcher."""
    return {
        name: _value(name, value)
        if name not in _KEPT_FIELDS
        and isinstance(value, (str, bytes, dict, list, tuple))
        else value
        for name, value in fields.items()
    }


def _value(name: str, value: Any) -> Any:
    try:
        return _process._redactor().redact_value({name: value}).get(name, _MASK)
    except Exception:
        return _ERROR


def _text(text: Any) -> str:
    try:
        return str(_process._redactor().redact(str(text)))
    except Exception:
        return _ERROR
