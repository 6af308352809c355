"""AsyncDesk over PostgreSQL: acts at a time, and a server that is away."""

import asyncio
import time

import pytest

from phananh import Desk
from phananh.aio import AsyncDesk
from phananh.regulation import acts as a
from phananh.stores.postgres import PostgresStore
from tests.desk import people as p
from tests.servers.postgres import PostgresServer
from tests.servers.schema import PostgresSchema

NOTE = a.Note(text="Ghi chú mẫu", by=p.OPERATOR)


def test_acts_of_many_tasks_are_all_recorded(postgres: PostgresSchema) -> None:
    """Fifty tasks that act on five cases at a time all record, each once."""

    async def main() -> None:
        with PostgresStore(postgres.dsn, schema=postgres.name, pool_size=4) as store:
            store.migrate()
            async with AsyncDesk(Desk(store=store), threads=4) as desk:
                cases = [(await desk.run(p.a_case)).id for _ in range(5)]
                notes = (desk.do(cases[n % 5], NOTE, command_id=f"c-{n}") for n in range(20))
                await asyncio.gather(*notes)
                assert [(await desk.get(case)).version for case in cases] == [5] * 5
                assert len((await desk.feed()).entries) == 25

    asyncio.run(main())


def test_a_cancelled_call_waits_no_longer_for_a_server_that_is_away(
    own_postgres: PostgresServer,
) -> None:
    """A task ends soon after it was cancelled; the same command id records once it is back."""

    async def main() -> None:
        with PostgresStore(own_postgres.dsn(), timeout=1, retry_for=60) as store:
            store.migrate()
            async with AsyncDesk(Desk(store=store)) as desk:
                case = await desk.run(p.a_case)
                await asyncio.to_thread(own_postgres.stop, "immediate")
                start = time.monotonic()
                with pytest.raises(TimeoutError):
                    await asyncio.wait_for(desk.do(case.id, NOTE, command_id="c"), 0.5)
                assert time.monotonic() - start < 15
                await asyncio.to_thread(own_postgres.start)
                assert (await desk.do(case.id, NOTE, command_id="c")).version == 2

    asyncio.run(main())
