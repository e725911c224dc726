"""The command `scrubline`: text in, redacted text out, in constant memory."""

from __future__ import annotations

import argparse
import codecs
import errno
import json
import os
import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from itertools import chain
from typing import Any

from scrubline._native import Policy, Redactor, ScrublineError, __version__

CHUNK = 256 * 1024
"""Bytes asked for at once. What has arrived is handled at once, so a pipe that trickles is followed line by line."""

STDIN, STDOUT = 0, 1


def main(argv: list[str] | None = None) -> int:
    """Runs the command and returns its exit status: 0, 1 for input or output that failed, 2 for wrong arguments or policies."""
    if hasattr(signal, "SIGPIPE"):
        # As other filters of text do: a reader that went away ends the command, quietly.
        signal.signal(signal.SIGPIPE, signal.SIG_DFL)
    if not _is_open(STDOUT):
        # The next file opened would become standard output.
        return 1
    parser, commands = _parser()
    given = _with_command(sys.argv[1:] if argv is None else argv)
    if given[0] not in commands and os.path.exists(given[0]):
        parser.error(f"{given[0]} is a file: scrubline scrub {given[0]}")
    arguments = parser.parse_args(given)
    try:
        status: int = arguments.run(arguments)
        return status
    except (ScrublineError, _Refused) as error:
        return _fail(str(error), 2)
    except BrokenPipeError:
        return 0
    except _Failure as failure:
        return _fail(str(failure), 1)
    except KeyboardInterrupt:
        return 130


class _Failure(Exception):
    """Input or output that failed; its text names the file and the system's reason."""


class _Refused(Exception):
    """A policy file that is wrong; its text names the file."""


def _parser() -> tuple[argparse.ArgumentParser, Iterable[str]]:
    """The parser, and the names of its commands."""
    parser = argparse.ArgumentParser(
        prog="scrubline",
        description="Redacts sensitive data. Without a command it is `scrub`: standard input to standard output.",
        epilog=_EXAMPLES,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "--version", action="version", version=f"scrubline {__version__}"
    )
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    scrub = _command(commands, "scrub", "redact files to standard output")
    _with_files(scrub)
    _with_policy(scrub)
    scrub.set_defaults(run=_scrub)

    explain = _command(
        commands,
        "explain",
        "tell what each detector looked at in a text, and why it was taken or not",
    )
    explain.add_argument("text", metavar="TEXT", help="the text; - is standard input")
    explain.add_argument(
        "--show", action="store_true", help="print the text of each candidate as well"
    )
    explain.add_argument("--json", action="store_true", help="JSON, not a table")
    _with_policy(explain)
    explain.set_defaults(run=_explain)

    report = _command(commands, "report", "count what would be redacted, as JSON")
    _with_files(report)
    _with_policy(report)
    report.set_defaults(run=_report)

    policy = _command(
        commands, "policy", "check or show a policy, or print the schema of policies"
    )
    actions = policy.add_subparsers(required=True, metavar="ACTION")
    check = _command(actions, "check", "check policy files: silent where all are right")
    check.add_argument("files", nargs="+", metavar="FILE", help=_POLICY)
    check.set_defaults(run=_check)
    schema = _command(actions, "schema", "print the JSON Schema of policies")
    schema.set_defaults(run=_schema)
    show = _command(actions, "show", "print a policy with its defaults, as JSON")
    show.add_argument(
        "file",
        nargs="?",
        metavar="FILE",
        help=f"{_POLICY}; the default policy where absent",
    )
    show.add_argument(
        "--detectors",
        action="store_true",
        help="print what the policy does with each built-in detector, as a table",
    )
    show.add_argument(
        "--json", action="store_true", help="with --detectors: JSON, not a table"
    )
    show.set_defaults(run=_show)
    return parser, commands.choices


