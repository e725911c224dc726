"""The public face: Redactor, Policy, Finding, Stream, Formatter, ScrublineError."""

from __future__ import annotations

import copy
import json
import os
import pathlib
import pickle
import signal
import threading
from collections.abc import Callable

import pytest
from conftest import EMAIL, MASKED_EMAIL
from scrubline import Finding, Formatter, Policy, Redactor, ScrublineError, __version__

KEY = bytes(range(32))


def test_text(redactor: Redactor) -> None:
    assert (
        redactor.redact(f"User {EMAIL} password: hunter2")
        == f"User {MASKED_EMAIL} password: [REDACTED]"
    )


@pytest.mark.parametrize(
    "clean",
    [
        "",
        "nothing here",
        "olá 🚀",
        "\ud800 alone",
        "x" * 200_000,
        b"",
        b"\xff\xfe",
        b"x" * 200_000,
    ],
)
def test_clean_text_is_the_same_object(redactor: Redactor, clean: str | bytes) -> None:
    assert redactor.redact(clean) is clean


def test_bytes_stay_bytes(redactor: Redactor) -> None:
    assert (
        redactor.redact(b"\xff " + EMAIL.encode()) == b"\xff " + MASKED_EMAIL.encode()
    )
    assert redactor.redact(bytearray(EMAIL.encode())) == bytearray(
        MASKED_EMAIL.encode()
    )


def test_lone_surrogates_of_changed_text(redactor: Redactor) -> None:
    assert (
        redactor.redact(f"\ud83d {EMAIL} \udc00\ud800")
        == f"\ufffd {MASKED_EMAIL} \ufffd\ufffd"
    )


def test_long_text_is_scanned_without_the_interpreter(redactor: Redactor) -> None:
    text = ("x" * 70 + "\n") * 1000 + EMAIL
    assert redactor.redact(text).endswith("\n" + MASKED_EMAIL)
    assert redactor.redact(text.encode()).endswith(b"\n" + MASKED_EMAIL.encode())


def test_json_text(redactor: Redactor) -> None:
    assert (
        redactor.redact_json('{"password": "hunter2", "n": 1.0}')
        == '{"password": "[REDACTED]", "n": 1.0}'
    )
    assert (
        redactor.redact_json(b'{"password": "hunter2"}')
        == b'{"password": "[REDACTED]"}'
    )
    assert redactor.redact_json(f"no json {EMAIL}") == f"no json {MASKED_EMAIL}"
    clean = '{"a": 1}'
    assert redactor.redact_json(clean) is clean


def test_findings_address_code_points(redactor: Redactor) -> None:
    text = f"é😀日 {EMAIL} e {EMAIL}"
    found = redactor.findings(text)
    assert [text[f.start : f.end] for f in found] == [EMAIL, EMAIL]
    assert [f.detector for f in found] == ["contact.email"] * 2
    assert [
        text.encode()[f.start : f.end] for f in redactor.findings(text.encode())
    ] == [EMAIL.encode()] * 2
    for other in (None, 3, [EMAIL], bytearray(EMAIL.encode())):
        assert redactor.findings(other) == []  # type: ignore[arg-type]


def test_a_finding_is_frozen_and_holds_no_text(redactor: Redactor) -> None:
    (found,) = redactor.findings(EMAIL)
    assert (
        repr(found)
        == "Finding(detector='contact.email', path='', start=0, end=14, length_class='9-16', action='partial')"
    )
    assert found == redactor.findings(EMAIL)[0] and hash(found) == hash(
        redactor.findings(EMAIL)[0]
    )
    with pytest.raises(AttributeError):
        found.start = 1  # type: ignore[misc]
    with pytest.raises(TypeError):
        Finding()


def test_explain_tells_what_was_refused_and_why(redactor: Redactor) -> None:
    text = f"é😀 {EMAIL} password=${{PW}} 4539148803436468"
    accepted, placeholder, card, *_ = redactor.explain(text)
    assert (accepted.detector, accepted.accepted, accepted.action) == (
        "contact.email",
        True,
        "partial",
    )
    assert text[accepted.start : accepted.end] == EMAIL
    assert (placeholder.detector, placeholder.step, placeholder.why) == (
        "credential.password",
        "value",
        "placeholder",
    )
    assert text[placeholder.start : placeholder.end] == "${PW}"
    assert (card.why, card.action, card.accepted) == ("check_digit", None, False)
    assert [(c.start, c.end) for c in redactor.explain(text.encode())][:1] == [
        (len("é😀 ".encode()), len(f"é😀 {EMAIL}".encode()))
    ]
    for other in (None, 3, [EMAIL]):
        assert redactor.explain(other, show=True) == []  # type: ignore[arg-type]


