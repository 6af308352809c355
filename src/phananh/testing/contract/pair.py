"""A store and its model: each call is made on both, and what comes back is compared.

Reads are made by every handle, or by the one that `reader` names, so that a handle is seen that
remembers what another has changed.
"""

import time
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any

import attrs

from phananh.errors import PhanAnhError
from phananh.regulation.cleaning import fold_id
from phananh.stores.base import Change, Command, FeedEntry, IndexRow, Lease, Page, Query, Store
from phananh.testing.contract.calls import Handle, shorten
from phananh.testing.contract.checks import (
    ContractError,
    check,
    check_same,
    describe,
    describe_error,
    find_outcome,
)
from phananh.testing.contract.model import Model, ModelLease
from phananh.testing.sample_events import START

LATE = 5.0  # seconds that a feed may hold back what is committed
ALL = 2**31 - 1


def iter_pages(store: Store, query: Query) -> Iterator[Page]:
    """Give one page after the other, to the last.

    Raises:
        ContractError: two pages end at the same cursor, so that paging would go on for ever.
    """
    ends = {query.after}
    while True:
        page = store.find(query)
        yield page
        if page.next is None:
            return
        said = f"{shorten(query)}: the page ends at {page.next!r}, where an earlier page ended"
        check(page.next not in ends, said)
        ends.add(page.next)
        query = attrs.evolve(query, after=page.next)


def find_cases(store: Store, **query: Any) -> list[str]:
    """Return the ids of all cases that meet the query, in its order."""
    return [row.case for page in iter_pages(store, Query(**query)) for row in page.rows]


def read_feed(store: Store, *, after: str | None = None, limit: int = 500) -> list[FeedEntry]:
    """Return all entries after a position, read page by page."""
    entries: list[FeedEntry] = []
    while page := store.scan(after, limit=limit):
        check(page[-1].position != after, f"the page after {after} ends where it begins")
        entries.extend(page)
        after = page[-1].position
    return entries


def keys_of(entries: list[FeedEntry]) -> list[tuple[str, int]]:
    """Return (case, version) of each entry."""
    return [(entry.event.case, entry.event.n) for entry in entries]


