"""The middleware of `scrubline.django`, sync and async: what the records of a request carry, and that nothing is left behind."""

from __future__ import annotations

import asyncio
import copy
import importlib
import io
import logging
import os
import pickle
import random
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from conftest import Lines
from asgiref.sync import (
    async_to_sync,
    iscoroutinefunction,
    markcoroutinefunction,
    sync_to_async,
)
from django.contrib.auth import get_user_model, login
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.test import (
    AsyncClient,
    AsyncRequestFactory,
    Client,
    RequestFactory,
    override_settings,
)
from django.test.utils import CaptureQueriesContext
from django.urls import path
from django.utils.deprecation import MiddlewareMixin
from django.utils.functional import SimpleLazyObject
from opentelemetry import trace
from opentelemetry.sdk.trace import TracerProvider

from scrubline import _context
from scrubline.django import (
    BusinessContext,
    CorrelationFilter,
    CorrelationID,
    LoggingContextMiddleware,
    PerformanceMiddleware,
    _middleware,
    redactor,
)

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
TRACEPARENT = f"00-{TRACE}-{SPAN}-01"
logger = logging.getLogger("shop")


@pytest.fixture(scope="session")
def database() -> None:
    call_command("migrate", verbosity=0)


@pytest.fixture
def user(database: None) -> Iterator[Any]:
    made = get_user_model().objects.create(username="ana")
    yield made
    made.delete()


# ---- a project


def view(request: Any) -> HttpResponse:
    logger.info("view")
    return HttpResponse("done")


async def async_view(request: Any) -> HttpResponse:
    await asyncio.sleep(0)
    logger.info("view")
    await sync_to_async(logger.info)("in a thread")
    return HttpResponse("done")


def raising(request: Any) -> HttpResponse:
    logger.info("view")
    raise RuntimeError("no")


def signing_in(request: Any) -> HttpResponse:
    logger.info("before")
    login(request, get_user_model().objects.get())
    logger.info("after")
    return HttpResponse("done")


async def asking_in_a_thread(request: Any) -> HttpResponse:
    logger.info("before")
    await sync_to_async(logger.info)("in a thread")
    logger.info("after")
    return HttpResponse("done")


async def reading_the_user(request: Any) -> HttpResponse:
    logger.info("before")
    if hasattr(request, "auser"):
        await request.auser()
    else:  # Django 4.2
        await sync_to_async(lambda: request.user.id)()
    logger.info("after")
    return HttpResponse("done")


def streaming(request: Any) -> StreamingHttpResponse:
    def parts() -> Iterator[bytes]:
        try:
            for part in (b"a", b"b"):
                logger.info("part %s", part.decode())
                yield part
        finally:
            logger.info("end")

    BusinessContext.set_context(school_id=7)
    return StreamingHttpResponse(parts())


async def async_streaming(request: Any) -> StreamingHttpResponse:
    async def parts() -> AsyncIterator[bytes]:
        try:
            for part in (b"a", b"b"):
                await asyncio.sleep(0)
                logger.info("part %s", part.decode())
                yield part
        finally:
            logger.info("end")

    BusinessContext.set_context(school_id=7)
    return StreamingHttpResponse(parts())


class Talking(io.BytesIO):
    """A file that logs each read, as a remote one may."""

    def read(self, size: int | None = -1) -> bytes:
        logger.info("read")
        return super().read(size)


def file(request: Any) -> FileResponse:
    return FileResponse(Talking(b"content"))


urlpatterns = [
    path("view/", view),
    path("async/", async_view),
    path("raising/", raising),
    path("signing-in/", signing_in),
    path("asking-in-a-thread/", asking_in_a_thread),
    path("reading-the-user/", reading_the_user),
    path("streaming/", streaming),
    path("async-streaming/", async_streaming),
    path("file/", file),
]


class SyncOnly(MiddlewareMixin):
    """Between an async server and an async view, it makes Django change to a thread and back."""

    async_capable = False

    def process_request(self, request: Any) -> None:
        logger.info("sync middleware")


PROJECT = override_settings(
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "scrubline.django.LoggingContextMiddleware",
        "scrubline.django.PerformanceMiddleware",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ],
)
SYNC_BETWEEN = override_settings(
    ROOT_URLCONF=__name__,
    MIDDLEWARE=[
        "scrubline.django.LoggingContextMiddleware",
        f"{__name__}.SyncOnly",
        "scrubline.django.PerformanceMiddleware",
    ],
)


@pytest.fixture
def project() -> Iterator[None]:
    with PROJECT:
        yield


def run(coroutine: Any) -> Any:
    return asyncio.run(coroutine)


def get(where: str, is_async: bool, **headers: str) -> Any:
    """The response to a GET, by either client; it does not raise what the view raises."""
    if not is_async:
        return Client(raise_request_exception=False).get(where, **headers)

    async def ask() -> Any:
        return await AsyncClient(raise_request_exception=False).get(where, **headers)

    return run(ask())


both = pytest.mark.parametrize("is_async", [False, True], ids=["sync", "async"])


def header(is_async: bool, name: str, value: str) -> dict[str, str]:
    """A header as each client takes it."""
    # RequestFactory takes META names, AsyncRequestFactory header names.
    return {name if is_async else "HTTP_" + name.upper().replace("-", "_"): value}


# ---- correlation ids


