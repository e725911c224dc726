"""redact_value: every kind of value, limits, cycles, and code of the application that misbehaves."""

from __future__ import annotations

import array
import collections
import dataclasses
import datetime
import decimal
import enum
import fractions
import pathlib
import random
import sqlite3
import sys
import types
import uuid
from collections.abc import Callable
from contextlib import closing
from http.cookies import SimpleCookie
from typing import Any, NamedTuple

import pytest
from conftest import EMAIL, MASKED_EMAIL, SECRET

from scrubline import Redactor

ERROR = "[REDACTED:error]"
CARD = 4111111111111111


class Login(NamedTuple):
    user: str
    password: str


@dataclasses.dataclass
class Person:
    email: str
    age: int = 3
    password: str = dataclasses.field(default="", repr=False)


@dataclasses.dataclass(frozen=True)
class Frozen:
    email: str


class Plain:
    def __init__(self, **attributes: object) -> None:
        self.__dict__.update(attributes)


class Slotted:
    __slots__ = ("email", "n", "unset")

    def __init__(self, email: str) -> None:
        self.email, self.n = email, 1


class Text(str):
    """As SafeString of Django."""


class Shouting(str):
    def __str__(self) -> str:
        return f"mail {EMAIL}"


class Colour(enum.Enum):
    RED = "red"
    LEAK = EMAIL


class Bag(dict[str, object]):
    pass


class Ordered(collections.OrderedDict[str, object]):
    pass


class Names(list[str]):
    pass


def same(value: object, redactor: Redactor) -> None:
    assert redactor.redact_value(value) is value


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"a": EMAIL, "n": 1}, {"a": MASKED_EMAIL, "n": 1}),
        ([EMAIL, 1], [MASKED_EMAIL, 1]),
        ((EMAIL, 1), (MASKED_EMAIL, 1)),
        ({EMAIL}, {MASKED_EMAIL}),
        (frozenset({EMAIL}), frozenset({MASKED_EMAIL})),
        (Login("ana", SECRET), Login("ana", "[REDACTED]")),
        (Person(EMAIL, 7, SECRET), Person(MASKED_EMAIL, 7, "[REDACTED]")),
        (Frozen(EMAIL), Frozen(MASKED_EMAIL)),
        (
            collections.OrderedDict(b=EMAIL, a=1),
            collections.OrderedDict(b=MASKED_EMAIL, a=1),
        ),
        (Ordered(b=EMAIL, a=1), Ordered(b=MASKED_EMAIL, a=1)),
        (collections.Counter({EMAIL: 2}), collections.Counter({MASKED_EMAIL: 2})),
        (
            collections.deque([EMAIL, 1], maxlen=5),
            collections.deque([MASKED_EMAIL, 1], maxlen=5),
        ),
        (Bag(a=EMAIL), Bag(a=MASKED_EMAIL)),
        (Names([EMAIL]), Names([MASKED_EMAIL])),
        (bytearray(EMAIL.encode()), bytearray(MASKED_EMAIL.encode())),
        (EMAIL.encode(), MASKED_EMAIL.encode()),
    ],
    ids=lambda value: type(value).__name__,
)
def test_type_is_kept(redactor: Redactor, value: object, expected: object) -> None:
    result = redactor.redact_value(value)
    assert result == expected
    assert type(result) is type(value)
    assert repr(result) == repr(expected)


def test_clean_values_are_the_same_object(redactor: Redactor) -> None:
    shared = ["x"]
    for value in (
        {
            "a": [1, (2, {3}), frozenset({4})],
            "b": {"c": None},
            "s": shared,
            "t": shared,
        },
        [
            Login("ana", ""),
            Person("nobody"),
            Frozen("x"),
            Plain(a=1),
            Plain(),
            Slotted("x"),
            Text("x"),
            Colour.RED,
        ],
        [
            True,
            1.5,
            decimal.Decimal("2.50"),
            1 << 90,
            float("nan"),
            1j,
            range(3),
            array.array("i", [1]),
        ],
        [
            datetime.datetime(2024, 2, 29),
            datetime.timedelta(1),
            uuid.UUID(int=7),
            pathlib.PurePath("a/b"),
            fractions.Fraction(1, 3),
        ],
        [
            len,
            test_clean_values_are_the_same_object,
            sys,
            int,
            Plain,
            lambda: None,
            iter([1]),
            Plain().__init__,
        ],
        collections.defaultdict(list, a=[1]),
        types.MappingProxyType({"a": 1}),
        b"\xff",
        bytearray(b"x"),
        memoryview(b"x"),
    ):
        same(value, redactor)


