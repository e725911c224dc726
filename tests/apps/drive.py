"""What a client does to the sample project: one list of requests, sent by every test.

`environment` gives the project its own secrets, `steps` the requests that carry the others.
"""

import json
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
AGENT = "Mozilla/5.0 (X11; Linux x86_64) Aprende/3.1"

# What the log lines must still say after redaction; each belongs to a step below.
INTENT_ID = "pi" + "_3PqR7s2eZvKYlo2C1gJ8tUwX"
EVENT_ID = "evt" + "_1PqRs2eZvKYlo2C9aBcDeFg"
CUSTOMER_ID = "cus" + "_PqRs2eZvKYlo2C"
TRACE_ID = "0190a6f2-5c1e-7d3b-9f00-3b6f2a9c4d11"


@dataclass(frozen=True)
class Step:
    """One request, its body as bytes, and the status that it must get.

    `renders` is False where the view calls its logger with arguments that do not fit, so that the
    record has no message to compare.
    """

    name: str
    method: str
    path: str
    body: bytes = b""
    content_type: str = JSON
    headers: dict = field(default_factory=dict)
    status: int = 200
    renders: bool = True


def environment(planted):
    """Return the environment variables that hold the project's own secrets."""
    return {
        "STRIPE_SECRET_KEY": planted["stripe_key"].value,
        "STRIPE_WEBHOOK_SECRET": planted["webhook_secret"].value,
        "LEDGER_URL": planted["ledger_url"].value,
        "PAYOUT_PRIVATE_KEY": planted["private_key"].value,
        "MAPS_API_KEY": planted["maps_key"].value,
        "SMS_API_KEY": planted["sms_key"].value,
        "BACKUP_ACCESS_KEY_ID": planted["aws_id"].value,
        "BACKUP_SECRET_ACCESS_KEY": planted["aws_secret"].value,
        "DEPLOY_TOKEN": planted["github_token"].value,
        "CHAT_TOKEN": planted["slack_token"].value,
        "APRENDE_EMAIL_BACKOFF": "0",
        "APRENDE_SLOW_MS": "0",
    }


def steps(planted):
    """Return the requests, in order; a session cookie of an answer is kept for the next ones."""
    value = {name: canary.value for name, canary in planted.items()}
    return [
        *account_steps(value),
        *payment_steps(value),
        *webhook_steps(value),
        *scheduler_steps(value),
        *messaging_steps(value),
    ]


def account_steps(value):
    """Registration, failed and successful sign-in, profile, permission violation."""
    wrong = {"email": value["stranger_email"], "password": value["wrong_password"]}
    return [
        post(
            "register",
            "/api/auth/register/",
            201,
            {
                "email": value["teacher_email"],
                "password": value["password"],
                "phone": value["teacher_phone"],
                "nif": value["teacher_nif"],
                "citizen_card": value["citizen_card"],
                "niss": value["niss"],
                "school_name": "Escola do Norte",
                "subjects": ["matemática", "física"],
                "experience_level": "senior",
            },
        ),
        post("wrong password", "/api/auth/sign-in/", 403, wrong),
        post(
            "wrong password, with a query string",
            "/api/auth/sign-in/?" + urlencode({"next": "/painel", **wrong}),
            403,
            wrong,
        ),
        post(
            "wrong password, as a form",
            "/api/auth/sign-in/",
            429,
            wrong,
            form=True,
            headers={"Cookie": f"tracking={value['cookie']}"},
        ),
        post(
            "sign-in",
            "/api/auth/sign-in/",
            200,
            {
                "email": value["teacher_email"],
                "password": value["password"],
                "access_token": value["access_token"],
                "refresh_token": value["refresh_token"],
            },
            headers={
                "Authorization": value["basic_auth"],
                "Cookie": f"tracking={value['cookie']}",
                "X-Request-Trace": TRACE_ID,
                "Referer": f"https://aprende.example.pt/welcome?token={value['invitation_token']}",
            },
        ),
        post(
            "profile",
            "/api/auth/profile/?" + urlencode({"phone": value["teacher_phone"]}),
            200,
            {
                "email": value["teacher_email"],
                "password": value["password"],
                "iban": value["payer_iban"],
                "city": "Porto",
            },
            form=True,
        ),
        Step(
            "permission violation",
            "GET",
            "/api/auth/reports/7/",
            status=403,
            headers={"Authorization": f"Bearer {value['bearer']}"},
        ),
    ]


