"""Every section of the platform's logging guide, with its examples as it writes them, in the sample project.

`document.json` has a row for each heading, block of code and list of the guide, with the test that stands for it.
"""

import ast
import json
import logging
import subprocess
import sys
import time
from pathlib import Path
from types import SimpleNamespace

import document
import pytest
from canaries import make

# The functions of the guide are its own words: `self`, unused names and all.
# ruff: noqa: B904, F541, G004, LOG015, TRY400

logger = logging.getLogger("accounts.auth")

EMAIL = "rita.lopes@escola.example.pt"
MASKED = "***@escola.example.pt"
CARD = make()["card"].value


def only(lines, **wanted):
    """Return the one line with these fields."""
    found = [
        line
        for line in lines
        if all(line.get(name) == value for name, value in wanted.items())
    ]
    assert len(found) == 1, (wanted, lines)
    return found[0]


# ---- Getting Started


def payment_service(outcome):
    """Return an instance of the guide's class."""
    from common.logging_utils import log_business_event, log_performance_event

    logger = logging.getLogger("finances.payments")

    class PaymentService:
        def __init__(self):
            logger.info("PaymentService initialized successfully")

        stripe_service = SimpleNamespace(create_payment_intent=outcome)

        def process_payment(self, amount, student_id, school_id):
            start_time = time.time()

            try:
                # Log business event
                log_business_event(
                    "payment_initiated",
                    f"Payment of €{amount} initiated for student {student_id}",
                    amount=amount,
                    student_id=student_id,
                    school_id=school_id,
                    payment_method="stripe",
                )

                # Process payment logic here
                result = self.stripe_service.create_payment_intent(amount)

                # Log successful completion
                duration_ms = (time.time() - start_time) * 1000
                log_performance_event(
                    "payment_processing", duration_ms, amount=amount, success=True
                )

                logger.info(f"Payment processed successfully: {result.id}")
                return result

            except Exception as e:
                duration_ms = (time.time() - start_time) * 1000
                log_performance_event(
                    "payment_processing",
                    duration_ms,
                    amount=amount,
                    success=False,
                    error=str(e),
                )

                logger.error(f"Payment processing failed: {e}", exc_info=True)
                raise

    return PaymentService()


def accept(amount):
    return SimpleNamespace(id="pi_3PqR7s2eZvKYlo2C1gJ8tUwX", amount=amount)


def refuse(amount):
    raise ConnectionError(f"refused for {EMAIL}, password: hunter2!")


def test_basic_logger_setup(written):
    payment_service(accept).process_payment(25.0, student_id=1, school_id=7)
    lines = written()
    assert [line["logger"] for line in lines] == [
        "finances.payments",
        "business.payments",
        "performance",
        "finances.payments",
    ]
    event = only(lines, event_type="payment_initiated")
    assert event["message"] == "Payment of €25.0 initiated for student 1"
    assert (event["amount"], event["school_id"], event["level"]) == (25, 7, "INFO")
    took = only(lines, operation="payment_processing")
    assert took["success"] is True and took["duration_ms"] >= 0
    assert lines[3]["message"].endswith("pi_3PqR7s2eZvKYlo2C1gJ8tUwX")


def test_a_payment_that_fails(written):
    with pytest.raises(ConnectionError):
        payment_service(refuse).process_payment(25.0, student_id=1, school_id=7)
    lines = written()
    error = only(lines, level="ERROR")
    assert error["message"] == (
        f"Payment processing failed: refused for {MASKED}, password: [REDACTED]"
    )
    assert error["exception"]["type"] == "ConnectionError"
    assert "hunter2" not in json.dumps(lines)


# ---- Logging Levels


def test_debug_level(written):
    students, school_id = [1, 2], 7
    available_slots = ["09:00", "10:00"]
    request = SimpleNamespace(query_params={"page": "2", "token": "Zx81kQ0pLm44TtRwq"})
    logger.debug(f"Processing {len(students)} students for school {school_id}")
    logger.debug(f"Query params: {request.query_params}")
    logger.debug(f"Calculated availability slots: {available_slots}")
    assert [line["message"] for line in written()] == [
        "Processing 2 students for school 7",
        "Query params: {'page': '2', 'token': '[REDACTED]'}",
        "Calculated availability slots: ['09:00', '10:00']",
    ]


