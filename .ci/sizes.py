"""Holds what ships to its limits: the wheel, and the wasm and JavaScript of the npm package after gzip.

    python .ci/sizes.py DIST

DIST holds one wheel and one npm tarball. Prints each size beside its limit; ends non-zero when one is over.
"""

from __future__ import annotations

import gzip
import sys
import tarfile
from pathlib import Path

KB = 1024
LIMITS = {"wheel": 1.5e6, "wasm, gzip": 64 * KB, "JavaScript, gzip": 8 * KB}


def sizes(dist: Path) -> dict[str, int]:
    """Return bytes of each artifact. JavaScript: each module of the package alone, as a server sends them."""
    (wheel,) = dist.glob("*.whl")
    (tarball,) = dist.glob("*.tgz")
    found = {"wheel": wheel.stat().st_size, "wasm, gzip": 0, "JavaScript, gzip": 0}
    with tarfile.open(tarball) as package:
        for member in package.getmembers():
            name = {".wasm": "wasm, gzip", ".js": "JavaScript, gzip"}.get(
                Path(member.name).suffix
            )
            content = package.extractfile(member)
            if name and content:
                found[name] += len(gzip.compress(content.read(), 9))
    return found


def main() -> int:
    """Print the sizes; return the exit code."""
    over = False
    for name, size in sizes(Path(sys.argv[1])).items():
        limit = LIMITS[name]
        over |= not 0 < size <= limit
        print(
            f"{name:<18} {size / KB:9.1f} KB of {limit / KB:9.1f} KB {'' if 0 < size <= limit else 'OVER'}"
        )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
