"""A worker that notes what it is handed until it is killed: database, file of notes, stop file."""

import os
import sys
import time
from datetime import timedelta
from pathlib import Path

from phananh import Desk, open_store
from phananh.stores.base import FeedEntry

LEASE = timedelta(seconds=0.4)

database, notes, stop = sys.argv[1:]
desk = Desk(store=open_store(database))
log = os.open(notes, os.O_WRONLY | os.O_APPEND)


def note(entry: FeedEntry) -> None:
    """Note an entry, and take a moment before and after."""
    time.sleep(0.002)
    os.write(log, f"{os.getpid()} {entry.event.case} {entry.event.n}\n".encode())
    time.sleep(0.002)


while not Path(stop).exists():
    if desk.consume("mail", note, lease=LEASE, limit=7).is_lost:
        os.write(log, f"{os.getpid()} lost 0\n".encode())
    time.sleep(0.01)
desk.store.close()
