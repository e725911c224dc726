"""The filter: what becomes of a LogRecord."""

from __future__ import annotations

import collections
import copy
import datetime
import decimal
import io
import json
import logging
import logging.handlers
import pickle
import queue
import sys
import traceback
import types
import uuid
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import EMAIL, MASKED_EMAIL, SECRET, raised
from scrubline import Redactor
from scrubline.logging import CorrelationFilter, JSONFormatter, SensitiveDataFilter

Make = Callable[..., logging.LogRecord]
ERROR = "[REDACTED:error]"


@pytest.fixture
def redact() -> Callable[[logging.LogRecord], logging.LogRecord]:
    redactor = Redactor()
    sensitive = SensitiveDataFilter(redactor=redactor)

    def run(record: logging.LogRecord) -> logging.LogRecord:
        assert sensitive.filter(record) is True
        return record

    run.redactor = redactor  # type: ignore[attr-defined]
    return run


def test_the_documents_own_test() -> None:
    record = logging.LogRecord(
        name="test",
        level=logging.INFO,
        pathname="",
        lineno=0,
        msg="User email: user@example.com password: secret123",
        args=(),
        exc_info=None,
    )
    SensitiveDataFilter().filter(record)
    assert "***@example.com" in record.getMessage()
    assert "[REDACTED]" in record.getMessage()
    assert "secret123" not in record.getMessage()


# Message and arguments


@pytest.mark.parametrize(
    ("msg", "args"),
    [
        ("clean", ()),
        ("Payment %s for %d", ("ok", 42)),
        ("%(a)s and %(b)d", ({"a": "x", "b": 2},)),
        ("100%", ()),
        ("%s %s", (datetime.date(2024, 1, 1), uuid.UUID(int=7))),
        ("%.2f %r %5s", (decimal.Decimal("2.5"), ["x"], None)),
    ],
)
def test_a_clean_record_keeps_its_objects(
    record: Make, redact: Any, msg: str, args: tuple[object, ...]
) -> None:
    made = record(msg, *args)
    msg_before, args_before, items = made.msg, made.args, list(made.args or ())
    redact(made)
    assert (
        made.msg is msg_before
        and made.args is args_before
        and list(made.args or ()) == items
    )


@pytest.mark.parametrize(
    ("msg", "args", "kept", "text"),
    [
        ("mail %s", (EMAIL,), (MASKED_EMAIL,), f"mail {MASKED_EMAIL}"),
        ("mail %s n %d", (EMAIL, 3), (MASKED_EMAIL, 3), f"mail {MASKED_EMAIL} n 3"),
        ("mail %r", (EMAIL,), (MASKED_EMAIL,), f"mail '{MASKED_EMAIL}'"),
        ("mail %s", ([EMAIL],), ([MASKED_EMAIL],), f"mail ['{MASKED_EMAIL}']"),
        (f"to {EMAIL} %s", ("ok",), ("ok",), f"to {MASKED_EMAIL} ok"),
        (
            "%s",
            ({"password": SECRET},),
            {"password": "[REDACTED]"},
            "{'password': '[REDACTED]'}",
        ),
        (
            "%(mail)s",
            ({"mail": EMAIL, "password": SECRET},),
            {"mail": MASKED_EMAIL, "password": "[REDACTED]"},
            MASKED_EMAIL,
        ),
        (
            "sign-in %(password)s",
            ({"password": SECRET},),
            {"password": "[REDACTED]"},
            "sign-in [REDACTED]",
        ),
        ("%.4s", (EMAIL,), (MASKED_EMAIL,), None),
    ],
)
def test_shape_is_kept_where_both_ways_agree(
    record: Make,
    redact: Any,
    msg: str,
    args: tuple[object, ...],
    kept: object,
    text: str | None,
) -> None:
    made = redact(record(msg, *args))
    if text is None:
        assert EMAIL[:4] not in made.getMessage() or made.args == ()
    else:
        assert made.args == kept
        assert made.getMessage() == text


