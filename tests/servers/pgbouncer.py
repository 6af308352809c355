"""PgBouncer in transaction mode before a server, as offices run it: no session state survives.

with pgbouncer(server.dsn()) as url:
    psycopg.connect(url, prepare_threshold=None)
"""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from psycopg.conninfo import conninfo_to_dict

from tests.servers.home import (
    NoServerError,
    environment,
    free_port,
    hand_over,
    home,
    option_file,
    run,
)

HOW = "no PgBouncer here: `apt install pgbouncer`"


def find_pgbouncer() -> str:
    """Return the path of the program.

    Raises:
        NoServerError: it is not installed.
    """
    if found := shutil.which("pgbouncer", path=environment()["PATH"]):
        return found
    raise NoServerError(HOW)


def configure(folder: Path, dsn: str, *, port: int, pool_size: int) -> Path:
    """Write the configuration for a server into the folder and return its file."""
    server = conninfo_to_dict(dsn)
    users = folder / "users.txt"
    users.write_text(f'"{server["user"]}" "{server.get("password", "")}"\n')
    settings = {
        "listen_addr": "127.0.0.1",
        "listen_port": port,
        "auth_type": "scram-sha-256",
        "auth_file": users,
        "unix_socket_dir": folder,
        "pool_mode": "transaction",
        "default_pool_size": pool_size,
        "max_client_conn": 200,
        "logfile": folder / "log",
        "pidfile": folder / "pid",
    }
    where = f"* = host={server['host']} port={server.get('port', 5432)}\n"
    file = folder / "pgbouncer.ini"
    file.write_text(f"[databases]\n{where}[pgbouncer]\n{option_file(settings)}")
    for path in (users, file):
        hand_over(path)
    return file


def wait_for(url: str, *, seconds: float = 10) -> None:
    """Return when a client gets an answer through the URL, or raise its last error."""
    end = time.monotonic() + seconds
    while True:
        try:
            psycopg.connect(url, connect_timeout=5).close()
        except psycopg.OperationalError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)
        else:
            return


@contextmanager
def pgbouncer(dsn: str, *, pool_size: int = 4) -> Iterator[str]:
    """Lend the URL of a PgBouncer before the server of a DSN.

    Args:
        dsn: the server, with host, user and password; the server must outlive the PgBouncer.
        pool_size: how many connections to the server all clients share.

    Raises:
        NoServerError: PgBouncer is not installed.
    """
    program = find_pgbouncer()
    with home("pgb") as folder:
        port = free_port()
        run([program, "-d", configure(folder, dsn, port=port, pool_size=pool_size)], cwd=folder)
        server = conninfo_to_dict(dsn)
        who = f"{server['user']}:{server.get('password', '')}"
        url = f"postgresql://{who}@127.0.0.1:{port}/{server.get('dbname', 'postgres')}"
        wait_for(url)
        yield url
