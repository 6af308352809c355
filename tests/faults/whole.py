"""Whether a store is whole: histories fold, rows are their folds, commands and feed match."""

import time
from collections import Counter
from collections.abc import Iterable, Mapping

import attrs

from phananh.desk.lookup import iter_pages
from phananh.regulation.case import fold
from phananh.regulation.events import Event, Lapsed
from phananh.stores.base import Query, Store
from phananh.stores.index_row import make_index_row
from phananh.testing.contract.pair import keys_of, read_feed

_FENCED = 10.0
Histories = Mapping[str, tuple[Event, ...]]


@attrs.frozen
class Acknowledged:
    """What a caller was told: that a command led to a version of a case."""

    command: str
    case: str
    version: int

    @classmethod
    def read(cls, line: str) -> "Acknowledged":
        """Return what stands in a line of a file."""
        command, case, version = line.split()
        return cls(command, case, int(version))


def check_whole(
    store: Store, *, acknowledged: Iterable[Acknowledged] = (), named: Iterable[str] | None = None
) -> Histories:
    """Check that nothing acknowledged is lost and nothing is half done; return the histories.

    `named` are the ids of all commands that anybody may have recorded. If they are given, every
    event but a lapse was recorded with one of them.
    """
    histories = check_rows(store)
    check_feed(store, histories)
    for each in acknowledged:
        record = store.find_command(each.command)
        assert record is not None, f"{each} is gone"
        assert (record.case, record.version) == (each.case, each.version), f"{each}: {record}"
        assert len(histories[each.case]) >= each.version, f"{each}: its events are gone"
    if named is not None:
        check_commands(store, histories, named)
    return histories


def check_rows(store: Store) -> Histories:
    """Check that each history folds, and is what its row says; return them."""
    pages = list(iter_pages(store, Query(limit=1000)))
    assert not any(page.damaged for page in pages)
    rows = [row for page in pages for row in page.rows]
    histories = {row.case: store.load(row.case) for row in rows}
    assert len(histories) == len(rows), "a case has two rows"
    for row in rows:
        history = histories[row.case]
        assert [event.n for event in history] == list(range(1, len(history) + 1)), row.case
        assert row == make_index_row(fold(history)), f"{row.case}: the row is not the fold"
    return histories


def check_feed(store: Store, histories: Histories) -> None:
    """Check that the feed holds each event once, those of a case in order.

    It may come a moment later: until then an open transaction elsewhere holds it back.
    """
    expected = Counter((case, event.n) for case in histories for event in histories[case])
    deadline = time.monotonic() + _FENCED
    while len(found := keys_of(read_feed(store))) < expected.total():
        if time.monotonic() > deadline:
            break
        time.sleep(0.05)
    assert Counter(found) == expected, "the feed is not what the histories hold"
    seen: dict[str, int] = {}
    for case, n in found:
        assert n == seen.get(case, 0) + 1, f"{case}: {n} stands out of order"
        seen[case] = n


def check_commands(store: Store, histories: Histories, named: Iterable[str]) -> None:
    """Check that commands and the events that were asked for are one to one."""
    records = [record for name in named if (record := store.find_command(name)) is not None]
    recorded = Counter((record.case, record.version) for record in records)
    assert max(recorded.values(), default=1) == 1, "two commands led to one version"
    for case, version in recorded:
        assert len(histories[case]) >= version, f"{case}: a command without its events"
    missing = [
        (case, event.n)
        for case in histories
        for event in histories[case]
        if not isinstance(event, Lapsed) and (case, event.n) not in recorded
    ]
    assert not missing, f"events without their command: {missing[:5]}"