@both
@pytest.mark.parametrize("where", ["/view/", "/async/"])
def test_a_request_without_id_gets_one(
    lines: Lines, project: None, is_async: bool, where: str
) -> None:
    answers = [get(where, is_async).headers["X-Correlation-ID"] for _ in range(2)]
    assert answers[0] != answers[1] and answers[1].startswith("req_")
    assert lines.ids()["view"] == answers[1]
    assert lines.records[0].correlation_id == answers[0]
    if where == "/async/":
        assert lines.ids()["in a thread"] == answers[1]


def test_ids_do_not_follow_the_random_numbers_of_the_application() -> None:
    ids = set()
    for _ in range(2):
        random.seed(1)
        ids.add(CorrelationID.generate())
    assert len(ids) == 2


def test_ids_differ_in_each_process() -> None:
    seen = {CorrelationID.generate()}
    for _ in range(2):
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writer, CorrelationID.generate().encode())
            os._exit(0)
        os.waitpid(child, 0)
        seen.add(os.read(reader, 100).decode())
        os.close(reader)
        os.close(writer)
    assert len(seen | {CorrelationID.generate()}) == 4


@both
@pytest.mark.parametrize("name", ["X-Correlation-ID", "X-Request-ID"])
@pytest.mark.parametrize(
    "given", ["req_0123456789ab", "9F1c.a-b_", "a" * 128, TRACEPARENT]
)
def test_the_id_of_a_header_is_taken(
    lines: Lines, project: None, is_async: bool, name: str, given: str
) -> None:
    response = get("/view/", is_async, **header(is_async, name, given))
    assert response.headers["X-Correlation-ID"] == given
    assert lines.ids() == {"view": given}


def test_the_first_header_that_is_valid_wins(lines: Lines, project: None) -> None:
    for correlation, request_id, taken in [
        ("one", "two", "one"),
        ("not one", "two", "two"),
    ]:
        Client().get(
            "/view/", HTTP_X_CORRELATION_ID=correlation, HTTP_X_REQUEST_ID=request_id
        )
        assert lines.ids() == {"view": taken}


@pytest.mark.parametrize(
    "given",
    [
        "",
        " ",
        "a" * 129,
        "a" * 10_240,
        "a\nb",
        "a\n",
        "a\r\nSet-Cookie: x=1",
        "a\x1b[31m",
        "a\x00",
        "a b",
        "ana@example.pt",
        "é",
        "\u202ea",
        '"a"',
        "<script>",
    ],
)
def test_an_id_that_is_not_plain_is_ignored(
    lines: Lines, project: None, given: str
) -> None:
    response = Client().get("/view/", HTTP_X_CORRELATION_ID=given)
    answer = response.headers["X-Correlation-ID"]
    assert answer.startswith("req_") and lines.ids() == {"view": answer}


def test_headers_are_options(lines: Lines, project: None) -> None:
    with override_settings(
        SCRUBLINE={"CORRELATION_HEADERS": ["X-Trace"], "RESPONSE_HEADER": "X-Answer"}
    ):
        response = Client().get(
            "/view/", HTTP_X_TRACE="mine", HTTP_X_CORRELATION_ID="other"
        )
        assert response.headers["X-Answer"] == "mine"
        assert "X-Correlation-ID" not in response.headers
    with override_settings(SCRUBLINE={"RESPONSE_HEADER": None}):
        response = Client().get("/view/", HTTP_X_CORRELATION_ID="mine")
        assert not [n for n in response.headers if n.lower().startswith("x-")]
    assert lines.ids() == {"view": "mine"}


def test_a_middleware_follows_the_settings() -> None:
    middleware = LoggingContextMiddleware(lambda _: HttpResponse())

    def names() -> set[str]:
        return set(middleware(RequestFactory().get("/")).headers)

    assert "X-Correlation-ID" in names()
    with override_settings(SCRUBLINE={"RESPONSE_HEADER": "X-Answer"}):
        assert "X-Answer" in names() and "X-Correlation-ID" not in names()
    assert "X-Correlation-ID" in names()


def test_the_answer_is_the_id_in_use(lines: Lines) -> None:
    def answer(change: Callable[[HttpResponse], None]) -> str:
        def respond(request: Any) -> HttpResponse:
            response = HttpResponse()
            change(response)
            return response

        request = RequestFactory().get("/", HTTP_X_CORRELATION_ID="given")
        return str(LoggingContextMiddleware(respond)(request)["X-Correlation-ID"])

    assert answer(lambda _: CorrelationID.set("another")) == "another"
    assert answer(lambda _: CorrelationID.clear()) == "given"
    assert answer(lambda r: r.__setitem__("X-Correlation-ID", "own")) == "own"

    def forge(request: Any) -> HttpResponse:
        CorrelationID.set("a\r\nSet-Cookie: x=1")
        return HttpResponse()

    response = LoggingContextMiddleware(forge)(RequestFactory().get("/"))
    assert "X-Correlation-ID" not in response.headers


# ---- traces


@both
def test_traceparent(lines: Lines, project: None, is_async: bool) -> None:
    response = get("/view/", is_async, **header(is_async, "traceparent", TRACEPARENT))
    (record,) = lines.records
    assert (record.trace_id, record.span_id, record.trace_flags) == (TRACE, SPAN, 1)
    assert record.correlation_id == response.headers["X-Correlation-ID"] == TRACE


def test_a_trace_that_is_not_sampled(lines: Lines, project: None) -> None:
    Client().get("/view/", HTTP_TRACEPARENT=f"00-{TRACE}-{SPAN}-00")
    Client().get("/view/")
    assert [getattr(each, "trace_flags", None) for each in lines.records] == [0, None]


