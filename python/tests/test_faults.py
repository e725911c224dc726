"""What fails around logging does not reach a view: a full disk, a broker, a socket or a daemon that is gone."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import EMAIL, SECRET

PROJECT = """
import logging, resource, signal, sys
from django.conf import settings
from scrubline.django import logging_config

folder, port = sys.argv[1], int(sys.argv[2])
# Not in the source, which tracebacks quote.
email, password = sys.argv[5:]

def settings_of(queue_size):
    # Nobody listens, and a device is full.
    broken = {
        "stream": {"class": "logging.handlers.SocketHandler", "host": "127.0.0.1", "port": port},
        "daemon": {"class": "logging.handlers.SysLogHandler", "address": ("127.0.0.1", port)},
        "web": {"class": "logging.handlers.HTTPHandler", "host": f"127.0.0.1:{port}", "url": "/", "method": "POST"},
        "full": {"class": "scrubline.logging.handlers.RotatingFileHandler", "filename": "/dev/full"},
    }
    return logging_config("production", log_dir=folder, apps=["shop"], syslog=False, queue_size=queue_size, handlers=broken)

def view(request):
    from celery import Celery
    from kombu.exceptions import OperationalError
    from django.http import HttpResponse
    logger = logging.getLogger("shop")
    for number in range(20):
        logger.warning("order %d of %s", number, email, extra={"password": password})
    app = Celery(broker=f"amqp://127.0.0.1:{port}//", set_as_current=False)
    app.conf.broker_connection_timeout = 0.1
    try:
        app.send_task("shop.pay", (email,), {"password": password}, retry=False)
    except OperationalError:
        # As without scrubline: what the view asks of a broker is the view's to know.
        logger.error("no broker")
    return HttpResponse("done")

def urls():
    from django.urls import path
    return [path("", view)]

settings.configure(
    ALLOWED_HOSTS=["*"],
    INSTALLED_APPS=["scrubline.django"],
    LOGGING=settings_of(int(sys.argv[3])),
    MIDDLEWARE=["scrubline.django.LoggingContextMiddleware", "scrubline.django.PerformanceMiddleware"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="not-a-secret-of-this-test",
)
import django
django.setup()
from scrubline.integrations import celery
celery.install()
urlpatterns = urls()
if sys.argv[4] == "full":
    # No file grows beyond this; the system says so by an error of the write.
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
from django.test import Client
response = Client().get("/", HTTP_X_CORRELATION_ID="mine")
assert (response.status_code, response.content, response["X-Correlation-ID"]) == (200, b"done", "mine")
"""


@pytest.fixture
def closed_port() -> int:
    """A port of the loopback interface where nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="a device of Linux")
@pytest.mark.parametrize("disk", ["full", "has room"])
@pytest.mark.parametrize("queue_size", [0, 1000], ids=["directly", "by a queue"])
def test_a_view_answers(
    tmp_path: Path, closed_port: int, disk: str, queue_size: int
) -> None:
    done = subprocess.run(
        [sys.executable, "-c", PROJECT, str(tmp_path), str(closed_port)]
        + [str(queue_size), disk, EMAIL, SECRET],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-5000:]
    texts = [done.stdout, done.stderr]
    texts += [path.read_text("utf-8") for path in tmp_path.iterdir()]
    for text in texts:
        assert EMAIL not in text and SECRET not in text
    lines = [
        json.loads(line)
        for line in (tmp_path / "application.log").read_text("utf-8").splitlines()
    ]
    assert {line["correlation_id"] for line in lines} == {"mine"}
    orders = [line["message"] for line in lines if line["level"] == "WARNING"]
    kept = orders[: 20 if disk == "has room" else 1]
    assert kept and kept == [f"order {n} of ***@example.pt" for n in range(len(kept))]
    if disk == "full":
        assert 0 < len(orders) < 20 and "File too large" in done.stderr
    assert "No space left on device" in done.stderr
