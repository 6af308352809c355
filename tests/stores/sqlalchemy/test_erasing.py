"""What is erased over SQLAlchemy is in no file of SQLite, whoever begins its transactions."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Engine, create_engine

from phananh.errors import StoreError
from phananh.stores.sqlalchemy import SqlalchemyStore
from phananh.testing.sample_events import SECRETS, START, change, received
from tests.stores.sqlalchemy.engines import sqlite_engine


def _plain_engine(path: Path) -> Engine:
    return create_engine(f"sqlite:///{path}")


def _use_log(engine: Engine) -> SqlalchemyStore:
    store = SqlalchemyStore(engine)
    store.migrate()
    driver = engine.raw_connection()
    driver.cursor().execute("pragma journal_mode = wal")
    driver.close()
    store.commit([change(received("HB-1"))])
    return store


def _find_secrets(folder: Path) -> list[str]:
    kept = b"".join(path.read_bytes() for path in folder.iterdir())
    return [secret for secret in SECRETS if secret.encode() in kept]


@pytest.mark.parametrize("make", [sqlite_engine, _plain_engine])
def test_log_of_sqlite_keeps_nothing_erased(make: Callable[[Path], Engine], tmp_path: Path) -> None:
    """Where the application has SQLite write a log, the log is emptied with an erasure."""
    engine = make(tmp_path / "a.db")
    store = _use_log(engine)
    assert _find_secrets(tmp_path)
    store.erase("HB-1", at=START)
    assert _find_secrets(tmp_path) == []
    engine.dispose()


def test_reader_that_keeps_the_log_is_told(tmp_path: Path) -> None:
    """Somebody still reads what was before: the erasure is to be asked for again."""
    engine = create_engine(f"sqlite:///{tmp_path / 'a.db'}", connect_args={"timeout": 0.1})
    store = _use_log(engine)
    reader = engine.raw_connection()
    reader.cursor().execute("begin")
    reader.cursor().execute("select * from phananh_case").fetchall()
    with pytest.raises(StoreError) as caught:
        store.erase("HB-1", at=START)
    assert caught.value.code == "log_in_use"
    reader.rollback()
    reader.close()
    store.erase("HB-1", at=START)
    assert _find_secrets(tmp_path) == []
    engine.dispose()
