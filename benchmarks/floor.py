"""The least that could be done: what the library is measured against.

Working time: one call, one search, one datetime addition. A step: a dict of tuples, a look at
the role, then an event and a case of as many fields, as frozen attrs values. It asks no guard,
gives no reason, looks for no lapse. Both are written as fast as plain Python lets them, on
attrs values with slots, as attrs makes them by default.
"""

from bisect import bisect_right
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from operator import attrgetter
from typing import Any

import attrs

from phananh.regulation.case import Case
from phananh.regulation.events import Event
from phananh.regulation.request import Role, State
from phananh.worktime.calendar.table import Table


def adder(table: Table) -> Callable[[datetime, timedelta], datetime]:
    """Return the function that finds the session of `t` and makes one addition."""
    bases, starts = table.bases, [table.start(k) for k in range(len(table.bases))]

    def add(t: datetime, w: timedelta) -> datetime:
        return bases[bisect_right(starts, t) - 1] + w

    return add


def plain(kind: type) -> Any:
    """Return a frozen attrs class with the fields of `kind`, and nothing else."""
    names = [field.name for field in attrs.fields(kind)]
    return attrs.make_class(f"Plain{kind.__name__}", names, frozen=True, slots=True)


PlainCase = plain(Case)
# id, version, rules, state and holder come first: a step gives them anew, the rest stays.
_NAMES = [field.name for field in attrs.fields(Case)]
_rest = attrgetter(*_NAMES[5:])

CLAUSE = "8.1.a"
Moves = Mapping[tuple[State, str], tuple[State, frozenset[Role], Any]]


def plain_case(case: Case) -> Any:
    """Return the fields of `case` as a plain frozen value."""
    return PlainCase(*(getattr(case, name) for name in _NAMES))


def move(trigger: str, source: State, dest: State, role: Role, event: type[Event]) -> Moves:
    """Return a dict of one step: (state, trigger) -> where to, who may, what is recorded."""
    return {(source, trigger): (dest, frozenset({role}), plain(event))}


def stepper(moves: Moves) -> Callable[..., tuple[Any, Any] | None]:
    """Return the transition of a dict of tuples; `payload` are the event's own fields.

    The new case is made by position out of one attrgetter: `attrs.evolve` takes twice as long.
    """

    def step(case: Any, act: Any, at: datetime, *payload: Any) -> tuple[Any, Any] | None:
        dest, roles, record = moves[case.state, act.trigger]
        if act.by.role not in roles:
            return None
        n = case.version + 1
        event = record(case.id, n, at, act.by, dest, None, case.rules, CLAUSE, at, *payload)
        return event, PlainCase(case.id, n, case.rules, dest, None, *_rest(case))

    return step
