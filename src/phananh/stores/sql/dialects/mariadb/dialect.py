"""MariaDB: a counter that is held until the commit puts the feed in the order of commits.

A writer takes the next positions before it inserts a row. The next one waits until these are
committed or undone: so no position is missing, and none appears behind another.
"""

import math
from collections.abc import Sequence
from typing import Any, ClassVar

import attrs

from phananh.stores.sql.dialect import Dialect, Meaning
from phananh.stores.sql.dialects.mariadb import tables
from phananh.stores.sql.dialects.refusals import LASTING, tell
from phananh.stores.sql.migrations import Migration
from phananh.stores.sql.session import Session
from phananh.stores.sql.statements import Statements

_LOST_RACES = (1062, 1213, 1020)  # a key that is there, a deadlock, a row changed since it was read
_CODES = {
    1021: "disk_full",
    1114: "disk_full",
    1205: "busy",
    1290: "server_read_only",
    1792: "server_read_only",
    1836: "server_read_only",
    1040: "too_many_connections",
    1203: "too_many_connections",
    1226: "too_many_connections",
    1044: "rights_missing",
    1142: "rights_missing",
    1143: "rights_missing",
    1045: "login_refused",
    1698: "login_refused",
    1049: "database_missing",
    1273: "not_mariadb",  # a collation that MySQL does not have
}
_GONE = (0, 1053, 1927, 2002, 2003, 2005, 2006, 2013, 2014, 2055, 4031)
_CONNECTION_ERRORS = ("OperationalError", "InterfaceError")
# What may wait for another transaction; inserts do not, as the counter is taken before.
_WAITING = (
    "update_row", "erase", "lock_case", "update_erasure", "insert_consumer", "update_consumer",
)  # fmt: skip


class MariadbDialect(Dialect):
    """The SQL of MariaDB 10.6 and later."""

    name: ClassVar[str] = "mariadb"
    migrations: ClassVar[tuple[Migration, ...]] = tables.MIGRATIONS
    statements: ClassVar[Statements] = tables.STATEMENTS
    last_position: ClassVar[str] = tables.LAST_POSITION
    scan: ClassVar[str] = tables.SCAN
    has_tables: ClassVar[str] = tables.HAS_TABLES
    size: ClassVar[str | None] = tables.SIZE
    lock_schema: ClassVar[str | None] = tables.LOCK_SCHEMA
    unlock_schema: ClassVar[str | None] = tables.UNLOCK_SCHEMA
    begin: ClassVar[tuple[str, ...]] = tables.BEGIN

    def __init__(self, *, mark: str = "%s", timeout: float = 5.0) -> None:
        """Take the driver's mark of a value, and how many seconds a lock is waited for."""
        super().__init__(mark=mark)
        seconds = max(1, math.ceil(timeout))
        # Said with the statement, the limit does not stay with the connection.
        self._limit = f"set statement innodb_lock_wait_timeout = {seconds} for "
        limited = {name: self._limit + getattr(self.sql, name) for name in _WAITING}
        self.sql = attrs.evolve(self.sql, **limited)

    def hint(self, index: str) -> str:
        """Name the index, as the planner would rather sort."""
        return f" force index ({index})"

    def number_events(self, session: Session, events: Sequence[Any]) -> Sequence[Any]:
        """Take the next positions of the feed for the events."""
        session.execute(self._limit + self.say(tables.NEXT_POSITIONS), (len(events),))
        ((last,),) = session.execute(self.say(self.last_position), ()).fetchall()
        first = last - len(events) + 1
        return [(*event, n) for n, event in enumerate(events, first)]

    def is_lost_race(self, error: BaseException) -> bool:
        """Return whether another was first: a key, a deadlock or a changed row."""
        return _number(error) in _LOST_RACES

    def explain(self, error: BaseException) -> Meaning | None:
        """Return the code of an error of the server or the driver, by its number."""
        number = _number(error)
        if number in _GONE or (number is None and _is_of_connection(error)):
            return {"code": "server_gone", "cause": _tell(error)}
        known = _CODES.get(number or 0)
        if known is not None:
            return {"code": known, "cause": _tell(error) if known in LASTING else str(number)}
        return None if number is None else {"problem": f"MariaDB {number}"}


def _is_of_connection(error: BaseException) -> bool:
    """Return whether an error without a number is one of a lost connection, in any driver."""
    names = {kind.__name__ for kind in type(error).__mro__}
    return not names.isdisjoint(_CONNECTION_ERRORS)


def _tell(error: BaseException) -> str:
    """Return the driver's words on a connection or an account, its number first."""
    return tell(": ".join(str(each) for each in error.args)) or "-"


def _number(error: BaseException) -> int | None:
    """Return the number of a driver's error: PyMySQL and mysqlclient give it first."""
    number = getattr(error, "errno", None) or next(iter(error.args), None)
    return number if type(number) is int else None
