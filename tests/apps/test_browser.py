"""A page and the sample project log one request with one correlation id, in one shape."""

import json
import subprocess
from pathlib import Path

import pytest
from scrubline import Formatter

import canaries
import drive
import server

BROWSER = Path(__file__).with_name("browser.mjs")


@pytest.fixture(scope="module")
def request_of_a_page(tmp_path_factory):
    """What the page saw and sent, and the lines that the project wrote of its request."""
    folder = tmp_path_factory.mktemp("browser")
    planted = canaries.make()
    payment = next(step for step in drive.steps(planted) if step.name == "payment")
    with server.running("gunicorn", "config.settings", planted, folder) as port:
        done = subprocess.run(
            ["node", BROWSER, str(port)],
            input=payment.body.decode(),
            capture_output=True,
            encoding="utf-8",
            timeout=server.PATIENCE,
        )
    assert done.returncode == 0, done.stderr
    page = json.loads(done.stdout)
    lines = map(json.loads, server.texts(folder)["application.log"].splitlines())
    project = [
        line for line in lines if line.get("correlation_id") == page["correlation_id"]
    ]
    return page, project


def test_both_log_the_request_with_its_id(request_of_a_page):
    page, project = request_of_a_page
    assert (page["status"], page["header"]) == (201, page["correlation_id"])
    (line,) = map(json.loads, page["lines"])
    assert line["correlation_id"] == page["correlation_id"]
    (same_event,) = (
        line for line in project if line.get("event_type") == "payment_initiated"
    )
    shared = ("level", "logger", "event_type", "correlation_id")
    assert [line[name] for name in shared] == [same_event[name] for name in shared]


def test_the_line_of_the_page_is_what_python_writes_of_its_record(request_of_a_page):
    page, _ = request_of_a_page
    assert page["lines"] == [Formatter().format(page["record"])]
    line = json.loads(page["lines"][0])
    assert line["message"] == "Payment started by ***@example.com"
    assert line["payer"] == "***@example.com"
    assert line["card"] == "****-****-****-1111"
    assert (line["amount"], line["school_id"]) == (25, 5)
