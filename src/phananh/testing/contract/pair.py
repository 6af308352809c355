"""A store and its model: each call is made on both, and what comes back is compared.

The model is what a store does, in dictionaries: the contract as the shortest program that keeps it.
It keeps every event as it was recorded, and what was erased as a number of versions. An outcome is
a plain value: what a call returns, described, or the name of its error with the facts it must have.
"""

import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from typing import Any, get_args

import attrs

from phananh.errors import PhanAnhError
from phananh.regulation.cleaning import fold_id, fold_marks, is_same_id
from phananh.regulation.events import Completed, Event, Received
from phananh.regulation.request import Sender
from phananh.stores.base import (
    Change,
    Column,
    Command,
    FeedEntry,
    IndexRow,
    Lease,
    Order,
    Page,
    Query,
    Store,
    list_duties,
)
from phananh.stores.codec import erase_event
from phananh.testing.contract.checks import (
    ContractError,
    check,
    check_same,
    describe,
    describe_error,
    find_outcome,
    shorten,
)
from phananh.testing.sample_events import START

LATE = 5.0  # seconds that a feed may hold back what is committed
ALL = 2**31 - 1
ORDERS: tuple[Order, ...] = get_args(Order)
NAMES = ("", "another handle: ", "a third handle: ")
SHOWN = 5  # cases that a CalendarUse names


@attrs.define
class ModelLease:
    """The lease of a consumer: its place in the feed, its end, and which claim gave it."""

    place: int
    until: datetime | None
    claim: int


