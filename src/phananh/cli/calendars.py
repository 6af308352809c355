"""Which office hours are meant: `--hours`, and `--notices` and `--as-of`, which change its days."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import attrs
import click

from phananh.cli.context import SENTENCES, RunContext
from phananh.cli.errors import CommandError
from phananh.cli.files import is_ical, read_text
from phananh.cli.parsing import parse_day
from phananh.errors import InputError, short_repr
from phananh.worktime import PRESETS, Notice, Preset, WorkCalendar, vietnam_calendar
from phananh.worktime.formats.toml import notices_from_toml
from phananh.worktime.instants import VIETNAM

F = TypeVar("F", bound=Callable[..., Any])


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
    from phananh.worktime.formats.toml import calendar_from_toml

    return calendar_from_toml(text, where=hours)


@attrs.frozen(kw_only=True)
class NoticeFile:
    """The contents of a file of notices. `ignored` and `withdrawn` count iCalendar events."""

    notices: tuple[Notice, ...]
    ignored: int = 0
    withdrawn: int = 0


def read_notices(path: str) -> NoticeFile:
    """Return the notices of a file of notices, and the counts beside them."""
    text = read_text(path)
    if not is_ical(path, text):
        return NoticeFile(notices=notices_from_toml(text, where=path))
    try:
        from phananh.worktime.formats.ical import feed_from_ical

        feed = feed_from_ical(text, where=path)
    except ModuleNotFoundError as error:
        if error.name != "icalendar":
            raise
        raise CommandError("ical_extra_missing") from None
    withdrawn = len(feed.withdrawn)
    return NoticeFile(notices=feed.notices, ignored=feed.ignored, withdrawn=withdrawn)


def _store_value(ctx: click.Context, param: click.Parameter, value: Any) -> None:
    ctx.meta[f"phananh.{param.name}"] = value


_OF_DAYS = (
    click.option(
        "--as-of", metavar="DATE", callback=_store_value, expose_value=False, help="hours.as_of",
    ),
    click.option(
        "--notices", metavar="FILE", multiple=True, callback=_store_value, expose_value=False,
        help="hours.notices",
    ),
)  # fmt: skip


def days_options(command: F) -> F:
    """Add the options that change the days of a calendar: `--notices`, `--as-of`."""
    for option in _OF_DAYS:
        command = option(command)
    return command


def _preset_name(_ctx: click.Context, _param: click.Parameter, value: str) -> str:
    """Return the name of a preset however it is spelt. A file of that name goes first."""
    name = value.strip().upper()
    return name if name in PRESETS and not Path(value).exists() else value


def hours_option(command: F) -> F:
    """Add `--hours`, and what changes the days of its calendar: `--notices`, `--as-of`."""
    hours = click.option(
        "--hours", default="A", metavar="NAME|FILE", callback=_preset_name, help="hours.hours"
    )
    return hours(days_options(command))


def calendar_of(hours: str) -> WorkCalendar:
    """Return the calendar of `--hours`, with `--notices`, as it was known by `--as-of`."""
    calendar, context = read_calendar(hours), click.get_current_context(silent=True)
    meta = context.meta if context else {}
    for path in meta.get("phananh.notices") or ():
        from phananh.cli.calendars import read_notices

        calendar = calendar.with_notices(read_notices(path).notices)
    day = meta.get("phananh.as_of")
    return calendar if day is None else calendar.as_of(parse_day(day))


def warn_of_validity(context: RunContext, hours: str, at: datetime) -> None:
    """Say beside the output that a preset is not known for an instant."""
    preset = PRESETS.get(hours)
    if preset is None:
        return
    day = at.astimezone(VIETNAM).date()
    facts = {"name": hours, "place": context.pick(preset.place, preset.place_en)}
    if preset.valid_from and day < preset.valid_from:
        context.warn("hours_before_validity", day=preset.valid_from, **facts)
    if preset.merged_on and day >= preset.merged_on:
        into, merged = preset.merged_into, preset.merged_on
        context.warn("hours_after_merger", day=merged, into=into, **facts)


SENTENCES.update({
    "from_to": ("{first} đến {last}", "{first} to {last}"),
    "ical_extra_missing": (
        'tệp iCalendar cần phần bổ sung "ical"; trong bản sao (clone): pip install ".[ical]"',
        'iCalendar files need the extra "ical". In a clone: pip install ".[ical]"',
    ),
    "hours.hours": (
        "Giờ làm việc: một bộ của `phananh hours`, hoặc lịch trong tệp TOML (mặc định A).",
        "Office hours: one of `phananh hours`, or a calendar in a TOML file (default A).",
    ),
    "hours.as_of": (
        "Tính theo văn bản đã công bố đến ngày này, ví dụ 24/12/2025.",
        "Compute with what was known on this day, such as 2025-12-24.",
    ),
    "hours.notices": (
        "Thêm văn bản về ngày nghỉ, dạng TOML hoặc iCalendar; dùng được nhiều lần.",
        "Your own notices, in TOML or iCalendar. Can be given several times.",
    ),
    "no_such_hours": ("không có bộ giờ {name}; có {names}", "no hours {name}. Use one of {names}."),
    "hours_unknown": (
        "giờ làm việc {path}: không phải bộ có sẵn ({presets}) cũng không phải tệp",
        "hours {path}: neither a preset ({presets}) nor a file",
    ),
    "hours_before_validity": (
        "giờ làm việc {name} ({place}) chỉ có dữ liệu từ {day}; thời điểm hỏi sớm hơn",
        "hours {name} ({place}) are known from {day} only, and this begins before",
    ),
    "hours_after_merger": (
        "{place} sáp nhập vào {into} từ {day}; không rõ giờ làm việc {name} còn áp dụng hay không",
        "{place} is part of {into} since {day}, and it is not known if hours {name} still apply",
    ),
    "days_known": ("lịch nghỉ đã công bố đến hết {day}", "days known through {day}"),
})  # fmt: skip
