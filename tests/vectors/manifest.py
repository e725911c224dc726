"""Writes MANIFEST.json: the number of cases in every vector file.

Run it after adding or removing cases; every runner compares the manifest with what it read, so a file that is lost or not read fails.
"""

import json
import pathlib

ROOT = pathlib.Path(__file__).parent


def counts() -> dict[str, int]:
    """Path below this folder, with `/`, to number of cases."""
    return {
        path.relative_to(ROOT).as_posix(): len(
            json.loads(path.read_text("utf-8"))["cases"]
        )
        for path in sorted(ROOT.glob("*/*.json"))
    }


if __name__ == "__main__":
    (ROOT / "MANIFEST.json").write_text(json.dumps(counts(), indent=2) + "\n", "utf-8")