def test_explain_holds_no_text_unless_asked(redactor: Redactor) -> None:
    (quiet,) = redactor.explain(EMAIL)
    assert quiet.value is None and EMAIL not in repr(quiet)
    (shown,) = redactor.explain(EMAIL, show=True)
    assert shown.value == EMAIL and EMAIL not in repr(shown)
    (shown,) = redactor.explain(EMAIL.encode(), show=True)
    assert shown.value == EMAIL.encode()
    assert (
        repr(quiet)
        == "Candidate(detector='contact.email', start=0, end=14, length_class='9-16', accepted=True, step='shape', why='shape', action='partial')"
    )
    with pytest.raises(AttributeError):
        quiet.why = "x"  # type: ignore[misc]


def test_explain_counts_nothing(redactor: Redactor) -> None:
    before = redactor.report()["total"]
    redactor.explain(EMAIL)
    assert redactor.report()["total"] == before


OWN = {
    "id": "custom.student",
    "shape": r"STU-\d{6}",
    "literals": ["stu-"],
    "examples": ["STU-918273"],
    "counter_examples": ["STU-91827"],
}


def test_own_rules_in_text_values_and_streams() -> None:
    redactor = Redactor({"custom": [OWN]})
    assert redactor.redact("to STU-918273.") == "to [REDACTED]."
    assert redactor.redact_value({"a": ("STU-918273", b"STU-918273")}) == {
        "a": ("[REDACTED]", b"[REDACTED]")
    }
    stream = redactor.stream()
    out = stream.feed("x STU-9") + stream.feed("18273\n")
    assert out + str(stream.finish()) == "x [REDACTED]\n"
    short = {"id": "custom.pin", "shape": r"\d{4}", "context": ["cacifo"]}
    value = {"cacifo": 4821, "n": 4821}
    assert Redactor({"custom": [short]}).redact_value(value) == {
        "cacifo": "[REDACTED]",
        "n": 4821,
    }


@pytest.mark.parametrize(
    ("change", "code", "path"),
    [
        ({"shape": "STU-("}, "policy.shape", "custom[0].shape"),
        ({"regex": "x1"}, "policy.custom", "custom[0]"),
        ({"literals": [""]}, "policy.literal", "custom[0].literals[0]"),
        ({"validator": "sum"}, "policy.invalid_value", "custom[0].validator"),
        ({"context": ["two words"]}, "policy.context", "custom[0].context[0]"),
        ({"examples": ["s3cr3t"]}, "policy.example", "custom[0].examples[0]"),
        (
            {"counter_examples": ["x", "STU-918273 s3cr3t"]},
            "policy.counter_example",
            "custom[0].counter_examples[1]",
        ),
    ],
)
def test_own_rules_that_are_refused(
    change: dict[str, object], code: str, path: str
) -> None:
    with pytest.raises(ScrublineError) as refused:
        Policy({"custom": [OWN | change]})
    assert (refused.value.code, refused.value.path) == (code, path)
    assert "s3cr3t" not in str(refused.value)
    if "example" in code:
        assert "custom.student" in str(refused.value)


def test_report(redactor: Redactor) -> None:
    redactor.redact(f"{EMAIL} {EMAIL} password=hunter2")
    report = redactor.report()
    assert list(report) == ["since", "total", "detectors"]
    assert report["total"] == 3
    assert report["detectors"] == {
        "contact.email": {"partial": 2},
        "credential.password": {"mask": 1},
    }
    assert len(report["since"]) == len("2024-01-01T00:00:00.000Z") and report[
        "since"
    ].endswith("Z")


def test_copies_share_and_pickling_is_refused(redactor: Redactor) -> None:
    assert copy.copy(redactor) is redactor
    assert copy.deepcopy({"r": redactor})["r"] is redactor
    with pytest.raises(TypeError, match="does not pickle"):
        pickle.dumps(redactor)


