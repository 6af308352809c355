"""Whether a commit on PostgreSQL is on its replica too, as the driver's notices say."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_WARNING = "01000"


class NotReplicatedError(Exception):
    """The wait for the replica was cancelled: the commit is done, but a failover may lose it."""


@contextmanager
def watch_replication(driver: Any) -> Iterator[None]:
    """Raise NotReplicatedError at the end, if the commit inside was not replicated.

    `driver` is the driver's connection. The server reports success with a warning. Drivers of
    other engines have no such notices.
    """
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
