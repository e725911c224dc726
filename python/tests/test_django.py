"""`scrubline.django`: in this process with settings configured, and in fresh ones for what happens before that."""

from __future__ import annotations

import ast
import io
import json
import logging
import logging.handlers
import re
import subprocess
import sys
import textwrap
import unittest
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import scrubline.django
from conftest import EMAIL, MASKED_EMAIL, SECRET, raised
from django import forms
from django.core import mail
from django.core.exceptions import ImproperlyConfigured
from django.db import connection, models
from django.http import QueryDict
from django.test import RequestFactory, SimpleTestCase, override_settings
from django.utils.datastructures import MultiValueDict
from django.utils.functional import SimpleLazyObject
from django.utils.log import AdminEmailHandler, ServerFormatter
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy
from scrubline import Redactor, ScrublineError
from scrubline.django import (
    CorrelationFilter,
    DatadogFormatter,
    DevelopmentFormatter,
    ECSFormatter,
    GCPFormatter,
    JSONFormatter,
    LoggingCalls,
    OTelFormatter,
    RateLimitFilter,
    SamplingFilter,
    SecurityFormatter,
    SensitiveDataFilter,
    log_business_event,
    redactor,
    settings_schema,
)
from scrubline.testing import ScrublineMixin

urlpatterns: list[Any] = []


class Pupil(models.Model):
    """A row with something to hide in it."""

    email = models.CharField(max_length=50)

    class Meta:
        app_label = "school"

    def __str__(self) -> str:
        return f"pupil {self.email}"


Make = Callable[..., logging.LogRecord]


@pytest.mark.parametrize("include_html", [False, True])
def test_admin_emails(record: Make, include_html: bool) -> None:
    request = RequestFactory().get("/pay/")
    exc_info = raised(ValueError(f"for {EMAIL}"), KeyError(f"password={SECRET}"))
    if sys.version_info >= (3, 11):
        exc_info[1].add_note(f"note {EMAIL}")
    made = record(
        "Internal Server Error for %s",
        EMAIL,
        exc_info=exc_info,
        request=request,
        status_code=500,
        password=SECRET,
    )
    made.levelname, made.levelno = "ERROR", logging.ERROR
    handler = AdminEmailHandler(include_html=include_html)
    handler.addFilter(SensitiveDataFilter())
    mail.outbox = []  # type: ignore[attr-defined]
    if include_html:
        # The HTML report shows the locals of every frame, which Django's own `sensitive_variables` is for: the stand-in keeps the traceback.
        made.exc_info = (*exc_info[:2], None)
        for link in (exc_info[1], exc_info[1].__cause__):
            link.__traceback__ = None
    handler.handle(made)
    (sent,) = mail.outbox  # type: ignore[attr-defined]
    html = "".join(str(part) for part, _ in getattr(sent, "alternatives", []))
    everything = sent.subject + sent.body + html
    assert EMAIL not in everything and SECRET not in everything
    assert f"Internal Server Error for {MASKED_EMAIL}" in sent.subject
    assert "ValueError" in sent.body and f"for {MASKED_EMAIL}" in sent.body
    assert bool(html) == include_html


def test_querydicts_keep_their_type(record: Make) -> None:
    query = QueryDict(f"password=hunter2&mail={EMAIL}&mail=x&n=1")
    made = Redactor().redact_value({"query": query})["query"]
    assert (
        type(made) is QueryDict
        and made.getlist("mail") == [MASKED_EMAIL, "x"]
        and made["password"] == "[REDACTED]"
        and made["n"] == "1"
    )
    with pytest.raises(AttributeError):
        made["more"] = 1
    assert query["password"] == "hunter2" and made.encoding == query.encoding
    clean = QueryDict("a=1")
    assert Redactor().redact_value(clean) is clean
    multi = MultiValueDict({"password": ["a", "b"], "n": ["1"]})
    made = Redactor().redact_value(multi)
    assert (
        type(made) is MultiValueDict
        and made.getlist("password") == ["[REDACTED]", "[REDACTED]"]
        and made.getlist("n") == ["1"]
    )
    mutable = QueryDict(mutable=True)
    mutable["password"] = "hunter2"
    Redactor().redact_value(mutable)["more"] = "1"


