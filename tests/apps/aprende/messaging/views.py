"""E-mail, invitations and an import that fails."""

import json
import logging

from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from common.http import body
from messaging.delivery import TemporaryEmailError, send_email_with_retry
from messaging.models import Invitation

logger = logging.getLogger(__name__)
invitation_logger = logging.getLogger("messaging.invitations")


@csrf_exempt
def email(request):
    """Answer with the attempt that succeeded, or 503."""
    try:
        return JsonResponse({"attempt": send_email_with_retry(body(request))})
    except TemporaryEmailError:
        return JsonResponse({"error": "try_again"}, status=503)


@csrf_exempt
def invitations(request):
    """Invite a teacher by a link that carries a token."""
    data = body(request)
    invitation = Invitation.objects.create(email=data["email"], token=data["token"])
    link = f"https://{data['site']}/invitations/accept?token={data['token']}&id={invitation.id}"
    invitation_logger.info(f"Teacher invitation sent to {data['email']}")
    invitation_logger.debug("Invitation link: %s", link)
    invitation_logger.debug(
        "Invitation as JSON: "
        + json.dumps({"to": data["email"], "password": data["password"]})
    )
    return JsonResponse({"invitation_id": invitation.id}, status=201)


@csrf_exempt
def import_contacts(request):
    """Fail with nobody to catch it: Django logs the 500 with the request in `extra`."""
    data = body(request)
    logger.debug("Processing data: %s", lambda: len(data))
    if "contacts" not in data:
        error = LookupError(f"no contacts in the upload of {data['owner']}")
        if hasattr(error, "add_note"):  # Python 3.11 and later
            error.add_note(f"uploaded with api_key={data['api_key']}")
        raise error
    return JsonResponse({"imported": len(data["contacts"])})


@csrf_exempt
def preview(request):
    """Log with too few arguments, a common mistake: logging itself then prints them."""
    data = body(request)
    logger.info("Preview of %s for %s", data["owner"])
    logger.info("Preview with api_key=%d", data["api_key"])
    return JsonResponse({"preview": True})