def test_only_what_changed_is_copied(redactor: Redactor) -> None:
    clean = {"x": 1}
    value = {"clean": clean, "dirty": [EMAIL]}
    result = redactor.redact_value(value)
    assert result == {"clean": {"x": 1}, "dirty": [MASKED_EMAIL]}
    assert result["clean"] is clean
    assert value == {"clean": {"x": 1}, "dirty": [EMAIL]}


def test_numbers(redactor: Redactor) -> None:
    assert (
        redactor.redact_value([CARD, float(CARD), decimal.Decimal(CARD)])
        == ["****-****-****-1111"] * 3
    )
    assert redactor.redact_value({"password": 123456, "pin": True, "token": None}) == {
        "password": "[REDACTED]",
        "pin": True,
        "token": None,
    }
    same([7, 2**53 + 1, -0.0, 1e300], redactor)


def test_an_integer_beyond_the_digits_that_python_writes(redactor: Redactor) -> None:
    assert redactor.redact_value([10**5000]) == [ERROR]


def test_keys_decide(redactor: Redactor) -> None:
    value = {
        "password": {"a": ["x", b"y", ("z",), Plain(n=1), Login("ana", "x")]},
        "userPassword": "x",
        "monkey": "x",
        "author": "x",
        b"password": "x",
        "max_tokens": 5,
    }
    result = redactor.redact_value(value)
    assert result["password"] == {
        "a": [
            "[REDACTED]",
            b"[REDACTED]",
            ("[REDACTED]",),
            {"n": "[REDACTED]"},
            Login("[REDACTED]", "[REDACTED]"),
        ]
    }
    assert (
        result["userPassword"],
        result["monkey"],
        result["author"],
        result[b"password"],
        result["max_tokens"],
    ) == ("[REDACTED]", "x", "x", "[REDACTED]", 5)


def test_keys_are_text_too(redactor: Redactor) -> None:
    value = {EMAIL: 1, "ana2@example.pt": 2, MASKED_EMAIL: 3, ("k", EMAIL): 4, 5: 5}
    assert redactor.redact_value(value) == {
        MASKED_EMAIL: 1,
        f"{MASKED_EMAIL}#2": 2,
        f"{MASKED_EMAIL}#3": 3,
        f"('k', '{MASKED_EMAIL}')": 4,
        5: 5,
    }


def test_paths_and_drop() -> None:
    redactor = Redactor(
        {"fields": {"user.*.grade": "mask", "**.note": "drop", "shown": "keep"}}
    )
    value = {
        "user": {"a": {"grade": 5}, "note": "x"},
        "grade": 5,
        "note": "x",
        "shown": EMAIL,
        "list": [{"note": 1}, ("note",)],
    }
    assert redactor.redact_value(value) == {
        "user": {"a": {"grade": "[REDACTED]"}},
        "grade": 5,
        "shown": EMAIL,
        "list": [{}, ("note",)],
    }
    assert redactor.redact_value(Plain(note="x", n=1)) == {"n": 1}


def test_defaultdict_keeps_its_factory(redactor: Redactor) -> None:
    result = redactor.redact_value(collections.defaultdict(list, a=[EMAIL]))
    assert result["missing"] == [] and result["a"] == [MASKED_EMAIL]


def test_attributes_of_container_subclasses(redactor: Redactor) -> None:
    bag = Bag(a=1)
    bag.password = SECRET
    result = redactor.redact_value(bag)
    assert (
        type(result) is Bag
        and result == {"a": 1}
        and result.password == "[REDACTED]"
        and bag.password == SECRET
    )


def test_a_dict_that_is_its_own_attributes(redactor: Redactor) -> None:
    bag = Bag(a=EMAIL)
    bag.__dict__ = bag
    assert redactor.redact_value(bag) == {"a": MASKED_EMAIL}


