"""Stand-ins of exceptions."""

from __future__ import annotations

import logging
import pickle
import sys
import traceback
from typing import Any

import pytest
from conftest import EMAIL, MASKED_EMAIL, SECRET, raised
from scrubline import Redactor
from scrubline.logging import JSONFormatter, SensitiveDataFilter

ERROR, LIMIT = "[REDACTED:error]", "[REDACTED:limit]"


class PaymentError(Exception):
    def __init__(self, message: str, *, card: str, response: object = None) -> None:
        super().__init__(message)
        self.card, self.response = card, response

    def __str__(self) -> str:
        return f"{self.args[0]} with {self.card}"


def stand_in(exc: BaseException) -> Any:
    return Redactor().redact_value(exc)


def everything(exc: BaseException) -> str:
    return (
        "".join(traceback.format_exception(type(exc), exc, exc.__traceback__))
        + str(exc)
        + repr(exc)
        + repr(exc.args)
        + repr(vars(exc))
    )


def test_a_clean_exception_is_the_same_object() -> None:
    for exc in (
        ValueError("fine"),
        raised(KeyError("a"), ValueError("b"))[1],
        OSError(2, "No such file", "a/b"),
        KeyboardInterrupt(),
    ):
        assert stand_in(exc) is exc


def test_it_looks_like_the_original() -> None:
    exc = raised(PaymentError(f"for {EMAIL}", card="4111111111111111"))[1]
    made = stand_in(exc)
    assert isinstance(made, PaymentError)
    assert (type(made).__name__, type(made).__qualname__, type(made).__module__) == (
        PaymentError.__name__,
        PaymentError.__qualname__,
        __name__,
    )
    assert made.__traceback__ is exc.__traceback__
    assert made.args == (f"for {MASKED_EMAIL}",)
    assert made.card == "****-****-****-1111"
    assert str(made) == f"for {MASKED_EMAIL} with ****-****-****-1111"
    assert EMAIL not in everything(made) and "4111111111111111" not in everything(made)
    assert (exc.args, exc.card) == ((f"for {EMAIL}",), "4111111111111111")
    assert type(stand_in(exc)) is type(made), "classes of stand-ins are kept"


def test_causes_contexts_and_suppression() -> None:
    inner = raised(KeyError(EMAIL))[1]
    try:
        try:
            raise inner
        except KeyError:
            raise ValueError("outer")  # noqa: B904
    except ValueError as exc:
        made = stand_in(exc)
        assert (
            isinstance(made, ValueError)
            and isinstance(made.__context__, KeyError)
            and made.__context__.args == (MASKED_EMAIL,)
        )
        assert not made.__suppress_context__ and EMAIL not in everything(made)
    try:
        raise ValueError("outer") from inner
    except ValueError as exc:
        made = stand_in(exc)
        assert made.__cause__.args == (MASKED_EMAIL,) and made.__suppress_context__
    try:
        try:
            raise inner
        except KeyError:
            raise ValueError(EMAIL) from None
    except ValueError as exc:
        made = stand_in(exc)
        assert (
            made.__cause__ is None
            and made.__suppress_context__
            and made.__context__.args == (MASKED_EMAIL,)
        )


if sys.version_info >= (3, 11):

    def test_notes() -> None:
        exc = ValueError("fine")
        exc.add_note(f"password={SECRET}")
        made = stand_in(exc)
        assert made.__notes__ == ["password=[REDACTED]"] and exc.__notes__ == [
            f"password={SECRET}"
        ]
        assert SECRET not in everything(made)

    def test_groups() -> None:
        inner = ExceptionGroup(
            f"in {EMAIL}", [KeyError(EMAIL), raised(ValueError("x"), OSError(EMAIL))[1]]
        )
        group = ExceptionGroup("out", [inner, TypeError("fine")])
        made = stand_in(group)
        assert (
            isinstance(made, ExceptionGroup) and type(made).__name__ == "ExceptionGroup"
        )
        assert [type(member).__name__ for member in made.exceptions] == [
            "ExceptionGroup",
            "TypeError",
        ]
        assert made.exceptions[0].message == f"in {MASKED_EMAIL}"
        assert isinstance(made.exceptions[0].exceptions[1].__cause__, OSError)
        assert EMAIL not in everything(made) and MASKED_EMAIL in everything(made)
        assert made.split(TypeError)[0] is not None
        assert isinstance(
            stand_in(BaseExceptionGroup(EMAIL, [KeyboardInterrupt(EMAIL)])),
            BaseExceptionGroup,
        )

    def test_wide_and_deep_groups() -> None:
        wide = ExceptionGroup("wide", [ValueError(EMAIL) for _ in range(1000)])
        assert EMAIL not in everything(stand_in(wide))
        deep: Exception = ValueError(EMAIL)
        for _ in range(300):
            deep = ExceptionGroup("deep", [deep])
        assert EMAIL not in repr(stand_in(deep))


