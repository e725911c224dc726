"""Addresses under /api/scheduler/."""

from django.urls import path

from scheduler import views

urlpatterns = [
    path("sessions/", views.sessions),
    path("reminders/", views.reminders),
]
