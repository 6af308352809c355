"""Law 29: the version of a calendar is its specification, and nothing else.

It is computed in `phananh.worktime.calendar.work_calendar`.
"""

import pickle
from datetime import date, datetime, timedelta

import attrs
import pytest
from hypothesis import given, settings, strategies as st

from phananh.testing.strategies import TURNING_DAYS
from phananh.worktime import Notice, NoticeDay, Span, Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.presets import PRESETS
from phananh.worktime.session import Session
from phananh.worktime.timetable import Hours
from tests.oracle.compare import VIETNAM
from tests.oracle.hours import SESSIONS
from tests.worktime.calendars import FRESH, HOUR
from tests.worktime.laws import law

LAW = settings(deadline=None, max_examples=50)
EACH = pytest.mark.parametrize("name", FRESH)
days = st.one_of(st.sampled_from(TURNING_DAYS), st.dates(date(2019, 1, 1), date(2027, 12, 31)))
NOTICES = [
    Notice("1/TB", date(2027, 3, 1), days=[NoticeDay(date(2027, 4, 5), "off")]),
    Notice("2/TB", date(2027, 3, 2), days=[NoticeDay(date(2027, 4, 10), "worked")]),
    Notice("3/TB", date(2027, 3, 3), "expected", days=[NoticeDay(date(2027, 4, 12), "off")]),
    Notice(
        "4/TB",
        date(2027, 3, 4),
        days=[NoticeDay(date(2027, 5, 6), "hours", sessions="07:30-11:30")],
    ),
]


@EACH
def test_law_29_equal_calendars_have_one_version(name):
    """Two calendars made alike are equal and bear the same twelve hexadecimal digits."""
    one, other = FRESH[name](), FRESH[name]()
    assert (one, one.version, len(one.version)) == (other, other.version, 12)
    assert int(one.version, 16) >= 0


def test_a_first_known_day_is_part_of_the_version_whichever_it_is():
    """Known from earlier or later than its notices say, a calendar is another."""
    for name in FRESH:
        plain = FRESH[name]()
        froms = (date(1990, 1, 1), plain.known_from, date(2021, 1, 1))
        assert len({FRESH[name](known_from=day).version for day in froms}) == 3
        assert FRESH[name](known_from=plain.known_from).version == plain.version


@pytest.mark.parametrize("name", SESSIONS)
@given(order=st.permutations(NOTICES))
@LAW
def test_law_29_the_order_of_notices_is_invisible(name, order):
    """Notices given in any order make the same version and the same answers."""
    sorted_, shuffled = FRESH[name](notices=NOTICES), FRESH[name](notices=order)
    assert shuffled.version == sorted_.version != FRESH[name]().version
    start = datetime(2027, 4, 2, 15, tzinfo=VIETNAM)
    assert shuffled.add(start, 200 * HOUR) == sorted_.add(start, 200 * HOUR)


@law(29)
def test_law_29_what_is_the_same_week_has_one_version(office, years):
    """Cut sessions, hours and days in another order, and loaded years leave the version alone."""
    week = office.parts["timetable"]
    other = office.fresh(
        timetable=attrs.evolve(week, hours=[*map(_cut, reversed(week.hours))]),
        overrides=office.parts["overrides"][::-1],
        notices=office.parts["notices"][::-1],
    )
    for year in years:
        other.next_opening(datetime(year, 6, 1, tzinfo=office.zone))
    same = office.calendar
    assert (other.version, other, hash(other)) == (same.version, same, hash(same))


def _cut(hours):
    first, *others = hours.sessions
    middle = (first.open + min(first.close, timedelta(days=1))) / 2
    return attrs.evolve(
        hours, sessions=[*others, Session(middle, first.close), Session(first.open, middle)]
    )


@law(29)
def test_law_29_another_day_zone_or_name_of_what_is_known_is_another_version(office, t, choice):
    """A day of its own, another clock and another last day known each give another version."""
    zone = "UTC" if office.parts["zone"] != "UTC" else "Asia/Ho_Chi_Minh"
    versions = [
        office.calendar.version,
        office.with_days(NoticeDay(t.date(), "hours", sessions="03:00-03:01")).version,
        office.fresh(zone=zone).version,
        office.fresh(known_through=date(2023, 1, 1) + choice % 300 * timedelta(days=1)).version,
        office.fresh(known_through=date(2023, 1, 2) + choice % 300 * timedelta(days=1)).version,
        office.fresh(expected=True).version,
    ]
    assert len(set(versions)) == len(versions)


