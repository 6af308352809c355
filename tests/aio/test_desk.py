"""Acts for asyncio: one act or none under cancellation, a block of them, and closing."""

import asyncio
import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

import pytest

from phananh import Case, ConflictError, Desk, InputError, State
from phananh.aio import AsyncDesk
from phananh.regulation import acts as a
from phananh.stores.base import Store
from phananh.stores.sqlite.store import SqliteStore
from tests.desk import people as p

CALL = a.Receive(kind="information", channel="phone", content=p.SAID, by=p.OPERATOR)
NOTE = a.Note(text="Ghi chú mẫu", by=p.OPERATOR)


@pytest.fixture
def sqlite(tmp_path: Path) -> Iterator[SqliteStore]:
    """Return a store in a file."""
    with SqliteStore(tmp_path / "cases.db") as store:
        yield store


def test_a_case_from_receipt_to_close(store: Store) -> None:
    """Acts, reading, lists and words come to the same as those of the desk below."""

    async def main() -> None:
        plain = Desk(store=store, clock=p.Hand())
        async with AsyncDesk(plain) as desk:
            case = await desk.do(None, CALL, command_id="c-1")
            assert await desk.do(None, CALL, command_id="c-1") == case
            assert "answer" in await desk.allowed(case, by=p.OPERATOR)
            case = await desk.answer(case.id, text="Trả lời mẫu", by=p.OPERATOR, expected=1)
            case = await desk.close(case, by=p.OPERATOR)
            assert await desk.get(case.id) == await desk.track(str(case.code)) == plain.get(case.id)
            assert await desk.history(case) == plain.history(case)
            assert (await desk.find(states=[State.CLOSED])).rows == plain.find().rows
            assert await desk.count() == 1
            assert (await desk.feed()).entries == plain.feed().entries
            with pytest.raises(ConflictError):
                await desk.answer(case.id, text="x", by=p.OPERATOR, expected=1)

    asyncio.run(main())


async def cancel_at_random(desk: AsyncDesk, act: "asyncio.Task[Case]") -> None:
    """Cancel an act that waits for a thread or has begun, at a moment between."""
    await asyncio.sleep(RANDOM.uniform(0, 0.003))
    act.cancel()
    await asyncio.wait({act})


RANDOM = random.Random(2370)


def test_a_cancelled_act_is_whole_or_absent(sqlite: SqliteStore) -> None:
    """Of 200 acts cancelled at random moments each is done as a whole or not at all.

    The same command id then gives the first result, and never a second one.
    """
    plain, position = Desk(store=sqlite), None
    recorded = 0

    def read_new() -> list[tuple[str, int]]:
        nonlocal position
        feed = plain.feed(after=position)
        position = feed.next
        return [(entry.event.case, entry.event.n) for entry in feed.entries]

    async def cancel_one(desk: AsyncDesk, n: int) -> None:
        nonlocal recorded
        case = p.a_case(plain).id if n % 2 else None
        read_new()
        do = partial(desk.do, case, NOTE if case else CALL, command_id=f"c-{n}")
        beside = [  # keeps the thread busy
            asyncio.create_task(desk.run(lambda _: time.sleep(0.001)))
            for _ in range(RANDOM.randrange(3))
        ]
        await cancel_at_random(desk, asyncio.create_task(do()))
        await asyncio.gather(*beside)
        found, record = read_new(), sqlite.find_command(f"c-{n}")
        assert found == ([] if record is None else [(record.case, record.version)])
        recorded += len(found)
        first, again = await do(), await do()
        assert first == again == plain.get(first.id)
        assert first.version == (2 if case else 1)
        assert found + read_new() == [(first.id, first.version)]
        assert plain.find(code=str(first.code)).rows[0].version == first.version

    async def main() -> None:
        async with AsyncDesk(plain, threads=1) as desk:
            for n in range(200):
                await cancel_one(desk, n)

    asyncio.run(main())
    assert 5 < recorded < 195, "the moments were not spread"


def test_acts_of_a_block_are_recorded_together(store: Store) -> None:
    """Nobody sees an act of the block before its end; at the end all are there."""

    async def main() -> None:
        async with AsyncDesk(Desk(store=store)) as desk:
            async with desk.together() as both:
                case = await both.do(None, CALL)
                case = await both.do(case, NOTE)
                assert await desk.count() == 0
            assert await desk.get(case.id) == case
            with pytest.raises(InputError):
                await both.get(case.id)

    asyncio.run(main())


