"""The duties of a desk under any rules: receive always, refuse without a trace (Art. 3)."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from phananh.desk.desk import Desk
from phananh.errors import PhanAnhError
from phananh.regulation.acts import SYSTEM_TRIGGERS, Act, Receive
from phananh.regulation.case import Case
from phananh.regulation.request import Channel, Person, Role, Sender
from phananh.regulation.rules import Rules
from phananh.stores.base import Query
from phananh.stores.index_row import make_index_row
from phananh.testing.clock import ManualClock
from phananh.testing.exploration.step import Step
from phananh.testing.invariants.counterexample import Counterexample
from phananh.testing.invariants.invariant import Invariant
from phananh.testing.invariants.whole import (
    RECEIVED_AT_ANY_HOUR,
    REFUSED_CHANGES_NOTHING,
    ROW_IS_FOLD,
)
from phananh.worktime.instants import VIETNAM

MakeDesk = Callable[..., Desk]
# A working morning, a Sunday night, Tết, a make-up Saturday, lunch and the closing instant.
_HOURS = (
    datetime(2025, 4, 21, 9, 0, tzinfo=VIETNAM),
    datetime(2025, 4, 20, 2, 0, tzinfo=VIETNAM),
    datetime(2025, 1, 29, 0, 0, tzinfo=VIETNAM),
    datetime(2025, 4, 26, 15, 0, tzinfo=VIETNAM),
    datetime(2025, 4, 21, 12, 15, tzinfo=VIETNAM),
    datetime(2025, 4, 21, 17, 30, tzinfo=VIETNAM),
)


_RECEIVERS = (
    (Role.OPERATOR, Channel.PHONE),
    (Role.CITIZEN, Channel.PORTAL),
    (Role.OPERATOR, Channel.EMAIL),
)


def check_desk(
    rules: Rules,
    refused: Mapping[tuple[str, str], Step],
    make_desk: MakeDesk | None,
    *,
    asked: frozenset[str],
) -> Iterator[Counterexample]:
    """Yield the duties that a desk of these rules breaks: receipts, refusals, rows."""
    make = make_desk or Desk
    if RECEIVED_AT_ANY_HOUR.name in asked:
        yield from _check_receipts(rules, make)
    found: set[str] = set()
    is_asked = bool({REFUSED_CHANGES_NOTHING.name, ROW_IS_FOLD.name} & asked)
    for step in refused.values() if is_asked else ():
        for broken, problem in _check_refusal(rules, step, make):
            if broken.name in asked and broken.name not in found:
                found.add(broken.name)
                acts = (*step.path, (step.act, step.at))
                yield Counterexample(invariant=broken, acts=acts, problem=problem)


def _check_receipts(rules: Rules, make: MakeDesk) -> Iterator[Counterexample]:
    """V2: a request comes in at any hour."""
    for at, (role, channel) in itertools.product(_HOURS, _RECEIVERS):
        act = Receive(
            by=Person(id="sample", role=role),
            kind="information",
            channel=channel,
            content="Sample question",
            sender=Sender(name="Sample", phone="0218 3831022"),
        )
        try:
            make(rules=rules, clock=ManualClock(at)).do(None, act)
        except PhanAnhError as error:
            problem = f"at {at.isoformat()}: {error}"
            acts = ((act, at),)
            yield Counterexample(invariant=RECEIVED_AT_ANY_HOUR, acts=acts, problem=problem)
            return


def _check_refusal(rules: Rules, step: Step, make: MakeDesk) -> Iterator[tuple[Invariant, str]]:
    """V30, V40: the row is the fold after each act, and a refusal leaves everything as it was."""
    if any(act.trigger in SYSTEM_TRIGGERS for act, _ in (*step.path, (step.act, step.at))):
        return  # no desk is asked for these: a sweep and a recalculation do them
    clock = ManualClock(step.path[0][1])
    desk = make(rules=rules, calendar=step.context.calendar_for, clock=clock)
    cases: list[Case] = []
    for act, at in step.path:
        clock.set(at)
        last = cases[-1] if cases else None
        try:
            cases.append(desk.do(last and last.id, act, by_code=_is_by_code(last, act)))
        except PhanAnhError:  # the walk's judge is another than this desk's
            return
        if [*desk.store.find(Query()).rows] != [make_index_row(cases[-1])]:
            yield ROW_IS_FOLD, f"the row after {act.trigger} says something else"
    clock.set(step.at)
    yield from _refuse(desk, cases[-1], step.act)


def _is_by_code(case: Case | None, act: Act) -> bool:
    """Return whether a citizen whom the case does not know names it by its tracking code."""
    by_citizen = act.by.role is Role.CITIZEN
    return case is not None and by_citizen and not isinstance(case.sender_id, str)


def _refuse(desk: Desk, found: Case, act: Act) -> Iterator[tuple[Invariant, str]]:
    case = found.id
    before = _snapshot(desk, case)
    try:
        desk.do(case, act, by_code=_is_by_code(found, act))
    except PhanAnhError as error:
        if _snapshot(desk, case) != before:
            yield REFUSED_CHANGES_NOTHING, f"{type(error).__name__}, and yet it was recorded"


def _snapshot(desk: Desk, case: str) -> tuple[Any, ...]:
    store = desk.store
    return store.load(case), store.find(Query()), store.scan(limit=1000)
