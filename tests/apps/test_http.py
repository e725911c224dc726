"""The sample project behind gunicorn and uvicorn: nothing planted is in any file or stream."""

import json
import re

import pytest

import canaries
import drive
import server

ENVELOPE = (
    "timestamp",
    "level",
    "logger",
    "message",
    "event_type",
    "correlation_id",
    "school_id",
    "user_id",
    "role",
    "module",
    "function",
    "line",
    "duration_ms",
    "exception",
)
JSON_LINES = (
    "application.log",
    "errors.log",
    "business.log",
    "performance.log",
    "audit.log",
)
LOG_FILES = {*JSON_LINES, "security.log", "legacy.log", "stdout", "stderr"}


@pytest.fixture(scope="module")
def planted():
    return canaries.make()


@pytest.fixture(scope="module", params=sorted(server.COMMANDS))
def redacted(request, planted, tmp_path_factory):
    """The project as it is, under each server."""
    folder = tmp_path_factory.mktemp(request.param)
    return server.run(request.param, "config.settings", planted, folder)


@pytest.fixture(scope="module")
def control(planted, tmp_path_factory):
    """The same project with formatters and filters of the standard library."""
    folder = tmp_path_factory.mktemp("control")
    return server.run("gunicorn", "config.settings_unredacted", planted, folder)


def expected_answers(planted):
    return {step.name: step.status for step in drive.steps(planted)}


def test_the_project_answers_as_it_should(redacted, planted):
    assert redacted.answers == expected_answers(planted)


def test_nothing_planted_is_in_any_file_or_stream(redacted):
    assert set(redacted.texts) == LOG_FILES
    assert not redacted.leaks, "\n".join(redacted.leaks)


def test_no_card_verification_value_is_left(redacted):
    found = re.compile(r"cv[vc]2?\W{0,6}737", re.IGNORECASE)
    assert [name for name, text in redacted.texts.items() if found.search(text)] == []


def test_the_control_leaks_every_canary(control, planted):
    """Without this, a canary that no view ever logs would pass for a redacted one."""
    assert control.answers == expected_answers(planted)
    leaked = {re.fullmatch(r"[^:]+: (.+) \(.+\)", leak)[1] for leak in control.leaks}
    # Of the session keys of a drive, only that of the signed-in user is ever logged by a view.
    assert set(planted) - leaked == set()
    assert any(name.startswith("session key") for name in leaked)


@pytest.mark.parametrize("file", sorted(LOG_FILES - {"stdout"}))
def test_the_control_leaks_into_every_file(control, file):
    assert [leak for leak in control.leaks if leak.startswith(f"{file}: ")] != []


def kept_texts(planted):
    """Return (file, text) pairs that redaction must leave alone."""
    card, declined = planted["card"].value, planted["declined_card"].value
    everywhere = [
        drive.INTENT_ID,
        drive.EVENT_ID,
        drive.CUSTOMER_ID,
        drive.TRACE_ID,
        '"amount":25',
        '"currency":"EUR"',
        "Payment of €25.0 initiated for student 4711",
        '"student_id":4711',
        '"school_id":7',
        '"amount_received":2500',
        '"event_type":"payment_initiated"',
        '"event_type":"authentication_failure"',
        '"event_type":"permission_violation"',
        '"event_type":"session_booked"',
        '"source_ip":"127.0.0.1"',
        '"failure_reason":"invalid_credentials"',
        "matemática",
        "Rui Moreira",
        "Escola do Norte",
        "Aprende/3.1",
        "2031-05-04T16:30:00+01:00",
        '"duration_minutes":45',
        "10_lessons",
        '"error_code":"ledger_down"',
        "scored 0.25",
        '"risk_level":"high"',
        f'"card_last_four":"{card[-4:]}"',
        f"card ending in {card[-4:]}",
        f"****-****-****-{card[-4:]}",
        f"****-****-****-{declined[-4:]}",
        "***@escola-norte.example.pt",
        "***@mail.example.org",
        "***@familia.example.com",
        "***@clientes.example.net",
        "***@convite.example.org",
        "ledger.example.internal:5432/contas",
        "https://maps.example.net/geocode?key=",
        "city=Porto",
        "Profile of ***@escola-norte.example.pt in Porto changed",
        "https://aprende.example.pt/invitations/accept?token=",
        "attempted unauthorized action 'read_report' on 'school/7'",
        "/api/auth/sign-in/",
        "next=%2Fpainel",
        *(
            f'"type":"{kind}"'
            for kind in (
                "GatewayError",
                "PaymentError",
                "ExternalServiceError",
                "KeyError",
                "TemporaryEmailError",
                "LookupError",
            )
        ),
        "The above exception was the direct cause",
        'File \\"',
    ]
    return [
        *(("application.log", text) for text in everywhere),
        ("performance.log", '"duration_ms":'),
        ("performance.log", '"path":"/api/finances/payments/"'),
        ("performance.log", '"status_code":402'),
        ("business.log", '"event_type":"payment_completed"'),
        ("audit.log", f'"payment_intent_id":"{drive.INTENT_ID}"'),
        ("audit.log", "[REDACTED]"),
        ("security.log", "permission_violation"),
        ("security.log", "***@mail.example.org"),
        ("legacy.log", "INFO messaging.email Email sent successfully on attempt 2"),
        ("legacy.log", "finances.exceptions.GatewayError"),
        ("stderr", "payment_initiated"),
    ]


def test_what_must_stay_is_there(redacted, planted):
    missing = [
        f"{file}: {text}"
        for file, text in kept_texts(planted)
        if text not in redacted.texts[file]
    ]
    assert not missing, "\n".join(missing)


@pytest.mark.parametrize("file", JSON_LINES)
def test_json_lines_carry_the_envelope_in_order(redacted, file):
    lines = redacted.texts[file].splitlines()
    assert lines
    for line in lines:
        keys = list(json.loads(line))
        envelope = [key for key in ENVELOPE if key in keys]
        rest = [key for key in keys if key not in ENVELOPE]
        assert keys == envelope + sorted(rest)
        assert set(ENVELOPE[:4]) <= set(keys)
        assert re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", json.loads(line)["timestamp"]
        )


def test_security_lines_are_json(redacted):
    lines = [json.loads(line) for line in redacted.texts["security.log"].splitlines()]
    assert {"authentication_failure", "permission_violation", "fraud_check"} <= {
        line["event_type"] for line in lines
    }
    assert {"WARNING"} <= {line["security_level"] for line in lines}


def test_one_application_line_for_each_error_line(redacted):
    """Handlers that share a record write the same line, whichever came first."""
    lines = redacted.texts["application.log"].splitlines()
    for line in redacted.texts["errors.log"].splitlines():
        assert line in lines
