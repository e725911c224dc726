"""`scrubline.integrations.celery`, with a worker in a thread and a broker in memory. `tests/apps` has both as processes."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from celery import Celery, chain, chord, group, signals
from celery.contrib.testing.worker import start_worker
from celery.exceptions import Retry
from conftest import EMAIL, MASKED_EMAIL, SECRET, Lines
from django.http import HttpResponse
from django.test import RequestFactory
from opentelemetry.sdk.trace import TracerProvider
from scrubline import Redactor, _context
from scrubline.django import LoggingContextMiddleware
from scrubline.integrations.celery import HEADER, install
from scrubline.logging import BusinessContext, CorrelationFilter, CorrelationID

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
logger = logging.getLogger("shop.tasks")
app = Celery(
    "shop", broker="memory://", backend="cache+memory://", set_as_current=False
)
app.conf.update(
    task_send_sent_event=True,
    worker_send_task_events=True,
    broker_connection_retry_on_startup=True,
    result_expires=None,
    broker_transport_options={"polling_interval": 0.01},
)
install()


@pytest.fixture(scope="module")
def worker() -> Iterator[None]:
    # Celery asks once whether it logs at this level.
    logging.getLogger("celery").setLevel(logging.INFO)
    # The application's logging, not one that Celery would make.
    signals.setup_logging.connect(no_logging)
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="INFO"):
        yield
    signals.setup_logging.disconnect(no_logging)
    logging.getLogger("celery").setLevel(logging.NOTSET)


def no_logging(**_: Any) -> None:
    """A receiver keeps Celery from setting up logging."""


@pytest.fixture
def eager() -> Iterator[None]:
    app.conf.task_always_eager = True
    yield
    app.conf.task_always_eager = False


def seen() -> dict[str, Any]:
    """What a record of now carries."""
    record = logging.makeLogRecord({})
    CorrelationFilter().filter(record)
    names = ("correlation_id", "school_id", "user_id", "role", "trace_id", "span_id")
    return {name: getattr(record, name, None) for name in names}


@app.task(name="look")
def look(*_: Any) -> dict[str, Any]:
    logger.info("look")
    return seen()


@app.task(name="look_twice")
def look_twice() -> list[dict[str, Any]]:
    """Its own context, and that of a task that it sends."""
    CorrelationID.set("own")
    result = look.apply_async()
    with_own = seen()
    # One worker, one task at a time: it runs when this one has ended.
    return [with_own, result.id]  # type: ignore[list-item]


@app.task(name="retried", bind=True, max_retries=2)
def retried(self: Any) -> list[Any]:
    logger.info("try %d", self.request.retries)
    if self.request.retries < 2:
        raise self.retry(countdown=0)
    return [self.request.retries, seen()]


@app.task(name="outer")
def outer() -> list[Any]:
    CorrelationID.set("of outer")
    inner = setting.apply().get(disable_sync_subtasks=False)
    return [inner, seen()]


@app.task(name="setting")
def setting() -> dict[str, Any]:
    before = seen()
    CorrelationID.set("of inner")
    BusinessContext.set_context(role="inner")
    return before


@app.task(name="pay", typing=False)
def pay(email: str, password: str, amount: int = 0, *more: Any, **options: Any) -> str:
    if options.get("fail"):
        raise ValueError(f"no account for {email}")
    return f"sent to {email}"


@app.task(name="steps", bind=True)
def steps(self: Any, email: str, password: str) -> None:
    raise ValueError("no")


@pytest.fixture
def caller() -> Iterator[dict[str, Any]]:
    """The context of who sends tasks, as the worker's records have it."""
    context = _context.Context("mine", {"school_id": 7}, TRACE, SPAN, True)
    with _context.use(context):
        yield {
            "correlation_id": "mine",
            "school_id": 7,
            "user_id": None,
            "role": None,
            "trace_id": TRACE,
            "span_id": SPAN,
        }


def done(result: Any) -> Any:
    return result.get(timeout=60, interval=0.01, disable_sync_subtasks=False)


# ---- the context


def test_a_task_has_the_context_of_its_sender(
    worker: None, caller: dict[str, Any]
) -> None:
    assert done(look.delay()) == caller
    assert done(look.apply_async(countdown=0.01)) == caller
    assert done(app.send_task("look")) == caller


