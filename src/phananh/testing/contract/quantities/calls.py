"""Calls that are drawn at random, made on a store and on a model, and compared."""

import random
from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

import attrs

from phananh.errors import ConflictError, DuplicateError, PhanAnhError
from phananh.regulation.events import Event
from phananh.regulation.request import Erased, ErasedPerson
from phananh.stores.base import CalendarUse, Change, Lease, Query, Store
from phananh.testing.contract.comparison import check_same
from phananh.testing.contract.quantities.drawn_changes import Drawing
from phananh.testing.contract.queries import iter_pages
from phananh.testing.contract.sample_lists import draw_query
from phananh.testing.sample_events import START

MINUTE = timedelta(minutes=1)
CONSUMERS = ("mail", "Mail", "sms")


def describe_event(event: Event) -> dict[str, Any]:
    """Return the fields of an event, with a mark for an erased one."""
    fields = {each.name: getattr(event, each.name) for each in attrs.fields(type(event))}
    return {"type": type(event).__name__, **{k: _describe_value(v) for k, v in fields.items()}}


def _describe_value(value: object) -> object:
    if isinstance(value, Erased):
        return "erased"
    if isinstance(value, ErasedPerson):
        return f"an erased {value.role}"
    return value


def describe_error(error: PhanAnhError) -> tuple[object, ...]:
    """Return the facts that an error must have on every store."""
    if isinstance(error, ConflictError):
        return type(error), error.case, error.expected, error.actual
    if isinstance(error, DuplicateError):
        return type(error), error.command_id, error.case, error.version
    return (type(error),)


def sort_calendars(store: Store) -> list[CalendarUse]:
    """Return the calendars in use, which a store may list in any order."""
    return sorted(
        store.list_calendars(), key=lambda use: (use.calendar, use.version, use.rows[0].case)
    )


