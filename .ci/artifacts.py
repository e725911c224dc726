"""Holds what ships to its limits of size, and to saying nothing about the machine that built it.

    python .ci/artifacts.py DIST

DIST holds one wheel and one npm tarball. Prints each size beside its limit; ends non-zero when one is over, or when a
file names the home directory or the working tree of the build.
"""

from __future__ import annotations

import gzip
import sys
import tarfile
import zipfile
from pathlib import Path

KB = 1024
WASM, GLUE = "package/dist/wasm/scrubline.wasm", "package/dist/wasm/glue.js"
HERE = [str(Path.home()), str(Path(__file__).resolve().parent.parent)]


def contents(wheel: Path, tarball: Path) -> dict[str, bytes]:
    """Return every file of the wheel and of the tarball, by its path there."""
    with zipfile.ZipFile(wheel) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    with tarfile.open(tarball) as package:
        for member in package.getmembers():
            content = package.extractfile(member)
            if content:
                files[member.name] = content.read()
    return files


def zipped(content: bytes) -> int:
    """Return the bytes after gzip -9."""
    return len(gzip.compress(content, 9))


def main() -> int:
    """Print the sizes; return the exit code."""
    dist = Path(sys.argv[1])
    (wheel,), (tarball,) = dist.glob("*.whl"), dist.glob("*.tgz")
    files = contents(wheel, tarball)
    modules = sum(
        zipped(content) for name, content in files.items() if name.endswith(".js")
    )
    rows = [
        # a ratchet: the goal is 1.5 MB
        ("wheel", wheel.stat().st_size, 1.69e6),
        # a ratchet: the goal is 100, with all detectors on
        ("wasm, gzip", zipped(files[WASM]), 220 * KB),
        ("glue, gzip", zipped(files[GLUE]), 8 * KB),
        ("all JavaScript, each module gzip", modules, None),
    ]
    failed = False
    for name, size, limit in rows:
        over = limit is not None and size > limit
        bound = f"of {limit / KB:7.1f} KB" if limit else ""
        print(f"{name:<34} {size / KB:9.1f} KB {bound} {'OVER' if over else ''}")
        failed |= over
    for name, content in files.items():
        if any(place.encode() in content for place in HERE):
            print(f"{name} names a directory of this machine")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
