"""Tutoring sessions."""

from django.db import models


class TutoringSession(models.Model):
    """One booked lesson."""

    teacher_id = models.IntegerField()
    student_id = models.IntegerField()
    start = models.DateTimeField()
    minutes = models.IntegerField()
