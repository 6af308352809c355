"""Databases of Django for tests, in this process: its settings are made once, aliases at will."""

from itertools import count
from typing import Any

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connections

_NUMBERS = count()

if not settings.configured:
    settings.configure(
        DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
        INSTALLED_APPS=["phananh.stores.django"],
        USE_TZ=True,
    )
    django.setup()


def add_database(**given: Any) -> str:
    """Add a database to DATABASES, as its settings say; return its alias."""
    alias = f"db{next(_NUMBERS)}"
    filled = connections.configure_settings(
        {"default": {**connections.settings["default"], **given}}
    )
    connections.settings[alias] = filled["default"]
    return alias


def add_sqlite(path: Any, **options: Any) -> str:
    """Add a file of SQLite, whose transactions begin immediately unless `options` say otherwise."""
    usual = {"transaction_mode": "IMMEDIATE", "init_command": "pragma synchronous = off"}
    return add_database(
        ENGINE="django.db.backends.sqlite3", NAME=str(path), OPTIONS={**usual, **options}
    )


def migrate(alias: str) -> None:
    """Run the migrations on a database, as `manage.py migrate` does."""
    call_command("migrate", database=alias, verbosity=0)
