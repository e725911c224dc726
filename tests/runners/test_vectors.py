"""Runs every vector against the installed scrubline.

SCRUBLINE_VECTOR=part-of-a-name runs only the cases whose name holds that part. The format is described in tests/README.md.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
import os
import pathlib
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from scrubline import Formatter, Redactor, ScrublineError
from scrubline._native import Events

TESTS = pathlib.Path(__file__).parent.parent
VECTORS = TESTS / "vectors"
CORPUS = TESTS / "corpus"
FILTER = os.environ.get("SCRUBLINE_VECTOR", "")
SECONDS = 60
PLACE = ("detector", "start", "end")
Case = dict[str, Any]

COMMON = {
    "name",
    "note",
    "hosts",
    "requires",
    "policy",
    "key_hex",
    "known_values",
    "pseudonym",
}
PARTS = {
    "text": {"input", "output", "absent", "present", "finishes", "findings"},
    "json": {"input", "output", "absent", "present", "finishes"},
    "value": {"input", "output"},
    "event": {"record", "options", "output", "absent", "present"},
    "options": {"options", "error", "ok"},
    "plan": {"options", "event", "plan", "error"},
    "policy": {"json", "toml", "error", "ok"},
    "stream": {"input", "output", "absent", "present", "parts", "flushed"},
    "matrix": {"places", "values"},
    "explain": {"input", "candidates"},
}


def load() -> dict[str, dict[str, Any]]:
    """Path below vectors/ to the file's content."""
    return {
        path.relative_to(VECTORS).as_posix(): json.loads(path.read_text("utf-8"))
        for path in sorted(VECTORS.glob("*/*.json"))
    }


FILES = load()
CASES = [
    pytest.param(file["kind"], case, id=f"{path}:{case['name']}")
    for path, file in FILES.items()
    for case in file["cases"]
    if FILTER in case["name"]
]
RAN: list[str] = []


def test_the_manifest_is_true() -> None:
    manifest = json.loads((VECTORS / "MANIFEST.json").read_text("utf-8"))
    assert {path: len(file["cases"]) for path, file in FILES.items()} == manifest, (
        "run tests/vectors/manifest.py after a change"
    )


def test_names_are_unique() -> None:
    names = [case["name"] for file in FILES.values() for case in file["cases"]]
    assert sorted(names) == sorted(set(names))


def test_the_corpus_is_what_its_generator_makes() -> None:
    subprocess.run([sys.executable, CORPUS / "generate.py", "--check"], check=True)


def test_the_corpus_stays_as_it_is() -> None:
    """Lines of logs with nothing sensitive in them come out as they went in: each alone, and a file as a whole."""
    redactor = Redactor()
    counts: dict[str, int] = {}
    changed: list[str] = []
    for path in sorted((CORPUS / "lines").iterdir()):
        text = path.read_bytes().decode()
        lines = text.removesuffix("\n").split("\n")
        counts[path.name] = len(lines)
        for line in lines:
            if redactor.redact(line) is not line or redactor.redact_json(line) != line:
                changed.append(f"{path.name}: {line}")
        if redactor.redact(text) is not text:
            changed.append(f"{path.name} as a whole")
    manifest = json.loads((CORPUS / "MANIFEST.json").read_text("utf-8"))
    assert counts == manifest, "run tests/corpus/generate.py after a change"
    assert not changed


@pytest.mark.parametrize(("kind", "case"), CASES)
def test_vector(kind: str, case: Case, tmp_path: pathlib.Path) -> None:
    RAN.append(case["name"])
    assert not set(case) - COMMON - PARTS[kind], "a part that this runner does not know"
    started = time.monotonic()
    if "python" in case.get("hosts", ["python"]):
        RUN[kind](case, tmp_path)
    assert time.monotonic() - started < SECONDS


def test_every_case_ran(request: pytest.FixtureRequest) -> None:
    """Stands last in the file: pytest keeps the order. A run of chosen tests (`-k`, a node id) is none of all cases."""
    chosen = request.config.getoption("-k") or any(
        "::" in arg for arg in request.config.args
    )
    if not chosen:
        manifest = json.loads((VECTORS / "MANIFEST.json").read_text("utf-8"))
        assert len(RAN) == (len(CASES) if FILTER else sum(manifest.values()))
        assert RAN


# Calls by kind


def run_text(case: Case, _: pathlib.Path) -> None:
    redactor = make_redactor(case)
    source = text(case["input"])
    output = redactor.redact(source)
    assert type(output) is type(source)
    check_output(case, output)
    if output == source:
        assert output is source
    if "findings" in case:
        found = [
            {"detector": f.detector, "start": f.start, "end": f.end, "action": f.action}
            for f in redactor.findings(source)
        ]
        assert found == [
            {**f, "start": unit(source, f["start"]), "end": unit(source, f["end"])}
            for f in case["findings"]
        ]
    assert_explained(redactor, source)
    if "pseudonym" in case:
        assert pseudonym(case) in output
    assert redactor.redact(output) == output
    whole = output if isinstance(output, bytes) else utf8(output)
    data = source if isinstance(source, bytes) else utf8(source)
    for pieces in splits(data):
        assert streamed(redactor, pieces) == whole


