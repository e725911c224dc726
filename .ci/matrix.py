"""Runs the tests of the wheel on every Python and every Django that this machine and PyPI offer.

For each Python of the list: a virtual environment with the wheel, then for each Django that this Python takes
`pytest python/tests`, then the test vectors. As many Pythons at a time as there are cores; what a run prints comes when
it ends. Ends non-zero when a run failed or none took place.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
# The first Python of each Django, from its Requires-Python.
FIRST_PYTHON = {"4.2": (3, 8), "5.2": (3, 10), "6.0": (3, 12)}


@dataclass
class Run:
    """One row of the summary."""

    name: str
    outcome: str
    seconds: float


def runs(interpreter: str, version: str) -> bool:
    """Tell whether a command is a Python of that version; a shim of an inactive version is none."""
    code = "import sys; print('%d.%d' % sys.version_info[:2])"
    try:
        done = subprocess.run(
            [interpreter, "-c", code], capture_output=True, text=True, check=False
        )
    except OSError:
        return False
    return done.returncode == 0 and done.stdout.strip() == version


def find(version: str) -> str | None:
    """Return an interpreter of that version: this one, on PATH, or pyenv's."""
    candidates = [sys.executable, shutil.which(f"python{version}")]
    pyenv = os.environ.get("PYENV_ROOT") or Path.home() / ".pyenv"
    candidates += sorted(
        map(str, Path(pyenv, "versions").glob(f"{version}.*/bin/python")), reverse=True
    )
    return next((each for each in candidates if each and runs(each, version)), None)


def environment(interpreter: str, folder: Path, wheel: Path) -> Path:
    """Make the virtual environment, or take the one that is there, and put the wheel into it. Its Python."""
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([interpreter, "-m", "venv", "--clear", folder], check=True)
    pip(python, "-r", str(ROOT / ".ci" / "test-requirements.txt"))
    pip(python, "--force-reinstall", "--no-deps", str(wheel))
    return python


def pip(python: Path, *arguments: str) -> None:
    """Install quietly."""
    subprocess.run([python, "-m", "pip", "install", "-q", *arguments], check=True)


def tested(name: str, python: Path, *arguments: str) -> Run:
    """Run pytest, print what it printed, and say how it went."""
    start = time.monotonic()
    command = [python, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    done = subprocess.run(
        command,
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        check=False,
    )
    print(f"\n==> {name}\n{done.stdout}", end="", flush=True)
    outcome = "passed" if done.returncode == 0 else f"FAILED ({done.returncode})"
    return Run(name, outcome, time.monotonic() - start)


def on(version: str, djangos: list[str], wheel: Path, venvs: Path) -> list[Run]:
    """Return the runs on one Python; a single row that says so where it is absent."""
    interpreter = find(version)
    if interpreter is None:
        return [Run(f"Python {version}", "absent", 0)]
    python = environment(interpreter, venvs / version, wheel)
    numbers = tuple(map(int, version.split(".")))
    rows = []
    for django in djangos:
        if numbers < FIRST_PYTHON[django]:
            continue
        pip(python, f"Django=={django}.*")
        rows.append(
            tested(f"Python {version}, Django {django}", python, "python/tests")
        )
    rows.append(tested(f"Python {version}, vectors", python, "tests/runners"))
    return rows


def main() -> int:
    """Run all; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--wheel", type=Path, required=True)
    parser.add_argument(
        "--venvs", type=Path, required=True, help="directory for the environments"
    )
    parser.add_argument(
        "--pythons", required=True, help="versions, separated by spaces"
    )
    parser.add_argument(
        "--djangos", required=True, help="versions, separated by spaces"
    )
    options = parser.parse_args()
    djangos = options.djangos.split()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        by_version = pool.map(
            lambda version: on(version, djangos, options.wheel, options.venvs),
            options.pythons.split(),
        )
        rows = [row for rows in by_version for row in rows]
    print("\nthe wheel on every Python and Django")
    for row in rows:
        print(f"  {row.name:<28} {row.outcome:<12} {row.seconds:6.1f} s")
    ran = [row for row in rows if row.outcome != "absent"]
    if not ran:
        print("no Python of the list is here")
    return 0 if ran and all(row.outcome == "passed" for row in ran) else 1


if __name__ == "__main__":
    sys.exit(main())
