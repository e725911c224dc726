"""The app of `INSTALLED_APPS`: refuses a wrong `SCRUBLINE` at start-up, and follows changes of it in tests."""

from __future__ import annotations

from django.apps import AppConfig
from django.core.signals import setting_changed

from scrubline.django import _settings


class ScrublineConfig(AppConfig):
    name = "scrubline.django"
    label = "scrubline"
    verbose_name = "scrubline"
    default = True

    def ready(self) -> None:
        setting_changed.connect(_settings.forget, dispatch_uid="scrubline.django")
        _settings.resolve()
        _settings.events()
        if metrics := _settings.options().metrics:
            from scrubline.integrations import prometheus

            room = {} if metrics is True else {"max_loggers": metrics}
            prometheus.install(redactor=lambda: _settings.resolve()[0], **room)
