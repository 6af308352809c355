"""Calendars that others offer, each set up as well as its documentation allows.

All are given the same days, from the table that the tests typed by hand (tests/oracle/days.py).
Where a library knows no worked Saturday but only a week, Saturday is in its week and every
other Saturday is a holiday. A library that cannot be imported is absent, and said to be.
"""

import operator
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from importlib.metadata import version
from typing import Any
from zoneinfo import ZoneInfo

import attrs

from benchmarks.calendars_by_hand import DayLoop, NumpyRecipe
from benchmarks.rounds import Call
from tests.oracle.days import FIRST, LAST, OFF, WORKED, is_worked
from tests.oracle.hours import SESSIONS

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MORNING, AFTERNOON = (time(7, 30), time(11, 30)), (time(13, 30), time(17, 30))
ALL_DAYS = [FIRST + DAY * n for n in range((LAST - FIRST).days + 1)]
SATURDAYS = [day for day in ALL_DAYS if day.weekday() == 5 and day not in WORKED]
CLOSED = sorted({*OFF, *SATURDAYS})

Asked = Callable[[datetime, timedelta], Call]


class InexpressibleError(Exception):
    """What is asked cannot be said to this library."""


@attrs.frozen(kw_only=True)
class Peer:
    """A calendar beside ours: how it is asked for a deadline, by the hours of A and of VP.

    `aware` says that it takes datetimes with a zone. `flags` says of a deadline that it may
    still move, `refusals` are the errors that say that a day is not covered. `worked` is how
    worked Saturdays were entered.
    """

    name: str
    package: str = ""
    asked: Asked
    seasons: Asked | None = None
    aware: bool = True
    flags: Callable[[datetime, timedelta], bool] | None = None
    refusals: tuple[type[Exception], ...] = ()
    worked: str = ""

    def shown(self) -> str:
        """Return the name with the version."""
        if not self.package:
            return self.name
        release = version(self.package)
        own = self.name == self.package
        return f"{self.name} {release}" if own else f"{self.name} ({self.package} {release})"

    def native(self, t: datetime) -> datetime:
        """Return an instant of Vietnam's clock as the calendar takes it."""
        return t if self.aware else t.replace(tzinfo=None)

    def answer(self, t: datetime, w: timedelta, *, preset: str = "A") -> datetime:
        """Return when `w` is used up from `t`, on Vietnam's wall clock.

        Raises:
            InexpressibleError: the library has no words for it.
        """
        asked = self.asked if preset == "A" else self.seasons
        if asked is None:
            raise InexpressibleError
        call = asked(t, w)
        due = call.function(*call.arguments)
        return due.astimezone(VIETNAM).replace(tzinfo=None) if due.tzinfo else due


@attrs.frozen
class Absent:
    """A library that could not be loaded, and why."""

    name: str
    why: str


def phananh() -> Peer:
    """Return our calendars, as they come."""
    from phananh.worktime import vietnam_calendar

    week, seasons = vietnam_calendar("A"), vietnam_calendar("VP")
    return Peer(
        name="phananh",
        asked=lambda t, w: Call(week.add, (t, w)),
        seasons=lambda t, w: Call(seasons.add, (t, w)),
        flags=lambda t, w: week.allot(t, w).provisional,
        worked="notices, built in",
    )


def workclock() -> Peer:
    """Return the schedule of `workclock`, Saturdays and all."""
    return attrs.evolve(_workclock(range(6), CLOSED), worked="a six-day week")


def workclock_five_days() -> Peer:
    """Return the same without the worked Saturdays: it has to look less far."""
    return attrs.evolve(
        _workclock(range(5), [*OFF]), name="workclock, no worked Saturdays", worked=""
    )


def _workclock(week: range, closed: list[date]) -> Peer:
    from workclock import Holidays, Schedule, WorkDay

    rules = [WorkDay(*hours, days=week) for hours in (MORNING, AFTERNOON)]
    schedule = Schedule([*rules, Holidays(closed)], time_zone=VIETNAM)
    return Peer(
        name="workclock", package="workclock", asked=lambda t, w: Call(schedule.add, (t, w))
    )


def timegrid() -> Peer:
    """Return the calendars of `timegrid`; that of VP has every day written out."""
    import timegrid

    week = timegrid.TimeGridCalendar.create().open_weekdays(*MORNING).open_weekdays(*AFTERNOON)
    for day in OFF:
        week.close(day)
    seasons = timegrid.TimeGridCalendar.create()
    for calendar, preset, days in (
        (week, "A", WORKED),
        (seasons, "VP", filter(is_worked, ALL_DAYS)),
    ):
        for start, end in (span for day in days for span in SESSIONS[preset](day)):
            calendar.set_open_window(start.isoformat(), start, end)
    return Peer(
        name="timegrid",
        package="timegrid",
        asked=lambda t, w: Call(week.add_work_duration, (t, w)),
        seasons=lambda t, w: Call(seasons.add_work_duration, (t, w)),
        aware=False,
        worked="open windows",
    )


