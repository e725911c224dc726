"""Registration, sign-in, profile, and a report that only an owner may read."""

import logging

from django.contrib.auth import authenticate, get_user_model, login
from django.http import JsonResponse
from django.views.decorators.csrf import csrf_exempt

from accounts.models import Membership, School
from common.http import body, client_ip, user_agent
from common.logging_utils import log_business_event, log_security_event

logger = logging.getLogger(__name__)
auth_logger = logging.getLogger("accounts.auth")
security_logger = logging.getLogger("accounts.security")
throttle_logger = logging.getLogger("accounts.throttles")


@csrf_exempt
def register(request):
    """Create a teacher with a profile."""
    data = body(request)
    school, _ = School.objects.get_or_create(name=data["school_name"])
    user = get_user_model().objects.create_user(
        username=data["email"], email=data["email"], password=data["password"]
    )
    Membership.objects.create(
        user=user, school=school, role="teacher", phone=data["phone"]
    )

    logger.info(f"New student registered: {user.email} in school {school.name}")
    auth_logger.debug(
        "Stored credentials: %s", {"user_id": user.id, "password": user.password}
    )
    auth_logger.debug("Hash of user %d is %s", user.id, user.password)
    auth_logger.info(
        "Profile created",
        extra={
            "user_id": user.id,
            "school_id": school.id,
            "profile": {
                "contact": {"email": user.email, "phone": data["phone"]},
                "documents": [
                    {"type": "nif", "nif": data["nif"]},
                    {"type": "citizen_card", "number": data["citizen_card"]},
                    ("social security", f"NISS {data['niss']}"),
                ],
                "subjects": data["subjects"],
            },
        },
    )
    log_business_event(
        "teacher_registered",
        f"New teacher registered: {data['email']}",
        teacher_id=user.id,
        school_id=school.id,
        subjects=data["subjects"],
        experience_level=data["experience_level"],
        registration_source=data.get("source", "direct"),
    )
    return JsonResponse({"teacher_id": user.id, "school_id": school.id}, status=201)


@csrf_exempt
def verify(request):
    """Answer 200 for the code that was sent to the address, 403 for any other; nobody has been sent one."""
    data = body(request)
    log_security_event(
        "authentication_failure",
        f"Wrong code for {data['email']}",
        email=data["email"],
        verification_code=data["code"],
        source_ip=client_ip(request),
        user_agent=user_agent(request),
        failure_reason="invalid_code",
    )
    return JsonResponse({"error": "invalid_code"}, status=403)


@csrf_exempt
def sign_in(request):
    """Answer 200 and a session for the right password, 403 for a wrong one, 429 after three."""
    data = body(request)
    email, password = data.get("email", ""), data.get("password", "")
    auth_logger.debug(f"Query params: {request.GET}")
    auth_logger.debug("Sign-in form: %s", data)
    auth_logger.debug(f"User login: {email} with password {password}")

    user = authenticate(request, username=email, password=password)
    if user is None:
        return failed_sign_in(request, email, password)

    login(request, user)
    auth_logger.info(
        "User %s signed in",
        user.id,
        extra={
            "user_id": user.id,
            "session_key": request.session.session_key,
            "tokens": {
                "access": data.get("access_token"),
                "refresh": data.get("refresh_token"),
            },
            "headers": dict(request.headers),
            "cookies": request.COOKIES,
        },
    )
    auth_logger.info(f"Authorization: Bearer {data.get('access_token')}")
    auth_logger.debug("Will refresh by %s", data.get("refresh_token"))
    auth_logger.info(f"User login: {user.email[:3]}***@{user.email.split('@')[1]}")
    return JsonResponse({"user_id": user.id})


def failed_sign_in(request, email, password):
    """Log a failed attempt in the ways that the guide shows."""
    log_security_event(
        "authentication_failure",
        f"Failed login attempt for {email}",
        email=email,
        source_ip=client_ip(request),
        user_agent=user_agent(request),
        failure_reason="invalid_credentials",
    )
    # The phrase of the guide's own test.
    auth_logger.warning("User email: " + email + " password: " + password)
    attempts = request.session.get("attempts", 0) + 1
    request.session["attempts"] = attempts
    if attempts < 3:
        return JsonResponse({"error": "invalid_credentials"}, status=403)
    throttle_logger.warning(
        "%(source_ip)s exceeded %(scope)s with %(email)s after %(attempts)d attempts",
        {
            "source_ip": client_ip(request),
            "scope": "sign_in",
            "email": email,
            "attempts": attempts,
            "password": password,
        },
        extra={"event_type": "rate_limit_exceeded", "request": request},
    )
    return JsonResponse({"error": "too_many_attempts"}, status=429)


@csrf_exempt
def profile(request):
    """Change contact data; logs the QueryDict itself and the raw body."""
    auth_logger.info(
        "Profile form received", extra={"form": request.POST, "query": request.GET}
    )
    auth_logger.debug("Raw body: %r", request.body)
    auth_logger.debug("Raw body as text: %s", request.body.decode())
    auth_logger.info("Profile of %(email)s in %(city)s changed", request.POST)
    auth_logger.info(
        "Profile of user %s changed: %s", request.user.id, request.POST.dict()
    )
    return JsonResponse({"changed": sorted(request.POST)})


def school_report(request, school_id):
    """Refuse everybody: the permission violation of the guide."""
    action, resource = "read_report", f"school/{school_id}"
    log_permission_violation(request, request.user, action, resource, school_id)
    return JsonResponse({"error": "forbidden"}, status=403)


def log_permission_violation(request, user, action, resource, school_id):
    """Log who tried what, with the security context of the request."""
    membership = Membership.objects.filter(user_id=user.id, school_id=school_id).first()
    extra = {
        "event_type": "permission_violation",
        "user_id": user.id,
        "action": action,
        "resource": resource,
        "user_role": membership.role if membership else "none",
        "security_context": {
            "source_ip": client_ip(request),
            "user_agent": user_agent(request),
            "session_id": request.session.session_key,
            "authorization": request.headers.get("Authorization"),
        },
    }
    security_logger.warning(
        f"User {user.id} attempted unauthorized action '{action}' on '{resource}'",
        extra=extra,
    )
