"""The SQLite store passes the whole contract, and reads what is due, not what is stored."""

import resource
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from datetime import timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any

import attrs
import pytest

from phananh import Person
from phananh.errors import ConflictError, CorruptError, InputError, SchemaError, StoreError
from phananh.regulation.request import OPEN_STATES, State
from phananh.samples import draw_changes
from phananh.stores import SqliteStore
from phananh.stores.base import Query
from phananh.stores.copying import copy_store
from phananh.stores.sql.dialect import LostRaceError
from phananh.stores.sql.status import read_schema, read_status
from phananh.stores.sql.store import _find_openness, count_by_statement, find_statement, list_slices
from phananh.stores.sqlite import DIALECT
from phananh.testing.sample_events import START, change, deadline, escalated, make_command, received
from tests.stores.suites import SqliteConformance, require_sqlite, run_statement

OPERATOR = Person(id="op-lan", role="operator")
HEAD = Person(id="x", role="agency_head", unit="Sở Y tế")
AFTER_END = "ends|2019-11-04T01:00:00.000000Z|x"
AFTER_DUE = "due|2019-11-04T01:00:00.000000Z|x"
NO_LIMIT = "none|2019-11-04T01:00:00.000000Z|x"


class TestSqliteStore(SqliteConformance):
    """The whole suite, durable."""

    capabilities = frozenset(
        {"durable", "multi_process", "external_transaction", "sql_reports", "lists"}
    )

    def test_declares_what_it_tests(self) -> None:
        """It declares what the suite is run for, and within a transaction fewer capabilities."""
        store = self.make_store()
        assert store.capabilities == self.capabilities
        assert repr(store) == f"SqliteStore({require_sqlite(store).path!r})"
        with self.transaction(store) as bound:
            assert bound.capabilities == {"external_transaction", "sql_reports", "lists"}


@pytest.fixture
def store(tmp_path: Path) -> Iterator[SqliteStore]:
    """Give a store in a file."""
    with SqliteStore(tmp_path / "cases.db") as store:
        yield store


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (Query(officer_id="Lan"), "phananh_case_officer"),
        (Query(order="urgent", is_open=True, after=AFTER_END), "phananh_case_urgent"),
        (Query(order="urgent", unit="Sở Y tế", after=AFTER_END), "phananh_case_unit_urgent"),
        (Query(order="urgent", for_=OPERATOR, after=AFTER_END), "phananh_case_role_urgent"),
        (Query(order="urgent", officer_id="Lan", after=AFTER_END), "phananh_case_officer_urgent"),
        (Query(order="urgent", holder_id="Lan", after=AFTER_END), "phananh_case_holder_urgent"),
        (Query(holder_accused=True), "phananh_case_accused"),
        (Query(officer_unit="Sở Y tế"), "phananh_case_officer_unit"),
        (Query(order="urgent", for_=HEAD, after=AFTER_END), "unit_urgent"),
        (Query(due_before=START), "phananh_case_due"),
        (Query(due_before=START, is_open=True, late=False), "phananh_case_due"),
        (Query(due_before=START, after=AFTER_DUE), "phananh_case_due"),
        (Query(unit="Sở Y tế", due_before=START, after=AFTER_DUE), "phananh_case_unit_due"),
        (Query(holder_id="op-lan", due_before=START), "phananh_case_holder_due"),
        (Query(), "phananh_case_time"),
        (Query(after="oldest|2019-11-04T01:00:00.000000Z|x"), "phananh_case_time"),
        (Query(unit="Sở Y tế"), "phananh_case_unit"),
        (Query(holder_id="op-lan"), "phananh_case_holder"),
        (Query(holder="operator"), "phananh_case_role"),
        (Query(holder="operator", is_open=True, order="newest"), "phananh_case_role"),
        (Query(late=True), "phananh_case_late"),
        (Query(late=True, is_open=True, order="newest"), "phananh_case_late"),
        (Query(is_open=True), "phananh_case_open"),
        (Query(states=["received", "closed"], order="newest"), "phananh_case_state"),
        (Query(kind="proposal"), "phananh_case_kind"),
        (Query(rules="2370/2019"), "phananh_case_rules"),
        (Query(received_since=START, received_before=START), "phananh_case_time"),
        (Query(code="abc"), "phananh_case_code"),
    ],
)
def test_reads_what_is_asked_not_what_is_stored(
    store: SqliteStore, query: Query, index: str
) -> None:
    """Every list is a range of an index, in its order: nothing is scanned or sorted."""
    with closing(sqlite3.connect(store.path)) as connection:
        slices = [*list_slices(query)]
        for part, after, paths in slices[:1] if query.order == "urgent" else slices:
            for each, path in paths:
                statement, values = find_statement(DIALECT, each, part, path, after, 101)
                plan = connection.execute(f"explain query plan {statement}", values).fetchall()
                steps = " ".join(step for *_, step in plan)
                assert index in steps
                assert "TEMP B-TREE" not in steps or query.code


