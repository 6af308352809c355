"""Each row of the acceptance list holds, and turns red where its defence is switched off."""

from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from phananh.stores.base import Store
from tests.adversarial import import_rows
from tests.adversarial.rows import ROWS, Off, Row, pick
from tests.adversarial.world import FAILURES, World
from tests.faults.conftest import ALCHEMY, DJANGO, ENGINES, lend_place

import_rows()
QUICK = {"sqlite": {"synchronous": "NORMAL"}, "postgres": {"retry_for": 0, "timeout": 60}}


def numbered(rows: Iterable[Row]) -> list[object]:
    """Return rows as parameters whose ids are their numbers."""
    return [pytest.param(each, id=str(each.number)) for each in rows]


TWINS = [
    pytest.param(each, off, id=f"{each.number} without: {off.words}")
    for _, each in sorted(ROWS.items())
    for off in each.offs
    if each.place != "places"
]
TWINS_IN_PLACES = [
    pytest.param(each, off, id=f"{each.number} without: {off.words}")
    for each in pick("places")
    for off in each.offs
]


def try_row(row: Row, world: World) -> None:
    """Check a row where it must not be skipped."""
    try:
        row.check(world)
    except pytest.skip.Exception as skip:
        raise LookupError(f"nothing was tried: {skip}") from skip


@pytest.fixture
def world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    """Return a world with a store in memory."""
    made = World(folder=tmp_path, patch=monkeypatch)
    yield made
    made.store.close()


def test_rows_of_times_lifecycle_and_stores_have_twins() -> None:
    """Each row of these areas is there, and has a defence that can be switched off."""
    needed = [*range(42, 49), *range(67, 115), 137]
    assert [n for n in needed if n not in ROWS or not ROWS[n].offs] == []


@pytest.mark.parametrize("row", numbered(pick("memory")))
def test_row(row: Row, world: World) -> None:
    """The library does what the row of this number says."""
    row.check(world)


@pytest.mark.parametrize("row", numbered(pick("stores")))
def test_row_on_every_store(row: Row, world: World, every_store: Store) -> None:
    """The library does what the row of this number says on each store."""
    world.store = every_store
    row.check(world)


@pytest.mark.parametrize(("row", "off"), TWINS)
def test_row_turns_red(row: Row, off: Off, world: World) -> None:
    """Without its defence the row of this number fails, and by its own checks."""
    off.change(world)
    with pytest.raises(FAILURES):
        try_row(row, world)


@pytest.mark.parametrize("place", [*ENGINES, *ALCHEMY, *DJANGO])
@pytest.mark.parametrize("row", numbered(pick("places")))
def test_row_in_every_place(
    row: Row, place: str, world: World, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """The library does what the row of this number says on each engine that can be hurt."""
    with lend_place(place, request, tmp_path, **QUICK.get(place, {})) as world.place:
        row.check(world)


@pytest.mark.parametrize(("row", "off"), TWINS_IN_PLACES)
def test_row_in_a_place_turns_red(
    row: Row, off: Off, world: World, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    """Without its defence the row of this number fails on an engine that can be hurt."""
    off.change(world)
    with (
        lend_place("sqlite", request, tmp_path, **QUICK["sqlite"]) as world.place,
        pytest.raises(FAILURES),
    ):
        try_row(row, world)
