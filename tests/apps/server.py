"""The sample project under a real server, driven over HTTP on loopback."""

import http.client
import os
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import drive
from canaries import Canary, leaks

PROJECT = Path(__file__).parent / "aprende"
# Seconds until a server must accept connections, and until it must have stopped.
PATIENCE = 60

COMMANDS = {
    "gunicorn": [
        "gunicorn",
        "config.wsgi:application",
        "--workers=1",
        "--access-logfile=-",
        "--bind=127.0.0.1:{port}",
    ],
    "uvicorn": [
        "uvicorn",
        "config.asgi:application",
        "--host=127.0.0.1",
        "--port={port}",
    ],
    "runserver": ["django", "runserver", "--noreload", "127.0.0.1:{port}"],
}


@dataclass(frozen=True)
class Run:
    """What one drive left behind.

    `texts` holds every log file and stream by name, `answers` the status of every step by name,
    `planted` the canaries, with those that the server itself made up (its session keys).
    """

    texts: dict
    answers: dict
    planted: dict

    @cached_property
    def leaks(self):
        """Return what of which canary is where, as `canaries.leaks` does."""
        return leaks(self.planted, self.texts)


def run(server, settings, planted, folder):
    """Start the project under `server` ("gunicorn" or "uvicorn"), send all steps, stop it.

    `settings` is the settings module, `folder` an empty directory that takes the database and the
    logs. Raises AssertionError when the server does not start.
    """
    with running(server, settings, planted, folder) as port:
        answers, sessions = send(drive.steps(planted), port)
    keys = {
        f"session key {n}": Canary("session key", key, (key,))
        for n, key in enumerate(sessions)
    }
    return Run(texts(folder), answers, {**planted, **keys})


def texts(folder):
    """Return every log file and stream that a server left in `folder`, by name."""
    files = [path for path in (folder / "logs").rglob("*") if path.is_file()]
    return {
        path.name: path.read_text("utf-8", errors="replace")
        for path in [*files, folder / "stdout", folder / "stderr"]
        # The lock of files that several processes write.
        if path.suffix != ".lock"
    }


@contextmanager
def running(server, settings, planted, folder, options=(), environment=None):
    """Run the project under `server` while the block lasts; gives the port.

    `options` are further ones of the server's command line, `environment` further variables. Logs go to `logs` in `folder`, what the
    process writes to `stdout` and `stderr` there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    variables = {
        **os.environ,
        **drive.environment(planted),
        "DJANGO_SETTINGS_MODULE": settings,
        "APRENDE_LOG_DIR": str(folder / "logs"),
        "APRENDE_DB": str(folder / "db.sqlite3"),
        # Newer gunicorns put a control socket there.
        "HOME": str(folder),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
        **(environment or {}),
    }
    port = free_port()
    command = [
        sys.executable,
        "-m",
        *(part.format(port=port) for part in COMMANDS[server]),
        *options,
    ]
    with open(folder / "stdout", "wb") as out, open(folder / "stderr", "wb") as err:
        subprocess.run(
            [sys.executable, "manage.py", "migrate", "--verbosity=0"],
            cwd=PROJECT,
            env=variables,
            stdout=out,
            stderr=err,
            check=True,
        )
        process = subprocess.Popen(
            command, cwd=PROJECT, env=variables, stdout=out, stderr=err
        )
        try:
            wait_until_ready(process, port)
            yield port
        finally:
            process.terminate()
            process.wait(PATIENCE)


def free_port():
    """Return a port of the loopback interface that nobody uses now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until_ready(process, port):
    """Return when `port` accepts connections."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, f"the server ended with {process.returncode}"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the server does not listen")


def send(steps, port):
    """Send `steps` in order as one browser; return the statuses by name and the session keys."""
    answers, sessions = {}, []
    for step in steps:
        headers = {
            "Content-Type": step.content_type,
            "User-Agent": drive.AGENT,
            **step.headers,
        }
        if sessions:
            cookie = f"sessionid={sessions[-1]}"
            headers["Cookie"] = "; ".join(filter(None, (headers.get("Cookie"), cookie)))
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request(step.method, step.path, step.body, headers)
            response = connection.getresponse()
            response.read()
        finally:
            connection.close()
        answers[step.name] = response.status
        for cookie in response.headers.get_all("Set-Cookie", []):
            name, _, rest = cookie.partition("=")
            if name == "sessionid":
                sessions.append(rest.partition(";")[0])
    return answers, sessions
