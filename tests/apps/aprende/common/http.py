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
