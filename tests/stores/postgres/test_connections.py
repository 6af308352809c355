"""PostgreSQL: addresses, a server that goes away, settings, and the caller's transaction."""

import os
import signal
import time

import psycopg
import pytest

from phananh import Desk
from phananh.errors import ConflictError, InputError, InputTypeError, SchemaError, StoreError
from phananh.stores.postgres import PostgresStore, _wait_for_server
from phananh.testing.sample_events import change, completed, received
from tests.desk import people as p
from tests.servers.postgres import PostgresServer
from tests.servers.schema import PostgresSchema
from tests.stores.sql.old_file import STEPS

HAND = p.Hand()


def test_tables_are_made_by_nobody_else(postgres: PostgresSchema) -> None:
    """Without the tables each call says how to make them; migrating twice makes them once."""
    with PostgresStore(postgres.dsn, schema=postgres.name, retry_for=0) as store:
        with pytest.raises(SchemaError, match="db migrate"):
            store.load("HB-1")
        assert (store.migrate(), store.migrate(), store.load("HB-1")) == (
            ("3_pre_tables", *STEPS[1:]), (), (),
        )  # fmt: skip


def test_password_is_shown_nowhere(postgres: PostgresSchema) -> None:
    """Neither the name of a store nor an error has the password in it."""
    wrong = psycopg.conninfo.make_conninfo(postgres.dsn, password="s3cr3t-word", port=1)  # noqa: S106  # no secret
    with PostgresStore(wrong, timeout=0.3, retry_for=0) as store:
        with pytest.raises(StoreError) as caught:
            store.load("HB-1")
        assert "s3cr3t" not in repr(store) + str(caught.value) + repr(caught.value.as_dict())
        with pytest.raises(InputError) as refused:
            PostgresStore("postgresql://x:s3cr3t@[host/db")
        assert "s3cr3t" not in repr(refused.value) + str(refused.value)


@pytest.mark.parametrize("name", ["a b", 'a"; drop table x', "Ü", "x" * 64])
def test_schema_is_a_plain_name(name: str) -> None:
    """A schema is named in small letters, digits and underscores; else it is an InputError."""
    with pytest.raises(InputError, match="not a name of a schema"):
        PostgresStore("postgresql://localhost/x", schema=name)


def test_a_commit_that_no_replica_has_is_not_called_recorded(store: PostgresStore) -> None:
    """A server that stops waiting for its replica warns, and calls the commit a success."""
    for run in (store._run_alone, store._transact):
        with pytest.raises(StoreError, match="perhaps on no replica"):
            run(
                lambda: {"doing": "scanning"},
                lambda session: session.execute(
                    "do $$ begin raise warning 'no replica' using errcode = '01000'; end $$", ()
                ),
            )
        store.commit([change(received(f"HB-{run.__name__}"))])  # on the same connection


def test_many_new_cases_are_copied_and_one_known_refuses_all(store: PostgresStore) -> None:
    """A list of two hundred cases is recorded whole, or not at all if one of them is known."""
    changes = [change(received(f"HB-{i}"), command=f"c{i}") for i in range(200)]
    store.commit(changes)
    assert all(store.load(each.case) == each.events for each in changes[::50])
    more = [change(received(f"HC-{i}")) for i in range(200)]
    with pytest.raises(ConflictError) as caught:
        store.commit([*more, change(received("HB-7"))])
    assert ((caught.value.case, caught.value.actual), store.load("HC-1")) == (("HB-7", 1), ())


def test_server_that_restarts_is_found_again(own_postgres: PostgresServer) -> None:
    """After a restart reads and acts go on; what broke was recorded, or can be asked for again."""
    with PostgresStore(own_postgres.dsn(), retry_for=20) as store:
        store.migrate()
        desk = Desk(store=store, clock=HAND)
        case = p.a_case(desk)
        for i in range(3):
            own_postgres.restart("immediate")
            case = desk.complete(case, content=f"thêm {i}", by=p.OPERATOR, command_id=f"c{i}")
        own_postgres.restart("fast")
        assert desk.get(case.id).version == 4


