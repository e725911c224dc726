"""Django's reports of exceptions, which go by mail to the admins and, with DEBUG, to the browser."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.http import QueryDict
from django.views import debug

from scrubline import _exceptions
from scrubline._native import _ERROR
from scrubline._process import redacted_text, redactor

if TYPE_CHECKING:
    from scrubline._install import Patch


class _Redacting:
    """Redacts what Django's filter leaves."""

    def is_active(self, request: Any) -> bool:
        """With DEBUG as well: the report of a developer's server may be copied to a ticket."""
        return True

    def get_safe_settings(self) -> Any:
        return _values(super().get_safe_settings())  # type: ignore[misc]

    def get_safe_request_meta(self, request: Any) -> Any:
        return _values(super().get_safe_request_meta(request))  # type: ignore[misc]

    def get_safe_cookies(self, request: Any) -> Any:
        return _values(super().get_safe_cookies(request))  # type: ignore[misc]

    def get_post_parameters(self, request: Any) -> Any:
        return _values(super().get_post_parameters(request))  # type: ignore[misc]

    def get_traceback_frame_variables(self, request: Any, tb_frame: Any) -> Any:
        found = super().get_traceback_frame_variables(request, tb_frame)  # type: ignore[misc]
        return list(_values(dict(found)).items())


class ExceptionReporterFilter(_Redacting, debug.SafeExceptionReporterFilter):
    """Redacts settings, headers, cookies, POST parameters and the variables of every frame in Django's reports of exceptions.

    For `DEFAULT_EXCEPTION_REPORTER_FILTER`. The rest of a report (URL, GET parameters, source lines, the exception itself) is what
    `ExceptionReporter` or `scrubline.install()` redacts.
    """


class ExceptionReporter(debug.ExceptionReporter):
    """Redacts Django's reports of exceptions, all of them. For `DEFAULT_EXCEPTION_REPORTER`."""

    def get_traceback_data(self) -> dict[str, Any]:
        return _redacted(self, super().get_traceback_data)


def hook(patch: Patch) -> Callable[[Any], dict[str, Any]]:
    """`get_traceback_data` of Django's own class, and of what inherits it."""

    def get_traceback_data(reporter: Any) -> dict[str, Any]:
        def get() -> dict[str, Any]:
            return patch.original(reporter)  # type: ignore[no-any-return]

        return _redacted(reporter, get) if patch.is_active else get()

    return get_traceback_data


def mail_hook(patch: Patch) -> Callable[..., Any]:
    """`send_mail` of Django's `AdminEmailHandler`, for a class of reports that the project made: what it writes by itself was never seen
    by `hook`."""

    def send_mail(
        handler: Any, subject: str, message: str, *others: Any, **options: Any
    ) -> Any:
        known = (debug.ExceptionReporter, ExceptionReporter)
        if patch.is_active and handler.reporter_class not in known:
            message = redacted_text(message)
            if options.get("html_message") is not None:
                options["html_message"] = redacted_text(str(options["html_message"]))
        return patch.original(handler, subject, message, *others, **options)

    return send_mail


def _redacted(reporter: Any, get: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    try:
        reporter.filter = _guarding(reporter.filter)
        if reporter.exc_value is not None:
            _stand_in(reporter)
        if isinstance(reporter.template_info, dict):
            reporter.template_info = _values(reporter.template_info)
        data = get()
        for name in _TEXTS & data.keys():
            data[name] = None if data[name] is None else redacted_text(str(data[name]))
        if data.get("request") is not None:
            data["request"] = _Request(data["request"])
        for name in ("request_GET_items", "request_FILES_items"):
            if name in data:
                items = {key: str(value) for key, value in data[name]}
                data[name] = _values(items).items()
        for frame in data["frames"]:
            for name in ("pre_context", "post_context"):
                if name in frame:
                    frame[name] = [redacted_text(line) for line in frame[name]]
            if "vars" in frame:
                # By now text. Objects that were clean may show more of themselves in it.
                shown = _values(dict(frame["vars"]))
                frame["vars"] = [(key, str(value)) for key, value in shown.items()]
            if frame.get("context_line") is not None:
                frame["context_line"] = redacted_text(frame["context_line"])
        return data
    except Exception:
        kind = getattr(reporter.exc_type, "__name__", "Exception")
        return {
            "is_email": reporter.is_email,
            "exception_type": kind,
            "exception_value": _traceback(reporter),
            "frames": [],
        }


def _traceback(reporter: Any) -> str:
    """What is left of a report that could not be made: with settings or URLs that do not load, Django cannot make one either."""
    info = (reporter.exc_type, reporter.exc_value, reporter.tb)
    try:
        return _exceptions.redact_exc_info(info, redactor())[1] or _ERROR
    except Exception:
        return _ERROR


_TEXTS = frozenset(
    {
        "exception_notes",
        "exception_value",
        "raising_view_name",
        "request_insecure_uri",
        "unicode_hint",
        "user_str",
    }
)


def _guarding(filter: Any) -> Any:
    """The filter, with its answers redacted."""
    cls = type(filter)
    if issubclass(cls, _Redacting):
        return filter
    guarding = copy.copy(filter)
    guarding.__class__ = type(cls.__name__, (_Redacting, cls), {})
    return guarding


def _stand_in(reporter: Any) -> None:
    exc = reporter.exc_value
    if isinstance(exc, BaseException):
        reporter.exc_value = _exceptions.stand_in(exc, redactor())
    else:
        # Without an exception Django gives the message of the record.
        reporter.exc_value = redacted_text(str(exc))


def _values(values: Any) -> Any:
    if not isinstance(values, dict):
        return {}
    redacted = redactor().redact_value(values)
    if isinstance(redacted, dict):
        return redacted
    return QueryDict() if isinstance(values, QueryDict) else {}


class _Request:
    """A request for the report's template: what is read of it is redacted."""

    def __init__(self, request: Any) -> None:
        self._request = request

    def __getattr__(self, name: str) -> Any:
        return redactor().redact_value({name: getattr(self._request, name)}).get(name)
