"""The app of `INSTALLED_APPS`: refuses a wrong `SCRUBLINE` at start-up, lets loggers take lambdas and keywords, follows changes of the
setting in tests, and brings the system checks.
"""

from __future__ import annotations

from django.apps import AppConfig
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed

from scrubline import _calls, _install
from scrubline.django import _settings


class ScrublineConfig(AppConfig):
    name = "scrubline.django"
    label = "scrubline"
    verbose_name = "scrubline"
    default = True

    def ready(self) -> None:
        setting_changed.connect(_settings.forget, dispatch_uid="scrubline.django")
        setting_changed.connect(_follow, dispatch_uid="scrubline.django.calls")
        _settings.resolve()
        _settings.events()
        _set_calls()
        if metrics := _settings.options().metrics:
            from scrubline.integrations import prometheus

            room = {} if metrics is True else {"max_loggers": metrics}
            prometheus.install(redactor=lambda: _settings.resolve()[0], **room)
        _install.complete()
        # Importing them registers them.
        from scrubline.django import checks  # noqa: F401


def _follow(*, setting: str, **_: object) -> None:
    if setting == "SCRUBLINE":
        try:
            _set_calls()
        except ImproperlyConfigured:
            # As it was, until who needs the setting raises the same.
            pass


def _set_calls() -> None:
    if _settings.options().logging_calls:
        _calls.install()
    else:
        _calls.uninstall()
