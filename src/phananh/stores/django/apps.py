"""The application of Django: its name in INSTALLED_APPS, and the label of its migrations."""

from django.apps import AppConfig


class PhananhConfig(AppConfig):  # type: ignore[misc]  # Django has no types
    """The application `phananh`."""

    name = "phananh.stores.django"
    label = "phananh"
    verbose_name = "Phản ánh, kiến nghị"
