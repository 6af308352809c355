"""A PostgreSQL store whose feed has no fence: what an open transaction writes later is skipped."""

from typing import Any

from phananh.stores.base import FeedEntry
from phananh.stores.postgres import PostgresStore
from phananh.stores.sql.dialects.postgres.tables import BEHIND


class UnfencedStore(PostgresStore):
    """Reads every event that is committed, and so passes those that are not yet."""

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return entries, those behind an open transaction too."""
        fence = self.dialect.say(f"and e.tx < {BEHIND}")

        def select(statement: str, values: Any) -> Any:
            return self._select("scanning", statement.replace(fence, ""), values)

        return self.dialect.read_feed(select, after, limit)
