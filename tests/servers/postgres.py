"""A PostgreSQL server of our own: start, stop, kill, promote, copy.

    with postgres_server(durable=True) as server:
        psycopg.connect(server.dsn())

It listens on the loopback interface with a password and on a Unix socket in a folder that
only its account may enter.
"""

import os
import secrets
import shlex
import signal
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote, urlencode

import attrs
import psutil

from tests.servers.guard import processes_in
from tests.servers.home import free_port, hand_over, home, run
from tests.servers.programs import find_programs, within_reach

USER = "phananh"
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "timezone": "UTC",
}
# What may be lost with the machine is no matter to a test of functions, and waiting is.
CARELESS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",  # which opens transactions that a feed would wait for
}


@attrs.define(kw_only=True)
class PostgresServer:
    """A server in `folder`, with its data in `folder/data`.

    `options` are the settings given at the next start, whatever the last start had.
    """

    folder: Path
    programs: Path
    password: str = attrs.field(repr=False)
    options: dict[str, str]
    port: int = attrs.field(factory=free_port)

    @property
    def data(self) -> Path:
        """Return the folder of the data."""
        return self.folder / "data"

    @property
    def log(self) -> Path:
        """Return the file that the server writes its log to."""
        return self.folder / "log"

    @property
    def is_running(self) -> bool:
        """Tell whether any process of the server runs."""
        return bool(processes_in(self.data))

    def dsn(self, database: str = "postgres", **parameters: str) -> str:
        """Return the URL of the server on the loopback interface, with its password."""
        query = f"?{urlencode(parameters, quote_via=quote)}" if parameters else ""
        return f"postgresql://{USER}:{self.password}@127.0.0.1:{self.port}/{database}{query}"

    def socket_dsn(self, database: str = "postgres") -> str:
        """Return the address of the server's Unix socket, which asks for no password."""
        return f"host={self.folder} port={self.port} user={USER} dbname={database}"

    def run(self, program: str, *arguments: str | Path) -> str:
        """Run a program of the server's version as its account and return its output."""
        return run([self.programs / program, *arguments], cwd=self.folder)

    def initialise(self) -> None:
        """Make the data folder of a new server."""
        secret = self.folder / "password"
        secret.write_text(self.password)
        hand_over(secret)
        self.run(
            *("initdb", "--pgdata", self.data, "--username", USER, "--pwfile", secret),
            *("--auth-local=trust", "--auth-host=scram-sha-256"),
            *("--encoding=UTF8", "--locale=C", "--no-sync"),
        )

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = self.options | {
            "port": str(self.port),
            "unix_socket_directories": str(self.folder),
        }
        words = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        try:
            self._control("start", "-l", self.log, "-o", shlex.join(words))
        except RuntimeError as error:
            error.add_note(self.log.read_text()[-2000:] if self.log.exists() else "no log")
            raise

    def stop(self, mode: str = "fast") -> None:
        """Stop the server: `smart`, `fast`, or `immediate`, as after a loss of power."""
        self._control("stop", "-m", mode)

    def restart(self, mode: str = "fast") -> None:
        """Stop the server and start it with the present options."""
        self.stop(mode)
        self.start()

    def promote(self) -> None:
        """Make a replica a primary and wait until it writes."""
        self._control("promote")

    def kill(self) -> None:
        """Kill every process of the server at one moment, as a loss of power does.

        They are all stopped before the first one dies. Otherwise those that wait for a replica
        would see it die, wait no longer, and show others what they had committed.

        It may be started again at once: its lock files go too, because the first process may
        be dead and still be listed where process 1 is slow to bury it.
        """
        segment = self._segment()
        stopped: set[psutil.Process] = set()
        while found := set(processes_in(self.data)) - stopped:
            stopped |= found
            _signal_all(found, signal.SIGSTOP)
        _signal_all(stopped, signal.SIGKILL)
        while self.is_running:
            time.sleep(0.01)
        socket = self.folder / f".s.PGSQL.{self.port}"
        for lock in (self.data / "postmaster.pid", socket, Path(f"{socket}.lock")):
            lock.unlink(missing_ok=True)
        if segment:
            subprocess.run(["ipcrm", "-m", segment], capture_output=True)

    def replica(self, folder: Path, *, name: str, port: int | None = None) -> "PostgresServer":
        """Return a copy of this running server that will follow it: started by `start()`.

        It keeps a slot of its name on this server, and shows up under that name there. The
        folder is made, and the port is a free one by default.
        """
        folder.mkdir()
        hand_over(folder)
        copy = PostgresServer(
            folder=folder,
            programs=self.programs,
            password=self.password,
            options=dict(self.options),
            port=port or free_port(),
        )
        copy.run(
            *("pg_basebackup", "-d", f"{self.socket_dsn()} application_name={name}"),
            *("-D", copy.data, "-R", "-C", "-S", name, "-c", "fast", "--no-sync"),
        )
        return copy

    def _control(self, what: str, *arguments: str | Path) -> None:
        self.run("pg_ctl", what, "-D", self.data, "-w", "-t", "60", "-s", *arguments)

    def _segment(self) -> str | None:
        """Return the id of the shared memory that a killed server leaves behind."""
        with suppress(FileNotFoundError, IndexError):
            return (self.data / "postmaster.pid").read_text().splitlines()[6].split()[1]
        return None


def _signal_all(processes: Iterable[psutil.Process], what: signal.Signals) -> None:
    for process in sorted(processes, key=lambda each: each.pid):
        with suppress(psutil.Error):
            process.send_signal(what)


def new_server(
    folder: Path, *, durable: bool = False, options: Mapping[str, str] | None = None
) -> PostgresServer:
    """Return a new server in a folder of `home()`, initialised and not started.

    Args:
        folder: an empty folder that belongs to the servers' account.
        durable: a commit waits for the disk. Without it the server loses data in a crash.
        options: settings of the server.

    Raises:
        NoServerError: no PostgreSQL is installed.
    """
    server = PostgresServer(
        folder=folder,
        programs=within_reach(find_programs()),
        password=secrets.token_hex(8),
        options=SETTINGS | ({} if durable else CARELESS) | dict(options or {}),
    )
    server.initialise()
    return server


@contextmanager
def postgres_server(
    *, durable: bool = False, options: Mapping[str, str] | None = None
) -> Iterator[PostgresServer]:
    """Lend a running server, which is gone afterwards.

    Arguments and errors are those of `new_server`.
    """
    with home("pg") as folder:
        server = new_server(folder, durable=durable, options=options)
        server.start()
        yield server


def server_from(folder: Path) -> str:
    """Start the server that the tests of a run share, and return its URL."""
    server = new_server(folder)
    server.start()
    return server.dsn()


def is_postgres_required() -> bool:
    """Tell whether tests fail where no PostgreSQL is, rather than be skipped."""
    return os.environ.get("PHANANH_REQUIRE_POSTGRES", "") not in ("", "0")
