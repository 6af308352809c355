"""Consumers for asyncio: coroutine functions and plain ones, cancelled between and inside."""

import asyncio
import contextvars
import threading
from collections.abc import Awaitable, Callable

import pytest

from phananh import Desk
from phananh.aio import AsyncDesk
from phananh.desk.consume import ConsumeResult
from phananh.stores.base import FeedEntry, Store
from tests.desk import people as p
from tests.desk.worker import keys_of

NAME: contextvars.ContextVar[str] = contextvars.ContextVar("name", default="nobody")
Key = tuple[str, int]


class Inbox:
    """What handlers were given, and where they ran."""

    def __init__(self) -> None:
        """Have seen nothing."""
        self.seen: list[Key] = []
        self.threads: set[threading.Thread] = set()
        self.names: set[str] = set()

    def take(self, entry: FeedEntry) -> None:
        """Take an entry in a thread."""
        self.seen.append((entry.event.case, entry.event.n))
        self.threads.add(threading.current_thread())
        self.names.add(NAME.get())

    async def wait_and_take(self, entry: FeedEntry) -> None:
        """Take an entry in the loop, after others had their turn."""
        await asyncio.sleep(0)
        self.take(entry)


def run(main: Callable[[AsyncDesk], Awaitable[None]], store: Store, cases: int = 3) -> Desk:
    """Run a test on a desk with a few cases, and return the plain desk."""
    plain = Desk(store=store)
    for _ in range(cases):
        p.a_case(plain)

    async def run_and_close() -> None:
        async with AsyncDesk(plain, threads=1) as desk:
            await main(desk)

    asyncio.run(run_and_close())
    return plain


def test_a_coroutine_function_takes_each_entry_in_the_loop(store: Store) -> None:
    """Entries come in order, in the thread of the loop, in the context of the caller."""
    inbox = Inbox()

    async def main(desk: AsyncDesk) -> None:
        NAME.set("caller")
        assert await desk.consume("mail", inbox.wait_and_take) == ConsumeResult(handled=3)
        assert await desk.consume("mail", inbox.wait_and_take) == ConsumeResult()
        assert inbox.threads == {threading.current_thread()}

    assert (keys_of(run(main, store)), {"caller"}) == (inbox.seen, inbox.names)


def test_a_plain_function_takes_each_entry_in_a_thread(store: Store) -> None:
    """It may block, as the loop does not wait for it; the context is that of the caller."""
    inbox = Inbox()

    async def main(desk: AsyncDesk) -> None:
        NAME.set("caller")
        assert (await desk.consume("mail", inbox.take)).handled == 3
        assert threading.current_thread() not in inbox.threads

    assert (keys_of(run(main, store)), {"caller"}) == (inbox.seen, inbox.names)


def test_a_handler_may_call_the_desk_that_has_one_thread(store: Store) -> None:
    """A consumer has a thread of its own, so calls of its handler do not wait for it."""

    async def main(desk: AsyncDesk) -> None:
        async def answer(entry: FeedEntry) -> None:
            if entry.event.n == 1:
                await desk.answer(entry.event.case, text="Trả lời mẫu", by=p.OPERATOR)

        assert (await asyncio.wait_for(desk.consume("robot", answer), 5)).handled == 6

    assert [row.version for row in run(main, store).find().rows] == [2, 2, 2]


def test_what_a_handler_raises_goes_on(store: Store) -> None:
    """The entry is not recorded, the consumer is free, and the caller gets the exception."""
    inbox = Inbox()

    async def main(desk: AsyncDesk) -> None:
        async def fail(entry: FeedEntry) -> None:
            await inbox.wait_and_take(entry)
            if len(inbox.seen) == 2:
                raise KeyError

        with pytest.raises(KeyError):
            await desk.consume("mail", fail)
        assert (await desk.consume("mail", inbox.wait_and_take)).handled == 2

    keys = keys_of(run(main, store))
    assert inbox.seen == [*keys[:2], *keys[1:]]


def test_a_coroutine_function_is_cancelled_with_its_consumer(store: Store) -> None:
    """It has ended when the cancellation is raised, and its entry is handed over again."""
    inbox, ended = Inbox(), []

    async def main(desk: AsyncDesk) -> None:
        begun = asyncio.Event()

        async def hang(entry: FeedEntry) -> None:
            await inbox.wait_and_take(entry)
            if len(inbox.seen) == 2:
                begun.set()
                try:
                    await asyncio.sleep(10)
                finally:
                    await asyncio.sleep(0.01)
                    ended.append(entry)

        task = asyncio.create_task(desk.consume("mail", hang))
        await begun.wait()
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (len(ended), (await desk.consume("mail", inbox.wait_and_take)).handled) == (1, 2)

    keys = keys_of(run(main, store))
    assert inbox.seen == [*keys[:2], *keys[1:]]


def test_a_plain_function_ends_before_its_consumer_is_cancelled(store: Store) -> None:
    """Its entry is recorded, and the next one is for the next run."""
    inbox = Inbox()

    async def main(desk: AsyncDesk) -> None:
        begun, go_on = asyncio.Event(), threading.Event()
        loop = asyncio.get_running_loop()

        def wait(entry: FeedEntry) -> None:
            inbox.take(entry)
            loop.call_soon_threadsafe(begun.set)
            assert go_on.wait(10)

        task = asyncio.create_task(desk.consume("mail", wait))
        await begun.wait()
        task.cancel()
        await asyncio.sleep(0.01)
        go_on.set()
        with pytest.raises(asyncio.CancelledError):
            await task
        assert (len(inbox.seen), (await desk.consume("mail", inbox.take)).handled) == (1, 2)

    assert inbox.seen == keys_of(run(main, store))


def test_a_worker_that_is_to_stop_ends_after_its_entry(store: Store) -> None:
    """Once the event is set, no further entry is handed over, and another run goes on at once."""
    inbox, stop = Inbox(), threading.Event()

    async def main(desk: AsyncDesk) -> None:
        async def take_and_stop(entry: FeedEntry) -> None:
            await inbox.wait_and_take(entry)
            stop.set()

        assert (await desk.consume("mail", take_and_stop, stop=stop)).handled == 1
        assert (await desk.consume("mail", inbox.take, stop=stop)).handled == 0
        assert (await desk.consume("mail", inbox.take)).handled == 2

    assert keys_of(run(main, store)) == inbox.seen
