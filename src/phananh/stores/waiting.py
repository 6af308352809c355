"""How long calls of a store wait for others: together no longer than one call may, if in vain.

A call that was cancelled, and that a thread has begun with, waits no longer than it has to.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from math import inf
from typing import cast

import attrs

from phananh.errors import InputError, short_repr

_LONGEST = 2_147_483  # seconds: engines count milliseconds in 31 bits, which is 24 days


@attrs.define
class _Waited:
    """The seconds that were waited so far."""

    seconds: float = 0.0


_WAITED: ContextVar[_Waited | None] = ContextVar("phananh_waited", default=None)
_ASK: ContextVar[Callable[[], bool] | None] = ContextVar("phananh_cancelled", default=None)


def watch_cancelled(ask: Callable[[], bool]) -> None:
    """Let calls in this context ask whether they were cancelled."""
    _ASK.set(ask)


def is_cancelled() -> bool:
    """Return whether the caller of this call has stopped waiting."""
    ask = _ASK.get()
    return ask is not None and ask()


@contextmanager
def share_wait() -> Iterator[None]:
    """Let every call inside wait only for what the calls before it left of its time.

    A sweep over many cases so waits once for a file that is locked, not once for each case.
    Once something was recorded, there is time again: others are busy, and do not block it.
    """
    if _WAITED.get() is not None:
        yield
        return
    token = _WAITED.set(_Waited())
    try:
        yield
    finally:
        _WAITED.reset(token)


@contextmanager
def count_wait() -> Iterator[None]:
    """Count the time inside as waiting, where calls share their wait."""
    start = time.monotonic()
    try:
        yield
    finally:
        if (waited := _WAITED.get()) is not None:
            waited.seconds += time.monotonic() - start


def forget_wait() -> None:
    """Count from the start, as something was recorded."""
    waited = _WAITED.get()
    if waited is not None:
        waited.seconds = 0.0


def time_left(timeout: float) -> float:
    """Return how many of `timeout` seconds may still be waited."""
    waited = _WAITED.get()
    return timeout if waited is None else max(0.0, timeout - waited.seconds)


def check_seconds(value: object, *, field: str) -> float:
    """Return a number of seconds, cut to the most that an engine can count, or refuse it."""
    if type(value) not in (int, float) or not 0 <= cast(float, value) < inf:
        raise InputError(field=field, code="not_seconds", value=short_repr(value))
    return min(cast(float, value), _LONGEST)
