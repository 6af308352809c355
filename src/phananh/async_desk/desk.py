"""The desk for asyncio: every method of `Desk` as a coroutine, in a thread."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import ExitStack, asynccontextmanager
from functools import partial
from typing import Concatenate, ParamSpec, Self, TypeVar, Unpack

import attrs

from phananh.async_desk.handover import Handover
from phananh.async_desk.in_thread import AsyncCore, in_thread
from phananh.desk.arguments import check_handler
from phananh.desk.consume import ConsumeOptions, ConsumeResult, Handler
from phananh.desk.desk import Desk
from phananh.regulation.calendar_lookup import CalendarChoice
from phananh.worktime import WorkCalendar

P = ParamSpec("P")
R = TypeVar("R")


@attrs.frozen
class AsyncDesk(AsyncCore):
    """A desk that leaves the event loop free. Its methods take the arguments of `Desk`.

    `async with AsyncDesk(Desk(store=store)) as desk` waits for running calls at its end. It does
    not close the store: close it yourself afterwards.

    If a task is cancelled while one of its calls waits for a thread, the call is not made. If a
    thread has begun with it, the task waits until the call has ended, and is cancelled then. An act
    is recorded as a whole or not at all, and the same call with the same `command_id` shows which.
    A call that only waits for a lock or a server ends soon, and a sweep or a recalculation after
    its page. Callbacks such as `on_page` run in the thread.

    Args:
        desk: a `Desk` over any store.
        threads: how many calls run at a time, 8 by default. The others wait. Or the `threads` of
            another AsyncDesk, to share them.
    """

    receive = in_thread(Desk.receive)
    complete = in_thread(Desk.complete)
    note = in_thread(Desk.note)
    reject = in_thread(Desk.reject)
    answer = in_thread(Desk.answer)
    escalate = in_thread(Desk.escalate)
    advise = in_thread(Desk.advise)
    request_verification = in_thread(Desk.request_verification)
    report_findings = in_thread(Desk.report_findings)
    reschedule = in_thread(Desk.reschedule)
    reassign = in_thread(Desk.reassign)
    notify_unit = in_thread(Desk.notify_unit)
    close = in_thread(Desk.close)
    publish = in_thread(Desk.publish)
    commend = in_thread(Desk.commend)
    rate = in_thread(Desk.rate)

    do = in_thread(Desk.do)
    get = in_thread(Desk.get)
    track = in_thread(Desk.track)
    history = in_thread(Desk.history)
    find = in_thread(Desk.find)
    count = in_thread(Desk.count)
    feed = in_thread(Desk.feed)
    sweep = in_thread(Desk.sweep)
    erase = in_thread(Desk.erase)
    recalculate = in_thread(Desk.recalculate)

    allowed = in_thread(Desk.allowed)
    as_of = in_thread(Desk.as_of)
    cautions = in_thread(Desk.cautions)
    unmet = in_thread(Desk.unmet)
    rules_of = in_thread(Desk.rules_of)
    explain = in_thread(Desk.explain)
    verify = in_thread(Desk.verify)
    calendar_of = in_thread(Desk.calendar_of)
    calendar_today = in_thread(Desk.calendar_today)
    check_calendars = in_thread(Desk.check_calendars)

    async def consume(
        self, name: str, handler: Handler, **options: Unpack[ConsumeOptions]
    ) -> ConsumeResult:
        """Hand the entries that a consumer has not dealt with to `handler`, to the feed's end.

        If the task is cancelled, a coroutine function that has an entry is cancelled with it: the
        entry is not recorded, and is handed over again. A plain function ends first, and its entry
        is recorded. No further entry is handed over, and the consumer is free.

        Args:
            name: of the consumer, such as "mail".
            handler: a coroutine function, which runs in the loop, or a plain one, which runs in
                a thread. `on_damaged` may be either too.
            options: those of `Desk.consume`.
        """
        check_handler("handler", handler)
        handover = Handover()
        if (on_damaged := options.get("on_damaged")) is not None:
            check_handler("on_damaged", on_damaged)
            options["on_damaged"] = handover.lend(on_damaged)
        work = partial(self.desk.consume, name, handover.lend(handler), **options)
        return await self.threads.run(work, stop=handover.stop)

    async def with_calendars(
        self, calendar: CalendarChoice, *, former: Iterable[WorkCalendar] = ()
    ) -> Self:
        """Return the desk with other hours, in the same threads. See `Desk.with_calendars`."""
        changed = await self.run(Desk.with_calendars, calendar, former=former)
        return attrs.evolve(self, desk=changed)

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
