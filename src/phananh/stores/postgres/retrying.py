"""Asking again while the server is away: soon at first, then more seldom, and not for ever."""

import random
import time
from collections.abc import Callable, Collection
from contextlib import ExitStack
from typing import TypeVar

from psycopg_pool import ConnectionPool, PoolTimeout

from phananh.errors import StoreError
from phananh.stores.postgres.session import BoundedConnection
from phananh.stores.sql.dialects.refusals import find_refusal
from phananh.stores.waiting import is_cancelled

T = TypeVar("T")
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0
_LOOK = 0.1  # seconds between two looks at why the first connection does not come
# A server that stops, starts, has no room, or was primary until now.
_AWAY = ("server_gone", "no_connection", "pool_timeout", "server_read_only")


def wait_for_server(call: Callable[[], T], *, seconds: float, between: Callable[[], object]) -> T:
    """Return the result of a repeatable call, tried again while the server is away.

    `between` is called before each new try.

    Raises:
        StoreError: of the last try that reached the server, as it is perhaps done, else the last.
    """
    start, pause = time.monotonic(), _FIRST_PAUSE
    doubt: StoreError | None = None
    while True:
        try:
            return call()
        except StoreError as error:
            if error.code not in _AWAY:
                raise (doubt or error) from error.__cause__
            doubt = error if error.code == "server_gone" else doubt
            if is_cancelled() or time.monotonic() + pause > start + seconds:
                _tell_wait(error, time.monotonic() - start)
                raise (doubt or error) from error.__cause__
        between()
        time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311  # not all at one moment
        pause = min(2 * pause, _LONGEST_PAUSE)


def _tell_wait(error: StoreError, seconds: float) -> None:
    """Let the error name the whole wait, not that of its last try."""
    if "seconds" in error.facts:
        error.facts = {**error.facts, "seconds": f"{seconds:.1f}"}


def enter_first(
    lent: ExitStack,
    pool: "ConnectionPool[BoundedConnection]",
    *,
    seconds: float,
    refusals: Collection[BaseException],
) -> BoundedConnection:
    """Return the first connection of a pool, which tries again whatever the server answers.

    A refusal that waiting does not fix ends the wait.

    Raises:
        PoolTimeout: there was none. `refusals` has the reasons.
    """
    end = time.monotonic() + seconds
    while True:
        left = max(end - time.monotonic(), 0.001)
        try:
            return lent.enter_context(pool.connection(min(left, _LOOK)))
        except PoolTimeout:
            if left <= _LOOK or any(find_refusal(each) for each in refusals):
                raise
