"""A store with an engine of its own, made of a URL of SQLAlchemy."""

from typing import Any

from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from phananh.errors import InputError
from phananh.stores.sqlalchemy.store import SqlalchemyStore

_PACKAGES = {"MySQLdb": "mysqlclient", "psycopg": "psycopg[binary]"}  # where the name is another


class OwnEngineStore(SqlalchemyStore):
    """A store with an engine of its own, so that closing the store closes it too."""

    def close(self) -> None:
        """Close the store and the connections of its engine."""
        super().close()
        self.engine.dispose()


def open_url(url: str, **options: Any) -> OwnEngineStore:
    """Open the store in the database of a URL of SQLAlchemy. `options` are the store's.

    Raises:
        InputError: no such URL, or its driver is not installed.
    """
    return OwnEngineStore(_make_engine(url), **options)


def _make_engine(url: str) -> Engine:
    try:
        return create_engine(url)
    except ModuleNotFoundError as error:
        name = error.name or "?"
        facts = {"package": _PACKAGES.get(name, name), "cause": str(error)}
        raise InputError(field="store", code="driver_missing", **facts) from error
    except (ArgumentError, NoSuchModuleError, ValueError, TypeError):
        # The words of these may repeat the URL, and a password in it.
        raise InputError(field="store", code="sqlalchemy_url") from None
