"""Values that libraries log without a name beside them: arguments of callbacks, and those of statements."""

from __future__ import annotations

import asyncio
import io
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import scrubline
from scrubline import _values
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert

# Nothing in it tells what it is.
OPAQUE = "grün-7 it's"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    loggers = [
        logging.getLogger(name) for name in ("asyncio", "sqlalchemy.engine.Engine")
    ]
    levels = [logger.level for logger in loggers]
    for logger in loggers:
        logger.addHandler(handler)
        logger.setLevel(logging.DEBUG)
    with scrubline.install():
        yield out
    for logger, level in zip(loggers, levels):
        logger.removeHandler(handler)
        logger.setLevel(level)
        assert not logger.filters, "it is undone"


def charge(account: str, *, of: bytes = b"", total: int = 0) -> None:
    raise ValueError("no such account")


def test_a_callback_that_raises(log: io.StringIO) -> None:
    async def main() -> None:
        asyncio.get_running_loop().call_soon(charge, OPAQUE)
        await asyncio.sleep(0)

    asyncio.run(main())
    text = log.getvalue()
    assert "Exception in callback charge(" in text and "no such account" in text
    assert OPAQUE not in text and "7 it" not in text


def test_a_slow_callback(log: io.StringIO) -> None:
    async def main() -> None:
        loop = asyncio.get_running_loop()
        loop.slow_callback_duration = 0
        loop.call_soon(print, OPAQUE, 7, io.StringIO())
        await asyncio.sleep(0)

    asyncio.run(main(), debug=True)
    text = log.getvalue()
    assert "Executing <Handle print(" in text and " seconds" in text
    assert "7 it" not in text
    assert "name='Task-" in text, "the names of tasks stay"


def test_statements_of_sqlalchemy(log: io.StringIO) -> None:
    engine = create_engine("sqlite://", echo="debug")
    users = Table("users", MetaData(), Column("n", Integer), Column("who", String))
    with engine.connect() as connection:
        users.create(connection)
        connection.execute(insert(users).values(n=7, who=OPAQUE))
        connection.execute(insert(users), [{"n": 8, "who": OPAQUE}] * 2)
        assert len(connection.execute(users.select()).all()) == 3
    engine.dispose()
    text = log.getvalue()
    assert "INSERT INTO users (n, who) VALUES (?, ?)" in text
    assert "(7, '[REDACTED]')" in text and "Row (8, '[REDACTED]')" in text
    assert "7 it" not in text and "gr" + "ün" not in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("f('a', b'b', \"it's\", 7)", "f('#', '#', '#', 7)"),
        ("f({'a-': 'b', 3: 'c'})", "f({'a-': '#', 3: '#'})"),
        (r"f('a\'b', 'c')", "f('#', '#')"),
        ("f('open, 7", "f('#'"),
        (
            "<Task name='T-1' coro=<g()> of it's f('a')>",
            "<Task name='T-1' coro=<g()> of it's f('#')>",
        ),
        ("f(name='a', x='b')", "f(name='#', x='#')"),
    ],
)
def test_texts(text: str, shown: str) -> None:
    assert _values._without_texts(text) == shown.replace("#", "[REDACTED]")


@pytest.mark.parametrize("masking", [_values.callbacks, _values.parameters])
def test_a_fault_shows_nothing(
    masking: logging.Filter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(text: str) -> str:
        raise RuntimeError

    monkeypatch.setattr(_values, "_without_texts", fail)
    record: Any = logging.makeLogRecord({"msg": "Executing %r", "args": ("x", 1)})
    assert masking.filter(record)
    assert record.getMessage() == "[REDACTED:error]"
