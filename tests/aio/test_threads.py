"""The threads of calls: so many at most, and a cancelled call was done wholly or not at all."""

import asyncio
import subprocess
import sys
import threading
import time
from collections.abc import Callable

import anyio
import pytest

from phananh import InputError
from phananh.aio import Threads


class Gate:
    """Work that begins, and then waits until a test lets it end."""

    def __init__(self) -> None:
        """Be closed, and not begun."""
        self.begun = threading.Event()
        self.opened = threading.Event()
        self.done = 0

    def __call__(self) -> str:
        """Count as done once the gate is open."""
        self.begun.set()
        assert self.opened.wait(10)
        self.done += 1
        return "done"

    async def begin(self) -> None:
        """Wait until a thread has begun."""
        while not self.begun.is_set():
            await asyncio.sleep(0.001)


async def start(threads: Threads, gate: Gate) -> "asyncio.Task[str]":
    """Return a call that a thread has begun with."""
    task = asyncio.create_task(threads.run(gate))
    await gate.begin()
    return task


def test_a_waiting_call_that_is_cancelled_is_never_done() -> None:
    """What waits for a thread ends at once when it is cancelled, and no thread takes it later."""
    done = []

    async def main() -> None:
        threads, gate = Threads(1), Gate()
        running = await start(threads, gate)
        waiting = asyncio.create_task(threads.run(lambda: done.append("waiting")))
        scoped = asyncio.create_task(cancel_by_scope(threads))
        await asyncio.sleep(0.01)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await scoped == "cancelled"
        gate.opened.set()
        assert await running == "done"
        await threads.aclose()

    async def cancel_by_scope(threads: Threads) -> str:
        with anyio.move_on_after(0.005) as scope:
            await threads.run(lambda: done.append("scoped"))
        return "cancelled" if scope.cancelled_caught else "done"

    asyncio.run(main())
    assert done == []


def open_later(gate: Gate, seconds: float = 0.2) -> None:
    """Let the work end a little later."""
    threading.Timer(seconds, gate.opened.set).start()


async def cancel_task(threads: Threads, gate: Gate) -> None:
    """Cancel the task of a running call three times."""
    task = await start(threads, gate)
    open_later(gate)
    for _ in range(3):
        task.cancel()
        await asyncio.sleep(0.01)
    assert not task.done()
    with pytest.raises(asyncio.CancelledError):
        await task


async def cancel_scope(threads: Threads, gate: Gate) -> None:
    """Cancel the scope of anyio in which a call runs; its task keeps the processor free."""
    open_later(gate)
    used = time.thread_time()
    with anyio.move_on_after(0.05) as scope:
        await threads.run(gate)
    assert scope.cancelled_caught
    assert time.thread_time() - used < 0.1


@pytest.mark.parametrize("cancel", [cancel_task, cancel_scope])
def test_a_running_call_that_is_cancelled_ends_first(
    cancel: Callable[[Threads, Gate], "asyncio.Future[None]"],
) -> None:
    """However it is cancelled, the work is done when the cancellation is raised."""

    async def main() -> None:
        gate = Gate()
        await cancel(Threads(1), gate)
        assert gate.done == 1

    asyncio.run(main())


def test_a_cancelled_call_that_fails_says_so_in_its_cause() -> None:
    """The cancellation is what is raised, from what the work raised."""

    async def main() -> None:
        threads, begun = Threads(1), threading.Event()

        def fail() -> None:
            begun.set()
            time.sleep(0.05)
            raise KeyError("x")

        task = asyncio.create_task(threads.run(fail))
        while not begun.is_set():
            await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError) as raised:
            await task
        assert isinstance(raised.value.__cause__, KeyError)

    asyncio.run(main())


def test_closing_waits_for_calls_and_refuses_new_ones() -> None:
    """What runs and what waits is done when closing returns; a later call is an InputError."""

    async def main() -> None:
        threads, gate = Threads(1), Gate()
        running = await start(threads, gate)
        waiting = asyncio.create_task(threads.run(lambda: "too"))
        await asyncio.sleep(0)
        open_later(gate, 0.05)
        await threads.aclose()
        assert (gate.done, [await running, await waiting]) == (1, ["done", "too"])
        with pytest.raises(InputError) as raised:
            await threads.run(lambda: 1)
        assert raised.value.code == "async_desk_closed"
        await threads.aclose()

    asyncio.run(main())


def test_without_anyio_the_extra_is_named_and_the_rest_works() -> None:
    """Who has no anyio imports everything else, and is told what AsyncDesk needs."""
    ask = (
        "import sys; sys.modules['anyio'] = None\n"
        "import phananh, inspect; phananh.Desk(); inspect.getmembers(phananh)\n"
        "from phananh import *\n"
        "try: import phananh.aio\n"
        "except ModuleNotFoundError as error: print(error.name, error)"
    )
    done = subprocess.run([sys.executable, "-c", ask], check=True, capture_output=True, text=True)
    assert done.stdout == (
        'anyio AsyncDesk needs the extra "async"; in a clone: pip install ".[async]"\n'
    )
