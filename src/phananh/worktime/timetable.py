"""The week of an office: which sessions each weekday has, by season (giờ hành chính, Art. 3.2).

A `Timetable` is a set of `Hours`. Each says on which weekdays, in which season and between
which dates its sessions apply. A date with two of them is an error, not "last wins".
Single dates may have sessions of their own. Timetables are values: you can combine them by `|`,
`&` and `-`, run their repr as code, write them to TOML and read them back.
"""

import functools
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Self

import attrs

from phananh.errors import InputError, InputTypeError, short_repr
from phananh.plain_value import Value
from phananh.worktime.algebra import Operand
from phananh.worktime.days.notices import NoticeDay, sort_overrides
from phananh.worktime.session import DAY, Session, format_sessions, parse_sessions
from phananh.worktime.validators import check_date_or_none, check_flag, check_text, tuple_of

_LEAP, _LEAP_YEAR = date(2000, 1, 1), 366
_CYCLE = 29  # years after which every date has met every weekday
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MonthDay = tuple[int, int]
Season = tuple[MonthDay, MonthDay] | None


def parse_weekdays(given: str | Iterable[str | int]) -> tuple[int, ...]:
    """Return weekdays as numbers from Monday 0, given `"mon-fri"`, names, or numbers."""
    listed: object = given
    if not isinstance(listed, Iterable):
        raise InputTypeError(code="not_a_list_of_weekdays", field="days", value=short_repr(given))
    parts = given.split(",") if isinstance(given, str) else given
    return tuple(sorted({number for part in parts for number in _parse_part(part)}))


def _parse_part(part: str | int) -> range:
    if isinstance(part, int) and not isinstance(part, bool) and 0 <= part <= 6:
        return range(part, part + 1)
    first, _, last = str(part).strip().partition("-")
    if first in WEEKDAYS and (last or first) in WEEKDAYS:
        low, high = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        if low <= high:
            return range(low, high + 1)
    raise InputError(code="not_a_weekday", field="days", value=short_repr(part), known=WEEKDAYS)


def parse_season(
    given: tuple[str | MonthDay, str | MonthDay] | None,
) -> tuple[MonthDay, MonthDay] | None:
    """Return the first and the last day of a season, or None for the whole year."""
    if given is None:
        return None
    pair: Any = given
    if not isinstance(pair, tuple | list) or len(pair) != 2:
        raise InputError(code="not_a_season", field="season", value=short_repr(given))
    return parse_month_day(pair[0]), parse_month_day(pair[1])


def parse_month_day(given: str | MonthDay) -> MonthDay:
    """Return a day of the year, such as `"10-16"`, as month and day."""
    try:
        month, day = given.split("-") if isinstance(given, str) else given
        found = date(2000, int(month), int(day))
    except (ValueError, TypeError):
        raise InputError(
            code="not_a_day_of_year", field="season", value=short_repr(given)
        ) from None
    return found.month, found.day


def day_names(numbers: tuple[int, ...]) -> list[str]:
    """Return weekdays as they are written: runs of three or more as `mon-fri`."""
    names: list[str] = []
    rest = list(numbers)
    while rest:
        run = [n for i, n in enumerate(rest) if n == rest[0] + i]
        run = run if len(run) > 2 else run[:1]
        first, last = WEEKDAYS[run[0]], WEEKDAYS[run[-1]]
        names.append(first if first == last else f"{first}-{last}")
        rest = rest[len(run) :]
    return names


