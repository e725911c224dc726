"""What logging through scrubline adds to the latency of a trivial view under one gunicorn worker, over HTTP.

python tests/bench/http_bench.py BARS
"""

from __future__ import annotations

import argparse
import http.client
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from race import Bars

RUNS, REQUESTS, TURN = 7, 1500, 100

SITE = """
import logging, os
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

DEBUG = False
SECRET_KEY = "not-a-secret-of-this-benchmark"
ALLOWED_HOSTS = ["*"]
ROOT_URLCONF = __name__
USE_TZ = True
INSTALLED_APPS = []
MIDDLEWARE = ["django.middleware.common.CommonMiddleware"]
HANDLER = {"class": "logging.FileHandler", "filename": os.environ["LOG"], "formatter": "line"}
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"file": HANDLER},
    "root": {"handlers": ["file"], "level": "INFO"},
}
if os.environ["WITH"] == "scrubline":
    INSTALLED_APPS += ["scrubline.django"]
    MIDDLEWARE = ["scrubline.django.LoggingContextMiddleware", *MIDDLEWARE]
    SCRUBLINE = {"METRICS": True, "KNOWN_VALUES": [SECRET_KEY]}
    LOGGING["filters"] = {
        "sensitive_data": {"()": "scrubline.django.SensitiveDataFilter"},
        "correlation": {"()": "scrubline.django.CorrelationFilter"},
    }
    LOGGING["formatters"]["line"] = {"()": "scrubline.django.JSONFormatter"}
    HANDLER["filters"] = ["sensitive_data", "correlation"]

logger = logging.getLogger("shop.views")

def view(request):
    logger.info("order %s of %s shown", 4711, "ana@example.pt")
    return HttpResponse("ok")

urlpatterns = [path("", view)]
os.environ["DJANGO_SETTINGS_MODULE"] = "site_of_bench"
"""

APP = """
import site_of_bench
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
"""


@contextmanager
def serving(variant: str, folder: Path) -> Iterator[int]:
    """Run the site under one gunicorn worker while the block lasts; gives the port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "gunicorn", "app:application", "--workers=1"]
        + [f"--bind=127.0.0.1:{port}", "--log-level=error"],
        cwd=folder,
        env={
            **os.environ,
            "WITH": variant,
            "LOG": str(folder / f"{variant}.log"),
            "HOME": str(folder),
        },
    )
    try:
        end = time.monotonic() + 30
        while time.monotonic() < end:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(30)


def latencies(ports: tuple[int, int]) -> tuple[float, float]:
    """The medians of the requests' latencies, in milliseconds. They take turns, so that a slow spell of the machine hits both."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(REQUESTS // TURN):
        for port, own in zip(ports, times, strict=True):
            own += (one(port) for _ in range(TURN))
    plain, ours = (statistics.median(own) * 1e3 for own in times)
    return plain, ours


def one(port: int) -> float:
    """The seconds that one request takes, with a connection of its own: a worker of gunicorn's keeps none."""
    start = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", "/")
    answer = connection.getresponse()
    assert answer.read() == b"ok", answer.status
    connection.close()
    return time.perf_counter() - start


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("bars", type=Path)
    options = parser.parse_args()
    runs = []
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "site_of_bench.py").write_text(SITE)
        (Path(folder) / "app.py").write_text(APP)
        for _ in range(RUNS):
            # Anew for each run: where a process has its code and data is chance, and shows in its latency.
            with (
                serving("stdlib", Path(folder)) as plain,
                serving("scrubline", Path(folder)) as ours,
            ):
                # The first of each warms up.
                for _ in range(2):
                    run = latencies((plain, ours))
                runs.append(run)
    ratio = statistics.median(b / a for a, b in runs)
    medians = [statistics.median(column) for column in zip(*runs, strict=True)]
    print(
        f"\na trivial view that logs a line, over HTTP, median of {RUNS} runs in turns"
    )
    for name, milliseconds in zip(
        ("stdlib logging", "scrubline: filter, context, JSON line, metrics"),
        medians,
        strict=True,
    ):
        print(f"  {name:<46} {milliseconds:>9.3f} ms")
    bars = Bars()
    bars.check(
        "Python: latency of a trivial view over HTTP, more than with stdlib",
        (ratio - 1) * 100,
        3,
        " %",
        at_most=True,
    )
    bars.write(options.bars)


if __name__ == "__main__":
    main()
