"""What is tried again because others were first: how often, and what is said in the end."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest

from phananh.errors import LeaseLostError, StoreError
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.stores.sql import LostRaceError
from phananh.stores.sql.rows import COLUMNS, row_checksum
from phananh.testing.sample_events import change, received

NOW = datetime(2026, 3, 4, 8, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


class Contested(SqliteStore):
    """A store whose transactions lose the race, as often as it is told to."""

    losses = 0
    tries = 0

    def _transact(self, doing: Callable[[], Any], work: Callable[[Any], object]) -> None:
        self.tries += 1
        if self.losses:
            self.losses -= 1
            raise LostRaceError
        super()._transact(doing, work)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Contested]:
    """Return a store with one case."""
    with Contested(tmp_path / "cases.db") as made:
        made.commit([change(received("HB-1"))])
        made.tries = 0
        yield made


def test_rows_of_an_earlier_folding_are_listed(tmp_path: Path) -> None:
    """A unit that was folded with i and y apart is found by either spelling, in every list."""
    path, units = tmp_path / "cases.db", ("Phòng Quản lí", "Phòng Quản lý", "Công ti Quản lý")
    with SqliteStore(path) as store:
        for n, unit in enumerate(units):
            event = received(f"HB-{n}")
            row = attrs.evolve(change(event).row, unit=unit, holder_id=unit)
            store.commit([attrs.evolve(change(event), row=row)])
    at = {name: n for n, name in enumerate(COLUMNS)}
    with closing(sqlite3.connect(path, isolation_level=None)) as file:
        for row in file.execute(f"select {', '.join(COLUMNS)} from phananh_case").fetchall():  # noqa: S608
            values = [*row]
            values[at["unit_key"]] = values[at["holder_key"]] = row[at["unit"]].casefold()
            values[-1] = row_checksum(values, values[at["recorded_at"]])
            changed = (
                values[at["unit_key"]],
                values[at["holder_key"]],
                values[-1],
                row[at["case_id"]],
            )
            file.execute(
                "update phananh_case set unit_key = ?, holder_key = ?, crc = ? where case_id = ?",
                changed,
            )
    with SqliteStore(path) as store:
        for wanted, cases in zip(
            units, (["HB-0", "HB-1"], ["HB-0", "HB-1"], ["HB-2"]), strict=True
        ):
            for given in (
                {"unit": wanted},
                {"holder_id": wanted},
                {"unit": wanted, "is_open": True},
            ):
                query = Query(**given)
                assert [row.case for row in store.find(query).rows] == cases
                assert store.count(query) == len(cases)


@pytest.mark.parametrize("losses", range(5))
def test_erasing_and_migrating_are_tried_five_times(store: Contested, losses: int) -> None:
    """Four races may be lost, and the fifth time it is done."""
    for call in (lambda: store.erase("HB-1", at=NOW), store.migrate):
        store.losses, store.tries = losses, 0
        call()
        assert store.tries == losses + 1


def test_whoever_is_always_second_is_told_so(store: Contested) -> None:
    """After five races that were lost it is an error, and nothing was done."""
    before = store.load("HB-1")
    for call in (lambda: store.erase("HB-1", at=NOW), store.migrate):
        store.losses, store.tries = 9, 0
        with pytest.raises(StoreError) as caught:
            call()
        assert (caught.value.code, store.tries, store.losses) == ("always_second", 5, 4)
        assert store.load("HB-1") == before


def test_a_lease_is_renewed_and_released_at_the_fifth_try(store: Contested) -> None:
    """Four races of threads of one worker may be lost."""
    [lease] = filter(None, [store.claim("mail", now=NOW, until=LATER, start="end")])
    for number in range(1, 3):
        store.losses = 4
        until = LATER + timedelta(minutes=number)
        renewed = store.advance(lease, lease.position, until=until)
        assert renewed == attrs.evolve(lease, until=until)
    store.losses = 4
    store.release(renewed)
    assert store.claim("mail", now=NOW, until=LATER) is not None


def test_a_lease_that_is_always_second_is_lost(store: Contested) -> None:
    """Then another may claim it only once its time is over, as nothing was written."""
    [lease] = filter(None, [store.claim("mail", now=NOW, until=LATER, start="end")])
    store.losses, store.tries = 5, 0
    with pytest.raises(LeaseLostError):
        store.advance(lease, lease.position, until=LATER + timedelta(hours=1))
    assert store.tries == 5
    store.losses = 5
    store.release(lease)
    assert store.claim("mail", now=NOW, until=LATER) is None
    assert store.claim("mail", now=LATER, until=LATER + timedelta(minutes=1)) is not None
