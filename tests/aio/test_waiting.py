"""A call that waits for a lock or a server ends soon once its task is cancelled."""

import asyncio
import fcntl
import time
from pathlib import Path

import pytest

from phananh import Desk
from phananh.aio import AsyncDesk
from phananh.regulation.acts import Note
from phananh.stores.postgres import PostgresStore
from phananh.stores.sqlite import SqliteStore
from tests.desk import people as p
from tests.servers.postgres import PostgresServer


def test_a_cancelled_call_waits_no_longer_for_the_lock_file(tmp_path: Path) -> None:
    """While another holds the lock of a SQLite file the loop goes on, and nothing was done."""
    path = tmp_path / "cases.db"

    async def main() -> None:
        with SqliteStore(path, timeout=30) as store:
            desk = AsyncDesk(Desk(store=store))
            with open(f"{path}-lock", "r+b") as other:
                fcntl.flock(other, fcntl.LOCK_EX)
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(desk.run(p.a_case), 0.2)
                assert await desk.count() == 0
            assert await desk.count() == 0

    start = time.monotonic()
    asyncio.run(main())
    assert time.monotonic() - start < 15


def test_a_cancelled_call_waits_no_longer_for_a_server_that_is_away(
    own_postgres: PostgresServer,
) -> None:
    """A task ends soon after it was cancelled; the same command id records once it is back."""
    note = Note(text="Ghi chú mẫu", by=p.OPERATOR)

    async def main() -> None:
        with PostgresStore(own_postgres.dsn(), timeout=1, retry_for=60) as store:
            store.migrate()
            async with AsyncDesk(Desk(store=store)) as desk:
                case = await desk.run(p.a_case)
                await asyncio.to_thread(own_postgres.stop, "immediate")
                start = time.monotonic()
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(desk.do(case.id, note, command_id="c"), 0.5)
                assert time.monotonic() - start < 15
                await asyncio.to_thread(own_postgres.start)
                assert (await desk.do(case.id, note, command_id="c")).version == 2

    asyncio.run(main())
