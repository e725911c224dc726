"""Addresses under /api/messaging/."""

from django.urls import path

from messaging import views

urlpatterns = [
    path("email/", views.email),
    path("invitations/", views.invitations),
    path("import/", views.import_contacts),
    path("preview/", views.preview),
]
