"""The demonstration: it agrees, and it would say so if it did not."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

import canaries

DEMO = Path(__file__).with_name("demo.py")


COLUMNS = 163
# Columns of one host.
SIDE = (COLUMNS - 3) // 2


def demo(*options):
    return subprocess.run(
        [sys.executable, str(DEMO), *options],
        env={**os.environ, "COLUMNS": str(COLUMNS), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
    )


@pytest.fixture(scope="module")
def done():
    return demo()


def test_python_and_node_write_the_same_bytes(done):
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert "\nOK: " in done.stdout


def test_it_shows_a_dozen_lines_side_by_side(done):
    shown = [
        row
        for row in done.stdout.splitlines()
        if row[SIDE : SIDE + 3] in (" | ", "-+-")
    ]
    assert sum(row.startswith("Python---") for row in shown) == 12
    python, node = (
        "".join(row[side].rstrip() for row in shown if "-+-" not in row)
        for side in (slice(SIDE), slice(SIDE + 3, None))
    )
    assert python == node
    for name in (
        "accounts.auth",
        "finances.webhooks",
        "messaging.email",
        "security.events",
    ):
        assert f'"logger":"{name}"' in python


def test_it_prints_no_secret(done):
    text = done.stdout + done.stderr
    assert canaries.leaks(canaries.make(), {"demo": text}) == []


def test_raw_is_shown_on_demand_only():
    text = demo("--raw").stdout
    assert canaries.leaks(canaries.make(), {"demo": text}) != []


def test_one_flipped_byte_fails():
    flipped = demo("--flip-byte")
    assert flipped.returncode == 1
    assert "1 of " in flipped.stdout and "lines differ" in flipped.stdout
    assert "\nOK: " not in flipped.stdout


def test_zero_redactions_fail():
    harmless = demo("--harmless")
    assert harmless.returncode == 1
    assert "FAILED: nothing was redacted" in harmless.stdout
    assert "differ" not in harmless.stdout