def test_info_level(written):
    student, school = SimpleNamespace(email=EMAIL), SimpleNamespace(name="Norte")
    session = SimpleNamespace(id=4711, scheduled_start="2031-05-04T16:30:00+01:00")
    email = EMAIL
    logger.info(f"New student registered: {student.email} in school {school.name}")
    logger.info(f"Session scheduled: {session.id} for {session.scheduled_start}")
    logger.info(f"Teacher invitation sent to {email}")
    lines = written()
    assert [line["message"] for line in lines] == [
        f"New student registered: {MASKED} in school Norte",
        "Session scheduled: 4711 for 2031-05-04T16:30:00+01:00",
        f"Teacher invitation sent to {MASKED}",
    ]
    assert {line["level"] for line in lines} == {"INFO"}


def test_warning_level(written):
    student_id, teacher_id, email = 1, 2, EMAIL
    logger.warning(
        f"Payment attempt failed due to insufficient funds: student {student_id}"
    )
    logger.warning(f"Teacher {teacher_id} has low availability for next week")
    logger.warning(f"Email delivery failed, will retry: {email}")
    lines = written()
    assert lines[2]["message"] == f"Email delivery failed, will retry: {MASKED}"
    assert [line["level"] for line in lines] == ["WARNING"] * 3


def test_error_level(written):
    customer_id, session_id, error = "cus_PqRs2eZvKYlo2C", 4711, "timeout"
    try:
        raise RuntimeError(f"no account for {EMAIL}")
    except RuntimeError as stripe_error:
        logger.error(
            f"Failed to charge customer {customer_id}: {stripe_error}", exc_info=True
        )
    logger.error(f"Database connection failed while processing session {session_id}")
    logger.error(f"Unable to send critical notification: {error}")
    lines = written()
    assert lines[0]["message"] == (
        f"Failed to charge customer {customer_id}: no account for {MASKED}"
    )
    assert EMAIL not in lines[0]["exception"]["traceback"]
    assert lines[1]["message"].endswith("session 4711")


def test_critical_level(written):
    school_id = 7
    logger.critical(f"Database connection pool exhausted - system unstable")
    logger.critical(
        f"Security breach detected: unauthorized access to school {school_id}"
    )
    logger.critical(f"Payment system completely unavailable")
    lines = written()
    assert [line["level"] for line in lines] == ["CRITICAL"] * 3
    assert lines[1]["message"].endswith("unauthorized access to school 7")


# ---- Logger Namespaces

AREAS = [
    "accounts.auth",
    "accounts.security",
    "accounts.throttles",
    "finances.payments",
    "finances.stripe",
    "finances.fraud",
    "finances.audit",
    "scheduler.bookings",
    "scheduler.conflicts",
    "scheduler.reminders",
    "messaging.email",
    "messaging.invitations",
]


@pytest.mark.parametrize("name", AREAS)
def test_application_areas(written, name):
    area = logging.getLogger(name)
    assert area.handlers and not area.propagate
    area.info(f"for {EMAIL}")
    assert only(written(), logger=name)["message"] == f"for {MASKED}"


def test_business_events(written):
    from common.logging_utils import get_business_event_logger

    payment_logger = get_business_event_logger("payments")
    session_logger = get_business_event_logger("sessions")
    auth_logger = get_business_event_logger("authentication")
    for each in (payment_logger, session_logger, auth_logger):
        each.info(f"counted for {EMAIL}")
    assert [line["logger"] for line in written()] == [
        "business.payments",
        "business.sessions",
        "business.authentication",
    ]


# ---- Business Event Logging


