"""The JSON Schema of a line, by a validator that is not ours; JavaScript validates the same lines in js/test/schema.test.js."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

TESTS = Path(__file__).parent.parent
SCHEMA = json.loads((TESTS.parent / "core" / "schema" / "line.json").read_text("utf-8"))


def lines() -> list[Any]:
    """What the vectors say a line of the flat layout is."""
    found = []
    for path in sorted((TESTS / "vectors" / "event").glob("*.json")):
        vectors = json.loads(path.read_text("utf-8"))
        for case in vectors["cases"] if vectors["kind"] == "event" else ():
            options = case.get("options", {})
            is_flat = options.get("layout") != "nested"
            if "output" in case and options.get("format", "json") == "json" and is_flat:
                found.append(pytest.param(json.loads(case["output"]), id=case["name"]))
    return found


LINES = lines()


def test_there_are_lines() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    assert len(LINES) > 50


@pytest.mark.parametrize("line", LINES)
def test_every_line_of_the_vectors_keeps_to_the_schema(line: Any) -> None:
    jsonschema.Draft202012Validator(SCHEMA).validate(line)
