"""A stand-in for the payment gateway: no network, the outcome is chosen by the caller."""

import logging
from dataclasses import dataclass

from django.conf import settings

from finances.exceptions import GatewayError

logger = logging.getLogger("finances.stripe")


@dataclass(frozen=True)
class PaymentIntent:
    """What the gateway answers: amounts in cents."""

    id: str
    client_secret: str
    amount_received: int
    application_fee_amount: int


class Gateway:
    """Creates payment intents and chats about it in the log."""

    def create_payment_intent(self, amount, card, intent_id, client_secret, outcome):
        """Return a PaymentIntent, or raise GatewayError when `outcome` is not "success"."""
        key = settings.STRIPE_SECRET_KEY
        half = len(key) // 2
        logger.debug("Calling gateway with key %s%s", key[:half], key[half:])
        logger.debug("Charging card %s %s", card["number"][:8], card["number"][8:])
        logger.debug(
            "Gateway request",
            extra={
                "gateway_request": {
                    "auth": (key, ""),
                    "card": card,
                    "amount": amount,
                    "metadata": {"ledger": settings.LEDGER_URL},
                }
            },
        )
        if outcome == "unreachable":
            logger.critical("Payment gateway refuses key %s", key)
            raise GatewayError(f"Invalid API Key provided: {key}")
        if outcome == "declined":
            raise GatewayError(
                f"Card {card['number']} (cvv={card['cvv']}) was declined"
            )
        intent = PaymentIntent(
            intent_id, client_secret, int(amount * 100), int(amount * 3)
        )
        logger.info(
            "Intent %s created: %r", intent.id, intent, extra={"intent": intent}
        )
        return intent
