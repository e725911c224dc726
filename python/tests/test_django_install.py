"""What Django itself writes: SQL with its values, and reports of exceptions by mail and in the browser."""

from __future__ import annotations

import io
import logging
import os
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from typing import Any

import pytest
import scrubline
import test_django  # noqa: F401 - it configures the settings
from conftest import EMAIL, MASKED_EMAIL, SECRET
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.http import HttpRequest
from django.template import Context, Engine, TemplateDoesNotExist
from django.test import RequestFactory, override_settings
from django.utils.log import AdminEmailHandler
from django.views import debug
from scrubline import Redactor, _process, _values

OPAQUE = "Zx9aQ7kept"


@pytest.fixture
def installed() -> Iterator[scrubline.Installation]:
    with scrubline.install() as made:
        yield made


# ---- SQL


@pytest.fixture
def sql_log() -> Iterator[io.StringIO]:
    logger = logging.getLogger("django.db.backends")
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter("%(message)s | %(sql)s | %(params)r"))
    logger.addHandler(handler)
    logger.setLevel(logging.DEBUG)
    yield out
    logger.removeHandler(handler)
    logger.setLevel(logging.NOTSET)


def insert() -> None:
    connection.force_debug_cursor = True
    try:
        with connection.cursor() as cursor:
            cursor.execute("CREATE TABLE IF NOT EXISTS users (name text, n integer)")
            cursor.execute("INSERT INTO users VALUES (%s, %s)", [f"it's {OPAQUE}", 42])
            cursor.executemany("INSERT INTO users VALUES (%s, %s)", [(OPAQUE, 7)])
            cursor.execute(f"SELECT n FROM users WHERE name = '{OPAQUE}' -- it's late")
    finally:
        connection.force_debug_cursor = False
        connection.close()


DATABASE = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}


def test_sql(sql_log: io.StringIO) -> None:
    with using_sqlite():
        insert()
        assert sql_log.getvalue().count(OPAQUE) >= 8
        sql_log.seek(0)
        sql_log.truncate()
        with scrubline.install():
            insert()
    text = sql_log.getvalue()
    assert OPAQUE not in text
    assert "INSERT INTO users VALUES ('[REDACTED]', 42)" in text
    assert "args=['[REDACTED]', 42]" in text
    assert "args=[('[REDACTED]', 7)]" in text
    assert "SELECT n FROM users WHERE name = '[REDACTED]' -- it's late" in text
    assert _values.literals not in logging.getLogger("django.db.backends").filters


class using_sqlite:
    """A database in memory, whatever the settings of the tests have."""

    def __enter__(self) -> None:
        from django.db import connections

        self.before = connections.settings
        connections.settings = connections.configure_settings(DATABASE)
        if hasattr(connections._connections, "default"):
            del connections["default"]

    def __exit__(self, *_: object) -> None:
        from django.db import connections

        connections.close_all()
        del connections["default"]
        connections.settings = self.before


