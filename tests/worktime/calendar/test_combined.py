"""Notices and overrides of calendars that were put together: each of the calendars gets them.

The calendar is that of `phananh.worktime.calendar.work_calendar`.
"""

from datetime import UTC, date, datetime, timedelta, timezone

import attrs
import pytest

from phananh.errors import CoverageError, NoWorkingTimeError
from phananh.worktime import (
    Notice,
    NoticeDay,
    Span,
    Timetable,
    WorkCalendar,
    vietnam_calendar,
)
from phananh.worktime.algebra import CombinedTimetable, Spans
from phananh.worktime.calendar.day_rules import DayInfo
from phananh.worktime.timetable import Hours
from tests.worktime.calendars import HANOI, VP, A

HUE = vietnam_calendar("HUE")
DAYS = [date(2026, 7, 1) + timedelta(days=n) for n in range(8)]
OFF = Notice("5/TB", date(2026, 6, 15), days=[NoticeDay(date(2026, 7, 2), "off", note="bão (mẫu)")])
OWN = (
    NoticeDay(date(2026, 7, 3), "hours", sessions="08:00-09:00", note="họp (mẫu)"),
    NoticeDay(date(2026, 7, 4), "worked"),
)
OPS = {"|": lambda a, b: a | b, "&": lambda a, b: a & b, "-": lambda a, b: a - b}
MEETING = WorkCalendar(
    name="họp", timetable=Timetable.weekly("08:00-08:30", days="mon-sun"), days=None
)


def hours(calendar):
    """Return the sessions of each day, as texts."""
    return [[str(part) for part in calendar.day(day).sessions] for day in DAYS]


@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("other", [VP, HUE, MEETING], ids=lambda c: c.name)
def test_a_notice_after_joining_is_one_before(op, other):
    """It makes no difference whether calendars learn of a notice before they are joined."""
    join = OPS[op]
    late = join(A, other).with_notices([OFF])
    early = join(A.with_notices([OFF]), other.with_notices([OFF]))
    assert hours(late) == hours(early)
    assert late.day(date(2026, 7, 2)).vi == early.day(date(2026, 7, 2)).vi
    assert late.version not in (join(A, other).version, early.version)


@pytest.mark.parametrize("op", OPS)
def test_an_override_is_of_every_office_but_not_of_what_is_taken_away(op):
    """A day with hours of its own has them, less the meeting that is still held."""
    joined = attrs.evolve(OPS[op](A, MEETING), overrides=OWN)
    given = attrs.evolve(A, overrides=OWN)
    other = MEETING if op == "-" else attrs.evolve(MEETING, overrides=OWN)
    assert hours(joined) == hours(OPS[op](given, other))
    assert joined.day_rules.overrides == {day.date: day for day in OWN}
    third = joined.day(date(2026, 7, 3))
    assert [str(part) for part in third.sessions] == ["08:30-09:00" if op == "-" else "08:00-09:00"]
    assert (third.reason_code, third.vi) == ("override", "họp (mẫu)")


def test_an_override_goes_before_that_of_a_part():
    """What is said of the whole holds where a part says something else."""
    off = [NoticeDay(day, "off") for day in DAYS[1:3]]
    for one, other in ((A, VP), (A.timetable, VP.timetable)):
        both = CombinedTimetable("intersection", (attrs.evolve(one, overrides=off), other))
        assert hours(WorkCalendar(timetable=both, days=None, overrides=OWN))[1:3] == [
            [],
            ["08:00-09:00"],
        ]
    alone = WorkCalendar(timetable=attrs.evolve(A.timetable, overrides=off), overrides=OWN)
    assert hours(alone)[1:3] == [[], ["08:00-09:00"]]


def test_the_days_that_are_settled_end_where_the_search_says():
    """The first settled day and the first that is not are the same whoever is asked for them."""
    both, day = A & VP, date(2026, 6, 1)
    wide = attrs.evolve(both, known_from=A.first_day, known_through=A.last_day)
    for office in (A, both, wide, attrs.evolve(both, known_from=day, known_through=day)):
        rules = office.day_rules
        first, end = rules.first_settled, rules.first_unsettled
        near = map(date.fromordinal, (first - 1, first, end - 1, end))
        assert [rules.find_unsettled(each, each) is None for each in near] == [
            False,
            True,
            True,
            False,
        ]
    tuesday = attrs.evolve(both, known_from=DAYS[6], known_through=DAYS[6])
    for _ in range(2):  # before its years are loaded, and after
        here = [datetime(2026, 7, n, 9, tzinfo=HANOI) for n in (6, 7, 8)]
        asked = (*here, *(at.astimezone(timezone(timedelta(hours=-5))) for at in here))
        assert [tuesday.allot(start, timedelta(hours=1)).provisional for start in asked] == [
            True,
            False,
            True,
        ] * 2


