"""The sample project inside the process of the tests."""

import json
import os
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def django(tmp_path_factory):
    """The sample project, set up, with an empty database and log files of its own; gives their folder."""
    folder = tmp_path_factory.mktemp("aprende")
    # Only while the settings are read: the processes that other tests start have their own.
    before = dict(os.environ)
    os.environ.update(
        DJANGO_SETTINGS_MODULE="config.settings",
        APRENDE_LOG_DIR=str(folder / "logs"),
        APRENDE_DB=str(folder / "db.sqlite3"),
    )
    sys.path.insert(0, str(Path(__file__).parent / "aprende"))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)
    for name in set(os.environ) - set(before):
        del os.environ[name]
    return folder / "logs"


@pytest.fixture
def written(django):
    """A function that returns the JSON lines that a test wrote to a file of the project, by default to the one that has all."""
    before = {path.name: path.stat().st_size for path in django.iterdir()}

    def lines(name="application.log"):
        with open(django / name, encoding="utf-8") as file:
            file.seek(before.get(name, 0))
            return [json.loads(line) for line in file]

    return lines
