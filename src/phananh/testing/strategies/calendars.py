"""Hypothesis strategies for whole calendars: any week, season, shift, zone and own days.

A law of working time that holds for offices from eight to five may fail at a shift past
midnight, at a second that divides no hour, or when clocks change. So these are drawn too. Every
calendar drawn works at least an hour in each week of an ordinary month. Importing this module loads
no profile and changes no setting.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, time, timedelta

from phananh.testing.drawing import st
from phananh.testing.strategies.instants import TURNING_DAYS
from phananh.worktime import Notice, NoticeDay, Timetable, WorkCalendar
from phananh.worktime.days.vietnam import VIETNAM_DAYS, VietnamDays
from phananh.worktime.session import Session
from phananh.worktime.timetable import Hours

ZONES = (
    "Asia/Ho_Chi_Minh",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",
    "UTC",
)
"""Vietnam, three zones whose clocks change (one of them by half an hour), and UTC."""

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
MORNING = 6 * HOUR
"""No session of a timetable with nights opens earlier, and no night lasts longer."""

_FRACTIONS = (timedelta(), timedelta(), timedelta(seconds=7), timedelta(microseconds=1))
_WEEKS = (
    ("mon-fri",),
    ("mon-fri",),
    ("mon-sun",),
    ("mon-fri", "sat"),
    ("mon-thu", "fri-sat"),
    ("wed,sat",),
)
_OFFICE = Timetable.weekly("08:00-12:00, 13:00-17:00")
_LEAP = date(2000, 1, 1)  # a year in which every border of a season exists
_FIRST, _LAST = date(2024, 12, 1), date(2026, 12, 31)
_TURNING = [day for day in TURNING_DAYS if day >= _FIRST]
_DATES = st.one_of(st.sampled_from([*_TURNING, date(2025, 12, 31)]), st.dates(_FIRST, _LAST))


def timetables() -> st.SearchStrategy[Timetable]:
    """Draw weeks of one to three sessions a day, split by weekday, season and date.

    Boundaries lie on half hours or quarters, at times a second or a microsecond off. One in four
    timetables has nights that pass midnight, and some do not close. The simplest is a week of
    office hours.
    """
    usual = st.sampled_from((_OFFICE, Timetable.weekly("00:00-24:00", days="mon-sun")))
    plain, nights = (_timetables_of_hours(nights=passes) for passes in (False, True))
    return st.one_of(usual, plain, plain, nights)


@st.composite
def _timetables_of_hours(draw: st.DrawFn, *, nights: bool) -> Timetable:
    week = draw(st.sampled_from(_WEEKS))
    days = sessions(nights=nights)
    hours = [
        Hours(days=part, sessions=draw(days), season=season, effective_from=since, effective_to=end)
        for season in draw(_seasons())
        for since, end in draw(_validity())
        for part in week
    ]
    return Timetable(hours=hours)


def sessions(*, nights: bool = False) -> st.SearchStrategy[tuple[Session, ...]]:
    """Draw the sessions of one day, in order and apart, together an hour or more.

    Args:
        nights: the last one passes midnight, and none opens before 06:00.
    """
    return _sessions(nights=nights)


@st.composite
def _sessions(draw: st.DrawFn, *, nights: bool) -> tuple[Session, ...]:
    step = draw(st.sampled_from((HOUR / 2, HOUR / 4)))
    nudge = draw(st.sampled_from(_FRACTIONS))
    low = MORNING // step if nights else 0
    count = 2 * draw(st.integers(1, 3))
    span = st.integers(low, 21 * HOUR // step)
    edges = sorted(draw(st.lists(span, min_size=count, max_size=count, unique=True)))
    found = [(step * a + nudge, step * b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if nights:
        tail = draw(st.integers(1, MORNING // step))
        found.append((22 * HOUR + nudge, DAY + step * tail))
    elif sum((b - a for a, b in found), timedelta()) < HOUR:
        found.append((22 * HOUR, 23 * HOUR + nudge))
    return tuple(Session(a, b) for a, b in found)


def _seasons() -> st.SearchStrategy[Sequence[tuple[tuple[int, int], tuple[int, int]] | None]]:
    borders = st.integers(0, 365).map(lambda n: _LEAP + n * DAY)
    pairs = st.lists(borders, min_size=2, max_size=2, unique=True).map(_two_seasons)
    return st.one_of(st.just((None,)), pairs)


def _two_seasons(borders: list[date]) -> Sequence[tuple[tuple[int, int], tuple[int, int]]]:
    return tuple(
        ((one.month, one.day), ((other - DAY).month, (other - DAY).day))
        for one, other in (borders, borders[::-1])
    )


def _validity() -> st.SearchStrategy[Sequence[tuple[date | None, date | None]]]:
    always: Sequence[tuple[date | None, date | None]] = ((None, None),)
    changed = st.dates(_FIRST, _LAST).map(lambda day: ((None, day - DAY), (day, None)))
    return st.one_of(st.just(always), changed)


def calendars(
    *, zones: Iterable[str] = ZONES, days: Iterable[VietnamDays | None] = (None, VIETNAM_DAYS)
) -> st.SearchStrategy[WorkCalendar]:
    """Draw calendars with own days, swaps and proposals between 2024-12-01 and 2026-12-31.

    Args:
        zones: IANA names of the clocks to draw from.
        days: the public days to draw from. None is a calendar without any.
    """
    return _calendars(zones=tuple(zones), days=tuple(days))


@st.composite
def _calendars(
    draw: st.DrawFn, *, zones: tuple[str, ...], days: tuple[VietnamDays | None, ...]
) -> WorkCalendar:
    timetable = draw(timetables())
    swapped = draw(st.lists(_DATES, max_size=2, unique=True))
    proposed = draw(st.lists(_DATES.filter(lambda day: day not in swapped), max_size=1))
    own = draw(st.lists(st.one_of(_DATES, st.sampled_from(swapped or [_LAST])), max_size=4))
    notices = [_make_swap("1/TB", date(2099, 1, 1), *swapped)] if len(swapped) == 2 else []
    notices += [Notice("2/TB", None, "expected", [NoticeDay(day, "off")]) for day in proposed]
    return WorkCalendar(
        name="drawn",
        timetable=timetable,
        zone=draw(st.sampled_from(zones)),
        days=draw(st.sampled_from(days)),
        notices=notices,
        overrides=[draw(_own_days(day)) for day in sorted({*own})],
    )


def notices(
    *, first: date = date(2025, 4, 21), last: date = _LAST, status: str | None = None
) -> st.SearchStrategy[Notice]:
    """Draw official notices: a day off, or a swap of two days, from `first` to `last`.

    A notice is issued on the first day it moves or up to sixty days before, and some have no date.
    In a swap one day is off, and the other is worked.

    Args:
        first: the earliest date that is moved.
        last: the latest, included.
        status: "official" or "expected". None is either.
    """
    turning = [day for day in TURNING_DAYS if first <= day <= last]
    whole = st.dates(first, last)
    dates = st.one_of(whole, st.sampled_from(turning)) if turning else whole
    known = ("official", "expected") if status is None else (status,)
    return _notices(dates, known)


@st.composite
def _notices(draw: st.DrawFn, dates: st.SearchStrategy[date], known: tuple[str, ...]) -> Notice:
    off, worked = draw(dates), draw(dates)
    days = (off, worked) if off != worked and draw(st.booleans()) else (off,)
    before = draw(st.sampled_from((0, 1, 7, 30, 60, None)))
    issued = None if before is None else min(days) - before * DAY
    document, status = f"{draw(st.integers(1, 998))}/TB", draw(st.sampled_from(known))
    if len(days) == 2:
        return _make_swap(document, issued, off, worked, status=status)
    return Notice(document, issued, status, [NoticeDay(off, "off")])


def _make_swap(
    document: str, issued: date | None, off: date, worked: date, *, status: str = "official"
) -> Notice:
    days = [NoticeDay(off, "off", worked), NoticeDay(worked, "worked", off)]
    return Notice(document, issued, status, days)


def _own_days(day: date) -> st.SearchStrategy[NoticeDay]:
    fixed = [NoticeDay(day, "off"), NoticeDay(day, "worked")]
    hours = st.booleans().flatmap(lambda nights: sessions(nights=nights))
    return st.one_of(
        st.sampled_from(fixed), hours.map(lambda own: NoticeDay(day, "hours", sessions=own))
    )


def turning_days(calendar: WorkCalendar) -> tuple[date, ...]:
    """Return the dates at which the hours of a drawn calendar change: where defects live."""
    named = {day.date for notice in calendar.notices for day in notice.days}
    named |= {day.date for day in calendar.overrides}
    for part in _hours_of(calendar):
        named |= {day for day in (part.effective_from, part.effective_to) if day}
        borders = [] if part.season is None else [part.season[0]]
        named |= {date(year, *day) for year in (2025, 2026) for day in borders if day != (2, 29)}
    return tuple(sorted(named | {date(2025, 12, 31)}))


def boundaries(calendar: WorkCalendar) -> tuple[time, ...]:
    """Return the wall-clock times at which sessions of a calendar open and close."""
    days = [part.sessions for part in _hours_of(calendar)]
    days += [day.sessions for day in calendar.overrides]
    edges = {edge for day in days for part in day for edge in (part.open, part.close)}
    midnight = datetime(2000, 1, 1, tzinfo=UTC)
    return tuple(sorted({(midnight + edge).time() for edge in edges}))


def _hours_of(calendar: WorkCalendar) -> Iterable[Hours]:
    return calendar.timetable.hours if isinstance(calendar.timetable, Timetable) else ()