def run_explain(case: Case, _: pathlib.Path) -> None:
    redactor = make_redactor(case)
    source = text(case["input"])
    candidates = [
        {name: getattr(c, name) for name in (*PLACE, "step", "why", "action")}
        for c in redactor.explain(source)
    ]
    assert candidates == [
        {"action": None, **c}
        | {side: unit(source, c[side]) for side in ("start", "end")}
        for c in case["candidates"]
    ]
    assert_explained(redactor, source)


def assert_explained(redactor: Redactor, source: str | bytes) -> None:
    """What is accepted is what is found."""
    if len(source) > 20_000:
        return
    candidates = redactor.explain(source)
    names = (*PLACE, "length_class", "action")
    accepted, found = (
        [tuple(getattr(one, name) for name in names) for one in some]
        for some in ([c for c in candidates if c.accepted], redactor.findings(source))
    )
    assert accepted == found
    assert all(c.value is None for c in candidates)


def run_json(case: Case, _: pathlib.Path) -> None:
    redactor = make_redactor(case)
    source = text(case["input"])
    output = redactor.redact_json(source)
    check_output(case, output)
    assert redactor.redact_json(output) == output


def run_value(case: Case, _: pathlib.Path) -> None:
    redactor = make_redactor(case)
    source, before, expected = (
        build(case["input"]),
        plain(build(case["input"])),
        plain(build(case["output"])),
    )
    output = redactor.redact_value(source)
    assert plain(output) == expected
    assert plain(source) == before, "the caller's object was changed"
    if expected == before:
        assert output is source
    assert plain(redactor.redact_value(output)) == expected


def run_event(case: Case, _: pathlib.Path) -> None:
    formatter = Formatter(redactor=make_redactor(case), **case.get("options", {}))
    check_output(case, formatter.format(build(case["record"])))


def run_options(case: Case, _: pathlib.Path) -> None:
    check_refusal(case, lambda: Formatter(**case["options"]))


def run_plan(case: Case, _: pathlib.Path) -> None:
    options = case.get("options", {})
    if "event" not in case:
        return check_refusal(case, lambda: Events(**options))
    kind, *values = case["event"]
    plan = getattr(Events(**options), kind)(*values)
    made = dict(zip(("kind", "event_type", "level", "loggers", "message"), plan))
    made["level"] = logging.getLevelName(made["level"])
    assert made == {"kind": kind, **case["plan"]}


def run_policy(case: Case, folder: pathlib.Path) -> None:
    kind = next((kind for kind in ("json", "toml") if kind in case), None)
    if kind is None:
        return check_refusal(case, lambda: make_redactor(case))
    path = folder / f"policy.{kind}"
    path.write_text(case[kind], "utf-8", newline="")
    return check_refusal(case, lambda: Redactor.from_file(path, **secrets(case)))


def run_stream(case: Case, _: pathlib.Path) -> None:
    redactor = make_redactor(case)
    source = text(case["input"])
    data = source if isinstance(source, bytes) else utf8(source)
    whole = redactor.redact(data)
    check_output(case, redactor.redact(source))
    for pieces in splits(data):
        assert streamed(redactor, pieces) == whole
    if isinstance(source, str):
        for size in (1, 3, max(1, len(source))):
            stream = redactor.stream()
            out = "".join(
                stream.feed(source[i : i + size]) for i in range(0, len(source), size)
            )
            rest = stream.finish()
            assert out + (
                rest if isinstance(rest, str) else rest.decode()
            ) == redactor.redact(source)
    assert len(case.get("parts", [])) == len(case.get("flushed", []))
    stream, out = redactor.stream(), ""
    for part, expected in zip(case.get("parts", []), case.get("flushed", [])):
        out += stream.feed(text(part))
        assert expected is None or out == expected


def run_matrix(case: Case, _: pathlib.Path) -> None:
    redactor = make_redactor(case)
    pairs = [
        (place.replace("{}", value), place.replace("{}", expected))
        for place in case["places"]
        for value, expected in case["values"]
    ]
    assert pairs
    assert [redactor.redact(source) for source, _ in pairs] == [
        expected for _, expected in pairs
    ]


RUN = {
    "text": run_text,
    "json": run_json,
    "value": run_value,
    "event": run_event,
    "options": run_options,
    "plan": run_plan,
    "policy": run_policy,
    "stream": run_stream,
    "matrix": run_matrix,
    "explain": run_explain,
}


# Parts of the format


def secrets(case: Case) -> dict[str, Any]:
    return {
        "key": bytes.fromhex(case["key_hex"]) if "key_hex" in case else None,
        "known_values": case.get("known_values", ()),
    }


def make_redactor(case: Case) -> Redactor:
    return Redactor(case.get("policy"), **secrets(case))


