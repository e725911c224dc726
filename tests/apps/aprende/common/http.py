"""Small helpers of the views."""

import json


def body(request):
    """Return the request's fields: a JSON body as a dict, a form as its QueryDict."""
    if request.content_type == "application/json":
        return json.loads(request.body or b"{}")
    return request.POST


def client_ip(request):
    """Return the address of the client."""
    return request.META.get("REMOTE_ADDR", "")


def user_agent(request):
    """Return the browser's name as it sent it."""
    return request.headers.get("User-Agent", "")


def business_context(request):
    """Return for whom a request runs: the school and role of the user's membership, where there is one."""
    membership = getattr(request.user, "membership", None)
    if membership is None:
        return {}
    return {"school_id": membership.school_id, "role": membership.role}
