"""What waiting does not mend is refused at once, with a way out of its own."""

import time

import psycopg
import pytest
from sqlalchemy import create_engine

from phananh.errors import StoreError
from phananh.stores.passwords import tell
from phananh.stores.postgres import PostgresStore
from phananh.stores.sql.dialects.mariadb import MariadbDialect
from phananh.stores.sql.dialects.postgres import PostgresDialect
from phananh.stores.sqlalchemy import SqlalchemyStore
from tests.servers.schema import PostgresSchema

WRONG = (({"password": "s3cret-w0rd"}, "login_refused"), ({"dbname": "none"}, "database_missing"))


@pytest.mark.postgres
@pytest.mark.parametrize(("part", "code"), WRONG)
def test_postgres_store_does_not_wait(
    postgres: PostgresSchema, part: dict[str, str], code: str
) -> None:
    """A wrong password or database ends the first call at once, though it would wait long."""
    with PostgresStore(psycopg.conninfo.make_conninfo(postgres.dsn, **part)) as store:
        start = time.monotonic()
        with pytest.raises(StoreError) as caught:
            store.load("HB-1")
    assert caught.value.code == code
    assert time.monotonic() - start < 3
    assert "s3cret" not in str(caught.value)


@pytest.mark.postgres
@pytest.mark.parametrize(("part", "code"), WRONG)
def test_sqlalchemy_says_the_same(
    postgres: PostgresSchema, part: dict[str, str], code: str
) -> None:
    """Over SQLAlchemy the code is the same, and the driver's words are in the message."""
    dsn = psycopg.conninfo.make_conninfo(postgres.dsn, **part)
    engine = create_engine("postgresql+psycopg://", creator=lambda: psycopg.connect(dsn))
    with SqlalchemyStore(engine) as store, pytest.raises(StoreError) as caught:
        store.load("HB-1")
    assert (caught.value.code, "FATAL" in str(caught.value)) == (code, True)


@pytest.mark.postgres
def test_a_missing_schema_is_named(postgres: PostgresSchema) -> None:
    """Tables in a schema that there is not: the message says to make it first."""
    with (
        PostgresStore(postgres.dsn, schema="nowhere_at_all") as store,
        pytest.raises(StoreError, match="CREATE SCHEMA") as caught,
    ):
        store.migrate()
    assert caught.value.code == "schema_missing"


def test_names_in_a_schema_are_whole() -> None:
    """Tables have the name of their schema, and so has an index to drop, but none to make."""
    said = (
        "{}phananh_feed, create index phananh_case_due on {}phananh_case (due), "
        "drop index {}phananh_case_due, create statistics {}phananh_case_open on"
    )
    qualify = PostgresDialect(schema="office").qualify
    assert qualify(said.replace("{}", "")) == said.replace("{}", "office.")


def test_missing_rights_are_named() -> None:
    """Rights that are missing are not a bare number, in PostgreSQL and in MariaDB."""
    denied = psycopg.errors.InsufficientPrivilege("permission denied for table phananh_event")
    found = PostgresDialect().explain(denied)
    assert found == {
        "code": "rights_missing",
        "cause": "permission denied for table phananh_event",
    }


@pytest.mark.parametrize(
    ("number", "code"),
    [(1045, "login_refused"), (1049, "database_missing"), (1142, "rights_missing")],
)
def test_mariadb_says_it_by_number(number: int, code: str) -> None:
    """MariaDB's numbers have the same codes, and its words go with them."""
    found = MariadbDialect().explain(Exception(number, "Access denied for user 'lan'"))
    assert found == {"code": code, "cause": f"{number}: Access denied for user 'lan'"}


def test_the_rest_of_a_split_password_is_not_told() -> None:
    """What stands before an @ in the name of a host is not repeated, nor what is very long."""
    assert tell(f"one\n  line {'x' * 400}") == f"one line {'x' * 291}"
    error = psycopg.OperationalError("failed to resolve host 'MatKhau@127.0.0.1': unknown")
    found = PostgresDialect().explain(error)
    assert found == {
        "code": "server_gone",
        "cause": "failed to resolve host '127.0.0.1': unknown",
    }
