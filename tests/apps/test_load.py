"""Ten thousand requests under each server: nothing planted in any sink, no id crossed, no line lost, no line broken."""

import http.client
import json
import re
import threading
import time
from collections import Counter, defaultdict
from dataclasses import replace

import pytest

import canaries
import drive
import server
from aprende.config.logging import logging_settings

REQUESTS, CLIENTS = 10_000, 8
OPTIONS = {"gunicorn": ["--workers=2", "--preload"], "uvicorn": ["--workers=2"]}
# Who writes the last line about a request.
ACCESS = {
    "gunicorn": "gunicorn.access",
    "uvicorn": "uvicorn.access",
    "runserver": "django.server",
}
JSON_LINES = (
    "application",
    "errors",
    "business",
    "security",
    "performance",
    "audit",
)
# What says of which request a line is: its correlation id, its user agent, the ids of what was paid and notified.
MARK = re.compile(r"load-\d+")
LEVELS = "(?:DEBUG|INFO|WARNING|ERROR|CRITICAL)"
# How a record begins on the console and in the file of the standard library's formatter.
BEGINS = {
    "console": re.compile(rf"^\d\d:\d\d:\d\d\.\d{{3}} {LEVELS} ", re.MULTILINE),
    "legacy": re.compile(rf"^[\d-]{{10}} [\d:]{{8}},\d{{3}} {LEVELS} ", re.MULTILINE),
}


def mix(planted):
    """Return the requests that take turns: mostly those of every day, and each of `drive` that neither hashes a password nor waits for another."""
    code = {"email": planted["stranger_email"].value, "code": "004711"}
    verify = drive.post("wrong code", "/api/auth/verify/", 403, code)
    left_out = ("register", "sign-in", "wrong password", "booking, conflict")
    steps = {
        step.name: step
        for step in drive.steps(planted)
        if not step.name.startswith(left_out)
    }
    often = [verify, steps["webhook payment_intent.succeeded"]]
    return [step for each in steps.values() for step in (each, *often)]


def marked(step, number):
    """Return a request of its own: under this id, for other things than all others."""
    mark = f"load-{number}"
    body = step.body
    for old, new in (
        (drive.EVENT_ID, mark),
        (drive.INTENT_ID, mark),
        ('"teacher_id": 31', f'"teacher_id": {number}'),
    ):
        body = body.replace(old.encode(), new.encode())
    headers = {
        **step.headers,
        "Content-Type": step.content_type,
        "User-Agent": f"Aprende/{mark}",
        "X-Correlation-ID": mark,
    }
    return replace(step, body=body, headers=headers)


def load(port, steps):
    """Send all requests, several at a time; return what was not answered as it should be."""
    wrong = []

    def client(first):
        connection = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=server.PATIENCE
        )
        for number in range(first, REQUESTS, CLIENTS):
            step = marked(steps[number % len(steps)], number)
            connection.request(step.method, step.path, step.body, step.headers)
            answer = connection.getresponse()
            answer.read()
            # A server that writes its answer in two parts would wait for a client that keeps the connection.
            connection.close()
            got = answer.status, answer.headers["X-Correlation-ID"]
            if got != (step.status, f"load-{number}"):
                wrong.append((step.name, *got))

    threads = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def wait_for_lines(folder, logger):
    """Return when the console has the line of every request: `runserver` writes it behind its answer, and stops in its tracks."""
    line, end = f" {logger} [".encode(), time.monotonic() + server.PATIENCE
    while (folder / "stderr").read_bytes().count(line) < REQUESTS:
        assert time.monotonic() < end, f"there are fewer lines of {logger} than answers"
        time.sleep(0.1)


@pytest.mark.parametrize("name", sorted(server.COMMANDS))
def test_ten_thousand_requests(name, tmp_path):
    planted = canaries.make()
    steps = mix(planted)
    options = OPTIONS.get(name, ())
    with server.running(name, "config.settings", planted, tmp_path, options) as port:
        assert load(port, steps) == []
        wait_for_lines(tmp_path, ACCESS[name])
    texts = server.texts(tmp_path)
    assert canaries.leaks(planted, texts) == []
    for file, text in texts.items():
        for line in text.splitlines():
            assert len(set(MARK.findall(line))) <= 1, f"{file}: {line}"
    sinks = defaultdict(str)
    for file in sorted(texts, reverse=True):
        sinks[file.partition(".")[0]] += texts[file]
    # One of them was rotated while both workers wrote.
    assert "application.log.1" in texts
    lines = {
        sink: [json.loads(line) for line in sinks[sink].splitlines()]
        for sink in JSON_LINES
    }
    assert_each_step_has_its_lines(lines["application"], steps)
    written = {sink: len(lines[sink]) for sink in JSON_LINES}
    written["console"] = len(BEGINS["console"].findall(sinks["stderr"]))
    written["legacy"] = len(BEGINS["legacy"].findall(sinks["legacy"]))
    assert written == owed(lines["application"], tmp_path)


def assert_each_step_has_its_lines(lines, steps):
    """Fail unless two requests of the same kind left lines from the same places of the code, as often."""
    places = defaultdict(Counter)
    for line in lines:
        # Not the level: a slow request is a warning.
        place = line["logger"], line["function"], line["line"]
        for mark in set(MARK.findall(json.dumps(line))):
            places[mark][place] += 1
    for at, step in enumerate(steps):
        first, *others = (places[f"load-{n}"] for n in range(at, REQUESTS, len(steps)))
        assert first, step.name
        assert [other for other in others if other != first] == [], step.name


def owed(lines, folder):
    """Return how many lines each sink has when it got every record that its loggers have written to the file that has all."""
    config = logging_settings(folder / "logs")
    loggers = {**config["loggers"], "": config["root"]}
    counts = Counter()
    for line in lines:
        name = line["logger"]
        while name not in loggers:
            name = name.rpartition(".")[0]
        for handler in loggers[name]["handlers"]:
            level = config["handlers"][handler].get("level")
            if level is None or line["level"] in ("ERROR", "CRITICAL"):
                counts[handler] += 1
    return dict(counts)
