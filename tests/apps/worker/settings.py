"""Settings of a small project whose views send tasks to a Celery worker."""

import os

SECRET_KEY = "only-for-the-tests"
ALLOWED_HOSTS = ["testserver"]
ROOT_URLCONF = "shop"
USE_TZ = True
INSTALLED_APPS = ["scrubline.django"]
MIDDLEWARE = ["scrubline.django.LoggingContextMiddleware"]
SCRUBLINE = {"CONTEXT_RESOLVER": "shop.caller"}

CELERY_BROKER_URL = CELERY_RESULT_BACKEND = os.environ["REDIS_URL"]
CELERY_TASK_SEND_SENT_EVENT = CELERY_WORKER_SEND_TASK_EVENTS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True

LOGGING_CONFIG = None
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {
        "sensitive_data": {"()": "scrubline.django.SensitiveDataFilter"},
        "correlation": {"()": "scrubline.django.CorrelationFilter"},
    },
    "formatters": {"json": {"()": "scrubline.django.JSONFormatter"}},
    "handlers": {
        "file": {
            "class": "logging.FileHandler",
            "filename": os.environ["LOG_FILE"],
            "encoding": "utf-8",
            "filters": ["sensitive_data", "correlation"],
            "formatter": "json",
        },
    },
    "root": {"handlers": ["file"], "level": "INFO"},
    "loggers": {"celery": {"level": "INFO"}},
}
