"""The threads in which a desk's calls run: a limited number, and no call's outcome is lost.

If a call is cancelled before a thread took it, it is not made. After that the task waits until the
call has ended, and is cancelled then: the call has ended either way. A call that only waits, for a
lock or for a server that is away, is asked to stop and ends soon.
"""

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from contextlib import suppress
from contextvars import copy_context
from typing import Any, Generic, Self, TypeVar

from phananh.errors import InputError, short_repr
from phananh.stores.waiting import watch_cancelled

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
        """Set the limit. Threads start when they are needed."""
        if type(limit) is not int or not 1 <= limit <= 1000:
            given = short_repr(limit)
            raise InputError(field="threads", code="not_a_number_of_threads", value=given)
        self._calls = ThreadPoolExecutor(limit, "phananh")
        self._consumers = ThreadPoolExecutor(limit, "phananh-consumer")
        self._running: set[_Call[Any]] = set()
        self._is_closed = False

    async def run(self, work: Callable[[], R], *, stop: Callable[[], object] | None = None) -> R:
        """Run the work in a thread, and return its result.

        Args:
            work: the function to run, in the context of this task.
            stop: asks the work of a consumer to end early. Its handler may itself run calls.
        """
        if self._is_closed:
            raise InputError(field="desk", code="async_desk_closed")
        call = _Call[R]()
        pool = self._calls if stop is None else self._consumers
        job = call.start(work, pool, on_end=self._running.discard)
        self._running.add(call)
        try:
            await call.ended.wait()
        except asyncio.CancelledError as error:
            if job.cancel():  # no thread has begun with it, and none will
                raise
            await call.give_up(stop)
            raise error from job.exception()
        return job.result()

    async def aclose(self) -> None:
        """Refuse new calls, and wait for those that were made."""
        self._is_closed = True
        while self._running:
            await next(iter(self._running)).ended.wait()
        self._calls.shutdown(wait=False)
        self._consumers.shutdown(wait=False)


class _Call(Generic[R]):
    """Work in a thread, for a task that waits for it."""

    def __init__(self) -> None:
        self.ended = asyncio.Event()
        self._is_cancelled = threading.Event()

    def start(
        self, work: Callable[[], R], pool: Executor, *, on_end: Callable[[Self], object]
    ) -> Future[R]:
        """Let a free thread do the work, and report its end in the loop."""
        loop, context = asyncio.get_running_loop(), copy_context()

        def end() -> None:
            on_end(self)
            self.ended.set()

        context.run(watch_cancelled, self._is_cancelled.is_set)
        job = pool.submit(context.run, work)
        job.add_done_callback(lambda _: loop.call_soon_threadsafe(end))
        return job

    async def give_up(self, stop: Callable[[], object] | None) -> None:
        """Wait for the end, which comes soon, however often the task is cancelled meanwhile."""
        self._is_cancelled.set()
        if stop is not None:
            stop()
        with CancelScope(shield=True):
            while not self.ended.is_set():
                with suppress(asyncio.CancelledError):
                    await self.ended.wait()