def test_payment_events(written):
    from common.logging_utils import log_business_event

    class Payments:
        def calculate_processing_time(self):
            return 125

        def process_payment(self, payment_data):
            log_business_event(
                "payment_initiated",
                f"Payment initiated for student {payment_data['student_id']}",
                amount=payment_data["amount"],
                currency=payment_data["currency"],
                payment_method=payment_data["method"],
                school_id=payment_data["school_id"],
                student_id=payment_data["student_id"],
                package_type=payment_data.get("package_type"),
            )

        def on_payment_success(self, payment_intent):
            log_business_event(
                "payment_completed",
                f"Payment successful: {payment_intent.id}",
                payment_intent_id=payment_intent.id,
                amount_received=payment_intent.amount_received,
                fees=payment_intent.application_fee_amount,
                processing_time_ms=self.calculate_processing_time(),
            )

    Payments().process_payment(
        {
            "student_id": 1,
            "amount": 25.5,
            "currency": "EUR",
            "method": "card",
            "school_id": 7,
        }
    )
    Payments().on_payment_success(
        SimpleNamespace(
            id="pi_3PqR7s2eZvKYlo2C1gJ8tUwX",
            amount_received=2550,
            application_fee_amount=75,
        )
    )
    lines = [line for line in written() if line["logger"] == "business.payments"]
    initiated, completed = lines
    assert initiated["currency"] == "EUR" and initiated["package_type"] is None
    assert (initiated["student_id"], initiated["school_id"]) == (1, 7)
    assert completed["payment_intent_id"] == "pi_3PqR7s2eZvKYlo2C1gJ8tUwX"
    assert (completed["fees"], completed["processing_time_ms"]) == (75, 125)


def test_session_events(written):
    from datetime import datetime, timezone

    from common.logging_utils import log_business_event

    class Sessions:
        def calculate_lead_time(self, start_time):
            return 48

        def book_session(self, session_data):
            log_business_event(
                "session_booked",
                f"Session booked: {session_data['subject']} with {session_data['teacher_name']}",
                session_id=session_data["session_id"],
                teacher_id=session_data["teacher_id"],
                student_id=session_data["student_id"],
                school_id=session_data["school_id"],
                subject=session_data["subject"],
                duration_minutes=session_data["duration"],
                scheduled_start=session_data["start_time"].isoformat(),
                booking_lead_time_hours=self.calculate_lead_time(
                    session_data["start_time"]
                ),
            )

        def complete_session(self, session):
            log_business_event(
                "session_completed",
                f"Session completed: {session.id}",
                session_id=session.id,
                actual_duration_minutes=session.actual_duration_minutes,
                hours_consumed=session.hours_consumed,
                teacher_rating=session.teacher_rating,
                student_attendance=session.student_attended,
            )

    Sessions().book_session(
        {
            "subject": "matemática",
            "teacher_name": "Rui Moreira",
            "session_id": 4711,
            "teacher_id": 2,
            "student_id": 1,
            "school_id": 7,
            "duration": 45,
            "start_time": datetime(2031, 5, 4, 16, 30, tzinfo=timezone.utc),
        }
    )
    Sessions().complete_session(
        SimpleNamespace(
            id=4711,
            actual_duration_minutes=44,
            hours_consumed=0.75,
            teacher_rating=5,
            student_attended=True,
        )
    )
    booked, completed = written()
    assert booked["logger"] == completed["logger"] == "business.sessions"
    assert booked["message"] == "Session booked: matemática with Rui Moreira"
    assert booked["session_id"] == 4711 and booked["duration_minutes"] == 45
    assert booked["scheduled_start"] == "2031-05-04T16:30:00+00:00"
    assert completed["hours_consumed"] == 0.75
    assert completed["student_attendance"] is True


def test_user_events(written):
    from common.logging_utils import log_business_event

    def create_teacher_profile(self, teacher_data):
        log_business_event(
            "teacher_registered",
            f"New teacher registered: {teacher_data['email']}",
            teacher_id=teacher_data["teacher_id"],
            school_id=teacher_data["school_id"],
            subjects=teacher_data["subjects"],
            experience_level=teacher_data["experience_level"],
            registration_source=teacher_data.get("source", "direct"),
        )

    create_teacher_profile(
        None,
        {
            "email": EMAIL,
            "teacher_id": 2,
            "school_id": 7,
            "subjects": ["física"],
            "experience_level": "senior",
        },
    )
    line = only(written(), event_type="teacher_registered")
    assert line["logger"] == "business.teacher_registered"
    assert line["message"] == f"New teacher registered: {MASKED}"
    assert line["subjects"] == ["física"] and line["registration_source"] == "direct"


# ---- Security Event Logging