def test_a_correlation_header_wins_over_the_trace(lines: Lines, project: None) -> None:
    Client().get("/view/", HTTP_TRACEPARENT=TRACEPARENT, HTTP_X_CORRELATION_ID="mine")
    (record,) = lines.records
    assert (record.trace_id, record.correlation_id) == (TRACE, "mine")


@pytest.mark.parametrize(
    ("given", "is_valid"),
    [
        (f"00-{TRACE}-{SPAN}-00", True),
        (f"00-{TRACE}-{SPAN}-ff", True),
        (f"cc-{TRACE}-{SPAN}-01", True),
        (f"cc-{TRACE}-{SPAN}-01-what-the-future-brings", True),
        (f"cc-{TRACE}-{SPAN}-01.what", False),
        (f"cc-{TRACE}-{SPAN}-01-\n", False),
        (f"cc-{TRACE}-{SPAN}-01-{'a' * 10_240}", False),
        (f"00-{TRACE}-{SPAN}-01-more", False),
        (f"00-{TRACE}-{SPAN}-01-", False),
        (f"ff-{TRACE}-{SPAN}-01", False),
        (f"00-{'0' * 32}-{SPAN}-01", False),
        (f"00-{TRACE}-{'0' * 16}-01", False),
        (f"00-{TRACE.upper()}-{SPAN}-01", False),
        (f"00-{TRACE[1:]}-{SPAN}-01", False),
        (f"00-{TRACE}-{SPAN}", False),
        (f"00-{TRACE}-{SPAN}-1", False),
        (f"0-{TRACE}-{SPAN}-01", False),
        (f"{TRACEPARENT},{TRACEPARENT}", False),
        (f"{TRACEPARENT}\n", False),
        ("", False),
    ],
)
def test_only_a_valid_traceparent_counts(
    lines: Lines, project: None, given: str, is_valid: bool
) -> None:
    Client().get("/view/", HTTP_TRACEPARENT=given)
    (record,) = lines.records
    assert hasattr(record, "trace_id") == is_valid
    assert (record.correlation_id == TRACE) == is_valid


def test_the_active_span_is_that_of_each_record(lines: Lines) -> None:
    tracer = TracerProvider().get_tracer("test")

    def respond(request: Any) -> HttpResponse:
        logger.info("before")
        with tracer.start_as_current_span("outer") as outer:
            logger.info("outer")
            with tracer.start_as_current_span("inner") as inner:
                logger.info("inner")
            logger.info("outer again")
        spans.extend(each.get_span_context() for each in (outer, inner))
        logger.info("after")
        return HttpResponse()

    spans: list[Any] = []
    request = RequestFactory().get("/", HTTP_TRACEPARENT=TRACEPARENT)
    LoggingContextMiddleware(respond)(request)
    outer, inner = ((f"{each.trace_id:032x}", f"{each.span_id:016x}") for each in spans)
    assert [(each.trace_id, each.span_id) for each in lines.records] == [
        (TRACE, SPAN),
        outer,
        inner,
        outer,
        (TRACE, SPAN),
    ]


def test_the_active_span_without_a_request(lines: Lines) -> None:
    with TracerProvider().get_tracer("test").start_as_current_span("x") as span:
        logger.info("in")
    logger.info("out")
    inside, outside = lines.records
    assert inside.trace_id == f"{span.get_span_context().trace_id:032x}"
    assert not hasattr(outside, "trace_id")


def test_a_broken_span_loses_no_line(lines: Lines) -> None:
    class Broken(trace.NonRecordingSpan):
        def get_span_context(self) -> Any:
            raise RuntimeError

    CorrelationID.set("mine")
    with trace.use_span(Broken(trace.INVALID_SPAN_CONTEXT)):
        logger.info("m")
    CorrelationID.clear()
    assert lines.ids() == {"m": "mine"}


# ---- the business context


def signed_in(user: Any, is_async: bool = False) -> Any:
    client: Any = AsyncClient() if is_async else Client()
    client.force_login(user)
    return client


def test_the_user_of_a_request(lines: Lines, project: None, user: Any) -> None:
    signed_in(user).get("/view/")
    (record,) = lines.records
    assert (record.user_id, record.school_id, record.role) == (user.pk, None, None)


def test_nobody_asks_for_the_user_before_a_record_does(
    lines: Lines, project: None, user: Any
) -> None:
    client = signed_in(user)
    with CaptureQueriesContext(connection) as asked:
        client.get("/view/")
    logger.setLevel(logging.WARNING)
    with CaptureQueriesContext(connection) as unasked:
        response = client.get("/view/")
    assert len(unasked) == 0 < len(asked)
    assert len(lines.records) == 1 and "Vary" not in response.headers


def test_a_user_is_asked_for_once(lines: Lines, project: None, user: Any) -> None:
    def talking(request: Any) -> HttpResponse:
        with CaptureQueriesContext(connection) as first:
            logger.info("first")
        with CaptureQueriesContext(connection) as second:
            logger.info("second")
        counts.extend([len(first), len(second)])
        return HttpResponse()

    counts: list[int] = []
    urls = type("Urls", (), {"urlpatterns": [path("", talking)]})
    with override_settings(ROOT_URLCONF=urls):
        signed_in(user).get("/")
    assert counts[0] > 0 == counts[1]
    assert lines.users() == {"first": user.pk, "second": user.pk}