@pytest.mark.parametrize("name", SESSIONS)
@given(day=days)
@LAW
def test_law_29_any_day_changed_is_another_version(name, day):
    """A day turned from open to off, or from off to worked, gives another version."""
    calendar = FRESH[name]()
    kind = "worked" if calendar.day(day).kind == "off" else "off"
    changed = FRESH[name](overrides=[NoticeDay(day, kind)])
    noticed = FRESH[name](notices=[Notice("9/TB", day, days=[NoticeDay(day, kind)])])
    assert len({calendar.version, changed.version, noticed.version}) == 3
    assert changed.day(day).kind == kind == noticed.day(day).kind


@EACH
def test_law_29_a_pickled_calendar_is_the_same_calendar(name):
    """A calendar sent to another process has its version and gives its answers."""
    calendar = FRESH[name]()
    start = datetime(2026, 3, 4, 12, tzinfo=VIETNAM)
    calendar.add(start, HOUR)
    sent = pickle.loads(pickle.dumps(calendar))
    assert (sent, sent.version) == (calendar, calendar.version)
    assert sent.add(start, 100 * HOUR) == calendar.add(start, 100 * HOUR)


@pytest.mark.parametrize(
    "change",
    [
        {"issued": date(2027, 3, 9)},
        {"known_on": date(2027, 2, 20)},
        {"known_on": None},
        {"office": "Sở Nội vụ"},
        {"document": "9/TB"},
        {"days": [NoticeDay(date(2027, 4, 5), "off", note="họp")]},
        {"days": [NoticeDay(date(2027, 4, 5), "off", note="nửa \ud800")]},
        {"days": [NoticeDay(date(2027, 4, 5), "hours", sessions="07:30-11:30")]},
    ],
)
@pytest.mark.parametrize("status", ["official", "expected"])
def test_equal_calendars_say_the_same_and_have_one_version(change, status):
    """A notice that differs in anything makes another value; its place in the list does not."""
    notice = attrs.evolve(NOTICES[0], status=status)
    other = attrs.evolve(notice, **change)
    one, two, three = (
        WorkCalendar(timetable=PRESETS["A"].timetable, notices=notices)
        for notices in ([NOTICES[1], notice], [NOTICES[1], other], [notice, NOTICES[1]])
    )
    assert one != two
    assert (one, (hash(one), one.version)) == (three, (hash(three), three.version))


def test_what_hours_are_called_in_english_is_part_of_the_value():
    """Two calendars that name their hours otherwise explain a deadline otherwise."""
    hours = PRESETS["A"].timetable
    english = attrs.evolve(hours, source_en="office hours")
    assert WorkCalendar(timetable=hours) != WorkCalendar(timetable=english)


def test_the_notice_that_fixes_a_year_is_part_of_the_version():
    """Its number and its date of issue are told of each day that it fixes."""
    year = Notice("6/TB", date(2026, 10, 2), known_through=date(2027, 12, 31))
    others = (
        year,
        attrs.evolve(year, document="7/TB"),
        attrs.evolve(year, issued=date(2026, 10, 3)),
    )
    timetable = PRESETS["A"].timetable
    assert len({WorkCalendar(timetable=timetable, notices=[each]).version for each in others}) == 3


def test_versions_that_were_stored_are_those_of_today():
    """A deadline of years ago finds its calendar: what is hashed, and how, has not changed."""
    past, season = date(2026, 11, 25), Hours(
        days="mon-sat", sessions="22:00-06:00", season=("10-16", "04-15"),
        effective_from=date(2020, 1, 1), effective_to=date(2027, 12, 31),
    )  # fmt: skip
    nights = WorkCalendar(
        timetable=Timetable(hours=[season, Hours(days="wed", sessions="08:00-09:00:30",
                                                 season=("04-17", "10-15"))],
                            overrides=[NoticeDay(date(2026, 7, 1), "off", note="họp")]),
        zone="Europe/Berlin", days=None, notices=NOTICES, known_from=date(2021, 1, 1),
        overrides=[NoticeDay(date(2026, 7, 2), "hours", sessions="08:00-09:00")], expected=True,
    )  # fmt: skip
    a, vp = (vietnam_calendar(name, as_of=past) for name in ("A", "VP"))
    cut = Span(datetime(2026, 3, 4, 9, tzinfo=VIETNAM), datetime(2026, 3, 4, 10, tzinfo=VIETNAM))
    asked = [a, vietnam_calendar("VP", as_of=past, expected=True), nights, a & vp, a - cut,
             a - Timetable.weekly("08:00-09:00") - Timetable.weekly("16:00-17:00"),
             attrs.evolve(a, notices=[attrs.evolve(NOTICES[0], known_through=date(2028, 1, 1))]),
             ]  # fmt: skip
    assert [calendar.version for calendar in asked] == [
        "00c3f7e43eda",
        "de0d35bfdb1e",
        "8d0757a38a27",
        "4abef6550c23",
        "a59eb4612965",
        "1fb77a89eb3d",
        "ae8b955f6d5a",
    ]
