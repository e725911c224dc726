"""`scrubline.install()` under real servers: no filter and no formatter is configured, and nothing planted comes out."""

import http.client
import os
import subprocess
import sys
from pathlib import Path

import pytest

import canaries
import drive
import server

FORMAT = '%(h)s "%(r)s" %(s)s "%(f)s" "%({x-token}i)s"'
COMMANDS = {
    "gunicorn": [
        "gunicorn",
        "plain:wsgi",
        "--workers=2",
        "--access-logfile=-",
        f"--access-logformat={FORMAT}",
    ],
    "uvicorn": ["uvicorn", "plain:asgi", "--workers=1"],
}
GUARDED = {
    "gunicorn": ["--logger-class=scrubline.integrations.gunicorn.Logger"],
    "uvicorn": [],
}
SECRET = "Zx9aQ7-hunter2"


@pytest.fixture(scope="module", params=sorted(server.COMMANDS))
def installed(request, tmp_path_factory):
    """The sample project with `install` alone."""
    planted = canaries.make()
    folder = tmp_path_factory.mktemp(request.param)
    run = server.run(request.param, "config.settings_installed", planted, folder)
    return run, planted


def test_the_project_answers_as_it_should(installed):
    run, planted = installed
    assert run.answers == {step.name: step.status for step in drive.steps(planted)}


def test_nothing_planted_is_in_any_file_or_stream(installed):
    run, _ = installed
    assert all(run.texts[name] for name in run.texts if name != "stdout")
    assert not run.leaks, "\n".join(run.leaks)


def served(name, folder, guarded):
    """Return what a server wrote to its streams while it was asked for three pages."""
    port = server.free_port()
    bind = {
        "gunicorn": [f"--bind=127.0.0.1:{port}"],
        "uvicorn": ["--host=127.0.0.1", f"--port={port}"],
    }
    more = GUARDED[name] if guarded else []
    command = [sys.executable, "-m", *COMMANDS[name], *bind[name], *more]
    environment = {**os.environ, "HOME": str(folder), "PYTHONDONTWRITEBYTECODE": "1"}
    if guarded and name == "uvicorn":
        environment["PLAIN_INSTALLS"] = "1"
    with open(folder / "log", "wb") as log:
        process = subprocess.Popen(
            command, cwd=Path(__file__).parent, env=environment, stdout=log, stderr=log
        )
        try:
            server.wait_until_ready(process, port)
            for path in ("/", "/users/ana@example.pt", "/fail/"):
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                headers = {
                    "Referer": f"https://example.org/?password={SECRET}",
                    "X-Token": f"password={SECRET}",
                }
                connection.request(
                    "GET", f"{path}?password={SECRET}&page=2", headers=headers
                )
                connection.getresponse().read()
                connection.close()
        finally:
            process.terminate()
            process.wait(server.PATIENCE)
    return (folder / "log").read_text()


@pytest.mark.parametrize("name", sorted(COMMANDS))
def test_handlers_of_the_server_itself(name, tmp_path):
    for guarded in (False, True):
        folder = tmp_path / str(guarded)
        folder.mkdir()
        text = served(name, folder, guarded)
        assert (SECRET in text) == (not guarded), text
        assert ("ana@" in text or "ana%40" in text) == (not guarded), text
        assert "page=2" in text and "ValueError: cannot serve /fail/" in text
        if guarded:
            assert "/users/***" in text and "?password=[REDACTED]&page=2" in text