@pytest.mark.parametrize(
    ("msg", "args", "text"),
    [
        ("password=%s", (SECRET,), "password=[REDACTED]"),
        ("card 41111111%s", ("11111111",), "card ****-****-****-1111"),
        ("card %s%s", ("41111111", "11111111"), "card ****-****-****-1111"),
        ("card %d", (4111111111111111,), "card ****-****-****-1111"),
        ("%s: %s", ("password", SECRET), "password: [REDACTED]"),
        ("%s@%s", ("ana", "example.pt"), MASKED_EMAIL),
        ("password=%(word)s", ({"word": SECRET},), "password=[REDACTED]"),
        (
            "pin %(pin)s password=%(word)s",
            ({"pin": "123456", "word": SECRET},),
            "pin [REDACTED] password=[REDACTED]",
        ),
    ],
)
def test_a_secret_that_only_the_whole_shows(
    record: Make, redact: Any, msg: str, args: tuple[object, ...], text: str
) -> None:
    made = redact(record(msg, *args))
    assert (made.msg, made.args) == (text, ())
    assert made.getMessage() == text


def test_the_template_is_remembered(record: Make, redact: Any) -> None:
    one, two = (
        redact(record("password=%s", SECRET)),
        redact(record("password=%s", "other-Secret-1")),
    )
    assert one._scrubline.template == two._scrubline.template == "password=%s"


def test_arguments_that_the_message_does_not_show(record: Make, redact: Any) -> None:
    made = redact(record("user %(id)s", {"id": 7, "password": SECRET, "note": EMAIL}))
    assert made.args == {"id": 7, "password": "[REDACTED]", "note": MASKED_EMAIL}


@pytest.mark.parametrize("args", [("one",), (1, 2, 3), ({"a": EMAIL},), (EMAIL,)])
def test_a_broken_template(record: Make, redact: Any, args: tuple[object, ...]) -> None:
    made = redact(record(f"password=hunter2 {EMAIL} %d %s %(x)d", *args))
    assert made.args == ()
    message = made.getMessage()
    assert "hunter2" not in message and EMAIL not in message and MASKED_EMAIL in message


@pytest.mark.parametrize(
    ("msg", "args", "text"),
    [
        ("api_key=%d", ("LjmA08spvug30uImvEji2Q9y",), "api_key=[REDACTED]"),
        ("card %d%d", ("41111111", "11111111"), "card ****-****-****-1111"),
        ("of %s for %s", ("x",), "of x for %s"),
        ("only %s", ("x", EMAIL, 3), f"only x '{MASKED_EMAIL}' 3"),
        ("%(a)d %(b)s", ({"a": "x"},), "x %(b)s"),
        ("100% sure of %d %%", ("x",), "100% sure of x %"),
        ("%-5.2f|%q", (EMAIL, 2), f"{MASKED_EMAIL}|2"),
        ("%", (EMAIL,), f"% '{MASKED_EMAIL}'"),
        ("password=%d", ({"n": 1, "password": SECRET},), None),
        ("password={}", (SECRET,), "password=[REDACTED]"),
        ("of {0} password={1!r:>9} ok", ("x", SECRET), "of x password=[REDACTED] ok"),
        ("of %s password={}", ("x", SECRET), "of x password=[REDACTED]"),
        ("{{}} {name} {", (EMAIL,), f"{{{{}}}} {{name}} {{ '{MASKED_EMAIL}'"),
        ("{} and {}", ("x",), "x and {}"),
        ("{7}", ("x",), "{7} 'x'"),
    ],
)
def test_a_broken_template_is_read_as_it_was_meant(
    record: Make, redact: Any, msg: str, args: tuple[object, ...], text: str | None
) -> None:
    made = redact(record(msg, *args))
    assert made.args == () and SECRET not in made.msg
    assert text is None or made.msg == text


class InBraces(logging.LogRecord):
    def getMessage(self) -> str:
        return str(self.msg).format(*self.args or ())


def in_braces(record: Make, *args: Any, **extra: object) -> logging.LogRecord:
    before = logging.getLogRecordFactory()
    logging.setLogRecordFactory(InBraces)
    try:
        return record(*args, **extra)
    finally:
        logging.setLogRecordFactory(before)


