"""The application of Django: its name in INSTALLED_APPS, and the label of its migrations."""

from django.apps import AppConfig
from django.core.checks import register


class PhananhConfig(AppConfig):  # type: ignore[misc]  # Django has no types
    """The application `phananh`."""

    name = "phananh.stores.django"
    label = "phananh"
    verbose_name = "Phản ánh, kiến nghị"

    def ready(self) -> None:
        """Register the system checks."""
        from phananh.stores.django.checks import list_warnings

        register(list_warnings)
