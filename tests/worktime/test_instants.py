"""The doors: what comes in, what is refused at once, and what comes out (Art. 9)."""

import pickle
import zoneinfo
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from importlib.resources import files
from zoneinfo import ZoneInfo

import attrs
import pytest

from phananh.errors import CoverageError, InputError, InputTypeError, NoWorkingTimeError
from phananh.worktime import NoticeDay, Span, Term, Timetable, WorkCalendar, vietnam_calendar
from phananh.worktime.days.vietnam import VIETNAM_DAYS
from phananh.worktime.timetable import Hours
from tests.worktime.calendars import HANOI, HOUR

NOON = datetime(2026, 3, 4, 12, tzinfo=HANOI)


def _asked(calendar, t):
    """Return each question about `t`, with the name of the argument that it is given for."""
    return [
        ("start", lambda: calendar.add(t, HOUR)),
        ("start", lambda: calendar.add(t, timedelta())),
        ("end", lambda: calendar.subtract(t, HOUR)),
        ("start", lambda: calendar.between(t, NOON)),
        ("end", lambda: calendar.between(NOON, t)),
        ("start", lambda: calendar.spans(t, NOON)),
        ("end", lambda: calendar.spans(NOON, t)),
        ("at", lambda: calendar.is_open(t)),
        ("at", lambda: calendar.next_opening(t)),
        ("start", lambda: calendar.allot(t, HOUR)),
        ("start", lambda: calendar.provisional(t, NOON)),
        ("due", lambda: calendar.provisional(NOON, t)),
        ("start", lambda: calendar.explain(t, HOUR)),
        ("now", lambda: calendar.remaining(t, NOON)),
        ("due", lambda: calendar.remaining(NOON, t)),
        ("now", lambda: calendar.overrun(t, NOON)),
        ("due", lambda: calendar.overrun(NOON, t)),
        ("now", lambda: calendar.time_left_text(t, NOON)),
        ("due", lambda: calendar.time_left_text(NOON, t)),
    ]


@pytest.mark.parametrize("field", ["start", "end"])
@pytest.mark.parametrize("wrong", [datetime(2026, 3, 4, 9), "2026-03-04T09:00+07:00", 3])
def test_a_span_has_two_aware_ends(field, wrong):
    """A naive datetime at either end, and what is no datetime, is refused at that end."""
    ends = {"start": datetime(2026, 3, 4, 8, tzinfo=UTC), "end": datetime(2026, 3, 5, tzinfo=UTC)}
    with pytest.raises(InputError) as refused:
        Span(**{**ends, field: wrong})
    assert refused.value.field == field


@pytest.mark.parametrize("warm", [False, True])
def test_a_naive_datetime_is_refused_everywhere(warm):
    """A time without an offset raises at every door, before and after years are loaded."""
    calendar = WorkCalendar(timetable=Timetable.weekly("08:00-12:00"))
    if warm:
        calendar.add(NOON, HOUR)
    naive = datetime(2026, 3, 4, 9)
    expiry = Term.days(5).expiry(NOON, on=calendar)
    asked = (("at", partial(ask, naive)) for ask in (expiry.is_late, expiry.remaining))
    for field, ask in (*_asked(calendar, naive), *asked):
        with pytest.raises(InputError, match=r"has no offset; .*ZoneInfo") as caught:
            ask()
        assert not isinstance(caught.value, InputTypeError)
        assert caught.value.field == field


@pytest.mark.parametrize("wrong", [date(2026, 3, 4), "2026-03-04", 5, None, time(9, tzinfo=UTC)])
def test_what_is_no_datetime_is_a_type_error(wrong):
    """Dates, texts and numbers are refused as types, at every door."""
    for field, ask in _asked(vietnam_calendar("A"), wrong):
        with pytest.raises(InputTypeError, match="is not a datetime") as caught:
            ask()
        assert caught.value.field == field


@pytest.mark.parametrize("wrong", [5, True, 5.0, "5h", None])
def test_a_budget_is_a_timedelta(wrong):
    """A bare number could be hours, minutes or days: use timedelta."""
    calendar = vietnam_calendar("A")
    for ask in (calendar.add, calendar.subtract, calendar.allot, calendar.explain):
        with pytest.raises(InputTypeError, match="use timedelta") as caught:
            ask(NOON, wrong)
        assert caught.value.field == "budget"


@pytest.mark.parametrize("w", [timedelta.max, timedelta.min, timedelta(days=365 * 200)])
def test_a_budget_beyond_all_years_is_a_coverage_error(w):
    """A budget that no calendar can hold is refused quickly, never with an overflow."""
    for calendar in (
        vietnam_calendar("A"),
        WorkCalendar(
            timetable=Timetable.weekly("00:00-24:00", days="mon-sun"), days=None, zone="UTC"
        ),
    ):
        for ask in (calendar.add, calendar.subtract, calendar.allot):
            with pytest.raises(CoverageError):
                ask(NOON, w)
            with pytest.raises(CoverageError):
                ask(NOON, -w if w != timedelta.max else timedelta.min)


