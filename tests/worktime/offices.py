"""The offices on which the laws are tried, named and drawn, and the oracle's account of each.

An office is what its calendar is made of, so that the same office can be built anew, with
another day.
"""

from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

import attrs
from hypothesis import strategies as st

from phananh.testing.strategies import (
    BOUNDARIES,
    TURNING_DAYS,
    boundaries,
    budgets,
    calendars,
    instants,
    turning_days,
)
from phananh.worktime import WorkCalendar
from tests.oracle.combined import Dated, Part, combine
from tests.oracle.hours import Sessions
from tests.worktime.calendars import CLOCK_CHANGES, DAY, FRESH, HOUR, NIGHT_BOUNDARIES, TICK

ZONES = (
    "Asia/Ho_Chi_Minh", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "UTC",
    "Africa/Cairo", "America/Santiago",
)  # fmt: skip
NONE = timedelta()
YEAR = timedelta(days=366)


def later(t: datetime, elapsed: timedelta) -> datetime:
    """Return the instant after some time has passed, whatever the clocks of its zone did."""
    return (t.astimezone(UTC) + elapsed).astimezone(t.tzinfo)


def utc(t: datetime) -> datetime:
    """Return an instant as the oracle counts: naive, in UTC."""
    return t.astimezone(UTC).replace(tzinfo=None)


class Office:
    """A calendar's parts, and all that is asked about them."""

    def __init__(self, name: str, parts: dict[str, Any]) -> None:
        """Keep the parts; the calendar is built when it is asked for."""
        self.name, self.parts = name, parts

    def __repr__(self) -> str:
        """Return the name; of an office made up, all its parts."""
        return f"<Office {self.name}>"

    @cached_property
    def calendar(self) -> WorkCalendar:
        """The calendar, built once."""
        return self.fresh()

    def fresh(self, **changes: Any) -> WorkCalendar:
        """Return the calendar built anew, with other parts."""
        return WorkCalendar(**{**self.parts, **changes})

    def with_days(self, *days: Any) -> WorkCalendar:
        """Return the calendar with own days in place of those it has for these dates."""
        return self.changed(*days).fresh()

    def changed(self, *days: Any) -> "Office":
        """Return the office with own days in place of those it has for these dates."""
        named = {day.date for day in days}
        kept = [day for day in self.parts["overrides"] if day.date not in named]
        return Office(f"{self.name} with {days}", {**self.parts, "overrides": (*kept, *days)})

    @cached_property
    def zone(self) -> ZoneInfo:
        """The office's clock."""
        return ZoneInfo(self.parts["zone"])

    @cached_property
    def is_drawn(self) -> bool:
        """Whether Hypothesis made it up."""
        return self.name not in NAMED

    @property
    def nights(self) -> bool:
        """Whether a session may pass midnight."""
        days = [part.sessions for part in self.parts["timetable"].hours]
        days += [day.sessions for day in self.parts["overrides"]]
        return any(s.close > DAY for day in days for s in day)

    @cached_property
    def edges(self) -> tuple[time, ...]:
        """When sessions open and close."""
        return boundaries(self.calendar) if self.is_drawn else (*BOUNDARIES, *NIGHT_BOUNDARIES)

    @cached_property
    def moments(self) -> st.SearchStrategy[datetime]:
        """Instants on the office's clock, most of them where its working time turns."""
        days = (*TURNING_DAYS, *CLOCK_CHANGES)
        if not self.is_drawn:
            return instants(boundaries=self.edges, turning_days=days, zone=self.zone)
        return instants(
            first=date(2024, 12, 20),
            last=date(2026, 12, 31),
            boundaries=self.edges,
            turning_days=(*turning_days(self.calendar), *CLOCK_CHANGES),
            zone=self.zone,
        )

    @cached_property
    def seams(self) -> st.SearchStrategy[datetime]:
        """Instants where a year ends, or where the office's clock changes."""
        days = [date(year, 1, 1) for year in (2025, 2026, 2027)]
        days += [day for day in CLOCK_CHANGES if _changes(self.zone, day)]
        if self.parts["days"] is None:  # the public days begin with 1976
            days += [date(1975, 6, 13), date(1976, 1, 1)]
        edges = (*self.edges, *(time(hour) for hour in (0, 2, 3, 10, 12, 21, 22)))
        near = st.sampled_from([day + n * DAY for day in days for n in (0, -1, 0, 1)])
        return near.flatmap(
            lambda day: instants(
                first=day, last=day, boundaries=edges, turning_days=[day], zone=self.zone
            )
        )

    def amounts(self, t: datetime | None = None) -> st.SearchStrategy[timedelta]:
        """Budgets of up to eight weeks of work; of those from `t`, a third end at a boundary."""
        plain = budgets(most=min(self._worked(56), 200 * HOUR))
        return plain if t is None else st.one_of(plain, plain, self._used_up(t))

    @property
    def long(self) -> st.SearchStrategy[timedelta]:
        """Budgets of two to ten weeks of work."""
        return budgets(least=self._worked(14), most=self._worked(70))

    def _worked(self, days: int) -> timedelta:
        begin = datetime(2026, 2, 24, tzinfo=self.zone)
        return self.calendar.between(begin, begin + days * DAY)

    def _used_up(self, t: datetime) -> st.SearchStrategy[timedelta]:
        day, nudges = t.astimezone(self.zone).date(), st.sampled_from((NONE, NONE, TICK, -TICK))

        def worked(shift: int, edge: time, nudge: timedelta) -> timedelta:
            end = datetime.combine(day + shift * DAY, edge, self.zone)
            return max(TICK, self.calendar.between(t, end) + nudge)

        return st.builds(worked, st.integers(0, 12), st.sampled_from(self.edges), nudges)

    @cached_property
    def sessions(self) -> Sessions:
        """The oracle's account of the sessions that open on a date, in UTC."""
        parts, calendar = self.parts, self.calendar
        public, zone = calendar.days, self.zone

        def holiday(day: date) -> Dated | None:
            found = public.year(day.year).get(day) if public else None
            return Dated(found.kind, (), found.swapped_with) if found else None

        hours = [
            Part(p.days, _offsets(p.sessions), p.season, p.effective_from, p.effective_to)
            for p in parts["timetable"].hours
        ]
        noticed = _official(public.notices if public else ()) | _official(calendar.notices)
        return combine(zone, hours, (_dated(calendar.overrides), noticed), holiday)


