"""Addresses of the sample project, one prefix for each app, and one for Prometheus."""

from django.urls import include, path

from scrubline.django import metrics

urlpatterns = [
    path("api/auth/", include("accounts.urls")),
    path("api/finances/", include("finances.urls")),
    path("api/scheduler/", include("scheduler.urls")),
    path("api/messaging/", include("messaging.urls")),
    path("metrics", metrics),
]
