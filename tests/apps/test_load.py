"""Ten thousand requests under each server: no line lost, no line broken, no correlation id crossed, nothing planted left."""

import http.client
import json
import re
import threading
from collections import Counter

import canaries
import drive
import pytest
import server

REQUESTS, CLIENTS = 10_000, 8
MARK = re.compile(r"load-(\d+)")
JSON_LINES = ("application.log", "security.log", "errors.log", "business.log")


def request(number, planted):
    """Return a request: method, path, body, content type and the status that it gets."""
    value = {name: canary.value for name, canary in planted.items()}
    kind = number % 20
    if kind == 0:
        step = next(s for s in drive.steps(planted) if s.name == "payment")
        body = {**json.loads(step.body), "student_id": number}
        return step.path, body, 201
    if kind == 1:
        event = {"id": f"load-{number}", "type": "customer.deleted"}
        customer = {"email": value["customer_email"], "api_key": value["sms_key"]}
        return "/api/finances/webhooks/", {**event, "data": {"customer": customer}}, 500
    if kind < 12:
        event = {"id": f"load-{number}", "type": "payment_intent.succeeded"}
        customer = {"email": value["customer_email"], "iban": value["customer_iban"]}
        return "/api/finances/webhooks/", {**event, "data": {"customer": customer}}, 200
    body = {"email": value["stranger_email"], "code": f"{number:06}"}
    return "/api/auth/verify/", body, 403


def load(port, planted):
    """Send all requests, several at a time; return the numbers of those that were not answered as they should be."""
    wrong = []

    def client(first):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        for number in range(first, REQUESTS, CLIENTS):
            path, body, status = request(number, planted)
            headers = {
                "Content-Type": "application/json",
                "User-Agent": f"Aprende/load-{number}",
                "X-Correlation-ID": f"load-{number}",
            }
            connection.request("POST", path, json.dumps(body), headers)
            answer = connection.getresponse()
            answer.read()
            if (answer.status, answer.headers["X-Correlation-ID"]) != (
                status,
                f"load-{number}",
            ):
                wrong.append(number)
        connection.close()

    threads = [threading.Thread(target=client, args=(n,)) for n in range(CLIENTS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


@pytest.mark.parametrize("name", ["gunicorn", "uvicorn", "runserver"])
def test_ten_thousand_requests(name, tmp_path):
    planted = canaries.make()
    options = ["--workers=2", "--preload"] if name == "gunicorn" else []
    with server.running(name, "config.settings", planted, tmp_path, options) as port:
        assert load(port, planted) == []
    texts = server.texts(tmp_path)
    leaks = [
        f"{file}: {name}"
        for file, text in texts.items()
        for name, canary in planted.items()
        for secret in canary.secrets
        if secret in text
    ]
    assert leaks == []
    lines = {
        file: [
            json.loads(line)
            for each, text in texts.items()
            if each.startswith(file)
            for line in text.splitlines()
        ]
        for file in JSON_LINES
    }
    for line in lines["application.log"]:
        # Whatever of a request a line holds is of the request whose id it carries.
        assert len(set(MARK.findall(json.dumps(line)))) <= 1, line
    ids = Counter(
        line["correlation_id"]
        for line in lines["application.log"]
        if line["logger"] == "finances.stripe" or line["logger"] == "security.events"
    )
    of_verify = {f"load-{n}" for n in range(REQUESTS) if n % 20 >= 12}
    of_webhooks = {f"load-{n}" for n in range(REQUESTS) if 1 <= n % 20 < 12}
    assert {i for i in of_verify | of_webhooks if ids[i] != 1} == set()
    failures = Counter(line["correlation_id"] for line in lines["errors.log"])
    of_failures = {f"load-{n}" for n in range(REQUESTS) if n % 20 == 1}
    assert of_failures <= set(failures)
    booked = Counter(
        line["student_id"]
        for line in lines["application.log"]
        if line.get("event_type") == "payment_completed"
    )
    assert booked == dict.fromkeys(range(0, REQUESTS, 20), 1)
    assert len(lines["security.log"]) >= len(of_verify)
