"""MariaDB's feed has no hole, its waits are bounded, and its errors are named by number."""

import time

import pytest
from sqlalchemy import create_engine

from phananh.errors import StoreError
from phananh.stores.base import Query
from phananh.stores.sql.dialects.mariadb import MariadbDialect
from phananh.stores.sql.dialects.postgres import PostgresDialect
from phananh.stores.sql.store import count_statement, find_statement, list_slices
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.testing.sample_events import change, completed, received
from tests.servers.mariadb import MariadbDatabase


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


def test_lists_are_read_from_the_index_that_is_named() -> None:
    """Its planner would rather sort, and takes the key of a page for a range only if told so."""
    at, dialect = "2019-11-04T01:00:00.000000Z", MariadbDialect(mark="%s")
    query = Query(kind="proposal", order="newest", after=f"newest|{at}|x")
    ((part, after, ((_, path),)),) = list_slices(query)
    table = "phananh_case force index (phananh_case_kind) where kind = %s"
    said, values = find_statement(dialect, query, part, path, after, 11)
    assert said.partition(" from ")[2] == (
        f"{table} and (received_at, case_id) < (%s, %s) and received_at <= %s "
        "order by received_at desc, case_id desc limit %s"
    )
    assert values == ["proposal", at, "x", at, 11]
    said, _ = find_statement(PostgresDialect(), query, part, path, after, 11)  # which needs no help
    assert said.endswith(
        "phananh_case where kind = %s and (received_at, case_id) < (%s, %s) "
        "order by received_at desc, case_id desc limit %s"
    )
    counted = count_statement(dialect, query, part, path, 7)
    assert counted == (
        f"select count(*) from (select 1 from {table} limit %s) counted",  # noqa: S608  # ours
        ["proposal", 7],
    )


@pytest.mark.parametrize("number", [1062, 1213, 1020])
def test_keys_and_deadlocks_are_lost_races(number: int) -> None:
    """Of these nothing was recorded, and who was first is to be found out."""
    assert MariadbDialect().is_lost_race(ServerError(number, "words"))
    assert not MariadbDialect().is_lost_race(ServerError(1205, "words"))


def test_a_wait_for_another_is_bounded(mariadb: MariadbDatabase) -> None:
    """While another holds the counter an act waits a second, fails, and leaves no trace."""
    engine = create_engine(mariadb.url)
    store = SqlalchemyStore(engine, timeout=1)
    store.migrate()
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
