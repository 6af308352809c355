"""Transactions of an application on the database of a store, as the application opens them."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import psycopg
from django.db import transaction

from phananh.stores import SqliteStore
from phananh.stores.base import Store
from phananh.stores.django import DjangoStore
from phananh.stores.postgres import PostgresStore
from phananh.stores.sqlalchemy import SqlalchemyStore


@contextmanager
def transact(store: Store) -> Iterator[Store]:
    """Lend a store in a transaction that commits at the end, and rolls back after an error."""
    if isinstance(store, SqliteStore):
        with closing(sqlite3.connect(store.path, isolation_level=None)) as connection:
            connection.execute("begin immediate")
            with SqliteStore.bound(connection) as bound:
                yield bound
            connection.execute("commit")
    elif isinstance(store, PostgresStore):
        schema = store.dialect._schema
        with (
            psycopg.connect(store._dsn) as connection,
            PostgresStore.bound(connection, schema=schema) as bound,
        ):
            yield bound
    elif isinstance(store, SqlalchemyStore):
        with store.engine.begin() as connection, SqlalchemyStore.bound(connection) as bound:
            yield bound
    else:
        assert isinstance(store, DjangoStore)
        with transaction.atomic(store.using):
            yield store
