"""Payments, webhooks and payouts."""

import logging

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from common.http import body
from finances.exceptions import ExternalServiceError, PaymentError
from finances.services import PaymentService
from finances.webhooks import process_webhook

logger = logging.getLogger(__name__)
stripe_logger = logging.getLogger("finances.stripe")


@csrf_exempt
def payments(request):
    """Answer 201 with the intent, 402 when the gateway refused."""
    data = body(request)
    try:
        intent = PaymentService().process_payment(data)
    except PaymentError:
        logger.exception("Payment of student %s failed", data["student_id"])
        return JsonResponse({"error": "payment_failed"}, status=402)
    return JsonResponse({"payment_intent_id": intent.id}, status=201)


@csrf_exempt
def webhooks(request):
    """Answer 200, 400 for invalid data, 503 for a failing service; anything else is a 500."""
    data = body(request)
    stripe_logger.info(
        "Webhook %s with Stripe-Signature: %s",
        data["id"],
        request.headers.get("Stripe-Signature", ""),
        extra={"request": request, "webhook_secret": settings.STRIPE_WEBHOOK_SECRET},
    )
    try:
        process_webhook(data)
    except ValidationError:
        return JsonResponse({"error": "invalid"}, status=400)
    except ExternalServiceError:
        return JsonResponse({"error": "try_again"}, status=503)
    return JsonResponse({"received": True})


@csrf_exempt
def payouts(request):
    """Configure a payout; the configuration is logged in full, as people do on a first deploy."""
    logger.debug(
        "Payout settings: %s",
        {
            "ledger_url": settings.LEDGER_URL,
            "private_key": settings.PAYOUT_PRIVATE_KEY,
            "maps": f"https://maps.example.net/geocode?key={settings.MAPS_API_KEY}&city=Porto",
            "SMS_API_KEY": settings.SMS_API_KEY,
            "backup": {
                "aws_access_key_id": settings.BACKUP_ACCESS_KEY_ID,
                "aws_secret_access_key": settings.BACKUP_SECRET_ACCESS_KEY,
            },
        },
    )
    logger.info(
        f"Deploying with {settings.DEPLOY_TOKEN}, telling {settings.CHAT_TOKEN}"
    )
    logger.info(f"X-Api-Key: {settings.SMS_API_KEY}")
    logger.warning("Ledger at %s is slow", settings.LEDGER_URL)
    logger.warning("Payout key:\n%s", settings.PAYOUT_PRIVATE_KEY)
    logger.info(
        "Payout to NIB %s of NIF %s", body(request)["nib"], body(request)["nif"]
    )
    # One secret, split over two arguments.
    logger.info("Connecting with %s=%s", "password", body(request)["password"])
    return JsonResponse({"configured": True})