@pytest.mark.parametrize(
    ("sql", "is_mysql", "shown"),
    [
        ("SELECT 1", False, "SELECT 1"),
        ("x = 'a' AND \"y'z\" = 'b''c'", False, "x = '#' AND \"y'z\" = '#'"),
        (r"x = 'C:\' AND y = 'b'", False, "x = '#' AND y = '#'"),
        (r"x = E'a\'b' AND y = 'c'", False, "x = E'#' AND y = '#'"),
        ("x = $$it's$$ AND y = $t$a$t$", False, "x = '#' AND y = '#'"),
        (
            "/* it's */ x = 'a' -- it's\n, 'b'",
            False,
            "/* it's */ x = '#' -- it's\n, '#'",
        ),
        ("x = 'open", False, "x = '#'"),
        ("x = 'é\n' AND y = X'00FF'", False, "x = '#' AND y = X'#'"),
        (r"x = 'a\'b' AND y = 'c'", True, "x = '#' AND y = '#'"),
        ("x = \"it's\" AND `y'z` = 'b'", True, "x = '#' AND `y'z` = '#'"),
        ("# it's\nx = 'a'", True, "# it's\nx = '#'"),
        (
            "QUERY = \"x = 'a'\" - PARAMS = ('a',)",
            False,
            "QUERY = '#' - PARAMS = ('#',)",
        ),
    ],
)
def test_literals(
    sql: str, is_mysql: bool, shown: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    has_backslashes = _values._has_backslashes
    monkeypatch.setattr(
        _values,
        "_has_backslashes",
        lambda sql, alias: is_mysql or has_backslashes(sql, alias),
    )
    record = logging.makeLogRecord(
        {"msg": "%s; args=%s", "args": (sql, None), "sql": sql, "params": None}
    )
    # As Django does, one object in both places.
    record.args = (record.sql, None)  # type: ignore[attr-defined]
    assert _values.literals.filter(record)
    expected = shown.replace("E'#'", "'#'").replace("#'", "[REDACTED]'")
    expected = expected.replace("# it's", "# it's")
    assert record.sql == expected and record.args[0] == expected  # type: ignore[attr-defined]


def test_values_of_every_type() -> None:
    import datetime
    import decimal
    import uuid

    kept = (
        1,
        2.5,
        None,
        True,
        decimal.Decimal("1.5"),
        datetime.date(2026, 1, 2),
        uuid.UUID(int=5),
    )
    assert _values._values(kept) == kept
    assert _values._values({"a": ["x", b"y", object()], "b": 3}) == {
        "a": ["[REDACTED]"] * 3,
        "b": 3,
    }


def test_a_fault_masks_all_sql(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: object) -> Redactor:
        raise RuntimeError

    monkeypatch.setattr(_process.Process, "_resolve", fail)
    _process.process._use(None)
    sql, params = f"x = '{OPAQUE}'", (OPAQUE,)
    record = logging.makeLogRecord(
        {"msg": "%s %s", "args": (sql, params), "sql": sql, "params": params}
    )
    assert _values.literals.filter(record)
    assert OPAQUE not in str(vars(record))


# ---- reports


class User:
    def __str__(self) -> str:
        return EMAIL


def a_request() -> HttpRequest:
    request = RequestFactory().post(
        f"/users/{EMAIL}/?password={SECRET}&mail={EMAIL}&page=2",
        {
            "password": SECRET,
            "mail": EMAIL,
            "file": SimpleUploadedFile(f"{EMAIL}.txt", b"x"),
        },
        HTTP_AUTHORIZATION=f"Basic {SECRET}",
        HTTP_X_MAIL=EMAIL,
    )
    request.COOKIES = {"sessionid": SECRET * 3, "mail": EMAIL}
    request.user = User()  # type: ignore[attr-defined]
    return request


def fail_with(password: str) -> None:
    nested = {"mails": [EMAIL], "api_key": SECRET}
    long = [EMAIL] * 400
    who = User()
    raise ValueError(f"for {EMAIL} {len(long)}", nested, who) from KeyError(
        f"password={password}"
    )


def raised() -> Any:
    try:
        fail_with(SECRET)
    except ValueError:
        return sys.exc_info()


def reported(handler: logging.Handler) -> str:
    mail.outbox = []  # type: ignore[attr-defined]
    logger = logging.getLogger("django_install.test")
    logger.addHandler(handler)
    try:
        logger.error(
            "Internal Server Error: %s",
            f"/users/{EMAIL}",
            exc_info=raised(),
            extra={"request": a_request(), "status_code": 500},
        )
        logger.error("without an exception for %s", EMAIL)
    finally:
        logger.removeHandler(handler)
    everything = ""
    for sent in mail.outbox:  # type: ignore[attr-defined]
        html = "".join(str(part) for part, _ in getattr(sent, "alternatives", []))
        everything += sent.subject + sent.body + html
    return everything


SETTINGS = {
    "PARTNER": {"contact": EMAIL, "endpoint": f"https://u:{SECRET}@example.org"}
}


def check(text: str) -> None:
    for leak in (EMAIL, SECRET, EMAIL.replace("@", "%40"), EMAIL.replace("@", "&#64;")):
        at = text.find(leak)
        assert at < 0, text[max(0, at - 300) : at + 100]
    for kept in (
        "fail_with",
        "test_django_install.py",
        "ValueError",
        MASKED_EMAIL,
        "page",
        "without an exception",
    ):
        assert kept in text, kept


@pytest.mark.parametrize("is_debug", [False, True])
def test_error_mails(is_debug: bool) -> None:
    with override_settings(DEBUG=is_debug, **SETTINGS):
        control = reported(AdminEmailHandler(include_html=True))
        assert control.count(EMAIL) > 20 and control.count(SECRET) > 8
        with scrubline.install():
            text = reported(AdminEmailHandler(include_html=True))
            check(text)
            assert "Internal Server Error: /users/***@example.pt" in text
            assert "nested" in text and "api_key" in text
            check(reported(AdminEmailHandler()))
        assert reported(AdminEmailHandler()).count(EMAIL) > 8, "undone"


def test_error_mails_by_settings() -> None:
    """Without `install`: the reporter and the filter of the settings, and the filter on the handler."""
    reporter = "scrubline.django.ExceptionReporter"
    debug.get_default_exception_reporter_filter.cache_clear()
    with override_settings(
        DEFAULT_EXCEPTION_REPORTER=reporter,
        DEFAULT_EXCEPTION_REPORTER_FILTER="scrubline.django.ExceptionReporterFilter",
        **SETTINGS,
    ):
        handler = AdminEmailHandler(include_html=True)
        handler.addFilter(scrubline.django.SensitiveDataFilter())
        check(reported(handler))
    debug.get_default_exception_reporter_filter.cache_clear()


def test_the_filter_alone() -> None:
    """It sees variables, POST, META, cookies and settings; the rest is the reporter's."""
    guard = scrubline.django.ExceptionReporterFilter()
    request = a_request()
    with override_settings(**SETTINGS):
        shown = {
            "settings": guard.get_safe_settings(),
            "meta": guard.get_safe_request_meta(request),
            "cookies": guard.get_safe_cookies(request),
            "post": dict(guard.get_post_parameters(request)),
            "variables": guard.get_traceback_frame_variables(
                request, raised()[2].tb_next.tb_frame
            ),
        }
    text = str(shown)
    assert EMAIL not in text and SECRET not in text and MASKED_EMAIL in text
    assert dict(shown["variables"])["password"] == "[REDACTED]"
    assert dict(shown["variables"])["nested"] == {
        "mails": [MASKED_EMAIL],
        "api_key": "[REDACTED]",
    }
    assert guard.get_post_parameters(None) == {}
    assert shown["meta"]["REQUEST_METHOD"] == "POST"


@pytest.mark.parametrize("accept", ["text/html", "text/plain"])
def test_pages_for_developers(installed: scrubline.Installation, accept: str) -> None:
    request = a_request()
    request.META["HTTP_ACCEPT"] = accept
    with override_settings(DEBUG=True, **SETTINGS):
        response = debug.technical_500_response(request, *raised())
    text = response.content.decode()
    assert EMAIL not in text and SECRET not in text
    assert response.status_code == 500 and "fail_with" in text and "ValueError" in text
    assert ("KeyError" in text) and "page" in text


def test_pages_about_templates(installed: scrubline.Installation) -> None:
    engine = Engine(debug=True)
    try:
        engine.from_string(
            f"<p>{EMAIL}</p>\n{{% if mail == '{EMAIL}' %}}{{{{ fail }}}}{{% endif %}}"
        ).render(Context({"mail": EMAIL, "password": SECRET, "fail": fail_when_called}))
    except ValueError:
        info = sys.exc_info()
    with override_settings(DEBUG=True):
        text = debug.technical_500_response(a_request(), *info).content.decode()  # type: ignore[arg-type]
        assert (
            EMAIL not in text and SECRET not in text and "Error during template" in text
        )
        missing = TemplateDoesNotExist(f"mails/{EMAIL}/hello.html")
        page = debug.technical_500_response(a_request(), type(missing), missing, None)
    assert EMAIL not in page.content.decode()
    assert "Template-loader postmortem" in page.content.decode()


def fail_when_called() -> None:
    raise ValueError(EMAIL)


def test_a_filter_of_the_project_stays(installed: scrubline.Installation) -> None:
    class Own(debug.SafeExceptionReporterFilter):
        def __init__(self, word: str) -> None:
            self.word = word

        def get_safe_settings(self) -> dict[str, Any]:
            return {"WORD": self.word, "MAIL": EMAIL}

    request = a_request()
    request.exception_reporter_filter = Own("hello")  # type: ignore[attr-defined]
    data = debug.ExceptionReporter(request, *raised()).get_traceback_data()
    assert data["settings"] == {"WORD": "hello", "MAIL": MASKED_EMAIL}
    assert type(request.exception_reporter_filter) is Own  # type: ignore[attr-defined]


class OwnReporter(debug.ExceptionReporter):
    """Writes what it likes, past `get_traceback_data`."""

    def get_traceback_text(self) -> str:
        request: Any = self.request
        return f"{request and request.META} {self.exc_value!r}"

    def get_traceback_html(self) -> str:
        request: Any = self.request
        return f"<p>{request and request.GET}</p>"


def test_reports_of_the_project(installed: scrubline.Installation) -> None:
    handler = AdminEmailHandler(
        include_html=True, reporter_class=f"{__name__}.OwnReporter"
    )
    mails = reported(handler)
    assert "ValueError" in mails and "<p>" in mails and "[REDACTED]" in mails
    for each in (EMAIL, SECRET):
        assert each not in mails
    installed.undo()
    assert SECRET in reported(handler)


def test_a_fault_leaves_a_report_without_values(
    installed: scrubline.Installation, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(self: object) -> Redactor:
        raise RuntimeError(SECRET)

    monkeypatch.setattr(_process.Process, "_resolve", fail)
    _process.process._use(None)
    with override_settings(DEBUG=True, **SETTINGS):
        text = debug.technical_500_response(a_request(), *raised()).content.decode()
        mails = reported(AdminEmailHandler(include_html=True))
    assert "ValueError" in text and "[REDACTED:error]" in text
    for each in (text, mails):
        assert EMAIL not in each and SECRET not in each


def test_a_report_that_django_cannot_make(installed: scrubline.Installation) -> None:
    """Its own reporter raises as well where the URLs do not load, and shows nothing."""
    with override_settings(ROOT_URLCONF="no.such.urls"):
        text = reported(AdminEmailHandler())
    assert "in fail_with" in text and "for ***@example.pt 400" in text
    assert "[REDACTED:error]" not in text and SECRET not in text and EMAIL not in text


# ---- from a settings module


def test_installed_by_a_settings_module(tmp_path: Any) -> None:
    """Called before Django is set up, it covers the rest at start-up, and follows `SCRUBLINE`."""
    (tmp_path / "mysettings.py").write_text(
        textwrap.dedent(
            """
            import scrubline
            scrubline.install()
            import logging
            logging.getLogger("early").warning("early ana@example.pt")
            SCRUBLINE = {"POLICY": {"detectors": {"contact.email": "mask"}}}
            INSTALLED_APPS = ["scrubline.django"]
            ADMINS = ["admin@example.org"]
            SECRET_KEY = "x" * 50
            LOGGING = {"version": 1, "disable_existing_loggers": False,
                "handlers": {"console": {"class": "logging.StreamHandler"}}, "root": {"handlers": ["console"]}}
            """
        )
    )
    code = """
        import os, sys
        os.environ["DJANGO_SETTINGS_MODULE"] = "mysettings"
        import django
        django.setup()
        import logging
        logging.getLogger("late").warning("late ana@example.pt")
        from django.core.management import call_command
        call_command("scrubline_check")
        call_command("check", "--fail-level", "WARNING")
        from django.views.debug import ExceptionReporter
        print(ExceptionReporter(None, ValueError, ValueError("ana@example.pt"), None).get_traceback_text())
        raise ValueError("at the end ana@example.pt")
    """
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(code)],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 1
    assert (
        "early ***@example.pt\n" in done.stderr and "late [REDACTED]\n" in done.stderr
    )
    assert done.stderr.endswith("ValueError: at the end [REDACTED]\n")
    assert "leaking: 0, not tried: 0; findings of the checks: 0" in done.stdout
    assert "ValueError: [REDACTED]" in done.stdout or "[REDACTED]" in done.stdout
    assert "ana@" not in done.stdout + done.stderr


# ---- management commands

COMMAND = """
import sys
from django.core.management.base import BaseCommand, CommandError

TEXT = "no account for ana@example.pt, password=hunter2"

class Unshown:
    def __str__(self):
        raise ValueError(TEXT)

class Command(BaseCommand):
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("how")

    def handle(self, how, **options):
        if how == "raise":
            raise CommandError(TEXT, returncode=3)
        if how == "exit":
            sys.exit(TEXT)
        if how == "unshown":
            sys.exit(Unshown())
        if how == "status":
            sys.exit(4)
        self.stderr.write(self.style.ERROR(f"skipped: {TEXT}"), ending=".")
        self.stdout.write(f"as data: {TEXT}")
"""


@pytest.fixture
def manage(tmp_path: Any) -> Any:
    """Runs the command of a project that calls `install()` or does not."""
    folder = tmp_path / "shop" / "management" / "commands"
    folder.mkdir(parents=True)
    (folder / "bill.py").write_text(COMMAND)
    (tmp_path / "shop" / "__init__.py").touch()
    (tmp_path / "mysettings.py").write_text(
        "import os, scrubline\n"
        "INSTALLED_APPS = ['shop']\n"
        "if os.environ['INSTALL'] == '1':\n"
        "    scrubline.install()\n"
    )
    code = "from django.core.management import execute_from_command_line as run; run()"

    def run(*argv: str, install: bool = True) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-c", code, *argv],
            cwd=tmp_path,
            env={
                **os.environ,
                "DJANGO_SETTINGS_MODULE": "mysettings",
                "INSTALL": str(int(install)),
            },
            capture_output=True,
            text=True,
            timeout=60,
        )

    return run