@pytest.mark.parametrize(
    ("steps", "varies"),
    [
        (["log"], False),
        (["user"], True),
        (["log", "user"], True),
        (["user", "log"], True),
        (["log", "user", "log"], True),
        (["log", "session"], True),
    ],
)
@pytest.mark.parametrize("is_signed_in", [True, False])
def test_a_record_changes_no_response(
    lines: Lines,
    project: None,
    user: Any,
    steps: list[str],
    varies: bool,
    is_signed_in: bool,
) -> None:
    """A response varies with the cookie where its view has asked for the user, and only there."""

    def respond(request: Any) -> HttpResponse:
        held = request.user
        for step in steps:
            if step == "log":
                logger.info("view")
            elif step == "user":
                with CaptureQueriesContext(connection) as queries:
                    assert held.pk == (user.pk if is_signed_in else None)
                asked.append(len(queries))
            else:
                request.session.get("theme")
        return HttpResponse()

    asked: list[int] = []
    urls = type("Urls", (), {"urlpatterns": [path("", respond)]})
    with override_settings(ROOT_URLCONF=urls):
        client = signed_in(user) if is_signed_in else Client()
        response = client.get("/")
    assert response.headers.get("Vary") == ("Cookie" if varies else None)
    expected = user.pk if is_signed_in else None
    assert {record.user_id for record in lines.records} <= {expected}
    if steps[:2] == ["log", "user"]:
        assert asked == [0], "a record has loaded the user"


def test_a_user_who_signs_in_later(lines: Lines, project: None, user: Any) -> None:
    Client().get("/signing-in/")
    assert lines.users() == {"before": None, "after": user.pk}


def test_a_user_whom_a_view_sets(lines: Lines) -> None:
    """As token authentication within a view does."""

    def respond(request: Any) -> HttpResponse:
        for n in (1, 2):
            request.user = get_user_model()(pk=n)
            logger.info("%d", n)
        return HttpResponse()

    LoggingContextMiddleware(respond)(RequestFactory().get("/"))
    assert lines.users() == {"1": 1, "2": 2}


@pytest.mark.parametrize("where", ["/reading-the-user/", "/asking-in-a-thread/"])
def test_an_event_loop_makes_no_query(
    lines: Lines, project: None, user: Any, where: str
) -> None:
    async def ask() -> None:
        client = await sync_to_async(signed_in)(user, True)
        await client.get(where)

    run(ask())
    users = lines.users()
    assert users.pop("before") is None and users["after"] == user.pk
    assert set(users.values()) == {user.pk}


def test_an_async_request_to_a_sync_view(
    lines: Lines, project: None, user: Any
) -> None:
    async def ask() -> None:
        client = await sync_to_async(signed_in)(user, True)
        await client.get("/view/")

    run(ask())
    assert lines.users() == {"view": user.pk}


def school(request: Any) -> Any:
    """A resolver: by its dotted path in a test."""
    return {"school_id": int(request.GET["school"]), "role": "teacher", "plan": None}


@pytest.mark.parametrize("option", [school, f"{__name__}.school"])
def test_a_resolver(lines: Lines, project: None, option: Any) -> None:
    with override_settings(SCRUBLINE={"CONTEXT_RESOLVER": option}):
        Client().get("/view/?school=7")
    (record,) = lines.records
    assert (record.school_id, record.role, record.user_id) == (7, "teacher", None)
    assert not hasattr(record, "plan")


def test_what_is_set_wins_over_the_resolver(lines: Lines) -> None:
    seen: list[Any] = []

    def respond(request: Any) -> HttpResponse:
        BusinessContext.set_context(school_id=8)
        logger.info("set")
        seen.append(BusinessContext.get_context())
        BusinessContext.clear()
        logger.info("cleared")
        return HttpResponse()

    with override_settings(SCRUBLINE={"CONTEXT_RESOLVER": school}):
        LoggingContextMiddleware(respond)(RequestFactory().get("/?school=7"))
    assert [(each.school_id, each.role) for each in lines.records] == [
        (8, "teacher"),
        (7, "teacher"),
    ]
    assert seen == [{"school_id": 8, "user_id": None, "role": "teacher"}]


@pytest.mark.parametrize(
    "result", [["a"], "text", 7, RuntimeError("ana@example.pt"), None, {}]
)
@both
def test_a_resolver_that_fails_loses_no_line(
    lines: Lines, project: None, is_async: bool, result: Any
) -> None:
    def failing(request: Any) -> Any:
        if isinstance(result, Exception):
            raise result
        return result

    with override_settings(SCRUBLINE={"CONTEXT_RESOLVER": failing}):
        response = get("/view/", is_async, **header(is_async, "X-Request-ID", "mine"))
    assert response.status_code == 200
    assert lines.ids()["view"] == "mine" and lines.users()["view"] is None
    assert not [each for each in lines.records if EMAIL_OF in each.getMessage()]


EMAIL_OF = "ana@example.pt"


def test_a_failing_resolver_is_told_once(lines: Lines, project: None) -> None:
    def unheard_of(request: Any) -> Any:
        raise LookupError(EMAIL_OF)

    with override_settings(SCRUBLINE={"CONTEXT_RESOLVER": unheard_of}):
        for _ in range(3):
            Client().get("/view/")
    told = [each for each in lines.records if each.name == "scrubline.django"]
    assert len(told) == 1 and told[0].levelno == logging.WARNING
    assert "unheard_of raised LookupError" in told[0].getMessage()


