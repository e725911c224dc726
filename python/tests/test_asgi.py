"""The context of requests in ASGI applications: Starlette and FastAPI, by their own clients, and a server."""

from __future__ import annotations

import asyncio
import io
import json
import logging
import re
import threading
import time
from collections.abc import AsyncIterator, Iterator
from typing import Any

import httpx
import pytest
import uvicorn
from fastapi import BackgroundTasks, Depends, FastAPI, WebSocket
from fastapi.responses import StreamingResponse
from scrubline import Redactor, _context
from scrubline.integrations.asgi import LoggingContextMiddleware
from scrubline.logging import (
    BusinessContext,
    CorrelationFilter,
    CorrelationID,
    JSONFormatter,
)
from starlette.testclient import TestClient

NEW = re.compile(r"req_[0-9a-f]{12}")
TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
PARENT = {"traceparent": f"00-{TRACE}-{SPAN}-01"}

logger = logging.getLogger("asgi")


@pytest.fixture
def lines() -> Iterator[Any]:
    out, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(out)
    handler.addFilter(CorrelationFilter(redactor=Redactor()))
    handler.setFormatter(JSONFormatter(redactor=Redactor()))
    root.addHandler(handler)
    logger.setLevel(logging.INFO)
    yield lambda: [json.loads(line) for line in out.getvalue().splitlines()]
    root.removeHandler(handler)


async def signed_in() -> None:
    BusinessContext.set_context(user_id=7)


api = FastAPI()


@api.get("/")
async def home(background: BackgroundTasks) -> dict[str, str | None]:
    logger.info("home")
    background.add_task(logger.info, "background")
    return {"id": CorrelationID.get()}


@api.get("/threaded", dependencies=[Depends(signed_in)])
def threaded() -> None:
    logger.info("threaded")


@api.get("/own")
async def own() -> None:
    CorrelationID.set("own-1")


@api.get("/odd")
async def odd() -> None:
    CorrelationID.set("no header\r\nx: y")


@api.get("/stream")
async def stream() -> StreamingResponse:
    async def parts() -> AsyncIterator[str]:
        for part in "ab":
            await asyncio.sleep(0)
            logger.info("part")
            yield part

    return StreamingResponse(parts(), headers={"X-Correlation-ID": "of-the-view"})


@api.get("/fails")
async def fails() -> None:
    raise RuntimeError("no home")


@api.websocket("/socket")
async def socket(websocket: WebSocket) -> None:
    await websocket.accept()
    logger.info("socket")
    await websocket.send_text(str(CorrelationID.get()))
    await websocket.close()


def added() -> FastAPI:
    app = FastAPI()
    app.add_middleware(LoggingContextMiddleware)
    app.mount("/", api)
    return app


@pytest.fixture(params=[lambda: LoggingContextMiddleware(api), added])
def client(request: pytest.FixtureRequest) -> TestClient:
    return TestClient(request.param(), raise_server_exceptions=False)


def test_each_request_has_an_id(client: TestClient, lines: Any) -> None:
    one, two = client.get("/"), client.get("/")
    ids = [one.headers["X-Correlation-ID"], two.headers["X-Correlation-ID"]]
    assert all(map(NEW.fullmatch, ids)) and ids[0] != ids[1]
    assert [one.json()["id"], two.json()["id"]] == ids
    ours = [line for line in lines() if line["logger"] == "asgi"]
    assert [line["message"] for line in ours] == ["home", "background"] * 2
    assert [line["correlation_id"] for line in ours] == [ids[0]] * 2 + [ids[1]] * 2
    assert CorrelationID.get() is None


@pytest.mark.parametrize(
    ("headers", "wanted"),
    [
        ({"X-Request-ID": "abc.1"}, "abc.1"),
        ({"X-Request-ID": "abc", "X-Correlation-ID": "first"}, "first"),
        ({"X-Correlation-ID": "no id", "X-Request-ID": "abc"}, "abc"),
        ({"X-Correlation-ID": "x" * 129, **PARENT}, TRACE),
        ({"X_Correlation_ID": "spoofed", **PARENT}, TRACE),
    ],
)
def test_an_id_that_came_along(
    client: TestClient, headers: dict[str, str], wanted: str
) -> None:
    assert client.get("/", headers=headers).headers["X-Correlation-ID"] == wanted


