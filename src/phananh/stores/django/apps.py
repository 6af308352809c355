"""The application of Django: its name in INSTALLED_APPS, its language, and its system check."""

from typing import Any

from django.apps import AppConfig
from django.core.checks import Warning as CheckWarning, register
from django.db import connections, router
from django.utils.translation import get_language

from phananh.messages.catalogue import MESSAGES
from phananh.stores.django.store import name_database


class PhananhConfig(AppConfig):  # type: ignore[misc]  # Django has no types
    """The application `phananh`."""

    name = "phananh.stores.django"
    label = "phananh"
    verbose_name = "Phản ánh, kiến nghị"

    def ready(self) -> None:
        """Let `manage.py check` look at the settings."""
        register(find_client_binding)


def find_client_binding(**_options: Any) -> list[CheckWarning]:
    """Return a warning of each database whose server may log personal data with a statement."""
    message, lang = MESSAGES["values_in_statements"], active_language()
    return [
        CheckWarning(
            message.problem({"where": name_database(connection)}, lang),
            hint=message.way_out({}, lang),
            id="phananh.W001",
        )
        for connection in map(connections.__getitem__, connections)
        if connection.vendor == "postgresql"
        and not connection.settings_dict["OPTIONS"].get("server_side_binding")
        and router.allow_migrate(connection.alias, PhananhConfig.label)
    ]


def active_language() -> str:
    """Return `vi` if Django speaks Vietnamese now, else `en`."""
    return "vi" if str(get_language()).startswith("vi") else "en"


def say(code: str, **facts: Any) -> str:
    """Return the problem and the way out, in the language that is active."""
    return MESSAGES[code].text(facts, active_language())