# Policies


def test_policy_of_every_kind(tmp_path: pathlib.Path) -> None:
    mapping = {"preset": "strict", "detectors": {"contact.email": "mask"}}
    (tmp_path / "p.json").write_text(json.dumps(mapping))
    (tmp_path / "p.toml").write_text(
        'preset = "strict"\n[detectors]\n"contact.email" = "mask"\n'
    )
    made = [
        Redactor(mapping),
        Redactor(Policy(mapping)),
        Redactor.from_file(tmp_path / "p.json"),
        Redactor.from_file(str(tmp_path / "p.toml")),
    ]
    assert [r.redact(EMAIL) for r in made] == ["[REDACTED]"] * 4
    assert (
        Policy(mapping)
        == Policy.from_file(tmp_path / "p.json")
        == Policy.from_file(tmp_path / "p.toml")
        != Policy()
    )
    assert Policy().to_dict()["version"] == 1
    assert (
        Policy(Policy(mapping).to_dict())
        == Policy(mapping)
        == pickle.loads(pickle.dumps(Policy(mapping)))
    )


def test_policy_schema_knows_every_field() -> None:
    schema = Policy.json_schema()
    assert set(Policy({"mask": "***", "custom": [], "key_id": "k"}).to_dict()) <= set(
        schema["properties"]
    )


@pytest.mark.parametrize(
    ("policy", "code", "path"),
    [
        ({"detector": {}}, "policy.unknown_field", "detector"),
        (
            {"detectors": {"contact.emial": "off"}},
            "policy.unknown_detector",
            "detectors.contact.emial",
        ),
        ({"preset": "mild"}, "policy.invalid_value", "preset"),
        ({"version": 2}, "policy.version", "version"),
        (
            {"custom": [{"id": "custom.big", "regex": "(a{1000}){1000}"}]},
            "policy.regex",
            None,
        ),
        ({"detectors": {1: "off"}}, "policy.invalid_value", "detectors"),
        ({"allow": [b"x"]}, "policy.invalid_value", "allow[0]"),
        ({"limits": {"depth": float("nan")}}, "policy.invalid_value", "limits.depth"),
        ({"limits": {"depth": 1 << 80}}, "policy.invalid_value", "limits.depth"),
        ("strict", "policy.invalid_value", ""),
        (b"{}", "policy.invalid_value", ""),
        ([], "policy.invalid_value", ""),
        (7, "policy.invalid_value", ""),
    ],
)
def test_a_wrong_policy_is_refused_with_code_and_path(
    policy: object, code: str, path: str | None
) -> None:
    for make in (Redactor, Policy):
        with pytest.raises(ScrublineError) as caught:
            make(policy)  # type: ignore[operator]
        assert caught.value.code == code
        assert path is None or caught.value.path == path
        assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("make", "advice"),
    [
        (lambda: Redactor("strict"), '{"preset": "strict"}'),  # type: ignore[arg-type]
        (lambda: Policy(pathlib.Path("scrubline.toml")), "not a name, path or text"),  # type: ignore[arg-type]
        (lambda: Redactor().reload("strict"), '{"preset": "strict"}'),  # type: ignore[arg-type]
        (
            lambda: Redactor({"detectors": {"contact": {"email": "off"}}}),
            '`"contact.email" = "off"`',
        ),
        (lambda: Redactor(known_values="blue-horse-battery"), "a list"),
        (lambda: Redactor(key="short"), "at least 32 bytes"),
    ],
)
def test_a_refusal_says_what_to_write(make: Callable[[], object], advice: str) -> None:
    with pytest.raises(ScrublineError) as refused:
        make()
    assert advice in str(refused.value) and "blue" not in str(refused.value)


def test_a_cyclic_or_endless_policy_is_refused() -> None:
    cyclic: dict[str, object] = {}
    cyclic["detectors"] = cyclic
    deep: dict[str, object] = {}
    for _ in range(100_000):
        deep = {"fields": deep}
    for policy in (cyclic, deep):
        with pytest.raises(ScrublineError):
            Redactor(policy)


