"""MariaDB's feed has no hole, its waits are bounded, and its errors are named by number."""

import time
from contextlib import suppress
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, create_engine, event

from phananh.errors import ConflictError, StoreError
from phananh.stores.base import Query
from phananh.stores.sql.dialects.mariadb import MariadbDialect
from phananh.stores.sql.store import find_statement, list_slices
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.testing.sample_events import START, change, completed, received

SETTINGS = "select @@tx_isolation, @@innodb_lock_wait_timeout, @@autocommit"


class ServerError(Exception):
    """An error as PyMySQL raises it: a number and words."""


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (1205, "busy"),
        (1290, "server_read_only"),
        (1836, "server_read_only"),
        (1040, "too_many_connections"),
        (1203, "too_many_connections"),
        (2006, "server_gone"),
        (2013, "server_gone"),
        (0, "server_gone"),
        (1021, "disk_full"),
        (1273, "not_mariadb"),
    ],
)
def test_numbers_have_a_meaning(number: int, code: str) -> None:
    """What a server says is named by its number, in whatever language it says it."""
    found = MariadbDialect().explain(ServerError(number, "words"))
    assert found is not None
    assert found["code"] == code


def test_the_words_of_other_errors_are_not_repeated() -> None:
    """An error without a meaning of ours is its number: its words may name a citizen."""
    found = MariadbDialect().explain(ServerError(1064, "near 'Nguyễn Văn A'"))
    assert found == {"problem": "MariaDB 1064"}
    assert MariadbDialect().explain(ServerError("no number")) is None


class OperationalError(Exception):
    """An error of MariaDB's own connector, which has no number where the connection broke."""


def test_a_broken_connection_without_a_number_is_known() -> None:
    """MariaDB's own driver has only words for it, in which the name of its class tells."""
    found = MariadbDialect().explain(OperationalError("Execution failed: Broken pipe"))
    assert found == {"code": "server_gone", "cause": "Execution failed: Broken pipe"}


@pytest.mark.parametrize("number", [1062, 1213, 1020])
def test_keys_and_deadlocks_are_lost_races(number: int) -> None:
    """Of these nothing was recorded, and who was first is to be found out."""
    assert MariadbDialect().is_lost_race(ServerError(number, "words"))
    assert not MariadbDialect().is_lost_race(ServerError(1205, "words"))


def test_a_refused_act_leaves_no_hole(store: SqlalchemyStore, engine: Engine) -> None:
    """Positions count the events that were recorded, whatever was undone between them."""
    first = received("HB-1")
    store.commit([change(first)])
    for n in range(2, 5):
        with suppress(ConflictError):
            store.commit([change(received(f"HB-{n}")), change(received("HB-1"))])
        with engine.connect() as connection, SqlalchemyStore.bound(connection) as lent:
            lent.commit([change(received(f"HB-{n}"))])
            connection.rollback()
        store.commit([change(received(f"HB-{n}"))])
    assert [entry.position for entry in store.scan()] == ["1", "2", "3", "4"]


def test_a_wait_for_another_is_bounded(store: SqlalchemyStore, engine: Engine) -> None:
    """While another holds the counter an act waits a second, fails, and leaves no trace."""
    store.commit([change(received("HB-1"))])
    with engine.begin() as connection, SqlalchemyStore.bound(connection) as lent:
        lent.commit([change(received("HB-2"))])
        start = time.monotonic()
        with pytest.raises(StoreError) as caught:
            store.commit([change(completed("HB-1", 2), after=(received("HB-1"),), command="c")])
        assert 0.9 < time.monotonic() - start < 4
        assert caught.value.code == "busy"
        assert 0.9 <= float(caught.value.facts["seconds"]) < 4
    assert store.find_command("c") is None
    store.commit([change(completed("HB-1", 2), after=(received("HB-1"),), command="c")])
    assert [entry.event.case for entry in store.scan()] == ["HB-1", "HB-2", "HB-1"]


def test_erasing_waits_for_an_act_on_the_case(store: SqlalchemyStore, engine: Engine) -> None:
    """What is erased is all that is recorded before, and nothing of it is recorded meanwhile."""
    first = received("HB-1")
    store.commit([change(first)])
    with engine.begin() as connection, SqlalchemyStore.bound(connection) as lent:
        lent.commit([change(completed("HB-1", 2), after=(first,))])
        with pytest.raises(StoreError) as caught:
            store.erase("HB-1", at=START)
    assert caught.value.code == "busy"
    assert store.load("HB-1")[0] == first
    store.erase("HB-1", at=START)
    assert first not in store.load("HB-1")


def test_connections_are_given_back_as_they_were(engine: Engine, mariadb: Any) -> None:
    """No setting stays with a connection of the application."""
    single = create_engine(mariadb.url, pool_size=1, max_overflow=0)
    store = SqlalchemyStore(single, timeout=1)
    with single.connect() as connection:
        before = connection.exec_driver_sql(SETTINGS).all()
    store.migrate()
    store.commit([change(received("HB-1"))])
    store.erase("HB-1", at=START)
    with single.connect() as connection:
        assert connection.exec_driver_sql(SETTINGS).all() == before
    single.dispose()


@pytest.mark.parametrize("level", [None, "AUTOCOMMIT", "SERIALIZABLE"])
def test_acts_are_read_committed(mariadb: Any, level: str | None) -> None:
    """An act runs under READ COMMITTED, whatever the engine's connections do else."""
    options = {} if level is None else {"isolation_level": level}
    engine = create_engine(mariadb.url, **options)
    store = SqlalchemyStore(engine)
    store.migrate()
    found: list[str] = []

    @event.listens_for(engine, "commit")
    def look(connection: Connection) -> None:
        time.sleep(0.15)  # for so long the server shows what it showed before
        found.append(connection.exec_driver_sql(OWN_LEVEL).scalar())

    store.commit([change(received("HB-1"))])
    engine.dispose()
    assert found == ["READ COMMITTED"]


OWN_LEVEL = """select trx_isolation_level from information_schema.innodb_trx
where trx_mysql_thread_id = connection_id()"""


@pytest.mark.parametrize(
    "query",
    [
        Query(),
        Query(order="newest"),
        Query(order="due"),
        Query(is_open=True),
        Query(late=True),
        Query(unit="U-1"),
        Query(holder_id="OF-1", order="due"),
        Query(kind="conduct"),
    ],
)
def test_a_page_is_read_without_sorting(store: SqlalchemyStore, query: Query) -> None:
    """Each list is a range of its index: the server sorts nothing, and makes no table for it."""
    dialect = store.dialect
    for slices in list_slices(query):
        for one in slices:
            statement, values = find_statement(one, dialect.hint(one.path.index), 20)
            with store.engine.connect() as connection:
                said = f"explain {dialect.say(statement)}"
                (plan,) = connection.exec_driver_sql(said, tuple(values)).mappings()
            assert plan["key"] == one.path.index
            assert "filesort" not in (plan["Extra"] or "")


def test_a_connection_that_was_ended_is_replaced(store: SqlalchemyStore, mariadb: Any) -> None:
    """After the server has ended a connection one call says so, and the next one works."""
    store.commit([change(received("HB-1"))])
    with store.engine.connect() as connection:
        number = connection.exec_driver_sql("select connection_id()").scalar()
    with mariadb.connect() as other, other.cursor() as cursor:
        cursor.execute(f"kill {number}")
    with pytest.raises(StoreError) as caught:
        store.commit([change(received("HB-2"), command="c")])
    assert caught.value.code == "server_gone"
    store.commit([change(received("HB-2"), command="c")])
    assert len(store.load("HB-2")) == 1
