"""Values that libraries log without a name beside them: in SQL, and as arguments of the callbacks of an event loop.

No pattern tells a password among them, so all texts go and numbers stay.
"""

from __future__ import annotations

import datetime
import decimal
import logging
import re
import sys
import uuid
from collections.abc import Mapping
from typing import Any

from scrubline._native import _ERROR
from scrubline._process import Shown, redactor

SCHEMA = ("django.db.backends.schema",)
SQL = ("django.db.backends", *SCHEMA)

_KEPT = (
    bool,
    int,
    float,
    decimal.Decimal,
    datetime.date,
    datetime.time,
    datetime.timedelta,
    uuid.UUID,
    type(None),
)

# Comments and quoted names come first, since a quote in them opens nothing. A literal without an end goes to the end.
_STANDARD = re.compile(
    r"""--[^\n]*|/\*.*?(?:\*/|\Z)|"(?:[^"]|"")*(?:"|\Z)"""
    r"""|(?P<literal>[eE]'(?:[^'\\]|\\.|'')*(?:'|\Z)|'(?:[^']|'')*(?:'|\Z)|\$(?P<tag>\w*)\$.*?(?:\$(?P=tag)\$|\Z))""",
    re.DOTALL,
)
_BACKSLASHES = re.compile(
    r"""--\s[^\n]*|\#[^\n]*|/\*.*?(?:\*/|\Z)|`[^`]*(?:`|\Z)"""
    r"""|(?P<literal>'(?:[^'\\]|\\.|'')*(?:'|\Z)|"(?:[^"\\]|\\.|"")*(?:"|\Z))""",
    re.DOTALL,
)


class _Literals(logging.Filter):
    """Masks texts in `sql` and `params`, both as extras and as arguments."""

    def filter(self, record: logging.LogRecord) -> bool:
        own = vars(record)
        sql, params = own.get("sql"), own.get("params")
        if sql is None and params is None:
            return True
        try:
            shown_sql = self._sql(sql, own.get("alias"))
            shown_params = _values(params)
        except Exception:
            shown_sql = shown_params = _ERROR
        if isinstance(record.args, tuple):
            # Django passes the same objects in both places.
            record.args = tuple(
                shown_sql if arg is sql else shown_params if arg is params else arg
                for arg in record.args
            )
        own["sql"], own["params"] = shown_sql, shown_params
        return True

    def _sql(self, sql: Any, alias: Any) -> Any:
        if sql is None:
            return None
        text = str(sql)
        quoting = _BACKSLASHES if _has_backslashes(text, alias) else _STANDARD
        mask = _mask()
        return quoting.sub(
            lambda found: f"'{mask}'" if found["literal"] else found[0], text
        )


literals = _Literals()

# A text as Python writes it, or the name of a task. Without an end it goes to the end; an apostrophe in a word opens none.
_TEXT = re.compile(
    r"""(?P<task>[ ]name='[^']*')|(?<!\w)[bB]?(?:'(?:[^'\\]|\\.)*(?:'|\Z)|"(?:[^"\\]|\\.)*(?:"|\Z))""",
    re.DOTALL,
)


class _Texts(logging.Filter):
    """Masks texts in what `asyncio` says of callbacks with their arguments.

    That is when one raises and, in debug mode, when one is slow: <https://docs.python.org/3/library/asyncio-dev.html#debug-mode>.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            if isinstance(record.msg, str):
                self._mask(record)
        except Exception:
            record.msg, record.args = _ERROR, ()
        return True

    def _mask(self, record: logging.LogRecord) -> None:
        if record.msg.startswith("Executing ") and record.args:
            record.args = tuple(
                _without_texts(arg) if isinstance(arg, str) else arg
                for arg in record.args
            )
        elif record.msg.startswith("Exception in callback "):
            record.msg = _without_texts(record.msg)


class _Parameters(logging.Filter):
    """Masks texts in the parameters and rows that SQLAlchemy logs with `echo`: the arguments that its templates show by `%r`."""

    def filter(self, record: logging.LogRecord) -> bool:
        try:
            if isinstance(record.msg, str) and isinstance(record.args, tuple):
                shown = _CONVERSION.findall(record.msg)
                record.args = tuple(
                    Shown(_without_texts(repr(arg))) if kind == "r" else arg
                    for arg, kind in zip(record.args, shown, strict=True)
                )
        except Exception:
            record.msg, record.args = _ERROR, ()
        return True


_CONVERSION = re.compile(r"%(?:%|[-.\d]*)([a-zA-Z])")

callbacks, parameters = _Texts(), _Parameters()

# What masks the values of which logger.
FILTERS: dict[str, logging.Filter] = {
    **dict.fromkeys(SQL, literals),
    "asyncio": callbacks,
    "sqlalchemy.engine.Engine": parameters,
}


def _without_texts(text: str) -> str:
    """What Python shows of arguments, with its texts masked; names stay: of tasks, and the keys of a dict."""
    mask = f"'{_mask()}'"

    def shown(found: re.Match[str]) -> str:
        is_name = found["task"] or text.startswith(":", found.end())
        return found[0] if is_name else mask

    return _TEXT.sub(shown, text)


def _has_backslashes(sql: str, alias: Any) -> bool:
    """Does a backslash in a literal escape what follows?"""
    if sql.startswith("QUERY = "):
        # What Django writes for databases that do not tell: Python's repr of statement and parameters.
        return True
    if "django.db" not in sys.modules or alias is None:
        return False
    from django.db import connections

    return bool(connections[alias].vendor == "mysql")


def _values(params: Any) -> Any:
    if isinstance(params, _KEPT):
        return params
    if isinstance(params, Mapping):
        return {name: _values(value) for name, value in params.items()}
    if isinstance(params, (list, tuple)):
        return type(params)(_values(value) for value in params)
    return _mask()


def _mask() -> Any:
    """What the policy puts in place of a value that must not be seen."""
    return redactor().redact_value({"password": "value"}).get("password", _ERROR)
