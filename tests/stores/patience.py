"""Reading a feed that an open transaction elsewhere on a shared server holds back for a moment."""

import time

from phananh.stores.base import FeedEntry
from phananh.stores.sql import SqlStore

NEXT = "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
FENCE = "select pg_snapshot_xmin(pg_current_snapshot())::text::bigint"


class PatientFeed(SqlStore):
    """Waits, a few seconds at most, until the feed shows what was committed before it is read.

    The tests of the contract read the feed at once, and other tests write on the same server.
    """

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return entries, once no transaction is open that began before this call."""
        if self.dialect.name == "postgresql":
            ((wanted,),) = self._select("scanning", NEXT, ())
            end = time.monotonic() + 5
            while time.monotonic() < end:
                ((fence,),) = self._select("scanning", FENCE, ())
                if fence >= wanted:
                    break
                time.sleep(0.002)
        return super().scan(after, limit=limit)
