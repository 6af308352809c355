"""The state of a database: its schema, its size, and the positions of the feed and consumers."""

from datetime import datetime
from functools import partial

import attrs

from phananh.stores.paging import LONG_AGO, format_instant
from phananh.stores.sql.dialect import Phases
from phananh.stores.sql.schema import (
    check_phase,
    last_version,
    list_steps,
    needed_version,
    read_state,
)
from phananh.stores.sql.store import SqlStore

MOST = 100_000  # cases and events are counted so far
_CONSUMERS = "select name, number, position, until_at from phananh_consumer order by name"


@attrs.frozen(kw_only=True)
class SchemaStatus:
    """Which step the tables have had (None: there are none), and what this code would do.

    `is_usable`: this code can run on them.
    """

    version: int | None
    needed: int
    left: tuple[str, ...]
    is_usable: bool


@attrs.frozen(kw_only=True)
class ConsumerStatus:
    """The position of a consumer. `until` is when its lease ends, or None after a release."""

    consumer: str
    number: int
    position: str | None
    until: datetime | None


@attrs.frozen(kw_only=True)
class DatabaseStatus:
    """The counts of a database, up to `MOST` each, and the position of the feed.

    `held_back` are events that a fence keeps out of the feed, up to 1000, until transactions end,
    the oldest of which has been open for `oldest_seconds`. It is None on engines without a fence.
    """

    cases: int
    events: int
    feed_end: str
    held_back: int | None
    oldest_seconds: float | None
    size_bytes: int | None
    consumers: tuple[ConsumerStatus, ...]


def read_schema(store: SqlStore, phase: Phases = "all") -> SchemaStatus:
    """Return the state of the schema of a database. `left` are steps of that phase."""
    dialect = store.dialect
    state = read_state(partial(store._select, "examining"), dialect)
    done, oldest = state or (0, 0)
    is_newer = oldest > last_version(dialect)
    is_unknown = state is not None and not done
    steps = (
        () if is_unknown or is_newer else list_steps(dialect.migrations, done, check_phase(phase))
    )
    return SchemaStatus(
        version=None if state is None else done,
        needed=needed_version(dialect),
        left=tuple(step.title for step in steps),
        is_usable=done >= needed_version(dialect) and not is_newer,
    )


def read_status(store: SqlStore) -> DatabaseStatus:
    """Return the counts of a database with tables that this code can run on."""
    select, say = partial(store._select, "examining"), store.dialect.say
    held, oldest, size = None, None, None
    if store.dialect.held_back is not None:
        ((held, oldest),) = select(say(store.dialect.held_back), ())
    if store.dialect.size is not None:
        ((size,),) = select(say(store.dialect.size), ())
    return DatabaseStatus(
        cases=_count(store, "phananh_case"),
        events=_count(store, "phananh_event"),
        feed_end=store.dialect.find_end(select),
        held_back=held,
        oldest_seconds=oldest,
        size_bytes=None if size is None else int(size),
        consumers=tuple(
            ConsumerStatus(
                consumer=name,
                number=number,
                position=position,
                until=None if end == format_instant(LONG_AGO) else datetime.fromisoformat(end),
            )
            for name, number, position, end in select(say(_CONSUMERS), ())
        ),
    )


def _count(store: SqlStore, table: str) -> int:
    counted = f"select count(*) from (select 1 from {table} limit {MOST}) counted"  # noqa: S608  # names of ours
    ((count,),) = store._select("examining", store.dialect.say(counted), ())
    return int(count)
