"""Databases of Django for tests, in this process: its settings are made once, aliases at will."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from typing import Any
from urllib.parse import urlsplit

import django
import pymysql
from django.conf import settings
from django.core.management import call_command
from django.db import connections
from psycopg.conninfo import conninfo_to_dict

from phananh import Desk

_NUMBERS = count()
DESKS: list[Desk] = []


def find_desk() -> Desk:
    """Return the desk that a test put last, as the function that PHANANH_DESK names."""
    return DESKS[-1]


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


def add_postgres(dsn: str, schema: str, **options: Any) -> str:
    """Add a schema of a PostgreSQL server."""
    parts = conninfo_to_dict(dsn)
    return add_database(
        ENGINE="django.db.backends.postgresql",
        NAME=parts["dbname"],
        USER=parts["user"],
        PASSWORD=parts.get("password", ""),
        HOST=parts["host"],
        PORT=parts.get("port", ""),
        OPTIONS={
            "options": f"-csearch_path={schema}",
            "server_side_binding": True,
            **options,
        },
    )


def add_mariadb(url: str) -> str:
    """Add a database of a MariaDB server, over PyMySQL in the place of mysqlclient."""
    pymysql.install_as_MySQLdb()
    parts = urlsplit(url)
    return add_database(
        ENGINE="django.db.backends.mysql",
        NAME=parts.path.strip("/"),
        USER=parts.username,
        PASSWORD=parts.password,
        HOST=parts.hostname,
        PORT=parts.port,
        OPTIONS={"charset": "utf8mb4"},
    )


def close_all() -> None:
    """Close the connections of this thread, and the pools that threads share."""
    connections.close_all()
    for connection in connections.all(initialized_only=True):
        if getattr(connection, "pool", None) is not None:
            connection.close_pool()


@contextmanager
def cursor(alias: str) -> Iterator[Any]:
    """Lend a cursor, as the application would use it."""
    with connections[alias].cursor() as made:
        yield made


@contextmanager
def elsewhere(alias: str) -> Iterator[str]:
    """Lend another connection to the same database, under an alias of its own."""
    other = add_database(**connections.settings[alias])
    yield other
    connections[other].close()
