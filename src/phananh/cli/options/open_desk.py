"""The desk that a command works at: its database, its hours, and which moment counts as now."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import click

from phananh.cli.context import RunContext
from phananh.cli.errors import CommandError
from phananh.cli.input.parsing import instant
from phananh.cli.options.hours import calendar_of
from phananh.cli.output.terminal import when
from phananh.desk.desk import Desk, vietnam_now
from phananh.regulation.values.cleaning import clean_instant
from phananh.stores import open_store

F = TypeVar("F", bound=Callable[..., Any])


def at_option(command: F) -> F:
    """Add `--at`."""
    return click.option("--at", metavar="TIME", help="As of this moment instead of now.")(command)


@contextmanager
def desk_at(
    address: str, *, hours: str, clock: Callable[[], datetime] = vietnam_now
) -> Iterator[Desk]:
    """Open the database and lend a desk; the database is let go of afterwards."""
    calendar = calendar_of(hours)
    try:
        store = open_store(address)
    except ValueError as error:  # a NUL in the path
        if type(error) is not ValueError:
            raise
        raise _no_file(address) from None
    try:
        yield Desk(store=store, calendar=calendar, clock=clock)
    finally:
        store.close()


@contextmanager
def kept_desk(frame: RunContext, *, hours: str, at: str | None) -> Iterator[Desk]:
    """Lend a desk over cases that were kept before; nothing is made where nothing is."""
    address = frame.address
    if address is None:
        raise CommandError("no database is named; give --db PATH or set PHANANH_DB")
    _refuse_missing(address)
    with desk_at(address, hours=hours, clock=_clock(at)) as desk:
        yield desk


def is_set_back(desk: Desk) -> bool:
    """Return whether `--at` names a moment that has passed."""
    return desk.clock is not vietnam_now and desk.now() < vietnam_now()


def say_set_back(frame: RunContext, desk: Desk) -> None:
    """Say beside the output that `--at` sets back the clock, and not the cases."""
    said = (
        "at {at}: later acts are not taken back; cases are chosen and shown as they are recorded "
        "now, only the clock is set back"
    )
    frame.note(frame.say(said, at=when(desk.now(), frame.lang)))


def _clock(at: str | None) -> Callable[[], datetime]:
    if at is None:
        return vietnam_now
    moment = clean_instant(instant(at).at, field="--at")
    return lambda: moment


def _refuse_missing(address: str) -> None:
    path = address.removeprefix("sqlite:///")
    if address != "memory:" and (path != address or ":" not in address):
        try:
            found = Path(path).exists()
        except ValueError:
            found = False
        if not found:
            raise _no_file(path)


def _no_file(path: str) -> CommandError:
    return CommandError("no database at {path}; a replay with --db makes one", path=path)
