"""`phananh hours`: the office timetables that come with the package, with their sources."""

import sys
from pathlib import PurePath
from typing import Any

import click
from rich.text import Text

from phananh.cli.context import RunContext, shared
from phananh.cli.errors import CommandError
from phananh.cli.options.hours import calendar_of, preset_named
from phananh.cli.output.escaping import escape_control
from phananh.cli.output.terminal import on_terminal, show, table
from phananh.cli.translated_command import TranslatedCommand
from phananh.worktime import PRESETS, Hours, Preset, Timetable
from phananh.worktime.phrases import cite, format_date
from phananh.worktime.session import format_sessions
from phananh.worktime.weekdays import day_names

_DAYS_VI = {
    "mon": "T2",
    "tue": "T3",
    "wed": "T4",
    "thu": "T5",
    "fri": "T6",
    "sat": "T7",
    "sun": "CN",
}


@click.command(
    "hours", cls=TranslatedCommand,
    help="The office timetables of the package: whose, when, by which document; or one of them, "
    "which --toml prints as a file to start from.",
)  # fmt: skip
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--toml", is_flag=True, help="Print the calendar as TOML.")
@shared
@click.pass_obj
def command(frame: RunContext, *, name: str | None, toml: bool) -> int:
    """Print the timetables, or one of them."""
    if name is not None and PurePath(name).suffix.lower() in (".toml", ".ics", ".ical", ".ifb"):
        said = "{path} is a file; look at its hours by phananh calendar 2026 --hours {path}"
        raise CommandError(said, path=name)
    if toml:
        from phananh.worktime.formats.toml_writer import calendar_to_toml

        frame.out(calendar_to_toml(calendar_of(preset_named(name or "A").name)), nl=False)
        return 0
    wanted = list(PRESETS.values()) if name is None else [preset_named(name)]
    if frame.json:
        for preset in wanted:
            frame.row(_facts(preset))
        return 0
    heads = ("Name", "Whose", "Hours", "Valid", "Status", "Source")
    show(frame, table([frame.say(head) for head in heads], (_row(p, frame) for p in wanted)))
    return 0


def _row(preset: Preset, frame: RunContext) -> tuple[str | Text, ...]:
    place = preset.place if frame.lang == "vi" else preset.place_en
    parts = [_hours(part, frame.lang) for part in preset.timetable.hours]
    hours = Text(("\n" if on_terminal(sys.stdout) else "; ").join(map(escape_control, parts)))
    valid = _dates(preset, frame)
    status = frame.say(preset.status)
    return preset.name, place, hours, valid, status, _source(preset, frame.lang)


def _hours(part: Hours, lang: str) -> str:
    days, season = ", ".join(day_names(part.days)), ""
    if lang == "vi":
        for name, short in _DAYS_VI.items():
            days = days.replace(name, short)
    if part.season:
        (m, d), (n, e) = part.season
        season = f" {d}/{m}-{e}/{n}" if lang == "vi" else f" {m:02d}-{d:02d} to {n:02d}-{e:02d}"
    if part.effective_from and part.effective_to:
        dates = (format_date(day, lang) for day in (part.effective_from, part.effective_to))
        season += f" ({' - '.join(dates)})"
    return f"{days} {format_sessions(part.sessions)}{season}"


def _dates(preset: Preset, frame: RunContext) -> str:
    days = (preset.valid_from, preset.valid_to, preset.merged_on)
    first, last, merged = (day and format_date(day, frame.lang) for day in days)
    said = frame.say("{first} to {last}", first=first, last=last) if last else "-"
    if first and not last:
        said = frame.say("from {day}", day=first)
    if merged:
        said += frame.say("; part of {into} since {day}", into=preset.merged_into, day=merged)
    return said


def _source(preset: Preset, lang: str) -> str:
    if preset.document:
        return cite(preset.document, preset.issued, lang)
    made: Timetable = preset.timetable
    return cite(made.source if lang == "vi" else made.source_en, None, lang)


def _facts(preset: Preset) -> dict[str, Any]:
    dates = ("issued", "valid_from", "valid_to", "merged_on")
    texts = ("name", "place", "place_en", "status", "document", "article", "merged_into")
    return {
        **{name: getattr(preset, name) for name in texts},
        **{name: str(value) if (value := getattr(preset, name)) else None for name in dates},
        "source": preset.timetable.source,
        "source_en": preset.timetable.source_en,
        "hours": [_hours(part, "en") for part in preset.timetable.hours],
    }