def test_the_lines_of_a_task_and_of_its_end(worker: None, lines: Lines) -> None:
    with _context.use(_context.Context("another")):
        result = look.delay()
        done(result)
    part = f"{result.id}] succeeded"
    wait_for(lines, part)
    (ended,) = (r for r in lines.records if part in r.getMessage())
    assert ended.correlation_id == lines.of("look").correlation_id == "another"


def wait_for(lines: Lines, part: str) -> None:
    """A result is there before Celery has logged it."""
    import time

    end = time.monotonic() + 30
    while not any(part in record.getMessage() for record in lines.records):
        assert time.monotonic() < end, f"no {part!r}"
        time.sleep(0.01)


def test_nothing_is_left_for_the_next_task(worker: None) -> None:
    with _context.use(_context.Context("mine", {"user_id": 1}, TRACE, SPAN)):
        done(look.delay())
    result = look.delay()
    found = done(result)
    assert found["correlation_id"] == result.id, "the task's own, as it is the root"
    assert [found[name] for name in ("user_id", "trace_id")] == [None, None]


def test_retries(worker: None, caller: dict[str, Any]) -> None:
    assert done(retried.delay()) == [2, caller]


def test_chains_groups_and_chords(worker: None, caller: dict[str, Any]) -> None:
    assert done(chain(look.s(), look.s(), look.s()).delay()) == caller
    assert done(group(look.s(), look.s()).delay()) == [caller, caller]
    assert done(chord([look.s(), look.s()], look.s()).delay()) == caller


def test_tasks_that_a_task_sends(worker: None, caller: dict[str, Any]) -> None:
    own, sent = done(look_twice.delay())
    assert own == {**caller, "correlation_id": "own"}
    assert done(app.AsyncResult(sent)) == own


def test_eager_tasks(caller: dict[str, Any], eager: None) -> None:
    assert done(look.delay()) == caller
    assert done(look.apply()) == caller
    assert done(retried.delay()) == [2, caller]
    assert done(setting.delay()) == caller
    assert seen() == caller, "what an eager task sets is its own"


def test_eager_tasks_within_tasks(worker: None, caller: dict[str, Any]) -> None:
    inner, after = done(outer.delay())
    assert inner == after == {**caller, "correlation_id": "of outer"}


def test_eager_tasks_without_a_context(lines: Lines) -> None:
    result = look.apply()
    assert done(result)["correlation_id"] == result.id
    assert lines.of("look").correlation_id == result.id


def test_an_eager_task_that_raises(lines: Lines) -> None:
    with pytest.raises(ValueError):
        steps.apply((EMAIL, SECRET), throw=True)
    assert steps.apply((EMAIL, SECRET)).failed()
    retried.apply()
    with pytest.raises(Retry):
        retried.apply(throw=True, retries=0)


def test_the_user_of_a_request(worker: None) -> None:
    class User:
        id = 42

    def respond(request: Any) -> HttpResponse:
        request.user = User()
        found.update(done(look.delay()))
        return HttpResponse()

    found: dict[str, Any] = {}
    request = RequestFactory().get(
        "/", HTTP_X_REQUEST_ID="mine", HTTP_TRACEPARENT=f"00-{TRACE}-{SPAN}-01"
    )
    LoggingContextMiddleware(respond)(request)
    assert (found["correlation_id"], found["user_id"]) == ("mine", 42)
    assert (found["trace_id"], found["span_id"]) == (TRACE, SPAN)


def test_the_active_span_is_what_is_sent(worker: None) -> None:
    with TracerProvider().get_tracer("x").start_as_current_span("send") as span:
        found = done(look.delay())
    ids = span.get_span_context()
    assert found["trace_id"] == found["correlation_id"] == f"{ids.trace_id:032x}"
    assert found["span_id"] == f"{ids.span_id:016x}"


def test_a_traceparent_of_the_caller_stays(
    worker: None, caller: dict[str, Any]
) -> None:
    other = f"00-{TRACE[::-1]}-{SPAN[::-1]}-01"
    found = done(look.apply_async(headers={"traceparent": other}))
    assert found["trace_id"] == TRACE[::-1] and found["correlation_id"] == "mine"


