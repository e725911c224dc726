"""The guide for projects with a logging module of their own, done as it says: nothing secret in any file, the lines as it shows them."""

from __future__ import annotations

import importlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

GUIDE = Path(__file__).parent.parent / "docs" / "migration.md"
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", GUIDE.read_text("utf-8"), re.M | re.S)
EMAIL, CARD, PASSWORD = "ana@example.pt", "4539148803436467", "hunter2-Zx9"
CONTRACT = """
    BusinessContext CorrelationFilter CorrelationID DevelopmentFormatter JSONFormatter RateLimitFilter SecurityFormatter
    SensitiveDataFilter get_business_event_logger log_business_event log_performance_event log_security_event
    setup_logging_context_middleware
""".split()

HEAD = """
from pathlib import Path
SECRET_KEY = "not-a-secret-of-this-test"
LOG_DIR = Path(__file__).parent / "logs"
ROOT_URLCONF = "urls"
ALLOWED_HOSTS = ["*"]
USE_TZ = True
"""
URLS = f"""
from django.http import HttpResponse
from django.urls import path
from finances.services import pay

def view(request):
    pay("{EMAIL}", "{CARD}", "{PASSWORD}")
    return HttpResponse("done")

urlpatterns = [path("", view)]
"""
RUN = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "settings"
import django
django.setup()
from django.test import Client
response = Client().get("/", HTTP_X_CORRELATION_ID="given")
assert response.content == b"done" and response.headers["X-Correlation-ID"] == "given"
"""


def blocks(language: str, file: str = "") -> list[str]:
    """The blocks of the guide in a language, those of one file that begins so."""
    first = f"# {file}" if file else ""
    return [text for kind, text in BLOCKS if kind == language and text.startswith(first)]  # fmt: skip


def put(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


@pytest.fixture(params=["as it was", "nested", "by logging_config"])
def migrated(request: Any, tmp_path: Path) -> tuple[str, dict[str, str]]:
    """Which way a project took, and what its files and streams hold after one request, by name."""
    before, after, in_the_end = blocks("python", "settings.py")
    (middleware,) = blocks("python", "common/middleware.py")
    (services,) = blocks("python", "finances/services.py")
    put(tmp_path / "settings.py", HEAD + before)
    put(tmp_path / "common" / "middleware.py", middleware)
    put(tmp_path / "common" / "logging_utils.py", "raise ImportError")
    put(tmp_path / "finances" / "services.py", services)
    put(tmp_path / "urls.py", URLS)
    put(tmp_path / "run.py", RUN)
    (tmp_path / "logs").mkdir()
    (shell,) = blocks("sh")
    subprocess.run(["bash", "-euc", shell], cwd=tmp_path, check=True)
    with open(tmp_path / "settings.py", "a", encoding="utf-8") as settings:
        settings.write(after)
        if request.param == "nested":
            settings.write('LOGGING["formatters"]["json"]["layout"] = "nested"\n')
        elif request.param == "by logging_config":
            settings.write(in_the_end)
    done = subprocess.run(
        [sys.executable, "run.py"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    texts = {path.name: path.read_text("utf-8") for path in tmp_path.glob("logs/*.log")}
    return request.param, {**texts, "stdout": done.stdout, "stderr": done.stderr}


def test_nothing_secret_is_in_any_file(migrated: tuple[str, dict[str, str]]) -> None:
    way, texts = migrated
    written = {"application.log", "business.log", "security.log", "performance.log"}
    assert written <= set(texts) and all(texts[name] for name in written)
    for name, text in texts.items():
        for secret in (EMAIL, CARD, PASSWORD):
            assert secret not in text, f"{way}: {secret} in {name}"
    assert "***@example.pt" in texts["business.log"] + texts["security.log"]
    assert "Payment by card ****-****-****-6467 failed" in texts["application.log"]
    assert "Wrong password for ***@example.pt" in texts["security.log"]
    assert '"student":"***@example.pt"' in texts["performance.log"]
    assert "Traceback" in texts["stderr" if way != "by logging_config" else "errors.log"]  # fmt: skip


def test_lines_are_those_of_the_guide(migrated: tuple[str, dict[str, str]]) -> None:
    way, texts = migrated
    _, flat, nested = blocks("json")
    line = texts["business.log"].splitlines()[0]
    shown = nested if way == "nested" else flat
    assert [alike(line)] == [alike(shown.strip())]


def alike(line: str) -> str:
    """A line without its time and the id that was drawn, of the very bytes otherwise."""
    json.loads(line)
    line = re.sub(r'"timestamp":"\d{4}-\d\d-\d\dT[\d:.]{12}Z"', "<timestamp>", line)
    return re.sub(r"req_[0-9a-f]{12}", "<id>", line)


def test_the_line_of_the_old_module_is_json() -> None:
    old, *_ = (json.loads(text) for text in blocks("json"))
    assert set(old["extra"]) == {"event_type", "business_metadata"}


def test_every_name_is_there_and_in_the_guide() -> None:
    module = importlib.import_module("scrubline.django.logging_utils")
    assert sorted(module.__all__) == sorted(CONTRACT)
    rows = re.findall(r"^\| (`.*?`) \|", GUIDE.read_text("utf-8"), re.M)
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row)}
    assert told == set(CONTRACT)