def django_bizcal() -> Peer:
    """Return the calendars of `django-bizcal`; that of VP has every summer day overridden."""
    from django_bizcal import WorkingCalendar
    from django_bizcal.exceptions import CalendarRangeError

    def calendar(preset: str, days: list[date]) -> Any:
        return WorkingCalendar.from_country(
            country="VN",
            years=range(FIRST.year, LAST.year + 1),
            tz="Asia/Ho_Chi_Minh",
            weekly_schedule=dict.fromkeys(range(5), _texts(preset, date(2026, 3, 4))),
            extra_holidays=list(OFF),
            day_overrides={day: _texts(preset, day) for day in days},
        )

    summer = [
        day for day in ALL_DAYS if is_worked(day) and (4, 16) <= (day.month, day.day) < (10, 16)
    ]
    week, seasons = calendar("A", [*WORKED]), calendar("VP", [*WORKED, *summer])
    return Peer(
        name="django-bizcal",
        package="django-bizcal",
        asked=lambda t, w: Call(week.add_business_time, (t, w)),
        seasons=lambda t, w: Call(seasons.add_business_time, (t, w)),
        refusals=(CalendarRangeError,),
        worked="overrides of days",
    )


def _texts(preset: str, day: date) -> list[tuple[str, str]]:
    return [(f"{start:%H:%M}", f"{end:%H:%M}") for start, end in SESSIONS[preset](day)]


def businesstimedelta() -> Peer:
    """Return the rules of `businesstimedelta`, for a week of six days."""
    import businesstimedelta as btd
    import pytz

    zone, week = pytz.timezone("Asia/Ho_Chi_Minh"), list(range(6))
    hours = btd.WorkDayRule(MORNING[0], AFTERNOON[1], week, tz=zone)
    lunch = btd.LunchTimeRule(MORNING[1], AFTERNOON[0], week, tz=zone)
    rules = btd.Rules([hours, lunch, btd.HolidayRule(set(CLOSED), tz=zone)], tz=zone)

    def asked(t: datetime, w: timedelta) -> Call:
        move = operator.add if w >= timedelta() else operator.sub
        return Call(move, (t, btd.BusinessTimeDelta(rules, timedelta=abs(w))))

    return Peer(
        name="businesstimedelta", package="businesstimedelta", asked=asked, worked="a six-day week"
    )


def pandas() -> Peer:
    """Return `CustomBusinessHour` of pandas, which counts whole hours."""
    import pandas as pd

    hours = partial(
        pd.offsets.CustomBusinessHour,
        start=[opens.isoformat("minutes") for opens, _ in (MORNING, AFTERNOON)],
        end=[closes.isoformat("minutes") for _, closes in (MORNING, AFTERNOON)],
        weekmask="Mon Tue Wed Thu Fri Sat",
        holidays=CLOSED,
    )

    def asked(t: datetime, w: timedelta) -> Call:
        if w % HOUR:
            raise InexpressibleError
        return Call(operator.add, (pd.Timestamp(t), hours(w // HOUR)))

    return Peer(name="pandas", package="pandas", asked=asked, aware=False, worked="a six-day week")


def numpy() -> Peer:
    """Return the recipe over `busday_offset`, written by us."""
    recipe = NumpyRecipe(CLOSED)
    return Peer(
        name="numpy busday recipe",
        package="numpy",
        asked=lambda t, w: Call(recipe.add, (t, w)),
        aware=False,
        worked="a six-day week",
    )


def day_loop() -> Peer:
    """Return the loop from day to day, written by us."""

    def forward(loop: DayLoop) -> Asked:
        def asked(t: datetime, w: timedelta) -> Call:
            if w < timedelta():
                raise InexpressibleError
            return Call(loop.add, (t, w))

        return asked

    return Peer(
        name="day loop",
        asked=forward(DayLoop()),
        seasons=forward(DayLoop(SESSIONS["VP"])),
        aware=False,
        worked="a set of dates",
    )


PEERS = (
    phananh,
    workclock,
    workclock_five_days,
    timegrid,
    django_bizcal,
    businesstimedelta,
    pandas,
    numpy,
    day_loop,
)


def loaded() -> list[Peer | Absent]:
    """Return every peer, or why it is absent."""
    found: list[Peer | Absent] = []
    for build in PEERS:
        try:
            found.append(build())
        except ImportError as error:
            found.append(Absent(build.__name__.replace("_", "-"), str(error)))
    return found
