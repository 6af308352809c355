"""Everything goes from any store to any other, also if it is broken off, and both are compared."""

from collections.abc import Iterator, Sequence
from datetime import timedelta
from hashlib import blake2b
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from phananh import Desk
from phananh.errors import CorruptError, InputError, StoreError
from phananh.samples import draw_changes
from phananh.stores import SqliteStore, copying
from phananh.stores.base import Lease, Query, Store
from phananh.stores.copying import copy_store
from phananh.stores.sql.dialects.postgres import PostgresDialect
from phananh.stores.sql.store import SqlStore
from phananh.testing.sample_events import START, change, received
from tests.desk import people as p
from tests.stores.every import EVERY, new_store
from tests.stores.sql.damaged import alter
from tests.stores.sql.test_store import Contested

TABLES = ("sqlite", *(each for each in EVERY if each not in ("memory", "sqlite")))
HOUR = timedelta(hours=1)


def fill(store: Store, cases: int = 20) -> None:
    """Record cases with commands and histories, erase one, and let consumers read."""
    desk = Desk(store=store, clock=p.Hand())
    first = p.a_case(desk, command_id="click-1")
    desk.complete(first.id, content="thêm", by=p.OPERATOR, command_id="click-2")
    for one in draw_changes(cases, seed=3):
        store.commit([one])
    store.erase(p.with_officer(desk, command_id="click-3").id, at=p.MORNING)
    p.a_case(desk)
    entries = store.scan(limit=7)
    mail = store.claim("mail", START, START + HOUR)
    assert mail == Lease(consumer="mail", number=1, position=None, until=START + HOUR)
    store.advance(mail, entries[4].position)
    for name, start in (("sms", "end"), ("new", None)):
        lease = store.claim(name, START, START + HOUR, start=start)
        assert lease is not None
        store.release(lease)


def check_same(one: Store, other: Store) -> None:
    """Check what the calls of two stores give."""
    entries = one.scan(limit=10_000)
    assert [e.event for e in other.scan(limit=10_000)] == [e.event for e in entries]
    assert other.find(Query(limit=1000)).rows == one.find(Query(limit=1000)).rows
    for command in ("click-1", "click-2", "click-3"):
        assert other.find_command(command) == one.find_command(command)
        assert other.find_command(command) is not None
    for name, left in (("mail", len(entries) - 5), ("sms", 0), ("new", len(entries))):
        leases = [s.claim(name, START + 2 * HOUR, START + 3 * HOUR) for s in (one, other)]
        found = [
            [e.event for e in store.scan(lease.position, limit=10_000)]
            for store, lease in zip((one, other), leases, strict=True)
            if lease is not None
        ]
        assert (found[0], len(found[0])) == (found[1], left)
        assert leases[0] is not None
        assert leases[1] is not None
        assert leases[0].number == leases[1].number


@pytest.fixture
def office(tmp_path: Path) -> Iterator[SqliteStore]:
    """Give a file with cases, commands, an erasure and consumers."""
    with SqliteStore(tmp_path / "office.db", synchronous="NORMAL") as store:
        fill(store)
        yield store


