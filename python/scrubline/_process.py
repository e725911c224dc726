"""The redactor of this process, for hooks and integrations that no settings module makes."""

from __future__ import annotations

import sys

from scrubline import _logging
from scrubline._native import _ERROR, Redactor
from scrubline.logging import _default


class Process(_logging.Filter):
    """A filter with the redactor given, else that of Django's settings where they are in use, else one of the default policy."""

    given: Redactor | None = None

    def give(self, redactor: Redactor | None) -> None:
        """Takes a redactor in place of the one that is there; `None` goes back to that of the settings or the defaults."""
        self.given = redactor
        self._use(redactor)

    def _resolve(self) -> Redactor:
        if self.given is not None:
            # Settings that changed made this forget it.
            self._use(self.given)
            return self.given
        # Asked each time: a server may set up its log before the application is loaded.
        if "django.conf" in sys.modules:
            from scrubline.django import _settings

            found, is_final = _settings.resolve_for_records()
            if is_final:
                _settings.remember(self)
                self._use(found)
            return found
        return _default()


process = Process()


def redactor() -> Redactor:
    """The redactor of this process; one that shows nothing where the settings are wrong."""
    return process._redactor()


class Shown:
    """Stands for an object where the host shows its `repr`: that is a text of ours."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return self._text


def redacted_text(text: str) -> str:
    """A text, redacted; the marker of errors where that failed."""
    try:
        return str(redactor().redact(text))
    except Exception:
        return _ERROR
