"""`logging_config`: each environment logged through in a process of its own, and what can be changed."""

from __future__ import annotations

import json
import logging
import os
import re
import socket
import stat
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import EMAIL, SECRET
from django.core.exceptions import ImproperlyConfigured
from scrubline.django import ServerFilter, logging_config

# The namespaces of the logging guide, under its headings.
NAMESPACES = [
    "accounts.auth",
    "accounts.security",
    "accounts.throttles",
    "finances.payments",
    "finances.stripe",
    "finances.fraud",
    "finances.audit",
    "finances.webhooks",
    "scheduler.bookings",
    "scheduler.conflicts",
    "scheduler.reminders",
    "messaging.email",
    "messaging.invitations",
    "business.payments",
    "business.sessions",
    "business.authentication",
    "security.events",
    "security.auth_failures",
    "performance",
]
SERVERS = [
    "gunicorn.error",
    "gunicorn.access",
    "uvicorn",
    "uvicorn.error",
    "uvicorn.access",
]
LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
OTHERS = ["shop", "shop.cart", "django.request", "django.db.backends", "urllib3"]

LOG_ALL = """
for name in {names}:
    for level in {levels}:
        logging.getLogger(name).log(
            getattr(logging, level), "%s of %s", level, "{email}", extra={{"password": "{secret}"}}
        )
"""


