"""AsyncDesk over each store: acts at a time, a block, a consumer and a cancellation."""

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from phananh import Case, Desk
from phananh.aio import AsyncDesk
from phananh.regulation import acts as a
from phananh.stores.base import FeedEntry, Store
from tests.desk import people as p
from tests.stores.every import EVERY, new_store

CALL = a.Receive(kind="information", channel="phone", content=p.SAID, by=p.OPERATOR)
NOTE = a.Note(text="Ghi chú mẫu", by=p.OPERATOR)
DRAW = random.Random(2370)


@pytest.fixture(params=EVERY)
def each_store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """Return each store in turn, empty."""
    with new_store(request.param, request, tmp_path) as store:
        yield store


async def take_and_note(desk: AsyncDesk, click: str) -> Case:
    """Do two acts on a new case, in one block or one by one."""
    async with desk.together() as both:
        case = await both.do(None, CALL, command_id=f"{click}-1")
        case = await both.do(case, NOTE, command_id=f"{click}-2")
    return await desk.do(case.id, NOTE, command_id=f"{click}-3")


async def cancel(desk: AsyncDesk, case: str, click: str) -> None:
    """Cancel an act at a random moment, and do it with the same command id afterwards."""
    before = (await desk.get(case)).version
    task = asyncio.create_task(desk.do(case, NOTE, command_id=click))
    await asyncio.sleep(DRAW.uniform(0, 0.003))
    task.cancel()
    await asyncio.wait({task})
    assert (await desk.get(case)).version in (before, before + 1)
    assert (await desk.do(case, NOTE, command_id=click)).version == before + 1
    assert (await desk.get(case)).version == before + 1


def test_every_store_serves_tasks_at_a_time(each_store: Store) -> None:
    """All acts of ten tasks are recorded once, and the consumer gets each of them in order."""
    seen: list[tuple[str, int]] = []

    async def see(entry: FeedEntry) -> None:
        await asyncio.sleep(0)
        seen.append((entry.event.case, entry.event.n))

    async def main() -> None:
        async with AsyncDesk(Desk(store=each_store), threads=4) as desk:
            made = await asyncio.gather(*(take_and_note(desk, f"c{n}") for n in range(10)))
            assert [case.version for case in made] == [3] * 10
            for n in range(10):
                await cancel(desk, made[n].id, f"x{n}")
            assert (await desk.consume("mail", see)).handled == 40
            assert await desk.count() == 10

    asyncio.run(main())
    assert len(seen) == len({*seen}) == 40
    for case in {case for case, _ in seen}:
        assert [n for key, n in seen if key == case] == [1, 2, 3, 4]