@pytest.mark.parametrize(
    "header",
    [
        "mine",
        ["mine"],
        {"correlation_id": 7},
        {"correlation_id": "a\nb"},
        {"correlation_id": "a" * 10_240},
        {"correlation_id": "", "business": "x"},
    ],
)
def test_a_header_that_is_not_one_of_ours(worker: None, header: Any) -> None:
    for traceparent in (None, 7, "00-00-00-00"):
        headers = {HEADER: header, "traceparent": traceparent}
        result = look.apply_async(headers=headers)
        found = done(result)
        assert found["correlation_id"] == result.id and found["trace_id"] is None


def test_values_that_no_transport_carries(worker: None) -> None:
    import uuid
    from decimal import Decimal

    school = uuid.uuid4()
    with _context.use(_context.Context("mine")):
        BusinessContext.set_context(school_id=school, user_id=7, role=Decimal("1.5"))
        found = done(look.delay())
    assert [found[n] for n in ("school_id", "user_id", "role")] == [
        str(school),
        7,
        "1.5",
    ]


# ---- what Celery shows


@pytest.fixture
def events() -> Iterator[list[dict[str, Any]]]:
    """Every event that the app or its worker sends, as it leaves."""
    from celery.events.dispatcher import EventDispatcher

    caught: list[dict[str, Any]] = []
    original = EventDispatcher._publish

    def publish(self: Any, event: Any, *args: Any, **kwargs: Any) -> None:
        caught.append(dict(event))

    EventDispatcher._publish = publish
    yield caught
    EventDispatcher._publish = original


@pytest.fixture
def sent() -> Iterator[list[dict[str, Any]]]:
    """The headers of every message that is sent."""
    caught: list[dict[str, Any]] = []

    def receive(headers: dict[str, Any], **_: Any) -> None:
        caught.append(headers)

    signals.before_task_publish.connect(receive)
    yield caught
    signals.before_task_publish.disconnect(receive)


def test_arguments_are_known_by_their_parameters(
    sent: list[Any], events: list[Any]
) -> None:
    pay.delay(EMAIL, SECRET, 25, {"cvv": "737", "n": 1}, iban="x", token=SECRET)
    (headers,) = sent
    assert headers["argsrepr"] == (
        f"('{MASKED_EMAIL}', '[REDACTED]', 25, {{'cvv': '[REDACTED]', 'n': 1}})"
    )
    assert "'token': '[REDACTED]'" in headers["kwargsrepr"]
    (event,) = (each for each in events if each["type"] == "task-sent")
    assert event["name"] == "pay"
    assert event["args"] == headers["argsrepr"]
    assert event["kwargs"] == headers["kwargsrepr"]
    assert event["uuid"] == headers["id"]
    app.control.purge()


@pytest.mark.parametrize(
    ("args", "kwargs", "shown"),
    [
        ((), {}, ("()", "{}")),
        (
            (EMAIL,),
            {"password": SECRET},
            (f"('{MASKED_EMAIL}',)", "{'password': '[REDACTED]'}"),
        ),
        (None, None, ("()", "{}")),
        ([1, None], {"amount": 2}, ("(1, None)", "{'amount': 2}")),
    ],
)
def test_representations(sent: list[Any], args: Any, kwargs: Any, shown: Any) -> None:
    pay.apply_async(args, kwargs)
    assert (sent[0]["argsrepr"], sent[0]["kwargsrepr"]) == shown
    app.control.purge()


def test_long_arguments_are_cut_as_celery_cuts_them(sent: list[Any]) -> None:
    look.delay("x" * 10_000)
    assert len(sent[0]["argsrepr"]) < 2_000 and "..." in sent[0]["argsrepr"][-9:]
    app.control.purge()


def test_representations_of_the_caller_are_redacted(sent: list[Any]) -> None:
    pay.apply_async((EMAIL, SECRET), argsrepr=f"({EMAIL}, ...)", kwargsrepr="none")
    assert sent[0]["argsrepr"] == f"({MASKED_EMAIL}, ...)"
    assert sent[0]["kwargsrepr"] == "none"
    app.control.purge()