def test_days_outside_the_calendar_are_refused():
    """Before 1976 and after 2100 nothing is known, and nothing is guessed."""
    calendar = vietnam_calendar("A")
    edges = (datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC))
    for t in (datetime(1975, 12, 31, 12, tzinfo=HANOI), datetime(2101, 1, 1, tzinfo=HANOI), *edges):
        for _, ask in _asked(calendar, t):
            with pytest.raises(CoverageError):
                ask()
    for day in (date(1975, 12, 31), date(2101, 1, 1)):
        with pytest.raises(CoverageError, match="1976-01-01 to 2100-12-31"):
            calendar.day(day)
    with pytest.raises(InputTypeError):
        calendar.day(datetime(2026, 3, 4))


def test_a_calendar_that_never_opens_is_refused_when_built():
    """No session at all, or only on days that are never worked, is refused at once."""
    new_year = Hours(days="mon-sun", sessions="08:00-12:00", season=("01-01", "01-01"))
    week = Hours(days="mon", sessions="08:00-09:00")
    for hours in (
        (),
        attrs.evolve(week, sessions=()),
        attrs.evolve(week, days=()),
        attrs.evolve(week, effective_to=date(1970, 1, 1)),
        attrs.evolve(week, effective_from=date(2150, 1, 1)),
    ):
        with pytest.raises(NoWorkingTimeError):
            WorkCalendar(timetable=Timetable(hours=hours))
    past = attrs.evolve(VIETNAM_DAYS, last_day=date(2019, 12, 31), known_through=date(2019, 6, 1))
    for hours, days in (
        (new_year, VIETNAM_DAYS),
        (attrs.evolve(week, effective_from=date(2020, 1, 1)), past),
    ):
        with pytest.raises(NoWorkingTimeError):
            WorkCalendar(timetable=Timetable(hours=hours), days=days)
    assert WorkCalendar(timetable=Timetable(hours=new_year), days=None)
    assert WorkCalendar(
        timetable=Timetable(hours=()),
        overrides=[NoticeDay(date(2026, 3, 4), "hours", sessions="08:00-09:00")],
    )


def test_a_schedule_that_ends_says_so():
    """Beyond the last day of its hours a calendar has no working time left."""
    ended = Hours(days="mon-fri", sessions="08:00-12:00", effective_to=date(2026, 3, 6))
    for hours in (ended, (ended, Hours(days="sat", sessions=()))):
        calendar = WorkCalendar(timetable=Timetable(hours=hours))
        with pytest.raises(NoWorkingTimeError, match="after 2026-03-06"):
            calendar.add(NOON, 100 * HOUR)


def test_plain_calendars_are_shared():
    """Two plain calls give one calendar, so that its years are loaded once."""
    assert vietnam_calendar("VP") is vietnam_calendar("VP")
    assert vietnam_calendar("VP") != vietnam_calendar("A")


def test_a_calendar_is_a_value():
    """Copies are equal and hash alike; a loaded calendar equals one that is not."""
    loaded = vietnam_calendar("A", overrides=[NoticeDay(date(2026, 3, 5), "off")])
    fresh = vietnam_calendar("A", overrides=[NoticeDay(date(2026, 3, 5), "off")])
    assert loaded.add(NOON, 5 * HOUR) == datetime(2026, 3, 6, 8, 30, tzinfo=HANOI)
    assert loaded == fresh == pickle.loads(pickle.dumps(loaded))
    assert len({loaded, fresh, pickle.loads(pickle.dumps(loaded))}) == 1
    with pytest.raises(AttributeError):
        loaded.name = "other"


def test_spans_are_half_open():
    """A span holds its start and not its end, and knows its length across clock changes."""
    berlin = ZoneInfo("Europe/Berlin")
    span = Span(datetime(2026, 3, 29, 0, tzinfo=berlin), datetime(2026, 3, 29, 8, tzinfo=berlin))
    assert span.length == 7 * HOUR
    assert span.start in span
    assert span.end not in span
    with pytest.raises(InputError):
        Span(span.end, span.start)


def test_a_calendar_is_made_of_the_right_things():
    """A timetable, notices and overrides of another type are refused by their names."""
    timetable = Timetable.weekly("08:00-12:00")
    for wrong in (
        {"timetable": "A"},
        {"timetable": timetable, "notices": ["1/TB"]},
        {"timetable": timetable, "overrides": [date(2026, 3, 4)]},
        {"timetable": timetable, "known_through": datetime(2026, 3, 4)},
    ):
        with pytest.raises(InputTypeError) as caught:
            WorkCalendar(**wrong)
        assert caught.value.field == list(wrong)[-1]
    for zone in ("Mars/Base", "", "../etc", 7, "\0"):
        with pytest.raises(InputError, match="zone"):
            WorkCalendar(timetable=timetable, zone=zone)


MACHINES = ("localtime", "posixrules", "Factory", "right/UTC", "posix/Asia/Tokyo")


@pytest.fixture
def machine(tmp_path):
    """Yield the zones of a machine that has its own time among them."""
    tokyo = files("tzdata").joinpath("zoneinfo/Asia/Tokyo").read_bytes()
    for name in (*MACHINES, "Asia/Nha_Trang"):
        tmp_path.joinpath(name).parent.mkdir(exist_ok=True, parents=True)
        tmp_path.joinpath(name).write_bytes(tokyo)
    zoneinfo.reset_tzpath([str(tmp_path)])
    yield
    zoneinfo.reset_tzpath()
