"""Addresses under /api/finances/."""

from django.urls import path

from finances import views

urlpatterns = [
    path("payments/", views.payments),
    path("webhooks/", views.webhooks),
    path("payouts/", views.payouts),
]
