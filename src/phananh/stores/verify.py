"""The errors in a store of any kind, found through the calls that every store has.

Cases are found by a list, as a store need not list them otherwise. Commands cannot be listed.
"""

from collections.abc import Iterator

import attrs

from phananh.errors import StoreError
from phananh.stores.base import FeedEntry, Query, Store
from phananh.stores.conflicts import damaged_row_error
from phananh.stores.histories import EventSum, check_row_of


def find_differences(store: Store) -> Iterator[StoreError]:
    """Yield each case with a history that is unreadable or differs from its row, and feed errors.

    If a store has a method `find_damage`, its errors are yielded instead.
    """
    if hasattr(store, "find_damage"):
        yield from store.find_damage()
        return
    histories, is_whole = EventSum(), True
    before, end = _sum_feed(store, EventSum(), None)
    for each in _find_in_cases(store, histories):
        is_whole = False
        yield each
    after, _ = _sum_feed(store, attrs.evolve(before), end)
    if is_whole and before == after != histories:  # nobody recorded meanwhile
        yield StoreError(
            doing="examining", code="feed_differs", feed=after.count, events=histories.count
        )


def _find_in_cases(store: Store, histories: EventSum) -> Iterator[StoreError]:
    query: Query | None = Query(limit=500)
    while query is not None:
        page = store.find(query)
        yield from map(damaged_row_error, page.damaged)
        for row in page.rows:
            try:
                history = store.load(row.case)
                # A case that was acted on since the list was made has a later row.
                check_row_of(history[: row.version], row)
            except StoreError as error:
                yield error
                continue
            for event in history:
                histories.add(event.case, event.n)
        query = attrs.evolve(query, after=page.next) if page.next else None


def _sum_feed(store: Store, seen: EventSum, after: str | None) -> tuple[EventSum, str | None]:
    """Add what the feed shows after a position, and return where it ends."""
    entries: tuple[FeedEntry, ...] = store.scan(after)
    while entries:
        for entry in entries:
            seen.add(entry.event.case, entry.event.n)
        after = entries[-1].position
        entries = store.scan(after)
    return seen, after