@pytest.mark.parametrize(
    "exc",
    [
        OSError(2, f"for {EMAIL}", f"/home/{EMAIL}", None, "/other"),
        FileNotFoundError(2, "No such file", EMAIL),
        UnicodeDecodeError("utf-8", EMAIL.encode() + b"\xff", 14, 15, "invalid"),
        UnicodeEncodeError("ascii", EMAIL + "é", 14, 15, "ordinal"),
        SyntaxError("bad", ("a.py", 1, 1, f"mail = '{EMAIL}'", 1, 2)),
        ImportError(EMAIL, name=EMAIL, path=EMAIL),
        StopIteration(EMAIL),
        SystemExit(EMAIL),
        KeyError(EMAIL),
        NameError(EMAIL, name=EMAIL),
        AttributeError(EMAIL, name="x", obj={"mail": EMAIL}),
    ],
    ids=lambda exc: type(exc).__name__,
)
def test_built_in_exceptions_with_fields(exc: BaseException) -> None:
    made = stand_in(exc)
    assert isinstance(made, type(exc)) and type(made).__name__ == type(exc).__name__
    fields = [
        getattr(made, name, None)
        for name in (
            "filename",
            "strerror",
            "object",
            "text",
            "name",
            "path",
            "value",
            "code",
            "obj",
            "msg",
        )
    ]
    assert EMAIL not in everything(made) + repr(fields)
    assert EMAIL.encode() not in (
        made.object if isinstance(exc, UnicodeDecodeError) else b""
    )


def test_attributes_are_guarded() -> None:
    class Response:
        def __init__(self) -> None:
            self.status = 402

        def __repr__(self) -> str:
            return f"<Response {EMAIL}>"

    exc = PaymentError("declined", card="x", response=Response())
    exc.self_reference = [exc]  # type: ignore[attr-defined]
    exc.password = SECRET  # type: ignore[attr-defined]
    made = stand_in(exc)
    assert made.password == "[REDACTED]" and made.response.status == 402
    assert repr(made.response) == f"<Response {MASKED_EMAIL}>" and SECRET not in repr(
        vars(made)
    )


def test_rings_and_long_chains() -> None:
    one, two = ValueError(EMAIL), KeyError(EMAIL)
    one.__context__, two.__context__ = two, one
    made = stand_in(one)
    assert made.__context__.__context__ is made and EMAIL not in everything(made)

    chain: BaseException = ValueError(EMAIL)
    for i in range(10_000):
        outer = ValueError(f"{i} {EMAIL}")
        outer.__cause__ = chain
        chain = outer
    made = stand_in(chain)
    links = 0
    link = made
    while link.__cause__ is not None:
        assert EMAIL not in str(link)
        link, links = link.__cause__, links + 1
    assert links == 200 and str(link) == LIMIT
    while chain.__cause__ is not None:
        # Python's own destructor is not made for this length.
        chain.__cause__, chain = None, chain.__cause__


class BrokenText(Exception):
    def __str__(self) -> str:
        raise ZeroDivisionError(SECRET)

    __repr__ = __str__


class BrokenInit(Exception):
    def __init__(self, *, needed: str) -> None:
        self.needed = needed

    def __new__(cls, *args: object, **kwargs: object) -> BrokenInit:
        if not kwargs:
            raise ZeroDivisionError(SECRET)
        return super().__new__(cls)


class BrokenSubclass(Exception):
    def __init_subclass__(cls) -> None:
        raise ZeroDivisionError(SECRET)


class BrokenAttributes(Exception):
    def __getattribute__(self, name: str) -> Any:
        raise ZeroDivisionError(SECRET)

    def __setattr__(self, name: str, value: object) -> None:
        raise ZeroDivisionError(SECRET)


@pytest.mark.parametrize(
    "name", ["BrokenText", "BrokenInit", "BrokenSubclass", "BrokenAttributes"]
)
def test_classes_that_raise(name: str) -> None:
    cls = globals()[name]
    info = raised(cls(needed=EMAIL) if cls is BrokenInit else cls(EMAIL))
    record = logging.LogRecord("n", 20, "p", 1, "m", (), info)
    SensitiveDataFilter().filter(record)
    _, made, _ = record.exc_info
    assert type(made).__name__ == name
    shown = everything(made) + record.exc_text
    assert EMAIL not in shown and SECRET not in shown


def test_a_stand_in_pickles_as_its_texts() -> None:
    made = stand_in(PaymentError(f"for {EMAIL}", card="x"))
    again = pickle.loads(pickle.dumps(made))
    assert str(again) == str(made) and type(again).__name__ == "PaymentError"


def test_a_class_that_was_named_from_data(record: Any) -> None:
    named = type(f"Refused {EMAIL}", (ValueError,), {})
    made = record("no", exc_info=raised(KeyError("a"), named("plain")))
    SensitiveDataFilter().filter(made)
    cause = made.exc_info[1].__cause__
    assert type(cause).__name__ == f"Refused {MASKED_EMAIL}" and str(cause) == "plain"
    assert isinstance(cause, named) and EMAIL not in made.exc_text

    made = record("no", exc_info=raised(named("plain")))
    line = JSONFormatter().format(made)
    assert EMAIL not in line and f'"type":"Refused {MASKED_EMAIL}"' in line
    SensitiveDataFilter().filter(made)
    assert made.exc_info[0] is type(made.exc_info[1])
    assert EMAIL not in repr(pickle.loads(pickle.dumps(made.exc_info[1])))


class Wrong(Exception):
    def __init__(self, user: str, password: str) -> None:
        super().__init__()
        self.user, self.password = user, password

    def __str__(self) -> str:
        return f"{self.password!r} is not what {self.user} has"


class Slotted(Wrong):
    __slots__ = ("password", "user")


@pytest.mark.parametrize("make", [Wrong, Slotted])
def test_a_text_that_shows_an_attribute(redactor: Redactor, make: type[Wrong]) -> None:
    shown = redactor.redact_value(make("ana", SECRET))
    assert str(shown) == "'[REDACTED]' is not what ana has"
    assert (shown.user, shown.password) == ("ana", "[REDACTED]")
    # Of a short one nothing is known: it may be part of any word.
    assert str(redactor.redact_value(make("ana", "is"))) == "'is' is not what ana has"
