"""What the tests share: a redactor, records, and what must not survive."""

from __future__ import annotations

import logging
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import django
import pytest
from django.conf import settings
from scrubline import Redactor, _context
from scrubline.django import CorrelationFilter

# A database in a file: that in memory is another in each thread.
_folder = tempfile.TemporaryDirectory()
settings.configure(
    ADMINS=[("Admin", "admin@example.org")]
    if django.VERSION < (6, 0)
    else ["admin@example.org"],
    ALLOWED_HOSTS=["*"],
    DATABASES={
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(Path(_folder.name, "db.sqlite3")),
        }
    },
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    EMAIL_BACKEND="django.core.mail.backends.locmem.EmailBackend",
    INSTALLED_APPS=[
        "django.contrib.auth",
        "django.contrib.contenttypes",
        "django.contrib.sessions",
        "scrubline.django",
    ],
    LOGGING_CONFIG=None,
    ROOT_URLCONF="test_django",
    SECRET_KEY="not-a-secret-of-this-test",
    USE_TZ=True,
)
django.setup()

EMAIL, MASKED_EMAIL = "ana@example.pt", "***@example.pt"
SECRET = "hunter2-Zx9"


@pytest.fixture
def redactor() -> Redactor:
    return Redactor()


@pytest.fixture
def record() -> Callable[..., logging.LogRecord]:
    """A record as `Logger.makeRecord` makes it: `record(msg, *args, exc_info=..., stack_info=..., name=..., **extra)`."""

    def make(
        msg: object,
        *args: object,
        exc_info: Any = None,
        stack_info: str | None = None,
        name: str = "shop",
        **extra: object,
    ) -> logging.LogRecord:
        return logging.getLogger(name).makeRecord(
            name,
            logging.INFO,
            "/srv/shop.py",
            7,
            msg,
            args,
            exc_info,
            "pay",
            extra,
            stack_info,
        )

    return make


def raised(exc: BaseException, cause: BaseException | None = None) -> Any:
    """The `exc_info` of an exception raised, with a cause or without."""
    try:
        raise exc from cause
    except BaseException:
        return sys.exc_info()


class Lines(logging.Handler):
    """Keeps the records that reach it, behind a `CorrelationFilter`."""

    def __init__(self) -> None:
        super().__init__()
        self.addFilter(CorrelationFilter())
        self.records: list[Any] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(record)

    def ids(self) -> dict[str, Any]:
        """Correlation ids by message."""
        return {each.getMessage(): each.correlation_id for each in self.records}

    def of(self, message: str) -> Any:
        """The one record of a message."""
        (found,) = (each for each in self.records if each.getMessage() == message)
        return found

    def users(self) -> dict[str, Any]:
        """Users by message."""
        return {each.getMessage(): each.user_id for each in self.records}


@pytest.fixture
def lines(request: pytest.FixtureRequest) -> Iterator[Lines]:
    """What the `logger` of the test's module and those of others log."""
    handler, root = Lines(), logging.getLogger()
    root.addHandler(handler)
    request.module.logger.setLevel(logging.INFO)
    yield handler
    root.removeHandler(handler)
    assert _context.current() == _context.Context(), "a context was left behind"
