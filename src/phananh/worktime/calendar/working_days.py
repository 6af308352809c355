"""Counting in working days: dates on which a session begins, even a short one.

Rule: tables are not used. Only `day_rules` says what a date is.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING, TypeVar

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.worktime.calendar.never_open import check_continues
from phananh.worktime.instants import require_aware
from phananh.worktime.localtime import to_instant
from phananh.worktime.session import DAY
from phananh.worktime.validators import require_date

if TYPE_CHECKING:
    from phananh.worktime.calendar.work_calendar import WorkCalendar

Moment = TypeVar("Moment", date, datetime)


def count_working_days(calendar: "WorkCalendar", a: date, b: date) -> int:
    """Return how many working days follow `a`, up to and with `b`, negative if `b` is earlier."""
    for field, day in (("a", a), ("b", b)):
        calendar._years.check_covered(require_date(day, field))
    first, last = sorted((a, b))
    days = (first + DAY * n for n in range(1, (last - first).days + 1))
    count = sum(1 for day in days if calendar.day_rules.sessions(day))
    return count if a <= b else -count


def step_working_days(calendar: "WorkCalendar", day: date, n: int) -> date:
    """Return the n-th working day after a date, before it if negative, or the date if zero.

    Raises:
        CoverageError: outside the days covered.
        NoWorkingTimeError: the hours end before.
    """
    step = DAY if n > 0 else -DAY
    for _ in range(abs(n)):
        day += step
        while not calendar.day_rules.sessions(_within(calendar, day, step // DAY)):
            day += step
    return day


def move_working_days(calendar: "WorkCalendar", t: Moment, n: int) -> Moment:
    """Return the same clock time `n` working days later, or a date if `t` is one.

    Raises:
        InputError: `t` has no offset.
        InputTypeError: `t` is neither a date nor a datetime, or `n` is not a whole number.
        CoverageError: outside the days covered, or, if strict, a notice may move it.
    """
    _check_number(n, "n")
    if not isinstance(t, datetime):
        calendar._years.check_covered(require_date(t, "t"))
        return _step_settled(calendar, t, n)
    t = require_aware(t)
    local = calendar.local(t)
    if not n:
        return t
    day = _step_settled(calendar, local.date(), n)
    clock = datetime.combine(date.min, local.time()) - datetime.min  # noqa: DTZ901 - no instant
    return to_instant(day, clock, calendar.tzinfo).astimezone(t.tzinfo)


def _step_settled(calendar: "WorkCalendar", day: date, n: int) -> date:
    """Step, and refuse days between that a notice may still move, if the calendar is strict."""
    found = step_working_days(calendar, day, n)
    if n:
        check_settled(calendar, day + DAY if n > 0 else day - DAY, found)
    return found


def find_working_day_of_month(calendar: "WorkCalendar", year: int, month: int, n: int) -> date:
    """Return the n-th working day of a month, from 1, or from its end if negative, from -1.

    Raises:
        InputError: the month has no such day.
        InputTypeError: an argument is not a whole number.
        CoverageError: outside the days covered, or, if strict, a notice may move it.
    """
    for field, number in (("year", year), ("month", month), ("n", n)):
        _check_number(number, field)
    days = _days_of_month(year, month)
    for day in (days[0], days[-1]):
        calendar._years.check_covered(day)
    works = [day for day in days if calendar.day_rules.sessions(day)]
    if not 1 <= abs(n) <= len(works):
        facts = {"month": f"{days[0]:%Y-%m}", "number": len(works)}
        raise InputError(code="no_such_working_day", field="n", value=short_repr(n), **facts)
    found = works[n - 1 if n > 0 else n]
    check_settled(calendar, *((days[0], found) if n > 0 else (found, days[-1])))
    return found


def _days_of_month(year: int, month: int) -> list[date]:
    try:
        first = date(year, month, 1)
        after = date(year + month // 12, month % 12 + 1, 1)
    except (ValueError, OverflowError):
        value = f"{short_repr(year)}-{short_repr(month)}"
        raise InputError(code="no_such_month", field="month", value=value) from None
    return [first + DAY * k for k in range((after - first).days)]


def _check_number(n: object, field: str) -> None:
    if type(n) is not int:
        raise InputTypeError(code="not_a_whole_number", field=field, value=short_repr(n))


def _within(calendar: "WorkCalendar", day: date, towards: int) -> date:
    """Return a date if it is covered, or raise because the hours or the days end before it."""
    if not calendar.first_day <= day <= calendar.last_day:
        edge = calendar.last_day if towards > 0 else calendar.first_day
        check_continues(calendar.day_rules, towards, calendar.name, [edge.year])
        raise calendar._years.not_covered(day)
    return day


def check_settled(calendar: "WorkCalendar", one: date, other: date) -> None:
    """Refuse days that a notice may still move, if the calendar is strict."""
    if calendar.strict:
        found = calendar.day_rules.find_unsettled(*sorted((one, other)))
        if found:
            raise calendar._years.unsettled_error(found)