@pytest.fixture(params=TABLES)
def target(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[SqlStore]:
    """Give each store over SQL in turn, empty."""
    (tmp_path / "target").mkdir()
    with new_store(request.param, request, tmp_path / "target") as store:
        assert isinstance(store, SqlStore)
        yield store


def test_everything_goes_to_every_engine_and_back(
    office: SqliteStore, target: SqlStore, tmp_path: Path
) -> None:
    """Events, rows, commands, erasures and consumers are the same on the other side, and back."""
    copied = copy_store(office, target)
    assert copied.left_out == ()
    assert copied.counts["command"] >= 3
    assert (copied.counts["case"], copied.counts["erasure"], copied.counts["consumer"]) == (
        23,
        1,
        3,
    )
    assert [*target.find_damage()] == []
    with SqliteStore(tmp_path / "back.db") as back:
        assert (copy_store(target, back), [*back.find_damage()]) == (copied, [])
    check_same(office, target)


def test_target_that_holds_something_else_is_refused(office: SqliteStore, tmp_path: Path) -> None:
    """Nothing is written over: cases of another source, or a consumer alone, refuse the copy."""
    with SqliteStore(tmp_path / "other.db") as other, SqliteStore(tmp_path / "used.db") as used:
        other.commit([change(received("HB-7"))])
        before = other.scan()
        with pytest.raises(InputError, match=r"^target: is not empty"):
            copy_store(office, other)
        assert other.scan() == before
        used.claim("mail", START, START + HOUR)
        with pytest.raises(InputError, match=r"^target: is not empty"):
            copy_store(office, used)


@pytest.mark.parametrize(
    ("spoilt", "left"),
    [
        ("update phananh_command set digest = 'x' where command_id = 'click-1'", 3),
        ("delete from phananh_command where command_id = 'click-1'", 2),
    ],
)
def test_difference_is_found_when_all_was_copied(
    office: SqliteStore, tmp_path: Path, spoilt: str, left: int
) -> None:
    """If a row of the target is another, or lost, the copy says in which table."""

    def spoil(what: str, _count: int) -> None:
        if what == "commands":
            alter(target, spoilt)

    with (
        SqliteStore(tmp_path / "other.db") as target,
        pytest.raises(StoreError, match="the copy differs in command") as caught,
    ):
        copy_store(office, target, spoil)
    assert caught.value.facts == {
        "doing": "copying", "table": "command", "source": 3, "target": left,
    }  # fmt: skip


def test_sums_are_of_every_column(office: SqliteStore) -> None:
    """Whatever is another in a row, the sum of its table is another."""
    database = copying._Database(office)
    for table, columns in (
        ("case", ("version", "filters", "officer_unit_key", "crc")),
        ("command", ("version", "digest", "is_personal", "crc")),
        ("erasure", ("at", "version")),
        ("consumer where name = 'mail'", ("number", "position", "until_at", "name")),
        ("personal where position = 1", ("data",)),
        ("event where position = 1", ("version", "type", "at", "body", "crc")),
    ):
        name, _, where = table.partition(" ")
        for column in columns:
            before = database.sum_up()
            alter(office, f"update phananh_{name} set {column} = '7' {where}")  # noqa: S608
            assert database.sum_up() != before, column


def test_copy_tells_how_far_it_is(
    office: SqliteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After each page it says how many of what are copied, and every page is copied."""
    monkeypatch.setattr(copying, "PAGE", 2)
    told = list[tuple[str, int]]()
    with SqliteStore(tmp_path / "other.db") as target:
        copied = copy_store(office, target, lambda *what: told.append(what))
        digests = "".join(digest for _, digest in copying._Database(office).sum_up().values())
        check_same(office, target)
    assert told == [
        (f"{table}s", count)
        for table in ("event", "case", "command", "erasure")
        for count in (*range(2, copied.counts[table], 2), copied.counts[table])
    ]
    assert [*copied.counts] == ["case", "command", "erasure", "event", "consumer"]
    assert copied.digest == blake2b(digests.encode(), digest_size=16).hexdigest()


def test_copy_that_another_disturbs_is_an_error(office: SqliteStore, tmp_path: Path) -> None:
    """Of a race that was lost the copy says so, and it is begun again with an empty target."""
    with Contested(tmp_path / "other.db") as target:
        target.losses = 1
        with pytest.raises(StoreError) as caught:
            copying._Database(target).transact(lambda session: None)
    assert (caught.value.code, caught.value.facts) == ("copy_raced", {"doing": "copying"})


def test_a_feed_that_two_columns_order_is_read_by_both() -> None:
    """Where a position is two numbers, both are asked for, in one order or the other."""
    asked = list[tuple[str, Sequence[object]]]()

    def ask(_: str, statement: str, values: Sequence[object]) -> list[object]:
        asked.append((statement.partition(" from ")[0] + statement.partition(" where ")[2], values))
        return []

    store: Any = SimpleNamespace(dialect=PostgresDialect(), _select=ask)
    database = copying._Database(store)
    assert (database.beginning, database.find_entry(None)) == ((0, 0), None)
    assert database.find_entry("3-4") is database.find_event("HB-1", 2) is None
    assert asked == [
        (
            "select case_id, version(tx, seq) <= (%s, %s) order by tx desc, seq desc limit 1",
            [3, 4],
        ),
        ("select tx, seqcase_id = %s and version = %s", ("HB-1", 2)),
    ]
    store._select = lambda _, *asking: asked.append(asking) or []
    assert [*database.read_events()] == database.read_feed(database.beginning) == []
    fenced, every = map(store.dialect.say, (PostgresDialect.scan, PostgresDialect.scan_all))
    assert asked[2:] == [(each, (0, 0, copying.PAGE)) for each in (every, fenced)]
    assert fenced != every  # what is written in the target is compared before it is in the feed
    damaged = (3, 4, "HB-1", 2, "Received", "x", "{}", 0, b"", None, None)
    with pytest.raises(CorruptError) as caught:
        store.dialect.read_feed(lambda *_: [damaged], None, 5)
    assert (caught.value.case, caught.value.version, caught.value.facts["position"]) == (
        "HB-1", 2, "3-4",
    )  # fmt: skip