def test_authentication_events(written):
    from common.logging_utils import log_security_event

    def handle_failed_login(self, email, ip_address, user_agent):
        log_security_event(
            "authentication_failure",
            f"Failed login attempt for {email}",
            email=email,
            source_ip=ip_address,
            user_agent=user_agent,
            failure_reason="invalid_credentials",
        )

    def handle_suspicious_activity(self, user_id, activity_type, details):
        log_security_event(
            "suspicious_activity",
            f"Suspicious activity detected for user {user_id}: {activity_type}",
            user_id=user_id,
            activity_type=activity_type,
            details=details,
            risk_level="high",
        )

    handle_failed_login(None, EMAIL, "192.0.2.7", "Aprende/3.1")
    handle_suspicious_activity(None, 5, "export", {"rows": 9000, "api_key": "Zx81kQ0p"})
    failure = only(written(), event_type="authentication_failure")
    assert (failure["logger"], failure["level"]) == ("security.events", "WARNING")
    assert failure["email"] == MASKED and failure["source_ip"] == "192.0.2.7"
    suspicious = only(written(), event_type="suspicious_activity")
    assert suspicious["details"] == {"rows": 9000, "api_key": "[REDACTED]"}
    in_log = written("security.log")
    assert only(in_log, event_type="suspicious_activity")["user_id"] == 5
    # Failures to authenticate have a log of their own, which shares this file with all security events.
    assert {line["security_level"] for line in in_log} == {"WARNING"}


def test_permission_violations(written):
    class View:
        school_id = 7
        request = SimpleNamespace(
            session=SimpleNamespace(session_key="b2x0v9k3m1q8w7e6r5t4y3u2i1o0p9a8")
        )

        def get_client_ip(self):
            return "192.0.2.7"

        def get_user_agent(self):
            return "Aprende/3.1"

        def log_permission_violation(self, user, action, resource):
            logger = logging.getLogger("accounts.security")

            extra = {
                "event_type": "permission_violation",
                "user_id": user.id,
                "action": action,
                "resource": resource,
                "user_role": user.get_role_for_school(self.school_id),
                "security_context": {
                    "source_ip": self.get_client_ip(),
                    "user_agent": self.get_user_agent(),
                    "session_id": self.request.session.session_key,
                },
            }

            logger.warning(
                f"User {user.id} attempted unauthorized action '{action}' on '{resource}'",
                extra=extra,
            )

    user = SimpleNamespace(id=5, get_role_for_school=lambda school_id: "teacher")
    View().log_permission_violation(user, "read_report", "school/7")
    line = only(written(), event_type="permission_violation")
    assert line["message"] == (
        "User 5 attempted unauthorized action 'read_report' on 'school/7'"
    )
    assert (line["user_id"], line["user_role"]) == (5, "teacher")
    assert line["security_context"] == {
        "source_ip": "192.0.2.7",
        "user_agent": "Aprende/3.1",
        "session_id": "[REDACTED]",
    }
    secure = only(written("security.log"), event_type="permission_violation")
    assert secure["security_context"]["source_ip"] == "192.0.2.7"


# ---- Performance Logging


def test_response_time_monitoring(written):
    """The guide's middleware, which is that of the sample project."""
    from common.middleware import PerformanceMiddleware
    from django.http import HttpResponse
    from django.test import RequestFactory, override_settings

    def slow(request):
        time.sleep(0.002)
        return HttpResponse("", status=201)

    request = RequestFactory().get("/api/scheduler/?token=Zx81kQ0pLm44TtRwq")
    request.user = SimpleNamespace(id=5)
    with override_settings(SLOW_REQUEST_MS=1):
        PerformanceMiddleware(slow)(request)
    with override_settings(SLOW_REQUEST_MS=60_000):
        PerformanceMiddleware(slow)(request)
    line = only(written(), operation="slow_request")
    assert line["duration_ms"] >= 1 and line["level"] == "INFO"
    assert (line["path"], line["method"]) == ("/api/scheduler/", "GET")
    assert (line["status_code"], line["user_id"]) == (201, 5)


def test_database_query_performance(written):
    from common.logging_utils import log_performance_event

    class Dashboard:
        was_cache_hit = False

        def build_dashboard_data(self, student_id):
            return [1, 2, 3]

        def get_student_dashboard_data(self, student_id):
            start_time = time.time()

            # Complex database operations
            dashboard_data = self.build_dashboard_data(student_id)

            query_time_ms = (time.time() - start_time) * 1000

            log_performance_event(
                "dashboard_query",
                query_time_ms,
                student_id=student_id,
                data_points=len(dashboard_data),
                cache_hit=self.was_cache_hit,
            )

            return dashboard_data

    Dashboard().get_student_dashboard_data(1)
    line = only(written("performance.log"), operation="dashboard_query")
    assert line["data_points"] == 3 and line["cache_hit"] is False
    assert (line["logger"], line["event_type"]) == ("performance", "performance")