def test_a_notice_settles_days_for_all():
    """A year that a notice settles is settled for each part; a proposal is in doubt for each."""
    year = Notice("6/TB", date(2026, 10, 2), known_through=date(2027, 12, 31))
    start = datetime(2027, 3, 1, 9, tzinfo=HANOI)
    both = A & VP
    assert both.allot(start, timedelta(hours=8)).provisional
    told = both.with_notices([year])
    assert told.known_through == date(2027, 12, 31)
    assert not told.allot(start, timedelta(hours=8)).provisional
    proposal = Notice("7/ĐX", None, "expected", days=[NoticeDay(date(2027, 3, 2), "off")])
    doubt = told.with_notices([proposal])
    assert doubt.doubtful_day(start, start + timedelta(days=2)) == date(2027, 3, 2)
    assert (told.day(date(2027, 3, 2)).status, doubt.day(date(2027, 3, 2)).status) == (
        "official",
        "expected",
    )
    assert doubt.as_of(date(2026, 12, 1)).notices == told.notices


@pytest.mark.parametrize("op", ["|", "&"])
def test_what_a_part_does_not_know_the_whole_does_not_know(op):
    """Said to be known for longer than its parts are, a calendar is in doubt where a part is."""
    for joined in (OPS[op](A, VP), OPS[op](attrs.evolve(MEETING, timetable=A.timetable), A)):
        wide = attrs.evolve(joined, known_from=A.first_day, known_through=A.last_day)
        for day in (A.known_from - timedelta(days=400), A.known_through + timedelta(days=400)):
            start = datetime(day.year, 3, 3, 9, tzinfo=HANOI)
            for _ in range(2):  # before its years are loaded, and after
                assert wide.allot(start, timedelta(hours=1)).provisional
                assert wide.provisional(start, start + timedelta(hours=1))
        start = datetime(2025, 3, 4, 9, tzinfo=HANOI)
        assert not wide.allot(start, timedelta(hours=1)).provisional


def test_a_night_after_a_day_belongs_to_the_day_on_which_it_begins():
    """Two shifts of one office: each date has the hours of the day, and then the whole night."""
    day, night = Timetable.weekly("08:00-12:00"), Timetable.weekly("22:00-06:00")
    shifts = WorkCalendar(timetable=day | night, days=None)
    told = {info.date.day: [*map(str, info.sessions)] for info in map(shifts.day, DAYS)}
    whole = ["08:00-12:00", "22:00-06:00"]
    assert told == {n: whole if n in (1, 2, 3, 6, 7, 8) else [] for n in range(1, 9)}


def test_what_was_taken_out_of_a_part_closes_the_whole():
    """Where one office lacks its morning and the other its afternoon, the first cut is named."""
    begins = [datetime(2026, 7, 1, hour, tzinfo=HANOI) for hour in (6, 12, 20)]
    morning, afternoon = (
        Spans(Span(one, other), note=note)
        for one, other, note in zip(begins, begins[1:], ("mất điện", "lũ"), strict=False)
    )
    info = ((A - morning) & (VP - afternoon)).day(date(2026, 7, 1))
    assert (info.sessions, info.vi) == ((), "mất điện")


def test_time_in_an_hour_that_comes_twice_is_as_long_as_it_is():
    """In Berlin, from 02:50 to 02:10 or 02:50 on the clock that went back, they are a session."""
    begin = datetime(2026, 10, 25, 0, 50, tzinfo=UTC)
    bare = WorkCalendar(timetable=Timetable.weekly("08:00-12:00"), zone="Europe/Berlin", days=None)
    for minutes, told in ((20, "02:50-03:10"), (60, "02:50-03:50")):
        end = begin + timedelta(minutes=minutes)
        calendar = bare | Span(begin, end)
        assert [*map(str, calendar.day(date(2026, 10, 25)).sessions)] == [told]
        around = begin - timedelta(hours=1), end + timedelta(hours=1)
        assert calendar.between(*around) == timedelta(minutes=minutes)


def test_overtime_past_midnight_belongs_to_the_day_on_which_it_begins():
    """An evening that ends at two is one session of that day, and none of the next."""
    evening = Span(datetime(2026, 7, 1, 22, tzinfo=HANOI), datetime(2026, 7, 2, 2, tzinfo=HANOI))
    office = WorkCalendar(timetable=Timetable.weekly("08:00-12:00"), days=None) | evening
    told = [[str(part) for part in office.day(day).sessions] for day in DAYS[:2]]
    assert told == [["08:00-12:00", "22:00-02:00"], ["08:00-12:00"]]
    week = Timetable.weekly("08:00-12:00")
    noons = [datetime(2026, 7, day, 12, tzinfo=HANOI) for day in (4, 5)]
    for more, whole in ((0, ["12:00-12:00+1"]), (1, ["12:00-24:00", "00:00-12:00:00.000001"])):
        shift = Span(noons[0], noons[1] + more * timedelta.resolution)
        office = WorkCalendar(timetable=week | shift, days=None)
        assert [str(part) for day in DAYS[3:5] for part in office.day(day).sessions] == whole