def test_a_user_who_cannot_be_loaded(lines: Lines) -> None:
    def load() -> Any:
        raise DatabaseError("ana@example.pt")

    def respond(request: Any) -> HttpResponse:
        request.user = SimpleLazyObject(load)
        logger.info("view")
        return HttpResponse()

    LoggingContextMiddleware(respond)(RequestFactory().get("/"))
    assert lines.users()["view"] is None
    told = [each.getMessage() for each in lines.records if each.name != "shop"]
    assert told == [
        "request.user raised DatabaseError: records go without what it knows"
    ]


def test_a_resolver_that_is_interrupted(project: None) -> None:
    def interrupted(request: Any) -> Any:
        raise KeyboardInterrupt

    handler = Lines()
    logger.addHandler(handler)
    try:
        with override_settings(SCRUBLINE={"CONTEXT_RESOLVER": interrupted}):
            with pytest.raises(KeyboardInterrupt):
                Client().get("/view/")
    finally:
        logger.removeHandler(handler)


def test_a_resolver_that_logs(lines: Lines, project: None) -> None:
    def talking(request: Any) -> Any:
        logger.info("resolving")
        return {"user_id": 7}

    with override_settings(SCRUBLINE={"CONTEXT_RESOLVER": talking}):
        Client().get("/view/")
    assert lines.users() == {"resolving": None, "view": 7}


def test_values_of_a_resolver_are_redacted(lines: Lines, project: None) -> None:
    def telling(request: Any) -> Any:
        return {"user_id": EMAIL_OF, "password": "hunter2-Zx9"}

    with override_settings(SCRUBLINE={"CONTEXT_RESOLVER": telling}):
        Client().get("/view/")
    (record,) = lines.records
    assert (record.user_id, record.password) == ("***@example.pt", "[REDACTED]")


@pytest.mark.parametrize(
    "option", ["nowhere.resolver", f"{__name__}.nobody", f"{__name__}.TRACE", "plain"]
)
def test_a_resolver_that_is_none_stops_the_start(option: str) -> None:
    with override_settings(SCRUBLINE={"CONTEXT_RESOLVER": option}):
        with pytest.raises(ImproperlyConfigured, match="CONTEXT_RESOLVER"):
            LoggingContextMiddleware(view)
    with override_settings(SCRUBLINE={"CONTEXT_RESOLVER": async_view}):
        with pytest.raises(ImproperlyConfigured, match="CONTEXT_RESOLVER"):
            LoggingContextMiddleware(view)


@pytest.mark.parametrize(
    ("setting", "key"),
    [
        ({"CORRELATION_HEADER": ["X-Id"]}, "CORRELATION_HEADER"),
        ({"CORRELATION_HEADERS": "X-Id"}, "CORRELATION_HEADERS"),
        ({"RESPONSE_HEADER": 7}, "RESPONSE_HEADER"),
        ({"RESPONSE_HEADER": "X Id"}, "RESPONSE_HEADER"),
        ({"RESPONSE_HEADER": "X-Id\n"}, "RESPONSE_HEADER"),
        ({"SLOW_MS": "1000"}, "SLOW_MS"),
    ],
)
def test_a_typo_names_its_key(setting: Any, key: str) -> None:
    for middleware in (LoggingContextMiddleware, PerformanceMiddleware):
        with override_settings(SCRUBLINE=setting):
            with pytest.raises(ImproperlyConfigured, match=rf"\['{key}'\]"):
                middleware(view)


# ---- how long the context holds


@both
def test_exceptions_in_views(lines: Lines, project: None, is_async: bool) -> None:
    response = get("/raising/", is_async, **header(is_async, "X-Request-ID", "mine"))
    assert response.status_code == 500
    assert response.headers["X-Correlation-ID"] == "mine"
    assert lines.ids() == {"view": "mine", "Internal Server Error: /raising/": "mine"}
    logger.info("after")
    assert lines.ids()["after"] == "no-correlation-id"


def test_exceptions_through_a_plain_middleware(lines: Lines) -> None:
    with pytest.raises(RuntimeError):
        LoggingContextMiddleware(raising)(RequestFactory().get("/"))

    async def failing(request: Any) -> HttpResponse:
        raising(request)
        raise AssertionError

    async def ask() -> None:
        with pytest.raises(RuntimeError):
            await LoggingContextMiddleware(failing)(AsyncRequestFactory().get("/"))
        logger.info("after")

    run(ask())
    assert lines.ids()["after"] == "no-correlation-id"


@both
def test_the_line_about_a_response(lines: Lines, project: None, is_async: bool) -> None:
    """Django logs "Not Found" when every middleware has ended."""
    get("/nowhere/", is_async, **header(is_async, "X-Request-ID", "mine"))
    assert lines.ids() == {"Not Found: /nowhere/": "mine"}


def test_requests_in_requests(lines: Lines, project: None) -> None:
    def outer(request: Any) -> HttpResponse:
        logger.info("before")
        Client().get("/view/", HTTP_X_REQUEST_ID="inner")
        logger.info("after")
        return HttpResponse()

    request = RequestFactory().get("/", HTTP_X_REQUEST_ID="outer")
    LoggingContextMiddleware(outer)(request)
    assert lines.ids() == {"before": "outer", "view": "inner", "after": "outer"}


STREAM = {"part a": "mine", "part b": "mine", "end": "mine"}


