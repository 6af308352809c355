"""Copying one store to another: row by row between databases, else by the calls of a store.

Through the calls that every store has, events, rows and erased values are copied. Commands are not,
as only a digest of their content is stored, nor are consumers, which no call lists.
"""

from collections.abc import Iterator
from hashlib import blake2b
from itertools import zip_longest
from typing import Any

import attrs

from phananh.errors import InputError, StoreError
from phananh.regulation.case import Case, fold
from phananh.stores.base import Change, FeedEntry, IndexRow, Query, Store
from phananh.stores.index_row import make_index_row
from phananh.stores.sql.copying import SqlCopy, Tell
from phananh.stores.sql.schema import check_state, read_state
from phananh.stores.sql.store import SqlStore

_AT_ONCE = 200
_KEPT = 10_000  # cases in memory, so that their next event need not load them


@attrs.frozen(kw_only=True)
class Copied:
    """The counts of the target, equal to those of the source, and the tables left out.

    `digest` is that of everything between databases, and empty elsewhere.
    """

    counts: dict[str, int]
    digest: str = ""
    left_out: tuple[str, ...] = ()


def say_nothing(_what: str, _count: int) -> None:
    """Let a copy go on without a word."""


def copy_store(source: Store, target: Store, tell: Tell = say_nothing) -> Copied:
    """Copy everything, then compare. A copy that was broken off goes on.

    Args:
        source: must not change meanwhile.
        target: empty, or begun from the same source. Missing tables are made.
        tell: called with the kind of data, and the number copied so far, about every 500.

    Raises:
        InputError: the target holds something else.
        StoreError: an engine failed, or the two differ when all was copied.
    """
    if isinstance(source, SqlStore) and isinstance(target, SqlStore):
        return _copy_tables(source, target, tell)
    if isinstance(target, SqlStore):
        _prepare(target)
    _copy_events(source, target, tell)
    return _compare_stores(source, target)


def _prepare(target: SqlStore) -> None:
    state = read_state(lambda *given: target._select("copying", *given), target.dialect)
    if state is None:
        target.migrate()
    else:
        check_state(state, target.dialect, target._where)


def _copy_tables(source: SqlStore, target: SqlStore, tell: Tell) -> Copied:
    _prepare(target)
    copy = SqlCopy.between(source, target, tell)
    copy.run()
    ours, theirs = copy.source.sum_up(), copy.target.sum_up()
    for what, wanted in ours.items():
        if theirs[what] != wanted:
            raise copy_error(what, wanted.count, theirs[what].count)
    joined = "".join(each.digest for each in ours.values())
    digest = blake2b(joined.encode(), digest_size=16).hexdigest()
    return Copied(counts={what: each.count for what, each in ours.items()}, digest=digest)


def copy_error(what: str, source: int, target: int) -> StoreError:
    """Return the error for a copy that differs from its source."""
    return StoreError(
        doing="copying", code="copy_differs", table=what, source=source, target=target
    )


def _read_feed(store: Store) -> Iterator[FeedEntry]:
    entries = store.scan()
    while entries:
        yield from entries
        entries = store.scan(entries[-1].position)


def _copy_events(source: Store, target: Store, tell: Tell) -> None:
    left, count = _read_feed(source), 0
    for there in _read_feed(target):
        entry = next(left, None)
        if entry is None or entry.event != there.event:
            raise InputError(field="target", code="target_of_another")
        count += 1
    size = _AT_ONCE if "lists" in target.capabilities else 1
    cases: dict[str, Case] = {}
    changes: list[Change] = []
    for entry in left:
        changes.append(_make_change(target, cases, entry))
        if len(changes) == size:
            target.commit(changes)
            count += len(changes)
            tell("events", count)
            changes = []
    target.commit(changes)


def _make_change(target: Store, cases: dict[str, Case], entry: FeedEntry) -> Change:
    event = entry.event
    before = cases.get(event.case)
    if before is None and event.n > 1:
        before = fold(target.load(event.case))
    if len(cases) >= _KEPT:
        cases.pop(next(iter(cases)))
    case = cases[event.case] = fold((event,), onto=before)
    row = make_index_row(case)
    return Change(case=event.case, expected=event.n - 1, events=(event,), row=row)


def _compare_stores(source: Store, target: Store) -> Copied:
    events = _compare("event", (e.event for e in _read_feed(source)),
                      (e.event for e in _read_feed(target)))  # fmt: skip
    cases = _compare("case", _read_list(source), _read_list(target))
    return Copied(counts={"case": cases, "event": events}, left_out=("command", "consumer"))


def _compare(what: str, ours: Iterator[Any], theirs: Iterator[Any]) -> int:
    count = 0
    for one, other in zip_longest(ours, theirs):
        if one != other:
            raise copy_error(what, count + (one is not None), count + (other is not None))
        count += 1
    return count


def _read_list(store: Store) -> Iterator[IndexRow]:
    query: Query | None = Query(limit=500)
    while query is not None:
        page = store.find(query)
        yield from page.rows
        query = attrs.evolve(query, after=page.next) if page.next else None
