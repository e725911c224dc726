"""The project itself: the Celery app, its tasks, and a view that sends them.

`python shop.py N` answers N requests at once, each with ids of its own, and prints as JSON what their tasks returned. Run by
Celery (`celery -A shop worker`) it is the worker.
"""

import hashlib
import json
import logging
import logging.config
import os
import sys
from concurrent.futures import ThreadPoolExecutor

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "settings")

import django
from celery import Celery, chain, chord, signals
from django.conf import settings
from django.http import JsonResponse
from django.test import Client
from django.urls import path

from scrubline.integrations.celery import install

PATIENCE = 120
logger = logging.getLogger("shop")

app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")
install()


@signals.setup_logging.connect
def set_up_logging(**_):
    """Take the logging of the settings; Celery would make its own."""
    logging.config.dictConfig(settings.LOGGING)


def caller(request):
    """Return the business context of a request."""
    return {"user_id": int(request.GET["n"]), "role": "teacher"}


def note(step, n):
    """Write the line of a step of request `n`."""
    logger.info("%s of request %s", step, n, extra={"request_number": n})
    return n


@app.task
def charge(n, email, password):
    """Show that the arguments came as they were sent."""
    note("charge", n)
    return hashlib.sha256(f"{email}/{password}".encode()).hexdigest()


@app.task
def refuse(n, email, password):
    """Fail with what it was given."""
    note("refuse", n)
    raise LookupError(f"no account for {email} with password={password}")


@app.task(bind=True, max_retries=2)
def unsteady(self, n):
    """Succeed at the third attempt."""
    note(f"attempt {self.request.retries}", n)
    if self.request.retries < 2:
        raise self.retry(countdown=0)
    return n


@app.task
def step(n):
    """One of a chain or a group."""
    return note("step", n)


@app.task
def gather(numbers):
    """The end of a chord."""
    return note("gather", numbers[0])


@app.task
def send_more(n):
    """Send a task from a task, and run one in place."""
    note("send_more", n)
    step.apply((n,))
    return inner.delay(n).id


@app.task
def inner(n):
    """What a task sends."""
    return note("inner", n)


def send(request):
    """Send every kind of task, wait for them, and answer with what they returned."""
    n = int(request.GET["n"])
    secrets = request.GET["email"], request.GET["password"]
    sent = [
        charge.delay(n, *secrets),
        charge.apply_async((n,), {"email": secrets[0], "password": secrets[1]}),
        unsteady.delay(n),
        chain(step.s(n), step.s(), step.s()).delay(),
        chord([step.s(n), step.s(n)], gather.s()).delay(),
        send_more.delay(n),
    ]
    failed = refuse.delay(n, *secrets)
    returned = [result.get(timeout=PATIENCE) for result in sent]
    app.AsyncResult(returned[-1]).get(timeout=PATIENCE)
    failed.get(timeout=PATIENCE, propagate=False)
    return JsonResponse({"returned": returned[:-1], "failed": failed.state})


urlpatterns = [path("send/", send)]


def ask(n):
    """Send one request of a browser."""
    response = Client().get(
        "/send/",
        {"n": n, "email": os.environ["EMAIL"], "password": os.environ["PASSWORD"]},
        HTTP_X_CORRELATION_ID=f"request-{n}",
        HTTP_TRACEPARENT=f"00-{n + 1:032x}-{n + 1:016x}-01",
    )
    return {**response.json(), "id": response.headers["X-Correlation-ID"]}


def main():
    """Answer as many requests as the command line says, four at a time."""
    django.setup()
    logging.config.dictConfig(settings.LOGGING)
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(ask, range(int(sys.argv[1]))))
    # A task that nobody's request has sent, as of a clock.
    lone = step.delay(-1)
    lone.get(timeout=PATIENCE)
    json.dump({"answers": answers, "lone": lone.id}, sys.stdout)


if __name__ == "__main__":
    # Tasks are named after their module: those of `__main__` no worker knows.
    import shop

    shop.main()
