"""The sample project with `scrubline.install()` alone: no filter and no formatter of scrubline in LOGGING."""

import scrubline

from config.settings_unredacted import *  # noqa: F403

scrubline.install()