@pytest.mark.parametrize(
    ("query", "index"),
    [
        (Query(due_before=START, order="oldest"), "phananh_case_due"),
        (Query(due_before=START, order="newest", unit="Sở Y tế"), "phananh_case_unit_due"),
    ],
)
def test_sorts_no_more_than_what_is_due(store: SqliteStore, query: Query, index: str) -> None:
    """What is due, in the order of receipt, is sorted; of the index only that range is read."""
    ((part, after, ((_, path),)),) = list_slices(query)
    statement, values = find_statement(DIALECT, query, part, path, after, 101)
    with closing(sqlite3.connect(store.path)) as connection:
        plan = connection.execute(f"explain query plan {statement}", values).fetchall()
    (searched,) = [step for *_, step in plan if index in step]
    assert "due<?" in searched


def test_open_cases_are_not_asked_for_twice() -> None:
    """Where the wanted states are all open, or none is, no second condition is given."""
    wanted = frozenset({State.RECEIVED, State.CLOSED})
    for states, is_open, told in (
        (OPEN_STATES, True, None), (wanted - OPEN_STATES, False, None), ((), True, 1),
        (wanted, True, 1), (wanted, False, 0), (wanted, None, None),
    ):  # fmt: skip
        asked = Query(states=states, is_open=is_open)
        assert (_find_openness(asked), asked.is_open) == (told, is_open)


def test_counts_calendars_in_an_index(store: SqliteStore) -> None:
    """Which calendars are in use is counted in an index that has all of it: no row is read."""
    with closing(sqlite3.connect(store.path)) as connection:
        plan = connection.execute(f"explain query plan {DIALECT.sql.calendars}").fetchall()
    (searched,) = [step for *_, step in plan]
    assert "USING COVERING INDEX phananh_case_calendar" in searched


def test_an_import_keeps_the_log_short(store: SqliteStore) -> None:
    """The log is copied into the file after some thousand rows, not only after many commits."""
    changes, longest = draw_changes(5_000), 0
    while some := list(islice(changes, 500)):
        store.commit(some)
        longest = max(longest, Path(f"{store.path}-wal").stat().st_size)
    assert 1_000_000 < longest < 20_000_000  # of 24 MB that were written


def test_backup_is_whole_while_others_write(store: SqliteStore, tmp_path: Path) -> None:
    """A backup is a store of one moment, and the original goes on."""
    store.commit([change(received("HB-1"))])
    store.backup(tmp_path / "copy.db")
    store.commit([change(received("HB-2"))])
    with SqliteStore(tmp_path / "copy.db") as copy:
        assert (copy.load("HB-1"), copy.load("HB-2")) == (store.load("HB-1"), ())
        copy.commit([change(received("HB-3"))])
    assert [*tmp_path.glob("copy.db-part*")] == []


def test_backup_never_replaces_a_file(store: SqliteStore, tmp_path: Path) -> None:
    """A backup onto an existing file is refused, and that file is as it was."""
    target, part = tmp_path / "copy.db", tmp_path / "other.db-part"
    for each in (target, part):
        each.write_bytes(b"precious")
    with pytest.raises(InputError, match="name a new file"):
        store.backup(target)
    store.backup(tmp_path / "other.db")
    assert target.read_bytes() == part.read_bytes() == b"precious"


def test_backup_that_fails_leaves_no_part(store: SqliteStore, tmp_path: Path) -> None:
    """What was written of a copy before the disk was full, personal texts too, is deleted."""
    store.commit([change(received("HB-1"))])
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (8192, before[1]))
    try:
        with pytest.raises(StoreError):
            store.backup(tmp_path / "copy.db")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert [*tmp_path.glob("copy.db*")] == []


def test_bound_refuses_a_connection_without_transaction(store: SqliteStore, tmp_path: Path) -> None:
    """Outside a transaction nothing could be undone: the error names the ways out."""
    connection = sqlite3.connect(tmp_path / "cases.db", isolation_level=None)
    with pytest.raises(InputError, match=r"^connection: .*begin imm"), store.bound(connection):
        pass
    connection.execute("begin")
    with store.bound(connection) as bound:
        connection.execute("drop table phananh_personal")
        for doing, ask in (
            ("loading a case", lambda: bound.load("HB-1")),
            ("recording case HB-1", lambda: bound.commit([change(received("HB-1"))])),
        ):
            with pytest.raises(StoreError, match=f"while {doing}.*: connection: no such table"):
                ask()
    connection.close()
    with pytest.raises(InputError) as caught, store.bound("cases.db"):  # type: ignore[arg-type]
        pass
    told = (caught.value.field, caught.value.code, isinstance(caught.value, TypeError))
    assert (*told, caught.value.facts) == (
        "connection", "not_a_connection", True, {"value": "'cases.db'"}
    )  # fmt: skip


