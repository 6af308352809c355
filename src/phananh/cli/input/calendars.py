"""Calendars by a typed text: the name of a preset, or a TOML file."""

from phananh.cli.errors import CommandError
from phananh.cli.input.files import is_ical, read_text
from phananh.errors import InputError, short_repr
from phananh.worktime import PRESETS, Preset, WorkCalendar, vietnam_calendar


def find_preset(name: str) -> Preset:
    """Return the preset of a name. A wrong name is an error that lists them all."""
    wanted = name.strip().upper()
    if wanted in PRESETS:
        return PRESETS[wanted]
    raise CommandError("no_such_hours", name=short_repr(name), names=tuple(PRESETS))


def read_calendar(hours: str) -> WorkCalendar:
    """Return the calendar of a preset or a file, with the notices in it."""
    if hours in PRESETS:
        return vietnam_calendar(hours)
    unknown = CommandError("hours_unknown", path=hours or "''", presets=tuple(PRESETS))
    if hours in ("", "-"):  # this folder, standard input
        raise unknown
    text = read_text(hours, absent=unknown)
    if is_ical(hours, text):
        raise InputError(code="ical_no_hours", field=hours)
    from phananh.worktime.formats.toml_reader import calendar_from_toml

    return calendar_from_toml(text, where=hours)
