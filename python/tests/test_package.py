"""The package itself: types, the cost of importing it, and what it imports."""

from __future__ import annotations

import ast
import importlib.metadata
import inspect
import json
import pathlib
import re
import statistics
import subprocess
import sys

import pytest
import scrubline


def run(*code: str) -> str:
    done = subprocess.run(
        [sys.executable, *code], capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_stubs() -> None:
    run("-m", "mypy.stubtest", "scrubline._native")


def test_what_is_subclassed_makes_its_subclasses() -> None:
    # mypy looks at `__init__` alone; pyright takes `__new__` at its word.
    stub = pathlib.Path(scrubline.__file__).with_name("_native.pyi")
    for cls in ast.parse(stub.read_text("utf-8")).body:
        if isinstance(cls, ast.ClassDef) and "disjoint_base" in map(
            ast.unparse, cls.decorator_list
        ):
            (made,) = (
                ast.unparse(one.returns or one)
                for one in cls.body
                if isinstance(one, ast.FunctionDef) and one.name == "__new__"
            )
            assert made == "Self", cls.name


def test_the_stub_documents_what_help_does() -> None:
    stub = pathlib.Path(scrubline.__file__).with_name("_native.pyi")
    classes = ast.parse(stub.read_text("utf-8")).body
    shown = {node.name: node for node in classes if isinstance(node, ast.ClassDef)}
    for name in set(scrubline.__all__) & set(shown):
        cls = getattr(scrubline, name)
        assert ast.get_docstring(shown[name]) == inspect.cleandoc(cls.__doc__)
        methods = [one for one in shown[name].body if isinstance(one, ast.FunctionDef)]
        documented = {one.name: ast.get_docstring(one) for one in reversed(methods)}
        for method, text in documented.items():
            if not method.startswith("_"):
                said = inspect.getattr_static(cls, method)
                said = getattr(said, "__func__", said).__doc__
                assert text and text == inspect.cleandoc(said), f"{name}.{method}"


def test_what_explain_answers_is_the_same_wherever_it_stands() -> None:
    root = pathlib.Path(__file__).parents[2]
    stub = pathlib.Path(scrubline.__file__).with_name("_native.pyi").read_text("utf-8")
    types = (root / "js" / "src" / "types.ts").read_text("utf-8")
    readme = (root / "README.md").read_text("utf-8")
    vectors = (root / "tests" / "vectors" / "text" / "explain.json").read_text("utf-8")
    (table,) = re.findall(r"^\| step \| why \|\n\|.*\n((?:\|.*\n)*)", readme, re.M)
    rows = re.findall(r"^\| `(\w+)` \| (.*) \|$", table, re.M)
    told = {
        "step": {step for step, _ in rows},
        "why": {
            why
            for _, text in rows
            for clause in text.split(";")
            for why in re.findall(r"`(\w+)`", clause.partition(":")[0])
        },
    }
    stub = stub.partition("class Candidate")[2]
    types = types.partition("interface Candidate")[2]
    for part, words in told.items():
        for text in (
            re.search(rf"def {part}\(.*?Literal\[(.*?)\]", stub, re.S),
            re.search(rf"^  {part}:(.*?);", types, re.M | re.S),
        ):
            assert text and set(re.findall(r'"(\w+)"', text[1])) == words
        seen = set(re.findall(rf'"{part}": "(\w+)"', vectors))
        assert seen and seen <= words


def test_the_page_of_error_codes_has_each_once() -> None:
    root = pathlib.Path(__file__).parents[2]
    core = (root / "core" / "src" / "error.rs").read_text("utf-8")
    scripts = (root / "js" / "src").rglob("*.ts")
    javascript = "".join(one.read_text("utf-8") for one in scripts)
    codes = re.findall(r'Self::\w+ => \{?\s*\(\s*"([a-z_.]+)"', core)
    assert len(codes) == len(re.findall(r"^    [A-Z]\w+,$", core, re.M))
    codes += set(re.findall(r'new ScrublineError\("([a-z_.]+)"', javascript))
    page = (root / "core" / "ERRORS.md").read_text("utf-8")
    rows = re.findall(r"^\| `([a-z_.]+)` \| \S.*\. \| \S.* \|$", page, re.M)
    assert sorted(rows) == sorted(codes)


def test_types() -> None:
    run(
        "-m",
        "mypy",
        "--strict",
        "-p",
        "scrubline",
        "--exclude",
        "django",
        "--ignore-missing-imports",
        "--allow-subclassing-any",
    )


TYPED = """
from scrubline import Candidate, Finding, Formatter, Policy, Redactor, install
from scrubline.types import Line, Policy as PolicyDict
policy: PolicyDict = {"preset": "strict", "detectors": {"contact.email": "label"}}
redactor = Redactor(policy, key="k" * 32, known_values=["blue-horse-battery", b"8 bytes!"])
text: str = redactor.redact("text")
data: bytes = redactor.redact(b"data")
value: dict[str, int] = redactor.redact_value({"a": 1})
findings: list[Finding] = redactor.findings(b"text")
candidates: list[Candidate] = redactor.explain("text", show=True)
total: int = redactor.report()["detectors"]["contact.email"]["mask"]
redactor.reload(Policy({"preset": "pci"}))
piece: bytes = redactor.stream().feed(b"x")
line: str = Formatter("otel", service="shop", redactor=redactor).format({"message": "m"})
with install(redactor) as installed:
    held: bool = installed.is_active
"""

MISTAKEN = """
wrong: PolicyDict = {"presett": "strict"}
wrong = {"preset": "none"}
wrong = {"fields": {"a": "hide"}}
wrong = {"detectors": {"contact.email": "of"}}
Redactor(known_value=["blue-horse-battery"])
Redactor("strict")
number: int = redactor.redact("text")
redactor.report()["totals"]
Formatter("xml")
Formatter("json", layout="deep")
Formatter("json", contextFields=["a"])
redactor.findings({"a": 1})
findings[0].value
"""


def test_types_as_an_application_sees_them(tmp_path: pathlib.Path) -> None:
    module = tmp_path / "application.py"
    module.write_text(TYPED)
    command = [sys.executable, "-m", "mypy", "--strict", str(module)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 0, done.stdout
    module.write_text(TYPED + MISTAKEN)
    done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path)
    refused = {int(at) for at in re.findall(r":(\d+): error", done.stdout)}
    first, lines = TYPED.count("\n") + 2, MISTAKEN.strip().count("\n") + 1
    assert refused == set(range(first, first + lines)), done.stdout


MEASURE = """
import os, sys, time, resource
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
before, started = resident(), time.perf_counter()
import {module}
print((time.perf_counter() - started) * 1e3, resident() - before)
"""


@pytest.mark.parametrize(("module", "milliseconds", "megabytes"), [("scrubline", 3, 4)])
def test_importing_is_cheap(module: str, milliseconds: float, megabytes: float) -> None:
    runs = [
        [float(number) for number in run("-c", MEASURE.format(module=module)).split()]
        for _ in range(9)
    ]
    # The least of several runs: a busy machine adds, and never takes away.
    assert min(time for time, _ in runs) <= milliseconds
    assert statistics.median(memory for _, memory in runs) <= megabytes


def test_importing_imports_little() -> None:
    code = "import sys; before = set(sys.modules); import scrubline; print(*sorted(set(sys.modules) - before))"
    assert run("-c", code).split() == ["scrubline", "scrubline._native"]


def test_metadata() -> None:
    meta = importlib.metadata.metadata("scrubline")
    assert (
        meta["License-Expression"] == "MIT OR Apache-2.0"
        and meta["Requires-Python"] == ">=3.10"
    )
    assert importlib.metadata.version("scrubline") == scrubline.__version__
    assert not [
        need
        for need in importlib.metadata.requires("scrubline") or []
        if "extra" not in need
    ]
    assert (pathlib.Path(scrubline.__file__).parent / "py.typed").is_file()


def test_the_packages_say_the_same_of_the_project() -> None:
    root = pathlib.Path(__file__).parents[2]
    cargo = (root / "Cargo.toml").read_text("utf-8")
    said = dict(re.findall(r'^(version|license|repository|rust-version) = "(.*)"$', cargo, re.M))  # fmt: skip
    (author,) = re.findall(r'^authors = \["(.*)"\]$', cargo, re.M)
    npm = json.loads((root / "js" / "package.json").read_text("utf-8"))
    assert npm["repository"]["url"] == f"git+{said['repository']}.git"
    assert npm["bugs"] == f"{said['repository']}/issues"
    assert (npm["version"], npm["license"], npm["author"]) == (said["version"], said["license"], author)  # fmt: skip
    pypi = (root / "python" / "pyproject.toml").read_text("utf-8")
    assert f'license = "{said["license"]}"' in pypi
    assert f'authors = [{{ name = "{author}" }}]' in pypi
    urls = re.findall(r'^[A-Z]\w+ = "(https:.*)"$', pypi, re.M)
    assert len(urls) == 3 and all(url.startswith(said["repository"]) for url in urls)


def test_the_documented_examples() -> None:
    import doctest
    import importlib

    for name in ("scrubline", "scrubline.logging"):
        result = doctest.testmod(importlib.import_module(name))
        assert result.attempted and not result.failed
