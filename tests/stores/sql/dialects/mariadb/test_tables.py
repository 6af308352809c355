"""MariaDB keeps each statement that makes a table: what was broken off is finished."""

from typing import Any

import pytest
from sqlalchemy import Engine, event
from sqlalchemy.exc import OperationalError

from phananh.errors import SchemaError, StoreError
from phananh.stores.base import Query
from phananh.stores.sql.dialects.mariadb import MariadbDialect
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.testing.contract.races import run_together
from phananh.testing.sample_events import change, received
from tests.servers.mariadb import MariadbDatabase

LOCK, UNLOCK = str(MariadbDialect.lock_schema), str(MariadbDialect.unlock_schema)
FREE = UNLOCK.replace("release_lock", "is_free_lock")


def is_free(database: MariadbDatabase) -> bool:
    """Return whether nobody holds the lock of the schema."""
    with database.connect() as connection, connection.cursor() as cursor:
        cursor.execute(FREE)
        return bool(cursor.fetchone()[0])


def break_off(engine: Engine, n: int) -> bool:
    """Migrate until the n-th statement fails; return whether there was one."""
    seen: list[str] = []

    def fail(_: object, cursor: object, statement: str, *given: Any) -> None:
        seen.append(statement)
        if len(seen) == n:
            raise OperationalError(statement, None, Exception("no reason"))

    event.listen(engine, "before_cursor_execute", fail)
    try:
        SqlalchemyStore(engine).migrate()
    except StoreError:
        return True
    finally:
        event.remove(engine, "before_cursor_execute", fail)
    return False


def test_what_was_broken_off_is_finished(engine: Engine, mariadb: MariadbDatabase) -> None:
    """Wherever making the tables fails, they are not used before doing it again makes them."""
    tables_made = 0
    for n in range(1, 40):
        if not break_off(engine, n):
            break
        engine.dispose()  # as the process ends, and its lock with it
        tables_made = max(tables_made, count_tables(engine))
        if not has_schema(engine):
            with pytest.raises(SchemaError, match="no tables of phananh yet"):
                SqlalchemyStore(engine).find(Query())
        SqlalchemyStore(engine).migrate()
        SqlalchemyStore(engine).commit([change(received("HB-1"))])
        assert is_free(mariadb)
        drop_tables(engine)
    assert n > 15
    assert tables_made == 8


def has_schema(engine: Engine) -> bool:
    """Return whether the table is there that says which schema it is."""
    with engine.connect() as connection:
        return bool(connection.exec_driver_sql(MariadbDialect.has_tables).all())


def list_tables(engine: Engine) -> list[str]:
    """Return the names of the tables of the database."""
    with engine.connect() as connection:
        return [name for (name,) in connection.exec_driver_sql("show tables")]


def count_tables(engine: Engine) -> int:
    """Return how many tables there are."""
    return len(list_tables(engine))


def drop_tables(engine: Engine) -> None:
    """Drop every table."""
    with engine.begin() as connection:
        for name in list_tables(engine):
            connection.exec_driver_sql(f"drop table {name}")


def test_several_may_migrate_at_once(engine: Engine, mariadb: MariadbDatabase) -> None:
    """Of four that make the tables at once, one does, and the others find them."""
    done = run_together([SqlalchemyStore(engine).migrate] * 4)
    assert sorted(done) == [(), (), (), ("3_pre_tables",)]
    assert is_free(mariadb)


def test_a_lock_that_is_not_given_up_is_waited_for_in_vain(
    engine: Engine, mariadb: MariadbDatabase, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says that others were first, and nothing was made."""
    store = SqlalchemyStore(engine)
    impatient = LOCK.replace(", 5)", ", 0)")
    assert impatient != LOCK
    monkeypatch.setattr(type(store.dialect), "lock_schema", impatient)
    with mariadb.connect() as other, other.cursor() as cursor:
        cursor.execute(impatient)
        with pytest.raises(StoreError) as caught:
            store.migrate()
    assert caught.value.code == "always_second"
    assert list_tables(engine) == []


def test_the_longest_names_fit(store: SqlalchemyStore) -> None:
    """An id of 100 letters and a command of 300 characters of four bytes are kept whole."""
    case, command = "Đ" * 100, "📎" * 300
    store.commit([change(received(case), command=command)])
    record = store.find_command(command)
    assert record is not None
    assert record.case == case
    assert [row.case for row in store.find(Query()).rows] == [case]


def test_the_size_is_that_of_our_tables(store: SqlalchemyStore) -> None:
    """It is in bytes, and other tables of the database do not count."""
    assert store.dialect.size is not None
    with store.engine.connect() as connection:
        before = connection.exec_driver_sql(store.dialect.size).scalar()
        connection.exec_driver_sql("create table calls (body longtext) engine=InnoDB")
        assert connection.exec_driver_sql(store.dialect.size).scalar() == before
    assert type(before) is int
    assert before >= 8 * 16_384
