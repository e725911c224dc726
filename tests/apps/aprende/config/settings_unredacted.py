"""The same project with nothing of scrubline: what the logs hold when nobody redacts.

The tests run it as the control: a canary that is not found here was never planted.
"""

from config.settings import *  # noqa: F403 - Django's way to derive settings
from config.settings import LOGGING

LOGGING["filters"]["sensitive_data"] = {"()": "logging.Filter"}
LOGGING["filters"]["correlation"] = {"()": "logging.Filter"}
for name in ("json", "development", "security"):
    LOGGING["formatters"][name] = {"()": "common.unredacted.EverythingFormatter"}
