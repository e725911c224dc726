"""The recipes, run: each block by itself, and it gives what it says."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from scrubline import Redactor

GUIDE = Path(__file__).parent.parent / "docs" / "recipes.md"
BLOCKS = re.findall(
    r"^```(python|toml)\n(.*?)^```$(?:\n\n^```text\n(.*?)^```$)?",
    GUIDE.read_text("utf-8"),
    re.M | re.S,
)
(POLICY,) = (text for kind, text, _ in BLOCKS if kind == "toml")
RECIPES = [(text, out) for kind, text, out in BLOCKS if kind == "python"]
ARROW = re.compile(r"^(\S.*)\n# → (.*)$", re.M)


@pytest.mark.parametrize(("code", "out"), RECIPES)
def test_a_recipe_gives_what_it_says(code: str, out: str, tmp_path: Path) -> None:
    (tmp_path / "scrubline.toml").write_text(POLICY, "utf-8")
    arrows = [text for _, text in ARROW.findall(code)]
    code = ARROW.sub(r"print(\1)", code)
    is_test = code.startswith("# test_")
    script = tmp_path / ("test_recipe.py" if is_test else "recipe.py")
    script.write_text(code, "utf-8")
    done = subprocess.run(
        [sys.executable, *(["-m", "pytest", "-q"] if is_test else []), script.name],
        cwd=tmp_path,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        encoding="utf-8",
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    if not is_test:
        said = re.sub(r'("(?:timestamp|module)":)".*?"', r'\1"…"', done.stdout)
        assert said == (out or "".join(f"{each}\n" for each in arrows))


def test_every_link_of_the_contents_leads_to_a_heading() -> None:
    text = GUIDE.read_text("utf-8")
    headings = re.findall(r"^#+ (.*)$", re.sub(r"^```.*?^```$", "", text, flags=re.M | re.S), re.M)  # fmt: skip
    anchors = {re.sub(r"[^\w -]", "", each).lower().replace(" ", "-") for each in headings}  # fmt: skip
    assert set(re.findall(r"\(#(.*?)\)", text)) <= anchors


def test_the_policy_of_the_readme(tmp_path: Path) -> None:
    readme = GUIDE.parents[2] / "README.md"
    (policy,) = re.findall(r"^```toml\n(.*?)^```", readme.read_text("utf-8"), re.M | re.S)  # fmt: skip
    (tmp_path / "scrubline.toml").write_text(policy, "utf-8")
    redactor = Redactor.from_file(tmp_path / "scrubline.toml")
    text = "student STU-918276 of support@example.pt, +351 912 345 678"
    masked = text.replace("STU-918276", "[REDACTED:custom.student]")
    assert redactor.redact(text) == masked
