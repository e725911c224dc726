"""The guide's own example of response time monitoring."""

import time

from django.conf import settings

from common.logging_utils import log_performance_event


class PerformanceMiddleware:
    """Log requests that take longer than settings.SLOW_REQUEST_MS milliseconds."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        start_time = time.time()
        response = self.get_response(request)
        duration_ms = (time.time() - start_time) * 1000
        if duration_ms > settings.SLOW_REQUEST_MS:
            log_performance_event(
                "slow_request",
                duration_ms,
                path=request.path,
                method=request.method,
                status_code=response.status_code,
                user_id=getattr(request.user, "id", None),
            )
        return response
