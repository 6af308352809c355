"""The questions that are asked of every size: reading a case, lists, counts, the feed."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from itertools import cycle
from typing import Any

import attrs

from benchmarks.scale.filling import Filled
from phananh import Desk
from phananh.samples import UNTIL
from phananh.stores.base import Page, Query
from phananh.stores.paging import Key, format_instant, write_cursor

DAYS = timedelta(days=1)
MIDDLE = UNTIL - 540 * DAYS  # half of the cases came before
PAGE = 100

# Each filter by itself, then those that people look at.
FILTERS: dict[str, dict[str, Any]] = {
    "none": {},
    "state received": {"states": ["received"]},
    "state closed": {"states": ["closed"]},
    "state overdue": {"states": ["overdue"]},
    "holder operator": {"holder": "operator"},
    "holder officer": {"holder": "officer"},
    "an officer's id": {"holder_id": "cb1-01"},
    "a unit": {"unit": "Sở Công Thương"},
    "kind conduct": {"kind": "conduct"},
    "open": {"is_open": True},
    "not open": {"is_open": False},
    "late": {"late": True},
    "not late": {"late": False},
    "due before": {"due_before": UNTIL + 2 * DAYS},
    "received in a week": {"received_since": MIDDLE, "received_before": MIDDLE + 7 * DAYS},
    "received since a month": {"received_since": UNTIL - 30 * DAYS},
    "received before": {"received_before": MIDDLE},
    "rules": {"rules": "HB-2019-729997ed"},
    "rules of no case": {"rules": "none-00000000"},
    "a code": {},
    "inbox of operators": {"states": ["received"], "is_open": True},
    "inbox of a unit": {"unit": "Sở Công Thương", "is_open": True},
    "late and open": {"late": True, "is_open": True},
    "late and open, conduct": {"late": True, "is_open": True, "kind": "conduct"},
}
ORDERS = ("oldest", "newest", "due")


@attrs.define
class Subject:
    """An open store of one size, and what is asked of it."""

    filled: Filled
    store: Any
    desk: Desk = attrs.field(init=False)
    ids: Iterator[str] = attrs.field(init=False)
    clock: datetime = UNTIL

    def __attrs_post_init__(self) -> None:
        """Make a desk, and the round of ids: far from each other, in no order."""
        self.desk = Desk(store=self.store, clock=lambda: self.clock)
        ids = [row.case for row in self.filled.rows]
        self.ids = cycle([ids[7 * n % len(ids)] for n in range(len(ids))])

    def load(self) -> None:
        """Load the history of a case."""
        self.store.load(next(self.ids))

    def get(self) -> None:
        """Load a case as a desk does, folded."""
        self.desk.get(next(self.ids))

    def query(self, name: str, order: str, *, deep: bool = False) -> Query:
        """Return the query of a filter; a deep page begins in the middle of the three years."""
        filters = dict(FILTERS[name])
        if name == "a code":
            filters["code"] = self.filled.rows[len(self.filled.rows) // 2].code
        if name == "rules":
            filters["rules"] = self.filled.rows[0].rules
        part = order if order != "due" else "due" if "due_before" in filters else "none"
        at = UNTIL + DAYS if part == "due" else MIDDLE
        cursor = write_cursor(Key(part, format_instant(at), "HB")) if deep else None  # type: ignore[arg-type]
        return Query(**filters, order=order, limit=PAGE, after=cursor)

    def find(self, query: Query) -> Callable[[], Page]:
        """Return the call that reads a page."""
        return lambda: self.store.find(query)

    def count(self, query: Query) -> Callable[[], int]:
        """Return the call that counts up to a thousand."""
        return lambda: self.store.count(query)

    def scan(self, after: str | None) -> Callable[[], object]:
        """Return the call that reads 500 events of the feed."""
        return lambda: self.store.scan(after, limit=500)


def read_feed(store: Any, most: int = 400_000) -> tuple[int, str | None]:
    """Read the feed from its beginning; return how many events, and a position in their middle."""
    positions, count, after = list[str | None]([None]), 0, None
    while count < most and (some := store.scan(after, limit=500)):
        count, after = count + len(some), some[-1].position
        positions.append(after)
    return count, positions[len(positions) // 2]