@attrs.frozen(kw_only=True, eq=False, repr=False)
class Hours(Value):
    """Sessions that apply on some weekdays, in a season, between two dates (all inclusive).

    Args:
        days: weekdays as "mon-fri", a list of names, or numbers from Monday 0.
        sessions: as "07:30-11:30, 13:30-17:30", or a list of such texts.
        season: first and last day, such as ("10-16", "04-15"), which crosses New Year.
        effective_from: first date on which they apply. None for no limit.
        effective_to: last date on which they apply. None for no limit.
        source: the decision that sets them.
    """

    days: tuple[int, ...] = attrs.field(converter=parse_weekdays)
    sessions: tuple[Session, ...] = attrs.field(converter=parse_sessions)
    season: Season = attrs.field(default=None, converter=parse_season)
    effective_from: date | None = attrs.field(default=None, validator=check_date_or_none)
    effective_to: date | None = attrs.field(default=None, validator=check_date_or_none)
    source: str = attrs.field(default="", validator=check_text)

    def __attrs_post_init__(self) -> None:
        """Refuse dates in the wrong order."""
        if (self.effective_from or date.min) > (self.effective_to or date.max):
            raise InputError(
                code="ends_before_it_begins",
                field="effective_to",
                first=self.effective_from,
                last=self.effective_to,
            )

    def is_in_force(self, day: date) -> bool:
        """Return whether `day` is within the season and the dates, whatever its weekday."""
        if day < (self.effective_from or day) or day > (self.effective_to or day):
            return False
        return _is_within(self.season, day)

    def is_for(self, day: date) -> bool:
        """Return whether these are the hours of `day`."""
        return day.weekday() in self.days and self.is_in_force(day)

    def __str__(self) -> str:
        """Return weekdays, sessions and season in one line."""
        names = ", ".join(WEEKDAYS[number] for number in self.days)
        season = (
            " from {:02d}-{:02d} to {:02d}-{:02d}".format(*self.season[0], *self.season[1])
            if self.season
            else ""
        )
        return f"{names} {format_sessions(self.sessions) or 'closed'}{season}"


def _tuple_of_hours(given: Hours | Iterable[Hours]) -> tuple[Hours, ...]:
    return (given,) if isinstance(given, Hours) else tuple_of(Hours, "hours", given)


@attrs.frozen(kw_only=True)
class Timetable(Operand):
    """The weekly sessions of an office, with their seasons and the decision that sets them.

    `overrides` are single dates with sessions of their own, such as a half day. They come before
    notices and public days. `source` and `source_en` name the document behind the hours, and
    every deadline lists them among its assumptions. Hours are `assumed` if no known document
    sets them, and an explanation says so.

    Example:
        >>> hours = Timetable.weekly("08:00-12:00, 13:00-17:00", days="mon-sat")
        >>> print(*hours.sessions_on(date(2025, 4, 25)))
        08:00-12:00 13:00-17:00
        >>> print(WorkCalendar(timetable=hours).add(friday, timedelta(hours=5)))
        2025-04-26 11:00:00+07:00
    """

    hours: tuple[Hours, ...] = attrs.field(converter=_tuple_of_hours, eq=frozenset)  # in any order
    overrides: tuple[NoticeDay, ...] = attrs.field(default=(), converter=sort_overrides)
    source: str = attrs.field(default="", validator=check_text)
    source_en: str = attrs.field(
        default=attrs.Factory(lambda self: self.source, takes_self=True), validator=check_text
    )
    assumed: bool = attrs.field(default=False, validator=check_flag)

    def __attrs_post_init__(self) -> None:
        """Refuse two sets of hours for one day, and nights that overlap the next morning."""
        for number, one in enumerate(self.hours, 1):
            for later, other in enumerate(self.hours[number:], number + 1):
                _check_apart((number, one), (later, other))
            for other in self.hours:
                _check_nights(one, other)
        _check_leap_days(self.hours)

    @classmethod
    def weekly(
        cls,
        sessions: str | Iterable[str | Session],
        *,
        days: str | Iterable[str | int] = "mon-fri",
        source: str = "",
    ) -> Self:
        """Return a timetable without seasons: the same sessions on the given weekdays."""
        return cls(hours=(Hours(days=days, sessions=sessions, source=source),), source=source)

    def sessions_on(self, day: date, weekday: int | None = None) -> tuple[Session, ...]:
        """Return the sessions of a date, or those another weekday would have on that date."""
        number = day.weekday() if weekday is None else weekday
        for part in self.hours:
            if number in part.days and part.is_in_force(day):
                return part.sessions
        return ()

    def worked_sessions(self, day: date, instead_of: date | None) -> tuple[Session, ...]:
        """Return the sessions of a day that is worked by notice: a weekday's, of its season.

        The weekday is that of the day it replaces, whether or not the office opens then. If it
        replaces none, it is its own weekday if that is open, else the first open one.
        """
        if instead_of is not None:
            return self.sessions_on(day, instead_of.weekday())
        options = (self.sessions_on(day, number) for number in (day.weekday(), *range(7)))
        return next((found for found in options if found), ())

    def key(self) -> tuple[object, ...]:
        """Return what matters for deadlines: two with equal keys give equal deadlines."""
        week: dict[tuple[object, ...], set[int]] = {}
        for part in self.hours:
            if part.sessions:
                bounds = (part.season, str(part.effective_from), str(part.effective_to))
                week.setdefault((format_sessions(part.sessions), *bounds), set()).update(part.days)
        rows = sorted(((tuple(sorted(days)), *row) for row, days in week.items()), key=repr)
        own = (
            (str(d.date), d.kind, format_sessions(d.sessions), str(d.swapped_with), d.note)
            for d in self.overrides
        )
        return (*rows, *own)

    def __str__(self) -> str:
        """Return the hours, each with weekdays, sessions and season, in one line."""
        return "; ".join(map(str, self.hours)) or "closed"


