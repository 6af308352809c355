"""A careful clerk beside a history, who computes holder, limits and lapses apart from the code.

They are computed from the events and from `Expected`, not from the case, the table or a guard. A
limit is known by its place in the history, not by its holder.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

import attrs

from phananh.regulation import events as e
from phananh.regulation.case import Case, fold
from phananh.regulation.context import CalendarLookup
from phananh.regulation.deadline import Budget
from phananh.regulation.request import Holder, Role
from phananh.testing.invariants.expected import Expected
from phananh.worktime import WorkCalendar

_NONE = timedelta()
_STOPPED: dict[str, Any] = {"due": None, "late_after": None}


@attrs.frozen(kw_only=True)
class Count:
    """The counts of a clerk beside a history, and the case that it adds up to.

    `due` and `late_after` are of the limit that runs, and `given` says how much it is. `dues` is
    every due instant that was given, `missed` those that ran out, `ended` until when each of them
    was owed, None for still. `disorder` says which event is out of its time.
    """

    case: Case
    state: str
    holder: Holder | None
    asker: Holder | None = None
    due: datetime | None = None
    late_after: datetime | None = None
    given: Budget = _NONE
    dues: tuple[datetime, ...] = ()
    missed: tuple[datetime, ...] = ()
    ended: tuple[datetime | None, ...] = ()
    reschedules: int = 0
    appointments: int = 0
    left: tuple[tuple[str | None, timedelta], ...] = ()
    units: frozenset[str | None] = frozenset()
    opinion: bool | None = None
    disorder: str | None = None

    @property
    def position(self) -> str:
        """Where the case lies, as a table names it: `escalated/officer`, `answered`."""
        return f"{self.state}/{self.holder.role.value}" if self.holder else self.state


@attrs.frozen(kw_only=True)
class Clerk:
    """Counts histories under the expected numbers, on the calendars of their holders."""

    expected: Expected
    calendar_for: CalendarLookup

    def count(self, history: Iterable[e.Event]) -> Count:
        """Return the count of a whole history."""
        first, *rest = history
        case = fold((first,))
        counted = Count(case=case, state="received", holder=Holder(role=Role.OPERATOR))
        for event in rest:
            counted = self.add(counted, event)
        return counted

    def pass_time(self, counted: Count, at: datetime) -> Count:
        """Return the count as of a moment: a limit that ran out is missed, in time up to it."""
        last, holder = counted.late_after, counted.holder
        if last is None or at <= last or counted.due is None or holder is None:
            return counted
        is_late = holder.role in self.expected.overdue_stages
        missed, ended = (*counted.missed, counted.due), (*counted.ended, None)
        state = "overdue" if is_late else counted.state
        passed: dict[str, Any] = {"state": state, "missed": missed, "ended": ended, **_STOPPED}
        return attrs.evolve(counted, **passed)

    def add(self, counted: Count, event: e.Event) -> Count:
        """Return the count after one more event."""
        name = type(event).__name__
        disorder = None
        if isinstance(event, e.Lapsed):
            if (event.at, event.due) != (counted.late_after, counted.due):
                disorder = f"a lapse at {event.at} of {event.due}, and the limit is {counted.due}"
            missed, ended = (*counted.missed, event.due), (*counted.ended, None)
            changes = {"missed": missed, "ended": ended, **_STOPPED}
        else:
            if event.at < counted.case.updated_at:
                disorder = f"{name} at {event.at}, before {counted.case.updated_at}"
            is_moved = isinstance(event, e.DeadlineMoved)  # it is judged before the lapse (R37)
            if counted.late_after and event.at > counted.late_after and not is_moved:
                disorder = f"{name} after {counted.late_after}, and no lapse before it"
            changes = self._find_changes(counted, event)
        case, state = fold((event,), onto=counted.case), event.state.value
        return attrs.evolve(counted, case=case, state=state, disorder=disorder, **changes)

    def _find_changes(self, counted: Count, event: e.Event) -> dict[str, Any]:
        match event:
            case e.Escalated(holder=Holder() as holder):
                started = self._start(counted, event, holder, self.expected.limit(holder.role))
                return {"asker": holder, **started}
            case e.VerificationRequested():
                holder, left = Holder(role=Role.AGENCY, id=event.focal, unit=event.agency), None
                if self.expected.asked_again == "continues":
                    left = dict(counted.left).get(fold_spelling(event.agency))
                limit = self.expected.agency_limit if left is None else left
                known = {"asker": counted.holder, "appointments": counted.appointments + 1}
                return known | _end(counted, event) | self._start(counted, event, holder, limit)
            case e.FindingsReported() if counted.asker:
                unit = counted.holder.unit if counted.holder else None
                left = _NONE
                if counted.due is not None:
                    calendar = self.calendar_for(Role.AGENCY, unit)
                    left = calendar.between(event.at, counted.due)
                reported = {"left": (*counted.left, (fold_spelling(unit), left))}
                started = self._start(counted, event, counted.asker, self.expected.reply_limit)
                return reported | _end(counted, event) | started
            case e.Rescheduled():
                due = event.to if self.expected.reschedule_moves_due else counted.due
                moved = {"due": due, "late_after": self._find_last(due, counted.holder)}
                return {"reschedules": counted.reschedules + 1} | moved
            case e.DeadlineMoved() if counted.due is not None:
                new = event.deadline
                dues = (*counted.dues, new.due)
                return {"due": new.due, "late_after": new.late_after, "dues": dues}
            case e.Reassigned(holder=Holder(id=name)) if counted.holder:
                holder = attrs.evolve(counted.holder, id=name)
                is_computed = bool(counted.dues) and counted.due == counted.dues[-1]
                if not (self.expected.reassign_restarts_clock and counted.due and is_computed):
                    return {"holder": holder}
                return self._start(counted, event, holder, counted.given)
            case e.Advised():
                back = {"holder": Holder(role=Role.OPERATOR), "opinion": event.within_competence}
                return back | _end(counted, event)
            case e.Answered() | e.Rejected():
                return {"holder": None} | _end(counted, event)
        return {}

    def _start(
        self, counted: Count, event: e.Event, holder: Holder, limit: Budget | None
    ) -> dict[str, Any]:
        handles = holder.role is not Role.LEADERSHIP and holder.unit is not None
        units = counted.units | ({fold_spelling(holder.unit)} if handles else set())
        if limit is None:
            return {"holder": holder, "units": units, **_STOPPED}
        due = _find_due(self.calendar_for(holder.role, holder.unit), event.at, limit)
        return {
            "holder": holder,
            "units": units,
            "due": due,
            "late_after": self._find_last(due, holder),
            "given": limit,
            "dues": (*counted.dues, due),
        }

    def _find_last(self, due: datetime | None, holder: Holder | None) -> datetime | None:
        """Return the last instant that is still in time (R14)."""
        if self.expected.late_after == "due" or holder is None or due is None:
            return due
        return self.calendar_for(holder.role, holder.unit).next_opening(due)


def _end(counted: Count, event: e.Event) -> dict[str, Any]:
    return {"ended": tuple(each or event.at for each in counted.ended), **_STOPPED}


@lru_cache(maxsize=10_000)
def _find_due(calendar: WorkCalendar, start: datetime, budget: Budget) -> datetime:
    if isinstance(budget, timedelta):
        return calendar.add(start, budget)
    return budget.due(start, on=calendar)


@lru_cache(maxsize=1_000)
def fold_spelling(identifier: str | None) -> str | None:
    """Return an id as a person compares it: without capitals, and with any place of the tone mark.

    The mark of oa, oe and uy is on the first letter, hòa, or on the second, hoà.
    """
    if identifier is None:
        return None
    plain = unicodedata.normalize("NFD", identifier.casefold())
    marked = re.sub("(o)([\u0300\u0301\u0309\u0303\u0323])([ae])", r"\1\3\2", plain)
    return re.sub("(u)([\u0300\u0301\u0309\u0303\u0323])(y)", r"\1\3\2", marked)