def test_mappings_and_views(redactor: Redactor) -> None:
    assert redactor.redact_value(types.MappingProxyType({"password": "x"})) == {
        "password": "[REDACTED]"
    }
    assert redactor.redact_value(collections.UserDict(a=EMAIL)) == {"a": MASKED_EMAIL}
    assert redactor.redact_value(collections.ChainMap({"a": EMAIL})) == {
        "a": MASKED_EMAIL
    }
    assert redactor.redact_value({"a": EMAIL}.values()) == [MASKED_EMAIL]
    assert redactor.redact_value({"a": EMAIL}.items()) == [("a", MASKED_EMAIL)]
    assert redactor.redact_value(collections.UserList([EMAIL])) == [MASKED_EMAIL]


def test_text_subclasses(redactor: Redactor) -> None:
    result = redactor.redact_value(Text(EMAIL))
    assert result == MASKED_EMAIL and type(result) is str
    assert redactor.redact_value(Shouting("quiet")) == f"mail {MASKED_EMAIL}"


def test_scalars_by_their_text(redactor: Redactor) -> None:
    assert redactor.redact_value(
        [Colour.LEAK, pathlib.PurePosixPath(f"/home/{EMAIL}/x")]
    ) == [MASKED_EMAIL, f"/home/{MASKED_EMAIL}/x"]
    assert redactor.redact_value(memoryview(EMAIL.encode())) == MASKED_EMAIL.encode()
    assert redactor.redact_value(
        {"password": uuid.UUID(int=7), "secret": datetime.date(2024, 1, 1)}
    ) == {"password": "[REDACTED]", "secret": "[REDACTED]"}


def test_instances(redactor: Redactor) -> None:
    assert redactor.redact_value(Plain(password=SECRET, n=1)) == {
        "password": "[REDACTED]",
        "n": 1,
    }
    assert redactor.redact_value(Slotted(EMAIL)) == {"email": MASKED_EMAIL, "n": 1}

    class Shown:
        def __repr__(self) -> str:
            return f"<Shown {EMAIL}>"

    assert redactor.redact_value([Shown()]) == [f"<Shown {MASKED_EMAIL}>"]


def test_what_a_library_notes_in_slots_is_no_data(redactor: Redactor) -> None:
    class Model:
        """As pydantic makes them."""

        __slots__ = ("__dict__", "__fields_set__", "__extra__")

        def __init__(self, extra: Any, **fields: Any) -> None:
            self.__dict__.update(fields)
            self.__fields_set__ = set(fields)
            self.__extra__ = extra

    model = Model(None, email=EMAIL, n=1)
    assert redactor.redact_value(model) == {"email": MASKED_EMAIL, "n": 1}
    model = Model({"to": EMAIL}, n=1)
    assert redactor.redact_value(model) == {"n": 1, "__extra__": {"to": MASKED_EMAIL}}
    model = Model({"to": "nobody"}, email=EMAIL)
    assert redactor.redact_value(model) == {
        "email": MASKED_EMAIL,
        "__extra__": {"to": "nobody"},
    }
    clean = Model({"to": "nobody"}, n=1)
    assert redactor.redact_value(clean) is clean


def test_a_set_of_what_cannot_be_an_element(redactor: Redactor) -> None:
    (element,) = redactor.redact_value({Plain(email=EMAIL)})
    assert MASKED_EMAIL in element and EMAIL not in element


def test_cycles(redactor: Redactor) -> None:
    ring: list[object] = [1]
    ring.append(ring)
    assert redactor.redact_value(ring) == [1, "[circular]"]
    mapping: dict[str, object] = {"mail": EMAIL}
    mapping["self"] = {"up": mapping}
    assert redactor.redact_value(mapping) == {
        "mail": MASKED_EMAIL,
        "self": {"up": "[circular]"},
    }
    plain = Plain(mail=EMAIL)
    plain.me = plain
    assert redactor.redact_value(plain) == {"mail": MASKED_EMAIL, "me": "[circular]"}


def test_shared_references_stay_shared(redactor: Redactor) -> None:
    shared = [EMAIL]
    result = redactor.redact_value({"a": shared, "b": [shared, shared]})
    assert result["a"] is result["b"][0] is result["b"][1]
    by_key = redactor.redact_value({"a": shared, "password": shared})
    assert by_key == {"a": [MASKED_EMAIL], "password": ["[REDACTED]"]}


def test_shared_references_cost_once(redactor: Redactor) -> None:
    value: list[object] = [EMAIL]
    for _ in range(100):
        value = [value, value]
    redactor.redact_value(value)
    assert redactor.report()["total"] == 1


