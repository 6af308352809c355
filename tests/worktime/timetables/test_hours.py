"""Hours as values: how they are written, compared and refused, by the name of the argument."""

from datetime import date
from typing import Any

import pytest

from phananh.errors import InputError
from phananh.worktime import NoticeDay, Timetable
from phananh.worktime.session import DAY, Session
from phananh.worktime.timetable import Hours, day_names

NEW_YEAR_EVE, NEW_YEAR = date(2026, 12, 31), date(2027, 1, 1)


def make_hours(**more: Any) -> Hours:
    """Return hours of every day, unless given otherwise."""
    return Hours(**{"days": "mon-sun", "sessions": "08:00-12:00", **more})


def test_a_day_without_sessions_says_that_it_is_closed() -> None:
    """In one line hours without sessions are closed, and others are their sessions."""
    assert str(Hours(days="mon", sessions=())) == "mon closed"
    assert str(Hours(days="mon", sessions="08:00-12:00")) == "mon 08:00-12:00"


def test_overrides_are_put_in_order_and_are_part_of_the_timetable() -> None:
    """A list in any order is taken; another own day is another timetable; two for one are none."""
    days = [NoticeDay(day, "off") for day in (NEW_YEAR, NEW_YEAR_EVE)]
    made = Timetable(hours=make_hours(), overrides=days)
    assert made.overrides == tuple(reversed(days))
    assert made.key() != Timetable(hours=make_hours()).key()
    assert made != Timetable(hours=make_hours(), overrides=days[:1])
    with pytest.raises(InputError) as caught:
        Timetable(hours=make_hours(), overrides=[days[0], NoticeDay(NEW_YEAR, "worked")])
    assert caught.value.code == "two_overrides"


def test_what_nobody_gave_is_empty() -> None:
    """Hours without more have no season, no dates and no source, and are not assumed."""
    timetable = Timetable.weekly("08:00-12:00")
    assert repr(timetable) == (
        "Timetable(hours=(Hours(days=(0, 1, 2, 3, 4), sessions=(Session.parse('08:00-12:00'),), "
        "season=None, effective_from=None, effective_to=None, source=''),), overrides=(), "
        "source='', source_en='', assumed=False)"
    )
    assert str(timetable) == "mon, tue, wed, thu, fri 08:00-12:00"
    bare = Timetable(hours=())
    assert (str(bare), bare.source, bare.source_en, bare.assumed) == ("closed", "", "", False)
    assert Session.parse("22:00-06:00").as_dict() == {"open": "22:00", "close": "30:00"}


def test_weekdays_in_a_row_are_written_as_a_range() -> None:
    """Two are named, three or more are a range."""
    assert day_names((0, 1, 3, 4, 5)) == ["mon", "tue", "thu-sat"]


@pytest.mark.parametrize(
    ("hours", "day"),
    [
        (
            [
                make_hours(season=("10-01", "02-28"), effective_from=date(2023, 10, 1)),
                make_hours(season=("03-01", "09-30"), effective_to=date(2024, 9, 30)),
            ],
            date(2024, 2, 29),
        ),
        (
            [
                make_hours(days="mon-fri", season=("10-01", "02-28")),
                make_hours(days="sat-sun", season=("10-01", "02-28")),
                make_hours(season=("03-01", "09-30")),
            ],
            date(2028, 2, 29),
        ),
    ],
    ids=["past", "week and weekend"],
)
def test_a_leap_day_that_is_left_out_is_named(hours: list[Hours], day: date) -> None:
    """The next 29 February is named first, else one that is past, whatever the weekdays."""
    with pytest.raises(InputError) as caught:
        Timetable(hours=hours)
    assert (caught.value.code, caught.value.facts["day"]) == ("leap_day_left_out", day)


def test_a_session_opens_within_its_day_and_lasts_a_day_at_most() -> None:
    """A session from midnight to midnight is one. It belongs to the day on which it opens."""
    assert Session(DAY - DAY, DAY).length == DAY
    for opening, closing in ((DAY, DAY * 2), (DAY / 2, DAY * 1.75), (DAY / 2, DAY / 2)):
        with pytest.raises(InputError) as caught:
            Session(opening, closing)
        assert caught.value.field == "sessions"
