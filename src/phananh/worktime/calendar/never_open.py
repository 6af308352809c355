"""Calendars without working time, or without more of it: an error, not an endless search."""

from collections.abc import Iterable, Sequence
from datetime import date

from phananh.errors import NoWorkingTimeError
from phananh.worktime.calendar.combined import CombinedDayRules, ZonedDayRules
from phananh.worktime.calendar.day_rules import DayRules
from phananh.worktime.session import DAY
from phananh.worktime.timetables.algebra import Spans
from phananh.worktime.timetables.timetable import Hours

# No public closure is as long, so hours that recur over so many days of a year do open.
_LONGER_THAN_ANY_CLOSURE = 60
_MONTH = 32


def check_opens(day_rules: DayRules | CombinedDayRules, first: date, last: date) -> None:
    """Raise `NoWorkingTimeError` if no date from `first` to `last` has a session."""
    if isinstance(day_rules, CombinedDayRules):
        if not _has_opening(day_rules, first, last):
            raise NoWorkingTimeError(code="nothing_left", op=day_rules.timetable.op)
        return
    if any(_is_surely_open(part) for part in day_rules.timetable.hours):
        return
    own = (*day_rules.overrides, *day_rules.rulings)
    if any(first <= day <= last and day_rules.sessions(day) for day in own):
        return
    if any(part.sessions for part in day_rules.timetable.hours):
        days = (first + DAY * n for n in range((last - first).days + 1))
        if any(day_rules.sessions(day) for day in days):
            return
    raise NoWorkingTimeError(code="never_opens")


def _has_opening(day_rules: CombinedDayRules, first: date, last: date) -> bool:
    """Return whether the whole opens on any date, looking from near the present outwards."""
    start = min(max(first, date(2024, 1, 1)), last)
    if _is_weekly(day_rules):
        spans = (leaf for leaf in day_rules.timetable.leaves() if isinstance(leaf, Spans))
        ends = [(a.date() - 7 * DAY, b.date()) for leaf in spans for a, b in leaf.intervals()]
        near = [start, *(day for pair in ends for day in pair)]
        return any(
            _has_opening_near(day_rules, day, first, last) for day in near if first <= day <= last
        )
    later = (start + DAY * n for n in range(0, (last - start).days + 1, _MONTH))
    sooner = (first + DAY * n for n in range(0, (start - first).days, _MONTH))
    return any(
        _has_opening_near(day_rules, day, first, last) for days in (later, sooner) for day in days
    )


def _is_weekly(day_rules: CombinedDayRules) -> bool:
    """Return whether all dates, except those of spans, are like others of their weekday."""
    weekly = (
        isinstance(part, Spans)
        or (isinstance(part, CombinedDayRules) and _is_weekly(part))
        or (isinstance(part, ZonedDayRules) and _has_no_dates(part.day_rules))
        for part in day_rules.parts
    )
    return all(weekly)


def _has_no_dates(day_rules: DayRules) -> bool:
    dated = day_rules.days or day_rules.rulings or day_rules.overrides
    bounds = ((p.season, p.effective_from, p.effective_to) for p in day_rules.timetable.hours)
    return not dated and not any(bound for part in bounds for bound in part)


def _has_opening_near(day_rules: CombinedDayRules, day: date, first: date, last: date) -> bool:
    return bool(day_rules.openings(day_rules.zone, day, min(day + DAY * (_MONTH - 1), last)))


def _is_surely_open(part: Hours) -> bool:
    if not part.sessions or not part.days or part.effective_from or part.effective_to:
        return False
    year = (date(2023, 1, 1) + DAY * n for n in range(365))
    return sum(part.is_in_force(day) for day in year) >= _LONGER_THAN_ANY_CLOSURE


def check_continues(
    day_rules: DayRules | CombinedDayRules, towards: int, name: str, years: Iterable[int]
) -> None:
    """Raise `NoWorkingTimeError` if there are no sessions beyond these years in that direction."""
    end = _last_open_date(day_rules, towards)
    last = max(years) if towards > 0 else min(years)
    if end is not None and (last - (end + DAY * towards).year) * towards >= 0:
        code = "no_time_left_after" if towards > 0 else "no_time_left_before"
        raise NoWorkingTimeError(code=code, calendar=name, day=end)


def _last_open_date(
    part: ZonedDayRules | CombinedDayRules | DayRules | Spans, towards: int
) -> date | None:
    """Return the last date in a direction of time that may have a session, None if unbounded."""
    if isinstance(part, ZonedDayRules):
        return _last_open_date(part.day_rules, towards)
    if isinstance(part, CombinedDayRules):
        ends = [_last_open_date(one, towards) for one in part.parts]
        op = part.timetable.op
        return ends[0] if op == "difference" else _furthest(ends, towards, op)
    last = max if towards > 0 else min
    if isinstance(part, Spans):
        days = [instant.date() for pair in part.intervals() for instant in pair]
        return last(days) if days else (date.min if towards > 0 else date.max)
    own = [day for day in (*part.overrides, *part.rulings) if part.sessions(day)]
    weekly = [
        p.effective_to if towards > 0 else p.effective_from
        for p in part.timetable.hours
        if p.sessions and p.days
    ]
    return _furthest([*weekly, *own], towards, "union")


def _furthest(ends: Sequence[date | None], towards: int, op: str) -> date | None:
    known = [end for end in ends if end is not None]
    if op == "union":
        last = max if towards > 0 else min
        return last(known) if known and len(known) == len(ends) else None
    return (min if towards > 0 else max)(known) if known else None
