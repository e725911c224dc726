"""Schools and what a person is in them."""

from django.conf import settings
from django.db import models


class School(models.Model):
    """A school that uses the platform."""

    name = models.CharField(max_length=100)


class Membership(models.Model):
    """One person's role in one school."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE)
    school = models.ForeignKey(School, on_delete=models.CASCADE)
    role = models.CharField(max_length=20)
    phone = models.CharField(max_length=30, blank=True)
