"""The redactor of `settings.SCRUBLINE`: made at first use, forgotten when the setting changes."""

from __future__ import annotations

import threading
import weakref
from collections.abc import Mapping
from typing import Any, Protocol

from scrubline._native import Redactor, ScrublineError

NAMES = ("POLICY", "KEY", "KNOWN_VALUES")

_lock = threading.RLock()
_users: weakref.WeakSet[Any] = weakref.WeakSet()
_redactors: dict[str, Redactor] = {}


class User(Protocol):
    """What keeps a redactor of its own."""

    def _use(self, redactor: Redactor | None) -> None: ...


def resolve() -> tuple[Redactor, bool]:
    """The redactor, and whether it is that of the settings rather than one for the time before they are configured.

    Raises `django.core.exceptions.ImproperlyConfigured`.
    """
    from django.conf import settings

    # Not `settings.SCRUBLINE` at once: asking would load a settings module that may be in the middle of loading.
    is_configured = settings.configured
    name = "settings" if is_configured else "default"
    with _lock:
        found = _redactors.get(name)
        if found is None:
            found = _redactors[name] = (
                build(getattr(settings, "SCRUBLINE", None))
                if is_configured
                else Redactor()
            )
    return found, is_configured


def build(setting: Any) -> Redactor:
    """A redactor of a `SCRUBLINE` setting.

    Raises `django.core.exceptions.ImproperlyConfigured`.
    """
    from django.core.exceptions import ImproperlyConfigured

    if setting is None:
        return Redactor()
    if not isinstance(setting, Mapping):
        raise ImproperlyConfigured("SCRUBLINE is a dict")
    for name in setting:
        if name not in NAMES:
            raise ImproperlyConfigured(
                f"SCRUBLINE[{name!r}] is not known; it takes {', '.join(NAMES)}"
            )
    try:
        return Redactor(
            setting.get("POLICY"),
            key=setting.get("KEY"),
            known_values=setting.get("KNOWN_VALUES") or (),
        )
    except ScrublineError as error:
        raise ImproperlyConfigured(f"SCRUBLINE: {error}") from error
    except TypeError:
        raise ImproperlyConfigured("SCRUBLINE: KEY is bytes or text") from None


def remember(user: User) -> None:
    """Notes who keeps the redactor, to be told when it changes."""
    with _lock:
        _users.add(user)


def forget(*, setting: str, **_: object) -> None:
    """Receiver of `setting_changed`."""
    if setting != "SCRUBLINE":
        return
    with _lock:
        _redactors.clear()
        users = list(_users)
        _users.clear()
    for user in users:
        user._use(None)
