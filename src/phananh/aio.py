"""The desk for asyncio: every method of `Desk` as a coroutine, in one of a few threads.

No call's outcome is lost. If a call is cancelled before a thread took it, it is not made. After
that the task waits until the call has ended, and is cancelled then: the call has ended either way.
A call that only waits, for a lock or for a server that is away, is asked to stop and ends soon.
"""

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, asynccontextmanager, suppress
from contextvars import copy_context
from functools import partial, wraps
from inspect import isawaitable
from typing import Concatenate, ParamSpec, Self, TypeVar

import attrs

from phananh.desk.consume import Handler
from phananh.desk.desk import Desk
from phananh.errors import InputError, make_extra_error
from phananh.stores.base import FeedEntry
from phananh.stores.waiting import is_cancelled, watch_cancelled

try:
    from anyio import CancelScope
except ModuleNotFoundError as error:
    raise make_extra_error(error, "anyio", "AsyncDesk needs", "async") from None

__all__ = ["AsyncDesk"]

P = ParamSpec("P")
R = TypeVar("R")


class Threads:
    """At most `limit` calls at a time, and as many consumers beside them, each in a thread.

    Desks may share them.
    """

    # The pool is the standard library's: its futures know whether a thread has begun, and a hop
    # takes half the time of one to a thread of anyio.
    def __init__(self, limit: int = 8) -> None:
        """Set the limit. Threads start when they are needed."""
        self._calls = ThreadPoolExecutor(limit, "phananh")
        self._consumers = ThreadPoolExecutor(limit, "phananh-consumer")
        self._running: set[asyncio.Event] = set()  # each is set when its call has ended
        self._is_closed = False

    async def run(self, work: Callable[[], R], *, stop: Callable[[], object] | None = None) -> R:
        """Run the work in a thread, in the context of this task, and return its result.

        Args:
            work: the function to run.
            stop: asks the work of a consumer to end early. Its handler may itself run calls.
        """
        if self._is_closed:
            raise InputError(field="desk", code="async_desk_closed")
        ended, cancelled = asyncio.Event(), threading.Event()
        loop, context = asyncio.get_running_loop(), copy_context()

        def end() -> None:
            self._running.discard(ended)
            ended.set()

        context.run(watch_cancelled, cancelled.is_set)
        pool = self._calls if stop is None else self._consumers
        job = pool.submit(context.run, work)
        job.add_done_callback(lambda _: loop.call_soon_threadsafe(end))
        self._running.add(ended)
        try:
            await ended.wait()
        except asyncio.CancelledError as error:
            if job.cancel():  # no thread has begun with it, and none will
                raise
            cancelled.set()
            if stop is not None:
                stop()
            with CancelScope(shield=True):  # it ends soon, however often the task is cancelled
                while not ended.is_set():
                    with suppress(asyncio.CancelledError):
                        await ended.wait()
            raise error from job.exception()
        return job.result()

    async def aclose(self) -> None:
        """Refuse new calls, and wait for those that were made."""
        self._is_closed = True
        while self._running:
            await next(iter(self._running)).wait()
        self._calls.shutdown(wait=False)
        self._consumers.shutdown(wait=False)


@attrs.define
class Handover:
    """The handler of a consumer that may be cancelled, for the thread that calls it.

    A plain one is called in the thread. A coroutine function runs in the loop, while the thread
    waits.
    """

    loop: asyncio.AbstractEventLoop
    handler: Handler
    _task: "asyncio.Task[object] | None" = attrs.field(default=None, init=False)

    def hand_over(self, entry: FeedEntry) -> None:
        """Hand an entry over, or raise once the run was cancelled."""
        if is_cancelled():
            raise asyncio.CancelledError
        result = self.handler(entry)
        if isawaitable(result):
            asyncio.run_coroutine_threadsafe(self._finish(result), self.loop).result()

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
        """Cancel the running coroutine: the call was cancelled."""
        if self._task is not None:
            self._task.cancel()


def _make_threads(threads: Threads | int) -> Threads:
    return threads if isinstance(threads, Threads) else Threads(threads)


def in_thread(
    method: Callable[Concatenate[Desk, P], R],
) -> Callable[Concatenate["AsyncDesk", P], Coroutine[object, object, R]]:
    """Return the method as a coroutine function that runs it in a thread."""

    @wraps(method)
    async def call(self: "AsyncDesk", /, *args: P.args, **kwargs: P.kwargs) -> R:
        return await self.run(method, *args, **kwargs)

    return call


def consume_in_thread(
    method: Callable[Concatenate[Desk, str, Handler, P], R],
) -> Callable[Concatenate["AsyncDesk", str, Handler, P], Coroutine[object, object, R]]:
    """Return the method that consumes the feed as a coroutine function. See AsyncDesk."""

    @wraps(method)
    async def call(
        self: "AsyncDesk", name: str, handler: Handler, /, *args: P.args, **kwargs: P.kwargs
    ) -> R:
        handover = Handover(asyncio.get_running_loop(), handler)
        work = partial(method, self.desk, name, handover.hand_over, *args, **kwargs)
        return await self.threads.run(work, stop=handover.stop)

    return call


