"""Keeps sensitive data out of logs.

>>> from scrubline import Redactor
>>> Redactor().redact("User ana@example.pt password: hunter2")
'User ***@example.pt password: [REDACTED]'

`scrubline.logging` has the filter and formatters for the standard library's logging, `scrubline.django` the same for Django;
`scrubline.install()` closes the paths around filters, and `scrubline.integrations` has what other libraries take.
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

# As type checkers know it, without importing `typing`.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from scrubline._install import Installation, install

__all__ = [
    "Candidate",
    "Finding",
    "Formatter",
    "Installation",
    "Policy",
    "Redactor",
    "ScrublineError",
    "Stream",
    "__version__",
    "install",
]


if not TYPE_CHECKING:

    def __getattr__(name):
        # It needs `logging` and more, which who only redacts text does not.
        if name in ("Installation", "install"):
            from scrubline import _install

            return getattr(_install, name)
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
