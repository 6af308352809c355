"""Asking again while the server is away: soon at first, then more seldom, and not for ever."""

import random
import time
from collections.abc import Callable
from typing import TypeVar

from phananh.errors import StoreError
from phananh.stores.waiting import is_cancelled

T = TypeVar("T")
_FIRST_PAUSE, _LONGEST_PAUSE = 0.05, 2.0
# A server that stops, starts, has no room, or was primary until now.
_AWAY = ("server_gone", "no_connection", "pool_timeout", "server_read_only")


def wait_for_server(call: Callable[[], T], *, seconds: float, between: Callable[[], object]) -> T:
    """Return what a call gives that is safe to repeat, tried again while the server is away.

    `between` is called before each new try.

    Raises:
        StoreError: of the last try that reached the server, as it is perhaps done; else the last.
    """
    end, pause = time.monotonic() + seconds, _FIRST_PAUSE
    doubt: StoreError | None = None
    while True:
        try:
            return call()
        except StoreError as error:
            if error.code not in _AWAY:
                raise
            doubt = error if error.code == "server_gone" else doubt
            if is_cancelled() or time.monotonic() + pause > end:
                raise (doubt or error) from error.__cause__
        between()
        time.sleep(pause * random.uniform(0.5, 1.0))  # noqa: S311  # not all at one moment
        pause = min(2 * pause, _LONGEST_PAUSE)