# ---- Error Handling and Logging


def webhook(kind):
    customer = {"id": "cus_1", "email": EMAIL, "iban": "PT50002700000001234567833"}
    return {"id": "evt_1", "type": kind, "data": {"customer": customer}}


def test_exception_handling_with_context(written):
    """The guide's handler is `finances.webhooks` of the sample project."""
    from django.core.exceptions import ValidationError
    from finances.exceptions import ExternalServiceError
    from finances.webhooks import process_webhook

    assert process_webhook(webhook("payment_intent.succeeded")) == {"id": "evt_1"}
    for kind, expected in (
        ("account.updated", ValidationError),
        ("payout.failed", ExternalServiceError),
        ("customer.deleted", KeyError),
    ):
        with pytest.raises(expected):
            process_webhook(webhook(kind))
    done, invalid, service, unexpected = written()
    assert done["message"] == "Webhook processed successfully: evt_1"
    assert (
        invalid["level"] == "WARNING" and invalid["webhook_type"] == "account.updated"
    )
    assert f"{MASKED} is taken" in invalid["validation_errors"]["email"]
    assert (service["service_name"], service["error_code"]) == ("ledger", "ledger_down")
    assert service["exception"]["type"] == "ExternalServiceError"
    assert unexpected["level"] == "CRITICAL"
    assert unexpected["webhook_data"]["data"]["customer"]["email"] == MASKED
    assert EMAIL not in json.dumps(written())


def test_retry_logic(written):
    """The guide's function is `messaging.delivery` of the sample project."""
    from django.test import override_settings
    from messaging.delivery import TemporaryEmailError, send_email_with_retry

    email = {
        "to": EMAIL,
        "type": "invitation",
        "succeeds_on": 2,
        "smtp_user": "mailer",
        "smtp_password": "hunter2!hunter2!",
    }
    with override_settings(EMAIL_BACKOFF_SECONDS=0):
        send_email_with_retry(email)
        with pytest.raises(TemporaryEmailError):
            send_email_with_retry({**email, "succeeds_on": 9}, max_attempts=1)
    retried, sent, failed = written()
    assert (retried["level"], retried["attempt"]) == ("WARNING", 1)
    assert (sent["level"], sent["attempt"]) == ("INFO", 2)
    assert sent["email_to"] == MASKED and sent["email_type"] == "invitation"
    assert failed["level"] == "ERROR" and "exception" in failed
    assert "hunter2" not in json.dumps(written())


# ---- Sensitive Data Protection


@pytest.mark.parametrize(
    ("text", "secret"),
    [
        ("password: hunter2!", "hunter2!"),
        (
            "stored pbkdf2_sha256$870000$Zr8k1pQm2nXv$"
            "q3J9s0dXo1uYb7c5LkTt2ZpWvR8aGhEiNf4mUxDyBcQ=",
            "q3J9s0dXo1uYb7c5",
        ),
        (
            "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI0NzExIn0."
            "kQ0pLm44TtRwqZx81sDfGhJkLzXcVbNmQwErTyUiOp0",
            "kQ0pLm44TtRwq",
        ),
        ("api_key=Zx81kQ0pLm44TtRwq", "Zx81kQ0pLm44TtRwq"),
        (f"card {CARD}", CARD[:12]),
        ("NIF 245 123 450 of the payer", "245 123 450"),
        ("IBAN PT50 0027 0000 0001 2345 6783 3", "0027 0000 0001"),
        (f"wrote to {EMAIL}", "rita.lopes"),
    ],
    ids=["password", "hash", "jwt", "api key", "card", "personal", "bank", "address"],
)
def test_what_not_to_log(written, text, secret):
    logger.info(text)
    logger.info("%s", text, extra={"note": text})
    assert len(written()) == 2
    assert secret not in json.dumps(written())


