"""One engine, two hosts: the sample project's log lines by Python and by Node, byte for byte.

Runs the sample project in this process. Its handlers write scrubline's JSON lines; the same records,
captured before any of it redacts, go to Node, which redacts and formats them itself. Shows a dozen
side by side, compares all, compares the counts by detector, and exits with 1 on any difference or
when nothing was redacted.

SCRUBLINE_JS names the directory of the npm package, js/ of this repository when it is not set.
"""

import argparse
import json
import logging
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import canaries
import drive
from capture import Capture

HERE = Path(__file__).resolve().parent
# One line of each is shown.
LOGGERS = (
    "accounts.auth",
    "accounts.security",
    "accounts.throttles",
    "finances.audit",
    "finances.fraud",
    "finances.payments",
    "finances.stripe",
    "finances.webhooks",
    "messaging.email",
    "messaging.invitations",
    "scheduler.reminders",
    "security.events",
)
# Rows of one side that are shown; a traceback has more.
ROWS = 12


def main():
    """Run the demonstration; return the exit code."""
    options = arguments()
    planted = canaries.make()
    with tempfile.TemporaryDirectory(prefix="aprende-") as folder:
        steps = drive.harmless_steps() if options.harmless else drive.steps(planted)
        records, python_lines = run_project(Path(folder), planted, steps)
    node_lines, node_report = run_node(records, options.flip_byte)
    dict_lines, python_report = run_formatter(records)

    show(records, python_lines, node_lines, options.raw)
    problems = [
        *differences("the handlers' lines", python_lines, "Node's", node_lines),
        *differences(
            "the lines of Python's Formatter", dict_lines, "Node's", node_lines
        ),
        *compare_counts(python_report, node_report),
    ]
    total = sum(len(line) + 1 for line in node_lines)
    print(
        f"\n{len(records)} records, {total} bytes, {node_report['total']} redactions in each host"
    )
    for problem in problems:
        print(f"FAILED: {problem}")
    if not problems:
        print(
            "OK: Python and Node wrote the same bytes and counted the same redactions"
        )
    return 1 if problems else 0


