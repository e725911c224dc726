"""What servers add to their lines."""

from __future__ import annotations

import logging


class ServerFilter(logging.Filter):
    """Tidies what servers add to their lines. For the loggers `django.server` and `uvicorn.error`; all other records stay as they are.

    - runserver: `client_address` (host and port) in place of `request`, which is no request there but a socket, and no `server_time`,
      which is the record's time once more.
    - uvicorn: no `color_message`, which is the message once more, with escape sequences.
    """

    def filter(self, record: logging.LogRecord) -> bool:
        own = vars(record)
        if record.name == "uvicorn.error":
            own.pop("color_message", None)
        peer = getattr(own.get("request"), "getpeername", None)
        if peer is not None:
            del own["request"]
            own.pop("server_time", None)
            try:
                host, port, *_ = peer()
            except (OSError, ValueError):
                # The client is gone already.
                return True
            own["client_address"] = (
                f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            )
        return True