def test_safe_logging_patterns(written):
    user, password, card_number = SimpleNamespace(email=EMAIL), "hunter2!", CARD
    payment_method = SimpleNamespace(id="pm_1PqRs2eZvKYlo2C9aBcDeFg")
    customer, amount = SimpleNamespace(id="cus_PqRs2eZvKYlo2C"), 25.0
    # Bad - logs sensitive data
    logger.info(f"User login: {user.email} with password {password}")

    # Good - redacts sensitive data
    logger.info(f"User login: {user.email[:3]}***@{user.email.split('@')[1]}")

    # Use the SensitiveDataFilter (automatically applied)
    logger.info(f"Processing payment for card ending in {card_number[-4:]}")

    # For debugging, use structured logging with explicit redaction
    logger.debug(
        "Payment processing details",
        extra={
            "payment_method_id": payment_method.id,
            "customer_id": customer.id,
            "amount": amount,
            "card_last_four": card_number[-4:],
            # Don't include full card number
        },
    )
    bad, good, card, details = written()
    assert bad["message"] == f"User login: {MASKED} with password [REDACTED]"
    assert good["message"] == "User login: rit***@escola.example.pt"
    assert card["message"].endswith(f"card ending in {CARD[-4:]}")
    assert details["card_last_four"] == CARD[-4:]
    assert details["payment_method_id"] == payment_method.id
    assert (details["customer_id"], details["amount"]) == (customer.id, 25)


def test_user_data_logging(written):
    class Report:
        id = 9

    class Views:
        def get_current_school_id(self):
            return 7

        def log_user_action(self, user, action, resource):
            # Safe user context logging
            logger.info(
                f"User action: {action} on {resource}",
                extra={
                    "user_id": user.id,
                    "user_role": user.get_role_display(),
                    "school_id": self.get_current_school_id(),
                    "action": action,
                    "resource_type": type(resource).__name__,
                    "resource_id": getattr(resource, "id", None),
                },
            )

    user = SimpleNamespace(id=5, get_role_display=lambda: "Teacher")
    Views().log_user_action(user, "open", Report())
    (line,) = written()
    assert (line["user_id"], line["school_id"]) == (5, 7)
    assert (line["resource_type"], line["resource_id"]) == ("Report", 9)


# ---- Context and Correlation IDs


def test_correlation_ids(written):
    from common.logging_utils import CorrelationID

    def process_reminders():
        logging.getLogger("scheduler.reminders").info("Two reminders sent")

    # In a background task or worker
    correlation_id = CorrelationID.generate()
    CorrelationID.set(correlation_id)

    try:
        # All logging within this block will include the correlation ID
        logger.info("Processing background task")
        process_reminders()
    finally:
        CorrelationID.clear()
    logger.info("After it")
    first, second, after = written()
    assert first["correlation_id"] == second["correlation_id"] == correlation_id
    assert after["correlation_id"] == "no-correlation-id"


def test_business_context(written):
    from common.logging_utils import BusinessContext

    school, user, teacher = (SimpleNamespace(id=n) for n in (7, 5, 2))

    def generate_teacher_report(teacher):
        logging.getLogger("finances.audit").info("Report of teacher %d", teacher.id)

    # Manually set business context for background tasks
    BusinessContext.set_context(school_id=school.id, user_id=user.id, role="teacher")

    try:
        logger.info("Processing teacher analytics")
        # All logs will include the business context
        generate_teacher_report(teacher)
    finally:
        BusinessContext.clear()
    logger.info("After it")
    first, second, after = written()
    for line in (first, second):
        assert (line["school_id"], line["user_id"], line["role"]) == (7, 5, "teacher")
    assert "school_id" not in after


# ---- Environment-Specific Considerations

ENVIRONMENT = """
import json, logging, logging.config, sys
from scrubline.django import logging_config
config = logging_config(sys.argv[1], log_dir=sys.argv[2], apps=["shop"], syslog=False)
logging.config.dictConfig(json.loads(json.dumps(config)))
for name in ("shop.views", "finances.payments", "business.payments", "security.events", "finances.audit", "performance"):
    for level in ("DEBUG", "INFO", "WARNING", "ERROR"):
        logging.getLogger(name).log(getattr(logging, level), "%s for rita.lopes@escola.example.pt", level)
memory = [record for handler in logging.root.handlers for record in getattr(handler, "records", ())]
print(json.dumps([[record.name, record.getMessage()] for record in memory]))
"""


