"""Weekdays and days of the year: their names in a timetable, and how they are read."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from phananh.errors import InputError, InputTypeError, short_repr

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MonthDay = tuple[int, int]


def parse_weekdays(given: str | Iterable[str | int]) -> tuple[int, ...]:
    """Return weekdays as numbers from Monday 0, given `"mon-fri"`, names, or numbers."""
    parts = given.split(",") if isinstance(given, str) else _list_of(given)
    return tuple(sorted({number for part in parts for number in _parse_part(part)}))


def _list_of(given: object) -> list[str | int]:
    if not isinstance(given, Iterable):
        code, value = "not_a_list_of_weekdays", short_repr(given)
        raise InputTypeError(code=code, field="days", value=value)
    return list(given)


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
    match pair:
        case (first, last):
            return parse_month_day(first), parse_month_day(last)
    raise InputError(code="not_a_season", field="season", value=short_repr(given))


def parse_month_day(given: str | MonthDay) -> MonthDay:
    """Return a day of the year, such as `"10-16"`, as month and day."""
    try:
        month, day = given.split("-") if isinstance(given, str) else given
        found = date(2000, int(month), int(day))
    except (ValueError, TypeError):
        code, value = "not_a_day_of_year", short_repr(given)
        raise InputError(code=code, field="season", value=value) from None
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
