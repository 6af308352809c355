"""The limits of a history, computed apart from the code, for invariants to compare (Art. 9).

Limits are computed from the events and from `Expected`, not from the case, the table or a guard. A
limit is known by its place in the history, not by its holder.
"""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import lru_cache

import attrs

from phananh.regulation import events as e
from phananh.regulation.case import Case, fold
from phananh.regulation.context import CalendarLookup
from phananh.regulation.deadline import Budget, lay_out
from phananh.regulation.request import Holder, Role
from phananh.testing.invariants.expected import Expected
from phananh.worktime import WorkCalendar

_NONE = timedelta()


@attrs.frozen(kw_only=True)
class Count:
    """The counts of a careful clerk beside a history, and the case that it adds up to.

    `due` and `late_after` are of the limit that runs, `begun` and `given` say from when and how
    much. `dues` is every due instant that was given, `missed` those that ran out, `ended` until
    when each of them was owed. `disorder` names events out of their time.
    """

    case: Case
    due: datetime | None = None
    late_after: datetime | None = None
    begun: datetime | None = None
    given: Budget = _NONE
    whose: Holder | None = None
    dues: tuple[datetime, ...] = ()
    missed: tuple[datetime, ...] = ()
    ended: tuple[datetime | None, ...] = ()
    reschedules: int = 0
    disorder: tuple[str, ...] = ()
    left: tuple[tuple[str | None, timedelta], ...] = ()


@attrs.frozen(kw_only=True)
class Clerk:
    """Counts histories under the expected numbers, on the calendars of their holders."""

    expected: Expected
    calendar_for: CalendarLookup

    def count(self, history: Iterable[e.Event]) -> Count:
        """Return the count of a whole history."""
        first, *rest = history
        counted = Count(case=fold((first,)))
        for event in rest:
            counted = self.add(counted, event)
        return counted

    def add(self, counted: Count, event: e.Event) -> Count:
        """Return the count after one more event."""
        if isinstance(event, e.Lapsed):
            counted = _lapse(counted, event)
        else:
            counted = attrs.evolve(counted, disorder=_find_disorder(counted, event))
            counted = self._run(counted, event)
        return attrs.evolve(counted, case=fold((event,), onto=counted.case))

    def _run(self, counted: Count, event: e.Event) -> Count:
        match event:
            case e.Escalated(holder=Holder() as holder):
                return self._start(counted, event, holder, self.expected.limit(holder.role))
            case e.VerificationRequested():
                counted = _end_missed(counted, event.at)
                holder = Holder(role=Role.AGENCY, unit=event.agency)
                return self._start(counted, event, holder, self._find_left(counted, event.agency))
            case e.FindingsReported(holder=Holder() as holder):
                counted = _end_missed(self._report(counted, event), event.at)
                return self._start(counted, event, holder, self.expected.reply_limit)
            case e.Rescheduled():
                return self._reschedule(counted, event)
            case e.DeadlineMoved():
                return _move(counted, event)
            case e.Reassigned(holder=Holder() as holder) if self._restarts(counted):
                return self._start(counted, event, holder, counted.given)
            case e.Answered() | e.Rejected() | e.Advised():
                return attrs.evolve(_end_missed(counted, event.at), due=None, late_after=None)
        return counted

    def _restarts(self, counted: Count) -> bool:
        was_rescheduled = bool(counted.dues) and counted.due != counted.dues[-1]
        return (
            self.expected.reassign_restarts_clock
            and counted.due is not None
            and not was_rescheduled
        )

    def _start(self, counted: Count, event: e.Event, holder: Holder, limit: Budget | None) -> Count:
        if limit is None:
            return attrs.evolve(counted, due=None, late_after=None)
        calendar = self.calendar_for(holder.role, holder.unit)
        due = _compute_due(limit, event.at, calendar)
        return attrs.evolve(
            counted,
            due=due,
            late_after=self._find_last(due, holder),
            begun=event.at,
            given=limit,
            whose=holder,
            dues=(*counted.dues, due),
        )

    def _find_last(self, due: datetime, holder: Holder | None) -> datetime:
        """Return the last instant that is still in time (R14)."""
        if self.expected.late_after == "due" or holder is None:
            return due
        return self.calendar_for(holder.role, holder.unit).next_opening(due)

    def _find_left(self, counted: Count, agency: str) -> Budget:
        """Return the time of an agency that is asked: its limit, or the rest of it (R41)."""
        known = dict(counted.left)
        if self.expected.asked_again == "fresh" or fold_spelling(agency) not in known:
            return self.expected.agency_limit
        return known[fold_spelling(agency)]

    def _report(self, counted: Count, event: e.FindingsReported) -> Count:
        left = _NONE
        if counted.due is not None:
            calendar = self.calendar_for(Role.AGENCY, event.agency)
            spans = calendar.spans(event.at, counted.due)
            left = sum((span.length for span in spans), _NONE)
        return attrs.evolve(counted, left=(*counted.left, (fold_spelling(event.agency), left)))

    def _reschedule(self, counted: Count, event: e.Rescheduled) -> Count:
        counted = attrs.evolve(counted, reschedules=counted.reschedules + 1)
        if not self.expected.reschedule_moves_due:
            return counted
        last = self._find_last(event.to, counted.case.holder)
        return attrs.evolve(counted, due=event.to, late_after=last, whose=counted.case.holder)


def _lapse(counted: Count, event: e.Lapsed) -> Count:
    disorder = counted.disorder
    if counted.due is None or event.at != counted.late_after or event.due != counted.due:
        disorder = (*disorder, f"a lapse at {event.at}, the limit is due {counted.due}")
    return attrs.evolve(
        counted,
        missed=(*counted.missed, event.due),
        ended=(*counted.ended, None),
        due=None,
        late_after=None,
        disorder=disorder,
    )


def _find_disorder(counted: Count, event: e.Event) -> tuple[str, ...]:
    found, name = counted.disorder, type(event).__name__
    if event.at < counted.case.updated_at:
        found = (*found, f"{name} at {event.at}, before {counted.case.updated_at}")
    is_moved = isinstance(event, e.DeadlineMoved)  # it is judged before the lapse (R37)
    if counted.late_after is not None and event.at > counted.late_after and not is_moved:
        found = (*found, f"{name} after {counted.late_after}, and no lapse before it")
    return found


def _move(counted: Count, event: e.DeadlineMoved) -> Count:
    if counted.due is None:
        return counted
    new = event.deadline
    dues = (*counted.dues, new.due)
    return attrs.evolve(counted, due=new.due, late_after=new.late_after, dues=dues)


def _end_missed(counted: Count, at: datetime) -> Count:
    return attrs.evolve(counted, ended=tuple(each or at for each in counted.ended))


@lru_cache(maxsize=10_000)
def _compute_due(limit: Budget, at: datetime, calendar: WorkCalendar) -> datetime:
    if isinstance(limit, timedelta):
        return calendar.add(at, limit)
    due: datetime = lay_out(limit, at, calendar)["due"]
    return due


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