def test_bound_refuses_a_database_without_our_tables(store: SqliteStore) -> None:
    """An application's database needs our tables first; schema_sql makes them."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    connection.execute("begin immediate")
    with pytest.raises(SchemaError, match="schema_sql"), store.bound(connection):
        pass
    connection.execute("rollback")
    connection.executescript(store.schema_sql())
    connection.execute("begin immediate")
    with store.bound(connection) as bound:
        unnamed = (make_command("c", 2, is_personal=False),)  # which needs no salt
        later = change(escalated("HB-1", 2), after=(received("HB-1"),))
        bound.commit([change(received("HB-1")), attrs.evolve(later, commands=unnamed)])
    connection.execute("commit")
    counts = "select count(*), (select count(*) from phananh_personal) from phananh_event"
    assert connection.execute(counts).fetchone() == (2, 1)
    connection.close()


class WatchedStore(SqliteStore):
    """A store that remembers what it said it was doing when it read."""

    doings: tuple[str, ...] = ()

    def _select(self, doing: str, statement: str, values: Sequence[Any]) -> list[Any]:
        self.doings = (*self.doings, doing)
        return super()._select(doing, statement, values)


def test_to_settle_a_lost_race_is_a_part_of_recording(tmp_path: Path) -> None:
    """What is read to find why nothing was recorded fails in the words of recording."""
    first = received("HB-1")
    with WatchedStore(tmp_path / "cases.db") as store:
        store.commit([change(first)])
        with pytest.raises(ConflictError):
            store.commit([change(first, command="x")])
        with pytest.raises(StoreError) as caught:
            store.commit([change(received("HB-2", code_digest=first.code_digest))])
        with pytest.raises(ConflictError, match="HB-3"):  # a deadlock: the first is named
            store._settle([change(received(each)) for each in ("HB-3", "HB-4")], LostRaceError())
    told = (caught.value.code, *store.doings)
    assert told == ("code_taken", "finding_command", *("recording",) * 7)


def test_a_call_reads_no_oftener_than_it_needs(tmp_path: Path) -> None:
    """A case, a command and a page of the feed are one statement; what is unknown is looked for."""
    with WatchedStore(tmp_path / "cases.db") as store:
        for case in ("HB-1", "HB-2"):
            due = escalated(case, 2, clock=deadline())
            store.commit([change(received(case), due, command=f"click on {case}")])
        calls: list[tuple[int, Callable[[], object]]] = [
            (1, lambda: store.load("HB-1")),
            (2, lambda: store.load("HB-9")),
            (0, lambda: store.load_many([])),
            (1, lambda: store.load_many(["HB-1", "HB-2"])),
            (1, lambda: store.find_command("click on HB-1")),
            (1, lambda: store.find(Query())),
            (1, lambda: store.find(Query(order="due", limit=1))),
            (2, lambda: store.find(Query(order="due", limit=2))),
            (1, lambda: store.find(Query(order="due", limit=1, after=NO_LIMIT))),
            (1, lambda: store.scan()),
            (1, lambda: store.count(Query())),
            (2, lambda: store.count(Query(unit="VP-UBND"), limit=3)),
            (1, lambda: store.count(Query(unit="VP-UBND"), limit=2)),
            (2, lambda: store._check_once(partial(store._select, "opening"))),
            (0, lambda: store._check_once(partial(store._select, "opening"))),
        ]
        for number, call in calls:
            store.doings = ()
            call()
            assert len(store.doings) == number, store.doings


def test_a_unit_is_counted_once_however_it_is_spelt(store: SqliteStore) -> None:
    """Cases of several states are counted in parts, and their units by what they mean."""
    for n, (unit, state) in enumerate((("Sở Y tế", "received"), ("SỞ Y TẾ", "overdue"))):
        made = change(received(f"đơn {n}"))
        row = attrs.evolve(made.row, unit=unit, state=State(state))
        store.commit([attrs.evolve(made, row=row)])
    asked = Query(states=["received", "overdue"])
    assert store.count_by(asked, "unit") in ({"Sở Y tế": 2}, {"SỞ Y TẾ": 2})
    ((_, _, ((_, path),)),) = list_slices(Query())
    assert count_by_statement(DIALECT, asked, path, "unit")[0].endswith(" group by unit_key")
    assert (store.count_by(asked, "state"), repr(store.count_by(asked, "late"))) == (
        {"received": 1, "overdue": 1}, "{False: 2}"
    )  # fmt: skip
    assert [case for case, _ in store.iter_texts()] == ["đơn 1", "đơn 0"]


def test_calendars_are_named_in_one_order(
    store: SqliteStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What names no unit comes first, on every engine, wherever it puts null."""
    for n, unit in enumerate(("Sở Y tế", None, "ubnd xã")):
        made = change(received(f"HB-{n}"), escalated(f"HB-{n}", 2, clock=deadline()))
        store.commit([attrs.evolve(made, row=attrs.evolve(made.row, unit=unit))])
    select = store._select
    monkeypatch.setattr(store, "_select", lambda *asked: [*reversed(select(*asked))])
    assert [use.unit for use in store.list_calendars()] == [None, "Sở Y tế", "ubnd xã"]