def test_depth(redactor: Redactor) -> None:
    value: object = EMAIL
    for _ in range(100_000):
        value = [value]
    result: Any = redactor.redact_value(value)
    depth = 0
    while isinstance(result, list):
        result, depth = result[0], depth + 1
    assert (result, depth) == ("[REDACTED:limit]", 200)
    while isinstance(value, list):
        # Python's own destructor is not made for this depth.
        value = value.pop()


def test_nodes() -> None:
    redactor = Redactor({"limits": {"nodes": 3}})
    assert redactor.redact_value([1, 2, 3, 4, EMAIL]) == [
        1,
        2,
        3,
        "[REDACTED:limit]",
        "[REDACTED:limit]",
    ]
    assert redactor.redact_value({"a": [1, 2], "b": 3}) == {
        "a": [1, 2],
        "b": "[REDACTED:limit]",
    }


def test_a_million_keys(redactor: Redactor) -> None:
    value = {f"k{i}": i for i in range(1_000_000)}
    same(value, redactor)
    value["more"] = 1
    result = redactor.redact_value(value)
    assert result["more"] == "[REDACTED:limit]" and result["k999999"] == 999_999


def test_many_values_and_a_name_beside_them(redactor: Redactor) -> None:
    class Repeating(collections.UserDict[str, object]):
        def items(self) -> Any:
            return [("value", 1)] * 200_000 + [("name", "password"), ("value", SECRET)]

    assert redactor.redact_value(Repeating()) == {
        "value": "[REDACTED]",
        "name": "password",
    }


# Code of the application that misbehaves


class Raising:
    """Raises whatever is done with it."""

    def __init__(self, exc: BaseException) -> None:
        object.__setattr__(self, "exc", exc)

    def _raise(self, *_: object) -> Any:
        raise object.__getattribute__(self, "exc")

    __str__ = __repr__ = __getattribute__ = __iter__ = __len__ = __getitem__ = (
        __bool__
    ) = __format__ = _raise  # type: ignore[assignment]
    __hash__ = object.__hash__


class RaisingText:
    def __init__(self) -> None:
        self.n = 1

    def __str__(self) -> str:
        raise ZeroDivisionError(SECRET)


class RaisingItems(collections.UserDict[str, object]):
    def __iter__(self) -> Any:
        raise ZeroDivisionError(SECRET)


@pytest.mark.parametrize(
    "exc",
    [
        ZeroDivisionError(SECRET),
        RecursionError(),
        SystemExit(3),
        MemoryError(),
        GeneratorExit(),
    ],
    ids=lambda e: type(e).__name__,
)
def test_self_raising_objects(redactor: Redactor, exc: BaseException) -> None:
    assert redactor.redact_value({"a": Raising(exc), "b": EMAIL}) == {
        "a": ERROR,
        "b": MASKED_EMAIL,
    }
    assert redactor.redact_value(Raising(exc)) == ERROR
    assert redactor.redact(Raising(exc)) == ERROR
    assert redactor.report()["detectors"]["error"] == {"mask": 3}


def test_parts_that_raise(redactor: Redactor) -> None:
    assert redactor.redact_value([RaisingText(), RaisingItems(a=1), 2]) == [
        ERROR,
        ERROR,
        2,
    ]
    assert redactor.redact_value({RaisingText(): 1}) == {ERROR: 1}


def test_keyboard_interrupt_goes_on(redactor: Redactor) -> None:
    with pytest.raises(KeyboardInterrupt):
        redactor.redact_value([Raising(KeyboardInterrupt())])


def test_a_list_that_changes_under_the_walk(redactor: Redactor) -> None:
    values: list[object] = []

    class Growing:
        def __init__(self) -> None:
            self.n = 1

        def __repr__(self) -> str:
            values.append(Growing())
            mapping["more" + str(len(mapping))] = 1
            return "growing"

    mapping: dict[str, object] = {"a": Growing(), "b": EMAIL}
    values.extend([Growing(), EMAIL])
    assert redactor.redact_value(values)[1] == MASKED_EMAIL
    assert redactor.redact_value(mapping)["b"] == MASKED_EMAIL


def test_an_endless_iterator_is_not_consumed(redactor: Redactor) -> None:
    def endless() -> Any:
        while True:
            yield EMAIL

    generator = endless()
    assert redactor.redact_value([generator])[0] is generator

    class Endless(collections.abc.Set[str]):
        def __len__(self) -> int:
            return 1

        def __contains__(self, item: object) -> bool:
            return False

        def __iter__(self) -> Any:
            return endless()

    assert Redactor({"limits": {"nodes": 100}}).redact_value([Endless()]) == [ERROR]


