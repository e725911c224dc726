"""Holds what ships to its limits of size, and to saying nothing about the machine that built it.

    python .ci/artifacts.py DIST

DIST holds one wheel and one npm tarball. Prints each size beside its limit; ends non-zero when one is over, or when a
file names the home directory or the working tree of the build. Needs esbuild in js/node_modules.
"""

from __future__ import annotations

import gzip
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

KB = 1024
ROOT = Path(__file__).resolve().parent.parent
HERE = [str(Path.home()), str(ROOT)]
REDACTOR, ALL = 'export { Redactor } from "scrubline"', 'export * from "scrubline"'
WASM, PORTABLE = "package/dist/wasm/scrubline.wasm", "package/dist/wasm/portable.js"
CUSTOM = "package/dist/custom/wasm/scrubline.wasm"


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


def bundled(files: dict[str, bytes], code: str) -> bytes:
    """Return the JavaScript that a page gets of this module: bundled for browsers and minified, by esbuild."""
    with tempfile.TemporaryDirectory() as project:
        for name, content in files.items():
            if name.startswith("package/"):
                path = Path(project, "node_modules", "scrubline", name[8:])
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content)
        esbuild = ROOT / "js/node_modules/.bin/esbuild"
        options = ["--bundle", "--minify", "--format=esm", "--log-level=warning"]
        command = subprocess.run(
            [esbuild, *options],
            cwd=project,
            input=code.encode(),
            stdout=subprocess.PIPE,
            check=True,
        )
        return command.stdout


def main() -> int:
    """Print the sizes; return the exit code."""
    dist = Path(sys.argv[1])
    (wheel,), (tarball,) = dist.glob("*.whl"), dist.glob("*.tgz")
    files = contents(wheel, tarball)
    rows = [
        ("wheel", wheel.stat().st_size, 1.5e6),
        # a ratchet: the goal is 100, with all detectors on
        ("wasm, gzip", zipped(files[WASM]), 298 * KB),
        # with regular expressions in policies
        ("wasm of scrubline/custom, gzip", zipped(files[CUSTOM]), 347 * KB),
        # for hosts that have no WebAssembly
        ("engine as JavaScript, gzip", zipped(files[PORTABLE]), 436 * KB),
        # a page that redacts; what makes events and lines is left out where nobody imports it
        ("import { Redactor }, gzip", zipped(bundled(files, REDACTOR)), 8.25 * KB),
        ("import *, gzip", zipped(bundled(files, ALL)), 10 * KB),
    ]
    failed = False
    for name, size, limit in rows:
        over = size > limit
        print(
            f"{name:<34} {size / KB:9.1f} KB of {limit / KB:7.1f} KB {'OVER' if over else ''}"
        )
        failed |= over
    for name, content in files.items():
        if any(place.encode() in content for place in HERE):
            print(f"{name} names a directory of this machine")
            failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
