"""A store in memory: the one to read before you write another. All of the contract but a disk.

Rule 1: everything is checked before anything is changed, under one lock.
Rule 2: commands are looked up before versions, because a retry breaks both keys.
"""

import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from datetime import datetime

import attrs

from phananh.errors import LeaseLostError, StoreError
from phananh.regulation.cleaning import fold_id
from phananh.regulation.events import Completed, Event, Received
from phananh.regulation.figures import to_seconds
from phananh.regulation.request import Kind, Sender
from phananh.stores.base import (
    CalendarUse,
    Capability,
    CaseFigures,
    Change,
    ClosableStore,
    Column,
    CommandRecord,
    Counts,
    FeedEntry,
    IndexRow,
    Lease,
    Page,
    Query,
    check_limit,
)
from phananh.stores.conflicts import (
    check_chain,
    check_commands,
    describe_commit,
    list_commands,
    new_salt,
)
from phananh.stores.index_row import SHOWN, count_rows, make_use
from phananh.stores.paging import (
    END,
    LONG_AGO,
    check_claim,
    check_position,
    format_instant,
    list_variants,
    position_back_error,
    read_cursor,
    read_position,
    renew_lease,
    sort_key,
    write_cursor,
)


class MemoryStore(ClosableStore):
    """Histories in dictionaries, for tests and trials, which end with the process.

    Threads may share it: one lock is held while a call reads or records.

    Example:
        >>> store = MemoryStore()
        >>> case = a_case("escalated", store=store)
        >>> [type(event).__name__ for event in store.load(case.id)]
        ['Received', 'Escalated']
    """

    capabilities: frozenset[Capability] = frozenset({"lists"})

    def __init__(self) -> None:
        """Start empty."""
        self._lock = threading.RLock()
        self._histories: dict[str, tuple[Event, ...]] = {}
        self._rows: dict[str, IndexRow] = {}
        self._records: dict[str, CommandRecord] = {}
        self._feed: list[tuple[str, int]] = []
        self._codes: dict[str, str] = {}
        self._leases: dict[str, Lease] = {}

    def load(self, case: str, /) -> tuple[Event, ...]:
        """Return the history of a case, empty for an unknown case."""
        with self._lock:
            return self._histories.get(case, ())

    def load_many(self, cases: Collection[str], /) -> dict[str, tuple[Event, ...]]:
        """Return the history of each case, but for those unknown."""
        with self._lock:
            return {case: self._histories[case] for case in cases if case in self._histories}

    def commit(self, changes: Sequence[Change], /) -> None:
        """Record all the changes or none. An empty list is allowed."""
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
            each.id: CommandRecord.of(each, case, new_salt() if each.is_personal else b"")
            for case, each in named
        }

    def _check_versions(self, changes: Sequence[Change]) -> None:
        check_chain(changes, lambda each: len(self._histories.get(each.case, ())))

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
        keys = [(case, event.n) for event in change.events]
        self._histories[case] = (*self._histories.get(case, ()), *change.events)
        self._rows[case] = change.row
        self._feed.extend(keys)

    def find_command(self, command: str, /) -> CommandRecord | None:
        """Return the record of a command id, or None if there is none."""
        with self._lock:
            return self._records.get(command)

    def find(self, query: Query, /) -> Page:
        """Return the rows that meet the query, a page at a time."""
        after = read_cursor(query)
        is_reversed = query.order == "newest"
        pairs = ((sort_key(row, query), row) for row in self._find_rows(query))
        keyed = sorted(pairs, reverse=is_reversed)  # no two rows have one key
        if after is not None:
            keyed = [p for p in keyed if (p[0] < after if is_reversed else p[0] > after)]
        page = keyed[: query.limit]
        is_last = len(page) == len(keyed)
        return Page(
            rows=tuple(row for _, row in page), next=None if is_last else write_cursor(page[-1][0])
        )

    def _find_rows(self, query: Query) -> list[IndexRow]:
        variants = list_variants(query)
        with self._lock:
            rows = [*self._rows.values()]
        return [row for row in rows if any(_is_found(row, each) for each in variants)]

    def count(self, query: Query, /, *, limit: int = 1000) -> int:
        """Return how many rows meet the query, up to `limit`."""
        return min(check_limit(limit), len(self._find_rows(query)))

    def count_by(self, query: Query, column: Column, /) -> Counts:
        """Return how many rows meet the query, for each value of a column."""
        return count_rows(self._find_rows(query), column)

    def iter_figures(self, since: datetime, before: datetime, /) -> Iterator[CaseFigures]:
        """Yield what a report of the time between two moments reads of each case."""
        for row in sorted(self._find_rows(Query(received_before=before)), key=lambda row: row.case):
            last = max(row.updated_at, row.recorded_at or row.updated_at)
            if (
                row.is_open
                or not _is_before(last, since)
                or (
                    row.kind is Kind.CONDUCT
                    and all(slug != "notified" for slug, *_ in row.figures or ())
                )
            ):
                received_at = to_seconds(row.received_at)
                yield CaseFigures(
                    row.case, row.kind.value, row.channel.value, received_at, row.figures
                )

    def iter_texts(self) -> Iterator[tuple[str, str]]:
        """Yield each text that came in of each case, the latest ids first."""
        with self._lock:
            histories = sorted(self._histories.items(), reverse=True)
        for case, history in histories:
            for event in history:
                if isinstance(event, Received | Completed):
                    said = (event.content, *attrs.astuple(event.sender or Sender()))
                    if texts := [each for each in said if isinstance(each, str)]:
                        yield case, " ".join(texts)

    def list_calendars(self) -> tuple[CalendarUse, ...]:
        """Return which versions of calendars the running limits name."""
        groups: dict[tuple[str, ...], list[IndexRow]] = {}
        with self._lock:
            rows = sorted(self._rows.values(), key=lambda row: row.case)
        for row in rows:
            if row.calendar:  # of the limit that runs
                named = (row.calendar, str(row.calendar_version), str(row.holder))
                groups.setdefault((*named, fold_id(row.unit or "")), []).append(row)
        return tuple(
            make_use(tuple(group[:SHOWN]), len(group)) for _, group in sorted(groups.items())
        )

    def scan(self, after: str | None = None, *, limit: int = 500) -> tuple[FeedEntry, ...]:
        """Return events in the order in which they were recorded, after a position."""
        with self._lock:
            first = check_position(after, len(self._feed))
            keys = self._feed[first : first + check_limit(limit)]
            events = [self._histories[case][n - 1] for case, n in keys]
        return tuple(
            FeedEntry(position=str(first + i), event=event) for i, event in enumerate(events, 1)
        )

    def claim(
        self, consumer: str, /, now: datetime, until: datetime, *, start: str | None = None
    ) -> Lease | None:
        """Return the lease of a consumer, or None while another holds it."""
        consumer, now, until = check_claim(consumer, now, until)
        with self._lock:
            position = str(len(self._feed)) if start == END else start
            check_position(position, len(self._feed))
            held = self._leases.get(consumer)
            if held is not None and held.until > now:
                return None
            lease = Lease(
                consumer=consumer,
                number=1 if held is None else held.number + 1,
                position=position if held is None else held.position,
                until=until,
            )
            self._leases[consumer] = lease
        return lease

    def advance(self, lease: Lease, position: str, /, *, until: datetime | None = None) -> Lease:
        """Record how far a consumer has come, and renew its lease."""
        with self._lock:
            held = self._require_lease(lease)
            if check_position(position, len(self._feed)) < read_position(held.position):
                raise position_back_error(position, held.position)
            renewed = renew_lease(held, position, until)
            self._leases[lease.consumer] = renewed
        return renewed

    def release(self, lease: Lease, /) -> None:
        """End a lease, unless another claimed it since."""
        with self._lock, suppress(LeaseLostError):
            held = self._require_lease(lease)
            self._leases[lease.consumer] = attrs.evolve(held, until=LONG_AGO)

    def _require_lease(self, lease: Lease) -> Lease:
        held = self._leases.get(lease.consumer)
        if held is None or held.number != lease.number or held.until == LONG_AGO:
            raise LeaseLostError(consumer=lease.consumer, number=lease.number)
        return held

    def erase(self, case: str, *, at: datetime) -> None:
        """Erase the personal data of a case."""
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
        """Return at once, as there are no files to close."""


