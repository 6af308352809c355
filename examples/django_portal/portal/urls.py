"""The addresses of the portal: pages, the sign-in, and JSON."""

from django.contrib.auth.views import LoginView, LogoutView
from django.urls import path
from hotline import api, pages

urlpatterns = [
    path("", pages.calls, name="calls"),
    path("new", pages.new_call, name="new_call"),
    path("case/<str:case>", pages.case_page, name="case"),
    path("case/<str:case>/<str:trigger>", pages.act, name="act"),
    path("sign-in", LoginView.as_view(template_name="sign_in.html"), name="sign_in"),
    path("sign-out", LogoutView.as_view(), name="sign_out"),
    path("cases", api.cases),
    path("cases/<str:case>/answer", api.answer),
]
