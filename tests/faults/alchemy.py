"""A store over an engine of SQLAlchemy that it made itself, and an application over another."""

from typing import Any

import attrs
from sqlalchemy import Connection, Engine, create_engine

from phananh.stores.sqlalchemy import SqlalchemyStore
from tests.stores.sqlalchemy.engines import begin_immediate


class OwnEngineStore(SqlalchemyStore):
    """Disposes of its engine when it is closed."""

    def close(self) -> None:
        """Close the store, and every connection."""
        super().close()
        self.engine.dispose()


def open_alchemy(url: str, *, timeout: float = 60.0, **more: Any) -> OwnEngineStore:
    """Return a store on the database of a URL."""
    return OwnEngineStore(make_engine(url, timeout), timeout=timeout, **more)


def make_engine(url: str, timeout: float = 60.0) -> Engine:
    """Return an engine whose transactions begin when SQLAlchemy's do."""
    if not url.startswith("sqlite"):
        return create_engine(url, pool_pre_ping=True)
    return begin_immediate(create_engine(url, connect_args={"timeout": timeout}))


@attrs.frozen
class PlainConnection:
    """A connection of SQLAlchemy that takes `begin` and `commit` as statements."""

    connection: Connection

    @classmethod
    def open(cls, url: str) -> "PlainConnection":
        """Return a new connection, of an engine of its own."""
        return cls(make_engine(url).connect())

    def execute(self, statement: str) -> Any:
        """Run a statement."""
        if statement == "begin":
            return self.connection.begin()
        if statement == "commit":
            return self.connection.commit()
        return self.connection.exec_driver_sql(statement)

    def close(self) -> None:
        """Close the connection and its engine."""
        self.connection.close()
        self.connection.engine.dispose()
