"""The desk that a command works at: its database, its hours, and which moment counts as now."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from phananh.cli.context import RunContext
from phananh.cli.errors import CommandError
from phananh.cli.input.parsing import parse_instant
from phananh.cli.options.hours import calendar_of
from phananh.cli.output.times import format_instant
from phananh.desk.desk import Desk, vietnam_now
from phananh.regulation.values.cleaning import clean_instant
from phananh.stores import open_store

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")
F = TypeVar("F", bound=Callable[..., Any])


def at_option(command: F) -> F:
    """Add `--at`."""
    return click.option("--at", metavar="TIME", help="app.at")(command)


@contextmanager
def open_desk_at(
    address: str, *, hours: str, clock: Callable[[], datetime] = vietnam_now
) -> Iterator[Desk]:
    """Open the database and lend a desk; the database is let go of afterwards."""
    calendar = calendar_of(hours)
    try:
        store = open_store(address)
    except ValueError as error:  # a NUL in the path, or what no file name can hold
        if type(error) not in (ValueError, UnicodeEncodeError):
            raise
        raise _no_database(address) from None
    try:
        yield Desk(store=store, calendar=calendar, clock=clock)
    finally:
        store.close()


@contextmanager
def open_desk(context: RunContext, *, hours: str, at: str | None) -> Iterator[Desk]:
    """Lend a desk over cases that were kept before; nothing is made where nothing is."""
    address = context.address
    if address is None:
        raise CommandError("no_database_named")
    _check_present(address)
    with open_desk_at(address, hours=hours, clock=_clock(at)) as desk:
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


def _check_present(address: str) -> None:
    path = address.removeprefix("sqlite:///")
    if path == address and _SCHEME.match(address):  # whoever opens it knows it, or says so
        return
    try:
        found = Path(path).exists()
    except ValueError:
        found = False
    if not found:
        raise _no_database(path)


def _no_database(path: str) -> CommandError:
    return CommandError("no_database_at", path=path)
