"""Older tables are brought up to date with all that is in them, while others use them or not."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import datetime
from pathlib import Path

import attrs
import pytest

from phananh import Accused, Desk
from phananh.errors import InputError, SchemaError
from phananh.regulation.request import Erased
from phananh.stores import SqliteStore
from phananh.stores.base import ORDERS, Command, Query
from phananh.stores.sql.dialects.sqlite import MIGRATIONS
from phananh.stores.sql.rows import COLUMNS, row_values
from phananh.stores.sql.status import SchemaStatus, read_schema
from phananh.testing.sample_events import START, change, received
from tests.desk import people as p
from tests.stores.files import alter
from tests.stores.sql.old_file import STEPS, FutureStore, make_old

HAND = p.Hand()
FILTERS: tuple[dict[str, object], ...] = (
    {}, {"unit": "MC-1"}, {"holder": "operator"}, {"is_open": True}, {"late": False},
    {"states": ["received"]}, {"kind": "information"}, {"rules": "2370/2019"},
    {"due_before": datetime(2199, 1, 1, tzinfo=START.tzinfo)},
)  # fmt: skip


def fill(store: SqliteStore) -> list[str]:
    """Record cases as an office does, erase one, and return their ids."""
    desk = Desk(store=store, clock=HAND)
    made = [p.with_officer(desk).id if i % 3 else p.a_case(desk).id for i in range(9)]
    desk.complete(made[0], content="thêm", by=p.OPERATOR, command_id="click")
    store.erase(made[1], at=HAND.at)
    return made


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path, list[str]]:
    """Return a file of schema 2, one of now with the same in it, and the ids of the cases."""
    now, old = tmp_path / "now.db", tmp_path / "old.db"
    with SqliteStore(now) as store:
        cases = fill(store)
    make_old(old, now)
    return old, now, cases


def test_old_file_is_refused_and_left_as_it_is(files: tuple[Path, Path, list[str]]) -> None:
    """A file of schema 2 is not opened, and the error names the command that migrates it."""
    old, _, _ = files
    before = old.read_bytes()
    with pytest.raises(SchemaError, match="phananh db migrate") as caught:
        SqliteStore(old)
    assert ((caught.value.found, caught.value.needed), old.read_bytes()) == (("2", "6"), before)


def test_old_file_reads_the_same_after_it_was_migrated(
    files: tuple[Path, Path, list[str]],
) -> None:
    """After a migration histories, commands, lists, counts and the feed are those of a new file."""
    old, now, cases = files
    with SqliteStore(old, check_schema=False) as store:
        assert (read_schema(store).left, store.migrate(), store.migrate()) == (STEPS, STEPS, ())
        assert store._is_checked  # whoever brings tables up to date does not refuse them
    with SqliteStore(old) as store, SqliteStore(now) as wanted:
        steps = wanted._select("opening", "select * from phananh_schema", ())
        assert steps == [(MIGRATIONS[-1].number, MIGRATIONS[-1].oldest)]
        dated = "select distinct urgent_at is due from phananh_case where due is not null"
        assert store._select("finding", dated, ()) == [(1,)]
        assert ({row.figures for row in store.find(Query()).rows}, [*store.find_damage()]) == (
            {None},
            [],
        )
        assert (store.refresh_rows(), store.refresh_rows()) == (len(cases), 0)
        alter(old, "update phananh_case set filters = '' where case_id = ?", cases[0])
        assert (store.refresh_rows(), store.refresh_rows()) == (1, 0)
        assert [store.load(case) for case in cases] == [wanted.load(case) for case in cases]
        assert store.find_command("click") == wanted.find_command("click")
        assert (store.scan(), store.list_calendars()) == (wanted.scan(), wanted.list_calendars())
        for filters in FILTERS:
            for order in ORDERS:
                query = Query(**filters, order=order)  # type: ignore[arg-type]  # as a table
                assert store.find(query) == wanted.find(query), query
                assert store.count(query) == wanted.count(query)
        assert [*store.find_damage()] == []


def test_rows_of_schema_5_are_in_the_lists_of_schema_6_once_they_are_refreshed(
    tmp_path: Path,
) -> None:
    """A row that its code wrote, before the step or after it, tells of no accused until then."""
    path = tmp_path / "cases.db"
    accused = [Accused(id=p.AGENCY.id, unit="U-2")]
    with SqliteStore(path) as store:
        desk = Desk(store=store, clock=HAND)
        held = desk.request_verification(
            p.with_officer(desk), agency="U-2", focal=p.AGENCY.id, by=p.OFFICER,
            appointment=HAND.at + p.HOUR,
        )  # fmt: skip
        desk.complete(held, accused=accused, by=p.OPERATOR)
        older = row_values(attrs.evolve(store.find(Query()).rows[0], holder_accused=None))
        written = dict(zip(COLUMNS, older, strict=True))
        values = f"filters = '{written['filters']}', crc = {written['crc']}"
        for damage in (
            f"update phananh_case set {values}",  # noqa: S608
            "drop index phananh_case_accused",
            "drop index phananh_event_completed",
            "drop index phananh_case_officer_unit",
            "drop index phananh_case_officer_unit_urgent",
            "alter table phananh_case drop column holder_accused",
            "alter table phananh_case drop column officer_unit_key",
            "update phananh_schema set version = 5",
        ):
            alter(path, damage)
        assert store.migrate() == ("6_pre_holder_accused",)
        wanted = Query(holder_accused=True), Query(officer_unit="U-1")
        for damage in ("", f", holder_accused = 0, officer_unit_key = null, {values}"):
            alter(path, f"update phananh_case set late = 0{damage}")  # noqa: S608
            assert store.find(Query()).rows[0].holder_accused is None
            assert [store.count(query) for query in wanted] == [0, 0]
            assert (store.refresh_rows(), store.refresh_rows()) == (1, 0)
            assert [row.case for q in wanted for row in store.find(q).rows] == [held.id] * 2
            assert [*store.find_damage()] == []


def test_file_that_old_code_wrote_reads_as_it_did(tmp_path: Path) -> None:
    """A dump of what a version with schema 2 wrote is migrated, and all of it is there."""
    path, dump = tmp_path / "old.db", Path(__file__).parents[2] / "data" / "schema-2.sql"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
    with SqliteStore(path, check_schema=False) as store:
        store.migrate()
    with SqliteStore(path) as store:
        desk = Desk(store=store, clock=HAND)
        rows = {row.case: row for row in desk.find().rows}
        assert {case: row.version for case, row in rows.items()} == {
            "HB-2603-792KBG1Z4J": 2,
            "HB-2603-6Z93VKAB57": 1,
            "HB-2603-TQSZ7ARQNY": 1,
        }
        texts = {case: desk.get(case).content for case in rows}
        assert isinstance(texts.pop("HB-2603-6Z93VKAB57"), Erased)
        assert [*texts.values()] == ["thêm", "Xin hỏi giờ tiếp dân 2"]
        commands = [store.find_command(name) for name in ("click-0", "click-1", "more")]
        assert [each and (each.version, each.is_erased) for each in commands] == [
            (1, False), (1, True), (2, False),
        ]  # fmt: skip
        # An erased one has no outline, so it is taken for any act as it was.
        other = Command(id="click-1", version=1, content=b"x", is_personal=True, outline=b"x")
        assert [each and each.is_same(other) for each in commands] == [False, True, False]
        assert (len(store.scan()), [*store.find_damage()]) == (4, [])


def test_two_processes_migrate_at_once(files: tuple[Path, Path, list[str]]) -> None:
    """Four processes that migrate one file at once do each step once between them."""
    old, _, _ = files
    code = (
        "import sys; from phananh.stores import SqliteStore\n"
        "with SqliteStore(sys.argv[1], check_schema=False) as store: print(len(store.migrate()))"
    )
    running = [
        subprocess.Popen([sys.executable, "-c", code, str(old)], stdout=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    said = [process.communicate(timeout=60)[0].strip() for process in running]
    assert sorted(said) == ["0", "0", "0", "4"]


def test_old_and_new_code_run_side_by_side_between_pre_and_post(tmp_path: Path) -> None:
    """After "pre" old and new code record in one file; "post" ends that, for the old one."""
    path = tmp_path / "cases.db"
    with SqliteStore(path) as old:
        old.commit([change(received("HB-1"))])
        with pytest.raises(SchemaError, match="schema 6, needed 7"):
            FutureStore(path)
        with FutureStore(path, check_schema=False) as new:
            # No step is "post" before what is "pre".
            assert [new.migrate(each) for each in ("post", "pre")] == [(), ("7_pre_notes",)]
            assert (read_schema(new).left, old.migrate()) == (("8_post_kinds",), ())
            old.commit([change(received("HB-2"))])
            new.commit([change(received("HB-3"))])
            assert old.count(Query()) == new.count(Query()) == 3
            assert new.load("HB-2") == old.load("HB-2") == (received("HB-2"),)
    SqliteStore(path).close()
    with FutureStore(path) as new:
        assert (new.migrate("post"), read_schema(new).is_usable) == (("8_post_kinds",), True)
    with pytest.raises(SchemaError, match=r"schema 8, needed 6: .* newer phananh"):
        SqliteStore(path)
    with pytest.raises(SchemaError), SqliteStore(path, check_schema=False) as old:
        old.migrate()


@pytest.mark.parametrize(
    "damage",
    [
        "delete from phananh_schema",
        "insert into phananh_schema values (3, 3)",
        "update phananh_schema set version = 'three'",
        "update phananh_schema set version = 0",
        "update phananh_schema set version = -1",
    ],
)
def test_schema_that_nobody_made_is_not_migrated(tmp_path: Path, damage: str) -> None:
    """Where the table of the schema is not as a step left it, nothing is done."""
    path = tmp_path / "cases.db"
    with SqliteStore(path) as store:
        fill(store)
    alter(path, damage)
    with SqliteStore(path, check_schema=False) as store:
        status = read_schema(store)
        assert (status.version, status.is_usable, status.left) == (0, False, ())
        with pytest.raises(SchemaError) as caught:
            store.migrate()
    assert repr(caught.value) == (
        "SchemaError(article=None, code='schema_older', facts={'doing': 'opening'}, "
        f"where={str(path)!r}, found='unknown', needed='6')"
    )


def test_tables_that_there_are_not_lack_every_step(tmp_path: Path) -> None:
    """A database that has none of our tables is told to have no version, and all steps left."""
    with SqliteStore(tmp_path / "cases.db") as store:
        alter(tmp_path / "cases.db", "drop table phananh_schema")
        left = ("2_pre_tables", *STEPS)
        assert read_schema(store) == SchemaStatus(
            version=None, needed=6, left=left, is_usable=False
        )
        assert read_schema(store, "post").left == ()


def test_phase_that_there_is_not_is_refused(tmp_path: Path) -> None:
    """A misspelt phase is an error, and no step is done."""
    with (
        SqliteStore(tmp_path / "cases.db") as store,
        pytest.raises(InputError, match="use one of pre, post, all"),
    ):
        store.migrate("prae")  # type: ignore[arg-type]  # wrong on purpose


def test_row_that_old_code_wrote_over_a_newer_one_is_whole(tmp_path: Path) -> None:
    """A moment of entry that older code left there is not shown, and another one is damage."""
    path = tmp_path / "cases.db"
    with SqliteStore(path) as store:
        (row,) = Desk(store=store, clock=HAND).find(code=str(p.a_case(Desk(store=store)).code)).rows
        assert row.recorded_at == row.updated_at
        *_, older = row_values(attrs.evolve(row, recorded_at=None))
        for damage, left, damaged in (
            (f"update phananh_case set crc = {older}", [None], ()),  # noqa: S608
            ("update phananh_case set recorded_at = '2019-01-01T00:00:00.000000Z'", [None], ()),
            ("update phananh_case set crc = crc + 1", [], (row.case,)),
        ):
            alter(path, damage)
            page = store.find(Query())
            assert ([each.recorded_at for each in page.rows], page.damaged) == (left, damaged)