def test_act_without_a_name_is_not_tried_again(own_postgres: PostgresServer) -> None:
    """Where nothing tells whether an act was recorded, the error says so; the next call works."""
    with PostgresStore(own_postgres.dsn(), retry_for=20) as store:
        store.migrate()
        first = received("HB-1")
        store.commit([change(first)])
        own_postgres.restart("immediate")
        with pytest.raises(StoreError, match="same command id"):
            store.commit([change(completed("HB-1", 2), after=(first,))])
        assert len(store.load("HB-1")) in (1, 2)


def test_server_that_is_down_is_waited_for_so_long(own_postgres: PostgresServer) -> None:
    """While the server is down, a call ends after `retry_for` seconds with what to do."""
    with PostgresStore(own_postgres.dsn(), timeout=0.2, retry_for=0.5) as store:
        store.migrate()
        own_postgres.stop("immediate")
        start = time.monotonic()
        with pytest.raises(StoreError, match="try again"):
            store.load("HB-1")
        assert time.monotonic() - start < 10
        own_postgres.start()
        assert store.load("HB-1") == ()


def test_server_that_hangs_is_not_waited_for_for_ever(own_postgres: PostgresServer) -> None:
    """A server that is reached and says nothing ends a call after `reply_timeout` seconds."""
    with PostgresStore(own_postgres.dsn(), reply_timeout=0.3, retry_for=0) as store:
        store.migrate()
        ((backend,),) = store._select("loading", "select pg_backend_pid()", ())
        os.kill(backend, signal.SIGSTOP)
        try:
            with pytest.raises(StoreError, match="server is down"):
                store.load("HB-1")
        finally:
            os.kill(backend, signal.SIGCONT)
        assert store.load("HB-1") == ()


def test_writer_waits_so_long_for_another(postgres: PostgresSchema) -> None:
    """A case that a transaction elsewhere holds ends an act after `timeout` seconds."""
    first = received("HB-1")
    with PostgresStore(postgres.dsn, schema=postgres.name, timeout=0.3, retry_for=0) as store:
        store.migrate()
        store.commit([change(first)])
        with postgres.connect(autocommit=False) as other:
            other.execute("update phananh_case set version = version where case_id = 'HB-1'")
            with pytest.raises(StoreError, match=r"busy|waited"):
                store.commit([change(completed("HB-1", 2), after=(first,))])
            with pytest.raises(StoreError, match=r"busy|waited"):
                store.commit(
                    [change(completed("HB-1", 2), after=(first,)), change(received("HB-2"))]
                )
        store.commit([change(completed("HB-1", 2), after=(first,))])
        assert store.load("HB-2") == ()


def test_forked_child_opens_its_own(store: PostgresStore) -> None:
    """A child that was forked records, and the parent goes on with its connections."""
    store.commit([change(received("HB-1"))])
    child = os.fork()
    if child == 0:
        try:
            store.commit([change(received("HB-2"))])
        finally:
            os._exit(0)
    os.waitpid(child, 0)
    assert store.load("HB-2") != ()
    assert store.load("HB-1") != ()


def test_bound_store_begins_no_transaction_of_its_own(
    postgres: PostgresSchema, store: PostgresStore
) -> None:
    """With autocommit a transaction must be there; without, the caller's is begun and left open."""
    with psycopg.connect(postgres.dsn, autocommit=True) as connection:
        with (
            pytest.raises(InputError, match="transaction"),
            PostgresStore.bound(connection, schema=postgres.name),
        ):
            pass
        with (
            connection.transaction(),
            PostgresStore.bound(connection, schema=postgres.name) as bound,
        ):
            bound.commit([change(received("HB-1"))])
    assert store.load("HB-1") != ()
    connection = psycopg.connect(postgres.dsn)
    with PostgresStore.bound(connection, schema=postgres.name) as bound:
        connection.rollback()
        bound.commit([change(received("HB-2"))])
        assert store.load("HB-2") == ()
    connection.commit()
    connection.close()
    assert store.load("HB-2") != ()
    with pytest.raises(InputTypeError, match="psycopg"), PostgresStore.bound(object()):  # type: ignore[arg-type]
        pass