def logged_through(environment, folder):
    """Log at four levels to six loggers in a fresh process. What it wrote: its terminal, its memory and its files."""
    done = subprocess.run(
        [sys.executable, "-c", ENVIRONMENT, environment, str(folder)],
        capture_output=True,
        text=True,
        check=True,
    )
    files = {path.name: path.read_text() for path in folder.glob("*.log")}
    everything = done.stdout + done.stderr + "".join(files.values())
    assert "rita.lopes" not in everything
    return done.stderr, json.loads(done.stdout.splitlines()[-1]), files


def test_development_environment(tmp_path):
    """All loggers from DEBUG on, on the terminal, for people to read; a file only where one is asked for."""
    terminal, _, files = logged_through("development", tmp_path)
    for name in AREAS[3:4] + ["shop.views", "performance"]:
        for level in ("DEBUG", "INFO", "WARNING", "ERROR"):
            assert any(
                name in line and f"{level} for {MASKED}" in line
                for line in terminal.splitlines()
            ), (name, level)
    # No terminal, no colours.
    assert "\x1b" not in terminal
    assert set(files) == {"debug.log"}


def test_production_environment(tmp_path):
    """INFO for the business and WARNING for the rest, as JSON, in several files, kept for as long as the guide says."""
    _, _, files = logged_through("production", tmp_path)
    assert {"application.log", "errors.log", "business.log", "security.log", "audit.log"} <= set(files)  # fmt: skip
    lines = {
        name: [json.loads(line) for line in text.splitlines()]
        for name, text in files.items()
    }
    levels = {line["level"] for line in lines["business.log"]}
    assert levels == {"INFO", "WARNING", "ERROR"}
    assert {line["level"] for line in lines["errors.log"]} == {"ERROR"}
    assert {line["logger"] for line in lines["audit.log"]} == {
        "finances.audit",
        "security.events",
    }
    from scrubline.django import logging_config

    handlers = logging_config("production", log_dir=tmp_path)["handlers"]
    assert handlers["audit"]["keepDays"] == 2555
    assert "queue" in handlers


def test_testing_environment(tmp_path):
    """WARNING and above, in memory, for tests to look at; nothing on the terminal, nothing in files."""
    terminal, memory, files = logged_through("testing", tmp_path)
    assert files == {} and MASKED not in terminal
    assert {message.split()[0] for _, message in memory} == {"WARNING", "ERROR"}
    assert {name for name, _ in memory} >= {"shop.views", "security.events"}
    # What tests make much of goes nowhere.
    assert "performance" not in {name for name, _ in memory}


# ---- Testing Logging


def test_verifying_log_output(django):
    """The guide's test case; its first index reads the line of its own constructor, so each is one more here."""
    from django.test import TestCase

    def PaymentService():
        return payment_service(accept)

    class PaymentServiceTestCase(TestCase):
        def test_payment_logging(self):
            with self.assertLogs("finances.payments", level="INFO") as log:
                payment_service = PaymentService()
                payment_service.process_payment(25.00, student_id=1, school_id=1)

                # Verify log messages
                self.assertIn("Payment of €25.0 initiated", log.output[1])
                self.assertIn("Payment processed successfully", log.output[2])

        def test_security_event_logging(self):
            with self.assertLogs("security.events", level="WARNING") as log:
                # Trigger a security event
                self.client.post(
                    "/api/auth/verify/",
                    {"email": "test@example.com", "code": "invalid_code"},
                )

                # Verify security event was logged
                self.assertIn("authentication_failure", log.output[0])

    assert passes(PaymentServiceTestCase) == 2


def test_custom_filters(django):
    from django.test import TestCase

    class LoggingFilterTestCase(TestCase):
        def test_sensitive_data_filter(self):
            from common.logging_utils import SensitiveDataFilter

            filter = SensitiveDataFilter()
            record = logging.LogRecord(
                name="test",
                level=logging.INFO,
                pathname="",
                lineno=0,
                msg="User email: user@example.com password: secret123",
                args=(),
                exc_info=None,
            )

            filter.filter(record)

            # Verify email was redacted
            self.assertIn("***@example.com", record.getMessage())
            self.assertIn("[REDACTED]", record.getMessage())
            self.assertNotIn("secret123", record.getMessage())

    assert passes(LoggingFilterTestCase) == 1


