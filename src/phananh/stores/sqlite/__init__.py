"""Histories in one SQLite file: durable, and safe for many processes of one machine."""

from phananh.stores.sqlite.store import SqliteStore

__all__ = ["SqliteStore"]
