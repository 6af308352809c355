"""The SQL of SQLite."""

from phananh.stores.sql.dialects.sqlite.dialect import SqliteDialect

__all__ = ["SqliteDialect"]
