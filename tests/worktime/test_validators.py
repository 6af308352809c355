"""What a value may be made of: a field of another type is refused by its name, never kept."""

from datetime import date, timedelta

import pytest

from phananh.errors import InputError, InputTypeError
from phananh.worktime import Notice, NoticeDay, Timetable, WorkCalendar
from phananh.worktime.session import Session
from phananh.worktime.timetable import Hours

MORNING = Timetable.weekly("08:00-12:00")
DAY, HOUR = date(2026, 3, 4), timedelta(hours=1)


@pytest.mark.parametrize(
    ("make", "field", "problem"),
    [
        (lambda: WorkCalendar(timetable=MORNING, name=5), "name", "5 is not a text"),
        (lambda: WorkCalendar(timetable=MORNING, name=None), "name", "None is not a text"),
        (lambda: WorkCalendar(timetable=MORNING, strict="no"), "strict", "'no' is not a boolean"),
        (lambda: WorkCalendar(timetable=MORNING, expected=1), "expected", "1 is not a boolean"),
        (lambda: WorkCalendar(timetable=MORNING, days="vn"), "days", "'vn' has no public days"),
        (
            lambda: WorkCalendar(timetable=MORNING, known_through="2026-12-31"),
            "known_through",
            "'2026-12-31' is not a date",
        ),
        (lambda: Timetable.weekly("08:00-12:00", source=5), "source", "5 is not a text"),
        (lambda: Timetable(hours=MORNING.hours, source_en=5), "source_en", "5 is not a text"),
        (lambda: Timetable(hours=(), source=5, source_en=""), "source", "5 is not a text"),
        (lambda: Timetable(hours=(), assumed=1), "assumed", "1 is not a boolean"),
        (lambda: Hours(days="mon", sessions=(), source=5), "source", "5 is not a text"),
        (lambda: Timetable(hours="mon-fri"), "hours", "'mon-fri' is not a list"),
        (lambda: Timetable(hours=[5]), "hours", "5 is not a Hours"),
        (lambda: Hours(days=None, sessions="08:00-12:00"), "days", "None is not a list"),
        (lambda: Hours(days="mon", sessions=5), "sessions", "5 is not a list"),
        (lambda: Hours(days="mon", sessions=[5]), "sessions", "5 is not a session"),
        (lambda: NoticeDay(DAY, "off", note=5), "note", "5 is not a text"),
        (lambda: Notice("1/TB", DAY, days="2026-03-04"), "days", "'2026-03-04' is not a list"),
        (lambda: Notice("1/TB", DAY, days=[DAY]), "days", "is not a NoticeDay"),
        (lambda: Notice("1/TB", DAY, days=NoticeDay(DAY, "off")), "days", "is not a list"),
        (lambda: Session(7.5, 11.5), "sessions", "7.5 is not a timedelta"),
        (lambda: Session(HOUR, "11:30"), "sessions", "'11:30' is not a timedelta"),
    ],
)
def test_a_field_of_another_type_is_refused_by_its_name(make, field, problem):
    """What would be read wrongly later, or not be written back, does not get in."""
    with pytest.raises(InputTypeError) as caught:
        make()
    assert caught.value.field == field
    assert problem in caught.value.problem


@pytest.mark.parametrize("name", ["", "  ", "\n"])
def test_a_calendar_has_a_name(name):
    """A deadline finds its calendar by name, so a blank one is refused."""
    with pytest.raises(InputError, match=r"^name: is blank; give it a name"):
        WorkCalendar(timetable=MORNING, name=name)


@pytest.mark.parametrize(
    "season", ["10-16", ("10-16",), ("10-16", "04-15", "05-05"), (), 5, {"10-16", "04-15"}]
)
def test_a_season_has_a_first_and_a_last_day(season):
    """One day, three, or a text is refused, and none of them is left out in silence."""
    with pytest.raises(InputError, match=r"^season: .* is not a first and a last day; write"):
        Hours(days="mon", sessions="08:00-12:00", season=season)


def test_a_day_is_not_swapped_with_itself():
    """A swap names two days."""
    with pytest.raises(InputError, match=r"^swapped_with: 2026-03-04 is swapped with itself"):
        NoticeDay(DAY, "off", DAY)
