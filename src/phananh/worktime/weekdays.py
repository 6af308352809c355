"""Weekdays and days of the year: how a timetable names them, and how they are read."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from phananh.errors import InputError, InputTypeError, short_repr

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MonthDay = tuple[int, int]


def parse_weekdays(given: str | Iterable[str | int]) -> tuple[int, ...]:
    """Return weekdays as numbers from Monday 0: of `"mon-fri"`, of names, or of numbers."""
    parts = given.split(",") if isinstance(given, str) else _listed(given)
    return tuple(sorted({number for part in parts for number in _weekday(part)}))


def _listed(given: object) -> list[str | int]:
    if not isinstance(given, Iterable):
        problem = f"{short_repr(given)} is not a list"
        raise InputTypeError(field="days", problem=problem, way_out='write "mon-fri"')
    return list(given)


def _weekday(part: str | int) -> range:
    if isinstance(part, int) and not isinstance(part, bool) and 0 <= part <= 6:
        return range(part, part + 1)
    first, _, last = str(part).strip().partition("-")
    if first in WEEKDAYS and (last or first) in WEEKDAYS:
        low, high = WEEKDAYS.index(first), WEEKDAYS.index(last or first)
        if low <= high:
            return range(low, high + 1)
    problem = f"{short_repr(part)} is not a weekday"
    raise InputError(field="days", problem=problem, way_out=f"use {', '.join(WEEKDAYS)} or mon-fri")


def parse_season(
    given: tuple[str | MonthDay, str | MonthDay] | None,
) -> tuple[MonthDay, MonthDay] | None:
    """Return the first and the last day of a season; None for the whole year."""
    if given is None:
        return None
    pair: Any = given
    match pair:
        case (first, last):
            return parse_month_day(first), parse_month_day(last)
    problem = f"{short_repr(given)} is not a first and a last day"
    raise InputError(field="season", problem=problem, way_out='write ("10-16", "04-15")')


def parse_month_day(given: str | MonthDay) -> MonthDay:
    """Return a day of the year, such as `"10-16"`, as month and day."""
    try:
        month, day = given.split("-") if isinstance(given, str) else given
        found = date(2000, int(month), int(day))
    except (ValueError, TypeError):
        problem = f"{short_repr(given)} is not a day of the year"
        raise InputError(field="season", problem=problem, way_out='write "10-16"') from None
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
