"""What moved a due time, in one word (R15)."""

from datetime import date, datetime, timedelta

import attrs
import pytest

from phananh.regulation.deadline import start_limit
from phananh.regulation.recount import recount
from phananh.regulation.rules import HOA_BINH_2019
from phananh.worktime import Notice, NoticeDay, vietnam_calendar
from tests.regulation import cast

A = vietnam_calendar("A")
OFF = NoticeDay(date(2026, 3, 5), "off")
WORKED = tuple(NoticeDay(date(2026, 3, day), "worked") for day in (7, 8))


@pytest.mark.parametrize(
    ("days", "cause", "is_earlier"),
    [
        ((OFF,), "day_off", False),
        ((OFF, WORKED[0], WORKED[1]), "worked_day", True),
        (WORKED, "worked_day", True),
    ],
)
def test_the_cause_is_the_day_that_moved_it_that_way(days, cause, is_earlier):
    """A day off and two days worked bring an earlier end: the days worked are its cause."""
    limit = attrs.evolve(HOA_BINH_2019.officer_limit, budget=timedelta(hours=36))
    at = datetime(2026, 3, 4, 15, tzinfo=cast.VIETNAM)
    old = start_limit(limit, at=at, calendar=A, rules=HOA_BINH_2019)
    told = Notice(document="CV 1", issued=date(2026, 3, 2), days=days)
    found = recount(
        old, calendar=A.with_notices([told]), rules=HOA_BINH_2019, find_former=lambda: A
    )
    assert found is not None
    assert (found.cause, found.deadline.due < old.due) == (cause, is_earlier)
    assert found.days == tuple(day.date for day in days)


def test_a_day_worked_instead_does_not_bring_an_end_forward():
    """R14: a Friday is worked on the Saturday, and both run out on Monday: the day off did it."""
    rules = cast.read(late_after="next_opening")
    limit = attrs.evolve(HOA_BINH_2019.officer_limit, budget=timedelta(hours=8))
    friday = datetime(2026, 3, 6, 7, tzinfo=cast.VIETNAM)
    old = start_limit(limit, at=friday, calendar=A, rules=rules)
    days = (NoticeDay(date(2026, 3, 6), "off"), WORKED[0])
    told = Notice(document="CV 1", issued=date(2026, 3, 2), days=days)
    found = recount(old, calendar=A.with_notices([told]), rules=rules, find_former=lambda: A)
    assert found is not None
    assert found.deadline.due == old.due + cast.DAY
    assert (found.deadline.late_after, found.cause) == (old.late_after, "day_off")
