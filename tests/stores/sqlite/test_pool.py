"""Connections of one file, lent to threads: none is in use when the process forks."""

import threading
from pathlib import Path

from phananh.stores.sqlite import ConnectionPool, LockFile, SqliteStore

ROUNDS = 20


def test_no_connection_is_open_while_lending_is_blocked(tmp_path: Path) -> None:
    """Threads that read without a pause have given every connection back before a fork."""
    path = str(tmp_path / "cases.db")
    SqliteStore(path).close()
    opened: list[int] = []
    pool = ConnectionPool(path, timeout=5, pragmas=(), lock=LockFile(path, timeout=5))
    ended = threading.Event()

    def read() -> None:
        while not ended.is_set():
            connection = pool.acquire()
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
            pool.release(connection)

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for _ in range(ROUNDS):
            pool.block()
            opened.append(len(pool._opened))
            pool.unblock()
    finally:
        ended.set()
        for reader in readers:
            reader.join()
        pool.close()
    assert opened == [0] * ROUNDS
