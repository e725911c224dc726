"""Settings of the sample project: a tutoring platform on SQLite.

Everything secret comes from the environment, as in production. Logs go to APRENDE_LOG_DIR, the
database is APRENDE_DB.
"""

import os
from pathlib import Path

from config.logging import logging_settings

BASE_DIR = Path(__file__).resolve().parent.parent

SECRET_KEY = os.environ.get("DJANGO_SECRET_KEY", "only-for-the-sample-project")
DEBUG = False
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "testserver"]
ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"
USE_TZ = True
TIME_ZONE = "Europe/Lisbon"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "accounts",
    "finances",
    "scheduler",
    "messaging",
    "scrubline.django",
]
MIDDLEWARE = [
    "scrubline.django.LoggingContextMiddleware",
    "common.middleware.PerformanceMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("APRENDE_DB", str(BASE_DIR / "db.sqlite3")),
        # Seconds: one writes at a time, and the others wait.
        "OPTIONS": {"timeout": 60},
    }
}

STRIPE_SECRET_KEY = os.environ.get("STRIPE_SECRET_KEY", "")
STRIPE_WEBHOOK_SECRET = os.environ.get("STRIPE_WEBHOOK_SECRET", "")
LEDGER_URL = os.environ.get("LEDGER_URL", "")
PAYOUT_PRIVATE_KEY = os.environ.get("PAYOUT_PRIVATE_KEY", "")
MAPS_API_KEY = os.environ.get("MAPS_API_KEY", "")
SMS_API_KEY = os.environ.get("SMS_API_KEY", "")
BACKUP_ACCESS_KEY_ID = os.environ.get("BACKUP_ACCESS_KEY_ID", "")
BACKUP_SECRET_ACCESS_KEY = os.environ.get("BACKUP_SECRET_ACCESS_KEY", "")
DEPLOY_TOKEN = os.environ.get("DEPLOY_TOKEN", "")
CHAT_TOKEN = os.environ.get("CHAT_TOKEN", "")

# Requests slower than this are logged; the document says 1000.
SLOW_REQUEST_MS = float(os.environ.get("APRENDE_SLOW_MS", "1000"))
# Seconds before the second attempt to send an e-mail; doubled at every further one.
EMAIL_BACKOFF_SECONDS = float(os.environ.get("APRENDE_EMAIL_BACKOFF", "2"))

SCRUBLINE = {
    "KNOWN_VALUES": [SECRET_KEY],
    # Who reads `finances.payments` sees payments there, and whoever counts them in `business.payments`.
    "ROUTES": {"payment_*": {"area": "payments", "also": ["finances.payments"]}},
    "CONTEXT_RESOLVER": "common.http.business_context",
    "METRICS": True,
}
LOGGING = logging_settings(os.environ.get("APRENDE_LOG_DIR", str(BASE_DIR / "logs")))