def test_errors_of_a_form_stay_what_a_template_shows(record: Make) -> None:
    class Register(forms.Form):
        plan = forms.ChoiceField(choices=[("a", "a")])
        password = forms.CharField(min_length=12)

    errors = Register({"plan": EMAIL, "password": SECRET}).errors
    before = str(errors)
    made = record("%s | %s", errors, errors["plan"])
    SensitiveDataFilter().filter(made)
    assert EMAIL in before and str(errors) == before
    html = before.replace(EMAIL, MASKED_EMAIL)
    plan = str(errors["plan"]).replace(EMAIL, MASKED_EMAIL)
    assert made.getMessage() == f"{html} | {plan}"


def test_errors_of_a_form_are_shown_redacted(record: Make) -> None:
    class Login(forms.Form):
        email = forms.EmailField()
        code = forms.CharField()

        def clean(self) -> None:
            self.add_error("code", f"{EMAIL} has no such code")

    made = record("invalid", errors=Login({"email": "none"}).errors)
    line = json.loads(JSONFormatter().format(made))
    assert line["errors"] == {
        "email": ["Enter a valid email address."],
        "code": ["This field is required.", f"{MASKED_EMAIL} has no such code"],
    }


def test_a_list_that_shows_what_it_does_not_hold_is_redacted(record: Make) -> None:
    class Shown(list):  # type: ignore[type-arg]
        def __iter__(self) -> Iterator[str]:
            yield f"shown {EMAIL}"

    made = record("m", held=Shown([f"held {EMAIL}"]))
    SensitiveDataFilter().filter(made)
    assert json.loads(JSONFormatter().format(made))["held"] == [f"shown {MASKED_EMAIL}"]
    assert EMAIL not in repr(made.held)


def test_a_querydict_as_arguments(record: Make) -> None:
    query = QueryDict(f"mail={EMAIL}&city=Porto&password=hunter2")
    made = record("Profile of %(mail)s in %(city)s changed", query)
    SensitiveDataFilter().filter(made)
    assert made.getMessage() == f"Profile of {MASKED_EMAIL} in Porto changed"
    assert type(made.args) is QueryDict and made.args["password"] == "[REDACTED]"
    made = record("Profile of %(mail)d in %(city)s changed, %(password)s", query)
    SensitiveDataFilter().filter(made)
    assert (
        made.getMessage() == f"Profile of {MASKED_EMAIL} in Porto changed, [REDACTED]"
    )


def test_safe_strings_and_lazy_objects() -> None:
    made = Redactor().redact_value([mark_safe(f"<b>{EMAIL}</b>")])[0]
    assert made == f"<b>{MASKED_EMAIL}</b>" and not isinstance(made, SafeString)
    asked: list[int] = []

    class User:
        def __str__(self) -> str:
            return EMAIL

    def load() -> User:
        asked.append(1)
        return User()

    lazy = SimpleLazyObject(load)
    record = logging.getLogger("x").makeRecord(
        "x", 20, "p", 1, "m", (), None, None, {"user": lazy}
    )
    SensitiveDataFilter().filter(record)
    assert not asked, "a lazy object was evaluated"
    assert str(record.user) == MASKED_EMAIL and asked == [1]  # type: ignore[attr-defined]


def test_a_request_in_extra(record: Make) -> None:
    request = RequestFactory().post(
        f"/users/{EMAIL}/?password={SECRET}", {"password": SECRET}
    )
    made = record(
        "%s: %s",
        "Not Found",
        "/x",
        request=request,
        status_code=404,
        name="django.request",
    )
    SensitiveDataFilter().filter(made)
    assert (
        made.request.META is request.META
        and made.request.method == "POST"
        and isinstance(made.request, type(request))
    )  # type: ignore[attr-defined]
    for formatter in (
        JSONFormatter(),
        DevelopmentFormatter(),
        SecurityFormatter(),
        OTelFormatter(),
        ECSFormatter(),
        GCPFormatter(),
        DatadogFormatter(),
        ServerFormatter("{message} {request}", style="{"),
    ):
        line = formatter.format(made)
        assert EMAIL not in line and SECRET not in line


@pytest.fixture
def pupil() -> Iterator[Pupil]:
    with connection.schema_editor() as editor:
        editor.create_model(Pupil)
    try:
        yield Pupil.objects.create(email=EMAIL)
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(Pupil)