@pytest.mark.parametrize(
    ("msg", "args", "text"),
    [
        ("password={}", (SECRET,), "password=[REDACTED]"),
        ("to {0} {0!r:>20}", (EMAIL,), f"to {MASKED_EMAIL}     '{MASKED_EMAIL}'"),
        ("of {0[password]} {1}", ({"password": SECRET}, 7), "of [REDACTED] 7"),
        ("{{}} 100% {}", (EMAIL,), f"{{}} 100% {MASKED_EMAIL}"),
        (f"to {EMAIL}", (), f"to {MASKED_EMAIL}"),
        # It raises: as `logging` itself shows it.
        ("password={} {}", (SECRET,), "password=[REDACTED] {}"),
        ("password={x}", (), "password={x}"),
        ("clean {}", ("x",), "clean x"),
    ],
)
def test_a_record_class_with_a_message_of_its_own(
    record: Make, redact: Any, msg: str, args: tuple[object, ...], text: str
) -> None:
    assert JSONFormatter().format(in_braces(record, msg, *args)).count(text) == 1
    made = redact(in_braces(record, msg, *args))
    assert json.loads(JSONFormatter().format(made))["message"] == text
    if text != msg:
        assert logging.Formatter().format(made) == text
        for copied in (copy.copy(made), pickle.loads(pickle.dumps(made))):
            assert redact(copied).getMessage() == text
    made.msg, made.args = "later {}", (EMAIL,)
    assert redact(made).getMessage() == f"later {MASKED_EMAIL}"


