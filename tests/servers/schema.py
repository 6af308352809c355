"""A schema of its own for each test, on the server that the run shares: it costs milliseconds."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

import attrs
import psycopg
from psycopg.conninfo import make_conninfo
from psycopg.sql import SQL, Identifier


@attrs.frozen(kw_only=True)
class PostgresSchema:
    """An empty schema: `PostgresStore(schema.dsn, schema=schema.name)`.

    `dsn` is the URL of the server. `dsn_inside` makes the schema the connection's own, for
    whatever takes no name of a schema.
    """

    dsn: str = attrs.field(repr=False)
    name: str

    @property
    def dsn_inside(self) -> str:
        """Return the URL of the server with the schema as the search path."""
        return f"{self.dsn}{'&' if '?' in self.dsn else '?'}options=-csearch_path%3D{self.name}"

    def connect(self, **options: Any) -> psycopg.Connection[Any]:
        """Return a new connection inside the schema; close it yourself."""
        return psycopg.connect(
            make_conninfo(self.dsn, options=f"-csearch_path={self.name}"), **options
        )


@contextmanager
def new_schema(dsn: str) -> Iterator[PostgresSchema]:
    """Lend an empty schema, which is dropped afterwards with all that is in it.

    If a test leaves a transaction open, dropping fails after ten seconds and says so.
    """
    name = f"test_{uuid4().hex[:12]}"
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute(SQL("create schema {}").format(Identifier(name)))
        yield PostgresSchema(dsn=dsn, name=name)
        connection.execute("set lock_timeout = '10s'")
        connection.execute("set client_min_messages = warning")
        connection.execute(SQL("drop schema {} cascade").format(Identifier(name)))
