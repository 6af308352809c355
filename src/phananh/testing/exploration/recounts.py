"""The effect of a changed calendar on a running limit: its last day becomes a day off in time."""

from datetime import date, datetime, timedelta
from functools import lru_cache

import attrs

from phananh.regulation.case import Case
from phananh.regulation.context import CalendarLookup
from phananh.regulation.deadline import Deadline, Recount, compute_due, start_limit
from phananh.regulation.recount import recount
from phananh.regulation.request import Role
from phananh.regulation.rules import Rules
from phananh.testing.exploration.people import UNIT
from phananh.worktime import Notice, NoticeDay, WorkCalendar

_BEFORE = timedelta(days=30)


def make_recount(case: Case, rules: Rules, calendar_for: CalendarLookup) -> Recount:
    """Return the running limit computed again without its last day, or a sample if none runs.

    A limit that was moved already gives the same again, without a move.
    """
    old, holder = case.deadline, case.holder
    if old is None or holder is None:
        return _make_sample(case.updated_at, rules, calendar_for)
    return _count_again(old, calendar_for(holder.role, holder.unit), rules)


def _make_sample(at: datetime, rules: Rules, calendar_for: CalendarLookup) -> Recount:
    calendar = calendar_for(Role.OFFICER, UNIT)
    old = start_limit(rules.officer_limit, at=at, calendar=calendar, rules=rules)
    return _count_again(old, calendar, rules)


def _count_again(old: Deadline, calendar: WorkCalendar, rules: Rules) -> Recount:
    last = compute_due(old.budget, old.start, calendar) - timedelta.resolution
    shut = _close(calendar, calendar.local(last).date())
    same = Recount(deadline=old, days=(), notices=(), issued=None, cause="other_hours")
    return recount(old, calendar=shut, rules=rules, find_former=lambda: calendar) or same


@lru_cache(maxsize=256)
def _close(calendar: WorkCalendar, day: date) -> WorkCalendar:
    notice = Notice(document="TB-MAU", issued=day - _BEFORE, days=(NoticeDay(day, "off"),))
    return attrs.evolve(calendar, notices=(*calendar.notices, notice))


def is_moved(case: Case, calendar_for: CalendarLookup) -> bool:
    """Return whether a changed calendar moved the running limit."""
    old, holder = case.deadline, case.holder
    if old is None or holder is None:
        return False
    return old.version != calendar_for(holder.role, holder.unit).version
