"""Values in the SQL that `django.db.backends` logs. No pattern tells a password among them, so all texts go and numbers stay."""

from __future__ import annotations

import datetime
import decimal
import logging
import re
import sys
import uuid
from collections.abc import Mapping
from typing import Any

from scrubline._process import ERROR, redactor

LOGGERS = ("django.db.backends", "django.db.backends.schema")

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
            shown_sql = shown_params = ERROR
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
    return redactor().redact_value({"password": "value"}).get("password", ERROR)
