"""Tests of what an application logs: its events as structures, and proof that no secret got out.

With pytest there is nothing to set up; with unittest and Django, `ScrublineMixin` goes in front of the test case.

    def test_payment(captured_events, assert_no_leaks):
        pay(card="4000 0566 5566 5556")
        assert captured_events[0]["event_type"] == "payment_initiated"
        assert_no_leaks(["4000 0566 5566 5556"])

    class PaymentTest(ScrublineMixin, django.test.TestCase):
        def test_payment(self):
            pay(card=self.canaries["card"])
            self.assertEqual(self.captured_events[0]["event_type"], "payment_initiated")

Every handler is looked at that a record reaches, behind its filters: in every attribute of the record, or in the line where the
handler has a formatter of scrubline. pytest's own handlers are among them, and that of `assertLogs`.
"""

from __future__ import annotations

from scrubline.testing._canaries import Canaries
from scrubline.testing._capture import Captured, Events, capture
from scrubline.testing._unittest import ScrublineMixin, ScrublineTestCase

__all__ = [
    "Canaries",
    "Captured",
    "Events",
    "ScrublineMixin",
    "ScrublineTestCase",
    "capture",
]