_POLICY = "policy file, JSON where its name ends in .json, else TOML"
_EXAMPLES = """\
examples:
  scrubline < app.log > clean.log
  tail -F app.log | scrubline --policy scrubline.toml
  scrubline scrub app.log app.log.1 > clean.log
  scrubline explain 'token=${TOKEN} paid 4539148803436468'

`scrubline COMMAND --help` has the options of each.
"""


def _command(commands: Any, name: str, what: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = commands.add_parser(
        name, help=what, description=f"{what[0].upper()}{what[1:]}."
    )
    return parser


def _with_files(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="- is standard input, and so is no file at all",
    )


def _with_policy(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--policy", metavar="FILE", help=_POLICY)
    parser.add_argument(
        "--key-file",
        metavar="FILE",
        help="file with the key of pseudonyms, at least 32 bytes",
    )
    parser.add_argument(
        "--known-values-file",
        metavar="FILE",
        help="file with values that are redacted wherever they stand, one a line",
    )


def _with_command(argv: list[str]) -> list[str]:
    """`scrubline --policy FILE` is `scrubline scrub --policy FILE`."""
    is_option = (
        bool(argv)
        and argv[0].startswith("-")
        and argv[0] not in ("-h", "--help", "--version")
    )
    return ["scrub", *argv] if not argv or is_option else argv


def _redactor(arguments: argparse.Namespace) -> Redactor:
    key = None
    if arguments.key_file is not None:
        key = _content(arguments.key_file).rstrip(b"\r\n")
    known: list[bytes] = []
    if arguments.known_values_file is not None:
        known = [
            line for line in _content(arguments.known_values_file).splitlines() if line
        ]
    policy = None if arguments.policy is None else _policy(arguments.policy)
    return Redactor(policy, key=key, known_values=known)


def _policy(file: str) -> Policy:
    try:
        return Policy.from_file(file)
    except ScrublineError as error:
        raise _Refused(f"{file}: {error}") from None


def _scrub(arguments: argparse.Namespace) -> int:
    redactor = _redactor(arguments)
    for file in arguments.files or ["-"]:
        for piece in _redacted(redactor, file):
            _write(piece)
    return 0


def _report(arguments: argparse.Namespace) -> int:
    redactor = _redactor(arguments)
    for file in arguments.files or ["-"]:
        for _ in _redacted(redactor, file):
            pass
    _print_json(redactor.report())
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    redactor = _redactor(arguments)
    text: str = arguments.text
    if text == "-":
        text = _content("-").decode(errors="replace")
    rows: list[dict[str, Any]] = []
    for candidate in redactor.explain(text, show=arguments.show):
        row = {
            "start": candidate.start,
            "end": candidate.end,
            "detector": candidate.detector,
            "accepted": candidate.accepted,
            "step": candidate.step,
            "why": candidate.why,
            "action": candidate.action,
        }
        rows.append(row | {"value": candidate.value} if arguments.show else row)
    if arguments.json:
        _print_json(rows)
        return 0
    header = ["START", "END", "DETECTOR", "VERDICT", "STEP", "WHY", "ACTION"]
    table = [header + ["VALUE"] * arguments.show]
    for row in rows:
        cells = row | {
            "accepted": "accepted" if row["accepted"] else "refused",
            "action": row["action"] or "-",
        }
        if arguments.show:
            # Quoted as JSON, so that no control character reaches the terminal.
            cells["value"] = json.dumps(row["value"])
        table.append([str(cell) for cell in cells.values()])
    _write(_columns(table).encode())
    return 0


# Encodings that do not extend ASCII, by the mark that their files begin with. That of UTF-32 begins with one of UTF-16.
_MARKS = {
    codecs.BOM_UTF32_LE: "utf-32-le",
    codecs.BOM_UTF32_BE: "utf-32-be",
    codecs.BOM_UTF16_LE: "utf-16-le",
    codecs.BOM_UTF16_BE: "utf-16-be",
}


def _redacted(redactor: Redactor, file: str) -> Iterator[bytes]:
    stream: Any = redactor.stream()
    with _reading(file) as read:
        start = b""
        while any(mark.startswith(start) and mark != start for mark in _MARKS):
            chunk = read()
            start += chunk
            if not chunk:
                break
        chunks = chain([start] if start else [], iter(read, b""))
        encoding = next((_MARKS[m] for m in _MARKS if start.startswith(m)), None)
        if encoding is None:
            yield from map(stream.feed, chunks)
            yield stream.finish()
            return
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        for chunk in chunks:
            yield stream.feed(decoder.decode(chunk)).encode(encoding)
        yield stream.feed(decoder.decode(b"", True)).encode(encoding)
        yield stream.finish().encode(encoding)


def _check(arguments: argparse.Namespace) -> int:
    status = 0
    for file in arguments.files:
        try:
            _policy(file)
        except _Refused as error:
            status = _fail(str(error), 2)
    return status


def _schema(_: argparse.Namespace) -> int:
    _print_json(Policy.json_schema())
    return 0


def _show(arguments: argparse.Namespace) -> int:
    policy = Policy() if arguments.file is None else _policy(arguments.file)
    if not arguments.detectors:
        _print_json(policy.to_dict())
        return 0
    detectors = sorted(policy._detectors(), key=lambda detector: detector["id"])
    if arguments.json:
        _print_json(detectors)
    else:
        _write(_table(detectors).encode())
    return 0


def _table(detectors: list[dict[str, Any]]) -> str:
    """One line a detector: its id, its action under the policy or `off`, the presets that have it on, of which the policy's own have none."""
    rows = [["DETECTOR", "ACTION", "PRESETS"]]
    rows += [
        [
            detector["id"],
            detector["action"] or "off",
            ",".join(detector["presets"]),
        ]
        for detector in detectors
    ]
    return _columns(rows)


def _columns(rows: list[list[str]]) -> str:
    """Rows as lines, with what is one below the other set in columns."""
    widths = [max(map(len, column)) for column in zip(*rows)]
    lines = (
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths)).rstrip()
        for row in rows
    )
    return "".join(line + "\n" for line in lines)