def text(form: Any) -> str | bytes:
    """Text of a vector; bytes where it is given as hex."""
    if isinstance(form, str):
        return form
    if "hex" in form:
        return bytes.fromhex(form["hex"])
    if "utf16" in form:
        return b"".join(unit.to_bytes(2, "little") for unit in form["utf16"]).decode(
            "utf-16-le", "surrogatepass"
        )
    if "repeat" in form:
        return form["repeat"] * form["times"]
    parts = [text(part) for part in form["concat"]]
    return b"".join(parts) if isinstance(parts[0], bytes) else "".join(parts)


def utf8(string: str) -> bytes:
    """As Rust reads a string: lone surrogates are U+FFFD."""
    return (
        string.encode("utf-16-le", "surrogatepass")
        .decode("utf-16-le", "replace")
        .encode()
    )


def unit(source: str | bytes, offset: int) -> int:
    """An offset in bytes of UTF-8 as code points of a str."""
    return (
        offset
        if isinstance(source, bytes)
        else len(
            source.encode("utf-8", "surrogatepass")[:offset].decode(
                "utf-8", "surrogatepass"
            )
        )
    )


def check_output(case: Case, output: str | bytes) -> None:
    assert {"output", "absent", "present", "finishes"} & set(case), (
        "the case expects nothing"
    )
    if "output" in case:
        assert output == text(case["output"])
    shown = output.decode("latin-1") if isinstance(output, bytes) else output
    for piece in case.get("absent", []):
        assert piece not in shown
    for piece in case.get("present", []):
        assert piece in shown


def check_refusal(case: Case, make: Any) -> None:
    if case.get("ok"):
        make()
        return
    with pytest.raises(ScrublineError) as raised:
        make()
    assert raised.value.code == case["error"]["code"]
    assert raised.value.path == case["error"].get("path", raised.value.path)
    assert str(raised.value) == case["error"].get("message", str(raised.value))


def pseudonym(case: Case) -> str:
    """The pseudonym that the case stands for, by Python's own HMAC."""
    spec = case["pseudonym"]
    message = spec["detector"].encode() + b"\0" + spec["canonical"].encode()
    digest = hmac.new(
        bytes.fromhex(case["key_hex"]), message, hashlib.sha256
    ).hexdigest()
    return f"[{case['policy'].get('key_id', 'id')}:{digest[:24]}]"


def splits(data: bytes) -> Iterator[list[bytes]]:
    """The same text in pieces of several sizes, and in random ones."""
    sizes = (65_537,) if len(data) > 50_000 else (1, 7, max(1, len(data)))
    for size in sizes:
        yield [data[i : i + size] for i in range(0, len(data), size)]
    rng, pieces, at = random.Random(len(data)), [], 0
    while at < len(data):
        size = rng.randrange(20_000 if len(data) > 50_000 else 40)
        pieces.append(data[at : at + size])
        at += size
    yield pieces


def streamed(redactor: Redactor, pieces: list[bytes]) -> bytes:
    stream = redactor.stream()
    out = b"".join(stream.feed(piece) for piece in pieces)
    rest = stream.finish()
    return out + (rest.encode() if isinstance(rest, str) else rest)


def build(
    form: Any, around: tuple[Any, ...] = (), shared: dict[str, Any] | None = None
) -> Any:
    """A live value of the `$` forms; `around` holds the containers, innermost first."""
    shared = {} if shared is None else shared
    if isinstance(form, list):
        items: list[Any] = []
        items.extend(build(item, (items, *around), shared) for item in form)
        return items
    if not isinstance(form, dict):
        return form
    if "$bigint" in form:
        return int(form["$bigint"])
    if "$number" in form:
        return float(form["$number"])
    if "$bytes" in form:
        return bytes.fromhex(form["$bytes"])
    if "$cycle" in form:
        return around[form["$cycle"] - 1]
    if "$shared" in form:
        if "value" in form:
            shared[form["$shared"]] = build(form["value"], around, shared)
        return shared[form["$shared"]]
    if "$deep" in form:
        deep = build(form["leaf"])
        for _ in range(form["$deep"]):
            deep = {"a": deep} if form["of"] == "map" else [deep]
        return deep
    assert not any(key.startswith("$") for key in form), form
    entries: dict[str, Any] = {}
    for key, item in form.items():
        entries[key] = build(item, (entries, *around), shared)
    return entries


def plain(value: Any) -> list[Any]:
    """A flat list of types, keys and scalars in order: compares values of any depth, 1 apart from True and nan equal to nan."""
    flat: list[Any] = []
    todo: list[Any] = [(value, ())]
    while todo:
        item, around = todo.pop()
        if isinstance(item, (list, dict)) and id(item) in around:
            flat.append("cycle")
        elif isinstance(item, list):
            flat.append(("list", len(item)))
            inside = near(item, around)
            todo.extend((child, inside) for child in reversed(item))
        elif isinstance(item, dict):
            flat.append(("map", tuple(item)))
            inside = near(item, around)
            todo.extend((child, inside) for child in reversed(list(item.values())))
        else:
            flat.append((type(item).__name__, repr(item)))
    return flat


def near(item: Any, around: tuple[int, ...]) -> tuple[int, ...]:
    """The ten containers around a place: as far as any cycle of a vector reaches."""
    return (id(item), *around)[:10]
