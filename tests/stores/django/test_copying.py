"""A database of Django is moved and checked as any other."""

from pathlib import Path

from django.db import connections

from phananh.stores import SqliteStore
from phananh.stores.copying import copy_store
from phananh.stores.django import DjangoStore
from phananh.stores.sql.status import read_schema, read_status
from tests.servers.schema import PostgresSchema
from tests.stores.django import databases
from tests.stores.test_copying import check_same, fill


def move(tmp_path: Path, alias: str) -> None:
    """Move a file into a database of Django and back."""
    databases.migrate(alias)
    with SqliteStore(tmp_path / "office.db") as office, DjangoStore(alias) as store:
        fill(office)
        copied = copy_store(office, store)
        assert read_status(store).cases == copied.counts["case"]
        assert read_schema(store).is_usable
        assert [*store.find_damage()] == []
        with SqliteStore(tmp_path / "back.db") as back:
            assert copy_store(store, back) == copied
        check_same(office, store)
    connections[alias].close()


def test_file_moves_to_sqlite_of_django_and_back(tmp_path: Path) -> None:
    """Everything is the same in a file of Django's."""
    move(tmp_path, databases.add_sqlite(tmp_path / "django.db"))


def test_file_moves_to_postgresql_of_django_and_back(
    tmp_path: Path, postgres: PostgresSchema
) -> None:
    """Everything is the same in a schema of Django's on PostgreSQL."""
    move(tmp_path, databases.add_postgres(postgres.dsn, postgres.name))