def arguments():
    """Return the options of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "--raw", action="store_true", help="show the records before redaction too"
    )
    parser.add_argument(
        "--flip-byte", action="store_true", help="self-test: damage Node's output"
    )
    parser.add_argument(
        "--harmless",
        action="store_true",
        help="self-test: send nothing that is redacted",
    )
    return parser.parse_args()


def run_project(folder, planted, steps):
    """Send `steps` to the project in this process; return (raw records, its JSON lines as bytes).

    Raw records are JSON texts. Steps whose log call has no message to compare are left out.
    """
    os.environ.update(drive.environment(planted))
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    os.environ["APRENDE_LOG_DIR"] = str(folder / "logs")
    os.environ["APRENDE_DB"] = str(folder / "db.sqlite3")
    sys.path.insert(0, str(HERE / "aprende"))

    import django
    from django.core.management import call_command
    from django.test import Client

    django.setup()
    call_command("migrate", verbosity=0)
    for logger in (
        logging.getLogger(),
        *map(logging.getLogger, logging.Logger.manager.loggerDict),
    ):
        # The terminal is for the comparison.
        logger.handlers = [
            handler for handler in logger.handlers if handler.name != "console"
        ]
    capture = Capture()
    capture.install()

    client = Client(raise_request_exception=False)
    for step in (step for step in steps if step.renders):
        response = client.generic(
            step.method,
            step.path,
            step.body,
            step.content_type,
            **header_variables(step, client),
        )
        if response.status_code != step.status:
            raise SystemExit(
                f"{step.name}: status {response.status_code}, not {step.status}"
            )
    logging.shutdown()
    return capture.lines, lines_of((folder / "logs" / "application.log").read_bytes())


def header_variables(step, client):
    """Return the headers of `step` as WSGI names them; its cookies join those of `client`."""
    headers = {"User-Agent": drive.AGENT, **step.headers}
    client.cookies.load(headers.pop("Cookie", ""))
    return {
        f"HTTP_{name.upper().replace('-', '_')}": text for name, text in headers.items()
    }


def run_node(records, flip_byte):
    """Return (lines as bytes, report) of Node for the raw `records`."""
    folder = os.environ.get("SCRUBLINE_JS") or str(HERE.parent.parent / "js")
    done = subprocess.run(
        ["node", str(HERE / "demo.mjs"), *(["--flip-byte"] if flip_byte else [])],
        input="".join(f"{record}\n" for record in records).encode(),
        env={**os.environ, "SCRUBLINE_JS": folder},
        stdout=subprocess.PIPE,
    )
    if done.returncode:
        raise SystemExit(
            f"Node failed with the npm package in {folder}; SCRUBLINE_JS names another"
        )
    *lines, report = lines_of(done.stdout)
    return lines, json.loads(report)


def run_formatter(records):
    """Return (lines as bytes, report) of Python's own Formatter for the raw `records`.

    The handlers' engine counts a record again for each handler that stands alone; this one sees each
    record once, as Node does.
    """
    from scrubline import Formatter, Redactor

    redactor = Redactor()
    formatter = Formatter(format="json", redactor=redactor)
    lines = [formatter.format(json.loads(record)).encode() for record in records]
    return lines, redactor.report()


def lines_of(data):
    """Return the lines of `data`, bytes as well, without their line feeds."""
    return data.split(b"\n")[:-1]


def differences(left_name, left, right_name, right):
    """Return what is different between two lists of lines, the first place only."""
    if len(left) != len(right):
        return [f"{left_name} are {len(left)}, {right_name} {len(right)}"]
    different = [n for n, pair in enumerate(zip(left, right)) if pair[0] != pair[1]]
    if not different:
        return []
    n = different[0]
    at = next(
        (i for i, pair in enumerate(zip(left[n], right[n])) if pair[0] != pair[1]),
        min(len(left[n]), len(right[n])),
    )
    around = slice(max(0, at - 60), at + 60)
    return [
        f"{len(different)} of {len(left)} lines differ between {left_name} and {right_name}; "
        f"the first is line {n + 1}, at byte {at}:\n"
        f"  {left[n][around].decode(errors='replace')}\n"
        f"  {right[n][around].decode(errors='replace')}"
    ]


def compare_counts(python, node):
    """Print the counts of both reports by detector and action; return what is wrong with them."""
    print(f"\n{'detector':<36}{'action':<12}{'Python':>8}{'Node':>8}")
    counts = [counts_of(python), counts_of(node)]
    for name, action in sorted({*counts[0], *counts[1]}):
        left, right = (count.get((name, action), 0) for count in counts)
        print(
            f"{name:<36}{action:<12}{left:>8}{right:>8}{'' if left == right else '  differs'}"
        )
    problems = []
    if counts[0] != counts[1] or python["total"] != node["total"]:
        problems.append("the counts by detector differ")
    if not node["total"] or not python["total"]:
        problems.append("nothing was redacted")
    return problems


def counts_of(report):
    """Return {(detector, action): count} of a report."""
    return {
        (name, action): count
        for name, actions in report["detectors"].items()
        for action, count in actions.items()
    }


def show(records, python_lines, node_lines, with_raw):
    """Print representative lines of both hosts side by side."""
    width = max(40, (shutil.get_terminal_size((160, 24)).columns - 3) // 2)
    for n in representative(records, python_lines):
        if n >= len(node_lines):
            break
        if with_raw:
            print("raw:", records[n])
        print(f"{'Python':-<{width}}-+-{'Node':-<{width}}")
        columns = [
            rows(line[n].decode(errors="replace"), width)
            for line in (python_lines, node_lines)
        ]
        for row in range(max(map(len, columns))):
            left, right = (
                column[row] if row < len(column) else "" for column in columns
            )
            print(f"{left:<{width}} | {right}")


def representative(records, lines):
    """Return the position of one line of each of LOGGERS: the one with the most redactions."""
    best = {}
    for n, line in enumerate(lines[: len(records)]):
        logger = json.loads(records[n])["logger"]
        count = line.count(b"REDACTED") + line.count(b"***@")
        if logger in LOGGERS and count > best.get(logger, (0, 0))[0]:
            best[logger] = (count, n)
    return sorted(n for _, n in best.values())


def rows(line, width):
    """Return `line` in pieces of `width` columns, cut after ROWS rows."""
    pieces = [line[at : at + width] for at in range(0, len(line), width)]
    if len(pieces) > ROWS:
        pieces[ROWS - 1 :] = [f"… {len(line) - (ROWS - 1) * width} more characters"]
    return pieces


if __name__ == "__main__":
    sys.exit(main())
