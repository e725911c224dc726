"""Payments."""

from django.db import models


class Payment(models.Model):
    """One payment by a student, in euros."""

    student_id = models.IntegerField()
    school_id = models.IntegerField()
    amount = models.DecimalField(max_digits=8, decimal_places=2)
    intent_id = models.CharField(max_length=60)