@pytest.mark.parametrize("where", ["/streaming/", "/async-streaming/"])
def test_streaming(lines: Lines, project: None, where: str) -> None:
    response = Client().get(where, HTTP_X_REQUEST_ID="mine")
    logger.info("between")
    assert b"".join(response) == b"ab"
    response.close()
    logger.info("after")
    outside = {"between": "no-correlation-id", "after": "no-correlation-id"}
    assert lines.ids() == {**STREAM, **outside}
    schools = {each.getMessage(): each.school_id for each in lines.records}
    assert schools == {**dict.fromkeys(STREAM, 7), "between": None, "after": None}


@pytest.mark.parametrize("where", ["/streaming/", "/async-streaming/"])
def test_streaming_from_an_event_loop(lines: Lines, project: None, where: str) -> None:
    async def ask() -> bytes:
        response = await AsyncClient().get(where, **{"X-Request-ID": "mine"})
        parts = []
        async for part in response:
            logger.info("between")
            parts.append(part)
        logger.info("after")
        return b"".join(parts)

    assert run(ask()) == b"ab"
    outside = {"between": "no-correlation-id", "after": "no-correlation-id"}
    assert lines.ids() == {**STREAM, **outside}


def test_a_stream_that_is_not_read_to_its_end(lines: Lines) -> None:
    request = RequestFactory().get("/", HTTP_X_REQUEST_ID="mine")
    response = LoggingContextMiddleware(streaming)(request)
    assert next(iter(response)) == b"a"
    response.close()
    logger.info("after")
    assert lines.ids() == {
        "part a": "mine",
        "end": "mine",
        "after": "no-correlation-id",
    }


def test_an_async_stream_that_is_not_read_to_its_end(lines: Lines) -> None:
    async def ask() -> None:
        request = AsyncRequestFactory().get("/", **{"X-Request-ID": "mine"})
        response = await LoggingContextMiddleware(async_streaming)(request)
        stream = response._iterator
        assert await anext(stream) == b"a"
        await stream.aclose()
        logger.info("after")

    run(ask())
    assert lines.ids() == {
        "part a": "mine",
        "end": "mine",
        "after": "no-correlation-id",
    }


def test_what_a_stream_sets_holds_in_its_next_step(lines: Lines) -> None:
    def parts() -> Iterator[bytes]:
        BusinessContext.set_context(role="teacher")
        yield b"a"
        logger.info("next")

    respond = LoggingContextMiddleware(lambda _: StreamingHttpResponse(parts()))
    response = respond(RequestFactory().get("/"))
    for _ in response:
        logger.info("between")
    roles = {each.getMessage(): each.role for each in lines.records}
    assert roles == {"next": "teacher", "between": None}


def test_an_exception_in_a_stream(lines: Lines) -> None:
    def parts() -> Iterator[bytes]:
        yield b"a"
        raise RuntimeError

    respond = LoggingContextMiddleware(lambda _: StreamingHttpResponse(parts()))
    response = respond(RequestFactory().get("/"))
    with pytest.raises(RuntimeError):
        list(response)
    assert _context.current() == _context.Context()


def test_files(lines: Lines) -> None:
    """By iteration, and by a server that reads the file itself."""
    respond = LoggingContextMiddleware(file)
    request = RequestFactory().get("/", HTTP_X_REQUEST_ID="mine")
    assert b"".join(respond(request)) == b"content"
    response = respond(request)
    served = response.file_to_stream
    assert served.read(4) == b"cont" and served.tell() == 4
    assert {each.correlation_id for each in lines.records} == {"mine"}
    served.close()
    assert served.closed
    logger.info("after")
    assert lines.ids()["after"] == "no-correlation-id"


def test_a_real_file_can_still_be_sent_by_the_kernel(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"content")

    def send(request: Any) -> FileResponse:
        return FileResponse(open(tmp_path / "a.txt", "rb"))

    response = LoggingContextMiddleware(send)(RequestFactory().get("/"))
    assert isinstance(response.file_to_stream.fileno(), int)
    response.close()
    assert response.file_to_stream.closed


def test_under_the_asgi_handler(lines: Lines, project: None) -> None:
    """As a server calls it, with a browser that goes away within the stream and one that does not."""
    from asgiref.testing import ApplicationCommunicator
    from django.core.asgi import get_asgi_application

    application = get_asgi_application()

    async def ask(name: bytes, leaves: bool) -> list[Any]:
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": "GET",
            "path": "/async-streaming/",
            "query_string": b"",
            "headers": [(b"host", b"testserver"), (b"x-request-id", name)],
        }
        browser = ApplicationCommunicator(application, scope)
        await browser.send_input({"type": "http.request", "body": b""})
        got = [await browser.receive_output(30), await browser.receive_output(30)]
        if leaves:
            await browser.send_input({"type": "http.disconnect"})
        else:
            got += [await browser.receive_output(30), await browser.receive_output(30)]
        await browser.wait(30)
        return got

    async def both_browsers() -> None:
        start, *parts = await ask(b"stays", False)
        assert (b"X-Correlation-ID", b"stays") in start["headers"]
        assert [part.get("body", b"") for part in parts] == [b"a", b"b", b""]
        await ask(b"leaves", True)
        logger.info("after")

    run(both_browsers())
    assert lines.ids()["after"] == "no-correlation-id"
    of_streams = [r for r in lines.records if r.getMessage() in STREAM]
    assert {record.correlation_id for record in of_streams} == {"stays", "leaves"}
    ended = [r for r in of_streams if r.getMessage() == "end"]
    assert sorted(record.correlation_id for record in ended) == ["leaves", "stays"]


