"""The examples by hand can fail: each wrong way to count days gets at least one of them wrong."""

from datetime import date, timedelta

import pytest

from phananh.worktime.terms import Term
from tests.oracle import terms as oracle
from tests.oracle.days import WORKED, is_worked
from tests.worktime.terms.test_examples import BY_HAND, day

DAY = timedelta(days=1)


def first_day_counted(count: int, unit: str, event: date) -> date:
    """Count the day of the event."""
    return oracle.last_day(count, unit, event - DAY)


def saturdays_never_worked(count: int, unit: str, event: date) -> date:
    """Take a make-up Saturday for a day off."""
    found = oracle.last_day(count, unit, event)
    lost = sum(event < saturday <= found for saturday in WORKED)
    if unit == "working_days" and lost:
        return oracle.last_day(lost, unit, found)
    return oracle.last_day(1, "working_days", found) if found in WORKED else found


def weekends_only(count: int, unit: str, event: date) -> date:
    """Know no holiday and no swap."""
    found = event
    while unit == "working_days" and count:
        found += DAY
        count -= found.weekday() < 5
    found = found if unit == "working_days" else oracle.nominal_day(count, unit, event)
    while found.weekday() > 4:
        found += DAY
    return found


def never_rolled(count: int, unit: str, event: date) -> date:
    """Leave the last day on a day off."""
    return oracle.nominal_day(count, unit, event)


def rolled_back(count: int, unit: str, event: date) -> date:
    """Move the last day to the working day before."""
    found = oracle.nominal_day(count, unit, event)
    while not is_worked(found):
        found -= DAY
    return found


def months_of_30_days(count: int, unit: str, event: date) -> date:
    """Take a month for 30 days and a year for 365."""
    length = {"months": 30, "years": 365}.get(unit)
    return oracle.last_day(count * (length or 1), "days" if length else unit, event)


def overflowing_months(count: int, unit: str, event: date) -> date:
    """Let 31 February be 3 March."""
    if unit not in ("months", "years"):
        return oracle.last_day(count, unit, event)
    first = oracle.nominal_day(count, unit, event.replace(day=1))
    return oracle.last_day(event.day - 1, "days", first)


def ends_of_months_stick(count: int, unit: str, event: date) -> date:
    """Take the last day of a month for the last day of every month."""
    found = oracle.nominal_day(count, unit, event)
    while unit in ("months", "years") and (event + DAY).day == 1 != (found + DAY).day:
        found += DAY
    return found if is_worked(found) else oracle.last_day(1, "working_days", found)


def days_off_never_counted(count: int, unit: str, event: date) -> date:
    """Count only working days, whatever the unit."""
    return oracle.last_day(count, "working_days" if unit == "days" else unit, event)


def working_days_are_days(count: int, unit: str, event: date) -> date:
    """Count days off as working days."""
    return oracle.last_day(count, "days" if unit == "working_days" else unit, event)


def from_the_next_working_day(count: int, unit: str, event: date) -> date:
    """Let an event on a day off happen on the next working day."""
    while not is_worked(event):
        event += DAY
    return oracle.last_day(count, unit, event)


WRONG = [
    first_day_counted,
    saturdays_never_worked,
    weekends_only,
    never_rolled,
    rolled_back,
    months_of_30_days,
    overflowing_months,
    ends_of_months_stick,
    days_off_never_counted,
    working_days_are_days,
    from_the_next_working_day,
]


@pytest.mark.parametrize("wrong", WRONG, ids=lambda wrong: wrong.__name__)
def test_a_wrong_count_is_found(wrong):
    """A defect seeded in the count of days contradicts an example that was counted by hand."""
    missed = []
    for event, text, last, _ in BY_HAND:
        term = Term.parse(text)
        if wrong(term.count, term.unit, day(event)) != day(last):
            missed.append(event)
    assert missed
    assert len(missed) < len(BY_HAND)
