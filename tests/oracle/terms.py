"""Terms in days by walking: one day after the other, until the number is full.

Civil Code 2015, Articles 147 and 148; a day off is one that the typed table does not call worked.
"""

from datetime import date, datetime, time, timedelta

from tests.oracle.days import is_worked

_DAY = timedelta(days=1)


def nominal_day(count: int, unit: str, event: date) -> date:
    """Return the last day of a term before a day off gives way; the event's day is left out."""
    day = event
    if unit == "working_days":
        while count:
            day += _DAY
            count -= is_worked(day)
        return day
    if unit in ("days", "weeks"):
        for _ in range(count * {"days": 1, "weeks": 7}[unit]):
            day += _DAY
        return day
    return _same_number(event, count * {"months": 1, "years": 12}[unit])


def _same_number(event: date, months: int) -> date:
    day = event.replace(day=1)
    for _ in range(months):
        day += 31 * _DAY
        day = day.replace(day=1)
    for number in range(event.day, 27, -1):
        try:
            return day.replace(day=number)
        except ValueError:
            continue
    return day.replace(day=event.day)


def last_day(count: int, unit: str, event: date) -> date:
    """Return the last day of a term: the nominal one, or the next that is worked."""
    day = nominal_day(count, unit, event)
    while not is_worked(day):
        day += _DAY
    return day


def due(count: int, unit: str, event: date) -> datetime:
    """Return the end of the last day as a naive time of the wall clock."""
    return datetime.combine(last_day(count, unit, event) + _DAY, time())


def working_days_between(a: date, b: date) -> int:
    """Return how many worked days follow `a` up to and with `b`; negative when `b` is earlier."""
    if b < a:
        return -working_days_between(b, a)
    day, count = a, 0
    while day < b:
        day += _DAY
        count += is_worked(day)
    return count


def working_day_on(day: date, count: int) -> date:
    """Return the worked day so many later, or earlier when negative."""
    step = _DAY if count > 0 else -_DAY
    while count:
        day += step
        if is_worked(day):
            count += -1 if count > 0 else 1
    return day