def test_under_the_wsgi_handler(lines: Lines, project: None) -> None:
    """As a server calls it, with its own way to read files."""
    from wsgiref.util import FileWrapper

    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    headers: list[Any] = []

    def start(status: str, given: list[Any], *_: Any) -> None:
        headers.extend(given)

    for extra in ({}, {"wsgi.file_wrapper": FileWrapper}):
        request = RequestFactory().get("/file/", HTTP_X_REQUEST_ID="mine")
        body = application({**request.environ, **extra}, start)
        assert isinstance(body, FileWrapper) == bool(extra)
        assert b"".join(body) == b"content"
        body.close()
    assert headers.count(("X-Correlation-ID", "mine")) == 2
    logger.info("after")
    reads = [r.correlation_id for r in lines.records if r.getMessage() == "read"]
    assert len(reads) >= 4 and set(reads) == {"mine"}
    assert lines.ids()["after"] == "no-correlation-id"


# ---- threads and tasks


def test_threads_do_not_share_a_context(lines: Lines) -> None:
    """Four requests at once on reused threads; each waits for the others inside of its view."""
    together = threading.Barrier(4)

    def respond(request: Any) -> HttpResponse:
        together.wait(30)
        BusinessContext.set_context(user_id=request.GET["n"])
        together.wait(30)
        logger.info("%s", request.GET["n"])
        return HttpResponse()

    middleware = LoggingContextMiddleware(respond)

    def ask(n: int) -> str:
        assert _context.current() == _context.Context()
        request = RequestFactory().get(f"/?n={n}", HTTP_X_REQUEST_ID=f"id-{n}")
        return str(middleware(request)["X-Correlation-ID"])

    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(40)))
    assert answers == [f"id-{n}" for n in range(40)]
    assert lines.ids() == {str(n): f"id-{n}" for n in range(40)}
    assert lines.users() == {str(n): str(n) for n in range(40)}


@pytest.mark.parametrize("setting", [PROJECT, SYNC_BETWEEN], ids=["async", "mixed"])
def test_tasks_do_not_share_a_context(lines: Lines, setting: Any) -> None:
    async def ask() -> list[str]:
        client = AsyncClient()
        answers = await asyncio.gather(
            *(client.get("/async/", **{"X-Request-ID": f"id-{n}"}) for n in range(40))
        )
        return [each.headers["X-Correlation-ID"] for each in answers]

    with setting:
        assert run(ask()) == [f"id-{n}" for n in range(40)]
    for message in {each.getMessage() for each in lines.records}:
        ids = [e.correlation_id for e in lines.records if e.getMessage() == message]
        assert sorted(ids) == sorted(f"id-{n}" for n in range(40)), message


def test_what_a_sync_view_sets_reaches_the_async_middleware(lines: Lines) -> None:
    def respond(request: Any) -> HttpResponse:
        CorrelationID.set("another")
        return HttpResponse()

    async def ask() -> Any:
        middleware = LoggingContextMiddleware(sync_to_async(respond))
        return await middleware(AsyncRequestFactory().get("/"))

    assert run(ask())["X-Correlation-ID"] == "another"

    async def respond_async(request: Any) -> HttpResponse:
        return respond(request)

    middleware = LoggingContextMiddleware(async_to_sync(respond_async))
    assert middleware(RequestFactory().get("/"))["X-Correlation-ID"] == "another"


def test_a_task_that_outlives_its_request(lines: Lines) -> None:
    """It keeps the context of its maker, changes only its own, and does not keep the request."""

    async def ask() -> None:
        finished = asyncio.Event()

        async def work() -> None:
            await finished.wait()
            logger.info("task")
            CorrelationID.set("own")
            BusinessContext.set_context(user_id=8)
            logger.info("task again")

        tasks: list[asyncio.Task[None]] = []

        async def respond(request: Any) -> HttpResponse:
            request.user = get_user_model()(pk=7)
            logger.info("view")
            tasks.append(asyncio.create_task(work()))
            return HttpResponse()

        request = AsyncRequestFactory().get("/", **{"X-Request-ID": "mine"})
        await LoggingContextMiddleware(respond)(request)
        del request
        finished.set()
        await asyncio.gather(*tasks)
        logger.info("after")

    run(ask())
    assert lines.ids() == {
        "view": "mine",
        "task": "mine",
        "task again": "own",
        "after": "no-correlation-id",
    }
    assert lines.users() == {"view": 7, "task": 7, "task again": 8, "after": None}


def test_long_tasks_side_by_side(lines: Lines) -> None:
    """As consumers of a channel layer: each sets a context of its own, message by message."""

    async def consumer(n: int) -> None:
        for message in range(3):
            CorrelationID.set(f"{n}-{message}")
            await asyncio.sleep(0)
            await sync_to_async(logger.info)("%s-%s", n, message)
            CorrelationID.clear()
            await asyncio.sleep(0)

    async def work() -> None:
        await asyncio.gather(*(consumer(n) for n in range(5)))

    run(work())
    expected = {f"{n}-{m}": f"{n}-{m}" for n in range(5) for m in range(3)}
    assert lines.ids() == expected


# ---- the classes themselves