@pytest.mark.parametrize("is_filtered", [False, True])
def test_values_of_django_in_extra(
    record: Make, pupil: Pupil, is_filtered: bool
) -> None:
    made = record(
        "m",
        pupil=pupil,
        pupils=Pupil.objects.all(),
        none=Pupil.objects.none(),
        rows=Pupil.objects.values("email"),
        lazy=gettext_lazy("Monday"),
        lazy_mail=gettext_lazy(EMAIL),
        safe=mark_safe("<b>"),
        request=RequestFactory().get(f"/users/{EMAIL}/?password={SECRET}"),
        nested={"pupil": pupil, "all": [Pupil.objects.all()]},
    )
    if is_filtered:
        SensitiveDataFilter().filter(made)
    shown = f"pupil {MASKED_EMAIL}"
    queryset = f"<QuerySet [<Pupil: {shown}>]>"
    expected = {
        "pupil": shown,
        "pupils": queryset,
        "none": "<QuerySet []>",
        "rows": f"<QuerySet [{{'email': '{MASKED_EMAIL}'}}]>",
        "lazy": "Monday",
        "lazy_mail": MASKED_EMAIL,
        "safe": "<b>",
        "request": f"<WSGIRequest: GET '/users/{MASKED_EMAIL}/?password=[REDACTED]'>",
        "nested": {"pupil": shown, "all": [queryset]},
    }
    line = json.loads(JSONFormatter().format(made))
    assert {name: line[name] for name in expected} == expected
    assert (
        json.loads(ECSFormatter().format(made))["scrubline"].items() >= expected.items()
    )


def test_a_queryset_that_cannot_be_read_loses_no_line(record: Make) -> None:
    made = record("m", pupils=Pupil.objects.all(), n=1)
    line = json.loads(JSONFormatter().format(made))
    assert line["pupils"] == "[REDACTED:error]" and line["n"] == 1


def test_the_setting_is_followed(record: Make) -> None:
    sensitive, formatter = SensitiveDataFilter(), JSONFormatter()

    def shown() -> tuple[str, str]:
        made = record("%s correct-horse", EMAIL)
        line = formatter.format(made)
        sensitive.filter(made)
        return made.getMessage(), line

    assert shown()[0] == f"{MASKED_EMAIL} correct-horse"
    with override_settings(
        SCRUBLINE={
            "POLICY": {"detectors": {"contact.email": "mask"}},
            "KEY": b"k" * 32,
            "KNOWN_VALUES": ["correct-horse"],
        }
    ):
        message, line = shown()
        assert message == "[REDACTED] [REDACTED]" and message in line
        assert redactor().report()["total"] == 2
    assert shown()[0] == f"{MASKED_EMAIL} correct-horse"


