"""How long calls of a store wait for others, and whether their caller still waits for them.

A call that was cancelled, and that a thread has begun with, waits no longer than it has to.
"""

from collections.abc import Callable
from contextvars import ContextVar
from math import inf
from typing import cast

from phananh.errors import InputError, short_repr

_LONGEST = 2_147_483  # seconds: engines count milliseconds in 31 bits, which is 24 days
_ASK: ContextVar[Callable[[], bool] | None] = ContextVar("phananh_cancelled", default=None)


def watch_cancelled(ask: Callable[[], bool]) -> None:
    """Let calls in this context ask whether they were cancelled."""
    _ASK.set(ask)


def is_cancelled() -> bool:
    """Return whether the caller of this call has stopped waiting."""
    ask = _ASK.get()
    return ask is not None and ask()


def check_seconds(value: object, *, field: str) -> float:
    """Return a number of seconds, cut to the most that an engine can count, or refuse it."""
    if type(value) not in (int, float) or not 0 <= cast(float, value) < inf:
        raise InputError(field=field, code="not_seconds", value=short_repr(value))
    return min(cast(float, value), _LONGEST)
