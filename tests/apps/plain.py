"""Two applications that fail, for servers that write their logs by handlers of their own."""

import os

if os.environ.get("PLAIN_INSTALLS"):
    import scrubline

    scrubline.install()


def wsgi(environ, start_response):
    """Answer, but for paths under /fail/."""
    if environ["PATH_INFO"].startswith("/fail/"):
        raise ValueError(
            f"cannot serve {environ['PATH_INFO']}?{environ['QUERY_STRING']}"
        )
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"hello"]


async def asgi(scope, receive, send):
    """Answer, but for paths under /fail/."""
    if scope["type"] != "http":
        return
    if scope["path"].startswith("/fail/"):
        raise ValueError(
            f"cannot serve {scope['path']}?{scope['query_string'].decode()}"
        )
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"hello"})
