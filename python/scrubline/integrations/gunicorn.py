"""The log of gunicorn.

logger_class = "scrubline.integrations.gunicorn.Logger"      # in gunicorn.conf.py, or --logger-class
"""

from __future__ import annotations

import re
import sys
from typing import Any

from gunicorn import glogging

from scrubline import _context
from scrubline._context import Context
from scrubline._install import install

__all__ = ["Logger"]

_NAMED = re.compile(r"%\((\{[^}]*\}[a-z])\)", re.IGNORECASE)


class Logger(glogging.Logger):
    """gunicorn's own, after `scrubline.install()`: access and error log are redacted from the first line, in every worker, whatever
    handlers the configuration gives them. Until the application is loaded the default policy holds.

    A record of the access log has the correlation id that `LoggingContextMiddleware` has set on the response, and carries only those
    headers and variables of the environment that `access_log_format` names.
    """

    def __init__(self, cfg: Any) -> None:
        install()
        super().__init__(cfg)

    def setup(self, cfg: Any) -> None:
        """Sets the handlers up; again when the configuration is loaded again."""
        self._named = {name.lower() for name in _NAMED.findall(cfg.access_log_format)}
        super().setup(cfg)

    def access(self, resp: Any, req: Any, environ: Any, request_time: Any) -> None:
        """Logs a request that has been answered."""
        with _context.use(Context(_correlation_id(resp))):
            super().access(resp, req, environ, request_time)

    def atoms(
        self, resp: Any, req: Any, environ: Any, request_time: Any
    ) -> dict[str, Any]:
        """What a line of the access log may show."""
        atoms = super().atoms(resp, req, environ, request_time)
        return {
            name: value
            for name, value in atoms.items()
            if not name.startswith("{") or name in self._named
        }


def _correlation_id(resp: Any) -> str | None:
    name: str | None = _context.RESPONSE_HEADER
    # The application may be one without Django.
    if "django.conf" in sys.modules:
        from scrubline.django import _settings

        name = _settings.options_for_records().response_header
    wanted = (name or "").lower()
    found = (value for each, value in resp.headers if each.lower() == wanted)
    return next(found, None)
