"""The peers from PyPI and the hand-written filter, each as its users set it up."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable
from pathlib import Path

import loggingredactor
import loggingredactor.common_pii_filters as pii
import scrubbers
import sentry_relay.processing as relay

Redact = Callable[[str], str]


def six_patterns() -> list[tuple[re.Pattern[str], str]]:
    """Return the patterns of six.json, compiled, with their replacements in Python's spelling."""
    listed = json.loads(
        Path(__file__).with_name("six.json").read_text(encoding="utf-8")
    )["patterns"]
    return [
        (
            re.compile(rule["pattern"], re.IGNORECASE if rule["ignore_case"] else 0),
            re.sub(r"\$(\d)", r"\\g<\1>", rule["replacement"]),
        )
        for rule in listed
    ]


def six() -> Redact:
    """Return the hand-written way: six substitutions, one after the other."""
    patterns = six_patterns()

    def redact(line: str) -> str:
        for pattern, replacement in patterns:
            line = pattern.sub(replacement, line)
        return line

    return redact


class SixFilter(logging.Filter):
    """The hand-written logging filter: renders the message, substitutes, drops the args; looks at no other field."""

    def __init__(self) -> None:
        super().__init__()
        self.redact = six()

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args = self.redact(record.getMessage()), ()
        return True


def logging_redactor() -> loggingredactor.RedactingFilter:
    """Return loggingredactor with its own e-mail pattern and key list, and the six patterns without the e-mail one."""
    patterns = [pii.EMAIL, *(pattern for pattern, _ in six_patterns()[1:])]
    return loggingredactor.RedactingFilter(
        mask_patterns=patterns, mask="[REDACTED]", mask_keys=pii.PII_KEYS
    )


def sentry() -> Redact:
    """Return Sentry Relay's engine over the message of an event, with its rules for text."""
    config = {
        "applications": {
            "$string": [
                "@email",
                "@creditcard",
                "@iban",
                "@password",
                "@pemkey",
                "@urlauth",
                "@bearer",
            ]
        }
    }
    relay.validate_pii_config(json.dumps(config))

    def redact(line: str) -> str:
        event = relay.pii_strip_event(config, {"logentry": {"formatted": line}})
        return event["logentry"]["formatted"]

    return redact


def by_line() -> dict[str, Redact]:
    """Return every peer that takes a line of text, by its name in the table."""
    return {
        "six regexes, one after the other": six(),
        "scrubbers 0.1.1": scrubbers.scrub_text,
        "loggingredactor 0.0.7": logging_redactor().redact,
        "sentry-relay 0.10.1": sentry(),
    }
