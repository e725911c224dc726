"""What filters, formatters and `install` refuse says what to write instead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from scrubline import Policy, Redactor, django, install
from scrubline import logging as plain

MASKING = {"detectors": {"contact.email": "mask"}}


@pytest.mark.parametrize(
    "make",
    [
        plain.SensitiveDataFilter,
        plain.CorrelationFilter,
        plain.JSONFormatter,
        django.JSONFormatter,
    ],
)
@pytest.mark.parametrize("given", [Redactor(), Policy(), MASKING])
def test_what_goes_by_name_is_refused_by_position(make: Any, given: Any) -> None:
    with pytest.raises(TypeError, match="go by name"):
        make(given)


@pytest.mark.parametrize(
    ("make", "advice"),
    [
        (lambda: plain.SensitiveDataFilter(redactor=MASKING), "Redactor(policy)"),  # type: ignore[arg-type]
        (lambda: install(MASKING), "Redactor(policy)"),  # type: ignore[arg-type]
        (lambda: plain.CorrelationFilter(context_fields="tenant"), "a list of names"),
        (lambda: plain.RateLimitFilter("60"), "a number above 0"),  # type: ignore[arg-type]
        (lambda: plain.RateLimitFilter(0), "a number above 0"),
        (lambda: plain.SamplingFilter(["page_view"]), "a dict"),  # type: ignore[arg-type]
    ],
)
def test_a_refusal_says_what_to_write(make: Callable[[], Any], advice: str) -> None:
    with pytest.raises((TypeError, ValueError)) as refused:
        make()
    assert advice in str(refused.value)