@pytest.mark.parametrize("cls", [LoggingContextMiddleware, PerformanceMiddleware])
def test_sync_and_async_in_one_class(cls: Any) -> None:
    assert cls.sync_capable and cls.async_capable
    assert not iscoroutinefunction(cls(view))
    assert iscoroutinefunction(cls(async_view))
    marked: Any = type("Marked", (), {"__call__": async_view})()
    markcoroutinefunction(marked)
    assert iscoroutinefunction(cls(marked))
    with pytest.raises(ValueError, match="get_response"):
        cls(None)


def test_the_old_name() -> None:
    found = _middleware.setup_logging_context_middleware()
    assert found is LoggingContextMiddleware


def test_a_response_is_answered_when_nothing_is_logged(project: None) -> None:
    before = redactor().report()["total"]
    assert Client().get("/view/").status_code == 200
    assert redactor().report()["total"] == before


# ---- slow requests


@both
def test_slow_requests(lines: Lines, project: None, user: Any, is_async: bool) -> None:
    async def ask() -> Any:
        client = await sync_to_async(signed_in)(user, True)
        return await client.get("/view/?a=1", **{"X-Request-ID": "mine"})

    with override_settings(SCRUBLINE={"SLOW_MS": 1e-9}):
        if is_async:
            run(ask())
        else:
            signed_in(user).get("/view/?a=1", HTTP_X_REQUEST_ID="mine")
    (slow,) = (each for each in lines.records if each.name == "performance")
    assert slow.levelno == logging.WARNING and slow.correlation_id == "mine"
    assert slow.operation == "slow_request" and slow.duration_ms > 0
    assert slow.performance_metadata == {
        "path": "/view/",
        "method": "GET",
        "status_code": 200,
        "user_id": user.pk,
    }


def test_quick_requests_are_not_logged(lines: Lines, project: None) -> None:
    with override_settings(SCRUBLINE={"SLOW_MS": 1e9}):
        Client().get("/view/")
    assert [each.name for each in lines.records] == ["shop"]


def test_slow_requests_that_raise(lines: Lines) -> None:
    async def failing(request: Any) -> HttpResponse:
        return raising(request)

    with override_settings(SCRUBLINE={"SLOW_MS": 1e-9}):
        with pytest.raises(RuntimeError):
            PerformanceMiddleware(raising)(RequestFactory().post("/"))
        with pytest.raises(RuntimeError):
            run(PerformanceMiddleware(failing)(AsyncRequestFactory().post("/")))
    slow = [each for each in lines.records if each.name == "performance"]
    assert [each.performance_metadata["status_code"] for each in slow] == [None, None]


def test_a_request_pickles_and_copies_with_its_context() -> None:
    def view(request: Any) -> HttpResponse:
        again = pickle.loads(pickle.dumps(request._scrubline))
        assert again == _context.Context(CorrelationID.get())
        assert copy.deepcopy(request._scrubline) == again
        assert _context.current() != again, "it knows the request no more"
        return HttpResponse()

    request = RequestFactory().get("/", headers={"X-Request-ID": "abc"})
    assert LoggingContextMiddleware(view)(request)["X-Correlation-ID"] == "abc"


class Bare:
    """A response of another kind."""


def test_a_response_without_headers_passes() -> None:
    response = Bare()
    assert (
        LoggingContextMiddleware(lambda _: response)(RequestFactory().get("/"))
        is response
    )


def test_a_context_takes_no_other_changes() -> None:
    with pytest.raises(TypeError):
        _context.Context("a").replace(trace_id="b")


def line_of(name: str, args: tuple[Any, ...]) -> str | None:
    record: Any = logging.makeLogRecord({"name": name, "msg": "%s", "args": args})
    CorrelationFilter().filter(record)
    return record.correlation_id  # type: ignore[no-any-return]


def ask(path: str, correlation_id: str) -> None:
    request = RequestFactory().get(path, headers={"X-Request-ID": correlation_id})
    LoggingContextMiddleware(lambda _: HttpResponse())(request)


def asked(target: str) -> list[str | None]:
    """The ids of what runserver and uvicorn write of a request."""
    return [
        line_of("django.server", (f"GET {target} HTTP/1.1", "200", "5")),
        line_of("uvicorn.access", ("10.0.0.1:1", "GET", target, "1.1", 200)),
    ]


@pytest.mark.parametrize("server", ["django.core.servers.basehttp", "uvicorn"])
def test_lines_of_servers(server: str) -> None:
    importlib.import_module(server)

    def run() -> None:
        assert asked("/a/") == ["no-correlation-id"] * 2
        ask("/a/é/?x=1", "one")
        assert asked("/a/%C3%A9/?x=1") == ["one"] * 2
        # A file, a line that is no request, and what nobody has asked for.
        assert asked("/static/a.css") == ["no-correlation-id"] * 2
        for name, args in (
            ("django.server", ("code %d, message %s", 400, "Bad request")),
            ("django.server", ()),
            ("uvicorn.access", ("10.0.0.1:1", "POST", "/a/%C3%A9/", "1.1", 200)),
            ("shop", ("GET /a/%C3%A9/ HTTP/1.1",)),
        ):
            assert line_of(name, args) == "no-correlation-id"
        ask("/b/", "two")
        assert asked("/b/") == ["two"] * 2 and "two" not in asked("/a/%C3%A9/")

    thread = ThreadPoolExecutor(1)
    thread.submit(run).result()
    # A thread of its own has answered nothing.
    assert asked("/b/") == ["no-correlation-id"] * 2
