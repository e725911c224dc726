"""A Celery worker and a Redis broker as real processes: the context arrives with every task, and no argument is shown."""

import hashlib
import json
import os
import subprocess
import sys
import threading
from collections import Counter, namedtuple
from pathlib import Path

import pytest
from celery import Celery

import canaries
from server import PATIENCE, free_port, wait_until_ready

PROJECT = Path(__file__).parent / "worker"
REQUESTS = 12
# Lines of one request, by step.
STEPS = {
    "charge": 2,
    "refuse": 1,
    "attempt 0": 1,
    "attempt 1": 1,
    "attempt 2": 1,
    "step": 3 + 2 + 1,
    "gather": 1,
    "send_more": 1,
    "inner": 1,
}

Run = namedtuple("Run", "printed lines texts events secrets planted")


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    """One run of the project: what it printed, its worker's lines, every text, every event."""
    folder = tmp_path_factory.mktemp("worker")
    planted = canaries.make()
    secrets = planted["payer_email"].value, planted["password"].value
    port = free_port()
    url = f"redis://127.0.0.1:{port}/0"
    environment = {
        **os.environ,
        "REDIS_URL": url,
        "EMAIL": secrets[0],
        "PASSWORD": secrets[1],
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONIOENCODING": "utf-8",
    }
    redis = start(
        ["redis-server", "--port", str(port), "--bind", "127.0.0.1", "--save", ""],
        {},
        folder,
        "redis",
    )
    try:
        wait_until_ready(redis, port)
        events = Events(url)
        worker = start(
            [sys.executable, "-m", "celery", "-A", "shop", "worker", "-E"]
            + ["--loglevel=INFO", "--pool=prefork", "--concurrency=2"],
            {**environment, "LOG_FILE": str(folder / "worker.log")},
            folder,
            "worker",
        )
        try:
            events.wait()
            sent = subprocess.run(
                [sys.executable, "shop.py", str(REQUESTS)],
                cwd=PROJECT,
                env={**environment, "LOG_FILE": str(folder / "sender.log")},
                capture_output=True,
                timeout=5 * PATIENCE,
            )
        finally:
            worker.terminate()
            worker.wait(PATIENCE)
            caught = events.stop()
        assert sent.returncode == 0, sent.stderr.decode()
    finally:
        redis.terminate()
        redis.wait(PATIENCE)
    texts = {
        path.name: path.read_text("utf-8", errors="replace")
        for path in folder.iterdir()
        if path.suffix in (".log", ".out", ".err")
    }
    lines = [json.loads(line) for line in texts["worker.log"].splitlines()]
    return Run(json.loads(sent.stdout), lines, texts, caught, secrets, planted)


def start(command, environment, folder, name):
    """Start a process whose streams go to NAME.out and NAME.err in `folder`."""
    with open(folder / f"{name}.out", "wb") as out:
        with open(folder / f"{name}.err", "wb") as err:
            return subprocess.Popen(
                command,
                cwd=PROJECT if environment else folder,
                env=environment or None,
                stdout=out,
                stderr=err,
            )


class Events:
    """A monitor: it keeps every event that goes through the broker."""

    def __init__(self, url):
        self.caught = []
        self._arrived = threading.Event()
        self._app = Celery(broker=url, set_as_current=False)
        self._thread = threading.Thread(target=self._capture)
        self._thread.start()

    def _capture(self):
        with self._app.connection() as connection:
            handlers = {"*": self._catch}
            self._receiver = self._app.events.Receiver(connection, handlers)
            self._receiver.capture(wakeup=False)

    def _catch(self, event):
        self.caught.append(event)
        self._arrived.set()

    def wait(self):
        """Return when an event has come: worker and monitor are there."""
        assert self._arrived.wait(PATIENCE), "no event of the worker"

    def stop(self):
        """Return all events, when the worker has said good-bye or not."""
        self._receiver.should_stop = True
        self._thread.join(PATIENCE)
        assert not self._thread.is_alive()
        return self.caught


def by_request(run):
    """Return the lines of tasks, by the number of the request that sent them."""
    found = {}
    for line in run.lines:
        if "request_number" in line:
            found.setdefault(line["request_number"], []).append(line)
    return found


def test_every_task_has_run_with_its_arguments(run):
    digest = hashlib.sha256("/".join(run.secrets).encode()).hexdigest()
    assert [answer["returned"] for answer in run.printed["answers"]] == [
        [digest, digest, n, n, n] for n in range(REQUESTS)
    ]
    assert {answer["failed"] for answer in run.printed["answers"]} == {"FAILURE"}
    found = by_request(run)
    assert set(found) == {-1, *range(REQUESTS)}
    for n in range(REQUESTS):
        steps = Counter(line["message"].partition(" of ")[0] for line in found[n])
        assert steps == STEPS


def test_every_line_has_the_context_of_its_request(run):
    """Through both processes of the worker, retries, chains, chords and the tasks of tasks."""
    found = by_request(run)
    for n in range(REQUESTS):
        assert run.printed["answers"][n]["id"] == f"request-{n}"
        for line in found[n]:
            context = [line[name] for name in ("correlation_id", "user_id", "role")]
            assert context == [f"request-{n}", n, "teacher"], line
            assert line["trace_id"] == f"{n + 1:032x}"
            assert line["span_id"] == f"{n + 1:016x}"


def test_a_task_of_nobody_has_an_id_of_its_own(run):
    (line,) = by_request(run)[-1]
    assert line["correlation_id"] == run.printed["lone"]
    assert not {"user_id", "role", "trace_id"} & set(line)


def test_the_lines_of_celery_have_the_context_too(run):
    ended = [line for line in run.lines if "succeeded in" in line["message"]]
    assert Counter(line["correlation_id"] for line in ended) == {
        **{f"request-{n}": sum(STEPS.values()) - 3 for n in range(REQUESTS)},
        run.printed["lone"]: 1,
    }


def test_no_argument_is_in_any_text(run):
    assert {"worker.log", "sender.log", "worker.out", "worker.err"} <= set(run.texts)
    assert canaries.leaks(run.planted, run.texts) == []
    assert run.texts["worker.log"].count("no account for ***@") >= REQUESTS


def test_no_argument_is_in_any_event(run):
    types = Counter(event["type"] for event in run.events)
    assert types["task-sent"] >= types["task-received"] > 0
    assert types["task-succeeded"] > 0 and types["task-failed"] == REQUESTS
    assert canaries.leaks(run.planted, {"events": json.dumps(run.events)}) == []
    sent = [e for e in run.events if e["type"] == "task-sent" and "charge" in e["name"]]
    assert {event["args"].partition(", ")[2] for event in sent} == {
        f"'***@{run.secrets[0].partition('@')[2]}', '[REDACTED]')",
        "",
    }
