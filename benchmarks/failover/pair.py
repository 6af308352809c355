"""Two PostgreSQL servers, a primary and its replica, which change their parts at a failover.

with running_pair(synchronous=True) as pair:
    pair.fail_over()   # kill the primary, promote the replica
    pair.rebuild()     # make the dead one a replica of the new primary
"""

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs
import psycopg

from tests.servers.home import hand_over, home
from tests.servers.postgres import USER, PostgresServer, new_server

PATIENCE = 30.0


def wait_until(holds: Callable[[], object], *, what: str) -> None:
    """Return when something holds, or raise TimeoutError with what was waited for."""
    end = time.monotonic() + PATIENCE
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(what)
        time.sleep(0.01)


def ask(server: PostgresServer, query: str) -> Any:
    """Return the first value that a query gives, None where it gives no row.

    The session leaves `synchronous_commit` off, so that asking never waits for a replica.
    """
    with psycopg.connect(
        server.socket_dsn(), autocommit=True, options="-c synchronous_commit=off"
    ) as connection:
        row = connection.execute(query).fetchone()
    return row and row[0]


def configure(server: PostgresServer, setting: str, value: str) -> None:
    """Change a setting of a running server for good, also one that only follows."""
    with psycopg.connect(server.socket_dsn(), autocommit=True) as connection:
        connection.execute(f"alter system set {setting} = '{value}'")
        connection.execute("select pg_reload_conf()")


@attrs.define(kw_only=True)
class Pair:
    """A primary and a replica; each keeps its folder, its port and its name through all parts."""

    folder: Path
    synchronous: bool
    primary: PostgresServer
    replica: PostgresServer

    def dsn(self) -> str:
        """Return the URL with both hosts, which leads to the one that writes."""
        ports = sorted([self.primary.port, self.replica.port])
        hosts = ",".join(f"127.0.0.1:{port}" for port in ports)
        who = f"{USER}:{self.primary.password}"
        return (
            f"postgresql://{who}@{hosts}/postgres?target_session_attrs=read-write&connect_timeout=2"
        )

    def fail_over(self) -> None:
        """Kill every process of the primary, and promote the replica."""
        self.primary.kill()
        self.take_over()

    def take_over(self) -> None:
        """Promote the replica."""
        self.replica.promote()
        self.primary, self.replica = self.replica, self.primary

    def rebuild(self) -> None:
        """Make the dead server a new copy of the primary, and follow it."""
        shutil.rmtree(self.replica.folder)
        self.replica = start_replica(self.primary, self.replica.folder, port=self.replica.port)
        self.attach()

    def attach(self) -> None:
        """Wait until the replica has all; where it is to be synchronous, until it is."""
        name = self.replica.folder.name
        follows = f"from pg_stat_replication where application_name = '{name}'"
        if self.synchronous:
            configure(self.primary, "synchronous_standby_names", name)
        state = "sync" if self.synchronous else "async"
        wait_until(
            lambda: ask(self.primary, f"select sync_state {follows}") == state,
            what=f"{name} as {state}",
        )
        end = ask(self.primary, "select pg_current_wal_lsn()")
        wait_until(
            lambda: ask(self.primary, f"select flush_lsn >= '{end}' {follows}"),
            what=f"{name} at {end}",
        )

    def cut_off(self) -> None:
        """Let the replica lose its connection to the primary, as a network does."""
        configure(self.replica, "primary_conninfo", "")
        wait_until(
            lambda: not ask(self.primary, "select count(*) from pg_stat_replication"),
            what="the replica is cut off",
        )


def start_replica(
    primary: PostgresServer, folder: Path, *, port: int | None = None
) -> PostgresServer:
    """Start a copy of a primary; after a promotion it waits for nobody until it is told to."""
    copy = primary.replica(folder, name=folder.name, port=port)
    with (copy.data / "postgresql.auto.conf").open("a") as settings:
        settings.write("synchronous_standby_names = ''\n")
    copy.start()
    return copy


@contextmanager
def running_pair(*, synchronous: bool) -> Iterator[Pair]:
    """Lend a primary and its replica, both durable and in step; they are gone afterwards."""
    with home("ha") as folder:
        (folder / "a").mkdir()
        hand_over(folder / "a")
        primary = new_server(folder / "a", durable=True)
        primary.start()
        replica = start_replica(primary, folder / "b")
        pair = Pair(folder=folder, synchronous=synchronous, primary=primary, replica=replica)
        pair.attach()
        yield pair
