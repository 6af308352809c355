"""The calendar as it was known on a day: was this due time right when it was promised?

The calendar is that of `phananh.worktime.calendar.work_calendar`.
"""

import datetime
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from phananh.errors import CoverageError, InputError, InputTypeError
from phananh.worktime import Notice, NoticeDay, WorkCalendar, vietnam_calendar
from phananh.worktime.days.vietnam import OFFICIAL_NOTICES, VietnamDays
from tests.worktime.calendars import HANOI

EVE = date(2025, 12, 24)


def at(year, month, day, hour):
    """Return an instant in Vietnam."""
    return datetime.datetime(year, month, day, hour, tzinfo=HANOI)


@pytest.mark.parametrize(
    ("start", "hours", "before", "after"),
    [
        (at(2025, 12, 31, 15), 5, at(2026, 1, 2, 10), at(2026, 1, 5, 10)),
        (at(2026, 1, 9, 15), 8, at(2026, 1, 12, 15), at(2026, 1, 10, 15)),
        (at(2025, 12, 30, 9), 80, at(2026, 1, 14, 9), at(2026, 1, 14, 9)),
    ],
)
def test_what_was_promised_before_a_late_notice_was_right_then(start, hours, before, after):
    """On 24/12/2025 nobody knew of the swap of 2/1/2026: due times of that day are without it."""
    budget = timedelta(hours=hours)
    assert vietnam_calendar("A", as_of=EVE).add(start, budget) == before
    assert vietnam_calendar("A", as_of=date(2025, 12, 25)).add(start, budget) == after  # CV 12729
    assert vietnam_calendar("A").add(start, budget) == after


@pytest.mark.parametrize(
    ("day", "through"),
    [
        (date(2018, 7, 11), date(2019, 12, 31)),
        (date(2019, 10, 6), date(2019, 12, 31)),
        (date(2019, 10, 7), date(2020, 12, 31)),
        (date(2022, 1, 10), date(2021, 12, 31)),
        (date(2022, 1, 11), date(2022, 12, 31)),
        (date(2024, 11, 26), date(2025, 12, 31)),
        (date(2025, 10, 12), date(2025, 12, 31)),
        (date(2025, 10, 13), date(2026, 12, 31)),
        (date(2026, 11, 25), date(2026, 12, 31)),
    ],
)
def test_known_through_is_what_had_been_announced(day, through):
    """Each yearly notice makes its year known on the day of the Government Office's letter."""
    assert vietnam_calendar("A", as_of=day).known_through == through


def test_a_deadline_beyond_what_was_announced_is_provisional():
    """On 10/1/2022 the Tết of that month was not settled: deadlines across it were provisional."""
    before = vietnam_calendar("A", as_of=date(2022, 1, 10))
    start, budget = at(2022, 1, 28, 16), timedelta(hours=8)
    assert before.allot(start, budget).provisional
    assert not vietnam_calendar("A", as_of=date(2022, 1, 11)).allot(start, budget).provisional
    tet = before.day(date(2022, 1, 31))
    assert (tet.kind, tet.status, tet.predicted) == ("off", "expected", True)
    strict = vietnam_calendar("A", as_of=date(2022, 1, 10), strict=True)
    with pytest.raises(CoverageError):
        strict.add(start, budget)


@pytest.mark.parametrize("notice", OFFICIAL_NOTICES, ids=lambda n: n.document)
def test_a_notice_changes_nothing_before_it_was_known(notice):
    """The day before a notice its days are what they were without it; on the day they change."""
    known = notice.known_on
    eve = known - timedelta(days=1)
    if eve >= OFFICIAL_NOTICES[0].known_on:
        calendar = vietnam_calendar("A", as_of=eve, expected=True)
        assert [calendar.day(d.date).source for d in notice.days].count(notice.document) == 0
    calendar = vietnam_calendar("A", as_of=known, expected=True)
    assert [calendar.day(day.date).kind for day in notice.days] == [d.kind for d in notice.days]


def test_own_notices_count_from_the_day_they_became_known():
    """An office's own notice has a past too; one of which nobody can say so has none."""
    told = Notice(
        "1/TB", date(2026, 3, 2), days=[NoticeDay(date(2026, 3, 20), "off")],
        known_on=date(2026, 3, 9),
    )  # fmt: skip
    unknown = Notice("2/TB", None, days=[NoticeDay(date(2026, 3, 27), "off")])
    calendar = vietnam_calendar("A", notices=[told, unknown])
    for day, kinds in ((8, ["open", "open"]), (9, ["off", "open"])):
        assert [
            calendar.as_of(date(2026, 3, day)).day(date(2026, 3, d)).kind for d in (20, 27)
        ] == kinds
    assert calendar.day(date(2026, 3, 27)).kind == "off"


def test_own_notices_settle_years_and_never_unsettle_them():
    """The later of what the country's notices settle and what the own do, then and now."""
    eve, close, far = date(2025, 12, 31), date(2026, 12, 31), date(2027, 12, 31)
    for day, through in ((eve, close), (far, far)):
        told = Notice("1/TB", date(2026, 10, 2), known_through=day)
        added = vietnam_calendar("A").with_notices([told])
        given = WorkCalendar(timetable=added.timetable, notices=[told])
        assert (added.known_through, given.known_through) == (through, through)
        assert added.as_of(date(2026, 11, 1)).known_through == through
    assert attrs.evolve(added, known_through=eve).as_of(date(2026, 11, 1)).known_through == eve


def test_two_calendars_put_together_look_back_together():
    """The common hours of two offices, as known on a day, are those of both as known then."""
    both = vietnam_calendar("A") & vietnam_calendar("VP")
    assert both.as_of(EVE).day(date(2026, 1, 2)).kind == "open"
    assert both.as_of(date(2025, 1, 1)).known_through == date(2025, 12, 31)


@pytest.mark.parametrize("ask", [vietnam_calendar("A").as_of, VietnamDays().as_of])
def test_before_the_first_notice_nobody_can_say(ask):
    """What was known before the table begins is not invented; a datetime is no day."""
    with pytest.raises(InputError, match="2018-07-10 is before the first notice"):
        ask(date(2018, 7, 10))
    with pytest.raises(InputTypeError, match="as_of"):
        ask(datetime.datetime(2025, 12, 24))


@given(
    day=st.dates(date(2018, 7, 11), date(2026, 11, 25)),
    moved=st.dates(date(2018, 12, 1), date(2028, 12, 31)),
    kind=st.sampled_from(["off", "worked"]),
    late=st.integers(-400, 400),
)
@settings(deadline=None, max_examples=100)
def test_a_notice_known_later_leaves_no_trace(day, moved, kind, late):
    """Looking back to a day, a notice known after it is as if it had never been."""
    known = day + timedelta(days=late)
    moved = max(moved, known - timedelta(days=700))
    notice = Notice("9/TB", moved, days=[NoticeDay(moved, kind)], known_on=known)
    calendar = vietnam_calendar("A")
    view, plain = calendar.with_notices([notice]).as_of(day), calendar.as_of(day)
    assert (view == plain) is (late > 0)
    assert (view.version == plain.version) is (late > 0)
    assert view.day(moved).kind == (kind if late <= 0 else plain.day(moved).kind)
