"""The PostgreSQL of the tests does what a server in an office does: it crashes and is replaced."""

from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tests.servers.guard import processes_in
from tests.servers.home import home
from tests.servers.postgres import PostgresServer, new_server
from tests.servers.schema import PostgresSchema, new_schema


def value(dsn: str, query: str) -> object:
    """Return the one value that a query gives."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        row = connection.execute(query).fetchone()
    return row and row[0]


def test_a_schema_is_empty_and_goes_away(postgres_dsn: str):
    """Each test gets an empty schema, and nothing of it is left afterwards."""
    with new_schema(postgres_dsn) as schema, schema.connect(autocommit=True) as connection:
        connection.execute("create table kept (n int)")
        assert value(schema.dsn, f"select count(*) from {schema.name}.kept") == 0  # noqa: S608 - our own name
        assert value(schema.dsn_inside, "select count(*) from kept") == 0
    query = f"select count(*) from pg_namespace where nspname = '{schema.name}'"  # noqa: S608 - our own name
    assert value(postgres_dsn, query) == 0


def test_a_schema_hides_the_password(postgres: PostgresSchema):
    """What pytest prints of a schema does not hold the password."""
    password = conninfo_to_dict(postgres.dsn).get("password")
    assert not password or password not in repr(postgres)


def test_an_acknowledged_row_survives_a_killed_server(own_postgres: PostgresServer):
    """A durable server keeps what it acknowledged, whether killed or stopped at once."""
    assert value(own_postgres.dsn(), "show fsync") == "on"
    with psycopg.connect(own_postgres.dsn(), autocommit=True) as connection:
        connection.execute("create table kept (n int)")
        connection.execute("insert into kept values (1)")
        own_postgres.kill()
        with pytest.raises(psycopg.OperationalError):
            connection.execute("select 1")
    assert not own_postgres.is_running
    own_postgres.start()
    own_postgres.restart("immediate")
    assert value(own_postgres.socket_dsn(), "select count(*) from kept") == 1


def test_options_are_those_of_the_last_start(own_postgres: PostgresServer):
    """An option that is set and taken back between two starts is gone."""
    own_postgres.options["work_mem"] = "3MB"
    own_postgres.restart()
    assert value(own_postgres.dsn(), "show work_mem") == "3MB"
    del own_postgres.options["work_mem"]
    own_postgres.restart()
    assert value(own_postgres.dsn(), "show work_mem") != "3MB"


def test_a_replica_is_promoted(postgres_programs: Path):
    """A copy of a running server follows it, and writes after it was promoted."""
    with home("pg") as folder:
        server = new_server(folder)
        server.start()
        replica = server.replica(folder / "b", name="b")
        replica.start()
        assert value(replica.dsn(), "select pg_is_in_recovery()")
        server.kill()
        replica.promote()
        assert not value(replica.dsn(), "select pg_is_in_recovery()")
        assert processes_in(folder)
    assert not processes_in(folder)
