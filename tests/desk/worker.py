"""A worker that keeps what it was handed, for the tests of consumers."""

from datetime import timedelta

from phananh import Desk
from phananh.stores.base import FeedEntry

Key = tuple[str, int]
MINUTE = timedelta(minutes=1)


class Worker:
    """A handler that keeps what it was given, and fails where a test says so."""

    def __init__(self, fails_at: int | None = None) -> None:
        """Take everything; fail at the entry with this number in the feed."""
        self.seen: list[Key] = []
        self.fails_at = fails_at

    def __call__(self, entry: FeedEntry) -> None:
        """Take an entry."""
        if len(self.seen) + 1 == self.fails_at:
            raise ZeroDivisionError
        self.seen.append((entry.event.case, entry.event.n))


def keys_of(desk: Desk) -> list[Key]:
    """Return every event of the feed."""
    return [(entry.event.case, entry.event.n) for entry in desk.feed(limit=100_000).entries]
