"""A store's file as the tests fill it, look at it and damage it."""

import hashlib
import sqlite3
from pathlib import Path

from phananh.stores import SqliteStore
from phananh.stores.sql.rows import checksum
from phananh.testing.sample_events import change, received


def fill_store(path: Path, cases: int = 3) -> None:
    """Make a store of some cases at `path`, and close it."""
    with SqliteStore(path) as store:
        store.commit([change(received(f"HB-{i}")) for i in range(cases)])


def digest_file(path: Path) -> str:
    """Return the digest of a file that nobody has open."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def seal(path: Path) -> None:
    """Give every event the checksum of what it is now, as if it had been written so."""
    connection = sqlite3.connect(path, isolation_level=None)
    found = connection.execute(
        "select position, case_id, version, type, at, body from phananh_event"
    )
    for position, *values in found.fetchall():
        crc = checksum(*values)
        connection.execute("update phananh_event set crc = ? where position = ?", (crc, position))
    connection.close()


def alter(path: Path, statement: str, *values: object) -> None:
    """Change the file behind the store's back."""
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute(statement, values)
    connection.close()
