"""A store in memory: the one to read before you write another. All of the contract but a disk.

Rule 1: everything is checked before anything is changed, under one lock.
Rule 2: commands are looked up before versions, because a retry breaks both keys.
"""

import threading
from collections.abc import Sequence
from datetime import datetime

import attrs

from phananh.errors import ConflictError, StoreError
from phananh.regulation.values.cleaning import fold_id
from phananh.regulation.values.events import Event
from phananh.stores.base import (
    Capability,
    Change,
    CommandRecord,
    FeedEntry,
    IndexRow,
    Page,
    Query,
    check_limit,
)
from phananh.stores.closable import ClosableStore
from phananh.stores.conflicts import (
    check_commands,
    describe_commit,
    list_commands,
    make_record,
    new_salt,
)
from phananh.stores.paging import (
    ahead_error,
    format_instant,
    make_cursor,
    read_cursor,
    read_position,
    sort_key,
)


class MemoryStore(ClosableStore):
    """Histories in dictionaries, for tests and trials; gone with the process.

    Threads may share it: one lock is held while a call reads or records.
    """

    capabilities: frozenset[Capability] = frozenset()

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.RLock()
        self._histories: dict[str, tuple[Event, ...]] = {}
        self._rows: dict[str, IndexRow] = {}
        self._records: dict[str, CommandRecord] = {}
        self._feed: list[tuple[str, int]] = []
        self._codes: dict[str, str] = {}

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Return the history of a case; an unknown case is empty."""
        with self._lock:
            return self._histories.get(case, ())

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record all the changes or none; no changes are nothing."""
        with self._lock:
            records = self._new_records(changes)  # first, because a retry breaks both keys
            self._check_versions(changes)
            codes = self._new_codes(changes)
            for change in changes:
                self._record(change)
            self._records.update(records)
            self._codes.update(codes)

    def _new_records(self, changes: Sequence[Change]) -> dict[str, CommandRecord]:
        named = list_commands(changes)
        if not named:
            return {}
        check_commands([each for _, each in named], lambda each: self._records.get(each.id))
        return {
            each.id: make_record(each, case, new_salt() if each.is_personal else b"")
            for case, each in named
        }

    def _check_versions(self, changes: Sequence[Change]) -> None:
        versions: dict[str, int] = {}
        for change in changes:
            actual = versions.get(change.case, len(self._histories.get(change.case, ())))
            if change.expected != actual:
                raise ConflictError(case=change.case, expected=change.expected, actual=actual)
            versions[change.case] = change.row.version

    def _new_codes(self, changes: Sequence[Change]) -> dict[str, str]:
        new: dict[str, str] = {}
        for change in changes:
            owner = self._codes.get(change.row.code) or new.get(change.row.code, change.case)
            if owner != change.case:
                raise StoreError(code="code_taken", **describe_commit(changes))
            new[change.row.code] = change.case
        return new

    def _record(self, change: Change) -> None:
        case = change.case
        self._histories[case] = (*self._histories.get(case, ()), *change.events)
        self._rows[case] = change.row
        self._feed.extend((case, event.n) for event in change.events)

    def find_command(self, command: str, /) -> CommandRecord | None:
        """Return what a command id led to."""
        with self._lock:
            return self._records.get(command)

    def find(self, query: Query, /) -> Page:
        """Return the rows that meet the query, a page at a time."""
        after = read_cursor(query)
        with self._lock:
            rows = [row for row in self._rows.values() if _is_found(row, query)]
        keyed = sorted((sort_key(row, query), row) for row in rows)
        rest = [row for key, row in keyed if after is None or key > after]
        page = tuple(rest[: query.limit])
        return Page(rows=page, next=make_cursor(page[-1], query) if len(rest) > len(page) else None)

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return events in the order in which they were recorded, after a position."""
        first = read_position(after)
        with self._lock:
            if first > len(self._feed):
                raise ahead_error(first, len(self._feed))
            keys = self._feed[first : first + check_limit(limit)]
            events = [self._histories[case][n - 1] for case, n in keys]
        return tuple(
            FeedEntry(position=str(first + i), event=event) for i, event in enumerate(events, 1)
        )

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase what is personal of a case."""
        from phananh.stores.codec import erase_event  # and json: most desks never erase

        with self._lock:
            history = self._histories.get(case, ())
            salt = new_salt()
            if history:
                self._histories[case] = tuple(erase_event(event, salt) for event in history)
            for name, record in self._records.items():
                if record.case == case and record.salt is not None:
                    self._records[name] = attrs.evolve(record, salt=None, is_erased=True)

    def close(self) -> None:
        """Do nothing: nothing is open."""


def _is_same_folded(wanted: str, value: str | None) -> bool:
    return value is not None and fold_id(wanted) == fold_id(value)


def _is_found(row: IndexRow, q: Query) -> bool:
    return (
        (q.states is None or row.state in q.states)
        and (q.holder is None or q.holder == row.holder)
        and (q.holder_id is None or _is_same_folded(q.holder_id, row.holder_id))
        and (q.unit is None or _is_same_folded(q.unit, row.unit))
        and (q.kind is None or q.kind == row.kind)
        and (q.is_open is None or q.is_open == row.is_open)
        and (q.late is None or q.late == row.late)
        and (q.code is None or q.code == row.code)
        and (q.rules is None or q.rules == row.rules)
        and (q.due_before is None or _is_due(row, q.due_before))
    )


def _is_due(row: IndexRow, before: datetime) -> bool:
    return row.due is not None and format_instant(row.due) < format_instant(before)
