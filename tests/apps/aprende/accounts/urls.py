"""Addresses under /api/auth/."""

from django.urls import path

from accounts import views

urlpatterns = [
    path("register/", views.register),
    path("sign-in/", views.sign_in),
    path("verify/", views.verify),
    path("profile/", views.profile),
    path("reports/<int:school_id>/", views.school_report),
]
