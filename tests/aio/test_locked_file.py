"""Another process holds the lock of a SQLite file: calls wait in threads, the loop goes on."""

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from phananh import Case, Desk, StoreError
from phananh.aio import AsyncDesk
from phananh.desk.desk import SweepResult
from phananh.stores.sqlite.store import SqliteStore
from tests.desk import people as p

BEATS = 20
LOCKS = {
    "transaction": "import sqlite3; c = sqlite3.connect(path, isolation_level=None);"
    "c.execute('begin immediate');",
    "lock_file": "import fcntl; f = open(path + '-lock', 'r+b'); fcntl.flock(f, fcntl.LOCK_EX);",
}


class Heart:
    """A task that beats in the loop, and counts."""

    def __init__(self) -> None:
        """Have no beat yet."""
        self.beats = 0

    async def beat(self) -> None:
        """Beat a hundred times a second."""
        while True:
            await asyncio.sleep(0.01)
            self.beats += 1

    async def wait(self, more: int) -> None:
        """Wait for so many more beats; none come while a call blocks the loop."""
        end = self.beats + more
        while self.beats < end:
            await asyncio.sleep(0.01)


@asynccontextmanager
async def hold(lock: str, path: Path) -> AsyncIterator[None]:
    """Let a child hold a lock until the end of the block."""
    code = (
        f"import sys; path = sys.argv[1]; {LOCKS[lock]}print('held', flush=True); sys.stdin.read()"
    )
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", code, str(path), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    assert child.stdout is not None
    assert child.stdin is not None
    assert await child.stdout.readline() == b"held\n"
    try:
        yield
    finally:
        child.stdin.close()
        await child.wait()


async def act_in_block(desk: AsyncDesk) -> Case:
    """Do an act in a block, which records at its end."""
    async with desk.together() as both:
        return await both.run(p.a_case)


async def sweep(desk: AsyncDesk) -> SweepResult:
    """Sweep, and raise the first failure."""
    swept = await desk.sweep()
    for error in swept.failed:
        raise error
    return swept


def start_calls(desk: AsyncDesk, case: str, late: str) -> "list[asyncio.Task[object]]":
    """Start one call of each kind that writes."""
    return [
        asyncio.create_task(desk.run(p.a_case)),
        asyncio.create_task(desk.note(case, text="Ghi chú mẫu", by=p.OPERATOR)),
        asyncio.create_task(desk.erase(late)),
        asyncio.create_task(sweep(desk)),
        asyncio.create_task(act_in_block(desk)),
    ]


@pytest.mark.parametrize("lock", LOCKS)
def test_the_loop_goes_on_while_another_process_holds_the_lock(lock: str, tmp_path: Path) -> None:
    """Writers wait for a bounded time and fail, or record once the lock is free.

    Readers do not wait, and the loop never does: it lets the lock go, which a call that blocks
    the loop would wait for in vain.
    """
    path, hand = tmp_path / "cases.db", p.Hand()

    async def main() -> None:
        with SqliteStore(path, timeout=0.3) as short, SqliteStore(path, timeout=30) as long:
            hasty, patient = (AsyncDesk(Desk(store=each, clock=hand)) for each in (short, long))
            case, late = p.a_case(hasty.desk), p.with_officer(hasty.desk)
            hand.at += 100 * p.HOUR
            heart = Heart()
            beating = asyncio.create_task(heart.beat())
            async with hold(lock, path):
                late_ones = start_calls(patient, case.id, late.id)
                failed = await asyncio.gather(
                    *start_calls(hasty, case.id, late.id), return_exceptions=True
                )
                assert await hasty.get(case.id) == case
                assert await hasty.count() == 2
                await heart.wait(BEATS)
                assert not any(task.done() for task in late_ones)
            await asyncio.gather(*late_ones)
            beating.cancel()
            assert [type(each) for each in failed if not isinstance(each, StoreError)] == []
            assert await hasty.count() == 4

    asyncio.run(main())


def test_a_cancelled_call_waits_no_longer_for_the_lock_file(tmp_path: Path) -> None:
    """A task that is cancelled while another process holds the lock ends soon, and did nothing."""
    path = tmp_path / "cases.db"

    async def main() -> None:
        with SqliteStore(path, timeout=30) as store:
            desk = AsyncDesk(Desk(store=store))
            async with hold("lock_file", path):  # until the call has ended
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(desk.run(p.a_case), 0.2)
                assert await desk.count() == 0
            assert await desk.count() == 0

    asyncio.run(main())
