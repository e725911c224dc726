"""For other libraries, a module each, named like the library that it needs: `sentry`, `otel`, `structlog`, `loguru`, `gunicorn` and
`celery` write logs, `prometheus` counts them; and `asgi`, for FastAPI and Starlette.

What redacts takes the redactor of this process where it is given none: that of `scrubline.install`, else of Django's settings, else
one of the default policy. uvicorn needs no module: it logs by `logging`, which `scrubline.install()` covers.
"""
