"""The contract's hooks for the library's stores over SQL: how rows are hurt, replaced and read."""

import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from phananh.stores.base import Change, IndexRow, Store
from phananh.stores.codec import decode
from phananh.stores.paging import format_instant
from phananh.stores.sql import SqlStore
from phananh.stores.sql.rows import event_checksum
from phananh.stores.sqlite import SqliteStore
from phananh.testing.conformance import StoreConformance, StoredEvent, full_disk

_READ = (
    "import sys, pathlib as p; d = p.Path(sys.argv[1]); "
    "sys.stdout.buffer.write(b''.join(f.read_bytes() for f in sorted(d.iterdir())))"
)
WAIT = 30  # seconds a handle waits for others
_HOLE = "delete from phananh_event where case_id = ? and version = ?"
_SPOIL = (
    "update phananh_event set body = replace(body, ?, ?)",
    "update phananh_case set kind = replace(kind, ?, ?)",
    "update phananh_command set digest = replace(digest, ?, ?)",
)
_BODY = "update phananh_event set body = ?, crc = ? where case_id = ? and version = ?"
_PERSONAL = "update phananh_personal set salt = ?, data = ? where "
_BY_POSITION = "position in (select position from phananh_event where case_id = ? and version = ?)"


def require_sql(store: Store) -> SqlStore:
    """Return a store that keeps its rows in the library's tables."""
    if not isinstance(store, SqlStore):
        raise TypeError(f"{type(store).__name__} is no store over SQL")
    return store


def run_statement(store: Store, statement: str, *values: Any) -> None:
    """Change rows behind the store's back, in a transaction of its own."""
    sql = require_sql(store)
    said = sql.dialect.say(statement)
    sql._transact(lambda: {"doing": "recording"}, lambda session: session.execute(said, values))


class SqlConformance(StoreConformance):
    """The hooks do the same on every engine."""

    def hole(self, store: Store, case: str, version: int) -> Store:
        """Delete the row of an event."""
        run_statement(store, _HOLE, case, version)
        return store

    def spoil(self, store: Store, old: str, new: str) -> Store:
        """Replace a text in the bodies of events, the kinds of rows and the digests of commands."""
        for statement in _SPOIL:
            run_statement(store, statement, old, new)
        return store

    def store_old(self, store: Store, events: Sequence[StoredEvent], row: IndexRow) -> Store:
        """Record the history, and put the values of an earlier version into its rows."""
        history = tuple(
            decode(e.kind, e.body, e.personal, e.salt, case=e.case, version=e.version)
            for e in events
        )
        store.commit([Change(case=row.case, expected=0, events=history, row=row)])
        is_keyed = require_sql(store).dialect.name != "sqlite"
        personal = _PERSONAL + ("case_id = ? and version = ?" if is_keyed else _BY_POSITION)
        for event, old in zip(history, events, strict=True):
            at = format_instant(event.at)
            crc = event_checksum(old.case, old.version, old.kind, at, old.body)
            run_statement(store, _BODY, old.body, crc, old.case, old.version)
            if old.personal is not None:
                run_statement(store, personal, old.salt, old.personal, old.case, old.version)
        return store


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
        return subprocess.run(call, stdout=subprocess.PIPE, check=True).stdout  # our own words

    def fail_next(self, store: Store) -> AbstractContextManager[object]:
        """Let the log of the file, which each act is written to, grow no more."""
        return full_disk(f"{require_sqlite(store).path}-wal", room=100)

    def back_up(self, store: Store) -> Store:
        """Return the store in a backup of the file."""
        copy = Path(require_sqlite(store).path).with_suffix(".copy")
        require_sqlite(store).backup(copy)
        return self.open_file(copy)
