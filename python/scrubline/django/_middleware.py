"""Middleware: the context of each request, and a warning for the slow ones. Sync and async."""

from __future__ import annotations

import logging
import sys
import time
import weakref
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar, Token
from functools import partial
from types import SimpleNamespace
from typing import Any
from urllib.parse import unquote, urlsplit

from scrubline import _context
from scrubline._context import Context
from scrubline._events import log_performance_event
from scrubline._native import Requests
from scrubline.django import _settings

_logger = logging.getLogger("scrubline.django")

Resolver = Callable[[Any], Mapping[str, Any] | None]
_NOTHING: Mapping[str, Any] = {}


class _Middleware:
    """What both have: one class that is sync or async as what it wraps is."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        from asgiref.sync import iscoroutinefunction, markcoroutinefunction

        if not callable(get_response):
            raise ValueError("get_response is a callable that takes a request")
        self.get_response = get_response
        self._is_async = iscoroutinefunction(get_response)
        if self._is_async:
            markcoroutinefunction(self)
        _settings.options()

    def __call__(self, request: Any) -> Any:
        raise NotImplementedError

    async def _async(self, request: Any) -> Any:
        raise NotImplementedError


class LoggingContextMiddleware(_Middleware):
    """Gives every record of a request its correlation id, its trace and its business context. Put it first.

    The correlation id is that of the first header of `CORRELATION_HEADERS` that brings a valid one (1 to 128 of `A-Z a-z 0-9 . _ -`),
    else the trace id of a valid `traceparent`, else a new one; the response has it as `RESPONSE_HEADER`. Trace and span id are
    those of the active OpenTelemetry span at each record, else those of `traceparent`.

    The business context is what `CONTEXT_RESOLVER` makes of the request when a record asks for it, and again when the request has
    got another user or another attribute since; what `BusinessContext` is given wins. A resolver that gives no `user_id`, or none at
    all, leaves that of `request.user`: the first record reads it, with the session and the query that this takes, and no record, none.
    An event loop is not held up for a user who has not been loaded yet.

    The context holds until the response is there, and in every step of a streaming one.
    """

    def __init__(self, get_response: Callable[[Any], Any]) -> None:
        super().__init__(get_response)
        self._requests: Requests | None = None
        # Is there a server that writes lines by `logging` in the thread or task of the request?
        self._is_told = any(server in sys.modules for server in _SERVERS)
        self._planned()

    def __call__(self, request: Any) -> Any:
        if self._is_async:
            return self._async(request)
        requests = self._requests or self._planned()
        context = requests.begin(request)
        token = _context.enter(context)
        try:
            response = self.get_response(request)
            requests.answer(response, context)
            if getattr(response, "streaming", False):
                _hold(response)
            return response
        finally:
            self._leave(request, context, token)

    async def _async(self, request: Any) -> Any:
        requests = self._requests or self._planned()
        context = requests.begin(request)
        token = _context.enter(context)
        try:
            response = await self.get_response(request)
            requests.answer(response, context)
            if getattr(response, "streaming", False):
                _hold(response)
            return response
        finally:
            self._leave(request, context, token)

    def _leave(self, request: Any, context: Context, token: Token[Context]) -> None:
        left = _context.leave(token)
        if left is not context:
            request._scrubline = left
        if self._is_told:
            _answered.set((left, request.method, request.path))

    def _planned(self) -> Requests:
        """What the settings say about requests, until they change."""
        self._requests = requests = _requests_of(_settings.options())
        _settings.remember(self)
        return requests

    def _use(self, _: None) -> None:
        self._requests = None


# The last request that this thread or task has answered: its context, method and path, for the lines that servers write behind it.
_answered: ContextVar[tuple[Context, str, str] | None] = ContextVar(
    "scrubline answered", default=None
)


class PerformanceMiddleware(_Middleware):
    """Logs a request that takes longer than `SLOW_MS` as the performance event `slow_request`: path, method, status_code, user_id.

    The time ends when the response is there; a streaming one goes on after it. Put it behind `LoggingContextMiddleware`.
    """

    def __call__(self, request: Any) -> Any:
        if self._is_async:
            return self._async(request)
        start, response = time.perf_counter(), None
        try:
            response = self.get_response(request)
            return response
        finally:
            _report(request, response, start)

    async def _async(self, request: Any) -> Any:
        start, response = time.perf_counter(), None
        try:
            response = await self.get_response(request)
            return response
        finally:
            _report(request, response, start)


def setup_logging_context_middleware() -> type[LoggingContextMiddleware]:
    """The middleware class, for a project that asked its own logging module for it."""
    return LoggingContextMiddleware


def _report(request: Any, response: Any, start: float) -> None:
    duration_ms = (time.perf_counter() - start) * 1000
    if duration_ms <= _settings.options().slow_ms:
        return
    log_performance_event(
        "slow_request",
        duration_ms,
        path=request.path,
        method=request.method,
        status_code=getattr(response, "status_code", None),
        user_id=_Business(request, None)().get("user_id"),
    )


def context_of(record: logging.LogRecord) -> Context:
    """The context of a record: that of this thread or task, and outside of requests that of the request that the record is about.

    So the lines that are written about a request after its response, such as "Not Found" and those of runserver and uvicorn, have
    its context.
    """
    context = _context.current()
    if context.correlation_id is not None:
        return context
    try:
        found = getattr(getattr(record, "request", None), "_scrubline", None)
        if found is None and record.name in _TARGETS:
            found = _context_of_line(record)
    except Exception:
        return context
    return found if isinstance(found, Context) else context


_SERVERS = ("django.core.servers.basehttp", "uvicorn")
# Where in its arguments a server's line says what was asked for.
_TARGETS: dict[str, Callable[[Any], list[str]]] = {
    "django.server": lambda args: args[0].split(" ")[:2],
    "uvicorn.access": lambda args: [args[1], args[2]],
}


def _context_of_line(record: logging.LogRecord) -> Context | None:
    """That of the last request here, if the line is about it: what a server answers by itself, such as a file, is about none."""
    answered = _answered.get()
    if answered is None:
        return None
    context, *request = answered
    method, target = _TARGETS[record.name](record.args)
    return context if [method, unquote(urlsplit(target).path)] == request else None


def _requests_of(options: SimpleNamespace) -> Requests:
    """Raises `django.core.exceptions.ImproperlyConfigured`."""
    return Requests(
        [_context.meta_name(name) for name in options.correlation_headers],
        options.response_header,
        _resolver(options.context_resolver),
        _Business,
    )


# ---- streaming


class _Held:
    """A context that holds in the steps of a stream, and not between them, where its consumer runs."""

    def __init__(self, context: Context) -> None:
        self._context = context

    @contextmanager
    def step(self) -> Iterator[None]:
        token = _context.enter(self._context)
        try:
            yield
        finally:
            self._context = _context.current()
            _context.leave(token)

    def call(self, function: Callable[..., Any], *args: Any) -> Any:
        with self.step():
            return function(*args)

    def iterate(self, parts: Any) -> Iterator[Any]:
        iterator = iter(parts)
        while True:
            with self.step():
                try:
                    part = next(iterator)
                except StopIteration:
                    return
            yield part

    async def iterate_async(self, parts: Any, source: Any) -> AsyncIterator[Any]:
        iterator = aiter(parts)
        try:
            while True:
                with self.step():
                    try:
                        part = await anext(iterator)
                    except StopAsyncIteration:
                        return
                yield part
        finally:
            # Nobody else closes what a view has given: `async for` does not.
            for each in (iterator, source):
                if hasattr(each, "aclose"):
                    with self.step():
                        await each.aclose()


class _HeldFile:
    """A file that a server reads by itself (`wsgi.file_wrapper`), with the context in each read."""

    def __init__(self, file: Any, held: _Held) -> None:
        self._file, self._held = file, held

    def read(self, *args: Any) -> Any:
        return self._held.call(self._file.read, *args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def _hold(response: Any) -> None:
    """Puts the context of now into the steps of a stream."""
    held = _Held(_context.current())
    file = getattr(response, "file_to_stream", None)
    if getattr(response, "is_async", False):
        source = response._iterator
        response.streaming_content = held.iterate_async(
            response.streaming_content, source
        )
    else:
        response.streaming_content = held.iterate(response.streaming_content)
    if file is not None:
        # A file response forgets its file when it gets other content.
        response.file_to_stream = _HeldFile(file, held)
    response.close = partial(held.call, response.close)


# ---- business context


class _Business:
    """The business context of a request, found when it is asked for."""

    _found: Mapping[str, Any] = _NOTHING
    # The request when it was asked: its user, how many attributes it had, and whether an event loop kept something from it.
    _user: Any = None
    _size = -1
    _in_loop = False
    _is_asking = False

    def __init__(self, request: Any, resolve: Resolver | None) -> None:
        # A task that outlives the response keeps the context, and need not keep the request.
        self._request = weakref.ref(request)
        self._resolve = resolve

    def __call__(self) -> Mapping[str, Any]:
        request = self._request()
        # A resolver that logs asks again.
        if request is None or self._is_asking:
            return self._found
        if self._resolve is None and not _has_user(request):
            return _NOTHING
        own = vars(request)
        if (
            self._size != len(own)
            or self._user is not own.get("user")
            # That may be had in a thread.
            or (self._in_loop and not _in_event_loop())
        ):
            self._is_asking = True
            try:
                self._found = self._look(request, own)
                self._user, self._size = own.get("user"), len(own)
            finally:
                self._is_asking = False
        return self._found

    def _look(self, request: Any, own: dict[str, Any]) -> Mapping[str, Any]:
        """Changes no response: whoever reads the session makes it vary with the cookie, and that is for the view to say. So the
        session counts as read when somebody else asks for the user, who is there already.
        """
        session, user = own.get("session"), own.get("user")
        if getattr(session, "accessed", True) is not False:
            return self._ask(request)
        is_unloaded = _is_unloaded(user)
        try:
            return self._ask(request)
        finally:
            if session.accessed and not session.modified and own.get("user") is user:  # type: ignore[union-attr]
                session.accessed = False  # type: ignore[union-attr]
                if is_unloaded and not _is_unloaded(user):
                    _unload(user, session)

    def _ask(self, request: Any) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        self._in_loop = False
        if self._resolve is not None:
            try:
                self._in_loop = _in_event_loop()
                found.update(self._resolve(request) or {})
            except Exception as error:
                _complain(_name_of(self._resolve), error)
        try:
            if "user_id" not in found:
                user = getattr(request, "user", None)
                if user is not None:
                    found["user_id"] = self._id_of(user, request)
        except Exception as error:
            _complain("request.user", error)
        if not found:
            return _NOTHING
        return {str(name): each for name, each in found.items() if each is not None}

    def _id_of(self, user: Any, request: Any) -> Any:
        """That of `request.user`, as far as it can be had without a query from within an event loop."""
        if _is_unloaded(user) and _in_event_loop():
            self._in_loop = True
            # What `await request.auser()` has loaded, or a record in a thread.
            own = vars(request)
            user = own.get("_acached_user") or own.get("_cached_user")
        return getattr(user, "id", None)


def _has_user(request: Any) -> bool:
    try:
        return getattr(request, "user", None) is not None
    except Exception:
        return True


def _unload(user: Any, session: Any) -> None:
    """Makes a lazy user who is loaded one who is not, and who takes no query to load."""
    from django.utils.functional import empty

    own = vars(user)
    loaded = own["_wrapped"]

    def load() -> Any:
        session.accessed = True
        return loaded

    own.update(_wrapped=empty, _setupfunc=load)


def _is_unloaded(user: Any) -> bool:
    from django.utils.functional import LazyObject, empty

    return issubclass(type(user), LazyObject) and vars(user).get("_wrapped") is empty


def _in_event_loop() -> bool:
    import asyncio

    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def _resolver(option: str | Resolver | None) -> Resolver | None:
    """Raises `django.core.exceptions.ImproperlyConfigured`."""
    from asgiref.sync import iscoroutinefunction
    from django.core.exceptions import ImproperlyConfigured
    from django.utils.module_loading import import_string

    if option is None:
        return None
    found: Any = option
    if isinstance(option, str):
        try:
            found = import_string(option)
        except ImportError as error:
            raise ImproperlyConfigured(
                f"SCRUBLINE['CONTEXT_RESOLVER']: {error}"
            ) from error
    if not callable(found) or iscoroutinefunction(found):
        raise ImproperlyConfigured(
            "SCRUBLINE['CONTEXT_RESOLVER'] is not a function that takes the request"
        )
    return found  # type: ignore[no-any-return]


_complained: set[tuple[str, str]] = set()


def _complain(name: str, error: Exception) -> None:
    """Says, once for each kind, that something raises; not what the error says, which may be of the request."""
    kind = type(error).__qualname__
    if (name, kind) not in _complained:
        _complained.add((name, kind))
        _logger.warning("%s raised %s: records go without what it knows", name, kind)


def _name_of(resolver: Any) -> str:
    return str(getattr(resolver, "__qualname__", type(resolver).__qualname__))
