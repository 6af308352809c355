"""The public base of stores over SQL: the parts that all engines and drivers share.

Subclass `SqlStore` with the dialect of the engine, a way to read, and a way to run work in a
transaction. Statements, rows, lists, feed, consumers and migrations are here.
"""

from phananh.stores.sql.dialect import Dialect, LostRaceError, Session, driver_error
from phananh.stores.sql.schema import schema_sql
from phananh.stores.sql.store import SqlStore

__all__ = ["Dialect", "LostRaceError", "Session", "SqlStore", "driver_error", "schema_sql"]
