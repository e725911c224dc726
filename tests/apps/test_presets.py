"""The production preset under real servers: several workers, one set of files, requests until the very end."""

import http.client
import json
import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import pytest

from server import PATIENCE, free_port

REQUESTS, CLIENTS = 1200, 6
PLANTED = "hunter2-Zx9"

SITE = """
    import logging, os
    from django.http import HttpResponse
    from django.urls import path
    from scrubline.django import logging_config

    DEBUG = False
    SECRET_KEY = "not-a-secret-of-this-test"
    ALLOWED_HOSTS = ["*"]
    ROOT_URLCONF = __name__
    USE_TZ = True
    INSTALLED_APPS = ["scrubline.django"]
    # Small files, so that the workers rotate them often.
    SMALL = {name: {"maxBytes": 40_000} for name in ("application", "business", "audit")}
    LOGGING = logging_config(
        "production", log_dir=os.environ["LOG_DIR"], apps=["shop"], syslog=False, handlers=SMALL
    )

    def pay(request, number):
        extra = {"number": number, "pid": os.getpid(), "password": "hunter2-Zx9"}
        logging.getLogger("shop.views").info("paid with password=hunter2-Zx9", extra=extra)
        logging.getLogger("business.payments").info("paid", extra=extra)
        logging.getLogger("finances.audit").info("paid by %s", request, extra=extra)
        return HttpResponse(str(number))

    urlpatterns = [path("pay/<int:number>", pay)]

    def serve(kind):
        os.environ["DJANGO_SETTINGS_MODULE"] = __name__
        from django.core.asgi import get_asgi_application
        from django.core.wsgi import get_wsgi_application
        return get_wsgi_application() if kind == "wsgi" else get_asgi_application()
"""

SERVERS = {
    "gunicorn": "gunicorn wsgi:app --workers=2 --bind=127.0.0.1:{port} --access-logfile=-",
    "gunicorn --preload": "gunicorn wsgi:app --workers=2 --preload --threads=4 "
    "--bind=127.0.0.1:{port} --access-logfile=-",
    "uvicorn": "uvicorn asgi:app --host=127.0.0.1 --port={port}",
    "uvicorn --workers": "uvicorn asgi:app --host=127.0.0.1 --port={port} --workers=2",
}


@pytest.fixture(params=SERVERS)
def served(request, tmp_path):
    """Sends all requests to a server, ends it by SIGTERM. Its name, log directory and output."""
    (tmp_path / "site_of_test.py").write_text(textwrap.dedent(SITE))
    for kind in ("wsgi", "asgi"):
        (tmp_path / f"{kind}.py").write_text(
            f"import site_of_test\napp = site_of_test.serve('{kind}')\n"
        )
    port = free_port()
    command = SERVERS[request.param].format(port=port).split()
    output = tmp_path / "output"
    with output.open("wb") as stream:
        process = subprocess.Popen(
            [sys.executable, "-m", *command],
            cwd=tmp_path,
            env={
                **os.environ,
                "LOG_DIR": str(tmp_path / "logs"),
                "HOME": str(tmp_path),
            },
            stdout=stream,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(port, process)
            clients = [
                threading.Thread(target=ask, args=(port, range(n, REQUESTS, CLIENTS)))
                for n in range(CLIENTS)
            ]
            for client in clients:
                client.start()
            for client in clients:
                client.join()
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)
        finally:
            process.kill()
            process.wait()
    return request.param, tmp_path / "logs", output.read_text()


def wait_for(port, process):
    """Return when the server answers."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", "/nothing")
            connection.getresponse().read()
            return
        except OSError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def ask(port, numbers):
    """Send one request after another."""
    for number in numbers:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        connection.request("GET", f"/pay/{number}?password={PLANTED}")
        assert connection.getresponse().read() == str(number).encode()
        connection.close()


def lines(folder, name):
    """Return all records of a file and of its old ones."""
    return [
        json.loads(line)
        for path in folder.glob(f"{name}.log*")
        for line in path.read_text().splitlines()
    ]


def test_no_line_is_lost_split_or_raw(served):
    server, logs, output = served
    texts = [path.read_text() for path in logs.iterdir()]
    assert not any(PLANTED in text for text in [*texts, output])
    for file, logger in {
        "application": "shop.views",
        "business": "business.payments",
        "audit": "finances.audit",
    }.items():
        found = [one for one in lines(logs, file) if one["logger"] == logger]
        assert sorted(one["number"] for one in found) == list(range(REQUESTS))
        assert all(one["password"] == "[REDACTED]" for one in found)
        assert len(list(logs.glob(f"{file}.log*"))) > 5
    workers = {one["pid"] for one in lines(logs, "audit")}
    assert len(workers) == (1 if server == "uvicorn" else 2)
    # The servers' own records take the same way, with the request lines in them and what they say last.
    own = [
        one
        for one in lines(logs, "application")
        if one["logger"].startswith(server.split()[0])
    ]
    requests = [one for one in own if "/pay/" in one["message"]]
    assert len(requests) == REQUESTS
    assert all("password=[REDACTED]" in one["message"] for one in requests)
    # The console has each line as well.
    assert output.count('"logger":"shop.views"') == REQUESTS
    if server == "uvicorn":
        # Said after the signal, just before the process ends by it.
        assert [
            one for one in own if one["message"].startswith("Finished server process")
        ]