def test_the_trace_that_came_along(client: TestClient, lines: Any) -> None:
    client.get("/", headers=PARENT)
    (line,) = (each for each in lines() if each["message"] == "home")
    assert (line["trace_id"], line["span_id"]) == (TRACE, SPAN)


def test_threads_and_who_the_user_is(client: TestClient, lines: Any) -> None:
    answer = client.get("/threaded")
    (line,) = (each for each in lines() if each["message"] == "threaded")
    assert line["correlation_id"] == answer.headers["X-Correlation-ID"]
    assert line["user_id"] == 7
    assert BusinessContext.get_context()["user_id"] is None


def test_what_the_view_sets_wins(client: TestClient, lines: Any) -> None:
    assert client.get("/own").headers["X-Correlation-ID"] == "own-1"
    assert "X-Correlation-ID" not in client.get("/odd").headers
    streamed = client.get("/stream", headers={"X-Request-ID": "abc"})
    assert streamed.headers.get_list("X-Correlation-ID") == ["of-the-view"]
    parts = [each for each in lines() if each["message"] == "part"]
    assert [each["correlation_id"] for each in parts] == ["abc"] * 2


def test_errors_that_nobody_caught() -> None:
    client = TestClient(LoggingContextMiddleware(api), raise_server_exceptions=False)
    answer = client.get("/fails", headers={"X-Request-ID": "abc"})
    assert answer.status_code == 500 and answer.headers["X-Correlation-ID"] == "abc"
    assert _context.current() == _context.Context()


def test_websockets(client: TestClient, lines: Any) -> None:
    with client.websocket_connect("/socket", headers={"X-Request-ID": "abc"}) as open:
        assert open.receive_text() == "abc"
        assert open.extra_headers == [(b"x-correlation-id", b"abc")]
    (line,) = (each for each in lines() if each["message"] == "socket")
    assert line["correlation_id"] == "abc"


def test_the_headers_are_chosen() -> None:
    app = LoggingContextMiddleware(
        api, correlation_headers=["X-Trace"], response_header="X-Answer"
    )
    headers = {"X-Trace": "abc", "X-Request-ID": "not this"}
    assert TestClient(app).get("/", headers=headers).headers["X-Answer"] == "abc"
    silent = LoggingContextMiddleware(api, response_header=None)
    answer = TestClient(silent).get("/", headers={"X-Request-ID": "abc"})
    assert answer.json()["id"] == "abc" and "X-Correlation-ID" not in answer.headers


def test_requests_at_the_same_time_have_each_their_own() -> None:
    async def slow(scope: Any, receive: Any, send: Any) -> None:
        before = CorrelationID.get()
        await asyncio.sleep(0.01)
        assert CorrelationID.get() == before
        body = str(before).encode()
        await send({"type": "http.response.start", "status": 200})
        await send({"type": "http.response.body", "body": body})

    async def run() -> list[httpx.Response]:
        transport = httpx.ASGITransport(app=LoggingContextMiddleware(slow))
        async with httpx.AsyncClient(
            transport=transport, base_url="http://shop"
        ) as open:
            names = [{"X-Request-ID": f"id-{n}"} for n in range(20)]
            return await asyncio.gather(
                *(open.get("/", headers=each) for each in names)
            )

    answers = asyncio.run(run())
    assert [each.text for each in answers] == [f"id-{n}" for n in range(20)]
    assert [each.headers["X-Correlation-ID"] for each in answers] == [
        f"id-{n}" for n in range(20)
    ]


def test_what_is_no_request_passes_through() -> None:
    seen = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        seen.append((scope["type"], CorrelationID.get(), send))

    asyncio.run(LoggingContextMiddleware(app)({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert seen == [("lifespan", None, None)]


def test_the_access_line_of_uvicorn_has_the_id(lines: Any) -> None:
    app = LoggingContextMiddleware(api)
    config = uvicorn.Config(app, port=0, log_config=None, log_level="info")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        httpx.get(f"http://127.0.0.1:{port}/", headers={"X-Request-ID": "abc"})
    finally:
        server.should_exit = True
        thread.join()
    (access,) = (line for line in lines() if line["logger"] == "uvicorn.access")
    assert access["correlation_id"] == "abc" and "GET / HTTP/1.1" in access["message"]