def test_files_that_cannot_be_read(tmp_path: pathlib.Path) -> None:
    for path in (tmp_path / "missing.toml", tmp_path):
        with pytest.raises(ScrublineError) as caught:
            Redactor.from_file(path)
        assert caught.value.code == "io"


def test_errors_hold_no_input() -> None:
    with pytest.raises(ScrublineError) as caught:
        Redactor({"preset": "hunter2-secret"})
    assert "hunter2" not in str(caught.value) + repr(caught.value) + repr(
        vars(caught.value)
    )
    assert pickle.loads(pickle.dumps(caught.value)).code == "policy.invalid_value"


# Keys and known values


def test_key() -> None:
    pseudonyms = {"detectors": {"contact.email": "pseudonym"}}
    one = Redactor(pseudonyms, key=KEY).redact(EMAIL)
    assert one == Redactor(pseudonyms, key=bytearray(KEY)).redact(EMAIL.upper())
    assert one.startswith("[id:") and len(one) == 29
    for key, code in (
        (b"short", "key.too_short"),
        (None, "key.missing"),
        (b"", "key.too_short"),
    ):
        with pytest.raises(ScrublineError) as caught:
            Redactor(pseudonyms, key=key)
        assert caught.value.code == code
    with pytest.raises(TypeError):
        Redactor(key=7)  # type: ignore[arg-type]


def test_known_values() -> None:
    redactor = Redactor(known_values=["correct-horse", b"battery\xffstaple"])
    assert redactor.redact("a correct-horse b") == "a [REDACTED] b"
    assert redactor.redact(b"a battery\xffstaple b") == b"a [REDACTED] b"
    redactor.register(iter(["tr0ub4dor&3"]))
    assert redactor.redact("tr0ub4dor&3 correct-horse") == "[REDACTED] [REDACTED]"


@pytest.mark.parametrize(
    ("values", "code", "path"),
    [
        (["long-enough-1", ""], "known_value.too_short", "known_values[1]"),
        (["postgres"], "known_value.common", "known_values[0]"),
        ([7], "known_value.type", "known_values[0]"),
        ("one-string", "known_value.type", "known_values"),
        (7, "known_value.type", "known_values"),
    ],
)
def test_known_values_are_refused_by_position(
    values: object, code: str, path: str
) -> None:
    redactor = Redactor()
    for make in (
        lambda: Redactor(known_values=values),
        lambda: redactor.register(values),
    ):  # type: ignore[arg-type]
        with pytest.raises(ScrublineError) as caught:
            make()
        assert (caught.value.code, caught.value.path) == (code, path)
    assert redactor.redact("long-enough-1") == "long-enough-1"


def test_reload_is_atomic(redactor: Redactor) -> None:
    redactor.reload({"detectors": {"contact.email": "mask"}})
    assert redactor.redact(EMAIL) == "[REDACTED]"
    with pytest.raises(ScrublineError):
        redactor.reload({"nonsense": 1})
    assert redactor.redact(EMAIL) == "[REDACTED]"
    redactor.reload(None)
    assert redactor.redact(EMAIL) == MASKED_EMAIL


# Streams


@pytest.mark.parametrize("size", [1, 2, 3, 7, 1000])
def test_a_stream_gives_the_bytes_of_the_whole(redactor: Redactor, size: int) -> None:
    text = f"é😀 {EMAIL}\npassword: hunter2\n-----BEGIN PRIVATE KEY-----\nMIIE\nabc\n-----END PRIVATE KEY-----\nend 日"
    for whole in (text, text.encode()):
        stream = redactor.stream()
        out = whole[:0].join(
            [
                *(stream.feed(whole[i : i + size]) for i in range(0, len(whole), size)),
                stream.finish(),
            ]
        )
        assert out == redactor.redact(whole)


def test_a_stream_flushes_finished_lines(redactor: Redactor) -> None:
    stream = redactor.stream()
    assert stream.feed("one\ntwo") == "one\n"
    assert stream.feed(" three\n") == "two three\n"
    assert stream.finish() == ""