def test_a_meeting_that_is_taken_away_is_not_moved_by_a_notice():
    """On a Saturday that is worked for no other day there is no meeting of a Monday."""
    meeting = Timetable.weekly("08:00-09:00", days="mon")
    saturday = Notice("9/TB", date(2026, 6, 15), days=[NoticeDay(date(2026, 7, 4), "worked")])
    hours = Timetable.weekly("08:00-12:00") - meeting
    office = WorkCalendar(timetable=hours, days=None, notices=[saturday])
    assert [str(part) for part in office.day(date(2026, 7, 4)).sessions] == ["08:00-12:00"]
    assert [str(part) for part in office.day(date(2026, 7, 6)).sessions] == ["09:00-12:00"]
    moved = NoticeDay(date(2026, 7, 6), "hours", sessions="11:00-12:00")
    own = Timetable.weekly("08:00-12:00") - attrs.evolve(meeting, overrides=[moved])
    (left,) = WorkCalendar(timetable=own, days=None).day(moved.date).sessions
    assert str(left) == "08:00-11:00"


def test_joined_once_more_what_was_added_is_kept():
    """Calendars put together are flat, unless notices were given for some of them."""
    both = A & VP
    assert len((both & HUE).timetable.parts) == 3
    assert len((attrs.evolve(both, overrides=OWN) & HUE).timetable.parts) == 2
    told = both.with_notices([OFF]) & HUE
    assert (len(told.timetable.parts), told.day(date(2026, 7, 2)).sessions) == (2, ())
    known = {"known_from": date(2020, 1, 1), "known_through": date(2026, 6, 1)}
    own = {"notices": [OFF], "overrides": OWN}
    strict = attrs.evolve(A, strict=True, expected=True, **known, **own)
    for joined in (strict & VP, VP & strict):
        assert (joined.strict, joined.expected, joined.days) == (True, False, None)
        assert joined.notices == joined.overrides == ()
        assert (joined.known_from, joined.known_through) == (*known.values(),)
        assert joined.name in ("A & VP", "VP & A")


def make_spans(day, opening, closing, note=""):
    """Return some hours of a day of July as single instants."""
    begin, end = (datetime(2026, 7, day, hour, tzinfo=HANOI) for hour in (opening, closing))
    return Spans(Span(begin, end), note=note)


def test_what_opens_or_closes_a_day_is_named():
    """Notes of what is added, or the first of what takes something away, and else by whom."""
    week, lunch = Timetable.weekly("08:00-12:00"), Timetable.weekly("11:00-13:00")
    duty, storm = make_spans(5, 8, 9, "trực"), make_spans(5, 10, 11, "bão")
    meeting = Timetable(
        hours=Hours(days="wed", sessions="07:00-13:00"), source="họp", source_en="meeting"
    )
    late = datetime(2026, 7, 4, 22, tzinfo=HANOI)  # a night of which only the morning is left
    night = Spans(Span(late, late + timedelta(hours=4)), note="trực")
    own, shut = "theo lịch riêng của cơ quan", "nghỉ theo lịch riêng của cơ quan"
    by_office = "closed by the office itself"
    asked = [
        (week | duty | storm | make_spans(5, 14, 15), 5, ("trực; bão", "trực; bão")),
        (week | duty | make_spans(6, 14, 15, "khác"), 5, ("trực", "trực")),
        (week | make_spans(5, 8, 9), 5, (own, "set by the office's own calendar")),
        (duty - week, 5, ("trực", "trực")),
        ((week & lunch) | (week | duty), 5, ("trực", "trực")),
        ((week | duty) - make_spans(5, 7, 8, "x"), 5, ("trực", "trực")),
        (week | ((week | storm) - make_spans(5, 8, 9, "x")), 5, ("bão", "bão")),
        ((week | duty) - make_spans(5, 7, 10, "x"), 5, ("x", "x")),
        (week - make_spans(5, 7, 9, "x") - make_spans(1, 8, 12, "mất điện"), 1, ("mất điện",) * 2),
        (week | storm | (lunch - make_spans(5, 8, 9, "x")), 5, ("bão", "bão")),
        ((week - make_spans(1, 8, 12, "x")) & (lunch | week), 1, ("x", "x")),
        (week - make_spans(1, 8, 12), 1, (shut, by_office)),
        (week - meeting, 1, ("họp", "meeting")),
        ((week | night) - Span(late, late + timedelta(hours=2)), 5, ("trực", "trực")),
        (week & (Timetable.weekly("13:00-14:00") | make_spans(2, 8, 9)), 1, (shut, by_office)),
    ]
    for timetable, day, words in asked:
        info = WorkCalendar(timetable=timetable, days=None).day(date(2026, 7, day))
        kind = "hours" if info.sessions else "off"
        told = {"kind": kind, "reason_code": "override", "source": "", "status": "official"}
        assert info == DayInfo(
            date=info.date, sessions=info.sessions, vi=words[0], en=words[1], **told
        )
        assert (info.name, info.issued, info.fixed_by) == (("", ""), None, ("", None))
        assert (info.swapped_with, info.predicted) == (None, False)


