"""Sending e-mail with retries, as the guide writes it."""

import logging
import time

from django.conf import settings


class TemporaryEmailError(Exception):
    """The mail server said: later."""


def send_email_with_retry(email_data, max_attempts=3):
    """Return the attempt that succeeded; raise TemporaryEmailError when none did."""
    logger = logging.getLogger("messaging.email")
    for attempt in range(1, max_attempts + 1):
        try:
            send_email(email_data, attempt)
            logger.info(
                f"Email sent successfully on attempt {attempt}",
                extra={
                    "email_to": email_data["to"],
                    "email_type": email_data["type"],
                    "attempt": attempt,
                },
            )
            return attempt
        except TemporaryEmailError as e:
            if attempt == max_attempts:
                logger.error(
                    f"Email sending failed after {max_attempts} attempts",
                    extra={
                        "email_to": email_data["to"],
                        "email_type": email_data["type"],
                        "final_error": str(e),
                    },
                    exc_info=True,
                )
                raise
            logger.warning(
                f"Email sending failed on attempt {attempt}, retrying",
                extra={
                    "email_to": email_data["to"],
                    "email_type": email_data["type"],
                    "attempt": attempt,
                    "error": str(e),
                },
            )
            time.sleep(settings.EMAIL_BACKOFF_SECONDS * 2 ** (attempt - 1))


def send_email(email_data, attempt):
    """Fail until the attempt that the caller asked for."""
    if attempt < email_data["succeeds_on"]:
        raise TemporaryEmailError(
            f"450 mailbox of <{email_data['to']}> busy; "
            f"AUTH PLAIN user={email_data['smtp_user']} password={email_data['smtp_password']}"
        )
