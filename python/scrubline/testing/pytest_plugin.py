"""The fixtures that pytest finds by itself where scrubline is installed."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from typing import Any

import pytest

from scrubline.testing import Canaries, Captured, Events, capture


@pytest.fixture
def scrubline_captured() -> Iterator[Captured]:
    """What goes through `logging` during this test."""
    with capture() as captured:
        yield captured


@pytest.fixture
def captured_events(scrubline_captured: Captured) -> Events:
    """The events of this test until now, as JSON lines have them."""
    return scrubline_captured.events


@pytest.fixture
def assert_no_leaks(scrubline_captured: Captured) -> Callable[..., None]:
    """`assert_no_leaks(canaries)` fails where a canary reached a handler, and where no record reached any."""
    return scrubline_captured.assert_no_leaks


@pytest.fixture
def scrubline_canaries(scrubline_captured: Captured) -> Canaries:
    """Made-up secrets to send through the application. The test fails at its end where one leaked or nothing was logged."""
    return Canaries()


@pytest.hookimpl(wrapper=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> Generator[None, Any, Any]:
    result = yield
    given: dict[str, Any] = pyfuncitem.funcargs
    if "scrubline_canaries" in given:
        given["scrubline_captured"].assert_no_leaks(given["scrubline_canaries"])
    return result
