"""Which office hours are meant: a preset by name, or a calendar in a TOML file."""

import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path, PurePath
from typing import Any, BinaryIO, TypeVar

import click

from phananh.cli.context import RunContext
from phananh.cli.errors import CommandError
from phananh.cli.input.parsing import VIETNAM, year_first
from phananh.errors import InputError, short_repr
from phananh.worktime import PRESETS, Preset, WorkCalendar, vietnam_calendar
from phananh.worktime.phrases import format_date

F = TypeVar("F", bound=Callable[..., Any])
_LARGEST = 10_000_000


def _keep(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    ctx.meta[f"phananh.{param.name}"] = value


_MORE = (
    click.option(
        "--as-of", metavar="DATE", callback=_keep, expose_value=False,
        help="Count with what was known on this day, such as 2025-12-24.",
    ),
    click.option(
        "--notices", metavar="FILE", multiple=True, callback=_keep, expose_value=False,
        help="Notices of your own, in TOML or iCalendar; may be given several times.",
    ),
)  # fmt: skip


def days_options(command: F) -> F:
    """Add what changes the days of a calendar: `--notices`, `--as-of`."""
    for option in _MORE:
        command = option(command)
    return command


def _named(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Return the name of a preset however it is spelt; a file of that name goes first."""
    name = value.strip().upper()
    return name if name in PRESETS and not Path(value).exists() else value


def hours_option(command: F) -> F:
    """Add `--hours`, and what changes the days of its calendar: `--notices`, `--as-of`."""
    days_options(command)
    return click.option(
        "--hours",
        default="A",
        metavar="NAME|FILE",
        callback=_named,
        help="Office hours: one of `phananh hours`, or a calendar in a TOML file (default A).",
    )(command)


def preset_named(name: str) -> Preset:
    """Return the preset of a name; a wrong one is a fault that lists them all."""
    wanted = name.strip().upper()
    if wanted in PRESETS:
        return PRESETS[wanted]
    raise CommandError(
        "no hours {name}; there are {names}", name=short_repr(name), names=", ".join(PRESETS)
    )


def calendar_of(hours: str) -> WorkCalendar:
    """Return the calendar of `--hours`, with `--notices`, as it was known by `--as-of`."""
    calendar, context = named_calendar(hours), click.get_current_context(silent=True)
    meta = context.meta if context else {}
    for path in meta.get("phananh.notices") or ():
        from phananh.cli.input.notice_files import notices_in

        calendar = calendar.with_notices(notices_in(path))
    day = meta.get("phananh.as_of")
    return calendar if day is None else calendar.as_of(day_of(day))


def day_of(text: str) -> date:
    """Return the date that was typed."""
    try:
        return date.fromisoformat(year_first(text))
    except ValueError:
        problem = "{text} is not a date; write it like 2025-12-24"
        raise CommandError(problem, text=short_repr(text)) from None


def note_validity(frame: RunContext, hours: str, at: datetime) -> None:
    """Say beside the output where hours are counted outside the time they are known for."""
    if hours not in PRESETS:
        return
    found, lang = PRESETS[hours], frame.lang
    day = at.astimezone(VIETNAM).date()
    facts = {"name": hours, "place": found.place if lang == "vi" else found.place_en}
    if found.valid_from and day < found.valid_from:
        said = "hours {name} ({place}) are known from {day} only; this begins before"
        frame.note(frame.say(said, day=format_date(found.valid_from, lang), **facts))
    if found.merged_on and day >= found.merged_on:
        said = "{place} is part of {into} since {day}; whether hours {name} still hold is not known"
        merged = format_date(found.merged_on, lang)
        frame.note(frame.say(said, day=merged, into=found.merged_into, **facts))


def named_calendar(hours: str) -> WorkCalendar:
    """Return the calendar of a preset or a file, with the notices that stand in it."""
    if hours in PRESETS:
        return vietnam_calendar(hours)
    from phananh.worktime.formats.toml_reader import calendar_from_toml

    text = _decoded(hours, _raw(hours))
    if is_ical(hours, text):
        raise InputError(code="ical_no_hours", field=hours)
    return calendar_from_toml(text, where=hours)


def is_ical(path: str, text: str) -> bool:
    """Say whether a file is iCalendar, by its name or by its first line."""
    named = PurePath(path).suffix.lower() in (".ics", ".ical", ".ifb")
    return named or text.lstrip()[:15].upper() == "BEGIN:VCALENDAR"


def text_of(path: str) -> str:
    """Return the text of a file; one in another encoding than UTF-8 is refused by its byte."""
    with opened(path) as file:
        try:
            return _decoded(path, file.read(_LARGEST))
        except OSError as error:
            raise unreadable(path, error) from None


def _decoded(path: str, raw: bytes) -> str:
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line, byte = _place(raw, error.start)
        raise not_utf8(path, line=line, byte=byte, value=raw[error.start]) from None


def _place(raw: bytes, index: int) -> tuple[int, int]:
    before = raw[:index]
    return before.count(b"\n") + 1, index - before.rfind(b"\n")


def _raw(path: str) -> bytes:
    said = "hours {path}: neither a preset ({presets}) nor a file"
    stranger = CommandError(said, path=path or "''", presets=", ".join(PRESETS))
    if not path:  # which would be this folder
        raise stranger
    try:
        with Path(path).open("rb") as file:
            return file.read(_LARGEST)
    except (FileNotFoundError, ValueError):
        raise stranger from None
    except OSError as error:
        raise unreadable(path, error) from None


def unreadable(path: str, error: OSError | ValueError) -> CommandError:
    """Return the fault of a file that cannot be read."""
    problem = error.strerror if isinstance(error, OSError) and error.strerror else error
    return CommandError("cannot read {path}: {problem}", path=path, problem=problem)


def not_utf8(path: str, *, line: int, byte: int, value: int) -> CommandError:
    """Return the fault of a file in another encoding: its line, and which byte of it."""
    return CommandError(
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
            raise CommandError("cannot read {path}: {problem}", path="stdin", problem="closed")
        return sys.stdin.buffer
    try:
        return Path(path).open("rb")
    except (OSError, ValueError) as error:
        raise unreadable(path, error) from None
