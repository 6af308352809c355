"""Weekly hours: how they are written, what is joined, and what is refused (Art. 3.2)."""

from datetime import date, timedelta

import pytest

from phananh.errors import InputError
from phananh.worktime import Timetable
from phananh.worktime.presets import PRESETS
from phananh.worktime.session import Session
from phananh.worktime.timetable import Hours

HOUR = timedelta(hours=1)


def _listed(timetable: Timetable, day: date) -> list[str]:
    return [str(session) for session in timetable.sessions_on(day)]


@pytest.mark.parametrize("days", ["mon-fri", "mon,tue,wed,thu,fri", range(5), ["mon-thu", 4]])
def test_weekdays_are_written_in_many_ways(days):
    """A range, a list of names and a list of numbers mean the same weekdays."""
    assert Hours(days=days, sessions="08:00-12:00").days == (0, 1, 2, 3, 4)


@pytest.mark.parametrize("days", ["monday", "fri-mon", [7], [True], "mon;tue", [-1]])
def test_what_is_no_weekday_is_refused(days):
    """A weekday that nobody could mean is refused by name."""
    with pytest.raises(InputError, match="is not a weekday"):
        Hours(days=days, sessions="08:00-12:00")


def test_touching_sessions_are_joined_and_put_in_order():
    """A session cut in two is one session again, and the order given does not matter."""
    hours = Hours(days="mon", sessions="15:00-17:30, 13:30-15:00, 10:00-11:30, 07:30-10:00")
    assert [str(session) for session in hours.sessions] == ["07:30-11:30", "13:30-17:30"]
    whole = Hours(days="mon", sessions="12:00-24:00, 00:00-12:00")
    assert [str(session) for session in whole.sessions] == ["00:00-24:00"]
    # No session is longer than a day.
    assert len(Hours(days="mon", sessions="12:00-20:00, 20:00-14:00").sessions) == 2


@pytest.mark.parametrize(
    "text",
    [
        "07:30",
        "7:30-8:00",
        "08:00-25:00",
        "24:00-25:00",
        "08:00-24:30",
        "\u0660\u0667:30-08:00",
        "",
    ],
)
def test_what_is_no_session_is_refused(text):
    """A text that is no session is refused, with the way to write one."""
    with pytest.raises(InputError, match="07:30-11:30"):
        Timetable.weekly(text)


def test_an_opening_at_midnight_closing_is_refused():
    """24:00 may close a session and never opens one."""
    assert Timetable.weekly("18:00-24:00").hours[0].sessions[0].close == 24 * HOUR
    with pytest.raises(InputError, match="opens at 24:00"):
        Timetable.weekly("24:00-06:00")


def test_overlapping_sessions_are_refused():
    """Two sessions of a day that overlap are refused, and both are named."""
    with pytest.raises(InputError, match="07:30-11:30 and 11:00-12:00"):
        Timetable.weekly("07:30-11:30, 11:00-12:00")


def test_a_night_that_runs_into_the_next_morning_is_refused():
    """A session past midnight may not overlap the first one of the next day."""
    with pytest.raises(InputError, match="across midnight") as caught:
        Timetable.weekly("22:00-06:00, 05:30-07:00", days="mon-sun")
    said = caught.value.facts
    assert (said["first"], said["second"]) == ("22:00-06:00", "05:30-07:00")
    assert said["next_day"] == said["day"] + timedelta(days=1)
    Timetable.weekly("22:00-06:00, 06:00-07:00", days="mon-sun")


@pytest.mark.parametrize(
    ("before", "after", "day"),
    [
        ({"season": ("10-01", "12-31")}, {"season": ("01-01", "09-30")}, "12-31"),
        ({"effective_to": date(2026, 6, 30)}, {"effective_from": date(2026, 7, 1)}, "06-30"),
    ],
    ids=["season", "decision"],
)
def test_the_last_night_is_held_against_the_first_morning(before, after, day):
    """Seasons, or decisions, that follow each other may not overlap in the night between."""
    nights = Hours(days="mon-sun", sessions="22:00-06:00", **before)
    early, later = (
        Hours(days="mon-sun", sessions=text, **after) for text in ("05:00-07:00", "06:00-08:00")
    )
    with pytest.raises(InputError) as caught:
        Timetable(hours=(nights, early))
    assert (caught.value.code, f"{caught.value.facts['day']:%m-%d}") == ("nights_overlap", day)
    Timetable(hours=(nights, later))


def test_a_night_may_run_into_a_day_without_hours():
    """A Friday night may pass midnight when Saturday has no session in its way."""
    assert Timetable(
        hours=(Hours(days="fri", sessions="22:00-06:00"), Hours(days="sun", sessions="05:00-07:00"))
    )
    morning, last = Hours(days="sat", sessions="05:00-07:00"), date(9999, 12, 30)
    assert Timetable(
        hours=(Hours(days="fri", sessions="22:00-06:00", effective_from=last), morning)
    )  # the last Friday has no day after it


def test_seasons_may_wrap_the_year():
    """VP has its winter hours from 16 October to 15 April, across New Year."""
    winter, summer = ["07:30-12:00", "13:00-16:30"], ["07:00-11:30", "13:30-17:00"]
    for day in (date(2025, 10, 16), date(2025, 12, 31), date(2026, 1, 5), date(2026, 4, 15)):
        assert _listed(PRESETS["VP"].timetable, day) == winter
    for day in (date(2026, 4, 16), date(2026, 7, 1), date(2026, 10, 15)):
        assert _listed(PRESETS["VP"].timetable, day) == summer