def test_a_task_that_is_known_elsewhere(sent: list[Any]) -> None:
    app.send_task("elsewhere", (EMAIL, 7), {"password": SECRET})
    assert sent[0]["argsrepr"] == f"('{MASKED_EMAIL}', 7)"
    assert sent[0]["kwargsrepr"] == "{'password': '[REDACTED]'}"
    app.control.purge()


def test_wrong_arguments_are_an_error_of_celery() -> None:
    with pytest.raises(TypeError, match="task args must be a list or tuple"):
        app.send_task("elsewhere", 7)


def test_the_task_gets_its_arguments_as_they_are(worker: None) -> None:
    assert done(pay.delay(EMAIL, SECRET)) == f"sent to {EMAIL}"


def shown_by(records: list[Any]) -> str:
    """Messages and the `data` of Celery's own records, which have no filter but ours for the context."""
    return "\n".join(
        f"{record.getMessage()} {getattr(record, 'data', '')}" for record in records
    )


def test_celery_logs_no_argument(worker: None, lines: Lines) -> None:
    result = steps.delay(EMAIL, SECRET)
    with pytest.raises(ValueError):
        done(result)
    wait_for(lines, f"{result.id}] raised unexpected")
    ours = [r for r in lines.records if result.id in r.getMessage()]
    assert {record.name for record in ours} == {
        "celery.worker.strategy",
        "celery.app.trace",
    }
    text = shown_by(ours)
    assert SECRET not in text and EMAIL not in text
    assert text.count(f"('{MASKED_EMAIL}', '[REDACTED]')") == 2


def test_celery_logs_no_argument_of_an_eager_task(lines: Lines) -> None:
    steps.apply((EMAIL,), {"password": SECRET})
    (record,) = (r for r in lines.records if r.name == "celery.app.trace")
    assert record.data["args"] == f"('{MASKED_EMAIL}',)"
    assert record.data["kwargs"] == "{'password': '[REDACTED]'}"


def test_events_of_the_worker(worker: None, events: list[Any]) -> None:
    done(pay.delay(EMAIL, SECRET))
    with pytest.raises(ValueError):
        done(pay.delay(EMAIL, SECRET, fail=True))
    import time

    end = time.monotonic() + 30
    while not {"task-succeeded", "task-failed"} <= {e["type"] for e in events}:
        assert time.monotonic() < end, [e["type"] for e in events]
        time.sleep(0.01)
    text = repr(events)
    assert SECRET not in text and EMAIL not in text
    by_type = {event["type"]: event for event in events}
    assert MASKED_EMAIL in by_type["task-succeeded"]["result"]
    assert f"no account for {MASKED_EMAIL}" in by_type["task-failed"]["traceback"]
    assert by_type["task-received"]["args"] == f"('{MASKED_EMAIL}', '[REDACTED]')"
    assert all("@" in e["hostname"] for e in events if e["type"] != "task-sent")


def test_events_of_the_application(events: list[Any]) -> None:
    pay.send_event("pay-refused", order="u-1", to=EMAIL, amount=25, password=SECRET)
    (event,) = (each for each in events if each["type"] == "pay-refused")
    assert (event["to"], event["amount"]) == (MASKED_EMAIL, 25)
    assert event["password"] == "[REDACTED]" and event["order"] == "u-1"


# ---- installing


def test_installing_twice_changes_the_redactor_only(
    sent: list[Any], caller: dict[str, Any]
) -> None:
    install(redactor=Redactor({"detectors": {"contact.email": "label"}}))
    try:
        pay.delay(EMAIL, SECRET)
        assert sent[0]["argsrepr"] == "('[REDACTED:contact.email]', '[REDACTED]')"
        assert sent[0][HEADER] == {
            "correlation_id": "mine",
            "business": {"school_id": 7},
        }
    finally:
        install()
    app.control.purge()


def test_a_redactor_that_cannot_be_had(
    sent: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Wrong settings keep no task from being sent, and show nothing."""

    def wrong() -> Redactor:
        raise RuntimeError

    from scrubline.integrations import celery

    monkeypatch.setattr(celery._process, "_resolve", wrong)
    celery._process.give(None)
    pay.delay(EMAIL, SECRET)
    assert sent[0]["argsrepr"] == sent[0]["kwargsrepr"] == "[REDACTED:error]"
    monkeypatch.undo()
    app.control.purge()
