"""The platform's own logging module, which is all scrubline's by now."""

from scrubline.django.logging_utils import *  # noqa: F403 - the old module's names, whatever they are
