"""The desk for asyncio: the arguments of Desk, and one act or none under cancellation."""

import asyncio
import inspect
import random
import time
from collections.abc import Iterator
from functools import partial
from inspect import signature
from pathlib import Path

import pytest

from phananh import Case, ConflictError, Desk, InputError, State
from phananh.aio import AsyncDesk
from phananh.regulation import acts as a
from phananh.stores.base import Store
from phananh.stores.sqlite import SqliteStore
from tests.desk import people as p

# What answers at once, by a plain call of `AsyncDesk.desk`.
PLAIN = {
    *("calendar_of", "calendar_today", "with_calendars"),
    *("case_of", "context_of", "moment", "now", "require_rules"),
}
# What AsyncDesk says in its own words.
OWN = {"together"}
METHODS = sorted(
    name
    for name, kind in inspect.getmembers(Desk, inspect.isfunction)
    if not name.startswith("_") and name not in PLAIN
)


def test_every_method_of_the_desk_is_a_coroutine() -> None:
    """Each takes the same arguments, in the same order, and says what it does."""
    assert len(METHODS) > 30
    for name in METHODS:
        method, coroutine = getattr(Desk, name), getattr(AsyncDesk, name)
        taken, given = (
            [(each.name, each.kind, each.default) for each in signature(one).parameters.values()]
            for one in (coroutine, method)
        )
        assert taken[1:] == given[1:], name
        assert name == "together" or inspect.iscoroutinefunction(coroutine), name
        assert name in OWN or coroutine.__doc__ == method.__doc__, name


GOOD = """
import asyncio
from collections.abc import Mapping

from phananh import Case, Desk, Person, State
from phananh.aio import AsyncDesk
from phananh.errors import Refusal

who = Person(id="OP-1", role="operator")


def count_late(desk: Desk, unit: str, *, limit: int) -> int:
    return desk.count(unit=unit, late=True, limit=limit)


async def main() -> None:
    async with AsyncDesk(Desk(), threads=4) as desk:
        case: Case = await desk.receive(kind="information", channel="phone", content="x", by=who)
        case = await desk.note(case.id, text="x", by=who, expected=1)
        steps: Mapping[str, tuple[Refusal, ...]] = await desk.allowed(case, by=who)
        state: State = (await desk.find(states=["received"], holder="agency")).rows[0].state
        number: int = (await desk.feed(limit=3)).entries[0].event.n
        late: int = await desk.run(count_late, "U-1", limit=3)
        task: asyncio.Task[Case] = asyncio.create_task(desk.get(case.id))
        async with desk.together() as both:
            case = await both.answer(await task, text="x", by=who)
"""
BAD = [
    'await desk.receive(kind="nope", channel="phone", content="x", by=who)',
    "await desk.receive()",
    'await desk.answer(case, text="x", by=who, expected="1")',
    'await desk.find(states=["open"])',
    "await desk.find(colour=1)",
    'await desk.count(limit="x")',
    'case = desk.get("x")',
    'text: str = await desk.get("x")',
    'await desk.run(count_late, "U-1", limit="x")',
    "desk.together().answer",
    'await desk.consume("mail", print, limit="x")',
    'AsyncDesk("x")',
]


def test_a_type_checker_knows_each_coroutine(tmp_path: Path) -> None:
    """mypy takes every good call and its result, and refuses each bad one."""
    check = pytest.importorskip("mypy.api").run
    page = tmp_path / "page.py"
    page.write_text(GOOD + "".join(f"        {line}\n" for line in BAD))
    found, problems, _ = check(
        ["--strict", "--config-file=", "--cache-dir", str(tmp_path / "cache"), str(page)]
    )
    assert problems == ""
    first = GOOD.count("\n") + 1
    lines = sorted({int(e.split(":")[1]) for e in found.splitlines() if ": error:" in e})
    assert lines == [*range(first, first + len(BAD))], found


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
            assert (await desk.count(), (await desk.feed()).entries) == (1, plain.feed().entries)
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
        assert (first.version, found + read_new()) == (
            2 if case else 1,
            [(first.id, first.version)],
        )
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


def test_a_block_that_fails_records_nothing(store: Store) -> None:
    """If a block raises, or somebody else was first on one of its cases, no act is recorded."""

    async def fill(desk: AsyncDesk, case: Case, error: type[Exception] | None) -> None:
        async with desk.together() as both:
            await both.do(None, CALL)
            await both.do(case.id, NOTE)
            if error is not None:
                raise error
            await desk.do(case, NOTE)

    async def main() -> None:
        async with AsyncDesk(Desk(store=store)) as desk:
            case = await desk.do(None, CALL)
            for error in (KeyError, None):
                with pytest.raises(error or ConflictError):
                    await fill(desk, case, error)
                assert await desk.count() == 1

    asyncio.run(main())


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
