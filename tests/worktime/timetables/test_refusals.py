"""What is refused of hours and calendars, by the name of the argument that is wrong.

The calendar is that of `phananh.worktime.calendar.work_calendar`, its days are those of
`phananh.worktime.calendar.day_rules`.
"""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import attrs
import pytest

from phananh.errors import InputError, PhanAnhError
from phananh.worktime import Notice, NoticeDay, Span, Timetable, WorkCalendar
from phananh.worktime.algebra import CombinedTimetable, Spans
from phananh.worktime.session import DAY, Session, parse_sessions
from phananh.worktime.timetable import Hours
from tests.desk.people import HOUR, MORNING
from tests.worktime.calendars import VP, A

CUT = Spans(Span(MORNING, MORNING + HOUR))
WEEK = Timetable.weekly("08:00-12:00")
AT, NEW_YEAR = datetime(2026, 3, 4, 9, tzinfo=UTC), date(2026, 1, 1)
FAR = NoticeDay(date(2205, 1, 1), "off")


def make_hours(**more: Any) -> Hours:
    """Return hours of Mondays, unless given otherwise."""
    return Hours(**{"days": "mon", "sessions": "08:00-12:00", **more})


def make_calendar(**more: Any) -> WorkCalendar:
    """Return a calendar without the days of a country."""
    return WorkCalendar(**{"timetable": WEEK, "days": None, **more})


BARE, STRICT = make_calendar(), attrs.evolve(A, strict=True)
SEASON = make_calendar(
    timetable=Timetable(
        hours=make_hours(effective_from=date(2020, 1, 1), effective_to=date(2026, 3, 2))
    )
)


def test_a_note_makes_no_other_instants() -> None:
    """Spans are equal where their instants are, whatever they are called."""
    noted = Spans(CUT.spans, note="mất điện (mẫu)")
    assert (noted, hash(noted)) == (CUT, hash(CUT))
    assert (CUT.note, repr(CUT)) == ("", f"Spans({CUT.spans!r})")
    assert repr(noted) == f"Spans({CUT.spans!r}, note='mất điện (mẫu)')"
    parts = WorkCalendar(timetable=WEEK), WEEK
    assert repr(parts[0]) == f"WorkCalendar(timetable={WEEK!r})"
    assert repr(CombinedTimetable("union", parts)) == f"CombinedTimetable('union', {parts!r})"


def test_the_first_day_with_two_hours_is_named() -> None:
    """Of all dates that two sets of hours share, the error names the first."""
    since = date(2026, 1, 1)
    both = [Hours(days="mon-sun", sessions="08:00-12:00", effective_from=since) for _ in range(2)]
    with pytest.raises(InputError) as caught:
        Timetable(hours=both)
    assert caught.value.facts["day"] == since


