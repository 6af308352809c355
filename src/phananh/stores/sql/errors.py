"""The errors of a driver as StoreErrors: by code, or in the driver's words without one.

A driver may repeat its connection string, so passwords are taken out.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from phananh.errors import StoreError
from phananh.stores.passwords import hide_passwords
from phananh.stores.sql.dialect import Dialect
from phananh.stores.sql.session import LostRaceError


def driver_error(
    error: BaseException, dialect: Dialect, where: str, *, seconds: float = 0, **doing: Any
) -> StoreError:
    """Return the StoreError for an error of the driver.

    Args:
        error: the driver's, not one that a library made of it.
        dialect: of the engine, which knows the codes.
        where: the file or server.
        seconds: how long was waited, at most.
        doing: the arguments of a StoreError that name the task.
    """
    meaning = dialect.explain(error)
    if meaning is None and isinstance(error, UnicodeError | OverflowError):
        meaning = {"problem": type(error).__name__}  # its message would show the text
    if meaning is not None and meaning.get("code") == "busy":
        meaning = {**meaning, "seconds": f"{seconds:g}"}
    told = meaning or {"problem": str(error)}
    shown = {n: hide_passwords(f) if isinstance(f, str) else f for n, f in told.items()}
    return StoreError(where=where, **shown, **doing)


@contextmanager
def refuse_lost_races(dialect: Dialect, where: str, **doing: Any) -> Iterator[None]:
    """Raise a StoreError if a read fails like a write that loses a race.

    A snapshot of the caller's may refuse a read too, and there was no race to win.
    """
    try:
        yield
    except LostRaceError as lost:
        cause = lost.__cause__ or lost
        raise driver_error(cause, dialect, where, **doing) from cause
