"""Captured events and canaries for unittest, and so for Django."""

from __future__ import annotations

import logging
import unittest
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from scrubline._events import handlers_of
from scrubline.testing._canaries import Canaries
from scrubline.testing._capture import Captured, Events, capture

if TYPE_CHECKING:
    _Case = unittest.TestCase
else:
    _Case = object


class ScrublineMixin(_Case):
    """Goes in front of a test case: `class PaymentTest(ScrublineMixin, TestCase)`."""

    _captured: Captured
    _canaries: Canaries | None = None

    def run(self, result: Any = None) -> Any:
        """Runs the test, as `unittest.TestCase.run` does, and captures what it logs."""
        with capture() as self._captured:
            return super().run(result)

    @property
    def captured_events(self) -> Events:
        """The events of this test until now, as JSON lines have them."""
        return self._captured.events

    @property
    def canaries(self) -> Canaries:
        """Made-up secrets to send through the application. When the test has ended, it fails where one leaked or nothing was logged."""
        if self._canaries is None:
            self._canaries = Canaries()
            self.addCleanup(self.assert_no_leaks, self._canaries)
        return self._canaries

    def assert_no_leaks(
        self, canaries: Mapping[str, str] | Iterable[str] | str
    ) -> None:
        """Fails where a canary reached a handler, and where no record reached any."""
        self._captured.assert_no_leaks(canaries)

    @contextmanager
    def assertLogs(self, *args: Any, **kwargs: Any) -> Iterator[Any]:  # type: ignore[override]
        """As that of unittest; the handlers of the logger stay, and see the records first: what they redact is redacted here."""
        logger = args[0] if args else kwargs.get("logger")
        if not isinstance(logger, logging.Logger):
            logger = logging.getLogger(logger)
        handlers = list(handlers_of(logger))
        with super().assertLogs(*args, **kwargs) as watcher:
            logger.handlers[:0] = handlers
            yield watcher


class ScrublineTestCase(ScrublineMixin, unittest.TestCase):
    """A `unittest.TestCase` with captured events and canaries."""