def _is_same_folded(wanted: str, value: str | None) -> bool:
    return value is not None and fold_id(wanted) == fold_id(value)


def _is_found(row: IndexRow, q: Query) -> bool:
    return (
        (q.states is None or row.state in q.states)
        and (q.holder is None or q.holder == row.holder)
        and (q.holder_id is None or _is_same_folded(q.holder_id, row.holder_id))
        and (q.unit is None or _is_same_folded(q.unit, row.unit))
        and (q.officer_id is None or _is_same_folded(q.officer_id, row.officer_id))
        and (q.officer_unit is None or _is_same_folded(q.officer_unit, row.waiting_unit))
        and (q.holder_accused is None or q.holder_accused == row.holder_accused)
        and (q.kind is None or q.kind == row.kind)
        and (q.is_open is None or q.is_open == row.is_open)
        and (q.late is None or q.late == row.late)
        and (q.code is None or q.code == row.code)
        and (q.rules is None or q.rules == row.rules)
        and (q.due_before is None or (row.due is not None and _is_before(row.due, q.due_before)))
        and (q.received_before is None or _is_before(row.received_at, q.received_before))
        and (q.received_since is None or not _is_before(row.received_at, q.received_since))
    )


def _is_before(at: datetime, end: datetime) -> bool:
    return format_instant(at) < format_instant(end)
