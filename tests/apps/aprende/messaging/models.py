"""Invitations."""

from django.db import models


class Invitation(models.Model):
    """A teacher invited by address."""

    email = models.EmailField()
    token = models.CharField(max_length=64)