def run(
    code: str, *args: object, status: int = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Runs code in a fresh process, with LOGGING made by `configure(...)` in a settings module and Django set up."""
    start = """
import json, logging, os, sys, types
def configure(*args, routes=None, **options):
    from scrubline.django import logging_config
    settings = types.ModuleType("project_settings")
    sys.modules["project_settings"] = settings
    settings.LOGGING = json.loads(json.dumps(logging_config(*args, **options)))
    settings.INSTALLED_APPS = ["scrubline.django"]
    settings.SCRUBLINE = {"KNOWN_VALUES": ["tulip-meadow-41"], "ROUTES": routes or {}}
    os.environ["DJANGO_SETTINGS_MODULE"] = "project_settings"
    import django
    django.setup()
"""
    log_all = LOG_ALL.format(
        names=[*NAMESPACES, *SERVERS, *OTHERS], levels=LEVELS, email=EMAIL, secret=SECRET
    )  # fmt: skip
    code = textwrap.dedent(code).replace("LOG_ALL", log_all)
    done = subprocess.run(
        [sys.executable, "-c", start + code, *map(str, args)],
        capture_output=True,
        text=True,
        timeout=120,
        env={**os.environ, **environment},
    )
    assert done.returncode == status, done.stdout + done.stderr
    assert EMAIL not in done.stdout + done.stderr
    assert SECRET not in done.stdout + done.stderr
    return done


def records(text: str) -> list[dict[str, Any]]:
    """The lines of a log, each valid JSON without anything planted in it."""
    assert EMAIL not in text and SECRET not in text and "tulip-meadow" not in text
    return [json.loads(line) for line in text.splitlines()]


def of(lines: list[dict[str, Any]]) -> set[tuple[str, str]]:
    """Logger and level of each; none twice."""
    found = [(one["logger"], one["level"]) for one in lines]
    assert len(set(found)) == len(found)
    return set(found)


def above(level: str, *names: str) -> set[tuple[str, str]]:
    return {(name, each) for name in names for each in LEVELS[LEVELS.index(level) :]}


# ---- production


def test_production_writes_each_record_where_it_belongs(tmp_path: Path) -> None:
    logs = tmp_path / "var" / "logs"
    done = run(
        """
        configure("production", log_dir=sys.argv[1], apps=["shop"], syslog=False)
        import threading
        assert threading.active_count() == 1 and not os.path.exists(sys.argv[1])
        LOG_ALL
        logging.getLogger("business.payments").info("the code is tulip-meadow-41")
        """,
        logs,
    )
    files = {
        path.stem: path.read_text() for path in logs.iterdir() if path.suffix == ".log"
    }
    assert set(files) == {
        "application",
        "errors",
        "business",
        "security",
        "audit",
        "performance",
    }
    everything = above("INFO", *NAMESPACES, *SERVERS, "shop", "shop.cart") | above(
        "WARNING", "django.request", "django.db.backends", "urllib3"
    )
    *application, known = records(files["application"])
    assert of(application) == everything
    assert known["message"] == "the code is [REDACTED]"
    # The console has the same lines.
    assert done.stderr == files["application"]
    assert of(records(files["errors"])) == {
        (name, level) for name, level in everything if level in ("ERROR", "CRITICAL")
    }
    *business, _ = records(files["business"])
    assert of(business) == above(
        "INFO", "business.payments", "business.sessions", "business.authentication"
    )
    assert of(records(files["performance"])) == above("INFO", "performance")
    assert of(records(files["audit"])) == above(
        "INFO",
        "finances.audit",
        "finances.fraud",
        "accounts.security",
        "security.events",
        "security.auth_failures",
    )
    security = records(files["security"])
    assert len(security) == 4 * 5
    assert list(security[0])[:2] == ["timestamp", "security_level"]
    for one in application:
        assert one["password"] == "[REDACTED]"
        assert one["message"] == f"{one['level']} of ***@example.pt"
        assert one["correlation_id"] == "no-correlation-id"
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in logs.iterdir()}
    assert set(modes.values()) == {0o640}
    assert stat.S_IMODE(logs.stat().st_mode) == 0o750


def test_production_keeps_files_as_long_as_it_must() -> None:
    handlers = logging_config("production", log_dir="/logs")["handlers"]
    kept = {
        name: (one["when"], one["interval"], one["keepDays"], one["utc"])
        for name, one in handlers.items()
        if "keepDays" in one
    }
    assert kept == {
        "application": ("midnight", 1, 14, True),
        "errors": ("midnight", 1, 30, True),
        "business": ("H", 6, 90, True),
        "security": ("midnight", 1, 365, True),
        "audit": ("midnight", 1, 2555, True),
        "performance": ("H", 1, 3, True),
    }
    assert handlers["audit"]["filename"] == "/logs/audit.log"


def test_production_rotates_and_deletes(tmp_path: Path) -> None:
    """By a clock that the process moves: every six hours, every day, and when seven years are over."""
    run(
        """
        import time
        from types import SimpleNamespace
        configure("production", log_dir=sys.argv[1], syslog=False)
        from scrubline.logging import _files
        now = 0
        _files.time = SimpleNamespace(**{**vars(time), "time": lambda: now})
        queue = logging.getLogger().handlers[0]
        # From 2026-01-01 05:00 on.
        for hours in (0, 1, 3, 7, 24, 24 * 2555 + 20):
            now = 1_767_243_600 + hours * 3600
            logging.getLogger("business.payments").info("%d", hours)
            logging.getLogger("finances.audit").info("%d", hours)
            queue.flush()
            for name in ("audit", "business"):
                os.utime(f"{sys.argv[1]}/{name}.log", (now, now))
        """,
        tmp_path,
    )
    written = {
        path.name: [int(one["message"]) for one in records(path.read_text())]
        for path in tmp_path.glob("[ab]*log*")
        if not path.name.startswith("application")
    }
    # The first day's audit is 2,555 days and 13 hours old at the end, the second day's a day less.
    assert written == {
        "audit.log.2026-01-02": [24],
        "audit.log": [24 * 2555 + 20],
        "business.log": [24 * 2555 + 20],
    }


def test_business_files_are_of_six_hours(tmp_path: Path) -> None:
    run(
        """
        import time
        from types import SimpleNamespace
        configure("production", log_dir=sys.argv[1], syslog=False)
        from scrubline.logging import _files
        now = 0
        _files.time = SimpleNamespace(**{**vars(time), "time": lambda: now})
        # From 2126-01-01 05:00 on, so that nothing is old.
        for hours in (0, 1, 3, 7, 24):
            now = 4_922_917_200 + hours * 3600
            logging.getLogger("business.payments").info("%d", hours)
            logging.getLogger().handlers[0].flush()
            os.utime(f"{sys.argv[1]}/business.log", (now, now))
        """,
        tmp_path,
    )
    written = {
        path.name: [int(one["message"]) for one in records(path.read_text())]
        for path in tmp_path.glob("business*")
    }
    assert written == {
        "business.log.2126-01-01_00": [0],
        "business.log.2126-01-01_06": [1, 3],
        "business.log.2126-01-01_12": [7],
        "business.log": [24],
    }


def test_production_without_files_writes_to_the_console() -> None:
    done = run(
        """
        configure("production", syslog=False)
        LOG_ALL
        """
    )
    assert ("finances.audit", "INFO") in of(records(done.stderr))


def test_production_without_a_queue(tmp_path: Path) -> None:
    done = run(
        """
        import threading
        configure("production", log_dir=sys.argv[1], syslog=False, queue_size=0)
        LOG_ALL
        assert threading.active_count() == 1
        """,
        tmp_path,
    )
    assert (tmp_path / "application.log").read_text() == done.stderr
    assert of(records((tmp_path / "performance.log").read_text()))


def test_a_full_disk_and_a_closed_console_reach_nobody(tmp_path: Path) -> None:
    run(
        """
        configure(
            "production", log_dir=sys.argv[1], syslog=False,
            handlers={"application": {"filename": "/dev/full"}, "console": {"stream": "ext://sys.stdout"}},
        )
        sys.stdout.close()
        LOG_ALL
        """,
        tmp_path,
    )
    assert of(records((tmp_path / "errors.log").read_text()))
    assert not (tmp_path / "application.log").exists()


def test_workers_of_a_preloaded_application(tmp_path: Path) -> None:
    """As `gunicorn --preload` does: set up once, used, then forked; each worker logs through a thread of its own."""
    run(
        """
        configure("production", log_dir=sys.argv[1], syslog=False, handlers={"application": {"maxBytes": 30_000}})
        logging.getLogger("shop").warning("loaded", extra={"worker": -1, "number": 0})
        for worker in range(3):
            if os.fork() == 0:
                for number in range(500):
                    logging.getLogger("shop").warning("work", extra={"worker": worker, "number": number})
                sys.exit()
        for _ in range(3): assert os.wait()[1] == 0
        """,
        tmp_path,
    )
    files = list(tmp_path.glob("application.log*"))
    lines = [one for path in files for one in records(path.read_text())]
    assert len(files) > 5
    assert sorted((one["worker"], one["number"]) for one in lines) == [
        (-1, 0),
        *((worker, number) for worker in range(3) for number in range(500)),
    ]


def test_what_django_and_the_servers_set_up_is_taken_over() -> None:
    """Their handlers show records as they are."""
    done = run(
        """
        for name in ("gunicorn.error", "gunicorn.access", "uvicorn", "uvicorn.access"):
            logger = logging.getLogger(name)
            logger.addHandler(logging.StreamHandler(sys.stdout))
            logger.propagate = False
        configure("production", syslog=False)
        LOG_ALL
        logging.getLogger("uvicorn.access").info('%s - "%s %s HTTP/%s" %d', "1.2.3.4:5", "GET", "/?password=hunter2", "1.1", 200)
        logging.getLogger("django.server").info("request")
        """
    )
    assert done.stdout == ""
    *_, access, server = records(done.stderr)
    assert access["message"] == '1.2.3.4:5 - "GET /?password=[REDACTED] HTTP/1.1" 200'
    assert server["logger"] == "django.server"


MAILED = """
from django.conf import settings
settings.SECRET_KEY, settings.ROOT_URLCONF, urlpatterns = "x" * 50, "__main__", []
settings.ADMINS = [("Admin", "admin@example.org")] if django.VERSION < (6, 0) else ["admin@example.org"]
settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
from django.core import mail
from django.test import RequestFactory
mail.outbox = []
request = RequestFactory().post("/pay", {{"password": "{secret}", "step": "three"}})
def fail(password):
    raise ValueError("no account for {email}")
for name in ("django.request", "django.server", "shop"):
    try:
        fail(password="{secret}")
    except ValueError:
        logging.getLogger(name).error("Failed for %s", "{email}", exc_info=True, extra={{"request": request}})
logging.shutdown()
print(json.dumps([[each.subject, each.body, str(each.alternatives)] for each in mail.outbox]))
"""


def mails(configure: str) -> list[list[str]]:
    """Subject, text and HTML of the mails that an error of Django and one of the project send."""
    code = MAILED.format(email=EMAIL, secret=SECRET)
    done = run(f"import django\n{configure}\n{code}")
    sent: list[list[str]] = json.loads(done.stdout)
    return sent


@pytest.mark.parametrize("size", [0, 100])
def test_errors_are_mailed_with_their_reports(size: int) -> None:
    ((subject, text, html),) = mails(
        f"configure('production', syslog=False, queue_size={size})"
    )
    assert subject.endswith("Failed for ***@example.pt")
    assert "step = 'three'" in text and "in fail" in text and html == "[]"
    configure = "configure('production', syslog=False, handlers={})"
    whole = {"class": "django.utils.log.AdminEmailHandler", "level": "ERROR"}
    for name, changed, count in (
        ("mail_admins", {"include_html": True}, 1),
        ("mail_admins", None, 0),
        # In its place, without its choice of loggers.
        ("mail_admins", {**whole, "include_html": True}, 2),
        # One more, of all loggers.
        ("ours", {**whole, "include_html": True}, 4),
    ):
        sent = mails(configure.replace("{}", repr({name: changed})))
        assert len(sent) == count
        for subject, text, _ in sent:
            assert not subject.startswith("{") and not text.startswith("{")
            assert "in fail" in text and "step = 'three'" in text
        assert not sent or "<table" in sent[-1][2]


def test_nothing_is_mailed_in_other_environments() -> None:
    for environment in ("development", "testing"):
        changed = "handlers={'mail_admins': {'include_html': True}}"
        assert mails(f"configure('{environment}', {changed})") == []
    assert mails("configure('production', overrides={'loggers': {'django': {'handlers': []}}})") == []  # fmt: skip


@pytest.mark.parametrize("environment", ["development", "production"])
def test_the_lines_of_runserver(environment: str) -> None:
    """Django gives them a socket as `request`, and the time as text."""
    done = run(
        f"""
        configure("{environment}", syslog=False)
        import threading, urllib.error, urllib.request
        from django.core.servers.basehttp import WSGIRequestHandler, WSGIServer

        def application(environ, start_response):
            start_response("404 Not Found", [("Content-Length", "0")])
            return [b""]

        server = WSGIServer(("127.0.0.1", 0), WSGIRequestHandler)
        server.set_app(application)
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{{server.server_port}}/x?token=hunter2hunter2")
        except urllib.error.HTTPError:
            pass
        thread.join()
        server.server_close()
        """
    )
    (line,) = (line for line in done.stderr.splitlines() if "django.server" in line)
    text = '"GET /x?token=[REDACTED] HTTP/1.1" 404 0'
    if environment == "development":
        assert re.search(
            rf" WARNING  django\.server {re.escape(text)} client_address=127\.0\.0\.1:\d+ status_code=404$",
            line.replace("[no-correlation-id] ", ""),
        )
        return
    found = json.loads(line)
    assert found["message"] == text and found["status_code"] == 404
    assert re.fullmatch(r"127\.0\.0\.1:\d+", found["client_address"])
    assert not {"request", "server_time"} & found.keys()


def test_the_lines_of_uvicorn() -> None:
    done = run(
        """
        configure("production", syslog=False)
        extra = {"color_message": "Started server process [\\x1b[36m%d\\x1b[0m]"}
        for name in ("uvicorn.error", "shop"):
            logging.getLogger(name).warning("Started server process [%d]", 7, extra=extra)
        """
    )
    line, other = records(done.stderr)
    assert line["message"] == "Started server process [7]"
    assert "color_message" not in line and "color_message" in other


def test_a_client_that_is_gone_and_one_by_ipv6() -> None:
    class Socket(socket.socket):
        def getpeername(self) -> Any:
            return ("::1", 5, 0, 0)

    for kind, address in ((Socket, "[::1]:5"), (socket.socket, None)):
        with kind() as request:
            record = logging.makeLogRecord({"request": request, "server_time": "now"})
            assert ServerFilter().filter(record) is True
        assert getattr(record, "client_address", None) == address
        assert not hasattr(record, "request")
    record = logging.makeLogRecord({"request": 7, "server_time": "now"})
    assert ServerFilter().filter(record) is True
    assert (record.request, record.server_time) == (7, "now")  # type: ignore[attr-defined]


# ---- syslog


@pytest.fixture
def daemon() -> Iterator[tuple[str, socket.socket]]:
    """A syslog socket, and its path."""
    with tempfile.TemporaryDirectory() as folder:
        path = f"{folder}/log"
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as found:
            found.bind(path)
            found.settimeout(60)
            yield path, found


def test_syslog_gets_warnings(daemon: tuple[str, socket.socket]) -> None:
    path, found = daemon
    run(
        f"""
        configure("production", syslog="{path}", handlers={{"console": None}})
        logging.getLogger("shop").info("not this one")
        logging.getLogger("finances.stripe").critical("down, says {EMAIL}")
        """
    )
    priority, _, line = found.recv(65536).rstrip(b"\0").decode().partition(">")
    (one,) = records(line)
    assert priority == "<10" and one["message"] == "down, says ***@example.pt"
    found.setblocking(False)
    with pytest.raises(BlockingIOError):
        found.recv(65536)


def test_a_syslog_that_went_away_reaches_nobody(
    daemon: tuple[str, socket.socket], tmp_path: Path
) -> None:
    run(
        f"""
        configure("production", log_dir=sys.argv[1], syslog="{daemon[0]}")
        os.remove("{daemon[0]}")
        logging.getLogger("shop").warning("goes on")
        """,
        tmp_path,
    )
    (one,) = records((tmp_path / "application.log").read_text())
    assert one["message"] == "goes on"


def test_syslog_is_used_where_it_exists(
    daemon: tuple[str, socket.socket], monkeypatch: Any
) -> None:
    from scrubline.django import _config

    monkeypatch.setattr(_config, "SYSLOG_SOCKETS", ("/nowhere", daemon[0]))
    there = logging_config("production")
    assert there["handlers"]["syslog"]["address"] == daemon[0]
    assert there["root"]["handlers"] == ["queue", "syslog_queue"]
    monkeypatch.setattr(_config, "SYSLOG_SOCKETS", ("/nowhere", os.devnull))
    absent = logging_config("production")
    assert absent["handlers"]["syslog"] == {"class": "logging.NullHandler"}
    assert absent["root"]["handlers"] == ["queue"]
    remote = logging_config("production", syslog=("logs.example.org", 514))
    assert remote["handlers"]["syslog"]["address"] == ["logs.example.org", 514]
    assert remote["handlers"]["syslog_queue"]["level"] == "WARNING"


# ---- development


def test_development_shows_everything(tmp_path: Path) -> None:
    done = run(
        """
        configure("development", log_dir=sys.argv[1])
        import threading
        LOG_ALL
        assert threading.active_count() == 1
        """,
        tmp_path,
    )
    console, debug = done.stderr, (tmp_path / "debug.log").read_text()
    assert console == debug and "\x1b" not in console
    count = len(NAMESPACES) + len(["shop", "shop.cart", "django.request", "urllib3"])
    assert console.count("DEBUG of ***@example.pt") == count
    assert console.count("INFO of ***@example.pt") == count + len(SERVERS) + 1
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".log"] == ["debug.log"]  # fmt: skip


@pytest.mark.parametrize("no_color", [False, True])
def test_development_has_colours_on_a_terminal(tmp_path: Path, no_color: bool) -> None:
    import pty

    master, slave = pty.openpty()
    code = """
from scrubline.django import logging_config
import logging.config, sys
logging.config.dictConfig(logging_config("development", log_dir=sys.argv[1]))
logging.getLogger("shop").error("shown")
"""
    environment = {name: value for name, value in os.environ.items() if name != "NO_COLOR"}  # fmt: skip
    if no_color:
        environment["NO_COLOR"] = "1"
    subprocess.run(
        [sys.executable, "-c", code, tmp_path],
        stderr=slave,
        check=True,
        timeout=120,
        env=environment,
    )
    os.close(slave)
    shown = os.read(master, 65536).decode()
    os.close(master)
    assert "shown" in shown and ("\x1b[" in shown) is not no_color
    assert "\x1b" not in (tmp_path / "debug.log").read_text()


# ---- testing


def test_testing_keeps_warnings_in_memory(tmp_path: Path) -> None:
    done = run(
        """
        configure("testing", log_dir=sys.argv[1])
        LOG_ALL
        (memory,) = logging.getLogger().handlers
        print(json.dumps([[r.name, r.levelname, r.getMessage(), r.password] for r in memory.records]))
        """,
        tmp_path,
    )
    kept = json.loads(done.stdout)
    assert {(name, level) for name, level, _, _ in kept} == above(
        "WARNING",
        *[name for name in NAMESPACES if name != "performance"],
        *SERVERS,
        *[name for name in OTHERS if name != "django.db.backends"],
    )
    assert all(message.endswith("of ***@example.pt") for _, _, message, _ in kept)
    assert {password for *_, password in kept} == {"[REDACTED]"}
    assert not list(tmp_path.iterdir()) and done.stderr == ""


def test_testing_works_with_assertlogs_and_heavy_loggers() -> None:
    run(
        """
        configure("testing")
        import unittest
        case = unittest.TestCase()
        with case.assertLogs("finances.payments", level="INFO") as log:
            logging.getLogger("finances.payments").info("Payment processed successfully")
        assert log.output == ["INFO:finances.payments:Payment processed successfully"]
        with case.assertLogs("performance", level="INFO") as log:
            logging.getLogger("performance").info("slow")
        assert len(log.records) == 1
        logging.getLogger("performance").error("slow")
        assert not logging.getLogger().handlers[0].records
        assert not logging.getLogger("business.payments").isEnabledFor(logging.INFO)
        """
    )


# ---- events


def test_an_event_is_in_the_files_of_all_its_loggers(tmp_path: Path) -> None:
    run(
        """
        import scrubline.django
        configure(
            "production", log_dir=sys.argv[1], syslog=False,
            routes={"payment_*": {"area": "payments", "also": ["finances.audit", "finances.payments"]}},
        )
        scrubline.django.log_business_event("payment_completed", "paid", amount=25, email="ana@example.pt")
        scrubline.django.log_security_event("authentication_failure", "no", email="ana@example.pt")
        scrubline.django.log_performance_event("dashboard", 1500)
        """,
        tmp_path,
    )
    files = {path.stem: records(path.read_text()) for path in tmp_path.glob("*.log")}
    kinds = {name: [one.get("operation", one["event_type"]) for one in lines] for name, lines in files.items()}  # fmt: skip
    assert kinds == {
        "application": ["payment_completed", "authentication_failure", "dashboard"],
        "business": ["payment_completed"],
        "security": ["authentication_failure"],
        "audit": ["payment_completed", "authentication_failure"],
        "performance": ["dashboard"],
    }
    paid = files["audit"][0]
    assert paid == files["business"][0] and paid["logger"] == "business.payments"
    assert paid["amount"] == 25 and paid["email"] == "***@example.pt"
    assert not any("scrubline" in name for name in paid)


def test_lambdas_and_keywords_go_through_the_queue() -> None:
    done = run(
        """
        configure("production", syslog=False)
        logger = logging.getLogger("shop.cart")
        logger.debug("never %s", lambda: 1 / 0)
        logger.warning("for %s", lambda: "ana@example.pt")
        logger.warning("User {user_id} performed action {action}", user_id=7, action="pay")
        """
    )
    first, second = records(done.stderr)
    assert first["message"] == "for ***@example.pt"
    assert second["message"] == "User 7 performed action pay"
    assert second["user_id"] == 7 and second["action"] == "pay"


# ---- what can be changed


@pytest.mark.parametrize("environment", ["development", "production", "testing"])
def test_configs_are_plain_and_whole(environment: str) -> None:
    config = logging_config(
        environment,
        log_dir=Path("/logs"),
        apps=("shop",),
        syslog=("localhost", 514),
        handlers={"own": {"class": "logging.StreamHandler", "a": (1, 2)}},
    )
    assert json.loads(json.dumps(config)) == config
    assert set(NAMESPACES) | {"shop", *SERVERS} <= set(config["loggers"])
    for name, one in config["loggers"].items():
        assert one["propagate"] or one["handlers"] == ["null"]
        # Written down, so that metrics are there for each of them from the start.
        assert (one["level"] == "NOTSET") is (environment == "testing"), name
    for name, one in config["handlers"].items():
        if one["class"] != "logging.NullHandler":
            assert one["filters"][-2:] == ["sensitive_data", "correlation"], name
    # A second call begins anew.
    config["loggers"]["shop"]["handlers"].append("x")
    config["handlers"].clear()
    assert logging_config(environment, apps=["shop"])["loggers"]["shop"]["handlers"] == []  # fmt: skip


def test_levels_hold_for_what_is_below() -> None:
    done = run(
        """
        configure(
            "production", syslog=False,
            levels={"root": "ERROR", "finances": "WARNING", "finances.stripe": 10, "new": "INFO"},
        )
        LOG_ALL
        logging.getLogger("new.one").info("here")
        """
    )
    *found, last = records(done.stderr)
    assert of(found) >= above("DEBUG", "finances.stripe") | above("WARNING", "finances.audit")  # fmt: skip
    assert not of(found) & {("finances.audit", "INFO"), ("urllib3", "WARNING")}
    assert last["logger"] == "new.one"


def test_everything_else_can_be_changed(tmp_path: Path) -> None:
    config = logging_config(
        "production",
        log_dir=tmp_path,
        syslog=False,
        retention={"audit": 3650, "errors": 60.5},
        namespaces={"audit": ["shop.refunds"]},
        handlers={
            "business": {"interval": 12},
            "console": None,
            "own": {"class": "logging.FileHandler", "filename": "own.log"},
            "queue": {"drain_seconds": 9},
            # Of another environment.
            "debug": {"maxBytes": 1},
            "memory": None,
        },
        loggers={
            "shop.refunds": {"level": "DEBUG"},
            "django": {"level": "INFO", "handlers": ["own"]},
        },
        layout="nested",
        queue_size=50,
        overrides={
            "handlers": {"errors": {"level": "CRITICAL"}},
            "root": {"level": "INFO"},
            "filters": {"more": {"()": "logging.Filter"}},
        },
    )
    handlers = config["handlers"]
    assert handlers["audit"]["keepDays"] == 3650
    assert handlers["errors"]["keepDays"] == 60.5
    assert handlers["errors"]["level"] == "CRITICAL"
    assert handlers["business"]["interval"] == 12
    assert handlers["business"]["when"] == "H"
    assert config["filters"]["audit_only"]["names"][-1] == "shop.refunds"
    assert "console" not in handlers and "debug" not in handlers
    assert handlers["own"] == {
        "class": "logging.FileHandler",
        "filename": "own.log",
        "formatter": "json",
        "filters": ["sensitive_data", "correlation"],
    }
    assert handlers["queue"]["capacity"] == 50
    assert handlers["queue"]["drain_seconds"] == 9
    assert "own" in handlers["queue"]["handlers"]
    assert "console" not in handlers["queue"]["handlers"]
    assert config["loggers"]["shop.refunds"] == {
        "level": "DEBUG",
        "handlers": [],
        "propagate": True,
    }
    assert config["loggers"]["django"]["handlers"] == ["own"]
    assert config["formatters"]["json"]["layout"] == "nested"
    assert config["root"]["level"] == "INFO" and "more" in config["filters"]


def test_changes_are_logged_through(tmp_path: Path) -> None:
    done = run(
        """
        configure(
            "production", log_dir=sys.argv[1], syslog=False, layout="nested",
            namespaces={"audit": ["shop.refunds"]},
            handlers={"console": None, "own": {"class": "logging.StreamHandler", "stream": "ext://sys.stdout", "level": "ERROR"}},
        )
        LOG_ALL
        logging.getLogger("shop.refunds").error("refunded", extra={"mail": "ana@example.pt"})
        """,
        tmp_path,
    )
    assert done.stderr == ""
    *found, last = records(done.stdout)
    assert {one["level"] for one in found} == {"ERROR", "CRITICAL"}
    assert last["extra"]["mail"] == "***@example.pt"
    assert records((tmp_path / "audit.log").read_text())[-1] == last


def test_another_formatter_writes_the_lines() -> None:
    done = run(
        """
        configure("production", syslog=False, formatter={"()": "logging.Formatter", "fmt": "%(levelname)s|%(message)s"})
        logging.getLogger("shop").warning("mail ana@example.pt")
        """
    )
    assert done.stderr == "WARNING|mail ***@example.pt\n"
    config = logging_config("production", formatter="a.b.Formatter", layout="own")
    assert config["formatters"]["json"] == {"()": "a.b.Formatter", "layout": "own"}


@pytest.mark.parametrize("environment", ["development", "testing"])
def test_handlers_of_production_are_null_elsewhere(environment: str) -> None:
    """So that one set of options does for all environments."""
    config = logging_config(
        environment,
        retention={"audit": 9},
        handlers={"audit": {"interval": 2}, "queue": {"drain_seconds": 1}},
        loggers={"shop.refunds": {"handlers": ["audit"]}},
    )
    assert config["handlers"]["audit"] == {"class": "logging.NullHandler"}
    named = logging_config(environment, handlers={"audit": {"class": "a.B"}})
    assert named["root"]["handlers"][-1] == "audit"


@pytest.mark.parametrize(
    ("options", "wrong"),
    [
        ({"environment": "prod"}, "'prod' is not one of development, production, testing"),
        ({"environment": None}, "None is not one of"),
        ({"apps": "shop"}, "apps is a list of loggers' names"),
        ({"apps": [1]}, "apps is a list of loggers' names"),
        ({"levels": {"finances": "VERBOSE"}}, r"levels\['finances'\]: 'VERBOSE' is not a level"),
        ({"levels": ["finances"]}, "levels is a dict"),
        ({"retention": {"audits": 1}}, r"retention\['audits'\]: the files are application, errors, business"),
        ({"retention": {"audit": 0}}, r"retention\['audit'\] is a number of days above 0"),
        ({"retention": {"audit": "7y"}}, r"retention\['audit'\] is a number of days above 0"),
        ({"namespaces": {"errors": ["a"]}}, r"namespaces\['errors'\]: the files that choose are business"),
        ({"namespaces": {"audit": "a"}}, r"namespaces\['audit'\] is a list of loggers' names"),
        ({"handlers": {"audti": {"level": "INFO"}}}, r"handlers\['audti'\] is not known, and has no class"),
        ({"handlers": {"audit": 1}}, r"handlers\['audit'\] is a dict, or None"),
        ({"handlers": {"queue": None}}, r"handlers\['queue'\]: queue_size=0 is no queue"),
        ({"handlers": {"console": {"filters": ["x"]}}}, r"handlers\['console'\]: there is no filter 'x'"),
        ({"handlers": {"console": {"level": "LOUD"}}}, r"handlers\['console'\]: 'LOUD' is not a level"),
        ({"loggers": {"a": {"handlers": ["x"]}}}, r"loggers\['a'\]: there is no handler 'x'"),
        ({"loggers": {"a": None}}, r"loggers\['a'\] is a dict"),
        ({"layout": "flatt"}, "layout: "),
        ({"syslog": ("a", "b")}, "syslog is the path of a socket"),
        ({"queue_size": -1}, "queue_size is a number of records"),
        ({"overrides": {"root": {"handlers": ["x"]}}}, "root: there is no handler 'x'"),
        ({"log_dir": b"/logs"}, "log_dir is a path of text"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(options: dict[str, Any], wrong: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=f"^logging_config: {wrong}"):
        logging_config(**{"environment": "production", **options})


def test_an_unknown_option_is_a_typeerror() -> None:
    with pytest.raises(TypeError, match="retentions"):
        logging_config("production", retentions={})  # type: ignore[call-arg]


def test_the_areas_are_the_applications_own() -> None:
    given = logging_config("production", areas={"shop": ["orders", "refunds"], "api": ()})  # fmt: skip
    loggers = given["loggers"]
    assert {"shop", "shop.orders", "shop.refunds", "api"} <= loggers.keys()
    assert {"business.payments", "security.events", "performance"} <= loggers.keys()
    assert loggers["shop.orders"]["level"] == "INFO"
    assert not any(name.startswith(("finances", "scheduler")) for name in loggers)
    assert "finances.stripe" in logging_config("production")["loggers"]
    for wrong in (["shop"], {"shop": "orders"}, {"shop": [7]}):
        with pytest.raises(ImproperlyConfigured, match="areas"):
            logging_config("production", areas=wrong)  # type: ignore[arg-type]


def test_making_one_touches_no_settings_and_no_apps() -> None:
    run(
        """
        from scrubline.django import logging_config
        logging_config("production", log_dir="/logs", apps=["shop"])
        from django.conf import settings
        from django.apps import apps
        assert not settings.configured and not apps.ready
        assert "scrubline.logging.handlers" not in sys.modules
        """
    )
