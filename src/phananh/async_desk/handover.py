"""Handlers that a thread calls for a loop: coroutine functions are awaited in the loop."""

import asyncio
from collections.abc import Awaitable, Callable
from inspect import isawaitable
from typing import TypeVar

import attrs

from phananh.stores.waiting import is_cancelled

T = TypeVar("T")


def _get_loop() -> asyncio.AbstractEventLoop:
    return asyncio.get_running_loop()


@attrs.define
class Handover:
    """Plain handlers and coroutine functions, for one run of a consumer that may be cancelled.

    A plain one is called in the thread. A coroutine function runs in the loop, while the thread
    waits.
    """

    _loop: asyncio.AbstractEventLoop = attrs.field(factory=_get_loop, init=False)
    _task: "asyncio.Task[object] | None" = attrs.field(default=None, init=False)

    def lend(self, handler: Callable[[T], object]) -> Callable[[T], None]:
        """Return a plain function that hands over, or raises once the run was cancelled."""

        def hand_over(given: T) -> None:
            if is_cancelled():
                raise asyncio.CancelledError
            result = handler(given)
            if isawaitable(result):
                asyncio.run_coroutine_threadsafe(self._finish(result), self._loop).result()

        return hand_over

    async def _finish(self, result: Awaitable[object]) -> None:
        """Await what a handler returned, in a task that can be cancelled."""
        self._task = asyncio.current_task()
        if is_cancelled():
            self.stop()
        try:
            await result
        finally:
            self._task = None

    def stop(self) -> None:
        """Cancel the running coroutine, and hand over no more entries: the call was cancelled."""
        if self._task is not None:
            self._task.cancel()
