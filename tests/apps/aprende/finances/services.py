"""The payment service of the guide."""

import logging
import time
from decimal import Decimal

from django.utils import timezone

from common.logging_utils import log_business_event, log_performance_event
from finances.exceptions import GatewayError, PaymentError
from finances.gateway import Gateway
from finances.models import Payment

logger = logging.getLogger("finances.payments")
audit_logger = logging.getLogger("finances.audit")
fraud_logger = logging.getLogger("finances.fraud")


class PaymentService:
    """Takes payments and says so in every log of the house."""

    def __init__(self):
        self.gateway = Gateway()
        logger.info("PaymentService initialized successfully")

    def process_payment(self, data):
        """Return the PaymentIntent for the fields of `data`; raise PaymentError."""
        amount, student_id, school_id = (
            data["amount"],
            data["student_id"],
            data["school_id"],
        )
        card = data["card"]
        start_time = time.time()
        try:
            log_business_event(
                "payment_initiated",
                f"Payment of €{amount} initiated for student {student_id}",
                amount=amount,
                currency=data["currency"],
                student_id=student_id,
                school_id=school_id,
                payment_method="stripe",
                package_type=data.get("package_type"),
            )
            self.check_fraud(data)
            result = self.gateway.create_payment_intent(
                amount, card, data["intent_id"], data["client_secret"], data["outcome"]
            )
            duration_ms = (time.time() - start_time) * 1000
            log_performance_event(
                "payment_processing", duration_ms, amount=amount, success=True
            )
            logger.info(f"Payment processed successfully: {result.id}")
            self.record(data, result)
            return result
        except GatewayError as error:
            duration_ms = (time.time() - start_time) * 1000
            log_performance_event(
                "payment_processing",
                duration_ms,
                amount=amount,
                success=False,
                error=str(error),
            )
            logger.error(f"Payment processing failed: {error}", exc_info=True)
            raise PaymentError(
                f"No payment by {data['payer']['email']}, phone {data['payer']['phone']}"
            ) from error

    def check_fraud(self, data):
        """Log what a fraud check looks at: lists, tuples, sets and bytes with card data inside."""
        card = data["card"]
        fraud_logger.warning(
            "Fraud check of card %s for student %d scored %.2f",
            card["number"],
            data["student_id"],
            0.25,
            extra={
                "event_type": "fraud_check",
                "signals": [
                    {"kind": "card", "value": card["number"], "cvv": card["cvv"]},
                    ("payer", data["payer"]["email"], {data["payer"]["phone"]}),
                    data["payer"]["email"].encode(),
                ],
                "card_last_four": card["number"][-4:],
                "risk_level": "high",
            },
        )
        logger.info(f"Processing payment for card ending in {card['number'][-4:]}")

    def record(self, data, intent):
        """Keep the payment and write the audit trail."""
        payment = Payment.objects.create(
            student_id=data["student_id"],
            school_id=data["school_id"],
            amount=Decimal(str(data["amount"])),
            intent_id=intent.id,
        )
        audit_logger.info(
            "Payment %s booked from IBAN %s",
            payment.id,
            data["payer"]["iban"],
            extra={
                "event_type": "payment_booked",
                "payment_intent_id": intent.id,
                "amount": payment.amount,
                "booked_at": timezone.now(),
                "payer": data["payer"],
                "school_id": data["school_id"],
            },
        )
        log_business_event(
            "payment_completed",
            f"Payment successful: {intent.id}",
            payment_intent_id=intent.id,
            amount_received=intent.amount_received,
            fees=intent.application_fee_amount,
            student_id=data["student_id"],
        )