async def fail(desk: AsyncDesk) -> None:
    """Raise in a block that has done an act."""
    async with desk.together() as both:
        await both.do(None, CALL)
        raise KeyError


async def lose(desk: AsyncDesk) -> None:
    """Let another be faster on a case of the block."""
    case = await desk.do(None, CALL)
    async with desk.together() as both:
        await both.do(None, CALL)
        await both.do(case.id, NOTE)
        await desk.close(await desk.answer(case, text="x", by=p.OPERATOR), by=p.OPERATOR)


async def run_out_of_time(desk: AsyncDesk) -> None:
    """Let the time run out in a block that has done an act."""
    async with asyncio.timeout(0.05), desk.together() as both:
        await both.do(None, CALL)
        await asyncio.sleep(1)


@pytest.mark.parametrize(
    ("block", "error", "left"),
    [(fail, KeyError, 0), (lose, ConflictError, 1), (run_out_of_time, TimeoutError, 0)],
)
def test_a_block_that_fails_records_nothing(
    store: Store,
    block: Callable[[AsyncDesk], "asyncio.Future[None]"],
    error: type[Exception],
    left: int,
) -> None:
    """Whatever ends the block early, none of its acts is recorded."""

    async def main() -> None:
        async with AsyncDesk(Desk(store=store)) as desk:
            with pytest.raises(error):
                await block(desk)
            assert await desk.count() == left

    asyncio.run(main())


async def take_and_note(desk: AsyncDesk, click: str) -> Case:
    """Do two acts in a block."""
    async with desk.together() as both:
        case = await both.do(None, CALL, command_id=f"{click}-1")
        return await both.do(case.id, NOTE, command_id=f"{click}-2")


def test_a_cancelled_block_is_whole_or_absent(sqlite: SqliteStore) -> None:
    """Of 100 blocks cancelled at random moments each is there as a whole or not at all.

    The same block then gives what was recorded, or records it.
    """
    plain, recorded = Desk(store=sqlite), 0

    async def main() -> None:
        nonlocal recorded
        async with AsyncDesk(plain, threads=2) as desk:
            for n in range(100):
                task = asyncio.create_task(take_and_note(desk, f"c-{n}"))
                await asyncio.sleep(10 ** RANDOM.uniform(-5, -2))
                task.cancel()
                await asyncio.wait({task})
                found = [sqlite.find_command(f"c-{n}-{each}") for each in (1, 2)]
                assert (found[0] is None) == (found[1] is None)
                recorded += found[0] is not None
                case = await take_and_note(desk, f"c-{n}")
                assert all(each is None or each.case == case.id for each in found)
                assert plain.get(case.id) == case
                assert plain.count() == n + 1

    asyncio.run(main())
    assert 0 < recorded < 100, "the moments were not spread"


def test_tasks_of_a_block_take_turns(store: Store) -> None:
    """Thirty acts that tasks of one block do on ten cases run one at a time; all are recorded."""
    running: list[str] = []

    def note(desk: Desk, case: str) -> None:
        running.append(case)
        time.sleep(0.001)
        assert running == [case]
        desk.do(case, NOTE)
        running.remove(case)

    async def main() -> None:
        async with AsyncDesk(Desk(store=store)) as desk:
            cases = [await desk.do(None, CALL) for _ in range(10)]
            async with desk.together() as both:
                await asyncio.gather(*(both.run(note, case.id) for case in cases * 3))
            assert {(await desk.get(case.id)).version for case in cases} == {4}

    asyncio.run(main())


def test_closing_waits_for_acts_and_leaves_the_store_open(sqlite: SqliteStore) -> None:
    """At the end of the block every act that was begun is there, and others may follow."""

    async def main() -> None:
        plain = Desk(store=sqlite)
        async with AsyncDesk(plain, threads=2) as desk:
            tasks = [asyncio.create_task(desk.do(None, CALL)) for _ in range(20)]
            await asyncio.sleep(0)
        assert plain.count() == 20
        assert {(await task).version for task in tasks} == {1}
        with pytest.raises(InputError):
            await desk.count()

    asyncio.run(main())
