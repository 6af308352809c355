"""The addresses: the page, its act, and the sign-in of Django."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path
from hotline import views

urlpatterns = [
    path("", views.show, name="home"),
    path("case/<str:key>", views.show, name="case"),
    path("sign-in", LoginView.as_view(template_name="sign_in.html"), name="sign_in"),
    path("sign-out", LogoutView.as_view(), name="sign_out"),
    path("case/<str:key>/<str:trigger>", views.act, name="act"),
    path("<str:trigger>", views.act, name="act"),
]
