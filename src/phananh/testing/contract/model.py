"""What a store does, in dictionaries: the contract as the shortest program that keeps it.

It keeps every event as it was recorded, and what was erased as a number of versions. An outcome is
a plain value: what a call returns, described, or the name of its error with the facts it must have.
"""

from datetime import datetime
from typing import Any

import attrs

from phananh.regulation.cleaning import fold_id
from phananh.regulation.events import Event
from phananh.stores.base import Change, Command, IndexRow, Query
from phananh.stores.codec import erase_event
from phananh.testing.contract.checks import describe

SHOWN = 5  # cases that a CalendarUse names
Outcome = object


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

    def load(self, case: str) -> Outcome:
        """Return the events of a case, described."""
        return [self._read(case, n) for n in range(1, len(self.histories.get(case, ())) + 1)]

    def _read(self, case: str, n: int) -> object:
        event = self.histories[case][n - 1]
        return describe(erase_event(event, b"salt") if n <= self.erased.get(case, 0) else event)

    def commit(self, changes: tuple[Change, ...]) -> Outcome:
        """Record changes, and return None, or why they are refused."""
        if len(changes) > 1 and not self.lists:
            return ("InputError",)
        refused = self._check_commands(changes) or self._check_rows(changes)
        if refused is not None:
            return refused
        for change in changes:
            case = change.case
            self.histories[case] = (*self.histories.get(case, ()), *change.events)
            self.rows[case], self.codes[change.row.code] = change.row, case
            self.feed += [(case, event.n) for event in change.events]
            self.commands |= {each.id: (case, each) for each in change.commands}
        return None

    def _check_commands(self, changes: tuple[Change, ...]) -> Outcome:
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

    def _find_duplicate(self, case: str, known: Command, again: Command) -> Outcome:
        is_same = known.content == again.content or self._is_erased(case, known)
        return (
            ("DuplicateError", known.id, case, known.version)
            if is_same
            else ("CommandReusedError",)
        )

    def _is_erased(self, case: str, command: Command) -> bool:
        return command.is_personal and command.version <= self.erased.get(case, 0)

    def _check_rows(self, changes: tuple[Change, ...]) -> Outcome:
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

    def find_command(self, name: str) -> Outcome:
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
        if query.order == "due":
            return sorted(
                found, key=lambda row: (not row.due, row.due or row.received_at, row.case)
            )
        found.sort(key=lambda row: (row.received_at, row.case), reverse=query.order == "newest")
        return found

    def list_calendars(self) -> Outcome:
        """Return the calendars in use: name, version, holder, unit, limits, and first cases."""
        uses: dict[tuple[Any, ...], list[str]] = {}
        for case, row in sorted(self.rows.items()):
            if row.due is not None:
                unit = row.unit and fold_id(row.unit)
                key = row.calendar, row.calendar_version, row.holder, unit
                uses.setdefault(key, []).append(case)
        found = [[*key, len(cases), cases[:SHOWN]] for key, cases in uses.items()]
        return sorted(found, key=repr)

    def scan(self, place: int, limit: int) -> Outcome:
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
    for name in ("holder", "kind", "is_open", "late", "code", "rules"):
        wanted = getattr(query, name)
        if wanted is not None and getattr(row, name) != wanted:
            return False
    for name in ("holder_id", "unit"):
        wanted, found = getattr(query, name), getattr(row, name)
        if wanted is not None and (found is None or fold_id(found) != fold_id(wanted)):
            return False
    return (
        (query.states is None or row.state in query.states)
        and (query.due_before is None or (row.due is not None and row.due < query.due_before))
        and (query.received_since is None or row.received_at >= query.received_since)
        and (query.received_before is None or row.received_at < query.received_before)
    )
