"""For who writes "scrubline" in `INSTALLED_APPS`: the app is that of `scrubline.django`."""

from scrubline.django.apps import ScrublineConfig

__all__ = ["ScrublineConfig"]
