"""What a coroutine of the desk takes and returns, at run time and for a type checker."""

import asyncio
import inspect
import threading
from pathlib import Path

import pytest

from phananh import Desk
from phananh.aio import AsyncDesk, Threads
from tests.desk import people as p

# What answers at once, by a plain call of `AsyncDesk.desk`.
PLAIN = {"case_of", "context_of", "moment", "now", "require_rules", "with_calendars"}
# What AsyncDesk says in its own words.
OWN = {"together"}
METHODS = sorted(
    name
    for name, kind in inspect.getmembers(Desk, inspect.isfunction)
    if not name.startswith("_") and name not in PLAIN
)


def test_every_method_of_the_desk_is_there() -> None:
    """A method that Desk gains is missed here until AsyncDesk has it."""
    assert len(METHODS) > 30
    assert [name for name in METHODS if not hasattr(AsyncDesk, name)] == []


@pytest.mark.parametrize("name", METHODS)
def test_a_coroutine_takes_what_the_method_takes(name: str) -> None:
    """Each has the same arguments, in the same order, and says what it does."""
    method, coroutine = getattr(Desk, name), getattr(AsyncDesk, name)
    taken, given = (
        [
            (each.name, each.kind, each.default)
            for each in inspect.signature(one).parameters.values()
        ]
        for one in (coroutine, method)
    )
    assert taken[1:] == given[1:]
    assert coroutine.__doc__
    assert inspect.iscoroutinefunction(coroutine) or name == "together"
    assert name in OWN or coroutine.__doc__ == method.__doc__


def test_a_function_of_your_own_runs_in_one_thread() -> None:
    """`run` lends the desk to a function, with the arguments that it takes."""

    def take_and_answer(desk: Desk, text: str, *, click: str) -> tuple[str, int]:
        case = p.a_case(desk, command_id=click)
        done = desk.answer(case, text=text, by=p.OPERATOR)
        return threading.current_thread().name, done.version

    async def main() -> None:
        desk = AsyncDesk(Desk())
        name, version = await desk.run(take_and_answer, "Trả lời mẫu", click="c-1")
        assert name.startswith("phananh")
        assert version == 2

    asyncio.run(main())


def test_desks_may_share_their_threads() -> None:
    """A desk for one request, with hours of its own, takes the threads of another."""
    desk = AsyncDesk(Desk(), threads=3)
    other = AsyncDesk(Desk(), threads=desk.threads)
    assert other.threads is desk.threads
    assert isinstance(AsyncDesk(Desk()).threads, Threads)


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
