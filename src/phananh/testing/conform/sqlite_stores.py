"""The suite for `SqliteStore`: each test has a file of its own."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from phananh.stores.base import Store
from phananh.stores.sqlite.store import SqliteStore
from phananh.testing.conform.sql_stores import SqlConformance
from phananh.testing.conformance import StoreConformance, full_disk

_READ = (
    "import sys, pathlib as p; d = p.Path(sys.argv[1]); "
    "sys.stdout.buffer.write(b''.join(f.read_bytes() for f in sorted(d.iterdir())))"
)
WAIT = 30  # seconds a handle waits for others


def require_sqlite(store: Store) -> SqliteStore:
    """Return a store in a SQLite file."""
    if not isinstance(store, SqliteStore):
        raise TypeError(f"{type(store).__name__} is no SqliteStore")
    return store


class SqliteConformance(SqlConformance):
    """The whole suite, on files in the test's own folder."""

    synchronous = "FULL"

    def make_store(self) -> Store:
        """Return a store in a file of its own."""
        self._count = getattr(self, "_count", 0) + 1
        return self.open_file(self.folder / f"cases-{self._count}.db")

    def open_file(self, path: Path | str, *, timeout: float = WAIT) -> SqliteStore:
        """Return a handle on a file, which is closed after the test."""
        opened = SqliteStore(path, synchronous=self.synchronous, timeout=timeout)
        self._opened = [*getattr(self, "_opened", ()), opened]
        return opened

    def teardown_method(self) -> None:
        """Close every handle that the test opened, then clean up as the suite does."""
        for opened in getattr(self, "_opened", ()):
            opened.close()
        super().teardown_method()

    def connect(self, store: Store) -> Store:
        """Return a second handle on the same file."""
        return self.open_file(require_sqlite(store).path)

    def impatient(self, store: Store) -> Store:
        """Return a handle on the same file that waits shortly for others."""
        return self.open_file(require_sqlite(store).path, timeout=0.3)

    def reopen(self, store: Store) -> Store:
        """Close the file and open it again."""
        store.close()
        return self.connect(store)

    @contextmanager
    def transaction(self, store: Store) -> Iterator[Store]:
        """Run in a transaction of sqlite3, as an application would."""
        path = require_sqlite(store).path
        connection = sqlite3.connect(path, isolation_level=None, timeout=WAIT)
        try:
            connection.execute("begin immediate")
            with SqliteStore.bound(connection) as bound:
                yield bound
            connection.execute("commit")
        finally:
            connection.close()

    def stored_bytes(self, store: Store) -> bytes:
        """Return the bytes of all files, read by another process: opening drops locks."""
        call = [sys.executable, "-c", _READ, str(self.folder)]
        return subprocess.run(call, stdout=subprocess.PIPE, check=True).stdout  # noqa: S603  # our own words

    def fail_next(self, store: Store) -> AbstractContextManager[object]:
        """Let the log of the file, which each act is written to, grow no more."""
        return full_disk(f"{require_sqlite(store).path}-wal", room=100)

    def back_up(self, store: Store) -> Store:
        """Return the store in a backup of the file."""
        copy = Path(require_sqlite(store).path).with_suffix(".copy")
        require_sqlite(store).backup(copy)
        return self.open_file(copy)


def suite_beside(path: str) -> type[StoreConformance]:
    """Return the suite on files in a new folder beside a path, such as on your own disk."""
    parent = Path(path).absolute().parent if path else None
    return type("SqliteSuite", (SqliteConformance,), {"parent_folder": parent})
