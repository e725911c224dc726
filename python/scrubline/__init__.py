"""Keeps sensitive data out of logs.

>>> from scrubline import Redactor
>>> Redactor().redact("User ana@example.pt password: hunter2")
'User ***@example.pt password: [REDACTED]'

`scrubline.logging` has the filter and formatters for the standard library's logging, `scrubline.django` the same for Django.
"""

from scrubline._native import (
    Candidate,
    Finding,
    Formatter,
    Policy,
    Redactor,
    ScrublineError,
    Stream,
    __version__,
)

__all__ = [
    "Candidate",
    "Finding",
    "Formatter",
    "Policy",
    "Redactor",
    "ScrublineError",
    "Stream",
    "__version__",
]
