"""An explanation is told in whole minutes, and its due time never later than it is (R46)."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings, strategies as st

from phananh import InputError, WorkCalendar, vietnam_calendar
from phananh.worktime import Timetable
from phananh.worktime.timetable import Hours

MINUTE = timedelta(minutes=1)
NIGHTS = WorkCalendar(
    name="nights",
    timetable=Timetable(hours=Hours(days="mon-sun", sessions="20:00-06:00+1, 09:00-12:30")),
    zone="Europe/Berlin",
)
CALENDARS = (vietnam_calendar("A"), vietnam_calendar("VP"), NIGHTS)


def starts(calendar: WorkCalendar) -> st.SearchStrategy[datetime]:
    """Return instants of a year on the office's clock, where clocks change too."""
    near = {"min_value": datetime(2026, 1, 1), "max_value": datetime(2026, 11, 30)}
    return st.datetimes(**near, timezones=st.just(calendar.tzinfo or ZoneInfo("UTC")))


@pytest.mark.parametrize("calendar", CALENDARS, ids=lambda calendar: calendar.name)
@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_the_due_time_told_is_never_later_and_every_sum_is_whole(calendar, data):
    """Start and budget are cut to the minute; each step and each rest is whole minutes."""
    start = data.draw(starts(calendar))
    budget = data.draw(st.timedeltas(min_value=timedelta(), max_value=timedelta(hours=60)))
    exact = calendar.explain(start, budget)
    told = exact.in_minutes()
    assert told.due.astimezone(ZoneInfo("UTC")) <= exact.due.astimezone(ZoneInfo("UTC"))
    assert not told.budget % MINUTE
    assert (told.start.second, told.start.microsecond) == (0, 0)
    for step in told.steps:
        assert not step.worked % MINUTE
        assert not step.left % MINUTE
    assert sum((step.worked for step in told.steps), timedelta()) == told.budget
    assert exact.due == calendar.explain(start, budget).due  # what is stored stays exact


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_exact_tells_the_seconds(lang):
    """`precision` is `minute` by default; `exact` tells all of it, and there is no other."""
    office = CALENDARS[0]
    start = datetime(2026, 3, 4, 9, 0, 3, 123456, tzinfo=office.tzinfo)
    exact = office.explain(start, timedelta(hours=5, seconds=56))
    assert "09:00:03.123456" in exact.text(lang, precision="exact")
    assert "03.1" not in exact.text(lang)
    assert "09:00:03" not in exact.svg(lang)
    with pytest.raises(InputError, match="precision"):
        exact.text(lang, precision="hour")