def test_the_status_of_a_day_is_the_most_doubtful_of_its_parts():
    """What one part expects the whole expects, and what one does not know is not official."""
    bare = WorkCalendar(timetable=Timetable.weekly("08:00-12:00"), days=None)
    late = attrs.evolve(A, known_from=date(2026, 6, 1))
    early = attrs.evolve(A, known_through=date(2026, 1, 1))
    asked = [
        (A & bare, 2017, "unconfirmed"), (bare | A, 2026, "official"), (A - bare, 2027, "expected"),
        (late & early, 2026, "expected"), (late & early, 2025, "unconfirmed"),
    ]  # fmt: skip
    for calendar, year, status in asked:
        assert calendar.day(date(year, 3, 4)).status == status


FIRSTS, LASTS = (date(2020, 1, 1), date(2021, 2, 1)), (date(2026, 3, 2), date(2027, 6, 1))
DATED = [
    Timetable(hours=Hours(days="mon-sun", sessions=text, effective_from=first, effective_to=last))
    for text, first, last in zip(("08:00-12:00", "07:00-09:00"), FIRSTS, LASTS, strict=True)
]
ALWAYS = Timetable.weekly("07:00-13:00", days="mon-sun")
CLOSED_DAYS = Timetable(
    hours=[
        attrs.evolve(DATED[0].hours[0], days="mon-fri"),
        Hours(days="sat", sessions=()),
        Hours(days=(), sessions="08:00-12:00"),
    ]
)
RANGES = [
    (DATED[0] | DATED[1], FIRSTS[0], LASTS[1]),
    (DATED[0] & DATED[1], FIRSTS[1], LASTS[0]),
    (DATED[0] - DATED[1], FIRSTS[0], LASTS[0]),
    (DATED[1] - DATED[0], FIRSTS[1], LASTS[1]),
    (DATED[0] & ALWAYS, FIRSTS[0], LASTS[0]),
    (ALWAYS & DATED[1] & DATED[0], FIRSTS[1], LASTS[0]),
    (CLOSED_DAYS, FIRSTS[0], LASTS[0]),
    (attrs.evolve(CLOSED_DAYS, overrides=OWN[:1]), FIRSTS[0], OWN[0].date),
    (attrs.evolve(CLOSED_DAYS, overrides=OFF.days), FIRSTS[0], LASTS[0]),
    (DATED[0] | ALWAYS, None, None),
    *(
        (Timetable(hours=(), overrides=[attrs.evolve(OWN[0], date=day)]), *ends)
        for day, ends in (
            (date(1900, 1, 1), (None, date(1900, 1, 1))),
            (date(2199, 12, 31), (date(2199, 12, 31), None)),
        )
    ),
    (ALWAYS & ALWAYS, None, None),
    *(
        (
            Timetable(hours=attrs.evolve(ALWAYS.hours[0], effective_from=first, effective_to=last)),
            *(ends or (first, last)),
        )
        for first, last, ends in (
            (date(1900, 1, 1), date(2199, 12, 31), (None, None)),
            (date(1900, 1, 2), date(2199, 12, 30), None),
        )
    ),
    (ALWAYS - DATED[0], None, None),
]


@pytest.mark.parametrize(("timetable", "first", "last"), RANGES)
def test_where_hours_end_the_error_names_their_last_day(timetable, first, last):
    """Any part goes on for a union, all for an intersection, and the first for a difference."""
    calendar = WorkCalendar(timetable=timetable, days=None)
    for edge, step, day in ((date(2200, 1, 1), 1, last), (date(1899, 12, 31), -1, first)):
        with pytest.raises(NoWorkingTimeError if day else CoverageError) as caught:
            calendar.find_working_day(edge, timedelta(days=step))
        assert not day or caught.value.facts["day"] == day


def test_a_day_that_a_notice_opens_may_be_the_last():
    """Hours that a notice sets count like those of the office, one that closes does not."""
    told = [Notice("1/TB", date(2026, 6, 15), days=OWN[:1]), OFF]
    calendar = WorkCalendar(timetable=CLOSED_DAYS, days=None, notices=told)
    assert calendar.day_rules.find_last_date(forward=True) == OWN[0].date
    assert calendar.day_rules.find_last_date(forward=False) == FIRSTS[0]
