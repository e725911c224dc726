"""The command `scrubline`."""

from __future__ import annotations

import json
import os
import pathlib
import re
import resource
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from conftest import EMAIL, MASKED_EMAIL

COMMAND = [sys.executable, "-m", "scrubline"]
KEY = (
    "-----BEGIN RSA PRIVATE KEY-----\n"
    + "MIIEpAIBAAKCAQEA7bq0abcdefgh\n" * 200
    + "-----END RSA PRIVATE KEY-----\n"
)


def run(
    *arguments: str, data: bytes = b"", **options: Any
) -> subprocess.CompletedProcess[bytes]:
    options.setdefault("stdout", subprocess.PIPE)
    return subprocess.run(
        [*COMMAND, *arguments],
        input=data,
        stderr=subprocess.PIPE,
        timeout=120,
        **options,
    )


def test_standard_input_to_standard_output() -> None:
    done = run(data=f"mail {EMAIL}\npassword=hunter2 \xff\x00".encode("latin-1"))
    assert (done.stdout, done.stderr, done.returncode) == (
        f"mail {MASKED_EMAIL}\npassword=[REDACTED] \xff\x00".encode("latin-1"),
        b"",
        0,
    )
    assert run(data=b"").stdout == b""


def test_explain() -> None:
    text = f"mail {EMAIL} password=${{PW}}"
    done = run("explain", text)
    assert (done.returncode, done.stderr) == (0, b"")
    header, *rows = [line.split() for line in done.stdout.decode().splitlines()]
    assert header == ["START", "END", "DETECTOR", "VERDICT", "STEP", "WHY", "ACTION"]
    assert rows == [
        ["5", "19", "contact.email", "accepted", "shape", "shape", "partial"],
        ["29", "34", "credential.password", "refused", "value", "placeholder", "-"],
    ]
    assert EMAIL not in done.stdout.decode() and b"PW" not in done.stdout
    shown = run("explain", "--show", "-", data=text.encode())
    assert f'"{EMAIL}"' in shown.stdout.decode() and b'"${PW}"' in shown.stdout
    assert run("explain", "nothing here").stdout.count(b"\n") == 1


