"""The MariaDB of the tests is a real server with a database for each test."""

from tests.servers.mariadb import MariadbDatabase, connect, new_database


def test_a_database_is_empty_and_goes_away(mariadb_url: str):
    """Each test gets an empty database, and nothing of it is left afterwards."""
    with (
        new_database(mariadb_url) as database,
        database.connect() as connection,
        connection.cursor() as cursor,
    ):
        assert cursor.execute("show tables") == 0
        cursor.execute("create table kept (n int) engine=innodb")
    with connect(mariadb_url) as connection, connection.cursor() as cursor:
        assert cursor.execute("show databases like %s", (database.name,)) == 0


def test_a_database_hides_the_password(mariadb: MariadbDatabase):
    """What pytest prints of a database does not hold the password."""
    assert "mysql" not in repr(mariadb)
