"""`phananh hours`: the office timetables that come with the package, with their sources."""

import sys
from pathlib import PurePath

import click
from rich.text import Text

from phananh.cli.base import (
    OK,
    SENTENCES,
    CommandError,
    RunContext,
    TranslatedCommand,
    escape_control,
    speech_options,
)
from phananh.cli.input import ICAL_SUFFIXES, calendar_of, find_preset
from phananh.cli.terminal import emit, is_terminal, make_table
from phananh.worktime.phrases import cite, format_date
from phananh.worktime.presets import PRESETS, Preset
from phananh.worktime.session import format_sessions
from phananh.worktime.timetable import Hours, day_names

_DAYS_VI = {
    "mon": "T2",
    "tue": "T3",
    "wed": "T4",
    "thu": "T5",
    "fri": "T6",
    "sat": "T7",
    "sun": "CN",
}
_FACTS = (
    "name", "place", "place_en", "status", "document", "article", "merged_into", "issued",
    "valid_from", "valid_to", "merged_on",
)  # fmt: skip


@click.command("hours", cls=TranslatedCommand, help="hours.help")
@click.argument("name", metavar="[NAME]", required=False)
@click.option("--toml", is_flag=True, help="hours.toml")
@speech_options
@click.pass_obj
def command(context: RunContext, *, name: str | None, toml: bool) -> int:
    """Print the timetables, or one of them."""
    if name is not None and PurePath(name).suffix.lower() in (".toml", *ICAL_SUFFIXES):
        raise CommandError("hours_are_a_file", path=name)
    if toml and context.json:
        raise click.UsageError(context.say("toml_or_json"))
    if toml:
        from phananh.worktime.formats.toml import calendar_to_toml

        context.write(calendar_to_toml(calendar_of(find_preset(name or "A").name)), nl=False)
        return OK
    wanted = list(PRESETS.values()) if name is None else [find_preset(name)]
    rows = (_cells(preset, context) for preset in wanted)
    table = make_table(context, ("name", "whose", "hours", "valid", "status", "source"), rows)
    facts = (
        {
            **{name: getattr(preset, name) for name in _FACTS},
            "source": preset.timetable.source,
            "source_en": preset.timetable.source_en,
            "hours": [_hours_text(part, "en") for part in preset.timetable.hours],
        }
        for preset in wanted
    )
    emit(context, facts, [table])
    return OK


def _cells(preset: Preset, context: RunContext) -> tuple[str | Text, ...]:
    timetable, first, last = preset.timetable, preset.valid_from, preset.valid_to
    parts = [_hours_text(part, context.lang) for part in timetable.hours]
    hours = Text(("\n" if is_terminal(sys.stdout) else "; ").join(map(escape_control, parts)))
    valid = context.say("valid_from", day=first) if first else "-"
    if last:
        valid = context.say("from_to", first=first, last=last)
    if preset.merged_on:
        valid += context.say("merged_into", into=preset.merged_into, day=preset.merged_on)
    source = cite(context.pick(timetable.source, timetable.source_en), None, context.lang)
    if preset.document:
        source = cite(preset.document, preset.issued, context.lang)
    place = context.pick(preset.place, preset.place_en)
    return preset.name, place, hours, valid, context.say(f"status.{preset.status}"), source


def _hours_text(part: Hours, lang: str) -> str:
    days, season = ", ".join(day_names(part.days)), ""
    for name, short in _DAYS_VI.items() if lang == "vi" else ():
        days = days.replace(name, short)
    if part.season:
        (m, d), (n, e) = part.season
        in_english = f" {m:02}-{d:02} to {n:02}-{e:02}"
        season = f" {d:02}/{m:02}-{e:02}/{n:02}" if lang == "vi" else in_english
    if part.effective_from and part.effective_to:
        dates = (format_date(day, lang) for day in (part.effective_from, part.effective_to))
        season += f" ({' - '.join(dates)})"
    return f"{days} {format_sessions(part.sessions)}{season}"


SENTENCES.update({
    "hours.help": (
        "Các bộ giờ làm việc có sẵn: áp dụng cho ai, khi nào, theo văn bản nào; hoặc một bộ, in "
        "ra dạng tệp để sửa bằng --toml.",
        "The office timetables of the package: for whom, when and by which document. With NAME one "
        "of them, which --toml prints as a file to start from.",
    ),
    "hours.toml": ("In lịch dạng TOML.", "Print the calendar as TOML."),
    "toml_or_json": (
        "--toml và --json là hai dạng; chỉ dùng một trong hai.",
        "--toml and --json are two forms. Give one of them.",
    ),
    "head.whose": ("Áp dụng cho", "Whose"),
    "head.valid": ("Hiệu lực", "Valid"),
    "valid_from": ("từ {day}", "from {day}"),
    "merged_into": ("; sáp nhập vào {into} từ {day}", ", part of {into} since {day}"),
    "hours_are_a_file": (
        "{path} là tệp; xem giờ của tệp bằng phananh calendar 2026 --hours {path}",
        "{path} is a file. Show its hours with phananh calendar 2026 --hours {path}",
    ),
})  # fmt: skip
