"""Whether a commit on PostgreSQL is on its replica too, as the driver's notices say."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection

from phananh.stores.sqlalchemy.engines import driver_of

_WARNING = "01000"


class NotReplicatedError(Exception):
    """The wait for the replica was cancelled: the commit stands, and a failover may lose it."""


@contextmanager
def watch_replication(connection: Connection) -> Iterator[None]:
    """Raise NotReplicatedError at the end, where the commit inside was not replicated.

    The server reports success with a warning. Other drivers have no such notices.
    """
    driver = driver_of(connection)
    if not hasattr(driver, "add_notice_handler"):
        yield
        return
    said: list[str] = []

    def listen(notice: Any) -> None:  # which is read here, as it is gone with its result
        said.append(notice.sqlstate)

    driver.add_notice_handler(listen)
    try:
        yield
    finally:
        driver.remove_notice_handler(listen)
    if _WARNING in said:
        raise NotReplicatedError("the commit is on the primary, and perhaps on no replica")