def test_works_through_pgbouncer(
    postgres: PostgresSchema, pgbouncer_dsn: str, store: PostgresStore
) -> None:
    """In transaction mode, where each act may get another connection, acts and lists work."""
    with PostgresStore(pgbouncer_dsn, schema=postgres.name, prepare=False, retry_for=0) as lent:
        desk = Desk(store=lent, clock=HAND)
        cases = [p.with_officer(desk) for _ in range(12)]
        for case in cases:
            desk.answer(case, text="Trả lời mẫu", by=p.OFFICER)
        assert {row.case for row in desk.find(states=["answered"]).rows} == {c.id for c in cases}
        assert desk.count() == 12
    assert store.load(cases[0].id)[-1].case == cases[0].id


HOSTS = (
    ("postgresql://u:s3cret@h:5432/d", "postgresql://h:5432/d"),
    ("postgresql://u:s3cret@h/d#s3cret", "postgresql://h/d#***"),
    ("postgresql://u:s3c%2Fr%40et@h1:1,h2:2/d", "postgresql://h1,h2:1,2/d"),
    ("host=/run/pg dbname=a@b password=s3cret", "postgresql:///run/pg/a@b"),
    ("host=@abstract dbname=d", "postgresql://@abstract/d"),
)


@pytest.mark.parametrize(("dsn", "name"), HOSTS)
def test_store_is_named_by_host_port_and_database(dsn: str, name: str) -> None:
    """What names a store is where it connects to, and nobody's password."""
    assert repr(PostgresStore(dsn)) == f"PostgresStore({name!r})"


@pytest.mark.parametrize(
    "dsn",
    ["postgresql://u:s3cr/et@h/d", "postgresql://u:1234/s3cr@h/d", "postgresql://u:x@s3cr@h/d"],
)
def test_password_that_nobody_escaped_is_not_shown(dsn: str) -> None:
    """A `/` or `@` in a password makes another part of it: it is refused, and not repeated."""
    with pytest.raises(InputError) as caught:
        PostgresStore(dsn)
    assert "s3cr" not in str(caught.value) + repr(caught.value) + repr(caught.value.as_dict())
    assert caught.value.code == "not_a_dsn"


def test_what_is_perhaps_done_is_said_so_whatever_comes_after() -> None:
    """If the first try broke off and the next is refused, the error says that it is in doubt."""
    codes = iter(["server_gone", "busy"])

    def call() -> None:
        raise StoreError(doing="recording", code=next(codes), cause="-", seconds="5")

    with pytest.raises(StoreError) as caught:
        _wait_for_server(call, seconds=10, between=lambda: None)
    assert caught.value.code == "server_gone"


BOOM = (
    "create function boom() returns boolean stable language plpgsql as "
    "$$ begin raise sqlstate '40001'; end $$",
    "alter table phananh_event rename to hidden",
    "create view phananh_event as select * from hidden where boom()",
)


def test_serialization_failure_of_a_read_is_a_store_error(
    store: PostgresStore, postgres: PostgresSchema
) -> None:
    """A read that the server gives up is a StoreError, also in the caller's transaction."""
    with postgres.connect(autocommit=True) as connection:
        for statement in BOOM:
            connection.execute(statement)  # type: ignore[call-overload]
        with pytest.raises(StoreError, match="40001"):
            store.load("HB-1")
        with (
            connection.transaction(),
            PostgresStore.bound(connection) as bound,
            pytest.raises(StoreError, match="40001"),
        ):
            bound.load("HB-1")


def test_rows_of_an_earlier_version_are_refreshed(
    postgres: PostgresSchema, store: PostgresStore
) -> None:
    """Each that has no figures, or does not say who is accused, is written again, once."""
    case = p.a_case(Desk(store=store))
    for filters in ("''", "'[' || substr(filters, 3)"):
        with psycopg.connect(postgres.dsn) as connection:
            connection.execute(f"update {postgres.name}.phananh_case set filters = {filters}")  # noqa: S608
        assert (store.refresh_rows(), store.refresh_rows()) == (1, 0)
    assert Desk(store=store).find().rows[0].case == case.id
