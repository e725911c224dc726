"""Writes python/scrubline/types.py from the JSON Schemas, which the engine's own structures are the source of.

`python .ci/typed_dicts.py --check` writes nothing and fails where the file is not what it should be.
"""

from __future__ import annotations

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
TARGET = ROOT / "python" / "scrubline" / "types.py"
SCHEMAS = ROOT / "core" / "schema"

SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}
HEAD = '''"""Types of policies and of JSON lines, for type checkers and editors.

Written by .ci/typed_dicts.py from the engine's JSON Schemas; not to be changed by hand.
"""

from __future__ import annotations

from typing import Literal, TypedDict
'''


def of(node: dict[str, Any]) -> str:
    """Return the type of a schema."""
    if "$ref" in node:
        return str(node["$ref"]).rsplit("/", 1)[-1]
    if "const" in node:
        return f"Literal[{node['const']!r}]"
    if "enum" in node:
        return f"Literal[{', '.join(map(repr, node['enum']))}]"
    choices = [
        part
        for part in node.get("oneOf") or node.get("anyOf") or ()
        if part.get("type") != "null"
    ]
    if choices:
        if all("const" in part for part in choices):
            return f"Literal[{', '.join(repr(part['const']) for part in choices)}]"
        return " | ".join(of(part) for part in choices)
    names = [node["type"]] if isinstance(node["type"], str) else node["type"]
    (name,) = (each for each in names if each != "null")
    if name == "array":
        return f"list[{of(node['items'])}]"
    if name == "object":
        return f"dict[str, {of(node['additionalProperties'])}]"
    return SCALARS[name]


def documented(text: str | None, indent: str) -> str:
    """Return a docstring of a schema's description, without the example in Rust."""
    text = (text or "").split("\n```")[0].strip()
    if not text:
        return ""
    lines = textwrap.wrap(" ".join(text.split()), 100)
    quotes = 'r"""' if "\\" in text else '"""'
    if len(lines) == 1:
        return f'{indent}{quotes}{lines[0]}"""\n'
    body = f"\n{indent}".join(lines)
    return f'{indent}{quotes}{body}\n{indent}"""\n'


def declared(name: str, node: dict[str, Any]) -> str:
    """Return the declaration of a type."""
    if node.get("type") != "object":
        return f"{name} = {of(node)}\n{documented(node.get('description'), '')}"
    required = set(node.get("required", ()))
    bodies = []
    for total in (True, False):
        bodies.append(
            "".join(
                f"    {field}: {of(part)}\n{documented(part.get('description'), '    ')}"
                for field, part in node["properties"].items()
                if (field in required) is total
            )
        )
    text = documented(node.get("description"), "    ")
    if not bodies[0]:
        return f"class {name}(TypedDict, total=False):\n{text}\n{bodies[1]}"
    if not bodies[1]:
        return f"class {name}(TypedDict):\n{text}\n{bodies[0]}"
    return (
        f"class _{name}(TypedDict):\n{bodies[0]}\n\n"
        f"class {name}(_{name}, total=False):\n{text}\n{bodies[1]}"
    )


def module() -> str:
    """Return the text of the module, formatted."""
    types: dict[str, str] = {}
    for schema in ("policy", "line"):
        tree = json.loads((SCHEMAS / f"{schema}.json").read_text())
        for name, node in tree["$defs"].items():
            types[name] = declared(name, node)
        types[tree["title"]] = declared(tree["title"], tree)
    text = HEAD + f"\n__all__ = {sorted(types)!r}\n\n" + "\n\n".join(types.values())
    done = subprocess.run(
        ["ruff", "format", "--stdin-filename", str(TARGET), "-"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def main() -> int:
    """Write the module, or check it."""
    text = module()
    if "--check" not in sys.argv:
        TARGET.write_text(text)
    elif TARGET.read_text() != text:
        print(
            "python/scrubline/types.py is not what the schemas say: run .ci/typed_dicts.py"
        )
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
