"""What is tried again because others were first: how often, and what is said in the end."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, ClassVar

import attrs
import pytest

from phananh.errors import ConflictError, LeaseLostError, StoreError
from phananh.regulation.request import Erased
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.stores.sql import LostRaceError, SqlStore
from phananh.stores.sql.dialect import Dialect, Migration, Statements
from phananh.stores.sql.dialects.sqlite import MIGRATIONS, SqliteDialect
from phananh.stores.sql.rows import COLUMNS, RECENT, row_checksum
from phananh.stores.sql.status import read_status
from phananh.testing.sample_events import change, completed, lapsed, received
from phananh.worktime.instants import VIETNAM
from tests.stores.sql.damaged import alter

NOW = datetime(2026, 3, 4, 8, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


class Contested(SqliteStore):
    """A store whose transactions lose the race, as often as it is told to."""

    losses, tries = 0, 0

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
                assert ([row.case for row in store.find(query).rows], store.count(query)) == (
                    cases,
                    len(cases),
                )


class PlainDialect(SqliteDialect):
    """An engine that says and does nothing in a way of its own, but that has no `for update`."""

    by_version = "p.case_id = e.case_id and p.version = e.version"
    statements: ClassVar[Statements] = Statements(
        lock_case=Statements().lock_case.removesuffix(" for update")
    )
    scan = SqliteDialect.scan.replace("p.position = e.position", by_version)
    migrations = (
        Migration(
            4, "pre", 4, "tables",
            (
                *(each for step in MIGRATIONS for each in step.statements),
                "drop table phananh_personal",
                """create table phananh_personal (case_id text not null, version integer not null,
                salt blob not null, data not null, primary key (case_id, version))""",
                "create table log (said)",
            ),
        ),
    )  # fmt: skip
    after_migrations = ()
    lock_schema, unlock_schema = "select 1", "insert into log values ('unlocked')"
    limits = (("insert into log values (?)", ("limited",)),)
    replicate = "insert into log values ('replicated')"
    held_back = "select 3, 1.5"
    hint, erase, find_broken = Dialect.hint, Dialect.erase, Dialect.find_broken


class LockedDialect(PlainDialect):
    """The same while another process migrates."""

    lock_schema = "select 0"


class PlainStore(SqliteStore):
    """A store that leaves all it can to what every engine shares."""

    dialect: PlainDialect = PlainDialect()

    def read_log(self) -> list[str]:
        """Return what was said since the last time."""
        said = [each for (each,) in self._select("examining", "select said from log", ())]
        alter(self, "delete from log")
        return said


def test_what_every_engine_shares_is_whole(tmp_path: Path) -> None:
    """Statements, waits and locks that SQLite has its own of do what the contract says too."""
    first, second = received("HB-1"), completed("HB-1", 2)
    acts = [change(first, command="a"), change(second, after=(first,), command="b")]
    with PlainStore(tmp_path / "cases.db") as store:
        assert store.read_log() == ["unlocked"]
        for act in acts:
            store.commit([act])
        store.commit([change(received("HB-2"))])
        assert (store.read_log(), [case for case, _ in store.iter_texts()]) == (
            [],
            ["HB-2", "HB-1", "HB-1"],
        )
        assert store.load("HB-1") == (first, second)
        many = {"HB-1": (first, second), "HB-2": (received("HB-2"),)}
        assert store.load_many(["HB-2", "HB-9", "HB-1"]) == many
        assert [entry.event for entry in store.scan()] == [first, second, received("HB-2")]
        assert (store.find_command("x"), store.read_log()) == (None, [])
        known = store.find_command("b")
        assert (known.version, known.is_erased, known.is_same(acts[1].commands[0])) == (
            2,
            False,
            True,
        )
        assert store.read_log() == ["replicated"]
        for _ in range(2):
            store.erase("HB-1", at=NOW)
            assert store.read_log() == ["limited"]
        store.erase("HB-9", at=NOW)
        assert all(isinstance(event.content, Erased) for event in store.load("HB-1"))
        assert store.load("HB-2") == (received("HB-2"),)
        gone = store.find_command("b")
        assert (gone.is_erased, gone.salt) == (True, None)
        assert store._select("examining", "select * from phananh_erasure", ()) == [
            ("HB-1", "2026-03-04T08:00:00.000000Z", 2)
        ]
        assert [*store.find_damage()] == []
        alter(store, "insert into phananh_erasure values ('HB-2', 'x', 1)")
        assert [error.code for error in store.find_damage()] == ["personal_unerased"]
        status = read_status(store)
        assert (status.held_back, status.oldest_seconds) == (3, 1.5)
        assert store.claim("mail", now=NOW, until=LATER) is not None
        assert store.read_log()[-1] == "limited"
        alter(store, "drop table log")
        with pytest.raises(StoreError, match=r"^while recording: .* no such table: log"):
            store.find_command("b")


def test_recent_events_are_few_and_of_an_erased_case_none(tmp_path: Path) -> None:
    """An event is not parsed again while its row is the same, whichever handle reads it."""
    with SqliteStore(tmp_path / "a.db") as store, SqliteStore(tmp_path / "a.db") as other:
        at, local = (NOW.astimezone(each) for each in (timezone(timedelta(hours=1)), VIETNAM))
        late = attrs.evolve(lapsed("HC-3", 2, opened_by=1), at=local, recorded_at=local, due=at)
        store.commit(
            [change(received(f"HB-{n}")) for n in range(300)]
            + [change(attrs.evolve(received("HC-1"), at=at, recorded_at=at))]
            + [change(attrs.evolve(received("HC-2"), at=local, recorded_at=at))]
            + [change(received("HC-3"), late)]
        )
        assert (
            any(  # else another process had another
                getattr(store.load(each)[-1], name).tzinfo is at.tzinfo
                for each, name in zip(
                    ("HC-1", "HC-2", "HC-3"), ("recorded_at", "recorded_at", "due"), strict=True
                )
            ),
            {len(store.load(f"HB-{n}")) for n in range(300)},
            store.load("HB-299")[0] is other.load("HB-299")[0],
            len(RECENT),
        ) == (False, {1}, True, 128)
        store.erase("HB-299", at=NOW)
        assert (len(RECENT), type(other.load("HB-299")[0].content)) == (0, Erased)


def test_a_store_over_sql_has_three_methods_of_its_own() -> None:
    """Who forgets one of them, or of the two of a dialect, is told so where it is made."""
    with pytest.raises(TypeError, match="abstract methods _select, _transact, capabilities"):
        SqlStore()  # type: ignore[abstract]  # wrong on purpose
    with pytest.raises(TypeError, match="abstract methods explain, is_lost_race"):
        Dialect()  # type: ignore[abstract]  # wrong on purpose


def test_whoever_waits_in_vain_to_migrate_does_not(tmp_path: Path) -> None:
    """While another holds the lock of the schema no step is done, and the lock is left alone."""
    with PlainStore(tmp_path / "cases.db") as store:
        store.read_log()
        store.dialect = LockedDialect()
        with pytest.raises(StoreError) as caught:
            store.migrate()
        assert (caught.value.code, store.read_log()) == ("always_second", [])


def test_a_race_that_nobody_can_be_seen_to_have_won_is_a_conflict(store: Contested) -> None:
    """After a deadlock nothing shows who was first, and the caller decides anew."""
    store.losses = 1
    act = change(completed("HB-1", 2), after=store.load("HB-1"), command="c")
    with pytest.raises(ConflictError) as caught:
        store.commit([act])
    assert (caught.value.case, caught.value.expected, caught.value.actual) == ("HB-1", 1, None)
    store.commit([act])
    assert len(store.load("HB-1")) == 2


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
    alter(store, "update phananh_case set filters = ''")
    for call in (lambda: store.erase("HB-1", at=NOW), store.migrate, store.refresh_rows):
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
    assert not store._keep(lease, (lease.number, "another end", ""))  # since it was read
    store.losses = 5
    store.release(lease)
    assert store.claim("mail", now=NOW, until=LATER) is None
    assert store.claim("mail", now=LATER, until=LATER + timedelta(minutes=1)) is not None
