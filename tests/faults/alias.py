"""A store over a database of Django, under an alias that this process makes for it."""

import json
from typing import Any

from django.db import connections

from phananh.stores.django import DjangoStore
from tests.stores.django import databases


class OwnAliasStore(DjangoStore):
    """Closes the connection of its thread when it is closed."""

    def __init__(self, alias: str) -> None:
        """Take an alias of its own."""
        super().__init__(alias)
        self._own = alias

    def close(self) -> None:
        """Close the store, and its connection."""
        super().close()
        connections[self._own].close()


def describe(**settings: Any) -> str:
    """Return the settings of a database as an address."""
    return json.dumps(settings)


def add_alias(address: str) -> str:
    """Add the database of an address to Django's settings."""
    given = json.loads(address)
    add = {"sqlite": databases.add_sqlite, "postgres": databases.add_postgres}
    return add[given.pop("kind")](**given)


def open_alias(address: str, **_: Any) -> OwnAliasStore:
    """Return a store on the database of these settings."""
    return OwnAliasStore(add_alias(address))


def make_tables(address: str) -> None:
    """Run the migrations of Django on a database."""
    alias = add_alias(address)
    databases.migrate(alias)
    connections[alias].close()
