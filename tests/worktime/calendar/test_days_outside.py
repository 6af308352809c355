"""Mistyped years: what lies outside the days that a calendar covers is refused by name."""

from datetime import date

import attrs
import pytest

from phananh.errors import InputError
from phananh.worktime import Notice, NoticeDay, Timetable, WorkCalendar
from phananh.worktime.days.vietnam import VietnamDays

COVERED = "is outside the days covered, 1976-01-01 to 2100-12-31; check the year"
OFF_2150, OFF_2626 = NoticeDay(date(2150, 1, 2), "off"), NoticeDay(date(2626, 1, 2), "off")
LETTER = Notice("CV 1/X", date(2025, 12, 25), days=[OFF_2626])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"overrides": [OFF_2150]}, f"overrides: 2150-01-02 {COVERED}"),
        ({"notices": [LETTER]}, f"notices: CV 1/X: 2626-01-02 {COVERED}"),
        ({"known_through": date(2199, 12, 31)}, f"known_through: 2199-12-31 {COVERED}"),
        (
            {"timetable": Timetable.weekly("08:00-12:00"), "overrides": [OFF_2626]},
            f"overrides: 2626-01-02 {COVERED}",
        ),
    ],
)
def test_a_day_outside_the_calendar_is_refused(given, told):
    """An override, a notice or a last known day of another century is a slip of the hand."""
    with pytest.raises(InputError) as caught:
        WorkCalendar(**{"timetable": Timetable.weekly("07:30-11:30"), **given})
    assert str(caught.value) == told


@pytest.mark.parametrize(("last", "fits"), [(date(2028, 10, 3), True), (date(2028, 10, 4), False)])
def test_a_notice_settles_two_years_at_most(last, fits):
    """A notice of 2026 that settles 2062 would make everything official in silence."""
    if fits:
        assert Notice("CV 1/X", date(2026, 10, 2), known_through=last).known_through == last
        return
    with pytest.raises(InputError) as caught:
        Notice("CV 1/X", date(2026, 10, 2), known_through=last)
    assert str(caught.value) == (
        "known_through: 2028-10-04 is more than two years after 2026-10-02, when it was issued; "
        "check both years"
    )


@pytest.mark.parametrize("field", ["issued", "known_on"])
@pytest.mark.parametrize("spoken", [
    {"days": [NoticeDay(date(2026, 3, 4), "off")]}, {"known_through": date(2026, 3, 4)},
])  # fmt: skip
def test_a_notice_comes_two_years_after_its_days_at_most(field, spoken):
    """A notice of 2206 about 2026 would win over every other, or be known to nobody."""
    Notice(**{"document": "CV 1/X", "issued": None, **spoken, field: date(2028, 3, 5)})
    Notice(**{"document": "CV 1/X", "issued": None, **spoken, "known_on": date(1, 1, 1)})
    with pytest.raises(InputError) as caught:
        Notice(**{"document": "CV 1/X", "issued": None, **spoken, field: date(2206, 3, 2)})
    assert str(caught.value) == (
        f"{field}: 2206-03-02 is more than two years after 2026-03-04, the last day that the "
        "notice is about; check both years"
    )


def test_notices_may_settle_more_than_the_days_hold():
    """Public days that end in June are known as far as their notices go, and no further."""
    short = VietnamDays(last_day=date(2026, 6, 30))
    calendar = WorkCalendar(timetable=Timetable.weekly("07:30-11:30"), days=short)
    assert (calendar.last_day, calendar.known_through) == (date(2026, 6, 30), date(2026, 12, 31))
    with pytest.raises(InputError, match=r"^known_through: 2027-01-01 is outside the days"):
        attrs.evolve(calendar, known_through=date(2027, 1, 1))