def passes(case):
    """Run a test case of the guide; return how many tests it had, all of which passed."""
    import unittest

    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    assert result.wasSuccessful(), [text for _, text in result.failures + result.errors]
    return result.testsRun


# ---- Performance Best Practices


def test_lazy_evaluation(written, caplog):
    calls = []

    def expensive_calculation():
        calls.append(1)
        return f"result for {EMAIL}"

    # Bad - expensive operation always executed
    logger.debug(f"Processing data: {expensive_calculation()}")

    # Good - expensive operation only if DEBUG level is enabled
    if logger.isEnabledFor(logging.DEBUG):
        logger.debug(f"Processing data: {expensive_calculation()}")

    # Even better - use lazy evaluation
    logger.debug("Processing data: %s", lambda: expensive_calculation())
    assert [line["message"] for line in written()] == [
        f"Processing data: result for {MASKED}"
    ] * 3
    # Once, though three handlers wrote it; and not at all where nobody is to see it.
    assert len(calls) == 3
    with caplog.at_level(logging.INFO, "accounts.auth"):
        logger.debug("Processing data: %s", lambda: expensive_calculation())
    assert len(calls) == 3 and len(written()) == 3


def test_string_formatting(written):
    user, action = SimpleNamespace(id=5), "opened"
    # Use % formatting or .format() for better performance
    logger.info("User %s performed action %s", user.id, action)
    logger.info(
        "User {user_id} performed action {action}", user_id=user.id, action=action
    )
    percent, braces = written()
    assert percent["message"] == braces["message"] == "User 5 performed action opened"
    assert (braces["user_id"], braces["action"]) == (5, "opened")
    assert braces["function"] == "test_string_formatting"
    assert braces["module"] == "test_document"


def test_key_metrics(django):
    """The dashboard that ships has a panel for each of the five, of loggers that the project has."""
    import re
    from importlib.resources import files

    text = (files("scrubline.monitoring") / "dashboard.json").read_text()
    panels = {
        panel["title"].split(":")[0]: panel["targets"]
        for panel in json.loads(text)["panels"]
    }
    assert set(panels) >= {
        "Error rates",
        "Security events",
        "Performance degradation",
        "Business metrics",
        "System health",
    }
    configured = [
        name
        for name, each in logging.root.manager.loggerDict.items()
        if isinstance(each, logging.Logger) and each.handlers
    ]
    for title, targets in panels.items():
        for target in targets:
            for pattern in re.findall(r'logger=~"([^"]+)"', target["expr"]):
                wanted = re.compile(pattern.replace("\\\\", "\\"))
                # A logger of an area stands for those below it.
                assert any(wanted.match(f"{name}.") for name in configured) or any(
                    wanted.fullmatch(name) for name in configured
                ), (title, pattern)


def test_bulk_operations(written):
    class Bulk:
        def send_notification(self, notification):
            if notification.id == 2:
                raise ValueError(f"no device of {EMAIL}")

        def process_bulk_notifications(self, notifications):
            logger.info(f"Processing {len(notifications)} notifications")

            # Log summary instead of each individual item
            success_count = 0
            error_count = 0

            for notification in notifications:
                try:
                    self.send_notification(notification)
                    success_count += 1
                except Exception as e:
                    error_count += 1
                    # Only log individual errors, not successes
                    logger.warning(
                        f"Failed to send notification {notification.id}: {e}"
                    )

            # Log final summary
            logger.info(
                f"Bulk notification processing complete: {success_count} successful, {error_count} failed"
            )

    Bulk().process_bulk_notifications([SimpleNamespace(id=n) for n in (1, 2, 3)])
    assert [line["message"] for line in written()] == [
        "Processing 3 notifications",
        f"Failed to send notification 2: no device of {MASKED}",
        "Bulk notification processing complete: 2 successful, 1 failed",
    ]


# ---- the table


def test_every_row_names_a_test_that_exists():
    for row in document.rows():
        file, _, name = row["test"].partition("::")
        tree = ast.parse((Path(__file__).parent / file).read_text())
        names = {
            node.name
            for node in ast.walk(tree)
            if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
        }
        assert name in names, row


def test_the_table_in_the_docs_is_that_of_the_rows():
    assert document.TABLE.read_text() == document.table()
