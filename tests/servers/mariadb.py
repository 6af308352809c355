"""A MariaDB server of our own, and a database of its own for each test.

with mariadb_server() as url:
    with new_database(url) as database:
        sqlalchemy.create_engine(database.url)
"""

import secrets
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import attrs
import pymysql

from tests.servers.home import (
    NoServerError,
    environment,
    free_port,
    hand_over,
    home,
    option_file,
    run,
    start_in_background,
)

HOW = (
    "no MariaDB here: `apt install mariadb-server`, or name a server in "
    "PHANANH_TEST_MARIADB=mysql+pymysql://user:password@host:port/"
)
USER = "phananh"
SETTINGS = {
    "bind-address": "127.0.0.1",
    "character-set-server": "utf8mb4",
    "max-connections": 200,
    "innodb-buffer-pool-size": "64M",
    "innodb-log-file-size": "16M",
    "performance-schema": 0,
    "skip-name-resolve": 1,
}
CARELESS = {"innodb-flush-log-at-trx-commit": 0, "sync-binlog": 0}


@attrs.frozen(kw_only=True)
class MariadbDatabase:
    """An empty database; `url` is for SQLAlchemy."""

    url: str = attrs.field(repr=False)
    name: str

    def connect(self) -> pymysql.Connection:
        """Return a new connection to the database; close it yourself."""
        return connect(self.url, database=self.name)


def connect(url: str, *, database: str | None = None) -> pymysql.Connection:
    """Return a new connection to the server of a URL."""
    parts = urlsplit(url)
    return pymysql.connect(
        host=parts.hostname,
        port=parts.port or 3306,
        user=parts.username,
        password=parts.password or "",
        database=database,
        charset="utf8mb4",
        autocommit=True,
        connect_timeout=5,
    )


def find_program(name: str) -> str:
    """Return the path of a program of MariaDB.

    Raises:
        NoServerError: it is not installed.
    """
    if found := shutil.which(name, path=environment()["PATH"]):
        return found
    raise NoServerError(HOW)


def configure(folder: Path, *, port: int, durable: bool, password: str) -> Path:
    """Write the configuration of a server into the folder and return its file."""
    first = folder / "first.sql"
    first.write_text(
        f"create or replace user {USER}@'127.0.0.1' identified by '{password}';\n"
        f"grant all privileges on *.* to {USER}@'127.0.0.1' with grant option;\n"
        f"alter user root@localhost identified by '{password}';\n"
    )
    settings = SETTINGS | {
        "datadir": folder / "data",
        "port": port,
        "socket": folder / "socket",
        "pid-file": folder / "pid",
        "init-file": first,
    }
    file = folder / "my.cnf"
    file.write_text(f"[mariadbd]\n{option_file(settings | ({} if durable else CARELESS))}")
    for path in (first, file):
        hand_over(path)
    return file


def wait_for(url: str, log: Path, *, seconds: float = 15) -> None:
    """Return when the server answers, or raise its last error with the end of its log."""
    end = time.monotonic() + seconds
    while True:
        try:
            connect(url).close()
        except pymysql.Error as error:
            if time.monotonic() > end:
                error.add_note(log.read_text()[:3000] if log.exists() else "no log")
                raise
            time.sleep(0.05)
        else:
            return


def start_mariadb(folder: Path, *, durable: bool = False) -> str:
    """Start a new server in a folder of `home()` and return its URL.

    Raises:
        NoServerError: MariaDB is not installed.
    """
    server = find_program("mariadbd")
    port, password = free_port(), secrets.token_hex(8)
    file = configure(folder, port=port, durable=durable, password=password)
    run(
        [
            find_program("mariadb-install-db"),
            f"--defaults-file={file}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ],
        cwd=folder,
    )
    log = folder / "log"
    start_in_background([server, f"--defaults-file={file}"], cwd=folder, log=log)
    url = f"mysql+pymysql://{USER}:{password}@127.0.0.1:{port}/"
    wait_for(url, log)
    return url


@contextmanager
def mariadb_server(*, durable: bool = False) -> Iterator[str]:
    """Lend the URL of a running server, which is gone afterwards.

    Errors are those of `start_mariadb`.
    """
    with home("my") as folder:
        yield start_mariadb(folder, durable=durable)


@contextmanager
def new_database(url: str) -> Iterator[MariadbDatabase]:
    """Lend an empty database, which is dropped afterwards."""
    name = f"test_{uuid4().hex[:12]}"
    address = urlsplit(url)._replace(path=f"/{name}", query="charset=utf8mb4").geturl()
    connection = connect(url)
    with connection, connection.cursor() as cursor:
        cursor.execute(f"create database {name}")
        yield MariadbDatabase(url=address, name=name)
        cursor.execute("set session lock_wait_timeout = 10")
        cursor.execute(f"drop database {name}")
