"""The SQL of PostgreSQL."""

from phananh.stores.sql.dialects.postgres.dialect import PostgresDialect

__all__ = ["PostgresDialect"]