class Model:
    """A store that keeps its contract, one call after the other."""

    def __init__(self, *, lists: bool) -> None:
        """Begin empty, with or without the capability `lists`."""
        self.lists = lists
        self.histories: dict[str, tuple[Event, ...]] = {}
        self.rows: dict[str, IndexRow] = {}
        self.commands: dict[str, tuple[str, Command]] = {}
        self.codes: dict[str, str] = {}
        self.feed: list[tuple[str, int]] = []
        self.erased: dict[str, int] = {}  # the version up to which a case is erased
        self.leases: dict[str, ModelLease] = {}
        self._claims = 0
        self._read_before: dict[tuple[str, int, bool], object] = {}

    def load(self, case: str) -> object:
        """Return the events of a case, described."""
        return [self._read(case, n) for n in range(1, len(self.histories.get(case, ())) + 1)]

    def _read(self, case: str, n: int) -> object:
        key = case, n, n <= self.erased.get(case, 0)
        if key not in self._read_before:
            event = self.histories[case][n - 1]
            self._read_before[key] = describe(erase_event(event, b"salt") if key[2] else event)
        return self._read_before[key]

    def commit(self, changes: tuple[Change, ...]) -> object:
        """Record changes, and return None, or why they are refused."""
        if len(changes) > 1 and not self.lists:
            return ("InputError",)
        refused = self._refuse_commands(changes) or self._refuse_rows(changes)
        if refused is not None:
            return refused
        for change in changes:
            case = change.case
            self.histories[case] = (*self.histories.get(case, ()), *change.events)
            self.rows[case], self.codes[change.row.code] = change.row, case
            self.feed += [(case, event.n) for event in change.events]
            self.commands |= {each.id: (case, each) for each in change.commands}
        return None

    def _refuse_commands(self, changes: tuple[Change, ...]) -> object:
        """Return the error of commands that are known, or that a list has twice."""
        given = [(change.case, each) for change in changes for each in change.commands]
        first: dict[str, tuple[str, Command]] = {}
        for case, command in given:
            if command.id in first:
                return self._find_duplicate(*first[command.id], command)
            first[command.id] = case, command
        known = [each for _, each in given if each.id in self.commands]
        errors = [self._find_duplicate(*self.commands[each.id], each) for each in known]
        is_reused = ("CommandReusedError",) in errors or len(known) < len(given)
        return None if not known else ("CommandReusedError",) if is_reused else errors[0]

    def _find_duplicate(self, case: str, known: Command, again: Command) -> object:
        part = "outline" if self._is_erased(case, known) else "content"
        is_same = getattr(known, part) == getattr(again, part)
        return (
            ("DuplicateError", known.id, case, known.version)
            if is_same
            else ("CommandReusedError",)
        )

    def _is_erased(self, case: str, command: Command) -> bool:
        return command.is_personal and command.version <= self.erased.get(case, 0)

    def _refuse_rows(self, changes: tuple[Change, ...]) -> object:
        """Return the error of a version or a tracking code that does not fit."""
        versions: dict[str, int] = {}
        for change in changes:
            actual = versions.get(change.case, len(self.histories.get(change.case, ())))
            if change.expected != actual:
                return "ConflictError", change.case, change.expected, actual
            versions[change.case] = change.row.version
        codes = dict(self.codes)
        is_taken = any(codes.setdefault(c.row.code, c.case) != c.case for c in changes)
        return ("StoreError",) if is_taken else None

    def find_command(self, name: str) -> object:
        """Return what a record says, has, and knows again: see `describe_record`."""
        if name not in self.commands:
            return None
        case, command = self.commands[name]
        is_erased = self._is_erased(case, command)
        has_salt = command.is_personal and not is_erased
        return name, case, command.version, is_erased, has_salt, True, is_erased

    def list_rows(self, query: Query) -> list[IndexRow]:
        """Return all rows that meet a query, in its order."""
        found = [row for row in self.rows.values() if is_met(row, query)]
        ends = {"due": lambda row: row.due, "urgent": lambda row: row.urgent_at}.get(query.order)
        if ends is not None:
            return sorted(
                found, key=lambda row: (not ends(row), ends(row) or row.received_at, row.case)
            )
        found.sort(key=lambda row: (row.received_at, row.case), reverse=query.order == "newest")
        return found

    def count_by(self, query: Query, column: Column) -> object:
        """Return how many rows have each value of a column. Units are folded."""
        values = [getattr(row, column) for row in self.list_rows(query)]
        values = [fold_id(each) if column == "unit" and each else each for each in values]
        return dict(Counter(getattr(each, "value", each) for each in values))

    def list_words(self) -> dict[str, set[str]]:
        """Return the words that came in of each case and are not erased, the latest ids first."""
        found: dict[str, set[str]] = {}
        for case, history in sorted(self.histories.items(), reverse=True):
            for event in history[self.erased.get(case, 0) :]:
                if isinstance(event, Received | Completed):
                    said = (event.content, *attrs.asdict(event.sender or Sender()).values())
                    words = fold_marks(" ".join(each for each in said if each)).split()
                    found.setdefault(case, set()).update(words)
        return {case: words for case, words in found.items() if words}

    def iter_figures(self, since: datetime, before: datetime) -> object:
        """Return what a report reads of each case, by id."""
        found = (row for _, row in sorted(self.rows.items()) if row.received_at < before)
        return [
            [row.case, row.kind.value, row.channel.value, int(row.received_at.timestamp()),
             [[*each] for each in row.figures or ()]]
            for row in found
            if row.is_open
            or max(row.updated_at, row.recorded_at or row.updated_at) >= since
            or (row.kind == "conduct" and "notified" not in {each[0] for each in row.figures or ()})
        ]  # fmt: skip

    def list_calendars(self) -> object:
        """Return the calendars in use: name, version, holder, unit, limits, and first cases."""
        uses: dict[tuple[Any, ...], list[str]] = {}
        for case, row in sorted(self.rows.items()):
            if row.due is not None:
                unit = row.unit and fold_id(row.unit)
                key = row.calendar, row.calendar_version, row.holder, unit
                uses.setdefault(key, []).append(case)
        return sorted(([*key, len(cases), cases[:SHOWN]] for key, cases in uses.items()), key=repr)

    def scan(self, place: int, limit: int) -> object:
        """Return the events behind the first so many of the feed, described."""
        return [self._read(*key) for key in self.feed[place : place + limit]]

    def erase(self, case: str) -> None:
        """Erase the texts of a case."""
        self.erased[case] = len(self.histories.get(case, ()))

    def claim(self, consumer: str, now: datetime, until: datetime, start: int) -> ModelLease | None:
        """Return the lease of a consumer, or None while another holds it."""
        held = self.leases.get(consumer)
        if held is not None and held.until is not None and held.until > now:
            return None
        self._claims += 1
        place = start if held is None else held.place
        self.leases[consumer] = ModelLease(place, until, self._claims)
        return attrs.evolve(self.leases[consumer])

    def advance(
        self, consumer: str, lease: ModelLease, place: int, until: datetime | None
    ) -> ModelLease | tuple[str]:
        """Return the lease renewed, or why it is not."""
        held = self.leases[consumer]
        if held.claim != lease.claim or held.until is None:
            return ("LeaseLostError",)
        if place < held.place:
            return ("InputError",)
        held.place, held.until = place, until or held.until
        return attrs.evolve(held)

    def release(self, consumer: str, lease: ModelLease) -> None:
        """End a lease, unless another claim was made since."""
        if self.leases[consumer].claim == lease.claim:
            self.leases[consumer].until = None


