"""The office hours of everybody, a role, or one unit of it, by `--hours` and `--former`."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

import click

from phananh.cli.errors import CommandError
from phananh.cli.input.calendars import read_calendar
from phananh.cli.options.hours import calendar_of, days_options
from phananh.errors import short_repr
from phananh.regulation.context import Actor
from phananh.regulation.request import Role
from phananh.worktime import WorkCalendar

F = TypeVar("F", bound=Callable[..., Any])


def actors_option(command: F) -> F:
    """Add `--hours`, given several times for several actors, `--former`, and the days' options."""
    former = click.option("--former", multiple=True, metavar="NAME|FILE", help="hours.former")
    hours = click.option(
        "--hours", "hours", multiple=True, metavar="[ROLE[/UNIT]=]NAME|FILE",
        help="hours.by_actor",
    )  # fmt: skip
    return hours(former(days_options(command)))


def hours_by_actor(given: Iterable[str]) -> dict[Actor, WorkCalendar]:
    """Return the calendar of each actor. The rest have hours without an actor, else preset A."""
    hours: dict[Actor | None, WorkCalendar] = {}
    for text in given:
        actor, calendar = _parse_hours(text)
        if actor in hours:
            raise CommandError("hours_twice", text=short_repr(text))
        hours[actor] = calendar
    others = hours.pop(None, None) or calendar_of("A")
    return {**dict.fromkeys(Role, others), **hours}  # type: ignore[dict-item]  # None was taken out


def _parse_hours(text: str) -> tuple[Actor | None, WorkCalendar]:
    who, equals, named = text.partition("=")
    if not equals:
        return None, calendar_of(text)
    role, slash, unit = who.partition("/")
    if role not in tuple(Role) or (slash and not unit):
        raise CommandError("no_such_role", text=short_repr(text), roles=tuple(Role))
    return (Role(role), unit) if slash else Role(role), calendar_of(named)


def former_hours(given: Iterable[str]) -> list[WorkCalendar]:
    """Return calendars as they were: no notice is added to them."""
    return [read_calendar(name) for name in given]
