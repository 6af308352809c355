"""Which office hours are meant: a preset by name, or a calendar in a TOML file."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO, TypeVar

import click

from phananh.cli.faults import Fault
from phananh.worktime import PRESETS, WorkCalendar, vietnam_calendar

F = TypeVar("F", bound=Callable[..., Any])
_LARGEST = 10_000_000


def hours_option(command: F) -> F:
    """Add `--hours`."""
    return click.option(
        "--hours",
        default="A",
        metavar="A|VP|FILE",
        help="Office hours: a preset, or a calendar in a TOML file (default A).",
    )(command)


def calendar_of(hours: str) -> WorkCalendar:
    """Return the calendar that `--hours` names."""
    if hours in PRESETS:
        return vietnam_calendar(hours)
    from phananh.worktime.toml import calendar_from_toml

    return calendar_from_toml(_text(hours), where=hours)


def _text(path: str) -> str:
    raw = _raw(path)
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, byte = _place(raw, error.start)
        raise not_utf8(path, line=line, byte=byte, value=raw[error.start]) from None


def _place(raw: bytes, index: int) -> tuple[int, int]:
    before = raw[:index]
    return before.count(b"\n") + 1, index - before.rfind(b"\n")


def _raw(path: str) -> bytes:
    try:
        with Path(path).open("rb") as file:
            return file.read(_LARGEST)
    except (FileNotFoundError, ValueError):
        raise Fault(
            "hours {path}: neither a preset ({presets}) nor a file",
            path=path,
            presets=", ".join(PRESETS),
        ) from None
    except OSError as error:
        raise unreadable(path, error) from None


def unreadable(path: str, error: OSError | ValueError) -> Fault:
    """Return the fault of a file that cannot be read."""
    problem = error.strerror if isinstance(error, OSError) and error.strerror else error
    return Fault("cannot read {path}: {problem}", path=path, problem=problem)


def not_utf8(path: str, *, line: int, byte: int, value: int) -> Fault:
    """Return the fault of a file in another encoding: its line, and which byte of it."""
    return Fault(
        "{path}, line {line}, byte {byte} (0x{value}): not UTF-8; save the file as UTF-8",
        path=path,
        line=line,
        byte=byte,
        value=f"{value:02X}",
    )


def opened(path: str) -> BinaryIO:
    """Return the bytes of a file, or of standard input for `-`."""
    if path == "-":
        if sys.stdin is None:
            raise Fault("cannot read {path}: {problem}", path="stdin", problem="closed")
        return sys.stdin.buffer
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
