"""Histories in PostgreSQL: durable, and safe for many processes of many machines."""

from phananh.stores.postgres.store import PostgresStore

__all__ = ["PostgresStore"]