def test_a_connection_keeps_what_it_records(store: SqliteStore) -> None:
    """Each writes what it commits through, erases over what it deletes, and copies no log."""
    connection = store._pool.acquire()
    asked = ("synchronous", "secure_delete", "wal_autocheckpoint", "journal_mode")
    told = [connection.execute(f"pragma {name}").fetchone()[0] for name in asked]
    store._pool.release(connection)
    assert told == [2, 1, 0, "wal"]
    with SqliteStore(store.path, synchronous="normal") as quick:
        assert store.capabilities - quick.capabilities == {"durable"}
        connection = quick._pool.acquire()
        assert connection.execute("pragma synchronous").fetchone() == (1,)
        quick._pool.release(connection)


def test_a_case_without_any_event_lacks_its_first(store: SqliteStore) -> None:
    """A row whose history is gone whole is damage, and no unknown case."""
    store.commit([change(received("HB-1"))])
    run_statement(store, "delete from phananh_event where case_id = ?", "HB-1")
    with pytest.raises(CorruptError) as caught:
        store.load("HB-1")
    assert (caught.value.case, caught.value.version) == ("HB-1", 1)


def test_each_error_says_what_was_being_done(tmp_path: Path) -> None:
    """Each call names itself, on a store that is closed and on a file whose tables are gone."""
    closed, emptied, other = (SqliteStore(tmp_path / f"{n}.db") for n in range(3))
    tomorrow = START + timedelta(days=1)
    begun, more = change(received("HB-1")), change(received("HB-2"))
    closed.commit([begun])
    lease = closed.claim("mail", now=START, until=tomorrow)
    assert lease is not None
    calls = [
        ("loading a case", lambda store: store.load("HB-1")),
        ("recording", lambda store: store.find_command("x")),
        ("recording case HB-1 version 1", lambda store: store.commit([begun])),
        ("recording case HB-1 version 1 and 1 more", lambda store: store.commit([begun, more])),
        ("loading a case", lambda store: store.load_many(["HB-1"])),
        ("finding cases", lambda store: store.find(Query())),
        ("finding cases", lambda store: store.count(Query())),
        ("finding cases", lambda store: store.count_by(Query(), "state")),
        ("finding cases", lambda store: [*store.iter_figures(START, tomorrow)]),
        ("finding cases", lambda store: [*store.iter_texts()]),
        ("finding cases", lambda store: store.list_calendars()),
        ("scanning the feed", lambda store: store.scan()),
        ("claiming a consumer", lambda store: store.claim("x", now=START, until=tomorrow)),
        ("claiming a consumer", lambda store: store.advance(lease, lease.position or "0")),
        ("claiming a consumer", lambda store: store.release(lease)),
        ("erasing the personal data of case HB-1", lambda store: store.erase("HB-1", at=START)),
        ("copying", lambda store: copy_store(store, other)),
        ("migrating the tables", lambda store: store.refresh_rows()),
        ("examining the store", lambda store: read_status(store)),
    ]
    closed.close()
    for table in ("event", "case", "command", "consumer", "personal"):
        run_statement(emptied, f"drop table phananh_{table}")
    for store in (closed, emptied):
        for doing, call in calls:
            with pytest.raises(StoreError) as caught:
                call(store)
            told = "the store is closed" if store is closed else "no such table: phananh_"
            assert str(caught.value).startswith(f"while {doing}: {store.path}: {told}"), doing
    for store in (closed, emptied):
        assert {str(each).partition(": ")[0] for each in store.find_damage()} == {
            "while examining the store"
        }
    with pytest.raises(StoreError, match="while examining the store: "):
        read_schema(closed)
    for doing, ask in (("migrating the tables", closed.migrate), ("backing up", closed.backup)):
        with pytest.raises(StoreError, match=f"while {doing}: ") as caught:
            ask(*([tmp_path / "b.db"] if ask == closed.backup else []))
    for store in (emptied, other):
        store.close()