@attrs.frozen
class AsyncDesk:
    """A desk that leaves the event loop free. Its methods take the arguments of `Desk`.

    `async with AsyncDesk(Desk(store=store)) as desk` waits for running calls at its end. It does
    not close the store: close it yourself afterwards.

    If a task is cancelled while one of its calls waits for a thread, the call is not made. If a
    thread has begun with it, the task waits until the call has ended, and is cancelled then. An act
    is recorded as a whole or not at all, and the same call with the same `command_id` shows which.
    A call that only waits for a lock or a server ends soon, and a sweep or a recalculation after
    its page. Callbacks such as `on_page` run in the thread.

    The handler of `consume` is a coroutine function, which runs in the loop, or a plain one, which
    runs in a thread. If the task is cancelled, a coroutine function that has an entry is cancelled
    with it: the entry is not recorded, and is handed over again. A plain function ends first, and
    its entry is recorded. No further entry is handed over, and the consumer is free.

    Args:
        desk: a `Desk` over any store.
        threads: how many calls run at a time, 8 by default. The others wait. Or the `threads` of
            another AsyncDesk, to share them.

    Example:
        >>> import asyncio
        >>> async def answer_case():
        ...     async with AsyncDesk(desk) as office:
        ...         return await office.answer(case, text="Trả lời mẫu", by=operator)
        >>> print(asyncio.run(answer_case()).state)
        answered
    """

    desk: Desk
    threads: Threads = attrs.field(factory=Threads, converter=_make_threads, kw_only=True)

    async def run(
        self, function: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Call your own function with the desk in one thread, and return its result.

        It may do several acts. If the task is cancelled meanwhile, the function goes on to its end
        before the cancellation is raised. Outside of `together` each act is recorded by itself.

        Args:
            function: a plain function that takes the `Desk`, and then the other arguments given.
        """
        return await self.threads.run(partial(function, self.desk, *args, **kwargs))

    receive = in_thread(Desk.receive)
    complete = in_thread(Desk.complete)
    note = in_thread(Desk.note)
    reject = in_thread(Desk.reject)
    answer = in_thread(Desk.answer)
    escalate = in_thread(Desk.escalate)
    advise = in_thread(Desk.advise)
    request_verification = in_thread(Desk.request_verification)
    report_findings = in_thread(Desk.report_findings)
    send_back = in_thread(Desk.send_back)
    reschedule = in_thread(Desk.reschedule)
    reassign = in_thread(Desk.reassign)
    notify_unit = in_thread(Desk.notify_unit)
    report_outcome = in_thread(Desk.report_outcome)
    withdraw = in_thread(Desk.withdraw)
    reopen = in_thread(Desk.reopen)
    lift_lapse = in_thread(Desk.lift_lapse)
    close = in_thread(Desk.close)
    publish = in_thread(Desk.publish)
    unpublish = in_thread(Desk.unpublish)
    commend = in_thread(Desk.commend)
    rate = in_thread(Desk.rate)

    do = in_thread(Desk.do)
    get = in_thread(Desk.get)
    track = in_thread(Desk.track)
    history = in_thread(Desk.history)
    find = in_thread(Desk.find)
    inbox = in_thread(Desk.inbox)
    search = in_thread(Desk.search)
    count = in_thread(Desk.count)
    feed = in_thread(Desk.feed)
    sweep = in_thread(Desk.sweep)
    consume = consume_in_thread(Desk.consume)
    erase = in_thread(Desk.erase)
    recalculate = in_thread(Desk.recalculate)

    allowed = in_thread(Desk.allowed)
    steps = in_thread(Desk.steps)
    may_read = in_thread(Desk.may_read)
    as_of = in_thread(Desk.as_of)
    cautions = in_thread(Desk.cautions)
    unmet = in_thread(Desk.unmet)
    rules_of = in_thread(Desk.rules_of)
    explain = in_thread(Desk.explain)
    timeline = in_thread(Desk.timeline)
    verify = in_thread(Desk.verify)
    check_calendars = in_thread(Desk.check_calendars)

    @asynccontextmanager
    async def together(self) -> "AsyncIterator[AsyncDesk]":
        """Lend a desk for an `async with` block that records all its acts at its end, or none.

        Its calls run one after another. See `Desk.together`.
        """
        with ExitStack() as block:
            lent = block.enter_context(self.desk.together())
            one_by_one = _OneByOne(lent, threads=self.threads)
            yield one_by_one
            await one_by_one.run(lambda _: block.pop_all().close())

    async def aclose(self) -> None:
        """Refuse new calls, and wait for those that were made. The store stays open."""
        await self.threads.aclose()

    async def __aenter__(self) -> Self:
        """Return the desk."""
        return self

    async def __aexit__(self, *raised: object) -> None:
        """Wait for running calls, whatever was raised."""
        await self.aclose()


@attrs.frozen
class _OneByOne(AsyncDesk):
    """The desk of a block, which is no place for two calls at a time."""

    _turn: asyncio.Lock = attrs.field(factory=asyncio.Lock, init=False)

    async def run(
        self, function: Callable[Concatenate[Desk, P], R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        """Run a function when those before it have ended."""
        async with self._turn:
            return await super().run(function, *args, **kwargs)
