"""The webhook handler of the guide, with its three ways to fail."""

import logging

from django.conf import settings
from django.core.exceptions import ValidationError

from finances.exceptions import ExternalServiceError


def process_webhook(webhook_data):
    """Handle one event; every failure is logged and raised again."""
    logger = logging.getLogger("finances.webhooks")
    try:
        result = handle_webhook_event(webhook_data)
        logger.info(f"Webhook processed successfully: {webhook_data['id']}")
        return result
    except ValidationError as e:
        logger.warning(
            f"Invalid webhook data received: {webhook_data['id']}",
            extra={
                "webhook_id": webhook_data["id"],
                "validation_errors": e.message_dict,
                "webhook_type": webhook_data.get("type"),
            },
        )
        raise
    except ExternalServiceError as e:
        logger.error(
            f"External service error processing webhook {webhook_data['id']}: {e}",
            extra={
                "webhook_id": webhook_data["id"],
                "service_name": e.service_name,
                "error_code": e.error_code,
            },
            exc_info=True,
        )
        raise
    except Exception as e:
        logger.critical(
            f"Unexpected error processing webhook {webhook_data['id']}: {e}",
            extra={
                "webhook_id": webhook_data["id"],
                "webhook_data": webhook_data,  # Be careful with sensitive data
            },
            exc_info=True,
        )
        raise


def handle_webhook_event(data):
    """Return the event's id, or fail in the way that its type stands for."""
    customer = data["data"]["customer"]
    if data["type"] == "account.updated":
        raise ValidationError(
            {
                "iban": [f"{customer['iban']} is not an account of this school"],
                "email": [f"{customer['email']} is taken", "Enter another address"],
            }
        )
    if data["type"] == "payout.failed":
        try:
            open_ledger()
        except ConnectionError as error:
            raise ExternalServiceError(
                f"ledger answered 503 to {customer['email']}", "ledger", "ledger_down"
            ) from error
    if data["type"] == "customer.deleted":
        return {"id": data["id"], "plan": customer["plan"]}  # KeyError: there is none
    return {"id": data["id"]}


def open_ledger():
    """Fail as a database driver does: with the whole connection text in the message."""
    raise ConnectionError(
        f"could not connect to {settings.LEDGER_URL} (key: {settings.PAYOUT_PRIVATE_KEY})"
    )
