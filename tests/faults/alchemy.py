"""A store over an engine of SQLAlchemy that it made itself, so that it can end it too."""

from typing import Any

from sqlalchemy import create_engine

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
    if not url.startswith("sqlite"):
        return OwnEngineStore(create_engine(url, pool_pre_ping=True), timeout=timeout, **more)
    engine = begin_immediate(create_engine(url, connect_args={"timeout": timeout}))
    return OwnEngineStore(engine, timeout=timeout, **more)