def is_met(row: IndexRow, query: Query) -> bool:
    """Return whether a row meets every filter of a query."""
    for name in ("holder", "kind", "is_open", "late", "holder_accused", "code", "rules"):
        wanted = getattr(query, name)
        if wanted is not None and getattr(row, name) != wanted:
            return False
    duties = () if query.for_ is None else list_duties(query.for_)
    if query.for_ is not None and not any(is_met(row, Query(**each)) for each in duties):
        return False
    if query.officer_unit is not None and is_same_id(query.officer_unit, row.unit):
        return False
    for name in ("holder_id", "unit", "officer_id", "officer_unit"):
        wanted, found = getattr(query, name), getattr(row, name)
        if wanted is not None and (found is None or fold_id(found) != fold_id(wanted)):
            return False
    return (
        (query.states is None or row.state in query.states)
        and (query.due_before is None or (row.due is not None and row.due < query.due_before))
        and (query.received_since is None or row.received_at >= query.received_since)
        and (query.received_before is None or row.received_at < query.received_before)
    )


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
        check(
            page.next not in ends,
            f"{shorten(query)}: the page ends at {page.next!r}, where an earlier page ended",
        )
        ends.add(page.next)
        query = attrs.evolve(query, after=page.next)


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

    Reads are made by every handle, or by the one that `reader` names, so that a handle is seen that
    remembers what another has changed.
    `positions` are those of all events that the feed has shown, in order. A place in the feed is
    the number of events before it. `leases` are all that were given.
    """

    def __init__(
        self,
        handles: list[Any],
        reopen: Callable[[Any], Any],
        another: Callable[[Any], Any],
        calls: deque[str],
    ) -> None:
        """Begin with an empty store. `calls` takes each call in words."""
        self.handles, self._reopen, self._another, self._calls = handles, reopen, another, calls
        self.model = Model(lists="lists" in handles[0].capabilities)
        self.reader: int | None = None
        self.positions: list[str] = []
        self.leases: list[tuple[str, Lease, ModelLease]] = []
        self._numbers: dict[str, int] = {}

    @property
    def store(self) -> Any:
        """The first handle."""
        return self.handles[0]

    def _ask(self, by: int, what: str, call: Callable[[Any], object]) -> object:
        """Make a call by a handle, and return what it returns, or its described error."""
        found = find_outcome(lambda: call(self.handles[by]))
        self._calls.append(f"{NAMES[by]}{what} gave {shorten(found)}")
        if isinstance(found, PhanAnhError):
            return describe_error(found)
        if isinstance(found, ContractError):
            raise found
        if isinstance(found, Exception):
            said = f"{what} raised {found!r}; a store wraps what it does not expect in a StoreError"
            raise ContractError(said) from found
        return found

    def _compare(self, wanted: object, what: str, call: Callable[[Any], object]) -> None:
        """Make a call by each reader, and check what it returns, or its error."""
        every = range(3) if self.handles[0] is not self.handles[1] else [0]
        for by in every if self.reader is None else [self.reader]:
            check_same(wanted, self._ask(by, what, call), f"{NAMES[by]}{what}")

    def commit(self, *changes: Change, by: int = 0) -> object:
        """Record changes by a handle, and return None or the described error."""
        wanted, what = self.model.commit(changes), f"commit of {shorten(changes)}"
        check_same(
            wanted,
            self._ask(by, what, lambda store: store.commit([*changes])),
            f"{NAMES[by]}{what}",
        )
        return wanted

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

    def count_by(self, query: Query, column: Column) -> None:
        """Compare the numbers of rows for each value of a column."""
        what = f"count_by({shorten(query)}, {column!r})"
        wanted = self.model.count_by(query, column)
        self._compare(wanted, what, partial(_count_by, query=query, column=column))

    def iter_figures(self, since: datetime, before: datetime) -> None:
        """Compare what a report reads of the cases of a period."""
        wanted, what = self.model.iter_figures(since, before), f"iter_figures({since}, {before})"
        self._compare(
            wanted,
            what,
            lambda store: [
                [*each[:-1], [[*figure] for figure in each.figures]]
                for each in store.iter_figures(since, before)
            ],
        )

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
            check_same(
                [self.model.rows[row.case] for row in use.rows],
                [*use.rows],
                f"the rows of {use.calendar} {use.version}",
            )
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
        what = f"erase({case!r})"
        check_same(
            None,
            self._ask(by, what, lambda store: store.erase(case, at=START)),
            f"{NAMES[by]}{what}",
        )

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
        self.scan(len(self.model.feed), 1)
        place = len(self.positions) if start == "end" else int(start or 0)
        position = self.positions[place - 1] if isinstance(start, int) and place else start or None
        wanted = self.model.claim(name, now, until, place)
        what = f"claim({name!r}, {now}, {until}, start={position!r})"
        found: Any = self._ask(by, what, lambda s: s.claim(name, now, until, start=position))
        check((found is None) == (wanted is None), f"{what} gave {shorten(found)}: {_WHO}")
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
        self.scan(len(self.model.feed), 1)
        name, lease, known = self.leases[number]
        position = self.positions[place - 1]
        wanted = self.model.advance(name, known, place, until)
        what = f"advance({shorten(lease)}, {position!r}, until={until})"
        found = self._ask(by, what, lambda store: store.advance(lease, position, until=until))
        if isinstance(wanted, tuple):
            check_same(wanted, found, what)
            return wanted
        self._check_lease(name, found, wanted, what)
        return None

    def release(self, number: int, by: int = 0) -> None:
        """Release a lease."""
        name, lease, known = self.leases[number]
        self.model.release(name, known)
        self._ask(by, f"release({shorten(lease)})", lambda store: store.release(lease))

    def _check_lease(self, name: str, found: Any, wanted: ModelLease, what: str) -> None:
        check(isinstance(found, Lease), f"{what} is {found!r}, not a Lease")
        check_same((name, wanted.until), (found.consumer, found.until), f"{what}, name and end")
        check_same(
            [case for case, _ in self.model.feed[wanted.place : wanted.place + 2]],
            [entry.event.case for entry in self.store.scan(found.position, limit=2)],
            f"{what}: what stands behind the position of the lease",
        )

    def reopen(self, number: int = 0) -> None:
        """Close a handle, and open another in its place, if the store can do that."""
        old = self.handles[number]
        if "durable" in old.capabilities:
            new = self._reopen(old)
        elif self.handles[0] is self.handles[1]:
            return
        else:
            new = self._another(self.handles[number - 1])
            old.close()
        self.handles = [new if each is old else each for each in self.handles]
        self._calls.append(f"{NAMES[number]}closed and opened again")

    def check_everything(self) -> None:
        """Compare every history, command, list, calendar, and the whole feed."""
        for case in self.model.histories:
            self.load(case)
        for name in self.model.commands:
            self.find_command(name)
        for order in ORDERS:
            self.find(order=order, limits=(max(9, len(self.model.rows) // 5),))
        self.list_calendars()
        wanted = {case: self.model.load(case) for case in self.model.histories}
        names = ["HB-UNKNOWN", *wanted]
        self._compare(
            wanted,
            "load_many",
            lambda store: {case: describe(found) for case, found in store.load_many(names).items()},
        )
        words = self.model.list_words()
        self._compare(words, "iter_texts(): words", partial(_find_words, wanted=words))
        self.scan_all()


_WHO = "of several workers one has the consumer, until its lease ends or is released"


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


def _count_by(store: Any, *, query: Query, column: Column) -> object:
    found = store.count_by(query, column)
    return {fold_id(key) if column == "unit" and key else key: n for key, n in found.items()}


def _find_words(store: Any, *, wanted: dict[str, set[str]]) -> dict[str, set[str]]:
    """Return which of the words a store gives, by case in its order."""
    found: dict[str, set[str]] = {}
    for case, text in store.iter_texts():
        if case in wanted:
            told = fold_marks(text)
            found.setdefault(case, set()).update(each for each in wanted[case] if each in told)
    check([*found] == [*wanted], "iter_texts(): the cases do not come the latest ids first")
    return found


def describe_record(record: Any, known: Command | None) -> object:
    """Return the facts of a record, and whether it knows its act, and another, again."""
    if record is None or known is None:
        return record
    other = attrs.evolve(known, content=known.content + b"!")
    is_same = record.is_same(known), record.is_same(other)
    has_salt = record.salt is not None
    return record.command, record.case, record.version, record.is_erased, has_salt, *is_same
