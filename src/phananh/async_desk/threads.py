"""The threads in which a desk's calls run: so many at most, and no call is left half known.

Cancelled before a thread took it, a call was never done. After that the task waits until the
call has ended, and is cancelled then: what was awaited has ended either way.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import TypeVar

from phananh.errors import InputError, short_repr

try:
    from anyio import CancelScope
except ModuleNotFoundError as error:
    if error.name != "anyio":
        raise
    problem = 'AsyncDesk needs the extra "async"; in a clone: pip install ".[async]"'
    raise ModuleNotFoundError(problem, name="anyio") from None

R = TypeVar("R")


class Threads:
    """At most `limit` calls at a time, and as many consumers beside them, each in a thread.

    Desks may share them.
    """

    # The pool is the standard library's: its futures know whether a thread has begun, and a hop
    # takes half the time of one to a thread of anyio.
    def __init__(self, limit: int = 8) -> None:
        """Start no thread yet."""
        if type(limit) is not int or not 1 <= limit <= 1000:
            given = short_repr(limit)
            raise InputError(field="threads", code="not_a_number_of_threads", value=given)
        self._calls = ThreadPoolExecutor(limit, "phananh")
        self._consumers = ThreadPoolExecutor(limit, "phananh-consumer")
        self._running: set[asyncio.Event] = set()
        self._is_closed = False

    async def run(self, work: Callable[[], R], *, stop: Callable[[], object] | None = None) -> R:
        """Do the work in a thread, and return what it returns.

        Args:
            work: what is done, in the context of this task.
            stop: asks the work of a consumer, whose handler may itself run calls, to end early.
        """
        if self._is_closed:
            raise InputError(field="desk", code="async_desk_closed")
        pool = self._calls if stop is None else self._consumers
        job = pool.submit(copy_context().run, work)
        ended = self._watch(job)
        try:
            await ended.wait()
        except asyncio.CancelledError as cancelled:
            if job.cancel():  # no thread has begun with it, and none will
                raise
            if stop is not None:
                stop()
            await _settle(ended)
            raise cancelled from job.exception()
        return job.result()

    def _watch(self, job: Future[R]) -> asyncio.Event:
        """Return what is set in this loop at the end of the job."""
        loop, ended = asyncio.get_running_loop(), asyncio.Event()
        self._running.add(ended)

        def end() -> None:
            self._running.discard(ended)
            ended.set()

        job.add_done_callback(lambda _: loop.call_soon_threadsafe(end))
        return ended

    async def aclose(self) -> None:
        """Refuse new calls, and wait for those that were made."""
        self._is_closed = True
        while self._running:
            await next(iter(self._running)).wait()
        self._calls.shutdown(wait=False)
        self._consumers.shutdown(wait=False)


async def _settle(ended: asyncio.Event) -> None:
    """Wait for the end of a job, however often the task is cancelled meanwhile."""
    with CancelScope(shield=True):
        while not ended.is_set():
            with suppress(asyncio.CancelledError):
                await ended.wait()