def test_each_refusal_says_what_is_wrong_with_which_argument() -> None:
    """The message names the argument or the calendar, what was given, and what may be given."""
    asked = [
        (lambda: Spans([1]), "spans: 1 is not a Span"),
        (lambda: CombinedTimetable("xor", (WEEK, WEEK)), "op: 'xor' is unknown"),
        (lambda: CombinedTimetable("union", (WEEK,)), "parts: union of 1 part"),
        (lambda: CUT | CUT, "parts: instants alone are not a timetable"),
        (lambda: CombinedTimetable("union", (WEEK, 5)), "parts: 5 is not working time"),
        (lambda: CombinedTimetable("union", (WEEK, [5])), "parts: [5] is not working time"),
        (lambda: Session(1, 2), "sessions: 1 is not a timedelta"),
        (lambda: Session(DAY, 2 * DAY), "sessions: opens outside its day: 1 day, 0:00:00"),
        (lambda: Session(-HOUR, HOUR), "sessions: opens outside its day: -1 day, 23:00:00"),
        (lambda: Session(HOUR, HOUR), "sessions: 01:00-01:00 is empty or longer than a day"),
        (
            lambda: Session(HOUR, DAY + 2 * HOUR),
            "sessions: 01:00-26:00 is empty or longer than a day",
        ),
        (lambda: parse_sessions("24:00-25:00"), "sessions: '24:00-25:00' is not a session"),
        (lambda: parse_sessions("24:00-01:00"), "sessions: '24:00-01:00' opens at 24:00"),
        (lambda: parse_sessions(5), "sessions: 5 is not a list"),
        (lambda: parse_sessions([5]), "sessions: 5 is not a session"),
        (
            lambda: parse_sessions("08:00-10:00, 09:00-11:00"),
            "sessions: sessions overlap: 08:00-10:00 and 09:00-11:00",
        ),
        (
            lambda: parse_sessions("07:00-08:00, 09:00-11:00, 10:00-12:00"),
            "sessions: sessions overlap: 09:00-11:00 and 10:00-12:00",
        ),
        (lambda: make_hours(days=5), "days: 5 is not a list"),
        (lambda: make_hours(days="mo"), "days: 'mo' is not a weekday"),
        (lambda: make_hours(days="mon-x"), "days: 'mon-x' is not a weekday"),
        (lambda: make_hours(days="-fri"), "days: '-fri' is not a weekday"),
        (lambda: make_hours(days=[7]), "days: 7 is not a weekday"),
        (lambda: make_hours(days="tue-mon"), "days: 'tue-mon' is not a weekday"),
        (lambda: make_hours(season=5), "season: 5 is not a first and a last day"),
        (lambda: make_hours(season=("01-01",)), "season: ('01-01',) is not a first and a last day"),
        (lambda: make_hours(season=("01-01", "02-30")), "season: '02-30' is not a day of the year"),
        (lambda: make_hours(season=("01-01", None)), "season: None is not a day of the year"),
        (lambda: make_hours(effective_from="2026"), "effective_from: '2026' is not a date"),
        (lambda: make_hours(effective_to="2026"), "effective_to: '2026' is not a date"),
        (
            lambda: make_hours(effective_from=date(2026, 1, 2), effective_to=date(2026, 1, 1)),
            "effective_to: ends on 2026-01-01, before it begins on 2026-01-02",
        ),
        (
            lambda: Timetable(hours=[make_hours(), make_hours()]),
            "timetable: two sets of hours, number 1 and 2, for mon: mon 08:00-12:00 and mon "
            "08:00-12:00",
        ),
        (
            lambda: Timetable(
                hours=[make_hours(season=("01-01", "03-01")), make_hours(season=("03-01", "04-01"))]
            ),
            "timetable: two sets of hours, number 1 and 2, for mon 03-01: mon 08:00-12:00 "
            "from 01-01 to 03-01 and mon 08:00-12:00 from 03-01 to 04-01",
        ),
        *(
            (
                lambda ends=ends: Timetable(
                    hours=[make_hours(**{name: day}) for name, day in ends]
                ),
                f"timetable: two sets of hours, number 1 and 2, for {first}: mon 08:00-12:00 "
                "and mon 08:00-12:00",
            )
            for ends, first in (
                (
                    (("effective_to", date(1990, 1, 3)), ("effective_to", date(1991, 1, 3))),
                    "1990-01-01",
                ),
                (
                    (("effective_to", date(1991, 1, 3)), ("effective_to", date(1990, 1, 3))),
                    "1990-01-01",
                ),
                (
                    (("effective_from", date(2050, 1, 1)), ("effective_from", NEW_YEAR)),
                    "2050-01-03",
                ),
                (
                    (("effective_from", NEW_YEAR), ("effective_from", date(2050, 1, 1))),
                    "2050-01-03",
                ),
                ((("effective_from", date(9999, 12, 20)), ("season", None)), "9999-12-20"),
            )
        ),
        (
            lambda: Timetable(
                hours=[
                    make_hours(days="sun", sessions="22:00-06:00", effective_to=date(1990, 1, 3)),
                    make_hours(sessions="05:00-07:00", effective_to=date(1991, 1, 3)),
                ]
            ),
            "timetable: sessions overlap across midnight: 22:00-06:00 on 1989-12-31 runs into "
            "05:00-07:00 on 1990-01-01",
        ),
        (
            lambda: Timetable(hours=[make_hours(effective_from=date(2026, 1, 1)), make_hours()]),
            "timetable: two sets of hours, number 1 and 2, for 2026-01-05: mon 08:00-12:00 "
            "and mon 08:00-12:00",
        ),
        (
            lambda: Timetable(
                hours=[
                    make_hours(
                        days="tue", season=("02-29", "02-29"), effective_from=date(2000, 3, 1)
                    )
                ]
                * 2
            ),
            "timetable: two sets of hours, number 1 and 2, for 2028-02-29: tue 08:00-12:00 from "
            "02-29 to 02-29 and tue 08:00-12:00 from 02-29 to 02-29",
        ),
        (
            lambda: Timetable.weekly("22:00-06:00, 05:30-07:00"),
            "timetable: sessions overlap across midnight: 22:00-06:00 on 2000-01-03 runs "
            "into 05:30-07:00 on 2000-01-04",
        ),
        (
            lambda: Timetable(hours=[make_hours(days="mon-sun", season=("03-01", "02-28"))]),
            "timetable: 2028-02-29 has no hours: one season ends on 02-28, the other begins "
            "on 03-01",
        ),
        (lambda: make_calendar(timetable=5), "timetable: 5 is not a Timetable"),
        (lambda: make_calendar(days=5), "days: 5 has no public days"),
        (lambda: make_calendar(notices=5), "notices: 5 is not a list"),
        (lambda: BARE.with_notices(5), "notices: 5 is not a list"),
        (lambda: make_calendar(name=""), "name: is blank"),
        (
            lambda: make_calendar(overrides=[FAR]),
            "overrides: 2205-01-01 is outside the days covered, 1900-01-01 to 2199-12-31",
        ),
        (
            lambda: make_calendar(timetable=Timetable(hours=make_hours(), overrides=[FAR])),
            "overrides: 2205-01-01 is outside the days covered, 1900-01-01 to 2199-12-31",
        ),
        (
            lambda: make_calendar(notices=[Notice("1/TB", NEW_YEAR, days=[FAR])]),
            "notices: 1/TB: 2205-01-01 is outside the days covered, 1900-01-01 to 2199-12-31",
        ),
        (
            lambda: make_calendar(known_through=date(2205, 1, 1)),
            "known_through: 2205-01-01 is outside the days covered, 1900-01-01 to 2199-12-31",
        ),
        (lambda: make_calendar(timetable=Timetable(hours=())), "the calendar has no working time"),
        (
            lambda: make_calendar(timetable=WEEK & Timetable.weekly("13:00-14:00")),
            "the intersection leaves no working time",
        ),
        (
            lambda: make_calendar(timetable=CombinedTimetable("union", (A, WEEK))),
            "timetable: its calendars (A) have their own days, and cannot be joined with "
            "timetables",
        ),
        (lambda: BARE.add_working_days(NEW_YEAR, 1.5), "count: 1.5 is not a whole number"),
        (lambda: BARE.date_of("2026"), "start: '2026' is neither a datetime nor a date"),
        (
            lambda: BARE.day(date(1899, 12, 31)),
            "calendar work: 1899-12-31: no days are known there",
        ),
        (lambda: BARE.day(date(2200, 1, 1)), "calendar work: 2200-01-01: no days are known there"),
        (
            lambda: BARE.local(datetime.max.replace(tzinfo=UTC)),
            "calendar work: 9999: no days are known there",
        ),
        (
            lambda: BARE.local(datetime(1, 1, 1, tzinfo=ZoneInfo("America/New_York"))),
            "calendar work: 0001-01-01: no days are known there",
        ),
        (
            lambda: BARE.add(AT, timedelta(days=100000)),
            "calendar work: 2200-01-01: 2400000 h counted from 2026-03-04 ends beyond",
        ),
        (
            lambda: BARE.subtract(AT, timedelta(days=200000)),
            "calendar work: 1899-12-31: -4800000 h counted from 2026-03-04 ends beyond",
        ),
        (
            lambda: BARE.subtract(AT, timedelta.max),
            "calendar work: 1899-12-31: -9600000 h counted from 2026-03-04 ends beyond",
        ),
        (
            lambda: BARE.add(AT, timedelta(days=20000)),
            "calendar work: 2200-01-01: counted from 2026-03-04, it ends there",
        ),
        (
            lambda: BARE.subtract(AT, timedelta(days=20000)),
            "calendar work: 1899-12-31: counted from 2026-03-04, it ends there",
        ),
        (
            lambda: A.add(A.next_opening(AT.astimezone(A.tzinfo)), timedelta.max),
            "calendar A: 2101-01-01: 23999999999 h 59 min 59.999999 s counted from "
            "2026-03-04 ends beyond",
        ),
        (lambda: SEASON.add(AT, HOUR), "calendar work has no working time left after 2026-03-02"),
        (
            lambda: SEASON.subtract(datetime(2020, 1, 1, tzinfo=UTC), HOUR),
            "calendar work has no working time left before 2020-01-01",
        ),
        (
            lambda: SEASON.next_opening(AT),
            "calendar work has no working time left after 2026-03-02",
        ),
        (
            lambda: SEASON.add_working_days(AT.date(), 1),
            "calendar work has no working time left after 2026-03-02",
        ),
        (
            lambda: SEASON.add_working_days(date(2020, 1, 1), -1),
            "calendar work has no working time left before 2020-01-01",
        ),
        (
            lambda: STRICT.add(datetime(2018, 1, 3, 9, tzinfo=UTC), HOUR),
            "calendar A: 2018-01-03: the days off of that time were not checked against notices; "
            "covered: 2018-12-31 to 2026-12-31",
        ),
        (
            lambda: STRICT.add(datetime(2027, 1, 5, 9, tzinfo=UTC), HOUR),
            "calendar A: 2027-01-05: holidays are known only through 2026-12-31",
        ),
        (
            lambda: STRICT.add(datetime(2026, 11, 20, 9, tzinfo=UTC), 30 * HOUR),
            "calendar A: 2026-11-23: not settled: đề xuất hoán đổi 23/11/2026",
        ),
        (
            lambda: STRICT.add_working_days(date(2026, 12, 31), 1),
            "calendar A: 2027-01-04: holidays are known only through 2026-12-31",
        ),
        (
            lambda: STRICT.add_working_days(date(2018, 12, 31), -1),
            "calendar A: 2018-12-28: the days off of that time were not checked against notices; "
            "covered: 2018-12-31 to 2026-12-31",
        ),
        (
            lambda: (STRICT & VP).add(datetime(2018, 1, 3, 9, tzinfo=UTC), HOUR),
            "calendar A & VP: 2018-01-03: the days off of that time were not checked "
            "against notices",
        ),
        (
            lambda: (STRICT & VP).add(datetime(2027, 1, 5, 9, tzinfo=UTC), HOUR),
            "calendar A & VP: 2027-01-06: holidays are known only through 2026-12-31",
        ),
        (
            lambda: (STRICT & VP).add(datetime(2026, 11, 20, 9, tzinfo=UTC), 30 * HOUR),
            "calendar A & VP: 2026-11-23: not settled: đề xuất hoán đổi 23/11/2026",
        ),
        (
            lambda: A.find_working_day(date(2101, 1, 1)),
            "calendar A: 2101-01-01: no days are known there",
        ),
        (
            lambda: BARE.add_working_days(AT, 100000),
            "calendar work: 2200-01-01: no days are known there",
        ),
    ]
    for ask, told in asked:
        with pytest.raises(PhanAnhError) as caught:
            ask()
        assert f"{caught.value};".startswith(f"{told};")
