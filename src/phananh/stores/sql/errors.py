"""What a driver raised, as a StoreError: by its code, and in its words where there is none.

A driver may repeat how it was to connect, so no password of it is passed on.
"""

from typing import Any

from phananh.errors import StoreError
from phananh.stores.passwords import hide_passwords
from phananh.stores.sql.dialect import Dialect


def driver_error(
    error: BaseException, dialect: Dialect, where: str, *, seconds: float = 0, **doing: Any
) -> StoreError:
    """Return the StoreError for what the driver raised.

    Args:
        error: the driver's, not what a library made of it.
        dialect: of the engine; it knows the codes.
        where: the file or server.
        seconds: how long was waited, at most.
        doing: the arguments of a StoreError that say what was being done.
    """
    meaning = dialect.explain(error)
    if meaning is None and isinstance(error, UnicodeError | OverflowError):
        meaning = {"problem": type(error).__name__}  # its message would show the text
    if meaning is not None and meaning.get("code") == "busy":
        meaning = {**meaning, "seconds": f"{seconds:g}"}
    told = meaning or {"problem": str(error)}
    shown = {n: hide_passwords(f) if isinstance(f, str) else f for n, f in told.items()}
    return StoreError(where=where, **shown, **doing)
