"""The errors of SQLAlchemy and the driver below it, as those of a store.

Statements and their values are left out: they hold personal data.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import exc
from sqlalchemy.exc import DBAPIError, InvalidRequestError, SQLAlchemyError

from phananh.errors import StoreError
from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.dialects.refusals import tell
from phananh.stores.sql.errors import driver_error
from phananh.stores.sql.replication import NotReplicatedError
from phananh.stores.sql.session import LostRaceError
from phananh.stores.sql.store import Doing


@contextmanager
def translate_errors(
    dialect: Dialect, where: str, doing: Callable[[], Doing], *driver: type[Exception]
) -> Iterator[None]:
    """Raise errors from inside as those of a store, with the driver's own error as the cause.

    `driver` is the class of the driver's errors, where SQLAlchemy may let one pass: it sets up
    a connection that it lends without wrapping what that raises.
    """
    start = time.monotonic()
    known: tuple[type[Exception], ...]
    known = (SQLAlchemyError, UnicodeError, OverflowError, NotReplicatedError, *driver)
    try:
        yield
    except known as error:
        cause = getattr(error, "orig", None) or error
        if is_lost_race(error, dialect):
            raise LostRaceError from cause
        waited = round(time.monotonic() - start, 1)
        raise _translate(error, dialect, where, waited, **doing()) from cause


@contextmanager
def refuse_lost_read(dialect: Dialect, where: str, doing: str) -> Iterator[None]:
    """Raise StoreError if the server gave up a read: there was no race to win.

    It does so under SERIALIZABLE, and on a replica.
    """
    try:
        yield
    except LostRaceError as lost:
        cause = lost.__cause__ or lost
        raise driver_error(cause, dialect, where, doing=doing) from cause


def is_lost_race(error: BaseException, dialect: Dialect) -> bool:
    """Return whether the driver says that another was first."""
    found = error.orig if isinstance(error, DBAPIError) else None
    return found is not None and dialect.is_lost_race(found)


def _translate(
    error: Exception, dialect: Dialect, where: str, seconds: float, **doing: Any
) -> StoreError:
    if isinstance(error, NotReplicatedError):
        return StoreError(where=where, code="not_replicated", **doing)
    if isinstance(error, exc.TimeoutError):
        return StoreError(where=where, code="pool_timeout", seconds=f"{seconds:g}", **doing)
    if isinstance(error, DBAPIError) and error.orig is not None:
        if error.connection_invalidated and dialect.explain(error.orig) is None:
            return StoreError(
                where=where, code="server_gone", cause=tell(error.orig) or "-", **doing
            )
        return driver_error(error.orig, dialect, where, seconds=seconds, **doing)
    if isinstance(error, SQLAlchemyError):
        words = str(error) if isinstance(error, InvalidRequestError) else type(error).__name__
        return StoreError(where=where, problem=words, **doing)
    return driver_error(error, dialect, where, **doing)
