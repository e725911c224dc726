"""LOGGING of the sample project, in the shape that the logging guide of the platform describes.

Several workers write the files together. Three kinds of handler are here on purpose: with filter and formatter of scrubline, with the
formatter alone, and with the filter alone in front of a formatter of the standard library.
"""

from pathlib import Path

MEGABYTE = 1024 * 1024


def logging_settings(log_dir):
    """Return the dictConfig for log files under `log_dir`, which is made when it is missing."""
    folder = Path(log_dir)
    folder.mkdir(parents=True, exist_ok=True)
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "sensitive_data": {"()": "scrubline.django.SensitiveDataFilter"},
            "correlation": {"()": "scrubline.django.CorrelationFilter"},
        },
        "formatters": {
            "json": {"()": "scrubline.django.JSONFormatter"},
            "development": {"()": "scrubline.django.DevelopmentFormatter"},
            "security": {"()": "scrubline.django.SecurityFormatter"},
            "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "development",
                "filters": ["sensitive_data", "correlation"],
            },
            # Every record ends here, one JSON line each.
            "application": rotating(
                folder / "application.log", "json", ["sensitive_data", "correlation"]
            ),
            "errors": {
                **rotating(
                    folder / "errors.log", "json", ["sensitive_data", "correlation"]
                ),
                "level": "ERROR",
            },
            "business": timed(
                folder / "business.log",
                "json",
                ["sensitive_data", "correlation"],
                keep=365,
            ),
            # The formatter alone redacts here.
            "security": rotating(folder / "security.log", "security", ["correlation"]),
            "performance": rotating(
                folder / "performance.log", "json", ["correlation"]
            ),
            "audit": timed(folder / "audit.log", "json", ["correlation"], keep=2555),
            # The filter alone, in front of a formatter of the standard library.
            "legacy": rotating(
                folder / "legacy.log", "plain", ["sensitive_data", "correlation"]
            ),
        },
        "root": logger("legacy", "application", "console"),
        "loggers": {
            "accounts": logger("application", "legacy", "console"),
            "accounts.auth": logger("application", "legacy", "console"),
            "accounts.security": logger("security", "audit", "application", "console"),
            "accounts.throttles": logger("security", "application", "console"),
            "finances": logger("application", "legacy", "console"),
            "finances.payments": logger("errors", "application", "console"),
            "finances.stripe": logger("errors", "legacy", "application", "console"),
            "finances.fraud": logger("security", "audit", "application", "console"),
            "finances.audit": logger("audit", "application"),
            "finances.webhooks": logger("errors", "application", "legacy", "console"),
            "scheduler": logger("application", "legacy", "console"),
            "scheduler.bookings": logger("application", "console"),
            "scheduler.conflicts": logger("application", "console"),
            "scheduler.reminders": logger("legacy", "application", "console"),
            "messaging": logger("application", "legacy", "console"),
            "messaging.email": logger("legacy", "application", "console"),
            "messaging.invitations": logger("application", "console"),
            "business": logger("business", "application", "console"),
            "security.events": logger("security", "audit", "application", "console"),
            "security.auth_failures": logger("security", "console", level="INFO"),
            "performance": logger("performance", "application"),
            "django": logger(
                "errors", "application", "legacy", "console", level="INFO"
            ),
            "django.request": logger("errors", "application", "legacy", "console"),
            "django.security": logger("security", "application", "console"),
            "django.server": logger("application", "console"),
            # The servers' own loggers write request lines, with their query strings.
            "gunicorn.access": logger("application", "legacy", "console", level="INFO"),
            "gunicorn.error": logger("application", "legacy", "console", level="INFO"),
            "uvicorn": logger("application", "legacy", "console", level="INFO"),
            "uvicorn.access": logger("application", "legacy", "console", level="INFO"),
            "uvicorn.error": logger("application", "legacy", "console", level="INFO"),
        },
    }


def logger(*handlers, level="DEBUG"):
    """Return one logger that writes to `handlers` and passes nothing on to its parents."""
    return {"handlers": list(handlers), "level": level, "propagate": False}


def rotating(path, formatter, filters):
    """Return a file handler that starts a new file at ten megabytes and keeps five old ones, whichever worker comes to it."""
    return {
        "class": "scrubline.logging.handlers.RotatingFileHandler",
        "filename": str(path),
        "maxBytes": 10 * MEGABYTE,
        "backupCount": 5,
        "encoding": "utf-8",
        "formatter": formatter,
        "filters": filters,
    }


def timed(path, formatter, filters, keep):
    """Return a file handler that starts a new file at midnight and keeps `keep` days."""
    return {
        "class": "scrubline.logging.handlers.TimedRotatingFileHandler",
        "filename": str(path),
        "when": "midnight",
        "backupCount": keep,
        "utc": True,
        "encoding": "utf-8",
        "formatter": formatter,
        "filters": filters,
    }