def _print_json(value: object) -> None:
    _write(json.dumps(value, indent=2, ensure_ascii=False).encode() + b"\n")


class _reading:
    """A file, or standard input for `-`, as a function that returns what has arrived, at most `CHUNK` bytes."""

    def __init__(self, file: str) -> None:
        self.file = file

    def __enter__(self) -> Callable[[], bytes]:
        name = "standard input" if self.file == "-" else self.file
        try:
            self.descriptor = (
                STDIN
                if self.file == "-"
                else os.open(self.file, os.O_RDONLY | getattr(os, "O_BINARY", 0))
            )
        except OSError as error:
            raise _Failure(f"{name}: {error.strerror}") from None

        def read() -> bytes:
            while True:
                try:
                    return os.read(self.descriptor, CHUNK)
                except OSError as error:
                    if error.errno != errno.EAGAIN:
                        raise _Failure(f"{name}: {error.strerror}") from None
                    _wait(reading=self.descriptor)

        return read

    def __exit__(self, *_: object) -> None:
        if self.descriptor != STDIN:
            os.close(self.descriptor)


def _content(file: str) -> bytes:
    with _reading(file) as read:
        return b"".join(iter(read, b""))


def _write(data: bytes) -> None:
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(STDOUT, view) :]
        except BrokenPipeError:
            raise
        except OSError as error:
            if error.errno == errno.EAGAIN:
                _wait(writing=STDOUT)
                continue
            raise _Failure(f"standard output: {error.strerror}") from None


def _wait(*, reading: int | None = None, writing: int | None = None) -> None:
    """For a descriptor that somebody made non-blocking."""
    import select

    select.select(
        () if reading is None else (reading,), () if writing is None else (writing,), ()
    )


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _fail(message: str, status: int) -> int:
    try:
        print(f"scrubline: {message}", file=sys.stderr)
    except (OSError, AttributeError):
        pass
    return status


if __name__ == "__main__":
    sys.exit(main())