def _official(notices: Any) -> dict[date, Dated]:
    """Return the days of official notices; in these tests the last of the list holds."""
    return _dated(day for n in notices if n.status == "official" for day in n.days)


def _offsets(sessions: Any) -> tuple[tuple[timedelta, timedelta], ...]:
    return tuple((s.open, s.close) for s in sessions)


def _dated(days: Any) -> dict[date, Dated]:
    return {d.date: Dated(d.kind, _offsets(d.sessions), d.swapped_with) for d in days}


def _changes(zone: ZoneInfo, day: date) -> bool:
    noons = [datetime(day.year, day.month, day.day, 12, tzinfo=zone) + n * DAY for n in (-1, 0)]
    return noons[0].utcoffset() != noons[1].utcoffset()


def parts_of(calendar: WorkCalendar) -> dict[str, Any]:
    """Return what a calendar is built of, by name."""
    names = (f.name for f in attrs.fields(WorkCalendar) if f.init)
    return {name: getattr(calendar, name) for name in names}


NAMED = {name: Office(name, parts_of(build())) for name, build in FRESH.items()}
"""The presets, nights, and clocks that change: built once for all tests."""


def _office(calendar: WorkCalendar) -> Office:
    return Office(repr(parts_of(calendar)), parts_of(calendar))


def offices(*, zones: tuple[str, ...] = ZONES, nights: bool = True) -> st.SearchStrategy[Office]:
    """Draw one of the named offices, or one made up; of some zones or without nights only."""
    named = [
        office
        for office in NAMED.values()
        if office.parts["zone"] in zones and nights >= office.nights
    ]
    made_up = calendars(zones=zones).map(_office)
    return st.one_of(
        st.sampled_from(named), made_up if nights else made_up.filter(lambda one: not one.nights)
    )
