"""The table of the logging guide: a row for each of its headings, blocks of code and lists, and the test of each.

`python document.py` writes the table of the docs after a change of `document.json`.
"""

import json
from pathlib import Path

HERE = Path(__file__).parent
TABLE = HERE.parent.parent / "python" / "docs" / "logging-guide.md"

HEAD = """# The logging guide, walked

What the guide of the platform shows, with the test that runs it in the sample project (`tests/apps`). Each row is a heading, a block of
code or a list of the guide. Where the guide contradicts itself, the sample makes the smallest change, and the last column names it.

| section | what | test | change |
|---|---|---|---|
"""


def rows():
    """Return the rows in the guide's order."""
    return json.loads((HERE / "document.json").read_text())


def table():
    """Return the docs' text."""
    lines = [
        f"| {row['heading']} | {row['what']} | `{row['test']}` | {row.get('change', '')} |\n"
        for row in rows()
    ]
    return HEAD + "".join(lines)


if __name__ == "__main__":
    TABLE.parent.mkdir(exist_ok=True)
    TABLE.write_text(table())
