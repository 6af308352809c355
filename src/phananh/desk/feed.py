"""The feed: recorded events in order, and where the next piece begins."""

from collections.abc import Collection

import attrs

from phananh.errors import CorruptError, InputError, short_repr
from phananh.plain_value import PlainValue
from phananh.regulation.events import EVENTS, Event
from phananh.stores.base import FeedEntry, Store
from phananh.worktime.validators import tuple_of


@attrs.frozen(kw_only=True)
class Feed(PlainValue):
    """A piece of the feed: the entries that were wanted, and where the next piece begins.

    `next` goes on after the last entry that was read, wanted or not. It is None only if the store
    is empty. `has_more`: an entry was read, so there may be more to read at once. `damaged`: an
    event that cannot be read. All others are read.
    """

    entries: tuple[FeedEntry, ...]
    next: str | None
    has_more: bool
    damaged: tuple[CorruptError, ...] = ()


def read_feed(
    store: Store,
    *,
    after: str | None = None,
    events: Collection[type[Event]] | None = None,
    limit: int = 500,
) -> Feed:
    """Read at most `limit` entries of the feed, and return those of the events wanted."""
    wanted = check_events(events)
    try:
        found = store.scan(after, limit=limit)
    except CorruptError as error:
        if (position := error.facts.get("position")) is None:
            raise
        return Feed(entries=(), next=str(position), has_more=True, damaged=(error,))
    entries = (each for each in found if wanted is None or type(each.event) in wanted)
    return Feed(
        entries=tuple(entries),
        next=found[-1].position if found else after,
        has_more=bool(found),
    )


def check_events(events: Collection[type[Event]] | None) -> frozenset[type[Event]] | None:
    """Return the classes of events that are wanted, None for all, and refuse any other value."""
    if events is None:
        return None
    found = tuple_of(type, "events", events)
    known = frozenset(EVENTS.values())
    for each in found:
        if each not in known:
            names = tuple(EVENTS)
            raise InputError(
                field="events", code="not_an_event_class", value=short_repr(each), known=names
            )
    return frozenset(found)
