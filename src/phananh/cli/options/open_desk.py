"""The desk that a command works at: its database, its hours, and which moment counts as now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

import click

from phananh.cli.context import RunContext
from phananh.cli.input.parsing import parse_instant
from phananh.cli.options.hours import calendar_of
from phananh.cli.options.open_database import open_database, require_address
from phananh.cli.output.times import format_instant
from phananh.desk.desk import Desk, vietnam_now
from phananh.regulation.cleaning import clean_instant

F = TypeVar("F", bound=Callable[..., Any])


def at_option(command: F) -> F:
    """Add `--at`."""
    return click.option("--at", metavar="TIME", help="app.at")(command)


@contextmanager
def open_desk_at(
    address: str, *, hours: str, clock: Callable[[], datetime] = vietnam_now
) -> Iterator[Desk]:
    """Open the database and lend a desk, then close the database."""
    calendar = calendar_of(hours)
    with open_database(address) as store:
        yield Desk(store=store, calendar=calendar, clock=clock)


@contextmanager
def open_desk(context: RunContext, *, hours: str, at: str | None) -> Iterator[Desk]:
    """Lend a desk over an existing database, without creating one."""
    with open_desk_at(require_address(context), hours=hours, clock=_clock(at)) as desk:
        yield desk


def is_set_back(desk: Desk) -> bool:
    """Return whether `--at` names a moment that has passed."""
    return desk.clock is not vietnam_now and desk.now() < vietnam_now()


def warn_of_set_back(context: RunContext, desk: Desk) -> None:
    """Say beside the output that `--at` sets back the clock, and not the cases."""
    context.warn("set_back", at=format_instant(desk.now(), context.lang))


def _clock(at: str | None) -> Callable[[], datetime]:
    if at is None:
        return vietnam_now
    moment = clean_instant(parse_instant(at).at, field="--at")
    return lambda: moment
