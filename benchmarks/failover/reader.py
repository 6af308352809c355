"""A program that reads the feed until it is stopped: DSN, a file for what it saw, in order."""

import os
import sys
import time
from pathlib import Path

from phananh import Desk
from phananh.errors import StoreError
from phananh.stores.postgres import PostgresStore


def main(dsn: str, seen: Path) -> None:
    """Write case and number of each event, once it was read, and go on after it."""
    desk = Desk(store=PostgresStore(dsn))
    log = os.open(seen, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    after = None
    while True:
        try:
            feed = desk.feed(after=after)
        except StoreError:
            time.sleep(0.02)
            continue
        lines = "".join(f"{each.event.case} {each.event.n}\n" for each in feed.entries)
        os.write(log, lines.encode())
        after = feed.next
        if not feed.has_more:
            time.sleep(0.02)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
