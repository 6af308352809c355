"""A program that stops the servers in a folder when nobody needs them: guard.py FOLDER.

Whoever uses the servers holds a shared lock on the file `alive` in the folder. The kernel
drops it however the holder ends, kill -9 included. The guard waits for the lock, then stops
every process that works inside the folder, and removes the folder.
"""

import fcntl
import os
import shutil
import signal
import sys
import time
from contextlib import suppress
from pathlib import Path

import psutil

PATIENCE = 5.0


def processes_in(folder: Path) -> list[psutil.Process]:
    """Return the processes whose working directory is the folder or inside it."""
    root = folder.resolve()
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error, OSError):
            at = Path(process.cwd())
            if at == root or root in at.parents:
                found.append(process)
    return found


def stop_all(folder: Path, *, patience: float = PATIENCE) -> None:
    """Ask every process in the folder to quit at once, and kill what is left after a while.

    PostgreSQL, PgBouncer and MariaDB quit on SIGQUIT. A PostgreSQL that is killed instead
    leaves a segment of shared memory behind.
    """
    end = time.monotonic() + patience
    asked: set[int] = set()
    while found := processes_in(folder):
        late = time.monotonic() > end
        for process in found:
            if late or process.pid not in asked:
                asked.add(process.pid)
                with suppress(psutil.Error):
                    process.send_signal(signal.SIGKILL if late else signal.SIGQUIT)
        time.sleep(0.02)


def clear(folder: Path) -> None:
    """Stop what runs in the folder, and remove the folder.

    It is renamed first, so that no newcomer finds one that is half removed.
    """
    stop_all(folder)
    gone = folder.with_name(f"{folder.name}-gone")
    with suppress(FileNotFoundError):
        folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def wait_until_alone(folder: Path) -> None:
    """Wait until nobody holds the lock on `alive`, then clear the folder."""
    with suppress(FileNotFoundError):
        alive = os.open(folder / "alive", os.O_RDWR)
        fcntl.flock(alive, fcntl.LOCK_EX)
        if folder.exists() and os.fstat(alive).st_ino == (folder / "alive").stat().st_ino:
            clear(folder)


if __name__ == "__main__":
    wait_until_alone(Path(sys.argv[1]))