def test_dataclasses_that_cannot_be_copied(redactor: Redactor) -> None:
    class Uncopied(Person):
        def __copy__(self) -> Any:
            raise ZeroDivisionError

    assert redactor.redact_value(Uncopied(EMAIL, 7)) == {
        "email": MASKED_EMAIL,
        "age": 7,
        "password": "",
    }


def test_containers_that_cannot_be_made(redactor: Redactor) -> None:
    class Strict(dict[str, object]):
        def __new__(cls, needed: object) -> Strict:
            return super().__new__(cls)

        def __init__(self, needed: object) -> None:
            self["a"] = needed

    result = redactor.redact_value(Strict(EMAIL))
    assert result == {"a": MASKED_EMAIL} and type(result) is dict


def test_callers_objects_never_change(redactor: Redactor) -> None:
    rng = random.Random(7)
    leaves: list[Any] = [EMAIL, "x", 1, CARD, None, b"y", 2.5]

    def build(depth: int) -> Any:
        if depth == 0:
            return rng.choice(leaves)
        kind = rng.randrange(6)
        if kind == 0:
            return {
                rng.choice(["a", "password", EMAIL, "b"]): build(depth - 1)
                for _ in range(3)
            }
        if kind == 1:
            return [build(depth - 1) for _ in range(3)]
        if kind == 2:
            return (build(depth - 1), build(depth - 1))
        if kind == 3:
            return Person(build(depth - 1))
        if kind == 4:
            return Plain(password=build(depth - 1), n=build(depth - 1)).__dict__
        return collections.OrderedDict(a=build(depth - 1))

    for _ in range(300):
        value = build(4)
        before = repr(value)
        result = redactor.redact_value(value)
        assert repr(value) == before
        assert (result is value) == (repr(result) == before)
        assert EMAIL not in repr(result)
        assert repr(redactor.redact_value(result)) == repr(result)


class Telling(dict[str, int]):
    def __str__(self) -> str:
        return f"for {EMAIL}"


class Odd(int):
    def __repr__(self) -> str:
        return f"for {EMAIL}"


class Hot(float):
    def __str__(self) -> str:
        return f"for {EMAIL}"


class Named(list[int]):
    def __repr__(self) -> str:
        return f"for {EMAIL}"


@pytest.mark.parametrize("make", [Telling, Odd, Hot, Named])
def test_what_shows_itself_in_a_way_of_its_own(
    redactor: Redactor, make: Callable[[], object]
) -> None:
    """Where what it holds is clean and its text is not, it is its redacted text."""
    assert redactor.redact_value([make()]) == [f"for {MASKED_EMAIL}"]


def test_an_array_of_letters(redactor: Redactor) -> None:
    assert (
        redactor.redact_value(array.array("u", EMAIL))
        == f"array('u', '{MASKED_EMAIL}')"
    )
    numbers = array.array("i", [1, 2])
    assert redactor.redact_value(numbers) is numbers


def test_cookies(redactor: Redactor) -> None:
    cookies = SimpleCookie({"sessionid": SECRET})
    cookies["sessionid"]["path"] = "/"
    for value in (cookies, cookies["sessionid"]):
        for shown in (redactor.redact_value(value), redactor.redact_value([value])[0]):
            assert "[REDACTED]" in shown and SECRET not in shown
    empty = SimpleCookie()
    assert redactor.redact_value(empty) is empty


def test_a_user_string_is_text(redactor: Redactor) -> None:
    assert (
        redactor.redact_value(collections.UserString(f"to {EMAIL}"))
        == f"to {MASKED_EMAIL}"
    )
    clean = collections.UserString("clean")
    assert redactor.redact_value(clean) is clean
    assert redactor._json([clean, memoryview(b"x")]) == '["clean","x"]'


def test_a_row_has_names(redactor: Redactor) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.row_factory = sqlite3.Row
        row = connection.execute(
            "SELECT ? AS password, 1 AS total", [SECRET]
        ).fetchone()
        clean = connection.execute("SELECT 'x' AS label, 1 AS total").fetchone()
    assert redactor.redact_value(row) == {"password": "[REDACTED]", "total": 1}
    assert redactor.redact_value(clean) is clean
    assert redactor._json(clean) == '{"label":"x","total":1}'
