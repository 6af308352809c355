"""The store over Django's databases passes the whole contract."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections, transaction

from phananh.stores.base import Store
from phananh.stores.django import DjangoStore
from phananh.testing.conformance import StoreConformance
from tests.stores.django import databases


class TestDjangoOnSqlite(StoreConformance):
    """The whole suite on files of SQLite."""

    def make_store(self) -> Store:
        """Return a store in a file of its own, made by the migrations."""
        self._count = getattr(self, "_count", 0) + 1
        alias = databases.add_sqlite(self.folder / f"cases-{self._count}.db", timeout=30)
        databases.migrate(alias)
        return DjangoStore(alias)

    def connect(self, store: Store) -> Store:
        """Return a store with a connection of its own to the same file."""
        assert isinstance(store, DjangoStore)
        return DjangoStore(databases.add_database(**connections.settings[store.using]))

    def reopen(self, store: Store) -> Store:
        """Close the connection, and open another."""
        assert isinstance(store, DjangoStore)
        connections[store.using].close()
        return self.connect(store)

    @contextmanager
    def transaction(self, store: Store) -> Iterator[Store]:
        """Run in `atomic`: the store is the same."""
        assert isinstance(store, DjangoStore)
        with transaction.atomic(store.using):
            yield store

    def stored_bytes(self, store: Store) -> bytes:
        """Return the bytes of all files."""
        return b"".join(path.read_bytes() for path in sorted(self.folder.iterdir()))

    def teardown_method(self) -> None:
        """Close the connections of this thread."""
        connections.close_all()
        super().teardown_method()
