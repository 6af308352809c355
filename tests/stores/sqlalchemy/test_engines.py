"""Which engines are known, what is said of them, and a URL that makes one."""

import sys
from pathlib import Path

import pytest
from sqlalchemy import StaticPool, create_engine
from sqlalchemy.engine.mock import create_mock_engine

from phananh import Desk, open_store
from phananh.errors import InputError, InputTypeError
from phananh.stores.sqlalchemy import SqlalchemyStore
from tests.cli.terminal import rows, run
from tests.desk import people as p
from tests.servers.mariadb import MariadbDatabase

URLS = {
    "sqlite:///a.db": ("sqlite", "?"),
    "postgresql+psycopg://lan:s3cret@db1/cases": ("postgresql", "%s"),
    "mysql+pymysql://lan:s3cret@db1:3307/cases": ("mariadb", "%s"),
    "mariadb+pymysql://lan:s3cret@db1/cases": ("mariadb", "%s"),
}


@pytest.mark.parametrize("url", URLS)
def test_an_engine_is_spoken_to_in_its_sql(url: str) -> None:
    """The dialect is the engine's, with the marks of its driver; nothing is connected to."""
    store = SqlalchemyStore(create_engine(url))
    assert (store.dialect.name, store.dialect._mark) == URLS[url]


def test_a_driver_that_is_not_known_is_refused() -> None:
    """The error names the drivers that are known."""
    engine = create_engine("mysql+mysqlconnector://", module=FakeDriver())
    with pytest.raises(InputError, match=r"sqlite\+pysqlite.*postgresql\+psycopg") as caught:
        SqlalchemyStore(engine)
    assert caught.value.facts["value"] == "mysql+mysqlconnector"


class FakeDriver:
    """A driver of which SQLAlchemy asks no more than this before it connects."""

    paramstyle = "pyformat"
    __version__ = "9.5.0"


@pytest.mark.parametrize("wrong", ["sqlite:///a.db", None, create_mock_engine("sqlite://", print)])
def test_what_is_no_engine_is_refused(wrong: object) -> None:
    """An address is none, and the error says what to give."""
    with pytest.raises(InputTypeError, match="create_engine"):
        SqlalchemyStore(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize("url", [url for url in URLS if "s3cret" in url])
def test_no_password_is_shown(url: str) -> None:
    """Neither repr nor the address in errors has the password, or one in the query."""
    engine = create_engine(f"{url}?password=s3cret")
    shown = url.replace("lan:s3cret@", "").replace("+pymysql", "").replace("+psycopg", "")
    assert repr(SqlalchemyStore(engine)) == f"SqlalchemyStore({shown!r})"


def test_what_an_engine_offers_is_declared(tmp_path: Path) -> None:
    """Servers are for many machines; a file is for many processes, and memory for none."""
    file = SqlalchemyStore(create_engine(f"sqlite:///{tmp_path / 'a.db'}")).capabilities
    server = SqlalchemyStore(create_engine("mysql+pymysql://db1/x")).capabilities
    memory = SqlalchemyStore(create_engine("sqlite://", poolclass=StaticPool)).capabilities
    assert (server - file, file - memory) == ({"durable", "multi_machine"}, {"multi_process"})


def test_rest_of_a_password_is_no_host() -> None:
    """An `@` in a password that nobody escaped leaves its end before the host, and is not shown.

    Nor is what follows the name of the database.
    """
    engine = create_engine("postgresql+psycopg://lan:x@s3cret@db1/x#s3cret")
    assert repr(SqlalchemyStore(engine)) == "SqlalchemyStore('postgresql://db1/x#***')"


def try_address(address: str) -> None:
    """Make the tables at an address, act, and read it with the command line."""
    with open_store(address, check_schema=False) as store:
        assert isinstance(store, SqlalchemyStore)
        store.migrate()
    with open_store(address) as store:
        case = p.a_case(Desk(store=store, clock=p.Hand()))
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
    assert "engine=InnoDB" in run("db", "schema", "--for", "mariadb").stdout
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