@pytest.mark.parametrize("args", [(), ("x",), (SECRET,)])
def test_a_log_server_without_scrubline_reads_records(
    record: Make, redact: Any, args: tuple[object, ...]
) -> None:
    made = redact(record("password=%s" if args else "x", *args, user=EMAIL))
    CorrelationFilter().filter(made)
    sent = logging.handlers.SocketHandler("127.0.0.1", 0).makePickle(made)[4:]

    class Foreign(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> Any:
            assert not module.startswith("scrubline")
            return super().find_class(module, name)

    read = logging.makeLogRecord(Foreign(io.BytesIO(sent)).load())
    assert read.getMessage() == made.getMessage()
    assert (SECRET in repr(vars(read)), EMAIL in repr(vars(read))) == (False, False)


def test_a_clean_record_of_another_class_keeps_its_objects(
    record: Make, redact: Any
) -> None:
    made = in_braces(record, "clean {}", "x")
    redact(made)
    assert (made.msg, made.args) == ("clean {}", ("x",))
    assert "getMessage" not in vars(made)


def test_a_message_method_that_was_set_on_a_record(record: Make, redact: Any) -> None:
    made = record("clean")
    made.getMessage = lambda: f"to {EMAIL}"
    assert f'"message":"to {MASKED_EMAIL}"' in JSONFormatter().format(made)
    assert redact(made).getMessage() == made.msg == f"to {MASKED_EMAIL}"
    made = record("clean", getMessage=SECRET)
    assert SECRET not in f"{vars(redact(made))}" and made.getMessage() == "clean"


def test_a_record_of_another_class_fails_closed(record: Make) -> None:
    class Interrupted(InBraces):
        def getMessage(self) -> str:
            raise KeyboardInterrupt

    made = in_braces(record, "password={}", SECRET)
    made.__class__ = Interrupted
    with pytest.raises(KeyboardInterrupt):
        SensitiveDataFilter().filter(made)


NAMES = ("name", "threadName", "processName", "taskName")


@pytest.mark.parametrize("name", NAMES)
def test_names_that_were_made_of_data(record: Make, redact: Any, name: str) -> None:
    for _ in range(2):
        made = record("m")
        setattr(made, name, f"mail {EMAIL}")
        assert EMAIL not in JSONFormatter().format(made)
        assert getattr(redact(made), name) == f"mail {MASKED_EMAIL}"
    assert redact.redactor.report()["total"] == 2
    redact.redactor.register(["Thread-1-of-Ana"])
    made = record("m")
    setattr(made, name, "Thread-1-of-Ana")
    assert getattr(redact(made), name) == "[REDACTED]"


def test_the_names_that_are_known_follow_the_policy(record: Make) -> None:
    redactor = Redactor()
    sensitive = SensitiveDataFilter(redactor=redactor)
    for number in range(3000):
        made = record("m", name=f"shop.{number}")
        sensitive.filter(made)
        assert made.name == f"shop.{number}"
    redactor.register(["shop.2999"])
    sensitive.filter(made := record("m", name="shop.2999"))
    assert made.name == "[REDACTED]"
    redactor.reload({"detectors": {"contact.email": "keep"}})
    sensitive.filter(made := record("m", name=EMAIL))
    assert made.name == EMAIL
    redactor.reload({})
    sensitive.filter(made := record("m", name=EMAIL))
    assert made.name == MASKED_EMAIL


@pytest.mark.parametrize(
    "name",
    [
        "MainThread",
        "MainProcess",
        "Thread-140234866534144 (process_request_thread)",
        "ThreadPoolExecutor-0_15",
        "ForkPoolWorker-12",
        "SpawnProcess-1:2",
        "Task-1234567",
        "django.contrib.auth.password_validation",
        "security.auth_failures",
        "shop.tokens.api_key",
    ],
)
def test_names_as_programs_give_them_stay(record: Make, redact: Any, name: str) -> None:
    made = record("m", name=name)
    made.threadName = made.processName = made.taskName = name
    redact(made)
    assert {getattr(made, each) for each in NAMES} == {name}


def test_a_redacted_integer_never_breaks_its_template(
    record: Make, redact: Any
) -> None:
    for msg in ("card %d", "card %05d", "card %x and %s"):
        made = redact(record(msg, *([4111111111111111, "x"][: msg.count("%")])))
        assert "4111111111111111" not in made.getMessage()


@pytest.mark.parametrize(
    ("msg", "expected"),
    [
        ({"password": SECRET, "n": 1}, {"password": "[REDACTED]", "n": 1}),
        ([EMAIL], [MASKED_EMAIL]),
        (EMAIL.encode(), MASKED_EMAIL.encode()),
        (4111111111111111, "****-****-****-1111"),
        (7, 7),
        (None, None),
    ],
)
def test_a_message_that_is_no_text(
    record: Make, redact: Any, msg: object, expected: object
) -> None:
    made = redact(record(msg))
    assert made.msg == expected and type(made.msg) is type(expected)
    assert SECRET not in made.getMessage() and EMAIL not in made.getMessage()


def test_an_exception_as_message_and_as_argument(record: Make, redact: Any) -> None:
    made = redact(record(ValueError(f"for {EMAIL}")))
    assert (
        isinstance(made.msg, ValueError) and made.getMessage() == f"for {MASKED_EMAIL}"
    )
    made = redact(record("failed: %s", ValueError(f"for {EMAIL}")))
    assert (
        isinstance(made.args[0], ValueError)
        and made.getMessage() == f"failed: for {MASKED_EMAIL}"
    )
    clean = ValueError("fine")
    assert redact(record("failed: %s", clean)).args == (clean,)


def test_objects_as_arguments(record: Make, redact: Any) -> None:
    class User:
        def __init__(self, mail: str) -> None:
            self.mail = mail

        def __str__(self) -> str:
            return self.mail

    dirty, clean = User(EMAIL), User("nobody")
    made = redact(record("%s %s", dirty, clean))
    assert made.getMessage() == f"{MASKED_EMAIL} nobody"
    assert isinstance(made.args[0], User) and made.args[0].mail == EMAIL
    assert made.args[1] is clean
    assert dirty.mail == EMAIL


def test_a_lazy_string(record: Make, redact: Any) -> None:
    from django.utils.functional import lazystr

    clean = lazystr("fine")
    assert redact(record("%s", clean)).args[0] is clean
    assert redact(record("%s", lazystr(EMAIL))).getMessage() == MASKED_EMAIL
    assert redact(record(lazystr(EMAIL))).getMessage() == MASKED_EMAIL


def test_uvicorns_five_arguments_stay_five(record: Make, redact: Any) -> None:
    template = '%s - "%s %s HTTP/%s" %d'
    for path, shown in (
        ("/x?token=abcdefghijklmnop1234", None),
        (f"/u/{EMAIL}", f"/u/{MASKED_EMAIL}"),
        ("/plain", "/plain"),
    ):
        made = redact(
            record(
                template, "10.0.0.1:80", "GET", path, "1.1", 200, name="uvicorn.access"
            )
        )
        assert len(made.args) == 5 and made.args[4] == 200 and made.msg == template
        assert (
            "abcdefghijklmnop1234" not in made.getMessage()
            and EMAIL not in made.getMessage()
        )
        assert shown is None or made.args[2] == shown
    made = redact(
        record(
            '%s "%s password=%s HTTP/%s" %d',
            "10.0.0.1:80",
            "GET",
            SECRET,
            "1.1",
            200,
            name="uvicorn.access",
        )
    )
    assert (
        len(made.args) == 5 and made.args[4] == 200 and SECRET not in made.getMessage()
    )


# Extras


def test_extras_are_copies(record: Make, redact: Any) -> None:
    context = {"source": {"password": SECRET, "mails": [EMAIL]}, "n": 1}
    clean = {"x": [1]}
    made = redact(
        record(
            "m",
            context=context,
            password=SECRET,
            clean=clean,
            amount=decimal.Decimal("2.5"),
            mail=EMAIL,
        )
    )
    assert made.context == {
        "source": {"password": "[REDACTED]", "mails": [MASKED_EMAIL]},
        "n": 1,
    }
    assert (made.password, made.mail, made.amount) == (
        "[REDACTED]",
        MASKED_EMAIL,
        decimal.Decimal("2.5"),
    )
    assert made.clean is clean
    assert context == {"source": {"password": SECRET, "mails": [EMAIL]}, "n": 1}


def test_standard_attributes_are_no_extras(record: Make, redact: Any) -> None:
    made = record("m", name="password")
    made.taskName = "Task-12"
    before = {name: value for name, value in vars(made).items()}
    redact(made)
    assert {
        name: value for name, value in vars(made).items() if name != "_scrubline"
    } == before


def test_objects_in_extras_are_wrapped(record: Make, redact: Any) -> None:
    class Request:
        shown = 0

        def __init__(self) -> None:
            self.META = {"REMOTE_ADDR": "10.0.0.1", "HTTP_COOKIE": SECRET}

        def __repr__(self) -> str:
            Request.shown += 1
            return f"<Request {EMAIL}>"

    request = Request()
    made = redact(record("m", request=request, nested={"request": request}))
    assert Request.shown == 0, "shown before anybody asked"
    assert isinstance(made.request, Request) and made.request.META is request.META
    assert (
        str(made.request)
        == repr(made.request)
        == f"{made.request}"
        == f"<Request {MASKED_EMAIL}>"
    )
    assert made.nested["request"] == request and hash(made.request) == hash(request)
    assert pickle.loads(pickle.dumps(made.request)) == f"<Request {MASKED_EMAIL}>"
    assert copy.copy(made.request).META is request.META
    assert not callable(made.request) and not hasattr(type(made.request), "__iter__"), (
        "it can do more than what it stands for"
    )


def test_wrapped_objects_can_do_what_their_type_can(record: Make, redact: Any) -> None:
    class Basket:
        def __init__(self) -> None:
            self.items = ["a", "b"]

        def __len__(self) -> int:
            return 2

        def __iter__(self) -> Any:
            return iter(self.items)

        def __getitem__(self, at: int) -> str:
            return self.items[at]

        def __call__(self, n: int) -> int:
            return n + 1

        def __index__(self) -> int:
            return 7

    made = redact(record("m", basket=Basket())).basket
    assert (len(made), list(made), made[1], made(1), [*range(9)][made], bool(made)) == (
        2,
        ["a", "b"],
        "b",
        2,
        7,
        True,
    )
    made.items = []
    assert list(made) == []


def test_wrapped_objects_that_raise_when_shown(record: Make, redact: Any) -> None:
    class Broken:
        def __init__(self) -> None:
            self.n = 1

        def __repr__(self) -> str:
            raise ZeroDivisionError(SECRET)

    made = redact(record("m", broken=Broken()))
    assert str(made.broken) == ERROR


@pytest.mark.parametrize(
    ("msg", "args"),
    [
        ("password=%s", (SECRET,)),
        ("password={}", (SECRET,)),
        ("password=%(password)s", ({"password": SECRET},)),
        ("%s: %s", ("password", SECRET)),
    ],
)
def test_a_field_does_not_show_what_the_message_hides(
    record: Make, redact: Any, msg: str, args: tuple[object, ...]
) -> None:
    made = redact(record(msg, *args, z=SECRET, other="x"))
    assert SECRET not in made.getMessage()
    assert (made.z, made.other) == ("[REDACTED]", "x")
    made = record(msg, *args, z=SECRET)
    kept = Redactor({"fields": {"z": "keep"}})
    SensitiveDataFilter(redactor=kept).filter(made)
    assert made.z == SECRET


def test_a_field_shows_what_the_message_shows(record: Make, redact: Any) -> None:
    user = "ana-of-porto"
    made = redact(record("user %s password=%s", user, SECRET, who=user))
    assert made.who == user


def test_keys_and_dropped_extras(record: Make) -> None:
    made = record("m", grade=5, **{EMAIL: 1})
    SensitiveDataFilter(policy={"fields": {"grade": "drop"}}).filter(made)
    assert not hasattr(made, "grade")
    assert getattr(made, MASKED_EMAIL) == 1 and not hasattr(made, EMAIL)


# Exceptions and stacks


def test_exception_and_stack(record: Make, redact: Any) -> None:
    info = raised(ValueError(f"for {EMAIL}"), KeyError(f"password={SECRET}"))
    made = redact(record("m", exc_info=info, stack_info=f"Stack:\n  password={SECRET}"))
    kind, exc, tb = made.exc_info
    assert kind is ValueError and isinstance(exc, ValueError) and tb is info[2]
    assert exc.args == (f"for {MASKED_EMAIL}",)
    shown = (
        "".join(traceback.format_exception(*made.exc_info))
        + made.exc_text
        + made.stack_info
    )
    assert SECRET not in made.exc_text + made.stack_info and EMAIL not in made.exc_text
    assert EMAIL not in str(exc) + repr(exc) and MASKED_EMAIL in shown
    assert info[1].args == (f"for {EMAIL}",), "the application's exception was changed"


def test_text_that_an_earlier_formatter_left(record: Make, redact: Any) -> None:
    made = record("m", exc_info=raised(ValueError(EMAIL)))
    logging.Formatter("%(message)s").format(made)
    assert EMAIL in made.exc_text
    redact(made)
    assert EMAIL not in made.exc_text
    alone = record(f"to {EMAIL}")
    logging.Formatter("%(message)s").format(alone)
    alone.exc_text = f"ValueError: {EMAIL}"
    redact(alone)
    assert (alone.exc_text, alone.message) == (
        f"ValueError: {MASKED_EMAIL}",
        f"to {MASKED_EMAIL}",
    )


@pytest.mark.parametrize(
    "info",
    [
        (None, None, None),
        (),
        0,
        True,
        "text",
        (1, 2),
        (ValueError, ValueError(EMAIL), "no traceback"),
        ValueError(EMAIL),
    ],
)
def test_exc_info_of_odd_shapes(record: Make, redact: Any, info: object) -> None:
    made = record("m")
    made.exc_info = info  # type: ignore[assignment]
    redact(made)
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.handle(made)
    assert EMAIL not in out.getvalue() and EMAIL not in repr(made.exc_info)


# Once per record, and what comes after


def test_a_record_is_redacted_once(record: Make, redact: Any) -> None:
    for made in (
        record(f"a {EMAIL}"),
        record("b %s", EMAIL),
        record("c", mail=EMAIL, exc_info=raised(ValueError(EMAIL))),
    ):
        redact(made)
        before = dict(vars(made))
        total = redact.redactor.report()["total"]
        for other in (redact, redact):
            other(made)
        assert vars(made) == before and all(
            vars(made)[name] is before[name] for name in before
        )
        assert redact.redactor.report()["total"] == total


def test_findings_count_once(record: Make, redact: Any) -> None:
    redact(record("mail %s", EMAIL))
    redact(record("password=%s", SECRET))
    redact(record("x", mail=EMAIL))
    assert redact.redactor.report()["total"] == 3


def test_what_is_set_after_the_filter_is_redacted_by_the_formatter(
    record: Make, redact: Any
) -> None:
    for change in (
        {"mail": EMAIL},
        {"msg": f"to {EMAIL}"},
        {"args": (EMAIL,), "msg": "%s"},
        {"stack_info": EMAIL},
        {"exc_text": EMAIL},
        {"old": EMAIL},
    ):
        made = redact(record("m", old=1))
        vars(made).update(change)
        assert EMAIL not in JSONFormatter().format(made)


def test_a_copy_keeps_the_mark(record: Make, redact: Any) -> None:
    made = redact(record("mail %s", EMAIL, mail=EMAIL))
    total = redact.redactor.report()["total"]
    redact(copy.copy(made))
    assert redact.redactor.report()["total"] == total


@pytest.mark.parametrize("pickled", [False, True])
def test_queue_handlers(record: Make, redact: Any, pickled: bool) -> None:
    class Request:
        def __init__(self) -> None:
            self.lock = sys.stdout

    waiting: queue.Queue[logging.LogRecord] = queue.Queue()
    handler = logging.handlers.QueueHandler(waiting)
    handler.addFilter(SensitiveDataFilter())
    handler.handle(
        record(
            "password=%s",
            SECRET,
            exc_info=raised(ValueError(EMAIL)),
            context={"mail": EMAIL},
            request=Request(),
        )
    )
    got = waiting.get_nowait()
    if pickled:
        got = pickle.loads(pickle.dumps(got))
    out = io.StringIO()
    last = logging.StreamHandler(out)
    last.setFormatter(JSONFormatter())
    last.handle(got)
    assert SECRET not in out.getvalue() + repr(
        vars(got)
    ) and EMAIL not in out.getvalue() + repr(vars(got))
    assert "password=[REDACTED]" in out.getvalue()


# Faults


class Broken:
    def __init__(self, exc: BaseException) -> None:
        self.exc = exc

    def __str__(self) -> str:
        raise self.exc

    __repr__ = __str__


@pytest.mark.parametrize(
    "exc",
    [
        ZeroDivisionError(SECRET),
        RecursionError(SECRET),
        SystemExit(SECRET),
        MemoryError(SECRET),
    ],
    ids=lambda e: type(e).__name__,
)
def test_arguments_that_raise(record: Make, redact: Any, exc: BaseException) -> None:
    made = redact(record("value %s of %s", Broken(exc), EMAIL))
    message = made.getMessage()
    assert ERROR in message and MASKED_EMAIL in message and SECRET not in message
    made = redact(record(Broken(exc)))
    assert made.getMessage() == ERROR
    made = redact(record("m", broken=Broken(exc)))
    assert str(made.broken) == ERROR
    assert redact.redactor.report()["detectors"]["error"]["mask"] >= 3


def test_keyboard_interrupt_goes_on(record: Make, redact: Any) -> None:
    with pytest.raises(KeyboardInterrupt):
        redact(record("%s", Broken(KeyboardInterrupt())))


def test_records_that_are_none(redact: Any) -> None:
    class Slots:
        __slots__ = ("args", "exc_info", "exc_text", "msg", "stack_info")

    slots = Slots()
    slots.msg, slots.args = f"to {EMAIL}", (EMAIL,)
    redact(slots)
    assert (slots.msg, slots.args, slots.exc_info) == (ERROR, (), None)
    redact(object())
    redact(None)


def test_a_hostile_record_fails_closed(record: Make, redact: Any) -> None:
    class Key(str):
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            raise ZeroDivisionError(SECRET)

    made = record(f"to {EMAIL}", mail=EMAIL)
    vars(made)[Key("msg2")] = EMAIL
    redact(made)
    assert EMAIL not in repr([made.msg, made.args, made.mail])


def test_nothing_is_written_to_stderr(
    capfd: pytest.CaptureFixture[str], record: Make
) -> None:
    handler = logging.StreamHandler(io.StringIO())
    handler.addFilter(SensitiveDataFilter())
    for msg, args in (
        ("%d", (EMAIL,)),
        ("%s %s", (EMAIL,)),
        ("%(a)s", (EMAIL,)),
        ("%", (EMAIL,)),
        ("%z", (EMAIL,)),
    ):
        handler.handle(record(msg, *args))
    assert capfd.readouterr().err == ""


class Pairs(collections.abc.Mapping[str, Any]):
    def __init__(self, **pairs: Any) -> None:
        self.pairs = pairs

    def __getitem__(self, name: str) -> Any:
        return self.pairs[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self.pairs)

    def __len__(self) -> int:
        return len(self.pairs)


class Template:
    def __str__(self) -> str:
        return "lazy %s"


ODD: list[tuple[Any, Any]] = [
    ("%s", ({"a": 1},)),
    ("%s", ({},)),
    ("%s", {}),
    ("%(a)s", ({"a": 1},)),
    ("%s", {"a": 1}),
    ("%(a)s", (Pairs(a=1),)),
    ("%s", (Pairs(a=1),)),
    ("%(a)s", Pairs(a=1)),
    ("%s", (Pairs(),)),
    ("%(a)s", (collections.OrderedDict(a=1),)),
    ("%(a)s", (collections.ChainMap({"a": 1}),)),
    ("%(a)s", (types.MappingProxyType({"a": 1}),)),
    ("%()s", ({"": 1},)),
    ("%s", ([],)),
    ("%s", [1]),
    ("%s", ((),)),
    ("%s", "text"),
    ("%s", 0),
    ("%*d", (5, 3)),
    ("%c", (65,)),
    ("%s", ()),
    ("100%", ()),
    ("%%", ()),
    ({"a": 1}, ()),
    ({"a": "%s"}, ("x",)),
    ({}, ()),
    ([1, 2], ()),
    (None, ()),
    (b"bytes %s", ("x",)),
    (ValueError("of %s"), ("x",)),
    (Template(), ("x",)),
    ("\ud800 %s", ("\ud800",)),
    # Of which `logging` itself can make nothing.
    ("%(a)s", ({"b": 1},)),
    ("%s %(a)s", ({"a": 1},)),
    ("{}", ({},)),
    ("%d", ("x",)),
    (None, (1,)),
    ("%s %s", [1, 2]),
]


@pytest.mark.parametrize("by_call", [True, False], ids=["call", "record"])
@pytest.mark.parametrize(("msg", "args"), ODD)
def test_clean_records_of_odd_shapes_are_those_of_logging(
    capsys: pytest.CaptureFixture[str], msg: Any, args: Any, by_call: bool
) -> None:
    def written(*filters: logging.Filter) -> str:
        out, logger = io.StringIO(), logging.Logger("odd")
        logger.addHandler(handler := logging.StreamHandler(out))
        handler.filters.extend(filters)
        if by_call and isinstance(args, tuple):
            logger.error(msg, *args)
        else:
            given = {"name": "odd", "msg": msg, "args": args, "levelno": logging.ERROR}
            logger.handle(logging.makeLogRecord(given))
        return out.getvalue()

    plain, failed = written(), capsys.readouterr().err
    ours = written(SensitiveDataFilter())
    assert capsys.readouterr().err == "" and ours
    assert failed or ours == plain


def test_many_filters_and_handlers(record: Make) -> None:
    outs = [io.StringIO() for _ in range(3)]
    made = record("mail %s password=%s", EMAIL, SECRET, context={"mail": EMAIL})
    for out in outs:
        handler = logging.StreamHandler(out)
        handler.addFilter(SensitiveDataFilter())
        handler.setFormatter(logging.Formatter("%(message)s %(context)s"))
        handler.handle(made)
    assert {out.getvalue() for out in outs} == {
        f"mail {MASKED_EMAIL} password=[REDACTED] {{'mail': '{MASKED_EMAIL}'}}\n"
    }
