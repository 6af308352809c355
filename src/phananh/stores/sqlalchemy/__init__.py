"""Histories in the database of an application, over its engine of SQLAlchemy."""

from phananh.stores.sqlalchemy.store import SqlalchemyStore

__all__ = ["SqlalchemyStore"]