@attrs.define(kw_only=True)
class Calls:
    """A store, a model, and the calls on both. `done` counts the calls by name."""

    seed: int
    store: Store
    model: Store
    chance: random.Random
    lists: bool
    done: dict[str, int]
    _step: int = 0
    _drawing: Drawing = attrs.field(init=False)
    _leases: list[tuple[Lease, Lease]] = attrs.Factory(list)

    def __attrs_post_init__(self) -> None:
        """Begin without records."""
        self._drawing = Drawing(chance=self.chance)

    def make_one(self) -> None:
        """Draw a call, make it on both, and check that the outcomes are one."""
        self._step += 1
        names = ("commit",) * 6 + ("load", "find", "count", "scan", "calendars", "command")
        name = self.chance.choice((*names, "erase", "claim", "advance", "release"))
        self.done[name] = self.done.get(name, 0) + 1
        getattr(self, f"_{name}")()

    def check_everything(self) -> None:
        """Check that every history, the whole feed, all rows and commands are the same."""
        for case in self._drawing.histories:
            self._compare(f"load({case!r})", partial(_load, case=case))
        for act in self._drawing.acts:
            self._compare_command(act.commands[0].id)
        for order in ("oldest", "newest", "due"):
            query = Query(order=order, limit=9)
            self._compare(f"find({query})", partial(_find, query=query))
        self._compare("scan()", _scan_all)
        self._calendars()

    def _compare(self, call: str, run: Callable[[Store], object]) -> None:
        stored, returned = _outcome(run, self.model), _outcome(run, self.store)
        check_same(stored, returned, f"seed {self.seed}, call {self._step}, {call}")

    def _commit(self) -> None:
        kind, changes = self._drawing.draw_commit(lists=self.lists)
        self.done[kind] = self.done.get(kind, 0) + 1
        stored = _outcome(partial(_commit, changes=changes), self.model)
        returned = _outcome(partial(_commit, changes=changes), self.store)
        cases = [each.case for each in changes]
        check_same(stored, returned, f"seed {self.seed}, call {self._step}, commit of {cases}")
        if stored is None:
            self._drawing.remember(changes)

    def _load(self) -> None:
        case = self._drawing.draw_case()
        self._compare(f"load({case!r})", partial(_load, case=case))

    def _find(self) -> None:
        query = draw_query(self.chance)
        self._compare(f"find({query})", partial(_find, query=query))

    def _count(self) -> None:
        query, limit = draw_query(self.chance), self.chance.choice((1, 3, 1000))
        self._compare(f"count({query}, {limit=})", lambda store: store.count(query, limit=limit))

    def _scan(self) -> None:
        chance = self.chance
        first, limit = chance.randrange(self._drawing.events + 1), chance.choice((1, 7, 500))
        self._compare(f"scan(event {first}, {limit=})", partial(_scan, first=first, limit=limit))

    def _calendars(self) -> None:
        self._compare("list_calendars()", sort_calendars)

    def _command(self) -> None:
        self._compare_command(self._drawing.draw_command())

    def _compare_command(self, name: str) -> None:
        self._compare(f"find_command({name!r})", partial(_find_command, name=name))

    def _erase(self) -> None:
        case = self._drawing.draw_case()
        self._compare(f"erase({case!r})", lambda store: store.erase(case, at=START + MINUTE))

    def _claim(self) -> None:
        name, start = self.chance.choice(CONSUMERS), self.chance.choice((None, "end"))
        now = START + self._step * MINUTE
        until = now + self.chance.choice((1, 5, 60)) * MINUTE
        pair = [each.claim(name, now, until, start=start) for each in (self.model, self.store)]
        model, store = (
            self._describe_lease(*each) for each in zip(self._both(), pair, strict=True)
        )
        check_same(model, store, f"seed {self.seed}, call {self._step}, claim({name!r}, {start=})")
        if pair[0] is not None and pair[1] is not None:
            self._leases.append((pair[0], pair[1]))

    def _both(self) -> tuple[Store, Store]:
        return self.model, self.store

    def _describe_lease(self, store: Store, lease: Lease | None) -> object:
        if lease is None:
            return None
        left = len(store.scan(lease.position, limit=10_000))  # the position itself is its own
        return lease.consumer, left, lease.until

    def _advance(self) -> None:
        if not self._leases:
            return
        pair = self.chance.choice(self._leases)
        events = self._drawing.events
        place = self.chance.randrange(events) if events else 0
        until = START + (self._step + 3) * MINUTE
        calls = [
            partial(self._advance_one, lease=lease, place=place, until=until) for lease in pair
        ]
        model, store = (
            _outcome(call, each) for call, each in zip(calls, self._both(), strict=True)
        )
        check_same(model, store, f"seed {self.seed}, call {self._step}, advance to event {place}")

    def _advance_one(self, store: Store, *, lease: Lease, place: int, until: Any) -> object:
        position = store.scan(limit=10_000)[place].position
        return self._describe_lease(store, store.advance(lease, position, until=until))

    def _release(self) -> None:
        if not self._leases:
            return
        pair = self.chance.choice(self._leases)
        for each, lease in zip(self._both(), pair, strict=True):
            each.release(lease)


def _outcome(run: Callable[[Store], object], store: Store) -> object:
    try:
        return run(store)
    except PhanAnhError as error:
        return describe_error(error)


def _commit(store: Store, *, changes: list[Change]) -> None:
    store.commit(changes)


def _load(store: Store, *, case: str) -> object:
    return [describe_event(event) for event in store.load(case)]


def _find(store: Store, *, query: Query) -> object:
    return list(iter_pages(store, query))


def _find_command(store: Store, *, name: str) -> object:
    record = store.find_command(name)
    if record is None:
        return None
    return record.command, record.case, record.version, record.is_erased, record.salt is None


def _scan(store: Store, *, first: int, limit: int) -> object:
    after = store.scan(limit=first)[-1].position if first else None
    return [describe_event(entry.event) for entry in store.scan(after, limit=limit)]


def _scan_all(store: Store) -> object:
    return [describe_event(entry.event) for entry in store.scan(limit=10_000)]