@pytest.mark.parametrize(
    ("setting", "part"),
    [
        (
            {"POLICY": {"detectors": {"contact.emial": "off"}}},
            "policy.unknown_detector at detectors.contact.emial",
        ),
        ({"KEY": b"short"}, "key.too_short"),
        ({"KEY": 7}, "SCRUBLINE['KEY'] is not a string or bytes"),
        ({"POLICY": "strict"}, "is not an object or Policy.from_file(path)"),
        (
            {"KNOWN_VALUES": ["long-enough", "short"]},
            "known_value.too_short at known_values[1]",
        ),
        ({"POLICIES": {}}, "POLICIES"),
        ({"LOGGING_CALLS": 1}, "LOGGING_CALLS"),
        (
            {"SAMPLING": {"page_view": {"rate": 2}}},
            "SCRUBLINE['SAMPLING'] is not an object of which each is an object of rate (a number from 0 to 1) and at_least_seconds",
        ),
        ({"SAMPLING": {"page_view": {"at_least_seconds": 60}}}, "SAMPLING"),
        ({"SAMPLING": {"page_view": {"rate": 1, "rates": 1}}}, "SAMPLING"),
        (["POLICY"], "dict"),
    ],
)
def test_a_wrong_setting_is_improperly_configured(
    record: Make, setting: Any, part: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sensitive, formatter = SensitiveDataFilter(), JSONFormatter()
    context, sampling = CorrelationFilter(), SamplingFilter()
    with override_settings(SCRUBLINE=setting):
        for make in (
            SensitiveDataFilter,
            CorrelationFilter,
            RateLimitFilter,
            SamplingFilter,
            JSONFormatter,
            redactor,
        ):
            with pytest.raises(ImproperlyConfigured) as caught:
                make()
            assert part in str(caught.value) and "hunter2" not in str(caught.value)

        # Made before the setting was there: fails closed, and says so once.
        own = record("mail %s", EMAIL, password=SECRET, name=EMAIL)
        line = json.loads(formatter.format(own))
        assert line["message"] == line["password"] == "[REDACTED:error]"
        assert own.args == (EMAIL,)
        for each in (context, sensitive, sampling):
            assert each.filter(own) is True
        assert own.getMessage() == own.password == "[REDACTED:error]"
        assert own.name == MASKED_EMAIL
        events = logging.getLogger("business.orders")
        handler = logging.handlers.MemoryHandler(9)
        handler.addFilter(sensitive)
        events.addHandler(handler)
        events.setLevel(logging.INFO)
        try:
            log_business_event("orders", "order", mail=EMAIL)
            (event,) = handler.buffer
        finally:
            events.removeHandler(handler)
        assert event.getMessage() == "[REDACTED:error]" and EMAIL not in str(
            vars(event)
        )
        told = capsys.readouterr().err.splitlines()
        assert len(told) == 1 and part in told[0] and "hunter2" not in told[0]
    assert sensitive.filter(own := record("mail %s", EMAIL))
    assert own.getMessage() == f"mail {MASKED_EMAIL}"


def test_context_fields_by_setting(record: Make) -> None:
    made = record("m", tenant=7, plan="gold", role="teacher")
    formatter, own = JSONFormatter(), JSONFormatter(context_fields=["plan"])

    def order(formatter: logging.Formatter) -> list[str]:
        return [name for name in json.loads(formatter.format(made)) if name in ("tenant", "plan", "role", "module")]  # fmt: skip

    before = ["role", "module", "plan", "tenant"]
    assert order(formatter) == before
    with override_settings(SCRUBLINE={"CONTEXT_FIELDS": ["tenant", "plan"]}):
        assert order(formatter) == ["tenant", "plan", "module", "role"]
        assert order(own) == ["plan", "module", "role", "tenant"]
    assert order(formatter) == before
    # "status" is the level of Datadog, and "tenant" has its place in both.
    with override_settings(SCRUBLINE={"CONTEXT_FIELDS": ["status", "tenant"]}):
        assert order(formatter) == ["tenant", "module", "plan", "role"]
        line = json.loads(DatadogFormatter().format(record("m", tenant=7, status="x")))
        assert line["status"] == "info" and line["tenant"] == 7
    correlation = CorrelationFilter(context_fields=[])
    correlation.filter(bare := record("m"))
    assert not hasattr(bare, "school_id")


def test_logging_calls_by_setting() -> None:
    logger = logging.getLogger("calls.by.setting")
    logger.setLevel(logging.INFO)
    logger.info("User {user_id}", user_id=1)
    with override_settings(SCRUBLINE={"LOGGING_CALLS": False}):
        with pytest.raises(TypeError):
            logger.info("User {user_id}", user_id=1)
        LoggingCalls()
        with pytest.raises(TypeError):
            logger.info("User {user_id}", user_id=1)
    logger.info("User {user_id}", user_id=1)


def test_sampling_by_setting(record: Make) -> None:
    sampling = SamplingFilter()
    own = SamplingFilter({"page_view": {"rate": 1}})

    def passes(sampling: SamplingFilter) -> bool:
        return sampling.filter(record("seen", event_type="page_view"))

    assert passes(sampling)
    with override_settings(SCRUBLINE={"SAMPLING": {"page_*": {"rate": 0}}}):
        assert not passes(sampling) and passes(own)
    assert passes(sampling)


def test_an_event_is_sampled_once_for_all_its_loggers() -> None:
    seen: dict[str, list[str]] = {"business.pages": [], "shop.pages": []}

    class Kept(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            seen[record.name].append(record.getMessage())

    routes = {"page_*": {"area": "pages", "also": ["shop.pages"]}}
    sampling = {"page_*": {"rate": 0.5, "at_least_seconds": 3600}}
    loggers = [logging.getLogger(name) for name in seen]
    for logger in loggers:
        handler = Kept()
        handler.addFilter(SamplingFilter())
        logger.addHandler(handler)
        logger.setLevel(logging.INFO)
    try:
        with override_settings(SCRUBLINE={"ROUTES": routes, "SAMPLING": sampling}):
            for n in range(200):
                log_business_event("page_view", f"view {n}")
    finally:
        for logger in loggers:
            logger.handlers.clear()
    first, second = seen.values()
    assert first == second and 0 < len(first) < 200


def test_a_rate_limit_by_setting(record: Make) -> None:
    limit = RateLimitFilter(rate_limit_seconds=60)
    made = [record("again") for _ in range(2)]
    assert [limit.filter(each) for each in made] == [True, False]


class Kit(ScrublineMixin, SimpleTestCase):
    """Run below, by name."""

    filters: tuple[logging.Filter, ...] = ()

    def log(self) -> None:
        # Out of the tree, where pytest hangs no handlers.
        logger = logging.Logger("kit.django")
        handler = logging.StreamHandler(io.StringIO())
        for each in self.filters:
            handler.addFilter(each)
        logger.addHandler(handler)
        logger.warning("for %s", self.canaries["email"])
        self.assertEqual(self.captured_events[0]["message"], "for [REDACTED]")


def test_the_kit_with_a_test_case_of_django() -> None:
    masked = {"POLICY": {"detectors": {"contact.email": "mask"}}}
    with override_settings(SCRUBLINE=masked):
        outcomes = []
        for filters in ((SensitiveDataFilter(),), ()):
            case, result = Kit("log"), unittest.TestResult()
            case.filters = filters
            case(result)
            outcomes.append([text for _, text in result.failures + result.errors])
    assert outcomes[0] == []
    assert "email leaked to <StreamHandler" in outcomes[1][0]


def test_a_redactor_of_its_own_wins(record: Make) -> None:
    own = Redactor({"detectors": {"contact.email": "off"}})
    made = record(EMAIL)
    SensitiveDataFilter(redactor=own).filter(made)
    assert made.getMessage() == EMAIL
    with pytest.raises(ScrublineError):
        SensitiveDataFilter(policy={"nonsense": 1})


def fresh(code: str, **files: str) -> subprocess.CompletedProcess[str]:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        for name, text in files.items():
            with open(f"{folder}/{name}.py", "w") as file:
                file.write(textwrap.dedent(text))
        return subprocess.run(
            [sys.executable, "-c", textwrap.dedent(code)],
            cwd=folder,
            capture_output=True,
            text=True,
            timeout=60,
        )


LOGGING = """
    import logging
    from scrubline.django import SensitiveDataFilter, JSONFormatter
    early = SensitiveDataFilter()
    record = logging.makeLogRecord({"msg": "while loading ana@example.pt"})
    early.filter(record)
    assert record.msg == "while loading ***@example.pt"
    LOGGING = {
        "version": 1,
        "filters": {"sensitive_data": {"()": "scrubline.django.SensitiveDataFilter"}},
        "formatters": {"json": {"()": "scrubline.django.JSONFormatter"}},
        "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["sensitive_data"], "formatter": "json"}},
        "root": {"handlers": ["console"], "level": "INFO"},
    }
"""


def test_inside_a_settings_module() -> None:
    done = fresh(
        """
        import os, django, logging
        os.environ["DJANGO_SETTINGS_MODULE"] = "mysettings"
        django.setup()
        logging.getLogger("x").info("mail ana@example.pt")
        from mysettings import early
        record = logging.makeLogRecord({"msg": "mail ana@example.pt"})
        early.filter(record)
        print(record.msg)
        """,
        mysettings=textwrap.dedent(LOGGING)
        + 'SCRUBLINE = {"POLICY": {"detectors": {"contact.email": "mask"}}}\nINSTALLED_APPS = ["scrubline.django"]\nUSE_TZ = True\n',
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout == "mail [REDACTED]\n"
    assert '"message":"mail [REDACTED]"' in done.stderr


@pytest.mark.parametrize(
    ("logging", "apps"),
    [(LOGGING, []), (LOGGING, ["scrubline.django"]), ("", ["scrubline.django"])],
)
def test_a_wrong_setting_stops_the_start(logging: str, apps: list[str]) -> None:
    settings_module = (
        textwrap.dedent(logging)
        + f'SCRUBLINE = {{"POLICY": {{"preset": "mild"}}}}\nINSTALLED_APPS = {apps}\nUSE_TZ = True\n'
    )
    done = fresh(
        'import os, django\nos.environ["DJANGO_SETTINGS_MODULE"] = "mysettings"\ndjango.setup()',
        mysettings=settings_module,
    )
    assert done.returncode == 1
    wrong = "ImproperlyConfigured: SCRUBLINE: policy.invalid_value at preset: "
    assert wrong in done.stderr
    # Where the app is installed, that is what `setup` raises, and not the `ValueError` of `dictConfig`.
    last = done.stderr.splitlines()[-1]
    assert last.startswith("django.core.exceptions." + wrong) is bool(apps)


def test_the_schema_of_the_setting() -> None:
    schema = settings_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid({"POLICY": {"preset": "gdpr"}, "SLOW_MS": 500})
    for wrong in ({"POLICY": {"preset": "mild"}}, {"POLICIES": {}}, {"SLOW_MS": 0}):
        assert not validator.is_valid(wrong)


def test_logging_calls_in_a_project() -> None:
    settings_module = (
        textwrap.dedent(LOGGING)
        + 'LOGGING["disable_existing_loggers"] = False\n'
        + 'INSTALLED_APPS = ["scrubline.django"]\nUSE_TZ = True\n'
    )
    done = fresh(
        """
        import logging, os, django
        before = logging.getLogger("shop")
        os.environ["DJANGO_SETTINGS_MODULE"] = "mysettings"
        django.setup()
        for logger in before, logging.getLogger("shop.after"):
            logger.warning("User {user} with %s", lambda: "ana@example.pt", user=7)
        """,
        mysettings=settings_module,
    )
    assert done.stderr.count('"message":"User 7 with ***@example.pt"') == 2


def test_without_settings() -> None:
    done = fresh(
        """
        import logging, sys
        from scrubline.django import SensitiveDataFilter
        assert "django" not in sys.modules, "importing must not import Django"
        record = logging.makeLogRecord({"msg": "mail ana@example.pt"})
        SensitiveDataFilter().filter(record)
        print(record.msg)
        """
    )
    assert (done.stdout, done.returncode) == ("mail ***@example.pt\n", 0), done.stderr


@pytest.mark.parametrize("readme", ["README.md", "python/README.md"])
def test_the_settings_of_the_readme(readme: str) -> None:
    text = (Path(__file__).parents[2] / readme).read_text()
    (settings_module,) = re.findall(
        r"```python\n(INSTALLED_APPS.*?)```", text, re.DOTALL
    )
    done = fresh(
        f"""
        import logging, os, django
        os.environ["DJANGO_SETTINGS_MODULE"] = "mysettings"
        django.setup()
        from django.core import checks
        assert "scrubline.W001" not in [each.id for each in checks.run_checks()]
        for name in ("django.request", "django.server", "shop"):
            logging.getLogger(name).warning("Not Found: /%s/", "{EMAIL}")
        """,
        mysettings='SECRET_KEY = "q8-of-a-test-Zr7pLw"\nDEBUG = USE_TZ = True\n'
        f"INSTALLED_APPS, MIDDLEWARE = [], []\n{settings_module}",
    )
    assert done.returncode == 0, done.stderr
    assert [json.loads(line)["message"] for line in done.stderr.splitlines()] == [
        f"Not Found: /{MASKED_EMAIL}/"
    ] * 3


def test_the_page_of_the_setting_has_every_key_and_class() -> None:
    text = (Path(__file__).parents[1] / "docs" / "settings.md").read_text("utf-8")
    rows = dict(re.findall(r"^\| `([A-Z_]+)` \| (.*?) \|", text, re.M))
    assert rows.pop("POLICY") == "the policy `default`"
    assert rows == {
        name: f"`{option.default!r}`"
        for name, option in scrubline.django._settings.OPTIONS.items()
        if name != "POLICY"
    }
    named = set(re.findall(r"\w+(?:Filter|Formatter|Calls|Middleware)\b", text))
    assert named == {
        name
        for name in scrubline.django.__all__
        if name.endswith(("Filter", "Formatter", "Calls", "Middleware"))
        and "Reporter" not in name
    }
    routes = re.search(r"`ROUTES`.*", text)
    assert routes is not None
    for example in re.findall(r"`(\{\".*?\}+)`", routes[0]):
        with override_settings(SCRUBLINE={"ROUTES": ast.literal_eval(example)}):
            scrubline.django._settings.events()