def payment_steps(value):
    """A payment that succeeds, one that is declined, one that finds no gateway."""
    payment = {
        "amount": 25.00,
        "currency": "EUR",
        "student_id": 4711,
        "school_id": 7,
        "package_type": "10_lessons",
        "intent_id": INTENT_ID,
        "client_secret": value["client_secret"],
        "card": {
            "number": value["card"],
            "cvv": "737",
            "exp_month": 12,
            "exp_year": 2031,
        },
        "payer": {
            "email": value["payer_email"],
            "phone": value["payer_phone"],
            "iban": value["payer_iban"],
            "name": "Família Andrade",
        },
        "outcome": "success",
    }
    declined = {
        **payment,
        "card": {**payment["card"], "number": value["declined_card"]},
        "outcome": "declined",
    }
    return [
        post("payment", "/api/finances/payments/", 201, payment),
        post("payment, declined", "/api/finances/payments/", 402, declined),
        post(
            "payment, no gateway",
            "/api/finances/payments/",
            402,
            {**payment, "outcome": "unreachable"},
        ),
        post(
            "payout",
            "/api/finances/payouts/",
            200,
            {
                "nib": value["nib"],
                "nif": value["payout_nif"],
                "password": value["payout_password"],
            },
        ),
    ]


def webhook_steps(value):
    """One event that is handled, and the three ways to fail."""
    event = {
        "id": EVENT_ID,
        "type": "payment_intent.succeeded",
        "created": 1700000000,
        "data": {
            "customer": {
                "id": CUSTOMER_ID,
                "email": value["customer_email"],
                "iban": value["customer_iban"],
                "api_key": value["sms_key"],
                "sources": [
                    {"card": value["card"], "client_secret": value["client_secret"]}
                ],
            }
        },
    }
    signed = {"Stripe-Signature": "t=1700000000"}
    return [
        post(
            f"webhook {kind}",
            "/api/finances/webhooks/",
            status,
            {**event, "type": kind},
            headers=signed,
        )
        for kind, status in (
            ("payment_intent.succeeded", 200),
            ("account.updated", 400),
            ("payout.failed", 503),
            ("customer.deleted", 500),
        )
    ]


def scheduler_steps(value):
    """A booking, the same again as a conflict, reminders of which one fails."""
    booking = {
        "teacher_id": 31,
        "teacher_name": "Rui Moreira",
        "student_id": 4711,
        "student_email": value["payer_email"],
        "student_phone": value["payer_phone"],
        "school_id": 7,
        "subject": "matemática",
        "duration": 45,
        "start_time": "2031-05-04T16:30:00+01:00",
    }
    return [
        post("booking", "/api/scheduler/sessions/", 201, booking),
        post("booking, conflict", "/api/scheduler/sessions/", 409, booking),
        post(
            "reminders",
            "/api/scheduler/reminders/",
            200,
            {
                "notifications": [
                    {"id": 901, "phone": value["teacher_phone"]},
                    {"id": 902, "phone": value["foreign_phone"]},
                ]
            },
        ),
    ]


def messaging_steps(value):
    """An e-mail that needs two attempts, one that never goes, an invitation, a failing import."""
    mail = {
        "to": value["invited_email"],
        "type": "welcome",
        "smtp_user": "aprende",
        "smtp_password": value["smtp_password"],
        "succeeds_on": 2,
    }
    return [
        post("e-mail", "/api/messaging/email/", 200, mail),
        post(
            "e-mail, refused", "/api/messaging/email/", 503, {**mail, "succeeds_on": 9}
        ),
        post(
            "invitation",
            "/api/messaging/invitations/",
            201,
            {
                "email": value["invited_email"],
                "token": value["invitation_token"],
                "password": value["mail_password"],
                "site": "aprende.example.pt",
            },
        ),
        post(
            "import",
            "/api/messaging/import/",
            500,
            {
                "owner": value["teacher_email"],
                "api_key": value["upload_key"],
            },
        ),
        replace(
            post(
                "log call that does not fit",
                "/api/messaging/preview/",
                200,
                {
                    "owner": value["teacher_email"],
                    "api_key": value["upload_key"],
                },
            ),
            renders=False,
        ),
    ]


def harmless_steps():
    """Return requests of which every log line stays as it is."""
    return [
        Step("permission violation", "GET", "/api/auth/reports/7/", status=403),
        post("no reminders", "/api/scheduler/reminders/", 200, {"notifications": []}),
    ]


def post(name, path, status, fields, form=False, headers=None):
    """Return a POST of `fields` as JSON, or as a form."""
    body = urlencode(fields) if form else json.dumps(fields, ensure_ascii=False)
    return Step(
        name, "POST", path, body.encode(), FORM if form else JSON, headers or {}, status
    )
