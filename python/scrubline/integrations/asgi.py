"""Middleware for ASGI: FastAPI, Starlette, Litestar and whatever else speaks it. Django has its own in `scrubline.django`.

    api = FastAPI()
    app = LoggingContextMiddleware(api)      # uvicorn main:app

`api.add_middleware(LoggingContextMiddleware)` does as well, but for the answer to an error that nobody caught, which Starlette
gives outside of all middleware.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from typing import Any

from scrubline import _context
from scrubline._native import Requests

__all__ = ["LoggingContextMiddleware"]

_Scope = MutableMapping[str, Any]
_Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
_Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

_STARTS = ("http.response.start", "websocket.accept")


class LoggingContextMiddleware:
    """Gives every record of a request or WebSocket its correlation id and its trace.

    The id is that of the first of `correlation_headers` that brings a valid one (1 to 128 of `A-Z a-z 0-9 . _ -`), else the trace
    id of a valid `traceparent`, else a new one; the response has it as `response_header`, `None` for none. It holds until the
    application is done, with streams and background tasks. Who the user is, `BusinessContext.set_context` says, in an async
    dependency or endpoint. Records show all of it where their handler has the `CorrelationFilter`.
    """

    def __init__(
        self,
        app: Callable[[Any, Any, Any], Awaitable[None]],
        *,
        correlation_headers: Iterable[str] = _context.CORRELATION_HEADERS,
        response_header: str | None = _context.RESPONSE_HEADER,
    ) -> None:
        self.app = app
        names = tuple(correlation_headers)
        self._names = {
            name.lower().encode("latin-1"): _context.meta_name(name)
            for name in (*names, "traceparent")
        }
        wanted = [_context.meta_name(name) for name in names]
        self._requests = Requests(wanted, response_header, None, None)

    async def __call__(self, scope: _Scope, receive: _Receive, send: _Send) -> None:
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        context = self._requests.begin(_Request(scope["headers"], self._names))

        async def answer(message: MutableMapping[str, Any]) -> None:
            if message["type"] in _STARTS:
                self._requests.answer(_Response(message), context)
            await send(message)

        with _context.use(context):
            await self.app(scope, receive, answer)


class _Request:
    """The headers of a request that are looked at, named as WSGI does; of several with one name, the first."""

    # Nobody refers to it weakly, so it is never asked for its user.
    __slots__ = ("META", "_scrubline")

    def __init__(
        self, headers: Iterable[tuple[bytes, bytes]], names: dict[bytes, str]
    ) -> None:
        self.META: dict[str, str] = {}
        for name, value in headers:
            if name in names:
                self.META.setdefault(names[name], value.decode("latin-1"))


class _Response:
    """The headers of the message that begins a response."""

    def __init__(self, message: MutableMapping[str, Any]) -> None:
        self.message = message

    @property
    def headers(self) -> _Response:
        return self

    def setdefault(self, name: str, value: str) -> None:
        key = name.lower().encode("latin-1")
        there = list(self.message.get("headers", ()))
        if all(given.lower() != key for given, _ in there):
            self.message["headers"] = [*there, (key, value.encode("latin-1"))]