class Pair:
    """A store with its handles, and the model that says what each call returns.

    `positions` are those of all events that the feed has shown, in order. A place in the feed is
    the number of events before it. `leases` are all that were given.
    """

    def __init__(
        self,
        handles: list[Handle],
        reopened: Callable[[Handle, str], Handle],
        another: Callable[[Handle, str], Handle],
    ) -> None:
        """Begin with an empty store."""
        self.handles, self._reopened, self._another = handles, reopened, another
        self.model = Model(lists="lists" in handles[0].capabilities)
        self.reader: int | None = None
        self.positions: list[str] = []
        self.leases: list[tuple[str, Lease, ModelLease]] = []
        self._numbers: dict[str, int] = {}

    @property
    def store(self) -> Any:
        """The first handle."""
        return self.handles[0]

    def _compare(self, wanted: object, what: str, call: Callable[[Any], object]) -> None:
        """Make a call by each reader, and check what it returns, or its error."""
        readers = self.handles if self.reader is None else [self.handles[self.reader]]
        for handle in dict.fromkeys(readers):
            check_same(wanted, _describe_outcome(what, call, handle), f"{handle.name}{what}")

    def commit(self, *changes: Change, by: int = 0) -> object:
        """Record changes by a handle, and return None or the described error."""
        wanted, handle = self.model.commit(changes), self.handles[by]
        what = f"{handle.name}commit of {shorten(changes)}"
        found = _describe_outcome(what, lambda store: store.commit([*changes]), handle)
        check_same(wanted, found, what)
        return wanted

    def refuse(self, *changes: Change, by: int = 0) -> tuple[str, ...]:
        """Commit changes that the model refuses, and return the described error."""
        found = self.commit(*changes, by=by)
        assert isinstance(found, tuple), "the model takes what was to be refused"  # of this suite
        return found

    def load(self, case: str) -> None:
        """Compare the history of a case."""
        self._compare(self.model.load(case), f"load({case!r})", lambda s: describe(s.load(case)))

    def find(self, *, limits: tuple[int, ...] = (100,), **filters: Any) -> None:
        """Compare the rows that meet a query, by pages of each limit, and their count."""
        wanted = self.model.list_rows(Query(**filters))
        for limit in limits:
            query = Query(limit=limit, **filters)
            self._compare(wanted, shorten(query), partial(_find_rows, query=query))
        what = f"count({shorten(Query(**filters))})"
        self._compare(len(wanted), what, lambda s: s.count(Query(**filters), limit=ALL))

    def count(self, query: Query, limit: int) -> None:
        """Compare a count up to a limit."""
        wanted = min(limit, len(self.model.list_rows(query)))
        self._compare(wanted, f"count(limit={limit})", lambda s: s.count(query, limit=limit))

    def find_command(self, name: str) -> None:
        """Compare the record of a command, and which acts it knows again."""
        wanted = self.model.find_command(name)
        known = self.model.commands[name][1] if wanted is not None else None
        what = f"find_command({name!r}): command, case, version, is_erased, has a salt, is_same"
        self._compare(wanted, what, lambda store: describe_record(store.find_command(name), known))

    def list_calendars(self) -> None:
        """Compare the calendars in use."""
        self._compare(self.model.list_calendars(), "list_calendars()", self._describe_uses)

    def _describe_uses(self, store: Any) -> object:
        found = []
        for use in store.list_calendars():
            rows = [self.model.rows[row.case] for row in use.rows]
            check_same(rows, [*use.rows], f"the rows of {use.calendar} {use.version}")
            cases = [row.case for row in use.rows]
            unit = use.unit and fold_id(use.unit)
            found.append([use.calendar, use.version, use.holder, unit, use.deadlines, cases])
        return sorted(found, key=repr)

    def scan(self, place: int = 0, limit: int = 500) -> None:
        """Compare a page of the feed. A position that is not known yet is read first."""
        while len(self.positions) < place:
            self.scan(len(self.positions))
        after = self.positions[place - 1] if place else None
        wanted = self.model.scan(place, limit)
        what = f"scan({after!r}, limit={limit})"
        self._compare(wanted, what, lambda store: self._read_page(store, place, after, limit))

    def _read_page(self, store: Any, place: int, after: str | None, limit: int) -> object:
        """Return the described events of a page, which may be a little late."""
        wanted = min(limit, len(self.model.feed) - place)
        end = time.monotonic() + LATE
        entries = store.scan(after, limit=limit)
        while len(entries) < wanted and time.monotonic() < end:
            entries = store.scan(after, limit=limit)
        self.positions += [entry.position for entry in entries[len(self.positions) - place :]]
        return describe([entry.event for entry in entries])

    def check_positions(self) -> None:
        """Check that every position is another, and resumes the feed where it was first seen."""
        self.scan_all()
        count = len(self.positions)
        check_same(count, len({*self.positions}), "the number of positions that differ")
        for place in range(1, count + 1):
            self.scan(place, 3)

    def scan_all(self, limit: int = 500) -> None:
        """Compare the whole feed, by pages."""
        for place in range(0, len(self.model.feed) + 1, limit):
            self.scan(place, limit)

    def erase(self, case: str, by: int = 0) -> None:
        """Erase a case by a handle."""
        self.model.erase(case)
        what = f"{self.handles[by].name}erase({case!r})"
        call: Callable[[Any], object] = lambda store: store.erase(case, at=START)  # noqa: E731
        check_same(None, _describe_outcome(what, call, self.handles[by]), what)

    def claim(
        self,
        name: str,
        now: datetime,
        until: datetime,
        *,
        start: int | str | None = None,
        by: int = 0,
    ) -> int | None:
        """Claim a consumer that begins at a place, or at the "end", and return its lease's number.

        It is the index in `leases`, or None if another worker holds the consumer.
        """
        self.scan_all()
        place = len(self.positions) if start == "end" else int(start or 0)
        position = self.positions[place - 1] if isinstance(start, int) and place else start or None
        wanted = self.model.claim(name, now, until, place)
        found = self.handles[by].claim(name, now, until, start=position)
        what = f"claim({name!r}, {now}, {until}, start={position!r})"
        check((found is None) == (wanted is None), f"{what} returned {shorten(found)}: {_WHO}")
        if wanted is None:
            return None
        self._check_lease(name, found, wanted, what)
        known = self._numbers.get(name, 0)
        check(found.number > known, f"{what}: number {found.number} after number {known}")
        self._numbers[name] = found.number
        self.leases.append((name, found, wanted))
        return len(self.leases) - 1

    def advance(
        self, number: int, place: int, until: datetime | None = None, by: int = 0
    ) -> object:
        """Advance a lease to a place, and return None or the described error."""
        self.scan_all()
        name, lease, known = self.leases[number]
        position = self.positions[place - 1]
        wanted = self.model.advance(name, known, place, until)
        what = f"advance({shorten(lease)}, {position!r}, until={until})"
        call: Callable[[Any], object] = lambda store: store.advance(lease, position, until=until)  # noqa: E731
        found = _describe_outcome(what, call, self.handles[by])
        if isinstance(wanted, tuple):
            check_same(wanted, found, what)
            return wanted
        self._check_lease(name, found, wanted, what)
        return None

    def release(self, number: int, by: int = 0) -> None:
        """Release a lease."""
        name, lease, known = self.leases[number]
        self.model.release(name, known)
        self.handles[by].release(lease)

    def _check_lease(self, name: str, found: Any, wanted: ModelLease, what: str) -> None:
        is_lease = isinstance(found, Lease)
        check(is_lease, f"{what} is {found!r}, not a Lease")
        check_same((name, wanted.until), (found.consumer, found.until), f"{what}, name and end")
        behind = [entry.event.case for entry in self.store.scan(found.position, limit=2)]
        cases = [case for case, _ in self.model.feed[wanted.place : wanted.place + 2]]
        check_same(cases, behind, f"{what}: what stands behind the position of the lease")

    def reopen(self, number: int = 0) -> None:
        """Close a handle, and open another in its place, if the store can do that."""
        old, name = self.handles[number], self.handles[number].name
        is_alone = self.handles[0] is self.handles[1]
        if "durable" in old.capabilities:
            new = self._reopened(old, name)
        elif is_alone:
            return
        else:
            new = self._another(self.handles[number - 1], name)
            old.close()
        self.handles = [new if each is old else each for each in self.handles]

    def check_everything(self) -> None:
        """Compare every history, command, list, calendar, and the whole feed."""
        for case in self.model.histories:
            self.load(case)
        for name in self.model.commands:
            self.find_command(name)
        for order in ("oldest", "newest", "due"):
            self.find(order=order, limits=(max(9, len(self.model.rows) // 5),))
        self.list_calendars()
        self.scan_all()


_WHO = "of several workers one has the consumer, until its lease ends or is released"


def _describe_outcome(what: str, call: Callable[[Any], object], store: object) -> object:
    found = find_outcome(lambda: call(store))
    if isinstance(found, PhanAnhError):
        return describe_error(found)
    if isinstance(found, ContractError):
        raise found
    if isinstance(found, Exception):
        said = f"{what} raised {found!r}; a store wraps what it does not expect in a StoreError"
        raise ContractError(said) from found
    return found


def _find_rows(store: Any, *, query: Query) -> list[IndexRow]:
    rows: list[IndexRow] = []
    for page in iter_pages(store, query):
        is_last, size = page.next is None, len(page.rows)
        said = f"a page of {shorten(query)} has {size} rows, and {'no' if is_last else 'a'} next"
        is_fine = size <= query.limit if is_last else size == query.limit
        check(is_fine and (size or not rows), said)
        check_same((), page.damaged, f"{shorten(query)}: `damaged` of a sound store")
        rows += page.rows
    return rows


def describe_record(record: Any, known: Command | None) -> object:
    """Return the facts of a record, and whether it knows its act, and another, again."""
    if record is None or known is None:
        return record
    other = attrs.evolve(known, content=known.content + b"!")
    is_same = record.is_same(known), record.is_same(other)
    has_salt = record.salt is not None
    return record.command, record.case, record.version, record.is_erased, has_salt, *is_same