def test_two_hours_for_one_date_are_refused():
    """Where two seasons share a date, neither wins: the date is named."""
    with pytest.raises(InputError, match=r"two sets of hours, number 1 and 2, for mon 04-15"):
        Timetable(
            hours=(
                Hours(days="mon-fri", sessions="08:00-12:00", season=("10-16", "04-15")),
                Hours(days="mon-fri", sessions="07:00-11:00", season=("04-15", "10-15")),
            )
        )


def test_hours_follow_each_other_by_date():
    """A decision takes the place of another on its date of effect."""
    timetable = Timetable(
        hours=(
            Hours(days="mon-fri", sessions="08:00-12:00", effective_to=date(2026, 6, 30)),
            Hours(days="mon-fri", sessions="07:00-11:00", effective_from=date(2026, 7, 1)),
        )
    )
    assert _listed(timetable, date(2026, 6, 30)) == ["08:00-12:00"]
    assert _listed(timetable, date(2026, 7, 1)) == ["07:00-11:00"]
    with pytest.raises(InputError, match="two sets of hours"):
        Timetable(hours=(*timetable.hours, Hours(days="mon", sessions="18:00-19:00")))


def test_a_make_up_day_has_the_hours_of_the_day_it_replaces():
    """A Saturday worked in place of a short Friday is as short as that Friday."""
    timetable = Timetable(
        hours=(
            Hours(days="mon-thu", sessions="07:30-17:30"),
            Hours(days="fri", sessions="07:30-11:30"),
        )
    )
    assert str(timetable) == "mon, tue, wed, thu 07:30-17:30; fri 07:30-11:30"
    saturday, friday = date(2026, 1, 10), date(2026, 1, 2)
    assert timetable.worked_sessions(saturday, friday) == (Session(7.5 * HOUR, 11.5 * HOUR),)
    assert timetable.worked_sessions(saturday, None) == (Session(7.5 * HOUR, 17.5 * HOUR),)
    sunday = Timetable.weekly("07:30-17:30", days="sun")
    assert sunday.worked_sessions(saturday, None) == sunday.hours[0].sessions


def test_a_session_shows_its_clock_times():
    """A session prints as it is written, also past midnight and with seconds."""
    assert str(Timetable.weekly("22:00-06:00").hours[0].sessions[0]) == "22:00-06:00"
    assert str(Session(timedelta(), timedelta(hours=24))) == "00:00-24:00"
    assert str(Timetable.weekly("08:00:30-09:00").hours[0].sessions[0]) == "08:00:30-09:00"


def _season(first, last, days="mon-sun", **dates):
    return Hours(days=days, sessions="08:00-17:00", season=(first, last), **dates)


@pytest.mark.parametrize(
    "hours",
    [
        [_season("03-01", "02-28")],
        [_season("03-01", "09-30"), _season("10-01", "02-28")],
        [_season("03-01", "09-30", "mon-fri"), _season("10-01", "02-28", "mon-fri")],
        [
            _season("10-01", "02-28", effective_from=date(2027, 10, 1)),
            _season("03-01", "09-30", effective_from=date(2028, 1, 1)),
        ],
    ],
)
def test_seasons_that_leave_out_a_29_february_are_refused(hours):
    """Who ends winter on 28 February means the end of February."""
    with pytest.raises(InputError, match='02-29" as the last day') as caught:
        Timetable(hours=hours)
    day = caught.value.facts["day"]
    assert (day.month, day.day) == (2, 29)


@pytest.mark.parametrize(
    "hours",
    [
        [_season("03-01", "02-29")],
        [_season("02-29", "09-30"), _season("10-01", "02-28")],
        [_season("03-01", "02-28"), Hours(days="mon-sun", sessions=(), season=("02-29", "02-29"))],
        [Hours(days="mon-sun", sessions=(), season=("03-01", "02-28"))],
        [_season("10-01", "02-28")],
        [_season("04-01", "02-28")],
        [_season("03-01", "09-30", "mon-fri"), _season("10-01", "02-28", "sat-sun")],
        [
            _season("10-01", "02-28", effective_to=date(2027, 2, 28)),
            _season("03-01", "09-30", effective_from=date(2027, 3, 1)),
        ],
        [
            Hours(days="mon-sun", sessions="08:00-17:00", effective_to=date(2028, 2, 28)),
            _season("03-01", "09-30", effective_from=date(2028, 3, 1)),
        ],
    ],
)
def test_seasons_that_meet_or_leave_out_more_are_read(hours):
    """A 29 February that is named, or is one closed day of many, or lies between two orders."""
    assert Timetable(hours=hours).hours


def test_seasons_and_dates_are_part_of_the_key():
    """The same sessions in another season, or from another date on, are another timetable."""
    bounds = [
        {},
        {"season": ("04-16", "10-15")},
        {"season": ("04-16", "10-14")},
        {"effective_from": date(2026, 1, 1)},
        {"effective_to": date(2026, 1, 1)},
    ]
    made = [Timetable(hours=Hours(days="mon", sessions="08:00-12:00", **each)) for each in bounds]
    assert len({timetable.key() for timetable in made}) == len(bounds)
    assert made[0].key() == Timetable(hours=(*made[0].hours, Hours(days="tue", sessions=()))).key()
    later = Hours(days="mon", sessions="08:00-12:00", season=("01-01", "12-31"),
                  effective_from=date(2026, 1, 2))  # fmt: skip
    both = [made[-1].hours[0], later]
    assert Timetable(hours=both).key() == Timetable(hours=both[::-1]).key()