def test_a_stream_takes_text_and_bytes_alone() -> None:
    redactor = Redactor()
    assert redactor.stream().finish() == b""
    assert redactor.stream().feed(7) == b"[REDACTED:error]"  # type: ignore[call-overload]
    stream = redactor.stream()
    assert stream.feed("pass") == ""
    assert stream.feed(None) == "[REDACTED:error]"  # type: ignore[call-overload]
    assert stream.feed("word=hunter2") + str(stream.finish()) == "password=[REDACTED]"
    assert redactor.report()["detectors"]["error"] == {"mask": 2}


# Formatter


def test_formatter_of_dicts(redactor: Redactor) -> None:
    line = Formatter(redactor=redactor).format(
        {
            "time": 0,
            "level": "warn",
            "message": f"to {EMAIL}",
            "password": "hunter2",
            "n": 1 << 70,
            "f": 25.0,
        }
    )
    assert (
        line
        == f'{{"timestamp":"1970-01-01T00:00:00.000Z","level":"WARNING","message":"to {MASKED_EMAIL}","f":25,"n":{1 << 70},"password":"[REDACTED]"}}'
    )
    assert (
        json.loads(Formatter("security").format({"message": "m", "level": "error"}))[
            "security_level"
        ]
        == "ERROR"
    )
    assert "m" in Formatter("console", colour=True).format({"message": "m"})


def test_a_record_may_hold_its_exception() -> None:
    class Silent(Exception):
        def __str__(self) -> str:
            raise RuntimeError("no")

    try:
        raise KeyError("none") from ValueError(f"of {EMAIL}")
    except KeyError as error:
        line = json.loads(Formatter().format({"exception": error, "other": error}))
    assert line["exception"]["type"] == "KeyError"
    assert line["exception"]["message"] == line["other"] == "'none'"
    first, *_, last = line["exception"]["traceback"].splitlines()
    assert (first, last) == (f"ValueError: of {MASKED_EMAIL}", "KeyError: 'none'")
    line = json.loads(Formatter().format({"exception": Silent(), "message": "m"}))
    assert (line["message"], line["extra.exception"]) == ("m", "[REDACTED:error]")


@pytest.mark.parametrize(
    "options",
    [
        {"format": "xml"},
        {"layout": "deep"},
        {"colours": True},
        {"context_fields": [1]},
        {"context_fields": object()},
    ],
)
def test_formatter_options_are_checked(options: dict[str, object]) -> None:
    with pytest.raises(ScrublineError) as caught:
        Formatter(**options)  # type: ignore[arg-type]
    assert caught.value.code == "format"


@pytest.mark.parametrize("record", [None, 7, "text", [], {}])
def test_a_record_that_is_none_gives_an_error_line(record: object) -> None:
    assert json.loads(Formatter().format(record))["message"] == "[REDACTED:error]"  # type: ignore[arg-type]


def test_threads_share_a_redactor(redactor: Redactor) -> None:
    texts = [f"{i} {EMAIL} {'x' * (i * 997 % 90_000)}" for i in range(200)]
    expected = [Redactor().redact(text) for text in texts]
    got: list[list[str]] = [[] for _ in range(8)]

    def work(mine: list[str]) -> None:
        for i, text in enumerate(texts):
            if i % 50 == 0:
                redactor.reload({})
            mine.append(redactor.redact(text))

    threads = [threading.Thread(target=work, args=(mine,)) for mine in got]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert got == [expected] * 8
    assert redactor.report()["total"] == 8 * len(texts)


@pytest.mark.filterwarnings("ignore:This process")
def test_a_fork_meets_no_lock(redactor: Redactor) -> None:
    busy = True
    long = ("x" * 60 + f" {EMAIL}\n") * 3000

    def work() -> None:
        stream = redactor.stream()
        while busy:
            redactor.redact(long)
            redactor.redact_json(long)
            stream.feed(long)

    threads = [threading.Thread(target=work, daemon=True) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for _ in range(20):
            child = os.fork()
            if child == 0:
                signal.alarm(20)
                redactor.reload({})
                redactor.register(["correct-horse"])
                done = (
                    redactor.redact(EMAIL) == MASKED_EMAIL
                    and redactor.report()["total"] > 0
                )
                os._exit(0 if done else 1)
            assert os.waitpid(child, 0)[1] == 0
    finally:
        busy = False
        for thread in threads:
            thread.join()


def test_version() -> None:
    assert __version__.count(".") == 2