@pytest.mark.parametrize(
    ("how", "status", "written"),
    [
        ("raise", 3, "CommandError: no account for ***@example.pt, {}\n"),
        ("exit", 1, "no account for ***@example.pt, {}\n"),
        ("write", 0, "skipped: no account for ***@example.pt, {}."),
    ],
)
def test_errors_of_commands(manage: Any, how: str, status: int, written: str) -> None:
    bare = manage("bill", how, install=False)
    assert "ana@example.pt, password=hunter2" in bare.stderr
    done = manage("bill", how)
    assert done.stderr == written.format("password=[REDACTED]")
    assert done.returncode == bare.returncode == status
    # What a command gives as its output may be data that somebody asked for.
    assert done.stdout == bare.stdout


def test_errors_of_commands_that_have_no_text(manage: Any) -> None:
    assert manage("bill", "status").returncode == 4
    done = manage("bill", "unshown")
    assert (done.returncode, done.stderr) == (1, "[REDACTED:error]\n")
    traceback = manage("bill", "raise", "--traceback").stderr
    assert "Traceback" in traceback and "hunter2" not in traceback


def test_commands_called_by_code_stay_as_they_are(
    installed: scrubline.Installation,
) -> None:
    class Command(BaseCommand):
        requires_system_checks: Any = []

        def handle(self, *_: Any, **__: Any) -> None:
            self.stderr.write(f"for {EMAIL}")
            raise CommandError(f"password={SECRET}")

    errors = io.StringIO()
    with pytest.raises(CommandError, match=SECRET):
        call_command(Command(), stderr=errors)
    assert errors.getvalue() == f"for {EMAIL}\n"
    # From the command line, and not any more when it is undone.
    for shown in (f"for {MASKED_EMAIL}", f"for {EMAIL}"):
        command = Command(stderr=io.StringIO())
        with pytest.raises(SystemExit) as raised:
            command.run_from_argv(["manage.py", "it"])
        assert raised.value.code == 1
        assert command.stderr.getvalue().startswith(shown)
        installed.undo()
