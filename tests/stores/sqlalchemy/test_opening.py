"""A URL of SQLAlchemy opens a store with an engine of its own, and is not repeated in errors."""

import sys
from pathlib import Path

import pytest

from phananh import Desk, open_store
from phananh.errors import InputError
from phananh.stores.sqlalchemy import SqlalchemyStore
from tests.cli.terminal import rows, run
from tests.desk import people as p
from tests.servers.mariadb import MariadbDatabase


def try_address(address: str) -> None:
    """Make the tables at an address, act, and read it with the command line."""
    with open_store(address, check_schema=False) as store:
        assert isinstance(store, SqlalchemyStore)
        store.migrate()
    with open_store(address) as store:
        desk = Desk(store=store, clock=p.Hand())
        case = p.a_case(desk)
        assert isinstance(store, SqlalchemyStore)
    assert store.engine.pool.checkedin() == 0  # type: ignore[attr-defined]  # disposed of
    (listed,) = rows(run("list", "--json", "--db", address))
    assert listed["case"] == case.id
    (status,) = rows(run("db", "status", "--json", "--db", address))
    assert (status["cases"], status["feed_end"]) == (1, "1")


def test_url_of_sqlite(tmp_path: Path) -> None:
    """A file opens through SQLAlchemy, with the command line too."""
    try_address(f"sqlalchemy+sqlite:///{tmp_path}/cases.db")


def test_url_of_mariadb(mariadb: MariadbDatabase) -> None:
    """A MariaDB opens through SQLAlchemy, with the command line too."""
    try_address(f"sqlalchemy+{mariadb.url}")
    printed = run("db", "schema", "--for", "mariadb").stdout
    assert "engine=InnoDB" in printed
    told = run("db", "backup", "x", "--db", f"sqlalchemy+{mariadb.url}").stderr
    assert "mariadb-dump --single-transaction" in told


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("lan:s3cret@h", "not a URL of SQLAlchemy"),
        ("oracel://lan:s3cret@h/x", "not a URL of SQLAlchemy"),
        ("postgresql+psycopg2://lan:s3cret@h/x", 'pip install "psycopg2"'),
        ("mysql+mysqldb://lan:s3cret@h/x", 'pip install "mysqlclient"'),
        ("mariadb+pymysql://lan:s3cret@h:x/x", "not a URL of SQLAlchemy"),
    ],
)
def test_url_that_cannot_be_opened(monkeypatch: pytest.MonkeyPatch, url: str, said: str) -> None:
    """What is no URL, or has no driver, is told with the way out and without the password."""
    monkeypatch.setitem(sys.modules, "MySQLdb", None)  # Django's tests put PyMySQL there
    with pytest.raises(InputError) as caught:
        open_store(f"sqlalchemy+{url}")
    assert said in str(caught.value)
    assert "s3cret" not in f"{caught.value!r} {caught.value} {caught.value.__cause__}"
