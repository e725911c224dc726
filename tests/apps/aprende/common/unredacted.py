"""A formatter that hides nothing, for the control run of the tests."""

import logging

STANDARD = frozenset(vars(logging.makeLogRecord({})))


class EverythingFormatter(logging.Formatter):
    """The line of the standard library with every extra attribute behind it."""

    def format(self, record):
        extras = {
            key: value for key, value in vars(record).items() if key not in STANDARD
        }
        return f"{super().format(record)} {extras!r}"