def test_explain_as_json_with_a_policy(tmp_path: pathlib.Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(
        "[detectors]\n'contact.email' = 'off'\n\n[[custom]]\nid = 'custom.student'\nshape = 'STU-\\d{6}'\n"
    )
    done = run("explain", "--json", "--policy", str(policy), f"STU-918273 {EMAIL}")
    assert json.loads(done.stdout) == [
        {
            "start": 0,
            "end": 10,
            "detector": "custom.student",
            "accepted": True,
            "step": "shape",
            "why": "shape",
            "action": "mask",
        },
        {
            "start": 11,
            "end": 25,
            "detector": "contact.email",
            "accepted": False,
            "step": "policy",
            "why": "disabled",
            "action": None,
        },
    ]
    shown = run("explain", "--json", "--show", EMAIL)
    assert json.loads(shown.stdout)[0]["value"] == EMAIL


def test_the_installed_script() -> None:
    script = pathlib.Path(sys.executable).with_name("scrubline")
    done = subprocess.run(
        [script], input=EMAIL.encode(), stdout=subprocess.PIPE, timeout=60
    )
    assert (done.stdout, done.returncode) == (MASKED_EMAIL.encode(), 0)


def test_a_private_key_over_many_lines_is_gone_whole() -> None:
    done = run(data=f"before\n{KEY}after {EMAIL}\n".encode())
    assert b"MIIE" not in done.stdout and b"PRIVATE" not in done.stdout
    assert done.stdout.startswith(b"before\n[REDACTED]") and done.stdout.endswith(
        f"after {MASKED_EMAIL}\n".encode()
    )


def test_files(tmp_path: pathlib.Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    one.write_text(f"one {EMAIL}\n")
    two.write_bytes(b"two \xff\n")
    done = run("scrub", str(one), "-", str(two), data=EMAIL.encode() + b"\n")
    assert (
        done.stdout == f"one {MASKED_EMAIL}\n{MASKED_EMAIL}\ntwo ".encode() + b"\xff\n"
    )
    done = run("scrub", str(one), str(tmp_path / "missing"))
    assert (done.returncode, done.stdout) == (1, f"one {MASKED_EMAIL}\n".encode())
    assert re.fullmatch(
        rb"scrubline: .*missing: No such file or directory\n", done.stderr
    )
    done = run("scrub", str(tmp_path))
    assert (
        done.returncode == 1
        and done.stderr.endswith(b": Is a directory\n")
        and done.stderr.count(b"\n") == 1
    )


def test_policies(tmp_path: pathlib.Path) -> None:
    good, bad, key = tmp_path / "good.toml", tmp_path / "bad.json", tmp_path / "key"
    good.write_text('[detectors]\n"contact.email" = "pseudonym"\n')
    bad.write_text('{"preset": "hunter2"}')
    key.write_text("k" * 32 + "\n")
    assert run(
        "--policy", str(good), "--key-file", str(key), data=EMAIL.encode()
    ).stdout.startswith(b"[id:")
    done = run("--policy", str(good), data=EMAIL.encode())
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        b"",
        b"scrubline: key.missing at key: the action `pseudonym` needs a key\n",
    )
    for arguments in (
        ["scrub", "--policy", str(bad)],
        ["--policy", str(bad)],
        ["report", "--policy", str(bad)],
        ["policy", "check", str(bad)],
        ["policy", "show", str(bad)],
        ["policy", "show", "--detectors", str(bad)],
    ):
        done = run(*arguments, data=EMAIL.encode())
        assert (done.returncode, done.stdout) == (2, b"")
        assert (
            b"policy.invalid_value at preset" in done.stderr
            and b"hunter2" not in done.stderr
            and done.stderr.count(b"\n") == 1
        )
    assert run("--policy", str(tmp_path / "missing.toml")).returncode == 2
    assert run("policy", "check", str(good)).returncode == 0
    assert json.loads(run("policy", "show", str(good)).stdout)["detectors"] == {
        "contact.email": "pseudonym"
    }
    assert json.loads(run("policy", "show").stdout)["version"] == 1
    assert json.loads(run("policy", "schema").stdout)["type"] == "object"


def test_detectors(tmp_path: pathlib.Path) -> None:
    policy = tmp_path / "policy.toml"
    policy.write_text(
        'preset = "minimal"\n[detectors]\nidentity = "label"\n"identity.pt.nif" = "on"\n"credential.password" = "off"\n'
    )
    done = run("policy", "show", "--detectors")
    assert (done.returncode, done.stderr) == (0, b"")
    head, *rows = [line.split() for line in done.stdout.decode().splitlines()]
    assert head == ["DETECTOR", "ACTION", "PRESETS"]
    assert rows == sorted(rows) and all(len(row) == 3 for row in rows)
    default = {row[0]: row[1:] for row in rows}
    assert len(default) == len(rows) > 500
    assert default["contact.email"] == ["partial", "default,strict,gdpr"]
    assert default["contact.name"] == ["off", "strict,gdpr"]
    assert default["credential.password"] == ["mask", "default,strict,minimal,pci,gdpr"]

    rows = [
        line.split()
        for line in run("policy", "show", str(policy), "--detectors")
        .stdout.decode()
        .splitlines()[1:]
    ]
    actions = {row[0]: row[1] for row in rows}
    assert actions.keys() == default.keys()
    assert {
        id: actions[id]
        for id in (
            "contact.email",
            "identity.pt.nif",
            "identity.pt.niss",
            "credential.password",
            "credential.jwt",
        )
    } == {
        "contact.email": "off",
        "identity.pt.nif": "mask",
        "identity.pt.niss": "label",
        "credential.password": "off",
        "credential.jwt": "mask",
    }

    done = run("policy", "show", "--detectors", "--json", str(policy))
    detectors = {detector["id"]: detector for detector in json.loads(done.stdout)}
    assert {
        id: detector["action"] or "off" for id, detector in detectors.items()
    } == actions
    assert detectors["contact.email"] == {
        "id": "contact.email",
        "group": "contact",
        "action": None,
        "default_action": "partial",
        "presets": ["default", "strict", "gdpr"],
        "search": "own",
        "word": None,
    }
    assert detectors["identity.pt.nif"]["search"] == "id"
    assert detectors["identity.pt.nif"]["word"] == "unless-whole"


def test_detectors_of_a_policys_own(tmp_path: pathlib.Path) -> None:
    policy = tmp_path / "policy.json"
    own = [
        {"id": "custom.student", "shape": r"STU-\d{6}"},
        {"id": "custom.locker", "shape": r"\d{5}", "context": ["locker"]},
        {"id": "custom.room", "regex": r"R\d{3}", "action": "label"},
    ]
    policy.write_text(json.dumps({"custom": own, "detectors": {"custom.room": "off"}}))
    lines = run("policy", "show", "--detectors", str(policy)).stdout.decode()
    rows = [line.split() for line in lines.splitlines()]
    assert [row for row in rows if row[0] in {one["id"] for one in own}] == [
        ["custom.locker", "mask"],
        ["custom.room", "off"],
        ["custom.student", "mask"],
    ]
    done = run("policy", "show", "--detectors", "--json", str(policy))
    assert {
        detector["id"]: (detector["search"], detector["word"], detector["action"])
        for detector in json.loads(done.stdout)
        if detector["id"] in ("custom.locker", "custom.room")
    } == {
        "custom.locker": ("shape", "needed", "mask"),
        "custom.room": ("regex", "not-needed", None),
    }


def test_the_table_says_what_happens(tmp_path: pathlib.Path) -> None:
    for preset, action, output in (
        ("default", "partial", MASKED_EMAIL),
        ("gdpr", "mask", "[REDACTED]"),
        ("pci", "off", EMAIL),
    ):
        policy = tmp_path / f"{preset}.toml"
        policy.write_text(f'preset = "{preset}"\n')
        shown = run("policy", "show", "--detectors", "--json", str(policy)).stdout
        (email,) = (
            detector
            for detector in json.loads(shown)
            if detector["id"] == "contact.email"
        )
        assert (email["action"] or "off") == action
        done = run("--policy", str(policy), data=EMAIL.encode())
        assert done.stdout == output.encode()


def test_policy_show_without_detectors_is_the_policy() -> None:
    assert run("policy", "show", "--json").stdout == run("policy", "show").stdout
    assert "detectors" not in json.loads(run("policy", "show").stdout)


def test_report(tmp_path: pathlib.Path) -> None:
    (tmp_path / "log").write_text(f"{EMAIL}\npassword=hunter2\n{EMAIL}\n")
    report = json.loads(run("report", str(tmp_path / "log")).stdout)
    assert report["total"] == 3 and report["detectors"]["contact.email"] == {
        "partial": 2
    }


def test_wrong_arguments() -> None:
    for arguments in (["scrubb"], ["--polic"], ["policy"], ["policy", "check"]):
        done = run(*arguments)
        assert done.returncode == 2 and done.stderr.startswith(b"usage: scrubline")
    assert run("--version").stdout.startswith(b"scrubline ")
    assert b"COMMAND" in run("--help").stdout


def test_help_says_what_every_argument_is() -> None:
    assert b"scrubline < app.log > clean.log" in run("--help").stdout
    for command in ("scrub", "explain", "report", "policy check", "policy show"):
        text = run(*command.split(), "--help").stdout.decode()
        assert re.match(r"usage: .*?\n\n[A-Z].*?\.\n\n", text, re.S), command
        # What an argument is stands behind it, or in the next line.
        assert not re.search(r"^  \S+( [A-Z]+)?\n(?! {6})", text, re.M), command


def test_known_values_of_a_file(tmp_path: pathlib.Path) -> None:
    values = tmp_path / "values"
    values.write_bytes(b"zx81spectrum99\r\n\nsinclair-ql-1984\n")
    done = run("--known-values-file", str(values), data=b"of sinclair-ql-1984 too")
    assert (done.stdout, done.stderr) == (b"of [REDACTED] too", b"")
    values.write_text("zx81spectrum99\nshort\n")
    done = run("--known-values-file", str(values))
    assert done.returncode == 2 and b"known_values[1]" in done.stderr
    assert b"short" not in done.stderr.replace(b"too_short", b"")


@pytest.mark.parametrize("before", ["", "scrub ", "report ", "explain x "])
def test_a_policy_that_is_wrong_is_named(before: str, tmp_path: pathlib.Path) -> None:
    wrong = tmp_path / "wrong.toml"
    for text in (None, 'preset = "stric"', "preset = strict"):
        if text is not None:
            wrong.write_text(text)
        done = run(*before.split(), "--policy", str(wrong))
        assert done.returncode == 2 and done.stdout == b""
        assert done.stderr.startswith(f"scrubline: {wrong}: ".encode())
    assert str(wrong).encode() in run("policy", "show", str(wrong)).stderr


def test_a_file_without_a_command_is_told_how(tmp_path: pathlib.Path) -> None:
    (tmp_path / "app.log").write_text(EMAIL)
    done = run("app.log", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.endswith(b": app.log is a file: scrubline scrub app.log\n")


def test_finished_lines_are_flushed() -> None:
    with subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        for i in range(3):
            process.stdin.write(f"{i} {EMAIL}\nbegun ".encode())
            line = process.stdout.readline()
            assert line.endswith(f"{i} {MASKED_EMAIL}\n".encode())
        process.stdin.close()
        assert process.stdout.read() == b"begun "


def test_a_reader_that_goes_away() -> None:
    with subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
    ) as process:
        assert (
            process.stdin is not None
            and process.stdout is not None
            and process.stderr is not None
        )
        process.stdout.close()
        with pytest.raises(BrokenPipeError):
            for _ in range(1000):
                process.stdin.write(b"x" * 9999 + b"\n")
        assert process.stderr.read() == b""
        assert process.wait(30) == -signal.SIGPIPE


def test_closed_descriptors(tmp_path: pathlib.Path) -> None:
    log = tmp_path / "log"
    log.write_text(EMAIL)
    done = run("scrub", str(log), stdout=None, preexec_fn=lambda: os.close(1))
    assert (done.returncode, done.stderr) == (1, b"")
    assert log.read_text() == EMAIL
    done = subprocess.run(
        COMMAND,
        capture_output=True,
        preexec_fn=lambda: os.close(0),
        timeout=60,
    )
    assert (done.returncode, done.stdout, done.stderr) == (
        1,
        b"",
        b"scrubline: standard input: Bad file descriptor\n",
    )


def test_a_full_disk() -> None:
    with open("/dev/full", "wb") as full:
        done = run(data=EMAIL.encode() + b"\n", stdout=full)
    assert (done.returncode, done.stderr) == (
        1,
        b"scrubline: standard output: No space left on device\n",
    )


def test_interrupt() -> None:
    with subprocess.Popen(
        COMMAND,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        bufsize=0,
        # A shell's background job, such as a whole test run may be, ignores the signal, and its children do.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:
        assert (
            process.stdin is not None
            and process.stdout is not None
            and process.stderr is not None
        )
        process.stdin.write(b"x\n")
        assert process.stdout.readline() == b"x\n"
        process.send_signal(signal.SIGINT)
        assert process.wait(30) == 130
        assert process.stderr.read() == b""


def most_memory(megabytes: int, line: bytes) -> int:
    """Peak resident memory in KB of a run over so much input."""
    code = "import resource, sys; from scrubline._cli import main; status = main([]); print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss, file=sys.stderr); sys.exit(status)"
    with subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    ) as process:
        assert process.stdin is not None and process.stderr is not None
        block = line * ((1 << 20) // len(line))
        for _ in range(megabytes):
            process.stdin.write(block)
        process.stdin.close()
        peak = int(process.stderr.read())
        assert process.wait(120) == 0
    return peak


@pytest.mark.parametrize(
    "line",
    [
        f"2026-11-24 INFO mail {EMAIL} ok\n".encode(),
        b"x" * 65536,
        b"password='" + b"y" * 65526,
    ],
    ids=["lines", "one line", "an open quote"],
)
def test_constant_memory(line: bytes) -> None:
    assert most_memory(200, line) - most_memory(2, line) < 8 * 1024


def test_a_line_of_100_megabytes() -> None:
    started = time.monotonic()
    done = run(data=b"x" * 100_000_000 + f" {EMAIL}\n".encode())
    assert len(done.stdout) == 100_000_000 + len(
        MASKED_EMAIL
    ) + 2 and done.stdout.endswith(MASKED_EMAIL.encode() + b"\n")
    assert time.monotonic() - started < 60
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss > 0


@pytest.mark.parametrize(
    "encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]
)
def test_encodings_that_do_not_extend_ascii(encoding: str) -> None:
    text = "\ufeffmail %s ã\npassword=%s\n"
    clean = text % ("***@example.pt", "[REDACTED]")
    data = (text % (EMAIL, "hunter2")).encode(encoding)
    assert run(data=data).stdout == clean.encode(encoding)
    assert run(data=data[:2]).stdout == data[:2]


def test_a_file_that_only_begins_like_a_mark() -> None:
    for data in (b"\xff", b"\xfe\xfe\n", b"\x00\x00\xfe", b""):
        assert run(data=data).stdout == data


@pytest.mark.skipif(sys.platform == "win32", reason="pipes there always block")
def test_standard_input_that_does_not_block() -> None:
    reading, writing = os.pipe()
    os.set_blocking(reading, False)
    process = subprocess.Popen(COMMAND, stdin=reading, stdout=subprocess.PIPE)
    os.close(reading)
    time.sleep(0.5)
    os.write(writing, f"mail {EMAIL}\n".encode())
    os.close(writing)
    assert process.communicate(timeout=60)[0] == b"mail ***@example.pt\n"
