"""Other libraries' formatters and handlers behind the filter."""

from __future__ import annotations

import io
import json
import logging
import sys
from collections.abc import Callable

import pytest
from conftest import EMAIL, MASKED_EMAIL, SECRET, raised
from pythonjsonlogger.json import JsonFormatter
from scrubline.logging import SensitiveDataFilter
from uvicorn.logging import AccessFormatter, DefaultFormatter

Make = Callable[..., logging.LogRecord]


def shown(record: logging.LogRecord, formatter: logging.Formatter) -> str:
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.addFilter(SensitiveDataFilter())
    handler.setFormatter(formatter)
    handler.handle(record)
    return out.getvalue()


def test_python_json_logger(record: Make) -> None:
    exc = raised(ValueError(f"for {EMAIL}"), KeyError(f"password={SECRET}"))
    if sys.version_info >= (3, 11):
        exc[1].add_note(EMAIL)
    made = record(
        "mail %s",
        EMAIL,
        password=SECRET,
        context={"mails": (EMAIL, 1)},
        exc_info=exc,
        stack_info=EMAIL,
        clean=1,
    )
    line = shown(made, JsonFormatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    fields = json.loads(line)
    assert EMAIL not in line and SECRET not in line
    assert (
        fields["message"] == f"mail {MASKED_EMAIL}"
        and fields["password"] == "[REDACTED]"
        and fields["clean"] == 1
    )
    assert fields["context"] == {"mails": [MASKED_EMAIL, 1]}
    assert (
        "ValueError: for ***@example.pt" in fields["exc_info"]
        and "KeyError" in fields["exc_info"]
    )
    assert not [name for name in fields if "scrubline" in name], "the mark is private"


def test_python_json_logger_with_a_dict_message_and_a_request(record: Make) -> None:
    class Request:
        def __init__(self) -> None:
            self.path = "/"

        def __repr__(self) -> str:
            return f"<Request {EMAIL}>"

    line = shown(
        record({"password": SECRET, "n": 1}, request=Request()),
        JsonFormatter("%(message)s"),
    )
    fields = json.loads(line)
    assert fields["password"] == "[REDACTED]" and fields["n"] == 1 and EMAIL not in line


@pytest.mark.parametrize(
    "path",
    [
        "/plain?page=2",
        f"/users/{EMAIL}",
        f"/login?password={SECRET}",
        "/cb?token=abcdefghijklmnop1234",
    ],
)
def test_uvicorn_access(
    record: Make, capfd: pytest.CaptureFixture[str], path: str
) -> None:
    made = record(
        '%s - "%s %s HTTP/%s" %d',
        "10.0.0.1:1234",
        "GET",
        path,
        "1.1",
        200,
        name="uvicorn.access",
    )
    line = shown(
        made,
        AccessFormatter(
            '%(client_addr)s - "%(request_line)s" %(status_code)s', use_colors=False
        ),
    )
    assert line.startswith('10.0.0.1:1234 - "GET ') and line.rstrip().endswith("200 OK")
    assert (
        EMAIL not in line and SECRET not in line and "abcdefghijklmnop1234" not in line
    )
    assert ("page=2" in line) == (path == "/plain?page=2")
    assert capfd.readouterr().err == ""


def test_uvicorn_default(record: Make) -> None:
    made = record(
        "Started server process [%d]",
        42,
        color_message=f"Started {EMAIL} [%d]",
        name="uvicorn.error",
    )
    line = shown(made, DefaultFormatter("%(levelprefix)s %(message)s", use_colors=True))
    assert EMAIL not in line


def test_stdlib_formatters(record: Make) -> None:
    made = record("mail %s", EMAIL, exc_info=raised(ValueError(EMAIL)), mail=EMAIL)
    for style, fmt in (
        ("%", "%(message)s %(mail)s"),
        ("{", "{message} {mail}"),
        ("$", "$message $mail"),
    ):
        line = shown(made, logging.Formatter(fmt, style=style))
        assert (
            line.startswith(f"mail {MASKED_EMAIL} {MASKED_EMAIL}\nTraceback")
            and EMAIL not in line
        )
