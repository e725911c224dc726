"""Copies and pickles: what carries a configuration goes to other processes, what carries secrets does not."""

from __future__ import annotations

import copy
import logging
import pickle
from collections.abc import Callable
from typing import Any

import pytest
from conftest import EMAIL, MASKED_EMAIL
from scrubline import Formatter, Policy, Redactor, django
from scrubline import logging as plain

Make = Callable[..., logging.LogRecord]

COPIES = [
    pytest.param(copy.copy, id="copy"),
    pytest.param(copy.deepcopy, id="deepcopy"),
    pytest.param(lambda one: pickle.loads(pickle.dumps(one)), id="pickle"),
]
MASKING = {"detectors": {"contact.email": "mask"}}
KEY = "k" * 40
FORMATTERS = [
    getattr(module, name)
    for module in (plain, django)
    for name in plain.__all__
    if name.endswith("Formatter")
]


@pytest.mark.parametrize("again", COPIES)
@pytest.mark.parametrize("given", [MASKING, Policy(MASKING)])
@pytest.mark.parametrize("cls", FORMATTERS)
def test_formatters(record: Make, cls: Any, given: Any, again: Any) -> None:
    formatter = again(cls(policy=given, context_fields=["tenant"]))
    assert type(formatter) is cls
    line = formatter.format(record("mail %s", EMAIL, tenant="blue"))
    assert "[REDACTED]" in line and EMAIL not in line
    default = again(cls())
    assert MASKED_EMAIL in default.format(record("mail %s", EMAIL))


@pytest.mark.parametrize("again", COPIES)
@pytest.mark.parametrize("module", [plain, django])
def test_filters(record: Make, module: Any, again: Any) -> None:
    made = record("mail %s", EMAIL)
    assert again(module.SensitiveDataFilter(policy=MASKING)).filter(made)
    assert made.getMessage() == "mail [REDACTED]"
    made = record("m")
    assert again(module.CorrelationFilter(context_fields=["tenant"])).filter(made)
    assert vars(made)["tenant"] is None
    limit = module.RateLimitFilter(60)
    assert limit.filter(record("again")) and not limit.filter(record("again"))
    fresh = again(limit)
    assert fresh.filter(record("again")) and not fresh.filter(record("again"))
    sampling = again(module.SamplingFilter({"page_view": {"rate": 0}}))
    assert not sampling.filter(record("m", event_type="page_view"))


class Own(plain.SensitiveDataFilter):
    def __init__(self, tenant: str) -> None:
        super().__init__(policy=MASKING)
        self.tenant = tenant


@pytest.mark.parametrize("again", COPIES)
def test_subclasses_keep_what_they_have(record: Make, again: Any) -> None:
    made = record("mail %s", EMAIL)
    own = again(Own("blue"))
    assert own.tenant == "blue" and own.filter(made)
    assert made.getMessage() == "mail [REDACTED]"


@pytest.mark.parametrize(
    "secrets",
    [
        {"key": KEY, "policy": {"detectors": {"contact.email": "pseudonym"}}},
        {"known_values": ["blue-horse-battery"]},
        {"redactor": Redactor(known_values=["blue-horse-battery"])},
    ],
)
@pytest.mark.parametrize(
    "cls", [plain.SensitiveDataFilter, plain.JSONFormatter, plain.RateLimitFilter]
)
def test_secrets_stay_in_their_process(cls: Any, secrets: dict[str, Any]) -> None:
    made = cls(**secrets)
    with pytest.raises(TypeError, match="does not pickle: it holds keys"):
        pickle.dumps(made)
    assert copy.deepcopy(made)._given is made._given
    assert KEY not in repr(vars(made)) and "blue-horse" not in repr(vars(made))


@pytest.mark.parametrize("again", COPIES)
def test_findings_are_data(redactor: Redactor, again: Any) -> None:
    found = redactor.findings(EMAIL)
    assert again(found) == found


def test_a_formatter_of_dicts_is_shared_by_copies() -> None:
    formatter = Formatter()
    assert copy.copy(formatter) is copy.deepcopy(formatter) is formatter
    with pytest.raises(TypeError, match="pickle"):
        pickle.dumps(formatter)
