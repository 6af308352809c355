"""The addresses of the portal."""

from django.urls import path
from hotline import views

urlpatterns = [
    path("cases", views.cases),
    path("cases/<str:case>/answer", views.answer),
    path("counts", views.counts),
]