def _check_apart(first: tuple[int, Hours], second: tuple[int, Hours]) -> None:
    (n, one), (m, other) = first, second
    day = _find_common_date(one, other, timedelta()) if set(one.days) & set(other.days) else None
    if day is not None:
        raise InputError(
            code="two_hours_for_a_day",
            field="timetable",
            first=n,
            second=m,
            day=_common_time(day, one, other),
            hours=str(one),
            others=str(other),
        )


def _common_time(day: date, *both: Hours) -> date | str:
    """Return the date on which two hours meet, or the weekday (and day) if they have no dates."""
    if any(part.effective_from or part.effective_to for part in both):
        return day
    seasons = any(part.season for part in both)
    return f"{WEEKDAYS[day.weekday()]}{f' {day:%m-%d}' if seasons else ''}"


def _check_nights(one: Hours, other: Hours) -> None:
    if not one.sessions or not other.sessions:
        return
    if one.sessions[-1].close - DAY > other.sessions[0].open:
        day = _find_common_date(one, other, DAY)
        if day is not None:
            raise InputError(
                code="nights_overlap",
                field="timetable",
                first=str(one.sessions[-1]),
                day=day,
                second=str(other.sessions[0]),
                next_day=day + DAY,
            )


def _check_leap_days(hours: tuple[Hours, ...]) -> None:
    """Refuse seasons with only a 29 February closed between them, which is surely a mistake."""
    seasonal = [part for part in hours if part.season and part.sessions]
    years = (*range(2028, 2056, 4), *range(2000, 2028, 4)) if seasonal else ()
    for day in (date(year, 2, 29) for year in years):
        around = (
            any(day.weekday() in part.days and part.is_in_force(near) for part in seasonal)
            for near in (day - DAY, day + DAY)
        )
        if all(around) and not any(part.is_for(day) for part in hours):
            raise InputError(code="leap_day_left_out", field="timetable", day=day)


def _find_common_date(one: Hours, other: Hours, later: timedelta) -> date | None:
    """Return a date on which `one` applies while `other` applies `later`, or None."""
    low = max(one.effective_from or date.min, (other.effective_from or date.min + later) - later)
    high = min(one.effective_to or date.max - DAY, (other.effective_to or date.max) - later)
    if low > high:
        return None
    common = _common_days(one.season, other.season, later.days)
    start = low if low > date.min else min(_LEAP, high)
    step = 1 if start + DAY <= high else -1
    years = range(start.year, start.year + step * _CYCLE, step)
    days = (_day_of_year(n, year) for year in years for n in common[::step])
    return next(
        (d for d in days if d and d <= high and one.is_for(d) and other.is_for(d + later)),
        None,
    )


@functools.lru_cache(maxsize=4096)
def _common_days(one: Season, other: Season, later: int) -> tuple[int, ...]:
    """Return the days of a leap year, from 0, in one season and `later` in the other."""
    days = (_LEAP + DAY * n for n in range(_LEAP_YEAR))
    found = (_is_within(one, day) and _is_within(other, day + DAY * later) for day in days)
    return tuple(n for n, both in enumerate(found) if both)


def _is_within(season: Season, day: date) -> bool:
    """Return whether a date is in a season, which may cross New Year."""
    if season is None:
        return True
    (first, last), today = season, (day.month, day.day)
    if first <= last:
        return first <= today <= last
    return today >= first or today <= last


def _day_of_year(number: int, year: int) -> date | None:
    """Return a day of a leap year, from 0, in another year, or None if that has none."""
    day = _LEAP + DAY * number
    try:
        return day.replace(year=year)
    except ValueError:
        return None
